//! Opening a journal and reading it at a place or from a cursor.

use super::ack::Ack;
use super::cache::{Cache, Lines};
use super::error::CorpusError;
use super::frame::{Content, FRAME_TARGET_MAX};
use super::mark::Mark;
use super::place::{Cursor, Place};
use super::record::Record;
use super::repair::Tail;
use super::scan::{Frame, Frames, Range, Scanned, record_of};
use super::segment::{Folder, Piece, Walk};
use super::writer::Writer;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;

/// Sizes that a caller may choose; the defaults are right outside of tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// A segment that has reached this length is followed by a new one. Bytes on the disk.
    pub segment_bytes: u64,
    /// About how much text goes into one frame. Bytes before packing, at most 3 MiB.
    pub frame_bytes: usize,
    /// How much unpacked text is held in memory for the next read.
    pub cache_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { segment_bytes: 64 << 20, frame_bytes: 2 << 20, cache_bytes: 32 << 20 }
    }
}

/// What is known of the journal: as of the last look at `ACK`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct State {
    identity: Option<String>,
    rewrites: u64,
    end: Cursor,
    /// Where `ACK` cannot be read: the last segment and its length when it was walked instead.
    walked: Option<(u32, u64)>,
}

impl State {
    fn of(ack: &Ack) -> State {
        State { identity: Some(ack.journal.clone()), rewrites: ack.rewrites, end: ack.end(), walked: None }
    }
}

struct Shared {
    folder: Folder,
    limits: Limits,
    state: RwLock<State>,
    cache: Mutex<Cache>,
}

/// A journal, opened for reading. Clones share one state; every method may be called from several threads.
#[derive(Clone)]
pub struct Journal {
    shared: Arc<Shared>,
}

impl Journal {
    /// Opens the journal in the folder `corpus` (its files lie in `corpus/journal/`). Writes nothing and unpacks nothing;
    /// a folder that does not exist is an empty journal. What is not acknowledged is not seen.
    pub fn open(corpus: &Path) -> Result<Journal, CorpusError> {
        Journal::open_with(corpus, Limits::default())
    }

    /// The same with other sizes.
    pub fn open_with(corpus: &Path, limits: Limits) -> Result<Journal, CorpusError> {
        let folder = Folder::new(corpus);
        let limits = Limits { frame_bytes: limits.frame_bytes.min(FRAME_TARGET_MAX), ..limits };
        let state = RwLock::new(look(&folder, None)?);
        let cache = Mutex::new(Cache::new(limits.cache_bytes));
        Ok(Journal { shared: Arc::new(Shared { folder, limits, state, cache }) })
    }

