//! Store: the people who use a service, what they may do, and how they prove who they are.
//!
//! One SQLite file, `people/people.sqlite` in the data directory, readable by its owner alone. There is none until the first
//! account is made, and without it nothing here has any effect.
//!
//! | file | what it holds |
//! |---|---|
//! | `role` | the one table of roles: what each may do, how much it sees |
//! | `account` | accounts |
//! | `password` | passwords: which are taken, how they are kept |
//! | `attempts` | back-off and lock-out |
//! | `session` | sign-ins of browsers |
//! | `key` | keys of programs |
//! | `second` | the second factor |
//! | `identity` | who somebody is at an identity provider |
//! | `saved` | searches that somebody keeps |
//! | `dossier` | lists of provisions with notes |
//! | `kept_review` | reviews with what was decided about their findings |
//! | `erased` | what was redacted goes out of what people keep, too |
//! | `watch` | what somebody watches, and what was noticed about it |
//! | `hook` | where notices are sent |
//! | `proposal` | proposals of the public and their answers |
//! | `schema` | the tables and their versions |
//!
//! Time is a value that the caller brings, in seconds since 1970.

mod account;
mod attempts;
mod dossier;
mod erased;
mod hook;
mod identity;
mod kept_review;
mod key;
mod password;
mod proposal;
mod role;
mod saved;
mod schema;
mod second;
mod secret;
mod session;
mod watch;

pub use account::{Account, Change, Tried};
pub use dossier::{Dossier, DossierEntry};
pub use hook::{Hook, RETRY_SECONDS};
pub use identity::Identity;
pub use kept_review::{KeptReview, KeptVerdict};
pub use key::{DAYS_MAX, Key};
pub use password::{Unfit, fit};
pub use proposal::{CONTACT_SECONDS, Proposal, ProposalState, Proposed};
pub use role::{ROLES, Right, Role};
pub use saved::SavedSearch;
pub use secret::Token;
pub use session::{ABSOLUTE_SECONDS, IDLE_SECONDS, Session};
pub use watch::{NOTICES_KEPT, News, Notice, Watch};

use rusqlite::Connection;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Name of the folder in the data directory.
pub const FOLDER: &str = "people";

/// Name of the file in it.
const FILE: &str = "people.sqlite";

/// Why something could not be done.
#[derive(Debug, thiserror::Error)]
pub enum PeopleError {
    /// The file cannot be read or written.
    #[error("账户数据不能读写：{0}")]
    Storage(String),
    /// The file was written by a newer program.
    #[error("账户数据的格式（{0}）比本程序新，请换用较新的程序")]
    Newer(u32),
    /// There is an account of that name.
    #[error("已有名为“{0}”的账户")]
    NameTaken(String),
    /// There is no such account, session or key.
    #[error("没有{0}")]
    NotFound(String),
    /// The name cannot be that of an account.
    #[error("账户名须为 2 至 64 个字，只用汉字、字母、数字和 . _ - @")]
    BadName,
    /// What cannot be the id of a department.
    #[error("部门编号须为 1 至 64 个汉字、字母、数字和 . _ -，最多 32 个")]
    BadDepartment,
    /// The password is not taken.
    #[error("{0}")]
    Unfit(Unfit),
    /// The last administrator cannot be removed, switched off or given another role.
    #[error("这是最后一个可用的管理员账户，不能停用、删除或改为其他角色")]
    LastAdministrator,
    /// What cannot be somebody at an identity provider.
    #[error("统一身份的编号须为 1 至 255 字节，不含控制字符")]
    BadIdentity,
    /// Somebody at a provider is another account already.
    #[error("这个统一身份已绑定另一账户")]
    IdentityTaken,
    /// An account has as many keys as it may.
    #[error("一个账户最多有 {0} 把密钥，请先撤销不用的")]
    TooManyKeys(i64),
    /// An account keeps as many of something as it may.
    #[error("最多保存 {1} {0}，请先删去不用的")]
    TooMany(&'static str, i64),
    /// Too many proposals wait for an answer.
    #[error("待处理的建议太多，请过些时候再提")]
    QueueFull,
    /// No random numbers can be had.
    #[error("系统不能给出随机数")]
    NoRandom,
}

impl From<rusqlite::Error> for PeopleError {
    fn from(error: rusqlite::Error) -> Self {
        PeopleError::Storage(error.to_string())
    }
}

impl From<io::Error> for PeopleError {
    fn from(error: io::Error) -> Self {
        PeopleError::Storage(error.to_string())
    }
}

/// The people of a service.
pub struct People {
    connection: Mutex<Connection>,
}

/// Where they are kept in a data directory.
pub fn path(data: &Path) -> PathBuf {
    data.join(FOLDER).join(FILE)
}

impl People {
    /// Opens what is kept; `None` while there is nothing.
    ///
    /// # Errors
    /// A file that cannot be read, is damaged, or was written by a newer program.
    pub fn open(data: &Path) -> Result<Option<People>, PeopleError> {
        let path = path(data);
        if !path.try_exists()? {
            return Ok(None);
        }
        Self::connect(&path).map(Some)
    }

    /// Opens what is kept, and makes it where there is nothing.
    ///
    /// # Errors
    /// As [`People::open`]; a folder that cannot be made.
    pub fn create(data: &Path) -> Result<People, PeopleError> {
        let path = path(data);
        if let Some(folder) = path.parent() {
            make_private_folder(folder)?;
        }
        Self::connect(&path)
    }

    fn connect(path: &Path) -> Result<People, PeopleError> {
        let connection = Connection::open(path)?;
        keep_private(path)?;
        schema::prepare(&connection)?;
        Ok(People { connection: Mutex::new(connection) })
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes a consistent copy of everything to a file that does not exist yet.
    ///
    /// # Errors
    /// A file that exists or cannot be written.
    pub fn copy_to(&self, path: &Path) -> Result<(), PeopleError> {
        self.connection().execute("VACUUM INTO ?1", [path.to_string_lossy()])?;
        keep_private(path)?;
        Ok(())
    }
}

/// Lets nobody but their owner read what is kept, as after a copy.
///
/// # Errors
/// Modes that cannot be set.
pub fn keep_to_owner(data: &Path) -> Result<(), PeopleError> {
    let path = path(data);
    if path.is_file() {
        set_mode(&data.join(FOLDER), 0o700)?;
        keep_private(&path)?;
    }
    Ok(())
}

/// Makes a folder that only its owner may enter.
fn make_private_folder(folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    set_mode(folder, 0o700)
}

fn keep_private(path: &Path) -> io::Result<()> {
    set_mode(path, 0o600)
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn set_mode(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests;
