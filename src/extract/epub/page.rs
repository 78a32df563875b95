//! A page of a book (XHTML) → paragraphs, headings and tables.

use super::markup::{Mark, Marks, Tag};
use super::spans::{Span, Spans};
use super::{EpubError, Limits};
use crate::extract::flow::Flow;
use crate::extract::shifted::Shift;

/// What an element means for the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Element {
    /// Its text is part of that around it.
    Inline,
    /// The same, above or below the line.
    Shifted(Shift),
    /// A paragraph, or something that holds some.
    Block,
    /// A heading with its level.
    Heading(u8),
    /// Text whose spaces and line breaks count.
    Verbatim,
    /// Not text of the book.
    Dropped,
    Table,
    Row,
    Cell,
}

/// A page while it is read.
struct Page<'a> {
    flow: &'a mut Flow,
    open: Vec<Element>,
    /// How many of the open elements drop their text, keep it verbatim, are tables.
    dropped: usize,
    verbatim: usize,
    tables: usize,
    /// Level of the open heading.
    heading: Option<u8>,
    table: Spans,
    /// Spans of the cells of the open row.
    spans: Vec<Span>,
    /// The last character of the open line.
    last: Option<char>,
    /// White space behind it that is not written yet: whether it breaks a line of the file.
    space: Option<bool>,
}

/// Reads a page into the flow.
pub(super) fn read(text: &str, name: &str, limits: &Limits, flow: &mut Flow) -> Result<(), EpubError> {
    let mut page = Page {
        flow,
        open: Vec::new(),
        dropped: 0,
        verbatim: 0,
        tables: 0,
        heading: None,
        table: Spans::default(),
        spans: Vec::new(),
        last: None,
        space: None,
    };
    let mut marks = Marks::new(text, name, limits);
    while let Some(mark) = marks.next()? {
        match mark {
            Mark::Start(tag) => page.start(&tag)?,
            Mark::Text(text) if page.dropped == 0 => page.text(&text)?,
            Mark::Text(_) => {}
            Mark::End => page.end()?,
        }
    }
    page.end_line()
}

fn element(tag: &Tag) -> Element {
    if tag.attribute("hidden").is_some() || tag.has_word("type", "pagebreak") || tag.has_word("type", "noteref") {
        return Element::Dropped;
    }
    match tag.name() {
        "head" | "script" | "style" | "nav" | "rt" | "rp" | "rtc" | "svg" | "template" | "audio" | "video"
        | "iframe" => Element::Dropped,
        "p" | "div" | "li" | "ul" | "ol" | "dl" | "dt" | "dd" | "blockquote" | "section" | "article" | "aside"
        | "main" | "header" | "footer" | "figure" | "figcaption" | "hr" | "body" | "address" | "center" | "caption"
        | "form" | "fieldset" | "details" | "summary" | "hgroup" | "level1" | "level2" | "level3" | "hd" => {
            Element::Block
        }
        "h1" => Element::Heading(1),
        "h2" => Element::Heading(2),
        "h3" => Element::Heading(3),
        "h4" => Element::Heading(4),
        "h5" => Element::Heading(5),
        "h6" => Element::Heading(6),
        "sup" => Element::Shifted(Shift::Raised),
        "sub" => Element::Shifted(Shift::Lowered),
        "pre" => Element::Verbatim,
        "table" => Element::Table,
        "tr" => Element::Row,
        "td" | "th" => Element::Cell,
        _ => Element::Inline,
    }
}

