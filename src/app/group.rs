//! From the records of one instrument (or case) to what the index holds of it: versions, intervals, provisions, card.

mod complete;
mod impossible;
mod outside;
mod renewed;
mod timeline;

use super::card::{Card, CardRecord, CardVersion, WithdrawnText};
use super::corrections::Revised;
use super::links::stored;
use super::sources;
use crate::corpus::record::Redact;
use crate::corpus::{Place, Put};
use crate::index::{Entry, GroupHead, Projection};
use crate::law::event::EventSource;
use crate::law::versions::{self, Proofs, Untold, Verdict, VersionFacts, VersionInput};
use crate::law::{self, Access, Block, CaseKind, Event, EventKind, Interval, Kind, Structure, identity};
pub use impossible::{TO_CHECK, other_text};
use jiff::civil::Date;
pub use outside::{Outside, Told, ToldExtension, ToldFirstDay, ToldSuspension};

/// A record with all that the pure rooms read from it.
#[derive(Debug, Clone)]
pub struct Text {
    /// Where it is recorded; not yet known while it is being imported.
    pub place: Option<Place>,
    /// The record, a person's corrections applied to its document.
    pub put: Put,
    /// Its structure.
    pub structure: Structure,
    /// Its events.
    pub events: Vec<Event>,
    /// What decides whether two texts are one version.
    pub facts: VersionFacts,
}

impl Text {
    /// Reads a record.
    pub fn read(place: Option<Place>, put: Put) -> Self {
        Self::revised(place, Revised { put, corrections: Vec::new() })
    }

    /// Reads a record that persons corrected.
    pub fn revised(place: Option<Place>, revised: Revised) -> Self {
        let fields = revised.fields();
        let put = revised.put;
        let structure = law::structure::parse(&put.document);
        let events = law::history::events_with(&put.document, &structure, &fields);
        let facts = VersionFacts::of(&put.document, &structure, &events);
        Text { place, put, structure, events, facts }
    }

    /// Who may read it.
    pub fn access(&self) -> Access {
        self.put.document.access.unwrap_or_default()
    }

    /// The group it belongs to: its instrument, or the case itself.
    pub fn group(&self) -> &str {
        self.put.instrument.as_ref().map_or(self.put.id.as_str(), |id| id.as_str())
    }

    fn is_case(&self) -> bool {
        self.put.document.kind == Kind::Case
    }
}

/// The place of a text that is not recorded; nothing is ever read there.
const NOWHERE: Place = Place { segment: 0, frame: 0, line: 0 };

/// Texts that are one version, preferred first; one that lacks articles stands behind one that has them.
#[derive(Debug, Clone)]
pub struct Cluster {
    /// Canonical key; `-` for a case.
    pub key: String,
    /// Positions among the texts.
    pub members: Vec<usize>,
    /// Chinese remarks on doubts.
    pub doubts: Vec<String>,
    /// The change that made it, where only the history of another version tells of it.
    pub untold: Option<Untold>,
}

/// Which texts are one version (contract: One version or two), and how each version is called.
///
/// The answer depends on the texts and the order in which they were recorded, never on the order of the slice.
pub fn cluster(texts: &[Text], own_node: &str) -> Vec<Cluster> {
    let mut order: Vec<usize> = (0..texts.len()).collect();
    let rank = |at: &usize| {
        let put = &texts[*at].put;
        (texts[*at].access(), sources::preference(&put.origin, own_node), put.origin.clone(), put.id.clone())
    };
    order.sort_by_cached_key(rank);
    let mut clusters: Vec<Cluster> = Vec::new();
    for at in order {
        place(texts, &mut clusters, at);
    }
    clusters.iter_mut().for_each(|cluster| complete::complete_first(texts, cluster));
    date(texts, &mut clusters);
    name(texts, &mut clusters);
    doubt(texts, &mut clusters);
    clusters
}

