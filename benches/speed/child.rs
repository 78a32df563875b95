//! Runs the program itself as a child and reads its time and peak memory.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// One run of the program.
pub struct Run {
    /// From start to end.
    pub seconds: f64,
    /// Processor time, of all its threads; 0 where the system does not tell.
    pub cpu_seconds: f64,
    /// Peak of resident memory in MB; 0 where the system does not tell.
    pub peak_mb: f64,
}

/// Runs a command on a data directory; its failure ends the benchmark.
pub fn run(data: &Path, arguments: &[&str]) -> Run {
    let began = Instant::now();
    let before = children_seconds();
    let mut child = Command::new(env!("CARGO_BIN_EXE_faju"))
        .arg("--data")
        .arg(data)
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let status_file = format!("/proc/{}/status", child.id());
    let mut peak_mb = 0.0f64;
    let status = loop {
        if let Some(kilobytes) = std::fs::read_to_string(&status_file).ok().and_then(|status| peak_kilobytes(&status)) {
            peak_mb = peak_mb.max(kilobytes / 1e3);
        }
        match child.try_wait().expect("the program can be waited for") {
            Some(status) => break status,
            None => std::thread::sleep(Duration::from_millis(2)),
        }
    };
    let seconds = began.elapsed().as_secs_f64();
    // 1 says that files were refused; the collections hold some.
    assert!(matches!(status.code(), Some(0 | 1)), "{arguments:?} ended with {status}");
    Run { seconds, cpu_seconds: children_seconds() - before, peak_mb }
}

/// Processor time of all children that have ended, at the usual hundred ticks a second.
fn children_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let behind_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks = |at: usize| behind_name.split_whitespace().nth(at).and_then(|ticks| ticks.parse::<f64>().ok());
    (ticks(13).unwrap_or(0.0) + ticks(14).unwrap_or(0.0)) / 100.0
}

fn peak_kilobytes(status: &str) -> Option<f64> {
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// Bytes of all files below a folder.
pub fn folder_bytes(folder: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    let bytes = |entry: std::fs::DirEntry| match entry.metadata() {
        Ok(meta) if meta.is_dir() => folder_bytes(&entry.path()),
        Ok(meta) => meta.len(),
        Err(_) => 0,
    };
    entries.flatten().map(bytes).sum()
}
