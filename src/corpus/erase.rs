//! Erasing what a tombstone names: lines that stood before it are overwritten with what may be known of them ([`Erased`]).
//!
//! Every line and frame stays in its place, so that places, cursors and counts mean what they meant; a frame that becomes
//! shorter is followed by a gap. A segment is written anew beside the old one and put in its place, whole or not at all. The
//! file `REDACT` lies in the journal from before a tombstone is written until everything it names is erased, so that a crash
//! in between is made good by the next writer.

use super::ack::Ack;

use super::digest::sha256_hex;
use super::error::CorpusError;
use super::frame::{self, Content};
use super::mark;
use super::originals::Originals;
use super::place::{Cursor, Place};
use super::record::{Correct, Erased, Record, Redact};
use super::scan::record_of;
use super::segment::{Folder, Piece, Walk, sync_folder};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Write};

/// Levels of compression that are tried until the frame fits into the room of the old one.
const LEVELS: [i32; 4] = [5, 12, 19, 22];

/// Characters that are tried as a filling, for the same reason: a gap takes some room at least.
const FILLING_MAX: usize = 96;

/// What was erased.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Erasure {
    /// Lines overwritten.
    pub lines: u64,
    /// Kept originals removed, by their digest.
    pub originals: Vec<String>,
}

/// Lines to overwrite: segment → frame → line → its new text.
type Lines = BTreeMap<u32, BTreeMap<u64, BTreeMap<u32, String>>>;

/// Notes, before a tombstone is written, that there is something to erase.
pub(super) fn begin(folder: &Folder) -> Result<(), CorpusError> {
    let path = folder.redact();
    let make = || File::create(&path)?.sync_all().and_then(|()| sync_folder(folder.journal()));
    make().map_err(|error| CorpusError::writing(&path, error))
}

/// Erases what the tombstones of the journal name, and the kept originals of it; `None` if nothing waits to be erased. The caller
/// holds the lock; the journal is whole and ends at `ack`.
pub(super) fn erase(folder: &Folder, ack: &Ack, own: &str) -> Result<Option<(Ack, Erasure)>, CorpusError> {
    let path = folder.redact();
    let failed = |error| CorpusError::writing(&path, error);
    if !path.try_exists().map_err(failed)? {
        return Ok(None);
    }
    let (lines, originals) = Named::of(folder, ack, own)?.erased()?;
    let mut erasure = Erasure {
        lines: lines.values().flat_map(BTreeMap::values).map(|of| of.len() as u64).sum(),
        ..Erasure::default()
    };
    // First, because erased lines name them no more.
    let store = Originals::of(folder.corpus());
    for digest in originals {
        if store.remove(&digest)? {
            erasure.originals.push(digest);
        }
    }
    for (segment, frames) in &lines {
        rewrite(folder, *segment, frames)?;
    }
    for segment in 1..=ack.segment {
        // Half written before a crash.
        let _ = fs::remove_file(folder.rewritten(segment));
    }
    // Readers forget what they hold when this rises.
    let ack = Ack { turn: ack.turn + 1, rewrites: ack.rewrites + 1, ..ack.clone() };
    ack.store(folder)?;
    fs::remove_file(&path).and_then(|()| sync_folder(folder.journal())).map_err(failed)?;
    Ok(Some((ack, erasure)))
}

/// The tombstones of a journal, and the records that they may name.
struct Named {
    own: String,
    tombstones: Vec<(Place, Redact)>,
    records: Vec<(Place, Record)>,
}

