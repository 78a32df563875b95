//! Status, scope, filters and facets.

use super::Make;
use super::fiction::*;
use crate::index::{Engine, Entry};
use crate::law::{Access, AuthorityLevel, EndedBy, Interval, Kind, ValidityStatus};
use crate::query::{DateRange, Facet, Filters, Query, Scope, StatusFilter};
use jiff::civil::{Date, date};
use std::collections::BTreeMap;

fn ended(mut entry: Entry, on: Date, by: EndedBy) -> Entry {
    entry.version.interval.ended_on = Some(on);
    entry.version.interval.ended_by = Some(by);
    entry
}

/// One provision of each status, a case, all with the same text.
fn entries() -> Vec<Entry> {
    let mut unknown = article("g6", "u-1", 1, "取水");
    unknown.version.interval = Interval::default();
    vec![
        article("g1", "2020-01-01", 1, "取水"),
        article("g2", "2027-01-01", 1, "取水"),
        ended(article("g3", "2010-01-01", 1, "取水"), date(2020, 1, 1), EndedBy::Amendment),
        ended(article("g4", "2010-01-01", 1, "取水"), date(2021, 1, 1), EndedBy::Repeal),
        ended(article("g5", "2010-01-01", 1, "取水"), date(2022, 1, 1), EndedBy::Expiry),
        unknown,
        section("g7", "2024-05-01", "取水"),
    ]
}

fn filled(make: Make) -> Box<dyn Engine> {
    let engine = make();
    fill(&*engine, entries().into_iter().map(|entry| projection(vec![entry])).collect());
    engine
}

fn groups_found(engine: &dyn Engine, query: &Query) -> String {
    let mut groups: Vec<String> =
        engine.search(query).unwrap().groups.iter().map(|group| group.hits[0].entry.group.id[1..].to_owned()).collect();
    groups.sort();
    groups.concat()
}

fn with_status(status: StatusFilter) -> Query {
    Query { filters: Filters { status, ..Filters::default() }, ..words("取水") }
}

/// In force and unknown are shown, cases too; the rest is counted.
pub fn the_default_hides_what_is_not_in_force_and_counts_it(make: Make) {
    let engine = filled(make);
    let answer = engine.search(&words("取水")).unwrap();
    assert_eq!((answer.total.value, answer.total.hidden), (3, 4));
    assert_eq!(groups_found(&*engine, &words("取水")), "167");
    let all = engine.search(&with_status(StatusFilter::All)).unwrap();
    assert_eq!((all.total.value, all.total.hidden), (7, 0));
    let mut elsewhere = words("取水");
    elsewhere.filters.instrument = Some("g3".into());
    let elsewhere = engine.search(&elsewhere).unwrap();
    assert_eq!((elsewhere.total.value, elsewhere.total.hidden), (0, 1), "hidden counts what the other filters leave");
}

/// The default status filter was not asked for, so it does not hide what was. Others do.
pub fn what_is_named_comes_first_whatever_its_status(make: Make) {
    let engine = filled(make);
    for text in ["取水", "虚构"] {
        let named = |status| Query {
            first: vec!["g4@2010-01-01/a1".to_owned()],
            filters: Filters { status, ..Filters::default() },
            ..words(text)
        };
        let answer = engine.search(&named(StatusFilter::Default)).unwrap();
        assert_eq!(answer.groups[0].hits[0].entry.id, "g4@2010-01-01/a1");
        let counted = if text == "取水" { (4, 3) } else { (1, 0) };
        assert_eq!((answer.total.value, answer.total.hidden), counted, "what is shown is not hidden");
        let strict = engine.search(&named(StatusFilter::Only(vec![ValidityStatus::InForce]))).unwrap();
        assert!(ids(&strict).iter().all(|id| !id.starts_with("g4@")), "what was asked for wins");
        let elsewhere = Filters { instrument: Some("g1".into()), ..Filters::default() };
        let elsewhere = engine.search(&Query { filters: elsewhere, ..named(StatusFilter::Default) }).unwrap();
        assert!(ids(&elsewhere).iter().all(|id| !id.starts_with("g4@")));
    }
}

