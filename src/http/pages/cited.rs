//! What pages show of the citation graph: links in the text, how often a provision is cited, who cites it.

use super::paragraphs::{Cite, Notes};
use super::{Badge, Frame, kept, rendered};
use crate::app::view::citations::{ArticleCount, CitationView, CitedBy, CitedByPage, CitesPage};
use crate::app::view::relations::bracketed;
use crate::app::view::{InstrumentHead, Item, ProvisionView, Range, ReadingView, VersionView};
use crate::app::{AppError, Asker, Faju, Found, Kind, Outcome};
use crate::http::api::{as_of, moved};
use crate::http::citations::filter;
use crate::http::problem::Failure;
use crate::http::query_string::{encode_id, value};
use crate::http::routes::{Answer, Asked};
use crate::http::state::Server;
use askama::Template;
use std::collections::HashMap;

/// Provisions of one instrument in which the words of a search are marked, at most.
const MARKED_MAX: usize = 1000;

/// How often something is cited from elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// The list.
    pub href: String,
    /// 被引 12 处，其中案例 3 处.
    pub says: String,
}

/// The citations of a text, by provision.
#[derive(Debug, Default)]
pub struct Linked {
    cites: HashMap<String, Vec<Cite>>,
    hits: HashMap<String, Vec<Range>>,
    counts: HashMap<String, Cited>,
    /// The whole.
    pub whole: Option<Cited>,
    /// Set when a decision has changed the text and what it made of it is not here.
    pub notice: Option<String>,
}

fn cited(id: &str, count: u64, cases: u64) -> Option<Cited> {
    let cases = if cases > 0 { format!("，其中案例 {cases} 处") } else { String::new() };
    (count > 0)
        .then(|| Cited { href: format!("/cited-by/{}", encode_id(id)), says: format!("被引 {count} 处{cases}") })
}

impl Linked {
    /// The citations of the text that a page shows, and how often its articles are cited.
    pub fn of(app: &Faju, view: &ReadingView, asker: &Asker) -> Result<Linked, Failure> {
        let key = view.version.as_ref().map(|version| version.key.as_str());
        let id = super::version_path(&view.instrument, key);
        let mut linked = Linked::default();
        if let Some(page) = here(app.cites(&id, Some(view.as_of), asker))? {
            linked.take(page);
        }
        let filter = crate::app::view::citations::CitedByFilter::default();
        if let Some(page) = here(app.cited_by(&view.instrument.id, &filter, Some(view.as_of), asker))? {
            linked.whole = whole(&page);
            linked.notice = missing_text(&page);
            for ArticleCount { key, count, cases } in page.articles {
                if let Some(cited) = cited(&format!("{}/{key}", page.id), count, cases) {
                    linked.counts.insert(key, cited);
                }
            }
        }
        Ok(linked)
    }

    /// The same for one provision.
    pub fn of_provision(app: &Faju, view: &ProvisionView, asker: &Asker) -> Result<Linked, Failure> {
        let mut linked = Linked::default();
        if let Some(page) = here(app.cites(&view.id, Some(view.as_of), asker))? {
            linked.take(page);
        }
        let filter = crate::app::view::citations::CitedByFilter::default();
        let id = in_any_version(&view.id, &view.instrument.id);
        if let Some(page) = here(app.cited_by(&id, &filter, Some(view.as_of), asker))? {
            linked.whole = whole(&page);
        }
        Ok(linked)
    }

    fn take(&mut self, page: CitesPage) {
        for item in page.items {
            let Some(id) = item.id else { continue };
            self.cites.insert(id, item.citations.iter().map(cite).collect());
        }
    }

    /// Marks what a search finds in an instrument. A search that says nothing, or is wrong, marks nothing.
    pub fn mark(&mut self, app: &Faju, query: &str, instrument: &str, asker: &Asker) {
        if query.trim().is_empty() {
            return;
        }
        let most = MARKED_MAX.to_string();
        let asked = [
            ("q", query),
            ("instrument", instrument),
            ("status", "all"),
            ("group", "none"),
            ("rank", "lexical"),
            ("limit", &most),
        ];
        let asked: Vec<(String, String)> =
            asked.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        let items = app.search(&asked, asker).map(|page| page.items).unwrap_or_default();
        for item in items {
            let Item::Single(single) = item else { continue };
            self.hits.insert(single.provision.id.clone(), single.provision.highlights.clone());
        }
    }

