//! Legality review over the API: the draft comes in the body, which no log has, and is not kept.

use super::api::text_of;
use super::operators::json;
use super::routes::{Answer, Asked};
use super::state::Server;
use super::writes::decoded;
use crate::app::{self, DecisionRequest, Dismissal, Earlier, Faju, ReviewRequest, ReviewSettings};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use jiff::civil::Date;
use serde::Deserialize;

/// The body of a request.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    text: String,
    title: Option<String>,
    level: Option<String>,
    issuer: Option<String>,
    region: Option<String>,
    date: Option<Date>,
    as_of: Option<Date>,
    #[serde(default)]
    settings: ReviewSettings,
    previous: Option<Vec<Earlier>>,
    #[serde(default)]
    dismissed: Vec<Dismissal>,
    #[serde(default)]
    compare: bool,
    /// Whether the request is to wait for the report; by default where the draft is not long.
    wait: Option<bool>,
}

/// Code points of a draft from which on its review is a task.
const LONG: usize = 100_000;

/// `POST /api/v1/reviews`.
pub fn review(_: &Faju, server: &Server, asked: &Asked) -> Answer {
    let body: Body = decoded(&asked.body)?;
    let as_of = body.as_of;
    let level = body.level.as_deref().map(app::level).transpose()?;
    let Body { text, title, issuer, region, date, settings, previous, dismissed, compare, wait, .. } = body;
    let waits = wait.unwrap_or_else(|| text.chars().nth(LONG).is_none());
    let request = ReviewRequest { text, title, level, issuer, region, date, settings, previous, dismissed, compare };
    request.check()?;
    let (app, asker) = (server.faju()?.clone(), server.asker());
    let report = move || text_of(&app.review(&request, as_of, &asker)?);
    if waits {
        return report().map(json);
    }
    under_way(&server.tasks.begin(report)?)
}

/// `GET /api/v1/reviews/{task}`.
pub fn result(server: &Server, asked: &Asked) -> Answer {
    match server.tasks.outcome(&asked.id)? {
        Some(outcome) => outcome.map(json),
        None => under_way(&asked.id),
    }
}

/// 202 with the place where the report will be.
fn under_way(task: &str) -> Answer {
    let place = format!("/api/v1/reviews/{task}");
    let body = json(text_of(&serde_json::json!({"task": task, "state": "running"}))?);
    Ok((StatusCode::ACCEPTED, [(header::LOCATION, place)], body).into_response())
}

/// The body of a request about a penalty decision.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DecisionBody {
    text: String,
    #[serde(default)]
    settings: ReviewSettings,
}

/// `POST /api/v1/decisions`.
pub fn decision(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    let DecisionBody { text, settings } = decoded(&asked.body)?;
    Ok(json(text_of(&app.review_decision(&DecisionRequest { text, settings }, &server.asker())?)?))
}

/// `GET /api/v1/checks`.
pub fn checks(_: &Faju, _: &Server, _: &Asked) -> Answer {
    Ok(json(text_of(&app::checks())?))
}
