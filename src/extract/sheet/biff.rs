//! Excel 97 to 2003 (.xls): BIFF8 records in the `Workbook` stream of an OLE container ([MS-XLS]).

use super::biff_strings::Chain;
use super::display::{Format, Formats};
use super::{Budget, HiddenColumns, Limits, SheetError};
use crate::text::table::{Grid, Table};
use std::io::{Cursor, Read};

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000A;
const CONTINUE: u16 = 0x003C;
/// Version that a BOF record of BIFF8 names.
const BIFF8: u16 = 0x0600;

/// What the records before the sheets tell.
#[derive(Default)]
struct Globals {
    strings: Vec<String>,
    formats: Formats,
    /// Format number of every cell style, by the style's number.
    styles: Vec<u16>,
    sheets: Vec<Bound>,
}

struct Bound {
    offset: usize,
    name: String,
    hidden: bool,
    is_worksheet: bool,
}

pub(super) fn tables(bytes: &[u8], limits: &Limits) -> Result<Vec<Table>, SheetError> {
    let stream = workbook(bytes)?;
    let globals = globals(&stream)?;
    let mut budget = Budget::new(limits);
    let mut tables = Vec::new();
    for bound in globals.sheets.iter().filter(|bound| bound.is_worksheet) {
        if tables.len() == limits.sheets_max {
            return Err(SheetError::TooLarge { what: "工作表数", max: limits.sheets_max as u64 });
        }
        let records = stream.get(bound.offset..).ok_or_else(|| broken(&bound.name, None))?;
        tables.push(sheet(records, bound, &globals, &mut budget)?);
    }
    Ok(tables)
}

/// The stream with the records. An .xls may also be another OLE file with a wrong name.
fn workbook(bytes: &[u8]) -> Result<Vec<u8>, SheetError> {
    let container = |_| SheetError::damaged("OLE 容器");
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(container)?;
    if file.exists("/EncryptedPackage") {
        return Err(SheetError::Encrypted);
    }
    let name = ["/Workbook", "/WORKBOOK"].into_iter().find(|name| file.is_stream(name));
    let Some(name) = name else {
        return Err(if file.is_stream("/Book") {
            SheetError::OldFormat("Excel 95 及更早")
        } else {
            SheetError::NotASheet
        });
    };
    let stream = file.open_stream(name).map_err(container)?;
    let mut records = Vec::new();
    // A stream cannot be longer than the file; chains that run in circles can.
    stream.take(bytes.len() as u64).read_to_end(&mut records).map_err(container)?;
    Ok(records)
}

fn broken(sheet: &str, row: Option<u32>) -> SheetError {
    SheetError::damaged(match row {
        Some(row) => format!("工作表“{sheet}”第{}行", row + 1),
        None => format!("工作表“{sheet}”"),
    })
}

/// Records of a stream: type and data. Ends at the end of the stream or at a record that is cut off.
struct Records<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let kind = u16_at(self.rest, 0)?;
        let length = usize::from(u16_at(self.rest, 2)?);
        let data = self.rest.get(4..4 + length)?;
        self.rest = self.rest.get(4 + length..)?;
        Some((kind, data))
    }
}

fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    data.get(at..at + 2).map(|two| u16::from_le_bytes([two[0], two[1]]))
}

fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(u16_at(data, at)?) | u32::from(u16_at(data, at + 2)?) << 16)
}

fn f64_at(data: &[u8], at: usize) -> Option<f64> {
    Some(f64::from_bits(u64::from(u32_at(data, at)?) | u64::from(u32_at(data, at + 4)?) << 32))
}

