//! The order of an answer, and the items of a page of it.
//!
//! Items are ordered by class, then score, then provision id. A class is what comes before the score: the tier (all the
//! words, or some), the authority, the date. Classes are taken one after the other until a page is full; those before the
//! page are only counted. Each thing that was asked for by name is a class of its own, before all others.

mod rank;
mod top;

use super::bits::Bits;
use super::first::{FIRST_MAX, First};
use super::leaf::{Leaf, NO_DAY};
use super::score::{Ranking, Walk};
use crate::index::EngineError;
use crate::query::Sort;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use tantivy::DocId;
pub use top::ord;
use top::{Bound, Place, Top, id};

/// A segment with what matched in it.
pub struct Found<'a> {
    /// Its place in the generation.
    pub place: usize,
    /// Its columns.
    pub leaf: &'a Leaf,
    /// What matches, or with [`Order::needs_term`] what may.
    pub any: Bits,
    /// Those that have all the words; `None` if there are no tiers.
    pub all: Option<Bits>,
    /// Those that come first; `None` if there is none.
    pub first: Option<First>,
}

impl Found<'_> {
    /// What of it holds everywhere.
    pub fn everywhere(&self) -> Found<'_> {
        let without = |bits: &Bits| {
            let mut bits = bits.clone();
            bits.and_not(self.leaf.local());
            bits
        };
        Found { any: without(&self.any), all: self.all.as_ref().map(without), first: None, ..*self }
    }
}

/// One item of an answer: a provision, alone or as the best of its group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its class.
    pub class: u64,
    /// Its score.
    pub score: u32,
    /// Place of its segment.
    pub segment: usize,
    /// Document in the segment.
    pub doc: DocId,
    /// Place of its id among those of the segment.
    pub ord: u64,
}

/// Where to go on: after this place of the order.
#[derive(Debug, Clone, Copy)]
pub struct After<'a> {
    /// Class of the last item.
    pub class: u64,
    /// Its score.
    pub score: u32,
    /// Its provision id.
    pub id: &'a str,
}

/// How an answer is ordered.
pub struct Order<'a> {
    /// What was found, for each segment.
    pub found: &'a [Found<'a>],
    /// Its terms.
    pub ranking: &'a Ranking<'a>,
    /// What comes before the score.
    pub by: By,
    /// Whether items are groups.
    pub grouped: bool,
    /// Whether what matches is decided by the ranking terms themselves.
    pub needs_term: bool,
}

/// Greater fines are sorted as this one, in fen.
const FINES_MAX: u64 = 1 << 56;

/// What classes are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Only the tier.
    Relevance,
    /// Length of the title: who asks for a title alone wants the one that is nearest to it.
    TitleLength,
    /// Newest first.
    DateDesc,
    /// Oldest first.
    DateAsc,
    /// Place in the list of levels.
    Authority,
    /// Highest fine first.
    FinesDesc,
    /// Lowest fine first.
    FinesAsc,
}

impl By {
    /// The classes of a sort.
    pub fn new(sort: Sort, title_only: bool) -> By {
        match sort {
            Sort::Relevance if title_only => By::TitleLength,
            Sort::Relevance => By::Relevance,
            Sort::DateDesc => By::DateDesc,
            Sort::DateAsc => By::DateAsc,
            Sort::Authority => By::Authority,
            Sort::FinesDesc => By::FinesDesc,
            Sort::FinesAsc => By::FinesAsc,
        }
    }

    /// Whether a value of the version decides, and how well the words fit does not.
    pub fn is_value(self) -> bool {
        matches!(self, By::DateDesc | By::DateAsc | By::FinesDesc | By::FinesAsc)
    }

    /// A class from what a run says and the tier; the lowest comes first.
    fn key(self, greater: u64, lower: bool) -> u64 {
        let key = match self {
            By::TitleLength => u64::from(lower) << u32::BITS | greater,
            _ => greater << 1 | u64::from(lower),
        };
        key + FIRST_MAX
    }

    /// What the run of a document gives to its class.
    fn of(self, leaf: &Leaf, run: usize) -> u64 {
        let head = || leaf.head(&leaf.runs[run]);
        let day = || leaf.days[leaf.runs[run].head as usize];
        let fines = || leaf.fines[leaf.runs[run].head as usize];
        match self {
            By::Relevance => 0,
            By::TitleLength => head().title.chars().count() as u64,
            By::DateDesc => {
                if day() == NO_DAY {
                    u64::from(NO_DAY)
                } else {
                    u64::from(NO_DAY - 1 - day())
                }
            }
            By::DateAsc => u64::from(day()),
            By::FinesDesc => fines().map_or(FINES_MAX + 1, |fines| FINES_MAX - fines.min(FINES_MAX)),
            By::FinesAsc => fines().map_or(FINES_MAX + 1, |fines| fines.min(FINES_MAX)),
            By::Authority => head().head.group.level.map_or(u64::from(u8::MAX), |level| level.list_place()),
        }
    }
}

