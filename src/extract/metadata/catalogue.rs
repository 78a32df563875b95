//! The catalogue of a folder: a table, one row a file, whose headings name the file and what is told of it.

use super::super::decode;
use super::super::delimited;
use super::super::header;
use super::super::outcome::{Outcome, Refusal};
use super::super::sheet::{self, Limits};
use super::{Told, field, is_period, name, shown, value};
use crate::law::history::REPEALED_ON;
use crate::text::table::{Cell, Place, Row, Table};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// Headings of the column that names the file.
const FILE: [&str; 10] =
    ["文件", "文件名", "文件路径", "路径", "附件名", "电子文件名", "文档", "file", "filename", "path"];
/// What the name of a catalogue contains.
const NAMED: [&str; 8] = ["目录", "清单", "台账", "元数据", "catalogue", "catalog", "metadata", "index"];
/// So many files of one name are listed.
const SHOWN_MAX: usize = 3;
/// Rows among which the headings are looked for.
const HEADING_ROWS: usize = 5;

/// Whether a file can be the catalogue of its folder, by its name alone; what it is, its headings tell.
pub fn may_be_catalogue(path: &str) -> bool {
    let name = header::name(path).to_lowercase();
    [".csv", ".xlsx", ".xls"].iter().any(|ending| name.ends_with(ending))
        && NAMED.iter().any(|word| name.contains(word))
}

/// What a catalogue tells of the files below its folder.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Catalogue {
    /// What a row calls its file → what is told.
    files: BTreeMap<String, Told>,
    /// Path below the folder, `/` between its parts → what the row calls it that tells of it.
    rows: BTreeMap<String, String>,
    /// Cells and rows that could not be used.
    bad: Vec<Refusal>,
}

impl Catalogue {
    /// Reads a table of files; `None` if it is none: no heading names a file, or nothing is told of it.
    pub fn read(path: &str, bytes: &[u8]) -> Option<Catalogue> {
        let tables = match path.to_lowercase().ends_with(".csv") {
            true => vec![delimited::table(&decode::text_of(bytes).ok()?)?],
            false => sheet::tables(bytes, &Limits::default()).ok()?,
        };
        let mut catalogue = Catalogue::default();
        let mut any = false;
        for table in &tables {
            any |= catalogue.table(table);
        }
        any.then_some(catalogue)
    }

    pub(super) fn table(&mut self, table: &Table) -> bool {
        let Some((at, columns)) = headings(table) else { return false };
        for row in at + 1..table.rows.len() {
            self.row(table, row, &columns);
        }
        true
    }

    fn row(&mut self, table: &Table, row: usize, columns: &[(usize, Named)]) {
        let Some(place) = table.rows.get(row).map(|row| match row.place {
            Place::Row(number) | Place::Page(number) => usize::try_from(number).unwrap_or(usize::MAX),
        }) else {
            return;
        };
        let mut told = Told { by: format!("目录第{place}行"), ..Told::default() };
        let mut refuse = |reason: String| self.bad.push(Refusal::bad_record(reason).at_line(place));
        let mut file = None;
        for (column, named) in columns {
            // What is merged over several rows is told of each of their files; a file's own name is of its first.
            match named {
                Named::File => {
                    let name = table.own_text(row, *column).unwrap_or_default();
                    file = Some(name.trim().trim_start_matches("./").replace('\\', "/"));
                }
                Named::Repeal => tell_repeal(&mut told, table.text(row, *column)).unwrap_or_else(&mut refuse),
                Named::Field { field, label } => {
                    tell(&mut told, field, label, table.text(row, *column)).unwrap_or_else(&mut refuse);
                }
            }
        }
        let Some(file) = file.filter(|file| !file.is_empty()) else {
            let is_merged =
                columns.iter().any(|(column, named)| *named == Named::File && table.anchor(row, *column).0 != row);
            if !(is_merged || told.values.is_empty() && told.periods.is_empty()) {
                refuse("这一行没有写文件名，没有采用".to_string());
            }
            return;
        };
        match self.files.entry(file) {
            Entry::Vacant(entry) => drop(entry.insert(told)),
            Entry::Occupied(entry) => {
                let reason = format!("“{}”已在前面的行写过；这一行没有采用", entry.key());
                self.bad.push(Refusal::bad_record(reason).at_line(place));
            }
        }
    }

    /// What is told of a file below the folder, once the catalogue was compared with these.
    pub fn told(&self, below: &str) -> Option<&Told> {
        self.files.get(self.rows.get(below)?)
    }

