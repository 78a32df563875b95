//! The search box as a place to type citations into: what a query cites, shown above the results and as the first of them.

use super::error::AppError;
use super::links::Links;
use super::search;
use super::view::{CitedTarget, TypedCitation, TypedOutcome, VersionView};
use crate::citation::typed::{self, TypedAnswer, TypedTarget, Why};
use crate::index::{Engine, Entry};
use crate::law::{Kind, ValidityStatus};
use crate::query::{Explain, Field, Filters, Matching, Node, Query, Rank, Scope, Sort, StatusFilter, Total};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::sync::Arc;

/// So many places are shown of a series.
const LISTED_MAX: usize = 10;

/// What ends the message of a citation that leads nowhere.
pub const BY_WORDS: &str = "；以下是按词语检索的结果";

/// Gives the table of names with the graph, which is made when it is first asked for.
pub type AskNames<'a> = dyn Fn() -> Result<Arc<Links>, AppError> + 'a;

/// A query understood as a citation.
pub struct Cited {
    /// What is said of it.
    pub view: TypedCitation,
    /// What comes first in the results ([`Query::first`]).
    pub first: Vec<String>,
    /// What must not be overlooked: that it is no longer law.
    pub warning: Option<String>,
}

/// What a query cites, if it is plain words that do: one citation, or several side by side that are each clear.
pub fn cited(engine: &dyn Engine, query: &Query, names: &AskNames<'_>) -> Result<Option<Cited>, AppError> {
    if query.matching == Matching::Exact {
        return Ok(None);
    }
    let plain = is_plain(&query.node);
    // Quotation marks make phrases, but may belong to a title.
    let read = |text: &str| if plain { typed::read(text) } else { typed::title_with_quotes(text) };
    let pieces = if plain { typed::pieces(&query.raw) } else { Vec::new() };
    if pieces.len() < 2 && read(&query.raw).is_none() {
        return Ok(None);
    }
    let links = names()?;
    let look_up = |text: &str| typed::look_up(&read(text)?, &links.names, query.as_of, query.scope.access);
    let several: Vec<TypedAnswer> =
        pieces.iter().filter_map(|piece| look_up(piece)).filter(TypedAnswer::is_one).collect();
    if several.len() > 1 && several.len() == pieces.len() {
        return Ok(Some(side_by_side(engine, query, &links, &several)?));
    }
    let cited = || typed::unknown(&read(&query.raw)?).filter(|answer| links.unheld.cited(&answer.name) > 0);
    let Some(answer) = look_up(&query.raw).or_else(cited) else { return Ok(None) };
    let (targets, first) = shown(engine, query, &links, &answer)?;
    let warning = targets.first().filter(|_| !first.is_empty()).and_then(|target| past(target, query));
    Ok(Some(Cited { view: view(&answer, targets, &links, query.as_of), first, warning }))
}

/// Several citations in one query: all of them are listed and come first, in the order typed.
fn side_by_side(engine: &dyn Engine, query: &Query, links: &Links, answers: &[TypedAnswer]) -> Result<Cited, AppError> {
    let (mut targets, mut first, mut told) = (Vec::new(), Vec::new(), Vec::new());
    for answer in answers {
        let (own, ids) = shown(engine, query, links, answer)?;
        told.push(if answer.is_clear() {
            said(&own, answer)
        } else {
            let title = own.first().map(|target| in_book_brackets(&target.instrument.title)).unwrap_or_default();
            format!("{title}{}", problems(answer))
        });
        targets.extend(own);
        first.extend(ids);
    }
    let read: Vec<String> = answers.iter().map(|answer| format!("{}{}", answer.name, answer.label)).collect();
    let clear = answers.iter().all(TypedAnswer::is_clear);
    let outcome = if clear { TypedOutcome::Resolved } else { TypedOutcome::NotFound };
    let message = format!("已识别为 {} 处引用：{}", answers.len(), told.join("；"));
    let warning = targets.iter().filter(|_| !first.is_empty()).find_map(|target| past(target, query));
    Ok(Cited { view: TypedCitation { read: read.join("；"), outcome, message, targets }, first, warning })
}

