//! What further papers of a case state: reconsiderations, awards, orders, decisions in plain words.

use super::*;
use crate::law::sanction::fines_fen;
use crate::law::{CaseKind, Document, Kind};

fn case(kind: CaseKind, title: &str, text: &str) -> Document {
    let mut document = Document::new(Kind::Case, title, text);
    document.case_kind = Some(kind);
    document
}

fn names(fields: &CaseFields) -> Vec<&str> {
    fields.parties.iter().map(|read| read.value.name.as_str()).collect()
}

fn outcomes(fields: &CaseFields) -> Vec<Outcome> {
    fields.outcomes.iter().map(|read| read.value).collect()
}

#[test]
fn a_reconsideration_imposes_what_it_puts_in_the_place_of_a_penalty() {
    let head = "申请人：仇某，男。\n被申请人：云桥县市场监督管理局\n申请人请求：撤销罚款50000元的行政处罚决定。\n\
        本机关查明：被申请人对申请人作出罚款50000元、没收违法所得300元的决定。\n本机关认为：处罚明显不当。\n";
    for (result, outcome, yuan) in [
        ("本机关决定：\n将云市监罚〔2024〕31号决定中的罚款50000元变更为罚款5000元。", Outcome::Varied, Some(5_000)),
        ("决定如下：\n将罚款50000元变更为：罚款8000元。", Outcome::Varied, Some(8_000)),
        ("本机关决定：维持云市监罚〔2024〕31号罚款50000元的决定。", Outcome::Upheld, None),
        ("经集体讨论，本机关决定撤销云市监罚〔2024〕31号罚款50000元的决定。", Outcome::Revoked, None),
    ] {
        let text = format!("{head}{result}\n申请人如不服本决定，可以起诉，请求撤销。\n云桥市人民政府\n2024年7月6日");
        let document = case(CaseKind::ReconsiderationDecision, "云桥市人民政府行政复议决定书", &text);
        let fields = read(&document);
        let found = penalties(&document, &fields.sections);
        assert_eq!((outcomes(&fields), fines_fen(&found)), (vec![outcome], yuan.map(|yuan| yuan * 100)), "{result}");
        assert!(found.iter().all(|one| text[one.span.clone()].contains("罚款")), "{found:?}");
    }
}

#[test]
fn an_award_has_its_number_its_office_and_its_result() {
    let text = "仲裁裁决书\n云劳人仲案〔2023〕12号\n申请人：仇某，男。\n被申请人：云桥县大顺建材有限公司，法定代表人：何某。\n\
        根据《甲法》第四十七条，裁决如下：\n一、被申请人支付申请人工资12000元；\n二、驳回申请人的其他仲裁请求。\n\
        仲裁员 仇某\n二〇二三年八月九日";
    let fields = read(&case(CaseKind::Judgment, "云桥县劳动人事争议仲裁委员会仲裁裁决书", text));
    assert_eq!(fields.number.as_ref().unwrap().value, "云劳人仲案〔2023〕12号");
    assert_eq!(fields.authority.as_ref().unwrap().value, "云桥县劳动人事争议仲裁委员会");
    assert_eq!(outcomes(&fields), [Outcome::Granted, Outcome::Dismissed]);
    let signed =
        "云劳人仲裁字（2023）第12号\n申请人：仇某\n裁决如下：驳回请求。\n云桥县劳动人事争议仲裁委员会\n2023年8月9日";
    let fields = read(&case(CaseKind::Judgment, "仲裁裁决书", signed));
    assert_eq!(fields.number.as_ref().unwrap().value, "云劳人仲裁字（2023）第12号");
    assert_eq!(fields.authority.as_ref().unwrap().value, "云桥县劳动人事争议仲裁委员会");
}

#[test]
fn who_is_no_party_of_a_judgment_and_no_part_of_its_cause() {
    let text = "原告：长孙某，男，1980年出生。\n被告：云桥县速达物流有限公司。\n\
        原告长孙某与被告云桥县速达物流有限公司劳动合同纠纷一案，本院立案后依法审理。\n\
        本院认为，应当支付。依照《甲法》第四十四条规定，判决如下：\n\
        一、被告云桥县速达物流有限公司于本判决生效之日起十日内支付原告长孙某加班工资8600元；\n二、驳回其他诉讼请求。";
    let fields = read(&case(CaseKind::Judgment, "云桥县人民法院民事判决书", text));
    assert_eq!(names(&fields), ["长孙某", "云桥县速达物流有限公司"]);
    assert_eq!(fields.cause.as_ref().unwrap().value, "劳动合同纠纷");
    assert_eq!(outcomes(&fields), [Outcome::Granted, Outcome::Dismissed]);
    let text = "原告：云桥县大顺矿业有限公司，住所地云桥县。\n被告：云桥县应急管理局。\n\
        原告云桥县大顺矿业有限公司不服被告云桥县应急管理局作出的（云）应急罚〔2023〕9号行政处罚决定一案。";
    let fields = read(&case(CaseKind::Judgment, "云桥县人民法院行政判决书", text));
    assert_eq!(names(&fields), ["云桥县大顺矿业有限公司", "云桥县应急管理局"]);
}

