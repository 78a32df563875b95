//! Which article of a law a sentence belongs to.

use super::plain::Plain;
use super::{ENDS, Source, Stand, Standing, pairs, share, ways};
use std::collections::HashSet;

/// Share of its pairs of characters that the nearest provision must have of a sentence that stands nowhere.
const NEAR: f64 = 0.75;
/// So much more of them than the next one.
const MARGIN: f64 = 0.1;

/// Where a sentence belongs.
#[derive(Debug, Clone, PartialEq)]
pub enum Located {
    /// It stands in these provisions.
    Here(Vec<Standing>),
    /// It stands nowhere so, but this provision has so much of it that no other comes near.
    Nearest {
        /// Its key.
        key: String,
        /// The share of pairs of characters that it has.
        share: f64,
    },
    /// Nothing says where.
    Unknown,
}

/// Finds the provision of a sentence. A provision that has it as whole sentences goes before those that have it inside one.
pub fn locate(sentence: &str, source: &Source) -> Located {
    let (parts, _) = Plain::of_quotation(sentence);
    let mut found = super::standing(&parts, &[], source);
    prefer_whole(&parts, &mut found, source);
    if found.is_empty() {
        return nearest(&parts, source);
    }
    Located::Here(found.into_iter().map(|(standing, _, _)| standing).collect())
}

/// Leaves only the provisions that have the parts as whole sentences, if there are such.
pub(super) fn prefer_whole(parts: &[Plain], found: &mut Vec<(Standing, Stand, bool)>, source: &Source) {
    let is_whole = |(standing, stand, _): &(Standing, Stand, bool)| {
        let provision = source.get(super::base(&standing.key));
        !stand.cut && provision.is_some_and(|provision| whole_sentences(parts, provision.plain.as_str()))
    };
    if found.iter().any(is_whole) {
        found.retain(is_whole);
    }
}

/// Whether the parts stand in a text from the beginning of a sentence to the end of one.
fn whole_sentences(parts: &[Plain], text: &str) -> bool {
    let begins = |stand: &Stand| {
        let before = text.get(..stand.range.start).unwrap_or("").trim_end_matches('"');
        before.is_empty() || before.ends_with(ENDS) || before.ends_with(')')
    };
    let ends = |stand: &Stand| {
        let behind = text.get(stand.range.end..).unwrap_or("").trim_start_matches('"');
        behind.is_empty() || behind.starts_with(ENDS)
    };
    let any = |part: Option<&Plain>, fits: &dyn Fn(&Stand) -> bool| {
        part.is_some_and(|part| ways(part.as_str(), text, false).any(|stand| fits(&stand)))
    };
    match parts {
        [only] => any(Some(only), &|stand| begins(stand) && ends(stand)),
        _ => any(parts.first(), &begins) && any(parts.last(), &ends),
    }
}

pub(super) fn nearest(parts: &[Plain], source: &Source) -> Located {
    let wanted: HashSet<(char, char)> = parts.iter().flat_map(|part| pairs(part.as_str())).collect();
    let mut scored: Vec<(f64, &str)> = source
        .provisions
        .iter()
        .map(|provision| (share(&wanted, provision.plain.as_str()), provision.key.as_str()))
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let next = scored.get(1).map_or(0.0, |(share, _)| *share);
    match scored.first() {
        Some((share, key)) if *share >= NEAR && share - next >= MARGIN => {
            Located::Nearest { key: (*key).to_string(), share: *share }
        }
        _ => Located::Unknown,
    }
}
