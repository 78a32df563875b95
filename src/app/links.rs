//! The law as a graph: who cites whom, made from what the index keeps of every group, for one scope.

pub mod applied;
mod numbers;
pub mod stored;
pub mod unheld;

use super::card::{Card, CardVersion};
use super::error::AppError;
use super::shelf;
use crate::citation::mention::Target;
use crate::citation::{self, Known, KnownVersion, Locator, Names, Outcome, Reason, Resolution, Role};
use crate::index::{Engine, GroupHead};
use crate::law::event::EventSource;
use crate::law::history;
use crate::law::identity;
use crate::law::versions::{self, RepealDay};
use crate::law::{Access, Event, EventKind, Interval, Kind};
use applied::Applied;
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use stored::{Cite, GroupLinks, Stated};
use unheld::Unheld;

/// All citations between the instruments and cases that a scope sees.
pub struct Links {
    /// What can be cited.
    pub names: Names,
    /// Who cites.
    pub groups: Vec<Group>,
    by_id: HashMap<String, usize>,
    /// Group cited → citations of it.
    incoming: HashMap<usize, Vec<Incoming>>,
    /// What is cited and not held.
    pub unheld: Unheld,
    /// Which case cites which articles.
    pub applied: Applied,
}

/// A group that cites.
pub struct Group {
    /// Its head.
    pub head: GroupHead,
    /// Its versions that the scope sees, newest first.
    pub versions: Vec<Version>,
}

/// A version that cites.
pub struct Version {
    /// `{instrument}@{version}`, or the case id.
    pub id: String,
    /// Its key; `-` for a case.
    pub key: String,
    /// In force between.
    pub interval: Interval,
    /// Why its first day only stands in for one that is not known.
    pub assumed: Option<String>,
    /// Whether its last change left the rest of an older text as it was.
    pub amended: bool,
    /// Whether only a source states its first day.
    pub stated: bool,
    /// Promulgation, else adoption, else decision.
    pub dated: Option<Date>,
    /// The last day of the year in its number, where nothing else dates it: it was made by then.
    pub made_by: Option<Date>,
    /// The last change of its text.
    pub changed: Option<(Date, EventKind)>,
    /// Its citations.
    pub cites: Vec<Cite>,
    /// What it says it does to others.
    pub relations: Vec<Stated>,
    /// For each relation the day from which it repeals, if it does and that is known.
    pub repeal_days: Vec<Option<RepealDay>>,
    /// The first day of the instrument as this text tells it, which for an amended text is not its own.
    pub first_day: Option<Date>,
}

impl Version {
    /// The day on which its citations are read: its first day in force, else that of its making, else the last by which it
    /// was made.
    pub fn read_on(&self) -> Option<Date> {
        self.interval.effective_from.or(self.dated).or(self.made_by)
    }

    /// In Chinese, why that day only stands in for one that is not known.
    pub fn read_on_assumed(&self) -> Option<String> {
        let day = self.made_by.filter(|day| self.read_on() == Some(*day))?;
        Some(format!("本件未载明日期，按文号所示年份，所引各件以{day}的文本计"))
    }
}

/// One citation of an instrument, from elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    /// Which group cites.
    pub group: usize,
    /// Which of its versions.
    pub version: usize,
    /// Which of its citations.
    pub cite: usize,
    /// What it was resolved to.
    pub resolution: Resolution,
}

