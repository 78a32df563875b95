//! `引用:` in a query: what is cited becomes the provisions that cite it, before an engine sees the tree.

use super::error::{AppError, ErrorCode, ErrorItem};
use super::links::{Incoming, Links, unheld};
use crate::citation::Role;
use crate::citation::names::title_key;
use crate::citation::typed::{self, TypedTarget};
use crate::law::Kind;
use crate::query::{Field, Node, Query};
use crate::text::points;
use std::collections::BTreeSet;

/// Whether a tree asks who cites something.
pub fn is_asked(node: &Node) -> bool {
    match node {
        Node::Words { field, .. } | Node::Phrase { field, .. } => *field == Field::Cites,
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().any(is_asked),
        Node::Not(node) => is_asked(node),
        Node::All | Node::Provisions { .. } => false,
    }
}

/// The tree with provisions in the place of what they cite.
pub fn answered(node: Node, links: &Links, query: &Query) -> Result<Node, AppError> {
    let all = |nodes: Vec<Node>| nodes.into_iter().map(|node| answered(node, links, query)).collect::<Result<_, _>>();
    Ok(match node {
        Node::Words { field: Field::Cites, text } | Node::Phrase { field: Field::Cites, text } => {
            Node::Provisions { ids: citing(&text, links, query)?, text }
        }
        Node::And(nodes) => Node::And(all(nodes)?),
        Node::Or(nodes) => Node::Or(all(nodes)?),
        Node::Not(node) => Node::Not(Box::new(answered(*node, links, query)?)),
        other => other,
    })
}

/// How many places are listed although the text that they cite is not held, in Chinese; `None` if there are none.
pub fn doubts(node: &Node, links: &Links, query: &Query) -> Option<String> {
    let count = unverified(node, links, query);
    (count > 0).then(|| format!("其中 {count} 处所引的文本库中没有，只按条次列入，不能核对是否同一条"))
}

fn unverified(node: &Node, links: &Links, query: &Query) -> usize {
    match node {
        Node::Words { field: Field::Cites, text } | Node::Phrase { field: Field::Cites, text } => {
            let places = targets(text, links, query).unwrap_or_default().into_iter();
            let of = |(group, version, key): Target| {
                let incoming = links.place(&group).filter(|_| key.is_some()).map(|place| links.incoming(place));
                let meant = |link: &&Incoming| link.is_of(links, version.as_deref(), key.as_deref());
                incoming.map_or(0, |all| all.iter().filter(|link| link.is_unverified()).filter(meant).count())
            };
            places.map(of).sum()
        }
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().map(|node| unverified(node, links, query)).sum(),
        _ => 0,
    }
}

/// Ids of the provisions that cite what is written: an id, or a citation as people type it.
fn citing(text: &str, links: &Links, query: &Query) -> Result<Vec<String>, AppError> {
    let mut ids = BTreeSet::new();
    if let Some(found) = citing_unheld(text, links, query) {
        return Ok(found);
    }
    for (group, version, key) in targets(text, links, query)? {
        let Some(place) = links.place(&group) else { continue };
        for link in links.incoming(place) {
            if link.is_of(links, version.as_deref(), key.as_deref()) {
                let version = &links.groups[link.group].versions[link.version];
                ids.insert(format!("{}/{}", version.id, version.cites[link.cite].provision));
            }
        }
    }
    Ok(ids.into_iter().collect())
}

/// Ids of the cases that apply what is asked for and say that what is asked for was violated, by any version of it.
pub fn cases(links: &Links, query: &Query) -> Result<BTreeSet<String>, AppError> {
    let wanted = &query.filters.cases;
    let asked = [("applied", &wanted.applied, Role::Basis), ("violated", &wanted.violated, Role::Violation)];
    let mut found: Option<BTreeSet<String>> = None;
    for (name, text, role) in asked {
        let Some(text) = text else { continue };
        let own = cases_with(text, role, links, query)
            .map_err(|error| AppError::parameter(error.code, name, error.detail))?;
        found = Some(match found {
            Some(other) => other.intersection(&own).cloned().collect(),
            None => own,
        });
    }
    Ok(found.unwrap_or_default())
}

