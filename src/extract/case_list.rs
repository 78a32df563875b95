//! Published lists of cases (典型案例) → a case for each: `案例1：…` with the paragraphs below it, or a numbered paragraph.

use super::outcome::Extracted;
use crate::law::structure::numbers::leading;
use crate::law::{CaseKind, Document, Kind};
use regex::Regex;
use std::sync::LazyLock;

/// Fewer numbered paragraphs are no list of cases.
const CASES_MIN: usize = 3;
/// The same where each is headed 案例一.
const HEADED_MIN: usize = 2;
/// Longest title made of the first sentence of a case, in characters.
const TITLE_CHARS: usize = 120;

static HEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^#{0,4}\s*[【\[（(《“*]{0,3}(?:典型)?案例\s*(?:之)?(?P<number>[0-9]{1,3}|[一二三四五六七八九十百]{1,4})",
        r"(?:\s*[】\]）)*]{1,3}\s*[:：、.．]?\s*|\s*[:：、.．]\s*|\s+)(?P<title>[^\s:：、.．].*?)[》”*]{0,3}$"
    ))
    .expect("a constant pattern")
});

/// The heading of a case without its title, which stands in the next line: 案例一.
static BARE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^#{0,4}\s*[【\[（(*]{0,3}(?:典型)?案例\s*(?:之)?(?:[0-9]{1,3}|[一二三四五六七八九十百]{1,4})\s*[】\]）):：、*]{0,4}$")
        .expect("a constant pattern")
});

/// Whether a line heads a case: 案例一：….
fn heads(line: &str) -> bool {
    HEAD.is_match(line) || BARE.is_match(line)
}

/// The lines of a document, with its title before them where that is the heading of the first case.
fn lines(document: &Document) -> Vec<&str> {
    let title = document.title.trim();
    let text = document.text.lines().map(str::trim).filter(|line| !line.is_empty());
    let lines: Vec<&str> = text.collect();
    if heads(title) && lines.first() != Some(&title) { std::iter::once(title).chain(lines).collect() } else { lines }
}

/// Whether a document is a list whose cases are headed 案例一, 案例二 or 一、某店销售过期食品案, whatever captions (一、案情简介) stand below them.
pub fn is_headed(document: &Document) -> bool {
    let listed = is_list(&document.title) || heads(document.title.trim());
    let lines = lines(document);
    let headed = lines.iter().filter(|line| heads(line)).take(HEADED_MIN).count() == HEADED_MIN;
    // 案例一：某店销售过期食品案: such headings tell a list whatever its title.
    let title = |line: &str| HEAD.captures(line).is_some_and(|found| is_heading(&found["title"]));
    let told = !is_about_cases(&document.title)
        && lines.iter().filter(|line| title(line)).take(HEADED_MIN).count() == HEADED_MIN;
    told || listed && (headed || in_order(&lines, is_heading).len() >= HEADED_MIN)
}

/// Whether a title is that of a list of cases.
fn is_list(title: &str) -> bool {
    let told = ["公布", "通报", "曝光", "发布"].iter().any(|word| title.contains(word));
    title.contains("案例") || title.contains("存在问题文件") || told && title.contains("案件")
}

/// Whether a line is the heading of a case and nothing else.
fn is_heading(line: &str) -> bool {
    let line = line.trim_end_matches(['。', '”', '》', ' ']);
    line.chars().count() <= TITLE_CHARS && line.ends_with('案') && !line.contains(['。', '；'])
}

/// Whether a title is that of a document on how cases are sent in, chosen or written.
fn is_about_cases(title: &str) -> bool {
    ["报送", "征集", "推荐", "遴选", "评选", "编写", "工作", "制度", "办法", "规定", "方案", "指导"]
        .iter()
        .any(|word| title.contains(word))
}

/// Whether most numbered paragraphs tell of something that was done: they name a day, a place or who did it.
fn tell(lines: &[&str], starts: &[usize]) -> bool {
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    let told = starts.iter().zip(ends).filter(|(from, to)| {
        let words = lines.get(**from..*to).unwrap_or_default().concat();
        ["年", "县", "市", "省", "区", "公司", "局", "案", "某"].iter().filter(|word| words.contains(**word)).count()
            >= 2
            || words.contains('县')
    });
    told.count() * 2 > starts.len()
}

/// The cases of a document; `None` if it is no list of them.
pub fn split(document: &Document) -> Option<Vec<Extracted>> {
    if !is_list(&document.title) && !is_headed(document) {
        return None;
    }
    let lines = lines(document);
    let headed: Vec<usize> = (0..lines.len()).filter(|at| heads(lines[*at])).collect();
    let is_headed = !headed.is_empty();
    let starts = if is_headed { headed } else { numbered(&lines) };
    // 一、某店销售过期食品案: a heading of its own is as clear as 案例一.
    let are_headings = starts.iter().all(|at| lines.get(*at).is_some_and(|line| is_heading(line)));
    let least = if is_headed || are_headings { HEADED_MIN } else { CASES_MIN };
    if starts.len() < least
        || !is_headed && (is_about_cases(&document.title) || !are_headings && !tell(&lines, &starts))
    {
        return None;
    }
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    let before = lines.get(..*starts.first()?).unwrap_or_default().join("\n");
    let cases = starts.iter().zip(ends).enumerate();
    let cases: Vec<Extracted> = cases.map(|(at, (from, to))| case(document, at, &lines[*from..to]).into()).collect();
    Some(with_preface(cases, before))
}

/// What stands above the first case is kept with it.
fn with_preface(mut cases: Vec<Extracted>, before: String) -> Vec<Extracted> {
    if let Some(first) = cases.first_mut().filter(|_| !before.is_empty()) {
        first.document.notes.push(format!("清单前言：{before}"));
    }
    cases
}

