use super::*;
use crate::extract::{FileInput, Packs};
use crate::extract::{Outcome, official, tabular};
use crate::law::Kind;
use crate::text::table::{Cell, Row};

pub(super) fn table(rows: &[&[&str]]) -> Table {
    let row = |(at, cells): (usize, &&[&str])| Row {
        place: Place::Row(at as u32 + 1),
        hidden: false,
        cells: cells.iter().map(|text| Cell::single(*text)).collect(),
    };
    Table { rows: rows.iter().enumerate().map(row).collect(), ..Table::default() }
}

fn read(outcome: Outcome) -> Vec<Extracted> {
    match outcome {
        Outcome::Documents { documents, .. } => documents,
        other => panic!("{other:?}"),
    }
}

fn documents(tables: &[Table]) -> Vec<Extracted> {
    read(tabular::read("2026/云桥〔2026〕3号-公开表.xls", tables))
}

const CAPTIONS: &[&str] = &["序号", "决定书文号", "被处罚人", "违法事实", "处罚依据", "处罚内容", "处罚日期"];
const FIRST: &[&str] =
    &["1", "云城罚〔2026〕1号", "云桥某商店", "占道经营", "《甲法》第三条", "罚款五百元", "2026年3月4日"];
const SECOND: &[&str] = &["2", "云城罚〔2026〕2号", "张阿牛", "占道堆物", "《甲法》第三条", "罚款八百元", "2026-03-05"];

#[test]
fn every_row_of_a_table_of_penalties_is_a_case() {
    let found = documents(&[table(&[
        &["云桥县行政处罚信息公开表"],
        &["序号", "决定书文号", "被处罚人", "违法事实", "处罚依据", "处罚内容", "作出决定机关", "处罚日期"],
        &[
            "1",
            "云城罚〔2026〕1号",
            "云桥某商店",
            "占道经营",
            "《甲法》第三条",
            "罚款五百元",
            "云桥县城管局",
            "2026年3月4日",
        ],
        &[
            "2",
            "云城罚〔2026〕2号",
            "云桥某公司",
            "占道堆物",
            "《甲法》第三条",
            "罚款八百元",
            "云桥县城管局",
            "2026-03-05",
        ],
        &["", "制表：云桥县城管局"],
    ])]);
    let told: Vec<_> =
        found.iter().map(|one| (one.document.case_number.as_deref(), one.document.decided_on, one.line)).collect();
    let day = |day| Some(jiff::civil::date(2026, 3, day));
    assert_eq!(told, [(Some("云城罚〔2026〕1号"), day(4), Some(3)), (Some("云城罚〔2026〕2号"), day(5), Some(4))]);
    assert!(found[0].document.text.contains("【行政处罚决定】\n罚款五百元"));
}

#[test]
fn columns_without_a_field_are_kept() {
    let found = documents(&[table(&[
        &["序号", "被处罚人", "违法事实", "处罚内容", "罚款金额（万元）", "备注"],
        &["1", "云桥某商店", "占道经营", "罚款", "5.5", "逾期未履行"],
        &["2", "（续）", "占道经营", "", "", ""],
    ])]);
    assert_eq!(found.len(), 1, "{found:?}");
    let text = &found[0].document.text;
    assert!(text.contains("罚款；罚款5.5万元") && text.contains("备注：逾期未履行"), "{text}");
}

#[test]
fn a_sheet_beside_the_cases_is_read_too() {
    let found = documents(&[table(&[CAPTIONS, FIRST]), table(&[&["说明"], &["本表每月更新一次", "联系科室：法制科"]])]);
    let kinds: Vec<Kind> = found.iter().map(|one| one.document.kind).collect();
    assert_eq!(kinds, [Kind::Case, Kind::Normative], "{found:?}");
    assert!(found[1].document.text.contains("每月更新"));
}