/// Ids of the cases that cite something in a role.
fn cases_with(text: &str, role: Role, links: &Links, query: &Query) -> Result<BTreeSet<String>, AppError> {
    let mut ids = BTreeSet::new();
    for (group, version, key) in targets(text, links, query)? {
        let Some(place) = links.place(&group) else { continue };
        for link in links.incoming(place) {
            let citing = &links.groups[link.group];
            let is_case = citing.head.kind == Kind::Case;
            let cite = &citing.versions[link.version].cites[link.cite];
            if is_case && cite.role == role && link.is_of(links, version.as_deref(), key.as_deref()) {
                ids.insert(citing.head.id.clone());
            }
        }
    }
    Ok(ids)
}

/// Ids of the provisions that cite what the corpus does not hold (合同法第五十二条); `None` if that is not what is named.
fn citing_unheld(text: &str, links: &Links, query: &Query) -> Option<Vec<String>> {
    let text = text.trim();
    let answer = typed::read(text)
        .and_then(|typed| typed::look_up(&typed, &links.names, query.as_of, query.scope.access))
        .filter(|answer| answer.targets.is_empty());
    let (missing, asked) = match answer {
        Some(answer) => (links.unheld.find(&answer.name)?, answer.places),
        None if links.names.titled(&title_key(text)).is_empty() => (links.unheld.find(text)?, Vec::new()),
        None => return None,
    };
    let mut ids = BTreeSet::new();
    for link in &missing.incoming {
        let version = &links.groups[link.group].versions[link.version];
        let cite = &version.cites[link.cite];
        if asked.is_empty() || asked.iter().any(|asked| unheld::names(cite.place.as_ref(), asked)) {
            ids.insert(format!("{}/{}", version.id, cite.provision));
        }
    }
    Some(ids.into_iter().collect())
}

/// Instrument, version and key of a place that a text names.
type Target = (String, Option<String>, Option<String>);

fn targets(text: &str, links: &Links, query: &Query) -> Result<Vec<Target>, AppError> {
    let text = text.trim();
    let (head, key) = text.split_once('/').map_or((text, None), |(head, key)| (head, Some(key.to_string())));
    let group = head.split('@').next().unwrap_or(head);
    if links.place(group).is_some() {
        return Ok(vec![(group.to_string(), head.contains('@').then(|| head.to_string()), key)]);
    }
    let answer = typed::read(text)
        .and_then(|typed| typed::look_up(&typed, &links.names, query.as_of, query.scope.access))
        .filter(|answer| !answer.targets.is_empty());
    let Some(answer) = answer else {
        return Err(wrong(text, query, format!("所引的“{text}”不是库中文件的编号、名称或引用，例如 行政处罚法第33条")));
    };
    // A place is cited under its number in whatever version has it, unless one is named.
    let said = answer.version_said;
    let mut found = Vec::new();
    for target in &answer.targets {
        let version = || said.then(|| target.version.clone());
        if target.reason.is_none() {
            found.push((target.instrument.clone(), version(), target.provision.clone()));
        } else if !said {
            let keys = target.elsewhere.iter().cloned();
            found.extend(keys.map(|key| (target.instrument.clone(), None, Some(key))));
        }
    }
    match answer.targets.first() {
        Some(TypedTarget { title, label, reason: Some(reason), .. }) if found.is_empty() => {
            let message = format!("所引的“{text}”：《{title}》{label}，{}", reason.chinese());
            Err(wrong(text, query, message))
        }
        _ => Ok(found),
    }
}

/// A citation that leads nowhere, with its place in the query, or the parameter beside it in which it stands.
fn wrong(text: &str, query: &Query, message: String) -> AppError {
    // White space between its words was made one.
    let word = text.split_whitespace().next().unwrap_or(text);
    let Some(at) = query.raw.find(text).or_else(|| query.raw.find(word)) else {
        return AppError::parameter(ErrorCode::InvalidParameter, "cites", message);
    };
    let position = points::point_of(&query.raw, at);
    let detail = format!("检索式第 {} 字处：{message}", position + 1);
    let item =
        ErrorItem { parameter: Some("q".to_string()), position: Some(position), message, ..ErrorItem::default() };
    AppError::new(ErrorCode::InvalidQuery, detail).at(item)
}
