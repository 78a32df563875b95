//! What a segment's columns say, read once when the segment is opened.
//!
//! The provisions of a group are written together, so they are neighbours in a segment: a *run* is a stretch of
//! neighbours with the same head. Filters, facets, dates and groups are judged once for each run, not for each
//! provision: there are 40 times fewer.

use super::bits::Bits;
use super::count::Values;
use super::headings::Headings;
use super::lock;
use super::record::Head;
use super::schema::HEAD;
use crate::index::EngineError;
use crate::law::Kind;
use crate::law::case_fields::{Listed, SectionKind};
use crate::law::case_record::CaseFacts;
use crate::rank::fusion::Origin;
use crate::text::fold::fold_str;
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock};
use tantivy::columnar::StrColumn;
use tantivy::{DocId, InvertedIndexReader, SegmentReader};

/// Neighbours with the same head.
#[derive(Debug, Clone)]
pub struct Run {
    /// Document numbers.
    pub docs: Range<DocId>,
    /// Place in [`Leaf::heads`].
    pub head: u32,
}

/// The provisions of one group.
#[derive(Debug, Clone)]
pub struct Group {
    /// Document numbers.
    pub docs: Range<DocId>,
    /// Places in [`Leaf::runs`].
    pub runs: Range<usize>,
}

/// A head with what filters compare.
#[derive(Debug)]
pub struct LeafHead {
    /// As stored.
    pub head: Arc<Head>,
    /// Folded title.
    pub title: String,
    /// Folded issuer.
    pub issuer: Option<String>,
    /// Folded document number.
    pub number: Option<String>,
    /// Folded 案由.
    pub cause: Option<String>,
}

/// The day of a version without one: later than all others.
pub const NO_DAY: u32 = u32::MAX;

/// The columns of a segment; the same for as long as the segment exists.
#[derive(Debug)]
pub struct Leaf {
    /// Heads in the order of their bytes.
    pub heads: Vec<LeafHead>,
    /// For each head the day of its version, a greater number for a later day; [`NO_DAY`] where there is none. A column of
    /// its own, because sorting by date looks at the heads of all that matched.
    pub days: Vec<u32>,
    /// For each head the fines of its case, in fen; a column of its own for the same reason.
    pub fines: Vec<Option<u64>>,
    /// Runs in the order of documents.
    pub runs: Vec<Run>,
    /// Groups in the order of documents.
    pub groups: Vec<Group>,
    /// Ids of provisions, numbered in their order.
    pub ids: Option<StrColumn>,
    /// What facets count.
    pub values: Values,
    /// Provisions that contain a text, where it takes long to find them.
    pub texts: Texts,
    /// Its headings; read when first asked for.
    headings: OnceLock<Headings>,
    /// Provisions of what holds in one place only; made when first asked for.
    local: OnceLock<Bits>,
    /// Places of runs in the order of their version ids; made when a version is first looked for.
    by_version: OnceLock<Vec<usize>>,
}

/// Sets of provisions by what their text contains, remembered. A segment never changes.
#[derive(Debug, Default)]
pub struct Texts {
    sets: Mutex<HashMap<String, Arc<Bits>>>,
}

/// Memory of the sets of a segment; beyond it they are forgotten and found anew.
const TEXTS_BYTES_MAX: usize = 12_000_000;

impl Texts {
    /// The set of a text, found by `find` if it is not known.
    pub fn of(&self, text: &str, find: impl FnOnce() -> tantivy::Result<Bits>) -> tantivy::Result<Bits> {
        let known = lock(&self.sets).get(text).cloned();
        if let Some(known) = known {
            return Ok((*known).clone());
        }
        let found = find()?;
        let mut sets = lock(&self.sets);
        if (sets.len() + 1) * (found.limit() as usize / 8) > TEXTS_BYTES_MAX {
            sets.clear();
        }
        sets.insert(text.to_owned(), Arc::new(found.clone()));
        Ok(found)
    }
}

