//! Precedents: what cases state and order, found and counted by it, and whether the law they applied still stands.

use super::citations::{corpus, here};
use super::*;
use faju::app::Role;
use faju::app::view::impact::ImpactState;
use faju::app::view::precedents::Bar;
use faju::law::penalty::{Fits, Lighter};

fn law(fields: &str, text: &str) -> String {
    format!(
        "{{\"kind\":\"legislation\",\"level\":\"law\",\"access\":\"public\",\"title\":\"中华人民共和国渡船管理法\",{fields},\
         \"text\":\"{text}\"}}\n"
    )
}

fn first() -> String {
    let fields = "\"history\":[\"2010年3月4日第十一届渡口大会通过\"],\"effective_date\":\"2010-05-01\"";
    let text = "第一条　为了管理渡船，制定本法。\\n第二条　渡船不得超载。\\n第三条　渡船违反本法第二条规定超载的，责令改正，\
                处一千元以上五千元以下的罚款。\\n第四条　本法自2010年5月1日起施行。";
    law(fields, text)
}

fn second() -> String {
    let fields = "\"history\":[\"2010年3月4日第十一届渡口大会通过\",\"2024年1月2日第十四届渡口大会修订\"],\
                  \"effective_date\":\"2024-03-01\"";
    let text = "第一条　为了管理渡船，制定本法。\\n第二条　渡船应当登记。\\n第三条　渡船不得超载。\\n第四条　渡船违反本法第三条规定超载的，\
                责令改正，处五千元以上五万元以下的罚款。\\n第五条　本法自2024年3月1日起施行。";
    law(fields, text)
}

/// A penalty decision: the number of its document, its day, its region, its fine in yuan.
fn case(number: u32, day: &str, region: &str, fine: Option<u32>) -> String {
    let ordered = fine.map_or("警告".to_string(), |fine| format!("警告，并处罚款人民币{fine}元"));
    let party = if number.is_multiple_of(2) { "临江县航运有限公司" } else { "赵某某" };
    format!(
        "{{\"kind\":\"case\",\"case_kind\":\"penalty_decision\",\"access\":\"public\",\"issuer\":\"临江县交通运输局\",\
         \"title\":\"渡船超载案{number}\",\"case_number\":\"临交罚决〔2015〕{number}号\",\"decided_on\":\"{day}\",\
         \"region\":\"{region}\",\"cause\":\"渡船超载\",\"parties\":[\"{party}\"],\
         \"text\":\"【当事人】\\n{party}\\n【主要违法违规事实】\\n渡船超载十人。\\n【行政处罚依据】\\n违反《渡船管理法》第二条，依据\
         《渡船管理法》第三条。\\n【行政处罚决定】\\n{ordered}\"}}\n"
    )
}

fn all() -> Vec<String> {
    vec![
        first(),
        second(),
        case(1, "2015-02-03", "210000", Some(1_000)),
        case(2, "2015-06-07", "210100", Some(2_000)),
        case(3, "2016-02-03", "220000", Some(4_000)),
        case(4, "2016-04-03", "220000", None),
    ]
}

fn titles(page: &SearchPage) -> Vec<String> {
    let of = |item: &Item| match item {
        Item::Group(group) => group.instrument.title.clone(),
        Item::Single(single) => single.instrument.title.clone(),
    };
    page.items.iter().map(of).collect()
}

