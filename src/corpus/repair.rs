//! What a crash leaves after the acknowledged end, and how a writer deals with it.
//!
//! Whole frames are kept: they are what somebody wanted to write, and nobody is told that they are missing. What is not
//! whole is cut off. Nothing before the acknowledged end is ever touched; if something is wrong there, nobody writes.

use super::ack::Ack;
use super::error::{CorpusError, Flaw};
use super::frame::Content;
use super::journal::identity_of;
use super::mark::{self, Mark};
use super::place::Cursor;
use super::segment::{Folder, Piece, Walk, sync_folder};
use std::fs::OpenOptions;

/// What a writer put right when it began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// Where the journal ends now.
    pub end: Cursor,
    /// Bytes of a torn tail that were cut off.
    pub cut_bytes: u64,
    /// Records in whole frames that had not been acknowledged and were kept.
    pub kept_records: u64,
    /// Whether the file `ACK` was missing or unreadable and was made anew.
    pub restored_ack: bool,
}

/// What stands in one segment after an offset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tail {
    /// After the last whole frame, before a seal.
    pub end: Cursor,
    /// Where the last whole frame of records begins.
    pub last: Option<u64>,
    /// Whole frames of records.
    pub frames: u64,
    /// Records in them.
    pub records: u64,
    /// Whether the frames are followed by the seal of the segment.
    pub sealed: bool,
    /// Bytes behind all that.
    pub rest: u64,
    /// Why the rest is not whole.
    pub flaw: Option<Flaw>,
}

impl Tail {
    /// Reads the segment `from.segment` from `from.offset` to the end of the file. `journal` is the identity that a head
    /// must state.
    pub(super) fn of(folder: &Folder, journal: Option<&str>, from: Cursor) -> Result<Tail, CorpusError> {
        let mut tail = Tail { end: from, last: None, frames: 0, records: 0, sealed: false, rest: 0, flaw: None };
        let Some(length) = folder.length(from.segment)? else { return Ok(tail) };
        let mut walk = Walk::new(folder, from, u64::MAX)?;
        let mut whole = from.offset;
        loop {
            let piece = match walk.next_piece() {
                Ok(Some(piece)) => piece,
                Ok(None) => break,
                Err(CorpusError::Damaged(damage)) => {
                    tail.flaw = Some(damage.flaw);
                    break;
                }
                Err(error) => return Err(error),
            };
            if !tail.takes(&piece, journal) {
                tail.flaw = Some(Flaw::Unexpected);
                break;
            }
            whole = piece.end.offset;
        }
        tail.rest = length.saturating_sub(whole);
        Ok(tail)
    }

    /// Takes in a whole piece if it may stand there.
    fn takes(&mut self, piece: &Piece, journal: Option<&str>) -> bool {
        let first = piece.at.offset == 0;
        match &piece.content {
            Content::Lines(text) if !first && !self.sealed => {
                self.last = Some(piece.at.offset);
                self.frames += 1;
                self.records += text.bytes().filter(|byte| *byte == b'\n').count() as u64;
            }
            Content::Mark(Mark::Head { format, journal: stated, segment }) if first => {
                let known = journal.is_none_or(|journal| journal == stated);
                if *format != mark::FORMAT || *segment != piece.at.segment || !known {
                    return false;
                }
            }
            Content::Mark(Mark::Gap {}) if !first && !self.sealed => {}
            Content::Mark(Mark::Seal { .. }) if !first && !self.sealed => {
                self.sealed = true;
                return true;
            }
            _ => return false,
        }
        self.end = piece.end;
        true
    }
}

/// What stands behind the acknowledged end, and what a writer makes of it.
pub(super) struct Behind {
    /// What will be acknowledged.
    ack: Ack,
    /// Number and length of the segment in which the journal will end; what follows it goes.
    keep: (u32, u64),
    /// What has to be done, if anything.
    pub repair: Option<Repair>,
}

/// Puts the journal right and returns what is acknowledged; `None` for a journal that does not exist yet. The caller
/// holds the lock.
pub(super) fn repair(folder: &Folder) -> Result<(Option<Ack>, Option<Repair>), CorpusError> {
    let ack = Ack::load(folder)?;
    let restored = ack.is_none();
    let Some(behind) = Behind::of(folder, ack)? else { return Ok((None, None)) };
    if behind.repair.is_some() {
        behind.carry_out(folder, restored)?;
    }
    Ok((Some(behind.ack), behind.repair))
}

/// Without `ACK`, every whole frame of the last segment is a tail that is kept.
fn unacknowledged(folder: &Folder, last: u32) -> Result<Ack, CorpusError> {
    let identity = identity_of(folder, last)?.ok_or(CorpusError::damaged(last, 0, Flaw::Head))?;
    Ok(Ack { segment: last, ..Ack::first(identity) })
}

/// Everything acknowledged must be there.
fn check_acknowledged(folder: &Folder, ack: &Ack) -> Result<(), CorpusError> {
    for segment in 1..ack.segment {
        folder.length(segment)?.ok_or(CorpusError::damaged(segment, 0, Flaw::Missing))?;
    }
    let found = folder.length(ack.segment)?.unwrap_or(0);
    if found < ack.length {
        let flaw = Flaw::Short { acknowledged: ack.length, found };
        return Err(CorpusError::damaged(ack.segment, found, flaw));
    }
    if ack.frames > 0 {
        check_last_frame(folder, ack)?;
    }
    Ok(())
}

