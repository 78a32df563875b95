//! A backup directory: pieces by their digest, manifests by their time, encrypted if it was begun with a key.

use super::{Backed, Manifest, unread, wrong};
use crate::app::error::{AppError, ErrorCode};
use jiff::Timestamp;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hmac;
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// Bytes of a piece.
const PIECE: usize = 4 << 20;

/// Bytes of a key.
const KEY: usize = 32;

/// Name of the file that says what a directory is.
const MARK: &str = "FAJU-BACKUP";

/// How pieces are named and sealed.
enum Seal {
    Open,
    Keyed { sealing: Box<LessSafeKey>, naming: hmac::Key },
}

/// A backup directory.
pub struct Store {
    folder: PathBuf,
    seal: Seal,
}

/// Makes the file of a new key, which must not exist.
pub fn new_key(path: &Path) -> Result<(), AppError> {
    let mut bytes = [0; KEY];
    getrandom::fill(&mut bytes).map_err(|_| AppError::new(ErrorCode::Internal, "系统不能给出随机数"))?;
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let write = |mut file: File| {
        file.write_all(format!("{}\n", hex(&bytes)).as_bytes())?;
        file.sync_all()
    };
    options.open(path).and_then(write).map_err(|error| unread(path, &error))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn read_key(path: &Path) -> Result<[u8; KEY], AppError> {
    let text = fs::read_to_string(path).map_err(|error| unread(path, &error))?;
    let text = text.trim();
    let digits = |at: usize| text.get(2 * at..2 * at + 2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
    let bytes: Option<Vec<u8>> = (0..KEY).map(digits).collect();
    let key = bytes.filter(|_| text.len() == 2 * KEY).and_then(|bytes| bytes.try_into().ok());
    key.ok_or_else(|| {
        wrong(
            "key",
            format!("{} 不是备份密钥：须为 {} 位十六进制数字（faju backup --new-key 可生成）", path.display(), 2 * KEY),
        )
    })
}

impl Seal {
    fn of(key: Option<&Path>) -> Result<Seal, AppError> {
        let Some(path) = key else { return Ok(Seal::Open) };
        let bytes = read_key(path)?;
        // Two keys from one: none is used for two things.
        let derived = |what: &str| hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &bytes), what.as_bytes());
        let sealing = UnboundKey::new(&CHACHA20_POLY1305, derived("faju backup: seal").as_ref());
        let sealing = sealing.map_err(|_| AppError::new(ErrorCode::Internal, "备份密钥不能使用"))?;
        let naming = hmac::Key::new(hmac::HMAC_SHA256, derived("faju backup: name").as_ref());
        Ok(Seal::Keyed { sealing: Box::new(LessSafeKey::new(sealing)), naming })
    }

    fn name(&self, bytes: &[u8]) -> String {
        match self {
            Seal::Open => hex(&Sha256::digest(bytes)),
            Seal::Keyed { naming, .. } => hex(hmac::sign(naming, bytes).as_ref()),
        }
    }

    /// `name` is bound to the bytes, so that no piece passes for another.
    fn closed(&self, name: &str, bytes: &[u8]) -> Result<Vec<u8>, AppError> {
        let Seal::Keyed { sealing, .. } = self else { return Ok(bytes.to_vec()) };
        let failed = || AppError::new(ErrorCode::Internal, "不能加密");
        let mut nonce = [0; NONCE_LEN];
        getrandom::fill(&mut nonce).map_err(|_| failed())?;
        let mut sealed = bytes.to_vec();
        let of = Nonce::assume_unique_for_key(nonce);
        sealing.seal_in_place_append_tag(of, Aad::from(name.as_bytes()), &mut sealed).map_err(|_| failed())?;
        Ok([&nonce[..], &sealed].concat())
    }

    fn opened(&self, name: &str, bytes: Vec<u8>) -> Option<Vec<u8>> {
        let Seal::Keyed { sealing, .. } = self else { return Some(bytes) };
        let (nonce, sealed) = bytes.split_at_checked(NONCE_LEN)?;
        let mut sealed = sealed.to_vec();
        let of = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let length = sealing.open_in_place(of, Aad::from(name.as_bytes()), &mut sealed).ok()?.len();
        sealed.truncate(length);
        Some(sealed)
    }
}

