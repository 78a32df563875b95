//! Structure of every collection of the data pack: counts of headings, provisions and issues, the partition, and the
//! agreement with two sources that know nothing of the parser: a table of article counts and a scan of line beginnings.

use crate::bless::blessed;
use crate::packs;
use crate::real_data::real_data;
use faju::law::{BlockKind, Document, Structure, structure};
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

const PACKS: [&str; 14] = [
    "laws/lawrefbook.tar.zst",
    "laws/just-laws-md.tar.zst",
    "laws/flk-txt.tar.zst",
    "laws/enforcement-regs.tar.zst",
    "laws/env-enforcement.tar.zst",
    "laws/verified-statutes.tar.zst",
    "normative/pbc-normative.tar.zst",
    "normative/gov-cn-2019.jsonl.zst",
    "normative/samr-fair-competition-qa.jsonl",
    "normative/fair-competition-2021-standards-quoted.jsonl",
    "normative/公平竞争审查条例实施办法.md",
    "normative/浙江省招标投标领域公平竞争审查细则.md",
    "cases/nfra-penalties.jsonl.zst",
    "cases/judgment-facts-cail2019.jsonl.zst",
];

/// What is counted in one collection, by name.
type Counts = BTreeMap<String, usize>;

#[test]
fn every_collection_has_the_committed_structure() {
    let Some(data) = real_data("every_collection_has_the_committed_structure") else { return };
    let mut wrong = String::new();
    for pack in PACKS {
        let documents = packs::read(&packs::members(&data.join(pack))).documents;
        let mut counts = Counts::new();
        for (path, document) in &documents {
            let structure = structure::parse(document);
            check_partition(path, document, &structure);
            count(&mut counts, document, &structure);
        }
        counts.insert("documents".to_string(), documents.len());
        compare(pack, &counts, &mut wrong);
    }
    assert!(wrong.is_empty(), "look at the documents; if the parser is right, run with FAJU_BLESS=1\n{wrong}");
}

/// Every character stands in exactly one block, every key once, every part inside its provision.
fn check_partition(path: &str, document: &Document, structure: &Structure) {
    let mut at = 0;
    let mut keys = HashSet::new();
    for block in &structure.blocks {
        assert_eq!(block.span.start, at, "{path}");
        assert!(block.span.end > at && document.text.is_char_boundary(block.span.end), "{path}");
        at = block.span.end;
        if let BlockKind::Provision(provision) = &block.kind {
            assert!(keys.insert(&provision.key), "{path}: {} twice", provision.key);
            let mut parts = HashSet::new();
            for part in &provision.parts {
                assert!(parts.insert(&part.key), "{path}: {}/{} twice", provision.key, part.key);
                assert!(block.span.start <= part.span.start && part.span.end <= block.span.end, "{path}: {}", part.key);
            }
        }
    }
    assert_eq!(at, document.text.len(), "{path}");
    for issue in &structure.issues {
        assert!(document.text.get(issue.span.clone()).is_some_and(|text| !text.is_empty()), "{path}: {}", issue.code);
    }
}

fn count(counts: &mut Counts, document: &Document, structure: &Structure) {
    let mut add = |name: String, number: usize| *counts.entry(name).or_default() += number;
    for block in &structure.blocks {
        match &block.kind {
            BlockKind::Heading(level) => {
                add(format!("heading {level:?}").to_lowercase(), 1);
                for unit in document.text[block.span.clone()].lines().filter_map(ordinal_unit) {
                    add(format!("lines of headings that begin with 第X{unit}"), 1);
                }
            }
            BlockKind::Provision(provision) => {
                add(format!("provision {}", provision.kind.name()), 1);
                add("parts".to_string(), provision.parts.len());
                add("provisions with 之".to_string(), usize::from(provision.label.contains("条之")));
            }
        }
    }
    for issue in &structure.issues {
        add(format!("issue {}", issue.code), 1);
    }
    add(
        "lines that begin with 第X条".to_string(),
        document.text.lines().filter(|line| ordinal_unit(line) == Some("条")).count(),
    );
    for (provision, span) in structure.provisions() {
        let chars = document.text[span.clone()].trim().chars().count();
        let longest = counts.entry(format!("longest {} in characters", provision.kind.name())).or_default();
        *longest = chars.max(*longest);
    }
}

