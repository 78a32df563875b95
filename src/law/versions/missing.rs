//! Changes of which the histories of other versions tell: the text that one of them made, and those whose text is not here.

use super::decided::{self, Decided};
use super::intervals::{Placed, VersionInput};
use super::proof::Proof;
use super::{Likeness, compare};
use crate::law::event::{Event, EventKind, EventSource};
use crate::law::history::{Act, acts};
use crate::law::validity::EndedBy;
use jiff::civil::Date;

/// A change that made a text whose own history does not tell of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Untold {
    /// The change.
    pub act: Act,
    /// What the history of a later version tells of it, in its words.
    pub events: Vec<Event>,
}

impl Untold {
    /// Why the text is dated by it, in Chinese.
    pub fn remark(&self) -> String {
        let day = self.act.key_date();
        format!("题注未载{day}的变动；来源所注日期即该日，后一版本的题注载有该次变动，故以本文本为该次变动后的文本")
    }
}

/// For each version the change that made it, where only a later version's history tells of it: its source dates the text,
/// or its first day in force, by the very day of a change in the midst of that history, and no other version is of that
/// change. A collection that drops the last line of a history still names the file by its day.
///
/// A day that is merely one of effect is in no history as a change, so it dates nothing.
pub fn untold(versions: &[VersionInput<'_>]) -> Vec<Option<Untold>> {
    let mut found: Vec<Option<Untold>> = vec![None; versions.len()];
    if versions.len() < 2 {
        return found;
    }
    let histories: Vec<Vec<Act>> = versions.iter().map(|version| acts(&version.events)).collect();
    let taken = |act: &Act| histories.iter().filter_map(|acts| acts.last()).any(|last| is_one(last, act));
    for (at, version) in versions.iter().enumerate() {
        let own = histories.get(at).and_then(|acts| acts.last());
        let is_younger = |act: &Act| own.is_none_or(|own| own.last_day < act.first_day);
        let mut told = versions.iter().zip(&histories).enumerate().filter(|(other, _)| *other != at);
        found[at] = told.find_map(|(_, (teller, acts))| {
            let of_day = |act: &Act| is_dated(version, act) && is_younger(act) && !taken(act);
            let place = changes(acts).find(|(_, act)| of_day(act)).map(|(place, _)| place)?;
            let act = acts.get(place)?.clone();
            let events = told_of(teller, &act, acts.get(place + 1));
            Some(Untold { act, events })
        });
    }
    found
}

/// The versions with what [`untold`] tells of them among their events.
pub(super) fn completed<'a>(versions: &[VersionInput<'a>], untold: &[Option<Untold>]) -> Vec<VersionInput<'a>> {
    let mut versions = versions.to_vec();
    for (version, untold) in versions.iter_mut().zip(untold) {
        version.events.extend(untold.iter().flat_map(|untold| untold.events.clone()));
    }
    versions
}

/// Whether what a source says of a text names a day of an act: its own date, or the first day in force.
fn is_dated(version: &VersionInput<'_>, act: &Act) -> bool {
    let of_source = version.documents.iter().flat_map(|document| [document.source_date, document.effective_date]);
    let mut days = of_source.flatten();
    days.any(|day| act.days().any(|other| other == day))
}

/// The changes that a history tells of, each with its place: not the making, and no promulgation alone.
fn changes(acts: &[Act]) -> impl Iterator<Item = (usize, &Act)> {
    let is_change = |(place, act): &(usize, &Act)| {
        act.source == EventSource::History && (act.is_change() || *place > 0 && act.kind == EventKind::Adopted)
    };
    acts.iter().enumerate().filter(is_change)
}

/// Whether two histories speak of one act.
fn is_one(a: &Act, b: &Act) -> bool {
    !matches!(compare(a, b), Likeness::Other)
}

