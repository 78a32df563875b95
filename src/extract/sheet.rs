//! Spreadsheets (.xls of Excel 97 to 2003, .xlsx) → tables of text.
//!
//! Merged ranges are honoured: a covered cell shows the text of its anchor, and what the program left behind in it is not
//! read ([`crate::text::table`]). Numbers and dates are printed as the sheet shows them, as far as their format is known.
//! Hidden sheets, rows and columns are read and marked.
//!
//! The readers are our own because the files come from anywhere: every count and size is checked before anything is
//! allocated. Work is linear in the bytes read, and these are limited; there is no clock in a pure room.

mod biff;
mod biff_strings;
mod display;
mod xlsx;
mod xml;

use crate::text::table::{Table, TooManyCells};

/// What a file may cost. The defaults read every real table and keep a hostile file below about 300 MB of memory.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Most sheets read.
    pub sheets_max: usize,
    /// Most cells of all sheets together, empty and covered ones counted.
    pub cells_max: usize,
    /// Most bytes of text of all cells together.
    pub text_bytes_max: usize,
    /// Most bytes of all parts of an .xlsx together when they are unpacked.
    pub unpacked_bytes_max: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { sheets_max: 256, cells_max: 2_000_000, text_bytes_max: 64 << 20, unpacked_bytes_max: 128 << 20 }
    }
}

/// Why a file gives no tables.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SheetError {
    /// Neither an .xls nor an .xlsx.
    #[error("不是 Excel 表格文件（.xls、.xlsx）；请确认文件内容与扩展名相符，或者另存为 .xlsx 后再导入")]
    NotASheet,
    /// A format that is not read: Excel 95 and older, .xlsb.
    #[error("{0}格式的表格不支持；请用 Excel 或 WPS 另存为 .xlsx 后再导入")]
    OldFormat(&'static str),
    /// Locked with a password.
    #[error("表格已加密；请取消打开密码后再导入")]
    Encrypted,
    /// Broken inside.
    #[error("表格已损坏（{place}）；请用 Excel 或 WPS 打开并另存为 .xlsx 后再导入")]
    Damaged {
        /// Where, for people.
        place: String,
    },
    /// More than [`Limits`] allow.
    #[error("表格过大（{what}超过 {max}）；请拆分后再导入")]
    TooLarge {
        /// What there is too much of.
        what: &'static str,
        /// How much is allowed.
        max: u64,
    },
}

impl SheetError {
    /// Stable name for reports and tests.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotASheet => "sheet_not_a_sheet",
            Self::OldFormat(_) => "sheet_old_format",
            Self::Encrypted => "sheet_encrypted",
            Self::Damaged { .. } => "sheet_damaged",
            Self::TooLarge { .. } => "sheet_too_large",
        }
    }

    fn damaged(place: impl Into<String>) -> Self {
        Self::Damaged { place: place.into() }
    }
}

/// Reads every worksheet of a file, in the order of the file; sheets without text give tables without rows.
///
/// # Errors
///
/// [`SheetError`] says which, where and what to do; a file is read whole or not at all.
pub fn tables(bytes: &[u8], limits: &Limits) -> Result<Vec<Table>, SheetError> {
    if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        biff::tables(bytes, limits)
    } else if bytes.starts_with(b"PK\x03\x04") {
        xlsx::tables(bytes, limits)
    } else if bytes.starts_with(&[0x09, 0x00]) || bytes.starts_with(&[0x09, 0x02]) || bytes.starts_with(&[0x09, 0x04]) {
        Err(SheetError::OldFormat("Excel 4.0 及更早"))
    } else {
        Err(SheetError::NotASheet)
    }
}

/// What is left of [`Limits`] while a file is read.
struct Budget {
    cells: usize,
    text_bytes: usize,
    limits: Limits,
}

impl Budget {
    fn new(limits: &Limits) -> Self {
        Budget { cells: limits.cells_max, text_bytes: limits.text_bytes_max, limits: *limits }
    }

    /// Takes one cell with its text.
    fn take(&mut self, text: &str) -> Result<(), SheetError> {
        self.cells = self.cells.checked_sub(1).ok_or(self.too_many_cells())?;
        self.text_bytes = self
            .text_bytes
            .checked_sub(text.len())
            .ok_or(SheetError::TooLarge { what: "文字字节数", max: self.limits.text_bytes_max as u64 })?;
        Ok(())
    }

    /// Makes the rows of a sheet and takes their cells.
    fn rows(&mut self, grid: crate::text::table::Grid) -> Result<Vec<crate::text::table::Row>, SheetError> {
        let rows = grid.rows(self.cells).map_err(|TooManyCells| self.too_many_cells())?;
        let made: usize = rows.iter().map(|row| row.cells.len()).sum();
        self.cells = self.cells.saturating_sub(made);
        Ok(rows)
    }

    fn too_many_cells(&self) -> SheetError {
        SheetError::TooLarge { what: "单元格数", max: self.limits.cells_max as u64 }
    }
}

/// Which columns a sheet hides: marked by ranges, in time that does not depend on how wide they are.
struct HiddenColumns {
    /// Ranges that begin at a column less those that ended before it.
    steps: Vec<i64>,
}

impl HiddenColumns {
    /// None of `width` columns.
    fn new(width: usize) -> Self {
        HiddenColumns { steps: vec![0; width + 1] }
    }

    /// Hides columns from 0, both ends included.
    fn add(&mut self, first: usize, last: usize) {
        let width = self.steps.len() - 1;
        if first <= last && first < width {
            self.steps[first] += 1;
            self.steps[last.min(width - 1) + 1] -= 1;
        }
    }

    fn columns(self) -> Vec<usize> {
        let mut open = 0;
        let hidden = self.steps.into_iter().enumerate().filter_map(|(column, step)| {
            open += step;
            (open > 0).then_some(column)
        });
        hidden.collect()
    }
}

#[cfg(test)]
mod tests;
