//! Rules of the central bank as OCR made them: `# title`, often `**版本**`, `**来源**`, `**更新时间**` and a rule, the pages.

use super::header;
use super::markdown::without_emphasis;
use super::outcome::{Outcome, Refusal};
use super::plain::{classify, heading};
use crate::law::{Access, AuthorityLevel, Document, Kind};
use regex::Regex;
use std::sync::LazyLock;

/// The folder under which the pack is published.
pub const ROOT: &str = "pbc-normative/";

static ANNOTATION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[（(](?:\d{4}\s*年?(?:修[订正])?|[^（()）]*(?:令|公告|银发|号)[^（()）]*)[）)]$")
        .expect("a constant pattern")
});
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(银发|银办发)\s*[〔\[［(（]\s*(\d{4})\s*[〕\]］)）]\s*(\d+)\s*号").expect("a constant pattern")
});
static DATELINE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^新华社[\p{Han}]{2,8}\d{1,2}月\d{1,2}日电$").expect("a constant pattern"));
static PAGE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*(?:\d+\s*/\s*\d+|[-—–]\s*\d+\s*[-—–]|--- 第 \d+ 页 ---)\s*$").expect("a constant pattern")
});

/// Whether a file out of its pack is one of these.
pub fn recognises(text: &str) -> bool {
    let head: String = text.chars().take(600).collect();
    text.starts_with("# ") && head.contains("\n**来源**:") && head.contains("\n**更新时间**:")
}

/// Reads one file. A text without a heading is titled by its file name.
pub fn read(path: &str, text: &str) -> Outcome {
    let text = without_emphasis(text);
    let stem = header::stem(path);
    let (title, rest) = heading(&text).map_or((stem, &*text), |(title, rest)| (title, rest));
    let title = if title.ends_with("文件") { stem } else { title };
    let (head, body) = rest.split_once("\n---\n").filter(|(head, _)| head.contains("更新时间:")).unwrap_or(("", rest));
    let (history, body) = history(body.trim_start().trim_start_matches("---\n"), title);
    let body = without_pages(&header::without_contents(body));
    if body.is_empty() {
        return Refusal::bad_record("文件没有正文").into();
    }
    let plain = ANNOTATION.replace(title, "");
    let mut document = Document::new(Kind::Normative, plain.trim(), body);
    document.history = history;
    document.access = Some(Access::Public);
    let stated = |name: &str| head.lines().find_map(|line| line.trim().strip_prefix(name)).map(str::trim);
    document.asserted_status = stated("版本:").filter(|status| *status == "现行有效").map(|_| "in_force".to_string());
    document.asserted_on = stated("更新时间:").and_then(header::numeric_date);
    let start: String = title.chars().chain(document.text.chars().take(300)).collect();
    let number = NUMBER.captures(&start);
    document.document_number = number.map(|found| format!("{}〔{}〕{}号", &found[1], &found[2], &found[3]));
    state_level(&mut document, title);
    Outcome::one(document)
}

/// The history at the head of the pages; the title and the line of a news agency may stand before it once more.
fn history<'a>(body: &'a str, title: &str) -> (Vec<String>, &'a str) {
    let mut history = Vec::new();
    let mut rest = body.trim_start();
    loop {
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        let bare = line.trim_start_matches('#').trim();
        if DATELINE.is_match(bare) {
            history.push(bare.to_string());
        } else if bare != title || bare.is_empty() {
            break;
        }
        rest = after.trim_start();
    }
    let (more, rest) = header::take_notice(rest);
    history.extend(more);
    (history, rest)
}

/// Level by what the title and the order say; the text of an OCR header is not trusted further.
fn state_level(document: &mut Document, title: &str) {
    use AuthorityLevel as Level;
    let national = document.title.starts_with("中华人民共和国");
    let ordered = title.contains('令') || document.history.first().is_some_and(|line| line.contains('令'));
    let level = if title.contains("国务院令") || (national && document.title.ends_with("条例")) {
        Some(Level::AdministrativeRegulation)
    } else if national && document.title.ends_with('法') {
        Some(Level::Law)
    } else if ordered && document.document_number.is_none() {
        Some(Level::DepartmentalRule)
    } else {
        document.document_number.is_some().then_some(Level::NormativeDocument)
    };
    if matches!(level, Some(Level::DepartmentalRule | Level::NormativeDocument)) {
        document.issuer = Some("中国人民银行".to_string());
    }
    document.level = level;
    document.kind = level.map_or(Kind::Normative, |level| level.kind());
    classify(document);
}

