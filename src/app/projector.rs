//! Brings the index up to the journal: group by group, from the records of the group alone.

mod issued;
mod outside;

use issued::{is_of, is_own, issued_versions};
pub use outside::{is_named, may_mean, may_repeal};

use super::acts;
use super::card::{Card, WithdrawnText, carried_key, title_key};
use super::corrections::{Revised, corrects};
use super::error::AppError;
use super::group::{self, Acts, Cluster, Outside, Text};
use super::shelf::Shelf;
use crate::corpus::record::{Redact, Relate, RelationKind, Withdraw, reaches};
use crate::corpus::{Place, Put, Record};
use crate::index::{Engine, Projection, Titles};
use crate::law::{Access, Document, DocumentId, Kind, identity};
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Everything recorded of one group.
#[derive(Debug, Clone, Default)]
pub struct Work {
    /// Canonical id.
    pub group: String,
    /// Its standing texts, corrections applied.
    pub texts: Vec<Text>,
    /// The acts that concern it, in the order recorded.
    pub acts: Vec<(Place, Record)>,
    /// Texts that were withdrawn and have not come again.
    pub gone: Vec<WithdrawnText>,
    /// Documents of which something was redacted.
    pub redacted: Vec<Redact>,
    /// Groups that turned out to be this one; they vanish from the index.
    pub absorbed: Vec<String>,
    /// Documents it stood for before.
    before: u64,
}

impl Work {
    /// A group of which nothing is recorded.
    pub fn empty(group: &str) -> Self {
        Work { group: group.to_string(), ..Work::default() }
    }

    /// Adds a text; one with the same id and origin is superseded.
    pub fn add(&mut self, text: Text) {
        self.texts.retain(|known| (&known.put.id, &known.put.origin) != (&text.put.id, &text.put.origin));
        self.gone.retain(|gone| !gone.is(&text.put));
        self.texts.push(text);
    }

    /// Takes away what a withdrawal names of what stands so far; what is recorded after it stands.
    fn withdraw(&mut self, act: &Withdraw, own: &str) {
        let named = |put: &Put| put.id == act.id && act.takes(&put.origin, own);
        let (gone, stand): (Vec<Text>, Vec<Text>) =
            std::mem::take(&mut self.texts).into_iter().partition(|text| named(&text.put));
        self.texts = stand;
        self.gone.extend(gone.into_iter().map(|text| WithdrawnText {
            access: text.access(),
            id: text.put.id.0,
            // What another node withdraws is only what it issued: the same from elsewhere may come in.
            origin:
                act.origin.clone().or_else(|| act.node.as_ref().filter(|node| *node != own).map(|_| text.put.origin)),
            digest: text.put.digest,
        }));
    }
}

impl Work {
    /// Takes away what a tombstone names; what is recorded after it stands. Corrections of it go with it.
    fn redact(&mut self, act: &Redact, place: Place, own: &str) {
        self.acts.retain(|(at, record)| *at > place || !act.ends(record, own));
        self.texts.retain(|text| text.put.id != act.id || !reaches(act.node.as_deref(), &text.put.origin, own));
        self.gone.retain(|gone| gone.id != act.id.as_str());
        self.redacted.push(act.clone());
    }
}

/// Projects records into an engine. Remembers the cards it wrote, because the engine shows only what is committed.
pub struct Projector<'a> {
    shelf: &'a Shelf,
    engine: &'a dyn Engine,
    node: &'a str,
    cards: HashMap<String, Card>,
    /// Alias → group, of the cards above.
    aliases: HashMap<String, String>,
    /// Key of a title ([`title_key`], [`carried_key`]) → groups, of the cards above.
    titles: HashMap<String, Vec<String>>,
    /// Key of an act on a title ([`super::card::repeal_key`]) → groups whose texts do it, of the cards above.
    acting: HashMap<String, Vec<String>>,
    /// Namesake titles that may be borne by several groups.
    considered: BTreeSet<String>,
    /// Change of the number of documents.
    pub documents: i64,
    /// Provisions written.
    pub provisions: u64,
    /// Newest date of a public version written.
    pub known_to: Option<Date>,
    /// Titles that the dictionary of the index does not know.
    pub new_titles: Titles,
    /// Whether what is written now is new to the dictionary.
    pub counting: bool,
    /// Damages of the journal that were met, in Chinese.
    pub damage: Vec<String>,
}