impl Links {
    /// The graph of everything that an access sees.
    pub fn read(engine: &dyn Engine, access: Access) -> Result<Links, AppError> {
        let mut texts = Vec::new();
        engine.each_card(&mut |card, links| {
            texts.push((card.to_string(), links.to_string()));
            true
        })?;
        let parsed: Result<Vec<(Card, GroupLinks)>, AppError> =
            texts.into_par_iter().map(|(card, links)| Ok((shelf::card(&card)?, shelf::links(&links)?))).collect();
        let mut parsed = parsed?;
        parsed.sort_by(|(one, _), (other, _)| one.group.cmp(&other.group));
        let mut known = Vec::new();
        let mut groups = Vec::new();
        for (card, links) in parsed {
            let Some((name, group)) = node(card, links, access) else { continue };
            known.push(name);
            groups.push(group);
        }
        numbers::learn(&mut known, &groups);
        let by_id = known.iter().enumerate().map(|(at, known)| (known.id.clone(), at)).collect();
        let mut links = Links {
            names: Names::new(known),
            groups,
            by_id,
            incoming: HashMap::new(),
            unheld: Unheld::default(),
            applied: Applied::default(),
        };
        links.join(access);
        Ok(links)
    }

    /// Resolves every citation.
    fn join(&mut self, access: Access) {
        let resolved: Vec<Incoming> =
            (0..self.groups.len()).into_par_iter().flat_map_iter(|group| self.outgoing(group, access)).collect();
        self.unheld = Unheld::of(&self.groups, &self.names, &resolved);
        self.applied = Applied::of(self, &resolved);
        for found in resolved {
            for id in &found.resolution.instruments {
                if let Some(at) = self.by_id.get(id).filter(|at| **at != found.group) {
                    self.incoming.entry(*at).or_default().push(found.clone());
                }
            }
        }
    }

    fn outgoing(&self, group: usize, access: Access) -> Vec<Incoming> {
        let mut found = Vec::new();
        for version in 0..self.groups[group].versions.len() {
            for (cite, resolution) in self.resolved(group, version, access) {
                if resolution.outcome != Outcome::Ambiguous {
                    found.push(Incoming { group, version, cite, resolution });
                }
            }
        }
        found
    }

    /// The citations of a version, each with what it is resolved to; what only looked like a name is left out.
    pub fn resolved(&self, group: usize, version: usize, access: Access) -> Vec<(usize, Resolution)> {
        let own = &self.groups[group];
        let Some(version) = own.versions.get(version) else { return Vec::new() };
        let here = citation::Here {
            group: &own.head.id,
            version: &version.id,
            region: own.head.region.as_deref(),
            issuer: own.head.issuer.as_deref(),
            on: version.read_on(),
            dated: version.dated,
            access,
            ..citation::Here::default()
        };
        let all = version.cites.iter().enumerate();
        all.filter_map(|(at, cite)| Some((at, citation::resolve(&cite.mention(), &self.names, &here)?))).collect()
    }

    /// That a text which was changed article by article may cite a later law by a number that it had before, in Chinese.
    pub fn may_be_old_number(&self, citing: &Version, cited: &str) -> Option<String> {
        let first = citing.first_day.filter(|_| citing.amended)?;
        let group = self.groups.get(self.place(cited.split('@').next()?)?)?;
        let dated = group.versions.iter().find(|known| known.id == cited)?.dated?;
        let changed_since = dated > first && group.versions.iter().any(|known| known.changed.is_some());
        changed_since.then(|| format!("本件自{first}起施行，其后所引文件已修改，条次可能没有随之更新，请核对"))
    }

    /// Why the first day of a version only stands in for one that is not known, in Chinese.
    pub fn assumed(&self, version: &str) -> Option<String> {
        let group = self.groups.get(self.place(version.split('@').next()?)?)?;
        group.versions.iter().find(|known| known.id == version)?.assumed.clone()
    }

    /// The place of a group among [`Links::groups`].
    pub fn place(&self, group: &str) -> Option<usize> {
        self.by_id.get(group).copied()
    }

    /// The citations of a group from elsewhere.
    pub fn incoming(&self, group: usize) -> &[Incoming] {
        self.incoming.get(&group).map_or(&[], Vec::as_slice)
    }
}

