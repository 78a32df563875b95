//! The feed as a stream: the lines of the journal, cursors among them, the page as it was.

use crate::node::{Node, document};
use serde_json::{Value, json};

fn lines(text: &str) -> (Vec<&str>, Vec<Value>) {
    let is_cursor = |line: &&str| line.starts_with("{\"type\":\"cursor\"");
    let (cursors, records): (Vec<&str>, Vec<&str>) = text.lines().partition(is_cursor);
    (records, cursors.iter().map(|line| serde_json::from_str(line).expect("JSON")).collect())
}

#[test]
fn the_stream_is_the_journal_byte_for_byte_and_goes_on_from_every_cursor() {
    let city = Node::new("city");
    let documents: Vec<Value> =
        (0..450).map(|n| document(&format!("第{n}号渡口办法"), "夜间停渡。", "public")).collect();
    city.import(&documents);
    let journal = city.journal();
    let server = city.serve(&[]);
    let reply = server.send("GET", "/api/v1/changes", &[("Accept", "application/x-ndjson")], b"");
    assert_eq!((reply.status, reply.header("content-type")), (200, "application/x-ndjson"));
    assert!(!reply.header("x-faju-feed").is_empty());
    let text = unchunked(&reply.text());
    let (records, cursors) = lines(&text);
    assert_eq!(records, journal);
    assert_eq!(text.lines().last(), Some("{\"type\":\"cursor\",\"next\":\"c450\"}"));
    assert!(cursors.len() >= 3, "a cursor at least every two hundred records: {cursors:?}");
    for cursor in &cursors {
        let next = cursor["next"].as_str().expect("a cursor");
        let rest = server.get(&format!("/api/v1/changes?format=jsonl&after={next}"));
        let seen: usize = next[1..].parse().expect("a count");
        let text = unchunked(&rest.text());
        assert_eq!(lines(&text).0, journal[seen..], "{next}");
    }
    let some = unchunked(&server.get("/api/v1/changes?format=jsonl&after=c10&limit=5").text());
    assert_eq!(
        (lines(&some).0, lines(&some).1.last()),
        (journal[10..15].iter().map(String::as_str).collect(), Some(&json!({"type": "cursor", "next": "c15"})))
    );
    // The page stays what it was.
    let page = server.get("/api/v1/changes?limit=2").json();
    assert_eq!(
        (page["items"].as_array().map(Vec::len), &page["next"], &page["more"]),
        (Some(2), &json!("c2"), &json!(true))
    );
    let page = server.send("GET", "/api/v1/changes?format=json", &[("Accept", "application/x-ndjson")], b"");
    assert_eq!(page.json()["next"], "c100");
    for wrong in ["format=xml", "format=jsonl&after=7", "format=jsonl&limit=0"] {
        assert_eq!(server.get(&format!("/api/v1/changes?{wrong}")).status, 400, "{wrong}");
    }
}

#[test]
fn a_scope_gets_its_own_stream() {
    let city = Node::new("city");
    city.import(&[document("甲渡口办法", "甲处。", "internal"), document("乙渡口办法", "乙处。", "public")]);
    let open = city.serve(&[]).get("/api/v1/changes?format=jsonl");
    let inner = city.serve(&["--access", "internal"]).get("/api/v1/changes?format=jsonl");
    let (open_text, inner_text) = (unchunked(&open.text()), unchunked(&inner.text()));
    assert_eq!((lines(&open_text).0.len(), lines(&inner_text).0.len()), (1, 2));
    assert!(!open_text.contains("甲处"));
    assert_ne!(open.header("x-faju-feed"), inner.header("x-faju-feed"), "cursors of one mean nothing in the other");
}

#[test]
fn readers_that_take_nothing_do_not_keep_others_out() {
    let city = Node::with("city", &["甲渡口办法"]);
    let server = city.serve(&[]);
    let mut held = Vec::new();
    for _ in 0..24 {
        let mut stream = server.connect();
        let head = format!("GET /api/v1/changes?format=jsonl HTTP/1.1\r\nHost: {}\r\n\r\n", server.address);
        std::io::Write::write_all(&mut stream, head.as_bytes()).expect("it reads");
        held.push(stream);
    }
    assert_eq!(server.get("/api/v1/search?q=a").status, 200);
    assert_eq!(server.get("/readyz").status, 200);
}

/// The body of an answer in chunks.
fn unchunked(body: &str) -> String {
    let (mut rest, mut whole) = (body.as_bytes(), Vec::new());
    while let Some(end) = rest.windows(2).position(|two| two == b"\r\n") {
        let size = std::str::from_utf8(&rest[..end]).expect("a size");
        let size = usize::from_str_radix(size, 16).unwrap_or_else(|_| panic!("no size: {size}"));
        if size == 0 {
            return String::from_utf8(whole).expect("text");
        }
        whole.extend_from_slice(&rest[end + 2..end + 2 + size]);
        rest = &rest[end + 2 + size + 2..];
    }
    panic!("the last chunk is missing");
}
