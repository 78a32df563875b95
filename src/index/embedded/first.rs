//! Provisions that come first because they were asked for by name.

use super::admitted::Admitted;
use super::bits::Bits;
use super::leaf::{Leaf, Run};
use tantivy::DocId;

/// So many come first by name at most.
pub const NAMED_MAX: u64 = 16;
/// Places of what comes first end here.
pub const FIRST_MAX: u64 = 1024;

/// What comes first in a segment.
#[derive(Clone)]
pub struct First {
    /// The documents.
    pub bits: Bits,
    /// Place in the order of what comes first, and document; ascending.
    pub places: Vec<(u64, DocId)>,
}

impl First {
    /// Nothing yet, of a segment with so many documents.
    pub fn new(limit: u32) -> First {
        First { bits: Bits::new(limit), places: Vec::new() }
    }

    /// Adds a document behind the others, unless it is there.
    pub fn add(&mut self, place: u64, doc: DocId) {
        if place < FIRST_MAX && !self.bits.contains(doc) {
            self.bits.insert(doc);
            self.places.push((place, doc));
        }
    }

    /// Whether a document is among them.
    pub fn has(&self, doc: DocId) -> bool {
        self.bits.contains(doc)
    }

    /// Place of a document in the list.
    pub fn place(&self, doc: DocId) -> Option<u64> {
        let known = self.bits.contains(doc);
        self.places.iter().find(|(_, other)| known && *other == doc).map(|(place, _)| *place)
    }

    /// Those that only the default status filter would leave out: what is asked for by name is wanted whatever has become
    /// of it.
    pub fn uncovered<'a>(&'a self, hidden: &'a Bits, matched: &'a Bits) -> impl Iterator<Item = DocId> + 'a {
        self.places.iter().map(|(_, doc)| *doc).filter(|doc| hidden.contains(*doc) && matched.contains(*doc))
    }
}

/// The documents of a segment that ids name, among those shown or hidden by the default status filter; `None` if there is
/// none of them.
pub fn first(leaf: &Leaf, ids: &[String], admitted: &Admitted) -> Option<First> {
    if ids.is_empty() {
        return None;
    }
    let mut named = admitted.shown.clone();
    named.or(&admitted.hidden);
    let mut found = First::new(named.limit());
    for (place, id) in (0..NAMED_MAX).zip(ids) {
        if let Some(doc) = document(leaf, id, &named) {
            found.add(place, doc);
        }
    }
    (!found.places.is_empty()).then_some(found)
}

/// The document of a provision id among some; of the id of a version or case the first one that may be found.
pub fn document(leaf: &Leaf, id: &str, named: &Bits) -> Option<DocId> {
    let first = |run: &Run| named.next(run.docs.start).filter(|doc| *doc < run.docs.end);
    if let Some(doc) = leaf.runs_of(id).find_map(first) {
        return Some(doc);
    }
    let ids = leaf.ids.as_ref()?;
    let ord = ids.dictionary().term_ord(id).ok().flatten()?;
    // The id of a case may have strokes of its own.
    let versions = id.match_indices('/').filter_map(|(at, _)| id.get(..at));
    let mut docs = versions.flat_map(|version| leaf.runs_of(version)).flat_map(|run| run.docs.clone());
    docs.find(|doc| named.contains(*doc) && ids.ords().first(*doc) == Some(ord))
}
