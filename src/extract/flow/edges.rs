//! Rows whose cells are known by where they end on the page (Word, RTF) → cells in the columns of a table.
//!
//! Word has no columns: each row has cells of its own widths, and a cell that is wide as two of the row below covers both.
//! So the columns of a table are the places where any cell of it ends.

use crate::text::table::Grid;
use std::collections::BTreeMap;

/// Edges that lie closer together than this, in twips (1/1440 inch), are the same one: programs round widths.
const SAME_EDGE_TWIPS: i64 = 40;

/// Whether a cell goes on from the row above.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::extract) enum Down {
    /// It stands alone.
    #[default]
    No,
    /// The first of cells merged down.
    Begins,
    /// It is merged with the one above.
    Goes,
}

/// Where a cell stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::extract) struct CellBox {
    /// Its right edge in twips; `None` if the file does not tell.
    pub end: Option<i32>,
    /// Whether it is merged with the cell before it.
    pub right: bool,
    /// Whether it is merged with the cell above it.
    pub down: Down,
}

/// A row: the text of its cells and where they stand.
pub(in crate::extract) struct EdgeRow {
    cells: Vec<(String, CellBox)>,
}

impl EdgeRow {
    pub(super) fn new(texts: Vec<String>, boxes: &[CellBox]) -> Self {
        // Programs end rows with empty cells too many, and leave out the last ones.
        let surplus = texts.get(boxes.len()..).unwrap_or_default();
        let is_known = !boxes.is_empty() && surplus.iter().all(String::is_empty);
        let count = if is_known { boxes.len() } else { texts.len() };
        let boxes = if is_known { boxes } else { &[] };
        let boxes = boxes.iter().copied().chain(std::iter::repeat(CellBox::default()));
        EdgeRow { cells: texts.into_iter().zip(boxes).take(count).collect() }
    }
}

/// A range of merged cells that may go on in the next row.
#[derive(Clone, Copy)]
struct Range {
    top: u32,
    first: u32,
    last: u32,
}

/// Puts the rows of one table into columns.
pub(super) fn grid(rows: Vec<EdgeRow>) -> Grid {
    let columns = Columns::of(&rows);
    let mut grid = Grid::default();
    let mut open: BTreeMap<u32, Range> = BTreeMap::new();
    let mut count = 0;
    for (row, number) in rows.into_iter().zip(0u32..) {
        let above = std::mem::take(&mut open);
        let mut ended = above.clone();
        for (first, last, text, down) in placed(row, &columns) {
            let range = match above.get(&first) {
                Some(&range) if down == Down::Goes => {
                    ended.remove(&first);
                    range
                }
                _ => {
                    if !text.is_empty() {
                        grid.cells.insert((number, first), text);
                    }
                    Range { top: number, first, last }
                }
            };
            if down == Down::No {
                close(&mut grid, range, number);
            } else {
                open.insert(first, range);
            }
        }
        ended.into_values().for_each(|range| close(&mut grid, range, number.saturating_sub(1)));
        count = number;
    }
    open.into_values().for_each(|range| close(&mut grid, range, count));
    grid
}

fn close(grid: &mut Grid, Range { top, first, last }: Range, bottom: u32) {
    if top < bottom || first < last {
        grid.merged.push([top, bottom, first, last]);
    }
}

/// The cells of a row with their first and last column; what is merged with the cell before it makes that one wider.
fn placed(row: EdgeRow, columns: &Columns) -> Vec<(u32, u32, String, Down)> {
    let mut placed: Vec<(u32, u32, String, Down)> = Vec::with_capacity(row.cells.len());
    let mut next = 0;
    for (text, place) in row.cells {
        let end = columns.end(&place, next);
        match placed.last_mut() {
            Some(before) if place.right => before.1 = end - 1,
            _ => placed.push((next, end - 1, text, place.down)),
        }
        next = end;
    }
    placed
}

/// The right edges of columns, in order; empty if the table has to do without.
struct Columns {
    edges: Vec<i64>,
}

