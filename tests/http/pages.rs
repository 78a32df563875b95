//! Pages from outside: what they weigh, that old browsers can show them, and that no text becomes markup.

use crate::contract::sample;
use crate::server::Server;
use crate::{encoded, program};

/// Bytes of the first view at most: the page, its style, its script, its icon, as they travel.
const FIRST_VIEW_MAX: usize = 60_000;

/// What browsers have only since Chrome 101 or later, as it stands in style sheets.
const NEW_STYLE: &[&str] = &[
    ":has(",
    "::details-content",
    "@container",
    "@scope",
    "@starting-style",
    "@position-try",
    "color-mix(",
    "oklch(",
    "oklab(",
    "lab(",
    "light-dark(",
    "subgrid",
    "text-wrap",
    "text-box",
    "field-sizing",
    "interpolate-size",
    "anchor(",
    "anchor-name",
    "view-transition",
    "animation-timeline",
    "scrollbar-width",
    "scrollbar-color",
    "dvh",
    "svh",
    "lvh",
    "dvw",
    ":popover-open",
    ":user-valid",
    ":user-invalid",
    ":open",
    "&:",
    "& ",
    "round(",
    "hyphenate-limit",
    "initial-letter",
    "linear(",
    "cqw",
    "rlh",
    "sibling-index",
];

/// The same in scripts.
const NEW_SCRIPT: &[&str] = &[
    ".toSorted(",
    ".toReversed(",
    ".toSpliced(",
    ".with(",
    "Object.groupBy",
    "Map.groupBy",
    "Promise.withResolvers",
    "Promise.try",
    ".isWellFormed(",
    ".toWellFormed(",
    "Array.fromAsync",
    "checkVisibility",
    "startViewTransition",
    "showPopover",
    "togglePopover",
    "URL.canParse",
    "URL.parse(",
    "AbortSignal.any",
    "AbortSignal.timeout",
    ".intersection(",
    ".isSubsetOf(",
    "navigation.",
    "scheduler.",
    "Iterator.from",
    "moveBefore",
    "setHTMLUnsafe",
    "getHTML(",
    "CloseWatcher",
    "scrollend",
    "using ",
    "RegExp.escape",
    "Uint8Array.fromBase64",
    "/v.test",
];

#[test]
fn the_first_view_is_light_and_has_one_style_and_one_script() {
    let packed = |target: &str| sample().send("GET", target, &[("Accept-Encoding", "gzip")], b"");
    for target in
        ["/".to_string(), format!("/?q={}", encoded("处罚")), "/review".into(), "/about".into(), "/help".into()]
    {
        let page = sample().get(&target).text();
        let styles = page.matches("rel=\"stylesheet\"").count();
        let scripts = page.matches("<script src=").count();
        assert_eq!((styles, scripts), (1, 1), "{target}");
        let parts = ["/static/faju.css", "/static/faju.js", "/static/icon.svg"];
        let bytes: usize = parts.iter().copied().chain([target.as_str()]).map(|part| packed(part).body.len()).sum();
        assert!(bytes <= FIRST_VIEW_MAX, "{target}: {bytes}");
    }
}

#[test]
fn style_and_script_need_nothing_newer_than_chrome_100() {
    for (target, new) in [("/static/faju.css", NEW_STYLE), ("/static/faju.js", NEW_SCRIPT)] {
        let text = sample().get(target).text();
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            let comment = line.trim_start().starts_with("/*") || line.trim_start().starts_with("::details-content");
            for name in new.iter().filter(|_| !comment) {
                assert!(!code.contains(name), "{target}:{}: {name}: {line}", number + 1);
            }
        }
    }
}

