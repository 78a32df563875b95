//! A journal that is damaged in its middle: what lacks is said, and nothing fuller is thrown away.

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
