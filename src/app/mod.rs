//! The journeys: import, search, read, maintain. They join the pure rooms with the two stores; faces call only these.

mod card;
mod changes;
mod citations;
mod cited;
mod cited_by;
mod citing;
mod compare;
pub mod error;
pub mod faju;
mod foremost;
mod group;
mod impact;
mod import;
mod inventory;
mod links;
mod maintain;
mod opened;
pub mod parameters;
mod projector;
mod quote;
mod read;
mod related;
mod request;
mod sample;
mod search;
mod shelf;
mod sources;
mod suggest;
mod unheld;
pub mod view;
mod walk;

// Words of the law that a face must name to decode a request; faces use no room below this one.
pub use crate::citation::{Outcome, Reason, Role};
pub use crate::index::embedded::Learned;
pub use crate::law::compare::{RowKind, SegmentKind};
pub use crate::law::event::{EventKind, EventSource};
pub use crate::law::versions::{Proof, Proofs};
pub use crate::law::{Access, AuthorityLevel, EndedBy, HeadingLevel, Kind, ProvisionKind, ValidityStatus};
pub use crate::query::plain_words;
pub use crate::text::json::fault as json_fault;
pub use citations::label_of;
pub use compare::ComparisonRequest;
pub use error::{AppError, ErrorCode, ErrorItem};
pub use faju::{Act, Asker, Faju, Found, ImportOptions, Progress, Settings};
pub use opened::learned;
pub use request::{QUERY_POINTS_MAX, date};
