//! The path being drawn, and the straight lines that remain of it.

use super::Rule;
use super::matrix::Point;

/// Filled areas that are no wider are lines, in points.
const LINE_WIDTH_MAX: f64 = 3.0;
/// Lines that are shorter are dots, corners and strokes of drawn characters, in points.
const LENGTH_MIN: f64 = 4.0;
/// How far the ends of a line may be out of the straight, in points.
const SLANT_MAX: f64 = 1.0;

/// A path, in places of the page.
#[derive(Debug, Default)]
pub(super) struct Path {
    /// The subpaths; each has its corners, and whether a curve is among its sides.
    parts: Vec<Part>,
}

#[derive(Debug, Default)]
struct Part {
    corners: Vec<Point>,
    curved: bool,
}

impl Path {
    pub(super) fn move_to(&mut self, point: Point) {
        self.parts.push(Part { corners: vec![point], curved: false });
    }

    pub(super) fn line_to(&mut self, point: Point) {
        match self.parts.last_mut() {
            Some(part) => part.corners.push(point),
            None => self.move_to(point),
        }
    }

    pub(super) fn curve_to(&mut self, point: Point) {
        self.line_to(point);
        if let Some(part) = self.parts.last_mut() {
            part.curved = true;
        }
    }

    pub(super) fn close(&mut self) {
        if let Some(part) = self.parts.last_mut()
            && let Some(&first) = part.corners.first()
        {
            part.corners.push(first);
        }
    }

    pub(super) fn clear(&mut self) {
        self.parts.clear();
    }

    /// The lines that stroking the path draws.
    pub(super) fn stroked(&self, rules: &mut Vec<Rule>) {
        for part in self.parts.iter().filter(|part| !part.curved) {
            for ends in part.corners.windows(2) {
                rules.extend(straight(ends[0], ends[1]));
            }
        }
    }

    /// The lines that filling the path draws: its thin parts.
    pub(super) fn filled(&self, rules: &mut Vec<Rule>) {
        for part in self.parts.iter().filter(|part| !part.curved && part.corners.len() >= 4) {
            let bound = |of: fn(&Point) -> f64, pick: fn(f64, f64) -> f64| part.corners.iter().map(of).reduce(pick);
            let (Some(left), Some(right)) = (bound(|point| point.0, f64::min), bound(|point| point.0, f64::max)) else {
                continue;
            };
            let (Some(top), Some(bottom)) = (bound(|point| point.1, f64::min), bound(|point| point.1, f64::max)) else {
                continue;
            };
            let (width, height) = (right - left, bottom - top);
            if height <= LINE_WIDTH_MAX && width > height {
                let middle = (top + bottom) / 2.0;
                rules.extend(straight((left, middle), (right, middle)));
            } else if width <= LINE_WIDTH_MAX && height > width {
                let middle = (left + right) / 2.0;
                rules.extend(straight((middle, top), (middle, bottom)));
            }
        }
    }
}

/// The line between two places, if it is horizontal or vertical and long enough.
fn straight(one: Point, other: Point) -> Option<Rule> {
    let (width, height) = ((one.0 - other.0).abs(), (one.1 - other.1).abs());
    let rule = |vertical, at: f64, from: f64, to: f64| {
        let rule = Rule { vertical, at: at as f32, from: from.min(to) as f32, to: from.max(to) as f32 };
        [rule.at, rule.from, rule.to].iter().all(|place| place.abs() < 1e6).then_some(rule)
    };
    if height <= SLANT_MAX && width >= LENGTH_MIN {
        rule(false, (one.1 + other.1) / 2.0, one.0, other.0)
    } else if width <= SLANT_MAX && height >= LENGTH_MIN {
        rule(true, (one.0 + other.0) / 2.0, one.1, other.1)
    } else {
        None
    }
}
