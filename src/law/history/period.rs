//! How long a text says that it is valid (有效期): 有效期五年, 有效期至2025年12月31日, 暂定两年, 2025年8月31日自动失效.
//!
//! What is clearly said of the text itself and cannot be read is [`Reading::Unclear`]: nobody knows then whether it is in force.

use super::dates;
use super::text::{VERBS, speaks_of_itself};
use crate::law::event::{Event, EventKind};
use jiff::civil::Date;

/// What a sentence says of the first day of its text.
pub(super) struct Begins {
    /// The day; unknown if it is that of a promulgation nobody tells of.
    pub date: Option<Date>,
    /// The last day, where the same words tell it: 自…至…施行.
    pub until: Option<Date>,
    /// Byte where the sentence has said so.
    pub end: usize,
}

/// Where a sentence stands beside the one of its line that tells the first day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// It is that sentence.
    Here,
    /// Behind it.
    Behind,
    /// The first of the line, before it; or all that an article says.
    First,
    /// Elsewhere.
    Apart,
}

/// What a sentence says of the period of validity of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// Nothing.
    Nothing,
    /// That there is one; until when cannot be read.
    Unclear,
    /// Which.
    Told(Period),
}

/// A period of validity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Period {
    /// Its first day, where the same words tell it: 有效期自…至….
    pub first: Option<Date>,
    /// The first day behind it.
    pub end: Date,
}

/// What a period of validity is called.
const TERMS: [&str; 15] = [
    "有效期",
    "有效时限",
    "有效时间",
    "施行期限",
    "实施期限",
    "执行期限",
    "试行期",
    "暂行期",
    "适用期限",
    "执行期",
    "实施期",
    "施行期",
    "施行时间",
    "实施时间",
    "执行时间",
];
/// What leads to a period behind the first day: 自…起施行，暂定两年.
const TERMLESS: [&str; 7] = ["暂定", "试行", "暂行", "期限", "为期", "有效", "在"];
/// How words begin that count from the first day in force.
const FROM_FIRST_DAY: [&str; 5] = ["自施行之日起", "自实施之日起", "自生效之日起", "自执行之日起", "自试行之日起"];
/// How words begin that count from the promulgation.
const FROM_PROMULGATION: [&str; 5] = ["自发布之日起", "自公布之日起", "自印发之日起", "自颁布之日起", "自下发之日起"];
/// Longest words before a term of which the text itself is the subject, in characters: 本实施办法的.
const SUBJECT_CHARS_MAX: usize = 10;
/// What a text calls itself: 本许可证有效期至… is of something else.
const OWN_KINDS: [&str; 30] = [
    "法", "条例", "规定", "办法", "细则", "规则", "意见", "通知", "通告", "公告", "决定", "方案", "措施", "文件",
    "政策", "标准", "基准", "清单", "目录", "制度", "计划", "指引", "指南", "规范", "令", "章程", "预案", "批复",
    "纲要", "规程",
];
/// Longer periods are years of the calendar: 有效期2022年5月1日至….
const YEARS_MAX: u16 = 60;
/// Between the first and the last day of a period.
const UNTIL: [&str; 10] = ["起至", "起到", "至", "到", "—", "-", "－", "–", "～", "~"];

/// Whether words speak of a period.
pub(super) fn is_told(words: &str) -> bool {
    TERMS.iter().any(|term| words.contains(term))
}

/// Whether words are nothing but what a period is called, as the heading above it.
pub(super) fn is_term(words: &str) -> bool {
    let bare = words.trim();
    TERMS.iter().any(|term| bare == *term || bare.strip_suffix('限') == Some(term))
}

