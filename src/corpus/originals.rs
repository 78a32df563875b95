//! Original files (原件), kept by the digest of their bytes beside the journal: `corpus/originals/ab/ab12….zst`, and listed in
//! `corpus/originals.txt`, so that one that is gone is missed.
//!
//! They hold what was received, personal data included: only the owner of the directory may read them, and no face but the local
//! command line gives them away. A file is complete or is not there.

use super::digest::{hex, sha256_hex};
use super::error::CorpusError;
use super::segment::sync_folder;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Name of the folder inside `corpus/`.
const FOLDER: &str = "originals";
/// The list of what was kept, inside `corpus/`: a digest a line.
const LIST: &str = "originals.txt";
/// Level of compression: what is received is mostly compressed already.
const LEVEL: i32 = 3;
/// Longest original, in bytes: none longer is read.
const BYTES_MAX: u64 = 4 << 30;
/// Hexadecimal digits of a digest.
const DIGITS: usize = 64;

/// The store of originals.
#[derive(Debug, Clone)]
pub struct Originals {
    folder: PathBuf,
    list: PathBuf,
}

/// What a walk over the originals found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OriginalsSeen {
    /// Files that are what they are called.
    pub whole: u64,
    /// Bytes that they take on the disk.
    pub bytes: u64,
    /// What is wrong with others, in Chinese.
    pub damage: Vec<String>,
}

impl Originals {
    /// The store of a corpus; nothing is made before something is kept.
    pub fn of(corpus: &Path) -> Originals {
        Originals { folder: corpus.join(FOLDER), list: corpus.join(LIST) }
    }

    fn path(&self, digest: &str) -> Option<PathBuf> {
        let named = digest.len() == DIGITS && digest.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        named.then(|| self.folder.join(&digest[..2]).join(format!("{digest}.zst")))
    }

    /// Keeps the bytes of a file under their digest; nothing is done where they are kept already. What has returned is on the
    /// disk.
    pub fn keep(&self, digest: &str, bytes: &[u8]) -> Result<(), CorpusError> {
        let Some(path) = self.path(digest).filter(|path| !path.exists()) else { return Ok(()) };
        let folder = path.parent().unwrap_or(&self.folder).to_path_buf();
        let failed = |error: io::Error| CorpusError::writing(&path, error);
        fs::create_dir_all(&folder).map_err(failed)?;
        // Readable by its owner alone, as every temporary file is made.
        let mut file = tempfile::NamedTempFile::new_in(&folder).map_err(failed)?;
        zstd::stream::copy_encode(bytes, &mut file, LEVEL).map_err(failed)?;
        file.flush().and_then(|()| file.as_file().sync_all()).map_err(failed)?;
        file.persist(&path).map_err(|error| failed(error.error))?;
        sync_folder(&folder).map_err(failed)?;
        self.list(digest).map_err(|error| CorpusError::writing(&self.list, error))
    }

    /// Removes an original for good, and its line in the list; whether there was one.
    pub fn remove(&self, digest: &str) -> Result<bool, CorpusError> {
        let Some(path) = self.path(digest).filter(|path| path.exists()) else { return Ok(false) };
        let mut listed = self.listed()?;
        listed.remove(digest);
        let failed = |error: io::Error| CorpusError::writing(&path, error);
        // The list first: what it names and is gone would be taken for a loss.
        let mut file = tempfile::NamedTempFile::new_in(self.list.parent().unwrap_or(&self.folder)).map_err(failed)?;
        let lines: String = listed.iter().map(|digest| format!("{digest}\n")).collect();
        file.write_all(lines.as_bytes()).and_then(|()| file.as_file().sync_all()).map_err(failed)?;
        file.persist(&self.list).map_err(|error| failed(error.error))?;
        fs::remove_file(&path).and_then(|()| sync_folder(path.parent().unwrap_or(&self.folder))).map_err(failed)?;
        Ok(true)
    }

