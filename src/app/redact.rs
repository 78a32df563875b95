//! Redaction: words, or the whole text, of a document are removed for good, from the journal, the kept originals and the index.
//!
//! A tombstone is recorded for each document that remains, and behind the tombstones what remains of it. Opened data erase what
//! the tombstones name as soon as the index that answers no longer holds it (`Opened::write`).

use super::card::{Card, CardRecord};
use super::error::{AppError, ErrorCode};
use super::faju::Asker;
use super::maintain::{masked, stated};
use super::opened::Session;
use super::shelf::{self, Shelf};
use crate::corpus::record::{Correct, RECORD_FORMAT, Redact};
use crate::corpus::{CorpusError, Put, Record};
use crate::law::{Access, DocumentId};
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeSet;

/// What stands where a character was removed: places in the text stay what they were.
pub(super) const REMOVED: char = '＊';

/// Fewer characters occur everywhere.
const WORDS_POINTS_MIN: usize = 2;

/// Other documents with the same words that are named.
const OTHERS_MAX: usize = 10;

/// What is to be removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Removed {
    /// These words, wherever they stand in what was recorded of the document.
    Words(Vec<String>),
    /// All of it.
    Whole,
}

/// What is known of the documents that an id names.
struct Subject {
    ids: BTreeSet<String>,
    standing: Vec<Put>,
    access: Access,
    card: Card,
}

/// The records that remove something: tombstones, then what remains.
///
/// # Errors
/// No such document; words that are too short or do not occur in it.
pub fn records(
    session: &mut Session<'_>,
    (id, removed, reason): (&str, &Removed, &str),
    asker: &Asker,
) -> Result<Vec<Record>, AppError> {
    let reason = reason.to_string();
    stated(&[("reason", &reason)])?;
    let words = checked(removed, &reason)?;
    let subject = subject(session, id, asker)?;
    let remain = Remaining::of(session, &subject, removed, &words)?;
    if *removed != Removed::Whole && !remain.found {
        let message = format!("“{id}”的记录中没有这些字；请照原文逐字写出");
        return Err(AppError::parameter(ErrorCode::InvalidParameter, "text", message));
    }
    let others = others(session, &subject, &words)?;
    if !others.is_empty() {
        let named: Vec<&str> = others.iter().take(OTHERS_MAX).map(String::as_str).collect();
        let message = format!("另有 {} 件文件的记录含有这些字，没有改动：{}", others.len(), named.join("、"));
        session.warnings.push(message);
    }
    let reason = masked(reason, subject.card.head.kind);
    Ok(remain.recorded(session.node, &subject, &reason))
}

/// The words that are to be removed, if they can be; the longest first, as one may be in another.
fn checked(removed: &Removed, reason: &str) -> Result<Vec<String>, AppError> {
    let wrong = |name: &str, message: &str| Err(AppError::parameter(ErrorCode::InvalidParameter, name, message));
    let Removed::Words(words) = removed else { return Ok(Vec::new()) };
    if words.is_empty() || words.iter().any(|words| words.trim().chars().count() < WORDS_POINTS_MIN) {
        return wrong("text", "须写明要删去的文字，每处至少两个字；要删去全文请用 --whole（接口用 whole=true）");
    }
    if words.iter().any(|words| reason.contains(words.as_str())) {
        return wrong("reason", "理由会留在记录中，不能写要删去的文字");
    }
    let mut words = words.clone();
    words.sort_by_key(|words| std::cmp::Reverse(words.len()));
    Ok(words)
}

/// The documents that an id names, withdrawn ones too.
fn subject(session: &Session<'_>, id: &str, asker: &Asker) -> Result<Subject, AppError> {
    for text in session.engine.cards(id)? {
        let card = shelf::card(&text)?;
        let sees = |access: Access| access <= asker.access;
        let ids: BTreeSet<String> = match card.version(id).or(card.versions.first().filter(|_| card.group == id)) {
            Some(_) if card.group == id && card.versions.len() > 1 => {
                let message = format!("“{id}”有几个版本，请写明版本：{id}@版本");
                return Err(AppError::parameter(ErrorCode::InvalidParameter, "id", message));
            }
            Some(version) => version.records.iter().map(|record| record.id.clone()).collect(),
            None => card.withdrawn.iter().filter(|gone| gone.id == id).map(|gone| gone.id.clone()).collect(),
        };
        let of_it = |record: &&CardRecord| ids.contains(&record.id);
        let held: Vec<CardRecord> = card.records().map(|(_, record)| record).filter(of_it).cloned().collect();
        let gone = card.withdrawn.iter().filter(|gone| ids.contains(&gone.id)).map(|gone| gone.access);
        let Some(access) = held.iter().map(|record| record.access).chain(gone).min().filter(|access| sees(*access))
        else {
            continue;
        };
        let mut standing = Vec::new();
        for record in held {
            if let Record::Put(put) = session.shelf.read(record.place)? {
                standing.push(*put);
            }
        }
        return Ok(Subject { ids, standing, access, card });
    }
    Err(AppError::not_found(id))
}

