//! Titles that are nearly those of the corpus: 《城市市容环境卫生管理条例》 for 《城市市容和环境卫生管理条例》.

use crate::citation::Names;
use crate::citation::names::title_key;
use crate::law::level;
use std::collections::HashMap;

/// Shortest title that is compared, in characters.
const CHARS_MIN: usize = 6;
/// Characters that may be left out, put in or changed.
const EDITS_MAX: usize = 2;

/// The titles of the corpus, by length.
pub struct Near {
    by_length: HashMap<usize, Vec<(Vec<char>, String)>>,
    laws: Vec<String>,
}

impl Near {
    pub fn of(names: &Names) -> Near {
        let mut near = Near { by_length: HashMap::new(), laws: Vec::new() };
        for known in names.all().iter().filter(|known| known.kind != crate::law::Kind::Case) {
            let key = title_key(&known.title);
            if key.ends_with('法') {
                near.laws.push(key.clone());
            }
            let chars: Vec<char> = key.chars().collect();
            near.by_length.entry(chars.len()).or_default().push((chars, known.title.clone()));
        }
        near
    }

    /// The only title that differs in a character or two, or the law of which an 实施条例 is named that is not held.
    pub fn to(&self, title: &str) -> Option<String> {
        let asked: Vec<char> = title.chars().collect();
        if asked.len() < CHARS_MIN {
            return None;
        }
        let lengths = asked.len().saturating_sub(EDITS_MAX)..=asked.len() + EDITS_MAX;
        let candidates = lengths.filter_map(|length| self.by_length.get(&length)).flatten();
        let close = candidates.filter_map(|(chars, known)| {
            let edits = edits(&asked, chars);
            let close = edits == 1 || edits == EDITS_MAX && (is_within(&asked, chars) || is_within(chars, &asked));
            (close && is_same_maker(title, known)).then_some((edits, known))
        });
        let mut close: Vec<(usize, &String)> = close.collect();
        close.sort();
        match close.as_slice() {
            [(_, only)] => Some((*only).clone()),
            [(best, first), (next, _), ..] if best < next => Some((*first).clone()),
            _ => self.law_of(title),
        }
    }

    /// 行政处罚法实施条例 where there is none.
    fn law_of(&self, title: &str) -> Option<String> {
        let law = title.strip_suffix("实施条例")?;
        self.laws.iter().find(|known| *known == law).map(|known| format!("中华人民共和国{known}"))
    }
}

/// Titles of different places, years and numbers are different documents, however alike.
fn is_same_maker(one: &str, other: &str) -> bool {
    let other = title_key(other);
    let digits = |title: &str| -> String {
        title.chars().filter(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(*c)).collect()
    };
    let region = |title: &str| level::behind_region(title).map(|(region, _)| region);
    digits(one) == digits(&other) && region(one) == region(&other)
}

/// Whether the characters of one stand in the other in their order: 兽药 and 药品 have two edits between them and are two things.
fn is_within(one: &[char], other: &[char]) -> bool {
    let mut rest = other.iter();
    one.iter().all(|c| rest.any(|d| d == c))
}

/// How many characters must be changed, put in or left out to make one of the other; more than [`EDITS_MAX`] is not counted.
fn edits(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, c) in one.iter().enumerate() {
        let mut left = at + 1;
        let mut above_left = at;
        for (to, d) in other.iter().enumerate() {
            let next = (above_left + usize::from(c != d)).min(left + 1).min(row[to + 1] + 1);
            above_left = row[to + 1];
            row[to] = left;
            left = next;
        }
        row[other.len()] = left;
        if row.iter().min().is_none_or(|best| *best > EDITS_MAX) {
            return EDITS_MAX + 1;
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_counted() {
        let of = |one: &str, other: &str| edits(&one.chars().collect::<Vec<_>>(), &other.chars().collect::<Vec<_>>());
        assert_eq!(of("渡口管理条例", "渡口管理条例"), 0);
        assert_eq!(of("渡口环境管理条例", "渡口和环境管理条例"), 1);
        assert_eq!(of("渡口管理办法", "渡口管理规定"), 2);
        assert_eq!(of("渡口管理办法", "码头经营规定"), 3);
    }
}
