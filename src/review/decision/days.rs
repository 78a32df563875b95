//! The days of a decision (时间要素): of the act, of its discovery, of the steps, of the decision itself.

use crate::law::case_fields::{SectionKind, Step};
use crate::law::case_record::CaseRecord;
use crate::text::numerals;
use jiff::civil::Date;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// So much on each side of a date is asked what it is the date of, in characters.
const AROUND_CHARS: usize = 24;

/// A day and where it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// The day.
    pub date: Date,
    /// Bytes of the decision; empty if the source told it.
    pub span: Range<usize>,
}

/// A day whose law is asked for, with what it is the day of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OnDay {
    /// The last day of the act that the facts tell.
    Act(Date),
    /// The first step of the authority: the act was done by then.
    Discovery(Date),
    /// The day of the decision; nothing earlier is told.
    Decision(Date),
}

impl OnDay {
    /// The day.
    pub fn date(self) -> Date {
        match self {
            Self::Act(date) | Self::Discovery(date) | Self::Decision(date) => date,
        }
    }

    /// As it is told to people.
    pub fn words(self) -> String {
        match self {
            Self::Act(date) => format!("行为时（{date}）"),
            Self::Discovery(date) => format!("立案、检查时（{date}）"),
            Self::Decision(date) => format!("作出决定时（{date}）"),
        }
    }
}

/// The days of a decision. What is not told is absent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Days {
    /// Dates of the act, in the order of the text; of a month or a year its last day.
    pub acts: Vec<Day>,
    /// Whether the last one is a day, not a month or a year.
    pub exact: bool,
    /// The first inspection, tip or filing.
    pub found: Option<Day>,
    /// 立案.
    pub filed: Option<Day>,
    /// 告知, the last one.
    pub noticed: Option<Day>,
    /// 听证.
    pub heard: Option<Day>,
    /// 决定.
    pub decided: Option<Day>,
    /// 送达.
    pub served: Option<Day>,
}

impl Days {
    /// Reads the days of a decision.
    pub(super) fn read(text: &str, record: &CaseRecord) -> Days {
        let step = |step: Step| {
            let own = record.fields.steps.iter().filter(move |read| read.value.step == step);
            own.map(|read| Day { date: read.value.date, span: read.span.clone() })
        };
        let decided = record.fields.decided_on.as_ref().map(|read| {
            let span = if read.field == crate::law::case_fields::Field::Text { read.span.clone() } else { 0..0 };
            Day { date: read.value, span }
        });
        let filed = step(Step::Filing).next();
        let tips = tips(text);
        // 对2013年1月至2014年12月的情况进行了检查 is no day of inspection.
        let is_day =
            |day: &Day| !text.get(day.span.end..).unwrap_or_default().starts_with(['至', '期', '到', '-', '—', '起']);
        let first =
            step(Step::Inspection).filter(is_day).chain(step(Step::Filing)).chain(tips).min_by_key(|day| day.date);
        let limit = decided.as_ref().map_or(Date::MAX, |day| day.date);
        let (acts, exact) = acts(text, record, limit);
        Days {
            acts,
            exact,
            found: first.filter(|day| day.date <= limit),
            filed,
            noticed: step(Step::Notice).next_back(),
            heard: step(Step::Hearing).next_back(),
            served: step(Step::Service).rfind(|day| day.date >= limit),
            decided,
        }
    }

    /// The last day of the act that is told.
    pub fn last_act(&self) -> Option<&Day> {
        self.acts.iter().max_by_key(|day| day.date)
    }

    /// The day whose law applies to the act.
    pub fn of_act(&self) -> Option<OnDay> {
        let act = self.last_act().filter(|_| self.exact).map(|day| OnDay::Act(day.date));
        let found = || self.found.as_ref().map(|day| OnDay::Discovery(day.date));
        act.or_else(found).or_else(|| self.decided.as_ref().map(|day| OnDay::Decision(day.date)))
    }
}

/// A day, a month or a year; the year may be said before.
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?:([0-9０-９]{4}|[〇○零一二三四五六七八九]{4})\s?年|(?:同年|当年|次年))?\s?",
        r"([0-9０-９]{1,2}|[一二三四五六七八九十]{1,2})\s?月(?:\s?([0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})\s?日)?|([0-9０-９]{4})\s?年"
    ))
    .expect("a constant pattern")
});
/// A day on which somebody told the authority.
static TIP: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"([0-9]{4})\s?年\s?([0-9]{1,2})\s?月\s?([0-9]{1,2})\s?日[^。；\n]{0,40}?(?:举报|投诉|移送|交办|转办|线索|12345)")
        .expect("a constant pattern")
});
/// What a date near these words is the date of, is not the act.
static NOT_ACT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("成立|注册|登记|核发|颁发|核准|执照|有效期|生产日期|批准|出生|修正|修订|施行|公布|发布|询问|笔录|检查|检验|报告|立案|送达|告知|抽样|抽检|鉴定|复查|协查|函|陈述|调取|提取|扣押|查封")
        .expect("a constant pattern")
});

