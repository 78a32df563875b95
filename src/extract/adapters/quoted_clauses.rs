//! `fair-competition-2021-standards-quoted.jsonl`: clauses of one repealed normative document; one document a `law`.

use crate::extract::outcome::{Extracted, Outcome, Refusal};
use crate::law::{Access, AuthorityLevel, Document, Kind};
use serde::Deserialize;

pub const KEYS: [&str; 6] = ["law", "article", "heading", "paragraph", "item", "text"];

#[derive(Deserialize)]
struct Row {
    law: String,
    article: String,
    heading: String,
    paragraph: String,
    item: String,
    text: String,
}

/// Documents by title, articles and clauses in the order of the file.
pub fn read(text: &str) -> Outcome {
    let mut documents: Vec<Document> = Vec::new();
    let mut article = String::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let row: Row = match serde_json::from_str(line) {
            Ok(row) => row,
            Err(error) => return Refusal::bad_record(format!("条款记录格式不符：{error}")).at_line(at + 1).into(),
        };
        if documents.last().is_none_or(|last| last.title != row.law) {
            documents.push(quoted(&row.law));
            article.clear();
        }
        if let Some(document) = documents.last_mut() {
            if article != row.article {
                document.text.push_str(&format!("{}\u{3000}{}\n", row.article, row.heading));
                article.clone_from(&row.article);
            }
            let mark = if row.item.is_empty() { row.paragraph } else { format!("{}.", row.item) };
            document.text.push_str(&format!("{mark}{}\n", row.text));
        }
    }
    let documents = documents.into_iter().map(|mut document| {
        document.text.truncate(document.text.trim_end().len());
        Extracted::from(document)
    });
    Outcome::Documents { documents: documents.collect(), refused: Vec::new() }
}

/// What is known of the quoted document: it is the one that was issued in 2021 and replaced in 2024.
fn quoted(title: &str) -> Document {
    let mut document = Document::new(Kind::Normative, title, "");
    document.level = Some(AuthorityLevel::NormativeDocument);
    document.access = Some(Access::Public);
    document.notes.push("只有引用过的条款，不是全文".to_string());
    if title == "公平竞争审查制度实施细则" {
        document.document_number = Some("国市监反垄规〔2021〕2号".to_string());
        document.issuer = Some("国家市场监督管理总局".to_string());
        document.asserted_status = Some("repealed".to_string());
    }
    document
}
