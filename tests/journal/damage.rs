//! What a crash or a bad disk leaves behind, state by state: the files are cut and flipped at every byte.

use crate::fixture::{Fixture, acts, put, puts, records};
use faju::corpus::{CorpusError, Flaw, Journal, Record, Verification};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The files of a journal at one moment.
#[derive(Clone)]
struct Image {
    segments: Vec<Vec<u8>>,
    ack: Option<Vec<u8>>,
}

impl Image {
    fn of(fixture: &Fixture) -> Image {
        let journal = fixture.folder.path().join("journal");
        let segments = (1..).map_while(|number| std::fs::read(segment(fixture.folder.path(), number)).ok()).collect();
        Image { segments, ack: std::fs::read(journal.join("ACK")).ok() }
    }

    /// Puts the files into a folder, in the place of what is there.
    fn lay(&self, corpus: &Path) -> Journal {
        let journal = corpus.join("journal");
        let _ = std::fs::remove_dir_all(&journal);
        std::fs::create_dir_all(&journal).unwrap();
        for (number, bytes) in (1..).zip(&self.segments) {
            std::fs::write(segment(corpus, number), bytes).unwrap();
        }
        if let Some(ack) = &self.ack {
            std::fs::write(journal.join("ACK"), ack).unwrap();
        }
        fixture_journal(corpus)
    }
}

fn segment(corpus: &Path, number: usize) -> PathBuf {
    corpus.join(format!("journal/{number:08}.jsonl.zst"))
}

fn fixture_journal(corpus: &Path) -> Journal {
    Journal::open_with(corpus, crate::fixture::SMALL).unwrap()
}

fn verified(journal: &Journal) -> Verification {
    journal.verify("local", &mut |_, _| ()).unwrap()
}

/// What can still be read, and whether damage was told.
fn readable(journal: &Journal) -> (Vec<Record>, bool) {
    let (mut found, mut damaged) = (Vec::new(), false);
    for item in journal.scan(None).unwrap() {
        match item {
            Ok((_, record, _)) => found.push(record),
            Err(CorpusError::Damaged(_)) => damaged = true,
            Err(other) => panic!("{other}"),
        }
    }
    (found, damaged)
}

/// Two batches in one segment: the image after the first, the image after the second, and their records.
fn two_batches() -> (Image, Image, Vec<Record>, Vec<Record>) {
    let fixture = Fixture::with(faju::corpus::Limits { segment_bytes: 1 << 20, ..crate::fixture::SMALL });
    fixture.append(&puts(0..3));
    let first = Image::of(&fixture);
    fixture.append(&puts(3..7));
    (first, Image::of(&fixture), puts(0..3), puts(3..7))
}

/// The state is what a crash leaves: nothing acknowledged is missing, no damage is told, and writing goes on.
fn goes_on(journal: &Journal, acknowledged: &[Record], unacknowledged: &[Record], what: &str) {
    assert_eq!(records(journal), acknowledged, "{what}: what readers see");
    let report = verified(journal);
    assert_eq!(report.damage, [], "{what}");
    let mut writer = journal.writer(Duration::ZERO).unwrap();
    let kept = records(journal);
    assert_eq!(report.tail.is_some(), writer.repaired().is_some(), "{what}");
    assert_eq!(kept[..acknowledged.len()], *acknowledged, "{what}");
    assert_eq!(kept[acknowledged.len()..], unacknowledged[..kept.len() - acknowledged.len()], "{what}");
    if let (Some(tail), Some(repair)) = (&report.tail, writer.repaired()) {
        assert_eq!(repair.kept_records, tail.whole_records, "{what}");
        assert_eq!(repair.kept_records as usize, kept.len() - acknowledged.len(), "{what}");
        assert!(repair.cut_bytes <= tail.bytes, "{what}");
    }
    writer.append(&acts()).unwrap();
    drop(writer);
    assert_eq!(records(journal), [kept, acts()].concat(), "{what}");
    let report = verified(journal);
    assert_eq!((report.damage, report.tail), (vec![], None), "{what}");
    assert!(journal.writer(Duration::ZERO).unwrap().repaired().is_none(), "{what}");
}

