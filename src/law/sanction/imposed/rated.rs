//! Fines that are told by a rate of another one: 对主要负责人处单位罚款数额百分之五的罚款. Their sum follows from the fine of the unit where that
//! is one and certain; else it is not told, and neither is what all of them come to.

use super::clauses::Clause;
use super::{Imposed, Penalty, PenaltyKind, Reader, proposed};
use crate::law::amount::{Base, BaseKind, Found, PPM};
use std::collections::BTreeSet;
use std::ops::Range;

/// A fine told by a rate.
pub(super) struct Rated {
    /// Its place in what was found.
    at: usize,
    /// Whether it is taken of another fine.
    of_fine: bool,
    /// The rate in millionths, if it is one.
    ppm: Option<u64>,
    /// On how many persons it falls.
    heads: u32,
}

impl Rated {
    /// Whether it is the fine at a place.
    pub(super) fn is_of(&self, at: usize) -> bool {
        self.at >= at
    }
}

/// What stands in quotation marks, in bytes.
pub(super) fn quotations(text: &str) -> Vec<Range<usize>> {
    let (mut found, mut open) = (Vec::new(), None);
    for (at, sign) in text.match_indices(['“', '”', '\n']) {
        match (sign, open) {
            ("“", None) => open = Some(at),
            ("”", Some(start)) => {
                found.push(start..at);
                open = None;
            }
            ("\n", _) => open = None,
            _ => {}
        }
    }
    found
}

/// Of a decision with more penalties the fine of the unit is not looked for.
const FOUND_MAX: usize = 64;
/// What follows a rate that a rule is quoted with.
const OF_RULES: [&str; 5] = ["的规定", "之规定", "的处罚规定", "的标准", "的幅度"];

impl Reader<'_> {
    /// Notes a fine that only its rate tells. What stands in quotation marks is what a law says.
    pub(super) fn rate(&mut self, penalty: &Penalty, amount_fen: Option<u64>, heads: u32) {
        let Some(first) = penalty.amounts.first() else { return };
        let told = amount_fen.is_some() || first.amount.is_money() || penalty.kind != PenaltyKind::Fine;
        if told || self.is_quoted(penalty) {
            return;
        }
        let of_fine = first.amount.base.as_ref().is_some_and(|base| self.is_fine(base));
        self.rated.push(Rated { at: self.found.len(), of_fine, ppm: first.amount.fixed(), heads });
    }

    fn is_fine(&self, base: &Base) -> bool {
        let words = self.text.get(base.span.clone()).unwrap_or_default();
        base.kind == BaseKind::FineAmount || base.kind == BaseKind::Other && words.ends_with("罚款")
    }

    fn is_quoted(&self, penalty: &Penalty) -> bool {
        let behind = self.text.get(penalty.span.end..).unwrap_or_default();
        proposed::is_in(&self.quotations, penalty.span.start) || OF_RULES.iter().any(|words| behind.starts_with(words))
    }

    /// The sum of a rated fine, if the fine of which it is taken is one and the sum is whole fen. Other rated fines are none of it.
    fn sum_of(&self, rated: &Rated) -> Option<u64> {
        let own = self.found.get(rated.at).filter(|_| self.found.len() <= FOUND_MAX)?;
        let is_rated = |at: &usize| self.rated.binary_search_by_key(at, |rated| rated.at).is_ok();
        let is_base = |one: &Imposed| one.kind == PenaltyKind::Fine && one.amount_fen.is_some() && !one.repeats;
        let mut others = self.found.iter().enumerate().filter(|(at, one)| is_base(one) && !is_rated(at));
        let (_, base) = others.next()?;
        let sure = others.next().is_none() && base.heads == 1 && (own.party.is_none() || base.party != own.party);
        let parts = u128::from(base.amount_fen?) * u128::from(rated.ppm.filter(|_| sure && rated.of_fine)?);
        (parts % u128::from(PPM) == 0).then(|| u64::try_from(parts / u128::from(PPM)).ok())?
    }

    /// Settles the last rated fine in front of a clause that names the sum of all: 处单位罚款数额百分之五的罚款，合计罚款21万元.
    pub(super) fn settle_before(&mut self, clause: &Clause) {
        let last = self.found.len().wrapping_sub(1);
        let Some(rated) = self.rated.last().filter(|rated| rated.at == last) else { return };
        let heads = rated.heads;
        let Some(sum) = self.sum_of(rated).filter(|_| self.found[last].amount_fen.is_none()) else { return };
        let all = sum.saturating_mul(heads.into());
        let amounts = &self.numbers.amounts;
        let first = amounts.partition_point(|found| found.span.start < clause.span.start);
        let own = amounts.get(first).filter(|found| found.span.end <= clause.span.end);
        let told = own.and_then(|found: &Found| found.amount.fixed().filter(|_| found.amount.is_money()));
        if told == self.fines_fen.checked_add(all) {
            self.found[last].amount_fen = Some(sum);
            self.found[last].heads = heads;
            self.fines_fen = self.fines_fen.saturating_add(all);
        }
    }

    /// Gives every rated fine that was not told by its sum the one that follows; what does not follow is marked as not told.
    pub(super) fn settle(&mut self) {
        let sums: Vec<Option<u64>> = self.rated.iter().map(|rated| self.sum_of(rated)).collect();
        let fines = || self.found.iter().filter(|one| one.kind == PenaltyKind::Fine && one.amount_fen.is_some());
        let fined: BTreeSet<Option<usize>> = fines().map(|one| one.party).collect();
        for (rated, sum) in std::mem::take(&mut self.rated).iter().zip(sums) {
            let Some(own) = self.found.get_mut(rated.at).filter(|own| own.amount_fen.is_none()) else { continue };
            // 对乙处违法所得一倍的罚款 beside a sum for 甲: what both come to is not known.
            let alone = own.party.is_some() && !fined.is_empty() && !fined.contains(&own.party);
            own.amount_fen = sum;
            own.heads = if sum.is_some() { rated.heads } else { 1 };
            own.untold = sum.is_none() && (rated.of_fine || alone);
        }
    }
}
