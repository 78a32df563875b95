//! The reading half of the API: decode, ask `app`, encode.

use super::operators::json;
use super::problem::Failure;
use super::query_string::{date, encode, encode_id, value};
use super::routes::{Answer, Asked};
use super::state::Server;
use crate::app::parameters::PROVISION;
use crate::app::view::precedents::PrecedentsPage;
use crate::app::view::standing::StandingPage;
use crate::app::{Access, AppError, ComparisonRequest, ErrorCode, Faju, Found};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::time::Instant;

/// Records in a page of changes when nobody says how many.
const CHANGES_DEFAULT: usize = 100;

/// Records in a page of changes at most.
const CHANGES_MAX: usize = 1000;

/// Suggestions when nobody says how many.
const SUGGESTIONS_DEFAULT: usize = 10;

/// Suggestions at most.
const SUGGESTIONS_MAX: usize = 50;

/// `GET /api/v1/search`.
pub fn search(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    let began = Instant::now();
    let mut page = app.search(&asked.parameters, &server.asker(&asked.who))?;
    page.took_ms = began.elapsed().as_secs_f64() * 1000.0;
    page.request_id.clone_from(&asked.request_id);
    Ok(json(text_of(&page)?))
}

/// `GET /api/v1/precedents`.
pub fn precedents(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    Ok(json(text_of(&precedents_of(app, server, asked)?)?))
}

/// The numbers over the cases of a search, timed. Every one of them is a case, whether the search says so or not.
pub fn precedents_of(app: &Faju, server: &Server, asked: &Asked) -> Result<PrecedentsPage, AppError> {
    let began = Instant::now();
    let is_kind = |(name, value): &&(String, String)| name == "kind" && value == "case";
    let parameters: Vec<_> = asked.parameters.iter().filter(|pair| !is_kind(pair)).cloned().collect();
    let mut page = app.precedents(&parameters, &server.asker(&asked.who))?;
    page.took_ms = began.elapsed().as_secs_f64() * 1000.0;
    page.request_id.clone_from(&asked.request_id);
    Ok(page)
}

/// `GET /api/v1/penalty`.
pub fn penalty(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    Ok(json(text_of(&app.penalty(&asked.parameters, &server.asker(&asked.who))?)?))
}

/// `GET /api/v1/cases/{id}`.
pub fn case(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    match app.case(&asked.id, as_of(asked)?, &server.asker(&asked.who))? {
        Found::Here(page) => Ok(json(text_of(&page)?)),
        Found::Moved(id) => Ok(moved("/api/v1/cases/", &id, asked)),
    }
}

/// `GET /api/v1/search/why`.
pub fn standing(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    Ok(json(text_of(&standing_of(app, server, asked)?)?))
}

/// Where the provision that a request names stands in its search.
pub fn standing_of(app: &Faju, server: &Server, asked: &Asked) -> Result<StandingPage, AppError> {
    let began = Instant::now();
    let provision = value(&asked.parameters, PROVISION.name).unwrap_or_default();
    let search: Vec<(String, String)> =
        asked.parameters.iter().filter(|(name, _)| name != PROVISION.name).cloned().collect();
    let mut page = app.standing(&search, provision, &server.asker(&asked.who))?;
    page.took_ms = began.elapsed().as_secs_f64() * 1000.0;
    page.request_id.clone_from(&asked.request_id);
    Ok(page)
}

/// `GET /api/v1/suggest`.
pub fn suggest(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    let began = Instant::now();
    let limit = number(asked, "limit", SUGGESTIONS_DEFAULT, SUGGESTIONS_MAX)?;
    let mut page = app.suggest(value(&asked.parameters, "q").unwrap_or(""), limit, &server.asker(&asked.who))?;
    page.took_ms = began.elapsed().as_secs_f64() * 1000.0;
    page.request_id.clone_from(&asked.request_id);
    Ok(json(text_of(&page)?))
}

/// A number of at least one.
fn number(asked: &Asked, name: &str, default: usize, most: usize) -> Result<usize, AppError> {
    let Some(text) = value(&asked.parameters, name) else { return Ok(default) };
    text.parse()
        .ok()
        .filter(|number| (1..=most).contains(number))
        .ok_or_else(|| AppError::parameter(ErrorCode::InvalidParameter, name, format!("须为 1 到 {most} 的整数")))
}

