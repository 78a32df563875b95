//! The file read back.

use std::io::{Cursor, Read};

use proptest::prelude::*;

use super::*;
use crate::publish::Column;

fn part(file: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    well_formed(&text);
    text
}

fn well_formed(xml: &str) {
    let mut reader = quick_xml::Reader::from_str(xml);
    while reader.read_event().unwrap() != quick_xml::events::Event::Eof {}
}

fn text(text: &str) -> Cell {
    Cell::Text(text.into())
}

fn sheet(widths: &[f64], rows: Vec<Vec<Cell>>) -> Sheet {
    let columns = widths.iter().zip(["名称", "文号", "日期", "费用", "原文"]);
    let columns = columns.map(|(width, name)| Column { name: name.into(), width: *width }).collect();
    let remarks = vec!["说明：渡口<桥>".into(), String::new()];
    Sheet { name: "渡口".into(), title: "云桥县渡口名单".into(), remarks, columns, rows }
}

/// What stands in the cells of every row, header first.
fn rows(xml: &str) -> Vec<Vec<String>> {
    let of_cell = |cell: &str| {
        let texts = cell.split("<w:t xml:space=\"preserve\">").skip(1);
        texts.map(|text| text.split("</w:t>").next().unwrap()).collect::<String>()
    };
    xml.split("<w:tr>").skip(1).map(|row| row.split("<w:tc>").skip(1).map(of_cell).collect()).collect()
}

fn one_table(sheet: &Sheet) -> Result<Vec<u8>, PublishError> {
    docx_tables(std::slice::from_ref(sheet))
}

#[test]
fn title_remarks_header_and_cells() {
    let row = vec![text("云桥渡\r一\t二\n“三”"), Cell::Empty, Cell::Date("2021-07-15".into()), Cell::Number(12.0)];
    let numbers = vec![Cell::Number(-2.5), Cell::Number(-0.0), Cell::Number(1e9), Cell::Number(f64::NAN)];
    let file = one_table(&sheet(&[20.0, 12.0, 10.0, 8.0], vec![row, numbers, vec![]])).unwrap();
    let xml = part(&file, "word/document.xml");
    assert_eq!(
        rows(&xml),
        [
            ["名称", "文号", "日期", "费用"],
            ["云桥渡一二“三”", "", "2021-07-15", "12"],
            ["-2.5", "0", "1000000000", "NaN"],
            ["", "", "", ""]
        ]
    );
    assert!(xml.contains("<w:pStyle w:val=\"Title\"/>") && xml.contains("说明：渡口&lt;桥&gt;"));
    assert_eq!(xml.matches("<w:pStyle w:val=\"Remark\"/>").count(), 1, "an empty remark is left out");
    assert!(xml.contains("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"));
    assert_eq!((xml.matches("<w:tblHeader/>").count(), xml.matches("<w:cantSplit/>").count()), (1, 4));
    assert!(xml.contains("w:orient=\"landscape\"") && xml.contains("<w:cr/>") && xml.contains("<w:br/>"));
}

#[test]
fn styles_and_the_parts_hold_together() {
    let file = one_table(&sheet(&[20.0], vec![])).unwrap();
    let (xml, styles) = (part(&file, "word/document.xml"), part(&file, "word/styles.xml"));
    for style in xml.split("Style w:val=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(styles.contains(&format!("w:styleId=\"{style}\"")), "{style}");
    }
    assert!(part(&file, "docProps/core.xml").contains("<dc:title>云桥县渡口名单</dc:title>"));
    assert!(part(&file, "word/footer1.xml").contains(" PAGE "));
    let relations = part(&file, "word/_rels/document.xml.rels");
    assert!(["rIdFooter1", "rIdFooter2"].iter().all(|id| relations.contains(&format!("Id=\"{id}\""))));
}

#[test]
fn only_web_addresses_are_links() {
    let link = |text: &str, url: &str| vec![Cell::Link { text: text.into(), url: url.into() }];
    let all = vec![
        link("原文", "https://example.invalid/a?b='1'&c=2"),
        link("", "http://example.invalid/2"),
        link("再次", "https://example.invalid/a?b='1'&c=2"),
        link("坏", "javascript:alert(1)"),
        link("处", "#a1"),
        link("", "https://a\"b"),
    ];
    let file = one_table(&sheet(&[20.0], all)).unwrap();
    let xml = part(&file, "word/document.xml");
    let ids: Vec<&str> = xml.split("<w:hyperlink r:id=\"").skip(1).map(|rest| &rest[..9]).collect();
    assert_eq!(ids, ["rIdLink1\"", "rIdLink2\"", "rIdLink1\""]);
    let shown: Vec<String> = rows(&xml).into_iter().skip(1).flatten().collect();
    assert_eq!(shown, ["原文", "http://example.invalid/2", "再次", "坏", "处", "https://a&quot;b"]);
    let relations = part(&file, "word/_rels/document.xml.rels");
    assert!(relations.contains("https://example.invalid/a?b=&apos;1&apos;&amp;c=2"), "{relations}");
    assert_eq!(relations.matches("TargetMode=\"External\"").count(), 2);
    assert!(!relations.contains("javascript"));
}

