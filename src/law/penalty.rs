//! Whether a fine lies within what a penalty clause allows, and which of two texts of it is the lighter (从旧兼从轻).
//!
//! 行政处罚法 (version of 2021-01-22) article 37: the law of the day of the act applies, unless that of the day of the decision
//! is lighter or no longer calls the act unlawful. Tiers are compared pair by pair; where they do not pair off, it is said
//! and nothing is decided.

use super::sanction::{
    Addressee, Bases, Condition, ConditionKind, FineRange, Incomparable, Obstacle, PenaltyKind, Sanction, legal_range,
    weigh,
};
use crate::law::amount::BaseKind;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::ops::Range;

/// Whether a fine is one that a clause allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fits {
    /// At least one tier allows it.
    Within,
    /// No tier allows it, and of all of them that is certain.
    Outside,
    /// No tier allows it as far as can be told; of some it cannot be.
    Untold,
    /// The clause has no fine.
    NoFine,
}

/// Which law is the lighter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lighter {
    /// That of the day of the act.
    Act,
    /// That of the day of the decision: it applies.
    Decision,
    /// Neither.
    Same,
    /// One tier here, another there: the tier that applies decides.
    ByTier,
    /// It cannot be told.
    Untold,
}

/// Two tiers that correspond.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// Place of the tier of the day of the act.
    pub act: usize,
    /// Place of that of the day of the decision.
    pub decision: usize,
    /// `Less` if the former is the lighter; why not where it cannot be told.
    pub order: Result<Ordering, Incomparable>,
}

/// What the comparison of two texts gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weighed {
    /// The tiers that correspond.
    pub pairs: Vec<Pair>,
    /// Whether every tier of both has its counterpart.
    pub complete: bool,
    /// On the whole.
    pub lighter: Lighter,
}

/// The fines that each tier allows. Where the sums given meet the condition of a special tier (违法所得三十万元以上的), the tier
/// before it that has none is replaced by it.
pub fn ranges(tiers: &[Sanction], bases: &Bases) -> Vec<Result<FineRange, Obstacle>> {
    let own: Vec<Result<FineRange, Obstacle>> = tiers.iter().map(|tier| legal_range(tier, bases)).collect();
    let is_met = |at: usize| own[at].is_ok() && tiers[at].conditions.iter().any(|one| is_on(one, bases));
    let is_replaced = |at: usize| {
        let special =
            (at + 1..tiers.len()).take_while(|next| tiers[*next].conditions.iter().any(|one| base(one).is_some()));
        let same = |next: &usize| tiers[*next].addressee == tiers[at].addressee && tiers[*next].item == tiers[at].item;
        tiers[at].conditions.is_empty() && own[at].is_ok() && special.filter(same).any(is_met)
    };
    (0..tiers.len()).map(|at| if is_replaced(at) { Err(Obstacle::NotMet) } else { own[at] }).collect()
}

/// The tiers of one 款 or 项 of a provision, by its bytes.
pub fn of_part(tiers: Vec<Sanction>, part: &Range<usize>) -> Vec<Sanction> {
    let meets = |span: &Range<usize>| span.start < part.end && part.start < span.end;
    tiers
        .into_iter()
        .filter(|tier| match &tier.item {
            // The lead of a list strikes each of its items, and the 款 that holds them.
            Some(item) => meets(item),
            None => meets(&tier.span),
        })
        .collect()
}

/// The same tiers with those of a lead once and not again for every 项 of its list.
pub fn once_a_list(tiers: Vec<Sanction>) -> Vec<Sanction> {
    let mut once: Vec<Sanction> = Vec::new();
    for tier in tiers {
        let is_lead = tier.item.as_ref().is_some_and(|item| item.start >= tier.span.end);
        let same = |known: &&mut Sanction| known.span == tier.span && known.addressee == tier.addressee;
        match once.iter_mut().rev().find(same) {
            Some(known) if is_lead => {
                known.item = None;
                known.act.retain(|act| act.start < tier.span.end);
            }
            _ => once.push(tier),
        }
    }
    once
}