/// The group that a document id belongs to, as it was recorded.
pub fn group_of(document_id: &str) -> &str {
    document_id.split('@').next().unwrap_or(document_id)
}

impl<'a> Projector<'a> {
    /// A projector with nothing written yet.
    pub fn new(shelf: &'a Shelf, engine: &'a dyn Engine, node: &'a str) -> Self {
        Projector {
            shelf,
            engine,
            node,
            cards: HashMap::new(),
            aliases: HashMap::new(),
            titles: HashMap::new(),
            acting: HashMap::new(),
            considered: BTreeSet::new(),
            documents: 0,
            provisions: 0,
            known_to: None,
            new_titles: Titles::default(),
            counting: true,
            damage: Vec::new(),
        }
    }

    /// The card of the group that an instrument or case id leads to.
    pub fn card(&self, id: &str) -> Result<Option<Card>, AppError> {
        let canonical = self.aliases.get(id).map_or(id, String::as_str);
        if let Some(card) = self.cards.get(canonical) {
            return Ok(Some(card.clone()));
        }
        for card in self.engine.cards(canonical)? {
            let card: Card = super::shelf::card(&card)?;
            let moved = self.aliases.contains_key(&card.group);
            if !moved && (card.group == canonical || card.aliases.iter().any(|alias| alias == canonical)) {
                return Ok(Some(card));
            }
        }
        Ok(None)
    }

    /// The cards of all groups with a namesake title.
    pub fn namesakes(&self, title: &str) -> Result<Vec<Card>, AppError> {
        self.bearers(&title_key(title))
    }

    /// The cards of all groups that are found under the key of a title.
    fn bearers(&self, key: &str) -> Result<Vec<Card>, AppError> {
        let own = self.titles.get(key).into_iter().flatten();
        let mut cards: Vec<Card> = own.filter_map(|group| self.cards.get(group).cloned()).collect();
        for card in self.engine.cards(key)? {
            let card: Card = super::shelf::card(&card)?;
            if !self.cards.contains_key(&card.group) && !self.aliases.contains_key(&card.group) {
                cards.push(card);
            }
        }
        Ok(cards)
    }

    /// Notes the title of a document that came in, recorded before or not: an import that was killed between its texts and
    /// their relations is made whole by the next one.
    pub fn consider(&mut self, document: &Document) {
        if document.kind != Kind::Case {
            self.considered.insert(identity::namesake_title(&document.title));
        }
    }

    /// Titles that came in and that several groups bear.
    pub fn titles_of_several(&self) -> Vec<String> {
        let several = |title: &&String| self.namesakes(title).is_ok_and(|cards| cards.len() > 1);
        self.considered.iter().filter(|title| !title.is_empty()).filter(several).cloned().collect()
    }

    /// Everything recorded of a group so far.
    pub fn load(&self, id: &str) -> Result<Work, AppError> {
        match self.card(id)? {
            Some(card) => self.load_card(&card),
            None => Ok(Work::empty(id)),
        }
    }

    /// Everything recorded of the group of a card.
    pub fn load_card(&self, card: &Card) -> Result<Work, AppError> {
        let acts = self.shelf.read_all(&card.acts)?;
        let mut texts = Vec::new();
        for (_, record) in card.records() {
            if let Record::Put(put) = self.shelf.read(record.place)? {
                texts.push(Text::revised(Some(record.place), Revised::of(*put, &acts, self.node)));
            }
        }
        let (absorbed, gone, redacted) = (Vec::new(), card.withdrawn.clone(), card.redacted.clone());
        Ok(Work { group: card.group.clone(), texts, acts, gone, redacted, absorbed, before: card.documents() })
    }

