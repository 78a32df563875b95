//! The real office files, each beside what somebody saw in it: title, number, days and the beginning of its text, or why it is
//! refused.

use crate::bless::blessed;
use crate::packs;
use crate::real_data::real_data;
use faju::extract::{FileInput, Outcome, Packs};
use faju::law::provision::ProvisionKind;
use faju::law::{Document, structure};
use faju::text::fold::fold_str;
use std::collections::BTreeMap;
use std::path::Path;

/// path, outcome, documents, title, number, written, promulgated, effective, first characters of the text
const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/real/office.tsv");
/// Characters of a text that are compared.
const START: usize = 12;

/// The files below a folder, by their paths inside it.
fn files(root: &Path, folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(root, &path, found);
        } else if path.parent() != Some(root) {
            found.push(path.strip_prefix(root).expect("inside").to_string_lossy().into_owned());
        }
    }
}

fn row(path: &str, outcome: &Outcome) -> String {
    let fields: Vec<String> = match outcome {
        Outcome::Refused(refusal) => vec![refusal.code.name().to_string()],
        Outcome::Skipped { .. } => vec!["skipped".to_string()],
        Outcome::Documents { documents, .. } => {
            let first = documents.first().map(|one| one.document.clone());
            let told = first.map_or_else(Vec::new, |document| told(&document));
            [vec!["read".to_string(), documents.len().to_string()], told].concat()
        }
    };
    format!("{path}\t{}", fields.join("\t"))
}

fn told(document: &Document) -> Vec<String> {
    let day = |day: &Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let start: String = document.text.chars().filter(|c| !c.is_whitespace()).take(START).collect();
    vec![
        document.title.clone(),
        document.document_number.clone().unwrap_or_default(),
        day(&document.written_date),
        day(&document.promulgation_date),
        day(&document.effective_date),
        start,
    ]
}

#[test]
fn every_office_file_is_read_as_somebody_saw_it_or_refused_for_its_reason() {
    let Some(data) = real_data("every_office_file_is_read_as_somebody_saw_it_or_refused_for_its_reason") else {
        return;
    };
    let root = data.join("office");
    let mut paths = Vec::new();
    files(&root, &root, &mut paths);
    paths.sort();
    let packs = Packs::default();
    let read = |path: &String| {
        let bytes = std::fs::read(root.join(path)).expect("a file");
        row(path, &packs.read(&FileInput { path, bytes: &bytes }))
    };
    let found: Vec<String> = paths.iter().map(read).collect();
    if blessed() {
        std::fs::write(TABLE, found.join("\n") + "\n").expect("written");
    }
    let table = std::fs::read_to_string(TABLE).expect("the table");
    let wanted: Vec<&str> = table.lines().collect();
    let wrong: Vec<String> =
        found.iter().filter(|row| !wanted.contains(&row.as_str())).map(|row| format!("found {row}")).collect();
    println!("{} of {} office files are as somebody saw them", found.len() - wrong.len(), wanted.len());
    assert!(wrong.is_empty() && found.len() == wanted.len(), "{}", wrong.join("\n"));
}

/// Articles of a document by key, as they are compared: folded, without white space.
fn articles(document: &Document) -> BTreeMap<String, String> {
    let structure = structure::parse(document);
    let words = |span: &std::ops::Range<usize>| {
        let text = document.text.get(span.clone()).unwrap_or_default();
        fold_str(text).chars().filter(|c| !c.is_whitespace()).collect::<String>()
    };
    let provisions = structure.provisions().filter(|(provision, _)| provision.kind == ProvisionKind::Article);
    provisions.map(|(provision, span)| (provision.key.clone(), words(span))).collect()
}

#[test]
fn official_word_files_have_the_articles_of_the_published_texts() {
    let Some(data) = real_data("official_word_files_have_the_articles_of_the_published_texts") else { return };
    let read = |archive: &str| {
        let documents = packs::read(&packs::archive(&data.join("laws").join(archive))).documents;
        let named =
            |(path, document): (String, Document)| (path.rsplit('/').next().unwrap_or(&path).to_string(), document);
        documents.into_iter().map(named).collect::<BTreeMap<String, Document>>()
    };
    let (words, texts) = (read("flk-docx.tar.zst"), read("flk-txt.tar.zst"));
    let pairs = std::fs::read_to_string(data.join("laws/docx-text-pairs.tsv")).expect("the pairs");
    let (mut compared, mut same, mut laws, mut missing) = (0, 0, 0, Vec::new());
    for line in pairs.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let Some(document) = words.get(cells[0]) else {
            missing.push(cells[0].to_string());
            continue;
        };
        let Some(text) = texts.get(cells[4]) else { continue };
        let (own, other) = (articles(document), articles(text));
        laws += 1;
        for (key, words) in &own {
            let Some(paired) = other.get(key) else { continue };
            compared += 1;
            same += usize::from(words == paired);
            if words != paired {
                println!("{} {key} differs", cells[0]);
            }
        }
        assert!(own.len() >= other.len(), "{}: {} articles of {}", cells[0], own.len(), other.len());
    }
    println!("{same} of {compared} articles of {laws} laws are the same in the Word file and in the text");
    assert_eq!(missing, Vec::<String>::new());
    assert!(compared > 19_000 && same * 1_000 >= compared * 999, "{same} of {compared}");
}
