use super::*;
use crate::law::amount::BaseKind;
use crate::text::linear::assert_linear;
use proptest::prelude::*;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// The tiers of a text, shortly: addressee, conditions, orders, penalties.
fn short(text: &str) -> Vec<String> {
    sanctions(text).iter().map(|tier| line(text, tier)).collect()
}

fn line(text: &str, tier: &Sanction) -> String {
    let conditions: Vec<String> = tier.conditions.iter().map(|one| format!("{:?}", one.kind)).collect();
    let orders: Vec<String> = tier.orders.iter().map(|one| format!("{:?}", one.kind)).collect();
    let penalties: Vec<String> = tier
        .penalties
        .iter()
        .map(|one| {
            let amounts: Vec<&str> = one.amounts.iter().map(|found| &text[found.span.clone()]).collect();
            let period = one.period.as_ref().map_or("", |found| &text[found.span.clone()]);
            let or = if one.alternative { "|" } else { "" };
            format!("{or}{:?} {:?} {}{period}", one.modality, one.kind, amounts.join("+")).trim_end().to_owned()
        })
        .collect();
    format!("{:?} if {} order {}: {}", tier.addressee, conditions.join(","), orders.join(","), penalties.join("; "))
}

fn acts(text: &str) -> Vec<String> {
    sanctions(text)
        .iter()
        .map(|tier| tier.act.iter().map(|span| &text[span.clone()]).collect::<Vec<_>>().join("/"))
        .collect()
}

#[test]
fn one_tier_with_its_order() {
    let text = "违反本规约规定，未按时清洗风铃的，由风铃主管部门责令改正，处一千元以上五千元以下的罚款。";
    assert_eq!(short(text), ["Any if  order Correct: Must Fine 一千元以上五千元以下"]);
    assert_eq!(acts(text), ["违反本规约规定，未按时清洗风铃的"]);
}

#[test]
fn tiers_at_semicolons_and_conditions() {
    let text = "擅自出租灯塔的，责令限期改正，给予警告；逾期不改正的，处二万元罚款；情节严重的，责令停业整顿，可以并处吊销许可证。";
    assert_eq!(
        short(text),
        [
            "Any if  order CorrectInTime: Must Warning",
            "Any if Overdue order : Must Fine 二万元",
            "Any if Serious order : Must SuspendBusiness; MayAlso RevokeLicence",
        ]
    );
    assert!(acts(text).iter().all(|act| act == "擅自出租灯塔的"));
    let orders = "擅自出租灯塔的，责令改正；拒不改正的，处二万元罚款。";
    assert_eq!(short(orders), ["Any if RefusesToCorrect order Correct: Must Fine 二万元"]);
}

#[test]
fn what_follows_an_act_is_no_part_of_it() {
    let text = "任意点灯的，应当承担清理责任，由灯塔局处一百元罚款；逾期不改正的，对灯塔公司予以通报，处五百元罚款。情节严重的，吊销执照。";
    assert_eq!(acts(text), ["任意点灯的"; 3]);
}

#[test]
fn gains_and_goods_decide_with_their_sums() {
    let text = "贩卖假风铃的，没收违法所得和违法贩卖的风铃；违法贩卖的风铃货值金额不足三万元的，并处五万元以下罚款；货值金额三万元以上的，并处货值金额二倍以上四倍以下罚款；没有违法所得或者违法所得不足一万元的，处三千元罚款。";
    assert_eq!(
        short(text),
        [
            "Any if  order : Must ConfiscateGains; Must ConfiscateGoods",
            "Any if GoodsValue order : MustAlso Fine 五万元以下",
            "Any if GoodsValue order : MustAlso Fine 二倍以上四倍以下",
            "Any if NoIllegalGains,IllegalGains order : Must Fine 三千元",
        ]
    );
    let tiers = sanctions(text);
    let threshold = tiers[1].conditions[0].threshold.as_ref().and_then(|found| found.amount.hi);
    assert_eq!(threshold.map(|bound| (bound.value, bound.inclusive)), Some((3_000_000, false)));
    assert!(tiers[3].conditions[1].alternative);
    assert_eq!(acts(text)[2], "贩卖假风铃的");
}

