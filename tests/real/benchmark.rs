//! Discretion benchmarks of real spreadsheets and PDF files, beside what was read of them by hand.

use super::real_data::real_data;
use faju::extract::pdf_table::{self, Block};
use faju::extract::{pdf, sheet};
use faju::law::benchmark::{self, Benchmark, IssueKind, Tier};
use faju::text::table::{Cell, Table};
use serde_json::Value;
use std::path::Path;

const SHEET: &str = "office/xls/江环〔2020〕10号-裁量标准参照表.xls";
const LABELS: &str = "eval/statute-retrieval/enforcement-env-discretion.jsonl";
const FINES: &str = "office/pdf/粤环发〔2021〕7号-附件1-罚款金额裁量表.pdf";
const EXEMPT: &str = "office/pdf/粤环发〔2021〕7号-附件2-不予行政处罚轻微违法行为目录.pdf";

/// Tables of other PDF files and their rows; repeated headings at page breaks are not among them.
const CATALOGUES: &[(&str, &[usize])] = &[
    ("建设项目环境影响评价分类管理名录（2021年版）", &[229]),
    ("固定污染源排污许可分类管理名录（2019年版）", &[164]),
    ("国家危险废物名录（2021年版）", &[468, 58]),
];

fn sheets(data: &Path) -> Vec<Table> {
    let bytes = std::fs::read(data.join(SHEET)).expect("the sheet");
    sheet::tables(&bytes, &sheet::Limits::default()).expect("tables")
}

fn reading(path: &Path) -> pdf_table::Reading {
    let bytes = std::fs::read(path).expect("the file");
    pdf_table::read(&bytes, &pdf::Limits::default()).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn tables(reading: pdf_table::Reading) -> Vec<Table> {
    let table = |block| if let Block::Table(table) = block { Some(table) } else { None };
    reading.blocks.into_iter().filter_map(table).collect()
}

fn benchmarks(tables: &[Table]) -> Vec<Benchmark> {
    tables.iter().flat_map(|table| benchmark::read(table).benchmarks).collect()
}

fn issues(tables: &[Table], kind: IssueKind) -> usize {
    tables.iter().flat_map(|table| benchmark::read(table).issues).filter(|issue| issue.kind == kind).count()
}

/// Level, circumstances and penalty, as the labels have them.
fn words(tier: &Tier) -> [String; 3] {
    let factors = tier.factors.iter().map(|factor| factor.value.as_str()).collect();
    let outcomes = tier.outcomes.iter().map(|outcome| outcome.text.as_str()).collect();
    [tier.level.clone().unwrap_or_default(), factors, outcomes]
}

#[test]
fn merged_ranges_of_a_sheet_are_read() {
    let Some(data) = real_data("merged_ranges_of_a_sheet_are_read") else { return };
    let tables = sheets(&data);
    let cells = tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells);
    let spans = |cell: &&Cell| matches!(cell, Cell::Text { rows, columns, .. } if *rows > 1 || *columns > 1);
    let merged = cells.filter(spans).count();
    let rows: usize = tables.iter().map(|table| table.rows.len()).sum();
    assert_eq!((tables.len(), rows, merged > 800), (14, 896, true), "{merged}");
}

#[test]
fn tiers_of_a_sheet_are_read_word_for_word() {
    let Some(data) = real_data("tiers_of_a_sheet_are_read_word_for_word") else { return };
    let tables = sheets(&data);
    let found = benchmarks(&tables);
    let (mut right, mut all, mut items) = (0, 0, 0);
    for line in std::fs::read_to_string(data.join(LABELS)).expect("the labels").lines() {
        let row: Value = serde_json::from_str(line).expect("a label");
        let number = row["number"].as_str().expect("a number");
        let same: Vec<&Benchmark> = found.iter().filter(|one| one.number.as_deref() == Some(number)).collect();
        let [one] = same.as_slice() else { panic!("{number} is there {} times", same.len()) };
        let wanted = row["tiers"].as_array().expect("tiers");
        assert_eq!((one.violation.as_str(), one.tiers.len()), (row["query"].as_str().unwrap().trim(), wanted.len()));
        for (tier, wanted) in one.tiers.iter().zip(wanted) {
            let wanted = ["level", "circumstance", "penalty"].map(|name| wanted[name].as_str().unwrap_or("").trim());
            let told = words(tier);
            if told != wanted {
                println!("{number}: {told:?} is labelled {wanted:?}");
            }
            right += usize::from(told == wanted);
            all += 1;
        }
        items += 1;
    }
    println!("{right} of {all} tiers of {items} items are word for word as labelled");
    assert_eq!((right, all, items, found.len()), (872, 872, 165, 165));
    // 警告 and 责令停业; 处七万元以下九万元以下罚款, in the source.
    assert_eq!((issues(&tables, IssueKind::NoAmount), issues(&tables, IssueKind::Contradiction)), (2, 1));
    let tiers = || found.iter().flat_map(|one| &one.tiers);
    let (hidden, inherited) = (tiers().filter(|tier| tier.hidden), tiers().filter(|tier| tier.inherited));
    assert_eq!((hidden.count(), inherited.count()), (3, 6));
}

