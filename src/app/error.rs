//! One error type for every journey: a stable English code, a Chinese explanation, the places concerned.

use serde::Serialize;

/// Stable codes (contract: Errors).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// Nobody is signed in.
    Unauthenticated,
    /// Signed in but not allowed.
    Forbidden,
    /// Too many requests.
    RateLimited,
    /// The query cannot be understood.
    InvalidQuery,
    /// A parameter has a value that it cannot have.
    InvalidParameter,
    /// No such parameter.
    UnknownParameter,
    /// No such thing.
    NotFound,
    /// It was withdrawn.
    Gone,
    /// The generation a cursor names is gone.
    CursorExpired,
    /// More than the limit.
    TooLarge,
    /// It took too long.
    Timeout,
    /// Another writer holds the lock.
    Locked,
    /// The data directory cannot be written.
    ReadOnly,
    /// Stored data is damaged.
    Corrupt,
    /// A format that is not read.
    UnsupportedFormat,
    /// An encrypted file.
    Encrypted,
    /// A scan without text.
    Scanned,
    /// Bytes that are no text.
    NotText,
    /// A record that breaks the interchange format.
    BadRecord,
    /// It contradicts what is stored.
    Conflict,
    /// Too busy.
    Overloaded,
    /// A defect of the program or the machine.
    Internal,
}

impl ErrorCode {
    /// Every code with its name, HTTP status and Chinese title: the one table of errors.
    pub const ALL: [(ErrorCode, &'static str, u16, &'static str); 22] = [
        (Self::Unauthenticated, "unauthenticated", 401, "未登录"),
        (Self::Forbidden, "forbidden", 403, "无权访问"),
        (Self::RateLimited, "rate_limited", 429, "请求过于频繁"),
        (Self::InvalidQuery, "invalid_query", 400, "检索式有误"),
        (Self::InvalidParameter, "invalid_parameter", 400, "参数取值有误"),
        (Self::UnknownParameter, "unknown_parameter", 400, "没有这个参数"),
        (Self::NotFound, "not_found", 404, "没有找到"),
        (Self::Gone, "gone", 410, "已撤回"),
        (Self::CursorExpired, "cursor_expired", 410, "翻页游标已过期"),
        (Self::TooLarge, "too_large", 413, "超过上限"),
        (Self::Timeout, "timeout", 504, "超时"),
        (Self::Locked, "locked", 409, "正由另一程序写入"),
        (Self::ReadOnly, "read_only", 403, "不能写入"),
        (Self::Corrupt, "corrupt", 500, "数据损坏"),
        (Self::UnsupportedFormat, "unsupported_format", 415, "不支持的格式"),
        (Self::Encrypted, "encrypted", 422, "文件已加密"),
        (Self::Scanned, "scanned", 422, "扫描件没有文字"),
        (Self::NotText, "not_text", 422, "不是文本"),
        (Self::BadRecord, "bad_record", 422, "记录不合格式"),
        (Self::Conflict, "conflict", 409, "与已有数据冲突"),
        (Self::Overloaded, "overloaded", 503, "服务繁忙"),
        (Self::Internal, "internal", 500, "内部错误"),
    ];

    fn row(self) -> &'static (ErrorCode, &'static str, u16, &'static str) {
        &Self::ALL[self as usize]
    }

    /// The name in JSON, for example `invalid_query`.
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// The HTTP status.
    pub fn status(self) -> u16 {
        self.row().2
    }

    /// The Chinese title.
    pub fn title(self) -> &'static str {
        self.row().3
    }
}

/// One place that an error concerns.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ErrorItem {
    /// Name of the parameter or field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
    /// Path of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Line in the file, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// Code points from the start of the parameter's value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<usize>,
    /// What is wrong there, in Chinese, with the remedy.
    pub message: String,
}

/// Why a journey failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{detail}")]
pub struct AppError {
    /// Stable code.
    pub code: ErrorCode,
    /// Chinese explanation with place and remedy.
    pub detail: String,
    /// The places.
    pub errors: Vec<ErrorItem>,
    /// Seconds after which it may be tried again, where that is known.
    pub again_in: Option<i64>,
}

impl AppError {
    /// An error without places.
    pub fn new(code: ErrorCode, detail: impl Into<String>) -> Self {
        AppError { code, detail: detail.into(), errors: Vec::new(), again_in: None }
    }

    /// The same error naming one more place.
    pub fn at(mut self, item: ErrorItem) -> Self {
        self.errors.push(item);
        self
    }

    /// The same error saying after how many seconds it may be tried again.
    pub fn after(mut self, seconds: i64) -> Self {
        self.again_in = Some(seconds);
        self
    }

    /// An error about one parameter.
    pub fn parameter(code: ErrorCode, parameter: &str, message: impl Into<String>) -> Self {
        let message = message.into();
        let detail = format!("参数 {parameter}：{message}");
        AppError::new(code, detail).at(ErrorItem {
            parameter: Some(parameter.to_string()),
            message,
            ..ErrorItem::default()
        })
    }

    /// Nothing has this id.
    pub fn not_found(id: &str) -> Self {
        AppError::new(ErrorCode::NotFound, format!("没有编号为“{id}”的内容；请检查编号，或用 search 查找"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_codes() {
        for (place, row) in ErrorCode::ALL.iter().enumerate() {
            assert_eq!(row.0 as usize, place);
            assert_eq!(serde_json::to_value(row.0).unwrap(), row.1);
        }
    }
}
