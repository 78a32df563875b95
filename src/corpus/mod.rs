//! Store: the corpus is an append-only journal of records, the one source of truth.
//!
//! JSON Lines in zstd frames under `corpus/journal/*.jsonl.zst`; `zstdcat corpus/journal/*.jsonl.zst | jq` reads it.
//! `docs/journal.md` describes the format for who reads it without this program.
//!
//! [`Journal::open`] reads and never writes. [`Journal::writer`] takes the lock and repairs what a crash left behind.
//! What [`Writer::append`] has returned is on the disk; everything else may vanish. What counts as acknowledged stands in
//! the file `ACK`, so that damage and a torn tail are told apart ([`Journal::verify`]).

mod ack;
mod cache;
mod captured;
mod cut;
mod digest;
mod erase;
mod error;
mod frame;
mod journal;
mod line;
mod lock;
mod mark;
mod originals;
mod place;
pub mod record;
mod repair;
mod scan;
mod segment;
mod verify;
mod writer;

pub use captured::{Captured, capture};
pub use cut::cut;
pub use erase::Erasure;
pub use error::{CorpusError, Damage, Flaw};
pub use frame::{FRAME_BYTES_MAX, LINE_BYTES_MAX};
pub use journal::{Journal, Limits};
pub use line::{Line, NoLine, line_digest};
pub use originals::{Originals, OriginalsSeen};
pub use place::{Cursor, Place};
pub use record::{Put, Record};
pub use repair::Repair;
pub use scan::{Frame, Frames, Scanned, records};
pub use verify::{TornTail, Verification};
pub use writer::Writer;
