//! Many short texts (titles, headings, terms) in the order in which they are offered, found by their beginning, by what is
//! inside them, by pinyin, and by what was typed nearly right.
//!
//! They lie in a [`Pile`], with their readings beside it.

use super::pile::Pile;
use super::readings::{self, LETTERS_MAX, Reading};
use std::ops::Range;

/// Texts in order of rank.
#[derive(Debug, Default)]
pub struct Lines {
    pile: Pile,
    /// Readings of all characters.
    readings: Vec<Reading>,
    /// First reading of each line.
    points: Vec<u32>,
    /// Marks of all characters of each line ([`readings::mark`]).
    marks: Vec<u64>,
}

/// Where in a line something was found, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// It is the whole line.
    Whole,
    /// It begins the line.
    Beginning,
    /// It is inside the line.
    Inside,
    /// Letters spell the beginning of the line.
    SpelledBeginning,
    /// Letters spell what is inside the line.
    SpelledInside,
}

/// A line that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Which.
    pub line: usize,
    /// How.
    pub how: How,
    /// Bytes of the line.
    pub span: Range<usize>,
}

impl Lines {
    /// Lines of folded texts, the first the best. Beyond 4 GB they are left off.
    pub fn of<'t>(lines: impl IntoIterator<Item = &'t str>) -> Lines {
        let mut all = Lines::default();
        for line in lines {
            let Ok(point) = u32::try_from(all.readings.len()) else { break };
            if !all.pile.push(line) {
                break;
            }
            all.points.push(point);
            let spoken = all.readings.len();
            all.readings.extend(line.chars().map(readings::reading));
            all.marks.push(all.readings[spoken..].iter().fold(0, |marks, reading| marks | readings::mark(*reading)));
        }
        all.pile.shrink_to_fit();
        all.readings.shrink_to_fit();
        all
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.pile.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.pile.is_empty()
    }

    /// Bytes of memory.
    pub fn bytes(&self) -> usize {
        let numbers = 4 * self.points.capacity() + 8 * self.marks.capacity();
        self.pile.bytes() + numbers + 2 * self.readings.capacity()
    }

    /// A line; empty beyond the last.
    pub fn line(&self, at: usize) -> &str {
        self.pile.get(at)
    }

    /// The readings of a line, one for each character.
    fn spoken(&self, at: usize) -> &[Reading] {
        let end = self.points.get(at + 1).map_or(self.readings.len(), |next| *next as usize);
        self.points.get(at).and_then(|start| self.readings.get(*start as usize..end)).unwrap_or_default()
    }

    /// Whether a line has a folded text in it.
    pub fn have(&self, typed: &str) -> bool {
        self.pile.has(typed)
    }

    /// The best lines that have a folded text, `most` for each way of having it, best way first.
    pub fn find(&self, typed: &str, most: usize) -> Vec<Found> {
        if typed.is_empty() || most == 0 {
            return Vec::new();
        }
        let mut found = self.written(typed, most);
        let letters: Vec<u8> = typed.bytes().filter(|byte| !matches!(byte, b' ' | b'\'')).collect();
        if letters.iter().all(u8::is_ascii_lowercase) && letters.len() <= LETTERS_MAX {
            let written: Vec<usize> = found.iter().map(|found| found.line).collect();
            found.extend(self.spelled(&letters, most).into_iter().filter(|found| !written.contains(&found.line)));
        }
        found
    }

    fn written(&self, typed: &str, most: usize) -> Vec<Found> {
        let [mut whole, mut beginning, mut inside] = [const { Vec::new() }; 3];
        for (line, at) in self.pile.with(typed) {
            let (how, list) = match self.line(line) {
                text if text.len() == typed.len() => (How::Whole, &mut whole),
                _ if at == 0 => (How::Beginning, &mut beginning),
                _ => (How::Inside, &mut inside),
            };
            if list.len() < most {
                list.push(Found { line, how, span: at..at + typed.len() });
            }
        }
        whole.into_iter().chain(beginning).chain(inside).collect()
    }

    fn spelled(&self, letters: &[u8], most: usize) -> Vec<Found> {
        let (mut beginning, mut inside) = (Vec::new(), Vec::new());
        let Some(first) = letters.first() else { return beginning };
        for line in 0..self.len() {
            let spoken = self.spoken(line);
            if beginning.len() < most
                && let Some(count) = readings::spelled(spoken, letters)
            {
                beginning.push(self.found(line, How::SpelledBeginning, 0..count));
                continue;
            }
            // One letter stands inside nearly everything.
            if inside.len() == most || letters.len() < 2 {
                continue;
            }
            let starts = (1..spoken.len()).filter(|at| readings::begins(spoken[*at], *first));
            let mut places = starts.filter_map(|at| Some((at, readings::spelled(&spoken[at..], letters)?)));
            if let Some((at, count)) = places.next() {
                inside.push(self.found(line, How::SpelledInside, at..at + count));
            }
        }
        beginning.extend(inside);
        beginning
    }

    /// A line found at some of its characters.
    fn found(&self, line: usize, how: How, characters: Range<usize>) -> Found {
        let text = self.line(line);
        let byte = |point: usize| super::points::byte_of(text, point);
        Found { line, how, span: byte(characters.start)..byte(characters.end) }
    }

    /// The lines that differ from a folded text by at most `cost` (in units of [`ALIKE`] and [`OTHER`]), nearest first, then the best; equal ones too.
    pub fn near(&self, typed: &str, cost: u32) -> Vec<(usize, u32)> {
        let typed: Vec<(char, Reading)> = typed.chars().map(|c| (c, readings::reading(c))).collect();
        let marks: Vec<u64> = typed.iter().map(|(_, reading)| readings::mark(*reading)).collect();
        let longest = cost.div_ceil(OTHER) as usize;
        let mut near = Vec::new();
        for (line, of_line) in self.marks.iter().enumerate() {
            // Most lines have other characters: a look at their marks is enough.
            if marks.iter().filter(|mark| *mark & of_line == 0).nth(longest).is_some() {
                continue;
            }
            let spoken = self.spoken(line);
            if spoken.len().abs_diff(typed.len()) > longest || !self.may_be_near(&typed, spoken, longest) {
                continue;
            }
            let text: Vec<(char, Reading)> = self.line(line).chars().zip(spoken.iter().copied()).collect();
            near.extend(distance(&typed, &text).filter(|found| *found <= cost).map(|found| (line, found)));
        }
        near.sort_by_key(|(line, cost)| (*cost, *line));
        near
    }

    /// Whether so many characters sound as some character of the line that it can be near.
    fn may_be_near(&self, typed: &[(char, Reading)], spoken: &[Reading], most: usize) -> bool {
        let strange = typed.iter().filter(|(_, reading)| !spoken.iter().any(|other| other == reading));
        // Of those with other readings some may still sound alike.
        let mut strange =
            strange.filter(|(_, reading)| !spoken.iter().any(|other| readings::are_alike(*other, *reading)));
        strange.nth(most).is_none()
    }
}

