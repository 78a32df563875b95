//! What a person watches, and what was noticed about it.

use super::{People, PeopleError};
use rusqlite::params;
use serde::Serialize;
use std::collections::BTreeSet;

/// Watches of one account at most.
const WATCHES_MAX: i64 = 500;

/// Notices of one account that are kept; the oldest give way.
pub const NOTICES_KEPT: i64 = 1000;

/// Something that is watched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Watch {
    /// Its number.
    pub id: i64,
    /// Number of the account.
    #[serde(skip)]
    pub account: i64,
    /// Id of the instrument or case.
    pub target: String,
    /// What it was called when the watch began.
    pub title: String,
    /// Facts about it that are known already.
    #[serde(skip)]
    pub known: BTreeSet<String>,
    /// When the watch began, in seconds since 1970.
    pub made_at: i64,
}

/// Something that was noticed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// Its number; later ones have higher numbers.
    pub id: i64,
    /// Id of the instrument or case.
    pub target: String,
    /// What it is called.
    pub title: String,
    /// `version status ending gone law`.
    pub kind: String,
    /// What is new, in Chinese.
    pub text: String,
    /// When it was noticed, in seconds since 1970.
    pub at: i64,
}

/// Something new about what is watched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// As in [`Notice`].
    pub kind: &'static str,
    /// As in [`Notice`].
    pub text: String,
}

impl People {
    /// Begins to watch; whether it is new. `known` are the facts that are no news.
    ///
    /// # Errors
    /// Too many of them, a file that cannot be written.
    pub fn add_watch(
        &self,
        account: i64,
        (target, title): (&str, &str),
        known: &BTreeSet<String>,
        now: i64,
    ) -> Result<bool, PeopleError> {
        let connection = self.connection();
        let count = "SELECT count(*) FROM watch WHERE account = ?1 AND target <> ?2";
        let others: i64 = connection.query_row(count, params![account, target], |row| row.get(0))?;
        if others >= WATCHES_MAX {
            return Err(PeopleError::TooMany("项关注", WATCHES_MAX));
        }
        let made = connection.execute(
            "INSERT INTO watch (account, target, title, known, made_at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (account, target) DO NOTHING",
            params![account, target, title, encoded(known), now],
        )?;
        Ok(made > 0)
    }

    /// What an account watches, the latest first.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn watches(&self, account: i64) -> Result<Vec<Watch>, PeopleError> {
        let mut own = self.watches_of(Some(account))?;
        own.reverse();
        Ok(own)
    }

    /// Every watch of every account that is not switched off.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn every_watch(&self) -> Result<Vec<Watch>, PeopleError> {
        self.watches_of(None)
    }

    fn watches_of(&self, account: Option<i64>) -> Result<Vec<Watch>, PeopleError> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached(
            "SELECT watch.id, watch.account, target, title, known, watch.made_at
             FROM watch JOIN account ON account.number = watch.account
             WHERE NOT disabled AND (?1 IS NULL OR account = ?1) ORDER BY watch.id",
        )?;
        let read = |row: &rusqlite::Row<'_>| {
            let known: String = row.get(4)?;
            Ok(Watch {
                id: row.get(0)?,
                account: row.get(1)?,
                target: row.get(2)?,
                title: row.get(3)?,
                known: serde_json::from_str(&known).unwrap_or_default(),
                made_at: row.get(5)?,
            })
        };
        Ok(statement.query_map([account], read)?.collect::<Result<_, _>>()?)
    }

    /// No longer watches.
    ///
    /// # Errors
    /// The account has no such watch.
    pub fn remove_watch(&self, account: i64, id: i64) -> Result<(), PeopleError> {
        match self.connection().execute("DELETE FROM watch WHERE account = ?1 AND id = ?2", [account, id])? {
            0 => Err(PeopleError::NotFound(format!("编号为 {id} 的关注"))),
            _ => Ok(()),
        }
    }

    /// Writes down what is new about something that is watched, and what is known from now on: both or neither. Nothing is
    /// written where the watch has ended meanwhile.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn notice(&self, watch: &Watch, news: &[News], known: &BTreeSet<String>, now: i64) -> Result<(), PeopleError> {
        let mut connection = self.connection();
        let act = connection.transaction()?;
        let there = act.execute("UPDATE watch SET known = ?2 WHERE id = ?1", params![watch.id, encoded(known)])?;
        for news in news.iter().take(if there > 0 { usize::MAX } else { 0 }) {
            act.execute(
                "INSERT INTO notice (account, target, title, kind, text, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![watch.account, watch.target, watch.title, news.kind, news.text, now],
            )?;
        }
        act.execute(
            "DELETE FROM notice WHERE account = ?1 AND id NOT IN
                (SELECT id FROM notice WHERE account = ?1 ORDER BY id DESC LIMIT ?2)",
            [watch.account, NOTICES_KEPT],
        )?;
        Ok(act.commit()?)
    }

    /// Notices of an account behind a number, the first first, at most so many.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn notices(&self, account: i64, after: i64, most: i64) -> Result<Vec<Notice>, PeopleError> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached(
            "SELECT id, target, title, kind, text, at FROM notice WHERE account = ?1 AND id > ?2 ORDER BY id LIMIT ?3",
        )?;
        let read = |row: &rusqlite::Row<'_>| {
            Ok(Notice {
                id: row.get(0)?,
                target: row.get(1)?,
                title: row.get(2)?,
                kind: row.get(3)?,
                text: row.get(4)?,
                at: row.get(5)?,
            })
        };
        Ok(statement.query_map([account, after, most], read)?.collect::<Result<_, _>>()?)
    }
}

fn encoded(known: &BTreeSet<String>) -> String {
    serde_json::to_string(known).unwrap_or_default()
}