    /// Projects recorded texts and acts, in the order recorded.
    pub fn apply(&mut self, records: Vec<(Place, Record)>) -> Result<(), AppError> {
        let mut batch = Vec::with_capacity(records.len());
        for (place, record) in records {
            // Two groups become one only after everything recorded of each is projected.
            if matches!(&record, Record::Relate(act) if act.relation == RelationKind::SameAs) {
                self.apply_batch(std::mem::take(&mut batch))?;
                self.apply_batch(vec![(place, record)])?;
            } else {
                batch.push((place, record));
            }
        }
        self.apply_batch(batch)
    }

    fn apply_batch(&mut self, records: Vec<(Place, Record)>) -> Result<(), AppError> {
        if records.is_empty() {
            return Ok(());
        }
        let mut works: BTreeMap<String, Vec<(Place, Record)>> = BTreeMap::new();
        for (place, record) in records {
            let mut groups = self.touched(&record)?;
            let last = groups.pop();
            for group in groups {
                works.entry(group).or_default().push((place, record.clone()));
            }
            if let Some(group) = last {
                works.entry(group).or_default().push((place, record));
            }
        }
        let works: Vec<(String, Vec<(Place, Record)>)> = works.into_iter().collect();
        let this = &*self;
        let works: Result<Vec<Work>, AppError> =
            works.into_par_iter().map(|(group, records)| this.updated(&group, records)).collect();
        self.write(works?)
    }

    /// Canonical groups that a record concerns.
    fn touched(&self, record: &Record) -> Result<Vec<String>, AppError> {
        let ids = match record {
            Record::Put(put) => vec![put.instrument.as_ref().map_or(put.id.as_str(), |id| id.as_str())],
            Record::Correct(act) => vec![group_of(act.id.as_str())],
            Record::Relate(act) => vec![group_of(act.id.as_str()), group_of(act.target.as_str())],
            Record::Withdraw(act) => vec![group_of(act.id.as_str())],
            Record::Redact(act) => vec![group_of(act.id.as_str())],
            Record::Erased(_) => Vec::new(),
        };
        let mut groups = Vec::new();
        for id in ids {
            let group = self.card(id)?.map_or_else(|| id.to_string(), |card| card.group);
            if !groups.contains(&group) {
                groups.push(group);
            }
        }
        Ok(groups)
    }

    fn updated(&self, group: &str, records: Vec<(Place, Record)>) -> Result<Work, AppError> {
        let mut work = self.load(group)?;
        let is_act = |(_, record): &&(Place, Record)| !matches!(record, Record::Put(_));
        let acts: Vec<(Place, Record)> = records.iter().filter(is_act).cloned().collect();
        let any = !acts.is_empty();
        work.acts.extend(acts);
        for (place, record) in records {
            match record {
                Record::Put(put) => work.add(Text::revised(Some(place), Revised::of(*put, &work.acts, self.node))),
                Record::Withdraw(act) => work.withdraw(&act, self.node),
                Record::Redact(act) => work.redact(&act, place, self.node),
                Record::Correct(_) | Record::Relate(_) | Record::Erased(_) => {}
            }
        }
        if any {
            self.settle(&mut work)?;
        }
        Ok(work)
    }

    /// Applies acts to what stands: corrections, ids that prove to be one instrument.
    fn settle(&self, work: &mut Work) -> Result<(), AppError> {
        let acts = std::mem::take(&mut work.acts);
        for text in &mut work.texts {
            if let Some(place) = text.place
                && acts.iter().any(|(_, act)| corrects(act, &text.put, self.node))
                && let Record::Put(put) = self.shelf.read(place)?
            {
                *text = Text::revised(Some(place), Revised::of(*put, &acts, self.node));
            }
        }
        for (_, act) in &acts {
            if let Record::Relate(act) = act
                && act.relation == RelationKind::SameAs
            {
                for id in [group_of(act.id.as_str()), group_of(act.target.as_str())] {
                    if id != work.group && self.joins(act, work)? {
                        self.absorb(work, id)?;
                    }
                }
            }
        }
        // Acts of groups that were taken in have been added meanwhile.
        work.acts.extend(acts);
        work.acts.sort_by_key(|(place, _)| *place);
        work.acts.dedup_by_key(|(place, _)| *place);
        Ok(())
    }

