//! Lines of their own, above or below a text, that say until when it is valid: （本文件有效期至2027年12月31日）, 有效期：5年,
//! 失效日期：2027-12-31.

use super::dates;
use super::period::{self, Period, Reading};
use super::text::may_be_held;
use crate::law::document::Document;
use crate::law::event::{Event, EventKind};
use jiff::civil::Date;

/// Lines at the head and at the end of a text that may say so.
const LINES: usize = 8;
/// Lines around such a line that tell of what it is.
const AROUND: usize = 3;
/// Characters of the longest.
const CHARS_MAX: usize = 50;
/// What the last day is called, which stands behind a colon.
const LAST_DAYS: [&str; 8] =
    ["失效日期", "失效时间", "到期日期", "到期时间", "到期日", "终止日期", "终止时间", "有效期届满日"];
/// How the period of validity is called in such a line; what else a period is called may be that of anything.
const TERMS: [&str; 4] = ["有效期限", "有效期", "有效时限", "有效时间"];
/// What a text is called by those who publish it.
const OWN: [&str; 4] = ["文件", "本件", "规范性文件", "该文件"];

/// The periods that such lines tell, each with its line; none if they contradict each other.
pub(super) fn periods<'a>(document: &'a Document, events: &[Event]) -> Vec<(&'a str, Period)> {
    let told = |(line, reading)| if let Reading::Told(period) = reading { Some((line, period)) } else { None };
    let found: Vec<(&str, Period)> = readings(document, events).into_iter().filter_map(told).collect();
    let is_one = found.iter().all(|(_, period)| Some(period.end) == found.first().map(|(_, first)| first.end));
    if is_one { found.into_iter().take(1).collect() } else { Vec::new() }
}

/// The first of them that cannot be read, or that contradicts another.
pub(super) fn unread<'a>(document: &'a Document, events: &[Event]) -> Option<&'a str> {
    let found = readings(document, events);
    let is_read = |reading: &Reading| matches!(reading, Reading::Told(_));
    let several = found.iter().filter(|(_, reading)| is_read(reading)).count() > 1;
    found.into_iter().find(|(_, reading)| several || *reading == Reading::Unclear).map(|(line, _)| line)
}

fn readings<'a>(document: &'a Document, events: &[Event]) -> Vec<(&'a str, Reading)> {
    if !document.text.contains("效") && !LAST_DAYS.iter().any(|label| document.text.contains(label))
        || may_be_held(&document.title)
    {
        return Vec::new();
    }
    let lines: Vec<&str> = document.text.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect();
    let is_outer = |at: usize| at < LINES || at + LINES >= lines.len();
    let is_apart = |at: usize| {
        let around = lines.get(at.saturating_sub(AROUND)..(at + AROUND + 1).min(lines.len())).unwrap_or_default();
        let is_other =
            |line: &&&str| line.chars().count() <= CHARS_MAX && (may_be_held(line) || period::is_of_stage(line));
        !around.iter().any(|line| is_other(&line))
    };
    let places = (0..lines.len()).filter(|at| is_outer(*at));
    let found = places.filter_map(|at| {
        let line = *lines.get(at)?;
        let reading = read(line, events);
        (reading != Reading::Nothing && is_apart(at)).then_some((line, reading))
    });
    found.collect()
}

/// The first of them that tells another end than the text does; both counting conventions of one end are one.
pub(super) fn contradicting<'a>(document: &'a Document, events: &[Event]) -> Option<(&'a str, Date)> {
    let is_end = |event: &&Event| event.kind == EventKind::Expired;
    let end = events.iter().filter(is_end).map(|event| event.date).min()?;
    let is_quoted = |line: &str| events.iter().filter(is_end).any(|event| event.quote.contains(line));
    readings(document, events).into_iter().find_map(|(line, reading)| match reading {
        Reading::Told(period) if (period.end - end).get_days().abs() > 1 && !is_quoted(line) => {
            Some((line, period.end))
        }
        _ => None,
    })
}

