//! Store: the audit log. Who did what, when, from where, with which outcome.
//!
//! Append-only JSON Lines, one file a month (`audit/2026-11.jsonl` in the data directory). Each entry carries the digest of the one
//! before, and the first of a month that of the last of the month before: whoever changes, removes or inserts an entry breaks the
//! chain. Whole expired months can be dropped from the front. What is cut off at the end shows against a head that was written
//! elsewhere.
//!
//! An entry names an account by its number; the name stands in the account and goes with it.

mod chain;
mod verify;

pub use chain::{Audit, Entry, Head, keep_to_owner};
pub use verify::{Finding, Verified, verify};

use std::path::{Path, PathBuf};

/// Name of the folder in the data directory.
pub const FOLDER: &str = "audit";

/// Why the log could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// A file cannot be read or written.
    #[error("审计日志不能读写（{path}）：{error}")]
    Storage {
        /// The file.
        path: PathBuf,
        /// The error.
        error: std::io::Error,
    },
    /// The end of the log is not what this program writes.
    #[error("审计日志的末尾已损坏（{path} 第 {line} 行）；运行 faju audit verify 查看")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: u64,
    },
}

/// The files of the log, the oldest month first.
fn segments(folder: &Path) -> Result<Vec<PathBuf>, AuditError> {
    let storage = |error| AuditError::Storage { path: folder.to_path_buf(), error };
    let listed = match std::fs::read_dir(folder) {
        Ok(listed) => listed,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(storage(error)),
    };
    let mut found = Vec::new();
    for entry in listed {
        let path = entry.map_err(storage)?.path();
        if month_of(&path).is_some() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The month of a file of the log: `2026-11`.
fn month_of(path: &Path) -> Option<&str> {
    let month = path.file_name()?.to_str()?.strip_suffix(".jsonl")?;
    let digits = |part: &str, count: usize| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
    let (year, number) = month.split_once('-')?;
    (digits(year, 4) && digits(number, 2)).then_some(month)
}

#[cfg(test)]
mod tests;
