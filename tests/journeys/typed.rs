//! Citations as they are typed, on the sample.

use super::citations::corpus;
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
fn words_before_and_behind_a_typed_citation_do_not_hide_it() {
    let folder = tempfile::tempdir().unwrap();
    let faju = open(folder.path());
    let target = || vec!["城乡公共空间管理法第六十八条 现行有效".to_string()];
    for query in ["占道 城乡公共空间管理法68条", "城乡公共空间管理法68条 占道", "城乡公共空间管理法68条占道罚款"]
    {
        let page = search(&faju, &[("q", query)]);
        assert_eq!(cited(&page), Some((TypedOutcome::Resolved, target())), "{query}");
        assert!(ids(&page)[0].ends_with("/a68"), "{query}: {:?}", ids(&page));
    }
}

#[test]
fn an_article_without_the_part_that_was_typed_comes_first_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let faju = open(folder.path());
    let page = search(&faju, &[("q", "行政执法通则法3条99款")]);
    let citation = page.citation.as_ref().unwrap();
    assert_eq!(citation.outcome, TypedOutcome::NotFound);
    assert!(citation.message.contains("第三条第九十九款："), "{}", citation.message);
    assert!(ids(&page)[0].ends_with("/a3"), "{:?}", ids(&page));
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
fn a_typed_citation_of_a_past_text_is_the_first_result_with_its_status() {
    let folder = tempfile::tempdir().unwrap();
    let faju = open(folder.path());
    let page = search(&faju, &[("q", "城镇临时占道管理条例第二条")]);
    let repealed = "城镇临时占道管理条例第二条 已废止".to_string();
    assert_eq!(cited(&page), Some((TypedOutcome::Resolved, vec![repealed.clone()])));
    let target = page.citation.as_ref().unwrap().targets[0].provision.clone().unwrap();
    assert_eq!(ids(&page)[0], target, "whatever has become of it");
    let Item::Group(first) = &page.items[0] else { panic!("a group") };
    assert_eq!(first.version.as_ref().unwrap().status.chinese(), "已废止");
    assert!(page.warnings.iter().any(|warning| warning.contains("（已废止）在 2")), "{:?}", page.warnings);
    let others = search(&faju, &[("q", "城镇临时占道管理条例第二条"), ("group", "none"), ("limit", "1000")]);
    assert_eq!(ids(&others).iter().filter(|id| id.starts_with(&first.instrument.id)).count(), 1, "and no other of it");
    for (parameters, said) in [
        (("status", "in_force"), "所选时效不含“已废止”，未列入结果"),
        (("kind", "case"), "不在所选的筛选范围内，未列入结果"),
    ] {
        let page = search(&faju, &[("q", "城镇临时占道管理条例第二条"), parameters]);
        assert!(!ids(&page).contains(&target), "a filter that was asked for wins");
        assert_eq!(cited(&page), Some((TypedOutcome::Resolved, vec![repealed.clone()])));
        let citation = page.citation.unwrap();
        assert_eq!(citation.targets[0].excluded.as_deref(), Some(said));
        assert!(citation.message.ends_with(&format!("（已废止）；{said}")), "{}", citation.message);
    }
    let all = search(&faju, &[("q", "城镇临时占道管理条例第二条"), ("status", "all")]);
    assert_eq!(ids(&all)[0], target);
    let then = search(&faju, &[("q", "公共空间占用管理条例 2"), ("as_of", "2021-01-01")]);
    assert!(ids(&then)[0].contains("@2020-04-10/a2"), "{:?}", ids(&then));
    let year = search(&faju, &[("q", "公共空间占用管理条例（2020）第2条")]);
    assert_eq!(cited(&year).unwrap().1, ["公共空间占用管理条例第二条 已被修改"]);
    assert!(ids(&year)[0].contains("@2020-04-10/a2"), "{:?}", ids(&year));
}

