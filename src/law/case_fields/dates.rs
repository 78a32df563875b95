//! The dates of a case: of the decision at its end, of the steps before it.

use super::{Field, Read, Step, StepDate, heads, layout};
use crate::law::document::Document;
use crate::text::numerals;
use jiff::civil::Date;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A day as Chinese texts write it; the year may be said before.
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?:([0-9０-９]{4}|[〇○ＯO零0０一二三四五六七八九]{4})\s?年|(同年|当年))?\s?",
        r"([0-9０-９]{1,2}|[一二三四五六七八九十]{1,2})\s?月\s?([0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})\s?日",
        // A line that is nothing but a day in figures: 2019.6.3, 2025-06-05.
        r"|(?m:^[\s　]*((?:19|20)[0-9]{2})[.\-/．]([0-9]{1,2})[.\-/．]([0-9]{1,2})[\s　]*$)"
    ))
    .expect("a constant pattern")
});
/// What happened on a day, in the words behind it.
static STEPS: LazyLock<[(Step, Regex); 5]> = LazyLock::new(|| {
    let row = |step, pattern: &str| (step, Regex::new(pattern).expect("a constant pattern"));
    [
        row(
            Step::Notice,
            r"(?:送达|下达|告知|作出|发出)[^。；]{0,40}告知(?:书|笔录)|告知书?[^。；]{0,8}送达|告知(?:了)?(?:当事人|你|被处罚人)[^。；]{0,30}(?:陈述|申辩|听证)",
        ),
        row(Step::Hearing, r"听证会|(?:举行|组织|召开|进行)[^。；]{0,8}听证|开庭|公开审理"),
        row(Step::Filing, r"立案|受理(?:后|了)?|提起公诉|诉至本院|登记立案|向本院起诉"),
        row(Step::Inspection, r"检查|抽检|抽样|巡查|勘验|核查"),
        row(Step::Service, r"送达"),
    ]
});
/// So much behind a date is asked what happened.
const BEHIND_BYTES: usize = 150;
/// So much before the end of a case its date is looked for, in bytes.
const SIGNATURE_BYTES: usize = 900;

/// A date in a text.
struct Dated {
    date: Date,
    span: Range<usize>,
    /// Whether the year stands with it.
    full: bool,
}

/// Every date of a text; one without a year has that of the date before it.
fn dates(text: &str) -> Vec<Dated> {
    let mut year = None;
    let mut found = Vec::new();
    for groups in DATE.captures_iter(text) {
        let part = |at: usize, figures: usize| groups.get(at).or_else(|| groups.get(figures));
        let (Some(whole), Some(month), Some(day)) = (groups.get(0), part(3, 6), part(4, 7)) else { continue };
        let full = part(1, 5).and_then(|year| number(year.as_str()));
        year = full.or(year);
        let date = year.zip(number(month.as_str())).zip(number(day.as_str())).and_then(|((year, month), day)| {
            Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
        });
        let start = whole.start() + whole.as_str().len() - whole.as_str().trim_start().len();
        let end = whole.start() + whole.as_str().trim_end().len();
        found.extend(date.map(|date| Dated { date, span: start..end, full: full.is_some() }));
    }
    found
}

/// A number of a date.
fn number(text: &str) -> Option<u64> {
    // 二0二五: a figure among characters.
    let mixed = text.chars().any(|c| "〇一二三四五六七八九".contains(c));
    let plain: String =
        text.chars().map(|c| if "○ＯO零".contains(c) || (c == '0' || c == '０') && mixed { '〇' } else { c }).collect();
    numerals::parse(&plain).or_else(|| numerals::parse(text))
}

/// 决定日期: what the source says, else the date at the end; of a typical case that of the last judgment it tells.
pub(super) fn decided(document: &Document, own: usize) -> Option<Read<Date>> {
    if let Some(date) = document.decided_on {
        return Some(Read { value: date, field: Field::DecidedOn, span: 0..0 });
    }
    let text = document.text.as_str();
    if let Some(labelled) = labelled(text.get(..own).unwrap_or(text)) {
        return Some(labelled);
    }
    // Numbers of laws and orders that are attached have dates too, so what is before the attachment counts first.
    signed_before(text, own)
        .or_else(|| signed_before(text, text.len()))
        .or_else(|| before_clerk(text))
        .or_else(|| told(document))
}

