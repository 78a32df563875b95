//! The fine that a tier allows, and which of two tiers is the lighter (从旧兼从轻).

use super::{Condition, ConditionKind, Penalty, PenaltyKind, Sanction};
use crate::law::amount::{Amount, BaseKind, Bound, Measure, PPM, PerUnit, PeriodBound, PeriodUnit};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// What multiples and shares are taken of in one case: base and sum in fen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bases(pub BTreeMap<BaseKind, u64>);

/// The fines that a tier allows (罚款幅度).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FineRange {
    /// Lowest fine, in fen; 0 where the text names none.
    pub min_fen: u64,
    /// Highest fine, in fen; `None` where the text names none.
    pub max_fen: Option<u64>,
    /// Whether the tier may be applied without a fine (可以处, 警告或者罚款).
    pub optional: bool,
}

impl FineRange {
    /// Whether a fine, in fen, lies in it.
    pub fn holds(&self, fen: u64) -> bool {
        self.min_fen <= fen && self.max_fen.is_none_or(|max| fen <= max)
    }
}

/// Why the fine of a tier cannot be told in fen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Obstacle {
    /// The sums given are not those on which the tier hangs (货值金额不足一万元).
    NotMet,
    /// The tier has no fine.
    NoFine,
    /// It has one, but names no amount.
    NoAmount,
    /// The sum of this base is not given.
    BaseMissing(BaseKind),
    /// The text does not say what the multiple is taken of.
    BaseUnnamed,
    /// The fine is counted per unit, and how many there are is not known.
    PerUnit(PerUnit),
    /// The text counts what is less as one of several sums (货值金额不足…，按…计算), and which is meant hangs on the act.
    SeveralFloors,
    /// The sum exceeds what can be counted.
    TooLarge,
}

/// Why two tiers cannot be compared (从旧兼从轻).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Incomparable {
    /// The fine of the first tier cannot be told.
    First(Obstacle),
    /// The fine of the second tier cannot be told.
    Second(Obstacle),
    /// One of the tiers has no penalty.
    NoPenalty,
}

/// The fines that `sanction` allows, as far as `bases` tell it. Alternatives are taken together: the lowest of the lower
/// bounds, the highest of the upper ones. Bounds that are no whole fen are narrowed to the next fen that the text allows.
pub fn legal_range(sanction: &Sanction, bases: &Bases) -> Result<FineRange, Obstacle> {
    let range = range_of(sanction, &sanction.raised(bases)?)?;
    if may_apply(sanction, bases) { Ok(range) } else { Err(Obstacle::NotMet) }
}

/// Whether nothing that is known of gains and goods contradicts what the tier hangs on: all its conditions, of those joined by 或者
/// one.
fn may_apply(sanction: &Sanction, bases: &Bases) -> bool {
    let sum = |kind: BaseKind| bases.0.get(&kind).copied();
    let within = |condition: &Condition, sum: u64| {
        let bounds = condition.threshold.as_ref().map(|found| in_fen(&found.amount, bases));
        bounds.is_none_or(|bounds| bounds.is_ok_and(|(min, max)| min <= sum && max.is_none_or(|max| sum <= max)))
    };
    let is_met = |condition: &Condition| match condition.kind {
        ConditionKind::GoodsValue => sum(BaseKind::GoodsValue).is_none_or(|sum| within(condition, sum)),
        ConditionKind::IllegalGains => sum(BaseKind::IllegalGains)
            .is_none_or(|sum| (sum > 0 || condition.threshold.is_some()) && within(condition, sum)),
        ConditionKind::NoIllegalGains => sum(BaseKind::IllegalGains).is_none_or(|sum| sum == 0),
        _ => true,
    };
    let mut groups: Vec<bool> = Vec::new();
    for condition in &sanction.conditions {
        match groups.last_mut().filter(|_| condition.alternative) {
            Some(any) => *any |= is_met(condition),
            None => groups.push(is_met(condition)),
        }
    }
    groups.into_iter().all(|met| met)
}

