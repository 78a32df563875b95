//! Learns the weights of words and association ([`crate::rank::fusion`]) from the same labelled questions, each asked of the
//! search journey with a model that has not seen it.

use super::super::retrieval::books::{Books, provision_id};
use super::super::retrieval::{self, Question};
use super::{KINDS, TrainedSet, stem};
use crate::app::view::{Item, Reasons};
use crate::app::{AppError, Asker, ErrorCode, Faju};
use crate::eval::retrieval::Options;
use crate::rank::fusion::{Fusion, SIGNALS, VERSION, Weights};
use crate::rank::train::fusion::{Signals, Weighed, learn};
use rayon::prelude::*;
use serde::Serialize;
use std::path::PathBuf;

/// Candidates of a question that are looked at: the whole window.
const WINDOW: &str = "500";
/// Weight of long facts, which lead to few articles.
const FACTS: f32 = 0.3;
/// Characters from which on a question is long facts.
const FACTS_LENGTH: usize = 150;
/// Weights that the labelled questions cannot teach, because hardly any is answered by such a provision: set by hand, so
/// low that two or three rare words of the question outweigh them.
const BY_HAND: [(&str, f32); 5] =
    [("regulation", -0.3), ("rule", -0.5), ("local", -2.0), ("normative", -0.8), ("case", -1.5)];

/// And one that the questions of the people do not teach: whoever writes down facts (officers, inspectors) uses the words of
/// the law. Found with the enforcement sets, which only measure.
const RUN: (&str, f32) = ("run", 5.0);

/// What came of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Learned {
    /// The files.
    pub sets: Vec<TrainedSet>,
    /// What the held-out questions show, by set.
    pub held_out: Vec<HeldOut>,
    /// The weights.
    pub fusion: Fusion,
}

/// Questions of one set under weights learned from the other folds.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct HeldOut {
    /// Stem of the file.
    pub name: String,
    /// Mean reciprocal rank within ten, as the candidates came.
    pub before: f64,
    /// The same under the learned weights.
    pub after: f64,
    /// Which part of the labelled articles is among the candidates at all.
    pub candidates: f64,
}

struct Asked {
    /// Which part of the labelled articles is among the candidates.
    found: f64,
    set: usize,
    fold: usize,
    /// In the order in which they came.
    some_words: Weighed,
    first_rank: Option<usize>,
}

/// Learns from files of labelled questions; `options` has the models of the folds.
pub fn learned(faju: &Faju, paths: &[PathBuf], options: &Options, asker: &Asker) -> Result<Learned, AppError> {
    let books = Books::read(faju, &[("kind".to_string(), KINDS.to_string())], asker)?;
    let (mut asked, mut sets) = (Vec::new(), Vec::new());
    for path in paths {
        let questions = retrieval::questions(path, &books, faju, asker)?;
        let rows = questions.len() as u64;
        let of_set: Vec<Asked> = questions
            .par_iter()
            .map(|question| ask(question, sets.len(), faju, options, asker))
            .collect::<Result<_, _>>()?;
        let useful = |asked: &&Asked| asked.some_words.candidates.iter().any(|(_, right)| *right);
        sets.push(TrainedSet { name: stem(path), rows, used: of_set.iter().filter(useful).count() as u64 });
        asked.extend(of_set);
    }
    if sets.iter().all(|set| set.used == 0) {
        return Err(AppError::new(ErrorCode::BadRecord, "没有一个问题的条文在候选之中：请先导入这些问题所引的法规"));
    }
    let held_out = held_out(&asked, &sets, options.folds.len().max(1));
    let some_words = by_hand(learn(&asked.iter().map(|asked| &asked.some_words).collect::<Vec<_>>()));
    let names: Vec<&str> = sets.iter().map(|set| set.name.as_str()).collect();
    let provenance = format!(
        "faju {} train --weights：{}，共 {} 个问题，每个问题用没有学过它的模型；regulation、rule、local、normative、case、run 为人工设定；all_words 为人工设定",
        env!("CARGO_PKG_VERSION"),
        names.join("、"),
        sets.iter().map(|set| set.used).sum::<u64>(),
    );
    let all_words = Fusion::embedded().map(|fusion| fusion.all_words.clone()).unwrap_or_default();
    Ok(Learned { fusion: Fusion { version: VERSION, provenance, all_words, some_words }, sets, held_out })
}

