//! Files of labelled rows: JSON Lines.

use crate::app::{AppError, ErrorCode, ErrorItem};
use serde::de::DeserializeOwned;
use std::fs;
use std::path::Path;

/// The stem of a file, which names its set.
pub fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
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
        let row = serde_json::from_str(text).map_err(|error| wrong(path, line, &error.to_string()))?;
        rows.push((line, row));
    }
    if rows.is_empty() {
        return Err(AppError::new(ErrorCode::BadRecord, format!("评测集 {shown} 里没有一行数据")));
    }
    Ok(rows)
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
