//! Citations measured on the whole real corpus: floors under what `faju eval citation` told when this was written.

use crate::corpus::{asker, corpus};
use crate::real_data::real_data;
use faju::eval::{Set, citation};

/// At least so many in a hundred of the rows in the corpus.
fn at_least(set: &Set, kind: &str, percent: u64, rows: u64) {
    let count = set.kinds.get(kind).copied().unwrap_or_default();
    let told = format!("{} {kind}: {} of {}: {:#?}", set.name, count.right, count.in_corpus, set.errors);
    eprintln!("{} {kind}: {} of {}", set.name, count.right, count.in_corpus);
    // A law that is not recognised must not make the set smaller.
    assert!(count.in_corpus >= rows, "{told}");
    assert!(count.right * 100 >= count.in_corpus * percent, "{told}");
}

#[test]
fn labelled_citations_are_found_and_told_apart() {
    let name = "labelled_citations_are_found_and_told_apart";
    let (Some(corpus), Some(data)) = (corpus(name), real_data(name)) else { return };
    let set = |file: &str| citation::file(&corpus.faju, &data.join("eval/citation").join(file), &asker()).unwrap();
    at_least(&set("lawbench-1-1-article-lookup.jsonl"), "lookup", 99, 280);
    let bench = set("law-citation-bench.jsonl");
    at_least(&bench, "sentence", 99, 130);
    at_least(&bench, "quotation", 95, 60);
}

#[test]
fn generated_quotations_are_told_apart() {
    let Some(corpus) = corpus("generated_quotations_are_told_apart") else { return };
    for seed in [1, 2] {
        let set = citation::generated(&corpus.faju, citation::Options { seed, count: 100 }, &asker()).unwrap();
        assert_eq!((set.rows, set.kinds.len()), (620, 7));
        let told = format!("seed {seed}: {} of {}: {:#?}", set.right, set.rows, set.errors);
        eprintln!("generated, seed {seed}: {} of {}", set.right, set.rows);
        assert!(set.right * 100 >= set.rows * 99, "{told}");
    }
}
