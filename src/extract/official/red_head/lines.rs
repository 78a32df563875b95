//! The single lines of a red head: mark, number, and what stands beside them.

use super::super::bare;
use regex::Regex;
use std::sync::LazyLock;

/// Most lines of a mark of several organs.
const MARK_LINES: usize = 8;
/// Shortest and longest name of an organ, in characters.
const ORGAN_CHARS: std::ops::RangeInclusive<usize> = 3..=40;
/// How names of organs end.
const ENDINGS: [&str; 26] = [
    "政府",
    "办公室",
    "办公厅",
    "委员会",
    "委",
    "局",
    "厅",
    "部",
    "院",
    "署",
    "会",
    "银行",
    "总社",
    "联社",
    "公署",
    "中心",
    "小组",
    "总队",
    "支队",
    "大队",
    "党组",
    "公司",
    "主席",
    "街道办事处",
    "管理处",
    "海关",
];

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?P<word>\p{Han}{1,16})[〔\[［（(【﹝〖](?P<year>(?:19|20)\d{2})年?[〕\]］）)】﹞〗](?P<number>第?\d+号)(?P<rest>.*)$",
    )
    .expect("a constant pattern")
});
/// What may follow a number on its line.
static BESIDE_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:签发人[:：]?.*|签发[:：].*|\d{4}年\d{1,2}月\d{1,2}日)?$").expect("a constant pattern")
});
/// 份号, 密级 and 保密期限, 紧急程度, 签发人, a rule drawn with characters.
static BESIDE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?:[0-9０-９]{6}|份号[:：].*|(?:绝密|机密|秘密)(?:[★☆].{0,12})?|(?:特提|特急|加急|平急|急件)|签发人?[:：].*|[─—―_＿━＝=★☆*－-]{2,})$",
    )
    .expect("a constant pattern")
});
static ORDER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?P<organ>.*?)(?P<kind>令|公告|通告)(?P<number>[（(]?(?:\d{4}年?)?第.{1,8}号[）)]?)?$")
        .expect("a constant pattern")
});

/// A mark of the organs that send a document (发文机关标志).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Mark {
    /// The organs in its order.
    pub(super) organs: Vec<String>,
    /// Whether it says 文件.
    pub(super) is_file: bool,
    /// 令, 公告, 通告, if it is the mark of one.
    pub(super) kind: Option<&'static str>,
    /// The number that stands on its line.
    pub(super) number: Option<String>,
}

/// The mark with which lines begin, and how many it takes.
pub(super) fn mark(lines: &[&str]) -> Option<(Mark, usize)> {
    let mut mark = Mark::default();
    let mut used = 0;
    // Lines up to the last that says 文件.
    let mut file = None;
    for line in lines.iter().take(MARK_LINES) {
        if order_mark(line, &mut mark) {
            return Some((mark, used + 1));
        }
        let (own, is_file) = without_file(line);
        match organs_of(&own) {
            Some(organs) => mark.organs.extend(organs),
            None if is_file && bare(&own).is_empty() => {}
            None => break,
        }
        used += 1;
        if is_file {
            file = Some((used, mark.organs.len()));
        }
    }
    // Without a number below it, an organ under 文件 begins the title.
    if let Some((length, organs)) = file.filter(|_| lines.get(used).is_none_or(|line| number(line, false).is_none())) {
        used = length;
        mark.organs.truncate(organs);
    }
    mark.is_file = file.is_some();
    let mut seen = std::collections::HashSet::new();
    mark.organs.retain(|organ| seen.insert(organ.clone()));
    (!mark.organs.is_empty()).then_some((mark, used))
}

/// Takes a line in that ends the mark of an order: 云桥县人民政府令, 令 below its organs.
fn order_mark(line: &str, mark: &mut Mark) -> bool {
    let words = half_width(&bare(line));
    let Some(found) = ORDER.captures(&words) else { return false };
    let kind = ["令", "公告", "通告"].into_iter().find(|kind| *kind == &found["kind"]);
    let organs = if found["organ"].is_empty() { Some(Vec::new()) } else { organs_of(before_kind(line, kind)) };
    let Some(organs) = organs.filter(|organs| !organs.is_empty() || !mark.organs.is_empty()) else { return false };
    mark.organs.extend(organs);
    mark.kind = kind;
    let own = found.name("number").map(|number| number.as_str().trim_matches(['（', '(', '）', ')']));
    mark.number = own.map(|number| format!("{}{}{number}", mark.organs.join("、"), &found["kind"]));
    true
}

