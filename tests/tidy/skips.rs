//! A test that cannot run says so. Whoever wants the real data or a browser asks `tests/support/`, which says it.

use crate::Findings;
use crate::rust::Source;

#[path = "../support/skip.rs"]
mod skip;

/// Where the environment is asked and skipping is told.
const SUPPORT: &str = "tests/support/";

/// How the message begins, split so that this file does not hold it.
const MESSAGE: &str = concat!("skip", "ped:");

/// Ways in one file to leave a test without a word.
pub fn silent(source: &Source) -> Findings {
    if source.path.starts_with(SUPPORT) || source.path.starts_with("benches/") {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for path in source.paths().iter().filter(|path| path.test) {
        let written = path.segments.join("::");
        if written.ends_with("env::var") || written.ends_with("env::var_os") {
            findings.push(format!("{}:{}: a test asks the environment itself", source.path, path.line));
        }
    }
    for (at, token) in source.tokens.iter().enumerate().filter(|(_, token)| token.test) {
        if token.literal && token.text.trim_start_matches(['r', 'b', '#', '"']).starts_with(MESSAGE) {
            findings.push(format!("{}:{}: tells of skipping itself", source.path, token.line));
        }
        if source.ahead(at, 4) == "#[ignore]" {
            findings.push(format!("{}:{}: ignored without a reason", source.path, token.line));
        }
    }
    findings
}

#[test]
fn a_silent_skip_is_found() {
    let found = |path: &str, body: &str| silent(&Source::new(path, body)).len();
    assert_eq!(
        found("tests/real/main.rs", "fn f() { let Ok(d) = std::env::var(\"FAJU_REAL_DATA\") else { return }; }"),
        1
    );
    assert_eq!(found("src/law/x.rs", "#[cfg(test)] mod tests { fn f() { env::var_os(\"X\"); } }"), 1);
    assert_eq!(found("tests/web.rs", &format!("fn f() {{ eprintln!(\"{MESSAGE} no browser\"); }}")), 1);
    assert_eq!(found("tests/web.rs", "#[test] #[ignore] fn f() {}"), 1);
    assert_eq!(found("tests/web.rs", "#[test] #[ignore = \"ten minutes: just soak\"] fn f() { env!(\"X\"); }"), 0);
    assert_eq!(found("src/cli/mod.rs", "fn f() { std::env::var(\"X\"); }"), 0);
}

#[test]
#[ignore = "run by a_skip_is_heard"]
fn passes_but_skips() {
    skip::skipped("passes_but_skips", "on purpose");
}

#[test]
fn a_skip_is_heard() {
    let program = std::env::current_exe().expect("this test's own program");
    let run = std::process::Command::new(program)
        .args(["--ignored", "--exact", "skips::passes_but_skips"])
        .output()
        .expect("it runs");
    assert!(run.status.success());
    assert_eq!(String::from_utf8_lossy(&run.stderr), format!("{MESSAGE} passes_but_skips: on purpose\n"));
}
