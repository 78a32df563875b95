//! Legality review on drafts of a fictional county: checks on powers are measured on labelled sentences.

use faju::app::{Asker, Faju, Settings, SweepRequest};
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

#[test]
fn the_library_is_swept_and_says_what_is_to_be_cleaned_up() {
    let folder = tempfile::tempdir().unwrap();
    let faju = Faju::open(Settings::of(folder.path().to_path_buf())).unwrap();
    let page = faju.sweep(&SweepRequest::default(), None, &asker()).unwrap();
    assert!(page.sample && page.documents >= 20, "{}", page.documents);
    let item = |title: &str| page.items.iter().find(|item| item.instrument.title == title).expect(title);
    let checks = |title: &str| -> Vec<&str> { item(title).findings.iter().map(|finding| finding.check).collect() };
    assert_eq!(checks("临江县人民政府办公室关于支持建材产业发展的实施意见"), ["F02", "F07"]);
    assert_eq!(checks("临江县民宿管理办法"), ["S02", "S06", "S08"]);
    assert!(item("临江县河道采砂临时管理办法").expired);
    // What a decision repeals in a list it does not cite as law.
    let decision = "临江县人民政府关于废止和修改部分行政规范性文件的决定";
    assert!(page.items.iter().all(|item| item.instrument.title != decision || !checks(decision).contains(&"C01")));
    let again = faju.sweep(&SweepRequest::default(), None, &asker()).unwrap();
    assert_eq!(serde_json::to_string(&again).unwrap(), serde_json::to_string(&page).unwrap());
    let none = SweepRequest { issuer: Some("没有这个机关".to_string()), ..SweepRequest::default() };
    assert_eq!(faju.sweep(&none, None, &asker()).unwrap().documents, 0);
}
