//! Tables → documents. What a table is, its headings tell:
//!
//! - a published table of penalties, which names parties, becomes a case for each row ([`super::penalty_table`]);
//! - a discretion benchmark (裁量基准) becomes one document whose provisions are its violations ([`crate::law::benchmark`]);
//! - any other table becomes one document whose units are its rows, every cell behind its heading.

use super::outcome::{Extracted, Outcome, Refusal, RefusalCode};
use super::{header, penalty_table, plain, state_mark, unseen};
use crate::law::benchmark::{self, IssueKind};
use crate::law::{Document, Kind};
use crate::text::numerals;
use crate::text::table::{Place, Table};

/// Rows among which the headings of a table are looked for.
const HEADING_ROWS: usize = 8;
/// Longest heading of a column, in characters.
const HEADING_CHARS: usize = 30;
/// Longest title above a table, in characters.
const TITLE_CHARS: usize = 100;
/// Bytes of the tables of a file as they are written out, the text of merged cells in every row.
const SHOWN_BYTES_MAX: usize = 32 << 20;
/// Rows without a violation that are remarked one by one.
const OUTSIDE_MAX: usize = 20;

/// Refuses tables whose merged cells would be written out without end.
pub fn within_limits<'t>(tables: impl Iterator<Item = &'t Table>) -> Result<(), Refusal> {
    let bytes = tables.map(Table::shown_bytes).fold(0, usize::saturating_add);
    let message = || format!("表格的合并单元格展开后超过 {} MB；请拆开后再导入", SHOWN_BYTES_MAX >> 20);
    if bytes > SHOWN_BYTES_MAX { Err(Refusal::new(RefusalCode::TooLarge, message())) } else { Ok(()) }
}

/// Reads the tables of a file.
pub fn read(path: &str, tables: &[Table]) -> Outcome {
    let (seen, unseen) = unseen::tables(tables);
    let uncomputed = uncomputed(tables);
    match penalty_table::rewards::in_tables(&seen) {
        Some((seen, note)) => of_seen(path, &seen).noted(unseen).noted(uncomputed).noted(Some(note)),
        None => of_seen(path, &seen).noted(unseen).noted(uncomputed),
    }
}

/// The remark on cells whose formula has no stored result.
fn uncomputed(tables: &[Table]) -> Option<String> {
    let count: usize = tables.iter().map(|table| table.uncomputed).sum();
    let remark = || format!("公式 {count} 处没有存储结果，这些单元格按空白读入；请用 Excel 或 WPS 打开、保存后再导入");
    (count > 0).then(remark)
}

fn of_seen(path: &str, tables: &[Table]) -> Outcome {
    if let Err(refusal) = within_limits(tables.iter()) {
        return refusal.into();
    }
    let rows: Vec<&Table> = tables.iter().filter(|table| !table.rows.is_empty()).collect();
    let mut documents: Vec<Extracted> = Vec::new();
    let mut others: Vec<&Table> = Vec::new();
    for table in rows {
        match penalty_table::cases(path, table) {
            Some(cases) if !cases.is_empty() => documents.extend(cases),
            _ => others.push(table),
        }
    }
    documents.extend(listed_or_benchmark(path, &others).map(Extracted::from));
    if documents.is_empty() {
        return Refusal::bad_record("表格中没有文字").into();
    }
    Outcome::Documents { documents, refused: Vec::new() }
}

/// The document of tables that hold no cases; `None` without text.
fn listed_or_benchmark(path: &str, tables: &[&Table]) -> Option<Document> {
    if let Some(document) = of_benchmarks(path, tables) {
        return Some(document);
    }
    let text: Vec<String> = tables.iter().scan(0, |number, table| Some(listed(table, number))).collect();
    let text = text.join("\n\n");
    let first: Vec<Table> = tables.iter().take(1).map(|table| (*table).clone()).collect();
    (!text.trim().is_empty()).then(|| titled(path, &first, text))
}

