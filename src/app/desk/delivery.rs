//! Sending notices to webhooks: signed, in order, again after a failure.
//!
//! A delivery is a POST of JSON, `{"notices": […]}`, with two headers: `X-Faju-Timestamp`, seconds since 1970, and
//! `X-Faju-Signature`, `sha256=` and the HMAC-SHA256 of timestamp, a full stop and the body under the secret. It is taken when
//! the answer is 2xx; a notice may come twice and is told by its number.

use super::{Round, seen};
use crate::app::asker::Asker;
use crate::app::error::{AppError, ErrorCode};
use crate::app::outward::{self, Address};
use crate::app::service::Service;
use crate::law::Access;
use crate::people::{Hook, Notice};
use ring::hmac;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// Deliveries at once: whoever does not answer holds up one of them.
const SENDERS: usize = 8;

/// How long the other side may be silent.
const IDLE: Duration = Duration::from_secs(10);

/// Refuses an address that the settings do not allow: a server must not be led to call whom a user names.
pub fn check(address: &Address, allowed: &[Address]) -> Result<(), AppError> {
    if allowed.iter().any(|allowed| address.is_within(allowed)) {
        return Ok(());
    }
    let detail = match allowed {
        [] => "本服务没有开放推送；管理员可在启动时以 --webhook 写明可推送的地址".to_string(),
        some => {
            let names: Vec<&str> = some.iter().map(Address::as_str).collect();
            format!("只能推送到以这些地址开头的地方：{}", names.join("、"))
        }
    };
    Err(AppError::parameter(ErrorCode::InvalidParameter, "url", detail))
}

impl Service {
    /// Sends what waits; to how many webhooks. What an account sees no more is sent without its words.
    ///
    /// # Errors
    /// Accounts that cannot be read or written. A delivery that fails is written down with its webhook.
    pub fn deliver(&self, round: &Round<'_>, allowed: &[Address]) -> Result<usize, AppError> {
        let Some(people) = self.people()? else { return Ok(0) };
        let mut due = people.due(round.now)?;
        let askers = if due.is_empty() { return Ok(0) } else { round.askers(people)? };
        for (hook, notices) in &mut due {
            let nobody = || Asker::of(Access::Public, round.today);
            let asker = askers.get(&hook.account).cloned().unwrap_or_else(nobody);
            // What cannot be looked at now goes out the next time.
            seen::hide(round.app, &asker, &mut [], notices)?;
        }
        let next = AtomicUsize::new(0);
        let sender = || {
            while let Some((hook, notices)) = due.get(next.fetch_add(1, Ordering::Relaxed)) {
                let sent = send(hook, notices, allowed, round.now).map_err(|error| error.detail);
                people.delivered(hook, sent, round.now)?;
            }
            Ok(due.len())
        };
        std::thread::scope(|scope| {
            let senders: Vec<_> = (0..SENDERS.min(due.len())).map(|_| scope.spawn(sender)).collect();
            let lost = || Err(AppError::new(ErrorCode::Internal, "推送中断"));
            senders.into_iter().map(|sender| sender.join().unwrap_or_else(|_| lost())).fold(Ok(0), Result::and)
        })
    }
}

/// Sends notices; the number of the last one.
fn send(hook: &Hook, notices: &[Notice], allowed: &[Address], now: i64) -> Result<i64, AppError> {
    let address = Address::read(&hook.url)?;
    check(&address, allowed)?;
    let failed = |why: String| AppError::new(ErrorCode::Internal, why);
    let body = serde_json::to_string(&serde_json::json!({ "notices": notices }));
    let body = body.map_err(|error| failed(error.to_string()))?;
    let answer = outward::agent(&address, None, IDLE, None)?
        .post(address.as_str())
        .header("Content-Type", "application/json")
        .header("X-Faju-Timestamp", now.to_string())
        .header("X-Faju-Signature", format!("sha256={}", signature(&hook.secret, now, &body)))
        .send(&body)
        .map_err(|error| failed(format!("没有送到：{error}")))?;
    let status = answer.status().as_u16();
    if !(200..300).contains(&status) {
        return Err(failed(format!("对方回答 {status}")));
    }
    Ok(notices.last().map_or(hook.told, |notice| notice.id))
}

/// Hexadecimal digits of the signature of a delivery.
fn signature(secret: &str, timestamp: i64, body: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let signed = hmac::sign(&key, format!("{timestamp}.{body}").as_bytes());
    signed.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_what_others_compute() {
        // printf '1700000000.{"notices":[]}' | openssl dgst -sha256 -hmac fajuhook_x
        let signed = signature("fajuhook_x", 1_700_000_000, r#"{"notices":[]}"#);
        assert_eq!(signed, "b85cf7df05cafbd29d26257c084a958fa864ec18a89b996c79d4006c5cb18298");
    }

    #[test]
    fn only_addresses_that_were_allowed_are_called() {
        let address = |text: &str| Address::read(text).unwrap();
        let allowed = [address("https://oa.example/hooks"), address("http://127.0.0.1:9000")];
        for within in ["https://oa.example/hooks", "https://OA.example/hooks/faju", "http://127.0.0.1:9000/a"] {
            assert!(check(&address(within), &allowed).is_ok(), "{within}");
        }
        for out in [
            "https://oa.example",
            "https://oa.example/hooksother",
            "https://oa.example.evil.example/hooks",
            "https://oa.example:8443/hooks",
            "https://oa.example/hooks/../admin",
            "https://oa.example/hooks/%2e%2e/admin",
            "http://127.0.0.1:90001/a",
        ] {
            assert!(Address::read(out).is_err() || check(&address(out), &allowed).is_err(), "{out}");
        }
        assert!(check(&address("https://oa.example/hooks"), &[]).is_err());
    }
}