/// What a sentence says of the period of validity of its text.
pub(super) fn read(sentence: &str, place: Place, begins: Option<&Begins>, events: &[Event]) -> Reading {
    if let Some(last) = begins.filter(|_| place == Place::Here).and_then(|begins| begins.until) {
        return told(None, last.tomorrow().ok());
    }
    let mut unclear = false;
    let terms = terms(sentence);
    for (at, term) in &terms {
        let (Some(before), Some(behind)) = (sentence.get(..*at), sentence.get(at + term.len()..)) else { continue };
        let own = is_own(before, place) && is_straight(before, place, begins);
        // 实施期限：2022-2024年; of what a span by itself is, nobody knows.
        // 实施时间 of an action or a stage: where the text tells its own first day, a time is not its validity.
        let has_day = events.iter().any(|event| event.kind == EventKind::Effective);
        let is_time = term.ends_with("时间") && has_day;
        let is_label = before.trim().is_empty() && !term.starts_with("有效") && begins.is_none() && !is_time;
        if !(own || is_label && is_absolute(behind)) {
            continue;
        }
        match period(behind, begins, events) {
            Reading::Told(period) => return Reading::Told(period),
            // 实施时间 may be the first day alone.
            Reading::Unclear => unclear |= own && !term.ends_with("时间"),
            Reading::Nothing => {}
        }
    }
    // 暂定两年，有效期满前六个月评估: the term speaks of what another clause tells.
    match (terms.is_empty() || place == Place::Here, unclear) {
        (_, true) => Reading::Unclear,
        (true, false) => without_term(sentence, place, begins, events),
        (false, false) => Reading::Nothing,
    }
}

fn told(first: Option<Date>, end: Option<Date>) -> Reading {
    end.map_or(Reading::Unclear, |end| Reading::Told(Period { first, end }))
}

/// The terms of a sentence and where they stand, each place once.
fn terms(sentence: &str) -> Vec<(usize, &'static str)> {
    let all = TERMS.iter().flat_map(|term| sentence.match_indices(term).map(move |(at, _)| (at, *term)));
    let mut all: Vec<(usize, &str)> = all.collect();
    all.sort_unstable();
    all.dedup_by_key(|(at, _)| *at);
    all
}

/// Whether the words before a term let the period be that of the text itself.
fn is_own(before: &str, place: Place) -> bool {
    let before = before.trim_end();
    if is_itself(before) || before.starts_with('本') && VERBS.iter().any(|verb| before.ends_with(&format!("{verb}，")))
    {
        return true;
    }
    // 自…起施行（有效期2年）.
    if let Some(outside) = before.strip_suffix(['（', '(']) {
        return place == Place::Here && VERBS.iter().any(|verb| outside.ends_with(verb)) || is_itself(outside);
    }
    let bare = FROM_FIRST_DAY.iter().find_map(|from| before.strip_suffix(from)).unwrap_or(before);
    let bare = bare.trim_end_matches(['其', '且']);
    let is_clause = || bare.ends_with(['，', ',']);
    match place {
        Place::Here => bare.is_empty() || is_clause(),
        // 本办法由县民政局负责解释，有效期五年; 许可证由县民政局颁发，有效期五年 is of something else.
        Place::Behind => {
            let subject = bare.split(['，', ',', '由']).next().unwrap_or_default();
            bare.is_empty() || is_clause() && (is_itself(subject) || is_explained(bare))
        }
        Place::First => bare.is_empty(),
        Place::Apart => false,
    }
}

/// Whether nothing between the first day and a period speaks of something else: 自…起施行，许可证同时换发，有效期五年.
fn is_straight(before: &str, place: Place, begins: Option<&Begins>) -> bool {
    let Some(begins) = begins.filter(|_| place == Place::Here) else { return true };
    let between = before.get(begins.end..).unwrap_or_default();
    let mut clauses: Vec<&str> = between.split(['，', ',']).collect();
    // What stands right before the term was looked at.
    clauses.pop();
    clauses.iter().all(|clause| is_of_text(clause))
}

/// Whether a clause behind a first day speaks of the text, or of the one that it replaces.
fn is_of_text(clause: &str) -> bool {
    let clause = clause.trim();
    clause.is_empty()
        || clause.starts_with('本')
        || ["废止", "停止执行", "失效"].iter().any(|word| clause.contains(word)) && clause.contains(['《', '原'])
        || is_explained(clause)
        || clause.chars().all(|c| "起施行试实执印发暂颁布公并正式开始生效现予".contains(c))
        || TERMLESS.iter().any(|word| clause.strip_prefix(word).is_some_and(|rest| span(rest).is_some()))
}

