use super::*;
use crate::text::linear::assert_linear;
use proptest::prelude::*;

/// The amounts of a text, shortly: bounds with `(` for excluded ends, money in fen, ratios in millionths.
fn short(text: &str) -> Vec<String> {
    amounts(text).iter().map(|found| written(&found.amount)).collect()
}

fn written(amount: &Amount) -> String {
    let lo = amount.lo.map_or(String::new(), |b| format!("{}{}", if b.inclusive { "[" } else { "(" }, b.value));
    let hi = amount.hi.map_or(String::new(), |b| format!("{}{}", b.value, if b.inclusive { "]" } else { ")" }));
    let mut line = match amount.fixed() {
        Some(value) => value.to_string(),
        None => format!("{lo}..{hi}"),
    };
    line += match amount.measure {
        Measure::Money => "",
        Measure::Multiple => "x",
        Measure::Share => "%",
    };
    if let Some(base) = &amount.base {
        line += &format!(" of {:?}", base.kind);
    }
    if let Some(per) = &amount.per {
        line += &format!(" per {:?}", per.unit);
    }
    if let Some(cap) = &amount.cap {
        line += &format!(" cap {}", cap.bound.value);
    }
    line
}

fn periods_of(text: &str) -> Vec<String> {
    let end = |bound: Option<PeriodBound>| {
        bound.map_or(String::new(), |b| format!("{}{:?}{}", b.count, b.unit, if b.inclusive { "" } else { "!" }))
    };
    periods(text).iter().map(|found| format!("{}..{}", end(found.period.lo), end(found.period.hi))).collect()
}

#[test]
fn ranges_of_money() {
    for (text, expected) in [
        ("处三千元以上三万元以下的罚款", "[300000..3000000]"),
        ("处3千元以上3万元以下的罚款", "[300000..3000000]"),
        ("处五百至一千元罚款", "[50000..100000]"),
        ("处三至五万元罚款", "[3000000..5000000]"),
        ("处五百元至一万元罚款", "[50000..1000000]"),
        ("处3万以上5万元以下罚款", "[3000000..5000000]"),
        ("处二千元以上二万以下罚款", "[200000..2000000]"),
        ("处2万以上6万以下罚款", "[2000000..6000000]"),
        ("处二万元以下罚款", "..2000000]"),
        ("处二万以下罚款", "..2000000]"),
        ("货值七万元以上的", "[7000000.."),
        ("货值不满七万元的", "..7000000)"),
        ("货值不足七万元的", "..7000000)"),
        ("金额超过七万元的", "(7000000.."),
        ("金额一万元以上不满七万元的", "[1000000..7000000)"),
        ("金额超过一万元不足七万元的", "(1000000..7000000)"),
        ("金额超过一万元、不超过七万元的", "(1000000..7000000]"),
        ("处1万元以上7万元（不含）以下罚款", "[1000000..7000000)"),
        ("处1万元（不含）以上7万元以下罚款", "(1000000..7000000]"),
        ("罚款不得超过三万元", "..3000000]"),
        ("最高不超过三万元", "..3000000]"),
        ("20,000元-30,000元", "[2000000..3000000]"),
        ("２万元～３万元", "[2000000..3000000]"),
        ("2—3万元", "[2000000..3000000]"),
        ("人民币1万元以上人民币3万元以下", "[1000000..3000000]"),
        ("1 万元以上 3 万元以下", "[1000000..3000000]"),
    ] {
        assert_eq!(short(text), [expected], "{text}");
    }
}

#[test]
fn money_in_every_writing() {
    for (text, fen) in [
        ("三万元", 3_000_000),
        ("3万元", 3_000_000),
        ("30000元", 3_000_000),
        ("30,000元", 3_000_000),
        ("30，000元", 3_000_000),
        ("３００００元", 3_000_000),
        ("3.5万元", 3_500_000),
        ("三点五万元", 3_500_000),
        ("1.035497万元", 1_035_497),
        ("1234.56元", 123_456),
        ("1,234.56元", 123_456),
        ("壹万贰仟元整", 1_200_000),
        ("两千元", 200_000),
        ("百元", 10_000),
        ("一亿二千万元", 12_000_000_000),
        ("1.5亿元", 15_000_000_000),
        ("四千圆", 400_000),
        ("十一万五千元", 11_500_000),
        ("3元5角2分", 352),
        ("五角的罚款", 50),
    ] {
        let found = amounts(text);
        assert_eq!(found.iter().map(|found| found.amount.fixed()).collect::<Vec<_>>(), [Some(fen)], "{text}");
    }
}