/// The last acknowledged frame, with the gaps that erased lines left behind it, ends where the acknowledged part ends. So
/// nothing is written, and nothing cut, behind bytes that were moved.
fn check_last_frame(folder: &Folder, ack: &Ack) -> Result<(), CorpusError> {
    let at = Cursor { segment: ack.segment, offset: ack.last };
    let moved = || CorpusError::damaged(at.segment, at.offset, Flaw::NoFrame);
    let mut walk = Walk::new(folder, at, ack.length)?;
    let Some(Piece { mut end, content: Content::Lines(_), .. }) = walk.next_piece()? else { return Err(moved()) };
    while let Some(piece) = walk.next_piece()? {
        if piece.content != Content::Mark(Mark::Gap {}) {
            return Err(moved());
        }
        end = piece.end;
    }
    if end == ack.end() { Ok(()) } else { Err(moved()) }
}

/// Without `ACK`, only a frame that goes on after the end of the file is surely torn. Anything else may be damage to
/// what was acknowledged, and is not cut off.
fn refuse_doubt(tail: &Tail) -> Result<(), CorpusError> {
    match &tail.flaw {
        None | Some(Flaw::Truncated) => Ok(()),
        Some(flaw) => Err(CorpusError::damaged(tail.end.segment, tail.end.offset, flaw.clone())),
    }
}

impl Behind {
    /// Looks behind what `ack` says; without one, at the whole last segment. `None` if there is no journal. An error of
    /// damage if anything acknowledged is missing, or if something stands there that no crash explains.
    pub(super) fn of(folder: &Folder, ack: Option<Ack>) -> Result<Option<Behind>, CorpusError> {
        let last = folder.last_segment()?;
        let restored = ack.is_none();
        let before = match ack {
            Some(ack) => ack,
            None if last == 0 => return Ok(None),
            None => unacknowledged(folder, last)?,
        };
        check_acknowledged(folder, &before)?;
        let (mut ack, mut kept_records) = (before.clone(), 0);
        let tail = loop {
            let tail = Tail::of(folder, Some(&ack.journal), ack.end())?;
            kept_records += tail.records;
            if !(tail.sealed && tail.rest == 0 && begins(folder, &ack, last)?) {
                break tail;
            }
            ack = Ack { segment: ack.segment + 1, length: 0, last: 0, frames: 0, records: 0, ..ack };
        };
        if restored {
            refuse_doubt(&tail)?;
        }
        let cut_bytes = folder.length(ack.segment)?.unwrap_or(0) - tail.end.offset + torn_segment(folder, &ack, last)?;
        let sound = cut_bytes == 0 && kept_records == 0 && !restored && tail.end == before.end();
        let repair = Repair { end: tail.end, cut_bytes, kept_records, restored_ack: restored };
        let next = Ack {
            turn: ack.turn + u64::from(!sound),
            length: tail.end.offset,
            last: tail.last.unwrap_or(ack.last),
            frames: ack.frames + tail.frames,
            records: ack.records + tail.records,
            ..ack
        };
        let keep = (next.segment, next.length);
        Ok(Some(Behind { ack: next, keep, repair: (!sound).then_some(repair) }))
    }

    /// Later things first, so that a crash in between leaves a state that the next repair understands.
    fn carry_out(&self, folder: &Folder, restored: bool) -> Result<(), CorpusError> {
        let (segment, length) = self.keep;
        if let Some(next) = segment.checked_add(1) {
            shorten(folder, next, 0)?;
        }
        shorten(folder, segment, length)?;
        sync_folder(folder.journal()).map_err(|error| CorpusError::writing(folder.journal(), error))?;
        if restored { self.ack.create(folder) } else { self.ack.store(folder) }
    }
}

/// Whether the segment after that of `ack` is there and holds whole frames.
fn begins(folder: &Folder, ack: &Ack, last: u32) -> Result<bool, CorpusError> {
    if last <= ack.segment {
        return Ok(false);
    }
    let from = Cursor { segment: ack.segment + 1, offset: 0 };
    Ok(Tail::of(folder, Some(&ack.journal), from)?.records > 0)
}

/// Bytes of the segment after that in which the journal ends: begun in a crash and not whole. Anything more there is
/// damage: a seal is on the disk before the next segment is begun, and that is whole before the one after it.
fn torn_segment(folder: &Folder, ack: &Ack, last: u32) -> Result<u64, CorpusError> {
    if last <= ack.segment {
        return Ok(0);
    }
    if begins(folder, ack, last)? {
        return Err(CorpusError::damaged(ack.segment, folder.length(ack.segment)?.unwrap_or(0), Flaw::Unsealed));
    }
    if last > ack.segment + 1 {
        return Err(CorpusError::damaged(ack.segment + 2, 0, Flaw::Unexpected));
    }
    Ok(folder.length(last)?.unwrap_or(0))
}

/// Cuts a segment file, if it is there, back to a length; nothing left means that the file goes. Durable on return.
pub(super) fn shorten(folder: &Folder, segment: u32, length: u64) -> Result<(), CorpusError> {
    let path = folder.segment(segment);
    if folder.length(segment)?.is_none() {
        return Ok(());
    }
    let cut = || {
        if length == 0 {
            std::fs::remove_file(&path)?;
            return sync_folder(folder.journal());
        }
        let file = OpenOptions::new().write(true).open(&path)?;
        if file.metadata()?.len() > length {
            file.set_len(length)?;
        }
        // Frames that are kept may not be on the disk yet.
        file.sync_all()
    };
    cut().map_err(|error| CorpusError::writing(&path, error))
}
