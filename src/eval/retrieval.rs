//! Retrieval: do the right provisions come first? Questions with labelled articles are asked of the search journey, and on
//! request of plain BM25 beside it.

pub mod ablation;
pub(super) mod baseline;
pub(super) mod books;
pub(super) mod gold;
mod metrics;

use super::rows::{read, stem};
use crate::app::view::Item;
use crate::app::{AppError, Asker, ErrorCode, Faju, QUERY_POINTS_MAX, TEXT_POINTS_MAX, plain_words};
use crate::rank::train::part;
use crate::text::fold::fold_str;
use ablation::Ablation;
use baseline::Plain;
use books::Books;
pub use gold::Row;
use gold::Wanted;
pub(super) use metrics::measured as over;
pub use metrics::{METRICS, Measured, Metrics};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Provisions of an answer that are looked at: the cut-off of the metrics.
const DEPTH: usize = 100;

/// How to measure.
#[derive(Default)]
pub struct Options {
    /// More parameters of the search, as `GET /api/v1/search` takes them: `rank`, `kind`, `as_of` …
    pub parameters: Vec<(String, String)>,
    /// Whether plain BM25 is asked too.
    pub baseline: bool,
    /// The corpus opened with a model for each fold of the training, which has not seen the questions of that fold; empty to
    /// ask the corpus as it is opened.
    pub folds: Vec<Faju>,
    /// Whether `match` is asked and not `search`.
    pub matching: bool,
    /// Files that the models were trained with: their articles are not new.
    pub trained: Vec<PathBuf>,
}

impl Options {
    /// Whom to ask a question: the model that has not seen it.
    pub(super) fn asked<'a>(&'a self, faju: &'a Faju, query: &str) -> &'a Faju {
        self.folds.get(self.fold(query)).unwrap_or(faju)
    }

    /// The fold of a question.
    pub(super) fn fold(&self, query: &str) -> usize {
        usize::try_from(part(query, self.folds.len() as u64)).unwrap_or(0)
    }
}

/// Articles that models were trained with, each with the folds of its questions.
type Known = HashMap<String, BTreeSet<usize>>;

/// What was measured.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Retrieval {
    /// One for each file, named by its stem.
    pub sets: Vec<RetrievalSet>,
    /// The same questions asked of plain BM25: k1 1.2, b 0.75, words of title, headings and text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub baseline: Option<Box<Retrieval>>,
    /// For each set how far the journey is above plain BM25, over all questions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub differences: Vec<Difference>,
    /// What each stage earns, if that was asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ablations: Vec<Ablation>,
}

/// A set of questions.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct RetrievalSet {
    /// Stem of the file.
    pub name: String,
    /// Rows in it.
    pub queries: u64,
    /// Over every labelled article, those that the corpus lacks included.
    pub all: Measured,
    /// Over the labelled articles that the corpus has, questions without any left out.
    pub in_pack: Measured,
    /// The same, only questions none of whose articles the ranking was trained with.
    pub new: Measured,
    /// Labelled articles whose text is no longer in force and has no successor in the corpus; they are not counted.
    pub stale: u64,
    /// Milliseconds of an answer: the median, and what 99 of 100 stay below.
    pub took_ms: [f64; 2],
    /// Every question with what was found.
    #[serde(skip)]
    pub answers: Vec<Answered>,
}

/// How far one ranking is above another, question by question.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// Stem of the file.
    pub name: String,
    /// Mean difference of every metric, over questions with an article in the corpus, and its 95 % interval.
    pub in_pack: Measured,
    /// The same over new questions.
    pub new: Measured,
}

/// A question and how it was answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    /// Id of the row.
    pub id: String,
    /// The question.
    pub query: String,
    /// Each labelled article with its rank from 1 on.
    pub gold: Vec<(String, Option<usize>)>,
    /// How many labelled articles the corpus lacks.
    pub missing: usize,
    /// Whether the ranking was trained with none of them.
    pub new: bool,
    /// Titles and numbers of what came first.
    pub first: Vec<String>,
}

