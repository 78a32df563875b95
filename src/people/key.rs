//! Keys of programs: shown once, kept as a digest, with the rights that they were given and a last day.

use super::account::{COLUMNS, COLUMNS_LEN, read};
use super::secret::{Token, digest};
use super::{Account, People, PeopleError, Right};
use rusqlite::{OptionalExtension, params};
use serde::Serialize;

/// What every key begins with, so that scanners of leaked secrets find it.
const BEGINNING: &str = "faju_";

/// Days that a key lasts at most.
pub const DAYS_MAX: i64 = 366;

/// Keys of one account at most.
const KEYS_MAX: i64 = 20;

/// Seconds between two notes of use.
const NOTED_EVERY: i64 = 60 * 60;

/// A key without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Key {
    /// Its number.
    pub id: i64,
    /// What its owner calls it.
    pub name: String,
    /// What it may be used for; never more than its account may.
    pub rights: Vec<Right>,
    /// When it was made, in seconds since 1970.
    pub made_at: i64,
    /// When it ends.
    pub expires_at: i64,
    /// When it was last used, to the hour.
    pub used_at: Option<i64>,
}

impl People {
    /// Makes a key of an account, which ends after so many days.
    ///
    /// # Errors
    /// Too many keys, more days than a key may last, a file that cannot be written.
    pub fn add_key(
        &self,
        account: i64,
        name: &str,
        rights: &[Right],
        days: i64,
        now: i64,
    ) -> Result<(Key, Token), PeopleError> {
        let token = Token::new(BEGINNING)?;
        let kept = serde_json::to_string(rights).unwrap_or_default();
        let expires = now + days.clamp(1, DAYS_MAX) * 24 * 60 * 60;
        let connection = self.connection();
        connection.execute("DELETE FROM key WHERE expires_at < ?1", [now])?;
        let held: i64 =
            connection.query_row("SELECT count(*) FROM key WHERE account = ?1", [account], |row| row.get(0))?;
        if held >= KEYS_MAX {
            return Err(PeopleError::TooManyKeys(KEYS_MAX));
        }
        connection.execute(
            "INSERT INTO key (account, name, token, rights, made_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![account, name, token.digest(), kept, now, expires],
        )?;
        let id = connection.last_insert_rowid();
        let key = Key {
            id,
            name: name.to_string(),
            rights: rights.to_vec(),
            made_at: now,
            expires_at: expires,
            used_at: None,
        };
        Ok((key, token))
    }

    /// The account of a key and the key, if it has not ended and the account is not switched off.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn of_key(&self, token: &str, now: i64) -> Result<Option<(Account, Key)>, PeopleError> {
        let connection = self.connection();
        let sql = format!(
            "SELECT {COLUMNS}, key.id, key.name, key.rights, key.made_at, key.expires_at, key.used_at
             FROM key JOIN account ON account.number = key.account WHERE token = ?1 AND expires_at >= ?2 AND NOT disabled"
        );
        let mut statement = connection.prepare_cached(&sql)?;
        let found = statement
            .query_row(params![digest(token), now], |row| Ok((read(row)?, key(row, COLUMNS_LEN)?)))
            .optional()?;
        if let Some((_, key)) = &found
            && key.used_at.is_none_or(|used| now - used >= NOTED_EVERY)
        {
            connection.execute("UPDATE key SET used_at = ?2 WHERE id = ?1", [key.id, now])?;
        }
        Ok(found)
    }

    /// The keys of an account that have not ended, the latest first.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn keys(&self, account: i64, now: i64) -> Result<Vec<Key>, PeopleError> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached(
            "SELECT id, name, rights, made_at, expires_at, used_at FROM key
             WHERE account = ?1 AND expires_at >= ?2 ORDER BY id DESC",
        )?;
        Ok(statement.query_map([account, now], |row| key(row, 0))?.collect::<Result<_, _>>()?)
    }

    /// Revokes a key of an account.
    ///
    /// # Errors
    /// The account has no such key.
    pub fn end_key(&self, account: i64, id: i64) -> Result<(), PeopleError> {
        match self.connection().execute("DELETE FROM key WHERE account = ?1 AND id = ?2", [account, id])? {
            0 => Err(PeopleError::NotFound(format!("编号为 {id} 的密钥"))),
            _ => Ok(()),
        }
    }
}

fn key(row: &rusqlite::Row<'_>, from: usize) -> rusqlite::Result<Key> {
    let rights: String = row.get(from + 2)?;
    Ok(Key {
        id: row.get(from)?,
        name: row.get(from + 1)?,
        // What this program does not know gives no right.
        rights: serde_json::from_str(&rights).unwrap_or_default(),
        made_at: row.get(from + 3)?,
        expires_at: row.get(from + 4)?,
        used_at: row.get(from + 5)?,
    })
}
