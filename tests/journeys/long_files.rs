//! A file of lines that is longer than one may be read at once, as an export of a large corpus is.

use super::*;

/// Lines of about four megabytes, more than one piece together.
const COUNT: usize = 9;

fn lines() -> Vec<String> {
    let filling = "渡口夜间停渡。".repeat(200_000);
    let line = |at: usize| {
        format!(
            "{{\"kind\":\"normative\",\"access\":\"public\",\"title\":\"云桥县第{at}号渡口告示\",\"text\":\"第一条　本告示为第{at}号。\\n\
             第二条　{filling}\"}}\n"
        )
    };
    (1..=COUNT).map(line).collect()
}

fn one_row(report: &ImportReport) -> (u64, u64, u64, usize) {
    (report.read, report.new, report.unchanged, report.files.iter().filter(|row| row.outcome != "refused").count())
}

#[test]
fn every_line_is_taken_and_the_bad_ones_are_told_by_their_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let mut all = lines();
    all.insert(8, "{\"kind\":\"normative\",\"titel\":\"错\"}\n".to_string());
    let mut bytes = all.concat().into_bytes();
    bytes.extend(b"\xff\xfe\n");
    let file = folder.path().join("全部.jsonl");
    std::fs::write(&file, &bytes).unwrap();
    let packed = folder.path().join("压缩.jsonl.zst");
    std::fs::write(&packed, zstd::encode_all(bytes.as_slice(), 1).unwrap()).unwrap();

    let faju = open(&folder.path().join("data"));
    let report = import(&faju, &file);
    assert_eq!(one_row(&report), (1, COUNT as u64, 0, 1), "one row for the file");
    assert_eq!((report.files[0].outcome, report.files[0].articles), ("new", Some(2 * COUNT as u64)));
    let mut refused: Vec<(Option<&str>, &str)> = report
        .files
        .iter()
        .filter(|row| row.outcome == "refused")
        .map(|row| (row.code, row.place.as_deref().unwrap_or_default()))
        .collect();
    refused.sort();
    assert_eq!(refused, [(Some("bad_record"), "第9行"), (Some("not_text"), "第11行")]);
    assert_eq!(report.refused, 2);
    let page = search(&faju, &[("q", &format!("\"第{COUNT}号\""))]);
    assert_eq!(page.total.value, 1, "the last line is there");
    assert_eq!(import(&faju, &file).unchanged, COUNT as u64);
    assert_eq!(one_row(&import(&faju, &packed)).3, 1);
}
