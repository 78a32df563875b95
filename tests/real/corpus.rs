//! The whole real corpus, imported once for all tests of this binary.

use crate::real_data::real_data;
use faju::app::view::{ImportReport, Item};
use faju::app::{Asker, Faju, ImportOptions, Progress, Settings};
use faju::law::Access;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

/// The packs that are imported, in this order.
pub const PACKS: [&str; 9] = [
    "laws/lawrefbook.tar.zst",
    "laws/just-laws-md.tar.zst",
    "laws/flk-txt.tar.zst",
    "laws/enforcement-regs.tar.zst",
    "laws/env-enforcement.tar.zst",
    "laws/verified-statutes.tar.zst",
    "normative",
    "cases/nfra-penalties.jsonl.zst",
    "cases/judgment-facts-cail2019.jsonl.zst",
];

/// The imported corpus.
pub struct Corpus {
    /// The opened data directory.
    pub faju: Faju,
    /// Report of each pack.
    pub reports: Vec<(&'static str, ImportReport)>,
    _folder: tempfile::TempDir,
}

/// Progress that nobody watches.
pub struct Silent;

impl Progress for Silent {
    fn at(&self, _bytes: u64, _of_bytes: u64, _documents: u64) {}
}

/// The day on which the tests ask.
pub fn asker() -> Asker {
    Asker::of(Access::Restricted, jiff::civil::date(2026, 11, 24))
}

/// Settings of a data directory.
pub fn settings(data: PathBuf) -> Settings {
    Settings::of(data)
}

/// The corpus, or `None` with a word on standard error when there is no data.
pub fn corpus(test: &str) -> Option<&'static Corpus> {
    static CORPUS: OnceLock<Corpus> = OnceLock::new();
    let data = real_data(test)?;
    Some(CORPUS.get_or_init(|| import(data)))
}

fn import(data: PathBuf) -> Corpus {
    let folder = tempfile::tempdir().unwrap();
    let faju = Faju::open(settings(folder.path().to_path_buf())).unwrap();
    let began = Instant::now();
    let import = |pack: &'static str| {
        let options = ImportOptions::default();
        let report = faju.import(&[data.join(pack)], &options, &Silent, &AtomicBool::new(false)).unwrap();
        (pack, report)
    };
    let reports = PACKS.into_iter().map(import).collect();
    eprintln!("the whole corpus was imported in {:.1} s", began.elapsed().as_secs_f64());
    Corpus { faju, reports, _folder: folder }
}

/// Ids and texts of all provisions that a query finds, by paging to the last hit.
pub fn everything(faju: &Faju, parameters: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut cursor = None;
    loop {
        let mut asked: Vec<(String, String)> =
            parameters.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        asked.extend([("group", "none"), ("limit", "1000"), ("highlight", "false")].map(|(n, v)| (n.into(), v.into())));
        asked.extend(cursor.take().map(|cursor| ("cursor".to_string(), cursor)));
        let page = faju.search(&asked, &asker()).unwrap();
        for item in page.items {
            match item {
                Item::Single(single) => found.push((single.provision.id, single.provision.text)),
                Item::Group(_) => panic!("group=none gave a group"),
            }
        }
        cursor = page.next;
        if cursor.is_none() {
            return found;
        }
    }
}
