//! Files of office programs → documents. What a file is, its content tells, never its name.

use super::blocks::{self, Block, Paragraph};
use super::doc::{self, DocError};
use super::docx::{self, DocxError};
use super::epub::{self, EpubError};
use super::outcome::{Outcome, Refusal, RefusalCode};
use super::pdf::{self, PdfError};
use super::pdf_table;
use super::rtf::{self, RtfError};
use super::sheet::{self, SheetError};
use super::{decode, flow, html_page, official, pdf_text, tabular};
use crate::law::benchmark;
use crate::text::table::Table;

/// Bytes of marks and white space before the first tag of a page.
const MARK_BYTES: usize = 512;

/// Formats that begin with bytes of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    /// .xls, .xlsx, .et.
    Sheet,
    /// .docx.
    Docx,
    /// .doc, .wps.
    Doc,
    /// .rtf.
    Rtf,
    /// .epub.
    Epub,
    /// .pdf.
    Pdf,
    /// Perhaps a web page: it begins with a tag.
    Page,
    /// .mht: a page with its pictures, as Word saves it under the name of .doc too.
    Mail,
    /// None of these.
    Other,
}

fn format(bytes: &[u8]) -> Format {
    const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    if bytes.starts_with(b"%PDF-") {
        Format::Pdf
    } else if bytes.starts_with(OLE) && names(bytes, &["Workbook", "Book"])
        || bytes.starts_with(b"PK\x03\x04") && has_member(bytes, b"xl/workbook.")
    {
        Format::Sheet
    } else if bytes.starts_with(b"PK\x03\x04") && has_member(bytes, b"word/")
        || bytes.starts_with(OLE) && names(bytes, &["EncryptedPackage"])
    {
        Format::Docx
    } else if bytes.starts_with(OLE) && names(bytes, &["WordDocument"]) {
        Format::Doc
    } else if bytes.starts_with(b"{\\rtf") {
        Format::Rtf
    } else if bytes.get(..MARK_BYTES).unwrap_or(bytes).to_ascii_lowercase().starts_with(b"mime-version:") {
        Format::Mail
    } else if bytes.starts_with(b"PK\x03\x04") && has_member(bytes, b"META-INF/container.xml") {
        Format::Epub
    } else if bytes.iter().take(MARK_BYTES).find(|byte| byte.is_ascii_graphic()) == Some(&b'<') {
        Format::Page
    } else {
        Format::Other
    }
}

/// Whether an OLE container has a stream of one of these names.
fn names(bytes: &[u8], wanted: &[&str]) -> bool {
    let Ok(file) = cfb::CompoundFile::open(std::io::Cursor::new(bytes)) else { return false };
    file.read_root_storage().any(|entry| wanted.contains(&entry.name()))
}

/// Whether a zip names a member that begins so: names stand unpacked in it.
fn has_member(bytes: &[u8], start: &[u8]) -> bool {
    memchr::memmem::find(bytes, start).is_some()
}

/// The documents of a file; `None` if it is of no format that is read here.
pub fn read(path: &str, bytes: &[u8]) -> Option<Outcome> {
    match format(bytes) {
        Format::Sheet => Some(match sheet::tables(bytes, &sheet::Limits::default()) {
            Ok(tables) => tabular::read(path, &tables),
            Err(error) => of_sheet(&error).into(),
        }),
        Format::Docx => Some(read_docx(path, bytes).unwrap_or_else(Outcome::Refused)),
        Format::Doc => Some(read_doc(path, bytes).unwrap_or_else(Outcome::Refused)),
        Format::Rtf => Some(read_rtf(path, bytes).unwrap_or_else(Outcome::Refused)),
        Format::Epub => Some(read_epub(path, bytes).unwrap_or_else(Outcome::Refused)),
        Format::Pdf => Some(read_pdf(path, bytes).unwrap_or_else(Outcome::Refused)),
        Format::Page => {
            let text = decode::page_of(bytes)?;
            html_page::recognises(&text).then(|| html_page::read(path, &text))
        }
        Format::Mail => {
            let message =
                "这是“单个文件网页”（.mht）或者邮件，不支持；请用 Word 或浏览器打开后另存为 .docx 或 .html 再导入";
            Some(Refusal::new(RefusalCode::UnsupportedFormat, message).into())
        }
        Format::Other => None,
    }
}

fn of_sheet(error: &SheetError) -> Refusal {
    let code = match error {
        SheetError::NotASheet | SheetError::OldFormat(_) => RefusalCode::UnsupportedFormat,
        SheetError::Encrypted => RefusalCode::Encrypted,
        SheetError::Damaged { .. } => RefusalCode::BadRecord,
        SheetError::TooLarge { .. } => RefusalCode::TooLarge,
    };
    Refusal::new(code, error.to_string())
}

/// Why a Word file is not read.
pub fn refused_docx(error: &DocxError) -> Refusal {
    let code = match error {
        DocxError::NotADocx { .. } | DocxError::OldFormat => RefusalCode::UnsupportedFormat,
        DocxError::Encrypted => RefusalCode::Encrypted,
        DocxError::NoText { pictures: 1.. } => RefusalCode::Scanned,
        DocxError::NoBody { .. }
        | DocxError::NoText { .. }
        | DocxError::Damaged { .. }
        | DocxError::TypeDefinition { .. } => RefusalCode::BadRecord,
        DocxError::TooLarge { .. } => RefusalCode::TooLarge,
    };
    Refusal::new(code, error.to_string())
}