#[test]
fn organisations_and_persons_are_two_records() {
    let text = "毁坏路灯的，对单位处五万元以上十万元以下罚款，对个人处五百元以上二千元以下罚款；造成严重后果的，对单位处二十万元罚款，并对其直接负责的主管人员处一万元罚款。";
    assert_eq!(
        short(text),
        [
            "Organisation if  order : Must Fine 五万元以上十万元以下",
            "Individual if  order : Must Fine 五百元以上二千元以下",
            "Organisation if SeriousConsequences order : Must Fine 二十万元",
            "ResponsiblePerson if SeriousConsequences order : Must Fine 一万元",
        ]
    );
    let subject = "个人违反本规约的，处一百元罚款；单位违反本规约的，处一千元罚款。";
    assert_eq!(
        short(subject),
        ["Individual if  order : Must Fine 一百元", "Organisation if  order : Must Fine 一千元"]
    );
}

#[test]
fn items_share_the_penalty_of_their_lead() {
    let text = "第九条 有下列行为之一的，由灯塔局责令改正，处一千元罚款；情节严重的，处五千元罚款：\n（一）在灯塔内放风筝的；\n（二）涂改灯塔编号的。\n本条自明日起施行。";
    let tiers = sanctions(text);
    assert_eq!(tiers.len(), 4);
    let items: Vec<&str> = tiers.iter().filter_map(|tier| tier.item.clone()).map(|span| &text[span]).collect();
    assert_eq!(
        items,
        ["（一）在灯塔内放风筝的", "（一）在灯塔内放风筝的", "（二）涂改灯塔编号的", "（二）涂改灯塔编号的"]
    );
    assert_eq!(acts(text)[3], "有下列行为之一的/涂改灯塔编号的");
}

#[test]
fn items_with_their_own_penalties() {
    let text = "违反本规约的，责令改正，并按照下列规定处罚：\n（一）不挂风铃的，处一百元罚款；\n（二）挂两只以上风铃的，处二百元罚款，情节严重的，处五百元罚款。";
    assert_eq!(
        short(text),
        [
            "Any if  order Correct: Must Fine 一百元",
            "Any if  order Correct: Must Fine 二百元",
            "Any if Serious order Correct: Must Fine 五百元",
        ]
    );
}

#[test]
fn alternatives_and_options() {
    let text = "乱放风筝的，处警告或者二百元以下罚款，可以并处五日以下拘留。";
    assert_eq!(short(text), ["Any if  order : Must Warning; |Must Fine 二百元以下; MayAlso Detention 五日以下"]);
    let amounts = "偷换灯泡的，处五千元以上二万元以下或者违法所得一倍以上三倍以下的罚款。";
    assert_eq!(short(amounts), ["Any if  order : Must Fine 五千元以上二万元以下+一倍以上三倍以下"]);
}

#[test]
fn criminal_punishments_with_periods() {
    let text = "盗窃灯塔的，处三年以下有期徒刑、拘役或者管制，并处罚金；情节特别严重的，处三年以上七年以下有期徒刑，并处没收财产。";
    assert_eq!(
        short(text),
        [
            "Any if  order : Must FixedTermImprisonment 三年以下; Must CriminalDetention; |Must PublicSurveillance; MustAlso CriminalFine",
            "Any if EspeciallySerious order : Must FixedTermImprisonment 三年以上七年以下; MustAlso ConfiscateProperty",
        ]
    );
}

#[test]
fn degrees_of_a_benchmark() {
    let text = "轻微：处1000元以上3000元以下罚款；一般：处3000元以上6000元以下罚款；严重：处6000元以上1万元以下罚款。";
    assert_eq!(
        short(text),
        [
            "Any if Minor order : Must Fine 1000元以上3000元以下",
            "Any if Ordinary order : Must Fine 3000元以上6000元以下",
            "Any if Serious order : Must Fine 6000元以上1万元以下",
        ]
    );
}

