//! Records of a fictional city, and a journal of them in a temporary folder.

use faju::corpus::record::{Correct, RECORD_FORMAT, Withdraw};
use faju::corpus::{Journal, Limits, Put, Record};
use faju::law::{Document, DocumentId, InstrumentId, Kind};
use jiff::Timestamp;
use std::time::Duration;

/// Frames of a few records, and a new segment for every batch.
pub const SMALL: Limits = Limits { segment_bytes: 200, frame_bytes: 3_000, cache_bytes: 20_000 };

/// A folder that goes with the test; in memory where the system has a place for that, because hundreds of states are
/// tried and each waits for its disk several times.
pub fn folder() -> tempfile::TempDir {
    let memory = std::path::Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory).unwrap() } else { tempfile::tempdir().unwrap() }
}

/// A journal in a folder that goes with the test.
pub struct Fixture {
    pub folder: tempfile::TempDir,
    pub journal: Journal,
}

impl Fixture {
    pub fn new() -> Fixture {
        Fixture::with(Limits::default())
    }

    pub fn with(limits: Limits) -> Fixture {
        let folder = folder();
        let journal = Journal::open_with(folder.path(), limits).unwrap();
        Fixture { folder, journal }
    }

    /// A journal with [`SMALL`] sizes.
    pub fn small() -> Fixture {
        Fixture::with(SMALL)
    }

    /// Appends one batch with a writer of its own.
    pub fn append(&self, records: &[Record]) -> Vec<faju::corpus::Place> {
        self.journal.writer(Duration::ZERO).unwrap().append(records).unwrap()
    }
}

/// The time at which all records were made.
pub fn noon() -> Timestamp {
    "2026-11-24T04:00:00Z".parse().unwrap()
}

/// A document with a text that differs from record to record.
pub fn put(number: u64) -> Record {
    let articles: Vec<String> = (1..8)
        .map(|article| format!("第{article}条　本市第{}号河道的管理适用本条例。", number * 31 + article))
        .collect();
    let document = Document::new(Kind::Legislation, format!("云港市第{number}号河道管理条例"), articles.join("\n"));
    Record::Put(Box::new(Put::new(
        DocumentId(format!("{number:016x}@2020-01-01")),
        Some(InstrumentId(format!("{number:016x}"))),
        "yungang/test",
        noon(),
        Some(format!("DLC/云港市/{number}.md")),
        None,
        document,
    )))
}

/// Documents `from..to`.
pub fn puts(range: std::ops::Range<u64>) -> Vec<Record> {
    range.map(put).collect()
}

/// One record of each further type that people make.
pub fn acts() -> Vec<Record> {
    let id = DocumentId("0000000000000001@2020-01-01".into());
    vec![
        Record::Correct(Correct {
            v: RECORD_FORMAT,
            id: id.clone(),
            at: noon(),
            node: Some("local".into()),
            field: "issuer".into(),
            value: serde_json::json!("云港市人民代表大会常务委员会"),
            reason: "原件如此".into(),
            proof: "公报第一期".into(),
            access: None,
        }),
        Record::Withdraw(Withdraw {
            v: RECORD_FORMAT,
            id,
            origin: None,
            at: noon(),
            node: None,
            reason: "重复".into(),
        }),
    ]
}

/// All records of a journal; damage fails the test.
pub fn records(journal: &Journal) -> Vec<Record> {
    journal.scan(None).unwrap().map(|item| item.unwrap().1).collect()
}
