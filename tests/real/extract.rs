//! What is read from every collection of the data pack: counts of files, documents and stated metadata.

use crate::packs::{self, Members, Reading, archive};
use crate::real_data::real_data;
use faju::law::{Document, Kind};

/// The counts that are committed.
#[derive(Debug, Default, PartialEq, Eq)]
struct Counts {
    files: usize,
    skipped: usize,
    refused: usize,
    /// After parts were joined.
    documents: usize,
    legislation: usize,
    normative: usize,
    case: usize,
    level: usize,
    history: usize,
    /// With any date stated, or with history.
    dated: usize,
    region: usize,
    issuer: usize,
}

/// The counts of a collection, and its documents.
fn read(members: &Members) -> (Counts, Vec<(String, Document)>) {
    let Reading { skipped, refused, documents } = packs::read(members);
    let mut counts = Counts { files: members.len(), skipped, refused, ..Counts::default() };
    count(&mut counts, &documents);
    (counts, documents)
}

fn count(counts: &mut Counts, documents: &[(String, Document)]) {
    counts.documents = documents.len();
    for (_, document) in documents {
        match document.kind {
            Kind::Legislation => counts.legislation += 1,
            Kind::Normative => counts.normative += 1,
            Kind::Case => counts.case += 1,
        }
        let dates = [
            document.adoption_date,
            document.promulgation_date,
            document.effective_date,
            document.written_date,
            document.decided_on,
            document.source_date,
        ];
        counts.level += usize::from(document.level.is_some());
        counts.history += usize::from(!document.history.is_empty());
        counts.dated += usize::from(dates.iter().any(Option::is_some) || !document.history.is_empty());
        counts.region += usize::from(document.region.is_some());
        counts.issuer += usize::from(document.issuer.is_some());
    }
}

/// Collections and what is read from them. A better reader changes these figures: look at the documents, then commit.
#[rustfmt::skip]
const EXPECTED: [(&str, [usize; 12]); 14] = [
    // files, skipped, refused, documents, legislation, normative, case, level, history, dated, region, issuer
    ("laws/lawrefbook.tar.zst", [3512, 38, 4, 3463, 3406, 5, 52, 3410, 3209, 3355, 1907, 3176]),
    ("laws/just-laws-md.tar.zst", [347, 1, 0, 329, 329, 0, 0, 329, 327, 327, 0, 322]),
    ("laws/flk-txt.tar.zst", [311, 0, 0, 311, 311, 0, 0, 311, 309, 311, 0, 304]),
    ("laws/enforcement-regs.tar.zst", [1805, 4, 1, 1793, 1711, 82, 0, 1742, 1634, 1650, 69, 1582]),
    ("laws/env-enforcement.tar.zst", [176, 93, 0, 83, 73, 10, 0, 82, 62, 83, 17, 83]),
    ("laws/verified-statutes.tar.zst", [35, 27, 0, 8, 8, 0, 0, 8, 0, 8, 0, 8]),
    ("normative/pbc-normative.tar.zst", [36, 0, 4, 32, 15, 17, 0, 20, 9, 9, 0, 15]),
    ("normative/gov-cn-2019.jsonl.zst", [1, 0, 0, 60, 2, 58, 0, 60, 0, 60, 0, 60]),
    ("normative/samr-fair-competition-qa.jsonl", [1, 0, 0, 100, 0, 100, 0, 0, 0, 100, 0, 100]),
    ("normative/fair-competition-2021-standards-quoted.jsonl", [1, 0, 0, 1, 0, 1, 0, 1, 0, 0, 0, 1]),
    ("normative/公平竞争审查条例实施办法.md", [1, 0, 0, 1, 1, 0, 0, 1, 1, 1, 0, 1]),
    ("normative/浙江省招标投标领域公平竞争审查细则.md", [1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 0]),
    ("cases/nfra-penalties.jsonl.zst", [1, 0, 0, 10158, 0, 0, 10158, 0, 0, 10158, 9671, 9704]),
    ("cases/judgment-facts-cail2019.jsonl.zst", [1, 0, 0, 1997, 0, 0, 1997, 0, 0, 0, 0, 0]),
];

impl Counts {
    fn row(&self) -> [usize; 12] {
        [
            self.files,
            self.skipped,
            self.refused,
            self.documents,
            self.legislation,
            self.normative,
            self.case,
            self.level,
            self.history,
            self.dated,
            self.region,
            self.issuer,
        ]
    }
}

#[test]
fn every_collection_gives_the_committed_counts() {
    let Some(data) = real_data("every_collection_gives_the_committed_counts") else { return };
    let mut found = Vec::new();
    for (name, _) in EXPECTED {
        found.push((name, read(&packs::members(&data.join(name))).0.row()));
    }
    assert_eq!(found, EXPECTED);
}

#[test]
fn codes_in_several_files_are_one_document() {
    let Some(data) = real_data("codes_in_several_files_are_one_document") else { return };
    let articles = |document: &Document| {
        document.text.lines().filter(|line| line.starts_with('第') && line.contains("条")).count()
    };
    for (pack, titles) in [
        ("laws/lawrefbook.tar.zst", vec![("中华人民共和国民法典", 1260)]),
        (
            "laws/just-laws-md.tar.zst",
            vec![("中华人民共和国民法典", 1260), ("中华人民共和国刑事诉讼法", 308), ("中华人民共和国民事诉讼法", 306)],
        ),
    ] {
        let (_, documents) = read(&archive(&data.join(pack)));
        for (title, least) in titles {
            let found: Vec<_> = documents.iter().filter(|(_, document)| document.title == title).collect();
            assert_eq!(found.len(), 1, "{pack} {title}");
            assert!(articles(&found[0].1) >= least, "{pack} {title}: {}", articles(&found[0].1));
            assert!(!found[0].1.history.is_empty());
        }
    }
}

#[test]
fn no_markup_is_left_and_no_path_of_the_collectors() {
    let Some(data) = real_data("no_markup_is_left_and_no_path_of_the_collectors") else { return };
    for pack in [
        "laws/just-laws-md",
        "laws/env-enforcement",
        "laws/lawrefbook",
        "laws/enforcement-regs",
        "normative/pbc-normative",
    ] {
        let (_, documents) = read(&archive(&data.join(format!("{pack}.tar.zst"))));
        for (path, document) in documents {
            for mark in ["**", ":::", "[[toc]]", "<p ", "<b>", "&emsp;", "<!--", "/Volumes/"] {
                assert!(!document.text.contains(mark), "{path}: {mark}");
                assert!(!document.title.contains(mark) && !document.history.iter().any(|line| line.contains(mark)));
            }
        }
    }
}
