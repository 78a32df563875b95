//! The file `ACK`: how much of the journal is acknowledged.
//!
//! Two lines of [`SLOT_BYTES`] each, written in turn and fsynced after the frames they vouch for; the greater turn counts.
//! A line that a crash tore fails its check, and then the other one, written before, still stands. The file never grows,
//! so that a full disk cannot keep an acknowledgement from being written.

use super::digest::sha256_hex;
use super::error::CorpusError;
use super::place::Cursor;
use super::segment::{self, Folder};
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};

/// Length of one line with its line end: one sector, which disks write whole.
const SLOT_BYTES: usize = 512;

/// What is acknowledged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ack {
    /// Version of this line.
    pub format: u32,
    /// Identity of the journal: random, made with it.
    pub journal: String,
    /// Rises by one with every acknowledgement.
    pub turn: u64,
    /// Last segment.
    pub segment: u32,
    /// Bytes of the last segment that count.
    pub length: u64,
    /// Where the last frame of records begins in it; 0 if there is none.
    pub last: u64,
    /// How often lines of it were erased. Places stay as they are.
    pub rewrites: u64,
    /// Frames of records in the last segment.
    pub frames: u64,
    /// Records in the last segment.
    pub records: u64,
    /// First 16 hex digits of the SHA-256 of the line without this field; computed when the line is written.
    pub check: String,
}

impl Ack {
    /// The acknowledgement of a journal that was just made.
    pub(super) fn first(journal: String) -> Ack {
        Ack {
            format: 1,
            journal,
            turn: 0,
            segment: 1,
            length: 0,
            last: 0,
            rewrites: 0,
            frames: 0,
            records: 0,
            check: String::new(),
        }
    }

    /// Where the acknowledged records end.
    pub(super) fn end(&self) -> Cursor {
        Cursor { segment: self.segment, offset: self.length }
    }

    fn digest(&self) -> String {
        let Ack { format, journal, turn, segment, length, last, rewrites, frames, records, check: _ } = self;
        let text = format!("{format} {journal} {turn} {segment} {length} {last} {rewrites} {frames} {records}");
        sha256_hex(text.as_bytes())[..16].to_string()
    }

    fn line(&self) -> String {
        let sealed = Ack { check: self.digest(), ..self.clone() };
        // Numbers and short strings always have a JSON form.
        let json = serde_json::to_string(&sealed).unwrap_or_default();
        format!("{json:<width$}\n", width = SLOT_BYTES - 1)
    }

    fn read_line(slot: &[u8]) -> Option<Ack> {
        let text = std::str::from_utf8(slot).ok()?.strip_suffix('\n')?;
        let ack: Ack = serde_json::from_str(text.trim_end_matches(' ')).ok()?;
        (ack.format == 1 && ack.check == ack.digest()).then_some(ack)
    }

    /// The acknowledgement that counts in the bytes of the file.
    pub(super) fn of(bytes: &[u8]) -> Option<Ack> {
        bytes.chunks_exact(SLOT_BYTES).take(2).filter_map(Ack::read_line).max_by_key(|ack| ack.turn)
    }

    /// Reads the file; `None` if it is missing or no line of it can be believed.
    pub(super) fn load(folder: &Folder) -> Result<Option<Ack>, CorpusError> {
        let path = folder.ack();
        let mut bytes = Vec::with_capacity(2 * SLOT_BYTES);
        match File::open(&path).and_then(|file| file.take(2 * SLOT_BYTES as u64).read_to_end(&mut bytes)) {
            Ok(_) => Ok(Ack::of(&bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(CorpusError::reading(&path, error)),
        }
    }

    /// Makes the file, whole or not at all.
    pub(super) fn create(&self, folder: &Folder) -> Result<(), CorpusError> {
        let (path, fresh) = (folder.ack(), folder.journal().join("ACK.new"));
        let write = || {
            let mut file = File::create(&fresh)?;
            file.write_all(self.line().repeat(2).as_bytes())?;
            file.sync_all()?;
            std::fs::rename(&fresh, &path)?;
            segment::sync_folder(folder.journal())
        };
        write().map_err(|error| CorpusError::writing(&path, error))
    }

    /// Writes the next acknowledgement and waits until it is on the disk.
    pub(super) fn store(&self, folder: &Folder) -> Result<(), CorpusError> {
        let path = folder.ack();
        let write = || {
            let mut file = OpenOptions::new().write(true).open(&path)?;
            file.seek(SeekFrom::Start((self.turn % 2) * SLOT_BYTES as u64))?;
            file.write_all(self.line().as_bytes())?;
            file.sync_data()
        };
        write().map_err(|error| CorpusError::writing(&path, error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two(turn: u64) -> Vec<u8> {
        let earlier = Ack { turn, length: 10, ..Ack::first("a1".into()) };
        let later = Ack { turn: turn + 1, length: 20, ..earlier.clone() };
        let mut lines = [earlier, later];
        lines.sort_by_key(|ack| ack.turn % 2);
        lines.iter().map(Ack::line).collect::<String>().into_bytes()
    }

    #[test]
    fn the_later_line_counts() {
        for turn in 0..3 {
            let bytes = two(turn);
            assert_eq!(bytes.len(), 2 * SLOT_BYTES);
            assert_eq!(Ack::of(&bytes).unwrap().length, 20);
        }
    }

    #[test]
    fn a_torn_line_leaves_the_other() {
        let bytes = two(1);
        // Turn 2 stands first; whatever is written over part of it, turn 1 remains, and no third state appears.
        let next = Ack { turn: 3, length: 30, ..Ack::first("a1".into()) };
        let line = next.line().into_bytes();
        for written in 0..SLOT_BYTES {
            let mut torn = bytes.clone();
            torn[SLOT_BYTES..SLOT_BYTES + written].copy_from_slice(&line[..written]);
            let length = Ack::of(&torn).unwrap().length;
            assert!(length == 20 || length == 30, "{written}: {length}");
        }
    }

    #[test]
    fn every_flipped_bit_is_noticed() {
        let line = Ack { turn: 7, length: 1234, records: 5, ..Ack::first("00ff".into()) }.line().into_bytes();
        let ack = Ack::read_line(&line).unwrap();
        for at in 0..line.len() * 8 {
            let mut flipped = line.clone();
            flipped[at / 8] ^= 1 << (at % 8);
            if let Some(read) = Ack::read_line(&flipped) {
                assert_eq!(read, ack, "bit {at}");
            }
        }
    }
}
