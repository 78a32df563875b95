//! Classes of questions, and how long each takes on two corpora.

use crate::figures::Times;
use crate::random::Random;
use faju::app::{Asker, Faju};
use faju::law::{Access, Document};
use std::path::Path;
use std::time::Instant;

/// Questions of a class.
const QUESTIONS: usize = 100;

/// How often each is asked; the first time warms up.
const ROUNDS: usize = 3;

/// Questions of one kind.
pub struct Class {
    /// Name for people.
    pub name: &'static str,
    /// Whether every hit is counted, so that so many copies must have so many times the hits.
    pub exact: bool,
    questions: Vec<String>,
    parameters: &'static [(&'static str, &'static str)],
}

/// Every class. `pack` holds the questions of the public.
pub fn classes(documents: &[Document], pack: &Path) -> Vec<Class> {
    let mut random = Random::new(7);
    let jieba = jieba_rs::Jieba::new();
    let sentences =
        |random: &mut Random| -> Vec<String> { (0..QUESTIONS).map(|_| sentence(documents, random)).collect() };
    let short: Vec<String> = sentences(&mut random)
        .iter()
        .map(|sentence| {
            let words: Vec<&str> = jieba.cut(sentence, false).into_iter().map(|token| token.word).collect();
            let words: Vec<&str> = words.into_iter().filter(|word| word.chars().count() > 1).collect();
            // A sentence of single characters only is asked as it is.
            let word =
                |random: &mut Random| words.get(random.below(words.len())).map_or(sentence.as_str(), |word| word);
            format!("{} {}", word(&mut random), word(&mut random))
        })
        .collect();
    let phrase = sentences(&mut Random::new(8))
        .iter()
        .map(|sentence| format!("\"{}\"", sentence.chars().take(8).collect::<String>()))
        .collect();
    let class = |name, questions: &Vec<String>, parameters: &'static [(&str, &str)]| {
        let exact = parameters.contains(&("total", "exact"));
        Class { name, exact, questions: questions.clone(), parameters }
    };
    vec![
        class("short words", &short, &[]),
        class("phrase of 8 characters", &phrase, &[("status", "all"), ("total", "exact")]),
        class("lay question", &lay(pack), &[]),
        class("filter", &short, &[("kind", "legislation"), ("promulgated_from", "2015-01-01")]),
        class("sort by date", &short, &[("sort", "date")]),
        class("facets", &short, &[("facets", "kind,level,status,issuer,region,year")]),
        class("exact count only", &short, &[("limit", "0"), ("total", "exact"), ("status", "all")]),
    ]
}

/// A stretch of at least eight Chinese characters from somewhere.
fn sentence(documents: &[Document], random: &mut Random) -> String {
    loop {
        let text = &random.one_of(documents).text;
        let lines: Vec<&str> = text.split(|c: char| !('\u{4e00}'..='\u{9fff}').contains(&c)).collect();
        let sentence = *random.one_of(&lines);
        if sentence.chars().count() >= 8 {
            return sentence.to_string();
        }
    }
}

/// Questions of the public.
fn lay(pack: &Path) -> Vec<String> {
    let set = std::fs::read_to_string(pack.join("eval/statute-retrieval/stard.jsonl")).expect("the labelled set");
    let question = |line: &str| {
        let row: serde_json::Value = serde_json::from_str(line).expect("a row");
        row["query"].as_str().expect("a question").to_string()
    };
    set.lines().take(QUESTIONS).map(question).collect()
}

fn ask(faju: &Faju, class: &Class, question: &str) -> u64 {
    let asker = Asker::of(Access::Restricted, jiff::civil::date(2026, 11, 24));
    let mut asked = vec![("q".to_string(), question.to_string())];
    asked.extend(class.parameters.iter().map(|(name, value)| (name.to_string(), value.to_string())));
    faju.search(&asked, &asker).unwrap_or_else(|error| panic!("{question}: {error}")).total.value
}

/// Asks every question of a class in both corpora in turn; answers the times and what was found altogether.
pub fn time(class: &Class, both: [&Faju; 2]) -> [(Times, u64); 2] {
    let mut measured = [(Times::default(), 0), (Times::default(), 0)];
    for round in 0..ROUNDS {
        for question in &class.questions {
            for (faju, (times, found)) in both.iter().zip(&mut measured) {
                let began = Instant::now();
                *found += ask(faju, class, question);
                if round > 0 {
                    times.add(began.elapsed());
                }
            }
        }
    }
    measured
}