fn by_hand(weights: Weights) -> Weights {
    BY_HAND.iter().chain([&RUN]).fold(weights, |weights, (signal, weight)| weights.with(signal, *weight))
}

fn ask(question: &Question, set: usize, faju: &Faju, options: &Options, asker: &Asker) -> Result<Asked, AppError> {
    let more = [("explain", "signals"), ("limit", WINDOW), ("kind", KINDS)];
    let items = retrieval::page(options.asked(faju, &question.query), &question.query, &more, options, asker)?;
    let long = question.query.chars().count() > FACTS_LENGTH;
    let mut asked = Asked {
        set,
        fold: options.fold(&question.query),
        some_words: Weighed { candidates: Vec::new(), weight: if long { FACTS } else { 1.0 } },
        first_rank: None,
        found: 0.0,
    };
    let wanted = question.wanted.len().max(1) as f64;
    for (place, item) in items.into_iter().enumerate() {
        let Some((signals, all_words)) = signals(&item) else { continue };
        let Some(id) = provision_id(item) else { continue };
        let right = question.wanted.iter().any(|wanted| wanted.right.contains(&id));
        if right {
            asked.first_rank.get_or_insert(place + 1);
            asked.found += 1.0 / wanted;
        }
        if !all_words && (right || !is_untaught(&signals)) {
            asked.some_words.candidates.push((signals, right));
        }
    }
    Ok(asked)
}

/// Signals of an item that was weighed, and whether it has all the words.
fn signals(item: &Item) -> Option<(Signals, bool)> {
    let Item::Single(view) = item else { return None };
    let Reasons { all_words, signals, .. } = view.provision.why.as_ref()?;
    Some((SIGNALS.map(|name| signals.get(name).copied().unwrap_or(0.0)), *all_words))
}

/// Whether it is what no labelled question is answered by.
fn is_untaught(signals: &Signals) -> bool {
    SIGNALS.iter().zip(signals).any(|(name, value)| *value > 0.0 && BY_HAND.iter().any(|(signal, _)| signal == name))
}

/// What the held-out questions show under weights of the other folds.
fn held_out(asked: &[Asked], sets: &[TrainedSet], folds: usize) -> Vec<HeldOut> {
    let reciprocal = |rank: Option<usize>| rank.filter(|rank| *rank <= 10).map_or(0.0, |rank| 1.0 / rank as f64);
    let mut sums: Vec<(HeldOut, f64)> =
        sets.iter().map(|set| (HeldOut { name: set.name.clone(), ..HeldOut::default() }, 0.0)).collect();
    for fold in 0..folds {
        let others: Vec<&Weighed> =
            asked.iter().filter(|asked| asked.fold != fold || folds == 1).map(|asked| &asked.some_words).collect();
        let weights = by_hand(learn(&others));
        for asked in asked.iter().filter(|asked| asked.fold == fold) {
            let (sum, count) = &mut sums[asked.set];
            sum.before += reciprocal(asked.first_rank);
            sum.after += reciprocal(asked.some_words.ranks(&weights).first().copied());
            sum.candidates += asked.found;
            *count += 1.0;
        }
    }
    let mean = |(sum, count): (HeldOut, f64)| {
        let of = |sum: f64| sum / count.max(1.0);
        HeldOut { before: of(sum.before), after: of(sum.after), candidates: of(sum.candidates), ..sum }
    };
    sums.into_iter().map(mean).collect()
}
