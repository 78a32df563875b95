//! Appending and reading back.

use crate::fixture::{Fixture, acts, put, puts, records};
use faju::corpus::{CorpusError, Cursor, Journal, LINE_BYTES_MAX, Place, Record};
use std::io::Read;
use std::path::Path;
use std::time::Duration;

#[test]
fn a_missing_folder_is_an_empty_journal_and_stays_missing() {
    let folder = tempfile::tempdir().unwrap();
    let corpus = folder.path().join("corpus");
    let journal = Journal::open(&corpus).unwrap();
    assert!(journal.is_empty());
    assert_eq!(journal.identity(), None);
    assert_eq!(journal.scan(None).unwrap().count(), 0);
    assert!(!corpus.exists());
}

#[test]
fn a_writer_that_writes_nothing_makes_no_journal() {
    let fixture = Fixture::new();
    let mut writer = fixture.journal.writer(Duration::ZERO).unwrap();
    assert_eq!(writer.append(&[]).unwrap(), []);
    assert!(!fixture.folder.path().join("journal").exists());
}

#[test]
fn what_is_appended_is_read_at_its_place_and_by_scan() {
    let fixture = Fixture::small();
    let batches = [puts(0..1), puts(1..40), acts(), puts(40..90)];
    let mut places = Vec::new();
    let mut ends = Vec::new();
    for batch in &batches {
        places.extend(fixture.append(batch));
        ends.push(fixture.journal.end());
    }
    let all: Vec<Record> = batches.concat();
    assert!(fixture.journal.end().segment > 2, "the test means to cross segments");
    let reopened = Journal::open(fixture.folder.path()).unwrap();
    let scanned: Vec<(Place, Record, Cursor)> = reopened.scan(None).unwrap().map(Result::unwrap).collect();
    assert_eq!(scanned.iter().map(|(place, ..)| *place).collect::<Vec<_>>(), places);
    assert_eq!(scanned.iter().map(|(_, record, _)| record.clone()).collect::<Vec<_>>(), all);
    assert_eq!(scanned.last().unwrap().2, reopened.end());
    for (place, record) in places.iter().zip(&all) {
        assert_eq!(&reopened.read(*place).unwrap(), record);
    }
    let some: Vec<Place> = places.iter().rev().step_by(3).copied().collect();
    let expected: Vec<Record> = all.iter().rev().step_by(3).cloned().collect();
    assert_eq!(reopened.read_many(&some).unwrap(), expected);
    let mut done = 0;
    for (batch, end) in batches.iter().zip(ends) {
        done += batch.len();
        let rest: Vec<Record> = reopened.scan(Some(end)).unwrap().map(|item| item.unwrap().1).collect();
        assert_eq!(rest, all[done..], "after {end}");
    }
    for (place, _, after) in &scanned {
        let rest: Vec<Place> = reopened.scan(Some(*after)).unwrap().map(|item| item.unwrap().0).collect();
        assert!(rest.iter().all(|later| later.frame != place.frame || later.segment != place.segment));
    }
}

#[test]
fn a_reader_sees_what_others_append_when_it_looks() {
    let fixture = Fixture::new();
    let reader = Journal::open(fixture.folder.path()).unwrap();
    let places = fixture.append(&puts(0..3));
    assert!(matches!(reader.read(places[0]), Err(CorpusError::NoRecord(_))));
    assert!(reader.refresh().unwrap());
    assert!(!reader.refresh().unwrap());
    assert_eq!(reader.read(places[2]).unwrap(), put(2));
    assert_eq!(reader.identity(), fixture.journal.identity());
    assert_eq!(reader.identity().unwrap().len(), 32);
}

#[test]
fn a_journal_put_in_the_place_of_another_is_noticed() {
    let fixture = Fixture::new();
    let place = fixture.append(&puts(0..1))[0];
    assert_eq!(fixture.journal.read(place).unwrap(), put(0));
    let identity = fixture.journal.identity();
    std::fs::remove_dir_all(fixture.folder.path().join("journal")).unwrap();
    let other = Journal::open(fixture.folder.path()).unwrap();
    other.writer(Duration::ZERO).unwrap().append(&puts(5..6)).unwrap();
    assert!(fixture.journal.refresh().unwrap());
    assert_ne!(fixture.journal.identity(), identity);
    assert_eq!(fixture.journal.read(place).unwrap(), put(5), "not what was cached");
}

#[test]
fn a_cursor_or_place_beyond_the_end_is_refused() {
    let fixture = Fixture::new();
    let places = fixture.append(&puts(0..2));
    let end = fixture.journal.end();
    let beyond = Cursor { offset: end.offset + 1, ..end };
    assert!(matches!(fixture.journal.scan(Some(beyond)), Err(CorpusError::BeyondEnd { .. })));
    assert_eq!(fixture.journal.scan(Some(end)).unwrap().count(), 0);
    let place = Place { line: 2, ..places[1] };
    assert!(matches!(fixture.journal.read(place), Err(CorpusError::NoRecord(_))));
    let place = Place { frame: end.offset, ..places[1] };
    assert!(matches!(fixture.journal.read(place), Err(CorpusError::NoRecord(_))));
    let place = Place { frame: places[1].frame + 1, ..places[1] };
    assert!(fixture.journal.read(place).is_err());
}

