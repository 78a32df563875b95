//! What the texts of other instruments do to a group: a repeal (同时废止) ends its versions, the words of a decision that
//! amends tell their first day, and a notice may extend their validity. The order of imports does not matter: a group looks for
//! those that act on it, and what one that acts names is projected again.

use super::super::card::{Card, CardVersion, TitleAct, amend_key, carried_key, extend_key, repeal_key, suspend_key};
use super::super::error::AppError;
use super::super::group::{self, Outside};
use super::super::shelf;
use super::{Projector, Work, projection};
use crate::citation::relations::{extending_words, number_behind, numbers_named};
use crate::index::{GroupHead, Projection};
use crate::law::event::EventSource;
use crate::law::history::acts;
use crate::law::level::normalise_issuer;
use crate::law::versions::{Decided, Extended, Proof, draft, is_repeal_uncounted};
use crate::law::{AuthorityLevel, EventKind, Kind, identity};
use rayon::prelude::*;
use std::collections::BTreeSet;

impl Projector<'_> {
    /// Projects the groups again on which texts just written act, where that is new.
    pub(super) fn act_on(&mut self, titles: &BTreeSet<String>) -> Result<(), AppError> {
        let mut works = Vec::new();
        for title in titles {
            let mut named = self.namesakes(&identity::namesake_title(title))?;
            named.extend(self.bearers(&carried_key(title))?);
            for card in named {
                let outside = self.outside(&card)?;
                if card.outside != outside.shown() && !works.iter().any(|work: &Work| work.group == card.group) {
                    works.push(self.load_card(&card)?);
                }
            }
        }
        let projected: Result<Vec<(Card, Projection)>, AppError> = works
            .into_par_iter()
            .map(|work| {
                let clusters = group::cluster(&work.texts, self.node);
                let (card, _) = projection(&work, &clusters, Outside::default(), self.node);
                Ok(projection(&work, &clusters, self.outside(&card)?, self.node))
            })
            .collect();
        let mut projections = Vec::new();
        for (card, projection) in projected? {
            projections.push(projection);
            self.remember(card);
        }
        Ok(self.engine.write(projections)?)
    }

    /// What the texts of others say of a group.
    pub(super) fn outside(&self, card: &Card) -> Result<Outside, AppError> {
        if card.head.kind == Kind::Case || card.title.is_empty() {
            return Ok(Outside::default());
        }
        Ok(Outside {
            told: self.told(card)?,
            decided: self.decided(card)?,
            extended: self.extended(card)?,
            suspended: self.suspended(card)?,
        })
    }

    /// The repeals of a group that the texts of others state.
    fn told(&self, card: &Card) -> Result<Vec<group::Told>, AppError> {
        let mut told: Vec<group::Told> = Vec::new();
        for other in self.acting_on(card, repeal_key)? {
            if other.group == card.group || !may_repeal(&other, card) {
                continue;
            }
            // The oldest version that has the sentence tells the day.
            for version in other.versions.iter().rev() {
                let carries = |title: &str| identity::promulgated(title).is_some_and(|carried| is_named(card, carried));
                let names = |repeal: &&TitleAct| is_named(card, &repeal.title) || carries(&repeal.title);
                let means = |repeal: &&TitleAct| may_mean(&repeal.title, &other, card);
                let repeal = version.repeals.iter().filter(means).find(names);
                let Some(repeal) = repeal else { continue };
                let on = version.repeals_from(&repeal.quote);
                if on.is_some() || is_repeal_uncounted(&repeal.quote, &version.events) {
                    told.push(group::Told {
                        on,
                        made: version.dated,
                        // A new edition, and the notice that carries it, bear the title of what it repeals.
                        namesake: other.title == card.title
                            || identity::promulgated(&card.title).is_some_and(|carried| is_same(carried, &other.title)),
                        numbers: numbers_named(&repeal.title, &repeal.quote),
                        quote: repeal.quote.clone(),
                        provision: identity::provision_id(&version.id, &repeal.provision).0,
                        access: version.access,
                    });
                    break;
                }
            }
        }
        told.sort_by(|one, other| (one.on, &one.provision).cmp(&(other.on, &other.provision)));
        Ok(told)
    }

    /// The first days that decisions which amend a group tell of their changes.
    fn decided(&self, card: &Card) -> Result<Vec<group::ToldFirstDay>, AppError> {
        let mut decided = Vec::new();
        for other in self.acting(&amend_key(&card.title))?.iter().filter(|other| other.group != card.group) {
            for version in &other.versions {
                let Some(amends) = version.amends.iter().find(|act| is_named(card, &act.title)) else { continue };
                let own = acts(&version.events);
                let mut days: Vec<_> = own.iter().flat_map(|act| act.days()).chain(version.dated).collect();
                days.dedup();
                if let Some(proof) = version.proofs.from.clone().filter(|proof| proof.assumed.is_none()) {
                    let document = proof.document.or_else(|| Some(version.id.clone()));
                    let amends = Proof {
                        event: EventKind::Amended,
                        date: proof.date,
                        source: EventSource::Text,
                        quote: amends.quote.clone(),
                        document: Some(amends.said_in(&version.id)),
                        assumed: None,
                    };
                    let proof = Proof { document, ..proof };
                    decided
                        .push(group::ToldFirstDay { decided: Decided { days, proof, amends }, access: version.access });
                }
            }
        }
        let order = |told: &group::ToldFirstDay| (told.decided.proof.date, told.decided.proof.document.clone());
        decided.sort_by_key(order);
        Ok(decided)
    }

    /// The longer periods of validity that the texts of others tell of a group.
    fn extended(&self, card: &Card) -> Result<Vec<group::ToldExtension>, AppError> {
        let mut extended = Vec::new();
        for other in self.acting_on(card, extend_key)? {
            if other.group == card.group || !may_repeal(&other, card) {
                continue;
            }
            for version in &other.versions {
                let Some(act) = version.extends.iter().find(|act| is_named(card, &act.title)) else { continue };
                let (made, document) = (version.dated, Some(act.said_in(&version.id)));
                let (event, source) = (EventKind::Expired, EventSource::Text);
                // The date is set to that of the end, which may count from another one.
                let date = made.unwrap_or_default();
                let proof = Proof { event, date, source, quote: act.quote.clone(), document, assumed: None };
                let words = extending_words(&act.title, &act.quote).to_string();
                let number = number_behind(&act.title, &act.quote);
                let extended_by = Extended { words, by: other.head.title.clone(), proof };
                extended.push(group::ToldExtension { extended: extended_by, number, made, access: version.access });
            }
        }
        extended.sort_by(|one, other| {
            (one.made, &one.extended.proof.document).cmp(&(other.made, &other.extended.proof.document))
        });
        Ok(extended)
    }

    /// The suspensions of a group that the texts of others tell of.
    fn suspended(&self, card: &Card) -> Result<Vec<group::ToldSuspension>, AppError> {
        let mut suspended = Vec::new();
        for other in self.acting_on(card, suspend_key)? {
            if other.group == card.group || !may_repeal(&other, card) {
                continue;
            }
            for version in &other.versions {
                let Some(act) = version.suspends.iter().find(|act| is_named(card, &act.title)) else { continue };
                suspended.push(group::ToldSuspension {
                    by: other.head.title.clone(),
                    quote: act.quote.clone(),
                    numbers: numbers_named(&act.title, &act.quote),
                    made: version.dated,
                    access: version.access,
                });
            }
        }
        suspended.sort_by(|one, other| (one.made, &one.quote).cmp(&(other.made, &other.quote)));
        Ok(suspended)
    }

    /// The cards of the groups whose texts act on a group by its title, by that of the text which it only carries, or by its number.
    fn acting_on(&self, card: &Card, key: fn(&str) -> String) -> Result<Vec<Card>, AppError> {
        let mut acting = self.acting(&key(&card.title))?;
        if let Some(carried) = identity::promulgated(&card.title) {
            acting.extend(self.acting(&key(carried))?);
        }
        if let Some(number) = card.number() {
            acting.extend(self.acting(&key(&number))?);
        }
        // Who names both title and number acts once: two years more are not four.
        let mut seen = BTreeSet::new();
        acting.retain(|other| seen.insert(other.group.clone()));
        Ok(acting)
    }

    /// The cards of the groups whose texts act on a title ([`repeal_key`], [`amend_key`], [`extend_key`], [`suspend_key`]); a draft does nothing yet.
    fn acting(&self, key: &str) -> Result<Vec<Card>, AppError> {
        let own = self.acting.get(key).into_iter().flatten();
        let mut cards: Vec<Card> = own.filter_map(|group| self.cards.get(group).cloned()).collect();
        for card in self.engine.cards(key)? {
            let card: Card = shelf::card(&card)?;
            if !self.cards.contains_key(&card.group) && !self.aliases.contains_key(&card.group) {
                cards.push(card);
            }
        }
        cards.retain(|card| draft(&card.head.title).is_none());
        Ok(cards)
    }
}

