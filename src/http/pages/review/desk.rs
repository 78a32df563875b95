//! The report beside the draft: clause by clause with what was found in the margin, or by how grave it is.

use super::super::{Frame, rendered};
use super::clauses::{self, Clause};
use crate::app::service::Right;
use crate::app::view::review::{BasisView, FindingView, ReviewPage};
use crate::app::{self, Severity};
use crate::http::problem::Failure;
use crate::http::query_string::{Parameters, encode, encode_id, value};
use crate::http::reviews::{Reviewed, called};
use crate::http::routes::Asked;
use askama::Template;
use std::collections::BTreeMap;

/// Longest provision that stands beside a draft, in characters.
const QUOTED_MAX: usize = 1200;

/// Every severity, gravest first.
const SEVERITIES: [Severity; 4] = [Severity::High, Severity::Medium, Severity::Low, Severity::Info];

/// States of a finding: name of the parameter's value, and in Chinese.
const STATES: [(&str, &str); 3] = [("open", "未处理"), ("accepted", "已采纳"), ("dismissed", "已排除")];

#[derive(Template)]
#[template(path = "review_desk.html")]
struct Desk {
    frame: Frame,
    title: String,
    facts: Vec<String>,
    summary: String,
    /// How much of it people have decided.
    progress: String,
    action: String,
    severities: Vec<Choice>,
    states: Vec<Choice>,
    orders: Vec<Choice>,
    checks: Vec<Choice>,
    exports: Vec<(&'static str, String)>,
    again_href: String,
    /// Whether it can be kept, and is not yet.
    keeps: bool,
    /// Whether it is kept.
    kept: bool,
    fixed: Option<Vec<String>>,
    clauses: Vec<ClauseShown>,
    cards: Vec<Card>,
    by_severity: bool,
    none: bool,
    /// Findings before any filter.
    total: usize,
}

struct Choice {
    name: String,
    href: String,
    count: Option<usize>,
    chosen: bool,
    class: &'static str,
}

struct ClauseShown {
    lines: Vec<Vec<RunShown>>,
    cards: Vec<Card>,
    superior: Vec<Beside>,
}

struct RunShown {
    text: String,
    /// Gravest severity of what was found here; empty where nothing was.
    class: &'static str,
    /// Numbers and addresses of what ends here.
    ending: Vec<(usize, String)>,
}

/// A finding as it is shown.
#[derive(Clone)]
struct Card {
    id: String,
    number: usize,
    class: &'static str,
    severity: &'static str,
    check: String,
    name: &'static str,
    sure: &'static str,
    /// Against the draft before.
    state: Option<&'static str>,
    clause: String,
    quote: String,
    message: String,
    suggestion: String,
    bases: Vec<BasisShown>,
    /// What somebody decided, and the note.
    verdict: Option<(&'static str, String)>,
}

#[derive(Clone)]
struct BasisShown {
    name: String,
    edition: String,
    href: Option<String>,
    text: String,
}

struct Beside {
    basis: BasisShown,
    differences: String,
}

/// The page.
pub fn shown(task: &str, reviewed: &Reviewed, from: &Asked) -> Result<String, Failure> {
    let asked = &from.parameters;
    let page = reviewed.report();
    let numbered: Vec<(usize, &FindingView)> = page.findings.iter().enumerate().collect();
    let wanted: Vec<(usize, &FindingView)> =
        numbered.iter().filter(|(_, finding)| is_wanted(finding, asked)).copied().collect();
    let by_severity = value(asked, "order") == Some("severity");
    let mut cards: Vec<Card> = wanted.iter().map(|(at, finding)| Card::of(*at, finding, reviewed)).collect();
    let spans: Vec<_> = wanted.iter().map(|(_, finding)| finding.span).collect();
    let mut clauses = Vec::new();
    if by_severity {
        cards.sort_by_key(|card| SEVERITIES.iter().position(|severity| severity.name() == card.class));
    } else {
        let only = value(asked, "only") == Some("findings");
        let cut = clauses::cut(&reviewed.text, &spans).into_iter();
        let shown = cut.filter(|clause| !only || !clause.found.is_empty());
        clauses = shown.map(|clause| clause_shown(clause, &cards)).collect();
        beside(&mut clauses, &page, reviewed);
        cards.clear();
    }
    let base = format!("/review/{}", encode(task, ""));
    let decided = page.findings.iter().filter(|finding| state(finding) != "open").count();
    let desk = Desk {
        frame: Frame::of(page.sample, from),
        title: page.title.clone().unwrap_or_else(|| "（无标题的草案）".to_string()),
        facts: facts(&page),
        summary: format!("{} 句，引用 {} 处，发现 {} 处", page.sentences, page.citations, page.findings.len()),
        progress: format!("已处理 {decided} 处，未处理 {} 处", page.findings.len() - decided),
        action: address(&base, asked, &[]),
        severities: severities(&base, &page, asked),
        states: states(&base, &page, asked),
        orders: orders(&base, asked),
        checks: checks(&base, &page, asked),
        exports: exports(task, reviewed),
        again_href: format!("/review?previous={}", encode(task, "")),
        kept: reviewed.kept_by(&from.who).is_some(),
        keeps: from.who.may(Right::Keep) && reviewed.kept_by(&from.who).is_none(),
        fixed: page.fixed.as_ref().map(|fixed| {
            fixed.iter().map(|told| format!("{} {}：{}", told.check, told.clause, told.message)).collect()
        }),
        none: wanted.is_empty(),
        total: page.findings.len(),
        clauses,
        cards,
        by_severity,
    };
    rendered(&desk)
}

fn facts(page: &ReviewPage) -> Vec<String> {
    let known = page.known_to.map(|day| format!("，库中最新的文本为 {day}")).unwrap_or_default();
    let date = page.date.map(|day| format!("拟自 {day} 起"));
    let facts = [page.issuer.clone(), Some(page.level.chinese().to_string()), date];
    facts.into_iter().flatten().chain([format!("按 {} 的法律核验{known}", page.as_of)]).collect()
}

fn exports(task: &str, reviewed: &Reviewed) -> Vec<(&'static str, String)> {
    let task = encode(task, "");
    let file = |format: &str| format!("/api/v1/opinions/{task}?format={format}");
    let commented = reviewed.original.is_some().then(|| ("草案批注（Word）", file("commented")));
    [("审查意见书（Word）", file("docx"))]
        .into_iter()
        .chain(commented)
        .chain([("网页", file("html")), ("JSON", format!("/api/v1/reviews/{task}"))])
        .collect()
}

fn state(finding: &FindingView) -> &'static str {
    match (&finding.accepted, &finding.dismissed) {
        (Some(_), _) => "accepted",
        (None, Some(_)) => "dismissed",
        (None, None) => "open",
    }
}

fn is_wanted(finding: &FindingView, asked: &Parameters) -> bool {
    let among = |name: &str, own: &str| value(asked, name).is_none_or(|list| list.split(',').any(|one| one == own));
    among("severity", finding.severity.name()) && among("state", state(finding)) && among("check", &finding.check)
}

/// The address of this page with some parameters changed.
fn address(base: &str, asked: &Parameters, changes: &[(&str, Option<&str>)]) -> String {
    let pairs = super::super::links::changed(asked, changes);
    let pairs: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={}", encode(value, ","))).collect();
    if pairs.is_empty() { base.to_string() } else { format!("{base}?{}", pairs.join("&")) }
}

/// The choice of one value of a parameter; choosing it again takes it back.
fn choice(base: &str, asked: &Parameters, name: &str, own: Option<&str>, words: &str) -> Choice {
    let now = value(asked, name);
    let href = address(base, asked, &[(name, own.filter(|own| now != Some(*own)))]);
    Choice { name: words.to_string(), href, count: None, chosen: now == own, class: "" }
}

fn severities(base: &str, page: &ReviewPage, asked: &Parameters) -> Vec<Choice> {
    let of = |severity: Severity| {
        let count = page.findings.iter().filter(|finding| finding.severity == severity).count();
        let choice = choice(base, asked, "severity", Some(severity.name()), severity.chinese());
        Choice { count: Some(count), class: severity.name(), ..choice }
    };
    let all = Choice { count: Some(page.findings.len()), ..choice(base, asked, "severity", None, "全部") };
    std::iter::once(all).chain(SEVERITIES.map(of)).collect()
}

fn states(base: &str, page: &ReviewPage, asked: &Parameters) -> Vec<Choice> {
    let of = |(name, chinese): (&str, &str)| {
        let count = page.findings.iter().filter(|finding| state(finding) == name).count();
        Choice { count: Some(count), ..choice(base, asked, "state", Some(name), chinese) }
    };
    STATES.map(of).into()
}

fn orders(base: &str, asked: &Parameters) -> Vec<Choice> {
    vec![
        choice(base, asked, "order", None, "照草案次序"),
        choice(base, asked, "order", Some("severity"), "按严重程度"),
        choice(base, asked, "only", Some("findings"), "只列有发现的条款"),
    ]
}

fn checks(base: &str, page: &ReviewPage, asked: &Parameters) -> Vec<Choice> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &page.findings {
        *counts.entry(&finding.check).or_default() += 1;
    }
    let of = |(code, count): (&str, usize)| {
        let words = format!("{code} {}", check_name(code));
        Choice { count: Some(count), ..choice(base, asked, "check", Some(code), &words) }
    };
    counts.into_iter().map(of).collect()
}

