//! Rust files as tokens: what a lexer sees, so that comments and strings cannot mislead a check and code inside macros
//! is seen too.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// One token; a group is an opening and a closing token.
pub struct Token {
    pub text: String,
    pub line: usize,
    /// Index of the partner of a bracket, else its own.
    pub partner: usize,
    /// Inside an item under `#[cfg(test)]`, or in a file of tests.
    pub test: bool,
    /// A string, character or number.
    pub literal: bool,
}

/// A path as written, use groups expanded: `use a::{b, c::*}` is `a::b` and `a::c::*`.
pub struct Path {
    pub segments: Vec<String>,
    pub line: usize,
    pub test: bool,
    /// Index of its first token.
    pub at: usize,
}

/// A file of Rust.
pub struct Source {
    pub path: String,
    pub tokens: Vec<Token>,
}

impl Source {
    /// Lexes a file; what does not lex would not compile either.
    pub fn new(path: &str, body: &str) -> Source {
        let stream: TokenStream = body.parse().unwrap_or_else(|error| panic!("{path}: not Rust: {error}"));
        let mut tokens = Vec::new();
        flatten(stream, &mut tokens);
        let mut source = Source { path: path.to_owned(), tokens };
        source.mark_tests();
        source
    }

    /// The texts of `count` tokens from `at`, joined; short at the end of the file.
    pub fn ahead(&self, at: usize, count: usize) -> String {
        self.tokens.iter().skip(at).take(count).map(|token| token.text.as_str()).collect()
    }

    /// Text of the token at an index, empty outside the file.
    pub fn text(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| &token.text)
    }

    fn is_name(&self, at: usize) -> bool {
        self.text(at).starts_with(|first: char| first.is_alphabetic() || first == '_') && !self.tokens[at].literal
    }

    /// Every path in the file.
    pub fn paths(&self) -> Vec<Path> {
        let mut paths = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            let field = at >= 1 && self.text(at - 1) == "." && (at < 2 || self.text(at - 2) != ".");
            at = if self.is_name(at) && !field { self.follow(at, at, &[], &mut paths) } else { at + 1 };
        }
        paths
    }

    /// Reads the path that starts at `at` and returns where it ends.
    fn follow(&self, start: usize, mut at: usize, prefix: &[String], paths: &mut Vec<Path>) -> usize {
        let mut segments = prefix.to_vec();
        loop {
            segments.push(self.text(at).to_owned());
            at += 1;
            let next = at + 2;
            if self.ahead(at, 2) != "::" || next >= self.tokens.len() {
                break;
            }
            if self.text(next) == "{" {
                self.group(start, next, &segments, paths);
                return self.tokens[next].partner + 1;
            }
            if !self.is_name(next) && self.text(next) != "*" {
                break;
            }
            at = next;
        }
        let Token { line, test, .. } = self.tokens[start];
        paths.push(Path { segments, line, test, at: start });
        at
    }

    /// Reads the members of the use group that opens at `open`.
    fn group(&self, start: usize, open: usize, prefix: &[String], paths: &mut Vec<Path>) {
        let mut at = open + 1;
        while at < self.tokens[open].partner {
            at = if self.is_name(at) || self.text(at) == "*" { self.follow(start, at, prefix, paths) } else { at + 1 };
            // Past an `as name`.
            while at < self.tokens[open].partner && self.text(at) != "," {
                at += 1;
            }
            at += 1;
        }
    }

    /// The modules around a token: those of the file's place, then inline ones.
    pub fn module(&self, at: usize) -> Vec<String> {
        let mut module = module_of_file(&self.path);
        for index in 0..at {
            let inside = self.text(index) == "mod"
                && self.text(index + 2) == "{"
                && (index + 2..self.tokens[index + 2].partner).contains(&at);
            if inside {
                module.push(self.text(index + 1).to_owned());
            }
        }
        module
    }

    fn mark_tests(&mut self) {
        let tests_only = self.path.starts_with("tests/") || self.path.starts_with("benches/") || {
            let module = module_of_file(&self.path);
            module.iter().any(|name| name == "tests")
        };
        if tests_only {
            self.tokens.iter_mut().for_each(|token| token.test = true);
            return;
        }
        for at in 0..self.tokens.len() {
            if self.ahead(at, 3) == "#[cfg" && self.is_test_condition(at + 1) {
                let end = self.end_of_item(self.tokens[at + 1].partner + 1);
                self.tokens[at..end].iter_mut().for_each(|token| token.test = true);
            }
        }
    }

    fn is_test_condition(&self, open: usize) -> bool {
        let inside = &self.tokens[open..self.tokens[open].partner];
        let has = |name: &str| inside.iter().any(|token| token.text == name);
        has("test") && !has("not")
    }

    /// Where the item ends that starts at `at`, attributes included.
    fn end_of_item(&self, mut at: usize) -> usize {
        while at < self.tokens.len() {
            match self.text(at) {
                "{" => return self.tokens[at].partner + 1,
                ";" => return at + 1,
                "(" | "[" => at = self.tokens[at].partner + 1,
                _ => at += 1,
            }
        }
        self.tokens.len()
    }
}

