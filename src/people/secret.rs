//! Secrets that the service gives out: random, shown once, kept only as a digest.

use super::PeopleError;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// Bytes of a secret: nobody guesses 256 bits.
const BYTES: usize = 32;

/// A secret as its bearer gets it.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl std::fmt::Debug for Token {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Token(…)")
    }
}

impl Token {
    /// A new one, with a beginning that tells what it is for.
    pub(super) fn new(beginning: &str) -> Result<Token, PeopleError> {
        Ok(Token(format!("{beginning}{}", URL_SAFE_NO_PAD.encode(random::<BYTES>()?))))
    }

    /// A shorter one that people copy by hand: 80 random bits in letters and digits that are not taken for one another.
    pub(super) fn short(beginning: &str) -> Result<Token, PeopleError> {
        let letters = base32::encode(base32::Alphabet::Crockford, &random::<10>()?);
        Ok(Token(format!("{beginning}{letters}")))
    }

    /// The text, to be shown once.
    pub fn shown(&self) -> &str {
        &self.0
    }

    pub(super) fn digest(&self) -> Vec<u8> {
        digest(&self.0)
    }
}

/// What is kept of a secret. It has 256 random bits, so a fast digest is enough.
pub(super) fn digest(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// Random bytes of the system.
pub(super) fn random<const N: usize>() -> Result<[u8; N], PeopleError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| PeopleError::NoRandom)?;
    Ok(bytes)
}