#[test]
fn what_punishes_nobody_gives_no_penalty() {
    for text in [
        "灯塔旁应当设置警告标志。",
        "当事人应当在十五日内缴纳罚款。",
        "被吊销执照的，五年内不得申请。",
        "较大数额罚款的标准另行规定。",
        "灯塔实行交通管制。",
        "情节轻微的，不予罚款。",
        "有下列情形之一，应当给予行政拘留处罚的，不执行行政拘留处罚：\n（一）七十周岁以上的；\n（二）初次违反的。",
    ] {
        assert!(sanctions(text).iter().all(|tier| tier.penalties.is_empty()), "{text}: {:?}", short(text));
    }
}

/// What only announces the items (依照下列规定处以罚款) is no tier of its own; what punishes beside them is.
#[test]
fn a_lead_that_announces_its_items_is_no_tier() {
    let items = "\n（一）发生一般事故的，处三十万元以上一百万元以下的罚款；\n（二）发生重大事故的，处二百万元以上一千万元以下的罚款。";
    let fines = |lead: &str| short(&format!("{lead}{items}")).len();
    assert_eq!(fines("发生渡运事故，由渡口主管部门依照下列规定处以罚款："), 2);
    assert_eq!(fines("发生渡运事故的，给予警告，依照下列规定处以罚款："), 3);
}

#[test]
fn sums_that_are_known_leave_out_the_tiers_that_hang_on_others() {
    let text = "违规的，货值金额不足一万元的，并处五万元以上十万元以下罚款；货值金额一万元以上的，并处货值金额十倍以上二十倍以下罚款。";
    let ranges = |goods: u64| {
        let bases = Bases(BTreeMap::from([(crate::law::amount::BaseKind::GoodsValue, goods)]));
        sanctions(text).iter().map(|tier| legal_range(tier, &bases).map(|range| range.max_fen)).collect::<Vec<_>>()
    };
    assert_eq!(ranges(800_000), [Ok(Some(10_000_000)), Err(Obstacle::NotMet)]);
    assert_eq!(ranges(1_000_000), [Err(Obstacle::NotMet), Ok(Some(20_000_000))]);
    let gains = |text: &str, gains: u64| {
        let bases = Bases(BTreeMap::from([(crate::law::amount::BaseKind::IllegalGains, gains)]));
        sanctions(text).iter().map(|tier| legal_range(tier, &bases).is_ok()).collect::<Vec<_>>()
    };
    let text = "违规的，没有违法所得或者违法所得不足一万元的，处一万元以下罚款；违法所得一万元以上的，处违法所得三倍以下罚款。";
    assert_eq!(gains(text, 0), [true, false]);
    assert_eq!(gains(text, 500_000), [true, false]);
    assert_eq!(gains(text, 2_000_000), [false, true]);
}

#[test]
fn sums_that_are_told_in_other_ways() {
    for (text, fen) in [
        ("拟罚款2万元，经听证后决定罚款1.5万元", Some(1_500_000)),
        ("对违法行为一罚款3000元，二罚款2000元，合并罚款5000元", Some(500_000)),
        ("罚款500元，减免200元，实际罚款300元", Some(30_000)),
        ("按每平方米50元罚款，共120平方米，合计罚款6000元", Some(600_000)),
        ("罚款300元/只，共5只，共计1500元", Some(150_000)),
        ("撤销原罚款5000元的决定", None),
        ("不予罚款", None),
        ("免予罚款，责令改正", None),
        ("处货值金额十五倍的罚款，计54000元", Some(5_400_000)),
        ("处违法所得一倍罚款即2000元", Some(200_000)),
        ("罚款人民币壹万元整的处罚（堵塞疏散通道罚款6000元，消防设施损坏罚款4000元）", Some(1_000_000)),
        ("罚款1万元（堵塞疏散通道罚款6000元），对乙罚款4000元", Some(2_000_000)),
        ("罚没合计2003元（其中没收违法所得3元，罚款2000元）", Some(200_000)),
        (
            "（一）给予警告，并处罚款12000元；\n（二）给予警告，并处罚款3000元。\n合并执行：警告，罚款15000元，责令停业整顿15日。",
            Some(1_500_000),
        ),
        (
            "没收违法所得38,600.00元，并处违法所得六倍的罚款，计人民币231,600元。\n罚没款共计人民币贰拾柒万零贰佰元整（270200.00元）。",
            Some(23_160_000),
        ),
        ("处销售额百分之二的罚款，即2万元", Some(2_000_000)),
    ] {
        assert_eq!(fines_fen(&imposed(text)), fen, "{text}: {:?}", imposed(text));
    }
}