/// The day behind a caption of its own: 作出处罚决定的日期：2024年8月5日.
fn labelled(text: &str) -> Option<Read<Date>> {
    static LABEL: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?m)(?:作出|做出)?(?:行政)?处罚(?:决定)?(?:书)?(?:作出)?的?(?:日期|时间)[\s　]*[：:][\s　]*(([0-9]{4})\s?[年.\-/．]\s?([0-9]{1,2})\s?[月.\-/．]\s?([0-9]{1,2})(?:\s?日|[\s　]*$))",
        )
        .expect("a constant pattern")
    });
    let found = LABEL.captures(text)?;
    let part = |at: usize| found.get(at)?.as_str().parse::<i16>().ok();
    let month = i8::try_from(part(3)?).ok()?;
    let date = Date::new(part(2)?, month, i8::try_from(part(4)?).ok()?).ok()?;
    let span = found.get(1)?;
    let end = span.start() + span.as_str().trim_end().len();
    Some(Read::text(date, span.start()..end))
}

/// The last day that stands right before the name of a clerk, wherever that is.
fn before_clerk(text: &str) -> Option<Read<Date>> {
    let clerk = ["书记员", "法官助理", "代书记员", "代理书记员", "见习书记员", "本件与原"];
    let before = |dated: &Dated| {
        let behind = text[dated.span.end..].trim_start_matches([' ', '\u{3000}', '\n', '\t']);
        dated.full && clerk.iter().any(|word| behind.starts_with(word))
    };
    dates(text).into_iter().rfind(before).map(|dated| Read::text(dated.date, dated.span))
}

/// The day of the last judgment that a typical case tells: …法院于…年…月…日作出（…）…号.
fn told(document: &Document) -> Option<Read<Date>> {
    let span = heads::told_judgment(document)?.day;
    let day = dates(&document.text[span.clone()]).into_iter().find(|date| date.full)?;
    Some(Read::text(day.date, span))
}

/// The day of the signature that ends a stretch of the text.
fn signed_before(text: &str, end: usize) -> Option<Read<Date>> {
    let mut from = end.saturating_sub(SIGNATURE_BYTES);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let tail = &text[from..end];
    let last = dates(tail).into_iter().filter(|date| date.full).rfind(|date| is_signed(tail, &date.span))?;
    Some(Read::text(last.date, from + last.span.start..from + last.span.end))
}

/// Whether a date is that of a signature: alone in its line, or behind the name of a judge and before that of a clerk.
fn is_signed(tail: &str, span: &Range<usize>) -> bool {
    let before = tail[..span.start].trim_end_matches([' ', '\u{3000}', '\t', '　']);
    let after = tail[span.end..].trim_start_matches([' ', '\u{3000}', '\t', '　']);
    let begins = before.is_empty() || before.ends_with('\n');
    let line = before.rsplit('\n').next().unwrap_or(before);
    let judged = ["审判", "陪审", "法官"].iter().any(|word| line.contains(word));
    let organ =
        ["局", "委员会", "政府", "院", "厅", "队", "所", "印）", "章）"].iter().any(|word| line.trim().ends_with(word))
            && line.chars().count() < 40;
    let ends = after.is_empty()
        || after.starts_with('\n')
        || after.starts_with("书记员")
        || after.starts_with("法官助理")
        || after.starts_with("代书记员")
        || after.starts_with("（")
        || after.starts_with("代理书记员")
        || after.starts_with("见习书记员");
    (begins || judged || organ) && ends
}

