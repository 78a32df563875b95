//! A story: paragraphs and tables that follow each other, in the body, in a cell, in a text box or in a note.

use super::properties::{ParagraphProperties, RunProperties};
use super::styles::Style;
use super::trace::Trace;
use super::{Alignment, Block, Paragraph};
use crate::text::table::{Cell, Table};

/// A paragraph while its element is open.
#[derive(Default)]
pub(super) struct OpenParagraph {
    /// The style that it names.
    pub(super) style: Option<String>,
    /// What it states itself.
    pub(super) own: ParagraphProperties,
    /// Whether its mark is deleted, moved away or hidden, so that the next paragraph continues it.
    pub(super) is_continued: bool,
    /// Whether it has been counted by its list.
    pub(super) is_counted: bool,
    /// Its number, and what stands between that and the text.
    pub(super) number: Option<(String, &'static str)>,
    /// Its text.
    pub(super) text: String,
    /// Where that comes from, if it is asked.
    pub(super) trace: Trace,
    /// Where its element begins, if it is asked.
    begins: Option<usize>,
    size: Option<u16>,
    is_bold: Option<bool>,
    /// Whether a page break stands in front of its text.
    breaks_before: bool,
    /// Whether a page break stands behind some of its text.
    breaks_inside: bool,
}

impl OpenParagraph {
    /// Takes text with its properties.
    pub(super) fn put(&mut self, text: &str, properties: &RunProperties, trace: Trace) {
        self.trace.append(trace, self.text.len());
        self.text.push_str(text);
        if text.chars().all(char::is_whitespace) {
            return;
        }
        self.size = self.size.max(properties.size);
        self.is_bold = Some(self.is_bold.unwrap_or(true) && properties.bold.unwrap_or(false));
    }

    /// Takes a page break.
    pub(super) fn break_page(&mut self) {
        if self.text.trim().is_empty() {
            self.breaks_before = true;
        } else {
            self.text.push('\n');
            self.breaks_inside = true;
        }
    }

    /// Continues a paragraph whose mark is gone. What is left of both is formatted as this one is.
    fn continues(&mut self, before: OpenParagraph) {
        let own = std::mem::replace(&mut self.trace, before.trace);
        self.trace.append(own, before.text.len());
        let own = std::mem::replace(&mut self.text, before.text);
        self.text.push_str(&own);
        self.size = self.size.max(before.size);
        self.is_bold = match (before.is_bold, self.is_bold) {
            (Some(one), Some(other)) => Some(one && other),
            (one, other) => one.or(other),
        };
        self.breaks_before |= before.breaks_before;
    }

    /// The paragraph as it is read; `style` is the one that holds for it.
    fn finished(self, style: &Style) -> Placed {
        let properties = self.own.over(&style.paragraph);
        let mut trace = self.trace;
        let (number, text) = match self.number {
            Some((number, gap)) => {
                let text = format!("{number}{gap}{}", self.text);
                if let Some(begins) = self.begins {
                    let own = std::mem::replace(&mut trace, Trace::whole(number.len() + gap.len(), &(begins..begins)));
                    trace.append(own, number.len() + gap.len());
                }
                (Some(number), text)
            }
            None => (None, self.text),
        };
        let paragraph = Paragraph {
            text,
            number,
            outline: properties.outline.filter(|&level| level <= 9),
            alignment: properties.alignment.unwrap_or(Alignment::Left),
            size_half_points: self.size,
            bold: self.is_bold.unwrap_or(false),
            page_break_before: self.breaks_before || properties.page_break_before.unwrap_or(false),
        };
        Placed { block: Block::Paragraph(paragraph), trace }
    }
}

/// A block, and where its text comes from, if that is asked.
pub(super) struct Placed {
    /// The block.
    pub(super) block: Block,
    /// The trace of its text, that of a table as a cell of another would show it.
    pub(super) trace: Trace,
}

/// A story while it is read.
#[derive(Default)]
pub(super) struct Story {
    blocks: Vec<Placed>,
    /// The open paragraph.
    pub(super) open: Option<OpenParagraph>,
    /// The paragraph that the next one continues, and the style that held for it.
    continued: Option<(OpenParagraph, Style)>,
    /// What stands in text boxes of the open paragraph.
    beside: Vec<Placed>,
    /// Whether the next paragraph begins a page.
    breaks: bool,
}

impl Story {
    /// Opens a paragraph, whose element begins there, if that is asked.
    pub(super) fn open(&mut self, begins: Option<usize>) {
        let breaks_before = std::mem::take(&mut self.breaks);
        self.open = Some(OpenParagraph { breaks_before, begins, ..OpenParagraph::default() });
    }