/// The titles on which the texts of a card act.
pub(super) fn acted_on(card: &Card) -> impl Iterator<Item = String> {
    fn acts(version: &CardVersion) -> impl Iterator<Item = &TitleAct> {
        version.repeals.iter().chain(&version.amends).chain(&version.extends).chain(&version.suspends)
    }
    let titles = |act: &TitleAct| {
        [Some(act.title.clone()), identity::promulgated(&act.title).map(str::to_string)].into_iter().flatten()
    };
    card.versions.iter().flat_map(acts).flat_map(titles)
}

/// Whether a title (or a number alone) names the instrument of a card, or the text that it only carries, whatever marks are in it; of an
/// interpretation from 关于 on, as for its id.
pub fn is_named(card: &Card, title: &str) -> bool {
    let is_interpretation = card.head.level == Some(AuthorityLevel::JudicialInterpretation);
    let same = |own: &str| is_same(title, own);
    same(&card.title)
        || card.number().is_some_and(|number| number == title)
        || identity::promulgated(&card.title).is_some_and(same)
        || is_interpretation && identity::namesake_title(title) == identity::namesake_title(&card.title)
}

/// Whether an instrument that repeals a title can mean another one: by its own title it means older texts of itself.
pub fn may_mean(title: &str, acting: &Card, target: &Card) -> bool {
    !is_one(acting, target) && (title != acting.title || is_edition(acting, target))
}

