//! The provisions of a segment in which the score is high.
//!
//! The course is MaxScore over windows of documents: of each window it is known how much each term gives there at most,
//! so windows that cannot hold a good provision are passed over. In the others, the lists of the strongest terms are added
//! up one after the other, without a heap of lists; terms that together cannot lift a provision among the good ones are
//! only looked up where the others have brought one near.

use super::bits::{Bits, ones};
use super::weigh::{Saturation, WINDOW, Weigher, Weighted, window_of};
use tantivy::DocId;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::schema::IndexRecordOption;

/// With no more candidates than this in a window, lists are asked for each of them instead of being walked through.
const FEW: u32 = 16;

/// With no more candidates than this among 64 documents, each is looked at.
const SPARSE: u32 = 12;

/// The ranking terms of a query in a generation.
pub struct Ranking<'a> {
    /// Statistics of the generation.
    pub weigher: &'a Weigher,
    /// The terms; without any, every score is 0.
    pub terms: Vec<Weighted>,
}

impl Ranking<'_> {
    /// The lists of one segment, the greatest weight first.
    pub fn lists(&self, segment: usize) -> tantivy::Result<Lists<'_>> {
        let mut lists = Vec::with_capacity(self.terms.len());
        let (ranks, heaviest) = self.words_by_weight();
        for (term, rank) in self.terms.iter().zip(ranks) {
            let Some(info) = term.lists.get(segment).and_then(Option::as_ref) else { continue };
            let field = self.weigher.field(term.word);
            let block = field.indexes[segment].read_block_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
            lists.push(List {
                block,
                at: 0,
                norms: &field.norms[segment],
                saturation: &field.saturation,
                weight: term.weight,
                rank,
                peaks: term.peaks.get(segment).and_then(Option::as_deref),
                most: 0,
            });
        }
        lists.sort_by_key(|list| std::cmp::Reverse(list.weight));
        Ok(Lists { lists, heaviest })
    }

    /// The place of each term among the words that any segment has, the heaviest first, and the weights in that order: what a
    /// text covers of a question must not depend on what else its segment holds.
    fn words_by_weight(&self) -> (Vec<Option<usize>>, Vec<u32>) {
        let is_known = |at: &usize| self.terms[*at].word && self.terms[*at].lists.iter().any(Option::is_some);
        let mut words: Vec<usize> = (0..self.terms.len()).filter(is_known).collect();
        words.sort_by_key(|at| (std::cmp::Reverse(self.terms[*at].weight), *at));
        let mut ranks = vec![None; self.terms.len()];
        words.iter().enumerate().for_each(|(rank, at)| ranks[*at] = Some(rank));
        (ranks, words.into_iter().map(|at| self.terms[at].weight).collect())
    }
}

struct List<'a> {
    block: BlockSegmentPostings,
    at: usize,
    norms: &'a FieldNormReader,
    saturation: &'a Saturation,
    weight: u32,
    /// Place of its term among the words of all segments, the heaviest first; `None` for a pair.
    rank: Option<usize>,
    peaks: Option<&'a [u16]>,
    /// What it gives to any provision of the window at most.
    most: u32,
}

impl List<'_> {
    fn enter(&mut self, start: DocId, end: DocId) {
        self.most = match self.peaks {
            Some(peaks) => (self.weight * peaks.get(window_of(start)).map_or(0, |peak| u32::from(*peak))) >> 16,
            None => {
                self.seek(start);
                let here = self.block.docs().get(self.at).is_some_and(|doc| *doc < end);
                if here { self.weight } else { 0 }
            }
        };
    }

    /// Moves to the first document that is not before `target`.
    #[inline]
    fn seek(&mut self, target: DocId) {
        if self.block.docs().get(self.at).is_some_and(|doc| *doc < target) {
            self.at = self.block.seek(target);
        }
    }

    /// What the list gives to a document.
    #[inline]
    fn score(&mut self, doc: DocId) -> u32 {
        self.seek(doc);
        match self.block.docs().get(self.at) {
            Some(here) if *here == doc => {
                let part = self.saturation.of(self.block.freq(self.at), self.norms.fieldnorm_id(doc));
                (self.weight * part) >> 16
            }
            _ => 0,
        }
    }

    /// Adds what the list gives to the documents of a window.
    fn add(&mut self, start: DocId, sums: &mut [u32]) {
        self.seek(start);
        let end = start + sums.len() as u32;
        loop {
            let docs = self.block.docs();
            let freqs = self.block.freqs();
            if docs.is_empty() {
                return;
            }
            while let Some(doc) = docs.get(self.at).copied() {
                if doc >= end {
                    return;
                }
                let part = self.saturation.of(freqs[self.at], self.norms.fieldnorm_id(doc));
                sums[(doc - start) as usize] += (self.weight * part) >> 16;
                self.at += 1;
            }
            self.block.advance();
            self.at = 0;
        }
    }
}

