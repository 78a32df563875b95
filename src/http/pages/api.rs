//! The description of the API for people, made from the table of routes.

use super::{Frame, html_head, rendered};
use crate::app::ErrorCode;
use crate::app::parameters::Parameter;
use crate::http::openapi::shown_path;
use crate::http::routes::{Answer, Asked, ROUTES, Route};
use crate::http::state::Server;
use askama::Template;
use axum::response::IntoResponse;

#[derive(Template)]
#[template(path = "api.html")]
struct ApiPage {
    frame: Frame,
    routes: Vec<Row>,
    errors: Vec<(&'static str, u16, &'static str)>,
}

struct Row {
    method: &'static str,
    path: String,
    summary: &'static str,
    body: Option<String>,
    schema: Option<&'static str>,
    parameters: Vec<Parameter>,
    example: Option<&'static str>,
}

impl Row {
    fn of(route: &Route) -> Row {
        let body = route.body.map(|body| format!("{}（{}）", body.media.join("、"), body.schema));
        let example = (route.path == "/api/v1/search").then_some("/api/v1/search?q=%E5%A4%84%E7%BD%9A&limit=3");
        Row {
            method: route.method,
            path: shown_path(route),
            summary: route.summary,
            body,
            schema: route.answers.1,
            parameters: route.takes.all(),
            example,
        }
    }
}

/// `GET /api`.
pub fn page(server: &Server, asked: &Asked) -> Answer {
    let page = ApiPage {
        frame: Frame::of(server.is_sample(), asked),
        routes: ROUTES.iter().filter(|route| route.tag != "网页").map(Row::of).collect(),
        errors: ErrorCode::ALL.iter().map(|row| (row.1, row.2, row.3)).collect(),
    };
    Ok((html_head(), rendered(&page)?).into_response())
}
