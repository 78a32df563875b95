//! The tasks of docs/tasks.md, done as somebody does them who sees only the pages.

use crate::contract::sample;
use crate::encoded;
use std::path::Path;

/// A reader: the page that is open.
struct Reader {
    page: String,
}

impl Reader {
    /// Opens an address and goes where it leads.
    fn open(&mut self, target: &str) {
        let mut target = target.split('#').next().unwrap_or_default().to_string();
        for _ in 0..200 {
            let reply = sample().get(&target);
            match reply.status {
                200 if !reply.header("refresh").is_empty() => {
                    std::thread::sleep(std::time::Duration::from_millis(20));
                }
                301 | 303 | 307 => target = reply.header("location").split('#').next().unwrap_or_default().to_string(),
                status => {
                    assert!(status < 500, "{target}: {status}");
                    self.page = reply.text();
                    return;
                }
            }
        }
        panic!("{target} leads nowhere");
    }

    /// Follows the first link inside of the page, else the frame around it, that has these words.
    fn follow(&mut self, words: &str) {
        let main = self.page.find("<main").unwrap_or(0);
        let (frame, main) = self.page.split_at(main);
        let href = link(main, words).or_else(|| link(frame, words));
        let href = href.unwrap_or_else(|| panic!("no link {words} in {}", plain(&self.page)));
        self.open(&href);
    }

    fn fill(&mut self, target: &str, fields: &str) {
        let pairs: Vec<String> = fields
            .split('&')
            .map(|pair| {
                let (name, value) = pair.split_once('=').expect("a field");
                format!("{name}={}", encoded(&value.replace("\\n", "\r\n")))
            })
            .collect();
        let reply = sample().post(target, "application/x-www-form-urlencoded", &pairs.join("&"));
        match reply.status {
            303 => self.open(reply.header("location")),
            status => {
                assert_eq!(status, 200, "{}", reply.text());
                self.page = reply.text();
            }
        }
    }
}

/// The address of the first link with these words.
fn link(html: &str, words: &str) -> Option<String> {
    html.split("<a ").skip(1).find_map(|rest| {
        let (inside, _) = rest.split_once("</a>")?;
        let (head, body) = inside.split_once('>')?;
        let href = head.split_once("href=\"")?.1.split('"').next()?;
        plain(body).contains(words).then(|| href.replace("&#38;", "&").replace("&#34;", "\""))
    })
}

/// What people read.
fn plain(html: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out.replace("&#60;", "<").replace("&#62;", ">").replace("&#34;", "\"").replace("&#38;", "&")
}

/// An address as people type it.
fn address(written: &str) -> String {
    written
        .chars()
        .map(|c| if c.is_ascii() && c != ' ' && c != '"' { c.to_string() } else { encoded(&c.to_string()) })
        .collect()
}

#[test]
fn everybody_does_what_they_came_for() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/tasks.md");
    let tasks = std::fs::read_to_string(path).expect("the tasks");
    // What is under review lives as long as the server.
    let _held = sample();
    let (mut kind, mut task, mut done) = ("", "", Vec::new());
    let mut reader = Reader { page: String::new() };
    for line in tasks.lines() {
        if let Some(name) = line.strip_prefix("## ") {
            kind = name;
        } else if let Some(name) = line.strip_prefix("### ") {
            task = name;
            done.push(kind);
        } else if let Some(step) = line.strip_prefix("- ") {
            let said: Vec<&str> = step.split('`').collect();
            let seen = || plain(&reader.page).contains(said[1]);
            match said[0].trim() {
                "打开" => reader.open(&address(said[1])),
                "点" => reader.follow(said[1]),
                "填" => reader.fill(said[1], said[3]),
                "见" => assert!(seen(), "{kind}, {task}: {step}\n{}", plain(&reader.page)),
                "不见" => assert!(!seen(), "{kind}, {task}: {step}\n{}", plain(&reader.page)),
                other => panic!("{kind}, {task}: {other}"),
            }
        }
    }
    let kinds: std::collections::BTreeSet<&str> = done.iter().copied().collect();
    assert_eq!(kinds.len(), 4, "kinds of users");
    for kind in kinds {
        assert_eq!(done.iter().filter(|own| **own == kind).count(), 5, "tasks of {kind}");
    }
}
