//! Pages → blocks: what a page break cut is put together again.
//!
//! Programs repeat the border at a page break, so the ruling alone does not tell a broken row from the next one. What tells
//! is written above [`Seam`].

use super::cells::{Fragment, Piece, SAME_EDGE};
use super::{Block, Parts};
use crate::extract::pdf::lines::Line;
use crate::text::table::{Cell, Place, Row, Table};
use std::collections::{BTreeMap, BTreeSet};

/// Lines above a table that are kept as its context.
const ABOVE_MAX: usize = 8;
/// Most cells of a table of several pages; what follows becomes another table.
const JOINED_CELLS_MAX: usize = 1_000_000;
/// Share of the page height in which page numbers and repeated headers stand, from either edge.
const MARGIN: f32 = 0.16;

/// Takes pages one by one.
#[derive(Default)]
pub(super) struct Joiner {
    blocks: Vec<Block>,
    /// The table that ends the page before, and may go on.
    open: Option<Open>,
    /// Lines in the margins of the page before.
    margins: Vec<String>,
    /// Lines since the last table.
    above: Vec<String>,
    /// In how many tables before a short text stood as a cell.
    seen: BTreeMap<String, usize>,
    /// Cells of all tables so far.
    cells: usize,
}

/// Texts that are remembered, and their length in characters: labels are shorter, and there are few.
const SEEN_MAX: usize = 20_000;
const LABEL_MAX: usize = 20;
/// A text that stood in so many tables before is a label.
const TABLES_MIN: usize = 2;

/// A table of which more may come.
struct Open {
    above: Vec<String>,
    /// Page on which every row begins.
    pages: Vec<u32>,
    pieces: Vec<Piece>,
    left: f32,
    right: f32,
    /// Places of its vertical borders, in units of [`SAME_EDGE`].
    edges: BTreeSet<i32>,
}

impl Joiner {
    /// Cells of all tables that ended so far.
    pub(super) fn cells(&self) -> usize {
        self.cells
    }

    pub(super) fn page(&mut self, parts: Parts) {
        let edge = parts.height * MARGIN;
        let in_margin = |line: &Line| line.y < edge || line.y > parts.height - edge;
        let margins = parts.lines.iter().filter(|line| in_margin(line)).map(|line| line.text.clone()).collect();
        let before = std::mem::replace(&mut self.margins, margins);
        let furniture = |line: &Line| in_margin(line) && (is_page_number(&line.text) || before.contains(&line.text));
        let mut lines = parts.lines.into_iter().filter(|line| !furniture(line)).peekable();
        let mut is_first = true;
        for fragment in parts.tables {
            while let Some(line) = lines.next_if(|line| line.y <= fragment.top) {
                if is_first && is_continuation_mark(&line.text) {
                    continue;
                }
                is_first = false;
                self.line(parts.number, line);
            }
            self.table(fragment, is_first);
            is_first = false;
        }
        for line in lines {
            self.line(parts.number, line);
        }
    }

    pub(super) fn finish(mut self) -> Vec<Block> {
        self.close();
        self.blocks
    }

    fn line(&mut self, page: u32, line: Line) {
        self.close();
        if self.above.len() == ABOVE_MAX {
            self.above.remove(0);
        }
        self.above.push(line.text.clone());
        self.blocks.push(Block::Line { page, line });
    }

    fn table(&mut self, fragment: Fragment, is_first: bool) {
        if let Some(open) = &mut self.open
            && is_first
            && (open.left - fragment.left).abs() <= SAME_EDGE
            && (open.right - fragment.right).abs() <= SAME_EDGE
            && open.has_room(&fragment)
        {
            open.append(fragment, &self.seen);
            return;
        }
        self.close();
        let above = std::mem::take(&mut self.above);
        let pages = vec![fragment.page; fragment.rows];
        let edges = fragment.pieces.iter().map(edge).collect();
        self.open =
            Some(Open { edges, above, pages, pieces: fragment.pieces, left: fragment.left, right: fragment.right });
    }

    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            let labels = open.pieces.iter().map(|piece| piece.text.as_str());
            let labels: BTreeSet<&str> = labels.filter(|text| text.chars().count() <= LABEL_MAX).collect();
            for label in labels {
                if self.seen.len() < SEEN_MAX || self.seen.contains_key(label) {
                    *self.seen.entry(label.to_string()).or_default() += 1;
                }
            }
            let table = open.table();
            self.cells += table.rows.len() * table.columns();
            self.blocks.push(Block::Table(table));
        }
    }
}

