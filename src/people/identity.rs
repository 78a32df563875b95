//! Who somebody is at an identity provider: the issuer and the subject that it knows him by.

use super::account::{COLUMNS, read};
use super::attempts::Subject;
use super::secret::digest;
use super::{People, PeopleError, Tried};
use rusqlite::{OptionalExtension, params};
use serde::Serialize;

/// Longest issuer or subject, in bytes; OpenID Connect Core 1.0 section 2 allows a subject 255.
const BYTES_MAX: usize = 255;

/// Somebody as an identity provider knows him.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Identity {
    /// The address of the provider, byte for byte.
    pub issuer: String,
    /// What it calls him; never given to another one.
    pub subject: String,
}

impl Identity {
    /// A mark by which the audit log tells one from another without naming anybody.
    pub fn mark(&self) -> String {
        let digest = digest(&format!("{}\n{}", self.issuer, self.subject));
        digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect()
    }

    /// Whether it can be one.
    fn is_sane(&self) -> bool {
        let sane = |text: &str| (1..=BYTES_MAX).contains(&text.len()) && !text.contains(char::is_control);
        sane(&self.issuer) && sane(&self.subject)
    }
}

impl People {
    /// Who an account is at the providers.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn identities(&self, account: i64) -> Result<Vec<Identity>, PeopleError> {
        let connection = self.connection();
        let mut statement = connection
            .prepare_cached("SELECT issuer, subject FROM identity WHERE account = ?1 ORDER BY issuer, subject")?;
        let read = |row: &rusqlite::Row<'_>| Ok(Identity { issuer: row.get(0)?, subject: row.get(1)? });
        Ok(statement.query_map([account], read)?.collect::<Result<_, _>>()?)
    }

    /// Lets somebody sign in as an account, in the place of whoever could from the same provider.
    ///
    /// # Errors
    /// He is another account already; an identity that cannot be one.
    pub fn tie(&self, account: i64, identity: &Identity) -> Result<(), PeopleError> {
        if !identity.is_sane() {
            return Err(PeopleError::BadIdentity);
        }
        let mut connection = self.connection();
        let transaction = connection.transaction()?;
        transaction
            .execute("DELETE FROM identity WHERE issuer = ?1 AND account = ?2", params![identity.issuer, account])?;
        let tied = transaction.execute(
            "INSERT INTO identity (issuer, subject, account) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
            params![identity.issuer, identity.subject, account],
        )?;
        if tied == 0 {
            return Err(PeopleError::IdentityTaken);
        }
        Ok(transaction.commit()?)
    }

    /// Lets nobody from a provider sign in as an account any more, and ends its sessions.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn untie(&self, account: i64) -> Result<(), PeopleError> {
        let mut connection = self.connection();
        let transaction = connection.transaction()?;
        transaction.execute("DELETE FROM identity WHERE account = ?1", [account])?;
        transaction.execute("DELETE FROM session WHERE account = ?1", [account])?;
        Ok(transaction.commit()?)
    }

    /// Whom a provider vouched for, who still needs his own second factor if the account has one.
    ///
    /// # Errors
    /// A file that cannot be read or written.
    pub fn try_identity(
        &self,
        identity: &Identity,
        code: Option<&str>,
        address: &str,
        now: i64,
    ) -> Result<Tried, PeopleError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM account JOIN identity ON identity.account = account.number
             WHERE issuer = ?1 AND subject = ?2"
        );
        let found = self.connection().query_row(&sql, [&identity.issuer, &identity.subject], read).optional()?;
        let Some(account) = found else { return Ok(Tried::Wrong(None)) };
        if account.disabled {
            return Ok(Tried::Wrong(Some(account.number)));
        }
        if account.second_factor {
            let Some(code) = code else { return Ok(Tried::NeedsCode(account)) };
            let wait = self.admit_attempt([Subject::Name(&account.name), Subject::Address(address)], now)?;
            if wait > 0 {
                return Ok(Tried::Wait(wait));
            }
            if !self.takes_code(account.number, code, now)? {
                return Ok(Tried::Wrong(Some(account.number)));
            }
            self.forget_attempts(Subject::Name(&account.name))?;
            self.take_back(address)?;
        }
        let sql = "UPDATE account SET signed_in_at = ?2 WHERE number = ?1";
        self.connection().execute(sql, params![account.number, now])?;
        Ok(Tried::Right(account))
    }
}
