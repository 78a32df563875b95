//! What a query means in terms of the index: which provisions match, and which terms rank them.

use super::bits::Bits;
use super::leaf::Leaf;
use super::lexicon::Lexicon;
use super::schema::Fields;
use crate::index::function_words::is_function_word;
use crate::query::{Field, Matching, Node};
use crate::text::fold::fold_str;
use crate::text::pairs::pairs;
use crate::text::words::Segmenter;
use std::collections::{HashMap, HashSet};
use tantivy::postings::BlockSegmentPostings;
use tantivy::query::{EnableScoring, PhraseQuery, Query as _};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, Searcher, SegmentReader, TERMINATED, Term};

/// Up to so many words, provisions that have all of them come first.
const TIERED_WORDS_MAX: usize = 4;

/// A phrase whose rarest pair stands in so many provisions of a segment takes long to prove.
const COSTLY: u32 = 1_000;
/// Phrases of fewer pairs are words that are asked for again.
const REMEMBERED_PAIRS: usize = 8;

/// Which provisions match.
#[derive(Debug, Clone, PartialEq)]
pub enum Plan {
    /// All.
    All,
    /// Those whose folded text contains this.
    Text(String),
    /// Those of whose version a folded field contains this.
    Head(Field, String),
    /// Those under a heading that contains this.
    Heading(String),
    /// Any of several; those with every one of them come first.
    Words(Vec<Plan>),
    /// Those with any of the ranking terms: a long question.
    Ranked(Vec<RankTerm>),
    /// Exactly these, by id.
    Provisions(Vec<String>),
    /// All of several.
    And(Vec<Plan>),
    /// Any of several.
    Or(Vec<Plan>),
    /// The others.
    Not(Box<Plan>),
}

impl Plan {
    /// The folded words or phrases that it looks for.
    pub fn needles(&self) -> Vec<&str> {
        match self {
            Plan::Text(text) | Plan::Head(_, text) | Plan::Heading(text) => vec![text],
            Plan::Words(parts) | Plan::And(parts) => parts.iter().flat_map(Plan::needles).collect(),
            Plan::Ranked(terms) => terms.iter().filter(|term| term.word).map(|term| term.text.as_str()).collect(),
            Plan::All | Plan::Provisions(_) | Plan::Or(_) | Plan::Not(_) => Vec::new(),
        }
    }
}

/// A term that adds to the score.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RankTerm {
    /// Whether it is a word; else a pair.
    pub word: bool,
    /// The term.
    pub text: String,
}

/// A query, understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Compiled {
    /// What matches.
    pub plan: Plan,
    /// What ranks, without repetition.
    pub terms: Vec<RankTerm>,
    /// Folded words and phrases of the text that were asked for: they are highlighted.
    pub needles: Vec<String>,
}

/// Understands a query.
pub fn compile(node: &Node, matching: Matching, lexicon: &Lexicon) -> Compiled {
    let mut compiler = Compiler { matching, lexicon, terms: Vec::new(), seen: HashSet::new(), needles: Vec::new() };
    let plan = compiler.node(node, true);
    let mut needles = compiler.needles;
    needles.sort_unstable();
    needles.dedup();
    Compiled { plan, terms: compiler.terms, needles }
}

struct Compiler<'s> {
    matching: Matching,
    lexicon: &'s Lexicon,
    terms: Vec<RankTerm>,
    seen: HashSet<RankTerm>,
    needles: Vec<String>,
}

