//! SIGKILL in the middle of writing, and a disk without room.

use crate::child::{command, last_told};
use crate::fixture::{acts, puts, records};
use faju::corpus::Journal;
use std::io::Read;
use std::path::Path;
use std::time::Duration;

/// Kills a writer again and again; after each time everything that it told is there and the next one goes on. `rounds`
/// are the numbers of the rounds in one journal.
fn kills(rounds: std::ops::Range<u64>) {
    let folder = tempfile::tempdir().unwrap();
    let corpus = folder.path().join("corpus");
    let (mut acknowledged, mut repaired) = (0, 0);
    for round in rounds.clone() {
        let mut child = command("child::appends_until_killed", folder.path(), None).spawn().unwrap();
        // Every round at another moment: odd multiples of a third of a millisecond, up to a quarter of a second.
        std::thread::sleep(Duration::from_micros(30_000 + round * 77_777 % 220_000));
        child.kill().unwrap();
        child.wait().unwrap();
        let mut output = Vec::new();
        child.stdout.take().unwrap().read_to_end(&mut output).unwrap();
        acknowledged = last_told(&output).unwrap_or(acknowledged);
        acknowledged = check(&corpus, acknowledged, &mut repaired);
    }
    assert!(acknowledged > 100, "the child hardly wrote: {acknowledged} records");
    eprintln!("kills {rounds:?}: {acknowledged} records, {repaired} times something was left to repair");
}

/// Everything acknowledged is there, the rest is whole records in order; returns how many there are.
fn check(corpus: &Path, acknowledged: u64, repaired: &mut u32) -> u64 {
    let journal = Journal::open(corpus).unwrap();
    let seen = records(&journal);
    assert!(seen.len() as u64 >= acknowledged, "{} of {acknowledged} records", seen.len());
    assert_eq!(journal.verify("local", &mut |_, _| ()).unwrap().damage, []);
    let writer = journal.writer(Duration::ZERO).expect("the lock died with its holder");
    *repaired += u32::from(writer.repaired().is_some());
    drop(writer);
    let kept = records(&journal);
    assert_eq!(kept[..seen.len()], seen);
    assert!(kept == puts(0..kept.len() as u64));
    let report = journal.verify("local", &mut |_, _| ()).unwrap();
    assert_eq!((report.damage, report.tail), (vec![], None));
    kept.len() as u64
}

#[test]
fn ten_kills_lose_nothing() {
    kills(0..10);
}

#[test]
#[ignore = "a hundred kills: just soak"]
fn a_hundred_kills_lose_nothing() {
    (0..100).step_by(10).for_each(|first| kills(first..first + 10));
}

/// After the child met a full disk: what it told is there, and with room again writing goes on.
fn goes_on_with_room(folder: &Path, output: &[u8]) {
    let acknowledged = last_told(output).expect("it wrote something before there was no room");
    let journal = Journal::open(&folder.join("small/corpus")).unwrap();
    assert_eq!(records(&journal), puts(0..acknowledged));
    let mut writer = journal.writer(Duration::ZERO).unwrap();
    assert_eq!(writer.repaired(), None, "the child cleaned up itself");
    writer.append(&acts()).unwrap();
    assert_eq!(records(&journal).len() as u64, acknowledged + 2);
}

#[test]
#[cfg(unix)]
fn a_file_that_may_not_grow_loses_nothing_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("small")).unwrap();
    // Eight blocks of at least 512 bytes; the signal that would kill the child is ignored, so that it gets the error.
    let script = r#"trap "" XFSZ; ulimit -f 8; exec "$@""#;
    let child = command("child::appends_until_the_disk_is_full", folder.path(), Some(script)).output().unwrap();
    assert!(child.status.success(), "{}", String::from_utf8_lossy(&child.stdout));
    goes_on_with_room(folder.path(), &child.stdout);
}

/// Runs a child where `small` is a file system in memory; false, and said so, where none can be mounted.
#[cfg(target_os = "linux")]
fn in_memory_disk(test: &str, child: &str, folder: &Path, script: &str) -> Option<Vec<u8>> {
    std::fs::create_dir(folder.join("small")).unwrap();
    let script = format!("mount -t tmpfs -o size=256k none small 2>/dev/null || exit 99; {script}");
    let unshared = format!(r#"exec unshare -m sh -c '{script}' sh "$@""#);
    let output = command(child, folder, Some(&unshared)).output().unwrap();
    if output.status.code() == Some(99) || output.stdout.is_empty() {
        crate::skip::skipped(test, "no file system may be mounted here");
        return None;
    }
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    Some(output.stdout)
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_loses_nothing_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    // The disk goes with the child, so it leaves a copy.
    let script = r#""$@" && cp -r small/corpus kept"#;
    let child = "child::appends_until_the_disk_is_full";
    if let Some(output) = in_memory_disk("a_full_disk_loses_nothing_acknowledged", child, folder.path(), script) {
        std::fs::rename(folder.path().join("kept"), folder.path().join("small/corpus")).unwrap();
        goes_on_with_room(folder.path(), &output);
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_disk_that_may_only_be_read_is_read_and_the_writer_refused() {
    let folder = tempfile::tempdir().unwrap();
    let made = Journal::open(&folder.path().join("made")).unwrap();
    made.writer(Duration::ZERO).unwrap().append(&puts(0..3)).unwrap();
    let script = r#"cp -r made small/corpus && mount -o remount,ro none small && exec "$@""#;
    let test = "a_disk_that_may_only_be_read_is_read_and_the_writer_refused";
    in_memory_disk(test, "child::reads_but_cannot_write", folder.path(), script);
}

#[test]
fn a_corpus_that_is_a_file_is_told() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let told = match Journal::open(file.path()) {
        Ok(journal) => journal.writer(Duration::ZERO).map(|_| ()).unwrap_err(),
        Err(error) => error,
    };
    assert!(told.to_string().contains(&file.path().display().to_string()), "{told}");
}
