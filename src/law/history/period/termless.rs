//! Periods that are told without their name: 自…起施行，暂定两年; 两年内有效; 执行至2025年12月31日; 2025年12月31日前有效; 2025年8月31日自动失效.

use super::super::text::{VERBS, speaks_of_itself};
use super::super::{dates, promulgated};
use super::{Begins, From, Place, Reading, after, behind_itself, counted_from, first_day, is_all, is_of_text};
use super::{FILLERS, TERMS, is_season, span, told, until};
use crate::law::event::Event;
use jiff::civil::Date;

/// What leads to a period behind the first day: 自…起施行，暂定两年.
pub(super) const LEADS: [&str; 9] = ["暂定", "试行", "暂行", "期限", "为期", "有效", "在", "执行", "时效"];
/// What may stand behind the last day of what runs up to it.
const CLOSED: [&str; 6] = ["", "止", "为止", "时止", "前", "有效"];

/// Reads the period of a sentence that has no term for it.
pub(super) fn read(sentence: &str, place: Place, begins: Option<&Begins>, events: &[Event]) -> Reading {
    let Some(begun) = begins else { return of_itself(sentence, events) };
    let is_here = place == Place::Here;
    let from = if is_here { begun.end } else { 0 };
    let effective = first_day(begins, events);
    let rest = sentence.get(from..).unwrap_or_default();
    let clauses: Vec<&str> = rest
        .split(['，', ',', '（', '('])
        .map(|clause| clause.trim().trim_end_matches(['。', '；', ';', '）', ')']))
        .collect();
    // Of what a further clause of another sentence is, nobody knows: 县民政局受理申请，至2025年12月31日止.
    let mut straight = is_here;
    for (at, clause) in clauses.iter().enumerate() {
        if at > 0 && !straight {
            break;
        }
        straight &= is_of_text(clause);
        let own = if at == 0 { behind_itself(clause).unwrap_or(clause) } else { clause };
        // 至2025年12月31日，各乡镇应当完成…: the day of something else.
        let is_closed = is_here && clauses.get(at + 1).is_none_or(|next| is_of_text(next) || is_of_end(next));
        let found = last_day(own, effective)
            .map(|end| told(None, Some(end)))
            .or_else(|| runs_to(own, is_closed))
            .or_else(|| valid_before(own))
            .or_else(|| over_after(own, effective))
            .or_else(|| counted(own, at == 0 && is_here, effective, events));
        if let Some(found) = found {
            return found;
        }
    }
    Reading::Nothing
}

/// Whether a clause says what follows from the end of a period: 期满自动失效, 有效期届满前评估.
fn is_of_end(clause: &str) -> bool {
    ["期满", "届满", "届时", "到期", "逾期", "有效期"].iter().any(|word| clause.starts_with(word))
}

/// A number of years behind what leads to it (暂定两年), with 内有效 behind it, or where the verb of the first day stands before it.
fn counted(clause: &str, is_behind_verb: bool, effective: Option<Date>, events: &[Event]) -> Option<Reading> {
    let (from, clause) = counted_from(clause).map_or((From::FirstDay, clause), |(from, rest)| (from, rest));
    let lead = LEADS.iter().find_map(|word| clause.strip_prefix(word));
    // 暂定试行两年, 期限为两年.
    let words = lead.map_or(clause, |rest| LEADS.iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest));
    let words = if lead.is_some() { words.trim_start_matches(['为', '是', '：', ':', ' ']) } else { words };
    let is_led = lead.is_some() && !clause.starts_with('在');
    if is_season(words) {
        return (is_led || is_behind_verb).then_some(Reading::Unclear);
    }
    let (days, read) = span(words)?;
    let behind = words.get(read..)?.trim();
    let is_period = ["内有效", "有效"].contains(&behind) || behind.is_empty() && (is_led || is_behind_verb);
    match from {
        _ if !is_period => None,
        From::FirstDay => Some(told(None, effective.and_then(|day| after(day, days)))),
        From::Promulgation if super::is_begun_by_promulgation(events) => {
            Some(told(None, effective.and_then(|day| after(day, days))))
        }
        From::Promulgation => Some(Reading::Unclear),
        From::Other => None,
    }
}

