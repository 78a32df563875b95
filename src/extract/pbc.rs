//! Rules of the central bank as OCR made them: `# title`, `**版本**`, `**来源**`, `**更新时间**`, a rule, the pages.

use super::header;
use super::outcome::{Outcome, Refusal};
use super::plain::{classify, heading};
use crate::law::{Access, Document, Kind};
use regex::Regex;
use std::sync::LazyLock;

static ANNOTATION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[（(](?:\d{4}\s*年?(?:修[订正])?|[^（()）]*(?:令|公告|银发|号)[^（()）]*(?:[（(][^（()）]*[）)][^（()）]*)?)[）)]$")
        .expect("a constant pattern")
});
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(银发|银办发)\s*[〔\[［(（]\s*(\d{4})\s*[〕\]］)）]\s*(\d+)\s*号").expect("a constant pattern")
});
static PAGE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\s*(?:\d+\s*/\s*\d+|[-—–]\s*\d+\s*[-—–])\s*$").expect("a constant pattern"));

/// Whether a file is one of these.
pub fn recognises(text: &str) -> bool {
    let head: String = text.chars().take(600).collect();
    text.starts_with("# ") && head.contains("\n**来源**:") && head.contains("\n**更新时间**:")
}

/// Reads one file.
pub fn read(text: &str) -> Outcome {
    let Some((title, rest)) = heading(text) else {
        return Refusal::bad_record("第一行不是“# 标题”").at_line(1).into();
    };
    let (head, body) = rest.split_once("\n---\n").unwrap_or(("", rest));
    let body = without_pages(body);
    if body.is_empty() {
        return Refusal::bad_record("文件没有正文").into();
    }
    let plain = ANNOTATION.replace(title, "");
    let mut document = Document::new(Kind::Normative, plain.trim(), body);
    document.access = Some(Access::Public);
    let stated = |name: &str| head.lines().find_map(|line| line.trim().strip_prefix(name)).map(str::trim);
    document.asserted_status =
        stated("**版本**:").filter(|status| *status == "现行有效").map(|_| "in_force".to_string());
    document.asserted_on = stated("**更新时间**:").and_then(header::numeric_date);
    let start: String = title.chars().chain(document.text.chars().take(300)).collect();
    let number = NUMBER.captures(&start);
    document.document_number = number.map(|found| format!("{}〔{}〕{}号", &found[1], &found[2], &found[3]));
    state_level(&mut document, title);
    Outcome::one(document)
}

/// Level by what the title says of itself; the text of an OCR header is not trusted.
fn state_level(document: &mut Document, title: &str) {
    use crate::law::AuthorityLevel as Level;
    let end = document.title.clone();
    let level = if title.contains("国务院令") || end.starts_with("中华人民共和国") && end.ends_with("条例")
    {
        Some(Level::AdministrativeRegulation)
    } else if end.starts_with("中华人民共和国") && end.ends_with('法') {
        Some(Level::Law)
    } else if title.contains("令") && !title.contains("银发") {
        document.issuer = Some("中国人民银行".to_string());
        Some(Level::DepartmentalRule)
    } else if document.document_number.is_some() {
        document.issuer = Some("中国人民银行".to_string());
        Some(Level::NormativeDocument)
    } else {
        None
    };
    document.level = level;
    document.kind = level.map_or(Kind::Normative, |level| level.kind());
    classify(document);
}

/// The pages without lines that hold nothing but a page number.
fn without_pages(body: &str) -> String {
    let lines = body.split('\n').filter(|line| !PAGE.is_match(line));
    lines.collect::<Vec<_>>().join("\n").trim().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::AuthorityLevel;
    use proptest::prelude::*;

    const TEXT: &str = "# 云行收单办法（云行令〔2021〕第3号）\n\n**版本**: 现行有效\n\n**来源**: /某处/y.pdf\n\n**更新时间**: 2026-02-18\n\n---\n\n 1 / 21 \n第一条 甲。\n- 2 -\n乙。\n";

    #[test]
    fn the_header_is_read_and_the_pages_are_joined() {
        assert!(recognises(TEXT));
        let Outcome::Documents { documents, .. } = read(TEXT) else { panic!() };
        let document = &documents[0].document;
        assert_eq!((document.title.as_str(), document.text.as_str()), ("云行收单办法", "第一条 甲。\n乙。"));
        assert_eq!(document.asserted_on, Some(jiff::civil::date(2026, 2, 18)));
        assert_eq!(document.level, Some(AuthorityLevel::DepartmentalRule));
        assert!(!serde_json::to_string(document).unwrap().contains("某处"));
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC{0,60}") {
            let _ = recognises(&text);
            let _ = read(&format!("# {text}\n---\n{text}"));
        }
    }
}
