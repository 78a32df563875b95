//! Which version of which instrument an incoming document is a text of, and what that makes of it.

use super::Incoming;
use super::report::{Became, Settled};
use crate::app::card::{Card, base_origin};
use crate::app::error::AppError;
use crate::app::group::{self, Text};
use crate::app::projector::{Projector, Work};
use crate::corpus::record::{RECORD_FORMAT, Relate, RelationKind};
use crate::law::versions::{self, Verdict};
use crate::law::{DocumentId, InstrumentId, identity};
use jiff::Timestamp;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// A group with the incoming texts that change it.
pub struct Assigned {
    /// What stood before.
    pub work: Work,
    /// The texts to record, their ids final, in order.
    pub new: Vec<Text>,
    /// What became of every incoming document.
    pub settled: Vec<Settled>,
}

/// Incoming documents of one group, and what stood of it.
struct Group {
    id: String,
    card: Option<Card>,
    incoming: Vec<Incoming>,
}

/// Assigns a round of documents, group by group. What was withdrawn comes in again only if it is to be restored.
pub fn assign(
    round: Vec<Incoming>,
    projector: &Projector<'_>,
    node: &str,
    restore: bool,
) -> Result<Vec<Assigned>, AppError> {
    groups(round, projector)?.into_par_iter().map(|group| assign_group(group, projector, node, restore)).collect()
}

/// The documents of a round by the group that their ids lead to; two ids of one instrument are one group.
fn groups(round: Vec<Incoming>, projector: &Projector<'_>) -> Result<Vec<Group>, AppError> {
    let mut by_id: BTreeMap<String, Vec<Incoming>> = BTreeMap::new();
    for incoming in round {
        by_id.entry(incoming.text.group().to_string()).or_default().push(incoming);
    }
    let by_id: Vec<(String, Vec<Incoming>)> = by_id.into_iter().collect();
    let found = |(id, incoming): (String, Vec<Incoming>)| {
        let card = projector.card(&id)?;
        let id = card.as_ref().map_or(id, |card| card.group.clone());
        Ok(Group { id, card, incoming })
    };
    let found: Result<Vec<Group>, AppError> = by_id.into_par_iter().map(found).collect();
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for group in found? {
        match groups.get_mut(&group.id) {
            Some(known) => known.incoming.extend(group.incoming),
            None => {
                groups.insert(group.id.clone(), group);
            }
        }
    }
    // In the order of the files: neighbours resemble each other, and the journal compresses better.
    let mut groups: Vec<Group> = groups.into_values().collect();
    groups.sort_by_key(|group| group.incoming.iter().filter_map(|incoming| incoming.rows.first().copied()).min());
    Ok(groups)
}

fn assign_group(group: Group, projector: &Projector<'_>, node: &str, restore: bool) -> Result<Assigned, AppError> {
    let Group { id, card, incoming } = group;
    let mut settled = Vec::new();
    let mut fresh = Vec::new();
    for incoming in incoming {
        match card.as_ref().and_then(|card| known(card, &incoming.text, restore)) {
            Some(became) => settled.push(settle(incoming.rows, became, &id)),
            None => fresh.push(incoming),
        }
    }
    let work = match &card {
        // Nothing to compare with: the stored texts need not be read.
        Some(card) if fresh.is_empty() => Work::empty(&card.group),
        Some(card) => projector.load_card(card)?,
        None => Work::empty(&id),
    };
    let mut assigned = Assigned { work, new: Vec::new(), settled };
    if !fresh.is_empty() {
        assigned.take(fresh, node, (card.as_ref(), restore));
    }
    Ok(assigned)
}

fn settle(rows: Vec<usize>, became: Became, group: &str) -> Settled {
    Settled { rows, became, group: group.to_string(), unkept: None }
}

/// What becomes of a text of which a card knows the same content; `None` if it does not.
fn known(card: &Card, text: &Text, restore: bool) -> Option<Became> {
    let withdrawn = || card.withdrawn.iter().any(|gone| gone.is(&text.put));
    match holds(card, text) {
        true => Some(Became::Unchanged),
        false => (!restore && withdrawn()).then_some(Became::StaysWithdrawn),
    }
}

/// Whether a card already has the same content from the same source.
fn holds(card: &Card, text: &Text) -> bool {
    card.records().any(|(_, record)| {
        record.digest == text.put.digest && base_origin(&record.origin) == base_origin(&text.put.origin)
    })
}

impl Assigned {
    /// Gives each text the id of its version and finds out whether it is new.
    /// What was redacted (`card`) comes in again only if it is to be restored, in the place of what remained.
    fn take(&mut self, fresh: Vec<Incoming>, node: &str, (card, restore): (Option<&Card>, bool)) {
        let group = self.work.group.clone();
        let known = self.work.texts.len();
        let mut texts = self.work.texts.clone();
        let mut sources = Vec::new();
        for incoming in fresh {
            sources.push((incoming.rows, incoming.states_origin));
            texts.push(incoming.text);
        }
        let clusters = group::cluster(&texts, node);
        for cluster in &clusters {
            for at in cluster.members.iter().filter(|at| **at >= known) {
                texts[*at].put.id = DocumentId(group::version_id(&group, &cluster.key));
            }
        }
        let incoming = texts.split_off(known);
        for (mut text, (rows, states_origin)) in incoming.into_iter().zip(sources) {
            let stored = texts.iter().chain(&self.new);
            let became = match (card.is_some_and(|card| card.was_redacted(&text.put)), restore) {
                (true, false) => Became::StaysRedacted,
                (true, true) => returned(&mut text, stored),
                (false, _) => became(&mut text, states_origin, stored),
            };
            let unkept = text.put.file_sha256.clone().filter(|_| became == Became::StaysRedacted);
            self.settled.push(Settled { unkept, ..settle(rows, became, &group) });
            if !matches!(became, Became::Unchanged | Became::StaysRedacted) {
                self.new.push(text);
            }
        }
    }
}