/// The lists of the ranking terms in one segment, to be walked through once.
pub struct Lists<'a> {
    lists: Vec<List<'a>>,
    /// Weights of the words of the question that any segment has, the heaviest first.
    heaviest: Vec<u32>,
}

/// What a walk takes up.
pub struct Walk<'a> {
    /// Documents that may be found.
    pub allowed: &'a Bits,
    /// Whether a document needs one of the terms; otherwise every allowed document is found, even with a score of 0.
    pub needs_term: bool,
    /// Documents with lower scores may be left out.
    pub threshold: u32,
}

impl Walk<'_> {
    /// The score that a document must reach.
    fn needed(&self, threshold: u32) -> u32 {
        threshold.max(u32::from(self.needs_term))
    }
}

impl Lists<'_> {
    /// Calls `found` with documents in ascending order and their scores. It answers with the score below which it needs
    /// no more documents.
    pub fn walk(mut self, walk: &Walk<'_>, mut found: impl FnMut(DocId, u32) -> u32) {
        let mut sums = vec![0; WINDOW as usize];
        let mut threshold = walk.threshold;
        for start in (0..walk.allowed.limit()).step_by(WINDOW as usize) {
            let end = (start + WINDOW).min(walk.allowed.limit());
            let candidates = walk.allowed.count_in(start..end) as u32;
            if candidates == 0 {
                continue;
            }
            self.lists.iter_mut().for_each(|list| list.enter(start, end));
            let needed = walk.needed(threshold);
            let most: u32 = self.lists.iter().map(|list| list.most).sum();
            if most < needed {
                continue;
            }
            let walked = if candidates <= FEW { 0 } else { self.walked(needed) };
            let (strong, weak) = self.lists.split_at_mut(walked);
            let mut touched = false;
            for list in strong.iter_mut().filter(|list| list.most > 0) {
                list.add(start, &mut sums);
                touched = true;
            }
            let rest = weak.iter().map(|list| list.most).sum();
            threshold = candidates_of(&Window { start, sums: &sums, rest }, weak, walk, threshold, &mut found);
            if touched {
                sums.fill(0);
            }
        }
    }

    /// For each of some documents in ascending order its whole score, and which part of the weight of the words it has. Of
    /// many words only the heaviest are asked for.
    pub fn scores(mut self, docs: &[DocId], words: usize) -> Vec<(u32, f32)> {
        let mut scores = vec![(0, 0.0); docs.len()];
        let all: f32 = self.heaviest.iter().take(words).map(|weight| *weight as f32).sum();
        for list in &mut self.lists {
            let counts = list.rank.is_some_and(|rank| rank < words);
            for (doc, (score, has)) in docs.iter().zip(&mut scores) {
                let part = list.score(*doc);
                *score += part;
                *has += if counts && part > 0 { list.weight as f32 } else { 0.0 };
            }
        }
        if all > 0.0 {
            scores.iter_mut().for_each(|(_, has)| *has /= all);
        }
        scores
    }

    /// How many lists have to be walked through, so that the others alone cannot reach `needed`.
    fn walked(&self, needed: u32) -> usize {
        let mut rest = 0;
        for (place, list) in self.lists.iter().enumerate().rev() {
            rest += list.most;
            if rest >= needed {
                return place + 1;
            }
        }
        0
    }
}

struct Window<'a> {
    start: DocId,
    /// What the walked lists give to each document.
    sums: &'a [u32],
    /// What the other lists can add at most.
    rest: u32,
}

fn candidates_of(
    window: &Window<'_>,
    weak: &mut [List<'_>],
    walk: &Walk<'_>,
    mut threshold: u32,
    found: &mut impl FnMut(DocId, u32) -> u32,
) -> u32 {
    let first = window.start as usize / 64;
    for (place, sums) in window.sums.chunks_exact(64).enumerate() {
        let word = walk.allowed.word(first + place);
        if word == 0 {
            continue;
        }
        // Where few are allowed, to look at each is quicker than to look for the best of all 64.
        if word.count_ones() > SPARSE {
            let best = sums.iter().fold(0, |best: u32, sum| best.max(*sum));
            if best + window.rest < walk.needed(threshold) {
                continue;
            }
        }
        for bit in ones(word) {
            let (sum, needed) = (sums[bit as usize], walk.needed(threshold));
            if sum + window.rest < needed {
                continue;
            }
            let doc = window.start + place as u32 * 64 + bit;
            if let Some(score) = complete(weak, doc, sum, window.rest, needed) {
                threshold = found(doc, score).max(threshold);
            }
        }
    }
    threshold
}

/// The whole score of a document; `None` if it is below what is needed.
fn complete(weak: &mut [List<'_>], doc: DocId, sum: u32, mut rest: u32, needed: u32) -> Option<u32> {
    let mut score = sum;
    for list in weak.iter_mut().filter(|list| list.most > 0) {
        if score + rest < needed {
            return None;
        }
        rest -= list.most;
        score += list.score(doc);
    }
    (score >= needed).then_some(score)
}
