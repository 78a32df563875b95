//! Electronic books (.epub) → title, authors, date, paragraphs and tables: XHTML pages in a ZIP container (EPUB 2 and 3).
//!
//! The pages are read in the order of the book's spine, without its table of contents. Of ruby the base text stays, of a
//! page its text: no scripts, styles, pictures, page numbers and marks of notes. A page must be well-formed, as the format
//! demands, and declare no entities of its own. Books locked by a shop are refused.

mod markup;
mod package;
mod page;
mod parts;
mod spans;

use super::flow::{Block, Flow, Limits, TooMuch};

/// What a book gives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Book {
    /// Its title, if it states one.
    pub title: Option<String>,
    /// Its authors.
    pub creators: Vec<String>,
    /// Its date as it is written.
    pub date: Option<String>,
    /// Paragraphs and tables in order; headings have their level.
    pub blocks: Vec<Block>,
}

/// Why a file gives no text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EpubError {
    /// No book of this format.
    #[error("不是 EPUB 电子书；请确认文件内容与扩展名相符，或者转换为 .docx 或纯文本后再导入")]
    NotAnEpub,
    /// Locked.
    #[error("电子书已加密（DRM 或密码）；请使用没有加密的版本")]
    Encrypted,
    /// Broken inside.
    #[error("电子书已损坏（{place}）；请用电子书工具（如 Calibre）重新转换为 .epub 或 .docx 后再导入")]
    Damaged {
        /// Where, for people.
        place: String,
    },
    /// More than [`Limits`] allow.
    #[error("电子书过大（{what}超过 {max}）；请拆分后再导入")]
    TooLarge {
        /// What there is too much of.
        what: &'static str,
        /// How much is allowed.
        max: u64,
    },
}

impl EpubError {
    /// Stable name for reports and tests.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotAnEpub => "epub_not_an_epub",
            Self::Encrypted => "epub_encrypted",
            Self::Damaged { .. } => "epub_damaged",
            Self::TooLarge { .. } => "epub_too_large",
        }
    }

    fn damaged(place: impl Into<String>) -> Self {
        Self::Damaged { place: place.into() }
    }
}

impl From<TooMuch> for EpubError {
    fn from(TooMuch { what, max }: TooMuch) -> Self {
        Self::TooLarge { what, max }
    }
}

/// Reads a book whole.
///
/// # Errors
///
/// [`EpubError`] says which, where and what to do.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Book, EpubError> {
    if !bytes.starts_with(b"PK\x03\x04") {
        return Err(EpubError::NotAnEpub);
    }
    let mut parts = parts::Parts::open(bytes, limits)?;
    let package = package::read(&mut parts, limits)?;
    let mut flow = Flow::new(limits);
    for name in &package.pages {
        let page = parts.read(name)?.ok_or_else(|| EpubError::damaged(format!("部件 {name}")))?;
        page::read(&page, name, limits, &mut flow)?;
    }
    let package::Package { title, creators, date, .. } = package;
    Ok(Book { title, creators, date, blocks: flow.finish()? })
}

#[cfg(test)]
mod tests;
