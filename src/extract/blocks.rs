//! What every reader of office files gives: paragraphs and tables in the order of the document.

use crate::text::table::Table;

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