    fn state(&self) -> State {
        self.shared.state.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn cache(&self) -> MutexGuard<'_, Cache> {
        self.shared.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn folder(&self) -> &Folder {
        &self.shared.folder
    }

    pub(super) fn limits(&self) -> Limits {
        self.shared.limits
    }

    /// Names this journal: a random name given when it was made; `None` while it is empty. Places and cursors mean nothing under
    /// another name, so an index that was built under another one is rebuilt.
    pub fn identity(&self) -> Option<String> {
        self.state().identity
    }

    /// How often lines of it were erased. What was read of them before must be forgotten when this rises.
    pub fn rewrites(&self) -> u64 {
        self.state().rewrites
    }

    /// Whether a tombstone was recorded and what it names is not erased yet, because of a crash.
    pub fn waits_to_erase(&self) -> bool {
        self.folder().redact().exists()
    }

    /// Whether nothing was ever acknowledged.
    pub fn is_empty(&self) -> bool {
        self.state().end == Cursor::START
    }

    /// The cursor after the last acknowledged record.
    pub fn end(&self) -> Cursor {
        self.state().end
    }

    /// The cursor after the last acknowledged record as the files have it now, which may be less than what was seen of them: an
    /// older backup was put in their place.
    pub fn end_on_disk(&self) -> Result<Cursor, CorpusError> {
        Ok(look(self.folder(), None)?.end)
    }

    /// Looks whether another process has appended; true if something changed. Costs one small read.
    pub fn refresh(&self) -> Result<bool, CorpusError> {
        let seen = look(self.folder(), Some(&self.state()))?;
        Ok(self.take_in(seen))
    }

    /// What a writer of this process has just acknowledged.
    pub(super) fn acknowledged(&self, ack: &Ack) {
        self.take_in(State::of(ack));
    }

    fn take_in(&self, seen: State) -> bool {
        let mut state = self.shared.state.write().unwrap_or_else(PoisonError::into_inner);
        let same = (&state.identity, state.rewrites) == (&seen.identity, seen.rewrites);
        // Two threads may look at once; the one that saw less must not turn the journal back.
        let changed = if same { seen.end > state.end } else { true };
        if changed {
            *state = seen;
        }
        drop(state);
        if !same {
            self.cache().clear();
        }
        changed
    }

    /// The record at a place.
    pub fn read(&self, place: Place) -> Result<Record, CorpusError> {
        let lines = self.lines_at(place)?;
        record_of(place, lines.line(place.line).ok_or(CorpusError::NoRecord(place))?)
    }

    /// The line at a place, as it stands in the journal, without line end.
    pub fn read_line(&self, place: Place) -> Result<String, CorpusError> {
        let lines = self.lines_at(place)?;
        lines.line(place.line).map(str::to_string).ok_or(CorpusError::NoRecord(place))
    }

    /// The records at several places, in the order of `places`; each frame is unpacked once.
    pub fn read_many(&self, places: &[Place]) -> Result<Vec<Record>, CorpusError> {
        let mut order: Vec<usize> = (0..places.len()).collect();
        order.sort_by_key(|at| places.get(*at));
        let mut found = Vec::with_capacity(places.len());
        for at in order {
            if let Some(place) = places.get(at) {
                found.push((at, self.read(*place)?));
            }
        }
        found.sort_by_key(|(at, _)| *at);
        Ok(found.into_iter().map(|(_, record)| record).collect())
    }

    fn lines_at(&self, place: Place) -> Result<Arc<Lines>, CorpusError> {
        if let Some(lines) = self.cache().get(place.segment, place.frame) {
            return Ok(lines);
        }
        let (from, end) = (Cursor { segment: place.segment, offset: place.frame }, self.end());
        if from >= end {
            return Err(CorpusError::NoRecord(place));
        }
        let limit = if from.segment == end.segment { end.offset } else { u64::MAX };
        match Walk::new(self.folder(), from, limit)?.next_piece()? {
            Some(Piece { at, end, content: Content::Lines(text) }) => {
                let lines = Arc::new(Lines::of(Frame::new(at, end, text)));
                self.cache().put(&lines);
                Ok(lines)
            }
            _ => Err(CorpusError::NoRecord(place)),
        }
    }

    /// The records after a cursor, or all of them, up to the end as it is now, each with its place and the cursor after
    /// its frame. An error about damage is handed out in its place, and the scan goes on behind it.
    pub fn scan(&self, after: Option<Cursor>) -> Result<Scanned, CorpusError> {
        Ok(Scanned::new(self.scan_frames(after)?))
    }

    /// The same by whole frames, so that the caller can parse them in parallel ([`Frame::records`]).
    pub fn scan_frames(&self, after: Option<Cursor>) -> Result<Frames, CorpusError> {
        Ok(Frames::new(self.range(after)?))
    }

    pub(super) fn range(&self, after: Option<Cursor>) -> Result<Range, CorpusError> {
        let State { identity, end, .. } = self.state();
        let from = after.unwrap_or(Cursor::START);
        if from > end {
            return Err(CorpusError::BeyondEnd { cursor: from, end });
        }
        Ok(Range { folder: self.folder().clone(), journal: identity, from, end })
    }

    /// Takes the lock for writing, waiting at most `wait` for another writer, and repairs what a crash left behind
    /// ([`Writer::repaired`]). Released when the writer is dropped, or by the system when the process dies.
    ///
    /// Whoever keeps an index catches up with the journal after this and before the first append: the repair may have
    /// kept whole frames that nobody had acknowledged, and other processes may have written.
    pub fn writer(&self, wait: Duration) -> Result<Writer, CorpusError> {
        Writer::begin(self.clone(), wait)
    }
}

/// Reads how much is acknowledged. `before` is what was known before.
fn look(folder: &Folder, before: Option<&State>) -> Result<State, CorpusError> {
    if let Some(ack) = Ack::load(folder)? {
        return Ok(State::of(&ack));
    }
    let last = folder.last_segment()?;
    if last == 0 {
        return Ok(State { identity: None, rewrites: 0, end: Cursor::START, walked: None });
    }
    // Only somebody who removed or damaged `ACK` leads here: what is whole counts.
    let walked = Some((last, folder.length(last)?.unwrap_or(0)));
    match before {
        Some(before) if before.walked == walked => Ok(before.clone()),
        _ => {
            let identity = identity_of(folder, last)?;
            let tail = Tail::of(folder, identity.as_deref(), Cursor { segment: last, offset: 0 })?;
            Ok(State { identity, rewrites: 0, end: tail.end, walked })
        }
    }
}

/// The identity that the head of a segment states.
pub(super) fn identity_of(folder: &Folder, segment: u32) -> Result<Option<String>, CorpusError> {
    match Walk::new(folder, Cursor { segment, offset: 0 }, u64::MAX)?.next_piece() {
        Ok(Some(Piece { content: Content::Mark(Mark::Head { journal, .. }), .. })) => Ok(Some(journal)),
        Ok(_) | Err(CorpusError::Damaged(_)) => Ok(None),
        Err(error) => Err(error),
    }
}