#[test]
fn fines_in_fen() {
    let bases = Bases(BTreeMap::from([(crate::law::amount::BaseKind::GoodsValue, 1_000_001)]));
    let range = |text: &str| {
        legal_range(&sanctions(text)[0], &bases).map(|range| (range.min_fen, range.max_fen, range.optional))
    };
    assert_eq!(range("违规的，处一千元以上不满三千元的罚款。"), Ok((100_000, Some(299_999), false)));
    assert_eq!(range("违规的，可以处三千元以下罚款。"), Ok((0, Some(300_000), true)));
    // 1.5 times 1,000,001 fen are no whole fen: the range is narrowed.
    assert_eq!(range("违规的，处货值金额1.5倍以上3.5倍以下罚款。"), Ok((1_500_002, Some(3_500_003), false)));
    assert_eq!(range("违规的，处货值金额三倍以下罚款，但最高不超过二万元。"), Ok((0, Some(2_000_000), false)));
    assert_eq!(
        range("违规的，处违法所得三倍以下罚款。"),
        Err(Obstacle::BaseMissing(crate::law::amount::BaseKind::IllegalGains))
    );
    assert_eq!(range("违规的，每平方米处十元罚款。"), Err(Obstacle::PerUnit(crate::law::amount::PerUnit::SquareMetre)));
    assert_eq!(range("违规的，给予警告。"), Err(Obstacle::NoFine));
    assert_eq!(range("违规的，处以罚款。"), Err(Obstacle::NoAmount));
}

#[test]
fn the_lighter_of_two_tiers() {
    let compare = |one: &str, other: &str| weigh(&sanctions(one)[0], &sanctions(other)[0], &Bases::default());
    let fine = "违规的，处一千元以上一万元以下罚款。";
    for (one, other, order) in [
        ("违规的，给予警告。", fine, Ordering::Less),
        ("违规的，处五百元以上二万元以下罚款。", fine, Ordering::Greater),
        ("违规的，处二千元以上一万元以下罚款。", fine, Ordering::Greater),
        ("违规的，可以处一千元以上一万元以下罚款。", fine, Ordering::Less),
        ("违规的，给予警告，并处一千元以上一万元以下罚款。", fine, Ordering::Greater),
        ("违规的，吊销许可证。", fine, Ordering::Greater),
        ("违规的，处十日以下拘留。", "违规的，处五日以下拘留。", Ordering::Greater),
        ("违规的，处违法所得一倍以上二倍以下罚款。", "违规的，处违法所得一倍以上三倍以下罚款。", Ordering::Less),
        (fine, fine, Ordering::Equal),
    ] {
        assert_eq!(compare(one, other), Ok(order), "{one} {other}");
    }
    let gains = crate::law::amount::BaseKind::IllegalGains;
    assert_eq!(
        compare("违规的，处违法所得二倍以下罚款。", fine),
        Err(Incomparable::First(Obstacle::BaseMissing(gains)))
    );
    assert_eq!(compare("违规的，责令改正。", fine), Err(Incomparable::NoPenalty));
}

