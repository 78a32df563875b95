//! The rules of the house that the compiler does not keep. Every check is a function from text to findings, tried at
//! the end of its file on a text that breaks it; here the checks meet the files of this repository.

#[path = "tidy/asvs.rs"]
mod asvs;
#[path = "tidy/licences.rs"]
mod licences;
#[path = "tidy/names.rs"]
mod names;
#[path = "tidy/papers.rs"]
mod papers;
#[path = "tidy/purity.rs"]
mod purity;
#[path = "tidy/rooms.rs"]
mod rooms;
#[path = "tidy/routes.rs"]
mod routes;
#[path = "tidy/rust.rs"]
mod rust;
#[path = "tidy/size.rs"]
mod size;
#[path = "tidy/skips.rs"]
mod skips;
#[path = "tidy/tree.rs"]
mod tree;

use rust::Source;
use tree::Tree;

/// What a check found, with its place.
type Findings = Vec<String>;

/// Fails with every finding, one a line.
fn nothing(rule: &str, findings: Findings) {
    assert!(findings.is_empty(), "{rule}\n  {}\n", findings.join("\n  "));
}

/// Runs a check over every Rust file of the repository.
fn in_rust(check: impl Fn(&Source) -> Findings) -> Findings {
    Tree::read().rust().iter().flat_map(check).collect()
}

#[test]
fn dependencies_are_free_and_of_one_registry() {
    let deny = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/deny.toml")).expect("deny.toml");
    nothing("A dependency is not what deny.toml allows:", licences::forbidden(&licences::metadata(), &deny));
}

#[test]
fn arrows_point_down() {
    nothing("a room uses only the rooms below it (architecture: who may use whom)", in_rust(rooms::arrows));
}

#[test]
fn pure_rooms_touch_nothing() {
    nothing("a pure room touches no file, network, environment, clock or engine", in_rust(purity::touches));
}

#[test]
fn one_place_starts_programs() {
    nothing("only src/app/convert.rs starts an outside program", in_rust(purity::programs));
}

#[test]
fn one_place_calls_other_machines() {
    nothing("only src/app/outward.rs and sync/remote.rs call another machine", in_rust(purity::calls));
}

#[test]
fn functions_fit_on_a_page() {
    nothing("a function has at most 70 lines", in_rust(size::functions));
}

#[test]
fn files_fit_in_the_head() {
    nothing("a file has at most 500 lines", size::files(&Tree::read().texts(), size::TABLES));
}

#[test]
fn modules_have_telling_names() {
    nothing("a module is named for what it holds", in_rust(names::modules));
}

#[test]
fn routes_stand_in_their_table() {
    nothing("every HTTP route comes from the table in src/http/routes.rs", in_rust(routes::strays));
}

#[test]
fn skipped_tests_say_so() {
    nothing("tests that need data or a browser ask tests/support/", in_rust(skips::silent));
}

#[test]
fn no_trace_of_a_machine() {
    nothing("no path of a machine and no registry host stands in a file", papers::traces(&Tree::read().texts()));
}

#[test]
fn both_readmes_name_the_same_commands() {
    let tree = Tree::read();
    nothing(
        "README.md and README.zh-CN.md agree",
        papers::readmes(&tree.text("README.md"), &tree.text("README.zh-CN.md")),
    );
}

#[test]
fn every_dependency_is_justified() {
    let tree = Tree::read();
    nothing(
        "DESIGN.md has one line for each dependency",
        papers::dependencies(&tree.text("Cargo.toml"), &tree.text("DESIGN.md")),
    );
}

#[test]
fn what_shows_a_requirement_is_there() {
    let tree = Tree::read();
    let is_file = |path: &str| std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path).exists();
    nothing("docs/asvs.md names what is there", asvs::stale(&tree.text(asvs::PAPER), &tree.rust(), &is_file));
}
