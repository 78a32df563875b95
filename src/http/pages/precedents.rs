//! The page of what was imposed: pictures over all cases of a search, each bar with the search that lists its cases.

use super::{Frame, html_head, links, rendered};
use crate::app::precedents::{about, yuan};
use crate::app::view::precedents::{Bar, PrecedentsPage, Spread};
use crate::app::{Faju, parameters};
use crate::http::api::precedents_of;
use crate::http::query_string::value;
use crate::http::routes::{Answer, Asked};
use crate::http::state::Server;
use askama::Template;
use axum::response::IntoResponse;

/// Widest bar, in units of the picture.
const BAR_WIDTH: u64 = 320;
/// Where bars begin, behind their labels.
const BAR_FROM: u64 = 210;
/// Height of a row.
const ROW_HEIGHT: u64 = 30;
/// Bars of a picture.
const BARS_SHOWN: usize = 20;
/// Characters of a label; the whole is told beside.
const LABEL_CHARS: usize = 15;

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

/// A picture of bars.
struct Chart {
    title: &'static str,
    height: u64,
    rows: Vec<Row>,
    left_out: usize,
}

struct Row {
    href: Option<String>,
    whole: String,
    label: String,
    y: u64,
    text_y: u64,
    width: u64,
    says_x: u64,
    says: String,
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
            frame: Frame { sample: page.sample, ..Frame::default() },
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

impl Chart {
    fn of(title: &'static str, bars: &[Bar], search: &[(String, String)]) -> Chart {
        let most = bars.iter().map(|bar| bar.cases).max().unwrap_or(1).max(1);
        let rows: Vec<Row> =
            (0..).zip(bars.iter().take(BARS_SHOWN)).map(|(at, bar)| Row::of(at, bar, most, search)).collect();
        Chart { title, height: rows.len() as u64 * ROW_HEIGHT, left_out: bars.len().saturating_sub(BARS_SHOWN), rows }
    }
}

impl Row {
    fn of(at: u64, bar: &Bar, most: u64, search: &[(String, String)]) -> Row {
        let changes: Vec<(&str, Option<&str>)> =
            bar.parameters.iter().map(|(name, value)| (name.as_str(), Some(value.as_str()))).collect();
        let width = if bar.cases == 0 { 0 } else { (bar.cases * BAR_WIDTH / most).max(2) };
        let median = bar.fines.map(|fines| format!("，罚款中位数 {}", yuan(fines.median))).unwrap_or_default();
        // Of a long name its end tells more: 《…监督管理法》第四十六条.
        let name = bar.label.replace("中华人民共和国", "");
        let left_out = name.chars().count().saturating_sub(LABEL_CHARS);
        let end: String = name.chars().skip(left_out).collect();
        let label = if left_out == 0 { end } else { format!("…{end}") };
        Row {
            href: (!changes.is_empty()).then(|| links::search(search, &changes)),
            whole: bar.label.clone(),
            label,
            y: at * ROW_HEIGHT + 6,
            text_y: at * ROW_HEIGHT + 20,
            width,
            says_x: BAR_FROM + width + 8,
            says: format!("{} 件{median}", bar.cases),
        }
    }
}
