//! Word documents (.docx) → paragraphs and tables in the order of the document.
//!
//! What a reader of the document sees is read, and nothing else: numbers that Word makes stand in front of their
//! paragraphs, tracked changes are accepted, hidden text is left out and counted, text boxes follow the paragraph that
//! holds them, headers and footers are no part of the text. Line breaks are `\n`, tabs `\t`. A footnote or endnote is
//! marked 〔注1〕 where it is referred to – 〔1〕 would look like the year of a 文号 – and stands behind everything else
//! as paragraphs of its own, the first of which begins with the same mark.
//!
//! The readers are our own because the files come from anywhere: every count and size is checked before anything is
//! allocated, nothing recurs, and work is linear in the bytes read, which are limited.

mod body;
mod budget;
mod container;
mod fields;
mod notes;
mod number_format;
mod numbering;
mod properties;
mod references;
mod story;
mod styles;
mod symbols;
mod table;
mod trace;
mod xml;

use crate::text::table::Table;
pub use notes::{Note, NoteKind};
pub use trace::Place;

/// What a file may cost. The defaults read every real document and keep a hostile file below about 500 MB of memory.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Most entries of the ZIP container.
    pub entries_max: usize,
    /// Most bytes of all parts together when they are unpacked.
    pub unpacked_bytes_max: u64,
    /// Most bytes of text, numbers made by Word counted.
    pub text_bytes_max: usize,
    /// Most paragraphs, footnotes and table rows together.
    pub blocks_max: usize,
    /// Most cells of all tables together, empty and covered ones counted.
    pub cells_max: usize,
    /// Most styles, and most levels of numbering.
    pub definitions_max: usize,
    /// Most XML elements inside each other.
    pub depth_max: usize,
    /// Most cells and text boxes inside each other.
    pub nesting_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            entries_max: 20_000,
            unpacked_bytes_max: 128 << 20,
            text_bytes_max: 64 << 20,
            blocks_max: 500_000,
            cells_max: 2_000_000,
            definitions_max: 100_000,
            depth_max: 512,
            nesting_max: 24,
        }
    }
}

/// Why a file gives no text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocxError {
    /// No .docx; what it is instead.
    #[error("不是 Word 文档（.docx），内容是{found}；{remedy}")]
    NotADocx {
        /// What was found.
        found: &'static str,
        /// What the user can do.
        remedy: &'static str,
    },
    /// Word 97 to 2003 (.doc) or the format of WPS (.wps) under this name.
    #[error("是 Word 97—2003 的 .doc（或 .wps）格式，不是 .docx；请用 Word 或 WPS 另存为 .docx 后再导入")]
    OldFormat,
    /// Locked with a password.
    #[error("Word 文档已加密；请取消打开密码后再导入")]
    Encrypted,
    /// A document whose main part is missing, or that has no `w:body`.
    #[error("Word 文档没有正文（{place}）；请用 Word 或 WPS 打开并另存为 .docx，或者重新下载后再导入")]
    NoBody {
        /// What is missing, for people.
        place: String,
    },
    /// A body without a character.
    #[error("Word 文档里没有文字（图片 {pictures} 张）；如果是扫描件，请先做文字识别（OCR）再导入")]
    NoText {
        /// How many pictures there are.
        pictures: usize,
    },
    /// Broken inside.
    #[error("Word 文档已损坏（{place}）；请用 Word 或 WPS 打开并另存为 .docx，或者重新下载后再导入")]
    Damaged {
        /// Where, for people.
        place: String,
    },
    /// A document type definition (DTD), which no .docx has.
    #[error(
        "Word 文档的部件 {part} 带有 DTD 定义，这在 .docx 中不合法，已拒绝读取；请用 Word 或 WPS 另存为 .docx 后再导入"
    )]
    TypeDefinition {
        /// In which part.
        part: String,
    },
    /// More than [`Limits`] allow.
    #[error("Word 文档过大（{what}超过 {max}）；请拆分后再导入")]
    TooLarge {
        /// What there is too much of.
        what: &'static str,
        /// How much is allowed.
        max: u64,
    },
}

