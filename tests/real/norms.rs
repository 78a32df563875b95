//! What real provisions do, told by their words, beside what a person says of each.

use crate::corpus::{asker, corpus};
use faju::app::Found;
use faju::law::Norm;

const LABELS: &str = include_str!("norms/labels.tsv");

/// So much of the sample is told as labelled; it is the sample that the table of patterns was improved on.
const RIGHT_MIN: f64 = 0.9;

#[test]
fn provisions_are_told_as_labelled() {
    let Some(corpus) = corpus("provisions_are_told_as_labelled") else { return };
    let (mut right, mut all) = (0, 0);
    for (id, expected) in LABELS.lines().skip(1).filter_map(|line| line.split_once('\t')) {
        let Found::Here(provision) = corpus.faju.provision(id, None, &asker()).unwrap() else { panic!("{id} moved") };
        let told = Norm::of(&provision.text).name();
        if told != expected {
            println!("{id} {expected} is told {told}");
        }
        right += usize::from(told == expected);
        all += 1;
    }
    println!("{right} of {all} provisions are told as labelled");
    assert!(all >= 100 && right as f64 >= RIGHT_MIN * all as f64);
}
