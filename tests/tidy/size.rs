//! Functions that fit on a page, files that fit in the head.

use crate::Findings;
use crate::rust::Source;
use crate::tree::Text;

const FUNCTION_LINES_MAX: usize = 70;
const FILE_LINES_MAX: usize = 500;

/// Files whose length counts: what people write as code.
const CODE: &[&str] = &[".rs", ".js", ".css", ".html", ".sh", ".py"];

/// Files that may be longer: tables, each with its reason.
pub const TABLES: &[(&str, &str)] = &[("src/http/routes.rs", "the one table of routes")];

/// Functions of one file that are too long, from `fn` to the closing brace.
pub fn functions(source: &Source) -> Findings {
    let mut findings = Vec::new();
    for at in 0..source.tokens.len() {
        let token = &source.tokens[at];
        if token.text != "fn" || source.text(at + 1) == "(" {
            continue;
        }
        let lines = body(source, at).map_or(1, |end| source.tokens[end].line + 1 - token.line);
        if lines > FUNCTION_LINES_MAX {
            findings.push(format!("{}:{}: {} has {lines} lines", source.path, token.line, source.text(at + 1)));
        }
    }
    findings
}

/// Index of the brace that closes the function at `at`; `None` for a declaration.
fn body(source: &Source, mut at: usize) -> Option<usize> {
    loop {
        match source.text(at) {
            "{" => return Some(source.tokens[at].partner),
            ";" | "" => return None,
            "(" | "[" => at = source.tokens[at].partner + 1,
            _ => at += 1,
        }
    }
}

/// Files that are too long, and exceptions that are none any more.
pub fn files(texts: &[Text], tables: &[(&str, &str)]) -> Findings {
    let code = texts.iter().filter(|text| CODE.iter().any(|end| text.path.ends_with(end)));
    let long: Vec<(&str, usize)> = code
        .map(|text| (text.path.as_str(), text.body.lines().count()))
        .filter(|(_, lines)| *lines > FILE_LINES_MAX)
        .collect();
    let too_long = long.iter().filter(|(path, _)| !tables.iter().any(|(table, _)| table == path));
    let stale = tables.iter().filter(|(table, _)| !long.iter().any(|(path, _)| path == table));
    too_long
        .map(|(path, lines)| format!("{path}: {lines} lines"))
        .chain(stale.map(|(table, _)| format!("{table}: named as a long table, but is none")))
        .collect()
}

#[test]
fn a_long_function_is_found() {
    let found = |lines: usize, head: &str| {
        let text = format!("struct A; impl A {{ {head} {{{}}} }}", "\n".repeat(lines - 1));
        functions(&Source::new("src/law/x.rs", &text)).len()
    };
    assert_eq!(found(71, "/// Doc\n pub fn f<T>(a: [u8; 3]) -> fn(u8) where T: Copy"), 1);
    assert_eq!(found(70, "/// Doc\n pub fn f<T>(a: [u8; 3]) -> fn(u8) where T: Copy"), 0);
    let inside = format!("proptest! {{ #[test] fn f() {{{}}} }}", "\n".repeat(80));
    assert_eq!(functions(&Source::new("src/law/x.rs", &inside)).len(), 1, "inside a macro");
}

#[test]
fn a_long_file_is_found() {
    let file = |path: &str, lines: usize| Text { path: path.to_owned(), body: "x\n".repeat(lines) };
    let texts = [file("src/a.rs", 501), file("src/b.rs", 500), file("src/table.rs", 900), file("docs/c.md", 900)];
    assert_eq!(files(&texts, &[("src/table.rs", "a table")]), ["src/a.rs: 501 lines"]);
    assert_eq!(files(&texts[1..2], &[("src/b.rs", "a table")]).len(), 1, "an exception that is none");
}
