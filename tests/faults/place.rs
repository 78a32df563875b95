//! A data directory with documents, accounts and a log, its backup, and what must hold of it after any fault.

use crate::program;
use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

/// The password of everybody.
pub const PASSWORD: &str = "临江县的桥有四十二座我都走过";

/// Documents that are there from the beginning.
const DOCUMENTS: u64 = 3;

/// A folder with everything, removed with it.
pub struct Place {
    folder: tempfile::TempDir,
    /// Ids of the documents.
    pub ids: Vec<String>,
}

fn record(number: usize) -> String {
    serde_json::json!({
        "kind": "normative", "title": format!("云桥县第{number}号渡口办法"), "issuer": "云桥县人民政府", "access": "public",
        "promulgation_date": "2024-03-01", "effective_date": "2024-04-01",
        "text": format!("第一条　第{number}号渡口的船只停靠第{number}号浮标。\n第二条　本办法自2024年4月1日起施行。"),
    })
    .to_string()
}

/// Runs a command with a line on its standard input, and waits for its end.
pub fn told(mut command: Command, line: &str) -> Output {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    // It may have ended already.
    let _ = writeln!(child.stdin.take().expect("piped"), "{line}");
    child.wait_with_output().expect("it ends")
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").flatten() {
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if source.is_dir() {
            copy(&source, &target);
        } else {
            std::fs::copy(&source, &target).expect("a copy");
        }
    }
}

impl Place {
    fn made() -> Place {
        let folder = tempfile::tempdir().expect("a folder");
        let mut place = Place { folder, ids: Vec::new() };
        let file = place.path("first.jsonl");
        let records: Vec<String> = (1..=DOCUMENTS as usize).map(record).collect();
        std::fs::write(&file, records.join("\n")).expect("a file");
        std::fs::write(place.path("more.jsonl"), record(77)).expect("a file");
        place.must(&["import", &file.display().to_string()], "");
        place.must(&["user", "add", "administrator", "--role", "administrator"], PASSWORD);
        place.must(&["user", "add", "editor", "--role", "editor"], PASSWORD);
        place.must(&["backup", &place.path("backup").display().to_string()], "");
        for number in 1..=DOCUMENTS {
            let found = place.json(&["search", &format!("第{number}号渡口办法"), "--json"]);
            place.ids.push(found["items"][0]["instrument"]["id"].as_str().expect("an id").to_string());
        }
        place
    }

    /// A copy of one that was made once.
    pub fn new() -> Place {
        static FIRST: OnceLock<Place> = OnceLock::new();
        let first = FIRST.get_or_init(Place::made);
        let place = Place { folder: tempfile::tempdir().expect("a folder"), ids: first.ids.clone() };
        copy(first.root(), place.root());
        place
    }

    /// Everything lies below it.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// A file or folder in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.root().join(name)
    }

    /// The data directory.
    pub fn data(&self) -> PathBuf {
        self.path("data")
    }

    /// A command on the data directory.
    pub fn faju(&self, arguments: &[&str]) -> Command {
        program::faju(&self.data(), arguments)
    }

    /// Runs one that must succeed.
    fn must(&self, arguments: &[&str], line: &str) {
        let output = told(self.faju(arguments), line);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// What a command answers that must succeed.
    pub fn json(&self, arguments: &[&str]) -> Value {
        let output = self.faju(arguments).output().expect("it starts");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).expect("JSON")
    }

    /// How many documents a search finds.
    pub fn found(&self, words: &str) -> u64 {
        let found = self.json(&["search", &format!("\"{words}\""), "--status", "all", "--limit", "0", "--json"]);
        found["total"]["groups"].as_u64().expect("a number")
    }

    /// That nothing is lost that was acknowledged, and that journal and log are whole.
    pub fn is_whole(&self, what: &str) {
        let verified = self.faju(&["verify", "--json"]).output().expect("it starts");
        let told = String::from_utf8_lossy(&verified.stdout).into_owned();
        assert!(verified.status.success(), "{what}: {told} {}", String::from_utf8_lossy(&verified.stderr));
        let puts = serde_json::from_str::<Value>(&told).expect("JSON")["records"]["put"].as_u64();
        assert!(puts >= Some(DOCUMENTS), "{what}: {told}");
        let log = self.faju(&["audit", "verify"]).output().expect("it starts");
        assert!(log.status.success(), "{what}: {}", String::from_utf8_lossy(&log.stderr));
    }
}
