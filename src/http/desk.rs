//! What people keep, for programs: all of it, a dossier as a file, and a feed of what was noticed.

use super::api::text_of;
use super::files::{attachment, paper_format};
use super::operators::json;
use super::problem::Failure;
use super::query_string::value;
use super::routes::{Answer, Asked};
use super::state::Server;
use crate::app::desk::Notice;
use crate::app::{AppError, Faju};
use askama::Template;
use axum::http::header;
use axum::response::IntoResponse;
use jiff::Timestamp;

/// Media type of an Atom feed (RFC 4287).
pub const ATOM: &str = "application/atom+xml";

/// Notices in a feed at most.
const FEED_MAX: usize = 100;

/// `GET /api/v1/desk`: everything that somebody keeps.
pub fn desk(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    Ok(json(text_of(&server.service.desk(app, &server.asker(&asked.who), &asked.who)?)?))
}

/// The number in a path.
pub fn number(id: &str) -> Result<i64, AppError> {
    id.parse().map_err(|_| AppError::not_found(id))
}

/// `GET /api/v1/dossiers/{id}`: a dossier as a file.
pub fn dossier(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    let named = value(&asked.parameters, "format").unwrap_or("docx");
    let (format, media) = paper_format(named, "卷宗", "")?;
    let (asker, id) = (server.asker(&asked.who), number(&asked.id)?);
    Ok(attachment(server.service.dossier_file(app, id, format, &asker, &asked.who)?, media))
}

#[derive(Template)]
#[template(path = "watched.xml")]
struct Feed {
    updated: String,
    entries: Vec<Entry>,
}

struct Entry {
    notice: Notice,
    at: String,
    /// What names it for ever (RFC 4151).
    tag: String,
}

/// `GET /desk/atom`: what was noticed, the latest first.
pub fn atom(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    let account = asked.who.account.as_ref().map_or(0, |account| account.number);
    let notices = server.service.notices(app, FEED_MAX, &server.asker(&asked.who), &asked.who)?;
    let entry = |notice: Notice| Entry {
        at: stamp(notice.at),
        tag: format!("tag:faju,2026:notice/{account}/{}", notice.id),
        notice,
    };
    let entries: Vec<Entry> = notices.into_iter().map(entry).collect();
    let updated = entries.first().map_or_else(|| stamp(0), |entry| entry.at.clone());
    let feed = Feed { updated, entries }.render().map_err(|_| Failure::internal())?;
    Ok(([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], feed).into_response())
}

/// A moment as feeds write it.
fn stamp(seconds: i64) -> String {
    Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH).to_string()
}
