//! Structure of fictional texts: every irregularity that real collections have, and what holds for any text.

use super::parse;
use crate::law::{BlockKind, CaseKind, Document, HeadingLevel, Kind, ProvisionKind, Structure};
use crate::text::linear::assert_linear;
use proptest::prelude::*;

fn read(text: &str) -> Structure {
    parse(&Document::new(Kind::Legislation, "云州省桥梁条例", text))
}

/// Keys of the provisions in order.
fn keys(text: &str) -> Vec<String> {
    read(text).provisions().map(|(provision, _)| provision.key.clone()).collect()
}

/// Blocks as level or key, and text without surrounding white space.
fn outline(text: &str) -> Vec<(String, String)> {
    outline_of(text, &read(text))
}

fn outline_of(text: &str, structure: &Structure) -> Vec<(String, String)> {
    let name = |kind: &BlockKind| match kind {
        BlockKind::Heading(level) => format!("{level:?}"),
        BlockKind::Provision(provision) => provision.key.clone(),
    };
    structure.blocks.iter().map(|block| (name(&block.kind), text[block.span.clone()].trim().to_string())).collect()
}

pub(super) fn owned(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(name, text)| (name.to_string(), text.to_string())).collect()
}

fn issues(text: &str) -> Vec<String> {
    read(text).issues.into_iter().map(|issue| issue.code).collect()
}

/// Labels of the parts of the first article or unit, each with its text.
pub(super) fn parts(text: &str) -> Vec<(String, String)> {
    let structure = read(text);
    let provision = structure
        .provisions()
        .map(|(provision, _)| provision)
        .find(|provision| matches!(provision.kind, ProvisionKind::Article | ProvisionKind::NumberedUnit));
    let parts = provision.map(|provision| provision.parts.clone()).unwrap_or_default();
    parts.into_iter().map(|part| (format!("{} {}", part.key, part.label), text[part.span].to_string())).collect()
}

#[test]
fn headings_keep_their_marks_and_govern_what_follows() {
    let text = "# 第一编　总则\n\n### 第一章 总 则\n\n第一条　甲。\n\n## 第一节　一般规定\n\n第二条　乙。\n\n## 附　则\n\n第三条　丙。\n";
    let structure = read(text);
    assert_eq!(
        outline(text),
        owned(&[
            ("Part", "# 第一编　总则"),
            ("Chapter", "### 第一章 总 则"),
            ("a1", "第一条　甲。"),
            ("Section", "## 第一节　一般规定"),
            ("a2", "第二条　乙。"),
            ("Chapter", "## 附　则"),
            ("a3", "第三条　丙。"),
        ])
    );
    let headings: Vec<_> = structure.provisions().map(|(provision, _)| provision.headings.clone()).collect();
    assert_eq!(headings, [vec![0, 1], vec![0, 1, 3], vec![0, 5]]);
}

#[test]
fn a_heading_may_go_on_in_the_next_line() {
    let text = "第一章\n总则\n第一条 甲。\n第二章 桥梁养护、\n检测和拆除\n第二条 乙。\n";
    let found: Vec<String> = outline(text).into_iter().map(|(name, _)| name).collect();
    assert_eq!(found, ["Chapter", "a1", "Chapter", "a2"]);
}

#[test]
fn titles_and_contents_name_no_part() {
    let text = "云州省\n桥梁条例\n\n目　录\n第一章 总 则\n第二章 附 则\n\n第一章 总 则\n第一条 甲。\n第二章 附 则\n第二条 乙。\n云州省桥梁条例\n";
    let found: Vec<String> = outline(text).into_iter().map(|(name, _)| name).collect();
    assert_eq!(found, ["Title", "Title", "Chapter", "a1", "Chapter", "a2", "Title"]);
    let one_line = "## 第一章 总则 第二章 养护 第三章 附则\n第一条 甲。\n";
    assert_eq!(outline(one_line)[0].0, "Title");
    let twice = "第一章 总则第一章 总则\n第一条第一条 甲。\n";
    assert_eq!(outline(twice)[0].0, "Chapter");
}

#[test]
fn numbers_with_slips_are_read_and_reported() {
    let text = "第一条 甲。\n第二 条乙。\n笫三条 丙。\n第四条之一 丁。\n";
    assert_eq!(keys(text), ["a1", "a2", "a3", "a4-1"]);
    assert_eq!(issues(text), ["article_number_misspelt", "article_number_misspelt", "article_gap"]);
    let many: String = (1..=50).map(|n| format!("第{}条 甲。\n", super::numbers::chinese(n))).collect();
    assert_eq!(keys(&format!("{many}第五十－条 乙。\n第５２条 丙。"))[50..], ["a51", "a52"]);
    assert_eq!(
        read("第十条之一 甲。").provisions().next().map(|(p, _)| p.label.clone()).as_deref(),
        Some("第十条之一")
    );
}

