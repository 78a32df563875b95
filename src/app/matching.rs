//! Facts to law: which provisions fit what happened, or a draft clause. The text and each of its pieces are asked of the
//! ordinary search; what comes first in many of them fits best.

mod pairs;
pub(super) mod pieces;
mod together;

use super::cited::AskNames;
use super::error::{AppError, ErrorCode};
use super::links::Links;
use super::search;
use super::view::matching::{MatchPage, MatchedView, NormGroup, PairView};
use super::view::{CorpusView, Range};
use crate::index::{Engine, Entry, Hit, Via};
use crate::law::{Kind, Norm};
use crate::query::{Explain, Field, Filters, Node, Query, Rank, Sort, StatusFilter, Thesaurus, Total};
use crate::text::points;
use pairs::{Cited, Law};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Longest text, in code points.
pub const TEXT_POINTS_MAX: usize = 20_000;
/// So many of the best of each search are looked at.
const DEPTH: usize = 50;
/// What a place at the top of the list of the whole text counts beside all pieces together. This and the next were chosen on 120
/// questions of each set of long facts.
const WHOLE: f32 = 2.0;
/// How slowly a place counts less than the one before it.
const SLOWNESS: f32 = 3.0;
/// So many partners are joined to one provision.
const PARTNERS_MAX: usize = 5;

/// A provision that fits.
pub(super) struct Fit {
    pub hit: Hit,
    pub score: f32,
    /// What the search that brought it most gave, and by how much it was found there; which one it was (0 is the whole).
    pub best: ((f32, f32), usize),
}

/// What this journey works with.
pub struct Journey<'a> {
    /// The index.
    pub engine: &'a dyn Engine,
    /// Terms of the law for everyday words.
    pub thesaurus: &'a Thesaurus,
    /// The citation graph.
    pub names: &'a AskNames<'a>,
    /// Whether the sample answers.
    pub sample: bool,
}

impl Journey<'_> {
    /// Which provisions fit a text; `query` brings filters, scope, day and limit.
    pub fn matching(&self, text: &str, query: Query) -> Result<MatchPage, AppError> {
        let Journey { engine, names, sample, .. } = *self;
        let length = text.chars().count();
        if length > TEXT_POINTS_MAX {
            let message = format!("文字有 {length} 字，最多 {TEXT_POINTS_MAX} 字；请删去无关的部分或分段查找");
            return Err(AppError::parameter(ErrorCode::TooLarge, "text", message));
        }
        if !text.chars().any(char::is_alphanumeric) {
            return Err(AppError::parameter(ErrorCode::InvalidParameter, "text", "没有文字；请写事实或草案条文"));
        }
        let pieces = pieces::pieces(text);
        let (fits, cursor) = fitting(self, text, &pieces, &query)?;
        let (groups, pairs) = Joined::of(engine, &query, &fits, names)?.shown();
        let range = |(start, end): points::Points| Range { start, end };
        let mut warnings = Vec::new();
        if sample {
            warnings.push("示例数据（虚构）：尚未导入任何文件".to_string());
        }
        warnings.extend(search::damaged(&engine.state()?));
        Ok(MatchPage {
            length: length as u64,
            pieces: points::to_points(text, &pieces).into_iter().map(range).collect(),
            found: fits.len() as u64,
            groups,
            pairs,
            corpus: CorpusView { cursor, as_of: query.as_of },
            sample,
            warnings,
            took_ms: 0.0,
            request_id: String::new(),
        })
    }
}