    /// What stands out in the text of a provision.
    pub fn notes(&self, id: &str) -> Notes<'_> {
        Notes {
            cites: self.cites.get(id).map_or(&[], Vec::as_slice),
            hits: self.hits.get(id).map_or(&[], Vec::as_slice),
        }
    }

    /// How often a provision is cited.
    pub fn cited(&self, key: &str) -> Option<Cited> {
        self.counts.get(key).cloned()
    }
}

/// What is here; what is hidden or gone has no links.
fn here<T>(found: Result<Found<T>, AppError>) -> Result<Option<T>, Failure> {
    match found {
        Ok(Found::Here(page)) => Ok(Some(page)),
        Ok(Found::Moved(_)) => Ok(None),
        Err(error) if error.code == crate::app::ErrorCode::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The id of a provision in whatever version: precedents and notices cite by the number.
fn in_any_version(id: &str, instrument: &str) -> String {
    match id.split_once('/') {
        Some((_, key)) if id.contains('@') => format!("{instrument}/{}", key.split('/').next().unwrap_or(key)),
        _ => id.to_string(),
    }
}

/// A decision that amends it and is younger than every text that is here.
fn missing_text(page: &CitedByPage) -> Option<String> {
    let newest = page.relations.iter().find(|relation| relation.relation == "amends" && relation.newer)?;
    let day = newest.dated.map(|day| format!("（{day}）")).unwrap_or_default();
    Some(format!("{}{day}已修改本件，库中没有修改后的文本", bracketed(&newest.instrument.title)))
}

fn whole(page: &CitedByPage) -> Option<Cited> {
    cited(&page.id, page.total, page.counts.get("case").copied().unwrap_or(0))
}

fn cite(citation: &CitationView) -> Cite {
    let href = citation.provisions.first().map(|provision| format!("/p/{}", encode_id(&provision.id)));
    let href = href.or_else(|| match citation.instruments.as_slice() {
        [one] => {
            let version = citation.version.as_ref().map(|version| version.key.as_str());
            Some(format!("/i/{}", encode_id(&super::version_path(one, version.filter(|key| *key != "-")))))
        }
        _ => None,
    });
    let title = match (&citation.normal, &citation.message) {
        (Some(normal), Some(message)) => format!("{normal}：{message}"),
        (Some(said), None) | (None, Some(said)) => said.clone(),
        (None, None) => citation.text.clone(),
    };
    let class = match citation.outcome {
        Outcome::Resolved => "resolved",
        Outcome::Ambiguous => "ambiguous",
        Outcome::Unknown => "unknown",
    };
    Cite { start: citation.span.start, end: citation.span.end, href, title, class }
}

/// schema.org `Legislation` of a version, ready to stand in HTML.
pub fn json_ld(view: &ReadingView, id: &str) -> String {
    let head = &view.instrument;
    let mut data = legislation(head, view.version.as_ref(), &format!("/i/{id}"));
    if view.version.is_some() {
        data["exampleOfWork"] = serde_json::json!({ "@id": format!("/i/{}", head.id) });
    }
    in_html(&data)
}

/// The same of a provision of a version.
pub fn provision_json_ld(view: &ProvisionView, version: &str) -> String {
    let mut data = legislation(&view.instrument, view.version.as_ref(), &format!("/p/{}", view.id));
    data["name"] = serde_json::json!(view.citation);
    data["identifier"] = serde_json::json!(view.id);
    data["isPartOf"] = serde_json::json!({ "@id": format!("/i/{version}") });
    in_html(&data)
}

fn legislation(head: &InstrumentHead, version: Option<&VersionView>, address: &str) -> serde_json::Value {
    let mut data = serde_json::json!({
        "@context": "https://schema.org",
        "@type": if head.kind == Kind::Case { "Report" } else { "Legislation" },
        "@id": address,
        "identifier": head.document_number.clone().unwrap_or_else(|| head.id.clone()),
        "name": head.title,
        "inLanguage": "zh-Hans",
    });
    if let Some(version) = version {
        data["legislationDate"] = serde_json::json!(version.dated);
        data["legislationDateOfApplicability"] = serde_json::json!(version.effective_from);
        data["legislationLegalForce"] = serde_json::json!(match version.status {
            crate::app::ValidityStatus::InForce => Some("InForce"),
            crate::app::ValidityStatus::Unknown => None,
            _ => Some("NotInForce"),
        });
    }
    data
}

/// No text may end the element in which it stands.
fn in_html(data: &serde_json::Value) -> String {
    data.to_string().replace('<', "\\u003c")
}

/// How many there are, and how many of them only bear the number.
fn said(view: &CitedByPage) -> String {
    let unheld = view.unheld.as_ref().map(|unheld| format!("{unheld}；")).unwrap_or_default();
    let by_number = match view.unverified {
        0 => String::new(),
        some => format!("；其中 {some} 处所引的文本库中没有，只按条号列在最后，未能核对是否同一条"),
    };
    format!("{unheld}{} 件文件和案例中引用 {} 处{by_number}", view.groups, view.total)
}

#[derive(Template)]
#[template(path = "cited_by.html")]
struct CitedByHtml {
    frame: Frame,
    title: String,
    kind: &'static str,
    label: String,
    says: String,
    back_href: String,
    tabs: Vec<Tab>,
    rows: Vec<Row>,
    next_href: Option<String>,
    json_href: String,
}

struct Tab {
    href: String,
    name: &'static str,
    count: u64,
    chosen: bool,
}

struct Row {
    title: String,
    href: String,
    label: String,
    badge: Option<Badge>,
    facts: String,
    before: String,
    words: String,
    after: String,
    remark: Option<String>,
}

/// `GET /cited-by/{id}`.
pub fn page(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    let view = match app.cited_by(&asked.id, &filter(asked)?, as_of(asked)?, &server.asker(&asked.who))? {
        Found::Moved(id) => return Ok(moved("/cited-by/", &id, asked)),
        Found::Here(view) => view,
    };
    let html = rendered(&CitedByHtml::of(view, asked))?;
    Ok(kept(html, server, asked))
}

impl CitedByHtml {
    fn of(view: CitedByPage, asked: &Asked) -> Self {
        let own = format!("/cited-by/{}", encode_id(&view.id));
        let chosen = value(&asked.parameters, "kind").unwrap_or("");
        let all: u64 = view.counts.values().sum();
        let tab = |name: &'static str, kind: &str, count: u64| Tab {
            href: if kind.is_empty() { own.clone() } else { format!("{own}?kind={kind}") },
            name,
            count,
            chosen: chosen == kind,
        };
        let tabs = std::iter::once(tab("全部", "", all))
            .chain(Kind::ALL.iter().map(|row| tab(row.2, row.1, view.counts.get(row.1).copied().unwrap_or(0))));
        let key = view.id.split_once('/').map(|(_, key)| key.to_string());
        CitedByHtml {
            frame: Frame::of(view.sample, asked),
            kind: view.instrument.sort(),
            label: key.as_deref().map(crate::app::label_of).unwrap_or_default(),
            says: said(&view),
            // What is not held has no page of its own.
            back_href: match view.unheld {
                Some(_) => format!("/?q={}", encode_id(&view.instrument.title)),
                None => format!(
                    "/i/{}{}",
                    encode_id(&view.instrument.id),
                    key.map(|key| format!("#{key}")).unwrap_or_default()
                ),
            },
            tabs: tabs.collect(),
            rows: view.items.iter().map(row).collect(),
            next_href: view.next.map(|next| {
                let kind = if chosen.is_empty() { String::new() } else { format!("&kind={chosen}") };
                format!("{own}?offset={next}{kind}")
            }),
            json_href: format!("/api/v1/cited-by/{}", encode_id(&view.id)),
            title: view.instrument.title,
        }
    }
}

/// That the text cited was chosen by a day that only stands in.
fn assumed(item: &CitedBy) -> Option<String> {
    Some(format!("所引文本：{}", item.cited_assumed.as_deref()?))
}

fn row(item: &CitedBy) -> Row {
    let characters: Vec<char> = item.quote.chars().collect();
    let words = |from: usize, to: usize| characters.get(from..to).unwrap_or_default().iter().collect::<String>();
    let facts = [item.instrument.issuer.clone(), item.instrument.document_number.clone()];
    Row {
        title: item.instrument.title.clone(),
        href: format!("/p/{}", encode_id(&item.provision.id)),
        label: item.provision.label.clone(),
        badge: item.version.as_ref().map(|version| Badge::of(version.status)),
        facts: facts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        before: words(0, item.span.start),
        words: words(item.span.start, item.span.end),
        after: words(item.span.end, characters.len()),
        remark: item.reason.map(|reason| reason.chinese().to_string()).or_else(|| assumed(item)),
    }
}
