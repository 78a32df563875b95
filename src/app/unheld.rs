//! The journeys about what is cited and not held: who cites it, what became of it, and that its text is not here.

use super::citations::Graph;
use super::error::AppError;
use super::links::unheld::{self, Missing};
use super::links::{Incoming, Links, Version};
use super::search;
use super::view::InstrumentHead;
use super::view::citations::{CitedByFilter, CitedByPage};
use super::view::impact::{ImpactFilter, ImpactItem, ImpactPage, ImpactState, Successor};
use crate::citation::names::title_key;
use crate::citation::{Locator, relations, typed};
use crate::law::Kind;
use crate::law::event::EventSource;
use crate::law::versions::{Proof, RepealDay};
use jiff::civil::Date;
use std::collections::{BTreeMap, HashSet};

/// A repeal of what is not held.
struct Repeal {
    /// What repeals it.
    by: InstrumentHead,
    /// From when, if the sentence or the text that has it tells.
    day: Option<RepealDay>,
    proof: Proof,
}

/// Why something took the place of what the corpus does not hold, if no sentence of a text says it.
const KNOWN_TO_ALL: &str = "通行的替代关系";

impl Links {
    /// In Chinese, that a title is not held and what had taken its place by the day asked; `None` if nothing is known of it
    /// but its name.
    pub(super) fn unheld_message(&self, title: &str, as_of: Date) -> Option<String> {
        let missing = self.unheld.find(title)?;
        let repeal = self.repeal_of(missing);
        let successor = self.successor_of(missing, repeal.as_ref());
        let told = match (successor, &repeal) {
            _ if !self.is_over(missing, repeal.as_ref(), as_of)
                && (repeal.is_some() || missing.replaced_by.is_some()) =>
            {
                String::new()
            }
            (Some(successor), _) => format!("，它已由《{}》取代", successor.instrument.title),
            (None, Some(repeal)) => match repeal.day {
                Some(day) => {
                    let assumed = day.assumed.map(|why| format!("（{why}）")).unwrap_or_default();
                    format!("，它已由《{}》自 {} 起废止{assumed}", repeal.by.title, day.date)
                }
                None => format!("，它已由《{}》废止，自何日起未见", repeal.by.title),
            },
            (None, None) => missing.replaced_by.map(|new| format!("，它已由《{new}》取代"))?,
        };
        Some(format!("库中没有《{}》的文本{told}", missing.title))
    }

    /// Whether it had been repealed or replaced by the day asked.
    fn is_over(&self, missing: &Missing, repeal: Option<&Repeal>, as_of: Date) -> bool {
        let repealed = repeal.map(|repeal| repeal.proof.date);
        let replaced = || {
            let new = missing.replaced_by?;
            let held = self.names.only_titled(new).and_then(|known| self.place(&known.id));
            let days = held.map(|place| self.groups[place].versions.iter().filter_map(|version| version.first_day));
            days.and_then(Iterator::min).or(typed::replaced_on(&missing.title))
        };
        repealed.or_else(replaced).is_some_and(|day| day <= as_of)
    }

    /// The first repeal of it that a text states, and which instrument it is. Where its day is not known, its proof has the
    /// latest possible one, and says so.
    fn repeal_of(&self, missing: &Missing) -> Option<Repeal> {
        let repeals = missing.repealed.iter().filter_map(|(group, version, at)| {
            let group = &self.groups[*group];
            let version: &Version = &group.versions[*version];
            let stated = &version.relations[*at];
            let document =
                Some(format!("{}/{}", version.id, stated.provision)).filter(|_| !stated.provision.is_empty());
            let day = version.repeal_days.get(*at).copied().flatten();
            let date = day.map(|day| day.date).or_else(|| version.read_on())?;
            let proof = Proof::repealed(date, EventSource::Text, stated.quote.clone(), document);
            let assumed = match day {
                Some(day) => day.assumed.map(str::to_string),
                None => Some(format!("废止之日未见，至迟{date}已废止")),
            };
            Some(Repeal { by: search::instrument(&group.head), day, proof: Proof { assumed, ..proof } })
        });
        let order = |repeal: &Repeal| (repeal.day.is_none(), repeal.proof.date, repeal.proof.document.clone());
        repeals.min_by_key(order)
    }

    /// What took its place: what repeals it and has its subject or says so, else what everybody knows.
    fn successor_of(&self, missing: &Missing, repeal: Option<&Repeal>) -> Option<Successor> {
        let said = repeal.and_then(|Repeal { by, proof, .. }| {
            Some((by.clone(), relations::succeeds(&by.title, &missing.title, &proof.quote)?.chinese()))
        });
        let known = || {
            let known = self.names.only_titled(missing.replaced_by?)?;
            Some((search::instrument(&self.groups[self.place(&known.id)?].head), KNOWN_TO_ALL))
        };
        let (instrument, why) = said.or_else(known)?;
        let own = repeal.filter(|repeal| repeal.by.id == instrument.id).map(|repeal| repeal.proof.clone());
        let (quote, provision) = own.map(|proof| (proof.quote, proof.document.unwrap_or_default())).unwrap_or_default();
        Some(Successor { instrument, why, quote, provision })
    }
}

