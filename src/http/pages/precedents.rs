//! The page of what was imposed: pictures over all cases of a search, each bar with the search that lists its cases.

use super::chart::Chart;
use super::{Frame, html_head, links, rendered};
use crate::app::precedents::{about, yuan};
use crate::app::view::precedents::{PrecedentsPage, Spread};
use crate::app::{Faju, parameters};
use crate::http::api::precedents_of;
use crate::http::query_string::value;
use crate::http::routes::{Answer, Asked};
use crate::http::state::Server;
use askama::Template;
use axum::response::IntoResponse;

#[derive(Template)]
#[template(path = "precedents.html")]
struct Page {
    frame: Frame,
    query: String,
    says: String,
    fines: Vec<(&'static str, String)>,
    charts: Vec<Chart>,
    list_href: String,
    json_href: String,
    warnings: Vec<String>,
}

/// `GET /precedents`.
pub fn page(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    let page = precedents_of(app, server, asked)?;
    Ok((html_head(), rendered(&Page::of(page, asked))?).into_response())
}

impl Page {
    fn of(page: PrecedentsPage, asked: &Asked) -> Page {
        let query = value(&asked.parameters, "q").unwrap_or_default().to_string();
        let known = |name: &str| name == "q" || parameters::SEARCH.iter().any(|parameter| parameter.name == name);
        let mut search: Vec<(String, String)> =
            asked.parameters.iter().filter(|(name, _)| known(name) && name != "kind").cloned().collect();
        search.push(("kind".to_string(), "case".to_string()));
        // The same cases as counted: what association adds to a list is not in the numbers.
        search.retain(|(name, _)| name != "rank");
        search.push(("rank".to_string(), "lexical".to_string()));
        let says = match (page.cases, page.fined) {
            (0, _) => "没有找到案例".to_string(),
            (cases, 0) => format!("{cases} 件案例，都没有读到罚款数额"),
            (cases, fined) => format!("{cases} 件案例，其中 {fined} 件读到罚款数额"),
        };
        Page {
            frame: Frame::of(page.sample, asked),
            query,
            says,
            fines: page.fines.map(|fines| told(&fines)).unwrap_or_default(),
            charts: page.lists().map(|(title, bars)| Chart::of(title, bars, &search)).collect(),
            list_href: links::search(&search, &[]),
            json_href: format!("/api/v1{}", links::precedents(&search)),
            warnings: page.warnings,
        }
    }
}

/// The numbers of a spread for people.
fn told(fines: &Spread) -> Vec<(&'static str, String)> {
    vec![
        ("最低", yuan(fines.least)),
        ("四分之一不超过", yuan(fines.lower_quartile)),
        ("中位数", yuan(fines.median)),
        ("四分之三不超过", yuan(fines.upper_quartile)),
        ("最高", yuan(fines.most)),
        ("合计", about(fines.sum)),
    ]
}
