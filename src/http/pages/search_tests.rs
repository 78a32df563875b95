//! The search page, rendered from answers made by hand.

use super::*;
use crate::app::service::Who;
use crate::app::view::{CorpusView, ExpansionView, FacetValue, GroupView, QueryView, Why};
use crate::app::{Access, AuthorityLevel, ErrorItem, Kind, ValidityStatus};
use axum::body::Bytes;
use axum::http::HeaderMap;

fn instrument() -> InstrumentHead {
    InstrumentHead {
        id: "0123abcd".into(),
        title: "云桥县<桥梁>养护办法".into(),
        kind: Kind::Normative,
        level: Some(AuthorityLevel::NormativeDocument),
        case_kind: None,
        issuer: Some("云桥县人民政府".into()),
        region: Some("990101".into()),
        document_number: Some("云桥政发〔2024〕3号".into()),
    }
}

fn version(status: ValidityStatus) -> VersionView {
    VersionView {
        key: "2024-03-01".into(),
        effective_from: Some("2024-04-01".parse().unwrap()),
        ended_on: None,
        ended_by: None,
        status,
        dated: Some("2024-03-01".parse().unwrap()),
        origins: vec!["sample/text".into()],
        proof: None,
        assumed: None,
    }
}

fn hit(id: &str, version_key: &str) -> ProvisionHit {
    ProvisionHit {
        id: id.into(),
        kind: crate::app::ProvisionKind::Article,
        label: "第三条".into(),
        path: vec!["第一章　总则".into()],
        text: "第三条　违反<本办法>的，处罚款。".into(),
        highlights: vec![Range { start: 14, end: 16 }],
        marked: String::new(),
        score: 1.0,
        version_key: version_key.into(),
        via: None,
        why: None,
    }
}

fn answer(items: Vec<Item>, hidden: u64) -> SearchPage {
    let status = vec![FacetValue { value: "in_force".into(), count: 3 }];
    SearchPage {
        query: QueryView { raw: "罚款".into(), interpreted: "罚款".into(), expanded: Vec::new() },
        total: total(items.len() as u64, hidden),
        did_you_mean: None,
        citation: None,
        items,
        facets: [("status".to_string(), status)].into(),
        next: Some("c2".into()),
        corpus: CorpusView { cursor: "1".into(), as_of: "2026-11-25".parse().unwrap() },
        sample: true,
        warnings: vec![],
        took_ms: 1.25,
        request_id: String::new(),
    }
}

fn total(value: u64, hidden: u64) -> crate::app::view::TotalCount {
    crate::app::view::TotalCount {
        value: value * 1234,
        relation: "eq",
        groups: value,
        hidden,
        associated: 0,
        expanded: 0,
    }
}

fn html(parameters: &[(&str, &str)], problem: Option<Problem>, answer: Option<SearchPage>) -> String {
    let parameters = parameters.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    let asked = Asked {
        id: String::new(),
        parameters,
        headers: HeaderMap::new(),
        body: Bytes::new(),
        request_id: "r".into(),
        who: Who::command(),
        encrypted: false,
    };
    let asker = Asker::of(Access::Public, "2026-11-25".parse().unwrap());
    ResultsPage::of(true, &asked, problem, answer, &asker).render().unwrap()
}

fn group(version: Option<VersionView>, hits: Vec<ProvisionHit>) -> Item {
    Item::Group(Box::new(GroupView { instrument: instrument(), version, matched: 9, provisions: hits }))
}

#[test]
fn a_result_shows_title_status_facts_and_marked_text_all_escaped() {
    let hits = vec![hit("0123abcd@2024-03-01/a3", "2024-03-01")];
    let page = html(&[("q", "罚款")], None, Some(answer(vec![group(Some(version(ValidityStatus::Unknown)), hits)], 7)));
    for part in [
        "示例数据（虚构）",
        "找到 1,234 条，在 1 件文件中",
        "另有 7 条尚未施行或已不再有效",
        "href=\"/?q=%E7%BD%9A%E6%AC%BE&#38;status=all\"",
        "云桥县&#60;桥梁&#62;养护办法",
        "<span class=\"badge unknown\">时效未知</span>",
        "href=\"/i/0123abcd@2024-03-01?q=%E7%BD%9A%E6%AC%BE#a3\"",
        "<p class=\"text\">违反&#60;本办法&#62;的，处<mark>罚款</mark>。",
        "本文件中另有 8 条",
        "rel=\"next\" href=\"/?q=%E7%BD%9A%E6%AC%BE&#38;cursor=c2\"",
        "现行有效</span>",
    ] {
        assert!(page.contains(part), "{part} in\n{page}");
    }
    assert!(!page.contains("<本办法>") && !page.contains("style=") && page.matches("<script").count() == 1);
}

#[test]
fn what_was_looked_for_besides_is_told_and_can_be_left_out() {
    let added = ProvisionHit { via: Some("thesaurus"), ..hit("0123abcd@2024-03-01/a3", "2024-03-01") };
    let mut answer = answer(vec![group(Some(version(ValidityStatus::InForce)), vec![added])], 0);
    answer.query.expanded =
        vec![ExpansionView { word: "摆<摊".into(), terms: vec!["占用道路".into(), "摊点".into()] }];
    answer.total.expanded = 3;
    let page = html(&[("q", "摆摊")], None, Some(answer));
    for part in ["同时查找：摆&#60;摊 → 占用道路、摊点", "expand=false", "其中 3 条不含这些词", ">同义词</span>"]
    {
        assert!(page.contains(part), "{part} in\n{page}");
    }
}

