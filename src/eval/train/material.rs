//! What is learned from: the provisions of the corpus, and the rows of the files.

use super::super::retrieval::books::{Books, Page};
use super::super::retrieval::gold::{Row, question};
use super::super::rows::read;
use super::{TrainedSet, stem};
use crate::app::{AppError, Asker, Faju};
use crate::law::AuthorityLevel;
use crate::rank::train::{Example, Options, Provenance, Provision};
use serde::Deserialize;
use std::collections::HashMap;
use std::path::Path;

/// Weight of keywords that stand for a question.
const KEYWORDS: f32 = 0.5;
/// Weight of an answer that stands for a question.
const ANSWER: f32 = 0.4;
/// Weight of a row that a model labelled and no person.
const SILVER: f32 = 0.5;
/// Weight of pasted facts: there are many of them to few articles.
const FACTS: f32 = 0.5;
/// Characters from which on a question is pasted facts.
const FACTS_LENGTH: usize = 150;

/// A row of a labelled set, with what only training uses.
#[derive(Debug, Deserialize)]
struct Labelled {
    #[serde(flatten)]
    row: Row,
    #[serde(default)]
    keywords: Option<String>,
    #[serde(default)]
    answer: Option<String>,
    /// Whether a model labelled it.
    #[serde(default)]
    silver: bool,
}

/// The material.
#[derive(Debug, Default)]
pub struct Material {
    /// The provisions.
    pub provisions: Vec<Provision>,
    /// The labelled questions that have an article in the corpus.
    pub examples: Vec<Example>,
    /// For each of them its file.
    pub set_of: Vec<usize>,
    /// The files.
    pub sets: Vec<TrainedSet>,
}

impl Material {
    /// The provisions alone.
    pub fn of_corpus(books: &Books) -> Material {
        let mut instruments: HashMap<String, u32> = HashMap::new();
        let provision = |page: &Page| {
            let Page { id, title, path, label, text, level } = page;
            let next = instruments.len() as u32;
            let instrument = id.split_once('@').map_or(id.as_str(), |(instrument, _)| instrument);
            Provision {
                instrument: *instruments.entry(instrument.to_string()).or_insert(next),
                title: title.clone(),
                headings: path.clone(),
                text: text.strip_prefix(label.as_str()).unwrap_or(text).to_string(),
                local: is_local(*level),
            }
        };
        Material { provisions: books.pages.iter().map(provision).collect(), ..Material::default() }
    }

    /// Adds a file of labelled questions.
    pub fn add(&mut self, path: &Path, books: &Books, faju: &Faju, asker: &Asker) -> Result<(), AppError> {
        let (mut rows, mut used) = (0, 0);
        for (_, labelled) in read::<Labelled>(path)? {
            rows += 1;
            let Labelled { row, keywords, answer, silver } = labelled;
            let question = question(row, books, faju, asker)?;
            let places = |ids: &Vec<String>| -> Vec<u32> {
                ids.iter().filter_map(|id| books.place(id)).map(|place| place as u32).collect()
            };
            let right: Vec<Vec<u32>> = question.wanted.iter().map(|wanted| places(&wanted.right)).collect();
            if right.is_empty() {
                continue;
            }
            let long = question.query.chars().count() > FACTS_LENGTH;
            let weight = if silver { SILVER } else { 1.0 } * if long { FACTS } else { 1.0 };
            let mut texts = vec![(question.query, weight)];
            texts.extend(keywords.map(|text| (text, weight * KEYWORDS)));
            texts.extend(answer.map(|text| (text, weight * ANSWER)));
            used += 1;
            self.examples.push(Example { texts, right });
            self.set_of.push(self.sets.len());
        }
        self.sets.push(TrainedSet { name: stem(path), rows, used });
        Ok(())
    }

    /// What the header of the model says.
    pub fn provenance(&self, options: &Options) -> Provenance {
        let text = format!(
            "faju {} train：库中 {} 条条文，{} 个带标注的问题，种子 {}",
            env!("CARGO_PKG_VERSION"),
            self.provisions.len(),
            self.examples.len(),
            options.seed
        );
        Provenance { text, sets: self.sets.iter().map(|set| set.name.clone()).collect() }
    }
}

/// Whether the instruments of a level repeat each other from place to place.
fn is_local(level: Option<AuthorityLevel>) -> bool {
    use AuthorityLevel as Level;
    !matches!(
        level,
        Some(
            Level::Constitution
                | Level::Law
                | Level::AdministrativeRegulation
                | Level::SupervisionRegulation
                | Level::DepartmentalRule
                | Level::JudicialInterpretation
        )
    )
}
