//! The change feed: what an asker may see of the journal, oldest first.
//!
//! What is visible is decided by what stood in the journal *before* a record, never by what stands today: so a cursor means
//! the same tomorrow. A document that leaves the asker's scope appears as a withdrawal, one that enters it as a put.

use super::error::{AppError, ErrorCode};
use super::faju::Asker;
use super::opened::Opened;
use super::projector::group_of;
use super::shelf::Shelf;
use super::view::ChangesPage;
use crate::corpus::record::{Correct, RECORD_FORMAT, Withdraw};
use crate::corpus::{Place, Record};
use crate::law::{Access, DocumentId};
use std::collections::HashMap;

/// Most records on a page.
pub const LIMIT_MAX: usize = 10_000;

/// Records after a cursor, which counts the records that the asker may see: it tells nothing of the others and survives a
/// rewritten segment.
pub fn changes(opened: &Opened, after: Option<&str>, limit: usize, asker: &Asker) -> Result<ChangesPage, AppError> {
    let skip = match after {
        None | Some("") => 0,
        Some(cursor) => cursor.strip_prefix('c').and_then(|count| count.parse::<u64>().ok()).ok_or_else(|| {
            AppError::parameter(ErrorCode::InvalidParameter, "after", "不是本系统给出的游标；从头读取请不写 after")
        })?,
    };
    let mut page = ChangesPage { items: Vec::new(), next: format!("c{skip}"), more: false };
    let Shelf::Journal(journal) = &opened.shelf else { return Ok(page) };
    let limit = limit.min(LIMIT_MAX);
    let mut feed = Feed { scope: asker.access, documents: HashMap::new(), groups: HashMap::new() };
    let mut seen = 0u64;
    'frames: for frame in journal.scan_frames(None)? {
        for record in frame?.records() {
            let (place, record) = record?;
            let Some(shown) = feed.shown(opened, place, record)? else { continue };
            seen += 1;
            if seen <= skip {
                continue;
            }
            if page.items.len() == limit {
                page.more = true;
                break 'frames;
            }
            let item =
                serde_json::to_value(&shown).map_err(|error| AppError::new(ErrorCode::Internal, error.to_string()))?;
            page.items.push(item);
        }
    }
    page.next = format!("c{}", skip + page.items.len() as u64);
    Ok(page)
}

/// Who could see what, as far as the journal has been read.
struct Feed {
    scope: Access,
    /// Document id → access and place of its last record.
    documents: HashMap<String, (Access, Place)>,
    /// Instrument or case id → widest access that any of its documents ever had.
    groups: HashMap<String, Access>,
}

impl Feed {
    /// What the asker gets of a record; `None` if nothing.
    fn shown(&mut self, opened: &Opened, place: Place, record: Record) -> Result<Option<Record>, AppError> {
        Ok(match record {
            Record::Put(put) => {
                let access = put.document.access.unwrap_or_default();
                let before = self.enter(put.id.as_str(), access, place);
                match (before, access <= self.scope) {
                    (_, true) => Some(Record::Put(put)),
                    (true, false) => Some(left(&put.id, put.at)),
                    (false, false) => None,
                }
            }
            Record::Correct(act) if act.field == "access" => self.moved(opened, act)?,
            Record::Correct(act) => {
                let shown = self.sees(act.id.as_str()) && act.access.is_none_or(|access| access <= self.scope);
                shown.then_some(Record::Correct(act))
            }
            Record::Relate(act) => {
                let both = self.sees(act.id.as_str()) && self.sees(act.target.as_str());
                let shown = both && act.access.is_none_or(|access| access <= self.scope);
                shown.then_some(Record::Relate(act))
            }
            Record::Withdraw(act) => self.sees(act.id.as_str()).then_some(Record::Withdraw(act)),
            Record::Redact(act) => self.sees(act.id.as_str()).then_some(Record::Redact(act)),
        })
    }

    /// A correction of who may read a document.
    fn moved(&mut self, opened: &Opened, act: Correct) -> Result<Option<Record>, AppError> {
        let Some((_, place)) = self.documents.get(act.id.as_str()).copied() else { return Ok(None) };
        let access = serde_json::from_value(act.value.clone()).unwrap_or_default();
        let before = self.enter(act.id.as_str(), access, place);
        Ok(match (before, access <= self.scope) {
            (true, true) => Some(Record::Correct(act)),
            (true, false) => Some(left(&act.id, act.at)),
            (false, true) => match opened.shelf.read(place)? {
                Record::Put(mut put) => {
                    put.document.access = Some(access);
                    Some(Record::Put(put))
                }
                _ => None,
            },
            (false, false) => None,
        })
    }

    /// Notes the access of a document; answers whether it was seen before.
    fn enter(&mut self, id: &str, access: Access, place: Place) -> bool {
        let before = self.documents.insert(id.to_string(), (access, place));
        let widest = self.groups.entry(group_of(id).to_string()).or_insert(access);
        *widest = (*widest).min(access);
        before.is_some_and(|(access, _)| access <= self.scope)
    }

    /// Whether the asker sees a document, or anything of an instrument.
    fn sees(&self, id: &str) -> bool {
        let access = self.documents.get(id).map(|(access, _)| access).or_else(|| self.groups.get(group_of(id)));
        access.is_some_and(|access| *access <= self.scope)
    }
}

fn left(id: &DocumentId, at: jiff::Timestamp) -> Record {
    let reason = "不再向此范围公开".to_string();
    Record::Withdraw(Withdraw { v: RECORD_FORMAT, id: id.clone(), origin: None, at, reason })
}
