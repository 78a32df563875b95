//! What reading one file gives.

use super::metadata::Told;
use crate::law::{Document, ValueSource};

/// Why a file or a record was not taken; the names are those of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RefusalCode {
    /// A format that is not read.
    UnsupportedFormat,
    /// Bytes that are not UTF-8 text.
    NotText,
    /// A record that breaks the rules of its format.
    BadRecord,
    /// Larger than [`super::FILE_BYTES_MAX`], or than a limit of its format.
    TooLarge,
    /// Locked with a password.
    Encrypted,
    /// Pictures of pages, without text.
    Scanned,
    /// Not what the manifest beside it says.
    Corrupt,
    /// Its bytes were to be kept and could not be.
    NotKept,
}

impl RefusalCode {
    /// The name used in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::UnsupportedFormat => "unsupported_format",
            Self::NotText => "not_text",
            Self::BadRecord => "bad_record",
            Self::TooLarge => "too_large",
            Self::Encrypted => "encrypted",
            Self::Scanned => "scanned",
            Self::Corrupt => "corrupt",
            Self::NotKept => "not_kept",
        }
    }
}

/// A file or a record that was not taken, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Why.
    pub code: RefusalCode,
    /// Where in the file, for people: 第3行, 第120字节.
    pub place: Option<String>,
    /// Chinese message with the remedy.
    pub message: String,
}

impl Refusal {
    pub(crate) fn new(code: RefusalCode, message: impl Into<String>) -> Self {
        Refusal { code, place: None, message: message.into() }
    }

    pub(crate) fn bad_record(message: impl Into<String>) -> Self {
        Self::new(RefusalCode::BadRecord, message)
    }

    /// The same refusal at a line, counted from 1.
    pub(crate) fn at_line(self, line: usize) -> Self {
        Refusal { place: Some(format!("第{line}行")), ..self }
    }
}

/// The document is one part of an instrument that its source keeps in several files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartOf {
    /// Equal for all parts of one instrument of one tree.
    pub key: String,
    /// Parts are joined in ascending order.
    pub order: u32,
}

/// A document read from a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extracted {
    /// What the source states and the text.
    pub document: Document,
    /// Present when all parts with the same key must be joined by [`super::merge`] before they are recorded.
    pub part: Option<PartOf>,
    /// Line of the file where its record stands, from 1, in formats with one record a line.
    pub line: Option<usize>,
    /// Where the values come from that were not read from the text itself.
    pub sources: Vec<ValueSource>,
    /// Values that are told in two ways, in Chinese.
    pub differing: Vec<String>,
}

impl From<Document> for Extracted {
    fn from(document: Document) -> Self {
        Extracted { document, part: None, line: None, sources: Vec::new(), differing: Vec::new() }
    }
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Documents were read; in formats with one record a line some lines may have been refused.
    Documents {
        /// The documents in the order of the file; never half a document.
        documents: Vec<Extracted>,
        /// The lines not taken.
        refused: Vec<Refusal>,
    },
    /// The file belongs to its pack but is no document.
    Skipped {
        /// Why, in Chinese.
        reason: String,
    },
    /// Nothing was taken.
    Refused(Refusal),
}

impl Outcome {
    pub(crate) fn one(extracted: impl Into<Extracted>) -> Self {
        Outcome::Documents { documents: vec![extracted.into()], refused: Vec::new() }
    }

    /// Puts a remark to the first document.
    pub(crate) fn noted(mut self, note: Option<String>) -> Self {
        if let Outcome::Documents { documents, .. } = &mut self
            && let Some(first) = documents.first_mut()
        {
            first.document.notes.extend(note);
        }
        self
    }

    /// Puts what is told of a file into its document. Of one with several documents it cannot be known which is meant.
    pub(crate) fn told(&mut self, told: &Told) {
        let Outcome::Documents { documents, refused } = self else { return };
        match documents.as_mut_slice() {
            [] => {}
            [one] => {
                if let Err(reason) = told.fill(one) {
                    *self = Refusal::bad_record(reason).into();
                }
            }
            [_, ..] => refused.push(Refusal::bad_record(format!("{}所写没有采用：这一文件含有几件记录", told.by))),
        }
    }

    pub(crate) fn skipped(reason: impl Into<String>) -> Self {
        Outcome::Skipped { reason: reason.into() }
    }
}

impl From<Refusal> for Outcome {
    fn from(refusal: Refusal) -> Self {
        Outcome::Refused(refusal)
    }
}

impl From<Result<Outcome, Refusal>> for Outcome {
    fn from(result: Result<Outcome, Refusal>) -> Self {
        result.unwrap_or_else(Outcome::Refused)
    }
}
