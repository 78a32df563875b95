//! What was redacted after a backup does not come back with it.

use crate::app::error::AppError;
use crate::corpus::record::Redact;
use crate::corpus::{Journal, Record};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

/// Tombstones of a journal with the records behind each that are of the same document, in their order.
#[derive(Default)]
struct Redactions {
    tombstones: Vec<Redact>,
    remaining: BTreeMap<String, Vec<Record>>,
}

impl Redactions {
    fn of(journal: &Journal) -> Result<Redactions, AppError> {
        let mut found = Redactions::default();
        for record in journal.scan(None)? {
            let (_, record, _) = record?;
            match record {
                Record::Redact(act) => {
                    found.remaining.insert(act.id.0.clone(), Vec::new());
                    found.tombstones.push(act);
                }
                record @ (Record::Put(_) | Record::Correct(_)) => {
                    found.remaining.entry(record.id().0.clone()).and_modify(|behind| behind.push(record));
                }
                _ => {}
            }
        }
        Ok(found)
    }
}

/// Applies the redactions that the journal in the folder `newest` knows to the one in the folder `restored`, of the node `own`: what they
/// named is erased, and what remained of it is recorded. Answers how many there were.
///
/// # Errors
/// A journal that cannot be read or written.
pub fn apply(newest: Option<&Path>, restored: &Path, own: &str) -> Result<u64, AppError> {
    let journal = Journal::open(restored)?;
    if journal.is_empty() {
        return Ok(0);
    }
    let known = Redactions::of(&journal)?.tombstones;
    let later = newest.map(Journal::open).transpose()?.map(|newest| Redactions::of(&newest)).transpose()?;
    let later = later.unwrap_or_default();
    let missing: Vec<Redact> = later.tombstones.into_iter().filter(|act| !known.contains(act)).collect();
    let ids: BTreeSet<&str> = missing.iter().map(|act| act.id.as_str()).collect();
    let behind =
        later.remaining.iter().filter(|(id, _)| ids.contains(id.as_str())).flat_map(|(_, behind)| behind.clone());
    let records: Vec<Record> = missing.iter().cloned().map(Record::Redact).chain(behind).collect();
    let mut writer = journal.writer(Duration::ZERO)?;
    writer.append(&records)?;
    writer.erase(own)?;
    Ok(missing.len() as u64)
}
