//! The workbook read back: archive and XML.

use std::io::{Cursor, Read};

use super::*;

fn part(file: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn sheet(rows: Vec<Vec<Cell>>) -> Sheet {
    Sheet {
        name: "渡口".into(),
        title: "云桥县渡口目录".into(),
        remarks: vec!["截至2026-11-27".into()],
        columns: ["名称", "费用"].map(|name| Column { name: name.into(), width: 20.0 }).to_vec(),
        rows,
    }
}

fn text(text: impl Into<String>) -> Cell {
    Cell::Text(text.into())
}

#[test]
fn title_remarks_header_and_cells() {
    let rows = vec![
        vec![text("东渡\n一号"), Cell::Number(2.5)],
        vec![text("西渡"), Cell::Date("2021-07-15".into())],
        vec![Cell::Date("2021-02-30".into())],
    ];
    let file = xlsx(&[sheet(rows)]).unwrap();
    let strings = part(&file, "xl/sharedStrings.xml");
    for expected in ["云桥县渡口目录", "截至2026-11-27", "名称", "费用", "东渡\n一号", "西渡", "2021-02-30"]
    {
        assert!(strings.contains(&format!("{expected}</t>")), "{expected}: {strings}");
    }
    let page = part(&file, "xl/worksheets/sheet1.xml");
    assert!(page.contains("<v>2.5</v>") && page.contains("<v>44392</v>"), "{page}");
    assert!(page.contains("<autoFilter ref=\"A3:B6\"/>") && page.contains("topLeftCell=\"A4\""), "{page}");
    assert!(part(&file, "xl/styles.xml").contains("wrapText=\"1\""));
    assert!(part(&file, "xl/workbook.xml").contains("name=\"渡口\""));
}

#[test]
fn rows_are_as_high_as_their_texts() {
    let sheet = sheet(vec![]);
    for (cells, expected) in [
        (vec![], 1),
        (vec![text("渡口")], 1),
        (vec![text("渡\n口"), text("一")], 2),
        (vec![text("渡"), text("口".repeat(30))], 4),
        (vec![Cell::Number(1.0), Cell::Empty], 1),
    ] {
        assert_eq!(lines(&cells, &sheet), expected, "{cells:?}");
    }
}

#[test]
fn texts_are_never_formulas() {
    let hostile = ["=1+1", "{=1}", "+1", "-1", "@a", "<script>&]]>", "\u{0}\u{8}\u{fffe}", "_x0041_", "1"];
    let file = xlsx(&[sheet(hostile.iter().map(|hostile| vec![text(*hostile)]).collect())]).unwrap();
    let page = part(&file, "xl/worksheets/sheet1.xml");
    assert!(!page.contains("<f>"));
    assert_eq!(page.matches("t=\"s\"").count(), 4 + hostile.len());
    let strings = part(&file, "xl/sharedStrings.xml");
    assert!(strings.contains("&lt;script&gt;&amp;]]&gt;") && strings.contains("\u{fffd}\u{fffd}\u{fffd}"));
    assert!(strings.contains("_x005F_x0041_"));
}

#[test]
fn long_texts_are_cut_and_a_remark_says_so() {
    let short = "渡".repeat(CELL_MAX);
    assert_eq!(fitting(&short), (short.clone(), false));
    let (cut, was_cut) = fitting(&"\u{20000}".repeat(CELL_MAX));
    assert!(was_cut && cut.encode_utf16().count() <= CELL_MAX && cut.ends_with("\u{20000}…"));
    let file = xlsx(&[sheet(vec![vec![text(short)], vec![text("口".repeat(CELL_MAX + 1))]])]).unwrap();
    let strings = part(&file, "xl/sharedStrings.xml");
    assert!(strings.contains("有 1 个单元格的文字超过 32,767 字") && strings.contains("口…</t>"));
}

#[test]
fn only_safe_addresses_are_links() {
    assert_eq!(address("https://example.invalid/?a=1&b#c").as_deref(), Some("https://example.invalid/?a=1&b#c"));
    assert_eq!(address("#渡口!A1").as_deref(), Some("internal:渡口!A1"));
    for plain in
        ["", "#", "javascript:alert(1)", "file:///etc/passwd", "mailto:a@b", "internal:a", "http://a b", "/d/1"]
    {
        assert_eq!(address(plain), None, "{plain}");
    }
    assert_eq!(address(&format!("https://{}", "a".repeat(URL_MAX))), None);
    let link = |text: &str, url: &str| vec![Cell::Link { text: text.into(), url: url.into() }];
    let rows = vec![link("办法", "https://example.invalid/1"), link("", "#渡口!A1"), link("坏", "javascript:x")];
    let file = xlsx(&[sheet(rows)]).unwrap();
    assert_eq!(part(&file, "xl/worksheets/sheet1.xml").matches("<hyperlink ").count(), 2);
    assert!(!part(&file, "xl/worksheets/_rels/sheet1.xml.rels").contains("javascript"));
}

#[test]
fn more_links_than_a_sheet_takes_are_texts() {
    let link =
        |number: usize| vec![Cell::Link { text: "渡".into(), url: format!("https://example.invalid/{number}") }];
    assert!(xlsx(&[sheet((0..LINKS_MAX + 2).map(link).collect())]).is_ok());
}

#[test]
fn equal_sheets_are_equal_bytes() {
    let sheets = [sheet(vec![vec![text("渡"), Cell::Number(f64::NAN)]]), sheet(vec![])];
    let file = xlsx(&sheets).unwrap();
    assert_eq!(file, xlsx(&sheets).unwrap());
    assert!(part(&file, "docProps/core.xml").contains("2000-01-01T00:00:00Z"));
    let mut archive = zip::ZipArchive::new(Cursor::new(&file)).unwrap();
    for number in 0..archive.len() {
        let day = archive.by_index(number).unwrap().last_modified().unwrap();
        assert_eq!((day.year(), day.month(), day.day()), (1980, 1, 1));
    }
}

#[test]
fn too_many_rows_or_columns_are_told() {
    let many = xlsx(&[sheet(vec![vec![]; ROWS_MAX])]).unwrap_err();
    assert_eq!(many.to_string(), "工作表“渡口”共 1048579 行，超过电子表格上限 1048576 行；请缩小范围，或改用 CSV");
    let wide = xlsx(&[sheet(vec![vec![Cell::Empty; COLUMNS_MAX + 1]])]).unwrap_err();
    assert_eq!(wide, PublishError::TooManyColumns { sheet: "渡口".into(), columns: COLUMNS_MAX + 1 });
}

#[test]
fn names_of_sheets_and_empty_workbooks() {
    let mut taken = HashSet::new();
    let names = ["渡口[1]", "渡口[1]", "", "History", "'a'", &"长".repeat(40), &"长".repeat(50), "a/b\u{0}"];
    let found: Vec<String> = names.iter().map(|name| tab_name(name, &mut taken)).collect();
    let long = "长".repeat(31);
    let shorter = "长".repeat(28) + "（2）";
    assert_eq!(found, ["渡口_1_", "渡口_1_（2）", "工作表", "工作表（2）", "a", &long, &shorter, "a_b\u{fffd}"]);
    assert!(xlsx(&[]).is_ok());
    assert!(xlsx(&[Sheet::default(), Sheet::default()]).is_ok());
    let columns = vec![Column { name: "a".into(), width: f64::NAN }, Column { name: "b".into(), width: 1e9 }];
    assert!(xlsx(&[Sheet { columns, ..Sheet::default() }]).is_ok());
}
