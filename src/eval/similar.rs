//! Similar cases: do cases under the same articles come first? Facts of labelled cases are asked of the journey that people
//! use, and of plain BM25 over the whole text of every case beside it.
//!
//! The labels ([`crate::law::Document::labels`]) are read here and nowhere else. Two cases are graded by their articles of the
//! special part of the Criminal Law (刑法, from 第一百零二条 on): 2 the same, 1 some of them.

use super::retrieval::baseline::Plain;
use super::rows::{read, stem};
use crate::app::view::LabelledCase;
use crate::app::{AppError, Asker, ErrorCode, Faju, Found, Likes};
use crate::law::document::ArticleLabel;
use crate::rank::random::Random;
use crate::rank::train::part;
use crate::text::fold::fold_str;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

/// First article of the special part.
const SPECIAL_PART: u32 = 102;
/// The law that is graded by.
const LAW: &str = "刑法";
/// Cut-offs of gain and of precision.
const TOP: usize = 10;
const FIRST: usize = 5;
/// Samples of the bootstrap.
const SAMPLES: usize = 1_000;

/// How to measure.
#[derive(Default)]
pub struct Options {
    /// More parameters of the journey.
    pub parameters: Vec<(String, String)>,
    /// The corpus opened with a model for each fold of the training; empty to ask it as it is opened.
    pub folds: Vec<Faju>,
    /// Only questions of one half, by the hash of their text: 0 or 1. What is chosen on one is confirmed on the other.
    pub half: Option<u64>,
}

/// What was measured.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Report {
    /// One for each file.
    pub sets: Vec<Set>,
}

/// A file of questions.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Set {
    /// Stem of the file.
    pub name: String,
    /// Questions with at least one graded case.
    pub queries: u64,
    /// Mean discounted gain of the first ten, over the best possible.
    pub ndcg10: f64,
    /// Share of the first five that are graded 2.
    pub p5: f64,
    /// The same of plain BM25.
    pub bm25: Means,
    /// 95 % intervals of the differences, by bootstrap over the questions.
    pub difference: Difference,
    /// The questions answered worst beside BM25, for people.
    #[serde(skip)]
    pub answers: Vec<Answered>,
}

/// Means of one ranking.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Means {
    /// As [`Set::ndcg10`].
    pub ndcg10: f64,
    /// As [`Set::p5`].
    pub p5: f64,
}

/// Bounds of differences.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Difference {
    /// Of the gain.
    pub ndcg10: [f64; 2],
    /// Of the precision.
    pub p5: [f64; 2],
}

/// How a question was answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    /// Id of the row.
    pub id: String,
    /// By the journey.
    pub own: Means,
    /// By BM25.
    pub plain: Means,
}

#[derive(Deserialize)]
struct Row {
    id: String,
    query: String,
    #[serde(default)]
    gold: Vec<Gold>,
}

#[derive(Deserialize)]
struct Gold {
    law: String,
    number: u32,
    #[serde(default)]
    sub: u32,
}

/// Articles of the special part.
type Articles = BTreeSet<(u32, u32)>;

fn special<'a>(labels: impl Iterator<Item = (&'a str, u32, u32)>) -> Articles {
    labels
        .filter(|(law, number, _)| *law == LAW && *number >= SPECIAL_PART)
        .map(|(_, number, sub)| (number, sub))
        .collect()
}

fn grade(asked: &Articles, other: &Articles) -> u32 {
    match asked.intersection(other).count() {
        0 => 0,
        shared if shared == asked.len() && shared == other.len() => 2,
        _ => 1,
    }
}

/// Measures files of questions.
pub fn files(faju: &Faju, files: &[PathBuf], options: &Options, asker: &Asker) -> Result<Report, AppError> {
    let cases = faju.labelled(asker)?;
    if !cases.iter().any(|case| !case.labels.is_empty()) {
        let message = "库中没有带标注的案例；请先导入带标注的案例，如 judge-criminal-facts.jsonl";
        return Err(AppError::new(ErrorCode::NotFound, message));
    }
    let texts = cases.iter().map(|case| (case.id.clone(), format!("{}\n{}", case.title, case.text)));
    let plain = Plain::of(texts.collect());
    let graded: HashMap<&str, Articles> = cases
        .iter()
        .map(|case| (case.id.as_str(), special(case.labels.iter().map(of_label))))
        .filter(|(_, articles): &(&str, Articles)| !articles.is_empty())
        .collect();
    let measure = Measure { faju, plain, graded, cases: &cases, options, asker };
    let sets = files.iter().map(|path| measure.file(path)).collect::<Result<_, _>>()?;
    Ok(Report { sets })
}

fn of_label(label: &ArticleLabel) -> (&str, u32, u32) {
    (&label.law, label.number, label.sub)
}

struct Measure<'a> {
    faju: &'a Faju,
    plain: Plain,
    graded: HashMap<&'a str, Articles>,
    cases: &'a [LabelledCase],
    options: &'a Options,
    asker: &'a Asker,
}

