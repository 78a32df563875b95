//! Store: the corpus is an append-only journal of records, the one source of truth.
//!
//! JSON Lines in zstd frames under `corpus/journal/*.jsonl.zst`; `zstdcat corpus/journal/*.jsonl.zst | jq` reads it.

pub mod record;

pub use record::{Put, Record};
