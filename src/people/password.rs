//! Passwords: which are taken (NIST SP 800-63B, OWASP ASVS 4.0.3 2.1: long ones of any characters, no common ones, no rules of
//! composition), and how they are kept (argon2id).

use super::PeopleError;
use super::secret::random;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use std::fmt;

/// Characters of a password at least.
const CHARS_MIN: usize = 12;

/// Characters of a password at most: enough for any sentence, and no burden on the machine.
const CHARS_MAX: usize = 256;

/// Memory of one hash in KiB, passes and lanes: the second choice of the OWASP cheat sheet (2023).
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);

/// What most attempts begin with, long enough to be taken otherwise. In lower case.
const COMMON: [&str; 24] = [
    "123456789012",
    "1234567890123",
    "12345678901234",
    "123456123456",
    "123123123123",
    "111111111111",
    "000000000000",
    "666666666666",
    "888888888888",
    "qwertyuiop123",
    "qwertyuiopas",
    "qwertyuiop[]",
    "1q2w3e4r5t6y",
    "1qaz2wsx3edc",
    "password1234",
    "password12345",
    "passwordpassword",
    "p@ssw0rd1234",
    "adminadminadmin",
    "administrator",
    "admin1234567",
    "woaini1314520",
    "woaini520131",
    "iloveyou1234",
];

/// Why a password is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// Too short or too long.
    Length,
    /// One that everybody tries.
    Common,
    /// One character over and over, or the name of the account.
    Simple,
}

impl fmt::Display for Unfit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unfit::Length => {
                write!(formatter, "口令须有 {CHARS_MIN} 至 {CHARS_MAX} 个字；可以用一句话，不要求大小写和符号")
            }
            Unfit::Common => formatter.write_str("这是人人会试的口令，请换一个"),
            Unfit::Simple => formatter.write_str("口令不能只是重复的字或者账户名，请换一个"),
        }
    }
}

/// Whether a password is taken for an account of this name.
///
/// # Errors
/// Why not.
pub fn fit(password: &str, name: &str) -> Result<(), Unfit> {
    let folded = password.to_lowercase();
    let mut different: Vec<char> = folded.chars().collect();
    different.sort_unstable();
    different.dedup();
    if !(CHARS_MIN..=CHARS_MAX).contains(&password.chars().count()) {
        return Err(Unfit::Length);
    }
    if COMMON.contains(&folded.as_str()) {
        return Err(Unfit::Common);
    }
    let without_name = folded.replace(&name.to_lowercase(), "");
    if different.len() < 4 || without_name.chars().count() < 4 {
        return Err(Unfit::Simple);
    }
    Ok(())
}

fn hasher() -> Argon2<'static> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// A password as it is kept: a PHC string with salt and cost.
pub(super) fn kept(password: &str) -> Result<String, PeopleError> {
    let salt = random::<16>()?;
    let hash = hasher().hash_password_with_salt(password.as_bytes(), &salt);
    hash.map(|hash| hash.to_string()).map_err(|error| PeopleError::Storage(error.to_string()))
}

/// Whether a password is the one that is kept. Without one it takes as long, so that nobody learns which names exist.
pub(super) fn is_kept(password: &str, kept: Option<&str>) -> bool {
    let right = kept.and_then(|kept| PasswordHash::new(kept).ok());
    match right {
        Some(right) => hasher().verify_password(password.as_bytes(), &right).is_ok(),
        None => {
            let _ = hasher().hash_password_with_salt(password.as_bytes(), &[7; 16]);
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_sentences_are_taken_and_what_everybody_tries_is_not() {
        assert_eq!(fit("临江县的桥有四十二座，我都走过", "chen"), Ok(()));
        assert_eq!(fit("short", "chen"), Err(Unfit::Length));
        assert_eq!(fit("Password1234", "chen"), Err(Unfit::Common));
        assert_eq!(fit("aaaaaaaaaaaaaaaa", "chen"), Err(Unfit::Simple));
        assert_eq!(fit("chenxiaoming1", "chenxiaoming"), Err(Unfit::Simple));
    }

    #[test]
    fn a_password_is_kept_as_argon2id_and_found_again() {
        let kept = kept("临江县的桥有四十二座").unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert!(is_kept("临江县的桥有四十二座", Some(&kept)));
        assert!(!is_kept("临江县的桥有四十三座", Some(&kept)) && !is_kept("x", None));
    }
}
