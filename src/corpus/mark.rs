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
    /// Room that a frame left when lines of it were erased: so everything behind it stays in its place.
    Gap {},
}

/// Shortest gap, in bytes.
pub(super) const GAP_BYTES_MIN: usize = PREFIX_BYTES + GAP.len();

/// Content of a gap; spaces follow it.
const GAP: &[u8] = br#"{"gap":{}}"#;

/// Gaps that fill so many bytes; `None` if there is less room than one takes.
pub(super) fn gaps(bytes: usize) -> Option<Vec<u8>> {
    let mut filled = Vec::with_capacity(bytes);
    while filled.len() < bytes {
        let room = bytes - filled.len();
        let whole = room.min(PREFIX_BYTES + CONTENT_BYTES_MAX);
        // What is left must take another one.
        let length = if (1..GAP_BYTES_MIN).contains(&(room - whole)) { whole - GAP_BYTES_MIN } else { whole };
        let spaces = length.checked_sub(GAP_BYTES_MIN)?;
        filled.extend_from_slice(&MAGIC);
        filled.extend_from_slice(&((length - PREFIX_BYTES) as u32).to_le_bytes());
        filled.extend_from_slice(GAP);
        filled.resize(filled.len() + spaces, b' ');
    }
    Some(filled)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_fill_any_room_from_one_on() {
        assert_eq!(gaps(0), Some(Vec::new()));
        assert!((1..GAP_BYTES_MIN).all(|bytes| gaps(bytes).is_none()));
        let most = PREFIX_BYTES + CONTENT_BYTES_MAX;
        for bytes in (GAP_BYTES_MIN..200).chain(most - 2..most + 40).chain([3 * most + 1, 1 << 20]) {
            let filled = gaps(bytes).unwrap();
            assert_eq!(filled.len(), bytes);
            let mut rest = filled.as_slice();
            while let Some((prefix, behind)) = rest.split_at_checked(PREFIX_BYTES) {
                let length = u32::from_le_bytes(prefix[4..].try_into().unwrap()) as usize;
                assert_eq!((&prefix[..4], Mark::read(&behind[..length])), (&MAGIC[..], Some(Mark::Gap {})), "{bytes}");
                rest = &behind[length..];
            }
            assert!(rest.is_empty(), "{bytes}");
        }
    }
}