/// The sum on which a condition hangs.
fn base(condition: &Condition) -> Option<BaseKind> {
    condition.threshold.as_ref()?;
    match condition.kind {
        ConditionKind::IllegalGains => Some(BaseKind::IllegalGains),
        ConditionKind::GoodsValue => Some(BaseKind::GoodsValue),
        _ => None,
    }
}

/// Whether a condition hangs on a sum that is given.
fn is_on(condition: &Condition, bases: &Bases) -> bool {
    base(condition).is_some_and(|kind| bases.0.contains_key(&kind))
}

/// Whether a tier counts for somebody: where a clause has tiers with a fine for them, those alone; else those that strike anybody.
pub fn own_tiers(tiers: &[Sanction], addressee: Option<Addressee>) -> Vec<bool> {
    let Some(wanted) = addressee else { return vec![true; tiers.len()] };
    let fines = |tier: &Sanction| tier.penalties.iter().any(|penalty| penalty.kind == PenaltyKind::Fine);
    let special = tiers.iter().any(|tier| strikes(tier.addressee, wanted) && fines(tier));
    let own = |tier: &Sanction| strikes(tier.addressee, wanted) || !special && tier.addressee == Addressee::Any;
    tiers.iter().map(own).collect()
}

/// The least fine that a tier can come to whose base is not told: its lowest multiple of the least sum on which it hangs
/// (违法所得三十万元以上的，并处违法所得一倍以上五倍以下罚款 is never below 300,000 yuan).
fn least(tier: &Sanction) -> Option<u64> {
    let sums = tier
        .conditions
        .iter()
        .filter_map(|condition| Some((base(condition)?, condition.threshold.as_ref()?.amount.lo?.value)));
    legal_range(tier, &Bases(sums.collect())).ok().map(|range| range.min_fen)
}

/// Whether a fine lies in what the tiers allow, and in which; `addressee` leaves out the tiers that strike others.
pub fn fits(
    tiers: &[Sanction],
    ranges: &[Result<FineRange, Obstacle>],
    fen: u64,
    addressee: Option<Addressee>,
) -> (Fits, Vec<usize>) {
    let own = own_tiers(tiers, addressee);
    let asked: Vec<(usize, &Result<FineRange, Obstacle>)> = tiers
        .iter()
        .zip(ranges)
        .enumerate()
        .filter(|(at, _)| own.get(*at) == Some(&true))
        .map(|(at, (_, range))| (at, range))
        .collect();
    let within: Vec<usize> = asked
        .iter()
        .filter(|(_, range)| range.as_ref().is_ok_and(|range| range.holds(fen)))
        .map(|(at, _)| *at)
        .collect();
    let told = |(at, range): &(usize, &Result<FineRange, Obstacle>)| match range {
        Ok(_) | Err(Obstacle::NoFine | Obstacle::NotMet) => true,
        Err(Obstacle::BaseMissing(_)) => tiers.get(*at).and_then(least).is_some_and(|least| fen < least),
        Err(_) => false,
    };
    let fits = match () {
        () if !within.is_empty() => Fits::Within,
        () if asked.iter().all(|(_, range)| matches!(range, Err(Obstacle::NoFine))) => Fits::NoFine,
        () if asked.iter().all(told) => Fits::Outside,
        () => Fits::Untold,
    };
    (fits, within)
}

fn strikes(tier: Addressee, wanted: Addressee) -> bool {
    let person = |one| matches!(one, Addressee::Individual | Addressee::ResponsiblePerson);
    tier == wanted || person(tier) && person(wanted)
}

/// Compares the tiers of the text of the day of the act with those of the text of the day of the decision.
pub fn weighed(act: &[Sanction], decision: &[Sanction], bases: &Bases) -> Weighed {
    let mut free: Vec<usize> = (0..decision.len()).collect();
    let mut pairs = Vec::new();
    for (at, tier) in act.iter().enumerate() {
        let fitting: Vec<usize> = free.iter().copied().filter(|other| corresponds(tier, &decision[*other])).collect();
        // The only tier of each corresponds, whatever its words.
        let only = act.len() == 1 && decision.len() == 1;
        let counterpart = match fitting.as_slice() {
            [first, ..] => Some(*first),
            [] if only => Some(0),
            [] => None,
        };
        if let Some(other) = counterpart {
            free.retain(|one| *one != other);
            pairs.push(Pair { act: at, decision: other, order: weigh(tier, &decision[other], bases) });
        }
    }
    let complete = pairs.len() == act.len() && free.is_empty() && !pairs.is_empty();
    let lighter = if complete { on_the_whole(&pairs) } else { Lighter::Untold };
    Weighed { pairs, complete, lighter }
}

