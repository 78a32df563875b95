//! Names of natural persons. Words beside them tell them (被告人, ，男，, 的证言), a list tells its neighbours, and what is known
//! once is known everywhere in the record.

mod candidate;
mod cues;
mod labels;
mod lists;
mod standing;

use super::edits::{Edit, Pieces};
use super::persons::{Part, Persons};
use super::reading::{Reading, is_han};
use candidate::{Finder, Trust};
use regex::Regex;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Longest bracket between a cue and the name: 原告（反诉被告）张三.
const BRACKET_MAX: usize = 16;
/// Words between a cue and the name that say nothing.
const FILLERS: &[&str] =
    &["自报姓名", "自报", "自称", "名叫", "名为", "姓名", "之一", "兼", "暨", "即", "系", "是", "为", "另一"];

/// Words before a name, longest first.
static CUES: LazyLock<Regex> = LazyLock::new(|| {
    let mut words: Vec<&str> = cues::PERSONS.iter().chain(cues::OFFICES.iter()).copied().collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.dedup();
    Regex::new(&words.join("|")).expect("a constant pattern")
});
static BEHIND_PERSONS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(cues::BEHIND_PERSONS).expect("a constant pattern"));
static BEHIND_NAMES: LazyLock<Regex> = LazyLock::new(|| Regex::new(cues::BEHIND_NAMES).expect("a constant pattern"));
static PENALISED: LazyLock<Regex> = LazyLock::new(|| Regex::new(cues::PENALISED).expect("a constant pattern"));
/// Who sues at the begin of a line.
static LITIGANTS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)^[#\s一二三四五六七八九十0-9、.]{0,8}([\p{Han}]{2,4}?)(?:等)?(?:诉|与某|与[\p{Han}]{2,24}纠纷)")
        .expect("a constant pattern")
});

/// Every name to be masked. `persons` keeps who is known from round to round.
pub(super) fn find(pieces: &Pieces, persons: &mut Persons) -> Vec<Edit> {
    let reading = Reading::new(pieces.text());
    let finder = Finder::new(&reading);
    beside_cues(&finder, persons);
    before_words(&finder, persons);
    penalised(&finder, persons);
    alone(&finder, pieces, persons);
    litigants(&finder, persons);
    // Lists first: who stands beside a prosecutor is one too and not just anybody.
    lists::extend(&finder, persons);
    standing::find(&finder, persons);
    lists::extend(&finder, persons);
    let (found, used) = occurrences(&finder, persons);
    persons.edits(&reading, &found, &used)
}

/// Names behind words like 被告人.
fn beside_cues(finder: &Finder<'_>, persons: &mut Persons) {
    let reading = finder.reading;
    for cue in CUES.find_iter(reading.text) {
        let part = if cues::OFFICES.contains(&cue.as_str()) { Part::Office } else { Part::Person };
        let (at, labelled) = after(reading, reading.place(cue.end()));
        let labelled_name = if labelled { labels::name(finder, at, cue.as_str()) } else { None };
        // 吉乃各胡 is longer than what its first character would begin as a surname.
        let sounds = labels::by_sound(finder, at, cue.as_str());
        let end = labelled_name
            .or_else(|| sounds.filter(|end| *end > at + 3))
            .or_else(|| finder.forward(at, Trust::Weak))
            .or_else(|| finder.is_member(at, 3).then_some(at + 3))
            .or_else(|| labels::foreign(finder, at, cue.as_str(), labelled))
            .or(sounds);
        if let Some(end) = end {
            persons.note(reading.str(at..end), part);
        }
    }
}

/// Where the name begins behind a cue, and whether a colon or a column stands between.
fn after(reading: &Reading<'_>, mut at: usize) -> (usize, bool) {
    let mut labelled = false;
    for _ in 0..4 {
        match reading.at(at) {
            '（' | '(' => {
                let close = (at + 1..at + BRACKET_MAX).find(|place| matches!(reading.at(*place), '）' | ')' | '\n'));
                match close.filter(|place| reading.at(*place) != '\n') {
                    Some(close) => at = close + 1,
                    None => return (at, labelled),
                }
            }
            '：' | ':' | '|' | '\t' => {
                labelled = true;
                at += 1;
            }
            '】' if reading.at(at + 1) == '\n' => {
                labelled = true;
                at += 2;
            }
            ' ' | '\u{3000}' | '“' | '"' | '*' if !is_mask(reading, at) => at += 1,
            _ => match FILLERS.iter().find(|word| reading.has(at, word)) {
                Some(word) => at += word.chars().count(),
                None => break,
            },
        }
    }
    while matches!(reading.at(at), ' ' | '\u{3000}') {
        at += 1;
    }
    (at, labelled)
}

/// Whether stars are a masked name and no mark of emphasis.
fn is_mask(reading: &Reading<'_>, at: usize) -> bool {
    reading.at(at) == '*' && !is_han(reading.at(at + 1)) && reading.at(at + 1) != '*'
}

