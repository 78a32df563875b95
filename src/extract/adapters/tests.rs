use super::*;
use crate::law::{Access, AuthorityLevel, CaseKind, Kind};
use proptest::prelude::*;
use serde_json::json;

fn documents(record: Value) -> Vec<Document> {
    match read(&Lines::of_file(&record.to_string())) {
        Some(Outcome::Documents { documents, refused }) if refused.is_empty() => {
            documents.into_iter().map(|extracted| extracted.document).collect()
        }
        other => panic!("{other:?}"),
    }
}

fn penalty() -> Value {
    json!({
        "doc_number": "云罚〔2026〕1号", "party": "云银行", "party_type": "机构", "org": "", "facts": "贷款不审慎", "basis": "",
        "decision": "罚款40万元。", "penalty_kinds": "罚款", "fine_yuan": 400000, "authority": "云分局", "province": "福建省",
        "publish_time": "2026-04-29 15:26:33", "title": "云分局公示表", "url": "https://example.invalid", "id": "n-1", "suspect": true
    })
}

#[test]
fn penalty_rows_become_decisions() {
    let case = documents(penalty()).remove(0);
    assert_eq!(case.text, "【当事人】\n云银行\n【主要违法违规事实】\n贷款不审慎\n【行政处罚决定】\n罚款40万元。");
    assert_eq!((case.kind, case.case_kind), (Kind::Case, Some(CaseKind::PenaltyDecision)));
    assert_eq!((case.region.as_deref(), case.notes.len()), (Some("350000"), 1));
    assert_eq!(case.promulgation_date, Some(jiff::civil::date(2026, 4, 29)));
    assert_eq!(case.access, Some(Access::Public));
}

#[test]
fn judgments_keep_their_labels_apart() {
    let text = "云江县人民法院 刑事判决书 （2026）云0121刑初12号 公诉机关云江县人民检察院。 被告人云某盗窃。 审判长 某某 \
        二〇二六年七月二日 书记员 某某 附：第二百六十四条";
    let record = json!({
        "id": "judge-1", "query": "被告人云某盗窃。", "crime": null, "full_document": text,
        "gold": [{"law": "刑法", "article": "第264条", "number": 264, "sub": 0, "in_pack": true}]
    });
    let case = documents(record).remove(0);
    assert_eq!(case.title, "云江县人民法院刑事判决书（2026）云0121刑初12号");
    assert_eq!((case.kind, case.case_kind), (Kind::Case, Some(CaseKind::Judgment)));
    assert_eq!(case.case_number.as_deref(), Some("（2026）云0121刑初12号"));
    assert_eq!(case.decided_on, Some(jiff::civil::date(2026, 7, 2)));
    assert_eq!((case.labels[0].law.as_str(), case.labels[0].number), ("刑法", 264));
    assert_eq!(case.text, text, "the whole judgment and nothing of the row beside it");
}

#[test]
fn a_row_of_the_wrong_shape_is_refused_by_its_line() {
    let mut bad = penalty();
    bad["facts"] = json!(3);
    let Some(Outcome::Documents { documents, refused }) = read(&Lines::of_file(&format!("{}\n{bad}\n", penalty())))
    else {
        panic!()
    };
    assert_eq!((documents.len(), refused[0].place.as_deref()), (1, Some("第2行")));
    let mut unknown = penalty();
    unknown["colour"] = json!("red");
    assert!(read(&Lines::of_file(&unknown.to_string())).is_none(), "another key is another format");
}

#[test]
fn council_documents_lose_the_repeated_head() {
    let record = json!({
        "url": "u", "index_number": "i", "title": "国务院关于云的意见", "issuer": "国务院", "document_number": "国发〔2019〕5号",
        "theme": "云\\水", "written_date": "2019年01月27日", "publish_date": "2019年02月15日",
        "body": "国务院关于\n 云的意见\n 国发〔2019〕5号\n 各省：\n 一、云。", "html": ""
    });
    let document = documents(record).remove(0);
    assert_eq!(document.text, "各省：\n一、云。");
    assert_eq!(document.level, Some(AuthorityLevel::NormativeDocument));
    assert_eq!(document.written_date, Some(jiff::civil::date(2019, 1, 27)));
    assert_eq!(document.subject.as_deref(), Some("云/水"));
}

#[test]
fn answers_clauses_and_facts_are_read() {
    let answer = json!({"id": 1, "title": "范围？", "content": "主要包括云。", "level": "业务口径", "issuer": "国家云总局",
        "publish_date": "2025-03-21", "category": "QA"});
    assert_eq!((documents(answer.clone())[0].kind, documents(answer)[0].level), (Kind::Normative, None));
    let clause = json!({"law": "云细则", "article": "第十三条", "heading": "云标准", "paragraph": "（一）", "item": "", "text": "不得云"});
    let item = json!({"law": "云细则", "article": "第十三条", "heading": "云标准", "paragraph": "（一）", "item": "1", "text": "设云。"});
    let Some(Outcome::Documents { documents: clauses, .. }) = read(&Lines::of_file(&format!("{clause}\n{item}\n")))
    else {
        panic!()
    };
    assert_eq!(clauses[0].document.text, "第十三条\u{3000}云标准\n（一）不得云\n1.设云。");
    let facts = json!({"id": "c-1", "cause": "云纠纷", "domain": "civil", "text": "查明甲。"});
    let judgment = documents(facts).remove(0);
    assert_eq!(judgment.title, "云纠纷民事判决书（认定事实）");
    assert_eq!(judgment.cause.as_deref(), Some("云纠纷"));
}

proptest! {
    #[test]
    fn never_panics(text in "[\\{\\}\":a-z,0-9\n第条]{0,120}") {
        let _ = read(&Lines::of_file(&text));
    }

    #[test]
    fn no_value_panics(key in 0..penalties::KEYS.len(), value in prop_oneof![Just(json!(null)), Just(json!(1)), Just(json!("")), Just(json!("云云云云云云云云云云云"))]) {
        let mut record = penalty();
        record[penalties::KEYS[key]] = value;
        let _ = read(&Lines::of_file(&record.to_string()));
    }
}
