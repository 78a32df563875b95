//! The thesaurus leads to words that stand in the law.

use crate::corpus::{asker, corpus};
use faju::query::Thesaurus;
use std::collections::BTreeSet;

#[test]
fn every_term_of_the_thesaurus_stands_in_the_corpus() {
    let Some(corpus) = corpus("every_term_of_the_thesaurus_stands_in_the_corpus") else { return };
    let table = Thesaurus::embedded().unwrap();
    let terms: BTreeSet<&String> = table.entries().flat_map(|(_, terms)| terms).collect();
    let stands = |term: &str| {
        let quoted = format!("\"{term}\"");
        let asked = [("q", quoted.as_str()), ("status", "all"), ("limit", "0")];
        let asked: Vec<(String, String)> = asked.iter().map(|(n, v)| (n.to_string(), v.to_string())).collect();
        corpus.faju.search(&asked, &asker()).unwrap().total.value > 0
    };
    let nowhere: Vec<&&String> = terms.iter().filter(|term| !stands(term)).collect();
    assert!(nowhere.is_empty(), "no law has {nowhere:?}");
}
