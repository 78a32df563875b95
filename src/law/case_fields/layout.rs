//! How a text is laid out: its lines where they were lost, and where its own words end.

use crate::law::document::Document;
use regex::Regex;
use std::borrow::Cow;
use std::sync::LazyLock;

/// Shorter texts have one line.
const FLAT_BYTES_MIN: usize = 300;
/// What a paragraph of a decision ends with.
const ENDS: &[char] = &['。', '：', '；', '号', '院', '书', '）'];

/// What begins the texts of provisions behind a decision (附相关法律条文).
static ATTACHMENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?:^|[\s　。；）)])(附(?:[：:录件页注《]|(?:本案|本判决|判决|裁判|相关|有关|主要|适用|引用|所|法律|法条|中华)",
        r"[\p{Han}、《》]{0,20}?(?:法律|条文|法条|规定|条款)|法律|法条|本)",
        r"|(?:本案|本判决)(?:主要)?(?:所)?(?:适用|引用|依据)的?(?:主要|相关|有关)?(?:法律|法条|条文)[\p{Han}]{0,6}[：:]|法条链接[：:])"
    ))
    .expect("a constant pattern")
});

/// A document whose paragraphs were joined by blanks gets its line breaks back, so that every reader sees lines. A break takes
/// the byte of the blank: all places stay.
pub(in crate::law) fn in_lines(document: &Document) -> Cow<'_, Document> {
    let text = document.text.as_str();
    if text.len() < FLAT_BYTES_MIN || text.trim().contains('\n') {
        return Cow::Borrowed(document);
    }
    let mut lines = String::with_capacity(text.len());
    let mut before = ' ';
    for c in text.chars() {
        lines.push(if c == ' ' && ENDS.contains(&before) { '\n' } else { c });
        before = c;
    }
    if lines == text {
        return Cow::Borrowed(document);
    }
    Cow::Owned(Document { text: lines, ..document.clone() })
}

/// Where a text's own words end and texts of provisions are attached; what they say is not what the case says.
pub(super) fn own_end(text: &str) -> usize {
    let found = ATTACHMENT.captures_iter(text).filter_map(|found| found.get(1)).map(|found| found.start());
    found.filter(|at| *at > text.len() / 3).min().unwrap_or(text.len())
}

/// The last bytes before a place, so many at most: what is asked of every place must not grow with the text.
pub(super) fn near(text: &str, at: usize, bytes: usize) -> &str {
    let mut from = at.saturating_sub(bytes);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    text.get(from..at).unwrap_or_default()
}

/// The first bytes behind a place, so many at most.
pub(super) fn behind(text: &str, at: usize, bytes: usize) -> &str {
    let mut end = text.len().min(at + bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(at..end).unwrap_or_default()
}
