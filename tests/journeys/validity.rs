//! How long a text is valid by the words of others, and what was never made: extensions, drafts, contradicting days.

use super::citations::{corpus, here, id, line};
use super::*;
use faju::app::view::catalogue::CatalogueStanding;
use faju::app::{ReviewRequest, SweepRequest};
use jiff::civil::date;

const RESCUE: &str = "云桥县临时救助办法";
const MADE: &str = "\"access\":\"public\",\"promulgation_date\":\"2021-09-10\"";
const LATER: &str = "\"access\":\"public\",\"promulgation_date\":\"2023-09-20\"";

fn rescue() -> String {
    line(RESCUE, "云民发〔2021〕6号", MADE, "第一条　救助应当及时。\n第二条　本办法自2021年10月1日起施行，有效期2年。")
}

fn notice(words: &str) -> String {
    line("云桥县民政局关于部分文件有效期的通知", "云民发〔2023〕9号", LATER, words)
}

#[test]
fn a_document_that_extends_another_moves_its_end() {
    for (words, end) in [
        ("《云桥县临时救助办法》（云民发〔2021〕6号）有效期延长至2028年9月30日。", date(2028, 10, 1)),
        ("经评估，《云桥县临时救助办法》的有效期延长5年。", date(2028, 10, 1)),
        ("《云桥县临时救助办法》继续有效，有效期至2028年9月30日。", date(2028, 10, 1)),
        // Of another document of the same title, by its number.
        ("《云桥县临时救助办法》（渡民发〔2020〕1号）有效期延长至2028年9月30日。", date(2023, 10, 1)),
    ] {
        for first in [true, false] {
            let mut lines = vec![rescue(), notice(words)];
            if first {
                lines.reverse();
            }
            let folder = tempfile::tempdir().unwrap();
            let faju = corpus(folder.path(), &lines);
            let page = here(faju.instrument(&id(&faju, RESCUE), None, &asker()).unwrap());
            let version = page.version.unwrap();
            assert_eq!(version.ended_on, Some(end), "{words}");
            let stands = end > asker().today;
            assert_eq!(version.status == ValidityStatus::InForce, stands, "{words}");
            let other = page.issues.iter().any(|issue| issue.contains("未据以延长"));
            assert_eq!(other, words.contains("渡民发"), "{:?}", page.issues);
            let proof = version.proof.and_then(|proofs| proofs.to).unwrap();
            assert_eq!(proof.quote.contains("《云桥县临时救助办法》"), stands, "{}", proof.quote);
            if stands {
                let said = format!("{}@2023-09-20/", id(&faju, "云桥县民政局关于部分文件有效期的通知"));
                assert!(proof.document.is_some_and(|document| document.starts_with(&said)));
            }
        }
    }
}

#[test]
fn an_extended_document_is_not_over_for_the_review() {
    let words = "《云桥县临时救助办法》（云民发〔2021〕6号）有效期延长至2028年9月30日。";
    let folder = tempfile::tempdir().unwrap();
    let faju = corpus(folder.path(), &[rescue()]);
    let checks = |text: &str| -> Vec<String> {
        let request = ReviewRequest { text: text.to_string(), ..ReviewRequest::default() };
        let page = faju.review(&request, None, &asker()).unwrap();
        page.findings.iter().map(|finding| finding.check.to_string()).collect()
    };
    let citing = "云桥县通知\n各乡镇：\n依照《云桥县临时救助办法》办理救助。";
    assert!(checks(citing).contains(&"C01".to_string()));
    let own = format!("云桥县民政局关于部分文件有效期的通知\n各乡镇：\n{words}");
    assert!(!checks(&own).contains(&"C01".to_string()), "what extends it may name it");
    let expired = || {
        let page = faju.sweep(&SweepRequest::default(), None, &asker()).unwrap();
        page.items.iter().any(|item| item.expired && item.instrument.title == RESCUE)
    };
    assert!(expired());
    let file = folder.path().join("notice.jsonl");
    std::fs::write(&file, notice(words)).unwrap();
    assert_eq!(import(&faju, file).new, 1);
    assert!(!expired());
    assert!(!checks(citing).contains(&"C01".to_string()));
}

#[test]
fn an_extension_without_an_end_makes_the_status_doubtful() {
    let notice = line(
        "云桥县民政局关于延长《云桥县临时救助办法》有效期的通知",
        "云民发〔2023〕9号",
        LATER,
        "各乡镇：\n该办法到期后继续沿用，请遵照执行。",
    );
    let folder = tempfile::tempdir().unwrap();
    let faju = corpus(folder.path(), &[rescue(), notice]);
    let page = here(faju.instrument(&id(&faju, RESCUE), None, &asker()).unwrap());
    assert_eq!(page.version.as_ref().unwrap().status, ValidityStatus::Unknown);
    let told = serde_json::to_string(&page).unwrap();
    assert!(told.contains("时效待核：《云桥县民政局关于延长《云桥县临时救助办法》有效期的通知》"), "{told}");
}

