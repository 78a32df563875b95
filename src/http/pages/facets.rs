//! The filters of the search page: values of facets as links.

use super::links;
use super::search::Choice;
use crate::app::view::SearchPage;
use crate::app::{
    AuthorityLevel, CaseOutcome, Domain, Kind, Listed, PartyKind, PenaltyKind, Tier, ValidityStatus, region_name,
};
use crate::http::query_string::value;

/// Facets that the page counts.
const FACETS: [(&str, &str); 4] = [("status", "时效"), ("level", "效力位阶"), ("region", "地区"), ("issuer", "机关")];

/// Values of a facet that are offered at most; the rest is found by words.
const VALUES_MAX: usize = 10;

/// Facets that it counts where cases are searched.
const CASE_FACETS: [(&str, &str); 5] =
    [("domain", "执法领域"), ("penalty", "处罚种类"), ("party", "当事人"), ("tier", "裁量档次"), ("outcome", "结果")];

/// A facet with its values.
pub(super) struct FacetBox {
    pub name: &'static str,
    pub values: Vec<Choice>,
}

/// Names of the facets that a search counts: those that are shown, and the kinds for the tabs.
pub(super) fn counted(parameters: &[(String, String)]) -> String {
    let shown = facets(parameters).map(|(name, _)| *name);
    std::iter::once("kind").chain(shown).collect::<Vec<_>>().join(",")
}

/// Whether only cases are searched.
pub(super) fn asks_cases(parameters: &[(String, String)]) -> bool {
    value(parameters, "kind") == Some("case")
}

/// The facets that are counted.
pub(super) fn facets(parameters: &[(String, String)]) -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    FACETS.iter().chain(CASE_FACETS.iter().filter(|_| asks_cases(parameters)))
}

/// Values of one facet as links: one that is chosen goes away, another takes its place.
pub(super) fn facet_box(
    (facet, name): &(&'static str, &'static str),
    asked: &[(String, String)],
    page: Option<&SearchPage>,
) -> FacetBox {
    let chosen: Vec<&str> = value(asked, facet).map(|list| list.split(',').collect()).unwrap_or_default();
    let counted = page.and_then(|page| page.facets.get(*facet)).map(Vec::as_slice).unwrap_or_default();
    let mut values: Vec<Choice> = chosen
        .iter()
        .map(|value| {
            let others: Vec<&str> = chosen.iter().copied().filter(|other| other != value).collect();
            let rest = others.join(",");
            let href = links::search(asked, &[(facet, (!rest.is_empty()).then_some(&rest))]);
            Choice { href, name: facet_name(facet, value), count: None, chosen: true }
        })
        .collect();
    let others = counted.iter().filter(|value| !chosen.contains(&value.value.as_str())).take(VALUES_MAX);
    values.extend(others.map(|value| Choice {
        href: links::search(asked, &[(facet, Some(&value.value))]),
        name: facet_name(facet, &value.value),
        count: Some(value.count),
        chosen: false,
    }));
    if *facet == "status" && chosen.is_empty() {
        let href = links::search(asked, &[("status", Some("all"))]);
        values.push(Choice { href, name: "全部时效".to_string(), count: None, chosen: false });
    }
    FacetBox { name, values }
}

/// The Chinese name of a value of a closed list.
fn named<T: Listed>(value: &str) -> Option<&'static str> {
    T::ALL.iter().find(|row| row.1 == value).map(|row| row.2)
}

/// The Chinese name of a value of a filter; the value itself where it has none.
pub(super) fn facet_name(facet: &str, value: &str) -> String {
    let known = match facet {
        "kind" => Kind::ALL.iter().find(|row| row.1 == value).map(|row| row.2),
        "level" => AuthorityLevel::ALL.iter().find(|row| row.1 == value).map(|row| row.2),
        "status" if value == "all" => Some("全部时效"),
        "status" => ValidityStatus::ALL.iter().find(|row| row.1 == value).map(|row| row.2),
        "domain" => named::<Domain>(value),
        "tier" => named::<Tier>(value),
        "party" => named::<PartyKind>(value),
        "outcome" => named::<CaseOutcome>(value),
        "penalty" => PenaltyKind::ALL.iter().find(|row| row.1 == value).map(|row| row.2),
        "region" => region_name(value),
        _ => None,
    };
    known.unwrap_or(value).to_string()
}
