//! What the page of a case says besides its text: its elements, and whether the law that it applied still stands.

use super::chart::Chart;
use super::links;
use crate::app::view::case::{CasePage, CaseProvision};
use crate::app::{Asker, Faju, Found, Role};
use crate::http::query_string::encode_id;
use crate::http::routes::Asked;
use crate::http::state::Server;

/// The elements of a case.
pub(super) struct CaseBox {
    /// Name and value.
    pub rows: Vec<(&'static str, String)>,
    /// The provisions that it names.
    pub provisions: Vec<Row>,
    /// What must be known before it is relied on.
    pub notices: Vec<String>,
    /// The numbers over all cases that apply the article on which its penalty rests.
    pub precedents_href: Option<String>,
    /// What was fined in these.
    pub chart: Option<Chart>,
}

/// Fewest cases with a fine of which a picture is drawn.
const DRAWN_MIN: u64 = 3;

/// A provision that a case names.
pub(super) struct Row {
    pub role: &'static str,
    pub says: String,
    pub href: Option<String>,
    pub message: Option<String>,
    pub compare: Option<String>,
}

impl CaseBox {
    /// The elements of the case that a request names; `None` if it is none.
    pub fn of(app: &Faju, server: &Server, asked: &Asked, id: &str) -> Option<CaseBox> {
        let as_of = crate::http::api::as_of(asked).ok()?;
        let Ok(Found::Here(page)) = app.case(id, as_of, &server.asker(&asked.who)) else { return None };
        let search = alike(&page);
        let chart = search.as_ref().and_then(|search| picture(app, &server.asker(&asked.who), search));
        Some(CaseBox {
            rows: page.rows(),
            provisions: page.provisions.iter().map(row).collect(),
            notices: page.notices.clone(),
            precedents_href: search.map(|search| links::precedents(&search)),
            chart,
        })
    }
}

/// The search for the cases that apply the same article.
fn alike(page: &CasePage) -> Option<Vec<(String, String)>> {
    let applied = page.provisions.iter().filter(|provision| provision.role == Role::Basis);
    // What is applied last is what the penalty rests on.
    let cited = applied.flat_map(|provision| &provision.cited).last()?;
    let (version, key) = cited.id.split_once('/')?;
    let article = format!("{}/{}", version.split('@').next()?, key.split('/').next()?);
    Some(vec![("kind".to_string(), "case".to_string()), ("applied".to_string(), article)])
}

/// What was fined in the cases of a search.
fn picture(app: &Faju, asker: &Asker, search: &[(String, String)]) -> Option<Chart> {
    let asked: Vec<(String, String)> = search.iter().filter(|(name, _)| name != "kind").cloned().collect();
    let page = app.precedents(&asked, asker).ok().filter(|page| page.fined >= DRAWN_MIN)?;
    // The same cases as counted: what association adds to a list is not in the numbers.
    let listed: Vec<_> = search.iter().cloned().chain([("rank".to_string(), "lexical".to_string())]).collect();
    Some(Chart::of("适用同一条文的案例：罚款数额", &page.by_amount, &listed))
}

fn row(provision: &CaseProvision) -> Row {
    let href = match provision.cited.first() {
        Some(cited) => Some(format!("/p/{}", encode_id(&cited.id))),
        None => provision.instrument.as_ref().map(|head| format!("/i/{}", encode_id(&head.id))),
    };
    let now: Vec<&str> = provision.now.iter().map(|now| now.label.as_str()).collect();
    let now = if now.is_empty() { String::new() } else { format!("，现为{}", now.join("、")) };
    Row {
        role: if provision.role == Role::Violation { "认定违反" } else { "依据" },
        says: provision.text.clone(),
        href,
        message: provision.message.as_ref().map(|message| format!("{message}{now}")),
        compare: provision.compare.clone(),
    }
}