fn range_of(sanction: &Sanction, bases: &Bases) -> Result<FineRange, Obstacle> {
    let fines = sanction.penalties.iter().enumerate().filter(|(_, penalty)| is_fine(penalty.kind));
    let mut whole: Option<FineRange> = None;
    let mut any = false;
    for (at, penalty) in fines {
        any = true;
        for amount in &penalty.amounts {
            let (min_fen, max_fen) = in_fen(&amount.amount, bases)?;
            let optional = is_optional(sanction, at);
            let range = FineRange { min_fen, max_fen, optional };
            whole = Some(whole.map_or(range, |known| together(known, range)));
        }
    }
    whole.ok_or(if any { Obstacle::NoAmount } else { Obstacle::NoFine })
}

fn is_fine(kind: PenaltyKind) -> bool {
    matches!(kind, PenaltyKind::Fine | PenaltyKind::CriminalFine)
}

/// Whether a tier may be applied without its penalty at `at`: it says 可以, or another one may stand for it.
fn is_optional(sanction: &Sanction, at: usize) -> bool {
    let own = sanction.penalties.get(at).is_some_and(|penalty| penalty.modality.is_optional() || penalty.alternative);
    own || sanction.penalties.get(at + 1).is_some_and(|next| next.alternative)
}

fn together(one: FineRange, other: FineRange) -> FineRange {
    FineRange {
        min_fen: one.min_fen.min(other.min_fen),
        max_fen: one.max_fen.and_then(|max| Some(max.max(other.max_fen?))),
        optional: one.optional && other.optional,
    }
}

/// Lowest and highest fine in fen of one amount.
///
/// # Errors
///
/// Why they cannot be told.
pub fn in_fen(amount: &Amount, bases: &Bases) -> Result<(u64, Option<u64>), Obstacle> {
    if let Some(per) = &amount.per {
        return Err(Obstacle::PerUnit(per.unit));
    }
    let base = match amount.measure {
        Measure::Money => None,
        _ => {
            let kind = amount.base.as_ref().ok_or(Obstacle::BaseUnnamed)?.kind;
            Some(*bases.0.get(&kind).ok_or(Obstacle::BaseMissing(kind))?)
        }
    };
    // In millionths of a fen, so that a bound between two fen is narrowed, not rounded.
    let parts = |bound: Bound| match base {
        Some(base) => u128::from(bound.value) * u128::from(base),
        None => u128::from(bound.value) * u128::from(PPM),
    };
    let whole = |parts: u128| u64::try_from(parts / u128::from(PPM)).map_err(|_| Obstacle::TooLarge);
    let min = match amount.lo {
        None => 0,
        Some(bound) => {
            whole(if bound.inclusive { parts(bound) + u128::from(PPM) - 1 } else { parts(bound) + u128::from(PPM) })?
        }
    };
    let mut max = match amount.hi {
        None => None,
        Some(bound) if bound.inclusive => Some(whole(parts(bound))?),
        Some(bound) => Some(whole(parts(bound).saturating_sub(1))?),
    };
    if let Some(cap) = &amount.cap
        && cap.measure == Measure::Money
    {
        let cap = if cap.bound.inclusive { cap.bound.value } else { cap.bound.value.saturating_sub(1) };
        max = Some(max.map_or(cap, |max| max.min(cap)));
    }
    Ok((max.map_or(min, |max| min.min(max)), max))
}

/// Compares two tiers: `Less` if `first` is the lighter (轻). The gravest kinds are compared first; of the same gravest kind
/// the upper bounds, then the lower bounds, where what need not be imposed has the lower bound 0; then the next grave kinds.
///
/// A source for the lighter law is 行政处罚法 (2021-01-22) article 37; it names no order of comparison, this one follows the
/// usage for the lighter punishment in criminal law (highest punishment first, then the lowest).
pub fn weigh(first: &Sanction, second: &Sanction, bases: &Bases) -> Result<Ordering, Incomparable> {
    if first.penalties.is_empty() || second.penalties.is_empty() {
        return Err(Incomparable::NoPenalty);
    }
    let kinds = |sanction: &Sanction| -> BTreeSet<(u8, PenaltyKind)> {
        sanction.penalties.iter().map(|penalty| (penalty.kind.gravity(), penalty.kind)).collect()
    };
    let (one, other) = (kinds(first), kinds(second));
    let (mut left, mut right) = (one.iter().rev(), other.iter().rev());
    loop {
        let (kind, against) = match (left.next(), right.next()) {
            (None, None) => return Ok(Ordering::Equal),
            (None, Some(_)) => return Ok(Ordering::Less),
            (Some(_), None) => return Ok(Ordering::Greater),
            (Some(kind), Some(against)) => (kind, against),
        };
        let order = if kind == against { same_kind(first, second, kind.1, bases)? } else { kind.cmp(against) };
        if order != Ordering::Equal {
            return Ok(order);
        }
    }
}

