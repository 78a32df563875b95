//! Style sheet, icon and the one script, inside the program.

use super::api::with_etag;
use super::problem::Failure;
use super::routes::{Answer, Asked};
use super::state::Server;
use crate::app::{Access, ErrorCode};
use axum::http::header;
use axum::response::IntoResponse;

/// Name, media type and content of each.
const ASSETS: [(&str, &str, &str); 3] = [
    ("faju.css", "text/css; charset=utf-8", include_str!("assets/faju.css")),
    (
        "faju.js",
        "text/javascript; charset=utf-8",
        // One file for browsers, one for each matter here; every part keeps its names to itself.
        concat!(include_str!("assets/suggest.js"), include_str!("assets/reading.js"), include_str!("assets/draft.js")),
    ),
    ("icon.svg", "image/svg+xml", include_str!("assets/icon.svg")),
];

/// `GET /static/{name}`.
pub fn asset(_: &Server, asked: &Asked) -> Answer {
    let Some((_, media, body)) = ASSETS.iter().find(|(name, _, _)| *name == asked.id) else {
        return Err(Failure::new(ErrorCode::NotFound, "没有这个文件"));
    };
    let response = ([(header::CONTENT_TYPE, *media)], *body).into_response();
    Ok(with_etag(response, body, Access::Public, &asked.headers))
}
