//! Segment files: their names, and walking along their frames.

use super::error::{CorpusError, Damage, Flaw};
use super::frame::{self, Content, FRAME_BYTES_MAX};
use super::mark;
use super::place::Cursor;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// How much is read at once; a longer frame makes it read on.
const READ_BYTES: usize = 1 << 20;

/// Longest frame in the file, in bytes. zstd makes incompressible content longer by less than one part in a hundred.
const PACKED_BYTES_MAX: usize = FRAME_BYTES_MAX + FRAME_BYTES_MAX / 64;

/// The folder of a corpus and the names in it.
#[derive(Debug, Clone)]
pub(super) struct Folder {
    corpus: PathBuf,
    journal: PathBuf,
}

impl Folder {
    pub(super) fn new(corpus: &Path) -> Folder {
        Folder { corpus: corpus.to_path_buf(), journal: corpus.join("journal") }
    }

    /// Where the lock file and the journal lie.
    pub(super) fn corpus(&self) -> &Path {
        &self.corpus
    }

    /// Where the segments lie.
    pub(super) fn journal(&self) -> &Path {
        &self.journal
    }

    /// The lock file.
    pub(super) fn lock(&self) -> PathBuf {
        self.corpus.join("LOCK")
    }

    /// The file that says what is acknowledged.
    pub(super) fn ack(&self) -> PathBuf {
        self.journal.join("ACK")
    }

    /// The file that says that something waits to be erased.
    pub(super) fn redact(&self) -> PathBuf {
        self.journal.join("REDACT")
    }

    /// A segment as it is written anew.
    pub(super) fn rewritten(&self, number: u32) -> PathBuf {
        self.journal.join(format!("{number:08}.new"))
    }

    /// The file of a segment.
    pub(super) fn segment(&self, number: u32) -> PathBuf {
        self.journal.join(format!("{number:08}.jsonl.zst"))
    }

    /// Length of a segment in bytes; `None` if there is no such file.
    pub(super) fn length(&self, number: u32) -> Result<Option<u64>, CorpusError> {
        let path = self.segment(number);
        match std::fs::metadata(&path) {
            Ok(metadata) => Ok(Some(metadata.len())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(CorpusError::reading(&path, error)),
        }
    }

    /// Greatest number of a segment file; 0 if there is none.
    pub(super) fn last_segment(&self) -> Result<u32, CorpusError> {
        let failed = |error| CorpusError::reading(&self.journal, error);
        let entries = match std::fs::read_dir(&self.journal) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
            Err(error) => return Err(failed(error)),
        };
        let mut last = 0;
        for entry in entries {
            let name = entry.map_err(failed)?.file_name();
            last = last.max(name.to_str().and_then(number_of).unwrap_or(0));
        }
        Ok(last)
    }
}

/// The number in the name of a segment file.
fn number_of(name: &str) -> Option<u32> {
    let digits = name.strip_suffix(".jsonl.zst")?;
    let number = digits.parse().ok()?;
    (format!("{number:08}") == digits).then_some(number)
}

/// Makes the names in a folder durable.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// One frame or mark of a segment.
#[derive(Debug)]
pub(super) struct Piece {
    /// Where it begins.
    pub at: Cursor,
    /// Where the next one begins.
    pub end: Cursor,
    /// What is in it.
    pub content: Content,
}

/// Walks along the frames of one segment file up to a limit. After a damaged frame it goes on at the next whole one.
pub(super) struct Walk {
    path: PathBuf,
    file: File,
    segment: u32,
    /// Offset in the file of the next frame.
    offset: u64,
    limit: u64,
    /// Bytes of the file from `offset`, beginning at `start`.
    buffer: Vec<u8>,
    start: usize,
}

impl Walk {
    /// A walk from `from` to `limit`, or to the end of the file where that comes first.
    pub(super) fn new(folder: &Folder, from: Cursor, limit: u64) -> Result<Walk, CorpusError> {
        let path = folder.segment(from.segment);
        let open = || -> io::Result<(File, u64)> {
            let mut file = File::open(&path)?;
            let limit = limit.min(file.metadata()?.len());
            file.seek(SeekFrom::Start(from.offset))?;
            Ok((file, limit))
        };
        match open() {
            Ok((file, limit)) => {
                let (segment, offset) = (from.segment, from.offset);
                Ok(Walk { path, file, segment, offset, limit, buffer: Vec::new(), start: 0 })
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(CorpusError::damaged(from.segment, 0, Flaw::Missing))
            }
            Err(error) => Err(CorpusError::reading(&path, error)),
        }
    }