/// The targets of an answer as they are shown, and which of them come first in the results.
fn shown(
    engine: &dyn Engine,
    query: &Query,
    links: &Links,
    answer: &TypedAnswer,
) -> Result<(Vec<CitedTarget>, Vec<String>), AppError> {
    let listed = &answer.targets[..answer.targets.len().min(LISTED_MAX)];
    let everything = Filters { status: StatusFilter::All, ..Filters::default() };
    let entries = entries(engine, query, (everything, false), listed)?;
    let admitted = match query.filters == Filters::default() && !query.as_of_asked {
        true => None,
        false => Some(self::entries(engine, query, (asked(query), query.as_of_asked), listed)?),
    };
    // What is only offered (占用管理条例, the end of a title) comes first as well, if it is law, and nothing more is said of it.
    let is_offered = !answer.is_one() && answer.label.is_empty() && answer.fitting == listed.len();
    let is_first = (answer.is_one() || is_offered) && query.sort == Sort::Relevance;
    let mut first: Vec<String> = Vec::new();
    let mut targets = Vec::with_capacity(listed.len());
    for target in listed {
        let Some(entry) = entry_of(target, &entries) else { continue };
        let left_out = admitted.as_ref().is_some_and(|admitted| entry_of(target, admitted).is_none());
        let mut shown = self::target(target, entry, query, links);
        shown.excluded = left_out.then(|| excluded(&shown, query));
        let id = id(target);
        let wanted = (target.reason.is_none() || target.provision.is_some()) && (!is_offered || is_usual(&shown));
        if is_first && wanted && !first.contains(&id) {
            first.push(id);
        }
        targets.push(shown);
    }
    Ok((targets, first))
}

/// That what comes first is not in force, where nobody asked for such texts.
fn past(target: &CitedTarget, query: &Query) -> Option<String> {
    target.version.as_ref()?;
    let usual = is_usual(target);
    let (title, said, on) = (in_book_brackets(&target.instrument.title), target.status_said(), query.as_of);
    (!usual && query.filters.status == StatusFilter::Default)
        .then(|| format!("所引的{title}{said}在 {on} 不是现行有效的规定；因按引用点名查找，仍列在最前"))
}

/// Whether it is shown without being asked for.
fn is_usual(target: &CitedTarget) -> bool {
    let status = target.version.as_ref().map(|version| version.status);
    status.is_none_or(|status| matches!(status, ValidityStatus::InForce | ValidityStatus::Unknown))
}

/// The filters asked for. The status by which an answer is thinned without being asked is none of them: who names a text wants it
/// whatever has become of it.
fn asked(query: &Query) -> Filters {
    let status = match &query.filters.status {
        StatusFilter::Default => StatusFilter::All,
        status => status.clone(),
    };
    Filters { status, ..query.filters.clone() }
}

/// Why the filters leave a target out.
fn excluded(target: &CitedTarget, query: &Query) -> String {
    let status = target.version.as_ref().map(|version| version.status);
    match (&query.filters.status, status) {
        (StatusFilter::Only(wanted), Some(status)) if !wanted.contains(&status) => {
            format!("所选时效不含“{}”，未列入结果", status.chinese())
        }
        (StatusFilter::Only(_), None) => "案例没有时效，按所选时效未列入结果".to_string(),
        _ => "不在所选的筛选范围内，未列入结果".to_string(),
    }
}

/// Words of the text and nothing else; ASCII brackets, which group words, may stand around a year.
fn is_plain(node: &Node) -> bool {
    match node {
        Node::Words { field: Field::Text, .. } => true,
        Node::And(members) => members.iter().all(is_plain),
        _ => false,
    }
}

/// Id of the provision in which a target lies; of a whole instrument its version.
fn id(target: &TypedTarget) -> String {
    let article = target.provision.as_deref().and_then(|key| key.split('/').next());
    article.map_or_else(|| target.version.clone(), |key| format!("{}/{key}", target.version))
}

