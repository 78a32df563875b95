//! Of the texts of one version, which has lost articles that another one has (sources stop in the middle of a law).

use super::facts::VersionFacts;
use std::collections::HashMap;

/// Of every four articles that both texts have, how many must have the same words for the shorter one to be the same text,
/// cut off; sources lose letters too.
const ALIKE_OF_FOUR: usize = 3;

/// The articles that the second text has and the first has lost, in their order. None unless the first is nothing but a part
/// of the second: each of its articles is in the second, most of them in the same words.
pub fn lost<'b>(part: &VersionFacts, whole: &'b VersionFacts) -> Vec<&'b str> {
    let of_whole: HashMap<&str, u64> = articles(whole).collect();
    let of_part: HashMap<&str, u64> = articles(part).collect();
    if of_part.is_empty() || of_part.len() >= of_whole.len() || begins_anew(whole) {
        return Vec::new();
    }
    let mut alike = 0;
    for (key, digest) in &of_part {
        match of_whole.get(key) {
            None => return Vec::new(),
            Some(other) => alike += usize::from(other == digest),
        }
    }
    if alike * 4 < of_part.len() * ALIKE_OF_FOUR {
        return Vec::new();
    }
    only_in_second(part, whole)
}

/// The articles that only the second of two texts has, in their order.
pub fn only_in_second<'b>(first: &VersionFacts, second: &'b VersionFacts) -> Vec<&'b str> {
    let of_first: HashMap<&str, u64> = articles(first).collect();
    articles(second).map(|(key, _)| key).filter(|key| !of_first.contains_key(key)).collect()
}

/// Whether numbers of articles occur twice: other texts were put behind it, and what is beyond the first is not its own.
pub fn begins_anew(facts: &VersionFacts) -> bool {
    facts.units.iter().any(|unit| unit.is_article && unit.key.contains('~'))
}

/// The articles of a text itself with the digests of their words: not those of its annexes, nor what bears a number twice.
fn articles(facts: &VersionFacts) -> impl Iterator<Item = (&str, u64)> {
    let plain = |key: &str| key.starts_with('a') && !key.contains(['.', '~']);
    facts
        .units
        .iter()
        .filter(move |unit| unit.is_article && plain(&unit.key))
        .map(|unit| (unit.key.as_str(), unit.digest))
}
