//! A text as characters with their bytes.

use std::ops::Range;

/// A text by characters.
pub(super) struct Reading<'t> {
    /// The text.
    pub text: &'t str,
    chars: Vec<char>,
    /// Byte of each character, and the length at the end.
    bytes: Vec<u32>,
}

impl<'t> Reading<'t> {
    pub(super) fn new(text: &'t str) -> Reading<'t> {
        let (mut chars, mut bytes) = (Vec::with_capacity(text.len() / 3), Vec::with_capacity(text.len() / 3));
        // A record is far below 4 GiB; what lies beyond is read as if the text ended there.
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        for (at, c) in text.char_indices() {
            chars.push(c);
            bytes.push(place(at));
        }
        bytes.push(place(text.len()));
        Reading { text, chars, bytes }
    }

    pub(super) fn len(&self) -> usize {
        self.chars.len()
    }

    /// The character at a place; a line break outside of the text.
    pub(super) fn at(&self, place: usize) -> char {
        self.chars.get(place).copied().unwrap_or('\n')
    }

    /// The character before a place; a line break at the beginning.
    pub(super) fn before(&self, place: usize) -> char {
        place.checked_sub(1).map_or('\n', |before| self.at(before))
    }

    /// The characters of a range, cut to the text.
    pub(super) fn slice(&self, range: Range<usize>) -> &[char] {
        let end = range.end.min(self.chars.len());
        self.chars.get(range.start.min(end)..end).unwrap_or(&[])
    }

    /// The text of a range of characters.
    pub(super) fn str(&self, range: Range<usize>) -> &'t str {
        self.text.get(self.byte(range.start)..self.byte(range.end)).unwrap_or("")
    }

    /// The byte at which a character begins.
    pub(super) fn byte(&self, place: usize) -> usize {
        self.bytes[place.min(self.chars.len())] as usize
    }

    /// The character that begins at a byte.
    pub(super) fn place(&self, byte: usize) -> usize {
        self.bytes.partition_point(|known| (*known as usize) < byte)
    }

    /// Whether a word stands at a place.
    pub(super) fn has(&self, place: usize, word: &str) -> bool {
        self.text.get(self.byte(place)..).is_some_and(|rest| rest.starts_with(word))
    }

    /// Whether a word ends at a place.
    pub(super) fn ends(&self, place: usize, word: &str) -> bool {
        self.text.get(..self.byte(place)).is_some_and(|head| head.ends_with(word))
    }
}

/// Whether a character is a Chinese one.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{323af}' | '〇')
}
