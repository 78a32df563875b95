//! The place of one item in the whole order, counted without making the items before it.

use super::top::{Bound, Place, ord};
use super::{After, Item, Order};
use crate::index::EngineError;
use crate::index::embedded::bits::Bits;
use crate::index::embedded::score::Walk;
use std::cmp::{Ordering, Reverse};
use tantivy::DocId;

/// What stands before a place of one segment, and what shares its class.
struct Before {
    earlier: Bits,
    same: Bits,
}

impl Order<'_> {
    /// A document as an item, if it was found.
    pub fn item(&self, segment: usize, doc: DocId) -> Result<Option<Item>, EngineError> {
        let found = &self.found[segment];
        if !found.any.contains(doc) {
            return Ok(None);
        }
        let class = self.class_of(segment, doc);
        let scores = self.ranking.lists(found.place)?.scores(&[doc], 0);
        let score = scores.first().map_or(0, |(score, _)| *score);
        let is_found = score > 0 || !self.needs_term_in(class);
        Ok(is_found.then(|| Item { class, score, segment, doc, ord: ord(found.leaf, doc) }))
    }

    /// The item of the group in which a found document lies: the best of its provisions.
    pub fn best_of_group(&self, item: &Item) -> Result<Item, EngineError> {
        let found = &self.found[item.segment];
        let Some(group) = found.leaf.group_of(item.doc) else { return Ok(item.clone()) };
        let docs = found.leaf.groups[group].docs.clone();
        let mut wanted = Bits::new(found.any.limit());
        wanted.fill(docs.clone());
        wanted.and(&found.any);
        let key = |item: &Item| (item.class, Reverse(item.score), item.ord);
        let mut best = item.clone();
        let walk = Walk { allowed: &wanted, needs_term: self.needs_term, threshold: 0 };
        self.ranking.lists(found.place)?.walk(&walk, |doc, score| {
            let class = self.class_of(item.segment, doc);
            let other = Item { class, score, segment: item.segment, doc, ord: ord(found.leaf, doc) };
            if key(&other) < key(&best) {
                best = other;
            }
            0
        });
        // What comes first may have none of the terms.
        let first = found.first.iter().flat_map(|first| &first.places);
        if let Some((_, doc)) = first.filter(|(_, doc)| docs.contains(doc)).min()
            && self.class_of(item.segment, *doc) < best.class
        {
            best = self.item(item.segment, *doc)?.unwrap_or(best);
        }
        Ok(best)
    }

    /// How many items of the order come before an item of it, whose id is given.
    pub fn count_before(&self, item: &Item, id: &str) -> Result<usize, EngineError> {
        let after = After { class: item.class, score: item.score, id };
        let mut before = Vec::with_capacity(self.found.len());
        for segment in 0..self.found.len() {
            let Before { mut earlier, same } = self.split(segment, item.class);
            let found = &self.found[segment];
            if !same.is_empty() {
                let bound = Bound::new(found.leaf, after)?;
                let needs_term = self.needs_term_in(item.class);
                let walk = Walk { allowed: &same, needs_term, threshold: item.score };
                self.ranking.lists(found.place)?.walk(&walk, |doc, score| {
                    if !bound.is_before(&Place { leaf: found.leaf, score, doc }) {
                        earlier.insert(doc);
                    }
                    item.score
                });
            }
            if segment == item.segment {
                earlier.clear(item.doc..item.doc + 1);
            }
            before.push(earlier);
        }
        Ok(self.count(&before))
    }

    /// What of a segment lies in the classes before one, and in that class itself.
    fn split(&self, segment: usize, class: u64) -> Before {
        let found = &self.found[segment];
        let limit = found.any.limit();
        let mut split = Before { earlier: Bits::new(limit), same: Bits::new(limit) };
        let places = found.first.iter().flat_map(|first| &first.places);
        places.filter(|(place, _)| *place < class).for_each(|(_, doc)| split.earlier.insert(*doc));
        for lower in [false, true] {
            let (mut earlier, mut same) = (Bits::new(limit), Bits::new(limit));
            for (place, run) in found.leaf.runs.iter().enumerate() {
                match self.by.key(self.by.of(found.leaf, place), lower).cmp(&class) {
                    Ordering::Less => earlier.fill(run.docs.clone()),
                    Ordering::Equal => same.fill(run.docs.clone()),
                    Ordering::Greater => {}
                }
            }
            let tier = self.behind_first(found, lower);
            earlier.and(&tier);
            same.and(&tier);
            split.earlier.or(&earlier);
            split.same.or(&same);
        }
        split
    }
}
