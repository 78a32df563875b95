//! Words that people are called (时光, 成功, 何必): names where only a person can stand, words everywhere else.

use super::super::persons::Persons;
use super::super::reading::is_han;
use super::candidate::Finder;
use super::wordy;
use regex::Regex;
use std::collections::HashSet;
use std::sync::LazyLock;

static CALLED: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| words().filter(|word| !word.starts_with(['!', '~'])).collect());
static OF_LAW: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| words().filter_map(|word| word.strip_prefix('!')).collect());

/// Those that go on in a sentence as words do: 成功销售, 凌晨经营, 项目在建.
static LOOSE: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| words().filter_map(|word| word.strip_prefix('~')).collect());

fn words() -> impl Iterator<Item = &'static str> {
    include_str!("called.txt").lines().filter(|line| !line.starts_with('#')).flat_map(str::split_ascii_whitespace)
}

/// A line that only speaks to somebody.
static ADDRESSED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?m)^[ \u{3000}]*(\p{Han}{2})[：:][ \u{3000}]*\r?$").expect("a constant pattern"));

/// Length of all of them, in characters.
const CHARS: usize = 2;
/// What follows a name in a sentence about what somebody did, and a word like 高兴 hardly ever.
const DOES: &[&str] = &[
    "在",
    "从事",
    "经营",
    "销售",
    "涉嫌",
    "陪同",
    "进行",
    "到",
    "拒收",
    "拒绝",
    "投诉",
    "举报",
    "购买",
    "报警",
    "身份证",
    "不服",
    "诉称",
    "作为",
    "作出",
    "擅自",
    "提供",
    "委托",
    "与",
    "和",
    "及",
    "于",
    "因",
    "将",
    "为",
    "已",
    "占道",
    "无照",
    "无证",
    "违反",
    "被",
    "有",
    "曾",
    "使用",
    "生产",
    "加工",
    "驾",
    "雇",
    "租",
    "明知",
    "共同",
    "分别",
    "主动",
    "积极",
    "开设",
    "开办",
    "私自",
    "私设",
    "未",
    "出示",
    "出具",
    "系",
    "称",
    "签",
    "承认",
    "缴存",
    "补缴",
    "缴纳",
    "补发",
    "发放",
    "予以",
    "警告",
    "给予",
    "处以",
    "禁止",
    "取消",
    "终身",
    "的询问",
    "的证言",
    "的陈述",
    "的违法",
    "的行为",
    "的身份",
    "的上述",
];
/// What follows a name in front of which nothing but the begin of a clause stands.
const LEADS: &[&str] = &[
    "于19",
    "于20",
    "的询问笔录",
    "的证言",
    "的陈述",
    "的供述",
    "的申辩",
    "系店",
    "系该店",
    "系本店",
    "系车主",
    "系员工",
    "系当事人",
    "称不",
    "称其",
    "称，",
    "称：",
    "承认",
    "签字",
    "供述",
];

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
        let acts = || wordy::acts(finder, end) || wordy::is_own(finder, end) || does(finder, at, end);
        CALLED.contains(name) && (finder.is_closed(end) || acts())
    };
    told.then_some(end)
}

/// Whether what persons do follows such a word that says neither how something is done nor is a thing: 高兴在前进路摆摊.
pub(super) fn does(finder: &Finder<'_>, start: usize, end: usize) -> bool {
    let name = finder.reading.str(start..end);
    is_one(finder, start, end) && !LOOSE.contains(name) && has_deed(finder, end)
}

/// Whether what persons do stands at a place.
pub(super) fn has_deed(finder: &Finder<'_>, end: usize) -> bool {
    DOES.iter().any(|word| finder.reading.has(end, word))
}

/// Whether such a word, known as a name, begins a clause in which it does something: 经查，向前占道经营.
pub(super) fn leads(finder: &Finder<'_>, start: usize, end: usize) -> bool {
    let edge = !is_han(finder.reading.before(start)) && finder.reading.before(start) != '、';
    edge && does(finder, start, end)
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
    let edges = (0..reading.len()).filter(|at| !is_han(reading.before(*at)) && is_one(finder, *at, at + CHARS));
    for at in edges {
        let end = at + CHARS;
        let joined = "与和、及".contains(reading.at(end)) && finder.masked(end + 1).is_some();
        let led = LEADS.iter().any(|word| reading.has(end, word)) && !wordy::is_part(finder, at, end);
        let led = led && !LOOSE.contains(reading.str(at..end));
        if joined || led {
            persons.also(reading.str(at..end), None);
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
