//! Word files: the package, and the elements that paragraphs and tables are made of.
//!
//! docx-rs packs the file and writes its lists of parts; the parts themselves are written here, in the order that the
//! schema asks for and with nothing that changes from call to call.

use std::io::Cursor;

use docx_rs::{Docx, Footer};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::xml::{escaped, push_escaped};
use super::{PublishError, layout};

/// The day that core.xml names: equal values are equal files.
const DAY: &str = "2000-01-01T00:00:00Z";

/// What a Word file is made of.
pub(crate) struct Parts<'a> {
    /// The title in its properties.
    pub(crate) title: &'a str,
    /// The elements of its body, without the section.
    pub(crate) body: &'a str,
    /// The section: sheet and margins.
    pub(crate) section: &'a str,
    /// `word/styles.xml`.
    pub(crate) styles: String,
    /// Addresses that the body links to: the first one by `rIdLink1`, and so on.
    pub(crate) links: &'a [&'a str],
}

/// The packed file, with the footers of official documents.
pub(crate) fn pack(parts: Parts<'_>) -> Result<Vec<u8>, PublishError> {
    let mut book = Docx::new().footer(Footer::new()).even_footer(Footer::new());
    for (number, address) in (1..).zip(parts.links) {
        book.document_rels = book.document_rels.add_hyperlinks(link_id(number), *address, "External");
    }
    let mut built = book.build();
    built.document = format!(
        "{}<w:document {}><w:body>{}{}</w:body></w:document>",
        layout::DECLARATION,
        layout::NAMESPACES,
        parts.body,
        parts.section
    )
    .into_bytes();
    built.styles = parts.styles.into_bytes();
    built.settings = layout::settings().into_bytes();
    built.font_table = layout::fonts().into_bytes();
    built.footers = vec![layout::footer(false).into_bytes(), layout::footer(true).into_bytes()];
    built.doc_props.core = core(parts.title).into_bytes();
    let mut file = Cursor::new(Vec::new());
    built.pack(&mut file).map_err(|error| PublishError::Writer(error.to_string()))?;
    Ok(file.into_inner())
}

/// The same file with its parts compressed: docx-rs stores them as they are, which makes a long table ten times larger
/// and more.
pub(crate) fn compressed(file: &[u8]) -> Result<Vec<u8>, PublishError> {
    let refused = |error: ZipError| PublishError::Writer(error.to_string());
    let torn = |error: std::io::Error| PublishError::Writer(error.to_string());
    let mut stored = ZipArchive::new(Cursor::new(file)).map_err(refused)?;
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    // The day is the first that archives know, not today.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::DEFAULT);
    for number in 0..stored.len() {
        let mut part = stored.by_index(number).map_err(refused)?;
        // Folders say nothing that the names of the parts do not.
        if part.is_file() {
            let name = part.name().map_err(refused)?.into_owned();
            out.start_file(name, options).map_err(refused)?;
            std::io::copy(&mut part, &mut out).map_err(torn)?;
        }
    }
    Ok(out.finish().map_err(refused)?.into_inner())
}

/// By which name the body calls a link; numbers begin with 1.
pub(crate) fn link_id(number: usize) -> String {
    format!("rIdLink{number}")
}

/// `docProps/core.xml`.
fn core(title: &str) -> String {
    format!(
        "{}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title><dc:creator>法据</dc:creator>\
         <dc:language>zh-CN</dc:language><cp:lastModifiedBy>法据</cp:lastModifiedBy><cp:revision>1</cp:revision>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{DAY}</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{DAY}</dcterms:modified></cp:coreProperties>",
        layout::DECLARATION,
        escaped(title)
    )
}

/// A paragraph with one run; `place` is layout above its style.
pub(crate) fn push_paragraph(out: &mut String, style: &str, place: &str, text: &str) {
    push_open(out, style, place);
    push_run(out, "", text);
    out.push_str("</w:p>");
}

/// The beginning of a paragraph.
pub(crate) fn push_open(out: &mut String, style: &str, place: &str) {
    out.push_str(&format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{place}</w:pPr>"));
}

/// A run; line feeds, tabs and carriage returns are elements of their own in Word.
pub(crate) fn push_run(out: &mut String, style: &str, text: &str) {
    if text.is_empty() {
        return;
    }
    // The hint has quotation marks and dashes set in the Chinese font.
    out.push_str(&format!("<w:r><w:rPr>{style}<w:rFonts w:hint=\"eastAsia\"/></w:rPr>"));
    for part in text.split_inclusive(['\n', '\t', '\r']) {
        let end = match part.as_bytes().last() {
            Some(b'\n') => "<w:br/>",
            Some(b'\t') => "<w:tab/>",
            Some(b'\r') => "<w:cr/>",
            _ => "",
        };
        let words = if end.is_empty() { part } else { &part[..part.len() - 1] };
        if !words.is_empty() {
            out.push_str("<w:t xml:space=\"preserve\">");
            push_escaped(out, words);
            out.push_str("</w:t>");
        }
        out.push_str(end);
    }
    out.push_str("</w:r>");
}

/// The beginning of a table: borders, and columns of these widths.
pub(crate) fn push_table_open(out: &mut String, widths: &[usize]) {
    out.push_str(&format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblBorders>",
        widths.iter().sum::<usize>()
    ));
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        out.push_str(&format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>"));
    }
    out.push_str(
        "</w:tblBorders><w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"85\" w:type=\"dxa\"/>\
         <w:right w:w=\"85\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>",
    );
    for width in widths {
        out.push_str(&format!("<w:gridCol w:w=\"{width}\"/>"));
    }
    out.push_str("</w:tblGrid>");
}

/// The beginning of a row: whether it stays on one page, and whether it is the header that every page repeats.
pub(crate) fn push_row_open(out: &mut String, whole: bool, head: bool) {
    out.push_str("<w:tr>");
    if whole || head {
        let marks = [(whole, "<w:cantSplit/>"), (head, "<w:tblHeader/>")];
        let marks: String = marks.iter().filter(|(is, _)| *is).map(|(_, mark)| *mark).collect();
        out.push_str(&format!("<w:trPr>{marks}</w:trPr>"));
    }
}

/// The beginning of a cell.
pub(crate) fn push_cell_open(out: &mut String, width: usize) {
    out.push_str(&format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>"));
}
