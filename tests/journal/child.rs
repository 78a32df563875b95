//! This test program as another process: it writes until it is killed, or until the disk is full.

use crate::fixture::{put, records};
use faju::corpus::{CorpusError, Journal};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// The child works in its current folder, but only if this file says that the folder was made for it.
const TICKET: &str = "made-for-the-child";

/// What the child says after each acknowledged batch, followed by the count of all acknowledged records.
pub const ACKNOWLEDGED: &str = "acknowledged ";

/// A command that runs one of the ignored tests below in a folder, under a shell if `shell` is given (it ends in
/// `exec "$@"`). Its standard output is piped.
pub fn command(test: &str, folder: &Path, shell: Option<&str>) -> Command {
    std::fs::write(folder.join(TICKET), "").unwrap();
    let program = std::env::current_exe().unwrap();
    let mut command = match shell {
        Some(script) => {
            let mut command = Command::new("sh");
            command.args(["-c", script, "sh"]).arg(program);
            command
        }
        None => Command::new(program),
    };
    command.args(["--ignored", "--exact", "--nocapture", test]).current_dir(folder).stdout(Stdio::piped());
    command
}

/// The greatest count that the child has told in whole lines.
pub fn last_told(output: &[u8]) -> Option<u64> {
    let text = String::from_utf8_lossy(output);
    let whole = text.rsplit_once('\n').map_or("", |(whole, _)| whole);
    whole.lines().filter_map(|line| line.split_once(ACKNOWLEDGED)?.1.parse().ok()).next_back()
}

fn tell(count: u64) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{ACKNOWLEDGED}{count}").unwrap();
    out.flush().unwrap();
}

/// Goes on where the journal ends; returns the error that stopped it.
fn append_for_ever(corpus: &Path) -> CorpusError {
    let journal = Journal::open_with(corpus, crate::fixture::SMALL).unwrap();
    let mut writer = match journal.writer(Duration::from_secs(20)) {
        Ok(writer) => writer,
        Err(error) => return error,
    };
    let mut count = journal.scan(None).unwrap().map(Result::unwrap).count() as u64;
    for size in (1..).map(|round| 1 + round * 7 % 40) {
        let batch: Vec<_> = (count..count + size).map(put).collect();
        match writer.append(&batch) {
            Ok(places) => count += places.len() as u64,
            Err(error) => {
                assert_eq!(records(&journal).len() as u64, count, "what was refused is not there");
                return error;
            }
        }
        tell(count);
    }
    unreachable!("the numbers do not end")
}

#[test]
#[ignore = "run by the tests that kill it"]
fn appends_until_killed() {
    if Path::new(TICKET).exists() {
        panic!("{}", append_for_ever(Path::new("corpus")));
    }
}

#[test]
#[ignore = "run by the tests that leave no room"]
fn appends_until_the_disk_is_full() {
    if Path::new(TICKET).exists() {
        let error = append_for_ever(Path::new("small/corpus"));
        assert!(matches!(error, CorpusError::DiskFull { .. }), "{error}");
        let told = error.to_string();
        assert!(told.contains("空间已满") && told.contains("small/corpus"), "{told}");
        let journal = Journal::open(Path::new("small/corpus")).unwrap();
        let report = journal.verify("local", &mut |_, _| ()).unwrap();
        assert_eq!((report.damage, report.tail), (vec![], None));
    }
}

#[test]
#[ignore = "run by the test of a disk that may only be read"]
fn reads_but_cannot_write() {
    if Path::new(TICKET).exists() {
        let journal = Journal::open(Path::new("small/corpus")).unwrap();
        assert_eq!(records(&journal), crate::fixture::puts(0..3));
        let error = journal.writer(Duration::ZERO).map(|_| ()).unwrap_err();
        assert!(matches!(error, CorpusError::ReadOnly { .. }), "{error}");
        assert!(error.to_string().contains("LOCK"), "{error}");
    }
}
