//! Excel 2007 and later (.xlsx, .xlsm): XML parts in a ZIP container (ECMA-376).

use super::display::{Format, Formats};
use super::xml::{Mark, Marks, Tag, text_of};
use super::{Budget, HiddenColumns, Limits, SheetError};
use crate::extract::shifted::Shift;
use crate::text::table::{Grid, Table};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

/// Rows and columns of a sheet of this format.
const ROWS_MAX: u32 = 1_048_576;
const COLUMNS_MAX: u32 = 16_384;

/// The container, and how much may still be unpacked.
struct Parts<'a> {
    archive: zip::ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
    max: u64,
}

impl Parts<'_> {
    /// A part as text; `None` if there is none of this name.
    fn read(&mut self, name: &str) -> Result<Option<String>, SheetError> {
        let damaged = || SheetError::damaged(format!("部件 {name}"));
        let file = match self.archive.by_name(name) {
            Ok(file) => file,
            Err(zip::result::ZipError::FileNotFound) => return Ok(None),
            Err(_) => return Err(damaged()),
        };
        let mut bytes = Vec::new();
        // What a header says of its size is not believed.
        file.take(self.left + 1).read_to_end(&mut bytes).map_err(|_| damaged())?;
        let too_large = SheetError::TooLarge { what: "解压后字节数", max: self.max };
        self.left = self.left.checked_sub(bytes.len() as u64).ok_or(too_large)?;
        Ok(Some(text_of(bytes)))
    }
}

/// What the parts beside the sheets tell.
#[derive(Default)]
struct Book {
    strings: Vec<String>,
    formats: Formats,
    /// Format number of every cell style, by the style's number.
    styles: Vec<u32>,
}

pub(super) fn tables(bytes: &[u8], limits: &Limits) -> Result<Vec<Table>, SheetError> {
    let archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| SheetError::damaged("ZIP 容器"))?;
    let mut parts = Parts { archive, left: limits.unpacked_bytes_max, max: limits.unpacked_bytes_max };
    let Some(workbook) = parts.read("xl/workbook.xml")? else {
        let binary = parts.archive.by_name("xl/workbook.bin").is_ok();
        return Err(if binary { SheetError::OldFormat(".xlsb ") } else { SheetError::NotASheet });
    };
    let targets = targets(&parts.read("xl/_rels/workbook.xml.rels")?.unwrap_or_default());
    let mut book = Book::default();
    if let Some(styles) = parts.read("xl/styles.xml")? {
        read_styles(&styles, &mut book);
    }
    if let Some(strings) = parts.read("xl/sharedStrings.xml")? {
        book.strings = shared_strings(&strings)?;
    }
    let mut budget = Budget::new(limits);
    let mut tables = Vec::new();
    for entry in sheets(&workbook, &mut book) {
        let Some(name) = targets.get(&entry.relation).filter(|target| target.contains("worksheets/")) else { continue };
        if tables.len() == limits.sheets_max {
            return Err(SheetError::TooLarge { what: "工作表数", max: limits.sheets_max as u64 });
        }
        let part = parts.read(name)?.ok_or_else(|| SheetError::damaged(format!("部件 {name}")))?;
        tables.push(read_sheet(&part, entry, &book, &mut budget)?);
    }
    Ok(tables)
}

struct Entry {
    name: String,
    relation: String,
    hidden: bool,
}

fn sheets(workbook: &str, book: &mut Book) -> Vec<Entry> {
    let mut entries = Vec::new();
    for mark in Marks::new(workbook) {
        let Mark::Start(tag) = mark else { continue };
        match tag.name() {
            "workbookPr" => book.formats.from_1904 = is_true(tag.attribute("date1904")),
            // `id` is the relation's: the sheet's own is `sheetId`.
            "sheet" => entries.push(Entry {
                name: tag.attribute("name").unwrap_or_default(),
                relation: tag.attribute("id").unwrap_or_default(),
                hidden: tag.attribute("state").is_some_and(|state| state != "visible"),
            }),
            _ => {}
        }
    }
    entries
}

fn is_true(value: Option<String>) -> bool {
    value.is_some_and(|value| value == "1" || value == "true")
}

/// Parts by the id of the relation that leads to them.
fn targets(relations: &str) -> BTreeMap<String, String> {
    let target = |tag: Tag| {
        let target = tag.attribute("Target")?;
        let path = match target.strip_prefix('/') {
            Some(absolute) => absolute.to_string(),
            None => format!("xl/{target}"),
        };
        Some((tag.attribute("Id")?, path))
    };
    Marks::new(relations)
        .filter_map(|mark| match mark {
            Mark::Start(tag) if tag.name() == "Relationship" => target(tag),
            _ => None,
        })
        .collect()
}