impl Graph<'_> {
    /// What is known of a title that is not held, and the place in it; `id` is the title, or title and key (合同法/a52).
    fn missing<'i>(&self, id: &'i str) -> Option<(&Missing, Option<&'i str>)> {
        let (title, key) = id.split_once('/').map_or((id, None), |(title, key)| (title, Some(key)));
        self.links.unheld.find(title).map(|missing| (missing, key))
    }

    /// The id for which the title of something held stands, or title and key (宪法, 环境保护法/a5); `None` if several bear it.
    pub(super) fn held_by_title(&self, id: &str) -> Option<String> {
        let (title, key) = id.split_once('/').map_or((id, None), |(title, key)| (title, Some(key)));
        let known = self.links.names.only_titled(&title_key(title))?;
        Some(key.map_or(known.id.clone(), |key| format!("{}/{key}", known.id)))
    }

    /// The citations of a missing instrument, or of a place in it.
    fn citations_of<'m>(&self, missing: &'m Missing, key: Option<&str>) -> Vec<&'m Incoming> {
        let asked = key.map(|key| (Locator::of_key(key), None));
        let is_asked = |link: &&Incoming| {
            let cite = &self.links.groups[link.group].versions[link.version].cites[link.cite];
            asked.as_ref().is_none_or(|asked| unheld::names(cite.place.as_ref(), asked))
        };
        let mut found: Vec<&Incoming> = missing.incoming.iter().filter(is_asked).collect();
        found.sort_by_key(|link| self.order(link));
        found
    }

    /// Who cites what is not held.
    pub(super) fn cited_by_unheld(&self, id: &str, filter: &CitedByFilter) -> Result<Option<CitedByPage>, AppError> {
        let Some((missing, key)) = self.missing(id) else { return Ok(None) };
        let mut found = self.citations_of(missing, key);
        found.retain(|link| !filter.standing || self.stands(link));
        let mut counts = BTreeMap::new();
        for link in &found {
            *counts.entry(self.links.groups[link.group].head.kind.name()).or_default() += 1;
        }
        found.retain(|link| filter.kinds.is_empty() || filter.kinds.contains(&self.links.groups[link.group].head.kind));
        let groups: HashSet<usize> = found.iter().map(|link| link.group).collect();
        let total = found.len();
        let page = found.into_iter().skip(filter.offset).take(filter.limit);
        let items = page.map(|link| self.citing(link)).collect::<Result<Vec<_>, _>>()?;
        let reached = filter.offset + items.len();
        Ok(Some(CitedByPage {
            id: id.to_string(),
            instrument: head(missing),
            unheld: Some(self.unheld_or_name(missing)),
            total: total as u64,
            groups: groups.len() as u64,
            unverified: 0,
            counts,
            articles: Vec::new(),
            relations: Vec::new(),
            relations_total: 0,
            next: (reached < total && !items.is_empty()).then_some(reached),
            items,
            sample: self.reader.sample,
        }))
    }

    fn unheld_or_name(&self, missing: &Missing) -> String {
        self.links
            .unheld_message(&missing.title, self.reader.as_of)
            .unwrap_or_else(|| format!("库中没有《{}》的文本", missing.title))
    }

    /// What still points at an instrument that is not held.
    pub(super) fn impact_unheld(&self, id: &str, filter: &ImpactFilter) -> Result<Option<ImpactPage>, AppError> {
        let Some((missing, key)) = self.missing(id) else { return Ok(None) };
        let repeal = self.links.repeal_of(missing);
        let over = self.links.is_over(missing, repeal.as_ref(), self.reader.as_of);
        let repeal = repeal.filter(|_| over);
        let successor = self.links.successor_of(missing, repeal.as_ref()).filter(|_| over);
        let state = if over { ImpactState::Repealed } else { ImpactState::Unverifiable };
        let mut found = self.citations_of(missing, key);
        found.retain(|link| self.is_asked(link, filter));
        let counts = BTreeMap::from([(state.name(), found.len() as u64)]);
        let found = if filter.states.is_empty() || filter.states.contains(&state) { found } else { Vec::new() };
        let total = found.len();
        let page = found.into_iter().skip(filter.offset).take(filter.limit);
        let item = |link| {
            let message = state.chinese().to_string();
            Ok(ImpactItem { state, message, now: Vec::new(), nearest: Vec::new(), citation: self.citing(link)? })
        };
        let items = page.map(item).collect::<Result<Vec<_>, AppError>>()?;
        let reached = filter.offset + items.len();
        Ok(Some(ImpactPage {
            id: id.to_string(),
            instrument: head(missing),
            unheld: Some(self.unheld_or_name(missing)),
            version: None,
            repealed_by: repeal.as_ref().map(|repeal| repeal.by.clone()),
            ended: repeal.map(|repeal| repeal.proof),
            successor,
            as_of: self.reader.as_of,
            known_to: self.known_to,
            total: total as u64,
            counts: if total > 0 { counts } else { BTreeMap::new() },
            next: (reached < total && !items.is_empty()).then_some(reached),
            items,
            sample: self.reader.sample,
        }))
    }
}

/// A heading for what is not held: its title stands for an id.
fn head(missing: &Missing) -> InstrumentHead {
    InstrumentHead {
        id: missing.title.clone(),
        title: missing.title.clone(),
        kind: Kind::Legislation,
        level: None,
        case_kind: None,
        issuer: None,
        region: None,
        document_number: None,
    }
}
