//! Any query: a tree or an error whose place lies in the query.
#![no_main]

use faju::query::{Matching, interpreted, parse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|given: (u8, &str)| {
    let (matching, raw) = given;
    let matching = [Matching::Any, Matching::All, Matching::Exact][usize::from(matching) % 3];
    match parse(raw, matching) {
        Ok(node) => assert!(!interpreted(&node, matching).is_empty()),
        Err(error) => assert!(raw.get(error.span).is_some() && !error.message.is_empty()),
    }
});
