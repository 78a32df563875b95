//! The provisions of superior law that are nearest to some words of a draft.

use crate::app::citations::Graph;
use crate::app::error::AppError;
use crate::app::request;
use crate::index::Hit;
use crate::law::AuthorityLevel;
use crate::query::{Field, Node, Query, Sort, Total};
use crate::review::{Draft, Evidence};

/// The levels of superior law that bind every local draft: national law. What is made by the same or a lower organ is no measure.
fn above(level: AuthorityLevel) -> &'static str {
    match level {
        AuthorityLevel::Constitution | AuthorityLevel::Law => "constitution",
        AuthorityLevel::AdministrativeRegulation | AuthorityLevel::SupervisionRegulation => "law",
        _ => "law,administrative_regulation",
    }
}

/// So many provisions of one instrument are looked at.
const WITHIN: usize = 3;

/// The provisions in force of superior law that fit some words, best first.
pub fn nearest(graph: &Graph<'_>, draft: &Draft, words: &str, most: usize) -> Result<Vec<Evidence>, AppError> {
    find(graph, &[("level", above(draft.level))], words, most)
}

/// Longest stretches of some words that are looked for, and how long each is, in characters.
const STRETCHES: usize = 2;
const STRETCH_CHARS: usize = 14;
/// Shorter ones stand in many provisions.
const STRETCH_CHARS_MIN: usize = 8;

/// The provisions in force of superior law that have one of the longest stretches of some words, best first. Phrases are quickly found,
/// so that every clause of a draft can be asked for.
pub fn verbatim(graph: &Graph<'_>, draft: &Draft, words: &str, most: usize) -> Result<Vec<Evidence>, AppError> {
    let phrases: Vec<Node> =
        stretches(words).into_iter().map(|text| Node::Phrase { field: Field::Text, text }).collect();
    if phrases.is_empty() {
        return Ok(Vec::new());
    }
    let hits = hits(graph, &[("level", above(draft.level))], Node::Or(phrases), most)?;
    Ok(hits.into_iter().map(evidence).collect())
}

/// The beginnings of the longest stretches between marks.
fn stretches(words: &str) -> Vec<String> {
    let mut runs: Vec<&str> = words.split(|c: char| !('\u{4e00}'..='\u{9fff}').contains(&c)).collect();
    runs.sort_by_key(|run| std::cmp::Reverse(run.len()));
    let long = runs.into_iter().filter(|run| run.chars().count() >= STRETCH_CHARS_MIN);
    long.take(STRETCHES).map(|run| run.chars().take(STRETCH_CHARS).collect()).collect()
}

/// The provisions of one instrument that fit some words, best first.
pub fn within(graph: &Graph<'_>, instrument: &str, words: &str) -> Result<Vec<Evidence>, AppError> {
    find(graph, &[("instrument", instrument)], words, WITHIN)
}

/// The provisions in force of documents of the draft's own level and region that fit some words, best first; none if nobody knows
/// where it is made.
pub fn peers(graph: &Graph<'_>, draft: &Draft, words: &str, most: usize) -> Result<Vec<Evidence>, AppError> {
    let Some(region) = draft.region.as_deref() else { return Ok(Vec::new()) };
    find(graph, &[("level", draft.level.name()), ("region", region)], words, most)
}

/// The provisions in force of local regulations and rules of the province and the city above a draft that fit some words.
pub fn of_place(graph: &Graph<'_>, draft: &Draft, words: &str, most: usize) -> Result<Vec<Evidence>, AppError> {
    let Some(region) = draft.region.as_deref().and_then(|region| region.get(..6)) else { return Ok(Vec::new()) };
    let levels = match draft.level {
        AuthorityLevel::LocalRegulation => return Ok(Vec::new()),
        AuthorityLevel::LocalGovernmentRule => "local_regulation",
        _ => "local_regulation,local_government_rule",
    };
    let mut above = vec![format!("{}0000", &region[..2]), format!("{}00", &region[..4])];
    above.dedup();
    find(graph, &[("level", levels), ("region", &above.join(","))], words, most)
}

fn find(graph: &Graph<'_>, among: &[(&str, &str)], words: &str, most: usize) -> Result<Vec<Evidence>, AppError> {
    Ok(hits(graph, among, of_words(words), most)?.into_iter().map(evidence).collect())
}

/// No syntax is read: drafts are full of quotation marks.
fn of_words(words: &str) -> Node {
    Node::Words { field: Field::Text, text: words.to_string() }
}

fn hits(graph: &Graph<'_>, among: &[(&str, &str)], node: Node, most: usize) -> Result<Vec<Hit>, AppError> {
    let reader = graph.reader;
    let parameter = |name: &str, value: &str| (name.to_string(), value.to_string());
    let mut parameters: Vec<(String, String)> = among.iter().map(|(name, value)| parameter(name, value)).collect();
    parameters.push(parameter("as_of", &reader.as_of.to_string()));
    parameters.push(parameter("limit", &most.clamp(1, 100).to_string()));
    let query = Query {
        raw: String::new(),
        node,
        sort: Sort::Relevance,
        grouped: false,
        total: Total::Fast,
        facets: Vec::new(),
        ..request::matching(&parameters, reader.asker)?
    };
    let answer = reader.engine.search(&query)?;
    Ok(answer.groups.into_iter().flat_map(|group| group.hits).collect())
}

/// The normative documents in force that fit some words, best first.
pub fn documents(graph: &Graph<'_>, words: &str, most: usize) -> Result<Vec<String>, AppError> {
    let hits = hits(graph, &[("level", AuthorityLevel::NormativeDocument.name())], of_words(words), most)?;
    Ok(hits.into_iter().map(|hit| hit.entry.group.id.clone()).collect())
}

fn evidence(hit: Hit) -> Evidence {
    let entry = hit.entry;
    Evidence {
        title: entry.group.title.clone(),
        version: entry.version.id.split_once('@').map_or(String::new(), |(_, version)| version.to_string()),
        article: entry.label.clone(),
        text: entry.text.clone(),
    }
}
