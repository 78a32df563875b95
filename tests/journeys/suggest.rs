//! What the search box suggests while somebody types, and what it asks back when nothing was typed right.

use super::{Silent, asker, import, open, search};
use faju::app::view::{Suggestion, SuggestionKind};
use faju::app::{Act, Asker, Faju};
use faju::law::{Access, ValidityStatus};
use std::path::Path;

fn suggested(faju: &Faju, typed: &str) -> Vec<Suggestion> {
    faju.suggest(typed, 10, &asker()).unwrap().items
}

fn titles(faju: &Faju, typed: &str) -> Vec<String> {
    let of_titles = suggested(faju, typed).into_iter().filter(|item| item.kind == SuggestionKind::Title);
    of_titles.map(|item| item.text).collect()
}

fn write(folder: &Path, name: &str, access: &str, title: &str, heading: &str) -> std::path::PathBuf {
    let path = folder.join(name);
    let body = format!(
        "---\nkind: normative\nlevel: normative_document\nissuer: 云桥县人民政府\naccess: {access}\npromulgation_date: 2024-01-02\neffective_date: 2024-02-01\n---\n# {title}\n\n## 第一章　{heading}\n第一条　渡口夜间停渡。\n"
    );
    std::fs::write(&path, body).unwrap();
    path
}

#[test]
fn titles_are_suggested_however_they_are_typed() {
    let folder = tempfile::tempdir().unwrap();
    let faju = open(folder.path());
    for typed in [
        "城乡公共",
        "公共空间管理法",
        "cxgg",
        "chengxianggonggong",
        "《城乡公共空间",
        "城鄉公共",
        "ｃｘｇｇ",
        "中华人民共和国城乡公共",
    ] {
        assert_eq!(titles(&faju, typed).first().map(String::as_str), Some("城乡公共空间管理法"), "{typed}");
    }
    assert_eq!(titles(&faju, "青澜市历史建筑"), ["青瀾市歷史建築修繕指引"]);
    assert!(suggested(&faju, "").is_empty() && suggested(&faju, "没有这样的文件").is_empty());
    assert_eq!(faju.suggest("公共", 3, &asker()).unwrap().items.len(), 3);
    let law = suggested(&faju, "空间管理法").remove(0);
    let shown: String = law.text.chars().skip(law.span.start).take(law.span.end - law.span.start).collect();
    assert_eq!((shown.as_str(), law.status), ("空间管理法", Some(ValidityStatus::InForce)));
    assert!(faju.show(&law.instrument.unwrap(), None, &asker()).is_ok());
}

#[test]
fn what_is_law_goes_before_what_was_and_a_law_before_a_notice() {
    let folder = tempfile::tempdir().unwrap();
    let faju = open(folder.path());
    let found = suggested(&faju, "公共空间");
    let place = |title: &str| found.iter().position(|item| item.text == title);
    assert!(place("公共空间占用管理条例") < place("公共空间行政处罚裁量规则"), "{found:?}");
    assert!(place("公共空间行政处罚裁量规则") < place("城乡公共空间管理法") || place("城乡公共空间管理法").is_some());
    let status: Vec<Option<ValidityStatus>> =
        suggested(&faju, "乡村桥梁").into_iter().map(|item| item.status).collect();
    assert_ne!(status[0], Some(ValidityStatus::Repealed));
}

#[test]
fn headings_lead_to_their_first_provision_and_terms_to_no_instrument() {
    let folder = tempfile::tempdir().unwrap();
    let faju = open(folder.path());
    let found = suggested(&faju, "养犬行为规范");
    let heading = found.iter().find(|item| item.kind == SuggestionKind::Heading).expect("a heading");
    assert!(heading.provision.as_deref().is_some_and(|id| id.ends_with("/a7")), "{heading:?}");
    assert_eq!((heading.title.as_deref(), heading.count), (Some("云州省养犬管理条例"), 1));
    let many = suggested(&faju, "法律责").into_iter().find(|item| item.kind == SuggestionKind::Heading);
    assert!(many.is_some_and(|item| item.text == "法律责任" && item.count > 5));
    let term = suggested(&faju, "公共空").into_iter().find(|item| item.kind == SuggestionKind::Term).expect("a term");
    assert!(term.count >= 3 && term.instrument.is_none() && term.text.starts_with("公共空间"), "{term:?}");
}

