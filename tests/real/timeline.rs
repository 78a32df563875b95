//! The history of every instrument of the whole imported corpus: no day has two texts in force, nothing ends before it
//! begins, and everything that is said of a day has its proof.

use crate::corpus::{asker, corpus};
use faju::app::view::{Item, ReadingView, VersionView};
use faju::app::{Faju, Found};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// Ids of all instruments, by paging to the last group.
fn ids(faju: &Faju) -> Vec<String> {
    let mut ids = Vec::new();
    let mut cursor: Option<String> = None;
    loop {
        let asked = [
            ("q", ""),
            ("kind", "legislation,normative"),
            ("status", "all"),
            ("limit", "1000"),
            ("highlight", "false"),
        ];
        let mut asked: Vec<(String, String)> =
            asked.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        asked.extend(cursor.take().map(|cursor| ("cursor".to_string(), cursor)));
        let page = faju.search(&asked, &asker()).unwrap();
        ids.extend(page.items.into_iter().filter_map(|item| match item {
            Item::Group(group) => Some(group.instrument.id),
            Item::Single(_) => None,
        }));
        cursor = page.next;
        if cursor.is_none() {
            return ids;
        }
    }
}

/// Every instrument of the corpus as people read it, read once for all tests.
fn instruments(test: &str) -> Option<&'static [ReadingView]> {
    static VIEWS: OnceLock<Vec<ReadingView>> = OnceLock::new();
    let corpus = corpus(test)?;
    Some(VIEWS.get_or_init(|| {
        let read = |id: &String| match corpus.faju.instrument(id, None, &asker()).unwrap() {
            Found::Here(view) => view,
            Found::Moved(to) => panic!("{id} moved to {to}"),
        };
        ids(&corpus.faju).iter().map(read).collect()
    }))
}

fn name(view: &ReadingView, version: &VersionView) -> String {
    format!("{}@{}", view.instrument.id, version.key)
}

/// `[first, end)` as far as both are known; no end is the end of time.
fn interval(version: &VersionView) -> Option<(Date, Date)> {
    Some((version.effective_from?, version.ended_on.unwrap_or(Date::MAX)))
}

#[test]
fn no_version_ends_before_it_begins_and_no_day_has_two() {
    let Some(views) = instruments("no_version_ends_before_it_begins_and_no_day_has_two") else { return };
    assert!(views.len() > 4_000, "{}", views.len());
    let (mut empty, mut double) = (BTreeSet::new(), BTreeSet::new());
    for view in views {
        let mut spans: Vec<(Date, Date, &VersionView)> = Vec::new();
        for version in &view.versions {
            let Some((from, end)) = interval(version) else { continue };
            if end <= from {
                empty.insert(name(view, version));
            }
            spans.push((from, end, version));
        }
        spans.sort_by_key(|(from, end, _)| (*from, *end));
        for pair in spans.windows(2) {
            if pair[1].0 < pair[0].1 {
                double.insert(name(view, pair[1].2));
            }
        }
    }
    assert_eq!((empty, double), (BTreeSet::new(), BTreeSet::new()));
}

#[test]
fn every_bound_has_its_proof() {
    let Some(views) = instruments("every_bound_has_its_proof") else { return };
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for view in views {
        assert!(view.known_to.is_some_and(|day| view.as_of > day), "{:?}", view.known_to);
        for version in &view.versions {
            let proof = version.proof.as_ref().unwrap();
            let bounds = [(version.effective_from, &proof.from, "from"), (version.ended_on, &proof.to, "to")];
            for (day, proof, which) in bounds {
                assert_eq!(day.is_some(), proof.is_some(), "{} {which}", name(view, version));
                let Some(proof) = proof else { continue };
                assert!(!proof.quote.is_empty(), "{}", name(view, version));
                let proved = proof.assumed.is_none();
                *counts.entry(if proved { "proved" } else { "assumed" }).or_default() += 1;
                let placed = proof.document.is_some();
                *counts.entry(if placed { "with a place" } else { "without a place" }).or_default() += 1;
                if proved && which == "from" {
                    assert_eq!(day, Some(proof.date), "{}", name(view, version));
                }
            }
        }
    }
    eprintln!("bounds: {counts:?}");
    assert!(counts["proved"] > 3 * counts["assumed"], "{counts:?}");
}

#[test]
fn a_proof_leads_to_the_words_it_quotes() {
    let Some(views) = instruments("a_proof_leads_to_the_words_it_quotes") else { return };
    let corpus = corpus("a_proof_leads_to_the_words_it_quotes").unwrap();
    let mut looked = 0;
    for view in views.iter().step_by(17) {
        let proofs = view.versions.iter().filter_map(|version| version.proof.as_ref());
        for proof in proofs.flat_map(|proofs| [&proofs.from, &proofs.to]).flatten() {
            let Some(id) = proof.document.as_ref().filter(|id| id.contains('/')) else { continue };
            let Found::Here(provision) = corpus.faju.provision(id, None, &asker()).unwrap() else {
                panic!("{id} moved")
            };
            // A decision on several texts names each in a heading, which stands over its provisions.
            let held = provision.path.iter().chain([&provision.text]).any(|words| words.contains(&proof.quote));
            assert!(held, "{id}: {}", proof.quote);
            looked += 1;
        }
    }
    assert!(looked > 100, "{looked}");
}
