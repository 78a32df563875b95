//! Either side dies, the link trickles, breaks, says nothing: what was taken stays, the rest comes later, nothing comes twice.

use crate::node::{Node, counts, document, reasons};
use crate::server::Server;
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Documents of the collections, long enough that a stream of them takes its time.
const DOCUMENTS: usize = 500;

/// A node with many documents; with little text in common, so that packing helps no slow link.
fn large(name: &str) -> Node {
    let node = Node::new(name);
    let mut state = 7u64;
    let mut letter = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from_u32(0x4e00 + (state >> 33) as u32 % 20_000).unwrap_or('渡')
    };
    let lines: Vec<Value> = (0..DOCUMENTS)
        .map(|number| {
            let text: String = (0..1_500).map(|_| letter()).collect();
            document(&format!("第{number}号渡口办法"), &format!("渡口夜间停渡。{text}"), "public")
        })
        .collect();
    node.import(&lines);
    node
}

/// A link to a server: `bytes` at once with a `pause` between, cut behind `cut` bytes of each connection.
struct Link {
    address: String,
    connections: Arc<AtomicUsize>,
    /// Whether the machine behind it is gone, and with it what its kernel still held.
    gone: Arc<AtomicBool>,
}

fn link(server: &Server, bytes: usize, pause: Duration, cut: Option<usize>) -> Link {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address").to_string();
    let connections = Arc::new(AtomicUsize::new(0));
    let gone = Arc::new(AtomicBool::new(false));
    let (to, count, dead) = (server.address.clone(), connections.clone(), gone.clone());
    std::thread::spawn(move || {
        for client in listener.incoming().map_while(Result::ok) {
            count.fetch_add(1, Ordering::Relaxed);
            let Ok(upstream) = TcpStream::connect(&to) else { continue };
            let (asking, asked) = (client.try_clone().expect("a socket"), upstream.try_clone().expect("a socket"));
            std::thread::spawn(move || pass(asking, asked, (4096, Duration::ZERO), &|_| false));
            let dead = dead.clone();
            let over = move |passed| dead.load(Ordering::Relaxed) || cut.is_some_and(|cut| passed >= cut);
            std::thread::spawn(move || pass(upstream, client, (bytes, pause), &over));
        }
    });
    Link { address, connections, gone }
}

fn pass(mut from: TcpStream, mut to: TcpStream, (bytes, pause): (usize, Duration), over: &dyn Fn(usize) -> bool) {
    let (mut buffer, mut passed) = (vec![0; bytes], 0);
    while let Ok(read) = from.read(&mut buffer)
        && read > 0
        && !over(passed)
        && to.write_all(&buffer[..read]).is_ok()
    {
        passed += read;
        std::thread::sleep(pause);
    }
    let _ = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
}

/// Follows until everything is there; answers how many runs it took.
fn at_last(county: &Node, address: &str) -> usize {
    for run in 1..=20 {
        let (report, _) = county.follow(address, &["--accept", "city"]);
        if report["complete"] == true {
            return run;
        }
    }
    panic!("never whole");
}

#[test]
fn a_slow_link_that_is_cut_again_and_again_brings_everything_once() {
    let (city, county) = (large("city"), Node::new("county"));
    let server = city.serve(&[]);
    let slow = link(&server, 8 << 10, Duration::from_millis(5), Some(1 << 20));
    let (report, status) = county.follow(&slow.address, &["--accept", "city", "--idle", "5"]);
    assert_eq!((counts(&report), status), ([DOCUMENTS as u64, DOCUMENTS as u64, 0, 0], 0), "{report}");
    assert!(slow.connections.load(Ordering::Relaxed) > 1, "it was cut and went on by itself");
    assert_eq!(county.journal(), city.journal());
    county.verify();
}

#[test]
fn a_silent_link_ends_and_says_so() {
    let county = Node::new("county");
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address").to_string();
    let began = Instant::now();
    let (problem, status) = county.follow(&address, &["--accept", "city", "--idle", "1"]);
    assert_eq!((status, &problem["code"]), (2, &json!("timeout")), "{problem}");
    // In the middle of a stream too.
    std::thread::spawn(move || {
        let mut held = Vec::new();
        for mut stream in listener.incoming().map_while(Result::ok) {
            let _ = stream.read(&mut [0; 4096]);
            let head = "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n";
            let _ = stream.write_all(format!("{head}5\r\n{{\"typ\r\n").as_bytes());
            held.push(stream);
        }
    });
    let (report, status) = county.follow(&address, &["--accept", "city", "--idle", "1"]);
    assert_eq!((status, &report["complete"]), (1, &json!(false)), "{report}");
    assert!(began.elapsed() < Duration::from_secs(30), "it did not end in time");
}

