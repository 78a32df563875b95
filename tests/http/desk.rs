//! What people keep, from outside: the desk, dossiers, kept reviews, what they watch and are told, and proposals of the public.

use crate::client::Reply;
use crate::people::{PASSWORD, cookie, own, sign_in, told, with_account};
use crate::program;
use crate::server::Server;
use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::time::{Duration, Instant};

/// A data directory with one document, and an account of some roles.
struct County {
    folder: tempfile::TempDir,
    server: Server,
}

impl County {
    fn with(arguments: &[&str]) -> County {
        let folder = tempfile::tempdir().expect("a folder");
        import(folder.path(), &crate::record("云桥县流动摊贩管理办法", "摊贩应当登记。"));
        with_account(folder.path(), "administrator", "administrator");
        for role in ["officer", "adviser", "reviewer"] {
            with_account(folder.path(), role, role);
        }
        let server = Server::start(folder.path(), &[&["--access", "internal"], arguments].concat());
        County { folder, server }
    }

    fn session(&self, name: &str) -> String {
        cookie(&sign_in(&self.server, name, PASSWORD))
    }

    fn get(&self, session: &str, target: &str) -> Reply {
        self.server.send("GET", target, &[("Cookie", session)], b"")
    }

    fn post(&self, session: &str, target: &str, body: &str) -> Reply {
        let form = ("Content-Type", "application/x-www-form-urlencoded");
        let origin = own(&self.server);
        self.server.send("POST", target, &[("Cookie", session), form, ("Origin", &origin)], body.as_bytes())
    }

    fn desk(&self, session: &str) -> Value {
        self.get(session, "/api/v1/desk").json()
    }

    /// The id of the one document.
    fn id(&self) -> String {
        let page = self.server.get("/api/v1/search?status=all").json();
        page["items"][0]["instrument"]["id"].as_str().expect("an id").to_string()
    }

    /// Waits until so many notices are there.
    fn notices(&self, session: &str, least: usize) -> Vec<Value> {
        let until = Instant::now() + Duration::from_secs(60);
        loop {
            let notices = self.desk(session)["notices"].as_array().expect("a list").clone();
            if notices.len() >= least || Instant::now() > until {
                return notices;
            }
            std::thread::sleep(Duration::from_millis(200));
        }
    }
}

