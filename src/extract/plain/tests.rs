//! Plain texts.

use super::*;
use crate::extract::outcome::RefusalCode;
use crate::law::AuthorityLevel;
use proptest::prelude::*;

fn document(path: &str, text: &str) -> Document {
    match read(path, text) {
        Outcome::Documents { mut documents, .. } => documents.remove(0).document,
        other => panic!("{other:?}"),
    }
}

#[test]
fn front_matter_states_the_fields() {
    let text = "---\nlevel: local_regulation\nregion: \"990000\"\nadoption_date: 2020-05-06\n---\n# 云州省桥梁条例\n\n（2020年5月6日云州省第三届人民代表大会通过）\n\n第一条　甲。\n";
    let document = document("a.md", text);
    assert_eq!((document.kind, document.title.as_str()), (Kind::Legislation, "云州省桥梁条例"));
    assert_eq!(document.text, "第一条　甲。");
    assert_eq!(document.history.len(), 1);
    assert_eq!(document.access, None);
}

#[test]
fn an_unknown_key_names_itself_and_its_line() {
    let refusal = match read("a.md", "---\nkind: normative\ncolour: red\n---\n正文") {
        Outcome::Refused(refusal) => refusal,
        other => panic!("{other:?}"),
    };
    assert_eq!((refusal.code, refusal.place.as_deref()), (RefusalCode::BadRecord, Some("第3行")));
    assert!(refusal.message.contains("colour"));
    assert!(matches!(read("a.md", "---\nfiled_on: 明天\n---\n正文"), Outcome::Refused(_)));
    assert!(matches!(read("a.md", "---\nkind: normative\n---\n \n"), Outcome::Refused(_)));
}

#[test]
fn a_bare_text_is_guessed_only_from_evidence() {
    let plain = document("河桥方案(2024-01-02).txt", "河桥工作方案\n\n一、修桥。\n");
    assert_eq!((plain.title.as_str(), plain.level, plain.kind), ("河桥工作方案", None, Kind::Normative));
    assert_eq!(plain.source_date, Some(jiff::civil::date(2024, 1, 2)));
    let text = "# 浙江省桥梁办法\n（2020年5月1日浙江省人民政府令第9号公布 自2020年6月1日起施行）\n第一条　甲。";
    let rule = document("x.md", text);
    assert_eq!(rule.level, Some(AuthorityLevel::LocalGovernmentRule));
    assert_eq!(rule.region.as_deref(), Some("330000"));
    assert_eq!(rule.text, "第一条　甲。");
    assert_eq!(document("某事项.txt", "第一条　甲。").title, "某事项");
    assert!(matches!(read("x.md", "# 只有标题\n"), Outcome::Refused(_)));
}

#[test]
fn stars_of_a_written_text_stay_and_those_of_markdown_go() {
    let text = "第一条　标注**的指标为约束性指标，标注*的为预期性指标**。";
    let head = "kind: normative\ntitle: 云桥县**指标**办法";
    let marked = document("a.md", &format!("---\n{head}\n---\n{text}"));
    assert_eq!(marked.text, text.replace("**", ""));
    assert_eq!(marked.title, "云桥县**指标**办法", "what is stated is no Markdown");
    assert_eq!(document("A.TXT", &format!("云桥县办法\n{text}")).text, text);
}

proptest! {
    #[test]
    fn what_was_written_is_read_again(
        title in "[甲*\u{1}\u{7f}\u{85}\u{2028}\"\\\\ :#a]{0,12}办法",
        text in "[　 *#\n\\\\甲（）\u{1}2020年通过-]{0,30}第一条　甲。[\n *]{0,4}",
    ) {
        let written = Document::new(Kind::Normative, title.as_str(), text.as_str());
        let fields = serde_json::to_value(&written).unwrap();
        let file = front_matter::written(&[("引用", &title)], fields.as_object().unwrap(), &text);
        prop_assert_eq!(document("目录/文件.md", &file), written);
    }

    #[test]
    fn never_panics(text in "\\PC{0,40}(\n|---|# |\\PC){0,20}") {
        let _ = read("目录/文件.md", &text);
        let _ = read("目录/文件.md", &format!("---\n{text}\n---\n{text}"));
    }
}

#[test]
fn other_labels_of_status_and_days_are_read() {
    let read = |lines: &str| {
        let head = format!("云桥县渡口管理办法\n发布部门：云桥县人民政府\n{lines}\n");
        let found = document("m.txt", &format!("{head}第一条　为了安全，制定本办法。\n"));
        (found.asserted_status, found.asserted_on.map(|day| day.to_string()), found.text)
    };
    for (lines, status, on) in [
        ("有效状态：失效", "expired", None),
        ("文件状态：已废止", "repealed", None),
        ("是否有效：否", "expired", None),
        ("是否有效：是", "in_force", None),
        ("废止日期：2024-03-01", "repealed", Some("2024-03-01")),
    ] {
        let (told, day, text) = read(lines);
        assert_eq!((told.as_deref(), day.as_deref()), (Some(status), on), "{lines}");
        assert_eq!(text, "第一条　为了安全，制定本办法。", "{lines}");
    }
    let kept = read("有效期限：自施行之日起五年");
    assert!(kept.0.is_none() && kept.2.contains("五年"), "what is no day stays in the text: {kept:?}");
}

