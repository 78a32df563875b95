//! Tables of text with commas, tabs or semicolons between the cells (.csv, .tsv) → a table.

use super::outcome::{Outcome, Refusal, RefusalCode};
use super::{decode, tabular};
use crate::text::table::{Cell, Place, Row, Table};

/// Most cells of a file.
const CELLS_MAX: usize = 2_000_000;
/// Of every so many rows one may have fewer than two cells.
const ROWS_PER_SHORT: usize = 4;

/// Whether a path is that of such a table, by its ending.
pub fn is_named(ending: &str) -> bool {
    matches!(ending, "csv" | "tsv")
}

/// The documents of a file with such an ending.
pub fn read(path: &str, bytes: &[u8]) -> Outcome {
    let text = match decode::text_of(bytes) {
        Ok(text) => text,
        Err(refusal) => return refusal.into(),
    };
    let Some(table) = table(&text) else {
        let message = format!("表格的单元格超过 {CELLS_MAX} 个；请拆分后再导入");
        return Refusal::new(RefusalCode::TooLarge, message).into();
    };
    let filled = |row: &&Row| row.cells.iter().filter(|cell| matches!(cell, Cell::Text { .. })).count() > 1;
    let short = table.rows.len() - table.rows.iter().filter(filled).count();
    let is_chinese = text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    if table.rows.len() < 2 || short * ROWS_PER_SHORT > table.rows.len() || !is_chinese {
        let message = "扩展名是 .csv（逗号分隔的表格），内容却不是中文表格（应有表头一行、以下每行一件，单元格之间用逗号或制表符）；\
                       如果是法律文件的正文，请改名为 .txt 后再导入";
        return Refusal::new(RefusalCode::UnsupportedFormat, message).into();
    }
    tabular::read(path, &[table])
}

/// The rows of a text with commas (RFC 4180: quotation marks, doubled inside), tabs or semicolons between its cells; `None` if there
/// are too many.
pub fn table(text: &str) -> Option<Table> {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |delimiter: &u8| first.bytes().filter(|byte| byte == delimiter).count();
    // Of equally many the comma.
    let delimiter = [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',');
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut rows: Vec<Row> = Vec::new();
    let mut left = CELLS_MAX;
    for record in reader.records().filter_map(Result::ok) {
        left = left.checked_sub(record.len())?;
        let line = record.position().map_or(0, csv::Position::line);
        let cells: Vec<Cell> = record.iter().map(|text| cell(text.trim())).collect();
        if cells.iter().any(|cell| matches!(cell, Cell::Text { .. })) {
            rows.push(Row { place: Place::Row(u32::try_from(line).unwrap_or(u32::MAX)), hidden: false, cells });
        }
    }
    Some(Table { rows, ..Table::default() })
}

fn cell(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::single(text) }
}

#[cfg(test)]
mod tests {
    use super::super::{FileInput, Packs};
    use super::*;

    fn documents(path: &str, text: &str) -> Vec<crate::law::Document> {
        match Packs::default().read(&FileInput { path, bytes: text.as_bytes() }) {
            Outcome::Documents { documents, .. } => documents.into_iter().map(|one| one.document).collect(),
            other => panic!("{path}: {other:?}"),
        }
    }

    #[test]
    fn penalties_are_cases_row_by_row() {
        let rows = "序号,当事人名称,行政处罚决定书文号,主要违法违规事实,行政处罚内容,作出决定机关\n\
                    1,云桥渡船公司,云罚〔2024〕1号,\"超载,未公示票价\",罚款五千元,云桥县交通局\n\
                    2,云桥码头公司,云罚〔2024〕2号,未配救生衣,警告,云桥县交通局\n";
        for (path, text) in [("处罚.csv", rows.to_string()), ("处罚.csv", format!("\u{feff}{rows}"))] {
            let found = documents(path, &text);
            assert_eq!(found.len(), 2);
            assert_eq!(found[0].case_number.as_deref(), Some("云罚〔2024〕1号"));
            assert!(found[0].text.contains("超载,未公示票价"), "{}", found[0].text);
        }
        let tabs = rows.replace("\"超载,未公示票价\"", "超载").replace(',', "\t");
        assert_eq!(documents("处罚.tsv", &tabs).len(), 2);
    }

    #[test]
    fn other_tables_are_one_document_with_the_remark_of_every_sheet() {
        let found = documents(
            "云桥县文件清单.csv",
            "序号,文件名称,文号\n1,甲通\u{200b}知,云政发〔2024〕1号\n2,乙通知,云政发〔2024〕2号\n",
        );
        assert_eq!(
            found[0].text,
            "一、文件名称：甲通知\n文号：云政发〔2024〕1号\n二、文件名称：乙通知\n文号：云政发〔2024〕2号"
        );
        assert!(found[0].notes.iter().any(|note| note.contains("逐行转换")), "{:?}", found[0].notes);
        assert!(found[0].notes.iter().any(|note| note.starts_with("不可见字符")), "{:?}", found[0].notes);
    }

    #[test]
    fn what_is_no_table_is_refused_by_name() {
        for text in
            ["id,name\n1,a\n", "云桥县渡口办法\n第一条　渡口应当安全。\n第二条　不得超载。\n", "只有一行,表头\n"]
        {
            let outcome = Packs::default().read(&FileInput { path: "a.csv", bytes: text.as_bytes() });
            assert!(matches!(&outcome, Outcome::Refused(refusal) if refusal.message.contains(".csv")), "{outcome:?}");
        }
    }
}
