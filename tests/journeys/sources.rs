//! Texts that have lost something: which source is shown, what is said of it, and what persons record that cannot be.

use super::citations::{corpus, here, id, line};
use super::*;
use faju::app::view::impact::{ImpactFilter, ImpactPage, ImpactState};
use faju::app::{Outcome, Reason};
use faju::law::ValidityStatus;
use jiff::civil::{Date, date};

const MADE: &str = "\"history\":[\"2020年1月2日临江市人民代表大会常务委员会通过\"]";

fn harbour(origin: &str, articles: usize) -> String {
    let words = ["泊位", "航标", "疏浚", "引航", "系缆", "消防", "排污", "值班"];
    let mut text: String =
        (1..=articles.min(8)).map(|at| format!("第{at}条　港口的{}由港务机关管理。\n", words[at - 1])).collect();
    if articles > 8 {
        text += "第9条　本条例自2020年3月1日起施行。\n";
    }
    let text = serde_json::to_string(&text).unwrap();
    format!(
        "{{\"kind\":\"legislation\",\"level\":\"local_regulation\",\"region\":\"990100\",\"access\":\"public\",{MADE},\
         \"title\":\"临江市港口条例\",\"origin\":\"{origin}\",\"text\":{text}}}\n"
    )
}

fn resolved(faju: &Faju, text: &str, on: Option<Date>) -> (Outcome, Option<Reason>, String) {
    let page = faju.resolve(&[text.to_string()], None, on, &asker()).unwrap();
    let citation = &page.items[0].citations[0];
    (citation.outcome, citation.reason, citation.message.clone().unwrap_or_default())
}

#[test]
fn a_source_that_has_lost_articles_is_not_shown() {
    for whole_first in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        let mut lines = vec![harbour("local/flk-txt", 9), harbour("local/lawrefbook", 6)];
        if !whole_first {
            lines.reverse();
        }
        let faju = corpus(folder.path(), &lines);
        let page = here(faju.instrument(&id(&faju, "临江市港口条例"), None, &asker()).unwrap());
        assert_eq!(page.notice, None);
        let shown: Vec<_> = page.documents.iter().map(|document| (document.origin.as_str(), document.shown)).collect();
        assert_eq!(shown, [("local/flk-txt", true), ("local/lawrefbook", false)], "{whole_first}");
        let remark = "各来源的条文不一：来源 lawrefbook 的文本比所示文本缺第七条至第九条";
        assert!(page.issues.iter().any(|issue| issue == remark), "{:?}", page.issues);
        assert_eq!(resolved(&faju, "《临江市港口条例》第八条", None).0, Outcome::Resolved);
    }
}

#[test]
fn a_text_that_stops_in_the_middle_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let faju = corpus(folder.path(), &[harbour("local/lawrefbook", 6)]);
    let page = here(faju.instrument(&id(&faju, "临江市港口条例"), None, &asker()).unwrap());
    let cut = "库中文本疑不完整：止于第六条，末尾未见施行日期的规定";
    let notice = page.notice.unwrap();
    assert!(notice.ends_with(cut) && notice.contains("是否有效未知"), "{notice}");
    assert!(page.issues.iter().any(|issue| issue == cut));
    let article = format!("{}@{}/a6", page.instrument.id, page.version.unwrap().key);
    assert_eq!(here(faju.provision(&article, None, &asker()).unwrap()).notice, Some(notice), "of one article too");
    let (outcome, reason, message) = resolved(&faju, "《临江市港口条例》第八条", None);
    assert_eq!((outcome, reason), (Outcome::Unknown, Some(Reason::IncompleteText)));
    assert_eq!(message, "库中文本似不完整，没有这一条");
    let typed = search(&faju, &[("q", "临江市港口条例8条")]).citation.unwrap();
    assert!(typed.message.contains("库中文本似不完整，没有这一条"), "{}", typed.message);
    assert_eq!(resolved(&faju, "《临江市港口条例》第六条", None).0, Outcome::Resolved);
}

fn impact(faju: &Faju, id: &str, on: Option<Date>) -> ImpactPage {
    let filter = ImpactFilter { limit: 100, ..ImpactFilter::default() };
    here(faju.impact(id, &filter, on, &asker()).unwrap())
}

