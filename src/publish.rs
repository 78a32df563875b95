//! Pure: what leaves (导出): Word, web page, Markdown, plain text, JSON, spreadsheets.
//!
//! - [`Paper`] is a document or chosen provisions of one; [`docx()`], [`html()`], [`markdown()`], [`plain()`] and
//!   [`json()`] write it.
//! - [`Sheet`] is a table of a workbook; [`xlsx()`] and [`csv()`] write it, [`docx_tables()`] writes some as a Word file.
//! - [`with_comments()`] puts comments (批注) into a copy of a Word file that somebody else wrote.
//! - [`Site`] is a list of papers; [`site()`] writes a folder of web pages.
//!
//! No character of a provision is lost or changed; the one exception is what XML cannot hold (control characters),
//! written as U+FFFD in Word, web pages and workbooks. Equal values give equal bytes: no writer looks at the clock.

mod comments;
mod docx;
mod docx_table;
mod html;
mod json;
mod layout;
mod markdown;
mod paper;
mod pieces;
mod plain;
mod sheet;
mod site;
mod word;
mod xlsx;
mod xml;

pub use comments::{Comment, CommentError, with_comments};
pub use docx::docx;
pub use docx_table::docx_tables;
pub use html::html;
pub use json::json;
pub use markdown::markdown;
pub use paper::{Block, Paper};
pub use plain::plain;
pub use sheet::{Cell, Column, Sheet, csv};
pub use site::{Site, SiteEntry, SiteGroup, SitePage, site};
pub use xlsx::xlsx;

/// Why a file cannot be written. What `Display` says is for users, in Chinese.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublishError {
    /// A sheet with more rows than a workbook holds.
    TooManyRows {
        /// Name of the sheet.
        sheet: String,
        /// Rows that it would have, with title, remarks and header.
        rows: usize,
    },
    /// A sheet with more columns than a workbook holds.
    TooManyColumns {
        /// Name of the sheet.
        sheet: String,
        /// Columns that it would have.
        columns: usize,
    },
    /// A table with more rows or columns than Word holds.
    TooLargeForWord {
        /// Name of the sheet.
        sheet: String,
        /// Rows that it would have, with header.
        rows: usize,
        /// Columns that it would have.
        columns: usize,
    },
    /// A library that writes files refused; its own words, in English.
    Writer(String),
}

impl std::fmt::Display for PublishError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TooManyRows { sheet, rows } => {
                let most = xlsx::ROWS_MAX;
                write!(out, "工作表“{sheet}”共 {rows} 行，超过电子表格上限 {most} 行；请缩小范围，或改用 CSV")
            }
            Self::TooManyColumns { sheet, columns } => {
                write!(out, "工作表“{sheet}”共 {columns} 列，超过电子表格上限 {} 列", xlsx::COLUMNS_MAX)
            }
            Self::TooLargeForWord { sheet, rows, columns } => {
                let (most_rows, most_columns) = (docx_table::ROWS_MAX, docx_table::COLUMNS_MAX);
                write!(
                    out,
                    "表“{sheet}”共 {rows} 行、{columns} 列，超过 Word 表格上限 {most_rows} 行、{most_columns} 列；\
                     请缩小范围，或改用电子表格"
                )
            }
            Self::Writer(words) => write!(out, "文件无法写出：{words}"),
        }
    }
}

impl std::error::Error for PublishError {}
