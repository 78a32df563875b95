//! Rich Text Format (.rtf) → paragraphs and tables.
//!
//! Read are the main text, then the footnotes, then the text boxes; not headers, comments and pictures. Text that was deleted while
//! changes were tracked and hidden text are left out; of fields the result stays, of lists the numbers as they were
//! written out. Eight-bit text is in the code page of its font, or where that tells none in the one of the file.
//!
//! Groups are kept on a stack of our own, as deep as [`Limits`] allow, so no nesting can exhaust the program's.

mod charset;
mod lex;
mod reader;
mod state;

use super::flow::{Block, Limits, TooMuch};
use super::left_out::LeftOut;

/// Why a file gives no text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RtfError {
    /// No Rich Text.
    #[error("不是 RTF 文档；请确认文件内容与扩展名相符，或者用 Word 或 WPS 另存为 .docx 后再导入")]
    NotRtf,
    /// Broken inside.
    #[error("RTF 文档已损坏（{place}）；请用 Word 或 WPS 打开并另存为 .docx 后再导入")]
    Damaged {
        /// Where, for people.
        place: String,
    },
    /// More than [`Limits`] allow.
    #[error("RTF 文档过大（{what}超过 {max}）；请拆分后再导入")]
    TooLarge {
        /// What there is too much of.
        what: &'static str,
        /// How much is allowed.
        max: u64,
    },
}

impl RtfError {
    /// Stable name for reports and tests.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotRtf => "rtf_not_rtf",
            Self::Damaged { .. } => "rtf_damaged",
            Self::TooLarge { .. } => "rtf_too_large",
        }
    }
}

impl From<TooMuch> for RtfError {
    fn from(TooMuch { what, max }: TooMuch) -> Self {
        Self::TooLarge { what, max }
    }
}

/// Reads a document whole: paragraphs and tables in order, footnotes and text boxes last; and how much text was left out.
///
/// # Errors
///
/// [`RtfError`] says which, where and what to do.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<(Vec<Block>, LeftOut), RtfError> {
    let start = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    if !start.starts_with(b"{\\rtf") {
        return Err(RtfError::NotRtf);
    }
    reader::Reader::new(start, limits).read()
}

#[cfg(test)]
mod tests;
