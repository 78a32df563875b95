//! Legality review on drafts of a fictional county: checks on powers are measured on labelled sentences.

use faju::app::{Asker, Faju, Settings};
use faju::eval::review;
use faju::law::Access;
use std::path::{Path, PathBuf};

fn asker() -> Asker {
    Asker { access: Access::Restricted, today: jiff::civil::date(2026, 11, 27) }
}

fn labelled() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/review/powers.jsonl")
}

/// The rows were written before any pattern, by the hand that wrote the patterns: a floor, no estimate.
#[test]
fn powers_that_a_county_has_not_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let faju = Faju::open(Settings::of(folder.path().to_path_buf())).unwrap();
    let report = review::files(&faju, &[labelled()], &asker()).unwrap();
    let set = &report.sets[0];
    for (check, precision, recall) in
        [("S01", 0.9, 0.85), ("S02", 0.7, 0.7), ("S03", 0.9, 0.85), ("S04", 0.9, 0.85), ("S05", 0.9, 0.85)]
    {
        let counts = set.checks[check];
        assert!(counts.tp + counts.missed >= 40, "{check}: {counts:?}");
        let share = |of: u64, all: u64| of as f64 / all as f64;
        assert!(share(counts.tp, counts.tp + counts.fp) >= precision, "{check}: {counts:?}");
        assert!(share(counts.tp, counts.tp + counts.missed) >= recall, "{check}: {counts:?}");
    }
    assert!(set.clean >= 200 && set.clean_with_finding * 100 <= set.clean * 3, "{:?}", set.errors);
}
