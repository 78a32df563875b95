//! Precedents: what cases state and order, found and counted by it, and whether the law they applied still stands.

use super::citations::{corpus, here};
use super::*;
use faju::app::Role;
use faju::app::view::impact::ImpactState;
use faju::app::view::precedents::Bar;

pub(super) fn law(fields: &str, text: &str) -> String {
    format!(
        "{{\"kind\":\"legislation\",\"level\":\"law\",\"access\":\"public\",\"title\":\"中华人民共和国渡船管理法\",{fields},\
         \"text\":\"{text}\"}}\n"
    )
}

pub(super) fn first() -> String {
    let fields = "\"history\":[\"2010年3月4日第十一届渡口大会通过\"],\"effective_date\":\"2010-05-01\"";
    let text = "第一条　为了管理渡船，制定本法。\\n第二条　渡船不得超载。\\n第三条　渡船违反本法第二条规定超载的，责令改正，\
                处一千元以上五千元以下的罚款。\\n第四条　本法自2010年5月1日起施行。";
    law(fields, text)
}

pub(super) fn second() -> String {
    let fields = "\"history\":[\"2010年3月4日第十一届渡口大会通过\",\"2024年1月2日第十四届渡口大会修订\"],\
                  \"effective_date\":\"2024-03-01\"";
    let text = "第一条　为了管理渡船，制定本法。\\n第二条　渡船应当登记。\\n第三条　渡船不得超载。\\n第四条　渡船违反本法第三条规定超载的，\
                责令改正，处五千元以上五万元以下的罚款。\\n第五条　本法自2024年3月1日起施行。";
    law(fields, text)
}

/// A penalty decision: the number of its document, its day, its region, its fine in yuan.
pub(super) fn case(number: u32, day: &str, region: &str, fine: Option<u32>) -> String {
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

pub(super) fn all() -> Vec<String> {
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
