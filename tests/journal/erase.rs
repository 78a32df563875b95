//! Erasing: what a tombstone names is gone, everything else stands where it stood.

use crate::fixture::{Fixture, SMALL, folder, noon, put};
use faju::corpus::record::{Correct, RECORD_FORMAT, Redact};
use faju::corpus::{Journal, Place, Put, Record};
use faju::law::DocumentId;
use std::path::Path;
use std::time::Duration;

fn redact(id: &str, node: Option<&str>) -> Record {
    Record::Redact(Redact {
        v: RECORD_FORMAT,
        id: DocumentId(id.to_string()),
        at: noon(),
        node: node.map(str::to_string),
        reason: "含有个人信息".to_string(),
        digest: Put::digest_of_nothing(),
        access: None,
    })
}

fn correct(id: &str, field: &str, node: &str) -> Record {
    Record::Correct(Correct {
        v: RECORD_FORMAT,
        id: DocumentId(id.to_string()),
        at: noon(),
        node: Some(node.to_string()),
        field: field.to_string(),
        value: serde_json::json!(format!("{node}改的{field}是某乙")),
        reason: format!("{node}看到{field}有误，某乙"),
        proof: format!("{node}的原件，某乙签收"),
        access: None,
    })
}

/// All bytes of the journal's files, unpacked lines among them.
fn everything(corpus: &Path) -> String {
    let mut text = String::new();
    for entry in std::fs::read_dir(corpus.join("journal")).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        text.push_str(&zstd::stream::decode_all(bytes.as_slice()).map_or_else(
            |_| String::from_utf8_lossy(&bytes).into_owned(),
            |lines| String::from_utf8_lossy(&lines).into_owned(),
        ));
    }
    text
}

fn all(journal: &Journal) -> Vec<(Place, Record)> {
    journal.scan(None).unwrap().map(|record| record.unwrap()).map(|(place, record, _)| (place, record)).collect()
}

#[test]
fn what_stood_before_a_tombstone_is_erased_and_everything_else_stands_where_it_stood() {
    let fixture = Fixture::small();
    let id = put(5).id().0.clone();
    for batch in 0..3 {
        let mut records: Vec<Record> = (batch * 4..batch * 4 + 4).map(put).collect();
        records.push(correct(&id, "title", "local"));
        records.push(correct(&id, "access", "local"));
        fixture.append(&records);
    }
    let before = all(&fixture.journal);
    let reader = Journal::open_with(fixture.folder.path(), SMALL).unwrap();
    let mut held = before.iter().filter(|(_, record)| record.id().as_str() == id);
    // Another process holds the frame in its memory.
    reader.read(held.next().unwrap().0).unwrap();
    let mut writer = fixture.journal.writer(Duration::ZERO).unwrap();
    assert_eq!(writer.erase("local").unwrap(), None, "nothing waits");
    writer.append(&[redact(&id, Some("local")), put(5)]).unwrap();
    assert!(fixture.journal.waits_to_erase());
    let erasure = writer.erase("local").unwrap().unwrap();
    // A document, three corrections of its title, and why it may be read.
    assert_eq!((erasure.lines, writer.erase("local").unwrap()), (7, None));
    drop(writer);
    assert!(!fixture.journal.waits_to_erase());

    let after = all(&fixture.journal);
    assert_eq!(after.len(), before.len() + 2);
    for ((place, was), (at, is)) in before.iter().zip(&after) {
        assert_eq!(place, at);
        let goes = was.id().as_str() == id && !matches!(was, Record::Correct(act) if act.field == "access");
        match is {
            Record::Erased(left) => {
                assert!(goes);
                assert_eq!(matches!(was, Record::Put(_)), left.origin.is_some());
            }
            Record::Correct(left) => {
                let Record::Correct(was) = was else { panic!("{was:?}") };
                assert_eq!((&left.field, &left.value), (&was.field, &was.value));
                assert!(left.field == "access" && left.reason.is_empty() && left.proof.is_empty());
            }
            is => assert!(is == was && !goes),
        }
    }
    let seen = fixture.journal.verify("local", &mut |_, _| ()).unwrap();
    assert_eq!((seen.damage, seen.tail, seen.records["erased"]), (Vec::new(), None, 4));
    assert_eq!(seen.documents, 12);
    // The other process forgets what it had read.
    let (erased_at, _) = after.iter().find(|(_, record)| matches!(record, Record::Erased(_))).unwrap();
    reader.refresh().unwrap();
    assert!(matches!(reader.read(*erased_at).unwrap(), Record::Erased(_)));
    assert_eq!((reader.rewrites(), reader.identity()), (1, fixture.journal.identity()));
    // And the journal goes on being written.
    fixture.append(&[put(100)]);
    assert_eq!(all(&fixture.journal).len(), after.len() + 1);
}

