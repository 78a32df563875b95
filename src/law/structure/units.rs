//! Documents without articles: 一、（一）1.（1） and decimal numbers, nested, numbered anew or through the document.

use super::super::provision::{HeadingLevel, Issue};
use super::annexes::Zone;
use super::lines::{DECIMAL_MAX, Line, Mark, UnitMark, UnitStyle};
use super::numbers::chinese;
use super::{Opening, Role, is_title_like};
use std::ops::Range;

/// Deepest level that is a provision of its own, other than by a decimal number; deeper numbers are parts of it.
const DEPTH_MAX: usize = 3;
/// Average length below which units are taken for entries of a list, in bytes (about 30 characters).
const ENTRY_BYTES: usize = 90;
/// So many borders at least must numbers run over to be those of the whole text.
const RUNS_MIN: usize = 2;
/// Longest number before a name, in bytes: （二十一）.
const NUMBER_BYTES_MAX: usize = 18;
/// Longest lead-in that is a heading, in bytes (about 60 characters).
const LEAD_BYTES_MAX: usize = 180;

/// Numbered units of a stretch of text.
#[derive(Debug, Default)]
pub(super) struct Units {
    pub units: Vec<Unit>,
    pub issues: Vec<Issue>,
}

/// A numbered unit.
#[derive(Debug)]
pub(super) struct Unit {
    /// Index of its first line.
    pub line: usize,
    /// The numbers as nested.
    pub path: Vec<u32>,
    /// As people name it.
    pub label: String,
}

/// A unit that is open.
struct Level {
    style: UnitStyle,
    number: u32,
    /// Numbers of the path that are its own: one, or all of a decimal number.
    count: usize,
    label: String,
    /// Whether its last line ends in a colon.
    introduces: bool,
}

/// The state of reading.
#[derive(Default)]
struct Reader {
    open: Vec<Level>,
    /// Styles seen so far, outermost first.
    order: Vec<UnitStyle>,
    /// The last number of each style, wherever it stood.
    last: Vec<(UnitStyle, u32)>,
    /// The components of the decimal number that is open.
    decimal: [u32; DECIMAL_MAX],
    /// Inside the quoted wording of another text.
    quoted: bool,
    /// The number that a list inside that wording has reached.
    inner: Option<(UnitStyle, u32)>,
}

/// Finds the units in `range`.
pub(super) fn find(text: &str, lines: &[Line], range: Range<usize>, roles: &[Role]) -> Units {
    let mut units = Units::default();
    let mut reader = Reader::default();
    for index in range {
        let line = &lines[index];
        match &roles[index] {
            Role::None => {}
            Role::Heading(HeadingLevel::Title) | Role::Joined => continue,
            Role::Heading(_) => {
                reader.open.clear();
                (reader.quoted, reader.inner) = (false, None);
                continue;
            }
            Role::Provision(_) => continue,
        }
        if let Mark::Unit(mark) = line.mark
            && reader.accepts(mark)
        {
            if let Some(issue) = reader.gap(mark, line) {
                units.issues.push(issue);
            }
            reader.open(mark);
            let (path, label) = reader.name();
            if path.len() <= DEPTH_MAX || mark.style == UnitStyle::Decimal {
                units.units.push(Unit { line: index, path, label });
            }
        }
        reader.read(line.words(text));
    }
    if let Some(depth) = (2..=DEPTH_MAX).find(|depth| units.runs_on(*depth)) {
        units.units.retain(|unit| unit.path.len() <= depth);
    }
    units
}

impl Reader {
    fn level(&self, style: UnitStyle) -> Option<usize> {
        self.open.iter().position(|level| level.style == style)
    }

    fn last_of(&self, style: UnitStyle) -> u32 {
        self.last.iter().find(|(known, _)| *known == style).map_or(0, |(_, number)| *number)
    }

    /// Whether a mark begins a unit: 1, the number after the last, a higher one at the same level.
    fn accepts(&mut self, mark: UnitMark) -> bool {
        let open = self.level(mark.style).map(|level| self.open[level].number);
        if self.quoted {
            let listed = self.inner.is_some_and(|(style, number)| (style, number + 1) == (mark.style, mark.number));
            if mark.number == 1 || listed {
                self.inner = Some((mark.style, mark.number));
                return false;
            }
            return open.is_some_and(|number| mark.number == number + 1);
        }
        let continues = mark.number == self.last_of(mark.style) + 1;
        mark.number == 1
            || mark.style == UnitStyle::Decimal
            || continues
            || open.is_some_and(|number| mark.number > number)
    }