/// `12`, `- 12 -`, `— 12 —`, `第12页`, `3 / 20`.
fn is_page_number(text: &str) -> bool {
    let bare: String =
        text.chars().filter(|char| !char.is_whitespace() && !"-—–－·•第共页/,，".contains(*char)).collect();
    bare.len() <= 12 && !bare.is_empty() && bare.chars().all(|char| char.is_ascii_digit() || "IVXivx".contains(char))
}

fn is_continuation_mark(text: &str) -> bool {
    let bare = text.trim_matches(['（', '）', '(', ')']);
    bare.starts_with("续表") || bare == "续" || bare == "续上表"
}

impl Open {
    /// Whether the table stays within bounds with another part.
    fn has_room(&self, fragment: &Fragment) -> bool {
        let columns = self.edges.len() + fragment.pieces.iter().map(edge).collect::<BTreeSet<_>>().len();
        (self.pages.len() + fragment.rows).saturating_mul(columns) <= JOINED_CELLS_MAX
    }

    /// Adds the part of the table that stands on the next page.
    fn append(&mut self, mut fragment: Fragment, seen: &BTreeMap<String, usize>) {
        let repeated = self.repeated(&fragment);
        fragment.pieces.retain(|piece| piece.row >= repeated);
        fragment.pieces.iter_mut().for_each(|piece| piece.row -= repeated);
        fragment.rows -= repeated;
        if fragment.rows == 0 {
            return;
        }
        if self.pages.is_empty() {
            return;
        }
        let seam = Seam::new(self, &fragment, seen);
        let broken = seam.is_row_broken();
        let merges = seam.merges(broken);
        // The first row of the part is the last one of the table if it was broken.
        let shift = self.pages.len() - usize::from(broken);
        self.pages.extend(std::iter::repeat_n(fragment.page, fragment.rows - usize::from(broken)));
        self.edges.extend(fragment.pieces.iter().map(edge));
        for (at, mut piece) in fragment.pieces.into_iter().enumerate() {
            match merges.get(&at) {
                Some(&upper) => {
                    let above = &mut self.pieces[upper];
                    above.rows = piece.row + shift + piece.rows - above.row;
                    above.text = joined(above, &piece);
                    above.full = piece.full;
                }
                None => {
                    piece.row += shift;
                    self.pieces.push(piece);
                }
            }
        }
    }

    /// How many rows at the head of a part repeat those at the head of the table.
    fn repeated(&self, fragment: &Fragment) -> usize {
        let row = |pieces: &[Piece], row: usize| -> Vec<(String, usize)> {
            pieces.iter().filter(|piece| piece.row == row).map(|piece| (piece.text.clone(), piece.rows)).collect()
        };
        let same = |at: usize| {
            let cells = row(&fragment.pieces, at);
            cells.iter().any(|(text, _)| !text.is_empty()) && cells == row(&self.pieces, at)
        };
        (0..fragment.rows.min(self.pages.len()).min(4)).take_while(|&at| same(at)).count()
    }

    /// The table with columns for all edges.
    fn table(self) -> Table {
        let mut edges: Vec<f32> = self.pieces.iter().flat_map(|piece| [piece.x0, piece.x1]).collect();
        edges.sort_by(f32::total_cmp);
        let mut starts: Vec<f32> = Vec::new();
        for edge in edges {
            if starts.last().is_none_or(|start| edge - start > SAME_EDGE) {
                starts.push(edge);
            }
        }
        let column = |edge: f32| starts.partition_point(|&start| start <= edge).saturating_sub(1);
        let width = starts.len().saturating_sub(1).max(1);
        let blank = |page: &u32| Row { place: Place::Page(*page), hidden: false, cells: vec![Cell::Empty; width] };
        let mut rows: Vec<Row> = self.pages.iter().map(blank).collect();
        for piece in self.pieces {
            let first = column(piece.x0).min(width - 1);
            let end = column(piece.x1).clamp(first + 1, width);
            place(&mut rows, piece, first, end);
        }
        Table { above: self.above, rows, ..Table::default() }
    }
}