fn import(data: &Path, record: &str) {
    let file = data.join("import.jsonl");
    std::fs::write(&file, format!("{record}\n")).expect("a file");
    let done = program::run(data, &["import", &file.display().to_string()]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn searches_and_dossiers_are_kept_shown_exported_and_nobody_elses() {
    let county = County::with(&[]);
    let (own, other) = (county.session("officer"), county.session("adviser"));
    let id = county.id();
    let reading = county.get(&own, &format!("/i/{id}"));
    assert!(reading.text().contains("/desk/add?id="), "{}", reading.text());
    assert!(!county.server.get(&format!("/i/{id}")).text().contains("/desk/add"));
    assert_eq!(county.get(&own, &format!("/desk/add?id={id}")).status, 200);
    assert_eq!(county.get(&own, "/desk/add?id=none").status, 404);

    county.post(&own, "/desk", "act=search&name=%E5%8D%A0%E9%81%93&query=q%3D%25E6%2591%258A");
    let provision = format!("{id}/a1");
    let body = format!("act=put&id={provision}&title=%E5%8D%B7&note={}", crate::encoded("要点<b>"));
    let made = county.post(&own, "/desk", &body);
    assert_eq!(made.status, 303, "{}", made.text());
    let place = made.header("location").to_string();
    let page = county.get(&own, &place).text();
    for expected in ["摊贩应当登记。", "要点&#60;b&#62;", "《云桥县流动摊贩管理办法》", "核对日"]
    {
        assert!(page.contains(expected), "{expected} in {page}");
    }
    let number = place.rsplit('/').next().expect("a number");
    let file = county.get(&own, &format!("/api/v1/dossiers/{number}?format=md"));
    assert!(file.text().contains("摊贩应当登记。") && file.text().contains("注：要点\\<b>"), "{}", file.text());
    let word = county.get(&own, &format!("/api/v1/dossiers/{number}"));
    assert!(word.status == 200 && word.body.starts_with(b"PK"));
    let desk = county.desk(&own);
    assert_eq!((&desk["searches"][0]["name"], &desk["dossiers"][0]["entries"]), (&"占道".into(), &1.into()));

    // Another account, and the public, do not reach it.
    let empty = county.desk(&other);
    assert_eq!(
        (empty["searches"].as_array().map(Vec::len), empty["dossiers"].as_array().map(Vec::len)),
        (Some(0), Some(0))
    );
    for target in [place.as_str(), &format!("/api/v1/dossiers/{number}")] {
        assert_eq!(county.get(&other, target).status, 404, "{target}");
    }
    assert_eq!(county.post(&other, &place, "act=take&entry=1").status, 404);
    assert_eq!(county.post(&own, &place, "act=take&entry=99").status, 404);
    assert_eq!(county.server.get(&format!("/api/v1/dossiers/{number}")).status, 401);

    // A text that was withdrawn stays in the list by its note alone.
    assert_eq!(county.post(&own, "/desk", &format!("act=watch&id={id}")).status, 200);
    let gone = program::run(county.folder.path(), &["withdraw", &id, "--reason", "错收"]);
    assert!(gone.status.success(), "{}", String::from_utf8_lossy(&gone.stderr));
    std::thread::sleep(Duration::from_millis(500));
    let page = county.get(&own, &place).text();
    assert!(page.contains("已经撤下") && page.contains("要点") && !page.contains("摊贩"), "{page}");
    for target in ["/desk", "/api/v1/desk", "/desk/atom"] {
        assert!(!county.get(&own, target).text().contains("摊贩"), "{target}");
    }

    // What somebody keeps goes with the account.
    told(county.folder.path(), &["user", "remove", "officer"], "");
    assert_eq!(county.get(&own, "/api/v1/desk").status, 401);
}

#[test]
fn wrong_forms_of_the_desk_are_told_and_change_nothing() {
    let county = County::with(&[]);
    let own = county.session("officer");
    let long = "名".repeat(121);
    for (body, status, says) in [
        ("act=search&name=&query=q%3Da".to_string(), 400, "不能为空"),
        (format!("act=search&name={}&query=q%3Da", crate::encoded(&long)), 400, "最多 120 个字"),
        ("act=watch&id=none".to_string(), 404, "none"),
        ("act=put&id=none&title=a".to_string(), 404, "none"),
        ("act=unwatch&id=7".to_string(), 404, "7"),
        ("act=unwatch&id=x".to_string(), 400, "须为编号"),
        ("act=nothing".to_string(), 400, "没有这种操作"),
        ("act=hook&url=https%3A%2F%2Foa.example%2F".to_string(), 400, "没有开放推送"),
        ("act=dossier&other=1".to_string(), 400, "other"),
    ] {
        let reply = county.post(&own, "/desk", &body);
        assert_eq!(reply.status, status, "{body}: {}", reply.text());
        assert!(reply.text().contains(says), "{says}: {}", reply.text());
    }
    let foreign = [
        ("Cookie", own.as_str()),
        ("Origin", "https://evil.example"),
        ("Content-Type", "application/x-www-form-urlencoded"),
    ];
    assert_eq!(county.server.send("POST", "/desk", &foreign, b"act=dossier&title=a").status, 403);
    let desk = county.desk(&own);
    for (name, kept) in desk.as_object().expect("an object") {
        assert_eq!(kept.as_array().map(Vec::len), Some(0), "{name}: {kept}");
    }
}

/// Takes one request and answers; its head and body.
fn taken(listener: &TcpListener, status: &str) -> (String, String) {
    listener.set_nonblocking(true).expect("a mode");
    let until = Instant::now() + Duration::from_secs(60);
    let mut stream = loop {
        match listener.accept() {
            Ok((stream, _)) => break stream,
            Err(_) => assert!(Instant::now() < until, "nobody called"),
        }
        std::thread::sleep(Duration::from_millis(50));
    };
    stream.set_nonblocking(false).expect("a mode");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a limit");
    let (mut bytes, mut part) = (Vec::new(), [0; 4096]);
    loop {
        let count = stream.read(&mut part).expect("bytes");
        bytes.extend_from_slice(&part[..count]);
        let text = String::from_utf8_lossy(&bytes).to_string();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(':')?;
                name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
            });
            if body.len() >= length.expect("a length") {
                write!(stream, "HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                    .expect("answered");
                return (head.to_string(), body.to_string());
            }
        }
        assert!(count > 0, "it ended early: {text}");
    }
}

