//! Every clause of a draft beside superior law on the same matter, also where no check finds anything.

use super::superior;
use crate::app::citations::Graph;
use crate::app::error::AppError;
use crate::app::links::{Group, Version};
use crate::app::view::Range;
use crate::app::view::review::{BasisView, BesideView, ClauseView};
use crate::law::ValidityStatus;
use crate::review::beside::{Beside, beside};
use crate::review::{Draft, Evidence, Question};
use crate::text::points::Counter;
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};

/// Provisions that are shown beside a clause.
const SHOWN: usize = 3;
/// Provisions that are looked at for one clause, of the nation and of the place each.
const CANDIDATES: usize = 8;
/// Clauses that are compared at most.
const CLAUSES_MAX: usize = 1000;

/// The clauses that have something beside them, in the order of the draft.
pub fn clauses(graph: &Graph<'_>, draft: &Draft) -> Result<Vec<ClauseView>, AppError> {
    let spans: Vec<std::ops::Range<usize>> =
        draft.structure.provisions().map(|(_, span)| span.clone()).take(CLAUSES_MAX).collect();
    let groups: HashMap<&str, &Group> =
        graph.links.groups.iter().map(|group| (group.head.title.as_str(), group)).collect();
    let found: Result<Vec<Vec<Beside>>, AppError> =
        spans.par_iter().map(|span| of_clause(graph, draft, draft.quote(span))).collect();
    let mut found = found?;
    let mut old_words = HashMap::new();
    for beside in found.iter_mut().flatten() {
        let Some(group) = groups.get(beside.evidence.title.as_str()) else { continue };
        if let Some(told) = changed_since((graph, draft), group, &beside.evidence, &mut old_words)? {
            beside.differences.insert(0, told);
        }
    }
    let counter = Counter::new(&draft.text);
    let view = |(span, found): (std::ops::Range<usize>, Vec<Beside>)| ClauseView {
        clause: draft.clause_at(span.start).to_string(),
        span: Range { start: counter.point(span.start), end: counter.point(span.end) },
        superior: found.iter().map(shown).collect(),
    };
    Ok(spans.into_iter().zip(found).filter(|(_, found)| !found.is_empty()).map(view).collect())
}

fn of_clause(graph: &Graph<'_>, draft: &Draft, clause: &str) -> Result<Vec<Beside>, AppError> {
    let words = Question::words_of(clause);
    if !words.chars().any(char::is_alphanumeric) {
        return Ok(Vec::new());
    }
    let mut provisions = superior::nearest(graph, draft, &words, CANDIDATES)?;
    provisions.extend(superior::of_place(graph, draft, &words, CANDIDATES)?);
    Ok(beside(clause, provisions, SHOWN))
}

/// The words of the provisions of versions, as far as they were asked for.
type Words = HashMap<String, HashSet<String>>;

/// That a provision is of a later text than the draft was made under, and reads otherwise than then (上位法已修改).
fn changed_since(
    (graph, draft): (&Graph<'_>, &Draft),
    group: &Group,
    superior: &Evidence,
    old_words: &mut Words,
) -> Result<Option<String>, AppError> {
    let Some(made) = draft.day().filter(|day| *day < graph.reader.as_of) else { return Ok(None) };
    let Some(now) = group.versions.iter().find(|version| version.key == superior.version) else { return Ok(None) };
    let Some(since) = now.interval.effective_from.or(now.dated).filter(|since| *since > made) else { return Ok(None) };
    let stood = |version: &&Version| version.interval.status(made) != ValidityStatus::NotYetEffective;
    let then = group.versions.iter().filter(|version| version.id != now.id).find(stood);
    if let Some(then) = then {
        if !old_words.contains_key(&then.id) {
            let texts = graph.reader.provision_texts(&then.id)?;
            old_words.insert(then.id.clone(), texts.iter().map(|text| unnumbered(text)).collect());
        }
        if old_words[&then.id].contains(&unnumbered(&superior.text)) {
            return Ok(None);
        }
    }
    let what = if then.is_some() || now.changed.is_some() { "已修改" } else { "为后出" };
    Ok(Some(format!("上位法{what}：所列文本自{since}起施行，晚于本文件日期{made}，请按现行文本核对")))
}

/// The words of an article without its number.
fn unnumbered(text: &str) -> String {
    let rest =
        text.trim_start().strip_prefix('第').and_then(|rest| rest.split_once('条')).map_or(text, |(_, rest)| rest);
    rest.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn shown(beside: &Beside) -> BesideView {
    BesideView {
        basis: BasisView::of(&beside.evidence),
        // Three places are more than it tells.
        likeness: (beside.likeness * 1000.0).round() / 1000.0,
        differences: beside.differences.clone(),
    }
}
