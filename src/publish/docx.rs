//! Documents as Word files.

use std::collections::HashSet;

use super::pieces::{Piece, pieces, table};
use super::word::{self, push_cell_open, push_open, push_paragraph, push_row_open, push_run, push_table_open};
use super::{Block, Paper, PublishError, layout};

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
    word::pack(word::Parts {
        title: &paper.full_title(),
        body: &body(paper),
        section: layout::SECTION,
        styles: layout::styles(),
        links: &[],
    })
}

/// The elements of the body.
fn body(paper: &Paper) -> String {
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
    body.xml
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
                    push_open(&mut self.xml, if own { "AsIs" } else { "BodyText" }, "");
                    push_run(&mut self.xml, "<w:rStyle w:val=\"Label\"/>", label);
                    push_run(&mut self.xml, "", rest);
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
        push_paragraph(&mut self.xml, style, place, text);
    }

    fn table(&mut self, header: bool, rows: &[Vec<String>]) {
        let widths = widths(rows);
        if widths.is_empty() {
            return;
        }
        push_table_open(&mut self.xml, &widths);
        for (number, row) in rows.iter().enumerate() {
            let head = header && number == 0;
            push_row_open(&mut self.xml, true, head);
            for (column, width) in widths.iter().enumerate() {
                push_cell_open(&mut self.xml, *width);
                push_open(&mut self.xml, "Cell", if head { "<w:jc w:val=\"center\"/>" } else { "" });
                let style = if head { "<w:rStyle w:val=\"Label\"/>" } else { "" };
                push_run(&mut self.xml, style, row.get(column).map_or("", String::as_str));
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
