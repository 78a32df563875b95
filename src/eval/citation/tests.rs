//! Measured on the sample.

use super::super::Set;
use super::*;
use crate::app::{Access, Settings};
use jiff::civil::date;

fn sample() -> (tempfile::TempDir, Faju, Asker) {
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings::of(folder.path().to_path_buf());
    let faju = Faju::open(settings).unwrap();
    (folder, faju, Asker::of(Access::Restricted, date(2026, 11, 25)))
}

fn measured(rows: &str) -> Result<Set, AppError> {
    let (folder, faju, asker) = sample();
    let path = folder.path().join("rows.jsonl");
    std::fs::write(&path, rows).unwrap();
    file(&faju, &path, &asker)
}

#[test]
fn rows_are_counted_by_their_task() {
    let rows = [
        r#"{"id":"1","query":"社会法城乡公共空间管理法第二十条的内容是什么？","gold":[{"law":"城乡公共空间管理法","number":20,"text":"利用财政资金建设的公共空间，建设方案应当向社会公示，公示期不少于十五日。"}]}"#,
        r#"{"id":"2","query":"城乡公共空间管理法第七十条的内容是什么？","gold":[{"law":"城乡公共空间管理法","number":70,"version":"2019-08-26","text":"违反本法第四十六条规定，未经许可设置大型户外广告的，由公共空间主管部门责令限期拆除，可以处五千元以上五万元以下罚款。"}]}"#,
        r#"{"id":"3","query":"无人知晓法第七十条的内容是什么？","gold":[{"law":"无人知晓法","number":70}]}"#,
        r#"{"id":"4","query":"《城乡公共空间管理法》中有关「公示期不少于十五日」的规定，应当对应哪一条？","law":"城乡公共空间管理法","gold":{"article_number":"第20条"}}"#,
        r#"{"id":"5","query":"根据《城乡公共空间管理法》第92条的规定：公示期不少于十五日。","law":"城乡公共空间管理法","gold":{"label":"miss"}}"#,
        r#"{"id":"6","query":"根据《城乡公共空间管理法》第20条的规定：公示期不少于十五日。","law":"城乡公共空间管理法","gold":{"label":"altered"}}"#,
    ];
    let set = measured(&rows.join("\n")).unwrap();
    assert_eq!((set.name.as_str(), set.rows, set.in_corpus, set.right, set.stale), ("rows", 6, 5, 4, 1), "{set:?}");
    let kinds: Vec<(&str, u64)> = set.kinds.iter().map(|(kind, count)| (kind.as_str(), count.right)).collect();
    assert_eq!(kinds, [("lookup", 2), ("quotation", 1), ("sentence", 1)]);
    assert_eq!(set.errors.iter().map(|miss| miss.id.as_str()).collect::<Vec<_>>(), ["6"]);
}

#[test]
fn a_bad_line_is_named() {
    for (rows, said) in [
        ("{\"id\":\"1\"}", "第 1 行"),
        ("\n{\"id\":\"1\",\"query\":\"甲\",\"gold\":[]}", "第 2 行"),
        ("{\"id\":\"1\",\"query\":\"甲\",\"gold\":{\"article_number\":\"甲\"}}", "“甲”不是第几条"),
        ("", "没有一行"),
    ] {
        let error = measured(rows).unwrap_err();
        assert!(error.detail.contains(said), "{}", error.detail);
    }
}

#[test]
fn what_is_generated_from_the_sample_is_told_apart() {
    let (_folder, faju, asker) = sample();
    let options = Options { seed: 1, count: 10 };
    let set = generated(&faju, options, &asker).unwrap();
    assert_eq!(set.kinds.len(), 7, "{set:?}");
    assert!(set.errors.is_empty(), "{:#?}", set.errors);
    assert_eq!(generated(&faju, options, &asker).unwrap(), set, "the same seed makes the same");
}

#[test]
fn labels_of_articles_are_keys() {
    assert_eq!(key_of("第169条之一").as_deref(), Some("a169-1"));
    assert_eq!(key_of("第26条").as_deref(), Some("a26"));
    assert_eq!(key_of("第二十六条").as_deref(), Some("a26"));
    assert_eq!(key_of("26"), None);
}
