//! What comes first although it is no citation: the rules whose titles end in what was typed, the chapter whose heading it is, the law that says what was typed word for
//! word, and the place in the instrument that was named beside other words.
//!
//! Local texts repeat the law, and ranking by words cannot tell who said it first. Nothing is claimed of what comes first here;
//! the other results follow as they would without it.

use super::cited::AskNames;
use super::error::AppError;
use crate::citation::names::title_key;
use crate::citation::{Known, KnownVersion, typed};
use crate::index::{Engine, Entry};
use crate::law::{AuthorityLevel, Kind, ValidityStatus};
use crate::query::{Field, Matching, Node, Query, Sort};
use crate::text::fold::fold_str;
use regex::Regex;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

/// So many titles may end in a name that was typed.
const TITLES_MAX: usize = 5;
/// Characters of the end of a title.
const TITLE_CHARS: RangeInclusive<usize> = 4..=40;
/// So many instruments may have a heading that names something; what more of them have (法律责任) names nothing.
const BEARERS_MAX: u64 = 20;
/// So many provisions under such headings are looked at for the instrument that is meant.
const PROVISIONS_FIRST: usize = 20;
/// Provisions under such headings that are looked at.
const PROVISIONS_MAX: usize = 200;
/// What stands in more provisions of national law is a word and not a sentence of one.
const REPEATS_MAX: u64 = 300;
/// Characters of a heading.
const HEADING_CHARS: RangeInclusive<usize> = 3..=20;
/// Characters of what may be the words of a law.
const WORDING_CHARS: RangeInclusive<usize> = 4..=120;
/// Words beside the name of an instrument.
const WORDS_MAX: usize = 4;
/// Who speaks for the whole state.
const NATIONAL: [AuthorityLevel; 3] =
    [AuthorityLevel::Constitution, AuthorityLevel::Law, AuthorityLevel::AdministrativeRegulation];

/// The number before a heading: 第四章, 一、, （二）.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    let numeral = "[一二三四五六七八九十百零〇0-9]+";
    Regex::new(&format!(r"^(?:第{numeral}(?:分编|编|章|节)|{numeral}[、.]|\({numeral}\))\s*")).expect("a fixed pattern")
});

/// A folded heading without its number.
pub fn without_number(folded: &str) -> &str {
    folded.get(NUMBER.find(folded).map_or(0, |number| number.end())..).unwrap_or_default()
}

/// Ids of what comes first ([`Query::first`]).
pub fn foremost(engine: &dyn Engine, query: &Query, names: &AskNames<'_>) -> Result<Vec<String>, AppError> {
    // On later pages it is what it was on the first one.
    if query.sort != Sort::Relevance || query.matching != Matching::Any || query.cursor.is_some() {
        return Ok(Vec::new());
    }
    if let ([word], true) = (query.raw.split_whitespace().collect::<Vec<_>>().as_slice(), query.node.is_plain_words()) {
        let titled = ending(query, word, names)?;
        if !titled.is_empty() {
            return Ok(titled);
        }
    }
    Ok(best(engine, query, names)?.into_iter().collect())
}

/// The instruments in force whose titles end in a name (养犬管理条例), if they are few. Whose rule is meant it does not say, but
/// that a rule is meant.
fn ending(query: &Query, word: &str, names: &AskNames<'_>) -> Result<Vec<String>, AppError> {
    let name = title_key(word);
    if !TITLE_CHARS.contains(&name.chars().count()) || typed::read(word).is_none() {
        return Ok(Vec::new());
    }
    let links = names()?;
    let usual = |version: &&KnownVersion| {
        let status = version.interval.status(query.as_of);
        version.access <= query.scope.access && matches!(status, ValidityStatus::InForce | ValidityStatus::Unknown)
    };
    let in_force =
        |known: &&Known| known.kind == Kind::Legislation && known.versions.iter().any(|version| usual(&version));
    let mut bearers: Vec<&Known> = links.names.ending_in(&name).into_iter().filter(in_force).collect();
    bearers
        .sort_by_key(|known| (known.level.map_or(u64::MAX, AuthorityLevel::list_place), known.title.chars().count()));
    let versions = bearers.iter().filter_map(|known| known.versions.iter().find(usual));
    Ok(versions.filter(|_| bearers.len() <= TITLES_MAX).map(|version| version.id.clone()).collect())
}

