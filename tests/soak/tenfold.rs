//! The real corpus and ten times as much: importing and searching must not grow faster than the data.

use crate::child::{Run, folder_bytes, run};
use crate::{classes, copies, real_data};
use faju::app::{Faju, Settings};
use faju::law::Document;
use std::io::BufRead;
use std::path::Path;

/// How much more.
const COPIES: usize = 10;

/// How much more time ten times as much may take: as much more, and what two runs of one thing differ by here.
const GROWTH_MAX: f64 = 13.0;

/// The documents of the real corpus as the program hands them out.
fn exported(folder: &Path, pack: &Path) -> Vec<Document> {
    let data = folder.join("pack");
    run(&data, &["import", &pack.join("laws/lawrefbook.tar.zst").to_string_lossy()]);
    let out = folder.join("export.jsonl");
    run(&data, &["export", "--out", &out.to_string_lossy()]);
    let lines = std::io::BufReader::new(std::fs::File::open(out).expect("the export")).lines();
    let documents: Vec<Document> =
        lines.map(|line| serde_json::from_str(&line.expect("a line")).expect("a record")).collect();
    let (kept, other): (Vec<_>, Vec<_>) = documents.into_iter().partition(copies::divided_alike);
    eprintln!("{} documents, {} more cannot be copied alike", kept.len(), other.len());
    assert!(other.len() * 20 < kept.len(), "too few are left");
    kept
}

/// One size of the corpus, imported.
struct Size {
    faju: Faju,
    import: Run,
    documents: u64,
    raw_mb: f64,
    disk_mb: f64,
}

impl Size {
    fn import(folder: &Path, documents: &[Document], copies: usize) -> Size {
        let (files, data) = (folder.join(format!("files-{copies}")), folder.join(format!("data-{copies}")));
        let raw = copies::write(&files, documents, copies).expect("room for the copies");
        let import = run(&data, &["import", &files.to_string_lossy()]);
        let disk_mb = folder_bytes(&data) as f64 / 1e6;
        let faju = Faju::open(Settings::of(data)).expect("it opens");
        let documents = faju.state().expect("its state").documents;
        Size { faju, import, documents, raw_mb: raw as f64 / 1e6, disk_mb }
    }
}

/// A row of the table, with how much the second is of the first.
fn row(name: &str, unit: &str, figures: [f64; 2]) -> f64 {
    let growth = figures[1] / figures[0];
    eprintln!("{name:<34}{unit:>6}{:>12.2}{:>12.2}{growth:>9.2} ×", figures[0], figures[1]);
    growth
}

#[test]
#[ignore = "minutes, and the corpus ten times on disk: just soak"]
fn ten_times_the_corpus() {
    let Some(pack) = real_data::real_data("ten_times_the_corpus") else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let documents = exported(folder.path(), &pack);
    let sizes = [1, COPIES].map(|copies| Size::import(folder.path(), &documents, copies));
    let figures = |figure: fn(&Size) -> f64| [figure(&sizes[0]), figure(&sizes[1])];
    eprintln!("{:<34}{:>6}{:>12}{:>12}{:>11}", "", "", "× 1", format!("× {COPIES}"), "growth");
    let grown = row("documents", "", figures(|size| size.documents as f64));
    row("interchange format", "MB", figures(|size| size.raw_mb));
    row("journal and index", "MB", figures(|size| size.disk_mb));
    row("peak memory of the import", "MB", figures(|size| size.import.peak_mb));
    row("import for each document", "ms", figures(|size| size.import.seconds * 1e3 / size.documents as f64));
    row("processor time of the import", "s", figures(|size| size.import.cpu_seconds));
    let import = row("import", "s", figures(|size| size.import.seconds));
    let mut growths = vec![("import", import)];
    for class in classes::classes(&documents, &pack) {
        let mut measured = classes::time(&class, [&sizes[0].faju, &sizes[1].faju]);
        let found = measured.each_ref().map(|(_, found)| *found);
        assert!(found.iter().all(|found| *found > 0), "{}: {found:?} hits", class.name);
        assert!(!class.exact || found[1] == found[0] * COPIES as u64, "{}: {found:?} hits", class.name);
        let mut percentile = |part: f64| measured.each_mut().map(|(times, _)| times.percentile(part));
        growths.push((class.name, row(&format!("{}, p50", class.name), "ms", percentile(0.5))));
        row(&format!("{}, p99", class.name), "ms", percentile(0.99));
    }
    assert_eq!(grown, COPIES as f64, "every copy is a document of its own");
    growths.retain(|(_, growth)| *growth > GROWTH_MAX);
    assert!(growths.is_empty(), "these grow faster than the corpus: {growths:.2?}");
}