#[test]
fn articles_hidden_in_paragraphs_are_found() {
    let text = "第一条 甲。 第二条 乙。第三条丙。\n第四条 丁。第五条 戊。\n";
    assert_eq!(
        outline(text),
        owned(&[
            ("a1", "第一条 甲。"),
            ("a2", "第二条 乙。"),
            ("a3", "第三条丙。"),
            ("a4", "第四条 丁。"),
            ("a5", "第五条 戊。")
        ])
    );
    assert!(issues(text).is_empty());
    assert_eq!(outline("第一章 总则 第一条 甲。\n第二条 乙。")[0], ("Chapter".to_string(), "第一章 总则".to_string()));
}

#[test]
fn the_last_article_may_be_glued_to_the_one_before() {
    let last = "第三条本条例自2021年1月1日起施行。";
    let text = format!("第一条 甲。\n第二条 乙。{last}");
    assert_eq!(outline(&text), owned(&[("a1", "第一条 甲。"), ("a2", "第二条 乙。"), ("a3", last)]));
    let text = format!("第一章 总则\n第一条 甲。\n第二条 乙。第二章附则{last}");
    assert_eq!(
        outline(&text),
        owned(&[
            ("Chapter", "第一章 总则"),
            ("a1", "第一条 甲。"),
            ("a2", "第二条 乙。"),
            ("Chapter", "第二章附则"),
            ("a3", last)
        ])
    );
    for cited in
        ["第三条规定的，不予处罚。", "第四条本条例自2021年1月1日起施行。", "依照第三条本条例自公布之日起施行。"]
    {
        assert_eq!(keys(&format!("第一条 甲。\n第二条 乙。{cited}")), ["a1", "a2"], "{cited}");
    }
}

#[test]
fn a_lost_article_is_a_gap() {
    let text = "第一条 甲。\n第二条 乙。\n第五条 丙。\n第六条 丁。\n";
    let structure = read(text);
    assert_eq!(keys(text), ["a1", "a2", "a5", "a6"]);
    assert_eq!(
        (structure.issues[0].code.as_str(), structure.issues[0].message.as_str()),
        ("article_gap", "缺第三条至第四条")
    );
    assert_eq!(issues("第三条 甲。\n第四条 乙。"), ["numbering_starts_late"]);
}

#[test]
fn a_citation_at_the_start_of_a_line_is_no_article() {
    let text = "第一条 甲。\n第二条 违反本条例\n第一条规定的，改正。\n第九条第二款所称桥梁，是指石桥。\n第三条 乙。\n";
    assert_eq!(keys(text), ["a1", "a2", "a3"]);
    assert!(issues(text).is_empty());
    let without_space = "第一条甲。\n第二条与桥梁有关的工程，由县验收。\n第三条以上规定适用于渡口。\n第四条乙。\n";
    assert_eq!(keys(without_space), ["a1", "a2", "a3", "a4"]);
}

#[test]
fn amendments_quote_articles() {
    let decision = "一、将第三条修改为：\n第三条 甲。\n二、增加一条，作为第四条：\n“第四条 乙。\n“（一）丙；\n（二）丁。”\n三、删去第九条。\n";
    assert_eq!(keys(decision), ["n1", "n2", "n3"]);
    let amendment = "第三十二条 章程序言改为甲。\n第三十三条 章程第三章增加一节，作为第七节；增加二条，分别作为第一百二十三条至第一百二十四条。内容如下：\n第七节 巡桥员\n第一百二十三条 甲。\n第一百二十四条 乙。\n第七节改为第八节。\n";
    assert_eq!(keys(amendment), ["a32", "a33"]);
    assert_eq!(issues(amendment), ["numbering_starts_late"]);
}

#[test]
fn lists_inside_a_quotation_are_not_units() {
    let text = "一、修改甲规定\n1.将第一条修改为：\n“下列桥梁由县管理：\n1.石桥；\n2.木桥；\n3.浮桥。”\n2.删去第四条。\n二、修改乙规定\n1.删去第五条。\n2.删去第六条。\n";
    assert_eq!(keys(text), ["n1.1", "n1.2", "n2.1", "n2.2"]);
}

