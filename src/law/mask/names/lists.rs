//! Lists: who stands beside a known or masked name behind 、 or 和 is a person too.

use super::super::persons::{Part, Persons};
use super::super::reading::{Reading, is_han};
use super::super::words::WORDS;
use super::candidate::{Finder, Trust};
use super::{behind, cues, imposed, labels, peoples, wordy};

/// So many members that nothing else tells may stand between two persons.
const UNKNOWN_MAX: usize = 4;

/// Adds the neighbours of known and masked names. Every stretch between two of them is read once from each side.
pub(super) fn extend(finder: &Finder<'_>, persons: &mut Persons) {
    let reading = finder.reading;
    let mut at = 0;
    while at < reading.len() {
        let Some((end, part)) = anchor(finder, persons, at) else {
            at += 1;
            continue;
        };
        backwards(finder, persons, at, part);
        at = forwards(finder, persons, end, part);
    }
}

/// The known or masked name that begins at a place.
fn anchor(finder: &Finder<'_>, persons: &Persons, at: usize) -> Option<(usize, Part)> {
    if let Some(known) = persons.at(finder.reading, at) {
        return (!finder.is_firm(known.0)).then_some(known);
    }
    let end = finder.masked(at)?;
    let office = cues::OFFICES.iter().any(|word| finder.reading.ends(at, word));
    Some((end, if office { Part::Office } else { Part::Person }))
}

/// Follows a list behind a name; where it ends.
fn forwards(finder: &Finder<'_>, persons: &mut Persons, mut end: usize, part: Part) -> usize {
    let reading = finder.reading;
    loop {
        let Some(next) = over_connective(reading, over_bracket(reading, end)) else { return end };
        if let Some((after, _)) = anchor(finder, persons, next) {
            end = after;
            continue;
        }
        let member = || {
            let paused = reading.before(next) == '、';
            let member = finder.is_member(next, 3).then_some(next + 3);
            let member = member.or_else(|| peoples::told(finder, next)).or_else(|| labels::enclosed(finder, next, ""));
            member.or_else(|| labels::foreign_member(finder, next)).filter(|_| paused)
        };
        if let Some(found) = between(finder, persons, next).or_else(|| last(finder, next)) {
            persons.note(reading.str(next..found), part);
            end = found;
            continue;
        }
        if let Some(found) = wordy::in_list(finder, next) {
            wordy::note(finder, persons, next, found, part);
            end = found;
            continue;
        }
        let told = peoples::several(finder, next).filter(|end| finder.ending(*end) > 0);
        // What ends nowhere in a list is no member of it: 张某和安全生产人员.
        let ends = |found: &usize| finder.ending(*found) > 0;
        let found = told.or_else(|| finder.forward(next, Trust::Weak)).or_else(member).filter(ends);
        let further = || behind::member(finder, next).filter(|_| reading.before(next) == '、');
        let Some(found) = found.or_else(further) else { return end };
        persons.note(reading.str(next..found), part);
        end = found;
    }
}

/// The end of a member that begins at a place, behind a person, and before another person: whatever words its characters make,
/// it is one (严某、黄鹤、董某).
fn between(finder: &Finder<'_>, persons: &Persons, at: usize) -> Option<usize> {
    let reading = finder.reading;
    let member = |at: usize| {
        let end = (at + 2..=at + 3).find(|end| reading.at(*end) == '、')?;
        let surname = WORDS.is_surname(reading.at(at)) && reading.slice(at..end).iter().all(|c| is_han(*c));
        // 扎世华: without a surname of the table what is no word is one all the same.
        let told = imposed::Told { beside: true, put: false };
        (surname || end == at + 3 && imposed::is_one(finder, at, end, told)).then_some(end)
    };
    let first = member(at).filter(|_| reading.before(at) == '、')?;
    let mut next = first + 1;
    for _ in 0..UNKNOWN_MAX {
        if anchor(finder, persons, next).is_some() {
            return Some(first);
        }
        next = member(next)? + 1;
    }
    None
}

/// What is said of all members of a list of persons behind the last one.
const OF_ALL: [&str; 8] =
    ["等责任人", "等相关责任人", "等有关责任人", "等直接责任", "等主要责任", "等相关人员", "等有关人员", "等当事人"];

/// The end of the last member of a list that begins at a place, behind a person: whatever words its characters make, it is one
/// (对陈某、黄海等责任人员警告).
fn last(finder: &Finder<'_>, at: usize) -> Option<usize> {
    let reading = finder.reading;
    let is_name = |end: &usize| reading.slice(at..*end).iter().all(|c| is_han(*c));
    let is_end = |end: &usize| OF_ALL.iter().any(|words| reading.has(*end, words));
    let surname = reading.before(at) == '、' && WORDS.is_surname(reading.at(at));
    (at + 2..=at + 3).find(|end| is_name(end) && is_end(end)).filter(|_| surname)
}

/// Follows a list before a name.
fn backwards(finder: &Finder<'_>, persons: &mut Persons, mut start: usize, part: Part) {
    let reading = finder.reading;
    loop {
        let pause = reading.before(start) == '、';
        let joined = matches!(reading.before(start), '和' | '与' | '及');
        if start == 0 || !pause && !joined {
            return;
        }
        let end = start - 1;
        if persons.at_end(reading, end) {
            return;
        }
        let Some(found) = finder.backward(end, Trust::Weak) else { return };
        // 和 joins other things too, so a name before it must fill what stands before it.
        if joined && !(finder.beginning(found) > 1 && labels::is_whole(finder, found, end)) {
            return;
        }
        persons.note(reading.str(found..end), part);
        start = found;
    }
}

/// Behind a sign that joins the members of a list.
fn over_connective(reading: &Reading<'_>, at: usize) -> Option<usize> {
    let words = ["以及", "、、", "、", "和", "与", "及", "，"];
    let word = words.iter().find(|word| reading.has(at, word))?;
    // A comma joins only what is listed with commas in front of a pause; elsewhere it begins another clause.
    (*word != "，").then(|| at + word.chars().count())
}

/// Behind a short bracket after a name: 张三（已判决）、李四.
pub(super) fn over_bracket(reading: &Reading<'_>, at: usize) -> usize {
    if !matches!(reading.at(at), '（' | '(') {
        return at;
    }
    let close = (at + 1..at + 40).find(|place| matches!(reading.at(*place), '）' | ')' | '\n'));
    close.filter(|place| reading.at(*place) != '\n').map_or(at, |place| place + 1)
}