#[test]
fn an_unacknowledged_batch_may_be_cut_at_every_byte() {
    let (first, second, acknowledged, unacknowledged) = two_batches();
    let folder = crate::fixture::folder();
    for cut in first.segments[0].len()..=second.segments[0].len() {
        let mut image = second.clone();
        image.ack = first.ack.clone();
        image.segments[0].truncate(cut);
        goes_on(&image.lay(folder.path()), &acknowledged, &unacknowledged, &format!("cut at {cut}"));
        // The length may be on the disk before the bytes are.
        image.segments[0].resize(second.segments[0].len(), 0);
        goes_on(&image.lay(folder.path()), &acknowledged, &unacknowledged, &format!("zeros from {cut}"));
    }
}

#[test]
fn the_first_batch_of_all_may_be_cut_at_every_byte() {
    let fixture = Fixture::small();
    let before = {
        // The journal as it is made, before its first frame: the second line of ACK is written first.
        fixture.append(&puts(0..2));
        let mut ack = Image::of(&fixture).ack.unwrap();
        ack.copy_within(0..512, 512);
        ack
    };
    let image = Image { ack: Some(before), ..Image::of(&fixture) };
    let folder = crate::fixture::folder();
    goes_on(&Image { segments: vec![], ..image.clone() }.lay(folder.path()), &[], &[], "no segment yet");
    for cut in 0..=image.segments[0].len() {
        let mut image = image.clone();
        image.segments[0].truncate(cut);
        if cut > 0 {
            goes_on(&image.lay(folder.path()), &[], &puts(0..2), &format!("cut at {cut}"));
        }
    }
}

#[test]
fn a_torn_acknowledgement_leaves_the_batch_to_be_kept() {
    let (first, second, acknowledged, unacknowledged) = two_batches();
    let (old, new) = (first.ack.unwrap(), second.ack.clone().unwrap());
    let folder = crate::fixture::folder();
    for written in (0..=1024).step_by(7) {
        let ack = [&new[..written], &old[written..]].concat();
        let journal = Image { ack: Some(ack), ..second.clone() }.lay(folder.path());
        let seen = records(&journal);
        let all = [&acknowledged[..], &unacknowledged[..]].concat();
        assert!(seen == acknowledged || seen == all, "{written}");
        assert_eq!(verified(&journal).damage, []);
        drop(journal.writer(Duration::ZERO).unwrap());
        assert_eq!(records(&journal), all, "{written}");
    }
}

#[test]
fn a_crash_while_a_segment_is_begun_is_repaired() {
    let fixture = Fixture::small();
    fixture.append(&puts(0..3));
    let before = Image::of(&fixture);
    fixture.append(&puts(3..7));
    let after = Image::of(&fixture);
    assert_eq!((before.segments.len(), after.segments.len()), (1, 2));
    let folder = crate::fixture::folder();
    let (acknowledged, unacknowledged) = (puts(0..3), puts(3..7));
    for cut in before.segments[0].len()..=after.segments[0].len() {
        let mut image = Image { ack: before.ack.clone(), segments: vec![after.segments[0].clone()] };
        image.segments[0].truncate(cut);
        goes_on(&image.lay(folder.path()), &acknowledged, &[], &format!("seal cut at {cut}"));
    }
    for cut in 0..=after.segments[1].len() {
        let mut image = Image { ack: before.ack.clone(), ..after.clone() };
        image.segments[1].truncate(cut);
        goes_on(&image.lay(folder.path()), &acknowledged, &unacknowledged, &format!("next segment cut at {cut}"));
    }
}

#[test]
fn segments_behind_an_old_acknowledgement_are_kept() {
    let fixture = Fixture::small();
    fixture.append(&puts(0..3));
    let ack = Image::of(&fixture).ack;
    for from in 1..5 {
        fixture.append(&puts(from * 3..from * 3 + 3));
    }
    let image = Image { ack, ..Image::of(&fixture) };
    assert_eq!(image.segments.len(), 5);
    let folder = crate::fixture::folder();
    let journal = image.lay(folder.path());
    goes_on(&journal, &puts(0..3), &puts(3..15), "a copy whose ACK is older than its segments");
    let kept = journal.scan(None).unwrap().count();
    assert_eq!(kept, 17, "all of them and what was appended then");
}

#[test]
fn an_acknowledged_batch_cut_at_any_byte_is_damage_and_nobody_writes() {
    let (first, second, ..) = two_batches();
    let all = puts(0..7);
    let folder = crate::fixture::folder();
    for cut in 0..second.segments[0].len() {
        let mut image = second.clone();
        image.segments[0].truncate(cut);
        let journal = image.lay(folder.path());
        let report = verified(&journal);
        assert!(report.damage.iter().all(|damage| damage.segment == 1 && damage.offset as usize <= cut), "{cut}");
        assert!(!report.damage.is_empty(), "{cut}");
        let (found, damaged) = readable(&journal);
        assert!(damaged && all.starts_with(&found), "{cut}");
        assert!(cut < first.segments[0].len() || found.len() >= 3, "{cut}");
        let refused = journal.writer(Duration::ZERO).map(|_| ()).unwrap_err();
        assert!(matches!(refused, CorpusError::Damaged(_)), "{refused}");
        assert_eq!(Image::of_folder(folder.path()), image.segments, "untouched");
    }
}

