//! What the API promises: the OpenAPI document, shapes, errors, redirections.

use crate::client::Reply;
use crate::server::Server;
use crate::{encoded, record};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

/// A server that answers from the sample, with its empty folder.
struct Sample {
    server: Server,
    _folder: tempfile::TempDir,
}

/// The sample of the tests that only read: shared by those that run at the same time, and ended with the last of them (a
/// static value would never be dropped, and its process never end).
pub fn sample() -> impl std::ops::Deref<Target = Server> {
    static SHARED: Mutex<Weak<Sample>> = Mutex::new(Weak::new());
    let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    let sample = shared.upgrade().unwrap_or_else(|| {
        let folder = tempfile::tempdir().expect("a folder");
        Arc::new(Sample { server: Server::start(folder.path(), &[]), _folder: folder })
    });
    *shared = Arc::downgrade(&sample);
    Borrowed(sample)
}

struct Borrowed(Arc<Sample>);

impl std::ops::Deref for Borrowed {
    type Target = Server;

    fn deref(&self) -> &Server {
        &self.0.server
    }
}

fn openapi() -> Value {
    sample().get("/api/v1/openapi.json").json()
}

/// The check of a shape of the OpenAPI document. It is made once: the document is large, and a server that shares the machine
/// with its making answers late.
fn validator(name: &str) -> Arc<jsonschema::Validator> {
    static MADE: Mutex<BTreeMap<String, Arc<jsonschema::Validator>>> = Mutex::new(BTreeMap::new());
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    let validator = made.entry(name.to_string()).or_insert_with(|| {
        let schema = json!({"$ref": format!("#/components/schemas/{name}"), "components": openapi()["components"]});
        Arc::new(jsonschema::validator_for(&schema).expect("a schema"))
    });
    validator.clone()
}

