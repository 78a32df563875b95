//! The card of a group: what is known of an instrument (or case) without reading the journal, kept by the index.

use super::projector::group_of;
use crate::citation::formal;
use crate::citation::names::number_key;
use crate::corpus::record::Redact;
use crate::corpus::{Place, Put};
use crate::index::{GroupHead, VersionHead};
use crate::law::versions::{self, Proofs};
use crate::law::{Access, Document, Event, EventKind, Interval, Kind, identity};
use crate::query::Scope;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Everything known of one instrument with all its versions, or of one case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// Canonical instrument id, or case id.
    pub group: String,
    /// Folded title, the key under which namesakes are found.
    pub title: String,
    /// Head of the newest version.
    pub head: GroupHead,
    /// Head of the newest version that wider circles see, where that is another one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub heads: Vec<(Access, GroupHead)>,
    /// Instrument ids that proved to be this one.
    pub aliases: Vec<String>,
    /// Versions, newest first; a case has one.
    pub versions: Vec<CardVersion>,
    /// Places of the acts (`correct relate withdraw`) that concern it.
    pub acts: Vec<Place>,
    /// Texts that were withdrawn and have not come again: the same content is not taken in again by itself.
    pub withdrawn: Vec<WithdrawnText>,
    /// Tombstones of its documents: what was recorded of them before is gone, and is not taken in again by itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub redacted: Vec<Redact>,
    /// What the texts of other instruments say of it that its intervals rest on, to know whether that is still so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outside: Vec<String>,
}

/// A text that was withdrawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithdrawnText {
    /// Document id.
    pub id: String,
    /// Who could read it.
    pub access: Access,
    /// The only origin from which it was withdrawn; `None` where the document was, whoever brings it.
    pub origin: Option<String>,
    /// Digest of the document.
    pub digest: String,
}

impl WithdrawnText {
    /// Whether a record has the same content, whatever its access, from a source from which it was withdrawn.
    pub fn is(&self, put: &Put) -> bool {
        let base = |origin: &str| base_origin(origin) == base_origin(&put.origin);
        let with = |access| Put::digest_of(&Document { access, ..put.document.clone() }) == self.digest;
        let same = || self.digest == put.digest || with(Some(self.access)) || with(None);
        self.origin.as_deref().is_none_or(base) && same()
    }
}

/// The origin without the number of a further text: `local/lawrefbook+2` → `local/lawrefbook`.
pub fn base_origin(origin: &str) -> &str {
    origin.rsplit_once('+').map_or(origin, |(base, _)| base)
}

/// One version, or the one text of a case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CardVersion {
    /// Canonical key; `-` for a case.
    pub key: String,
    /// `{instrument}@{version}`, or the case id.
    pub id: String,
    /// Every other id under which it was ever shown.
    pub aliases: Vec<String>,
    /// In force between.
    pub interval: Interval,
    /// What both bounds rest on.
    #[serde(default)]
    pub proofs: Proofs,
    /// Promulgation, else adoption, else decision date.
    pub dated: Option<Date>,
    /// Who may read it.
    pub access: Access,
    /// Departments that may read it when restricted.
    pub departments: Vec<String>,
    /// What happened to it.
    pub events: Vec<Event>,
    /// Instruments that its text repeals.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repeals: Vec<TitleAct>,
    /// Instruments that its text amends.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub amends: Vec<TitleAct>,
    /// Instruments whose validity its text extends.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extends: Vec<TitleAct>,
    /// Instruments that its text suspends.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suspends: Vec<TitleAct>,
    /// Digest of the first articles of its text ([`versions::opening`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opening: Option<String>,
    /// Disagreements and doubts, in Chinese.
    pub remarks: Vec<String>,
    /// Its records, preferred first.
    pub records: Vec<CardRecord>,
}

/// What the text of a version does to another instrument: it repeals or amends it, or extends its validity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TitleAct {
    /// Folded title of the other.
    pub title: String,
    /// Key of the provision that says so; empty when the document's title does.
    pub provision: String,
    /// The sentence.
    pub quote: String,
}

impl TitleAct {
    /// Id of what says so: the provision, else the version.
    pub fn said_in(&self, version: &str) -> String {
        match self.provision.as_str() {
            "" => version.to_string(),
            provision => identity::provision_id(version, provision).0,
        }
    }
}

/// What the day of a promulgation is called.
pub const PROMULGATED: &str = "公布日期";

/// One record behind a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardRecord {
    /// Document id as recorded.
    pub id: String,
    /// Origin.
    pub origin: String,
    /// Where it stands in the journal.
    pub place: Place,
    /// Digest of the document.
    pub digest: String,
    /// Path of the file it came from.
    pub path: Option<String>,
    /// Who may read it.
    pub access: Access,
    /// How many provisions differ from the text shown.
    pub differing: u64,
    /// Articles (第X条) in it.
    pub articles: u64,
}

