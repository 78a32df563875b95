use super::*;
use std::fs;

fn log() -> (tempfile::TempDir, Audit) {
    let folder = tempfile::tempdir().expect("a folder");
    let audit = Audit::of(folder.path());
    (folder, audit)
}

fn noted(audit: &Audit, what: &str) -> Entry {
    let entry = Entry { what: what.into(), by: "command".into(), outcome: "done".into(), ..Entry::default() };
    audit.append(entry).expect("it is appended")
}

fn only_file(audit: &Audit) -> PathBuf {
    segments(audit.folder()).unwrap().pop().expect("a file")
}

#[test]
fn entries_are_chained_and_whole() {
    let (_folder, audit) = log();
    assert!(!audit.folder().exists());
    let entries: Vec<Entry> = ["sign_in", "import", "export"].map(|what| noted(&audit, what)).into();
    assert_eq!(entries.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [1, 2, 3]);
    let verified = verify(audit.folder(), &[audit.head().unwrap()]).unwrap();
    assert_eq!((verified.entries, verified.findings.as_slice()), (3, &[][..]));
    let mut seen = Vec::new();
    audit
        .each(&mut |entry| {
            seen.push(entry);
            true
        })
        .unwrap();
    assert_eq!(seen, entries);
}

#[test]
fn what_was_changed_removed_inserted_or_cut_off_is_found() {
    let (_folder, audit) = log();
    (0..5).for_each(|at| drop(noted(&audit, &format!("act{at}"))));
    let head = audit.head().unwrap();
    let path = only_file(&audit);
    let text = fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let joined = |lines: &[&str]| lines.iter().map(|line| format!("{line}\n")).collect::<String>();
    let swapped = [lines[0], lines[2], lines[1], lines[3], lines[4]];
    for (tampered, told) in [
        (text.replace("act2", "act9"), "被改过"),
        (joined(&[lines[0], lines[1], lines[3], lines[4]]), "不相接"),
        (joined(&[&lines[..2], &lines[1..]].concat()), "不相接"),
        (joined(&swapped), "不相接"),
        (joined(&lines[..4]), "截断"),
        (format!("{text}{{\"half"), "完整"),
        (text.replace("\"by\"", "\"more\":1,\"by\""), "被改过"),
        (joined(&lines[2..]), "开头被删去"),
    ] {
        fs::write(&path, tampered).unwrap();
        let verified = verify(audit.folder(), std::slice::from_ref(&head)).unwrap();
        assert!(
            verified.findings.iter().any(|finding| finding.message.contains(told)),
            "{told}: {:?}",
            verified.findings
        );
    }
    fs::write(&path, text).unwrap();
    assert!(verify(audit.folder(), &[head]).unwrap().findings.is_empty());
}

#[test]
fn half_an_entry_that_a_crash_left_is_cut_off_and_the_chain_goes_on() {
    let (_folder, audit) = log();
    noted(&audit, "one");
    let path = only_file(&audit);
    let whole = fs::read(&path).unwrap();
    fs::write(&path, [&whole[..], b"{\"seq\":2,\"at\""].concat()).unwrap();
    assert_eq!(noted(&audit, "two").seq, 2);
    assert!(verify(audit.folder(), &[]).unwrap().findings.is_empty());
}

#[test]
fn whole_months_are_dropped_from_the_front_and_the_rest_still_verifies() {
    let (_folder, audit) = log();
    (0..3).for_each(|at| drop(noted(&audit, &format!("act{at}"))));
    let path = only_file(&audit);
    let text = fs::read_to_string(&path).unwrap();
    let mut lines = text.lines();
    for month in ["2020-01", "2020-02"] {
        fs::write(audit.folder().join(format!("{month}.jsonl")), format!("{}\n", lines.next().unwrap())).unwrap();
    }
    fs::write(&path, lines.map(|line| format!("{line}\n")).collect::<String>()).unwrap();
    assert!(verify(audit.folder(), &[]).unwrap().findings.is_empty());
    let now = jiff::Timestamp::now();
    assert_eq!(audit.drop_before(6, now).unwrap(), 2);
    // Nobody said that they were dropped rightly.
    assert!(!verify(audit.folder(), &[]).unwrap().findings.is_empty());
    let drop = Entry { what: "audit_drop".into(), subject: "3".into(), ..Entry::default() };
    audit.append(drop).unwrap();
    let verified = verify(audit.folder(), &[]).unwrap();
    assert_eq!((verified.first, verified.entries, verified.findings.len()), (3, 2, 0));
    assert_eq!(noted(&audit, "next").seq, 5);
}

#[test]
fn a_log_that_ends_in_something_else_takes_nothing_more() {
    let (_folder, audit) = log();
    noted(&audit, "one");
    fs::write(only_file(&audit), "this is no entry\n").unwrap();
    let refused = audit.append(Entry { what: "two".into(), ..Entry::default() });
    assert!(matches!(refused, Err(AuditError::Damaged { .. })), "{refused:?}");
}

#[test]
fn two_writers_make_one_chain() {
    let (folder, _) = log();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            let audit = Audit::of(folder.path());
            scope.spawn(move || (0..25).for_each(|_| drop(noted(&audit, "act"))));
        }
    });
    let verified = verify(&folder.path().join(FOLDER), &[]).unwrap();
    assert_eq!((verified.entries, verified.findings.len()), (100, 0));
}