/// Fails unless a value has a shape of the OpenAPI document.
pub fn assert_shape(name: &str, value: &Value) {
    let validator = validator(name);
    let errors: Vec<String> =
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{name}\n{}\n{value:#}", errors.join("\n"));
}

pub fn problem(reply: &Reply, status: u16, code: &str) {
    assert_eq!(reply.status, status, "{}", reply.text());
    assert_eq!(reply.header("content-type"), "application/problem+json; charset=utf-8");
    let problem = reply.json();
    assert_shape("Problem", &problem);
    assert_eq!((&problem["code"], &problem["status"]), (&json!(code), &json!(status)), "{problem}");
    assert_eq!(problem["request_id"], reply.header("x-request-id"));
}

/// The first hit of a search in the sample.
fn first_hit(query: &str) -> Value {
    let page = sample().get(&format!("/api/v1/search?q={}&limit=1", encoded(query))).json();
    page["items"][0].clone()
}

#[test]
fn the_openapi_document_changes_only_on_purpose() {
    insta::assert_json_snapshot!("openapi", openapi());
}

#[test]
fn every_documented_address_is_there_and_takes_no_unknown_parameter() {
    let document = openapi();
    let paths = document["paths"].as_object().expect("paths");
    assert!(paths.len() >= 18, "{}", paths.len());
    for (path, operations) in paths {
        for method in operations.as_object().expect("operations").keys() {
            let target = format!("{}?never_heard_of=1", path.replace("{id}", "x"));
            let reply = sample().send(&method.to_uppercase(), &target, &[], b"");
            assert_eq!(reply.status, 400, "{method} {path}");
            let named = reply.text().contains("never_heard_of");
            assert!(named && reply.text().contains("unknown_parameter"), "{method} {path}: {}", reply.text());
        }
    }
}

#[test]
fn every_parameter_of_the_search_is_documented_and_taken() {
    let document = openapi();
    let documented: Vec<&str> = document["paths"]["/api/v1/search"]["get"]["parameters"]
        .as_array()
        .expect("parameters")
        .iter()
        .filter_map(|parameter| parameter["name"].as_str())
        .collect();
    let table: Vec<&str> =
        std::iter::once("q").chain(faju::app::parameters::SEARCH.iter().map(|parameter| parameter.name)).collect();
    assert_eq!(documented, table);
    for name in documented.into_iter().filter(|name| !["q", "issuer", "instrument", "cause"].contains(name)) {
        let reply = sample().get(&format!("/api/v1/search?q=x&{name}=%E9%94%99"));
        assert_eq!(reply.status, 400, "{name}: {}", reply.text());
        assert_eq!(reply.json()["errors"][0]["parameter"], *name, "{}", reply.text());
    }
}

#[test]
fn cases_are_counted_and_their_elements_told() {
    let page = sample().get("/api/v1/precedents?kind=case").json();
    assert_shape("PrecedentsPage", &page);
    assert!(page["cases"].as_u64() > Some(5) && page["fines"]["median"].is_u64(), "{page}");
    problem(&sample().get("/api/v1/precedents?fines_from=x"), 400, "invalid_parameter");
    let html = sample().get("/precedents?q=");
    assert_eq!(html.status, 200);
    assert!(html.text().contains("<svg") && html.text().contains("中位数"), "{}", html.text());
    // A bar leads to the cases that it counts, without what association would add.
    assert!(html.text().contains("rank=lexical"), "{}", html.text());
    let cases = sample().get("/api/v1/search?kind=case&limit=100").json();
    for item in cases["items"].as_array().expect("items") {
        let id = item["instrument"]["id"].as_str().expect("an id");
        assert_shape("CasePage", &sample().get(&format!("/api/v1/cases/{id}")).json());
        let reading = sample().get(&format!("/i/{id}"));
        assert!(reading.text().contains("class=\"elements\""), "{id}");
    }
    problem(&sample().get("/api/v1/cases/c-0000000000000000"), 404, "not_found");
    let article = encoded("城乡公共空间管理法68条");
    let page =
        sample().get(&format!("/api/v1/penalty?article={article}&amount=5000%E5%85%83&act_date=2026-01-02")).json();
    assert_shape("PenaltyPage", &page);
    problem(&sample().get("/api/v1/penalty"), 400, "invalid_parameter");
}

#[test]
fn why_a_provision_is_not_there_is_answered() {
    let why = |query: &str| sample().get(&format!("/api/v1/search/why?{query}")).json();
    let named = format!("provision={}", encoded("行政执法通则法3条"));
    for (query, outcome, code) in [
        (format!("q=&group=none&{named}"), "found", None),
        (format!("q=%E7%BD%9A&{named}"), "found", None),
        (format!("q={}&kind=case&match=all&{named}", encoded("罚款 鞰鞱")), "left_out", Some("kind")),
        (format!("q={}&{named}", encoded("鞰鞱 AND (鞰 OR 鞱)")), "left_out", Some("missing_words")),
        ("q=x&provision=never@2020-01-01/a1".to_string(), "not_in_corpus", None),
    ] {
        let page = why(&query);
        assert_shape("StandingPage", &page);
        assert_eq!(page["outcome"], outcome, "{query}: {page}");
        assert_eq!(page["reasons"][0]["code"].as_str(), code, "{query}: {page}");
        assert_eq!(page["rank"].is_null(), outcome != "found", "{page}");
        assert!(page["message"].as_str().is_some_and(|message| message.chars().count() > 5));
    }
    for query in ["q=x", "q=x&provision=", "q=x&provision=%E6%B3%95&kind=none"] {
        problem(&sample().get(&format!("/api/v1/search/why?{query}")), 400, "invalid_parameter");
    }
    let page = sample().get(&format!("/why?q=%E7%BD%9A&kind=case&{named}"));
    assert_eq!(page.status, 200);
    assert!(page.text().contains("它不在结果中") && page.text().contains("去掉这一筛选"), "{}", page.text());
    let empty = sample().get("/why?q=%E7%BD%9A");
    assert!(empty.status == 200 && empty.text().contains("name=\"provision\""), "{}", empty.text());
    let wrong = sample().get(&format!("/why?q=%E7%BD%9A&provision={}", encoded("管理条例2条")));
    assert!(wrong.status == 400 && wrong.text().contains("role=\"alert\""), "{}", wrong.text());
    let results = sample().get("/?q=%E7%BD%9A&kind=case").text();
    assert!(results.contains("action=\"/why\"") && results.contains("name=\"kind\" value=\"case\""), "{results}");
}

#[test]
fn facts_are_matched_with_the_law() {
    let send = |body: &Value| sample().post("/api/v1/match", "application/json", &body.to_string());
    let facts = "当事人在人行道上堆放建筑材料，妨碍通行。经责令改正，拒不清理；执法人员制作了现场笔录。";
    for body in [
        json!({"text": facts}),
        json!({"text": facts, "as_of": "2020-01-01", "limit": 3, "kind": ["legislation"], "level": "local_regulation,law"}),
        json!({"text": facts, "kind": null, "status": "all", "limit": "100"}),
    ] {
        let reply = send(&body);
        assert_eq!(reply.status, 200, "{}", reply.text());
        assert_shape("MatchPage", &reply.json());
        assert!(reply.json()["found"].as_u64() > Some(0), "{}", reply.text());
    }
    let long = |count: usize| json!({"text": "渡".repeat(count)});
    problem(&send(&long(20_001)), 413, "too_large");
    assert!(send(&long(20_001)).text().contains("请删去无关的部分"));
    assert_eq!(send(&long(20_000)).status, 200);
    problem(&send(&json!({"text": "x".repeat(2 << 20)})), 413, "too_large");
    for (body, code) in [
        (json!({}), "invalid_parameter"),
        (json!({"text": " "}), "invalid_parameter"),
        (json!({"text": 3}), "invalid_parameter"),
        (json!({"text": "渡口", "limit": 0}), "invalid_parameter"),
        (json!({"text": "渡口", "kind": [1]}), "invalid_parameter"),
        (json!({"text": "渡口", "as_of": {}}), "invalid_parameter"),
        (json!({"text": "渡口", "q": "x"}), "unknown_parameter"),
    ] {
        problem(&send(&body), 400, code);
    }
    problem(&send(&json!([])), 422, "bad_record");
    problem(&sample().post("/api/v1/match", "text/plain", "渡口"), 415, "unsupported_format");
}

#[test]
fn the_page_for_facts_answers_what_its_form_sends() {
    let empty = sample().get("/match");
    assert!(empty.status == 200 && empty.text().contains("method=\"post\""), "{}", empty.text());
    let send = |body: &str| sample().post("/match", "application/x-www-form-urlencoded", body);
    let facts = "在人行道上<堆放>建筑材料，妨碍通行。\r\n经责令改正，拒不清理。";
    let reply = send(&format!("text={}&as_of=", encoded(facts)));
    assert_eq!(reply.status, 200, "{}", reply.text());
    let page = reply.text();
    assert!(page.contains("&#60;堆放&#62;") && page.contains("class=\"matched\""), "{page}");
    let wrong = send("text=");
    assert!(wrong.status == 400 && wrong.text().contains("role=\"alert\""), "{}", wrong.text());
    assert_eq!(send(&format!("text={}", encoded(&"渡".repeat(20_001)))).status, 413);
    assert_eq!(send("text=x&colour=red").status, 400);
    assert!(sample().get("/?").text().contains("href=\"/match\""));
}

#[test]
fn answers_have_the_documented_shapes() {
    for query in ["q=%E5%A4%84%E7%BD%9A&facets=kind,level,status,issuer,region,year", "q=%E5%A4%84&group=none", "q="] {
        let page = sample().get(&format!("/api/v1/search?status=all&{query}")).json();
        assert_shape("SearchPage", &page);
        assert!(page["sample"] == true && page["took_ms"].as_f64() > Some(0.0), "{page}");
    }
    for (query, outcome) in
        [("行政执法通则法3条", "resolved"), ("管理条例2条", "ambiguous"), ("虚无法3条", "not_found")]
    {
        let page = sample().get(&format!("/api/v1/search?q={}", encoded(query))).json();
        assert_shape("SearchPage", &page);
        assert_eq!(page["citation"]["outcome"], outcome, "{page}");
    }
    let hit = first_hit("标题:公共空间管理法");
    let id = hit["instrument"]["id"].as_str().expect("an id");
    let reading = sample().get(&format!("/api/v1/instruments/{id}")).json();
    assert_shape("ReadingView", &reading);
    let provision = hit["provisions"][0]["id"].as_str().expect("an id");
    assert_shape("ProvisionView", &sample().get(&format!("/api/v1/provisions/{provision}")).json());
    let document = reading["documents"][0]["id"].as_str().expect("an id");
    assert_shape("DocumentView", &sample().get(&format!("/api/v1/documents/{document}")).json());
    assert_shape("ChangesPage", &sample().get("/api/v1/changes").json());
    let case = sample().get("/api/v1/search?kind=case&limit=1").json()["items"][0]["instrument"]["id"].clone();
    let reading = sample().get(&format!("/api/v1/instruments/{}", case.as_str().expect("an id"))).json();
    assert_shape("ReadingView", &reading);
    assert_eq!(reading["version"], Value::Null);
}

#[test]
fn suggestions_have_their_shape_and_bounds() {
    let server = sample();
    let page = server.get(&format!("/api/v1/suggest?q={}", encoded("公共空"))).json();
    assert_shape("SuggestPage", &page);
    let items = page["items"].as_array().expect("items");
    assert!(items.len() == 10 && items.iter().any(|item| item["kind"] == "term"), "{page}");
    let few = server.get("/api/v1/suggest?q=cxgg&limit=1").json();
    assert_eq!(few["items"][0]["title"], "城乡公共空间管理法");
    assert_eq!(server.get("/api/v1/suggest").json()["items"], json!([]));
    for wrong in ["limit=0", "limit=51", "limit=x"] {
        problem(&server.get(&format!("/api/v1/suggest?q=x&{wrong}")), 400, "invalid_parameter");
    }
    problem(&server.get("/api/v1/suggest?q=x&kind=title"), 400, "unknown_parameter");
    let page = server.get(&format!("/api/v1/search?q={}", encoded("城乡公共空间管里法"))).json();
    assert_shape("SearchPage", &page);
    assert_eq!(page["did_you_mean"]["query"], "城乡公共空间管理法");
}

#[test]
fn two_versions_are_compared_article_by_article() {
    let hit = first_hit("标题:公共空间管理法");
    let id = hit["instrument"]["id"].as_str().expect("an id").to_string();
    let reading = sample().get(&format!("/api/v1/instruments/{id}")).json();
    let keys: Vec<&str> =
        reading["versions"].as_array().expect("versions").iter().filter_map(|v| v["key"].as_str()).collect();
    let whole = sample().get(&format!("/api/v1/diff/{id}")).json();
    assert_shape("ComparisonView", &whole);
    assert_eq!((&whole["new"]["version"]["key"], &whole["old"]["version"]["key"]), (&json!(keys[0]), &json!(keys[1])));
    let listed = whole["rows"].as_array().expect("rows").len() as u64;
    let counted: u64 = whole["counts"].as_object().expect("counts").values().filter_map(Value::as_u64).sum();
    assert!(listed == counted && listed > 10, "{listed} {counted}");
    // The segments of each side, one after another, are its texts.
    for row in whole["rows"].as_array().expect("rows") {
        for side in ["old", "new"] {
            let texts = row[side].as_array().expect("provisions");
            let mut read = vec![String::new(); texts.len()];
            for place in row["segments"].as_array().expect("segments").iter().map(|segment| &segment[side]) {
                let number = |name: &str| place[name].as_u64().map(|n| n as usize);
                if let (Some(at), Some(start), Some(end)) = (number("provision"), number("start"), number("end")) {
                    let text = texts[at]["text"].as_str().expect("a text").chars();
                    read[at].extend(text.skip(start).take(end - start));
                }
            }
            assert_eq!(texts.iter().map(|text| text["text"].as_str().expect("a text")).collect::<Vec<_>>(), read);
        }
    }
    let query = format!("from={}&to={}&only_changes=true", keys[1], keys[0]);
    let changes = sample().get(&format!("/api/v1/diff/{id}?{query}")).json();
    assert_shape("ComparisonView", &changes);
    assert_eq!(changes["counts"], whole["counts"]);
    assert!(changes["rows"].as_array().expect("rows").iter().all(|row| row["kind"] != "kept"));
    let named = sample().get(&format!("/api/v1/diff/{id}@{}?with={id}@{}", keys[1], keys[0])).json();
    assert_eq!(named["rows"], whole["rows"]);
}

#[test]
fn what_cannot_be_compared_is_said() {
    let server = sample();
    let id = first_hit("标题:公共空间管理法")["instrument"]["id"].as_str().expect("an id").to_string();
    problem(&server.get("/api/v1/diff/0000000000000000"), 404, "not_found");
    problem(&server.get(&format!("/api/v1/diff/{id}?with=0000000000000000")), 404, "not_found");
    problem(&server.get(&format!("/api/v1/diff/{id}?from=1900-01-01")), 404, "not_found");
    problem(&server.get(&format!("/api/v1/diff/{id}?from=2020-02-30")), 400, "invalid_parameter");
    problem(&server.get(&format!("/api/v1/diff/{id}?only_changes=yes")), 400, "invalid_parameter");
    problem(&server.get(&format!("/api/v1/diff/{id}?with={id}")), 400, "invalid_parameter");
    let case = first_hit("")["instrument"]["id"].as_str().expect("an id").to_string();
    let page = server.get("/api/v1/search?kind=case&limit=1").json();
    let case = page["items"][0]["instrument"]["id"].as_str().unwrap_or(&case);
    problem(&server.get(&format!("/api/v1/diff/{case}")), 404, "not_found");
}

#[test]
fn the_envelope_names_its_request() {
    let reply = sample().send("GET", "/api/v1/search?q=x", &[("X-Request-Id", "mine-1")], b"");
    assert_eq!((reply.header("x-request-id"), &reply.json()["request_id"]), ("mine-1", &json!("mine-1")));
}

#[test]
fn errors_are_problems_with_code_and_place() {
    let server = sample();
    problem(&server.get("/api/v1/search?q=%22%E5%A4%84"), 400, "invalid_query");
    assert!(server.get("/api/v1/search?q=%22%E5%A4%84").json()["errors"][0]["position"].is_u64());
    problem(&server.get("/api/v1/search?q=a&q=b"), 400, "invalid_parameter");
    problem(&server.get("/api/v1/search?q=%FF"), 400, "invalid_parameter");
    problem(&server.get("/api/v1/instruments/0000000000000000"), 404, "not_found");
    problem(&server.get("/api/v1/instruments/0000000000000000?as_of=2024-02-30"), 400, "invalid_parameter");
    problem(&server.get("/api/v1/changes?limit=0"), 400, "invalid_parameter");
    problem(&server.get("/api/v1/nothing"), 404, "not_found");
    problem(&server.send("DELETE", "/api/v1/search", &[], b""), 405, "not_found");
    assert!(server.send("DELETE", "/api/v1/search", &[], b"").header("allow").contains("GET"));
    problem(&server.get(&format!("/api/v1/search?q={}", "x".repeat(9000))), 413, "too_large");
}

#[test]
fn an_id_that_is_no_text_is_a_problem_too() {
    let server = sample();
    problem(&server.get("/api/v1/instruments/%ff%fe"), 404, "not_found");
}

#[test]
fn people_get_pages_for_errors_and_every_page_says_that_it_is_the_sample() {
    let id = first_hit("标题:公共空间管理法");
    let instrument = id["instrument"]["id"].as_str().expect("an id");
    let provision = id["provisions"][0]["id"].as_str().expect("an id");
    let pages = [
        ("/".to_string(), 200),
        ("/?q=%E5%A4%84%E7%BD%9A".to_string(), 200),
        ("/?q=%22%E5%A4%84%E7%BD%9A".to_string(), 200),
        ("/?q=zzzz".to_string(), 200),
        (format!("/i/{instrument}"), 200),
        (format!("/p/{provision}"), 200),
        ("/api".to_string(), 200),
        ("/i/none".to_string(), 404),
        ("/nowhere".to_string(), 404),
        ("/?x=1".to_string(), 400),
        ("/?kind=x".to_string(), 400),
    ];
    for (target, status) in pages {
        let reply = sample().get(&target);
        assert_eq!((reply.status, reply.header("content-type")), (status, "text/html; charset=utf-8"), "{target}");
        assert!(reply.text().contains("示例数据（虚构）"), "{target}");
        // Data about the page in JSON-LD is no script, and the one of the search box is a file of ours.
        let scripts = reply.text().replace("<script type=\"application/ld+json\">", "");
        let scripts = scripts.replace("<script src=\"/static/faju.js\" defer>", "");
        assert!(!scripts.contains("<script") && !reply.text().contains("style="), "{target}");
    }
}

#[test]
fn a_part_without_its_paragraph_redirects() {
    let reading =
        sample().get("/api/v1/search?q=%22%EF%BC%88%E4%B8%80%EF%BC%89%22&kind=legislation&group=none&limit=50");
    let page = reading.json();
    let moved = page["items"].as_array().expect("items").iter().find_map(|item| {
        let id = item["id"].as_str()?;
        let reply = sample().get(&format!("/api/v1/provisions/{id}/s1?as_of=2026-01-01"));
        (reply.status == 301).then(|| reply.header("location").to_string())
    });
    let location = moved.expect("an article with one list");
    assert!(location.contains("/p1/s1?as_of=2026-01-01"), "{location}");
    assert_eq!(sample().get(&location).status, 200, "{location}");
    // What leads to the version of a day leads to another tomorrow.
    let (version, key) =
        location.split_once('@').and_then(|(base, rest)| Some((base, rest.split_once('/')?.1))).unwrap();
    assert_eq!(sample().get(&format!("{version}/{key}")).status, 307);
}

#[test]
fn who_has_a_text_already_is_told_so() {
    let hit = first_hit("标题:公共空间管理法");
    let id = hit["instrument"]["id"].as_str().expect("an id");
    for target in [format!("/api/v1/instruments/{id}"), format!("/i/{id}"), "/static/faju.css".to_string()] {
        let tag = sample().get(&target).header("etag").to_string();
        assert!(tag.starts_with("W/\""), "{target}: {tag}");
        let again = sample().send("GET", &target, &[("If-None-Match", &tag)], b"");
        assert_eq!((again.status, again.body.len()), (304, 0), "{target}");
        let other = sample().send("GET", &target, &[("If-None-Match", "W/\"other\"")], b"");
        assert_eq!(other.status, 200, "{target}");
    }
}

#[test]
fn answers_are_compressed_for_who_can_read_it() {
    for coding in ["gzip", "zstd"] {
        let reply = sample().send("GET", "/api/v1/search?q=%E5%A4%84", &[("Accept-Encoding", coding)], b"");
        assert_eq!(reply.header("content-encoding"), coding);
    }
    let head = sample().send("HEAD", "/api/v1/search?q=%E5%A4%84", &[], b"");
    assert_eq!((head.status, head.body.len()), (200, 0));
}

#[test]
fn what_is_written_can_be_read_corrected_and_withdrawn() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path(), &["--allow-import"]);
    let lines = format!(
        "{}\n{}\n{{\"kind\":1}}\n",
        record("云桥县渡口办法", "渡口夜间停渡。"),
        record("云桥县灯塔办法", "灯塔长明。")
    );
    let reply = server.post("/api/v1/documents", "application/x-ndjson", &lines);
    assert_eq!(reply.status, 200, "{}", reply.text());
    let report = reply.json();
    assert_shape("ImportReport", &report);
    assert_eq!((&report["new"], &report["refused"]), (&json!(2), &json!(1)), "{report}");

    let page = server.get(&format!("/api/v1/search?q={}", encoded("\"夜间停渡\""))).json();
    assert_eq!((&page["sample"], &page["total"]["value"]), (&json!(false), &json!(1)), "{page}");
    let id = page["items"][0]["instrument"]["id"].as_str().expect("an id").to_string();
    let reading = server.get(&format!("/api/v1/instruments/{id}")).json();
    let document = reading["documents"][0]["id"].as_str().expect("an id").to_string();

    let pretty = "{\n  \"id\": \"".to_string()
        + &document
        + "\",\n  \"field\": \"subject\",\n  \"value\": \"水运\",\n  \"reason\": \"漏写\",\n  \"proof\": \"原件\"\n}";
    let corrected = server.post("/api/v1/corrections", "application/json", &pretty);
    assert_eq!(corrected.status, 200, "{}", corrected.text());
    assert_shape("MaintenanceReport", &corrected.json());

    let changes = server.get("/api/v1/changes?limit=2").json();
    assert_shape("ChangesPage", &changes);
    assert_eq!((changes["items"].as_array().map(Vec::len), &changes["more"]), (Some(2), &json!(true)), "{changes}");
    let rest = server.get(&format!("/api/v1/changes?after={}", changes["next"].as_str().expect("a cursor"))).json();
    assert_eq!((&rest["items"][0]["type"], &rest["more"]), (&json!("correct"), &json!(false)), "{rest}");

    let withdrawal = json!({"id": document, "reason": "误传"}).to_string();
    let withdrawn = server.post("/api/v1/withdrawals", "application/json", &withdrawal);
    assert_eq!(withdrawn.status, 200, "{}", withdrawn.text());
    problem(&server.get(&format!("/api/v1/documents/{document}")), 410, "gone");
}

