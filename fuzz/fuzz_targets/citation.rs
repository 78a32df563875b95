//! Finding citations and reading them as they are typed: no panic, every span on characters of the text.

#![no_main]

use faju::citation::{Bare, find, typed};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for mention in find(text, &Bare::Own) {
        assert!(text.get(mention.span.clone()).is_some() && text.get(mention.name).is_some());
    }
    let _ = typed::read(text);
});
