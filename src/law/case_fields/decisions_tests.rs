//! What decisions in the wordings of many offices say.

use super::*;
use crate::law::sanction::{PenaltyKind, fines_alone_fen};
use crate::law::{CaseKind, Document, Kind};

fn case(kind: CaseKind, text: &str) -> Document {
    let mut document = Document::new(Kind::Case, "云桥县某局决定书", text);
    document.case_kind = Some(kind);
    document
}

fn decision(text: &str) -> Document {
    case(CaseKind::PenaltyDecision, text)
}

fn outcomes(document: &Document) -> Vec<Outcome> {
    read(document).outcomes.iter().map(|read| read.value).collect()
}

/// Kinds and sums in yuan.
fn imposed(document: &Document) -> Vec<(PenaltyKind, Option<u64>)> {
    let fields = read(document);
    let found = penalties(document, &fields.sections);
    found.into_iter().filter(|one| !one.repeats).map(|one| (one.kind, one.amount_fen.map(|fen| fen / 100))).collect()
}

fn fine(document: &Document) -> Option<u64> {
    let fields = read(document);
    fines_alone_fen(&penalties(document, &fields.sections)).map(|fen| fen / 100)
}

#[test]
fn who_is_let_off_beside_somebody_punished_is_not_the_outcome() {
    use Outcome::{NotPenalised, Penalised};
    for (result, outcome) in [
        ("决定对仇某罚款500元；对丁某不予行政处罚。", Penalised),
        ("决定对未公示价格的行为不予行政处罚；对销售过期糕点的行为处以罚款5000元。", Penalised),
        ("决定给予仇某行政拘留五日的行政处罚，对丁某不予处罚。", Penalised),
        ("决定给予警告，免予罚款。", Penalised),
        // Look-alikes: nobody is punished.
        ("决定不予行政处罚。", NotPenalised),
        ("决定不予罚款、没收违法所得的行政处罚。", NotPenalised),
        ("决定对仇某不予行政处罚，本应处5000元罚款。", NotPenalised),
        ("依据第三条处五千元以上五万元以下罚款的规定，决定不予行政处罚。", NotPenalised),
    ] {
        assert_eq!(outcomes(&decision(&format!("当事人：仇某\n{result}"))), [outcome], "{result}");
    }
}

#[test]
fn numbers_with_a_word_behind_their_year() {
    for number in [
        "云环罚决〔2021〕云字第006号",
        "云交罚〔2024〕字第602号",
        "云农（渔）罚〔2024〕第3号",
        "（云）应急罚〔2024〕执法-7号",
        "云应急罚〔2024〕工贸4号",
        "云卫医罚【2024】云桥字第12号",
    ] {
        for text in [format!("行政处罚决定书\n{number}\n当事人：仇某"), format!("{number}\n当事人：仇某")]
        {
            let masked = crate::law::mask::mask(&decision(&text)).document;
            assert_eq!(read(&masked).number.map(|read| read.value).as_deref(), Some(number), "{}", masked.text);
        }
    }
}

#[test]
fn kinds_of_parties_are_told_by_code_and_sign() {
    use PartyKind::{Individual, IndividualBusiness, Organisation};
    for (text, kind) in [
        ("当事人：云桥县佳味小吃店\n统一社会信用代码：92210300MA0XYZ123Q", IndividualBusiness),
        ("当事人：云桥县丰收农资经营部，统一社会信用代码：92210300MA0XYZ123Q，经营者：仇某", IndividualBusiness),
        ("当事人：仇某，字号：云桥县佳味小吃店，住所：大桥路", IndividualBusiness),
        ("被处罚人：仇某（个体工商户），男", IndividualBusiness),
        ("当事人：云桥县佳味小吃店（92210300MA0XYZ123Q）", IndividualBusiness),
        ("被处罚单位：云桥县佳味小吃店\n行政相对人代码(统一社会信用代码)：92210300MA0XYZ123Q", IndividualBusiness),
        (
            "当事人：云桥县老灶烟酒营业部\n纳税人识别号：92210300MA0XYZ123Q\n统一社会信用代码：92210300MA0XYZ123Q",
            IndividualBusiness,
        ),
        ("当事人：云桥县佳味大排档\n经营者姓名：仇某", IndividualBusiness),
        // Look-alikes.
        ("当事人：云桥县佳味小吃店（91210300MA0XYZ123Q）\n统一社会信用代码：91210300MA0XYZ123Q", Organisation),
        ("当事人：云桥证券城关营业部\n统一社会信用代码：91210300MA0XYZ123Q", Organisation),
        ("当事人：云桥县佳味食品有限公司\n统一社会信用代码：91210300MA0XYZ1234", Organisation),
        ("当事人：云桥县佳味食品有限公司\n统一社会信用代码：92210300MA0XYZ1234", Organisation),
        ("当事人：仇某，男，1980年出生，个体工商户，住云桥县", Individual),
        ("当事人：仇某，男，住云桥县\n2024年3月5日，检查个体工商户丁某的店。", Individual),
        ("当事人：仇某，男\n当事人：云桥县佳味小吃店（个体工商户）", Individual),
    ] {
        assert_eq!(read(&decision(text)).parties.first().map(|read| read.value.kind), Some(kind), "{text}");
    }
}