impl Incoming {
    /// Whether it cites what is asked for: the whole instrument or a place in it, in any version or in one. A place is cited too
    /// where only its number is named: the text that is meant is not held ([`Incoming::is_unverified`]), so that the number may
    /// have been another provision's there.
    pub fn is_of(&self, links: &Links, version: Option<&str>, key: Option<&str>) -> bool {
        let of_version = version.is_none_or(|version| self.resolution.version.as_deref() == Some(version));
        let Some(key) = key else { return of_version };
        if of_version && self.resolution.places.iter().any(|place| is_within(place, key)) {
            return true;
        }
        let cite = &links.groups[self.group].versions[self.version].cites[self.cite];
        self.is_unverified() && unheld::names(cite.place.as_ref(), &(Locator::of_key(key), None))
    }

    /// Whether the text that it means is not held.
    pub fn is_unverified(&self) -> bool {
        matches!(self.resolution.reason, Some(Reason::NoVersionOfThatDay | Reason::NoDay))
    }
}

/// Whether a place is what is asked for or lies in it: `a33/p1` in `a33`. A whole article is not in one of its 款.
pub fn is_within(place: &str, key: &str) -> bool {
    place == key || place.strip_prefix(key).is_some_and(|rest| rest.starts_with('/'))
}

/// What a card contributes, as far as an access sees it.
fn node(card: Card, links: GroupLinks, access: Access) -> Option<(Known, Group)> {
    let card = card.seen_by(access)?;
    let mut by_id: HashMap<String, stored::VersionLinks> =
        links.versions.into_iter().map(|version| (version.id.clone(), version)).collect();
    let mut versions = Vec::new();
    let mut known = Vec::new();
    let mut numbers: Vec<String> = GroupLinks::seen(&links.numbers, access).cloned().collect();
    let own_titles: Vec<String> = GroupLinks::seen(&links.titles, access).cloned().collect();
    let titles: HashSet<String> = own_titles.iter().chain([&card.title]).map(|title| plain(title)).collect();
    for version in card.versions {
        let made = made_whole(&version);
        let undated = version.interval.effective_from.is_none() && version.dated.is_none();
        let made_by = number_year(card.head.document_number.as_deref()).filter(|_| undated && version.key != "-");
        let linked = by_id.remove(&version.id);
        let (original, changed) = (!version.is_changed(), version.last_change());
        let first_day =
            versions::repeal_day("", &version.events).map(|day| day.date).or(version.interval.effective_from);
        let stated = linked.as_ref().map(|linked| linked.numbers.clone()).unwrap_or_default();
        let (standing, former) = told_numbers(&version, made);
        let own = keys(stated.iter().chain(&standing));
        let earlier = keys(former.iter());
        numbers.extend(standing.into_iter().chain(former));
        let (shape, cites, relations) = linked.map_or_else(Default::default, |l| (l.shape, l.cites, l.relations));
        known.push(KnownVersion {
            id: version.id.clone(),
            interval: version.interval,
            dated: version.dated,
            numbers: own,
            changed_by: last_orders(&version.events),
            former: earlier,
            replaced: cites.iter().filter_map(|cite| replaced(cite, &titles)).collect(),
            made,
            access: version.access,
            original,
            shape,
        });
        versions.push(Version {
            id: version.id,
            key: version.key,
            interval: version.interval,
            amended: history::acts(&version.events)
                .last()
                .is_some_and(|last| last.is_change() && !last.is_whole_text()),
            stated: version.proofs.from.as_ref().is_some_and(|proof| proof.source == EventSource::Stated),
            assumed: version.proofs.from.and_then(|proof| proof.assumed),
            dated: version.dated,
            made_by,
            changed,
            repeal_days: relations.iter().map(|stated| versions::repeal_day(&stated.quote, &version.events)).collect(),
            first_day,
            cites,
            relations,
        });
    }
    versions.first()?;
    let keys = title_keys(card.title, &own_titles, card.head.kind);
    let name = Known {
        id: card.group,
        title: card.head.title.clone(),
        keys,
        kind: card.head.kind,
        level: card.head.level,
        region: card.head.region.clone(),
        issuer: card.head.issuer.clone(),
        numbers,
        versions: known,
    };
    Some((name, Group { head: card.head, versions }))
}

