//! Any text as a draft: every finding stands in it, and the same draft gives the same report.
#![no_main]

use faju::review::{Answers, Draft, Given, Settings, questions, review};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let draft = Draft::read(text, &Given::default());
    let settings = Settings::default();
    let _ = questions(&draft, &settings);
    let report = review(&draft, &Answers::default(), &settings);
    assert!(report.findings.iter().all(|finding| text.get(finding.span.clone()).is_some()));
    assert_eq!(format!("{report:?}"), format!("{:?}", review(&draft, &Answers::default(), &settings)));
});
