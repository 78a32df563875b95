use super::*;
use crate::app::ProvisionKind;

fn provision(label: &str, text: &str) -> ComparedProvision {
    ComparedProvision {
        id: format!("x@2020-01-01/{label}"),
        key: "a1".to_string(),
        kind: ProvisionKind::Article,
        label: label.to_string(),
        text: text.to_string(),
    }
}

fn place(start: usize, end: usize) -> Option<ComparedPlace> {
    Some(ComparedPlace { provision: 0, start, end })
}

fn row(kind: RowKind, old: Vec<ComparedProvision>, new: Vec<ComparedProvision>) -> ComparedRow {
    let (similarity, reordered, doubtful, moved_parts) = (1.0, false, false, Vec::new());
    ComparedRow {
        kind,
        similarity,
        reordered,
        doubtful,
        moved_parts,
        nearest: Vec::new(),
        old,
        new,
        segments: Vec::new(),
    }
}

#[test]
fn a_row_is_two_cells_of_paragraphs() {
    let (old, new) = (provision("第三条", "第三条　甲。\n乙。"), provision("第四条", "第四条　甲。\n丙丁。"));
    let mut row = row(RowKind::MovedChanged, vec![old], vec![new]);
    let segment = |kind, old, new| ComparedSegment { kind, old, new };
    row.segments = vec![
        segment(SegmentKind::Renumbered, place(0, 4), place(0, 4)),
        segment(SegmentKind::Same, place(4, 7), place(4, 7)),
        segment(SegmentKind::Deleted, place(7, 8), None),
        segment(SegmentKind::Inserted, None, place(7, 9)),
        segment(SegmentKind::Same, place(8, 9), place(9, 10)),
    ];
    let pair = pair(&row);
    assert_eq!(pair.place, "原第三条 → 第四条");
    let shown = |lines: &[Line]| -> Vec<String> {
        let piece = |piece: &Piece| format!("{}:{}", piece.class, piece.text.trim());
        lines.iter().map(|line| line.0.iter().map(piece).collect::<Vec<_>>().join(" ")).collect()
    };
    assert_eq!(shown(&pair.was), ["number:第三条 same:甲。", "deleted:乙 same:。"]);
    assert_eq!(shown(&pair.is), ["number:第四条 same:甲。", "inserted:丙丁 same:。"]);
}

#[test]
fn what_is_wholly_new_is_said_by_its_row_and_not_word_by_word() {
    let mut row = row(RowKind::Added, Vec::new(), vec![provision("第一条", "第一条　甲。")]);
    row.segments = vec![ComparedSegment { kind: SegmentKind::Inserted, old: None, new: place(0, 6) }];
    let pair = pair(&row);
    assert!(pair.was.is_empty());
    let piece = |class, text: &str| Piece { class, text: text.to_string(), other: String::new() };
    assert_eq!(pair.is, [Line(vec![piece("number", "第一条　"), piece("same", "甲。")])]);
}

#[test]
fn what_moved_into_another_article_is_shown_with_its_place_and_its_old_words() {
    let mut row = row(RowKind::Moved, vec![provision("第三条", "第三条　甲。")], Vec::new());
    row.segments = vec![ComparedSegment { kind: SegmentKind::Deleted, old: place(0, 6), new: None }];
    row.moved_parts = vec![crate::app::view::comparison::ComparedMove {
        old: "x@2020-01-01/a3".to_string(),
        old_label: "第三条".to_string(),
        new: "x@2024-01-01/a9/p1/s2".to_string(),
        new_label: "第九条第二项".to_string(),
        similarity: 1.0,
    }];
    let shown = pair(&row);
    assert_eq!((shown.place.as_str(), shown.class), ("原第三条 → 第九条第二项", "moved"));
    assert_eq!(shown.remarks, ["第三条并入第九条第二项"]);
    assert_eq!((shown.was.len(), shown.is.len()), (1, 0));
}
