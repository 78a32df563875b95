//! Suites on the real data pack, one module a topic; each says on standard error when it is skipped for lack of data.

#[path = "../support/bless.rs"]
mod bless;
#[path = "../support/real_data.rs"]
mod real_data;

mod benchmark;
mod case_fields;
mod citation_eval;
mod citations;
mod compare;
mod corpus;
mod extract;
mod import;
mod journal;
mod masking;
mod norms;
mod nothing_missed;
mod office;
mod packs;
mod penalties;
mod precedents;
mod review;
mod structure;
mod thesaurus;
mod timeline;
mod typed;
mod versions;
