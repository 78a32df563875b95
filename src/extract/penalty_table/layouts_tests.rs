use super::tests::table;
use super::*;
use crate::extract::{FileInput, Outcome, Packs, official};
use crate::law::Kind;
use crate::law::mask::mask;
use crate::text::table::Cell;

fn read(outcome: Outcome) -> Vec<Document> {
    match outcome {
        Outcome::Documents { documents, .. } => documents.into_iter().map(|one| one.document).collect(),
        other => panic!("{other:?}"),
    }
}

/// Parties and text of every case of a table.
fn of(rows: &[&[&str]]) -> Vec<(String, String)> {
    let found = cases("公示表.docx", &table(rows)).unwrap_or_default();
    found.into_iter().map(|one| (one.document.parties.join("、"), one.document.text)).collect()
}

#[test]
fn the_unit_above_a_table_is_that_of_its_numbers() {
    let captions: &[&str] = &["序号", "被处罚人", "违法事实", "处罚结果", "罚款", "没收违法所得金额"];
    let row: &[&str] = &["1", "云桥县清水商店", "占道经营", "罚款、没收违法所得", "5", "0.5"];
    let [(_, text)] = &*of(&[&["云桥县行政处罚公示表"], &["单位：万元"], captions, row]) else {
        panic!()
    };
    assert!(text.contains("罚款5万元") && text.contains("没收违法所得0.5万元"), "{text}");
    let blocks = [
        Block::text("云桥县城市管理局行政处罚公示表"),
        Block::text("（单位：元）"),
        Block::Table(table(&[captions, row])),
        Block::Table(table(&[&["2", "云桥县清水饭店", "占道经营", "罚款", "800", ""]])),
    ];
    let found = read(official::read("公示表.docx", &blocks, Vec::new()));
    assert!(found[0].text.contains("罚款5元") && found[1].text.contains("罚款800元"), "{found:?}");
    // A sum that names its unit keeps it, and a caption that does so is nearer.
    let captions: &[&str] = &["被处罚人", "违法事实", "处罚结果", "罚款金额（元）"];
    let row: &[&str] = &["云桥县清水商店", "占道经营", "罚款", "500"];
    assert!(of(&[&["单位：万元"], captions, row])[0].1.contains("罚款500元"));
    let captions: &[&str] = &["被处罚人", "违法事实", "处罚（元）"];
    assert!(of(&[captions, &["云桥县清水商店", "占道经营", "500"]])[0].1.contains("【行政处罚决定】\n罚款500元"));
    let captions: &[&str] = &["姓名", "违法行为", "处罚", "日期"];
    let row: &[&str] = &["濮阳春生", "占道经营", "罚款2", "2024年5月2日"];
    assert!(of(&[&["单位：百元"], captions, row])[0].1.contains("罚款2百元"));
}

#[test]
fn tables_for_the_public_are_read_in_every_layout() {
    let title = "云桥县城市管理局行政处罚信息公示表";
    let layouts: &[&[&str]] = &[
        &["姓名", "违法行为", "处罚", "日期"],
        &["姓名", "违法行为", "行政处罚", "处罚日期"],
        &["姓名", "违法行为", "处罚情况", "决定日期"],
        &["姓名", "违法事实", "处罚内容", "时间"],
        &["当事人姓名", "违法行为", "处罚结果", "公示日期"],
        &["被处罚人姓名", "主要违法行为", "处罚种类", "作出处罚日期"],
        &["违法人员姓名", "违法行为", "处罚措施", "处罚时间"],
        &["当事人（姓名或名称）", "违法情形", "处罚决定", "决定日期"],
        &["姓名/名称", "违法行为", "处罚意见", "日期"],
        &["违法者", "违法行为", "处罚", "日期"],
        &["姓 名", "违 法 行 为", "处 罚", "日 期"],
        &["驾驶员", "违法行为", "处罚", "日期"],
        &["被处罚对象", "违法行为", "处罚金额（元）", "日期"],
        &["行政相对人名称", "违法行为类型", "处罚内容", "处罚决定日期"],
        &["经营者姓名", "违法行为", "处理结果", "日期"],
        &["个人姓名", "违法案由", "处理决定", "日期"],
    ];
    for captions in layouts {
        let row = ["仇阿岭", "占道经营", if captions[2].contains("元") { "200" } else { "罚款200元" }, "2024年5月2日"];
        for rows in [vec![&[title][..], captions, &row], vec![*captions, &row[..]]] {
            let [(party, text)] = &*of(&rows) else { panic!("{captions:?}: {:?}", of(&rows)) };
            assert_eq!(party, "仇阿岭", "{captions:?}");
            assert!(text.contains("占道经营") && text.contains("【行政处罚决定】\n罚款200元"), "{captions:?}: {text}");
        }
    }
    let bars = format!(
        "# {title}\n\n| 姓名 | 违法行为 | 处罚 |\n|---|---|---|\n| 仇阿岭 | 占道经营 | 罚款二百元 |\n| 逄阿秋 | 乱倒垃圾 | 警告 |\n"
    );
    let found = read(Packs::default().read(&FileInput { path: "公示.md", bytes: bars.as_bytes() }));
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.iter().all(|case| case.kind == Kind::Case));
    let masked: Vec<String> = found.iter().map(|case| mask(case).document.parties.join("、")).collect();
    assert_eq!(masked, ["仇某", "逄某"]);
}

