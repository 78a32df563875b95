//! The record of a case, and whether the law that it applied still stands.

use super::citations::ProvisionRef;
use super::impact::ImpactState;
use super::{InstrumentHead, Range, VersionView};
use crate::app::precedents::yuan;
use crate::citation::{Outcome, Role};
use crate::law::amount::{Period, PeriodUnit};
use crate::law::case_fields::{Listed, Read};
use crate::law::case_record::CaseRecord;
use crate::law::sanction::{Imposed, fines_fen};
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

impl CasePage {
    /// The elements that are known, for people: name and value.
    pub fn rows(&self) -> Vec<(&'static str, String)> {
        let record = &self.record;
        let fields = &record.fields;
        let text = |read: &Option<Read<String>>| read.as_ref().map(|read| read.value.clone());
        let joined = |values: Vec<String>| (!values.is_empty()).then(|| values.join("、"));
        let parties = fields.parties.iter().map(|read| format!("{}（{}）", read.value.name, read.value.kind.chinese()));
        let discretion = &fields.discretion;
        let alone = record.fines_fen;
        let rows = [
            ("当事人", joined(parties.collect())),
            ("机关", text(&fields.authority)),
            ("文号", text(&fields.number)),
            ("日期", fields.decided_on.as_ref().map(|read| read.value.to_string())),
            ("案由", text(&fields.cause)),
            ("领域", fields.domain.as_ref().map(|read| read.value.chinese().to_string())),
            ("处罚", joined(record.penalties.iter().map(penalty).collect())),
            ("罚款合计", alone.map(yuan)),
            // A sum that is fine and confiscation in one is no fine alone.
            ("罚没合计", fines_fen(&record.penalties).filter(|_| alone.is_none()).map(yuan)),
            ("裁量", joined(discretion.tiers.iter().map(|read| read.value.chinese().to_string()).collect())),
            ("裁量基准", joined(discretion.benchmarks.iter().map(|read| read.value.clone()).collect())),
            ("结果", joined(fields.outcomes.iter().map(|read| read.value.chinese().to_string()).collect())),
        ];
        rows.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }
}

/// A penalty for people: its kind, sum and period.
fn penalty(one: &Imposed) -> String {
    let each = if one.heads > 1 { format!("（分别给予 {} 人）", one.heads) } else { String::new() };
    let sum = one.amount_fen.map(yuan).unwrap_or_default();
    let lifelong =
        if one.lifelong { "（终身）".to_string() } else { one.period.as_ref().map(period).unwrap_or_default() };
    format!("{}{sum}{lifelong}{each}", one.kind.chinese())
}

/// A fixed period in brackets; a range has none.
fn period(period: &Period) -> String {
    let Some(end) = period.hi.filter(|_| period.hi == period.lo) else { return String::new() };
    let unit = match end.unit {
        PeriodUnit::Hour => "小时",
        PeriodUnit::Day => "日",
        PeriodUnit::WorkingDay => "个工作日",
        PeriodUnit::Week => "周",
        PeriodUnit::Month => "个月",
        PeriodUnit::Year => "年",
    };
    format!("（{}{unit}）", end.count)
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