fn of_pdf(error: &PdfError) -> Refusal {
    let code = match error {
        PdfError::NotAPdf => RefusalCode::UnsupportedFormat,
        PdfError::Encrypted => RefusalCode::Encrypted,
        PdfError::Damaged { .. } => RefusalCode::BadRecord,
        PdfError::TooLarge { .. } => RefusalCode::TooLarge,
    };
    Refusal::new(code, error.to_string())
}

fn read_docx(path: &str, bytes: &[u8]) -> Result<Outcome, Refusal> {
    let reading = docx::read(bytes, &docx::Limits::default()).map_err(|error| refused_docx(&error))?;
    let block = |block: &docx::Block| match block {
        docx::Block::Table(table) => Block::Table(table.clone()),
        docx::Block::Paragraph(paragraph) => Block::Paragraph(Paragraph {
            text: paragraph.text.clone(),
            centred: paragraph.alignment == docx::Alignment::Center,
            outline: paragraph.outline,
        }),
    };
    let blocks: Vec<Block> = reading.blocks.iter().map(block).collect();
    let notes = reading.notes.iter().map(|note| note.message()).collect();
    Ok(official::read(path, &blocks, notes))
}

fn read_doc(path: &str, bytes: &[u8]) -> Result<Outcome, Refusal> {
    let read = doc::read(bytes, &flow::Limits::default()).map_err(|error| {
        let code = match error {
            DocError::NotADoc | DocError::OldFormat(_) => RefusalCode::UnsupportedFormat,
            DocError::Encrypted => RefusalCode::Encrypted,
            DocError::Damaged { .. } => RefusalCode::BadRecord,
            DocError::TooLarge { .. } => RefusalCode::TooLarge,
        };
        Refusal::new(code, error.to_string())
    })?;
    let unread = read.unread_numbers;
    let unread = (unread > 0).then(|| format!("有 {unread} 段的自动编号未能识别，正文中没有这些编号"));
    let boxes = read.text_boxes.then(|| "文本框中的文字放在文末".to_string());
    let notes = unread.into_iter().chain(boxes).chain(blocks::private_use(&read.blocks));
    Ok(official::read(path, &read.blocks, notes.collect()))
}

fn read_rtf(path: &str, bytes: &[u8]) -> Result<Outcome, Refusal> {
    let (read, left_out) = rtf::read(bytes, &flow::Limits::default()).map_err(|error| {
        let code = match error {
            RtfError::NotRtf => RefusalCode::UnsupportedFormat,
            RtfError::Damaged { .. } => RefusalCode::BadRecord,
            RtfError::TooLarge { .. } => RefusalCode::TooLarge,
        };
        Refusal::new(code, error.to_string())
    })?;
    let has_boxes =
        ["\\shptxt", "\\dptxbxtext"].iter().any(|word| memchr::memmem::find(bytes, word.as_bytes()).is_some());
    let boxes = has_boxes.then(|| "文本框中的文字放在文末".to_string());
    let notes = left_out.remarks().chain(boxes).chain(blocks::private_use(&read));
    Ok(official::read(path, &read, notes.collect()))
}

fn read_epub(path: &str, bytes: &[u8]) -> Result<Outcome, Refusal> {
    let book = epub::read(bytes, &flow::Limits::default()).map_err(|error| {
        let code = match error {
            EpubError::NotAnEpub => RefusalCode::UnsupportedFormat,
            EpubError::Encrypted => RefusalCode::Encrypted,
            EpubError::Damaged { .. } => RefusalCode::BadRecord,
            EpubError::TooLarge { .. } => RefusalCode::TooLarge,
        };
        Refusal::new(code, error.to_string())
    })?;
    Ok(official::read(path, &book.blocks, blocks::private_use(&book.blocks).into_iter().collect()))
}

fn read_pdf(path: &str, bytes: &[u8]) -> Result<Outcome, Refusal> {
    let reading = pdf_table::read(bytes, &pdf::Limits::default()).map_err(|error| of_pdf(&error))?;
    // A page without characters is a picture, or empty; a file of such pages was scanned.
    if reading.glyphs == 0 || reading.blank_pages.len() * 2 > reading.pages {
        let message = "PDF 是扫描件（各页是图片，没有文字）；请先做文字识别（OCR），或者导入原始的 Word 文件";
        return Err(Refusal::new(RefusalCode::Scanned, message));
    }
    let tables = || {
        reading
            .blocks
            .iter()
            .filter_map(|block| if let pdf_table::Block::Table(table) = block { Some(table) } else { None })
    };
    tabular::within_limits(tables())?;
    // A benchmark alone is its tables; articles from the first on beside it are text.
    let lines = || {
        reading.blocks.iter().filter_map(|block| match block {
            pdf_table::Block::Line { line, .. } => Some(line.text.as_str()),
            pdf_table::Block::Table(_) => None,
        })
    };
    let begins = |number: &str| lines().any(|line| line.trim_start().starts_with(number));
    let is_table = !(begins("第一条") && begins("第二条"));
    if is_table && tables().any(|table| !benchmark::read(table).benchmarks.is_empty()) {
        let tables: Vec<Table> = tables().cloned().collect();
        let outside = lines().filter(|line| !line.trim().is_empty()).count();
        let note = (outside > 0).then(|| format!("表格以外另有 {outside} 行文字（标题、页码、说明等）没有收入正文"));
        return Ok(tabular::read(path, &tables).noted(note));
    }
    let paragraphs = pdf_text::paragraphs(&reading.blocks);
    if pdf_text::is_garbled(&paragraphs) {
        let message = "PDF 的字体编码有误，读出的不是原文；请导入原始的 Word 文件，或者做文字识别（OCR）后再导入";
        return Err(Refusal::new(RefusalCode::NotText, message));
    }
    Ok(official::read(path, &paragraphs, blocks::private_use(&paragraphs).into_iter().collect()))
}