/// A text of which nothing tells what made it stands as a version of its own beside others: that is a doubt, and said.
fn doubt(texts: &[Text], clusters: &mut [Cluster]) {
    let nameless = |cluster: &Cluster| cluster.key.starts_with("u-");
    let found: Vec<Option<String>> = clusters
        .iter()
        .map(|cluster| {
            let own = &texts[cluster.members[0]];
            let others = clusters.iter().filter(|other| other.key != cluster.key && !nameless(other));
            let others = others.filter(|other| texts[other.members[0]].access() <= own.access());
            let differing = |other: &Cluster| versions::differences(&texts[other.members[0]].facts, &own.facts).len();
            let (differing, nearest) = others.map(|other| (differing(other), &other.key)).min()?;
            let remark = format!(
                "来源未载是何时的文本：与{nearest}的文本有{differing}处不同，可能是另一版本，也可能是同一版本的讹误，时效存疑"
            );
            nameless(cluster).then_some(remark)
        })
        .collect();
    for (cluster, remark) in clusters.iter_mut().zip(found) {
        cluster.doubts.extend(remark);
    }
}

fn place(texts: &[Text], clusters: &mut Vec<Cluster>, at: usize) {
    let mut doubts = Vec::new();
    for cluster in clusters.iter_mut() {
        if texts[at].is_case() {
            cluster.members.push(at);
            return;
        }
        let known = cluster.members.iter().map(|member| &texts[*member].facts);
        match versions::same_as_any(known, &texts[at].facts) {
            Verdict::Same(_) => {
                cluster.members.push(at);
                return;
            }
            Verdict::Different => {}
            Verdict::Doubtful(reason) => doubts.push(reason),
        }
    }
    clusters.push(Cluster { key: String::new(), members: vec![at], doubts, untold: None });
}

/// Finds what made each version where only others tell of it, as far as its own readers see them.
fn date(texts: &[Text], clusters: &mut [Cluster]) {
    let access = |cluster: &Cluster| texts[cluster.members[0]].access();
    let found: Vec<Option<Untold>> = (0..clusters.len())
        .map(|at| {
            let own = access(&clusters[at]);
            let seen: Vec<usize> = (0..clusters.len()).filter(|other| access(&clusters[*other]) <= own).collect();
            if seen.len() < 2 || texts[clusters[at].members[0]].is_case() {
                return None;
            }
            let inputs: Vec<VersionInput<'_>> =
                seen.iter().map(|other| timeline::input(texts, &clusters[*other].members, own)).collect();
            let place = seen.iter().position(|other| *other == at)?;
            versions::untold(&inputs).swap_remove(place)
        })
        .collect();
    for (cluster, untold) in clusters.iter_mut().zip(found) {
        cluster.untold = untold;
    }
}

/// Gives each version its key: the best that one of its texts gives; versions of one day count on in the order recorded.
fn name(texts: &[Text], clusters: &mut [Cluster]) {
    for cluster in clusters.iter_mut() {
        cluster.key = match &cluster.untold {
            Some(untold) => untold.act.key_date().to_string(),
            None => best_key(texts, &cluster.members),
        };
    }
    let mut order: Vec<usize> = (0..clusters.len()).collect();
    // What fewer people see counts on behind what more people see, whenever it was recorded.
    let seen = |at: usize| seen_beside(texts, &clusters[at].members);
    let first =
        |at: usize| (texts[clusters[at].members[0]].access(), seen(at).map(|member| recorded(&texts[member])).min());
    order.sort_by_cached_key(|at| first(*at));
    let mut taken: Vec<String> = Vec::new();
    for at in order {
        let base = clusters[at].key.clone();
        let same = taken.iter().filter(|key| **key == base).count();
        if same > 0 {
            clusters[at].key = format!("{base}-{}", same + 1);
        }
        taken.push(base);
    }
}

/// Those of the texts of a version that all readers of the text shown see.
pub fn seen_beside<'a>(texts: &'a [Text], members: &'a [usize]) -> impl Iterator<Item = usize> + 'a {
    let shown = texts[members[0]].access();
    members.iter().copied().filter(move |at| texts[*at].access() <= shown)
}

