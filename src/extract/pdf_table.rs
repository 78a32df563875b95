//! Ruled tables of PDF pages → tables of text, with the lines between them (PDF 有线表格).
//!
//! `walls` makes whole lines of what was drawn, `cells` finds the tables and their cells and puts the characters into them,
//! `join` puts together what a page break cut: tables, repeated headings, merged cells and rows.
//!
//! What is not ruled is a line of text, in reading order: a document comes out as lines and tables.

mod cells;
mod join;
mod walls;

use super::pdf::lines::{Line, lines};
use super::pdf::{Limits, Page, Pdf, PdfError};
use crate::text::table::Table;

/// Most cells of all tables of a file.
const FILE_CELLS_MAX: usize = 4_000_000;

/// A piece of a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A line of text outside of tables; page numbers and repeated headers are left out.
    Line {
        /// Its page, from 1.
        page: u32,
        /// The line.
        line: Line,
    },
    /// A table; it may go over several pages.
    Table(Table),
}

/// What was read of a file.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// Lines and tables in reading order.
    pub blocks: Vec<Block>,
    /// Number of pages.
    pub pages: usize,
    /// Characters read.
    pub glyphs: usize,
    /// Characters that the fonts do not tell.
    pub unmapped: usize,
    /// Pages without any character: pictures, or empty.
    pub blank_pages: Vec<u32>,
    /// Pages whose ruling is too tangled for tables; their text came as lines.
    pub tangled_pages: Vec<u32>,
}

/// Reads a whole file.
///
/// # Errors
///
/// As [`Pdf::open`] and [`Pdf::page`]: a file is read whole or not at all.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Reading, PdfError> {
    let mut pdf = Pdf::open(bytes, limits)?;
    let mut reading = Reading { pages: pdf.page_count(), ..Reading::default() };
    let mut joiner = join::Joiner::default();
    for index in 0..pdf.page_count() {
        let page = pdf.page(index)?;
        reading.glyphs += page.glyphs.len();
        reading.unmapped += page.unmapped;
        if page.glyphs.is_empty() {
            reading.blank_pages.push(page.number);
        }
        joiner.page(parts(page, &mut reading.tangled_pages));
        if joiner.cells() > FILE_CELLS_MAX {
            return Err(PdfError::TooLarge { place: String::new(), what: "表格单元格数", max: FILE_CELLS_MAX });
        }
    }
    reading.blocks = joiner.finish();
    Ok(reading)
}

/// A page taken apart.
struct Parts {
    number: u32,
    height: f32,
    /// Lines outside of tables.
    lines: Vec<Line>,
    /// Tables from the upper to the lower one.
    tables: Vec<cells::Fragment>,
}

fn parts(mut page: Page, tangled: &mut Vec<u32>) -> Parts {
    let glyphs = std::mem::take(&mut page.glyphs);
    let (tables, outside) = match walls::frames(&page.rules) {
        Ok(frames) => cells::fragments(page.number, frames, glyphs),
        Err(walls::Tangled) => {
            tangled.push(page.number);
            (Vec::new(), glyphs)
        }
    };
    Parts { number: page.number, height: page.height, lines: lines(&outside), tables }
}

#[cfg(test)]
mod tests;