    /// Closes the open paragraph; `style` is the one that holds for it.
    pub(super) fn close(&mut self, style: Style) {
        let Some(mut paragraph) = self.open.take() else { return };
        if paragraph.breaks_inside && paragraph.text.ends_with('\n') {
            paragraph.text.pop();
            paragraph.trace.cut(0..paragraph.text.len());
            self.breaks = true;
        }
        if let Some((before, _)) = self.continued.take() {
            paragraph.continues(before);
        }
        if paragraph.is_continued {
            self.continued = Some((paragraph, style));
            return;
        }
        self.blocks.push(paragraph.finished(&style));
        self.blocks.append(&mut self.beside);
    }

    /// Puts a block that is no paragraph of this story: behind the open paragraph, if there is one.
    pub(super) fn put(&mut self, block: Placed) {
        if self.open.is_some() {
            self.beside.push(block);
        } else {
            self.end_continued();
            self.blocks.push(block);
        }
    }

    /// Ends a paragraph that nothing continues, after all.
    fn end_continued(&mut self) {
        if let Some((paragraph, style)) = self.continued.take()
            && !paragraph.text.is_empty()
        {
            self.blocks.push(paragraph.finished(&style));
        }
        self.blocks.append(&mut self.beside);
    }

    /// The blocks, when the story ends.
    pub(super) fn finish(mut self) -> Vec<Placed> {
        self.end_continued();
        self.blocks
    }
}

impl Placed {
    /// A paragraph of which nobody knows where it comes from.
    pub(super) fn of(paragraph: Paragraph) -> Self {
        Placed { block: Block::Paragraph(paragraph), trace: Trace::default() }
    }

    /// Whether it has no text.
    pub(super) fn is_blank(&self) -> bool {
        match &self.block {
            Block::Paragraph(paragraph) => paragraph.text.trim().is_empty(),
            Block::Table(table) => table.rows.is_empty(),
        }
    }

    /// The length of its text.
    pub(super) fn text_bytes(&self) -> usize {
        match &self.block {
            Block::Paragraph(paragraph) => paragraph.text.len(),
            Block::Table(table) => flattened_table(table).len(),
        }
    }
}

/// Blocks as the text of a cell: a paragraph a line, a row of a table a line.
pub(super) fn flattened(blocks: Vec<Placed>) -> (String, Trace) {
    let mut trace = Trace::default();
    let mut text = String::new();
    for (index, placed) in blocks.into_iter().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        trace.append(placed.trace, text.len());
        match placed.block {
            Block::Paragraph(paragraph) => text.push_str(&paragraph.text),
            Block::Table(table) => text.push_str(&flattened_table(&table)),
        }
    }
    let from = text.len() - text.trim_start().len();
    let kept = text.trim();
    trace.cut(from..from + kept.len());
    (kept.to_string(), trace)
}

fn flattened_table(table: &Table) -> String {
    let line = |cells: &[Cell]| shown(cells).map(|(_, text)| text).collect::<Vec<_>>().join("\t");
    table.rows.iter().map(|row| line(&row.cells)).collect::<Vec<_>>().join("\n")
}

/// The texts of the cells of a row that no other covers, each with its column.
pub(super) fn shown(cells: &[Cell]) -> impl Iterator<Item = (usize, &str)> {
    cells.iter().enumerate().filter_map(|(column, cell)| match cell {
        Cell::Text { text, .. } => Some((column, text.as_str())),
        Cell::Empty => Some((column, "")),
        Cell::Covered { .. } => None,
    })
}

/// All blocks of a document as one text, each on lines of its own. A row of a table is one line: line ends inside its
/// cells are spaces.
pub(super) fn joined(blocks: Vec<Placed>) -> (String, Trace) {
    let mut trace = Trace::default();
    let mut text = String::new();
    for (index, placed) in blocks.into_iter().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        trace.append(placed.trace, text.len());
        let table = match placed.block {
            Block::Paragraph(paragraph) => {
                text.push_str(&paragraph.text);
                continue;
            }
            Block::Table(table) => table,
        };
        for (index, row) in table.rows.iter().enumerate() {
            if index > 0 {
                text.push('\n');
            }
            for (index, (_, cell)) in shown(&row.cells).enumerate() {
                if index > 0 {
                    text.push('\t');
                }
                text.push_str(&cell.replace('\n', " "));
            }
        }
    }
    (text, trace)
}
