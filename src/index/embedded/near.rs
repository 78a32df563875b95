//! The provisions whose vectors are nearest to that of a question. The signatures of all are compared, a fifth of the bytes; the
//! vectors only of those whose signatures are nearest.

use super::bits::Bits;
use super::vectors::SegmentVectors;
use crate::rank::association::{DIMENSION_MAX, Probe};
use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use tantivy::DocId;

/// How many are looked for.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// So many of the nearest.
    pub nearest: usize,
    /// So many with the nearest signatures have their vectors compared.
    pub looked_at: usize,
}

/// A provision and how near it is.
#[derive(Debug, Clone, Copy)]
pub struct Near {
    /// Place of its segment.
    pub segment: usize,
    /// Document in the segment.
    pub doc: DocId,
    /// Cosine of the two vectors.
    pub cosine: f32,
}

impl Ord for Near {
    /// Nearer is greater; among equals what stands first in the index.
    fn cmp(&self, other: &Near) -> Ordering {
        let place = |near: &Near| Reverse((near.segment, near.doc));
        self.cosine.total_cmp(&other.cosine).then_with(|| place(self).cmp(&place(other)))
    }
}

impl PartialOrd for Near {
    fn partial_cmp(&self, other: &Near) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Near {
    fn eq(&self, other: &Near) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Near {}

/// How far every provision of each segment is from a question, by signatures.
pub fn distances(vectors: &[SegmentVectors], question: &Probe) -> Vec<Vec<u16>> {
    vectors.iter().map(|vectors| vectors.distances(question)).collect()
}

/// The nearest of those allowed in each segment, nearest first: of [`Wanted::looked_at`] with the least distances those with the
/// greatest cosines.
pub fn nearest(
    vectors: &[SegmentVectors],
    distances: &[Vec<u16>],
    allowed: &[Bits],
    question: &Probe,
    wanted: Wanted,
) -> Vec<Near> {
    let farthest = farthest(distances, allowed, wanted.looked_at);
    let mut best: BinaryHeap<Reverse<Near>> = BinaryHeap::with_capacity(wanted.nearest + 1);
    let mut least = 0.0;
    for (segment, ((vectors, distances), allowed)) in vectors.iter().zip(distances).zip(allowed).enumerate() {
        let close = |doc: &DocId| distances.get(*doc as usize).is_some_and(|distance| *distance <= farthest);
        for doc in allowed.iter().filter(close) {
            let cosine = vectors.cosine(question, doc as usize);
            if cosine <= least {
                continue;
            }
            best.push(Reverse(Near { segment, doc, cosine }));
            if best.len() > wanted.nearest {
                best.pop();
                least = best.peek().map_or(0.0, |worst| worst.0.cosine);
            }
        }
    }
    best.into_sorted_vec().into_iter().map(|near| near.0).collect()
}

/// The least distance within which so many of those allowed are.
fn farthest(distances: &[Vec<u16>], allowed: &[Bits], wanted: usize) -> u16 {
    let mut counts = [0; DIMENSION_MAX + 1];
    for (distances, allowed) in distances.iter().zip(allowed) {
        for distance in allowed.iter().filter_map(|doc| distances.get(doc as usize)) {
            counts[usize::from(*distance).min(DIMENSION_MAX)] += 1;
        }
    }
    let mut within = 0;
    let is_enough = |count: &usize| {
        within += count;
        within >= wanted
    };
    counts.iter().position(is_enough).unwrap_or(DIMENSION_MAX) as u16
}
