//! Any bytes as a file: documents that the interchange format takes back, or a refusal.
#![no_main]

use faju::extract::{FileInput, Outcome, Packs};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for path in ["a.jsonl", "a.md", "a.txt"] {
        if let Outcome::Documents { documents, .. } = Packs::default().read(&FileInput { path, bytes }) {
            for extracted in documents {
                let line = serde_json::to_string(&extracted.document).expect("a record");
                let again: faju::law::Document = serde_json::from_str(&line).expect("the same record");
                assert_eq!(again, extracted.document);
            }
        }
    }
});
