//! Word 97 to 2003 (.doc, and .wps of WPS Office, which is the same) → paragraphs and tables ([MS-DOC]).
//!
//! Read are the main text, then the footnotes and endnotes; not headers, comments and text boxes. Text that was deleted
//! while changes were tracked and hidden text are left out; of fields the result stays. Where a row ends is told by the
//! properties of its mark, not guessed. Eight-bit text is code page 1252 as the format demands, whatever the language:
//! `××` would be a Chinese character in GBK. Automatic numbers stand before the text of their paragraphs.
//!
//! The reader is our own because the files come from anywhere: every count and size is checked before anything is
//! allocated.

mod fib;
mod lists;
mod numbers;
mod pieces;
mod properties;
mod sprm;
mod story;
mod styles;

use super::flow::{Block, Flow, Limits, TooMuch};
use fib::Fib;
use std::io::{Cursor, Read};

/// What a document gives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// Paragraphs and tables in order, notes last.
    pub blocks: Vec<Block>,
    /// Whether it has text boxes, whose text stands behind the notes.
    pub text_boxes: bool,
    /// Paragraphs whose automatic number is written in a way that is not known; it is missing in their text.
    pub unread_numbers: usize,
}

/// Why a file gives no text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocError {
    /// No document of Word 97 to 2003.
    #[error(
        "不是 Word 97–2003 文档（.doc、.wps）；请确认文件内容与扩展名相符，或者用 Word 或 WPS 另存为 .docx 后再导入"
    )]
    NotADoc,
    /// A format that is not read: Word 95 and older, Works.
    #[error("{0}格式的文档不支持；请用 Word 或 WPS 另存为 .docx 后再导入")]
    OldFormat(&'static str),
    /// Locked with a password.
    #[error("文档已加密；请取消打开密码后再导入")]
    Encrypted,
    /// Broken inside.
    #[error("文档已损坏（{place}）；请用 Word 或 WPS 打开并另存为 .docx 后再导入")]
    Damaged {
        /// Where, for people.
        place: String,
    },
    /// More than [`Limits`] allow.
    #[error("文档过大（{what}超过 {max}）；请拆分后再导入")]
    TooLarge {
        /// What there is too much of.
        what: &'static str,
        /// How much is allowed.
        max: u64,
    },
}

impl DocError {
    /// Stable name for reports and tests.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotADoc => "doc_not_a_doc",
            Self::OldFormat(_) => "doc_old_format",
            Self::Encrypted => "doc_encrypted",
            Self::Damaged { .. } => "doc_damaged",
            Self::TooLarge { .. } => "doc_too_large",
        }
    }

    fn damaged(place: impl Into<String>) -> Self {
        Self::Damaged { place: place.into() }
    }
}

impl From<TooMuch> for DocError {
    fn from(TooMuch { what, max }: TooMuch) -> Self {
        Self::TooLarge { what, max }
    }
}

/// The streams of a document.
struct Parts {
    fib: Fib,
    stream: Vec<u8>,
    table: Vec<u8>,
    data: Vec<u8>,
}

impl Parts {
    /// Most bytes of properties that are looked at, each time counted. Real files need less than their own size.
    fn properties_max(&self) -> usize {
        (16 << 20) + 8 * (self.stream.len() + self.data.len())
    }
}

/// Reads a document whole.
///
/// # Errors
///
/// [`DocError`] says which, where and what to do.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Document, DocError> {
    let parts = open(bytes)?;
    let range = |range: &std::ops::Range<usize>| parts.table.get(range.clone()).unwrap_or_default();
    let pieces = pieces::read(range(&parts.fib.pieces), parts.stream.len())?;
    let stories = [&parts.fib.text, &parts.fib.footnotes, &parts.fib.endnotes, &parts.fib.text_boxes];
    let characters: u64 = stories.iter().map(|story| u64::from(story.end - story.start)).sum();
    if characters > limits.text_bytes_max as u64 {
        return Err(DocError::TooLarge { what: "文字数", max: limits.text_bytes_max as u64 });
    }
    let mut properties = properties::Properties::new(&parts);
    let mut flow = Flow::new(limits);
    let lists = lists::Lists::read(&parts.table, &parts.fib.lists, &parts.fib.list_uses);
    let mut numbers = numbers::Numbers::new(lists);
    let sections = sections(range(&parts.fib.sections));
    let mut unread_numbers = 0;
    for range in stories.into_iter().filter(|range| !range.is_empty()) {
        let mut story = story::Story::new(&parts.stream, &mut properties, &mut flow, &mut numbers, &sections);
        story.read(&pieces, range)?;
        unread_numbers += story.unread_numbers;
    }
    Ok(Document { blocks: flow.finish()?, text_boxes: !parts.fib.text_boxes.is_empty(), unread_numbers })
}

/// Characters behind the ends of sections: one more than the sections, each of which has twelve bytes behind them.
fn sections(list: &[u8]) -> Vec<u32> {
    let count = list.len().saturating_sub(4) / 16;
    (1..=count).filter_map(|index| fib::u32_at(list, 4 * index)).collect()
}

/// Opens the container. A .doc may also be another OLE file with a wrong name, or none at all.
fn open(bytes: &[u8]) -> Result<Parts, DocError> {
    // Word 2 had no container.
    if bytes.starts_with(&[0xDB, 0xA5, 0x2D, 0x00]) {
        return Err(DocError::OldFormat("Word 2 及更早"));
    }
    if !bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return Err(DocError::NotADoc);
    }
    let container = |_| DocError::damaged("OLE 容器");
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(container)?;
    if !file.is_stream("/WordDocument") {
        return Err(match () {
            () if file.exists("/EncryptedPackage") => DocError::Encrypted,
            () if file.exists("/MatOST") => DocError::OldFormat("Microsoft Works "),
            () => DocError::NotADoc,
        });
    }
    let words = read_stream(&mut file, "/WordDocument", bytes.len())?;
    let fib = Fib::read(&words)?;
    let table = read_stream(&mut file, fib.table, bytes.len())?;
    // Only large tables need it, so many files have none.
    let data = if file.is_stream("/Data") { read_stream(&mut file, "/Data", bytes.len())? } else { Vec::new() };
    Ok(Parts { fib, stream: words, table, data })
}

fn read_stream(file: &mut cfb::CompoundFile<Cursor<&[u8]>>, name: &str, max: usize) -> Result<Vec<u8>, DocError> {
    let container = |_| DocError::damaged("OLE 容器");
    let mut contents = Vec::new();
    // A stream cannot be longer than the file; chains that run in circles can.
    file.open_stream(name).map_err(container)?.take(max as u64).read_to_end(&mut contents).map_err(container)?;
    Ok(contents)
}

#[cfg(test)]
mod tests;
