//! Automatic numbers of paragraphs: counted and written as the lists say.
//!
//! A number whose way of writing is not known is not guessed.

use super::lists::{LEVELS, Level, Lists};
use crate::text::numerals::chinese;
use std::collections::{BTreeMap, BTreeSet};

/// Bullets are no numbers.
const BULLET: u8 = 23;
/// No number is written, only the text around it.
const SILENT: u8 = 255;

/// The counts of a file while its paragraphs go by.
pub(super) struct Numbers {
    lists: Lists,
    counts: BTreeMap<u32, [Option<u32>; LEVELS]>,
    /// Uses of lists and levels that have begun where they say.
    begun: BTreeSet<(u16, usize)>,
}

/// What stands before a paragraph.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Number {
    /// This text.
    Text(String),
    /// A bullet, or nothing.
    Mark,
    /// A number that is not known.
    Unknown,
}

impl Numbers {
    pub(super) fn new(lists: Lists) -> Self {
        Numbers { lists, counts: BTreeMap::new(), begun: BTreeSet::new() }
    }

    /// Counts a paragraph of a level of a list, both as it names them.
    pub(super) fn next(&mut self, number: u16, level: u8) -> Number {
        self.count(number, usize::from(level)).unwrap_or(Number::Unknown)
    }

    fn count(&mut self, number: u16, place: usize) -> Option<Number> {
        let used = self.lists.used(number)?;
        let level = self.lists.level(used, place)?;
        let counts = self.counts.entry(used.list).or_default();
        let begins = used.starts.get(&place).filter(|_| self.begun.insert((number, place)));
        let count = counts.get_mut(place)?;
        *count = match (begins, *count) {
            (Some(&start), _) => Some(start),
            (None, Some(before)) => Some(before.saturating_add(1)),
            (None, None) => Some(level.start),
        };
        for (below, count) in counts.iter_mut().enumerate().skip(place + 1) {
            if self.lists.level(used, below).is_none_or(|level| place < level.restarts_below) {
                *count = None;
            }
        }
        // Levels above that have not been counted are at their start.
        for (above, count) in counts.iter_mut().enumerate().take(place) {
            if count.is_none() {
                *count = self.lists.level(used, above).map(|level| level.start);
            }
        }
        if level.format == BULLET {
            return Some(Number::Mark);
        }
        let mut units = Vec::new();
        for &unit in level.template.as_ref()? {
            match counts.get(usize::from(unit)) {
                Some(count) => {
                    let shown = self.lists.level(used, usize::from(unit))?;
                    units.extend(written((*count)?, level, shown)?.encode_utf16());
                }
                None => units.push(unit),
            }
        }
        let text = String::from_utf16_lossy(&units);
        let text: String = text.chars().filter(|char| !char.is_control()).collect();
        Some(if text.trim().is_empty() { Number::Mark } else { Number::Text(text + level.follow) })
    }
}

/// A number as its level writes it; `None` if that is not known.
fn written(count: u32, level: &Level, shown: &Level) -> Option<String> {
    if level.is_legal {
        return Some(count.to_string());
    }
    let from = |first: char, last: u32| match count {
        1.. if count <= last => char::from_u32(first as u32 + count - 1).map(String::from),
        _ => None,
    };
    let one_of = |signs: &str| Some(signs.chars().nth(count.checked_sub(1)? as usize)?.to_string());
    match shown.format {
        0 => Some(count.to_string()),
        1 => roman(count),
        2 => roman(count).map(|text| text.to_lowercase()),
        // After the last letter they are doubled, tripled and so on.
        3 | 4 => {
            let index = count.checked_sub(1)?;
            let first = if shown.format == 3 { 'A' } else { 'a' };
            let letter = char::from_u32(first as u32 + index % 26)?;
            (index < 26 * 10).then(|| letter.to_string().repeat(index as usize / 26 + 1))
        }
        10 | 36 => Some(count.to_string().chars().map(chinese_digit).collect()),
        11 | 33 | 37 if count < 100 => Some(chinese(count.into())),
        35 | 39 if count < 10_000 => Some(chinese(count.into())),
        14 | 19 => Some(count.to_string().chars().filter_map(|digit| char::from_u32(digit as u32 + 0xFEE0)).collect()),
        18 | 28 => from('①', 20),
        22 => Some(format!("{count:02}")),
        26 => from('⒈', 20),
        27 => from('⑴', 20),
        29 => from('㈠', 10),
        30 => one_of("甲乙丙丁戊己庚辛壬癸"),
        31 => one_of("子丑寅卯辰巳午未申酉戌亥"),
        SILENT => Some(String::new()),
        _ => None,
    }
}

