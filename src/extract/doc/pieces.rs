//! The piece table ([MS-DOC] 2.4.1): which bytes of the stream are which characters of the document.
//!
//! A file that was saved fast has many pieces, out of order, with properties of their own.

use super::DocError;
use super::fib::{u16_at, u32_at};
use super::sprm::{Edits, Sprms};

/// A run of characters that lie together.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    /// Its first character.
    pub first: u32,
    /// The one behind its last.
    pub end: u32,
    /// Its first byte in the stream.
    pub offset: usize,
    /// Bytes of a character: 1 in code page 1252, 2 in UTF-16.
    pub width: usize,
    /// What was changed in all of it when it was saved fast.
    pub edits: Edits,
}

impl Piece {
    /// Which character lies at a place of the stream.
    pub(super) fn character_at(&self, offset: usize) -> u32 {
        let index = offset.saturating_sub(self.offset) / self.width;
        self.first.saturating_add(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// Where a character of it lies in the stream.
    pub(super) fn offset_of(&self, character: u32) -> usize {
        self.offset.saturating_add(character.saturating_sub(self.first) as usize * self.width)
    }
}

/// Reads the piece table; its pieces are in the order of the document and lie in a stream of `stream_bytes`.
pub(super) fn read(table: &[u8], stream_bytes: usize) -> Result<Vec<Piece>, DocError> {
    parse(table, stream_bytes).ok_or_else(|| DocError::damaged("文字分段表"))
}

fn parse(table: &[u8], stream_bytes: usize) -> Option<Vec<Piece>> {
    let mut rest = table;
    // Every list of changes is read once: many pieces may name the same one.
    let mut changes = Vec::new();
    while *rest.first()? == 1 {
        let length = usize::from(u16_at(rest, 1)?);
        changes.push(edits(rest.get(3..3 + length)?));
        rest = rest.get(3 + length..)?;
    }
    if *rest.first()? != 2 {
        return None;
    }
    let length = u32_at(rest, 1)? as usize;
    let list = rest.get(5..5usize.checked_add(length)?)?;
    let count = length.checked_sub(4)? / 12;
    let mut pieces: Vec<Piece> = Vec::new();
    for index in 0..count {
        let (first, end) = (u32_at(list, 4 * index)?, u32_at(list, 4 * index + 4)?);
        let entry = 4 * (count + 1) + 8 * index;
        let place = u32_at(list, entry + 2)?;
        let modifier = u16_at(list, entry + 6)?;
        let compressed = place & 0x4000_0000 != 0;
        let place = (place & 0x3FFF_FFFF) as usize;
        let (offset, width) = if compressed { (place / 2, 1) } else { (place, 2) };
        let bytes = (end.checked_sub(first)? as usize).checked_mul(width)?;
        if offset.checked_add(bytes)? > stream_bytes || pieces.last().is_some_and(|before| before.end != first) {
            return None;
        }
        let edits = match modifier & 1 {
            0 => Edits::default().short(modifier),
            _ => changes.get(usize::from(modifier >> 1)).copied().unwrap_or_default(),
        };
        pieces.push(Piece { first, end, offset, width, edits });
    }
    Some(pieces)
}

fn edits(list: &[u8]) -> Edits {
    let mut edits = Edits::default();
    Sprms::new(list).for_each(|(code, operand)| edits.apply(code, operand));
    edits
}
