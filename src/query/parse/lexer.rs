//! A query as tokens.

use crate::query::{Field, SyntaxError};
use crate::text::fold::fold_str;
use crate::text::words::is_word;
use std::ops::Range;

/// Names of fields, the first of each the one that is shown. ASCII names are known in capitals too.
const FIELDS: &[(&str, Field)] = &[
    ("正文", Field::Text),
    ("标题", Field::Title),
    ("文号", Field::DocumentNumber),
    ("发布机关", Field::Issuer),
    ("章节", Field::Heading),
    ("案号", Field::DocumentNumber),
    ("制定机关", Field::Issuer),
    ("text", Field::Text),
    ("title", Field::Title),
    ("number", Field::DocumentNumber),
    ("issuer", Field::Issuer),
    ("heading", Field::Heading),
    ("引用", Field::Cites),
    ("cites", Field::Cites),
];

/// Quotation marks that delimit a phrase: what opens, what closes. The right one opens too: it is typed by mistake.
const QUOTES: &[(char, char)] = &[('"', '"'), ('“', '”'), ('”', '”'), ('＂', '＂'), ('「', '」'), ('『', '』')];

/// The Chinese name of a field.
pub fn field_name(field: Field) -> &'static str {
    FIELDS.iter().find(|(_, known)| *known == field).map_or("", |(name, _)| name)
}

/// Whether a character opens or closes a phrase.
pub fn is_quote(character: char) -> bool {
    QUOTES.iter().any(|(open, close)| character == *open || character == *close)
}

/// Whether a backslash before this character is no character of the text.
pub fn is_escaped(character: char) -> bool {
    character == '\\' || is_quote(character)
}

/// What a token is.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    Word(String),
    Phrase(String),
    Field(Field),
    And,
    Or,
    Not,
    /// `-` before what is excluded.
    Minus,
    Open,
    Close,
}

impl Kind {
    /// How an operator is written.
    pub fn operator(&self) -> &'static str {
        match self {
            Kind::And => "AND",
            Kind::Or => "OR",
            Kind::Not => "NOT",
            Kind::Minus => "-",
            Kind::Open => "(",
            Kind::Close => ")",
            Kind::Word(_) | Kind::Phrase(_) | Kind::Field(_) => "",
        }
    }
}

/// A token and the bytes of the query that it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    pub kind: Kind,
    pub span: Range<usize>,
}

/// A phrase in quotation marks.
#[derive(Debug, Clone, PartialEq)]
pub struct Quoted {
    /// Bytes between the marks.
    pub content: Range<usize>,
    /// Byte after the closing mark.
    pub after: usize,
}

/// The phrase that opens at a byte: `None` if none does, `Some(None)` if it never closes.
pub fn quoted(text: &str, at: usize) -> Option<Option<Quoted>> {
    let first = text[at..].chars().next()?;
    let (_, close) = QUOTES.iter().find(|(open, _)| *open == first)?;
    let start = at + first.len_utf8();
    let mut escaped = false;
    let end = text[start..].find(|character: char| {
        let closes = character == *close && !escaped;
        escaped = character == '\\' && !escaped;
        closes
    });
    Some(end.map(|length| Quoted { content: start..start + length, after: start + length + close.len_utf8() }))
}

/// A text without the backslashes that only protect what follows.
pub fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let protected = if character == '\\' { characters.next_if(|next| is_escaped(*next)) } else { None };
        plain.push(protected.unwrap_or(character));
    }
    plain
}

/// The tokens of a query. What has no letter, digit or Han character in it is no word and left out.
pub fn tokens(raw: &str) -> Result<Vec<Token>, SyntaxError> {
    let mut lexer = Lexer { raw, at: 0, tokens: Vec::new() };
    while let Some(character) = lexer.peek() {
        lexer.token(character)?;
    }
    Ok(lexer.tokens)
}

struct Lexer<'a> {
    raw: &'a str,
    at: usize,
    tokens: Vec<Token>,
}

