//! What was redacted is nowhere any more: not in the journal, the kept originals, the index, the answers; and it does not come
//! back by itself.

use super::citations::here;
use super::*;
use faju::app::{AppError, Removed};

const CASE: &str = "---\nkind: case\ncase_kind: typical_case\naccess: public\ntitle: 渡口私渡案\n---\n\
    2026年3月1日，云桥县渡口管理站查明，摆渡船“白鹭号”在停渡期间私渡三人，船上挂着红灯笼。责令改正，罚款500元。\n";

struct Held {
    folder: tempfile::TempDir,
    file: PathBuf,
    faju: Faju,
    id: String,
}

impl Held {
    fn new() -> Held {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("白鹭号一案.md");
        std::fs::write(&file, CASE).unwrap();
        let other = folder.path().join("渡口告示.md");
        std::fs::write(&other, "---\nkind: normative\naccess: public\n---\n# 云桥县渡口告示\n\n第一条　夜间停渡。\n")
            .unwrap();
        let faju = open(&folder.path().join("data"));
        let held = Held { folder, file, faju, id: String::new() };
        held.import(&[held.file.clone(), other], false);
        Held {
            id: held.faju.changes(None, 9, &asker()).unwrap().items[0]["id"]
                .as_str()
                .unwrap()
                .split('/')
                .next()
                .unwrap()
                .to_string(),
            ..held
        }
    }

    fn import(&self, files: &[PathBuf], restore: bool) -> faju::app::view::ImportReport {
        let options = ImportOptions { restore, keep_originals: true, ..ImportOptions::default() };
        self.faju.import(files, &options, &Silent, &AtomicBool::new(false)).unwrap()
    }

    fn redact(&self, removed: Removed) -> Result<Vec<String>, AppError> {
        let redact = Act::Redact { id: self.id.clone(), removed, reason: "含有个人信息".to_string() };
        self.faju.act(redact, &asker()).map(|report| report.warnings)
    }

    fn words(&self, words: &str) -> Result<Vec<String>, AppError> {
        self.redact(Removed::Words(vec![words.to_string()]))
    }

    /// Every file below the data directory that holds a word, packed or not.
    fn holding(&self, word: &str) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut folders = vec![self.folder.path().join("data")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let bytes = std::fs::read(&path).unwrap();
                let plain = zstd::stream::decode_all(bytes.as_slice()).unwrap_or_default();
                let holds = |bytes: &[u8]| bytes.windows(word.len()).any(|window| window == word.as_bytes());
                if holds(&bytes) || holds(&plain) {
                    found.push(path);
                }
            }
        }
        found
    }

    fn found(&self, word: &str) -> u64 {
        search(&self.faju, &[("q", &format!("\"{word}\"")), ("status", "all")]).total.value
    }
}

#[test]
fn words_are_gone_everywhere_and_the_rest_stands() {
    let held = Held::new();
    let before = held.faju.document(&held.id, &asker()).map(here).unwrap().records[0].clone();
    assert!(!held.holding("白鹭号").is_empty() && held.found("白鹭号") == 1);
    let old = search(&held.faju, &[("q", "渡口"), ("status", "all"), ("limit", "1")]).next;
    held.words("白鹭号").unwrap();
    // What was given before the redaction cannot be gone on with.
    if let Some(cursor) = old {
        let again =
            held.faju.search(&own(&[("q", "渡口"), ("status", "all"), ("limit", "1"), ("cursor", &cursor)]), &asker());
        assert!(matches!(again, Err(error) if error.code == ErrorCode::CursorExpired));
    }
    assert_eq!((held.found("白鹭号"), held.found("红灯笼"), held.found("夜间停渡")), (0, 1, 1));
    let journal: Vec<PathBuf> =
        held.holding("白鹭号").into_iter().filter(|path| !path.iter().any(|part| part == "index")).collect();
    assert_eq!(journal, Vec::<PathBuf>::new());
    assert!(held.faju.holds_erased());
    assert!(held.faju.purge().unwrap() && !held.faju.purge().unwrap());
    assert_eq!(held.holding("白鹭号"), Vec::<PathBuf>::new());
    assert_eq!((held.found("白鹭号"), held.found("红灯笼"), held.found("夜间停渡")), (0, 1, 1));
    let after = held.faju.document(&held.id, &asker()).map(here).unwrap().records[0].clone();
    assert_eq!(after.document.text, before.document.text.replace("白鹭号", "＊＊＊"));
    let seen = held.faju.verify().unwrap();
    assert_eq!((seen.damage, seen.originals, seen.records["erased"], seen.records["redact"]), (vec![], 1, 1, 1));
    // A second time, for other words; and the first ones do not occur any more.
    assert!(matches!(held.words("白鹭号"), Err(error) if error.code == ErrorCode::InvalidParameter));
    held.words("红灯笼").unwrap();
    assert_eq!((held.found("红灯笼"), held.found("责令改正")), (0, 1));
    // From the journal alone it is the same.
    held.faju.rebuild(&Silent).unwrap();
    assert_eq!((held.found("红灯笼"), held.found("白鹭号"), held.found("责令改正")), (0, 0, 1));
}