/// 五年后自行失效, 施行满五年后失效.
fn over_after(clause: &str, effective: Option<Date>) -> Option<Reading> {
    // 自施行之日起满三年自动失效; that of another event is of something else.
    let counted = counted_from(clause);
    if counted.is_some_and(|(from, _)| from != From::FirstDay) {
        return None;
    }
    let clause = counted.map_or(clause, |(_, rest)| rest);
    let bare = VERBS.iter().find_map(|verb| clause.strip_prefix(verb)).unwrap_or(clause);
    let is_full = bare.starts_with(['满', '届']);
    let words = bare.trim_start_matches(['届', '满']);
    let (days, read) = span(words)?;
    let behind = words.get(read..)?.trim();
    let rest = ["期满", "届满", "以后", "之后", "后"].iter().find_map(|word| behind.strip_prefix(word));
    let rest = rest.or(is_full.then_some(behind))?;
    let over = ["自动", "自行", "即行", "即"].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    let is_over = ["失效", "废止", "终止", "停止执行", "停止施行"].contains(&over);
    is_over.then(|| told(None, effective.and_then(|day| after(day, days))))
}

/// 执行至2025年12月31日; behind the first day also 至2025年12月31日 with nothing else.
fn runs_to(clause: &str, may_be_bare: bool) -> Option<Reading> {
    let led = VERBS.iter().chain(&["适用", "有效", "沿用", "试用"]).find_map(|verb| clause.strip_prefix(verb));
    let last = until(led.or(may_be_bare.then_some(clause))?)?;
    let Some((day, read)) = dates::leading_end(last, false) else {
        // 执行至2025年2月30日; 执行至新办法施行 has no day that anybody could know.
        return dates::impossible(last).filter(|span| span.start == 0).map(|_| Reading::Unclear);
    };
    CLOSED.contains(&last.get(read..)?.trim()).then(|| told(None, day.tomorrow().ok()))
}

/// 在2025年12月31日前有效: that day too, as such days are the last of a period; not 2026年1月1日前有效.
fn valid_before(clause: &str) -> Option<Reading> {
    let bare = ["在", "于", "截至", "至"].iter().find_map(|word| clause.strip_prefix(word)).unwrap_or(clause);
    let (day, read) = dates::leading_end(bare, false)?;
    let rest = bare.get(read..)?.trim_start().trim_start_matches(['之', '以']).strip_prefix('前')?;
    let rest = ["均", "一直", "继续", "保持"].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    (rest == "有效").then(|| told(None, if day.day() == 1 { Some(day) } else { day.tomorrow().ok() }))
}

/// What a sentence without a first day says of the text that it names: 本办法自2023年10月1日起两年内有效, 本通知执行至2025年12月31日.
fn of_itself(sentence: &str, events: &[Event]) -> Reading {
    let first = sentence.split(['，', ',', '（', '(']).next().unwrap_or_default();
    let first = first.trim().trim_end_matches(['。', '；', ';', '）', ')']);
    let own = || {
        let words = behind_itself(first)?;
        let ends = || last_day(words, first_day(None, events)).map(|end| told(None, Some(end)));
        let led = || counted(words, false, first_day(None, events), events).filter(|_| counted_from(words).is_none());
        let over = || over_after(words, first_day(None, events));
        runs_to(words, false).or_else(|| valid_before(words)).or_else(ends).or_else(led).or_else(over)
    };
    valid_for(sentence, events).or_else(own).unwrap_or(Reading::Nothing)
}

