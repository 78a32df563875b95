//! BM25 in whole numbers, and the provisions of a segment in which it is high.
//!
//! Scores are sums of whole numbers, so a provision has the same score in whatever order its terms are looked at: the
//! pages of an answer fit together although each is found by another course through the index.
//!
//! The course is MaxScore: once enough good provisions are known, terms that together cannot lift a provision among them
//! are only looked up where rarer terms stand. Documents are taken in windows, in which the scores of the rarer terms are
//! added list by list, without a heap of lists.

use super::bits::{Bits, ones};
use super::plan::RankTerm;
use super::schema::{Fields, boost};
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Searcher, SegmentReader};

/// How quickly repetition of a term saturates.
const K1: f32 = 1.2;
/// How much long provisions are held back.
const B: f32 = 0.75;
/// Score units for a score of 1.
pub const UNITS: f32 = 1024.0;
/// Term frequencies up to this are tabulated.
const TABLED: usize = 8;
/// Documents of a window.
const WINDOW: u32 = 4096;
/// With no more candidates than this in a window, lists are asked for each of them instead of being walked through.
const FEW: u32 = 24;

/// One ranking term, for all segments.
#[derive(Debug, Clone)]
pub struct Weighted {
    term: RankTerm,
    /// Score units that the term gives at most.
    weight: u32,
}

/// How a field's lengths and frequencies become a part of a term's weight, in 65536ths.
#[derive(Debug)]
pub struct Saturation {
    average: f32,
    table: Vec<[u16; 256]>,
}

impl Saturation {
    fn new(average: f32) -> Saturation {
        let row = |frequency: usize| std::array::from_fn(|norm| part(frequency as f32, norm as u8, average));
        Saturation { average, table: (1..=TABLED).map(row).collect() }
    }

    #[inline]
    fn of(&self, frequency: u32, norm: u8) -> u32 {
        match self.table.get((frequency as usize).wrapping_sub(1)) {
            Some(row) => u32::from(row[usize::from(norm)]),
            None => u32::from(part(frequency as f32, norm, self.average)),
        }
    }
}

fn part(frequency: f32, norm: u8, average: f32) -> u16 {
    let length = FieldNormReader::id_to_fieldnorm(norm) as f32;
    let part = frequency / (frequency + K1 * (1.0 - B + B * length / average));
    (part * 65535.0) as u16
}

/// The ranking terms of a query with their weights in this generation.
#[derive(Debug)]
pub struct Ranking {
    terms: Vec<Weighted>,
    words: Saturation,
    pairs: Saturation,
}

impl Ranking {
    /// Weighs terms by how rare they are among `provisions` of all segments. Terms that stand nowhere are left out.
    pub fn new(terms: &[RankTerm], searcher: &Searcher, fields: &Fields, provisions: u64) -> tantivy::Result<Ranking> {
        let average = |field| -> tantivy::Result<f32> {
            let mut tokens = 0;
            for reader in searcher.segment_readers() {
                tokens += reader.inverted_index(field)?.total_num_tokens();
            }
            Ok((tokens as f32 / provisions.max(1) as f32).max(1.0))
        };
        let mut weighted = Vec::with_capacity(terms.len());
        for term in terms {
            let found = searcher.doc_freq(&term.term(fields))?;
            if found > 0 {
                weighted.push(Weighted { term: term.clone(), weight: weight(term.word, found, provisions.max(found)) });
            }
        }
        Ok(Ranking {
            terms: weighted,
            words: Saturation::new(average(fields.words)?),
            pairs: Saturation::new(average(fields.pairs)?),
        })
    }

    /// Nothing that ranks: every score is 0.
    pub fn none() -> Ranking {
        Ranking { terms: Vec::new(), words: Saturation::new(1.0), pairs: Saturation::new(1.0) }
    }

    /// The lists of one segment, the greatest weight first.
    pub fn lists<'a>(&'a self, reader: &SegmentReader, fields: &Fields) -> tantivy::Result<Lists<'a>> {
        let norms = |field| -> tantivy::Result<FieldNormReader> { reader.get_fieldnorms_reader(field) };
        let (words, pairs) = (norms(fields.words)?, norms(fields.pairs)?);
        let mut lists = Vec::with_capacity(self.terms.len());
        for Weighted { term, weight } in &self.terms {
            let (norms, saturation, field) = match term.word {
                true => (&words, &self.words, fields.words),
                false => (&pairs, &self.pairs, fields.pairs),
            };
            let index = reader.inverted_index(field)?;
            if let Some(block) = index.read_block_postings(&term.term(fields), IndexRecordOption::WithFreqs)? {
                lists.push(List { block, at: 0, norms: norms.clone(), saturation, weight: *weight, most: *weight });
            }
        }
        lists.sort_by_key(|list| std::cmp::Reverse(list.most));
        Ok(Lists { lists })
    }
}