/// The unit of the ordinal that a line begins with. Written apart from the parser: 第, numerals and blanks, unit.
fn ordinal_unit(line: &str) -> Option<&'static str> {
    let line = line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '#' | '>'));
    let number = line.strip_prefix(['第', '笫'])?;
    let numeral = |c: char| "零〇○一二三四五六七八九十百千两－0123456789０１２３４５６７８９".contains(c);
    let rest = number.trim_start_matches(|c: char| numeral(c) || c.is_whitespace());
    let written = number[..number.len() - rest.len()].contains(numeral);
    ["条", "分编", "编", "章", "节"].into_iter().find(|unit| written && rest.starts_with(unit))
}

/// Compares with `counts/{pack}.tsv`, or rewrites it if `FAJU_BLESS=1`.
fn compare(pack: &str, counts: &Counts, wrong: &mut String) {
    let rows: String = counts.iter().map(|(name, number)| format!("{name}\t{number}\n")).collect();
    let path = counts_file(pack);
    if blessed() {
        std::fs::write(&path, rows).unwrap();
        return;
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    for line in rows.lines().filter(|line| !committed.lines().any(|known| known == *line)) {
        writeln!(wrong, "{pack}: found {line}").unwrap();
    }
    for line in committed.lines().filter(|line| !rows.lines().any(|found| found == *line)) {
        writeln!(wrong, "{pack}: committed {line}").unwrap();
    }
}

fn counts_file(pack: &str) -> PathBuf {
    let name = Path::new(pack).file_name().unwrap().to_string_lossy();
    let stem = name.split('.').next().unwrap();
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/real/counts").join(format!("{stem}.tsv"))
}

/// Files whose number of articles differs from the table, and why.
const EXCEPTIONS: [(&str, usize, &str); 1] = [(
    "lawrefbook/民法商法/农民专业合作社法(2017-12-27).md",
    74,
    "the source writes 笫五十四条 with a wrong character, which the table did not count; the law has 74 articles",
)];

#[test]
fn article_counts_agree_with_the_table() {
    let Some(data) = real_data("article_counts_agree_with_the_table") else { return };
    let table = std::fs::read_to_string(data.join("laws/docx-text-pairs.tsv")).unwrap();
    let mut rows = table.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let header = rows.next().unwrap();
    let column = |name: &str| header.iter().position(|known| *known == name).unwrap();
    let rows: Vec<_> = rows.collect();
    let mut agreeing = 0;
    for (pack, path, number) in [
        ("flk-txt", column("flk_txt"), column("flk_txt_articles")),
        ("just-laws-md", column("just_laws_md"), column("md_articles")),
        ("lawrefbook", column("lawrefbook_md"), column("lrb_articles")),
    ] {
        let found = article_counts(&data, pack);
        for row in rows.iter().filter(|row| !row[path].is_empty()) {
            let file = format!("{pack}/{}", row[path]);
            // Parts of a code that lies in several files are one document; the table has each file or none.
            let Some(found) = found.get(&file) else { continue };
            let told: usize = row[number].parse().unwrap();
            let exception = EXCEPTIONS.iter().find(|(known, ..)| *known == file);
            match exception {
                Some((_, expected, why)) => assert!(found == expected && *found != told, "{file}: {found}; {why}"),
                None => assert_eq!(*found, told, "{file}"),
            }
            agreeing += usize::from(*found == told);
        }
    }
    assert_eq!(agreeing, 882);
}

fn article_counts(data: &Path, pack: &str) -> BTreeMap<String, usize> {
    let documents = packs::read(&packs::members(&data.join(format!("laws/{pack}.tar.zst")))).documents;
    documents.into_iter().map(|(path, document)| (path, structure::parse(&document).article_count())).collect()
}

#[test]
fn codes_in_several_files_are_numbered_through() {
    let Some(data) = real_data("codes_in_several_files_are_numbered_through") else { return };
    for (pack, titles) in [
        ("lawrefbook", vec![("中华人民共和国民法典", 1260)]),
        (
            "just-laws-md",
            vec![("中华人民共和国民法典", 1260), ("中华人民共和国刑事诉讼法", 308), ("中华人民共和国民事诉讼法", 306)],
        ),
    ] {
        let documents = packs::read(&packs::members(&data.join(format!("laws/{pack}.tar.zst")))).documents;
        for (title, articles) in titles {
            let (_, document) = documents.iter().find(|(_, document)| document.title == title).unwrap();
            let structure = structure::parse(document);
            assert_eq!(structure.article_count(), articles, "{pack} {title}");
            assert_eq!(structure.issues, [], "{pack} {title}");
        }
    }
}
