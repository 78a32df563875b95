//! Facts to law, and to cases like them, over the API: the text comes in the body, which no log has.

use super::api::{moved, text_of};
use super::operators::json;
use super::problem::Failure;
use super::routes::{Answer, Asked};
use super::state::Server;
use super::writes::decoded;
use crate::app::parameters::{MATCH, SIMILAR};
use crate::app::view::matching::MatchPage;
use crate::app::view::similar::SimilarPage;
use crate::app::{AppError, Asker, ErrorCode, Faju, Found, Likes};
use serde_json::{Map, Value};
use std::time::Instant;

/// `POST /api/v1/match`.
pub fn matching(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    let (text, parameters) = question(asked, MATCH)?;
    Ok(json(text_of(&matched(app, &server.asker(&asked.who), &text, &parameters, &asked.request_id)?)?))
}

/// `POST /api/v1/similar`.
pub fn similar_to_text(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    let (text, parameters) = question(asked, SIMILAR)?;
    match similar(app, &server.asker(&asked.who), &Likes::Text(&text), &parameters, &asked.request_id)? {
        Found::Here(page) => Ok(json(text_of(&page)?)),
        Found::Moved(_) => Err(Failure::internal()),
    }
}

/// `GET /api/v1/similar/{id}`.
pub fn similar_to_case(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    match similar(app, &server.asker(&asked.who), &Likes::Case(&asked.id), &asked.parameters, &asked.request_id)? {
        Found::Here(page) => Ok(json(text_of(&page)?)),
        Found::Moved(id) => Ok(moved("/api/v1/similar/", &id, asked)),
    }
}

/// Similar cases, timed.
pub fn similar(
    app: &Faju,
    asker: &Asker,
    likes: &Likes<'_>,
    parameters: &[(String, String)],
    request_id: &str,
) -> Result<Found<SimilarPage>, AppError> {
    let began = Instant::now();
    let mut found = app.similar(likes, parameters, asker)?;
    if let Found::Here(page) = &mut found {
        page.took_ms = began.elapsed().as_secs_f64() * 1000.0;
        page.request_id = request_id.to_string();
    }
    Ok(found)
}

/// The text and the parameters of a body.
fn question(asked: &Asked, known: &[&str]) -> Result<(String, Vec<(String, String)>), AppError> {
    let mut body: Map<String, Value> = decoded(&asked.body)?;
    let text = match body.remove("text") {
        Some(Value::String(text)) => text,
        _ => return Err(wrong("text", "须有 text，为事实或条文的文字")),
    };
    let parameters = body.into_iter().filter_map(|(name, value)| parameter(name, value, known).transpose());
    Ok((text, parameters.collect::<Result<_, _>>()?))
}

/// What fits a text, timed.
pub fn matched(
    app: &Faju,
    asker: &Asker,
    text: &str,
    parameters: &[(String, String)],
    request_id: &str,
) -> Result<MatchPage, AppError> {
    let began = Instant::now();
    let mut page = app.matching(text, parameters, asker)?;
    page.took_ms = began.elapsed().as_secs_f64() * 1000.0;
    page.request_id = request_id.to_string();
    Ok(page)
}

/// A member of the body as the parameter of a search; `null` is none.
fn parameter(name: String, value: Value, known: &[&str]) -> Result<Option<(String, String)>, AppError> {
    if !known.contains(&name.as_str()) {
        let message = format!("没有这一项；可用的有 text、{}", known.join("、"));
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
