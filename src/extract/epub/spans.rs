//! Rows whose cells say how many rows and columns they cover → cells in columns.

use super::{EpubError, TooMuch};
use crate::text::table::Grid;

/// Most columns of a table; a page of a book has no room for more than some dozens.
const COLUMNS_MAX: usize = 1_024;
/// Most rows that a cell may cover, as in HTML.
const ROWS_MAX: u32 = 65_534;

/// Rows and columns that a cell covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    rows: u32,
    columns: usize,
}

impl Span {
    /// From the attributes; what is no number is 1, and no rows are all those that follow.
    pub(super) fn new(rows: Option<&str>, columns: Option<&str>) -> Self {
        let number = |text: Option<&str>| text.and_then(|text| text.trim().parse::<u32>().ok());
        let rows = match number(rows) {
            Some(0) => ROWS_MAX,
            rows => rows.unwrap_or(1).min(ROWS_MAX),
        };
        let columns = number(columns).unwrap_or(1).max(1);
        Span { rows, columns: usize::try_from(columns).unwrap_or(usize::MAX) }
    }
}

/// A table in the making.
#[derive(Default)]
pub(super) struct Spans {
    grid: Grid,
    row: u32,
    /// For every column the first row that no cell of a row above covers.
    free_from: Vec<u32>,
}

impl Spans {
    /// Takes a row.
    pub(super) fn row(&mut self, cells: Vec<(String, Span)>) -> Result<(), EpubError> {
        let mut column = 0;
        for (text, span) in cells {
            while self.free_from.get(column).is_some_and(|&free| free > self.row) {
                column += 1;
            }
            let end = column.saturating_add(span.columns);
            if end > COLUMNS_MAX {
                return Err(TooMuch { what: "表格列数", max: COLUMNS_MAX as u64 }.into());
            }
            if self.free_from.len() < end {
                self.free_from.resize(end, 0);
            }
            let bottom = self.row.saturating_add(span.rows);
            self.free_from.iter_mut().take(end).skip(column).for_each(|free| *free = bottom);
            if span.rows > 1 || span.columns > 1 {
                self.grid.merged.push([self.row, bottom - 1, column as u32, end as u32 - 1]);
            }
            if !text.is_empty() {
                self.grid.cells.insert((self.row, column as u32), text);
            }
            column = end;
        }
        self.row = self.row.saturating_add(1);
        Ok(())
    }

    pub(super) fn grid(self) -> Grid {
        self.grid
    }
}