#[test]
fn a_draft_is_not_in_force() {
    let text = "第一条　渡船不得超载。\n第二条　本办法自2021年10月1日起施行。";
    for title in ["云桥县渡口办法（征求意见稿）", "云桥县渡口办法(草案)"] {
        let folder = tempfile::tempdir().unwrap();
        let draft = line(title, "云政发〔2021〕3号", MADE, &format!("{text}《云桥县渡船规定》同时废止。"));
        let old = line(
            "云桥县渡船规定",
            "云政发〔2011〕1号",
            "\"access\":\"public\",\"promulgation_date\":\"2011-03-01\"",
            "第一条　渡船应当检验。\n第二条　本规定自2011年4月1日起施行。",
        );
        let faju = corpus(folder.path(), &[draft, old]);
        let old = here(faju.instrument(&id(&faju, "云桥县渡船规定"), None, &asker()).unwrap());
        assert_eq!(old.version.unwrap().status, ValidityStatus::InForce, "a draft repeals nothing");
        let page = here(faju.instrument(&id(&faju, title), None, &asker()).unwrap());
        assert_eq!(page.version.as_ref().unwrap().status, ValidityStatus::Unknown, "{title}");
        assert!(serde_json::to_string(&page).unwrap().contains("是草稿而非已通过、公布的文本"));
        let page = faju.catalogue(&pairs(&[("year", "2026")]), &asker()).unwrap();
        let in_force = page.lists.iter().filter(|list| list.standing == CatalogueStanding::InForce);
        let named = in_force.flat_map(|list| &list.entries).any(|entry| entry.instrument.title == title);
        assert!(!named, "{title}");
    }
}

#[test]
fn an_end_before_the_first_day_is_told() {
    let fields = format!("{MADE},\"effective_date\":\"2021-10-01\",\"valid_until\":\"2020-12-31\"");
    let folder = tempfile::tempdir().unwrap();
    let faju = corpus(folder.path(), &[line("云桥县渡口办法", "云政发〔2021〕3号", &fields, "第一条　渡船不得超载。")]);
    let page = here(faju.instrument(&id(&faju, "云桥县渡口办法"), None, &asker()).unwrap());
    let told = serde_json::to_string(&page).unwrap();
    assert!(told.contains("来源所注有效期至2020-12-31，早于施行日期2021-10-01"), "{told}");
}

#[test]
fn what_is_a_draft_by_the_line_below_its_title_is_not_in_force() {
    let text =
        "（征求意见稿）\n第一条　渡船不得超载。\n第二条　本办法自2021年10月1日起施行。《云桥县渡船规定》同时废止。";
    let old = line(
        "云桥县渡船规定",
        "云政发〔2011〕1号",
        "\"access\":\"public\",\"promulgation_date\":\"2011-03-01\"",
        "第一条　渡船应当检验。\n第二条　本规定自2011年4月1日起施行。",
    );
    let folder = tempfile::tempdir().unwrap();
    let faju = corpus(folder.path(), &[line("云桥县渡口办法", "云政发〔2021〕3号", MADE, text), old]);
    let status =
        |title: &str| here(faju.instrument(&id(&faju, title), None, &asker()).unwrap()).version.unwrap().status;
    assert_eq!(status("云桥县渡口办法"), ValidityStatus::Unknown);
    assert_eq!(status("云桥县渡船规定"), ValidityStatus::InForce, "a draft repeals nothing");
}

#[test]
fn a_period_that_cannot_be_read_makes_the_status_unknown() {
    let text = "第一条　渡船不得超载。\n第二条　本办法自2021年10月1日起施行，有效期三至五年。";
    let folder = tempfile::tempdir().unwrap();
    let faju = corpus(folder.path(), &[line("云桥县渡口办法", "云政发〔2021〕3号", MADE, text)]);
    let page = here(faju.instrument(&id(&faju, "云桥县渡口办法"), None, &asker()).unwrap());
    assert_eq!(page.version.as_ref().unwrap().status, ValidityStatus::Unknown);
    assert!(serde_json::to_string(&page).unwrap().contains("时效待核：文中载明有效期"), "it says why");
}

