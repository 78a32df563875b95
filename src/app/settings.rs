//! How a data directory is used.

use crate::index::embedded::Learned;
use std::path::PathBuf;
use std::time::Duration;

/// How a data directory is used.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Holds `corpus/` and `index/`.
    pub data: PathBuf,
    /// Name of this node, the first part of every origin.
    pub node: String,
    /// How long a writer waits for another one.
    pub wait: Duration,
    /// What ranks beside words.
    pub learned: Learned,
    /// A file of synonyms beside those of the program; `None` for `thesaurus.txt` in the data directory, if it is there.
    pub thesaurus: Option<PathBuf>,
}

impl Settings {
    /// A data directory of the node `local`, with what the program itself has learned; nobody is waited for.
    pub fn of(data: impl Into<PathBuf>) -> Settings {
        Settings {
            data: data.into(),
            node: "local".to_string(),
            wait: Duration::ZERO,
            learned: Learned::default(),
            thesaurus: None,
        }
    }
}
