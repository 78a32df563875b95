//! Imports that are killed in the middle: nothing acknowledged is lost, the next run goes on, the answers are complete.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Instant;

/// Documents of the generated collection.
const DOCUMENTS: usize = 600;

fn faju(data: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_faju")).arg("--data").arg(data).args(arguments).output().expect("faju starts")
}

/// A fictional collection in the interchange format, large enough that an import can be killed in its middle.
fn collection(file: &Path) {
    let mut out = std::fs::File::create(file).unwrap();
    for number in 0..DOCUMENTS {
        let articles: Vec<String> = (1..60)
            .map(|article| format!("第{}条　第{number}号渡口的船只应当在第{article}号泊位停靠。", chinese(article)))
            .collect();
        let record = serde_json::json!({
            "kind": "normative", "title": format!("云桥县第{number}号渡口管理办法"), "issuer": "云桥县人民政府",
            "promulgation_date": "2024-03-01", "effective_date": "2024-04-01", "access": "public",
            "text": articles.join("\n"),
        });
        writeln!(out, "{record}").unwrap();
    }
}

fn chinese(number: usize) -> String {
    let digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match (number / 10, number % 10) {
        (0, ones) => digits[ones].to_string(),
        (1, ones) => format!("十{}", digits[ones]),
        (tens, ones) => format!("{}十{}", digits[tens], digits[ones]),
    }
}

fn json(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("no JSON: {}", String::from_utf8_lossy(&output.stderr)))
}

/// Kills an import after each of the delays, checking after every kill; then lets one finish.
fn survive(kills: usize) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("渡口.jsonl");
    collection(&file);
    let data = folder.path().join("data");
    let path = file.to_string_lossy().into_owned();
    let began = Instant::now();
    assert_eq!(faju(&folder.path().join("whole"), &["import", &path]).status.code(), Some(0));
    let whole = began.elapsed();
    let (mut documents, mut interrupted) = (0, 0);
    for kill in 0..kills {
        // A fresh directory every other time: so an import is killed that begins, and one that goes on.
        if kill % 2 == 0 {
            let _ = std::fs::remove_dir_all(&data);
            documents = 0;
        }
        let mut child = Command::new(env!("CARGO_BIN_EXE_faju"))
            .arg("--data")
            .arg(&data)
            .args(["import", &path])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(whole * ((kill as u32 * 37) % 90 + 5) / 100);
        interrupted += usize::from(child.try_wait().unwrap().is_none());
        let _ = child.kill();
        let _ = child.wait();
        let verified = faju(&data, &["verify", "--json"]);
        assert_eq!(verified.status.code(), Some(0), "{}", String::from_utf8_lossy(&verified.stdout));
        let found = json(&verified)["documents"].as_u64().unwrap();
        assert!(found >= documents, "{found} documents after {documents} were acknowledged");
        documents = found;
    }
    assert!(interrupted * 3 >= kills, "only {interrupted} of {kills} imports were still running when they were killed");
    let done = faju(&data, &["import", &path, "--json"]);
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    let report = json(&done);
    let count = |name: &str| report[name].as_u64().unwrap();
    assert_eq!(count("new") + count("unchanged"), DOCUMENTS as u64, "{report}");
    let found = json(&faju(&data, &["search", "\"号泊位停靠\"", "--total", "exact", "--limit", "0", "--json"]));
    assert_eq!(found["total"]["value"].as_u64(), Some(DOCUMENTS as u64 * 59));
    assert_eq!(found["total"]["groups"].as_u64(), Some(DOCUMENTS as u64));
    let again = json(&faju(&data, &["import", &path, "--json"]));
    assert_eq!(again["unchanged"].as_u64(), Some(DOCUMENTS as u64));
}

#[test]
fn ten_killed_imports_lose_nothing() {
    survive(10);
}

#[test]
#[ignore = "a hundred kills: just soak"]
fn a_hundred_killed_imports_lose_nothing() {
    survive(100);
}

#[test]
fn a_second_writer_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let lock = folder.path().join("corpus/LOCK");
    std::fs::create_dir_all(lock.parent().unwrap()).unwrap();
    let held = std::fs::File::create(&lock).unwrap();
    held.lock().unwrap();
    let refused = faju(folder.path(), &["import", "corpus/sample"]);
    assert_eq!(refused.status.code(), Some(2));
    let message = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(message.contains("正由另一程序") && message.contains("--wait"), "{message}");
    drop(held);
    assert_eq!(faju(folder.path(), &["import", "corpus/sample"]).status.code(), Some(0));
}

#[test]
fn an_index_that_is_lost_or_damaged_is_made_again() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(faju(folder.path(), &["import", "corpus/sample"]).status.code(), Some(0));
    let total = || {
        let found = faju(folder.path(), &["search", "罚款", "--status", "all", "--limit", "0", "--json"]);
        json(&found)["total"]["value"].as_u64().unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(&found.stderr)))
    };
    let before = total();
    assert!(before > 10);
    let index = folder.path().join("index");
    let current = std::fs::read_to_string(index.join("CURRENT")).unwrap();
    let engine = index.join(current.trim());
    let files = |folder: &Path| std::fs::read_dir(folder).unwrap().flatten().collect::<Vec<_>>();
    let vectors = files(&engine.join("vectors"));
    assert!(!vectors.is_empty());
    for entry in files(&engine).into_iter().chain(vectors) {
        if entry.file_name() != "meta.json" && entry.path().is_file() {
            std::fs::write(entry.path(), b"rubbish").unwrap();
        }
    }
    assert_eq!(total(), before, "damaged files");
    std::fs::write(index.join("CURRENT"), "no such thing").unwrap();
    assert_eq!(total(), before, "damaged name");
    std::fs::remove_dir_all(&index).unwrap();
    assert_eq!(total(), before, "no index at all");
}

#[test]
fn an_overlong_title_is_refused_and_harms_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let file = folder.path().join("长.jsonl");
    let record = |title: &str| serde_json::json!({"kind": "normative", "title": title, "issuer": "云桥县人民政府", "access": "public", "text": "第一条　渡口。"});
    std::fs::write(&file, format!("{}\n{}\n", record(&"桥".repeat(30_000)), record("云桥县渡口办法"))).unwrap();
    let done = faju(&data, &["import", &file.to_string_lossy(), "--json"]);
    let report = json(&done);
    assert_eq!((report["new"].as_u64(), report["refused"].as_u64()), (Some(1), Some(1)), "{report}");
    assert!(report["files"][1]["place"] == "第1行" && report["files"][1]["code"] == "bad_record", "{report}");
    assert_eq!(faju(&data, &["verify"]).status.code(), Some(0));
    let found = json(&faju(&data, &["search", "渡口", "--json"]));
    assert_eq!(found["total"]["value"].as_u64(), Some(1));
}

#[test]
fn a_file_of_which_nothing_is_taken_is_refused_itself() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("坏.jsonl");
    std::fs::write(&file, "{\"kind\":\"normative\",\"title\":\"甲\",\"text\":\"乙\",\"filed_on\":\"明天\"}\n").unwrap();
    let done = faju(&folder.path().join("data"), &["import", &file.to_string_lossy(), "--json"]);
    assert_eq!(done.status.code(), Some(1));
    let report = json(&done);
    assert_eq!(report["files"].as_array().map(Vec::len), Some(1), "{report}");
    assert!(report["files"][0]["outcome"] == "refused" && report["files"][0]["place"] == "第1行", "{report}");
}