impl Compiler<'_> {
    fn node(&mut self, node: &Node, positive: bool) -> Plan {
        match node {
            Node::All => Plan::All,
            Node::Phrase { field, text } => self.phrase(*field, fold_str(text), positive),
            Node::Words { field, text } => self.words(*field, fold_str(text), positive),
            Node::Provisions { ids, .. } => Plan::Provisions(ids.clone()),
            Node::And(nodes) => Plan::And(nodes.iter().map(|node| self.node(node, positive)).collect()),
            Node::Or(nodes) => Plan::Or(nodes.iter().map(|node| self.node(node, positive)).collect()),
            Node::Not(node) => Plan::Not(Box::new(self.node(node, !positive))),
        }
    }

    fn phrase(&mut self, field: Field, folded: String, positive: bool) -> Plan {
        if folded.is_empty() {
            return Plan::All;
        }
        if field == Field::Text && positive {
            for word in self.lexicon.segmenter().words_and_parts(&folded) {
                self.rank(true, word);
            }
            pairs(&folded).for_each(|pair| self.rank(false, pair));
            self.needles.push(folded.clone());
        }
        contains(field, folded)
    }

    fn words(&mut self, field: Field, folded: String, positive: bool) -> Plan {
        if self.matching == Matching::Exact {
            return self.phrase(field, folded, positive);
        }
        let words = content_words(&folded);
        if words.is_empty() {
            // Only punctuation: nothing but itself can be meant.
            return self.phrase(field, folded, positive);
        }
        if field == Field::Text && positive {
            for word in &words {
                self.rank(true, word);
                pairs(word).for_each(|pair| self.rank(false, pair));
                self.needles.push((*word).to_owned());
            }
            // Words of the corpus only rank: what matches are the words that they are made of.
            for word in self.lexicon.segmenter().words(&folded) {
                if !is_function_word(word) {
                    self.rank(true, word);
                }
            }
        }
        let tiered = words.len() <= TIERED_WORDS_MAX;
        if self.matching == Matching::Any && !tiered && field == Field::Text {
            return Plan::Ranked(words.iter().flat_map(|word| ranking(word)).collect());
        }
        let parts = words.into_iter().map(|word| contains(field, word.to_owned())).collect();
        if self.matching == Matching::All { Plan::And(parts) } else { Plan::Words(parts) }
    }

    fn rank(&mut self, word: bool, text: &str) {
        let term = RankTerm { word, text: text.to_owned() };
        if self.seen.insert(term.clone()) {
            self.terms.push(term);
        }
    }
}

fn ranking(word: &str) -> impl Iterator<Item = RankTerm> {
    let term = |word, text: &str| RankTerm { word, text: text.to_owned() };
    std::iter::once(term(true, word)).chain(pairs(word).map(move |pair| term(false, pair)))
}

fn contains(field: Field, folded: String) -> Plan {
    match field {
        Field::Text => Plan::Text(folded),
        Field::Heading => Plan::Heading(folded),
        // Answered above the engine; left as words it finds nothing.
        Field::Cites => Plan::Provisions(Vec::new()),
        Field::Title | Field::DocumentNumber | Field::Issuer => Plan::Head(field, folded),
    }
}

/// The words of a folded text, each once, without function words unless there are no others.
fn content_words(folded: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for word in Segmenter::shared().words(folded) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    if words.iter().any(|word| !is_function_word(word)) {
        words.retain(|word| !is_function_word(word));
    }
    words
}

/// The provisions of one segment that match.
#[derive(Debug, Clone)]
pub struct Matched {
    /// Those that match.
    pub any: Bits,
    /// Those among them that have all the words; `None` if that is the same.
    pub all: Option<Bits>,
}

impl Matched {
    fn of(any: Bits) -> Matched {
        Matched { any, all: None }
    }

    fn best(&self) -> &Bits {
        self.all.as_ref().unwrap_or(&self.any)
    }
}

/// One segment, as plans see it.
pub struct Segment<'a> {
    /// All segments of the generation.
    pub searcher: &'a Searcher,
    /// The segment.
    pub reader: &'a SegmentReader,
    /// Its columns.
    pub leaf: &'a Leaf,
    /// Its fields.
    pub fields: &'a Fields,
}