    /// Takes another group's texts in, when that group still stands by itself and this one is the canonical of the two.
    fn absorb(&self, work: &mut Work, id: &str) -> Result<(), AppError> {
        let Some(card) = self.card(id)? else {
            work.absorbed.push(id.to_string());
            return Ok(());
        };
        if card.group == work.group || card.versions.is_empty() && card.acts.is_empty() {
            return Ok(());
        }
        let other = self.load_card(&card)?;
        work.before += other.before;
        work.absorbed.push(card.group.clone());
        work.absorbed.extend(card.aliases);
        work.gone.extend(other.gone);
        work.redacted.extend(other.redacted);
        for text in other.texts {
            work.add(text);
        }
        let known: Vec<Place> = work.acts.iter().map(|(place, _)| *place).collect();
        work.acts.extend(other.acts.into_iter().filter(|(place, _)| !known.contains(place)));
        Ok(())
    }

    /// Writes groups into the engine.
    pub fn write(&mut self, works: Vec<Work>) -> Result<(), AppError> {
        let works = one_of_each(works);
        let mut acted_on = BTreeSet::new();
        for work in works.iter().filter(|work| work.before > 0) {
            acted_on.extend(self.card(&work.group)?.iter().flat_map(outside::acted_on));
        }
        let node = self.node;
        let by_themselves: Vec<(Work, Vec<Cluster>, Card, Projection)> = works
            .into_par_iter()
            .map(|work| {
                let clusters = group::cluster(&work.texts, node);
                let (card, projection) = projection(&work, &clusters, Outside::default(), node);
                (work, clusters, card, projection)
            })
            .collect();
        // What acts on others in the same batch is known before any of it is written: each group is written once.
        by_themselves.iter().for_each(|(_, _, card, _)| self.remember(card.clone()));
        let this = &*self;
        let projected: Result<Vec<(Work, Card, Projection)>, AppError> = by_themselves
            .into_par_iter()
            .map(|(work, clusters, card, projection)| match this.outside(&card)? {
                outside if outside == Outside::default() => Ok((work, card, projection)),
                outside => {
                    let (card, projection) = self::projection(&work, &clusters, outside, node);
                    Ok((work, card, projection))
                }
            })
            .collect();
        let mut projections = Vec::new();
        for (work, card, projection) in projected? {
            self.documents += card.documents() as i64 - work.before as i64;
            self.provisions += projection.entries.len() as u64;
            projections.extend(work.absorbed.iter().map(|id| gone(id)));
            projections.push(projection);
            acted_on.extend(outside::acted_on(&card));
            if self.counting && work.before == 0 {
                self.count_title(&card);
            }
            self.remember(card);
        }
        self.engine.write(projections)?;
        self.act_on(&acted_on)
    }

    /// Counts the title of a group that is new, once for its namesakes.
    fn count_title(&mut self, card: &Card) {
        let namesakes = self.titles.get(&title_key(&identity::namesake_title(&card.title)));
        let first = namesakes.and_then(|groups| groups.first());
        if card.head.kind == Kind::Case || first.is_none_or(|first| *first != card.group) {
            return;
        }
        match card.versions.iter().map(|version| version.access).min() {
            Some(Access::Public) => self.new_titles.public += 1,
            Some(Access::Internal) => self.new_titles.internal += 1,
            Some(Access::Restricted) | None => {}
        }
    }

