//! Accounts from outside: every route for every role, sessions, keys, other sites, and what the log says of it.

use crate::client::Reply;
use crate::program;
use crate::server::Server;
use serde_json::Value;
use std::io::Write;
use std::path::Path;
use std::process::Stdio;

pub const PASSWORD: &str = "临江县的桥有四十二座我都走过";

const ROLES: [&str; 6] = ["officer", "adviser", "reviewer", "editor", "administrator", "auditor"];

/// Runs the program with a line on its standard input.
pub fn told(data: &Path, arguments: &[&str], line: &str) -> String {
    let mut child = program::faju(data, arguments);
    let mut child = child.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
    writeln!(child.stdin.take().expect("piped"), "{line}").expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

pub fn with_account(data: &Path, name: &str, role: &str) {
    told(data, &["user", "add", name, "--role", role], PASSWORD);
}

/// A page of this server sent it.
pub fn own(server: &Server) -> String {
    format!("http://{}", server.address)
}

pub fn sign_in(server: &Server, name: &str, password: &str) -> Reply {
    let body = format!("name={name}&password={}", crate::encoded(password));
    let headers = [("Content-Type", "application/x-www-form-urlencoded"), ("Origin", &own(server))];
    server.send("POST", "/login", &headers, body.as_bytes())
}

pub fn cookie(reply: &Reply) -> String {
    reply.header("set-cookie").split(';').next().unwrap_or_default().to_string()
}

/// A data directory with an account of every role, named after it, and one document of each access.
fn county() -> (tempfile::TempDir, Server) {
    let folder = tempfile::tempdir().expect("a folder");
    for access in ["public", "internal", "restricted"] {
        let file = folder.path().join(format!("{access}.jsonl"));
        let record =
            crate::record(&format!("云桥县{access}办法"), "略。").replace("\"public\"", &format!("\"{access}\""));
        std::fs::write(&file, format!("{record}\n")).expect("a file");
        assert!(program::run(folder.path(), &["import", &file.display().to_string()]).status.success());
    }
    with_account(folder.path(), "administrator", "administrator");
    ROLES.iter().filter(|role| **role != "administrator").for_each(|role| with_account(folder.path(), role, role));
    let server = Server::start(folder.path(), &["--access", "internal"]);
    (folder, server)
}

/// What a route needs, said independently of the table of the program.
fn needed(method: &str, path: &str) -> &'static str {
    let writes =
        ["/api/v1/documents", "/api/v1/corrections", "/api/v1/relations", "/api/v1/redactions", "/api/v1/withdrawals"];
    match path {
        _ if method == "POST" && writes.contains(&path) => "edit",
        _ if path.starts_with("/api/v1/reviews")
            || path.starts_with("/api/v1/opinions")
            || path.starts_with("/api/v1/decisions")
            || path == "/review"
            || path.starts_with("/review/") =>
        {
            "review"
        }
        _ if ["/api/v1/desk", "/api/v1/dossiers", "/desk", "/dossiers"].iter().any(|start| path.starts_with(start)) => {
            "keep"
        }
        _ if path.starts_with("/reviews/") => "keep",
        _ if path.starts_with("/proposals") => "answer",
        "/account" | "/logout" => "own",
        "/accounts" => "administer",
        "/audit" | "/api/v1/audit" => "audit",
        _ => "read",
    }
}

fn may(role: &str, needed: &str) -> bool {
    match needed {
        "read" => true,
        "own" => role != "public",
        "review" | "keep" => ["officer", "adviser", "reviewer", "editor"].contains(&role),
        "answer" => role == "reviewer",
        "edit" => role == "editor",
        "administer" => role == "administrator",
        _ => role == "auditor" && needed == "audit",
    }
}

