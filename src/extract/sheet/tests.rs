use super::*;
use crate::text::table::Place;
use proptest::prelude::*;
use std::io::{Cursor, Write};

fn read(bytes: &[u8]) -> Vec<Table> {
    tables(bytes, &Limits::default()).expect("a sheet")
}

fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let mut bytes = kind.to_le_bytes().to_vec();
    bytes.extend((data.len() as u16).to_le_bytes());
    bytes.extend(data);
    bytes
}

fn wide(text: &str, short: bool) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut bytes = if short { vec![units.len() as u8] } else { (units.len() as u16).to_le_bytes().to_vec() };
    bytes.push(1);
    bytes.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    bytes
}

fn words(numbers: &[u16]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

/// Records of a workbook with one sheet: two rows, the second with stale text below a merged range, a number as a date.
fn biff_records() -> Vec<u8> {
    let bof = |kind: u16| record(0x0809, &words(&[0x0600, kind, 0, 0, 0, 0, 0, 0]));
    let strings = ["违法行为", "擅自堆放甲类物料", "旧内容", "一千元"];
    let mut sst = [(strings.len() as u32).to_le_bytes(); 2].concat();
    strings.iter().for_each(|text| sst.extend(wide(text, false)));
    let xf = |format: u16| record(0x00E0, &words(&[0, format, 0, 0, 0, 0, 0, 0, 0, 0]));
    let globals = |offset: u32| {
        let mut bound = offset.to_le_bytes().to_vec();
        bound.extend([0, 0]);
        bound.extend(wide("甲表", true));
        [bof(5), xf(0), xf(31), record(0x0085, &bound), record(0x00FC, &sst), record(0x000A, &[])].concat()
    };
    let label = |row: u16, column: u16, string: u32| {
        record(0x00FD, &[words(&[row, column, 0]), string.to_le_bytes().to_vec()].concat())
    };
    let number = |row: u16, column: u16, style: u16, value: f64| {
        record(0x0203, &[words(&[row, column, style]), value.to_le_bytes().to_vec()].concat())
    };
    let sheet = [
        bof(0x10),
        record(0x007D, &words(&[3, 3, 0, 0, 1, 0])),
        record(0x0208, &words(&[2, 0, 4, 0, 0, 0, 0x20, 0])),
        label(0, 0, 0),
        label(1, 0, 1),
        label(2, 0, 2),
        label(1, 1, 3),
        number(1, 2, 1, 44_197.0),
        number(2, 2, 0, 3.0),
        record(0x00E5, &words(&[1, 1, 2, 0, 0])),
        record(0x000A, &[]),
    ];
    let offset = globals(0).len() as u32;
    [globals(offset), sheet.concat()].concat()
}

fn container(stream: &[u8]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a container");
    file.create_stream("/Workbook").expect("a stream").write_all(stream).expect("written");
    file.flush().expect("written");
    file.into_inner().into_inner()
}

#[test]
fn xls_honours_merging_and_tells_what_is_hidden() {
    let tables = read(&container(&biff_records()));
    let table = &tables[0];
    assert_eq!(table.name.as_deref(), Some("甲表"));
    assert_eq!((table.text(2, 0), table.own_text(2, 0)), ("擅自堆放甲类物料", None));
    assert_eq!((table.text(1, 2), table.text(2, 2)), ("2021年1月1日", "3"));
    assert_eq!(table.hidden_columns, [3]);
    assert_eq!(table.rows.iter().map(|row| row.hidden).collect::<Vec<_>>(), [false, false, true]);
    assert_eq!(table.rows[2].place, Place::Row(3));
}

fn workbook() -> Vec<u8> {
    use rust_xlsxwriter::{Format, Workbook};
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("甲表").expect("a name");
    let write = |sheet: &mut rust_xlsxwriter::Worksheet| -> Result<(), rust_xlsxwriter::XlsxError> {
        sheet.merge_range(0, 0, 1, 0, "并列 & <项>", &Format::new())?;
        sheet.write(0, 1, "甲")?.write(1, 1, "乙")?;
        sheet.write_with_format(0, 2, 0.05, &Format::new().set_num_format("0%"))?;
        sheet.write_with_format(1, 2, 44_197.0, &Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\""))?;
        sheet.write(5, 1, 12.5)?.write(5, 2, true)?;
        sheet.set_row_hidden(5)?.set_column_hidden(2)?;
        Ok(())
    };
    write(sheet).expect("written");
    workbook.add_worksheet().set_name("隐藏").expect("a name").set_hidden(true);
    workbook.save_to_buffer().expect("saved")
}

