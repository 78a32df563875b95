//! Cases by what they state and order: filters, facets, sorts, and all that match at once.

use super::Make;
use super::fiction::{article, fill, found_sorted, ids, phrase, projection, section};
use crate::index::standing::Sieve;
use crate::index::{Entry, Standing};
use crate::law::case_fields::{Domain, Outcome, PartyKind, SectionKind, Tier};
use crate::law::case_record::CaseFacts;
use crate::law::sanction::PenaltyKind;
use crate::query::{CaseFilters, Facet, Filters, Query, Sort};

/// Four cases and an article, all with 取水.
fn mixed() -> Vec<Entry> {
    let case = |id: &str, facts: CaseFacts| {
        let mut entry = section(id, "2025-03-04", "无证取水");
        entry.group.id = id.to_string();
        entry.group.case = Some(Box::new(facts));
        entry
    };
    let fine = |fen| CaseFacts {
        domain: Some(Domain::Environment),
        cause: Some("无证取水案".to_string()),
        penalties: vec![PenaltyKind::Warning, PenaltyKind::Fine],
        fines_fen: Some(fen),
        tiers: vec![Tier::Lighter],
        parties: vec![PartyKind::Organisation],
        outcomes: vec![Outcome::Penalised],
        decision: None,
    };
    vec![
        case("c1", fine(500_000)),
        case("c2", CaseFacts { parties: vec![PartyKind::Individual, PartyKind::Organisation], ..fine(2_000_000) }),
        case("c3", CaseFacts { penalties: vec![PenaltyKind::Warning], fines_fen: None, ..fine(0) }),
        case("c4", CaseFacts::default()),
        article("g1", "2020-01-01", 1, "第一条　取水应当申请许可。"),
    ]
}

/// Filters of cases keep what a scan keeps, and nothing that is no case.
pub fn filters_keep_the_cases_that_are_so(make: Make) {
    let engine = make();
    fill(&*engine, mixed().into_iter().map(|entry| projection(vec![entry])).collect());
    let of = |cases: CaseFilters| Query { filters: Filters { cases, ..Filters::default() }, ..phrase("取水") };
    let all = CaseFilters::default;
    let cases: [(CaseFilters, &[&str]); 9] = [
        (CaseFilters { domains: vec![Domain::Environment], ..all() }, &["c1", "c2", "c3"]),
        (CaseFilters { causes: vec!["无证取水案".to_string()], ..all() }, &["c1", "c2", "c3"]),
        (CaseFilters { penalties: vec![PenaltyKind::Fine, PenaltyKind::Detention], ..all() }, &["c1", "c2"]),
        (CaseFilters { tiers: vec![Tier::Heavier], ..all() }, &[]),
        (CaseFilters { parties: vec![PartyKind::Individual], ..all() }, &["c2"]),
        (CaseFilters { outcomes: vec![Outcome::Penalised], ..all() }, &["c1", "c2", "c3"]),
        (CaseFilters { fines: (Some(500_000), Some(1_999_999)), ..all() }, &["c1"]),
        (CaseFilters { fines: (Some(500_001), None), penalties: vec![PenaltyKind::Warning], ..all() }, &["c2"]),
        (CaseFilters { ids: Some(["c4".to_string(), "g1".to_string()].into()), ..all() }, &["c4", "g1"]),
    ];
    for (filters, expected) in cases {
        let found = found_sorted(&*engine, &of(filters.clone()));
        let groups: Vec<&str> = found.iter().filter_map(|id| id.split(['/', '@']).next()).collect();
        assert_eq!(groups, expected, "{filters:?}");
    }
}

/// A case counts in a facet under each of its values.
pub fn facets_count_every_value_of_a_case(make: Make) {
    let engine = make();
    fill(&*engine, mixed().into_iter().map(|entry| projection(vec![entry])).collect());
    let facets = vec![Facet::Domain, Facet::Cause, Facet::Penalty, Facet::Tier, Facet::Party, Facet::Outcome];
    let answer = engine.search(&Query { facets, heads: true, limit: 0, ..phrase("取水") }).unwrap();
    let of = |name: &str| -> Vec<(&str, u64)> {
        answer.facets[name].iter().map(|(value, count)| (value.as_str(), *count)).collect()
    };
    assert_eq!(of("domain"), [("environment", 3)]);
    assert_eq!(of("cause"), [("无证取水案", 3)]);
    assert_eq!(of("penalty"), [("warning", 3), ("fine", 2)]);
    assert_eq!(of("tier"), [("lighter", 3)]);
    assert_eq!(of("party"), [("organisation", 3), ("individual", 1)]);
    assert_eq!(of("outcome"), [("penalised", 3)]);
    let mut heads: Vec<(&str, Option<u64>)> = answer
        .heads
        .iter()
        .map(|(head, _)| (head.id.as_str(), head.case.as_ref().and_then(|case| case.fines_fen)))
        .collect();
    heads.sort();
    assert_eq!(heads, [("c1", Some(500_000)), ("c2", Some(2_000_000)), ("c3", None), ("c4", None), ("g1", None)]);
}

/// A section filter keeps the sections asked for, and nothing that is no case.
pub fn sections_are_searched_apart(make: Make) {
    let engine = make();
    let sections = |case: &str| -> Vec<Entry> {
        let of = |key: &str| {
            let mut entry = section(case, "2025-03-04", &format!("取水{key}"));
            entry.id = format!("{case}/{key}");
            entry.group.id = case.to_string();
            entry
        };
        ["facts", "facts~2", "reasons", "result"].into_iter().map(of).collect()
    };
    let mut article = article("g1", "2020-01-01", 1, "第一条　取水应当申请许可。");
    article.id = "g1@2020-01-01/facts".to_string();
    fill(&*engine, vec![projection(sections("c1")), projection(sections("c2")), projection(vec![article])]);
    let of = |sections: Vec<SectionKind>| {
        let cases = CaseFilters { sections, ..CaseFilters::default() };
        Query { filters: Filters { cases, ..Filters::default() }, ..phrase("取水") }
    };
    let found = |sections| found_sorted(&*engine, &of(sections));
    assert_eq!(found(vec![SectionKind::Facts]), ["c1/facts", "c1/facts~2", "c2/facts", "c2/facts~2"]);
    assert_eq!(found(vec![SectionKind::Reasons, SectionKind::Result]).len(), 4);
    assert_eq!(found(vec![SectionKind::Evidence]), Vec::<String>::new());
    let standing = engine.standing(&of(vec![SectionKind::Facts]), "c1/result").unwrap();
    let Standing::LeftOut(left) = standing else { panic!("{standing:?}") };
    assert_eq!(left.filters, [Sieve::Section]);
}

/// Fines sort, and what has none comes last either way.
pub fn fines_sort_and_none_comes_last(make: Make) {
    let engine = make();
    fill(&*engine, mixed().into_iter().map(|entry| projection(vec![entry])).collect());
    let by = |sort| ids(&engine.search(&Query { sort, ..phrase("取水") }).unwrap());
    assert_eq!(by(Sort::FinesDesc)[..2], ["c2/facts", "c1/facts"]);
    assert_eq!(by(Sort::FinesAsc)[..2], ["c1/facts", "c2/facts"]);
    assert_eq!(by(Sort::FinesAsc)[2..], by(Sort::FinesDesc)[2..]);
    assert_eq!(by(Sort::FinesAsc).len(), 5);
}