/// The folded titles of an instrument: the newest, those of all its texts, and the newest without the organs before it.
fn title_keys(newest: String, titles: &[String], kind: Kind) -> Vec<String> {
    let bare = identity::without_organs(&newest).to_string();
    let bare = Some(bare).filter(|_| kind != Kind::Case);
    let mut keys = vec![newest];
    for key in titles.iter().cloned().chain(bare) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// When a version was given as a whole.
fn made_whole(version: &CardVersion) -> Option<Date> {
    history::acts(&version.events).iter().rev().find(|act| act.is_whole_text()).map(|act| act.first_day)
}

/// The number beside a title of the text itself that it repeals: 《机动车登记规定》（公安部令第102号）同时废止 in the new one.
fn replaced(cite: &Cite, titles: &HashSet<String>) -> Option<String> {
    let Target::Titled(key) = &cite.target else { return None };
    let number = cite.beside.as_ref()?.number.clone()?;
    (cite.role == Role::Repeal && titles.contains(&plain(key))).then_some(number)
}

/// A title without white space (of lines broken by hand), marks and the year of its edition.
fn plain(title: &str) -> String {
    let joined: String = title.split_whitespace().collect();
    identity::without_marks(citation::names::without_edition(&joined))
}

/// Numbers of the orders that gave a version as a whole: the order that promulgated it, or the whole text anew, is told by its
/// history alone. One that amends by a decision (《…的决定》) is that of the decision. First those of the text that stands, then
/// those of texts before it: 2007年国务院令第492号公布, 2019年国务院令第711号修订 gave two.
fn told_numbers(version: &CardVersion, made: Option<Date>) -> (Vec<String>, Vec<String>) {
    let anew = |event: &&Event| event.kind == EventKind::Revised && !event.quote.contains('《');
    let promulgated = version.events.iter().filter(|event| event.kind == EventKind::Promulgated || anew(event));
    let (standing, former): (Vec<&Event>, Vec<&Event>) =
        promulgated.partition(|event| made.is_none_or(|made| event.date >= made));
    let told = |events: Vec<&Event>| events.iter().flat_map(|event| citation::numbers_in(&event.quote)).collect();
    (told(standing), told(former))
}

/// Numbers in the form in which they are compared.
fn keys<'n>(numbers: impl Iterator<Item = &'n String>) -> Vec<String> {
    numbers.map(|number| citation::names::number_key(number)).collect()
}

/// The numbers of the orders in the words that tell of the last change: 根据2022年…总局令第61号第二次修正.
fn last_orders(events: &[Event]) -> Vec<String> {
    let acts = history::acts(events);
    let last = acts.iter().filter(|act| act.is_change()).max_by_key(|act| act.last_day);
    let said = last.map_or_else(Vec::new, |last| citation::numbers_said(&last.quote));
    keys(said.iter())
}

/// The last day of the year that a number bears in brackets: 银发〔2013〕226号.
fn number_year(number: Option<&str>) -> Option<Date> {
    let key = citation::names::number_key(number?);
    let (year, _) = key.split_once('(')?.1.split_once(')')?;
    let year: i16 = year.parse().ok().filter(|year| (1949..2100).contains(year))?;
    Date::new(year, 12, 31).ok()
}

/// The graphs of one generation of the index, made when first asked for.
#[derive(Default)]
pub struct Graphs {
    made: HashMap<Access, (String, Arc<Links>)>,
}

impl Graphs {
    /// The graph of an access for what the engine holds now.
    pub fn of(&mut self, engine: &dyn Engine, access: Access) -> Result<Arc<Links>, AppError> {
        let generation = engine.state()?.cursor;
        if let Some((of, links)) = self.made.get(&access)
            && *of == generation
        {
            return Ok(links.clone());
        }
        let links = Arc::new(Links::read(engine, access)?);
        self.made.insert(access, (generation, links.clone()));
        Ok(links)
    }
}
