//! Pure: what a legal document is. Kinds and levels, dates and events, identity, structure, versions, validity.
//!
//! Nothing here touches files, the network or the clock; today's date comes in as a value.

pub mod amount;
pub mod benchmark;
pub mod case_columns;
pub mod case_fields;
pub mod case_record;
pub mod compare;
pub mod document;
pub mod event;
pub mod history;
pub mod identity;
pub mod kind;
pub mod level;
pub mod mask;
pub mod norm;
pub mod penalty;
pub mod provision;
pub mod sanction;
pub mod structure;
pub mod validity;
pub mod versions;

pub use document::{Document, ValueSource};
pub use event::{Event, EventKind};
pub use identity::{DocumentId, InstrumentId, ProvisionId, VersionKey};
pub use kind::{Access, AuthorityLevel, CaseKind, Kind};
pub use norm::Norm;
pub use provision::{Block, BlockKind, HeadingLevel, Provision, ProvisionKind, Structure};
pub use validity::{EndedBy, Interval, ValidityStatus};
