//! Words and learned association in one order: the best by words and the nearest by vectors are weighed together and come
//! first; whatever else has the words follows as words alone rank it.

use super::admitted::Admitting;
use super::bits::Bits;
use super::expand::Synonyms;
use super::first::{First, NAMED_MAX};
use super::near::{self, Near, Wanted, distances, nearest};
use super::order::{By, Found, Item, Order, ord};
use super::score::Ranking;
use super::search::Search;
use super::vectors::SegmentVectors;
use crate::index::{EngineError, Via, Weighed};
use crate::query::{Expansion, Query};
use crate::rank::association::{Cut, Probe};
use crate::rank::fusion::{Evidence, Fusion, Origin, by_rank, stretch};
use crate::text::fold::fold_str;
use std::collections::{BTreeMap, HashMap};
use tantivy::DocId;

/// So many of the best by words are weighed.
const BY_WORDS: usize = 100;
/// So many of the best by words among what holds everywhere.
const BY_WORDS_OF_LAW: usize = 200;
/// The nearest by vectors among what holds everywhere.
const BY_VECTOR: Wanted = Wanted { nearest: 250, looked_at: 4_000 };
/// The nearest by vectors among what holds in one place only.
const BY_VECTOR_LOCAL: Wanted = Wanted { nearest: 50, looked_at: 1_000 };
/// With so many that have all the words of a short question, association only orders these.
const ENOUGH: u64 = 30;
/// So many may be added that have none of the words.
const ADDED: usize = 200;
/// So many of the best have their text compared with the question.
const READ: usize = 30;
/// Terms by which coverage is measured: the heaviest.
const TERMS_MAX: usize = 96;

/// How many windows are remembered for a generation; each takes about 40 kB.
pub const REMEMBERED: usize = 256;

/// What decides what is weighed in a generation, and how.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighing {
    asked: String,
    expanded: Vec<Expansion>,
    admitting: Admitting,
    /// What was asked for by name, in each segment.
    named: Vec<Vec<(u64, DocId)>>,
    needs_term: bool,
}

impl Weighing {
    /// That of the plain words of a query.
    pub fn of(query: &Query, asked: &str, found: &[Found<'_>], needs_term: bool) -> Weighing {
        let named = |found: &Found<'_>| found.first.as_ref().map(|first| first.places.clone()).unwrap_or_default();
        let (expanded, admitting) = (query.expanded.clone(), Admitting::of(query));
        let named = found.iter().map(named).collect();
        Weighing { asked: asked.to_string(), expanded, admitting, named, needs_term }
    }
}

/// A provision that is weighed.
#[derive(Debug, Clone, Default)]
pub struct Candidate {
    /// Place of its segment, document.
    pub place: (usize, DocId),
    /// Whether it has all the words of a short question.
    pub upper: bool,
    /// What found it.
    pub via: Via,
    /// Its score by words and terms of the thesaurus.
    pub words: u32,
    /// What speaks for it.
    pub evidence: Evidence,
    /// The weighed sum.
    pub score: f32,
}

impl Candidate {
    /// As it is told.
    pub fn weighed(&self) -> Weighed {
        Weighed { evidence: self.evidence, all_words: self.upper, score: self.score }
    }
}

/// The weighing of one question.
pub struct Fuse<'a> {
    /// The search it is part of.
    pub search: &'a Search<'a>,
    /// The plain words.
    pub asked: &'a str,
    /// What was found by words.
    pub found: &'a [Found<'a>],
    /// How words rank.
    pub ranking: &'a Ranking<'a>,
    /// What filters leave of each segment.
    pub shown: Vec<&'a Bits>,
    /// Whether what matches is decided by the ranking terms.
    pub needs_term: bool,
    /// Terms of the thesaurus, if there are any.
    pub synonyms: Option<&'a Synonyms<'a>>,
}

