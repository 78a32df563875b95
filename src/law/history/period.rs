//! How long a text says that it is valid (有效期): 有效期五年, 有效期至2025年12月31日, 暂定两年, 2025年8月31日自动失效.
//!
//! What is clearly said of the text itself and cannot be read is [`Reading::Unclear`]: nobody knows then whether it is in force.

mod clause;
mod counted;
mod extension;
mod lasting;
mod range;
mod termless;
mod written;

use super::dates;
use super::text::VERBS;
use crate::law::event::{Event, EventKind};
pub use clause::tells_new_clause;
use counted::{From, counted_barely, counted_from};
pub use extension::{cell_of_new_end, extended_to, moves_end, names_new_end, tells_extension};
use jiff::civil::Date;
pub(super) use lasting::goes_on;
use range::{is_absolute, range};
pub(super) use termless::ends_on;
pub use termless::is_full;

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
    /// Whether only the name of a period leads to it (实施期限：2022-2024年), so that it may be that of a stage or project.
    pub is_labelled: bool,
    /// Whether the number of years and the days written beside it contradict each other: the days count, and that is remarked.
    pub is_disputed: bool,
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
/// What counts in units that have no fixed days: 试行两个采暖季.
const SEASONS: [&str; 13] = [
    "采暖季",
    "供暖季",
    "采暖期",
    "供暖期",
    "学年",
    "学期",
    "季度",
    "年度",
    "生产季",
    "榨季",
    "汛期",
    "休渔期",
    "招生季",
];
/// How clauses end that say which rules go before those of the text: 与本通知不一致的，以本通知为准.
const OTHER_RULES: [&str; 8] =
    ["从其规定", "按新规定执行", "按新政策执行", "为准", "不一致的", "相抵触的", "不相符的", "按其规定执行"];
/// How clauses begin that say what follows when the period of the text is over.
const ENDED: [&str; 5] = ["期满", "试行期满", "有效期满", "有效期届满", "届满"];
/// Words for what has periods of its own inside a text: stages, projects, contracts.
const STAGES: [&str; 9] = ["阶段", "项目", "试点", "合同", "协议", "工程", "课题", "批次", "期工"];
/// Longest words before a term of which the text itself is the subject, in characters: 本实施办法的.
const SUBJECT_CHARS_MAX: usize = 10;
/// What a text calls itself: 本许可证有效期至… is of something else.
const OWN_KINDS: [&str; 30] = [
    "法", "条例", "规定", "办法", "细则", "规则", "意见", "通知", "通告", "公告", "决定", "方案", "措施", "文件",
    "政策", "标准", "基准", "清单", "目录", "制度", "计划", "指引", "指南", "规范", "令", "章程", "预案", "批复",
    "纲要", "规程",
];
/// What is also inside a text that is called otherwise.
const PARTS: [&str; 9] = ["标准", "政策", "清单", "规定", "目录", "措施", "计划", "基准", "制度"];
/// Longer periods are years of the calendar: 有效期2022年5月1日至….
const YEARS_MAX: u16 = 60;
/// Whether words speak of a period.
pub(super) fn is_told(words: &str) -> bool {
    TERMS.iter().any(|term| words.contains(term))
}

/// Whether words are nothing but what a period is called, as the heading above it.
pub(super) fn is_term(words: &str) -> bool {
    let bare = words.trim();
    TERMS.iter().any(|term| bare == *term || bare.strip_suffix('限') == Some(term))
}

/// What the bracket at the end of a title says: 有效期2年; of 2年 alone nobody can tell.
pub(super) fn read_bracket(inner: &str, events: &[Event]) -> Reading {
    match TERMS.iter().find_map(|term| inner.strip_prefix(term)) {
        Some(behind) => period(behind, None, events),
        None if span(inner).is_some_and(|(_, read)| read == inner.len()) => Reading::Unclear,
        None => Reading::Nothing,
    }
}

/// What words behind the name of a period say of it: 至2027年12月31日, 5年.
pub(super) fn read_value(words: &str, events: &[Event]) -> Reading {
    period(words, None, events)
}

/// That a text is valid until the end of a day.
pub(super) fn told_until(day: Date) -> Reading {
    told(None, day.tomorrow().ok())
}

/// That a text is valid until the day before one.
pub(super) fn told_before(day: Date) -> Reading {
    told(None, Some(day))
}

/// What stands behind what the text calls itself.
pub(super) fn without_itself(words: &str) -> Option<&str> {
    behind_itself(words)
}

