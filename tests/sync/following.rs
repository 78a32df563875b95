//! What arrives, what stays, what does not change.

use crate::node::{Node, counts, document, reasons};
use serde_json::json;

#[test]
fn a_first_sync_takes_every_line_as_it_stands_and_a_second_one_nothing() {
    let (city, county) = (Node::with("city", &["甲渡口办法", "乙渡口办法"]), Node::new("county"));
    let server = city.serve(&[]);
    let (report, status) = county.follow(&server.address, &["--accept", "city"]);
    assert_eq!((counts(&report), status), ([2, 2, 0, 0], 0), "{report}");
    assert_eq!((&report["complete"], &report["cursor"]), (&json!(true), &json!("c2")), "{report}");
    assert_eq!(county.journal(), city.journal(), "byte for byte");
    let (again, status) = county.follow(&server.address, &[]);
    assert_eq!((counts(&again), status), ([0, 0, 0, 0], 0), "{again}");
    // From the beginning: the same lines are known.
    let (whole, status) = county.follow(&server.address, &["--again"]);
    assert_eq!((counts(&whole), status), ([2, 0, 2, 0], 0), "{whole}");
    assert_eq!(county.journal(), city.journal());
    let (found, _) = county.json(&["search", "\"渡口夜间停渡\""]);
    assert_eq!(found["total"]["value"], 2, "{found}");
    county.verify();
}

#[test]
fn the_first_sync_must_say_who_is_accepted_and_never_this_node() {
    let (city, county) = (Node::with("city", &["甲渡口办法"]), Node::new("county"));
    let server = city.serve(&[]);
    for arguments in [&[][..], &["--accept", "county"]] {
        let (problem, status) = county.follow(&server.address, arguments);
        assert_eq!((status, &problem["code"]), (2, &json!("invalid_parameter")), "{problem}");
    }
    assert!(county.journal().is_empty());
}

#[test]
fn corrections_relations_and_withdrawals_of_the_issuer_arrive() {
    let (city, county) = (Node::with("city", &["甲渡口办法", "乙渡口办法"]), Node::new("county"));
    let server = city.serve(&[]);
    county.follow(&server.address, &["--accept", "city"]);
    let (first, second) = (city.id("甲渡口办法"), city.id("乙渡口办法"));
    let proof = ["--reason", "漏写", "--proof", "原件"];
    assert_eq!(city.run(&[&["correct", &first, "subject", "水运"][..], &proof].concat()).status.code(), Some(0));
    let repeals = ["relate", &first, "repeals", &second, "--on", "2025-01-01"];
    let related = city.run(&[&repeals[..], &proof].concat());
    assert_eq!(related.status.code(), Some(0), "{related:?}");
    let (report, status) = county.follow(&server.address, &[]);
    assert_eq!((counts(&report), status), ([2, 2, 0, 0], 0), "{report}");
    assert_eq!(county.records(&first)[0]["corrections"][0]["value"], "水运");
    let (found, _) = county.json(&["search", "\"乙渡口办法所称\"", "--status", "repealed"]);
    assert_eq!(found["total"]["value"], 1, "{found}");
    assert_eq!(city.run(&["withdraw", &first, "--reason", "误传"]).status.code(), Some(0));
    let (report, _) = county.follow(&server.address, &[]);
    assert_eq!(counts(&report), [1, 1, 0, 0], "{report}");
    assert!(county.records(&first).is_empty() && county.records(&second).len() == 1);
    assert_eq!(county.journal(), city.journal());
    county.verify();
    // Made again from the journal it is the same.
    assert_eq!(county.json(&["rebuild"]).1, 0);
    assert!(county.records(&first).is_empty());
    let (found, _) = county.json(&["search", "\"乙渡口办法所称\"", "--status", "repealed"]);
    assert_eq!(found["total"]["value"], 1, "{found}");
}

#[test]
fn a_local_record_of_the_same_instrument_stays_and_both_are_shown() {
    let (city, county) = (Node::with("city", &["甲渡口办法"]), Node::with("county", &["甲渡口办法"]));
    let server = city.serve(&[]);
    let id = city.id("甲渡口办法");
    assert_eq!(county.id("甲渡口办法"), id);
    let proof = ["--reason", "本地核对", "--proof", "原件"];
    county.run(&[&["correct", &id, "subject", "县里的"][..], &proof].concat());
    let before = county.journal();
    county.follow(&server.address, &["--accept", "city"]);
    assert_eq!(county.records(&id).len(), 2, "both origins");
    city.run(&[&["correct", &id, "subject", "市里的"][..], &proof].concat());
    city.run(&["withdraw", &id, "--reason", "误传"]);
    // In one go and in two: what was corrected is gone before, the correction then acts on nothing.
    let (report, _) = county.follow(&server.address, &[]);
    assert_eq!(counts(&report), [2, 2, 0, 0], "{report}");
    let left = county.records(&id);
    assert_eq!(left.len(), 1, "{left:?}");
    assert!(left[0]["origin"].as_str().is_some_and(|origin| origin.starts_with("county/")), "{left:?}");
    let values: Vec<_> = left[0]["corrections"].as_array().expect("a list").iter().map(|one| &one["value"]).collect();
    assert_eq!(values, [&json!("县里的")], "another node corrects what it issued");
    assert_eq!(county.journal()[..before.len()], before[..]);
    county.verify();
}

