use super::*;
use proptest::prelude::*;

fn one(below: &str, text: &str) -> Document {
    match read(&format!("x/{below}"), below, text) {
        Outcome::Documents { mut documents, .. } => documents.remove(0).document,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_bracketed_history_says_level_and_issuer() {
    let text = "# 船舶云号规定\n\n(2010年9月1日交通运输部令2010年第4号公布 自2011年1月1日起施行)\n\n第一条 为了云。\n";
    let document = one("laws/交通运输/06.海事/船舶云号规定.md", text);
    assert_eq!(document.level, Some(AuthorityLevel::DepartmentalRule));
    assert_eq!(document.issuer.as_deref(), Some("交通运输部"));
    assert_eq!((document.history.len(), document.text.as_str()), (1, "第一条 为了云。"));
}

#[test]
fn a_promulgation_notice_is_history() {
    let text = "# 云应急办法\n\n云州市场监督管理总局令\n\n第\u{3000}57\u{3000}号\n\n《云应急办法》已经2022年5月10日云州总局第8次局务会议通过，现予公布，自2022年7月1日起施行。\n\n局 长 云 中\n\n2022年5月26日\n\n云应急办法\n\n第一章 总则\n\n第一条 为了云。\n";
    let document = one("laws/应急管理/云应急办法.md", text);
    assert!(document.text.starts_with("第一章"), "{}", document.text);
    assert_eq!(document.history.len(), 5, "{:?}", document.history);
}

#[test]
fn interpretations_get_their_number_and_full_title() {
    let text = "# 法释〔2022〕99号关于云若干问题的解释\n\n《最高人民法院关于云若干问题的解释》已于2021年12月6日由最高人民法院审判委员会第1855次会议通过，现予公布，自2022年5月1日起施行。\n\n最高人民法院\n\n2022年3月20日\n\n为了云，作如下解释：\n\n第一条 云。\n";
    let document = one("sfjs/2022年/法释〔2022〕99号关于云若干问题的解释.md", text);
    assert_eq!(document.title, "最高人民法院关于云若干问题的解释");
    assert_eq!(document.document_number.as_deref(), Some("法释〔2022〕99号"));
    assert_eq!(document.level, Some(AuthorityLevel::JudicialInterpretation));
    assert!(document.text.starts_with("为了云"));
}

#[test]
fn a_heading_against_which_name_and_history_speak_is_no_title() {
    let text = |decision: &str| {
        format!(
            "# 中华人民共和国雨法\n\n1986年3月19日云大会通过 \n\n　　根据1996年8月29日云大会会议 \n\n　　{decision}第一次修正 \n\n## 第一章 总 则\n\n第一条 为了云。\n"
        )
    };
    let path = "laws/云/中华人民共和国云法（2009年8月27日第二次修正）.md";
    let title = |path: &str, decision: &str| one(path, &text(decision)).title;
    assert_eq!(title(path, "《关于修改〈中华人民共和国云法〉的决定》"), "中华人民共和国云法");
    assert_eq!(title(path, "《关于修改〈雪法〉的决定》"), "中华人民共和国雨法", "the file name alone proves nothing");
    assert_eq!(
        title("laws/云/雨法.md", "《关于修改〈云法〉的决定》"),
        "中华人民共和国雨法",
        "it may have been renamed"
    );
    let document = one(path, &text("《关于修改〈云法〉的决定》"));
    assert_eq!(document.history.len(), 2);
    assert!(document.text.starts_with("## 第一章 总 则"), "the first heading behind the history is no title");
}

#[test]
fn the_mark_may_stand_before_the_history() {
    let text = "# 云规定\n\n<!-- INFO END -->\n\n（云院第3次会议通过 2002年3月15日云院公告公布 自2002年3月26日起施行）\n\n为了云。\n";
    let document = one("sfjs/2002年/云规定.md", text);
    assert_eq!((document.history.len(), document.text.as_str()), (1, "为了云。"));
}

#[test]
fn the_shelf_helps_where_the_history_is_silent() {
    let level = |below: &str, text: &str| one(below, text).level;
    let issued = "# 云船规定\n(2017年5月23日交通运输部公布 根据2020年3月16日《交通运输部关于修改〈云船规定〉的决定》修正)\n第一条 云。";
    assert_eq!(level("laws/交通运输/云船规定.md", issued), Some(AuthorityLevel::DepartmentalRule));
    assert_eq!(
        level("laws/城市管理/云条例.md", "# 云条例\n第一条 云。"),
        Some(AuthorityLevel::AdministrativeRegulation)
    );
    assert_eq!(
        level("laws/城市管理/山东省云条例.md", "# 山东省云条例\n第一条 云。"),
        Some(AuthorityLevel::LocalRegulation)
    );
    assert_eq!(level("laws/农业/中国共产党云条例.md", "# 中国共产党云条例\n第一条 云。"), None);
    assert_eq!(level("laws/城市管理/云办法.md", "# 云办法\n第一条 云。"), None);
    let notice = "# 云定级办法\n\n云急部关于印发《云定级办法》的通知\n\n应急〔2021〕83号\n\n各省：\n";
    assert_eq!(level("laws/应急/云定级办法.md", notice), Some(AuthorityLevel::NormativeDocument));
    let decision = "# 中华人民共和国云法\n\n云部关于修改《实施〈云法〉办法》的决定\n\n云部决定：\n";
    assert_eq!(one("laws/云/中华人民共和国云法.md", decision).title, "云部关于修改《实施〈云法〉办法》的决定");
}

#[test]
fn parts_of_a_code_share_a_key() {
    let text = "# 云法典\n\n# 附则\n\n2020年5月28日 第十三届全国人民代表大会第三次会议通过\n\n<!-- INFO END -->\n\n第九条 云。";
    let Outcome::Documents { documents, .. } = read("x/laws/云法典/附则.md", "laws/云法典/附则.md", text)
    else {
        panic!()
    };
    assert_eq!(documents[0].document.text, "# 附则\n\n第九条 云。");
    assert_eq!(documents[0].part, Some(PartOf { key: "x/laws/云法典/云法典".to_string(), order: 9 }));
}

#[test]
fn council_documents_are_normative() {
    let text = "# 国务院办公厅关于云的意见\n\n国办发〔2022〕27号  2022年7月29日\n\n各省人民政府：\n\n　　一、云。\n";
    let document = one("xzzfhg/05/国务院办公厅关于云的意见.md", text);
    assert_eq!((document.kind, document.level), (Kind::Normative, Some(AuthorityLevel::NormativeDocument)));
    assert_eq!(document.document_number.as_deref(), Some("国办发〔2022〕27号"));
    assert!(document.text.starts_with("各省人民政府"));
    assert!(matches!(read("", "laws/README.md", "---\ntitle: x\n---\n"), Outcome::Skipped { .. }));
    assert!(matches!(read("", "laws/a.md", "# 甲\n<PDF url=\"x\" />"), Outcome::Skipped { .. }));
    assert!(matches!(read("", "laws/a.md", ""), Outcome::Refused(_)));
}

proptest! {
    #[test]
    fn never_panics(text in "[#（）() \n一二第条号令年月日2019通过公布《》]{0,120}") {
        for path in ["laws/a/甲.md", "sfjs/法释〔2022〕9号甲(2020-01-01).md", "xzzfhg/a.md"] {
            let _ = read(path, path, &text);
        }
    }
}