impl CardVersion {
    /// What the day by which it is dated is, as far as a text or a source tells of an event on it.
    pub fn dated_as(&self) -> Option<(&'static str, Date)> {
        const NAMES: [(EventKind, &str); 5] = [
            (EventKind::Promulgated, PROMULGATED),
            (EventKind::Revised, "修订日期"),
            (EventKind::Amended, "修正日期"),
            (EventKind::Approved, "批准日期"),
            (EventKind::Adopted, "通过日期"),
        ];
        let dated = self.dated?;
        let is = |kind: EventKind| self.events.iter().any(|event| (event.kind, event.date) == (kind, dated));
        let name = NAMES.iter().find(|(kind, _)| is(*kind)).map_or("日期（来源所载）", |(_, name)| name);
        Some((name, dated))
    }

    /// Whether its text is not the first one: a change is told of, or its first day is that of one.
    pub fn is_changed(&self) -> bool {
        let begun = self
            .proofs
            .from
            .as_ref()
            .is_some_and(|proof| proof.event != EventKind::Adopted && proof.event.changes_text());
        begun || formal::last_change(&self.events).is_some()
    }

    /// The day of the change that made its text, where only the date of its source tells of it: what its events tell is of the
    /// text before.
    pub fn changed_untold(&self) -> Option<Date> {
        self.proofs.from.as_ref().filter(|proof| proof.is_of_later_text()).map(|proof| proof.date)
    }

    /// The last change of its text; `None` if it was only made, or if nobody tells of the change.
    pub fn last_change(&self) -> Option<(Date, EventKind)> {
        formal::last_change(&self.events).filter(|_| self.changed_untold().is_none())
    }

    /// The day from which it repeals what a sentence of it names: by its words ([`versions::repeal_day`]), else the first day in
    /// force that it tells, else that of its making. `None` if the first day is one that nobody can count.
    pub fn repeals_from(&self, sentence: &str) -> Option<Date> {
        if let Some(day) = versions::repeal_day(sentence, &self.events) {
            return Some(day.date);
        }
        if versions::is_repeal_uncounted(sentence, &self.events) {
            return None;
        }
        let told = self.events.iter().filter(|event| event.kind == EventKind::Effective).map(|event| event.date).min();
        told.into_iter().chain(self.interval.effective_from).min().or(self.dated)
    }

    /// The keys of what its text repeals, amends, extends and suspends.
    pub fn acts_on(&self) -> impl Iterator<Item = String> {
        // Who repeals 关于印发〈…〉的通知 repeals what it carries.
        let carried = |repeal: &TitleAct| identity::promulgated(&repeal.title).map(repeal_key);
        let repeals =
            self.repeals.iter().flat_map(move |repeal| [Some(repeal_key(&repeal.title)), carried(repeal)]).flatten();
        let amends = self.amends.iter().map(|act| amend_key(&act.title));
        let suspends = self.suspends.iter().map(|act| suspend_key(&act.title));
        repeals.chain(amends).chain(self.extends.iter().map(|act| extend_key(&act.title))).chain(suspends)
    }

    /// The head of its provisions and of its page.
    pub fn head(&self) -> VersionHead {
        // Its readers need not see every text of it.
        let seen = self.records.iter().filter(|record| record.access <= self.access);
        let mut origins: Vec<String> = seen.map(|record| record.origin.clone()).collect();
        origins.dedup();
        VersionHead { key: self.key.clone(), id: self.id.clone(), interval: self.interval, dated: self.dated, origins }
    }
}

impl Card {
    /// What an access sees of it; `None` if that is nothing. What stands only in hidden texts is gone: versions, records, the ids
    /// under which they were known, the head.
    pub fn seen_by(mut self, scope: impl Into<Scope>) -> Option<Card> {
        let scope = scope.into();
        // Of what is restricted to several circles a member of one sees all or nothing: no version shows that there are others.
        let mut restricted = self.versions.iter().filter(|version| version.access > scope.access).peekable();
        let access = match restricted.peek().is_some()
            && restricted.all(|version| scope.sees(version.access, &version.departments))
        {
            true => Access::Restricted,
            false => scope.access,
        };
        let hidden: Vec<String> = self.records().filter(|(_, record)| record.access > access).map(id_of).collect();
        if hidden.is_empty() && self.versions.iter().all(|version| version.access <= access) {
            return (!self.versions.is_empty()).then_some(self);
        }
        self.versions.retain(|version| version.access <= access);
        for version in &mut self.versions {
            version.records.retain(|record| record.access <= access);
            let left: Vec<&str> = version.records.iter().map(|record| record.id.as_str()).collect();
            version.aliases.retain(|alias| left.contains(&alias.as_str()) || !hidden.contains(alias));
        }
        let left: Vec<String> = self.records().map(id_of).collect();
        let of_group = |ids: &[String], alias: &str| ids.iter().any(|id| group_of(id) == alias);
        self.aliases.retain(|alias| of_group(&left, alias) || !of_group(&hidden, alias));
        if let Some(at) = self.heads.iter().position(|(circle, _)| *circle == access) {
            self.head = self.heads.swap_remove(at).1;
            self.title = identity::folded_title(&self.head.title);
        }
        self.heads.clear();
        (!self.versions.is_empty()).then_some(self)
    }

