//! Fictional entries, and questions about them.

use crate::index::entry::{Entry, GroupHead, VersionHead};
use crate::index::{Answer, Engine, IndexState, Projection};
use crate::law::{Access, AuthorityLevel, Interval, Kind, ProvisionKind};
use crate::query::{Explain, Field, Filters, Matching, Node, Query, Rank, Scope, Sort, Total};
use jiff::civil::{Date, date};

/// The day on which fiction is read.
pub const TODAY: Date = date(2026, 11, 24);

/// An article of a fictional instrument, in force since the day that names its version.
pub fn article(group: &str, version: &str, number: u32, text: &str) -> Entry {
    Entry {
        id: format!("{group}@{version}/a{number}"),
        ordinal: number,
        kind: ProvisionKind::Article,
        label: format!("第{number}条"),
        path: vec!["第一章　总则".into()],
        text: text.into(),
        group: GroupHead {
            id: group.into(),
            title: "云州省虚构条例".into(),
            kind: Kind::Legislation,
            level: Some(AuthorityLevel::LocalRegulation),
            case_kind: None,
            issuer: Some("云州省人民代表大会常务委员会".into()),
            region: Some("990000".into()),
            document_number: None,
            subject: None,
            case: None,
        },
        version: VersionHead {
            key: version.into(),
            id: format!("{group}@{version}"),
            interval: Interval { effective_from: version.parse().ok(), ..Interval::default() },
            dated: version.parse().ok(),
            origins: vec!["local/test".into()],
        },
        access: Access::Public,
        departments: Vec::new(),
    }
}

/// A section of a fictional case.
pub fn section(case: &str, decided: &str, text: &str) -> Entry {
    let mut entry = article(case, "-", 0, text);
    entry.id = format!("{case}/facts");
    entry.kind = ProvisionKind::CaseSection;
    entry.group.kind = Kind::Case;
    entry.group.level = None;
    entry.version.id = case.into();
    entry.version.interval = Interval::default();
    entry.version.dated = decided.parse().ok();
    entry
}

/// All entries of one group, with a card that names it.
pub fn projection(entries: Vec<Entry>) -> Projection {
    let group = entries.first().map(|entry| entry.group.id.clone()).unwrap_or_default();
    Projection {
        keys: vec![group.clone()],
        card: format!("{{\"group\":\"{group}\"}}"),
        links: format!("links of {group}"),
        group,
        entries,
    }
}

/// Writes groups and commits them.
pub fn fill(engine: &dyn Engine, projections: Vec<Projection>) {
    engine.write(projections).unwrap();
    engine.commit(&IndexState::default()).unwrap();
}

/// One group for each text.
pub fn fill_texts(engine: &dyn Engine, texts: &[&str]) {
    let group =
        |(number, text): (usize, &&str)| projection(vec![article(&format!("g{number:04}"), "2020-01-01", 1, text)]);
    fill(engine, texts.iter().enumerate().map(group).collect());
}

/// A question about everything, provision by provision.
pub fn question(node: Node) -> Query {
    Query {
        raw: String::new(),
        node,
        matching: Matching::Any,
        filters: Filters::default(),
        scope: Scope::everything(),
        as_of: TODAY,
        as_of_asked: false,
        sort: Sort::Relevance,
        first: Vec::new(),
        expanded: Vec::new(),
        grouped: false,
        limit: 1000,
        offset: 0,
        cursor: None,
        total: Total::Exact,
        facets: Vec::new(),
        heads: false,
        highlight: false,
        rank: Rank::Lexical,
        explain: Explain::Nothing,
    }
}

/// Unquoted words of the text.
pub fn words(text: &str) -> Query {
    question(Node::Words { field: Field::Text, text: text.into() })
}

/// A quotation of the text.
pub fn phrase(text: &str) -> Query {
    question(Node::Phrase { field: Field::Text, text: text.into() })
}

/// Ids of all hits in order.
pub fn ids(answer: &Answer) -> Vec<String> {
    answer.groups.iter().flat_map(|group| &group.hits).map(|hit| hit.entry.id.clone()).collect()
}

/// Ids of what a query finds.
pub fn found(engine: &dyn Engine, query: &Query) -> Vec<String> {
    ids(&engine.search(query).unwrap())
}

/// Ids of what a query finds, sorted.
pub fn found_sorted(engine: &dyn Engine, query: &Query) -> Vec<String> {
    let mut found = found(engine, query);
    found.sort();
    found
}
