//! Sign-in at a real identity provider, which `tests/install-oidc.sh` fetches: code flow with PKCE, and what must not let in.

use crate::client::{self, Reply};
use crate::people::{PASSWORD, cookie, own, sign_in, told, with_account};
use crate::server::Server;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Where the provider leads back to. The test itself is the browser, so nobody has to listen there.
const REDIRECT: &str = "http://127.0.0.1:1/login/oidc/done";

/// The provider, running.
struct Provider {
    child: Child,
    address: String,
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Provider {
    /// Starts it; `None` where it is not installed, which is said.
    fn start(test: &str) -> Option<Provider> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let folder = root.join("target/oidc");
        if !folder.join("node_modules/oidc-provider").is_dir() {
            crate::skip::skipped(test, "oidc-provider is not installed; tests/install-oidc.sh fetches it");
            return None;
        }
        let mut child = Command::new("node")
            .arg(root.join("tests/http/provider.mjs"))
            .args([folder.as_os_str(), REDIRECT.as_ref()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("node runs");
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().expect("piped")).read_line(&mut line).expect("a port");
        Some(Provider { child, address: format!("127.0.0.1:{}", line.trim()) })
    }

    fn issuer(&self) -> String {
        format!("http://{}", self.address)
    }
}

/// A browser at the provider: it keeps cookies and follows where it is led.
struct Browser {
    cookies: BTreeMap<String, String>,
}

impl Browser {
    fn ask(&mut self, address: &str, method: &str, target: &str, body: &str) -> Reply {
        let all: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let headers = [("Cookie", all.join("; ")), ("Content-Type", "application/x-www-form-urlencoded".to_string())];
        let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let reply = client::send(address, method, target, &headers, body.as_bytes());
        for (_, set) in reply.headers.iter().filter(|(name, _)| name == "set-cookie") {
            if let Some((name, value)) = set.split(';').next().and_then(|pair| pair.split_once('=')) {
                self.cookies.insert(name.to_string(), value.to_string());
            }
        }
        reply
    }

