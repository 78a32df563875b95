//! The citation graph over the API.

use super::api::{as_of, moved, text_of};
use super::operators::json;
use super::query_string::value;
use super::routes::{Answer, Asked};
use super::state::Server;
use super::writes::decoded;
use crate::app::view::citations::{CitedByFilter, ResolveMost};
use crate::app::view::impact::{ImpactFilter, ImpactState};
use crate::app::{AppError, ErrorCode, Faju, Found, Kind};
use jiff::civil::Date;
use serde::Deserialize;

/// Citing places on a page when nobody says how many.
const LIMIT_DEFAULT: usize = 20;
/// Citing places on a page at most.
const LIMIT_MAX: usize = 1000;
/// Texts of one request at most.
const TEXTS_MAX: usize = 1000;
/// Citations of one answer at most, some 10 MB: what is beyond is counted and left off.
const ANSWER_MAX: ResolveMost = ResolveMost { skip: 0, in_text: 5000, entries: 20_000 };

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ResolveRequest {
    texts: Vec<String>,
    within: Option<String>,
    as_of: Option<Date>,
    #[serde(default)]
    skip: usize,
}

/// `POST /api/v1/citations/resolve`.
pub fn resolve(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    let ResolveRequest { texts, within, as_of, skip } = decoded(&asked.body)?;
    if texts.len() > TEXTS_MAX {
        let message = format!("一次最多核对 {TEXTS_MAX} 段文字；请分批发送");
        return Err(AppError::new(ErrorCode::TooLarge, message).into());
    }
    let most = ResolveMost { skip, ..ANSWER_MAX };
    Ok(json(text_of(&app.resolve_most(&texts, within.as_deref(), as_of, most, &server.asker(&asked.who))?)?))
}

/// `GET /api/v1/citations/{id}`.
pub fn cites(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    match app.cites(&asked.id, as_of(asked)?, &server.asker(&asked.who))? {
        Found::Moved(id) => Ok(moved("/api/v1/citations/", &id, asked)),
        Found::Here(page) => Ok(json(text_of(&page)?)),
    }
}

/// `GET /api/v1/cited-by/{id}`.
pub fn cited_by(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    match app.cited_by(&asked.id, &filter(asked)?, as_of(asked)?, &server.asker(&asked.who))? {
        Found::Moved(id) => Ok(moved("/api/v1/cited-by/", &id, asked)),
        Found::Here(page) => Ok(json(text_of(&page)?)),
    }
}

/// Filters of a request.
pub fn filter(asked: &Asked) -> Result<CitedByFilter, AppError> {
    let kinds = value(&asked.parameters, "kind").unwrap_or("");
    let kind = |name: &str| {
        let row = Kind::ALL.iter().find(|row| row.1 == name);
        row.map(|row| row.0).ok_or_else(|| wrong("kind", "只能是 legislation、normative 或 case"))
    };
    let names = kinds.split([',', '，']).map(str::trim).filter(|name| !name.is_empty());
    let limit = number(asked, "limit", LIMIT_DEFAULT, LIMIT_MAX)?;
    Ok(CitedByFilter {
        kinds: names.map(kind).collect::<Result<_, _>>()?,
        standing: flag(asked, "standing")?,
        limit,
        offset: number(asked, "offset", 0, usize::MAX)?,
        relations_max: Some(limit),
    })
}

/// `GET /api/v1/impact/{id}`.
pub fn impact(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    match app.impact(&asked.id, &impact_filter(asked)?, as_of(asked)?, &server.asker(&asked.who))? {
        Found::Moved(id) => Ok(moved("/api/v1/impact/", &id, asked)),
        Found::Here(page) => Ok(json(text_of(&page)?)),
    }
}

/// Which of the citations that a change touches a request wants.
pub fn impact_filter(asked: &Asked) -> Result<ImpactFilter, AppError> {
    let names = value(&asked.parameters, "state").unwrap_or("");
    let names = names.split([',', '，']).map(str::trim).filter(|name| !name.is_empty());
    Ok(ImpactFilter {
        states: names.map(state).collect::<Result<_, _>>()?,
        all: flag(asked, "all")?,
        cases: flag(asked, "cases")?,
        limit: number(asked, "limit", LIMIT_DEFAULT, LIMIT_MAX)?,
        offset: number(asked, "offset", 0, usize::MAX)?,
    })
}

/// The state that a word names.
pub fn state(name: &str) -> Result<ImpactState, AppError> {
    let row = ImpactState::ALL.iter().find(|row| row.1 == name);
    let names: Vec<&str> = ImpactState::ALL.iter().map(|row| row.1).collect();
    row.map(|row| row.0).ok_or_else(|| wrong("state", &format!("只能是 {}", names.join("、"))))
}

fn flag(asked: &Asked, name: &str) -> Result<bool, AppError> {
    match value(&asked.parameters, name) {
        None | Some("" | "false") => Ok(false),
        Some("true") => Ok(true),
        Some(_) => Err(wrong(name, "只能是 true 或 false")),
    }
}

fn number(asked: &Asked, name: &str, default: usize, most: usize) -> Result<usize, AppError> {
    let Some(text) = value(&asked.parameters, name).filter(|text| !text.is_empty()) else { return Ok(default) };
    text.parse().ok().filter(|number| *number <= most).ok_or_else(|| wrong(name, &format!("须为 0 到 {most} 的整数")))
}

fn wrong(name: &str, message: &str) -> AppError {
    AppError::parameter(ErrorCode::InvalidParameter, name, message)
}
