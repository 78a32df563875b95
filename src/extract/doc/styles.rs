//! The style sheet ([MS-DOC] 2.9.271): what paragraphs have of their styles.

use super::fib::u16_at;
use super::sprm::{Paragraph, Sprms, list_use, outline};

/// Longest chain of styles that rest on one another; a longer one runs in a circle.
const CHAIN_MAX: usize = 16;
/// Number that stands for no style.
const NONE: u16 = 0x0FFF;

/// What a style says; `None` where it leaves it to the one that it rests on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Style {
    rests_on: Option<u16>,
    list: Option<u16>,
    level: Option<u8>,
    outline: Option<Option<u8>>,
}

/// The styles, by their number.
#[derive(Debug, Default)]
pub(super) struct Styles {
    list: Vec<Style>,
}

impl Styles {
    /// The styles as far as they can be read.
    pub(super) fn read(sheet: &[u8]) -> Self {
        let head = usize::from(u16_at(sheet, 0).unwrap_or(0));
        let base_bytes = usize::from(u16_at(sheet, 4).unwrap_or(0));
        let mut list = Vec::new();
        let mut rest = sheet.get(2 + head..).unwrap_or_default();
        while let Some(length) = u16_at(rest, 0).map(usize::from) {
            let Some(definition) = rest.get(2..2 + length) else { break };
            list.push(style(definition, base_bytes).unwrap_or_default());
            // Each begins at an even place.
            rest = rest.get(2 + length + length % 2..).unwrap_or_default();
        }
        Styles { list }
    }

    /// What a paragraph of a style has of it.
    pub(super) fn of(&self, number: u16) -> Paragraph {
        let (mut list, mut level, mut outline) = (None, None, None);
        let mut next = Some(number);
        for _ in 0..CHAIN_MAX {
            let Some(style) = next.and_then(|number| self.list.get(usize::from(number))) else { break };
            list = list.or(style.list);
            level = level.or(style.level);
            outline = outline.or(style.outline);
            next = style.rests_on;
        }
        // The styles of headings are 1 to 9 in every file, and their level need not be said.
        let heading = u8::try_from(number).ok().filter(|level| (1..=9).contains(level));
        Paragraph {
            list: list.unwrap_or(0),
            level: level.unwrap_or(0),
            outline: outline.unwrap_or(heading),
            ..Paragraph::default()
        }
    }
}

/// A definition: numbers, a name, then lists of properties. `None` for one that is cut off or empty.
fn style(definition: &[u8], base_bytes: usize) -> Option<Style> {
    let kind = u16_at(definition, 2)?;
    // Only paragraph styles have properties of paragraphs, and in their first list.
    if kind & 0x0F != 1 {
        return None;
    }
    let mut style = Style { rests_on: Some(kind >> 4).filter(|&number| number != NONE), ..Style::default() };
    let name = usize::from(u16_at(definition, base_bytes)?);
    let list_at = base_bytes + 2 + 2 * (name + 1);
    let length = usize::from(u16_at(definition, list_at)?);
    // The first two bytes repeat the number of the style.
    let changes = definition.get(list_at + 4..list_at + 2 + length)?;
    for (code, operand) in Sprms::new(changes) {
        match code {
            0x460B => style.list = Some(list_use(operand)),
            0x260A => style.level = operand.first().copied(),
            0x2640 => style.outline = Some(outline(operand)),
            _ => {}
        }
    }
    Some(style)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A paragraph style that rests on another one.
    fn definition(rests_on: u16, list: &[u8]) -> Vec<u8> {
        let mut bytes = vec![0, 0];
        bytes.extend((1 | rests_on << 4).to_le_bytes());
        bytes.extend([0; 6]);
        bytes.extend([1, 0, b'a', 0, 0, 0]);
        bytes.extend((list.len() as u16 + 2).to_le_bytes());
        bytes.extend([0, 0]);
        bytes.extend(list);
        bytes
    }

    #[test]
    fn styles_have_what_those_have_that_they_rest_on() {
        let mut sheet = vec![4, 0, 4, 0, 10, 0];
        let numbered = [0x0B, 0x46, 1, 0];
        let body = [0x40, 0x26, 9, 0x0B, 0x46, 0, 0];
        // The last two rest on one another; the one before has an odd length.
        for (rests_on, list) in [(NONE, &[][..]), (0, &numbered), (1, &body), (1, &[0x40, 0x26, 4]), (5, &[]), (4, &[])]
        {
            let bytes = definition(rests_on, list);
            sheet.extend((bytes.len() as u16).to_le_bytes());
            sheet.extend(&bytes);
            sheet.extend(vec![0; bytes.len() % 2]);
        }
        let styles = Styles::read(&sheet);
        let told = |number| {
            let paragraph = styles.of(number);
            (paragraph.list, paragraph.outline)
        };
        let told: Vec<_> = (0..7).map(told).collect();
        let expected = [(0, None), (1, Some(1)), (0, None), (1, Some(5)), (0, Some(4)), (0, Some(5)), (0, Some(6))];
        assert_eq!(told, expected);
    }
}
