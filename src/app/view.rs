//! What the journeys answer: shapes of contract.md, ready to be encoded as JSON or shown on a page.

pub mod case;
pub mod catalogue;
pub mod citations;
pub mod comparison;
pub mod corrections;
pub mod impact;
mod inventory;
pub mod matching;
pub mod penalty;
pub mod precedents;
pub mod quotation;
pub mod relations;
pub mod reports;
pub mod review;
pub mod similar;
pub mod standing;
pub mod suggest;
pub mod superior;
pub mod typed;

use crate::corpus::record::Masked;
pub use crate::index::TotalCount;
use crate::law::event::EventSource;
use crate::law::versions::Proofs;
use crate::law::{AuthorityLevel, CaseKind, Event, HeadingLevel, Kind, ProvisionKind, ValidityStatus};
pub use corrections::CorrectionShown;
pub use inventory::{Holding, LabelledCase};
use jiff::civil::Date;
pub use reports::{
    Exported, FileReport, ImportReport, MaintenanceReport, SyncReason, SyncRefused, SyncReport, VerifyReport,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
pub use suggest::{DidYouMean, SuggestPage, Suggestion, SuggestionKind};
pub use typed::{CitedTarget, TypedCitation, TypedOutcome, Why};

/// The envelope of a search.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SearchPage {
    /// What was asked and what was understood.
    pub query: QueryView,
    /// Counts.
    pub total: TotalCount,
    /// What the query cites, if it is a citation (处罚法33条) and not words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub citation: Option<TypedCitation>,
    /// What was probably meant, if the words stand nowhere and a public title or term is near them. Never searched by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub did_you_mean: Option<DidYouMean>,
    /// Groups, or provisions with instrument and version inline (`group=none`).
    pub items: Vec<Item>,
    /// Facet → values with counts, most frequent first.
    pub facets: BTreeMap<String, Vec<FacetValue>>,
    /// Cursor of the next page.
    pub next: Option<String>,
    /// State of the corpus that answered.
    pub corpus: CorpusView,
    /// Whether this is the fictional sample.
    pub sample: bool,
    /// Chinese remarks, for example how many hits were hidden.
    pub warnings: Vec<String>,
    /// Milliseconds the answer took.
    pub took_ms: f64,
    /// Id of the request.
    pub request_id: String,
}

/// What was asked and understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QueryView {
    /// As typed.
    pub raw: String,
    /// What it means, in Chinese.
    pub interpreted: String,
    /// Words of the question with the terms of the law that were looked for besides, from the thesaurus.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub expanded: Vec<ExpansionView>,
}

/// A word of the question and the terms of the law that were looked for besides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExpansionView {
    /// The word, folded.
    pub word: String,
    /// The terms.
    pub terms: Vec<String>,
}

/// State of the corpus.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CorpusView {
    /// Opaque cursor of the journal.
    pub cursor: String,
    /// The day on which status was judged.
    pub as_of: Date,
}

/// One value of a facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FacetValue {
    /// The value to filter by.
    pub value: String,
    /// Provisions.
    pub count: u64,
}

/// One item of a page.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Item {
    /// Provisions of one instrument or case.
    Group(Box<GroupView>),
    /// One provision.
    Single(Box<SingleView>),
}

/// Provisions of one instrument or case, best first.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupView {
    /// The instrument or case.
    pub instrument: InstrumentHead,
    /// The version of the best hit; `null` for cases.
    pub version: Option<VersionView>,
    /// Provisions of the group that matched.
    pub matched: u64,
    /// The best of them.
    pub provisions: Vec<ProvisionHit>,
}

/// One provision with its instrument and version.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SingleView {
    /// The instrument or case.
    pub instrument: InstrumentHead,
    /// The version; `null` for cases.
    pub version: Option<VersionView>,
    /// The provision.
    #[serde(flatten)]
    pub provision: ProvisionHit,
}

/// Instrument or case as a heading of hits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InstrumentHead {
    /// Instrument id or case id.
    pub id: String,
    /// Title as received.
    pub title: String,
    /// Family.
    pub kind: Kind,
    /// Level.
    pub level: Option<AuthorityLevel>,
    /// Kind of case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case_kind: Option<CaseKind>,
    /// Issuer.
    pub issuer: Option<String>,
    /// Region code.
    pub region: Option<String>,
    /// 文号 or 案号.
    pub document_number: Option<String>,
}

impl InstrumentHead {
    /// Level, else kind of case, else family: one word for what it is, in Chinese.
    pub fn sort(&self) -> &'static str {
        let level = self.level.map(|level| level.chinese());
        level.or(self.case_kind.map(|kind| kind.chinese())).unwrap_or(self.kind.chinese())
    }
}

