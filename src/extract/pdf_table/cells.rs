//! Frames and characters → cells with text.

use super::walls::Frame;
use crate::extract::pdf::Glyph;
use crate::extract::pdf::lines::{lines, paragraphs};

/// Blank that programs leave between the border and the text of a cell, in points; 0.19 cm in Word.
const PADDING: f32 = 5.4;
/// Borders and ends of lines that are no farther apart are the same, in points.
pub(super) const SAME_EDGE: f32 = 6.0;

/// A table, or the part of one that stands on a page.
#[derive(Debug)]
pub(super) struct Fragment {
    /// Its page.
    pub page: u32,
    /// Its upper edge.
    pub top: f32,
    /// Its left edge.
    pub left: f32,
    /// Its right edge.
    pub right: f32,
    /// Number of rows.
    pub rows: usize,
    /// The cells from the upper left to the lower right one.
    pub pieces: Vec<Piece>,
}

/// A cell, or the part of one that stands on a page.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// Its first row.
    pub row: usize,
    /// Rows that it covers.
    pub rows: usize,
    /// Its left edge.
    pub x0: f32,
    /// Its right edge.
    pub x1: f32,
    /// What stands in it.
    pub text: String,
    /// Whether its last line has no room for another character: the text may go on elsewhere.
    pub full: bool,
}

impl Piece {
    /// Whether it stands between the same edges.
    pub(super) fn is_above(&self, other: &Piece) -> bool {
        (self.x0 - other.x0).abs() <= SAME_EDGE && (self.x1 - other.x1).abs() <= SAME_EDGE
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty()
    }
}

/// The tables of a page, and the characters outside of them.
pub(super) fn fragments(page: u32, frames: Vec<Frame>, glyphs: Vec<Glyph>) -> (Vec<Fragment>, Vec<Glyph>) {
    let mut outside = glyphs;
    let mut fragments = Vec::new();
    // The innermost table takes a character first: it begins below the one around it.
    for frame in frames.into_iter().rev() {
        let regions = regions(&frame);
        let mut inside: Vec<Vec<Glyph>> = vec![Vec::new(); regions.boxes.len()];
        outside.retain(|glyph| match regions.of(&frame, glyph) {
            Some(region) => {
                inside[region].push(*glyph);
                false
            }
            None => true,
        });
        // A frame around a picture or a heading is no table.
        if regions.boxes.len() < 2 {
            outside.extend(inside.into_iter().flatten());
            continue;
        }
        fragments.push(fragment(page, &frame, &regions, &inside));
    }
    fragments.reverse();
    (fragments, outside)
}

fn fragment(page: u32, frame: &Frame, regions: &Regions, inside: &[Vec<Glyph>]) -> Fragment {
    let (width, height) = (frame.xs.len() - 1, frame.ys.len() - 1);
    let mut pieces: Vec<Piece> = regions
        .boxes
        .iter()
        .zip(inside)
        .map(|(area, glyphs)| {
            let (x0, x1) = (frame.xs[area.first], frame.xs[area.last + 1]);
            let lines = lines(glyphs);
            let text = paragraphs(&lines, x1 - PADDING);
            let full =
                lines.last().is_some_and(|line| x1 - x0 - (line.x1 - line.x0) <= 2.0 * PADDING + 1.5 * line.size);
            Piece { row: area.top, rows: area.bottom + 1 - area.top, x0, x1, text, full }
        })
        .collect();
    pieces.sort_by(|one, other| one.row.cmp(&other.row).then(one.x0.total_cmp(&other.x0)));
    let (top, left, right) = (frame.ys[0], frame.xs[0], frame.xs[width]);
    Fragment { page, top, left, right, rows: height, pieces }
}

/// The cells of a frame as areas of its grid.
struct Regions {
    /// Area of every field of the grid, row by row.
    fields: Vec<usize>,
    boxes: Vec<Area>,
    width: usize,
}

/// Fields from the upper left to the lower right one, both included.
#[derive(Debug, Clone, Copy)]
struct Area {
    top: usize,
    bottom: usize,
    first: usize,
    last: usize,
}

impl Regions {
    /// The area in which a character stands.
    fn of(&self, frame: &Frame, glyph: &Glyph) -> Option<usize> {
        let (x, y) = ((glyph.x0 + glyph.x1) / 2.0, glyph.y - 0.35 * glyph.size);
        let field = |places: &[f32], at: f32| places.partition_point(|&place| place <= at).checked_sub(1);
        let (column, row) = (field(&frame.xs, x)?, field(&frame.ys, y)?);
        let inside = column < self.width && row + 1 < frame.ys.len();
        inside.then(|| self.fields.get(row * self.width + column).copied()).flatten()
    }
}

/// Joins the fields between which no wall stands. An area that is no rectangle comes of a wall that was not drawn; it is
/// cut into its rows.
fn regions(frame: &Frame) -> Regions {
    let (width, height) = (frame.xs.len() - 1, frame.ys.len() - 1);
    const NONE: usize = usize::MAX;
    let mut regions = Regions { fields: vec![NONE; width * height], boxes: Vec::new(), width };
    for start in 0..width * height {
        if regions.fields[start] != NONE {
            continue;
        }
        let number = regions.boxes.len();
        let mut members = vec![start];
        regions.fields[start] = number;
        let mut at = 0;
        while let Some(&field) = members.get(at) {
            at += 1;
            let (row, column) = (field / width, field % width);
            let next = [
                (column + 1 < width && !frame.left[row][column + 1]).then(|| field + 1),
                (column > 0 && !frame.left[row][column]).then(|| field - 1),
                (row + 1 < height && !frame.above[row + 1][column]).then(|| field + width),
                (row > 0 && !frame.above[row][column]).then(|| field - width),
            ];
            for field in next.into_iter().flatten() {
                if regions.fields[field] == NONE {
                    regions.fields[field] = number;
                    members.push(field);
                }
            }
        }
        let area = around(&members, width);
        if (area.bottom + 1 - area.top) * (area.last + 1 - area.first) == members.len() {
            regions.boxes.push(area);
        } else {
            cut(&mut regions, members);
        }
    }
    regions
}

/// The smallest area that holds all fields.
fn around(fields: &[usize], width: usize) -> Area {
    let mut area = Area { top: usize::MAX, bottom: 0, first: usize::MAX, last: 0 };
    for field in fields {
        let (row, column) = (field / width, field % width);
        (area.top, area.bottom) = (area.top.min(row), area.bottom.max(row));
        (area.first, area.last) = (area.first.min(column), area.last.max(column));
    }
    area
}

fn cut(regions: &mut Regions, mut members: Vec<usize>) {
    members.sort_unstable();
    let width = regions.width;
    let runs = members.chunk_by(|one, other| one + 1 == *other && one / width == other / width);
    for run in runs {
        let (Some(&first), Some(&last)) = (run.first(), run.last()) else { continue };
        let row = first / width;
        let number = regions.boxes.len();
        regions.boxes.push(Area { top: row, bottom: row, first: first % width, last: last % width });
        run.iter().for_each(|&field| regions.fields[field] = number);
    }
}