#[test]
fn rows_of_a_table_in_a_text_are_cases() {
    let blocks = [
        Block::text("云桥县城市管理局行政处罚信息公开表"),
        Block::Table(table(&[CAPTIONS, FIRST])),
        // The second part of a table that a page broke.
        Block::Table(table(&[SECOND])),
        Block::text("制表：法制科"),
    ];
    let found = read(official::read("公开表.docx", &blocks, vec!["注".to_string()]));
    let told: Vec<_> = found
        .iter()
        .map(|one| (one.document.case_number.as_deref(), one.document.parties.concat(), one.document.issuer.as_deref()))
        .collect();
    let by = Some("云桥县城市管理局");
    assert_eq!(
        told,
        [
            (Some("云城罚〔2026〕1号"), "云桥某商店".to_string(), by),
            (Some("云城罚〔2026〕2号"), "张阿牛".to_string(), by)
        ]
    );
    assert_eq!(found[0].document.notes, ["表格以外的文字：云桥县城市管理局行政处罚信息公开表　制表：法制科", "注"]);
    assert!(found.iter().all(|one| one.line.is_none()));
}

#[test]
fn a_notice_keeps_its_text_beside_the_cases_of_its_table() {
    let long = "各乡镇应当举一反三，认真排查，建立台账，按期整改并报送结果。".repeat(20);
    let blocks = [
        Block::text("云桥县城市管理局关于上半年行政处罚情况的通报"),
        Block::text(long.clone()),
        Block::Table(table(&[CAPTIONS, FIRST, SECOND])),
    ];
    let found = read(official::read("通报.docx", &blocks, Vec::new()));
    let [_, _, notice] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(notice.document.kind, Kind::Normative);
    assert!(notice.document.text.contains(&long) && !notice.document.text.contains("张阿牛"));
    assert!(notice.document.notes.concat().contains("共 2 件"));
}

#[test]
fn a_form_with_captions_in_front_is_one_case() {
    let rows: &[&[&str]] = &[
        &["行政处罚决定书文号", "", "", "云金罚决字〔2025〕3号"],
        &["被处罚当事人姓名或名称", "个人姓名", "", "—"],
        &["被处罚当事人姓名或名称", "单位", "名称", "云桥村镇银行"],
        &["被处罚当事人姓名或名称", "单位", "法定代表人（主要负责人）姓名", "张阿牛"],
        &["主要违法违规事实（案由）", "", "", "贷前调查不尽职"],
        &["行政处罚依据", "", "", "《甲法》第三条"],
        &["行政处罚决定", "", "", "罚款30万元"],
        &["作出处罚决定的机关名称", "", "", "云桥监管分局"],
        &["作出处罚决定的日期", "", "", "2025年3月4日"],
    ];
    let found = read(official::read("公开表.docx", &[Block::Table(table(rows))], Vec::new()));
    let [one] = found.as_slice() else { panic!("{found:?}") };
    let case = &one.document;
    assert_eq!(
        (case.case_number.as_deref(), case.parties.concat()),
        (Some("云金罚决字〔2025〕3号"), "云桥村镇银行".into())
    );
    assert_eq!((case.issuer.as_deref(), case.decided_on), (Some("云桥监管分局"), Some(jiff::civil::date(2025, 3, 4))));
    assert!(case.text.contains("【行政处罚决定】\n罚款30万元") && case.text.contains("姓名：张阿牛"), "{}", case.text);
    let masked = crate::law::mask::mask(case).document;
    assert!(!masked.text.contains("阿牛"), "{}", masked.text);
}

#[test]
fn a_table_of_bars_is_read_as_one() {
    let row = |cells: &[&str]| format!("| {} |", cells.join(" | "));
    let rule = format!("|{}", "---|".repeat(CAPTIONS.len()));
    let text = [
        "# 云桥县城市管理局行政处罚信息公开表".to_string(),
        String::new(),
        row(CAPTIONS),
        rule,
        row(FIRST),
        row(SECOND),
    ];
    let outcome = Packs::default().read(&FileInput { path: "公开表.md", bytes: text.join("\n").as_bytes() });
    let found = read(outcome);
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(found[1].document.parties, ["张阿牛"]);
    assert_eq!(found[1].document.issuer.as_deref(), Some("云桥县城市管理局"));
}

#[test]
fn lists_of_powers_and_benchmarks_are_no_cases() {
    for captions in [
        &["序号", "职权名称", "处罚依据", "行政相对人", "处罚种类", "实施机关"][..],
        &["序号", "违法行为", "违法主体", "处罚依据", "裁量标准", "处罚种类"][..],
    ] {
        let row: Vec<&str> = captions.iter().map(|_| "擅自占用道路的").collect();
        assert_eq!(cases("权责清单.xlsx", &table(&[captions, &row])), None, "{captions:?}");
    }
}

