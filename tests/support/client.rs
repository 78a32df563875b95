//! The smallest HTTP client that can talk to our server and to the driver of a browser.

use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// An answer.
pub struct Reply {
    /// Status code.
    pub status: u16,
    /// Names in lower case with their values.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// A connection.
pub fn connect(address: &str) -> TcpStream {
    let stream = TcpStream::connect(address).expect("it listens");
    stream.set_read_timeout(Some(PATIENCE)).expect("a time-out");
    stream
}

/// Sends a request with these headers beside `Host` (unless one is among them), and reads the answer.
pub fn send(address: &str, method: &str, target: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
    let mut head = format!("{method} {target} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
    if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
        head.push_str(&format!("Host: {address}\r\n"));
    }
    headers.iter().for_each(|(name, value)| head.push_str(&format!("{name}: {value}\r\n")));
    let mut stream = connect(address);
    stream.write_all(format!("{head}\r\n").as_bytes()).expect("it reads");
    // A server may answer before it has read a body that it will not take.
    let _ = stream.write_all(body);
    Reply::read(stream)
}

impl Reply {
    /// Reads an answer: up to its stated length, else up to the end of the connection.
    pub fn read(mut stream: TcpStream) -> Reply {
        let mut bytes = Vec::new();
        let mut buffer = [0; 65536];
        let mut reply = None;
        // A connection that is reset behind an early answer still delivered that answer.
        while let Ok(read) = stream.read(&mut buffer)
            && read > 0
        {
            bytes.extend_from_slice(&buffer[..read]);
            reply = Reply::parsed(&bytes);
            let length = reply.as_ref().and_then(|reply| reply.header("content-length").parse().ok());
            if length.is_some_and(|length: usize| reply.as_ref().is_some_and(|reply| reply.body.len() >= length)) {
                break;
            }
        }
        reply.expect("an answer")
    }

    fn parsed(bytes: &[u8]) -> Option<Reply> {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
        let head = String::from_utf8(bytes[..end].to_vec()).expect("a head of text");
        let mut lines = head.split("\r\n");
        let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).expect("a status");
        let header = |line: &str| {
            let (name, value) = line.split_once(':').unwrap_or((line, ""));
            (name.to_ascii_lowercase(), value.trim().to_string())
        };
        Some(Reply { status, headers: lines.map(header).collect(), body: bytes[end + 4..].to_vec() })
    }

    /// A header's value, empty if it is absent.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("text")
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }
}