/// What fits, best first, and the state of the corpus.
pub(super) fn fitting(
    journey: &Journey<'_>,
    text: &str,
    pieces: &[std::ops::Range<usize>],
    query: &Query,
) -> Result<(Vec<Fit>, String), AppError> {
    let parts: Vec<&str> = pieces.iter().filter_map(|piece| text.get(piece.clone())).collect();
    // A text of which not every sentence is searched counts as what is left of it.
    let whole = if parts.is_empty() { text.to_string() } else { parts.join("\n") };
    let asked: Vec<&str> = std::iter::once(whole.as_str()).chain(parts).collect();
    // No syntax is read: facts are full of quotation marks.
    let plain = |text: &str| Query {
        raw: text.to_string(),
        node: Node::Words { field: Field::Text, text: text.to_string() },
        sort: Sort::Relevance,
        first: Vec::new(),
        grouped: false,
        limit: DEPTH.max(query.limit),
        offset: 0,
        cursor: None,
        total: Total::Fast,
        facets: Vec::new(),
        heads: false,
        highlight: true,
        explain: Explain::Signals,
        ..query.clone()
    };
    let mut queries = Vec::with_capacity(asked.len());
    for (at, text) in asked.iter().enumerate() {
        let mut query = plain(text);
        // What is known of the pieces need not be asked of the whole.
        if at > 0 || asked.len() == 1 {
            query.expanded = query.open_words().map(|words| journey.thesaurus.expand(words)).unwrap_or_default();
            query = search::prepared(journey.engine, query, journey.names)?.query;
        }
        queries.push(query);
    }
    let engine = journey.engine;
    let answers = together::each(&queries, |query| engine.search(query))?;
    let cursor = answers.first().map(|answer| answer.state.cursor.clone()).unwrap_or_default();
    let mut fits: HashMap<String, Fit> = HashMap::new();
    for (from, answer) in answers.into_iter().enumerate() {
        let weight = if from == 0 { WHOLE } else { 1.0 / pieces.len() as f32 };
        for (rank, hit) in answer.groups.into_iter().flat_map(|group| group.hits).enumerate() {
            let given = weight / (SLOWNESS + rank as f32);
            // The whole text brings most to nearly all: told is the piece.
            let weighed = hit.why.as_ref().and_then(|why| why.weighed).map_or(0.0, |weighed| weighed.score);
            let told = if from == 0 { (0.0, 0.0) } else { (given, weighed) };
            match fits.get_mut(&hit.entry.id) {
                Some(fit) => {
                    fit.score += given;
                    if told > fit.best.0 {
                        (fit.best, fit.hit) = ((told, from), hit);
                    }
                }
                None => {
                    fits.insert(hit.entry.id.clone(), Fit { hit, score: given, best: (told, from) });
                }
            }
        }
    }
    let mut fits: Vec<Fit> = fits.into_values().collect();
    fits.sort_by(|one, other| {
        other.score.total_cmp(&one.score).then_with(|| one.hit.entry.id.cmp(&other.hit.entry.id))
    });
    fits.truncate(query.limit);
    Ok((fits, cursor))
}

/// What fits, with what belongs to it.
struct Joined<'a> {
    query: &'a Query,
    shown: Vec<(MatchedView, Norm)>,
    pairs: Vec<PairView>,
}