impl Image {
    fn of_folder(corpus: &Path) -> Vec<Vec<u8>> {
        (1..).map_while(|number| std::fs::read(segment(corpus, number)).ok()).collect()
    }
}

#[test]
fn a_flipped_byte_is_told_or_harmless_and_never_changes_a_record() {
    let (_, image, ..) = two_batches();
    let all = puts(0..7);
    let folder = crate::fixture::folder();
    let mut harmless = 0;
    for at in 0..image.segments[0].len() {
        let mut flipped = image.clone();
        flipped.segments[0][at] ^= 1 << (at % 8);
        let journal = flipped.lay(folder.path());
        let report = verified(&journal);
        let (found, damaged) = readable(&journal);
        if report.damage.is_empty() {
            // Bits of the frame header and of block padding that mean nothing.
            assert_eq!((found, damaged), (all.clone(), false), "{at}");
            harmless += 1;
        } else {
            assert!(found.iter().all(|record| all.contains(record)), "{at}");
            let place = report.damage.iter().map(|damage| damage.offset as usize).min().unwrap();
            assert!(place <= at, "{at}: told at {place}");
            assert!(damaged || report.damage.iter().all(|damage| matches!(damage.flaw, Flaw::Head)), "{at}");
        }
    }
    assert!(harmless * 50 < image.segments[0].len(), "{harmless} flips went unnoticed");
}

#[test]
fn nobody_writes_behind_a_last_frame_that_is_damaged_or_moved() {
    let (_, image, ..) = two_batches();
    let folder = crate::fixture::folder();
    let mut flipped = image.clone();
    let at = flipped.segments[0].len() - 20;
    flipped.segments[0][at] ^= 1;
    let mut moved = image.clone();
    moved.segments[0].insert(0, 0);
    for image in [flipped, moved] {
        let journal = image.lay(folder.path());
        let refused = journal.writer(Duration::ZERO).map(|_| ()).unwrap_err();
        assert!(matches!(refused, CorpusError::Damaged(_)), "{refused}");
        assert!(refused.to_string().contains("00000001.jsonl.zst"), "{refused}");
        assert_eq!(Image::of_folder(folder.path()), image.segments, "untouched");
    }
}

#[test]
fn after_a_damaged_frame_reading_goes_on_with_the_next() {
    let fixture = Fixture::small();
    let places = fixture.append(&puts(0..30));
    let path = segment(fixture.folder.path(), 1);
    let mut bytes = std::fs::read(&path).unwrap();
    let second = places.iter().find(|place| place.frame > places[0].frame).unwrap();
    bytes[second.frame as usize + 40] ^= 0x10;
    std::fs::write(&path, bytes).unwrap();
    let (found, damaged) = readable(&fixture.journal);
    let sound = places.iter().zip(puts(0..30)).filter(|(place, _)| place.frame != second.frame);
    assert_eq!(found, sound.map(|(_, record)| record).collect::<Vec<_>>());
    assert!(damaged);
    let report = verified(&fixture.journal);
    assert_eq!(report.damage.len(), 1);
    assert_eq!((report.damage[0].segment, report.damage[0].offset), (1, second.frame));
    assert!(matches!(fixture.journal.read(*second), Err(CorpusError::Damaged(_))));
    assert_eq!(fixture.journal.read(places[0]).unwrap(), put(0));
    assert_eq!(fixture.journal.read(places[29]).unwrap(), put(29));
}

