//! What a browser keeps for this server and can neither read nor change: sealed with a key that ends with the process.

use crate::app::{AppError, ErrorCode};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::rand::{SecureRandom, SystemRandom};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A key of this process.
pub struct Seal {
    key: Option<LessSafeKey>,
    random: SystemRandom,
}

/// What is sealed, and until when it holds.
#[derive(serde::Serialize, serde::Deserialize)]
struct Dated<T> {
    until: i64,
    value: T,
}

impl Default for Seal {
    /// A new key. Where the system gives no random numbers nothing can be sealed.
    fn default() -> Self {
        let random = SystemRandom::new();
        let mut bytes = [0; 32];
        let filled = random.fill(&mut bytes).is_ok();
        let key = UnboundKey::new(&CHACHA20_POLY1305, &bytes).ok().filter(|_| filled).map(LessSafeKey::new);
        Seal { key, random }
    }
}

impl Seal {
    /// Seals a value until a moment, for one purpose, as text that a cookie can hold.
    ///
    /// # Errors
    /// No random numbers.
    pub fn shut<T: Serialize>(&self, purpose: &str, value: &T, until: i64) -> Result<String, AppError> {
        let failed = || AppError::new(ErrorCode::Internal, "系统不能给出随机数");
        let mut nonce = [0; NONCE_LEN];
        self.random.fill(&mut nonce).map_err(|_| failed())?;
        let mut bytes = serde_json::to_vec(&Dated { until, value }).map_err(|_| failed())?;
        let key = self.key.as_ref().ok_or_else(failed)?;
        key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(purpose), &mut bytes)
            .map_err(|_| failed())?;
        Ok(URL_SAFE_NO_PAD.encode([nonce.as_slice(), &bytes].concat()))
    }

    /// What was sealed for a purpose, if it still holds.
    pub fn open<T: DeserializeOwned>(&self, purpose: &str, text: &str, now: i64) -> Option<T> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE_LEN>()?;
        let mut sealed = sealed.to_vec();
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let plain = self.key.as_ref()?.open_in_place(nonce, Aad::from(purpose), &mut sealed).ok()?;
        let dated: Dated<T> = serde_json::from_slice(plain).ok()?;
        (now <= dated.until).then_some(dated.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_for_its_purpose_in_its_time_by_its_key() {
        let seal = Seal::default();
        let text = seal.shut("a", &"渡口".to_string(), 100).unwrap();
        assert!(text.is_ascii() && !text.contains(['=', ';', ' ', '+']));
        assert_eq!(seal.open::<String>("a", &text, 100).as_deref(), Some("渡口"));
        assert_ne!(seal.shut("a", &"渡口".to_string(), 100).unwrap(), text, "never the same twice");
        let mut other = text.clone().into_bytes();
        other[20] ^= 1;
        for (purpose, text, now) in [("b", text.as_str(), 100), ("a", &text, 101), ("a", &text[1..], 100), ("a", "", 0)]
        {
            assert_eq!(seal.open::<String>(purpose, text, now), None, "{purpose} {now}");
        }
        assert_eq!(seal.open::<String>("a", &String::from_utf8_lossy(&other), 100), None);
        assert_eq!(Seal::default().open::<String>("a", &text, 100), None, "another process");
    }
}