/// The line at the head or the end of a text that says that it is suspended: 本办法自2024年1月1日起暂停执行.
pub(super) fn suspended(document: &Document) -> Option<&str> {
    let lines: Vec<&str> = document.text.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect();
    let outer = lines.iter().enumerate().filter(|(at, _)| *at < LINES || at + LINES >= lines.len());
    outer.map(|(_, line)| *line).filter(|line| line.chars().count() <= CHARS_MAX).find(|line| {
        let bare = without_marks(line);
        let bare = REMARKS.iter().find_map(|remark| bare.strip_prefix(remark)).unwrap_or(bare);
        let own = period::without_itself(bare).or_else(|| OWN.iter().find_map(|own| bare.strip_prefix(own)));
        own.filter(|_| may_be_itself(bare, &document.title)).is_some_and(|rest| {
            let rest = ALREADY.iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
            let words = in_words(FROM.iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest));
            let day = dates::leading_date(&words).map_or(0, |found| found.span.end);
            let rest = words.get(day..).unwrap_or_default();
            let rest = rest.strip_prefix("即日").unwrap_or(rest).trim_start_matches(['起', '，', '现', '予', '以']);
            ["暂停执行", "暂停施行", "暂停实施", "暂停适用"].contains(&rest)
        })
    })
}

/// What such a line says.
fn read(line: &str, events: &[Event]) -> Reading {
    if line.chars().count() > CHARS_MAX {
        return Reading::Nothing;
    }
    let words = in_words(line);
    let bare = without_marks(&words);
    let own = period::without_itself(bare).or_else(|| OWN.iter().find_map(|own| bare.strip_prefix(own)));
    let rest = own.unwrap_or(bare).trim_start_matches('的');
    // 有效期为五年 alone may be of what the line above names.
    let is_marked = own.is_some() || line.starts_with(['（', '(', '【', '[']) || rest.contains(['：', ':']);
    // 到期日 and 终止日期 may be those of anything.
    let may_be_other = rest.starts_with(['到', '终']) && own.is_none();
    if let Some(behind) = LAST_DAYS.iter().find_map(|label| rest.strip_prefix(label)).filter(|_| !may_be_other) {
        let value = behind.trim_start_matches(['：', ':', '为', ' ', '\u{3000}']);
        return match dates::leading_end(value, false) {
            Some((day, read)) if value.len() < behind.len() && value.get(read..).is_some_and(str::is_empty) => {
                // 失效日期 is the first day without the text, 到期日 the last with it.
                let first = first_day(events).filter(|_| rest.starts_with("失效"));
                let is_last = !rest.starts_with("失效") || first.is_some_and(|first| period::is_full(first, day));
                if is_last { period::told_until(day) } else { period::told_before(day) }
            }
            _ => Reading::Nothing,
        };
    }
    let Some(behind) = TERMS.iter().find_map(|term| rest.strip_prefix(term)) else { return Reading::Nothing };
    let is_day = behind.starts_with(['至', '到', '止', '截']);
    if !(is_marked || is_day) || behind.contains(['证', '，']) {
        return Reading::Nothing;
    }
    period::read_value(behind, events)
}

fn without_marks(words: &str) -> &str {
    words.trim_matches(|c: char| c.is_whitespace() || "（）()【】[]〔〕*。．.；;！".contains(c))
}

fn first_day(events: &[Event]) -> Option<Date> {
    events.iter().rfind(|event| event.kind == EventKind::Effective).map(|event| event.date)
}

