//! Files that leave: documents, provisions, lists of results, as attachments.

use super::api::text_of;
use super::operators::json;
use super::query_string::{date, encode, value};
use super::routes::{Answer, Asked};
use super::state::Server;
use crate::app::{AppError, CatalogueFormat, ErrorCode, Faju, FileFormat, FileWritten, ListFormat};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

/// Media type of Word files.
pub const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Media types of papers made here.
pub const PAPERS: &[&str] = &[WORD, "text/html", "text/markdown", "text/plain"];
/// Media types of documents.
pub const DOCUMENTS: &[&str] =
    &[WORD, "text/html", "text/markdown", "text/plain", "application/json", "application/jsonl"];
/// Media types of lists.
pub const LISTS: &[&str] = &[WORKBOOK, "text/csv"];
/// Media types of catalogues.
pub const CATALOGUES: &[&str] = &[WORKBOOK, "text/csv", WORD];
const CSV: &str = "text/csv; charset=utf-8";

/// `GET /api/v1/files/{id}`.
pub fn document(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    let named = value(&asked.parameters, "format").unwrap_or("docx");
    let format = FileFormat::of(named).ok_or_else(|| unknown(named, &FileFormat::ALL.map(|(_, name)| name)))?;
    let as_of = value(&asked.parameters, "as_of").map(|day| date("as_of", day)).transpose()?;
    let with = value(&asked.parameters, "with").unwrap_or_default();
    let others = with.split(',').filter(|id| !id.is_empty()).map(str::to_string);
    let ids: Vec<String> = std::iter::once(asked.id.clone()).chain(others).collect();
    Ok(attachment(app.written(&ids, format, as_of, &server.asker(&asked.who))?, media_of(format)))
}

/// A format in which a paper made here is written, and its media type; `what` is made, `also` is offered beside.
pub fn paper_format(named: &str, what: &str, also: &str) -> Result<(FileFormat, &'static str), AppError> {
    match FileFormat::of(named) {
        Some(format @ (FileFormat::Docx | FileFormat::Html | FileFormat::Markdown | FileFormat::Plain)) => {
            Ok((format, media_of(format)))
        }
        _ => {
            let detail = format!("{what}不能写成“{named}”；可以写 docx、html、md、txt{also}");
            Err(AppError::parameter(ErrorCode::InvalidParameter, "format", detail))
        }
    }
}

/// The media type of a format.
fn media_of(format: FileFormat) -> &'static str {
    match format {
        FileFormat::Docx => WORD,
        FileFormat::Html => "text/html; charset=utf-8",
        FileFormat::Markdown => "text/markdown; charset=utf-8",
        FileFormat::Plain => "text/plain; charset=utf-8",
        FileFormat::Json => "application/json; charset=utf-8",
        FileFormat::Interchange => "application/jsonl; charset=utf-8",
    }
}

/// `GET /api/v1/list`.
pub fn list(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    let named = value(&asked.parameters, "format").unwrap_or("xlsx");
    let format = ListFormat::of(named).ok_or_else(|| unknown(named, &ListFormat::ALL.map(|(_, name)| name)))?;
    let search: Vec<(String, String)> = asked.parameters.iter().filter(|(name, _)| name != "format").cloned().collect();
    let media = if format == ListFormat::Csv { CSV } else { WORKBOOK };
    Ok(attachment(app.listed(&search, format, &server.asker(&asked.who))?, media))
}

/// `GET /api/v1/catalogue`.
pub fn catalogue(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    Ok(json(text_of(&app.catalogue(&asked.parameters, &server.asker(&asked.who))?)?))
}

/// `GET /api/v1/catalogue/file`.
pub fn catalogue_file(app: &Faju, server: &Server, asked: &Asked) -> Answer {
    let named = value(&asked.parameters, "format").unwrap_or("xlsx");
    let format =
        CatalogueFormat::of(named).ok_or_else(|| unknown(named, &CatalogueFormat::ALL.map(|(_, name)| name)))?;
    let others: Vec<(String, String)> = asked.parameters.iter().filter(|(name, _)| name != "format").cloned().collect();
    let media = match format {
        CatalogueFormat::Xlsx => WORKBOOK,
        CatalogueFormat::Csv => CSV,
        CatalogueFormat::Docx => WORD,
    };
    Ok(attachment(app.catalogue_file(&others, format, &server.asker(&asked.who))?, media))
}

fn unknown(named: &str, known: &[&str]) -> AppError {
    let detail = format!("不能导出为“{named}”；可以写 {}", known.join("、"));
    AppError::parameter(ErrorCode::InvalidParameter, "format", detail)
}

/// A file that is kept and not shown. Its name is Chinese as a rule (RFC 6266, RFC 8187); programs that do not know of that get
/// its ending.
pub fn attachment(file: FileWritten, media: &'static str) -> Response {
    let ending = file.name.rsplit_once('.').map_or("bin", |(_, ending)| ending);
    let named = format!("attachment; filename=\"faju.{ending}\"; filename*=UTF-8''{}", encode(&file.name, ""));
    let named = HeaderValue::from_str(&named).unwrap_or(HeaderValue::from_static("attachment"));
    let mut response = file.bytes.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    response.headers_mut().insert(header::CONTENT_DISPOSITION, named);
    response
}