/// `src/law/kind.rs` is `law::kind`; `src/law/mod.rs` is `law`; `src/lib.rs` is the root.
pub fn module_of_file(path: &str) -> Vec<String> {
    let inside = path.strip_prefix("src/").unwrap_or(path).trim_end_matches(".rs");
    let mut names: Vec<String> = inside.split('/').map(str::to_owned).collect();
    if names.last().is_some_and(|last| last == "mod" || inside == "lib" || inside == "main") {
        names.pop();
    }
    names
}

fn flatten(stream: TokenStream, tokens: &mut Vec<Token>) {
    for tree in stream {
        let token = |text: String, line: usize, partner: usize, literal: bool| Token {
            text,
            line,
            partner,
            test: false,
            literal,
        };
        let at = tokens.len();
        match tree {
            TokenTree::Ident(name) => tokens.push(token(name.to_string(), name.span().start().line, at, false)),
            TokenTree::Punct(mark) => {
                tokens.push(token(mark.as_char().to_string(), mark.span().start().line, at, false))
            }
            TokenTree::Literal(value) => tokens.push(token(value.to_string(), value.span().start().line, at, true)),
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::None => ("", ""),
                };
                tokens.push(token(open.to_owned(), group.span_open().start().line, at, false));
                flatten(group.stream(), tokens);
                let end = tokens.len();
                tokens[at].partner = end;
                tokens.push(token(close.to_owned(), group.span_close().start().line, at, false));
            }
        }
    }
}

fn written(body: &str) -> Vec<String> {
    Source::new("src/law/x.rs", body).paths().into_iter().map(|path| path.segments.join("::")).collect()
}

#[test]
fn reads_paths() {
    assert_eq!(written("use a::{b, c::{d as e, *}, self};"), ["use", "a::b", "a::c::d", "a::c::*", "a::self"]);
    assert_eq!(written("m!(x, crate::app::y(1));"), ["m", "x", "crate::app::y"]);
    assert_eq!(
        written(
            r#"// std::fs
    "std::fs" x.std 0..std::MAX f::<u8>::g, ::std::fs"#
        ),
        ["x", "std::MAX", "f", "u8", "g", "std::fs"]
    );
}

#[test]
fn knows_tests() {
    let source =
        Source::new("src/law/x.rs", "fn a() {} #[cfg(test)] mod tests { fn b() {} } #[cfg(not(test))] fn c() {}");
    let marked = |name: &str| source.tokens.iter().find(|token| token.text == name).expect("the name").test;
    assert_eq!((marked("a"), marked("b"), marked("c")), (false, true, false));
    assert!(Source::new("src/law/x/tests.rs", "a").tokens[0].test);
}

#[test]
fn knows_modules() {
    let source = Source::new("src/law/x.rs", "mod tests { here } there");
    assert_eq!(source.module(3), ["law", "x", "tests"]);
    assert_eq!(source.module(5), ["law", "x"]);
    assert_eq!(module_of_file("src/law/mod.rs"), ["law"]);
    assert!(module_of_file("src/lib.rs").is_empty());
}