impl Lexer<'_> {
    fn peek(&self) -> Option<char> {
        self.raw[self.at..].chars().next()
    }

    fn push(&mut self, kind: Kind, length: usize) {
        self.tokens.push(Token { kind, span: self.at..self.at + length });
        self.at += length;
    }

    /// Reads what begins with `first`.
    fn token(&mut self, first: char) -> Result<(), SyntaxError> {
        match first {
            '(' if self.numbers() => self.word(),
            '(' => self.push(Kind::Open, 1),
            ')' => self.push(Kind::Close, 1),
            '-' if self.excludes() => self.push(Kind::Minus, 1),
            '-' => self.at += 1,
            blank if blank.is_whitespace() => self.at += blank.len_utf8(),
            _ => match (quoted(self.raw, self.at), field(&self.raw[self.at..])) {
                (Some(inside), _) => self.phrase(inside)?,
                (None, Some((field, length))) => self.push(Kind::Field(field), length),
                (None, None) => self.word(),
            },
        }
        Ok(())
    }

    /// Whether the `-` here excludes what follows.
    fn excludes(&self) -> bool {
        let before = self.raw[..self.at].chars().next_back();
        let after = self.raw[self.at + 1..].chars().next();
        before.is_none_or(|before| before.is_whitespace() || before == '(')
            && after.is_some_and(|after| !after.is_whitespace() && !matches!(after, '-' | ')'))
    }

    /// Whether the `(` here begins a number after its field, as in `案号:(2019)某01行终1号`, and no group.
    fn numbers(&self) -> bool {
        let after_field =
            self.tokens.last().is_some_and(|last| matches!(last.kind, Kind::Field(_)) && last.span.end == self.at);
        let text = &self.raw[self.at..];
        let after = parenthesis_length(text).and_then(|length| text[length..].chars().next());
        after_field && after.is_some_and(|after| after != ')' && !ends_word(after))
    }

    fn phrase(&mut self, inside: Option<Quoted>) -> Result<(), SyntaxError> {
        let mark = self.peek().map_or(0, char::len_utf8);
        let Some(inside) = inside else {
            return Err(SyntaxError {
                span: self.at..self.at + mark,
                message: "引号没有配对：请补上右引号；要查找引号本身，请在它前面加反斜杠（\\\"）".to_owned(),
            });
        };
        let text = unescape(&self.raw[inside.content]);
        if fold_str(&text).is_empty() {
            return Err(SyntaxError {
                span: self.at..inside.after,
                message: "引号里没有内容：请写上要查找的词句，或去掉引号".to_owned(),
            });
        }
        self.push(Kind::Phrase(text), inside.after - self.at);
        Ok(())
    }

    fn word(&mut self) {
        let length = self.word_length();
        let text = &self.raw[self.at..self.at + length];
        let kind = match text {
            "AND" => Kind::And,
            "OR" => Kind::Or,
            "NOT" => Kind::Not,
            _ => Kind::Word(unescape(text)),
        };
        if is_word(text) {
            self.push(kind, length);
        } else {
            self.at += length;
        }
    }

    /// Bytes up to white space, a quotation, or a parenthesis that does not close inside the word.
    fn word_length(&self) -> usize {
        let text = &self.raw[self.at..];
        let mut end = 0;
        while let Some(character) = text[end..].chars().next() {
            let next = end + character.len_utf8();
            end = match character {
                '\\' => next + text[next..].chars().next().filter(|next| is_escaped(*next)).map_or(0, char::len_utf8),
                '(' => match parenthesis_length(&text[end..]) {
                    Some(length) if !matches!(&text[..end], "AND" | "OR" | "NOT") => end + length,
                    _ => return end,
                },
                _ if character == ')' || ends_word(character) => return end,
                _ => next,
            };
        }
        end
    }
}

fn ends_word(character: char) -> bool {
    character.is_whitespace() || QUOTES.iter().any(|(open, _)| *open == character)
}

/// Bytes of the parenthesis at the start of a text, if it closes before the word ends.
fn parenthesis_length(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        match character {
            '(' => depth += 1,
            ')' if depth == 1 => return Some(at + 1),
            ')' => depth = depth.saturating_sub(1),
            '\\' => _ = characters.next_if(|(_, next)| is_escaped(*next)),
            other if ends_word(other) => return None,
            _ => {}
        }
    }
    None
}

/// The field named at the start of a text, and the bytes of its name and colon.
fn field(text: &str) -> Option<(Field, usize)> {
    FIELDS.iter().find_map(|(name, field)| {
        let found = text.get(..name.len()).filter(|found| found.eq_ignore_ascii_case(name))?;
        let colon = text[found.len()..].chars().next().filter(|next| matches!(next, ':' | '：'))?;
        Some((*field, found.len() + colon.len_utf8()))
    })
}
