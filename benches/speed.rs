//! Speed beside the yardstick, in one run: `cargo bench`. With `FAJU_REAL_DATA` on the whole LawRefBook collection, else
//! on the sample corpus. This process has the allocator of the C library, as a straightforward program has (on both
//! sides of the searches); imports run in the program itself. Ratios are faju : yardstick; answers are proved before
//! anything is timed. `cargo bench -- PART` does one part only: `import`, `open`, `citations`, `search` or
//! `suggest` (this one on all packs); `-- search CLASS` one class of questions.

#[path = "speed/child.rs"]
mod child;
#[path = "speed/citations.rs"]
mod citations;
#[path = "speed/classes.rs"]
mod classes;
#[path = "speed/questions.rs"]
mod questions;
#[path = "speed/suggest.rs"]
mod suggest;
#[path = "speed/yardstick.rs"]
mod yardstick;

use child::{Run, folder_bytes, run};
use faju::app::view::{InstrumentHead, Item};
use faju::app::{Asker, Faju, Settings};
use faju::law::Access;
use std::path::{Path, PathBuf};
use yardstick::{Article, Yardstick};

/// How often the whole import and the whole yardstick are built, in turn.
const ROUNDS: usize = 3;

fn main() {
    // `cargo test` builds benches too and calls them with `--test`; there is nothing to prove quickly here.
    if std::env::args().any(|argument| argument == "--test" || argument == "--list") {
        return;
    }
    let real = std::env::var_os("FAJU_REAL_DATA").filter(|name| !name.is_empty()).map(PathBuf::from);
    let pack =
        real.as_ref().map_or_else(|| PathBuf::from("corpus/sample"), |data| data.join("laws/lawrefbook.tar.zst"));
    println!("pack: {}", pack.file_name().unwrap_or_default().to_string_lossy());
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (data, imported) = import(folder.path(), &pack);
    let articles = articles(&data);
    let raw: u64 = articles.iter().map(|article| article.text.len() as u64).sum();
    println!("provisions: {}, raw text (title, headings, text): {:.1} MB", articles.len(), megabytes(raw));
    let mut named = std::env::args().skip(1).filter(|argument| !argument.starts_with('-'));
    let (only, class) = (named.next(), named.next().unwrap_or_default());
    let wanted = |part: &str| only.as_deref().is_none_or(|only| only == part);
    if wanted("import") {
        indexing(folder.path(), &pack, &articles, raw);
    }
    if wanted("open") {
        opening(&data);
    }
    if wanted("citations") {
        citations::run(&data, &imported);
    }
    if wanted("search") {
        searching(folder.path(), &data, &articles, real.as_deref(), &class);
    }
    // Last, because it imports more.
    if wanted("suggest") {
        suggest::run(&data, real.as_deref());
    }
}

fn searching(folder: &Path, data: &Path, articles: &[Article], real: Option<&Path>, class: &str) {
    let home = folder.join("yardstick");
    std::fs::create_dir_all(&home).expect("a folder for the yardstick");
    let yardstick = Yardstick::build(&home, articles, true).expect("the yardstick");
    let faju = open(data);
    classes::run(&faju, &yardstick, articles, real, class);
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

/// Opens a data directory.
pub fn open(data: &Path) -> Faju {
    let settings = Settings::of(data.to_path_buf());
    Faju::open(settings).expect("an imported data directory")
}

/// Who asks in a benchmark.
pub fn asker() -> Asker {
    Asker::of(Access::Restricted, jiff::civil::date(2026, 11, 24))
}

fn import(folder: &Path, pack: &Path) -> (PathBuf, Run) {
    let data = folder.join("data");
    let done = run(&data, &["import", &pack.to_string_lossy()]);
    println!("first import: {:.2} s, peak {:.0} MB", done.seconds, done.peak_mb);
    (data, done)
}

/// Every provision, as the yardstick gets it.
fn articles(data: &Path) -> Vec<Article> {
    let faju = open(data);
    let mut articles = Vec::new();
    let mut cursor: Option<String> = None;
    loop {
        let mut asked = vec![("status", "all".to_string()), ("group", "none".to_string())];
        asked.extend([("limit", "1000".to_string()), ("highlight", "false".to_string())]);
        asked.extend(cursor.take().map(|cursor| ("cursor", cursor)));
        let asked: Vec<(String, String)> = asked.into_iter().map(|(name, value)| (name.to_string(), value)).collect();
        let page = faju.search(&asked, &asker()).expect("an empty query");
        for item in page.items {
            let Item::Single(single) = item else { continue };
            let kind = serde_json::to_value(single.instrument.kind).expect("a kind");
            articles.push(Article {
                id: single.provision.id.clone(),
                text: format!(
                    "{}\n{}\n{}",
                    single.instrument.title,
                    single.provision.path.join("\n"),
                    single.provision.text
                ),
                kind: kind.as_str().unwrap_or_default().to_string(),
                facets: facets(&single.instrument),
                dated: single.version.and_then(|version| version.dated).map_or(0, |date| i64::from(date.year())),
            });
        }
        cursor = page.next;
        if cursor.is_none() {
            return articles;
        }
    }
}

/// What the yardstick counts in facets, without what is missing.
fn facets(instrument: &InstrumentHead) -> [String; 3] {
    let level = serde_json::to_value(instrument.level).expect("a level");
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    [level.as_str().unwrap_or_default().to_string(), text(&instrument.issuer), text(&instrument.region)]
}

fn indexing(folder: &Path, pack: &Path, articles: &[Article], raw: u64) {
    let mut ours: Vec<Run> = Vec::new();
    let mut theirs = Vec::new();
    for round in 0..ROUNDS {
        let data = folder.join(format!("import-{round}"));
        ours.push(run(&data, &["import", &pack.to_string_lossy()]));
        let home = folder.join(format!("yardstick-{round}"));
        std::fs::create_dir_all(&home).expect("a folder");
        theirs.push(Yardstick::build(&home, articles, false).expect("the yardstick").took.as_secs_f64());
        if round == 0 {
            let (journal, index) = (folder_bytes(&data.join("corpus")), folder_bytes(&data.join("index")));
            let (journal_of, index_of) = (journal as f64 / raw as f64, index as f64 / raw as f64);
            println!("journal: {:.1} MB, {journal_of:.3} of the raw text", megabytes(journal));
            println!("index: {:.1} MB, {index_of:.3} of the raw text", megabytes(index));
            println!("yardstick's index: {:.3} of the raw text", folder_bytes(&home) as f64 / raw as f64);
            let again = run(&data, &["rebuild"]);
            println!("rebuild: {:.2} s ({:.2} of the import)", again.seconds, again.seconds / ours[0].seconds);
            let unchanged = run(&data, &["import", &pack.to_string_lossy()]);
            println!("the same import again: {:.2} s", unchanged.seconds);
        }
        let _ = std::fs::remove_dir_all(&data);
        let _ = std::fs::remove_dir_all(&home);
    }
    let peak = ours.iter().map(|run| run.peak_mb).fold(0.0, f64::max);
    let mut seconds: Vec<f64> = ours.iter().map(|run| run.seconds).collect();
    let (own, other) = (median(&mut seconds), median(&mut theirs));
    println!("import: {own:.2} s, yardstick's indexing: {other:.2} s, ratio {:.2}; peak {peak:.0} MB", own / other);
}

/// The middle value.
pub fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

fn opening(data: &Path) {
    let mut times: Vec<f64> =
        (0..9).map(|_| run(data, &["search", "未取得许可证 罚款", "--json"]).seconds * 1e3).collect();
    println!("open to first answer (whole process): median {:.0} ms", median(&mut times));
}
