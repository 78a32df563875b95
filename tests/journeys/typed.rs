//! Citations as they are typed, on the sample.

use super::*;
use faju::app::view::{CitedTarget, TypedOutcome};

/// What a typed citation leads to on the sample: outcome and targets (title, key of the place, status, problem).
fn cited(page: &SearchPage) -> Option<(TypedOutcome, Vec<String>)> {
    let citation = page.citation.as_ref()?;
    let target = |target: &CitedTarget| {
        let status = target.version.as_ref().map_or("案例", |version| version.status.chinese());
        let problem = target.problem.as_deref().map(|problem| format!(" {problem}")).unwrap_or_default();
        format!("{}{} {status}{problem}", target.instrument.title, target.label.as_deref().unwrap_or_default())
    };
    Some((citation.outcome, citation.targets.iter().map(target).collect()))
}

#[test]
fn a_typed_citation_is_the_first_result_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let faju = open(folder.path());
    let today = |query: &str| search(&faju, &[("q", query)]);
    for (query, target, place) in [
        ("行政执法通则法第三条", "行政执法通则法第三条 现行有效", "/a3"),
        ("行政執法通則法 9之一", "行政执法通则法第九条之一 现行有效", "/a9-1"),
        ("《行政执法通则法》第5条第1款第（一）项", "行政执法通则法第五条第一款第一项 现行有效", "/a5"),
        ("通则法3条", "行政执法通则法第三条 现行有效", "/a3"),
        ("行执通则法 3", "行政执法通则法第三条 现行有效", "/a3"),
        ("xzzftzf3", "行政执法通则法第三条 现行有效", "/a3"),
        ("行政执法通则法", "行政执法通则法 现行有效", "/a1"),
        ("云州省养犬管理条例2条", "云州省养犬管理条例第二条 现行有效", "/a2"),
        ("临司发2025 2号", "临江县行政规范性文件合法性审核工作规程 现行有效", ""),
        ("临司发〔2025〕2号", "临江县行政规范性文件合法性审核工作规程 现行有效", ""),
        ("临司发(2025)2号", "临江县行政规范性文件合法性审核工作规程 现行有效", ""),
    ] {
        let page = today(query);
        assert_eq!(cited(&page), Some((TypedOutcome::Resolved, vec![target.to_string()])), "{query}");
        assert!(ids(&page)[0].ends_with(place), "{query}: {:?}", ids(&page));
        let Item::Group(first) = &page.items[0] else { panic!("a group") };
        assert_eq!(first.instrument, page.citation.as_ref().unwrap().targets[0].instrument, "{query}");
        let single = search(&faju, &[("q", query), ("group", "none")]);
        assert_eq!(ids(&single)[0], ids(&page)[0], "{query}");
        assert!(page.citation.unwrap().message.starts_with("已识别为引用："), "{query}");
    }
    let case = today("临城管罚决2024 37号");
    assert_eq!(cited(&case).unwrap().0, TypedOutcome::Resolved);
}

#[test]
fn pages_of_a_typed_citation_fit() {
    let folder = tempfile::tempdir().unwrap();
    let faju = open(folder.path());
    for group in ["instrument", "none"] {
        let whole = search(&faju, &[("q", "行政执法通则法第三条"), ("group", group), ("limit", "1000")]);
        let mut seen = Vec::new();
        let mut cursor = String::new();
        loop {
            let asked = [("q", "行政执法通则法第三条"), ("group", group), ("limit", "3"), ("cursor", cursor.as_str())];
            let page = search(&faju, &asked);
            assert!(page.citation.is_some(), "on every page");
            seen.extend(page.items);
            match page.next {
                Some(next) => cursor = next,
                None => break,
            }
        }
        assert_eq!(seen, whole.items, "{group}");
    }
}

#[test]
fn a_typed_citation_of_a_past_text_stands_above_the_results() {
    let folder = tempfile::tempdir().unwrap();
    let faju = open(folder.path());
    let page = search(&faju, &[("q", "城镇临时占道管理条例第二条")]);
    let repealed = "城镇临时占道管理条例第二条 已废止".to_string();
    assert_eq!(cited(&page), Some((TypedOutcome::Resolved, vec![repealed])));
    assert!(!ids(&page).contains(page.citation.unwrap().targets[0].provision.as_ref().unwrap()), "filters hold");
    let all = search(&faju, &[("q", "城镇临时占道管理条例第二条"), ("status", "all")]);
    assert_eq!(ids(&all)[0], *all.citation.unwrap().targets[0].provision.as_ref().unwrap());
    let then = search(&faju, &[("q", "公共空间占用管理条例 2"), ("as_of", "2021-01-01")]);
    assert!(ids(&then)[0].contains("@2020-04-10/a2"), "{:?}", ids(&then));
    let year = search(&faju, &[("q", "公共空间占用管理条例（2020）第2条")]);
    assert_eq!(cited(&year).unwrap().1, ["公共空间占用管理条例第二条 已被修改"]);
}

#[test]
fn several_targets_are_listed_and_none_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let faju = open(folder.path());
    let of = |query: &str| cited(&search(&faju, &[("q", query)]));
    let (outcome, targets) = of("管理条例第2条").unwrap();
    assert_eq!((outcome, targets.len()), (TypedOutcome::Ambiguous, 3), "{targets:?}");
    assert_eq!(targets[2], "城镇临时占道管理条例第二条 已废止", "what is in force comes first");
    let (outcome, targets) = of("市容环境条例第999条").unwrap();
    assert_eq!((outcome, targets.len()), (TypedOutcome::NotFound, 1), "{targets:?}");
    assert!(targets[0].ends_with("当时的文本没有这一条"), "{targets:?}");
    let (outcome, targets) = of("饮用水水源条例第999条").unwrap();
    assert_eq!((outcome, targets.len()), (TypedOutcome::NotFound, 0), "{targets:?}");
    for words in ["罚款", "流动摊贩占道", "行政处罚 听证", "第三条", "\"行政执法通则法第三条\"", "标题:行政执法通则法"]
    {
        assert_eq!(of(words), None, "{words}");
    }
    let exact = search(&faju, &[("q", "行政执法通则法第三条"), ("match", "exact")]);
    assert!(exact.citation.is_none());
}
