//! Addresses for whoever runs the server.

use super::guard;
use super::openapi;
use super::problem::Failure;
use super::routes::{Answer, Asked};
use super::state::Server;
use crate::app::service::{By, Right};
use axum::http::{Uri, header};
use axum::response::{IntoResponse, Response};
use std::net::IpAddr;

/// `GET /healthz`: the process lives.
pub fn healthz(_: &Server, _: &Asked) -> Answer {
    Ok("ok\n".into_response())
}

/// `GET /readyz`: the data directory is open and can be read.
pub fn readyz(server: &Server, _: &Asked) -> Answer {
    server.is_ready().map(|()| "ready\n".into_response())
}

/// `GET /metrics`.
pub fn metrics(server: &Server, asked: &Asked) -> Answer {
    let head = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    let vitals = is_operator(asked).then(|| server.service.vitals(server.faju().ok().map(|app| &**app)));
    Ok((head, server.metrics.text(server.is_ready().is_ok(), vitals.as_ref())).into_response())
}

/// Whether somebody may know how much is held, hidden documents included: on this machine, or with a right to look after it.
fn is_operator(asked: &Asked) -> bool {
    let own = || asked.who.from.parse::<IpAddr>().is_ok_and(|from| from.is_loopback());
    match asked.who.by {
        By::Unguarded => own() && guard::local(&Uri::from_static("/"), &asked.headers).is_ok(),
        _ => asked.who.may(Right::Administer) || asked.who.may(Right::Audit),
    }
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
