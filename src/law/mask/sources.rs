//! Where a document came from (来源网址、来源编号): addresses of the web and numbers of sources name people too.

use super::MaskedText;
use crate::law::document::Document;
use encoding_rs::GBK;

/// What is said of an address that was left out; what of it names nobody follows.
const URL_LEFT_OUT: &str = "来源网址含有个人信息，已略去";
/// What is said of a number of the source that was masked.
const ID_MASKED: &str = "来源编号含有个人信息，已去标识化";

/// An address as people read it: percent signs made characters, in UTF-8 or in GBK.
pub(super) fn readable(url: &str) -> String {
    let mut bytes = Vec::with_capacity(url.len());
    let mut rest = url.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let pair = behind.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        match pair.filter(|_| *first == b'%').and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = behind.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|error| GBK.decode(error.as_bytes()).0.into_owned())
}

/// Leaves out an address that names somebody. `masked` is the address as it is read, masked. What stands before the part of the path
/// that names somebody is told in a note; a parameter that does so is left out alone where others remain.
pub(super) fn leave_url_out(document: &mut Document, masked: &MaskedText) {
    let Some(url) = document.source_url.take() else { return };
    let Some(first) = masked.spans.first() else {
        document.source_url = Some(url);
        return;
    };
    let query = masked.text.find(['?', '#']).unwrap_or(masked.text.len());
    if first.start > query
        && let Some(rest) = without_parameters(&url)
    {
        document.source_url = Some(rest);
        document.notes.push(URL_LEFT_OUT.to_string());
        return;
    }
    let clean = masked.text.get(..first.start.min(query)).unwrap_or_default();
    let base = clean.rfind('/').map_or("", |end| &clean[..=end]);
    let told = if base.ends_with("://") { "" } else { base };
    document.notes.push(if told.is_empty() { URL_LEFT_OUT.to_string() } else { format!("{URL_LEFT_OUT}：{told}") });
}

/// An address with those of its parameters alone that are plain numbers and letters; `None` if none remains.
fn without_parameters(url: &str) -> Option<String> {
    let (base, query) = url.split_once('?')?;
    let query = query.split('#').next().unwrap_or(query);
    let plain = |part: &&str| part.bytes().all(|c| c.is_ascii_alphanumeric() || b"=_-.".contains(&c));
    let kept: Vec<&str> = query.split('&').filter(plain).collect();
    (!kept.is_empty()).then(|| format!("{base}?{}", kept.join("&")))
}

/// Puts the masked number of the source where it came from. Without a number of its own (…#3) it would be that of others too, so that it
/// is left out.
pub(super) fn mask_id(document: &mut Document, masked: &MaskedText) {
    if masked.spans.is_empty() {
        return;
    }
    let behind = masked.spans.last().map_or(0, |span| span.end);
    let numbered = masked.text.get(behind..).is_some_and(|rest| rest.contains(|c: char| c.is_ascii_digit()));
    document.source_id = Some(masked.text.clone()).filter(|_| numbered);
    document.notes.push(ID_MASKED.to_string());
}