/// The pages without lines that hold nothing but a page number, and without page numbers glued to the first line (-2-第四条).
fn without_pages(body: &str) -> String {
    let mut lines: Vec<&str> = body.split('\n').filter(|line| !PAGE.is_match(line)).collect();
    let mut page = 0;
    let glued = lines.iter().enumerate().filter_map(|(at, line)| {
        let rest = line.trim_start().strip_prefix(&format!("-{}-", page + 1)).map(str::trim_start);
        page += u32::from(rest.is_some());
        Some((at, rest?))
    });
    let glued: Vec<(usize, &str)> = glued.collect();
    // One alone may be a number of the text.
    if glued.len() > 1 {
        glued.into_iter().for_each(|(at, rest)| lines[at] = rest);
    }
    lines.join("\n").trim().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXT: &str = "# 云行收单办法（云行令〔2021〕第3号）\n\n**版本**: 现行有效\n\n**来源**: /某处/y.pdf\n\n**更新时间**: 2026-02-18\n\n---\n\n 1 / 21 \n**第一条** 甲。\n- 2 -\n乙。\n";

    fn one(path: &str, text: &str) -> Document {
        match read(path, text) {
            Outcome::Documents { mut documents, .. } => documents.remove(0).document,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_header_is_read_and_the_pages_are_joined() {
        assert!(recognises(TEXT));
        let document = one("pbc-normative/云行收单办法.md", TEXT);
        assert_eq!((document.title.as_str(), document.text.as_str()), ("云行收单办法", "第一条 甲。\n乙。"));
        assert_eq!(document.asserted_on, Some(jiff::civil::date(2026, 2, 18)));
        assert_eq!(document.level, Some(AuthorityLevel::DepartmentalRule));
        assert!(!serde_json::to_string(&document).unwrap().contains("某处"));
    }

    #[test]
    fn numbers_of_pages_glued_to_their_first_line_go() {
        assert_eq!(without_pages("-1-第一条 甲。\n乙\n-2-丙。\n-2-"), "第一条 甲。\n乙\n丙。");
        assert_eq!(without_pages("第一条 甲。\n-1-乙。"), "第一条 甲。\n-1-乙。");
    }

    #[test]
    fn files_without_the_head_are_read_too() {
        let text = "# 云行检查规定\n\n**（云行令〔2022〕第2号）**\n\n*2022年4月14日发布，自2022年6月1日起施行*\n\n---\n\n第一条 甲。";
        let document = one("pbc-normative/云行检查规定.md", text);
        assert_eq!(document.history.len(), 2, "{:?}", document.history);
        assert_eq!(document.level, Some(AuthorityLevel::DepartmentalRule));
        assert_eq!(one("pbc-normative/云通知.md", "银发〔2014〕6号\n一、云。").title, "云通知");
    }

    #[test]
    fn the_history_is_found_behind_a_repeated_title() {
        let text = "# 云法\n\n新华社云州9月1日电\n\n# 云法\n\n（1999年4月2日云大会通过 根据\n\n2017年9月1日云院会议《关于修改〈云法〉等八部法律的决定》\n\n第二次修正 2023年9月1日云院会议修\n\n订）\n\n**第一条** 甲。";
        let Outcome::Documents { documents, .. } = read("pbc-normative/a.md", text) else { panic!() };
        let document = &documents[0].document;
        assert_eq!(document.history.len(), 2);
        assert!(document.history[1].ends_with("2023年9月1日云院会议修订）"), "{:?}", document.history);
        assert_eq!(document.text, "第一条 甲。");
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC{0,60}") {
            let _ = recognises(&text);
            let _ = read("a/b.md", &format!("# {text}\n---\n{text}"));
        }
    }
}
