//! `faju`: parse arguments, load settings, call a face; nothing else.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(faju::cli::run(std::env::args_os()))
}
