//! Dossiers: lists of provisions, instruments and cases with notes.

use super::{People, PeopleError};
use rusqlite::{OptionalExtension, params};
use serde::Serialize;

/// Dossiers of one account at most.
const DOSSIERS_MAX: i64 = 200;

/// Entries of one dossier at most.
const ENTRIES_MAX: i64 = 500;

/// A dossier without its entries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dossier {
    /// Its number.
    pub id: i64,
    /// Its title.
    pub title: String,
    /// How many entries it has.
    pub entries: u64,
    /// When it was made, in seconds since 1970.
    pub made_at: i64,
    /// When it was last changed.
    pub changed_at: i64,
}

/// An entry of a dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DossierEntry {
    /// Its number.
    pub id: i64,
    /// Id of the provision, version or case.
    pub target: String,
    /// What it was called when it was put in.
    pub label: String,
    /// What its owner wrote about it.
    pub note: String,
}

impl People {
    /// Makes a dossier; its number.
    ///
    /// # Errors
    /// Too many of them, a file that cannot be written.
    pub fn add_dossier(&self, account: i64, title: &str, now: i64) -> Result<i64, PeopleError> {
        let connection = self.connection();
        let made = connection.execute(
            "INSERT INTO dossier (account, title, made_at, changed_at) SELECT ?1, ?2, ?3, ?3
             WHERE (SELECT count(*) FROM dossier WHERE account = ?1) < ?4",
            params![account, title, now, DOSSIERS_MAX],
        )?;
        if made == 0 {
            Err(PeopleError::TooMany("份卷宗", DOSSIERS_MAX))
        } else {
            Ok(connection.last_insert_rowid())
        }
    }

    /// The dossiers of an account, the last changed first.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn dossiers(&self, account: i64) -> Result<Vec<Dossier>, PeopleError> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached(
            "SELECT id, title, (SELECT count(*) FROM dossier_entry WHERE dossier = dossier.id), made_at, changed_at
             FROM dossier WHERE account = ?1 ORDER BY changed_at DESC, id DESC",
        )?;
        let read = |row: &rusqlite::Row<'_>| {
            let entries: i64 = row.get(2)?;
            Ok(Dossier {
                id: row.get(0)?,
                title: row.get(1)?,
                entries: entries.unsigned_abs(),
                made_at: row.get(3)?,
                changed_at: row.get(4)?,
            })
        };
        Ok(statement.query_map([account], read)?.collect::<Result<_, _>>()?)
    }

    /// A dossier of an account with its entries in the order in which they were put in.
    ///
    /// # Errors
    /// The account has no such dossier.
    pub fn dossier(&self, account: i64, id: i64) -> Result<(Dossier, Vec<DossierEntry>), PeopleError> {
        let dossier = self.dossiers(account)?.into_iter().find(|dossier| dossier.id == id);
        let dossier = dossier.ok_or_else(|| unknown(id))?;
        let connection = self.connection();
        let mut statement = connection
            .prepare_cached("SELECT id, target, label, note FROM dossier_entry WHERE dossier = ?1 ORDER BY id")?;
        let read = |row: &rusqlite::Row<'_>| {
            Ok(DossierEntry { id: row.get(0)?, target: row.get(1)?, label: row.get(2)?, note: row.get(3)? })
        };
        let entries = statement.query_map([id], read)?.collect::<Result<_, _>>()?;
        Ok((dossier, entries))
    }

    /// Puts something into a dossier of an account, or writes another note about it.
    ///
    /// # Errors
    /// The account has no such dossier; it is full.
    pub fn put_into_dossier(
        &self,
        account: i64,
        id: i64,
        (target, label, note): (&str, &str, &str),
        now: i64,
    ) -> Result<(), PeopleError> {
        let mut connection = self.connection();
        let act = connection.transaction()?;
        let own = "SELECT (SELECT count(*) FROM dossier_entry WHERE dossier = dossier.id AND target <> ?3)
                   FROM dossier WHERE account = ?1 AND id = ?2";
        let others: Option<i64> = act.query_row(own, params![account, id, target], |row| row.get(0)).optional()?;
        if others.ok_or_else(|| unknown(id))? >= ENTRIES_MAX {
            return Err(PeopleError::TooMany("条（一份卷宗）", ENTRIES_MAX));
        }
        act.execute(
            "INSERT INTO dossier_entry (dossier, target, label, note) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (dossier, target) DO UPDATE SET note = excluded.note, label = excluded.label",
            params![id, target, label, note],
        )?;
        act.execute("UPDATE dossier SET changed_at = ?2 WHERE id = ?1", [id, now])?;
        Ok(act.commit()?)
    }

    /// Takes an entry out of a dossier of an account.
    ///
    /// # Errors
    /// The account has no such dossier, or that no such entry.
    pub fn take_from_dossier(&self, account: i64, id: i64, entry: i64, now: i64) -> Result<(), PeopleError> {
        let mut connection = self.connection();
        let act = connection.transaction()?;
        let taken = act.execute(
            "DELETE FROM dossier_entry WHERE id = ?3
             AND dossier = (SELECT id FROM dossier WHERE account = ?1 AND id = ?2)",
            [account, id, entry],
        )?;
        if taken == 0 {
            return Err(unknown(id));
        }
        act.execute("UPDATE dossier SET changed_at = ?2 WHERE id = ?1", [id, now])?;
        Ok(act.commit()?)
    }

    /// Removes a dossier of an account.
    ///
    /// # Errors
    /// The account has no such dossier.
    pub fn remove_dossier(&self, account: i64, id: i64) -> Result<(), PeopleError> {
        match self.connection().execute("DELETE FROM dossier WHERE account = ?1 AND id = ?2", [account, id])? {
            0 => Err(unknown(id)),
            _ => Ok(()),
        }
    }
}

fn unknown(id: i64) -> PeopleError {
    PeopleError::NotFound(format!("编号为 {id} 的卷宗或其中的这一条"))
}
