//! What the index keeps of the citations of a group: read from its texts alone, resolved only when somebody asks, so that
//! the order of imports cannot matter.

use crate::app::card::TitleAct;
use crate::app::group::{Cluster, Text, heading_text, other_text, seen_beside};
use crate::app::read::trimmed;
use crate::citation::relations::{self, Relation, RelationKind};
use crate::citation::{self, Bare, Beside, Change, Mention, Place, Role, Shape, Target, VersionNote};
use crate::law::{Access, BlockKind, Document, Kind, ProvisionKind, Structure, case_fields, identity};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// The citations of all versions of an instrument, or of a case.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct GroupLinks {
    /// Folded titles of its texts, each with who may read it.
    pub titles: Vec<(Access, String)>,
    /// Numbers of its texts as stated, each with who may read it.
    pub numbers: Vec<(Access, String)>,
    /// Its versions.
    pub versions: Vec<VersionLinks>,
}

impl GroupLinks {
    /// Those of the titles or numbers that an access sees.
    pub fn seen(list: &[(Access, String)], access: Access) -> impl Iterator<Item = &String> {
        list.iter().filter(move |(circle, _)| *circle <= access).map(|(_, value)| value)
    }

    /// What the text of a version repeals, with what bore its own title before.
    pub fn repeals(&self, version: &str) -> Vec<TitleAct> {
        let of = self.versions.iter().filter(|links| links.id == version).flat_map(|links| &links.former);
        self.done(version, RelationKind::Repeals).into_iter().chain(of.map(act)).collect()
    }

    /// What the text of a version amends.
    pub fn amends(&self, version: &str) -> Vec<TitleAct> {
        self.done(version, RelationKind::Amends)
    }

    /// What the text of a version extends the validity of.
    pub fn extends(&self, version: &str) -> Vec<TitleAct> {
        self.done(version, RelationKind::Extends)
    }

    /// What the text of a version suspends.
    pub fn suspends(&self, version: &str) -> Vec<TitleAct> {
        let of = self.versions.iter().filter(|links| links.id == version).flat_map(|links| &links.suspends);
        of.map(act).collect()
    }

    fn done(&self, version: &str, kind: RelationKind) -> Vec<TitleAct> {
        let of = self.versions.iter().filter(|links| links.id == version).flat_map(|links| &links.relations);
        let done = of.filter(|stated| stated.kind == kind_name(kind));
        done.map(act).collect()
    }
}

fn act(stated: &Stated) -> TitleAct {
    TitleAct { title: stated.title.clone(), provision: stated.provision.clone(), quote: stated.quote.clone() }
}

/// The citations of one version: those of the text shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionLinks {
    /// `{instrument}@{version}`, or the case id.
    pub id: String,
    /// Its numbers: stated, or alone in a line at its head.
    #[serde(rename = "n", default, skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<String>,
    /// Its headings as written, each with the key of the first provision below it.
    #[serde(rename = "h", default, skip_serializing_if = "Vec::is_empty")]
    pub headings: Vec<(String, String)>,
    /// Its provisions.
    pub shape: Shape,
    /// What it cites beside itself.
    pub cites: Vec<Cite>,
    /// What it says it does to others.
    pub relations: Vec<Stated>,
    /// How it repeals what bore its own title before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<Stated>,
    /// What it suspends.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suspends: Vec<Stated>,
}

/// One citation of another instrument.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cite {
    /// Key of the provision in which it stands.
    #[serde(rename = "p")]
    pub provision: String,
    /// Bytes of the text of the provision as the index holds it.
    #[serde(rename = "s")]
    pub span: Range<usize>,
    /// Bytes of the name in it.
    #[serde(rename = "n")]
    pub name: Range<usize>,
    /// What is cited.
    #[serde(rename = "t")]
    pub target: Target,
    /// Which provision of it.
    #[serde(rename = "l", default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// The version it says it means.
    #[serde(rename = "v", default, skip_serializing_if = "Option::is_none")]
    pub note: Option<VersionNote>,
    /// Of which text a decision speaks that amends it.
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub change: Option<Change>,
    /// What the sentence does with it.
    #[serde(rename = "r", default, skip_serializing_if = "is_other")]
    pub role: Role,
    /// What is said beside the number of an order.
    #[serde(rename = "b", default, skip_serializing_if = "Option::is_none")]
    pub beside: Option<Beside>,
}

