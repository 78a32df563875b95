//! Store: the search index, a projection of the corpus behind the one trait of the house.
//!
//! The unit is the provision. An engine replaces all entries of one *group* (an instrument with all its versions, or a
//! case) at a time, and answers queries with provisions, grouped or not.

pub mod dictionary;
pub mod embedded;
pub mod entry;
pub mod fields;
pub mod function_words;
pub mod standing;
#[cfg(test)]
mod suite;

use crate::query::Query;
use crate::rank::association::Pull;
use crate::rank::fusion::Evidence;
pub use dictionary::{Dictionary, Growth, Titles};
pub use entry::{Entry, GroupHead, VersionHead};
use jiff::civil::Date;
use serde::Serialize;
pub use standing::Standing;
use std::collections::BTreeMap;

/// Everything of one group: replaces what the index held of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Projection {
    /// Instrument id or case document id.
    pub group: String,
    /// Every id, alias and other name (`title:…`) under which the card is found, the group itself included. Several
    /// groups may share a key.
    pub keys: Vec<String>,
    /// What `app` wants to know of the group without reading the journal, opaque to the engine (JSON).
    pub card: String,
    /// What its texts cite and how they are divided, opaque to the engine (JSON). Apart from the card, because only those
    /// read it who want that of all groups.
    pub links: String,
    /// All provisions of all its versions. With no entry and no key the group is removed.
    pub entries: Vec<Entry>,
}

/// A place in the index's history: which journal cursor it was built up to, and when it was committed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, serde::Deserialize)]
pub struct IndexState {
    /// Journal cursor as text (opaque to the engine).
    pub cursor: String,
    /// Fingerprint of schema + segmenter + dictionary.
    pub fingerprint: String,
    /// Day up to which the corpus is known, for display.
    pub known_to: Option<Date>,
    /// Documents in the corpus, for display.
    pub documents: u64,
    /// How far the corpus has outgrown the frozen dictionary.
    #[serde(default)]
    pub growth: Growth,
    /// Damages of the journal, in Chinese, whose records are not in the index, or can no longer be read.
    #[serde(default)]
    pub damage: Vec<String>,
}

/// How many.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TotalCount {
    /// Provisions found.
    pub value: u64,
    /// `eq` exact, `gte` at least.
    pub relation: &'static str,
    /// Groups among them.
    pub groups: u64,
    /// Provisions that the default status filter left out.
    pub hidden: u64,
    /// Provisions added by learned association.
    pub associated: u64,
    /// Provisions added by the thesaurus.
    pub expanded: u64,
}

/// One provision found. Highlights are code points of `entry.text`.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The provision.
    pub entry: Entry,
    /// Its score; only comparable inside one answer.
    pub score: f32,
    /// Half-open ranges of Unicode code points of the text that matched, ascending, not overlapping.
    pub highlights: Vec<(usize, usize)>,
    /// What found it.
    pub via: Via,
    /// What spoke for it, if the question asked for that.
    pub why: Option<Why>,
}

/// What found a provision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Via {
    /// The words, or what else was asked for.
    #[default]
    Words,
    /// A term of the thesaurus: it has none of the words.
    Thesaurus,
    /// Learned association alone: it has neither.
    Association,
}

/// What spoke for a provision.
#[derive(Debug, Clone, PartialEq)]
pub struct Why {
    /// The words of the question that stand in its text.
    pub words: Vec<String>,
    /// The terms of the thesaurus that stand in its text.
    pub expanded: Vec<String>,
    /// Where words and association were weighed together: how.
    pub weighed: Option<Weighed>,
    /// Learned association: which word of the question pulled which of the provision, the strongest first.
    pub pulls: Vec<Pull>,
}

/// A provision weighed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weighed {
    /// What spoke for it.
    pub evidence: Evidence,
    /// Whether it has all the words of a short question: then it was weighed among its like, before all others.
    pub all_words: bool,
    /// The weighed sum.
    pub score: f32,
}

/// A group of provisions of one instrument (or case), best first.
#[derive(Debug, Clone, PartialEq)]
pub struct HitGroup {
    /// How many of its provisions matched.
    pub matched: u64,
    /// The best of them.
    pub hits: Vec<Hit>,
}

/// What a query found.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Counts.
    pub total: TotalCount,
    /// Groups in order; with `grouped = false` every group holds one hit.
    pub groups: Vec<HitGroup>,
    /// Facet name → value → provisions.
    pub facets: BTreeMap<String, Vec<(String, u64)>>,
    /// The head of every group that matches with the day of its version, in no order, if they were asked for.
    pub heads: Vec<(GroupHead, Option<Date>)>,
    /// Cursor of the next page.
    pub next: Option<String>,
    /// State of the index that answered.
    pub state: IndexState,
}

/// Why an engine could not do it.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The generation a cursor names is gone.
    #[error("翻页游标已过期，请重新搜索")]
    CursorExpired,
    /// A cursor that this engine did not make.
    #[error("翻页游标无效")]
    CursorInvalid,
    /// A cursor that this engine made for another question.
    #[error("翻页游标属于另一次搜索")]
    CursorOfAnother,
    /// The index is missing, damaged or of another fingerprint: rebuild it.
    #[error("索引不可用（{0}），请运行 faju rebuild")]
    Unusable(String),
    /// The index is of another version of the program, or of another dictionary: rebuild it.
    #[error("索引由其他版本的程序或词典建立，请运行 faju rebuild")]
    OtherProgram,
    /// Another program is just writing the index.
    #[error("另一程序正在写入索引，请稍后再试")]
    Busy,
    /// Reading or writing failed.
    #[error("索引读写失败：{0}")]
    Storage(String),
}

/// A search engine. The embedded one is `embedded::Embedded` (tantivy).
pub trait Engine: Send + Sync {
    /// Replaces the entries of each group. Not visible before [`Engine::commit`].
    fn write(&self, projections: Vec<Projection>) -> Result<(), EngineError>;
    /// Drops everything written since the last commit.
    fn abandon(&self);
    /// Makes everything written visible and durable, with the state it stands for.
    fn commit(&self, state: &IndexState) -> Result<(), EngineError>;
    /// The state of the last commit that this engine sees.
    fn state(&self) -> Result<IndexState, EngineError>;
    /// Reads every file of the last commit and answers the names of those that are damaged or missing.
    fn damaged_files(&self) -> Result<Vec<String>, EngineError>;
    /// Looks for commits of other processes; true if there was one.
    fn refresh(&self) -> Result<bool, EngineError>;
    /// Drops every generation but the newest: what was redacted must not be reachable by an old cursor.
    fn forget(&self);
    /// Answers a query.
    fn search(&self, query: &Query) -> Result<Answer, EngineError>;
    /// Where a provision stands in the whole answer to a query, whatever its limit and offset, or what keeps it out.
    fn standing(&self, query: &Query, provision: &str) -> Result<Standing, EngineError>;
    /// The cards of the groups that a key leads to, in order of group; empty if there is none. Sees committed groups only.
    fn cards(&self, key: &str) -> Result<Vec<String>, EngineError>;
    /// Calls `visit` with every card and its links, in no particular order, until it answers `false`.
    fn each_card(&self, visit: &mut dyn FnMut(&str, &str) -> bool) -> Result<(), EngineError>;
}
