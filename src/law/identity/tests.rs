use super::*;
use crate::law::history::events;
use crate::law::provision::Structure;
use proptest::prelude::*;

fn document(title: &str) -> Document {
    Document { level: Some(AuthorityLevel::Law), ..Document::new(Kind::Legislation, title, "第一条 云。") }
}

#[test]
fn one_instrument_under_many_spellings() {
    let id = |title: &str| instrument_id(&document(title));
    let first = id("云州省实施〈中华人民共和国云法〉办法");
    for same in [
        "云州省实施《云法》办法",
        "云州省实施<云法>办法（2019年修正）",
        " 云州省实施《中华人民共和国云法》 办法(修订)",
        "云州省实施《云法》办法（2018年第二次修正本）",
        "云州省实施云法办法（已失效）",
    ] {
        assert_eq!(id(same), first, "{same}");
    }
    for other in ["云州省实施《云法》办法（试行）", "云州省实施《云法》办法（2019年版）", "云州省实施《云法》细则"]
    {
        assert_ne!(id(other), first, "{other}");
    }
    assert_eq!(folded_title("中华人民共和国"), "中华人民共和国", "a title is never empty");
    assert_eq!(folded_title("（修订）"), "(修订)");
}

#[test]
fn the_authority_distinguishes_only_where_titles_do_not() {
    let rule = |issuer: Option<&str>| Document {
        level: Some(AuthorityLevel::DepartmentalRule),
        issuer: issuer.map(str::to_string),
        ..document("云办法")
    };
    assert_eq!(instrument_id(&rule(Some("中华人民共和国云业部"))), instrument_id(&rule(Some("云业部"))));
    assert_ne!(instrument_id(&rule(Some("云业部"))), instrument_id(&rule(Some("雨业部"))));
    assert_eq!(authority_key(&rule(None)), "?");
    let local = |region: &str| Document {
        level: Some(AuthorityLevel::LocalRegulation),
        region: Some(region.to_string()),
        ..document("云条例")
    };
    assert_ne!(instrument_id(&local("210000")), instrument_id(&local("330000")));
    let law = |issuer: &str| Document { issuer: Some(issuer.to_string()), ..document("云法") };
    assert_eq!(instrument_id(&law("甲")), instrument_id(&law("乙")));
    assert_eq!(instrument_id(&document("云法")).as_str().len(), 16);
}

#[test]
fn courts_joined_in_any_way_make_one_interpretation() {
    let id = |title: &str| {
        let level = Some(AuthorityLevel::JudicialInterpretation);
        instrument_id(&Document { level, ..document(title) })
    };
    let first = id("关于办理甲、乙案件的解释");
    for same in [
        "最高人民法院、最高人民检察院关于办理甲、乙案件的解释",
        "最高人民法院 最高人民检察院关于办理甲、乙案件的解释",
        "最高人民法院　　最高人民检察院关于办理甲、乙案件的解释",
        "最高人民法院，最高人民检察院、公安部和司法部关于办理甲、乙案件的解释",
    ] {
        assert_eq!(id(same), first, "{same}");
        assert_eq!(namesake_title(same), "关于办理甲乙案件解释");
    }
    assert_ne!(id("关于办理甲乙案件的解释"), first);
    assert_eq!(namesake_title("最高人民法院、云"), "最高人民法院云");
    assert_eq!(namesake_title("关于办理甲乙案件的解释"), namesake_title("关于办理甲、乙案件的解释"));
    assert_eq!(namesake_title("云河市实施水法若干规定"), namesake_title("云河市实施水法的若干规定"));
}

#[test]
fn versions_are_named_by_their_last_change() {
    let key = |document: &Document| version_key(document, &events(document, &Structure::default())).0;
    let mut law = document("云法");
    law.source_date = Some(jiff::civil::date(2021, 9, 1));
    assert!(key(&law).starts_with("u-") && key(&law).len() == 14, "a date of unknown kind names nothing");
    law.promulgation_date = Some(jiff::civil::date(2020, 8, 12));
    assert_eq!(key(&law), "2020-08-12");
    law.history = vec!["2020年8月11日第九届云大会通过".into()];
    assert_eq!(key(&law), "2020-08-12", "the stated promulgation completes the history");
    law.history = vec!["2020年8月11日第九届云大会通过".into(), "根据2023年5月6日《关于修改云法的决定》修正".into()];
    assert_eq!(key(&law), "2023-05-06");
    let notice = Document {
        written_date: Some(jiff::civil::date(2020, 8, 12)),
        ..Document::new(Kind::Normative, "云通知", "一、云。")
    };
    assert_eq!(key(&notice), "2020-08-12");
}

#[test]
fn cases_of_one_notice_stay_apart() {
    let case = |number: Option<&str>, row: Option<u32>, id: Option<&str>| Document {
        case_number: number.map(str::to_string),
        row_number: row,
        source_id: id.map(str::to_string),
        ..Document::new(Kind::Case, "云罚", "事实")
    };
    let number = Some("云罚〔2020〕1号");
    assert_ne!(case_id(&case(number, Some(1), None)), case_id(&case(number, Some(2), None)));
    assert_eq!(case_id(&case(number, Some(1), Some("a"))), case_id(&case(Some("云罚[2020]1号"), Some(1), Some("b"))));
    assert_ne!(
        case_id(&case(number, None, Some("a"))),
        case_id(&case(number, None, Some("b"))),
        "one number, two rows"
    );
    assert_eq!(case_id(&case(number, None, None)), case_id(&case(Some("云罚（2020）1号"), None, None)));
    assert_ne!(case_id(&case(None, None, Some("a"))), case_id(&case(None, None, Some("b"))));
    assert!(case_id(&case(None, None, None)).as_str().starts_with("c-"));
}

#[test]
fn provision_ids_come_apart_again() {
    let id = provision_id("0123@2020-01-01", "a10/p2/s3");
    assert_eq!(split_provision_id(id.as_str()), Some(("0123@2020-01-01", "a10/p2/s3")));
    assert_eq!(split_provision_id("c-0123/facts"), Some(("c-0123", "facts")));
    for none in ["", "x", "/a1", "x/"] {
        assert_eq!(split_provision_id(none), None);
    }
}

proptest! {
    #[test]
    fn never_panics(title in "[\\PC（）〈》修正年2]{0,30}", issuer in "\\PC{0,20}", text in "\\PC{0,40}") {
        let mut document = Document { issuer: Some(issuer), ..Document::new(Kind::Normative, title, text) };
        let id = instrument_id(&document);
        document.text.push('云');
        prop_assert_eq!(id, instrument_id(&document));
        let _ = (version_key(&document, &[]), case_id(&document), split_provision_id(&document.title));
    }
}
