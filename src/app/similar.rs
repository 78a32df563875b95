//! Cases like some facts, or like a case: by their words and what these mean, and by the articles that apply. The articles of
//! a text are those that it cites; where it cites none, those that the search for law finds for its facts. Every case says
//! why it is there.

mod articles;

use super::error::{AppError, ErrorCode};
use super::links::Links;
use super::matching::{Fit, Journey, TEXT_POINTS_MAX, fitting, pieces};
use super::search;
use super::view::similar::{ApplicableArticle, SharedArticle, SimilarCase, SimilarPage, SimilarReasons};
use super::view::{CorpusView, InstrumentHead};
use crate::index::Hit;
use crate::law::Kind;
use crate::query::{Filters, Query};
use articles::{Applicable, Applying};
use std::collections::{HashMap, HashSet};

/// So many sections of cases are looked at for their words.
const BY_WORDS: usize = 400;
/// So many provisions are looked at that the facts may fall under.
const LAW: usize = 24;
/// What the articles count beside the words: the first value tried, not tuned. `faju eval similar --half` is there to do so.
const ARTICLES: f64 = 1.5;
/// Shared words that are shown.
const WORDS_SHOWN: usize = 12;
/// Likeness of articles below which they are no reason.
const ARTICLES_MIN: f64 = 0.05;

/// What is compared.
pub struct Compared<'a> {
    /// The facts.
    pub text: &'a str,
    /// The case that they are of; it is left out itself.
    pub case: Option<InstrumentHead>,
}

/// What a case has in common with the text.
#[derive(Default)]
struct Common {
    /// Its most alike section and how alike it is.
    passage: Option<(Hit, f64)>,
    words: f64,
    articles: f64,
}

impl Journey<'_> {
    /// Cases like a text; `query` brings filters, scope, day and limit.
    pub fn similar(&self, compared: &Compared<'_>, query: &Query) -> Result<SimilarPage, AppError> {
        let text = compared.text;
        let length = text.chars().count();
        if length > TEXT_POINTS_MAX {
            let message = format!("文字有 {length} 字，最多 {TEXT_POINTS_MAX} 字；请删去无关的部分");
            return Err(AppError::parameter(ErrorCode::TooLarge, "text", message));
        }
        if !text.chars().any(char::is_alphanumeric) {
            return Err(AppError::parameter(ErrorCode::InvalidParameter, "text", "没有文字；请写案件事实"));
        }
        let links = (self.names)()?;
        let pieces = pieces::pieces(text);
        let of_cases = Query { limit: BY_WORDS, ..query.clone() };
        let (by_words, cursor) = fitting(self, text, &pieces, &of_cases)?;
        let applying = self.applying(compared, &pieces, query, &links)?;
        let mut found = by_cases(by_words);
        for (case, likeness) in applying.likeness() {
            found.entry(links.groups[case].head.id.clone()).or_default().articles = likeness;
        }
        found.retain(|id, _| compared.case.as_ref().is_none_or(|own| own.id != *id));
        self.only_asked(&mut found, query)?;
        let mut ranked: Vec<(f64, String, Common)> =
            found.into_iter().map(|(id, common)| (common.words + ARTICLES * common.articles, id, common)).collect();
        ranked.sort_by(|(a, x, _), (b, y, _)| b.total_cmp(a).then_with(|| x.cmp(y)));
        let total = ranked.len();
        let items = ranked.into_iter().skip(query.offset).take(query.limit);
        let items: Vec<SimilarCase> =
            items.filter_map(|(score, id, common)| shown(score, &id, common, &applying, &links, query)).collect();
        let mut warnings = Vec::new();
        if self.sample {
            warnings.push("示例数据（虚构）：尚未导入任何文件".to_string());
        }
        warnings.extend(search::damaged(&self.engine.state()?));
        Ok(SimilarPage {
            case: compared.case.clone(),
            length: length as u64,
            articles: applying.shown(),
            found: total as u64,
            items,
            corpus: CorpusView { cursor, as_of: query.as_of },
            sample: self.sample,
            warnings,
            took_ms: 0.0,
            request_id: String::new(),
        })
    }

    /// The articles that apply: those that the case cites, or the text, else those that its facts may fall under.
    fn applying<'l>(
        &self,
        compared: &Compared<'_>,
        pieces: &[std::ops::Range<usize>],
        query: &Query,
        links: &'l Links,
    ) -> Result<Applying<'l>, AppError> {
        let cited = match &compared.case {
            Some(case) => articles::of_case(&case.id, links),
            None => articles::of_text(compared.text, links, query),
        };
        if !cited.is_empty() {
            return Ok(Applying::new(cited, links));
        }
        let of_law = Query {
            filters: Filters { kinds: vec![Kind::Legislation, Kind::Normative], ..Filters::default() },
            limit: LAW,
            offset: 0,
            ..query.clone()
        };
        let (fits, _) = fitting(self, compared.text, pieces, &of_law)?;
        let best = fits.first().map_or(1.0, |fit| fit.score).max(f32::MIN_POSITIVE);
        let applicable = fits.into_iter().filter_map(|fit| {
            let Fit { hit, score, .. } = fit;
            let article = articles::article_of(&hit.entry.group.id, &hit.entry.id, links)?;
            Some(Applicable { article, cited: false, weight: f64::from(score / best) })
        });
        Ok(Applying::new(applicable.collect(), links))
    }

    /// Leaves out what filters, scope or day do not let through; what words brought has passed them already.
    fn only_asked(&self, found: &mut HashMap<String, Common>, query: &Query) -> Result<(), AppError> {
        let unseen: Vec<String> =
            found.iter().filter(|(_, common)| common.passage.is_none()).map(|(id, _)| id.clone()).collect();
        let asked = Query {
            raw: String::new(),
            node: crate::query::Node::Provisions { text: String::new(), ids: Vec::new() },
            grouped: true,
            offset: 0,
            cursor: None,
            ..query.aside(1)
        };
        let mut let_through: HashSet<String> = HashSet::new();
        for ids in unseen.chunks(ASKED_AT_ONCE) {
            let node = crate::query::Node::Provisions { text: String::new(), ids: ids.to_vec() };
            let answer = self.engine.search(&Query { node, limit: ids.len(), ..asked.clone() })?;
            for hit in answer.groups.into_iter().filter_map(|group| group.hits.into_iter().next()) {
                let_through.insert(hit.entry.group.id.clone());
                if let Some(common) = found.get_mut(&hit.entry.group.id) {
                    common.passage = Some((hit, 0.0));
                }
            }
        }
        found.retain(|id, common| common.passage.is_some() || let_through.contains(id));
        Ok(())
    }
}

