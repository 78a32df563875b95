//! Who a request comes from: the address, the key, the session of its cookie.

use super::connection::Peer;
use super::guard;
use super::problem::Failure;
use super::routes::Route;
use super::state::Server;
use crate::app::ErrorCode;
use crate::app::provider::WAIT_SECONDS;
use crate::app::service::{By, SESSION_SECONDS, Who};
use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use std::net::IpAddr;

/// Name of the cookie of a session.
const COOKIE: &str = "faju_session";

/// Its name where the way to the browser is encrypted: browsers then take it from no other place.
const SECURE_COOKIE: &str = "__Host-faju_session";

/// Name of the cookie of a sign-in that is under way at an identity provider.
const PASSING_COOKIE: &str = "faju_passing";

/// The same where the way is encrypted.
const SECURE_PASSING_COOKIE: &str = "__Host-faju_passing";

/// What is known of the way that a request came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Way {
    /// The address of the client, as far as it can be believed.
    pub from: Option<IpAddr>,
    /// Whether the client's connection is encrypted.
    pub encrypted: bool,
}

impl Way {
    /// Headers of a proxy are believed only from addresses that were named.
    pub fn of(request: &Request, proxies: &[IpAddr]) -> Way {
        let peer = request.extensions().get::<ConnectInfo<Peer>>().map(|peer| &peer.0);
        let own = Way { from: peer.and_then(|peer| peer.address), encrypted: peer.is_some_and(|peer| peer.encrypted) };
        own.through(request.headers(), proxies)
    }

    /// What a proxy says of the way, if it comes from one that was named.
    fn through(self, headers: &HeaderMap, proxies: &[IpAddr]) -> Way {
        let is_proxy = |address: &IpAddr| proxies.contains(&address.to_canonical());
        let peer = self.from;
        if !peer.as_ref().is_some_and(is_proxy) {
            return self;
        }
        let stated = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
        let stated: Vec<&str> = stated.flat_map(|value| value.split(',')).map(str::trim).collect();
        // Each proxy adds the one before it at the end; what a client wrote itself stands in front.
        let mut from = peer;
        for address in stated.iter().rev() {
            from = address.parse().ok();
            if !from.as_ref().is_some_and(is_proxy) {
                break;
            }
        }
        let encrypted = headers.get("x-forwarded-proto").is_some_and(|scheme| scheme == "https");
        Way { from, encrypted }
    }
}

/// Who a request comes from.
///
/// # Errors
/// A key that is wrong.
pub fn who(server: &Server, request: &Request, way: &Way, request_id: &str) -> Result<Who, Failure> {
    let from = way.from.map_or_else(String::new, |address| address.to_canonical().to_string());
    let key = bearer(request.headers())?;
    let session = session(request.headers(), way.encrypted);
    let now = super::clock::now();
    Ok(server.service.who(key.as_deref(), session.as_deref(), &from, request_id, now)?)
}

/// The key of an `Authorization` header. Another scheme is no key of ours.
fn bearer(headers: &HeaderMap) -> Result<Option<String>, Failure> {
    let Some(value) = headers.get(header::AUTHORIZATION) else { return Ok(None) };
    let wrong = || Failure::new(ErrorCode::Unauthenticated, "Authorization 须为 Bearer 加密钥");
    let (scheme, key) = value.to_str().map_err(|_| wrong())?.split_once(' ').ok_or_else(wrong)?;
    if scheme.eq_ignore_ascii_case("bearer") { Ok(Some(key.trim().to_string())) } else { Err(wrong()) }
}

/// Where the way is encrypted only the cookie counts that no other place can set.
fn session(headers: &HeaderMap, encrypted: bool) -> Option<String> {
    kept(headers, if encrypted { SECURE_COOKIE } else { COOKIE })
}

/// What a browser keeps of a sign-in that is under way.
pub fn passing(headers: &HeaderMap, encrypted: bool) -> Option<String> {
    kept(headers, if encrypted { SECURE_PASSING_COOKIE } else { PASSING_COOKIE })
}

/// The cookie of a name.
fn kept(headers: &HeaderMap, wanted: &str) -> Option<String> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == wanted).map(|(_, value)| value.to_string())
}

/// The header that gives a browser its session; an empty token takes it away.
pub fn cookie(token: &str, encrypted: bool) -> HeaderValue {
    given(token, SESSION_SECONDS, if encrypted { SECURE_COOKIE } else { COOKIE }, encrypted)
}

