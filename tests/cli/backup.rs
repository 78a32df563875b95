//! Backup and restore, as an operator does them.

use crate::program;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

fn run(data: &Path, arguments: &[&str]) -> Value {
    let output = program::run(data, &[arguments, &["--json"]].concat());
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn refused(data: &Path, arguments: &[&str]) -> String {
    let output = program::run(data, arguments);
    assert!(!output.status.success(), "{arguments:?} was done");
    String::from_utf8(output.stderr).expect("text")
}

fn import(data: &Path, name: &str) {
    let file = data.join(format!("{name}.md"));
    let body = format!(
        "---\nkind: normative\nissuer: 云桥县人民政府\naccess: public\npromulgation_date: 2024-03-01\n---\n# 云桥县{name}办法\n\n第一条　{name}夜间停用。\n"
    );
    fs::write(&file, body).expect("a file");
    run(data, &["import", "--keep-originals", &file.display().to_string()]);
}

/// The bytes of all files below a folder by their names.
fn contents(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten() {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_name().is_some_and(|name| name != "LOCK") {
                found.push((path.strip_prefix(folder).expect("inside").to_path_buf(), fs::read(&path).expect("bytes")));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn what_is_backed_up_comes_back_and_only_what_is_new_is_written() {
    let [data, kept, other] = [(); 3].map(|()| tempfile::tempdir().expect("a folder"));
    let to = kept.path().join("backup").display().to_string();
    import(data.path(), "渡口");
    let first = run(data.path(), &["backup", &to]);
    let again = run(data.path(), &["backup", &to]);
    assert!(first["added"].as_u64() > Some(0) && again["added"] == 0, "{first} {again}");
    import(data.path(), "码头");
    let last = run(data.path(), &["backup", &to]);
    assert!(last["added"].as_u64() > Some(0), "{last}");
    run(other.path(), &["restore", &to]);
    assert!(
        contents(&data.path().join("corpus")) == contents(&other.path().join("corpus")),
        "the corpus came back otherwise"
    );
    for words in ["渡口", "码头"] {
        let [one, two] = [data.path(), other.path()].map(|data| run(data, &["search", words])["items"].clone());
        assert_eq!(one, two, "{words}");
    }
    // The first one, from before the second import.
    let earlier = tempfile::tempdir().expect("a folder");
    run(earlier.path(), &["restore", &to, "--backup", first["backup"].as_str().expect("a name")]);
    assert_eq!(run(earlier.path(), &["search", "“码头夜间停用”"])["total"]["value"], 0);
    assert_eq!(run(earlier.path(), &["search", "“渡口夜间停用”"])["total"]["value"], 1);
    // What holds something is left alone.
    assert!(refused(other.path(), &["restore", &to]).contains("请恢复到空目录"));
    // What is kept is whole; the rest goes.
    assert_eq!(run(data.path(), &["backup", &to, "--keep", "1"])["removed"], 3);
    let check = run(data.path(), &["backup", &to, "--check"]);
    assert_eq!((&check["backups"], &check["damage"]), (&1.into(), &Value::Array(Vec::new())));
}

#[test]
fn a_sealed_backup_shows_nothing_and_opens_with_its_key_alone() {
    let [data, kept, other] = [(); 3].map(|()| tempfile::tempdir().expect("a folder"));
    let path = |name: &str| kept.path().join(name).display().to_string();
    let (to, key, wrong) = (path("backup"), path("key"), path("other"));
    import(data.path(), "渡口");
    for key in [&key, &wrong] {
        run(data.path(), &["backup", "--new-key", key]);
    }
    assert!(refused(data.path(), &["backup", "--new-key", &key]).contains("不能读写"), "a key was overwritten");
    run(data.path(), &["backup", &to, "--key", &key]);
    let journal = fs::read(data.path().join("corpus/journal/00000001.jsonl.zst")).expect("a segment");
    for (name, bytes) in contents(&kept.path().join("backup")) {
        let shows = bytes.windows(40).any(|window| journal.windows(40).step_by(40).any(|other| other == window));
        assert!(!shows && !String::from_utf8_lossy(&bytes).contains("corpus/journal"), "{}", name.display());
    }
    assert!(refused(other.path(), &["restore", &to]).contains("--key"));
    assert!(refused(other.path(), &["restore", &to, "--key", &wrong]).contains("密钥不是这个备份目录的"));
    run(other.path(), &["restore", &to, "--key", &key]);
    assert!(
        contents(&data.path().join("corpus")) == contents(&other.path().join("corpus")),
        "the corpus came back otherwise"
    );
}

#[test]
fn a_damaged_backup_is_told_and_leaves_nothing_behind() {
    let [data, kept, other] = [(); 3].map(|()| tempfile::tempdir().expect("a folder"));
    let to = kept.path().join("backup");
    import(data.path(), "渡口");
    run(data.path(), &["backup", &to.display().to_string()]);
    let (name, bytes) = contents(&to.join("pieces")).into_iter().max_by_key(|(_, bytes)| bytes.len()).expect("a piece");
    let mut changed = bytes.clone();
    changed[0] ^= 1;
    fs::write(to.join("pieces").join(name), changed).expect("written");
    let told = refused(other.path(), &["restore", &to.display().to_string()]);
    assert!(told.contains("缺失或已损坏"), "{told}");
    assert_eq!(fs::read_dir(other.path()).expect("a folder").count(), 0);
    let check = program::run(data.path(), &["backup", &to.display().to_string(), "--check"]);
    assert_eq!(check.status.code(), Some(1));
}

#[test]
fn what_was_redacted_after_a_backup_does_not_come_back_with_it() {
    let [data, kept, other, early] = [(); 4].map(|()| tempfile::tempdir().expect("a folder"));
    let to = kept.path().join("backup").display().to_string();
    import(data.path(), "渡口");
    let upto = run(data.path(), &["import", &data.path().join("渡口.md").display().to_string()])["cursor"].clone();
    let upto = upto
        .as_str()
        .map_or_else(
            || run(data.path(), &["rebuild"])["cursor"].as_str().map(str::to_string),
            |at| Some(at.to_string()),
        )
        .expect("a cursor");
    import(data.path(), "码头");
    let first = run(data.path(), &["backup", &to]);
    let id = run(data.path(), &["search", "“渡口夜间停用”"])["items"][0]["instrument"]["id"]
        .as_str()
        .expect("an id")
        .to_string();
    run(data.path(), &["redact", &id, "--text", "夜间停用", "--reason", "个人信息"]);
    let last = run(data.path(), &["backup", &to]);
    for (name, redactions) in [(&first, 1), (&last, 0)] {
        let folder = tempfile::tempdir().expect("a folder");
        let report = run(folder.path(), &["restore", &to, "--backup", name["backup"].as_str().expect("a name")]);
        assert_eq!(report["redactions"], redactions, "{report}");
        assert_eq!(run(folder.path(), &["search", "“渡口夜间停用”"])["total"]["value"], 0);
        assert_eq!(run(folder.path(), &["search", "“码头夜间停用”"])["total"]["value"], 1);
        let holds = |bytes: &[u8]| {
            String::from_utf8_lossy(&zstd::stream::decode_all(bytes).unwrap_or_default()).contains("渡口夜间停用")
        };
        assert!(contents(&folder.path().join("corpus")).iter().all(|(_, bytes)| !holds(bytes)));
        run(folder.path(), &["verify"]);
    }
    // Only up to where the second file came, and the redaction all the same.
    let report = run(early.path(), &["restore", &to, "--upto", &upto]);
    assert_eq!(report["redactions"], 1, "{report}");
    assert_eq!(run(early.path(), &["search", "“码头夜间停用”"])["total"]["value"], 0);
    assert_eq!(run(early.path(), &["search", "“渡口夜间停用”"])["total"]["value"], 0);
    assert_eq!(run(early.path(), &["search", "渡口"])["total"]["value"], 1);
    for wrong in ["nonsense", "1:7", "9:20", "1:0"] {
        assert!(refused(other.path(), &["restore", &to, "--upto", wrong]).contains("不能恢复到"), "{wrong}");
    }
    assert!(fs::read_dir(other.path()).expect("a folder").next().is_none(), "something was left behind");
}
