//! Face: the HTTP API and the pages. Decodes a request, calls `app`, encodes the answer.
//!
//! `routes` is the one table of routes. A request passes `outermost` (id, log, counters, security headers, failures),
//! `guard` (whom this server answers), the check of its parameters against the table, and then either runs at once or in
//! `work`, where the stores may be touched.

mod accounts;
mod api;
mod assets;
mod body;
pub mod citations;
pub mod clock;
mod connection;
mod desk;
mod feed;
mod files;
mod forms;
mod guard;
mod identity;
mod limits;
mod matching;
mod metrics;
mod multipart;
mod openapi;
mod operators;
mod outermost;
mod pages;
mod parameters;
pub mod problem;
pub mod query_string;
mod reviews;
mod routes;
mod sealed;
mod server;
mod state;
mod tasks;
mod tls;
mod work;
mod writes;

pub use openapi::document as openapi_document;
pub use outermost::new_request_id;
pub use pages::excerpt;
pub use server::{Options, serve};
pub use tls::TlsFiles;
pub use writes::access;
