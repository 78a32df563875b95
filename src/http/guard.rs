//! Whom a server answers. Without accounts, "only this machine" is the whole protection of internal records and of
//! writing, so a browser or proxy that carries somebody else's request here must be recognised.

use super::problem::Failure;
use crate::app::ErrorCode;
use axum::http::{HeaderMap, Uri, header};
use std::net::{IpAddr, SocketAddr};

/// Longest address of a request, in bytes.
pub const URI_BYTES_MAX: usize = 8 * 1024;

/// Longest headers of a request together, in bytes.
pub const HEADER_BYTES_MAX: usize = 16 * 1024;

/// Headers that a proxy adds: the request comes from another machine.
const FORWARDING: [&str; 11] = [
    "forwarded",
    "via",
    "x-real-ip",
    "cf-connecting-ip",
    "true-client-ip",
    "x-client-ip",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-forwarded-port",
    "x-forwarded-server",
];

/// What a request must prove.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guard {
    /// Every request must come from this machine: `--access internal`.
    pub local_only: bool,
}

impl Guard {
    /// Refuses a request that no route should see. With accounts (`guarded`) they decide who sees what.
    pub fn admit(&self, uri: &Uri, headers: &HeaderMap, guarded: bool) -> Result<(), Failure> {
        sizes(uri, headers)?;
        host(uri, headers)?;
        if self.local_only && !guarded { local(uri, headers) } else { Ok(()) }
    }
}

fn sizes(uri: &Uri, headers: &HeaderMap) -> Result<(), Failure> {
    let address = uri.path().len() + uri.query().map_or(0, str::len);
    if address > URI_BYTES_MAX {
        return Err(Failure::new(ErrorCode::TooLarge, format!("地址过长，最多 {URI_BYTES_MAX} 字节；请缩短检索式")));
    }
    let bytes: usize = headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    if bytes > HEADER_BYTES_MAX {
        return Err(Failure::new(ErrorCode::TooLarge, format!("请求头过长，最多 {HEADER_BYTES_MAX} 字节")));
    }
    Ok(())
}

/// The one host that the request names. Two different ones are an attack on whoever stands in between.
fn host<'a>(uri: &'a Uri, headers: &'a HeaderMap) -> Result<&'a str, Failure> {
    let wrong = || Failure::new(ErrorCode::Forbidden, "请求的 Host 有误");
    let mut named = headers.get_all(header::HOST).iter().map(|value| value.to_str().ok());
    let first = named.next().flatten().ok_or_else(wrong)?;
    let sane = |byte: u8| byte.is_ascii_alphanumeric() || b".-_:[]".contains(&byte);
    let other = named.next().is_some() || uri.authority().is_some_and(|authority| authority.as_str() != first);
    if other || first.is_empty() || first.len() > 255 || !first.bytes().all(sane) {
        return Err(wrong());
    }
    Ok(first)
}

/// Refuses what does not come from this machine itself: names that are not this machine's own, pages of other sites in
/// this machine's browser, and proxies.
pub fn local(uri: &Uri, headers: &HeaderMap) -> Result<(), Failure> {
    let host = host(uri, headers)?;
    if !is_loopback_name(host) {
        return Err(Failure::new(ErrorCode::Forbidden, "只接受发给本机地址（localhost、127.0.0.1）的请求"));
    }
    if headers.keys().any(|name| FORWARDING.contains(&name.as_str()) || name.as_str().starts_with("x-forwarded-")) {
        return Err(Failure::new(ErrorCode::Forbidden, "不接受代理转发的请求"));
    }
    let foreign_origin = headers.get_all(header::ORIGIN).iter().any(|origin| {
        origin.to_str().ok().and_then(|origin| origin.strip_prefix("http://")).is_none_or(|origin| origin != host)
    });
    let foreign_site =
        headers.get("sec-fetch-site").is_some_and(|site| !matches!(site.to_str(), Ok("same-origin" | "none")));
    if foreign_origin || foreign_site {
        return Err(Failure::new(ErrorCode::Forbidden, "不接受其他网站发来的请求"));
    }
    Ok(())
}

/// Refuses a form that a page of another site sent. Browsers say where a request comes from; what says nothing is no browser,
/// and brings nobody's rights with it. A proxy may change `Host` and scheme, so that the browser's own word comes first.
pub fn same_site(uri: &Uri, headers: &HeaderMap) -> Result<(), Failure> {
    let foreign = match headers.get("sec-fetch-site").map(|site| site.to_str()) {
        Some(site) => !matches!(site, Ok("same-origin" | "none")),
        None => {
            let host = host(uri, headers)?;
            headers.get_all(header::ORIGIN).iter().any(|origin| {
                let named = origin.to_str().ok().and_then(|origin| origin.split_once("://"));
                named.is_none_or(|(_, named)| named != host)
            })
        }
    };
    if foreign { Err(Failure::new(ErrorCode::Forbidden, "不接受其他网站发来的表单")) } else { Ok(()) }
}

