//! Everything that writes, as commands, and how each shows that it is done.

use crate::place::{PASSWORD, Place, told};
use std::process::{Command, Output};

/// Something that writes.
pub struct Operation {
    /// Its name.
    pub name: &'static str,
    arguments: fn(&Place) -> Vec<String>,
    /// What it reads from standard input.
    line: &'static str,
    /// Whether it shows.
    pub is_done: fn(&Place) -> bool,
}

fn of(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_string()).collect()
}

fn restored(place: &Place) -> Command {
    let folder = place.path("restored");
    crate::program::faju(&folder, &["verify", "--json"])
}

/// All of them.
pub const OPERATIONS: [Operation; 9] = [
    Operation {
        name: "import",
        arguments: |place| of(&["import", &place.path("more.jsonl").display().to_string()]),
        line: "",
        is_done: |place| place.found("第77号浮标") == 1,
    },
    Operation {
        name: "correct",
        arguments: |place| {
            of(&["correct", &place.ids[0], "effective_date", "2024-05-06", "--reason", "印刷错误", "--proof", "原件"])
        },
        line: "",
        is_done: |place| place.json(&["show", &place.ids[0], "--json"]).to_string().contains("2024-05-06"),
    },
    Operation {
        name: "withdraw",
        arguments: |place| of(&["withdraw", &place.ids[1], "--reason", "重复"]),
        line: "",
        is_done: |place| place.found("第2号浮标") == 0,
    },
    Operation {
        name: "redact",
        arguments: |place| of(&["redact", &place.ids[2], "--text", "第3号浮标", "--reason", "误入"]),
        line: "",
        is_done: |place| place.found("第3号浮标") == 0,
    },
    Operation {
        name: "user add",
        arguments: |_| of(&["user", "add", "zhou", "--role", "officer"]),
        line: PASSWORD,
        is_done: |place| place.json(&["user", "list", "--json"]).to_string().contains("zhou"),
    },
    Operation {
        name: "key add",
        arguments: |_| of(&["key", "add", "editor", "--label", "接口"]),
        line: "",
        is_done: |place| place.json(&["key", "list", "editor", "--json"]).to_string().contains("接口"),
    },
    Operation {
        name: "backup",
        arguments: |place| of(&["backup", &place.path("copy").display().to_string()]),
        line: "",
        is_done: |place| {
            let folder = place.path("copy").display().to_string();
            place.path("copy").is_dir()
                && place.faju(&["backup", &folder, "--check"]).output().is_ok_and(|output| output.status.success())
        },
    },
    Operation {
        name: "restore",
        arguments: |place| of(&["restore", &place.path("backup").display().to_string()]),
        line: "",
        is_done: |place| {
            restored(place).output().is_ok_and(|output| {
                output.status.success() && String::from_utf8_lossy(&output.stdout).contains("\"documents\":3")
            })
        },
    },
    Operation {
        name: "rebuild",
        arguments: |_| of(&["rebuild"]),
        line: "",
        is_done: |place| place.found("号浮标") == 3,
    },
];

impl Operation {
    /// Its command.
    pub fn command(&self, place: &Place) -> Command {
        let arguments = (self.arguments)(place);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let data = if self.name == "restore" { place.path("restored") } else { place.data() };
        crate::program::faju(&data, &arguments)
    }

    /// Runs a command of it to its end.
    pub fn run(&self, command: Command) -> Output {
        told(command, self.line)
    }

    /// That everything is whole after a fault, that what was acknowledged is done, and that it can be done now.
    pub fn holds(&self, place: &Place, acknowledged: bool, what: &str) {
        place.is_whole(what);
        assert!(!acknowledged || (self.is_done)(place), "{what}: acknowledged and not done");
        if self.name == "restore" {
            // What a restore that failed has left is told from a data directory; it is removed by whoever restores.
            let _ = std::fs::remove_dir_all(place.path("restored"));
        }
        let again = self.run(self.command(place));
        let told = String::from_utf8_lossy(&again.stderr).into_owned();
        assert!(again.status.success() || (self.is_done)(place), "{what}: not again: {told}");
        assert!((self.is_done)(place), "{what}: not done: {told}");
        place.is_whole(what);
    }
}
