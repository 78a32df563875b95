//! What the operations on the corpus report.

use serde::Serialize;
use std::collections::BTreeMap;

/// Report of an import (contract: Command line).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ImportReport {
    /// Files read, archive members included.
    pub read: u64,
    /// Documents new to the corpus.
    pub new: u64,
    /// Documents that replaced an earlier revision.
    pub updated: u64,
    /// Documents already there.
    pub unchanged: u64,
    /// Files or lines refused.
    pub refused: u64,
    /// Files that are no documents of their pack.
    pub skipped: u64,
    /// Stretches of personal data that were masked before anything was recorded.
    pub masked: u64,
    /// One row per file.
    pub files: Vec<FileReport>,
    /// Damages of the journal, in Chinese: what they held is lacking.
    pub damage: Vec<String>,
    /// Chinese remarks: records not public, torn tail repaired, source disagreements.
    pub warnings: Vec<String>,
}

/// What became of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileReport {
    /// Path, ending in the member's path for archives.
    pub path: String,
    /// `new updated unchanged refused skipped`.
    pub outcome: &'static str,
    /// Error code if refused.
    pub code: Option<&'static str>,
    /// Line or byte, if refused.
    pub place: Option<String>,
    /// Chinese reason, if refused or skipped.
    pub message: Option<String>,
    /// Instrument or case id; of the first document if the file holds several.
    pub instrument: Option<String>,
    /// Articles (第X条) in the file; `null` if refused or skipped.
    pub articles: Option<u64>,
}

/// What `correct`, `relate`, `withdraw` and `rebuild` did.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct MaintenanceReport {
    /// Documents in the corpus afterwards.
    pub documents: u64,
    /// Provisions in the index that were written.
    pub provisions: u64,
    /// Cursor of the journal afterwards.
    pub cursor: String,
    /// Damages of the journal, in Chinese: what they held is lacking.
    pub damage: Vec<String>,
    /// Chinese remarks.
    pub warnings: Vec<String>,
}

/// What `export` wrote, and what it cannot write.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Exported {
    /// Documents written, as they were received.
    pub documents: u64,
    /// Records of persons (`correct relate withdraw`) on them, for which the format has no place.
    pub acts: u64,
    /// Documents that the journal holds and that can no longer be read.
    pub unreadable: u64,
    /// Why, in Chinese.
    pub damage: Vec<String>,
}

/// What `verify` saw.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct VerifyReport {
    /// Segments of the journal.
    pub segments: u64,
    /// Whole frames.
    pub frames: u64,
    /// Bytes of the journal.
    pub bytes: u64,
    /// Records by type.
    pub records: BTreeMap<String, u64>,
    /// Documents that stand (neither superseded nor withdrawn).
    pub documents: u64,
    /// Bytes of an unacknowledged torn tail (no damage).
    pub torn_tail_bytes: u64,
    /// Every damage to acknowledged data, in Chinese, with segment and byte.
    pub damage: Vec<String>,
    /// Every damage to the index, in Chinese, with the file; a rebuild mends it.
    pub index_damage: Vec<String>,
    /// Original files that are kept.
    pub originals: u64,
    /// Every damage to original files, in Chinese, with the file.
    pub originals_damage: Vec<String>,
}