#[test]
fn there_is_one_writer_at_a_time() {
    let fixture = Fixture::new();
    let writer = fixture.journal.writer(Duration::ZERO).unwrap();
    let began = std::time::Instant::now();
    let refused = fixture.journal.writer(Duration::from_millis(50)).map(|_| ()).unwrap_err();
    assert!(began.elapsed() >= Duration::from_millis(50));
    let told = refused.to_string();
    assert!(told.contains(&format!("进程 {}", std::process::id())) && told.contains("--wait"), "{told}");
    let journal = fixture.journal.clone();
    let waiting = std::thread::spawn(move || journal.writer(Duration::from_secs(20)).map(|_| ()));
    std::thread::sleep(Duration::from_millis(20));
    drop(writer);
    waiting.join().unwrap().unwrap();
}

#[test]
fn a_newer_format_is_told_from_damage() {
    let fixture = Fixture::new();
    let mut records = puts(0..1);
    if let Record::Put(put) = &mut records[0] {
        put.v = 2;
    }
    let place = fixture.append(&records)[0];
    assert!(matches!(fixture.journal.read(place), Err(CorpusError::Newer { version: 2, .. })));
}

#[test]
fn long_notes_do_not_make_a_frame_that_cannot_be_read() {
    let fixture = Fixture::new();
    let mut records = puts(0..40);
    for record in &mut records {
        if let Record::Put(put) = record {
            // Control characters take six bytes each in JSON.
            put.document.notes = vec!["\u{1}".repeat(350_000)];
        }
    }
    let places = fixture.append(&records);
    assert!(places.last().unwrap().frame > places[0].frame, "80 MB in one frame");
    assert_eq!(fixture.journal.read_many(&places).unwrap(), records);
}

#[test]
fn a_record_beyond_the_limit_is_refused_with_its_batch() {
    let fixture = Fixture::new();
    fixture.append(&puts(0..2));
    let end = fixture.journal.end();
    let mut records = puts(2..4);
    if let Record::Put(put) = &mut records[1] {
        put.document.text = "\u{1}".repeat(LINE_BYTES_MAX / 6);
    }
    let error = fixture.journal.writer(Duration::ZERO).unwrap().append(&records).unwrap_err();
    assert!(matches!(&error, CorpusError::RecordTooLarge { id, .. } if *id == records[1].id().0), "{error}");
    assert_eq!(fixture.journal.end(), end);
    let report = fixture.journal.verify("local", &mut |_, _| ()).unwrap();
    assert_eq!((report.damage, report.tail), (vec![], None));
}

#[test]
fn any_zstd_reads_the_lines() {
    let fixture = Fixture::small();
    let batches = [puts(0..20), acts(), puts(20..30)];
    batches.iter().for_each(|batch| drop(fixture.append(batch)));
    let mut text = String::new();
    for number in 1..=fixture.journal.end().segment {
        let file = std::fs::File::open(fixture.folder.path().join(format!("journal/{number:08}.jsonl.zst"))).unwrap();
        zstd::Decoder::new(file).unwrap().read_to_string(&mut text).unwrap();
    }
    let expected: Vec<String> =
        batches.concat().iter().map(|record| serde_json::to_string(record).unwrap() + "\n").collect();
    assert_eq!(text, expected.concat());
}

/// `format-1/` was written by the first version of this program and is never written again.
#[test]
fn a_journal_of_the_first_format_is_read() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/journal/format-1");
    let fixture = Fixture::new();
    let folder = fixture.folder.path().join("journal");
    std::fs::create_dir(&folder).unwrap();
    for name in ["ACK", "00000001.jsonl.zst", "00000002.jsonl.zst"] {
        std::fs::copy(sample.join(name), folder.join(name)).unwrap();
    }
    fixture.journal.refresh().unwrap();
    let lines: Vec<String> =
        records(&fixture.journal).iter().map(|record| serde_json::to_string(record).unwrap() + "\n").collect();
    assert_eq!(lines.concat(), std::fs::read_to_string(sample.join("records.jsonl")).unwrap());
    assert_eq!(fixture.journal.identity().as_deref(), Some("1cd6d7304080250da0394ddbdc026680"));
    fixture.append(&puts(9..10));
    let report = fixture.journal.verify("local", &mut |_, _| ()).unwrap();
    assert_eq!((report.damage, report.tail), (vec![], None));
}

#[test]
fn lines_of_another_journal_stand_byte_for_byte() {
    use faju::corpus::{Line, NoLine};
    let (theirs, ours) = (Fixture::small(), Fixture::small());
    theirs.append(&[puts(0..20), acts()].concat());
    let texts = |journal: &faju::corpus::Journal| -> Vec<String> {
        let frames = journal.scan_frames(None).unwrap().map(Result::unwrap);
        frames.flat_map(|frame| frame.lines().map(|(_, line)| line.to_string()).collect::<Vec<_>>()).collect()
    };
    // As another program might have laid it out.
    let lines: Vec<String> =
        texts(&theirs.journal).into_iter().map(|line| line.replacen("\"v\":1", "\"v\" :  1", 1)).collect();
    let read: Vec<Line> = lines.iter().map(|line| Line::read(line.clone()).unwrap()).collect();
    let places = ours.journal.writer(Duration::ZERO).unwrap().append_lines(&read).unwrap();
    assert_eq!(texts(&ours.journal), lines);
    assert_eq!(records(&ours.journal), records(&theirs.journal));
    for (place, line) in places.iter().zip(&lines) {
        assert_eq!(&ours.journal.read_line(*place).unwrap(), line);
    }
    assert_eq!(ours.journal.verify("ours", &mut |_, _| ()).unwrap().damage, []);
    assert_eq!(Line::read(" ".repeat(LINE_BYTES_MAX + 1)), Err(NoLine::TooLong));
}
