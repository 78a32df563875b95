//! An export as a file with its manifest, and the check of one before it is imported.
//!
//! The manifest lies beside the file, not in it: so the lines stay documents alone, which any reader of the interchange format
//! takes, and the manifest can hold the digest of the whole file.

use super::error::{AppError, ErrorCode};
use super::view::Exported;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

/// What follows the name of a file in the name of its manifest.
pub const MANIFEST: &str = ".manifest.json";

/// Version of the manifest.
const FORMAT: u32 = 1;

/// Bytes of a manifest, at most.
const MANIFEST_BYTES_MAX: u64 = 1 << 20;

/// What a file of documents holds, as whoever wrote it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the manifest.
    pub format: u32,
    /// Name of the file.
    pub file: String,
    /// The node that exported it.
    pub node: String,
    /// The day.
    pub day: Date,
    /// The program and its version.
    pub program: String,
    /// Lines, each a document.
    pub documents: u64,
    /// Documents of each kind.
    pub kinds: BTreeMap<String, u64>,
    /// Length and SHA-256 of the file.
    pub bytes: u64,
    /// See above.
    pub sha256: String,
    /// Length and SHA-256 of the lines, unpacked.
    pub lines_bytes: u64,
    /// See above.
    pub lines_sha256: String,
    /// Records that are not in it: persons' acts by their type, and documents that could not be read.
    pub left_out: BTreeMap<String, u64>,
}

impl Manifest {
    /// The manifest of an export that was written to `file`.
    pub fn of(file: &Path, exported: &Exported, written: [Hashed; 2], (node, day): (&str, Date)) -> Manifest {
        let [packed, lines] = written;
        let unreadable = (exported.unreadable > 0).then(|| ("unreadable".to_string(), exported.unreadable));
        Manifest {
            format: FORMAT,
            file: file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
            node: node.to_string(),
            day,
            program: concat!("faju ", env!("CARGO_PKG_VERSION")).to_string(),
            documents: exported.documents,
            kinds: exported.kinds.clone(),
            bytes: packed.bytes,
            sha256: packed.sha256,
            lines_bytes: lines.bytes,
            lines_sha256: lines.sha256,
            left_out: exported.acts_by_type.clone().into_iter().chain(unreadable).collect(),
        }
    }
}

/// Path of the manifest of a file.
pub fn manifest_path(file: &Path) -> PathBuf {
    let mut path = file.as_os_str().to_os_string();
    path.push(MANIFEST);
    path.into()
}

/// Length and digest of what was written or read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hashed {
    /// Bytes.
    pub bytes: u64,
    /// SHA-256, hex.
    pub sha256: String,
}

/// Passes bytes on and remembers their digest.
pub struct Hashing<T> {
    inner: T,
    hasher: Sha256,
    bytes: u64,
}

impl<T> Hashing<T> {
    /// Over a writer or reader.
    pub fn new(inner: T) -> Self {
        Hashing { inner, hasher: Sha256::new(), bytes: 0 }
    }

    /// What went through, and where it went.
    pub fn finish(self) -> (Hashed, T) {
        let sha256 = self.hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        (Hashed { bytes: self.bytes, sha256 }, self.inner)
    }

    fn note(&mut self, bytes: &[u8]) {
        self.hasher.update(bytes);
        self.bytes += bytes.len() as u64;
    }
}

impl<T: Write> Write for Hashing<T> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.note(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl<T: Read> Read for Hashing<T> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.note(buffer.get(..read).unwrap_or_default());
        Ok(read)
    }
}

