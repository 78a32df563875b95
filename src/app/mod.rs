//! The journeys: import, search, read, maintain. They join the pure rooms with the two stores; faces call only these.

pub mod error;
pub mod parameters;
pub mod view;

pub use error::{AppError, ErrorCode, ErrorItem};