#[test]
fn multiples_and_shares_with_their_bases() {
    for (text, expected) in [
        ("处货值金额十五倍以上三十倍以下罚款", "[15000000..30000000]x of GoodsValue"),
        ("处违法所得一倍的罚款", "1000000x of IllegalGains"),
        ("没收违法所得，并处一至五倍罚款", "[1000000..5000000]x of IllegalGains"),
        ("处违法所得1.5倍以下罚款", "..1500000]x of IllegalGains"),
        ("处货值金额等值的罚款", "1000000x of GoodsValue"),
        ("处与违法所得等值以下罚款", "..1000000]x of IllegalGains"),
        ("处合同价款百分之二以上百分之四以下的罚款", "[20000..40000]% of ContractPrice"),
        ("处工程造价5%-10%的罚款", "[50000..100000]% of ProjectCost"),
        ("处工程造价百分之五至十的罚款", "[50000..100000]% of ProjectCost"),
        ("处不缴的税款百分之五十以上五倍以下的罚款", "[500000..5000000]x of Tax"),
        ("处骗取的补贴二倍以上五倍以下的罚款", "[2000000..5000000]x of Other"),
        ("每日按罚款数额的百分之三加处罚款", "30000% of FineAmount per Day"),
        ("从滞纳之日起按日加收滞纳税款万分之五的滞纳金", "500% of Tax per Day"),
        ("处不超过违法所得三倍的罚款", "..3000000]x of IllegalGains"),
        ("超过应缴费用百分之五十的", "(500000..% of Fee"),
        ("处违法所得三倍以下罚款，但最高不超过三万元", "..3000000]x of IllegalGains cap 3000000"),
    ] {
        assert_eq!(short(text), [expected], "{text}");
    }
}

#[test]
fn per_unit_and_caps() {
    for (text, expected) in [
        ("按每人五十元处以罚款", "5000 per Person"),
        ("每平方米处二十元以上五十元以下罚款", "[2000..5000] per SquareMetre"),
        ("每立方米五十元，但最高不超过五千元", "5000 per CubicMetre cap 500000"),
        ("处每只（头）二十元罚款，罚款总额不得超过二千元", "2000 per Animal cap 200000"),
        ("每辆次二百元", "20000 per Vehicle"),
        ("每逾期一日处一百元罚款", "10000 per Day"),
        ("罚款50元/平方米", "5000 per SquareMetre"),
    ] {
        assert_eq!(short(text), [expected], "{text}");
    }
}

#[test]
fn no_money_where_there_is_none() {
    for text in [
        "依照第三条规定",
        "2021年5月1日起施行",
        "处五日以上十五日以下拘留",
        "三元催化器失效",
        "一元化管理",
        "数百元的差额",
        "几万元的差额",
        "一万五元",
        "三角形和五角星",
        "记三分",
        "一般情况下",
        "三分之一以上的成员",
        "长三角一体化",
        "以此为半径作一圆。",
        "一万美元",
        "0.001元",
        "等值",
    ] {
        assert_eq!(short(text), [""; 0], "{text}");
    }
}

#[test]
fn periods_with_units() {
    for (text, expected) in [
        ("处五日以上十五日以下拘留", "5Day..15Day"),
        ("暂扣三个月以上六个月以下", "3Month..6Month"),
        ("处三年以上十年以下有期徒刑", "3Year..10Year"),
        ("处六个月以上三年以下有期徒刑", "6Month..3Year"),
        ("五个工作日内告知", "..5WorkingDay"),
        ("六十日内申请复议", "..60Day"),
        ("二十四小时内报告", "..24Hour"),
        ("三至五日", "3Day..5Day"),
        ("不得超过三十日", "..30Day"),
        ("未满十八个月", "..18Month!"),
        ("处六月以下拘役", "..6Month"),
        ("处十年以上有期徒刑", "10Year.."),
    ] {
        assert_eq!(periods_of(text), [expected], "{text}");
    }
    for date in ["12月31日", "2021年", "二〇二一年五月一日", "三年级", "本月五元"] {
        assert!(periods(date).is_empty(), "{date}: {:?}", periods_of(date));
    }
}

#[test]
fn spans_cover_what_was_read() {
    let text = "情节严重的，处货值金额二倍以上五倍以下罚款，但最高不超过十万元；对个人处不满三千元罚款。";
    let found = amounts(text);
    let words = |span: &Range<usize>| text[span.clone()].to_owned();
    assert_eq!(words(&found[0].span), "二倍以上五倍以下");
    assert_eq!(found[0].amount.base.as_ref().map(|base| words(&base.span)), Some("货值金额".to_owned()));
    assert_eq!(found[0].amount.cap.as_ref().map(|cap| words(&cap.span)), Some("最高不超过十万元".to_owned()));
    assert_eq!(words(&found[1].span), "不满三千元");
}

