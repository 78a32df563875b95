//! The sweep over a library of a county's size (清理), and over what one changed law affects.

use crate::child::run;
use crate::random::Random;
use faju::app::view::review::SweepPage;
use faju::app::{Asker, Faju, Settings, SweepRequest};
use faju::law::Access;
use std::fs;
use std::path::Path;
use std::time::Instant;

/// Normative documents.
const DOCUMENTS: usize = 5_000;
/// Documents that cite one law.
const CITING: usize = 40;
/// Longest time of the sweep over all, and over what one law affects, in seconds.
const ALL_MAX: f64 = 600.0;
const AFFECTED_MAX: f64 = 5.0;

/// The title of one of the laws that are cited.
fn law_title(number: usize) -> String {
    format!("云州省渡口条例〔{number}〕")
}

/// A law of which one article says how many days.
fn write_law(folder: &Path, number: usize, year: i16, days: &str) {
    let text = format!(
        "---\nkind: legislation\nlevel: local_regulation\nissuer: 云州省人民代表大会常务委员会\nregion: \"990000\"\n\
         promulgation_date: {year}-01-10\neffective_date: {year}-03-01\naccess: public\n---\n# {}\n\n\
         第一条　为了规范渡口，制定本条例。\n第二条　渡口经营者应当公示票价。\n第三条　渡口停渡应当提前{days}公告。\n",
        law_title(number)
    );
    fs::write(folder.join(format!("law-{number}-{year}.md")), text).expect("room for a law");
}

/// The normative documents of the sample county, each with what is its own left out of its head.
fn patterns() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/sample/county");
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("the sample").map(|entry| entry.expect("a file").path()).collect();
    paths.sort();
    let own = ["document_number:", "registration_number:", "filing_number:", "valid_until:", "repealed"];
    let bare = |path: &std::path::PathBuf| {
        let text = fs::read_to_string(path).expect("a sample");
        let kept = text.lines().filter(|line| !own.iter().any(|field| line.starts_with(field)));
        kept.collect::<Vec<_>>().join("\n")
    };
    let all: Vec<String> = paths.iter().map(bare).collect();
    all.into_iter().filter(|text| text.contains("\n第一条　")).collect()
}

/// Writes the laws and the documents that cite them, by chance that is the same in every run.
fn write(folder: &Path) {
    fs::create_dir_all(folder).expect("room");
    let (patterns, mut random) = (patterns(), Random::new(1));
    (0..DOCUMENTS / CITING).for_each(|number| write_law(folder, number, 2020, "三日"));
    for number in 0..DOCUMENTS {
        let pattern = random.one_of(&patterns);
        let (head, body) = pattern.split_once("\n# ").expect("a title");
        let (title, text) = body.split_once('\n').expect("a text");
        let cited = format!("\n第一条　根据《{}》第三条，", law_title(number / CITING));
        let text = text.replacen("\n第一条　", &cited, 1);
        fs::write(folder.join(format!("{number:04}.md")), format!("{head}\n# {title}〔{number}〕\n{text}\n"))
            .expect("room for a document");
    }
}

/// A sweep with the opening of the data, and its seconds.
fn swept(data: &Path, earlier: Option<&SweepPage>) -> (SweepPage, f64) {
    let earlier = earlier.map(|page| serde_json::to_string(page).expect("a report"));
    let earlier = earlier.map(|text| serde_json::from_str(&text).expect("an earlier sweep"));
    let asker = Asker::of(Access::Public, jiff::civil::date(2026, 11, 24));
    let began = Instant::now();
    let faju = Faju::open(Settings::of(data.to_path_buf())).expect("it opens");
    let page = faju.sweep(&SweepRequest { earlier, ..SweepRequest::default() }, None, &asker).expect("a sweep");
    (page, began.elapsed().as_secs_f64())
}

#[test]
#[ignore = "minutes: just soak"]
fn five_thousand_documents_are_swept_and_then_what_a_law_affects() {
    let folder = tempfile::tempdir().expect("a folder");
    let (files, data) = (folder.path().join("files"), folder.path().join("data"));
    write(&files);
    run(&data, &["import", &files.to_string_lossy()]);
    let (all, seconds) = swept(&data, None);
    eprintln!("{} documents, {} findings in {seconds:.1} s", all.documents, all.findings);
    assert!(all.documents >= DOCUMENTS as u64 * 9 / 10, "{} documents", all.documents);
    assert!(seconds <= ALL_MAX, "{seconds} s");

    let changed = folder.path().join("changed");
    fs::create_dir_all(&changed).expect("room");
    write_law(&changed, 7, 2026, "五日");
    run(&data, &["import", &changed.to_string_lossy()]);
    let (after, seconds) = swept(&data, Some(&all));
    eprintln!("{} documents looked at again in {seconds:.2} s", after.looked_at);
    assert!((1..=50).contains(&after.looked_at), "{} documents", after.looked_at);
    assert!(seconds <= AFFECTED_MAX, "{seconds} s");
    // What is carried on is what a sweep from the beginning finds.
    let (anew, _) = swept(&data, None);
    assert_eq!(serde_json::to_value(&anew.items).ok(), serde_json::to_value(&after.items).ok());
}
