//! What the words beside a name say of the version that is meant: 2018年10月26日修正的《…》, 《…》（2017年修正）, 原《…》.
//!
//! What speaks of a version and is not understood is [`VersionNote::Unclear`]: the newest text must not stand for it.

use super::super::mention::VersionNote;
use super::title::remark;
use jiff::civil::Date;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Years of laws.
const YEARS: std::ops::RangeInclusive<u16> = 1949..=2100;
/// Digits of a year.
const YEAR_DIGITS: usize = 4;
/// Characters before a name in which its version is looked for.
const BEFORE_CHARS_MAX: usize = 40;
/// Words before a name that say that the version before a change is meant; 新旧 says both.
const FORMER: [&str; 8] = ["原来的", "原有的", "已废止的", "已经废止的", "已失效的", "旧的", "原", "旧"];
/// Words before a name that say that the text without its last change is meant.
const BEFORE_CHANGE: [&str; 6] = ["修订前的", "修改前的", "修正前的", "修订前", "修改前", "修正前"];
/// Words before a name that say that the one since a change is meant.
const SINCE: [&str; 12] = [
    "修订后的",
    "修改后的",
    "修正后的",
    "修订后",
    "修改后",
    "修正后",
    "新修订的",
    "新修改的",
    "新修正的",
    "新修订",
    "新修改",
    "新修正",
];
/// 新 alone says so only as a word of its own.
static NEW: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|[\s\p{P}]|[依根]据|按照?|依照?|参照|对照|适用|违反|符合|执行|实施)新的?$"));
/// Words that end as those do and say nothing of a version.
const NEITHER: [&str; 5] = ["新旧", "草原", "平原", "中原", "高原"];

/// Last characters of all words that tell a version.
const LAST: [char; 12] = ['的', '新', '年', '版', '本', '后', '前', '原', '旧', '订', '改', '正'];

fn pattern(words: &str) -> Regex {
    Regex::new(words).expect("a fixed pattern")
}

/// 2018年10月26日第四次修正的, 2005年8月28日通过的, 2018年的, 2018修正版, 2014年修订的新.
static YEAR: LazyLock<Regex> = LazyLock::new(|| {
    let day = r"(?:\d{1,2}月(?:\d{1,2}日)?)?";
    let change = "(?:第[一二三四五六七八九十0-9]+次)?(?:重新)?(?:修正|修订|修改)(?:通过|公布|发布|颁布)?";
    let made = "(?:通过|公布|发布|颁布|制定)";
    pattern(&format!(
        r"(?:^|\D)(\d{{4}})(?:年{day}{change}(?:后的?|版的?|本的?|的)新?|年{day}{made}的|年的?新?|年?(?:修正|修订|修改)?(?:版|本)的?)$"
    ))
});
/// 2012年修正前的.
static BEFORE_YEAR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|\D)(\d{4})年(?:\d{1,2}月(?:\d{1,2}日)?)?(?:第[一二三四五六七八九十]次)?(?:修正|修订|修改)(?:之|以)?前的?$",
    )
});
/// 2015年1月1日起施行的.
static FIRST_DAY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|\D)(\d{4})年(\d{1,2})月(\d{1,2})日(?:起|开始)?(?:正式)?(?:施行|实施|生效)的$"));
/// 当时有效的, 案发时施行的, 2024年7月1日前施行的.
static UNCLEAR: LazyLock<Regex> =
    LazyLock::new(|| pattern("(?:时|[^目]前|期间|曾)仍?(?:有效|施行|实施|适用|生效)的$|(?:日|年)(?:以|之)?前的$"));
/// A year and nothing but words of change: 2017年修正, 2019修订, 2021年版, 2005年8月28日通过.
static REMARK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^([0-9０-９]{4})(?:年?[0-9年月日第次一二三四五六七八九十]*(?:修正|修订|修改|改|版|本|修)+[年月日0-9]*|年[0-9月日]*(?:通过|公布|发布|颁布)|年?)$",
    )
});
/// The same without brackets, behind a title: 2018版, 2018年修正.
static BARE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^[ \x{3000}]{0,2}(\d{4})年?(?:(?:修正|修订|修改)(?:版|本)?|版|本)"));
/// The same in square brackets, with a word of change, because numbers of documents have years in them too.
static SQUARE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^[ \x{3000}]{0,2}[\[［【〔](\d{4})年?(?:修正|修订|修改)?(?:版|本|文本)?[\]］】〕]"));