#[test]
fn a_second_instrument_restarts_the_numbering() {
    let text = "第一条 甲。\n第二条 乙。\n云州省渡口办法\n第一条 丙。\n第二条 丁。\n";
    assert_eq!(keys(text), ["a1", "a2", "a1~2", "a2~2"]);
    assert_eq!(issues(text), ["numbering_restarts"]);
    let notice = "各县：\n现将办法印发给你们。\n云州省政府\n2031年5月6日\n云州省渡口办法\n第一条 甲。\n第二条 乙。\n";
    assert_eq!(keys(notice), ["preamble", "signature", "preamble~2", "a1", "a2"]);
}

#[test]
fn a_repeated_number_is_the_article_that_is_due() {
    let text = "第一条 甲。\n第二条 乙。\n第二条 丙。\n第四条 丁。\n";
    assert_eq!(keys(text), ["a1", "a2", "a2~2", "a4"]);
    assert_eq!(issues(text), ["article_repeated"]);
}

#[test]
fn preambles_are_called_as_their_heading() {
    let text = "## 序　言\n云州有古桥。\n\n## 第一章 总则\n第一条 甲。\n";
    let structure = read(text);
    let (provision, _) = structure.provisions().next().unwrap();
    assert_eq!((provision.key.as_str(), provision.label.as_str()), ("preamble", "序言"));
    let plain = read("此复。");
    assert_eq!(
        plain.provisions().next().map(|(p, _)| (p.kind, p.label.clone())),
        Some((ProvisionKind::Preamble, "正文".to_string()))
    );
}

#[test]
fn annexes_and_signature_follow_the_body() {
    let text = "一、修桥。\n二、护桥。\n附件：1.名单\n2.图样\n云州省人民政府办公厅\n二〇三一年五月六日\n（此件公开发布）\n附件1\n名单\n甲桥、乙桥。\n附件２：图样\n（略）\n";
    let structure = read(text);
    let found: Vec<_> = structure.provisions().map(|(p, _)| (p.key.as_str(), p.label.as_str())).collect();
    let expected = [
        ("n1", "一"),
        ("n2", "二"),
        ("annexes", "附件说明"),
        ("signature", "落款"),
        ("annex1", "附件1"),
        ("annex2", "附件２"),
    ];
    assert_eq!(found, expected);
    assert_eq!(keys("第一条 甲。\n附件所列桥梁由县公布。\n第二条 乙。\n"), ["a1", "a2"]);
}

#[test]
fn a_table_after_the_last_article_is_an_annex() {
    let text =
        "第一条 过桥费按照税率表收取。\n第二条 本条例自公布之日起施行。\n过桥费率表（车辆适用）\n一级 3\n二级 5\n";
    assert_eq!(keys(text), ["a1", "a2", "annex1"]);
    assert_eq!(
        keys("第一条 甲。\n第二条 本条例自公布之日起施行。\n云州省人民政府\n2031年5月6日\n"),
        ["a1", "a2", "signature"]
    );
}

#[test]
fn a_long_annex_is_divided_by_its_numbers() {
    let long = "桥梁应当每年检测。".repeat(200);
    let text = format!(
        "第一条 甲。\n附件1\n养护方案\n一、总体要求\n（一）目标。{long}\n（二）原则。{long}\n二、进度。{long}\n"
    );
    let structure = read(&text);
    let found: Vec<_> = structure.provisions().map(|(p, _)| (p.key.as_str(), p.label.as_str())).collect();
    let expected = [
        ("a1", "第一条"),
        ("annex1.1.1", "附件1 一（一）"),
        ("annex1.1.2", "附件1 一（二）"),
        ("annex1.2", "附件1 二"),
    ];
    assert_eq!(found, expected);
    assert!(matches!(structure.blocks[1].kind, BlockKind::Heading(HeadingLevel::Annex)));
}

#[test]
fn units_nest_and_titles_of_units_are_headings() {
    let text = "为了护桥，通知如下：\n一、总体要求\n（一）指导思想。护桥。\n（二）工作目标。到期完成。\n二、申请材料包括：\n1.申请书；\n2.图样。\n三、附则。本通知自发布之日起施行。\n";
    let structure = read(text);
    assert_eq!(
        outline(text),
        owned(&[
            ("preamble", "为了护桥，通知如下："),
            ("Unit1", "一、总体要求"),
            ("n1.1", "（一）指导思想。护桥。"),
            ("n1.2", "（二）工作目标。到期完成。"),
            ("Unit1", "二、申请材料包括："),
            ("n2.1", "1.申请书；"),
            ("n2.2", "2.图样。"),
            ("n3", "三、附则。本通知自发布之日起施行。"),
        ])
    );
    let labels: Vec<_> = structure.provisions().map(|(p, _)| p.label.clone()).collect();
    assert_eq!(labels, ["导语", "一（一）", "一（二）", "二1", "二2", "三"]);
}

