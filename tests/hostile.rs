//! Files made to hurt: each is read or refused with its reason, in bounded memory and time, and nothing is written outside.
//!
//! `tests/hostile/bad/` keeps bad files with what is expected of each in `expected.tsv`; `tests/hostile/seeds/` whole ones, from
//! which the second test makes broken ones: `FAJU_FUZZ=100000 cargo test --release --test hostile` tries longer.

use faju::extract::{FileInput, Outcome, Packs};
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::time::{Duration, Instant};

#[path = "support/rounds.rs"]
mod rounds;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/hostile");
/// Address space of the program, in KiB: what the files unpack to would take many times that.
const MEMORY_KIB: u64 = 4 << 20;
/// Longest time for all bad files, and for one broken one, on a busy machine without optimisation.
const BAD_MAX: Duration = Duration::from_secs(240);
const BROKEN_MAX: Duration = Duration::from_secs(20);
/// Broken files that are made from each seed unless `FAJU_FUZZ` says how many.
const ROUNDS: u64 = 60;

#[test]
#[cfg(unix)]
fn bad_files_are_refused_with_their_reason() {
    let data = tempfile::tempdir().expect("a folder");
    let bad = format!("{FOLDER}/bad");
    let limited = format!("ulimit -v {MEMORY_KIB}; exec \"$0\" \"$@\"");
    let began = Instant::now();
    let output = std::process::Command::new("sh")
        .args(["-c", &limited, env!("CARGO_BIN_EXE_faju"), "--data"])
        .arg(data.path())
        .args(["--json", "import", &bad])
        .output()
        .expect("the program starts");
    assert!(began.elapsed() < BAD_MAX, "{:?}", began.elapsed());
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one JSON value");
    let mut told: BTreeMap<String, u64> = BTreeMap::new();
    for file in report["files"].as_array().expect("files") {
        let path = file["path"].as_str().expect("a path");
        let name = path.split_once("/bad/").map_or(path, |(_, name)| name);
        // Of three hundred empty members one row is enough.
        let name = if name.starts_with("many.zip/") { "many.zip/*" } else { name };
        let taken = file["code"].as_str().unwrap_or("read");
        assert!(file["code"].is_null() || file["message"].is_string(), "{file}");
        *told.entry(format!("{name}\t{taken}")).or_default() += 1;
    }
    let told: Vec<String> = told.into_iter().map(|(row, count)| format!("{row}\t{count}")).collect();
    let expected = std::fs::read_to_string(format!("{FOLDER}/expected.tsv")).expect("expected.tsv");
    let expected: Vec<&str> = expected.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(told, expected);
    for outside in ["/tmp/faju-was-here.txt", "/etc/faju-was-here.txt", "/etc/faju.txt"] {
        assert!(!Path::new(outside).exists(), "{outside}");
    }
}

/// A small generator of numbers (xorshift): the same seed makes the same files everywhere.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound.max(1) as u64) as usize
    }
}

/// Breaks some bytes: changes, cuts, repeats, and takes of another file.
fn broken(bytes: &[u8], other: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..1 + chance.below(6) {
        if bytes.is_empty() {
            break;
        }
        let at = chance.below(bytes.len());
        let end = (at + 1 + chance.below(64)).min(bytes.len());
        match chance.below(7) {
            0 => bytes[at] ^= 1 << chance.below(8),
            1 => bytes[at..end].fill([0, 0xff, b'<', b'{', b'9'][chance.below(5)]),
            2 => bytes.truncate(at),
            3 => drop(bytes.drain(at..end)),
            4 => {
                let piece = bytes[at..end].repeat(1 + chance.below(40));
                bytes.splice(at..at, piece);
            }
            5 => {
                let from = chance.below(other.len());
                let piece = other[from..(from + 200).min(other.len())].to_vec();
                bytes.splice(at..end, piece);
            }
            _ => {
                let number = [0u32, 1, 0x7fff_ffff, 0xffff_ffff, 0x0001_0000][chance.below(5)].to_le_bytes();
                let end = (at + 4).min(bytes.len());
                bytes[at..end].copy_from_slice(&number[..end - at]);
            }
        }
    }
    bytes
}

/// The members of a zip container; `None` of what is none.
fn members(bytes: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let mut container = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    (0..container.len())
        .map(|at| {
            let mut member = container.by_index(at).ok()?;
            let mut content = Vec::new();
            member.read_to_end(&mut content).ok()?;
            Some((member.name().ok()?.into_owned(), content))
        })
        .collect()
}

fn packed(members: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        if out.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).is_ok() {
            let _ = out.write_all(content);
        }
    }
    out.finish().map(Cursor::into_inner).unwrap_or_default()
}

#[test]
fn broken_files_end_in_an_answer() {
    let rounds = rounds::rounds(ROUNDS);
    let mut seeds: Vec<(String, Vec<u8>)> = Vec::new();
    for folder in ["seeds", "bad"] {
        for entry in std::fs::read_dir(format!("{FOLDER}/{folder}")).expect("a folder") {
            let path = entry.expect("an entry").path();
            let bytes = std::fs::read(&path).expect("a file");
            // Bombs are for the other test.
            if bytes.len() < 64 << 10 && !path.to_string_lossy().ends_with(".zst") {
                seeds.push((path.file_name().expect("a name").to_string_lossy().into_owned(), bytes));
            }
        }
    }
    seeds.sort();
    let (mut read, mut refused) = (0u64, 0u64);
    for (at, (name, bytes)) in seeds.iter().enumerate() {
        let (_, other) = &seeds[(at + 1) % seeds.len()];
        let inside = members(bytes);
        for round in 1..=rounds {
            let mut chance = Chance(round.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ at as u64);
            let made = match &inside {
                Some(inside) if round % 2 == 0 && !inside.is_empty() => {
                    let mut inside = inside.clone();
                    let member = chance.below(inside.len());
                    inside[member].1 = broken(&inside[member].1, other, &mut chance);
                    packed(&inside)
                }
                _ => broken(bytes, other, &mut chance),
            };
            let began = Instant::now();
            match Packs::default().read(&FileInput { path: name, bytes: &made }) {
                Outcome::Documents { .. } => read += 1,
                Outcome::Refused(_) | Outcome::Skipped { .. } => refused += 1,
            }
            assert!(began.elapsed() < BROKEN_MAX, "{name}, round {round}: {:?}", began.elapsed());
        }
    }
    println!("{read} read, {refused} refused");
    assert!(read > 0 && refused > 0);
}
