//! The ZIP container of the copy: what is not replaced is copied as it lies packed.

use super::{CommentError, ENTRIES_MAX, UNPACKED_BYTES_MAX};
use std::collections::{BTreeMap, HashMap};
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;

/// How a part is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Utf8Marked,
    Utf16Big,
    Utf16Little,
}

/// A part as text.
pub(super) struct Part {
    /// Its name as the container has it, with `/` between folders and none in front.
    pub(super) name: String,
    /// What stands in it.
    pub(super) text: String,
    index: usize,
    encoding: Encoding,
}

/// The container, and what becomes of it.
pub(super) struct Package<'a> {
    archive: zip::ZipArchive<Cursor<&'a [u8]>>,
    bytes: usize,
    /// Entries by name, in small letters.
    entries: HashMap<String, usize>,
    left: u64,
    replaced: BTreeMap<usize, Vec<u8>>,
    added: Vec<(String, String)>,
}

/// The name of a part as it is compared. Some programs write `\` between folders.
pub(super) fn normal(name: &str) -> String {
    tidy(name).to_lowercase()
}

fn tidy(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_string()
}

fn container() -> CommentError {
    CommentError::damaged("ZIP 容器")
}

impl<'a> Package<'a> {
    /// Opens a container.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, CommentError> {
        // Counted before the directory is read: every entry of it begins so.
        if memchr::memmem::find_iter(bytes, b"PK\x01\x02").nth(ENTRIES_MAX).is_some() {
            return Err(CommentError::TooLarge { what: "ZIP 条目数", max: ENTRIES_MAX as u64 });
        }
        let archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| container())?;
        let names = archive.file_names().enumerate();
        let entries = names.filter_map(|(index, name)| Some((normal(&name.ok()?), index))).collect();
        let (replaced, added) = (BTreeMap::new(), Vec::new());
        Ok(Package { archive, bytes: bytes.len(), entries, left: UNPACKED_BYTES_MAX, replaced, added })
    }

    /// A part by its name in any letters; `None` if there is none.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Part>, CommentError> {
        let Some(&index) = self.entries.get(&normal(name)) else { return Ok(None) };
        let damaged = || CommentError::part(name);
        let file = self.archive.by_index(index).map_err(|_| damaged())?;
        let name = tidy(&file.name().map_err(|_| damaged())?);
        let mut bytes = Vec::new();
        // What a header says of its size is not believed.
        file.take(self.left + 1).read_to_end(&mut bytes).map_err(|_| damaged())?;
        let too_large = CommentError::TooLarge { what: "解压后字节数", max: UNPACKED_BYTES_MAX };
        self.left = self.left.checked_sub(bytes.len() as u64).ok_or(too_large)?;
        let (encoding, text) = decoded(bytes).ok_or_else(damaged)?;
        Ok(Some(Part { name, text, index, encoding }))
    }

    /// Whether there is a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.contains_key(&normal(name))
    }

    /// Gives a part another text, written down as the old one was.
    pub(super) fn replace(&mut self, part: Part, text: String) {
        self.replaced.insert(part.index, encoded(text, part.encoding));
    }

    /// Adds a part.
    pub(super) fn add(&mut self, name: String, text: String) {
        self.added.push((name, text));
    }

    /// The bytes of the copy.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, CommentError> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::with_capacity(self.bytes)));
        // Entries of a hostile container may share their bytes; those of an honest one do not.
        let mut left = self.bytes as u64;
        for index in 0..self.archive.len() {
            let file = self.archive.by_index_raw(index).map_err(|_| container())?;
            match self.replaced.remove(&index) {
                Some(bytes) => {
                    let (name, options) = (file.name().map_err(|_| container())?.to_string(), file.options());
                    writer.start_file(name, options).map_err(|_| container())?;
                    writer.write_all(&bytes).map_err(|_| container())?;
                }
                None => {
                    left = left.checked_sub(file.compressed_size()).ok_or_else(container)?;
                    writer.raw_copy_file(file).map_err(|_| container())?;
                }
            }
        }
        for (name, text) in self.added {
            writer.start_file(name, SimpleFileOptions::default()).map_err(|_| container())?;
            writer.write_all(text.as_bytes()).map_err(|_| container())?;
        }
        Ok(writer.finish().map_err(|_| container())?.into_inner())
    }
}

fn decoded(bytes: Vec<u8>) -> Option<(Encoding, String)> {
    let (encoding, length) = match bytes.as_slice() {
        [0xEF, 0xBB, 0xBF, ..] => (Encoding::Utf8Marked, 3),
        [0xFE, 0xFF, ..] => (Encoding::Utf16Big, 2),
        [0xFF, 0xFE, ..] => (Encoding::Utf16Little, 2),
        _ => return Some((Encoding::Utf8, String::from_utf8(bytes).ok()?)),
    };
    let rest = bytes.get(length..)?;
    if encoding == Encoding::Utf8Marked {
        return Some((encoding, std::str::from_utf8(rest).ok()?.to_string()));
    }
    if rest.len() % 2 == 1 {
        return None;
    }
    let unit = |pair: &[u8]| match (encoding, pair) {
        (Encoding::Utf16Big, [high, low]) | (_, [low, high]) => u16::from_be_bytes([*high, *low]),
        _ => 0,
    };
    let text: Result<String, _> = char::decode_utf16(rest.chunks_exact(2).map(unit)).collect();
    Some((encoding, text.ok()?))
}

fn encoded(text: String, encoding: Encoding) -> Vec<u8> {
    match encoding {
        Encoding::Utf8 => text.into_bytes(),
        Encoding::Utf8Marked => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        Encoding::Utf16Big => "\u{FEFF}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect(),
        Encoding::Utf16Little => {
            "\u{FEFF}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
        }
    }
}
