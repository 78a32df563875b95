//! The writing half of the API. Reached only with `--allow-import`, from this machine.

use super::body::media_type;
use super::operators::json;
use super::problem::Failure;
use super::query_string::value;
use super::routes::{Answer, Asked};
use super::state::Server;
use crate::app::view::ImportReport;
use crate::app::{Access, Act, AppError, ErrorCode, ErrorItem, Faju, ImportOptions, Removed, json_fault};
use jiff::civil::Date;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// How documents that came over the network are called in their report; the end names their format.
const NAME: &str = "request.jsonl";

/// Places named in one problem at most.
const PLACES_MAX: usize = 100;

/// `POST /api/v1/documents`.
pub fn documents(app: &Faju, _: &Server, asked: &Asked) -> Answer {
    let access = value(&asked.parameters, "access").map(access).transpose()?;
    let restore = match value(&asked.parameters, "restore") {
        None | Some("false") => false,
        Some("true") => true,
        Some(_) => {
            return Err(AppError::parameter(ErrorCode::InvalidParameter, "restore", "应为 true 或 false").into());
        }
    };
    let report =
        app.import_lines(NAME, &lines(asked), &ImportOptions { access, restore, ..ImportOptions::default() })?;
    if report.refused > 0 && report.new + report.updated + report.unchanged == 0 {
        return Err(refused(&report).into());
    }
    answer(&report)
}

/// A record in JSON may be laid out over several lines, which JSON Lines may not. A line break inside a string would be
/// no JSON, so every one stands between tokens, where a space means the same.
fn lines(asked: &Asked) -> Vec<u8> {
    let mut body = asked.body.to_vec();
    if media_type(&asked.headers) == "application/json" {
        body.iter_mut().filter(|byte| matches!(byte, b'\n' | b'\r')).for_each(|byte| *byte = b' ');
    }
    body
}

/// Nothing of the request could be taken: the first reason, and every place.
fn refused(report: &ImportReport) -> AppError {
    let rows = || report.files.iter().filter(|file| file.outcome == "refused");
    let code = rows().find_map(|file| file.code).unwrap_or("bad_record");
    let code = ErrorCode::ALL.iter().find(|row| row.1 == code).map_or(ErrorCode::BadRecord, |row| row.0);
    let mut error = AppError::new(code, format!("{} 条记录都没有收下", report.refused));
    for file in rows().take(PLACES_MAX) {
        let place = file.place.as_deref().map(|place| format!("{place}：")).unwrap_or_default();
        let message = format!("{place}{}", file.message.as_deref().unwrap_or("没有收下"));
        error = error.at(ErrorItem { file: Some(file.path.clone()), message, ..ErrorItem::default() });
    }
    error
}

/// The access that a word names.
pub fn access(word: &str) -> Result<Access, AppError> {
    match word {
        "public" => Ok(Access::Public),
        "internal" => Ok(Access::Internal),
        "restricted" => Ok(Access::Restricted),
        _ => Err(AppError::parameter(ErrorCode::InvalidParameter, "access", "只能是 public、internal 或 restricted")),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Correction {
    id: String,
    field: String,
    value: Value,
    reason: String,
    proof: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Relation {
    id: String,
    relation: String,
    target: String,
    on: Option<Date>,
    #[serde(default)]
    undo: bool,
    reason: String,
    proof: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Withdrawal {
    id: String,
    origin: Option<String>,
    reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Redaction {
    id: String,
    #[serde(default)]
    text: Vec<String>,
    #[serde(default)]
    whole: bool,
    reason: String,
}

/// `POST /api/v1/corrections`.
pub fn correct(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    let Correction { id, field, value, reason, proof } = decoded(&asked.body)?;
    answer(&app.act(Act::Correct { id, field, value, reason, proof }, &server.asker(&asked.who))?)
}

/// `POST /api/v1/relations`.
pub fn relate(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    let Relation { id, relation, target, on, undo, reason, proof } = decoded(&asked.body)?;
    answer(&app.act(Act::Relate { id, relation, target, on, undo, reason, proof }, &server.asker(&asked.who))?)
}

/// `POST /api/v1/withdrawals`.
pub fn withdraw(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    let Withdrawal { id, origin, reason } = decoded(&asked.body)?;
    answer(&app.act(Act::Withdraw { id, origin, reason }, &server.asker(&asked.who))?)
}

/// `POST /api/v1/redactions`. The server makes the index again by itself.
pub fn redact(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    let Redaction { id, text, whole, reason } = decoded(&asked.body)?;
    let removed = match whole {
        true if !text.is_empty() => {
            let message = "删去全文（whole）时不写 text";
            return Err(AppError::parameter(ErrorCode::InvalidParameter, "whole", message).into());
        }
        true => Removed::Whole,
        false => Removed::Words(text),
    };
    let report =
        app.act(Act::Redact { id: id.clone(), removed: removed.clone(), reason }, &server.asker(&asked.who))?;
    server.service.erase(&id, &removed)?;
    answer(&report)
}

pub fn decoded<T: DeserializeOwned>(body: &[u8]) -> Result<T, AppError> {
    serde_json::from_slice(body).map_err(|error| {
        let line = error.line();
        let message = format!("第 {line} 行：{}", json_fault(&error));
        AppError::new(ErrorCode::BadRecord, "请求体不合格式；格式见 /api").at(ErrorItem {
            line: Some(line as u64),
            message,
            ..ErrorItem::default()
        })
    })
}

fn answer<T: serde::Serialize>(report: &T) -> Answer {
    serde_json::to_string(report).map(json).map_err(|_| Failure::internal())
}
