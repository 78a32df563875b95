//! Numbers of documents (国办发〔2018〕37号), of orders (令第752号) and of cases ((2015)浙台行终字第186号).

use super::super::names::number_key;
use super::words::is_han;
use crate::law::structure::numbers::ordinal;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Longest part of a number before or behind its year, in characters.
const PART_CHARS_MAX: usize = 20;

static YEAR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[〔\[【（(〖﹝［](?:19|20|１９|２０)[0-9０-９]{2}年?[〕\]】）)〗﹞］]").expect("a fixed pattern")
});
static TAIL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:\s?第?\s?[【\[(（]?[0-9０-９]{1,6}[】\])）]?\s?号|[\p{Han}][\p{Han}0-9０-９A-Za-z×＊*]{1,20}号)")
        .expect("a fixed pattern")
});

/// Words that lead to a number and stand in no name of an organ.
const LEADS: [&str; 22] = [
    "修订",
    "修改",
    "修正",
    "日以",
    "依据",
    "根据",
    "按照",
    "依照",
    "参照",
    "也可以从",
    "发布的",
    "以及",
    "印发的",
    "作出",
    "作出的",
    "简称",
    "号文",
    "号文和",
    "号文件和",
    "号和",
    "号及",
    "号与",
];

/// The number whose year in brackets is given, as bytes of the text. Before the year of a document it contains all Han
/// characters of the line: which of them belong to the number is decided by what is known.
pub fn read(text: &str, year: Range<usize>) -> Option<Range<usize>> {
    let tail = TAIL.find(text.get(year.end..)?)?;
    let of_case = tail.as_str().chars().next().is_some_and(|c| is_han(c) && c != '第');
    let start = if of_case { year.start } else { before(text, year.start) };
    (of_case || start < year.start).then_some(start..year.end + tail.end())
}

/// The form of a number in which it is looked up; 云政发2018年42号 as if the year stood in brackets.
pub fn key(words: &str) -> String {
    let key = number_key(words);
    // 国务院令(493号), 国务院493号令.
    if let Some(found) = BRACKETED_ORDER.captures(&key).or_else(|| REVERSED_ORDER.captures(&key)) {
        let kind = found.get(3).map_or("", |kind| kind.as_str());
        return format!("{}{kind}{}", &found[1], &found[2]);
    }
    if let Some(found) = REVERSED_WITH_YEAR.captures(&key) {
        return format!("{}{}({}){}", &found[1], &found[4], &found[2], &found[3]);
    }
    match BARE_YEAR.captures(&key) {
        Some(found) if !key.contains('(') => format!("{}({}){}", &found[1], &found[2], &found[3]),
        _ => key,
    }
}

static BRACKETED_ORDER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(\p{Han}+(?:令|公告))\(([0-9]{1,6}号)\)$").expect("a fixed pattern"));
static REVERSED_ORDER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(\p{Han}+)-?([0-9]{1,6}号)(令|公告)$").expect("a fixed pattern"));

static REVERSED_WITH_YEAR: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(\p{Han}+)((?:19|20)[0-9]{2})-([0-9]{1,6}号)(令|公告)$").expect("a fixed pattern"));
/// The same in a text, alone between marks.
static REVERSED: LazyLock<Regex> = LazyLock::new(|| {
    let number = "第?[0-9０-９〇零一二三四五六七八九十百]{1,8}号";
    Regex::new(&format!(r"\p{{Han}}{{2,20}}?(?:(?:19|20)[0-9]{{2}}年)?{number}令")).expect("a fixed pattern")
});

static BARE_YEAR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(\p{Han}+[发办函字规文通])((?:19|20)[0-9]{2})-([0-9]{1,4}号)$").expect("a fixed pattern")
});

/// Where the number of a document begins whose year, at `year`, has no brackets: its code ends as those of offices do
/// (发 办 函 字 规), and it is short. 国务院令2018年42号 is told by 令.
pub fn before_bare_year(text: &str, year: usize) -> Option<usize> {
    let head = text.get(..year)?;
    let coded = head.ends_with(['发', '办', '函', '字', '规']);
    let start = before(text, year);
    (coded && head.get(start..).is_some_and(|code| code.chars().nth(1).is_some())).then_some(start)
}

/// Where the number of an order begins whose year, at `year`, has no brackets: 交通部令2005年第12号.
pub fn order_of_year(text: &str, year: usize) -> Option<usize> {
    let head = text.get(..year)?;
    let is_order = ["令", "公告", "通告"].iter().any(|kind| head.ends_with(kind));
    (is_order && !head.ends_with("命令") && !head.ends_with("责令")).then(|| before(text, year))
}

static ORDER_OF_YEAR: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:令|公告|通告)((?:19|20)[0-9]{2}年第?[0-9]{1,4}号)").expect("a fixed pattern"));

/// Every number in a part of the text.
pub fn all(text: &str, within: Range<usize>) -> Vec<Range<usize>> {
    let Some(words) = text.get(within.clone()) else { return Vec::new() };
    let years = YEAR.find_iter(words).map(|year| within.start + year.start()..within.start + year.end());
    let mut found: Vec<Range<usize>> = years
        .filter_map(|year| read(text, year))
        .filter(|found| found.end <= within.end)
        .map(|found| found.start.max(within.start)..found.end)
        .collect();
    // 交通部令2005年第12号.
    found.extend(ORDER_OF_YEAR.captures_iter(words).filter_map(|order| {
        let year = order.get(1)?;
        let start = order_of_year(text, within.start + year.start())?;
        Some(start.max(within.start)..within.start + year.end())
    }));
    // 公安部第102号令, 交通部1997年第13号令.
    found.extend(REVERSED.find_iter(words).map(|order| within.start + order.start()..within.start + order.end()));
    if let Some(at) = words.find("令第").map(|at| within.start + at + '令'.len_utf8())
        && let Some(number) = text.get(at..).and_then(ordinal)
        && text.get(at + number.len..).is_some_and(|rest| rest.starts_with('号'))
        && let Some(start) = order_begins(text, at)
    {
        found.push(start.max(within.start)..at + number.len + '号'.len_utf8());
    }
    found
}

