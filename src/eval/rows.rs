//! Files of labelled rows: JSON Lines.

use crate::app::{AppError, ErrorCode, ErrorItem};
use crate::text::json::fault;
use serde::de::DeserializeOwned;
use std::fs;
use std::path::Path;

/// The stem of a file, which names its set.
pub fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// The key of an article that a label names by its number and insertion, 0 for none: `a10`, `a10-1`.
pub fn key(number: u32, insertion: u32) -> String {
    if insertion > 0 { format!("a{number}-{insertion}") } else { format!("a{number}") }
}

/// The rows of a file with the numbers of their lines. A line that is no row of this kind is an error that names it.
pub fn read<T: DeserializeOwned>(path: &Path) -> Result<Vec<(u64, T)>, AppError> {
    let shown = path.display();
    let text = fs::read_to_string(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => AppError::new(ErrorCode::NotFound, format!("没有这个文件：{shown}")),
        std::io::ErrorKind::InvalidData => AppError::new(ErrorCode::NotText, format!("不是 UTF-8 文本：{shown}")),
        _ => AppError::new(ErrorCode::Internal, format!("不能读取 {shown}：{error}")),
    })?;
    let mut rows = Vec::new();
    for (line, text) in (1u64..).zip(text.lines()).filter(|(_, text)| !text.trim().is_empty()) {
        let row = serde_json::from_str(text).or_else(|_| serde_json::from_str(&without_nan(text)));
        rows.push((line, row.map_err(|error| wrong(path, line, &fault(&error)))?));
    }
    if rows.is_empty() {
        return Err(AppError::new(ErrorCode::BadRecord, format!("评测集 {shown} 里没有一行数据")));
    }
    Ok(rows)
}

/// A line with `null` for what Python writes for no value and JSON does not know.
fn without_nan(line: &str) -> String {
    const NONE: &str = "NaN";
    let (mut out, mut rest, mut quoted) = (String::with_capacity(line.len()), line, false);
    while let Some(character) = rest.chars().next() {
        if !quoted && let Some(after) = rest.strip_prefix(NONE) {
            out.push_str("null");
            rest = after;
            continue;
        }
        let length = if quoted && character == '\\' { 2 } else { 1 };
        quoted ^= character == '"';
        let end = rest.char_indices().nth(length).map_or(rest.len(), |(at, _)| at);
        out.push_str(&rest[..end]);
        rest = &rest[end..];
    }
    out
}

/// The error of a line that cannot be measured by.
pub fn wrong(path: &Path, line: u64, reason: &str) -> AppError {
    let file = path.display().to_string();
    let detail = format!("评测集 {file} 第 {line} 行不合格式：{reason}");
    AppError::new(ErrorCode::BadRecord, detail.clone()).at(ErrorItem {
        file: Some(file),
        line: Some(line),
        message: detail,
        ..ErrorItem::default()
    })
}

#[cfg(test)]
mod tests {
    use super::without_nan;

    #[test]
    fn no_value_as_python_writes_it_is_null_outside_strings_only() {
        let line = r#"{"a": NaN, "b": "NaN \" NaN", "c": [NaN]}"#;
        assert_eq!(without_nan(line), r#"{"a": null, "b": "NaN \" NaN", "c": [null]}"#);
    }
}
