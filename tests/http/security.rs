//! Whom the server refuses, and what it never says.

use crate::program;
use crate::server::Server;
use crate::{encoded, record};

const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
     connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

#[test]
fn nothing_is_written_unless_writing_was_opened() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path(), &[]);
    for target in ["documents", "corrections", "relations", "redactions", "withdrawals"] {
        let reply = server.post(&format!("/api/v1/{target}"), "application/json", "{}");
        assert_eq!((reply.status, &reply.json()["code"]), (403, &"forbidden".into()), "{target}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 0, "something was written");
}

#[test]
fn a_write_that_another_machine_or_page_sent_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path(), &["--allow-import"]);
    let body = record("云桥县渡口办法", "渡口夜间停渡。");
    let json = ("Content-Type", "application/json");
    for foreign in [
        ("Host", "evil.example"),
        ("Origin", "http://evil.example"),
        ("Origin", "null"),
        ("Sec-Fetch-Site", "cross-site"),
        ("Forwarded", "for=192.0.2.1"),
        ("X-Forwarded-For", "192.0.2.1"),
        ("X-Forwarded-Host", "law.example"),
    ] {
        let reply = server.send("POST", "/api/v1/documents", &[json, foreign], body.as_bytes());
        assert_eq!((reply.status, &reply.json()["code"]), (403, &"forbidden".into()), "{foreign:?}");
        // Reading public records is open to proxies.
        assert_eq!(server.send("GET", "/api/v1/search", &[foreign], b"").status, 200, "{foreign:?}");
    }
    let own = format!("http://{}", server.address);
    let reply = server.send("POST", "/api/v1/documents", &[json, ("Origin", &own)], body.as_bytes());
    assert_eq!(reply.status, 200, "{}", reply.text());
}

#[test]
fn internal_records_are_shown_to_this_machine_only() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("内部.jsonl");
    let body = record("云桥县内部规程", "密件。").replace("\"public\"", "\"internal\"");
    std::fs::write(&file, format!("{body}\n")).expect("a file");
    let imported = program::run(folder.path(), &["import", &file.display().to_string()]);
    assert!(imported.status.success(), "{imported:?}");

    let public = Server::start(folder.path(), &[]);
    assert_eq!(public.get("/api/v1/search").json()["total"]["value"], 0);
    let internal = Server::start(folder.path(), &["--access", "internal"]);
    assert_eq!(internal.get("/api/v1/search").json()["total"]["value"], 2);
    for foreign in [("Host", "rebound.example"), ("X-Forwarded-For", "192.0.2.1"), ("Origin", "http://evil.example")] {
        for target in ["/api/v1/search", "/", "/metrics"] {
            assert_eq!(internal.send("GET", target, &[foreign], b"").status, 403, "{foreign:?} {target}");
        }
    }
}

#[test]
fn every_answer_carries_the_headers_that_protect_its_reader() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path(), &[]);
    for target in ["/", "/api", "/api/v1/search", "/api/v1/nothing", "/static/faju.css", "/healthz", "/?x=1"] {
        let reply = server.get(target);
        assert_eq!(reply.header("content-security-policy"), POLICY, "{target}");
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{target}");
        assert_eq!(reply.header("referrer-policy"), "same-origin", "{target}");
        assert!(!reply.header("x-request-id").is_empty(), "{target}");
    }
}

#[test]
fn the_log_never_holds_what_was_asked() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path(), &["--allow-import"]);
    let secret = "张三身份证";
    let written = encoded(secret);
    for target in [
        format!("/api/v1/search?q={written}"),
        format!("/api/v1/search?q=%22{written}"),
        format!("/api/v1/search?{written}=1"),
        format!("/?q={written}&kind={written}"),
        format!("/i/{written}"),
        format!("/p/{written}/a1"),
        format!("/{written}"),
        format!("/static/{written}"),
    ] {
        let agent = [("User-Agent", "secret-agent"), ("Referer", "http://secret.example/"), ("Cookie", "secret=1")];
        server.send("GET", &target, &agent, b"");
    }
    server.post("/api/v1/documents", "application/json", &record("云桥县张三身份证办法", secret));
    server.post("/api/v1/withdrawals", "application/json", &format!("{{\"id\":\"{secret}\",\"reason\":\"{secret}\"}}"));
    server.post("/api/v1/corrections", "application/json", secret);
    // A line is written when its answer has gone out.
    let answered = |log: &str| log.lines().filter(|line| line.contains("\"answered\"")).count();
    let waited = std::time::Instant::now();
    while answered(&server.log()) < 11 && waited.elapsed().as_secs() < 10 {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let log = server.log();
    assert!(answered(&log) >= 11, "{log}");
    for line in log.lines() {
        assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "no JSON: {line}");
    }
    for trace in [secret, &written, &written.to_lowercase(), "secret", "127.0.0.1:", "%E5"] {
        let lines = log.lines().filter(|line| !line.contains("listening"));
        assert!(!lines.clone().any(|line| line.contains(trace)), "{trace} in {log}");
    }
    assert!(log.contains("\"route\":\"/i/{*id}\"") && log.contains("\"route\":\"unmatched\""), "{log}");
}
