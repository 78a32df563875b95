//! Walking the whole journal and proving every frame, line and digest of it.

use super::ack::Ack;
use super::digest::digest_of_value;
use super::error::{CorpusError, Damage, Flaw};
use super::frame::Content;
use super::journal::Journal;
use super::mark::Mark;
use super::place::{Cursor, Place};
use super::record::{Record, Withdraw};
use super::repair::Behind;
use super::scan::{Frame, Pieces, record_of};
use super::segment::Piece;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// What [`Journal::verify`] found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verification {
    /// Segments.
    pub segments: u64,
    /// Whole frames of records.
    pub frames: u64,
    /// Acknowledged bytes on the disk.
    pub bytes: u64,
    /// Bytes of text in the frames.
    pub text_bytes: u64,
    /// Records by type: `put`, `correct`, `relate`, `withdraw`, `redact`, `erased`.
    pub records: BTreeMap<&'static str, u64>,
    /// Documents that stand: pairs of id and origin, neither superseded nor withdrawn.
    pub documents: u64,
    /// Everything damaged, in the order of the journal.
    pub damage: Vec<Damage>,
    /// What stands behind the acknowledged end: left by a crash, or being written by somebody now. No damage.
    pub tail: Option<TornTail>,
}

/// Bytes behind the acknowledged end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TornTail {
    /// Where they begin.
    pub at: Cursor,
    /// How many, in all segments.
    pub bytes: u64,
    /// Records in whole frames among them, which the next writer keeps.
    pub whole_records: u64,
}

impl Journal {
    /// Walks every acknowledged frame and proves checksums, lines, digests and marks. `progress` is told the bytes done
    /// and the bytes of all. Damage is in the answer; an error is a disk that cannot be read or a format not known here.
    ///
    /// `own` is the name of the node whose journal it is: acts of other nodes take away only what is theirs.
    pub fn verify(&self, own: &str, progress: &mut dyn FnMut(u64, u64)) -> Result<Verification, CorpusError> {
        self.refresh()?;
        let ack = Ack::load(self.folder())?;
        let range = self.range(None)?;
        let end = range.end;
        let mut walk = Verifier { own: own.to_string(), ..Verifier::default() };
        let of = walk.measure(self, end)?;
        let mut sofar = Cursor::START;
        let mut done = 0;
        for piece in Pieces::new(range) {
            match piece {
                Ok(piece) => {
                    done += piece.end.offset - piece.at.offset;
                    sofar = piece.end;
                    walk.piece(piece)?;
                    progress(done, of);
                }
                Err(CorpusError::Damaged(damage)) => walk.found.damage.push(damage),
                Err(error) => return Err(error),
            }
        }
        walk.end(self, ack.as_ref(), sofar, end)
    }
}

/// What is known so far.
#[derive(Default)]
struct Verifier {
    own: String,
    found: Verification,
    /// Records of the segment that is walked.
    records: u64,
    segment: u32,
    standing: BTreeMap<String, BTreeSet<String>>,
}

/// What one line is.
enum Line {
    Put { id: String, origin: String },
    Withdraw(Withdraw),
    Other(&'static str),
}

impl Verifier {
    /// Counts segments and bytes; returns the bytes.
    fn measure(&mut self, journal: &Journal, end: Cursor) -> Result<u64, CorpusError> {
        for segment in (1..end.segment).chain((end.offset > 0).then_some(end.segment)) {
            let length = journal.folder().length(segment)?;
            self.found.segments += u64::from(length.is_some());
            let length = length.unwrap_or(0);
            self.found.bytes += if segment == end.segment { length.min(end.offset) } else { length };
        }
        Ok(self.found.bytes)
    }

    fn piece(&mut self, piece: Piece) -> Result<(), CorpusError> {
        if piece.at.segment != self.segment {
            (self.segment, self.records) = (piece.at.segment, 0);
        }
        match piece.content {
            Content::Lines(text) => self.frame(&Frame::new(piece.at, piece.end, text)),
            Content::Mark(Mark::Seal { records: stated, .. }) => {
                self.compare_records(piece.at, stated);
                Ok(())
            }
            Content::Mark(Mark::Head { .. } | Mark::Gap {}) => Ok(()),
        }
    }

