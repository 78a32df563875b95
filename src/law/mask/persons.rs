//! The persons of a document and the masks they bear.

use super::MaskKind;
use super::edits::Edit;
use super::numbers;
use super::reading::{Reading, is_han};
use super::words::{self, WORDS};
use std::collections::{HashMap, HashSet};

/// In what part somebody is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// As one who acts in an office of the court: the name stays.
    Office,
    /// As anybody.
    Person,
}

/// What divides the parts of names of other peoples.
pub(super) const POINTS: &[char] = &['·', '•', '・', '．'];
/// Longest other name, in characters.
const ALIAS_MAX: usize = 8;

/// Who is named, how the names begin, and what stands for them.
#[derive(Default)]
pub(super) struct Persons {
    parts: HashMap<String, Part>,
    /// Lengths of names in characters by their first one.
    lengths: HashMap<char, Vec<usize>>,
    masks: HashMap<String, String>,
    /// Other names of persons, and whose they are if that is known and only one.
    aliases: HashMap<String, Option<String>>,
}

impl Persons {
    /// Notes a name. One who is named in both parts is a person.
    pub(super) fn note(&mut self, name: &str, part: Part) {
        let Some(first) = name.chars().next() else { return };
        // What holds a mask is no name any more; 〔2021〕云字第006号 has none.
        if name.contains(['某', '×', '*']) || name.ends_with("字第") {
            return;
        }
        let length = name.chars().count();
        if words::is_common(name, length) {
            // 买买提, 邱淑贞: what the dictionary has as a word and people are called all the same.
            if super::names::are_called(name) {
                self.also(name, None);
            }
            return;
        }
        let known = self.parts.entry(name.to_string()).or_insert(part);
        *known = part.max(*known);
        let lengths = self.lengths.entry(first).or_default();
        if !lengths.contains(&length) {
            lengths.push(length);
            lengths.sort_unstable_by(|a, b| b.cmp(a));
        }
    }

    /// Notes another name of a person, given name or nickname. What two are called is of nobody for certain.
    pub(super) fn also(&mut self, alias: &str, of: Option<&str>) {
        let of = of.map(str::to_string);
        let known = self.aliases.entry(alias.to_string()).or_insert_with(|| of.clone());
        if *known != of {
            *known = None;
        }
    }

    /// The longest other name of a person that begins at a place.
    pub(super) fn alias_at(&self, reading: &Reading<'_>, place: usize) -> Option<usize> {
        if self.aliases.is_empty() {
            return None;
        }
        let known = |end: &usize| self.aliases.contains_key(reading.str(place..*end));
        (2..=ALIAS_MAX).rev().map(|length| place + length).find(known)
    }

    /// The names of those who hold no office.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter(|(_, part)| **part == Part::Person).map(|(name, _)| name.as_str())
    }

    /// The longest known name that begins at a place: its end and its part.
    pub(super) fn at(&self, reading: &Reading<'_>, place: usize) -> Option<(usize, Part)> {
        let lengths = self.lengths.get(&reading.at(place))?;
        lengths.iter().find_map(|length| {
            let end = place + length;
            let part = self.parts.get(reading.str(place..end))?;
            (end <= reading.len()).then_some((end, *part))
        })
    }

    /// Whether a name is known.
    pub(super) fn knows(&self, name: &str) -> bool {
        self.parts.contains_key(name)
    }

    /// Whether a known name ends at a place.
    pub(super) fn at_end(&self, reading: &Reading<'_>, end: usize) -> bool {
        (2..=4)
            .any(|length| end.checked_sub(length).is_some_and(|start| self.parts.contains_key(reading.str(start..end))))
    }

    /// The edits for occurrences of persons, in order. `used` are the masks that the text has already.
    pub(super) fn edits(
        &mut self,
        reading: &Reading<'_>,
        found: &[(usize, usize)],
        used: &HashSet<String>,
    ) -> Vec<Edit> {
        self.assign(reading, found, used);
        let edit = |(start, end): &(usize, usize)| {
            let mut mask = self.masks.get(reading.str(*start..*end))?.clone();
            // 张某 and 2万元 must not become 张某2 and 万元, nor the number of 张某1 a part of the number behind it.
            let next = reading.at(*end);
            if next.is_ascii_digit() || numbers::is_part(next) && mask.ends_with(|c: char| c.is_ascii_digit()) {
                mask.push(' ');
            }
            Some(Edit { range: reading.byte(*start)..reading.byte(*end), mask, kind: MaskKind::Name })
        };
        found.iter().filter_map(edit).collect()
    }

    /// Gives masks to those who have none: 张某, or 张某1 and 张某2 where 张某 would be two.
    fn assign(&mut self, reading: &Reading<'_>, found: &[(usize, usize)], used: &HashSet<String>) {
        let mut order: Vec<&str> = Vec::new();
        let mut seen = HashSet::new();
        for (start, end) in found {
            let name = reading.str(*start..*end);
            if !self.masks.contains_key(name) && seen.insert(name) {
                order.push(name);
            }
        }
        // Who is called by the given name bears the mask of the whole one, if that stands in the text. A Chinese given name that is
        // known as a whole name too may be another person's.
        let whole = |name: &str| self.aliases.get(name).cloned().flatten();
        let is_own = |name: &&str| {
            let known = self.parts.contains_key(*name) && !whole(name).is_some_and(|of| of.contains(POINTS));
            known || !self.aliases.contains_key(*name)
        };
        let (mut order, others): (Vec<&str>, Vec<&str>) = order.into_iter().partition(is_own);
        let is_later =
            |name: &&str| whole(name).is_some_and(|of| self.masks.contains_key(&of) || order.contains(&of.as_str()));
        let (later, unknown): (Vec<&str>, Vec<&str>) = others.into_iter().partition(is_later);
        let later: Vec<(&str, String)> = later.into_iter().filter_map(|name| Some((name, whole(name)?))).collect();
        order.extend(unknown);
        let mut same: HashMap<String, usize> = HashMap::new();
        for name in &order {
            *same.entry(base(name)).or_default() += 1;
        }
        let mut taken: HashSet<String> = self.masks.values().chain(used).cloned().collect();
        let mut numbers: HashMap<String, usize> = HashMap::new();
        for name in order {
            let base = base(name);
            let mut mask = base.clone();
            let number = numbers.entry(base.clone()).or_default();
            if same.get(&base).is_some_and(|count| *count > 1) {
                *number += 1;
                mask = format!("{base}{number}");
            }
            while taken.contains(&mask) {
                *number += 1;
                mask = format!("{base}{number}");
            }
            taken.insert(mask.clone());
            self.masks.insert(name.to_string(), mask);
        }
        for (name, of) in later {
            if let Some(mask) = self.masks.get(&of).cloned() {
                self.masks.insert(name.to_string(), mask);
            }
        }
    }
}

/// The surname and 某. Of a name without surname the first character stays, of one in Latin letters the first letter.
fn base(name: &str) -> String {
    let mut chars = name.chars();
    let (first, second) = (chars.next().unwrap_or('某'), chars.next().unwrap_or('某'));
    let compound = WORDS.is_compound(first, second) && chars.next().is_some();
    if compound && is_han(second) { format!("{first}{second}某") } else { format!("{first}某") }
}