#[test]
fn lists_that_are_none_of_penalties_stay_lists() {
    for captions in [
        &["姓名", "违法行为", "处罚依据", "职务"][..],
        &["姓名", "单位", "职务", "电话"],
        &["序号", "违法行为", "处罚标准", "处罚种类"],
        &["姓名", "培训内容", "成绩", "日期"],
        &["姓名", "投诉事由", "处理结果", "日期"],
    ] {
        assert!(of(&[captions, &["仇阿岭", "占道经营", "甲", "2024年5月2日"]]).is_empty(), "{captions:?}");
    }
}

#[test]
fn a_form_with_two_values_in_a_row_is_one_case() {
    let rows: &[&[&str]] = &[
        &["行政处罚信息公示表", "", "", ""],
        &["决定书文号", "云市监处罚〔2024〕12号", "案件名称", "云桥县清水商店销售过期食品案"],
        &["当事人名称", "云桥县清水商店", "法定代表人", "濮阳春生"],
        &["违法事实", "销售过期食品", "处罚依据", "《甲法》第三条"],
        &["处罚内容", "罚款5000元", "处罚决定日期", "2024年5月2日"],
        &["处罚机关", "云桥县市场监督管理局", "备注", "处罚款已缴"],
    ];
    let mut form = table(rows);
    form.rows[0].cells = vec![Cell::Text { text: "行政处罚信息公示表".to_string(), rows: 1, columns: 4 }];
    form.rows[0].cells.extend((1..4).map(|_| Cell::Covered { row: 0, column: 0 }));
    let found = cases("公示表.docx", &form).unwrap();
    let [one] = found.as_slice() else { panic!("{found:?}") };
    let case = &one.document;
    assert_eq!(case.case_number.as_deref(), Some("云市监处罚〔2024〕12号"));
    assert_eq!(
        (case.parties.concat(), case.issuer.as_deref()),
        ("云桥县清水商店".into(), Some("云桥县市场监督管理局"))
    );
    assert!(
        case.text.contains("【行政处罚决定】\n罚款5000元") && case.text.contains("备注：处罚款已缴"),
        "{}",
        case.text
    );
    assert!(!mask(case).document.text.contains("春生"));
}

#[test]
fn cells_whose_lines_were_broken_are_whole() {
    let captions: &[&str] = &["序号", "决定书文号", "当事人", "违法事实", "处罚内容", "处罚日期"];
    let found = cases(
        "公示表.docx",
        &table(&[
            captions,
            &["1", "云罚〔2024〕\n1号", "云桥县清水商\n贸有限公司", "占道经营", "罚款5000元", "2024年5\n月2日"],
            // The row below holds what had no room.
            &["2", "云罚〔2024〕2号", "云桥县南山建", "未按规定", "罚款3万元", "2024年5月3日"],
            &["", "", "材有限公司", "设置警示标志", "", ""],
            &["3", "云罚〔2024〕3号", "仇阿岭", "占道经营", "警告", "2024年5月4日"],
        ]),
    )
    .unwrap();
    let told: Vec<_> = found.iter().map(|one| one.document.parties.concat()).collect();
    assert_eq!(told, ["云桥县清水商贸有限公司", "云桥县南山建材有限公司", "仇阿岭"]);
    assert_eq!(found[0].document.case_number.as_deref(), Some("云罚〔2024〕1号"));
    assert_eq!(found[0].document.decided_on, Some(jiff::civil::date(2024, 5, 2)));
    assert!(found[1].document.text.contains("未按规定设置警示标志"));
    // Another party of the same decision is none of them.
    let two = of(&[
        captions,
        &["1", "云罚〔2024〕1号", "云桥银行", "贷前调查不尽职", "罚款30万元", "2024年5月2日"],
        &["", "", "仇阿岭", "贷前调查不尽职", "警告", ""],
    ]);
    assert_eq!(two.len(), 2, "{two:?}");
}