/// What a sentence says of the period of validity of its text.
pub(super) fn read(sentence: &str, place: Place, begins: Option<&Begins>, events: &[Event]) -> Reading {
    if goes_on(sentence) {
        return Reading::Unclear;
    }
    if let Some(last) = begins.filter(|_| place == Place::Here).and_then(|begins| begins.until) {
        return told(None, last.tomorrow().ok());
    }
    let mut unclear = false;
    let terms = terms(sentence);
    for (at, term) in &terms {
        let (Some(before), Some(behind)) = (sentence.get(..*at), sentence.get(at + term.len()..)) else { continue };
        // 自…起施行有效期五年, without a comma.
        let adjoins = begins.filter(|_| place == Place::Here).and_then(|begins| before.get(begins.end..));
        let adjoins = adjoins.is_some_and(|between| between.trim_matches(['、', ' ', '\u{3000}']).is_empty());
        let own = adjoins || is_own(before, place) && is_straight(before, place, begins);
        // 实施期限：2022-2024年; of what a span by itself is, nobody knows.
        // 实施时间 of an action or a stage: where the text tells its own first day, a time is not its validity.
        let has_day = events.iter().any(|event| event.kind == EventKind::Effective);
        let is_time = term.ends_with("时间") && has_day;
        let is_label = before.trim().is_empty() && !term.starts_with("有效") && begins.is_none() && !is_time;
        if !(own || is_label && is_absolute(behind)) {
            continue;
        }
        match period(behind, begins, events) {
            Reading::Told(period) => return Reading::Told(Period { is_labelled: !own, ..period }),
            // 实施时间 may be the first day alone.
            Reading::Unclear => unclear |= own && !term.ends_with("时间"),
            Reading::Nothing => {}
        }
    }
    // 暂定两年，有效期满前六个月评估: the term speaks of what another clause tells.
    let is_termless = terms.is_empty() || place == Place::Here;
    match (is_termless || behind_itself(sentence).is_some() || sentence.starts_with(['自', '从']), unclear) {
        (_, true) => Reading::Unclear,
        (true, false) => termless::read(sentence, place, begins, events),
        (false, false) => Reading::Nothing,
    }
}

fn told(first: Option<Date>, end: Option<Date>) -> Reading {
    end.map_or(Reading::Unclear, |end| Reading::Told(Period { first, end, is_labelled: false, is_disputed: false }))
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
    if is_itself(before) {
        return true;
    }
    // 本方案分两个阶段实施，实施期限….
    let verb = || VERBS.iter().any(|verb| before.ends_with(&format!("{verb}，")));
    if before.starts_with('本') && verb() && !is_staged(before) {
        return true;
    }
    // 自…起施行（有效期2年）.
    if let Some(outside) = before.strip_suffix(['（', '(']) {
        return place == Place::Here && VERBS.iter().any(|verb| outside.ends_with(verb)) || is_itself(outside);
    }
    let from = before.rfind(['自', '从']).filter(|at| {
        before.get(*at..).and_then(counted_from).is_some_and(|(from, rest)| from == From::FirstDay && rest.is_empty())
    });
    let bare = from.and_then(|at| before.get(..at)).unwrap_or(before);
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
        || OTHER_RULES.iter().any(|other| clause.ends_with(other))
        || ENDED.iter().any(|ended| clause.starts_with(ended)) && !clause.contains('证')
        || clause.chars().all(|c| "起施行试实执印发暂颁布公并正式开始生效现予".contains(c))
        || termless::LEADS.iter().any(|word| clause.strip_prefix(word).is_some_and(|rest| span(rest).is_some()))
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
    before.starts_with('本') && is_kind && !is_held && !is_part(bare) && before.chars().count() <= SUBJECT_CHARS_MAX
}

/// Whether words name something inside the text: 本办法补贴标准, 本办法规定的优惠政策, 本办法第一条规定, 本通知所附清单.
fn is_part(bare: &str) -> bool {
    let Some((own, part)) = PARTS.iter().find_map(|part| Some((bare.strip_suffix(part)?, part))) else { return false };
    let is_more = OWN_KINDS.iter().filter(|kind| *kind != part).any(|kind| own.contains(kind));
    is_more || own.contains(['第', '的'])
}

/// What stands behind what a text calls itself at the beginning of a sentence: 执行至2025年12月31日 behind 本通知.
fn behind_itself(sentence: &str) -> Option<&str> {
    let bare = sentence.trim_start();
    let ends = bare.char_indices().skip(1).take(SUBJECT_CHARS_MAX).map(|(at, _)| at);
    // 本办法执行办法 is longer than 本办法.
    let own = ends.filter(|end| bare.get(..*end).is_some_and(is_itself)).last()?;
    bare.starts_with('本').then(|| bare.get(own..)).flatten()
}

/// Whether words are a number of seasons or the like and nothing else: 两个采暖季.
fn is_season(words: &str) -> bool {
    let number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十两".contains(c);
    let rest = words.trim_start_matches(number);
    let unit = rest.strip_prefix('个').unwrap_or(rest);
    rest.len() < words.len() && SEASONS.iter().any(|season| unit.strip_prefix(season).is_some_and(is_all))
}

/// Whether words speak of what has periods of its own inside a text.
fn is_staged(words: &str) -> bool {
    STAGES.iter().any(|word| words.contains(word))
}