impl Fuse<'_> {
    /// The candidates in their order, best first.
    pub fn candidates(&self) -> Result<Vec<Candidate>, EngineError> {
        let wider = self.synonyms.map(|synonyms| synonyms.wider(self.found));
        let found = wider.as_deref().unwrap_or(self.found);
        let ranking = self.synonyms.map_or(self.ranking, |synonyms| &synonyms.whole);
        let order = Order { found, ranking, by: By::Relevance, grouped: false, needs_term: self.needs_term };
        let Search { snapshot, fields, vectors: store, .. } = self.search;
        let model = store.model()?;
        let vectors = store.of(snapshot, fields)?;
        let folded = fold_str(self.asked);
        let question = Probe::of(&model.question(&Cut::of(&folded)));
        let mut best = order.page(None, 0, BY_WORDS)?;
        let upper: u64 = self.found.iter().filter_map(|found| found.all.as_ref()).map(Bits::count).sum();
        let near = if upper < ENOUGH {
            best.extend(of_law(&order)?);
            self.near(&vectors, &question)
        } else {
            best.retain(|item| self.is_upper((item.segment, item.doc)));
            Vec::new()
        };
        let mut candidates = self.gathered(&best, &near);
        self.weigh_words(&mut candidates, &vectors, &question, &folded)?;
        // What shares no more than a pair of characters with a term of the thesaurus has nothing to do with it.
        candidates.retain(|candidate| candidate.via != Via::Association || candidate.evidence.nearness_rank > 0.0);
        self.complete(&mut candidates);
        let fusion = store.fusion()?;
        self.ranked(&mut candidates, &fusion);
        let mut added = 0;
        candidates.retain(|candidate| {
            let besides = candidate.via != Via::Words;
            added += usize::from(besides);
            !besides || added <= ADDED
        });
        let question: Vec<char> = folded.chars().collect();
        let read = candidates.len().min(READ);
        self.read(&mut candidates[..read], &question)?;
        self.ranked(&mut candidates, &fusion);
        Ok(candidates)
    }

    /// The nearest of what holds everywhere, and of what does not.
    fn near(&self, vectors: &[SegmentVectors], question: &Probe) -> Vec<Near> {
        let parted = |(shown, found): (&&Bits, &Found<'_>)| {
            let (mut everywhere, mut local) = ((*shown).clone(), (*shown).clone());
            everywhere.and_not(found.leaf.local());
            local.and_not(&everywhere);
            (everywhere, local)
        };
        let (everywhere, local): (Vec<Bits>, Vec<Bits>) = self.shown.iter().zip(self.found).map(parted).unzip();
        let distances = distances(vectors, question);
        let key = |near: &Near| self.key((near.segment, near.doc));
        let mut near = nearest(vectors, &distances, &everywhere, question, BY_VECTOR, &key);
        near.extend(nearest(vectors, &distances, &local, question, BY_VECTOR_LOCAL, &key));
        near::sort(&mut near, &key);
        near
    }

    /// What brings provisions into the order of their ids without reading these: the version, of which all lie in one segment, and
    /// the number of the id there.
    fn key(&self, (segment, doc): (usize, DocId)) -> (String, u64) {
        let leaf = self.found[segment].leaf;
        let version = leaf.run_of(doc).map(|run| format!("{}/", leaf.head(&leaf.runs[run]).head.version.id));
        (version.unwrap_or_default(), ord(leaf, doc))
    }

    /// Sorts candidates, best first: those with all the words before the others, equal ones by their ids.
    fn ranked(&self, candidates: &mut [Candidate], fusion: &Fusion) {
        for candidate in candidates.iter_mut() {
            let weights = if candidate.upper { &fusion.all_words } else { &fusion.some_words };
            candidate.score = weights.score(&candidate.evidence);
        }
        let better =
            |one: &Candidate, other: &Candidate| other.upper.cmp(&one.upper).then(other.score.total_cmp(&one.score));
        candidates.sort_by(better);
        candidates
            .chunk_by_mut(|one, other| better(one, other).is_eq())
            .filter(|equal| equal.len() > 1)
            .for_each(|equal| equal.sort_by_cached_key(|candidate| self.key(candidate.place)));
    }

    fn is_upper(&self, (segment, doc): (usize, DocId)) -> bool {
        self.found[segment].all.as_ref().is_some_and(|all| all.contains(doc))
    }

    /// The best by words and the nearest, each once, with their ranks.
    fn gathered(&self, best: &[Item], near: &[Near]) -> Vec<Candidate> {
        let mut candidates: BTreeMap<(usize, DocId), Candidate> = BTreeMap::new();
        for (rank, item) in best.iter().enumerate() {
            let place = (item.segment, item.doc);
            let mut candidate =
                Candidate { place, upper: self.is_upper(place), words: item.score, ..Candidate::default() };
            candidate.evidence.lexical_rank = by_rank(Some(rank));
            // Some are in both lists; the rank in the first one counts.
            candidates.entry(place).or_insert(candidate);
        }
        for (rank, near) in near.iter().enumerate() {
            let place = (near.segment, near.doc);
            let candidate = candidates.entry(place).or_insert_with(|| Candidate {
                place,
                upper: self.is_upper(place),
                ..Candidate::default()
            });
            candidate.evidence.nearness_rank = by_rank(Some(rank));
        }
        // What was asked for by name stands before all of them.
        let named = |place: &(usize, DocId)| self.found[place.0].first.as_ref().is_some_and(|first| first.has(place.1));
        candidates.into_values().filter(|candidate| !named(&candidate.place)).collect()
    }

    /// Scores by words, coverage and cosines.
    fn weigh_words(
        &self,
        candidates: &mut [Candidate],
        vectors: &[SegmentVectors],
        question: &Probe,
        asked: &str,
    ) -> Result<(), EngineError> {
        for (segment, found) in self.found.iter().enumerate() {
            let own = candidates.iter_mut().filter(|candidate| candidate.place.0 == segment);
            // In the order of documents, as the map had them.
            let mut own: Vec<&mut Candidate> = own.collect();
            let docs: Vec<DocId> = own.iter().map(|candidate| candidate.place.1).collect();
            let scores = self.ranking.lists(found.place)?.scores(&docs, TERMS_MAX);
            let added = self.synonyms.map(|synonyms| synonyms.added.lists(found.place)).transpose()?;
            let added = added.map(|lists| lists.scores(&docs, TERMS_MAX));
            for (place, (candidate, (words, coverage))) in own.iter_mut().zip(scores).enumerate() {
                let doc = candidate.place.1;
                let (more, has) = added.as_ref().map_or((0, 0.0), |added| added[place]);
                let by_words = if self.needs_term { words > 0 } else { found.any.contains(doc) };
                candidate.words = words + more;
                candidate.via = self.via((segment, doc), by_words);
                let share = self.synonyms.map_or(0.0, |synonyms| synonyms.share);
                candidate.evidence.coverage = (coverage + share * has).min(1.0);
                candidate.evidence.cosine = vectors[segment].cosine(question, doc as usize);
                if let Some(run) = found.leaf.run_of(doc) {
                    let head = found.leaf.head(&found.leaf.runs[run]);
                    candidate.evidence.origin = Origin::of(head.head.group.kind, head.head.group.level);
                    candidate.evidence.named_place = names_place(asked, &head.title);
                }
            }
        }
        Ok(())
    }

    fn via(&self, (segment, doc): (usize, DocId), by_words: bool) -> Via {
        match self.synonyms {
            _ if by_words => Via::Words,
            Some(synonyms) if synonyms.having[segment].contains(doc) => Via::Thesaurus,
            _ => Via::Association,
        }
    }

    /// What is relative to the best, and what the instrument has besides.
    fn complete(&self, candidates: &mut [Candidate]) {
        let top = candidates.iter().map(|candidate| candidate.words).max().unwrap_or(0).max(1) as f32;
        let nearest = candidates.iter().map(|candidate| candidate.evidence.cosine).fold(0.0, f32::max);
        let mut instruments: HashMap<(usize, Option<usize>), (f32, f32)> = HashMap::new();
        let group = |candidate: &Candidate| {
            let (segment, doc) = candidate.place;
            (segment, self.found[segment].leaf.group_of(doc))
        };
        for candidate in candidates.iter_mut() {
            let evidence = &mut candidate.evidence;
            evidence.lexical = candidate.words as f32 / top;
            evidence.nearness = if nearest > 0.0 { evidence.cosine.max(0.0) / nearest } else { 0.0 };
            let (lexical, nearness) = (evidence.lexical, evidence.nearness);
            let best = instruments.entry(group(candidate)).or_default();
            *best = (best.0.max(lexical), best.1.max(nearness));
        }
        for candidate in candidates.iter_mut() {
            let (lexical, nearness) = instruments.get(&group(candidate)).copied().unwrap_or_default();
            candidate.evidence.instrument_lexical = lexical;
            candidate.evidence.instrument_nearness = nearness;
        }
    }

    /// Compares texts with the question.
    fn read(&self, candidates: &mut [Candidate], question: &[char]) -> Result<(), EngineError> {
        let asked = Stretches::new(question);
        for candidate in candidates {
            let (segment, doc) = candidate.place;
            let item = Item { class: 0, score: 0, segment, doc, ord: 0 };
            let entry = self.search.entry(self.found, &item)?;
            candidate.evidence.run = stretch(asked.longest(&fold_str(&entry.text)));
        }
        Ok(())
    }
}