#[test]
fn no_text_of_a_document_becomes_markup() {
    let folder = tempfile::tempdir().expect("a folder");
    let evil = "</title></script><script>alert(1)</script><img src=x onerror=alert(1)>'\"&amp;";
    let json = serde_json::json!({
        "kind": "normative",
        "title": format!("云桥县{evil}渡口办法"),
        "level": "normative_document",
        "issuer": format!("云桥县人民政府{evil}"),
        "region": "990101",
        "document_number": format!("云政发〔2024〕1号{evil}"),
        "promulgation_date": "2024-03-01",
        "effective_date": "2024-04-01",
        "access": "public",
        "text": format!("第一条　渡口{evil}夜间停渡。\n第二条　本办法第一条{evil}自2024年4月1日起施行。"),
    });
    let file = folder.path().join("一.jsonl");
    std::fs::write(&file, format!("{json}\n")).expect("a file");
    let imported = program::run(folder.path(), &["import", &file.display().to_string()]);
    assert!(imported.status.success(), "{imported:?}");
    let server = Server::start(folder.path(), &[]);
    let found = server.get("/api/v1/search").json();
    let id = found["items"][0]["instrument"]["id"].as_str().expect("an id").to_string();
    let provision = found["items"][0]["provisions"][0]["id"].as_str().expect("an id").to_string();
    let mut targets = vec![
        format!("/i/{id}"),
        format!("/i/{id}?q={}", encoded("渡口")),
        format!("/p/{provision}"),
        format!("/cited-by/{id}"),
        format!("/impact/{id}"),
        format!("/superior/{id}"),
        format!("/cited-by/{provision}"),
        format!("/compare/{id}?with={id}"),
        "/catalogue".to_string(),
        "/about".to_string(),
        format!("/?q={}&explain=true", encoded("渡口")),
        format!("/?q={}", encoded(evil)),
        format!("/?issuer={}&level={}", encoded(evil), encoded(evil)),
        format!("/?q=x&issuer={}&cites={}", encoded(evil), encoded(evil)),
        format!("/why?q={}&provision={}", encoded(evil), encoded(evil)),
        format!("/precedents?q={}", encoded(evil)),
        format!("/catalogue?issuer={}", encoded(evil)),
        format!("/review?previous={}", encoded(evil)),
        format!("/review/{}", encoded(evil)),
    ];
    let form = |target: &str, body: String| server.post(target, "application/x-www-form-urlencoded", &body);
    let draft = format!("第一条　渡口{evil}\n第二条　根据《云桥县{evil}渡口办法》第一条，处五百元罚款{evil}。");
    let reply = form("/review", format!("text={}&issuer={}", encoded(&draft), encoded(evil)));
    assert_eq!(reply.status, 303, "{}", reply.text());
    targets.push(reply.header("location").to_string());
    targets.push(format!("{}?order=severity", reply.header("location")));
    let mut pages: Vec<(String, String)> = targets
        .into_iter()
        .map(|target| (server.get(&target).text(), target))
        .map(|(page, target)| (target, page))
        .collect();
    for (target, body) in [
        ("/match", format!("text={}", encoded(&draft))),
        ("/review", format!("text={}&region={}&issuer={}", encoded(&draft), encoded(evil), encoded(evil))),
        ("/review/00", format!("verdict={}", encoded(evil))),
    ] {
        pages.push((format!("POST {target}"), form(target, body).text()));
    }
    for (target, page) in pages {
        assert!(page.contains("</html>"), "{target}: {page}");
        for markup in ["<script>alert", "<img src=x", "</title></script>"] {
            assert!(!page.contains(markup), "{target}: {markup} in {page}");
        }
    }
}

#[test]
fn a_document_stands_beside_superior_law() {
    let found = sample().get("/api/v1/search?q=%E7%BD%9A%E6%AC%BE&level=local_regulation&limit=1&group=none").json();
    let id = found["items"][0]["instrument"]["id"].as_str().unwrap_or_else(|| panic!("{found}"));
    let reading = sample().get(&format!("/i/{id}")).text();
    assert!(reading.contains(&format!("/superior/{id}")), "{reading}");
    let page = sample().get(&format!("/superior/{id}"));
    let html = page.text();
    assert_eq!(page.status, 200, "{html}");
    assert!(html.contains("有上位法就同一事项的规定") && html.contains("class=\"beside matter\""), "{html}");
    assert!(html.contains("href=\"/p/") && html.contains("<blockquote>"), "{html}");
    assert_eq!(sample().get("/superior/none").status, 404);
}