#[test]
fn a_repeal_that_names_another_number_ends_nothing() {
    let old = |number: &str| {
        let made = "\"access\":\"public\",\"promulgation_date\":\"2011-03-01\"";
        line("云桥县渡船规定", number, made, "第一条　渡船应当检验。\n第二条　本规定自2011年4月1日起施行。")
    };
    let by =
        "第一条　渡船不得超载。\n第二条　本办法自2021年10月1日起施行。《云桥县渡船规定》（县政府令第33号）同时废止。";
    let list = "县政府决定废止下列文件。\n废止的规范性文件目录\n1. 云桥县渡船规定（县政府令第33号）";
    for (title, text) in [("云桥县渡口办法", by), ("云桥县人民政府关于废止部分规范性文件的决定", list)]
    {
        for (number, status) in
            [("云桥县人民政府令第33号", ValidityStatus::Repealed), ("云桥县人民政府令第44号", ValidityStatus::InForce)]
        {
            let folder = tempfile::tempdir().unwrap();
            let faju = corpus(folder.path(), &[line(title, "云政发〔2021〕3号", MADE, text), old(number)]);
            let page = here(faju.instrument(&id(&faju, "云桥县渡船规定"), None, &asker()).unwrap());
            assert_eq!(page.version.as_ref().unwrap().status, status, "{title} {number}");
            let told = serde_json::to_string(&page).unwrap().contains("未据以认定废止，请核对");
            assert_eq!(told, status == ValidityStatus::InForce, "{title} {number}");
        }
    }
}

/// 云桥县临时救助办法 without an end of its own, and whatever else is said of it.
fn endless(fields: &str) -> String {
    line(RESCUE, "云民发〔2021〕6号", fields, "第一条　救助应当及时。\n第二条　本办法自2021年10月1日起施行。")
}

#[test]
fn a_repeal_reaches_its_document_by_its_number_alone_and_by_the_notice_that_carries_it() {
    for (words, is_repealed) in [
        ("县政府决定废止云民发〔2021〕6号。", true),
        ("本通知自2023年10月1日起施行，云民发〔2021〕6号文件同时废止。", true),
        ("《关于印发〈云桥县临时救助办法〉的通知》自2023年10月1日起废止。", true),
        ("县政府决定废止云民发〔2021〕7号。", false),
        ("云民发〔2021〕6号自2023年10月1日起暂停执行。", false),
    ] {
        for first in [true, false] {
            let mut lines = vec![endless(MADE), notice(words)];
            if first {
                lines.reverse();
            }
            let folder = tempfile::tempdir().unwrap();
            let faju = corpus(folder.path(), &lines);
            let version = here(faju.instrument(&id(&faju, RESCUE), None, &asker()).unwrap()).version.unwrap();
            assert_eq!(version.status == ValidityStatus::Repealed, is_repealed, "{words}");
        }
    }
}

#[test]
fn what_is_repealed_from_a_day_that_nobody_can_count_is_unknown_and_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let words = "本通知自公布之日起30个工作日后施行，《云桥县临时救助办法》同时废止。";
    let faju = corpus(folder.path(), &[endless(MADE), notice(words)]);
    let page = here(faju.instrument(&id(&faju, RESCUE), None, &asker()).unwrap());
    assert_eq!(page.version.unwrap().status, ValidityStatus::Unknown);
    assert!(page.issues.iter().any(|issue| issue.contains("自何日起未能推算")), "{:?}", page.issues);
}

#[test]
fn a_status_without_a_day_says_nothing_of_the_days_before_it_was_recorded() {
    let folder = tempfile::tempdir().unwrap();
    let faju = corpus(folder.path(), &[endless(&format!("{MADE},\"asserted_status\":\"expired\""))]);
    let rescue = id(&faju, RESCUE);
    let on = |day| here(faju.instrument(&rescue, Some(day), &asker()).unwrap()).version.unwrap().status;
    assert_eq!(on(date(2022, 1, 1)), ValidityStatus::Unknown, "nobody said since when");
    assert_eq!(on(date(2099, 1, 1)), ValidityStatus::Expired);
}

#[test]
fn an_extension_reaches_the_notice_that_carries_what_it_names() {
    let folder = tempfile::tempdir().unwrap();
    let record = |title: &str, made: &str, text: &str| {
        serde_json::json!({"kind": "normative", "title": title, "issuer": "云桥县人民政府", "promulgation_date": made,
            "access": "public", "text": text})
        .to_string()
    };
    let notice = record(
        "云桥县人民政府关于印发云桥县渡口保护管理办法的通知",
        "2019-03-01",
        "各镇人民政府：\n现将《云桥县渡口保护管理办法》印发给你们，请遵照执行。\n云桥县渡口保护管理办法\n第一条　渡口应当保护。\n第二条　本办法自2019年4月1日起施行，有效期五年。",
    );
    let longer = record(
        "云桥县人民政府关于延长《云桥县渡口保护管理办法》有效期的通知",
        "2024-02-01",
        "经县政府同意，《云桥县渡口保护管理办法》有效期延长至2029年3月31日。\n本通知自印发之日起施行。",
    );
    let faju = super::citations::corpus(folder.path(), &[format!("{notice}\n"), format!("{longer}\n")]);
    let found = search(&faju, &[("q", "渡口应当保护"), ("status", "all")]);
    let Item::Group(group) = &found.items[0] else { panic!("a group") };
    let until = group.version.as_ref().and_then(|version| version.ended_on);
    assert_eq!(until.map(|day| day.to_string()).as_deref(), Some("2029-04-01"), "{group:?}");
}
