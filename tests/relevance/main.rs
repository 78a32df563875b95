//! What comes first, in the sample and in the real corpus, asked as users ask: expert queries, and everyday questions.

#[path = "../real/corpus.rs"]
#[allow(dead_code, reason = "shared with the suites on the real corpus")]
mod corpus;
#[path = "../support/real_data.rs"]
mod real_data;

mod expert;
mod retrieval;
