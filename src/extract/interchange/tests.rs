use super::*;
use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::json;

fn schema() -> Validator {
    let schema: Value = serde_json::from_str(include_str!("../../../docs/interchange.schema.json")).unwrap();
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
}

fn full() -> Value {
    json!({
        "kind": "legislation", "title": "云州省桥梁条例", "level": "local_regulation", "issuer": "云州省人民代表大会常务委员会",
        "region": "990000", "document_number": "第三号", "adoption_date": "2020-05-06", "promulgation_date": "2020-05-07",
        "effective_date": "2020-07-01", "written_date": "2020-05-06", "source_date": "2020-05-06", "valid_until": "2030-06-30",
        "asserted_status": "in_force", "asserted_on": "2024-01-01", "registration_number": "登1", "index_number": "索1",
        "subject": "交通", "filing_number": "备1", "filed_on": "2020-06-01", "drafting_department": "云州省交通厅",
        "access": "public", "departments": ["d1"], "source_id": "s1", "source_url": "https://example.invalid/1",
        "origin": "yunzhou/library", "history": ["2020年5月6日 通过"], "notes": ["扫描件"], "text": "第一条　为了管理桥梁，制定本条例。"
    })
}

fn case() -> Value {
    json!({
        "kind": "case", "title": "某公司案", "case_kind": "penalty_decision", "case_number": "云罚〔2024〕1号",
        "decided_on": "2024-05-06", "cause": "占用桥梁", "row_number": 2, "parties": ["某公司"],
        "labels": [{"law": "桥梁法", "number": 7, "sub": 0}], "text": "【事实】占用桥梁。"
    })
}

fn with(mut record: Value, field: &str, value: Value) -> Value {
    record[field] = value;
    record
}

fn read(record: &Value) -> Result<Document, String> {
    record.as_object().cloned().ok_or_else(String::new).and_then(super::record)
}

#[test]
fn the_list_of_fields_is_that_of_the_document_and_of_the_schema() {
    let mut names: Vec<String> = Vec::new();
    for record in [full(), case()] {
        let document = read(&record).unwrap();
        let back = serde_json::to_value(&document).unwrap();
        assert_eq!(back, record);
        names.extend(record.as_object().unwrap().keys().cloned());
    }
    names.sort();
    names.dedup();
    let mut fields: Vec<String> = FIELDS.iter().map(|field| field.to_string()).collect();
    fields.sort();
    assert_eq!(names, fields);
    let schema: Value = serde_json::from_str(include_str!("../../../docs/interchange.schema.json")).unwrap();
    let mut properties: Vec<String> = schema["properties"].as_object().unwrap().keys().cloned().collect();
    properties.sort();
    assert_eq!(properties, fields);
}

#[test]
fn reader_and_schema_agree() {
    let validator = schema();
    let good = [full(), case(), json!({"kind": "normative", "title": "通知", "text": "一、修桥。"})];
    let bad = [
        with(full(), "colour", json!("red")),
        with(full(), "adoption_date", json!("2020年5月6日")),
        with(full(), "adoption_date", json!("20200506")),
        with(full(), "adoption_date", json!("2020-02-30")),
        with(full(), "adoption_date", json!("2020-05-06T00:00:00")),
        with(full(), "adoption_date", json!(20200506)),
        with(full(), "adoption_date", Value::Null),
        with(full(), "title", json!(" ")),
        with(full(), "text", json!("")),
        with(full(), "text", json!(3)),
        with(full(), "issuer", Value::Null),
        with(full(), "kind", json!("law")),
        with(full(), "kind", json!("normative")),
        with(full(), "level", json!("normative_document")),
        with(full(), "level", json!("ordinance")),
        with(full(), "case_kind", json!("judgment")),
        with(full(), "region", json!("99")),
        with(full(), "region", json!(990000)),
        with(full(), "access", json!("secret")),
        with(full(), "departments", json!("d1")),
        with(full(), "asserted_status", json!("unknown")),
        with(full(), "history", json!([1])),
        with(case(), "level", json!("law")),
        with(case(), "row_number", json!(0)),
        with(case(), "row_number", json!(-1)),
        with(case(), "row_number", json!(1.5)),
        with(case(), "case_kind", json!("rumour")),
        json!({"kind": "normative", "title": "通知"}),
        json!({"title": "通知", "text": "一、修桥。"}),
        json!(["kind"]),
    ];
    for record in good {
        assert!(validator.is_valid(&record), "{record}");
        read(&record).unwrap();
    }
    for record in bad {
        assert!(!validator.is_valid(&record), "schema takes {record}");
        assert!(read(&record).is_err(), "reader takes {record}");
    }
}

#[test]
fn a_bad_line_is_refused_with_its_number_and_the_rest_is_taken() {
    let good = json!({"kind": "normative", "title": "通知", "text": "一、修桥。"});
    let text = format!("{good}\n\n{{\"kind\"\n{}\n{good}\n", with(good.clone(), "filed_on", json!("明天")));
    let Outcome::Documents { documents, refused } = read_lines(&Lines::of_file(&text), super::record) else { panic!() };
    assert_eq!(documents.iter().map(|document| document.line).collect::<Vec<_>>(), [Some(1), Some(5)]);
    assert_eq!(refused[0].place.as_deref(), Some("第3行"));
    assert_eq!(refused[1].place.as_deref(), Some("第4行"));
    assert!(refused[1].message.contains("filed_on") && refused[1].message.contains("明天"));
    assert!(matches!(read_lines(&Lines::of_file("\n"), super::record), Outcome::Refused(_)));
}

proptest! {
    #[test]
    fn lines_never_panic(text in "[\\{\\}\":a-z,0-9\\[\\]\n第条]{0,120}") {
        let _ = read_lines(&Lines::of_file(&text), super::record);
    }

    #[test]
    fn reader_and_schema_agree_on_any_value(at in 0..FIELDS.len(), value in prop_oneof![
        Just(json!(null)), Just(json!(true)), Just(json!(7)), Just(json!("x")), Just(json!("")), Just(json!(["x"])), Just(json!([])), Just(json!({})),
    ]) {
        let record = with(full(), FIELDS[at], value);
        prop_assert_eq!(schema().is_valid(&record), read(&record).is_ok(), "{}", record);
    }
}
