//! The other node over HTTP: the one place from which this program calls out.

use super::lines::Lines;
use crate::app::error::{AppError, ErrorCode};
use std::io::{BufRead, BufReader, Read};
use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use ureq::http::Uri;
use ureq::http::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, LOCATION};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig};
use ureq::{Agent, Error, Timeout};

/// How long a connection may take to be made.
const CONNECT: Duration = Duration::from_secs(15);

/// Bytes of an answer that is no stream which are read to say what is wrong.
const PROBLEM_BYTES: u64 = 64 << 10;

/// Log of the largest window that is unpacked: 8 MiB, what packing at any ordinary level needs.
const WINDOW_LOG_MAX: u32 = 23;

/// Media type of the stream of changes.
const LINES: &str = "application/x-ndjson";

/// The address of another node, in one spelling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(String);

impl Address {
    /// Reads what a user wrote.
    pub fn read(text: &str) -> Result<Address, AppError> {
        let wrong = |why: &str| Err(AppError::parameter(ErrorCode::InvalidParameter, "url", format!("“{text}”{why}")));
        let uri: Uri = match text.parse() {
            Ok(uri) if !text.contains(['?', '#', '@']) => uri,
            _ => return wrong("不是节点的地址；应写作 https://节点地址，不带用户名、参数和 #"),
        };
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return wrong("不是节点的地址；应写作 https://节点地址");
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

/// Another node.
pub struct Remote {
    address: Address,
    agent: Agent,
    idle: Duration,
}

/// The feed of another node from a cursor on.
pub struct Feed {
    /// Its name; cursors of another one mean nothing in it.
    pub name: Option<String>,
    /// Its lines.
    pub lines: Lines<Box<dyn BufRead>>,
}

impl Remote {
    /// A node whose certificate is signed by the authorities in the file `ca`, else by those of the system. Nothing is connected yet.
    /// `idle`: how long it may be silent.
    pub fn new(address: Address, ca: Option<&Path>, idle: Duration) -> Result<Remote, AppError> {
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
            .timeout_resolve(Some(CONNECT))
            .timeout_connect(Some(CONNECT))
            .timeout_send_request(Some(idle))
            .timeout_recv_response(Some(idle))
            .timeout_per_read(Some(idle))
            .build();
        Ok(Remote { address, agent: config.new_agent(), idle })
    }

    /// Asks for the records after a cursor.
    pub fn changes(&self, after: &str) -> Result<Feed, AppError> {
        let target = format!("{}/api/v1/changes?format=jsonl&after={after}", self.address.0);
        let asked = self.agent.get(&target).header(ACCEPT, LINES).header(ACCEPT_ENCODING, "zstd");
        let answer = asked.call().map_err(|error| self.unreached(&error))?;
        let header = |name| answer.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_string);
        let status = answer.status().as_u16();
        if (300..400).contains(&status) {
            let to = header(LOCATION).unwrap_or_default();
            let detail = format!("{} 要求转到“{to}”，没有跟随；若该地址可信，请直接写它", self.address.0);
            return Err(AppError::parameter(ErrorCode::InvalidParameter, "url", detail));
        }
        let media = header(CONTENT_TYPE).unwrap_or_default();
        let packed = header(CONTENT_ENCODING);
        let name = answer.headers().get(crate::app::FEED_HEADER).and_then(|value| value.to_str().ok());
        let name = name.map(str::to_string);
        let body = answer.into_body().into_with_config().limit(u64::MAX).reader();
        if status != 200 {
            return Err(self.refused(status, body));
        }
        if media.split(';').next().is_none_or(|media| media.trim() != LINES) {
            let detail = format!(
                "{} 的回答不是变更流（{media}）；请确认地址是 faju 节点、中间没有登录页，且对方的版本不旧于本机",
                self.address.0
            );
            return Err(AppError::new(ErrorCode::UnsupportedFormat, detail));
        }
        let reader: Box<dyn BufRead> = match packed.as_deref() {
            None | Some("identity") => Box::new(BufReader::new(body)),
            Some("zstd") => {
                let broken = |error| AppError::new(ErrorCode::Internal, format!("不能解压：{error}"));
                let mut unpacked = zstd::Decoder::new(body).map_err(broken)?;
                unpacked.window_log_max(WINDOW_LOG_MAX).map_err(broken)?;
                Box::new(BufReader::new(unpacked))
            }
            Some(other) => {
                let detail = format!("{} 的回答以 {other} 压缩，不能读取", self.address.0);
                return Err(AppError::new(ErrorCode::UnsupportedFormat, detail));
            }
        };
        Ok(Feed { name, lines: Lines::new(reader) })
    }

    fn refused(&self, status: u16, body: impl Read) -> AppError {
        let mut text = String::new();
        // What cannot be read says nothing.
        let _ = body.take(PROBLEM_BYTES).read_to_string(&mut text);
        let problem: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
        let code = problem["code"].as_str().and_then(|code| ErrorCode::ALL.iter().find(|row| row.1 == code));
        let why = match (problem["detail"].as_str(), status) {
            (Some(detail), _) => detail.chars().take(200).collect(),
            (None, 404) => "没有变更接口，可能不是 faju 节点，或地址写错".to_string(),
            (None, _) => "没有说明原因".to_string(),
        };
        let code = code.map_or(if status == 404 { ErrorCode::NotFound } else { ErrorCode::Internal }, |row| row.0);
        AppError::new(code, format!("{} 没有回答（{status}）：{why}", self.address.0))
    }

    /// Why nothing came.
    fn unreached(&self, error: &Error) -> AppError {
        let (code, why) = match error {
            Error::Timeout(Timeout::RecvResponse | Timeout::PerRead) => {
                (ErrorCode::Timeout, format!("{} 秒没有回答；请稍后再试", self.idle.as_secs()))
            }
            Error::Timeout(_) => (ErrorCode::Timeout, "连接超时；请检查网络和地址".to_string()),
            Error::HostNotFound => (ErrorCode::NotFound, "没有这台主机；请检查地址".to_string()),
            Error::Rustls(_) | Error::Tls(_) => {
                (ErrorCode::Forbidden, format!("证书不能信任（{error}）；内部签发的证书请用 --ca 指定签发机构"))
            }
            Error::Io(io) if io.get_ref().is_some_and(|inner| inner.is::<rustls::Error>()) => {
                (ErrorCode::Forbidden, format!("证书不能信任（{error}）；内部签发的证书请用 --ca 指定签发机构"))
            }
            _ => (ErrorCode::NotFound, format!("{error}；请检查网络、地址和对方服务")),
        };
        AppError::new(code, format!("连不上 {}：{why}", self.address.0))
    }
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
