//! Searches that a person keeps.

use super::{People, PeopleError};
use rusqlite::params;
use serde::Serialize;

/// Searches of one account at most.
const SEARCHES_MAX: i64 = 200;

/// A search that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SavedSearch {
    /// Its number.
    pub id: i64,
    /// What its owner calls it.
    pub name: String,
    /// Its parameters as in an address, encoded.
    pub query: String,
    /// When it was kept, in seconds since 1970.
    pub made_at: i64,
}

impl People {
    /// Keeps a search.
    ///
    /// # Errors
    /// Too many of them, a file that cannot be written.
    pub fn save_search(&self, account: i64, name: &str, query: &str, now: i64) -> Result<i64, PeopleError> {
        let connection = self.connection();
        let made = connection.execute(
            "INSERT INTO saved_search (account, name, query, made_at) SELECT ?1, ?2, ?3, ?4
             WHERE (SELECT count(*) FROM saved_search WHERE account = ?1) < ?5",
            params![account, name, query, now, SEARCHES_MAX],
        )?;
        if made == 0 {
            Err(PeopleError::TooMany("个检索", SEARCHES_MAX))
        } else {
            Ok(connection.last_insert_rowid())
        }
    }

    /// The searches of an account, the latest first.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn searches(&self, account: i64) -> Result<Vec<SavedSearch>, PeopleError> {
        let connection = self.connection();
        let mut statement = connection
            .prepare_cached("SELECT id, name, query, made_at FROM saved_search WHERE account = ?1 ORDER BY id DESC")?;
        let read = |row: &rusqlite::Row<'_>| {
            Ok(SavedSearch { id: row.get(0)?, name: row.get(1)?, query: row.get(2)?, made_at: row.get(3)? })
        };
        Ok(statement.query_map([account], read)?.collect::<Result<_, _>>()?)
    }

    /// Forgets a search of an account.
    ///
    /// # Errors
    /// The account has no such search.
    pub fn forget_search(&self, account: i64, id: i64) -> Result<(), PeopleError> {
        match self.connection().execute("DELETE FROM saved_search WHERE account = ?1 AND id = ?2", [account, id])? {
            0 => Err(PeopleError::NotFound(format!("编号为 {id} 的检索"))),
            _ => Ok(()),
        }
    }
}