impl Store {
    /// Opens a backup directory.
    pub fn open(folder: &Path, key: Option<&Path>) -> Result<Store, AppError> {
        let mark = folder.join(MARK);
        let bytes = fs::read(&mark).map_err(|_| wrong("from", format!("{} 不是备份目录", folder.display())))?;
        let seal = Seal::of(key)?;
        let encrypted = bytes.starts_with(b"sealed ");
        match (encrypted, &seal) {
            (true, Seal::Open) => {
                return Err(wrong("key", "这个备份目录是加密的；请用 --key 给出密钥文件".to_string()));
            }
            (false, Seal::Keyed { .. }) => return Err(wrong("key", "这个备份目录没有加密；请去掉 --key".to_string())),
            (false, Seal::Open) => {}
            (true, Seal::Keyed { .. }) => {
                let other = || wrong("key", "密钥不是这个备份目录的".to_string());
                let sealed = bytes.get(b"sealed ".len()..).map(<[u8]>::to_vec).ok_or_else(other)?;
                seal.opened(MARK, sealed).ok_or_else(other)?;
            }
        }
        Ok(Store { folder: folder.to_path_buf(), seal })
    }

    /// Opens a backup directory, and begins one in an empty folder.
    pub fn open_to_write(folder: &Path, key: Option<&Path>) -> Result<Store, AppError> {
        let is_new = fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none());
        if is_new {
            fs::create_dir_all(folder.join("pieces")).map_err(|error| unread(folder, &error))?;
            fs::create_dir_all(folder.join("manifests")).map_err(|error| unread(folder, &error))?;
            let store = Store { folder: folder.to_path_buf(), seal: Seal::of(key)? };
            let mark = match &store.seal {
                Seal::Open => b"open\n".to_vec(),
                Seal::Keyed { .. } => [b"sealed ".to_vec(), store.seal.closed(MARK, b"faju")?].concat(),
            };
            store.write(&folder.join(MARK), &mark)?;
        }
        Store::open(folder, key)
    }

    /// Keeps other backups out until it is dropped.
    pub fn lock(&self) -> Result<File, AppError> {
        let path = self.folder.join("LOCK");
        let file = File::create(&path).map_err(|error| unread(&path, &error))?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(_) => Err(AppError::new(ErrorCode::Locked, "另一个备份正写入这个目录")),
        }
    }

    /// Writes a file, whole or not at all.
    fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), AppError> {
        let written = || {
            let folder = path.parent().unwrap_or(&self.folder);
            fs::create_dir_all(folder)?;
            let mut file = tempfile::Builder::new().prefix(".new-").tempfile_in(folder)?;
            file.write_all(bytes)?;
            file.as_file().sync_all()?;
            file.persist(path).map_err(|error| error.error)?;
            File::open(folder)?.sync_all()
        };
        written().map_err(|error| unread(path, &error))
    }

    fn path_of(&self, piece: &str) -> PathBuf {
        self.folder.join("pieces").join(piece.get(..2).unwrap_or("xx")).join(piece)
    }

    /// A piece, checked.
    pub fn piece(&self, name: &str) -> Result<Vec<u8>, AppError> {
        let sane = name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
        let damaged = || AppError::new(ErrorCode::Corrupt, format!("备份中的片段 {name} 缺失或已损坏"));
        let bytes = fs::read(self.path_of(name)).ok().filter(|_| sane).ok_or_else(damaged)?;
        let bytes = self.seal.opened(name, bytes).ok_or_else(damaged)?;
        if self.seal.name(&bytes) == name { Ok(bytes) } else { Err(damaged()) }
    }

    /// Writes a manifest; its name.
    pub fn write_manifest(&self, manifest: &Manifest, at: Timestamp) -> Result<String, AppError> {
        let name: String = at.to_string().chars().filter(|char| char.is_ascii_alphanumeric()).take(15).collect();
        let taken = self.names()?;
        let name =
            (1..).map(|n| if n == 1 { name.clone() } else { format!("{name}-{n}") }).find(|name| !taken.contains(name));
        let name = name.unwrap_or_default();
        let text = serde_json::to_string_pretty(manifest)
            .map_err(|error| AppError::new(ErrorCode::Internal, error.to_string()))?;
        let sealed = self.seal.closed(&name, text.as_bytes())?;
        self.write(&self.folder.join("manifests").join(&name), &sealed)?;
        self.manifest(Some(&name))?;
        Ok(name)
    }

    /// Names of the backups, the oldest first.
    pub fn names(&self) -> Result<Vec<String>, AppError> {
        let listed = super::listed(&self.folder.join("manifests"))?;
        let names = listed.iter().filter_map(|path| path.file_name()).map(|name| name.to_string_lossy().into_owned());
        Ok(names.filter(|name| !name.starts_with('.')).collect())
    }

    /// A manifest with its name; the newest if none is named.
    pub fn manifest(&self, name: Option<&str>) -> Result<(String, Manifest), AppError> {
        let names = self.names()?;
        let name = name.map(str::to_string).or_else(|| names.last().cloned());
        let name =
            name.filter(|name| names.contains(name)).ok_or_else(|| wrong("backup", "没有这个备份".to_string()))?;
        let damaged = || AppError::new(ErrorCode::Corrupt, format!("备份 {name} 的清单已损坏"));
        let bytes = fs::read(self.folder.join("manifests").join(&name)).map_err(|_| damaged())?;
        let text = self.seal.opened(&name, bytes).ok_or_else(damaged)?;
        let manifest = serde_json::from_slice(&text).map_err(|_| damaged())?;
        Ok((name, manifest))
    }

    /// Writes a file of a backup back.
    pub fn raise(&self, file: &Backed, to: &Path) -> Result<(), AppError> {
        let failed = |error: std::io::Error| unread(to, &error);
        fs::create_dir_all(to.parent().unwrap_or(to)).map_err(failed)?;
        let mut out = File::create(to).map_err(failed)?;
        let mut written = 0;
        for piece in &file.pieces {
            let bytes = self.piece(piece)?;
            out.write_all(&bytes).map_err(failed)?;
            written += bytes.len() as u64;
        }
        out.sync_all().map_err(failed)?;
        if written == file.length {
            return Ok(());
        }
        Err(AppError::new(ErrorCode::Corrupt, format!("备份中的 {} 长度不符", file.path)))
    }

    /// Removes all backups but the newest so many, and the pieces that no backup needs any more; how many backups went.
    pub fn keep(&self, most: usize) -> Result<usize, AppError> {
        let names = self.names()?;
        let (old, kept) = names.split_at(names.len().saturating_sub(most.max(1)));
        // Before anything goes, all that stays must be readable.
        let mut needed: HashSet<String> = HashSet::new();
        for name in kept {
            needed.extend(self.manifest(Some(name))?.1.files.into_iter().flat_map(|file| file.pieces));
        }
        for name in old {
            let path = self.folder.join("manifests").join(name);
            fs::remove_file(&path).map_err(|error| unread(&path, &error))?;
        }
        for folder in super::listed(&self.folder.join("pieces"))? {
            for path in super::listed(&folder)? {
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                if !old.is_empty() && !needed.contains(&name) {
                    fs::remove_file(&path).map_err(|error| unread(&path, &error))?;
                }
            }
        }
        Ok(old.len())
    }
}

