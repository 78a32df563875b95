//! Drawn lines → whole lines → frames of tables.
//!
//! Programs draw the border of every cell by itself, as strokes or as thin areas, with small gaps and overlaps.

use crate::extract::pdf::Rule;

/// Lines that are no farther apart are one line, in points.
const SAME_WALL: f32 = 1.5;
/// Gaps that are no longer belong to a line.
const GAP_MAX: f32 = 2.5;
/// How far a line may end before the one that it meets.
const MEET: f32 = 3.0;
/// Walls that are no farther apart bound no cell: no character has room between them.
const COLUMN_MIN: f32 = 5.0;
const ROW_MIN: f32 = 4.0;
/// Most pairs of crossing lines looked at on a page, and most cells of a frame.
const PAIRS_MAX: usize = 4_000_000;
pub(super) const CELLS_MAX: usize = 200_000;

/// The ruling of a page is too tangled to be a table.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tangled;

/// The ruling of one table.
#[derive(Debug, Default)]
pub(super) struct Frame {
    /// Places of the vertical walls, from left to right, two or more.
    pub xs: Vec<f32>,
    /// Places of the horizontal walls, from the upper to the lower one, two or more.
    pub ys: Vec<f32>,
    /// Whether a wall stands left of a column in a row: `[row][column]`, columns from 0 to their number.
    pub left: Vec<Vec<bool>>,
    /// Whether a wall stands above a row in a column: `[row][column]`, rows from 0 to their number.
    pub above: Vec<Vec<bool>>,
}

/// The frames on a page, from the upper to the lower one.
pub(super) fn frames(rules: &[Rule]) -> Result<Vec<Frame>, Tangled> {
    let walls = |vertical: bool| whole(rules.iter().copied().filter(|rule| rule.vertical == vertical).collect());
    let (across, down) = (walls(false), walls(true));
    if across.len().saturating_mul(down.len()) > PAIRS_MAX {
        return Err(Tangled);
    }
    let mut groups = Groups::new(across.len() + down.len());
    for (at, one) in across.iter().enumerate() {
        for (other, wall) in down.iter().enumerate() {
            let meet = |wall: &Rule, at: f32| wall.from - MEET <= at && at <= wall.to + MEET;
            if meet(one, wall.at) && meet(wall, one.at) {
                groups.join(at, across.len() + other);
            }
        }
    }
    let mut frames = Vec::new();
    for members in groups.members() {
        let (rows, columns): (Vec<_>, Vec<_>) = members.into_iter().partition(|&member| member < across.len());
        let rows: Vec<Rule> = rows.into_iter().map(|row| across[row]).collect();
        let columns: Vec<Rule> = columns.into_iter().map(|column| down[column - across.len()]).collect();
        frames.extend(frame(&rows, &columns)?);
    }
    frames.sort_by(|one, other| one.ys[0].total_cmp(&other.ys[0]));
    Ok(frames)
}

/// Joins pieces that lie on one line and touch.
fn whole(mut pieces: Vec<Rule>) -> Vec<Rule> {
    pieces.sort_by(|one, other| one.at.total_cmp(&other.at));
    let mut lines: Vec<Rule> = Vec::new();
    let mut rest = pieces.as_mut_slice();
    while let Some(first) = rest.first() {
        let start = first.at;
        let count = rest.iter().take_while(|piece| piece.at - start <= SAME_WALL).count();
        let (band, later) = std::mem::take(&mut rest).split_at_mut(count);
        rest = later;
        band.sort_by(|one, other| one.from.total_cmp(&other.from));
        let at = band.iter().map(|piece| piece.at).sum::<f32>() / count as f32;
        let mut open: Option<Rule> = None;
        for piece in band {
            match &mut open {
                Some(line) if piece.from - line.to <= GAP_MAX => line.to = line.to.max(piece.to),
                _ => lines.extend(open.replace(Rule { at, ..*piece })),
            }
        }
        lines.extend(open);
    }
    lines
}

/// Sets of lines that meet, directly or over others.
struct Groups {
    parent: Vec<usize>,
}

impl Groups {
    fn new(count: usize) -> Self {
        Groups { parent: (0..count).collect() }
    }

    fn root(&mut self, mut member: usize) -> usize {
        while self.parent[member] != member {
            self.parent[member] = self.parent[self.parent[member]];
            member = self.parent[member];
        }
        member
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.parent[other] = one;
    }