impl Named {
    fn of(folder: &Folder, ack: &Ack, own: &str) -> Result<Named, CorpusError> {
        let mut named = Named { own: own.to_string(), tombstones: Vec::new(), records: Vec::new() };
        each_line(folder, ack, &mut |place, line| {
            if line.contains(r#""type":"redact""#)
                && let Record::Redact(redact) = record_of(place, line)?
            {
                named.tombstones.push((place, redact));
            }
            Ok(())
        })?;
        let ids: BTreeSet<String> =
            named.tombstones.iter().map(|(_, redact)| serde_json::json!(redact.id.as_str()).to_string()).collect();
        each_line(folder, ack, &mut |place, line| {
            if ids.iter().any(|id| line.contains(id.as_str())) {
                named.records.push((place, record_of(place, line)?));
            }
            Ok(())
        })?;
        Ok(named)
    }

    /// The lines to overwrite, and the originals that they came from.
    fn erased(self) -> Result<(Lines, BTreeSet<String>), CorpusError> {
        let (mut lines, mut originals) = (Lines::new(), BTreeSet::new());
        for (place, record) in &self.records {
            let named = |(at, redact): &(Place, Redact)| at > place && redact.names(record, &self.own);
            let Some(left) = self.tombstones.iter().any(named).then(|| left_of(record)).flatten() else { continue };
            let text = serde_json::to_string(&left)
                .map_err(|error| CorpusError::BadRecord { id: record.id().to_string(), reason: error.to_string() })?;
            lines.entry(place.segment).or_default().entry(place.frame).or_default().insert(place.line, text);
            if let Record::Put(put) = record {
                originals.extend(put.file_sha256.clone());
            }
        }
        Ok((lines, originals))
    }
}

/// What stands in the place of a record that is erased; `None` if it says nothing any more.
fn left_of(record: &Record) -> Option<Record> {
    match record {
        // Who may read the document goes on; why does not.
        Record::Correct(act) if act.field == "access" => {
            let (reason, proof) = (String::new(), String::new());
            let says = !is_filling(&act.reason) || !act.proof.is_empty();
            says.then(|| Record::Correct(Correct { reason, proof, ..act.clone() }))
        }
        record => Erased::of(record).map(Record::Erased),
    }
}

/// Every acknowledged line. Nothing is erased of a damaged journal: that is mended first.
fn each_line(
    folder: &Folder,
    ack: &Ack,
    visit: &mut dyn FnMut(Place, &str) -> Result<(), CorpusError>,
) -> Result<(), CorpusError> {
    for segment in 1..=ack.segment {
        let limit = if segment == ack.segment { ack.length } else { u64::MAX };
        let mut walk = Walk::new(folder, Cursor { segment, offset: 0 }, limit)?;
        while let Some(Piece { at, content, .. }) = walk.next_piece()? {
            let Content::Lines(text) = content else { continue };
            for (line, text) in (0..).zip(text.lines()) {
                visit(Place { segment, frame: at.offset, line }, text)?;
            }
        }
    }
    Ok(())
}

/// Writes a segment with other lines in some of its frames.
fn rewrite(folder: &Folder, segment: u32, frames: &BTreeMap<u64, BTreeMap<u32, String>>) -> Result<(), CorpusError> {
    let (path, fresh) = (folder.segment(segment), folder.rewritten(segment));
    let failed = |error: io::Error| CorpusError::writing(&fresh, error);
    let bytes = fs::read(&path).map_err(|error| CorpusError::reading(&path, error))?;
    let mut file = File::create(&fresh).map_err(failed)?;
    let mut upto = 0;
    for (at, lines) in frames {
        let at = usize::try_from(*at).unwrap_or(usize::MAX);
        let rest = bytes.get(at..).unwrap_or_default();
        let damaged = |flaw| CorpusError::damaged(segment, at as u64, flaw);
        let length = frame::length(rest).map_err(damaged)?;
        let Content::Lines(text) = frame::unpack(&rest[..length]).map_err(damaged)? else { continue };
        let packed = fitted(&text, lines, length).map_err(failed)?;
        file.write_all(bytes.get(upto..at).unwrap_or_default()).map_err(failed)?;
        file.write_all(&packed).map_err(failed)?;
        upto = at + length;
    }
    let mut finish = || {
        file.write_all(bytes.get(upto..).unwrap_or_default())?;
        file.sync_all()?;
        fs::rename(&fresh, &path)?;
        sync_folder(folder.journal())
    };
    finish().map_err(failed)
}

/// How the reason of a correction begins.
const REASON: &str = r#""reason":""#;

/// Whether a reason is one that an earlier erasure has left.
fn is_filling(reason: &str) -> bool {
    reason.len() < FILLING_MAX && filling_of(reason.len()).unwrap_or_default() == reason
}

/// Characters that hardly shrink; `None` for none of them.
fn filling_of(length: usize) -> Option<String> {
    let digests = sha256_hex(&length.to_le_bytes()) + &sha256_hex(b"room");
    digests.get(..length).filter(|filling| !filling.is_empty()).map(str::to_string)
}

/// The new text of a line with a filling: of an erased one beside everything else, of a correction that stays in the place of its
/// reason.
fn filled(left: &str, filling: &str) -> String {
    match left.starts_with(r#"{"type":"erased""#) {
        true => format!(r#"{},"room":"{filling}"}}"#, left.trim_end_matches('}')),
        false => left.replacen(REASON, &format!("{REASON}{filling}"), 1),
    }
}

/// A frame with some lines replaced, and the gap behind it, in exactly so many bytes.
fn fitted(text: &str, lines: &BTreeMap<u32, String>, bytes: usize) -> io::Result<Vec<u8>> {
    for filling in 0..FILLING_MAX {
        let mut replaced = Vec::with_capacity(text.len());
        let mut room = filling_of(filling);
        for (number, line) in (0..).zip(text.lines()) {
            match (lines.get(&number), room.take()) {
                (Some(left), Some(filling)) => replaced.extend_from_slice(filled(left, &filling).as_bytes()),
                (Some(left), None) => replaced.extend_from_slice(left.as_bytes()),
                (None, filling) => {
                    room = filling;
                    replaced.extend_from_slice(line.as_bytes());
                }
            }
            replaced.push(b'\n');
        }
        for level in LEVELS {
            let mut packed = frame::pack_at(level, &replaced)?;
            if let Some(gap) = bytes.checked_sub(packed.len()).and_then(mark::gaps) {
                packed.extend_from_slice(&gap);
                return Ok(packed);
            }
        }
    }
    Err(io::Error::other("what is left of erased lines does not fit into their place"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_keeps_its_length_whatever_is_replaced() {
        // Every document has a digest of its own, which no packing makes shorter.
        let put = |n: usize| {
            let (digest, text) = (sha256_hex(&n.to_le_bytes()), "渡口".repeat(n % 90));
            format!(r#"{{"type":"put","id":"c-{n}","digest":"{digest}","document":{{"text":"{text}"}}}}"#)
        };
        for count in 1..60 {
            let text: String = (0..count).map(|n| put(n * 7) + "\n").collect();
            let room = frame::pack(text.as_bytes()).unwrap().len();
            for replaced in [0, count / 2, count - 1] {
                let left = format!(r#"{{"type":"erased","id":"c-{}"}}"#, replaced * 7);
                let lines = BTreeMap::from([(replaced as u32, left.clone())]);
                let packed = fitted(&text, &lines, room).unwrap();
                assert_eq!(packed.len(), room);
                let length = frame::length(&packed).unwrap();
                let Content::Lines(read) = frame::unpack(&packed[..length]).unwrap() else { panic!("lines") };
                assert_eq!(read.lines().count(), count);
                let is = read.lines().nth(replaced).unwrap();
                assert!(is.starts_with(left.trim_end_matches('}')) && is.ends_with('}'), "{is}");
                let same = |(n, line): (usize, &str)| n == replaced || line == text.lines().nth(n).unwrap();
                assert!(read.lines().enumerate().all(same));
            }
        }
    }

    #[test]
    fn what_does_not_fit_is_told() {
        let lines = BTreeMap::from([(0, "0123456789".repeat(40))]);
        assert!(fitted("{}\n", &lines, 20).is_err());
    }
}
