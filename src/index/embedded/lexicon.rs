//! The words of one generation of the index: those of the segmenter's dictionary and those frozen beside the segments.

use crate::index::EngineError;
use crate::text::words::Segmenter;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::OnceLock;

/// Name of the file beside the segments, one word a line. Without words beyond the dictionary there is none.
const FILE: &str = "words.txt";

/// What cuts the texts and the questions of one index.
#[derive(Debug, Default)]
pub struct Lexicon {
    words: Vec<String>,
    segmenter: OnceLock<Segmenter>,
}

impl Lexicon {
    /// The dictionary and these words.
    pub fn new(words: Vec<String>) -> Lexicon {
        Lexicon { words, segmenter: OnceLock::new() }
    }

    /// Reads what was frozen in the directory of an index. A file that is missing or was altered gives other words than the
    /// index was made with: its fingerprint tells.
    pub fn read(directory: &Path) -> Result<Lexicon, EngineError> {
        match fs::read_to_string(directory.join(FILE)) {
            Ok(text) => Ok(Lexicon::new(text.lines().map(str::to_owned).collect())),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Lexicon::default()),
            Err(error) => Err(EngineError::Unusable(format!("{FILE} 不能读取：{error}"))),
        }
    }

    /// Freezes the words in the directory of an index that is being made.
    pub fn write(&self, directory: &Path) -> Result<(), EngineError> {
        if self.words.is_empty() {
            return Ok(());
        }
        let storage = |error: std::io::Error| EngineError::Storage(error.to_string());
        let path = directory.join(FILE);
        fs::write(&path, self.words.iter().flat_map(|word| [word.as_str(), "\n"]).collect::<String>())
            .map_err(storage)?;
        // As durable as the commit that relies on it.
        fs::File::open(&path).and_then(|file| file.sync_all()).map_err(storage)
    }

    /// Cuts into words. Loaded at the first use, which is long after an index was opened to look something up.
    pub fn segmenter(&self) -> &Segmenter {
        match self.words.is_empty() {
            true => Segmenter::shared(),
            false => self.segmenter.get_or_init(|| Segmenter::new(&self.words)),
        }
    }

    /// That of [`Lexicon::segmenter`], known without loading it.
    pub fn fingerprint(&self) -> String {
        Segmenter::fingerprint_with(&self.words)
    }
}