fn year(digits: &str) -> Option<u16> {
    let plain: String = digits.chars().map(|c| full_width(c).unwrap_or(c)).collect();
    plain.parse().ok().filter(|year| YEARS.contains(year))
}

fn full_width(c: char) -> Option<char> {
    ('０'..='９').contains(&c).then(|| char::from_digit(c as u32 - '０' as u32, 10)).flatten()
}

/// What a remark in round brackets notes: 2017年修正; 2015修正，下同.
pub fn in_remark(words: &str) -> Option<VersionNote> {
    let first = words.trim().split(['，', ',', '；', ';']).next()?.trim();
    let year = year(REMARK.captures(first)?.get(1)?.as_str())?;
    let alone = first.trim_end_matches('年').chars().nth(YEAR_DIGITS).is_none();
    Some(if alone { VersionNote::InYear(year) } else { VersionNote::Year(year) })
}

/// The version noted at the end of a title itself: 《行政复议法（2017修正）》.
pub fn inside(name: &str) -> Option<VersionNote> {
    let inner = name.trim().trim_end_matches('》').strip_suffix(['）', ')'])?;
    let open = inner.rfind(['（', '('])?;
    in_remark(inner.get(open..)?.trim_start_matches(['（', '(']))
}

/// What stands directly behind a title without round brackets, and how long it is: 2018版, [2018修正].
pub fn behind_title(rest: &str) -> Option<(VersionNote, usize)> {
    let found =
        SQUARE.captures(rest).filter(|found| found.get(0).is_some_and(|all| all.as_str().contains(['修', '版', '本'])));
    let found = found.or_else(|| BARE.captures(rest))?;
    Some((VersionNote::Year(year(found.get(1)?.as_str())?), found.get(0)?.end()))
}

/// What a remark directly behind a place notes: 第二十条（2018年修正）. A year alone begins the number of a case.
pub fn behind_place(text: &str, end: usize) -> Option<VersionNote> {
    let (inner, _) = remark(text, super::skip_spaces(text, end))?;
    let words = text.get(inner)?;
    let is_year = |at: usize| words.get(at..at + 4).is_some_and(|digits| year(digits).is_some());
    let dated = words.char_indices().any(|(at, c)| c.is_ascii_digit() && is_year(at));
    let speaks = ["修正", "修订", "修改", "版", "文本"].iter().any(|word| words.contains(word));
    let understood = || in_remark(words).unwrap_or(VersionNote::Unclear);
    (dated && speaks).then(understood)
}

/// What the words before a name say of the version: 原, 修改前的, 2018年, 2018年10月26日修正的, 当时有效的.
pub fn before(head: &str) -> Option<VersionNote> {
    let from = head.char_indices().rev().take(BEFORE_CHARS_MAX).last().map_or(0, |(at, _)| at);
    let head = head.get(from..)?;
    let ends = |words: &[&str]| words.iter().any(|word| head.ends_with(word));
    if !head.ends_with(LAST) || ends(&NEITHER) {
        return None;
    }
    let year_of = |pattern: &Regex| year(pattern.captures(head)?.get(1)?.as_str());
    if let Some(year) = year_of(&BEFORE_YEAR) {
        return Some(VersionNote::BeforeYear(year));
    }
    if let Some(year) = year_of(&YEAR) {
        return Some(VersionNote::Year(year));
    }
    if let Some(day) = first_day(head) {
        return Some(VersionNote::FirstDay(day));
    }
    if ends(&BEFORE_CHANGE) {
        return Some(VersionNote::BeforeChange);
    }
    match (ends(&FORMER), ends(&SINCE)) {
        (true, _) => Some(VersionNote::Former),
        (_, true) => Some(VersionNote::Since),
        _ if NEW.is_match(head) => Some(VersionNote::Since),
        _ => UNCLEAR.is_match(head).then_some(VersionNote::Unclear),
    }
}

