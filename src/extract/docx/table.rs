//! A table while it is read. Merged cells become merged ranges, as in spreadsheets.

use super::DocxError;
use super::budget::Budget;
use super::properties::{CellProperties, Merge, RowProperties};
use super::story::shown;
use super::trace::Trace;
use crate::text::table::{Grid, Place, Table, TooManyCells};
use std::collections::HashMap;

/// An open table.
pub(super) struct OpenTable {
    /// How many stories were open when it began: cells belong to the table of their own story.
    pub(super) stories: usize,
    /// Properties of the open row; `None` between rows.
    pub(super) row: Option<RowProperties>,
    /// Properties of the open cell.
    pub(super) cell: CellProperties,
    grid: Grid,
    /// The open row and the next column in it, from 0.
    row_number: u32,
    column: u32,
    /// Where the last cell of the open row that shows its text begins.
    last_shown: Option<u32>,
    /// Merged ranges that the next row may continue, by their first column: places in `grid.merged`.
    open_ranges: HashMap<u32, usize>,
    /// Where the texts of cells come from, by row and column, if that is asked.
    traces: HashMap<(u32, u32), Trace>,
}

impl OpenTable {
    /// Opens a table inside so many stories.
    pub(super) fn new(stories: usize) -> Self {
        OpenTable {
            stories,
            row: None,
            cell: CellProperties::default(),
            grid: Grid::default(),
            row_number: 0,
            column: 0,
            last_shown: None,
            open_ranges: HashMap::new(),
            traces: HashMap::new(),
        }
    }

    /// Begins a row.
    pub(super) fn start_row(&mut self) {
        self.row = Some(RowProperties::default());
        self.column = 0;
        self.last_shown = None;
    }

    /// Ends a row.
    pub(super) fn end_row(&mut self) {
        if self.row.take().is_some_and(|row| !row.is_deleted) {
            self.row_number = self.row_number.saturating_add(1);
        }
    }

    /// Takes the open cell with its text. Gives back the text of a covered cell, which nobody sees.
    pub(super) fn end_cell(&mut self, text: String, trace: Trace) -> Option<String> {
        let cell = std::mem::take(&mut self.cell);
        let row = self.row.filter(|row| !row.is_deleted && !cell.is_deleted)?;
        if self.last_shown.is_none() && self.column == 0 {
            self.column = row.columns_before;
        }
        let (first, last) = (self.column, self.column.saturating_add(cell.columns - 1));
        self.column = last.saturating_add(1);
        let here = self.row_number;
        if cell.continues_left
            && let Some(shown) = self.last_shown
        {
            match self.grid.merged.last_mut().filter(|range| range[1] == here && range[2] == shown) {
                Some(range) => range[3] = last,
                None => self.grid.merged.push([here, here, shown, last]),
            }
            return Some(text);
        }
        self.last_shown = Some(first);
        if cell.merge == Merge::Continues
            && let Some(range) = self.open_ranges.get(&first).and_then(|&at| self.grid.merged.get_mut(at))
            && (range[1].saturating_add(1), range[3]) == (here, last)
        {
            range[1] = here;
            return Some(text);
        }
        self.open_ranges.remove(&first);
        if cell.merge != Merge::None {
            self.open_ranges.insert(first, self.grid.merged.len());
        }
        if cell.merge != Merge::None || last > first {
            self.grid.merged.push([here, here, first, last]);
        }
        if !text.is_empty() {
            self.grid.cells.insert((here, first), text);
            if !trace.is_empty() {
                self.traces.insert((here, first), trace);
            }
        }
        None
    }

    /// The table and where its text comes from; `None` if it has no text.
    pub(super) fn finish(self, budget: &mut Budget) -> Result<Option<(Table, Trace)>, DocxError> {
        let rows = self.grid.rows(budget.cells).map_err(|TooManyCells| budget.too_many_cells())?;
        budget.take_cells(rows.iter().map(|row| row.cells.len()).sum())?;
        let table = (!rows.is_empty()).then(|| Table { rows, ..Table::default() });
        Ok(table.map(|table| {
            let trace = traced(&table, self.traces);
            (table, trace)
        }))
    }
}

/// The trace of a table as [`super::story::flattened`] writes it, from those of its cells.
fn traced(table: &Table, mut traces: HashMap<(u32, u32), Trace>) -> Trace {
    let mut all = Trace::default();
    if traces.is_empty() {
        return all;
    }
    let mut at = 0;
    for row in &table.rows {
        for (column, text) in shown(&row.cells) {
            // Rows without text are not in the table; those that are know where they stood.
            if let Place::Row(number) = row.place
                && let Some(trace) = u32::try_from(column).ok().and_then(|column| traces.remove(&(number - 1, column)))
            {
                all.append(trace, at);
            }
            at += text.len() + 1;
        }
        // A row without a cell that is shown is an empty line all the same.
        at += usize::from(shown(&row.cells).next().is_none());
    }
    all
}
