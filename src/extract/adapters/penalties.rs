//! `nfra-penalties.jsonl`: rows of published penalty notices.

use super::{stated, typed};
use crate::extract::header::numeric_date;
use crate::extract::penalty_row::{PenaltyRow, SHIFTED};
use crate::law::level::province_by_short_name;
use crate::law::{Access, Document};
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
    let cells = PenaltyRow {
        number: &row.doc_number,
        party: &row.party,
        organisation: &row.org,
        facts: &row.facts,
        basis: &row.basis,
        decision: &row.decision,
        authority: &row.authority,
    };
    let shifts = cells.shifts();
    let Some(mut document) = cells.document(&row.title) else { return Err("记录没有标题或内容".to_string()) };
    document.region = province_by_short_name(row.province.trim()).map(str::to_string);
    document.promulgation_date = row.publish_time.get(..10).and_then(numeric_date);
    document.source_id = stated(&row.id);
    document.source_url = stated(&row.url);
    document.access = Some(Access::Public);
    if row.suspect {
        document.notes.push("来源标注：公布的表格列有错位，内容可能不在其位".to_string());
    } else if !shifts.is_empty() {
        document.notes.push(SHIFTED.to_string());
    }
    if row.basis_withheld {
        document.notes.push("来源标注：处罚依据未公布".to_string());
    }
    Ok(document)
}
