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
    Regex::new(r"^案例\s*[0-9一二三四五六七八九十]+\s*[:：、.．]?\s*(?P<title>.+)$").expect("a constant pattern")
});

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
    if !is_list(&document.title) {
        return None;
    }
    let lines: Vec<&str> = document.text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let headed: Vec<usize> = (0..lines.len()).filter(|at| HEAD.is_match(lines[*at])).collect();
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
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
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
    let (title, body) = match HEAD.captures(first) {
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
        let notice = "一、报送范围\n渡口案件。\n二、报送要求\n一案一报。\n三、报送时间\n每季度末。";
        assert_eq!(titles("云桥县关于报送典型案例的通知", notice), None);
    }
}
