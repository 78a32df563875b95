//! The suite of all engines, and what only this one has: files.

use super::*;
use crate::index::suite::fiction::*;

crate::index::suite::for_each_test!(|| Box::new(Embedded::temporary().unwrap()));

#[test]
fn another_process_sees_a_commit_when_it_refreshes() {
    let directory = tempfile::tempdir().unwrap();
    let writing = Embedded::create(directory.path()).unwrap();
    fill_texts(&writing, &["取水", "取水许可"]);
    let reading = Embedded::open(directory.path()).unwrap();
    assert_eq!(found(&reading, &words("许可")).len(), 1);
    assert!(!reading.refresh().unwrap());
    fill(&writing, vec![projection(vec![article("g2", "2020-01-01", 1, "许可")])]);
    assert_eq!(found(&reading, &words("许可")).len(), 1, "not before it looks");
    assert!(reading.refresh().unwrap());
    assert_eq!(found(&reading, &words("许可")).len(), 2);
    fill(&reading, vec![projection(vec![article("g3", "2020-01-01", 1, "许可")])]);
    assert!(writing.refresh().unwrap(), "the other one may write in its turn");
    assert_eq!(found(&writing, &words("许可")).len(), 3);
}

#[test]
fn a_cursor_survives_a_restart() {
    let directory = tempfile::tempdir().unwrap();
    let page = Query { limit: 1, ..words("取水") };
    let engine = Embedded::create(directory.path()).unwrap();
    fill_texts(&engine, &["取水", "取水"]);
    let next = engine.search(&page).unwrap().next;
    drop(engine);
    let again = Embedded::open(directory.path()).unwrap();
    assert_eq!(found(&again, &Query { cursor: next.clone(), ..page.clone() }), ["g0001@2020-01-01/a1"]);
    fill(&again, vec![projection(vec![article("g2", "2020-01-01", 1, "取水")])]);
    drop(again);
    let later = Embedded::open(directory.path()).unwrap();
    assert!(matches!(later.search(&Query { cursor: next, ..page }), Err(EngineError::CursorExpired)));
}

#[test]
fn an_index_that_cannot_be_used_says_so() {
    let unusable = |path: &Path| matches!(Embedded::open(path), Err(EngineError::Unusable(_)));
    let directory = tempfile::tempdir().unwrap();
    assert!(unusable(&directory.path().join("missing")));
    assert!(unusable(directory.path()), "empty");
    let engine = Embedded::create(directory.path()).unwrap();
    assert!(matches!(Embedded::create(directory.path()), Err(EngineError::Storage(_))), "there is one");
    fill_texts(&engine, &["取水"]);
    let state = IndexState { fingerprint: "other".into(), ..IndexState::default() };
    write::commit(&mut write::writer(&engine.index).unwrap(), &state).unwrap();
    assert!(unusable(directory.path()), "of another fingerprint");
    assert!(matches!(engine.refresh(), Err(EngineError::Unusable(_))));
}

#[test]
fn a_damaged_file_is_an_error_and_no_panic() {
    let directory = tempfile::tempdir().unwrap();
    fill_texts(&Embedded::create(directory.path()).unwrap(), &["取水许可", "排污许可"]);
    let files: Vec<_> = std::fs::read_dir(directory.path()).unwrap().map(|file| file.unwrap().path()).collect();
    for file in files.iter().filter(|file| file.is_file()) {
        let whole = std::fs::read(file).unwrap();
        for cut in [0, whole.len() / 2, whole.len().saturating_sub(1)] {
            std::fs::write(file, &whole[..cut]).unwrap();
            let answer = Embedded::open(directory.path()).and_then(|engine| engine.search(&words("许可")));
            // Lock files may be cut as one likes.
            if let Ok(answer) = answer {
                assert_eq!(answer.total.value, 2, "{}", file.display());
            }
        }
        std::fs::write(file, &whole).unwrap();
    }
}

#[test]
fn segments_stay_few() {
    let engine = Embedded::temporary().unwrap();
    for number in 0..40 {
        fill(&engine, vec![projection(vec![article(&format!("g{number}"), "2020-01-01", 1, "取水")])]);
        assert!(engine.snapshot().views.len() < 16, "after {number}");
    }
    assert_eq!(found(&engine, &words("取水")).len(), 40);
}

#[test]
fn files_of_merged_segments_go() {
    let directory = tempfile::tempdir().unwrap();
    let engine = Embedded::create(directory.path()).unwrap();
    for number in 0..20 {
        fill(&engine, vec![projection(vec![article(&format!("g{number}"), "2020-01-01", 1, "取水")])]);
    }
    let files = std::fs::read_dir(directory.path()).unwrap();
    let names = files.filter_map(|file| file.unwrap().file_name().into_string().ok());
    let segments: std::collections::BTreeSet<String> =
        names.filter_map(|name| name.strip_suffix(".store").map(str::to_owned)).collect();
    assert_eq!(segments.len(), engine.snapshot().views.len(), "{segments:?}");
}
