//! Files that leave over HTTP.

use crate::contract::{assert_shape, problem, sample};
use crate::encoded;

#[test]
fn documents_and_lists_leave_as_files() {
    let found = sample().get(&format!("/api/v1/search?q={}&limit=1", encoded("城乡公共空间管理法68条"))).json();
    let provision = found["items"][0]["provisions"][0]["id"].as_str().expect("an id").to_string();
    let version = provision.split('/').next().expect("a version");
    let instrument = version.split('@').next().expect("an instrument");
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    for (target, media, begins) in [
        (format!("files/{instrument}"), word, "PK"),
        (format!("files/{version}?format=html"), "text/html; charset=utf-8", "<!DOCTYPE html>"),
        (format!("files/{version}?format=md"), "text/markdown; charset=utf-8", "---\n"),
        (format!("files/{provision}?format=txt&with={version}/a1,{version}/a2"), "text/plain; charset=utf-8", ""),
        (format!("files/{version}?format=jsonl"), "application/jsonl; charset=utf-8", "{\""),
        ("list?q=x&format=csv&kind=legislation".to_string(), "text/csv; charset=utf-8", "\u{feff}序号,标题"),
        ("list".to_string(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "PK"),
    ] {
        let reply = sample().get(&format!("/api/v1/{target}"));
        assert_eq!((reply.status, reply.header("content-type")), (200, media), "{target}: {}", reply.text());
        let named = reply.header("content-disposition").to_string();
        assert!(named.starts_with("attachment; filename=\"faju.") && named.contains("filename*=UTF-8''%"), "{named}");
        assert!(String::from_utf8_lossy(&reply.body).starts_with(begins), "{target}");
    }
    let excerpt = sample().get(&format!("/api/v1/files/{provision}?format=txt&with={version}/a1")).text();
    assert!(excerpt.contains("（节录）") && excerpt.contains("第一条"), "{excerpt}");
    problem(&sample().get(&format!("/api/v1/files/{version}?format=pdf")), 400, "invalid_parameter");
    problem(&sample().get(&format!("/api/v1/files/{provision}?format=jsonl")), 400, "invalid_parameter");
    problem(&sample().get("/api/v1/files/0000000000000000"), 404, "not_found");
    problem(&sample().get("/api/v1/list?format=xls"), 400, "invalid_parameter");
    problem(&sample().get("/api/v1/list?limit=3"), 400, "unknown_parameter");
    for target in [format!("/i/{version}"), format!("/p/{provision}")] {
        let page = sample().get(&target).text();
        assert!(page.contains("?format=docx") && page.contains("/api/v1/files/"), "{page}");
    }
    assert!(sample().get(&format!("/?q={}", encoded("占道"))).text().contains("/api/v1/list?q="));
}

#[test]
fn the_catalogue_is_told_shown_and_kept() {
    let page = sample().get("/api/v1/catalogue?year=2024").json();
    assert_shape("CataloguePage", &page);
    assert!(page["lists"][0]["entries"].as_array().is_some_and(|entries| !entries.is_empty()), "{page}");
    for (format, begins) in [("xlsx", "PK"), ("docx", "PK"), ("csv", "\u{feff}目录,序号,标题")] {
        let reply = sample().get(&format!("/api/v1/catalogue/file?year=2024&format={format}"));
        assert_eq!(reply.status, 200, "{}", reply.text());
        assert!(String::from_utf8_lossy(&reply.body).starts_with(begins), "{format}");
        assert!(reply.header("content-disposition").contains("UTF-8''2024%E5%B9%B4"), "{format}");
    }
    let html = sample().get("/catalogue?year=2024&issuer=");
    assert_eq!(html.status, 200);
    for said in ["2024年规范性文件目录", "现行有效（", "/api/v1/catalogue/file?year=2024", "value=\"1\""] {
        assert!(html.text().contains(said), "{said}: {}", html.text());
    }
    assert!(html.text().contains("按主题查看（") && html.text().contains("subject=%E5%B7%A5"), "{}", html.text());
    let traffic =
        sample().get("/api/v1/catalogue?year=2024&subject=%E5%B7%A5%E4%B8%9A%E3%80%81%E4%BA%A4%E9%80%9A").json();
    assert_shape("CataloguePage", &traffic);
    let entries: Vec<&serde_json::Value> =
        traffic["lists"].as_array().unwrap().iter().flat_map(|list| list["entries"].as_array().unwrap()).collect();
    assert!(!entries.is_empty() && entries.iter().all(|entry| entry["subject"] == "工业、交通"), "{traffic}");
    problem(&sample().get("/api/v1/catalogue?year=1492"), 400, "invalid_parameter");
    problem(&sample().get("/api/v1/catalogue?status=all"), 400, "unknown_parameter");
    problem(&sample().get("/api/v1/catalogue/file?format=pdf"), 400, "invalid_parameter");
}