/// Whether two cards are a text and the notice that carries it, under one number: 原《渡口办法》同时废止 in either means an older text.
fn is_one(acting: &Card, target: &Card) -> bool {
    let carries = |notice: &Card, text: &Card| {
        identity::promulgated(&notice.title).is_some_and(|carried| is_same(carried, &text.title))
    };
    let is_number = acting.number().is_some() && acting.number() == target.number();
    is_number && (carries(acting, target) || carries(target, acting))
}

/// Whether what repeals its own title means the text that a notice carries: of two organs that gave texts of one title each ends only
/// its own, which is a version of it.
fn is_edition(acting: &Card, target: &Card) -> bool {
    let carries = identity::promulgated(&target.title).is_some_and(|carried| is_same(carried, &acting.title));
    // The office of a government issues for it.
    let issuer = |card: &Card| {
        let issuer = normalise_issuer(card.head.issuer.as_deref()?);
        Some(issuer.trim_end_matches("办公室").trim_end_matches("办公厅").to_string())
            .filter(|issuer| !issuer.is_empty())
    };
    let of_region = || acting.head.region.is_some() && acting.head.region == target.head.region;
    carries
        && match (issuer(acting), issuer(target)) {
            (Some(one), Some(other)) => one == other,
            _ => of_region(),
        }
}

/// Whether two folded titles are one, whatever marks are in them.
fn is_same(one: &str, other: &str) -> bool {
    identity::without_marks(one) == identity::without_marks(other)
}

/// Whether an instrument can repeal another that it names: local ones only those of their own region, national ones only
/// national ones, those of one issuer of several that bear the title.
pub fn may_repeal(acting: &Card, target: &Card) -> bool {
    let (acting, target) = (&acting.head, &target.head);
    let is_local = |head: &GroupHead| head.region.is_some() || head.level.is_some_and(|level| level.is_local());
    match (is_local(acting), is_local(target)) {
        (true, true) => acting.region == target.region || acting.region.is_none() || target.region.is_none(),
        (false, false) => true,
        // A normative document of which nobody said where it is from.
        (true, false) => target.level.is_none_or(|level| level == AuthorityLevel::NormativeDocument),
        (false, true) => acting.level.is_none(),
    }
}
