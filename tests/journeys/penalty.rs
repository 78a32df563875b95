//! What law and earlier cases say of a penalty.

use super::citations::corpus;
use super::precedents::{all, law};
use super::*;
use faju::law::penalty::{Fits, Lighter};

#[test]
fn a_penalty_is_held_against_the_law_of_both_days_and_earlier_cases() {
    let folder = tempfile::tempdir().unwrap();
    let faju = corpus(folder.path(), &all());
    let asked = |parameters: &[(&str, &str)]| {
        let owned: Vec<(String, String)> = parameters.iter().map(|(n, v)| (n.to_string(), v.to_string())).collect();
        faju.penalty(&owned, &asker())
    };
    let page = asked(&[("article", "渡船管理法4条"), ("amount", "3000元"), ("act_date", "2023-01-02")]).unwrap();
    let act = page.act.as_ref().unwrap();
    assert_eq!((act.label.as_str(), page.decision.label.as_str()), ("第三条", "第四条"));
    assert_eq!(act.tiers[0].fines.unwrap().max_fen, Some(500_000));
    assert_eq!((page.lighter.as_ref().unwrap().lighter, page.applies), (Lighter::Act, Some("act")));
    assert!(page.lighter.as_ref().unwrap().message.contains("第三十七条"));
    let proposed = page.proposed.as_ref().unwrap();
    assert_eq!((proposed.fits, proposed.tiers.as_slice()), (Fits::Within, [0].as_slice()), "{}", proposed.message);
    let cases = &page.precedents;
    assert_eq!((cases.cases, cases.fined, cases.lower, cases.equal, cases.higher), (4, 3, 2, 0, 1));
    assert_eq!(cases.nearest[0].fines_fen.abs_diff(300_000), 100_000);
    let today = asked(&[("article", "渡船管理法4条"), ("amount", "3000元")]).unwrap();
    assert_eq!((today.applies, today.proposed.unwrap().fits), (Some("decision"), Fits::Outside));
    let people = asked(&[("article", "渡船管理法4条"), ("party", "individual"), ("region", "210000")]).unwrap();
    assert_eq!((people.precedents.cases, people.precedents.fined), (1, 1));
    let early = asked(&[("article", "渡船管理法4条"), ("act_date", "2009-01-02")]).unwrap();
    assert!(
        early.act.is_none() && early.applies.is_none() && early.warnings[0].contains("行为时"),
        "{:?}",
        early.warnings
    );
    for (wrong, parameter) in [
        (vec![("article", "渡船管理法")], "article"),
        (vec![("article", "渡船管理法99条")], "article"),
        (vec![("amount", "3000元")], "article"),
        (vec![("article", "渡船管理法4条"), ("amount", "很多")], "amount"),
        (vec![("article", "渡船管理法4条"), ("act_date", "2025-01-01"), ("as_of", "2024-06-01")], "act_date"),
        (vec![("article", "渡船管理法3条"), ("as_of", "2001-06-01")], "article"),
    ] {
        let error = asked(&wrong).unwrap_err();
        assert_eq!(error.errors[0].parameter.as_deref(), Some(parameter), "{}", error.detail);
    }
}

#[test]
fn each_tier_of_a_penalty_says_what_it_is_for() {
    let text = "第一条　船主串通涨价的，处上一年度销售额百分之一以上百分之十以下的罚款，上一年度没有销售额的，处五百万元以下的罚款；\
                尚未实施的，可以处三百万元以下的罚款。\n第二条　本办法自2024年1月1日起施行。";
    let fields = "\"access\":\"public\",\"issuer\":\"云桥县人民政府\",\"promulgation_date\":\"2023-12-01\"";
    let rules = format!(
        "{{\"kind\":\"normative\",\"title\":\"云桥县渡价办法\",{fields},\"text\":{}}}\n",
        serde_json::to_string(text).unwrap()
    );
    let folder = tempfile::tempdir().unwrap();
    let faju = corpus(folder.path(), &[rules]);
    let page = faju.penalty(&[("article".to_string(), "云桥县渡价办法第一条".to_string())], &asker()).unwrap();
    let acts: Vec<&str> = page.decision.tiers.iter().map(|tier| tier.act.as_str()).collect();
    assert_eq!(acts, ["船主串通涨价的", "上一年度没有销售额的", "尚未实施的"]);
    let why = page.decision.tiers[0].obstacle.as_deref().unwrap_or_default();
    assert!(why.contains("销售额百分之一以上百分之十以下"), "{why}");
}