/// Puts a cell into its place. Where another one stands already their edges were nearly the same: no text is lost, it
/// goes to the one that stands there.
fn place(rows: &mut [Row], piece: Piece, first: usize, end: usize) {
    let last = (piece.row + piece.rows).min(rows.len());
    let taken = (piece.row..last)
        .find_map(|row| (first..end).find(|&at| rows[row].cells[at] != Cell::Empty).map(|at| (row, at)));
    if let Some((row, at)) = taken {
        let (row, at) = match rows[row].cells[at] {
            Cell::Covered { row, column } => (row, column),
            _ => (row, at),
        };
        if let Cell::Text { text, .. } = &mut rows[row].cells[at] {
            text.push_str(&piece.text);
        }
        return;
    }
    for row in rows.iter_mut().take(last).skip(piece.row) {
        row.cells[first..end].fill(Cell::Covered { row: piece.row, column: first });
    }
    if piece.row < last {
        rows[piece.row].cells[first] = Cell::Text { text: piece.text, rows: last - piece.row, columns: end - first };
    }
}

fn joined(above: &Piece, below: &Piece) -> String {
    let ends = !above.full && above.text.ends_with(['。', '；', '：']) && !below.is_blank();
    format!("{}{}{}", above.text, if ends { "\n" } else { "" }, below.text)
}

/// Where a page break cuts a table: the cells on its two sides that stand between the same edges.
///
/// A row was broken if the texts of its cells go on. A cell that looks like others of its column, digits apart, or like
/// cells of other tables is finished, and so are two that are alike; one that looks so only together with the cell below goes on; else one whose last line is full may go on. A
/// cell that is blank on one side only goes along with the others.
struct Seam<'a> {
    upper: &'a [Piece],
    lower: &'a [Piece],
    /// Indices of cells above and below.
    pairs: Vec<(usize, usize)>,
    /// Whether every cell below has one above.
    is_whole: bool,
    /// Looks of the finished cells, with their left edges.
    looks: BTreeSet<(i32, String)>,
    /// Left edges of columns that have blank cells elsewhere.
    blanks: BTreeSet<i32>,
    seen: &'a BTreeMap<String, usize>,
}

impl<'a> Seam<'a> {
    fn new(open: &'a Open, fragment: &'a Fragment, seen: &'a BTreeMap<String, usize>) -> Self {
        let reaches_end = |piece: &Piece| piece.row + piece.rows >= open.pages.len();
        let at_break: Vec<usize> = (0..open.pieces.len()).filter(|&at| reaches_end(&open.pieces[at])).collect();
        let first: Vec<usize> = (0..fragment.pieces.len()).filter(|&at| fragment.pieces[at].row == 0).collect();
        let mut from_left = at_break.clone();
        from_left.sort_by(|&one, &other| open.pieces[one].x0.total_cmp(&open.pieces[other].x0));
        let above = |&lower: &usize| {
            let piece = &fragment.pieces[lower];
            let start = from_left.partition_point(|&upper| open.pieces[upper].x0 < piece.x0 - SAME_EDGE);
            let near = from_left[start..].iter().take_while(|&&upper| open.pieces[upper].x0 <= piece.x0 + SAME_EDGE);
            let upper = near.copied().find(|&upper| open.pieces[upper].is_above(piece))?;
            Some((upper, lower))
        };
        let pairs: Vec<(usize, usize)> = first.iter().filter_map(above).collect();
        let inner_upper = open.pieces.iter().filter(|piece| !reaches_end(piece));
        let inner_lower = fragment.pieces.iter().filter(|piece| piece.row > 0);
        let (mut looks, mut blanks) = (BTreeSet::new(), BTreeSet::new());
        for piece in inner_upper.chain(inner_lower) {
            if piece.is_blank() {
                blanks.insert(edge(piece));
            } else {
                looks.insert((edge(piece), look(&piece.text)));
            }
        }
        let is_whole = pairs.len() == first.len();
        Seam { upper: &open.pieces, lower: &fragment.pieces, pairs, is_whole, looks, blanks, seen }
    }