#[test]
fn every_route_is_open_to_the_roles_that_may_and_to_no_other() {
    let (_folder, server) = county();
    let document = server.get("/api/v1/openapi.json").json();
    let paths = document["paths"].as_object().expect("paths");
    assert!(paths.len() > 40);
    for role in ["public"].iter().chain(&ROLES) {
        let cookie = if *role == "public" { String::new() } else { cookie(&sign_in(&server, role, PASSWORD)) };
        for (path, methods) in paths {
            for method in methods.as_object().expect("methods").keys().map(|method| method.to_uppercase()) {
                // The one route that ends the session that is being used.
                if path == "/logout" && may(role, "own") {
                    continue;
                }
                let target = path.replace("{id}", "none");
                let media = methods[&method.to_lowercase()]["requestBody"]["content"].as_object();
                let media = media.and_then(|content| content.keys().next().cloned()).unwrap_or_default();
                let headers = [("Cookie", cookie.as_str()), ("Origin", &own(&server)), ("Content-Type", &media)];
                let reply = server.send(&method, &target, &headers, b"");
                let needed = needed(&method, path);
                let is_page = method == "GET" && !path.starts_with("/api/");
                let refused = match reply.status {
                    401 | 403 => true,
                    // A page asks to sign in.
                    303 => is_page && reply.header("location").starts_with("/login?next="),
                    _ => false,
                };
                // A form without a name and a password is no sign-in.
                let is_sign_in = path == "/login" && method == "POST";
                assert!(
                    refused != may(role, needed) || is_sign_in,
                    "{role} {method} {path}: {} {}",
                    reply.status,
                    reply.text()
                );
                assert!(reply.status < 500, "{role} {method} {path}: {}", reply.text());
            }
        }
    }
}

#[test]
fn each_role_sees_its_documents_and_cannot_notice_others() {
    let (folder, server) = county();
    let titles = |cookie: &str| -> Vec<String> {
        let reply = server.send("GET", "/api/v1/search?status=all", &[("Cookie", cookie)], b"");
        let page = reply.json();
        let mut titles: Vec<String> = page["items"]
            .as_array()
            .expect("items")
            .iter()
            .map(|item| item["instrument"]["title"].to_string())
            .collect();
        titles.sort();
        titles
    };
    let seen = |role: &str| titles(&cookie(&sign_in(&server, role, PASSWORD))).len();
    assert_eq!(titles("").len(), 1);
    assert_eq!(ROLES.map(seen), [2, 2, 2, 3, 1, 1]);
    // The ceiling of the server holds for everybody.
    let public = Server::start(folder.path(), &[]);
    let session = cookie(&sign_in(&public, "editor", PASSWORD));
    let reply = public.send("GET", "/api/v1/search?status=all", &[("Cookie", &session)], b"");
    assert_eq!(reply.json()["total"]["groups"], 1);
}

#[test]
fn a_session_is_begun_used_listed_and_ended() {
    let (_folder, server) = county();
    let wrong = sign_in(&server, "officer", "falsches Passwort 1");
    assert_eq!((wrong.status, wrong.header("set-cookie")), (401, ""));
    let unknown = sign_in(&server, "nobody", PASSWORD);
    let text = |reply: &Reply| reply.text().replace("nobody", "officer");
    assert_eq!(text(&wrong), text(&unknown), "it tells which names exist");
    let reply = sign_in(&server, "officer", PASSWORD);
    assert_eq!((reply.status, reply.header("location")), (303, "/"));
    assert!(reply.header("set-cookie").contains("HttpOnly; SameSite=Lax"), "{}", reply.header("set-cookie"));
    let session = cookie(&reply);
    let get = |target: &str| server.send("GET", target, &[("Cookie", &session)], b"");
    let who = get("/api/v1/account").json();
    assert_eq!(
        (&who["name"], &who["role"], &who["access"]),
        (&"officer".into(), &"officer".into(), &"internal".into())
    );
    assert_eq!(get("/account").status, 200);
    // A page of another site brings the cookie along, and is refused.
    let form = ("Content-Type", "application/x-www-form-urlencoded");
    for foreign in [("Origin", "http://evil.example"), ("Sec-Fetch-Site", "cross-site"), ("X-Nothing", "said")] {
        let reply = server.send("POST", "/logout", &[("Cookie", &session), form, foreign], b"");
        assert_eq!(reply.status, 403, "{foreign:?}");
    }
    assert_eq!(get("/account").status, 200);
    let reply = server.send("POST", "/logout", &[("Cookie", &session), form, ("Origin", &own(&server))], b"");
    assert_eq!((reply.status, reply.header("location")), (303, "/login"));
    assert_eq!(get("/account").status, 303);
    assert_eq!(get("/api/v1/account").json()["role"], "public");
}