/// What the party did on the day that follows.
static DONE_BY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        "(?:当事人|被处罚人|你(?:公司|单位|店|局|厂|院)?|该(?:公司|单位|店|厂))[^，。；,;]{0,6}(?:于|自|从|在)?$",
    )
    .expect("a constant pattern")
});
/// Where a comma clause ends.
const STOPS: [char; 6] = ['，', '。', '；', '\n', ',', ';'];

fn number(text: &str) -> Option<i64> {
    let plain: String = text.chars().map(|c| if "○零".contains(c) { '〇' } else { c }).collect();
    numerals::parse(&plain).and_then(|number| i64::try_from(number).ok())
}

fn date(year: i64, month: i64, day: i64) -> Option<Date> {
    Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()
}

/// The dates in the facts that are no steps of the authority, up to a day, and whether each names a day.
fn acts(text: &str, record: &CaseRecord, limit: Date) -> (Vec<Day>, bool) {
    let fields = &record.fields;
    let mut acts: Vec<(Day, bool)> = Vec::new();
    let own = fields.sections.iter().filter(|section| section.kind == SectionKind::Facts);
    let mut stretches: Vec<Range<usize>> = own.map(|section| section.span.clone()).collect();
    // Where nothing says what the facts are, only what the party is said to have done on a day counts.
    let is_whole = stretches.is_empty();
    if is_whole {
        stretches.push(0..text.len());
    }
    for stretch in stretches {
        let facts = text.get(stretch.clone()).unwrap_or_default();
        let mut year = None;
        for found in DATE.captures_iter(facts) {
            let Some(whole) = found.get(0) else { continue };
            let alone = found.get(4).and_then(|own| number(own.as_str()));
            year = found.get(1).and_then(|own| number(own.as_str())).or(alone).or(year);
            let span = stretch.start + whole.start()..stretch.start + whole.end();
            let is_step = fields.steps.iter().any(|step| step.span.start < span.end && span.start < step.span.end);
            let by_party = || {
                DONE_BY
                    .is_match(facts.get(..whole.start()).unwrap_or_default().rsplit(STOPS).next().unwrap_or_default())
            };
            if is_step || is_whole && !by_party() || NOT_ACT.is_match(around(facts, whole.range())) {
                continue;
            }
            let month = found.get(2).and_then(|own| number(own.as_str()));
            let day = found.get(3).and_then(|own| number(own.as_str()));
            let told = year.and_then(|year| match (month, day) {
                (Some(month), Some(day)) => date(year, month, day),
                (Some(month), None) => date(year, month, 1).map(Date::last_of_month),
                _ => date(year, 12, 31),
            });
            let Some(told) = told.filter(|told| *told <= limit) else { continue };
            acts.push((Day { date: told, span }, day.is_some()));
        }
    }
    let exact = acts.iter().max_by_key(|(day, exact)| (day.date, *exact)).is_some_and(|(_, exact)| *exact);
    (acts.into_iter().map(|(day, _)| day).collect(), exact)
}

/// The words of the comma clause around a range.
fn around(text: &str, range: Range<usize>) -> &str {
    let near = |words: &str| words.chars().take(AROUND_CHARS).map(char::len_utf8).sum::<usize>();
    let before = text.get(..range.start).unwrap_or_default();
    let back =
        before.chars().rev().take(AROUND_CHARS).take_while(|c| !STOPS.contains(c)).map(char::len_utf8).sum::<usize>();
    let behind = text.get(range.end..).unwrap_or_default();
    let clause = behind.split(STOPS).next().unwrap_or_default();
    text.get(range.start - back..range.end + near(clause)).unwrap_or_default()
}

fn tips(text: &str) -> impl Iterator<Item = Day> {
    TIP.captures_iter(text).filter_map(|found| {
        let part = |group| found.get(group).and_then(|own: regex::Match<'_>| number(own.as_str()));
        let span = found.get(0)?.range();
        Some(Day { date: date(part(1)?, part(2)?, part(3)?)?, span })
    })
}
