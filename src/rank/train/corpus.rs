//! The corpus as counted tokens.

use super::super::association::{Bag, Cut, weighed};
use super::Provision;
use crate::text::fold::fold_str;
use rayon::prelude::*;
use std::collections::HashMap;

/// Provisions cut at once: bounds the memory of their words.
const ROUND: usize = 4096;

/// A token: words stand before pairs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Token {
    /// A word.
    Word(String),
    /// Two neighbouring characters.
    Pair([char; 2]),
}

/// Tokens with their counts, a row for each provision.
#[derive(Debug, Default)]
pub struct Counted {
    ends: Vec<usize>,
    tokens: Vec<(u32, u32)>,
}

impl Counted {
    fn push(&mut self, mut tokens: Vec<u32>) {
        tokens.sort_unstable();
        let mut rest = tokens.as_slice();
        while let Some(first) = rest.first() {
            let count = rest.iter().take_while(|token| *token == first).count();
            self.tokens.push((*first, count as u32));
            rest = &rest[count..];
        }
        self.ends.push(self.tokens.len());
    }

    /// The row of a provision, in the order of the tokens.
    pub fn row(&self, provision: usize) -> &[(u32, u32)] {
        let start = provision.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.tokens[start..self.ends[provision]]
    }
}

/// All provisions, cut.
#[derive(Debug, Default)]
pub struct Corpus {
    /// Every token, by its number.
    pub tokens: Vec<Token>,
    words: HashMap<String, u32>,
    pairs: HashMap<[char; 2], u32>,
    /// Words and pairs of texts.
    pub text: Counted,
    /// Words of titles and headings.
    pub around: Counted,
}

/// Words, pairs, and words around of one provision.
type Pieces = (Vec<String>, Vec<[char; 2]>, Vec<String>);

impl Corpus {
    /// Cuts all provisions, on all cores; tokens are numbered in the order of the texts.
    pub fn read(provisions: &[Provision]) -> Corpus {
        let mut corpus = Corpus::default();
        for round in provisions.chunks(ROUND) {
            let cut: Vec<Pieces> = round.par_iter().map(pieces).collect();
            for (words, pairs, around) in cut {
                let mut text: Vec<u32> = words.into_iter().map(|word| corpus.word(word)).collect();
                text.extend(pairs.into_iter().map(|pair| corpus.pair(pair)));
                corpus.text.push(text);
                let around = around.into_iter().map(|word| corpus.word(word)).collect();
                corpus.around.push(around);
            }
        }
        corpus
    }

    fn word(&mut self, word: String) -> u32 {
        let tokens = &mut self.tokens;
        *self.words.entry(word).or_insert_with_key(|word| {
            tokens.push(Token::Word(word.clone()));
            tokens.len() as u32 - 1
        })
    }

    fn pair(&mut self, pair: [char; 2]) -> u32 {
        let tokens = &mut self.tokens;
        *self.pairs.entry(pair).or_insert_with(|| {
            tokens.push(Token::Pair(pair));
            tokens.len() as u32 - 1
        })
    }

    /// Provisions.
    pub fn len(&self) -> usize {
        self.text.ends.len()
    }

    /// Whether a token is a pair.
    pub fn is_pair(&self, token: u32) -> bool {
        matches!(self.tokens[token as usize], Token::Pair(_))
    }

    /// The tokens of a text that the corpus has.
    pub fn known(&self, text: &str) -> Vec<u32> {
        let folded = fold_str(text);
        let cut = Cut::of(&folded);
        let words = cut.words().filter_map(|word| self.words.get(word).copied());
        words.chain(cut.pairs().filter_map(|pair| self.pairs.get(&pair).copied())).collect()
    }

    /// The words of a question that the corpus has, each once, and the pairs inside words.
    pub fn asked(&self, text: &str) -> Vec<u32> {
        let folded = fold_str(text);
        let mut found = Vec::new();
        for word in Cut::of(&folded).words() {
            found.extend(self.words.get(word).copied());
            found.extend(Cut::of(word).pairs().filter_map(|pair| self.pairs.get(&pair).copied()));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The bags of all provisions, in rows of the model.
    pub fn bags(&self, row_of: &[Option<u32>]) -> Vec<Bag> {
        let mapped = |row: &[(u32, u32)]| -> Vec<(u32, u32)> {
            row.iter().filter_map(|(token, count)| Some((row_of[*token as usize]?, *count))).collect()
        };
        let bag = |provision| weighed(&mapped(self.text.row(provision)), &mapped(self.around.row(provision)));
        (0..self.len()).into_par_iter().map(bag).collect()
    }
}

fn pieces(provision: &Provision) -> Pieces {
    let text = fold_str(&provision.text);
    let text = Cut::of(&text);
    let around: Vec<String> = [fold_str(&provision.title), fold_str(&provision.headings.join("\n"))]
        .iter()
        .flat_map(|text| Cut::of(text).words().map(str::to_string).collect::<Vec<_>>())
        .collect();
    (text.words().map(str::to_string).collect(), text.pairs().collect(), around)
}