    /// Signs in as somebody at the provider, from the address that the service gave; the address that it leads back to.
    fn signs_in(provider: &Provider, start: &str, name: &str) -> String {
        let mut browser = Browser { cookies: BTreeMap::new() };
        let issuer = provider.issuer();
        let inside = |place: &str| place.strip_prefix(&issuer).unwrap_or(place).to_string();
        let mut reply = browser.ask(&provider.address, "GET", &inside(start), "");
        for prompt in ["login", "consent"] {
            let page = follow(&mut browser, provider, reply, &inside);
            assert!(page.starts_with("/interaction/"), "{page}");
            let body = format!("prompt={prompt}&login={name}&password=x");
            reply = browser.ask(&provider.address, "POST", &page, &body);
        }
        follow(&mut browser, provider, reply, &inside)
    }
}

/// Follows redirects to a page that asks something, or to where the provider leads back.
fn follow(browser: &mut Browser, provider: &Provider, reply: Reply, inside: &dyn Fn(&str) -> String) -> String {
    let mut reply = reply;
    for _ in 0..6 {
        let place = inside(reply.header("location"));
        assert!(!place.is_empty(), "{} {}", reply.status, reply.text());
        if place.starts_with("/interaction/") || place.starts_with(REDIRECT) {
            return place;
        }
        reply = browser.ask(&provider.address, "GET", &place, "");
    }
    panic!("it leads nowhere");
}

/// A service with accounts beside the provider.
fn service(data: &Path, provider: &Provider, secret: &str) -> Server {
    let file: PathBuf = data.join("secret");
    std::fs::write(&file, format!("{secret}\n")).expect("a file");
    let (issuer, file) = (provider.issuer(), file.display().to_string());
    let arguments =
        ["--access", "internal", "--oidc-issuer", &issuer, "--oidc-client", "faju", "--oidc-name", "县统一身份"];
    let arguments = [&arguments[..], &["--oidc-redirect", REDIRECT, "--oidc-secret-file", &file]].concat();
    Server::start(data, &arguments)
}

/// Sends a browser away; its cookie and the address at the provider.
fn away(server: &Server, next: &str) -> (String, String) {
    let reply = server.get(&format!("/login/oidc?next={next}"));
    assert_eq!(reply.status, 303, "{}", reply.text());
    assert!(reply.header("set-cookie").contains("HttpOnly; SameSite=Lax"));
    (cookie(&reply), reply.header("location").to_string())
}

fn back(server: &Server, place: &str, cookie: &str) -> Reply {
    let target = place.strip_prefix("http://127.0.0.1:1").expect("leads back");
    // The way back comes from another site.
    server.send("GET", target, &[("Cookie", cookie), ("Sec-Fetch-Site", "cross-site")], b"")
}

fn session(reply: &Reply) -> Option<String> {
    let set = reply.headers.iter().filter(|(name, _)| name == "set-cookie");
    let pairs = set.filter_map(|(_, value)| value.split(';').next());
    pairs.filter(|pair| pair.starts_with("faju_session=") && pair.len() > 20).map(str::to_string).next()
}

#[test]
fn somebody_signs_in_at_an_identity_provider_and_nobody_else_does() {
    let test = "somebody_signs_in_at_an_identity_provider_and_nobody_else_does";
    let Some(provider) = Provider::start(test) else { return };
    let folder = tempfile::tempdir().expect("a folder");
    with_account(folder.path(), "administrator", "administrator");
    with_account(folder.path(), "officer", "officer");
    let server = service(folder.path(), &provider, "a-secret-of-the-test");
    assert!(server.get("/login").text().contains("用县统一身份登录"));

    // Nobody is tied to him: he is told his number, and no account is made.
    let (kept, start) = away(&server, "/catalogue");
    for needed in ["code_challenge_method=S256", "response_type=code", "scope=openid", "nonce=", "state="] {
        assert!(start.contains(needed), "{needed}: {start}");
    }
    let place = Browser::signs_in(&provider, &start, "zhao");
    let stranger = back(&server, &place, &kept);
    assert!(stranger.status == 403 && session(&stranger).is_none(), "{}", stranger.status);
    assert!(stranger.text().contains("编号 zhao"), "{}", stranger.text());

    let issuer = provider.issuer();
    let tied = told(folder.path(), &["user", "identity", "officer", "--subject", "zhao", "--oidc-issuer", &issuer], "");
    assert!(tied.contains("zhao"), "{tied}");
    let (kept, start) = away(&server, "/catalogue");
    let place = Browser::signs_in(&provider, &start, "zhao");
    // Another browser, a changed state, no state, another provider: nobody is let in, and the code is not spent on them.
    let other = away(&server, "/").0;
    for (place, cookie) in [
        (place.clone(), other.as_str()),
        (place.clone(), ""),
        (place.replace("state=", "state=x"), kept.as_str()),
        (place.replace("state=", "scope="), kept.as_str()),
        (place.replace("iss=http", "iss=https"), kept.as_str()),
    ] {
        let reply = back(&server, &place, cookie);
        assert!(reply.status == 401 && session(&reply).is_none(), "{place} {}", reply.status);
    }
    let entered = back(&server, &place, &kept);
    assert_eq!((entered.status, entered.header("location")), (303, "/catalogue"), "{}", entered.text());
    let own_session = session(&entered).expect("a session");
    let account = server.send("GET", "/api/v1/account", &[("Cookie", &own_session)], b"").json();
    assert_eq!((account["name"].as_str(), account["role"].as_str()), (Some("officer"), Some("officer")));
    // A code is good once.
    assert_eq!(back(&server, &place, &kept).status, 401);
    // Of two who come back with each other's answers neither is let in: the nonce is that of another sign-in.
    let ((mine, to_mine), (_, to_other)) = (away(&server, "/"), away(&server, "/"));
    let state = |text: &str| {
        let at = text.find("state=").expect("a state");
        text[at..].split('&').next().expect("a state").to_string()
    };
    let foreign = Browser::signs_in(&provider, &to_other, "zhao").replace(&state(&to_other), &state(&to_mine));
    assert_eq!(back(&server, &foreign, &mine).status, 401);

    told(folder.path(), &["user", "set", "officer", "--disable"], "");
    let (kept, start) = away(&server, "/");
    let disabled = back(&server, &Browser::signs_in(&provider, &start, "zhao"), &kept);
    assert!(disabled.status == 401 && session(&disabled).is_none());
    let log = std::fs::read_dir(folder.path().join("audit")).expect("a log");
    let log: String = log.filter_map(|file| std::fs::read_to_string(file.ok()?.path()).ok()).collect();
    assert!(log.contains("identity of no account") && !log.contains("zhao"), "{log}");
}

#[test]
fn whoever_is_signed_in_ties_himself_and_a_second_factor_is_still_asked_for() {
    let test = "whoever_is_signed_in_ties_himself_and_a_second_factor_is_still_asked_for";
    let Some(provider) = Provider::start(test) else { return };
    let folder = tempfile::tempdir().expect("a folder");
    with_account(folder.path(), "administrator", "administrator");
    let server = service(folder.path(), &provider, "a-secret-of-the-test");
    let session_of = cookie(&sign_in(&server, "administrator", PASSWORD));
    let origin = own(&server);
    let change = |body: &str, cookies: &str| {
        let headers = [("Cookie", cookies), ("Origin", &origin), ("Content-Type", "application/x-www-form-urlencoded")];
        server.send("POST", "/account", &headers, body.as_bytes())
    };
    assert!(change("act=tie&old=wrong", &session_of).status == 400, "his password first");
    let sent = change(&format!("act=tie&old={}", crate::encoded(PASSWORD)), &session_of);
    // A form of this server leads to no other host; a link may.
    assert_eq!(sent.status, 200, "{}", sent.text());
    let page = sent.text().replace("&#38;", "&").replace("&amp;", "&");
    let link = page.split("href=\"").find(|rest| rest.starts_with(&provider.issuer())).expect("a link");
    let place = Browser::signs_in(&provider, link.split('"').next().expect("it ends"), "qian");
    // Without the session that asked for it nothing is tied.
    let kept = cookie(&sent);
    let tied = back(&server, &place, &format!("{kept}; {session_of}"));
    assert_eq!((tied.status, tied.header("location")), (303, "/account"), "{}", tied.text());
    let page = server.send("GET", "/account", &[("Cookie", &session_of)], b"").text();
    assert!(page.contains("已绑定") && page.contains("<code>qian</code>"), "{page}");

    // A second factor: the provider is no substitute for it.
    let offered = change(&format!("act=second&old={}", crate::encoded(PASSWORD)), &session_of).text();
    let secret = offered.split("填入密钥 <code>").nth(1).and_then(|rest| rest.split('<').next()).expect("a secret");
    // Codes are good once: each use takes the one of another half minute.
    let totp = |steps: u64| {
        let secret = base32::decode(base32::Alphabet::Rfc4648 { padding: false }, secret).expect("base 32");
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970").as_secs();
        totp_rs::Builder::new().with_secret(secret).build().expect("a secret").generate(now + 30 * steps).to_string()
    };
    assert!(change(&format!("act=confirm&code={}", totp(0)), &session_of).text().contains("动态码已启用"));
    let (kept, start) = away(&server, "/catalogue");
    let asks = back(&server, &Browser::signs_in(&provider, &start, "qian"), &kept);
    assert!(asks.status == 200 && session(&asks).is_none() && asks.text().contains("六位动态码"), "{}", asks.status);
    let vouched = cookie(&asks);
    let code = |code: &str, cookies: &str| {
        let headers = [("Cookie", cookies), ("Origin", &origin), ("Content-Type", "application/x-www-form-urlencoded")];
        server.send("POST", "/login/oidc", &headers, format!("code={code}").as_bytes())
    };
    assert_eq!(
        (code(&totp(1), "").status, code(&totp(1), &kept).status),
        (401, 401),
        "what was kept for another purpose"
    );
    let wrong = code("000000", &vouched);
    assert!(wrong.status == 401 && session(&wrong).is_none());
    let entered = code(&totp(1), &vouched);
    assert_eq!((entered.status, entered.header("location")), (303, "/catalogue"), "{}", entered.text());
    assert!(session(&entered).is_some());

    let untied = change(&format!("act=untie&old={}", crate::encoded(PASSWORD)), &session(&entered).expect("a session"));
    assert_eq!(untied.status, 303, "{}", untied.text());
    let (kept, start) = away(&server, "/");
    assert_eq!(back(&server, &Browser::signs_in(&provider, &start, "qian"), &kept).status, 403);
}

#[test]
fn a_provider_that_is_gone_or_refuses_lets_nobody_in() {
    let test = "a_provider_that_is_gone_or_refuses_lets_nobody_in";
    let Some(provider) = Provider::start(test) else { return };
    let folder = tempfile::tempdir().expect("a folder");
    with_account(folder.path(), "administrator", "administrator");
    // A secret that the provider does not know.
    let server = service(folder.path(), &provider, "another-secret");
    let issuer = provider.issuer();
    told(folder.path(), &["user", "identity", "administrator", "--subject", "sun", "--oidc-issuer", &issuer], "");
    let (kept, start) = away(&server, "/");
    let place = Browser::signs_in(&provider, &start, "sun");
    let refused = back(&server, &place, &kept);
    assert!(refused.status == 401 && refused.text().contains("县统一身份没有证明"), "{}", refused.status);
    let denied = back(
        &server,
        &format!("{REDIRECT}?error=access_denied&{}", &place[place.find("state=").expect("a state")..]),
        &kept,
    );
    assert!(denied.status == 401 && session(&denied).is_none());
    drop(provider);
    let gone = back(&server, &place, &kept);
    assert!(gone.status == 503 && gone.text().contains("暂不可用"), "{} {}", gone.status, gone.text());
    assert_eq!(server.get("/login").status, 200);
    assert_eq!(sign_in(&server, "administrator", PASSWORD).status, 303, "the password still does");
}