fn read_styles(styles: &str, book: &mut Book) {
    let mut in_cell_styles = false;
    for mark in Marks::new(styles) {
        let Mark::Start(tag) = mark else { continue };
        let number = |name: &str| tag.attribute(name).and_then(|value| value.parse().ok()).unwrap_or(0);
        match tag.name() {
            "numFmt" => book.formats.add(number("numFmtId"), &tag.attribute("formatCode").unwrap_or_default()),
            "cellXfs" => in_cell_styles = true,
            "cellStyles" | "cellStyleXfs" | "dxfs" => in_cell_styles = false,
            "xf" if in_cell_styles => book.styles.push(number("numFmtId")),
            _ => {}
        }
    }
}

/// The shared strings: their runs joined, phonetic text passed over.
fn shared_strings(part: &str) -> Result<Vec<String>, SheetError> {
    let mut strings = Vec::new();
    let mut text = Text::default();
    let mut marks = Marks::new(part);
    for mark in &mut marks {
        if let Some(done) = text.read(mark, "si") {
            strings.push(done);
        }
    }
    if marks.broken { Err(SheetError::damaged("部件 xl/sharedStrings.xml")) } else { Ok(strings) }
}

/// Collects the text of a string item, whose `t` elements hold it.
#[derive(Default)]
struct Text {
    /// Names of the open elements within the item, the item first.
    open: Vec<Element>,
    text: String,
    /// How the open run stands.
    shift: Shift,
}

#[derive(PartialEq)]
enum Element {
    Item,
    Text,
    Phonetic,
    Other,
}

impl Text {
    /// Takes a mark; gives the text when the item ends.
    fn read(&mut self, mark: Mark, item: &str) -> Option<String> {
        match mark {
            Mark::Start(tag) => {
                match tag.name() {
                    "r" => self.shift = Shift::None,
                    "vertAlign" => {
                        self.shift = match tag.attribute("val").as_deref() {
                            Some("superscript") => Shift::Raised,
                            Some("subscript") => Shift::Lowered,
                            _ => Shift::None,
                        }
                    }
                    _ => {}
                }
                let element = match tag.name() {
                    name if self.open.is_empty() && name == item => Element::Item,
                    "t" => Element::Text,
                    "rPh" => Element::Phonetic,
                    _ => Element::Other,
                };
                if !self.open.is_empty() || element == Element::Item {
                    self.open.push(element);
                }
            }
            Mark::Text(text) if self.open.last() == Some(&Element::Text) && !self.open.contains(&Element::Phonetic) => {
                self.text.extend(text.chars().map(|char| self.shift.of(char)));
            }
            Mark::Text(_) => {}
            Mark::End => {
                if self.open.pop() == Some(Element::Item) {
                    return Some(unescaped(&std::mem::take(&mut self.text)));
                }
            }
        }
        None
    }
}

/// Characters that XML cannot hold stand as `_x000D_`.
fn unescaped(text: &str) -> String {
    if !text.contains("_x") {
        return text.to_string();
    }
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        let code = rest.get(at + 2..at + 6).filter(|_| rest.as_bytes().get(at + 6) == Some(&b'_'));
        match code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32) {
            Some(char) => {
                out.push(char);
                rest = &rest[at + 7..];
            }
            None => {
                out.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    out + rest
}

/// A cell while its element is open.
#[derive(Default)]
struct OpenCell {
    column: u32,
    kind: String,
    style: usize,
    value: String,
    in_value: bool,
    has_formula: bool,
    inline: Option<Text>,
}

struct Sheet<'a> {
    book: &'a Book,
    budget: &'a mut Budget,
    name: &'a str,
    grid: Grid,
    hidden_columns: HiddenColumns,
    /// Row of the open `row` element and column behind its last cell, from 0.
    row: u32,
    next_row: u32,
    next_column: u32,
    cell: Option<OpenCell>,
    uncomputed: usize,
}

fn read_sheet(part: &str, entry: Entry, book: &Book, budget: &mut Budget) -> Result<Table, SheetError> {
    let (grid, hidden_columns) = (Grid::default(), HiddenColumns::new(COLUMNS_MAX as usize));
    let mut sheet = Sheet {
        book,
        budget,
        name: &entry.name,
        grid,
        hidden_columns,
        row: 0,
        next_row: 0,
        next_column: 0,
        cell: None,
        uncomputed: 0,
    };
    let mut depth_in_cell = 0usize;
    let mut marks = Marks::new(part);
    for mark in &mut marks {
        match mark {
            Mark::Start(tag) if sheet.cell.is_some() => {
                depth_in_cell += 1;
                sheet.inside(Mark::Start(tag));
            }
            Mark::Start(tag) => sheet.start(&tag)?,
            Mark::End if sheet.cell.is_some() && depth_in_cell == 0 => sheet.end_cell()?,
            Mark::End => {
                depth_in_cell = depth_in_cell.saturating_sub(1);
                sheet.inside(Mark::End);
            }
            text => sheet.inside(text),
        }
    }
    if marks.broken {
        return Err(sheet.broken());
    }
    let Sheet { grid, hidden_columns, uncomputed, .. } = sheet;
    let rows = budget.rows(grid)?;
    Ok(Table {
        name: Some(entry.name),
        hidden: entry.hidden,
        hidden_columns: hidden_columns.columns(),
        uncomputed,
        rows,
        ..Table::default()
    })
}

