//! After a redaction: what was erased of the journal must not be reachable by what was read or made before.

use super::{Opened, Session};
use crate::app::error::AppError;
use crate::app::shelf::Shelf;
use crate::corpus::{CorpusError, Journal};
use std::sync::atomic::{AtomicU64, Ordering};

/// How often the journal had been erased from when it was last looked at.
#[derive(Default)]
pub struct Erased(AtomicU64);

/// The name of a journal and a place in it, as the state of an index has them: `name.rewrites/place`, where `rewrites` says how
/// often lines had been erased when the index was begun.
pub fn split(cursor: &str) -> Option<(&str, u64, &str)> {
    let (journal, place) = cursor.split_once('/')?;
    let (name, rewrites) = journal.split_once('.').unwrap_or((journal, "0"));
    Some((name, rewrites.parse().ok()?, place))
}

/// The cursor of an index that is committed now; `before` is its last one.
pub fn cursor(journal: &Journal, before: &str) -> String {
    let rewrites = split(before).map_or_else(|| journal.rewrites(), |(_, rewrites, _)| rewrites);
    format!("{}.{rewrites}/{}", journal.identity().unwrap_or_default(), journal.end())
}

impl Opened {
    /// Sees what other processes have appended or erased.
    pub fn refresh(&self) -> Result<(), CorpusError> {
        if let Shelf::Journal(journal) = &self.shelf {
            journal.refresh()?;
            self.forget(journal);
        }
        Ok(())
    }

    /// Drops what was read and made before lines were erased.
    pub(super) fn forget(&self, journal: &Journal) {
        let rewrites = journal.rewrites();
        if self.erased.0.swap(rewrites, Ordering::AcqRel) != rewrites {
            self.engine.forget();
        }
    }

    /// Whether the files of the index may still hold what was erased since it was made.
    pub fn holds_erased(&self) -> Result<bool, AppError> {
        let Shelf::Journal(journal) = &self.shelf else { return Ok(false) };
        let cursor = self.engine.state()?.cursor;
        Ok(split(&cursor).is_some_and(|(_, rewrites, _)| rewrites != journal.rewrites()))
    }

    /// Erases what waits for it; nothing of it is in the index that answers any more. `waited`: since an earlier session, whose
    /// failure the present one cannot mend: it is told, and tried again the next time.
    pub(super) fn erase(&self, session: &mut Session<'_>, waited: bool) -> Result<(), AppError> {
        match (session.writer.erase(session.node), &self.shelf) {
            (Ok(Some(_)), Shelf::Journal(journal)) => self.forget(journal),
            (Ok(_), _) => {}
            (Err(error), _) if waited => {
                tracing::error!(%error, "what was redacted is still in the journal");
            }
            (Err(error), _) => return Err(error.into()),
        }
        Ok(())
    }
}
