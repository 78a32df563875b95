//! Totals and facets, counted by runs.

use super::bits::Bits;
use super::filter::status;
use super::leaf::{Leaf, LeafHead};
use crate::law::{Kind, ValidityStatus};
use crate::query::Facet;
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};

/// Values shown of a facet, the most frequent ones.
const VALUES_MAX: usize = 200;

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
        let (mut from, mut group) = (0, 0);
        // From group to group: each is left behind at its first provision.
        while let Some(doc) = matched.next(from) {
            while leaf.groups.get(group).is_some_and(|group| group.docs.end <= doc) {
                group += 1;
            }
            let Some(group) = leaf.groups.get(group) else { break };
            self.groups += 1;
            from = group.docs.end;
        }
    }
}

/// Facets whose values do not depend on the day.
const STEADY: [Facet; 5] = [Facet::Kind, Facet::Level, Facet::Issuer, Facet::Region, Facet::Year];

/// The values of the steady facets of the heads of a segment, numbered.
#[derive(Debug, Default)]
pub struct Values {
    /// For each of [`STEADY`] the values, and for each head the number of its own.
    columns: Vec<(Vec<String>, Vec<Option<u32>>)>,
}

impl Values {
    /// Numbers the values of heads.
    pub fn of(heads: &[LeafHead]) -> Values {
        let column = |facet: &Facet| {
            let mut numbers: HashMap<String, u32> = HashMap::new();
            let mut values = Vec::new();
            let mut number = |head: &LeafHead| {
                let value = value(*facet, head)?;
                let number = *numbers.entry(value).or_insert_with_key(|value| {
                    values.push(value.clone());
                    values.len() as u32 - 1
                });
                Some(number)
            };
            let of_heads = heads.iter().map(&mut number).collect();
            (values, of_heads)
        };
        Values { columns: STEADY.iter().map(column).collect() }
    }
}

/// Facet name → value → provisions, the most frequent value first.
pub type Facets = BTreeMap<String, Vec<(String, u64)>>;

/// Counts facets over what matched in each segment.
pub fn facets(wanted: &[Facet], found: &[(&Leaf, &Bits)], on: Date) -> Facets {
    if wanted.is_empty() {
        return Facets::new();
    }
    let by_head: Vec<(&Leaf, Vec<u64>)> = found.iter().map(|(leaf, matched)| (*leaf, heads(leaf, matched))).collect();
    wanted.iter().map(|facet| (name(*facet).to_owned(), facet_of(*facet, &by_head, on))).collect()
}

/// How many provisions of each head matched.
fn heads(leaf: &Leaf, matched: &Bits) -> Vec<u64> {
    let mut counts = vec![0; leaf.heads.len()];
    for run in &leaf.runs {
        counts[run.head as usize] += matched.count_in(run.docs.clone());
    }
    counts
}

fn facet_of(facet: Facet, by_head: &[(&Leaf, Vec<u64>)], on: Date) -> Vec<(String, u64)> {
    let mut sums: HashMap<&str, u64> = HashMap::new();
    for (leaf, counts) in by_head {
        let counted = leaf.heads.iter().zip(counts).enumerate().filter(|(_, (_, count))| **count > 0);
        if let Some((values, numbers)) =
            STEADY.iter().position(|steady| *steady == facet).map(|at| &leaf.values.columns[at])
        {
            let mut of_value = vec![0; values.len()];
            counted.for_each(|(place, (_, count))| {
                numbers[place].iter().for_each(|number| of_value[*number as usize] += count)
            });
            let some = values.iter().zip(of_value).filter(|(_, count)| *count > 0);
            some.for_each(|(value, count)| *sums.entry(value).or_default() += count);
        } else {
            let mut of_status = [0; ValidityStatus::ALL.len()];
            counted.for_each(|(_, (head, count))| {
                status(head, on).into_iter().for_each(|status| of_status[status as usize] += count);
            });
            let some = ValidityStatus::ALL.iter().zip(of_status).filter(|(_, count)| *count > 0);
            some.for_each(|((_, name, _), count)| *sums.entry(name).or_default() += count);
        }
    }
    let mut values: Vec<(&str, u64)> = sums.into_iter().collect();
    let order = |one: &(&str, u64), other: &(&str, u64)| other.1.cmp(&one.1).then_with(|| one.0.cmp(other.0));
    if values.len() > VALUES_MAX {
        values.select_nth_unstable_by(VALUES_MAX, order);
        values.truncate(VALUES_MAX);
    }
    values.sort_unstable_by(order);
    values.into_iter().map(|(value, count)| (value.to_owned(), count)).collect()
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

/// The value of a head in a steady facet.
fn value(facet: Facet, head: &LeafHead) -> Option<String> {
    let group = &head.head.group;
    match facet {
        Facet::Kind => Some(kind_name(group.kind).to_owned()),
        Facet::Level => group.level.map(|level| level.name().to_owned()),
        Facet::Issuer => group.issuer.clone(),
        Facet::Region => group.region.clone(),
        Facet::Year => head.head.version.dated.map(|dated| dated.year().to_string()),
        Facet::Status => None,
    }
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Legislation => "legislation",
        Kind::Normative => "normative",
        Kind::Case => "case",
    }
}
