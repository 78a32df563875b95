//! Trains the model of learned association from the corpus and from files of labelled questions, and tells how good it is
//! on questions that it has not seen.

mod material;
#[cfg(test)]
mod tests;
pub mod weights;

use super::retrieval::books::Books;
use super::retrieval::{Measured, Metrics, over};
use super::rows::stem;
use crate::app::{AppError, Asker, ErrorCode, Faju};
use crate::rank::association::Model;
pub use crate::rank::train::FOLDS;
use crate::rank::train::{Epoch, Held, Options as Learning, Prepared, Ranked, Step, Tuned};
use material::Material;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Without cross-validation one part of so many is held out, to know when to stop.
const PARTS: u64 = 10;
/// What is learned from, unless told otherwise: cases have no articles.
const KINDS: &str = "legislation,normative";

/// How to train.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Options {
    /// Whether to cross-validate: a model without each fifth of the questions, written beside the file, then one of all.
    pub folds: bool,
    /// How to learn.
    pub learning: Learning,
}

/// What is going on.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    /// The corpus was read: so many provisions, so many labelled questions with an article in it.
    Read {
        /// Provisions.
        provisions: usize,
        /// Questions.
        questions: usize,
    },
    /// So many words and pairs get a row.
    Rows(usize),
    /// A round is done.
    Round(Round),
}

/// A round of learning.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Round {
    /// Which part was held out, from 1 on; `null` while learning from the corpus alone and for the model of all questions.
    pub fold: Option<u64>,
    /// Whether it learned from the corpus alone (`corpus`) or from the labelled questions (`questions`).
    pub stage: &'static str,
    /// From 1 on.
    pub epoch: usize,
    /// Mean loss.
    pub loss: f32,
    /// Mean reciprocal rank within ten of the held-out questions, by words and vector together.
    pub held_out: Option<f32>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Trained {
    /// The file.
    pub file: String,
    /// Its length.
    pub bytes: u64,
    /// Its SHA-256.
    pub sha256: String,
    /// The seed.
    pub seed: u64,
    /// Provisions learned from.
    pub provisions: u64,
    /// Words and pairs that have a row.
    pub rows: u64,
    /// Components of a vector.
    pub dimension: u64,
    /// The files of labelled questions.
    pub sets: Vec<TrainedSet>,
    /// The rounds.
    pub rounds: Vec<Round>,
    /// The held-out questions, all and by set.
    pub held_out: Vec<HeldOut>,
    /// How long it took.
    pub seconds: f64,
}

/// A file of labelled questions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TrainedSet {
    /// Stem of the file.
    pub name: String,
    /// Rows in it.
    pub rows: u64,
    /// Rows with an article in the corpus: these were learned from.
    pub used: u64,
}

/// Questions that the model measured has not seen.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HeldOut {
    /// Stem of the file; `all` for all together.
    pub name: String,
    /// By the vector alone.
    pub alone: Measured,
    /// By words (BM25) and vector together, as in training: no ranking of users.
    pub fused: Measured,
    /// By the vector alone, only questions none of whose articles was learned from.
    pub new_alone: Measured,
    /// The same by words and vector together.
    pub new_fused: Measured,
}

/// A held-out question with its metrics.
struct Seen {
    set: usize,
    new: bool,
    alone: Metrics,
    fused: Metrics,
}

/// Trains with files of labelled questions and writes the model.
pub fn files(
    faju: &Faju,
    paths: &[PathBuf],
    out: &Path,
    options: &Options,
    asker: &Asker,
    told: &mut dyn FnMut(Told),
) -> Result<Trained, AppError> {
    // Minutes of work are not to end at a folder that is not there.
    let fresh = !out.exists();
    write(out, None)?;
    let trained = trained(faju, paths, out, options, asker, told);
    if fresh && trained.is_err() {
        // What is left behind is empty; that it could not be removed is not the error to tell.
        let _ = fs::remove_file(out);
    }
    trained
}

fn trained(
    faju: &Faju,
    paths: &[PathBuf],
    out: &Path,
    options: &Options,
    asker: &Asker,
    told: &mut dyn FnMut(Told),
) -> Result<Trained, AppError> {
    let began = Instant::now();
    let kinds = [("kind".to_string(), KINDS.to_string())];
    let books = Books::read(faju, &kinds, asker)?;
    let mut material = Material::of_corpus(&books);
    for path in paths {
        material.add(path, &books, faju, asker)?;
    }
    if material.examples.is_empty() {
        return Err(AppError::new(ErrorCode::BadRecord, "没有一个问题的条文在库中：请先导入这些问题所引的法规"));
    }
    drop(books);
    told(Told::Read { provisions: material.provisions.len(), questions: material.examples.len() });
    let mut rounds = Vec::new();
    let mut rows = 0;
    let prepared = {
        let mut step = |step| match step {
            Step::Read { rows: found, .. } => {
                rows = found;
                told(Told::Rows(found));
            }
            Step::Corpus(epoch) => keep(&mut rounds, told, round(None, "corpus", epoch)),
            Step::Questions(_) => {}
        };
        Prepared::new(&material.provisions, &material.examples, options.learning.clone(), &mut step)
    };
    let mut seen = Vec::new();
    let model = learned(&prepared, &material, out, options, &mut |round| keep(&mut rounds, told, round), &mut seen)?;
    let bytes = model.write();
    write(out, Some(&bytes))?;
    Ok(Trained {
        file: out.display().to_string(),
        bytes: bytes.len() as u64,
        sha256: Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect(),
        seed: options.learning.seed,
        provisions: material.provisions.len() as u64,
        rows: rows as u64,
        dimension: model.dimension() as u64,
        held_out: held_out(&material.sets, &seen),
        sets: material.sets.clone(),
        rounds,
        seconds: (began.elapsed().as_secs_f64() * 10.0).round() / 10.0,
    })
}

