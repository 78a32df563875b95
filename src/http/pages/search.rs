//! The search page: the box, the filters, what was found.

use super::added;
use super::desk::keep_href;
use super::excerpt::{Piece, around};
use super::facets::{FacetBox, asks_cases, counted, facet_box, facets};
use super::tabs::{Chip, Proof, chips, proofs, tabs};
use super::{Badge, Frame, html_head, links, rendered, version_path};
use crate::app::view::{
    CitedTarget, InstrumentHead, Item, ProvisionHit, Range, Reasons, SearchPage, TypedCitation, TypedOutcome,
    VersionView,
};
use crate::app::{AppError, Asker, ErrorCode, Faju, plain_words};
use crate::http::problem::Failure;
use crate::http::query_string::{encode, encode_id, value};
use crate::http::routes::{Answer, Asked};
use crate::http::state::Server;
use askama::Template;
use axum::response::IntoResponse;
use std::time::Instant;

/// Code points of a text that a result shows.
const EXCERPT: usize = 160;
/// Associations that a result names.
const PULLS: usize = 5;
/// An instrument with a provision as near as this to the nearest is about the question.
const NEAR: f32 = 0.95;

/// Orders that the page offers; the first is what is meant without a choice.
const SORTS: [(&str, &str); 4] =
    [("relevance", "相关度"), ("date", "新的在前"), ("date_asc", "旧的在前"), ("authority", "效力位阶")];

/// Orders that it offers besides where cases are searched.
const CASE_SORTS: [(&str, &str); 2] = [("fines", "罚款多的在前"), ("fines_asc", "罚款少的在前")];

/// Searches that show what a query can be.
const HINTS: [(&str, &str); 6] = [
    ("违法建设 罚款", "几个词语，最相关的在前"),
    ("\"责令限期改正\"", "引号里的整句，一字不差，一处不漏"),
    ("许可 -听证", "减号排除"),
    ("标题:条例 处罚", "只在标题里找；还有 正文: 文号: 发布机关:"),
    ("(罚款 OR 拘留) AND 情节严重", "与、或、非和括号"),
    ("第三十三条", "按条文序号"),
];

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    frame: Frame,
    hints: Vec<Hint>,
}

struct Hint {
    href: String,
    query: &'static str,
    says: &'static str,
}

