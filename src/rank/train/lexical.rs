//! What words alone find: BM25 over words and pairs. The loss contains it, so that the model learns what it lacks.

use super::corpus::Corpus;

/// Saturation of a token's frequency.
const K1: f32 = 1.2;
/// How much a long text is held against it.
const B: f32 = 0.75;
/// Words and pairs count half each.
const HALF: f32 = 0.5;
/// A token that so large a part of the provisions has says nothing, if there are others.
const EVERYWHERE: f32 = 0.1;

/// The corpus with the score of each token in each provision.
pub struct Lexical {
    /// For each provision its tokens with scores, in the order of the tokens.
    ends: Vec<usize>,
    tokens: Vec<(u32, f32)>,
    /// The same the other way round.
    token_starts: Vec<usize>,
    postings: Vec<(u32, f32)>,
    rarity: Vec<f32>,
}

impl Lexical {
    /// Counts and scores.
    pub fn new(corpus: &Corpus) -> Lexical {
        let mut lexical = Lexical::counted(corpus);
        let mut counts = vec![0usize; corpus.tokens.len() + 1];
        for (token, _) in &lexical.tokens {
            counts[*token as usize + 1] += 1;
        }
        let all = corpus.len() as f32;
        let rarity = |with: &usize| (1.0 + (all - *with as f32 + 0.5) / (*with as f32 + 0.5)).ln();
        lexical.rarity = counts[1..].iter().map(rarity).collect();
        for token in 1..counts.len() {
            counts[token] += counts[token - 1];
        }
        lexical.token_starts = counts.clone();
        lexical.postings = vec![(0, 0.0); lexical.tokens.len()];
        let mut start = 0;
        for (provision, end) in (0u32..).zip(&lexical.ends) {
            for (token, score) in &mut lexical.tokens[start..*end] {
                *score *= HALF * lexical.rarity[*token as usize];
                let place = &mut counts[*token as usize];
                lexical.postings[*place] = (provision, *score);
                *place += 1;
            }
            start = *end;
        }
        lexical
    }

    /// The saturated frequencies of every provision.
    fn counted(corpus: &Corpus) -> Lexical {
        let mut lengths = vec![[0f32; 2]; corpus.len()];
        for (provision, [words, pairs]) in lengths.iter_mut().enumerate() {
            for (token, count) in corpus.text.row(provision) {
                *(if corpus.is_pair(*token) { &mut *pairs } else { &mut *words }) += *count as f32;
            }
            *words += corpus.around.row(provision).iter().map(|(_, count)| *count as f32).sum::<f32>();
        }
        let mean = |which: usize| {
            let sum: f64 = lengths.iter().map(|lengths| f64::from(lengths[which])).sum();
            (sum / corpus.len().max(1) as f64).max(1.0) as f32
        };
        let means = [mean(0), mean(1)];
        let (mut ends, mut tokens) = (Vec::with_capacity(corpus.len()), Vec::new());
        for (provision, lengths) in lengths.iter().enumerate() {
            let start = tokens.len();
            let (text, around) = (corpus.text.row(provision), corpus.around.row(provision));
            tokens.extend(text.iter().chain(around).map(|(token, count)| (*token, *count as f32)));
            let row: &mut [(u32, f32)] = &mut tokens[start..];
            row.sort_by_key(|(token, _)| *token);
            let mut kept = start;
            for place in start..tokens.len() {
                if kept > start && tokens[kept - 1].0 == tokens[place].0 {
                    tokens[kept - 1].1 += tokens[place].1;
                } else {
                    tokens[kept] = tokens[place];
                    kept += 1;
                }
            }
            tokens.truncate(kept);
            for (token, count) in &mut tokens[start..] {
                let which = usize::from(corpus.is_pair(*token));
                *count = *count * (K1 + 1.0) / (*count + K1 * (1.0 - B + B * lengths[which] / means[which]));
            }
            ends.push(tokens.len());
        }
        Lexical { ends, tokens, token_starts: Vec::new(), postings: Vec::new(), rarity: Vec::new() }
    }

    fn postings(&self, token: u32) -> &[(u32, f32)] {
        &self.postings[self.token_starts[token as usize]..self.token_starts[token as usize + 1]]
    }

    /// In how many provisions a token stands.
    pub fn provisions_with(&self, token: u32) -> u32 {
        self.postings(token).len() as u32
    }

    /// With which weight a row begins.
    pub fn first_weight(&self, corpus: &Corpus, token: u32) -> f32 {
        self.rarity[token as usize] * if corpus.is_pair(token) { 0.7 } else { 1.0 } / 8.0
    }

    /// A question without the tokens that stand everywhere, unless it has no others.
    pub fn question(&self, mut tokens: Vec<u32>) -> Vec<u32> {
        let limit = (self.ends.len() as f32 * EVERYWHERE) as u32;
        let telling = |token: &u32| self.provisions_with(*token) <= limit;
        if tokens.iter().any(telling) {
            tokens.retain(telling);
        }
        tokens
    }

    /// The score of every provision.
    pub fn all(&self, question: &[u32], scores: &mut [f32]) {
        scores.fill(0.0);
        for token in question {
            for (provision, score) in self.postings(*token) {
                scores[*provision as usize] += score;
            }
        }
    }

    /// The score of one provision.
    pub fn one(&self, question: &[u32], provision: u32) -> f32 {
        let provision = provision as usize;
        let start = provision.checked_sub(1).map_or(0, |before| self.ends[before]);
        let row = &self.tokens[start..self.ends[provision]];
        let score = |token: &u32| row.binary_search_by_key(token, |(token, _)| *token).map_or(0.0, |at| row[at].1);
        question.iter().map(score).sum()
    }
}
