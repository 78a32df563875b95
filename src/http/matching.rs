//! Facts to law over the API: the text comes in the body, which no log has.

use super::api::text_of;
use super::operators::json;
use super::routes::{Answer, Asked};
use super::state::Server;
use super::writes::decoded;
use crate::app::parameters::MATCH;
use crate::app::view::matching::MatchPage;
use crate::app::{AppError, ErrorCode, Faju};
use serde_json::{Map, Value};
use std::time::Instant;

/// `POST /api/v1/match`.
pub fn matching(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    let mut body: Map<String, Value> = decoded(&asked.body)?;
    let text = match body.remove("text") {
        Some(Value::String(text)) => text,
        _ => return Err(wrong("text", "须有 text，为事实或条文的文字").into()),
    };
    let parameters = body.into_iter().filter_map(|(name, value)| parameter(name, value).transpose());
    let parameters: Vec<(String, String)> = parameters.collect::<Result<_, _>>()?;
    Ok(json(text_of(&matched(app, server, &text, &parameters, &asked.request_id)?)?))
}

/// What fits a text, timed.
pub fn matched(
    app: &Faju,
    server: &Server,
    text: &str,
    parameters: &[(String, String)],
    request_id: &str,
) -> Result<MatchPage, AppError> {
    let began = Instant::now();
    let mut page = app.matching(text, parameters, &server.asker())?;
    page.took_ms = began.elapsed().as_secs_f64() * 1000.0;
    page.request_id = request_id.to_string();
    Ok(page)
}

/// A member of the body as the parameter of a search; `null` is none.
fn parameter(name: String, value: Value) -> Result<Option<(String, String)>, AppError> {
    if !MATCH.contains(&name.as_str()) {
        let message = format!("没有这一项；可用的有 text、{}", MATCH.join("、"));
        return Err(AppError::parameter(ErrorCode::UnknownParameter, &name, message));
    }
    let text = match value {
        Value::Null => return Ok(None),
        Value::String(text) => text,
        Value::Number(number) => number.to_string(),
        Value::Array(list) => {
            let texts: Option<Vec<&str>> = list.iter().map(Value::as_str).collect();
            texts.ok_or_else(|| wrong(&name, "列表中只能是文字"))?.join(",")
        }
        Value::Bool(_) | Value::Object(_) => return Err(wrong(&name, "只能是文字、整数或文字的列表")),
    };
    Ok(Some((name, text)))
}

fn wrong(name: &str, message: &str) -> AppError {
    AppError::parameter(ErrorCode::InvalidParameter, name, message)
}