#[test]
fn a_typed_series_comes_first_in_its_order() {
    let folder = tempfile::tempdir().unwrap();
    let faju = open(folder.path());
    for (query, places) in [
        ("通则法3、5条", &["a3", "a5"][..]),
        ("通则法5,3条", &["a5", "a3"]),
        ("行政执法通则法3和5条", &["a3", "a5"]),
        ("通则法第3条、第5条", &["a3", "a5"]),
        ("通则法3-5条", &["a3", "a4", "a5"]),
        ("通则法3至5条", &["a3", "a4", "a5"]),
        ("行执通则法 3—5", &["a3", "a4", "a5"]),
        ("通则法第5条第1款第（一）、（二）项", &["a5"]),
    ] {
        let page = search(&faju, &[("q", query), ("group", "none")]);
        let citation = page.citation.as_ref().unwrap();
        assert_eq!(citation.outcome, TypedOutcome::Resolved, "{query}: {}", citation.message);
        let found = ids(&page);
        for (place, id) in places.iter().zip(&found) {
            assert!(id.ends_with(&format!("/{place}")), "{query}: {found:?}");
        }
        let grouped = search(&faju, &[("q", query)]);
        assert_eq!(ids(&grouped)[..places.len()], found[..places.len()], "{query}");
    }
    let (outcome, targets) = cited(&search(&faju, &[("q", "通则法3、999条")])).unwrap();
    assert_eq!((outcome, targets.len()), (TypedOutcome::NotFound, 2), "{targets:?}");
    let many = search(&faju, &[("q", "通则法1-20条")]).citation.unwrap();
    assert_eq!(many.targets.len(), 10);
    assert!(many.message.contains("第一条至第二十条，共 "), "{}", many.message);
}

#[test]
fn former_texts_and_questions_are_understood() {
    let folder = tempfile::tempdir().unwrap();
    let faju = open(folder.path());
    for (query, version, place) in [
        ("原行政执法通则法3条", "2016-10-31", "a3"),
        ("旧通则法 3", "2016-10-31", "a3"),
        ("原城镇临时占道管理条例2条", "2005-03-20", "a2"),
        ("行政执法通则法(2016)3条", "2016-10-31", "a3"),
        ("行政执法通则法2016年版第3条", "2016-10-31", "a3"),
        ("违反行政执法通则法（2016修订）第3条", "2016-10-31", "a3"),
        ("新行政执法通则法3条", "2021", "a3"),
        ("行政执法通则法第3条怎么规定？", "2021", "a3"),
        ("行政执法通则法 第5条 第1款的内容", "2021", "a5"),
        ("行政执法通则法9-1", "2021", "a9-1"),
    ] {
        let page = search(&faju, &[("q", query)]);
        assert_eq!(page.citation.as_ref().map(|citation| citation.outcome), Some(TypedOutcome::Resolved), "{query}");
        let first = &ids(&page)[0];
        assert!(first.contains(&format!("@{version}")) && first.ends_with(&format!("/{place}")), "{query}: {first}");
    }
}

#[test]
fn the_field_of_citations_takes_a_whole_one() {
    let folder = tempfile::tempdir().unwrap();
    let faju = open(folder.path());
    let found = |query: &str| {
        let page = search(&faju, &[("q", query), ("group", "none"), ("limit", "1000")]);
        (page.query.interpreted.clone(), ids(&page))
    };
    let quoted = found("引用:\"通则法 20条\"");
    assert!(!quoted.1.is_empty());
    for query in
        ["引用:通则法 20条", "cites:通则法 第20条", "引用：通则法20条", "引用:行政执法通则法 20", "引用:(通则法 20条)"]
    {
        assert_eq!(found(query).1, quoted.1, "{query}");
    }
    let (interpreted, with_words) = found("引用:通则法 20条 处罚");
    assert_eq!(interpreted, "含任一词：处罚，并引用了“通则法 20条”");
    assert!(with_words.iter().all(|id| quoted.1.contains(id)));
    for (query, at) in [("处罚 引用:不存在法 3条", 6), ("引用:通则法 999条", 3)] {
        let asked = [("q".to_string(), query.to_string())];
        let error = faju.search(&asked, &asker()).unwrap_err();
        assert_eq!(error.errors[0].position, Some(at), "{query}: {error}");
        assert_eq!(error.errors[0].parameter.as_deref(), Some("q"));
    }
}

