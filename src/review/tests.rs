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

/// A draft of a level, with what the corpus has near to a sentence of it.
fn at_level(level: crate::law::kind::AuthorityLevel, text: &str, superior: Option<&str>) -> Vec<Finding> {
    let draft = Draft::read(text, &Given { level: Some(level), ..Given::default() });
    let settings = Settings::default();
    let provision = |text: &str| Evidence {
        title: "渡口管理法".to_string(),
        version: "2020-01-01".to_string(),
        article: "第九条".to_string(),
        text: text.to_string(),
    };
    let answer = || Answer::Provisions(superior.map(provision).into_iter().collect());
    let asked = questions(&draft, &settings).into_iter().filter(|one| matches!(one, Question::Verbatim { .. }));
    review(&draft, &Answers(asked.map(|one| (one, answer())).collect()), &settings).findings
}

#[test]
fn what_is_said_in_every_row_is_shown_a_few_times() {
    let text = "第一条　由县工商行政管理局负责。\n".repeat(9);
    let report = review(&Draft::read(&text, &Given::default()), &Answers::default(), &Settings::default());
    let told: Vec<&str> =
        report.findings.iter().filter(|one| one.check == "D10").map(|one| one.message.as_str()).collect();
    assert_eq!(told.len(), 5, "{told:?}");
    assert!(told[4].ends_with("（此后另有 4 处相同，不再逐处列出）") && !told[3].contains("此后"));
}

#[test]
fn messages_speak_of_the_level_of_the_draft() {
    use crate::law::kind::AuthorityLevel as Level;
    let found = |level, text: &str| at_level(level, text, None).into_iter().next().expect("a finding");
    let execution = found(Level::LocalRegulation, "逾期不拆除渡口的，由县政府强制拆除。");
    assert_eq!(execution.check, "S04");
    assert!(execution.message.contains("由法律设定，法规、规章不得设定"), "{}", execution.message);
    // The fine is within the powers of the level; what is not is quoted.
    let licence = found(Level::LocalRegulation, "处五百元罚款，情节严重的，吊销营业执照。");
    assert!(licence.check == "S01" && licence.quote == "吊销营业执照", "{licence:?}");
    assert!(!licence.message.contains("规范性文件"), "{}", licence.message);
    assert_eq!(licence.basis[1].to_string(), "《中华人民共和国行政处罚法》第十二条");
}

#[test]
fn what_superior_law_says_is_repeated_and_not_set() {
    use crate::law::kind::AuthorityLevel as Level;
    let text = "渡口管理机构可以扣押超载渡船和无证运营的渡船。";
    let severity = |superior| at_level(Level::LocalGovernmentRule, text, superior).first().map(|one| one.severity);
    assert_eq!(severity(None), Some(Severity::High));
    assert_eq!(severity(Some("渡口应当设置标志牌。")), Some(Severity::High));
    assert_eq!(severity(Some("县级渡口管理机构可以扣押超载渡船和无证运营的渡船。")), Some(Severity::Info));
}

#[test]
fn one_place_is_reported_by_the_check_that_says_more() {
    let codes = |text: &str| -> Vec<&str> {
        let found = report(text, &Settings::default()).findings;
        found.iter().filter(|one| one.severity != Severity::Info).map(|one| one.check).collect()
    };
    assert_eq!(codes("由镇人民政府组织强制拆除违法建筑。"), ["S04"]);
    assert!(codes("由村委会对乱倒垃圾的处50元罚款。").contains(&"S10"), "who may do nothing is told");
}

#[test]
fn quotations_in_messages_have_wide_signs_and_no_number() {
    let found =
        report("第一条 甲。\n第二条 未登记的商户,一律不得入场(含夜市)经营。\n第三条 乙。", &Settings::default())
            .findings;
    let message = &found.iter().find(|one| one.check == "S02").expect("a finding").message;
    assert!(!message.contains([',', '(', ')']) && !message.contains("第二条"), "{message}");
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
