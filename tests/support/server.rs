//! A running `faju serve`.

use crate::client::{self, Reply};
use crate::program;
use serde_json::Value;
use std::io::{BufRead, BufReader};
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

impl Server {
    /// Starts a server and waits until it is ready.
    pub fn start(data: &Path, arguments: &[&str]) -> Server {
        Server::start_with(data, arguments, |_| ())
    }

    /// The same with something else that its command needs.
    pub fn start_with(data: &Path, arguments: &[&str], with: impl FnOnce(&mut Command)) -> Server {
        let all = [&["serve", "--listen", "127.0.0.1:0"], arguments].concat();
        let mut command = program::faju(data, &all);
        with(&mut command);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the program starts");
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
        client::connect(&self.address)
    }

    /// Sends a request with these headers beside `Host` (unless one is among them), and reads the answer.
    pub fn send(&self, method: &str, target: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
        client::send(&self.address, method, target, headers, body)
    }

    /// `GET` without further headers.
    pub fn get(&self, target: &str) -> Reply {
        self.send("GET", target, &[], b"")
    }

    /// `POST` of a JSON value.
    pub fn post(&self, target: &str, media: &str, body: &str) -> Reply {
        self.send("POST", target, &[("Content-Type", media)], body.as_bytes())
    }

    /// Number of its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Tells the server to stop.
    pub fn terminate(&self) {
        let told = Command::new("kill").args(["-TERM", &self.id().to_string()]).status();
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
