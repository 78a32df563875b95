//! Backup while the service goes on, and restore into an empty directory.
//!
//! A backup directory holds pieces by their digest and one manifest for each backup. What did not change since the last one is not
//! written again: the journal only grows, so that a further backup costs what was added. `docs/operation.md` describes the format.

mod redacted;
mod store;

use super::error::{AppError, ErrorCode};
use super::vitals;
use crate::audit;
use crate::corpus::{Cursor, capture, cut};
use crate::people::{self, People};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};
pub use store::new_key;
use store::{Pieces, Store};

/// Version of the manifests.
const FORMAT: u32 = 1;

/// Files of a data directory that are copied whole if they are there.
const SETTINGS: [&str; 2] = ["thesaurus.txt", "words.txt"];

/// One file of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Backed {
    /// Its path in the data directory, with `/`.
    path: String,
    /// Its bytes.
    length: u64,
    /// Names of its pieces, in order.
    pieces: Vec<String>,
}

/// One backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    format: u32,
    /// When it was made, in UTC.
    at: String,
    /// Version of the program.
    program: String,
    files: Vec<Backed>,
}

/// How a backup is made.
#[derive(Debug, Clone, Default)]
pub struct BackupRequest {
    /// Where to.
    pub to: PathBuf,
    /// The file of the key, if it is to be encrypted.
    pub key: Option<PathBuf>,
    /// How many backups are kept; none: all.
    pub keep: Option<usize>,
}

/// What a backup did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BackupReport {
    /// Name of its manifest.
    pub backup: String,
    /// Files in it.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
    /// Bytes that were not there yet.
    pub added: u64,
    /// Older backups that were removed.
    pub removed: usize,
}

/// How a backup is restored.
#[derive(Debug, Clone, Default)]
pub struct RestoreRequest {
    /// Where from.
    pub from: PathBuf,
    /// The file of the key, if it is encrypted.
    pub key: Option<PathBuf>,
    /// Which backup; none: the newest.
    pub name: Option<String>,
    /// The journal only up to this cursor, as reports of writes have it; none: all of it.
    pub upto: Option<String>,
    /// Name of the node whose data it is.
    pub node: String,
}

/// What a restore did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RestoreReport {
    /// Name of the manifest.
    pub backup: String,
    /// When it was made.
    pub at: String,
    /// Files written.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
    /// Redactions made after it that were applied.
    pub redactions: u64,
}

fn wrong(name: &str, message: String) -> AppError {
    AppError::parameter(ErrorCode::InvalidParameter, name, message)
}

fn unread(path: &Path, error: &std::io::Error) -> AppError {
    AppError::new(ErrorCode::Internal, format!("{} 不能读写：{error}", path.display()))
}

/// Makes a backup of a data directory, which may be in use, and reads back every piece that it wrote.
///
/// # Errors
/// A directory that cannot be read or written, a key that is not that of the backup directory, a piece that reads back otherwise.
pub fn backup(data: &Path, request: &BackupRequest) -> Result<BackupReport, AppError> {
    let store = Store::open_to_write(&request.to, request.key.as_deref())?;
    let _turn = store.lock()?;
    let mut pieces = Pieces::of(&store);
    let mut files = Vec::new();
    journal(data, &mut pieces, &mut files)?;
    accounts(data, &mut pieces, &mut files)?;
    for path in
        listed(&data.join(audit::FOLDER))?.into_iter().filter(|path| path.extension().is_some_and(|end| end == "jsonl"))
    {
        let bytes = fs::read(&path).map_err(|error| unread(&path, &error))?;
        // An entry that is being written is not there yet.
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        files.push(pieces.bytes(&named(data, &path), &bytes[..whole])?);
    }
    for path in SETTINGS.map(|name| data.join(name)).into_iter().filter(|path| path.is_file()) {
        let length = fs::metadata(&path).map_err(|error| unread(&path, &error))?.len();
        files.push(pieces.file(&named(data, &path), &path, length)?);
    }
    let at = Timestamp::now();
    let manifest =
        Manifest { format: FORMAT, at: at.to_string(), program: env!("CARGO_PKG_VERSION").to_string(), files };
    let name = store.write_manifest(&manifest, at)?;
    vitals::note_backup(data, at);
    let removed = request.keep.map_or(Ok(0), |keep| store.keep(keep))?;
    let bytes = manifest.files.iter().map(|file| file.length).sum();
    Ok(BackupReport { backup: name, files: manifest.files.len(), bytes, added: pieces.added, removed })
}

/// The acknowledged journal and what lies beside it.
fn journal(data: &Path, pieces: &mut Pieces<'_>, files: &mut Vec<Backed>) -> Result<(), AppError> {
    let corpus = data.join("corpus");
    if let Some(captured) = capture(&corpus)? {
        for (path, length) in &captured.segments {
            files.push(pieces.file(&named(data, path), path, *length)?);
        }
        files.push(pieces.bytes("corpus/journal/ACK", &captured.ack)?);
    }
    // Originals, their list, and where followers of other nodes stand.
    let mut folders = vec![corpus.clone()];
    while let Some(folder) = folders.pop() {
        for path in
            listed(&folder)?.into_iter().filter(|path| *path != corpus.join("journal") && *path != corpus.join("LOCK"))
        {
            if path.is_dir() {
                folders.push(path);
            } else {
                let length = fs::metadata(&path).map_err(|error| unread(&path, &error))?.len();
                files.push(pieces.file(&named(data, &path), &path, length)?);
            }
        }
    }
    Ok(())
}

