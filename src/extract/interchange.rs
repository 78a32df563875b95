//! The interchange format: JSON Lines, one [`Document`] a line, strict (`docs/interchange.md`).

use super::lines::Lines;
use super::outcome::{Extracted, Outcome, Refusal};
use crate::law::{AuthorityLevel, Document, Kind};
use crate::text::json;
use serde_json::{Map, Value};

/// Every field of the format, in the order of [`Document`].
pub const FIELDS: [&str; 35] = [
    "kind",
    "title",
    "level",
    "case_kind",
    "issuer",
    "region",
    "document_number",
    "case_number",
    "adoption_date",
    "promulgation_date",
    "effective_date",
    "written_date",
    "decided_on",
    "source_date",
    "valid_until",
    "asserted_status",
    "asserted_on",
    "registration_number",
    "index_number",
    "subject",
    "filing_number",
    "filed_on",
    "drafting_department",
    "cause",
    "row_number",
    "parties",
    "access",
    "departments",
    "source_id",
    "source_url",
    "origin",
    "history",
    "notes",
    "labels",
    "text",
];

/// The fields that hold dates.
const DATES: [&str; 9] = [
    "adoption_date",
    "promulgation_date",
    "effective_date",
    "written_date",
    "decided_on",
    "source_date",
    "valid_until",
    "asserted_on",
    "filed_on",
];

/// Whether a field holds a date.
pub(super) fn is_date(field: &str) -> bool {
    DATES.contains(&field)
}

/// What a source may assert of the validity of a document.
const ASSERTED: [&str; 5] = ["not_yet_effective", "in_force", "amended", "repealed", "expired"];

/// Reads a JSON object as a record. The error is a Chinese message that names the field.
pub fn record(object: Map<String, Value>) -> Result<Document, String> {
    for required in ["kind", "title", "text"] {
        if !object.contains_key(required) {
            return Err(format!("缺少字段 {required}"));
        }
    }
    for (field, value) in &object {
        check_field(field, value)?;
    }
    let document: Document = serde_json::from_value(Value::Object(object)).map_err(|error| error.to_string())?;
    check_consistency(&document)?;
    Ok(document)
}

/// Checks one field by itself: its name, and its value as the type of that field.
pub(super) fn check_field(field: &str, value: &Value) -> Result<(), String> {
    if !FIELDS.contains(&field) {
        return Err(format!("未知字段 {field}，可用字段见 docs/interchange.md"));
    }
    if DATES.contains(&field) {
        let written = value.as_str().unwrap_or_default();
        let shaped = written.len() == 10
            && written.bytes().enumerate().all(|(at, byte)| match at {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !shaped || written.parse::<jiff::civil::Date>().is_err() {
            return Err(format!("字段 {field} 的值 {value} 不是日期，应写作 2024-01-31"));
        }
    }
    let mut probe = serde_json::json!({ "kind": "normative", "title": "题", "text": "文" });
    if let Value::Object(probe) = &mut probe {
        probe.insert(field.to_string(), value.clone());
    }
    if value.is_null() || serde_json::from_value::<Document>(probe).is_err() {
        return Err(format!("字段 {field} 的值 {value} 不符合格式，见 docs/interchange.md"));
    }
    let text = value.as_str().unwrap_or_default();
    match field {
        "title" | "text" if text.trim().is_empty() => Err(format!("字段 {field} 为空")),
        "region" if text.len() != 6 || !text.bytes().all(|byte| byte.is_ascii_digit()) => {
            Err(format!("字段 region 的值 {value} 不是六位行政区划代码"))
        }
        "origin" if !is_origin(text) => {
            Err(format!("字段 origin 的值 {value} 不符合格式，应写作 节点/来源，如 local/files"))
        }
        "asserted_status" if !ASSERTED.contains(&text) => {
            Err(format!("字段 asserted_status 的值 {value} 不在 {} 之中", ASSERTED.join("、")))
        }
        "row_number" if value.as_u64() == Some(0) => Err("字段 row_number 从 1 起".to_string()),
        _ => Ok(()),
    }
}

/// `{node}/{source}`, neither empty nor with white space.
pub fn is_origin(text: &str) -> bool {
    let name = |name: &str| !name.is_empty() && !name.contains(|c: char| c == '/' || c.is_whitespace());
    text.split_once('/').is_some_and(|(node, source)| name(node) && name(source))
}

fn check_consistency(document: &Document) -> Result<(), String> {
    match (document.kind, document.level) {
        (Kind::Case, Some(_)) => return Err("案例没有效力位阶，请删去字段 level".to_string()),
        (kind, Some(level)) if level.kind() != kind => {
            let right = if level == AuthorityLevel::NormativeDocument { "normative" } else { "legislation" };
            return Err(format!("字段 level 为{}时，字段 kind 应为 {right}", level.chinese()));
        }
        _ => {}
    }
    if document.case_kind.is_some() && document.kind != Kind::Case {
        return Err("只有案例可以有字段 case_kind".to_string());
    }
    Ok(())
}

/// Reads JSON Lines with one reader for their records; a bad line is refused with its number, the rest is taken.
pub(super) fn read_lines(
    lines: &Lines<'_>,
    mut reader: impl FnMut(Map<String, Value>) -> Result<Document, String>,
) -> Outcome {
    let mut documents = Vec::new();
    let mut refused = Vec::new();
    for (number, line) in lines.numbered() {
        match object(line).and_then(&mut reader) {
            Ok(document) => documents.push(Extracted { line: Some(number), ..Extracted::from(document) }),
            Err(message) => refused.push(Refusal::bad_record(message).at_line(number)),
        }
    }
    if documents.is_empty() && refused.is_empty() && !lines.piece {
        return Refusal::bad_record("文件没有记录").into();
    }
    Outcome::Documents { documents, refused }
}

/// One line as a JSON object.
pub(super) fn object(line: &str) -> Result<Map<String, Value>, String> {
    json::object(line).map_err(|fault| format!("该行{}{fault}", if fault.starts_with('不') { "" } else { "：" }))
}

#[cfg(test)]
mod tests;
