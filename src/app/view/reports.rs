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
    /// The same by type.
    pub acts_by_type: BTreeMap<String, u64>,
    /// Documents written by kind: `legislation normative case`.
    pub kinds: BTreeMap<String, u64>,
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

/// What a sync with another node did.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct SyncReport {
    /// The address of the other node.
    pub peer: String,
    /// The nodes whose records are accepted from it.
    pub accept: Vec<String>,
    /// Whether everything that stood there was read.
    pub complete: bool,
    /// Records received.
    pub received: u64,
    /// Records appended.
    pub taken: u64,
    /// Records that were there already.
    pub unchanged: u64,
    /// Records refused.
    pub refused: u64,
    /// Why, and the first of each.
    pub reasons: Vec<SyncReason>,
    /// Where the next sync goes on.
    pub cursor: String,
    /// Why it ended before the end, in Chinese.
    pub interrupted: Option<String>,
    /// Damages of the journal, in Chinese: what they held is lacking.
    pub damage: Vec<String>,
    /// Chinese remarks.
    pub warnings: Vec<String>,
}

/// Records refused for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SyncReason {
    /// Stable code.
    pub code: &'static str,
    /// The reason in Chinese, with the remedy.
    pub message: &'static str,
    /// How many.
    pub count: u64,
    /// The first of them.
    pub examples: Vec<SyncRefused>,
}

/// A record that was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SyncRefused {
    /// Document id; empty where the line has none.
    pub id: String,
    /// Origin of a document, node of an act; empty where the line has none.
    pub from: String,
    /// What exactly, in Chinese.
    pub message: String,
}
