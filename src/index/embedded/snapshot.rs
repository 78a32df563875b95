//! One generation of the index: what was committed at one time, and the generations that cursors still need.

use super::admitted::{self, Admitted, Admitting};
use super::bits::Bits;
use super::cursor::hex;
use super::fuse::{self, Candidate, Weighing};
use super::leaf::Leaf;
use super::remembered::Remembered;
use super::schema::Fields;
use super::weigh::Weigher;
use crate::index::{EngineError, IndexState};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tantivy::Searcher;
use tantivy::index::SegmentId;

/// How long a generation is kept after a cursor into it was used.
const KEPT_FOR: Duration = Duration::from_secs(600);
/// How many generations are kept for cursors.
const KEPT_MAX: usize = 8;

/// One generation.
pub struct Snapshot {
    /// The same for the same committed segments, in every process.
    pub id: String,
    /// The state stored with the commit.
    pub state: IndexState,
    /// The segments.
    pub searcher: Searcher,
    /// What is known of each of them.
    pub views: Vec<View>,
    /// What terms weigh in it.
    pub weigher: Weigher,
    /// What filters left of it lately.
    pub admitted: Remembered<Admitting, Vec<Admitted>>,
    /// What came first in it lately: for the next page, other facets, and who asks the same.
    pub windows: Remembered<Weighing, Vec<Candidate>>,
}

/// What is known of a segment.
pub struct View {
    /// Its columns.
    pub leaf: Arc<Leaf>,
    /// Provisions that are not deleted.
    pub living: Bits,
}

impl Snapshot {
    /// Reads the columns of the segments that `known` does not have yet.
    pub fn new(
        searcher: Searcher,
        fields: &Fields,
        state: IndexState,
        known: &mut HashMap<SegmentId, Arc<Leaf>>,
    ) -> Result<Snapshot, EngineError> {
        let mut views = Vec::new();
        let mut leaves = HashMap::new();
        for reader in searcher.segment_readers() {
            let leaf = match known.get(&reader.segment_id()) {
                Some(leaf) => leaf.clone(),
                None => Arc::new(Leaf::open(reader)?),
            };
            leaves.insert(reader.segment_id(), leaf.clone());
            views.push(View { living: leaf.living(reader), leaf });
        }
        *known = leaves;
        let weigher = Weigher::new(&searcher, fields, &views)?;
        let id = generation(&searcher);
        let admitted = Remembered::new(admitted::REMEMBERED);
        let windows = Remembered::new(fuse::REMEMBERED);
        Ok(Snapshot { id, state, searcher, views, weigher, admitted, windows })
    }
}

/// Names what a searcher sees: its segments and how far they are deleted.
fn generation(searcher: &Searcher) -> String {
    let mut digest = Sha256::new();
    for (segment, deleted) in searcher.generation().segments() {
        digest.update(segment.uuid_string());
        digest.update(deleted.unwrap_or(0).to_le_bytes());
    }
    hex(&digest.finalize()[..8])
}

/// Generations that cursors need.
#[derive(Default)]
pub struct Kept {
    snapshots: Vec<(Instant, Arc<Snapshot>)>,
}

impl Kept {
    /// Keeps a generation from now on; the ninth drops the one whose cursor was used longest ago.
    pub fn keep(&mut self, snapshot: &Arc<Snapshot>, now: Instant) {
        self.snapshots.retain(|(used, kept)| kept.id != snapshot.id && now.duration_since(*used) < KEPT_FOR);
        self.snapshots.push((now, snapshot.clone()));
        if self.snapshots.len() > KEPT_MAX {
            self.snapshots.remove(0);
        }
    }

    /// A generation that is still kept.
    pub fn find(&self, id: &str, now: Instant) -> Option<Arc<Snapshot>> {
        let found = self.snapshots.iter().find(|(used, kept)| kept.id == id && now.duration_since(*used) < KEPT_FOR);
        found.map(|(_, snapshot)| snapshot.clone())
    }

    /// Drops all of them.
    pub fn forget(&mut self) {
        self.snapshots.clear();
    }
}