/// The events of one act in a history, with the first day in force that it tells beside it.
fn told_of(teller: &VersionInput<'_>, act: &Act, next: Option<&Act>) -> Vec<Event> {
    let made = |event: &&Event| event.kind.makes_text() && act.days().any(|day| day == event.date);
    let begun = |event: &&Event| event.kind == EventKind::Effective && is_between(event.date, act, next);
    let of_history = |event: &&Event| event.source == EventSource::History;
    let events = teller.events.iter().filter(of_history).filter(|event| made(event) || begun(event));
    events.cloned().collect()
}

fn is_between(day: Date, act: &Act, next: Option<&Act>) -> bool {
    day >= act.first_day && next.is_none_or(|next| day < next.first_day)
}

/// A change whose text is not here.
struct Missing {
    /// When the text before it ended.
    proof: Proof,
    /// The day by which the change is known.
    day: Date,
    /// Place of the version whose history tells of it.
    teller: usize,
}

/// Ends a version by the first change of which a later version's history tells and whose text is not here. Otherwise a text
/// that was changed would stand as in force until the next that happens to be here.
pub(super) fn end_by_missing(chain: &mut [Placed], versions: &[VersionInput<'_>]) {
    let histories: Vec<Vec<Act>> = chain
        .iter()
        .map(|placed| versions.get(placed.index).map(|version| acts(&version.events)).unwrap_or_default())
        .collect();
    for at in 0..chain.len() {
        let Some(missing) = missing(chain, versions, &histories, at) else { continue };
        let Some(version) = chain.get_mut(at) else { continue };
        let before = version.found.interval.ended_on;
        let begins = missing.proof.date;
        version.end(begins, EndedBy::Amendment, missing.proof);
        if version.found.interval.ended_on != before {
            version.found.teller = Some(missing.teller);
            version.remark(format!("库中缺少{}变动后的文本，本版本至{begins}止", missing.day));
        }
    }
}

fn missing(chain: &[Placed], versions: &[VersionInput<'_>], histories: &[Vec<Act>], at: usize) -> Option<Missing> {
    let version = chain.get(at)?;
    let own = version.last_act.as_ref();
    let since = own.map(|act| act.last_day).or(version.order)?;
    let is_missing = |act: &Act| {
        act.first_day > since
            && own.is_none_or(|own| !is_one(own, act))
            && !chain.iter().filter_map(|placed| placed.last_act.as_ref()).any(|held| is_one(held, act))
    };
    let later = chain.iter().zip(histories).skip(at + 1);
    let found = later.filter_map(|(placed, acts)| {
        let (place, act) = changes(acts).find(|(_, act)| is_missing(act))?;
        let teller = versions.get(placed.index)?;
        let decided: &[Decided] = &teller.decided;
        let proof = begun(decided, teller, act, acts.get(place + 1));
        Some(Missing { proof, day: act.key_date(), teller: placed.index })
    });
    found.min_by_key(|missing| (missing.day, missing.proof.date))
}

/// When a change that has no text here took effect: by the decision if it is here, by the history, else the day of the change.
fn begun(decided: &[Decided], teller: &VersionInput<'_>, act: &Act, next: Option<&Act>) -> Proof {
    let told = |date, quote, assumed| Proof {
        event: act.kind,
        date,
        source: EventSource::History,
        quote,
        document: None,
        assumed,
    };
    if let Some(proof) = decided::first_day(decided, std::slice::from_ref(act)) {
        return proof;
    }
    let written = |event: &&Event| {
        event.kind == EventKind::Effective && event.source == EventSource::History && is_between(event.date, act, next)
    };
    match teller.events.iter().filter(written).map(|event| event.date).min() {
        Some(date) if date == act.key_date() => told(date, act.quote.clone(), None),
        Some(date) => told(date, act.quote.clone(), Some(format!("题注载明自{date}起施行"))),
        None => {
            let date = act.key_date();
            told(date, act.quote.clone(), Some(format!("施行日期未见，暂以变动之日{date}计")))
        }
    }
}
