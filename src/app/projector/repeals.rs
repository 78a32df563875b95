//! What the texts of other instruments repeal (同时废止) ends the versions of a group. The order of imports does not matter:
//! a group looks for those that repeal it, and one that repeals has what it names projected again.

use super::super::card::{Card, repeal_key};
use super::super::error::AppError;
use super::super::{group, shelf};
use super::{Projector, Work, group_of, projection};
use crate::index::{GroupHead, Projection};
use crate::law::{AuthorityLevel, EventKind, Kind, identity};
use rayon::prelude::*;
use std::collections::BTreeSet;

impl Projector<'_> {
    /// Projects the groups again that texts just written repeal, where that is new.
    pub(super) fn end_repealed(&mut self, titles: &BTreeSet<String>) -> Result<(), AppError> {
        let mut works = Vec::new();
        for title in titles {
            for card in self.namesakes(&identity::namesake_title(title))? {
                let told = if card.title == *title { self.told(&card)? } else { Vec::new() };
                if !shows(&card, &told) && !works.iter().any(|work: &Work| work.group == card.group) {
                    works.push(self.load_card(&card)?);
                }
            }
        }
        let projected: Result<Vec<(Card, Projection)>, AppError> = works
            .into_par_iter()
            .map(|work| {
                let clusters = group::cluster(&work.texts, self.node);
                let (card, _) = projection(&work, &clusters, Vec::new());
                Ok(projection(&work, &clusters, self.told(&card)?))
            })
            .collect();
        let mut projections = Vec::new();
        for (card, projection) in projected? {
            projections.push(projection);
            self.remember(card);
        }
        Ok(self.engine.write(projections)?)
    }

    /// The repeals of a group that the texts of others state.
    pub(super) fn told(&self, card: &Card) -> Result<Vec<group::Told>, AppError> {
        if card.head.kind == Kind::Case || card.title.is_empty() {
            return Ok(Vec::new());
        }
        let mut told: Vec<group::Told> = Vec::new();
        for other in self.repealers(&card.title)? {
            if other.group == card.group || !may_repeal(&other, card) {
                continue;
            }
            // The oldest version that has the sentence tells the day.
            for version in other.versions.iter().rev() {
                let repeal = version.repeals.iter().find(|repeal| repeal.title == card.title);
                if let (Some(repeal), Some(on)) = (repeal, version.repeals_from()) {
                    told.push(group::Told {
                        on,
                        made: version.dated,
                        namesake: other.title == card.title,
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

    /// The cards of the groups whose texts repeal a title.
    fn repealers(&self, title: &str) -> Result<Vec<Card>, AppError> {
        let own = self.repealers.get(title).into_iter().flatten();
        let mut cards: Vec<Card> = own.filter_map(|group| self.cards.get(group).cloned()).collect();
        for card in self.engine.cards(&repeal_key(title))? {
            let card: Card = shelf::card(&card)?;
            if !self.cards.contains_key(&card.group) && !self.aliases.contains_key(&card.group) {
                cards.push(card);
            }
        }
        Ok(cards)
    }
}

/// Whether a card rests on just these repeals.
fn shows(card: &Card, told: &[group::Told]) -> bool {
    let proofs = || card.versions.iter().filter_map(|version| version.proofs.to.as_ref());
    let from_outside = |id: &str| group_of(id) != card.group;
    let ended: Vec<&String> = proofs()
        .filter(|proof| proof.event == EventKind::Repealed)
        .filter_map(|proof| proof.document.as_ref())
        .filter(|id| from_outside(id))
        .collect();
    told.iter().all(|told| ended.contains(&&told.provision))
        && ended.iter().all(|id| told.iter().any(|told| told.provision == **id))
}

/// Whether an instrument can repeal another that it names: local ones only those of their own region, national ones only
/// national ones, those of one issuer of several that bear the title.
fn may_repeal(acting: &Card, target: &Card) -> bool {
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
