//! What a backup must copy of a journal that goes on being written.

use super::ack::Ack;
use super::error::CorpusError;
use super::segment::Folder;
use std::path::{Path, PathBuf};

/// The acknowledged part of a journal at one time. What is appended later changes none of these bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Captured {
    /// The file `ACK` as it was.
    pub ack: Vec<u8>,
    /// Segments with the bytes of each that count.
    pub segments: Vec<(PathBuf, u64)>,
}

/// Captures the journal in a corpus folder; `None` if there is none.
///
/// # Errors
/// A file that cannot be read, or an `ACK` of which no line can be believed.
pub fn capture(corpus: &Path) -> Result<Option<Captured>, CorpusError> {
    let folder = Folder::new(corpus);
    let path = folder.ack();
    let ack = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(CorpusError::reading(&path, error)),
    };
    let unreadable = || CorpusError::reading(&path, std::io::Error::other("no line of it can be believed"));
    let end = Ack::of(&ack).ok_or_else(unreadable)?.end();
    let mut segments = Vec::new();
    for number in 1..=end.segment {
        let length = if number == end.segment { Some(end.offset) } else { folder.length(number)? };
        segments.push((folder.segment(number), length.unwrap_or_default()));
    }
    // What waits to be erased is erased in the copy too.
    if folder.redact().exists() {
        segments.push((folder.redact(), 0));
    }
    Ok(Some(Captured { ack, segments }))
}