    fn members(mut self) -> impl Iterator<Item = Vec<usize>> {
        let mut groups = std::collections::BTreeMap::<usize, Vec<usize>>::new();
        for member in 0..self.parent.len() {
            groups.entry(self.root(member)).or_default().push(member);
        }
        groups.into_values()
    }
}

/// The frame of lines that meet; `None` if they bound nothing.
fn frame(rows: &[Rule], columns: &[Rule]) -> Result<Option<Frame>, Tangled> {
    let ys = places(rows, ROW_MIN);
    let mut xs = places(columns, COLUMN_MIN);
    if ys.len() < 2 || xs.len() < 2 {
        return Ok(None);
    }
    // Tables whose sides are open end where their rows end.
    let left = rows.iter().map(|row| row.from).fold(f32::MAX, f32::min);
    let right = rows.iter().map(|row| row.to).fold(f32::MIN, f32::max);
    if xs[0] - left > COLUMN_MIN + MEET {
        xs.insert(0, left);
    }
    if right - xs[xs.len() - 1] > COLUMN_MIN + MEET {
        xs.push(right);
    }
    let (width, height) = (xs.len() - 1, ys.len() - 1);
    if width * height > CELLS_MAX {
        return Err(Tangled);
    }
    let mut frame =
        Frame { left: vec![vec![false; width + 1]; height], above: vec![vec![false; width]; height + 1], xs, ys };
    for wall in columns {
        let column = nearest(&frame.xs, wall.at);
        let covered = |row: usize| within(wall, (frame.ys[row] + frame.ys[row + 1]) / 2.0);
        for row in (0..height).filter(|&row| covered(row)) {
            frame.left[row][column] = true;
        }
    }
    for wall in rows {
        let row = nearest(&frame.ys, wall.at);
        let covered = |column: usize| within(wall, (frame.xs[column] + frame.xs[column + 1]) / 2.0);
        for column in (0..width).filter(|&column| covered(column)) {
            frame.above[row][column] = true;
        }
    }
    Ok(Some(frame))
}

fn within(wall: &Rule, place: f32) -> bool {
    wall.from <= place && place <= wall.to
}

/// Places of walls, those nearer than `min` taken together.
fn places(walls: &[Rule], min: f32) -> Vec<f32> {
    let mut all: Vec<f32> = walls.iter().map(|wall| wall.at).collect();
    all.sort_by(f32::total_cmp);
    let mut places: Vec<f32> = Vec::new();
    for place in all {
        if places.last().is_none_or(|last| place - last > min) {
            places.push(place);
        }
    }
    places
}

/// Index of the place that is nearest; `places` is sorted and not empty.
fn nearest(places: &[f32], at: f32) -> usize {
    let after = places.partition_point(|&place| place < at).min(places.len() - 1);
    let before = after.saturating_sub(1);
    if (places[before] - at).abs() <= (places[after] - at).abs() { before } else { after }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn across(at: f32, from: f32, to: f32) -> Rule {
        Rule { vertical: false, at, from, to }
    }

    fn down(at: f32, from: f32, to: f32) -> Rule {
        Rule { vertical: true, at, from, to }
    }

    #[test]
    fn borders_of_single_cells_make_one_frame() {
        let rules = [
            across(0.0, 0.0, 49.0),
            across(0.3, 50.5, 100.0),
            across(20.0, 50.0, 100.0),
            across(40.0, 0.0, 100.0),
            down(0.0, 0.0, 40.0),
            down(50.0, 0.0, 19.5),
            down(50.4, 20.5, 40.0),
            down(100.0, 0.0, 40.0),
        ];
        let frames = frames(&rules).unwrap();
        assert_eq!(frames.len(), 1);
        assert_eq!((frames[0].xs.len(), frames[0].ys.len()), (3, 3));
        assert_eq!(frames[0].above[1], [false, true]);
        assert_eq!(frames[0].left[1], [true, true, true]);
    }

    #[test]
    fn a_line_below_a_title_is_no_table() {
        assert!(frames(&[across(0.0, 0.0, 100.0), across(2.0, 0.0, 100.0)]).unwrap().is_empty());
    }

    #[test]
    fn too_many_lines_are_refused() {
        let rules: Vec<Rule> = (0..5_000)
            .map(|at| if at % 2 == 0 { across(at as f32, 0.0, 9e3) } else { down(at as f32, 0.0, 9e3) })
            .collect();
        assert_eq!(frames(&rules).err(), Some(Tangled));
    }
}
