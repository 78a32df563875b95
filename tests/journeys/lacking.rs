//! Texts that the collection lacks, and what persons correct: said instead of a wrong text, and seen beside what was received.

use super::citations::{corpus, here, id};
use super::*;
use faju::app::EventSource;
use faju::app::view::relations::SaidBy;
use jiff::civil::date;

fn ferry(fields: &str, history: &[&str]) -> String {
    let history = serde_json::to_string(history).unwrap();
    format!(
        "{{\"kind\":\"legislation\",\"level\":\"administrative_regulation\",\"access\":\"public\",\"title\":\"渡口条例\"{fields},\
         \"history\":{history},\"text\":\"第一条　渡船{}不得超载。\\n第二条　本条例自2010年3月1日起施行。\"}}\n",
        history.len()
    )
}

const FIRST: &str = "2010年1月2日云院令第1号公布";
const SECOND: &str = "2014年3月4日《云院关于修改部分云规的决定》第一次修订";
const THIRD: &str = "2020年5月6日《云院关于修改部分云规的决定》第二次修订";

fn read(faju: &Faju, id: &str, day: (i16, i8, i8)) -> faju::app::view::ReadingView {
    here(faju.instrument(id, Some(date(day.0, day.1, day.2)), &asker()).unwrap())
}

#[test]
fn between_two_texts_a_change_that_is_not_here_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let faju = corpus(folder.path(), &[ferry("", &[FIRST]), ferry("", &[FIRST, SECOND, THIRD])]);
    let id = id(&faju, "渡口条例");
    let page = read(&faju, &id, (2012, 1, 1));
    assert_eq!((page.version.unwrap().status, page.notice), (ValidityStatus::InForce, None));
    let page = read(&faju, &id, (2016, 1, 1));
    let notice = page.notice.unwrap();
    assert!(notice.starts_with("这一文本自 2014-03-04 起已被修改") && notice.contains(SECOND), "{notice}");
    assert!(notice.contains("2016-01-01 施行的文本库中没有"), "{notice}");
    let version = page.version.unwrap();
    assert_eq!((version.key.as_str(), version.status), ("2010-01-02", ValidityStatus::Amended));
    let proof = version.proof.unwrap().to.unwrap();
    assert_eq!((proof.quote.as_str(), proof.document), (SECOND, Some(format!("{id}@2020-05-06"))));
    assert_eq!(search(&faju, &[("q", "渡船"), ("as_of", "2016-01-01")]).total.value, 0, "nor is it found as in force");
    let notice = read(&faju, &id, (2021, 1, 1)).notice.unwrap();
    assert!(notice.contains("2021-01-01 可能仍适用修改前的文本"), "{notice}");
    assert_eq!(read(&faju, &id, (2021, 7, 1)).notice, None);
}

#[test]
fn a_file_of_the_day_of_a_change_is_known_by_it_and_by_its_old_name() {
    for first in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        let old = ferry(",\"source_date\":\"2014-03-04\"", &[FIRST]);
        let later = ferry("", &[FIRST, SECOND, THIRD]);
        let (one, two) = if first { (old, later) } else { (later, old) };
        let faju = corpus(folder.path(), &[one]);
        let id = id(&faju, "渡口条例");
        if first {
            assert_eq!(
                read(&faju, &id, (2012, 1, 1)).version.unwrap().key,
                "2010-01-02",
                "nothing tells of the change"
            );
        }
        let file = folder.path().join("two.jsonl");
        std::fs::write(&file, two).unwrap();
        import(&faju, file);
        let page = read(&faju, &id, (2012, 1, 1));
        assert_eq!(page.version.unwrap().key, "2014-03-04");
        assert!(page.notice.unwrap().contains("施行的文本库中没有，所示为其后的文本"));
        let page = read(&faju, &id, (2016, 1, 1));
        assert_eq!((page.version.unwrap().status, page.notice), (ValidityStatus::InForce, None));
        let Found::Moved(to) = faju.instrument(&format!("{id}@2010-01-02"), None, &asker()).unwrap() else {
            panic!("not known by its old name")
        };
        assert_eq!(to, format!("{id}@2014-03-04"));
    }
}