#[test]
fn numbers_may_run_through_the_document() {
    let text = "一、职责\n（一）制度\n1.建立台账。\n2.公开名单。\n（二）监督\n3.每月检查。\n二、保障\n（三）经费\n4.列入预算。\n（1）省级经费；\n（2）县级经费。\n";
    assert_eq!(keys(text), ["n1.1.1", "n1.1.2", "n1.2.3", "n2.3.4"]);
    let deepest = read(text);
    let (provision, span) = deepest.provisions().last().unwrap();
    assert_eq!(provision.label, "二（三）4");
    assert!(text[span.clone()].contains("（2）县级经费。"));
}

#[test]
fn a_unit_with_sentences_of_its_own_is_a_provision_beside_its_units() {
    let text = "一、修桥。应当先勘察。分为下列步骤：\n（一）勘察。\n（二）施工。\n";
    assert_eq!(keys(text), ["n1", "n1.1", "n1.2"]);
    assert_eq!(issues("一、甲。\n二、乙。\n五、丙。\n"), ["unit_gap"]);
}

#[test]
fn decimal_numbers_say_their_own_depth() {
    let text = "1 范围\n1.1 目的\n护桥。\n1.2 依据\n1.2.1 省法。\n1.2.2 市法。\n";
    assert_eq!(keys(text), ["preamble", "n1.1", "n1.2.1", "n1.2.2"]);
}

#[test]
fn numbered_headings_stand_between_articles() {
    let text = "为了审理桥梁案件，制定本解释。\n一、管辖\n第一条 甲：\n（一）石桥\n（二）木桥\n二、证据\n（一）举证\n第二条 乙。\n";
    let found: Vec<String> = outline(text).into_iter().map(|(name, _)| name).collect();
    assert_eq!(found, ["preamble", "Unit1", "a1", "Unit1", "Unit2", "a2"]);
}

#[test]
fn cases_have_sections() {
    let mut case = Document::new(Kind::Case, "甲某拆桥案", "");
    case.case_kind = Some(CaseKind::PenaltyDecision);
    case.text = "【当事人】\n甲某\n【主要违法违规事实】\n拆桥\n【行政处罚依据】\n桥梁条例\n【行政处罚决定】\n罚款一元"
        .to_string();
    let structure = parse(&case);
    let found: Vec<_> = structure.provisions().map(|(p, _)| (p.key.as_str(), p.label.as_str())).collect();
    assert_eq!(found, [("parties", "当事人"), ("facts", "事实"), ("basis", "依据"), ("result", "结果")]);
    case.text = "## 甲某拆桥案\n\n## 基本案情\n\n甲。\n\n## 裁判结果\n\n第六条 不得拆桥。\n\n## 典型意义\n\n丙。\n\n## 编者注\n\n丁。".to_string();
    let found: Vec<_> = parse(&case).provisions().map(|(p, _)| p.key.clone()).collect();
    assert_eq!(found, ["facts", "result", "significance", "section"]);
    case.text = "甲县法院判决书\n原告：甲某\n经审理查明，桥被拆。\n本院认为，不得拆桥，判决如下：\n一、修桥。\n如不服本判决，可以上诉。\n审判员 乙某\n二〇三一年五月六日\n".to_string();
    let found: Vec<_> = parse(&case).provisions().map(|(p, _)| p.key.clone()).collect();
    assert_eq!(found, ["opening", "parties", "facts", "reasons", "result", "remedy", "signature"]);
}

#[test]
fn characters_of_private_use_are_reported() {
    let structure = read("第一条 \u{e5f9}桥\u{e5f9}。");
    assert_eq!(structure.issues[0].code, "private_use_character");
    assert_eq!(structure.issues[0].span.len(), 3);
    assert!(issues("第一条 （桥），；！").is_empty());
}

#[test]
fn a_marked_table_after_the_last_article_is_an_annex_too() {
    let text = "第一条 本条例自公布之日起施行。\n\n## 过桥费率表\n\n| 一级 | 3 |\n";
    assert_eq!(outline(text)[1..], owned(&[("Annex", "## 过桥费率表"), ("annex1", "| 一级 | 3 |")]));
    assert_eq!(keys("## 一\n\n修桥。\n\n## 二\n\n护桥。\n"), ["n1", "n2"]);
}