#[test]
fn a_row_that_fills_a_page_may_be_split_and_nothing_is_cut() {
    let long = "渡口管理".repeat(8_000);
    let file = one_table(&sheet(&[20.0, 10.0], vec![vec![text(&long), text("短")], vec![text("短")]])).unwrap();
    let xml = part(&file, "word/document.xml");
    assert_eq!(rows(&xml)[1], [&long, "短"]);
    assert_eq!(xml.matches("<w:cantSplit/>").count(), 2, "the header and the short row");
    let feeds = text(&"一\n".repeat(40));
    assert_eq!(lines(&[feeds, Cell::Number(1.0)], &[2000, 2000]), 41);
    assert_eq!(lines(&[Cell::Link { text: String::new(), url: "a".repeat(100) }], &[0]), 50);
}

#[test]
fn sizes() {
    let long = sheet(&[10.0], vec![vec![]; ROWS_MAX]);
    let refused = PublishError::TooLargeForWord { sheet: "渡口".into(), rows: ROWS_MAX + 1, columns: 1 };
    assert_eq!(one_table(&long), Err(refused));
    let wide = sheet(&[], vec![vec![Cell::Empty; COLUMNS_MAX + 1]]);
    let words = one_table(&wide).unwrap_err().to_string();
    assert!(words.contains("共 2 行、64 列") && words.contains("改用电子表格"), "{words}");
    let none = part(&one_table(&Sheet::default()).unwrap(), "word/document.xml");
    assert!(!none.contains("<w:tbl>") && none.contains("<w:p>"));
}

#[test]
fn days_and_numbers_have_room() {
    let row = vec![text("渡"), Cell::Date("2021-07-15".into()), Cell::Number(1.0)];
    let found = widths(&sheet(&[80.0, 5.0, 0.0], vec![row]), 3);
    assert_eq!(found, [layout::WIDE_TEXT_WIDTH - 1530 - 589, 1530, 589]);
    // In proportion where all have room.
    assert_eq!(widths(&sheet(&[10.0, 20.0], vec![]), 2), [4630, 9260]);
}

#[test]
fn equal_sheets_are_equal_bytes_and_control_characters_are_replaced() {
    let odd = sheet(&[10.0], vec![vec![text("渡\u{8}口\u{ffff}<w:p>")]]);
    let file = one_table(&odd).unwrap();
    assert_eq!(file, one_table(&odd.clone()).unwrap());
    assert_eq!(rows(&part(&file, "word/document.xml"))[1], ["渡\u{fffd}口\u{fffd}&lt;w:p&gt;"]);
}

#[test]
fn the_file_is_small_and_its_day_is_not_today() {
    let file = one_table(&sheet(&[10.0], vec![vec![text("云桥渡")]; 3_000])).unwrap();
    assert!(file.len() < 60_000, "{}", file.len());
    let mut archive = zip::ZipArchive::new(Cursor::new(&file)).unwrap();
    assert_eq!(archive.by_index(0).unwrap().name().unwrap(), "[Content_Types].xml");
    for number in 0..archive.len() {
        let day = archive.by_index(number).unwrap().last_modified().unwrap();
        assert_eq!((day.year(), day.month(), day.day(), day.hour()), (1980, 1, 1, 0));
    }
}

fn any_cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        Just(Cell::Empty),
        any::<String>().prop_map(Cell::Text),
        any::<String>().prop_map(Cell::Date),
        any::<f64>().prop_map(Cell::Number),
        (any::<String>(), "https?://[a-z\"<&渡]{0,9}").prop_map(|(text, url)| Cell::Link { text, url }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_sheet_is_written(
        widths in prop::collection::vec(any::<f64>(), 0..5),
        cells in prop::collection::vec(prop::collection::vec(any_cell(), 0..7), 0..5),
        title in any::<String>(),
    ) {
        let mut any = sheet(&widths, cells);
        any.title = title;
        let file = docx_tables(std::slice::from_ref(&any)).unwrap();
        part(&file, "word/document.xml");
        part(&file, "word/_rels/document.xml.rels");
    }

    #[test]
    fn columns_fill_the_page(
        said in prop::collection::vec(any::<f64>(), 1..=COLUMNS_MAX),
        row in prop::collection::vec(any_cell(), 0..COLUMNS_MAX),
    ) {
        let columns = said.iter().map(|width| Column { name: String::new(), width: *width }).collect();
        let any = Sheet { columns, rows: vec![row], ..Sheet::default() };
        let count = any.rows[0].len().max(any.columns.len());
        let found = widths(&any, count);
        prop_assert_eq!(found.iter().sum::<usize>(), layout::WIDE_TEXT_WIDTH);
        prop_assert!(found.len() == count && found.iter().all(|width| *width > 200));
    }
}
