//! The second factor: codes of six digits from a telephone or a token (TOTP, RFC 6238), each taken once.

use super::secret::random;
use super::{Account, People, PeopleError};
use rusqlite::{OptionalExtension, params};
use totp_rs::{Builder, Totp};

/// Bytes of a secret: what RFC 4226 recommends.
const BYTES: usize = 20;

fn totp(secret: &[u8]) -> Option<Totp> {
    Builder::new().with_secret(secret.to_vec()).build().ok()
}

impl People {
    /// Offers an account a new secret, in base 32 as telephones take it. The one that it has holds until
    /// [`People::confirm_second`].
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn offer_second(&self, account: i64) -> Result<String, PeopleError> {
        let secret = random::<BYTES>()?;
        let sql = "UPDATE account SET second_offered = ?2 WHERE number = ?1";
        self.connection().execute(sql, params![account, secret.as_slice()])?;
        Ok(base32::encode(base32::Alphabet::Rfc4648 { padding: false }, &secret))
    }

    /// Takes the secret that was offered from now on, if the code is one of it; whether it was.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn confirm_second(&self, account: i64, code: &str, now: i64) -> Result<bool, PeopleError> {
        let connection = self.connection();
        let offered: Option<Option<Vec<u8>>> = connection
            .query_row("SELECT second_offered FROM account WHERE number = ?1", [account], |row| row.get(0))
            .optional()?;
        let Some(step) = offered.flatten().and_then(|secret| step(&secret, code, now)) else { return Ok(false) };
        connection.execute(
            "UPDATE account SET second_secret = second_offered, second_offered = NULL, second_confirmed = 1, second_step = ?2
             WHERE number = ?1",
            params![account, step],
        )?;
        Ok(true)
    }

    /// Whether somebody who knows his password may have a new second factor: he has none, or a code of the one that he has.
    ///
    /// # Errors
    /// A file that cannot be read or written.
    pub fn renews_second(&self, account: &Account, code: &str, now: i64) -> Result<bool, PeopleError> {
        // What was shown of the account may be older than a factor that it has by now.
        Ok(!self.named(&account.name)?.second_factor || self.takes_code(account.number, code, now)?)
    }

    /// Whether a code is right and was not taken before.
    pub(super) fn takes_code(&self, account: i64, code: &str, now: i64) -> Result<bool, PeopleError> {
        let connection = self.connection();
        let secret: Option<Option<Vec<u8>>> = connection
            .query_row("SELECT second_secret FROM account WHERE number = ?1", [account], |row| row.get(0))
            .optional()?;
        let Some(step) = secret.flatten().and_then(|secret| step(&secret, code, now)) else { return Ok(false) };
        let sql = "UPDATE account SET second_step = ?2 WHERE number = ?1 AND second_step < ?2";
        Ok(connection.execute(sql, params![account, step])? == 1)
    }
}

/// The step of time of which a code is, if it is one of a secret.
fn step(secret: &[u8], code: &str, now: i64) -> Option<i64> {
    let code: String = code.chars().filter(|char| !char.is_whitespace()).collect();
    totp(secret)?.check(&code, now.unsigned_abs()).map(|step| step as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_the_standard() {
        // RFC 6238, appendix B, at 59 seconds, the last six digits.
        assert!(totp(b"12345678901234567890").unwrap().check("287082", 59).is_some());
    }
}
