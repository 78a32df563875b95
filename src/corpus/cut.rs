//! Cutting a copy of a journal back to a cursor, as a restore does. Never done to a journal in use.

use super::error::CorpusError;
use super::journal::Journal;
use super::place::Cursor;
use super::repair::shorten;
use super::segment::{Folder, Walk, sync_folder};
use std::path::Path;
use std::time::Duration;

/// Takes away everything behind a cursor of the journal in a corpus folder.
///
/// # Errors
/// A cursor that is no boundary of frames or lies behind the end; files that cannot be written.
pub fn cut(corpus: &Path, at: Cursor) -> Result<(), CorpusError> {
    let folder = Folder::new(corpus);
    let end = Journal::open(corpus)?.end();
    if at > end {
        return Err(CorpusError::BeyondEnd { cursor: at, end });
    }
    let mut walk = Walk::new(&folder, Cursor { offset: 0, ..at }, u64::MAX)?;
    while walk.at() < at && walk.next_piece()?.is_some() {}
    // The head alone is no beginning that a writer could go on from.
    if walk.at() != at || at.offset == 0 {
        return Err(CorpusError::NoPlace(at.to_string()));
    }
    for segment in (at.segment + 1..=folder.last_segment()?).rev() {
        shorten(&folder, segment, 0)?;
    }
    shorten(&folder, at.segment, at.offset)?;
    let path = folder.ack();
    std::fs::remove_file(&path)
        .and_then(|()| sync_folder(folder.journal()))
        .map_err(|error| CorpusError::writing(&path, error))?;
    // The writer acknowledges what is whole.
    Journal::open(corpus)?.writer(Duration::ZERO).map(drop)
}
