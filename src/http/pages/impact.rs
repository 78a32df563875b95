//! What still cites the old text after a change or a repeal: the work list of a clean-up.

use super::{Badge, Frame, html_head, rendered};
use crate::app::view::impact::{ImpactItem, ImpactPage, ImpactState};
use crate::app::view::relations::bracketed;
use crate::app::{Faju, Found};
use crate::http::api::{as_of, moved};
use crate::http::citations::impact_filter;
use crate::http::query_string::{encode_id, value};
use crate::http::routes::{Answer, Asked};
use crate::http::state::Server;
use askama::Template;
use axum::response::IntoResponse;

#[derive(Template)]
#[template(path = "impact.html")]
struct Page {
    frame: Frame,
    title: String,
    back_href: String,
    says: String,
    /// What became of it.
    told: Vec<String>,
    tabs: Vec<Tab>,
    rows: Vec<Row>,
    next_href: Option<String>,
    json_href: String,
}

struct Tab {
    name: &'static str,
    href: String,
    count: u64,
    chosen: bool,
}

struct Row {
    href: String,
    title: String,
    badge: Option<Badge>,
    message: String,
    before: String,
    words: String,
    after: String,
    /// Where the text cited is now, or may be.
    now: Vec<(String, String)>,
}

/// `GET /impact/{id}`.
pub fn page(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    match app.impact(&asked.id, &impact_filter(asked)?, as_of(asked)?, &server.asker(&asked.who))? {
        Found::Moved(id) => Ok(moved("/impact/", &id, asked)),
        Found::Here(view) => Ok((html_head(), rendered(&Page::of(view, asked))?).into_response()),
    }
}

impl Page {
    fn of(view: ImpactPage, asked: &Asked) -> Page {
        let own = format!("/impact/{}", encode_id(&view.id));
        let chosen = value(&asked.parameters, "state").unwrap_or("");
        let all =
            Tab { name: "全部", href: own.clone(), count: view.counts.values().sum(), chosen: chosen.is_empty() };
        let tab = |(_, state, name): &(ImpactState, &'static str, &'static str)| Tab {
            name,
            href: format!("{own}?state={state}"),
            count: view.counts.get(state).copied().unwrap_or(0),
            chosen: chosen == *state,
        };
        let tabs = ImpactState::ALL.iter().map(tab).filter(|tab| tab.count > 0 || tab.chosen);
        let repealed = view.repealed_by.as_ref().map(|by| format!("为{}所废止", bracketed(&by.title)));
        let successor = view
            .successor
            .as_ref()
            .map(|next| format!("由{}代替：{}〈{}〉", bracketed(&next.instrument.title), next.why, next.quote));
        Page {
            frame: Frame::of(view.sample, asked),
            back_href: format!("/i/{}", encode_id(view.id.split('/').next().unwrap_or(&view.id))),
            says: format!("按 {} 的情形，现行文件中有 {} 处引用要核对", view.as_of, view.total),
            told: view.unheld.iter().cloned().chain(repealed).chain(successor).collect(),
            tabs: std::iter::once(all).chain(tabs).collect(),
            rows: view.items.iter().map(row).collect(),
            next_href: view.next.map(|next| {
                let state = if chosen.is_empty() { String::new() } else { format!("&state={}", encode_id(chosen)) };
                format!("{own}?offset={next}{state}")
            }),
            json_href: format!("/api/v1/impact/{}", encode_id(&view.id)),
            title: view.instrument.title,
        }
    }
}

fn row(item: &ImpactItem) -> Row {
    let citation = &item.citation;
    let characters: Vec<char> = citation.quote.chars().collect();
    let words = |from: usize, to: usize| characters.get(from..to).unwrap_or_default().iter().collect::<String>();
    let now = |said: &str, places: &[crate::app::view::citations::ProvisionRef]| {
        let place = |place: &crate::app::view::citations::ProvisionRef| {
            (format!("/p/{}", encode_id(&place.id)), format!("{said}{}", place.label))
        };
        places.iter().map(place).collect::<Vec<_>>()
    };
    Row {
        href: format!("/p/{}", encode_id(&citation.provision.id)),
        title: format!("{} {}", citation.instrument.title, citation.provision.label),
        badge: citation.version.as_ref().map(|version| Badge::of(version.status)),
        message: item.message.clone(),
        before: words(0, citation.span.start),
        words: words(citation.span.start, citation.span.end),
        after: words(citation.span.end, characters.len()),
        now: [now("现为", &item.now), now("相近的有", &item.nearest)].concat(),
    }
}