impl Answered {
    fn ranks(&self) -> Vec<Option<usize>> {
        self.gold.iter().map(|(_, rank)| *rank).collect()
    }

    fn in_pack(&self) -> Option<Metrics> {
        (!self.gold.is_empty()).then(|| Metrics::of(&self.ranks()))
    }

    fn all(&self) -> Option<Metrics> {
        let mut ranks = self.ranks();
        ranks.extend(std::iter::repeat_n(None, self.missing));
        (!ranks.is_empty()).then(|| Metrics::of(&ranks))
    }
}

/// One labelled question, ready to be asked.
pub(super) struct Question {
    id: String,
    /// What is asked.
    pub query: String,
    /// The labelled articles that the corpus has.
    pub wanted: Vec<Wanted>,
    missing: usize,
    stale: usize,
    /// Whether the ranking was trained with none of them.
    new: bool,
}

/// Measures files of labelled questions.
pub fn files(faju: &Faju, paths: &[PathBuf], options: &Options, asker: &Asker) -> Result<Retrieval, AppError> {
    let books = Books::read(faju, &options.parameters, asker)?;
    let plain = options.baseline.then(|| Plain::index(&books));
    let known = known(faju, &books, options, asker)?;
    let (mut sets, mut plain_sets, mut differences) = (Vec::new(), Vec::new(), Vec::new());
    for path in paths {
        let questions = questions(path, &books, faju, asker)?;
        let is_new = |question: &Question| {
            let own = (!options.folds.is_empty()).then(|| options.fold(&question.query));
            let mut right = question.wanted.iter().flat_map(|wanted| &wanted.right);
            !right.any(|id| known.get(id).is_some_and(|folds| folds.iter().any(|fold| Some(*fold) != own)))
        };
        let questions: Vec<Question> =
            questions.into_iter().map(|question| Question { new: is_new(&question), ..question }).collect();
        let name = stem(path);
        let journey =
            |question: &Question| asked(options.asked(faju, &question.query), &question.query, options, asker);
        let set = measured(&name, &questions, &journey, &books)?;
        if let Some(plain) = &plain {
            let lexical = |question: &Question| Ok(plain.best(&fold_str(&question.query), DEPTH));
            let plain_set = measured(&name, &questions, &lexical, &books)?;
            differences.push(difference(&set, &plain_set));
            plain_sets.push(plain_set);
        }
        sets.push(set);
    }
    let baseline = plain.map(|_| Box::new(Retrieval { sets: plain_sets, ..Retrieval::default() }));
    Ok(Retrieval { sets, baseline, differences, ablations: Vec::new() })
}

/// The rows of a file as questions.
pub(super) fn questions(path: &Path, books: &Books, faju: &Faju, asker: &Asker) -> Result<Vec<Question>, AppError> {
    read::<Row>(path)?.into_iter().map(|(_, row)| gold::question(row, books, faju, asker)).collect()
}

fn known(faju: &Faju, books: &Books, options: &Options, asker: &Asker) -> Result<Known, AppError> {
    let mut known = Known::new();
    for path in &options.trained {
        for question in questions(path, books, faju, asker)? {
            let fold = options.fold(&question.query);
            for id in question.wanted.iter().flat_map(|wanted| &wanted.right) {
                known.entry(id.clone()).or_default().insert(fold);
            }
        }
    }
    Ok(known)
}

/// The provisions that the journey finds, best first.
fn asked(faju: &Faju, query: &str, options: &Options, asker: &Asker) -> Result<Vec<String>, AppError> {
    let depth = DEPTH.to_string();
    if options.matching {
        let text = query.char_indices().nth(TEXT_POINTS_MAX).map_or(query, |(end, _)| &query[..end]);
        let parameters = [options.parameters.as_slice(), &[("limit".to_string(), depth)]].concat();
        let page = faju.matching(text, &parameters, asker)?;
        let mut found: Vec<_> = page.groups.into_iter().flat_map(|group| group.provisions).collect();
        found.retain(|provision| provision.rank.is_some());
        found.sort_by_key(|provision| provision.rank);
        return Ok(found.into_iter().map(|provision| provision.hit.provision.id).collect());
    }
    let items = page(faju, query, &[("limit", &depth)], options, asker)?;
    Ok(items.into_iter().filter_map(books::provision_id).collect())
}