impl Leaf {
    /// Reads the columns of a segment.
    pub fn open(reader: &SegmentReader) -> Result<Leaf, EngineError> {
        let storage = |error: &dyn std::fmt::Display| EngineError::Unusable(format!("列数据无法读取：{error}"));
        let columns = reader.fast_fields();
        let mut leaf = Leaf {
            heads: Vec::new(),
            days: Vec::new(),
            fines: Vec::new(),
            runs: Vec::new(),
            groups: Vec::new(),
            ids: None,
            values: Values::default(),
            texts: Texts::default(),
            headings: OnceLock::new(),
            local: OnceLock::new(),
            by_version: OnceLock::new(),
        };
        leaf.ids = columns.str("id").map_err(|error| storage(&error))?;
        let Some(column) = columns.bytes(HEAD).map_err(|error| storage(&error))? else { return Ok(leaf) };
        let mut terms = column.dictionary().stream().map_err(|error| storage(&error))?;
        // Ordinal → place in `heads`; cards have the empty head.
        let mut places = Vec::with_capacity(column.num_terms());
        let mut stored: Vec<Vec<u8>> = Vec::with_capacity(column.num_terms());
        while terms.advance() {
            places.push((!terms.key().is_empty()).then_some(stored.len() as u32));
            if !terms.key().is_empty() {
                stored.push(terms.key().to_vec());
            }
        }
        let head = |bytes: &Vec<u8>| serde_json::from_slice(bytes).map(LeafHead::new);
        leaf.heads = stored.par_iter().map(head).collect::<Result<_, _>>().map_err(|error| storage(&error))?;
        for doc in 0..reader.max_doc() {
            let place = column.ords().first(doc).and_then(|ord| places.get(ord as usize).copied().flatten());
            leaf.push(doc, place);
        }
        leaf.close_groups();
        leaf.values = Values::of(&leaf.heads);
        leaf.fines = leaf.heads.iter().map(|head| head.facts().and_then(|facts| facts.fines_fen)).collect();
        leaf.days = leaf.heads.iter().map(|head| head.head.version.dated.map_or(NO_DAY, day)).collect();
        Ok(leaf)
    }

    /// The headings, from the index of their field.
    pub fn headings(&self, index: &InvertedIndexReader) -> tantivy::Result<&Headings> {
        if let Some(read) = self.headings.get() {
            return Ok(read);
        }
        let read = Headings::read(index)?;
        Ok(self.headings.get_or_init(|| read))
    }

    fn push(&mut self, doc: DocId, head: Option<u32>) {
        let Some(head) = head else { return };
        match self.runs.last_mut() {
            Some(run) if run.head == head && run.docs.end == doc => run.docs.end = doc + 1,
            _ => self.runs.push(Run { docs: doc..doc + 1, head }),
        }
    }

    fn close_groups(&mut self) {
        for (place, run) in self.runs.iter().enumerate() {
            let same = self.groups.last().is_some_and(|group| {
                group.docs.end == run.docs.start && self.group_id(&self.runs[group.runs.start]) == self.group_id(run)
            });
            match self.groups.last_mut() {
                Some(group) if same => {
                    group.docs.end = run.docs.end;
                    group.runs.end = place + 1;
                }
                _ => self.groups.push(Group { docs: run.docs.clone(), runs: place..place + 1 }),
            }
        }
    }

    fn group_id(&self, run: &Run) -> &str {
        &self.head(run).head.group.id
    }

    /// The head of a run.
    pub fn head(&self, run: &Run) -> &LeafHead {
        &self.heads[run.head as usize]
    }

    /// Provisions of what holds in one place only.
    pub fn local(&self) -> &Bits {
        self.local.get_or_init(|| {
            let mut local = Bits::new(self.runs.last().map_or(0, |run| run.docs.end));
            for run in &self.runs {
                let group = &self.head(run).head.group;
                if Origin::of(group.kind, group.level) == Origin::Local {
                    local.fill(run.docs.clone());
                }
            }
            local
        })
    }

