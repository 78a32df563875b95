//! The reading page, rendered from a view made by hand.

use super::*;
use crate::app::view::{InstrumentHead, PartView, VersionView};
use crate::app::{AuthorityLevel, EventKind, EventSource, Kind, Proofs, ValidityStatus};

fn version(key: &str, status: ValidityStatus) -> VersionView {
    VersionView {
        key: key.into(),
        effective_from: key.parse().ok(),
        ended_on: None,
        ended_by: None,
        status,
        dated: key.parse().ok(),
        origins: vec![],
        proof: None,
        assumed: None,
    }
}

fn provision(key: &str, text: &str, parts: Vec<PartView>) -> BlockView {
    BlockView::Provision {
        id: format!("0123abcd@2024-03-01/{key}"),
        key: key.into(),
        kind: ProvisionKind::Article,
        label: "第一条".into(),
        text: text.into(),
        parts,
    }
}

fn proof(document: Option<&str>, assumed: Option<&str>) -> Proof {
    Proof {
        event: EventKind::Effective,
        date: "2024-03-01".parse().unwrap(),
        source: EventSource::Text,
        quote: "第九条　本办法自<2024年3月1日>起施行。".into(),
        document: document.map(str::to_string),
        assumed: assumed.map(str::to_string),
    }
}

fn view(blocks: Vec<BlockView>) -> ReadingView {
    let from = Some(proof(Some("0123abcd@2024-03-01/a9"), Some("暂以代替")));
    let proofs = Proofs { from, to: Some(proof(None, None)) };
    let shown = VersionView { proof: Some(proofs), ..version("2024-03-01", ValidityStatus::InForce) };
    ReadingView {
        instrument: InstrumentHead {
            id: "0123abcd".into(),
            title: "云桥县桥梁养护办法".into(),
            kind: Kind::Normative,
            level: Some(AuthorityLevel::NormativeDocument),
            case_kind: None,
            issuer: Some("云桥县人民政府".into()),
            region: None,
            document_number: None,
        },
        versions: vec![shown.clone(), version("2020-01-01", ValidityStatus::Amended)],
        version: Some(shown),
        as_of: "2026-11-25".parse().unwrap(),
        known_to: "2026-06-26".parse().ok(),
        notice: Some("所问之日没有有效版本".into()),
        history: vec!["2024年3月1日公布".into()],
        events: vec![],
        blocks,
        issues: vec!["第五条之后缺第六条".into()],
        relations: vec![RelationShown {
            relation: "implements",
            acts: true,
            by: SaidBy::Person,
            title: "<桥梁法>".into(),
            instrument: None,
            provision: None,
            proof: "云桥县政府会议纪要".into(),
            reason: Some("正文漏写".into()),
            on: None,
            recorded_at: Some("2026-11-20T08:00:00Z".into()),
        }],
        corrections: vec![CorrectionShown {
            field: "effective_date".into(),
            before: serde_json::Value::Null,
            value: "2024-03-20".into(),
            reason: "漏录".into(),
            proof: "<公报>第三页".into(),
            recorded_at: "2026-11-21T08:00:00Z".into(),
        }],
        documents: vec![DocumentRef {
            id: "0123abcd@2024-03-01".into(),
            origin: "a/b".into(),
            shown: false,
            differing: 2,
        }],
        sample: true,
    }
}

fn heading(level: HeadingLevel, text: &str) -> BlockView {
    BlockView::Heading { level, text: text.into() }
}

#[test]
fn the_page_has_everything_about_the_text() {
    let part = PartView { key: "p1/s1".into(), label: String::new(), start: 6, end: 9 };
    let blocks = vec![heading(HeadingLevel::Chapter, "第一章　总则"), provision("a1", "第一条　甲\n乙<丙", vec![part])];
    let page =
        ReadingPage::of(view(blocks), &Linked::default(), Frame { sample: true, ..Frame::default() }).render().unwrap();
    for text in [
        "示例数据（虚构）",
        "<span class=\"badge now\">现行有效</span> <span>2024-03-01 起施行（按 2026-11-25 判断，库内文件截至 2026-06-26）</span>",
        "自 2024-03-01 起施行：<a href=\"/p/0123abcd@2024-03-01/a9\">〈第九条　本办法自&#60;2024年3月1日&#62;起施行。〉</a>",
        "<span class=\"assumed\">（暂以代替）</span>",
        "<li class=\"person\">施行日期：2024-03-20（原为未载明） <span class=\"quote\">人工更正，依据：&#60;公报&#62;第三页；理由：漏录（2026-11-21 记录）</span></li>",
        "<li class=\"person\">根据《〈桥梁法〉》制定 <span class=\"quote\">人工写明：云桥县政府会议纪要；理由：正文漏写（2026-11-20 记录）</span></li>",
        "href=\"/i/0123abcd@2020-01-01\"",
        "<span class=\"badge past\">已被修改</span>",
        "所问之日没有有效版本",
        "2024年3月1日公布",
        "<a href=\"#heading-0\">第一章　总则</a>",
        "<section id=\"a1\" class=\"provision article\">",
        "<b>第一条</b>　甲",
        "<p class=\"sub\"><span id=\"a1/p1/s1\"></span>乙&#60;丙</p>",
        "href=\"/p/0123abcd@2024-03-01/a1\"",
        "第五条之后缺第六条",
        "2 处与所示文本不同",
        "action=\"/i/0123abcd\"",
    ] {
        assert!(page.contains(text), "{text} in\n{page}");
    }
    assert_eq!(page.matches("class=\"proof\"").count(), 1, "no end, no proof of it");
}

#[test]
fn an_end_names_what_it_rests_on() {
    let mut view = view(vec![]);
    let mut next = version("2025-01-01", ValidityStatus::InForce);
    next.effective_from = "2025-01-01".parse().ok();
    let alone = view.versions.clone();
    for (by, says) in [
        (EndedBy::Amendment, "自 2025-01-01 起已被修改：〈"),
        (EndedBy::Amendment, "自 2025-01-01 起为后一版本所代替：〈"),
        (EndedBy::Repeal, "自 2025-01-01 起废止：〈"),
        (EndedBy::Expiry, "自 2025-01-01 起期满失效：〈"),
        (EndedBy::Unknown, "至迟 2025-01-01 已失效：〈"),
    ] {
        let version = view.version.as_mut().unwrap();
        (version.ended_on, version.ended_by) = ("2025-01-01".parse().ok(), Some(by));
        let page = ReadingPage::of(view.clone(), &Linked::default(), Frame::default()).render().unwrap();
        assert!(page.contains(says), "{says} in\n{page}");
        view.versions = alone.iter().chain([&next]).cloned().collect();
    }
}

#[test]
fn depths_follow_the_levels_that_occur() {
    let blocks = [
        heading(HeadingLevel::Title, "目录"),
        heading(HeadingLevel::Part, "第一编"),
        heading(HeadingLevel::Section, "第一节"),
    ];
    let rows = outline(&blocks, &depths(&blocks), true);
    let shown: Vec<_> = rows.iter().map(|row| (row.depth, row.text.as_str())).collect();
    assert_eq!(shown, [(0, "第一编"), (1, "第一节")]);
}

#[test]
fn a_text_without_headings_is_listed_by_its_provisions() {
    let page = ReadingPage::of(view(vec![provision("a1", "第一条　甲", vec![])]), &Linked::default(), Frame::default())
        .render()
        .unwrap();
    assert!(page.contains("<a href=\"#a1\">第一条</a>") && page.contains("条目"));
}