impl DocxError {
    /// Stable name for reports and tests.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotADocx { .. } => "docx_not_a_docx",
            Self::OldFormat => "docx_old_format",
            Self::Encrypted => "docx_encrypted",
            Self::NoBody { .. } => "docx_no_body",
            Self::NoText { .. } => "docx_no_text",
            Self::Damaged { .. } => "docx_damaged",
            Self::TypeDefinition { .. } => "docx_type_definition",
            Self::TooLarge { .. } => "docx_too_large",
        }
    }

    fn damaged(place: impl Into<String>) -> Self {
        Self::Damaged { place: place.into() }
    }
}

/// A document as read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// Paragraphs and tables in order; empty paragraphs are kept, tables without text are not.
    pub blocks: Vec<Block>,
    /// The title that the document's properties state, if they do; often it is a template's.
    pub title: Option<String>,
    /// What a reader should know of the way the text was made: what was dropped, and what may be missing.
    pub notes: Vec<Note>,
}

/// A paragraph or a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph (段落).
    Paragraph(Paragraph),
    /// A table (表格). A table inside a cell is text of the cell: a row a line, its cells parted by tabs.
    Table(Table),
}

/// A paragraph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paragraph {
    /// Its text, the number that Word makes in front.
    pub text: String,
    /// That number alone (自动编号), for example 第一条; `text` begins with it. Bullets are none.
    pub number: Option<String>,
    /// Level of the outline (大纲级别), 1 to 9, 1 the highest; `None` for body text.
    pub outline: Option<u8>,
    /// How it is aligned (对齐方式).
    pub alignment: Alignment,
    /// The largest size of type (字号) in half points; `None` if nothing states one.
    pub size_half_points: Option<u16>,
    /// Whether all its characters are bold.
    pub bold: bool,
    /// Whether it begins a page because the author said so.
    pub page_break_before: bool,
}

/// How a paragraph is aligned.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Alignment {
    /// To the left, or where nothing is stated.
    #[default]
    Left,
    /// In the middle (居中).
    Center,
    /// To the right.
    Right,
    /// To both sides (两端对齐, 分散对齐).
    Both,
}

/// Reads a document.
///
/// # Errors
///
/// [`DocxError`] says what the file is or where it is broken, and what to do; a file is read whole or not at all.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Reading, DocxError> {
    let mut container = container::Container::open(bytes, limits)?;
    let parts = container.parts()?;
    let mut body = begun(&parts, limits)?;
    body.read(&parts.document)?;
    let (blocks, notes) = body.finish(&parts.document.name)?;
    let blocks = blocks.into_iter().map(|placed| placed.block).collect();
    Ok(Reading { blocks, title: container.title()?, notes })
}

/// A document of which the notes have been read: a mark stands only where its note exists, so these come first.
fn begun(parts: &container::Parts, limits: &Limits) -> Result<body::Body, DocxError> {
    let styles = styles::Styles::read(&parts.styles, limits)?;
    let numbering = numbering::Numbering::read(&parts.numbering, &styles, limits)?;
    let mut body = body::Body::new(styles, numbering, limits);
    body.read(&parts.footnotes)?;
    body.read(&parts.endnotes)?;
    Ok(body)
}

/// The text of a document, and where each piece of it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Traced {
    /// The blocks of [`Reading`], one below the other: a paragraph as it is, a row of a table a line, its cells parted by
    /// tabs, line ends in them as spaces.
    pub text: String,
    /// Name of the main part (正文部件) in the ZIP container, in small letters and with `/` between folders.
    pub part: String,
    trace: trace::Trace,
}

impl Traced {
    /// Where the words of a span (bytes of `text`) stand in the main part, as UTF-8 without a byte order mark. What is no
    /// text there has the place of what shows it: a footnote its reference, a number made by Word its paragraph. `None`
    /// only if nothing is known of any word.
    pub fn place(&self, span: std::ops::Range<usize>) -> Option<Place> {
        self.trace.place(&span)
    }
}

/// Reads a document as [`read`] does, and remembers where its text stands.
///
/// # Errors
///
/// As [`read`].
pub fn traced(bytes: &[u8], limits: &Limits) -> Result<Traced, DocxError> {
    let parts = container::Container::open(bytes, limits)?.parts()?;
    let mut body = begun(&parts, limits)?;
    body.trace(&parts.document)?;
    let (blocks, _) = body.finish(&parts.document.name)?;
    let (text, trace) = story::joined(blocks);
    Ok(Traced { text, part: parts.document.name, trace })
}

#[cfg(test)]
mod tests;
