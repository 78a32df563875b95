//! Totals and facets, counted by runs.

use super::bits::Bits;
use super::leaf::{Leaf, LeafHead};
use crate::index::GroupHead;
use crate::law::case_fields::Listed;
use crate::law::{Interval, Kind, ValidityStatus};
use crate::query::Facet;
use jiff::civil::Date;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

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
const STEADY: [Facet; 7] =
    [Facet::Kind, Facet::Level, Facet::Issuer, Facet::Region, Facet::Year, Facet::Domain, Facet::Cause];

/// Facets of which a case may have several values.
const SEVERAL: [Facet; 4] = [Facet::Penalty, Facet::Tier, Facet::Party, Facet::Outcome];

/// The values of a facet in order, and the number of each value of each head that has any, in the order of the heads.
type Several = (Vec<String>, Vec<(u32, u32)>);

/// What facets count of the heads of a segment, each in a column of its own.
#[derive(Debug, Default)]
pub struct Values {
    /// For each of [`STEADY`] the values in order, and for each head the number of its own from 1 on; 0 is none.
    steady: Vec<(Vec<String>, Vec<u32>)>,
    /// For each of [`SEVERAL`] its values.
    several: Vec<Several>,
    /// For each head when it is in force; `None` for a case.
    intervals: Vec<Option<Interval>>,
}

impl Values {
    /// Reads the columns from the heads.
    pub fn of(heads: &[LeafHead]) -> Values {
        let column = |facet: &Facet| {
            let of_heads: Vec<Option<Cow<'_, str>>> = heads.iter().map(|head| value(*facet, head)).collect();
            let values: BTreeSet<&str> = of_heads.iter().flatten().map(|value| &**value).collect();
            let numbers: HashMap<&str, u32> = values.iter().zip(1..).map(|(value, number)| (*value, number)).collect();
            let number = |value: &Option<Cow<'_, str>>| value.as_deref().and_then(|value| numbers.get(value).copied());
            let numbers = of_heads.iter().map(|value| number(value).unwrap_or(0)).collect();
            (values.into_iter().map(str::to_owned).collect(), numbers)
        };
        let interval = |head: &LeafHead| (head.head.group.kind != Kind::Case).then_some(head.head.version.interval);
        Values {
            steady: STEADY.iter().map(column).collect(),
            several: SEVERAL.iter().map(|facet| several(*facet, heads)).collect(),
            intervals: heads.iter().map(interval).collect(),
        }
    }
}

/// The values of a facet of which a head may have several.
fn several(facet: Facet, heads: &[LeafHead]) -> Several {
    let of_heads = || {
        let numbered = (0u32..).zip(heads);
        numbered.flat_map(move |(place, head)| names(facet, head).into_iter().map(move |name| (place, name)))
    };
    let values: BTreeSet<&'static str> = of_heads().map(|(_, name)| name).collect();
    let numbers: HashMap<&str, u32> = values.iter().zip(0..).map(|(name, number)| (*name, number)).collect();
    let pairs = of_heads().filter_map(|(place, name)| Some((place, *numbers.get(name)?))).collect();
    (values.into_iter().map(str::to_owned).collect(), pairs)
}

/// Facet name → value → provisions, the most frequent value first.
pub type Facets = BTreeMap<String, Vec<(String, u64)>>;

/// Counts facets over what matched in each segment.
pub fn facets(wanted: &[Facet], found: &[(&Leaf, &Bits)], on: Date) -> Facets {
    if wanted.is_empty() {
        return Facets::new();
    }
    let by_head: Vec<(&Leaf, Heads)> = found.iter().map(|(leaf, matched)| (*leaf, heads(leaf, matched))).collect();
    wanted.iter().map(|facet| (name(*facet).to_owned(), facet_of(*facet, &by_head, on))).collect()
}

/// Places of heads with how many of their provisions matched.
type Heads = Vec<(usize, u64)>;

/// The heads of what matched. One with several runs may come several times.
fn heads(leaf: &Leaf, matched: &Bits) -> Heads {
    let mut counts = Vec::new();
    let (mut from, mut place) = (0, 0);
    // From run to run, as above.
    while let Some(doc) = matched.next(from) {
        while leaf.runs.get(place).is_some_and(|run| run.docs.end <= doc) {
            place += 1;
        }
        let Some(run) = leaf.runs.get(place) else { break };
        counts.push((run.head as usize, matched.count_in(doc..run.docs.end)));
        from = run.docs.end;
    }
    counts
}

