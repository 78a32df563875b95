//! Non-interference: two corpora that differ only in documents which the asker may not see answer him identically.

use crate::program;
use crate::random::Random;
use crate::server::Server;
use regex::Regex;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;

/// Requests of the short form.
const REQUESTS: usize = 400;

/// Requests of the long form.
const REQUESTS_LONG: usize = 10_000;

/// Words that stand in hidden documents only.
const HIDDEN_WORDS: [&str; 6] = ["蓝鹭水闸", "夜鹰行动", "密令台账", "鳜鱼码头", "内控红线", "绝密摊位"];

fn imported(data: &Path, arguments: &[&str]) {
    let output = program::run(data, &[&["import"], arguments].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Every document that a server's feed shows.
fn feed(server: &Server) -> Vec<Value> {
    let mut records = Vec::new();
    let mut after = String::new();
    loop {
        let mut page = server.get(&format!("/api/v1/changes?limit=50&after={after}")).json();
        let items = page["items"].as_array_mut().expect("a page");
        records.extend(items.drain(..).filter(|record| record["type"] == "put"));
        after = page["next"].as_str().expect("a cursor").to_owned();
        if page["more"] != true {
            return records;
        }
    }
}

/// A document that nobody but insiders may see, made to meddle with a public one in the way that `turn` chooses.
fn meddling(public: &Value, turn: usize, access: &str) -> Value {
    let word = HIDDEN_WORDS[turn % HIDDEN_WORDS.len()];
    let title = public["title"].as_str().unwrap_or("无题");
    let number = public["document_number"].as_str().map(|number| format!("（{number}）")).unwrap_or_default();
    let mut document = public.clone();
    document["access"] = json!(access);
    let own = |title: String, text: String| {
        json!({"kind": "normative", "level": "normative_document", "title": title, "issuer": "临江县人民政府", "region": "990121",
               "document_number": format!("临密〔2026〕{turn}号"), "promulgation_date": "2026-02-01", "effective_date": "2026-02-01",
               "access": access, "text": text})
    };
    match turn % 8 {
        // A later version of the same instrument.
        0 => {
            let text =
                public["text"].as_str().unwrap_or("").replacen("第二条", &format!("第二条　{word}另行规定。"), 1);
            document["text"] = json!(text);
            document["promulgation_date"] = json!("2026-05-01");
            document["effective_date"] = json!("2026-06-01");
            document
        }
        1 => own(
            format!("临江县人民政府关于废止第{turn}批文件的决定"),
            format!(
                "一、废止《{title}》{number}。\n二、本决定自公布之日起施行。{word}。\n临江县人民政府\n2026年2月1日"
            ),
        ),
        2 => own(
            format!("临江县{word}管理办法之{turn}"),
            format!(
                "第一条　本办法所称{word}，是指摊位。依照《{title}》第一条制定。\n第二条　擅自占用公共空间的，由{word}办公室处五百元罚款。"
            ),
        ),
        // The same text from another source.
        3 => {
            document["source_id"] = json!(format!("hidden-{turn}"));
            document
        }
        4 => own(title.to_string(), format!("第一条　{word}适用本规定。\n第二条　有效期至2026年3月1日。")),
        5 => own(
            format!("临江县人民政府关于延长《{title}》有效期的通知"),
            format!("《{title}》{number}有效期延长至2030年12月31日。{word}。"),
        ),
        6 => own(
            format!("临江县人民政府关于修改《{title}》的决定"),
            format!("一、将《{title}》第一条修改为：“{word}。”\n二、本决定自2026年2月1日起施行。"),
        ),
        _ => {
            json!({"kind": "case", "case_kind": "penalty_decision", "title": format!("{word}案行政处罚决定书"), "issuer": "临江县城市管理局",
                    "region": "990121", "case_number": format!("临城管罚决〔2026〕{}号", 900 + turn), "decided_on": "2026-03-01",
                    "cause": "擅自占用公共空间", "access": access,
                    "text": format!("【违法事实】\n当事人在{word}占用公共空间。\n【理由】\n违反《{title}》第一条。\n【处罚决定】\n依照《{title}》第一条，罚款{turn}00元。")})
        }
    }
}

fn hidden(public: &[Value], access: &str, from: usize) -> String {
    let documents = public.iter().enumerate().map(|(at, record)| meddling(&record["document"], at + from, access));
    documents.map(|document| format!("{document}\n")).collect()
}

/// Insiders act upon public documents and withdraw further sources of them that nobody else saw.
fn meddle(data: &Path, public: &[Value]) {
    let insider = Server::start(data, &["--access", "internal"]);
    let all = feed(&insider);
    let hidden: Vec<&Value> = all.iter().filter(|record| record["document"]["access"] == "internal").collect();
    let id = |record: &Value| record["id"].as_str().expect("an id").to_owned();
    let acting = hidden
        .iter()
        .find(|record| record["document"]["title"].as_str().is_some_and(|title| title.contains("管理办法之")));
    let acting = id(acting.expect("a hidden document"));
    drop(insider);
    let done = |arguments: &[&str]| {
        let output = program::run(data, arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    };
    let texts = public.iter().filter(|record| record["document"]["kind"] == "normative").take(4);
    for (at, target) in texts.enumerate() {
        let (relation, target) = (["repeals", "amends"][at % 2], id(target));
        done(&["relate", &acting, relation, &target, "--on", "2025-04-01", "--reason", "r", "--proof", "p"]);
    }
    let is_public = |record: &&&Value| public.iter().any(|other| other["id"] == record["id"]);
    let further: Vec<String> = hidden.iter().filter(is_public).map(|record| id(record)).take(3).collect();
    assert!(!further.is_empty());
    further.iter().for_each(|id| done(&["withdraw", id, "--origin", "local/hidden", "--reason", "geheim"]));
}

/// The two corpora: the second has hidden documents before, between and behind the public ones, and acts upon them.
struct Worlds {
    _folders: [tempfile::TempDir; 2],
    servers: [Server; 2],
    ids: Vec<String>,
    texts: Vec<String>,
}

impl Worlds {
    fn new() -> Worlds {
        let folders = [(); 2].map(|()| tempfile::tempdir().expect("a folder"));
        let [open, mixed] = [0, 1].map(|at| folders[at].path());
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/sample");
        let sample = |part: &str| sample.join(part).display().to_string();
        let parts = ["national", "province", "city", "county", "cases"];
        parts.iter().for_each(|part| imported(open, &[&sample(part)]));
        let plain = Server::start(open, &[]);
        let public = feed(&plain);
        let file = mixed.join("hidden.jsonl");
        let write = |text: &str| std::fs::write(&file, text).expect("a file");
        write(&hidden(&public, "internal", 0));
        imported(mixed, &[&file.display().to_string()]);
        parts.iter().take(3).for_each(|part| imported(mixed, &[&sample(part)]));
        write(&hidden(&public, "restricted", 3));
        imported(mixed, &[&file.display().to_string()]);
        parts.iter().skip(3).for_each(|part| imported(mixed, &[&sample(part)]));
        write(&hidden(&public, "internal", 5));
        imported(mixed, &[&file.display().to_string()]);
        std::fs::remove_file(&file).expect("it is there");
        meddle(mixed, &public);
        // The words of titles come into the dictionary with a rebuild; so they do in both.
        folders.iter().for_each(|folder| assert!(program::run(folder.path(), &["rebuild"]).status.success()));
        drop(plain);
        let insider = Server::start(mixed, &["--access", "internal"]);
        let all = feed(&insider);
        drop(insider);
        let ids: BTreeSet<String> =
            public.iter().chain(&all).filter_map(|record| record["id"].as_str().map(str::to_owned)).collect();
        let texts = public
            .iter()
            .chain(&all)
            .filter_map(|record| record["document"]["text"].as_str().map(str::to_owned))
            .collect();
        let servers = [open, mixed].map(|data| Server::start(data, &[]));
        Worlds { _folders: folders, servers, ids: ids.into_iter().collect(), texts }
    }

    /// Words of some text: of a public one or of a hidden one.
    fn words(&self, random: &mut Random, most: usize) -> String {
        if random.below(6) == 0 {
            return (*random.one_of(&HIDDEN_WORDS)).to_owned();
        }
        let text: Vec<char> = random.one_of(&self.texts).chars().filter(|char| !char.is_whitespace()).collect();
        let (from, length) = (random.below(text.len()), 1 + random.below(most));
        text[from..].iter().take(length).collect()
    }

    fn id(&self, random: &mut Random) -> String {
        let id = random.one_of(&self.ids);
        let bare = id.split('@').next().unwrap_or(id).to_owned();
        match random.below(4) {
            0 => bare,
            1 => format!("{bare}/a{}", 1 + random.below(6)),
            2 => format!("{id}/a{}", 1 + random.below(6)),
            _ => id.clone(),
        }
    }

    fn search(&self, random: &mut Random) -> String {
        let words = self.words(random, 9);
        let mut query =
            vec![format!("q={}", crate::encoded(&if random.below(4) == 0 { format!("“{words}”") } else { words }))];
        for more in [
            "status=all",
            "sort=date",
            "kind=case",
            "kind=normative",
            "group=none",
            "facets=kind,level,issuer,year,region,cause",
            "explain=true",
            "as_of=2026-07-01",
            "as_of=2025-01-01",
            "limit=3",
            "rank=lexical",
            "match=all",
            "total=exact",
        ] {
            if random.below(6) == 0 && !query.iter().any(|one| one.split('=').next() == more.split('=').next()) {
                query.push(more.to_owned());
            }
        }
        query.join("&")
    }

    /// A request: method, target, body.
    fn request(&self, random: &mut Random) -> (&'static str, String, String) {
        let get = |target: String| ("GET", target, String::new());
        let of = |path: &str, random: &mut Random| get(format!("{path}{}", self.id(random)));
        match random.below(26) {
            0..4 => get(format!("/api/v1/search?{}", self.search(random))),
            4 => get(format!("/?{}", self.search(random))),
            5 => get(format!("/api/v1/suggest?q={}", crate::encoded(&self.words(random, 3)))),
            6 => of("/api/v1/instruments/", random),
            7 => of("/api/v1/provisions/", random),
            8 => of("/api/v1/documents/", random),
            9 => of("/api/v1/citations/", random),
            10 => of("/api/v1/cited-by/", random),
            11 => of("/api/v1/impact/", random),
            12 => of("/api/v1/similar/", random),
            13 => of("/api/v1/cases/", random),
            14 => of("/api/v1/diff/", random),
            15 => get(format!(
                "/api/v1/files/{}?format={}",
                self.id(random),
                random.one_of(&["text", "md", "json", "html"])
            )),
            16 => get(format!("/api/v1/list?{}&format=csv", self.search(random).split("&sort").next().unwrap_or(""))),
            17 => get(format!("/api/v1/changes?after=c{}&limit={}", random.below(90), 1 + random.below(20))),
            18 => get(format!("/api/v1/precedents?q={}", crate::encoded(&self.words(random, 4)))),
            19 => get(format!("/api/v1/catalogue?year={}", 2024 + random.below(3))),
            20 => {
                let path =
                    *random.one_of(&["/i/", "/p/", "/cited-by/", "/impact/", "/compare/", "/superior/", "/similar/"]);
                of(path, random)
            }
            21 => {
                get((*random.one_of(&["/about", "/catalogue", "/precedents", "/api/v1/search?status=all"])).to_owned())
            }
            22 => ("POST", "/api/v1/match".to_owned(), json!({"text": self.words(random, 80)}).to_string()),
            23 => ("POST", "/api/v1/similar".to_owned(), json!({"text": self.words(random, 80)}).to_string()),
            24 => {
                ("POST", "/api/v1/citations/resolve".to_owned(), json!({"text": self.words(random, 200)}).to_string())
            }
            _ => ("POST", "/api/v1/reviews".to_owned(), json!({"text": self.words(random, 600)}).to_string()),
        }
    }
}

/// What may differ between two runs: times, ids of requests, random names of journals and of what is under way.
fn comparable(body: &[u8], volatile: &Regex) -> String {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(fields) => {
                for volatile in ["took_ms", "request_id", "at", "recorded_at", "next"] {
                    fields.remove(volatile);
                }
                fields.values_mut().for_each(strip);
            }
            Value::Array(items) => items.iter_mut().for_each(strip),
            _ => {}
        }
    }
    match serde_json::from_slice::<Value>(body) {
        Ok(mut value) => {
            strip(&mut value);
            value.to_string()
        }
        Err(_) => {
            let page = String::from_utf8_lossy(body);
            volatile.replace_all(&page, "").into_owned()
        }
    }
}

#[test]
fn whoever_may_not_see_a_document_cannot_notice_it() {
    differ_in_nothing(REQUESTS);
}

#[test]
#[ignore = "four minutes: just security"]
fn whoever_asks_ten_thousand_times_cannot_notice_it_either() {
    differ_in_nothing(REQUESTS_LONG);
}

fn differ_in_nothing(requests: usize) {
    let worlds = Worlds::new();
    let mut random = Random::new(20);
    // How long it took, and the generation of a cursor with its check sum.
    let volatile = Regex::new("用时 [0-9.]+ 毫秒|cursor=[0-9a-f.]+").expect("a pattern");
    let mut differing = Vec::new();
    for _ in 0..requests {
        let (method, target, body) = worlds.request(&mut random);
        let headers = [("Content-Type", "application/json"), ("X-Request-Id", "same")];
        let [plain, mixed] = [0, 1].map(|at| worlds.servers[at].send(method, &target, &headers, body.as_bytes()));
        let (one, other) = (comparable(&plain.body, &volatile), comparable(&mixed.body, &volatile));
        let header = |name: &str| plain.header(name) == mixed.header(name);
        if plain.status != mixed.status || one != other || !["location"].iter().all(|name| header(name)) {
            let at = one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
            let around = |text: &str| text.chars().skip(at.saturating_sub(60)).take(160).collect::<String>();
            differing.push(format!(
                "{method} {target} {body}\n  {} {}\n  {} {}",
                plain.status,
                around(&one),
                mixed.status,
                around(&other)
            ));
        }
    }
    assert!(
        differing.is_empty(),
        "{} of {requests} differ:\n{}",
        differing.len(),
        differing[..differing.len().min(12)].join("\n")
    );
}
