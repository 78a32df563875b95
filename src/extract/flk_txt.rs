//! Texts of the national law database as plain text: `法名_YYYYMMDD.txt`, title, 题注 in brackets, 目录, body.

use super::header;
use super::outcome::{Outcome, Refusal};
use super::plain::classify;
use crate::law::{Access, Document, Kind};

/// Whether a file is one of these: its name ends in a date and its first lines are the name and a 题注.
pub fn recognises(path: &str, text: &str) -> bool {
    let name = header::name(path);
    let (title, date) = header::split_name_date(header::stem(path));
    let start: String = text.chars().take(400).filter(|c| !c.is_whitespace()).collect();
    let bare: String = title.chars().filter(|c| !c.is_whitespace()).collect();
    let of_the_nation = start.contains("全国人民代表大会") || start.contains("国务院");
    name.ends_with(".txt") && name.contains('_') && date.is_some() && start.starts_with(&bare) && of_the_nation
}

/// Reads one file.
pub fn read(path: &str, text: &str) -> Outcome {
    let (title, date) = header::split_name_date(header::stem(path));
    let body = after_title(text, title);
    let (history, body) = header::take_history(body);
    let body = header::without_contents(body);
    if body.trim().is_empty() {
        return Refusal::bad_record("文件没有正文").into();
    }
    let mut document = Document::new(Kind::Legislation, title, body.trim());
    document.history = history;
    document.source_date = date;
    classify(&mut document);
    if document.level.is_some_and(|level| level.kind() == Kind::Legislation) {
        document.access = Some(Access::Public);
    }
    Outcome::one(document)
}

/// The text behind its title, which may be wrapped over lines.
fn after_title<'a>(text: &'a str, title: &str) -> &'a str {
    let mut wanted = title.chars().filter(|c| !c.is_whitespace());
    for (at, c) in text.char_indices() {
        if c.is_whitespace() {
            continue;
        }
        match wanted.next() {
            None => return text.get(at..).unwrap_or(""),
            Some(expected) if expected == c => {}
            Some(_) => return text,
        }
    }
    if wanted.next().is_none() { "" } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::AuthorityLevel;
    use proptest::prelude::*;

    const TEXT: &str = "\n\n云法\n\n（2020年5月1日第十三届全国人民代表大会第三次会议通过\u{3000}根据2021年1月2日第十三届全国人民代表大会常务委员会第九次会议《关于修改〈云法〉的决定》修正）\n\n目\u{3000}录\n第一章\u{3000}总\u{3000}则\n\n第一章\u{3000}总\u{3000}则\n\n第一条\u{3000}为了管理云，制定本法。\n";

    #[test]
    fn title_history_contents_and_body_are_told_apart() {
        assert!(recognises("x/云法_20210102.txt", TEXT));
        assert!(!recognises("x/云办法_20210102.txt", "云办法\n\n一、内部文件"));
        let Outcome::Documents { documents, .. } = read("x/云法_20210102.txt", TEXT) else { panic!() };
        let document = &documents[0].document;
        assert_eq!(document.title, "云法");
        assert_eq!(document.level, Some(AuthorityLevel::Law));
        assert_eq!(document.history.len(), 1);
        assert!(document.text.starts_with("第一章") && document.text.ends_with("制定本法。"));
        assert_eq!(document.text.matches("第一章").count(), 1);
        assert_eq!(document.source_date, Some(jiff::civil::date(2021, 1, 2)));
        assert_eq!(document.access, Some(Access::Public));
    }

    proptest! {
        #[test]
        fn never_panics(name in "\\PC{0,10}(_20210102)?", text in "\\PC{0,60}") {
            let _ = recognises(&format!("{name}.txt"), &text);
            let _ = read(&format!("{name}.txt"), &text);
        }
    }
}