#[test]
fn whoever_guesses_is_held_back() {
    let (_folder, server) = county();
    let statuses: Vec<u16> = (0..6).map(|_| sign_in(&server, "officer", "wrong wrong wrong").status).collect();
    assert_eq!(statuses[..3], [401, 401, 401]);
    assert!(statuses.contains(&429), "{statuses:?}");
    // Somebody else is not.
    assert_eq!(sign_in(&server, "adviser", PASSWORD).status, 303);
}

#[test]
fn a_key_does_what_it_was_given_for_and_no_more() {
    let (folder, server) = county();
    let made = told(folder.path(), &["--json", "key", "add", "editor", "--label", "脚本"], "");
    let key: Value = serde_json::from_str(&made).expect("JSON");
    let bearer = format!("Bearer {}", key["secret"].as_str().expect("a secret"));
    let with = |bearer: &str, method: &str, target: &str, body: &[u8]| {
        let headers = [("Authorization", bearer), ("Content-Type", "application/jsonl")];
        server.send(method, target, &headers, body)
    };
    assert_eq!(with(&bearer, "GET", "/api/v1/search?status=all", b"").json()["total"]["groups"], 3);
    let body = crate::record("云桥县新办法", "略。");
    let reply = with(&bearer, "POST", "/api/v1/documents", body.as_bytes());
    assert_eq!((reply.status, &reply.json()["code"]), (403, &"forbidden".into()));
    let made = told(folder.path(), &["--json", "key", "add", "editor", "--label", "导入", "--right", "edit"], "");
    let writing: Value = serde_json::from_str(&made).expect("JSON");
    let writes = format!("Bearer {}", writing["secret"].as_str().expect("a secret"));
    assert_eq!(with(&writes, "POST", "/api/v1/documents", body.as_bytes()).status, 200);
    told(folder.path(), &["key", "revoke", "editor", &key["id"].to_string()], "");
    assert_eq!(with(&bearer, "GET", "/api/v1/search", b"").status, 401);
    assert_eq!(with("Bearer faju_nonsense", "GET", "/api/v1/search", b"").status, 401);
}

#[test]
fn what_was_done_stands_in_the_log_and_the_log_is_whole() {
    let (folder, server) = county();
    let session = cookie(&sign_in(&server, "editor", PASSWORD));
    sign_in(&server, "editor", "wrong wrong wrong");
    let headers = [("Cookie", session.as_str()), ("Origin", &own(&server)), ("Content-Type", "application/jsonl")];
    let body = crate::record("云桥县新办法", "略。");
    assert_eq!(server.send("POST", "/api/v1/documents", &headers, body.as_bytes()).status, 200);
    assert_eq!(server.send("GET", "/audit", &headers[..2], b"").status, 403);
    let auditor = cookie(&sign_in(&server, "auditor", PASSWORD));
    let page = server.send("GET", "/api/v1/audit", &[("Cookie", &auditor)], b"").json();
    let entries: Vec<String> = page["items"]
        .as_array()
        .expect("items")
        .iter()
        .rev()
        .map(|entry| {
            format!(
                "{} {} {}",
                entry["what"].as_str().unwrap_or(""),
                entry["outcome"].as_str().unwrap_or(""),
                entry["from"].as_str().unwrap_or("")
            )
        })
        .collect();
    for expected in [
        "sign_in done 127.0.0.1",
        "sign_in refused 127.0.0.1",
        "documents begun 127.0.0.1",
        "documents done 127.0.0.1",
        "refusal refused 127.0.0.1",
    ] {
        assert!(entries.iter().any(|entry| entry == expected), "{expected} in {entries:?}");
    }
    assert!(entries.iter().filter(|entry| entry.starts_with("account_add done")).count() == 6, "{entries:?}");
    let log = std::fs::read_dir(folder.path().join("audit"))
        .expect("a log")
        .map(|entry| std::fs::read_to_string(entry.expect("an entry").path()).expect("text"))
        .collect::<String>();
    for secret in [PASSWORD, "wrong wrong wrong", session.split('=').nth(1).expect("a token"), "云桥县新办法"] {
        assert!(!log.contains(secret), "{secret}");
    }
    assert!(program::run(folder.path(), &["audit", "verify"]).status.success());
}

