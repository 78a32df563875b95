//! Sign-ins of browsers: a random token in a cookie, kept as a digest, that ends when it is not used and ends at last.

use super::account::{COLUMNS, COLUMNS_LEN, read};
use super::secret::{Token, digest};
use super::{Account, People, PeopleError};
use rusqlite::{OptionalExtension, params};
use serde::Serialize;

/// Seconds without a request after which a session ends.
pub const IDLE_SECONDS: i64 = 30 * 60;

/// Seconds after which a session ends however much it is used: a working day.
pub const ABSOLUTE_SECONDS: i64 = 12 * 60 * 60;

/// Seconds between two notes of use: not every request writes.
const NOTED_EVERY: i64 = 60;

/// Sessions of one account at most; the oldest gives way.
const SESSIONS_MAX: i64 = 20;

/// Characters kept of what a browser says it is.
const AGENT_CHARS: usize = 160;

/// A sign-in that lasts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Session {
    /// Its number.
    pub id: i64,
    /// When it began, in seconds since 1970.
    pub began_at: i64,
    /// When it was last used, to the minute.
    pub used_at: i64,
    /// The address from which it began.
    pub origin: String,
    /// What the browser said it was.
    pub agent: String,
}

impl People {
    /// Begins a session of an account. Every sign-in has a token of its own.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn begin_session(&self, account: i64, origin: &str, agent: &str, now: i64) -> Result<Token, PeopleError> {
        let token = Token::new("")?;
        let agent: String = agent.chars().filter(|char| !char.is_control()).take(AGENT_CHARS).collect();
        let connection = self.connection();
        connection.execute(
            "DELETE FROM session WHERE used_at < ?1 OR began_at < ?2",
            [now - IDLE_SECONDS, now - ABSOLUTE_SECONDS],
        )?;
        connection.execute(
            "INSERT INTO session (account, token, began_at, used_at, origin, agent) VALUES (?1, ?2, ?3, ?3, ?4, ?5)",
            params![account, token.digest(), now, origin, agent],
        )?;
        connection.execute(
            "DELETE FROM session WHERE account = ?1 AND id NOT IN
                (SELECT id FROM session WHERE account = ?1 ORDER BY id DESC LIMIT ?2)",
            [account, SESSIONS_MAX],
        )?;
        Ok(token)
    }

    /// The account of a token and the number of its session, if that lasts and the account is not switched off.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn of_session(&self, token: &str, now: i64) -> Result<Option<(Account, i64)>, PeopleError> {
        let connection = self.connection();
        let sql = format!(
            "SELECT {COLUMNS}, id, used_at, began_at FROM session JOIN account ON account.number = session.account
             WHERE token = ?1 AND NOT disabled"
        );
        let mut statement = connection.prepare_cached(&sql)?;
        let found = statement
            .query_row([digest(token)], |row| {
                let [id, used, began] = [0, 1, 2].map(|at| row.get::<_, i64>(COLUMNS_LEN + at));
                Ok((read(row)?, id?, used?, began?))
            })
            .optional()?;
        let Some((account, id, used, began)) = found else { return Ok(None) };
        // A clock that was set back lengthens nothing by more than it was set back.
        if now - used > IDLE_SECONDS || now - began > ABSOLUTE_SECONDS {
            connection.execute("DELETE FROM session WHERE id = ?1", [id])?;
            return Ok(None);
        }
        if now - used >= NOTED_EVERY {
            connection.execute("UPDATE session SET used_at = ?2 WHERE id = ?1", [id, now])?;
        }
        Ok(Some((account, id)))
    }

    /// The sessions of an account that last, the latest first.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn sessions(&self, account: i64, now: i64) -> Result<Vec<Session>, PeopleError> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached(
            "SELECT id, began_at, used_at, origin, agent FROM session
             WHERE account = ?1 AND used_at >= ?2 AND began_at >= ?3 ORDER BY id DESC",
        )?;
        let read = |row: &rusqlite::Row<'_>| {
            Ok(Session {
                id: row.get(0)?,
                began_at: row.get(1)?,
                used_at: row.get(2)?,
                origin: row.get(3)?,
                agent: row.get(4)?,
            })
        };
        Ok(statement
            .query_map([account, now - IDLE_SECONDS, now - ABSOLUTE_SECONDS], read)?
            .collect::<Result<_, _>>()?)
    }

    /// Ends every session of an account but one.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn end_other_sessions(&self, account: i64, but: Option<i64>) -> Result<(), PeopleError> {
        let sql = "DELETE FROM session WHERE account = ?1 AND id IS NOT ?2";
        self.connection().execute(sql, params![account, but])?;
        Ok(())
    }

    /// Ends a session of an account.
    ///
    /// # Errors
    /// The account has no such session.
    pub fn end_session(&self, account: i64, id: i64) -> Result<(), PeopleError> {
        match self.connection().execute("DELETE FROM session WHERE account = ?1 AND id = ?2", [account, id])? {
            0 => Err(PeopleError::NotFound(format!("编号为 {id} 的登录"))),
            _ => Ok(()),
        }
    }
}
