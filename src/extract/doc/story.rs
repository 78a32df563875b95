//! The characters of a story (the text, the footnotes) → paragraphs, cells and rows.

use super::DocError;
use super::numbers::{Number, Numbers};
use super::pieces::Piece;
use super::properties::Properties;
use super::sprm::{Character, Paragraph};
use crate::extract::flow::{Flow, wingding};
use std::ops::Range;

/// A story while it is read.
pub(super) struct Story<'a, 'b> {
    stream: &'a [u8],
    properties: &'b mut Properties<'a>,
    flow: &'b mut Flow,
    /// Open fields: whether each is still at its instruction.
    fields: Vec<bool>,
    /// How many of them are.
    instructions: usize,
    /// First half of a character that takes two units.
    half: Option<u16>,
    numbers: &'b mut Numbers,
    /// Characters behind the ends of sections, in order.
    sections: &'b [u32],
    /// Paragraphs with a number that is not known.
    pub unread_numbers: usize,
}

impl<'a, 'b> Story<'a, 'b> {
    pub(super) fn new(
        stream: &'a [u8],
        properties: &'b mut Properties<'a>,
        flow: &'b mut Flow,
        numbers: &'b mut Numbers,
        sections: &'b [u32],
    ) -> Self {
        let (fields, instructions, half, unread_numbers) = (Vec::new(), 0, None, 0);
        Story { stream, properties, flow, fields, instructions, half, numbers, sections, unread_numbers }
    }

    /// Reads the characters of a range and ends its last paragraph.
    pub(super) fn read(&mut self, pieces: &[Piece], range: &Range<u32>) -> Result<(), DocError> {
        let from = pieces.partition_point(|piece| piece.end <= range.start);
        let mut at = range.start;
        for piece in pieces.get(from..).unwrap_or_default() {
            let end = piece.end.min(range.end);
            if at >= end {
                continue;
            }
            self.piece(piece, at..end)?;
            at = end;
        }
        if at < range.end {
            return Err(DocError::damaged("文字分段表"));
        }
        if self.instructions > 0 {
            // All behind its beginning was taken for an instruction and would be lost.
            return Err(DocError::damaged("没有结束的域"));
        }
        Ok(self.flow.end_paragraph(None)?)
    }

    /// Reads what a piece has of the story, in runs of the same properties.
    fn piece(&mut self, piece: &Piece, range: Range<u32>) -> Result<(), DocError> {
        let mut offset = piece.offset_of(range.start);
        let end = piece.offset_of(range.end);
        while offset < end {
            let (character, run_end) = self.properties.characters(offset, piece)?;
            // A run ends between two characters, in a sound file; and one character is read in any.
            let units = (run_end.clamp(offset, end) - offset).div_ceil(piece.width).max(1);
            let next = (offset + units * piece.width).min(end);
            let bytes = self.stream.get(offset..next).ok_or_else(|| DocError::damaged("文字分段表"))?;
            for (unit, at) in bytes.chunks(piece.width).zip((offset..).step_by(piece.width)) {
                let unit = match *unit {
                    [low, high] => u16::from_le_bytes([low, high]),
                    [byte] => code_page_1252(byte),
                    _ => continue,
                };
                self.unit(unit, at, piece, &character)?;
            }
            offset = next;
        }
        Ok(())
    }

    fn unit(&mut self, unit: u16, offset: usize, piece: &Piece, character: &Character) -> Result<(), DocError> {
        match unit {
            0x13 => {
                self.fields.push(true);
                self.instructions += 1;
            }
            0x14 => {
                if let Some(instruction @ true) = self.fields.last_mut() {
                    *instruction = false;
                    self.instructions -= 1;
                }
            }
            0x15 => {
                if self.fields.pop() == Some(true) {
                    self.instructions -= 1;
                }
            }
            _ if self.instructions > 0 => {}
            0x0E => self.flow.page_break()?,
            0x0C if !self.ends_section(offset, piece) => self.flow.page_break()?,
            0x07 | 0x0C | 0x0D => self.mark(unit, offset, piece, character)?,
            _ if character.deleted || character.hidden => {}
            0x2B..0x3A if character.symbol.is_none() => {
                let sign = char::from_u32(unit.into()).unwrap_or(char::REPLACEMENT_CHARACTER);
                self.flow.char(character.shift.of(sign))?;
            }
            _ => self.show(character.symbol.map_or(unit, |sign| wingding(sign) as u16), character.symbol.is_some())?,
        }
        Ok(())
    }

    /// Whether a page break is the end of a section, and so of a paragraph.
    fn ends_section(&self, offset: usize, piece: &Piece) -> bool {
        let behind = piece.character_at(offset).saturating_add(1);
        self.sections.binary_search(&behind).is_ok()
    }

    /// A mark that ends a paragraph, cell, row or section.
    fn mark(&mut self, unit: u16, offset: usize, piece: &Piece, character: &Character) -> Result<(), DocError> {
        let found = self.properties.paragraph(offset)?;
        if found.is_none() && unit == 0x07 {
            return Err(DocError::damaged("表格的段落属性"));
        }
        let plain = Paragraph::default();
        let paragraph = found.unwrap_or(&plain);
        let (in_table, row_end) = paragraph.in_table_and_row_end(&piece.edits);
        let is_seen = !character.deleted && !character.hidden && (unit != 0x07 || !row_end);
        if is_seen && paragraph.list != 0 {
            match self.numbers.next(paragraph.list, paragraph.level) {
                Number::Text(text) => self.flow.prefix(&text)?,
                Number::Mark => {}
                Number::Unknown => self.unread_numbers += 1,
            }
        }
        match unit {
            0x07 if row_end => self.flow.end_row(&paragraph.boxes)?,
            0x07 => self.flow.end_cell()?,
            // With its mark deleted a paragraph goes on in the next one.
            _ if character.deleted => {}
            // Within a table in a cell the cells become lines, and the mark of its row's end has no text.
            _ if in_table && paragraph.inner_row_end => {}
            _ if in_table => self.flow.end_line()?,
            _ => self.flow.end_paragraph(paragraph.outline)?,
        }
        Ok(())
    }

    fn show(&mut self, unit: u16, is_symbol: bool) -> Result<(), DocError> {
        if let Some(first) = self.half.take() {
            if let Some(Ok(char)) = char::decode_utf16([first, unit]).next().filter(|_| unit & 0xFC00 == 0xDC00) {
                return Ok(self.flow.char(char)?);
            }
            self.flow.char(char::REPLACEMENT_CHARACTER)?;
        }
        match unit {
            0x09 => self.flow.char('\t')?,
            0x0B => self.flow.char('\n')?,
            0x1E => self.flow.char('-')?,
            // Pictures, drawings, note marks, optional hyphens and the like.
            0x00..0x20 | 0x7F if !is_symbol => {}
            0xD800..0xDC00 => self.half = Some(unit),
            // Some programs write signs of Wingdings into the text.
            0xF000..0xF100 => self.flow.char(wingding(unit))?,
            _ => self.flow.char(char::from_u32(unit.into()).unwrap_or(char::REPLACEMENT_CHARACTER))?,
        }
        Ok(())
    }
}

/// A character of code page 1252; its bytes without one are control characters, as Windows has it.
fn code_page_1252(byte: u8) -> u16 {
    match byte {
        0x80..0xA0 => encoding_rs::WINDOWS_1252
            .decode_without_bom_handling_and_without_replacement(&[byte])
            .and_then(|text| text.encode_utf16().next())
            .unwrap_or_else(|| byte.into()),
        _ => byte.into(),
    }
}
