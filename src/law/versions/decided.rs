//! The first day of a version that an instrument which amends tells: 本修正案自2021年3月1日起施行.

use super::proof::Proof;
use crate::law::history::Act;
use jiff::civil::Date;

/// What an instrument that amends (修正案, 修改决定) says of when its changes begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// The days by which the instrument is known: adoption, promulgation.
    pub days: Vec<Date>,
    /// Its first day in force, with its words.
    pub proof: Proof,
}

/// The first day of the version that the last act made, told by the decision that is this act: both are known by one day.
/// A decision that stands in the collection says more than the metadata of a source, which many sources lack.
pub(super) fn first_day(decisions: &[Decided], acts: &[Act]) -> Option<Proof> {
    let last = acts.last()?;
    let is_act = |decided: &&Decided| last.days().any(|day| decided.days.contains(&day));
    let begins = |decided: &&Decided| decided.proof.date >= last.first_day && decided.proof.assumed.is_none();
    let found = decisions.iter().filter(is_act).filter(begins).min_by_key(|decided| decided.proof.date);
    found.map(|decided| decided.proof.clone())
}