/// 本办法由县民政局负责解释, 由县民政局解释; not 许可证的式样由县民政局解释.
fn is_explained(words: &str) -> bool {
    words.contains("解释") && (words.starts_with(['由', '本']) || words.starts_with("具体"))
}

/// The first day of a text, as a sentence or an event before tells it.
fn first_day(begins: Option<&Begins>, events: &[Event]) -> Option<Date> {
    let told = || events.iter().rfind(|event| event.kind == EventKind::Effective).map(|event| event.date);
    begins.and_then(|begins| begins.date).or_else(told)
}

/// Periods without a term: 自…起施行，暂定两年; 两年内有效; 2025年8月31日自动失效; 本办法自…起两年内有效.
fn without_term(sentence: &str, place: Place, begins: Option<&Begins>, events: &[Event]) -> Reading {
    let Some(begun) = begins else { return valid_for(sentence) };
    let from = if place == Place::Here { begun.end } else { 0 };
    let effective = first_day(begins, events);
    let rest = sentence.get(from..).unwrap_or_default();
    let clauses =
        rest.split(['，', ',', '（', '(']).map(|clause| clause.trim().trim_end_matches(['。', '；', ';', '）', ')']));
    // Of what a further clause of another sentence is, nobody knows: 县民政局受理申请，至2025年12月31日止.
    let mut straight = place == Place::Here;
    let mut clauses = clauses.enumerate().take_while(|(at, clause)| {
        let read = *at == 0 || straight;
        straight &= is_of_text(clause);
        read
    });
    let end = clauses.find_map(|(at, clause)| {
        let termless = || {
            let counted = FROM_FIRST_DAY.iter().find_map(|from| clause.strip_prefix(from));
            let clause = counted.unwrap_or(clause);
            let words = TERMLESS.iter().find_map(|word| clause.strip_prefix(word));
            let (days, read) = span(words.unwrap_or(clause))?;
            let behind = words.unwrap_or(clause).get(read..)?.trim();
            let is_valid = ["内有效", "有效"].contains(&behind);
            let is_led = words.is_some() && !clause.starts_with('在');
            let is_period = behind.is_empty() && (is_led || at == 0 && place == Place::Here);
            (is_valid || is_period).then(|| after(effective?, days))?
        };
        last_day(clause).or_else(termless)
    });
    end.map_or(Reading::Nothing, |end| told(None, Some(end)))
}

/// 本办法自2023年10月1日起两年内有效.
fn valid_for(sentence: &str) -> Reading {
    let read = || {
        let found = dates::dates(sentence).into_iter().next()?;
        let words = sentence.get(found.span.end..)?.trim_start_matches('起').trim_start_matches(['，', ',']);
        let (days, read) = span(words)?;
        let behind = words.get(read..)?.trim().trim_end_matches(['。', '；', ';']);
        let is_own = ["内有效", "有效"].contains(&behind) && speaks_of_itself(sentence.get(..found.span.start)?);
        is_own.then(|| told(Some(found.date), after(found.date, days)))
    };
    read().unwrap_or(Reading::Nothing)
}