/// The parties, the text of the facts and the decision of every case of a table.
fn read_rows(rows: &[&[&str]]) -> Vec<(String, String)> {
    let found = cases("公开表.docx", &table(rows)).unwrap_or_default();
    found.into_iter().map(|one| (one.document.parties.join("、"), one.document.text)).collect()
}

#[test]
fn a_sum_beside_a_decision_that_names_it_is_not_added() {
    let captions: &[&str] = &[
        "相对人名称",
        "相对人类别",
        "文书号",
        "违法行为类型",
        "违法事实",
        "处罚依据",
        "处罚类别",
        "处罚内容",
        "罚款金额（万元）",
        "处罚决定日期",
    ];
    let row = |decision: &'static str, kind: &'static str| {
        [
            "平安",
            kind,
            "云建罚〔2024〕22号",
            "违反燃气管理",
            "擅自改装燃气设施",
            "《甲法》第三条",
            "罚款",
            decision,
            "0.2",
            "20240311",
        ]
    };
    let found = read_rows(&[captions, &row("罚款人民币贰仟元整", "自然人"), &row("", "法人")]);
    let [(party, told), (_, bare)] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(party, "平安");
    assert!(told.contains("姓名：平安") && told.contains("违反燃气管理\n擅自改装燃气设施"), "{told}");
    assert!(told.contains("罚款；罚款人民币贰仟元整\n") && !told.contains("罚款0.2万元"), "{told}");
    assert!(bare.contains("罚款；罚款0.2万元") && !bare.contains("姓名："), "{bare}");
    let days = cases("1.xls", &table(&[captions, &row("罚款", "法人")])).unwrap();
    assert_eq!(days[0].document.decided_on, Some(jiff::civil::date(2024, 3, 11)));
}

#[test]
fn captions_in_front_of_several_columns_are_several_cases() {
    let found = read_rows(&[
        &["当事人名称", "云桥网吧", "百里阿屠"],
        &["违法事实", "接纳未成年人", "擅自经营演出"],
        &["处罚依据", "《甲法》第三条", "《乙法》第四条"],
        &["处罚内容", "罚款1万元", "罚款8万元"],
    ]);
    let parties: Vec<&str> = found.iter().map(|(party, _)| party.as_str()).collect();
    assert_eq!(parties, ["云桥网吧", "百里阿屠"]);
    assert!(found[1].1.contains("擅自经营演出") && !found[1].1.contains("罚款1万元"), "{found:?}");
}

#[test]
fn both_parties_of_a_form_are_kept() {
    let found = read_rows(&[
        &["行政处罚决定书文号", "", "云金罚决字〔2025〕3号"],
        &["被处罚当事人姓名或名称", "个人姓名", "郁阿香"],
        &["被处罚当事人姓名或名称", "单位名称", "云桥村镇银行"],
        &["主要违法违规事实（案由）", "", "贷前调查不尽职"],
        &["行政处罚决定", "", "警告"],
    ]);
    let [(parties, text)] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(parties, "郁阿香、云桥村镇银行");
    assert!(text.contains("姓名：郁阿香"), "{text}");
}

#[test]
fn captions_in_two_rows_are_read_together() {
    let wide = |text: &str, columns| Cell::Text { text: text.to_string(), rows: 1, columns };
    let tall = |text: &str| Cell::Text { text: text.to_string(), rows: 2, columns: 1 };
    let under = |row, column| Cell::Covered { row, column };
    let mut table = table(&[&[], &[], &["1", "丛阿培", "云桥县桃源小区9栋", "乱贴小广告", "警告", "2024年5月2日"]]);
    table.rows[0].cells =
        vec![tall("序号"), wide("当事人", 2), under(0, 1), tall("案由"), tall("处罚结果"), tall("日期")];
    table.rows[1].cells =
        vec![under(0, 0), Cell::single("姓名"), Cell::single("住址"), under(0, 3), under(0, 4), under(0, 5)];
    let found = cases("公开表.html", &table).unwrap();
    let [one] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(one.document.parties, ["丛阿培"]);
    assert!(one.document.text.contains("住址：云桥县桃源小区9栋"), "{}", one.document.text);
}

