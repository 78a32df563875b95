//! What checks ask of the corpus, and what the application answers. Checks themselves read nothing but these.

use super::cited::Cited;
use super::finding::Evidence;
use std::collections::BTreeMap;

/// A question to the corpus. Equal questions of two checks are asked once.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Question {
    /// What the citations of the draft lead to.
    Citations,
    /// Provisions of superior instruments nearest to some words of the draft.
    Nearest {
        /// The words, as in the draft.
        words: String,
        /// So many at most.
        most: usize,
    },
    /// Provisions of superior instruments that have long stretches of some words of the draft as they stand.
    Verbatim {
        /// The words, as in the draft.
        words: String,
        /// So many at most.
        most: usize,
    },
    /// Provisions of documents of the draft's own level and region nearest to some words of it.
    Peers {
        /// The words, as in the draft.
        words: String,
        /// So many at most.
        most: usize,
    },
}

/// Longest words that are asked for, in characters: more say nothing more.
const WORDS_MAX: usize = 160;

impl Question {
    /// The words of a clause by which it is asked for.
    pub fn words_of(clause: &str) -> String {
        clause.chars().take(WORDS_MAX).collect()
    }
}

/// What the corpus says to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The citations of the draft, in order.
    Citations(Vec<Cited>),
    /// Provisions, best first; none if there are none.
    Provisions(Vec<Evidence>),
    /// The corpus cannot tell.
    Unknown,
}

/// The answers at hand. A question nobody answered is [`Answer::Unknown`]: a check then says less, never something else.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answers(pub BTreeMap<Question, Answer>);

impl Answers {
    /// The answer to a question.
    pub fn to(&self, question: &Question) -> &Answer {
        self.0.get(question).unwrap_or(&Answer::Unknown)
    }

    /// The citations of the draft; none if nobody looked them up.
    pub fn citations(&self) -> &[Cited] {
        match self.0.get(&Question::Citations) {
            Some(Answer::Citations(cited)) => cited,
            _ => &[],
        }
    }
}
