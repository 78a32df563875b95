use super::tests::read;
use super::*;

fn masked(case: &Document) -> Document {
    crate::law::mask::mask(case).document
}

#[test]
fn decisions_that_take_back_or_change_a_penalty_are_papers_of_a_case() {
    let titles = [
        ("云桥县水利局关于撤销行政处罚决定的决定", Some(CaseKind::PenaltyDecision)),
        ("云桥县水利局关于撤销云水罚〔2024〕第3号行政处罚决定的决定", Some(CaseKind::PenaltyDecision)),
        ("关于撤销《行政处罚决定书》（云水罚〔2024〕3号）的决定", Some(CaseKind::PenaltyDecision)),
        ("关于部分撤销妫阿岭行政处罚决定的公告", Some(CaseKind::PenaltyDecision)),
        ("云桥县水利局关于变更对妫阿岭行政处罚决定的决定", Some(CaseKind::PenaltyDecision)),
        ("云桥县水利局变更行政处罚决定通知书", Some(CaseKind::PenaltyDecision)),
        ("云桥县水利局行政处罚决定变更通知书", Some(CaseKind::PenaltyDecision)),
        ("关于更正行政处罚决定书的通知", None),
        ("行政处罚决定书补正通知书", None),
    ];
    let bodies = [
        "妫阿岭：\n本局2024年3月4日对你作出罚款二千元的决定，事实不清。如不服本决定，可以申请行政复议。",
        "当事人：妫阿岭\n经查，将罚款二千元变更为罚款二百元。",
    ];
    for (title, kind) in titles {
        for body in bodies {
            let case = read("1.txt", &format!("{title}\n云水撤〔2024〕3号\n{body}\n云桥县水利局\n2024年5月6日"));
            assert_eq!((case.kind, case.case_kind), (Kind::Case, kind), "{title}");
            let masked = masked(&case);
            assert!(!masked.text.contains("阿岭") && !masked.title.contains("阿岭"), "{title} {}", masked.text);
        }
    }
    for title in [
        "关于规范变更行政处罚决定的通知",
        "云桥县人民政府关于撤销部分行政处罚事项的决定",
        "云桥县人民政府关于变更行政处罚实施主体的决定",
        "关于修改行政处罚决定书格式的通知",
        "关于变更行政处罚决定书样式的通知",
        "云桥县撤销、变更行政处罚决定程序规定",
    ] {
        let text = format!("{title}\n各乡镇人民政府：\n当事人违法的，经查属实后依法处罚，当事人可以申请行政复议。");
        assert_eq!(read("规定.txt", &text).kind, Kind::Normative, "{title}");
    }
}

#[test]
fn decisions_published_as_fields_are_cases_whose_names_are_masked() {
    let fields = [
        "当事人：妫阿岭\n违法事实：占道经营\n处罚结果：罚款200元\n处罚依据：《云桥县市容条例》第三条\n处罚机关：云桥县城市管理局\n处罚日期：2024年3月5日",
        "行政相对人名称：妫阿岭\n行政处罚决定书文号：云城罚〔2024〕3号\n违法行为类型：占道经营\n违法事实：占道经营\n处罚依据：《云桥县市容条例》第三条\n处罚类别：罚款\n处罚内容：罚款200元\n处罚机关：云桥县城市管理局",
        "1.被处罚人姓名：妫阿岭\n2.主要违法事实：占道经营\n3.行政处罚依据：《云桥县市容条例》第三条\n4.行政处罚内容：罚款200元",
        "被处罚人姓名\n妫阿岭\n主要违法事实\n占道经营\n处罚结果\n罚款200元\n作出处罚的机关名称\n云桥县城市管理局",
        "当 事 人：妫阿岭\n违法事实：\n占道经营\n处罚结果：\n罚款200元",
        "当事人\t妫阿岭\n违法事实\t占道经营\n处罚结果\t罚款200元",
    ];
    for title in [
        "云桥县城市管理局行政处罚决定书公示表",
        "云桥县城市管理局行政处罚信息公示",
        "行政处罚决定信息公开表",
        "云桥县城市管理局行政处罚公示（2024年第3期）",
    ] {
        for text in fields {
            let case = read("1.txt", &format!("{title}\n\n{text}\n"));
            assert_eq!((case.kind, case.case_kind), (Kind::Case, Some(CaseKind::PenaltyDecision)), "{title} {text}");
            let masked = masked(&case);
            assert!(!masked.text.contains("阿岭"), "{}", masked.text);
            let record = crate::law::case_record::read(&masked).expect("a case");
            assert_eq!(record.fines_fen, Some(20_000), "{text}");
            let parties: Vec<&str> = record.fields.parties.iter().map(|read| read.value.name.as_str()).collect();
            assert_eq!(parties, ["妫某"], "{text}");
        }
    }
    for text in [
        "云桥县行政处罚信息公示办法\n第一条　公示内容包括当事人、违法事实、处罚结果。\n第二条　本办法自2024年1月1日起施行。",
        "关于做好行政处罚信息公示工作的通知\n各乡镇：\n公示内容包括当事人、违法事实、处罚结果。\n当事人：\n违法事实：\n处罚结果：\n处罚依据：",
        "行政处罚信息公示表（式样）\n当事人：某某\n违法事实：某某\n处罚结果：某某",
        "行政处罚信息公示\n当事人：____\n违法事实：____\n处罚结果：____",
    ] {
        assert_ne!(read("规定.txt", text).kind, Kind::Case, "{text}");
    }
}