#[test]
fn a_fine_of_one_addressee_is_not_measured_by_that_of_another() {
    let text = "第一条　渡船超载的，对单位处一万元以上五万元以下的罚款；对个人处一千元以上五千元以下的罚款。\n第二条　本办法自2024年1月1日起施行。";
    let fields = "\"access\":\"public\",\"issuer\":\"云桥县人民政府\",\"promulgation_date\":\"2023-12-01\"";
    let rules = format!(
        "{{\"kind\":\"normative\",\"title\":\"云桥县渡船办法\",{fields},\"text\":{}}}\n",
        serde_json::to_string(text).unwrap()
    );
    let folder = tempfile::tempdir().unwrap();
    let faju = corpus(folder.path(), &[rules]);
    let asked = |more: &[(&str, &str)]| {
        let given = [("article", "云桥县渡船办法第一条"), ("amount", "3000元")].into_iter().chain(more.iter().copied());
        let given: Vec<_> = given.map(|(name, value)| (name.to_string(), value.to_string())).collect();
        faju.penalty(&given, &asker()).unwrap().proposed.unwrap()
    };
    let nobody = asked(&[]);
    assert!(nobody.fits == Fits::Within && nobody.message.contains("这是处罚个人的档次"), "{}", nobody.message);
    assert_eq!(asked(&[("party", "organisation")]).fits, Fits::Outside);
    let person = asked(&[("party", "individual")]);
    assert!(person.fits == Fits::Within && !person.message.contains("没有写明"), "{}", person.message);
}

#[test]
fn a_case_is_held_against_its_law_and_the_other_cases() {
    let folder = tempfile::tempdir().unwrap();
    let faju = corpus(folder.path(), &all());
    let found = search(&faju, &[("kind", "case"), ("sort", "fines"), ("limit", "1")]);
    let Item::Group(group) = &found.items[0] else { panic!("a group") };
    let id = group.instrument.id.clone();
    let asked = |more: &[(&str, &str)]| {
        let given = [("case", id.as_str())].into_iter().chain(more.iter().copied());
        faju.penalty(&given.map(|(name, value)| (name.to_string(), value.to_string())).collect::<Vec<_>>(), &asker())
    };
    let page = asked(&[]).unwrap();
    assert_eq!(page.case.as_ref().unwrap().id, id);
    assert_eq!((page.decision.label.as_str(), page.decision.version.key.as_str()), ("第三条", "2010-03-04"));
    assert_eq!(page.proposed.as_ref().unwrap().fits, Fits::Within);
    // The three others, of which it had the highest fine.
    assert_eq!((page.precedents.cases, page.precedents.lower, page.precedents.equal), (1, 1, 0));
    let all = asked(&[("party", "unknown"), ("amount", "9000元")]).unwrap();
    assert_eq!(all.proposed.unwrap().fits, Fits::Outside);
    let law = search(&faju, &[("q", "渡船管理法"), ("kind", "legislation")]);
    let Item::Group(law) = &law.items[0] else { panic!("a group") };
    let wrong = faju.penalty(&[("case".to_string(), law.instrument.id.clone())], &asker()).unwrap_err();
    assert_eq!(wrong.code, ErrorCode::InvalidParameter);
}

/// A law of two versions whose fines were raised.
fn stalls() -> Vec<String> {
    let of = |passed: &str, first: &str, low: &str, high: &str, more: &str| {
        let text = format!(
            "第一条　摆摊占道的，处{low}以下罚款；情节严重的，处{high}以下罚款。\\n\
             倾倒污水的，处警告，并处{high}以下罚款，有关费用无法计算的，处{low}以下罚款。\\n\
             有下列行为之一的，处{low}以下罚款；情节严重的，处{high}以下罚款：\\n（一）夜间喧哗的；\\n（二）损坏灯箱的{more}。\\n\
             第二条　本法自{first}起施行。"
        );
        law(&format!("\"history\":[{passed}]"), &text).replace("渡船管理法", "摊位管理法")
    };
    let old = "\"2010年3月4日第十一届渡口大会通过\"";
    let new = "\"2010年3月4日第十一届渡口大会通过\",\"2024年1月2日第十四届渡口大会修订\"";
    let case = |number: u32, part: &str| {
        format!(
            "{{\"kind\":\"case\",\"case_kind\":\"penalty_decision\",\"access\":\"public\",\"issuer\":\"临江县城管局\",\
             \"title\":\"摆摊案{number}\",\"case_number\":\"临城罚决〔2015〕{number}号\",\"decided_on\":\"2015-02-0{number}\",\
             \"text\":\"【行政处罚依据】\\n依据《摊位管理法》第一条{part}。\\n【行政处罚决定】\\n罚款人民币{number}00元\"}}\n"
        )
    };
    vec![
        of(old, "2010年5月1日", "五百元", "一千元", ""),
        of(new, "2024年3月1日", "一千元", "五千元", "；\\n（三）遮挡招牌的"),
        case(1, "第一款"),
        case(2, "第二款"),
        case(3, ""),
    ]
}