fn is_other(role: &Role) -> bool {
    *role == Role::Other
}

impl Cite {
    /// As a mention of the text of its provision.
    pub fn mention(&self) -> Mention {
        Mention {
            span: self.span.clone(),
            name: self.name.clone(),
            target: self.target.clone(),
            place: self.place,
            note: self.note,
            change: self.change,
            role: self.role,
            beside: self.beside.clone(),
        }
    }
}

/// A relation to another instrument that a text states.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stated {
    /// `repeals implements amends extends`.
    pub kind: String,
    /// Folded title of the other.
    pub title: String,
    /// Key of the provision that says so; empty when the document's title does.
    pub provision: String,
    /// The sentence.
    pub quote: String,
}

/// The name of a relation, as in `relate`.
pub fn kind_name(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::Repeals => "repeals",
        RelationKind::Implements => "implements",
        RelationKind::Amends => "amends",
        RelationKind::Extends => "extends",
    }
}

/// What a place without a name means in a document.
pub fn bare(kind: Kind, title: &str) -> Bare {
    if kind == Kind::Case {
        return Bare::Nameless;
    }
    // An opinion, a list, an interpretation is never 本法.
    let bare = title.trim().trim_end_matches(['）', ')', '》', '〉']);
    let bare =
        bare.rsplit_once(['（', '(']).filter(|(_, rest)| rest.chars().count() <= 4).map_or(bare, |(bare, _)| bare);
    let no_law = ["意见", "清单", "解释", "批复", "答复", "复函", "基准"].iter().any(|kind| bare.ends_with(kind));
    match relations::amended(title) {
        Some(key) => Bare::Titled(key),
        None if relations::amends_several(title) => Bare::Several,
        None if no_law => Bare::NoLaw,
        None => Bare::Own,
    }
}

/// What a place without a name means in a text from outside. One that begins with the title of a decision that amends
/// (关于修改《…》的决定) speaks of what it amends; of any other nobody knows what it belongs to.
pub fn bare_outside(text: &str) -> Bare {
    let title = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    match bare(Kind::Normative, title) {
        Bare::Own | Bare::NoLaw => Bare::Nameless,
        amending => amending,
    }
}

/// A provision's key with the bytes of the document that are its text without surrounding white space.
pub fn provisions<'s>(structure: &'s Structure, body: &str) -> Vec<(&'s str, Range<usize>)> {
    structure.provisions().map(|(provision, span)| (provision.key.as_str(), trimmed(body, span))).collect()
}

/// The mentions of a document that stand in provisions, each with the place of the provision among `provisions`.
pub fn mentions(kind: Kind, title: &str, body: &str, provisions: &[(&str, Range<usize>)]) -> Vec<(usize, Mention)> {
    let mut found = Vec::new();
    let mut at = 0;
    let has_articles = provisions.iter().any(|(key, _)| key.starts_with('a') && !key.starts_with("annex"));
    // Where law is quoted behind its name in a unit: 《…条例》第六十四条第一款：违反本条例第十二条.
    let mut quoted_from: Option<(usize, usize)> = None;
    for mut mention in citation::find(body, &bare(kind, title)) {
        while provisions.get(at).is_some_and(|(_, span)| span.end <= mention.span.start) {
            at += 1;
        }
        let Some((_, span)) = provisions.get(at) else { break };
        // Its own number is no mention, whatever stands behind it.
        let number = mention.span.start == span.start && mention.target == Target::Own && mention.name.is_empty();
        if span.start <= mention.span.start && mention.span.end <= span.end && !number {
            if !has_articles && mention.target == Target::Own {
                let quoted = quoted_from.is_some_and(|(unit, from)| unit == at && from <= mention.span.start);
                if quoted || !is_own_unit(&mention, body, title) {
                    mention.target = Target::Nameless;
                }
            } else if mention.place.is_some() && body[mention.span.end..].starts_with(['：', ':']) {
                quoted_from = Some((at, mention.span.end));
            }
            found.push((at, mention));
        }
    }
    found
}

/// Whether 第X条 in a text of numbered units may be one of them: only what calls itself what its title ends in does (本决定第三条 in a
/// 决定). Alone it is the article of something that the text speaks of.
fn is_own_unit(mention: &Mention, body: &str, title: &str) -> bool {
    let counts =
        mention.place.is_some_and(|place| place.base == citation::Base::Instrument && place.at.article.is_some());
    let name = body.get(mention.name.clone()).unwrap_or_default();
    let kind = name.trim_start_matches(['本', '该', '此']);
    let title = title.trim_end_matches(|c: char| !c.is_alphanumeric());
    !counts || !kind.is_empty() && title.contains(kind) && title.ends_with(kind.chars().next_back().unwrap_or(' '))
}