#[test]
fn the_head_and_trailer_of_an_exported_text_are_read() {
    for head in [
        "云桥县渡口管理办法\n发布部门：云桥县人民政府\n发文字号：云政发〔2025〕3号\n发布日期：2025.03.08\n时效性：失效\n",
        "【法规标题】云桥县渡口管理办法\n【发布部门】云桥县人民政府\n【发文字号】云政发〔2025〕3号\n【发布日期】2025.03.08\n【时效性】失效\n",
    ] {
        let found =
            document("m.txt", &format!("{head}第一条　为了安全，制定本办法。\n第二条　渡口不得超载。\n查看原文\n"));
        assert_eq!(found.title, "云桥县渡口管理办法");
        assert_eq!(found.document_number.as_deref(), Some("云政发〔2025〕3号"));
        assert_eq!(found.issuer.as_deref(), Some("云桥县人民政府"));
        assert_eq!(found.asserted_status.as_deref(), Some("expired"));
        assert!(found.text.starts_with("第一条") && found.text.ends_with("超载。"), "{}", found.text);
    }
}

#[test]
fn a_head_in_markdown_and_chinese_keys_are_read() {
    let text = "第一条　渡口由乡镇管。\n第二条　本办法自2023年1月1日起施行。";
    for head in [
        "# 云桥县渡口办法\n\n发文机关：云桥县人民政府\n\n发文字号：云政发〔2023〕3号\n\n有效期至：2027-12-31\n\n",
        "# 云桥县渡口办法\n\n- **文号**：云政发〔2023〕3号\n- **发布机关**：云桥县人民政府\n- **失效日期**：2027年12月31日\n\n",
        "---\n标题: 云桥县渡口办法\n文号: 云政发〔2023〕3号\n发文机关: 云桥县人民政府\n有效期至: 2027-12-31\n---\n",
    ] {
        let found = document("a.md", &format!("{head}{text}"));
        assert_eq!(found.title, "云桥县渡口办法", "{head}");
        assert_eq!(found.document_number.as_deref(), Some("云政发〔2023〕3号"), "{head}");
        assert_eq!(found.issuer.as_deref(), Some("云桥县人民政府"), "{head}");
        assert_eq!(found.valid_until, Some(jiff::civil::date(2027, 12, 31)), "{head}");
        assert_eq!(found.text, text, "{head}");
    }
    let years = document("a.md", &format!("---\ntitle: 云桥县渡口办法\n有效期: 5年\n---\n{text}"));
    assert!(years.text.starts_with("有效期：5年\n第一条"), "{}", years.text);
    for bad in ["---\n文号: 甲\ndocument_number: 乙\nkind: normative\n---\n正文", "---\n公布日期: 明天\n---\n正文"]
    {
        assert!(matches!(read("a.md", bad), Outcome::Refused(_)), "{bad}");
    }
    // A list of several documents is no head of one.
    let list =
        "# 云桥县文件目录\n\n- 文号：云政发〔2023〕3号\n- 标题：甲办法\n\n- 文号：云政发〔2023〕4号\n- 标题：乙办法\n";
    let listed = document("a.md", list);
    assert!(
        listed.document_number.is_none() && listed.text.contains("4号") && listed.text.contains("3号"),
        "{listed:?}"
    );
    // One such line in a text is text.
    let plan = document("a.md", "# 云桥县渡口工作方案\n\n一、目标\n项目：修桥\n终止日期：2027年12月31日\n");
    assert!(plan.valid_until.is_none() && plan.text.contains("终止日期"), "{plan:?}");
}

#[test]
fn a_registration_is_no_title_and_no_number() {
    let found = document("a.txt", "登记号：云府登〔2023〕3号\n\n云桥县渡口办法\n第一条　渡口。");
    assert_eq!((found.title.as_str(), found.document_number), ("云桥县渡口办法", None));
    assert_eq!(found.registration_number.as_deref(), Some("云府登〔2023〕3号"));
}

#[test]
fn a_mark_at_a_stated_title_is_its_status() {
    for (title, status) in [("云桥县渡口办法（已废止）", "repealed"), ("云桥县渡口办法[已修改]", "amended")]
    {
        let found = document("a.md", &format!("---\ntitle: {title}\nkind: normative\n---\n第一条　渡口。"));
        assert_eq!((found.title.as_str(), found.asserted_status.as_deref()), ("云桥县渡口办法", Some(status)));
    }
}

#[test]
fn a_number_above_the_title_is_no_title() {
    for above in ["云政发〔2025〕7号", "YQDR-2025-01001\n\n云政发〔2025〕7号", "云政发〔2025〕7号\n"]
    {
        let found = document("a.txt", &format!("{above}\n云桥县渡口管理办法\n第一条　渡口由乡镇管理。"));
        assert_eq!((found.title.as_str(), found.text.as_str()), ("云桥县渡口管理办法", "第一条　渡口由乡镇管理。"));
        assert_eq!(found.document_number.as_deref(), Some("云政发〔2025〕7号"), "{above}");
    }
    let other = document("渡口.txt", "云政发〔2025〕7号\n渡口由乡镇管理，不得超载。");
    assert!(other.title.contains("7号"), "nothing below it is a title: {other:?}");
}

#[test]
fn a_day_of_being_over_in_front_matter_is_no_last_day() {
    let read = |last: &str| {
        let text =
            format!("---\n标题: 云桥县渡口办法\n失效日期: 2027-12-31\n---\n第一条　渡口由乡镇管。\n第二条　{last}");
        document("a.md", &text).valid_until
    };
    assert_eq!(read("本办法自2023年1月1日起施行。"), Some(jiff::civil::date(2027, 12, 31)));
    assert_eq!(read("本办法自2023年3月10日起施行。"), Some(jiff::civil::date(2027, 12, 30)));
}
