//! Floors of retrieval, asked through the journey of users by `faju eval retrieval`: everyday questions about the sample, and
//! sets that no model was trained with on the real corpus. What is better may raise a floor; nothing may fall below.

use crate::corpus::{asker, corpus, settings};
use crate::real_data::real_data;
use faju::app::Faju;
use faju::eval::retrieval::{METRICS, Options, Retrieval, RetrievalSet, files};
use std::path::{Path, PathBuf};

/// Everyday questions about the sample, written from its texts before any was asked.
const SAMPLE: &str = "tests/relevance/lay-sample.jsonl";

/// Floors of a set over the articles that the corpus has.
type Floors = (&'static str, [(&'static str, f64); 3]);

/// What was measured on 2026-11-26 is .02 to .04 above. Everyday words for what a small fictional corpus says are hard: plain
/// BM25 has mrr10 .196, r10 .270, r100 .507 on the sample.
const SAMPLE_FLOORS: Floors = ("lay-sample", [("mrr10", 0.18), ("r10", 0.28), ("r100", 0.69)]);
const REAL_FLOORS: [Floors; 3] = [
    ("equals-test", [("mrr10", 0.31), ("r10", 0.55), ("r100", 0.80)]),
    ("enforcement-ad-violations", [("mrr10", 0.81), ("r10", 0.95), ("hit1", 0.71)]),
    ("enforcement-nfra-basis", [("mrr10", 0.17), ("r10", 0.14), ("r100", 0.34)]),
];

fn hold(set: &RetrievalSet, floors: &Floors) {
    let measured = &set.in_pack;
    let figures = METRICS.map(|metric| format!("{metric} {:.3}", measured.mean(metric))).join(", ");
    eprintln!("{}, {} questions: {figures}", set.name, measured.questions);
    assert_eq!(set.name, floors.0);
    for (metric, floor) in floors.1 {
        assert!(measured.mean(metric) >= floor, "{}: {metric} {:.3} < {floor}", set.name, measured.mean(metric));
    }
}

/// Asked for the law: decisions that tell the same facts are not meant.
fn measured(faju: &Faju, paths: &[PathBuf], baseline: bool) -> Retrieval {
    let parameters = vec![("kind".to_string(), "legislation,normative".to_string())];
    files(faju, paths, &Options { parameters, baseline, ..Options::default() }, &asker()).expect("readable sets")
}

#[test]
fn everyday_questions_about_the_sample_find_their_articles() {
    let folder = tempfile::tempdir().expect("a folder");
    let faju = Faju::open(settings(folder.path().to_path_buf())).expect("the sample");
    let report = measured(&faju, &[Path::new(env!("CARGO_MANIFEST_DIR")).join(SAMPLE)], false);
    let set = &report.sets[0];
    assert_eq!((set.all.questions, set.in_pack.questions), (set.queries, set.queries), "every label is in the sample");
    hold(set, &SAMPLE_FLOORS);
}

#[test]
fn sets_that_no_model_knows_stay_above_their_floors_and_plain_bm25() {
    let test = "sets_that_no_model_knows_stay_above_their_floors_and_plain_bm25";
    let (Some(corpus), Some(data)) = (corpus(test), real_data(test)) else { return };
    let path = |floors: &Floors| data.join("eval/statute-retrieval").join(floors.0).with_extension("jsonl");
    let report = measured(&corpus.faju, &REAL_FLOORS.iter().map(path).collect::<Vec<_>>(), true);
    report.sets.iter().zip(&REAL_FLOORS).for_each(|(set, floors)| hold(set, floors));
    for difference in &report.differences {
        for (metric, [_, upper]) in METRICS.iter().zip(difference.in_pack.intervals) {
            assert!(upper >= 0.0, "{}: {metric} is worse than plain BM25", difference.name);
        }
    }
}
