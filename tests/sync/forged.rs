//! A peer that lies: what it sends is taken by nobody, told, and keeps nothing else from coming.

use crate::node::{Node, counts, reasons};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpListener;

/// Answers every request with these lines and a cursor; what follows the status line may be replaced.
fn peer(head: &str, lines: &[String]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address").to_string();
    let records = lines.iter().filter(|line| !line.is_empty()).count();
    let mut body: String = lines.iter().map(|line| format!("{line}\n")).collect();
    body.push_str(&format!("{}\n", json!({"type": "cursor", "next": format!("c{records}")})));
    let answer = format!("HTTP/1.1 {head}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len());
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    address
}

const STREAM: &str = "200 OK\r\nContent-Type: application/x-ndjson\r\nX-Faju-Feed: a.public";

/// Lines of a real node that is called city, the first a document.
fn lines_of_city() -> Vec<String> {
    let city = Node::with("city", &["甲渡口办法", "乙渡口办法"]);
    let id = city.id("甲渡口办法");
    let proof = ["--reason", "漏写", "--proof", "原件"];
    city.run(&[&["correct", &id, "subject", "水运"][..], &proof].concat());
    city.journal()
}

fn changed(line: &str, change: impl FnOnce(&mut Value)) -> String {
    let mut record: Value = serde_json::from_str(line).expect("a record");
    change(&mut record);
    record.to_string()
}

/// The digest of a document, as anybody computes it (docs/journal.md).
fn sealed(line: &str, change: impl FnOnce(&mut Value)) -> String {
    use sha2::{Digest, Sha256};
    changed(line, |record| {
        change(record);
        let mut document = record["document"].clone();
        document.sort_all_objects();
        let digest = Sha256::digest(document.to_string().as_bytes());
        record["digest"] = digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into();
    })
}

#[test]
fn what_a_peer_may_not_say_is_refused_and_the_rest_is_taken() {
    let lines = lines_of_city();
    let (put, other, act) = (&lines[0], &lines[1], &lines[2]);
    let cases = [
        ("digest_mismatch", changed(put, |record| record["document"]["text"] = "第一条　改过的。".into())),
        ("own_node", changed(put, |record| record["origin"] = "county/files".into())),
        ("node_not_accepted", changed(put, |record| record["origin"] = "province/files".into())),
        ("bad_record", changed(put, |record| record["origin"] = "city".into())),
        ("bad_record", changed(put, |record| record["id"] = "../../x@1".into())),
        ("bad_record", changed(put, |record| record["id"] = "no-version".into())),
        ("bad_record", "{\"type\":\"put\"".to_string()),
        ("bad_record", "[]".to_string()),
        ("bad_record", changed(put, |record| record["type"] = "seize".into())),
        ("unsupported_format", changed(put, |record| record["v"] = 99.into())),
        ("unmasked", changed(put, |record| record["unmasked"] = true.into())),
        ("bad_record", sealed(put, |record| record["document"]["title"] = "桥".repeat(30_000).into())),
        ("no_node", changed(act, |record| drop(record.as_object_mut().and_then(|record| record.remove("node"))))),
        ("own_node", changed(act, |record| record["node"] = "county".into())),
        ("node_not_accepted", changed(act, |record| record["node"] = "province".into())),
        ("bad_record", changed(act, |record| record["field"] = "text".into())),
        ("nothing_held", changed(act, |record| record["id"] = "0000000000000000@2024-03-01".into())),
        (
            "wider_access",
            changed(act, |record| (record["field"], record["value"]) = ("access".into(), "public".into())),
        ),
        ("bad_record", changed(act, |record| (record["field"], record["value"]) = ("title".into(), 7.into()))),
    ];
    // Here the document is internal, so that a correction can try to open it.
    let held = sealed(put, |record| record["document"]["access"] = "internal".into());
    for (code, forged) in cases {
        let county = Node::new("county");
        let address = peer(STREAM, &[held.clone(), forged.clone(), other.clone()]);
        let (report, status) = county.follow(&address, &["--accept", "city"]);
        assert_eq!((reasons(&report), status), (vec![(code.to_string(), 1)], 1), "{forged:.300} {report}");
        assert_eq!(counts(&report), [3, 2, 0, 1], "{report}");
        assert_eq!(county.journal(), [held.clone(), other.clone()], "{code}");
        county.verify();
    }
}

#[test]
fn a_record_that_is_held_closer_is_not_opened_by_another_put() {
    let lines = lines_of_city();
    let held = sealed(&lines[0], |record| record["document"]["access"] = "restricted".into());
    let county = Node::new("county");
    let address = peer(STREAM, &[held.clone(), lines[0].clone()]);
    let (report, status) = county.follow(&address, &["--accept", "city"]);
    assert_eq!((reasons(&report), status), (vec![("wider_access".to_string(), 1)], 1), "{report}");
    assert_eq!(county.journal(), [held]);
}

#[test]
fn an_answer_that_is_no_stream_takes_nothing() {
    let page = "200 OK\r\nContent-Type: text/html";
    let moved = "302 Found\r\nLocation: https://elsewhere.example/";
    let missing = "404 Not Found\r\nContent-Type: text/plain";
    for (head, code) in [(page, "unsupported_format"), (moved, "invalid_parameter"), (missing, "not_found")] {
        let county = Node::new("county");
        let (problem, status) = county.follow(&peer(head, &lines_of_city()), &["--accept", "city"]);
        assert_eq!((status, &problem["code"]), (2, &json!(code)), "{problem}");
        assert!(county.journal().is_empty());
    }
}

#[test]
fn a_cursor_that_is_none_is_not_kept() {
    for next in ["c1&limit=1", "../c", "", "c-1", "c+1"] {
        let cursor = json!({"type": "cursor", "next": next}).to_string();
        let county = Node::new("county");
        let (report, status) = county.follow(&peer(STREAM, &[cursor]), &["--accept", "city"]);
        assert_eq!(
            (status, &report["complete"], &report["cursor"]),
            (1, &json!(false), &json!("")),
            "{next}: {report}"
        );
    }
}

#[test]
fn a_stream_without_its_last_cursor_is_not_whole() {
    let lines = lines_of_city();
    let body: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address").to_string();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let _ = stream.read(&mut [0; 4096]);
            // No length: the end of the connection is the end of the answer, wherever it was cut.
            let _ = stream.write_all(format!("HTTP/1.0 {STREAM}\r\n\r\n{body}").as_bytes());
        }
    });
    let county = Node::new("county");
    let (report, status) = county.follow(&address, &["--accept", "city"]);
    assert_eq!((status, &report["complete"], counts(&report)), (1, &json!(false), [0, 0, 0, 0]), "{report}");
}
