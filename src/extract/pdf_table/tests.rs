use super::*;
use crate::extract::pdf::fixture::{Drawing, file};
use crate::text::table::Place;

fn blocks(drawings: &[Drawing]) -> Vec<Block> {
    read(&file(drawings), &Limits::default()).expect("a file").blocks
}

fn tables(drawings: &[Drawing]) -> Vec<Table> {
    let only = |block| if let Block::Table(table) = block { Some(table) } else { None };
    blocks(drawings).into_iter().filter_map(only).collect()
}

fn shown(table: &Table) -> Vec<Vec<&str>> {
    let row = |row| (0..table.columns()).map(|column| table.own_text(row, column).unwrap_or("·")).collect();
    (0..table.rows.len()).map(row).collect()
}

const EDGES: &[f64] = &[90.0, 150.0, 270.0, 400.0];

fn pages<const N: usize>(pages: [&[&[&str]]; N]) -> Vec<Drawing> {
    let drawing = |(at, rows): (usize, &&[&[&str]])| {
        let mut drawing = Drawing::default();
        let top = if at == 0 { 780.0 - 20.0 * rows.len() as f64 } else { 80.0 };
        drawing.rows(top, EDGES, rows).text(290.0, 810.0, &format!("{}", at + 1));
        drawing
    };
    pages.iter().enumerate().map(drawing).collect()
}

#[test]
fn lines_and_tables_come_in_reading_order() {
    let mut drawing = Drawing::default();
    drawing.text(90.0, 100.0, "甲类物料裁量表").rows(
        120.0,
        EDGES,
        &[&["序号", "情节", "罚款"], &["1", "初次", "五百元"]],
    );
    drawing.text(90.0, 300.0, "本表自印发之日起施行。");
    let blocks = blocks(&[drawing]);
    assert!(matches!(&blocks[0], Block::Line { page: 1, line } if line.text == "甲类物料裁量表"));
    let Block::Table(table) = &blocks[1] else { panic!("a table: {blocks:?}") };
    assert_eq!(shown(table), [["序号", "情节", "罚款"], ["1", "初次", "五百元"]]);
    assert_eq!((table.above.as_slice(), table.rows[0].place), (&["甲类物料裁量表".to_string()][..], Place::Page(1)));
    assert!(matches!(&blocks[2], Block::Line { .. }));
}

#[test]
fn merged_cells_are_told_by_missing_lines() {
    let mut drawing = Drawing::default();
    drawing.across(100.0, 90.0, 400.0).across(140.0, 90.0, 400.0).across(120.0, 150.0, 400.0);
    drawing.down(90.0, 100.0, 140.0).down(150.0, 100.0, 140.0).down(270.0, 120.0, 140.0).down(400.0, 100.0, 140.0);
    drawing.text(95.0, 124.0, "并列").text(160.0, 114.0, "上").text(160.0, 134.0, "左").text(280.0, 134.0, "右");
    let tables = tables(&[drawing]);
    assert_eq!(shown(&tables[0]), [["并列", "上", "·"], ["·", "左", "右"]]);
    assert_eq!((tables[0].text(1, 0), tables[0].text(0, 2)), ("并列", "上"));
}

#[test]
fn a_table_goes_on_and_its_heading_is_dropped() {
    let heading: &[&str] = &["序号", "情节", "罚款"];
    let tables = tables(&pages([&[heading, &["1", "初次", "500元"]], &[heading, &["2", "再次", "800元"]]]));
    assert_eq!(tables.len(), 1);
    assert_eq!(shown(&tables[0]), [heading, &["1", "初次", "500元"], &["2", "再次", "800元"]]);
    assert_eq!(tables[0].rows[2].place, Place::Page(2));
}

#[test]
fn a_row_that_a_page_breaks_is_one() {
    let above: &[&[&str]] = &[&["1", "初次", "500元以上600元以下"], &["2", "堆放在水源保护区且逾", "600元以上"]];
    let below: &[&[&str]] = &[&["", "期不清除", "700元以下"], &["3", "其他", "800元以上900元以下"]];
    let tables = tables(&pages([above, below]));
    let rows = shown(&tables[0]);
    assert_eq!(rows[1], ["2", "堆放在水源保护区且逾期不清除", "600元以上700元以下"]);
    assert_eq!(rows.len(), 3);
}

#[test]
fn whole_rows_stay_apart() {
    let above: &[&[&str]] = &[&["1", "初次", "500元"], &["2", "堆放甲类物料达十吨以上的", "600元"]];
    let below: &[&[&str]] = &[&["3", "堆放乙类物料达十吨以上的", "700元"]];
    assert_eq!(tables(&pages([above, below]))[0].rows.len(), 3);
}

#[test]
fn a_table_of_other_edges_or_below_a_heading_is_another() {
    let rows: &[&[&str]] = &[&["1", "初次", "500元"]];
    let mut apart = pages([rows, rows]);
    apart[1].text(90.0, 70.0, "第二表");
    assert_eq!(tables(&apart).len(), 2);
    let mut other = pages([rows]);
    let mut second = Drawing::default();
    second.rows(80.0, &[70.0, 150.0, 420.0], &[&["1", "初次"]]);
    other.push(second);
    assert_eq!(tables(&other).len(), 2);
}

#[test]
fn no_character_of_a_page_is_lost() {
    let mut drawing = Drawing::default();
    drawing.rows(120.0, EDGES, &[&["序号", "情节", "罚款"], &["1", "初次", "五百元"]]).text(200.0, 400.0, "表外");
    // A second frame that overlaps the first, and a line through a cell.
    drawing.rows(130.0, &[100.0, 260.0, 410.0], &[&["", "", ""]]).across(131.0, 90.0, 120.0);
    let mut text = String::new();
    for block in blocks(&[drawing]) {
        match block {
            Block::Line { line, .. } => text.push_str(&line.text),
            Block::Table(table) => shown(&table).into_iter().flatten().for_each(|cell| text.push_str(cell)),
        }
    }
    for part in ["序号", "情节", "罚款", "初次", "五百元", "表外"] {
        assert!(part.chars().all(|char| text.contains(char)), "{part} in {text}");
    }
}