#[test]
fn rewards_are_no_penalties_and_name_nobody() {
    let captions: &[&str] = &["序号", "举报人姓名", "举报内容", "处罚结果", "奖励金额（元）", "联系电话"];
    let row: &[&str] = &["1", "仇阿岭", "云桥县清水商店销售过期食品", "罚款5000元", "500", "13812345678"];
    for captions in [
        captions,
        &["序号", "领奖人", "违法事实", "处罚决定", "奖金", "手机"],
        &["序号", "举报人", "案由", "处罚结果", "日期", "电话"],
    ] {
        let blocks = [Block::text("云桥县举报奖励公示表"), Block::Table(table(&[captions, row]))];
        let found = read(official::read("举报奖励.docx", &blocks, Vec::new()));
        let [one] = found.as_slice() else { panic!("{found:?}") };
        assert_ne!(one.kind, Kind::Case, "{captions:?}");
        assert!(!one.text.contains("阿岭") && !one.text.contains("13812345678"), "{}", one.text);
        assert!(one.text.contains("云桥县清水商店") && one.notes.concat().contains("去标识化"), "{one:?}");
    }
    let bars =
        "# 云桥县举报奖励公示表\n\n| 姓名 | 举报事项 | 奖励金额 |\n|---|---|---|\n| 仇阿岭 | 占道经营 | 200元 |\n";
    let found = read(Packs::default().read(&FileInput { path: "奖励.md", bytes: bars.as_bytes() }));
    assert!(found.iter().all(|one| one.kind != Kind::Case && !one.text.contains("阿岭")), "{found:?}");
    // A remark that somebody was rewarded makes no list of rewards of a table of penalties.
    let captions: &[&str] = &["决定书文号", "被处罚人", "违法事实", "处罚内容", "举报奖励"];
    assert_eq!(of(&[captions, &["云罚〔2024〕1号", "仇阿岭", "占道经营", "罚款200元", "是"]]).len(), 1);
}

#[test]
fn a_row_like_the_one_above_is_a_case_of_its_own() {
    let rows: &[&[&str]] = &[
        &["序号", "当事人", "违法事实", "罚款（元）", "决定日期"],
        &["1", "云桥县甲公司", "占道经营", "100", "2024-01-01"],
        &["2", "同上", "乱倒垃圾", "300", "2024-01-02"],
        &["3", "〃", "违法广告", "500", "2024-01-03"],
    ];
    let found = cases("罚.xlsx", &table(rows)).expect("cases");
    let parties: Vec<&[String]> = found.iter().map(|one| one.document.parties.as_slice()).collect();
    assert_eq!(parties, [["云桥县甲公司"]; 3], "{found:?}");
}

#[test]
fn a_table_that_tells_the_facts_by_the_name_of_the_case_alone_is_one_of_penalties() {
    let rows: &[&[&str]] = &[
        &["序号", "案件名称", "被处罚人姓名", "处罚决定书文号", "处罚种类及金额（元）", "决定日期"],
        &["1", "仇阿岭占道经营案", "仇阿岭", "云城罚〔2024〕1号", "罚款200", "2024.1.5"],
        &[
            "2",
            "云桥县大顺建材有限公司抛洒案",
            "云桥县大顺建材有限公司",
            "云城罚〔2024〕2号",
            "罚款：5,000.00",
            "2024.1.6",
        ],
    ];
    let found = cases("罚.xlsx", &table(rows)).expect("cases");
    let [one, two] = found.as_slice() else { panic!("{found:?}") };
    let masked = mask(&one.document).document;
    assert!(!masked.text.contains("阿岭") && masked.text.contains("罚款200元"), "{}", masked.text);
    assert!(
        two.document.text.contains("罚款：5,000.00元") && !two.document.text.contains("姓名："),
        "{}",
        two.document.text
    );
}
