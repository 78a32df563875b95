//! BM25 in whole numbers: what a term weighs in a generation, and what it gives to a provision.
//!
//! Scores are sums of whole numbers, so a provision has the same score in whatever order its terms are looked at: the
//! pages of an answer fit together although each is found by another course through the index.

use super::bits::Bits;
use super::leaf::Run;
use super::plan::RankTerm;
use super::schema::{Fields, boost};
use super::snapshot::View;
use crate::law::Access;
use crate::query::Scope;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, InvertedIndexReader, Searcher};

/// How quickly repetition of a term saturates.
const K1: f32 = 1.2;
/// How much long provisions are held back.
const B: f32 = 0.75;
/// Score units for a score of 1.
pub const UNITS: f32 = 1024.0;
/// Term frequencies up to this are tabulated.
const TABLED: usize = 8;
/// Documents of a window, for which the greatest part of a term is remembered.
pub const WINDOW: u32 = 2048;
/// Terms in fewer provisions of a segment are walked through anyway.
const PEAKS_FROM: u32 = 256;
/// Terms whose counted provisions are remembered.
const COUNTED_MAX: usize = 100_000;
/// Remembered peaks, in windows of all terms together; beyond it they are forgotten and found anew.
const PEAKS_MAX: usize = 8_000_000;

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

    /// The part of its weight that a term gives to a provision.
    #[inline]
    pub fn of(&self, frequency: u32, norm: u8) -> u32 {
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

/// One of the two fields that rank, in all segments of a generation.
pub struct RankField {
    /// Its lists, for each segment.
    pub indexes: Vec<Arc<InvertedIndexReader>>,
    /// Its lengths, for each segment.
    pub norms: Vec<FieldNormReader>,
    /// What frequencies and lengths make of a weight.
    pub saturation: Saturation,
}

/// The greatest part of its weight that a term gives to any provision of each window of a segment.
pub type Peaks = Box<[u16]>;

/// What weights are made of in a generation: of the provisions that everybody may see, whoever asks. Otherwise the weight of
/// a word would tell of texts that the asker must not notice.
pub struct Weigher {
    provisions: u64,
    /// Who sees all provisions that count.
    circle: Access,
    /// For each segment the documents that do not count; `None` where all do.
    uncounted: Vec<Option<Bits>>,
    /// In how many provisions that count a term stands, where that had to be counted.
    counted: RwLock<HashMap<RankTerm, u64>>,
    words: RankField,
    pairs: RankField,
    peaks: RwLock<Known>,
}

/// Peaks of terms of all segments, as far as they have been asked for.
#[derive(Default)]
struct Known {
    terms: HashMap<RankTerm, Arc<Vec<Option<Peaks>>>>,
    windows: usize,
}

/// A ranking term in a generation.
#[derive(Clone)]
pub struct Weighted {
    /// Whether it is a word; else a pair.
    pub word: bool,
    /// Score units that it gives at most.
    pub weight: u32,
    /// Where its list is, for each segment.
    pub lists: Vec<Option<TermInfo>>,
    /// Its peaks, for each segment; `None` where its list is short.
    pub peaks: Arc<Vec<Option<Peaks>>>,
}

impl Weigher {
    /// The statistics of a generation.
    pub fn new(searcher: &Searcher, fields: &Fields, views: &[View]) -> tantivy::Result<Weigher> {
        let (circle, counting) = counting(views);
        let provisions: u64 = counting.iter().map(Bits::count).sum();
        let field = |field| -> tantivy::Result<RankField> {
            let readers = searcher.segment_readers();
            let indexes: Vec<_> =
                readers.iter().map(|reader| reader.inverted_index(field)).collect::<Result<_, _>>()?;
            let norms: Vec<_> =
                readers.iter().map(|reader| reader.get_fieldnorms_reader(field)).collect::<Result<_, _>>()?;
            let length = |(norms, counting): (&FieldNormReader, &Bits)| {
                counting.iter().map(|doc| u64::from(norms.fieldnorm(doc))).sum::<u64>()
            };
            let tokens: u64 = norms.iter().zip(&counting).map(length).sum();
            let average = (tokens as f32 / provisions.max(1) as f32).max(1.0);
            Ok(RankField { indexes, norms, saturation: Saturation::new(average) })
        };
        let (words, pairs) = (field(fields.words)?, field(fields.pairs)?);
        let uncounted = views.iter().zip(&counting).map(|(view, counting)| uncounted(view, counting)).collect();
        Ok(Weigher {
            provisions,
            circle,
            uncounted,
            counted: RwLock::default(),
            words,
            pairs,
            peaks: RwLock::default(),
        })
    }

    /// One of the two fields.
    pub fn field(&self, word: bool) -> &RankField {
        if word { &self.words } else { &self.pairs }
    }

    /// Weighs terms by how rare they are. Terms that stand nowhere are left out, and so are those that stand nowhere for the
    /// asker.
    /// `sees` tells whether the asker sees a provision of a segment.
    pub fn weigh(
        &self,
        terms: &[RankTerm],
        fields: &Fields,
        scope: &Scope,
        sees: &dyn Fn(usize, u32) -> bool,
    ) -> tantivy::Result<Vec<Weighted>> {
        let sees_more = scope.access > self.circle || !scope.departments.is_empty();
        let mut weighted = Vec::with_capacity(terms.len());
        for term in terms {
            let lists = self.lists(term, fields)?;
            let found = self.found(term, &lists)?;
            if found > 0 || sees_more && self.stands(term, &lists, sees)? {
                let peaks = self.peaks(term, &lists)?;
                weighted.push(Weighted { word: term.word, weight: self.weight(term.word, found), lists, peaks });
            }
        }
        Ok(weighted)
    }

    fn lists(&self, term: &RankTerm, fields: &Fields) -> tantivy::Result<Vec<Option<TermInfo>>> {
        let key = term.term(fields);
        self.field(term.word).indexes.iter().map(|index| Ok(index.get_term_info(&key)?)).collect()
    }

    /// In how many provisions that count a term stands.
    pub fn frequency(&self, term: &RankTerm, fields: &Fields) -> tantivy::Result<u64> {
        self.found(term, &self.lists(term, fields)?)
    }

    fn found(&self, term: &RankTerm, lists: &[Option<TermInfo>]) -> tantivy::Result<u64> {
        let whole = || lists.iter().zip(&self.uncounted).all(|(list, uncounted)| list.is_none() || uncounted.is_none());
        if whole() {
            return Ok(lists.iter().flatten().map(|info| u64::from(info.doc_freq)).sum());
        }
        let known = self.counted.read().unwrap_or_else(PoisonError::into_inner).get(term).copied();
        if let Some(known) = known {
            return Ok(known);
        }
        let mut found = 0;
        for (segment, info) in lists.iter().enumerate() {
            let Some(info) = info else { continue };
            found += match &self.uncounted[segment] {
                None => u64::from(info.doc_freq),
                Some(uncounted) => self.found_in(segment, term.word, info, uncounted)?,
            };
        }
        let mut counted = self.counted.write().unwrap_or_else(PoisonError::into_inner);
        if counted.len() >= COUNTED_MAX {
            counted.clear();
        }
        counted.insert(term.clone(), found);
        Ok(found)
    }

    /// Whether a term stands anywhere that the asker sees. Mostly the first place says so: this is asked of terms of no public provision.
    fn stands(
        &self,
        term: &RankTerm,
        lists: &[Option<TermInfo>],
        sees: &dyn Fn(usize, u32) -> bool,
    ) -> tantivy::Result<bool> {
        for (segment, info) in lists.iter().enumerate() {
            let Some(info) = info else { continue };
            let index = &self.field(term.word).indexes[segment];
            let mut block = index.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
            while !block.docs().is_empty() {
                if block.docs().iter().any(|doc| sees(segment, *doc)) {
                    return Ok(true);
                }
                block.advance();
            }
        }
        Ok(false)
    }

    fn found_in(&self, segment: usize, word: bool, info: &TermInfo, uncounted: &Bits) -> tantivy::Result<u64> {
        let index = &self.field(word).indexes[segment];
        let mut block = index.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
        let mut found = 0;
        while !block.docs().is_empty() {
            found += block.docs().iter().filter(|doc| !uncounted.contains(**doc)).count() as u64;
            block.advance();
        }
        Ok(found)
    }

    fn weight(&self, word: bool, found: u64) -> u32 {
        let others = self.provisions.saturating_sub(found) as f32;
        let rarity = (1.0 + (others + 0.5) / (found as f32 + 0.5)).ln();
        let field = boost(if word { "words" } else { "pairs" });
        ((rarity * (K1 + 1.0) * field * UNITS) as u32).clamp(1, 0xffff)
    }

    fn peaks(&self, term: &RankTerm, lists: &[Option<TermInfo>]) -> tantivy::Result<Arc<Vec<Option<Peaks>>>> {
        let known = self.peaks.read().unwrap_or_else(PoisonError::into_inner).terms.get(term).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let mut found = Vec::with_capacity(lists.len());
        for (segment, info) in lists.iter().enumerate() {
            let long = info.as_ref().filter(|info| info.doc_freq >= PEAKS_FROM);
            found.push(long.map(|info| self.peaks_in(segment, term.word, info)).transpose()?);
        }
        let found = Arc::new(found);
        let windows: usize = found.iter().flatten().map(|peaks| peaks.len()).sum();
        if windows > 0 {
            let mut known = self.peaks.write().unwrap_or_else(PoisonError::into_inner);
            if known.windows + windows > PEAKS_MAX {
                *known = Known::default();
            }
            known.windows += windows;
            known.terms.insert(term.clone(), found.clone());
        }
        Ok(found)
    }

    fn peaks_in(&self, segment: usize, word: bool, info: &TermInfo) -> tantivy::Result<Peaks> {
        let RankField { indexes, norms, saturation } = self.field(word);
        let (index, norms) = (&indexes[segment], &norms[segment]);
        let mut peaks = vec![0u16; (norms.num_docs() as usize).div_ceil(WINDOW as usize)];
        let mut block = index.read_block_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
        while !block.docs().is_empty() {
            for (doc, frequency) in block.docs().iter().zip(block.freqs()) {
                let part = saturation.of(*frequency, norms.fieldnorm_id(*doc)) as u16;
                let peak = &mut peaks[window_of(*doc)];
                *peak = part.max(*peak);
            }
            block.advance();
        }
        Ok(peaks.into())
    }
}

/// The provisions of each segment that count: those that everybody may see; where there are none, those of the next smaller
/// circle; and which circle that is.
fn counting(views: &[View]) -> (Access, Vec<Bits>) {
    for access in [Access::Public, Access::Internal] {
        let counting: Vec<Bits> = views.iter().map(|view| seen(view, access)).collect();
        if counting.iter().any(|bits| !bits.is_empty()) {
            return (access, counting);
        }
    }
    (Access::Restricted, views.iter().map(|view| view.living.clone()).collect())
}

fn seen(view: &View, access: Access) -> Bits {
    let mut bits = view.living.clone();
    let hidden = |run: &&Run| view.leaf.head(run).head.access > access;
    view.leaf.runs.iter().filter(hidden).for_each(|run| bits.clear(run.docs.clone()));
    bits
}

/// The provisions of a segment that do not count, if there are any: hidden or deleted ones.
fn uncounted(view: &View, counting: &Bits) -> Option<Bits> {
    let mut bits = Bits::new(counting.limit());
    view.leaf.runs.iter().for_each(|run| bits.fill(run.docs.clone()));
    bits.and_not(counting);
    (!bits.is_empty()).then_some(bits)
}

/// The window in which a document lies.
pub fn window_of(doc: DocId) -> usize {
    (doc / WINDOW) as usize
}