/// The document of a file of which some tables are benchmarks: their violations, then the rows of the others; what belongs to no
/// violation is remarked.
fn of_benchmarks(path: &str, tables: &[&Table]) -> Option<Document> {
    let readings: Vec<_> = tables.iter().map(|table| benchmark::read(table)).collect();
    let violations: Vec<_> = readings.iter().flat_map(|reading| reading.benchmarks.iter().cloned()).collect();
    if violations.is_empty() {
        return None;
    }
    let (of_violations, others): (Vec<_>, Vec<_>) =
        tables.iter().zip(&readings).partition(|(_, reading)| !reading.benchmarks.is_empty());
    let mut number = violations.len() as u64;
    let mut parts = vec![benchmark::text(&violations, 1)];
    parts.extend(others.iter().map(|(table, _)| listed(table, &mut number)).filter(|text| !text.trim().is_empty()));
    let first: Vec<Table> = of_violations.iter().take(1).map(|(table, _)| (**table).clone()).collect();
    let mut document = titled(path, &first, parts.join("\n\n"));
    let outside: Vec<String> = readings
        .iter()
        .flat_map(|reading| &reading.issues)
        .filter(|issue| matches!(issue.kind, IssueKind::RowOutside | IssueKind::TooMuchText))
        .map(|issue| format!("{}没有归入任何一项：{}", place(issue.place), flat(&issue.text)))
        .collect();
    document.notes.extend(outside.iter().take(OUTSIDE_MAX).cloned());
    if let Some(more) = outside.len().checked_sub(OUTSIDE_MAX).filter(|more| *more > 0) {
        document.notes.push(format!("另有 {more} 行没有归入任何一项"));
    }
    Some(document)
}

fn place(place: Place) -> String {
    match place {
        Place::Row(row) => format!("第 {row} 行"),
        Place::Page(page) => format!("第 {page} 页的一行"),
    }
}

/// The document of a file whose tables are its text.
fn titled(path: &str, tables: &[Table], text: String) -> Document {
    let (stem, date) = header::split_name_date(header::stem(path));
    let mut document = Document::new(Kind::Normative, title_above(tables).unwrap_or_else(|| stem.to_string()), text);
    document.source_date = date;
    document.document_number = header::number_in(stem);
    document.notes.push(state_mark::OF_TABLE.to_string());
    plain::classify(&mut document);
    document
}

/// The one line that stands over the headings of the first table, or above it.
pub(super) fn title_above(tables: &[Table]) -> Option<String> {
    let table = tables.iter().find(|table| !table.rows.is_empty())?;
    let headings = heading_row(table)?;
    let over: Vec<&str> =
        (0..headings).map(|row| texts(table, row)).filter(|cells| cells.len() == 1).flatten().collect();
    let is_title = |line: &str| {
        let listed = line.chars().take(4).any(|c| c == '、') || line.contains("....") || line.contains("……");
        line.chars().count() <= TITLE_CHARS && !listed && !line.starts_with(['（', '(', '《', '附'])
    };
    // 附件1 in the row above the title of a list.
    let is_attached = |line: &&&str| {
        let rest = line.trim().strip_prefix('附').and_then(|rest| rest.strip_prefix(['件', '表', '录']));
        let number = |c: char| c.is_whitespace() || c.is_ascii_digit() || "一二三四五六七八九十：:-".contains(c);
        rest.is_some_and(|rest| rest.trim_matches(number).is_empty())
    };
    let first = match over.is_empty() {
        true => table.above.first().map(String::as_str),
        false => over.iter().find(|line| !is_attached(line)).copied(),
    };
    first.filter(|line| is_title(line)).map(|line| line.split_whitespace().collect::<String>())
}

/// The texts of a row, each once.
fn texts(table: &Table, row: usize) -> Vec<&str> {
    let cells = (0..table.columns()).filter_map(|column| table.own_text(row, column));
    cells.map(str::trim).filter(|text| !text.is_empty()).collect()
}

/// The row with the headings of the columns: the first in which several short cells stand and no cell is long.
pub(super) fn heading_row(table: &Table) -> Option<usize> {
    let is_heading = |row: &usize| {
        let cells = texts(table, *row);
        cells.len() >= 2 && cells.iter().all(|cell| cell.chars().count() <= HEADING_CHARS && !is_number(cell))
    };
    (0..table.rows.len().min(HEADING_ROWS)).find(is_heading)
}

fn is_number(cell: &str) -> bool {
    cell.chars().all(|c| c.is_ascii_digit() || ".-/年月日".contains(c))
}

