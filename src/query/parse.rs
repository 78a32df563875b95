//! The query language.
//!
//! ```text
//! query  = any
//! any    = all { "OR" all }
//! all    = beside { "AND" beside }
//! beside = item { item }
//! item   = { "NOT" | "-" } term
//! term   = word | phrase | field term | "(" any ")"
//! phrase = " … " | “ … ” | 「 … 」 | 『 … 』        \" is a quotation mark, \\ a backslash
//! field  = 标题 | 正文 | 文号 | 发布机关 | 章节 | title | …, and : or ：
//! ```
//!
//! What stands beside each other is tied more closely than by `AND`, and that more closely than by `OR`. Words beside each
//! other become one [`Node::Words`]: they rank, and at least one must be there. Phrases, fields, groups and exclusions
//! beside them must hold too: `违法建设 "责令改正" -听证` finds what has 责令改正, has not 听证, and has a word of 违法建设.
//! Whoever wants each of several words writes `AND`.
//!
//! People paste text, so little of it is taken for operators:
//!
//! - operators and parentheses are ASCII. `AND`, `OR`, `NOT` are capital and stand alone; `-` excludes only behind white
//!   space, `(` or nothing; parentheses that open and close inside a word (`办法(试行)`,
//!   `案号:(2019)某01行终1号`) belong to it;
//! - only known fields are fields: the colon of `12:30` is text;
//! - what has more than [`PLAIN_LENGTH_MAX`] characters or 。 or ； outside its quotations is plain words as a whole, quotation
//!   marks included. A quotation by itself is a phrase however long it is and whatever is in it;
//! - behind `引用:` the words that go on with a citation belong to it: `引用:公司法2018 20条`, `引用:国办发2018 37号`;
//! - an unspaced Chinese sentence is words. Only quotation marks make a phrase.

mod lexer;

use super::{Field, Matching, Node, SyntaxError};
use crate::citation::typed;
use crate::text::fold::fold_str;
use lexer::{Kind, Token, quoted, tokens, unescape};
pub(super) use lexer::{field_name, is_quote};
use std::ops::Range;

/// The longest text, in characters outside quotations (their marks count), in which operators are looked for. It also
/// bounds how many phrases there can be and how deep parentheses can nest, and so the recursion of the parser.
pub const PLAIN_LENGTH_MAX: usize = 60;

/// Reads a query. White space around it does not count; an empty one is [`Node::All`].
///
/// With [`Matching::Exact`] the whole text is one phrase (the quotation marks around it do not count). Any and all are
/// one tree: the engine applies [`super::Query::matching`] to its words.
///
/// # Errors
/// A quotation or parenthesis that does not close, an operator, field or group with nothing to stand for: with the place
/// and what to do about it. Text that is plain words has no errors.
pub fn parse(raw: &str, matching: Matching) -> Result<Node, SyntaxError> {
    let text = raw.trim();
    if text.is_empty() {
        return Ok(Node::All);
    }
    if matching == Matching::Exact {
        return Ok(exact(text));
    }
    let plain = |text: String| Node::Words { field: Field::Text, text };
    if is_plain(text) {
        return Ok(plain(text.to_owned()));
    }
    let tokens = tokens(raw)?;
    if tokens.is_empty() {
        return Ok(plain(unescape(text)));
    }
    let mut parser = Parser { tokens: &tokens, next: 0 };
    let node = parser.any(Field::Text)?;
    match parser.current() {
        None => Ok(node),
        Some(_) => Err(parser.missing()),
    }
}

/// The words of a query without its syntax: what is searched when the syntax is wrong.
pub fn plain_words(query: &str) -> String {
    let bare: String = query.chars().map(|c| if "\"“”\\()（）:：".contains(c) { ' ' } else { c }).collect();
    let words = bare.split_whitespace().filter(|word| !["AND", "OR", "NOT"].contains(word));
    words.map(|word| word.trim_start_matches('-')).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Whether the total of a query is exact when nobody said which: always but for plain words over
/// [`PLAIN_LENGTH_MAX`] characters, which find so much that counting costs more than ranking.
pub fn is_exact_total_default(node: &Node, raw: &str) -> bool {
    !node.is_plain_words() || raw.trim().chars().nth(PLAIN_LENGTH_MAX).is_none()
}

fn exact(text: &str) -> Node {
    let phrase = match quoted(text, 0) {
        Some(Some(inside)) if inside.after == text.len() => unescape(&text[inside.content]),
        _ => text.to_owned(),
    };
    if fold_str(&phrase).is_empty() { Node::All } else { Node::Phrase { field: Field::Text, text: phrase } }
}

/// Whether a text is plain words: too long for a query, or sentences.
pub(super) fn is_plain(text: &str) -> bool {
    let mut outside = 0;
    let mut at = 0;
    // A quotation that does not close quotes nothing.
    let mut closes = true;
    while let Some(character) = text[at..].chars().next() {
        outside += 1;
        if outside > PLAIN_LENGTH_MAX || matches!(character, '。' | '；') {
            return true;
        }
        at += character.len_utf8();
        if character == '\\' {
            at += text[at..].chars().next().filter(|next| lexer::is_escaped(*next)).map_or(0, char::len_utf8);
        } else if closes {
            match quoted(text, at - character.len_utf8()) {
                Some(Some(inside)) => at = inside.after,
                Some(None) => closes = false,
                None => {}
            }
        }
    }
    false
}

struct Parser<'a> {
    tokens: &'a [Token],
    next: usize,
}

