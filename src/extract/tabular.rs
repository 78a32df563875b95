//! Tables → documents. What a table is, its headings tell:
//!
//! - a published table of penalties, which names parties, becomes a case for each row ([`super::penalty_row`]);
//! - a discretion benchmark (裁量基准) becomes one document whose provisions are its violations ([`crate::law::benchmark`]);
//! - any other table becomes one document whose units are its rows, every cell behind its heading.

use super::outcome::{Extracted, Outcome, Refusal, RefusalCode};
use super::penalty_row::{PenaltyRow, SHIFTED};
use super::{header, plain};
use crate::law::benchmark::{self, IssueKind};
use crate::law::{Document, Kind};
use crate::text::numerals;
use crate::text::table::{Place, Table};
use jiff::civil::Date;
use regex::Regex;
use std::collections::HashMap;
use std::sync::LazyLock;

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

/// Columns of a table of penalties.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Number,
    Party,
    Facts,
    Basis,
    Decision,
    Authority,
    Date,
}

/// What the heading of a column says, the first that fits.
static COLUMNS: LazyLock<Vec<(Column, Regex)>> = LazyLock::new(|| {
    let columns = [
        (Column::Number, "文书号|决定书.{0,3}号|文号|案号"),
        (Column::Date, "日期|时间"),
        (Column::Party, "当事人|相对人|被处罚|受处罚|违法主体"),
        (Column::Authority, "机关|机构|执法单位|处罚单位"),
        (Column::Basis, "依据"),
        (Column::Facts, "事实|案由|违法行为|违规行为|事由|违法违规"),
        (Column::Decision, "处罚内容|处罚决定|处罚结果|处罚种类|处罚情况|决定内容"),
    ];
    let pattern = |(column, words): (Column, &str)| (column, Regex::new(words).expect("a constant pattern"));
    columns.into_iter().map(pattern).collect()
});

/// Refuses tables whose merged cells would be written out without end.
pub fn within_limits<'t>(tables: impl Iterator<Item = &'t Table>) -> Result<(), Refusal> {
    let bytes = tables.map(Table::shown_bytes).fold(0, usize::saturating_add);
    let message = || format!("表格的合并单元格展开后超过 {} MB；请拆开后再导入", SHOWN_BYTES_MAX >> 20);
    if bytes > SHOWN_BYTES_MAX { Err(Refusal::new(RefusalCode::TooLarge, message())) } else { Ok(()) }
}

/// Reads the tables of a file.
pub fn read(path: &str, tables: &[Table]) -> Outcome {
    if let Err(refusal) = within_limits(tables.iter()) {
        return refusal.into();
    }
    let rows: Vec<&Table> = tables.iter().filter(|table| !table.rows.is_empty()).collect();
    if let Some(cases) = rows.iter().map(|table| cases(path, table)).collect::<Option<Vec<_>>>()
        && cases.iter().any(|cases| !cases.is_empty())
    {
        return Outcome::Documents { documents: cases.concat(), refused: Vec::new() };
    }
    if let Some(document) = of_benchmarks(path, &rows) {
        return Outcome::one(document);
    }
    let text: Vec<String> = rows.iter().scan(0, |number, table| Some(listed(table, number))).collect();
    let text = text.join("\n\n");
    if text.trim().is_empty() {
        return Refusal::bad_record("表格中没有文字").into();
    }
    Outcome::one(titled(path, tables, text))
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
    document.notes.push("正文由表格逐行转换而成".to_string());
    plain::classify(&mut document);
    document
}

/// The one line that stands over the headings of the first table, or above it.
fn title_above(tables: &[Table]) -> Option<String> {
    let table = tables.iter().find(|table| !table.rows.is_empty())?;
    let headings = heading_row(table)?;
    let over = (0..headings).map(|row| texts(table, row));
    let mut lines = over.filter(|cells| cells.len() == 1).flatten().chain(table.above.iter().map(String::as_str));
    let is_title = |line: &str| {
        let listed = line.chars().take(4).any(|c| c == '、') || line.contains("....") || line.contains("……");
        line.chars().count() <= TITLE_CHARS && !listed && !line.starts_with(['（', '(', '《', '附'])
    };
    lines.next().filter(|line| is_title(line)).map(|line| line.split_whitespace().collect::<String>())
}

