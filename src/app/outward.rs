//! The one place from which this program calls out: addresses that may be called, and how.

use super::error::{AppError, ErrorCode};
use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
pub use ureq::Agent;
use ureq::http::{Request, Response, Uri};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig};

/// How long a connection may take to be made.
const CONNECT: Duration = Duration::from_secs(15);

/// The address of another service, in one spelling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(String);

impl Address {
    /// Reads what a user wrote.
    pub fn read(text: &str) -> Result<Address, AppError> {
        let wrong = |why: &str| Err(AppError::parameter(ErrorCode::InvalidParameter, "url", format!("“{text}”{why}")));
        let uri: Uri = match text.parse() {
            Ok(uri) if !text.contains(['?', '#', '@']) => uri,
            _ => return wrong("不是可用的地址；应写作 https://地址，不带用户名、参数和 #"),
        };
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return wrong("不是可用的地址；应写作 https://地址");
        };
        match scheme {
            "https" => {}
            "http" if is_loopback(authority.host()) => {}
            "http" => return wrong("没有加密；http 只能用于本机（127.0.0.1、[::1]、localhost），请用 https"),
            _ => return wrong("不是 https 地址"),
        }
        let authority = authority.as_str().to_ascii_lowercase();
        Ok(Address(format!("{scheme}://{authority}{}", uri.path().trim_end_matches('/'))))
    }

    /// Whether it is another one or lies below its path. What a server might read as a step upwards does not.
    pub fn is_within(&self, other: &Address) -> bool {
        let below = self.0.strip_prefix(&other.0);
        below.is_some_and(|below| {
            (below.is_empty() || below.starts_with('/')) && !below.contains(['%', '\\']) && !below.contains("/..")
        })
    }

    /// As it is kept and shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a host is this machine by its very name: nobody between can read or change what is sent.
fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost") || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// What calls an address and follows nobody elsewhere. Its certificate must be signed by the authorities in the file `ca`, else by
/// those of the system. `idle`: how long the other side may be silent; `whole`: how long a call may take from its beginning to its end.
/// Nothing is connected yet.
pub fn agent(address: &Address, ca: Option<&Path>, idle: Duration, whole: Option<Duration>) -> Result<Agent, AppError> {
    let secret = address.0.starts_with("https");
    let roots = match ca {
        Some(file) => authorities(file)?,
        None if secret => authorities_of_system()?,
        None => Vec::new(),
    };
    let tls = TlsConfig::builder()
        .root_certs(RootCerts::new_with_certs(&roots))
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .build();
    let config = Agent::config_builder()
        .tls_config(tls)
        .https_only(secret)
        // Whoever configured an address trusts that one and no other; a proxy would be another.
        .max_redirects(0)
        .max_redirects_will_error(false)
        .proxy(None)
        .http_status_as_error(false)
        .user_agent(concat!("faju/", env!("CARGO_PKG_VERSION")))
        .timeout_global(whole)
        .timeout_resolve(Some(CONNECT))
        .timeout_connect(Some(CONNECT))
        .timeout_send_request(Some(idle))
        .timeout_recv_response(Some(idle))
        .timeout_per_read(Some(idle))
        .build();
    Ok(config.new_agent())
}

/// What another side answers to a request, at most so many bytes of it.
///
/// # Errors
/// In Chinese: nobody answers, or at greater length.
pub fn send(agent: &Agent, request: Request<Vec<u8>>, most: u64) -> Result<Response<Vec<u8>>, String> {
    let (head, body) = request.into_parts();
    let sent = if body.is_empty() {
        agent.run(Request::from_parts(head, ()))
    } else {
        agent.run(Request::from_parts(head, body))
    };
    let (head, mut body) = sent.map_err(|error| error.to_string())?.into_parts();
    let bytes = body.with_config().limit(most).read_to_vec().map_err(|error| error.to_string())?;
    Ok(Response::from_parts(head, bytes))
}

/// The certificates in a file of PEM.
fn authorities(file: &Path) -> Result<Vec<Certificate<'static>>, AppError> {
    let wrong = |why: String| {
        let detail = format!("{} 不能用作签发机构的证书：{why}", file.display());
        AppError::parameter(ErrorCode::InvalidParameter, "ca", detail)
    };
    let bytes = std::fs::read(file).map_err(|error| wrong(error.to_string()))?;
    let mut found = Vec::new();
    for item in ureq::tls::parse_pem(&bytes) {
        if let PemItem::Certificate(certificate) = item.map_err(|error| wrong(error.to_string()))? {
            found.push(certificate);
        }
    }
    if found.is_empty() { Err(wrong("其中没有 PEM 证书".to_string())) } else { Ok(found) }
}

fn authorities_of_system() -> Result<Vec<Certificate<'static>>, AppError> {
    let found = rustls_native_certs::load_native_certs();
    if found.certs.is_empty() {
        let detail = "本机没有可信的根证书；请安装系统的根证书，或用 --ca 指定签发机构的证书";
        return Err(AppError::parameter(ErrorCode::InvalidParameter, "ca", detail));
    }
    Ok(found.certs.iter().map(|certificate| Certificate::from_der(certificate.as_ref()).to_owned()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_https_or_of_this_machine_and_has_one_spelling() {
        let read = |text: &str| Address::read(text).map(|address| address.0);
        assert_eq!(read("https://Node.Example/").unwrap(), "https://node.example");
        assert_eq!(read("https://node.example:8443/faju//").unwrap(), "https://node.example:8443/faju");
        for here in ["http://127.0.0.1:8300", "http://localhost:1", "http://[::1]:1", "http://127.9.9.9:1"] {
            assert!(read(here).is_ok(), "{here}");
        }
        for out in [
            "http://node.example",
            "http://10.0.0.1",
            "http://127.0.0.1.example",
            "http://localhost.example",
            "http://[2001:db8::1]",
            "http://[::ffff:10.0.0.1]",
            "ftp://127.0.0.1",
            "node.example",
            "https://",
            "https://a@node.example",
            "https://node.example/?q",
            "https://node.example/#a",
            "",
        ] {
            assert_eq!(read(out).unwrap_err().code, ErrorCode::InvalidParameter, "{out}");
        }
    }
}
