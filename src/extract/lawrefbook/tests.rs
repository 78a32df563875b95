use super::*;
use proptest::prelude::*;

fn place<'a>(path: &'a str, row: Option<&'a Row>) -> Place<'a> {
    Place { path, row, in_pack: true, folder: header::folder(path) }
}

fn one(place: &Place<'_>, text: &str) -> Extracted {
    match read(place, text) {
        Outcome::Documents { mut documents, .. } => documents.remove(0),
        other => panic!("{other:?}"),
    }
}

fn row(level: &str) -> Row {
    Row {
        level: level.to_string(),
        publish: None,
        valid_from: Some(jiff::civil::date(2020, 7, 1)),
        expired: true,
        stated_on: None,
    }
}

#[test]
fn header_database_and_folder_are_read() {
    let text = "# 云州市桥梁条例\n\n2020年5月6日 云州市第三届人民代表大会常务委员会第九次会议《关于修改〈甲条例〉\n\n〈乙条例〉的决定》修正\n\n<!-- INFO END -->\n\n## 第一章 总则\n\n<!-- FORCE BREAK -->\n\n第一条 甲。\n";
    let row = row("地方性法规");
    let document = one(&place("地方性法规/浙江/云州市桥梁条例(2020-05-06).md", Some(&row)), text).document;
    assert_eq!(document.title, "云州市桥梁条例");
    assert_eq!(document.history.len(), 1);
    assert_eq!(document.text, "## 第一章 总则\n\n\n第一条 甲。");
    assert_eq!(document.level, Some(AuthorityLevel::LocalRegulation));
    assert_eq!(document.region.as_deref(), Some("330000"), "the folder says the province");
    assert_eq!(document.source_date, Some(jiff::civil::date(2020, 5, 6)));
    assert_eq!(document.effective_date, Some(jiff::civil::date(2020, 7, 1)));
    assert_eq!(document.asserted_status.as_deref(), Some("expired"));
    assert_eq!(document.access, Some(Access::Public));
}

#[test]
fn parts_of_a_code_share_a_key() {
    let part = |subtitle: &str, first: &str| {
        let text =
            format!("# 云法典\n\n# {subtitle}\n\n2020年5月28日 大会通过\n\n<!-- INFO END -->\n\n第{first}条 甲。\n");
        one(&place(&format!("云法典/{subtitle}.md"), None), &text)
    };
    let (second, first) = (part("物权编", "二百零五"), part("总则", "一"));
    assert_eq!(first.part.as_ref().unwrap().key, second.part.as_ref().unwrap().key);
    let merged = crate::extract::merge(vec![second, first]).unwrap();
    assert_eq!(merged.text, "# 总则\n\n第一条 甲。\n\n# 物权编\n\n第二百零五条 甲。");
}

#[test]
fn cases_indexes_and_templates_are_told_apart() {
    let text = "# 甲诉乙案\n\n典型案例\n\n最高人民法院发布\n\n2022-03-15\n\n<!-- INFO END -->\n\n## 基本案情\n\n甲。\n";
    let case = one(&place("案例/消费购物/甲诉乙案.md", None), text).document;
    assert_eq!((case.kind, case.case_kind), (Kind::Case, Some(CaseKind::TypicalCase)));
    assert_eq!(case.issuer.as_deref(), Some("最高人民法院"));
    assert_eq!(case.promulgation_date, Some(jiff::civil::date(2022, 3, 15)));
    for (path, text) in [
        ("法律/_index.md", "---\nbookCollapseSection: true\n---\n"),
        ("法律法规模版.md", "---\nbookHidden: true\n---\n# 某\n<!-- INFO END -->\n"),
        ("其他/攻略.md", "# 攻略\n\n该攻略出自\n[x](https://example.invalid)\n<!-- INFO END -->\n正文"),
    ] {
        assert!(matches!(read(&place(path, None), text), Outcome::Skipped { .. }), "{path}");
    }
    for text in ["# 甲\n正文", "# 甲\n<!-- INFO END -->\n\n", "甲\n<!-- INFO END -->\n正文"] {
        assert!(matches!(read(&place("法律/甲.md", None), text), Outcome::Refused(_)), "{text}");
    }
}

#[test]
fn a_notice_in_the_header_goes_to_the_text() {
    let text = "# 云工资规定\n\n1994年12月6日 云动部发布\n\n各省云动厅：\n\n为配合云动法的贯彻实施，充分保障云动者的合法权益，特制定本规定，现印发给你们，请结合实际情况贯彻执行，执行中的问题请告我部。\n\n<!-- INFO END -->\n\n第一条 甲。";
    let document = one(&place("行政法规/云工资规定.md", None), text).document;
    assert!(document.text.contains("请告我部。\n\n第一条"));
    assert_eq!(document.history[0], "1994年12月6日 云动部发布");
}

proptest! {
    #[test]
    fn never_panics(head in "[# \n一-九第条年月日2019通过《〈]{0,60}", body in "\\PC{0,40}", path in "(案例/|行政法规/|\\PC{0,5}/)\\PC{0,8}") {
        let _ = read(&place(&path, None), &format!("{head}{MARK}{body}"));
        let _ = read(&place(&path, Some(&row("部门规章"))), &format!("# {head}\n{MARK}\n{body}"));
    }
}
