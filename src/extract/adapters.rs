//! JSON Lines of published collections that do not use the interchange format (`docs/adapters.md`).
//!
//! A file is recognised by the keys of its first record, which must be exactly those of one adapter.

mod court_facts;
mod gov_cn;
mod judgments;
mod market_answers;
mod penalties;
mod quoted_clauses;

use super::interchange::{object, read_lines};
use super::lines::Lines;
use super::outcome::Outcome;
use crate::law::Document;
use serde::Deserialize;
use serde_json::{Map, Value};

type Reader = fn(Map<String, Value>) -> Result<Document, String>;

/// Keys of a record, keys it may have beside them, and its reader.
const ADAPTERS: [(&[&str], &[&str], Reader); 5] = [
    (&gov_cn::KEYS, &[], gov_cn::read),
    (&market_answers::KEYS, &[], market_answers::read),
    (&penalties::KEYS, &penalties::MORE, penalties::read),
    (&court_facts::KEYS, &[], court_facts::read),
    (&judgments::KEYS, &[], judgments::read),
];

/// Reads a file of one of these collections; `None` if it is none of them.
pub fn read(lines: &Lines<'_>) -> Option<Outcome> {
    let first = object(lines.first).ok()?;
    let has = |keys: &[&str], more: &[&str]| {
        keys.iter().all(|key| first.contains_key(*key))
            && first.keys().all(|key| keys.contains(&key.as_str()) || more.contains(&key.as_str()))
    };
    if has(&quoted_clauses::KEYS, &[]) {
        return Some(lines.refused_as_piece().unwrap_or_else(|| quoted_clauses::read(lines.text)));
    }
    let (_, _, reader) = ADAPTERS.iter().find(|(keys, more, _)| has(keys, more))?;
    Some(read_lines(lines, reader))
}

/// A record as the type of its adapter; the error is a Chinese message.
fn typed<T: for<'de> Deserialize<'de>>(object: Map<String, Value>) -> Result<T, String> {
    serde_json::from_value(Value::Object(object)).map_err(|error| format!("记录的字段不符合该来源的格式：{error}"))
}

/// A stated value: not empty after trimming.
fn stated(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_string())
}

#[cfg(test)]
mod tests;
