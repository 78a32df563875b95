//! What every reader of office files gives: paragraphs and tables in the order of the document.

use crate::text::table::{Cell, Table};

/// A piece of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A table.
    Table(Table),
}

/// A paragraph with what its layout tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paragraph {
    /// Its text, the automatic number in front of it included.
    pub text: String,
    /// Whether it is centred.
    pub centred: bool,
    /// Level of a heading, from 1; `None` for text.
    pub outline: Option<u8>,
}

impl Block {
    /// A paragraph whose layout tells nothing.
    pub fn text(text: impl Into<String>) -> Block {
        Block::Paragraph(Paragraph { text: text.into(), ..Paragraph::default() })
    }
}

/// Whether a character is of a private use area: only the font of its author shows what it means.
pub fn is_private(char: char) -> bool {
    matches!(char, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}')
}

/// A remark on such characters, if there are any. They stay: without one, what stands on both sides would be another number.
pub fn private_use(blocks: &[Block]) -> Option<String> {
    let private = |text: &str| text.chars().filter(|c| is_private(*c)).count();
    let cell = |cell: &Cell| if let Cell::Text { text, .. } = cell { private(text) } else { 0 };
    let count: usize = blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph(paragraph) => private(&paragraph.text),
            Block::Table(table) => table.rows.iter().flat_map(|row| &row.cells).map(cell).sum(),
        })
        .sum();
    (count > 0).then(|| remark(count))
}

/// The remark on so many characters of a private use area.
pub fn remark(count: usize) -> String {
    format!("私用区字符 {count} 个，原样保留，可能无法显示")
}
