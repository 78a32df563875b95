//! Names that say nothing.

use crate::Findings;
use crate::rust::Source;

const EMPTY: &[&str] = &["util", "utils", "common", "helper", "helpers", "misc", "new", "v2"];

/// Modules of one file, and the file itself, whose name says nothing.
pub fn modules(source: &Source) -> Findings {
    let place = source.path.trim_end_matches(".rs").split('/');
    let by_place = place.filter(|name| EMPTY.contains(name)).map(|name| format!("{}: {name}", source.path));
    let inline =
        (1..source.tokens.len()).filter(|at| source.text(at - 1) == "mod" && EMPTY.contains(&source.text(*at)));
    by_place
        .chain(inline.map(|at| format!("{}:{}: {}", source.path, source.tokens[at].line, source.text(at))))
        .collect()
}

#[test]
fn an_empty_name_is_found() {
    let found = |path: &str, body: &str| modules(&Source::new(path, body)).len();
    assert_eq!(found("src/law/util.rs", ""), 1);
    assert_eq!(found("tests/common/mod.rs", ""), 1);
    assert_eq!(found("src/law/x.rs", "mod helpers { }"), 1);
    assert_eq!(found("src/law/x.rs", "fn new() { misc(); } // mod misc"), 0);
}