/// Order of recording; what is being imported comes last.
fn recorded(text: &Text) -> (bool, Option<Place>) {
    (text.place.is_none(), text.place)
}

fn best_key(texts: &[Text], members: &[usize]) -> String {
    if texts[members[0]].is_case() {
        return "-".to_string();
    }
    let keys = seen_beside(texts, members).map(|at| {
        let text = &texts[at];
        let key = identity::version_key(&text.put.document, &text.events).0;
        (!key.starts_with("u-"), text.events.iter().any(|event| event.kind.changes_text()), key)
    });
    // Of several dates of one version the latest: promulgation follows adoption.
    keys.max().map(|(_, _, key)| key).unwrap_or_default()
}

/// The id of a version.
pub fn version_id(group: &str, key: &str) -> String {
    if key == "-" { group.to_string() } else { format!("{group}@{key}") }
}

/// A relation that a person recorded: the version it acts on (or the group for all), from which day, the evidence, who acts,
/// who may know of it.
pub type Related = (String, Option<Date>, String, String, Access);

/// What is known beside the texts.
pub struct Acts {
    /// Places of the acts that concern the group.
    pub places: Vec<Place>,
    /// Repeals that persons recorded.
    pub repeals: Vec<Related>,
    /// The same of amendments.
    pub amendments: Vec<Related>,
    /// What the texts of other instruments say.
    pub outside: Outside,
    /// Instrument ids that proved to be this group.
    pub aliases: Vec<String>,
    /// Texts that were withdrawn.
    pub withdrawn: Vec<WithdrawnText>,
    /// Documents of which something was redacted.
    pub redacted: Vec<Redact>,
}

/// The projection of a group. Every text has a place.
pub fn project(group: &str, texts: &[Text], clusters: &[Cluster], acts: &Acts) -> (Card, Projection) {
    let mut versions: Vec<(CardVersion, Vec<usize>)> =
        clusters.iter().map(|cluster| (card_version(group, texts, cluster), cluster.members.clone())).collect();
    versions.sort_by(|(a, _), (b, _)| (b.dated, &b.key).cmp(&(a.dated, &a.key)));
    let linked: Vec<(String, &Cluster)> =
        clusters.iter().map(|cluster| (version_id(group, &cluster.key), cluster)).collect();
    let links = stored::links(texts, &linked);
    // A draft does nothing yet.
    let is_draft =
        |members: &[usize]| members.iter().any(|at| law::versions::draft_of(&texts[*at].put.document).is_some());
    for (version, _) in versions.iter_mut().filter(|(_, members)| !is_draft(members)) {
        version.repeals = links.repeals(&version.id);
        version.amends = links.amends(&version.id);
        version.extends = links.extends(&version.id);
        version.suspends = links.suspends(&version.id);
    }
    timeline::place(texts, &mut versions, acts, group);
    for (version, _) in &mut versions {
        version.dated = version.changed_untold().or(version.dated);
    }
    let heads: Vec<GroupHead> = versions.iter().map(|(_, members)| joint_head(group, texts, members)).collect();
    let mut entries = Vec::new();
    for ((version, members), head) in versions.iter().zip(&heads) {
        push_entries(&mut entries, &texts[members[0]], version, head);
    }
    let card = Card {
        group: group.to_string(),
        title: heads.first().map(|head| identity::folded_title(&head.title)).unwrap_or_default(),
        heads: wider_heads(&versions, &heads),
        head: heads.into_iter().next().unwrap_or_else(|| empty_head(group)),
        aliases: acts.aliases.clone(),
        versions: versions.into_iter().map(|(version, _)| version).collect(),
        acts: acts.places.clone(),
        withdrawn: acts.withdrawn.clone(),
        redacted: acts.redacted.clone(),
        outside: acts.outside.shown(),
    };
    let text = serde_json::to_string(&card).unwrap_or_default();
    let links = serde_json::to_string(&links).unwrap_or_default();
    let keys = if card.versions.is_empty() && acts.places.is_empty() { Vec::new() } else { card.keys() };
    (card, Projection { group: group.to_string(), keys, card: text, links, entries })
}

