//! Places of a segment by their scores, and the best of them.

use super::After;
use crate::index::EngineError;
use crate::index::embedded::leaf::Leaf;
use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use tantivy::DocId;
use tantivy::columnar::TermOrdHit;

/// A document with its score; the greater comes first in an answer. Of equal scores its id decides, which is only then
/// looked up.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// Columns of its segment.
    pub leaf: &'a Leaf,
    /// Its score.
    pub score: u32,
    /// Its number in the segment.
    pub doc: DocId,
}

impl Place<'_> {
    /// The number of its id, see [`ord`].
    pub fn ord(&self) -> u64 {
        ord(self.leaf, self.doc)
    }
}

impl Ord for Place<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.score.cmp(&other.score).then_with(|| (other.ord(), self.doc).cmp(&(self.ord(), other.doc)))
    }
}

impl PartialOrd for Place<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Place<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Place<'_> {}

/// The best places of a segment.
pub struct Top<'a> {
    /// The places, the worst on top.
    pub heap: BinaryHeap<Reverse<Place<'a>>>,
    /// How many are wanted.
    pub wanted: usize,
    /// What is scored lower is not among them.
    pub threshold: u32,
}

impl<'a> Top<'a> {
    /// Keeps a place if it is good enough; answers with the score below which nothing is.
    pub fn push(&mut self, place: Place<'a>) -> u32 {
        if self.heap.len() < self.wanted {
            self.heap.push(Reverse(place));
        } else if let Some(mut worst) = self.heap.peek_mut()
            && worst.0 < place
        {
            *worst = Reverse(place);
        }
        if self.heap.len() == self.wanted
            && let Some(worst) = self.heap.peek()
        {
            self.threshold = self.threshold.max(worst.0.score);
        }
        self.threshold
    }
}

/// A place of the order, seen from one segment.
pub struct Bound {
    score: u32,
    /// Ids from this number on come after it.
    from: u64,
}

impl Bound {
    /// The place as this segment has it.
    pub fn new(leaf: &Leaf, after: After<'_>) -> Result<Bound, EngineError> {
        let Some(ids) = &leaf.ids else { return Ok(Bound { score: after.score, from: 0 }) };
        let hit =
            ids.dictionary().term_ord_or_next(after.id).map_err(|error| EngineError::Storage(error.to_string()))?;
        let from = match hit {
            TermOrdHit::Exact(ord) => ord + 1,
            TermOrdHit::Next(ord) => ord,
        };
        Ok(Bound { score: after.score, from })
    }

    /// Whether the bound comes before a place.
    pub fn is_before(&self, place: &Place<'_>) -> bool {
        place.score < self.score || (place.score == self.score && place.ord() >= self.from)
    }
}

/// Number of a document's id among those of its segment.
pub fn ord(leaf: &Leaf, doc: DocId) -> u64 {
    leaf.ids.as_ref().and_then(|ids| ids.ords().first(doc)).unwrap_or(u64::MAX)
}

/// An id by its number.
pub fn id(leaf: &Leaf, ord: u64) -> Result<String, EngineError> {
    let mut text = String::new();
    if let Some(ids) = &leaf.ids {
        ids.ord_to_str(ord, &mut text).map_err(|error| EngineError::Storage(error.to_string()))?;
    }
    Ok(text)
}
