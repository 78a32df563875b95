//! Texts that bear one title and cannot be of one instrument, because their histories exclude each other.

use super::intervals::VersionInput;
use crate::law::event::{EventKind, EventSource};
use crate::law::history::{Act, acts};
use crate::law::identity::folded_title;

/// Days within which two makings may be one: adopted, approved and promulgated, as two histories name them.
const ONE_MAKING_DAYS_MAX: i32 = 800;
/// Characters of a title that a text hardly contains unless it speaks of the same.
const TITLE_PIECE_CHARS: usize = 4;

/// For each version whether it is a stranger among the others: the history of one of them begins with its making on a day
/// in the midst of this one's history, which knows nothing of it (a collection put a text under a wrong title). Of two that
/// exclude each other the one with fewer sources is the stranger, else the one that speaks less of its title, else both.
pub(super) fn strangers(versions: &[VersionInput<'_>]) -> Vec<bool> {
    let told = |version: &VersionInput<'_>| {
        let acts = acts(&version.events);
        if acts.iter().all(|act| act.source == EventSource::History) { acts } else { Vec::new() }
    };
    let histories: Vec<Vec<Act>> =
        if versions.len() > 1 { versions.iter().map(told).collect() } else { vec![Vec::new()] };
    let mut strange = vec![false; versions.len()];
    for (at, a) in histories.iter().enumerate() {
        for (other, b) in histories.iter().enumerate().filter(|(other, _)| *other != at) {
            if excludes(a, b) {
                let (weight, against) = (weight(versions, at), weight(versions, other));
                strange[at] |= weight <= against;
                strange[other] |= against <= weight;
            }
        }
    }
    strange
}

/// Whether the first history begins with a making in the midst of the second, which does not tell of it.
fn excludes(a: &[Act], b: &[Act]) -> bool {
    let Some(first) = a.first().filter(|first| !first.is_change()) else { return false };
    let before = b.first().is_some_and(|act| act.first_day < first.first_day);
    let after = b.last().is_some_and(|act| act.last_day > first.last_day);
    let made_then = |act: &Act| {
        act.kind != EventKind::Amended
            && act.days().any(|day| (day - first.first_day).get_days().abs() <= ONE_MAKING_DAYS_MAX)
    };
    before && after && !b.iter().any(made_then)
}

/// How much speaks for a version: its sources, then the pieces of its title that its text contains.
fn weight(versions: &[VersionInput<'_>], at: usize) -> (usize, usize) {
    let documents = versions.get(at).map(|version| version.documents.as_slice()).unwrap_or_default();
    let pieces = documents.first().map_or(0, |document| {
        let title: Vec<char> = folded_title(&document.title).chars().collect();
        let pieces = title.windows(TITLE_PIECE_CHARS).map(|piece| piece.iter().collect::<String>());
        pieces.filter(|piece| document.text.contains(piece.as_str())).count()
    });
    (documents.len(), pieces)
}
