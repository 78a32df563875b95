//! Learns a [`Model`]: first from the corpus alone (one half of a provision calls for the other, headings call for their
//! text), then from labelled questions, with hard negatives and the lexical score in the loss, so that the model learns
//! what words alone do not find. Batches of the first kind stay mixed in, because what is learned from few famous
//! provisions must not be paid with the others.
//!
//! Pure and deterministic: the same material, options and seed give the same bytes, whatever the number of threads.

mod corpus;
pub mod fusion;
mod halves;
mod lexical;
mod mine;
mod table;
#[cfg(test)]
mod tests;
mod tune;

use super::association::{About, Bag, Ids, Model};
use super::random::Random;
use crate::text::words::Segmenter;
use corpus::{Corpus, Token};
use lexical::Lexical;
use table::{Learner, Table};
pub use tune::{Epoch, Held, Ranked, Tuned};

/// Parts of the labelled questions in cross-validation.
pub const FOLDS: u64 = 5;

/// A provision to learn from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provision {
    /// Its instrument; those of one instrument are each other's hard negatives.
    pub instrument: u32,
    /// Title of the instrument.
    pub title: String,
    /// Headings above it.
    pub headings: Vec<String>,
    /// Its text without its number.
    pub text: String,
    /// Whether it is of a local instrument: these repeat each other, so that a third of them is enough.
    pub local: bool,
}

/// A labelled question.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// The question first, then other texts that lead to the same provisions (keywords, an answer), with their weights.
    pub texts: Vec<(String, f32)>,
    /// The provisions that answer it; each with those that are the same one (places in the list of provisions).
    pub right: Vec<Vec<u32>>,
}

impl Example {
    /// The question.
    pub fn question(&self) -> &str {
        self.texts.first().map_or("", |(text, _)| text)
    }

    /// In which of so many parts the question falls.
    pub fn part(&self, of: u64) -> u64 {
        part(self.question(), of)
    }
}

/// In which of so many parts a question falls, by its text alone.
pub fn part(question: &str, of: u64) -> u64 {
    let mut hash = 0xCBF2_9CE4_8422_2325u64;
    for byte in question.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
    }
    (hash ^ (hash >> 29)) % of.max(1)
}

/// How to learn.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Every random choice comes from it.
    pub seed: u64,
    /// Components of a vector.
    pub dimension: usize,
    /// Rows at most.
    pub vocabulary: usize,
    /// Rounds over the corpus alone.
    pub corpus_epochs: usize,
    /// Rounds over the labelled questions at most.
    pub epochs: usize,
    /// Batches of the corpus behind each batch of questions.
    pub mixed: usize,
    /// Tables that learn from the questions, each in another order; their mean is the model.
    pub members: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options { seed: 1, dimension: 256, vocabulary: 44_000, corpus_epochs: 3, epochs: 4, mixed: 2, members: 4 }
    }
}

/// What is going on.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// The corpus was cut: provisions, tokens of all texts, rows of the model.
    Read {
        /// Provisions.
        provisions: usize,
        /// Different tokens.
        tokens: usize,
        /// Tokens that get a row.
        rows: usize,
    },
    /// A round over the corpus alone is done.
    Corpus(Epoch),
    /// A round over the labelled questions is done.
    Questions(Epoch),
}

/// The corpus cut and learned from, ready for labelled questions: as often as one likes.
pub struct Prepared<'a> {
    provisions: &'a [Provision],
    examples: &'a [Example],
    options: Options,
    corpus: Corpus,
    lexical: Lexical,
    bags: Vec<Bag>,
    words: Vec<String>,
    pairs: Vec<[char; 2]>,
    ids: Ids,
    table: Table,
}