/// `GET /api/v1/instruments/{id}`.
pub fn instrument(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    let found = app.instrument(&asked.id, as_of(asked)?, &server.asker(&asked.who))?;
    reading(found, "/api/v1/instruments/", server, asked)
}

/// `GET /api/v1/diff/{id}`.
pub fn diff(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    let found = app.compare(&comparison(asked)?, as_of(asked)?, &server.asker(&asked.who))?;
    reading(found, "/api/v1/diff/", server, asked)
}

/// Which two texts a request wants compared.
pub fn comparison(asked: &Asked) -> Result<ComparisonRequest, AppError> {
    let given = |name: &str| value(&asked.parameters, name).map(str::to_string);
    let only_changes = match value(&asked.parameters, "only_changes") {
        None | Some("false") => false,
        Some("true") => true,
        Some(_) => {
            let choices = "须为 true 或 false";
            return Err(AppError::parameter(ErrorCode::InvalidParameter, "only_changes", choices));
        }
    };
    let (with, from, to) = (given("with"), given("from"), given("to"));
    Ok(ComparisonRequest { id: asked.id.clone(), with, from, to, only_changes })
}

/// `GET /api/v1/provisions/{id}`.
pub fn provision(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    let found = app.provision(&asked.id, as_of(asked)?, &server.asker(&asked.who))?;
    reading(found, "/api/v1/provisions/", server, asked)
}

/// `GET /api/v1/documents/{id}`.
pub fn document(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    reading(app.document(&asked.id, &server.asker(&asked.who))?, "/api/v1/documents/", server, asked)
}

/// `GET /api/v1/changes`.
pub fn changes(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    let limit = changes_limit(asked)?;
    let page = app.changes(value(&asked.parameters, "after"), limit, &server.asker(&asked.who))?;
    Ok(json(text_of(&page)?))
}

/// How many records of the feed a request wants.
pub fn changes_limit(asked: &Asked) -> Result<usize, AppError> {
    number(asked, "limit", CHANGES_DEFAULT, CHANGES_MAX)
}

/// The day that a request asks about.
pub fn as_of(asked: &Asked) -> Result<Option<Date>, AppError> {
    value(&asked.parameters, "as_of").map(|value| date("as_of", value)).transpose()
}

fn reading<T: Serialize>(found: Found<T>, base: &str, server: &Server, asked: &Asked) -> Answer {
    match found {
        Found::Moved(id) => Ok(moved(base, &id, asked)),
        Found::Here(view) => {
            Ok(with_etag(json(text_of(&view)?), &text_of(&view)?, server.asker(&asked.who).access, &asked.headers))
        }
    }
}

/// A redirection to the canonical id, the parameters kept: permanent, but for an address that says no version, which leads to
/// that of a day.
pub fn moved(base: &str, id: &str, asked: &Asked) -> Response {
    let kept = asked.parameters.iter().map(|(name, value)| format!("{name}={}", encode(value, "@")));
    let kept = kept.collect::<Vec<_>>().join("&");
    let query = if kept.is_empty() { kept } else { format!("?{kept}") };
    let location = format!("{base}{}{query}", encode_id(id));
    let by_day = !asked.id.contains('@') && id.contains('@');
    let status = if by_day { StatusCode::TEMPORARY_REDIRECT } else { StatusCode::MOVED_PERMANENTLY };
    (status, [(header::LOCATION, location)]).into_response()
}

/// JSON text of a view.
pub fn text_of<T: Serialize>(view: &T) -> Result<String, Failure> {
    serde_json::to_string(view).map_err(|_| Failure::internal())
}

/// Adds an entity tag to a response, or answers that the client has it already. The tag is weak, since the body may be
/// compressed on its way.
pub fn with_etag(mut response: Response, body: &str, access: Access, asked: &HeaderMap) -> Response {
    let digest: String = Sha256::digest(body.as_bytes()).iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    let tag = format!("W/\"{digest}\"");
    let known = asked.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    if known
        .flat_map(|value| value.split(','))
        .any(|known| matches!(known.trim(), known if known == tag || known == "*"))
    {
        response = StatusCode::NOT_MODIFIED.into_response();
    }
    // Whoever keeps it asks again each time: a status changes overnight. What is not public is kept by nobody.
    let keep = if access == Access::Public { "no-cache" } else { "no-store" };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}
