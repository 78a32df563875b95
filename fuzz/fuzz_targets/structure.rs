//! Any text of any kind: its blocks are a partition of it, and keys are unique.
#![no_main]

use faju::law::{Document, Kind, structure};
use libfuzzer_sys::fuzz_target;
use std::collections::HashSet;

fuzz_target!(|given: (u8, &str, &str)| {
    let (kind, title, text) = given;
    let kind = [Kind::Legislation, Kind::Normative, Kind::Case][usize::from(kind) % 3];
    let found = structure::parse(&Document::new(kind, title, text));
    let joined: String = found.blocks.iter().map(|block| &text[block.span.clone()]).collect();
    assert_eq!(joined, text);
    let mut keys = HashSet::new();
    assert!(found.provisions().all(|(provision, _)| keys.insert(provision.key.as_str())));
});