/// The first page of the journey, provision by provision.
pub(super) fn page(
    faju: &Faju,
    query: &str,
    more: &[(&str, &str)],
    options: &Options,
    asker: &Asker,
) -> Result<Vec<Item>, AppError> {
    // Longer facts are not taken: the beginning stands for them.
    let query = query.char_indices().nth(QUERY_POINTS_MAX).map_or(query, |(end, _)| &query[..end]);
    let fixed = [("q", query), ("group", "none"), ("highlight", "false"), ("total", "fast")];
    let all = fixed.iter().chain(more).map(|(name, value)| ((*name).to_string(), (*value).to_string()));
    let mut parameters: Vec<(String, String)> = all.collect();
    parameters.extend(options.parameters.iter().cloned());
    let page = match faju.search(&parameters, asker) {
        // As the page does it.
        Err(error) if error.code == ErrorCode::InvalidQuery => {
            parameters[0].1 = plain_words(query);
            faju.search(&parameters, asker)?
        }
        page => page?,
    };
    Ok(page.items)
}

type Ask<'a> = dyn Fn(&Question) -> Result<Vec<String>, AppError> + Sync + 'a;

fn measured(name: &str, questions: &[Question], ask: &Ask<'_>, books: &Books) -> Result<RetrievalSet, AppError> {
    let timed = |question: &Question| {
        let began = Instant::now();
        let found = ask(question)?;
        Ok((answered(question, &found, books), began.elapsed().as_secs_f64() * 1e3))
    };
    let answers: Vec<(Answered, f64)> = questions.par_iter().map(timed).collect::<Result<_, AppError>>()?;
    let (answers, mut times): (Vec<Answered>, Vec<f64>) = answers.into_iter().unzip();
    times.sort_by(f64::total_cmp);
    let at = |part: f64| times.get((times.len().saturating_sub(1) as f64 * part).ceil() as usize).copied();
    let of = |metrics: &dyn Fn(&Answered) -> Option<Metrics>| {
        metrics::measured(&answers.iter().filter_map(metrics).collect::<Vec<_>>())
    };
    Ok(RetrievalSet {
        name: name.to_string(),
        queries: questions.len() as u64,
        all: of(&Answered::all),
        in_pack: of(&Answered::in_pack),
        new: of(&|answer| answer.in_pack().filter(|_| answer.new)),
        stale: questions.iter().map(|question| question.stale as u64).sum(),
        took_ms: [at(0.5).unwrap_or(0.0), at(0.99).unwrap_or(0.0)],
        answers,
    })
}

fn answered(question: &Question, found: &[String], books: &Books) -> Answered {
    let rank = |wanted: &Wanted| {
        let place = found.iter().position(|id| wanted.right.iter().any(|right| right == id));
        (wanted.label.clone(), place.map(|place| place + 1))
    };
    Answered {
        id: question.id.clone(),
        query: question.query.clone(),
        gold: question.wanted.iter().map(rank).collect(),
        missing: question.missing,
        new: question.new,
        first: found.iter().take(3).map(|id| books.label(id)).collect(),
    }
}

fn difference(ours: &RetrievalSet, plain: &RetrievalSet) -> Difference {
    let of = |only_new: bool| {
        let pairs = ours.answers.iter().zip(&plain.answers).filter(|(answer, _)| answer.new || !only_new);
        let pairs = pairs.filter_map(|(one, other)| Some(one.in_pack()?.minus(&other.in_pack()?)));
        metrics::measured(&pairs.collect::<Vec<_>>())
    };
    Difference { name: ours.name.clone(), in_pack: of(false), new: of(true) }
}

#[cfg(test)]
mod tests;
