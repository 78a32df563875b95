//! Bodies of forms with files (multipart/form-data, RFC 7578), as browsers send them.

use crate::app::{AppError, ErrorCode};
use memchr::memmem;

/// Fields of one form at most.
const PARTS_MAX: usize = 64;
/// Longest mark between fields (RFC 2046).
const BOUNDARY_MAX: usize = 70;

/// A field of a form.
#[derive(Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// Its name.
    pub name: String,
    /// The name of the file, if it is one.
    pub file: Option<String>,
    /// What it holds.
    pub bytes: &'a [u8],
}

/// The fields of a body in order.
pub fn parts<'a>(content_type: &str, body: &'a [u8]) -> Result<Vec<Part<'a>>, AppError> {
    let boundary = parameter(content_type, "boundary").filter(|mark| (1..=BOUNDARY_MAX).contains(&mark.len()));
    let mark = format!("--{}", boundary.ok_or_else(broken)?);
    let between = format!("\r\n{mark}");
    let mut rest = body.strip_prefix(mark.as_bytes()).ok_or_else(broken)?;
    let mut parts: Vec<Part<'a>> = Vec::new();
    while let Some(field) = rest.strip_prefix(b"\r\n") {
        // The line end that closes the head also opens an empty head or an empty content.
        let head_end = memmem::find(field, b"\r\n\r\n").ok_or_else(broken)?;
        let head = std::str::from_utf8(field.get(..head_end).ok_or_else(broken)?).map_err(|_| broken())?;
        let content = field.get(head_end + 4..).ok_or_else(broken)?;
        let end = memmem::find(content, between.as_bytes()).ok_or_else(broken)?;
        let part = part(head, content.get(..end).ok_or_else(broken)?)?;
        if parts.len() >= PARTS_MAX || parts.iter().any(|known| known.name == part.name) {
            return Err(AppError::parameter(ErrorCode::InvalidParameter, &part.name, "写了不止一次，或者项目太多"));
        }
        parts.push(part);
        rest = content.get(end + between.len()..).ok_or_else(broken)?;
    }
    if rest.starts_with(b"--") { Ok(parts) } else { Err(broken()) }
}

fn part<'a>(head: &str, bytes: &'a [u8]) -> Result<Part<'a>, AppError> {
    let disposition = head.split("\r\n").find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.trim().eq_ignore_ascii_case("content-disposition").then(|| value.trim())
    });
    let disposition = disposition.ok_or_else(broken)?;
    let name = parameter(disposition, "name").ok_or_else(broken)?;
    Ok(Part { name, file: parameter(disposition, "filename"), bytes })
}

/// The value of a parameter of a header: `form-data; name="x"`.
fn parameter(header: &str, wanted: &str) -> Option<String> {
    let mut rest = header.split_once(';')?.1;
    loop {
        let (name, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let (value, left) = match after.strip_prefix('"') {
            // Browsers write a quotation mark inside a name as %22, so the next one is the end.
            Some(quoted) => quoted.split_once('"')?,
            None => after.split_at(after.find(';').unwrap_or(after.len())),
        };
        if name.trim().eq_ignore_ascii_case(wanted) {
            return Some(value.trim().to_string());
        }
        rest = left.split_once(';')?.1;
    }
}

fn broken() -> AppError {
    AppError::new(ErrorCode::BadRecord, "表单不合格式（multipart/form-data）；请重新提交")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TYPE: &str = "multipart/form-data; boundary=\"x-1\"";

    #[test]
    fn a_form_of_a_browser_is_read() {
        let body = "--x-1\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n第一条\r\n--x\r\n\r\n--x-1\r\n\
                    Content-Disposition: form-data; name=\"file\"; filename=\"草案;a.docx\"\r\n\
                    Content-Type: application/octet-stream\r\n\r\n\r\n--x-1--\r\n";
        let found = parts(TYPE, body.as_bytes()).unwrap();
        let text = Part { name: "text".into(), file: None, bytes: "第一条\r\n--x\r\n".as_bytes() };
        let file = Part { name: "file".into(), file: Some("草案;a.docx".into()), bytes: b"" };
        assert_eq!(found, [text, file]);
        assert_eq!(parts(TYPE, b"--x-1--").unwrap(), []);
        for broken in ["", "--x-1", "--x-1\r\n\r\n\r\n", "--x-1\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb"]
        {
            assert!(parts(TYPE, broken.as_bytes()).is_err(), "{broken:?}");
        }
        assert!(parts("multipart/form-data", body.as_bytes()).is_err());
        let twice = "--x-1\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n".repeat(2) + "--x-1--";
        assert!(parts(TYPE, twice.as_bytes()).is_err());
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_and_nothing_panics(
            value in "[a-z\r\n-]{0,40}",
            any in proptest::collection::vec(any::<u8>(), 0..80),
            kind in ".{0,40}",
        ) {
            let body = format!("--b0\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n{value}\r\n--b0--");
            let found = parts("multipart/form-data; boundary=b0", body.as_bytes()).unwrap();
            prop_assert_eq!(found[0].bytes, value.as_bytes());
            let _ = parts(&kind, &any);
            let _ = parts("multipart/form-data; boundary=a", &any);
        }
    }
}