/// A class: the documents whose items come before the score in the same place.
struct Class {
    key: u64,
    /// Whether it is of those that have only some of the words.
    lower: bool,
    /// Runs of segments; `None` for all.
    runs: Option<Vec<(usize, usize)>>,
}

impl<'a> Order<'a> {
    /// The items after `after` and after `skip` more, `limit` at most.
    pub fn page(&self, after: Option<After<'_>>, skip: usize, limit: usize) -> Result<Vec<Item>, EngineError> {
        let mut skip = skip;
        // Groups whose item came in an earlier class.
        let mut taken: Vec<Vec<bool>> = self.found.iter().map(|found| vec![false; found.leaf.groups.len()]).collect();
        let mut items = self.firsts(after, &mut skip, limit, &mut taken)?;
        let mut earlier = self.grouped && self.found.iter().any(|found| found.first.is_some());
        for class in self.classes() {
            if items.len() == limit {
                break;
            }
            let mut bits = self.bits(&class);
            if earlier {
                self.without(&mut bits, &taken);
            }
            let after = after.filter(|after| after.class >= class.key);
            if !self.needs_term {
                let passed = after.is_some_and(|after| after.class > class.key);
                let count = if passed { 0 } else { self.count(&bits) };
                let skipped = after.is_none() && count <= skip;
                if self.grouped {
                    self.take(&bits, &mut taken);
                    earlier = true;
                }
                if passed || skipped {
                    skip -= if skipped { count } else { 0 };
                    continue;
                }
            }
            let wanted = skip + limit - items.len();
            let best = self.best(class.key, &mut bits, after, wanted)?;
            items.extend(best.into_iter().skip(skip));
            skip = 0;
        }
        Ok(items)
    }

    /// Whether the terms decide what a class has.
    fn needs_term_in(&self, class: u64) -> bool {
        self.needs_term && class >= FIRST_MAX
    }

    /// What comes first, each a class of one: what stands after `after` and after `skip` more, `limit` at most. Marks the
    /// groups that it has items of.
    fn firsts(
        &self,
        after: Option<After<'_>>,
        skip: &mut usize,
        limit: usize,
        taken: &mut [Vec<bool>],
    ) -> Result<Vec<Item>, EngineError> {
        let of_segment = |(segment, found): (usize, &'_ Found<'a>)| -> Vec<(u64, usize, DocId)> {
            let places = found.first.iter().flat_map(|first| &first.places);
            places.map(|(class, doc)| (*class, segment, *doc)).collect()
        };
        let mut firsts: Vec<(u64, usize, DocId)> = self.found.iter().enumerate().flat_map(of_segment).collect();
        firsts.sort_unstable();
        let mut items = Vec::new();
        for (class, segment, doc) in firsts {
            if items.len() == limit {
                break;
            }
            let leaf = self.found[segment].leaf;
            let group = leaf.group_of(doc).filter(|_| self.grouped);
            if group.is_some_and(|group| std::mem::replace(&mut taken[segment][group], true))
                || after.is_some_and(|after| after.class >= class)
            {
                continue;
            }
            if *skip > 0 {
                *skip -= 1;
                continue;
            }
            items.push(Item { class, score: 0, segment, doc, ord: ord(leaf, doc) });
        }
        self.score(&mut items)?;
        Ok(items)
    }

    /// Fills in the scores of items.
    fn score(&self, items: &mut [Item]) -> Result<(), EngineError> {
        for segment in 0..self.found.len() {
            let mut own: Vec<&mut Item> = items.iter_mut().filter(|item| item.segment == segment).collect();
            if own.is_empty() {
                continue;
            }
            own.sort_unstable_by_key(|item| item.doc);
            let docs: Vec<DocId> = own.iter().map(|item| item.doc).collect();
            let scores = self.ranking.lists(self.found[segment].place)?.scores(&docs, 0);
            own.iter_mut().zip(scores).for_each(|(item, (score, _))| item.score = score);
        }
        Ok(())
    }

