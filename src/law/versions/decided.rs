//! What instruments that amend tell of a version: its first day (本修正案自2021年3月1日起施行), and the last of the one before.

use super::intervals::{Placed, VersionInput};
use super::proof::Proof;
use crate::law::history::{Act, acts};
use crate::law::validity::EndedBy;
use jiff::civil::Date;

/// What an instrument that amends (修正案, 修改决定) says of when its changes begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// The days by which the instrument is known: adoption, promulgation.
    pub days: Vec<Date>,
    /// Its first day in force, with its words.
    pub proof: Proof,
    /// The sentence by which it amends, from that day.
    pub amends: Proof,
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

/// Days within which a decision and a change in a history are one, as adopted, promulgated and published.
const SAME_ACT_DAYS_MAX: i32 = 90;

/// Ends the newest version by the first decision that amends it and of which no text tells: what it made is not here.
///
/// A text that is here has a decision in it if its history tells of a change about the days of the decision, or of a later
/// one, or if its source dates it later: collections keep texts up without saying so.
pub(super) fn end_by_decision(chain: &mut [Placed], versions: &[VersionInput<'_>]) {
    let told: Vec<Date> = versions.iter().flat_map(|version| acts(&version.events)).flat_map(days_of).collect();
    let Some(newest) = chain.last_mut() else { return };
    let Some(input) = versions.get(newest.index) else { return };
    let stated = input.documents.iter().flat_map(|document| [document.source_date, document.effective_date]);
    let known = newest.last_act.as_ref().map(|act| act.last_day).or(newest.order);
    let Some(known) = known.into_iter().chain(stated.flatten()).chain(newest.effective_from()).max() else { return };
    let is_after = |decided: &&Decided| {
        let is_told = |day: &Date| told.iter().any(|known| (*known - *day).get_days().abs() <= SAME_ACT_DAYS_MAX);
        decided.days.iter().all(|day| *day > known) && decided.proof.date > known && !decided.days.iter().any(is_told)
    };
    let found = input.decided.iter().filter(is_after).min_by_key(|decided| decided.proof.date).cloned();
    let Some(Decided { proof, amends, .. }) = found else { return };
    let before = newest.found.interval.ended_on;
    newest.end(proof.date, EndedBy::Amendment, amends);
    if newest.found.interval.ended_on != before {
        newest.remark(format!("自{}起被修改，修改后的文本库中没有", proof.date));
    }
}

fn days_of(act: Act) -> Vec<Date> {
    act.days().collect()
}
