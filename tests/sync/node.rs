//! A node: a data directory with a name, used by processes of the program.

use crate::program;
use crate::server::Server;
use serde_json::{Value, json};
use std::io::Read;
use std::path::PathBuf;
use std::process::{Child, Output, Stdio};

/// A node with a data directory of its own.
pub struct Node {
    /// Removed with it.
    pub folder: tempfile::TempDir,
    name: String,
}

/// One line of the interchange format.
pub fn document(title: &str, article: &str, access: &str) -> Value {
    json!({
        "kind": "normative", "title": title, "level": "normative_document", "issuer": "云桥市人民政府", "region": "990100",
        "promulgation_date": "2024-03-01", "effective_date": "2024-04-01", "access": access,
        "text": format!("第一条　{article}\n第二条　本办法自2024年4月1日起施行。"),
    })
}

impl Node {
    /// A node with nothing in it.
    pub fn new(name: &str) -> Node {
        Node { folder: tempfile::tempdir().expect("a folder"), name: name.to_string() }
    }

    /// A node with public documents of these titles.
    pub fn with(name: &str, titles: &[&str]) -> Node {
        let node = Node::new(name);
        let lines: Vec<Value> =
            titles.iter().map(|title| document(title, &format!("{title}所称渡口夜间停渡。"), "public")).collect();
        node.import(&lines);
        node
    }

    /// Its data directory.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Runs a command in it.
    pub fn run(&self, arguments: &[&str]) -> Output {
        program::run(&self.data(), &[&["--node", &self.name], arguments].concat())
    }

    /// Starts a command in it.
    pub fn spawn(&self, arguments: &[&str]) -> Child {
        let mut command = program::faju(&self.data(), &[&["--node", &self.name], arguments].concat());
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts")
    }

    /// Runs a command and answers its JSON and its exit status.
    pub fn json(&self, arguments: &[&str]) -> (Value, i32) {
        let output = self.run(&[&["--json"], arguments].concat());
        let text = String::from_utf8_lossy(&output.stdout);
        let value = serde_json::from_str(&text)
            .unwrap_or_else(|error| panic!("{error}: {text} {}", String::from_utf8_lossy(&output.stderr)));
        (value, output.status.code().expect("it was not killed"))
    }

    /// Imports lines of the interchange format.
    pub fn import(&self, lines: &[Value]) {
        let file = self.folder.path().join("lines.jsonl");
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        std::fs::write(&file, text).expect("a file");
        let (report, status) = self.json(&["import", &file.to_string_lossy()]);
        assert_eq!(status, 0, "{report}");
    }

    /// Serves it.
    pub fn serve(&self, arguments: &[&str]) -> Server {
        Server::start(&self.data(), &[&["--node", &self.name], arguments].concat())
    }

    /// Follows a server; answers the report and the exit status.
    pub fn follow(&self, address: &str, arguments: &[&str]) -> (Value, i32) {
        let url = format!("http://{address}");
        self.json(&[&["sync", &url, "--wait", "60"], arguments].concat())
    }

    /// The lines of its journal.
    pub fn journal(&self) -> Vec<String> {
        let folder = self.data().join("corpus/journal");
        let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
        let mut segments: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        segments.retain(|path| path.to_string_lossy().ends_with(".jsonl.zst"));
        segments.sort();
        let mut text = String::new();
        for segment in segments {
            let file = std::fs::File::open(segment).expect("a segment");
            zstd::Decoder::new(file).and_then(|mut file| file.read_to_string(&mut text)).expect("frames");
        }
        text.lines().map(str::to_string).collect()
    }

    /// Id of the document with a title.
    pub fn id(&self, title: &str) -> String {
        let lines = self.journal();
        let puts = lines.iter().map(|line| serde_json::from_str::<Value>(line).expect("a record"));
        let mut found = puts.filter(|record| record["document"]["title"] == title);
        found.next().unwrap_or_else(|| panic!("no {title}"))["id"].as_str().expect("an id").to_string()
    }

    /// The records of a document, as shown.
    pub fn records(&self, id: &str) -> Vec<Value> {
        let server = self.serve(&["--access", "internal"]);
        let reply = server.get(&format!("/api/v1/documents/{id}"));
        match reply.status {
            200 => reply.json()["records"].as_array().expect("records").clone(),
            404 | 410 => Vec::new(),
            status => panic!("{status}: {}", reply.text()),
        }
    }

    /// Fails unless journal and index are whole.
    pub fn verify(&self) {
        let (report, status) = self.json(&["verify"]);
        assert_eq!(status, 0, "{report}");
    }
}

/// A count of a report.
pub fn counts(report: &Value) -> [u64; 4] {
    ["received", "taken", "unchanged", "refused"].map(|name| report[name].as_u64().expect("a count"))
}

/// The codes of a report with their counts.
pub fn reasons(report: &Value) -> Vec<(String, u64)> {
    let reasons = report["reasons"].as_array().expect("reasons");
    reasons
        .iter()
        .map(|row| (row["code"].as_str().unwrap_or("").to_string(), row["count"].as_u64().unwrap_or(0)))
        .collect()
}