#[test]
fn several_targets_are_listed_and_none_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let faju = open(folder.path());
    let of = |query: &str| cited(&search(&faju, &[("q", query)]));
    let (outcome, targets) = of("管理条例第2条").unwrap();
    assert_eq!((outcome, targets.len()), (TypedOutcome::Ambiguous, 7), "{targets:?}");
    assert_eq!(targets[6], "城镇临时占道管理条例第二条 已废止", "what is in force comes first");
    let (outcome, targets) = of("市容环境条例第999条").unwrap();
    assert_eq!((outcome, targets.len()), (TypedOutcome::NotFound, 1), "{targets:?}");
    assert!(targets[0].ends_with("当时的文本没有这一条"), "{targets:?}");
    let (outcome, targets) = of("占道管理条例 2").unwrap();
    assert_eq!((outcome, targets.len()), (TypedOutcome::Ambiguous, 1), "a tail of a title is no name: {targets:?}");
    let (outcome, targets) = of("饮用水水源条例第999条").unwrap();
    assert_eq!((outcome, targets.len()), (TypedOutcome::NotFound, 0), "{targets:?}");
    for words in ["罚款", "流动摊贩占道", "行政处罚 听证", "第三条", "\"行政执法通则法第三条\"", "标题:行政执法通则法"]
    {
        assert_eq!(of(words), None, "{words}");
    }
    let exact = search(&faju, &[("q", "行政执法通则法第三条"), ("match", "exact")]);
    assert!(exact.citation.is_none());
}

/// `faju resolve` reads a text that is nothing but one citation as the search box does, and never drops its number.
#[test]
fn a_text_that_is_one_typed_citation_is_resolved_as_typed() {
    let folder = tempfile::tempdir().unwrap();
    let faju = open(folder.path());
    let resolved = |text: &str| {
        let page = faju.resolve(&[text.to_string()], None, None, &asker()).unwrap();
        let shown = page.items[0].citations.iter().map(|citation| {
            let places: Vec<&str> = citation.provisions.iter().map(|place| place.label.as_str()).collect();
            format!("{:?} {} {}", citation.outcome, citation.instruments[0].title, places.join("、"))
        });
        shown.collect::<Vec<_>>().join("；")
    };
    let law = "城乡公共空间管理法";
    for text in ["城乡公共空间管理法 68", "城乡公共空间管理法68条", "《城乡公共空间管理法》68"]
    {
        assert_eq!(resolved(text), format!("Resolved {law} 第六十八条"), "{text}");
    }
    assert_eq!(resolved("城乡公共空间管理法"), format!("Resolved {law} "));
    assert!(
        resolved("违反城乡公共空间管理法第六十八条的，处罚款。").starts_with("Resolved"),
        "a sentence is read as one"
    );
}

#[test]
fn a_title_that_quotes_words_is_the_first_result() {
    let folder = tempfile::tempdir().unwrap();
    let title = "云桥县保障“最多等一班”改革规定";
    let text = "第一条　为了保障“最多等一班”改革，制定本规定。\\n第二条　渡船每班间隔不得超过三十分钟。";
    let line = format!(
        "{{\"kind\":\"normative\",\"access\":\"public\",\"title\":\"{title}\",\"issuer\":\"云桥县人民政府\",\
         \"promulgation_date\":\"2024-03-01\",\"effective_date\":\"2024-04-01\",\"text\":\"{text}\"}}\n"
    );
    let faju = corpus(folder.path(), &[line]);
    for query in [title.to_string(), format!("《{title}》")] {
        let page = search(&faju, &[("q", &query)]);
        assert_eq!(cited(&page), Some((TypedOutcome::Resolved, vec![format!("{title} 现行有效")])), "{query}");
    }
    // Quotation marks alone make a phrase.
    assert!(search(&faju, &[("q", "“最多等一班”改革")]).citation.is_none());
}
