//! The change feed: the records that an asker may see, oldest first.

use super::card::Card;
use super::error::{AppError, ErrorCode};
use super::faju::Asker;
use super::opened::Opened;
use super::projector::group_of;
use super::shelf::{self, Shelf};
use super::view::ChangesPage;
use crate::corpus::Record;

/// Most records on a page.
pub const LIMIT_MAX: usize = 10_000;

/// Records after a cursor.
///
/// The cursor counts the records that the asker may see, so it tells nothing of the others and survives a rewritten
/// segment.
pub fn changes(opened: &Opened, after: Option<&str>, limit: usize, asker: &Asker) -> Result<ChangesPage, AppError> {
    let skip = match after {
        None | Some("") => 0,
        Some(cursor) => cursor.strip_prefix('c').and_then(|count| count.parse::<u64>().ok()).ok_or_else(|| {
            AppError::parameter(ErrorCode::InvalidParameter, "after", "不是本系统给出的游标；从头读取请不写 after")
        })?,
    };
    let Shelf::Journal(journal) = &opened.shelf else {
        return Ok(ChangesPage { items: Vec::new(), next: format!("c{skip}"), more: false });
    };
    let limit = limit.min(LIMIT_MAX);
    let mut items = Vec::new();
    let mut seen = 0u64;
    let mut more = false;
    'frames: for frame in journal.scan_frames(None)? {
        let frame = frame?;
        for record in frame.records() {
            let (_, record) = record?;
            if !visible(opened, &record, asker)? {
                continue;
            }
            seen += 1;
            if seen <= skip {
                continue;
            }
            if items.len() == limit {
                more = true;
                break 'frames;
            }
            let item =
                serde_json::to_value(&record).map_err(|error| AppError::new(ErrorCode::Internal, error.to_string()))?;
            items.push(item);
        }
    }
    let next = format!("c{}", skip + items.len() as u64);
    Ok(ChangesPage { items, next, more })
}

/// Whether the asker may see a record; an act is seen by those who see its subject.
fn visible(opened: &Opened, record: &Record, asker: &Asker) -> Result<bool, AppError> {
    let (id, access) = match record {
        Record::Put(put) => return Ok(put.document.access.unwrap_or_default() <= asker.access),
        Record::Correct(act) => (&act.id, act.access),
        Record::Relate(act) => (&act.id, act.access),
        Record::Withdraw(act) => (&act.id, None),
        Record::Redact(act) => (&act.id, None),
    };
    if let Some(access) = access {
        return Ok(access <= asker.access);
    }
    for text in opened.engine.cards(group_of(id.as_str()))? {
        let card: Card = shelf::card(&text)?;
        if card.versions.iter().any(|version| version.access <= asker.access) {
            return Ok(true);
        }
    }
    // Of a document that is gone from here nobody else is told more than that.
    Ok(asker.access != crate::law::Access::Public)
}
