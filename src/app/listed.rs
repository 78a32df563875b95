//! Result lists as files that leave (导出结果): the hits of any search as a workbook or as CSV.

use super::error::{AppError, ErrorCode};
use super::faju::{Asker, Faju};
use super::published::FileWritten;
use super::view::{InstrumentHead, Item, ProvisionHit, SearchPage, VersionView};
use crate::publish::{self, Cell, Column, PublishError, Sheet};

/// Rows of a list at most.
pub const ROWS_MAX: usize = 5_000;
/// Hits asked for at once.
const PAGE: usize = 1_000;
/// Parameters of a search that say nothing in a list: it has its own pages and shows every hit plainly.
const OF_PAGES: [&str; 6] = ["limit", "offset", "cursor", "facets", "highlight", "explain"];

/// The format of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListFormat {
    /// A workbook.
    Xlsx,
    /// Comma-separated values.
    Csv,
}

impl ListFormat {
    /// Every format with its name, which is the ending of its files too.
    pub const ALL: [(ListFormat, &'static str); 2] = [(Self::Xlsx, "xlsx"), (Self::Csv, "csv")];

    /// The format of a name.
    pub fn of(name: &str) -> Option<ListFormat> {
        Self::ALL.iter().find(|(_, own)| *own == name).map(|(format, _)| *format)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// A sheet as a file of this format.
    pub(super) fn written(self, sheet: &Sheet) -> Result<Vec<u8>, AppError> {
        let written = match self {
            Self::Xlsx => publish::xlsx(std::slice::from_ref(sheet)),
            Self::Csv => publish::csv(sheet),
        };
        written.map_err(|error: PublishError| AppError::new(ErrorCode::Internal, error.to_string()))
    }
}

/// Whether a parameter of a search is one of a list too.
pub fn takes(parameter: &str) -> bool {
    !OF_PAGES.contains(&parameter)
}

/// What a search found, as far as it has been read.
struct Found {
    first: SearchPage,
    items: Vec<Item>,
    cut: bool,
}

impl Faju {
    /// The hits of a search as a file, in the order of the search: a row an instrument, or a provision with `group=none`. What is
    /// beyond 5,000 is left out; the file says so.
    pub fn listed(
        &self,
        parameters: &[(String, String)],
        format: ListFormat,
        asker: &Asker,
    ) -> Result<FileWritten, AppError> {
        let found = self.all_found(parameters, asker)?;
        let sheet = sheet(&found);
        let cut = if found.cut { format!("（前{}项）", sheet.rows.len()) } else { String::new() };
        Ok(FileWritten { name: format!("检索结果{cut}.{}", format.name()), bytes: format.written(&sheet)? })
    }

    fn all_found(&self, parameters: &[(String, String)], asker: &Asker) -> Result<Found, AppError> {
        let mut asked: Vec<(String, String)> = parameters.iter().filter(|(name, _)| takes(name)).cloned().collect();
        asked.push(("limit".to_string(), PAGE.to_string()));
        asked.push(("highlight".to_string(), "false".to_string()));
        let mut first = self.search(&asked, asker)?;
        let mut items = std::mem::take(&mut first.items);
        let mut next = first.next.take();
        while items.len() < ROWS_MAX {
            let Some(cursor) = next.take() else { break };
            let on = [("cursor".to_string(), cursor)];
            let page = self.search(&[&asked[..], &on].concat(), asker)?;
            items.extend(page.items);
            next = page.next;
        }
        let cut = next.is_some() || items.len() > ROWS_MAX;
        items.truncate(ROWS_MAX);
        Ok(Found { first, items, cut })
    }
}

/// Columns of a list with their widths.
const COLUMNS: [(&str, f64); 14] = [
    ("序号", 6.0),
    ("标题", 44.0),
    ("类别", 14.0),
    ("文号", 22.0),
    ("机关", 26.0),
    ("公布（决定）日期", 13.0),
    ("施行日期", 13.0),
    ("时效", 12.0),
    ("失效日期", 13.0),
    ("条", 12.0),
    ("条文", 70.0),
    ("所在", 30.0),
    ("命中条数", 9.0),
    ("编号", 38.0),
];

fn sheet(found: &Found) -> Sheet {
    Sheet {
        name: "检索结果".to_string(),
        title: "检索结果".to_string(),
        remarks: remarks(found),
        columns: COLUMNS.iter().map(|(name, width)| Column { name: name.to_string(), width: *width }).collect(),
        rows: found.items.iter().enumerate().map(|(at, item)| row(at, item)).collect(),
    }
}

fn remarks(found: &Found) -> Vec<String> {
    let page = &found.first;
    let asked = if page.query.raw.trim().is_empty() { "（只按筛选列出）" } else { page.query.raw.trim() };
    let mut remarks = vec![format!("检索式：{asked}")];
    if let Some(citation) = &page.citation {
        remarks.push(citation.message.clone());
    }
    let about = if page.total.relation == "gte" { "至少" } else { "" };
    let (value, groups, on) = (page.total.value, page.total.groups, page.corpus.as_of);
    remarks.push(format!("共找到{about} {value} 条，在 {groups} 件中；时效按 {on} 判断。引用前请核对公布的文本。"));
    if found.cut {
        remarks.push(format!("只列出前 {} 项；请缩小范围后分次导出", found.items.len()));
    }
    remarks.extend(page.warnings.iter().filter(|said| !said.contains("total=exact")).cloned());
    remarks
}

fn row(at: usize, item: &Item) -> Vec<Cell> {
    let (head, version, hit, matched): (&InstrumentHead, Option<&VersionView>, Option<&ProvisionHit>, u64) = match item
    {
        Item::Group(group) => (&group.instrument, group.version.as_ref(), group.provisions.first(), group.matched),
        Item::Single(single) => (&single.instrument, single.version.as_ref(), Some(&single.provision), 1),
    };
    let text = |text: Option<&str>| text.map_or(Cell::Empty, |text| Cell::Text(text.to_string()));
    let day = |day: Option<jiff::civil::Date>| day.map_or(Cell::Empty, |day| Cell::Date(day.to_string()));
    let path = hit.map(|hit| hit.path.join("　")).filter(|path| !path.is_empty());
    vec![
        Cell::Number((at + 1) as f64),
        text(Some(&head.title)),
        text(Some(head.sort())),
        text(head.document_number.as_deref()),
        text(head.issuer.as_deref()),
        day(version.and_then(|version| version.dated)),
        day(version.and_then(|version| version.effective_from)),
        text(version.map(|version| version.status.chinese())),
        day(version.and_then(|version| version.ended_on)),
        text(hit.map(|hit| hit.label.as_str())),
        text(hit.map(|hit| hit.text.as_str())),
        text(path.as_deref()),
        Cell::Number(matched as f64),
        text(Some(hit.map_or(head.id.as_str(), |hit| hit.id.as_str()))),
    ]
}