    /// A number that was left out.
    fn gap(&self, mark: UnitMark, line: &Line) -> Option<Issue> {
        let before = self.level(mark.style).map(|level| self.open[level].number)?;
        let skipped = mark.style != UnitStyle::Decimal && mark.number > before + 1;
        let continues = mark.number == self.last_of(mark.style) + 1;
        (skipped && !continues).then(|| Issue {
            code: "unit_gap".to_string(),
            message: format!("编号从{before}跳到{}", mark.number),
            span: line.body..line.body + mark.len,
        })
    }

    /// Opens a unit; closes those of its level and below.
    fn open(&mut self, mark: UnitMark) {
        let rank = self.rank(mark);
        while self.open.last().is_some_and(|level| self.order.iter().position(|s| *s == level.style) >= Some(rank)) {
            self.open.pop();
        }
        let decimals = mark.decimal.iter().take_while(|number| **number > 0).count();
        if mark.style == UnitStyle::Decimal {
            self.open.clear();
        }
        self.open.push(Level {
            style: mark.style,
            number: mark.number,
            count: decimals.max(1),
            label: label(mark),
            introduces: false,
        });
        match self.last.iter_mut().find(|(style, _)| *style == mark.style) {
            Some(entry) => entry.1 = mark.number,
            None => self.last.push((mark.style, mark.number)),
        }
        (self.quoted, self.inner) = (false, None);
        self.decimal = if mark.style == UnitStyle::Decimal { mark.decimal } else { self.decimal };
    }

    /// Place of a style among those of this document. The usual order holds, unless a unit of a usually deeper style
    /// introduces the first one of this style.
    fn rank(&mut self, mark: UnitMark) -> usize {
        if let Some(rank) = self.order.iter().position(|style| *style == mark.style) {
            return rank;
        }
        let above = self.open.last().filter(|level| level.introduces && mark.number == 1).map(|level| level.style);
        let above = above.and_then(|style| self.order.iter().position(|known| *known == style));
        let usual = self.order.iter().position(|style| *style > mark.style).unwrap_or(self.order.len());
        let rank = above.map_or(usual, |above| usual.max(above + 1));
        self.order.insert(rank, mark.style);
        rank
    }

    /// Path and label of the unit that was opened last.
    fn name(&self) -> (Vec<u32>, String) {
        let mut path = Vec::with_capacity(DEPTH_MAX);
        for level in &self.open {
            match level.style {
                UnitStyle::Decimal => path.extend(self.decimal.iter().take(level.count)),
                _ => path.push(level.number),
            }
        }
        (path, self.open.iter().map(|level| level.label.as_str()).collect())
    }

    /// Takes note of how a line ends.
    fn read(&mut self, words: &str) {
        let introduces = words.ends_with(['：', ':']);
        if let Some(level) = self.open.last_mut() {
            level.introduces = introduces;
        }
        if let Some(last) = words.rfind(['“', '”']) {
            self.quoted = words[last..].starts_with('“');
        }
        if !self.quoted {
            self.inner = None;
        }
        let wording = words.trim_end_matches(['：', ':']);
        self.quoted |=
            introduces && (wording.ends_with("修改为") || wording.ends_with('条') && wording.contains("作为"));
    }
}

/// How people name a unit below the one above it: 二, （一）, 3.
pub(super) fn label(mark: UnitMark) -> String {
    match mark.style {
        UnitStyle::Plain => chinese(mark.number),
        UnitStyle::Bracketed => format!("（{}）", chinese(mark.number)),
        UnitStyle::Digit => mark.number.to_string(),
        UnitStyle::BracketedDigit | UnitStyle::Circled => format!("（{}）", mark.number),
        UnitStyle::Decimal => {
            let numbers = mark.decimal.iter().take_while(|number| **number > 0);
            numbers.map(u32::to_string).collect::<Vec<_>>().join(".")
        }
    }
}