/// Takes the place of what remained of a text from the same source after a redaction.
fn returned<'a>(text: &mut Text, mut stored: impl Iterator<Item = &'a Text>) -> Became {
    let is_rest =
        |other: &&Text| other.put.id == text.put.id && base_origin(&other.put.origin) == base_origin(&text.put.origin);
    match stored.find(is_rest).map(|rest| rest.put.origin.clone()) {
        Some(origin) => {
            text.put.origin = origin;
            Became::Updated
        }
        None => Became::New,
    }
}

/// Compares a text with what its group holds; a further text of one version from one source gets its own origin.
fn became<'a>(text: &mut Text, states_origin: bool, stored: impl Iterator<Item = &'a Text>) -> Became {
    let base = base_origin(&text.put.origin).to_string();
    let same: Vec<&Text> = stored.filter(|other| base_origin(&other.put.origin) == base).collect();
    if same.iter().any(|other| other.put.digest == text.put.digest) {
        return Became::Unchanged;
    }
    let of_version: Vec<&&Text> = same.iter().filter(|other| other.put.id == text.put.id).collect();
    if let Some(earlier) = of_version.iter().find(|other| supersedes(text, states_origin, other)) {
        text.put.origin = earlier.put.origin.clone();
        return Became::Updated;
    }
    let mut origin = text.put.origin.clone();
    let mut number = 1;
    while of_version.iter().any(|other| other.put.origin == origin) {
        number += 1;
        origin = format!("{base}+{number}");
    }
    text.put.origin = origin;
    Became::New
}

/// The same file again, or the same row of its source, is a revision; another file of the source is a further text, and so
/// is another origin that a row states (an export has all texts of a version in one file).
fn supersedes(text: &Text, states_origin: bool, earlier: &Text) -> bool {
    text.put.path == earlier.put.path
        && text.put.document.source_id == earlier.put.document.source_id
        && (!states_origin || text.put.origin == earlier.put.origin)
}

/// Pairs of ids that prove to be one instrument: the same folded title, one authority unknown, and one version in both.
pub fn related(projector: &Projector<'_>, node: &str) -> Result<Vec<Relate>, AppError> {
    let mut relations = Vec::new();
    for title in projector.titles_of_several() {
        let mut cards = projector.namesakes(&title)?;
        cards.retain(|card| !card.versions.is_empty() && card.head.kind != crate::law::Kind::Case);
        cards.sort_by(|a, b| a.group.cmp(&b.group));
        let works: Vec<Work> = cards.iter().map(|card| projector.load_card(card)).collect::<Result<_, _>>()?;
        for (at, work) in works.iter().enumerate() {
            for other in works.iter().skip(at + 1) {
                relations.extend(proof(work, other).map(|proof| relate(&work.group, &other.group, proof, node)));
            }
        }
    }
    Ok(relations)
}

/// Why two groups are one instrument, in Chinese; `None` if that is not proved.
fn proof(a: &Work, b: &Work) -> Option<String> {
    let unknown = |work: &Work| {
        work.texts
            .iter()
            .any(|text| text.put.document.level.is_none() || identity::authority_key(&text.put.document) == "?")
    };
    // Ids of an earlier rule stand in the journal for ever.
    let renamed = || {
        let ids = |work: &Work| -> BTreeSet<InstrumentId> {
            work.texts.iter().map(|text| identity::instrument_id(&text.put.document)).collect()
        };
        !ids(a).is_disjoint(&ids(b))
    };
    if renamed() {
        return Some("标题、种类和制定机关均相同（编号规则改变以前已经导入）".to_string());
    }
    if !unknown(a) && !unknown(b) {
        return None;
    }
    let mut pairs = a.texts.iter().flat_map(|text| b.texts.iter().map(move |other| (text, other)));
    let (text, other) =
        pairs.find(|(text, other)| matches!(versions::same_version(&text.facts, &other.facts), Verdict::Same(_)))?;
    Some(format!("标题相同，且 {} 与 {} 为同一版本（按沿革或条文认定）", text.put.origin, other.put.origin))
}

/// The reason of every relation that an import found by itself.
const FOUND: &str = "导入时认定为同一文件";

/// Whether a relation is one that an import found by itself: every node that has both texts finds it too.
pub fn is_found(relation: &Relate) -> bool {
    relation.relation == RelationKind::SameAs && !relation.undone && relation.reason == FOUND
}

fn relate(id: &str, target: &str, proof: String, node: &str) -> Relate {
    Relate {
        v: RECORD_FORMAT,
        id: DocumentId(id.to_string()),
        at: Timestamp::now(),
        node: Some(node.to_string()),
        relation: RelationKind::SameAs,
        target: DocumentId(target.to_string()),
        on: None,
        undone: false,
        reason: FOUND.to_string(),
        proof,
        access: None,
    }
}