#[test]
fn hostile_text_takes_linear_time() {
    for pattern in
        ["以上以下元元元", "一", "一元", "百分之", "每", "1,", "一元以上", "不超过一元，最高", "（含", "处一倍，"]
    {
        // 60 KB and 1 MB.
        let read = |bytes: usize| drop(numbers(&pattern.repeat(bytes / pattern.len())));
        assert_linear(pattern, read, 62_500, 1_000_000);
    }
}

proptest! {
    #[test]
    fn nothing_makes_it_panic(text in "[一二百千万亿元角分倍至以上以下不满超过百分之每日年月个工作,，.（）含等值0-9%罚款 ]{0,40}|\\PC{0,20}") {
        for found in amounts(&text) {
            prop_assert!(text.get(found.span.clone()).is_some());
        }
        for found in periods(&text) {
            prop_assert!(text.get(found.span.clone()).is_some());
        }
    }

    #[test]
    fn fixed_money_is_exact(yuan in 0u64..1_000_000_000, fen in 0u64..100) {
        let text = format!("罚款{yuan}.{fen:02}元");
        prop_assert_eq!(amounts(&text)[0].amount.fixed(), Some(yuan * 100 + fen));
    }
}

#[test]
fn sums_with_the_sign_of_money_and_in_great_numerals() {
    for (text, told) in [
        ("罚款叁仟元整", &["300000"][..]),
        ("人民币叁仟元", &["300000"]),
        ("罚款人民币壹万贰仟叁佰肆拾伍元陆角柒分", &["1234567"]),
        ("￥800元", &["80000"]),
        ("罚款￥800", &["80000"]),
        ("¥1,234.50", &["123450"]),
        ("¥ 1,234.50元", &["123450"]),
        ("人民币￥3000.00元（大写：叁仟元整）", &["300000", "300000"]),
        ("RMB 5000", &["500000"]),
        ("￥3万", &["3000000"]),
        ("￥500-￥800", &["[50000..80000]"]),
        ("编号800", &[]),
    ] {
        assert_eq!(short(text), told, "{text}");
    }
}

#[test]
fn what_a_fine_is_counted_by_is_read_with_the_word_for_it() {
    for (text, told) in [
        ("并可处每立方米混凝土一百元或者每吨袋装水泥三百元的罚款", &["CubicMetre", "Tonne"][..]),
        ("按每平方米建筑面积50元处以罚款", &["SquareMetre"]),
        // Look-alikes: what is counted is no fine.
        ("对每年应当缴纳费用五百元的业户处罚款二百元", &["-", "-"]),
        ("每吨产品售价三百元，罚款二百元", &["-", "-"]),
    ] {
        let per = |found: &Found| found.amount.per.as_ref().map_or("-".to_owned(), |per| format!("{:?}", per.unit));
        assert_eq!(amounts(text).iter().map(per).collect::<Vec<_>>(), told, "{text}");
    }
}

#[test]
fn each_of_two_alternatives_has_its_own_base() {
    for (text, told) in [
        ("并处五千万元以下或者上一年度营业额百分之五以下罚款", &["-", "营业额"][..]),
        ("处五万元以下的罚款或者货值金额一倍的罚款", &["-", "货值金额"]),
        ("处违法经营额一倍以上三倍以下或者违法所得三倍以上五倍以下的罚款", &["违法经营额", "违法所得"]),
        (
            "并处被骗取有关资金10%以上50%以下的罚款或者被违规使用有关资金10%以上30%以下的罚款",
            &["被骗取有关资金", "被违规使用有关资金"],
        ),
        ("按面积每平方米处5元至50元的罚款或按工程总造价处1％至5％的罚款", &["-", "总造价"]),
        ("处工程合同价款百分之二以上百分之四以下的罚款", &["合同价款"]),
        ("处广告费用三倍以上五倍以下的罚款", &["费用"]),
        ("处骗取或者套取资金二倍的罚款", &["骗取或者套取资金"]),
    ] {
        let base = |found: &Found| {
            found
                .amount
                .base
                .as_ref()
                .map_or("-".to_owned(), |base| text.get(base.span.clone()).unwrap_or("?").to_owned())
        };
        assert_eq!(amounts(text).iter().map(base).collect::<Vec<_>>(), told, "{text}");
    }
}
