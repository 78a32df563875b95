//! Reading the journal from a cursor to its end, frame by frame.

use super::error::{CorpusError, Flaw};
use super::frame::{Content, LINE_BYTES_MAX};
use super::mark::{self, Mark};
use super::place::{Cursor, Place};
use super::record::{Put, RECORD_FORMAT, Record};
use super::segment::{Folder, Piece, Walk};
use rayon::prelude::*;
use serde::Deserialize;
use std::collections::VecDeque;

/// One frame of whole lines, unpacked and proved by its checksum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    at: Cursor,
    end: Cursor,
    text: String,
}

impl Frame {
    pub(super) fn new(at: Cursor, end: Cursor, text: String) -> Frame {
        Frame { at, end, text }
    }

    /// Where it begins.
    pub fn at(&self) -> Cursor {
        self.at
    }

    /// The cursor after it: who has taken in this frame goes on from here.
    pub fn end(&self) -> Cursor {
        self.end
    }

    /// Its lines, each ended by `\n`.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its lines with their places, without line ends.
    pub fn lines(&self) -> impl Iterator<Item = (Place, &str)> {
        let (segment, frame) = (self.at.segment, self.at.offset);
        (0..).zip(self.text.lines()).map(move |(line, text)| (Place { segment, frame, line }, text))
    }

    /// Its records with their places. Parsing costs more than unpacking: call it from several threads, a frame each.
    pub fn records(&self) -> impl Iterator<Item = Result<(Place, Record), CorpusError>> {
        self.lines().map(|(place, line)| Ok((place, record_of(place, line)?)))
    }
}

/// The records of several frames, in their order, parsed on all cores.
pub fn records(frames: Vec<Frame>) -> Result<Vec<(Place, Record)>, CorpusError> {
    let parsed: Result<Vec<Vec<(Place, Record)>>, CorpusError> =
        frames.into_par_iter().map(|frame| frame.records().collect()).collect();
    Ok(parsed?.into_iter().flatten().collect())
}

/// Reads one line.
pub(super) fn record_of(place: Place, line: &str) -> Result<Record, CorpusError> {
    let damaged = |flaw| CorpusError::damaged(place.segment, place.frame, flaw);
    if line.len() > LINE_BYTES_MAX {
        return Err(damaged(Flaw::LineTooLong { line: place.line }));
    }
    // Almost all records are documents. Read as such at once they need not be held as a tree to look at their type first.
    let read = if line.starts_with(r#"{"type":"put","#) {
        serde_json::from_str::<Put>(line).map(|put| Record::Put(Box::new(put)))
    } else {
        serde_json::from_str::<Record>(line)
    };
    match read {
        Ok(record) if record.version() <= RECORD_FORMAT => Ok(record),
        Ok(record) => Err(CorpusError::Newer { place, version: u64::from(record.version()) }),
        Err(error) => Err(match stated_version(line) {
            Some(version) if version > u64::from(RECORD_FORMAT) => CorpusError::Newer { place, version },
            _ => damaged(Flaw::NotARecord { line: place.line, reason: error.to_string() }),
        }),
    }
}

/// The format that a line states, whatever else stands in it.
fn stated_version(line: &str) -> Option<u64> {
    #[derive(Deserialize)]
    struct Stated {
        v: u64,
    }
    serde_json::from_str::<Stated>(line).ok().map(|stated| stated.v)
}

/// Which part of a journal is read.
#[derive(Debug, Clone)]
pub(super) struct Range {
    pub folder: Folder,
    /// Identity of the journal, if it is known.
    pub journal: Option<String>,
    pub from: Cursor,
    pub end: Cursor,
}

/// Frames and marks of all segments in order, with every irregularity between them. It goes on after damage.
pub(super) struct Pieces {
    range: Range,
    walk: Option<Walk>,
    /// Frames of this segment so far; `None` if not all of it was seen whole.
    frames: Option<u64>,
    sealed: bool,
    /// What stands ready behind an irregularity.
    ready: VecDeque<Result<Piece, CorpusError>>,
    over: bool,
}

impl Pieces {
    pub(super) fn new(range: Range) -> Pieces {
        Pieces { range, walk: None, frames: None, sealed: false, ready: VecDeque::new(), over: false }
    }

    fn is_last(&self) -> bool {
        self.range.from.segment >= self.range.end.segment
    }

    /// Begins the segment at `range.from`; false at the end of the journal.
    fn begin(&mut self) -> Result<bool, CorpusError> {
        let (from, end) = (self.range.from, self.range.end);
        if from >= end {
            self.over = true;
            return Ok(false);
        }
        let limit = if self.is_last() { end.offset } else { u64::MAX };
        self.frames = (from.offset == 0).then_some(0);
        self.sealed = false;
        match Walk::new(&self.range.folder, from, limit) {
            Ok(walk) => self.walk = Some(walk),
            Err(error) => {
                self.go_on_after(&error);
                return Err(error);
            }
        }
        Ok(true)
    }

    /// Damage ends a segment that cannot be opened; anything else ends the scan.
    fn go_on_after(&mut self, error: &CorpusError) {
        match error {
            CorpusError::Damaged(_) => self.next_segment(),
            _ => self.over = true,
        }
    }