/// The heads of what wider circles take for the newest version, where that is another one.
fn wider_heads(versions: &[(CardVersion, Vec<usize>)], heads: &[GroupHead]) -> Vec<(Access, GroupHead)> {
    let newest = |circle: Access| {
        let at = versions.iter().position(|(version, _)| version.access <= circle).filter(|at| *at > 0)?;
        Some((circle, heads.get(at)?.clone()))
    };
    [Access::Public, Access::Internal].into_iter().filter_map(newest).collect()
}

fn empty_head(group: &str) -> GroupHead {
    GroupHead {
        id: group.to_string(),
        title: String::new(),
        kind: Kind::Normative,
        level: None,
        case_kind: None,
        issuer: None,
        region: None,
        document_number: None,
        subject: None,
        case: None,
    }
}

/// The head of a group as one of its texts states it.
pub fn head(group: &str, text: &Text) -> GroupHead {
    let document = &text.put.document;
    let record = law::case_record::read(document);
    let read = |value: Option<&law::case_fields::Read<String>>| value.map(|read| read.value.clone());
    // Of a typical case the organ that it names may be the one that was wrong.
    let decides = document.case_kind.is_some_and(|kind| kind != CaseKind::TypicalCase);
    let authority = record.as_ref().filter(|_| decides).and_then(|record| read(record.fields.authority.as_ref()));
    GroupHead {
        id: group.to_string(),
        title: document.title.clone(),
        kind: document.kind,
        level: document.level,
        case_kind: document.case_kind,
        issuer: document.issuer.clone().or(authority),
        region: document.region.clone().or_else(|| read(record.as_ref()?.fields.region.as_ref())),
        document_number: document.document_number.clone().or_else(|| document.case_number.clone()),
        subject: document.subject.clone(),
        case: record.map(|record| Box::new(record.facts())),
    }
}

/// The head of a version: what the text shown states, completed from other texts of it that its readers see.
fn joint_head(group: &str, texts: &[Text], members: &[usize]) -> GroupHead {
    let shown = &texts[members[0]];
    let mut joint = head(group, shown);
    for other in members.iter().skip(1).map(|at| &texts[*at]).filter(|text| text.access() <= shown.access()) {
        let other = head(group, other);
        if joint.level.is_none() && other.level.is_some() {
            (joint.level, joint.kind) = (other.level, other.kind);
        }
        joint.issuer = joint.issuer.or(other.issuer);
        joint.region = joint.region.or(other.region);
        joint.document_number = joint.document_number.or(other.document_number);
        joint.subject = joint.subject.or(other.subject);
    }
    joint
}

fn card_version(group: &str, texts: &[Text], cluster: &Cluster) -> CardVersion {
    let shown = &texts[cluster.members[0]];
    let id = version_id(group, &cluster.key);
    // What a narrower scope sees must not change what a wider one gets.
    let seen = || cluster.members.iter().map(|at| &texts[*at]).filter(|text| text.access() <= shown.access());
    let mut events: Vec<Event> = Vec::new();
    let untold = cluster.untold.iter().flat_map(|untold| &untold.events);
    let mut all: Vec<&Event> = seen().flat_map(|text| &text.events).chain(untold).collect();
    // What a person says stands for what others say of the same day.
    all.sort_by_key(|event| event.source != EventSource::Correction);
    for event in all {
        if !events.iter().any(|known| (known.kind, known.date) == (event.kind, event.date)) {
            events.push(event.clone());
        }
    }
    events.sort_by_key(|event| event.date);
    let records = cluster.members.iter().map(|at| card_record(shown, &texts[*at])).collect();
    let mut aliases: Vec<String> = cluster.members.iter().map(|at| texts[*at].put.id.0.clone()).collect();
    if cluster.untold.is_some() {
        // What it is called where nobody tells of the change.
        aliases.push(version_id(group, &best_key(texts, &cluster.members)));
    }
    aliases.retain(|alias| *alias != id);
    aliases.sort();
    aliases.dedup();
    let mut remarks = remarks(seen(), &cluster.doubts);
    remarks.extend(complete::differing(shown, seen().skip(1)));
    CardVersion {
        dated: dated(shown, &cluster.key, &events),
        id,
        key: cluster.key.clone(),
        aliases,
        interval: Interval::default(),
        proofs: Proofs::default(),
        access: shown.access(),
        departments: shown.put.document.departments.clone(),
        events,
        repeals: Vec::new(),
        amends: Vec::new(),
        extends: Vec::new(),
        suspends: Vec::new(),
        opening: versions::opening(&shown.put.document.text, &shown.structure),
        remarks,
        records,
    }
}

