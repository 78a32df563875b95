//! Reviews that a person keeps, with what was decided about each finding.

use super::{People, PeopleError};
use rusqlite::{OptionalExtension, params};
use serde::Serialize;

/// Reviews of one account at most.
const REVIEWS_MAX: i64 = 200;

/// A review that is kept, without its report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeptReview {
    /// Its number.
    pub id: i64,
    /// Title of the draft.
    pub title: String,
    /// When it was kept, in seconds since 1970.
    pub made_at: i64,
    /// When a finding was last decided.
    pub changed_at: i64,
    /// How many findings are decided.
    pub decided: u64,
}

/// What was decided about a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeptVerdict {
    /// Id of the finding.
    pub finding: String,
    /// `accepted dismissed`.
    pub verdict: String,
    /// Why.
    pub note: String,
}

impl People {
    /// Keeps a review; its number.
    ///
    /// # Errors
    /// Too many of them, a file that cannot be written.
    pub fn keep_review(&self, account: i64, title: &str, report: &[u8], now: i64) -> Result<i64, PeopleError> {
        let connection = self.connection();
        let made = connection.execute(
            "INSERT INTO kept_review (account, title, report, made_at, changed_at) SELECT ?1, ?2, ?3, ?4, ?4
             WHERE (SELECT count(*) FROM kept_review WHERE account = ?1) < ?5",
            params![account, title, report, now, REVIEWS_MAX],
        )?;
        if made == 0 { Err(PeopleError::TooMany("次审查", REVIEWS_MAX)) } else { Ok(connection.last_insert_rowid()) }
    }

    /// The reviews of an account, the last changed first.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn reviews(&self, account: i64) -> Result<Vec<KeptReview>, PeopleError> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached(
            "SELECT id, title, made_at, changed_at, (SELECT count(*) FROM kept_verdict WHERE review = kept_review.id)
             FROM kept_review WHERE account = ?1 ORDER BY changed_at DESC, id DESC",
        )?;
        let read = |row: &rusqlite::Row<'_>| {
            let decided: i64 = row.get(4)?;
            Ok(KeptReview {
                id: row.get(0)?,
                title: row.get(1)?,
                made_at: row.get(2)?,
                changed_at: row.get(3)?,
                decided: decided.unsigned_abs(),
            })
        };
        Ok(statement.query_map([account], read)?.collect::<Result<_, _>>()?)
    }

    /// The report of a review of an account, and what was decided.
    ///
    /// # Errors
    /// The account has no such review.
    pub fn kept_review(&self, account: i64, id: i64) -> Result<(Vec<u8>, Vec<KeptVerdict>), PeopleError> {
        let connection = self.connection();
        let sql = "SELECT report FROM kept_review WHERE account = ?1 AND id = ?2";
        let report: Option<Vec<u8>> = connection.query_row(sql, [account, id], |row| row.get(0)).optional()?;
        let report = report.ok_or_else(|| unknown(id))?;
        let sql = "SELECT finding, verdict, note FROM kept_verdict WHERE review = ?1 ORDER BY finding";
        let mut statement = connection.prepare_cached(sql)?;
        let read =
            |row: &rusqlite::Row<'_>| Ok(KeptVerdict { finding: row.get(0)?, verdict: row.get(1)?, note: row.get(2)? });
        let verdicts = statement.query_map([id], read)?.collect::<Result<_, _>>()?;
        Ok((report, verdicts))
    }

    /// Writes down what was decided about a finding of a review of an account; an empty verdict takes it back.
    ///
    /// # Errors
    /// The account has no such review.
    pub fn decide(&self, account: i64, id: i64, decided: &KeptVerdict, now: i64) -> Result<(), PeopleError> {
        let mut connection = self.connection();
        let act = connection.transaction()?;
        let sql = "UPDATE kept_review SET changed_at = ?3 WHERE account = ?1 AND id = ?2";
        if act.execute(sql, [account, id, now])? == 0 {
            return Err(unknown(id));
        }
        act.execute("DELETE FROM kept_verdict WHERE review = ?1 AND finding = ?2", params![id, decided.finding])?;
        if !decided.verdict.is_empty() {
            act.execute(
                "INSERT INTO kept_verdict (review, finding, verdict, note) VALUES (?1, ?2, ?3, ?4)",
                params![id, decided.finding, decided.verdict, decided.note],
            )?;
        }
        Ok(act.commit()?)
    }

    /// Forgets a review of an account.
    ///
    /// # Errors
    /// The account has no such review.
    pub fn forget_review(&self, account: i64, id: i64) -> Result<(), PeopleError> {
        match self.connection().execute("DELETE FROM kept_review WHERE account = ?1 AND id = ?2", [account, id])? {
            0 => Err(unknown(id)),
            _ => Ok(()),
        }
    }
}

fn unknown(id: i64) -> PeopleError {
    PeopleError::NotFound(format!("编号为 {id} 的审查"))
}