#[test]
fn one_record_may_be_laid_out_and_a_bad_one_is_refused_with_its_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path(), &["--allow-import"]);
    let value: Value = serde_json::from_str(&record("云桥县渡口办法", "渡口夜间停渡。")).expect("JSON");
    let pretty = serde_json::to_string_pretty(&value).expect("JSON");
    assert_eq!(server.post("/api/v1/documents", "application/json", &pretty).json()["new"], 1);
    assert_eq!(server.post("/api/v1/documents", "application/json", &pretty).json()["unchanged"], 1);

    problem(&server.post("/api/v1/documents", "application/jsonl", "{\"kind\":\"case\"}\n"), 422, "bad_record");
    problem(&server.post("/api/v1/withdrawals", "application/json", "{\"id\":\"x\",\"other\":1}"), 422, "bad_record");
    let twice = server.post("/api/v1/withdrawals", "application/json", "{\"id\":\"x\",\"id\":\"y\"}").json();
    assert!(twice["errors"][0]["message"].as_str().is_some_and(|told| told.contains("字段重复：id")), "{twice}");
    problem(&server.post("/api/v1/documents", "text/plain", "x"), 415, "unsupported_format");
    let packed = [("Content-Type", "application/json"), ("Content-Encoding", "gzip")];
    problem(&server.send("POST", "/api/v1/documents", &packed, pretty.as_bytes()), 415, "unsupported_format");
    problem(&server.post("/api/v1/documents?access=all", "application/json", &pretty), 400, "invalid_parameter");
    let large = "x".repeat(2 << 20);
    problem(&server.post("/api/v1/withdrawals", "application/json", &large), 413, "too_large");
}