/// What a decision imposes, shortly: party, kind, yuan.
fn decided(text: &str) -> Vec<String> {
    let yuan = |fen: u64| {
        if fen.is_multiple_of(100) { format!(" {}", fen / 100) } else { format!(" {}.{:02}", fen / 100, fen % 100) }
    };
    imposed(text)
        .iter()
        .map(|one| {
            let party = one.party_span.clone().map_or("", |span| &text[span]);
            let life = if one.lifelong { " life" } else { "" };
            let times = if one.heads > 1 { format!(" x{}", one.heads) } else { String::new() };
            format!("{party}:{:?}{}{life}{times}", one.kind, one.amount_fen.map_or(String::new(), yuan))
        })
        .collect()
}

#[test]
fn decisions_in_their_wordings() {
    for (text, expected) in [
        ("罚款人民币30万元", vec![":Fine 300000"]),
        ("合计罚款120万元", vec![":Fine 1200000"]),
        ("罚款合计人民币壹万贰仟元整", vec![":Fine 12000"]),
        ("处以20万元罚款", vec![":Fine 200000"]),
        ("警告，罚款1万元", vec![":Warning", ":Fine 10000"]),
        ("警告并处6万元", vec![":Warning", ":Fine 60000"]),
        ("罚款30万", vec![":Fine 300000"]),
        ("没收违法所得1,234.56元并处罚款3万元", vec![":ConfiscateGains 1234.56", ":Fine 30000"]),
        ("没收王某某违法所得3000元；罚款5000元", vec![":ConfiscateGains 3000", ":Fine 5000"]),
        ("没收当事人违法所得3000元", vec![":ConfiscateGains 3000"]),
        ("罚没合计639.5元", vec![":FineAndConfiscation 639.50"]),
        ("禁止终身从事灯塔业工作", vec![":RestrictPractice life"]),
        ("取消董事、高级管理人员任职资格5年", vec![":Disqualification"]),
        ("撤销任职资格", vec![":Disqualification"]),
        ("对甲警告，对丙某撤销任职资格", vec!["甲:Warning", "丙某:Disqualification"]),
        (
            "对甲灯塔罚款3万元；对丙某、丁某分别警告并罚款1万元",
            vec!["甲灯塔:Fine 30000", "丙某、丁某:Warning", "丙某、丁某:Fine 10000 x2"],
        ),
        ("甲灯塔：罚款3万元；丙某：警告", vec!["甲灯塔:Fine 30000", "丙某:Warning"]),
        ("对甲灯塔罚款3万元。禁止丙某终身从事灯塔业工作", vec!["甲灯塔:Fine 30000", "丙某:RestrictPractice life"]),
    ] {
        assert_eq!(decided(text), expected, "{text}");
    }
}

#[test]
fn sums_of_decisions() {
    for (text, fen) in [
        ("对甲罚款3万元，对乙罚款2万元，合计罚款5万元", Some(5_000_000)),
        ("对甲罚款2万元，对乙罚款合计2万元", Some(4_000_000)),
        ("罚没合计5.5万元，其中罚款5万元，没收违法所得0.5万元", Some(5_000_000)),
        ("罚没合计5.5万元，其中没收违法所得0.5万元，罚款5万元", Some(5_000_000)),
        ("罚没合计5.5万元，其中没收违法所得0.5万元", Some(5_500_000)),
        ("对丙某、丁某分别警告并罚款共计3万元", Some(3_000_000)),
        ("对丙某、丁某分别罚款2万元、3万元", Some(5_000_000)),
        ("对丙某、丁某、戊某分别处以罚款1万元、2万元和3万元", Some(6_000_000)),
        ("对丙某、丁某各罚款1万元", Some(2_000_000)),
        ("没收违法所得1万元", None),
        ("警告", None),
    ] {
        assert_eq!(fines_fen(&imposed(text)), fen, "{text}");
    }
    let period = imposed("取消任职资格5年")[0].period.clone().and_then(|period| period.hi);
    assert_eq!(period.map(|bound| bound.count), Some(5));
}

