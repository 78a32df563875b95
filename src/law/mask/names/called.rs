//! Words that people are called (时光, 成功, 何必): names where only a person can stand, words everywhere else.

use super::super::persons::Persons;
use super::candidate::Finder;
use super::wordy;
use regex::Regex;
use std::collections::HashSet;
use std::sync::LazyLock;

static CALLED: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| words().filter(|word| !word.starts_with('!')).collect());
static OF_LAW: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| words().filter_map(|word| word.strip_prefix('!')).collect());

fn words() -> impl Iterator<Item = &'static str> {
    include_str!("called.txt").lines().filter(|line| !line.starts_with('#')).flat_map(str::split_ascii_whitespace)
}

/// A line that only speaks to somebody.
static ADDRESSED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?m)^[ \u{3000}]*(\p{Han}{2})[：:][ \u{3000}]*\r?$").expect("a constant pattern"));

/// Length of all of them, in characters.
const CHARS: usize = 2;

/// Whether a stretch is such a word and none of the law.
pub(super) fn is_one(finder: &Finder<'_>, start: usize, end: usize) -> bool {
    end == start + CHARS && CALLED.contains(finder.reading.str(start..end))
}

/// The begin of such a word that ends at a place, where what follows is said of persons alone.
pub(super) fn before(finder: &Finder<'_>, end: usize) -> Option<usize> {
    let start = end.checked_sub(CHARS)?;
    let name = finder.reading.str(start..end);
    (CALLED.contains(name) || OF_LAW.contains(name)).then_some(start)
}

/// The end of such a word behind a word like 负责人, where it ends a clause or what only persons do follows.
pub(super) fn behind_cue(finder: &Finder<'_>, at: usize, cue: &str) -> Option<usize> {
    let end = at + CHARS;
    if ["名称", "字号", "商户", "会员", "人员"].contains(&cue) || wordy::is_part(finder, at, end) {
        return None;
    }
    let name = finder.reading.str(at..end);
    let kin = cue.starts_with('其');
    let told = if OF_LAW.contains(name) {
        let says = ["的陈述", "的证言", "的供述", "的申辩", "的询问"].iter().any(|word| finder.reading.has(end, word));
        let drives = finder.reading.has(end, "驾驶") || finder.reading.has(end, "驾车");
        wordy::acts(finder, end) && !drives || says || kin && wordy::is_own(finder, end)
    } else {
        CALLED.contains(name) && (finder.is_closed(end) || wordy::acts(finder, end) || wordy::is_own(finder, end))
    };
    told.then_some(end)
}

/// Notes those who alone fill a line that speaks to them (高兴：), or stand beside somebody who is masked (方圆、白某等12人).
pub(super) fn find(finder: &Finder<'_>, persons: &mut Persons) {
    let reading = finder.reading;
    for found in ADDRESSED.captures_iter(reading.text).filter_map(|found| found.get(1)) {
        if CALLED.contains(found.as_str()) {
            persons.also(found.as_str(), None);
        }
    }
    for at in (0..reading.len()).filter(|at| reading.at(*at) == '、') {
        let (before, behind) = (at.checked_sub(CHARS), at + 1 + CHARS);
        if let Some(start) = before.filter(|start| is_one(finder, *start, at) && finder.masked(at + 1).is_some()) {
            persons.also(reading.str(start..at), None);
        }
        if is_one(finder, at + 1, behind) && finder.masked_before(at) && finder.ending(behind) > 0 {
            persons.also(reading.str(at + 1..behind), None);
        }
    }
}

/// Whether how something is done follows: 郑重初次违法.
pub(super) fn goes_on(finder: &Finder<'_>, end: usize) -> bool {
    ["初次", "主动", "多次", "擅自", "当场", "积极", "如实", "无证", "拒不"]
        .iter()
        .any(|word| finder.reading.has(end, word))
}

/// The end of such a word that begins a title: 方圆无证行医案.
pub(super) fn titled(finder: &Finder<'_>, at: usize, close: usize) -> Option<usize> {
    let end = at + CHARS;
    let title = finder.reading.str(end..close);
    let said = title.trim_end_matches(['）', ')', '”', '。']).ends_with('案') || title.contains("行政处罚");
    let own = is_one(finder, at, end) && finder.ending(end) > 0 && !wordy::is_part(finder, at, end);
    (said && own).then_some(end)
}
