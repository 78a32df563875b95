//! The one writer: packs records into frames, waits until they are on the disk, and only then acknowledges them.

use super::ack::Ack;
use super::digest::sha256_hex;
use super::erase::{self, Erasure};
use super::error::CorpusError;
use super::frame::{self, LINE_BYTES_MAX};
use super::journal::{Journal, Limits};
use super::line::Line;
use super::lock::Lock;
use super::mark::{self, Mark};
use super::place::Place;
use super::record::Record;
use super::repair::{self, Repair, shorten};
use super::segment::{Folder, sync_folder};
use rayon::prelude::*;
use std::fs::{File, OpenOptions};
use std::hash::{BuildHasher, RandomState};
use std::io::{Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::time::Duration;

/// How many frames are packed at once for each thread; bounds the memory of a large batch.
const FRAMES_PER_THREAD: usize = 2;

/// Holds the lock and appends. Dropping it releases the lock.
pub struct Writer {
    journal: Journal,
    /// `None` until the journal exists: nothing imported leaves nothing behind.
    ack: Option<Ack>,
    repaired: Option<Repair>,
    halted: bool,
    _lock: Lock,
}

impl Writer {
    pub(super) fn begin(journal: Journal, wait: Duration) -> Result<Writer, CorpusError> {
        let lock = Lock::take(journal.folder(), wait)?;
        let (ack, repaired) = repair::repair(journal.folder())?;
        journal.refresh()?;
        Ok(Writer { journal, ack, repaired, halted: false, _lock: lock })
    }

    /// What had to be put right when the lock was taken.
    pub fn repaired(&self) -> Option<&Repair> {
        self.repaired.as_ref()
    }

    /// Appends a batch and returns the places of its records, in their order. On return it is on the disk and seen by
    /// every reader. On an error none of it is acknowledged, and everything acknowledged before is untouched.
    ///
    /// Each batch costs two waits for the disk and begins a frame of its own: append many records at once.
    pub fn append(&mut self, records: &[Record]) -> Result<Vec<Place>, CorpusError> {
        self.append_each(records)
    }

    /// The same with records of other journals, byte for byte as they stand there.
    pub fn append_lines(&mut self, lines: &[Line]) -> Result<Vec<Place>, CorpusError> {
        self.append_each(lines)
    }

    /// Erases what tombstones name, as [`Redact`](super::record::Redact) says, if any was appended since the last time, be it
    /// before a crash; `None` if nothing waits. `own` is the name of the node whose journal it is.
    ///
    /// # Errors
    /// A journal that cannot be read or written or is damaged: then it is tried again the next time.
    pub fn erase(&mut self, own: &str) -> Result<Option<Erasure>, CorpusError> {
        let Some(ack) = self.ack.clone().filter(|_| !self.halted) else { return Ok(None) };
        let Some((ack, erasure)) = erase::erase(self.journal.folder(), &ack, own)? else { return Ok(None) };
        self.journal.acknowledged(&ack);
        self.ack = Some(ack);
        Ok(Some(erasure))
    }

    /// The same for all tombstones of the journal, also where nothing waits: after a restore.
    ///
    /// # Errors
    /// As [`Writer::erase`].
    pub fn erase_again(&mut self, own: &str) -> Result<Option<Erasure>, CorpusError> {
        if self.ack.is_some() {
            erase::begin(self.journal.folder())?;
        }
        self.erase(own)
    }

    fn append_each<T: Written>(&mut self, records: &[T]) -> Result<Vec<Place>, CorpusError> {
        if self.halted {
            return Err(CorpusError::Halted);
        }
        if records.is_empty() {
            return Ok(Vec::new());
        }
        let folder = self.journal.folder().clone();
        let before = match self.ack.take() {
            Some(ack) => ack,
            None => make(&folder)?,
        };
        self.ack = Some(before.clone());
        if records.iter().any(T::redacts) {
            erase::begin(&folder)?;
        }
        let written = Batch::begin(&folder, self.journal.limits(), before.clone())
            .and_then(|mut batch| batch.write(records).and_then(|places| Ok((batch.finish()?, places))));
        let (ack, places) = match written {
            Ok(written) => written,
            Err(error) => {
                self.halted = undo(&folder, &before).is_err();
                return Err(error);
            }
        };
        if let Err(error) = ack.store(&folder) {
            // Whether the acknowledgement reached the disk is not known, so the frames must stay.
            self.halted = true;
            return Err(error);
        }
        self.journal.acknowledged(&ack);
        self.ack = Some(ack);
        Ok(places)
    }
}

/// Makes the folder of the journal with its first acknowledgement.
fn make(folder: &Folder) -> Result<Ack, CorpusError> {
    let made = std::fs::create_dir_all(folder.journal()).and_then(|()| sync_folder(folder.corpus()));
    made.map_err(|error| CorpusError::writing(folder.journal(), error))?;
    let ack = Ack::first(random_name());
    ack.create(folder)?;
    Ok(ack)
}

/// 32 hex digits that no other journal has: the standard library takes the keys of its hash tables from the system's
/// source of random numbers.
fn random_name() -> String {
    let random = [RandomState::new().hash_one(0), RandomState::new().hash_one(1)];
    let now = std::time::SystemTime::now();
    sha256_hex(format!("{random:?} {now:?} {}", std::process::id()).as_bytes())[..32].to_string()
}

/// Takes back what a failed batch has written.
fn undo(folder: &Folder, before: &Ack) -> Result<(), CorpusError> {
    if let Some(next) = before.segment.checked_add(1) {
        shorten(folder, next, 0)?;
    }
    shorten(folder, before.segment, before.length)
}

/// A batch on its way to the disk.
struct Batch<'a> {
    folder: &'a Folder,
    limits: Limits,
    path: PathBuf,
    file: File,
    /// What will be acknowledged.
    ack: Ack,
    /// Whether the name of the file is not durable yet.
    fresh: bool,
}

