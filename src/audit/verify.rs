//! Whether the log is whole.

use super::chain::{BEGINNING, Entry, Head};
use super::{AuditError, segments};
use serde::Serialize;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// Something that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Name of the file.
    pub file: String,
    /// Its line, from 1; 0: the file as a whole.
    pub line: u64,
    /// What, in Chinese.
    pub message: String,
}

/// What a look at the whole log showed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// Entries read.
    pub entries: u64,
    /// Number of the first one: more than 1 where whole months were dropped.
    pub first: u64,
    /// Where it ends.
    pub head: Head,
    /// What is wrong; empty: nothing.
    pub findings: Vec<Finding>,
}

/// Reads the whole log in `folder` and holds it against heads that were written elsewhere.
///
/// # Errors
/// A file that cannot be read.
pub fn verify(folder: &Path, heads: &[Head]) -> Result<Verified, AuditError> {
    let begin = Head { seq: 0, hash: BEGINNING.to_string() };
    let mut verified = Verified { entries: 0, first: 0, head: begin, findings: Vec::new() };
    let mut heads_met = vec![false; heads.len()];
    // The numbers with which the log began when months were dropped.
    let mut dropped_to: Vec<String> = Vec::new();
    for path in segments(folder)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let storage = |error| AuditError::Storage { path: path.clone(), error };
        let mut reader = BufReader::new(File::open(&path).map_err(storage)?);
        let mut line = Vec::new();
        for number in 1.. {
            line.clear();
            if reader.read_until(b'\n', &mut line).map_err(storage)? == 0 {
                break;
            }
            let wrong = |message: &str| Finding { file: name.clone(), line: number, message: message.to_string() };
            let Some(entry) = whole(&line) else {
                verified.findings.push(wrong("不是一条完整的记录"));
                continue;
            };
            verified.findings.extend(faults(&entry, &line, &verified).into_iter().map(wrong));
            if entry.what == "audit_drop" {
                dropped_to.push(entry.subject.clone());
            }
            for (met, head) in heads_met.iter_mut().zip(heads) {
                *met |= head.seq == entry.seq && head.hash == entry.hash;
            }
            verified.first = if verified.entries == 0 { entry.seq } else { verified.first };
            verified.entries += 1;
            verified.head = Head { seq: entry.seq, hash: entry.hash };
        }
    }
    let whole_log = |message: String| Finding { file: String::new(), line: 0, message };
    if verified.first > 1 && !dropped_to.contains(&verified.first.to_string()) {
        let message = format!("日志从第 {} 条开始，而没有删去过期月份的记录与之相符：开头被删去", verified.first);
        verified.findings.push(whole_log(message));
    }
    if !heads.is_empty() && !heads_met.contains(&true) {
        verified.findings.push(whole_log("另处保存的摘要没有一条在日志中".to_string()));
    }
    for (head, _) in heads.iter().zip(heads_met).filter(|(_, met)| !met) {
        // Of months that were dropped nothing can be said.
        if head.seq >= verified.first.max(1) {
            let message = format!("另处保存的第 {} 条的摘要与日志不符，或日志在此之前被截断", head.seq);
            verified.findings.push(whole_log(message));
        }
    }
    Ok(verified)
}

fn whole(line: &[u8]) -> Option<Entry> {
    serde_json::from_slice(line.strip_suffix(b"\n")?).ok()
}

fn faults(entry: &Entry, line: &[u8], so_far: &Verified) -> Vec<&'static str> {
    let mut faults = Vec::new();
    // A line that says more than an entry has is not the line that was hashed.
    let same = serde_json::to_string(entry).is_ok_and(|text| line.strip_suffix(b"\n") == Some(text.as_bytes()));
    if entry.hash != entry.hashed() || !same {
        faults.push("内容与摘要不符，记录被改过");
    }
    // The first one may follow months that were dropped.
    let follows = entry.seq == so_far.head.seq + 1 && entry.before == so_far.head.hash;
    let may_begin = so_far.entries == 0 && (entry.seq > 1 || entry.before == BEGINNING);
    if !follows && !may_begin {
        faults.push("与前一条不相接，有记录被删去、插入或调换");
    }
    faults
}