#[test]
fn tables_of_kinds_are_in_the_order_of_their_kinds() {
    for (at, (kind, ..)) in PenaltyKind::ALL.iter().enumerate() {
        assert_eq!(*kind as usize, at);
    }
    for (at, (kind, ..)) in OrderKind::ALL.iter().enumerate() {
        assert_eq!(*kind as usize, at);
    }
    assert!(PenaltyKind::ALL.is_sorted_by_key(|(kind, ..)| kind.gravity()));
}

#[test]
fn hostile_text_takes_linear_time() {
    for pattern in [
        "以上以下元元元",
        "对",
        "罚款",
        "责令",
        "没收违法所得",
        "情节严重的，",
        "责令改正，",
        "（一）",
        "：（一）的；",
        "处一元罚款；",
        "对单位处一元罚款、",
        "造成",
        "的由",
        "《",
    ] {
        // 60 KB and 1 MB.
        let read = |bytes: usize| {
            let text = pattern.repeat(bytes / pattern.len());
            drop(sanctions(&text));
            drop(imposed(&text));
        };
        assert_linear(pattern, read, 62_500, 1_000_000);
    }
}

proptest! {
    #[test]
    fn nothing_makes_it_panic(text in "[处罚款警告没收责令改正停业对单位个人的，。；：（）一二三万元以上下倍违法所得情节严重或者并可\n]{0,60}|\\PC{0,20}") {
        for tier in sanctions(&text) {
            prop_assert!(text.get(tier.span.clone()).is_some());
            prop_assert!(tier.act.iter().all(|span| text.get(span.clone()).is_some()));
            prop_assert!(tier.penalties.iter().all(|one| text.get(one.span.clone()).is_some()));
            let _ = legal_range(&tier, &Bases::default());
            let _ = weigh(&tier, &tier, &Bases::default());
        }
        for one in imposed(&text) {
            prop_assert!(text.get(one.span.clone()).is_some());
            prop_assert!(one.party_span.is_none_or(|span| text.get(span).is_some()));
        }
    }
}

#[test]
fn what_is_worth_little_is_counted_as_worth_the_least_sum() {
    let text = "贩卖假风铃的，没收风铃，并处违法贩卖的风铃货值金额十五倍以上三十倍以下的罚款；货值金额不足十万元的，按十万元计算；情节严重的，吊销许可证。\n\
                贩卖劣风铃的，并处货值金额十倍以上二十倍以下的罚款；违法制作的风铃货值金额不足十万元的，按十万元计算，违法零售的风铃货值金额不足一万元的，按一万元计算。";
    let tiers = sanctions(text);
    let goods = |wan: u64| Bases(BTreeMap::from([(BaseKind::GoodsValue, wan * 1_000_000)]));
    let fined: Vec<&Sanction> =
        tiers.iter().filter(|tier| tier.penalties.iter().any(|penalty| penalty.kind == PenaltyKind::Fine)).collect();
    assert_eq!(fined.len(), 2, "{tiers:#?}");
    let range = |tier: &Sanction, wan: u64| legal_range(tier, &goods(wan)).map(|range| (range.min_fen, range.max_fen));
    assert_eq!(range(fined[0], 5), Ok((150_000_000, Some(300_000_000))));
    assert_eq!(range(fined[0], 20), Ok((300_000_000, Some(600_000_000))));
    assert_eq!(range(fined[1], 5), Err(Obstacle::SeveralFloors));
    assert_eq!(range(fined[1], 20), Ok((200_000_000, Some(400_000_000))));
}