/// Dates of the procedure, in the order of the text.
pub(super) fn steps(text: &str) -> Vec<Read<StepDate>> {
    let mut found: Vec<Read<StepDate>> = Vec::new();
    let mut dates = dates(text);
    let objects = objects(text, &dates);
    let mut at = 0..;
    dates.retain(|_| at.next().is_none_or(|at| objects.get(at) != Some(&true)));
    let mut group = 0;
    for (at, dated) in dates.iter().enumerate() {
        let next = dates.get(at + 1).map_or(text.len(), |next| next.span.start);
        let between = text.get(dated.span.end..next).unwrap_or_default().trim();
        // 3月5日至3月7日、3月20日至3月22日检查: all of them are days of the inspection.
        if joins(between) && at + 1 < dates.len() && at - group < GROUP_MAX {
            continue;
        }
        let first = std::mem::replace(&mut group, at + 1);
        let mut end = next.min(dated.span.end + BEHIND_BYTES);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let behind = text.get(dated.span.end..end).unwrap_or_default();
        let clause = behind.split(['。', '；', '\n']).next().unwrap_or(behind);
        let words = STEPS.iter().filter_map(|(step, pattern)| Some((pattern.find(clause)?.start(), *step)));
        // A notice is served, so of the two the notice counts.
        let Some((_, step)) = words.min_by_key(|(at, step)| (*at / 60, *step != Step::Notice, *at)) else { continue };
        // 分别: which of the days is that of which step is not told.
        let first =
            if clause.contains("分别") || clause.contains("先后") && step != Step::Inspection { at } else { first };
        let days = dates.get(first..=at).unwrap_or_default();
        found.extend(days.iter().map(|day| Read::text(StepDate { step, date: day.date }, day.span.clone())));
    }
    found
}

/// So far before a period its clause is looked at, in bytes.
const CLAUSE_BYTES: usize = 300;
/// So many days share the words behind them at most.
const GROUP_MAX: usize = 16;

/// Whether words between two days make one period or list of them.
fn joins(between: &str) -> bool {
    matches!(
        between,
        "至" | "到" | "起至" | "-" | "—" | "——" | "–" | "－" | "~" | "～" | "、" | "和" | "及" | "以及" | "与"
    )
}

/// Which days bound a period that was looked into, not one in which somebody acted: 对你单位2021年1月1日至2022年12月31日期间的纳税情况进行检查.
fn objects(text: &str, dates: &[Dated]) -> Vec<bool> {
    let mut found = vec![false; dates.len()];
    for at in 1..dates.len() {
        let (from, to) = (&dates[at - 1].span, &dates[at].span);
        let between = text.get(from.end..to.start).unwrap_or_default().trim();
        if !joins(between) || matches!(between, "、" | "和" | "及" | "以及" | "与") {
            continue;
        }
        let behind = text.get(to.end..).unwrap_or_default().trim_start();
        let start = layout::near(text, from.start, CLAUSE_BYTES);
        let clause = start.rsplit(['，', '。', '；', '\n', ',']).next().unwrap_or_default();
        let behind = behind.strip_prefix('止').unwrap_or(behind);
        let of_it = behind.strip_prefix("期间").or(behind.strip_prefix("之间")).unwrap_or(behind).starts_with('的');
        let about = ["对", "所属期", "自查"].iter().any(|word| clause.contains(word));
        // 授权期限为2010年6月20日至2014年6月19日: how long something lasts.
        let lasts = ["期限", "有效期", "任期", "期为", "所属期"].iter().any(|word| clause.contains(word));
        // 于2024年2月1日至5月31日对你2019年1月1日至2021年12月31日申报情况进行检查: what is behind 对 was looked into.
        let before = at.checked_sub(2).and_then(|before| dates.get(before)).map(|before| before.span.end);
        let led = before.filter(|end| from.start - end < CLAUSE_BYTES).and_then(|end| text.get(end..from.start));
        let led = led.is_some_and(|led| led.contains('对') && !led.contains(['，', '。', '；', '\n', ',']));
        if of_it || led || lasts || behind.starts_with("期间") && about {
            found[at - 1] = true;
            found[at] = true;
        }
    }
    found
}
