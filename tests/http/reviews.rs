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
fn a_draft_may_come_as_a_file() {
    let seed = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/hostile/seeds/seed.docx")).unwrap();
    let coded = |bytes: &[u8]| base64(bytes);
    let reply = send(&json!({"file": {"name": "草案.docx", "base64": coded(&seed)}, "wait": true}));
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert_shape("ReviewPage", &reply.json());
    assert!(reply.json()["sentences"].as_u64().unwrap() > 0);
    for (body, status, code) in [
        (json!({"file": {"name": "草案.docx", "base64": "不是"}}), 422, "bad_record"),
        (json!({"file": {"name": "草案.docx", "base64": coded(b"PK\x03\x04")}}), 422, "bad_record"),
        (json!({"file": {"name": "草案.docx", "base64": coded(&seed)}, "text": "渡口"}), 400, "invalid_parameter"),
        (json!({"title": "渡口"}), 400, "invalid_parameter"),
    ] {
        problem(&send(&body), status, code);
    }
}

/// Base64 with padding, written out so that the test does not ask the program's own library.
fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let group = |three: &[u8]| {
        let bits = three.iter().chain(&[0, 0]).take(3).fold(0u32, |bits, byte| bits << 8 | u32::from(*byte));
        let sign = |at: usize| match at <= three.len() {
            true => SIGNS[(bits >> (18 - 6 * at) & 63) as usize] as char,
            false => '=',
        };
        (0..4).map(sign).collect::<String>()
    };
    bytes.chunks(3).map(group).collect()
}

#[test]
fn a_second_draft_shows_what_is_fixed_open_and_new() {
    let first =
        send(&json!({"text": "第一条　随意停靠渡船的，处五百元罚款。\n第二条　本办法由县渡口协会负责解释。"})).json();
    let of = |check: &str| {
        let found = first["findings"].as_array().unwrap().iter().find(|one| one["check"] == check);
        found.unwrap_or_else(|| panic!("{check}: {first}")).clone()
    };
    let (fine, reading) = (of("S01"), of("D05"));
    let second = "第一条　随意停靠渡船的，由县交通运输局劝离。\n第二条　本办法由县渡口协会负责解释。";
    let dismissed = json!([{"id": reading["id"], "reason": "协会受委托"}]);
    let body = json!({"text": second, "previous": first["findings"], "dismissed": dismissed});
    let page = send(&body).json();
    assert_shape("ReviewPage", &page);
    assert!(page["fixed"].as_array().unwrap().iter().any(|one| one["id"] == fine["id"]), "{page}");
    let open = page["findings"].as_array().unwrap().iter().find(|one| one["check"] == "D05").unwrap();
    assert_eq!((open["state"].as_str(), open["dismissed"].as_str()), (Some("open"), Some("协会受委托")));
    let counted: u64 = page["counts"].as_object().unwrap().values().map(|count| count.as_u64().unwrap()).sum();
    assert_eq!(counted + 1, page["findings"].as_array().unwrap().len() as u64, "what is dismissed does not count");
    // The reason goes on with the report in which it was given.
    let again = send(&json!({"text": second, "previous": page["findings"]})).json();
    let kept = again["findings"].as_array().unwrap().iter().find(|one| one["check"] == "D05").unwrap();
    assert_eq!(kept["dismissed"], "协会受委托");
    let unknown = send(&json!({"text": second, "dismissed": [{"id": fine["id"], "reason": "已经改正"}]})).json();
    assert_shape("ReviewPage", &unknown);
    let warning = unknown["warnings"][0].as_str().unwrap_or_else(|| panic!("{unknown}"));
    assert!(warning.contains(fine["id"].as_str().unwrap()) && page.get("warnings").is_none(), "{warning}");
    let empty = json!({"text": second, "dismissed": [{"id": reading["id"], "reason": " "}]});
    problem(&send(&empty), 400, "invalid_parameter");
}

#[test]
fn clauses_stand_beside_superior_law_on_request() {
    let law = sample().get("/api/v1/search?q=%E7%BD%9A%E6%AC%BE&level=law&limit=1&group=none").json();
    let text = law["items"][0]["text"].as_str().unwrap_or_else(|| panic!("{law}")).to_string();
    let page = send(&json!({"text": text, "compare": true})).json();
    assert_shape("ReviewPage", &page);
    let superior = &page["comparison"][0]["superior"][0];
    assert_eq!(superior["basis"]["text"], text, "{page}");
    assert!(superior["likeness"].as_f64().unwrap() > 0.99);
    assert!(send(&json!({"text": text})).json().get("comparison").is_none());
}

#[test]
fn a_long_review_is_a_task_whose_id_is_the_secret() {
    let text = "第一条　随意停靠渡船的，处五百元罚款。";
    let server = sample();
    let accepted =
        server.post("/api/v1/reviews", "application/json", &json!({"text": text, "wait": false}).to_string());
    assert_eq!(accepted.status, 202, "{}", accepted.text());
    assert_shape("ReviewTask", &accepted.json());
    let place = format!("/api/v1/reviews/{}", accepted.json()["task"].as_str().unwrap());
    assert_eq!(accepted.header("location"), place);
    let mut reply = server.get(&place);
    for _ in 0..500 {
        if reply.status != 202 {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
        reply = server.get(&place);
    }
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert_eq!(reply.json(), send(&json!({"text": text})).json());
    problem(&sample().get("/api/v1/reviews/00112233445566778899aabbccddeeff"), 404, "not_found");
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