#[test]
fn a_hit_in_another_version_says_so_and_a_case_has_no_status() {
    let hits = vec![hit("0123abcd@2020-01-01/a3", "2020-01-01")];
    let page = html(&[("q", "x")], None, Some(answer(vec![group(Some(version(ValidityStatus::InForce)), hits)], 0)));
    assert!(page.contains("href=\"/i/0123abcd@2020-01-01?q=x#a3\"") && page.contains("另一版本"));
    let case = group(None, vec![hit("0123abcd/facts", "-")]);
    let page = html(&[("q", "x")], None, Some(answer(vec![case], 0)));
    assert!(page.contains("href=\"/i/0123abcd?q=x#facts\"") && !page.contains("class=\"badge"));
}

#[test]
fn an_empty_result_says_what_to_try() {
    let page = html(&[("q", "罚款"), ("kind", "case")], None, Some(answer(vec![], 3)));
    for part in ["没有找到", "把尚未施行和已不再有效的也列出来", "去掉全部筛选再找", "少用几个词"]
    {
        assert!(page.contains(part), "{part}");
    }
}

#[test]
fn a_bad_query_is_shown_with_its_place_and_searched_as_words() {
    let error = AppError::new(ErrorCode::InvalidQuery, "检索式有误").at(ErrorItem {
        parameter: Some("q".into()),
        position: Some(2),
        message: "引号没有配对".into(),
        ..ErrorItem::default()
    });
    let asked = [("q".to_string(), "处罚\"听证 AND -甲".to_string())];
    let words = plain_words(&asked[0].1);
    assert_eq!(words, "处罚 听证 甲");
    let page = html(&[("q", &asked[0].1)], Some(Problem::of(&error, &asked, Some(words))), None);
    assert!(
        page.contains("引号没有配对") && page.contains("<code>处罚<mark>&#34;</mark>听证 AND -甲</code>"),
        "{page}"
    );
    assert!(page.contains("按普通词语“处罚 听证 甲”检索"));
}

#[test]
fn a_filter_that_is_chosen_can_be_taken_away() {
    let page = html(&[("q", "x"), ("status", "in_force,unknown")], None, Some(answer(vec![], 0)));
    assert!(page.contains("href=\"/?q=x&#38;status=unknown\" aria-current=\"true\""), "{page}");
    assert!(page.contains("（已选 1 项）"));
}

#[test]
fn thousands_stand_apart() {
    assert_eq!([0, 999, 1000, 1234567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
}

fn cited(outcome: TypedOutcome, statuses: &[ValidityStatus]) -> TypedCitation {
    let target = |status: &ValidityStatus| CitedTarget {
        instrument: instrument(),
        version: Some(version(*status)),
        provision: Some("0123abcd@2024-03-01/a3/p2".into()),
        label: Some("第三条第二款".into()),
        text: Some("第三条　养护<桥梁>。".into()),
        why: Why::Title,
        problem: (outcome != TypedOutcome::Resolved).then(|| "该条没有这一款、项或目".into()),
        excluded: None,
    };
    TypedCitation {
        read: "云桥县桥梁养护办法第三条第二款".into(),
        outcome,
        message: "可以指 2 件文件，请选择".into(),
        targets: statuses.iter().map(target).collect(),
    }
}

#[test]
fn a_citation_is_named_above_the_results_with_a_link() {
    let hits = || vec![hit("0123abcd@2024-03-01/a3", "2024-03-01")];
    let found = group(Some(version(ValidityStatus::InForce)), hits());
    let clear = || Some(cited(TypedOutcome::Resolved, &[ValidityStatus::InForce]));
    let page = html(&[("q", "x")], None, Some(SearchPage { citation: clear(), ..answer(vec![found], 0) }));
    let link = "已识别为引用：<a href=\"/i/0123abcd@2024-03-01#a3\">《云桥县&#60;桥梁&#62;养护办法》第三条第二款</a>";
    assert!(page.contains(link), "{page}");
    assert!(!page.contains("养护&#60;桥梁&#62;。"), "its text is the first result");
    let hidden = html(&[("q", "x")], None, Some(SearchPage { citation: clear(), ..answer(vec![], 3) }));
    assert!(
        hidden.contains(link) && hidden.contains("养护&#60;桥梁&#62;。") && hidden.contains("没有找到"),
        "{hidden}"
    );
}

#[test]
fn what_a_citation_may_mean_is_listed() {
    let both = cited(TypedOutcome::Ambiguous, &[ValidityStatus::InForce, ValidityStatus::Repealed]);
    let page = html(&[("q", "x")], None, Some(SearchPage { citation: Some(both), ..answer(vec![], 0) }));
    for part in ["可以指 2 件文件，请选择", "已废止</span>", "该条没有这一款、项或目"] {
        assert!(page.contains(part), "{part} in\n{page}");
    }
    assert_eq!(page.matches("第三条第二款</a>").count(), 2);
}
