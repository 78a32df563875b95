//! Citations: what finding them costs of an import, what the graph costs, how fast one typed is looked up.

use crate::child::Run;
use crate::{asker, median, open};
use faju::app::Found;
use faju::citation::{Bare, Shape, find, relations};
use faju::law::{Document, Kind, structure};
use std::io::BufRead;
use std::path::Path;
use std::time::Instant;

/// Citations as people type them.
const TYPED: [&str; 8] = [
    "处罚法33条",
    "行政处罚法第33条第2款",
    "民法典1043",
    "食安法 124",
    "xzcff33",
    "公司法（2018）第20条",
    "行政诉讼法第四十六条",
    "行政许可法",
];
/// How often each is looked up.
const ROUNDS: usize = 50;

/// Measures beside the import that made the data directory.
pub fn run(data: &Path, import: &Run) {
    let documents = documents(data);
    let (mut found, mut stated) = (0, 0);
    let mut bytes = 0;
    let began = Instant::now();
    let mut reading = std::time::Duration::ZERO;
    for document in &documents {
        let before = Instant::now();
        let structure = structure::parse(document);
        reading += before.elapsed();
        let bare = if document.kind == Kind::Case { Bare::Nameless } else { Bare::Own };
        let mentions = find(&document.text, &bare);
        stated += relations::relations(&document.title, &document.text, &mentions).len();
        found += mentions.len();
        bytes += serde_json::to_string(&Shape::of(&structure, &document.text)).map_or(0, |shape| shape.len());
    }
    let finding = (began.elapsed() - reading).as_secs_f64();
    println!(
        "citations: {found} mentions and {stated} relations found in {finding:.2} s on one core, shapes {bytes} bytes"
    );
    let faju = open(data);
    let id = faju
        .typed("行政处罚法", None, &asker())
        .ok()
        .flatten()
        .and_then(|typed| typed.targets.first().map(|t| t.instrument.id.clone()));
    drop(faju);
    let faju = open(data);
    let began = Instant::now();
    if let Some(id) = &id
        && let Ok(Found::Here(page)) = faju.cites(id, None, &asker())
    {
        println!(
            "  the graph of everything, resolved, and one page of {} provisions: {:.2} s",
            page.items.len(),
            began.elapsed().as_secs_f64()
        );
    }
    let resolving = began.elapsed().as_secs_f64();
    let share = finding / import.cpu_seconds;
    let both = (finding + 2.0 * resolving) / import.cpu_seconds;
    println!(
        "  of the import's {:.2} s of processor time: finding {:.1} %, with resolving everything on two cores at most {:.1} %",
        import.cpu_seconds,
        100.0 * share,
        100.0 * both
    );
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        for query in TYPED {
            let began = Instant::now();
            let _ = std::hint::black_box(faju.typed(query, None, &asker()));
            times.push(began.elapsed().as_secs_f64() * 1e3);
        }
    }
    let middle = median(&mut times);
    println!(
        "  a typed citation looked up in the process: p50 {middle:.3} ms, p99 {:.3} ms",
        times[times.len() * 99 / 100]
    );
}

fn documents(data: &Path) -> Vec<Document> {
    let out = data.join("export.jsonl");
    crate::child::run(data, &["export", "--out", &out.to_string_lossy()]);
    let file = std::fs::File::open(&out).expect("the export");
    let lines = std::io::BufReader::new(file).lines();
    lines.map(|line| serde_json::from_str(&line.expect("a line")).expect("a record")).collect()
}