fn chinese_digit(digit: char) -> char {
    let index = digit.to_digit(10).unwrap_or(0) as usize;
    "〇一二三四五六七八九".chars().nth(index).unwrap_or(digit)
}

fn roman(count: u32) -> Option<String> {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut left = Some(count).filter(|count| (1..4000).contains(count))?;
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            text.push_str(sign);
            left -= value;
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A list of three levels in a table stream: 第一条, (1.1), and one that is written in an unknown way.
    fn table() -> (Vec<u8>, std::ops::Range<usize>, std::ops::Range<usize>) {
        let level = |start: u8, format: u8, follow: u8, text: &str| {
            let mut bytes = vec![0; 28];
            (bytes[0], bytes[4], bytes[15]) = (start, format, follow);
            bytes.extend((text.encode_utf16().count() as u16).to_le_bytes());
            bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
            bytes
        };
        let mut table = vec![1, 0, 7, 0, 0, 0];
        table.extend([0; 24]);
        let lists = 0..table.len();
        table.extend(level(1, 39, 0, "第\u{0}条"));
        table.extend(level(1, 0, 1, "(\u{0}.\u{1})"));
        table.extend(level(1, 38, 2, "\u{2}"));
        (3..9).for_each(|_| table.extend(level(1, BULLET, 0, "·")));
        let from = table.len();
        table.extend(2u32.to_le_bytes());
        table.extend([[7, 0, 0, 0], [0; 4], [0; 4], [0; 4], [7, 0, 0, 0], [0; 4], [0; 4], [1, 0, 0, 0]].concat());
        // The second use begins at 9.
        table.extend([[0xFF; 4], [0xFF; 4], [9, 0, 0, 0], [0x10, 0, 0, 0]].concat());
        let uses = from..table.len();
        (table, lists, uses)
    }

    #[test]
    fn paragraphs_are_counted_and_their_numbers_written() {
        let (table, lists, uses) = table();
        let mut numbers = Numbers::new(Lists::read(&table, &lists, &uses));
        let mut next = |number, level| match numbers.next(number, level) {
            Number::Text(text) => text,
            other => format!("{other:?}"),
        };
        assert_eq!([next(1, 0), next(1, 1), next(1, 1)], ["第一条\t", "(一.1) ", "(一.2) "]);
        assert_eq!([next(1, 0), next(1, 1), next(1, 2)], ["第二条\t", "(二.1) ", "Unknown"]);
        assert_eq!([next(2, 0), next(2, 0), next(1, 0)], ["第九条\t", "第十条\t", "第十一条\t"]);
        assert_eq!([next(1, 3), next(1, 9), next(3, 0), next(0, 0)], ["Mark", "Unknown", "Unknown", "Unknown"]);
    }

    #[test]
    fn numbers_are_written_in_the_known_ways_only() {
        let write = |count, format| {
            let level = Level { format, ..Level::default() };
            written(count, &level, &level)
        };
        let told: Vec<_> =
            [(4, 1), (28, 4), (20, 10), (12, 37), (105, 39), (3, 14), (20, 18), (3, 22), (2, 29), (10, 30)]
                .map(|(count, format)| write(count, format).unwrap_or_default())
                .into();
        assert_eq!(told, ["IV", "bb", "二〇", "十二", "一百零五", "３", "⑳", "03", "㈡", "癸"]);
        assert!(
            [(0, 3), (100, 37), (11, 30), (21, 18), (1, 38), (4000, 2)]
                .iter()
                .all(|&(count, format)| write(count, format).is_none())
        );
    }

    #[test]
    fn lists_that_are_cut_off_are_read_as_far_as_they_go() {
        let (table, lists, uses) = table();
        for cut in 0..table.len() {
            let mut numbers = Numbers::new(Lists::read(&table[..cut], &lists, &uses));
            assert_eq!(numbers.next(1, 0), Number::Unknown);
        }
    }
}