fn same_kind(first: &Sanction, second: &Sanction, kind: PenaltyKind, bases: &Bases) -> Result<Ordering, Incomparable> {
    if is_fine(kind) {
        return fines(first, second, bases);
    }
    let measured = |sanction: &Sanction| {
        let own = sanction.penalties.iter().enumerate().filter(|(_, penalty)| penalty.kind == kind);
        let (at, penalty) = own.max_by_key(|(_, penalty)| hours(penalty))?;
        let (hi, lo) = hours(penalty);
        let optional = is_optional(sanction, at);
        Some((hi, if optional { 0 } else { lo }, !optional))
    };
    Ok(measured(first).cmp(&measured(second)))
}

/// Longest and shortest duration of a penalty, in hours; without a period the longest there is.
fn hours(penalty: &Penalty) -> (u64, u64) {
    let in_hours = |bound: PeriodBound| {
        let unit = match bound.unit {
            PeriodUnit::Hour => 1,
            PeriodUnit::Day => 24,
            PeriodUnit::WorkingDay => 24,
            PeriodUnit::Week => 7 * 24,
            PeriodUnit::Month => 30 * 24,
            PeriodUnit::Year => 365 * 24,
        };
        bound.count.saturating_mul(unit)
    };
    match &penalty.period {
        Some(found) => (found.period.hi.map_or(u64::MAX, in_hours), found.period.lo.map_or(0, in_hours)),
        None => (u64::MAX, 0),
    }
}

fn fines(first: &Sanction, second: &Sanction, bases: &Bases) -> Result<Ordering, Incomparable> {
    let key = |range: FineRange| {
        (range.max_fen.unwrap_or(u64::MAX), if range.optional { 0 } else { range.min_fen }, !range.optional)
    };
    match (range_of(first, bases), range_of(second, bases)) {
        (Ok(one), Ok(other)) => Ok(key(one).cmp(&key(other))),
        (one, other) => match (ratios(first), ratios(second)) {
            // Of the same base the multiples compare whatever its sum is.
            (Some(left), Some(right)) if left.0 == right.0 => Ok(left.1.cmp(&right.1)),
            _ => match (one, other) {
                (Err(obstacle), _) => Err(Incomparable::First(obstacle)),
                (_, Err(obstacle)) => Err(Incomparable::Second(obstacle)),
                _ => Ok(Ordering::Equal),
            },
        },
    }
}

/// What a fine in parts of a base is compared by: the unit it counts, and its bounds in that unit.
type Ratio = ((Option<BaseKind>, Option<PerUnit>), (u64, u64, bool));

/// The one amount of the fine of a tier that is counted per base or unit, without a cap.
fn ratios(sanction: &Sanction) -> Option<Ratio> {
    let mut fines = sanction.penalties.iter().enumerate().filter(|(_, penalty)| is_fine(penalty.kind));
    let (at, penalty) = fines.next()?;
    let [found] = penalty.amounts.as_slice() else { return None };
    let amount = &found.amount;
    if fines.next().is_some() || amount.cap.is_some() {
        return None;
    }
    let base = match amount.measure {
        Measure::Money => None,
        // 其他 bases need not be the same.
        _ => Some(amount.base.as_ref().map(|base| base.kind).filter(|kind| *kind != BaseKind::Other)?),
    };
    let optional = is_optional(sanction, at);
    let lo = if optional { 0 } else { amount.lo.map_or(0, |bound| bound.value) };
    let hi = amount.hi.map_or(u64::MAX, |bound| bound.value);
    Some(((base, amount.per.as_ref().map(|per| per.unit)), (hi, lo, !optional)))
}