/// What remains of the documents.
struct Remaining {
    at: Timestamp,
    puts: Vec<Put>,
    corrections: Vec<Correct>,
    /// Whether any of the words occurred.
    found: bool,
}

impl Remaining {
    fn of(
        session: &Session<'_>,
        subject: &Subject,
        removed: &Removed,
        words: &[String],
    ) -> Result<Remaining, AppError> {
        let at = Timestamp::now();
        let mut remain = Remaining { at, puts: Vec::new(), corrections: Vec::new(), found: false };
        if *removed == Removed::Whole {
            return Ok(remain);
        }
        for put in &subject.standing {
            let mut put = remain.without(put, words)?;
            put.digest = Put::digest_of(&put.document);
            // The kept file goes, and its name may be that of a person.
            (put.at, put.path, put.file_sha256) = (at, None, None);
            remain.puts.push(put);
        }
        for (_, act) in session.shelf.read_all(&subject.card.acts)? {
            match act {
                Record::Correct(act) if subject.ids.contains(act.id.as_str()) && act.field != "access" => {
                    let act = remain.without(&act, words)?;
                    remain.corrections.push(act);
                }
                _ => {}
            }
        }
        Ok(remain)
    }

    /// A value without the words in any of its texts.
    fn without<T: Serialize + DeserializeOwned>(&mut self, of: &T, words: &[String]) -> Result<T, AppError> {
        let unfit = |error: serde_json::Error| AppError::new(ErrorCode::Internal, error.to_string());
        let mut value = serde_json::to_value(of).map_err(unfit)?;
        self.found |= strike(&mut value, words);
        serde_json::from_value(value).map_err(|_| {
            let message = "这些字也是记录的格式用字，不能删去；请写得更长一些";
            AppError::parameter(ErrorCode::InvalidParameter, "text", message)
        })
    }

    /// Tombstones first: what is recorded behind them stands.
    fn recorded(self, node: &str, subject: &Subject, reason: &str) -> Vec<Record> {
        let tombstone = |id: &str, digest: String| {
            Record::Redact(Redact {
                v: RECORD_FORMAT,
                id: DocumentId(id.to_string()),
                at: self.at,
                node: Some(node.to_string()),
                reason: reason.to_string(),
                digest,
                access: Some(subject.access),
            })
        };
        let mut records = Vec::new();
        for id in &subject.ids {
            let of_it = self.puts.iter().filter(|put| put.id.as_str() == id);
            let digests: BTreeSet<String> = of_it.map(|put| put.digest.clone()).collect();
            let nothing = digests.is_empty().then(Put::digest_of_nothing);
            records.extend(digests.into_iter().chain(nothing).map(|digest| tombstone(id, digest)));
        }
        records.extend(self.puts.into_iter().map(|put| Record::Put(Box::new(put))));
        records.extend(self.corrections.into_iter().map(Record::Correct));
        records
    }
}

/// Removes words from every text in a value; whether there were any.
fn strike(value: &mut Value, words: &[String]) -> bool {
    match value {
        Value::String(text) => {
            let before = text.clone();
            for word in words {
                if text.contains(word.as_str()) {
                    let removed: String = word.chars().map(|_| REMOVED).collect();
                    *text = text.replace(word.as_str(), &removed);
                }
            }
            *text != before
        }
        // Not `any`, which would stop at the first.
        Value::Array(items) => items.iter_mut().fold(false, |found, item| strike(item, words) | found),
        Value::Object(fields) => fields.values_mut().fold(false, |found, item| strike(item, words) | found),
        _ => false,
    }
}

/// Other documents whose records hold one of the words.
fn others(session: &Session<'_>, subject: &Subject, words: &[String]) -> Result<BTreeSet<String>, AppError> {
    let mut others = BTreeSet::new();
    let Shelf::Journal(journal) = session.shelf else { return Ok(others) };
    let holds = |text: &str| words.iter().any(|word| text.contains(word.as_str()));
    for frame in journal.scan_frames(None)? {
        let frame = match frame {
            Err(CorpusError::Damaged(_)) => continue,
            frame => frame?,
        };
        if !holds(frame.text()) {
            continue;
        }
        for (place, _) in frame.lines().filter(|(_, line)| holds(line)) {
            let id = journal.read(place)?.id().0.clone();
            if !subject.ids.contains(&id) {
                others.insert(id);
            }
        }
    }
    Ok(others)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn words_are_removed_wherever_they_stand_and_places_stay() {
        let mut value =
            json!({"text": "某乙在渡口。某乙认错。", "parties": ["某乙", "甲公司"], "year": 2026, "none": null});
        assert!(strike(&mut value, &["某乙".to_string()]));
        let left = json!({"text": "＊＊在渡口。＊＊认错。", "parties": ["＊＊", "甲公司"], "year": 2026, "none": null});
        assert_eq!(value, left);
        assert!(!strike(&mut value, &["某乙".to_string()]));
    }
}