/// What stands on a line before the kind of an order, with its blanks.
fn before_kind<'l>(line: &'l str, kind: Option<&str>) -> &'l str {
    let first = kind.and_then(|kind| kind.chars().next());
    let at = first.and_then(|first| line.rfind(first)).unwrap_or(line.len());
    line.get(..at).unwrap_or(line)
}

/// A line without 文件 at its end, and whether it says so.
fn without_file(line: &str) -> (String, bool) {
    let stripped = line.trim_end().strip_suffix('件').and_then(|line| line.trim_end().strip_suffix('文'));
    stripped.map_or_else(|| (line.to_string(), false), |line| (line.to_string(), true))
}

/// The organs that a line names and nothing else; letters set apart are one name.
pub(super) fn organs_of(line: &str) -> Option<Vec<String>> {
    let parts: Vec<String> = line
        .split(|c: char| c.is_whitespace() || c == '、')
        .filter(|part| !part.is_empty())
        .map(str::to_string)
        .collect();
    if !parts.is_empty() && parts.iter().all(|part| is_organ(part)) {
        return Some(parts);
    }
    Some(bare(line)).filter(|whole| is_organ(whole)).map(|whole| vec![whole])
}

fn is_organ(name: &str) -> bool {
    let plain = name.chars().all(|c| c.is_alphanumeric() || "（）()".contains(c)) && !name.contains("关于");
    plain && ORGAN_CHARS.contains(&name.chars().count()) && ENDINGS.iter().any(|ending| name.ends_with(ending))
}

/// The organs before 关于, 印发 or 转发 in a title.
pub(super) fn organs_of_title(title: &str) -> Vec<String> {
    let at = ["关于", "印发", "转发", "批转"].iter().filter_map(|word| title.find(word)).min();
    at.and_then(|at| organs_of(title.get(..at)?)).unwrap_or_default()
}

/// A line of a title without white space, but a blank between two organs.
pub(super) fn spaced(line: &str) -> String {
    const NONE: [&str; 7] = ["关于", "印发", "转发", "批转", "办公室", "办公厅", "的"];
    let mut words = String::new();
    let mut before = String::new();
    for part in line.split_whitespace().map(bare) {
        let apart = is_organ(&before) && !NONE.iter().any(|none| part.starts_with(none)) && part.chars().count() > 3;
        words.push_str(if apart { " " } else { "" });
        words.push_str(&part);
        before = part;
    }
    words
}

/// The 发文字号 that a line is, perhaps with 签发人 beside it; where a signer stands above it, with his fellow's name.
pub(super) fn number(line: &str, signed: bool) -> Option<String> {
    let words = half_width(&bare(line));
    let whole = words.strip_prefix(['（', '(']).and_then(|words| words.strip_suffix(['）', ')']));
    let found = NUMBER.captures(whole.unwrap_or(&words))?;
    let rest = &found["rest"];
    let names = signed && rest.chars().count() <= 12 && rest.chars().all(|c| c.is_alphabetic() || c == '·');
    (BESIDE_NUMBER.is_match(rest) || names)
        .then(|| format!("{}〔{}〕{}", &found["word"], &found["year"], &found["number"]))
}

/// Whether a line without white space belongs to a head and is neither mark nor number.
pub(super) fn is_beside(words: &str) -> bool {
    BESIDE.is_match(words)
}

/// Whether a line has nothing but names of people.
pub(super) fn is_names(line: &str) -> bool {
    let is_name = |name: &str| (2..=4).contains(&name.chars().count()) && name.chars().all(char::is_alphabetic);
    !line.trim().is_empty() && line.split_whitespace().all(is_name)
}

/// Digits as ASCII.
pub(super) fn half_width(text: &str) -> String {
    let digit = |c: char| match c {
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10).unwrap_or(c),
        c => c,
    };
    text.chars().map(digit).collect()
}