#[test]
fn cases_are_found_by_what_they_state_and_order() {
    let folder = tempfile::tempdir().unwrap();
    let faju = corpus(folder.path(), &all());
    let found = |parameters: &[(&str, &str)]| {
        let mut parameters = parameters.to_vec();
        parameters.extend([("kind", "case"), ("sort", "fines")]);
        let found = titles(&search(&faju, &parameters));
        found.iter().map(|title| title.replace("渡船超载案", "")).collect::<String>()
    };
    assert_eq!(found(&[]), "3214", "the highest fine first, none last");
    assert_eq!(found(&[("applied", "渡船管理法第3条")]), "3214", "by any version");
    assert_eq!(found(&[("violated", "渡船管理法第2条")]), "3214");
    assert_eq!(found(&[("applied", "渡船管理法第2条")]), "");
    assert_eq!(found(&[("applied", "渡船管理法"), ("violated", "渡船管理法第2条"), ("q", "超载")]), "3214");
    assert_eq!(found(&[("fines_from", "2000元")]), "32");
    assert_eq!(found(&[("fines_from", "0.1万元"), ("fines_to", "200000")]), "21");
    assert_eq!(found(&[("q", "渡船"), ("section", "result")]), "");
    assert_eq!(found(&[("q", "警告"), ("section", "result")]), "3214");
    assert_eq!(found(&[("penalty", "fine")]), "321");
    assert_eq!(found(&[("party", "organisation")]), "24");
    assert_eq!(found(&[("domain", "transport"), ("cause", "渡船超载")]), "3214");
    assert_eq!(found(&[("outcome", "not_penalised")]), "");
    let page = search(&faju, &[("kind", "case"), ("facets", "penalty,party,domain,year"), ("q", "超载")]);
    let counts = |facet: &str| page.facets[facet].iter().map(|value| value.count).collect::<Vec<_>>();
    assert!(counts("penalty")[0] >= counts("penalty")[1] && counts("party").len() == 2, "{:?}", page.facets);
}

#[test]
fn wrong_values_of_case_filters_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let faju = corpus(folder.path(), &all());
    for (name, value) in [
        ("penalty", "jail"),
        ("tier", "high"),
        ("domain", "x"),
        ("section", "middle"),
        ("fines_from", "许多"),
        ("fines_from", "三千元以上五千元以下"),
        ("applied", "没有这部法第三条"),
    ] {
        let parameters = [(name.to_string(), value.to_string())];
        let error = faju.search(&parameters, &asker()).unwrap_err();
        assert_eq!((error.code, error.errors[0].parameter.as_deref()), (ErrorCode::InvalidParameter, Some(name)));
    }
}

/// The cases that the search of a bar lists, inside another search.
fn listed(faju: &Faju, bar: &Bar, within: &[(&str, &str)]) -> u64 {
    let mut parameters: Vec<(String, String)> = bar.parameters.clone().into_iter().collect();
    let kept = within.iter().filter(|(name, _)| !bar.parameters.contains_key(*name));
    parameters.extend(kept.map(|(name, value)| (name.to_string(), value.to_string())));
    parameters.push(("kind".to_string(), "case".to_string()));
    faju.search(&parameters, &asker()).unwrap().total.groups
}

fn bars_list_their_cases(faju: &Faju, within: &[(&str, &str)]) -> usize {
    let page = faju.precedents(&pairs(within), &asker()).unwrap();
    let lists = [
        &page.by_year,
        &page.by_region,
        &page.by_amount,
        &page.by_penalty,
        &page.by_outcome,
        &page.by_domain,
        &page.by_article,
        &page.by_violated,
        &page.by_tier,
        &page.by_party,
        &page.by_issuer,
        &page.by_cause,
    ];
    let bars = lists.into_iter().flatten().filter(|bar| !bar.parameters.is_empty());
    bars.map(|bar| assert_eq!(listed(faju, bar, within), bar.cases, "{within:?} {bar:?}")).count()
}

#[test]
fn a_bar_inside_a_filter_lists_what_it_counts() {
    let folder = tempfile::tempdir().unwrap();
    let faju = corpus(folder.path(), &all());
    for within in [
        ("penalty", "fine"),
        ("penalty", "warning"),
        ("domain", "transport"),
        ("outcome", "penalised"),
        ("fines_from", "150000"),
        ("fines_to", "250000"),
        ("promulgated_from", "2015-06-01"),
        ("applied", "渡船管理法第3条"),
        ("region", "210000"),
        ("region", "210100"),
    ] {
        assert!(bars_list_their_cases(&faju, &[within]) > 0, "{within:?}");
    }
    let page = faju.precedents(&pairs(&[("penalty", "warning")]), &asker()).unwrap();
    let other = page.by_penalty.iter().find(|bar| bar.value == "fine").unwrap();
    assert!(other.cases > 0 && other.parameters.is_empty(), "two penalties of one case: no search finds them");
}