fn first_day(head: &str) -> Option<Date> {
    let found = FIRST_DAY.captures(head)?;
    let number = |at: usize| found.get(at)?.as_str().parse::<i8>().ok();
    let year = year(found.get(1)?.as_str())?;
    Date::new(i16::try_from(year).ok()?, number(2)?, number(3)?).ok()
}

/// Whether a citation is one of the past: 原《…》, 《…》施行前.
pub fn of_the_past(text: &str, span: &Range<usize>, end: usize) -> bool {
    let head = text.get(..span.start).unwrap_or("");
    let after = text.get(end..).unwrap_or("");
    let former =
        matches!(before(head), Some(VersionNote::Former | VersionNote::BeforeChange | VersionNote::BeforeYear(_)));
    let verb = ["施行", "实施", "颁布", "公布", "生效"].iter().find_map(|verb| after.strip_prefix(verb));
    let past = verb.is_some_and(|rest| ["前", "之前", "以前", "以来"].iter().any(|word| rest.starts_with(word)));
    former || past
}

#[cfg(test)]
mod tests {
    use super::*;
    use VersionNote::{BeforeChange, BeforeYear, FirstDay, Former, InYear, Since, Unclear, Year};
    use jiff::civil::date;

    #[test]
    fn words_before_a_name_tell_its_version() {
        for (words, note) in [
            ("于2018年10月26日修正的", Some(Year(2018))),
            ("2018年10月修正的", Some(Year(2018))),
            ("2018年10月26日第四次修正的", Some(Year(2018))),
            ("2005年10月27日修订通过的", Some(Year(2005))),
            ("2005年8月28日通过的", Some(Year(2005))),
            ("2018修正版", Some(Year(2018))),
            ("2018年的", Some(Year(2018))),
            ("2018年版的", Some(Year(2018))),
            ("2014年修订的新", Some(Year(2014))),
            ("依据2018年", Some(Year(2018))),
            ("2012年修正前的", Some(BeforeYear(2012))),
            ("2012年10月26日修改以前的", Some(BeforeYear(2012))),
            ("2015年1月1日起施行的", Some(FirstDay(date(2015, 1, 1)))),
            ("已废止的", Some(Former)),
            ("修正前的", Some(BeforeChange)),
            ("修改后的", Some(Since)),
            ("当时有效的", Some(Unclear)),
            ("案发时施行的", Some(Unclear)),
            ("2024年7月1日前施行的", Some(Unclear)),
            ("目前施行的", None),
            ("现行有效的", None),
            ("2018年修正", None),
            ("2018年3月1日", None),
            ("12018年", None),
            ("新旧", None),
            ("", None),
        ] {
            assert_eq!(before(words), note, "{words}");
        }
    }

    #[test]
    fn words_behind_a_name_or_place_tell_its_version() {
        for (words, note) in [
            ("2017年修正", Some(Year(2017))),
            ("２０１７年修正本", Some(Year(2017))),
            ("2015修正，下同", Some(Year(2015))),
            ("2005年8月28日通过", Some(Year(2005))),
            ("2013年12月28日修正", Some(Year(2013))),
            ("2018", Some(InYear(2018))),
            ("2018年", Some(InYear(2018))),
            ("2018年第一批", None),
            ("试行", None),
        ] {
            assert_eq!(in_remark(words), note, "{words}");
        }
        assert_eq!(behind_title("[2018修正]第二十条"), Some((Year(2018), "[2018修正]".len())));
        assert_eq!(behind_title("2018版第二十条"), Some((Year(2018), "2018版".len())));
        assert_eq!(behind_title("〔2018〕5号"), None);
        assert_eq!(behind_title("2018年度"), None);
        for (text, note) in [
            ("（2018年修正）", Some(Year(2018))),
            ("（案发时为2012修正版）", Some(Unclear)),
            ("（2018）云01民初3号", None),
            ("（以下简称第二十条）", None),
            ("规定", None),
        ] {
            assert_eq!(behind_place(text, 0), note, "{text}");
        }
    }
}