/// Names before words like ，男， and 的证言.
fn before_words(finder: &Finder<'_>, persons: &mut Persons) {
    let reading = finder.reading;
    for (pattern, trust) in [(&BEHIND_PERSONS, Trust::Firm), (&BEHIND_NAMES, Trust::Weak)] {
        for found in pattern.find_iter(reading.text) {
            let end = reading.place(found.start());
            if persons.at_end(reading, end) {
                continue;
            }
            let start = finder
                .backward(end, trust)
                .or_else(|| (trust == Trust::Firm).then(|| labels::dotted_before(finder, end))?);
            if let Some(start) = start {
                persons.note(reading.str(start..end), Part::Person);
            }
        }
    }
}

/// Names of those on whom penalties are put: 对张三、李四分别给予警告.
fn penalised(finder: &Finder<'_>, persons: &mut Persons) {
    let reading = finder.reading;
    for group in PENALISED.captures_iter(reading.text).filter_map(|found| found.get(1)) {
        let mut at = reading.place(group.start());
        let end = reading.place(group.end());
        while at < end {
            // 和 ends names too: it joins only where something follows that can be one.
            let joins = |place: &usize| "和与及".contains(reading.at(*place)) && *place > at + 1 && place + 2 < end;
            let next = (at..end).find(|place| reading.at(*place) == '、' || joins(place)).unwrap_or(end);
            if labels::is_whole(finder, at, next)
                || next - at == 3 && finder.is_given_name(at, 3) && finder.masked(at).is_none()
            {
                persons.note(reading.str(at..next), Part::Person);
            }
            at = next + 1;
        }
    }
}

/// Names that are a party's whole entry, or begin a title: 张三诉李四合同纠纷案.
fn alone(finder: &Finder<'_>, pieces: &Pieces, persons: &mut Persons) {
    let reading = finder.reading;
    for party in pieces.parties() {
        let at = reading.place(party.start);
        if let Some(end) = labels::name(finder, at, "姓名") {
            persons.note(reading.str(at..end), Part::Person);
        }
        for (start, end) in members(reading, at, reading.place(party.end)) {
            if labels::is_listed(finder, start, end) {
                persons.note(reading.str(start..end), Part::Person);
            }
        }
    }
    for title in pieces.titles() {
        let (mut at, close) = (reading.place(title.start), reading.place(title.end));
        for lead in ["关于对", "关于", "对", "被告人", "行政处罚决定书"] {
            at += if reading.has(at, lead) { lead.chars().count() } else { 0 };
        }
        while matches!(reading.at(at), '-' | '_' | ' ' | '（' | '(' | '：') {
            at += 1;
        }
        let end = finder.forward(at, Trust::Weak).filter(|end| *end <= close && finder.ending(*end) > 1);
        if let Some(end) = end {
            persons.note(reading.str(at..end), Part::Person);
        }
    }
}

/// The members of a list of parties, what stands in brackets behind them left out: 甲银行、张三（时任行长）、李四.
fn members(reading: &Reading<'_>, start: usize, end: usize) -> Vec<(usize, usize)> {
    let (mut found, mut from, mut to, mut depth) = (Vec::new(), start, None, 0usize);
    for at in start..=end {
        let c = if at == end { '、' } else { reading.at(at) };
        match c {
            '（' | '(' | '[' | '［' | '〔' => {
                to.get_or_insert(at);
                depth += 1;
            }
            '）' | ')' | ']' | '］' | '〕' => depth = depth.saturating_sub(1),
            '、' | '，' | '\n' | ' ' if depth == 0 || at == end => {
                found.push((from, to.take().unwrap_or(at)));
                from = at + 1;
            }
            _ => {}
        }
    }
    found.retain(|(from, to)| from < to);
    found
}

/// Names that begin a heading: 张三诉李四合同纠纷案.
fn litigants(finder: &Finder<'_>, persons: &mut Persons) {
    let reading = finder.reading;
    for found in LITIGANTS.captures_iter(reading.text).filter_map(|found| found.get(1)) {
        let (start, end) = (reading.place(found.start()), reading.place(found.end()));
        // 关于上诉人: the word goes on.
        if reading.at(end) == '诉' && "上起申公自反控投应胜败撤".contains(reading.before(end)) {
            continue;
        }
        if labels::is_whole(finder, start, end) || end - start == 3 && finder.is_given_name(start, 3) {
            persons.note(reading.str(start..end), Part::Person);
        }
    }
}

/// Where persons are named, and the masks that the text has already.
fn occurrences(finder: &Finder<'_>, persons: &Persons) -> (Vec<(usize, usize)>, HashSet<String>) {
    let reading = finder.reading;
    let (mut found, mut used) = (Vec::new(), HashSet::new());
    let mut at = 0;
    while at < reading.len() {
        if let Some((long, part)) = persons.at(reading, at) {
            // 李军醉酒: where 李军 is known too, what follows him is not part of him.
            let shorter = long > at + 2
                && persons.knows(reading.str(at..long - 1))
                && (finder.ending(long - 1) > 1 || finder.is_firm(long));
            let end = if shorter { long - 1 } else { long };
            if part == Part::Person && !finder.is_firm(end) {
                found.push((at, end));
            }
            at = end;
        } else if let Some(end) = finder.masked(at) {
            used.insert(reading.str(at..end).to_string());
            at = end;
        } else {
            at += 1;
        }
    }
    (found, used)
}
