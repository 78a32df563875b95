//! The other node over HTTP.

use super::lines::Lines;
use crate::app::error::{AppError, ErrorCode};
use crate::app::outward::{self, Address};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::time::Duration;
use ureq::http::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, LOCATION};
use ureq::{Agent, Error, Timeout};

/// Bytes of an answer that is no stream which are read to say what is wrong.
const PROBLEM_BYTES: u64 = 64 << 10;

/// Log of the largest window that is unpacked: 8 MiB, what packing at any ordinary level needs.
const WINDOW_LOG_MAX: u32 = 23;

/// Media type of the stream of changes.
const LINES: &str = "application/x-ndjson";

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
        let agent = outward::agent(&address, ca, idle, None)?;
        Ok(Remote { address, agent, idle })
    }

    /// Asks for the records after a cursor.
    pub fn changes(&self, after: &str) -> Result<Feed, AppError> {
        let target = format!("{}/api/v1/changes?format=jsonl&after={after}", self.address.as_str());
        let asked = self.agent.get(&target).header(ACCEPT, LINES).header(ACCEPT_ENCODING, "zstd");
        let answer = asked.call().map_err(|error| self.unreached(&error))?;
        let header = |name| answer.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_string);
        let status = answer.status().as_u16();
        if (300..400).contains(&status) {
            let to = header(LOCATION).unwrap_or_default();
            let detail = format!("{} 要求转到“{to}”，没有跟随；若该地址可信，请直接写它", self.address.as_str());
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
                self.address.as_str()
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
                let detail = format!("{} 的回答以 {other} 压缩，不能读取", self.address.as_str());
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
        AppError::new(code, format!("{} 没有回答（{status}）：{why}", self.address.as_str()))
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
        AppError::new(code, format!("连不上 {}：{why}", self.address.as_str()))
    }
}
