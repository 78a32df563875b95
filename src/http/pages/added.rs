//! What a search was given beside the words that were typed, and what that brought.

use super::links;
use crate::app::view::{ExpansionView, ProvisionHit, TotalCount};

/// The synonyms that were looked for besides.
pub fn expanded(expanded: &[ExpansionView]) -> Option<String> {
    let said: Vec<String> = expanded.iter().map(|one| format!("{} → {}", one.word, one.terms.join("、"))).collect();
    (!said.is_empty()).then(|| said.join("；"))
}

/// What was added beside what has the words.
pub fn added(total: &TotalCount, asked: &[(String, String)]) -> Vec<(String, String)> {
    let mut added = Vec::new();
    if total.expanded > 0 {
        let says = format!("其中 {} 条不含这些词、因含同义的法律用语列出，不计在内 — 不查同义词", total.expanded);
        added.push((links::search(asked, &[("expand", Some("false"))]), says));
    }
    if total.associated > 0 {
        let says = format!("其中 {} 条不含这些词、因含义相近列出，不计在内 — 只按词语检索", total.associated);
        added.push((links::search(asked, &[("rank", Some("lexical"))]), says));
    }
    added
}

/// The mark of a hit that has none of the words, and what it means.
pub fn via(hit: &ProvisionHit) -> Option<(&'static str, &'static str)> {
    match hit.via? {
        "thesaurus" => Some(("同义词", "不含所查的任何词，含同时查找的法律用语")),
        _ => Some(("含义相近", "不含所查的任何词，因含义相近列出")),
    }
}
