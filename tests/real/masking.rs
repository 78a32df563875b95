//! Personal data in real judgments: labelled by hand before the masker was written, as ids and byte offsets only.
//! `cases/labels.jsonl` has the expected fields of sixty documents too.

use super::real_data::real_data;
use faju::law::mask::mask;
use faju::law::{Document, Kind};
use serde_json::Value;
use std::collections::HashMap;

fn lines(text: &str) -> Vec<Value> {
    text.lines().filter(|line| !line.trim().is_empty()).map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn what_was_labelled_is_masked() {
    let Some(data) = real_data("what_was_labelled_is_masked") else { return };
    let file = data.join("eval/statute-retrieval/judge-criminal-facts.jsonl");
    let judgments: HashMap<String, String> = lines(&std::fs::read_to_string(file).unwrap())
        .into_iter()
        .map(|row| (row["id"].as_str().unwrap().to_string(), row["full_document"].as_str().unwrap().to_string()))
        .collect();
    let (mut all, mut masked_spans, mut left) = (0, 0, Vec::new());
    for label in lines(include_str!("cases/labels.jsonl")).iter().filter(|label| label["source"] == "judge") {
        let id = label["id"].as_str().unwrap();
        let text = &judgments[id];
        let masked = mask(&Document::new(Kind::Case, "判决书", text.as_str()));
        let mut labelled: HashMap<&str, Vec<usize>> = HashMap::new();
        for span in label["personal"].as_array().unwrap().iter().filter(|span| span["field"] == "text") {
            let at = |end: &str| usize::try_from(span[end].as_u64().unwrap()).unwrap();
            let value = text.get(at("start")..at("end")).expect("a label lies on characters");
            // Where the same words are no person's (a law firm named after its founder) they stay.
            labelled.entry(value).or_default().push(at("start"));
        }
        for (value, places) in &labelled {
            let others = text.matches(*value).count().saturating_sub(places.len());
            let stand = masked.document.text.matches(*value).count().saturating_sub(others).min(places.len());
            all += places.len();
            masked_spans += places.len() - stand;
            if stand > 0 {
                left.push(format!("{id} {places:?}"));
            }
        }
        assert_eq!(mask(&masked.document).document.text, masked.document.text, "masking twice is masking once: {id}");
    }
    println!("{masked_spans} of {all} labelled spans are masked");
    assert!(all > 100 && masked_spans * 100 >= all * 99, "{left:?}");
}