/// Cases asked for at once.
const ASKED_AT_ONCE: usize = 500;

/// What the words brought, by case: the best of its sections counts.
fn by_cases(fits: Vec<Fit>) -> HashMap<String, Common> {
    let best = fits.first().map_or(1.0, |fit| fit.score).max(f32::MIN_POSITIVE);
    let mut found: HashMap<String, Common> = HashMap::new();
    for Fit { hit, score, .. } in fits {
        let common = found.entry(hit.entry.group.id.clone()).or_default();
        let likeness = f64::from(score / best);
        if common.passage.is_none() {
            common.words = likeness;
            common.passage = Some((hit, likeness));
        }
    }
    found
}

fn shown(
    score: f64,
    id: &str,
    common: Common,
    applying: &Applying<'_>,
    links: &Links,
    query: &Query,
) -> Option<SimilarCase> {
    let place = links.place(id)?;
    let group = links.groups.get(place)?;
    let shared = |ApplicableArticle { title, label, cited, .. }| SharedArticle { title, label, cited };
    let shared_articles: Vec<SharedArticle> = applying.shared(place).map(shared).collect();
    let why = common.passage.as_ref().and_then(|(hit, _)| hit.why.as_ref());
    let shared_words: Vec<String> = why.map_or_else(Vec::new, |why| {
        let is_telling = |word: &&String| word.chars().count() > 1 && !word.chars().all(|c| c.is_ascii_digit());
        let telling = why.words.iter().filter(is_telling);
        telling.take(WORDS_SHOWN).cloned().collect()
    });
    let sentences = sentences(&common, &shared_articles, &shared_words);
    let round = |value: f64| (value * 1000.0).round() / 1000.0;
    Some(SimilarCase {
        instrument: search::instrument(&group.head),
        case_number: group.head.document_number.clone(),
        decided_on: group.versions.first().and_then(|version| version.dated),
        score: round(score / (1.0 + ARTICLES)),
        reasons: SimilarReasons {
            words: round(common.words),
            articles: round(common.articles),
            shared_articles,
            shared_words,
            sentences,
        },
        passage: common.passage.map(|(hit, _)| search::single(hit, query)),
    })
}

/// The reasons for people.
fn sentences(common: &Common, articles: &[SharedArticle], words: &[String]) -> Vec<String> {
    let mut sentences = Vec::new();
    let named = |cited: bool| {
        let of_one = articles.iter().filter(|article| article.cited == cited);
        of_one.map(|article| format!("《{}》{}", article.title, article.label)).collect::<Vec<_>>().join("、")
    };
    let (cited, fitting) = (named(true), named(false));
    if !cited.is_empty() {
        sentences.push(format!("同样引用{cited}"));
    }
    if !fitting.is_empty() && common.articles >= ARTICLES_MIN {
        sentences.push(format!("引用所述事实可能适用的{fitting}"));
    }
    if !words.is_empty() {
        sentences.push(format!("相同的词语：{}", words.join("、")));
    } else if common.words > 0.0 {
        sentences.push("词语的意思相近".to_string());
    }
    sentences
}
