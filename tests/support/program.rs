//! Runs the program as a user does, in a data directory of its own.

use std::path::Path;
use std::process::{Command, Output, Stdio};

/// `faju --data DIR ARGUMENTS…`, without the environment's settings.
pub fn faju(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_faju"));
    command
        .env_remove("FAJU_DATA")
        .env_remove("FAJU_NODE")
        .env_remove("FAJU_THESAURUS")
        .env("COLUMNS", "100")
        .env("RUST_BACKTRACE", "0");
    command.arg("--data").arg(data).args(arguments).stdin(Stdio::null());
    command
}

/// Runs it to its end.
pub fn run(data: &Path, arguments: &[&str]) -> Output {
    faju(data, arguments).output().expect("the program starts")
}