#[test]
fn what_was_redacted_is_not_taken_in_again_unless_a_person_says_so() {
    let held = Held::new();
    held.words("白鹭号").unwrap();
    for _ in 0..2 {
        let report = held.import(std::slice::from_ref(&held.file), false);
        assert_eq!((report.new, report.updated, report.unchanged), (0, 0, 1));
        assert!(
            report.files[0].message.as_ref().is_some_and(|message| message.contains("已删去")),
            "{:?}",
            report.files
        );
        assert!(report.warnings.iter().any(|warning| warning.contains("--restore")), "{:?}", report.warnings);
        assert_eq!(held.found("白鹭号"), 0);
        // The original is not kept again either.
        held.faju.rebuild(&Silent).unwrap();
        assert_eq!(held.holding("白鹭号"), Vec::<PathBuf>::new());
    }
    held.import(std::slice::from_ref(&held.file), true);
    assert_eq!(held.found("白鹭号"), 1);
}

#[test]
fn of_a_whole_document_nothing_remains_but_that_it_was() {
    let held = Held::new();
    held.redact(Removed::Whole).unwrap();
    let gone = |faju: &Faju, asker: &Asker| faju.show(&held.id, None, asker).map(|_| ()).unwrap_err().code;
    let public = Asker::of(Access::Public, asker().today);
    for _ in 0..2 {
        assert_eq!((held.found("私渡"), gone(&held.faju, &public)), (0, ErrorCode::Gone));
        held.faju.rebuild(&Silent).unwrap();
    }
    assert_eq!(held.holding("私渡"), Vec::<PathBuf>::new());
    // The feed counts what it counted.
    let changes = held.faju.changes(None, 100, &public).unwrap();
    let types: Vec<&str> = changes.items.iter().map(|item| item["type"].as_str().unwrap()).collect();
    assert_eq!(types, ["erased", "put", "redact"]);
    let report = held.import(std::slice::from_ref(&held.file), false);
    assert_eq!((report.new, report.unchanged), (0, 1));
}

#[test]
fn a_withdrawn_document_can_be_redacted_and_corrections_are_cleaned() {
    let held = Held::new();
    let correct = Act::Correct {
        id: held.id.clone(),
        field: "subject".to_string(),
        value: "白鹭号水运".into(),
        reason: "白鹭号".to_string(),
        proof: "原件".to_string(),
    };
    held.faju.act(correct, &asker()).unwrap();
    held.words("白鹭号").unwrap();
    let shown = held.faju.document(&held.id, &asker()).map(here).unwrap().records[0].corrections.clone();
    assert_eq!(shown.len(), 1);
    assert_eq!((shown[0].value.as_str(), shown[0].reason.as_str()), (Some("＊＊＊水运"), "＊＊＊"));
    held.faju.purge().unwrap();
    assert_eq!(held.holding("白鹭号"), Vec::<PathBuf>::new());
    let withdraw = Act::Withdraw { id: held.id.clone(), origin: None, reason: "误发".to_string() };
    held.faju.act(withdraw, &asker()).unwrap();
    assert!(!held.holding("红灯笼").is_empty());
    held.redact(Removed::Whole).unwrap();
    held.faju.purge().unwrap();
    assert_eq!(held.holding("红灯笼"), Vec::<PathBuf>::new());
}

#[test]
fn what_cannot_be_redacted_is_told() {
    let held = Held::new();
    let code = |words: &str| held.words(words).unwrap_err().code;
    for wrong in ["", "船", "  ", "不在其中的字"] {
        assert_eq!(code(wrong), ErrorCode::InvalidParameter, "{wrong}");
    }
    assert_eq!(held.redact(Removed::Words(vec![])).unwrap_err().code, ErrorCode::InvalidParameter);
    let act = |id: &str, reason: &str| {
        let removed = Removed::Words(vec!["白鹭号".to_string()]);
        held.faju
            .act(Act::Redact { id: id.to_string(), removed, reason: reason.to_string() }, &asker())
            .unwrap_err()
            .code
    };
    assert_eq!(act("none", "理由"), ErrorCode::NotFound);
    assert_eq!(
        (act(&held.id, " "), act(&held.id, "删去白鹭号")),
        (ErrorCode::InvalidParameter, ErrorCode::InvalidParameter)
    );
    assert!(!held.holding("白鹭号").is_empty());
    // The same words in other documents are named, not touched.
    let other = held.folder.path().join("告示.md");
    std::fs::write(&other, "---\nkind: normative\naccess: public\n---\n# 云桥县船只告示\n\n第一条　白鹭号停航。\n")
        .unwrap();
    held.import(&[other], false);
    let warnings = held.words("白鹭号").unwrap();
    assert!(warnings.iter().any(|warning| warning.contains("另有 1 件")), "{warnings:?}");
    assert_eq!(held.found("白鹭号停航"), 1);
}

fn own(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect()
}
