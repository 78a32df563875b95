//! `nfra-penalties.jsonl`: rows of published penalty notices. The text is put together under captions, as in a decision.

use super::{stated, typed};
use crate::extract::header::numeric_date;
use crate::law::case_columns::{self, CaseColumns};
use crate::law::level::province_by_short_name;
use crate::law::{Access, CaseKind, Document, Kind};
use serde::Deserialize;
use serde_json::{Map, Value};

pub const KEYS: [&str; 16] = [
    "doc_number",
    "party",
    "party_type",
    "org",
    "facts",
    "basis",
    "decision",
    "penalty_kinds",
    "fine_yuan",
    "authority",
    "province",
    "publish_time",
    "title",
    "url",
    "id",
    "suspect",
];
/// Keys that only some rows have.
pub const MORE: [&str; 1] = ["basis_withheld"];

#[derive(Deserialize)]
struct Row {
    doc_number: String,
    party: String,
    org: String,
    facts: String,
    basis: String,
    decision: String,
    authority: String,
    province: String,
    publish_time: String,
    title: String,
    url: String,
    id: String,
    suspect: bool,
    #[serde(default)]
    basis_withheld: bool,
}

/// One row. Names of natural persons are masked by the source and stay as they are.
pub fn read(object: Map<String, Value>) -> Result<Document, String> {
    let row: Row = typed(object)?;
    let party = if row.org.trim().is_empty() { row.party.clone() } else { format!("{}（{}）", row.party, row.org) };
    let sections = [
        ("当事人", party.as_str()),
        ("主要违法违规事实", &row.facts),
        ("行政处罚依据", &row.basis),
        ("行政处罚决定", &row.decision),
    ];
    let columns = CaseColumns {
        party: &row.party,
        facts: &row.facts,
        basis: &row.basis,
        decision: &row.decision,
        authority: &row.authority,
    };
    let shifts = case_columns::shifts(&columns);
    let text: Vec<String> = sections
        .iter()
        .filter(|(_, text)| !text.trim().is_empty())
        .map(|(caption, text)| format!("【{caption}】\n{}", text.trim()))
        .collect();
    if text.is_empty() || row.title.trim().is_empty() {
        return Err("记录没有标题或内容".to_string());
    }
    let mut document = Document::new(Kind::Case, row.title.trim(), text.join("\n"));
    document.case_kind = Some(CaseKind::PenaltyDecision);
    document.case_number = stated(&row.doc_number);
    document.issuer = stated(&row.authority);
    document.region = province_by_short_name(row.province.trim()).map(str::to_string);
    document.promulgation_date = row.publish_time.get(..10).and_then(numeric_date);
    document.parties = stated(&row.party).into_iter().collect();
    document.source_id = stated(&row.id);
    document.source_url = stated(&row.url);
    document.access = Some(Access::Public);
    if row.suspect {
        document.notes.push("来源标注：公布的表格列有错位，内容可能不在其位".to_string());
    } else if !shifts.is_empty() {
        document.notes.push("识别：公布的表格列疑有错位，内容可能不在其位".to_string());
    }
    if row.basis_withheld {
        document.notes.push("来源标注：处罚依据未公布".to_string());
    }
    Ok(document)
}
