//! How long a text says that it is valid (有效期): 有效期五年, 有效期至2025年12月31日, 暂定两年, 2025年8月31日自动失效.

use super::dates;
use super::text::VERBS;
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

/// What a period of validity is called.
const TERMS: [&str; 10] =
    ["有效期", "施行期限", "实施期限", "执行期限", "试行期", "暂行期", "适用期限", "执行期", "实施期", "施行期"];
/// What leads to a period behind the first day: 自…起施行，暂定两年.
const TERMLESS: [&str; 5] = ["暂定", "试行", "暂行", "期限", "为期"];
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

/// Whether words speak of a period.
pub(super) fn is_told(words: &str) -> bool {
    TERMS.iter().any(|term| words.contains(term))
}

/// The day after the period of validity that a sentence states for its text.
pub(super) fn ends(sentence: &str, begins: Option<&Begins>, events: &[Event]) -> Option<Date> {
    if let Some(last) = begins.and_then(|begins| begins.until) {
        return last.tomorrow().ok();
    }
    let told = || events.iter().rfind(|event| event.kind == EventKind::Effective).map(|event| event.date);
    let effective = begins.and_then(|begins| begins.date).or_else(told);
    if let Some((at, term)) = TERMS.iter().filter_map(|term| Some((sentence.find(term)?, term))).min() {
        let before = sentence.get(..at)?.trim_end();
        let itself = before.starts_with('本') && VERBS.iter().any(|verb| before.ends_with(&format!("{verb}，")));
        let own =
            itself || begins.is_some() && (before.is_empty() || before.ends_with(['，', ','])) || is_itself(before);
        return if own { period(sentence.get(at + term.len()..)?, effective) } else { None };
    }
    let rest = sentence.get(begins?.end..)?;
    let clauses = rest.split(['，', ',']).map(|clause| clause.trim().trim_end_matches(['。', '；', ';']));
    clauses.enumerate().find_map(|(at, clause)| {
        let termless = || {
            let words = TERMLESS.iter().find_map(|word| clause.strip_prefix(word));
            let words = words.or((at == 0).then_some(clause))?;
            let (days, read) = span(words)?;
            words.get(read..)?.trim().is_empty().then(|| effective?.checked_add(days).ok())?
        };
        last_day(clause).or_else(termless)
    })
}

/// Whether words before a term are what the text calls itself: 本实施办法的.
fn is_itself(before: &str) -> bool {
    let bare = before.trim_end_matches('的');
    let is_kind = OWN_KINDS.iter().any(|kind| bare.ends_with(kind));
    before.starts_with('本') && is_kind && before.chars().count() <= SUBJECT_CHARS_MAX
}

/// Whether nothing more is said behind a period: 有效期5年的旧证 is of something else.
fn is_all(behind: &str) -> bool {
    let behind = behind.trim();
    behind.is_empty() || behind.starts_with(['，', ',', '。', '；', ';', '（', '(', '）', ')', '止'])
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
/// the first day, `from`), 继续有效，有效期至2028年9月30日. `None` where they do not tell it: 继续有效，有效期5年 may count from any day.
pub fn extended_to(words: &str, ended_on: Option<Date>, from: Option<Date>) -> Option<Date> {
    let verbs = EXTENDS.iter().filter_map(|verb| Some((words.find(verb)?, verb)));
    let (at, verb) = verbs.min()?;
    let behind = words.get(at + verb.len()..)?;
    let rest = behind.trim_start_matches(['，', ',', ' ', '其', '时', '间']);
    let rest = TERMS.iter().find_map(|term| rest.strip_prefix(term)).unwrap_or(rest);
    let rest = rest.strip_prefix("期限").unwrap_or(rest).trim_start_matches(['限', '延', '长', '：', ':', ' ']);
    let (start, last) = match rest.strip_prefix(['至', '到', '为']) {
        Some(last) => (from, last),
        None => (ended_on, rest),
    };
    let untold = verb.starts_with("继续") && last.len() < behind.len();
    let counted = || if untold { None } else { start?.checked_add(span(last)?.0).ok() };
    dates::leading_day(last).map_or_else(counted, |day| day.tomorrow().ok())
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

/// 至2025年12月31日, 五年, 为3年, 自…至….
fn period(text: &str, effective: Option<Date>) -> Option<Date> {
    let rest = text.trim_start_matches(['限', '为', '是', '：', ':', '暂', '定', ' ', '\u{3000}']);
    let clause = rest.split(['。', '；']).next().unwrap_or(rest);
    if let Some((at, word)) = ["至", "到"].iter().filter_map(|word| Some((clause.find(word)?, word))).min()
        && (at == 0 || clause.starts_with('自'))
    {
        let rest = clause.get(at + word.len()..)?;
        let behind = dates::leading_date(rest).map_or("", |found| rest.get(found.span.end..).unwrap_or_default());
        return if is_all(behind) { dates::leading_day(rest)?.tomorrow().ok() } else { None };
    }
    // 有效期2022年5月1日至2024年4月30日.
    if let Some(first) = dates::leading_date(clause) {
        let rest = clause.get(first.span.end..)?.trim_start_matches('起').trim_start();
        let last = rest.strip_prefix(['至', '到', '—', '-', '～', '~'])?;
        return dates::leading_day(last.trim_start_matches(['—', '-']))?.tomorrow().ok();
    }
    let (days, read) = span(rest)?;
    if is_all(rest.get(read..)?) { effective?.checked_add(days).ok() } else { None }
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

/// A span of time with which words begin, and its bytes: 两年, 18个月, 730日, 半年, 一年六个月.
fn span(words: &str) -> Option<(jiff::Span, usize)> {
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
    let span = jiff::Span::new().try_months(months).ok()?.try_days(days).ok()?;
    (at > 0).then_some((span, at))
}
