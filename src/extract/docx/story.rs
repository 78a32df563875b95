//! A story: paragraphs and tables that follow each other, in the body, in a cell, in a text box or in a note.

use super::properties::{ParagraphProperties, RunProperties};
use super::styles::Style;
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
    size: Option<u16>,
    is_bold: Option<bool>,
    /// Whether a page break stands in front of its text.
    breaks_before: bool,
    /// Whether a page break stands behind some of its text.
    breaks_inside: bool,
}

impl OpenParagraph {
    /// Takes text with its properties.
    pub(super) fn put(&mut self, text: &str, properties: &RunProperties) {
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
    fn finished(self, style: &Style) -> Paragraph {
        let properties = self.own.over(&style.paragraph);
        let (number, text) = match self.number {
            Some((number, gap)) => {
                let text = format!("{number}{gap}{}", self.text);
                (Some(number), text)
            }
            None => (None, self.text),
        };
        Paragraph {
            text,
            number,
            outline: properties.outline.filter(|&level| level <= 9),
            alignment: properties.alignment.unwrap_or(Alignment::Left),
            size_half_points: self.size,
            bold: self.is_bold.unwrap_or(false),
            page_break_before: self.breaks_before || properties.page_break_before.unwrap_or(false),
        }
    }
}

/// A story while it is read.
#[derive(Default)]
pub(super) struct Story {
    blocks: Vec<Block>,
    /// The open paragraph.
    pub(super) open: Option<OpenParagraph>,
    /// The paragraph that the next one continues, and the style that held for it.
    continued: Option<(OpenParagraph, Style)>,
    /// What stands in text boxes of the open paragraph.
    beside: Vec<Block>,
    /// Whether the next paragraph begins a page.
    breaks: bool,
}

impl Story {
    /// Opens a paragraph.
    pub(super) fn open(&mut self) {
        let breaks_before = std::mem::take(&mut self.breaks);
        self.open = Some(OpenParagraph { breaks_before, ..OpenParagraph::default() });
    }

    /// Closes the open paragraph; `style` is the one that holds for it.
    pub(super) fn close(&mut self, style: Style) {
        let Some(mut paragraph) = self.open.take() else { return };
        if paragraph.breaks_inside && paragraph.text.ends_with('\n') {
            paragraph.text.pop();
            self.breaks = true;
        }
        if let Some((before, _)) = self.continued.take() {
            paragraph.continues(before);
        }
        if paragraph.is_continued {
            self.continued = Some((paragraph, style));
            return;
        }
        self.blocks.push(Block::Paragraph(paragraph.finished(&style)));
        self.blocks.append(&mut self.beside);
    }

    /// Puts a block that is no paragraph of this story: behind the open paragraph, if there is one.
    pub(super) fn put(&mut self, block: Block) {
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
            self.blocks.push(Block::Paragraph(paragraph.finished(&style)));
        }
        self.blocks.append(&mut self.beside);
    }

    /// The blocks, when the story ends.
    pub(super) fn finish(mut self) -> Vec<Block> {
        self.end_continued();
        self.blocks
    }
}

/// Whether a block has no text.
pub(super) fn is_blank(block: &Block) -> bool {
    match block {
        Block::Paragraph(paragraph) => paragraph.text.trim().is_empty(),
        Block::Table(table) => table.rows.is_empty(),
    }
}

/// Blocks as the text of a cell: a paragraph a line, a row of a table a line.
pub(super) fn flattened(blocks: &[Block]) -> String {
    let lines: Vec<String> = blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph(paragraph) => paragraph.text.clone(),
            Block::Table(table) => flattened_table(table),
        })
        .collect();
    lines.join("\n").trim().to_string()
}

fn flattened_table(table: &Table) -> String {
    let line = |cells: &[Cell]| {
        let texts = cells.iter().filter_map(|cell| match cell {
            Cell::Text { text, .. } => Some(text.as_str()),
            Cell::Empty => Some(""),
            Cell::Covered { .. } => None,
        });
        texts.collect::<Vec<_>>().join("\t")
    };
    table.rows.iter().map(|row| line(&row.cells)).collect::<Vec<_>>().join("\n")
}