impl Measure<'_> {
    fn file(&self, path: &Path) -> Result<Set, AppError> {
        let rows: Vec<Row> = read(path)?.into_iter().map(|(_, row)| row).collect();
        let asked = |row: &Row| self.options.half.is_none_or(|half| part(&row.query, 2) == half);
        let answers: Vec<Option<Answered>> =
            rows.iter().filter(|row| asked(row)).map(|row| self.row(row)).collect::<Result<_, _>>()?;
        let answers: Vec<Answered> = answers.into_iter().flatten().collect();
        let own = means(answers.iter().map(|answer| answer.own));
        let bm25 = means(answers.iter().map(|answer| answer.plain));
        Ok(Set {
            name: stem(path),
            queries: answers.len() as u64,
            ndcg10: own.ndcg10,
            p5: own.p5,
            bm25,
            difference: difference(&answers),
            answers,
        })
    }

    /// `None` if no case is graded for it.
    fn row(&self, row: &Row) -> Result<Option<Answered>, AppError> {
        let asked = special(row.gold.iter().map(|gold| (gold.law.as_str(), gold.number, gold.sub)));
        let is_own = |case: &LabelledCase| case.source_id.as_deref() == Some(row.id.as_str());
        let own = self.cases.iter().find(|case| is_own(case)).map(|case| case.id.as_str());
        let grades: HashMap<&str, u32> = self
            .graded
            .iter()
            .filter(|(id, _)| Some(**id) != own)
            .map(|(id, articles)| (*id, grade(&asked, articles)))
            .filter(|(_, grade)| *grade > 0)
            .collect();
        if grades.is_empty() {
            return Ok(None);
        }
        let faju = self.options.folds.get(part(&row.query, self.options.folds.len() as u64) as usize);
        let mut parameters = self.options.parameters.clone();
        parameters.push(("limit".to_string(), (TOP + 1).to_string()));
        let page = match faju.unwrap_or(self.faju).similar(&Likes::Text(&row.query), &parameters, self.asker)? {
            Found::Here(page) => page,
            Found::Moved(_) => return Ok(None),
        };
        let found: Vec<String> = page.items.into_iter().map(|item| item.instrument.id).collect();
        let plain = self.plain.best(&fold_str(&row.query), TOP + 1);
        let measured = |ids: &[String]| {
            let ranked = ids.iter().filter(|id| Some(id.as_str()) != own);
            of_ranking(&ranked.map(|id| grades.get(id.as_str()).copied().unwrap_or(0)).collect::<Vec<u32>>(), &grades)
        };
        Ok(Some(Answered { id: row.id.clone(), own: measured(&found), plain: measured(&plain) }))
    }
}

/// The metrics of one ranking, by the grades in its order.
fn of_ranking(ranked: &[u32], grades: &HashMap<&str, u32>) -> Means {
    let gain = |(at, grade): (usize, u32)| f64::from((1u32 << grade) - 1) / (at as f64 + 2.0).log2();
    let mut best: Vec<u32> = grades.values().copied().collect();
    best.sort_unstable_by(|one, other| other.cmp(one));
    let ideal: f64 = best.into_iter().take(TOP).enumerate().map(gain).sum();
    let gained: f64 = ranked.iter().copied().take(TOP).enumerate().map(gain).sum();
    let right = ranked.iter().take(FIRST).filter(|grade| **grade == 2).count();
    Means { ndcg10: if ideal > 0.0 { gained / ideal } else { 0.0 }, p5: right as f64 / FIRST as f64 }
}

fn means(all: impl Iterator<Item = Means>) -> Means {
    let all: Vec<Means> = all.collect();
    let mean = |of: fn(&Means) -> f64| rounded(all.iter().map(of).sum::<f64>() / all.len().max(1) as f64);
    Means { ndcg10: mean(|means| means.ndcg10), p5: mean(|means| means.p5) }
}

fn difference(answers: &[Answered]) -> Difference {
    let bounds = |of: fn(&Means) -> f64| {
        let differences: Vec<f64> = answers.iter().map(|answer| of(&answer.own) - of(&answer.plain)).collect();
        bounds(&differences)
    };
    Difference { ndcg10: bounds(|means| means.ndcg10), p5: bounds(|means| means.p5) }
}

/// The 95 % interval of a mean.
fn bounds(values: &[f64]) -> [f64; 2] {
    if values.is_empty() {
        return [0.0; 2];
    }
    let draw = |seed: u64| {
        let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        (0..values.len()).map(|_| values[random.below(values.len())]).sum::<f64>() / values.len() as f64
    };
    let mut samples: Vec<f64> = (1..=SAMPLES as u64).into_par_iter().map(draw).collect();
    samples.sort_by(f64::total_cmp);
    [rounded(samples[SAMPLES * 25 / 1000]), rounded(samples[SAMPLES * 975 / 1000 - 1])]
}

fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_follow_the_articles_of_the_special_part() {
        let of = |numbers: &[u32]| special(numbers.iter().map(|number| (LAW, *number, 0)));
        assert_eq!(grade(&of(&[266, 67]), &of(&[266, 64, 52])), 2);
        assert_eq!(grade(&of(&[266, 280]), &of(&[266])), 1);
        assert_eq!(grade(&of(&[266]), &of(&[264])), 0);
        assert_eq!(grade(&of(&[67]), &of(&[67])), 0, "of the general part alone nothing is graded");
    }

    #[test]
    fn the_best_order_gains_all() {
        let grades: HashMap<&str, u32> = [("a", 2), ("b", 2), ("c", 1)].into_iter().collect();
        let best = of_ranking(&[2, 2, 1, 0, 0], &grades);
        assert!((best.ndcg10 - 1.0).abs() < 1e-9 && (best.p5 - 0.4).abs() < 1e-9);
        assert!(of_ranking(&[1, 2, 2], &grades).ndcg10 < 1.0);
        assert_eq!(of_ranking(&[0, 0], &grades), Means::default());
    }
}