/// A table inside a text: a line for each row, its cells between bars, as Markdown has them.
pub fn rows(table: &Table) -> String {
    let row = |row: usize| {
        let own = (0..table.columns()).filter(|column| table.span(row, *column).start == *column);
        let cells: Vec<String> = own.map(|column| flat(table.text(row, column))).collect();
        format!("| {} |", cells.join(" | "))
    };
    (0..table.rows.len()).map(row).collect::<Vec<_>>().join("\n")
}

/// A cell as one line.
pub(super) fn flat(cell: &str) -> String {
    cell.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\u{3000}")
}

/// A table as units of text: one for each row, counted on through all tables.
pub fn listed(table: &Table, number: &mut u64) -> String {
    // Nothing stands below what ends the table.
    let headings = heading_row(table).filter(|row| row + 1 < table.rows.len());
    let mut out: Vec<String> = Vec::new();
    for row in headings.map_or(0, |row| row + 1)..table.rows.len() {
        let mut cells: Vec<String> = Vec::new();
        for column in 0..table.columns() {
            let text = table.text(row, column).trim();
            let repeats = table.span(row, column).start != column;
            let heading = headings.map_or("", |row| table.text(row, column)).trim();
            if !text.is_empty() && !repeats && heading != "序号" {
                let text = flat(text);
                let heading: String = heading.split_whitespace().collect();
                cells.push(if heading.is_empty() { text } else { format!("{heading}：{text}") });
            }
        }
        if !cells.is_empty() {
            *number += 1;
            out.push(format!("{}、{}", numerals::chinese(*number), cells.join("\n")));
        }
    }
    out.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::table::{Cell, Row};

    fn table(rows: &[&[&str]]) -> Table {
        let row = |(at, cells): (usize, &&[&str])| Row {
            place: Place::Row(at as u32 + 1),
            hidden: false,
            cells: cells.iter().map(|text| Cell::single(*text)).collect(),
        };
        Table { rows: rows.iter().enumerate().map(row).collect(), ..Table::default() }
    }

    fn documents(tables: &[Table]) -> Vec<Extracted> {
        match read("2026/云桥〔2026〕3号-裁量表.xls", tables) {
            Outcome::Documents { documents, .. } => documents,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_benchmark_is_a_document_of_its_violations() {
        let found = documents(&[table(&[
            &["序号", "违法行为", "法律依据", "裁量情节", "裁量标准"],
            &["1-1", "擅自堆放物料", "《甲市物料管理条例》第三条", "初次", "处五百元以上一千元以下罚款"],
        ])]);
        let [one] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(one.document.document_number.as_deref(), Some("云桥〔2026〕3号"));
        assert_eq!(one.document.kind, Kind::Normative);
        let read = benchmark::read_text(None, &one.document.text).unwrap();
        assert_eq!((read.violation.as_str(), read.tiers.len()), ("擅自堆放物料", 1));
    }

    #[test]
    fn other_tables_are_listed_row_by_row() {
        let found = documents(&[table(&[
            &["云桥县政策措施问题清单"],
            &["序号", "文件名称", "涉嫌违规内容"],
            &["1", "甲通知", "限定\n本地企业"],
            &["2", "乙通知", "指定供应商"],
        ])]);
        let [one] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(one.document.title, "云桥县政策措施问题清单");
        assert_eq!(
            one.document.text,
            "一、文件名称：甲通知\n涉嫌违规内容：限定\u{3000}本地企业\n二、文件名称：乙通知\n涉嫌违规内容：指定供应商"
        );
        let attached = documents(&[table(&[
            &["附件1"],
            &["云桥县废止的规范性文件目录"],
            &["序号", "文件名称", "文号"],
            &["1", "云桥县渡口办法", "云政发〔2010〕5号"],
        ])]);
        assert_eq!(attached[0].document.title, "云桥县废止的规范性文件目录");
        assert!(matches!(read("空.xlsx", &[Table::default()]), Outcome::Refused(_)));
        let sheet = Table { uncomputed: 2, ..table(&[&["序号", "名称"], &["1", "甲"]]) };
        let notes = documents(&[sheet]).remove(0).document.notes;
        assert!(notes.iter().any(|note| note.starts_with("公式 2 处没有存储结果")), "{notes:?}");
    }
}