#[test]
fn a_chain_of_three_nodes_keeps_the_issuer() {
    let (province, city, county) =
        (Node::with("province", &["省渡口办法"]), Node::with("city", &["市渡口办法"]), Node::new("county"));
    let upper = province.serve(&[]);
    city.follow(&upper.address, &["--accept", "province"]);
    let server = city.serve(&[]);
    // The county trusts the city for itself alone: what it passes on is refused and told.
    let (report, status) = county.follow(&server.address, &["--accept", "city"]);
    assert_eq!((counts(&report), status), ([2, 1, 0, 1], 1), "{report}");
    assert_eq!(reasons(&report), [("node_not_accepted".to_string(), 1)]);
    let example = &report["reasons"][0]["examples"][0];
    assert!(example["from"].as_str().is_some_and(|from| from.starts_with("province/")), "{report}");
    // Now for both: what was refused before is read again.
    let (report, status) = county.follow(&server.address, &["--accept", "city", "province"]);
    assert_eq!((counts(&report), status), ([2, 1, 1, 0], 0), "{report}");
    let id = province.id("省渡口办法");
    let proof = ["--reason", "漏写", "--proof", "原件"];
    province.run(&[&["correct", &id, "subject", "水运"][..], &proof].concat());
    city.run(&[&["correct", &id, "subject", "市里改的"][..], &proof].concat());
    city.follow(&upper.address, &[]);
    county.follow(&server.address, &[]);
    let subjects = |node: &Node| {
        let records = node.records(&id);
        let corrections = records[0]["corrections"].as_array().expect("a list").clone();
        corrections.iter().map(|one| one["value"].as_str().unwrap_or("").to_string()).collect::<Vec<_>>()
    };
    assert_eq!(subjects(&city), ["市里改的", "水运"], "who keeps a journal may say something of every record in it");
    assert_eq!(subjects(&county), ["水运"], "another node only of what it issued");
    let line = |node: &Node| node.journal().into_iter().find(|line| line.contains("省渡口办法所称")).expect("a line");
    assert_eq!(line(&county), line(&province));
}

#[test]
fn a_follower_sees_what_the_server_shows_and_nothing_widens() {
    let city = Node::new("city");
    let lines = [document("甲渡口办法", "甲处停渡。", "public"), document("乙渡口办法", "乙处停渡。", "internal")];
    city.import(&lines);
    let county = Node::new("county");
    let open = city.serve(&[]);
    let (report, _) = county.follow(&open.address, &["--accept", "city"]);
    assert_eq!(counts(&report), [1, 1, 0, 0], "{report}");
    let proof = ["--reason", "审查", "--proof", "批件"];
    let (first, second) = (city.id("甲渡口办法"), city.id("乙渡口办法"));
    city.run(&[&["correct", &second, "subject", "水运"][..], &proof].concat());
    city.run(&[&["correct", &second, "access", "public"][..], &proof].concat());
    city.run(&[&["correct", &first, "access", "internal"][..], &proof].concat());
    let (report, status) = county.follow(&open.address, &[]);
    // The document that is open now, what was corrected of it before, and the one that left.
    assert_eq!((counts(&report), status), ([3, 3, 0, 0], 0), "{report}");
    assert!(county.records(&first).is_empty());
    let shown = county.records(&second);
    assert_eq!((&shown[0]["corrections"][0]["value"], shown.len()), (&json!("水运"), 1), "{shown:?}");
    county.verify();
    // A follower of the internal feed holds the second as internal; the city opens it: the follower's own people decide.
    let other = Node::new("county2");
    let inner = city.serve(&["--access", "internal"]);
    let (report, status) = other.follow(&inner.address, &["--accept", "city"]);
    assert_eq!((reasons(&report), status), (vec![("wider_access".to_string(), 1)], 1), "{report}");
    let (found, _) = other.json(&["search", "\"乙处停渡\""]);
    assert_eq!(found["total"]["value"], 1);
    let public = other.serve(&[]).get("/api/v1/search?q=%22%E4%B9%99%E5%A4%84%E5%81%9C%E6%B8%A1%22").json();
    assert_eq!(public["total"]["value"], 0, "{public}");
}

