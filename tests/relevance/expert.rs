//! Exact queries of people who know what they look for must lead straight to it: titles, short names, citations, numbers,
//! headings, terms. `expert-*.tsv` hold what they type and what they expect, and no text of any law.

use crate::corpus::{asker, corpus, settings};
use faju::app::Faju;
use faju::app::view::Item;
use faju::law::identity::folded_title;
use std::collections::BTreeMap;

/// Of a hundred queries so many have the right hit first.
const HIT_AT_1_PERCENT: usize = 97;
/// Queries of both parts together.
const QUERIES_MIN: usize = 300;

const SAMPLE: &str = include_str!("expert-sample.tsv");
const REAL: &str = include_str!("expert-real.tsv");

/// One query with everything that may come first: folded title and, if an article is meant, its key.
struct Query {
    kind: &'static str,
    text: &'static str,
    wanted: Vec<(String, &'static str)>,
}

fn queries(table: &'static str) -> Vec<Query> {
    let lines = table.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines
        .map(|line| {
            let columns: Vec<&str> = line.split('\t').collect();
            let [kind, text, title, places] = columns[..] else { panic!("four columns: {line}") };
            let mut wanted = Vec::new();
            for place in places.split('|') {
                let (title, article) = place.split_once('/').unwrap_or((title, place));
                wanted.push((folded_title(title), article));
            }
            Query { kind, text, wanted }
        })
        .collect()
}

/// Title and article of the first hit of the search that everybody uses, or of one that words alone rank.
fn first(faju: &Faju, text: &str, rank: &str) -> Option<(String, String)> {
    let asked = [("q", text), ("rank", rank)].map(|(name, value)| (name.to_string(), value.to_string()));
    let page = faju.search(&asked, &asker()).expect("a query");
    let Item::Group(group) = page.items.into_iter().next()? else { return None };
    let id = group.provisions.first().map(|hit| hit.id.clone()).unwrap_or_default();
    let article = id.split('/').nth(1).unwrap_or_default().to_string();
    Some((folded_title(&group.instrument.title), article))
}

/// Asks every query, prints the figures and every miss, and holds the floor.
fn measure(part: &str, faju: &Faju, table: &'static str) {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut misses = Vec::new();
    let mut lexical = 0;
    let queries = queries(table);
    for query in &queries {
        let fits = |found: &Option<(String, String)>| {
            let Some((title, article)) = found else { return false };
            query.wanted.iter().any(|wanted| wanted.0 == *title && (wanted.1.is_empty() || wanted.1 == article))
        };
        lexical += usize::from(fits(&first(faju, query.text, "lexical")));
        let found = first(faju, query.text, "learned");
        let count = counts.entry(query.kind).or_default();
        count.1 += 1;
        if fits(&found) {
            count.0 += 1;
        } else {
            misses.push(format!("{} {}: wanted {:?}, found {found:?}", query.kind, query.text, query.wanted));
        }
    }
    let right = queries.len() - misses.len();
    let all = queries.len();
    eprintln!(
        "expert queries, {part}: hit@1 {right} of {all}, by words {lexical} {counts:?}\n  {}",
        misses.join("\n  ")
    );
    assert!(right >= lexical, "association lost what words had first");
    assert!(right * 100 >= queries.len() * HIT_AT_1_PERCENT, "{right} of {}", queries.len());
}

#[test]
fn there_are_enough_queries() {
    let all = [SAMPLE, REAL].map(queries);
    assert!(all.iter().map(Vec::len).sum::<usize>() >= QUERIES_MIN);
    for part in all {
        let mut texts: Vec<&str> = part.iter().map(|query| query.text).collect();
        texts.sort_unstable();
        let count = texts.len();
        texts.dedup();
        assert_eq!(texts.len(), count, "no query stands twice");
    }
}

#[test]
fn experts_find_what_they_mean_in_the_sample() {
    let folder = tempfile::tempdir().expect("a folder");
    let faju = Faju::open(settings(folder.path().to_path_buf())).expect("the sample");
    measure("sample", &faju, SAMPLE);
}

#[test]
fn experts_find_what_they_mean_in_the_real_corpus() {
    let Some(corpus) = corpus("experts_find_what_they_mean_in_the_real_corpus") else { return };
    measure("real", &corpus.faju, REAL);
}

/// Memory of what is suggested from the whole corpus, at most.
const SUGGESTED_BYTES_MAX: usize = 64 << 20;

#[test]
fn suggestions_of_the_real_corpus_stay_small() {
    let Some(corpus) = corpus("suggestions_of_the_real_corpus_stay_small") else { return };
    let ([names, headings, terms], [walked, kept]) = corpus.faju.suggested(&asker()).expect("suggestions");
    let mut times: Vec<std::time::Duration> = Vec::new();
    for typed in ["行政", "处罚法", "xzcff", "anquan", "法律责任", "没有这样的法", "qwzz"] {
        for _ in 0..20 {
            let began = std::time::Instant::now();
            let page = corpus.faju.suggest(typed, 10, &asker()).expect("suggestions");
            times.push(began.elapsed());
            assert!(page.items.len() <= 10);
        }
    }
    times.sort_unstable();
    eprintln!(
        "{names} titles and short names, {headings} headings, {terms} terms: {walked} bytes walked, {kept} kept; p50 {:?}, most {:?}",
        times[times.len() / 2],
        times[times.len() - 1]
    );
    assert!(names > 4000 && headings > 4000 && terms > 2000 && walked + kept < SUGGESTED_BYTES_MAX);
}
