//! What is remembered of another node: `corpus/peers/<digest of its address>.json`.

use crate::app::error::{AppError, ErrorCode};
use crate::app::outward::Address;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Name of the folder inside `corpus/`.
const FOLDER: &str = "peers";

/// Version of the file.
const FORMAT: u32 = 1;

/// Hexadecimal digits of a file name.
const NAME_BYTES: usize = 16;

/// What is remembered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Peer {
    /// Version of the file.
    pub format: u32,
    /// Its address.
    pub url: String,
    /// The nodes whose records are accepted from it, in order.
    pub accept: Vec<String>,
    /// The feed that the cursor belongs to; `None` before the first answer and where nothing is imported there.
    pub feed: Option<String>,
    /// Where the next sync goes on.
    pub cursor: String,
}

impl Peer {
    /// A node of which nothing was read.
    pub fn new(address: &Address, accept: Vec<String>) -> Peer {
        Peer { format: FORMAT, url: address.as_str().to_string(), accept, feed: None, cursor: String::new() }
    }

    /// What is remembered of an address, if anything.
    pub fn load(corpus: &Path, address: &Address) -> Result<Option<Peer>, AppError> {
        let path = path(corpus, address);
        let broken = |why: String| {
            let detail =
                format!("{} 不能读取（{why}）；删去它再带 --accept 同步即可，已有的记录不会重复", path.display());
            AppError::new(ErrorCode::Corrupt, detail)
        };
        let text = match fs::read_to_string(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            text => text.map_err(|error| broken(error.to_string()))?,
        };
        let peer: Peer = serde_json::from_str(&text).map_err(|error| broken(error.to_string()))?;
        if peer.format != FORMAT {
            return Err(broken(format!("第 {} 版格式", peer.format)));
        }
        Ok(Some(peer))
    }

    /// Keeps it, whole or not at all. What it says was read stands in the journal before.
    pub fn store(&self, corpus: &Path, address: &Address) -> Result<(), AppError> {
        let path = path(corpus, address);
        let keep = || {
            let folder = path.parent().unwrap_or(corpus);
            fs::create_dir_all(folder)?;
            let mut file = tempfile::NamedTempFile::new_in(folder)?;
            serde_json::to_writer_pretty(&mut file, self)?;
            file.write_all(b"\n")?;
            file.as_file().sync_all()?;
            file.persist(&path).map_err(|error| error.error)?;
            File::open(folder)?.sync_all()
        };
        keep().map_err(|error: io::Error| {
            let detail = format!("不能写入 {}（{error}）；已收下的都在，再次同步会从头核对", path.display());
            AppError::new(ErrorCode::ReadOnly, detail)
        })
    }
}

fn path(corpus: &Path, address: &Address) -> PathBuf {
    let digest = Sha256::digest(address.as_str().as_bytes());
    let name: String = digest.iter().take(NAME_BYTES).map(|byte| format!("{byte:02x}")).collect();
    corpus.join(FOLDER).join(format!("{name}.json"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back_and_rubbish_is_told() {
        let corpus = tempfile::tempdir().unwrap();
        let address = Address::read("https://city.example").unwrap();
        assert_eq!(Peer::load(corpus.path(), &address).unwrap(), None);
        let peer = Peer { cursor: "c7".into(), ..Peer::new(&address, vec!["city".into()]) };
        peer.store(corpus.path(), &address).unwrap();
        assert_eq!(Peer::load(corpus.path(), &address).unwrap(), Some(peer));
        fs::write(path(corpus.path(), &address), "{").unwrap();
        assert_eq!(Peer::load(corpus.path(), &address).unwrap_err().code, ErrorCode::Corrupt);
    }
}
