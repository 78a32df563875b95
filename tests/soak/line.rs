//! A connection that is kept for many requests, as browsers and proxies do. Nothing is tried a second time: a
//! connection that the server closes under load is what these tests look for.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// A connection to a server.
pub struct Line {
    reader: BufReader<TcpStream>,
    address: String,
}

impl Line {
    /// Connects.
    pub fn connect(address: &str) -> io::Result<Line> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Line { reader: BufReader::new(stream), address: address.to_string() })
    }

    /// `GET`: status and body.
    pub fn get(&mut self, target: &str) -> io::Result<(u16, Vec<u8>)> {
        let request = format!("GET {target} HTTP/1.1\r\nHost: {}\r\n\r\n", self.address);
        self.reader.get_mut().write_all(request.as_bytes())?;
        let first = self.head_line()?;
        let status = first.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or_else(|| odd(&first))?;
        let mut length = None;
        loop {
            let header = self.head_line()?;
            match header.split_once(':') {
                Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                    length = value.trim().parse().ok()
                }
                Some(_) => {}
                None => break,
            }
        }
        let mut body = vec![0; length.ok_or_else(|| odd("no length"))?];
        self.reader.read_exact(&mut body)?;
        Ok((status, body))
    }

    fn head_line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        if self.reader.read_line(&mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(line.trim_end().to_string())
    }
}

fn odd(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("an odd answer: {what}"))
}

/// Text for a query string.
pub fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