fn header<'a>(head: &'a str, name: &str) -> &'a str {
    let found = head.lines().filter_map(|line| line.split_once(':')).find(|(own, _)| own.eq_ignore_ascii_case(name));
    found.map_or("", |(_, value)| value.trim())
}

#[test]
fn whoever_watches_is_told_on_the_page_in_the_feed_and_by_a_signed_call() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let hook = format!("http://{}/hooks", listener.local_addr().expect("an address"));
    let county = County::with(&["--webhook", &hook]);
    let own = county.session("officer");
    let id = county.id();
    let secret =
        county.post(&own, "/desk", &format!("act=hook&url={}", crate::encoded(&format!("{hook}/faju")))).text();
    let secret = secret.split("fajuhook_").nth(1).and_then(|rest| rest.split('<').next()).expect("a secret");
    let secret = format!("fajuhook_{secret}");
    assert!(!county.get(&own, "/desk").text().contains(&secret) && !county.desk(&own).to_string().contains(&secret));
    assert_eq!(county.post(&own, "/desk", "act=hook&url=http%3A%2F%2F127.0.0.1%3A1%2F").status, 400);
    assert!(county.post(&own, "/desk", &format!("act=watch&id={id}")).text().contains("已关注"));
    assert!(county.post(&own, "/desk", &format!("act=watch&id={id}")).text().contains("原已关注"));

    let record = crate::record("云桥县流动摊贩管理办法", "摊贩应当登记，不得占道。")
        .replace("2024-03-01", "2025-03-01")
        .replace("2024-04-01", "2025-04-01")
        .replace("2024年4月1日", "2025年4月1日");
    import(county.folder.path(), &record);
    let notices = county.notices(&own, 1);
    assert!(
        notices.iter().any(|notice| notice["text"].as_str().is_some_and(|text| text.contains("2025-04-01"))),
        "{notices:?}"
    );
    let feed = county.get(&own, "/desk/atom");
    assert!(feed.header("content-type").starts_with("application/atom+xml"));
    assert!(
        feed.text().contains("<title>云桥县流动摊贩管理办法</title>") && feed.text().contains("2025-04-01"),
        "{}",
        feed.text()
    );

    let (head, body) = taken(&listener, "204 No Content");
    assert!(head.starts_with("POST /hooks/faju "), "{head}");
    let told: Value = serde_json::from_str(&body).expect("JSON");
    assert_eq!(told["notices"].as_array().map(Vec::len), Some(notices.len()), "{body}");
    let signed = signature(&secret, &format!("{}.{body}", header(&head, "x-faju-timestamp")));
    assert_eq!(header(&head, "x-faju-signature"), format!("sha256={signed}"));
    std::thread::sleep(Duration::from_secs(1));
    let hooks = county.desk(&own)["hooks"].clone();
    assert_eq!(
        (&hooks[0]["failures"], &hooks[0]["told"]),
        (&0.into(), &told["notices"].as_array().expect("some").last().expect("one")["id"])
    );

    // What fails is told, and tried again.
    let versions = county.server.get(&format!("/api/v1/instruments/{id}")).json()["versions"].clone();
    for version in versions.as_array().expect("versions") {
        let version = format!("{id}@{}", version["key"].as_str().expect("a key"));
        let gone = program::run(county.folder.path(), &["withdraw", &version, "--reason", "错收"]);
        assert!(gone.status.success(), "{}", String::from_utf8_lossy(&gone.stderr));
    }
    county.notices(&own, notices.len() + 1);
    taken(&listener, "503 Busy");
    std::thread::sleep(Duration::from_secs(1));
    assert!(county.desk(&own)["hooks"][0]["problem"].as_str().is_some_and(|why| why.contains("503")));
    county.post(&own, "/desk", "act=retry_hook&id=1");
    let (_, body) = taken(&listener, "200 OK");
    assert!(body.contains("已经撤下") && !body.contains("摊贩"), "{body}");
    // Others have no news.
    assert_eq!(county.desk(&county.session("adviser"))["notices"].as_array().map(Vec::len), Some(0));
}

