//! Pages of properties ([MS-DOC] 2.9.29, 2.9.174): for every place of the stream the properties of what stands there.
//!
//! Nothing is unpacked ahead: a place is looked for in the list of pages and then in its page.

use super::DocError;
use super::fib::{u16_at, u32_at};
use super::sprm::{Character, Paragraph};
use super::styles::Styles;
use super::{Parts, pieces::Piece};

const PAGE_BYTES: usize = 512;

/// A list of pages.
struct Pages<'a> {
    list: &'a [u8],
    count: usize,
}

impl<'a> Pages<'a> {
    fn new(list: &'a [u8]) -> Self {
        Pages { list, count: list.len().saturating_sub(4) / 8 }
    }

    /// The page that tells of a place, and where it begins.
    fn page<'b>(&self, stream: &'b [u8], offset: usize) -> Option<(usize, &'b [u8])> {
        let index = last_before(self.count, offset, |index| u32_at(self.list, 4 * index))?;
        let number = (u32_at(self.list, 4 * (self.count + 1) + 4 * index)? & 0x003F_FFFF) as usize;
        let from = number.checked_mul(PAGE_BYTES)?;
        Some((from, stream.get(from..from.checked_add(PAGE_BYTES)?)?))
    }
}

/// The last of `count` growing places that is not behind `offset`; it is within, as the place behind it tells.
fn last_before(count: usize, offset: usize, place: impl Fn(usize) -> Option<u32>) -> Option<usize> {
    let at = |index: usize| place(index).map_or(usize::MAX, |place| place as usize);
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low + (high - low) / 2;
        if at(middle) <= offset { low = middle + 1 } else { high = middle }
    }
    let index = low.checked_sub(1)?;
    (offset < at(index + 1)).then_some(index)
}

/// Finds properties. The last ones found are kept: neighbours mostly share them.
pub(super) struct Properties<'a> {
    parts: &'a Parts,
    characters: Pages<'a>,
    paragraphs: Pages<'a>,
    styles: Styles,
    /// Bytes of properties that may still be read: a hostile file could have long ones looked at for every character.
    left: usize,
    last: Option<(usize, Paragraph)>,
}

impl<'a> Properties<'a> {
    pub(super) fn new(parts: &'a Parts) -> Self {
        let list = |range: &std::ops::Range<usize>| parts.table.get(range.clone()).unwrap_or_default();
        let left = parts.properties_max();
        Properties {
            parts,
            characters: Pages::new(list(&parts.fib.characters)),
            paragraphs: Pages::new(list(&parts.fib.paragraphs)),
            styles: Styles::read(list(&parts.fib.styles)),
            left,
            last: None,
        }
    }

    fn take(&mut self, list: &[u8]) -> Result<(), DocError> {
        let max = self.parts.properties_max() as u64;
        self.left = self.left.checked_sub(list.len()).ok_or(DocError::TooLarge { what: "属性字节数", max })?;
        Ok(())
    }

    /// Properties of the characters from a place on, and the place where they end. Without any they are plain.
    pub(super) fn characters(&mut self, offset: usize, piece: &Piece) -> Result<(Character, usize), DocError> {
        let Some((list, end)) = self.character_list(offset) else {
            return Ok((Character::read(&[], &piece.edits), usize::MAX));
        };
        self.take(list)?;
        Ok((Character::read(list, &piece.edits), end))
    }

    fn character_list(&self, offset: usize) -> Option<(&'a [u8], usize)> {
        let (_, page) = self.characters.page(&self.parts.stream, offset)?;
        let count = usize::from(*page.get(PAGE_BYTES - 1)?);
        let index = last_before(count, offset, |index| u32_at(page, 4 * index))?;
        let end = u32_at(page, 4 * (index + 1))? as usize;
        let at = 2 * usize::from(*page.get(4 * (count + 1) + index)?);
        if at == 0 {
            return Some((&[], end));
        }
        let length = usize::from(*page.get(at)?);
        Some((page.get(at + 1..at + 1 + length)?, end))
    }

    /// Properties of the paragraph whose mark lies at a place; `None` if the file tells none.
    pub(super) fn paragraph(&mut self, offset: usize) -> Result<Option<&Paragraph>, DocError> {
        let Some((list, at)) = self.paragraph_list(offset) else { return Ok(None) };
        if self.last.as_ref().is_none_or(|(last, _)| *last != at) {
            let paragraph = self.read_paragraph(list)?;
            self.last = Some((at, paragraph));
        }
        Ok(self.last.as_ref().map(|(_, paragraph)| paragraph))
    }

    fn read_paragraph(&mut self, list: &[u8]) -> Result<Paragraph, DocError> {
        self.take(list)?;
        // The first two bytes number the style.
        let mut paragraph = self.styles.of(u16_at(list, 0).unwrap_or(0));
        paragraph.apply(list.get(2..).unwrap_or_default());
        let more = paragraph.more_at.and_then(|at| {
            let data = self.parts.data.get(at as usize..)?;
            data.get(2..2 + usize::from(u16_at(data, 0)?))
        });
        if let Some(more) = more {
            self.take(more)?;
            paragraph.apply(more);
        }
        Ok(paragraph)
    }

    /// The style and the list of a paragraph, and where they lie.
    fn paragraph_list(&self, offset: usize) -> Option<(&'a [u8], usize)> {
        let (base, page) = self.paragraphs.page(&self.parts.stream, offset)?;
        let count = usize::from(*page.get(PAGE_BYTES - 1)?);
        let index = last_before(count, offset, |index| u32_at(page, 4 * index))?;
        let at = 2 * usize::from(*page.get(4 * (count + 1) + 13 * index)?);
        if at == 0 {
            return Some((&[], 0));
        }
        // Twice the length less one in one byte, or nought and then half the length.
        let (from, length) = match usize::from(*page.get(at)?) {
            0 => (at + 2, 2 * usize::from(*page.get(at + 1)?)),
            half => (at + 1, 2 * half - 1),
        };
        Some((page.get(from..from.checked_add(length)?)?, base + from))
    }
}