/// Files cut into pieces, of which only new ones are written.
pub struct Pieces<'a> {
    store: &'a Store,
    /// Bytes that were not there yet.
    pub added: u64,
}

impl Pieces<'_> {
    /// None yet.
    pub fn of(store: &Store) -> Pieces<'_> {
        Pieces { store, added: 0 }
    }

    /// The first `length` bytes of a file.
    pub fn file(&mut self, path: &str, from: &Path, length: u64) -> Result<Backed, AppError> {
        let failed = |error: std::io::Error| unread(from, &error);
        let mut reader = File::open(from).map_err(failed)?.take(length);
        let mut backed = Backed { path: path.to_string(), length: 0, pieces: Vec::new() };
        loop {
            let mut piece = Vec::new();
            reader.by_ref().take(PIECE as u64).read_to_end(&mut piece).map_err(failed)?;
            if piece.is_empty() {
                break;
            }
            self.push(&mut backed, &piece)?;
        }
        if backed.length == length {
            return Ok(backed);
        }
        Err(AppError::new(ErrorCode::Corrupt, format!("{} 比确认过的短", from.display())))
    }

    /// Bytes that are in memory.
    pub fn bytes(&mut self, path: &str, bytes: &[u8]) -> Result<Backed, AppError> {
        let mut backed = Backed { path: path.to_string(), length: 0, pieces: Vec::new() };
        for piece in bytes.chunks(PIECE) {
            self.push(&mut backed, piece)?;
        }
        Ok(backed)
    }

    fn push(&mut self, backed: &mut Backed, piece: &[u8]) -> Result<(), AppError> {
        let name = self.store.seal.name(piece);
        let path = self.store.path_of(&name);
        if !path.is_file() {
            let sealed = self.store.seal.closed(&name, piece)?;
            self.store.write(&path, &sealed)?;
            // What cannot be read back is no backup.
            self.store.piece(&name)?;
            self.added += piece.len() as u64;
        }
        backed.length += piece.len() as u64;
        backed.pieces.push(name);
        Ok(())
    }
}
