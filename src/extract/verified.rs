//! Verified statutes: one JSON object for each article, titles and dates in `laws_index.json`; one document a file.

use super::header::numeric_date;
use super::interchange::object;
use super::outcome::{Extracted, Outcome, Refusal};
use crate::law::{Access, AuthorityLevel, Document, Kind};
use crate::text::json;
use regex::Regex;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

static NO_TEXT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?P<before>^|[。；：\n])[ \u{3000}]*(?:【[^【】\n]{1,40}】[ \u{3000}]*)+|\\l"[^"\n]{0,80}""#)
        .expect("a constant pattern")
});

/// What `laws_index.json` says of a law.
#[derive(Debug, Clone, Deserialize)]
struct Law {
    name: String,
    #[serde(rename = "type")]
    level: String,
    issuing_authority: Option<String>,
    promulgation_date: Option<String>,
    source_url: Option<String>,
    source_accessed_at: Option<String>,
    status: Option<String>,
}

/// Laws by their code.
#[derive(Debug, Clone, Default)]
pub struct Index {
    laws: HashMap<String, Law>,
}

impl Index {
    /// Reads `laws_index.json`.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let laws = serde_json::from_str(text).map_err(|error| {
            Refusal::bad_record(format!("laws_index.json 格式不符：第{}行{}", error.line(), json::fault(&error)))
        })?;
        Ok(Index { laws })
    }
}

#[derive(Debug, Deserialize)]
struct Article {
    law_code: String,
    article_number: String,
    content: String,
    effective_date: Option<String>,
}

/// Whether the first line of a JSON Lines file is an article of these.
pub fn is_article(text: &str) -> bool {
    let first = text.lines().next().unwrap_or("");
    object(first).is_ok_and(|object| object.contains_key("law_code") && object.contains_key("article_number"))
}

/// Assembles the articles of a file to one document. A bad line refuses the file: a law without an article is no law.
pub fn read(index: &Index, text: &str) -> Outcome {
    assemble(index, text).map(Outcome::one).into()
}

fn assemble(index: &Index, text: &str) -> Result<Extracted, Refusal> {
    let mut articles: Vec<Article> = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let article = serde_json::from_str::<Article>(line).map_err(|error| {
            Refusal::bad_record(format!("条文记录格式不符：{}", json::fault(&error))).at_line(at + 1)
        })?;
        if articles.first().is_some_and(|first| first.law_code != article.law_code) {
            return Err(Refusal::bad_record("一个文件里有两部法律的条文").at_line(at + 1));
        }
        articles.push(article);
    }
    let first = articles.first().ok_or_else(|| Refusal::bad_record("文件没有记录"))?;
    let law = index.laws.get(&first.law_code).ok_or_else(|| {
        Refusal::bad_record(format!("不知道 {} 是哪部法律：缺少旁边的 laws_index.json", first.law_code))
    })?;
    let lines = articles.iter().map(|article| format!("{}\u{3000}{}", article.article_number, plain(&article.content)));
    let mut document = Document::new(Kind::Legislation, &law.name, lines.collect::<Vec<_>>().join("\n\n"));
    document.level = AuthorityLevel::ALL.iter().find(|(_, _, name)| *name == law.level).map(|(level, _, _)| *level);
    document.kind = document.level.map_or(Kind::Legislation, |level| level.kind());
    document.issuer = law.issuing_authority.clone();
    document.source_date = law.promulgation_date.as_deref().and_then(numeric_date);
    document.effective_date = first.effective_date.as_deref().and_then(numeric_date);
    document.asserted_status = law.status.as_deref().filter(|status| *status == "effective").map(|_| "in_force".into());
    document.asserted_on = law.source_accessed_at.as_deref().and_then(numeric_date);
    document.source_url = law.source_url.clone();
    document.access = Some(Access::Public);
    Ok(document.into())
}

/// An article without what is no text of the law: the captions 【…】 that the makers put before its sentences, and what is
/// left of hyperlinks (`\l"…"`).
fn plain(content: &str) -> String {
    NO_TEXT.replace_all(content.trim(), "$before").trim_start().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const INDEX: &str = r#"{"YUN":{"name":"云法","aliases":[],"type":"法律","order":1,"issuing_authority":"云州大会","status":"effective","promulgation_date":"2020-05-28","source_url":"https://example.invalid","source_accessed_at":"2026-07-31"}}"#;
    const LINES: &str = "{\"law_code\":\"YUN\",\"article_number\":\"第1条\",\"content\":\"【宗旨】为了云。\",\"effective_date\":\"2021-01-01\"}\n{\"law_code\":\"YUN\",\"article_number\":\"第2条\",\"content\":\"云即水。\\n水即云。\",\"effective_date\":\"2021-01-01\"}\n";

    #[test]
    fn articles_become_one_document() {
        assert!(is_article(LINES));
        let index = Index::read(INDEX).unwrap();
        let Outcome::Documents { documents, .. } = read(&index, LINES) else { panic!() };
        let document = &documents[0].document;
        assert_eq!(document.text, "第1条\u{3000}为了云。\n\n第2条\u{3000}云即水。\n水即云。");
        assert_eq!(document.level, Some(AuthorityLevel::Law));
        assert_eq!(document.asserted_on, Some(jiff::civil::date(2026, 7, 31)));
        assert_eq!(
            plain("【甲】【乙】为了云。【丙】依照本法\\l\"_B1\"第二条。见【丁】。"),
            "为了云。依照本法第二条。见【丁】。"
        );
        assert!(matches!(read(&Index::default(), LINES), Outcome::Refused(_)));
        let Outcome::Refused(refusal) = read(&index, &format!("{LINES}{{}}\n")) else { panic!() };
        assert_eq!(refusal.place.as_deref(), Some("第3行"));
    }

    proptest! {
        #[test]
        fn never_panics(text in "[\\{\\}\":a-z,第1条\n【】]{0,80}") {
            let _ = Index::read(&text);
            let _ = is_article(&text);
            let _ = read(&Index::default(), &text);
        }
    }
}
