//! 您是不是要找: what was probably meant by words that stand nowhere, from what everybody may read.

use super::Suggestions;
use crate::app::error::AppError;
use crate::app::shelf;
use crate::app::view::suggest::DidYouMean;
use crate::app::view::{SearchPage, TypedOutcome};
use crate::index::Engine;
use crate::law::Access;
use crate::query::{Field, Filters, Matching, Node, Query, Sort, StatusFilter};
use crate::text::fold::fold_str;
use crate::text::lines::{ALIKE, OTHER};
use crate::text::readings::{are_alike, reading};
use regex::Regex;
use std::sync::LazyLock;

/// What finds fewer provisions finds little.
const LITTLE: u64 = 10;
/// What stands in so many provisions as it was typed was meant so.
const STANDS_MIN: u64 = 3;
/// Words looked at, in a query.
const WORDS_MAX: usize = 4;
/// Characters of a word that is looked at.
const CHARS: std::ops::RangeInclusive<usize> = 3..=24;
/// How names of law end; what sounds so was meant for one.
const ENDINGS: [&str; 11] = ["法", "法典", "条例", "规定", "办法", "细则", "规则", "解释", "决定", "通知", "标准"];

/// A place behind a name: 第33条, 33.
static PLACE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?P<name>.*?[^第0-9])(?P<place>(?:第?[一二三四五六七八九十百零〇0-9]+条|[0-9]+).*)$")
        .expect("a fixed pattern")
});

/// Whether a query may have been mistyped: plain words of which little was found, or that sound like a name of law.
pub fn is_doubtful(query: &Query, page: &SearchPage) -> bool {
    let led = page.citation.as_ref().is_some_and(|citation| citation.outcome != TypedOutcome::NotFound);
    let first = query.cursor.is_none() && query.offset == 0;
    if led || !first || !query.node.is_plain_words() || query.matching == Matching::Exact {
        return false;
    }
    let words = words(&query.raw);
    let mut names = words.iter().map(|word| name_of(word).0).filter(|name| may_be_near(name));
    names.any(|name| page.total.value < LITTLE || sounds_like_a_name(name))
}

/// What was probably meant; `None` if what was typed stands somewhere or nothing is near it.
pub fn hint(made: &Suggestions, engine: &dyn Engine, query: &Query) -> Result<Option<DidYouMean>, AppError> {
    let (mut meant, mut instrument, mut changed) = (Vec::new(), None, false);
    let words = words(&query.raw);
    for word in &words {
        let (name, place) = name_of(word);
        match near(made, engine, query, name)? {
            Some((line, id)) => {
                meant.push(format!("{line}{place}"));
                instrument = instrument.or(id);
                changed = true;
            }
            None => meant.push(word.clone()),
        }
    }
    let meant = meant.join(" ");
    Ok(changed.then(|| DidYouMean {
        message: format!("您是不是要找：{meant}"),
        query: meant,
        instrument: instrument.filter(|_| words.len() == 1),
    }))
}

/// The line nearest to a word that no line has in it and that stands nowhere, with the instrument it names.
fn near(
    made: &Suggestions,
    engine: &dyn Engine,
    query: &Query,
    word: &str,
) -> Result<Option<(String, Option<String>)>, AppError> {
    let folded = fold_str(word);
    let length = folded.chars().count();
    let (lines, ids) = &made.public;
    if !may_be_near(&folded) || lines.have(&folded) || stands(engine, query, word)? >= STANDS_MIN {
        return Ok(None);
    }
    let cost = match length {
        ..=3 => ALIKE,
        4..=8 => OTHER,
        _ => 2 * OTHER,
    };
    let near = lines.near(&folded, cost);
    let Some((line, _)) = near.first() else { return Ok(None) };
    let id = ids.get(*line).cloned().flatten();
    // The lines may be older than a withdrawal.
    let is_public = id.as_deref().map_or(Ok(true), |id| is_public(engine, id))?;
    Ok(is_public.then(|| (lines.line(*line).to_string(), id)))
}

/// Whether everybody may read an instrument now.
fn is_public(engine: &dyn Engine, id: &str) -> Result<bool, AppError> {
    for card in engine.cards(id)? {
        let card = shelf::card(&card)?;
        if card.group == id && card.versions.iter().any(|version| version.access == Access::Public) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// In how many provisions a word stands as it was typed.
fn stands(engine: &dyn Engine, query: &Query, word: &str) -> Result<u64, AppError> {
    let answer = engine.search(&Query {
        node: Node::Phrase { field: Field::Text, text: word.to_string() },
        filters: Filters { status: StatusFilter::All, ..Filters::default() },
        sort: Sort::Relevance,
        ..query.aside(0)
    })?;
    Ok(answer.total.value)
}

/// The words of a query; none where there are too many.
fn words(raw: &str) -> Vec<String> {
    let words: Vec<String> = raw.split_whitespace().map(str::to_string).collect();
    if words.len() > WORDS_MAX { Vec::new() } else { words }
}

/// A word as a name and the place behind it; the place may be empty.
fn name_of(word: &str) -> (&str, &str) {
    let found = PLACE.captures(word);
    let part = |name: &str| found.as_ref().and_then(|found| found.name(name)).map(|part| part.as_str());
    part("name").zip(part("place")).unwrap_or((word, ""))
}

/// Whether a word has the length and the characters of a name or term.
fn may_be_near(word: &str) -> bool {
    CHARS.contains(&word.chars().count()) && !word.chars().any(|c| c.is_ascii())
}

/// Whether a word ends as names of law sound.
fn sounds_like_a_name(word: &str) -> bool {
    let behind = |ending: &&str| {
        let mut ends = word.chars().rev();
        ending.chars().rev().all(|wanted| ends.next().is_some_and(|c| are_alike(reading(c), reading(wanted))))
    };
    ENDINGS.iter().any(behind)
}