impl<'a> Joined<'a> {
    fn of(engine: &dyn Engine, query: &'a Query, fits: &[Fit], names: &AskNames<'_>) -> Result<Joined<'a>, AppError> {
        let laws = laws(engine, query, fits, names)?;
        let mut joined = Joined { query, shown: Vec::new(), pairs: Vec::new() };
        let found: HashSet<&str> = fits.iter().map(|fit| fit.hit.entry.id.as_str()).collect();
        let mut there: HashSet<String> = HashSet::new();
        for (rank, fit) in fits.iter().enumerate() {
            let entry = &fit.hit.entry;
            let norm = Norm::of(&entry.text);
            let hit = Hit { score: fit.score, ..fit.hit.clone() };
            let view = MatchedView {
                hit: search::single(hit, query),
                rank: Some(rank as u64 + 1),
                piece: fit.best.1.checked_sub(1),
            };
            joined.shown.push((view, norm));
            if let Some(law) = laws.get(&entry.version.id) {
                joined.partners(law, &entry.id, &found, &mut there);
            }
        }
        Ok(joined)
    }

    /// Joins to a provision what belongs to it.
    fn partners(&mut self, law: &Law, id: &str, found: &HashSet<&str>, there: &mut HashSet<String>) {
        let id_of = |at: usize| law.provisions[at].0.id.as_str();
        let own = law.pairs.iter().filter(|((duty, penalty), _)| id_of(*duty) == id || id_of(*penalty) == id);
        let mut own: Vec<_> = own.collect();
        own.sort_by_key(|(places, by)| (**by, **places));
        for ((duty, penalty), by) in own.into_iter().take(PARTNERS_MAX) {
            let pair = PairView { duty: id_of(*duty).to_string(), penalty: id_of(*penalty).to_string(), by: *by };
            if !self.pairs.contains(&pair) {
                self.pairs.push(pair);
            }
            let other = if id_of(*duty) == id { *penalty } else { *duty };
            let (entry, norm) = &law.provisions[other];
            if !found.contains(entry.id.as_str()) && there.insert(entry.id.clone()) {
                let hit = Hit { entry: entry.clone(), score: 0.0, highlights: Vec::new(), via: Via::Words, why: None };
                let view = MatchedView { hit: search::single(hit, self.query), rank: None, piece: None };
                self.shown.push((view, *norm));
            }
        }
    }

    fn shown(self) -> (Vec<NormGroup>, Vec<PairView>) {
        let mut groups: BTreeMap<Norm, Vec<MatchedView>> = BTreeMap::new();
        for (view, norm) in self.shown {
            groups.entry(norm).or_default().push(view);
        }
        (groups.into_iter().map(|(norm, provisions)| NormGroup { norm, provisions }).collect(), self.pairs)
    }
}

/// The texts in which something fits, each with its pairs.
fn laws(
    engine: &dyn Engine,
    query: &Query,
    fits: &[Fit],
    names: &AskNames<'_>,
) -> Result<HashMap<String, Law>, AppError> {
    let heads: BTreeMap<&str, &str> = fits
        .iter()
        .map(|fit| &fit.hit.entry)
        .filter(|entry| entry.group.kind != Kind::Case)
        .map(|entry| (entry.version.id.as_str(), entry.group.id.as_str()))
        .collect();
    if heads.is_empty() {
        return Ok(HashMap::new());
    }
    let links = names()?;
    let found: HashSet<&str> = fits.iter().map(|fit| fit.hit.entry.id.as_str()).collect();
    let heads: Vec<(&str, &str)> = heads.into_iter().collect();
    let laws = together::each(&heads, |(version, group)| law(engine, query, (&links, &found), group, version))?;
    Ok(laws.into_iter().flatten().collect())
}

fn law(
    engine: &dyn Engine,
    query: &Query,
    (links, fits): (&Links, &HashSet<&str>),
    group: &str,
    version: &str,
) -> Result<Option<(String, Law)>, AppError> {
    let known = links.place(group).and_then(|place| links.names.all().get(place));
    let found = known.and_then(|known| Some((known, known.versions.iter().find(|known| known.id == version)?)));
    let Some((known, known_version)) = found else { return Ok(None) };
    let ids: Vec<String> = known_version.shape.keys().map(|key| format!("{version}/{key}")).collect();
    let asked = Query {
        raw: String::new(),
        filters: Filters { status: StatusFilter::All, ..Filters::default() },
        sort: Sort::DateAsc,
        grouped: false,
        offset: 0,
        cursor: None,
        rank: Rank::Lexical,
        node: Node::Provisions { text: String::new(), ids: ids.clone() },
        ..query.aside(ids.len())
    };
    let entries: Vec<Entry> =
        engine.search(&asked)?.groups.into_iter().flat_map(|group| group.hits).map(|hit| hit.entry).collect();
    let text = Cited { known, version: known_version, links, access: query.scope.access };
    Ok(Some((version.to_string(), Law::of(entries, fits, &text))))
}
