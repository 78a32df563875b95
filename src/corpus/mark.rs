//! Marks between the frames: the head and the seal of a segment, as zstd skippable frames, which `zstdcat` passes over.

use serde::{Deserialize, Serialize};

/// Version of the layout of a segment.
pub(super) const FORMAT: u32 = 1;

/// First bytes of a skippable frame, in the order of the file.
pub(super) const MAGIC: [u8; 4] = [0x50, 0x2A, 0x4D, 0x18];

/// Magic and length.
pub(super) const PREFIX_BYTES: usize = 8;

/// Longest content of a mark, in bytes.
pub(super) const CONTENT_BYTES_MAX: usize = 4096;

/// A mark, as one JSON object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Mark {
    /// The first thing in a segment.
    Head {
        /// [`FORMAT`].
        format: u32,
        /// Identity of the journal.
        journal: String,
        /// Number of the segment.
        segment: u32,
    },
    /// The last thing in a segment that is followed by another.
    Seal {
        /// Frames of records in the segment.
        frames: u64,
        /// Records in the segment.
        records: u64,
    },
}

impl Mark {
    /// The skippable frame.
    pub(super) fn bytes(&self) -> Vec<u8> {
        // A mark has only numbers and a short string, so it always has a JSON form, far below the limit.
        let content = serde_json::to_vec(self).unwrap_or_default();
        let mut bytes = Vec::with_capacity(PREFIX_BYTES + content.len());
        bytes.extend_from_slice(&MAGIC);
        bytes.extend_from_slice(&(content.len() as u32).to_le_bytes());
        bytes.extend_from_slice(&content);
        bytes
    }

    /// Reads the content of a skippable frame.
    pub(super) fn read(content: &[u8]) -> Option<Mark> {
        serde_json::from_slice(content).ok()
    }
}
