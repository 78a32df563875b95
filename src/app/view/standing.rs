//! Where one provision stands in a search, or why it is not in it.

use super::{CorpusView, QueryView, SingleView, TotalCount};
use serde::Serialize;

/// What is said of one provision and one search.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StandingPage {
    /// What was searched and understood.
    pub query: QueryView,
    /// The provision as it was named.
    pub asked: String,
    /// Whether it is found.
    pub outcome: StandingOutcome,
    /// The whole answer for people, in Chinese.
    pub message: String,
    /// Its place from 1 on: among the provisions, or with groups the place of its instrument among the instruments.
    pub rank: Option<u64>,
    /// With groups: its place in its instrument.
    pub within: Option<WithinView>,
    /// Counts of the search, if it is found.
    pub total: Option<TotalCount>,
    /// The provision with instrument and version; found, it carries what spoke for it, as a hit with `explain=true`.
    pub item: Option<SingleView>,
    /// Everything that keeps it out.
    pub reasons: Vec<StandingReason>,
    /// State of the corpus that answered.
    pub corpus: CorpusView,
    /// Whether this is the fictional sample.
    pub sample: bool,
    /// Milliseconds the answer took.
    pub took_ms: f64,
    /// Id of the request.
    pub request_id: String,
}

/// Whether a provision is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StandingOutcome {
    /// It is in the results.
    Found,
    /// It is not.
    LeftOut,
    /// The corpus has no such provision, as far as the asker can see.
    NotInCorpus,
}

/// The place of a provision among those of its instrument that were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct WithinView {
    /// From 1 on; `null` if its instrument is found by other provisions only.
    pub place: Option<u64>,
    /// How many of its instrument were found.
    pub matched: u64,
    /// Whether it is among those shown under the instrument.
    pub shown: bool,
}

/// One thing that keeps a provision out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StandingReason {
    /// What it is.
    pub code: StandingCode,
    /// In Chinese.
    pub message: String,
    /// The clause of the query, in its language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    /// The words that are missing, or present where they are excluded.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    /// Of `OR`: what each branch lacks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub branches: Vec<StandingReason>,
}

/// What can keep a provision out of a search; the first twelve are its filters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StandingCode {
    /// 类别.
    Kind,
    /// 时效性.
    Status,
    /// 效力位阶.
    Level,
    /// 制定机关.
    Issuer,
    /// 行政区划.
    Region,
    /// Inside one instrument.
    Instrument,
    /// 公布日期.
    Promulgated,
    /// 施行日期.
    Effective,
    /// A case decided after the day that was asked for.
    AsOf,
    /// What a case states and orders.
    CaseFacts,
    /// The articles that a case applies or says to be violated.
    CaseArticles,
    /// The section of a case.
    Section,
    /// Words or a phrase are not there.
    MissingWords,
    /// What the query excludes is there.
    ForbiddenWords,
    /// No branch of an `OR` is fulfilled.
    NoBranch,
    /// It does not cite what was asked for.
    NotCiting,
    /// It has none of the words, and is not among the nearest that association adds.
    NotNear,
}