fn check_name(code: &str) -> &'static str {
    app::check_name(code).unwrap_or("检查未完")
}

fn clause_shown(clause: Clause, cards: &[Card]) -> ClauseShown {
    let link = |place: usize| cards.get(place).map(|card| (card.number, format!("#f-{}", card.id)));
    let grave = |found: &[usize]| {
        let classes = || found.iter().filter_map(|place| cards.get(*place)).map(|card| card.class);
        SEVERITIES.iter().map(|severity| severity.name()).find(|name| classes().any(|class| class == *name))
    };
    let run = |run: clauses::Run| RunShown {
        class: grave(&run.found).unwrap_or_default(),
        ending: run.ending.iter().filter_map(|place| link(*place)).collect(),
        text: run.text,
    };
    ClauseShown {
        lines: clause.lines.into_iter().map(|line| line.runs.into_iter().map(run).collect()).collect(),
        cards: clause.found.iter().filter_map(|place| cards.get(*place).cloned()).collect(),
        superior: Vec::new(),
    }
}

/// Puts superior law below the clauses of the same name, where that was asked for.
fn beside(clauses: &mut [ClauseShown], page: &ReviewPage, reviewed: &Reviewed) {
    for told in page.comparison.iter().flatten() {
        let begins = |clause: &&mut ClauseShown| {
            let first: String = clause.lines.iter().take(1).flatten().map(|run| run.text.as_str()).collect();
            !told.clause.is_empty() && first.trim_start().starts_with(&told.clause)
        };
        let Some(clause) = clauses.iter_mut().find(begins) else { continue };
        clause.superior.extend(told.superior.iter().map(|beside| Beside {
            basis: BasisShown::of(&beside.basis, reviewed),
            differences: beside.differences.join("；"),
        }));
    }
}

