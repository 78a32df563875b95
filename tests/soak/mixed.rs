//! Visitors of every kind while another process imports.

use crate::figures::{Times, resident_mb, threads};
use crate::journeys::{MARK, Measured, Visitor};
use crate::line::{Line, encoded};
use crate::server::Server;
use crate::{load, program, real_data};
use serde_json::Value;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Visitors at the same time.
const VISITORS: u64 = 4;

/// How often a document is imported.
const IMPORT_INTERVAL: Duration = Duration::from_secs(1);

/// When an imported document must be seen at the latest. The promise is 200 ms on an idle machine; here every core is
/// busy, and the search that looks for the document waits for its turn too.
const SEEN_MAX: Duration = Duration::from_secs(1);

/// What memory may grow by after the first minute: caches fill, the corpus grows, and the kernel maps more of the index.
const GROWTH_MAX: f64 = 1.3;
const GROWTH_MB_MAX: f64 = 64.0;

/// When memory is taken for what it will be, unless the whole load is short.
const WARM_UP: Duration = Duration::from_secs(60);

/// A data directory with the sample and, if there is one, the real corpus.
pub fn filled(data: &Path) {
    let test = "the real corpus in ten_minutes_of_mixed_load_with_imports";
    let real = real_data::real_data(test).map(|pack| pack.join("laws/lawrefbook.tar.zst").display().to_string());
    for pack in std::iter::once("corpus/sample".to_string()).chain(real) {
        let done = program::run(data, &["import", &pack]);
        // 1 says that files were refused; the real collection holds some.
        assert!(matches!(done.status.code(), Some(0 | 1)), "{pack}: {}", String::from_utf8_lossy(&done.stderr));
    }
}

/// A document that no other one is like.
fn document(number: u64) -> String {
    let articles: String = (1..=9)
        .map(|article| format!("第{}条　{MARK}第{number}号的第{article}号泊位夜间停航。\n", chinese(article)))
        .collect();
    let record = serde_json::json!({
        "kind": "normative", "title": format!("云桥县第{number}号{MARK}管理办法"), "level": "normative_document",
        "issuer": "云桥县人民政府", "region": "990101", "promulgation_date": "2024-03-01",
        "effective_date": "2024-04-01", "access": "public",
        "text": articles + "第十条　本办法自公布之日起施行。",
    });
    format!("{record}\n")
}

fn chinese(digit: usize) -> char {
    ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'][digit]
}

/// Imports a document by the command line every second; answers how long each took to be seen after the import returned.
fn import(data: &Path, address: &str, stop: &AtomicBool) -> Result<(Times, Times), String> {
    let mut line = Line::connect(address).map_err(|error| format!("no connection: {error}"))?;
    let (mut imports, mut seen) = (Times::default(), Times::default());
    let file = data.join("next.jsonl");
    for number in 0.. {
        let began = Instant::now();
        if stop.load(Ordering::Relaxed) {
            break;
        }
        std::fs::write(&file, document(number)).map_err(|error| error.to_string())?;
        let done = program::run(data, &["--json", "import", &file.display().to_string()]);
        let report: Value = serde_json::from_slice(&done.stdout).unwrap_or_default();
        if !done.status.success() || report["new"] != 1 {
            return Err(format!("import {number}: {report} {}", String::from_utf8_lossy(&done.stderr)));
        }
        imports.add(began.elapsed());
        let returned = Instant::now();
        see(&mut line, number, returned)?;
        seen.add(returned.elapsed());
        std::thread::sleep(IMPORT_INTERVAL.saturating_sub(began.elapsed()));
    }
    Ok((imports, seen))
}