    /// Finds the file of every row: by its path below the folder, else by its name, the ending left out or not. Remarks the rows
    /// that name none, or by their name several: what is told of one must not be taken for another, above all who may read it.
    pub fn compare(&mut self, below: &BTreeSet<&str>) {
        // What a file may be called → how well that names it, and which files are.
        let mut called: BTreeMap<&str, (usize, Vec<&str>)> = BTreeMap::new();
        for path in below {
            for (rank, key) in keys(path).into_iter().enumerate() {
                let (best, paths) = called.entry(key).or_insert((rank, Vec::new()));
                if rank < *best {
                    (*best, *paths) = (rank, Vec::new());
                }
                if rank == *best && !paths.contains(path) {
                    paths.push(path);
                }
            }
        }
        let mut ranks: BTreeMap<&str, usize> = BTreeMap::new();
        for (file, told) in &self.files {
            let (rank, paths) = called.get(file.as_str()).map_or((0, &[][..]), |(rank, paths)| (*rank, paths));
            let message = match paths {
                [path] => {
                    if ranks.get(path).is_none_or(|before| rank < *before) {
                        ranks.insert(path, rank);
                        self.rows.insert(path.to_string(), file.clone());
                    }
                    continue;
                }
                [] => format!("{}所写的文件“{file}”不在这一文件夹中", told.by),
                several => format!(
                    "{}所写的“{file}”有{}个文件（{}），不知是哪一个；请写路径，这一行没有采用",
                    told.by,
                    several.len(),
                    several.iter().take(SHOWN_MAX).copied().collect::<Vec<_>>().join("、")
                ),
            };
            self.bad.push(Refusal::bad_record(message));
        }
    }

    /// What becomes of the file of the catalogue itself.
    pub fn outcome(&self) -> Outcome {
        if self.bad.is_empty() {
            return Outcome::skipped(format!("文件目录，写了 {} 份文件的信息", self.files.len()));
        }
        Outcome::Documents { documents: Vec::new(), refused: self.bad.clone() }
    }
}

/// Takes what a cell says of a field. `Err`: why not, in Chinese.
fn tell(told: &mut Told, field: &'static str, label: &str, text: &str) -> Result<(), String> {
    let value = match value(label, text) {
        Ok(value) => value,
        Err(_) if field == "valid_until" && is_period(text.trim()) => {
            told.periods.push(format!("有效期：{}", text.trim()));
            None
        }
        Err(reason) => return Err(format!("{reason}；这一格没有采用")),
    };
    let Some(value) = value else { return Ok(()) };
    match told.values.get(field) {
        Some(known) if *known != value => {
            let (one, other) = (shown(known), shown(&value));
            Err(format!("两列写的{}不同（“{one}”“{other}”）；采用了前一列", name(field)))
        }
        Some(_) => Ok(()),
        None => {
            told.take(label, field, value);
            Ok(())
        }
    }
}

/// The same of the day of a repeal, which no field takes: so the document is said to be repealed on that day.
fn tell_repeal(told: &mut Told, text: &str) -> Result<(), String> {
    let on = value("asserted_on", text).map_err(|_| format!("{}“{text}”不是日期；这一格没有采用", REPEALED_ON[0]))?;
    let Some(on) = on else { return Ok(()) };
    told.notes.push(format!("{}：{}", REPEALED_ON[0], shown(&on)));
    told.values.insert("asserted_on".to_string(), on);
    told.values.entry("asserted_status").or_insert("repealed".into());
    Ok(())
}

/// What a row may call a file: its path or its name, the ending left out or not.
fn keys(below: &str) -> [&str; 4] {
    let name = header::name(below);
    let bare = |text: &'_ str| name.rsplit_once('.').map_or(text.len(), |(_, ending)| text.len() - ending.len() - 1);
    [below, &below[..bare(below)], name, &name[..bare(name)]]
}

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Named {
    File,
    /// The day of a repeal.
    Repeal,
    /// The field, and what the heading calls it.
    Field {
        field: &'static str,
        label: String,
    },
}

/// The row of headings, and the columns that it names.
fn headings(table: &Table) -> Option<(usize, Vec<(usize, Named)>)> {
    let rows = table.rows.iter().enumerate().take(HEADING_ROWS);
    let mut found = rows.map(|(at, row)| {
        let columns = (0..row.cells.len()).filter_map(|column| {
            let heading: String = cell(row, column).chars().filter(|c| !c.is_whitespace()).collect();
            let heading = heading.trim_end_matches(['：', ':']).to_lowercase();
            if FILE.contains(&heading.as_str()) {
                return Some((column, Named::File));
            }
            if REPEALED_ON.contains(&heading.as_str()) {
                return Some((column, Named::Repeal));
            }
            Some((column, Named::Field { field: field(&heading)?, label: heading }))
        });
        (at, columns.collect::<Vec<_>>())
    });
    found.find(|(_, columns)| {
        columns.iter().filter(|(_, named)| *named == Named::File).count() == 1 && columns.len() > 1
    })
}

fn cell(row: &Row, column: usize) -> &str {
    match row.cells.get(column) {
        Some(Cell::Text { text, .. }) => text,
        _ => "",
    }
}
