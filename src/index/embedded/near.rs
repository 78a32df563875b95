//! The provisions whose vectors are nearest to that of a question: all admitted ones are compared.

use super::bits::Bits;
use super::vectors::SegmentVectors;
use crate::rank::association::Probe;
use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use tantivy::DocId;

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

/// The nearest of those allowed in each segment, nearest first.
pub fn nearest<'a>(
    segments: impl Iterator<Item = (&'a SegmentVectors, &'a Bits)>,
    question: &Probe,
    wanted: usize,
) -> Vec<Near> {
    let mut best: BinaryHeap<Reverse<Near>> = BinaryHeap::with_capacity(wanted + 1);
    let mut least = 0.0;
    for (segment, (vectors, allowed)) in segments.enumerate() {
        for doc in allowed.iter() {
            let cosine = vectors.cosine(question, doc as usize);
            if cosine <= least {
                continue;
            }
            best.push(Reverse(Near { segment, doc, cosine }));
            if best.len() > wanted {
                best.pop();
                least = best.peek().map_or(0.0, |worst| worst.0.cosine);
            }
        }
    }
    best.into_sorted_vec().into_iter().map(|near| near.0).collect()
}