/// The texts of a row, each once.
fn texts(table: &Table, row: usize) -> Vec<&str> {
    let cells = (0..table.columns()).filter_map(|column| table.own_text(row, column));
    cells.map(str::trim).filter(|text| !text.is_empty()).collect()
}

/// The row with the headings of the columns: the first in which several short cells stand and no cell is long.
fn heading_row(table: &Table) -> Option<usize> {
    let is_heading = |row: &usize| {
        let cells = texts(table, *row);
        cells.len() >= 2 && cells.iter().all(|cell| cell.chars().count() <= HEADING_CHARS && !is_number(cell))
    };
    (0..table.rows.len().min(HEADING_ROWS)).find(is_heading)
}

fn is_number(cell: &str) -> bool {
    cell.chars().all(|c| c.is_ascii_digit() || ".-/年月日".contains(c))
}

/// The cases of a table of penalties; `None` if it is none.
fn cases(path: &str, table: &Table) -> Option<Vec<Extracted>> {
    let headings = heading_row(table)?;
    let said = |column: usize| {
        let heading = table.text(headings, column);
        COLUMNS.iter().find(|(_, words)| words.is_match(heading)).map(|(column, _)| *column)
    };
    let columns: Vec<Option<Column>> = (0..table.columns()).map(said).collect();
    let has = |column: Column| columns.contains(&Some(column));
    let is_one = has(Column::Party) && has(Column::Decision) && (has(Column::Facts) || has(Column::Basis));
    is_one.then(|| {
        let rows = headings + 1..table.rows.len();
        numbered(rows.filter_map(|row| case(path, table, (headings, row), &columns)).collect())
    })
}

/// What a row says under headings that no field takes: sums of money as a decision writes them (罚款金额（万元） 5.5 is 罚款5.5万元), and
/// the rest behind its headings.
fn besides(table: &Table, (headings, row): (usize, usize), columns: &[Option<Column>]) -> (Vec<String>, Vec<String>) {
    let (mut sums, mut others) = (Vec::new(), Vec::new());
    for column in (0..columns.len()).filter(|column| columns[*column].is_none()) {
        let heading: String = table.text(headings, column).split_whitespace().collect();
        let text = flat(table.text(row, column));
        if text.is_empty() || heading == "序号" || table.span(row, column).start != column {
            continue;
        }
        let kind = ["罚款", "没收"].into_iter().find(|kind| heading.contains(kind));
        let unit = ["万元", "元"].into_iter().find(|unit| heading.contains(unit));
        let is_sum = text.chars().all(|c| c.is_ascii_digit() || c == '.') && text.chars().any(|c| c != '0' && c != '.');
        match (kind, unit) {
            (Some(kind), Some(unit)) if is_sum => sums.push(format!("{kind}{text}{unit}")),
            _ if heading.is_empty() => others.push(text),
            _ => others.push(format!("{heading}：{text}")),
        }
    }
    (sums, others)
}