/// How a line begins that remarks on a text, and what a text is from a day on that is over.
const REMARKS: [&str; 5] = ["备注：", "注：", "说明：", "提示：", "温馨提示："];
const ALREADY: [&str; 5] = ["现已", "业已", "已经", "已", "将"];
const FROM: [&str; 4] = ["于", "自", "从", "在"];
const CLOSED: [&str; 6] = ["有效期届满", "有效期满", "期满", "届满", "到期", "后"];
const OVER: [(&str, EventKind); 5] = [
    ("废止", EventKind::Repealed),
    ("失效", EventKind::Expired),
    ("终止", EventKind::Expired),
    ("停止执行", EventKind::Expired),
    ("停止施行", EventKind::Expired),
];

/// The day from which a text is over by a line at its head or its end that says nothing else: 本办法已于2025年1月1日自动失效.
pub(super) fn over<'a>(document: &'a Document, events: &[Event]) -> Option<(&'a str, EventKind, Date)> {
    if may_be_held(&document.title) {
        return None;
    }
    let lines: Vec<&str> = document.text.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect();
    let outer = lines.iter().enumerate().filter(|(at, _)| *at < LINES || at + LINES >= lines.len());
    outer.map(|(_, line)| *line).find_map(|line| {
        let (kind, day) = over_on(line, &document.title, events)?;
        Some((line, kind, day))
    })
}

/// Whether a line can speak of its own text: in a notice that ends or suspends others, 该文件 is one of these.
fn may_be_itself(bare: &str, title: &str) -> bool {
    let ends = ["废止", "停止执行", "失效", "终止", "清理", "暂停"];
    bare.starts_with('本') || !ends.iter().any(|word| title.contains(word))
}

fn over_on(line: &str, title: &str, events: &[Event]) -> Option<(EventKind, Date)> {
    if line.chars().count() > CHARS_MAX {
        return None;
    }
    let words = in_words(line);
    let bare = without_marks(&words);
    let bare = REMARKS.iter().find_map(|remark| bare.strip_prefix(remark)).unwrap_or(bare);
    let own = period::without_itself(bare).or_else(|| OWN.iter().find_map(|own| bare.strip_prefix(own)))?;
    if !may_be_itself(bare, title) {
        return None;
    }
    let rest = ALREADY.iter().find_map(|word| own.strip_prefix(word)).unwrap_or(own);
    let rest = FROM.iter().find_map(|word| rest.strip_prefix(word))?;
    let found = dates::leading_date(rest)?;
    let behind = rest.get(found.span.end..)?;
    let (day, hour) = dates::at_hour(found.date, behind)?;
    let behind = behind.get(hour..)?.trim();
    let begins = behind.strip_prefix('起').map(|rest| rest.trim_start_matches(['，', ',']));
    let closed =
        CLOSED.iter().find_map(|word| behind.strip_prefix(word)).map(|rest| rest.trim_start_matches(['，', ',']));
    let rest = begins.or(closed).unwrap_or(behind);
    let verb = ["自动", "自行", "即行", "正式", "被"].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    let kind = OVER.iter().find(|(over, _)| *over == verb).map(|(_, kind)| *kind)?;
    let end = match () {
        () if hour > 0 || closed.is_some() => day.tomorrow().ok()?,
        // Repealed on a day it is so on that day; valid to a day it is over behind it.
        () if begins.is_some() || kind == EventKind::Repealed => day,
        () => period::ends_on(day, first_day(events))?,
    };
    Some((kind, end))
}

/// A line with its numeric days in words: 2027-12-31, 2027.12.31 and 2027/12/31 as 2027年12月31日.
pub(super) fn in_words(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, digits) = rest.split_at(at);
        out.push_str(before);
        let len = digits.find(|c: char| !(c.is_ascii_digit() || "-./".contains(c))).unwrap_or(digits.len());
        let (word, behind) = digits.split_at(len);
        let parts: Vec<&str> = word.split(['-', '.', '/']).collect();
        match parts.as_slice() {
            [year, month, day] if year.len() == 4 && (1..=2).contains(&month.len()) && (1..=2).contains(&day.len()) => {
                out.push_str(&format!("{year}年{month}月{day}日"));
            }
            _ => out.push_str(word),
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}
