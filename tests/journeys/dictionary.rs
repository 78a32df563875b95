//! The dictionary grows with the corpus, behind the searches.

use super::*;
use std::sync::atomic::Ordering;

/// So many ordinances, each with a word of its own.
fn ordinances(folder: &Path, numbers: std::ops::Range<usize>, access: &str) -> PathBuf {
    let path = folder.join(format!("{}-{access}.jsonl", numbers.start));
    let line = |number: usize| {
        let own: String = number.to_string().chars().map(|digit| char::from(digit as u8 - b'0' + b'a')).collect();
        let name = ["砖", "瓦", "石", "砂", "泥", "灰", "土", "木", "竹", "藤"][number % 10];
        let text =
            format!("第一条　本规定所称{name}料棚，是指堆放{name}料的棚子。\\n第二条　{own}号{name}料棚不得占道。");
        format!(
            "{{\"kind\":\"legislation\",\"level\":\"local_regulation\",\"region\":\"990100\",\"access\":\"{access}\",\
             \"title\":\"云桥县{own}号{name}料棚规定\",\"effective_date\":\"2020-01-01\",\"text\":\"{text}\"}}\n"
        )
    };
    std::fs::write(&path, numbers.map(line).collect::<String>()).unwrap();
    path
}

fn waits(faju: &Faju) -> bool {
    faju.state().unwrap().growth.waits()
}

fn frozen(data: &Path) -> Vec<String> {
    let index = data.join("index");
    let current = std::fs::read_to_string(index.join("CURRENT")).unwrap();
    let text = std::fs::read_to_string(index.join(current.trim()).join("words.txt")).unwrap_or_default();
    text.lines().map(str::to_owned).collect()
}

#[test]
fn words_wait_until_there_are_enough_and_are_taken_up_behind_the_searches() {
    let (folder, sources) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let faju = open(folder.path());
    let report = import(&faju, ordinances(sources.path(), 0..100, "public"));
    assert!(report.warnings.iter().any(|told| told.contains("100 个新标题")), "{:?}", report.warnings);
    assert!(waits(&faju) && frozen(folder.path()).is_empty(), "the first import has nothing to learn from");
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let searching = scope.spawn(|| {
            let mut count = 0;
            while !done.load(Ordering::Relaxed) || count == 0 {
                assert_eq!(search(&faju, &[("q", "占道")]).total.value, 100);
                count += 1;
            }
        });
        assert!(faju.grow().unwrap());
        done.store(true, Ordering::Relaxed);
        searching.join().unwrap();
    });
    let words = frozen(folder.path());
    assert!(words.contains(&"砖料棚".to_owned()), "{words:?}");
    assert!(!waits(&faju) && !faju.grow().unwrap(), "once");
    // Two in a hundred are too few; what is internal does not count beside what is public.
    let report = import(&faju, ordinances(sources.path(), 100..102, "public"));
    assert!(report.warnings.is_empty() && !waits(&faju), "{:?}", report.warnings);
    import(&faju, ordinances(sources.path(), 200..240, "internal"));
    assert!(!waits(&faju) && frozen(folder.path()) == words, "frozen");
    import(&faju, ordinances(sources.path(), 102..103, "public"));
    assert!(waits(&faju));
    // Another process that has the old index open sees the new one.
    let other = open(folder.path());
    assert!(faju.grow().unwrap());
    other.refresh().unwrap();
    assert!(!waits(&other) && search(&other, &[("q", "砂料棚")]).total.value > 0);
}

#[test]
fn the_same_records_give_the_same_words_in_any_order() {
    let (one, other, sources) =
        (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let parts: Vec<PathBuf> =
        (0..3).map(|part| ordinances(sources.path(), part * 20..part * 20 + 20, "public")).collect();
    let (first, second) = (open(one.path()), open(other.path()));
    parts.iter().for_each(|part| drop(import(&first, part)));
    parts.iter().rev().for_each(|part| drop(import(&second, part)));
    import(&second, ordinances(sources.path(), 300..320, "internal"));
    first.rebuild(&Silent).unwrap();
    second.rebuild(&Silent).unwrap();
    assert_eq!(frozen(one.path()), frozen(other.path()));
    assert_eq!(first.state().unwrap().fingerprint, second.state().unwrap().fingerprint);
    let words = frozen(one.path());
    assert!(words.iter().all(|word| !word.contains("三")), "nothing internal: {words:?}");
    // What was withdrawn gives no words.
    let page = search(&first, &[("q", "\"砖料棚\""), ("group", "none"), ("limit", "100")]);
    let mut ids: Vec<String> = ids(&page).iter().filter_map(|id| id.split('/').next().map(str::to_owned)).collect();
    ids.dedup();
    ids.sort();
    ids.dedup();
    for id in ids {
        first.act(Act::Withdraw { id, origin: None, reason: "测试".to_string() }, &asker()).unwrap();
    }
    first.rebuild(&Silent).unwrap();
    assert!(!frozen(one.path()).contains(&"砖料棚".to_owned()) && frozen(one.path()).contains(&"瓦料棚".to_owned()));
}

#[test]
fn the_words_of_the_user_are_taken_up_by_a_rebuild() {
    let (folder, sources) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let own = folder.path().join("words.txt");
    std::fs::write(&own, "棚不得占\n").unwrap();
    let faju = open(folder.path());
    import(&faju, ordinances(sources.path(), 0..5, "public"));
    assert_eq!(frozen(folder.path()), ["棚不得占"], "from the first import on");
    std::fs::write(&own, "棚不得占\n# 备注\n错 的\n").unwrap();
    let error = faju.rebuild(&Silent).unwrap_err();
    assert!(error.detail.contains("words.txt") && error.detail.contains("第 3 行"), "{error}");
    assert_eq!(search(&faju, &[("q", "\"棚不得占\"")]).total.value, 5, "the old index goes on");
    std::fs::write(&own, "不得占道\n").unwrap();
    faju.rebuild(&Silent).unwrap();
    let words = frozen(folder.path());
    assert!(words.contains(&"不得占道".to_owned()) && !words.contains(&"棚不得占".to_owned()), "{words:?}");
    // An index that lost its words is made again.
    let current = std::fs::read_to_string(folder.path().join("index/CURRENT")).unwrap();
    std::fs::remove_file(folder.path().join("index").join(current.trim()).join("words.txt")).unwrap();
    drop(faju);
    let again = open(folder.path());
    assert_eq!((frozen(folder.path()), search(&again, &[("q", "料棚")]).total.value > 0), (words, true));
}