/// A version with its status on the day asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VersionView {
    /// Version key.
    pub key: String,
    /// First day in force.
    pub effective_from: Option<Date>,
    /// First day no longer in force.
    pub ended_on: Option<Date>,
    /// What ended it.
    pub ended_by: Option<crate::law::EndedBy>,
    /// Status on the day asked.
    pub status: ValidityStatus,
    /// Promulgation, else adoption, else decision date.
    pub dated: Option<Date>,
    /// Origins that have this version, preferred first.
    pub origins: Vec<String>,
    /// What its first and its last day rest on; hits of a search do not carry it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proof: Option<Proofs>,
    /// In Chinese, why its first day only stands in for one that is not known; told where a version was chosen by a day and
    /// no proof is carried.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assumed: Option<String>,
}

/// Days after an assumed first day on which the text before it may still have been in force: no decision of those whose first
/// day is known waits longer.
const DOUBT_DAYS: i32 = 365;

/// That on a day soon after one on which a change is said to take effect the text before it may still have been in force, in
/// Chinese.
pub fn begins_in_doubt(from: Date, on: Date) -> Option<String> {
    let days = on.since((jiff::Unit::Day, from)).map_or(i32::MAX, |span| span.get_days());
    (from <= on && days < DOUBT_DAYS)
        .then(|| format!("修改决定常在公布后数月才施行，{on} 可能仍适用修改前的文本，请核对施行日期"))
}

impl VersionView {
    /// Why its first day only stands in for one that is not known, in Chinese, as far as it carries that.
    pub fn first_day_assumed(&self) -> Option<&str> {
        let proof = self.proof.as_ref().and_then(|proofs| proofs.from.as_ref());
        let assumed = self.assumed.as_deref().or_else(|| proof?.assumed.as_deref());
        assumed.filter(|_| self.effective_from.is_some())
    }

    /// That on a day soon after an assumed first one the text before it may still have been in force, in Chinese. So it may if only a
    /// source states a first day and that is the day of the change: sources put it where they do not know better.
    pub fn begins_in_doubt(&self, on: Date) -> Option<String> {
        let proof = self.proof.as_ref().and_then(|proofs| proofs.from.as_ref());
        let of_change =
            proof.is_some_and(|proof| proof.source == EventSource::Stated) && self.dated == self.effective_from;
        let from = self.effective_from.filter(|_| of_change || self.first_day_assumed().is_some())?;
        begins_in_doubt(from, on)
    }

    /// Since when it is no longer in force, in words.
    pub fn ended(&self) -> Option<String> {
        let on = self.ended_on?;
        let proof = self.proof.as_ref().and_then(|proofs| proofs.to.as_ref());
        let assumed = proof.and_then(|proof| proof.assumed.as_deref()).map(|why| format!("（{why}）"));
        Some(match self.ended_by {
            Some(crate::law::EndedBy::Unknown) => format!("至迟 {on} 已失效"),
            _ => format!("{on} 起不再有效{}", assumed.unwrap_or_default()),
        })
    }
}

/// A provision that was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProvisionHit {
    /// Provision id.
    pub id: String,
    /// Kind of provision.
    pub kind: ProvisionKind,
    /// 第十条之一 …
    pub label: String,
    /// Headings above it.
    pub path: Vec<String>,
    /// Verbatim text.
    pub text: String,
    /// Matches as code points of `text`.
    pub highlights: Vec<Range>,
    /// Escaped HTML of `text` with `<mark>`.
    pub marked: String,
    /// Score, comparable inside this answer only.
    pub score: f32,
    /// Version key, since a group may hold several versions.
    pub version_key: String,
    /// Where the provision has none of the words: `thesaurus` if it has a term that these lead to, `association` if only
    /// learned association found it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub via: Option<&'static str>,
    /// What spoke for it (`explain=true`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<Reasons>,
}

/// What spoke for a provision.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reasons {
    /// The words of the question that stand in its text.
    pub words: Vec<String>,
    /// The terms of the thesaurus that stand in its text.
    pub expanded: Vec<String>,
    /// Whether it has all the words of a short question: then it stands before all that have not.
    pub all_words: bool,
    /// Learned association: which word of the question pulled which of the provision, the strongest first.
    pub pulls: Vec<PullView>,
    /// The weighed sum of the signals; `null` where words alone rank.
    pub score: Option<f32>,
    /// Signals by name, as the file of weights names them; empty where words alone rank.
    pub signals: BTreeMap<&'static str, f32>,
}

/// A word of the question and a word of the provision that belong together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PullView {
    /// Word of the question.
    pub from: String,
    /// Word of the provision.
    pub to: String,
    /// Part of the cosine between question and provision.
    pub share: f32,
}

