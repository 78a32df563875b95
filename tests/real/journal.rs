//! The journal of a whole collection: how small it is, and that every document comes back from it.

use crate::packs::{archive, read};
use crate::real_data::real_data;
use faju::corpus::{Journal, Put, Record};
use faju::law::DocumentId;
use std::time::Duration;

/// Budget of the bulk-import journal: its bytes for each byte of text.
const RATIO_MAX: f64 = 0.25;

#[test]
fn lawrefbook_fits_in_a_quarter_of_its_text_and_comes_back() {
    let Some(data) = real_data("lawrefbook_fits_in_a_quarter_of_its_text_and_comes_back") else { return };
    let documents = read(&archive(&data.join("laws/lawrefbook.tar.zst"))).documents;
    let text: usize = documents.iter().map(|(_, document)| document.text.len()).sum();
    let at = "2026-11-24T04:00:00Z".parse().unwrap();
    let records: Vec<Record> = documents
        .into_iter()
        .enumerate()
        .map(|(number, (path, document))| {
            let (id, file) = (DocumentId(format!("{number:016x}@2020-01-01")), Put::digest_of(&document));
            Record::Put(Box::new(Put::new(id, None, "test/lawrefbook", at, Some(path), Some(file), document)))
        })
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::open(folder.path()).unwrap();
    let mut writer = journal.writer(Duration::ZERO).unwrap();
    let mut places = Vec::new();
    // As an import does it: many batches, each of some megabytes.
    for batch in records.chunks(500) {
        places.extend(writer.append(batch).unwrap());
    }
    let report = journal.verify("local", &mut |_, _| ()).unwrap();
    assert_eq!((report.damage, report.tail), (vec![], None));
    let ratio = report.bytes as f64 / text as f64;
    assert!(ratio <= RATIO_MAX, "{ratio:.4} of {text} bytes of text");
    assert!(journal.scan(None).unwrap().map(|item| item.unwrap().1).eq(records.iter().cloned()));
    assert_eq!(journal.read(places[records.len() / 2]).unwrap(), records[records.len() / 2]);
}
