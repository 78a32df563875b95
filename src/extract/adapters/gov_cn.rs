//! `gov-cn-2019.jsonl`: documents of the State Council with index number, subject and two dates.

use super::{stated, typed};
use crate::extract::header::chinese_date;
use crate::law::{Access, AuthorityLevel, Document, Kind};
use serde::Deserialize;
use serde_json::{Map, Value};

pub const KEYS: [&str; 10] = [
    "url",
    "index_number",
    "title",
    "issuer",
    "document_number",
    "theme",
    "written_date",
    "publish_date",
    "body",
    "html",
];

#[derive(Deserialize)]
struct Row {
    url: String,
    index_number: String,
    title: String,
    issuer: String,
    document_number: String,
    theme: String,
    written_date: String,
    publish_date: String,
    body: String,
}

/// One document. The title repeated at the head of the body is left out; a decree (国务院令) is a regulation.
pub fn read(object: Map<String, Value>) -> Result<Document, String> {
    let row: Row = typed(object)?;
    let text = body(&row.body, &row.title, &row.document_number);
    if row.title.trim().is_empty() || text.is_empty() {
        return Err("记录没有标题或正文".to_string());
    }
    let mut document = Document::new(Kind::Normative, row.title.trim(), text);
    let decree = row.document_number.contains("国令") || row.document_number.contains("国务院令");
    let level = if decree { AuthorityLevel::AdministrativeRegulation } else { AuthorityLevel::NormativeDocument };
    document.level = Some(level);
    document.kind = level.kind();
    document.issuer = stated(&row.issuer);
    document.document_number = stated(&row.document_number);
    document.index_number = stated(&row.index_number);
    document.subject = stated(&row.theme.replace('\\', "/"));
    document.written_date = chinese_date(&row.written_date);
    document.promulgation_date = chinese_date(&row.publish_date);
    document.source_url = stated(&row.url);
    document.access = Some(Access::Public);
    Ok(document)
}

/// The body without the lines at its head that only repeat title and 文号, and without the indent of its lines.
fn body(body: &str, title: &str, number: &str) -> String {
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let lines: Vec<&str> = body.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect();
    let (title, number) = (bare(title), bare(number));
    let mut gathered = String::new();
    let mut used = 0;
    for (at, line) in lines.iter().enumerate().take(8) {
        if !number.is_empty() && bare(line) == number {
            used = at + 1;
            break;
        }
        gathered.push_str(&bare(line));
        if gathered == title {
            used = at + 1;
        }
    }
    let kept = lines.get(used..).unwrap_or_default();
    kept.join("\n")
}
