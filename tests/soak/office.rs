//! Ten thousand files of office programs and web pages: imported with all cores, in bounded memory, every one in the report.

use crate::child::{Run, run};
use crate::real_data;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};

/// Files of the mixed folder, and Word files alone.
const MIXED: usize = 10_000;
const WORD: usize = 2_000;
/// Files of a folder.
const FOLDER: usize = 500;
/// Most memory of an import, in MB, and how much more of it four times the files may take.
const PEAK_MB_MAX: f64 = 1000.0;
const PEAK_GROWTH_MAX: f64 = 1.6;

/// A file with its name.
type Named = (String, Vec<u8>);

/// The files below a folder.
fn below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { below(&path, found) } else { found.push(path) }
    }
}

/// The real Word files with the published texts.
fn word_files(pack: &Path) -> Vec<Named> {
    let file = std::fs::File::open(pack.join("laws/flk-docx.tar.zst")).expect("the collection");
    let mut archive = tar::Archive::new(zstd::Decoder::new(file).expect("zstd"));
    let mut found = Vec::new();
    for entry in archive.entries().expect("entries") {
        let mut entry = entry.expect("an entry");
        let path = entry.path().expect("a path").into_owned();
        if path.extension().is_some_and(|ending| ending == "docx") {
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).expect("its bytes");
            found.push((path.file_name().expect("a name").to_string_lossy().into_owned(), bytes));
        }
    }
    found.sort();
    found
}

/// A copy that is a document of its own where its format is easy to write: another title in Word, another line in a text.
fn copy(name: &str, bytes: &[u8], number: usize) -> Vec<u8> {
    if name.ends_with(".docx")
        && let Some(made) = word_copy(bytes, number)
    {
        return made;
    }
    if name.ends_with(".md") || name.ends_with(".txt") {
        return [bytes, format!("\n第{number}稿\n").as_bytes()].concat();
    }
    bytes.to_vec()
}

fn word_copy(bytes: &[u8], number: usize) -> Option<Vec<u8>> {
    let mut container = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..container.len() {
        let mut member = container.by_index(at).ok()?;
        let name = member.name().ok()?.into_owned();
        let mut content = Vec::new();
        member.read_to_end(&mut content).ok()?;
        if name == "word/document.xml" {
            let text = String::from_utf8(content).ok()?;
            content = text.replacen("</w:t>", &format!("第{number}稿</w:t>"), 1).into_bytes();
        }
        out.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).ok()?;
        out.write_all(&content).ok()?;
    }
    Some(out.finish().ok()?.into_inner())
}

/// Writes so many copies, in folders; their bytes.
fn write(folder: &Path, files: &[Named], count: usize) -> u64 {
    let mut bytes = 0;
    for number in 0..count {
        let (name, content) = &files[number % files.len()];
        let inside = folder.join(format!("{:03}", number / FOLDER));
        std::fs::create_dir_all(&inside).expect("a folder");
        let made = copy(name, content, number);
        bytes += made.len() as u64;
        std::fs::write(inside.join(format!("{number:05}-{name}")), made).expect("a file");
    }
    bytes
}

fn told(what: &str, files: usize, bytes: u64, run: &Run) {
    let (seconds, cores) = (run.seconds, run.cpu_seconds / run.seconds);
    eprintln!(
        "{what}: {files} files, {:.1} MB in {seconds:.1} s: {:.0} files/s, {:.1} MB/s; {cores:.1} cores, peak {:.0} MB",
        bytes as f64 / 1e6,
        files as f64 / seconds,
        bytes as f64 / 1e6 / seconds,
        run.peak_mb
    );
}

#[test]
#[ignore = "ten thousand files: just soak"]
fn ten_thousand_files() {
    let Some(pack) = real_data::real_data("ten_thousand_files") else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let word = word_files(&pack);
    let mut paths = Vec::new();
    below(&pack.join("office"), &mut paths);
    below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile/seeds"), &mut paths);
    paths.sort();
    let read = |path: &PathBuf| (path.file_name().expect("a name").to_string_lossy().into_owned(), std::fs::read(path));
    let mut mixed: Vec<Named> = paths.iter().map(read).map(|(name, bytes)| (name, bytes.expect("its bytes"))).collect();
    mixed.extend(word.iter().cloned());
    for (what, files, count) in [("docx", &word, WORD), ("mixed", &mixed, MIXED)] {
        let (inside, data) = (folder.path().join(what), folder.path().join(format!("{what}-data")));
        let bytes = write(&inside, files, count);
        let import = run(&data, &["import", &inside.to_string_lossy()]);
        told(what, count, bytes, &import);
        let quarter: Vec<String> = (0..count / FOLDER / 4).map(|at| format!("{}/{at:03}", inside.display())).collect();
        let arguments: Vec<&str> = std::iter::once("import").chain(quarter.iter().map(String::as_str)).collect();
        let few = run(&folder.path().join(format!("{what}-few")), &arguments);
        let growth = import.peak_mb / few.peak_mb;
        eprintln!(
            "{what}: a quarter of the files takes {:.0} MB at its peak: all of them {growth:.2} times as much",
            few.peak_mb
        );
        assert!(import.peak_mb < PEAK_MB_MAX && growth < PEAK_GROWTH_MAX, "{:.0} MB, {growth:.2}", import.peak_mb);
        let again = run(&data, &["import", &inside.to_string_lossy()]);
        told(&format!("{what}, again"), count, bytes, &again);
        let output = crate::program::run(&data, &["--json", "import", &inside.to_string_lossy()]);
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one JSON value");
        let counted = |name: &str| report[name].as_u64().unwrap_or_default();
        eprintln!(
            "{what}: read {}, new {}, unchanged {}, refused {}",
            counted("read"),
            counted("new"),
            counted("unchanged"),
            counted("refused")
        );
        assert_eq!((counted("read") as usize >= count, counted("new")), (true, 0), "every file has its row, once");
    }
}