impl Parser<'_> {
    fn current(&self) -> Option<&Token> {
        self.tokens.get(self.next)
    }

    fn previous(&self) -> Option<&Token> {
        self.tokens.get(self.next.checked_sub(1)?)
    }

    fn take(&mut self, kind: &Kind) -> bool {
        let found = self.current().is_some_and(|token| token.kind == *kind);
        self.next += usize::from(found);
        found
    }

    fn any(&mut self, field: Field) -> Result<Node, SyntaxError> {
        let mut members = vec![self.all(field)?];
        while self.take(&Kind::Or) {
            members.push(self.all(field)?);
        }
        Ok(Node::any_of(members))
    }

    fn all(&mut self, field: Field) -> Result<Node, SyntaxError> {
        let mut members = vec![self.beside(field)?];
        while self.take(&Kind::And) {
            members.push(self.beside(field)?);
        }
        Ok(Node::all_of(members))
    }

    /// Items beside each other: unexcluded words of the field that is looked in anyway become one node.
    fn beside(&mut self, field: Field) -> Result<Node, SyntaxError> {
        let mut members: Vec<Node> = Vec::new();
        let mut words = None;
        loop {
            let bare = !matches!(self.current(), Some(Token { kind: Kind::Field(_), .. }));
            match (self.item(field)?, words) {
                (Node::Words { field: of, text }, None) if bare && of == field => {
                    words = Some(members.len());
                    members.push(Node::Words { field, text });
                }
                (Node::Words { field: of, text }, Some(place)) if bare && of == field => {
                    if let Some(Node::Words { text: words, .. }) = members.get_mut::<usize>(place) {
                        words.push(' ');
                        words.push_str(&text);
                    }
                }
                (other, _) => members.push(other),
            }
            if matches!(self.current().map(|token| &token.kind), None | Some(Kind::And | Kind::Or | Kind::Close)) {
                return Ok(Node::all_of(members));
            }
        }
    }

    fn item(&mut self, field: Field) -> Result<Node, SyntaxError> {
        if self.take(&Kind::Not) || self.take(&Kind::Minus) {
            return self.item(field).map(Node::negated);
        }
        self.term(field)
    }

    fn term(&mut self, field: Field) -> Result<Node, SyntaxError> {
        let Some(token) = self.current() else { return Err(self.missing()) };
        match token.kind.clone() {
            Kind::Word(text) => {
                self.next += 1;
                Ok(Node::Words { field, text })
            }
            Kind::Phrase(text) => {
                self.next += 1;
                Ok(Node::Phrase { field, text })
            }
            Kind::Field(_) if matches!(self.previous(), Some(Token { kind: Kind::Field(_), .. })) => {
                Err(self.missing())
            }
            Kind::Field(inner) => {
                self.next += 1;
                let term = self.term(inner)?;
                Ok(if inner == Field::Cites { self.whole_citation(term) } else { term })
            }
            Kind::Open => self.group(field),
            Kind::Close | Kind::And | Kind::Or | Kind::Not | Kind::Minus => Err(self.missing()),
        }
    }

    /// A citation with the words behind it that go on with it: 引用:公司法2018 20条.
    fn whole_citation(&mut self, term: Node) -> Node {
        let Node::Words { field, mut text } = term else { return term };
        while let Some(Token { kind: Kind::Word(word), .. }) = self.current() {
            if !typed::goes_on(&text, word) {
                break;
            }
            text.push(' ');
            text.push_str(word);
            self.next += 1;
        }
        Node::Words { field, text }
    }

    fn group(&mut self, field: Field) -> Result<Node, SyntaxError> {
        let open = self.current().map(|token| token.span.clone()).unwrap_or_default();
        self.next += 1;
        if self.current().is_none() {
            return Err(unclosed(open));
        }
        let node = self.any(field)?;
        if self.take(&Kind::Close) { Ok(node) } else { Err(unclosed(open)) }
    }

    /// Why nothing can stand at this place.
    fn missing(&self) -> SyntaxError {
        let (previous, current) = (self.previous(), self.current());
        if let Some(token) = previous {
            match &token.kind {
                Kind::And | Kind::Or | Kind::Not | Kind::Minus => {
                    return error(
                        token,
                        format!("“{}”后面缺少检索词：请补上，或去掉这个运算符", token.kind.operator()),
                    );
                }
                Kind::Field(field) => {
                    let name = field_name(*field);
                    return error(token, format!("字段“{name}”后面没有内容：请在冒号后写上检索词，或去掉字段名"));
                }
                Kind::Open if matches!(current, Some(Token { kind: Kind::Close, .. })) => {
                    return error(token, "括号里没有内容：请写上检索词，或去掉这对括号".to_owned());
                }
                _ => {}
            }
        }
        match current {
            Some(token) if token.kind == Kind::Close => {
                error(token, "多了一个右括号：请补上左括号，或去掉这个右括号".to_owned())
            }
            Some(token) => error(token, format!("“{}”前面缺少检索词：请补上，或去掉这个运算符", token.kind.operator())),
            None => SyntaxError { span: 0..0, message: "缺少检索词：请补上".to_owned() },
        }
    }
}

fn error(token: &Token, message: String) -> SyntaxError {
    SyntaxError { span: token.span.clone(), message }
}

fn unclosed(span: Range<usize>) -> SyntaxError {
    SyntaxError { span, message: "括号没有配对：请补上右括号，或去掉这个左括号".to_owned() }
}

#[cfg(test)]
mod tests;