fn keep(rounds: &mut Vec<Round>, told: &mut dyn FnMut(Told), round: Round) {
    told(Told::Round(round.clone()));
    rounds.push(round);
}

fn round(fold: Option<u64>, stage: &'static str, epoch: Epoch) -> Round {
    Round { fold, stage, epoch: epoch.epoch, loss: epoch.loss, held_out: epoch.held_out }
}

/// The model of all questions, or of nine tenths of them; `seen` gets what was held out.
fn learned(
    prepared: &Prepared<'_>,
    material: &Material,
    out: &Path,
    options: &Options,
    told: &mut dyn FnMut(Round),
    seen: &mut Vec<Seen>,
) -> Result<Model, AppError> {
    let origin = material.provenance(&options.learning);
    let mut tune = |held: Held, epochs: usize| -> Tuned {
        let fold = match held {
            Held::Nothing => None,
            Held::Part { part, .. } => Some(part + 1),
        };
        let mut step = |step| {
            if let Step::Questions(epoch) = step {
                told(round(fold, "questions", epoch));
            }
        };
        let tuned = prepared.tune(held, epochs, &origin, &mut step);
        seen.extend(measured(&tuned.held_out, material, held));
        tuned
    };
    if !options.folds {
        return Ok(tune(Held::Part { part: 0, of: PARTS }, options.learning.epochs).model);
    }
    let mut best = Vec::new();
    for part in 0..FOLDS {
        let tuned = tune(Held::Part { part, of: FOLDS }, options.learning.epochs);
        best.push(tuned.best);
        write(&fold_file(out, part + 1), Some(&tuned.model.write()))?;
    }
    best.sort_unstable();
    // As many rounds as were best for the middle one.
    Ok(tune(Held::Nothing, best[best.len() / 2].max(1)).model)
}

/// The file of the model without a fold, from 1 on.
pub fn fold_file(out: &Path, fold: u64) -> PathBuf {
    let mut name = out.as_os_str().to_os_string();
    name.push(format!(".fold-{fold}"));
    PathBuf::from(name)
}

/// Writes a file, or only finds out whether it can be written.
fn write(path: &Path, bytes: Option<&[u8]>) -> Result<(), AppError> {
    let done = match bytes {
        Some(bytes) => fs::write(path, bytes),
        None => fs::OpenOptions::new().append(true).create(true).open(path).map(|_| ()),
    };
    done.map_err(|error| {
        AppError::new(ErrorCode::ReadOnly, format!("不能写入 {}：{error}；请检查路径和权限", path.display()))
    })
}

fn measured(ranked: &[Ranked], material: &Material, held: Held) -> Vec<Seen> {
    let out: HashSet<usize> = ranked.iter().map(|ranked| ranked.example).collect();
    let kept = material.examples.iter().enumerate().filter(|(place, _)| !out.contains(place));
    let known: HashSet<u32> = match held {
        Held::Nothing => HashSet::new(),
        Held::Part { .. } => kept.flat_map(|(_, example)| example.right.iter().flatten().copied()).collect(),
    };
    let metrics = |ranks: &[usize]| Metrics::of(&ranks.iter().map(|rank| Some(*rank)).collect::<Vec<_>>());
    let seen = |ranked: &Ranked| {
        let right = &material.examples[ranked.example].right;
        Seen {
            set: material.set_of[ranked.example],
            new: !right.iter().flatten().any(|provision| known.contains(provision)),
            alone: metrics(&ranked.alone),
            fused: metrics(&ranked.fused),
        }
    };
    ranked.iter().map(seen).collect()
}

fn held_out(sets: &[TrainedSet], seen: &[Seen]) -> Vec<HeldOut> {
    let of = |name: &str, some: &dyn Fn(&Seen) -> bool| {
        let some: Vec<&Seen> = seen.iter().filter(|seen| some(seen)).collect();
        let new = || some.iter().filter(|seen| seen.new);
        HeldOut {
            name: name.to_string(),
            alone: over(&some.iter().map(|seen| seen.alone).collect::<Vec<_>>()),
            fused: over(&some.iter().map(|seen| seen.fused).collect::<Vec<_>>()),
            new_alone: over(&new().map(|seen| seen.alone).collect::<Vec<_>>()),
            new_fused: over(&new().map(|seen| seen.fused).collect::<Vec<_>>()),
        }
    };
    let mut all = vec![of("all", &|_| true)];
    all.extend(sets.iter().enumerate().map(|(place, set)| of(&set.name, &|seen| seen.set == place)));
    all.retain(|held_out| held_out.alone.questions > 0);
    all
}
