//! The journeys: import, search, read, maintain. They join the pure rooms with the two stores; faces call only these.

pub mod error;
pub mod faju;
pub mod parameters;
pub mod view;

// Words of the law that a face must name to decode a request; faces use no room below this one.
pub use crate::law::{Access, AuthorityLevel, HeadingLevel, Kind, ProvisionKind, ValidityStatus};
pub use error::{AppError, ErrorCode, ErrorItem};
pub use faju::{Act, Asker, Faju, Found, ImportOptions, Progress, Settings};
