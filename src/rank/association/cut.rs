//! A text as the model sees it.

use crate::text::pairs::pairs;
use crate::text::words::{Segmenter, is_word_character};

/// The words of a folded text by the dictionary without extra words, and its pairs of neighbouring characters without
/// punctuation.
#[derive(Debug, Clone)]
pub struct Cut<'a> {
    folded: &'a str,
    words: Vec<&'a str>,
}

impl<'a> Cut<'a> {
    /// Cuts a folded text ([`crate::text::fold`]).
    pub fn of(folded: &'a str) -> Cut<'a> {
        Cut { folded, words: Segmenter::shared().words(folded) }
    }

    /// The words in order.
    pub fn words(&self) -> impl Iterator<Item = &'a str> + '_ {
        self.words.iter().copied()
    }

    /// The pairs in order.
    pub fn pairs(&self) -> impl Iterator<Item = [char; 2]> + 'a {
        pairs(self.folded).filter_map(|pair| {
            let mut characters = pair.chars();
            let pair = [characters.next()?, characters.next()?];
            pair.iter().all(|character| is_word_character(*character)).then_some(pair)
        })
    }
}