#[test]
fn a_log_that_cannot_be_written_stops_what_would_stand_in_it() {
    let (folder, server) = county();
    let session = cookie(&sign_in(&server, "editor", PASSWORD));
    let audit = folder.path().join("audit");
    let month = std::fs::read_dir(&audit)
        .expect("a log")
        .map(|entry| entry.expect("an entry").path())
        .find(|path| path.extension().is_some())
        .expect("a month");
    let kept = std::fs::read(&month).expect("text");
    std::fs::write(&month, [&kept[..], b"no entry\n"].concat()).expect("written");
    let headers = [("Cookie", session.as_str()), ("Origin", &own(&server)), ("Content-Type", "application/jsonl")];
    let body = crate::record("云桥县新办法", "略。");
    assert_eq!(server.send("POST", "/api/v1/documents", &headers, body.as_bytes()).status, 500);
    assert_eq!(sign_in(&server, "officer", PASSWORD).status, 500);
    std::fs::write(&month, kept).expect("written");
    assert_eq!(server.send("POST", "/api/v1/documents", &headers, body.as_bytes()).json()["new"], 1);
}

#[test]
fn an_account_from_somebody_else_must_change_its_password_first() {
    let (_folder, server) = county();
    let admin = cookie(&sign_in(&server, "administrator", PASSWORD));
    let form = ("Content-Type", "application/x-www-form-urlencoded");
    let body = format!("act=add&name=new&role=officer&password={}", crate::encoded(PASSWORD));
    let reply =
        server.send("POST", "/accounts", &[("Cookie", &admin), form, ("Origin", &own(&server))], body.as_bytes());
    assert_eq!(reply.status, 200, "{}", reply.text());
    let session = cookie(&sign_in(&server, "new", PASSWORD));
    let see = |session: &str| server.send("GET", "/api/v1/search?status=all", &[("Cookie", session)], b"").status;
    assert_eq!(see(&session), 403);
    let body = format!(
        "act=password&old={}&new={1}&again={1}",
        crate::encoded(PASSWORD),
        crate::encoded("另外一句足够长的口令呀")
    );
    let headers = [("Cookie", session.as_str()), form, ("Origin", &own(&server))];
    // Eleven characters are too few.
    assert_eq!(server.send("POST", "/account", &headers, body.as_bytes()).status, 400);
    let new = "另外一句足够长足够长的口令呀";
    let body = format!("act=password&old={}&new={1}&again={1}", crate::encoded(PASSWORD), crate::encoded(new));
    assert_eq!(server.send("POST", "/account", &headers, body.as_bytes()).status, 303);
    assert_eq!(see(&session), 200, "nobody reads what is public");
    let session = cookie(&sign_in(&server, "new", new));
    assert_eq!((see(&session), sign_in(&server, "new", PASSWORD).status), (200, 401));
}

#[test]
fn without_accounts_nothing_changes_and_the_first_one_closes_the_door_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path(), &["--allow-import", "--access", "internal"]);
    let body = crate::record("云桥县办法", "略。").replace("\"public\"", "\"internal\"");
    let post = || server.post("/api/v1/documents", "application/jsonl", &body).status;
    assert_eq!(post(), 200);
    assert_eq!(server.get("/api/v1/search").json()["total"]["groups"], 1);
    for target in ["/account", "/accounts", "/audit", "/api/v1/audit"] {
        assert_eq!(server.get(target).status, 403, "{target}");
    }
    assert!(!folder.path().join("people").exists() && !folder.path().join("audit").exists());
    with_account(folder.path(), "first", "administrator");
    assert_eq!(post(), 401);
    assert_eq!(server.get("/api/v1/search").json()["total"]["groups"], 0);
}