fn decision() -> String {
    "{\"kind\":\"legislation\",\"level\":\"administrative_regulation\",\"access\":\"public\",\
     \"title\":\"云院关于修改《渡口条例》等二件云规的决定\",\"history\":[\"2022年5月6日云院令第9号公布\"],\
     \"text\":\"一、修改《渡口条例》\\n将第一条修改为：“渡船不得载客。”\\n二、修改《桥梁条例》\\n将第一条删去。\\n\
     本决定自2022年7月1日起施行。\"}\n"
        .to_string()
}

#[test]
fn a_decision_that_is_here_ends_the_text_that_lacks_it() {
    for reversed in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let mut lines = vec![ferry("", &[FIRST]), decision()];
        if reversed {
            lines.reverse();
        }
        let faju = corpus(folder.path(), &lines);
        let (ferry_id, deciding) = (id(&faju, "渡口条例"), id(&faju, "云院关于修改《渡口条例》等二件云规的决定"));
        assert_eq!(read(&faju, &ferry_id, (2022, 6, 30)).notice, None);
        let page = read(&faju, &ferry_id, (2022, 7, 1));
        let notice = page.notice.unwrap();
        assert!(notice.contains("自 2022-07-01 起为《云院关于修改〈渡口条例〉等二件云规的决定》所修改"), "{notice}");
        let proof = page.version.unwrap().proof.unwrap().to.unwrap();
        assert!(
            proof.quote.contains("修改《渡口条例》") && proof.document.unwrap().starts_with(&deciding),
            "{}",
            proof.quote
        );
        let acts: Vec<_> = page.relations.iter().filter(|relation| !relation.acts).collect();
        assert_eq!((acts.len(), acts[0].relation, acts[0].by), (1, "amends", SaidBy::Text));
        // What tells of the decision has it.
        let own = "2022年5月6日云院令第9号修订";
        let file = folder.path().join("own.jsonl");
        std::fs::write(&file, ferry("", &[FIRST, own])).unwrap();
        import(&faju, file);
        assert_eq!(read(&faju, &ferry_id, (2022, 7, 2)).notice, None);
    }
}

fn correct(id: &str, field: &str, value: &str) -> Act {
    Act::Correct {
        id: id.to_string(),
        field: field.to_string(),
        value: value.into(),
        reason: "录入有误".to_string(),
        proof: "公报第三页".to_string(),
    }
}

#[test]
fn a_corrected_date_counts_and_is_shown_as_a_correction() {
    let folder = tempfile::tempdir().unwrap();
    let faju = corpus(folder.path(), &[ferry(",\"effective_date\":\"2010-03-02\"", &[FIRST])]);
    let instrument = id(&faju, "渡口条例");
    let document = format!("{instrument}@2010-01-02");
    faju.act(correct(&document, "effective_date", "2010-04-01"), &asker()).unwrap();
    faju.act(correct(&document, "effective_date", "2010-05-01"), &asker()).unwrap();
    for rebuilt in [false, true] {
        if rebuilt {
            faju.rebuild(&Silent).unwrap();
        }
        let page = read(&faju, &instrument, (2022, 7, 1));
        let version = page.version.unwrap();
        assert_eq!(version.effective_from, Some(date(2010, 5, 1)), "a person goes before the text");
        let proof = version.proof.unwrap().from.unwrap();
        assert_eq!((proof.source, proof.quote.as_str()), (EventSource::Correction, "公报第三页"));
        let shown: Vec<_> = page.corrections.iter().map(|shown| (shown.before.clone(), shown.value.clone())).collect();
        assert_eq!(shown, [("2010-03-02".into(), "2010-04-01".into()), ("2010-04-01".into(), "2010-05-01".into())]);
        assert_eq!(
            (page.corrections[0].reason.as_str(), page.corrections[0].proof.as_str()),
            ("录入有误", "公报第三页")
        );
        assert!(page.issues.iter().any(|issue| issue.contains("2010-05-01为人工更正")), "{:?}", page.issues);
        let record = here(faju.document(&document, &asker()).unwrap()).records.swap_remove(0);
        assert_eq!(record.document.effective_date, Some(date(2010, 3, 2)), "as received");
        assert_eq!(record.corrections, page.corrections);
    }
}

