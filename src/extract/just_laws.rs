//! just-laws: VuePress pages, one folder with `README.md` for each law; codes are split into numbered sub-pages.

use super::front_matter;
use super::header;
use super::markdown::without_emphasis;
use super::merge::order_of;
use super::outcome::{Extracted, Outcome, PartOf, Refusal};
use super::plain::{classify, heading};
use crate::law::{Access, AuthorityLevel, Document, Kind};

/// Front matter keys of these pages.
const KEYS: [&str; 3] = ["sidebar", "next", "prev"];

/// Whether a page out of its pack is one of these.
pub fn recognises(text: &str) -> bool {
    let Some((yaml, body)) = front_matter::split(text) else { return false };
    let fields = front_matter::fields(yaml).unwrap_or_default();
    !fields.is_empty() && fields.keys().all(|key| KEYS.contains(&key.as_str())) && heading(body).is_some()
}

/// Reads one page; `below` is its path below the root of the pack, `path` that in the whole tree.
pub fn read(path: &str, below: &str, text: &str, in_pack: bool) -> Outcome {
    if header::name(path) == "LAWS_PROGRESS.md" || below == "README.md" {
        return Outcome::skipped("收录进度或说明页，不是法律文件");
    }
    let (leads_on, body) = match front_matter::split(text) {
        Some((yaml, body)) => (yaml.lines().any(|line| line.starts_with("next:")), body),
        None => (false, text),
    };
    let body = without_markup(body);
    let Some((title, rest)) = heading(&body) else {
        return Refusal::bad_record("第一行不是“# 标题”").at_line(1).into();
    };
    if header::name(path) == "README.md" {
        return page(path, title, rest, leads_on, in_pack);
    }
    let amendments = split_amendments(title, rest);
    if !amendments.is_empty() {
        let documents = amendments.into_iter().map(|document| stated(document, in_pack).into()).collect();
        return Outcome::Documents { documents, refused: Vec::new() };
    }
    if is_instrument(title) {
        return page(path, title, rest, false, in_pack);
    }
    sub_page(path, title, &body)
}

/// A whole law, or the first page of a code whose text stands in sub-pages (`leads_on`).
fn page(path: &str, title: &str, rest: &str, leads_on: bool, in_pack: bool) -> Outcome {
    let (history, body) = header::take_history(rest);
    let body = body.trim();
    if body.is_empty() && !leads_on {
        return Refusal::bad_record("文件没有正文").into();
    }
    let mut document = Document::new(Kind::Legislation, title, body);
    document.history = history;
    let part = leads_on.then(|| PartOf { key: header::folder(path).to_string(), order: 0 });
    Outcome::one(Extracted { part, ..Extracted::from(stated(document, in_pack)) })
}

/// A part of a code: its heading stays in the text. It has no title of its own until the parts are merged.
fn sub_page(path: &str, title: &str, body: &str) -> Outcome {
    let mut document = Document::new(Kind::Legislation, title, body.trim());
    document.level = Some(AuthorityLevel::Law);
    let order = order_of(body).saturating_add(u32::from(title != "序言"));
    Outcome::one(Extracted {
        part: Some(PartOf { key: header::folder(path).to_string(), order }),
        ..Extracted::from(document)
    })
}

fn stated(mut document: Document, in_pack: bool) -> Document {
    classify(&mut document);
    if document.level.is_none() && in_pack {
        document.level = Some(AuthorityLevel::Law);
        document.kind = Kind::Legislation;
    }
    if document.level.is_some_and(|level| level.kind() == Kind::Legislation) {
        document.access = Some(Access::Public);
    }
    document
}

/// Whether a heading names an instrument and not a part of one.
fn is_instrument(title: &str) -> bool {
    title.contains("人民代表大会") || title.starts_with("中华人民共和国")
}

/// The amendments that a page 修正案 collects, each an instrument with its own history.
fn split_amendments(title: &str, rest: &str) -> Vec<Document> {
    if title != "修正案" {
        return Vec::new();
    }
    let mut found: Vec<(String, String)> = Vec::new();
    for line in rest.split('\n') {
        match line.strip_prefix("## ").filter(|heading| heading.contains("修正案")) {
            Some(heading) => found.push((heading.trim().to_string(), String::new())),
            None => {
                if let Some((_, text)) = found.last_mut() {
                    text.push_str(line);
                    text.push('\n');
                }
            }
        }
    }
    let documents = found.into_iter().map(|(title, text)| {
        let (history, body) = header::take_history(&text);
        let mut document = Document::new(Kind::Legislation, title, body.trim());
        document.history = history;
        document
    });
    documents.filter(|document| !document.text.is_empty()).collect()
}

/// The page without bold, containers, images and styles; every other character stays.
fn without_markup(body: &str) -> String {
    let mut lines = Vec::new();
    let mut in_style = false;
    for line in body.split('\n') {
        let bare = line.trim();
        in_style |= bare.starts_with("<style");
        let dropped = in_style || bare == ":::" || bare.starts_with("![");
        in_style &= !bare.contains("</style>");
        if dropped {
            continue;
        }
        let line = bare
            .strip_prefix("::: ")
            .map_or(line, |caption| caption.split_once(' ').map_or("", |(_, caption)| caption));
        lines.push(line);
    }
    let text = lines.join("\n");
    super::html::text_of(&without_emphasis(&text))
}

#[cfg(test)]
mod tests;