#[test]
fn what_stands_behind_the_name_of_a_paper_does_not_hide_it() {
    for title in [
        "云桥县城市管理局行政处罚决定书公示表2024年3月",
        "行政处罚决定书公示表第3期",
        "行政处罚决定书——云桥县人民政府",
        "行政处罚决定书_云桥县城市管理局",
    ] {
        let case = read("3.txt", &format!("{title}\n当事人：妫阿岭\n占道经营，罚款200元。"));
        assert_eq!((case.kind, case.case_kind), (Kind::Case, Some(CaseKind::PenaltyDecision)), "{title}");
        assert!(!masked(&case).text.contains("阿岭"), "{title}");
    }
    for title in ["行政处罚决定书填写说明", "行政处罚决定书—制作指南", "行政处罚决定书第3条"]
    {
        let case = read("3.txt", &format!("{title}\n一、当事人栏写明姓名。\n二、处罚栏写明金额。"));
        assert_ne!(case.kind, Kind::Case, "{title}");
    }
}

#[test]
fn a_case_told_without_captions_is_one() {
    for (title, text) in [
        (
            "云桥县大顺公司未取得许可经营案",
            "2024年3月5日，云桥县市场监督管理局执法人员检查时发现，大顺公司未取得许可经营。云桥县市场监督管理局对大顺公司罚款5万元。负责人妫阿岭承认。",
        ),
        ("妫阿岭非法采砂案", "2024年3月，执法人员查获妫阿岭在清水河采砂，依法对妫阿岭罚款5万元。"),
    ] {
        let case = read("3.md", &format!("# {title}\n\n{text}\n"));
        assert_eq!((case.kind, case.case_kind), (Kind::Case, Some(CaseKind::TypicalCase)), "{title}");
        let masked = masked(&case);
        assert!(!masked.text.contains("阿岭") && !masked.title.contains("阿岭"), "{} {}", masked.title, masked.text);
        let record = crate::law::case_record::read(&masked).expect("a case");
        assert_eq!(record.fines_fen, Some(5_000_000), "{title}");
        assert_eq!(record.fields.parties.len(), 1, "{title} {:?}", record.fields.parties);
    }
    for title in [
        "云桥县渡口应急预案",
        "云桥县行政处罚改革方案",
        "关于查处大顺公司的议案",
        "云桥县渡口办法修正案",
        "行政处罚备案",
    ] {
        let text = "2024年3月，执法人员检查发现，应当依法罚款。当事人可以申辩。";
        assert_ne!(read("3.md", &format!("# {title}\n\n{text}\n")).kind, Kind::Case, "{title}");
    }
}

#[test]
fn a_decision_in_one_line_is_a_case() {
    for text in [
        "行政处罚决定书 云城罚〔2024〕3号 当事人：妫阿岭，男，1980年出生。经查，当事人占道经营，决定罚款200元。",
        "云桥县城市管理局行政处罚决定书信息公示表 云城罚〔2024〕3号 当事人：妫阿岭 违法事实：占道经营 处罚结果：罚款200元\n处罚机关：云桥县城市管理局",
        "云桥县城市管理局当场行政处罚决定书 编号：3 当 事 人：妫阿岭 性别：男\n占道经营，处罚款200元。",
    ] {
        let case = read("3.txt", text);
        assert_eq!((case.kind, case.case_kind), (Kind::Case, Some(CaseKind::PenaltyDecision)), "{text}");
        assert!(!masked(&case).text.contains("阿岭"), "{}", masked(&case).text);
    }
    for text in [
        "当事人对行政处罚决定书不服的，可以申请复议。当事人：指被处罚的人。",
        "关于印发行政处罚决定书格式的通知 当事人：应当填写。",
    ] {
        assert_ne!(read("3.txt", text).kind, Kind::Case, "{text}");
    }
}

