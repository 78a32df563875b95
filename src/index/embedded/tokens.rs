//! How tantivy gets our terms: from folded text, without allocating for each of them.

use crate::text::pairs::pairs;
use crate::text::words::Segmenter;
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};

/// Names under which the schema refers to the tokenizers.
pub const WORDS: &str = "words";
/// See [`WORDS`].
pub const PAIRS: &str = "pairs";
/// See [`WORDS`].
pub const SINGLES: &str = "singles";

/// Stands before every term of a text that is segmented already (titles and headings, which repeat with every provision).
pub const SEGMENTED: char = '\u{1}';

/// The tokenizers by name.
pub fn manager() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(WORDS, TextAnalyzer::from(Words::default()));
    manager.register(PAIRS, TextAnalyzer::from(Pairs));
    manager.register(SINGLES, TextAnalyzer::from(Singles::default()));
    manager
}

/// The words of a folded text as one text that [`Words`] takes apart again.
pub fn segmented(folded: &str, into: &mut String) {
    Segmenter::shared().index_words(folded, |word, _| {
        into.push(SEGMENTED);
        into.push_str(word);
    });
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

/// Words, see [`Segmenter::index_words`].
#[derive(Debug, Clone, Default)]
pub struct Words {
    spans: Vec<(u32, u32)>,
}

impl Tokenizer for Words {
    type TokenStream<'a> = Spans<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Spans<'a> {
        self.spans.clear();
        let spans = &mut self.spans;
        let mut add = |word: &str| {
            let start = word.as_ptr() as usize - text.as_ptr() as usize;
            spans.push((start as u32, (start + word.len()) as u32));
        };
        match text.strip_prefix(SEGMENTED) {
            Some(terms) => terms.split(SEGMENTED).for_each(add),
            None => Segmenter::shared().index_words(text, |word, _| add(word)),
        }
        Spans { text, spans, next: 0, token: Token::default() }
    }
}

/// Overlapping pairs of characters; the position of a pair is the place of its first character.
#[derive(Debug, Clone)]
pub struct Pairs;

impl Tokenizer for Pairs {
    type TokenStream<'a> = PairStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> PairStream<'a> {
        PairStream { pairs: pairs(text), token: Token { position: usize::MAX, ..Token::default() } }
    }
}

/// See [`Pairs`].
pub struct PairStream<'a> {
    pairs: crate::text::pairs::Pairs<'a>,
    token: Token,
}

impl TokenStream for PairStream<'_> {
    #[inline]
    fn advance(&mut self) -> bool {
        let Some(pair) = self.pairs.next() else { return false };
        self.token.text.clear();
        self.token.text.push_str(pair);
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

/// Every character once.
#[derive(Debug, Clone, Default)]
pub struct Singles {
    /// For each character of the basic plane the last text in which it was seen.
    seen: Vec<u32>,
    text: u32,
}

impl Tokenizer for Singles {
    type TokenStream<'a> = SingleStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> SingleStream<'a> {
        if self.seen.is_empty() || self.text == u32::MAX {
            self.seen = vec![0; 0x1_0000];
            self.text = 0;
        }
        self.text += 1;
        SingleStream { seen: &mut self.seen, text: self.text, rest: text.chars(), token: Token::default() }
    }
}

/// See [`Singles`].
pub struct SingleStream<'a> {
    seen: &'a mut [u32],
    text: u32,
    rest: std::str::Chars<'a>,
    token: Token,
}

impl TokenStream for SingleStream<'_> {
    fn advance(&mut self) -> bool {
        for character in self.rest.by_ref() {
            if let Some(seen) = self.seen.get_mut(character as usize)
                && std::mem::replace(seen, self.text) == self.text
            {
                continue;
            }
            self.token.text.clear();
            self.token.text.push(character);
            self.token.position = 0;
            return true;
        }
        false
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
        assert_eq!(terms(&mut Pairs, "第一条,"), [pair("第一", 0), pair("一条", 1), pair("条,", 2)]);
        assert_eq!(terms(&mut Pairs, "条"), []);
        assert_eq!(terms(&mut Pairs, ""), []);
    }

    #[test]
    fn singles_come_once_in_each_text() {
        let mut singles = Singles::default();
        for _ in 0..2 {
            let found: Vec<String> = terms(&mut singles, "条条𠀀,条").into_iter().map(|term| term.0).collect();
            assert_eq!(found, ["条", "𠀀", ","]);
        }
    }

    #[test]
    fn what_was_segmented_is_not_segmented_again() {
        let mut text = String::new();
        segmented("云州省河道管理条例", &mut text);
        let words = terms(&mut Words::default(), &text);
        assert_eq!(words, terms(&mut Words::default(), "云州省河道管理条例"));
        assert!(words.len() > 1);
    }
}
