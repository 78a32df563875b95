//! Relations between instruments: what others state to do to one (废止, 修改, 根据它制定), what its own text states, and what
//! persons recorded.

use super::acts;
use super::card::{Card, TitleAct, amend_key, extend_key, repeal_key, title_key};
use super::citations::Graph;
use super::error::AppError;
use super::group::Text;
use super::links::stored;
use super::projector::{group_of, is_named, may_mean, may_repeal};
use super::read::Reader;
use super::view::InstrumentHead;
use super::view::citations::RelationOf;
use super::view::relations::{RelationShown, SaidBy};
use super::{search, shelf};
use crate::corpus::record::{RelationKind, reaches};
use jiff::civil::Date;

/// Days between the dates of one act.
const SAME_ACT_DAYS: i32 = 90;

impl Graph<'_> {
    /// What others state to do to an instrument, the newest first.
    pub fn related(&self, place: usize) -> Vec<RelationOf> {
        let Some(known) = self.links.names.all().get(place) else { return Vec::new() };
        let mut found = Vec::new();
        for (_, group) in self.links.groups.iter().enumerate().filter(|(at, _)| *at != place) {
            for version in &group.versions {
                let about = |stated: &&super::links::stored::Stated| known.keys.contains(&stated.title);
                if let Some(stated) = version.relations.iter().find(about) {
                    found.push(RelationOf {
                        relation: stated.kind.clone(),
                        instrument: search::instrument(&group.head),
                        dated: version.dated,
                        provision: Some(format!("{}/{}", version.id, stated.provision))
                            .filter(|_| !stated.provision.is_empty()),
                        quote: stated.quote.clone(),
                        newer: self.is_newer(version.dated, place),
                    });
                }
            }
        }
        found.sort_by_key(|relation| std::cmp::Reverse(relation.dated));
        found
    }

    /// Whether a text is younger than every text of an instrument that is here.
    fn is_newer(&self, dated: Option<Date>, place: usize) -> bool {
        let newest = self.links.groups[place].versions.iter().filter_map(|version| version.dated).max();
        // Adoption, promulgation and publication of one act lie days or weeks apart.
        let apart = |newest: Date, dated: Date| (dated - newest).get_days() > SAME_ACT_DAYS;
        dated.is_some_and(|dated| newest.is_some_and(|newest| apart(newest, dated)))
    }
}

impl Reader<'_> {
    /// The relations that a text states, and beside them those of its instrument that persons recorded, as far as the asker
    /// sees both sides. Neither overwrites the other.
    pub(super) fn relations(&self, card: &Card, version: &str, text: &Text) -> Result<Vec<RelationShown>, AppError> {
        let mut shown = Vec::new();
        for stated in stored::stated_by(text) {
            shown.push(RelationShown {
                relation: named(&stated.kind),
                acts: true,
                by: SaidBy::Text,
                instrument: self.titled(&stated.title)?,
                title: stated.title,
                provision: Some(format!("{version}/{}", stated.provision)).filter(|_| !stated.provision.is_empty()),
                proof: stated.quote,
                reason: None,
                on: None,
                recorded_at: None,
            });
        }
        shown.extend(self.acting(card)?);
        for act in acts::relations(&self.shelf.read_all(&card.acts)?, self.node) {
            if act.relation == RelationKind::SameAs || act.access.is_some_and(|access| access > self.asker.access) {
                continue;
            }
            let is_own =
                |id: &str| card.version(id).is_some() || group_of(id) == card.group || card.is_alias(group_of(id));
            let acts = is_own(act.id.as_str());
            let other = if acts { act.target.as_str() } else { act.id.as_str() };
            // What the asker may not see has no relations for him.
            let Ok(other) = self.card(other) else { continue };
            // Another node says something of what it issued.
            let mut records = card.records().chain(other.records());
            if !records.any(|(_, record)| reaches(act.node.as_deref(), &record.origin, self.node)) {
                continue;
            }
            shown.push(RelationShown {
                relation: recorded(act.relation),
                acts,
                by: SaidBy::Person,
                title: other.head.title.clone(),
                instrument: Some(search::instrument(&other.head)),
                provision: None,
                proof: act.proof.clone(),
                reason: Some(act.reason.clone()),
                on: act.on,
                recorded_at: Some(act.at.to_string()),
            });
        }
        Ok(shown)
    }

    /// What the texts of others state to do to an instrument, the oldest first: repeal, amend and extend it.
    fn acting(&self, card: &Card) -> Result<Vec<RelationShown>, AppError> {
        let mut found: Vec<(Option<Date>, RelationShown)> = Vec::new();
        if card.title.is_empty() {
            return Ok(Vec::new());
        }
        let keys = [("repeals", repeal_key(&card.title)), ("amends", amend_key(&card.title))];
        for (relation, key) in keys.into_iter().chain([("extends", extend_key(&card.title))]) {
            for text in self.engine.cards(&key)? {
                let Some(other) = shelf::card(&text)?.seen_by(self.asker.scope()) else { continue };
                if other.group == card.group || !may_repeal(&other, card) {
                    continue;
                }
                let mut acts = other.versions.iter().rev().flat_map(|version| {
                    let acts = match relation {
                        "repeals" => &version.repeals,
                        "amends" => &version.amends,
                        _ => &version.extends,
                    };
                    acts.iter().map(move |act| (version, act))
                });
                let means = |act: &TitleAct| {
                    is_named(card, &act.title) && (relation != "repeals" || may_mean(&act.title, &other, card))
                };
                let Some((version, act)) = acts.find(|(_, act)| means(act)) else { continue };
                let shown = RelationShown {
                    relation,
                    acts: false,
                    by: SaidBy::Text,
                    title: other.head.title.clone(),
                    instrument: Some(search::instrument(&other.head)),
                    provision: Some(act.said_in(&version.id)).filter(|_| !act.provision.is_empty()),
                    proof: act.quote.clone(),
                    reason: None,
                    on: version.repeals_from(&act.quote),
                    recorded_at: None,
                };
                found.push((version.dated, shown));
            }
        }
        found.sort_by_key(|(dated, _)| *dated);
        Ok(found.into_iter().map(|(_, shown)| shown).collect())
    }

    /// The one instrument of a folded title that the asker sees.
    fn titled(&self, title: &str) -> Result<Option<InstrumentHead>, AppError> {
        let mut seen = Vec::new();
        for text in self.engine.cards(&title_key(title))? {
            let card = shelf::card(&text)?.seen_by(self.asker.scope());
            seen.extend(card.map(|card| search::instrument(&card.head)));
        }
        Ok(if seen.len() == 1 { seen.pop() } else { None })
    }
}

fn named(kind: &str) -> &'static str {
    ["repeals", "amends", "extends"].into_iter().find(|name| *name == kind).unwrap_or("implements")
}

fn recorded(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::Repeals => "repeals",
        RelationKind::Amends => "amends",
        RelationKind::Implements => "implements",
        RelationKind::SameAs => "same_as",
    }
}
