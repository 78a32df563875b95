//! Comments (批注) in a copy of a Word file: each is anchored to the words that it speaks of.
//!
//! A copy, not a new file: parts that are not touched are copied as they lie packed, and the main part gets nothing but
//! marks of comments. A run is parted where a comment begins or ends inside it, and only if both halves then look as the
//! whole did. Tracked changes, fields and older comments stay as they are.
//!
//! A comment is never lost. Where its words cannot hold its marks (a text box, a formula, the instruction of a field), it
//! stands at the smallest thing around them that can, or else at their paragraph, or at the nearest one.

mod anchor;
mod drafts;
mod package;
mod part;
mod run;
mod splice;

use jiff::civil::Date;
use package::Package;

/// Most bytes of all parts together that are unpacked for it.
const UNPACKED_BYTES_MAX: u64 = 128 << 20;
/// Most entries of the ZIP container.
const ENTRIES_MAX: usize = 20_000;
/// Most XML elements inside each other.
const DEPTH_MAX: usize = 512;

/// A comment (批注).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// The words that it speaks of: bytes of the main part as UTF-8 text without a byte order mark.
    pub words: std::ops::Range<usize>,
    /// Whether it speaks of the whole paragraph in which `words` begins.
    pub is_of_paragraph: bool,
    /// Who wrote it.
    pub author: String,
    /// The author's initials (缩写).
    pub initials: String,
    /// The day on which it was written.
    pub day: Date,
    /// Its text; a line end within a paragraph stays one.
    pub paragraphs: Vec<String>,
}

/// Why a file cannot be commented.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommentError {
    /// Broken inside, or no .docx at all.
    #[error("无法写入批注：Word 文档已损坏（{place}）；请用 Word 或 WPS 打开并另存为 .docx 后再试")]
    Damaged {
        /// Where, for people.
        place: String,
    },
    /// More than is read.
    #[error("无法写入批注：Word 文档过大（{what}超过 {max}）；请拆分后再试")]
    TooLarge {
        /// What there is too much of.
        what: &'static str,
        /// How much is allowed.
        max: u64,
    },
}

impl CommentError {
    fn damaged(place: impl Into<String>) -> Self {
        Self::Damaged { place: place.into() }
    }

    fn part(name: &str) -> Self {
        Self::damaged(format!("部件 {name}"))
    }
}

/// A copy of a .docx with these comments; `main` is the name of its main part (正文部件, mostly `word/document.xml`).
///
/// Without a comment the copy has the bytes of the original.
///
/// # Errors
///
/// [`CommentError`] says what is broken or too large; no comment is left out.
pub fn with_comments(original: &[u8], main: &str, comments: &[Comment]) -> Result<Vec<u8>, CommentError> {
    if comments.is_empty() {
        return Ok(original.to_vec());
    }
    let mut package = Package::open(original)?;
    let document = package.part(main)?.ok_or_else(|| CommentError::part(main))?;
    let anchors = anchor::find(&document.text, comments).ok_or_else(|| CommentError::part(main))?;
    let place = part::place(&mut package, &document.name, anchors.space)?;
    let ids = part::ids(&place, &anchors.ids, comments.len()).ok_or_else(|| CommentError::part(&place.name))?;
    let text = splice::marked(&document.text, &anchors, &ids);
    package.replace(document, text);
    part::write(&mut package, place, &anchors, comments, &ids)?;
    package.finish()
}

/// An attribute of a tag by its name without a prefix.
fn attribute(tag: &quick_xml::events::BytesStart, name: &str) -> Option<String> {
    let mut all = tag.attributes();
    let mut all = all.with_checks(false).flatten();
    let found = all.find(|attribute| attribute.key.local_name().into_inner() == name)?;
    Some(found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?.into_owned())
}

#[cfg(test)]
mod tests;