impl<'a> Batch<'a> {
    /// Opens the last segment for appending, or a new one if it is full.
    fn begin(folder: &'a Folder, limits: Limits, before: Ack) -> Result<Batch<'a>, CorpusError> {
        let mut ack = Ack { turn: before.turn + 1, ..before };
        if ack.length >= limits.segment_bytes {
            seal(folder, &ack)?;
            let segment = ack.segment.checked_add(1).ok_or(CorpusError::Halted)?;
            ack = Ack { segment, length: 0, last: 0, frames: 0, records: 0, ..ack };
        }
        let path = folder.segment(ack.segment);
        let file = open_at(&path, ack.length)?;
        let fresh = ack.length == 0;
        let mut batch = Batch { folder, limits, path, file, ack, fresh };
        if fresh {
            let (journal, segment) = (batch.ack.journal.clone(), batch.ack.segment);
            batch.put(&Mark::Head { format: mark::FORMAT, journal, segment }.bytes())?;
        }
        Ok(batch)
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), CorpusError> {
        self.file.write_all(bytes).map_err(|error| CorpusError::writing(&self.path, error))?;
        self.ack.length += bytes.len() as u64;
        Ok(())
    }

    /// Packs and writes the records, a bounded number of frames at a time.
    fn write<T: Written>(&mut self, records: &[T]) -> Result<Vec<Place>, CorpusError> {
        let groups = groups(records, self.limits.frame_bytes);
        let mut places = Vec::with_capacity(records.len());
        for some in groups.chunks(FRAMES_PER_THREAD * rayon::current_num_threads()) {
            let packed: Vec<_> = some.par_iter().map(|group| packed(group, self.limits.frame_bytes)).collect();
            for frames in packed {
                for Packed { frame, lines } in frames? {
                    let (segment, at) = (self.ack.segment, self.ack.length);
                    self.put(&frame.map_err(|error| CorpusError::writing(&self.path, error))?)?;
                    self.ack.last = at;
                    self.ack.frames += 1;
                    self.ack.records += u64::from(lines);
                    places.extend((0..lines).map(|line| Place { segment, frame: at, line }));
                }
            }
        }
        Ok(places)
    }

    /// Waits until everything is on the disk.
    fn finish(self) -> Result<Ack, CorpusError> {
        let sync = || {
            if self.fresh {
                self.file.sync_all()?;
                return sync_folder(self.folder.journal());
            }
            self.file.sync_data()
        };
        sync().map_err(|error| CorpusError::writing(&self.path, error))?;
        Ok(self.ack)
    }
}

fn open_at(path: &std::path::Path, length: u64) -> Result<File, CorpusError> {
    let open = || {
        let mut file = OpenOptions::new().write(true).create(true).truncate(false).open(path)?;
        file.seek(SeekFrom::Start(length))?;
        Ok(file)
    };
    open().map_err(|error| CorpusError::writing(path, error))
}

/// Closes a segment: durable before the next one is begun.
fn seal(folder: &Folder, ack: &Ack) -> Result<(), CorpusError> {
    let path = folder.segment(ack.segment);
    let mut file = open_at(&path, ack.length)?;
    let mark = Mark::Seal { frames: ack.frames, records: ack.records };
    let write = file.write_all(&mark.bytes()).and_then(|()| file.sync_data());
    write.map_err(|error| CorpusError::writing(&path, error))
}

/// Cuts a batch into groups of about `frame_bytes` of text.
fn groups<T: Written>(records: &[T], frame_bytes: usize) -> Vec<&[T]> {
    let (mut groups, mut start, mut bytes) = (Vec::new(), 0, 0);
    for (at, record) in records.iter().enumerate() {
        if at > start && bytes + record.about_bytes() > frame_bytes {
            groups.extend(records.get(start..at));
            (start, bytes) = (at, 0);
        }
        bytes += record.about_bytes();
    }
    groups.extend(records.get(start..));
    groups
}

/// What becomes one line of the journal.
trait Written: Sync {
    /// About how long its line is.
    fn about_bytes(&self) -> usize;

