//! What comes first: expert queries against the sample and against the real corpus, asked as users ask.

#[path = "../real/corpus.rs"]
#[allow(dead_code, reason = "shared with the suites on the real corpus")]
mod corpus;
#[path = "../support/real_data.rs"]
mod real_data;

mod expert;
