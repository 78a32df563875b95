use super::*;
use crate::law::{AuthorityLevel, Kind};
use jiff::civil::date;

fn centred(text: &str) -> Block {
    Block::Paragraph(Paragraph { text: text.into(), centred: true, outline: None })
}

fn of(path: &str, blocks: &[Block]) -> Document {
    match read(path, blocks, Vec::new()) {
        Outcome::Documents { mut documents, .. } => documents.remove(0).document,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_official_document_tells_title_number_organ_and_day() {
    let found = of(
        "x.docx",
        &[
            centred("云桥县人民政府办公室"),
            centred("关于印发渡口管理办法的通知"),
            centred("云政办发〔2026〕3号"),
            Block::text("各乡镇人民政府："),
            Block::text("现将《渡口管理办法》印发给你们。"),
            centred("云桥县人民政府办公室"),
            centred("2026年3月4日"),
        ],
    );
    assert_eq!(found.title, "云桥县人民政府办公室关于印发渡口管理办法的通知");
    assert_eq!(found.document_number.as_deref(), Some("云政办发〔2026〕3号"));
    assert_eq!((found.issuer.as_deref(), found.written_date), (Some("云桥县人民政府办公室"), Some(date(2026, 3, 4))));
    assert!(found.text.starts_with("各乡镇人民政府：\n现将"), "{}", found.text);
}

#[test]
fn head_and_trailer_of_an_export_are_no_text() {
    let found = of(
        "云州省渡口条例(2003年).docx",
        &[
            centred("云州省渡口条例"),
            Block::text("发布部门 : 云州省人大(含常委会)"),
            Block::text("发文字号 : 云州省人民代表大会常务委员会公告第7号"),
            Block::text("发布日期 : 2003-09-25"),
            Block::text("实施日期 : 2003-12-01"),
            Block::text("时效性 : 失效"),
            Block::text("效力级别 : 省级地方性法规"),
            Block::text("第一条　甲。\u{e004}"),
            Block::text("查看原文"),
            centred("元典智库小程序 查阅法规更容易"),
        ],
    );
    assert_eq!((found.title.as_str(), found.text.as_str()), ("云州省渡口条例", "第一条　甲。\u{e004}"));
    assert_eq!((found.promulgation_date, found.effective_date), (Some(date(2003, 9, 25)), Some(date(2003, 12, 1))));
    assert_eq!((found.asserted_status.as_deref(), found.kind), (Some("expired"), Kind::Legislation));
    assert_eq!(found.level, Some(AuthorityLevel::LocalRegulation));
}

#[test]
fn without_a_title_the_file_names_it_and_without_a_body_it_is_refused() {
    let found = of("渡口若干规定.docx", &[Block::text("第一章 总则"), Block::text("第一条 甲。")]);
    assert_eq!((found.title.as_str(), found.text.as_str()), ("渡口若干规定", "第一章 总则\n第一条 甲。"));
    let named = of("渡口若干规定.docx", &[Block::text("渡口若干规定"), Block::text("第一条 甲。")]);
    assert_eq!(named.text, "第一条 甲。");
    let head = [centred("甲通知"), Block::text("时效性：现行有效"), Block::text("查看原文")];
    assert!(matches!(read("甲通知.docx", &head, Vec::new()), Outcome::Refused(_)));
    assert!(matches!(read("空.docx", &[], Vec::new()), Outcome::Refused(_)));
}

#[test]
fn a_red_head_above_the_title_states_the_number() {
    let title =
        Block::Paragraph(Paragraph { text: "关于渡口安全的通知".into(), centred: true, outline: Some(1) });
    let found = of(
        "x.docx",
        &[Block::text("云桥县人民政府文件"), Block::text("云政发〔2026〕3号"), title, Block::text("各乡镇：")],
    );
    assert_eq!(
        (found.title.as_str(), found.document_number.as_deref()),
        ("关于渡口安全的通知", Some("云政发〔2026〕3号"))
    );
    assert_eq!(found.notes, ["标题以上的文字：云桥县人民政府文件\u{3000}云政发〔2026〕3号"]);
    assert_eq!(found.text, "各乡镇：");
}

#[test]
fn a_title_broken_within_a_paragraph_is_whole() {
    let title = "云州省人民代表大会常务委员会关于\n渡口代表\n选举的若干规定";
    let remark = Block::text("（2003年3月5日云州省第五届人民代表大会常务委员会第六次会议通过）");
    let found = of("x.docx", &[centred(title), remark, Block::text("为了选举，作如下规定：")]);
    assert_eq!(found.title, "云州省人民代表大会常务委员会关于渡口代表选举的若干规定");
    assert_eq!((found.history.len(), found.text.as_str()), (1, "为了选举，作如下规定："));
    let both = of("x.docx", &[centred("云州省渡口\n办法\n（2003年3月5日通过）"), Block::text("第一条　甲。")]);
    assert_eq!((both.title.as_str(), both.history.len(), both.text.as_str()), ("云州省渡口办法", 1, "第一条　甲。"));
    let parted = of("x.docx", &[centred("关于\n渡口代表"), centred("选举的若干规定"), Block::text("一、甲。")]);
    assert_eq!(parted.title, "关于渡口代表选举的若干规定");
}

#[test]
fn grounds_and_site_are_remarked_and_are_no_text() {
    let found = of(
        "云州省渡口办法.docx",
        &[
            centred("云州省渡口办法"),
            Block::text("修改依据：云州省人民政府关于修改《云州省渡口办法》的决定"),
            Block::text("失效依据：云州省人民政府关于废止规章的决定"),
            Block::text("来源： 云州网 　2018年11月05日 16:25:51"),
            Block::text("（2003年3月5日云州省人民政府令第9号公布）"),
            Block::text("第一条　甲。"),
        ],
    );
    assert_eq!((found.text.as_str(), found.history.len()), ("第一条　甲。", 1));
    assert_eq!(found.notes.len(), 3, "{:?}", found.notes);
    assert_eq!(found.notes[1], "失效依据：云州省人民政府关于废止规章的决定");
}

#[test]
fn what_only_looks_like_a_head_or_a_trailer_stays() {
    let found = of(
        "云桥县打印店管理办法.docx",
        &[
            centred("云桥县打印店管理办法"),
            Block::text("第一条　打印店是指……"),
            Block::text("打印、复印经营者应当明码标价，每页不得超过0.5元。"),
            Block::text("分享到网络的文件应当标明来源，由经营者负责。"),
            Block::text("施行日期：自公布之日起三十日后施行"),
            Block::text("发布机关：云桥县人民政府和县财政局共同负责解释"),
            Block::text("申请人：……………"),
            Block::text("扫一扫在手机打开当前页"),
        ],
    );
    for words in ["第一条　打印店是指……", "每页不得超过", "负责。", "三十日后施行", "共同负责解释", "申请人：………"]
    {
        assert!(found.text.contains(words), "{words}: {}", found.text);
    }
    assert!(!found.text.contains("扫一扫"), "{}", found.text);
    assert!(found.issuer.is_none() && found.effective_date.is_none(), "{found:?}");
}

#[test]
fn lines_of_a_table_of_contents_go() {
    let found = of(
        "x.docx",
        &[
            centred("云桥县渡口标准"),
            Block::text("1 范围................1"),
            Block::text("2 设施…………………2"),
            Block::text("1 范围"),
            Block::text("本标准适用于渡口。"),
            Block::text("2 设施"),
            Block::text("渡口设护栏。"),
        ],
    );
    assert_eq!(found.text, "1 范围\n本标准适用于渡口。\n2 设施\n渡口设护栏。");
}

#[test]
fn a_secret_document_is_for_editors_alone() {
    let found = of(
        "x.docx",
        &[
            Block::text("机密★10年"),
            centred("云桥县人民政府文件"),
            centred("云政发〔2026〕3号"),
            centred("云桥县人民政府关于渡口的通知"),
            Block::text("各乡镇人民政府："),
            Block::text("渡口的名单不得外传。"),
        ],
    );
    assert_eq!(found.access, Some(crate::law::Access::Restricted), "{found:?}");
}

#[test]
fn what_stands_first_entitles_a_file_whose_name_says_nothing() {
    let plain = |text: &str| Block::Paragraph(Paragraph { text: text.to_string(), ..Default::default() });
    let blocks = [plain("云桥某店未明码标价案"), plain("当事人未明码标价，罚款二百元。")];
    for path in ["a/53.docx", "附件1.doc", "新建文档.docx"] {
        let read = of(path, &blocks);
        assert_eq!((read.title.as_str(), read.text.contains("标价案")), ("云桥某店未明码标价案", false), "{path}");
    }
    assert_eq!(of("渡口管理情况.docx", &blocks).title, "渡口管理情况");
    for first in ["当事人未明码标价。", "第一条　甲。", "一、基本情况", "云桥〔2024〕3号", "2024年3月5日"]
    {
        assert_eq!(of("53.docx", &[plain(first), plain("当事人未明码标价。")]).title, "53", "{first}");
    }
}

fn table(rows: &[&[&str]]) -> Block {
    use crate::text::table::{Cell, Place, Row, Table};
    let row = |(at, cells): (usize, &&[&str])| Row {
        place: Place::Row(at as u32 + 1),
        hidden: false,
        cells: cells.iter().map(|text| Cell::single(*text)).collect(),
    };
    Block::Table(Table { rows: rows.iter().enumerate().map(row).collect(), ..Table::default() })
}

#[test]
fn a_box_above_a_text_is_its_head() {
    let read = |rows: &[&[&str]], is_above: bool| {
        let mut blocks = vec![centred("云桥县渡口办法"), Block::text("第一条　渡口由乡镇管理。")];
        blocks.insert(usize::from(!is_above), table(rows));
        of("x.docx", &blocks)
    };
    for rows in [
        &[&["索引号", "0001/2025-9", "有效性", "失效"][..], &["发文字号", "云政发〔2025〕9号", "主题词", "渡口"][..]][..],
        &[&["有效性：", "失效"][..]][..],
        &[&["索引号", "发文字号", "时效性"][..], &["0001/2025-9", "云政发〔2025〕9号", "失效"][..]][..],
        &[&["发布日期", "2025-03-04 10:20", "状态", "已失效"][..]][..],
    ] {
        for is_above in [true, false] {
            let found = read(rows, is_above);
            assert_eq!(
                (found.title.as_str(), found.text.as_str()),
                ("云桥县渡口办法", "第一条　渡口由乡镇管理。"),
                "{rows:?}"
            );
            assert_eq!(found.asserted_status.as_deref(), Some("expired"), "{rows:?}");
        }
    }
    let boxed =
        read(&[&["索引号", "0001/2025-9", "有效性", "失效"], &["发布日期", "2025-03-04", "主题词", "渡口"]], true);
    assert_eq!((boxed.index_number.as_deref(), boxed.promulgation_date), (Some("0001/2025-9"), Some(date(2025, 3, 4))));
    assert!(boxed.notes.contains(&"文件信息表：主题词：渡口".to_string()), "{:?}", boxed.notes);
    // Tables of the text.
    for rows in [
        &[&["文件名称", "文号", "时效性"][..], &["云桥县航道办法", "云政发〔2020〕1号", "失效"][..]][..],
        &[&["名称", "渡口"][..]][..],
        &[&["项目", "状态"][..], &["修桥", "在建"][..]][..],
    ] {
        let found = read(rows, false);
        assert_eq!((found.title.as_str(), found.asserted_status), ("云桥县渡口办法", None), "{rows:?}");
        assert!(found.text.contains(rows[0][0]), "{rows:?}: {}", found.text);
    }
    let below = of(
        "x.docx",
        &[
            centred("云桥县渡口办法"),
            Block::text("第一条　渡口由乡镇管理。"),
            table(&[&["有效性", "失效"]]),
            Block::text("附件"),
        ],
    );
    assert!(below.asserted_status.is_none() && below.text.contains("| 有效性 | 失效 |"), "{below:?}");
}

#[test]
fn days_with_an_hour_and_states_of_anything() {
    let read = |lines: &[&str]| {
        let mut blocks = vec![centred("云桥县渡口办法")];
        blocks.extend(lines.iter().map(|line| Block::text(*line)));
        blocks.push(Block::text("第一条　渡口由乡镇管理。"));
        of("x.docx", &blocks)
    };
    for day in
        ["2025-03-04 10:20", "2025-3-4 10:20:30", "2025/03/04 10:20", "2025-03-04T10:20:30", "2025年3月4日 10:20"]
    {
        let found = read(&["发文机关：云桥县人民政府", &format!("发布日期：{day}")]);
        assert_eq!(
            (found.promulgation_date, found.text.as_str()),
            (Some(date(2025, 3, 4)), "第一条　渡口由乡镇管理。"),
            "{day}"
        );
    }
    let found = read(&["发文机关：云桥县人民政府", "状态：已废止"]);
    assert_eq!((found.asserted_status.as_deref(), found.text.as_str()), (Some("repealed"), "第一条　渡口由乡镇管理。"));
    let found = read(&["发文机关：云桥县人民政府", "状态：在建"]);
    assert!(found.asserted_status.is_none() && found.text.contains("状态：在建"), "{found:?}");
    let alone = read(&["状态：失效"]);
    assert!(alone.asserted_status.is_none() && alone.text.contains("状态：失效"), "{alone:?}");
}

#[test]
fn the_day_of_being_over_is_no_last_day() {
    let read = |lines: &[&str], last: &str| {
        let mut blocks = vec![centred("云桥县渡口办法"), Block::text("发文机关：云桥县人民政府")];
        blocks.extend(lines.iter().map(|line| Block::text(*line)));
        blocks.extend([Block::text("第一条　渡口由乡镇管理。"), Block::text(format!("第二条　{last}"))]);
        of("x.docx", &blocks).valid_until.map(|day| day.to_string())
    };
    let begun = "本办法自2023年1月1日起施行。";
    for (lines, last, day) in [
        (&["失效日期：2027-12-31"][..], begun, "2027-12-31"),
        (&["失效日期：2028-01-01"][..], begun, "2027-12-31"),
        (&["失效日期：2027-06-15"][..], begun, "2027-06-14"),
        (&["施行日期：2023-01-01", "失效日期：2027-12-31"][..], "渡口应当消毒。", "2027-12-31"),
        (&["失效日期：2027-12-31"][..], "渡口应当消毒。", "2027-12-30"),
        (&["有效期至：2027-12-31"][..], "渡口应当消毒。", "2027-12-31"),
    ] {
        assert_eq!(read(lines, last).as_deref(), Some(day), "{lines:?} {last}");
    }
}

#[test]
fn a_title_below_a_number_or_the_code_of_a_register_is_one() {
    for lines in [&["云政发〔2025〕7号"][..], &["YQDR-2025-01001", "云政发〔2025〕7号"][..]] {
        let mut blocks: Vec<Block> = lines.iter().map(|line| Block::text(*line)).collect();
        blocks.extend([Block::text("云桥县渡口管理办法"), Block::text("第一条　渡口由乡镇管理。")]);
        let found = of("53.docx", &blocks);
        assert_eq!((found.title.as_str(), found.text.as_str()), ("云桥县渡口管理办法", "第一条　渡口由乡镇管理。"));
        assert_eq!(found.document_number.as_deref(), Some("云政发〔2025〕7号"));
        assert_eq!(found.registration_number.is_some(), lines.len() > 1, "{found:?}");
    }
}

#[test]
fn a_heading_below_a_whole_title_is_none() {
    let heading = |text: &str| Block::Paragraph(Paragraph { text: text.into(), centred: true, outline: Some(1) });
    let found = of(
        "x.docx",
        &[
            centred("云桥县人民政府关于印发《云桥县渡口办法》的通知"),
            Block::text("各乡镇人民政府："),
            heading("云桥县渡口办法"),
            Block::text("第一条　渡口由乡镇管理。"),
        ],
    );
    assert_eq!(found.title, "云桥县人民政府关于印发《云桥县渡口办法》的通知");
    assert!(found.text.contains("\n云桥县渡口办法\n第一条"), "{}", found.text);
    let site = of(
        "x.docx",
        &[Block::text("云桥县法规网"), heading("云桥县渡口办法"), Block::text("第一条　渡口由乡镇管理。")],
    );
    assert_eq!(site.title, "云桥县渡口办法");
}