    /// What it is about, for messages.
    fn id(&self) -> String;

    /// Whether it is a tombstone.
    fn redacts(&self) -> bool;

    /// Its line, without the end.
    fn write(&self, text: &mut Vec<u8>) -> Result<(), CorpusError>;
}

impl Written for Record {
    fn about_bytes(&self) -> usize {
        match self {
            Record::Put(put) => put.document.text.len() + 512,
            _ => 512,
        }
    }

    fn id(&self) -> String {
        Record::id(self).to_string()
    }

    fn redacts(&self) -> bool {
        matches!(self, Record::Redact(_))
    }

    fn write(&self, text: &mut Vec<u8>) -> Result<(), CorpusError> {
        serde_json::to_writer(text, self)
            .map_err(|error| CorpusError::BadRecord { id: Written::id(self), reason: error.to_string() })
    }
}

impl Written for Line {
    fn about_bytes(&self) -> usize {
        self.text().len()
    }

    fn id(&self) -> String {
        self.record().id().to_string()
    }

    fn redacts(&self) -> bool {
        self.record().redacts()
    }

    fn write(&self, text: &mut Vec<u8>) -> Result<(), CorpusError> {
        text.extend_from_slice(self.text().as_bytes());
        Ok(())
    }
}

/// A frame ready to be written.
struct Packed {
    frame: std::io::Result<Vec<u8>>,
    lines: u32,
}

impl Packed {
    fn of(text: &[u8], lines: u32) -> Packed {
        Packed { frame: frame::pack(text), lines }
    }
}

/// The lines of a group as one frame, or as several where they turn out much longer than was thought.
fn packed<T: Written>(group: &[T], frame_bytes: usize) -> Result<Vec<Packed>, CorpusError> {
    let mut text = Vec::with_capacity(group.iter().map(T::about_bytes).sum());
    let (mut frames, mut lines) = (Vec::new(), 0);
    for record in group {
        let start = text.len();
        record.write(&mut text)?;
        let bytes = text.len() - start;
        if bytes > LINE_BYTES_MAX {
            return Err(CorpusError::RecordTooLarge { id: record.id(), bytes });
        }
        text.push(b'\n');
        lines += 1;
        if text.len() > frame_bytes.saturating_mul(2) {
            frames.push(Packed::of(&text, lines));
            (text, lines) = (Vec::new(), 0);
        }
    }
    if lines > 0 {
        frames.push(Packed::of(&text, lines));
    }
    Ok(frames)
}
