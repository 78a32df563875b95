//! Ranks every provision for a question by words and vector together: for hard negatives and for held-out questions.

use super::super::association::{Bag, Vector, dot};
use super::lexical::Lexical;
use super::table::{Side, Table};
use rayon::prelude::*;

/// What the lexical score, as a part of the best one, counts beside the scaled cosine.
pub const LEXICAL: f32 = 8.0;
/// Hard negatives kept for a question.
const NEGATIVES: usize = 60;
/// Questions that are compared with a provision while it is at hand.
const AT_ONCE: usize = 8;

/// The vectors of all provisions, side by side.
pub struct Vectors {
    dimension: usize,
    scales: Vec<f32>,
    components: Vec<i8>,
}

impl Vectors {
    /// Encodes all bags.
    pub fn new(table: &Table, bags: &[Bag]) -> Vectors {
        let all: Vec<Vector> = bags.par_iter().map(|bag| table.vector(bag, Side::Provision)).collect();
        let mut components = Vec::with_capacity(all.len() * table.dimension);
        all.iter().for_each(|vector| components.extend(vector.components()));
        Vectors { dimension: table.dimension, scales: all.iter().map(Vector::scale).collect(), components }
    }

    /// The cosines of some questions with every provision: a row a question.
    fn cosines(&self, questions: &[Vector]) -> Vec<Vec<f32>> {
        let mut cosines: Vec<Vec<f32>> = questions.iter().map(|_| Vec::with_capacity(self.scales.len())).collect();
        for (components, scale) in self.components.chunks_exact(self.dimension).zip(&self.scales) {
            for (question, cosines) in questions.iter().zip(&mut cosines) {
                cosines.push(dot(question.components(), components) as f32 * question.scale() * scale);
            }
        }
        cosines
    }
}

/// A text that is asked.
pub struct Asked {
    /// Its known tokens.
    pub bag: Bag,
    /// Its tokens for the lexical score.
    pub tokens: Vec<u32>,
    /// Provisions that are right, in order.
    pub right: Vec<u32>,
    /// What it counts.
    pub weight: f32,
    /// The best lexical score.
    pub best: f32,
    /// Wrong provisions that rank high.
    pub negatives: Vec<u32>,
}

/// Finds the hard negatives of every text.
pub fn mine(table: &Table, lexical: &Lexical, vectors: &Vectors, asked: &mut [Asked]) {
    asked.par_chunks_mut(AT_ONCE).for_each(|asked| {
        let questions: Vec<Vector> = asked.iter().map(|asked| table.vector(&asked.bag, Side::Question)).collect();
        let mut scores = vec![0f32; vectors.scales.len()];
        for (asked, cosines) in asked.iter_mut().zip(vectors.cosines(&questions)) {
            asked.best = fused(lexical, &asked.tokens, table.scale, &cosines, &mut scores);
            asked.negatives = top(&scores, NEGATIVES + asked.right.len());
            asked.negatives.retain(|provision| asked.right.binary_search(provision).is_err());
            asked.negatives.truncate(NEGATIVES);
        }
    });
}

/// Fills in the scores by words and vector; answers with the best score by words.
fn fused(lexical: &Lexical, tokens: &[u32], scale: f32, cosines: &[f32], scores: &mut [f32]) -> f32 {
    lexical.all(tokens, scores);
    let best = scores.iter().copied().fold(1e-3, f32::max);
    scores.iter_mut().zip(cosines).for_each(|(score, cosine)| *score = LEXICAL * *score / best + scale * cosine);
    best
}

/// The best provisions, best first; equal ones in their order.
fn top(scores: &[f32], count: usize) -> Vec<u32> {
    let better =
        |one: &u32, other: &u32| scores[*other as usize].total_cmp(&scores[*one as usize]).then_with(|| one.cmp(other));
    let mut all: Vec<u32> = (0..scores.len() as u32).collect();
    if count > 0 && count < all.len() {
        all.select_nth_unstable_by(count, better);
        all.truncate(count);
    }
    all.sort_unstable_by(better);
    all
}

/// For each text the ranks of some provisions, from 1 on: by words and vector, and by the vector alone. Of those that are
/// the same one the best rank counts.
pub fn ranks(
    table: &Table,
    lexical: &Lexical,
    vectors: &Vectors,
    asked: &[(Asked, &[Vec<u32>])],
) -> Vec<[Vec<usize>; 2]> {
    let of_some = |asked: &[(Asked, &[Vec<u32>])]| -> Vec<[Vec<usize>; 2]> {
        let questions: Vec<Vector> = asked.iter().map(|(asked, _)| table.vector(&asked.bag, Side::Question)).collect();
        let mut scores = vec![0f32; vectors.scales.len()];
        let both = |((asked, right), cosines): (&(Asked, &[Vec<u32>]), Vec<f32>)| {
            fused(lexical, &asked.tokens, table.scale, &cosines, &mut scores);
            [places(&scores, right), places(&cosines, right)]
        };
        asked.iter().zip(vectors.cosines(&questions)).map(both).collect()
    };
    asked.par_chunks(AT_ONCE).flat_map_iter(of_some).collect()
}

fn places(scores: &[f32], right: &[Vec<u32>]) -> Vec<usize> {
    let place = |provision: &u32| {
        let own = scores[*provision as usize];
        let before = |(other, score): (u32, &f32)| *score > own || (*score == own && other < *provision);
        1 + (0u32..).zip(scores).filter(|scored| before(*scored)).count()
    };
    right.iter().filter_map(|same| same.iter().map(place).min()).collect()
}
