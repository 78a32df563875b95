//! Legality review over the API: the draft comes in the body, which no log has, and is not kept.

use super::api::text_of;
use super::operators::json;
use super::routes::{Answer, Asked};
use super::state::Server;
use super::writes::decoded;
use crate::app::{self, AppError, AuthorityLevel, ErrorCode, Faju, ReviewRequest, ReviewSettings};
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
}

/// `POST /api/v1/reviews`.
pub fn review(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    let Body { text, title, level, issuer, region, date, as_of, settings } = decoded(&asked.body)?;
    let level = level.as_deref().map(named).transpose()?;
    let request = ReviewRequest { text, title, level, issuer, region, date, settings };
    Ok(json(text_of(&app.review(&request, as_of, &server.asker())?)?))
}

/// `GET /api/v1/checks`.
pub fn checks(_: &Faju, _: &Server, _: &Asked) -> Answer {
    Ok(json(text_of(&app::checks())?))
}

fn named(name: &str) -> Result<AuthorityLevel, AppError> {
    let found = AuthorityLevel::ALL.iter().find(|(_, known, _)| *known == name);
    let known = || AuthorityLevel::ALL.map(|(_, name, _)| name).join("、");
    let wrong = || AppError::parameter(ErrorCode::InvalidParameter, "level", format!("没有这一位阶；可写 {}", known()));
    found.map(|(level, ..)| *level).ok_or_else(wrong)
}