/// 自2023年10月1日起两年内有效, 自印发之日起两年内有效，由县民政局解释.
fn valid_for(sentence: &str, events: &[Event]) -> Option<Reading> {
    let at = sentence.find(['自', '从'])?;
    let words = sentence.get(at..)?;
    let (day, rest) = match counted_from(words) {
        Some((From::Promulgation, rest)) => (promulgated(events, true), rest),
        Some(_) => return None,
        None => {
            let found = dates::leading_date(words.get('自'.len_utf8()..)?)?;
            (Some(found.date), words.get('自'.len_utf8() + found.span.end..)?.trim_start_matches('起'))
        }
    };
    let rest = rest.trim_start_matches(['，', ',']);
    // 本通告自发布之日起至2020年9月30日有效.
    let runs = || {
        let clause = rest.split(['，', ',', '。', '；', ';']).next()?;
        let last = until(clause)?;
        let (end, read) = dates::leading_end(last, false)?;
        let is_own = CLOSED.contains(&last.get(read..)?.trim()) && behind_itself(sentence)?.starts_with(['自', '从']);
        is_own.then(|| told(day, end.tomorrow().ok()))
    };
    if let Some(found) = runs() {
        return Some(found);
    }
    // 自印发之日起有效期三年.
    let named = TERMS.iter().find_map(|term| rest.strip_prefix(term));
    let rest = named.map_or(rest, |rest| rest.trim_start_matches(FILLERS));
    let (days, read) = span(rest)?;
    let behind = rest.get(read..)?.trim_start();
    let is_valid = named.is_some() || behind.starts_with("内有效") || behind.starts_with("有效");
    let is_own = is_valid && is_all(behind) && speaks_of_itself(sentence.get(..at)?);
    is_own.then(|| told(day, day.and_then(|day| after(day, days))))
}

/// The first day on which a text is over by a clause that lets it end: 至2022年12月31日止 and 2022年12月31日后失效 are with that day,
/// 自2025年9月1日起失效 and 于2025年9月1日废止 are before it ([`ends_on`]).
fn last_day(clause: &str, first: Option<Date>) -> Option<Date> {
    let begins = ["至", "到", "自", "于", "并于", "并自", "将于", "在", "", "已于", "已自", "现已于", "将自"];
    let found = dates::dates(clause).into_iter().next()?;
    let before = clause.get(..found.span.start)?.trim();
    let behind = clause.get(found.span.end..)?;
    let (day, hour) = dates::at_hour(found.date, behind)?;
    let after = behind.get(hour..)?.trim();
    let bare = ["起", "以后", "之后", "后", "时", "自动", "自行", "即", "同时"]
        .iter()
        .fold(after, |rest, word| rest.strip_prefix(word).unwrap_or(rest));
    // 起停止执行原收费标准, 止受理申请: of something else.
    let is_over = OVER.contains(&bare);
    if !(is_over || CLOSING.contains(&bare)) || !begins.contains(&before) {
        return None;
    }
    let is_behind = ["以后", "之后", "后"].iter().any(|word| after.starts_with(word));
    match () {
        () if hour > 0 => day.tomorrow().ok(),
        () if after.starts_with('起') => Some(day),
        () if is_over && !is_behind && !["至", "到"].contains(&before) => ends_on(day, first),
        () => day.tomorrow().ok(),
    }
}

/// What a text is from a day on that is over, and what runs up to the end of a day.
const OVER: [&str; 5] = ["废止", "失效", "终止", "停止执行", "停止施行"];
const CLOSING: [&str; 3] = ["止", "结束", "截止"];

/// The first day without a text that ends 于 a day: that day itself. But where whole months since its first day are full only with the
/// end of that day (from 1 January, 2027年12月31日自动失效), it is the last one: nobody gives five years but a day.
pub(in crate::law::history) fn ends_on(day: Date, first: Option<Date>) -> Option<Date> {
    match first.is_some_and(|first| is_full(first, day)) {
        true => day.tomorrow().ok(),
        false => Some(day),
    }
}

/// Whether whole months since a first day are full only with the end of a day.
pub fn is_full(first: Date, day: Date) -> bool {
    first < day && day.tomorrow().is_ok_and(|next| next.day() == first.day())
}
