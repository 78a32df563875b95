//! Those on whom something is put, or through whose hands it goes: 对张三、李四给予警告, 禁止张三终身从事, 由张三转让给李四.

use super::super::persons::{Part, Persons};
use super::super::reading::is_han;
use super::super::words::WORDS;
use super::candidate::Finder;
use super::form::{self, Form};
use super::{called, cues, labels, peoples};
use regex::Regex;
use std::sync::LazyLock;

static PENALISED: LazyLock<Regex> = LazyLock::new(|| Regex::new(cues::PENALISED).expect("a constant pattern"));
static BANNED: LazyLock<Regex> = LazyLock::new(|| Regex::new(cues::BANNED).expect("a constant pattern"));
static SUFFERED: LazyLock<Regex> = LazyLock::new(|| Regex::new(cues::SUFFERED).expect("a constant pattern"));
static HURT: LazyLock<Regex> = LazyLock::new(|| Regex::new(cues::HURT).expect("a constant pattern"));
static UNQUALIFIED: LazyLock<Regex> = LazyLock::new(|| Regex::new(cues::UNQUALIFIED).expect("a constant pattern"));
static HIRED: LazyLock<Regex> = LazyLock::new(|| Regex::new(cues::HIRED).expect("a constant pattern"));
static HANDED: LazyLock<Regex> = LazyLock::new(|| Regex::new(cues::HANDED).expect("a constant pattern"));

/// What tells that a person stands at a place.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Told {
    /// A person stands beside it in the same list, so it is no thing.
    pub beside: bool,
    /// What is put on it is put on persons and firms alone: a warning.
    pub put: bool,
}

/// Notes all of them.
pub(super) fn find(finder: &Finder<'_>, persons: &mut Persons) {
    let reading = finder.reading;
    for group in UNQUALIFIED.captures_iter(reading.text).filter_map(|found| found.get(1)) {
        for (start, end) in members(finder, reading.place(group.start()), reading.place(group.end())) {
            // 没有资质的施工队: who lacks it is told by what he is.
            let group = "队组部班所站船".contains(reading.before(end)) || labels::is_word(reading.str(start..end));
            if !group && (is_clear(finder, start, end) || form::of(finder, start, end) > Form::Bare) {
                note(finder, persons, start, end);
            }
        }
    }
    for pattern in [&PENALISED, &BANNED, &SUFFERED, &HURT] {
        for group in pattern.captures_iter(reading.text).filter_map(|found| found.get(1)) {
            let members = members(finder, reading.place(group.start()), reading.place(group.end()));
            let person = |(start, end): &(usize, usize)| {
                reading.str(*start..*end).contains('某') || is_clear(finder, *start, *end)
            };
            let put = cues::ON_PERSONS.iter().any(|word| reading.text[group.end()..].starts_with(word));
            let told = Told { beside: members.iter().any(person), put };
            for (start, end) in members {
                if called::is_one(finder, start, end) {
                    persons.also(reading.str(start..end), None);
                } else if is_clear(finder, start, end)
                    || is_one(finder, start, end, told)
                    || form::of(finder, start, end) > Form::Bare
                {
                    note(finder, persons, start, end);
                }
            }
        }
    }
    let handed = HANDED.captures_iter(reading.text).map(|found| (found, false));
    let hired = HIRED.captures_iter(reading.text).map(|found| (found, true));
    for (group, hired) in handed.chain(hired).filter_map(|(found, hired)| Some((found.get(1)?, hired))) {
        let (start, end) = (reading.place(group.start()), reading.place(group.end()));
        let [first, second] = [reading.at(start), reading.at(start + 1)];
        let surname = WORDS.is_surname(first) && !WORDS.is_doubtful(first);
        // 由施工总|承包: a word leads.
        let leads = WORDS.is_word(first, second) || labels::is_verb(reading.str(start..start + 2));
        // 安排未取得驾驶证的: what somebody lacks.
        let lacks = ["未", "没有", "不", "无"].iter().any(|word| reading.has(start, word));
        // 雇用童工从事: whom one hires is told by what he is.
        let trade = end == start + 2 && "工员者人师生手匠".contains(reading.before(end));
        let other = lacks || hired && (trade || labels::is_word(reading.str(start..end)));
        if !leads && !other && (is_clear(finder, start, end) || surname && is_one(finder, start, end, Told::default()))
        {
            persons.note(reading.str(start..end), Part::Person);
        }
    }
}