impl Columns {
    fn of(rows: &[EdgeRow]) -> Self {
        let all = rows.iter().flat_map(|row| &row.cells).map(|(_, place)| place.end.map(i64::from));
        let Some(mut all) = all.collect::<Option<Vec<i64>>>() else { return Columns { edges: Vec::new() } };
        all.sort_unstable();
        let mut edges: Vec<i64> = Vec::new();
        for edge in all {
            if edges.last().is_none_or(|&last| edge - last > SAME_EDGE_TWIPS) {
                edges.push(edge);
            }
        }
        let columns = Columns { edges };
        // Edges that do not grow are no edges of cells; then the cells are counted instead.
        let grows = |row: &EdgeRow| {
            row.cells.windows(2).all(|pair| {
                let [before, after] = [&pair[0], &pair[1]].map(|(_, place)| columns.end(place, 0));
                before < after
            })
        };
        if rows.iter().all(grows) { columns } else { Columns { edges: Vec::new() } }
    }

    /// The column behind a cell that begins at column `first`.
    fn end(&self, place: &CellBox, first: u32) -> u32 {
        let known = place.end.filter(|_| !self.edges.is_empty());
        let behind = known.map(|end| self.edges.partition_point(|&edge| edge <= i64::from(end)) as u32);
        behind.unwrap_or(0).max(first + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::table::Table;

    fn table(rows: &[&[(&str, i32, bool, Down)]]) -> Table {
        let row = |cells: &&[(&str, i32, bool, Down)]| {
            let cells = cells.iter().map(|&(text, end, right, down)| {
                (text.to_string(), CellBox { end: (end != 0).then_some(end), right, down })
            });
            EdgeRow { cells: cells.collect() }
        };
        let rows = grid(rows.iter().map(row).collect()).rows(1000).unwrap();
        Table { rows, ..Table::default() }
    }

    #[test]
    fn a_wide_cell_covers_the_columns_below_it() {
        let no = Down::No;
        let table = table(&[
            &[("项目", 1000, false, no), ("金额", 3000, false, no)],
            &[("甲", 1010, false, no), ("一", 1990, false, no), ("二", 3005, false, no)],
        ]);
        assert_eq!((table.columns(), table.span(0, 2)), (3, 1..3));
        assert_eq!((table.text(0, 2), table.text(1, 1), table.text(1, 2)), ("金额", "一", "二"));
    }

    #[test]
    fn merged_cells_are_seen_in_all_rows_and_columns() {
        let table = table(&[
            &[("类", 1000, false, Down::Begins), ("乙", 2000, false, Down::No), ("旧", 3000, true, Down::No)],
            &[("旧", 1000, false, Down::Goes), ("丙", 2000, false, Down::No), ("丁", 3000, false, Down::No)],
            &[("别", 1000, false, Down::Begins), ("戊", 2000, false, Down::No), ("己", 3000, false, Down::No)],
        ]);
        assert_eq!((table.text(1, 0), table.own_text(1, 0), table.text(2, 0)), ("类", None, "别"));
        assert_eq!((table.text(0, 2), table.text(1, 2)), ("乙", "丁"));
    }

    #[test]
    fn empty_cells_too_many_do_not_count() {
        let boxes = [1000, 2000].map(|end| CellBox { end: Some(end), ..CellBox::default() });
        let row = |texts: &[&str]| EdgeRow::new(texts.iter().map(|text| text.to_string()).collect(), &boxes);
        let rows = grid(vec![row(&["甲", "", ""]), row(&["乙"]), row(&["丙", "丁"])]).rows(1000).unwrap();
        let table = Table { rows, ..Table::default() };
        assert_eq!((table.rows.len(), table.columns(), table.text(2, 1)), (3, 2, "丁"));
        let row = EdgeRow::new(["甲", "", "乙"].map(String::from).to_vec(), &boxes);
        assert!(row.cells.len() == 3 && row.cells.iter().all(|(_, place)| place.end.is_none()));
    }

    #[test]
    fn without_edges_cells_are_counted() {
        let no = Down::No;
        let table =
            table(&[&[("甲", 0, false, no), ("乙", 0, false, no)], &[("丙", 9, false, no), ("丁", 5, false, no)]]);
        assert_eq!((table.text(0, 1), table.text(1, 0), table.text(1, 1)), ("乙", "丙", "丁"));
    }
}