/// What a character costs that sounds alike.
pub const ALIKE: u32 = 1;
/// What any other change of one character costs: another, one more, one less, two exchanged.
pub const OTHER: u32 = 2;

/// What it costs to make one text from another; `None` for texts that are too long.
fn distance(one: &[(char, Reading)], other: &[(char, Reading)]) -> Option<u32> {
    const LONGEST: usize = 64;
    if one.len().max(other.len()) > LONGEST {
        return None;
    }
    let row = |first: u32| -> Vec<u32> { (0..=other.len()).map(|at| first + OTHER * at as u32).collect() };
    let (mut before, mut last) = (Vec::new(), row(0));
    for (i, a) in one.iter().enumerate() {
        let mut next = row(OTHER * (i as u32 + 1));
        for (j, b) in other.iter().enumerate() {
            let change = match a.0 == b.0 {
                true => 0,
                false if readings::are_alike(a.1, b.1) => ALIKE,
                false => OTHER,
            };
            let mut cost = (last[j] + change).min(last[j + 1] + OTHER).min(next[j] + OTHER);
            if i > 0 && j > 0 && a.0 == other[j - 1].0 && one[i - 1].0 == b.0 {
                let exchanged: &Vec<u32> = &before;
                cost = cost.min(exchanged[j - 1] + OTHER);
            }
            next[j + 1] = cost;
        }
        before = std::mem::replace(&mut last, next);
    }
    last.last().copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lines() -> Lines {
        Lines::of(["行政处罚法", "治安管理处罚法", "食品安全法", "云桥县渡口条例", "道路交通安全法"])
    }

    fn found(typed: &str) -> Vec<(usize, How)> {
        lines().find(typed, 10).into_iter().map(|found| (found.line, found.how)).collect()
    }

    #[test]
    fn lines_are_found_by_their_beginning_and_by_what_is_inside() {
        assert_eq!(found("行政"), [(0, How::Beginning)]);
        assert_eq!(found("处罚法"), [(0, How::Inside), (1, How::Inside)]);
        assert_eq!(found("行政处罚法"), [(0, How::Whole)]);
        assert_eq!(found("法云"), [], "not over the end of a line");
        assert_eq!(found("xzcf"), [(0, How::SpelledBeginning)]);
        assert_eq!(found("dukou"), [(3, How::SpelledInside)]);
        assert_eq!(found("anquan"), [(2, How::SpelledInside), (4, How::SpelledInside)]);
        assert_eq!(lines().find("dukou", 1)[0].span, 9..15);
        assert_eq!(lines().find("处罚", 1).len(), 1);
        assert!(found("").is_empty() && Lines::default().find("法", 9).is_empty());
    }

    #[test]
    fn what_was_typed_nearly_right_is_near() {
        let near = |typed: &str| lines().near(typed, 2);
        assert_eq!(near("行正处罚法"), [(0, 1)]);
        assert_eq!(near("食品安全发"), [(2, 1)]);
        assert_eq!(near("道路交通按全法"), [(4, 1)]);
        assert_eq!(near("行政罚处法"), [(0, 2)]);
        assert_eq!(near("食品安法"), [(2, 2)]);
        assert_eq!(near("刑事诉讼法"), []);
    }

    proptest! {
        #[test]
        fn every_piece_of_a_line_is_found(texts in prop::collection::vec("[法条例渡口a1]{0,6}", 1..6), pick in 0usize..6, from in 0usize..6, count in 1usize..4) {
            let lines = Lines::of(texts.iter().map(String::as_str));
            let pick = pick % texts.len();
            prop_assert_eq!(lines.line(pick), texts[pick].as_str());
            let piece: String = texts[pick].chars().skip(from).take(count).collect();
            let found = lines.find(&piece, 10);
            prop_assert!(piece.is_empty() || found.iter().any(|found| found.line == pick));
            for found in found {
                prop_assert!(lines.line(found.line).get(found.span).is_some());
            }
        }

        #[test]
        fn a_distance_is_the_same_both_ways(one in "[法发条例按安]{0,7}", other in "[法发条例按安]{0,7}") {
            let read = |text: &str| -> Vec<(char, Reading)> { text.chars().map(|c| (c, readings::reading(c))).collect() };
            let (one, other) = (read(&one), read(&other));
            prop_assert_eq!(distance(&one, &other), distance(&other, &one));
            prop_assert_eq!(distance(&one, &one), Some(0));
        }
    }
}
