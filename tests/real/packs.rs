//! Collections of the data pack as members (path and bytes), and the documents read from them.

use faju::extract::{Extracted, FileInput, Outcome, Packs, merge};
use faju::law::Document;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

/// Member paths and bytes.
pub type Members = Vec<(String, Vec<u8>)>;

/// The files of a `.tar.zst`, by path.
pub fn archive(path: &Path) -> Members {
    let file = std::fs::File::open(path).unwrap();
    let mut archive = tar::Archive::new(zstd::Decoder::new(file).unwrap());
    let mut members = Members::new();
    for entry in archive.entries().unwrap() {
        let mut entry = entry.unwrap();
        if entry.header().entry_type().is_file() {
            let path = entry.path().unwrap().to_string_lossy().into_owned();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            members.push((path, bytes));
        }
    }
    members.sort();
    members
}

fn single(path: &Path) -> Members {
    let bytes = std::fs::read(path).unwrap();
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let bytes = if name.ends_with(".zst") { zstd::decode_all(bytes.as_slice()).unwrap() } else { bytes };
    vec![(name, bytes)]
}

/// What a collection consists of.
pub fn members(path: &Path) -> Members {
    if path.to_string_lossy().ends_with(".tar.zst") { archive(path) } else { single(path) }
}

/// What the adapters make of a collection.
#[derive(Default)]
pub struct Reading {
    pub skipped: usize,
    pub refused: usize,
    /// By path, parts joined.
    pub documents: Vec<(String, Document)>,
}

/// Reads all members.
pub fn read(members: &Members) -> Reading {
    let paths: Vec<&str> = members.iter().map(|(path, _)| path.as_str()).collect();
    let mut packs = Packs::of(&paths);
    for (path, bytes) in members {
        if packs.is_companion(path) {
            packs.load(&FileInput { path, bytes }).unwrap();
        }
    }
    let mut reading = Reading::default();
    let mut parts: BTreeMap<String, Vec<Extracted>> = BTreeMap::new();
    for (path, bytes) in members {
        match packs.read(&FileInput { path, bytes }) {
            Outcome::Skipped { .. } => reading.skipped += 1,
            Outcome::Refused(_) => reading.refused += 1,
            Outcome::Documents { documents: found, refused } => {
                reading.refused += refused.len();
                for extracted in found {
                    match &extracted.part {
                        Some(part) => parts.entry(part.key.clone()).or_default().push(extracted),
                        None => reading.documents.push((path.clone(), extracted.document)),
                    }
                }
            }
        }
    }
    reading.documents.extend(parts.into_iter().filter_map(|(key, parts)| Some((key, merge(parts)?))));
    reading
}
