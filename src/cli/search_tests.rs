//! Results as text, from an answer made by hand.

use super::*;
use crate::app::view::{
    CitedTarget, CorpusView, GroupView, InstrumentHead, QueryView, Range, TotalCount, VersionView, Why,
};
use crate::app::{Kind, ProvisionKind, ValidityStatus};

fn page(sample: bool) -> SearchPage {
    let hit = ProvisionHit {
        id: "0123abcd@2024-03-01/a3".into(),
        kind: ProvisionKind::Article,
        label: "第三条".into(),
        path: vec![],
        text: "第三条　处罚款。".into(),
        highlights: vec![Range { start: 5, end: 7 }],
        marked: String::new(),
        score: 1.0,
        version_key: "2024-03-01".into(),
        via: None,
        why: None,
    };
    let version = VersionView {
        key: "2024-03-01".into(),
        effective_from: None,
        ended_on: None,
        ended_by: None,
        status: ValidityStatus::Unknown,
        dated: None,
        origins: vec![],
        proof: None,
        assumed: None,
    };
    let instrument = InstrumentHead {
        id: "0123abcd".into(),
        title: "云桥县桥梁养护办法".into(),
        kind: Kind::Normative,
        level: None,
        case_kind: None,
        issuer: Some("云桥县人民政府".into()),
        region: None,
        document_number: None,
    };
    SearchPage {
        query: QueryView { raw: "罚款".into(), interpreted: "罚款".into(), expanded: Vec::new() },
        total: TotalCount { value: 4, relation: "gte", groups: 1, hidden: 2, associated: 0, expanded: 0 },
        did_you_mean: None,
        citation: None,
        items: vec![Item::Group(Box::new(GroupView {
            instrument,
            version: Some(version),
            matched: 4,
            provisions: vec![hit],
        }))],
        facets: [].into(),
        next: Some("c2".into()),
        corpus: CorpusView { cursor: "1".into(), as_of: "2026-11-25".parse().unwrap() },
        sample,
        warnings: vec!["注意".into()],
        took_ms: 1.0,
        request_id: String::new(),
    }
}

#[test]
fn results_read_calmly_and_leave_nothing_out() {
    insta::assert_snapshot!(shown(&page(true), Style::plain()));
    assert!(!shown(&page(false), Style::plain()).contains("示例"));
}

#[test]
fn a_citation_is_named_before_the_results() {
    let Item::Group(group) = page(false).items.remove(0) else { panic!("a group") };
    let target = CitedTarget {
        instrument: group.instrument.clone(),
        version: group.version.clone(),
        provision: Some("0123abcd@2024-03-01/a3".into()),
        label: Some("第三条".into()),
        text: Some("第三条　处罚款。".into()),
        why: Why::Title,
        problem: None,
        excluded: None,
    };
    let mut citation = TypedCitation {
        read: "云桥县桥梁养护办法第三条".into(),
        outcome: TypedOutcome::Resolved,
        message: "已识别为引用：《云桥县桥梁养护办法》第三条".into(),
        targets: vec![target],
    };
    let of = |citation: &TypedCitation| {
        shown(&SearchPage { citation: Some(citation.clone()), ..page(false) }, Style::plain())
    };
    let clear = of(&citation);
    assert!(clear.starts_with("已识别为引用：《云桥县桥梁养护办法》第三条\n     0123abcd@2024-03-01/a3\n"), "{clear}");
    citation.outcome = TypedOutcome::Ambiguous;
    assert!(of(&citation).contains("     《云桥县桥梁养护办法》第三条（时效未知）  0123abcd@2024-03-01/a3\n"));
}