#[test]
fn a_peer_whose_journal_was_made_anew_is_read_from_the_beginning() {
    let (city, county) = (Node::with("city", &["甲渡口办法", "乙渡口办法"]), Node::new("county"));
    let server = city.serve(&[]);
    county.follow(&server.address, &["--accept", "city"]);
    drop(server);
    // Its disk was lost, the same documents and one more were imported again; the address stays the same.
    std::fs::remove_dir_all(city.data()).expect("a folder");
    let titles = ["甲渡口办法", "乙渡口办法", "丙渡口办法"];
    city.import(&titles.map(|title| document(title, &format!("{title}所称渡口夜间停渡。"), "public")));
    let server = city.serve(&[]);
    // A free port is another address; what is remembered of the first is what would be remembered of this one.
    let peers = county.data().join("corpus/peers");
    let file = std::fs::read_dir(&peers).expect("peers").flatten().next().expect("one").path();
    let mut known: serde_json::Value = serde_json::from_slice(&std::fs::read(&file).expect("it")).expect("JSON");
    assert_eq!(known["cursor"], "c2");
    county.follow(&server.address, &["--accept", "city"]);
    let fresh =
        std::fs::read_dir(&peers).expect("peers").flatten().map(|entry| entry.path()).find(|path| *path != file);
    known["url"] = json!(format!("http://{}", server.address));
    std::fs::write(fresh.expect("another"), known.to_string()).expect("a file");
    let before = county.journal();
    let (report, status) = county.follow(&server.address, &[]);
    assert_eq!((counts(&report), status), ([3, 0, 3, 0], 0), "{report}");
    assert!(report["warnings"].to_string().contains("从头核对"), "{report}");
    assert_eq!((before.len(), county.journal()), (3, before), "no second record");
}

#[test]
fn what_the_import_of_another_node_found_is_found_anew_and_refused_by_nobody() {
    let title = "丁渡口办法";
    let whole = document(title, "丁渡口办法所称渡口夜间停渡。", "public");
    let mut silent = whole.clone();
    let fields = silent.as_object_mut().expect("an object");
    fields.remove("issuer");
    fields.remove("level");
    let (province, district) = (Node::new("province"), Node::new("district"));
    province.import(&[whole]);
    district.import(&[silent]);
    let (city, county) = (Node::new("city"), Node::new("county"));
    for node in [&province, &district] {
        let server = node.serve(&[]);
        city.follow(&server.address, &["--accept", "province", "district"]);
    }
    assert!(city.journal().iter().any(|line| line.contains("same_as")), "the city found it: {:?}", city.journal());
    let server = city.serve(&[]);
    for accept in [&["province", "district", "city"][..], &["province", "district"]] {
        let follower = if accept.len() == 3 { &county } else { &Node::new("village") };
        let (report, status) = follower.follow(&server.address, &[&["--accept"], accept].concat());
        assert_eq!((counts(&report), status), ([3, 2, 1, 0], 0), "{report}");
        assert!(follower.journal().iter().any(|line| line.contains("same_as")), "found anew");
    }
}

#[test]
fn a_redaction_of_the_issuer_is_applied_and_recorded() {
    let (city, county) = (Node::with("city", &["甲渡口办法", "乙渡口办法"]), Node::new("county"));
    let server = city.serve(&[]);
    county.follow(&server.address, &["--accept", "city"]);
    let id = city.id("甲渡口办法");
    let words = "甲渡口办法所称";
    assert!(county.journal().iter().any(|line| line.contains(words)));
    let redacted = city.run(&["redact", &id, "--text", words, "--reason", "个人信息"]);
    assert_eq!(redacted.status.code(), Some(0), "{redacted:?}");
    let (report, status) = county.follow(&server.address, &[]);
    assert_eq!((counts(&report), status), ([2, 2, 0, 0], 0), "{report}");
    assert!(county.journal().iter().all(|line| !line.contains(words)));
    assert_eq!(county.journal(), city.journal());
    county.verify();
    let (found, _) = county.json(&["search", "甲渡口", "--status", "all"]);
    assert!(found["total"]["value"].as_u64() > Some(0), "{found}");
    // The same feed from its beginning, and a node that comes later, see the same.
    let (report, status) = county.follow(&server.address, &["--again"]);
    assert_eq!((counts(&report)[1], status), (0, 0), "{report}");
    let late = Node::new("late");
    late.follow(&server.address, &["--accept", "city"]);
    assert!(late.journal().iter().all(|line| !line.contains(words)));
    assert_eq!(late.records(&id), county.records(&id));
}
