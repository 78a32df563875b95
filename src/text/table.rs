//! A table of text with merged cells, whatever it was read from.
//!
//! Rows are kept as the source has them; a merged range has its text in one cell, its anchor, and every other cell of the
//! range points there. So no text is copied, and what a source left behind in a covered cell is not in the table.

/// A table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// Name of the sheet; `None` in a source without names.
    pub name: Option<String>,
    /// Whether the source hides it from readers.
    pub hidden: bool,
    /// Lines of text that stand directly above it, in order.
    pub above: Vec<String>,
    /// Columns that the source hides, counted from 0.
    pub hidden_columns: Vec<usize>,
    /// Cells whose formula has no stored result: they are read as empty.
    pub uncomputed: usize,
    /// The rows that have any text, in order.
    pub rows: Vec<Row>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Where it stands in the source.
    pub place: Place,
    /// Whether the source hides it from readers.
    pub hidden: bool,
    /// Its cells from the first column on; those behind the last one are empty.
    pub cells: Vec<Cell>,
}

/// Where a row stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// Row of a sheet, counted from 1 as spreadsheet programs do.
    Row(u32),
    /// Page on which the row begins, counted from 1.
    Page(u32),
}

/// A cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Cell {
    /// Nothing stands there.
    #[default]
    Empty,
    /// A cell of its own, or the anchor of a merged range.
    Text {
        /// What stands there; may be empty for a merged range without text.
        text: String,
        /// Rows that it covers, 1 or more.
        rows: usize,
        /// Columns that it covers, 1 or more.
        columns: usize,
    },
    /// Covered by a merged range.
    Covered {
        /// Index of the anchor's row in [`Table::rows`].
        row: usize,
        /// Its column.
        column: usize,
    },
}

impl Cell {
    /// A cell of one row and one column.
    pub fn single(text: impl Into<String>) -> Self {
        Cell::Text { text: text.into(), rows: 1, columns: 1 }
    }
}

impl Table {
    /// The number of columns: of the longest row.
    pub fn columns(&self) -> usize {
        self.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0)
    }

    /// The text seen at a place: that of the anchor for a covered cell, empty where nothing stands.
    pub fn text(&self, row: usize, column: usize) -> &str {
        let (row, column) = self.anchor(row, column);
        self.own_text(row, column).unwrap_or("")
    }

    /// The text of a cell that is no covered one; `None` for empty and covered cells.
    pub fn own_text(&self, row: usize, column: usize) -> Option<&str> {
        match self.cell(row, column) {
            Some(Cell::Text { text, .. }) => Some(text),
            _ => None,
        }
    }

    /// Row and column of the anchor of a merged range; the same place for every other cell.
    pub fn anchor(&self, row: usize, column: usize) -> (usize, usize) {
        match self.cell(row, column) {
            Some(&Cell::Covered { row, column }) => (row, column),
            _ => (row, column),
        }
    }

    /// Columns that the cell seen at a place covers, from which on.
    pub fn span(&self, row: usize, column: usize) -> std::ops::Range<usize> {
        let (row, first) = self.anchor(row, column);
        match self.cell(row, first) {
            Some(Cell::Text { columns, .. }) => first..first + columns,
            _ => column..column + 1,
        }
    }

    /// Bytes of its text with that of merged cells once for every row that they cover, as it is written out.
    pub fn shown_bytes(&self) -> usize {
        let cells = self.rows.iter().flat_map(|row| &row.cells);
        let bytes = cells.map(|cell| match cell {
            Cell::Text { text, rows, .. } => text.len().saturating_mul(*rows),
            Cell::Empty | Cell::Covered { .. } => 0,
        });
        bytes.fold(0, usize::saturating_add)
    }

    fn cell(&self, row: usize, column: usize) -> Option<&Cell> {
        self.rows.get(row)?.cells.get(column)
    }
}

/// Cells of one sheet before merging, and the ranges merged in it.
#[derive(Debug, Default)]
pub(crate) struct Grid {
    /// Row and column, counted from 0, and what is written there.
    pub cells: std::collections::BTreeMap<(u32, u32), String>,
    /// Merged ranges: first and last row, first and last column, all counted from 0 and included.
    pub merged: Vec<[u32; 4]>,
    /// Hidden rows, counted from 0.
    pub hidden_rows: std::collections::BTreeSet<u32>,
}

/// More cells than the caller allows.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TooManyCells;

