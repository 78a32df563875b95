//! Whose number a number is. Numbers with a year are given once; orders are counted anew every year, or with every reform of
//! who gives them, so that a number of an order is that of an instrument only where nothing beside it says otherwise.

use super::super::mention::Beside;
use super::super::names::{Known, KnownVersion, Names};
use super::Here;
use crate::law::identity;

/// What may stand before the name of who gives an order.
const BEFORE_ORGAN: [&str; 9] = ["中华人民共和国", "国家", "原", "以", "由", "批准", "公布", "发布", "和"];

/// The bearers of the number at the end of words.
pub(super) fn bearers<'n>(words: &str, beside: Option<&Beside>, names: &'n Names, here: &Here<'_>) -> Vec<&'n Known> {
    let Some((tail, bearers)) = names.number_at_end_of(words) else { return Vec::new() };
    // The orders of the State Council are counted through.
    let is_counted_anew =
        (tail.contains('令') || tail.contains("公告")) && !tail.contains('(') && !tail.contains("国务院令");
    if !is_counted_anew {
        return bearers;
    }
    let before = words.get(..words.len() - tail.len()).unwrap_or_default();
    if !before.is_empty() && !BEFORE_ORGAN.iter().any(|word| before.ends_with(word)) {
        return Vec::new();
    }
    let fits = |known: &&Known| fits(known, beside, here);
    bearers.into_iter().filter(fits).collect()
}

/// The bearers of the title beside a number that nothing held is known to have. What is known to have another number does not
/// bear this one.
pub(super) fn title_beside<'n>(beside: Option<&Beside>, names: &'n Names) -> Vec<&'n Known> {
    let titled = beside.and_then(|beside| beside.title.as_deref()).map_or(Vec::new(), |title| names.titled(title));
    titled.into_iter().filter(|known| known.numbers.is_empty()).collect()
}

/// Whether nothing that is said beside a number speaks against a bearer.
fn fits(known: &Known, beside: Option<&Beside>, here: &Here<'_>) -> bool {
    if known.id == here.group {
        return true;
    }
    if let Some(title) = beside.and_then(|beside| beside.title.as_deref()) {
        let title = identity::without_marks(title);
        return known.keys.iter().any(|key| identity::without_marks(key) == title);
    }
    let days = || known.versions.iter().flat_map(KnownVersion::days);
    let first = days().min();
    let year = beside.and_then(|beside| beside.year);
    let of_year = |year: u16| days().any(|day| day.year() == year.cast_signed());
    let later = here.on.filter(|_| !here.group.is_empty()).zip(first).is_some_and(|(on, first)| on < first);
    year.is_none_or(of_year) && !later
}