impl Card {
    fn of(at: usize, finding: &FindingView, reviewed: &Reviewed) -> Card {
        let verdict = match (&finding.accepted, &finding.dismissed) {
            (Some(note), _) => Some(("已采纳", note.clone())),
            (None, Some(note)) => Some(("已排除", note.clone())),
            (None, None) => None,
        };
        Card {
            id: finding.id.clone(),
            number: at + 1,
            class: finding.severity.name(),
            severity: finding.severity.chinese(),
            name: check_name(&finding.check),
            check: finding.check.to_string(),
            sure: if finding.certain { "确定" } else { "请核对" },
            state: finding.state.map(|state| state.chinese()),
            clause: finding.clause.clone(),
            quote: finding.quote.trim().to_string(),
            message: finding.message.clone(),
            suggestion: finding.suggestion.to_string(),
            bases: finding.basis.iter().map(|basis| BasisShown::of(basis, reviewed)).collect(),
            verdict,
        }
    }
}

impl BasisShown {
    fn of(basis: &BasisView, reviewed: &Reviewed) -> BasisShown {
        let name = called(basis);
        let id = reviewed.links.get(&name).map(|id| format!("/p/{}", encode_id(&same_version(id, &basis.version))));
        let version = basis.version.contains('@').then(|| format!("/i/{}", encode_id(&basis.version)));
        let held = !basis.text.is_empty();
        let searched = held.then(|| format!("/?q={}", encode(&name, "")));
        BasisShown {
            href: version.or(id).or(searched),
            name: if basis.article.is_empty() { basis.title.clone() } else { name },
            edition: if held { basis.edition().to_string() } else { String::new() },
            text: basis.words(QUOTED_MAX),
        }
    }
}

/// The same provision in the version that the evidence quotes.
fn same_version(id: &str, version: &str) -> String {
    match (id.split_once('@'), id.split_once('/')) {
        (Some((instrument, _)), Some((_, key))) if !version.is_empty() => format!("{instrument}@{version}/{key}"),
        _ => id.to_string(),
    }
}
