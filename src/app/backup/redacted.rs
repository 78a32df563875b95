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
    /// Documents that stand before a tombstone of the same id: it had no say about them.
    untouched: BTreeSet<String>,
    remaining: BTreeMap<String, Vec<Record>>,
}

impl Redactions {
    fn of(journal: &Journal) -> Result<Redactions, AppError> {
        let (mut found, mut standing) = (Redactions::default(), BTreeSet::new());
        for record in journal.scan(None)? {
            let (_, record, _) = record?;
            match record {
                Record::Redact(act) => {
                    if standing.contains(&act.id.0) {
                        found.untouched.insert(act.id.0.clone());
                    }
                    found.remaining.insert(act.id.0.clone(), Vec::new());
                    found.tombstones.push(act);
                }
                record @ (Record::Put(_) | Record::Correct(_)) => {
                    if matches!(record, Record::Put(_)) && !found.remaining.contains_key(record.id().as_str()) {
                        standing.insert(record.id().0.clone());
                    }
                    found.remaining.entry(record.id().0.clone()).and_modify(|behind| behind.push(record));
                }
                _ => {}
            }
        }
        Ok(found)
    }

    /// Whether nothing was left standing before a tombstone.
    fn is_clean(&self, act: &Redact) -> bool {
        !self.untouched.contains(act.id.as_str())
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
    let missing: Vec<Redact> = later.tombstones.iter().filter(|act| !known.contains(act)).cloned().collect();
    if known.is_empty() && missing.is_empty() {
        return Ok(0);
    }
    let ids: BTreeSet<&str> = missing.iter().map(|act| act.id.as_str()).collect();
    let behind =
        later.remaining.iter().filter(|(id, _)| ids.contains(id.as_str())).flat_map(|(_, behind)| behind.clone());
    let records: Vec<Record> = missing.iter().cloned().map(Record::Redact).chain(behind).collect();
    let mut writer = journal.writer(Duration::ZERO)?;
    writer.append(&records)?;
    writer.erase_again(own)?;
    // Whose data it is may not have been told: what the newest journal no longer holds is erased whoever names it.
    let nodes: BTreeSet<&str> =
        missing.iter().filter_map(|act| act.node.as_deref()).filter(|node| *node != own).collect();
    for node in nodes {
        if missing.iter().filter(|act| act.node.as_deref() == Some(node)).all(|act| later.is_clean(act)) {
            writer.erase_again(node)?;
        }
    }
    Ok(missing.len() as u64)
}
