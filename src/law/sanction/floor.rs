//! The least sum of which multiples are taken (货值金额不足十万元的，按十万元计算), told behind the tiers that it is for.

use super::Sanction;
use super::weigh::{Bases, Obstacle};
use crate::law::amount::{BaseKind, Numbers};
use regex::Regex;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::LazyLock;

/// A least sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Floor {
    /// Of what.
    pub base: BaseKind,
    /// The sum in fen.
    pub fen: u64,
}

static FLOOR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(货值金额|违法所得|违法经营额|违法收入)(不足|不满|低于|少于)([^，。；、\n]{1,16}?)的?，(?:应当)?按照?([^，。；、\n]{1,16}?)(?:计算|计)")
        .expect("a constant pattern")
});

/// Gives every tier the least sums that are told behind it: in its own sentence, before a tier that has its own.
pub(super) fn assign(text: &str, numbers: &Numbers, tiers: &mut [Sanction]) {
    let mut floors: Vec<(Range<usize>, Floor)> = Vec::new();
    for found in FLOOR.captures_iter(text) {
        let group = |at: usize| found.get(at).map(|found| found.range());
        let (Some(whole), Some(base), Some(below), Some(counted)) = (group(0), group(1), group(3), group(4)) else {
            continue;
        };
        let base = match text.get(base).unwrap_or_default() {
            "货值金额" => BaseKind::GoodsValue,
            "违法所得" => BaseKind::IllegalGains,
            _ => continue,
        };
        if let (Some(fen), Some(same)) = (sum(numbers, &below), sum(numbers, &counted))
            && fen == same
        {
            floors.push((whole, Floor { base, fen }));
        }
    }
    for (at, (place, floor)) in floors.iter().enumerate() {
        let sentence = text.get(..place.start).and_then(|before| before.rfind(['。', '\n'])).map_or(0, |end| end + 1);
        // Floors that stand side by side (违法零售的…，按一万元计算) are of the same tiers; others end what is before.
        let of_before = floors.get(..at).unwrap_or_default().iter().rev();
        let ends = of_before
            .map(|(before, _)| before.end)
            .find(|end| tiers.iter().any(|tier| *end <= tier.span.end && tier.span.end <= place.start));
        let from = ends.unwrap_or(0).max(sentence);
        for tier in tiers.iter_mut().filter(|tier| from <= tier.span.end && tier.span.start < place.start) {
            if tier.span.end <= place.end && !tier.floors.contains(floor) {
                tier.floors.push(*floor);
            }
        }
    }
}

fn sum(numbers: &Numbers, span: &Range<usize>) -> Option<u64> {
    // 不足 is part of the sum as it is read.
    let first = numbers.amounts.partition_point(|found| found.span.end <= span.start);
    let found = numbers.amounts.get(first).filter(|found| found.span.end <= span.end && found.amount.is_money())?;
    found.amount.hi.or(found.amount.lo).map(|bound| bound.value)
}

impl Sanction {
    /// The sums of a case, none lower than what multiples of this tier are taken of at least.
    pub(super) fn raised(&self, bases: &Bases) -> Result<Bases, Obstacle> {
        let mut raised = bases.clone();
        for (base, sum) in &mut raised.0 {
            let own = || self.floors.iter().filter(|floor| floor.base == *base).map(|floor| floor.fen);
            match (own().min(), own().max()) {
                (Some(least), Some(most)) if least < most && *sum < most => return Err(Obstacle::SeveralFloors),
                (Some(floor), _) => *sum = (*sum).max(floor),
                _ => {}
            }
        }
        Ok(raised)
    }
}
