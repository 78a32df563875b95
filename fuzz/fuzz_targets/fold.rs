//! Any text: folding twice is folding once, both ways of folding agree, and the way back stays in the text.
#![no_main]

use faju::text::fold::{fold, fold_str};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|given: (&str, usize, usize)| {
    let (text, start, end) = given;
    let folded = fold(text);
    assert_eq!(folded.as_str(), fold_str(text));
    assert_eq!(fold_str(folded.as_str()), folded.as_str());
    let length = folded.as_str().len() + 1;
    assert!(text.get(folded.original(start % length..end % length)).is_some());
});