/// Whether a short line is of a stage, a project or a contract, but not of the text: 第一阶段, 项目名称：….
pub(super) fn is_of_stage(line: &str) -> bool {
    let is_label = line.contains(['：', ':']);
    line.contains("阶段") || STAGES.iter().any(|word| line.starts_with(word) && (is_label || line.ends_with("概况")))
}

/// Whether words name the stage of which a period is, in a bracket behind it or before it: （第一阶段）, 第一阶段2023年至….
fn names_stage(words: &str) -> bool {
    let near = words.trim_start_matches(['（', '(', ' ', '为', '是']);
    let near = near.split(['）', ')', '，', '。', '；', '、']).next().unwrap_or_default();
    let is_counted = near.starts_with('第') || near.starts_with(['一', '二', '首', '前']);
    is_counted && ["阶段", "期", "批", "步"].iter().any(|word| near.contains(word))
}

/// Whether nothing more is said behind a period: 有效期5年的旧证 is of something else.
fn is_all(behind: &str) -> bool {
    let behind = behind.trim();
    if behind.starts_with(['（', '(']) && names_stage(behind) {
        return false;
    }
    matches!(behind, "" | ".")
        || behind.starts_with(['，', ',', '。', '；', ';', '（', '(', '）', ')', '止'])
        || ["内有效", "有效", "之前", "以前", "前"].iter().any(|end| behind.strip_prefix(end).is_some_and(is_all))
}

/// The words behind 至, 截至, 截止到.
fn until(words: &str) -> Option<&str> {
    let closed = ["截止日期", "截止时间", "截止于", "截止", "截至", "截", "终止于", "止于", "止日期", "到期日"];
    let closed = closed.iter().find_map(|word| words.strip_prefix(word));
    let bare = closed.unwrap_or(words).trim_start_matches(['为', '是', '：', ':', ' ']);
    match bare.strip_prefix(['至', '到']) {
        Some(last) => Some(last.trim_start_matches(['：', ':', ' ', '\u{3000}'])),
        None => closed.map(|_| bare.trim_start()),
    }
}

/// Fillers between a term and its period: 有效期限暂定为（2年）.
const FILLERS: [char; 13] = ['限', '间', '为', '是', '：', ':', '暂', '定', '共', '（', '(', ' ', '\u{3000}'];

/// 至2025年12月31日, 五年, 为3年, 自…至…, 2022-2024年.
fn period(text: &str, begins: Option<&Begins>, events: &[Event]) -> Reading {
    let rest = text.trim_start_matches(FILLERS);
    let clause = rest.split(['。', '；']).next().unwrap_or(rest);
    // 有效期至：5年 of a box.
    let is_span = |last: &&str| span(last).is_some_and(|(_, read)| last.get(read..).is_some_and(is_all));
    let spanned = until(clause).filter(is_span);
    if let Some(last) = until(clause).filter(|_| spanned.is_none()) {
        return match dates::leading_end(last, false) {
            Some((day, read)) if is_all(last.get(read..).unwrap_or_default()) => told(None, day.tomorrow().ok()),
            Some(_) => Reading::Nothing,
            None => Reading::Unclear,
        };
    }
    let clause = spanned.unwrap_or(clause);
    if ["与", "同"].iter().any(|word| clause.starts_with(word))
        && ["一致", "相同", "同步"].iter().any(|w| clause.contains(w))
    {
        return Reading::Unclear;
    }
    // 有效期自核发之日起三年 is of a licence; 第一阶段2023年至2024年 of a stage, of which the whole is not known.
    let counted = counted_from(clause).or_else(|| counted_barely(clause));
    if counted.is_some_and(|(from, _)| from == From::Other) {
        return Reading::Nothing;
    }
    if names_stage(clause) || is_season(clause) {
        return Reading::Unclear;
    }
    if let Some(found) = range(clause) {
        return found;
    }
    let words = counted.map_or(clause, |(_, rest)| rest.strip_prefix("计算").unwrap_or(rest));
    let words = words.trim_start_matches(['，', ',', '为']);
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
    if let Some(written) = written::behind(behind, days, first_day(begins, events)) {
        return written;
    }
    let of_promulgation = counted.is_some_and(|(from, _)| from == From::Promulgation);
    match of_promulgation && !is_begun_by_promulgation(events) {
        true => Reading::Unclear,
        false => told(None, first_day(begins, events).and_then(|day| after(day, days))),
    }
}

/// Whether a text is in force from its promulgation: only then 自发布之日起五年 counts from the first day.
fn is_begun_by_promulgation(events: &[Event]) -> bool {
    let last = events.iter().rfind(|event| event.kind == EventKind::Effective);
    last.is_some_and(|event| event.quote.contains("之日"))
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
        let Some((number, read)) = dates::leading_number(rest) else { break };
        let unit = written::without_repeat(rest.get(read..)?, number)?;
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
        at = head.len() - trimmed.len() + word.len();
    }
    (at > 0).then_some(((months, days), at))
}