#[test]
fn lists_of_fined_people_are_cases_however_the_party_is_called() {
    for captions in [
        &["车牌号", "驾驶人", "违法时间", "违法行为", "处罚决定", "决定书编号"][..],
        &["序号", "姓名", "职务", "违法事实", "处罚结果", "文号"][..],
        &["处罚对象", "违法行为", "罚款金额（万元）", "没收违法所得（元）", "决定书文号", "决定日期"][..],
        &["纳税人名称", "违法事实", "法律依据", "处理处罚情况", "决定日期", "备注"][..],
    ] {
        let row = ["浙A12345", "展阿昭", "2.5", "5", "云罚〔2024〕1号", "2024年5月2日"];
        let row: &[&str] = &row;
        let repeated =
            cases("1.xlsx", &table(&[captions, row, captions, row])).unwrap_or_else(|| panic!("{captions:?}"));
        assert_eq!(repeated.len(), 2, "a head that is repeated is no case: {repeated:?}");
    }
}

#[test]
fn what_was_revoked_is_no_penalty() {
    let found = documents(&[table(&[
        &["序号", "当事人名称", "原处罚决定书文号", "违法事实", "原处罚内容", "撤销理由", "撤销日期"],
        &["1", "云桥建材有限公司", "云市监罚〔2023〕1号", "虚假宣传", "罚款20万元", "事实不清", "2024年2月1日"],
    ])]);
    let case = &found[0].document;
    assert!(
        !case.text.contains("【行政处罚决定】") && case.text.contains("处罚已被撤销，原处罚：罚款20万元"),
        "{}",
        case.text
    );
    assert_eq!(case.decided_on, None);
}

#[test]
fn rows_without_a_number_stay_apart() {
    let rows: &[&[&str]] = &[
        &["序号", "当事人", "车牌号", "违法事实", "处罚结果"],
        &["1", "赵阿鸣", "云C11111", "超限运输", "罚款1000元"],
        &["2", "赵阿虎", "云C22222", "超限运输", "罚款1000元"],
        &["3", "钱阿多", "云C33333", "超载", "罚款2000元"],
        &["合计", "3件", "", "", "4000元"],
    ];
    let found = cases("公开表.docx", &table(rows)).unwrap();
    let numbers: Vec<Option<u32>> = found.iter().map(|one| one.document.row_number).collect();
    assert_eq!(numbers, [Some(1), Some(2), None], "what adds them up is none");
}

#[test]
fn captions_that_name_two_things_at_once() {
    let form = ["行政处罚决定书文号", "违法企业名称或违法自然人姓名", "主要违法事实", "行政处罚的种类和依据"];
    let found = read_rows(&[&form, &["云环罚〔2024〕7号", "瞿阿斌", "露天焚烧", "罚款五百元，依据《甲法》第三条"]]);
    assert!(found.len() == 1 && found[0].1.contains("【行政处罚决定】\n罚款五百元"), "{found:?}");
    let drivers =
        read_rows(&[&["姓名", "驾驶证号", "车牌号", "处罚结果"], &["娄阿军", "210", "云A12345", "罚款二百元"]]);
    assert_eq!(drivers.len(), 1);
}

#[test]
fn sums_are_read_as_people_write_them() {
    for (cell, told) in [
        ("30,000", "罚款30,000元"),
        ("１０００", "罚款1000元"),
        ("1万", "罚款1万元"),
        ("叁万元整", "罚款叁万元整"),
        ("罚款50万元，没收违法所得1万元", "罚款50万元,没收违法所得1万元"),
    ] {
        assert_eq!(sums::sum("罚款", "罚款金额（元）", None, cell).as_deref(), Some(told), "{cell}");
    }
    assert_eq!(sums::sum("罚款", "罚款金额（万元）", None, "5.5").as_deref(), Some("罚款5.5万元"));
    for none in ["0", "见决定书", ""] {
        assert_eq!(sums::sum("罚款", "罚款金额（元）", None, none), None);
    }
}