#[test]
fn numbers_are_over_all_cases_and_every_bar_lists_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let faju = corpus(folder.path(), &all());
    let page = faju.precedents(&[("applied".to_string(), "渡船管理法第三条".to_string())], &asker()).unwrap();
    let fines = page.fines.unwrap();
    assert_eq!((page.cases, page.fined), (4, 3));
    assert_eq!((fines.least, fines.lower_quartile, fines.median), (100_000, 150_000, 200_000));
    assert_eq!((fines.upper_quartile, fines.most, fines.sum), (300_000, 400_000, 700_000));
    let bars = |bars: &[Bar]| bars.iter().map(|bar| (bar.label.clone(), bar.cases)).collect::<Vec<_>>();
    assert_eq!(bars(&page.by_year), [("2015年".to_string(), 2), ("2016年".to_string(), 2)]);
    assert_eq!(bars(&page.by_region), [("辽宁省".to_string(), 2), ("吉林省".to_string(), 2)]);
    assert_eq!(bars(&page.by_amount), [("1000元以上不满5000元".to_string(), 3)]);
    assert_eq!(bars(&page.by_article), [("《中华人民共和国渡船管理法》第三条".to_string(), 4)]);
    assert!(bars_list_their_cases(&faju, &[]) >= 8);
    let inside = faju.precedents(&[("region".to_string(), "210000".to_string())], &asker()).unwrap();
    let told: Vec<(&str, u64, bool)> =
        inside.by_region.iter().map(|bar| (bar.label.as_str(), bar.cases, bar.parameters.is_empty())).collect();
    assert_eq!(told, [("辽宁省（本级）", 1, true), ("沈阳市", 1, false)], "{:?}", inside.by_region);
    let sample = tempfile::tempdir().unwrap();
    assert!(bars_list_their_cases(&open(sample.path()), &[]) > 10, "of the sample too");
}

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

#[test]
fn a_case_says_whether_the_law_it_applied_still_stands() {
    let folder = tempfile::tempdir().unwrap();
    let faju = corpus(folder.path(), &all());
    let found = search(&faju, &[("kind", "case"), ("sort", "fines"), ("limit", "1")]);
    let Item::Group(group) = &found.items[0] else { panic!("a group") };
    let page = here(faju.case(&group.instrument.id, None, &asker()).unwrap());
    assert_eq!(page.record.fines_fen, Some(400_000));
    let basis = page.provisions.iter().find(|provision| provision.role == Role::Basis).unwrap();
    let version = basis.version.as_ref().unwrap();
    assert_eq!((version.key.as_str(), version.status), ("2010-03-04", ValidityStatus::Amended), "that of its day");
    assert_eq!(basis.cited[0].label, "第三条");
    assert_eq!(basis.state, Some(ImpactState::MovedAltered));
    assert_eq!(basis.now[0].label, "第四条");
    assert!(basis.compare.as_ref().unwrap().ends_with("?from=2010-03-04&to=2024-01-02"), "{:?}", basis.compare);
    let violated = page.provisions.iter().find(|provision| provision.role == Role::Violation).unwrap();
    assert_eq!((violated.state, violated.now[0].label.as_str()), (Some(ImpactState::Moved), "第三条"));
    assert_eq!(page.notices.len(), 2, "{:?}", page.notices);
    assert!(page.notices.iter().any(|notice| notice.ends_with("第三条：所引条款的序号和内容都已变，现为第四条")));
    let then = here(faju.case(&group.instrument.id, Some(jiff::civil::date(2017, 1, 1)), &asker()).unwrap());
    assert_eq!((then.notices.len(), then.provisions[0].state), (0, None), "on an earlier day it stood");
    let law = search(&faju, &[("q", "渡船管理法"), ("kind", "legislation")]);
    let Item::Group(law) = &law.items[0] else { panic!("a group") };
    assert_eq!(faju.case(&law.instrument.id, None, &asker()).unwrap_err().code, ErrorCode::InvalidParameter);
}