/// The best by words of what holds everywhere: local texts repeat each other and would leave no room for it.
fn of_law(order: &Order<'_>) -> Result<Vec<Item>, EngineError> {
    let everywhere: Vec<Found<'_>> = order.found.iter().map(Found::everywhere).collect();
    Order { found: &everywhere, ..*order }.page(None, 0, BY_WORDS_OF_LAW)
}

/// Whether a question names the place with which a title begins: 云州市… by 云州.
fn names_place(asked: &str, title: &str) -> bool {
    let place = title.char_indices().nth(2).map_or("", |(end, _)| &title[..end]);
    !place.is_empty() && place != "中华" && asked.contains(place)
}

/// The window as what comes first in each segment, behind what was asked for by name. Answers how many the thesaurus and how
/// many association adds to what is found.
pub fn put_first(candidates: &[Candidate], found: &mut [Found<'_>]) -> (u64, u64) {
    let (mut expanded, mut associated) = (0, 0);
    for (place, candidate) in candidates.iter().enumerate() {
        let (segment, doc) = candidate.place;
        let found = &mut found[segment];
        let limit = found.any.limit();
        found.first.get_or_insert_with(|| First::new(limit)).add(NAMED_MAX + place as u64, doc);
        found.any.insert(doc);
        expanded += u64::from(candidate.via == Via::Thesaurus);
        associated += u64::from(candidate.via == Via::Association);
    }
    (expanded, associated)
}

/// Where each pair of neighbouring characters of a question stands.
struct Stretches<'a> {
    question: &'a [char],
    starts: HashMap<[char; 2], Vec<usize>>,
    /// A bit for each pair of the question: most pairs of a text have none and need not be looked up.
    marks: [u64; MARKS / 64],
}