/// Refuses a write that brings the rights of a session unless the browser says that a page of this server sent it.
pub fn own_page(uri: &Uri, headers: &HeaderMap) -> Result<(), Failure> {
    if !headers.contains_key("sec-fetch-site") && !headers.contains_key(header::ORIGIN) {
        let detail = "请求没有说明来自哪个网站（Origin、Sec-Fetch-Site）；程序请用密钥";
        return Err(Failure::new(ErrorCode::Forbidden, detail));
    }
    same_site(uri, headers)
}

/// Whether a `Host` names this machine without asking anybody: a name server could be made to lie.
fn is_loopback_name(host: &str) -> bool {
    if let Ok(address) = host.parse::<SocketAddr>() {
        return address.ip().is_loopback();
    }
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    if let Ok(address) = bare.parse::<IpAddr>() {
        return address.is_loopback();
    }
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.parse::<u16>().is_ok() => name,
        _ => host,
    };
    name.eq_ignore_ascii_case("localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    fn local_to(pairs: &[(&'static str, &str)]) -> bool {
        local(&Uri::from_static("/"), &headers(pairs)).is_ok()
    }

    #[test]
    fn this_machine_has_few_names() {
        for host in ["localhost", "LOCALHOST:8300", "127.0.0.1", "127.0.0.1:80", "[::1]:8300", "[::1]", "127.8.8.8"] {
            assert!(local_to(&[("host", host)]), "{host}");
        }
        for host in ["evil.example", "localhost.evil.example", "127.0.0.1.nip.example", "10.0.0.1:8300", "::1:x"] {
            assert!(!local_to(&[("host", host)]), "{host}");
        }
    }

    #[test]
    fn whoever_brings_the_request_of_another_is_refused() {
        let here = ("host", "127.0.0.1:8300");
        assert!(local_to(&[here, ("origin", "http://127.0.0.1:8300"), ("sec-fetch-site", "same-origin")]));
        for foreign in [
            ("origin", "http://evil.example"),
            ("origin", "http://127.0.0.1:3000"),
            ("origin", "https://127.0.0.1:8300"),
            ("origin", "null"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("forwarded", "for=1.2.3.4"),
            ("x-forwarded-for", "1.2.3.4"),
            ("x-forwarded-prefix", "/law"),
            ("via", "1.1 proxy"),
        ] {
            assert!(!local_to(&[here, foreign]), "{foreign:?}");
        }
    }

    #[test]
    fn forms_of_other_sites_are_refused() {
        let admitted = |pairs: &[(&'static str, &str)]| {
            let all = [&[("host", "law.example.cn")], pairs].concat();
            same_site(&Uri::from_static("/"), &headers(&all)).is_ok()
        };
        assert!(admitted(&[]) && admitted(&[("origin", "https://law.example.cn")]));
        // Behind a proxy that writes its own Host.
        assert!(admitted(&[("origin", "https://outside.example.cn"), ("sec-fetch-site", "same-origin")]));
        for foreign in [("origin", "http://evil.example"), ("origin", "null"), ("sec-fetch-site", "cross-site")] {
            assert!(!admitted(&[foreign]), "{foreign:?}");
        }
    }

    #[test]
    fn one_host_is_named_and_nothing_is_too_long() {
        let open = Guard { local_only: false };
        let admitted = |uri: &str, pairs: &[(&'static str, &str)]| {
            open.admit(&uri.parse().unwrap(), &headers(pairs), false).map_err(|failure| failure.error.code)
        };
        assert_eq!(admitted("/", &[("host", "law.example.cn")]), Ok(()));
        assert_eq!(admitted("/", &[]), Err(ErrorCode::Forbidden));
        assert_eq!(admitted("/", &[("host", "a/b")]), Err(ErrorCode::Forbidden));
        assert_eq!(admitted("http://b/", &[("host", "a")]), Err(ErrorCode::Forbidden));
        let long = format!("/?q={}", "x".repeat(URI_BYTES_MAX));
        assert_eq!(admitted(&long, &[("host", "a")]), Err(ErrorCode::TooLarge));
        let fat = "x".repeat(HEADER_BYTES_MAX);
        assert_eq!(admitted("/", &[("host", "a"), ("x-a", &fat)]), Err(ErrorCode::TooLarge));
    }
}
