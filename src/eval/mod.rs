//! Measures journeys against labelled sets. A set is a file of JSON Lines; what a row asks is asked of the journey that
//! answers people, never of something made for the measuring. What is labelled also trains ([`train`]).

pub mod citation;
pub mod retrieval;
pub mod review;
mod rows;
pub mod similar;
pub mod train;

use serde::Serialize;
use std::collections::BTreeMap;

/// What was measured.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Report {
    /// One for each file, named by its stem, and one for what was generated.
    pub sets: Vec<Set>,
}

/// A set.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Set {
    /// Stem of the file.
    pub name: String,
    /// Rows in it.
    pub rows: u64,
    /// Rows whose instrument is in the corpus: these are counted.
    pub in_corpus: u64,
    /// Rows answered as their label says.
    pub right: u64,
    /// Rows whose label is the text of a version that has ended; they are asked on its day.
    pub stale: u64,
    /// The same by task or kind.
    pub kinds: BTreeMap<String, Count>,
    /// Every row that was not answered right.
    pub errors: Vec<Miss>,
}

/// Rows of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Count {
    /// Rows whose instrument is in the corpus.
    pub in_corpus: u64,
    /// Rows answered right.
    pub right: u64,
}

/// A row that was not answered as its label says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Miss {
    /// Id of the row.
    pub id: String,
    /// Task or kind.
    pub kind: String,
    /// What was asked.
    pub query: String,
    /// What the label says.
    pub expected: String,
    /// What was answered.
    pub answered: String,
}

/// How one row was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Judged {
    in_corpus: bool,
    stale: bool,
    right: bool,
    expected: String,
    answered: String,
}

impl Set {
    /// An empty set.
    fn named(name: &str) -> Set {
        Set { name: name.to_string(), ..Set::default() }
    }

    /// Counts a row.
    fn count(&mut self, id: &str, kind: &str, query: &str, judged: Judged) {
        self.rows += 1;
        if !judged.in_corpus {
            return;
        }
        self.in_corpus += 1;
        self.stale += u64::from(judged.stale);
        let of_kind = self.kinds.entry(kind.to_string()).or_default();
        of_kind.in_corpus += 1;
        if judged.right {
            self.right += 1;
            of_kind.right += 1;
            return;
        }
        self.errors.push(Miss {
            id: id.to_string(),
            kind: kind.to_string(),
            query: query.to_string(),
            expected: judged.expected,
            answered: judged.answered,
        });
    }
}
