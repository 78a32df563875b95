//! Every example of every manual is tried on its check. Those of checks that ask the corpus are tried on the real one
//! (tests/real/review.rs).

use super::{CHECKS, Check};
use crate::review::finding::{Basis, Severity};
use crate::review::manual::HEADINGS;
use crate::review::{Answers, Draft, Given, Settings, review};

/// Whether a check finds something graver than a reminder in an example.
fn finds(code: &str, example: &str) -> bool {
    let draft = Draft::read(example, &Given::default());
    let settings = Settings { validity_required: true, ..Settings::default() };
    let report = review(&draft, &Answers::default(), &settings);
    let information = CHECKS.iter().any(|check| check.code == code && check.severity == Severity::Info);
    report.findings.iter().any(|found| found.check == code && (information || found.severity != Severity::Info))
}

/// Whether a check asks the corpus about a draft with a citation and a fine.
fn asks(check: &Check) -> bool {
    let draft = Draft::read(
        "转让渡船证书的，依照《渡口条例》第三条处五百元以上一千元以下罚款，并由县交通运输局责令限期改正，逾期不改正的加重处罚。",
        &Given::default(),
    );
    !(check.questions)(&draft, &Settings::default()).is_empty()
}

#[test]
fn every_example_of_every_manual_holds() {
    let mut wrong = Vec::new();
    for check in CHECKS.iter().filter(|check| !asks(check)) {
        let manual = check.manual();
        for (heading, expected) in [("应报", true), ("不应报", false)] {
            for example in manual.examples(heading) {
                if finds(check.code, &example) != expected {
                    wrong.push(format!("{} {heading} {example}", check.code));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_manual_has_its_headings_and_examples() {
    for check in CHECKS {
        let manual = check.manual();
        let headings: Vec<&str> = manual.sections.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(headings, HEADINGS, "{}", check.code);
        assert!(manual.summary.starts_with(check.code), "{}", check.code);
        assert!(manual.examples("应报").len() >= 2 && manual.examples("不应报").len() >= 2, "{}", check.code);
        assert!(!manual.lines("例外").is_empty() && !check.basis.is_empty(), "{}", check.code);
    }
}

#[test]
fn the_manual_names_the_basis_of_the_check() {
    for check in CHECKS {
        let told = check.manual().lines("依据").join("\n");
        for basis in check.basis {
            let words = match basis {
                Basis::Provision { title, place } => format!("《{title}》{place}"),
                Basis::External(words) => words.to_string(),
            };
            assert!(told.contains(&words), "{}: {words}", check.code);
        }
    }
}

#[test]
fn codes_are_in_order_and_unique() {
    assert!(CHECKS.windows(2).all(|pair| pair[0].code < pair[1].code));
}
