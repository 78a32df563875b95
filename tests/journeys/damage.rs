//! A journal that is damaged in its middle: what lacks is said, and nothing fuller is thrown away.

use super::citations::{here, id};
use super::*;

fn import_notice(faju: &Faju, folder: &Path, word: &str) {
    let file = folder.join(format!("{word}.md"));
    let text = format!("---\nkind: normative\naccess: public\n---\n# 云桥县{word}告示\n\n第一条　{word}夜间停用。\n");
    std::fs::write(&file, text).unwrap();
    assert_eq!(import(faju, file).new, 1);
}

fn found(faju: &Faju, word: &str) -> (u64, bool) {
    let page = search(faju, &[("q", &format!("正文:\"{word}夜间停用\""))]);
    (page.total.value, page.warnings.iter().any(|warning| warning.contains("库有 1 处损坏")))
}

#[test]
fn a_rebuild_from_a_damaged_journal_keeps_the_fuller_index() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let faju = open(&data);
    import_notice(&faju, folder.path(), "渡口");
    import_notice(&faju, folder.path(), "码头");
    assert_eq!(found(&faju, "渡口"), (1, false));
    drop(faju);
    let journal = std::fs::read_dir(data.join("corpus/journal")).unwrap().flatten().map(|entry| entry.path());
    let [segment] = journal.filter(|path| path.extension().is_some()).collect::<Vec<_>>().try_into().unwrap();
    let whole = std::fs::read(&segment).unwrap();
    let mut damaged = whole.clone();
    damaged[whole.len() / 3] ^= 0xff;
    std::fs::write(&segment, &damaged).unwrap();

    let settings = || Settings::of(data.clone());
    let report = Faju::rebuild_index(&settings(), &Silent).unwrap();
    assert_eq!((report.documents, report.damage.len()), (2, 1), "{report:?}");
    assert!(report.warnings.iter().any(|warning| warning.contains("保留现有索引")), "{report:?}");
    let faju = open(&data);
    let mut out = Vec::new();
    let exported = faju.export(&mut out).unwrap();
    assert_eq!((exported.documents, exported.unreadable, exported.damage.len()), (1, 1, 1), "what can be read is");
    assert_eq!((found(&faju, "渡口"), found(&faju, "码头")), ((1, true), (1, true)));
    assert!(!faju.grow().unwrap(), "nothing better comes of it");

    std::fs::remove_dir_all(data.join("index")).unwrap();
    let faju = open(&data);
    assert_eq!((found(&faju, "渡口"), found(&faju, "码头")), ((0, true), (1, true)), "what lacks is said");
    import_notice(&faju, folder.path(), "桥梁");
    let again = import(&faju, folder.path().join("桥梁.md"));
    assert_eq!((again.unchanged, again.damage.len()), (1, 1));
    let report = Faju::rebuild_index(&settings(), &Silent).unwrap();
    assert_eq!((report.documents, report.damage.len()), (2, 1));

    let mut mended = std::fs::read(&segment).unwrap();
    mended[whole.len() / 3] ^= 0xff;
    std::fs::write(&segment, &mended).unwrap();
    let report = Faju::rebuild_index(&settings(), &Silent).unwrap();
    assert_eq!((report.documents, report.damage.len()), (3, 0));
    assert_eq!(found(&open(&data), "渡口"), (1, false));
}

#[test]
fn verify_reads_the_index_too() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let faju = open(&data);
    import_notice(&faju, folder.path(), "渡口");
    assert_eq!(faju.verify().unwrap().index_damage, Vec::<String>::new());
    let current = std::fs::read_to_string(data.join("index/CURRENT")).unwrap();
    let mut files =
        std::fs::read_dir(data.join("index").join(current.trim())).unwrap().flatten().map(|entry| entry.path());
    let store = files.find(|path| path.extension().is_some_and(|end| end == "store")).unwrap();
    let mut bytes = std::fs::read(&store).unwrap();
    bytes[9] ^= 0xff;
    std::fs::write(&store, bytes).unwrap();
    let report = faju.verify().unwrap();
    assert!(report.damage.is_empty() && report.index_damage.len() == 1, "{report:?}");
    assert!(report.index_damage[0].contains(store.file_name().unwrap().to_str().unwrap()), "{report:?}");
    std::fs::write(data.join("index/CURRENT"), "x").unwrap();
    assert!(faju.verify().unwrap().index_damage[0].contains("CURRENT"));
    std::fs::write(data.join("index/CURRENT"), current).unwrap();
    Faju::rebuild_index(&Settings::of(data.clone()), &Silent).unwrap();
    assert_eq!(open(&data).verify().unwrap().index_damage, Vec::<String>::new());
}

