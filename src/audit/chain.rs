//! Appending to the log and reading it.

use super::{AuditError, FOLDER, month_of, segments};
use jiff::Timestamp;
use jiff::tz::offset;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// The hash before the first entry of all.
pub(super) const BEGINNING: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Bytes from the end of a file within which its last entry lies.
const TAIL: u64 = 64 * 1024;

/// Characters of a stated text at most, so that an entry has a bound.
const CHARS_MAX: usize = 1000;

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Entry {
    /// Its number, from 1, without gaps.
    pub seq: u64,
    /// When, in UTC.
    pub at: String,
    /// Number of the account; none: nobody signed in, or the command line.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub account: Option<i64>,
    /// By what: `session`, `key`, `command`, `none`.
    pub by: String,
    /// From where: an address, or empty.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub from: String,
    /// What: `sign_in`, `import`, … (docs/operation.md lists them).
    pub what: String,
    /// Of what: an id, the number of an account, a file name.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub subject: String,
    /// How it went: `begun`, `done`, `refused`, `failed`.
    pub outcome: String,
    /// More about it, never a text of a document, a password or a key.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub detail: String,
    /// Id of the request.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub request: String,
    /// Hash of the entry before.
    pub before: String,
    /// Hash of this entry: SHA-256 of its line without this field.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub hash: String,
}

impl Entry {
    /// What the hash of this entry must be.
    pub(super) fn hashed(&self) -> String {
        let bare = Entry { hash: String::new(), ..self.clone() };
        let line = serde_json::to_string(&bare).unwrap_or_default();
        Sha256::digest(line.as_bytes()).iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }
}

/// Where the log ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Number of the last entry; 0: there is none.
    pub seq: u64,
    /// Its hash.
    pub hash: String,
}

/// The log of a data directory.
pub struct Audit {
    folder: PathBuf,
    /// One entry at a time in this process; the lock of the file keeps other processes out.
    turn: Mutex<()>,
    failures: AtomicU64,
}

impl Audit {
    /// The log of a data directory. Nothing is made before the first entry.
    pub fn of(data: &Path) -> Audit {
        Audit { folder: data.join(FOLDER), turn: Mutex::default(), failures: AtomicU64::new(0) }
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Appends an entry, which is on the disk when this returns. Number, hashes and, where it is empty, the time are given here.
    ///
    /// # Errors
    /// A file that cannot be written (a full disk): then nothing was appended, and what was to be done must not be.
    pub fn append(&self, entry: Entry) -> Result<Entry, AuditError> {
        self.write(entry).inspect_err(|_| {
            self.failures.fetch_add(1, Ordering::Relaxed);
        })
    }

    /// Entries that could not be appended by this process.
    pub fn failures(&self) -> u64 {
        self.failures.load(Ordering::Relaxed)
    }

    fn write(&self, entry: Entry) -> Result<Entry, AuditError> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let storage = |path: &Path| {
            let path = path.to_path_buf();
            move |error| AuditError::Storage { path, error }
        };
        make_folder(&self.folder).map_err(storage(&self.folder))?;
        let lock_path = self.folder.join("LOCK");
        let lock = private().create(true).truncate(false).write(true).open(&lock_path).map_err(storage(&lock_path))?;
        lock.lock().map_err(storage(&lock_path))?;
        let now = Timestamp::now();
        let (head, last_month) = self.end()?;
        // A clock that was set back must not open a month before the last one.
        let today = offset(0).to_datetime(now).date();
        let month = format!("{:04}-{:02}", today.year(), today.month()).max(last_month.unwrap_or_default());
        let entry = completed(entry, &head, now);
        let path = self.folder.join(format!("{month}.jsonl"));
        let line = serde_json::to_string(&entry).unwrap_or_default() + "\n";
        let mut file = private().create(true).append(true).open(&path).map_err(storage(&path))?;
        let before = file.metadata().map_err(storage(&path))?.len();
        let written = file.write_all(line.as_bytes()).and_then(|()| file.sync_data());
        if let Err(error) = written {
            // Half an entry would look like damage; nobody was told that it is there.
            let _ = file.set_len(before);
            return Err(AuditError::Storage { path, error });
        }
        if before == 0 {
            // A new file must be in its folder after a crash too.
            File::open(&self.folder).and_then(|folder| folder.sync_all()).map_err(storage(&self.folder))?;
        }
        Ok(entry)
    }

