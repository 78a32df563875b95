use super::tests::table;
use super::*;
use crate::law::mask::mask;
use crate::law::{case_fields, case_record, sanction};

const CAPTIONS: &[&str] = &["序号", "被处罚人", "违法事实", "处罚依据", "处罚内容", "处罚日期"];

/// The cases of a table, masked.
fn of(rows: &[&[&str]]) -> Vec<Document> {
    let found = cases("公示表.docx", &table(rows)).unwrap_or_default();
    found.into_iter().map(|one| mask(&one.document).document).collect()
}

/// The fines of a case in fen.
fn fines(document: &Document) -> Option<u64> {
    case_record::read(document).and_then(|record| record.fines_fen)
}

fn penalises(document: &Document) -> bool {
    let outcomes = case_fields::read(document).outcomes;
    outcomes.iter().any(|read| read.value == case_fields::Outcome::Penalised)
}

#[test]
fn what_a_column_only_proposes_is_not_imposed() {
    for captions in [
        &["序号", "被处罚人", "违法事实", "处罚依据", "拟处罚内容", "拟处罚金额（元）", "告知日期"][..],
        &["序号", "当事人", "违法事实", "处罚依据", "拟处罚种类", "拟罚款", "告知日期"],
        &["序号", "被处罚人", "违法事实", "处罚依据", "拟作出的处罚决定", "拟处罚款（元）", "告知日期"],
    ] {
        let found =
            of(&[captions, &["1", "张阿牛", "占道经营", "《甲法》第三条", "警告；罚款", "500", "2026年3月4日"]]);
        let [case] = found.as_slice() else { panic!("{captions:?} {found:?}") };
        assert_eq!((fines(case), penalises(case)), (None, false), "{}", case.text);
        assert!(case.text.contains("500") && !case.text.contains("阿牛"), "{}", case.text);
    }
    // What was imposed beside it counts.
    let captions: &[&str] = &["被处罚人", "违法事实", "处罚依据", "拟罚款（元）", "处罚内容", "处罚金额（元）"];
    let found = of(&[captions, &["张阿牛", "占道经营", "《甲法》第三条", "800", "罚款", "500"]]);
    assert_eq!((fines(&found[0]), penalises(&found[0])), (Some(50_000), true), "{}", found[0].text);
}

#[test]
fn a_sum_for_each_party_of_a_row_counts_as_often() {
    let row =
        |party: &'static str, told: &'static str| ["1", party, "噪声扰民", "《甲法》第三条", told, "2024年3月4日"];
    for (party, told, fine) in [
        ("张阿牛、李阿虎、王阿猫", "各罚款100元", 30_000),
        ("张阿牛\n李阿虎", "各处罚款100元", 20_000),
        ("张阿牛、李阿虎", "分别处以100元、200元罚款", 30_000),
        ("张阿牛、李阿虎", "每人罚款100元", 20_000),
        // Look-alikes: one party, one sum, a sum for all.
        ("张阿牛", "各罚款100元", 10_000),
        ("张阿牛、李阿虎", "罚款100元", 10_000),
        ("张阿牛、李阿虎", "各罚款共计100元", 10_000),
    ] {
        let found = of(&[CAPTIONS, &row(party, told)]);
        assert_eq!(fines(&found[0]), Some(fine), "{party} {told}");
    }
}

#[test]
fn days_as_spreadsheets_keep_them_are_dates() {
    for (cell, day) in [
        ("45123", Some(jiff::civil::date(2023, 7, 16))),
        ("45350.0", Some(jiff::civil::date(2024, 2, 28))),
        ("20240228", Some(jiff::civil::date(2024, 2, 28))),
        ("12345", None),
        ("4512", None),
    ] {
        assert_eq!(super::day(cell), day, "{cell}");
    }
}

#[test]
fn a_party_beside_its_plate_is_a_person() {
    let captions: &[&str] = &["序号", "被处罚对象（姓名｜车牌号）", "违法事实", "处罚依据", "处罚内容", "处罚日期"];
    for cell in ["张阿牛｜云A12345", "张阿牛/云A12345", "张阿牛（云A12345）", "张阿牛 云A·12345"] {
        let found = of(&[captions, &["1", cell, "超限运输", "《甲法》第三条", "罚款1000元", "2024年3月4日"]]);
        let [case] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(case.parties, ["张某"], "{cell}");
        assert!(!case.text.contains("12345") && !case.text.contains("阿牛"), "{}", case.text);
    }
}

#[test]
fn signs_that_repeat_the_row_above_repeat_its_party() {
    for sign in ["〃", " 〃 ", "〃〃", "同上", "（同上）", "″", "”"] {
        let first: &[&str] = &["1", "云桥县清水商店", "占道经营", "《甲法》第三条", "罚款100元", "2024年3月4日"];
        let next: &[&str] = &["2", sign, "占道堆物", sign, "罚款200元", sign];
        let found = of(&[CAPTIONS, first, next]);
        let [_, case] = found.as_slice() else { panic!("{sign} {found:?}") };
        assert_eq!(case.parties, ["云桥县清水商店"], "{sign}");
        assert_eq!(case.decided_on, Some(jiff::civil::date(2024, 3, 4)), "{sign}");
    }
}

#[test]
fn the_unit_above_a_form_is_that_of_its_sums() {
    let rows: &[&[&str]] = &[
        &["单位：万元", ""],
        &["行政处罚决定书文号", "云金罚〔2024〕3号"],
        &["被处罚单位名称", "云桥村镇银行"],
        &["主要违法事实", "贷前调查不尽职"],
        &["行政处罚依据", "《甲法》第三条"],
        &["处罚内容", "罚款30"],
    ];
    let found = of(rows);
    assert_eq!(found.iter().map(fines).collect::<Vec<_>>(), [Some(30_000_000)], "{found:?}");
    let blocks = [Block::text("单位：万元"), Block::Table(table(&rows[1..]))];
    let (found, _) = split("公示表.docx", &blocks).unwrap();
    assert_eq!(fines(&found[0].document), Some(30_000_000));
}

#[test]
fn columns_of_fine_and_confiscation_are_sums_of_their_own() {
    let captions: &[&str] = &[
        "相对人名称",
        "文书号",
        "违法事实",
        "处罚依据",
        "处罚类别",
        "罚款金额（万元）",
        "没收金额（万元）",
        "决定日期",
    ];
    let row: &[&str] = &[
        "云桥县清水商店",
        "云市监罚〔2024〕1号",
        "销售过期食品",
        "《甲法》第三条",
        "罚款;没收违法所得",
        "0.5",
        "0.0321",
        "45350",
    ];
    let found = of(&[captions, row]);
    let record = case_record::read(&found[0]).unwrap();
    let sums: Vec<_> = record.penalties.iter().filter_map(|one| one.amount_fen).collect();
    assert_eq!(sums, [500_000, 32_100], "{}", found[0].text);
    assert_eq!(sanction::fines_alone_fen(&record.penalties), Some(500_000));
}
