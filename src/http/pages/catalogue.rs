//! The page of the yearly catalogue: what is in force, and what became of it since the year before.

use super::{Badge, Frame, html_head, links, rendered};
use crate::app::view::catalogue::{CatalogueEntry, CatalogueList, CataloguePage};
use crate::app::{Faju, ValidityStatus};
use crate::http::query_string::{encode_id, value};
use crate::http::routes::{Answer, Asked};
use crate::http::state::Server;
use askama::Template;
use axum::response::IntoResponse;
use jiff::Span;
use std::collections::BTreeMap;

/// Years before the one shown that can be chosen.
const YEARS_BACK: i16 = 5;
/// Days before its end in which a document is listed as running out.
const EXPIRING_DAYS: i32 = 90;
/// Issuers, and subjects, that are offered at most; any issuer can be typed.
const OFFERED_MAX: usize = 40;

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
    /// Who made what is in force: name, how many, the catalogue of these alone.
    issuers: Vec<(String, usize, String)>,
    /// What they are about: the same.
    subjects: Vec<(String, usize, String)>,
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
    let asker = server.asker(&asked.who);
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
            frame: Frame::of(page.sample, asked),
            year: page.year,
            of: page.of,
            years: years.collect(),
            issuer: value(&asked.parameters, "issuer").unwrap_or_default().to_string(),
            kept: asked.parameters.iter().filter(|(name, _)| name != "issuer").cloned().collect(),
            says: format!("按 {} 的情形列出，与 {} 比较{known}", page.as_of, page.compared_with),
            lists: expiring(&page).iter().chain(&page.lists).enumerate().map(|(at, list)| List::of(at, list)).collect(),
            issuers: counted(&page, asked, "issuer", |entry| entry.instrument.issuer.as_deref()),
            subjects: counted(&page, asked, "subject", |entry| entry.subject.as_deref()),
            files: [("Excel", file("xlsx")), ("Word", file("docx")), ("CSV", file("csv"))],
            json_href: links::catalogue("/api/v1/catalogue", &asked.parameters, &[]),
            warnings: page.warnings,
        }
    }
}

/// What runs out soon after the day shown: it stands in the list of what is in force too.
fn expiring(page: &CataloguePage) -> Option<CatalogueList> {
    let until = page.as_of.checked_add(Span::new().days(EXPIRING_DAYS)).ok()?;
    let soon = |entry: &&CatalogueEntry| {
        entry.version.ended_on.is_some_and(|end| page.as_of < end && end <= until)
            && entry.version.status == ValidityStatus::InForce
    };
    let entries: Vec<CatalogueEntry> = page.lists.iter().flat_map(|list| &list.entries).filter(soon).cloned().collect();
    (!entries.is_empty())
        .then_some(CatalogueList { name: "九十日内到期", entries, ..page.lists.first()?.clone() })
}

/// The values of a parameter that what is in force has, the most frequent first, with the catalogue of each alone.
fn counted<'p>(
    page: &'p CataloguePage,
    asked: &Asked,
    parameter: &str,
    of: impl Fn(&'p CatalogueEntry) -> Option<&'p str>,
) -> Vec<(String, usize, String)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let now = page
        .lists
        .iter()
        .flat_map(|list| &list.entries)
        .filter(|entry| entry.version.status == ValidityStatus::InForce);
    for value in now.filter_map(of) {
        *counts.entry(value).or_default() += 1;
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let row = |(value, count): (&str, usize)| {
        (value.to_string(), count, links::catalogue("/catalogue", &asked.parameters, &[(parameter, value)]))
    };
    counts.into_iter().take(OFFERED_MAX).map(row).collect()
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