    /// Where the log ends.
    ///
    /// # Errors
    /// A file that cannot be read, or ends in something else than an entry.
    pub fn head(&self) -> Result<Head, AuditError> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(self.end()?.0)
    }

    /// The end of the log and the month of its last file. Cuts off half a line that a crash left: nobody was told of it.
    fn end(&self) -> Result<(Head, Option<String>), AuditError> {
        let none = Head { seq: 0, hash: BEGINNING.to_string() };
        let mut month = None;
        for path in segments(&self.folder)?.iter().rev() {
            month = month.or_else(|| month_of(path).map(str::to_owned));
            let storage = |error| AuditError::Storage { path: path.clone(), error };
            let mut file = private().write(true).open(path).map_err(storage)?;
            let (tail, whole) = tail(&mut file).map_err(storage)?;
            if whole < file.metadata().map_err(storage)?.len() {
                file.set_len(whole).and_then(|()| file.sync_data()).map_err(storage)?;
            }
            let Some(last) = tail.lines().next_back() else { continue };
            let entry: Entry = serde_json::from_str(last)
                .map_err(|_| AuditError::Damaged { path: path.clone(), line: count_lines(path).unwrap_or_default() })?;
            return Ok((Head { seq: entry.seq, hash: entry.hash }, month));
        }
        Ok((none, month))
    }

    /// Tells of every entry, the oldest first, until `visit` answers false.
    ///
    /// # Errors
    /// A file that cannot be read, a line that is no entry.
    pub fn each(&self, visit: &mut dyn FnMut(Entry) -> bool) -> Result<(), AuditError> {
        for path in segments(&self.folder)? {
            let storage = |error| AuditError::Storage { path: path.clone(), error };
            let file = BufReader::new(File::open(&path).map_err(storage)?);
            for (at, line) in file.lines().enumerate() {
                let line = line.map_err(storage)?;
                let damaged = |_| AuditError::Damaged { path: path.clone(), line: at as u64 + 1 };
                if !visit(serde_json::from_str(&line).map_err(damaged)?) {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// Drops whole months of which every entry is older than so many months, but never the last file; how many were dropped.
    ///
    /// # Errors
    /// A file that cannot be removed.
    pub fn drop_before(&self, months: u32, now: Timestamp) -> Result<usize, AuditError> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let today = offset(0).to_datetime(now).date();
        let first_kept = today.saturating_sub(jiff::Span::new().months(i64::from(months.min(1200))));
        let first_kept = format!("{:04}-{:02}", first_kept.year(), first_kept.month());
        let mut all = segments(&self.folder)?;
        all.pop();
        let expired = all.into_iter().filter(|path| month_of(path).is_some_and(|month| *month < *first_kept));
        let mut dropped = 0;
        for path in expired {
            std::fs::remove_file(&path).map_err(|error| AuditError::Storage { path, error })?;
            dropped += 1;
        }
        Ok(dropped)
    }
}

fn completed(entry: Entry, head: &Head, now: Timestamp) -> Entry {
    let short = |text: String| text.chars().filter(|char| !char.is_control()).take(CHARS_MAX).collect::<String>();
    let mut entry = Entry {
        seq: head.seq + 1,
        at: if entry.at.is_empty() { now.to_string() } else { entry.at },
        from: short(entry.from),
        subject: short(entry.subject),
        detail: short(entry.detail),
        request: short(entry.request),
        before: head.hash.clone(),
        hash: String::new(),
        ..entry
    };
    entry.hash = entry.hashed();
    entry
}

/// The last whole lines of a file, and up to where its lines are whole.
fn tail(file: &mut File) -> io::Result<(String, u64)> {
    let length = file.metadata()?.len();
    let from = length.saturating_sub(TAIL);
    file.seek(SeekFrom::Start(from))?;
    let mut bytes = Vec::new();
    file.take(TAIL).read_to_end(&mut bytes)?;
    let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    bytes.truncate(whole);
    Ok((String::from_utf8_lossy(&bytes).into_owned(), from + whole as u64))
}

fn count_lines(path: &Path) -> io::Result<u64> {
    Ok(BufReader::new(File::open(path)?).lines().count() as u64)
}

fn make_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    std::fs::create_dir_all(folder)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

/// Lets nobody but their owner read the files of a log, as after a copy.
///
/// # Errors
/// Modes that cannot be set.
pub fn keep_to_owner(data: &Path) -> Result<(), AuditError> {
    let folder = data.join(FOLDER);
    #[cfg(unix)]
    for (path, mode) in segments(&folder)?.into_iter().map(|path| (path, 0o600)).chain([(folder.clone(), 0o700)]) {
        use std::os::unix::fs::PermissionsExt;
        let set = std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode));
        if let Err(error) = set.or_else(|error| if path.exists() { Err(error) } else { Ok(()) }) {
            return Err(AuditError::Storage { path, error });
        }
    }
    Ok(())
}

/// Options of a file that only its owner may read.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options
}
