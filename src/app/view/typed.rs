//! A query that is a citation, as faces show it.

use super::{InstrumentHead, VersionView};
pub use crate::citation::Why;
use serde::Serialize;

/// A query understood as a citation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TypedCitation {
    /// Name and place in full: 行政处罚法第三十三条.
    pub read: String,
    /// How far it leads.
    pub outcome: TypedOutcome,
    /// For people, in Chinese.
    pub message: String,
    /// What can be meant, best first, whatever its status and the filters; of a series each place, as typed.
    pub targets: Vec<CitedTarget>,
}

/// How far a typed citation leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TypedOutcome {
    /// To one place or one series of them, which come first in the results unless a filter that was asked for leaves them out.
    Resolved,
    /// To several, or to one of which its name is no more than a part.
    Ambiguous,
    /// To none, or to an instrument without one of the places; the results are those of the words.
    NotFound,
}

/// One thing that a typed citation can mean.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CitedTarget {
    /// The instrument or case.
    pub instrument: InstrumentHead,
    /// The version of the day or year; `null` for cases.
    pub version: Option<VersionView>,
    /// Id of the provision or part; `null` for the whole.
    pub provision: Option<String>,
    /// 第三十三条第二款; `null` for the whole.
    pub label: Option<String>,
    /// Verbatim text of the provision; `null` for the whole.
    pub text: Option<String>,
    /// By which rule it was found.
    pub why: Why,
    /// Why the citation could not be followed to its end, in Chinese.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    /// Why it is not among the results although it is meant (filters), in Chinese.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub excluded: Option<String>,
}
