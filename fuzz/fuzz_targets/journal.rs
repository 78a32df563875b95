//! Any bytes as the files of a journal: reading, verifying and taking the lock end with answers or errors.
#![no_main]

use faju::corpus::{Journal, Place};
use libfuzzer_sys::fuzz_target;
use std::time::Duration;

fuzz_target!(|files: (&[u8], &[u8], &[u8])| {
    let Ok(folder) = tempfile::tempdir() else { return };
    let journal = folder.path().join("journal");
    let (ack, first, second) = files;
    std::fs::create_dir(&journal).expect("a fresh folder");
    for (name, bytes) in [("ACK", ack), ("00000001.jsonl.zst", first), ("00000002.jsonl.zst", second)] {
        if !bytes.is_empty() {
            std::fs::write(journal.join(name), bytes).expect("a fresh file");
        }
    }
    let Ok(journal) = Journal::open(folder.path()) else { return };
    let whole = || journal.scan(None).map_or(0, |scan| scan.filter(Result::is_ok).count());
    let _ = journal.read(Place { segment: 1, frame: 0, line: 0 });
    let _ = journal.verify("node", &mut |_, _| ());
    let before = whole();
    if journal.writer(Duration::ZERO).is_ok() {
        assert!(whole() >= before, "a repair lost what could be read");
    }
});