impl Units {
    /// Drops units that are but entries of a list: those below one unit whose lines are short on average.
    pub fn fold_lists(&mut self, lines: &[Line]) {
        let mut kept = vec![true; self.units.len()];
        for parent in 0..self.units.len() {
            let depth = self.units[parent].path.len();
            let below = self.units[parent + 1..].iter().take_while(|unit| unit.path.len() > depth).count();
            let entries = parent + 1..parent + 1 + below;
            let bytes: usize =
                self.units[entries.clone()].iter().map(|unit| lines[unit.line].end - lines[unit.line].body).sum();
            if below > 0 && bytes / below < ENTRY_BYTES {
                kept[entries].fill(false);
            }
        }
        let mut kept = kept.into_iter();
        self.units.retain(|_| kept.next().unwrap_or(true));
    }
}

impl Units {
    /// Whether the units of a depth are counted as articles are: through the text, whatever they stand below: 一、1. 2. 二、3. 4.
    fn runs_on(&self, depth: usize) -> bool {
        let digits = |unit: &&Unit| unit.label.ends_with(|c: char| c.is_ascii_digit());
        let units = self
            .units
            .iter()
            .filter(|unit| unit.path.len() == depth)
            .filter(digits)
            .map(|unit| unit.path.split_at(depth - 1));
        let units: Vec<(&[u32], &[u32])> = units.collect();
        let mut borders = units.windows(2).filter(|pair| pair[0].0 != pair[1].0).map(|pair| (pair[0].1, pair[1].1));
        let (mut count, follows) = (0, |before: &[u32], next: &[u32]| {
            before.first().zip(next.first()).is_some_and(|(before, next)| *next == before + 1)
        });
        borders.all(|(before, next)| {
            count += 1;
            follows(before, next)
        }) && count >= RUNS_MIN
    }
}

/// Gives the units their roles. A line that only names or introduces what follows is a heading; everything else that a
/// unit says before a deeper unit begins is a provision of its own.
pub(super) fn mark(text: &str, lines: &[Line], range: Range<usize>, units: &Units, zone: &Zone, roles: &mut [Role]) {
    let (kind, prefix, name) = zone.unit_names();
    for (place, unit) in units.units.iter().enumerate() {
        let next = units.units.get(place + 1);
        let end = next.map_or(range.end, |next| next.line);
        let own = (unit.line + 1..end).take_while(|index| roles[*index] == Role::None).count();
        let parent = next.is_some_and(|next| next.path.len() > unit.path.len());
        let line = &lines[unit.line];
        let titled = (line.marked || is_title_like(text, line)) && !is_named(line.words(text));
        let opening = Opening::new(kind, key(&prefix, &unit.path), format!("{name}{}", unit.label));
        if titled && (own > 0 || parent) || parent && own == 0 && is_lead(line.words(text)) {
            roles[unit.line] = Role::Heading(level(unit.path.len()));
            if own > 0 {
                roles[unit.line + 1] = Role::Provision(opening);
            }
        } else {
            roles[unit.line] = Role::Provision(opening);
        }
    }
}

fn key(prefix: &str, path: &[u32]) -> String {
    let numbers: Vec<String> = path.iter().map(u32::to_string).collect();
    format!("{prefix}{}", numbers.join("."))
}

fn level(depth: usize) -> HeadingLevel {
    match depth {
        0 | 1 => HeadingLevel::Unit1,
        2 => HeadingLevel::Unit2,
        _ => HeadingLevel::Unit3,
    }
}

/// A member of a list of documents: 二、《…办法》（云政发〔2025〕5号). What stands below is no text of it.
fn is_named(words: &str) -> bool {
    let name = words.find('《').filter(|at| *at <= NUMBER_BYTES_MAX).and_then(|at| words.get(at..));
    let number_only = |head: &str| !head.chars().any(|c| c.is_alphabetic() && !"一二三四五六七八九十百".contains(c));
    name.is_some_and(|name| {
        words.strip_suffix(name).is_some_and(number_only) && name.ends_with(['》', '）', ')', '；', ';'])
    })
}

/// One short sentence that introduces a list.
fn is_lead(words: &str) -> bool {
    words.len() <= LEAD_BYTES_MAX && words.ends_with(['：', ':']) && !words.contains(['。', '；', ';'])
}
