//! A draft as a file: office documents and web pages are read as an import reads them, plain text is taken as it is.

use super::super::view::review::EarlierSweep;
use super::ReviewRequest;
use crate::app::error::{AppError, ErrorCode, ErrorItem};
use crate::app::user_file::UserFile;
use crate::extract::{FileInput, Outcome, Packs, RefusalCode};
use crate::law::Document;
use crate::review::{Dismissal, Earlier, Settings};
use crate::text::json::fault;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::path::Path;

/// Bytes of a report of ours at most: a sweep over 5,000 documents prints some tens of megabytes.
const REPORT_BYTES_MAX: u64 = 1 << 30;
/// Bytes of a file of settings or dismissals at most.
const SETTINGS_BYTES_MAX: u64 = 2 << 20;
/// Names that say that a file is plain text.
const PLAIN: [&str; 4] = ["txt", "md", "markdown", "-"];

/// The draft in the bytes of a file; `-` names text from elsewhere.
pub fn draft_of(name: &str, bytes: &[u8]) -> Result<ReviewRequest, AppError> {
    let ending = name.rsplit_once('.').map_or(name, |(_, ending)| ending).to_ascii_lowercase();
    let plain = std::str::from_utf8(bytes).ok().filter(|_| PLAIN.contains(&ending.as_str()));
    if let Some(text) = plain {
        let text = text.trim_start_matches('\u{feff}').to_string();
        return Ok(ReviewRequest { text, ..ReviewRequest::default() });
    }
    let path = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let path = if name == "-" { "草案.txt" } else { path };
    match Packs::of(&[path]).read(&FileInput { path, bytes }) {
        Outcome::Documents { mut documents, .. } if documents.len() == 1 => {
            let document = documents.remove(0).document;
            Ok(of_document(document))
        }
        Outcome::Documents { documents, .. } => {
            let message = format!("{name} 含有 {} 件文件；一次审查一件，请分开", documents.len());
            Err(AppError::new(ErrorCode::BadRecord, message))
        }
        Outcome::Skipped { reason } => Err(AppError::new(ErrorCode::UnsupportedFormat, format!("{name}：{reason}"))),
        Outcome::Refused(refusal) => {
            let place = refusal.place.map(|place| format!("{place}，")).unwrap_or_default();
            let message = format!("{name}：{place}{}", refusal.message);
            let item = ErrorItem { file: Some(name.to_string()), message: message.clone(), ..ErrorItem::default() };
            Err(AppError::new(code(refusal.code), message).at(item))
        }
    }
}

/// The code of a refusal among those of errors: they bear the same names.
pub(super) fn code(refused: RefusalCode) -> ErrorCode {
    let row = ErrorCode::ALL.iter().find(|row| row.1 == refused.name());
    row.map_or(ErrorCode::UnsupportedFormat, |row| row.0)
}

fn of_document(document: Document) -> ReviewRequest {
    ReviewRequest {
        text: document.text,
        title: Some(document.title).filter(|title| !title.is_empty()),
        level: document.level,
        issuer: document.issuer,
        region: document.region,
        date: document.effective_date.or(document.promulgation_date),
        ..ReviewRequest::default()
    }
}

/// The settings of an office in a file (JSON). Unknown keys are refused.
pub fn review_settings(path: &Path) -> Result<Settings, AppError> {
    json_of("审查设置", path, SETTINGS_BYTES_MAX)
}

/// The findings of an earlier report: what `faju review --json` printed.
pub fn previous_report(path: &Path) -> Result<Vec<Earlier>, AppError> {
    #[derive(Deserialize)]
    struct Report {
        findings: Vec<Earlier>,
    }
    json_of::<Report>("上一次的审查报告", path, REPORT_BYTES_MAX).map(|report| report.findings)
}

/// An earlier sweep: what `faju review --corpus --json` printed.
pub fn previous_sweep(path: &Path) -> Result<EarlierSweep, AppError> {
    json_of("上一次的清理结果", path, REPORT_BYTES_MAX)
}

/// What somebody has dismissed: a JSON list of `id` and `reason`.
pub fn dismissals(path: &Path) -> Result<Vec<Dismissal>, AppError> {
    json_of("排除的发现", path, SETTINGS_BYTES_MAX)
}

fn json_of<T: DeserializeOwned>(what: &'static str, path: &Path, most: u64) -> Result<T, AppError> {
    let file = UserFile { what, path };
    let bytes = std::fs::metadata(path).map_or(0, |found| found.len());
    let text = file.text_within(bytes, most)?;
    serde_json::from_str(&text).map_err(|error| {
        let message = format!("不合格式：{}", fault(&error));
        file.wrong_line(error.line(), &format!("第 {} 行{message}", error.line()), &message)
    })
}
