//! A headless Chromium, driven through its WebDriver.

#[path = "skip.rs"]
mod skip;

use crate::client;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Flags without which Chromium talks to its makers or needs a desktop.
const FLAGS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// How many drivers are started until one keeps its port.
const ATTEMPTS: usize = 10;

/// A running driver and its port; `None` where none is installed.
///
/// A driver asks the system for a free port of IPv6, then takes the same one of IPv4, and ends where another process
/// (a driver of another test, a connection) took that one in between.
fn driver() -> Option<(Child, u16)> {
    let mut said = Vec::new();
    for _ in 0..ATTEMPTS {
        let spawned = Command::new("chromedriver").arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut driver = spawned.ok()?;
        let lines = BufReader::new(driver.stdout.take().expect("piped")).lines();
        for line in lines.map_while(Result::ok) {
            if let Some((_, port)) = line.split_once("successfully on port ") {
                return Some((driver, port.trim_end_matches('.').parse().expect("a port")));
            }
            said.push(line);
        }
        let _ = driver.kill();
        let _ = driver.wait();
    }
    panic!("no chromedriver keeps a port:\n{}", said.join("\n"))
}

/// A browser with one window. Ended when dropped.
pub struct Browser {
    driver: Child,
    address: String,
    session: String,
    _profile: tempfile::TempDir,
}

impl Browser {
    /// Starts a browser with an empty profile. Without one the test says that it was skipped and gets `None`.
    pub fn start(test: &str) -> Option<Browser> {
        let Some((driver, port)) = driver() else {
            skip::skipped(test, "no chromedriver; bash tests/install-browser.sh installs it");
            return None;
        };
        let address = format!("127.0.0.1:{port}");
        let profile = tempfile::tempdir().expect("a folder");
        let mut flags: Vec<String> = FLAGS.iter().map(|flag| flag.to_string()).collect();
        flags.push(format!("--user-data-dir={}", profile.path().display()));
        let mut browser = Browser { driver, address, session: String::new(), _profile: profile };
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "goog:chromeOptions": {"args": flags},
            "goog:loggingPrefs": {"browser": "ALL"},
        }}});
        let session = browser.call("/session", &wanted);
        browser.session = format!("/session/{}", session["sessionId"].as_str().expect("a session"));
        Some(browser)
    }

    fn call(&self, path: &str, body: &Value) -> Value {
        let target = format!("{}{path}", self.session);
        let media = [("Content-Type", "application/json")];
        let reply = client::send(&self.address, "POST", &target, &media, body.to_string().as_bytes());
        let mut answer = reply.json();
        assert_eq!(reply.status, 200, "{path} {body}: {answer}");
        answer["value"].take()
    }

    fn develop(&self, command: &str, parameters: Value) -> Value {
        self.call("/goog/cdp/execute", &json!({"cmd": command, "params": parameters}))
    }

    /// Opens an address and waits until it is loaded.
    pub fn open(&self, address: &str) {
        self.call("/url", &json!({"url": address}));
    }

    /// Gives the window a width and a height in CSS pixels.
    pub fn resize(&self, width: u32, height: u32) {
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.develop("Emulation.setDeviceMetricsOverride", size);
    }

    /// Prefers a light or a dark page.
    pub fn prefer(&self, scheme: &str) {
        let feature = json!({"name": "prefers-color-scheme", "value": scheme});
        self.develop("Emulation.setEmulatedMedia", json!({"features": [feature]}));
    }

    /// Runs a function body in the page and answers what it returns.
    pub fn ask(&self, script: &str) -> Value {
        self.call("/execute/sync", &json!({"script": script, "args": []}))
    }

    /// Runs a function body that hands its answer to its last argument, whenever it has it.
    #[allow(dead_code, reason = "each test program uses its part")]
    pub fn ask_later(&self, script: &str) -> Value {
        self.call("/execute/async", &json!({"script": script, "args": []}))
    }

    /// Waits until a script answers `true`.
    pub fn until(&self, script: &str) {
        let began = Instant::now();
        while self.ask(script) != true {
            assert!(began.elapsed().as_secs() < 20, "never: {script}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Does what leads to another page and waits until that page is loaded: the driver waits for addresses that it
    /// opens itself, not for what a key or a click sets going.
    pub fn leaving(&self, act: impl FnOnce()) {
        self.ask("window.leaving = true");
        act();
        self.until("return window.leaving === undefined && document.readyState === 'complete'");
    }

    /// Clicks the element that an expression names and waits for the page that it leads to.
    pub fn click(&self, element: &str) {
        self.leaving(|| {
            self.ask(&format!("{element}.click()"));
        });
    }

    /// Types keys where the cursor is; the private characters of WebDriver stand for special keys.
    pub fn keys(&self, keys: &str) {
        let strokes: Vec<Value> = keys
            .chars()
            .flat_map(|key| ["keyDown", "keyUp"].map(|stroke| json!({"type": stroke, "value": key.to_string()})))
            .collect();
        self.call("/actions", &json!({"actions": [{"type": "key", "id": "keyboard", "actions": strokes}]}));
    }

    /// What the page wrote to its console since the last time, refused requests included.
    pub fn console(&self) -> Vec<Value> {
        self.call("/se/log", &json!({"type": "browser"})).as_array().cloned().unwrap_or_default()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Ends the browser; killing only its driver would leave it behind.
        client::send(&self.address, "DELETE", &self.session, &[], b"");
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// The text of axe-core; `None` where it was not fetched, which is said aloud.
#[allow(dead_code, reason = "each test program uses its part")]
pub fn axe(test: &str) -> Option<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/axe");
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let newest = files.filter(|path| path.to_string_lossy().ends_with(".min.js")).max();
    let script = newest.and_then(|path| std::fs::read_to_string(path).ok());
    if script.is_none() {
        skip::skipped(test, "no axe-core; bash tests/install-axe.sh fetches it");
    }
    script
}
