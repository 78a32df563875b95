//! The search box as a place to type citations into: what a query cites, shown above the results and as the first of them.

use super::error::AppError;
use super::links::Links;
use super::search;
use super::view::{CitedTarget, TypedCitation, TypedOutcome};
use crate::citation::Locator;
use crate::citation::typed::{self, TypedAnswer, TypedTarget, Why};
use crate::index::{Engine, Entry};
use crate::law::{Kind, ValidityStatus};
use crate::query::{Field, Filters, Matching, Node, Query, Scope, Sort, StatusFilter, Total};
use std::sync::Arc;

/// Gives the table of names with the graph, which is made when it is first asked for.
pub type AskNames<'a> = dyn Fn() -> Result<Arc<Links>, AppError> + 'a;

/// A query understood as a citation.
pub struct Cited {
    /// What is said of it.
    pub view: TypedCitation,
    /// What comes first in the results ([`Query::first`]).
    pub first: Vec<String>,
}

/// What a query cites, if it is plain words that do.
pub fn cited(engine: &dyn Engine, query: &Query, names: &AskNames<'_>) -> Result<Option<Cited>, AppError> {
    if query.matching == Matching::Exact || !is_plain(&query.node) {
        return Ok(None);
    }
    let Some(typed) = typed::read(&query.raw) else { return Ok(None) };
    let Some(answer) = typed::look_up(&typed, &names()?.names, query.as_of, query.scope.access) else {
        return Ok(None);
    };
    let entries = entries(engine, query, &answer.targets)?;
    let shown = answer.targets.iter().filter_map(|target| Some((target, entry_of(target, &entries)?)));
    let targets: Vec<CitedTarget> =
        shown.map(|(target, entry)| self::target(target, entry, &answer.at, query)).collect();
    let first = match answer.targets.as_slice() {
        [target] if answer.clear && query.sort == Sort::Relevance => vec![id(target)],
        _ => Vec::new(),
    };
    Ok(Some(Cited { view: view(&answer, targets), first }))
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

/// What the index has of the targets, whatever their status: a search for nothing but them.
fn entries(engine: &dyn Engine, query: &Query, targets: &[TypedTarget]) -> Result<Vec<Entry>, AppError> {
    if targets.is_empty() {
        return Ok(Vec::new());
    }
    let answer = engine.search(&Query {
        raw: String::new(),
        node: Node::Or(Vec::new()),
        matching: Matching::Any,
        filters: Filters { status: StatusFilter::All, ..Filters::default() },
        scope: Scope { ..query.scope.clone() },
        as_of: query.as_of,
        as_of_asked: false,
        sort: Sort::Relevance,
        first: targets.iter().map(id).collect(),
        grouped: false,
        limit: targets.len(),
        offset: 0,
        cursor: None,
        total: Total::Exact,
        facets: Vec::new(),
        highlight: false,
    })?;
    Ok(answer.groups.into_iter().flat_map(|group| group.hits).map(|hit| hit.entry).collect())
}

fn entry_of<'e>(target: &TypedTarget, entries: &'e [Entry]) -> Option<&'e Entry> {
    let id = id(target);
    let of_version = |entry: &&Entry| entry.version.id == target.version && target.provision.is_none();
    entries.iter().find(|entry| entry.id == id).or_else(|| entries.iter().find(of_version))
}

fn target(target: &TypedTarget, entry: &Entry, at: &Locator, query: &Query) -> CitedTarget {
    let provision = target.provision.as_ref();
    let part = Locator { article: None, ..*at }.label();
    let named = provision.is_some_and(|key| key.contains('/'));
    let label = if named { format!("{}{part}", entry.label) } else { entry.label.clone() };
    CitedTarget {
        instrument: search::instrument(&entry.group),
        version: search::version(&entry.group, &entry.version, query.as_of),
        provision: provision.map(|key| format!("{}/{key}", target.version)),
        label: provision.map(|_| label),
        text: provision.map(|_| entry.text.clone()),
        why: target.why,
        problem: target.reason.map(|reason| reason.chinese().to_string()),
    }
}

fn view(answer: &TypedAnswer, targets: Vec<CitedTarget>) -> TypedCitation {
    let read = format!("{}{}", answer.name, answer.at.label());
    let name = match answer.targets.first().map(|target| target.why) {
        None if answer.name.contains(|c: char| c.is_ascii_digit()) => answer.name.clone(),
        Some(Why::Number | Why::Initials) => read.clone(),
        _ => format!("《{}》{}", answer.name, answer.at.label()),
    };
    let (outcome, message) = match targets.as_slice() {
        [] => (TypedOutcome::NotFound, missing(answer, &name)),
        [target] if answer.clear => (TypedOutcome::Resolved, format!("已识别为引用：{}", target.said())),
        [target] if answer.fitting == 1 => {
            let problem = target.problem.as_deref().unwrap_or_default();
            let title = in_book_brackets(&target.instrument.title);
            (TypedOutcome::NotFound, format!("{title}{}：{problem}", answer.at.label()))
        }
        listed if listed.len() < answer.fitting => {
            let count = answer.fitting;
            (TypedOutcome::Ambiguous, format!("{name}可以指 {count} 件文件，列出前 {} 件", listed.len()))
        }
        listed => (TypedOutcome::Ambiguous, format!("{name}可以指 {} 件文件，请选择", listed.len())),
    };
    TypedCitation { read, outcome, message, targets }
}

fn missing(answer: &TypedAnswer, name: &str) -> String {
    match answer.replaced_by {
        Some(new) => format!("库中没有《{}》，它已由《{new}》取代；以下是按词语检索的结果", answer.name),
        None => format!("库中没有{name}；以下是按词语检索的结果"),
    }
}

/// A title in 《》, with 〈〉 for those inside it.
fn in_book_brackets(title: &str) -> String {
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
        let status = self.version.as_ref().map(|version| version.status);
        let status = status.filter(|status| *status != ValidityStatus::InForce);
        let status = status.map(|status| format!("（{}）", status.chinese())).unwrap_or_default();
        format!("{}{status}", self.name())
    }
}