/// What the index keeps of the citations of a group. `ids` are the version ids of its clusters.
pub fn links(texts: &[Text], versions: &[(String, &Cluster)]) -> GroupLinks {
    let mut links = GroupLinks::default();
    for text in texts {
        let document = &text.put.document;
        if document.kind != Kind::Case {
            push_wider(&mut links.titles, text.access(), identity::folded_title(&document.title));
        }
        numbers(text).into_iter().for_each(|number| push_wider(&mut links.numbers, text.access(), number));
    }
    links.versions = versions.iter().map(|(id, cluster)| version(id, texts, cluster)).collect();
    links
}

/// The numbers of a text: stated, or alone in a line between its title and its first provision (法释〔2023〕13号).
fn numbers(text: &Text) -> Vec<String> {
    let document = &text.put.document;
    let stated = [&document.document_number, &document.case_number].into_iter().flatten().cloned();
    let first = text.structure.provisions().find(|(provision, _)| provision.kind != ProvisionKind::Preamble);
    let head = document.text.get(..first.map_or(0, |(_, span)| span.start)).unwrap_or_default();
    let lines = head.lines().take(HEAD_LINES).map(str::trim).filter(|_| document.kind != Kind::Case);
    let alone = lines.filter_map(|line| citation::number_alone(line.trim_matches(['（', '）', '(', ')'])));
    stated.chain(alone).collect()
}

/// Lines of the head of a text in which its number may stand.
const HEAD_LINES: usize = 8;

fn push_wider(list: &mut Vec<(Access, String)>, access: Access, value: String) {
    match list.iter_mut().find(|(_, known)| *known == value) {
        Some((circle, _)) => *circle = access.min(*circle),
        None if value.is_empty() => {}
        None => list.push((access, value)),
    }
}

fn push_new(list: &mut Vec<String>, value: String) {
    if !value.is_empty() && !list.contains(&value) {
        list.push(value);
    }
}

fn version(id: &str, texts: &[Text], cluster: &Cluster) -> VersionLinks {
    let text = &texts[cluster.members[0]];
    let mut own: Vec<String> = Vec::new();
    for text in seen_beside(texts, &cluster.members).filter_map(|at| texts.get(at)) {
        numbers(text).into_iter().for_each(|number| push_new(&mut own, number));
    }
    let document = &text.put.document;
    let body = document.text.as_str();
    let provisions = provisions(&text.structure, body);
    let mentions = mentions(document.kind, &document.title, body, &provisions);
    let (relations, former) = stated_in(text, &mentions, &provisions);
    let suspends = suspended_in(text, &mentions, &provisions);
    let roles = Roles::of(document);
    let cites = mentions.into_iter().filter(|(_, mention)| !matches!(mention.target, Target::Own | Target::Nameless));
    let cites = cites.filter_map(|(at, mention)| {
        let (key, span) = provisions.get(at)?;
        let own = |range: Range<usize>| range.start - span.start..range.end - span.start;
        let span_of_mention = mention.span.clone();
        Some(Cite {
            provision: (*key).to_string(),
            span: own(mention.span),
            name: own(mention.name),
            target: mention.target,
            place: mention.place,
            note: mention.note,
            change: mention.change,
            role: roles.role(mention.role, &span_of_mention),
            beside: mention.beside,
        })
    });
    VersionLinks {
        id: id.to_string(),
        numbers: own,
        headings: headings(&text.structure, body),
        shape: Shape::of(&text.structure, &text.put.document.text),
        cites: cites.collect(),
        relations,
        former,
        suspends,
    }
}

/// What a case says to be violated and to be applied: a citation in such a stretch that says nothing itself is so.
struct Roles {
    stretches: Vec<(Range<usize>, Role)>,
}

impl Roles {
    fn of(document: &Document) -> Roles {
        let fields = case_fields::read(document);
        let violated = fields.violated.into_iter().map(|span| (span, Role::Violation));
        let mut stretches: Vec<_> = violated.chain(fields.basis.into_iter().map(|span| (span, Role::Basis))).collect();
        stretches.sort_by_key(|(span, _)| span.start);
        Roles { stretches }
    }