/// Whether two tiers hang on the same and strike the same.
fn corresponds(one: &Sanction, other: &Sanction) -> bool {
    let hangs_on =
        |tier: &Sanction| -> BTreeSet<ConditionKind> { tier.conditions.iter().map(|one| one.kind).collect() };
    one.addressee == other.addressee
        && hangs_on(one) == hangs_on(other)
        && one.penalties.is_empty() == other.penalties.is_empty()
}

fn on_the_whole(pairs: &[Pair]) -> Lighter {
    let told: Option<Vec<Ordering>> =
        pairs.iter().filter(|pair| pair.order != Err(Incomparable::NoPenalty)).map(|pair| pair.order.ok()).collect();
    let Some(orders) = told.filter(|orders| !orders.is_empty()) else { return Lighter::Untold };
    let has = |order| orders.contains(&order);
    match (has(Ordering::Less), has(Ordering::Greater)) {
        (false, false) => Lighter::Same,
        (true, false) => Lighter::Act,
        (false, true) => Lighter::Decision,
        (true, true) => Lighter::ByTier,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::sanction::sanctions;

    const OLD: &str =
        "渡船超载的，责令改正，处一千元以上五千元以下的罚款；情节严重的，处五千元以上一万元以下的罚款，并吊销许可证。";
    const NEW: &str =
        "渡船超载的，责令改正，处五千元以上五万元以下的罚款；情节严重的，处五万元以上十万元以下的罚款，并吊销许可证。";

    fn told(text: &str, fen: u64) -> (Fits, Vec<usize>) {
        let tiers = sanctions(text);
        fits(&tiers, &ranges(&tiers, &Bases::default()), fen, None)
    }

    #[test]
    fn a_fine_lies_in_a_tier_or_outside_of_all() {
        assert_eq!(told(OLD, 200_000), (Fits::Within, vec![0]));
        assert_eq!(told(OLD, 500_000), (Fits::Within, vec![0, 1]), "both include the bound");
        assert_eq!(told(OLD, 1_000_001), (Fits::Outside, vec![]));
        assert_eq!(told("渡船超载的，责令改正。", 100), (Fits::NoFine, vec![]));
        assert_eq!(
            told("渡船超载的，处货值金额一倍以上三倍以下的罚款。", 100).0,
            Fits::Untold,
            "its base is not known"
        );
        let tiers = sanctions("渡船超载的，处货值金额一倍以上三倍以下的罚款。");
        let bases = Bases([(BaseKind::GoodsValue, 100)].into());
        assert_eq!(fits(&tiers, &ranges(&tiers, &bases), 301, None).0, Fits::Outside);
    }

    #[test]
    fn who_is_struck_decides_which_tiers_count() {
        let text = "超载的，对单位处一万元以上五万元以下的罚款，对个人处一千元以上五千元以下的罚款。";
        let tiers = sanctions(text);
        let of = |addressee| fits(&tiers, &ranges(&tiers, &Bases::default()), 200_000, addressee).0;
        assert_eq!((of(Some(Addressee::Individual)), of(Some(Addressee::Organisation))), (Fits::Within, Fits::Outside));
    }

    #[test]
    fn tiers_of_others_are_left_out_where_there_are_own_ones() {
        let of = |text: &str, yuan: u64, addressee| {
            let tiers = sanctions(text);
            fits(&tiers, &ranges(&tiers, &Bases::default()), yuan * 100, Some(addressee)).0
        };
        let (person, firm) = (Addressee::Individual, Addressee::Organisation);
        // 消防法 (2021) article 60, 旅游法 (2018) article 98.
        let fire = "单位违反本法规定，有下列行为之一的，责令改正，处五千元以上五万元以下罚款：\n（一）消防设施配置不合标准的；\n（二）损坏消防设施的。\n\
                    个人有前款第二项行为之一的，处警告或者五百元以下罚款。";
        assert_eq!((of(fire, 10_000, person), of(fire, 500, person)), (Fits::Outside, Fits::Within));
        assert_eq!((of(fire, 10_000, firm), of(fire, 500, firm)), (Fits::Within, Fits::Outside));
        let travel = "旅行社违反本法规定，有下列行为之一的，由旅游主管部门责令改正，没收违法所得，责令停业整顿，并处三万元以上三十万元以下罚款；\
                      违法所得三十万元以上的，并处违法所得一倍以上五倍以下罚款；情节严重的，吊销旅行社业务经营许可证；\
                      对直接负责的主管人员和其他直接责任人员，没收违法所得，处二千元以上二万元以下罚款，并暂扣或者吊销导游证。";
        assert_eq!((of(travel, 200_000, person), of(travel, 20_000, person)), (Fits::Outside, Fits::Within));
        assert_eq!((of(travel, 15_000, firm), of(travel, 200_000, firm)), (Fits::Outside, Fits::Within));
        assert_eq!(of(travel, 400_000, firm), Fits::Untold, "the gains may allow it");
        let with_gains = |text: &str, gains: u64, yuan: u64| {
            let (tiers, bases) = (sanctions(text), Bases([(BaseKind::IllegalGains, gains * 100)].into()));
            fits(&tiers, &ranges(&tiers, &bases), yuan * 100, Some(firm)).0
        };
        assert_eq!(
            with_gains(travel, 500_000, 100_000),
            Fits::Outside,
            "the special tier takes the place of the general one"
        );
        assert_eq!(
            (with_gains(travel, 500_000, 600_000), with_gains(travel, 100_000, 100_000)),
            (Fits::Within, Fits::Within)
        );
        // 证券法 (2019) article 191.
        let shares = "从事内幕交易的，责令依法处理非法持有的证券，没收违法所得，并处以违法所得一倍以上十倍以下的罚款；\
                      没有违法所得或者违法所得不足五十万元的，处以五十万元以上五百万元以下的罚款。";
        assert_eq!(
            (with_gains(shares, 150_000, 180_000), with_gains(shares, 150_000, 600_000)),
            (Fits::Outside, Fits::Within)
        );
        assert_eq!(with_gains(shares, 600_000, 700_000), Fits::Within);
        // 农产品质量安全法 (2022) article 70: a tier for farmers alone.
        let farm = "销售死因不明的动物的，并处十万元以上十五万元以下罚款；对农户，并处一千元以上一万元以下罚款。";
        assert_eq!((of(farm, 2_000, firm), of(farm, 2_000, person)), (Fits::Outside, Fits::Within));
    }

    #[test]
    fn fines_per_unit_are_read() {
        let per = |text: &str| ranges(&sanctions(text), &Bases::default());
        for text in [
            // 土地管理法实施条例 (2021) article 57, 劳动保障监察条例 article 25.
            "依照《土地管理法》第七十七条的规定处以罚款的，罚款额为非法占用土地每平方米100元以上1000元以下。",
            "用人单位违反劳动保障法律延长劳动者工作时间的，由劳动保障行政部门给予警告，责令限期改正，\
             并可以按照受侵害的劳动者每人100元以上500元以下的标准计算，处以罚款。",
        ] {
            assert!(matches!(per(text).as_slice(), [Err(Obstacle::PerUnit(_))]), "{:?}", per(text));
        }
    }

    #[test]
    fn the_lighter_text_is_found_tier_by_tier() {
        let of = |act: &str, decision: &str| weighed(&sanctions(act), &sanctions(decision), &Bases::default()).lighter;
        assert_eq!(of(OLD, NEW), Lighter::Act);
        assert_eq!(of(NEW, OLD), Lighter::Decision);
        assert_eq!(of(OLD, OLD), Lighter::Same);
        let mixed = NEW.replace("处五千元以上五万元", "处一百元以上五百元");
        assert_eq!(of(OLD, &mixed), Lighter::ByTier);
        assert_eq!(of(OLD, "渡船超载的，处五百元罚款。"), Lighter::Untold, "the tiers do not pair off");
    }
}
