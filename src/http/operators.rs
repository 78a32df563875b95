//! Addresses for whoever runs the server.

use super::openapi;
use super::problem::Failure;
use super::routes::{Answer, Asked};
use super::state::Server;
use axum::http::header;
use axum::response::{IntoResponse, Response};

/// `GET /healthz`: the process lives.
pub fn healthz(_: &Server, _: &Asked) -> Answer {
    Ok("ok\n".into_response())
}

/// `GET /readyz`: the data directory is open and can be read.
pub fn readyz(server: &Server, _: &Asked) -> Answer {
    server.is_ready().map(|()| "ready\n".into_response())
}

/// `GET /metrics`.
pub fn metrics(server: &Server, _: &Asked) -> Answer {
    let head = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    Ok((head, server.metrics.text()).into_response())
}

/// `GET /api/v1/openapi.json`.
pub fn openapi(_: &Server, _: &Asked) -> Answer {
    let document = serde_json::to_string_pretty(&openapi::document()).map_err(|_| Failure::internal())?;
    Ok(json(document))
}

/// A body that is JSON already.
pub fn json(body: String) -> Response {
    ([(header::CONTENT_TYPE, "application/json; charset=utf-8")], body).into_response()
}
