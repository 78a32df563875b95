//! `judgment-facts-cail2019.jsonl`: the facts found by courts, names replaced by the makers of the data set.

use super::{stated, typed};
use crate::law::{Access, CaseKind, Document, Kind};
use serde::Deserialize;
use serde_json::{Map, Value};

pub const KEYS: [&str; 4] = ["id", "cause", "domain", "text"];

#[derive(Deserialize)]
struct Row {
    id: String,
    cause: String,
    domain: String,
    text: String,
}

/// One judgment, of which only the facts are there. Its title says cause and kind of procedure.
pub fn read(object: Map<String, Value>) -> Result<Document, String> {
    let row: Row = typed(object)?;
    let branch = match row.domain.as_str() {
        "civil" => "民事",
        "criminal" => "刑事",
        other => return Err(format!("字段 domain 的值 {other} 不是 civil 或 criminal")),
    };
    if row.text.trim().is_empty() {
        return Err("记录没有正文".to_string());
    }
    let title = match row.cause.trim() {
        "" => format!("{branch}判决书（认定事实）"),
        cause => format!("{cause}{branch}判决书（认定事实）"),
    };
    let mut document = Document::new(Kind::Case, title, format!("【认定事实】\n{}", row.text.trim()));
    document.case_kind = Some(CaseKind::Judgment);
    document.cause = stated(&row.cause);
    document.source_id = stated(&row.id);
    document.access = Some(Access::Public);
    Ok(document)
}
