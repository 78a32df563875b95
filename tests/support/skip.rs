//! How a test says that it did not run. The harness swallows what a passing test prints with `eprintln!`, but not what
//! is written to standard error directly; a skipped test passes, so it must be heard all the same.

use std::io::Write;

/// Says on standard error that `test` did not run and why, even though it passes.
pub fn skipped(test: &str, why: &str) {
    let line = format!("skipped: {test}: {why}\n");
    // One write, so that lines of tests running side by side stay whole. Nobody is left to tell if standard error is gone.
    let _ = std::io::stderr().write_all(line.as_bytes());
}