/// Compares a file with the manifest beside it, if there is one.
///
/// # Errors
/// [`ErrorCode::Corrupt`]: the file is not what its manifest says, or the manifest cannot be read. Which file, what differs, and
/// what to do.
pub fn check(file: &Path) -> Result<(), AppError> {
    // Beside a link or beside what it leads to, where an export through the link has put it.
    let led_to = file.canonicalize().unwrap_or_else(|_| file.to_path_buf());
    let path = [file, &led_to].map(manifest_path).into_iter().find(|path| path.exists());
    let path = path.unwrap_or_else(|| manifest_path(file));
    let text = match File::open(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        opened => opened.and_then(|file| {
            let mut text = String::new();
            file.take(MANIFEST_BYTES_MAX).read_to_string(&mut text)?;
            Ok(text)
        }),
    };
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let refused = |why: String| {
        let detail = format!(
            "{} 与清单 {} 不符：{why}；没有导入，请重新复制这两个文件，或在来源节点重新导出（确要导入没有清单的文件，请移开清单）",
            name(file),
            name(&path)
        );
        AppError::new(ErrorCode::Corrupt, detail)
    };
    let manifest: Manifest = text
        .map_err(|error| error.to_string())
        .and_then(|text| serde_json::from_str(&text).map_err(|error| error.to_string()))
        .map_err(|error| refused(format!("清单不能读取（{error}）")))?;
    if manifest.format != FORMAT {
        return Err(refused(format!("清单是第 {} 版格式，请升级 faju", manifest.format)));
    }
    let found = read(file, &manifest).map_err(|error| refused(format!("文件不能读完（{error}），可能不完整")))?;
    match differs(&manifest, &found) {
        Some(why) => Err(refused(why)),
        None => Ok(()),
    }
}

/// What a file holds.
struct Found {
    packed: Hashed,
    /// `None` where the file is not even as long as it must be.
    lines: Option<(Hashed, u64)>,
}

fn read(file: &Path, manifest: &Manifest) -> io::Result<Found> {
    let bytes = File::open(file)?;
    let length = bytes.metadata()?.len();
    if length != manifest.bytes {
        return Ok(Found { packed: Hashed { bytes: length, sha256: String::new() }, lines: None });
    }
    let mut packed = Hashing::new(bytes);
    let (lines, count) = if file.extension().is_some_and(|end| end == "zst") {
        counted(zstd::Decoder::new(&mut packed)?, manifest.lines_bytes)?
    } else {
        counted(&mut packed, manifest.lines_bytes)?
    };
    // What follows the last frame belongs to the file too.
    io::copy(&mut packed, &mut io::sink())?;
    Ok(Found { packed: packed.finish().0, lines: Some((lines, count)) })
}

/// Digest and number of lines; no more is unpacked than the manifest says, and one byte.
fn counted(reader: impl Read, most: u64) -> io::Result<(Hashed, u64)> {
    let mut lines = BufReader::with_capacity(1 << 16, Hashing::new(reader.take(most.saturating_add(1))));
    let mut count = 0;
    while lines.skip_until(b'\n')? > 0 {
        count += 1;
    }
    Ok((lines.into_inner().finish().0, count))
}

/// What first differs, in Chinese.
fn differs(manifest: &Manifest, found: &Found) -> Option<String> {
    let Some((lines, count)) = &found.lines else {
        let what = if found.packed.bytes < manifest.bytes { "不完整" } else { "多出内容" };
        return Some(format!("文件应为 {} 字节，实为 {} 字节（{what}）", manifest.bytes, found.packed.bytes));
    };
    if found.packed.sha256 != manifest.sha256 {
        return Some(format!(
            "文件的 SHA-256 应为 {}，实为 {}（内容被改动或损坏）",
            manifest.sha256, found.packed.sha256
        ));
    }
    if lines.sha256 != manifest.lines_sha256 || lines.bytes != manifest.lines_bytes {
        return Some(format!("各行的 SHA-256 应为 {}，实为 {}", manifest.lines_sha256, lines.sha256));
    }
    let of_kinds: u64 = manifest.kinds.values().sum();
    if *count != manifest.documents || of_kinds != manifest.documents {
        return Some(format!("应有 {} 件（各类相加 {of_kinds} 件），实有 {count} 行", manifest.documents));
    }
    None
}