fn weight(word: bool, found: u64, provisions: u64) -> u32 {
    let rarity = (1.0 + ((provisions - found) as f32 + 0.5) / (found as f32 + 0.5)).ln();
    let field = boost(if word { "words" } else { "pairs" });
    ((rarity * (K1 + 1.0) * field * UNITS) as u32).clamp(1, 0xffff)
}

struct List<'a> {
    block: BlockSegmentPostings,
    at: usize,
    norms: FieldNormReader,
    saturation: &'a Saturation,
    weight: u32,
    most: u32,
}

impl List<'_> {
    /// Moves to the first document that is not before `target`.
    #[inline]
    fn seek(&mut self, target: DocId) {
        if self.block.docs().get(self.at).is_some_and(|doc| *doc < target) {
            self.at = self.block.seek(target);
        }
    }

    #[inline]
    fn score_here(&self, doc: DocId) -> u32 {
        let part = self.saturation.of(self.block.freq(self.at), self.norms.fieldnorm_id(doc));
        (self.weight * part) >> 16
    }

    /// What the list gives to a document.
    #[inline]
    fn score(&mut self, doc: DocId) -> u32 {
        self.seek(doc);
        match self.block.docs().get(self.at) {
            Some(here) if *here == doc => self.score_here(doc),
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
            let needed = threshold.max(u32::from(walk.needs_term));
            let walked = if candidates <= FEW { 0 } else { self.walked(needed) };
            let rest = self.lists[walked..].iter().map(|list| list.most).sum();
            if walked > 0 {
                let (walked, _) = self.lists.split_at_mut(walked);
                walked.iter_mut().for_each(|list| list.add(start, &mut sums));
            }
            let window = Window { start, sums: &sums, walked, rest, needs_term: walk.needs_term };
            threshold = self.candidates(&window, walk.allowed, threshold, &mut found);
            if walked > 0 {
                sums.fill(0);
            }
        }
    }

    /// How many lists have to be walked through, so that the others alone cannot reach `needed`.
    fn walked(&self, needed: u32) -> usize {
        let mut rest = 0u32;
        for (place, list) in self.lists.iter().enumerate().rev() {
            rest = rest.saturating_add(list.most);
            if rest >= needed {
                return place + 1;
            }
        }
        0
    }

    fn candidates(
        &mut self,
        window: &Window<'_>,
        allowed: &Bits,
        mut threshold: u32,
        found: &mut impl FnMut(DocId, u32) -> u32,
    ) -> u32 {
        for place in 0..window.sums.len() / 64 {
            let word = allowed.word(window.start as usize / 64 + place);
            let sums = &window.sums[place * 64..place * 64 + 64];
            let best = sums.iter().fold(0, |best: u32, sum| best.max(*sum));
            let needed = threshold.max(u32::from(window.needs_term));
            if word == 0 || best + window.rest < needed {
                continue;
            }
            for bit in ones(word) {
                let sum = sums[bit as usize];
                let needed = threshold.max(u32::from(window.needs_term));
                if sum + window.rest < needed {
                    continue;
                }
                let doc = window.start + place as u32 * 64 + bit;
                if let Some(score) = self.complete(window, doc, sum, needed) {
                    threshold = found(doc, score).max(threshold);
                }
            }
        }
        threshold
    }

    /// The whole score of a document; `None` if it is below what is needed.
    fn complete(&mut self, window: &Window<'_>, doc: DocId, sum: u32, needed: u32) -> Option<u32> {
        let (mut score, mut rest) = (sum, window.rest);
        for list in &mut self.lists[window.walked..] {
            if score + rest < needed {
                return None;
            }
            rest -= list.most;
            score += list.score(doc);
        }
        (score >= needed).then_some(score)
    }
}

struct Window<'a> {
    start: DocId,
    sums: &'a [u32],
    /// Lists whose scores are in `sums`.
    walked: usize,
    /// What the other lists can add at most.
    rest: u32,
    needs_term: bool,
}
