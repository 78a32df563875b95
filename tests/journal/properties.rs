//! Properties over records of any content and over files of any bytes.

use crate::fixture::{Fixture, SMALL, noon, records};
use faju::corpus::record::{RECORD_FORMAT, Withdraw};
use faju::corpus::{Cursor, Journal, Limits, Place, Put, Record};
use faju::law::{Document, DocumentId, Kind};
use proptest::prelude::*;
use std::time::Duration;

/// A record whose texts may hold anything: line ends, quotes, control and foreign characters.
fn any_record() -> impl Strategy<Value = Record> {
    (any::<bool>(), any::<String>(), any::<String>(), proptest::collection::vec(any::<String>(), 0..3)).prop_map(
        |(is_put, name, text, history)| {
            let id = DocumentId(name.clone());
            if !is_put {
                let (origin, at) = (Some(name), noon());
                return Record::Withdraw(Withdraw { v: RECORD_FORMAT, id, origin, at, node: None, reason: text });
            }
            let document = Document { history, ..Document::new(Kind::Normative, name.as_str(), text) };
            Record::Put(Box::new(Put::new(id, None, name, noon(), None, None, document)))
        },
    )
}

/// Opens, reads and writes; whatever the files hold, it ends with answers or errors.
fn use_it(folder: &std::path::Path) {
    let Ok(journal) = Journal::open_with(folder, SMALL) else { return };
    if let Ok(scan) = journal.scan(None) {
        assert!(scan.count() < 100_000);
    }
    let _ = journal.scan(Some(Cursor { segment: 1, offset: 9 })).map(Iterator::count);
    let _ = journal.read(Place { segment: 1, frame: 3, line: 0 });
    let _ = journal.verify("local", &mut |_, _| ());
    let writer = journal.writer(Duration::ZERO);
    if let Ok(mut writer) = writer {
        let whole = |journal: &Journal| journal.scan(None).unwrap().filter(Result::is_ok).count();
        let before = whole(&journal);
        writer.append(&crate::fixture::puts(0..1)).unwrap();
        assert_eq!(whole(&journal), before + 1);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn what_is_appended_comes_back(
        batches in proptest::collection::vec(proptest::collection::vec(any_record(), 0..6), 1..5),
        frame_bytes in 1usize..4_000,
        segment_bytes in 1u64..4_000,
    ) {
        let fixture = Fixture::with(Limits { segment_bytes, frame_bytes, cache_bytes: 3_000 });
        let mut writer = fixture.journal.writer(Duration::ZERO).unwrap();
        let mut places = Vec::new();
        for batch in &batches {
            places.extend(writer.append(batch).unwrap());
        }
        let all: Vec<Record> = batches.concat();
        prop_assert_eq!(&records(&fixture.journal), &all);
        prop_assert_eq!(&fixture.journal.read_many(&places).unwrap(), &all);
        prop_assert!(places.is_sorted());
        let report = fixture.journal.verify("local", &mut |_, _| ()).unwrap();
        prop_assert_eq!((report.damage, report.tail), (vec![], None));
    }

    #[test]
    fn any_bytes_as_a_segment_end_in_answers(
        head in prop_oneof![
            Just(vec![]),
            Just(b"\x28\xB5\x2F\xFD".to_vec()),
            Just(b"\x50\x2A\x4D\x18\x05\x00\x00\x00".to_vec()),
            Just(b"\x28\xB5\x2F\xFD\xE4\x00\x00\x00\x40\x00\x00\x00\x00".to_vec()),
        ],
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
    ) {
        let folder = crate::fixture::folder();
        std::fs::create_dir(folder.path().join("journal")).unwrap();
        std::fs::write(folder.path().join("journal/00000001.jsonl.zst"), [head, bytes].concat()).unwrap();
        use_it(folder.path());
    }

    #[test]
    fn any_bytes_in_a_whole_journal_end_in_answers(
        at in any::<proptest::sample::Index>(),
        cut in 0usize..40,
        bytes in proptest::collection::vec(any::<u8>(), 0..40),
        of_ack in any::<bool>(),
    ) {
        let fixture = Fixture::small();
        fixture.append(&crate::fixture::puts(0..4));
        let name = if of_ack { "journal/ACK" } else { "journal/00000001.jsonl.zst" };
        let path = fixture.folder.path().join(name);
        let mut file = std::fs::read(&path).unwrap();
        let at = at.index(file.len());
        let end = (at + cut).min(file.len());
        file.splice(at..end, bytes);
        std::fs::write(&path, file).unwrap();
        use_it(fixture.folder.path());
    }
}