#[test]
fn another_node_erases_only_what_it_issued() {
    let fixture = Fixture::new();
    let Record::Put(own) = put(1) else { unreachable!() };
    let id = own.id.0.clone();
    let Record::Put(other) = put(3) else { unreachable!() };
    let theirs = Record::Put(Box::new(Put { origin: "city/files".to_string(), id: own.id.clone(), ..*other }));
    fixture.append(&[Record::Put(own), theirs, correct(&id, "title", "local"), correct(&id, "title", "city")]);
    fixture.append(&[redact(&id, Some("city"))]);
    let mut writer = fixture.journal.writer(Duration::ZERO).unwrap();
    assert_eq!(writer.erase("local").unwrap().unwrap().lines, 2);
    let left: Vec<bool> = all(&fixture.journal).iter().map(|(_, record)| matches!(record, Record::Erased(_))).collect();
    assert_eq!(left, [false, true, false, true, false]);
    // In the last frame too, which a gap then follows: the next writer finds nothing wrong.
    drop(writer);
    let mut writer = fixture.journal.writer(Duration::ZERO).unwrap();
    assert_eq!(writer.repaired(), None);
    writer.append(&[put(2), redact(put(2).id().as_str(), None)]).unwrap();
    assert_eq!(writer.erase("local").unwrap().unwrap().lines, 1);
    drop(writer);
    assert_eq!(fixture.journal.writer(Duration::ZERO).unwrap().repaired(), None);
    assert_eq!(fixture.journal.verify("local", &mut |_, _| ()).unwrap().damage, []);
}

#[test]
fn after_a_crash_between_tombstone_and_erasure_the_next_writer_goes_on() {
    let fixture = Fixture::new();
    fixture.append(&[put(1), put(2)]);
    fixture.append(&[redact(put(1).id().as_str(), Some("local"))]);
    // As a copy of the files in that moment has them.
    let copy = folder();
    let journal = copy.path().join("journal");
    std::fs::create_dir(&journal).unwrap();
    for entry in std::fs::read_dir(fixture.folder.path().join("journal")).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, journal.join(path.file_name().unwrap())).unwrap();
    }
    std::fs::write(journal.join("00000001.new"), "half of a segment").unwrap();
    let journal = Journal::open(copy.path()).unwrap();
    assert!(journal.waits_to_erase() && everything(copy.path()).contains("云港市第1号"));
    let mut writer = journal.writer(Duration::ZERO).unwrap();
    assert_eq!(writer.erase("local").unwrap().unwrap().lines, 1);
    drop(writer);
    let left = everything(copy.path());
    assert!(!left.contains("云港市第1号") && left.contains("云港市第2号"), "{left}");
    assert!(!copy.path().join("journal/00000001.new").exists());
}

#[test]
fn a_correction_of_who_may_read_stays_a_record_whatever_its_reason() {
    for (reason, proof) in [
        ("PII", "OA-2026-118"),
        ("internal only", "mail 2026-11-02"),
        ("typo", "see OA"),
        ("ab", "cd"),
        ("abcdefgh", "q"),
    ] {
        let fixture = Fixture::new();
        let id = put(1).id().0.clone();
        fixture.append(&[put(1)]);
        let Record::Correct(act) = correct(&id, "access", "local") else { unreachable!() };
        let act = Correct { value: "internal".into(), reason: reason.to_string(), proof: proof.to_string(), ..act };
        fixture.append(&[Record::Correct(act)]);
        let mut writer = fixture.journal.writer(Duration::ZERO).unwrap();
        writer.append(&[redact(&id, Some("local"))]).unwrap();
        assert_eq!(writer.erase("local").unwrap().unwrap().lines, 2, "{reason}");
        // Again it finds nothing to do.
        assert_eq!(writer.erase_again("local").unwrap().unwrap().lines, 0, "{reason}");
        let records = all(&fixture.journal);
        let Record::Correct(left) = &records[1].1 else { panic!("{records:?}") };
        assert!(!left.reason.contains(reason) && left.proof.is_empty() && left.value == "internal");
        assert_eq!(fixture.journal.verify("local", &mut |_, _| ()).unwrap().damage, []);
    }
}
