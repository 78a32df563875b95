//! Word.
//!
//! docx-rs packs the file and writes its lists of parts; the parts themselves are written here, in the order that the
//! schema asks for and with nothing that changes from call to call.

use std::collections::HashSet;
use std::io::Cursor;

use docx_rs::{Docx, Footer};

use super::pieces::{Piece, pieces, table};
use super::xml::{escaped, push_escaped};
use super::{Block, Paper, PublishError, layout};

/// The day that core.xml names: equal papers are equal files.
const DAY: &str = "2000-01-01T00:00:00Z";

/// The most letters of a bookmark's name that Word takes.
const BOOKMARK_MAX: usize = 40;

/// The paper as a Word document in the layout of official documents, GB/T 9704-2012.
///
/// Every line of a provision is a paragraph, its number in 黑体; headings have Word's heading styles and outline levels;
/// provisions have bookmarks: their ids with `_` for everything but letters and digits. Tabs and carriage returns
/// become Word's own, what XML forbids becomes U+FFFD, everything else is verbatim. Equal papers give equal bytes.
///
/// # Errors
/// [`PublishError::Writer`] if the archive cannot be packed (beyond 4 GB).
pub fn docx(paper: &Paper) -> Result<Vec<u8>, PublishError> {
    let mut parts = Docx::new().footer(Footer::new()).even_footer(Footer::new()).build();
    parts.document = document(paper).into_bytes();
    parts.styles = layout::styles().into_bytes();
    parts.settings = layout::settings().into_bytes();
    parts.font_table = layout::fonts().into_bytes();
    parts.footers = vec![layout::footer(false).into_bytes(), layout::footer(true).into_bytes()];
    parts.doc_props.core = core(&paper.full_title()).into_bytes();
    let mut file = Cursor::new(Vec::new());
    parts.pack(&mut file).map_err(|error| PublishError::Writer(error.to_string()))?;
    Ok(file.into_inner())
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

/// `word/document.xml`.
fn document(paper: &Paper) -> String {
    let mut body = Body::default();
    body.paragraph("Title", "", &paper.full_title());
    for line in paper.subtitle.iter().filter(|line| !line.is_empty()) {
        body.paragraph("Subtitle", "", line);
    }
    for (name, value) in paper.particulars() {
        body.paragraph("Fact", "", &format!("{name}：{value}"));
    }
    body.paragraph("AsIs", "", "");
    for block in &paper.blocks {
        body.block(block);
    }
    if !paper.colophon.is_empty() {
        body.paragraph("Colophon", "", &paper.colophon);
    }
    format!(
        "{}<w:document {}><w:body>{}{}</w:body></w:document>",
        layout::DECLARATION,
        layout::NAMESPACES,
        body.xml,
        layout::SECTION
    )
}

/// The body as far as it is written.
#[derive(Default)]
struct Body {
    xml: String,
    /// Names of the bookmarks, in small letters: Word does not tell them apart by case.
    names: HashSet<String>,
}

impl Body {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { level, text } => {
                let style = format!("Heading{}", (*level).clamp(1, 6));
                let place = if is_division(text) { layout::centred() } else { String::new() };
                self.paragraph(&style, &place, text);
            }
            Block::Provision { id, label, text } => self.provision(id, *label, text),
            Block::Table(rows) => self.table(true, rows),
            Block::Signature(text) => text.split('\n').for_each(|line| self.paragraph("Signature", "", line)),
        }
    }

    fn provision(&mut self, id: &str, label: usize, text: &str) {
        let number = self.names.len();
        let name = bookmark(id).filter(|name| self.names.insert(name.to_ascii_lowercase()));
        if let Some(name) = &name {
            self.xml.push_str(&format!("<w:bookmarkStart w:id=\"{number}\" w:name=\"{name}\"/>"));
        }
        for piece in pieces(label, text) {
            match piece {
                Piece::Line { label, rest } => {
                    // A line that brings its own blanks is not set in a second time.
                    let own = label.is_empty() && rest.starts_with(char::is_whitespace);
                    self.open(if own { "AsIs" } else { "BodyText" }, "");
                    self.run("<w:rStyle w:val=\"Label\"/>", label);
                    self.run("", rest);
                    self.xml.push_str("</w:p>");
                }
                Piece::Table(lines) => {
                    let (header, rows) = table(&lines);
                    self.table(header, &rows);
                }
            }
        }
        if name.is_some() {
            self.xml.push_str(&format!("<w:bookmarkEnd w:id=\"{number}\"/>"));
        }
    }

    fn paragraph(&mut self, style: &str, place: &str, text: &str) {
        self.open(style, place);
        self.run("", text);
        self.xml.push_str("</w:p>");
    }

    fn open(&mut self, style: &str, place: &str) {
        self.xml.push_str(&format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{place}</w:pPr>"));
    }

    /// A run; line feeds, tabs and carriage returns are elements of their own in Word.
    fn run(&mut self, style: &str, text: &str) {
        if text.is_empty() {
            return;
        }
        // The hint has quotation marks and dashes set in the Chinese font.
        self.xml.push_str(&format!("<w:r><w:rPr>{style}<w:rFonts w:hint=\"eastAsia\"/></w:rPr>"));
        for part in text.split_inclusive(['\n', '\t', '\r']) {
            let end = match part.as_bytes().last() {
                Some(b'\n') => "<w:br/>",
                Some(b'\t') => "<w:tab/>",
                Some(b'\r') => "<w:cr/>",
                _ => "",
            };
            let words = if end.is_empty() { part } else { &part[..part.len() - 1] };
            if !words.is_empty() {
                self.xml.push_str("<w:t xml:space=\"preserve\">");
                push_escaped(&mut self.xml, words);
                self.xml.push_str("</w:t>");
            }
            self.xml.push_str(end);
        }
        self.xml.push_str("</w:r>");
    }

    fn table(&mut self, header: bool, rows: &[Vec<String>]) {
        let widths = widths(rows);
        if widths.is_empty() {
            return;
        }
        self.xml.push_str(&format!(
            "<w:tbl><w:tblPr><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblBorders>",
            widths.iter().sum::<usize>()
        ));
        for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
            self.xml.push_str(&format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>"));
        }
        self.xml.push_str(
            "</w:tblBorders><w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"85\" w:type=\"dxa\"/>\
             <w:right w:w=\"85\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>",
        );
        for width in &widths {
            self.xml.push_str(&format!("<w:gridCol w:w=\"{width}\"/>"));
        }
        self.xml.push_str("</w:tblGrid>");
        for (number, row) in rows.iter().enumerate() {
            let head = header && number == 0;
            self.xml.push_str("<w:tr><w:trPr><w:cantSplit/>");
            self.xml.push_str(if head { "<w:tblHeader/></w:trPr>" } else { "</w:trPr>" });
            for (column, width) in widths.iter().enumerate() {
                self.xml.push_str(&format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>"));
                self.open("Cell", if head { "<w:jc w:val=\"center\"/>" } else { "" });
                let style = if head { "<w:rStyle w:val=\"Label\"/>" } else { "" };
                self.run(style, row.get(column).map_or("", String::as_str));
                self.xml.push_str("</w:p></w:tc>");
            }
            self.xml.push_str("</w:tr>");
        }
        // Without a paragraph between them Word makes one of two tables.
        self.xml.push_str("</w:tbl>");
        self.paragraph("Cell", "<w:spacing w:line=\"160\" w:lineRule=\"exact\"/>", "");
    }
}

/// Widths of the columns, together the width of the text: by the longest cells, none very narrow or very wide.
fn widths(rows: &[Vec<String>]) -> Vec<usize> {
    let mut letters: Vec<usize> = Vec::new();
    for row in rows {
        letters.resize(letters.len().max(row.len()), 6);
        for (most, cell) in letters.iter_mut().zip(row) {
            *most = (*most).max((cell.chars().count() + 2).min(30));
        }
    }
    let all: usize = letters.iter().sum();
    letters.iter().map(|count| count * layout::TEXT_WIDTH / all).collect()
}

/// The name of a bookmark: letters, digits and `_`, a letter first; `None` without an id.
fn bookmark(id: &str) -> Option<String> {
    let first = id.chars().next()?;
    let begin = if first.is_ascii_alphabetic() { "" } else { "p" };
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '_' };
    Some(begin.chars().chain(id.chars().map(plain)).take(BOOKMARK_MAX).collect())
}

/// Whether a heading is that of a part, chapter or section (第一章　总则): those stand in the middle.
fn is_division(text: &str) -> bool {
    let mut letters = text.trim_start().chars();
    let numeral = |letter: char| letter.is_ascii_digit() || "零〇一二三四五六七八九十百分".contains(letter);
    letters.next() == Some('第')
        && letters.take(8).find(|letter| !numeral(*letter)).is_some_and(|letter| "编章节篇".contains(letter))
}

#[cfg(test)]
mod tests;