#[test]
fn the_persons_of_a_firm_are_struck_by_their_own_tier() {
    let text = "渡口经营者达成协议的，处五百万元以下的罚款。渡口经营者的法定代表人、主要负责人和直接责任人员对达成协议负有个人责任的，可以处一百万元以下的罚款。";
    let addressees: Vec<Addressee> = sanctions(text).iter().map(|tier| tier.addressee).collect();
    assert_eq!(addressees, [Addressee::Any, Addressee::ResponsiblePerson]);
    let act = "公司的法定代表人变更未登记的，处一万元以下的罚款。";
    assert_eq!(sanctions(act)[0].addressee, Addressee::Any);
}

#[test]
fn bans_on_practice_are_penalties_with_their_periods() {
    use crate::law::sanction::imposed;
    let told = |text: &str| -> Vec<(PenaltyKind, Option<u64>, bool)> {
        let years = |one: &Imposed| one.period.as_ref().and_then(|period| Some(period.hi?.count));
        imposed(text).iter().map(|one| (one.kind, years(one), one.lifelong)).collect()
    };
    use PenaltyKind as K;
    for (text, found) in [
        ("禁止张某从事银行业工作五年", vec![(K::RestrictPractice, Some(5), false)]),
        ("禁止张某5年内从事食品生产经营管理工作", vec![(K::RestrictPractice, Some(5), false)]),
        ("终身禁止从事食品生产经营管理工作", vec![(K::RestrictPractice, None, true)]),
        ("五年内不得从事教育工作", vec![(K::RestrictPractice, Some(5), false)]),
        ("终身不得担任食品检验机构的负责人", vec![(K::RestrictPractice, None, true)]),
        ("对张某采取十年市场禁入措施", vec![(K::RestrictPractice, Some(10), false)]),
        ("对张某禁止从业三年", vec![(K::RestrictPractice, Some(3), false)]),
        ("吊销执业证书", vec![(K::RevokeLicence, None, false)]),
        ("吊销张某律师执业证", vec![(K::RevokeLicence, None, false)]),
        ("责令停止执业六个月", vec![(K::RestrictPractice, Some(6), false)]),
        ("取消张某董事任职资格三年", vec![(K::Disqualification, Some(3), false)]),
        ("给予举报人奖励500元", vec![]),
        ("发放举报奖金人民币800元", vec![]),
    ] {
        assert_eq!(told(text), found, "{text}");
    }
}

#[test]
fn fines_are_read_with_the_sign_of_money() {
    use crate::law::sanction::{fines_fen, imposed};
    for (text, fen) in [
        ("对当事人罚款￥800元", 80_000),
        ("处罚款人民币¥1,234.50", 123_450),
        ("处以￥800的罚款", 80_000),
        ("罚款人民币叁仟元整（￥3000.00）", 300_000),
        ("罚款￥3000元（大写：叁仟元整）", 300_000),
        ("处人民币叁仟元罚款", 300_000),
    ] {
        assert_eq!(fines_fen(&imposed(text)), Some(fen), "{text}");
    }
}

#[test]
fn a_fine_for_want_of_a_base_is_of_the_degree_before_it() {
    let text = "发布假风铃广告的，处广告费用三倍罚款，广告费用无法计算或者明显偏低的，处二十万元罚款；情节严重的，处广告费用五倍罚款，广告费用无法计算或者明显偏低的，处一百万元罚款，可以吊销执照。";
    let told = short(text);
    let conditions: Vec<&str> = told.iter().filter_map(|tier| tier.split(" order").next()).collect();
    assert_eq!(conditions, ["Any if ", "Any if BaseUnknown", "Any if Serious", "Any if Serious,BaseUnknown"]);
    assert_eq!(acts(text), ["发布假风铃广告的"; 4]);
    let gains = "拒不改正的，没收违法所得，并处违法所得一倍罚款，没有违法所得的，并处十万元罚款；情节严重的，吊销执照。没有违法所得的，处一元罚款。";
    assert_eq!(short(gains)[1], "Any if RefusesToCorrect,NoIllegalGains order : MustAlso Fine 十万元");
    assert!(short(gains)[3].starts_with("Any if NoIllegalGains"), "a sentence of its own: {:?}", short(gains));
}
