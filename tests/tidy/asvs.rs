//! `docs/asvs.md` says what shows each requirement. A test that is renamed or goes must not stay in it.

use crate::Findings;
use crate::rust::Source;
use std::collections::{BTreeMap, BTreeSet};

/// The paper.
pub const PAPER: &str = "docs/asvs.md";

/// What may stand in the column of the state, and how the sentence with the numbers calls it.
const STATES: [(&str, &str); 5] =
    [("met", "met"), ("partly", "partly"), ("setting", "a setting"), ("n/a", "not applicable"), ("NOT MET", "not met")];

/// Tests and files named that are not there, rows of another form, and numbers that are not those of the table.
pub fn stale(paper: &str, sources: &[Source], is_file: &dyn Fn(&str) -> bool) -> Findings {
    let tests: BTreeSet<String> = sources.iter().flat_map(tests_of).collect();
    let mut findings = Findings::new();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for line in paper.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| requirement")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [number, level, _, state, shown] = cells[..] else {
            findings.push(format!("{PAPER}: no row of five cells: {line}"));
            continue;
        };
        if !STATES.iter().any(|(name, _)| *name == state) || !["L1", "L2"].contains(&level) || shown.is_empty() {
            findings.push(format!("{PAPER}: {number}: “{level}”, “{state}”, “{shown}”"));
        }
        if !seen.insert(number) {
            findings.push(format!("{PAPER}: {number} stands twice"));
        }
        *counts.entry(state).or_default() += 1;
        for named in shown.split('`').skip(1).step_by(2) {
            let is_there = match named.split_once(".rs::") {
                Some(_) => tests.contains(named),
                // Words of the code are no paths.
                None => {
                    !["src/", "tests/", "docs/", ".ci/"].iter().any(|room| named.starts_with(room)) || is_file(named)
                }
            };
            if !is_there {
                findings.push(format!("{PAPER}: {number} names {named}, which is not there"));
            }
        }
    }
    for (state, called) in STATES {
        let told = format!(" {} {called}", counts.get(state).copied().unwrap_or_default());
        if !paper.contains(&format!("{told},")) && !paper.contains(&format!("{told}.")) {
            findings.push(format!("{PAPER}: it does not say that{told}"));
        }
    }
    findings
}

/// Its tests as `path::name`.
fn tests_of(source: &Source) -> Vec<String> {
    // An attribute ends with a bracket, and so may the one before the function.
    let is_test = |at: usize| {
        let mut from = at;
        while from > 0 && source.text(from - 1) == "]" {
            from = source
                .tokens
                .iter()
                .position(|token| token.partner == from - 1)
                .map_or(0, |open| open.saturating_sub(1));
            if source.ahead(from, 4) == "#[test]" {
                return true;
            }
        }
        false
    };
    let found = (0..source.tokens.len()).filter(|at| source.text(*at) == "fn" && is_test(*at));
    found.map(|at| format!("{}::{}", source.path, source.text(at + 1))).collect()
}

#[test]
fn what_is_not_there_is_found() {
    let source = Source::new("tests/x.rs", "#[test]\n#[cfg(unix)]\nfn a() {}\n#[test] fn b() {}\nfn help() {}");
    let numbers = "In numbers: 2 met, 0 partly, 0 a setting, 0 not applicable, 1 not met.";
    let found = |row: &str| {
        let paper = format!(
            "{numbers}\n| 1.1.1 | L1 | x | met | `tests/x.rs::a` |\n{row}\n| 9.9.9 | L2 | x | NOT MET | none |"
        );
        stale(&paper, std::slice::from_ref(&source), &|path| path == "docs/x.md")
    };
    assert!(found("| 1.1.2 | L2 | x | met | `tests/x.rs::b`, `docs/x.md`, `Service::who` |").is_empty());
    for (wrong, told) in [
        ("| 1.1.2 | L2 | x | met | `tests/x.rs::c` |", "names tests/x.rs::c"),
        ("| 1.1.2 | L2 | x | met | `tests/x.rs::help` |", "names tests/x.rs::help"),
        ("| 1.1.2 | L2 | x | met | `docs/y.md` |", "names docs/y.md"),
        ("| 1.1.2 | L3 | x | met | yes |", "“L3”"),
        ("| 1.1.2 | L2 | x | met | |", "“”"),
        ("| 1.1.1 | L1 | x | met | yes |", "twice"),
        ("| 1.1.2 | L2 | met | yes |", "five cells"),
        ("| 1.1.2 | L2 | x | partly | yes |", "1 met"),
    ] {
        assert!(found(wrong).iter().any(|finding| finding.contains(told)), "{wrong}: {:?}", found(wrong));
    }
}