/// The hexadecimal HMAC-SHA256, by the program that everybody has.
fn signature(secret: &str, text: &str) -> String {
    use ring::hmac;
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    hmac::sign(&key, text.as_bytes()).as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn what_somebody_may_see_no_more_is_not_named_on_his_desk() {
    let folder = tempfile::tempdir().expect("a folder");
    let record = crate::record("云桥县内部处置预案", "略。")
        .replace("\"public\"", "\"restricted\",\"departments\":[\"emergency\"]");
    import(folder.path(), &record);
    with_account(folder.path(), "administrator", "administrator");
    with_account(folder.path(), "officer", "officer");
    told(folder.path(), &["user", "set", "officer", "--departments", "emergency"], "");
    let county = County { server: Server::start(folder.path(), &["--access", "internal"]), folder };
    let own = county.session("officer");
    let found = county.get(&own, "/api/v1/search?status=all").json();
    let id = found["items"][0]["instrument"]["id"].as_str().expect("he sees it").to_string();
    assert_eq!(county.post(&own, "/desk", &format!("act=watch&id={id}")).status, 200);
    let place = county.post(&own, "/desk", &format!("act=put&id={id}&title=a")).header("location").to_string();
    assert!(
        county.get(&own, &place).text().contains("处置预案") && county.get(&own, "/desk").text().contains("处置预案")
    );

    told(county.folder.path(), &["user", "set", "officer", "--departments", ""], "");
    let own = county.session("officer");
    assert_eq!(county.get(&own, &format!("/i/{id}")).status, 404);
    for target in [place.as_str(), "/desk", "/api/v1/desk", "/desk/atom"] {
        let text = county.get(&own, target).text();
        assert!(!text.contains("处置预案"), "{target}: {text}");
    }
}

#[test]
fn a_validity_that_ends_soon_is_told_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let today = jiff::tz::offset(8).to_datetime(jiff::Timestamp::now()).date();
    let ends = today.saturating_add(jiff::Span::new().days(30)).strftime("%Y年%-m月%-d日").to_string();
    let record = crate::record("云桥县烟花爆竹管理规定", "略。")
        .replace("2024年4月1日起施行", &format!("2024年4月1日起施行，有效期至{ends}"));
    import(folder.path(), &record);
    with_account(folder.path(), "administrator", "administrator");
    with_account(folder.path(), "officer", "officer");
    let county = County { server: Server::start(folder.path(), &[]), folder };
    let own = county.session("officer");
    county.post(&own, "/desk", &format!("act=watch&id={}", county.id()));
    let notices = county.desk(&own)["notices"].clone();
    assert_eq!(notices[0]["kind"], "ending", "{notices:?}");
    // A look does not tell it again.
    import(county.folder.path(), &crate::record("云桥县另一办法", "略。"));
    std::thread::sleep(Duration::from_secs(5));
    assert_eq!(county.desk(&own)["notices"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_review_is_kept_with_what_was_decided_and_opened_again() {
    let county = County::with(&[]);
    let (own, other) = (county.session("reviewer"), county.session("adviser"));
    let draft =
        "云桥县流动摊贩管理暂行规定\n第一条　流动摊贩违反本规定的，由城市管理部门处一万元罚款，并吊销营业执照。";
    let sent = county.post(&own, "/review", &format!("text={}", crate::encoded(draft)));
    assert_eq!(sent.status, 303, "{}", sent.text());
    let place = sent.header("location").to_string();
    let until = Instant::now() + Duration::from_secs(30);
    let page = loop {
        let page = county.get(&own, &place).text();
        if page.contains("保存到工作台") || Instant::now() > until {
            break page;
        }
        std::thread::sleep(Duration::from_millis(200));
    };
    let finding = page
        .split("name=\"finding\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("a finding")
        .to_string();
    let decide = |session: &str, place: &str, verdict: &str| {
        county.post(session, place, &format!("finding={finding}&verdict={verdict}&note={}", crate::encoded("另有依据")))
    };
    assert_eq!(decide(&own, &place, "dismiss").status, 303);
    assert_eq!(county.post(&own, &place, "verdict=keep").status, 303);
    assert_eq!(county.post(&own, &place, "verdict=keep").status, 303, "kept once");
    let desk = county.desk(&own);
    assert_eq!((desk["reviews"].as_array().map(Vec::len), &desk["reviews"][0]["decided"]), (Some(1), &1.into()));
    county.post(&own, &place, "verdict=forget");
    assert_eq!(county.get(&own, &place).status, 404);

    let again = county.get(&own, "/reviews/1");
    assert_eq!(again.status, 303, "{}", again.text());
    let place = again.header("location").to_string();
    let page = county.get(&own, &place).text();
    assert!(
        page.contains("另有依据") && page.contains("流动摊贩违反本规定的") && page.contains("已保存到工作台"),
        "{page}"
    );
    // Whoever was given the address may read it, and decides nothing.
    assert_eq!(decide(&other, &place, "accept").status, 403);
    assert_eq!(county.get(&other, "/reviews/1").status, 404);
    assert_eq!(decide(&own, &place, "reopen").status, 303);
    assert_eq!(county.desk(&own)["reviews"][0]["decided"], 0);
    assert_eq!(county.post(&own, "/desk", "act=forget_review&id=1").status, 200);
    assert_eq!(county.get(&own, "/reviews/1").status, 404);
}

#[test]
fn anybody_may_propose_a_review_and_reads_the_answer_by_the_receipt() {
    let county = County::with(&[]);
    let id = county.id();
    assert!(county.server.get(&format!("/i/{id}")).text().contains("提出审查建议"));
    let form = "application/x-www-form-urlencoded";
    let body = format!(
        "provision={}&reason={}&name={}&contact={}",
        crate::encoded("第一条"),
        crate::encoded("登记没有上位法依据<script>"),
        crate::encoded("某居民"),
        crate::encoded("13800000000")
    );
    let sent = county.server.post(&format!("/propose/{id}"), form, &body).text();
    let receipt = sent.split("<code>JY").nth(1).and_then(|rest| rest.split('<').next()).expect("a receipt");
    let asked = format!("receipt=jy%20{}", receipt.to_lowercase());
    let state = county.server.post("/proposal", form, &asked).text();
    assert!(state.contains("已收到") && state.contains("登记没有上位法依据&#60;script&#62;"), "{state}");
    assert!(!state.contains("某居民") && !state.contains("13800000000"), "{state}");
    assert_eq!(county.server.post("/proposal", form, "receipt=JY0000000000000000").status, 404);
    assert_eq!(county.server.post(&format!("/propose/{id}"), form, "reason=").status, 400);
    assert_eq!(county.server.post("/propose/none", form, "reason=a").status, 404);

    let reviewer = county.session("reviewer");
    assert!(county.get(&reviewer, "/proposals").text().contains("云桥县流动摊贩管理办法"));
    assert!(county.get(&reviewer, "/proposals/1").text().contains("13800000000"));
    for other in ["officer", "adviser", "administrator"] {
        assert_eq!(county.get(&county.session(other), "/proposals/1").status, 403, "{other}");
    }
    assert_eq!(county.post(&reviewer, "/proposals/1", "state=answered&answer=").status, 400, "an end needs words");
    let answer = format!("state=answered&answer={}", crate::encoded("已列入修改计划"));
    assert_eq!(county.post(&reviewer, "/proposals/1", &answer).status, 303);
    let state = county.server.post("/proposal", form, &asked).text();
    assert!(state.contains("已答复") && state.contains("已列入修改计划"), "{state}");
    for _ in 0..3 {
        county.server.post(&format!("/propose/{id}"), form, "reason=a");
    }
    let many = format!("id=2&id=4&state=declined&answer={}", crate::encoded("与审查无关"));
    assert_eq!(county.post(&county.session("officer"), "/proposals", &many).status, 403);
    assert_eq!(county.post(&reviewer, "/proposals", &many.replace("id=4", "id=9")).status, 404, "none of them");
    assert!(county.get(&reviewer, "/proposals").text().contains("待办 3 件"));
    assert_eq!(county.post(&reviewer, "/proposals", &many).status, 303);
    let queue = county.get(&reviewer, "/proposals?offset=0").text();
    assert!(queue.contains("共 4 件") && queue.contains("待办 1 件") && queue.contains("不予受理"), "{queue}");
    assert_eq!(county.get(&reviewer, "/proposals?offset=x").status, 400);
    let log = program::run(county.folder.path(), &["audit", "search", "--what", "proposal"]);
    let log = String::from_utf8_lossy(&log.stdout).to_string();
    assert!(!log.contains("某居民") && !log.contains("127.0.0.1"), "{log}");
}