/// Asks until a document is found.
fn see(line: &mut Line, number: u64, returned: Instant) -> Result<(), String> {
    let phrase = format!("\"{MARK}第{number}号的第1号泊位\"");
    let target = format!("/api/v1/search?limit=1&q={}", encoded(&phrase));
    loop {
        let (status, body) = line.get(&target).map_err(|error| format!("{target}: {error}"))?;
        let page: Value = serde_json::from_slice(&body).unwrap_or_default();
        if status == 200 && page["total"]["value"] == 1 {
            return if returned.elapsed() < SEEN_MAX {
                Ok(())
            } else {
                Err(format!("document {number} is seen too late"))
            };
        }
        if status != 200 || returned.elapsed() > SEEN_MAX {
            return Err(format!("document {number} is not seen: {status} {page}"));
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Watches the memory of the server to the end: the most while it warmed up, and the most after that.
fn watch(server: &Server, duration: Duration, stop: &AtomicBool) -> (f64, f64) {
    let began = Instant::now();
    let warm_up = WARM_UP.min(duration / 3);
    let (mut warm, mut later) = (0.0f64, 0.0f64);
    while began.elapsed() < duration && !stop.load(Ordering::Relaxed) {
        let most = if began.elapsed() < warm_up { &mut warm } else { &mut later };
        *most = most.max(resident_mb(server.id()));
        std::thread::sleep(Duration::from_millis(200));
    }
    (warm, later)
}

/// Runs a part of the load; its failure ends the whole.
fn part<T>(stop: &AtomicBool, work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    let done = work();
    if done.is_err() {
        stop.store(true, Ordering::Relaxed);
    }
    done
}

fn print(mut measured: Measured, mut imports: Times, mut seen: Times, (warm, later): (f64, f64)) {
    measured.iter_mut().for_each(|(journey, times)| eprintln!("{journey:<24}{}", times.line()));
    eprintln!("{:<24}{}", "import (whole process)", imports.line());
    eprintln!("{:<24}{}", "seen after import", seen.line());
    eprintln!("memory of the server: {warm:.0} MB after warming up, {later:.0} MB at most after that");
}

#[test]
#[ignore = "ten minutes: just soak"]
fn ten_minutes_of_mixed_load_with_imports() {
    let (folder, duration) = (tempfile::tempdir().expect("a folder"), load::soak());
    let data = folder.path();
    filled(data);
    let mut server = Server::start(data, &[]);
    let (address, stop) = (server.address.clone(), AtomicBool::new(false));
    let (parts, imported, memory) = std::thread::scope(|scope| {
        let (address, stop) = (&address, &stop);
        let visit = move |number| part(stop, || Visitor::run(address, number, stop));
        let visitors: Vec<_> = (0..VISITORS).map(|number| scope.spawn(move || visit(number))).collect();
        let importer = scope.spawn(move || part(stop, || import(data, address, stop)));
        let memory = watch(&server, duration, stop);
        stop.store(true, Ordering::Relaxed);
        let parts: Vec<_> = visitors.into_iter().map(|visitor| visitor.join().expect("a visitor")).collect();
        (parts, importer.join().expect("the importer"), memory)
    });
    let failures: Vec<&String> =
        parts.iter().filter_map(|part| part.as_ref().err()).chain(imported.as_ref().err()).collect();
    assert!(failures.is_empty(), "{failures:#?}");
    let mut measured = Measured::new();
    for (journey, times) in parts.into_iter().flatten().flatten() {
        measured.entry(journey).or_default().join(times);
    }
    let (imports, seen) = imported.expect("no failure");
    let metrics = server.get("/metrics").text();
    print(measured, imports, seen, memory);
    let (warm, later) = memory;
    assert!(later > 0.0 && later <= warm * GROWTH_MAX + GROWTH_MB_MAX, "{later:.0} MB after {warm:.0} MB");
    assert!(metrics.contains("faju_refresh_failures_total 0\n"), "{metrics}");
    server.terminate();
    assert!(server.ended().success());
    let log = server.log();
    let complaints: Vec<&str> = log.lines().filter(|line| !line.contains("\"level\":\"INFO\"")).collect();
    assert!(complaints.is_empty(), "{complaints:#?}");
}

/// Small writes, one after the other as fast as they are answered.
const BURST: u64 = 300;
/// Of these, those after which memory is taken for what it will be.
const BURST_WARM: u64 = 100;
/// Threads of a server at most: those of the work, and those that still wait for more of it.
const THREADS_MAX: f64 = 64.0;

#[test]
#[ignore = "a minute: just soak"]
fn a_burst_of_small_writes_leaves_memory_and_threads() {
    let folder = tempfile::tempdir().expect("a folder");
    filled(folder.path());
    let server = Server::start(folder.path(), &["--allow-import"]);
    let mut warm = 0.0f64;
    let mut most = 0.0f64;
    for number in 0..BURST {
        let reply = server.post("/api/v1/documents", "application/x-ndjson", &document(number));
        assert_eq!(reply.status, 200, "{number}: {}", reply.text());
        let now = resident_mb(server.id());
        if number < BURST_WARM { warm = warm.max(now) } else { most = most.max(now) }
    }
    let threads = threads(server.id());
    eprintln!(
        "{BURST} small writes: {warm:.0} MB after {BURST_WARM}, {most:.0} MB at most after that, {threads} threads"
    );
    assert!(most <= warm * GROWTH_MAX + GROWTH_MB_MAX, "{most:.0} MB after {warm:.0} MB");
    assert!(threads <= THREADS_MAX, "{threads} threads");
}