/// A benchmark as an imported table gives it: one violation with two tiers.
fn benchmark(basis: &str) -> String {
    let text = format!(
        "一、渡船超载\\n编号：1-1\\n处罚依据：{basis}\\n裁量档次：轻微\\n适用情形：超载不足十人\\n处罚幅度：处五千元以上一万元以下罚款\\n\
         裁量档次：严重\\n适用情形：超载十人以上\\n处罚幅度：处一万元以上五万元以下罚款"
    );
    format!(
        "{{\"kind\":\"normative\",\"access\":\"public\",\"title\":\"临江县裁量基准{}\",\"text\":\"{text}\"}}\n",
        basis.len()
    )
}

#[test]
fn benchmarks_stand_beside_law_and_cases() {
    let folder = tempfile::tempdir().unwrap();
    let named = benchmark("《渡船管理法》（2024年修订）第四条：处五千元以上五万元以下的罚款。");
    let unnamed = benchmark("《渡船管理法》第四条");
    let other = benchmark("《渡船管理法》（2024年修订）第三条");
    let faju = corpus(folder.path(), &[all(), vec![named, unnamed, other]].concat());
    let asked = |amount: &str| {
        let parameters = [("article", "渡船管理法4条"), ("amount", amount)];
        let owned: Vec<(String, String)> = parameters.iter().map(|(n, v)| (n.to_string(), v.to_string())).collect();
        faju.penalty(&owned, &asker()).unwrap().benchmarks
    };
    let found = asked("2万元");
    assert_eq!(found.len(), 2, "{found:?}");
    let sure: Vec<bool> = found.iter().map(|one| one.remark.is_none()).collect();
    assert_eq!(sure.iter().filter(|sure| **sure).count(), 1, "a table that names no text is remarked: {found:?}");
    for one in &found {
        assert_eq!((one.violation.as_str(), one.number.as_deref()), ("渡船超载", Some("1-1")));
        let allows: Vec<Option<bool>> = one.tiers.iter().map(|tier| tier.allows).collect();
        assert_eq!(allows, [Some(false), Some(true)]);
        let fine = &one.tiers[0].outcomes[0].fines[0];
        assert_eq!((fine.range.unwrap().min_fen, fine.range.unwrap().max_fen), (500_000, Some(1_000_000)));
    }
    assert!(asked("6万元").iter().flat_map(|one| &one.tiers).all(|tier| tier.allows == Some(false)));
}

/// A regulation that cites the law, made on a day and in force from another, with what its history tells.
fn regulation(title: &str, history: &[&str], from: &str) -> String {
    let history = serde_json::to_string(history).unwrap();
    format!(
        "{{\"kind\":\"legislation\",\"level\":\"administrative_regulation\",\"access\":\"public\",\"title\":\"{title}\",\
         \"history\":{history},\"effective_date\":\"{from}\",\
         \"text\":\"第一条　渡船超载的，依照《渡船管理法》第三条处罚。\\n第二条　本条例自{from}起施行。\"}}\n"
    )
}

#[test]
fn no_text_cites_a_law_that_was_still_to_be_made() {
    let folder = tempfile::tempdir().unwrap();
    let before = regulation("渡口安全条例", &["2023年12月1日云院令第7号公布"], "2024-04-01");
    let after = regulation("渡口管理条例", &["2024年2月1日云院令第8号公布"], "2024-04-01");
    let old = regulation(
        "渡口条例",
        &["2012年3月4日云院令第1号公布", "根据2024年5月6日《云院关于修改部分云规的决定》第一次修订"],
        "2012-05-01",
    );
    let faju = corpus(folder.path(), &[first(), second(), before, after, old]);
    let cited = |title: &str| {
        let page = here(faju.cites(&super::citations::id(&faju, title), None, &asker()).unwrap());
        let citation = page.items.into_iter().flat_map(|item| item.citations).next().unwrap();
        (citation.provisions[0].id.split_once('@').unwrap().1.to_string(), citation.message.unwrap_or_default())
    };
    assert_eq!(cited("渡口安全条例").0, "2010-03-04/a3", "the law of 2024 was not yet made");
    assert_eq!(cited("渡口管理条例").0, "2024-01-02/a3", "made, though not yet in force");
    let (place, message) = cited("渡口条例");
    assert_eq!(place, "2024-01-02/a3");
    assert!(message.contains("条次可能没有随之更新"), "{message}");
}