/// What the index has of the targets within filters: a search for nothing but them.
fn entries(
    engine: &dyn Engine,
    query: &Query,
    (filters, as_of_asked): (Filters, bool),
    targets: &[TypedTarget],
) -> Result<Vec<Entry>, AppError> {
    if targets.is_empty() {
        return Ok(Vec::new());
    }
    let answer = engine.search(&Query {
        raw: String::new(),
        node: Node::Or(Vec::new()),
        matching: Matching::Any,
        filters,
        scope: Scope { ..query.scope.clone() },
        as_of: query.as_of,
        as_of_asked,
        sort: Sort::Relevance,
        first: targets.iter().map(id).collect(),
        expanded: Vec::new(),
        grouped: false,
        limit: targets.len(),
        offset: 0,
        cursor: None,
        total: Total::Exact,
        facets: Vec::new(),
        heads: false,
        highlight: false,
        rank: Rank::Lexical,
        explain: Explain::Nothing,
    })?;
    Ok(answer.groups.into_iter().flat_map(|group| group.hits).map(|hit| hit.entry).collect())
}

fn entry_of<'e>(target: &TypedTarget, entries: &'e [Entry]) -> Option<&'e Entry> {
    let id = id(target);
    let of_version = |entry: &&Entry| entry.version.id == target.version && target.provision.is_none();
    entries.iter().find(|entry| entry.id == id).or_else(|| entries.iter().find(of_version))
}

fn target(target: &TypedTarget, entry: &Entry, query: &Query, links: &Links) -> CitedTarget {
    let provision = target.provision.as_ref();
    let named = provision.is_some_and(|key| key.contains('/'));
    let label = match target.reason {
        Some(_) => target.label.clone(),
        None if named => format!("{}{}", entry.label, target.part()),
        None => entry.label.clone(),
    };
    let version = search::version(&entry.group, &entry.version, query.as_of);
    CitedTarget {
        instrument: search::instrument(&entry.group),
        version: version.map(|version| VersionView { assumed: links.assumed(&target.version), ..version }),
        provision: provision.map(|key| format!("{}/{key}", target.version)),
        label: provision.map(|_| label),
        text: provision.map(|_| entry.text.clone()),
        why: target.why,
        problem: target.reason.map(|reason| reason.chinese().to_string()),
        excluded: None,
    }
}

fn view(answer: &TypedAnswer, targets: Vec<CitedTarget>, links: &Links, on: Date) -> TypedCitation {
    let read = format!("{}{}", answer.name, answer.label);
    let name = match answer.targets.first().map(|target| target.why) {
        None if answer.name.contains(|c: char| c.is_ascii_digit()) || answer.name.ends_with('号') => {
            answer.name.clone()
        }
        Some(Why::Number | Why::Initials) => read.clone(),
        _ => format!("《{}》{}", answer.name, answer.label),
    };
    let (outcome, message) = match targets.as_slice() {
        [] => (TypedOutcome::NotFound, missing(answer, &name, links, on)),
        listed if answer.is_clear() => (TypedOutcome::Resolved, format!("已识别为引用：{}", said(listed, answer))),
        [first, ..] if answer.is_one() || answer.fitting == 1 && has_none(answer) => {
            (TypedOutcome::NotFound, format!("{}{}", in_book_brackets(&first.instrument.title), problems(answer)))
        }
        [_, ..] if answer.fitting == 1 => {
            let message = match links.unheld.cited(&answer.name) {
                0 => format!("《{}》不是库中文件的全称，可能指下列文件，请核对", answer.name),
                count => format!("{}；名称相近的有下列文件，请核对", not_held(answer, &name, count, links, on)),
            };
            (TypedOutcome::Ambiguous, message)
        }
        listed => {
            let count = answer.fitting;
            let shown: BTreeSet<&str> = listed.iter().map(|target| target.instrument.id.as_str()).collect();
            let shown = shown.len();
            let message = match shown < count {
                true => format!("{name}可以指 {count} 件文件，列出前 {shown} 件"),
                false => format!("{name}可以指 {count} 件文件，请选择"),
            };
            (TypedOutcome::Ambiguous, message)
        }
    };
    TypedCitation { read, outcome, message, targets }
}

