//! Cases like some facts or like a case, on cases of our own.

use super::{asker, import, open};
use faju::app::view::similar::SimilarPage;
use faju::app::{Faju, Found, Likes};
use serde_json::{Value, json};

const RULES: &str = "---\nkind: normative\naccess: public\n---\n# 云桥县渡口夜航管理办法\n\n\
第一条　渡工夜航应当开启桅灯。\n\n\
第二条　禁止渡工酒后驾驶渡船。\n\n\
第三条　违反本办法第二条规定，酒后驾驶渡船的，由县渡口管理机关处五百元罚款。\n\n\
第四条　违反本办法第一条规定，未开启桅灯的，由县渡口管理机关处二百元罚款。\n";

fn case(number: u32, facts: &str, article: &str, labels: &Value) -> Value {
    json!({
        "kind": "case", "case_kind": "penalty_decision", "title": format!("云桥县渡口处罚决定书{number}"), "access": "public",
        "issuer": "云桥县渡口管理站", "region": "990121", "case_number": format!("云渡罚〔2026〕{number}号"),
        "decided_on": format!("2026-0{number}-01"), "labels": labels,
        "text": format!("【违法事实】\n{facts}\n【处罚依据】\n《云桥县渡口夜航管理办法》{article}\n【处罚决定】\n罚款。")
    })
}

/// Four cases; `labelled` puts labels on them that would turn the order round if anything read them.
fn corpus(labelled: bool) -> (tempfile::TempDir, Faju) {
    let folder = tempfile::tempdir().unwrap();
    let faju = open(folder.path());
    std::fs::write(folder.path().join("夜航.md"), RULES).unwrap();
    let labels = |number: u32| if labelled { json!([{"law": "刑法", "number": number}]) } else { json!([]) };
    let rows = [
        case(1, "张某晚上喝了白酒以后驾驶渡船摆渡乘客。", "第三条", &labels(133)),
        case(2, "李某饮酒后驾船载客，被当场查获。", "第三条", &labels(200)),
        case(3, "王某夜间摆渡没有打开桅灯。", "第四条", &labels(133)),
        case(4, "赵某在码头堆放木料，堵塞通道。", "第九条", &labels(133)),
    ];
    let lines: String = rows.iter().map(|row| format!("{row}\n")).collect();
    std::fs::write(folder.path().join("案例.jsonl"), lines).unwrap();
    import(&faju, folder.path().join("夜航.md"));
    import(&faju, folder.path().join("案例.jsonl"));
    (folder, faju)
}

fn similar(faju: &Faju, likes: Likes<'_>, parameters: &[(&str, &str)]) -> SimilarPage {
    let owned: Vec<(String, String)> = parameters.iter().map(|(n, v)| (n.to_string(), v.to_string())).collect();
    match faju.similar(&likes, &owned, &asker()).unwrap() {
        Found::Here(page) => page,
        Found::Moved(to) => panic!("{to}"),
    }
}

fn numbers(page: &SimilarPage) -> Vec<&str> {
    page.items.iter().map(|item| item.case_number.as_deref().unwrap()).collect()
}

#[test]
fn facts_find_cases_under_the_same_article_and_say_why() {
    let (_folder, faju) = corpus(false);
    let page = similar(&faju, Likes::Text("渡工饮酒之后驾驶渡船载客"), &[]);
    assert_eq!(numbers(&page)[..2].iter().copied().collect::<std::collections::BTreeSet<_>>().len(), 2);
    assert!(numbers(&page)[..2].iter().all(|number| ["云渡罚〔2026〕1号", "云渡罚〔2026〕2号"].contains(number)));
    for item in &page.items {
        assert!(!item.reasons.sentences.is_empty(), "never a bare score: {item:?}");
        assert!((0.0..=1.0).contains(&item.score), "{}", item.score);
    }
    let first = &page.items[0];
    assert!(first.reasons.shared_articles.iter().any(|article| article.label == "第三条" && !article.cited));
    assert!(page.articles.iter().all(|article| !article.cited), "the text cites nothing: what fits is to be checked");
}