    /// Adds a digest to the list. A line that a crash cuts off is of a file that is there.
    fn list(&self, digest: &str) -> io::Result<()> {
        let mut options = OpenOptions::new();
        options.append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&self.list)?.write_all(format!("{digest}\n").as_bytes())
    }

    /// The digests of all that was kept.
    fn listed(&self) -> Result<BTreeSet<String>, CorpusError> {
        match fs::read_to_string(&self.list) {
            Ok(text) => Ok(text.lines().filter(|line| line.len() == DIGITS).map(str::to_string).collect()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(BTreeSet::new()),
            Err(error) => Err(CorpusError::reading(&self.list, error)),
        }
    }

    /// The bytes of the file with a digest; `None` if it was not kept.
    pub fn read(&self, digest: &str) -> Result<Option<Vec<u8>>, CorpusError> {
        let Some(path) = self.path(digest) else { return Ok(None) };
        match unpacked(&path) {
            Ok(bytes) if sha256_hex(&bytes) == digest => Ok(Some(bytes)),
            Ok(_) => Err(CorpusError::reading(&path, io::Error::other("内容与摘要不符，请从备份恢复该文件"))),
            Err(error) if error.kind() == io::ErrorKind::NotFound && self.listed()?.contains(digest) => {
                Err(CorpusError::reading(&path, io::Error::other("曾经留存，文件已不在，请从备份恢复")))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(CorpusError::reading(&path, error)),
        }
    }

    /// Reads every original and compares it with its name; what was kept and is gone is missed.
    pub fn verify(&self) -> Result<OriginalsSeen, CorpusError> {
        let mut seen = OriginalsSeen::default();
        let listed = self.listed()?;
        let paths = listed.iter().filter_map(|digest| self.path(digest)).filter(|path| !path.exists());
        seen.damage.extend(paths.map(|path| format!("原件 {}：曾经留存，文件已不在", path.display())));
        for folder in entries(&self.folder)? {
            for path in entries(&folder)? {
                let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
                let Some(digest) = name.strip_suffix(".zst").filter(|digest| digest.len() == DIGITS) else { continue };
                match digest_of(&path) {
                    Ok(own) if own == digest => {
                        seen.whole += 1;
                        seen.bytes += fs::metadata(&path).map_or(0, |meta| meta.len());
                    }
                    Ok(_) => seen.damage.push(format!("原件 {}：内容与摘要不符", path.display())),
                    Err(error) => seen.damage.push(format!("原件 {}：不能读出（{error}）", path.display())),
                }
            }
        }
        Ok(seen)
    }
}

/// What stands in a folder, in order; nothing where there is none.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, CorpusError> {
    let listed = match fs::read_dir(folder) {
        Ok(listed) => listed,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(vec![]);
        }
        Err(error) => return Err(CorpusError::reading(folder, error)),
    };
    let paths: io::Result<Vec<PathBuf>> = listed.map(|entry| Ok(entry?.path())).collect();
    let mut paths = paths.map_err(|error| CorpusError::reading(folder, error))?;
    paths.sort();
    Ok(paths)
}

fn unpacked(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    zstd::Decoder::new(File::open(path)?)?.take(BYTES_MAX).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The digest of what a file holds, read in pieces.
fn digest_of(path: &Path) -> io::Result<String> {
    let mut content = zstd::Decoder::new(File::open(path)?)?.take(BYTES_MAX);
    let (mut hasher, mut piece) = (Sha256::new(), vec![0; 1 << 16]);
    loop {
        match content.read(&mut piece)? {
            0 => return Ok(hex(&hasher.finalize())),
            read => hasher.update(piece.get(..read).unwrap_or_default()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_and_what_is_changed_is_told() {
        let corpus = tempfile::tempdir().unwrap();
        let store = Originals::of(corpus.path());
        let bytes = "渡口".repeat(1000).into_bytes();
        let digest = sha256_hex(&bytes);
        assert_eq!((store.read(&digest).unwrap(), store.verify().unwrap()), (None, OriginalsSeen::default()));
        store.keep(&digest, &bytes).unwrap();
        store.keep(&digest, &bytes).unwrap();
        assert_eq!(store.read(&digest).unwrap().as_deref(), Some(bytes.as_slice()));
        assert_eq!(store.verify().unwrap().whole, 1);
        for name in ["../ACK", "", "zz", &digest.to_uppercase()] {
            assert_eq!(store.read(name).unwrap(), None, "{name}");
        }
        let path = store.path(&digest).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o077, 0, "nobody else reads it");
        }
        fs::write(&path, zstd::encode_all("别的".as_bytes(), 1).unwrap()).unwrap();
        assert!(store.read(&digest).unwrap_err().to_string().contains("与摘要不符"));
        assert!(store.verify().unwrap().damage[0].contains("与摘要不符"));
        fs::write(&path, "no zstd").unwrap();
        assert!(store.read(&digest).is_err());
        assert_eq!(store.verify().unwrap().damage.len(), 1);
        fs::remove_dir_all(corpus.path().join(FOLDER)).unwrap();
        assert!(store.read(&digest).unwrap_err().to_string().contains("已不在"));
        assert!(store.verify().unwrap().damage[0].contains("已不在"));
    }
}
