//! Text files that a person keeps beside the corpus: read with errors that name the file, the line and the remedy.

use super::error::{AppError, ErrorCode, ErrorItem};
use std::fs;
use std::io;
use std::path::Path;

/// Bytes of a file that people write by hand, at most.
const BYTES_MAX: u64 = 2 << 20;

/// Such a file.
#[derive(Debug, Clone, Copy)]
pub struct UserFile<'a> {
    /// What it is, in Chinese: 词语文件.
    pub what: &'a str,
    /// Where it is.
    pub path: &'a Path,
}

impl UserFile<'_> {
    /// Its text; `bytes` is its length as it was seen.
    pub fn text(self, bytes: u64) -> Result<String, AppError> {
        self.text_within(bytes, BYTES_MAX)
    }

    /// The same, of at most so many bytes.
    pub fn text_within(self, bytes: u64, most: u64) -> Result<String, AppError> {
        if bytes > most {
            return Err(self.error(ErrorCode::TooLarge, &format!("超过 {} MB，请删减", most >> 20)));
        }
        fs::read_to_string(self.path).map_err(|error| match error.kind() {
            io::ErrorKind::InvalidData => self.error(ErrorCode::NotText, "不是 UTF-8 文本，请另存为 UTF-8"),
            _ => self.error(ErrorCode::NotFound, &format!("不能读取：{error}")),
        })
    }

    /// What is wrong with a line, from 1 on: `said` is the whole of it, `message` what concerns the line alone.
    pub fn wrong_line(self, line: usize, said: &str, message: &str) -> AppError {
        self.error(ErrorCode::BadRecord, said).at(ErrorItem {
            file: Some(self.path.display().to_string()),
            line: u64::try_from(line).ok(),
            message: message.to_string(),
            ..ErrorItem::default()
        })
    }

    fn error(self, code: ErrorCode, said: &str) -> AppError {
        AppError::new(code, format!("{} {} {said}", self.what, self.path.display()))
    }
}