#[test]
fn numbers_of_pages_are_no_paragraphs() {
    let text = "第一条 甲。\n- 1 -\n- 2 -第二条 乙。\n—3—\n丙。\n";
    assert_eq!(keys(text), ["a1", "a2"]);
    assert_eq!(parts("第一条 甲。\n— 18 —\n乙。\n").len(), 2);
}

#[test]
fn what_a_notice_promulgates_has_its_title() {
    let text = "现将方案印发给你们。\n云州省人民政府\n2031年5月6日\n云州省桥梁条例\n一、修桥。\n二、护桥。\n";
    let found: Vec<String> =
        outline_of(text, &parse(&Document::new(Kind::Normative, "关于印发云州省桥梁条例的通知", text)))
            .into_iter()
            .map(|(name, _)| name)
            .collect();
    assert_eq!(found, ["preamble", "signature", "Title", "n1", "n2"]);
}

#[test]
fn rules_and_blank_lines_belong_to_what_stands_before_them() {
    assert_eq!(outline("---\n第一条 甲。\n\u{feff}\n***\n第二条 乙。").len(), 2);
    assert_eq!(read("").blocks, []);
    assert_eq!(read(" \n").blocks.len(), 1);
}

/// What holds for any text.
fn check(text: &str, kind: Kind) {
    let structure = parse(&Document::new(kind, "云州省桥梁条例", text));
    let mut at = 0;
    let mut keys = std::collections::HashSet::new();
    for (index, block) in structure.blocks.iter().enumerate() {
        assert_eq!(block.span.start, at);
        assert!(text.get(block.span.clone()).is_some_and(|text| !text.is_empty()));
        at = block.span.end;
        let BlockKind::Provision(provision) = &block.kind else { continue };
        assert!(keys.insert(provision.key.clone()), "{} twice", provision.key);
        assert!(provision.headings.is_sorted() && provision.headings.iter().all(|heading| *heading < index));
        assert!(provision.headings.iter().all(|at| matches!(structure.blocks[*at].kind, BlockKind::Heading(_))));
        let mut parts = std::collections::HashSet::new();
        for part in &provision.parts {
            assert!(parts.insert(&part.key), "{} twice in {}", part.key, provision.key);
            assert!(block.span.start <= part.span.start && part.span.end <= block.span.end);
            assert!(text.get(part.span.clone()).is_some());
        }
    }
    assert_eq!(at, text.len());
    assert!(structure.issues.iter().all(|issue| text.get(issue.span.clone()).is_some()));
}

/// Pieces of which law-like texts are made.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("第一条　"),
        Just("第二条 "),
        Just("第三条"),
        Just("第二条之一 "),
        Just("第九条"),
        Just("第十 条"),
        Just("第－条"),
        Just("第一章 总则"),
        Just("第二节 甲"),
        Just("## "),
        Just("目录\n"),
        Just("附件1\n"),
        Just("附件：1.甲\n"),
        Just("附则"),
        Just("一、"),
        Just("二、甲\n"),
        Just("（一）"),
        Just("(二)"),
        Just("1."),
        Just("2．"),
        Just("（1）"),
        Just("1.2 "),
        Just("①"),
        Just("桥。"),
        Just("桥"),
        Just("，"),
        Just("："),
        Just("；"),
        Just("“"),
        Just("”"),
        Just("修改为：\n"),
        Just("作为第九条"),
        Just("\n"),
        Just("\n\n"),
        Just(" "),
        Just("| 桥 |\n"),
        Just("云州省政府\n"),
        Just("2031年5月6日\n"),
        Just("【事实】"),
        Just("云州省桥梁条例\n"),
        Just("施行。\n"),
        Just("本院认为"),
        Just("---\n"),
        Just("\u{3000}"),
        Just("\u{feff}"),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_is_a_partition(text in "\\PC{0,80}(\n|\\PC){0,80}") {
        check(&text, Kind::Legislation);
        check(&text, Kind::Case);
    }

    #[test]
    fn law_like_text_is_a_partition(text in pieces()) {
        check(&text, Kind::Legislation);
        check(&text, Kind::Case);
    }
}

/// A text four times as long takes about four times as long, not sixteen times.
#[test]
fn time_is_linear() {
    let units = [
        "第第第条条条",
        "（（（",
        "第1条 ",
        "第1条的\n",
        "：（一）",
        "作为第5条\n第5条 \n",
        "附件：\n",
        "“1.\n",
        "一、甲\n（一）乙\n",
    ];
    for unit in units {
        let read = |bytes: usize| {
            check(&unit.repeat(bytes / unit.len()), Kind::Legislation);
        };
        assert_linear(unit, read, 100_000, 800_000);
    }
}
