//! What the text of a case states (案例要素): parties, authority, dates, sections, provisions, discretion, outcome.
//!
//! Read from penalty decisions, rows of published tables, typical cases and judgments. What is not stated is absent; every
//! value keeps the place it was read from, so that a reader can see the words. Nothing here resolves citations: the
//! stretches in which provisions are said to be violated or applied are given as bytes, what they name is found above.

mod dates;
mod discretion;
mod domain;
mod heads;
mod labels;
mod layout;
mod names;
mod outcome;
mod parties;
mod penalties;
mod provisions;
mod sections;
mod sued;
mod unlabelled;

use super::document::Document;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::ops::Range;

pub use discretion::{Discretion, Reason, Tier};
pub use domain::Domain;
pub(in crate::law) use layout::in_lines;
pub use names::Listed;
pub use outcome::Outcome;
pub use parties::{Party, PartyKind};
pub use penalties::penalties;
pub use provisions::is_denied;

/// The field of a document in which a value stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The body.
    Text,
    /// 标题.
    Title,
    /// 处罚机关 as the source states it.
    Issuer,
    /// Region code as the source states it.
    Region,
    /// 案号、决定书文号 as the source states it.
    CaseNumber,
    /// 文号.
    DocumentNumber,
    /// 决定日期 as the source states it.
    DecidedOn,
    /// 案由 as the source states it.
    Cause,
    /// An entry of the parties.
    Parties(u32),
}

/// A value and where it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Read<T> {
    /// The value.
    pub value: T,
    /// The field it was read from.
    pub field: Field,
    /// Bytes of that field.
    pub span: Range<usize>,
}

impl<T> Read<T> {
    /// A value from the body.
    fn text(value: T, span: Range<usize>) -> Self {
        Read { value, field: Field::Text, span }
    }

    /// A value that a whole field states.
    fn whole(value: T, field: Field, length: usize) -> Self {
        Read { value, field, span: 0..length }
    }
}

/// What a section of a case tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SectionKind {
    /// 事实.
    Facts,
    /// 证据.
    Evidence,
    /// 陈述申辩、答辩.
    Defence,
    /// 理由.
    Reasons,
    /// 依据.
    Basis,
    /// 结果.
    Result,
}

/// A section of the body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// What it tells.
    pub kind: SectionKind,
    /// Bytes of the body.
    pub span: Range<usize>,
}

/// A step of the procedure that has a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// 立案、受理、提起公诉.
    Filing,
    /// 检查、抽检.
    Inspection,
    /// 告知.
    Notice,
    /// 听证、开庭.
    Hearing,
    /// 送达.
    Service,
}

/// A step and its date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepDate {
    /// The step.
    pub step: Step,
    /// The day.
    pub date: Date,
}

/// What a case states.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CaseFields {
    /// 当事人.
    pub parties: Vec<Read<Party>>,
    /// 处罚机关、法院.
    pub authority: Option<Read<String>>,
    /// Region code of six digits.
    pub region: Option<Read<String>>,
    /// 案号、决定书文号.
    pub number: Option<Read<String>>,
    /// 决定日期、裁判日期.
    pub decided_on: Option<Read<Date>>,
    /// Other dates of the procedure, in the order of the text.
    pub steps: Vec<Read<StepDate>>,
    /// The sections, in the order of the text.
    pub sections: Vec<Section>,
    /// Stretches of the body that name the provisions said to be violated (违反了《…》第…条).
    pub violated: Vec<Range<usize>>,
    /// Stretches of the body that name the provisions applied (依据《…》第…条).
    pub basis: Vec<Range<usize>>,
    /// 裁量.
    pub discretion: Discretion,
    /// 结果, each kind once.
    pub outcomes: Vec<Read<Outcome>>,
    /// 执法领域.
    pub domain: Option<Read<Domain>>,
    /// 案由.
    pub cause: Option<Read<String>>,
}

/// Reads what a case states. Linear in the length of the document. For documents that are no cases everything is absent.
pub fn read(document: &Document) -> CaseFields {
    if document.kind != super::kind::Kind::Case {
        return CaseFields::default();
    }
    let document = &*layout::in_lines(document);
    let own = layout::own_end(&document.text);
    let sections = sections::find(document, own);
    let authority = heads::authority(document, &sections);
    let (violated, basis) = provisions::find(document.text.get(..own).unwrap_or_default(), &sections);
    let domain = domain::find(document, authority.as_ref().map(|read| read.value.as_str()), &violated, &basis);
    CaseFields {
        parties: parties::find(document),
        region: heads::region(document, authority.as_ref()),
        number: heads::number(document),
        decided_on: dates::decided(document, own),
        steps: dates::steps(&document.text),
        discretion: discretion::find(document.text.get(..own).unwrap_or_default(), &sections),
        outcomes: outcome::find(document, &sections),
        cause: heads::cause(document),
        authority,
        sections,
        violated,
        basis,
        domain,
    }
}

#[cfg(test)]
mod decisions_tests;
#[cfg(test)]
mod elsewhere_tests;
#[cfg(test)]
mod letters_tests;
#[cfg(test)]
mod papers_tests;
#[cfg(test)]
mod tests;