#[test]
fn xlsx_is_read_as_it_is_shown() {
    let tables = read(&workbook());
    assert_eq!(tables.iter().map(|table| table.hidden).collect::<Vec<_>>(), [false, true]);
    let table = &tables[0];
    assert_eq!((table.text(1, 0), table.own_text(1, 0)), ("并列 & <项>", None));
    assert_eq!((table.text(0, 2), table.text(1, 2)), ("5%", "2021年1月1日"));
    assert_eq!((table.text(2, 1), table.text(2, 2), table.rows[2].place), ("12.5", "TRUE", Place::Row(6)));
    assert_eq!((table.rows[2].hidden, table.hidden_columns.as_slice()), (true, &[2][..]));
}

#[test]
fn stale_text_in_an_xlsx_is_not_seen() {
    let sheet = r#"<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>新</t></is></c></row>
        <row r="2"><c r="A2" t="inlineStr"><is><r><t>旧</t></r><rPh><t>jiu</t></rPh></is></c><c t="str"><v>乙_x4E00_</v></c></row></sheetData>
        <mergeCells><mergeCell ref="A1:A2"/></mergeCells></worksheet>"#;
    let tables = read(&parts(sheet));
    assert_eq!((tables[0].text(1, 0), tables[0].text(1, 1)), ("新", "乙一"));
}

#[test]
fn formulas_of_an_xls_that_nobody_computed_are_counted() {
    let formula = |column: u16, value: f64, flags: u16| {
        let data = [words(&[3, column, 0]), value.to_le_bytes().to_vec(), words(&[flags, 0, 0, 0])].concat();
        record(0x0006, &data)
    };
    let plain = biff_records();
    let (head, end) = plain.split_at(plain.len() - 4);
    let formulas = [formula(0, 0.0, 3), formula(1, 8.0, 2), formula(2, 0.0, 0), formula(3, 0.0, 1)].concat();
    let table = &read(&container(&[head, &formulas, end].concat()))[0];
    let texts = [0, 1, 2, 3].map(|column| table.text(3, column));
    assert_eq!((table.uncomputed, texts), (1, ["", "8", "0", "0"]));
}

#[test]
fn formulas_without_a_stored_result_are_counted() {
    let sheet = r#"<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>罚款</t></is></c><c r="B1"><f>SUM(A1:A9)</f></c>
        <c r="C1"><f>A1*2</f><v>8</v></c><c r="D1"><f>A1</f><v></v></c><c r="E1" t="str"><f>""</f><v></v></c></row></sheetData></worksheet>"#;
    let table = &read(&parts(sheet))[0];
    assert_eq!((table.uncomputed, table.text(0, 1), table.text(0, 2)), (2, "", "8"));
}

/// A container with one sheet.
fn parts(sheet: &str) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let relation = r#"<Relationships><Relationship Id="r1" Target="worksheets/a.xml"/></Relationships>"#;
    let workbook = r#"<workbook><sheets><sheet name="甲" sheetId="1" r:id="r1"/></sheets></workbook>"#;
    for (name, text) in
        [("xl/workbook.xml", workbook), ("xl/_rels/workbook.xml.rels", relation), ("xl/worksheets/a.xml", sheet)]
    {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        archive.write_all(text.as_bytes()).expect("written");
    }
    archive.finish().expect("a container").into_inner()
}

