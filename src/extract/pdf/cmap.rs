//! ToUnicode tables: which characters the codes of a font stand for (ISO 32000-1, 9.10.3).

use std::collections::HashMap;

/// Most codes of one table. Fonts have at most 65,536 glyphs.
const CODES_MAX: usize = 70_000;

/// The characters of every code.
pub(super) fn to_unicode(table: &[u8]) -> HashMap<u32, String> {
    let mut map = HashMap::new();
    let mut section = Section::None;
    let mut held: Vec<Token> = Vec::new();
    for token in (Tokens { rest: table }) {
        match token {
            Token::Word(b"beginbfchar") => (section, held) = (Section::Chars, Vec::new()),
            Token::Word(b"beginbfrange") => (section, held) = (Section::Ranges, Vec::new()),
            Token::Word(b"endbfchar" | b"endbfrange") => section = Section::None,
            token => {
                held.push(token);
                match (&section, held.as_slice()) {
                    (Section::None, _) => held.clear(),
                    (Section::Chars, [Token::Hex(code), Token::Hex(text)]) => {
                        insert(&mut map, value(code), characters(text));
                        held.clear();
                    }
                    (Section::Ranges, [Token::Hex(first), Token::Hex(last), Token::Hex(text)]) => {
                        range(&mut map, value(first), value(last), text);
                        held.clear();
                    }
                    (Section::Ranges, [Token::Hex(first), Token::Hex(_), Token::Open, .., Token::Close]) => {
                        let texts = held
                            .iter()
                            .skip(3)
                            .filter_map(|token| if let Token::Hex(text) = token { Some(text) } else { None });
                        for (code, text) in (value(first)..).zip(texts) {
                            insert(&mut map, code, characters(text));
                        }
                        held.clear();
                    }
                    (_, held_now) if held_now.len() > CODES_MAX => held.clear(),
                    _ => {}
                }
            }
        }
    }
    map
}

enum Section {
    None,
    Chars,
    Ranges,
}

fn insert(map: &mut HashMap<u32, String>, code: u32, text: String) {
    if map.len() < CODES_MAX && !text.is_empty() {
        map.insert(code, text);
    }
}

fn range(map: &mut HashMap<u32, String>, first: u32, last: u32, text: &[u8]) {
    let Some(start) = text.len().checked_sub(2) else { return };
    let base = u32::from(text[start]) << 8 | u32::from(text[start + 1]);
    for code in (first..=last).take(CODES_MAX) {
        let mut bytes = text.to_vec();
        let unit = base.wrapping_add(code - first) as u16;
        bytes[start..].copy_from_slice(&unit.to_be_bytes());
        insert(map, code, characters(&bytes));
    }
}

fn value(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |value, &byte| value << 8 | u32::from(byte))
}

/// UTF-16 as text. Zero bytes and what is no character are left out: such a code has no text.
fn characters(bytes: &[u8]) -> String {
    let units: Vec<u16> = match bytes {
        [one] => vec![u16::from(*one)],
        _ => bytes.chunks_exact(2).take(16).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect(),
    };
    char::decode_utf16(units).flatten().filter(|&char| char != '\0').collect()
}

#[derive(Debug, PartialEq)]
enum Token<'a> {
    Word(&'a [u8]),
    Hex(Vec<u8>),
    Open,
    Close,
}

struct Tokens<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let (&first, rest) = self.rest.split_first()?;
            let upto =
                |ends: fn(u8) -> bool, rest: &[u8]| rest.iter().position(|&byte| ends(byte)).unwrap_or(rest.len());
            match first {
                b'%' => self.rest = rest.get(upto(|byte| byte == b'\n' || byte == b'\r', rest)..)?,
                b'[' | b']' => {
                    self.rest = rest;
                    return Some(if first == b'[' { Token::Open } else { Token::Close });
                }
                b'<' if rest.first() != Some(&b'<') => {
                    let end = upto(|byte| byte == b'>', rest);
                    let digits = rest.get(..end)?.iter().filter_map(|&byte| (byte as char).to_digit(16));
                    let digits: Vec<u8> = digits.take(64).map(|digit| digit as u8).collect();
                    self.rest = rest.get(end + 1..).unwrap_or_default();
                    return Some(Token::Hex(
                        digits.chunks(2).map(|two| two[0] << 4 | two.get(1).unwrap_or(&0)).collect(),
                    ));
                }
                byte if byte.is_ascii_alphanumeric() => {
                    let end = upto(|byte| !byte.is_ascii_alphanumeric(), self.rest);
                    let (word, rest) = self.rest.split_at(end);
                    self.rest = rest;
                    return Some(Token::Word(word));
                }
                _ => self.rest = rest,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_ranges_and_lists_are_read() {
        let map = to_unicode(
            b"1 begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfchar <0001><7532> <0002> <D840DC00>\n\
              endbfchar 2 beginbfrange <0010> <0012> <4E00> <0020><0021>[<0041> <00660069>] endbfrange",
        );
        assert_eq!(map[&1], "甲");
        assert_eq!(map[&2], "𠀀");
        assert_eq!((map[&0x10].as_str(), map[&0x12].as_str()), ("一", "\u{4E02}"));
        assert_eq!((map[&0x20].as_str(), map[&0x21].as_str()), ("A", "fi"));
    }

    #[test]
    fn a_range_of_all_codes_is_bounded() {
        assert!(to_unicode(b"beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange").len() <= CODES_MAX);
    }
}
