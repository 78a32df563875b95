//! The place in the journal as an asker may know it: how many records his feed has. The journal's own cursor would tell him of
//! records that he must not notice.

use super::Opened;
use crate::app::changes;
use crate::app::error::AppError;
use crate::app::faju::Asker;
use crate::law::Access;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError, TryLockError};

/// Feeds counted: for each access the cursor of the index up to which, and how many.
#[derive(Default)]
pub struct Events {
    last: Mutex<HashMap<Access, (String, u64)>>,
    counting: Mutex<()>,
}

impl Opened {
    /// The cursor of an asker's feed: of the last commit, or of the one before while it is being counted anew. Whoever sees
    /// everything gets that of the journal.
    pub fn place(&self, own: &str, asker: &Asker) -> Result<String, AppError> {
        let cursor = self.engine.state()?.cursor;
        if asker.access == Access::Restricted {
            return Ok(cursor);
        }
        let last = || self.events.last.lock().unwrap_or_else(PoisonError::into_inner).get(&asker.access).cloned();
        let told = |count: u64| Ok(format!("c{count}"));
        let known = last();
        let _counting = match (&known, self.events.counting.try_lock()) {
            (Some((at, count)), _) if *at == cursor => return told(*count),
            (_, Ok(counting)) => counting,
            (Some((_, count)), Err(TryLockError::WouldBlock)) => return told(*count),
            (_, Err(_)) => self.events.counting.lock().unwrap_or_else(PoisonError::into_inner),
        };
        // Somebody may have counted while this one waited.
        if let Some((_, count)) = last().filter(|(at, _)| *at == cursor) {
            return told(count);
        }
        let count = changes::count(self, own, asker)?;
        self.events.last.lock().unwrap_or_else(PoisonError::into_inner).insert(asker.access, (cursor, count));
        told(count)
    }
}
