//! The library that makes calls fail (`fail.c`), built once with the C compiler that building the program needs anyway.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// Classes of calls, and with what they fail.
pub const CLASSES: [(&str, i32); 9] = [
    ("write", ENOSPC),
    ("write", EIO),
    ("short", 0),
    ("sync", EIO),
    ("open", EMFILE),
    ("rename", EIO),
    ("truncate", EIO),
    ("remove", EIO),
    ("read", EIO),
];

const EIO: i32 = 5;
const EMFILE: i32 = 24;
const ENOSPC: i32 = 28;

/// One fault.
#[derive(Debug, Clone, Copy)]
pub struct Fault {
    /// Class of calls.
    pub class: &'static str,
    /// What they fail with.
    pub code: i32,
    /// Which call fails, from 1 on; 0: none.
    pub at: u64,
    /// Whether every later one fails too.
    pub lasts: bool,
}

/// The library; `None` where it cannot be built, with the reason.
pub fn library() -> Result<&'static Path, &'static str> {
    static BUILT: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    let built = BUILT.get_or_init(|| {
        if !cfg!(target_os = "linux") {
            return Err("calls are made to fail on Linux alone".to_string());
        }
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faults/fail.c");
        let made = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("fail-{}.so", std::process::id()));
        let output =
            Command::new("cc").args(["-shared", "-fPIC", "-O1", "-o"]).arg(&made).arg(&source).arg("-ldl").output();
        match output {
            Ok(output) if output.status.success() => Ok(made),
            Ok(output) => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
            Err(error) => Err(format!("cc: {error}")),
        }
    });
    built.as_deref().map_err(String::as_str)
}

/// Has a command meet a fault on files below a folder; the number of calls is written to `count` at its end.
pub fn meets(command: &mut Command, root: &Path, fault: Fault, count: Option<&Path>) {
    let library = library().expect("asked before");
    command
        .env("LD_PRELOAD", library)
        .env("FAULT_ROOT", root)
        .env("FAULT_CLASS", fault.class)
        .env("FAULT_ERRNO", fault.code.to_string())
        .env("FAULT_AT", fault.at.to_string());
    if fault.lasts {
        command.env("FAULT_LASTS", "1");
    }
    if let Some(count) = count {
        command.env("FAULT_COUNT", count);
    }
}
