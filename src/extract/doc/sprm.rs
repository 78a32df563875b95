//! Properties of characters, paragraphs and table rows ([MS-DOC] 2.6): numbered changes, one behind the other.

use super::fib::{u16_at, u32_at};
use crate::extract::flow::{CellBox, Down};
use crate::extract::shifted::Shift;

/// The changes in a list: number and operand. Ends at the end or at what is cut off.
pub(super) struct Sprms<'a> {
    rest: &'a [u8],
}

impl<'a> Sprms<'a> {
    pub(super) fn new(list: &'a [u8]) -> Self {
        Sprms { rest: list }
    }
}

impl<'a> Iterator for Sprms<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let code = u16_at(self.rest, 0)?;
        let rest = self.rest.get(2..)?;
        let (skip, length) = match code >> 13 {
            0 | 1 => (0, 1),
            2 | 4 | 5 => (0, 2),
            3 => (0, 4),
            7 => (0, 3),
            // The table definitions have a length of two bytes, which counts one byte too many.
            _ if code == 0xD608 || code == 0xD606 => (2, usize::from(u16_at(rest, 0)?).saturating_sub(1)),
            _ => match *rest.first()? {
                255 if code == 0xC615 => (1, tabs_length(rest.get(1..)?)?),
                length => (1, usize::from(length)),
            },
        };
        let operand = rest.get(skip..skip + length)?;
        self.rest = rest.get(skip + length..)?;
        Some((code, operand))
    }
}

/// Length of a change of tab stops that is too long for its byte of length.
fn tabs_length(operand: &[u8]) -> Option<usize> {
    let removed = usize::from(*operand.first()?) * 4;
    let added = usize::from(*operand.get(1 + removed)?) * 3;
    Some(2 + removed + added)
}

/// What is changed in a piece that was saved fast; `None` where nothing is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Edits {
    deleted: Option<bool>,
    hidden: Option<bool>,
    in_table: Option<bool>,
    row_end: Option<bool>,
}

impl Edits {
    pub(super) fn apply(&mut self, code: u16, operand: &[u8]) {
        let value = Some(operand.first().is_some_and(|&value| value & 1 != 0));
        match code {
            0x0800 => self.deleted = value,
            0x083C => self.hidden = value,
            0x2416 => self.in_table = value,
            0x2417 => self.row_end = value,
            _ => {}
        }
    }

    /// A change in seven bits, for which the most common have numbers of their own, and its value in eight.
    pub(super) fn short(mut self, modifier: u16) -> Self {
        let code = match modifier >> 1 & 0x7F {
            0x18 => 0x2416,
            0x19 => 0x2417,
            0x41 => 0x0800,
            0x5C => 0x083C,
            _ => return self,
        };
        self.apply(code, &[(modifier >> 8) as u8]);
        self
    }
}

/// Properties of a run of characters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Character {
    /// Deleted while changes were tracked.
    pub deleted: bool,
    /// Hidden text.
    pub hidden: bool,
    /// The sign that stands for each character of the run.
    pub symbol: Option<u16>,
    /// Raised or lowered.
    pub shift: Shift,
}

impl Character {
    pub(super) fn read(list: &[u8], edits: &Edits) -> Self {
        let mut character = Character::default();
        for (code, operand) in Sprms::new(list) {
            // 1 is on, 0x81 the opposite of what the style says; a style that hides text is rare and not read.
            let on = operand.first().is_some_and(|&value| value & 1 != 0);
            match code {
                0x0800 => character.deleted = on,
                0x083C => character.hidden = on,
                0x2A48 => {
                    character.shift = match operand.first() {
                        Some(1) => Shift::Raised,
                        Some(2) => Shift::Lowered,
                        _ => Shift::None,
                    }
                }
                0x6A09 => character.symbol = u16_at(operand, 2),
                _ => {}
            }
        }
        character.deleted = edits.deleted.unwrap_or(character.deleted);
        character.hidden = edits.hidden.unwrap_or(character.hidden);
        character
    }
}

/// Properties of a paragraph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Paragraph {
    /// It stands in a table.
    pub in_table: bool,
    /// It is the mark of a row's end.
    pub row_end: bool,
    /// It ends a row of a table within a table.
    pub inner_row_end: bool,
    /// Outline level, from 1.
    pub outline: Option<u8>,
    /// The list that numbers it, by the number of its use from 1; 0 for none.
    pub list: u16,
    /// Its level in the list, from 0.
    pub level: u8,
    /// The boxes of the row's cells, at the mark of its end.
    pub boxes: Vec<CellBox>,
    /// Where in the `Data` stream there are more properties.
    pub more_at: Option<u32>,
}

impl Paragraph {
    pub(super) fn apply(&mut self, list: &[u8]) {
        for (code, operand) in Sprms::new(list) {
            let byte = operand.first().copied().unwrap_or(0);
            match code {
                0x2416 => self.in_table = byte != 0,
                0x2417 => self.row_end = byte != 0,
                0x244C => self.inner_row_end = byte != 0,
                0x2640 => self.outline = outline(operand),
                0x460B => self.list = list_use(operand),
                0x260A => self.level = byte,
                0x6646 | 0x6645 | 0x646B => self.more_at = u32_at(operand, 0),
                0xD608 => self.boxes = boxes(operand).unwrap_or_default(),
                0xD62B => {
                    if let (Some(place), Some(&kind)) = (self.boxes.get_mut(usize::from(byte)), operand.get(1)) {
                        place.down = down(u16::from(kind));
                    }
                }
                0x5624 => {
                    let end = operand.get(1).copied().unwrap_or(0).into();
                    self.boxes.iter_mut().take(end).skip(usize::from(byte) + 1).for_each(|place| place.right = true);
                }
                _ => {}
            }
        }
    }

    /// Whether it stands in a table and whether it ends a row, when its piece is changed so.
    pub(super) fn in_table_and_row_end(&self, edits: &Edits) -> (bool, bool) {
        (edits.in_table.unwrap_or(self.in_table), edits.row_end.unwrap_or(self.row_end))
    }
}

/// An outline level from 1; none for plain text.
pub(super) fn outline(operand: &[u8]) -> Option<u8> {
    operand.first().filter(|&&level| level < 9).map(|level| level + 1)
}

/// The use of a list; numbers from 0xF801 on stand for one whose number was taken away.
pub(super) fn list_use(operand: &[u8]) -> u16 {
    u16_at(operand, 0).filter(|&number| number < 0xF801).unwrap_or(0)
}

fn down(kind: u16) -> Down {
    match kind & 3 {
        1 => Down::Goes,
        2 | 3 => Down::Begins,
        _ => Down::No,
    }
}

/// The cells of a row: their number, their edges (one more), and twenty bytes for each, of which the last ones may be
/// left out.
fn boxes(operand: &[u8]) -> Option<Vec<CellBox>> {
    let count = usize::from(*operand.first()?);
    let cells = operand.get(1 + 2 * (count + 1)..).unwrap_or_default();
    let mut boxes = Vec::with_capacity(count);
    // Within a run of merged cells the specification calls the first one 2 and the others 1, older programs 1 and 2.
    let mut first_of_run = 0;
    for index in 0..count {
        let edge = u16_at(operand, 1 + 2 * (index + 1))? as i16;
        let flags = u16_at(cells, 20 * index).unwrap_or(0);
        let merged = flags & 3;
        let right = merged != 0 && first_of_run != 0 && merged != first_of_run;
        if !right {
            first_of_run = merged;
        }
        boxes.push(CellBox { end: Some(edge.into()), right, down: down(flags >> 5) });
    }
    Some(boxes)
}
