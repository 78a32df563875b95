//! Pure rooms compute; only stores, journeys and faces touch the world.

use crate::Findings;
use crate::rust::{Path, Source, module_of_file};

const PURE: &[&str] = &["text", "law", "citation", "query", "rank", "review", "extract", "publish"];

/// Paths that reach the world. A path that starts with one of these is I/O.
const WORLD: &[&str] = &[
    "std::env",
    "std::fs",
    "std::io::stderr",
    "std::io::stdin",
    "std::io::stdout",
    "std::net",
    "std::os",
    "std::process",
    "std::time::Instant",
    "std::time::SystemTime",
    "axum",
    "hyper",
    "indicatif",
    "reqwest",
    "rusqlite",
    "rustls",
    "rustls_native_certs",
    "signal_hook",
    "tantivy",
    "tempfile",
    "tokio",
    "tower",
    "tower_http",
    "ureq",
];

/// What a pure room may use all the same, and why.
const EXCEPTIONS: &[(&str, &str, &str)] =
    &[("extract", "rusqlite", "reads the bytes of a database that the caller holds in memory; opens no file")];

/// Macros that write to a standard stream.
const PRINTING: &[&str] = &["print", "println", "eprint", "eprintln", "dbg"];

/// I/O in one file of a pure room; its tests may read fixtures.
pub fn touches(source: &Source) -> Findings {
    let module = if source.path.starts_with("src/") { module_of_file(&source.path) } else { Vec::new() };
    let Some(room) = module.first().filter(|room| PURE.contains(&room.as_str())) else { return Vec::new() };
    let paths = source.paths();
    let reaching = paths
        .iter()
        .filter(|path| !path.test && (reaches(room, path) || prints(source, path) || whole_std(source, path)));
    reaching.map(|path| format!("{}:{}: {}", source.path, path.line, path.segments.join("::"))).collect()
}

fn reaches(room: &str, path: &Path) -> bool {
    let written = path.segments.join("::");
    let excepted = EXCEPTIONS.iter().any(|(home, name, _)| *home == room && path.segments[0] == *name);
    let world = WORLD.iter().any(|name| written == *name || written.starts_with(&format!("{name}::")));
    // `Timestamp::now`, `Zoned::now`: the clock under any name.
    let clock = path.segments.len() > 1 && path.segments.last().is_some_and(|last| last == "now");
    (world || clock) && !excepted
}

fn prints(source: &Source, path: &Path) -> bool {
    path.segments.len() == 1 && PRINTING.contains(&path.segments[0].as_str()) && source.text(path.at + 1) == "!"
}

/// `use std as s` and `use std::*` would hide the rest; so would `use std::{io, time}` brought in whole with a glob.
fn whole_std(source: &Source, path: &Path) -> bool {
    let written = path.segments.join("::");
    matches!(written.as_str(), "std::*" | "std::io::*" | "std::time::*")
        || (written == "std" && source.text(path.at + 1) == "as")
}

/// Starts of outside programs anywhere but in the one place for them.
pub fn programs(source: &Source) -> Findings {
    if !source.path.starts_with("src/") || source.path == "src/app/convert.rs" {
        return Vec::new();
    }
    let starts = |path: &Path| {
        let written = path.segments.join("::");
        written.starts_with("std::process::Command")
            || written.starts_with("tokio::process")
            || written == "process::Command::new"
    };
    let found = source.paths().into_iter().filter(|path| !path.test && starts(path));
    found.map(|path| format!("{}:{}: {}", source.path, path.line, path.segments.join("::"))).collect()
}

/// Crates that call other machines.
const CALLING: &[&str] = &["ureq", "rustls", "rustls_native_certs"];

/// Calls to other machines anywhere but in the one place for them, which makes what calls, and in the one that reads
/// the answers of another node with it.
pub fn calls(source: &Source) -> Findings {
    if !source.path.starts_with("src/") || ["src/app/outward.rs", "src/app/sync/remote.rs"].contains(&&*source.path) {
        return Vec::new();
    }
    let out = |path: &Path| {
        let name = path.segments.join("::");
        // The server shows a certificate of its own; only a client calls.
        let answers = source.path == "src/http/tls.rs" && !name.contains("ClientCon");
        CALLING.contains(&path.segments[0].as_str()) && !answers || name.contains("TcpStream::connect")
    };
    let found = source.paths().into_iter().filter(|path| !path.test && out(path));
    found.map(|path| format!("{}:{}: {}", source.path, path.line, path.segments.join("::"))).collect()
}

#[test]
fn a_call_to_another_machine_is_found() {
    let found = |path: &str| calls(&Source::new(path, "use ureq::Agent; fn f() { TcpStream::connect(1); }")).len();
    assert_eq!((found("src/app/import.rs"), found("src/app/outward.rs"), found("tests/sync.rs")), (2, 0, 0));
    let tls = |body: &str| calls(&Source::new("src/http/tls.rs", body)).len();
    assert_eq!((tls("use rustls::ServerConfig;"), tls("use rustls::ClientConfig;")), (0, 1));
}

#[test]
fn a_touch_is_found() {
    let found = |path: &str, body: &str| touches(&Source::new(path, body)).len();
    for body in [
        "use std::fs;",
        "use std::{fmt, net::TcpStream};",
        "fn f() { std::env::var(\"X\"); }",
        "use std::time::Instant;",
        "use tokio::sync::Mutex;",
        "use tantivy::Index;",
        "use axum::Router;",
        "fn f() { jiff::Timestamp::now() }",
        "fn f() { println!(\"x\") }",
        "use std as s;",
        "use rusqlite::Connection;",
    ] {
        assert_eq!(found("src/law/kind.rs", body), 1, "{body}");
    }
    assert_eq!(found("src/extract/x.rs", "use tempfile::tempdir;"), 1);
    assert_eq!(found("src/text/x.rs", "mod a { fn f() { m!(std::fs::read(1)) } }"), 1);
}

#[test]
fn a_computation_is_not() {
    let found = |path: &str, body: &str| touches(&Source::new(path, body));
    assert!(found("src/law/kind.rs", "use std::{fmt, io::Read, time::Duration}; // std::fs\n").is_empty());
    assert!(found("src/law/kind.rs", "#[cfg(test)] mod tests { use std::fs; }").is_empty());
    assert!(found("src/extract/x.rs", "use rusqlite::Connection;").is_empty());
    assert!(found("src/corpus/x.rs", "use std::fs;").is_empty());
}

#[test]
fn a_start_of_a_program_is_found() {
    let found = |path: &str| programs(&Source::new(path, "use std::process::Command;")).len();
    assert_eq!((found("src/app/import.rs"), found("src/app/convert.rs"), found("tests/cli.rs")), (1, 0, 0));
}