    /// Where the next frame is looked for.
    pub(super) fn at(&self) -> Cursor {
        Cursor { segment: self.segment, offset: self.offset }
    }

    /// The next frame; `None` at the limit. The walk does not move past a damaged one until [`Walk::recover`].
    pub(super) fn next_piece(&mut self) -> Result<Option<Piece>, CorpusError> {
        if self.offset >= self.limit {
            return Ok(None);
        }
        let at = self.at();
        let length = self.next_length()?;
        let frame = self.buffer.get(self.start..self.start + length).unwrap_or_default();
        let content = frame::unpack(frame).map_err(|flaw| CorpusError::Damaged(self.damage(flaw)))?;
        self.advance(length);
        Ok(Some(Piece { at, end: self.at(), content }))
    }

    /// Length of the frame at the place of the walk; its bytes are in the buffer.
    fn next_length(&mut self) -> Result<usize, CorpusError> {
        let mut wanted = READ_BYTES.min(PACKED_BYTES_MAX);
        loop {
            let complete = self.fill(wanted)?;
            match frame::length(self.rest()) {
                Ok(length) => return Ok(length),
                Err(Flaw::Truncated) if !complete && wanted < PACKED_BYTES_MAX => {
                    wanted = (wanted * 2).min(PACKED_BYTES_MAX);
                }
                Err(flaw) => return Err(CorpusError::Damaged(self.damage(flaw))),
            }
        }
    }

    fn rest(&self) -> &[u8] {
        self.buffer.get(self.start..).unwrap_or_default()
    }

    fn damage(&self, flaw: Flaw) -> Damage {
        Damage { segment: self.segment, offset: self.offset, flaw }
    }

    /// Reads until the buffer holds `wanted` bytes; true when it holds all up to the limit.
    fn fill(&mut self, wanted: usize) -> Result<bool, CorpusError> {
        let left = usize::try_from(self.limit.saturating_sub(self.offset)).unwrap_or(usize::MAX);
        let held = self.buffer.len() - self.start;
        if held < wanted.min(left) {
            self.buffer.drain(..self.start);
            self.start = 0;
            let more = (wanted.min(left) - held) as u64;
            let read = (&mut self.file).take(more).read_to_end(&mut self.buffer);
            let read = read.map_err(|error| CorpusError::reading(&self.path, error))?;
            if (read as u64) < more {
                // Another process cut the file meanwhile: what is gone cannot be read.
                self.limit = self.offset + self.rest().len() as u64;
                return Ok(true);
            }
        }
        Ok(self.buffer.len() - self.start >= left)
    }

    fn advance(&mut self, bytes: usize) {
        self.start += bytes;
        self.offset += bytes as u64;
    }

    /// After damage: moves to the next place where a whole frame stands, or to the limit.
    pub(super) fn recover(&mut self) -> Result<(), CorpusError> {
        self.fill(READ_BYTES)?;
        self.advance(self.rest().len().min(1));
        loop {
            let complete = self.fill(READ_BYTES)?;
            match find_magic(self.rest()) {
                Some(found) => {
                    self.advance(found);
                    if self.stands_whole()? {
                        return Ok(());
                    }
                    self.advance(1);
                }
                None if complete => {
                    self.advance(self.rest().len());
                    return Ok(());
                }
                // The last three bytes may begin a magic number that the next read completes.
                None => self.advance(self.rest().len() - 3),
            }
        }
    }

    fn stands_whole(&mut self) -> Result<bool, CorpusError> {
        match self.next_length() {
            Ok(length) => Ok(frame::unpack(self.rest().get(..length).unwrap_or_default()).is_ok()),
            Err(CorpusError::Damaged(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

fn find_magic(bytes: &[u8]) -> Option<usize> {
    bytes.windows(4).position(|window| window == frame::MAGIC || window == mark::MAGIC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers() {
        let folder = Folder::new(Path::new("corpus"));
        assert_eq!(folder.segment(7), Path::new("corpus/journal/00000007.jsonl.zst"));
        assert_eq!(number_of("00000007.jsonl.zst"), Some(7));
        assert_eq!(number_of("123456789.jsonl.zst"), Some(123_456_789));
        for other in ["7.jsonl.zst", "00000007.jsonl", "+0000007.jsonl.zst", "0000000７.jsonl.zst", "ACK"] {
            assert_eq!(number_of(other), None, "{other}");
        }
    }
}