#[test]
fn the_form_with_a_field_for_each_kind_of_party() {
    for (text, name) in [
        ("被处罚人：姓名：个人  仇某  性别：男\n单位：名称：", "仇某"),
        ("当事人：☑个人 姓名：仇某 □单位 名称：", "仇某"),
        ("当事人一：云桥建筑有限公司\n法定代表人：仇某", "云桥建筑有限公司"),
    ] {
        let fields = read(&decision(text));
        assert_eq!(
            fields.parties.first().map(|read| read.value.name.as_str()),
            Some(name),
            "{text} {:?}",
            fields.parties
        );
    }
}

#[test]
fn days_of_what_was_looked_into_are_no_days_of_the_procedure() {
    let steps = |text: &str| -> Vec<String> {
        read(&decision(text)).steps.iter().map(|read| format!("{:?} {}", read.value.step, read.value.date)).collect()
    };
    assert_eq!(
        steps("我局于2024年1月8日至2024年3月15日对你单位2021年1月1日至2022年12月31日期间的纳税情况进行检查。"),
        ["Inspection 2024-01-08", "Inspection 2024-03-15"]
    );
    assert_eq!(
        steps("2024年3月5日至3月7日、3月20日至3月22日，执法人员对当事人进行了两次现场检查。2024年4月1日立案。"),
        [
            "Inspection 2024-03-05",
            "Inspection 2024-03-07",
            "Inspection 2024-03-20",
            "Inspection 2024-03-22",
            "Filing 2024-04-01"
        ]
    );
    assert_eq!(
        steps("2024年3月5日至3月7日期间，本局对当事人进行检查。"),
        ["Inspection 2024-03-05", "Inspection 2024-03-07"]
    );
    assert_eq!(
        steps("我局于2024年2月1日至5月31日对你2019年1月1日至2021年12月31日个人所得税申报缴纳情况进行了检查。"),
        ["Inspection 2024-02-01", "Inspection 2024-05-31"]
    );
    assert_eq!(steps("2024年3月5日，本局检查。"), ["Inspection 2024-03-05"]);
    assert_eq!(steps("许可期限为2010年6月20日至2014年6月19日，经检查属实。"), [""; 0]);
    assert_eq!(steps("自2008年8月28日起至2015年4月27日止的费用未交，经检查属实。"), [""; 0]);
}

#[test]
fn results_in_the_words_of_other_offices() {
    use PenaltyKind::*;
    for (text, want) in [
        (
            "根据《甲法》第七十条之规定，现决定行政拘留十日，并处罚款贰仟元。",
            vec![(Detention, None), (Fine, Some(2000))],
        ),
        ("依据《甲法》第六十三条，决定给予罚款人民币叁仟元整的行政处罚。", vec![(Fine, Some(3000))]),
        (
            "违反了《甲条例》第二十一条，依据该条例第三十一条第（二）项，属于一般情节，现给予警告，并处5000元罚款。",
            vec![(Warning, None), (Fine, Some(5000))],
        ),
        (
            "依据《甲条例》第三十一条，参照《云桥县裁量基准》，属于一般情节，现给予你单位警告，并处5000元罚款的行政处罚。",
            vec![(Warning, None), (Fine, Some(5000))],
        ),
        ("依据《甲法》第六十三条，决定作出罚款3000元的行政处罚。", vec![(Fine, Some(3000))]),
        ("我局决定对你单位处以罚款金额共计20万元。", vec![(Fine, Some(200_000))]),
        ("决定给予以下处罚：\n□警告 ☑罚款（大写）：贰佰元整", vec![(Fine, Some(200))]),
        ("决定给予以下处罚：\n☑警告 □罚款（大写）：　　　元整", vec![(Warning, None)]),
        (
            "依据《甲法》第六十六条，决定各处非法所得百分之五的罚款，即各2568元；责令停业整顿。",
            vec![(Fine, Some(2568)), (SuspendBusiness, None)],
        ),
        (
            "可以并处违法所得五倍以上二十倍以下罚款，决定没收违法所得800元，决定不并处罚款。",
            vec![(ConfiscateGains, Some(800))],
        ),
        (
            "决定没收广告费用3000元，并处广告费用二倍罚款6000元。",
            vec![(ConfiscateGains, Some(3000)), (Fine, Some(6000))],
        ),
        (
            "依据《甲法》第四十二条，本局当场作出下列行政处罚：\n1.警告\n2.罚款人民币（大写）贰佰元整（￥200.00）",
            vec![(Warning, None), (Fine, Some(200))],
        ),
        (
            "决定分别给予人民币贰万元、人民币叁万元罚款，合并处罚款人民币伍万元整。",
            vec![(Fine, Some(20_000)), (Fine, Some(30_000))],
        ),
        ("决定责令退还多收价款，逾期不退的予以没收，并处罚款1750元。", vec![(Fine, Some(1750))]),
        (
            "决定没收监理酬金12000元，责令停止执业一年。",
            vec![(ConfiscateGoods, Some(12_000)), (RestrictPractice, None)],
        ),
        ("自2024年5月7日至5月9日按日连续处罚，决定按日连续处罚合计60万元。", vec![(Fine, Some(600_000))]),
    ] {
        assert_eq!(imposed(&decision(&format!("当事人：云桥公司\n{text}"))), want, "{text}");
    }
    let two = "当事人：仇某，男；丁某，女\n决定各处非法所得百分之五的罚款，即各2568元。";
    assert_eq!(fine(&decision(two)), Some(5136));
}