    /// Every record of the segment was seen, unless damage already told why not.
    fn compare_records(&mut self, at: Cursor, stated: u64) {
        let found = self.records;
        if stated != found && !self.found.damage.iter().any(|damage| damage.segment == at.segment) {
            self.damage(at, Flaw::Count { what: "记录", stated, found });
        }
    }

    fn damage(&mut self, at: Cursor, flaw: Flaw) {
        self.found.damage.push(Damage { segment: at.segment, offset: at.offset, flaw });
    }

    fn frame(&mut self, frame: &Frame) -> Result<(), CorpusError> {
        self.found.frames += 1;
        self.found.text_bytes += frame.text().len() as u64;
        let lines: Vec<(Place, &str)> = frame.lines().collect();
        self.records += lines.len() as u64;
        let lines: Vec<_> = lines.into_par_iter().map(|(place, line)| prove(place, line)).collect();
        for line in lines {
            match line {
                Ok(line) => self.count(line),
                Err(CorpusError::Damaged(damage)) => self.found.damage.push(damage),
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn count(&mut self, line: Line) {
        let kind = match line {
            Line::Put { id, origin } => {
                self.standing.entry(id).or_default().insert(origin);
                "put"
            }
            Line::Withdraw(act) => {
                if let Some(origins) = self.standing.get_mut(act.id.as_str()) {
                    origins.retain(|origin| !act.takes(origin, &self.own));
                }
                "withdraw"
            }
            Line::Other(kind) => kind,
        };
        *self.found.records.entry(kind).or_default() += 1;
    }

    fn end(
        mut self,
        journal: &Journal,
        ack: Option<&Ack>,
        sofar: Cursor,
        end: Cursor,
    ) -> Result<Verification, CorpusError> {
        self.found.documents = self.standing.values().map(|origins| origins.len() as u64).sum();
        match ack {
            None if journal.folder().last_segment()? > 0 => {
                self.damage(Cursor { segment: 0, offset: 0 }, Flaw::NoAck);
            }
            Some(ack) if sofar == end && self.segment == end.segment && ack.end() == end => {
                self.compare_records(end, ack.records);
            }
            _ => {}
        }
        self.behind(journal, ack, end)?;
        Ok(self.found)
    }

    /// What the next writer would find behind the acknowledged end.
    fn behind(&mut self, journal: &Journal, ack: Option<&Ack>, end: Cursor) -> Result<(), CorpusError> {
        let repair = match Behind::of(journal.folder(), ack.cloned()) {
            Ok(behind) => behind.and_then(|behind| behind.repair),
            Err(CorpusError::Damaged(damage)) => {
                if !self.found.damage.iter().any(|told| told.segment == damage.segment) {
                    self.found.damage.push(damage);
                }
                return Ok(());
            }
            Err(error) => return Err(error),
        };
        let mut bytes = 0;
        for segment in end.segment..=journal.folder().last_segment()? {
            let before = if segment == end.segment { end.offset } else { 0 };
            bytes += journal.folder().length(segment)?.unwrap_or(0).saturating_sub(before);
        }
        if let Some(repair) = repair.filter(|_| bytes > 0) {
            let whole_records = if repair.restored_ack { 0 } else { repair.kept_records };
            self.found.tail = Some(TornTail { at: end, bytes, whole_records });
        }
        Ok(())
    }
}

/// Reads a line as a record and proves the digest of its document from the JSON as it stands there.
fn prove(place: Place, line: &str) -> Result<Line, CorpusError> {
    Ok(match record_of(place, line)? {
        Record::Put(put) => {
            let document = serde_json::from_str::<serde_json::Value>(line)
                .ok()
                .and_then(|mut value| value.get_mut("document").map(serde_json::Value::take))
                .unwrap_or_default();
            let id = put.id.0;
            if digest_of_value(document) != put.digest {
                let flaw = Flaw::Digest { line: place.line, id };
                return Err(CorpusError::damaged(place.segment, place.frame, flaw));
            }
            Line::Put { id, origin: put.origin }
        }
        Record::Withdraw(withdraw) => Line::Withdraw(withdraw),
        Record::Correct(_) => Line::Other("correct"),
        Record::Relate(_) => Line::Other("relate"),
        Record::Redact(_) => Line::Other("redact"),
        Record::Erased(_) => Line::Other("erased"),
    })
}