/// Where the number of an order begins whose 第N号 is at `start`: 国务院令第, 令（2024年）第, 公告2024年第. `None` if the words
/// before are not those of an order.
pub fn order_begins(text: &str, start: usize) -> Option<usize> {
    let head = text.get(..start)?;
    let bare = head.trim_end_matches([' ', '\u{3000}']);
    let bare = bare.strip_suffix(['）', ')', '〕', ']']).unwrap_or(bare);
    let bare = bare.strip_suffix('年').unwrap_or(bare);
    let digits = bare.chars().rev().take(4).take_while(char::is_ascii_digit).count();
    let bare = bare.get(..bare.len() - digits).unwrap_or(bare);
    let bare = bare.strip_suffix(['（', '(', '〔', '[']).unwrap_or(bare);
    let is_order = bare.ends_with('令') || bare.ends_with("公告") || bare.ends_with("通告");
    (is_order && !bare.ends_with("命令") && !bare.ends_with("责令")).then(|| before(text, bare.len()))
}

/// An order whose 第N号 is given: 国务院令第N号, 国务院令（第N号）, 国务院第N号令.
pub fn order(text: &str, number: Range<usize>) -> Option<(usize, usize)> {
    let behind = text.get(number.end..)?;
    if let Some(start) = order_begins(text, number.start) {
        let opened = text.get(..number.start)?.ends_with(['（', '(']);
        let close = behind.chars().next().filter(|c| opened && matches!(c, '）' | ')'));
        return (!opened || close.is_some()).then(|| (start, number.end + close.map_or(0, char::len_utf8)));
    }
    let kind = ["令", "公告"].iter().find(|kind| behind.starts_with(**kind))?;
    let start = before(text, number.start);
    let organ = text.get(start..number.start)?;
    (organ.chars().nth(1).is_some() && organ.ends_with(['院', '部', '府', '署', '会', '局', '席']))
        .then_some((start, number.end + kind.len()))
}

/// Where the Han characters before a place begin.
fn before(text: &str, end: usize) -> usize {
    let head = text.get(..end).unwrap_or("");
    // 人民政府令（2024年）, （云人社监令）〔2016〕2号: the part may stand in brackets.
    if let Some(inner) = head.strip_suffix(['）', ')'])
        && let Some(open) = inner.char_indices().rev().take(PART_CHARS_MAX).find(|(_, c)| matches!(c, '（' | '('))
        && inner.get(open.0..).is_some_and(|words| words.chars().skip(1).all(is_han))
    {
        return open.0;
    }
    let part = head.chars().rev().take(PART_CHARS_MAX).take_while(|c| is_han(*c) || c.is_ascii_alphabetic());
    let start = end - part.map(char::len_utf8).sum::<usize>();
    start + leading_words(head, start)
}

/// Bytes of the words from `start` on that are a date or what leads to a number, and no part of it: 10月11日国务院令,
/// 日以交通部令.
fn leading_words(head: &str, start: usize) -> usize {
    let part = head.get(start..).unwrap_or("");
    let after_digit = head.get(..start).is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()));
    let date = part.chars().next().filter(|c| after_digit && matches!(c, '日' | '月' | '年')).map_or(0, char::len_utf8);
    let leads = LEADS.iter().filter_map(|word| part.rfind(word).map(|at| at + word.len())).max().unwrap_or(0);
    // What is left must still be a name.
    let cut = date.max(leads);
    if cut < part.len() { cut } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        all(text, 0..text.len()).into_iter().map(|span| &text[span]).collect()
    }

    #[test]
    fn numbers_of_documents_orders_and_cases() {
        assert_eq!(found("依据国办发〔2018〕37号，"), ["国办发〔2018〕37号"]);
        assert_eq!(found("2019年10月11日国务院令第721号"), ["国务院令第721号"]);
        assert_eq!(found("5日以交通部令2001年第8号"), ["交通部令2001年第8号"]);
        assert_eq!(found("云政发[2017]第10号"), ["云政发[2017]第10号"]);
        assert_eq!(found("第67号文和云人社部发〔2016〕29号"), ["云人社部发〔2016〕29号"]);
        assert_eq!(found("（以下简称云政办字〔2017〕20号）"), ["云政办字〔2017〕20号"]);
        assert_eq!(found("原云河区国土局作出云国土资发（2018）366号"), ["云国土资发（2018）366号"]);
        assert_eq!(found("（2015）浙台行终字第186号行政判决"), ["（2015）浙台行终字第186号"]);
        assert_eq!(found("(2020)云0102行初33号"), ["(2020)云0102行初33号"]);
        assert_eq!(found("国务院令第752号"), ["国务院令第752号"]);
        assert_eq!(found("（2017）"), Vec::<&str>::new());
        assert_eq!(order_begins("责令第", "责令".len()), None);
    }
}