#[test]
fn tiers_and_weights_of_a_pdf_are_read() {
    let Some(data) = real_data("tiers_and_weights_of_a_pdf_are_read") else { return };
    let reading = reading(&data.join(FINES));
    assert_eq!((reading.pages, reading.glyphs, reading.unmapped), (234, 201_436, 0));
    assert!(reading.blank_pages.is_empty() && reading.tangled_pages.is_empty());
    let tables = tables(reading);
    let found = benchmarks(&tables);
    let tiers: usize = found.iter().map(|one| one.tiers.len()).sum();
    let weights: usize = found.iter().map(|one| one.weights.len()).sum();
    assert_eq!((tables.len(), found.len(), tiers, weights), (281, 288, 1497, 826));
    assert!(tables.iter().all(|table| !benchmark::read(table).benchmarks.is_empty()));
    assert!(found.iter().all(|one| one.basis.is_some() && one.violated.is_some() && !one.violation.is_empty()));
    assert!(found.iter().all(|one| one.weights.is_empty() || one.method.is_some()));
    let told = [IssueKind::NoAmount, IssueKind::Contradiction, IssueKind::BlankFactor, IssueKind::RowOutside];
    assert_eq!(told.map(|kind| issues(&tables, kind)), [2, 5, 1, 0]);
}

#[test]
fn a_list_of_what_is_not_punished_is_read() {
    let Some(data) = real_data("a_list_of_what_is_not_punished_is_read") else { return };
    let tables = tables(reading(&data.join(EXEMPT)));
    let found = benchmarks(&tables);
    let numbers: Vec<&str> = found.iter().filter_map(|one| one.number.as_deref()).collect();
    assert_eq!(numbers, (1..=20).map(|number: u32| number.to_string()).collect::<Vec<_>>());
    assert_eq!((tables.len(), found.len()), (1, 20));
    let exempt = |one: &Benchmark| one.tiers.len() == 1 && one.tiers[0].exempt && one.violated.is_some();
    assert!(found.iter().all(exempt));
}

#[test]
fn a_table_over_many_pages_is_one() {
    let Some(data) = real_data("a_table_over_many_pages_is_one") else { return };
    for (name, rows) in CATALOGUES {
        let tables = tables(reading(&data.join(format!("office/pdf/{name}.pdf"))));
        let found: Vec<usize> = tables.iter().map(|table| table.rows.len()).collect();
        assert_eq!(found, *rows, "{name}");
        assert!(benchmarks(&tables).is_empty(), "{name} is no benchmark");
    }
}

#[test]
fn every_pdf_opens_and_scans_are_told() {
    let Some(data) = real_data("every_pdf_opens_and_scans_are_told") else { return };
    let entries = std::fs::read_dir(data.join("office/pdf")).expect("a folder");
    let paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    let files: Vec<_> = paths.iter().filter(|path| path.extension().is_some_and(|end| end == "pdf")).collect();
    assert_eq!(files.len(), 17);
    let (mut blank, mut unmapped) = (Vec::new(), Vec::new());
    for path in files {
        let name = path.file_stem().and_then(|name| name.to_str()).expect("a name").to_owned();
        let reading = reading(path);
        assert!(reading.tangled_pages.is_empty(), "{name}");
        if !reading.blank_pages.is_empty() {
            blank.push((name.clone(), reading.blank_pages.len(), reading.pages, reading.glyphs));
        }
        if reading.unmapped > 0 {
            unmapped.push((name, reading.unmapped, reading.glyphs));
        }
    }
    blank.sort();
    // The last page of one scan has a single character on it.
    let scans = [("GB-14553-93".to_owned(), 7, 7, 0), ("GB-18596-2001".to_owned(), 5, 6, 1)];
    assert_eq!(blank, scans);
    // Its fonts map characters to wrong ones: read as they say, since nothing in the file tells better.
    assert_eq!(unmapped, [("GB-16889-2008".to_owned(), 1, 12_232)]);
}