/// The one provision that comes first.
fn best(engine: &dyn Engine, query: &Query, names: &AskNames<'_>) -> Result<Option<String>, AppError> {
    let words: Vec<&str> = query.raw.split_whitespace().collect();
    match (&query.node, words.as_slice()) {
        (Node::Phrase { field: Field::Text, text }, _) => verbatim(engine, query, text),
        (Node::Words { field: Field::Heading, text } | Node::Phrase { field: Field::Heading, text }, _) => {
            headed(engine, query, text)
        }
        (Node::Words { field: Field::Text, .. }, [word]) => match headed(engine, query, word)? {
            Some(first) => Ok(Some(first)),
            None => verbatim(engine, query, word),
        },
        (Node::Words { field: Field::Text, .. }, [_, _, ..]) if words.len() <= WORDS_MAX => {
            within(engine, query, &words, names)
        }
        _ => Ok(None),
    }
}

/// The first provision below a heading, in the highest instrument that has it.
fn headed(engine: &dyn Engine, query: &Query, word: &str) -> Result<Option<String>, AppError> {
    let folded = fold_str(word);
    if !HEADING_CHARS.contains(&folded.chars().count()) || folded.chars().any(|c| c.is_ascii()) {
        return Ok(None);
    }
    let is_below = |entry: &Entry| entry.path.iter().any(|heading| without_number(&fold_str(heading)) == folded);
    let node = Node::Phrase { field: Field::Heading, text: folded.clone() };
    let mut asked = Query { node, limit: 0, ..by_authority(query) };
    // Texts are read only if there are few, and first the few that decide which instrument it is.
    let (_, bearers, provisions) = found(engine, asked.clone())?;
    if provisions == 0 || bearers > BEARERS_MAX {
        return Ok(None);
    }
    let mut highest = None;
    for limit in [PROVISIONS_FIRST, PROVISIONS_MAX] {
        asked.limit = limit;
        highest = found(engine, asked.clone())?.0.into_iter().find(|entry| is_below(entry));
        if highest.is_some() || provisions <= limit as u64 {
            break;
        }
    }
    let Some(highest) = highest else { return Ok(None) };
    asked.filters.instrument = Some(highest.group.id.clone());
    asked.limit = PROVISIONS_MAX;
    let below = found(engine, asked)?.0.into_iter().filter(|entry| entry.version.id == highest.version.id);
    Ok(below.filter(is_below).min_by_key(|entry| entry.ordinal).map(|first| first.id))
}

/// The national law that has the words as they were typed.
fn verbatim(engine: &dyn Engine, query: &Query, text: &str) -> Result<Option<String>, AppError> {
    if !WORDING_CHARS.contains(&text.chars().count()) || !query.filters.levels.is_empty() {
        return Ok(None);
    }
    let mut asked = by_authority(query);
    asked.node = Node::Phrase { field: Field::Text, text: text.to_string() };
    asked.filters.levels = NATIONAL.to_vec();
    let (entries, _, provisions) = found(engine, asked)?;
    Ok(entries.into_iter().next().filter(|_| provisions <= REPEATS_MAX).map(|entry| entry.id))
}

/// The best place for the other words in the instrument that one of the words names.
fn within(
    engine: &dyn Engine,
    query: &Query,
    words: &[&str],
    names: &AskNames<'_>,
) -> Result<Option<String>, AppError> {
    for (at, word) in words.iter().enumerate() {
        let Some(typed) = typed::read(word) else { continue };
        let Some(answer) = typed::look_up(&typed, &names()?.names, query.as_of, query.scope.access) else { continue };
        let Some(target) = answer.targets.first().filter(|_| answer.is_clear() && answer.label.is_empty()) else {
            continue;
        };
        let others: Vec<&str> =
            words.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, word)| *word).collect();
        let mut asked = Query { sort: Sort::Relevance, rank: query.rank, ..by_authority(query) };
        asked.node = Node::Words { field: Field::Text, text: others.join(" ") };
        asked.filters.instrument = Some(target.instrument.clone());
        let (entries, ..) = found(engine, asked)?;
        return Ok(entries.into_iter().next().map(|entry| entry.id));
    }
    Ok(None)
}

/// The query for its best provision, the highest first.
fn by_authority(query: &Query) -> Query {
    Query { sort: Sort::Authority, grouped: false, offset: 0, ..query.aside(1) }
}

/// What a query finds: provisions in order, how many instruments, how many provisions.
fn found(engine: &dyn Engine, query: Query) -> Result<(Vec<Entry>, u64, u64), AppError> {
    let answer = engine.search(&query)?;
    let entries = answer.groups.into_iter().flat_map(|group| group.hits).map(|hit| hit.entry).collect();
    Ok((entries, answer.total.groups, answer.total.value))
}