#[test]
fn errors_say_what_to_do() {
    let code = |bytes: &[u8]| tables(bytes, &Limits::default()).expect_err("no sheet").code();
    assert_eq!(code(b"<html>403</html>"), "sheet_not_a_sheet");
    assert_eq!(code(&container(&biff_records()[..30])), "sheet_damaged");
    assert_eq!(code(&record(0x0009, &[0, 0])), "sheet_old_format");
    let locked = [record(0x0809, &words(&[0x0600, 5, 0, 0])), record(0x002F, &[1, 0])].concat();
    assert_eq!(code(&container(&locked)), "sheet_encrypted");
    let message = tables(&parts("<worksheet><sheetData><row><c t=\"s\"><v>7</v></c>"), &Limits::default());
    assert_eq!(message.expect_err("a string is missing").code(), "sheet_damaged");
    let far = parts(r#"<worksheet><row r="1"><c t="s"><v>9</v></c></row></worksheet>"#);
    let message = tables(&far, &Limits::default()).expect_err("a string is missing").to_string();
    assert!(message.contains("工作表“甲”第1行") && message.contains("另存为"), "{message}");
}

#[test]
fn limits_hold() {
    let few = Limits { cells_max: 3, ..Limits::default() };
    assert_eq!(tables(&workbook(), &few).expect_err("too many").code(), "sheet_too_large");
    let small = Limits { unpacked_bytes_max: 100, ..Limits::default() };
    assert_eq!(tables(&workbook(), &small).expect_err("too large").code(), "sheet_too_large");
    let short = Limits { text_bytes_max: 10, ..Limits::default() };
    assert_eq!(tables(&container(&biff_records()), &short).expect_err("too long").code(), "sheet_too_large");
    let none = Limits { sheets_max: 1, ..Limits::default() };
    assert_eq!(tables(&workbook(), &none).expect_err("two sheets").code(), "sheet_too_large");
}

#[test]
fn a_sheet_of_the_largest_size_costs_what_stands_in_it() {
    let sheet = r#"<worksheet><cols><col min="1" max="16384" hidden="1"/></cols><sheetData>
        <row r="1048576"><c r="B1048576"><v>1</v></c></row></sheetData>
        <mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>"#;
    let tables = read(&parts(sheet));
    assert_eq!((tables[0].rows.len(), tables[0].rows[0].cells.len()), (1, 2));
}

proptest! {
    #[test]
    fn any_bytes_are_refused_or_read(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        let _ = tables(&bytes, &Limits::default());
        let _ = tables(&[b"PK\x03\x04", bytes.as_slice()].concat(), &Limits::default());
        let _ = tables(&container(&bytes), &Limits::default());
        let _ = tables(&container(&[biff_records(), bytes].concat()), &Limits::default());
    }

    #[test]
    fn changed_records_do_no_harm(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)) {
        let mut records = biff_records();
        changes.iter().for_each(|(at, byte)| { let at = at.index(records.len()); records[at] = *byte; });
        let _ = tables(&container(&records), &Limits::default());
        let mut file = container(&biff_records());
        changes.iter().for_each(|(at, byte)| { let at = at.index(file.len()); file[at] = *byte; });
        let _ = tables(&file, &Limits::default());
    }

    #[test]
    fn changed_parts_do_no_harm(
        cut in any::<prop::sample::Index>(), put in "[<>/a-z\"=&;#0-9A-Z:]{0,8}", format in "[yMd0#,.%\"\\\\;E@hs\\[\\]年]{0,12}", value in any::<f64>(),
    ) {
        let sheet = r#"<worksheet><cols><col min="1" max="3" hidden="1"/></cols><sheetData><row r="3" hidden="1"><c r="B3" t="inlineStr"><is><t>甲</t></is></c><c r="ZZ3"><v>5</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B3"/></mergeCells></worksheet>"#;
        let at = (0..=cut.index(sheet.len())).rev().find(|&at| sheet.is_char_boundary(at)).unwrap_or(0);
        let _ = tables(&parts(&format!("{}{put}{}", &sheet[..at], &sheet[at..])), &Limits::default());
        let _ = display::Format::parse(&format).print(value, false);
    }
}