#[test]
fn legislation_cannot_be_said_to_begin_before_it_was_made() {
    let folder = tempfile::tempdir().unwrap();
    let faju = corpus(folder.path(), &[ferry(",\"effective_date\":\"2010-03-02\"", &[FIRST])]);
    let document = format!("{}@2010-01-02", id(&faju, "渡口条例"));
    let refused = faju.act(correct(&document, "effective_date", "2009-12-31"), &asker()).unwrap_err();
    assert_eq!(refused.code, ErrorCode::InvalidParameter);
    assert!(refused.detail.contains("施行日期 2009-12-31 早于制定（公布）日期 2010-01-02"), "{}", refused.detail);
    let page = read(&faju, &document, (2022, 7, 1));
    assert_eq!(page.corrections, [], "nothing is recorded");
    faju.act(correct(&document, "effective_date", "2010-01-02"), &asker()).unwrap();
    faju.act(correct(&document, "effective_date", "2010-06-01"), &asker()).unwrap();
    faju.act(correct(&document, "adoption_date", "2010-05-01"), &asker()).unwrap();
    let refused = faju.act(correct(&document, "effective_date", "2010-04-01"), &asker()).unwrap_err();
    assert!(
        refused.detail.contains("早于制定（公布）日期 2010-05-01"),
        "what was corrected before counts: {}",
        refused.detail
    );
    let refused = faju.act(correct(&document, "promulgation_date", "2010-06-02"), &asker()).unwrap_err();
    assert!(refused.detail.contains("施行日期 2010-06-01 早于制定（公布）日期 2010-06-02"), "{}", refused.detail);
}

#[test]
fn a_title_that_another_instrument_bears_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let other = ferry("", &[FIRST]).replace("渡口条例", "航道条例").replace("渡船", "航道");
    let faju = corpus(folder.path(), &[ferry("", &[FIRST]), other]);
    let document = format!("{}@2010-01-02", id(&faju, "渡口条例"));
    let refused = faju.act(correct(&document, "title", "航道条例"), &asker()).unwrap_err();
    assert_eq!(refused.code, ErrorCode::Conflict);
    assert!(refused.detail.contains("库中另有《航道条例》"), "{}", refused.detail);
    faju.act(correct(&document, "title", "渡口管理条例"), &asker()).unwrap();
}

#[test]
fn a_day_of_making_behind_the_first_day_that_the_text_says_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let faju = corpus(folder.path(), &[ferry("", &[FIRST])]);
    let document = format!("{}@2010-01-02", id(&faju, "渡口条例"));
    for field in ["adoption_date", "promulgation_date"] {
        for (value, said) in [("2020-01-01", "施行日期 2010-03-01 早于"), ("2050-01-01", "2050-01-01 尚未到来")]
        {
            let refused = faju.act(correct(&document, field, value), &asker()).unwrap_err();
            assert!(refused.detail.contains(said), "{field} {value}: {}", refused.detail);
        }
        faju.act(correct(&document, field, "2010-01-02"), &asker()).unwrap();
    }
    assert_eq!(read(&faju, &document, (2022, 7, 1)).version.unwrap().status, ValidityStatus::InForce);
}

fn relate(id: &str, relation: &str, target: &str, on: Option<jiff::civil::Date>) -> Act {
    let (reason, proof) = ("正文漏写".to_string(), "公报第五页".to_string());
    let (id, relation, target) = (id.to_string(), relation.to_string(), target.to_string());
    Act::Relate { id, relation, target, on, undo: false, reason, proof }
}