#[test]
fn nobody_is_suggested_what_he_may_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let faju = open(folder.path());
    import(&faju, write(folder.path(), "一.md", "public", "云桥县渡口夜航规定", "夜间停航"));
    import(&faju, write(folder.path(), "二.md", "internal", "云桥县渡口整顿方案", "夜间巡查"));
    let public = Asker { access: Access::Public, ..asker() };
    let seen = |asker: &Asker, typed: &str| -> Vec<String> {
        faju.suggest(typed, 10, asker).unwrap().items.into_iter().map(|item| item.text).collect()
    };
    assert_eq!(seen(&public, "渡口"), ["云桥县渡口夜航规定"]);
    assert_eq!(seen(&public, "夜间"), ["夜间停航"]);
    assert_eq!(seen(&public, "zdfa"), Vec::<String>::new());
    assert_eq!(seen(&asker(), "渡口").len(), 2);
    assert_eq!(seen(&asker(), "夜间").len(), 2);
    // A near miss of what is internal is hinted at to nobody.
    assert!(search(&faju, &[("q", "云桥县渡口整吨方案")]).did_you_mean.is_none());
    let meant = search(&faju, &[("q", "云桥县渡口夜行规定")]).did_you_mean.expect("a hint");
    assert_eq!(meant.query, "云桥县渡口夜航规定");
}

#[test]
fn what_was_withdrawn_is_suggested_no_more_even_before_the_new_list_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let faju = open(folder.path());
    let report = import(&faju, write(folder.path(), "一.md", "public", "云桥县渡口夜航规定", "夜间停航"));
    assert_eq!(report.new, 1);
    let item = suggested(&faju, "渡口").remove(0);
    let page = search(&faju, &[("q", "夜间停渡"), ("group", "none")]);
    let faju::app::view::Item::Single(single) = &page.items[0] else { panic!("a provision") };
    let id = single.provision.id.split('/').next().unwrap().to_string();
    faju.act(Act::Withdraw { id, origin: None, reason: "测试".to_string() }, &asker()).unwrap();
    for typed in ["渡口", "夜间", "dukou"] {
        assert!(suggested(&faju, typed).is_empty(), "{typed} {item:?}");
    }
    assert!(search(&faju, &[("q", "云桥县渡口夜行规定")]).did_you_mean.is_none());
    // A new list takes in what came, and keeps nothing of what went.
    import(&faju, write(folder.path(), "三.md", "public", "云桥县索道规定", "停运"));
    faju.warm(&asker()).unwrap();
    assert_eq!(titles(&faju, "云桥县"), ["云桥县索道规定"]);
    faju.rebuild(&Silent).unwrap();
    assert_eq!(titles(&faju, "suodao"), ["云桥县索道规定"]);
}

#[test]
fn what_was_typed_nearly_right_is_asked_back_and_never_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let faju = open(folder.path());
    for (typed, meant) in [
        ("城乡公共空间管里法", "城乡公共空间管理法"),
        ("乡村桥粱安全法", "乡村桥梁安全法"),
        ("城乡公共空间管里法37条", "城乡公共空间管理法37条"),
        ("乡村桥安梁全法", "乡村桥梁安全法"),
    ] {
        let page = search(&faju, &[("q", typed)]);
        let hint = page.did_you_mean.unwrap_or_else(|| panic!("{typed}: no hint"));
        assert_eq!((hint.query.as_str(), page.query.raw.as_str()), (meant, typed));
        assert!(hint.instrument.is_some() && hint.message.contains(meant));
        let instead = search(&faju, &[("q", &hint.query)]);
        assert!(instead.did_you_mean.is_none() && instead.citation.is_some(), "{meant}");
    }
    for right in
        ["城乡公共空间管理法", "公共空间", "罚款 许可", "\"城乡公共空间管里法\"", "摆摊被罚了怎么办", "养犬管理"]
    {
        assert_eq!(search(&faju, &[("q", right)]).did_you_mean, None, "{right}");
    }
}
