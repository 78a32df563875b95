//! `judge-criminal-facts.jsonl`: judgments whole, with the articles that apply as labels. The question of a row (its facts) is a part
//! of its judgment and is not kept.

use super::{stated, typed};
use crate::law::document::ArticleLabel;
use crate::law::history::first_date;
use crate::law::{Access, CaseKind, Document, Kind};
use regex::Regex;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::sync::LazyLock;

pub const KEYS: [&str; 5] = ["id", "query", "gold", "crime", "full_document"];

/// 临江县人民法院 刑事判决书 （2026）临0121刑初12号: court, document, number.
static HEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^\s*(\p{Han}{2,30}?法院)\s*((?:刑事|民事|行政|国家赔偿)?\p{Han}{0,8}?(?:判决书|裁定书|决定书|调解书))\s*([（(〔\[﹝〖]\s*\d{4}\s*[）)〕\]﹞〗][^\s，。]{2,30}?号)?",
    )
    .expect("a constant pattern")
});
/// Characters behind the name of a judge in which the day stands.
const SIGNED_CHARS: usize = 200;

#[derive(Deserialize)]
struct Row {
    id: String,
    gold: Vec<Gold>,
    crime: Option<String>,
    full_document: String,
}

#[derive(Deserialize)]
struct Gold {
    law: String,
    number: u32,
    #[serde(default)]
    sub: u32,
}

/// One judgment.
pub fn read(object: Map<String, Value>) -> Result<Document, String> {
    let row: Row = typed(object)?;
    let text = row.full_document.trim();
    if text.is_empty() {
        return Err("记录没有正文".to_string());
    }
    let head = HEAD.captures(text);
    let part = |at: usize| head.as_ref().and_then(|head| head.get(at)).map(|part| part.as_str().to_string());
    let (court, what, number) = (part(1), part(2), part(3));
    let title = match (&court, &what) {
        (Some(court), Some(what)) => format!("{court}{what}{}", number.as_deref().unwrap_or_default()),
        _ => format!("判决书（{}）", row.id),
    };
    let mut document = Document::new(Kind::Case, title, text);
    document.case_kind = Some(CaseKind::Judgment);
    document.issuer = court;
    document.case_number = number;
    document.decided_on = decided_on(text);
    document.cause = row.crime.as_deref().and_then(stated);
    document.labels =
        row.gold.into_iter().map(|gold| ArticleLabel { law: gold.law, number: gold.number, sub: gold.sub }).collect();
    document.source_id = stated(&row.id);
    document.access = Some(Access::Public);
    Ok(document)
}

/// The day that stands behind 审判长, 审判员 or 陪审员, in front of the clerk.
fn decided_on(text: &str) -> Option<jiff::civil::Date> {
    let signed = ["审判长", "审判员", "陪审员"].iter().filter_map(|role| text.rfind(role)).max()?;
    let behind: String = text.get(signed..)?.chars().take(SIGNED_CHARS).collect();
    first_date(&behind)
}
