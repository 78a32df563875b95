//! The package of a book: what it states of itself and in what order its pages stand.

use super::markup::{Mark, Marks, Tag};
use super::parts::Parts;
use super::{EpubError, Limits};
use std::collections::{BTreeMap, BTreeSet};

/// What the package tells.
#[derive(Default)]
pub(super) struct Package {
    pub title: Option<String>,
    pub creators: Vec<String>,
    pub date: Option<String>,
    /// Names of the parts with the pages, in order.
    pub pages: Vec<String>,
}

/// A part that the package lists.
struct Item {
    part: String,
    is_page: bool,
    is_contents: bool,
}

/// Ways to make fonts unusable outside of the book: the text can still be read.
const FONTS_ONLY: [&str; 2] = ["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"];

pub(super) fn read(parts: &mut Parts, limits: &Limits) -> Result<Package, EpubError> {
    const CONTAINER: &str = "META-INF/container.xml";
    const ENCRYPTION: &str = "META-INF/encryption.xml";
    let container = parts.read(CONTAINER)?.ok_or(EpubError::NotAnEpub)?;
    if let Some(encryption) = parts.read(ENCRYPTION)? {
        let mut marks = Marks::new(&encryption, ENCRYPTION, limits);
        while let Some(mark) = marks.next()? {
            if let Mark::Start(tag) = mark
                && tag.name() == "EncryptionMethod"
                && !tag.attribute("Algorithm").is_some_and(|way| FONTS_ONLY.contains(&way.as_str()))
            {
                return Err(EpubError::Encrypted);
            }
        }
    }
    let mut marks = Marks::new(&container, CONTAINER, limits);
    let mut root = None;
    while let Some(mark) = marks.next()? {
        if let Mark::Start(tag) = mark
            && tag.name() == "rootfile"
            && root.is_none()
        {
            root = tag.attribute("full-path");
        }
    }
    let root = root.ok_or_else(|| EpubError::damaged(format!("部件 {CONTAINER}")))?;
    let text = parts.read(&root)?.ok_or_else(|| EpubError::damaged(format!("部件 {root}")))?;
    package(&text, &root, limits)
}

fn package(text: &str, root: &str, limits: &Limits) -> Result<Package, EpubError> {
    let mut package = Package::default();
    let mut items: BTreeMap<String, Item> = BTreeMap::new();
    let mut order = Vec::new();
    let mut contents = BTreeSet::new();
    // The open statement and what it says so far.
    let mut open: Option<(String, String)> = None;
    let mut marks = Marks::new(text, root, limits);
    while let Some(mark) = marks.next()? {
        match mark {
            Mark::Start(tag) => match tag.name() {
                name @ ("title" | "creator" | "date") => open = Some((name.to_string(), String::new())),
                "item" => {
                    if let Some((id, item)) = item(&tag, root) {
                        items.insert(id, item);
                    }
                }
                "itemref" => order.extend(tag.attribute("idref")),
                "reference" if tag.attribute("type").as_deref() == Some("toc") => {
                    contents.extend(tag.attribute("href").map(|target| resolve(root, &target)));
                }
                _ => {}
            },
            Mark::Text(text) => {
                if let Some((_, said)) = &mut open {
                    said.push_str(&text);
                }
            }
            Mark::End => {
                if let Some((name, said)) = open.take() {
                    state(&mut package, &name, said.trim());
                }
            }
        }
    }
    if order.is_empty() {
        return Err(EpubError::damaged(format!("部件 {root} 没有正文目录")));
    }
    let mut seen = BTreeSet::new();
    for id in order {
        let item = items.get(&id).ok_or_else(|| EpubError::damaged(format!("部件 {root} 没有条目 {id}")))?;
        if item.is_page && !item.is_contents && !contents.contains(&item.part) && seen.insert(&item.part) {
            package.pages.push(item.part.clone());
        }
    }
    Ok(package)
}

/// Takes a statement; the first one counts, except that there may be many authors.
fn state(package: &mut Package, name: &str, said: &str) {
    if said.is_empty() {
        return;
    }
    match name {
        "title" => _ = package.title.get_or_insert_with(|| said.to_string()),
        "date" => _ = package.date.get_or_insert_with(|| said.to_string()),
        _ => package.creators.push(said.to_string()),
    }
}

fn item(tag: &Tag, root: &str) -> Option<(String, Item)> {
    let kind = tag.attribute("media-type").unwrap_or_default();
    let item = Item {
        part: resolve(root, &tag.attribute("href")?),
        is_page: ["application/xhtml+xml", "text/html", "application/x-dtbook+xml"].contains(&kind.as_str()),
        is_contents: tag.has_word("properties", "nav"),
    };
    Some((tag.attribute("id")?, item))
}

/// The name of the part that a reference in another part leads to.
fn resolve(from: &str, target: &str) -> String {
    let target = target.split('#').next().unwrap_or_default();
    let target = percent_decoded(target);
    let folder = match target.starts_with('/') {
        true => "",
        false => from.rsplit_once('/').map_or("", |(folder, _)| folder),
    };
    let mut segments: Vec<&str> = Vec::new();
    for segment in folder.split('/').chain(target.split('/')) {
        match segment {
            "" | "." => {}
            ".." => _ = segments.pop(),
            _ => segments.push(segment),
        }
    }
    segments.join("/")
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let hex = after.get(..2).filter(|_| byte == b'%').and_then(|two| std::str::from_utf8(two).ok());
        match hex.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(value) => {
                bytes.push(value);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved_in_their_folder() {
        assert_eq!(resolve("OEBPS/content.opf", "text/%E7%AB%A0%201.xhtml#a"), "OEBPS/text/章 1.xhtml");
        assert_eq!(resolve("a/b/c.opf", "../d/./e.xhtml"), "a/d/e.xhtml");
        assert_eq!((resolve("c.opf", "../../e%zz"), resolve("a/c.opf", "/e")), ("e%zz".into(), "e".into()));
    }
}
