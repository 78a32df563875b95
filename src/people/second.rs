//! The second factor: codes of six digits from a telephone or a token (TOTP, RFC 6238), each taken once.

use super::secret::random;
use super::{People, PeopleError};
use rusqlite::{OptionalExtension, params};
use totp_rs::{Builder, Totp};

/// Bytes of a secret: what RFC 4226 recommends.
const BYTES: usize = 20;

fn totp(secret: &[u8]) -> Option<Totp> {
    Builder::new().with_secret(secret.to_vec()).build().ok()
}

impl People {
    /// Gives an account a new secret, in base 32 as telephones take it. Asked for at sign-in only after
    /// [`People::confirm_second`].
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn offer_second(&self, account: i64) -> Result<String, PeopleError> {
        let secret = random::<BYTES>()?;
        self.connection().execute(
            "UPDATE account SET second_secret = ?2, second_confirmed = 0, second_step = 0 WHERE number = ?1",
            params![account, secret.as_slice()],
        )?;
        Ok(base32::encode(base32::Alphabet::Rfc4648 { padding: false }, &secret))
    }

    /// Asks for the second factor from now on, if the code is right; whether it was.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn confirm_second(&self, account: i64, code: &str, now: i64) -> Result<bool, PeopleError> {
        if !self.takes_code(account, code, now)? {
            return Ok(false);
        }
        self.connection().execute("UPDATE account SET second_confirmed = 1 WHERE number = ?1", [account])?;
        Ok(true)
    }

    /// Whether a code is right and was not taken before.
    pub(super) fn takes_code(&self, account: i64, code: &str, now: i64) -> Result<bool, PeopleError> {
        let code: String = code.chars().filter(|char| !char.is_whitespace()).collect();
        let connection = self.connection();
        let secret: Option<Option<Vec<u8>>> = connection
            .query_row("SELECT second_secret FROM account WHERE number = ?1", [account], |row| row.get(0))
            .optional()?;
        let step = secret.flatten().as_deref().and_then(totp).and_then(|totp| totp.check(&code, now.unsigned_abs()));
        let Some(step) = step else { return Ok(false) };
        let sql = "UPDATE account SET second_step = ?2 WHERE number = ?1 AND second_step < ?2";
        Ok(connection.execute(sql, params![account, step as i64])? == 1)
    }
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