#[test]
fn a_paragraph_that_is_asked_about_is_held_alone() {
    let folder = tempfile::tempdir().unwrap();
    let faju = corpus(folder.path(), &stalls());
    let asked = |parameters: &[(&str, &str)]| {
        let owned: Vec<(String, String)> = parameters.iter().map(|(n, v)| (n.to_string(), v.to_string())).collect();
        faju.penalty(&owned, &asker()).unwrap()
    };
    let whole = asked(&[("article", "摊位管理法第一条")]);
    assert_eq!((whole.decision.tiers.len(), whole.precedents.cases), (6, 3), "{:?}", whole.decision.tiers);
    let first = asked(&[("article", "摊位管理法第一条第一款"), ("amount", "4000元")]);
    assert_eq!((first.decision.label.as_str(), first.decision.tiers.len()), ("第一条第一款", 2));
    assert!(
        first.decision.provision.ends_with("/a1/p1") && first.decision.text.contains("夜间喧哗"),
        "its article whole"
    );
    assert_eq!(first.precedents.cases, 2, "not the one of the second paragraph");
    let second = asked(&[("article", "摊位管理法第一条第二款"), ("amount", "4000元")]);
    assert_eq!((second.decision.tiers.len(), second.precedents.cases), (2, 2));
    assert_eq!(second.proposed.unwrap().fits, Fits::Within);
    // The act was done under the older text, whose paragraph has other sums.
    let both = asked(&[("article", "摊位管理法第一条第一款"), ("act_date", "2015-01-01"), ("amount", "4000元")]);
    let act = both.act.as_ref().unwrap();
    assert_eq!((act.label.as_str(), act.tiers.len()), ("第一条第一款", 2));
    assert_eq!((both.lighter.as_ref().unwrap().lighter, both.proposed.unwrap().fits), (Lighter::Act, Fits::Outside));
    // The list has one item more: its lead is compared, not every item with each.
    let list = asked(&[("article", "摊位管理法第一条第三款"), ("act_date", "2015-01-01")]);
    assert_eq!(list.lighter.as_ref().unwrap().lighter, Lighter::Act, "{:?}", list.lighter);
    let item = asked(&[("article", "摊位管理法第一条第三款第二项"), ("act_date", "2015-01-01")]);
    assert_eq!((item.decision.tiers.len(), item.lighter.unwrap().lighter), (2, Lighter::Act));
    let added = asked(&[("article", "摊位管理法第一条第三款第三项"), ("act_date", "2015-01-01")]);
    assert!(added.warnings[0].contains("没有与第一条第三款第三项"), "{:?}", added.warnings);
    let none = faju.penalty(&[("article".to_string(), "摊位管理法第一条第九款".to_string())], &asker()).unwrap_err();
    assert_eq!(none.errors[0].parameter.as_deref(), Some("article"), "{}", none.detail);
}

#[test]
fn a_text_whose_first_day_is_assumed_says_so() {
    let folder = tempfile::tempdir().unwrap();
    // The source puts the day of the decision for the first day.
    let fields = "\"history\":[\"2010年3月4日第十一届渡口大会通过\",\"2025年9月12日第十四届渡口大会修正\"],\
                  \"effective_date\":\"2025-09-12\"";
    let text = "第一条　渡船超载的，处五千元以上五万元以下的罚款。";
    let faju = corpus(folder.path(), &[law(fields, text)]);
    let asked = |day: &str| {
        let given =
            [("article", "渡船管理法1条"), ("as_of", day)].map(|(name, value)| (name.to_string(), value.to_string()));
        faju.penalty(&given, &asker()).unwrap().warnings
    };
    assert!(asked("2025-10-01").iter().any(|warning| warning.contains("请核对施行日期")), "{:?}", asked("2025-10-01"));
    assert!(asked("2026-11-01").is_empty(), "{:?}", asked("2026-11-01"));
}
