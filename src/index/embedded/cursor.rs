//! Where a page ended: a generation, the place in the order of the answer, and what was asked.

use crate::index::EngineError;
use crate::query::Query;
use sha2::{Digest, Sha256};

/// Digits of the digest of what was asked.
const QUESTION_DIGITS: usize = 8;

/// The place of the last item of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// Generation that answered.
    pub generation: String,
    /// Digest of what was asked.
    pub question: String,
    /// Digest of the terms of the thesaurus that had a say; empty if none had.
    pub expanded: String,
    /// Class of the last item ([`super::order`]).
    pub class: u64,
    /// Its score.
    pub score: u32,
    /// Provision id of the last item; with groups, of the group's best provision.
    pub id: String,
    /// What came first on the page before ([`Query::first`]), so that it does on all of them.
    pub first: Vec<String>,
}

impl Cursor {
    /// As callers carry it around.
    pub fn encode(&self) -> String {
        let Cursor { generation, question, expanded, class, score, id, first } = self;
        let cursor = format!("{generation}.{question}{expanded}.{class:x}.{score:x}.{}", hex(id.as_bytes()));
        let cursor = match first.as_slice() {
            [] => cursor,
            first => format!("{cursor}.{}", hex(first.join("\n").as_bytes())),
        };
        format!("{cursor}.{}", check(&cursor))
    }

    /// Reads what [`Cursor::encode`] wrote.
    pub fn decode(text: &str) -> Result<Cursor, EngineError> {
        // One that was cut or mistyped on its way would otherwise leave items out without anybody knowing.
        let text = text.rsplit_once('.').filter(|(rest, told)| check(rest) == *told).map(|(rest, _)| rest);
        let parts: Vec<&str> = text.ok_or(EngineError::CursorInvalid)?.split('.').collect();
        let ([generation, question, class, score, id] | [generation, question, class, score, id, _]) = parts[..] else {
            return Err(EngineError::CursorInvalid);
        };
        let first = parts.get(5).map(|first| unhex(first).ok_or(EngineError::CursorInvalid)).transpose()?;
        let bad = |_| EngineError::CursorInvalid;
        Ok(Cursor {
            generation: generation.to_owned(),
            question: question.get(..QUESTION_DIGITS).ok_or(EngineError::CursorInvalid)?.to_owned(),
            expanded: question.get(QUESTION_DIGITS..).ok_or(EngineError::CursorInvalid)?.to_owned(),
            class: u64::from_str_radix(class, 16).map_err(bad)?,
            score: u32::from_str_radix(score, 16).map_err(bad)?,
            id: unhex(id).ok_or(EngineError::CursorInvalid)?,
            first: first.iter().flat_map(|first| first.lines()).map(str::to_owned).collect(),
        })
    }
}

/// A digest of everything before it.
fn check(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes())[..4])
}

fn unhex(text: &str) -> Option<String> {
    if !text.is_ascii() || text.len() % 2 == 1 {
        return None;
    }
    let byte = |at| u8::from_str_radix(&text[at..at + 2], 16).ok();
    let bytes: Option<Vec<u8>> = (0..text.len()).step_by(2).map(byte).collect();
    String::from_utf8(bytes?).ok()
}

/// A digest of everything that decides which items come in which order. The day counts only if it was asked for: pages
/// may be turned over midnight.
pub fn question(query: &Query) -> String {
    let Query { node, matching, filters, scope, as_of, as_of_asked, sort, grouped, rank, .. } = query;
    let day = as_of_asked.then_some(as_of);
    let said = format!("{node:?} {matching:?} {filters:?} {scope:?} {day:?} {sort:?} {grouped} {rank:?}");
    hex(&Sha256::digest(said.as_bytes())[..QUESTION_DIGITS / 2])
}

/// A digest of the terms of the thesaurus that have a say. Another table ranks otherwise, so pages would not fit together.
pub fn expanded(query: &Query) -> String {
    let terms: Vec<&str> = match query.open_words() {
        Some(_) => query.expanded.iter().flat_map(|one| &one.terms).map(String::as_str).collect(),
        None => Vec::new(),
    };
    if terms.is_empty() { String::new() } else { hex(&Sha256::digest(terms.join(" ").as_bytes())[..4]) }
}

/// Bytes as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_cursor_comes_back(
            class: u64, score: u32, id in "\\PC{0,40}", expanded in "|[0-9a-f]{8}", first in proptest::collection::vec("[!-~]{1,20}", 0..3),
        ) {
            let cursor = Cursor { generation: "0a".into(), question: "0123abcd".into(), expanded, class, score, id, first };
            let text = cursor.encode();
            for end in 0..text.len() {
                prop_assert!(Cursor::decode(&text[..end]).is_err(), "{}", &text[..end]);
            }
            prop_assert_eq!(Cursor::decode(&text).unwrap(), cursor);
        }

        #[test]
        fn no_text_makes_it_panic(text in "[0-9a-f.é]{0,40}|\\PC{0,40}") {
            let _ = Cursor::decode(&text);
        }
    }
}