#[test]
fn what_is_restricted_to_a_department_is_for_its_members_and_nobody_else_notices() {
    let (folder, server) = county();
    let record = crate::record("云桥县水上巡查办法", "第一条　巡查船每日发航两次。")
        .replace("\"public\"", "\"restricted\",\"departments\":[\"水务\",\"海事\"]");
    let file = folder.path().join("of-departments.jsonl");
    std::fs::write(&file, format!("{record}\n")).expect("a file");
    assert!(program::run(folder.path(), &["import", &file.display().to_string()]).status.success());
    let search = format!("/api/v1/search?q={}", crate::encoded("\u{201c}巡查船每日发航\u{201d}"));
    let as_officer = |target: &str| {
        let session = cookie(&sign_in(&server, "officer", PASSWORD));
        server.send("GET", target, &[("Cookie", &session)], b"")
    };
    let total = |reply: Reply| reply.json()["total"]["value"].as_u64();
    // The server sees the commit of another process soon.
    std::thread::sleep(std::time::Duration::from_millis(400));
    assert_eq!(total(as_officer(&search)), Some(0));
    let set = |departments: &str| {
        told(folder.path(), &["user", "set", "officer", "--departments", departments], "");
    };
    set("林业，海事");
    let page = as_officer(&search).json();
    assert_eq!(page["total"]["value"], 1, "{page}");
    let id = page["items"][0]["instrument"]["id"].as_str().expect("an id").to_string();
    let opened = as_officer(&format!("/api/v1/instruments/{id}"));
    assert_eq!(opened.status, 200, "{}", opened.text());
    let log = program::run(folder.path(), &["audit", "search", "--json"]);
    assert!(String::from_utf8_lossy(&log.stdout).contains("open_restricted"));
    // Of what is for editors alone he sees no more than before.
    let other = as_officer(&format!("/api/v1/search?q={}", crate::encoded("云桥县restricted办法"))).json();
    let titles = other["items"].as_array().expect("items").iter().map(|item| item["title"].to_string());
    assert!(titles.into_iter().all(|title| !title.contains("restricted")), "{other}");
    for departments in ["林业", ""] {
        set(departments);
        assert_eq!(total(as_officer(&search)), Some(0), "{departments}");
        assert_eq!(as_officer(&format!("/api/v1/instruments/{id}")).status, 404);
    }
    assert_eq!(server.get(&format!("/api/v1/instruments/{id}")).status, 404);
    let wrong = program::run(folder.path(), &["user", "set", "officer", "--departments", "a b"]);
    assert_eq!(wrong.status.code(), Some(2));
}

#[test]
fn a_session_without_the_second_factor_that_its_role_demands_can_only_set_it_up() {
    let (folder, server) = county();
    told(folder.path(), &["user", "demand", "--role", "officer"], "");
    let session = cookie(&sign_in(&server, "officer", PASSWORD));
    let get = |target: &str| server.send("GET", target, &[("Cookie", &session)], b"");
    assert_eq!(get("/account").status, 200);
    assert!(get("/account").text().contains("本角色须用动态码"));
    let refused = get("/api/v1/search?q=%E6%A1%A5");
    assert_eq!(refused.status, 403, "{}", refused.text());
    let headers = [
        ("Cookie", session.as_str()),
        ("Origin", &own(&server)),
        ("Content-Type", "application/x-www-form-urlencoded"),
    ];
    let body = "act=key&name=x&right=read";
    assert!(server.send("POST", "/account", &headers, body.as_bytes()).text().contains("请先启用动态码"));
    let body = format!("act=second&old={}", crate::encoded(PASSWORD));
    let offered = server.send("POST", "/account", &headers, body.as_bytes());
    assert!(offered.status == 200 && offered.text().contains("只显示这一次"), "{}", offered.text());
    // Another role is left alone, and a key of a program too.
    let other = cookie(&sign_in(&server, "adviser", PASSWORD));
    assert_eq!(server.send("GET", "/api/v1/search?q=%E6%A1%A5", &[("Cookie", &other)], b"").status, 200);
    told(folder.path(), &["user", "demand", "--role", "officer", "--off"], "");
    assert_eq!(get("/api/v1/search?q=%E6%A1%A5").status, 200);
}
