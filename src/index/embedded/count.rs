//! Totals and facets, counted by runs.

use super::bits::Bits;
use super::filter::status;
use super::leaf::{Leaf, LeafHead};
use crate::law::Kind;
use crate::query::Facet;
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};

/// Provisions and groups among them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Provisions.
    pub provisions: u64,
    /// Groups.
    pub groups: u64,
}

impl Count {
    /// Adds what matched in a segment.
    pub fn add(&mut self, leaf: &Leaf, matched: &Bits) {
        self.provisions += matched.count();
        self.groups += leaf.groups.iter().filter(|group| matched.any_in(group.docs.clone())).count() as u64;
    }
}

/// Facet name → value → provisions, the most frequent value first.
pub type Facets = BTreeMap<String, Vec<(String, u64)>>;

/// Counts facets over what matched in each segment.
pub fn facets(wanted: &[Facet], found: &[(&Leaf, &Bits)], on: Date) -> Facets {
    // Runs of one head are counted together first: their values are looked up once.
    let mut counts: Vec<(&LeafHead, u64)> = Vec::new();
    for (leaf, matched) in found {
        let mut by_head = vec![0; leaf.heads.len()];
        for run in &leaf.runs {
            by_head[run.head as usize] += matched.count_in(run.docs.clone());
        }
        counts.extend(leaf.heads.iter().zip(by_head).filter(|(_, count)| *count > 0));
    }
    let mut facets = Facets::new();
    for facet in wanted {
        let mut values: HashMap<String, u64> = HashMap::new();
        for (head, count) in &counts {
            if let Some(value) = value(*facet, head, on) {
                *values.entry(value).or_default() += count;
            }
        }
        let mut values: Vec<(String, u64)> = values.into_iter().collect();
        values.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        facets.insert(name(*facet).to_owned(), values);
    }
    facets
}

/// Name of a facet in answers.
fn name(facet: Facet) -> &'static str {
    match facet {
        Facet::Kind => "kind",
        Facet::Level => "level",
        Facet::Status => "status",
        Facet::Issuer => "issuer",
        Facet::Region => "region",
        Facet::Year => "year",
    }
}

fn value(facet: Facet, head: &LeafHead, on: Date) -> Option<String> {
    let group = &head.head.group;
    match facet {
        Facet::Kind => Some(kind_name(group.kind).to_owned()),
        Facet::Level => group.level.map(|level| level.name().to_owned()),
        Facet::Status => status(head, on).map(|status| status.name().to_owned()),
        Facet::Issuer => group.issuer.clone(),
        Facet::Region => group.region.clone(),
        Facet::Year => head.head.version.dated.map(|dated| dated.year().to_string()),
    }
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Legislation => "legislation",
        Kind::Normative => "normative",
        Kind::Case => "case",
    }
}