/// The paragraphs that begin with 一、, 二、 and so on, in their order.
fn numbered(lines: &[&str]) -> Vec<usize> {
    // 一、案情简介 below 一、某店销售过期食品案 is no case: where headings say 案, they are the cases.
    let headings = in_order(lines, is_heading);
    if headings.len() >= HEADED_MIN { headings } else { in_order(lines, |_| true) }
}

/// The lines of a kind whose numbers follow one another from 一.
fn in_order(lines: &[&str], is_one: fn(&str) -> bool) -> Vec<usize> {
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| is_one(line)) {
        let begins = |rest: &str| rest.starts_with('、') || rest.starts_with(['.', '．']) && is_heading(line);
        let number = leading(line).filter(|number| line.get(number.len..).is_some_and(begins));
        if number.is_some_and(|number| number.value as usize == found.len() + 1) {
            found.push(at);
        }
    }
    found
}

fn case(list: &Document, at: usize, lines: &[&str]) -> Document {
    let first = lines.first().copied().unwrap_or_default();
    let below = lines.get(1).copied().filter(|line| line.chars().count() <= TITLE_CHARS && leading(line).is_none());
    let (title, body) = match HEAD.captures(first) {
        None if BARE.is_match(first) && below.is_some() => (
            below.unwrap_or(first).trim_matches(['#', '*', ' ']).to_string(),
            lines.get(2..).unwrap_or_default().join("\n"),
        ),
        Some(found) => (found["title"].to_string(), lines.get(1..).unwrap_or_default().join("\n")),
        None if is_heading(first) => (sentence(first), lines.get(1..).unwrap_or_default().join("\n")),
        None => (sentence(first), lines.join("\n")),
    };
    let mut document = Document::new(Kind::Case, title, if body.is_empty() { first.to_string() } else { body });
    document.case_kind = Some(CaseKind::TypicalCase);
    document.issuer = list.issuer.clone();
    document.promulgation_date = list.promulgation_date.or(list.written_date);
    document.source_id = Some(format!("{}#{}", list.title, at + 1));
    document.notes.push(format!("出自《{}》", list.title));
    document
}

/// The first sentence without its number.
fn sentence(line: &str) -> String {
    let words = line.split_once(['、', '.', '．']).map_or(line, |(_, words)| words);
    let end = words.find(['。', '；']).unwrap_or(words.len());
    words.get(..end).unwrap_or(words).chars().take(TITLE_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(title: &str, text: &str) -> Option<Vec<String>> {
        let found = split(&Document::new(Kind::Normative, title, text))?;
        Some(found.into_iter().map(|case| case.document.title).collect())
    }

    #[test]
    fn each_case_of_a_list_is_one() {
        let text = "现通报如下：\n案例1：甲县设障碍\n2020年，甲县。\n处理情况：已整改。\n案例2：乙县设障碍\n乙。\n案例3：丙县\n丙。";
        assert_eq!(titles("典型案例", text).unwrap(), ["甲县设障碍", "乙县设障碍", "丙县"]);
        let found = split(&Document::new(Kind::Normative, "典型案例", text)).unwrap();
        assert_eq!(found[0].document.text, "2020年，甲县。\n处理情况：已整改。");
        assert_eq!(found[0].document.notes, ["出自《典型案例》", "清单前言：现通报如下："]);
        let numbered = "一、甲县限定经营。2022年印发。\n二、乙县给予优惠；排斥外地。\n三、丙县。";
        assert_eq!(titles("整改案例", numbered).unwrap(), ["甲县限定经营", "乙县给予优惠", "丙县"]);
        let two = "一、云桥县某店销售过期食品案\n2024年3月，罚款1万元。\n二、张阿牛无证行医案\n2024年5月，罚款2万元。";
        assert_eq!(titles("典型案例", two).unwrap(), ["云桥县某店销售过期食品案", "张阿牛无证行医案"]);
        assert_eq!(titles("云桥县公布违法案件", &two.replace('、', ".")).unwrap().len(), 2);
        assert_eq!(titles("渡口管理办法", two), None);
        assert_eq!(titles("整改案例", "一、甲。\n二、乙。"), None);
        assert_eq!(titles("渡口办法", numbered), None);
        for (title, text) in [
            (
                "云桥县公布典型案例",
                "案例一：云桥县某店销售过期食品案\n一、案情简介\n2024年。\n二、处理结果\n罚款1万元。\n案例二：张阿牛无证行医案\n一、案情简介\n2024年。",
            ),
            (
                "云桥县行政处罚信息公开",
                "典型案例一：云桥县某店销售过期食品案\n【基本案情】2024年。\n典型案例二：张阿牛无证行医案\n【基本案情】2024年。",
            ),
            (
                "案例1 云桥县某店销售过期食品案",
                "一、案情简介\n2024年。\n二、处理结果\n罚款1万元。\n案例2 张阿牛无证行医案\n一、案情简介\n2024年。",
            ),
            (
                "典型案例",
                "【案例一】\n云桥县某店销售过期食品案\n一、案情简介\n2024年。\n【案例二】\n张阿牛无证行医案\n一、案情简介\n2024年。",
            ),
            (
                "典型案例",
                "一、云桥县某店销售过期食品案\n一、案情简介\n2024年。\n二、处理结果\n罚款1万元。\n二、张阿牛无证行医案\n一、案情简介\n2024年。",
            ),
        ] {
            assert_eq!(titles(title, text).unwrap(), ["云桥县某店销售过期食品案", "张阿牛无证行医案"], "{text}");
        }
        let notice = "一、报送范围\n渡口案件。\n二、报送要求\n一案一报。\n三、报送时间\n每季度末。";
        assert_eq!(titles("云桥县关于报送典型案例的通知", notice), None);
    }
}
