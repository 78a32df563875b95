//! What a change of the corpus can affect: the documents that an incremental sweep looks at again.
//!
//! A document is looked at again if it changed itself, if it cites what changed (or what that repeals or amends), if a provision of what
//! changed showed one of its findings, if a first or last day has come since, or if it is nearest to a penalty clause or a
//! statement of what changed.

use super::super::superior;
use crate::app::citations::Graph;
use crate::app::error::AppError;
use crate::app::faju::{Asker, Faju};
use crate::app::links::Links;
use crate::app::opened::split;
use crate::app::projector::group_of;
use crate::app::shelf::Shelf;
use crate::app::view::review::EarlierSweep;
use crate::corpus::{CorpusError, Cursor, Record};
use crate::law::{Kind, ValidityStatus};
use crate::review::Question;
use crate::review::statement::Statement;
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::{BTreeSet, HashSet};

/// Clauses of what changed by which documents on the same matter are looked for.
const CLAUSES_MAX: usize = 100;
/// Documents that are looked at for one clause.
const NEAREST: usize = 8;

impl Faju {
    /// The instruments that a sweep must look at again since an earlier one; `None` for all of them.
    pub(super) fn affected(
        &self,
        earlier: &EarlierSweep,
        as_of: Option<Date>,
        asker: &Asker,
    ) -> Result<Option<HashSet<String>>, AppError> {
        let Some(changed) = changed_since(&self.opened().shelf, &earlier.cursor)? else { return Ok(None) };
        self.graph(as_of, asker, |graph| affected(graph, earlier, &changed))
    }
}

/// The instruments and cases of which the journal says something after a place in it, as the index names places; `None` if that
/// cannot be told (another journal, damage), or if something was taken out or given another name, which anything may feel.
fn changed_since(shelf: &Shelf, cursor: &str) -> Result<Option<BTreeSet<String>>, AppError> {
    let Shelf::Journal(journal) = shelf else { return Ok(None) };
    let place = split(cursor).filter(|(name, ..)| journal.identity().as_deref() == Some(*name));
    let Some(after) = place.and_then(|(_, _, at)| at.parse::<Cursor>().ok()).filter(|at| *at <= journal.end()) else {
        return Ok(None);
    };
    let mut changed = BTreeSet::new();
    for record in journal.scan(Some(after))? {
        let mut of = |id: &str| changed.insert(group_of(id).to_string());
        match record {
            Ok((_, Record::Put(put), _)) => of(put.id.as_str()),
            Ok((_, Record::Correct(act), _)) if act.field != "title" => of(act.id.as_str()),
            Ok((_, Record::Relate(act), _)) => of(act.id.as_str()) | of(act.target.as_str()),
            Ok(_) | Err(CorpusError::Damaged(_)) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
    }
    Ok(Some(changed))
}

fn affected(
    graph: &Graph<'_>,
    earlier: &EarlierSweep,
    changed: &BTreeSet<String>,
) -> Result<Option<HashSet<String>>, AppError> {
    let links = graph.links;
    let mut places = BTreeSet::new();
    for id in changed {
        let known = links.place(id).or_else(|| links.place(&graph.reader.card(id).ok()?.group));
        // What has gone altogether: whom it showed something is not known any more.
        let Some(place) = known else { return Ok(None) };
        places.insert(place);
    }
    let mut found = nearest(graph, &places)?;
    let reach = reach(graph, earlier.as_of, &places);
    let mut titles: HashSet<&str> = HashSet::new();
    for place in reach {
        titles.insert(&links.groups[place].head.title);
        found.insert(links.groups[place].head.id.clone());
        found.extend(links.incoming(place).iter().map(|link| links.groups[link.group].head.id.clone()));
    }
    let shown = earlier.items.iter().filter(|item| {
        let mut basis = item.findings.iter().flat_map(|finding| &finding.basis);
        basis.any(|basis| titles.contains(basis.title.as_str()))
    });
    found.extend(shown.map(|item| item.instrument.id.clone()));
    Ok(Some(found))
}

/// What changed, what it repeals or amends, and what has begun or ended since.
fn reach(graph: &Graph<'_>, since: Date, changed: &BTreeSet<usize>) -> BTreeSet<usize> {
    let links = graph.links;
    let mut reach = changed.clone();
    for place in changed {
        for stated in links.groups[*place].versions.iter().flat_map(|version| &version.relations) {
            let acted_on = links.names.titled(&stated.title).into_iter();
            reach.extend(acted_on.filter_map(|known| links.place(&known.id)));
        }
    }
    reach.extend((0..links.groups.len()).filter(|place| has_turned(links, *place, since, graph.reader.as_of)));
    reach
}

fn has_turned(links: &Links, place: usize, since: Date, until: Date) -> bool {
    let group = &links.groups[place];
    let is_between = |day: Option<Date>| day.is_some_and(|day| since < day && day <= until);
    let mut versions = group.versions.iter();
    group.head.kind != Kind::Case
        && versions.any(|version| is_between(version.interval.effective_from) || is_between(version.interval.ended_on))
}

/// The normative documents that are nearest to the clauses of what changed.
fn nearest(graph: &Graph<'_>, changed: &BTreeSet<usize>) -> Result<HashSet<String>, AppError> {
    let mut clauses: Vec<String> = Vec::new();
    for place in changed {
        let group = &graph.links.groups[*place];
        let on = graph.reader.as_of;
        let current = group.versions.iter().find(|version| version.interval.status(on) == ValidityStatus::InForce);
        let Some(current) = current.filter(|_| group.head.kind != Kind::Case) else { continue };
        clauses.extend(pointed(graph, &current.id)?);
    }
    clauses.truncate(CLAUSES_MAX);
    let found: Result<Vec<Vec<String>>, AppError> =
        clauses.par_iter().map(|words| superior::documents(graph, words, NEAREST)).collect();
    Ok(found?.into_iter().flatten().collect())
}

/// The clauses of a version by which a document can contradict it.
fn pointed(graph: &Graph<'_>, version: &str) -> Result<Vec<String>, AppError> {
    let mut clauses = Vec::new();
    for text in graph.reader.provision_texts(version)? {
        let is_pointed = |sentence: &str| Statement::read(sentence).is_some_and(|statement| statement.is_pointed());
        if text.contains('罚') || text.split(['。', '；', '\n']).any(is_pointed) {
            clauses.push(Question::words_of(&text));
        }
    }
    Ok(clauses)
}
