//! Bytes of Rich Text → braces, control words, bytes of text.

/// What stands next in a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `{`.
    Open,
    /// `}`.
    Close,
    /// A control word and its number.
    Word(&'a [u8], Option<i32>),
    /// A control symbol: a backslash and one character that is no letter.
    Symbol(u8),
    /// A byte of text that was written as two digits.
    Hex(u8),
    /// A byte of text.
    Byte(u8),
}

/// Letters of the longest control word.
const WORD_MAX: usize = 32;

/// The tokens of a file.
pub(super) struct Lexer<'a> {
    rest: &'a [u8],
}

impl<'a> Lexer<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Lexer { rest: bytes }
    }

    /// Bytes that are left.
    pub(super) fn left(&self) -> usize {
        self.rest.len()
    }

    /// Takes the next byte, whatever it is: the second of a character whose first was written as it is.
    pub(super) fn byte(&mut self) -> Option<u8> {
        let (&first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(first)
    }

    /// Passes over bytes that are no text; false if there are not as many.
    pub(super) fn pass_over(&mut self, count: usize) -> bool {
        let rest = self.rest.get(count..);
        self.rest = rest.unwrap_or_default();
        rest.is_some()
    }

    fn control(&mut self) -> Option<Token<'a>> {
        let letters = self.rest.iter().take(WORD_MAX).take_while(|byte| byte.is_ascii_alphabetic()).count();
        if letters == 0 {
            let symbol = self.byte()?;
            return Some(match (symbol, self.rest) {
                (b'\'', [high, low, rest @ ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                    self.rest = rest;
                    Token::Hex(digit(*high) << 4 | digit(*low))
                }
                _ => Token::Symbol(symbol),
            });
        }
        let (word, rest) = self.rest.split_at_checked(letters)?;
        let digits_from = usize::from(rest.first() == Some(&b'-'));
        let digits = rest.iter().skip(digits_from).take_while(|byte| byte.is_ascii_digit()).count();
        let mut number = None;
        self.rest = rest;
        if digits > 0 {
            let (stated, rest) = rest.split_at_checked(digits_from + digits)?;
            self.rest = rest;
            let add = |sum: i32, byte: &u8| sum.saturating_mul(10).saturating_add(i32::from(byte & 0x0F));
            let size = stated.iter().skip(digits_from).fold(0i32, add);
            number = Some(if digits_from == 1 { -size } else { size });
        }
        // One space ends a control word and is no text.
        if let Some(rest) = self.rest.strip_prefix(b" ") {
            self.rest = rest;
        }
        Some(Token::Word(word, number))
    }
}

impl<'a> Iterator for Lexer<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            return Some(match self.byte()? {
                b'{' => Token::Open,
                b'}' => Token::Close,
                b'\\' => return self.control(),
                // Line breaks only make the file readable.
                b'\r' | b'\n' | 0 => continue,
                byte => Token::Byte(byte),
            });
        }
    }
}

fn digit(byte: u8) -> u8 {
    match byte {
        b'0'..=b'9' => byte - b'0',
        _ => (byte | 0x20).wrapping_sub(b'a').wrapping_add(10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_numbers_and_bytes_are_told_apart() {
        let tokens: Vec<Token> = Lexer::new(b"{\\u-3913 ?\\'c1\\par\r\n x\\~\\b0}\\fs99999999999").collect();
        let word = |word: &'static str, number| Token::Word(word.as_bytes(), number);
        let expected = [
            Token::Open,
            word("u", Some(-3913)),
            Token::Byte(b'?'),
            Token::Hex(0xC1),
            word("par", None),
            Token::Byte(b' '),
            Token::Byte(b'x'),
            Token::Symbol(b'~'),
            word("b", Some(0)),
            Token::Close,
            word("fs", Some(i32::MAX)),
        ];
        assert_eq!(tokens, expected);
        assert_eq!(Lexer::new(b"\\").next(), None);
        assert_eq!(Lexer::new(b"\\'g").next(), Some(Token::Symbol(b'\'')));
    }
}