fn globals(stream: &[u8]) -> Result<Globals, SheetError> {
    let mut records = Records { rest: stream };
    let first = records.next().filter(|(kind, _)| *kind == BOF).ok_or(SheetError::NotASheet)?;
    if u16_at(first.1, 0) != Some(BIFF8) {
        return Err(SheetError::OldFormat("Excel 95 及更早"));
    }
    let mut globals = Globals::default();
    while let Some((kind, data)) = records.next() {
        match kind {
            // FILEPASS
            0x002F => return Err(SheetError::Encrypted),
            // DATEMODE
            0x0022 => globals.formats.from_1904 = u16_at(data, 0) == Some(1),
            // FORMAT
            0x041E => {
                let format = Chain::new(vec![data.get(2..).unwrap_or_default()]).plain(false);
                if let (Some(number), Some(format)) = (u16_at(data, 0), format) {
                    globals.formats.add(u32::from(number), &format);
                }
            }
            // XF
            0x00E0 => globals.styles.push(u16_at(data, 2).unwrap_or(0)),
            // BOUNDSHEET
            0x0085 => globals.sheets.push(bound(data).ok_or_else(|| SheetError::damaged("工作表目录"))?),
            // SST
            0x00FC => globals.strings = shared_strings(data, &mut records),
            EOF => return Ok(globals),
            _ => {}
        }
    }
    Err(SheetError::damaged("工作簿全局记录"))
}

fn bound(data: &[u8]) -> Option<Bound> {
    let state = *data.get(4)?;
    let name = Chain::new(vec![data.get(6..)?]).plain(true)?;
    Some(Bound { offset: u32_at(data, 0)? as usize, name, hidden: state & 0x03 != 0, is_worksheet: *data.get(5)? == 0 })
}

/// The shared strings as far as they can be read; a cell that needs one behind that is reported as broken.
fn shared_strings<'a>(data: &'a [u8], records: &mut Records<'a>) -> Vec<String> {
    let mut parts = vec![data.get(8..).unwrap_or_default()];
    while u16_at(records.rest, 0) == Some(CONTINUE) {
        let Some((_, more)) = records.next() else { break };
        parts.push(more);
    }
    let count = u32_at(data, 4).unwrap_or(0);
    let mut chain = Chain::new(parts);
    let mut strings = Vec::new();
    // Every string takes at least three bytes, so the count cannot lead astray: the chain ends first.
    for _ in 0..count {
        let Some(text) = chain.rich() else { break };
        strings.push(text);
    }
    strings
}

/// Reads the records of one sheet up to its end.
fn sheet(records: &[u8], bound: &Bound, globals: &Globals, budget: &mut Budget) -> Result<Table, SheetError> {
    let mut reader = Sheet {
        globals,
        budget,
        name: &bound.name,
        grid: Grid::default(),
        columns: HiddenColumns::new(256),
        formula: None,
        uncomputed: 0,
    };
    let mut depth = 0usize;
    for (kind, data) in (Records { rest: records }) {
        match kind {
            BOF => depth += 1,
            EOF if depth <= 1 => break,
            EOF => depth -= 1,
            // Embedded charts have records of the same kinds.
            _ if depth == 1 => reader.record(kind, data)?,
            _ => {}
        }
    }
    if depth == 0 {
        return Err(broken(&bound.name, None));
    }
    let Sheet { grid, columns, uncomputed, .. } = reader;
    let rows = budget.rows(grid)?;
    Ok(Table {
        name: Some(bound.name.clone()),
        hidden: bound.hidden,
        hidden_columns: columns.columns(),
        uncomputed,
        rows,
        ..Table::default()
    })
}

struct Sheet<'a> {
    globals: &'a Globals,
    budget: &'a mut Budget,
    name: &'a str,
    grid: Grid,
    columns: HiddenColumns,
    /// Cell of the last formula whose result is a string: it stands in the next STRING record.
    formula: Option<(u32, u32)>,
    /// Formulas whose result the program that wrote them left to the one that opens the file.
    uncomputed: usize,
}

