//! A catalogue as files: workbook, table, Word, and a web site with the texts that opens from a file share.

use crate::app::error::{AppError, ErrorCode};
use crate::app::faju::{Asker, Faju};
use crate::app::published::{self, FileWritten};
use crate::app::view::catalogue::{CatalogueEntry, CatalogueList, CataloguePage, CatalogueStanding};
use crate::publish::{self, Cell, Column, PublishError, Sheet, Site, SiteEntry, SiteGroup, SitePage};
use jiff::civil::Date;

/// The format of a catalogue in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CatalogueFormat {
    /// A workbook, a sheet a list.
    Xlsx,
    /// Comma-separated values, all lists in one table.
    Csv,
    /// Word, a table a list.
    Docx,
}

impl CatalogueFormat {
    /// Every format with its name, which is the ending of its files too.
    pub const ALL: [(CatalogueFormat, &'static str); 3] =
        [(Self::Xlsx, "xlsx"), (Self::Csv, "csv"), (Self::Docx, "docx")];

    /// The format of a name.
    pub fn of(name: &str) -> Option<CatalogueFormat> {
        Self::ALL.iter().find(|(_, own)| *own == name).map(|(format, _)| *format)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }
}

impl Faju {
    /// A catalogue as one file.
    pub fn catalogue_file(
        &self,
        parameters: &[(String, String)],
        format: CatalogueFormat,
        asker: &Asker,
    ) -> Result<FileWritten, AppError> {
        let page = self.catalogue(parameters, asker)?;
        let sheets: Vec<Sheet> = page.lists.iter().map(|list| sheet(&page, list)).collect();
        let written = match format {
            CatalogueFormat::Xlsx => publish::xlsx(&sheets),
            CatalogueFormat::Csv => publish::csv(&one_table(&page)),
            CatalogueFormat::Docx => publish::docx_tables(&sheets),
        };
        let bytes = written.map_err(failed)?;
        Ok(FileWritten { name: format!("{}.{}", title(&page), format.name()), bytes })
    }

    /// A catalogue as the files of a web site, by relative path, with the texts of all that it lists.
    pub fn catalogue_site(
        &self,
        parameters: &[(String, String)],
        asker: &Asker,
    ) -> Result<Vec<(String, Vec<u8>)>, AppError> {
        let page = self.catalogue(parameters, asker)?;
        let groups = self.read(Some(page.as_of), asker, |reader| {
            let mut groups = Vec::with_capacity(page.lists.len());
            for list in &page.lists {
                let mut entries = Vec::with_capacity(list.entries.len());
                for entry in &list.entries {
                    let paper = reader.paper(&id(entry))?;
                    entries.push(SiteEntry {
                        title: entry.instrument.title.clone(),
                        mark: entry.change.map_or(String::new(), |change| change.chinese().to_string()),
                        facts: facts(entry),
                        page: Some(SitePage { name: entry.instrument.title.clone(), paper }),
                    });
                }
                groups.push(SiteGroup { name: list.name.to_string(), entries });
            }
            Ok(groups)
        })?;
        let colophon = published::colophon(page.known_to, page.sample);
        Ok(publish::site(&Site { title: title(&page), remarks: remarks(&page), groups, colophon }))
    }
}

fn failed(error: PublishError) -> AppError {
    AppError::new(ErrorCode::Internal, error.to_string())
}

fn title(page: &CataloguePage) -> String {
    format!("{}年{}目录", page.year, page.of)
}

/// What the lists rest on and how many there are.
fn remarks(page: &CataloguePage) -> Vec<String> {
    let count = |list: &CatalogueList| format!("{} {} 件", list.name, list.entries.len());
    let counts: Vec<String> = page.lists.iter().map(count).collect();
    let known = page.known_to.map(|day| format!("，库中文件截至 {day}")).unwrap_or_default();
    let mut remarks = vec![format!("按 {} 的情形列出，与 {} 比较{known}。", page.as_of, page.compared_with)];
    remarks.push(if counts.is_empty() { "没有文件。".to_string() } else { format!("{}。", counts.join("，")) });
    remarks.extend(page.warnings.iter().cloned());
    if page.sample {
        remarks.push("示例数据（虚构）。".to_string());
    }
    remarks
}

fn id(entry: &CatalogueEntry) -> String {
    format!("{}@{}", entry.instrument.id, entry.version.key)
}

/// Columns of a list with their widths.
const COLUMNS: [(&str, f64); 11] = [
    ("序号", 6.0),
    ("标题", 46.0),
    ("文号", 24.0),
    ("制定机关", 28.0),
    ("公布日期", 12.0),
    ("施行日期", 12.0),
    ("失效日期", 12.0),
    ("时效", 12.0),
    ("与上年相比", 11.0),
    ("依据", 40.0),
    ("备注", 40.0),
];

fn sheet(page: &CataloguePage, list: &CatalogueList) -> Sheet {
    Sheet {
        name: list.name.to_string(),
        title: format!("{}（{}）", title(page), list.name),
        remarks: remarks(page),
        columns: COLUMNS.iter().map(|(name, width)| Column { name: name.to_string(), width: *width }).collect(),
        rows: (1..).zip(&list.entries).map(|(number, entry)| row(number, entry, list.standing)).collect(),
    }
}

/// All lists in one table, with a column that names the list.
fn one_table(page: &CataloguePage) -> Sheet {
    let mut columns = vec![Column { name: "目录".to_string(), width: 18.0 }];
    columns.extend(COLUMNS.iter().map(|(name, width)| Column { name: name.to_string(), width: *width }));
    columns.push(Column { name: "编号".to_string(), width: 30.0 });
    let rows = page.lists.iter().flat_map(|list| {
        (1..).zip(&list.entries).map(|(number, entry)| {
            let mut cells = vec![Cell::Text(list.name.to_string())];
            cells.extend(row(number, entry, list.standing));
            cells.push(Cell::Text(id(entry)));
            cells
        })
    });
    Sheet { name: title(page), title: title(page), remarks: remarks(page), columns, rows: rows.collect() }
}

fn row(number: u32, entry: &CatalogueEntry, standing: CatalogueStanding) -> Vec<Cell> {
    let (head, version) = (&entry.instrument, &entry.version);
    let text = |text: Option<&str>| text.map_or(Cell::Empty, |text| Cell::Text(text.to_string()));
    let day = |day: Option<Date>| day.map_or(Cell::Empty, |day| Cell::Date(day.to_string()));
    let change =
        entry.change.map(|change| change.chinese()).or((standing == CatalogueStanding::InForce).then_some("未变"));
    vec![
        Cell::Number(f64::from(number)),
        text(Some(&head.title)),
        text(head.document_number.as_deref()),
        text(head.issuer.as_deref()),
        day(version.dated),
        day(version.effective_from),
        day(version.ended_on),
        text(Some(version.status.chinese())),
        text(change),
        text(entry.quote.as_deref()),
        text(entry.remark.as_deref()),
    ]
}

fn facts(entry: &CatalogueEntry) -> Vec<(String, String)> {
    let (head, version) = (&entry.instrument, &entry.version);
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    let known = [
        ("文号", head.document_number.clone()),
        ("制定机关", head.issuer.clone()),
        ("公布日期", day(version.dated)),
        ("施行日期", day(version.effective_from)),
        ("失效日期", day(version.ended_on)),
        ("时效", Some(version.status.chinese().to_string())),
        ("依据", entry.quote.clone()),
        ("备注", entry.remark.clone()),
    ];
    known.into_iter().map(|(name, value)| (name.to_string(), value.unwrap_or_default())).collect()
}