impl<'a> Prepared<'a> {
    /// Cuts the corpus and learns from it alone. What the examples say is not used, only which tokens their texts have,
    /// and of these only those that occur in two parts, so that no part is known beforehand.
    pub fn new(
        provisions: &'a [Provision],
        examples: &'a [Example],
        options: Options,
        told: &mut dyn FnMut(Step),
    ) -> Prepared<'a> {
        let corpus = Corpus::read(provisions);
        let lexical = Lexical::new(&corpus);
        let chosen = vocabulary(&corpus, &lexical, examples, options.vocabulary);
        told(Step::Read { provisions: provisions.len(), tokens: corpus.tokens.len(), rows: chosen.len() });
        let mut row_of = vec![None; corpus.tokens.len()];
        for (row, token) in (0u32..).zip(&chosen) {
            row_of[*token as usize] = Some(row);
        }
        let bags = corpus.bags(&row_of);
        let (mut words, mut pairs) = (Vec::new(), Vec::new());
        for token in &chosen {
            match &corpus.tokens[*token as usize] {
                Token::Word(word) => words.push(word.clone()),
                Token::Pair(pair) => pairs.push(*pair),
            }
        }
        let weights = chosen.iter().map(|token| lexical.first_weight(&corpus, *token)).collect();
        let table = Table::new(options.dimension, weights, &mut Random(options.seed));
        let ids = Ids::new(&words, &pairs);
        let mut prepared = Prepared { provisions, examples, options, corpus, lexical, bags, words, pairs, ids, table };
        prepared.learn_from_corpus(told);
        prepared
    }

    fn learn_from_corpus(&mut self, told: &mut dyn FnMut(Step)) {
        let mut random = Random(self.options.seed.wrapping_add(7));
        let mut learner = Learner::new(self.table.clone());
        for epoch in 1..=self.options.corpus_epochs {
            let pairs = halves::pairs(self.provisions, &self.ids, &mut random);
            let rate = if epoch == self.options.corpus_epochs { 0.4 } else { 1.0 };
            let losses: Vec<f32> =
                pairs.chunks(halves::BATCH).map(|batch| halves::learn(&mut learner, batch, 1.0, rate)).collect();
            let loss = losses.iter().sum::<f32>() / losses.len().max(1) as f32;
            told(Step::Corpus(Epoch { epoch, loss, held_out: None }));
        }
        self.table = learner.into_table();
        self.table.scale = table::FIRST_SCALE;
    }

    /// The labelled questions.
    pub fn examples(&self) -> &'a [Example] {
        self.examples
    }

    /// The model of a table.
    fn model(&self, table: &Table, provenance: &Provenance, questions: usize) -> Model {
        let about = About {
            provenance: provenance.text.clone(),
            sets: provenance.sets.clone(),
            seed: self.options.seed,
            provisions: self.provisions.len() as u64,
            questions: questions as u64,
            segmenter: Segmenter::shared().fingerprint().to_string(),
            dimension: self.options.dimension as u32,
            words: self.words.len() as u32,
            pairs: self.pairs.len() as u32,
            scale: table.scale,
        };
        Model::new(about, self.words.clone(), self.pairs.clone(), table.rounded())
    }
}

/// What the header of a model says of its origin.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Provenance {
    /// Who made it of what, as a sentence.
    pub text: String,
    /// Names of the labelled sets.
    pub sets: Vec<String>,
}

/// Tokens that stand in fewer provisions get no row.
const SEEN_LEAST: u32 = 3;
/// What a pair counts beside a word when rows are given out.
const PAIR_SHARE: f32 = 0.3;
/// What a question counts beside a provision when rows are given out.
const QUESTION_SHARE: f32 = 30.0;

/// The tokens that get a row: words, then pairs, each sorted by its characters.
fn vocabulary(corpus: &Corpus, lexical: &Lexical, examples: &[Example], size: usize) -> Vec<u32> {
    let mut asked = vec![(0u32, 0u32); corpus.tokens.len()];
    for example in examples {
        let part = 1u32 << example.part(FOLDS);
        for (text, _) in &example.texts {
            for token in corpus.known(text) {
                let (count, parts) = &mut asked[token as usize];
                *count += 1;
                *parts |= part;
            }
        }
    }
    let score = |token: u32| {
        let (count, parts) = asked[token as usize];
        let asked = if parts.count_ones() > 1 { QUESTION_SHARE * count as f32 } else { 0.0 };
        let share = if corpus.is_pair(token) { PAIR_SHARE } else { 1.0 };
        asked + share * lexical.provisions_with(token) as f32
    };
    let mut chosen: Vec<u32> =
        (0..corpus.tokens.len() as u32).filter(|token| lexical.provisions_with(*token) >= SEEN_LEAST).collect();
    chosen.sort_by(|one, other| score(*other).total_cmp(&score(*one)).then(one.cmp(other)));
    chosen.truncate(size);
    chosen.sort_by(|one, other| corpus.tokens[*one as usize].cmp(&corpus.tokens[*other as usize]));
    chosen
}