/// The doubts of a version, and where its history speaks of another title.
fn remarks<'a>(texts: impl Iterator<Item = &'a Text>, doubts: &[String]) -> Vec<String> {
    let mut remarks = doubts.to_vec();
    for text in texts {
        if let Some(other) = law::history::other_title(&text.put.document) {
            let title = &text.put.document.title;
            let remark = format!("题注所载决定修改的是《{other}》，与标题《{title}》不同：可能曾更名，也可能标题有误");
            if !remarks.contains(&remark) {
                remarks.push(remark);
            }
        }
    }
    remarks
}

fn card_record(shown: &Text, text: &Text) -> CardRecord {
    let differing = versions::differences(&shown.facts, &text.facts).len() as u64;
    CardRecord {
        id: text.put.id.0.clone(),
        origin: text.put.origin.clone(),
        place: text.place.unwrap_or(NOWHERE),
        digest: text.put.digest.clone(),
        path: text.put.path.clone(),
        access: text.access(),
        differing,
        articles: text.structure.article_count() as u64,
    }
}

/// The date by which a version is sorted: that of its key, else the best date stated.
fn dated(text: &Text, key: &str, events: &[Event]) -> Option<Date> {
    let document = &text.put.document;
    if text.is_case() {
        let read = || law::case_record::read(document)?.fields.decided_on.map(|read| read.value);
        return document
            .decided_on
            .or_else(read)
            .or(document.promulgation_date)
            .or(document.written_date)
            .or(document.source_date);
    }
    let of_key = key.get(..10).and_then(|date| date.parse().ok());
    let promulgated = || events.iter().rfind(|event| event.kind == EventKind::Promulgated).map(|event| event.date);
    of_key.or_else(promulgated).or(document.written_date).or(document.source_date)
}

/// Text of a heading block as people read it: without heading marks and surrounding white space.
pub fn heading_text<'a>(text: &'a str, block: &Block) -> &'a str {
    text.get(block.span.clone()).unwrap_or_default().trim().trim_start_matches('#').trim()
}

fn push_entries(entries: &mut Vec<Entry>, text: &Text, version: &CardVersion, head: &GroupHead) {
    let body = &text.put.document.text;
    let version_head = version.head();
    for (ordinal, (provision, span)) in text.structure.provisions().enumerate() {
        let path = provision.headings.iter().filter_map(|at| text.structure.blocks.get(*at));
        entries.push(Entry {
            id: identity::provision_id(&version.id, &provision.key).0,
            ordinal: u32::try_from(ordinal).unwrap_or(u32::MAX),
            kind: provision.kind,
            label: provision.label.clone(),
            path: path.map(|block| heading_text(body, block).to_string()).collect(),
            text: body.get(span.clone()).unwrap_or_default().trim().to_string(),
            group: head.clone(),
            version: version_head.clone(),
            access: version.access,
            departments: version.departments.clone(),
        });
    }
}

/// Chinese messages of what was not understood in a text.
pub fn issues(structure: &Structure) -> Vec<String> {
    structure.issues.iter().map(|issue| issue.message.clone()).collect()
}