#[test]
fn a_relation_recorded_by_mistake_is_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let other = ferry("", &["2023年5月6日云院令第9号公布"]).replace("渡口条例", "桥梁条例");
    let faju = corpus(folder.path(), &[ferry("", &[FIRST]), other]);
    let (ferry_id, bridge) = (id(&faju, "渡口条例"), id(&faju, "桥梁条例"));
    let undo = |id: &str, relation: &str, target: &str| match relate(id, relation, target, None) {
        Act::Relate { id, relation, target, on, reason, proof, .. } => {
            Act::Relate { id, relation, target, on, undo: true, reason, proof }
        }
        other => other,
    };
    let refused = |act: Act, said: &str| {
        let error = faju.act(act, &asker()).unwrap_err();
        assert_eq!(error.code, ErrorCode::Conflict);
        assert!(error.detail.contains(said), "{}", error.detail);
    };
    let same = || relate(&ferry_id, "same_as", &bridge, None);
    let status = || read(&faju, &ferry_id, (2024, 1, 1)).version.unwrap().status;
    let repeal = |day| relate(&bridge, "repeals", &ferry_id, Some(date(2023, 7, day)));
    let before = status();
    refused(undo(&bridge, "repeals", &ferry_id), "没有登记过");
    faju.act(repeal(1), &asker()).unwrap();
    assert_eq!(status(), ValidityStatus::Repealed);
    refused(same(), "两者不会是同一文件");
    refused(repeal(1), "已于");
    refused(relate(&ferry_id, "repeals", &bridge, Some(date(2023, 7, 1))), "相反的关系");
    // Another day of the same relation takes the place of the first.
    faju.act(repeal(9), &asker()).unwrap();
    assert_eq!(read(&faju, &ferry_id, (2023, 7, 5)).version.unwrap().status, before);
    faju.act(undo(&bridge, "repeals", &ferry_id), &asker()).unwrap();
    let check = |faju: &Faju| {
        assert_eq!(read(faju, &ferry_id, (2024, 1, 1)).version.unwrap().status, before);
        for id in [&ferry_id, &bridge] {
            assert!(here(faju.instrument(id, None, &asker()).unwrap()).relations.is_empty());
        }
    };
    check(&faju);
    faju.rebuild(&Silent).unwrap();
    check(&faju);
    faju.act(relate(&ferry_id, "repeals", &bridge, Some(date(2023, 7, 1))), &asker()).unwrap();
    faju.act(undo(&ferry_id, "repeals", &bridge), &asker()).unwrap();
    refused(same(), "标题不相似");
    let named = match same() {
        Act::Relate { id, relation, target, on, undo, reason, .. } => {
            Act::Relate {
                id, relation, target, on, undo, reason, proof: "《渡口条例》改称《桥梁条例》".to_string()
            }
        }
        other => other,
    };
    faju.act(named, &asker()).unwrap();
    refused(undo(&ferry_id, "same_as", &bridge), "不能撤销");
}

#[test]
fn an_amendment_that_a_person_records_ends_the_text() {
    let folder = tempfile::tempdir().unwrap();
    let other = ferry("", &["2023年5月6日云院令第9号公布"]).replace("渡口条例", "桥梁条例");
    let faju = corpus(folder.path(), &[ferry("", &[FIRST]), other]);
    let (ferry_id, bridge) = (id(&faju, "渡口条例"), id(&faju, "桥梁条例"));
    for relation in ["amends", "repeals", "implements"] {
        let own = faju.act(relate(&ferry_id, relation, &ferry_id, Some(date(2023, 7, 1))), &asker()).unwrap_err();
        assert_eq!(own.code, ErrorCode::InvalidParameter, "{relation}");
        assert!(format!("{own:?}").contains("不能与自身建立关系"), "{own:?}");
    }
    faju.act(relate(&bridge, "amends", &ferry_id, Some(date(2023, 7, 1))), &asker()).unwrap();
    assert_eq!(read(&faju, &ferry_id, (2023, 6, 30)).version.unwrap().status, ValidityStatus::InForce);
    let page = read(&faju, &ferry_id, (2023, 7, 1));
    assert!(page.notice.unwrap().contains("自 2023-07-01 起为《桥梁条例》所修改"));
    let version = page.version.unwrap();
    assert_eq!(version.status, ValidityStatus::Amended);
    let proof = version.proof.unwrap().to.unwrap();
    assert_eq!((proof.source, proof.quote.as_str()), (EventSource::Correction, "公报第五页"));
}