/// Bits by which pairs are told apart at first sight.
const MARKS: usize = 4096;

impl<'a> Stretches<'a> {
    fn new(question: &'a [char]) -> Stretches<'a> {
        let mut starts: HashMap<[char; 2], Vec<usize>> = HashMap::new();
        let mut marks = [0; MARKS / 64];
        for (at, pair) in question.windows(2).enumerate() {
            starts.entry([pair[0], pair[1]]).or_default().push(at);
            let (word, bit) = mark(pair[0], pair[1]);
            marks[word] |= bit;
        }
        Stretches { question, starts, marks }
    }

    /// Characters of the longest stretch that a text repeats.
    fn longest(&self, text: &str) -> usize {
        let text: Vec<char> = text.chars().collect();
        let mut longest = 0;
        for (at, pair) in text.windows(2).enumerate() {
            let (word, bit) = mark(pair[0], pair[1]);
            if self.marks[word] & bit == 0 {
                continue;
            }
            let starts = self.starts.get(&[pair[0], pair[1]]).map_or(&[][..], Vec::as_slice);
            for start in starts {
                // Only a stretch that begins here is new.
                if at > 0 && *start > 0 && text[at - 1] == self.question[start - 1] {
                    continue;
                }
                let same = text[at..].iter().zip(&self.question[*start..]).take_while(|(one, other)| one == other);
                longest = longest.max(same.count());
            }
        }
        longest
    }
}

/// Word and bit of the mark of a pair.
fn mark(one: char, other: char) -> (usize, u64) {
    let number = (one as usize * 31 + other as usize) % MARKS;
    (number / 64, 1 << (number % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_repeated_stretch_is_found_wherever_it_stands() {
        let question: Vec<char> = "未取得施工许可证擅自施工".chars().collect();
        let longest = |text: &str| Stretches::new(&question).longest(text);
        assert_eq!(longest("未取得许可证"), 3);
        assert_eq!(longest("对未取得施工许可证或者擅自施工的"), 8);
        assert_eq!(longest("罚款"), 0);
        assert_eq!(longest(""), 0);
        assert_eq!(Stretches::new(&[]).longest("罚款"), 0);
    }
}