    /// The role of a citation, by itself if its sentence says one.
    fn role(&self, own: Role, span: &Range<usize>) -> Role {
        let before = self.stretches.partition_point(|(stretch, _)| stretch.start <= span.start);
        let holds = self.stretches[..before].last().filter(|(stretch, _)| span.end <= stretch.end);
        holds.filter(|_| own == Role::Other).map_or(own, |(_, role)| *role)
    }
}

fn headings(structure: &Structure, body: &str) -> Vec<(String, String)> {
    let (mut headings, mut above) = (Vec::new(), Vec::new());
    for block in &structure.blocks {
        match &block.kind {
            BlockKind::Heading(_) => above.push(heading_text(body, block).to_string()),
            BlockKind::Provision(provision) => {
                headings.extend(above.drain(..).map(|heading| (heading, provision.key.clone())));
            }
        }
    }
    headings
}

/// What a text states to do to others.
pub fn stated_by(text: &Text) -> Vec<Stated> {
    let document = &text.put.document;
    let provisions = provisions(&text.structure, &document.text);
    let mentions = mentions(document.kind, &document.title, &document.text, &provisions);
    stated_in(text, &mentions, &provisions).0
}

/// What a text states to do to others, and how it repeals what bore its own title before, as a new edition does.
fn stated_in(
    text: &Text,
    mentions: &[(usize, Mention)],
    provisions: &[(&str, Range<usize>)],
) -> (Vec<Stated>, Vec<Stated>) {
    let document = &text.put.document;
    // What the text of another instrument repeals is not repealed by this one.
    if document.kind == Kind::Case || other_text(text).is_some() {
        return (Vec::new(), Vec::new());
    }
    let own_title = identity::folded_title(&document.title);
    let all: Vec<Mention> = mentions.iter().map(|(_, mention)| mention.clone()).collect();
    let found = relations::relations(&document.title, &document.text, &all).into_iter();
    let (own, others): (Vec<Relation>, Vec<Relation>) = found.partition(|relation| relation.title == own_title);
    let told = |relation: &Relation| stated(relation, text, provisions);
    let former = own.iter().filter(|relation| relation.kind == RelationKind::Repeals).map(told).collect();
    (others.iter().map(told).collect(), former)
}

/// What a text suspends of others.
fn suspended_in(text: &Text, mentions: &[(usize, Mention)], provisions: &[(&str, Range<usize>)]) -> Vec<Stated> {
    let document = &text.put.document;
    if document.kind == Kind::Case || !document.text.contains("暂停") || other_text(text).is_some() {
        return Vec::new();
    }
    let all: Vec<Mention> = mentions.iter().map(|(_, mention)| mention.clone()).collect();
    let own_title = identity::folded_title(&document.title);
    let found = relations::suspended(&document.text, &all).into_iter().filter(|found| found.title != own_title);
    let stated = |found: relations::Suspension| Stated {
        kind: "suspends".to_string(),
        provision: provision_of(&found.mention, provisions),
        quote: document.text.get(found.sentence).unwrap_or_default().trim().to_string(),
        title: found.title,
    };
    found.map(stated).collect()
}

/// The key of the provision that has some words, as far as they have a place.
fn provision_of(mention: &Range<usize>, provisions: &[(&str, Range<usize>)]) -> String {
    // What a heading says is said of the provisions below it.
    let holds = |(_, span): &&(&str, Range<usize>)| !mention.is_empty() && mention.end <= span.end;
    provisions.iter().find(holds).map(|(key, _)| (*key).to_string()).unwrap_or_default()
}

fn stated(relation: &Relation, text: &Text, provisions: &[(&str, Range<usize>)]) -> Stated {
    let document = &text.put.document;
    let words = |span: &Range<usize>| document.text.get(span.clone()).unwrap_or_default().trim();
    let sentence = words(&relation.sentence);
    let quote = match &relation.lead {
        _ if sentence.is_empty() => document.title.clone(),
        None => sentence.to_string(),
        Some(lead) if lead.start < relation.sentence.start => format!("{}……{sentence}", words(lead)),
        Some(lead) => format!("{sentence}……{}", words(lead)),
    };
    Stated {
        kind: kind_name(relation.kind).to_string(),
        title: relation.title.clone(),
        provision: provision_of(&relation.mention, provisions),
        quote,
    }
}
