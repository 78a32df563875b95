//! The page of the yearly catalogue: what is in force, and what became of it since the year before.

use super::{Badge, Frame, html_head, links, rendered};
use crate::app::Faju;
use crate::app::view::catalogue::{CatalogueEntry, CatalogueList, CataloguePage};
use crate::http::query_string::{encode_id, value};
use crate::http::routes::{Answer, Asked};
use crate::http::state::Server;
use askama::Template;
use axum::response::IntoResponse;

/// Years before the one shown that can be chosen.
const YEARS_BACK: i16 = 5;

#[derive(Template)]
#[template(path = "catalogue.html")]
struct Page {
    frame: Frame,
    year: i16,
    /// What it lists.
    of: &'static str,
    /// Year, its address, whether it is shown.
    years: Vec<(i16, String, bool)>,
    issuer: String,
    /// Parameters that the form keeps.
    kept: Vec<(String, String)>,
    says: String,
    lists: Vec<List>,
    files: [(&'static str, String); 3],
    json_href: String,
    warnings: Vec<String>,
}

struct List {
    anchor: String,
    name: &'static str,
    count: usize,
    rows: Vec<Row>,
}

struct Row {
    number: usize,
    href: String,
    title: String,
    badge: Badge,
    change: Option<&'static str>,
    facts: String,
    quote: Option<String>,
}

/// `GET /catalogue`.
pub fn page(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    let asker = server.asker();
    let page = app.catalogue(&asked.parameters, &asker)?;
    Ok((html_head(), rendered(&Page::of(page, asked, asker.today.year()))?).into_response())
}

impl Page {
    fn of(page: CataloguePage, asked: &Asked, this_year: i16) -> Page {
        let known = page.known_to.map(|day| format!("，库中文件截至 {day}")).unwrap_or_default();
        let newest = this_year.min(page.year + 1);
        let years = (newest - YEARS_BACK..=newest).rev().map(|year| {
            let href = links::catalogue("/catalogue", &asked.parameters, &[("year", &year.to_string())]);
            (year, href, year == page.year)
        });
        let file = |format| links::catalogue("/api/v1/catalogue/file", &asked.parameters, &[("format", format)]);
        Page {
            frame: Frame { sample: page.sample, ..Frame::default() },
            year: page.year,
            of: page.of,
            years: years.collect(),
            issuer: value(&asked.parameters, "issuer").unwrap_or_default().to_string(),
            kept: asked.parameters.iter().filter(|(name, _)| name != "issuer").cloned().collect(),
            says: format!("按 {} 的情形列出，与 {} 比较{known}", page.as_of, page.compared_with),
            lists: page.lists.iter().enumerate().map(|(at, list)| List::of(at, list)).collect(),
            files: [("Excel", file("xlsx")), ("Word", file("docx")), ("CSV", file("csv"))],
            json_href: links::catalogue("/api/v1/catalogue", &asked.parameters, &[]),
            warnings: page.warnings,
        }
    }
}

impl List {
    fn of(at: usize, list: &CatalogueList) -> List {
        List {
            anchor: format!("l{}", at + 1),
            name: list.name,
            count: list.entries.len(),
            rows: (1..).zip(&list.entries).map(|(number, entry)| Row::of(number, entry)).collect(),
        }
    }
}

impl Row {
    fn of(number: usize, entry: &CatalogueEntry) -> Row {
        let (head, version) = (&entry.instrument, &entry.version);
        let dated = version.dated.map(|day| format!("{day} 公布"));
        let from = version.effective_from.map(|day| format!("{day} 施行"));
        let facts = [head.document_number.clone(), head.issuer.clone(), dated, from, version.ended()];
        Row {
            number,
            href: format!("/i/{}", encode_id(&format!("{}@{}", head.id, version.key))),
            title: head.title.clone(),
            badge: Badge::of(version.status),
            change: entry.change.map(|change| change.chinese()),
            facts: facts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
            quote: entry.quote.clone().filter(|_| entry.change.is_some()),
        }
    }
}
