//! The files of the repository.

use crate::rust::Source;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A text file: path from the root with `/`, and what it holds.
pub struct Text {
    pub path: String,
    pub body: String,
}

/// All files that are tracked or would be.
pub struct Tree {
    root: PathBuf,
    paths: Vec<String>,
}

impl Tree {
    /// Asks git, so that what is ignored stays out and what is new and not yet added is checked too.
    pub fn read() -> Tree {
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        let listed = Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(&root)
            .output();
        let paths = match listed {
            Ok(output) if output.status.success() => split(&String::from_utf8_lossy(&output.stdout), &root),
            // An unpacked archive has no git; then everything in it counts.
            _ => walk(&root),
        };
        assert!(paths.iter().any(|path| path == "src/lib.rs"), "no src/lib.rs among {} files", paths.len());
        Tree { root, paths }
    }

    /// Every file that is text.
    pub fn texts(&self) -> Vec<Text> {
        let read =
            |path: &String| std::fs::read(self.root.join(path)).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        self.paths.iter().filter_map(|path| Some(Text { path: path.clone(), body: read(path)? })).collect()
    }

    /// Every Rust file, as tokens.
    pub fn rust(&self) -> Vec<Source> {
        let rust = self.texts().into_iter().filter(|text| text.path.ends_with(".rs"));
        rust.map(|text| Source::new(&text.path, &text.body)).collect()
    }

    /// One file that must be there.
    pub fn text(&self, path: &str) -> String {
        std::fs::read_to_string(self.root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }
}

fn split(listed: &str, root: &Path) -> Vec<String> {
    // A file deleted but not yet committed is still listed.
    listed.split('\0').filter(|path| !path.is_empty() && root.join(path).is_file()).map(str::to_owned).collect()
}

fn walk(root: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = entry.file_name();
            if path.is_dir() && name != "target" && name != ".git" {
                folders.push(path);
            } else if path.is_file()
                && let Ok(inside) = path.strip_prefix(root)
            {
                found.push(inside.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found
}