    /// The classes behind what comes first that have anything, in order. Only those that are taken are sorted.
    fn classes(&self) -> impl Iterator<Item = Class> {
        let tiers = !self.by.is_value() && self.found.iter().any(|found| found.all.is_some());
        let tiers: &[bool] = if tiers { &[false, true] } else { &[false] };
        let mut whole = Vec::new();
        let mut runs = Vec::new();
        if self.by == By::Relevance {
            whole.extend(tiers.iter().map(|lower| Class { key: self.by.key(0, *lower), lower: *lower, runs: None }));
        } else {
            for (segment, found) in self.found.iter().enumerate() {
                let (mut from, mut place) = (0, 0);
                // From run to run: each is left behind at its first provision.
                while let Some(doc) = found.any.next(from) {
                    while found.leaf.runs.get(place).is_some_and(|run| run.docs.end <= doc) {
                        place += 1;
                    }
                    let Some(run) = found.leaf.runs.get(place) else { break };
                    from = run.docs.end;
                    let greater = self.by.of(found.leaf, place);
                    let key = |lower: &bool| Reverse((self.by.key(greater, *lower), *lower, segment, place));
                    runs.extend(tiers.iter().map(key));
                }
            }
        }
        let mut heap = BinaryHeap::from(runs);
        let from_heap = std::iter::from_fn(move || {
            let Reverse((key, lower, segment, run)) = heap.pop()?;
            let mut runs = vec![(segment, run)];
            while heap.peek().is_some_and(|next| next.0.0 == key) {
                runs.extend(heap.pop().map(|Reverse((_, _, segment, run))| (segment, run)));
            }
            Some(Class { key, lower, runs: Some(runs) })
        });
        whole.into_iter().chain(from_heap)
    }

    /// The class of a document, as [`Item::class`].
    pub fn class_of(&self, segment: usize, doc: DocId) -> u64 {
        let found = &self.found[segment];
        if let Some(place) = found.first.as_ref().and_then(|first| first.place(doc)) {
            return place;
        }
        let greater = match self.by {
            By::Relevance => 0,
            by => found.leaf.run_of(doc).map_or(0, |run| by.of(found.leaf, run)),
        };
        let lower = !self.by.is_value() && found.all.as_ref().is_some_and(|all| !all.contains(doc));
        self.by.key(greater, lower)
    }

    fn bits(&self, class: &Class) -> Vec<Bits> {
        let tier = |found: &Found<'_>| self.behind_first(found, class.lower);
        let Some(runs) = &class.runs else { return self.found.iter().map(tier).collect() };
        // Most classes lie in few segments: the others get sets without any room.
        let mut bits: Vec<Bits> = self.found.iter().map(|_| Bits::new(0)).collect();
        for (segment, run) in runs {
            let (found, bits) = (&self.found[*segment], &mut bits[*segment]);
            if bits.limit() == 0 {
                *bits = Bits::new(found.any.limit());
            }
            bits.fill(found.leaf.runs[*run].docs.clone());
        }
        for (bits, found) in bits.iter_mut().zip(self.found).filter(|(bits, _)| bits.limit() > 0) {
            bits.and(&tier(found));
        }
        bits
    }

    /// A tier without what comes first.
    fn behind_first(&self, found: &Found<'_>, lower: bool) -> Bits {
        let mut bits = self.tier(found, lower);
        found.first.iter().for_each(|first| bits.and_not(&first.bits));
        bits
    }

    fn tier(&self, found: &Found<'_>, lower: bool) -> Bits {
        match &found.all {
            Some(all) if !self.by.is_value() => {
                let mut bits = if lower { found.any.clone() } else { all.clone() };
                if lower {
                    bits.and_not(all);
                }
                bits
            }
            _ if lower => Bits::new(found.any.limit()),
            _ => found.any.clone(),
        }
    }

    fn without(&self, bits: &mut [Bits], taken: &[Vec<bool>]) {
        for ((bits, taken), found) in bits.iter_mut().zip(taken).zip(self.found) {
            for (group, _) in found.leaf.groups.iter().zip(taken).filter(|(_, taken)| **taken) {
                bits.clear(group.docs.clone());
            }
        }
    }

    fn take(&self, bits: &[Bits], taken: &mut [Vec<bool>]) {
        for ((bits, taken), found) in bits.iter().zip(taken).zip(self.found) {
            for (group, taken) in found.leaf.groups.iter().zip(taken) {
                *taken = *taken || bits.any_in(group.docs.clone());
            }
        }
    }

    /// How many items a class has.
    fn count(&self, bits: &[Bits]) -> usize {
        if !self.grouped {
            return bits.iter().map(Bits::count).sum::<u64>() as usize;
        }
        let groups = |(bits, found): (&Bits, &Found<'_>)| {
            found.leaf.groups.iter().filter(|group| bits.any_in(group.docs.clone())).count()
        };
        bits.iter().zip(self.found).map(groups).sum()
    }