#[test]
fn the_day_behind_its_caption_and_a_basis_without_its_title() {
    let text = "当事人：仇某\n违反《甲法》第二条，依据第九十九条第一款的规定，结合《云桥县裁量规则》第三十二条，决定罚款500元。\n\
                云桥县某局\n作出处罚决定的日期：2024年8月5日";
    let document = decision(text);
    let fields = read(&document);
    assert_eq!(fields.decided_on.as_ref().map(|read| read.value), Some(jiff::civil::date(2024, 8, 5)));
    let basis: Vec<&str> = fields.basis.iter().map(|range| &text[range.clone()]).collect();
    assert_eq!(basis, ["第九十九条第一款", "《云桥县裁量规则》第三十二条"]);
    assert_eq!(outcomes(&decision("当事人：仇某\n情节轻微，何必予以警告。")), []);
    assert_eq!(outcomes(&decision("当事人：仇某\n未设置警告标志，已改正。")), []);
}

#[test]
fn a_reconsideration_that_grants_a_part_imposes_what_stands_after_it() {
    for (result, yuan) in [
        ("部分支持申请人的请求，将云市监罚〔2024〕31号处罚决定的罚款五万元变更为人民币贰万元。", Some(20_000)),
        ("将罚款50000元减轻为5000元。", Some(5_000)),
        ("将罚款50000元变更为罚款8000元，其余予以维持。", Some(8_000)),
        ("变更云市监罚〔2024〕31号处罚决定第二项“罚款50000元”为“罚款5000元”，其余部分予以维持。", Some(5_000)),
        ("将违法所得的没收由50000元变更为8000元。", None),
    ] {
        let document = case(
            CaseKind::ReconsiderationDecision,
            &format!("申请人：仇某\n本机关认为处罚过重。\n本机关决定：{result}\n云桥县人民政府\n2024年7月6日"),
        );
        assert_eq!(fine(&document), yuan, "{result}");
    }
}

#[test]
fn what_follows_an_unpaid_fine_is_no_basis_of_it() {
    for (text, want) in [
        (
            "依据《甲法》第二条，决定罚款500元。到期不缴纳罚款的，依据《乙法》第七十二条的规定，每日加处3%的罚款。",
            vec!["《甲法》第二条"],
        ),
        ("当事人逾期未缴税款，依据《乙法》第六十八条，决定罚款500元。", vec!["《乙法》第六十八条"]),
    ] {
        let text = format!("当事人：仇某\n{text}");
        let fields = read(&decision(&text));
        assert_eq!(fields.basis.iter().map(|range| &text[range.clone()]).collect::<Vec<_>>(), want, "{text}");
    }
}

#[test]
fn a_rate_and_its_sum_are_one_fine() {
    use PenaltyKind::Fine;
    for text in [
        "决定处工程造价百分之十的罚款，工程造价21600元，计罚款2160元。",
        "决定处以进货总额5%的罚款，即罚款2160元。",
        "我局决定自2024年4月3日起至4月20日止，对你公司按日连续处罚，每日罚款120元，共计18日，按日连续处罚罚款总额为人民币2160元。",
        "罚款金额：（大写）贰仟壹佰陆拾元整 ￥2160.00",
    ] {
        assert_eq!(imposed(&decision(&format!("当事人：云桥公司\n{text}"))), [(Fine, Some(2160))], "{text}");
    }
    let two = "决定处以罚款金额20万元，按日连续处罚合计60万元。";
    assert_eq!(fine(&decision(&format!("当事人：云桥公司\n{two}"))), Some(800_000));
}

#[test]
fn parties_in_the_fields_of_a_form_without_a_label() {
    for (text, name, kind) in [
        ("当事人\n个人：姓名 仇某 身份证件号 略\n单位：名称 地址 法定代表人", "仇某", PartyKind::Individual),
        (
            "云桥县宏达建材厂\n统一社会信用代码：91210300MA0XYZ1234\n投资人：仇某",
            "云桥县宏达建材厂",
            PartyKind::Organisation,
        ),
        ("单位：云桥铸造有限公司\n法定代表人：仇某", "云桥铸造有限公司", PartyKind::Organisation),
        ("个人：姓名 地址\n单位：名称：云桥铸造有限公司 地址：大桥路", "云桥铸造有限公司", PartyKind::Organisation),
    ] {
        let fields = read(&decision(text));
        let told: Vec<_> = fields.parties.iter().map(|read| (read.value.name.as_str(), read.value.kind)).collect();
        assert_eq!(told, [(name, kind)], "{text}");
    }
}