#[derive(Template)]
#[template(path = "search.html")]
struct ResultsPage {
    frame: Frame,
    chosen: usize,
    facets: Vec<FacetBox>,
    tabs: Vec<Choice>,
    chips: Vec<Chip>,
    /// For a search that found nothing: whether its words stand anywhere.
    proofs: Vec<Proof>,
    /// The numbers over the cases that are found.
    precedents_href: Option<String>,
    /// The results as files: name and address.
    lists: [(&'static str, String); 2],
    day_kept: Vec<(String, String)>,
    as_of: String,
    problem: Option<Problem>,
    answer: Option<Found>,
    sorts: Vec<Choice>,
    /// Shows or hides what spoke for every result.
    explained: Choice,
    /// The search that is kept where one asks why a provision is not in it.
    why_kept: Vec<(String, String)>,
}

/// Something to choose.
pub(super) struct Choice {
    pub href: String,
    pub name: String,
    pub count: Option<u64>,
    pub chosen: bool,
}

struct Problem {
    title: &'static str,
    message: String,
    place: Option<Place>,
    searched: Option<String>,
    remedy: Option<(String, &'static str)>,
}

struct Place {
    before: String,
    at: String,
    after: String,
}

/// What the query was recognised as citing.
struct Cited {
    message: String,
    clear: bool,
    targets: Vec<CitedRow>,
}

struct CitedRow {
    href: String,
    said: String,
    badge: Option<Badge>,
    facts: Vec<String>,
    problem: Option<String>,
    /// The text, when it is not the first result.
    text: Option<String>,
}

struct Found {
    citation: Option<Cited>,
    /// What was probably meant: the search for it, and its words.
    meant: Option<(String, String)>,
    counts: String,
    took: String,
    hidden: Option<(String, String)>,
    /// Added by synonyms and by association: how many, and the search without.
    added: Vec<(String, String)>,
    /// Synonyms that were looked for besides, and the search without.
    expanded: Option<(String, String)>,
    interpreted: Option<String>,
    items: Vec<Row>,
    hints: Vec<(Option<String>, &'static str)>,
    first: Option<String>,
    next: Option<String>,
}

struct Row {
    href: String,
    title: String,
    badge: Option<Badge>,
    facts: Vec<String>,
    hits: Vec<HitRow>,
    more: Option<(String, String)>,
}

struct HitRow {
    href: String,
    /// Provision id.
    id: String,
    label: String,
    path: String,
    badge: Option<Badge>,
    /// What found it although it has none of the words: a mark and what it means.
    via: Option<(&'static str, &'static str)>,
    pieces: Vec<Piece>,
    /// What spoke for it, if that was asked.
    why: Vec<String>,
}

/// `GET /`.
pub fn page(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    if asked.parameters.is_empty() {
        let hint = |(query, says): &(&'static str, &'static str)| {
            let href = links::search(&[("q".to_string(), query.to_string())], &[]);
            Hint { href, query, says }
        };
        let frame = Frame::of(app.is_sample(), asked);
        return Ok(
            (html_head(), rendered(&HomePage { frame, hints: HINTS.iter().map(hint).collect() })?).into_response()
        );
    }
    let asker = server.asker(&asked.who);
    let searched = ask(app, &asked.parameters, &asker);
    let (status, problem, answer) = match searched {
        Ok(answer) => (200, None, Some(answer)),
        Err(error) if error.code == ErrorCode::InvalidQuery => {
            let words = plain_words(value(&asked.parameters, "q").unwrap_or(""));
            let instead = links::changed(&asked.parameters, &[("q", Some(&words))]);
            let answer = (!words.is_empty()).then(|| ask(app, &instead, &asker).ok()).flatten();
            let problem = Problem::of(&error, &asked.parameters, answer.is_some().then_some(words));
            (if answer.is_some() { 200 } else { error.code.status() }, Some(problem), answer)
        }
        Err(error) => (error.code.status(), Some(Problem::of(&error, &asked.parameters, None)), None),
    };
    let tabs = tabs(app, &asked.parameters, answer.as_ref(), &asker);
    let is_empty = answer.as_ref().is_some_and(|answer| answer.items.is_empty());
    let words = plain_words(value(&asked.parameters, "q").unwrap_or(""));
    let proofs = if is_empty { proofs(app, &words, &asker) } else { Vec::new() };
    let page = ResultsPage { tabs, proofs, ..ResultsPage::of(app.is_sample(), asked, problem, answer, &asker) };
    let status = axum::http::StatusCode::from_u16(status).map_err(|_| Failure::internal())?;
    Ok((status, html_head(), rendered(&page)?).into_response())
}

fn ask(app: &Faju, parameters: &[(String, String)], asker: &Asker) -> Result<SearchPage, AppError> {
    let mut parameters = parameters.to_vec();
    if value(&parameters, "facets").is_none() {
        parameters.push(("facets".to_string(), counted(&parameters)));
    }
    let began = Instant::now();
    let mut page = app.search(&parameters, asker)?;
    page.took_ms = began.elapsed().as_secs_f64() * 1000.0;
    Ok(page)
}

impl Problem {
    fn of(error: &AppError, parameters: &[(String, String)], searched: Option<String>) -> Problem {
        let item = error.errors.first();
        let position = item.filter(|item| item.parameter.as_deref() == Some("q")).and_then(|item| item.position);
        let query = value(parameters, "q").unwrap_or("");
        let place = position.map(|position| {
            let mut rest = query.chars().skip(position);
            Place {
                before: query.chars().take(position).collect(),
                at: rest.next().map_or_else(|| "▏".to_string(), String::from),
                after: rest.collect(),
            }
        });
        let remedy =
            (error.code == ErrorCode::CursorExpired).then(|| (links::search(parameters, &[]), "从第一页重新检索"));
        let message =
            item.filter(|_| place.is_some()).map_or_else(|| error.detail.clone(), |item| item.message.clone());
        Problem { title: error.code.title(), message, place, searched, remedy }
    }
}

impl ResultsPage {
    fn of(
        sample: bool,
        asked: &Asked,
        problem: Option<Problem>,
        answer: Option<SearchPage>,
        asker: &Asker,
    ) -> ResultsPage {
        let parameters = &asked.parameters;
        let query = value(parameters, "q").unwrap_or("").to_string();
        let filters = |name: &str| {
            !["q", "kind", "cursor", "offset", "limit", "sort", "as_of", "explain", "rank", "expand"].contains(&name)
        };
        let today = asker.today.to_string();
        ResultsPage {
            frame: Frame {
                query,
                kept: links::changed(parameters, &[("q", None)]),
                keep_href: keep_href(asked, "query", links::search(parameters, &[]).trim_start_matches("/?")),
                ..Frame::of(answer.as_ref().map_or(sample, |answer| answer.sample), asked)
            },
            chosen: parameters.iter().filter(|(name, _)| filters(name)).count(),
            facets: facets(parameters).map(|facet| facet_box(facet, parameters, answer.as_ref())).collect(),
            tabs: Vec::new(),
            chips: chips(parameters),
            proofs: Vec::new(),
            precedents_href: asks_cases(parameters).then(|| links::precedents(parameters)),
            lists: [("Excel", "xlsx"), ("CSV", "csv")].map(|(name, format)| (name, links::list(parameters, format))),
            day_kept: links::changed(parameters, &[("as_of", None)]),
            as_of: value(parameters, "as_of").unwrap_or(&today).to_string(),
            sorts: SORTS
                .iter()
                .chain(CASE_SORTS.iter().filter(|_| asks_cases(parameters)))
                .enumerate()
                .map(|(at, sort)| sort_choice(at, sort, parameters))
                .collect(),
            explained: explained(parameters),
            why_kept: links::changed(parameters, &[("explain", None)]),
            answer: answer.map(|answer| Found::of(answer, parameters)),
            problem,
        }
    }
}

fn explained(parameters: &[(String, String)]) -> Choice {
    let chosen = value(parameters, "explain") == Some("true");
    let href = links::search(parameters, &[("explain", (!chosen).then_some("true"))]);
    Choice { href, name: "说明理由".to_string(), count: None, chosen }
}

fn sort_choice(at: usize, (sort, name): &(&str, &str), parameters: &[(String, String)]) -> Choice {
    let chosen = value(parameters, "sort").map_or(at == 0, |asked| asked == *sort);
    let href = links::search(parameters, &[("sort", (at > 0).then_some(*sort))]);
    Choice { href, name: name.to_string(), count: None, chosen }
}

impl Found {
    /// The page says sample, hidden and "at least" in its own words, with a link; the warnings say the same.
    fn of(page: SearchPage, asked: &[(String, String)]) -> Found {
        let total = &page.total;
        let about = if total.relation == "gte" { "至少 " } else { "" };
        let counts = format!("找到 {about}{} 条，在 {} 件文件中", grouped(total.value), grouped(total.groups));
        let show_all = || links::search(asked, &[("status", Some("all"))]);
        let hidden = (total.hidden > 0).then(|| {
            let says = format!("另有 {} 条尚未施行或已不再有效，没有列出 — 全部列出", grouped(total.hidden));
            (show_all(), says)
        });
        let expanded = added::expanded(&page.query.expanded)
            .map(|said| (links::search(asked, &[("expand", Some("false"))]), said));
        let mut hints: Vec<(Option<String>, &'static str)> = Vec::new();
        if total.hidden > 0 {
            hints.push((Some(show_all()), "把尚未施行和已不再有效的也列出来"));
        }
        if asked.iter().any(|(name, _)| name != "q") {
            let only_words: Vec<(String, String)> = asked.iter().filter(|(name, _)| name == "q").cloned().collect();
            hints.push((Some(links::search(&only_words, &[])), "去掉全部筛选再找"));
        }
        hints.push((None, "少用几个词，或换成法条里会用的说法"));
        hints.push((None, "引号里的整句要一字不差；拿不准就去掉引号"));
        Found {
            citation: page.citation.as_ref().map(|citation| Cited::of(citation, &page.items)),
            meant: page.did_you_mean.map(|meant| (links::search(asked, &[("q", Some(&meant.query))]), meant.query)),
            took: format!("用时 {:.1} 毫秒", page.took_ms),
            interpreted: (page.query.interpreted != page.query.raw && !page.query.interpreted.is_empty())
                .then_some(page.query.interpreted),
            items: page.items.iter().map(|item| Row::of(item, asked)).collect(),
            first: value(asked, "cursor").or(value(asked, "offset")).map(|_| links::search(asked, &[])),
            next: page.next.map(|next| links::search(asked, &[("cursor", Some(&next))])),
            counts,
            hidden,
            added: added::added(total, asked),
            expanded,
            hints,
        }
    }
}

impl Cited {
    fn of(citation: &TypedCitation, items: &[Item]) -> Cited {
        // A series is listed like several that can be meant, and its message says that it is none.
        let clear = citation.outcome == TypedOutcome::Resolved && citation.targets.len() == 1;
        let first = items.first().map(|item| match item {
            Item::Group(group) => group.instrument.id.as_str(),
            Item::Single(single) => single.instrument.id.as_str(),
        });
        let row = |target: &CitedTarget| {
            let shown = first == Some(target.instrument.id.as_str());
            CitedRow::of(target, clear && !shown)
        };
        Cited {
            message: if clear { "已识别为引用：".to_string() } else { citation.message.clone() },
            clear,
            targets: citation.targets.iter().map(row).collect(),
        }
    }
}

impl CitedRow {
    fn of(target: &CitedTarget, with_text: bool) -> CitedRow {
        let path = version_path(&target.instrument, target.version.as_ref().map(|version| version.key.as_str()));
        let rest = target.provision.as_deref().and_then(|id| id.strip_prefix(&path)?.strip_prefix('/'));
        // The reading page has an anchor for each article.
        let anchor = rest.and_then(|rest| rest.split('/').next());
        let anchor = anchor.map(|anchor| format!("#{}", encode_id(anchor))).unwrap_or_default();
        let text = target.text.as_deref().filter(|_| with_text);
        CitedRow {
            href: format!("/i/{}{anchor}", encode_id(&path)),
            said: target.name(),
            badge: target.version.as_ref().map(|version| Badge::of(version.status)),
            facts: facts(&target.instrument, target.version.as_ref()),
            problem: target.problem.as_deref().or(target.excluded.as_deref()).or(target.assumed()).map(str::to_string),
            text: text.map(|text| around(text, &[], EXCERPT).into_iter().map(|piece| piece.text).collect()),
        }
    }
}

/// A number with its thousands apart.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

impl Row {
    fn of(item: &Item, asked: &[(String, String)]) -> Row {
        let (instrument, version, matched, hits) = match item {
            Item::Group(group) => {
                (&group.instrument, group.version.as_ref(), group.matched, group.provisions.iter().collect())
            }
            Item::Single(single) => (&single.instrument, single.version.as_ref(), 1, vec![&single.provision]),
        };
        let left = matched.saturating_sub(hits.len() as u64);
        let more = (left > 0).then(|| {
            let inside = [("instrument", Some(instrument.id.as_str())), ("group", Some("none"))];
            (links::search(asked, &inside), format!("本文件中另有 {} 条", grouped(left)))
        });
        Row {
            href: format!("/i/{}", encode_id(&version_path(instrument, version.map(|version| version.key.as_str())))),
            title: instrument.title.clone(),
            badge: version.map(|version| Badge::of(version.status)),
            facts: facts(instrument, version),
            hits: hits.into_iter().map(|hit: &ProvisionHit| hit_row(hit, instrument, version, asked)).collect(),
            more,
        }
    }
}

pub fn facts(instrument: &InstrumentHead, version: Option<&VersionView>) -> Vec<String> {
    let mut facts = vec![instrument.sort().to_string()];
    facts.extend(instrument.issuer.clone());
    facts.extend(instrument.document_number.clone());
    if let Some(version) = version {
        facts.extend(version.dated.map(|dated| format!("{dated} 版本")));
        facts.extend(version.effective_from.map(|from| format!("{from} 施行")));
        facts.extend(version.ended());
    }
    facts
}

fn hit_row(
    hit: &ProvisionHit,
    instrument: &InstrumentHead,
    version: Option<&VersionView>,
    asked: &[(String, String)],
) -> HitRow {
    let path = version_path(instrument, version.map(|_| hit.version_key.as_str()));
    // The reading page at the provision; an id of another form still leads to the provision by itself.
    let href = match hit.id.strip_prefix(&path).and_then(|rest| rest.strip_prefix('/')) {
        Some(anchor) => format!("/i/{}{}#{}", encode_id(&path), sought(asked), encode_id(anchor)),
        None => format!("/p/{}", encode_id(&hit.id)),
    };
    let other = version.filter(|version| version.key != hit.version_key);
    HitRow {
        href,
        id: hit.id.clone(),
        label: hit.label.clone(),
        path: hit.path.join(" › "),
        badge: other.map(|_| Badge { name: "另一版本", class: "unknown" }),
        via: added::via(hit),
        pieces: excerpt(hit),
        why: hit.why.as_ref().map(why).unwrap_or_default(),
    }
}

/// The words that the text is to mark when it is read.
fn sought(asked: &[(String, String)]) -> String {
    let words = value(asked, "q").filter(|words| !words.trim().is_empty());
    words.map(|words| format!("?q={}", encode(words, ""))).unwrap_or_default()
}

/// What spoke for a hit, in sentences.
pub fn why(reasons: &Reasons) -> Vec<String> {
    let mut said = Vec::new();
    match reasons.words.as_slice() {
        [] => said.push("条文中没有所查的词".to_string()),
        words => said.push(format!("条文中有：{}", words.join("、"))),
    }
    if !reasons.expanded.is_empty() {
        said.push(format!("条文中有同义的法律用语：{}", reasons.expanded.join("、")));
    }
    if reasons.all_words {
        said.push("含全部词语，排在不全含的之前".to_string());
    }
    let pulls = reasons.pulls.iter().filter(|pull| pull.from != pull.to).take(PULLS);
    let pulls: Vec<String> = pulls.map(|pull| format!("{} → {}", pull.from, pull.to)).collect();
    if !pulls.is_empty() {
        said.push(format!("词义联想（问题 → 条文）：{}", pulls.join("；")));
    }
    if reasons.signals.get("instrument_nearness").is_some_and(|nearness| *nearness > NEAR) {
        said.push("同一文件中有与问题很近的条文".to_string());
    }
    said
}

/// The excerpt of a hit, without the label that stands above it already (unless the label itself was found).
pub fn excerpt(hit: &ProvisionHit) -> Vec<Piece> {
    let body = hit.text.strip_prefix(hit.label.as_str()).map(str::trim_start).filter(|body| !body.is_empty());
    let skipped = body.map_or(0, |body| hit.text.chars().count() - body.chars().count());
    let Some(body) = body.filter(|_| hit.highlights.iter().all(|range| range.start >= skipped)) else {
        return around(&hit.text, &hit.highlights, EXCERPT);
    };
    let moved = |range: &Range| Range { start: range.start - skipped, end: range.end - skipped };
    around(body, &hit.highlights.iter().map(moved).collect::<Vec<_>>(), EXCERPT)
}

#[cfg(test)]
#[path = "search_tests.rs"]
mod tests;
