//! The parts of a book's container, unpacked within limits.

use super::{EpubError, Limits, TooMuch};
use std::io::{Cursor, Read};

/// The container, and how much may still be unpacked.
pub(super) struct Parts<'a> {
    archive: zip::ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
    max: u64,
}

impl<'a> Parts<'a> {
    pub(super) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, EpubError> {
        let archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| EpubError::damaged("ZIP 容器"))?;
        Ok(Parts { archive, left: limits.unpacked_bytes_max, max: limits.unpacked_bytes_max })
    }

    /// A part as text; `None` if there is none of this name.
    pub(super) fn read(&mut self, name: &str) -> Result<Option<String>, EpubError> {
        let damaged = || EpubError::damaged(format!("部件 {name}"));
        let file = match self.archive.by_name(name) {
            Ok(file) => file,
            Err(zip::result::ZipError::FileNotFound) => return Ok(None),
            Err(zip::result::ZipError::UnsupportedArchive(zip::result::ZipError::PASSWORD_REQUIRED)) => {
                return Err(EpubError::Encrypted);
            }
            Err(_) => return Err(damaged()),
        };
        let mut bytes = Vec::new();
        // What a header says of its size is not believed.
        file.take(self.left.saturating_add(1)).read_to_end(&mut bytes).map_err(|_| damaged())?;
        let too_much = TooMuch { what: "解压后字节数", max: self.max };
        self.left = self.left.checked_sub(bytes.len() as u64).ok_or(too_much)?;
        Ok(Some(text_of(bytes)))
    }
}

/// The text of a part: by its byte order mark, or in the encoding that its first line names, or UTF-8.
fn text_of(bytes: Vec<u8>) -> String {
    let encoding = match encoding_rs::Encoding::for_bom(&bytes) {
        Some((encoding, _)) => Some(encoding),
        None => named_encoding(&bytes).filter(|&encoding| encoding != encoding_rs::UTF_8),
    };
    match encoding {
        Some(encoding) => encoding.decode(&bytes).0.into_owned(),
        None => String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()),
    }
}

fn named_encoding(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = bytes.strip_prefix(b"<?xml")?.split(|&byte| byte == b'?').next()?;
    let head = std::str::from_utf8(head).ok()?;
    let value = head.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    encoding_rs::Encoding::for_label(value.split(quote).nth(1)?.as_bytes())
}