#[test]
fn papers_that_specify_or_judge_decisions_are_none() {
    let fields = "各乡镇：\n1.行政相对人名称：必填项，填写公民、法人及非法人组织名称\n2.违法事实：必填项，简要概述\n3.处罚依据：必填项\n4.处罚类别：必填项，填写警告、罚款等";
    let filled = "当事人：妫某\n违法事实：占道经营\n处罚结果：罚款200元";
    let party = "各乡镇：\n当事人不服的，可以申请复议。评查发现，部分文书没有写明当事人的姓名。";
    for (title, text) in [
        ("关于进一步做好行政处罚信息公示工作的通知", fields),
        ("行政处罚信息公示标准", fields),
        ("行政处罚信息公示", fields),
        ("行政处罚信息公示标准", filled),
        ("关于行政处罚决定书2024年评查情况的通报", party),
        ("行政处罚决定书——文书制作规范", party),
        ("行政处罚决定书（2024年）评查办法", party),
    ] {
        assert_eq!(read("3.txt", &format!("{title}\n{text}\n")).kind, Kind::Normative, "{title} {text}");
    }
    for title in [
        "行政处罚决定书2024年3月5日",
        "行政处罚决定书公示表2024年第3期",
        "云桥县城市管理局未按规定处置建筑垃圾行政处罚信息公示",
        "关于妫阿岭占道经营行政处罚信息的公示",
    ] {
        let text = "当事人：妫阿岭\n违法事实：未填写进货台账，应当改正而未改正\n处罚结果：罚款200元";
        let case = read("3.txt", &format!("{title}\n{text}\n"));
        assert_eq!((case.kind, case.case_kind), (Kind::Case, Some(CaseKind::PenaltyDecision)), "{title}");
        assert!(!masked(&case).text.contains("阿岭"), "{title}");
    }
}

#[test]
fn words_of_forms_in_names_and_facts_hide_no_case() {
    for (title, text) in [
        ("云桥县指南针汽车服务有限公司行政处罚决定书", "当事人：妫阿岭\n占道经营，罚款200元。"),
        ("行政处罚信息公示", "当事人：妫阿岭 违法事实：销售未附说明书的农药 处罚结果：罚款200元"),
        ("行政处罚信息公示", "当事人：妫阿岭\n违法事实：未填写台账，合同没有参考格式\n处罚结果：罚款200元"),
    ] {
        let case = read("3.txt", &format!("{title}\n{text}\n"));
        assert_eq!((case.kind, case.case_kind), (Kind::Case, Some(CaseKind::PenaltyDecision)), "{title}");
        assert!(!masked(&case).text.contains("阿岭"), "{}", masked(&case).text);
    }
    for title in ["行政处罚信息公示表填写说明", "行政处罚信息公示指南", "行政处罚信息公示\n（式样）"]
    {
        let text = format!("{title}\n当事人：某某\n违法事实：某某\n处罚结果：某某\n");
        assert_ne!(read("3.txt", &text).kind, Kind::Case, "{title}");
    }
}

#[test]
fn what_somebody_failed_to_do_makes_no_rule_of_a_typical_case() {
    for title in ["妫阿岭未按规定处置建筑垃圾案", "妫阿岭经营不符合食品安全标准的食品案", "妫阿岭未建立进货查验制度案"]
    {
        let text = "2024年3月，执法人员查获妫阿岭，依法对妫阿岭罚款5万元。";
        let case = read("3.md", &format!("# {title}\n\n{text}\n"));
        assert_eq!((case.kind, case.case_kind), (Kind::Case, Some(CaseKind::TypicalCase)), "{title}");
        let masked = masked(&case);
        assert!(!masked.text.contains("阿岭") && !masked.title.contains("阿岭"), "{} {}", masked.title, masked.text);
    }
}
