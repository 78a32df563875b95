use super::*;
use crate::law::{CaseKind, Document, Kind};

fn case(kind: CaseKind, title: &str, text: &str) -> Document {
    let mut document = Document::new(Kind::Case, title, text);
    document.case_kind = Some(kind);
    document
}

#[test]
fn the_party_of_a_letter_is_whom_it_speaks_to() {
    let firm = "云桥县市场监督管理局\n行政处罚听证告知书\n云市监听告〔2024〕12号\n云桥铸造有限公司：\n你公司未按规定检验，\
                依据《甲法》第三条，本局拟对你公司作出罚款人民币叁仟元整的行政处罚。";
    let person = "云桥县交通运输局\n行政处罚告知书\n仇某：\n你于2024年5月2日驾驶货车超限运输。拟罚款￥800元。";
    for (text, name, kind) in
        [(firm, "云桥铸造有限公司", PartyKind::Organisation), (person, "仇某", PartyKind::Individual)]
    {
        let fields = read(&case(CaseKind::PenaltyDecision, "告知书", text));
        let told: Vec<_> = fields.parties.iter().map(|read| (read.value.name.as_str(), read.value.kind)).collect();
        assert_eq!(told, [(name, kind)]);
        assert_eq!(&text[fields.parties[0].span.clone()], name);
    }
    let masked = crate::law::mask::mask_text(
        "行政处罚告知书\n仇阿岭：\n你于2024年5月2日超限运输。",
        crate::law::mask::Profile::Case,
    );
    assert!(!masked.text.contains("阿岭"), "{}", masked.text);
}

#[test]
fn titles_of_typical_cases_tell_who_acted_and_what_was_done() {
    for (title, authority, cause) in [
        ("云桥县市场监管局查处清水商店销售过期食品案", Some("云桥县市场监管局"), "销售过期食品"),
        ("案例三：云桥县市场监督管理局查处云桥某餐饮有限公司未明码标价案", Some("云桥县市场监督管理局"), "未明码标价"),
        ("云桥县市场监督管理局查处仇某某销售假冒“清水”牌白酒案", Some("云桥县市场监督管理局"), "销售假冒“清水”牌白酒"),
        ("（二）云桥县农业农村局查处仇某等三人非法捕捞案", Some("云桥县农业农村局"), "非法捕捞"),
        ("云桥县清水药店未凭处方销售处方药案", None, "未凭处方销售处方药"),
        ("云桥县生态环境局查处云桥某养殖场违法排放污染物案", Some("云桥县生态环境局"), "违法排放污染物"),
    ] {
        let fields = read(&case(CaseKind::TypicalCase, title, "当事人被罚款三千元。"));
        assert_eq!(fields.authority.as_ref().map(|read| read.value.as_str()), authority, "{title}");
        assert_eq!(fields.cause.as_ref().map(|read| read.value.as_str()), Some(cause), "{title}");
    }
}

#[test]
fn a_decision_that_bans_from_practice_penalises() {
    let text = "当事人：仇某\n经查，仇某伪造检验报告。\n依据《甲法》第三条，本局决定禁止仇某五年内从事检验工作。";
    let document = case(CaseKind::PenaltyDecision, "行政处罚决定书", text);
    let fields = read(&document);
    assert!(fields.outcomes.iter().any(|read| read.value == Outcome::Penalised), "{:?}", fields.outcomes);
    let ordered = penalties(&document, &fields.sections);
    assert_eq!(ordered.len(), 1, "{ordered:?}");
    let reward = case(CaseKind::PenaltyDecision, "举报奖励决定书", "决定给予举报人奖励五百元。");
    assert!(read(&reward).outcomes.iter().all(|read| read.value != Outcome::Penalised));
}

#[test]
fn letters_and_revocations_punish_nobody() {
    let of = |title: &str, text: &str| {
        let record = crate::law::case_record::read(&case(CaseKind::PenaltyDecision, title, text)).expect("a case");
        (record.fields, record.penalties.len())
    };
    let letter =
        "云桥县城管局\n行政处罚事先告知书\n甲公司：\n我局拟对你公司作出如下行政处罚：\n罚款￥壹拾贰万叁仟元整。";
    let (fields, count) = of("行政处罚事先告知书", letter);
    assert_eq!((fields.outcomes.len(), count), (0, 0));
    let back = "当事人：甲公司\n我局作出的云罚〔2024〕32号行政处罚决定书，对你单位罚款5万元，因事实不清，决定撤销。";
    let (fields, count) = of("撤销行政处罚决定书", back);
    assert_eq!((fields.outcomes.iter().map(|read| read.value).collect::<Vec<_>>(), count), (vec![Outcome::Revoked], 0));
}

#[test]
fn a_case_in_prose_imposes_what_its_last_result_tells() {
    let fine = "云桥县水利局对妫阿岭罚款5万元。";
    for (text, yuan) in [
        (
            format!("2022年妫阿岭因非法采砂，被云桥县水利局罚款3万元。2024年3月，执法人员又查获妫阿岭采砂，{fine}"),
            50_000,
        ),
        (format!("{fine}\n2024年3月，执法人员查获妫阿岭在清水河采砂。最终，{fine}"), 50_000),
        (format!("2024年3月，执法人员查获采砂。{fine}2024年4月，罚款已缴清。"), 50_000),
        (format!("2024年3月，执法人员查获采砂。{fine}云桥县水利局对丁阿山罚款1万元。"), 60_000),
        (format!("2024年3月，执法人员查获采砂。{fine}\n非法采砂的，可处一万元以上十万元以下罚款。"), 50_000),
    ] {
        let record = crate::law::case_record::read(&case(CaseKind::TypicalCase, "妫阿岭非法采砂案", &text));
        assert_eq!(record.expect("a case").fines_fen, Some(yuan * 100), "{text}");
    }
}

#[test]
fn the_office_in_the_title_of_a_typical_case_is_no_party() {
    for (title, name) in [
        ("云桥县水利局查获妫某非法采砂案", Some("妫某")),
        ("云桥县城市管理局对妫某占道经营处罚案", Some("妫某")),
        ("云桥县公安局联合水利局破获妫某非法采砂案", Some("妫某")),
        ("云桥县人民政府查处妫某非法采砂案", Some("妫某")),
        ("云桥县城市管理局对沿街摆摊处罚案", None),
        ("云桥县大顺公司未取得许可经营案", Some("云桥县大顺公司")),
    ] {
        let fields = read(&case(CaseKind::TypicalCase, title, "2024年3月，罚款三千元。"));
        let told: Vec<&str> = fields.parties.iter().map(|read| read.value.name.as_str()).collect();
        assert_eq!(told, name.into_iter().collect::<Vec<_>>(), "{title}");
    }
    // A caption below a label is no party.
    for caption in ["案由", "事由", "时间", "金额"] {
        let text = format!("当事人姓名\n{caption}\n占道经营");
        assert_eq!(read(&case(CaseKind::PenaltyDecision, "决定书", &text)).parties, [], "{caption}");
    }
}
