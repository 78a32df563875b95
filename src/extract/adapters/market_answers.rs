//! `samr-fair-competition-qa.jsonl`: official answers on fair competition review. They are normative in family (an organ
//! says how it applies a rule) but no normative document, so no level is stated.

use super::{stated, typed};
use crate::extract::header::numeric_date;
use crate::law::level::normalise_issuer;
use crate::law::{Access, Document, Kind};
use serde::Deserialize;
use serde_json::{Map, Value};

pub const KEYS: [&str; 7] = ["id", "title", "content", "level", "issuer", "publish_date", "category"];

#[derive(Deserialize)]
struct Row {
    id: u64,
    title: String,
    content: String,
    level: String,
    issuer: String,
    publish_date: String,
}

/// One question with its answer.
pub fn read(object: Map<String, Value>) -> Result<Document, String> {
    let row: Row = typed(object)?;
    if row.title.trim().is_empty() || row.content.trim().is_empty() {
        return Err("记录没有标题或正文".to_string());
    }
    let mut document = Document::new(Kind::Normative, row.title.trim(), row.content.trim());
    document.issuer = stated(&row.issuer).map(|issuer| normalise_issuer(&issuer));
    document.promulgation_date = numeric_date(&row.publish_date);
    document.subject = stated(&row.level);
    document.source_id = Some(row.id.to_string());
    document.access = Some(Access::Public);
    Ok(document)
}
