//! The provisions whose vectors are nearest to that of a question. The signatures of all are compared, a fifth of the bytes; the
//! vectors only of those whose signatures are nearest.

use super::bits::Bits;
use super::vectors::SegmentVectors;
use crate::rank::association::{DIMENSION_MAX, Probe};
use std::cmp::Ordering;
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
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Near {
    /// Place of its segment.
    pub segment: usize,
    /// Document in the segment.
    pub doc: DocId,
    /// Cosine of the two vectors.
    pub cosine: f32,
}

/// How far every provision of each segment is from a question, by signatures.
pub fn distances(vectors: &[SegmentVectors], question: &Probe) -> Vec<Vec<u16>> {
    vectors.iter().map(|vectors| vectors.distances(question)).collect()
}

/// The nearest of those allowed in each segment, nearest first: of [`Wanted::looked_at`] with the least distances those with the
/// greatest cosines. Texts that are equally near come in the order of their ids (`key`), wherever they lie in the index.
pub fn nearest<K: Ord>(
    vectors: &[SegmentVectors],
    distances: &[Vec<u16>],
    allowed: &[Bits],
    question: &Probe,
    wanted: Wanted,
    key: &dyn Fn(&Near) -> K,
) -> Vec<Near> {
    let farthest = farthest(distances, allowed, wanted.looked_at);
    let mut near = Vec::new();
    for (segment, ((vectors, distances), allowed)) in vectors.iter().zip(distances).zip(allowed).enumerate() {
        let close = |doc: &DocId| distances.get(*doc as usize).is_some_and(|distance| *distance <= farthest);
        let looked_at = allowed.iter().filter(close).map(|doc| {
            let cosine = vectors.cosine(question, doc as usize);
            Near { segment, doc, cosine }
        });
        near.extend(looked_at.filter(|near| near.cosine > 0.0));
    }
    let last = wanted.nearest.saturating_sub(1);
    if near.len() > wanted.nearest {
        let (_, least, _) = near.select_nth_unstable_by(last, farther);
        let least = least.cosine;
        near.retain(|near| near.cosine >= least);
    }
    sort(&mut near, key);
    near.truncate(wanted.nearest);
    near
}

fn farther(one: &Near, other: &Near) -> Ordering {
    other.cosine.total_cmp(&one.cosine)
}

/// Sorts, nearest first, then by `key`.
pub fn sort<K: Ord>(near: &mut [Near], key: &dyn Fn(&Near) -> K) {
    near.sort_by(farther);
    near.chunk_by_mut(|one, other| farther(one, other).is_eq())
        .filter(|equal| equal.len() > 1)
        .for_each(|equal| equal.sort_by_cached_key(|near| key(near)));
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