impl Sheet<'_> {
    fn broken(&self) -> SheetError {
        SheetError::damaged(format!("工作表“{}”第{}行", self.name, self.row + 1))
    }

    /// A start tag outside of cells.
    fn start(&mut self, tag: &Tag) -> Result<(), SheetError> {
        match tag.name() {
            "row" => {
                let stated = tag.attribute("r").and_then(|number| number.parse::<u32>().ok()?.checked_sub(1));
                self.row = stated.unwrap_or(self.next_row);
                if self.row >= ROWS_MAX {
                    return Err(self.broken());
                }
                (self.next_row, self.next_column) = (self.row + 1, 0);
                if is_true(tag.attribute("hidden")) {
                    self.grid.hidden_rows.insert(self.row);
                }
            }
            "c" => {
                let place = tag.attribute("r").and_then(|place| reference(&place));
                let column = place.map_or(self.next_column, |(_, column)| column);
                if column >= COLUMNS_MAX {
                    return Err(self.broken());
                }
                self.next_column = column + 1;
                let style = tag.attribute("s").and_then(|style| style.parse().ok()).unwrap_or(0);
                let kind = tag.attribute("t").unwrap_or_default();
                self.cell = Some(OpenCell { column, kind, style, ..OpenCell::default() });
            }
            "mergeCell" => {
                let range = tag.attribute("ref");
                if let Some((from, to)) = range.as_deref().and_then(|range| range.split_once(':'))
                    && let (Some((top, first)), Some((bottom, last))) = (reference(from), reference(to))
                {
                    self.grid.merged.push([top, bottom, first, last.min(COLUMNS_MAX - 1)]);
                }
            }
            "col" if is_true(tag.attribute("hidden")) => {
                let number = |name| tag.attribute(name).and_then(|number| number.parse::<usize>().ok());
                if let (Some(first @ 1..), Some(last)) = (number("min"), number("max")) {
                    self.hidden_columns.add(first - 1, last.saturating_sub(1));
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// A mark within the open cell.
    fn inside(&mut self, mark: Mark) {
        let Some(cell) = &mut self.cell else { return };
        match mark {
            Mark::Start(tag) if cell.inline.is_none() && tag.name() == "v" => cell.in_value = true,
            Mark::Text(text) if cell.in_value => cell.value.push_str(&text),
            mark => {
                if matches!(mark, Mark::End) {
                    cell.in_value = false;
                }
                if let Mark::Start(tag) = &mark {
                    cell.has_formula |= tag.name() == "f";
                }
                if let Mark::Start(tag) = &mark
                    && cell.inline.is_none()
                    && tag.name() == "is"
                {
                    cell.inline = Some(Text::default());
                }
                if let Some(text) = cell.inline.as_mut().and_then(|inline| inline.read(mark, "is")) {
                    cell.value = text;
                    cell.inline = None;
                }
            }
        }
    }

    fn end_cell(&mut self) -> Result<(), SheetError> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
        self.uncomputed += usize::from(cell.has_formula && cell.value.is_empty() && cell.kind != "str");
        let text = match cell.kind.as_str() {
            _ if cell.value.is_empty() => return Ok(()),
            "s" => {
                let string = cell.value.trim().parse::<usize>().ok().and_then(|number| self.book.strings.get(number));
                string.ok_or_else(|| self.broken())?.clone()
            }
            "b" => if cell.value.trim() == "0" { "FALSE" } else { "TRUE" }.to_string(),
            "inlineStr" => cell.value,
            "str" | "e" | "d" => unescaped(&cell.value),
            _ => match cell.value.trim().parse::<f64>() {
                Ok(number) => {
                    let format = self.book.styles.get(cell.style).copied().unwrap_or(0);
                    let formats = &self.book.formats;
                    formats.get(format).unwrap_or(&Format::General).print(number, formats.from_1904)
                }
                Err(_) => cell.value,
            },
        };
        self.budget.take(&text)?;
        self.grid.cells.insert((self.row, cell.column), text);
        Ok(())
    }
}

/// Row and column from 0 of a reference such as `$B$12`.
fn reference(text: &str) -> Option<(u32, u32)> {
    let text = text.replace('$', "");
    let digits = text.find(|char: char| char.is_ascii_digit())?;
    let (letters, digits) = text.split_at(digits);
    let mut column = 0u32;
    for letter in letters.bytes() {
        if !letter.is_ascii_alphabetic() {
            return None;
        }
        column = column.checked_mul(26)?.checked_add(u32::from(letter.to_ascii_uppercase() - b'A') + 1)?;
    }
    Some((digits.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}