impl Page<'_> {
    fn start(&mut self, tag: &Tag) -> Result<(), EpubError> {
        let element = element(tag);
        self.open.push(element);
        if element == Element::Dropped {
            self.dropped += 1;
        }
        if self.dropped > 0 {
            return Ok(());
        }
        match element {
            Element::Inline if tag.name() == "br" => self.line_break()?,
            Element::Inline | Element::Shifted(_) | Element::Dropped => {}
            Element::Block | Element::Row => self.end_line()?,
            Element::Heading(level) => {
                self.end_line()?;
                self.heading = Some(level);
            }
            Element::Verbatim => {
                self.end_line()?;
                self.verbatim += 1;
            }
            Element::Table => {
                self.end_line()?;
                self.tables += 1;
            }
            Element::Cell if self.tables == 1 => {
                self.end_line()?;
                let (rows, columns) = (tag.attribute("rowspan"), tag.attribute("colspan"));
                self.spans.push(Span::new(rows.as_deref(), columns.as_deref()));
            }
            // A table within a cell becomes lines of it.
            Element::Cell => self.end_line()?,
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), EpubError> {
        let Some(element) = self.open.pop() else { return Ok(()) };
        if self.dropped > 0 {
            self.dropped -= usize::from(element == Element::Dropped);
            return Ok(());
        }
        match element {
            Element::Inline | Element::Shifted(_) | Element::Dropped => {}
            Element::Block => self.end_line()?,
            Element::Heading(_) => {
                self.end_line()?;
                self.heading = None;
            }
            Element::Verbatim => {
                self.end_line()?;
                self.verbatim -= 1;
            }
            Element::Cell if self.tables == 1 => {
                self.flow.end_cell()?;
                (self.last, self.space) = (None, None);
            }
            Element::Row if self.tables == 1 => {
                let cells = self.flow.take_row()?;
                (self.last, self.space) = (None, None);
                let spans = std::mem::take(&mut self.spans).into_iter().chain(std::iter::repeat(Span::new(None, None)));
                self.table.row(cells.into_iter().zip(spans).collect())?;
            }
            Element::Cell | Element::Row => self.end_line()?,
            Element::Table => {
                self.end_line()?;
                self.tables -= 1;
                if self.tables == 0 {
                    self.flow.grid(std::mem::take(&mut self.table).grid())?;
                }
            }
        }
        Ok(())
    }

    /// Ends the open line, if there is anything in it.
    fn end_line(&mut self) -> Result<(), EpubError> {
        self.space = None;
        if self.last.take().is_none() {
            return Ok(());
        }
        if self.spans.is_empty() {
            self.flow.end_paragraph(self.heading)?
        } else {
            self.flow.end_line()?
        }
        Ok(())
    }

    fn line_break(&mut self) -> Result<(), EpubError> {
        self.space = None;
        if self.last.is_some() {
            self.flow.char('\n')?;
            self.last = Some('\n');
        }
        Ok(())
    }

    /// Text: white space of the file is one space, and none where a line of Chinese is broken in two.
    fn text(&mut self, text: &str) -> Result<(), EpubError> {
        let shift = self.open.iter().rev().find_map(|element| match element {
            Element::Shifted(shift) => Some(*shift),
            _ => None,
        });
        let shift = shift.unwrap_or_default();
        for char in text.chars().map(|char| shift.of(char)) {
            let is_space = matches!(char, ' ' | '\t' | '\n' | '\r' | '\u{C}');
            match char {
                '\n' if self.verbatim > 0 => self.line_break()?,
                '\r' if self.verbatim > 0 => {}
                _ if is_space && self.verbatim == 0 => {
                    self.space = Some(self.space.unwrap_or(false) || char == '\n');
                }
                _ if char.is_control() && char != '\t' => {}
                _ => {
                    if let (Some(breaks), Some(last)) = (self.space.take(), self.last)
                        && last != '\n'
                        && !(breaks && is_chinese(last) && is_chinese(char))
                    {
                        self.flow.char(' ')?;
                    }
                    self.flow.char(char)?;
                    self.last = Some(char);
                }
            }
        }
        Ok(())
    }
}

/// Whether a character is one of those that are written without spaces between them, or a mark used with them.
fn is_chinese(char: char) -> bool {
    matches!(char, '\u{2E80}'..='\u{A4CF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FFEF}'
        | '\u{20000}'..='\u{3FFFF}' | '“' | '”' | '‘' | '’' | '—' | '…')
}
