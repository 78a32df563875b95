//! The review as a whole.

use super::*;
use proptest::prelude::*;

fn report(text: &str, settings: &Settings) -> Report {
    review(&Draft::read(text, &Given::default()), &Answers::default(), settings)
}

const FINE: &str = "第一条 乱倒垃圾的，处500元罚款。\n第二条 乱倒垃圾的，处500元罚款。\n第三条 甲。\n";

#[test]
fn equal_words_in_two_clauses_have_two_names() {
    let findings = report(FINE, &Settings::default()).findings;
    let fines: Vec<&Finding> = findings.iter().filter(|one| one.check == "S01").collect();
    assert_eq!(fines.len(), 2);
    assert_ne!(fines[0].id, fines[1].id);
    let more = format!("某县办法\n\n{FINE}");
    let moved = report(&more, &Settings::default()).findings;
    assert!(fines.iter().all(|one| moved.iter().any(|other| other.id == one.id)), "names outlive what is added above");
}

#[test]
fn an_exhausted_budget_is_a_finding() {
    let settings = Settings { steps_max: 10, ..Settings::default() };
    let findings = report(FINE, &settings).findings;
    assert!(findings.iter().any(|one| one.check == BUDGET && one.severity == Severity::Info));
    assert_eq!(findings, report(FINE, &settings).findings);
}

#[test]
fn a_check_can_be_switched_off() {
    let settings = Settings { off: ["S01".to_string()].into(), ..Settings::default() };
    assert!(report(FINE, &settings).findings.iter().all(|one| one.check != "S01"));
}

#[test]
fn rules_may_set_fines_and_no_closures() {
    let at = |level, text: &str| {
        let draft = Draft::read(text, &Given { level: Some(level), ..Given::default() });
        review(&draft, &Answers::default(), &Settings::default()).findings.iter().any(|one| one.check == "S01")
    };
    use crate::law::kind::AuthorityLevel as Level;
    assert!(!at(Level::LocalGovernmentRule, "乱倒垃圾的，处500元罚款。"));
    assert!(at(Level::LocalGovernmentRule, "拒不整改的作坊，责令停业整顿。"));
    assert!(!at(Level::LocalRegulation, "拒不整改的作坊，责令停业整顿。"));
    assert!(at(Level::LocalRegulation, "屡教不改的，吊销营业执照。"));
}

#[test]
fn no_sentence_is_longer_than_patterns_may_meet() {
    let draft = Draft::read(&"由由优先本地不得罚款处注册公司，".repeat(2_000), &Given::default());
    assert!(draft.sentences.iter().all(|one| one.span.len() <= 3_003), "time grows with the text alone");
    assert!(draft.sentences.len() > 20);
}

proptest! {
    #[test]
    fn never_panics_and_repeats_itself(text in "[\\PC\n。；：（一）第条款项罚款处元本县企业优先不得]{0,120}") {
        let first = report(&text, &Settings::default());
        prop_assert_eq!(&first, &report(&text, &Settings::default()));
        for one in &first.findings {
            prop_assert_eq!(text.get(one.span.clone()), Some(one.quote.as_str()));
        }
    }
}