/// The header that has a browser keep what is known of a sign-in under way; empty: no longer.
pub fn passing_cookie(sealed: &str, encrypted: bool) -> HeaderValue {
    given(sealed, WAIT_SECONDS, if encrypted { SECURE_PASSING_COOKIE } else { PASSING_COOKIE }, encrypted)
}

fn given(value: &str, seconds: i64, name: &str, encrypted: bool) -> HeaderValue {
    let age = if value.is_empty() { 0 } else { seconds };
    let secure = if encrypted { "; Secure" } else { "" };
    let text = format!("{name}={value}; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""))
}

/// Whether somebody may have a route answered.
///
/// # Errors
/// Nobody is signed in (`unauthenticated`), or the role has no right to it (`forbidden`).
pub fn admit(server: &Server, row: &Route, who: &Who, uri: &Uri, headers: &HeaderMap) -> Result<(), Failure> {
    if let (By::Session(_), true) = (&who.by, row.method == "POST") {
        guard::own_page(uri, headers)?;
    }
    if who.may(row.needs) {
        return Ok(());
    }
    if who.by == By::Unguarded {
        return Err(Failure::new(ErrorCode::Forbidden, "还没有账户；管理员可在本机用 faju user add 建第一个账户"));
    }
    if !who.is_signed_in() {
        return Err(Failure::new(ErrorCode::Unauthenticated, "请先登录，或在请求中带上密钥"));
    }
    if !who.is_settled() {
        let first = if who.must_change() { "修改口令" } else { "启用动态码" };
        return Err(Failure::new(ErrorCode::Forbidden, format!("请先在“我的账户”中{first}")));
    }
    server.service.note(who, "refusal", row.path, "refused", row.needs.name())?;
    let detail = format!("{}没有“{}”的权限", who.role().row().chinese, row.needs.chinese());
    Err(Failure::new(ErrorCode::Forbidden, detail))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn forwarded_addresses_are_believed_only_from_named_proxies() {
        let address = |text: &str| Some(text.parse::<IpAddr>().unwrap());
        let proxies = ["192.0.2.9".parse().unwrap(), "192.0.2.8".parse().unwrap()];
        let from = |peer: &str, stated: &str| {
            let headers = headers(&[("x-forwarded-for", stated), ("x-forwarded-proto", "https")]);
            Way { from: address(peer), encrypted: false }.through(&headers, &proxies)
        };
        assert_eq!(from("198.51.100.1", "203.0.113.5"), Way { from: address("198.51.100.1"), encrypted: false });
        assert_eq!(from("192.0.2.9", "203.0.113.5"), Way { from: address("203.0.113.5"), encrypted: true });
        // What the client itself wrote stands in front of what the proxy saw.
        assert_eq!(from("192.0.2.9", "10.0.0.1, 203.0.113.5, 192.0.2.8").from, address("203.0.113.5"));
        assert_eq!(from("192.0.2.9", "nonsense").from, None);
        assert_eq!(Way::default().through(&HeaderMap::new(), &proxies), Way::default());
        let sealed = Way { from: address("198.51.100.1"), encrypted: true };
        assert_eq!(sealed.clone().through(&HeaderMap::new(), &proxies), sealed);
    }

    #[test]
    fn a_session_is_read_from_its_cookie_and_a_key_from_its_header() {
        assert_eq!(session(&headers(&[("cookie", "a=b; faju_session=x-_1; c=d")]), false).as_deref(), Some("x-_1"));
        assert_eq!(
            session(&headers(&[("cookie", "faju_session=x; __Host-faju_session=y")]), true).as_deref(),
            Some("y")
        );
        assert_eq!(session(&headers(&[("cookie", "other=1")]), false), None);
        assert_eq!(bearer(&headers(&[("authorization", "Bearer faju_k")])).unwrap().as_deref(), Some("faju_k"));
        assert!(bearer(&headers(&[("authorization", "Basic YTpi")])).is_err());
        assert_eq!(bearer(&HeaderMap::new()).unwrap(), None);
    }

    #[test]
    fn a_cookie_is_kept_from_scripts_and_other_sites() {
        let plain = cookie("t", false);
        assert_eq!(plain, "faju_session=t; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax");
        assert_eq!(cookie("", true), "__Host-faju_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure");
    }
}
