//! Legality review over the API, on the sample.

use crate::client::Reply;
use crate::contract::{assert_shape, problem, sample};
use serde_json::{Value, json};

fn send(body: &Value) -> Reply {
    sample().post("/api/v1/reviews", "application/json", &body.to_string())
}

#[test]
fn a_draft_is_reviewed_and_every_finding_has_its_place() {
    let text = "临江县渡口管理办法\n第一条　根据《行政执法通则法》第九百条，制定本办法。\n第二条　随意停靠渡船的，处五百元罚款。";
    for body in [
        json!({"text": text}),
        json!({"text": text, "level": "normative_document", "issuer": "临江县人民政府", "date": "2026-01-01"}),
        json!({"text": text, "settings": {"off": ["D03"]}, "as_of": "2026-01-01", "title": null}),
    ] {
        let reply = send(&body);
        assert_eq!(reply.status, 200, "{}", reply.text());
        let page = reply.json();
        assert_shape("ReviewPage", &page);
        let chars: Vec<char> = text.chars().collect();
        let findings = page["findings"].as_array().unwrap();
        for code in ["S01", "C04"] {
            let found = findings.iter().find(|finding| finding["check"] == code);
            let found = found.unwrap_or_else(|| panic!("{code}: {page}"));
            let at = |name: &str| usize::try_from(found["span"][name].as_u64().unwrap()).unwrap();
            let quote: String = chars[at("start")..at("end")].iter().collect();
            assert_eq!(found["quote"], quote);
        }
    }
    for (body, code) in
        [(json!({"text": " "}), "invalid_parameter"), (json!({"text": "渡口", "level": "x"}), "invalid_parameter")]
    {
        problem(&send(&body), 400, code);
    }
    problem(&send(&json!({"text": "渡口", "settings": {"of": []}})), 422, "bad_record");
    problem(&send(&json!({"text": "渡口", "q": "x"})), 422, "bad_record");
    problem(&send(&json!({"text": "渡".repeat(400_001)})), 413, "too_large");
}

#[test]
fn the_checks_are_listed_with_their_manuals() {
    let reply = sample().get("/api/v1/checks");
    assert_eq!(reply.status, 200);
    assert_shape("CheckList", &reply.json());
    let codes: Vec<String> =
        reply.json().as_array().unwrap().iter().map(|check| check["code"].as_str().unwrap().to_string()).collect();
    assert!(codes.len() > 35 && codes.contains(&"S01".to_string()), "{codes:?}");
}