#[test]
fn nobody_there_and_an_open_line_are_told() {
    let county = Node::new("county");
    let free = TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("an address");
    let (problem, status) = county.follow(&free.to_string(), &["--accept", "city"]);
    assert_eq!((status, &problem["code"]), (2, &json!("not_found")), "{problem}");
    for url in ["http://192.0.2.1:8300", "http://node.example", "ftp://127.0.0.1"] {
        let (problem, status) = county.json(&["sync", url, "--accept", "city"]);
        assert_eq!((status, &problem["code"]), (2, &json!("invalid_parameter")), "{url}: {problem}");
    }
    assert!(!county.data().join("corpus/peers").exists());
}

#[test]
fn a_peer_killed_in_the_middle_loses_nothing() {
    let (city, county) = (large("city"), Node::new("county"));
    let mut cut = 0;
    for round in 0..3u64 {
        let server = city.serve(&[]);
        let slow = link(&server, 4 << 10, Duration::from_millis(10), None);
        let mut following =
            county.spawn(&["sync", &format!("http://{}", slow.address), "--accept", "city", "--idle", "5"]);
        std::thread::sleep(Duration::from_millis(700 + 800 * round));
        // SIGKILL; what it had written already dies with its machine.
        drop(server);
        slow.gone.store(true, Ordering::Relaxed);
        let status = following.wait().expect("it ends");
        cut += usize::from(status.code() != Some(0));
        if county.data().join("corpus/journal").exists() {
            county.verify();
        }
        let lines = county.journal();
        assert_eq!(lines, city.journal()[..lines.len()], "what was taken is a beginning of what is there");
    }
    assert!(cut > 1, "only {cut} of 3 streams were cut");
    let server = city.serve(&[]);
    at_last(&county, &server.address);
    assert_eq!(county.journal(), city.journal());
}

#[test]
fn a_follower_killed_in_the_middle_goes_on() {
    let (city, county) = (large("city"), Node::new("county"));
    let server = city.serve(&[]);
    let slow = link(&server, 64 << 10, Duration::from_millis(5), None);
    let url = format!("http://{}", slow.address);
    let mut killed = 0;
    for round in 0..8u64 {
        let mut following = county.spawn(&["sync", &url, "--accept", "city"]);
        std::thread::sleep(Duration::from_millis(150 + 170 * round));
        killed += usize::from(following.try_wait().expect("its status").is_none());
        let _ = (following.kill(), following.wait());
        if county.data().join("corpus/journal").exists() {
            county.verify();
        }
    }
    assert!(killed >= 4, "only {killed} of 8 were still running when they were killed");
    at_last(&county, &slow.address);
    assert_eq!(county.journal(), city.journal(), "nothing lost and nothing twice");
    let (found, _) = county.json(&["search", "\"渡口夜间停渡\"", "--limit", "0", "--total", "exact"]);
    assert_eq!(found["total"]["value"], DOCUMENTS);
}

#[test]
fn a_crash_between_the_records_and_the_cursor_makes_no_second_record() {
    let (city, county) = (Node::with("city", &["甲渡口办法"]), Node::new("county"));
    let server = city.serve(&[]);
    county.follow(&server.address, &["--accept", "city"]);
    let peers = county.data().join("corpus/peers");
    let file = std::fs::read_dir(&peers).expect("peers").flatten().next().expect("one").path();
    let before = std::fs::read(&file).expect("the cursor");
    let id = city.id("甲渡口办法");
    let proof = ["--reason", "漏写", "--proof", "原件"];
    city.run(&[&["correct", &id, "subject", "水运"][..], &proof].concat());
    city.run(&["withdraw", &id, "--reason", "误传"]);
    county.follow(&server.address, &[]);
    // As if it had died before the cursor was kept; and then the file was lost.
    std::fs::write(&file, before).expect("a file");
    let (report, status) = county.follow(&server.address, &[]);
    assert_eq!((counts(&report), status), ([2, 0, 2, 0], 0), "{report}");
    std::fs::remove_file(&file).expect("a file");
    let (report, status) = county.follow(&server.address, &["--accept", "city"]);
    assert_eq!((counts(&report), status, reasons(&report)), ([3, 0, 3, 0], 0, vec![]), "{report}");
    assert_eq!(county.journal(), city.journal());
    assert!(county.records(&id).is_empty(), "withdrawn it stays");
}
