//! How tantivy gets our terms: from folded text, without allocating for each of them.

use super::lexicon::Lexicon;
use crate::text::pairs::pairs;
use crate::text::words::Segmenter;
use std::sync::Arc;
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};

/// Names under which the schema refers to the tokenizers.
pub const WORDS: &str = "words";
/// See [`WORDS`].
pub const PAIRS: &str = "pairs";

/// Follows the last character of a text, so that every character is the first of some pair. No text has it: it is no
/// character of Unicode.
pub const TEXT_ENDS: char = '\u{FDD0}';

/// Stands before every term of a text that is segmented already (titles and headings, which repeat with every provision).
pub const SEGMENTED: char = '\u{1}';

/// The tokenizers by name.
pub fn manager(lexicon: &Arc<Lexicon>) -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(WORDS, TextAnalyzer::from(Words::new(lexicon.clone())));
    manager.register(PAIRS, TextAnalyzer::from(Pairs));
    manager
}

/// The words of a folded text as one text that [`Words`] takes apart again.
pub fn segmented(segmenter: &Segmenter, folded: &str, into: &mut String) {
    for word in segmenter.words_and_parts(folded) {
        into.push(SEGMENTED);
        into.push_str(word);
    }
}

/// Spans of terms in one text, handed out one after the other.
pub struct Spans<'a> {
    text: &'a str,
    spans: &'a [(u32, u32)],
    next: usize,
    token: Token,
}

impl TokenStream for Spans<'_> {
    fn advance(&mut self) -> bool {
        let Some((start, end)) = self.spans.get(self.next) else { return false };
        self.token.text.clear();
        self.token.text.push_str(&self.text[*start as usize..*end as usize]);
        self.token.position = self.next;
        self.next += 1;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// Words of the dictionary, each part of the text in one, and the words of the corpus beside them: the shorter words inside a
/// word of the dictionary are found and ranked by their pairs.
#[derive(Debug, Clone)]
pub struct Words {
    lexicon: Arc<Lexicon>,
    spans: Vec<(u32, u32)>,
}

impl Words {
    /// The words of a lexicon.
    pub fn new(lexicon: Arc<Lexicon>) -> Words {
        Words { lexicon, spans: Vec::new() }
    }
}

impl Tokenizer for Words {
    type TokenStream<'a> = Spans<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Spans<'a> {
        self.spans.clear();
        let spans = &mut self.spans;
        let add = |word: &str| {
            let start = word.as_ptr() as usize - text.as_ptr() as usize;
            spans.push((start as u32, (start + word.len()) as u32));
        };
        match text.strip_prefix(SEGMENTED) {
            Some(terms) => terms.split(SEGMENTED).for_each(add),
            None => self.lexicon.segmenter().words_and_parts(text).into_iter().for_each(add),
        }
        Spans { text, spans, next: 0, token: Token::default() }
    }
}

/// Overlapping pairs of characters and the last character with [`TEXT_ENDS`]; the position of a pair is the place of its
/// first character.
#[derive(Debug, Clone)]
pub struct Pairs;

impl Tokenizer for Pairs {
    type TokenStream<'a> = PairStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> PairStream<'a> {
        let last = text.chars().next_back();
        PairStream { pairs: pairs(text), last, token: Token { position: usize::MAX, ..Token::default() } }
    }
}

/// See [`Pairs`].
pub struct PairStream<'a> {
    pairs: crate::text::pairs::Pairs<'a>,
    /// The last character, until it has been handed out.
    last: Option<char>,
    token: Token,
}

impl TokenStream for PairStream<'_> {
    #[inline]
    fn advance(&mut self) -> bool {
        self.token.text.clear();
        if let Some(pair) = self.pairs.next() {
            match pair.get(..6) {
                // Two Han characters: a copy of known length, which needs no call.
                Some(han) if pair.len() == 6 => self.token.text.push_str(han),
                _ => self.token.text.push_str(pair),
            }
        } else if let Some(last) = self.last.take() {
            self.token.text.extend([last, TEXT_ENDS]);
        } else {
            return false;
        }
        self.token.position = self.token.position.wrapping_add(1);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(tokenizer: &mut impl Tokenizer, text: &str) -> Vec<(String, usize)> {
        let mut found = Vec::new();
        tokenizer.token_stream(text).process(&mut |token| found.push((token.text.clone(), token.position)));
        found
    }

    #[test]
    fn pairs_stand_where_their_first_character_stands() {
        let pair = |text: &str, place| (text.to_owned(), place);
        let end = pair(",\u{FDD0}", 3);
        assert_eq!(terms(&mut Pairs, "第一条,"), [pair("第一", 0), pair("一条", 1), pair("条,", 2), end]);
        assert_eq!(terms(&mut Pairs, "条"), [pair("条\u{FDD0}", 0)]);
        assert_eq!(terms(&mut Pairs, ""), []);
    }

    #[test]
    fn what_was_segmented_is_not_segmented_again() {
        let mut text = String::new();
        segmented(Segmenter::shared(), "云州省河道管理条例", &mut text);
        let mut own = Words::new(Arc::default());
        let words = terms(&mut own, &text);
        assert_eq!(words, terms(&mut own, "云州省河道管理条例"));
        assert!(words.len() > 1);
    }
}