    fn remember(&mut self, card: Card) {
        // What a narrower scope sees must not change what a wider one gets; cases say nothing of the state of the law.
        let told = card.versions.iter().filter(|version| version.key != "-" && version.access == Access::Public);
        self.known_to = self.known_to.max(told.filter_map(|version| version.dated).max());
        for alias in &card.aliases {
            self.cards.remove(alias);
            self.aliases.insert(alias.clone(), card.group.clone());
        }
        // Cases are never merged because their titles agree.
        if card.head.kind != Kind::Case {
            let own = title_key(&identity::namesake_title(&card.title));
            let number = card.number().map(|number| carried_key(&number));
            for key in identity::promulgated(&card.title).map(carried_key).into_iter().chain([own]).chain(number) {
                let groups = self.titles.entry(key).or_default();
                if !groups.contains(&card.group) {
                    groups.push(card.group.clone());
                }
            }
        }
        for key in card.versions.iter().flat_map(|version| version.acts_on()) {
            let groups = self.acting.entry(key).or_default();
            if !groups.contains(&card.group) {
                groups.push(card.group.clone());
            }
        }
        self.cards.insert(card.group.clone(), card);
    }
}

/// When two groups absorbed each other in one batch, the canonical one is written.
fn one_of_each(mut works: Vec<Work>) -> Vec<Work> {
    works.sort_by_cached_key(canonical_first);
    let mut gone: Vec<String> = Vec::new();
    works.retain(|work| {
        if gone.contains(&work.group) {
            return false;
        }
        gone.extend(work.absorbed.iter().cloned());
        true
    });
    works
}

/// The id without unknown authority is canonical, else the smaller one (contract: Identity).
fn canonical_first(work: &Work) -> (bool, String) {
    let own = work.texts.iter().find(|text| text.group() == work.group);
    let known = own.is_some_and(|text| identity::authority_key(&text.put.document) != "?");
    (!known, work.group.clone())
}

fn gone(group: &str) -> Projection {
    Projection {
        group: group.to_string(),
        keys: Vec::new(),
        card: String::new(),
        links: String::new(),
        entries: Vec::new(),
    }
}

fn projection(work: &Work, clusters: &[Cluster], outside: Outside, node: &str) -> (Card, Projection) {
    let (mut repeals, mut amendments) = (Vec::new(), Vec::new());
    let standing = acts::relations(&work.acts, node);
    let mut aliases: Vec<String> = work.absorbed.clone();
    let issued = |act: &Relate, id: &DocumentId| {
        let mut texts = work.texts.iter().filter(|text| is_of(text, group_of(id.as_str())));
        is_own(act, node) || texts.any(|text| reaches(act.node.as_deref(), &text.put.origin, node))
    };
    let same = |act: &&&Relate| {
        act.relation == RelationKind::SameAs && [&act.id, &act.target].iter().all(|id| issued(act, id))
    };
    for act in standing.iter().filter(same) {
        aliases.extend([&act.id, &act.target].map(|id| group_of(id.as_str()).to_string()));
    }
    aliases.retain(|alias| *alias != work.group);
    aliases.sort();
    aliases.dedup();
    let is_here = |id: &str| group_of(id) == work.group || aliases.iter().any(|alias| alias == group_of(id));
    // Nothing repeals or amends itself, under whatever id.
    for act in standing.into_iter().filter(|act| is_here(act.target.as_str()) && !is_here(act.id.as_str())) {
        let list = match act.relation {
            RelationKind::Repeals => &mut repeals,
            RelationKind::Amends => &mut amendments,
            _ => continue,
        };
        let targets = match is_own(act, node) {
            true => vec![act.target.0.clone()],
            false => issued_versions(work, clusters, act, node),
        };
        let access = act.access.unwrap_or(Access::Public);
        let related = |target| (target, act.on, act.proof.clone(), act.id.0.clone(), access);
        list.extend(targets.into_iter().map(related));
    }
    let places = work.acts.iter().map(|(place, _)| *place).collect();
    let (withdrawn, redacted) = (work.gone.clone(), work.redacted.clone());
    let acts = Acts { places, repeals, amendments, outside, aliases, withdrawn, redacted };
    group::project(&work.group, &work.texts, clusters, &acts)
}
