//! Who may use whom: arrows point down only.

use crate::Findings;
use crate::rust::{Path, Source};

/// Rooms from the bottom up, each with the rooms it may use.
const ROOMS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("law", &["text"]),
    // What a source states is a `law::Document`: one shape from reading to the journal.
    ("extract", &["text", "law"]),
    // What leaves knows no law: values in, bytes out.
    ("publish", &[]),
    ("citation", &["text", "law"]),
    ("query", &["text", "law", "citation"]),
    ("review", &["text", "law", "citation", "query"]),
    ("rank", &["text", "law", "query"]),
    ("corpus", &["text", "law", "citation"]),
    ("index", &["text", "law", "query", "rank"]),
    ("people", &["text", "law"]),
    ("audit", &["text"]),
    (
        "app",
        &[
            "text", "law", "extract", "publish", "citation", "query", "review", "rank", "corpus", "index", "people",
            "audit",
        ],
    ),
    ("eval", &["text", "law", "extract", "publish", "citation", "query", "review", "rank", "corpus", "index", "app"]),
    // `faju serve` starts the other face.
    ("cli", &["app", "eval", "http", "mcp"]),
    ("http", &["app"]),
    ("mcp", &["app"]),
];

/// Files at the root of `src/`, each with what it may use.
const ROOT: &[(&str, &[&str])] = &[("lib", &[]), ("main", &["cli", "http", "mcp", "config"]), ("config", &["app"])];

/// Upward arrows in one file.
pub fn arrows(source: &Source) -> Findings {
    let Some(inside) = source.path.strip_prefix("src/") else { return Vec::new() };
    let home = inside.split(['/', '.']).next().unwrap_or_default();
    let Some((_, allowed)) = ROOMS.iter().chain(ROOT).find(|(room, _)| *room == home) else {
        return vec![format!("{}: no room of the house", source.path)];
    };
    let mut findings = Vec::new();
    for path in source.paths() {
        let Some(target) = target(source, &path) else { continue };
        if target == "*" || target == "crate" {
            findings.push(format!("{}:{}: takes the whole house in", source.path, path.line));
        } else if target != home
            && ROOMS.iter().chain(ROOT).any(|(room, _)| *room == target)
            && !allowed.contains(&&*target)
        {
            findings.push(format!(
                "{}:{}: {home} uses {target} ({})",
                source.path,
                path.line,
                path.segments.join("::")
            ));
        }
    }
    findings
}

/// The first name under the root of the crate that a path leads to; `None` for paths of other crates.
fn target(source: &Source, path: &Path) -> Option<String> {
    let mut names: Vec<&str> = path.segments.iter().map(String::as_str).collect();
    let first = *names.first()?;
    if first == "crate" || first == "faju" {
        // A parameter may be called `faju`; `faju::` and `faju as` are the crate.
        let next = [source.text(path.at + 1), source.text(path.at + 2)];
        let alone = names.len() == 1 && (next[0] == "as" || next == [":", ":"]);
        return names.get(1).map(|name| (*name).to_owned()).or_else(|| alone.then(|| "crate".to_owned()));
    }
    if first != "super" {
        return None;
    }
    let mut module = source.module(path.at);
    while names.first() == Some(&"super") {
        names.remove(0);
        module.pop();
    }
    module.extend(names.into_iter().map(str::to_owned));
    module.first().cloned()
}

#[test]
fn an_upward_arrow_is_found() {
    let found = |path: &str, body: &str| arrows(&Source::new(path, body)).len();
    assert_eq!(found("src/law/kind.rs", "use crate::app::AppError;"), 1);
    assert_eq!(found("src/law/kind.rs", "use crate::{text, index::Engine};"), 1);
    assert_eq!(found("src/law/kind.rs", "fn f() { json!(crate::corpus::Record) }"), 1);
    assert_eq!(found("src/law/kind.rs", "use super::super::query::Query;"), 1);
    assert_eq!(found("src/law/kind.rs", "mod tests { use super::super::super::query::Query; }"), 1);
    assert_eq!(found("src/law/kind.rs", "use super::super::*;"), 1);
    assert_eq!(found("src/law/kind.rs", "use crate as house;"), 1);
    assert_eq!(found("src/cli/mod.rs", "use crate::index::Engine;"), 1);
    assert_eq!(found("src/main.rs", "use faju::index::Engine;"), 1);
    assert_eq!(found("src/attic/mod.rs", ""), 1);
}

#[test]
fn a_downward_arrow_is_not() {
    let found = |path: &str, body: &str| arrows(&Source::new(path, body));
    assert!(found("src/law/kind.rs", "use crate::{text, law}; use super::event; pub(crate) struct A;").is_empty());
    assert!(found("src/law/kind.rs", "//! [`crate::app`]\n// crate::app\nconst A: &str = \"crate::app\";").is_empty());
    assert!(found("src/app/mod.rs", "use crate::{index::Engine, corpus, law};").is_empty());
    assert!(found("src/http/api.rs", "fn f(faju: &u8) {}").is_empty());
    assert!(found("tests/real/main.rs", "use faju::index::Engine;").is_empty());
}
