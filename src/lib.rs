//! 法据 (faju), "the basis in law": full-text search over Chinese laws, regulations, rules, normative documents
//! and enforcement cases.
//!
//! A pure core that knows Chinese law, two stores (the corpus, the index), one room of journeys, and thin faces.
//! Arrows point down only; `tests/tidy.rs` keeps them so.
//!
//! | room | what it holds |
//! |---|---|
//! | [`text`] | pure: characters, folding, numerals, segmentation, highlights; knows no law |
//! | [`law`] | pure: kinds, levels, dates, identity, structure, versions, validity |
//! | [`extract`] | pure: bytes of files → stated metadata and text |
//! | [`publish`] | pure: documents and tables → files that leave |
//! | [`citation`] | pure: references in a text: find, resolve, annotate |
//! | [`query`] | pure: what the user asked, as a tree |
//! | [`rank`] | pure: which words of questions and provisions belong together, learned |
//! | [`corpus`] | store: the journal of records, the truth |
//! | [`index`] | store: the search index behind [`index::Engine`], a projection of the corpus |
//! | [`people`] | store: accounts, sessions and keys of those who use a service |
//! | [`audit`] | store: who did what, chained |
//! | [`app`] | the journeys: import, search, show, maintain |
//! | [`eval`] | measures journeys against labelled sets, trains what `rank` uses |
//! | [`cli`], [`http`] | faces: decode a request, call `app`, encode the answer |
#![deny(missing_docs)]
#![forbid(unsafe_code)]

pub mod app;
pub mod audit;
pub mod citation;
pub mod cli;
pub mod corpus;
pub mod eval;
pub mod extract;
pub mod http;
pub mod index;
pub mod law;
pub mod people;
pub mod publish;
pub mod query;
pub mod rank;
pub mod review;
pub mod text;
