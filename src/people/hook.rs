//! Webhooks: where the notices of an account are sent, signed, in order, until they are taken.

use super::secret::Token;
use super::{Notice, People, PeopleError};
use rusqlite::params;
use serde::Serialize;

/// Webhooks of one account at most.
const HOOKS_MAX: i64 = 5;

/// Notices in one delivery at most.
const DELIVERY_MAX: i64 = 100;

/// Seconds after each failure in turn until the next attempt. Behind the last one nothing is tried any more until somebody
/// sets the hook going again.
pub const RETRY_SECONDS: [i64; 8] = [60, 300, 1800, 7200, 21_600, 43_200, 86_400, 86_400];

/// Where notices are sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hook {
    /// Its number.
    pub id: i64,
    /// Number of the account.
    #[serde(skip)]
    pub account: i64,
    /// Where to.
    pub url: String,
    /// What deliveries are signed with.
    #[serde(skip)]
    pub secret: String,
    /// Number of the last notice that was taken.
    pub told: i64,
    /// Failures since the last success.
    pub failures: i64,
    /// Not before this moment; `None`: given up.
    pub next_at: Option<i64>,
    /// Why the last attempt failed.
    pub problem: Option<String>,
}

impl People {
    /// Adds a webhook that is told what is noticed from now on; its secret is shown once.
    ///
    /// # Errors
    /// Too many of them, a file that cannot be written.
    pub fn add_hook(&self, account: i64, url: &str, now: i64) -> Result<Token, PeopleError> {
        let secret = Token::new("fajuhook_")?;
        let made = self.connection().execute(
            "INSERT INTO hook (account, url, secret, told, failures, next_at, made_at)
             SELECT ?1, ?2, ?3, (SELECT coalesce(max(id), 0) FROM notice), 0, ?4, ?4
             WHERE (SELECT count(*) FROM hook WHERE account = ?1) < ?5",
            params![account, url, secret.shown(), now, HOOKS_MAX],
        )?;
        if made == 0 { Err(PeopleError::TooMany("个推送地址", HOOKS_MAX)) } else { Ok(secret) }
    }

    /// The webhooks of an account.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn hooks(&self, account: i64) -> Result<Vec<Hook>, PeopleError> {
        let connection = self.connection();
        let sql = "SELECT id, account, url, secret, told, failures, next_at, problem FROM hook WHERE account = ?1";
        let mut statement = connection.prepare_cached(sql)?;
        Ok(statement.query_map([account], read)?.collect::<Result<_, _>>()?)
    }

    /// Webhooks for which something waits and whose time has come, each with what waits; those that failed last.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn due(&self, now: i64) -> Result<Vec<(Hook, Vec<Notice>)>, PeopleError> {
        let hooks: Vec<Hook> = {
            let connection = self.connection();
            let mut statement = connection.prepare_cached(
                "SELECT hook.id, account, url, secret, told, failures, next_at, problem
                 FROM hook JOIN account ON account.number = hook.account
                 WHERE NOT disabled AND next_at <= ?1
                 AND EXISTS (SELECT 1 FROM notice WHERE notice.account = hook.account AND notice.id > told)
                 ORDER BY failures, hook.id",
            )?;
            statement.query_map([now], read)?.collect::<Result<_, _>>()?
        };
        let waiting = |hook: Hook| Ok((self.notices(hook.account, hook.told, DELIVERY_MAX)?, hook));
        hooks.into_iter().map(waiting).map(|found| found.map(|(notices, hook)| (hook, notices))).collect()
    }

    /// Writes down how a delivery ended: up to which notice it was taken, or why not.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn delivered(&self, hook: &Hook, outcome: Result<i64, String>, now: i64) -> Result<(), PeopleError> {
        let connection = self.connection();
        match outcome {
            Ok(told) => connection.execute(
                "UPDATE hook SET told = max(told, ?2), failures = 0, next_at = ?3, problem = NULL WHERE id = ?1",
                [hook.id, told, now],
            )?,
            Err(problem) => {
                let wait = usize::try_from(hook.failures).ok().and_then(|failures| RETRY_SECONDS.get(failures));
                connection.execute(
                    "UPDATE hook SET failures = failures + 1, next_at = ?2, problem = ?3 WHERE id = ?1",
                    params![hook.id, wait.map(|wait| now + wait), problem],
                )?
            }
        };
        Ok(())
    }

    /// Tries a webhook again at once.
    ///
    /// # Errors
    /// The account has no such webhook.
    pub fn retry_hook(&self, account: i64, id: i64, now: i64) -> Result<(), PeopleError> {
        let sql = "UPDATE hook SET failures = 0, next_at = ?3 WHERE account = ?1 AND id = ?2";
        match self.connection().execute(sql, [account, id, now])? {
            0 => Err(unknown(id)),
            _ => Ok(()),
        }
    }

    /// Removes a webhook of an account.
    ///
    /// # Errors
    /// The account has no such webhook.
    pub fn remove_hook(&self, account: i64, id: i64) -> Result<(), PeopleError> {
        match self.connection().execute("DELETE FROM hook WHERE account = ?1 AND id = ?2", [account, id])? {
            0 => Err(unknown(id)),
            _ => Ok(()),
        }
    }
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Hook> {
    Ok(Hook {
        id: row.get(0)?,
        account: row.get(1)?,
        url: row.get(2)?,
        secret: row.get(3)?,
        told: row.get(4)?,
        failures: row.get(5)?,
        next_at: row.get(6)?,
        problem: row.get(7)?,
    })
}

fn unknown(id: i64) -> PeopleError {
    PeopleError::NotFound(format!("编号为 {id} 的推送地址"))
}
