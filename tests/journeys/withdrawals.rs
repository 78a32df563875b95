//! What was withdrawn stays away until a person, or new content, brings it back; a rebuild sees it the same way.

use super::citations::{here, id};
use super::*;
use faju::app::AppError;

const TITLE: &str = "云桥县渡口告示";

fn notice(verb: &str) -> String {
    format!(
        "---\nkind: normative\naccess: public\n---\n# {TITLE}\n\n第一条　渡口夜间{verb}。\n第二条　渡口由县管理。\n"
    )
}

fn write(path: &Path, text: &str) -> PathBuf {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
    path.to_path_buf()
}

fn found(faju: &Faju, word: &str) -> u64 {
    search(faju, &[("q", &format!("\"{word}\"")), ("status", "all")]).total.value
}

/// The same before and after a rebuild.
fn both(faju: &Faju, word: &str) -> u64 {
    let before = found(faju, word);
    faju.rebuild(&Silent).unwrap();
    assert_eq!(found(faju, word), before, "{word}");
    before
}

fn withdraw(faju: &Faju, id: &str, origin: Option<&str>) -> Result<(), AppError> {
    let act = Act::Withdraw { id: id.to_string(), origin: origin.map(str::to_string), reason: "误发".to_string() };
    faju.act(act, &asker()).map(|_| ())
}

fn version(faju: &Faju, id: &str) -> String {
    let version = here(faju.instrument(id, None, &asker()).unwrap()).version.unwrap();
    format!("{id}@{}", version.key)
}

fn puts(faju: &Faju) -> u64 {
    faju.verify().unwrap().records["put"]
}

#[test]
fn the_same_content_stays_withdrawn_and_a_new_revision_stands() {
    let folder = tempfile::tempdir().unwrap();
    let file = write(&folder.path().join("告示.md"), &notice("停渡"));
    let faju = open(&folder.path().join("data"));
    import(&faju, &file);
    let notice_id = id(&faju, TITLE);
    let version = version(&faju, &notice_id);
    withdraw(&faju, &notice_id, None).unwrap();
    assert_eq!(both(&faju, "夜间停渡"), 0);
    let report = import(&faju, &file);
    assert_eq!((report.new, report.updated, report.unchanged, puts(&faju)), (0, 0, 1, 1));
    assert!(report.files[0].message.as_ref().is_some_and(|message| message.contains("已撤回")), "{:?}", report.files);
    assert!(report.warnings.iter().any(|warning| warning.contains("--restore")), "{:?}", report.warnings);
    assert_eq!(both(&faju, "夜间停渡"), 0);
    assert!(matches!(faju.show(&notice_id, None, &asker()), Err(error) if error.code == ErrorCode::Gone));
    assert!(matches!(faju.show(&version, None, &asker()), Err(error) if error.code == ErrorCode::Gone));
    // Whatever access it is given.
    let options = ImportOptions { access: Some(Access::Internal), ..ImportOptions::default() };
    let report = faju.import(std::slice::from_ref(&file), &options, &Silent, &AtomicBool::new(false)).unwrap();
    assert_eq!((report.new, report.unchanged), (0, 1));
    // From another file too: the document was withdrawn, not one source of it.
    let elsewhere = write(&folder.path().join("又一处/通告.md"), &notice("停渡"));
    assert_eq!(import(&faju, &elsewhere).unchanged, 1);
    assert_eq!(both(&faju, "夜间停渡"), 0);
    write(&file, &notice("禁渡"));
    assert_eq!((import(&faju, &file).new, both(&faju, "夜间禁渡"), found(&faju, "夜间停渡")), (1, 1, 0));
    here(faju.show(&notice_id, None, &asker()).unwrap());
}

#[test]
fn what_was_withdrawn_can_be_restored() {
    let folder = tempfile::tempdir().unwrap();
    let file = write(&folder.path().join("告示.md"), &notice("停渡"));
    let faju = open(&folder.path().join("data"));
    import(&faju, &file);
    withdraw(&faju, &id(&faju, TITLE), None).unwrap();
    let options = ImportOptions { restore: true, ..ImportOptions::default() };
    let report = faju.import(std::slice::from_ref(&file), &options, &Silent, &AtomicBool::new(false)).unwrap();
    assert_eq!((report.new, both(&faju, "夜间停渡")), (1, 1));
    assert_eq!((import(&faju, &file).unchanged, puts(&faju)), (1, 2), "and stands like any other");
    // Records that are projected together give what they gave one by one.
    withdraw(&faju, &id(&faju, TITLE), None).unwrap();
    std::fs::remove_dir_all(folder.path().join("data/index")).unwrap();
    let again = open(&folder.path().join("data"));
    assert_eq!((found(&again, "夜间停渡"), import(&again, &file).new), (0, 0));
}

#[test]
fn one_origin_can_be_withdrawn_and_is_named_if_it_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let text = |verb: &str| format!("{}第三条　渡口应当{verb}标志。\n", notice("停渡"));
    let files = [("甲", "设"), ("乙", "设立")]
        .map(|(name, verb)| write(&folder.path().join(name).join(format!("{name}.md")), &text(verb)));
    let faju = open(&folder.path().join("data"));
    assert_eq!(files.iter().map(|file| import(&faju, file).new).sum::<u64>(), 2);
    let notice_id = id(&faju, TITLE);
    let version = version(&faju, &notice_id);
    let document = faju.document(&version, &asker());
    let origins: Vec<String> = here(document.unwrap()).records.iter().map(|record| record.origin.clone()).collect();
    assert_eq!(origins.len(), 2);
    let wrong = withdraw(&faju, &notice_id, Some("无/此")).unwrap_err();
    assert!(wrong.detail.contains(&origins[0]) && wrong.detail.contains(&origins[1]), "{}", wrong.detail);
    withdraw(&faju, &notice_id, Some(&origins[1])).unwrap();
    let left = here(faju.document(&version, &asker()).unwrap());
    assert_eq!(left.records.iter().map(|record| record.origin.as_str()).collect::<Vec<_>>(), [origins[0].as_str()]);
    let before = puts(&faju);
    for file in &files {
        let report = import(&faju, file);
        assert_eq!((report.new, report.unchanged), (0, 1), "{report:?}");
    }
    assert_eq!(puts(&faju), before);
}