impl Segment<'_> {
    /// Finds what matches a plan.
    pub fn matched(&self, plan: &Plan) -> tantivy::Result<Matched> {
        Ok(match plan {
            Plan::All => Matched::of(self.everything()),
            Plan::Text(text) => Matched::of(self.text(text)?),
            Plan::Head(field, text) => Matched::of(self.head(*field, text)),
            Plan::Heading(text) => Matched::of(self.heading(text)?),
            Plan::Provisions(ids) => Matched::of(self.provisions(ids)),
            Plan::Ranked(terms) => Matched::of(self.ranked(terms)?),
            Plan::Words(parts) => self.words(parts)?,
            Plan::And(parts) => self.join(parts, Bits::and)?.unwrap_or_else(|| Matched::of(self.everything())),
            Plan::Or(parts) => self.join(parts, Bits::or)?.unwrap_or_else(|| Matched::of(self.nothing())),
            Plan::Not(part) => {
                let mut rest = self.everything();
                rest.and_not(&self.matched(part)?.any);
                Matched::of(rest)
            }
        })
    }

    /// Provisions by their ids.
    fn provisions(&self, ids: &[String]) -> Bits {
        let mut bits = self.nothing();
        let mut of_version: HashMap<&str, HashSet<u64>> = HashMap::new();
        let Some(column) = self.leaf.ids.as_ref() else { return bits };
        for id in ids {
            let version = id.split('/').next().unwrap_or(id);
            if let Some(ord) = column.dictionary().term_ord(id).ok().flatten() {
                of_version.entry(version).or_default().insert(ord);
            }
        }
        for run in &self.leaf.runs {
            let Some(ords) = of_version.get(self.leaf.head(run).head.version.id.as_str()) else { continue };
            let docs = run.docs.clone().filter(|doc| column.ords().first(*doc).is_some_and(|ord| ords.contains(&ord)));
            docs.for_each(|doc| bits.insert(doc));
        }
        bits
    }

    fn nothing(&self) -> Bits {
        Bits::new(self.reader.max_doc())
    }

    fn everything(&self) -> Bits {
        let mut bits = self.nothing();
        bits.fill(0..self.reader.max_doc());
        bits
    }

    fn words(&self, parts: &[Plan]) -> tantivy::Result<Matched> {
        let mut found: Option<Matched> = None;
        for part in parts {
            let bits = self.matched(part)?.any;
            match &mut found {
                None => found = Some(Matched { all: (parts.len() > 1).then(|| bits.clone()), any: bits }),
                Some(found) => {
                    found.any.or(&bits);
                    found.all.iter_mut().for_each(|all| all.and(&bits));
                }
            }
        }
        Ok(found.unwrap_or_else(|| Matched::of(self.nothing())))
    }

    fn join(&self, parts: &[Plan], with: fn(&mut Bits, &Bits)) -> tantivy::Result<Option<Matched>> {
        let mut found: Option<Matched> = None;
        for part in parts {
            let next = self.matched(part)?;
            found = Some(match found {
                None => next,
                Some(mut found) => {
                    if found.all.is_some() || next.all.is_some() {
                        let mut all = found.best().clone();
                        with(&mut all, next.best());
                        found.all = Some(all);
                    }
                    with(&mut found.any, &next.any);
                    found
                }
            });
        }
        Ok(found)
    }

    /// Provisions whose folded text contains a text: one character by all pairs that it begins, two by their pair, more by
    /// pairs at every second place and at the end, which cover every character.
    fn text(&self, text: &str) -> tantivy::Result<Bits> {
        let pairs: Vec<&str> = pairs(text).collect();
        let Some(last) = pairs.len().checked_sub(1) else { return self.single(text) };
        if last == 0 {
            return self.postings(&Term::from_field_text(self.fields.pairs, text));
        }
        let places = (0..last).step_by(2).chain([last]);
        let terms: Vec<(usize, Term)> =
            places.map(|place| (place, Term::from_field_text(self.fields.pairs, pairs[place]))).collect();
        let index = self.reader.inverted_index(self.fields.pairs)?;
        let mut rarest = u32::MAX;
        for (_, term) in &terms {
            rarest = rarest.min(index.doc_freq(term)?);
        }
        match rarest {
            0 => Ok(self.nothing()),
            COSTLY.. if pairs.len() < REMEMBERED_PAIRS => self.leaf.texts.of(text, || self.phrase(terms)),
            _ => self.phrase(terms),
        }
    }

    fn phrase(&self, terms: Vec<(usize, Term)>) -> tantivy::Result<Bits> {
        let weight =
            PhraseQuery::new_with_offset(terms).weight(EnableScoring::disabled_from_searcher(self.searcher))?;
        let mut scorer = weight.scorer(self.reader, 1.0)?;
        let mut bits = self.nothing();
        let mut doc = scorer.doc();
        while doc != TERMINATED {
            bits.insert(doc);
            doc = scorer.advance();
        }
        Ok(bits)
    }

    /// Provisions that contain a character. Remembered, because a common one begins thousands of pairs.
    fn single(&self, character: &str) -> tantivy::Result<Bits> {
        self.leaf.texts.of(character, || {
            let index = self.reader.inverted_index(self.fields.pairs)?;
            let mut bits = self.nothing();
            let mut terms = index.terms().range().ge(character).into_stream()?;
            while terms.advance() && terms.key().starts_with(character.as_bytes()) {
                let mut block = index.read_block_postings_from_terminfo(terms.value(), IndexRecordOption::Basic)?;
                add_blocks(&mut block, &mut bits);
            }
            Ok(bits)
        })
    }

    fn postings(&self, term: &Term) -> tantivy::Result<Bits> {
        let mut bits = self.nothing();
        self.add_postings(term, &mut bits)?;
        Ok(bits)
    }

    fn add_postings(&self, term: &Term, bits: &mut Bits) -> tantivy::Result<()> {
        let index = self.reader.inverted_index(term.field())?;
        if let Some(mut block) = index.read_block_postings(term, IndexRecordOption::Basic)? {
            add_blocks(&mut block, bits);
        }
        Ok(())
    }

    fn ranked(&self, terms: &[RankTerm]) -> tantivy::Result<Bits> {
        let mut bits = self.nothing();
        for term in terms {
            self.add_postings(&term.term(self.fields), &mut bits)?;
        }
        Ok(bits)
    }

    fn head(&self, field: Field, text: &str) -> Bits {
        let found: Vec<bool> = self
            .leaf
            .heads
            .iter()
            .map(|head| match field {
                Field::Title => head.title.contains(text),
                Field::DocumentNumber => head.number.as_deref().is_some_and(|number| number.contains(text)),
                Field::Issuer => head.issuer.as_deref().is_some_and(|issuer| issuer.contains(text)),
                Field::Text | Field::Heading | Field::Cites => false,
            })
            .collect();
        let mut bits = self.nothing();
        for run in self.leaf.runs.iter().filter(|run| found[run.head as usize]) {
            bits.fill(run.docs.clone());
        }
        bits
    }

    fn heading(&self, text: &str) -> tantivy::Result<Bits> {
        let index = self.reader.inverted_index(self.fields.heading)?;
        let mut bits = self.nothing();
        for info in self.leaf.headings(&index)?.with(text) {
            add_blocks(&mut index.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?, &mut bits);
        }
        Ok(bits)
    }
}

impl RankTerm {
    /// As tantivy looks it up.
    pub fn term(&self, fields: &Fields) -> Term {
        Term::from_field_text(if self.word { fields.words } else { fields.pairs }, &self.text)
    }
}

fn add_blocks(block: &mut BlockSegmentPostings, bits: &mut Bits) {
    while !block.docs().is_empty() {
        block.docs().iter().for_each(|doc| bits.insert(*doc));
        block.advance();
    }
}
