use super::*;
use crate::law::{Access, AuthorityLevel, Kind};
use proptest::prelude::*;
use rusqlite::Connection;

/// A fictional database of the shape of LawRefBook's.
fn database() -> Vec<u8> {
    let mut connection = Connection::open_in_memory().unwrap();
    connection
        .execute_batch(
            "CREATE TABLE category (id TEXT, name TEXT, folder TEXT, isSubFolder INTEGER, \"group\" TEXT, \"order\" INTEGER);
             CREATE TABLE law (id TEXT, level TEXT, name TEXT, filename TEXT, publish DATE, expired INTEGER NOT NULL,
                 \"order\" INTEGER, subtitle TEXT, valid_from DATE, ver INTEGER, tags TEXT, category_id TEXT);
             INSERT INTO category VALUES ('c', '行政法规', '行政法规', 1, '', 1);
             INSERT INTO law VALUES ('1', '行政法规', '云条例', NULL, '2020-05-06', 1, NULL, NULL, '2020-07-01', 1, NULL, 'c');",
        )
        .unwrap();
    connection.serialize("main").unwrap().to_vec()
}

fn read_tree(files: &[(&str, &[u8])]) -> Vec<Outcome> {
    let paths: Vec<&str> = files.iter().map(|(path, _)| *path).collect();
    let mut packs = Packs::of(&paths);
    for (path, bytes) in files.iter().filter(|(path, _)| packs.is_companion(path)).collect::<Vec<_>>() {
        packs.load(&FileInput { path, bytes }).unwrap();
    }
    files.iter().map(|(path, bytes)| packs.read(&FileInput { path, bytes })).collect()
}

const CLOUD: &str = "# 云条例\n\n2020年5月6日 中华人民共和国国务院令第900号公布\n\n<!-- INFO END -->\n\n第一条 云。\n";

#[test]
fn a_tree_under_any_name_is_recognised() {
    let database = database();
    let outcomes = read_tree(&[
        ("别名/db.sqlite3", &database),
        ("别名/行政法规/云条例(2020-05-06).md", CLOUD.as_bytes()),
        ("别名/行政法规/_index.md", b"---\nbookCollapseSection: true\n---\n"),
        ("别名/行政法规/图.png", b"\x89PNG"),
        ("别名/行政法规/坏.md", b"# \xff"),
    ]);
    let Outcome::Documents { documents, .. } = &outcomes[1] else { panic!("{outcomes:?}") };
    assert_eq!(documents[0].document.effective_date, Some(jiff::civil::date(2020, 7, 1)));
    assert_eq!(documents[0].document.asserted_status.as_deref(), Some("expired"));
    assert!(matches!(outcomes[0], Outcome::Skipped { .. }));
    assert!(matches!(outcomes[2], Outcome::Skipped { .. }));
    for (outcome, code) in outcomes[3..].iter().zip([RefusalCode::UnsupportedFormat, RefusalCode::NotText]) {
        assert!(matches!(outcome, Outcome::Refused(refusal) if refusal.code == code), "{outcome:?}");
    }
}

#[test]
fn packs_are_found_by_their_paths() {
    let found =
        |paths: &[&str]| Packs::of(paths).found().map(|(source, root)| (source, root.to_string())).collect::<Vec<_>>();
    assert_eq!(found(&["x/laws/a/甲.md", "x/sfjs/b/乙.md"]), [(Source::EnforcementRegs, "x/".to_string())]);
    assert_eq!(found(&["P1/a.md", "P2/b.md", "P4/c.md"]), [(Source::EnvEnforcement, String::new())]);
    assert_eq!(found(&["j/LAWS_PROGRESS.md"]), [(Source::JustLaws, "j/".to_string())]);
    assert_eq!(found(&["v/laws_index.json"]), [(Source::VerifiedStatutes, "v/".to_string())]);
    assert_eq!(found(&["laws/a.md", "甲.txt"]), []);
}

#[test]
fn a_file_out_of_its_pack_is_recognised_from_its_content() {
    let outcomes = read_tree(&[("云条例(2020-05-06).md", CLOUD.as_bytes()), ("说明/README.md", b"# x\n")]);
    let Outcome::Documents { documents, .. } = &outcomes[0] else { panic!("{outcomes:?}") };
    let document = &documents[0].document;
    assert_eq!(document.level, Some(AuthorityLevel::AdministrativeRegulation));
    assert_eq!(document.access, Some(Access::Public), "legislation is published by its nature");
    assert!(matches!(outcomes[1], Outcome::Skipped { .. }));
    let internal = "# 河桥方案\n\n<!-- INFO END -->\n\n一、修桥。\n";
    let outcomes = read_tree(&[("河桥方案.md", internal.as_bytes())]);
    let Outcome::Documents { documents, .. } = &outcomes[0] else { panic!("{outcomes:?}") };
    assert_eq!((documents[0].document.kind, documents[0].document.access), (Kind::Normative, None));
}

#[test]
fn lines_go_to_the_reader_of_their_keys() {
    let interchange = "{\"kind\":\"normative\",\"title\":\"通知\",\"text\":\"一、修桥。\"}\n";
    let facts = "{\"id\":\"1\",\"cause\":\"云纠纷\",\"domain\":\"civil\",\"text\":\"查明甲。\"}\n";
    let outcomes =
        read_tree(&[("a.jsonl", interchange.as_bytes()), ("b.jsonl.zst", facts.as_bytes()), ("c.jsonl", b"x\n")]);
    let kinds = outcomes.iter().map(|outcome| match outcome {
        Outcome::Documents { documents, refused } => {
            (documents.first().map(|found| found.document.kind), refused.len())
        }
        _ => (None, 0),
    });
    assert_eq!(kinds.collect::<Vec<_>>(), [(Some(Kind::Normative), 0), (Some(Kind::Case), 0), (None, 1)]);
}

#[test]
fn the_content_of_a_file_tells_what_it_is_whatever_its_name() {
    let rtf = b"{\\rtf1\\ansi \\u20113?\\u26725?\\u21150?\\u27861?\\par \\u20113?\\u12290?}";
    let text = "云桥县渡口办法\n第一条　渡口应当安全。\n";
    let page = format!("<!DOCTYPE html><html><body><h1>云桥县渡口办法</h1><p>{text}</p></body></html>");
    let files: [(&str, &[u8], &str); 9] = [
        ("a.txt", rtf, "云桥办法"),
        ("a.md", rtf, "云桥办法"),
        ("a.jsonl", rtf, "云桥办法"),
        ("a", rtf, "云桥办法"),
        ("a.docx", text.as_bytes(), "云桥县渡口办法"),
        ("a.pdf", text.as_bytes(), "云桥县渡口办法"),
        ("目录/a", text.as_bytes(), "云桥县渡口办法"),
        ("a.txt", page.as_bytes(), "云桥县渡口办法"),
        ("a.html", "云桥县渡口办法<br>第一条　渡口应当安全。".as_bytes(), "云桥县渡口办法"),
    ];
    for (path, bytes, title) in files {
        let outcome = Packs::default().read(&FileInput { path, bytes });
        let Outcome::Documents { documents, .. } = &outcome else { panic!("{path}: {outcome:?}") };
        assert_eq!(documents[0].document.title, title, "{path}");
    }
    let refused: [(&str, &[u8], &str); 6] = [
        ("a.txt", b"%PDF-1.4\n", "PDF"),
        ("a.txt", b"PK\x03\x04\0\0", "ZIP"),
        ("a.docx", b"{\"error\": \"denied\"}", "JSON"),
        ("a.docx", b"Not found", "内容是文本"),
        ("LICENSE", b"Permission is granted", "内容是文本"),
        ("a.png", b"\x89PNG\0", "不支持"),
    ];
    for (path, bytes, said) in refused {
        let outcome = Packs::default().read(&FileInput { path, bytes });
        assert!(matches!(&outcome, Outcome::Refused(refusal) if refusal.message.contains(said)), "{path}: {outcome:?}");
    }
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), text in "\\PC{0,60}\n\\PC{0,60}") {
        let endings = ["a.md", "a.txt", "a.jsonl", "a.jsonl.zst", "db.sqlite3", "a.bin", "云_20200101.txt", "x/P1/a.md", ""];
        let packs = Packs::of(&["db.sqlite3", "x/P1/a.md", "x/P2/a.md", "x/P3/a.md"]);
        for path in endings {
            let _ = packs.read(&FileInput { path, bytes: &bytes });
            let _ = packs.read(&FileInput { path, bytes: text.as_bytes() });
            let _ = Packs::default().read(&FileInput { path, bytes: text.as_bytes() });
        }
    }
}