impl Grid {
    /// The rows with text, with merged ranges in place. At most `cells_max` cells are made, empty and covered ones counted.
    pub(crate) fn rows(mut self, cells_max: usize) -> Result<Vec<Row>, TooManyCells> {
        let mut numbers: Vec<u32> = self.cells.keys().map(|key| key.0).collect();
        numbers.dedup();
        let last = self.cells.keys().map(|key| key.1).max().unwrap_or(0);
        let mut rows = Vec::with_capacity(numbers.len());
        let mut left = cells_max;
        for &number in &numbers {
            let end =
                self.cells.range((number, 0)..=(number, u32::MAX)).next_back().map_or(0, |(key, _)| key.1 as usize + 1);
            left = left.checked_sub(end).ok_or(TooManyCells)?;
            let place = Place::Row(number.saturating_add(1));
            let hidden = self.hidden_rows.contains(&number);
            rows.push(Row { place, hidden, cells: vec![Cell::Empty; end] });
        }
        let merged = std::mem::take(&mut self.merged);
        for range in merged {
            self.merge(&mut rows, &numbers, range, last, &mut left)?;
        }
        let mut at = 0;
        for ((row, column), text) in self.cells {
            while numbers.get(at).is_some_and(|&number| number < row) {
                at += 1;
            }
            if let Some(cell @ Cell::Empty) = rows.get_mut(at).and_then(|row| row.cells.get_mut(column as usize)) {
                *cell = Cell::single(text);
            }
        }
        Ok(rows)
    }

    /// Puts one merged range in place, clipped to the rows and columns that have text. The first range that takes a cell
    /// keeps it: ranges that overlap are a damaged sheet.
    fn merge(
        &mut self,
        rows: &mut [Row],
        numbers: &[u32],
        [top, bottom, first, last]: [u32; 4],
        last_used: u32,
        left: &mut usize,
    ) -> Result<(), TooManyCells> {
        let from = numbers.partition_point(|&number| number < top);
        let to = numbers.partition_point(|&number| number <= bottom);
        let (first, end) = (first as usize, last.min(last_used) as usize + 1);
        if from >= to || first >= end {
            return Ok(());
        }
        *left = left.checked_sub((to - from) * (end - first)).ok_or(TooManyCells)?;
        let range = &mut rows[from..to];
        let taken = |row: &Row| row.cells.iter().take(end).skip(first).any(|cell| *cell != Cell::Empty);
        if range.iter().any(taken) {
            return Ok(());
        }
        let text = self.cells.get_mut(&(top, first as u32)).map(std::mem::take).unwrap_or_default();
        for row in range.iter_mut() {
            if row.cells.len() < end {
                row.cells.resize(end, Cell::Empty);
            }
            row.cells[first..end].fill(Cell::Covered { row: from, column: first });
        }
        range[0].cells[first] = Cell::Text { text, rows: to - from, columns: end - first };
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(cells: &[(u32, u32, &str)], merged: &[[u32; 4]]) -> Grid {
        let cells = cells.iter().map(|&(row, column, text)| ((row, column), text.to_string())).collect();
        Grid { cells, merged: merged.to_vec(), ..Grid::default() }
    }

    #[test]
    fn stale_text_below_a_merged_range_is_not_seen() {
        let grid = grid(&[(0, 0, "甲"), (1, 0, "旧"), (1, 1, "乙")], &[[0, 1, 0, 0]]);
        let table = Table { rows: grid.rows(100).unwrap(), ..Table::default() };
        assert_eq!((table.text(1, 0), table.own_text(1, 0)), ("甲", None));
        assert_eq!((table.text(1, 1), table.text(0, 1)), ("乙", ""));
    }

    #[test]
    fn merged_text_counts_for_every_row() {
        let grid = grid(&[(0, 0, "甲"), (1, 1, "乙"), (2, 1, "丙")], &[[0, 2, 0, 0]]);
        let table = Table { rows: grid.rows(100).unwrap(), ..Table::default() };
        assert_eq!(table.shown_bytes(), 3 * "甲".len() + "乙丙".len());
    }

    #[test]
    fn rows_without_text_are_left_out_of_a_range() {
        let grid = grid(&[(0, 0, "甲"), (9, 1, "乙")], &[[0, 1_000_000, 0, 16_000]]);
        let rows = grid.rows(100).unwrap();
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[1].place, Place::Row(10));
        assert_eq!(rows[0].cells[0], Cell::Text { text: "甲".into(), rows: 2, columns: 2 });
    }

    #[test]
    fn the_limit_counts_covered_cells() {
        let cells: Vec<_> = (0..10).map(|row| (row, 0, "甲")).chain([(0, 9, "乙")]).collect();
        assert_eq!(grid(&cells, &[[1, 9, 0, 9]]).rows(60), Err(TooManyCells));
        assert!(grid(&cells, &[[1, 9, 0, 9]]).rows(110).is_ok());
    }
}