#[test]
fn what_is_not_held_is_repealed_from_the_day_of_the_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let dated = |day: &str| format!("\"access\":\"public\",\"promulgation_date\":\"{day}\"");
    let text =
        "第一条　为了规范水上交通，制定本办法。\n第二条　本办法自2010年5月1日起施行。《临江县渡船管理规定》同时废止。";
    let history = "\"access\":\"public\",\"history\":[\"2010年3月4日临江县人民政府公布\",\"2019年4月5日临江县人民政府《关于修改〈临江县水上交通办法〉的决定》修正\"]";
    let traffic = line("临江县水上交通办法", "临政发〔2019〕8号", history, text);
    let citing = line(
        "临江县码头规定",
        "临政发〔2008〕3号",
        &dated("2008-01-02"),
        "第一条　依照《临江县渡船管理规定》第三条处理。",
    );
    let faju = corpus(folder.path(), &[traffic, citing]);
    let told = |on| resolved(&faju, "《临江县渡船管理规定》第三条", on).2;
    assert_eq!(told(None), "库中没有《临江县渡船管理规定》的文本，它已由《临江县水上交通办法》自 2010-05-01 起废止");
    assert_eq!(told(Some(date(2010, 4, 30))), "库中没有《临江县渡船管理规定》的文本");
    let page = impact(&faju, "临江县渡船管理规定", None);
    assert_eq!((page.items[0].state, page.ended.unwrap().date), (ImpactState::Repealed, date(2010, 5, 1)));
    assert_eq!(page.repealed_by.unwrap().title, "临江县水上交通办法");
    let page = impact(&faju, "临江县渡船管理规定", Some(date(2010, 4, 30)));
    assert_eq!((page.items[0].state, page.ended, page.successor), (ImpactState::Unverifiable, None, None));
}

#[test]
fn what_repealed_a_held_text_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let public = "\"access\":\"public\",\"promulgation_date\":\"2009-01-02\",\"effective_date\":\"2009-02-01\"";
    let old = line("临江县渡船管理规定", "临政发〔2009〕1号", public, "第一条　渡船不得超载。");
    let later = "\"access\":\"public\",\"promulgation_date\":\"2020-01-02\"";
    let text = "第一条　本办法自2020年2月1日起施行。《临江县渡船管理规定》同时废止。";
    let new = line("临江县水上交通办法", "临政发〔2020〕2号", later, text);
    let faju = corpus(folder.path(), &[old, new]);
    let page = impact(&faju, &id(&faju, "临江县渡船管理规定"), None);
    assert_eq!(page.successor, None, "another subject");
    assert_eq!(page.repealed_by.unwrap().title, "临江县水上交通办法");
}

#[test]
fn a_text_of_nowhere_beside_another_is_a_doubt() {
    let folder = tempfile::tempdir().unwrap();
    let copy =
        harbour("local/flk-txt", 8).replace(MADE, "\"history\":[]").replace("泊位", "锚地").replace("航标", "灯塔");
    let faju = corpus(folder.path(), &[harbour("local/lawrefbook", 9), copy]);
    let page = here(faju.instrument(&id(&faju, "临江市港口条例"), None, &asker()).unwrap());
    let nameless = page.versions.iter().find(|version| version.key.starts_with("u-")).unwrap();
    assert_eq!(nameless.status, ValidityStatus::Unknown);
    let other = here(faju.instrument(&format!("{}@{}", page.instrument.id, nameless.key), None, &asker()).unwrap());
    let doubt = "来源未载是何时的文本：与2020-01-02的文本有3处不同";
    assert!(other.issues.iter().any(|issue| issue.starts_with(doubt)), "{:?}", other.issues);
}

#[test]
fn impossible_days_are_recorded_and_doubted() {
    let folder = tempfile::tempdir().unwrap();
    let other = harbour("local/lawrefbook", 9)
        .replace("临江市港口条例", "临江市公园条例")
        .replace("港", "园")
        .replace("泊", "亭");
    let fields = "\"access\":\"public\",\"promulgation_date\":\"2020-01-02\"";
    let notice = line("关于泊船补贴的通知", "临政发〔2020〕3号", fields, "第一条　泊船给予补贴。");
    let faju = corpus(folder.path(), &[harbour("local/lawrefbook", 9), other, notice]);
    let notice = format!("{}@2020-01-02", id(&faju, "关于泊船补贴的通知"));
    let (harbour, park) = (id(&faju, "临江市港口条例"), id(&faju, "临江市公园条例"));
    let said = |act: Act| -> Vec<String> { faju.act(act, &asker()).unwrap().warnings };
    let (reason, proof) = ("录入有误".to_string(), "公报第三页".to_string());
    let correct = |value: &str| Act::Correct {
        id: format!("{harbour}@2020-01-02"),
        field: "effective_date".to_string(),
        value: value.into(),
        reason: reason.clone(),
        proof: proof.clone(),
    };
    let correct_on = |id: &str, value: &str| {
        let Act::Correct { field, reason, proof, .. } = correct(value) else { unreachable!() };
        Act::Correct { id: id.to_string(), field, value: value.into(), reason, proof }
    };
    assert_eq!(
        said(correct_on(&notice, "1990-01-01")),
        ["请核对：更正的施行日期1990-01-01早于2020-01-02的制定（公布）"]
    );
    let issues = || here(faju.instrument(&notice, None, &asker()).unwrap()).issues;
    assert!(issues().iter().any(|issue| issue.starts_with("请核对")), "{:?}", issues());
    assert!(said(correct_on(&notice, "2020-03-01")).is_empty());
    assert!(!issues().iter().any(|issue| issue.starts_with("请核对")), "{:?}", issues());
    assert!(said(correct("2020-03-01")).is_empty());
    let relate = |relation: &str, on| Act::Relate {
        id: park.clone(),
        relation: relation.to_string(),
        target: harbour.clone(),
        on,
        undo: false,
        reason: reason.clone(),
        proof: proof.clone(),
    };
    assert_eq!(
        said(relate("repeals", Some(date(2010, 1, 1)))),
        ["请核对：登记的废止之日2010-01-01早于本件的施行日期2020-03-01"]
    );
    let Act::Relate { id, relation, target, on, reason, proof, .. } = relate("repeals", Some(date(2010, 1, 1))) else {
        unreachable!()
    };
    faju.act(Act::Relate { id, relation, target, on, undo: true, reason, proof }, &asker()).unwrap();
    let same = said(relate("same_as", None));
    assert!(same.iter().all(|doubt| doubt.contains("登记为同一文件，而标题")) && !same.is_empty(), "{same:?}");
}

