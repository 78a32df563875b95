//! Back-off and lock-out of sign-ins, for a name and for an address: what is guessed must be guessed slowly.

use super::{People, PeopleError};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

/// Failures that cost nothing.
const FREE: u32 = 3;

/// Seconds to wait after the first failure that costs; twice as long after each further one.
const FIRST_WAIT: i64 = 2;

/// Seconds to wait at most: the lock-out.
const WAIT_MAX: i64 = 15 * 60;

/// Seconds without a failure after which all are forgotten.
const FORGOTTEN_AFTER: i64 = 24 * 60 * 60;

/// An address may belong to a whole office: it is held back this many failures later than a name.
const FREE_OF_ADDRESS: u32 = 30;

/// Whose failures are counted.
#[derive(Debug, Clone, Copy)]
pub(super) enum Subject<'a> {
    Name(&'a str),
    Address(&'a str),
}

impl Subject<'_> {
    fn key(self) -> String {
        match self {
            Subject::Name(name) => format!("name:{}", name.to_lowercase()),
            Subject::Address(address) => format!("address:{address}"),
        }
    }

    fn free(self) -> u32 {
        match self {
            Subject::Name(_) => FREE,
            Subject::Address(_) => FREE_OF_ADDRESS,
        }
    }
}

fn wait(failures: u32, free: u32) -> i64 {
    match failures.checked_sub(free) {
        None | Some(0) => 0,
        Some(more) => FIRST_WAIT.checked_shl(more - 1).unwrap_or(WAIT_MAX).clamp(FIRST_WAIT, WAIT_MAX),
    }
}

impl People {
    /// Seconds until a sign-in may be tried again; 0: now, and then it counts as a failure until [`People::forget_attempts`].
    /// Counted before the password is looked at, so that attempts side by side all count.
    pub(super) fn admit_attempt(&self, subjects: [Subject<'_>; 2], now: i64) -> Result<i64, PeopleError> {
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute("DELETE FROM attempt WHERE last_at < ?1", [now - FORGOTTEN_AFTER])?;
        for subject in subjects {
            let held = held_back(&transaction, subject, now)?;
            if held > 0 {
                return Ok(held);
            }
        }
        for subject in subjects {
            transaction.execute(
                "INSERT INTO attempt (subject, failures, last_at) VALUES (?1, 1, ?2)
                 ON CONFLICT (subject) DO UPDATE SET failures = failures + 1, last_at = ?2",
                params![subject.key(), now],
            )?;
        }
        transaction.commit()?;
        Ok(0)
    }

    /// Seconds for which an account is still held back; 0: it is not.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn held_back(&self, name: &str, now: i64) -> Result<i64, PeopleError> {
        held_back(&self.connection(), Subject::Name(name), now)
    }

    /// Takes one failure of an address back: it was none. What others failed there stays.
    pub(super) fn take_back(&self, address: &str) -> Result<(), PeopleError> {
        let sql = "UPDATE attempt SET failures = max(failures - 1, 0) WHERE subject = ?1";
        self.connection().execute(sql, [Subject::Address(address).key()])?;
        Ok(())
    }

    /// Forgets the failures of somebody who proved who he is, or whom an administrator lets in again.
    pub(super) fn forget_attempts(&self, subject: Subject<'_>) -> Result<(), PeopleError> {
        self.connection().execute("DELETE FROM attempt WHERE subject = ?1", [subject.key()])?;
        Ok(())
    }
}

fn held_back(connection: &Connection, subject: Subject<'_>, now: i64) -> Result<i64, PeopleError> {
    let known: Option<(u32, i64)> = connection
        .query_row("SELECT failures, last_at FROM attempt WHERE subject = ?1", [subject.key()], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    // A clock that was set back must not hold anybody for longer than the wait itself.
    Ok(known.map_or(0, |(failures, last)| {
        let wait = wait(failures, subject.free());
        (last + wait - now).clamp(0, wait)
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_lock_out() {
        let waits: Vec<i64> = (0..=14).map(|failures| wait(failures, FREE)).collect();
        assert_eq!(waits, [0, 0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]);
        assert_eq!(wait(u32::MAX, FREE), WAIT_MAX);
    }
}