/// A half-open range of Unicode code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    /// First.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// An instrument or case as people read it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReadingView {
    /// The instrument or case.
    pub instrument: InstrumentHead,
    /// The version shown; `null` for cases.
    pub version: Option<VersionView>,
    /// Every version, newest first.
    pub versions: Vec<VersionView>,
    /// The day asked.
    pub as_of: Date,
    /// Up to when the corpus is known: the newest date of any of its versions. What happened later is not in it.
    pub known_to: Option<Date>,
    /// Set when no version was in force on the day asked and another is shown, and when the text seems to stop before its end.
    pub notice: Option<String>,
    /// 题注 lines, verbatim.
    pub history: Vec<String>,
    /// Dated events read from history and text.
    pub events: Vec<Event>,
    /// The text in order.
    pub blocks: Vec<BlockView>,
    /// What could not be understood, in Chinese.
    pub issues: Vec<String>,
    /// Records as received behind this version.
    pub documents: Vec<DocumentRef>,
    /// Relations to others: those that this text states, and those that persons recorded.
    pub relations: Vec<relations::RelationShown>,
    /// What persons corrected in what the source of the text stated, with reason, proof and what stood there before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<CorrectionShown>,
    /// Whether this is the fictional sample.
    pub sample: bool,
}

/// A heading or a provision of a text.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum BlockView {
    /// A heading.
    Heading {
        /// Its level.
        level: HeadingLevel,
        /// Verbatim, without surrounding white space.
        text: String,
    },
    /// A provision.
    Provision {
        /// Provision id.
        id: String,
        /// Last part of the id, the anchor on the page.
        key: String,
        /// Kind.
        kind: ProvisionKind,
        /// 第十条之一 …
        label: String,
        /// Verbatim text without surrounding white space.
        text: String,
        /// 款 项 目, as code points of `text`.
        parts: Vec<PartView>,
    },
}

/// 款, 项 or 目 of a provision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartView {
    /// `p2/s3/i1`.
    pub key: String,
    /// 第二款第三项第1目.
    pub label: String,
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// One provision (or a part of it) by id.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProvisionView {
    /// The id asked for, canonical.
    pub id: String,
    /// The instrument or case.
    pub instrument: InstrumentHead,
    /// The version; `null` for cases.
    pub version: Option<VersionView>,
    /// Kind.
    pub kind: ProvisionKind,
    /// 第十条之一第二款 …
    pub label: String,
    /// Headings above it.
    pub path: Vec<String>,
    /// Verbatim text of the provision or part.
    pub text: String,
    /// The formal citation to copy (规范引用): 《行政处罚法》（2021年修订）第三十三条第一款.
    pub citation: String,
    /// The day asked.
    pub as_of: Date,
    /// Up to when the corpus is known, as for the whole text.
    pub known_to: Option<Date>,
    /// As for the whole text: that this one is shown for want of another, or seems to stop before its end.
    pub notice: Option<String>,
    /// Whether this is the fictional sample.
    pub sample: bool,
}

/// A record behind a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentRef {
    /// Document id.
    pub id: String,
    /// Origin.
    pub origin: String,
    /// Whether its text is the one shown.
    pub shown: bool,
    /// How many provisions differ from the text shown.
    pub differing: u64,
}

/// A record as received.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DocumentView {
    /// Document id.
    pub id: String,
    /// Instrument it is a text of.
    pub instrument: Option<String>,
    /// Every origin with what it sent, preferred first.
    pub records: Vec<RecordView>,
    /// Whether this is the fictional sample.
    pub sample: bool,
}

/// What one origin sent.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RecordView {
    /// Origin.
    pub origin: String,
    /// When it was recorded, RFC 3339; absent for the sample.
    pub recorded_at: Option<String>,
    /// SHA-256 of its canonical JSON.
    pub digest: String,
    /// What was masked before it was recorded.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub masked: Vec<Masked>,
    /// Whether it was recorded as it was, although it may hold personal data.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unmasked: bool,
    /// Values that were told beside the text, and where.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<crate::law::ValueSource>,
    /// The interchange record.
    pub document: crate::law::Document,
    /// What persons corrected in it; the record stays as received.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<CorrectionShown>,
}

/// Whatever `show` found.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Shown {
    /// An instrument, a version or a case.
    Reading(Box<ReadingView>),
    /// A provision or a part of it.
    Provision(Box<ProvisionView>),
    /// A record as received.
    Document(Box<DocumentView>),
}

/// Records after a cursor.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangesPage {
    /// The records, oldest first, in the form of the journal.
    pub items: Vec<serde_json::Value>,
    /// Cursor after the last of them: where to go on.
    pub next: String,
    /// Whether more are waiting.
    pub more: bool,
}