fn facet_of(facet: Facet, by_head: &[(&Leaf, Heads)], on: Date) -> Vec<(String, u64)> {
    let mut values: Vec<(&str, u64)> = Vec::new();
    for (leaf, counts) in by_head {
        let steady = STEADY.iter().position(|steady| *steady == facet);
        if let Some((names, numbers)) = steady.and_then(|at| leaf.values.steady.get(at)) {
            let mut of_value = vec![0; names.len() + 1];
            for (place, count) in counts {
                of_value[numbers[*place] as usize] += count;
            }
            let counted = names.iter().map(String::as_str).zip(of_value.into_iter().skip(1));
            values.extend(counted.filter(|(_, count)| *count > 0));
        } else if let Some((names, pairs)) =
            SEVERAL.iter().position(|several| *several == facet).and_then(|at| leaf.values.several.get(at))
        {
            let mut of_value = vec![0; names.len()];
            for (place, count) in counts {
                let from = pairs.partition_point(|(head, _)| (*head as usize) < *place);
                let own = pairs[from..].iter().take_while(|(head, _)| *head as usize == *place);
                own.for_each(|(_, number)| of_value[*number as usize] += count);
            }
            values.extend(names.iter().map(String::as_str).zip(of_value).filter(|(_, count)| *count > 0));
        } else {
            let mut of_status = [0; ValidityStatus::ALL.len()];
            for (place, count) in counts {
                leaf.values.intervals[*place]
                    .iter()
                    .for_each(|interval| of_status[interval.status(on) as usize] += count);
            }
            let counted = ValidityStatus::ALL.iter().map(|(_, name, _)| *name).zip(of_status);
            values.extend(counted.filter(|(_, count)| *count > 0));
        }
    }
    // One ascending list of each segment: sorting joins them, which costs less than to look each value up.
    values.sort_by_key(|(name, _)| *name);
    values.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        kept.1 += if same { next.1 } else { 0 };
        same
    });
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
        Facet::Domain => "domain",
        Facet::Cause => "cause",
        Facet::Penalty => "penalty",
        Facet::Tier => "tier",
        Facet::Party => "party",
        Facet::Outcome => "outcome",
    }
}

/// The value of a head in a steady facet.
fn value(facet: Facet, head: &LeafHead) -> Option<Cow<'_, str>> {
    let group = &head.head.group;
    match facet {
        Facet::Kind => Some(kind_name(group.kind).into()),
        Facet::Level => group.level.map(|level| level.name().into()),
        Facet::Issuer => group.issuer.as_deref().map(Cow::from),
        Facet::Region => group.region.as_deref().map(Cow::from),
        Facet::Year => head.head.version.dated.map(|dated| dated.year().to_string().into()),
        Facet::Domain => head.facts()?.domain.map(|domain| domain.name().into()),
        Facet::Cause => head.facts()?.cause.as_deref().map(Cow::from),
        Facet::Status | Facet::Penalty | Facet::Tier | Facet::Party | Facet::Outcome => None,
    }
}

/// The values of a case in a facet of which it may have several.
fn names(facet: Facet, head: &LeafHead) -> Vec<&'static str> {
    let Some(facts) = head.facts() else { return Vec::new() };
    match facet {
        Facet::Penalty => facts.penalties.iter().map(|kind| kind.name()).collect(),
        Facet::Tier => facts.tiers.iter().map(|tier| tier.name()).collect(),
        Facet::Party => facts.parties.iter().map(|kind| kind.name()).collect(),
        Facet::Outcome => facts.outcomes.iter().map(|outcome| outcome.name()).collect(),
        _ => Vec::new(),
    }
}

/// The head of every group of what matched, with the day of its version.
pub fn heads_of(found: &[(&Leaf, &Bits)]) -> Vec<(GroupHead, Option<Date>)> {
    let mut all = Vec::new();
    for (leaf, matched) in found {
        let (mut from, mut group) = (0, 0);
        while let Some(doc) = matched.next(from) {
            while leaf.groups.get(group).is_some_and(|group| group.docs.end <= doc) {
                group += 1;
            }
            let Some(of_group) = leaf.groups.get(group) else { break };
            if let Some(run) = leaf.run_of(doc) {
                let head = &leaf.head(&leaf.runs[run]).head;
                all.push((head.group.clone(), head.version.dated));
            }
            from = of_group.docs.end;
        }
    }
    all
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Legislation => "legislation",
        Kind::Normative => "normative",
        Kind::Case => "case",
    }
}