#[test]
fn a_text_of_a_change_that_nobody_tells_is_not_named_by_the_one_before() {
    let folder = tempfile::tempdir().unwrap();
    let history = "\"access\":\"public\",\"source_date\":\"2016-02-06\",\"history\":[\
        \"2000年9月25日临江县人民政府公布 2014年7月29日临江县人民政府《关于修改部分文件的决定》修订\"]";
    let text = "第一条　为了规范电报，制定本办法。\n第二条　本办法自公布之日起施行。";
    let faju = corpus(folder.path(), &[line("临江县电报办法", "临政发〔2000〕8号", history, text)]);
    let noted = |note: &str| resolved(&faju, &format!("《临江县电报办法》{note}第一条"), None);
    assert_eq!(noted("（2016年修订）").0, Outcome::Resolved);
    let older = noted("（2014年修订）");
    assert_eq!((older.0, older.1), (Outcome::Unknown, Some(Reason::NoVersionOfThatDay)));
    let id = format!("{}/a1", id(&faju, "临江县电报办法"));
    let provision = match faju.provision(&id, None, &asker()).unwrap() {
        Found::Here(provision) => provision,
        Found::Moved(id) => here(faju.provision(&id, None, &asker()).unwrap()),
    };
    assert_eq!(provision.citation, "《临江县电报办法》第一条", "which change made the text nobody says");
    assert!(provision.version.unwrap().proof.unwrap().from.unwrap().assumed.is_some());
}

#[test]
fn a_version_that_is_spoken_of_is_meant_or_nobody_knows() {
    let folder = tempfile::tempdir().unwrap();
    let made = |year: i16, act: &str| {
        let history = format!("\"access\":\"public\",\"history\":[\"2012年5月2日临江县人民政府公布{act}\"]");
        let text = format!(
            "第一条　为了规范渡船，制定本办法。\n第二条　渡船每{}日检查一次。\n第三条　本办法自{year}年6月1日起施行。",
            year - 2000
        );
        line("临江县渡船办法", "临政发〔2012〕8号", &history, &text)
    };
    let revised = [made(2012, ""), made(2018, " 2018年5月2日修订"), made(2023, " 2018年5月2日修订 2023年5月2日修订")];
    let faju = corpus(folder.path(), &revised);
    let meant = |before: &str, behind: &str| {
        let text = format!("依照{before}《临江县渡船办法》第二条{behind}处理。");
        let page = faju.resolve(&[text], None, None, &asker()).unwrap();
        let citation = &page.items[0].citations[0];
        let version = citation.version.as_ref().filter(|_| citation.outcome == Outcome::Resolved);
        version.map(|version| version.key.clone()).ok_or(citation.reason)
    };
    let of = |key: &str| Ok(key.to_string());
    assert_eq!(meant("", ""), of("2023-05-02"));
    for before in ["2018年5月2日修订的", "于2018年5月2日第一次修订的", "2018修订版", "2018年的", "2018年6月1日起施行的"]
    {
        assert_eq!(meant(before, ""), of("2018-05-02"), "{before}");
    }
    assert_eq!(meant("", "（2018年修订）"), of("2018-05-02"));
    assert_eq!(meant("2012年5月2日公布的", ""), of("2012-05-02"));
    assert_eq!(meant("2018年修订前的", ""), of("2012-05-02"));
    assert_eq!(meant("2015年修订的", ""), Err(Some(Reason::NoVersionOfThatDay)));
    for before in ["当时有效的", "2023年6月1日前施行的"] {
        assert_eq!(meant(before, ""), Err(Some(Reason::SeveralChanges)), "{before}");
    }
    assert_eq!(meant("", "（处理时为2018修订版）"), Err(Some(Reason::SeveralChanges)));
}