    /// The provisions of cases that are sections of these kinds.
    pub fn sections(&self, wanted: &[SectionKind]) -> Bits {
        let found = || Ok(self.find_sections(wanted));
        let key = format!("\0{wanted:?}");
        self.texts.of(&key, found).unwrap_or_else(|_: tantivy::TantivyError| Bits::new(0))
    }

    fn find_sections(&self, wanted: &[SectionKind]) -> Bits {
        let mut bits = Bits::new(self.runs.last().map_or(0, |run| run.docs.end));
        let Some(ids) = &self.ids else { return bits };
        let mut named: HashSet<u64> = HashSet::new();
        let Ok(mut terms) = ids.dictionary().stream() else { return bits };
        for ord in 0.. {
            if !terms.advance() {
                break;
            }
            if is_section(terms.key(), wanted) {
                named.insert(ord);
            }
        }
        for run in self.runs.iter().filter(|run| self.head(run).head.group.kind == Kind::Case) {
            let section = |doc: &DocId| ids.ords().first(*doc).is_some_and(|ord| named.contains(&ord));
            run.docs.clone().filter(section).for_each(|doc| bits.fill(doc..doc + 1));
        }
        bits
    }

    /// The runs of a version or case, in the order of documents.
    pub fn runs_of<'a>(&'a self, version: &'a str) -> impl Iterator<Item = &'a Run> {
        let id = |place: &usize| self.head(&self.runs[*place]).head.version.id.as_str();
        let ordered = self.by_version.get_or_init(|| {
            let mut places: Vec<usize> = (0..self.runs.len()).collect();
            places.sort_by(|one, other| id(one).cmp(id(other)));
            places
        });
        let from = ordered.partition_point(|place| id(place) < version);
        ordered[from..].iter().take_while(move |place| id(place) == version).map(|place| &self.runs[*place])
    }

    /// Place of the run in which a document lies.
    pub fn run_of(&self, doc: DocId) -> Option<usize> {
        let place = self.runs.partition_point(|run| run.docs.end <= doc);
        self.runs.get(place).filter(|run| run.docs.contains(&doc)).map(|_| place)
    }

    /// Place of the group in which a document lies.
    pub fn group_of(&self, doc: DocId) -> Option<usize> {
        let place = self.groups.partition_point(|group| group.docs.end <= doc);
        self.groups.get(place).filter(|group| group.docs.contains(&doc)).map(|_| place)
    }

    /// All documents that are provisions and not deleted.
    pub fn living(&self, reader: &SegmentReader) -> Bits {
        let mut bits = Bits::new(reader.max_doc());
        self.runs.iter().for_each(|run| bits.fill(run.docs.clone()));
        if let Some(alive) = reader.alive_bitset() {
            let dead: Vec<DocId> = bits.iter().filter(|doc| alive.is_deleted(*doc)).collect();
            dead.into_iter().for_each(|doc| bits.clear(doc..doc + 1));
        }
        bits
    }
}

/// Whether an id is that of a section of one of these kinds: `…/facts`, `…/facts~2`.
pub fn is_section(id: &[u8], wanted: &[SectionKind]) -> bool {
    let key = id.rsplit(|byte| *byte == b'/').next().and_then(|key| key.split(|byte| *byte == b'~').next());
    key.is_some_and(|key| wanted.iter().any(|kind| kind.name().as_bytes() == key))
}

/// Days in order, with gaps between the years.
fn day(date: Date) -> u32 {
    u32::from(date.year().unsigned_abs()) * 512 + u32::from(date.day_of_year().unsigned_abs())
}

impl LeafHead {
    /// What a case is filtered, counted and sorted by.
    pub fn facts(&self) -> Option<&CaseFacts> {
        self.head.group.case.as_deref()
    }

    fn new(head: Head) -> LeafHead {
        LeafHead {
            title: fold_str(&head.group.title),
            issuer: head.group.issuer.as_deref().map(fold_str),
            number: head.group.document_number.as_deref().map(fold_str),
            cause: head.group.case.as_ref().and_then(|case| case.cause.as_deref()).map(fold_str),
            head: Arc::new(head),
        }
    }
}
