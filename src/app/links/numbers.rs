//! Numbers that the collection does not state and other texts tell: 《…的解释》（法释〔2002〕33号）.

use super::Group;
use super::stored::Cite;
use crate::citation::{Known, Target, VersionNote, names};
use crate::law::{Kind, identity};
use std::collections::{HashMap, HashSet};

/// Bytes between a title and its number in brackets.
const BRACKET_BYTES_MAX: usize = 4;

/// Gives instruments the numbers under which others cite them by title and number. A number that an instrument states, or
/// that is told of several, is left alone.
pub(super) fn learn(known: &mut [Known], groups: &[Group]) {
    let mut titles: HashMap<String, Vec<usize>> = HashMap::new();
    let mut stated: HashSet<String> = HashSet::new();
    for (at, known) in known.iter().enumerate() {
        stated.extend(known.numbers.iter().map(|number| names::number_key(number)));
        let keys: HashSet<String> = known.keys.iter().map(|key| identity::without_marks(key)).collect();
        for key in keys.into_iter().filter(|_| known.kind != Kind::Case) {
            titles.entry(key).or_default().push(at);
        }
    }
    let mut told: HashMap<&str, HashSet<usize>> = HashMap::new();
    for version in groups.iter().flat_map(|group| &group.versions) {
        for pair in version.cites.windows(2) {
            if let [titled, numbered] = pair
                && let Some((title, number)) = named_with_number(titled, numbered)
                && !stated.contains(number)
                && let Some([bearer]) = titles.get(&identity::without_marks(title)).map(Vec::as_slice)
            {
                told.entry(number).or_default().insert(*bearer);
            }
        }
    }
    let mut told: Vec<(&str, usize)> = told
        .into_iter()
        .filter_map(|(number, bearers)| Some((number, bearers.iter().copied().next().filter(|_| bearers.len() == 1)?)))
        .collect();
    told.sort_unstable();
    for (number, bearer) in told {
        known[bearer].numbers.push(number.to_string());
    }
}

/// A title and the number in brackets behind it.
fn named_with_number<'c>(titled: &'c Cite, numbered: &'c Cite) -> Option<(&'c str, &'c str)> {
    let (Target::Titled(title), Target::Numbered(number)) = (&titled.target, &numbered.target) else { return None };
    let gap = numbered.span.start.checked_sub(titled.name.end)?;
    let is_own = titled.provision == numbered.provision && (1..=BRACKET_BYTES_MAX).contains(&gap);
    // 原《…》（鲁民〔2011〕34号） tells a number too.
    let is_own = is_own
        && matches!(titled.note, None | Some(VersionNote::Former | VersionNote::BeforeChange | VersionNote::Since));
    (is_own && is_whole(number)).then_some((title, number))
}

/// Whether words in the form of [`names::number_key`] are an authority, a year and a number and nothing else: 法释(2002)33号.
fn is_whole(number: &str) -> bool {
    let parts = number.split_once('(').and_then(|(authority, rest)| Some((authority, rest.split_once(')')?)));
    let Some((authority, (year, rest))) = parts else { return false };
    let digits = rest.strip_suffix('号').unwrap_or_default();
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_name = authority.chars().count() <= 12 && authority.chars().all(|c| matches!(c, '一'..='\u{9fff}'));
    is_name && !authority.is_empty() && year.len() == 4 && is_digits(year) && is_digits(digits)
}
