//! A running `faju serve` and the smallest HTTP client that can talk to it.

#[path = "program.rs"]
pub mod program;

use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// How long a server may take to be ready or to stop.
const PATIENCE: Duration = Duration::from_secs(30);

/// A server on a free port of this machine. Killed when dropped.
pub struct Server {
    child: Child,
    log: Arc<Mutex<String>>,
    /// `127.0.0.1:PORT`.
    pub address: String,
}

/// An answer.
pub struct Reply {
    /// Status code.
    pub status: u16,
    /// Names in lower case with their values.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Server {
    /// Starts a server and waits until it is ready.
    pub fn start(data: &Path, arguments: &[&str]) -> Server {
        let all = [&["serve", "--listen", "127.0.0.1:0"], arguments].concat();
        let mut child = program::faju(data, &all).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the program starts");
        let lines = BufReader::new(child.stderr.take().expect("piped")).lines();
        let log = Arc::new(Mutex::new(String::new()));
        let kept = log.clone();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                kept.lock().expect("the log").push_str(&format!("{line}\n"));
            }
        });
        let mut server = Server { child, log, address: String::new() };
        let ready = server.wait_for("ready");
        assert!(ready, "not ready: {}", server.log());
        let line = server.log().lines().find(|line| line.contains("listening")).map(str::to_string);
        let listening: Value = serde_json::from_str(&line.expect("it says where")).expect("a JSON log line");
        server.address = listening["address"].as_str().expect("an address").to_string();
        server
    }

    /// Waits for a log line with this message.
    pub fn wait_for(&self, message: &str) -> bool {
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            if self.log().contains(&format!("\"message\":\"{message}\"")) {
                return true;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        false
    }

    /// Everything on standard error so far.
    pub fn log(&self) -> String {
        self.log.lock().expect("the log").clone()
    }

    /// A connection.
    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time-out");
        stream
    }

    /// Sends a request with these headers beside `Host` (unless one is among them), and reads the answer.
    pub fn send(&self, method: &str, target: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
        let mut head = format!("{method} {target} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
        if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
            head.push_str(&format!("Host: {}\r\n", self.address));
        }
        headers.iter().for_each(|(name, value)| head.push_str(&format!("{name}: {value}\r\n")));
        let mut stream = self.connect();
        stream.write_all(format!("{head}\r\n").as_bytes()).expect("it reads");
        // A server may answer before it has read a body that it will not take.
        let _ = stream.write_all(body);
        Reply::read(stream)
    }

    /// `GET` without further headers.
    pub fn get(&self, target: &str) -> Reply {
        self.send("GET", target, &[], b"")
    }

    /// `POST` of a JSON value.
    pub fn post(&self, target: &str, media: &str, body: &str) -> Reply {
        self.send("POST", target, &[("Content-Type", media)], body.as_bytes())
    }

    /// Tells the server to stop.
    pub fn terminate(&self) {
        let told = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        assert!(told.is_ok_and(|status| status.success()), "kill failed");
    }

    /// Waits until the process has ended.
    pub fn ended(&mut self) -> ExitStatus {
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            if let Some(status) = self.child.try_wait().expect("its status") {
                return status;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("it did not stop: {}", self.log());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Reply {
    /// Reads an answer up to the end of the connection.
    pub fn read(mut stream: TcpStream) -> Reply {
        let mut bytes = Vec::new();
        let mut buffer = [0; 65536];
        // A connection that is reset behind an early answer still delivered that answer.
        while let Ok(read) = stream.read(&mut buffer)
            && read > 0
        {
            bytes.extend_from_slice(&buffer[..read]);
        }
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
        let head = String::from_utf8(bytes[..end].to_vec()).expect("a head of text");
        let mut lines = head.split("\r\n");
        let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).expect("a status");
        let header = |line: &str| {
            let (name, value) = line.split_once(": ").unwrap_or((line, ""));
            (name.to_ascii_lowercase(), value.to_string())
        };
        Reply { status, headers: lines.map(header).collect(), body: bytes[end + 4..].to_vec() }
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