    fn next_segment(&mut self) {
        self.walk = None;
        match self.range.from.segment.checked_add(1) {
            Some(segment) => self.range.from = Cursor { segment, offset: 0 },
            None => self.over = true,
        }
    }

    /// The end of a segment: is everything there?
    fn finish(&mut self, at: Cursor) -> Result<(), CorpusError> {
        let (last, sealed, end) = (self.is_last(), self.sealed, self.range.end);
        self.next_segment();
        if last && at < end {
            let flaw = Flaw::Short { acknowledged: end.offset, found: at.offset };
            return Err(CorpusError::damaged(at.segment, at.offset, flaw));
        }
        if !last && !sealed {
            return Err(CorpusError::damaged(at.segment, at.offset, Flaw::Unsealed));
        }
        Ok(())
    }

    /// What is irregular about a piece that is whole in itself.
    fn check(&mut self, piece: &Piece) -> Result<(), Flaw> {
        let first = piece.at.offset == 0;
        if std::mem::replace(&mut self.sealed, matches!(piece.content, Content::Mark(Mark::Seal { .. }))) {
            return Err(Flaw::Unexpected);
        }
        match &piece.content {
            Content::Mark(Mark::Head { format, journal, segment }) => {
                let known = self.range.journal.get_or_insert_with(|| journal.clone());
                let right = (*format, *segment) == (mark::FORMAT, piece.at.segment) && journal == known;
                if first && right { Ok(()) } else { Err(Flaw::Head) }
            }
            _ if first => Err(Flaw::Head),
            Content::Mark(Mark::Gap {}) => Ok(()),
            Content::Mark(Mark::Seal { .. }) if self.is_last() => Err(Flaw::Unexpected),
            Content::Mark(Mark::Seal { frames: stated, .. }) => match self.frames {
                Some(found) if found != *stated => Err(Flaw::Count { what: "帧", stated: *stated, found }),
                _ => Ok(()),
            },
            Content::Lines(_) => {
                self.frames = self.frames.map(|frames| frames + 1);
                Ok(())
            }
        }
    }

    /// One step; `None` when there is nothing to hand out yet.
    fn step(&mut self) -> Option<Result<Piece, CorpusError>> {
        if self.walk.is_none() {
            match self.begin() {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => return Some(Err(error)),
            }
        }
        let walk = self.walk.as_mut()?;
        match walk.next_piece() {
            Ok(Some(piece)) => {
                if let Err(flaw) = self.check(&piece) {
                    let error = CorpusError::damaged(piece.at.segment, piece.at.offset, flaw);
                    self.ready.push_back(Ok(piece));
                    return Some(Err(error));
                }
                Some(Ok(piece))
            }
            Ok(None) => {
                let at = walk.at();
                self.finish(at).err().map(Err)
            }
            Err(error) => {
                self.frames = None;
                let recovered = if matches!(error, CorpusError::Damaged(_)) { walk.recover() } else { Ok(()) };
                if !matches!(error, CorpusError::Damaged(_)) || recovered.is_err() {
                    self.over = true;
                }
                Some(Err(error))
            }
        }
    }
}

impl Iterator for Pieces {
    type Item = Result<Piece, CorpusError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.over || !self.ready.is_empty() {
            if let Some(item) = self.ready.pop_front().or_else(|| self.step()) {
                return Some(item);
            }
        }
        None
    }
}

/// The frames after a cursor, in order ([`super::Journal::scan_frames`]). After an error about damage it goes on with
/// the next whole frame.
pub struct Frames {
    pieces: Pieces,
}

impl Frames {
    pub(super) fn new(range: Range) -> Frames {
        Frames { pieces: Pieces::new(range) }
    }
}

impl Iterator for Frames {
    type Item = Result<Frame, CorpusError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.pieces.next()? {
                Ok(Piece { at, end, content: Content::Lines(text) }) => return Some(Ok(Frame { at, end, text })),
                Ok(_) => {}
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

/// The records after a cursor, in order ([`super::Journal::scan`]), each with the cursor after its frame.
pub struct Scanned {
    frames: Frames,
    frame: Option<Frame>,
    /// Byte offset in the text of the frame.
    next: usize,
    line: u32,
}

impl Scanned {
    pub(super) fn new(frames: Frames) -> Scanned {
        Scanned { frames, frame: None, next: 0, line: 0 }
    }
}

impl Iterator for Scanned {
    type Item = Result<(Place, Record, Cursor), CorpusError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(frame) = &self.frame
                && let Some(rest) = frame.text.get(self.next..).filter(|rest| !rest.is_empty())
            {
                let line = rest.split('\n').next().unwrap_or(rest);
                let place = Place { segment: frame.at.segment, frame: frame.at.offset, line: self.line };
                self.next += line.len() + 1;
                self.line += 1;
                return Some(record_of(place, line).map(|record| (place, record, frame.end)));
            }
            match self.frames.next()? {
                Ok(frame) => (self.frame, self.next, self.line) = (Some(frame), 0, 0),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}