impl Sheet<'_> {
    fn record(&mut self, kind: u16, data: &[u8]) -> Result<(), SheetError> {
        match kind {
            // LABELSST, NUMBER, RK, LABEL, RSTRING, BOOLERR, MULRK, FORMULA
            0x00FD | 0x0203 | 0x027E | 0x0204 | 0x00D6 | 0x0205 | 0x00BD | 0x0006 => {
                self.cell(kind, data).unwrap_or_else(|| Err(broken(self.name, u16_at(data, 0).map(u32::from))))
            }
            // STRING
            0x0207 => match (self.formula.take(), Chain::new(vec![data]).plain(false)) {
                (Some((row, column)), Some(text)) => self.put(row, column, text),
                _ => Ok(()),
            },
            // MERGEDCELLS
            0x00E5 => {
                let ranges = data.get(2..).unwrap_or_default().chunks_exact(8);
                let range = |bytes: &[u8]| [0, 2, 4, 6].map(|at| u16_at(bytes, at).map_or(0, u32::from));
                self.grid.merged.extend(ranges.map(range));
                Ok(())
            }
            // ROW
            0x0208 => {
                if let (Some(row), Some(flags)) = (u16_at(data, 0), u16_at(data, 12))
                    && flags & 0x20 != 0
                {
                    self.grid.hidden_rows.insert(u32::from(row));
                }
                Ok(())
            }
            // COLINFO
            0x007D => {
                if let (Some(first), Some(last), Some(flags)) = (u16_at(data, 0), u16_at(data, 2), u16_at(data, 8))
                    && flags & 1 != 0
                {
                    self.columns.add(first.into(), last.into());
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// `None` for a record that is too short or names a string that is not there.
    fn cell(&mut self, kind: u16, data: &[u8]) -> Option<Result<(), SheetError>> {
        let (row, column, style) = (u32::from(u16_at(data, 0)?), u32::from(u16_at(data, 2)?), u16_at(data, 4)?);
        let text = match kind {
            0x00FD => self.globals.strings.get(u32_at(data, 6)? as usize)?.clone(),
            0x0203 => self.number(f64_at(data, 6)?, style),
            0x027E => self.number(rk(u32_at(data, 6)?), style),
            0x0204 | 0x00D6 => Chain::new(vec![data.get(6..)?]).plain(false)?,
            0x0205 => bool_or_error(*data.get(6)?, *data.get(7)?),
            0x00BD => {
                let pairs = data.get(4..data.len().checked_sub(2)?)?.chunks_exact(6);
                for (column, pair) in (column..).zip(pairs) {
                    let text = self.number(rk(u32_at(pair, 2)?), u16_at(pair, 0)?);
                    if let Err(error) = self.put(row, column, text) {
                        return Some(Err(error));
                    }
                }
                return Some(Ok(()));
            }
            // A formula to be computed when the file is opened, with a nought in the place of its result.
            0x0006 if f64_at(data, 6)? == 0.0 && u16_at(data, 14)? & 2 != 0 => {
                self.uncomputed += 1;
                return Some(Ok(()));
            }
            // A formula: a number, or where the last two bytes are FFFF a string, truth value or error.
            _ if u16_at(data, 12)? != 0xFFFF => self.number(f64_at(data, 6)?, style),
            _ => match *data.get(6)? {
                0 => {
                    self.formula = Some((row, column));
                    return Some(Ok(()));
                }
                1 => bool_or_error(*data.get(8)?, 0),
                2 => bool_or_error(*data.get(8)?, 1),
                _ => String::new(),
            },
        };
        Some(self.put(row, column, text))
    }

    fn number(&self, value: f64, style: u16) -> String {
        let format = self.globals.styles.get(usize::from(style)).copied().unwrap_or(0);
        self.globals
            .formats
            .get(u32::from(format))
            .unwrap_or(&Format::General)
            .print(value, self.globals.formats.from_1904)
    }

    fn put(&mut self, row: u32, column: u32, text: String) -> Result<(), SheetError> {
        if !text.is_empty() {
            self.budget.take(&text)?;
            self.grid.cells.insert((row, column), text);
        }
        Ok(())
    }
}

/// A number in four bytes: the upper 30 bits of a float or a whole number, each perhaps a hundredfold.
fn rk(bits: u32) -> f64 {
    let value = match bits & 2 {
        0 => f64::from_bits(u64::from(bits & !3) << 32),
        _ => f64::from((bits as i32) >> 2),
    };
    if bits & 1 != 0 { value / 100.0 } else { value }
}

fn bool_or_error(value: u8, is_error: u8) -> String {
    let text = match (is_error, value) {
        (0, 0) => "FALSE",
        (0, _) => "TRUE",
        (_, 0x00) => "#NULL!",
        (_, 0x07) => "#DIV/0!",
        (_, 0x0F) => "#VALUE!",
        (_, 0x17) => "#REF!",
        (_, 0x1D) => "#NAME?",
        (_, 0x24) => "#NUM!",
        _ => "#N/A",
    };
    text.to_string()
}