/// Whether a cell only says that the row above goes on.
fn goes_on(party: &str) -> bool {
    ["续", "接上", "同上"].contains(&party.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// Rows that share the number of a notice are told apart by their place among them.
fn numbered(mut cases: Vec<Extracted>) -> Vec<Extracted> {
    let mut rows: HashMap<String, u32> = HashMap::new();
    for case in &cases {
        *rows.entry(case.document.case_number.clone().unwrap_or_default()).or_default() += 1;
    }
    rows.retain(|number, count| *count > 1 && !number.is_empty());
    rows.values_mut().for_each(|count| *count = 0);
    for case in &mut cases {
        let own = case.document.case_number.as_ref().and_then(|number| rows.get_mut(number));
        case.document.row_number = own.map(|row| {
            *row += 1;
            *row
        });
    }
    cases
}

fn case(path: &str, table: &Table, (headings, row): (usize, usize), columns: &[Option<Column>]) -> Option<Extracted> {
    let cell = |wanted: Column| {
        let mut found = columns.iter().enumerate().filter(|(_, column)| **column == Some(wanted));
        found.find_map(|(column, _)| Some(table.text(row, column).trim()).filter(|text| !text.is_empty())).unwrap_or("")
    };
    let (sums, others) = besides(table, (headings, row), columns);
    let said = cell(Column::Decision);
    let decision = std::iter::once(said).filter(|said| !said.is_empty()).chain(sums.iter().map(String::as_str));
    let decision = decision.collect::<Vec<_>>().join("；");
    let cells = PenaltyRow {
        number: cell(Column::Number),
        party: cell(Column::Party),
        organisation: "",
        facts: cell(Column::Facts),
        basis: cell(Column::Basis),
        decision: &decision,
        authority: cell(Column::Authority),
    };
    // A row below the last one that only says who made the table.
    if cells.party.is_empty() || goes_on(cells.party) || cells.decision.is_empty() && cells.facts.is_empty() {
        return None;
    }
    let number = if cells.number.is_empty() { header::stem(path) } else { cells.number };
    let mut document = cells.document(&format!("{}行政处罚案（{number}）", cells.party))?;
    if !others.is_empty() {
        document.text.push_str(&format!("\n【备注】\n{}", others.join("\n")));
    }
    document.decided_on = day(cell(Column::Date));
    if !cells.shifts().is_empty() {
        document.notes.push(SHIFTED.to_string());
    }
    plain::locate(&mut document);
    let line = match table.rows.get(row)?.place {
        Place::Row(row) => Some(row as usize),
        Place::Page(_) => None,
    };
    Some(Extracted { line, ..Extracted::from(document) })
}

fn day(cell: &str) -> Option<Date> {
    header::chinese_date(cell).or_else(|| header::numeric_date(cell))
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
fn flat(cell: &str) -> String {
    cell.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\u{3000}")
}

/// A table as units of text: one for each row, counted on through all tables.
pub fn listed(table: &Table, number: &mut u64) -> String {
    let headings = heading_row(table);
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
    fn every_row_of_a_table_of_penalties_is_a_case() {
        let found = documents(&[table(&[
            &["云桥县行政处罚信息公开表"],
            &["序号", "决定书文号", "被处罚人", "违法事实", "处罚依据", "处罚内容", "作出决定机关", "处罚日期"],
            &[
                "1",
                "云城罚〔2026〕1号",
                "云桥某商店",
                "占道经营",
                "《甲法》第三条",
                "罚款五百元",
                "云桥县城管局",
                "2026年3月4日",
            ],
            &[
                "2",
                "云城罚〔2026〕2号",
                "云桥某公司",
                "占道堆物",
                "《甲法》第三条",
                "罚款八百元",
                "云桥县城管局",
                "2026-03-05",
            ],
            &["", "制表：云桥县城管局"],
        ])]);
        let told: Vec<_> =
            found.iter().map(|one| (one.document.case_number.as_deref(), one.document.decided_on, one.line)).collect();
        let day = |day| Some(jiff::civil::date(2026, 3, day));
        assert_eq!(told, [(Some("云城罚〔2026〕1号"), day(4), Some(3)), (Some("云城罚〔2026〕2号"), day(5), Some(4))]);
        assert!(found[0].document.text.contains("【行政处罚决定】\n罚款五百元"));
    }

    #[test]
    fn columns_without_a_field_are_kept() {
        let found = documents(&[table(&[
            &["序号", "被处罚人", "违法事实", "处罚内容", "罚款金额（万元）", "备注"],
            &["1", "云桥某商店", "占道经营", "罚款", "5.5", "逾期未履行"],
            &["2", "（续）", "占道经营", "", "", ""],
        ])]);
        assert_eq!(found.len(), 1, "{found:?}");
        let text = &found[0].document.text;
        assert!(text.contains("罚款；罚款5.5万元") && text.contains("备注：逾期未履行"), "{text}");
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
        assert!(matches!(read("空.xlsx", &[Table::default()]), Outcome::Refused(_)));
    }
}