/// Notes somebody whose name may be a word: then it is one where names stand alone. 张方远时, 史秋林警: a stray character that no
/// given name has is none of it.
pub(super) fn note(finder: &Finder<'_>, persons: &mut Persons, start: usize, end: usize) {
    let reading = finder.reading;
    let stray = end == start + 4 && is_clear(finder, start, end - 1) && !WORDS.is_given(reading.before(end));
    let name = reading.str(start..if stray { end - 1 } else { end });
    if WORDS.is_region(name) {
        return;
    }
    if labels::is_word(name) {
        persons.also(name, None);
    } else {
        persons.note(name, Part::Person);
    }
}

/// The members of a list between two places.
fn members(finder: &Finder<'_>, mut at: usize, end: usize) -> Vec<(usize, usize)> {
    let reading = finder.reading;
    let mut found = Vec::new();
    while at < end {
        // 和 ends names too: it joins only where something follows that can be one.
        let joins = |place: &usize| "和与及".contains(reading.at(*place)) && *place > at + 1 && place + 2 < end;
        let next = (at..end).find(|place| reading.at(*place) == '、' || joins(place)).unwrap_or(end);
        // 对时任支行行长张三: what he is stands before him.
        let post = super::CUES.find_iter(reading.str(at..next)).last().map_or(0, |cue| cue.end());
        let start = reading.place(reading.byte(at) + post);
        if start + 1 < next {
            found.push((start, next));
        }
        at = next + 1;
    }
    found
}

/// Whether a member is a name by its own form.
fn is_clear(finder: &Finder<'_>, start: usize, end: usize) -> bool {
    labels::is_whole(finder, start, end)
        || end - start == 3 && finder.is_given_name(start, 3) && finder.masked(start).is_none()
}

/// Whether what stands where persons stand is one although its form does not say so: it names no firm, no office and nothing
/// else.
pub(super) fn is_one(finder: &Finder<'_>, start: usize, end: usize, told: Told) -> bool {
    let reading = finder.reading;
    let (name, chars) = (reading.str(start..end), reading.slice(start..end));
    if finder.masked(start).is_some() || name.contains('某') {
        return false;
    }
    if labels::is_pointed(name) || peoples::told(finder, start) == Some(end) {
        return true;
    }
    let (Some(first), Some(last)) = (chars.first().copied(), chars.last().copied()) else { return false };
    let whole = chars.iter().all(|c| is_han(*c)) && !chars.iter().skip(1).any(|c| WORDS.is_barred(*c));
    let surname = WORDS.is_surname(first);
    // 张某、龙华: a region is a person among persons.
    let known = told.beside || told.put;
    let other =
        if told.beside && surname && chars.len() == 2 { labels::is_thing(name) } else { labels::is_other(name) };
    let other = other
        || !whole
        || "其该此各所同上下本".contains(first)
        || !known && !surname && WORDS.is_word(reading.before(start), first)
        || chars.len() > 2 && (cues::FIRM_ENDS.contains(last) || cues::PLACES.contains(last));
    if other {
        return false;
    }
    let word = labels::is_word(name);
    let inner = chars.windows(2).any(|pair| WORDS.is_word(pair[0], pair[1]));
    let clear = !WORDS.is_doubtful(first) || WORDS.is_popular(first);
    match chars {
        // A word of the language is a name only among persons.
        [_, _] if surname => told.beside || clear && !inner && !word,
        [_, b] => known && !word && !inner && WORDS.is_given(*b),
        [a, b, _] if surname => !(word || WORDS.is_word(*a, *b) && WORDS.is_doubtful(*a)),
        [_, b, c] => known && !word && !inner && WORDS.is_given(*b) && WORDS.is_given(*c),
        [a, b, ..] if chars.len() == 4 => WORDS.is_compound(*a, *b) || surname && known && !word && !inner,
        _ => false,
    }
}

/// Whether what stands before a bracket that says what post somebody holds is a person, be it a word or not: 端庄（时任行长）.
pub(super) fn is_holder(finder: &Finder<'_>, start: usize, end: usize) -> bool {
    let (name, chars) = (finder.reading.str(start..end), finder.reading.slice(start..end));
    let whole = chars.iter().all(|c| is_han(*c) && *c != '某') && !chars.iter().skip(1).any(|c| WORDS.is_barred(*c));
    whole && (2..=3).contains(&chars.len()) && finder.masked(start).is_none() && !labels::is_thing(name)
}