    /// Whether an id of an instrument or of one of its versions leads here.
    pub fn is_called(&self, id: &str) -> bool {
        !id.contains('@') || self.version(id).is_some()
    }

    /// Whether an instrument id proved to be this one.
    pub fn is_alias(&self, group: &str) -> bool {
        self.aliases.iter().any(|alias| alias == group)
    }

    /// Whether what came is what was redacted, or may hold it: another text of a document of which something was.
    pub fn was_redacted(&self, put: &Put) -> bool {
        let mut of_it = self.redacted.iter().filter(|act| act.id == put.id).peekable();
        of_it.peek().is_some() && of_it.all(|act| act.digest != put.digest)
    }

    /// Its 文号 as a text names it that tells no title ([`number_key`]).
    pub fn number(&self) -> Option<String> {
        self.head.document_number.as_deref().map(number_key).filter(|number| !number.is_empty())
    }

    /// Every key under which it is found.
    pub fn keys(&self) -> Vec<String> {
        let mut keys = vec![self.group.clone()];
        if self.head.kind != Kind::Case {
            keys.extend([title_key(&self.title), title_key(&identity::namesake_title(&self.title))]);
            keys.extend(identity::promulgated(&self.title).map(carried_key));
            // What repeals it may name its number alone.
            keys.extend(self.number().map(|number| carried_key(&number)));
            keys.extend(self.versions.iter().filter_map(|version| version.opening.as_deref()).map(opening_key));
        }
        keys.extend(self.aliases.iter().cloned());
        keys.extend(self.withdrawn.iter().map(|gone| gone.id.clone()));
        keys.extend(self.redacted.iter().map(|act| act.id.0.clone()));
        for version in &self.versions {
            keys.extend(version.acts_on());
            keys.push(version.id.clone());
            keys.extend(version.aliases.iter().cloned());
            keys.extend(version.records.iter().map(|record| record.id.clone()));
        }
        keys.sort();
        keys.dedup();
        keys
    }

    /// All records with their versions.
    pub fn records(&self) -> impl Iterator<Item = (&CardVersion, &CardRecord)> {
        self.versions.iter().flat_map(|version| version.records.iter().map(move |record| (version, record)))
    }

    /// How many documents it stands for: the texts of one version are one, whatever ids they were recorded under before a
    /// better date became known.
    pub fn documents(&self) -> u64 {
        self.versions.len() as u64
    }

    /// The version that an id names, canonical or not.
    pub fn version(&self, id: &str) -> Option<&CardVersion> {
        let known = |version: &&CardVersion| {
            version.aliases.iter().any(|alias| alias == id) || version.records.iter().any(|record| record.id == id)
        };
        // What is an old name of one version may by now be the name of another.
        let named = self.versions.iter().find(|version| version.id == id);
        named.or_else(|| self.versions.iter().find(known))
    }
}

fn id_of((_, record): (&CardVersion, &CardRecord)) -> String {
    record.id.clone()
}

/// The key under which the groups are found whose texts repeal a title, however it is spelled.
pub fn repeal_key(folded_title: &str) -> String {
    format!("repeals:{}", identity::namesake_title(folded_title))
}

/// The key under which the groups are found whose texts amend a title.
pub fn amend_key(folded_title: &str) -> String {
    format!("amends:{}", identity::namesake_title(folded_title))
}

/// The key under which the groups are found whose texts extend the validity of a title.
pub fn extend_key(folded_title: &str) -> String {
    format!("extends:{}", identity::namesake_title(folded_title))
}

/// The key under which the groups are found whose texts suspend a title.
pub fn suspend_key(folded_title: &str) -> String {
    format!("suspends:{}", identity::namesake_title(folded_title))
}

/// The key under which the groups of one title are found.
pub fn title_key(folded_title: &str) -> String {
    format!("title:{folded_title}")
}

/// The key under which the notices are found that carry the text of a title ([`identity::promulgated`]).
pub fn carried_key(folded_title: &str) -> String {
    format!("carries:{}", identity::namesake_title(folded_title))
}

/// The key under which the groups are found whose texts begin with the same articles.
pub fn opening_key(digest: &str) -> String {
    format!("opens:{digest}")
}