/// The same index answers for every day.
pub fn status_is_judged_on_the_day(make: Make) {
    let engine = filled(make);
    let on = |day| Query { as_of: day, as_of_asked: true, ..words("取水") };
    assert_eq!(groups_found(&*engine, &on(date(2019, 12, 31))), "3456");
    assert_eq!(groups_found(&*engine, &on(date(2020, 1, 1))), "1456", "the first day of the new text");
    assert_eq!(groups_found(&*engine, &on(date(2027, 1, 1))), "1267");
    for (status, group) in [
        (ValidityStatus::InForce, "1"),
        (ValidityStatus::NotYetEffective, "2"),
        (ValidityStatus::Amended, "3"),
        (ValidityStatus::Repealed, "4"),
        (ValidityStatus::Expired, "5"),
        (ValidityStatus::Unknown, "6"),
    ] {
        assert_eq!(groups_found(&*engine, &with_status(StatusFilter::Only(vec![status]))), group);
    }
}

/// Cases are in the default and in all, in no status; asked for a day, only those decided by then.
pub fn cases_have_no_status(make: Make) {
    let engine = filled(make);
    let mut cases = words("取水");
    cases.filters.kinds = vec![Kind::Case];
    assert_eq!(groups_found(&*engine, &cases), "7");
    let on = |day, asked| Query { as_of: day, as_of_asked: asked, ..cases.clone() };
    assert_eq!(groups_found(&*engine, &on(date(2024, 5, 1), true)), "7");
    assert_eq!(groups_found(&*engine, &on(date(2024, 4, 30), true)), "");
    assert_eq!(groups_found(&*engine, &on(date(2024, 4, 30), false)), "7");
    cases.filters.status = StatusFilter::Only(vec![ValidityStatus::Unknown]);
    assert_eq!(groups_found(&*engine, &cases), "");
}

/// Nobody sees, and nobody counts, what he may not see.
pub fn scopes_see_what_they_may(make: Make) {
    let engine = make();
    let entry = |group: &str, access, departments: &[&str]| {
        let mut entry = article(group, "2020-01-01", 1, "取水");
        entry.access = access;
        entry.departments = departments.iter().map(|department| (*department).to_owned()).collect();
        projection(vec![entry])
    };
    fill(
        &*engine,
        vec![
            entry("g1", Access::Public, &[]),
            entry("g2", Access::Internal, &[]),
            entry("g3", Access::Restricted, &["d1"]),
            entry("g4", Access::Restricted, &[]),
        ],
    );
    let seen = |access, departments: &[&str]| {
        let departments = departments.iter().map(|department| (*department).to_owned()).collect();
        let query = Query { scope: Scope { access, departments }, facets: vec![Facet::Kind], ..words("取水") };
        let answer = engine.search(&query).unwrap();
        assert_eq!(answer.facets["kind"][0].1, answer.total.value);
        groups_found(&*engine, &query)
    };
    assert_eq!(seen(Access::Public, &[]), "1");
    assert_eq!(seen(Access::Internal, &[]), "12");
    assert_eq!(seen(Access::Internal, &["d1", "d2"]), "123");
    assert_eq!(seen(Access::Internal, &["d2"]), "12");
    assert_eq!(seen(Access::Restricted, &[]), "1234");
}

/// Provisions that differ in everything a filter looks at.
fn mixed() -> Vec<Entry> {
    let mut entries = Vec::new();
    for number in 0..60u32 {
        let version = format!("{}-0{}-01", 2010 + number % 5, 1 + number % 9);
        let mut entry =
            article(&format!("g{number:02}"), &version, 1, if number % 4 == 0 { "取水许可" } else { "取水" });
        entry.group.level = AuthorityLevel::ALL.get(number as usize % 13).map(|level| level.0);
        entry.group.kind = if number % 7 == 0 { Kind::Normative } else { Kind::Legislation };
        entry.group.region =
            [None, Some("990000"), Some("990100"), Some("980000")][number as usize % 4].map(str::to_owned);
        entry.group.issuer =
            [Some("云州省人民政府"), Some("青川市（水务）局"), None][number as usize % 3].map(str::to_owned);
        if number % 11 == 0 {
            entry = ended(entry, date(2022, 1, 1), EndedBy::Repeal);
        }
        entries.push(entry);
    }
    entries
}

