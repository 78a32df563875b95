//! Precedents on the real penalties: their numbers, and how fast they are found beside articles.

use crate::corpus::{asker, corpus};
use crate::real_data::real_data;
use faju::app::Faju;
use serde_json::Value;
use std::time::Instant;

/// Questions that are asked.
const QUESTIONS: usize = 300;

fn rows() -> Vec<Value> {
    let data = real_data("rows").expect("asked after the corpus");
    let bytes = std::fs::read(data.join("cases/nfra-penalties.jsonl.zst")).unwrap();
    let text = String::from_utf8(zstd::decode_all(bytes.as_slice()).unwrap()).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn pairs(parameters: &[(&str, &str)]) -> Vec<(String, String)> {
    parameters.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect()
}

#[test]
fn the_numbers_are_those_of_the_source() {
    let Some(corpus) = corpus("the_numbers_are_those_of_the_source") else { return };
    let page = corpus.faju.precedents(&[], &asker()).unwrap();
    let labelled = rows().iter().filter(|row| row["fine_yuan"].is_u64()).count();
    println!("{} cases, {} fined, {labelled} labelled with a fine", page.cases, page.fined);
    assert_eq!(page.cases, 12_207);
    // The source has no sum for some notices that state one.
    assert!((labelled..labelled + 80).contains(&(page.fined as usize)), "{} of {labelled}", page.fined);
    let listed = |parameters: Vec<(String, String)>| corpus.faju.search(&parameters, &asker()).unwrap().total.groups;
    for bar in page.by_region.iter().chain(&page.by_amount).chain(&page.by_article).chain(&page.by_penalty).take(80) {
        let mut parameters: Vec<(String, String)> = bar.parameters.clone().into_iter().collect();
        if !parameters.is_empty() {
            parameters.extend(pairs(&[("kind", "case"), ("limit", "0")]));
            assert_eq!(listed(parameters), bar.cases, "{}", bar.label);
        }
    }
}

/// Milliseconds of each question, sorted.
fn asked(faju: &Faju, questions: &[String], more: &[(&str, &str)]) -> Vec<f64> {
    let mut took: Vec<f64> = questions
        .iter()
        .map(|question| {
            let parameters = [pairs(&[("q", question)]), pairs(more)].concat();
            let began = Instant::now();
            faju.search(&parameters, &asker()).unwrap();
            began.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    took.sort_by(f64::total_cmp);
    took
}

#[test]
fn precedents_are_found_nearly_as_fast_as_articles() {
    let Some(corpus) = corpus("precedents_are_found_nearly_as_fast_as_articles") else { return };
    let questions: Vec<String> = rows()
        .iter()
        .step_by(31)
        .filter_map(|row| Some(row["facts"].as_str()?.chars().take(14).collect::<String>()))
        .filter(|facts| facts.chars().count() > 6)
        .take(QUESTIONS)
        .collect();
    assert!(questions.len() > 200, "{}", questions.len());
    let law = [("kind", "legislation"), ("facets", "kind,level,status")];
    let cases = [
        ("kind", "case"),
        ("penalty", "fine"),
        ("fines_from", "10000"),
        ("facets", "domain,penalty,tier,party,outcome,year"),
    ];
    for more in [&law[..], &cases[..]] {
        asked(&corpus.faju, &questions[..20], more);
    }
    let (law, cases) = (asked(&corpus.faju, &questions, &law), asked(&corpus.faju, &questions, &cases));
    let at = |took: &[f64], share: f64| took[((took.len() - 1) as f64 * share) as usize];
    let told = |took: &[f64]| format!("p50 {:.2}, p99 {:.2} ms", at(took, 0.5), at(took, 0.99));
    println!("articles {}; precedents {}", told(&law), told(&cases));
    assert!(at(&cases, 0.99) <= 2.0 * at(&law, 0.99) + 1.0, "{} against {}", told(&cases), told(&law));
}