#[test]
fn a_writer_is_not_kept_beyond_its_journey() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (one, other) = (open(&data), open(&data));
    import_notice(&one, folder.path(), "渡口");
    // Nothing new: no commit would have let the index go.
    assert_eq!(import(&one, folder.path().join("渡口.md")).unchanged, 1);
    other.refresh().unwrap();
    import_notice(&other, folder.path(), "码头");
    one.refresh().unwrap();
    assert_eq!((found(&one, "渡口").0, found(&one, "码头").0), (1, 1));
}

/// Puts the corpus of one folder in the place of that of another.
fn restore(backup: &Path, corpus: &Path) {
    std::fs::remove_dir_all(corpus).unwrap();
    copy(backup, corpus);
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
}

#[test]
fn an_older_journal_in_its_place_is_not_read_with_the_index_of_the_newer() {
    for served in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let (data, backup) = (folder.path().join("data"), folder.path().join("backup"));
        let mut faju = open(&data);
        import_notice(&faju, folder.path(), "渡口");
        copy(&data.join("corpus"), &backup);
        import_notice(&faju, folder.path(), "码头");
        let lost = id(&faju, "云桥县码头告示");
        restore(&backup, &data.join("corpus"));
        if served {
            faju.refresh().unwrap();
        } else {
            faju = open(&data);
        }
        assert_eq!((found(&faju, "渡口").0, found(&faju, "码头").0), (1, 0), "{served}");
        import_notice(&faju, folder.path(), "桥梁");
        assert!(faju.show(&lost, None, &asker()).is_err(), "{served}");
        let mut out = Vec::new();
        assert_eq!(faju.export(&mut out).unwrap().documents, 2);
        assert!(String::from_utf8(out).unwrap().contains("桥梁夜间停用"));
    }
}

#[test]
fn a_directory_that_was_taken_away_is_no_empty_one() {
    let folder = tempfile::tempdir().unwrap();
    let (data, away) = (folder.path().join("data"), folder.path().join("away"));
    let faju = open(&data);
    import_notice(&faju, folder.path(), "渡口");
    std::fs::rename(&data, &away).unwrap();
    assert_eq!(faju.refresh().unwrap_err().code, ErrorCode::Corrupt);
    let act = Act::Withdraw { id: "x".into(), origin: None, reason: "误发".into() };
    assert_eq!(faju.act(act, &asker()).unwrap_err().code, ErrorCode::Corrupt);
    assert!(!data.exists() && !faju.is_sample());
    std::fs::rename(&away, &data).unwrap();
    faju.refresh().unwrap();
    assert_eq!(found(&faju, "渡口").0, 1);
}

#[test]
fn an_instrument_that_is_none_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let faju = open(&folder.path().join("data"));
    import_notice(&faju, folder.path(), "渡口");
    let notice = id(&faju, "云桥县渡口告示");
    let key = here(faju.instrument(&notice, None, &asker()).unwrap()).version.unwrap().key;
    let version = format!("{notice}@{key}");
    let inside = |id: &str| search(&faju, &[("q", "停用"), ("instrument", id)]);
    assert_eq!((inside(&notice).total.value, inside(&version).total.value), (1, 1));
    let none = inside("zzz");
    assert!(
        none.total.value == 0 && none.warnings.iter().any(|warning| warning.contains("zzz")),
        "{:?}",
        none.warnings
    );
}
