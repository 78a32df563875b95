//! Pages for people: plain HTML, nothing from other hosts. The one script adds suggestions to the search box; every page does
//! without it.

pub mod about;
pub mod account;
pub mod accounts;
mod added;
pub mod api;
pub mod audit;
mod case;
pub mod catalogue;
mod chart;
pub mod cited;
pub mod compare;
pub mod desk;
pub mod excerpt;
mod facets;
pub mod help;
pub mod impact;
mod links;
pub mod matching;
pub mod outside;
mod paragraphs;
pub mod precedents;
pub mod proposals;
pub mod provision;
pub mod reading;
pub mod review;
pub mod search;
pub mod similar;
pub mod standing;
pub mod superior;
mod tabs;

use super::api::with_etag;
use super::problem::{Failure, retry_after};
use super::routes::Asked;
use super::state::Server;
use crate::app::view::{InstrumentHead, VersionView};
use crate::app::{Access, AppError, ValidityStatus};
use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

/// What stands around every page.
#[derive(Debug, Default)]
struct Frame {
    /// Whether the fictional sample answers; then every page says so.
    sample: bool,
    /// What stands in the search box.
    query: String,
    /// Other parameters that a search from this page keeps.
    kept: Vec<(String, String)>,
    /// Where what the page shows can be kept, for whoever may keep something.
    keep_href: Option<String>,
    /// Who is signed in.
    name: Option<String>,
}

impl Frame {
    /// What stands around a page that somebody asks for.
    fn of(sample: bool, asked: &Asked) -> Frame {
        let name = asked.who.account.as_ref().map(|account| account.name.clone());
        Frame { sample, name, ..Frame::default() }
    }
}

/// A status as people see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Badge {
    name: &'static str,
    class: &'static str,
}

impl Badge {
    fn of(status: ValidityStatus) -> Badge {
        let class = match status {
            ValidityStatus::InForce => "now",
            ValidityStatus::NotYetEffective => "soon",
            ValidityStatus::Unknown => "unknown",
            ValidityStatus::Amended | ValidityStatus::Repealed | ValidityStatus::Expired => "past",
        };
        Badge { name: status.chinese(), class }
    }
}

#[derive(Template)]
#[template(path = "failure.html")]
struct FailurePage<'a> {
    frame: Frame,
    title: &'static str,
    detail: &'a str,
    messages: Vec<&'a str>,
    code: &'static str,
    request_id: &'a str,
}

/// A failure as a page.
pub fn failure(failure: &Failure, request_id: &str, sample: bool) -> Response {
    let error = &failure.error;
    let messages = error.errors.iter().map(|item| item.message.as_str());
    let page = FailurePage {
        frame: Frame { sample, ..Frame::default() },
        title: error.code.title(),
        detail: &error.detail,
        messages: messages.filter(|message| !error.detail.contains(message)).collect(),
        code: error.code.name(),
        request_id,
    };
    match page.render() {
        Ok(html) => (failure.code(), html_head(), html).into_response(),
        // A page that cannot be made must not hide the failure that it was to show.
        Err(_) => failure.encoded(request_id),
    }
}

fn html_head() -> [(header::HeaderName, &'static str); 1] {
    [(header::CONTENT_TYPE, "text/html; charset=utf-8")]
}

fn rendered(page: &impl Template) -> Result<String, Failure> {
    page.render().map_err(|_| Failure::internal())
}

/// A page that a browser may keep, and asks for again by its tag. One that says who is signed in is kept by nobody.
fn kept(html: String, server: &Server, asked: &Asked) -> Response {
    let access = if asked.who.is_signed_in() { Access::Internal } else { server.asker(&asked.who).access };
    with_etag((html_head(), html.clone()).into_response(), &html, access, &asked.headers)
}

/// What an error says to whoever filled in a form.
fn words_of(problem: &AppError) -> String {
    problem.errors.first().map_or_else(|| problem.detail.clone(), |item| item.message.clone())
}

/// A page with the status of the problem that it tells.
fn answered(page: &impl Template, problem: Option<&AppError>) -> Result<Response, Failure> {
    let status = problem.map_or(200, |problem| problem.code.status());
    let status = StatusCode::from_u16(status).map_err(|_| Failure::internal())?;
    let mut response = (status, html_head(), rendered(page)?).into_response();
    response.headers_mut().extend(problem.and_then(retry_after));
    Ok(response)
}

/// Since when and until when, in words.
fn span_of(version: &VersionView) -> String {
    let from = match version.effective_from {
        Some(from) => format!("{from} 起施行"),
        None => "施行日期不详".to_string(),
    };
    match version.ended() {
        Some(ended) => format!("{from}，{ended}"),
        None => from,
    }
}

/// Path of the page of a version (or, for a case, of the case).
fn version_path(instrument: &InstrumentHead, key: Option<&str>) -> String {
    match key {
        Some(key) => format!("{}@{key}", instrument.id),
        None => instrument.id.clone(),
    }
}