#[test]
fn a_lost_acknowledgement_is_told_and_made_anew() {
    let fixture = Fixture::small();
    for from in 0..4 {
        fixture.append(&puts(from * 5..from * 5 + 5));
    }
    let whole = Image::of(&fixture);
    let folder = crate::fixture::folder();
    for ack in [None, Some(vec![]), Some(vec![b' '; 1024]), Some(b"{}".to_vec())] {
        let journal = Image { ack, ..whole.clone() }.lay(folder.path());
        assert_eq!(records(&journal), puts(0..20));
        assert_eq!(verified(&journal).damage.iter().map(|damage| &damage.flaw).collect::<Vec<_>>(), [&Flaw::NoAck]);
        let writer = journal.writer(Duration::ZERO).unwrap();
        assert!(writer.repaired().unwrap().restored_ack);
        drop(writer);
        assert_eq!(verified(&journal).damage, []);
        assert_eq!(records(&journal), puts(0..20));
        assert_eq!(journal.identity(), fixture.journal.identity());
    }
    // Without it a flipped frame cannot be told from a torn one, and is not cut off.
    let mut flipped = Image { ack: None, ..whole };
    let last = flipped.segments.last_mut().unwrap();
    let at = last.len() - 10;
    last[at] ^= 1;
    let journal = flipped.lay(folder.path());
    assert!(journal.writer(Duration::ZERO).is_err());
    assert_eq!(Image::of_folder(folder.path()), flipped.segments);
}

#[test]
fn missing_shortened_and_exchanged_segments_are_damage() {
    let fixture = Fixture::small();
    for from in 0..4 {
        fixture.append(&puts(from * 9..from * 9 + 9));
    }
    let whole = Image::of(&fixture);
    assert_eq!(whole.segments.len(), 4);
    let folder = crate::fixture::folder();
    let told = |image: &Image| {
        let journal = image.lay(folder.path());
        let scanned = readable(&journal).1;
        let damage = verified(&journal).damage;
        assert_eq!(scanned, !damage.is_empty());
        damage.into_iter().map(|damage| (damage.segment, damage.flaw)).collect::<Vec<_>>()
    };
    assert_eq!(told(&whole), []);
    let mut exchanged = whole.clone();
    exchanged.segments.swap(1, 2);
    assert_eq!(told(&exchanged), [(2, Flaw::Head), (3, Flaw::Head)]);
    let journal = whole.lay(folder.path());
    std::fs::remove_file(segment(folder.path(), 2)).unwrap();
    assert_eq!(verified(&journal).damage.iter().map(|damage| &damage.flaw).collect::<Vec<_>>(), [&Flaw::Missing]);
    assert!(readable(&journal).1);
    assert!(journal.writer(Duration::ZERO).is_err());
    // Cut between two frames, so that every frame that is left is whole.
    let boundary =
        fixture.journal.scan(None).unwrap().map(|item| item.unwrap().2).find(|end| end.segment == 2).unwrap();
    let mut shortened = whole.clone();
    shortened.segments[1].truncate(boundary.offset as usize);
    assert_eq!(told(&shortened), [(2, Flaw::Unsealed)]);
    let mut more = whole.clone();
    more.segments.extend([whole.segments[3].clone(), whole.segments[3].clone()]);
    let journal = more.lay(folder.path());
    assert!(verified(&journal).damage.iter().any(|damage| damage.segment == 6 && damage.flaw == Flaw::Unexpected));
    assert!(journal.writer(Duration::ZERO).is_err());
}

#[test]
fn a_document_that_is_not_that_of_its_digest_is_damage() {
    let fixture = Fixture::new();
    let mut records = puts(0..3);
    if let Record::Put(put) = &mut records[1] {
        put.document.text.push('。');
    }
    fixture.append(&records);
    let report = verified(&fixture.journal);
    let id = records[1].id().to_string();
    assert_eq!(report.damage.iter().map(|damage| &damage.flaw).collect::<Vec<_>>(), [&Flaw::Digest { line: 1, id }]);
    assert!(report.damage[0].to_string().contains("00000001.jsonl.zst"), "{}", report.damage[0]);
}

#[test]
fn verification_counts_what_is_there() {
    let fixture = Fixture::small();
    fixture.append(&puts(0..30));
    fixture.append(&[puts(3..4), acts()].concat());
    let mut told = Vec::new();
    let report = fixture.journal.verify("local", &mut |done, of| told.push((done, of))).unwrap();
    assert_eq!(report.damage, []);
    assert_eq!(
        report.records.iter().map(|(kind, count)| (*kind, *count)).collect::<Vec<_>>(),
        [("correct", 1), ("put", 31), ("withdraw", 1)]
    );
    // One put again, one withdrawn.
    assert_eq!((report.documents, report.segments), (29, 2));
    let bytes: u64 = Image::of(&fixture).segments.iter().map(|bytes| bytes.len() as u64).sum();
    assert_eq!(report.bytes, bytes);
    assert_eq!(told.last(), Some(&(bytes, bytes)));
}