#[test]
fn a_case_is_compared_by_what_it_cites_and_is_not_its_own_like() {
    let (_folder, faju) = corpus(false);
    let all = similar(&faju, Likes::Text("驾驶渡船"), &[("limit", "100")]);
    let own =
        &all.items.iter().find(|item| item.case_number.as_deref() == Some("云渡罚〔2026〕1号")).unwrap().instrument;
    let page = similar(&faju, Likes::Case(&own.id), &[]);
    assert_eq!(page.case.as_ref().map(|case| case.id.as_str()), Some(own.id.as_str()));
    assert_eq!(numbers(&page)[0], "云渡罚〔2026〕2号");
    assert!(page.items.iter().all(|item| item.instrument.id != own.id));
    assert!(page.articles.iter().all(|article| article.cited) && page.articles.len() == 1, "{:?}", page.articles);
    assert!(page.items[0].reasons.sentences[0].contains("同样引用《云桥县渡口夜航管理办法》第三条"));
}

#[test]
fn filters_day_and_paging_hold_for_what_only_articles_brought() {
    let (_folder, faju) = corpus(false);
    let text = "依照《云桥县渡口夜航管理办法》第三条处罚";
    assert!(numbers(&similar(&faju, Likes::Text(text), &[])).contains(&"云渡罚〔2026〕2号"));
    let early = similar(&faju, Likes::Text(text), &[("as_of", "2026-01-15")]);
    assert!(!numbers(&early).contains(&"云渡罚〔2026〕2号"), "{:?}", numbers(&early));
    let elsewhere = similar(&faju, Likes::Text(text), &[("region", "110000")]);
    assert!(elsewhere.items.is_empty() && elsewhere.found == 0);
    let whole = similar(&faju, Likes::Text(text), &[]);
    let (one, two) = (
        similar(&faju, Likes::Text(text), &[("limit", "1")]),
        similar(&faju, Likes::Text(text), &[("limit", "1"), ("offset", "1")]),
    );
    assert_eq!([numbers(&one), numbers(&two)].concat(), numbers(&whole)[..2]);
}

/// What a text covers of a question was once counted by the words that its segment of the index has.
#[test]
fn in_how_many_steps_cases_came_in_changes_no_reason() {
    let (one_folder, one) = corpus(false);
    let folder = tempfile::tempdir().unwrap();
    let apart = open(folder.path());
    let lines = std::fs::read_to_string(one_folder.path().join("案例.jsonl")).unwrap();
    import(&apart, one_folder.path().join("夜航.md"));
    for (at, line) in lines.lines().enumerate() {
        let file = folder.path().join(format!("案例{at}.jsonl"));
        std::fs::write(&file, format!("{line}\n")).unwrap();
        import(&apart, &file);
    }
    for text in ["渡工饮酒之后驾驶渡船载客", "没有打开桅灯"] {
        assert_eq!(
            similar(&one, Likes::Text(text), &[]).items,
            similar(&apart, Likes::Text(text), &[]).items,
            "{text}"
        );
    }
}

#[test]
fn labels_are_read_by_no_ranking() {
    let ((_one, without), (_two, with)) = (corpus(false), corpus(true));
    for text in ["渡工饮酒之后驾驶渡船载客", "没有打开桅灯", "依照《云桥县渡口夜航管理办法》第三条处罚"]
    {
        let shown = |faju: &Faju| {
            let mut page = similar(faju, Likes::Text(text), &[]);
            page.corpus.cursor.clear();
            page.items
        };
        assert_eq!(shown(&without), shown(&with), "{text}");
    }
}

#[test]
fn what_cannot_be_compared_is_said() {
    let (_folder, faju) = corpus(false);
    let code = |likes: Likes<'_>, parameters: &[(String, String)]| {
        faju.similar(&likes, parameters, &asker()).err().map(|error| error.code.name().to_string())
    };
    let long = "渡".repeat(20_001);
    assert_eq!(code(Likes::Text(&long), &[]).as_deref(), Some("too_large"));
    assert_eq!(code(Likes::Text("  。\n"), &[]).as_deref(), Some("invalid_parameter"));
    assert_eq!(code(Likes::Case("nothing"), &[]).as_deref(), Some("not_found"));
    assert_eq!(code(Likes::Text("渡船"), &[("kind".into(), "case".into())]).as_deref(), Some("unknown_parameter"));
    assert_eq!(code(Likes::Text("渡船"), &[("limit".into(), "0".into())]).as_deref(), Some("invalid_parameter"));
    let rules = faju
        .search(
            &[("q".into(), "桅灯".into()), ("kind".into(), "normative".into()), ("group".into(), "none".into())],
            &asker(),
        )
        .unwrap();
    let faju::app::view::Item::Single(rules) = &rules.items[0] else { panic!() };
    assert_eq!(code(Likes::Case(&rules.instrument.id), &[]).as_deref(), Some("invalid_parameter"));
}