#[test]
fn parties_whose_label_has_no_colon() {
    for (text, name, kind) in [
        ("当事人仇某，男，汉族。\n经查，占道经营。", "仇某", PartyKind::Individual),
        ("违法行为人仇某1（身份证号码略）。", "仇某1", PartyKind::Individual),
        ("违法单位云桥县金龙宾馆，地址云桥县大桥路，法定代表人仇某。", "云桥县金龙宾馆", PartyKind::Organisation),
        ("当事人：个人 姓名：仇某 身份证件号：×××", "仇某", PartyKind::Individual),
        (
            "云桥县甜水百货店（经营者：仇某）：\n因你下落不明，现公告送达。",
            "云桥县甜水百货店",
            PartyKind::IndividualBusiness,
        ),
        ("云桥县甜水百货店：\n发现你单位疏散通道堵塞。", "云桥县甜水百货店", PartyKind::Unknown),
    ] {
        let fields = read(&case(CaseKind::PenaltyDecision, "行政处罚决定书", text));
        let told: Vec<_> = fields.parties.iter().map(|read| (read.value.name.as_str(), read.value.kind)).collect();
        assert_eq!(told, [(name, kind)], "{text}");
    }
    for none in ["当事人某日在云桥县经营。", "当事人销售过期食品，地址不详。"] {
        assert!(names(&read(&case(CaseKind::PenaltyDecision, "行政处罚决定书", none))).is_empty(), "{none}");
    }
}

#[test]
fn results_in_plain_words_impose_their_sums() {
    for (text, yuan) in [
        ("依据《甲法》第三条，决定罚款五千元。", Some(5_000)),
        (
            "依据《甲法》第三条的规定，分别处罚款人民币贰万元、罚款人民币叁万元，合并处罚款人民币伍万元整。",
            Some(50_000),
        ),
        ("依据《甲法》第六十四条，每1吨罚款500元，共计罚款3500元整。", Some(3_500)),
        ("违反支付规定。对该行给予警告，并处罚款68.5万元。对时任主管仇某、高某各罚款1.5万元。", Some(715_000)),
        ("违法事实：销售插座。\n处罚依据：《甲法》第四十九条\n处罚内容：1.没收插座；2.罚款900元。", Some(900)),
        // Look-alikes: what is only proposed, what others decided, what follows when it is not paid.
        ("拟对你单位罚款30万元。", None),
        ("2023年曾被云桥县城管局罚款500元，现予以教育。", None),
        ("对逾期不缴纳罚款的，每日加处罚款300元。", None),
    ] {
        let document = case(CaseKind::PenaltyDecision, "行政处罚决定书", text);
        let fields = read(&document);
        assert_eq!(fines_fen(&penalties(&document, &fields.sections)), yuan.map(|yuan| yuan * 100), "{text}");
    }
    let text = "依据《甲规定》、《乙条例》第五十七条，决定罚款432元。";
    let fields = read(&case(CaseKind::PenaltyDecision, "行政处罚决定书", text));
    assert_eq!(
        fields.basis.iter().map(|range| &text[range.clone()]).collect::<Vec<_>>(),
        ["《甲规定》、《乙条例》第五十七条"]
    );
}

#[test]
fn a_number_that_fills_a_line_is_that_of_the_paper_and_no_other_is() {
    for (text, number) in [
        ("云消责〔2024〕第0012号\n云桥县甜水百货店：\n责令你单位改正。", Some("云消责〔2024〕第0012号")),
        ("云市监不立〔2024〕8号\n仇某：\n不予立案。", Some("云市监不立〔2024〕8号")),
        ("仇某：\n你不服云市监不立〔2024〕8号的决定，现告知你。", None),
    ] {
        let mut document = Document::new(Kind::Case, "告知书", text);
        document.case_kind = None;
        assert_eq!(read(&document).number.map(|read| read.value).as_deref(), number, "{text}");
    }
}

#[test]
fn a_branch_of_the_bank_signs_and_new_fields_are_told() {
    let text = "当事人名称：云桥县农村商业银行股份有限公司\n对该行给予警告。\n中国人民银行云桥县支行\n2024年1月9日";
    let fields = read(&case(CaseKind::PenaltyDecision, "行政处罚决定书", text));
    assert_eq!(fields.authority.as_ref().unwrap().value, "中国人民银行云桥县支行");
    assert_eq!(fields.domain.as_ref().unwrap().value, Domain::Finance);
    for (basis, domain) in [
        ("《中华人民共和国水法》第七十二条", Domain::Water),
        ("《中华人民共和国森林法》第七十六条", Domain::Forestry),
        ("《医疗保障基金使用监督管理条例》第三十八条", Domain::MedicalInsurance),
        ("《中华人民共和国烟草专卖法》第三十五条", Domain::Tobacco),
        ("《中华人民共和国水污染防治法》第八十三条", Domain::Environment),
    ] {
        let text = format!("当事人：仇某\n依据{basis}，决定罚款900元。");
        let fields = read(&case(CaseKind::PenaltyDecision, "行政处罚决定书", &text));
        assert_eq!(fields.domain.map(|read| read.value), Some(domain), "{basis}");
    }
}