/// A day and a span behind it. What has no day of that number in its last month is over with that month: from 29 February on a year
/// lasts to 28 February.
fn after(day: Date, (months, days): (i64, i64)) -> Option<Date> {
    let of_month = day.checked_add(jiff::Span::new().try_months(months).ok()?).ok()?;
    let whole = if months != 0 && of_month.day() < day.day() { of_month.tomorrow().ok()? } else { of_month };
    whole.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// Whether words before a term are what the text calls itself: 本实施办法的.
fn is_itself(before: &str) -> bool {
    let bare = before.trim_end_matches('的');
    let is_kind = OWN_KINDS.iter().any(|kind| bare.ends_with(kind));
    // 本许可决定 is what somebody holds.
    let is_held = bare.ends_with("决定") && ["许可", "处罚"].iter().any(|word| bare.contains(word));
    before.starts_with('本') && is_kind && !is_held && before.chars().count() <= SUBJECT_CHARS_MAX
}

/// Whether nothing more is said behind a period: 有效期5年的旧证 is of something else.
fn is_all(behind: &str) -> bool {
    let behind = behind.trim();
    behind.is_empty()
        || behind.starts_with(['，', ',', '。', '；', ';', '（', '(', '）', ')', '止'])
        || ["内有效", "有效"].iter().any(|valid| behind.strip_prefix(valid).is_some_and(is_all))
}

/// What makes a period longer, or says that it goes on.
const EXTENDS: [&str; 11] =
    ["延长", "延续", "顺延", "延期", "续期", "展期", "继续有效", "继续执行", "继续施行", "继续实施", "继续适用"];

/// Whether words extend a period and tell for how long ([`extended_to`]).
pub fn tells_extension(words: &str) -> bool {
    let any = Some(jiff::civil::date(2000, 1, 1));
    extended_to(words, any, any).is_some()
}

/// The first day behind a period that words extend: 延长至2028年9月30日, 延长2年 (from the end before, `ended_on`), 延长为5年 (from
/// the first day, `from`), 继续有效，有效期至2028年9月30日, 延期执行两年，至2028年9月30日止. `None` where they do not tell it: 继续有效，有效期5年
/// may count from any day.
pub fn extended_to(words: &str, ended_on: Option<Date>, from: Option<Date>) -> Option<Date> {
    let verbs = EXTENDS.iter().filter_map(|verb| Some((words.find(verb)?, verb)));
    let (at, verb) = verbs.min()?;
    let behind = words.get(at + verb.len()..)?;
    let rest = behind_titles(behind).trim_start_matches(['，', ',', ' ', '其', '时', '间', '的']);
    let rest = TERMS.iter().find_map(|term| rest.strip_prefix(term)).unwrap_or(rest);
    let rest = rest.strip_prefix("期限").unwrap_or(rest).trim_start_matches(['限', '延', '长', '：', ':', ' ']);
    // 延期执行两年.
    let rest = VERBS.iter().chain(&["有效", "适用", "使用"]).find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    let (start, last) = match until(rest) {
        Some(last) => (from, last),
        None => match rest.strip_prefix('为') {
            Some(last) => (from, last),
            None => (ended_on, rest),
        },
    };
    let untold = verb.starts_with("继续") && last.len() < behind.len();
    let counted = || {
        let (days, read) = span(last)?;
        // 两年，至2028年9月30日止: the day that is written out counts.
        let written = last.get(read..)?.trim_start_matches(['，', ',', '（', '(', '即']);
        match until(written).and_then(dates::leading_day) {
            Some(day) => day.tomorrow().ok(),
            None if untold => None,
            None => after(start?, days),
        }
    };
    dates::leading_end(last, false).map_or_else(counted, |(day, _)| day.tomorrow().ok())
}

/// What stands behind titles and their numbers: 延长《甲办法》（云政发〔2021〕1号）、《乙办法》的有效期.
fn behind_titles(words: &str) -> &str {
    let mut rest = words;
    while let Some((_, behind)) = rest.strip_prefix('《').and_then(|inner| inner.split_once('》')) {
        let behind =
            behind.strip_prefix(['（', '(']).and_then(|inner| inner.split_once(['）', ')'])).map_or(behind, |(_, b)| b);
        rest = behind.trim_start_matches(['、', '和', '及', '与']);
    }
    // 等三件文件的有效期.
    rest.strip_prefix('等').and_then(|several| several.split_once('的')).map_or(rest, |(_, rest)| rest)
}

/// The words behind 至, 截至, 截止到.
fn until(words: &str) -> Option<&str> {
    let closed = ["截止日期", "截止时间", "截止", "截至", "截"].iter().find_map(|word| words.strip_prefix(word));
    let bare = closed.unwrap_or(words).trim_start_matches(['为', '是', '：', ':', ' ']);
    match bare.strip_prefix(['至', '到']) {
        Some(last) => Some(last.trim_start()),
        None => closed.map(|_| bare.trim_start()),
    }
}

/// The day after the one on which a clause lets its text end: 至2022年12月31日止, 2025年8月31日自动失效; 自2025年9月1日起失效.
fn last_day(clause: &str) -> Option<Date> {
    let begins = ["至", "到", "自", "于", "并于", "并自", ""];
    let found = dates::dates(clause).into_iter().next()?;
    let before = clause.get(..found.span.start)?.trim();
    let after = clause.get(found.span.end..)?.trim();
    let bare = ["起", "后", "时", "自动", "自行", "即", "同时"]
        .iter()
        .fold(after, |rest, word| rest.strip_prefix(word).unwrap_or(rest));
    // 起停止执行原收费标准, 止受理申请: of something else.
    let over = ["止", "废止", "失效", "终止", "停止执行", "停止施行", "结束"].contains(&bare);
    match over && begins.contains(&before) {
        true if after.starts_with('起') => Some(found.date),
        true => found.date.tomorrow().ok(),
        false => None,
    }
}

/// Fillers between a term and its period: 有效期限暂定为（2年）.
const FILLERS: [char; 13] = ['限', '间', '为', '是', '：', ':', '暂', '定', '共', '（', '(', ' ', '\u{3000}'];

/// 至2025年12月31日, 五年, 为3年, 自…至…, 2022-2024年.
fn period(text: &str, begins: Option<&Begins>, events: &[Event]) -> Reading {
    let rest = text.trim_start_matches(FILLERS);
    let clause = rest.split(['。', '；']).next().unwrap_or(rest);
    if let Some(last) = until(clause) {
        return match dates::leading_end(last, false) {
            Some((day, read)) if is_all(last.get(read..).unwrap_or_default()) => told(None, day.tomorrow().ok()),
            Some(_) => Reading::Nothing,
            None => Reading::Unclear,
        };
    }
    if ["与", "同"].iter().any(|word| clause.starts_with(word))
        && ["一致", "相同", "同步"].iter().any(|w| clause.contains(w))
    {
        return Reading::Unclear;
    }
    if let Some(found) = range(clause) {
        return found;
    }
    let counted = FROM_FIRST_DAY.iter().find_map(|from| clause.strip_prefix(from));
    let promulgated = FROM_PROMULGATION.iter().find_map(|from| clause.strip_prefix(from));
    let words = counted.or(promulgated).unwrap_or(clause).trim_start_matches(['，', ',', '为']);
    let words = words.strip_prefix("有效期").unwrap_or(words).trim_start_matches(FILLERS);
    let Some((days, read)) = span(words) else {
        let is_number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十两自从".contains(c);
        let is_period = clause.starts_with(is_number) || ["不超过", "最长"].iter().any(|word| clause.starts_with(word));
        return if is_period && clause.contains(['年', '月']) { Reading::Unclear } else { Reading::Nothing };
    };
    let behind = words.get(read..).unwrap_or_default();
    if !is_all(behind) {
        // 有效期5年的旧证 is of something else.
        return if behind.starts_with(['内', '左']) { Reading::Unclear } else { Reading::Nothing };
    }
    // 自发布之日起五年 is counted from the first day only of what is in force from its promulgation.
    let of_promulgation = |event: &Event| event.quote.contains("之日");
    let told_last = events.iter().rfind(|event| event.kind == EventKind::Effective);
    let apart = promulgated.is_some() && !told_last.is_some_and(of_promulgation);
    if apart { Reading::Unclear } else { told(None, first_day(begins, events).and_then(|day| after(day, days))) }
}

/// Whether words behind a term name days or years of the calendar.
fn is_absolute(words: &str) -> bool {
    let rest = words.trim_start_matches(FILLERS);
    until(rest).is_some() || range(rest).is_some()
}

/// 自2022年5月1日至2024年4月30日, 2022年5月至2024年4月, 2022-2024年, 自2022年5月1日起五年; `None` of other words.
fn range(clause: &str) -> Option<Reading> {
    let bare = clause.strip_prefix(['自', '从']).unwrap_or(clause);
    let Some(first) = dates::leading_date(bare) else { return range_of_years(clause, bare) };
    let behind = bare.get(first.span.end..)?.trim_start();
    if let Some(last) = UNTIL.iter().find_map(|word| behind.strip_prefix(word)) {
        let last = last.trim_start_matches(['—', '-', ' ']);
        return Some(match dates::leading_end(last, true) {
            Some((day, read)) if is_all(last.get(read..)?) => told(Some(first.date), day.tomorrow().ok()),
            Some(_) => Reading::Nothing,
            None => Reading::Unclear,
        });
    }
    let words = behind.strip_prefix('起').unwrap_or(behind).trim_start_matches(['，', ',']);
    let counted = span(words).filter(|(_, read)| words.get(*read..).is_some_and(is_all));
    // A first day alone is no period.
    Some(counted.map_or(Reading::Nothing, |(days, _)| told(Some(first.date), after(first.date, days))))
}

/// Years and months alone tell the last day; the first is seldom that of the first month.
fn range_of_years(clause: &str, bare: &str) -> Option<Reading> {
    // 自发布之日至2025年12月31日.
    let event =
        clause.starts_with('自').then(|| bare.find("之日")).flatten().and_then(|at| bare.get(at + "之日".len()..));
    let behind = event.or_else(|| {
        let (year, read) = dates::leading_number(bare).filter(|(year, _)| (1900..2200).contains(year))?;
        let rest = bare.get(read..)?.trim_start();
        let rest = rest.strip_prefix('年').map_or(rest, |rest| rest.strip_prefix('度').unwrap_or(rest));
        let month = dates::leading_number(rest).and_then(|(_, read)| rest.get(read..)?.strip_prefix('月'));
        (year > 0).then_some(month.unwrap_or(rest))
    })?;
    let behind = behind.trim_start();
    let last = UNTIL.iter().find_map(|word| behind.strip_prefix(word))?.trim_start_matches(['—', '-', ' ']);
    let (day, read) = dates::leading_end(last, true)?;
    is_all(last.get(read..)?).then(|| told(None, day.tomorrow().ok()))
}

/// Digits that stand for those of [`dates`]: 两, and those of receipts.
const OTHER_DIGITS: [(char, char); 12] = [
    ('两', '二'),
    ('壹', '一'),
    ('贰', '二'),
    ('叁', '三'),
    ('肆', '四'),
    ('伍', '五'),
    ('陆', '六'),
    ('柒', '七'),
    ('捌', '八'),
    ('玖', '九'),
    ('拾', '十'),
    ('俩', '二'),
];

/// Months and days of a span of time with which words begin, and its bytes: 两年, 18个月, 730日, 半年, 一年六个月.
fn span(words: &str) -> Option<((i64, i64), usize)> {
    let plain = |c: char| OTHER_DIGITS.iter().find(|(other, _)| *other == c).map_or(c, |(_, digit)| *digit);
    // Each stands in as many bytes as what it stands for.
    let head: String = words.chars().take(20).map(plain).collect();
    let (mut months, mut days) = (0, 0);
    let mut at = 0;
    while let Some(rest) = head.get(at..) {
        if rest.starts_with("半年") || rest.starts_with('半') && at > 0 {
            months += 6;
            at += if rest.starts_with("半年") { "半年".len() } else { '半'.len_utf8() };
            continue;
        }
        let rest = rest.strip_prefix(['零', '又', '加']).unwrap_or(rest);
        let start = head.len() - rest.len();
        let Some((number, read)) = dates::leading_number(rest) else { break };
        let unit = rest.get(read..)?;
        let trimmed = unit.trim_start();
        let units = [("周年", 12), ("年", 12), ("个月", 1), ("月", 1)];
        let word = match units.iter().find(|(word, _)| trimmed.starts_with(word)) {
            Some(("年" | "周年", _)) if number > YEARS_MAX => return None,
            Some((word, each)) => {
                months += i64::from(number) * each;
                *word
            }
            None => {
                days += i64::from(number);
                ["日", "天"].into_iter().find(|word| trimmed.starts_with(word))?
            }
        };
        at = start + read + (unit.len() - trimmed.len()) + word.len();
    }
    (at > 0).then_some(((months, days), at))
}
