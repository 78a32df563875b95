use super::*;

#[test]
fn sums_of_several_are_counted_once_for_each() {
    for (text, yuan) in [
        ("对张某、李某给予警告，并分别处以30万元、20万元罚款。", 500_000),
        (
            "一、对云桥公司处以200万元罚款；\n二、对张某、李某、王某给予警告，并分别处以100万元、60万元、50万元罚款。",
            4_100_000,
        ),
        ("对张某、李某分别处以30万元、20万元的罚款。", 500_000),
        ("对李某、王某给予警告，并分别处以10万元罚款。", 200_000),
        ("张某、李某等5人各罚款200元", 1_000),
        ("对张某等3人分别处以200元罚款", 600),
        // Look-alikes: one sum for all, a list of violations' sums that the whole repeats.
        ("对张某、李某处以20万元罚款", 200_000),
        ("对张某、李某罚款合计20万元", 200_000),
    ] {
        assert_eq!(fines_fen(&imposed(text)), Some(yuan * 100), "{text} {:?}", imposed(text));
    }
    let text = "对高某、白某给予警告，并分别处以60万元、50万元罚款。";
    let told: Vec<_> = imposed(text)
        .into_iter()
        .filter(|one| one.kind == PenaltyKind::Fine)
        .map(|one| (text[one.party_span.unwrap()].to_string(), one.amount_fen))
        .collect();
    assert_eq!(told, [("高某".into(), Some(60_000_000)), ("白某".into(), Some(50_000_000))]);
}

#[test]
fn the_sum_behind_a_multiple_is_the_fine() {
    for (text, fen) in [
        ("对你单位处少缴税款0.5倍罚款56,789.10元", 5_678_910),
        ("没收违法所得1200元，并处货值金额15倍罚款30000元", 3_000_000),
        ("处骗取金额1倍罚款人民币35,200元", 3_520_000),
        ("处货值金额十五倍的罚款18,750元", 1_875_000),
        ("处罚款人民币（大写）伍仟元整（¥5,000.00元）", 500_000),
        ("每人罚款500元", 50_000),
    ] {
        assert_eq!(fines_fen(&imposed(text)), Some(fen), "{text} {:?}", imposed(text));
    }
}

#[test]
fn whom_a_clause_strikes_ends_before_the_rate_of_its_fine() {
    for (text, party) in [
        ("对你单位处少缴税款百分之五十的罚款61728.39元。", Some("你单位")),
        ("对主管人员高某处单位罚款数额百分之五的罚款9000元。", Some("主管人员高某")),
        ("对云桥公司处违法所得二倍的罚款6000元。", Some("云桥公司")),
        ("现予以：1.没收药品；2.罚款人民币伍万元整。", None),
    ] {
        for one in imposed(text) {
            assert_eq!(one.party_span.map(|span| &text[span]), party, "{text}");
        }
    }
}

#[test]
fn what_a_decision_spares_is_not_imposed() {
    use PenaltyKind::*;
    for (text, want) in [
        ("没收违法所得800元，不并处罚款", vec![ConfiscateGains]),
        ("给予警告，不再处以罚款", vec![Warning]),
        ("给予警告，不再处以5000元罚款", vec![Warning]),
        ("给予警告，免予罚款", vec![Warning]),
        ("罚款500元，不予没收违法所得", vec![Fine]),
        ("不予罚款、没收违法所得", vec![]),
        ("免予警告和罚款的处罚", vec![]),
        ("何必予以警告", vec![]),
        ("给予警告，可以并处的罚款不予并处", vec![Warning]),
        ("无须并处罚款", vec![]),
        ("可以并处五千元以上五万元以下罚款", vec![]),
        ("未悬挂禁入标志", vec![]),
        ("根据《实施限制生产、停产整治办法》，给予警告", vec![Warning]),
        ("☑没收违法所得（大写）：叁佰元整 ☑罚款（大写）：叁万元整 □吊销证照", vec![ConfiscateGains, Fine]),
        ("未张贴警告标识，罚款500元", vec![Fine]),
        ("未设置禁止未成年人进入标志", vec![]),
        // Look-alikes.
        ("拒不改正，罚款500元", vec![Fine]),
        ("对申辩不予采纳，处罚款500元", vec![Fine]),
        ("采取三年市场禁入措施", vec![RestrictPractice]),
        ("处五千元以上五万元以下的罚款，即罚款6000元", vec![Fine]),
    ] {
        let found: Vec<_> = imposed(text).into_iter().map(|one| one.kind).collect();
        assert_eq!(found, want, "{text}");
    }
}

#[test]
fn sums_that_share_a_unit_or_a_whole() {
    for (text, yuan) in [
        ("对仇某、丁某、戚某分别处以1000、2000、3000元罚款", Some(6_000)),
        ("对仇某、丁某分别处以1、2万元罚款", Some(30_000)),
        ("没收违法所得300元，罚没款共计5300元", Some(5_000)),
        ("没收违法所得300元，罚款5000元，罚没款合计5300元", Some(5_000)),
        ("罚没合计5000元", None),
        ("没收违法所得，罚没合计5000元", None),
        ("没收违法所得6000元，罚没合计5000元", None),
    ] {
        assert_eq!(fines_alone_fen(&imposed(text)), yuan.map(|yuan| yuan * 100), "{text} {:?}", imposed(text));
    }
}