    fn looks_finished(&self, piece: &Piece, text: &str) -> bool {
        if self.seen.get(text).is_some_and(|&tables| tables >= TABLES_MIN) {
            return true;
        }
        let look = look(text);
        // Edges of one column differ a little from page to page.
        (-1..=1).any(|shift| self.looks.contains(&(edge(piece) + shift, look.clone())))
    }

    /// Whether the first row below is the rest of the last row above.
    fn is_row_broken(&self) -> bool {
        if !self.is_whole {
            return false;
        }
        let mut score = 0.0;
        for &(upper, lower) in &self.pairs {
            let (above, below) = (&self.upper[upper], &self.lower[lower]);
            if above.rows > 1 || below.rows > 1 {
                continue;
            }
            let finished = (self.looks_finished(above, &above.text), self.looks_finished(below, &below.text));
            score += match (above.is_blank(), below.is_blank()) {
                (true, true) => 0.0,
                (true, false) | (false, true) => 0.25,
                _ if finished == (true, true) || alike(&above.text, &below.text) => -2.0,
                _ if self.looks_finished(above, &format!("{}{}", above.text, below.text)) => 2.0,
                _ if finished.0 || finished.1 => -2.0,
                _ if above.full || above.text.ends_with(['，', '、', '（', '《']) => 1.0,
                _ if above.text.ends_with(['；', '：']) => 0.0,
                _ => -2.0,
            };
        }
        score > 0.0
    }

    /// The cells that are one cell, those of a broken row included: the one above by the one below.
    fn merges(&self, broken: bool) -> BTreeMap<usize, usize> {
        let is_one = |&(upper, lower): &(usize, usize)| {
            let (above, below) = (&self.upper[upper], &self.lower[lower]);
            let tall = above.rows > 1 || below.rows > 1;
            broken
                || match (above.is_blank(), below.is_blank()) {
                    (_, true) if tall => true,
                    (true, true) => false,
                    // Where a column has blank cells of its own, this is one.
                    (false, true) => !(-1..=1).any(|shift| self.blanks.contains(&(edge(above) + shift))),
                    (true, false) => above.rows > 1,
                    (false, false) => {
                        let finished = self.looks_finished(above, &above.text)
                            || self.looks_finished(below, &below.text)
                            || alike(&above.text, &below.text);
                        let together = || self.looks_finished(above, &format!("{}{}", above.text, below.text));
                        above.full && !finished && (tall || together())
                    }
                }
        };
        self.pairs.iter().copied().filter(is_one).map(|(upper, lower)| (lower, upper)).collect()
    }
}

/// Whether two texts are entries of one kind, one beside the other: equal but for numbers, or at both ends (造成较大…事故,
/// 造成重大…事故).
fn alike(one: &str, other: &str) -> bool {
    let ends = |text: &str| {
        let (mut first, mut last) = (text.chars().take(2), text.chars().rev().take(2));
        [first.next(), first.next(), last.next(), last.next()]
    };
    look(one) == look(other)
        || (ends(one) == ends(other) && [one, other].iter().all(|text| (5..=40).contains(&text.chars().count())))
}

fn edge(piece: &Piece) -> i32 {
    (piece.x0 / SAME_EDGE).round() as i32
}

/// A text with every number replaced, so that entries of one column look alike.
fn look(text: &str) -> String {
    let mut look = String::new();
    for char in text.chars().take(80) {
        if char.is_ascii_digit() || matches!(char, '.' | '%') {
            if !look.ends_with('#') {
                look.push('#');
            }
        } else if !char.is_whitespace() {
            look.push(char);
        }
    }
    look
}