/// The places of one instrument: 《…》第三十三条、第三十四条（已废止）; whether the filters leave them out.
fn said(listed: &[CitedTarget], answer: &TypedAnswer) -> String {
    let left = answer.targets.len().saturating_sub(listed.len());
    let mut said = match listed {
        [] => String::new(),
        [only] => only.said(),
        [first, ..] => {
            let labels: Vec<&str> = listed.iter().filter_map(|target| target.label.as_deref()).collect();
            let labels = if left > 0 { answer.label.clone() } else { labels.join("、") };
            format!("{}{labels}{}", in_book_brackets(&first.instrument.title), first.status_said())
        }
    };
    if left > 0 {
        said += &format!("，共 {} 处，列出前 {} 处", answer.targets.len(), listed.len());
    }
    if let Some(excluded) = listed.iter().find_map(|target| target.excluded.as_deref()) {
        said += &format!("；{excluded}");
    }
    if let Some(assumed) = listed.iter().find_map(CitedTarget::assumed) {
        said += &format!("；{assumed}");
    }
    said
}

/// Whether none of the places exists.
fn has_none(answer: &TypedAnswer) -> bool {
    answer.targets.iter().all(|target| target.reason.is_some())
}

/// Which places do not exist, and why: 第九百九十九条：当时的文本没有这一条.
fn problems(answer: &TypedAnswer) -> String {
    let problem = |target: &TypedTarget| Some(format!("{}：{}", target.label, target.reason?.chinese()));
    answer.targets.iter().filter_map(problem).collect::<Vec<_>>().join("；")
}

/// That the corpus does not have it, what took its place, and where it is cited.
fn missing(answer: &TypedAnswer, name: &str, links: &Links, on: Date) -> String {
    format!("{}{BY_WORDS}", not_held(answer, name, links.unheld.cited(&answer.name), links, on))
}

/// That the corpus does not have it, what took its place by the day asked, and how often it is cited.
fn not_held(answer: &TypedAnswer, name: &str, cited: usize, links: &Links, on: Date) -> String {
    let told = match (links.unheld_message(&answer.name, on), answer.replaced_by) {
        (Some(told), _) => told,
        (None, Some(new)) => format!("库中没有《{}》，它已由《{new}》取代", answer.name),
        (None, None) if name.starts_with('《') => {
            format!("库中没有名为《{}》的文件，所指文件或许另有名称", answer.name)
        }
        (None, None) => format!("库中没有{name}"),
    };
    let cited =
        if cited > 0 { format!("，库内 {cited} 处引用它（引用:{}）", answer.name) } else { String::new() };
    format!("{told}{cited}")
}

/// A title in 《》, with 〈〉 for those inside it.
pub fn in_book_brackets(title: &str) -> String {
    format!("《{}》", title.replace('《', "〈").replace('》', "〉"))
}

impl CitedTarget {
    /// Title and label: 《…》第三十三条.
    pub fn name(&self) -> String {
        let (title, label) = (&self.instrument.title, self.label.as_deref().unwrap_or_default());
        match self.instrument.kind {
            Kind::Case => format!("{title}{label}"),
            _ => format!("{}{label}", in_book_brackets(title)),
        }
    }

    /// The same with the status unless the text is in force: 《…》第三十三条（已被修改）.
    pub fn said(&self) -> String {
        format!("{}{}", self.name(), self.status_said())
    }

    /// Why the first day of its version only stands in for one that is not known.
    pub fn assumed(&self) -> Option<&str> {
        self.version.as_ref()?.assumed.as_deref()
    }

    /// The status in brackets unless the text is in force.
    fn status_said(&self) -> String {
        let status = self.version.as_ref().map(|version| version.status);
        let status = status.filter(|status| *status != ValidityStatus::InForce);
        status.map(|status| format!("（{}）", status.chinese())).unwrap_or_default()
    }
}