/// Each filter leaves what a scan with the same condition leaves.
pub fn filters_agree_with_a_scan(make: Make) {
    type Keeps = fn(&Entry) -> bool;
    let engine = make();
    fill(&*engine, mixed().into_iter().map(|entry| projection(vec![entry])).collect());
    let base = || Filters { status: StatusFilter::All, ..Filters::default() };
    let years = DateRange { from: Some(date(2011, 1, 1)), to: Some(date(2012, 6, 1)), unknown: false };
    let cases: [(Filters, Keeps); 7] = [
        (Filters { kinds: vec![Kind::Normative], ..base() }, |entry| entry.group.kind == Kind::Normative),
        (Filters { levels: vec![AuthorityLevel::Law, AuthorityLevel::DepartmentalRule], ..base() }, |entry| {
            matches!(entry.group.level, Some(AuthorityLevel::Law | AuthorityLevel::DepartmentalRule))
        }),
        (Filters { regions: vec!["990000".into()], ..base() }, |entry| {
            entry.group.region.as_deref().is_some_and(|region| region.starts_with("99"))
        }),
        (Filters { issuers: vec!["青川市(水务)局".into()], ..base() }, |entry| {
            entry.group.issuer.as_deref() == Some("青川市（水务）局")
        }),
        (Filters { promulgated: years, ..base() }, |entry| {
            entry.version.dated.is_some_and(|day| day >= date(2011, 1, 1) && day <= date(2012, 6, 1))
        }),
        (
            Filters { effective: DateRange { from: Some(date(2013, 1, 1)), ..DateRange::default() }, ..base() },
            |entry| entry.version.interval.effective_from.is_some_and(|day| day >= date(2013, 1, 1)),
        ),
        (Filters { instrument: Some("g08".into()), ..base() }, |entry| entry.group.id == "g08"),
    ];
    for (filters, keeps) in cases {
        let query = Query { filters, ..words("取水") };
        let mut expected: Vec<String> = mixed().into_iter().filter(keeps).map(|entry| entry.id).collect();
        expected.sort();
        assert!(!expected.is_empty());
        assert_eq!(found_sorted(&*engine, &query), expected, "{:?}", query.filters);
    }
}

/// Facets count what a scan counts.
pub fn facets_agree_with_a_scan(make: Make) {
    let engine = make();
    fill(&*engine, mixed().into_iter().map(|entry| projection(vec![entry])).collect());
    type Value = fn(&Entry) -> Option<String>;
    let facets: [(Facet, &str, Value); 6] = [
        (Facet::Kind, "kind", |entry| {
            Some(if entry.group.kind == Kind::Normative { "normative" } else { "legislation" }.into())
        }),
        (Facet::Level, "level", |entry| entry.group.level.map(|level| level.name().into())),
        (Facet::Status, "status", |entry| Some(entry.version.interval.status(TODAY).name().into())),
        (Facet::Issuer, "issuer", |entry| entry.group.issuer.clone()),
        (Facet::Region, "region", |entry| entry.group.region.clone()),
        (Facet::Year, "year", |entry| entry.version.dated.map(|day| day.year().to_string())),
    ];
    let query = Query {
        filters: Filters { status: StatusFilter::All, ..Filters::default() },
        facets: facets.iter().map(|facet| facet.0).collect(),
        limit: 0,
        ..phrase("许可")
    };
    let answer = engine.search(&query).unwrap();
    assert_eq!(answer.facets.len(), facets.len());
    for (_, name, value) in facets {
        let mut expected: BTreeMap<String, u64> = BTreeMap::new();
        for entry in mixed().iter().filter(|entry| entry.text.contains("许可")) {
            value(entry).into_iter().for_each(|value| *expected.entry(value).or_default() += 1);
        }
        assert_eq!(answer.facets[name].iter().cloned().collect::<BTreeMap<_, _>>(), expected, "{name}");
        assert!(answer.facets[name].is_sorted_by(|one, other| one.1 >= other.1));
    }
}
