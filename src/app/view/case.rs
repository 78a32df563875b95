//! The record of a case, and whether the law that it applied still stands.

use super::citations::ProvisionRef;
use super::impact::ImpactState;
use super::{InstrumentHead, Range, VersionView};
use crate::citation::{Outcome, Role};
use crate::law::case_record::CaseRecord;
use jiff::civil::Date;
use serde::Serialize;

/// What a case states and orders, and what became of the provisions that it names.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CasePage {
    /// The case.
    pub instrument: InstrumentHead,
    /// Its number.
    pub case_number: Option<String>,
    /// What it states and orders; spans are code points of the field that they name.
    pub record: CaseRecord,
    /// The provisions that it applies or says to be violated, in the order of its text.
    pub provisions: Vec<CaseProvision>,
    /// The day on which these are judged.
    pub as_of: Date,
    /// Up to when the corpus is known.
    pub known_to: Option<Date>,
    /// In Chinese, what must be known before the case is relied on: that law which it applied was changed or repealed.
    pub notices: Vec<String>,
    /// Whether this is the fictional sample.
    pub sample: bool,
}

/// A provision that a case applies or says to be violated.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CaseProvision {
    /// `violation` or `basis`.
    pub role: Role,
    /// Provision of the case in which it stands.
    pub stands_in: String,
    /// Code points of the text of that provision.
    pub span: Range,
    /// The words.
    pub text: String,
    /// How far it was resolved.
    pub outcome: Outcome,
    /// The instrument; `null` if the corpus does not have it.
    pub instrument: Option<InstrumentHead>,
    /// The version that stood on the day of the decision.
    pub version: Option<VersionView>,
    /// The provisions cited, in that version.
    pub cited: Vec<ProvisionRef>,
    /// What became of them up to the day asked; `null` if nothing.
    pub state: Option<ImpactState>,
    /// The same in Chinese.
    pub message: Option<String>,
    /// Where they are now.
    pub now: Vec<ProvisionRef>,
    /// The comparison of both versions, as a path of the pages; `null` where there are not two.
    pub compare: Option<String>,
}