    /// The best items of a class, in order.
    fn best(
        &self,
        class: u64,
        bits: &mut [Bits],
        after: Option<After<'_>>,
        wanted: usize,
    ) -> Result<Vec<Item>, EngineError> {
        let after = after.filter(|after| after.class == class);
        if let (true, Some(after)) = (self.grouped, after) {
            self.drop_groups_before(bits, after)?;
        }
        let mut items: Vec<Item> = Vec::new();
        for (segment, found) in self.found.iter().enumerate() {
            if bits[segment].is_empty() {
                continue;
            }
            let threshold = items.get(wanted.wrapping_sub(1)).map_or(0, |last| last.score);
            let mut top = Top { heap: BinaryHeap::new(), wanted, threshold };
            // Groups before the cursor are out; what is left of the others may stand anywhere.
            let bound = after.filter(|_| !self.grouped).map(|after| Bound::new(found.leaf, after)).transpose()?;
            let walk = self.walk(&bits[segment], top.threshold);
            self.collect(found, &walk, bound, &mut top)?;
            let item = |Reverse(place): Reverse<Place<'_>>| Item {
                class,
                score: place.score,
                segment,
                doc: place.doc,
                ord: place.ord(),
            };
            items.extend(top.heap.into_iter().map(item));
            self.sort(&mut items)?;
            items.truncate(wanted);
        }
        Ok(items)
    }

    fn walk<'b>(&self, allowed: &'b Bits, threshold: u32) -> Walk<'b> {
        Walk { allowed, needs_term: self.needs_term, threshold }
    }

    fn collect(
        &self,
        found: &Found<'a>,
        walk: &Walk<'_>,
        bound: Option<Bound>,
        top: &mut Top<'a>,
    ) -> Result<(), EngineError> {
        let lists = self.ranking.lists(found.place)?;
        let mut group = 0;
        let mut best: Option<Place<'_>> = None;
        lists.walk(walk, |doc, score| {
            let place = Place { leaf: found.leaf, score, doc };
            if bound.as_ref().is_some_and(|bound| !bound.is_before(&place)) {
                return top.threshold;
            }
            if !self.grouped {
                return top.push(place);
            }
            let groups = &found.leaf.groups;
            if groups.get(group).is_none_or(|group| group.docs.end <= doc) {
                best.take().map(|best| top.push(best));
                while groups.get(group).is_some_and(|group| group.docs.end <= doc) {
                    group += 1;
                }
            }
            if best.as_ref().is_none_or(|best| place > *best) {
                best = Some(place);
            }
            top.threshold
        });
        best.map(|best| top.push(best));
        Ok(())
    }

    /// Takes out the groups that have an item at or before a place: they were on an earlier page.
    fn drop_groups_before(&self, bits: &mut [Bits], after: After<'_>) -> Result<(), EngineError> {
        for (found, bits) in self.found.iter().zip(bits) {
            let bound = Bound::new(found.leaf, after)?;
            let lists = self.ranking.lists(found.place)?;
            let walk = self.walk(bits, after.score);
            let mut earlier = Vec::new();
            lists.walk(&walk, |doc, score| {
                let place = Place { leaf: found.leaf, score, doc };
                if !bound.is_before(&place) {
                    earlier.extend(found.leaf.group_of(doc));
                }
                after.score
            });
            earlier.into_iter().for_each(|group| bits.clear(found.leaf.groups[group].docs.clone()));
        }
        Ok(())
    }

    /// Sorts items of one class. Ids of different segments differ in their versions, as groups are never apart.
    fn sort(&self, items: &mut [Item]) -> Result<(), EngineError> {
        items.sort_by_key(|item| (Reverse(item.score), item.segment, item.ord));
        for equal in items.chunk_by_mut(|one, other| one.score == other.score) {
            if equal.first().map(|item| item.segment) == equal.last().map(|item| item.segment) {
                continue;
            }
            let mut keyed: Vec<(String, Item)> = equal.iter().map(|item| (self.version(item), item.clone())).collect();
            if keyed.iter().any(|(version, _)| version.is_empty() || version[..version.len() - 1].contains('/')) {
                // Such a version may be the beginning of another one: only whole ids tell which comes first.
                for (version, item) in &mut keyed {
                    *version = id(self.found[item.segment].leaf, item.ord)?;
                }
            }
            keyed.sort_by(|(one, item), (other, item2)| one.cmp(other).then_with(|| item.ord.cmp(&item2.ord)));
            equal.iter_mut().zip(keyed).for_each(|(slot, (_, item))| *slot = item);
        }
        Ok(())
    }

    /// What the id of an item begins with: its version and a slash.
    fn version(&self, item: &Item) -> String {
        let leaf = self.found[item.segment].leaf;
        leaf.run_of(item.doc).map_or(String::new(), |run| format!("{}/", leaf.head(&leaf.runs[run]).head.version.id))
    }
}