fn accounts(data: &Path, pieces: &mut Pieces<'_>, files: &mut Vec<Backed>) -> Result<(), AppError> {
    let Some(people) = People::open(data)? else { return Ok(()) };
    let folder = tempfile::tempdir().map_err(|error| unread(data, &error))?;
    let copy = folder.path().join("copy.sqlite");
    people.copy_to(&copy)?;
    let length = fs::metadata(&copy).map_err(|error| unread(&copy, &error))?.len();
    files.push(pieces.file(&named(data, &people::path(data)), &copy, length)?);
    Ok(())
}

/// What lies in a folder, in order; nothing if there is no such folder.
fn listed(folder: &Path) -> Result<Vec<PathBuf>, AppError> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let mut paths: Vec<PathBuf> =
        entries.map_err(|error| unread(folder, &error))?.into_iter().map(|entry| entry.path()).collect();
    paths.sort();
    Ok(paths)
}

/// A path in the data directory as a manifest has it.
fn named(data: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(data).unwrap_or(path);
    inside.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Restores a backup into a data directory that holds nothing of ours, without what the newest backup knows to be redacted. The index
/// is made at the next start.
///
/// # Errors
/// A directory that holds something, a key that is wrong, a piece that is missing or damaged, a cursor that is none: then nothing is
/// left behind.
pub fn restore(request: &RestoreRequest, data: &Path) -> Result<RestoreReport, AppError> {
    if let Some(there) = ["corpus/journal", "people", "audit", "index/CURRENT"]
        .iter()
        .chain(&SETTINGS)
        .find(|path| data.join(path).exists())
    {
        let message = format!("{} 中已有 {there}；请恢复到空目录", data.display());
        return Err(AppError::new(ErrorCode::Conflict, message));
    }
    let store = Store::open(&request.from, request.key.as_deref())?;
    let (name, manifest) = store.manifest(request.name.as_deref())?;
    let (newest_name, newest) = store.manifest(None)?;
    for (name, manifest) in [(&name, &manifest), (&newest_name, &newest)] {
        if manifest.format != FORMAT {
            let message = format!("备份 {name} 的格式（{}）本程序不认识，请换用较新的程序", manifest.format);
            return Err(AppError::new(ErrorCode::UnsupportedFormat, message));
        }
    }
    fs::create_dir_all(data).map_err(|error| unread(data, &error))?;
    let raised =
        tempfile::Builder::new().prefix(".restoring-").tempdir_in(data).map_err(|error| unread(data, &error))?;
    raise(&store, (&name, &manifest), raised.path(), "")?;
    let corpus = raised.path().join("corpus");
    let beside =
        tempfile::Builder::new().prefix(".restoring-").tempdir_in(data).map_err(|error| unread(data, &error))?;
    let is_newest = name == newest_name && request.upto.is_none();
    if !is_newest {
        raise(&store, (&newest_name, &newest), beside.path(), "corpus/journal/")?;
    }
    if let Some(upto) = &request.upto {
        let place = upto.rsplit_once('/').map_or(upto.as_str(), |(_, place)| place);
        let cursor = place.parse::<Cursor>().map_err(AppError::from).and_then(|at| Ok(cut(&corpus, at)?));
        cursor.map_err(|error| wrong("upto", format!("不能恢复到“{upto}”：{}", error.detail)))?;
    }
    let newer = beside.path().join("corpus");
    let redactions = redacted::apply((!is_newest).then_some(&newer), &corpus, &request.node)?;
    // It was made while the journal was written.
    let _ = fs::remove_file(corpus.join("LOCK"));
    for entry in listed(raised.path())? {
        let (from, to) = (entry.as_path(), data.join(entry.file_name().unwrap_or_default()));
        // The folder `corpus` may be there, with nothing in it that counts.
        let inner = if to.is_dir() { listed(from)? } else { Vec::new() };
        for path in &inner {
            let to = to.join(path.file_name().unwrap_or_default());
            fs::rename(path, &to).map_err(|error| unread(&to, &error))?;
        }
        if inner.is_empty() {
            fs::rename(from, &to).map_err(|error| unread(&to, &error))?;
        }
    }
    people::keep_to_owner(data)?;
    audit::keep_to_owner(data)?;
    let bytes = manifest.files.iter().map(|file| file.length).sum();
    Ok(RestoreReport { backup: name, at: manifest.at, files: manifest.files.len(), bytes, redactions })
}

/// Writes the files of a backup that begin with `prefix` below a folder.
fn raise(store: &Store, (name, manifest): (&str, &Manifest), to: &Path, prefix: &str) -> Result<(), AppError> {
    for file in manifest.files.iter().filter(|file| file.path.starts_with(prefix)) {
        if !is_inside(&file.path) {
            return Err(AppError::new(ErrorCode::Corrupt, format!("备份 {name} 中的路径“{}”有误", file.path)));
        }
        store.raise(file, &to.join(&file.path))?;
    }
    Ok(())
}

fn is_inside(path: &str) -> bool {
    let known =
        ["corpus/", "people/", "audit/"].iter().any(|folder| path.starts_with(folder)) || SETTINGS.contains(&path);
    known && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

/// Reads every piece of every backup in a directory; Chinese remarks on what is damaged.
///
/// # Errors
/// A directory that is none of backups, a wrong key.
pub fn check(from: &Path, key: Option<&Path>) -> Result<(usize, Vec<String>), AppError> {
    let store = Store::open(from, key)?;
    let mut damage = Vec::new();
    let names = store.names()?;
    for name in &names {
        match store.manifest(Some(name)) {
            Ok((_, manifest)) => {
                let pieces = manifest.files.iter().flat_map(|file| &file.pieces);
                damage.extend(pieces.filter_map(|piece| store.piece(piece).err()).map(|error| error.detail));
            }
            Err(error) => damage.push(error.detail),
        }
    }
    damage.sort();
    damage.dedup();
    Ok((names.len(), damage))
}
