//! Where one provision stands, and what keeps it out.

use super::Make;
use super::fiction::*;
use super::paging::{SORTS, fill_apart, groups};
use crate::index::standing::{LeftOut, Ranked, Sieve, UnmetWhy};
use crate::index::{Answer, Engine, Standing};
use crate::law::sanction::PenaltyKind;
use crate::law::{Access, AuthorityLevel, EndedBy, Kind, ValidityStatus};
use crate::query::{
    CaseFilters, DateRange, Field, Filters, Matching, Node, Query, Rank, Scope, StatusFilter, Total, parse,
};
use jiff::civil::date;

fn whole(engine: &dyn Engine, query: &Query) -> Answer {
    engine.search(&Query { limit: 100_000, ..query.clone() }).unwrap()
}

/// Provisions of the index stand where the whole answer has them, or are left out and not in it.
fn agree(engine: &dyn Engine, query: &Query, every: &[String]) {
    let answer = whole(engine, query);
    // The provisions of a group that are not among those shown are found by the same question without groups.
    let single = whole(engine, &Query { grouped: false, ..query.clone() });
    let order = ids(&single);
    let group_of = |id: &str| id.split('@').next().unwrap_or_default().to_owned();
    for id in every.iter().step_by(3) {
        let said = format!("{id} in {query:?}");
        let place = order.iter().position(|other| other == id);
        match (engine.standing(query, id).unwrap(), place) {
            (Standing::LeftOut(left), None) => {
                assert!(!left.filters.is_empty() || !left.unmet.is_empty(), "{said}");
                assert_eq!(left.entry.id, *id);
            }
            (Standing::Found(ranked), Some(place)) => {
                let Ranked { hit, rank, within, .. } = *ranked;
                assert_eq!(hit.entry.id, *id);
                let Some(within) = within else {
                    assert_eq!(rank, place as u64 + 1, "{said}");
                    assert_eq!(hit, single.groups[place].hits[0], "{said}");
                    continue;
                };
                let groups = answer.groups.iter().map(|group| &group.hits[0].entry.group.id);
                let group = groups.clone().position(|group| *group == group_of(id)).unwrap();
                assert_eq!(rank, group as u64 + 1, "{said}");
                let hits = &answer.groups[group].hits;
                assert_eq!(within.shown, hits.iter().any(|hit| hit.entry.id == *id), "{said}");
                assert_eq!(within.matched, answer.groups[group].matched, "{said}");
                if let Some(at) = hits.iter().position(|hit| hit.entry.id == *id) {
                    assert_eq!(within.place, Some(at as u64 + 1), "{said}");
                }
            }
            (standing, place) => panic!("{said}: {standing:?}, but at {place:?}"),
        }
    }
}

/// The same as paging through the whole, whatever the order, the grouping, the words and what comes first.
pub fn the_standing_of_a_provision_is_its_place_in_the_whole_answer(make: Make) {
    let engine = make();
    fill_apart(&*engine, groups(18, 5));
    let every = found(&*engine, &question(Node::All));
    let long = "取水许可和排污许可由哪个管理机关责令罚款";
    let texts = ["取水", "取水 罚款", long, "\"许可排污\"", "罚款 -河道", "(取水 OR 机关) AND NOT 责令", "没有的"];
    for (sort, grouped) in SORTS.iter().flat_map(|sort| [(*sort, true), (*sort, false)]) {
        for (text, rank) in texts.iter().flat_map(|text| [(text, Rank::Lexical), (text, Rank::Learned)]) {
            let node = parse(text, Matching::Any).unwrap();
            let query = Query { sort, grouped, rank, ..question(node) };
            agree(&*engine, &query, &every);
            let first = vec![every[7].clone(), every[50].clone()];
            agree(&*engine, &Query { first, total: Total::Fast, ..query.clone() }, &every);
            let levels = vec![AuthorityLevel::Law, AuthorityLevel::LocalRegulation, AuthorityLevel::DepartmentalRule];
            let filters = Filters { levels, ..Filters::default() };
            agree(&*engine, &Query { filters, matching: Matching::All, ..query }, &every);
        }
    }
}

fn left_out(engine: &dyn Engine, query: &Query, id: &str) -> LeftOut {
    match engine.standing(query, id).unwrap() {
        Standing::LeftOut(left) => *left,
        other => panic!("{other:?}"),
    }
}

/// Every filter and every clause that leaves it out is named, and no other.
pub fn what_is_left_out_says_by_what(make: Make) {
    let engine = make();
    let mut entry = article("g1", "2020-01-01", 1, "第一条　取水应当申请许可。");
    entry.version.interval.ended_on = Some(date(2024, 5, 1));
    entry.version.interval.ended_by = Some(EndedBy::Repeal);
    let id = entry.id.clone();
    fill(&*engine, vec![projection(vec![entry]), projection(vec![section("c1", "2023-02-03", "取水未经许可")])]);
    let day = |from| DateRange { from: Some(from), ..DateRange::default() };
    let filters = Filters {
        kinds: vec![Kind::Case],
        levels: vec![AuthorityLevel::Law],
        status: StatusFilter::Only(vec![ValidityStatus::InForce]),
        issuers: vec!["云桥县".into()],
        regions: vec!["980000".into()],
        instrument: Some("g2".into()),
        promulgated: day(date(2021, 1, 1)),
        effective: day(date(2021, 1, 1)),
        cases: CaseFilters {
            penalties: vec![PenaltyKind::Fine],
            ids: Some(["c9".to_string()].into()),
            ..CaseFilters::default()
        },
    };
    let all = left_out(&*engine, &Query { filters, ..words("取水") }, &id);
    let expected = [
        Sieve::Status,
        Sieve::Kind,
        Sieve::Level,
        Sieve::Issuer,
        Sieve::Region,
        Sieve::Instrument,
        Sieve::Promulgated,
        Sieve::Effective,
        Sieve::CaseFacts,
        Sieve::CaseArticles,
    ];
    assert_eq!((all.filters.as_slice(), all.unmet.len()), (&expected[..], 0));
    assert_eq!(left_out(&*engine, &words("取水"), &id).filters, [Sieve::Status], "by default");
    let earlier = Query { as_of: date(2022, 1, 1), as_of_asked: true, ..words("取水") };
    assert!(matches!(engine.standing(&earlier, &id).unwrap(), Standing::Found(_)), "it was in force then");
    assert_eq!(left_out(&*engine, &earlier, "c1/facts").filters, [Sieve::DecidedLater]);
    let status = StatusFilter::All;
    let everything = Filters { status, ..Filters::default() };
    let unmet = |text: &str, matching| {
        let node = parse(text, matching).unwrap();
        let query = Query { filters: everything.clone(), matching, ..question(node) };
        let left = left_out(&*engine, &query, &id);
        assert_eq!(left.filters, []);
        left.unmet.into_iter().map(|unmet| (unmet.why, unmet.clause, unmet.words)).collect::<Vec<_>>()
    };
    let any = Matching::Any;
    assert_eq!(unmet("取水 罚款 河道", Matching::All), [missing("取水 罚款 河道", &["罚款", "河道"])]);
    assert_eq!(unmet("\"申请罚款\"", any), [missing("\"申请罚款\"", &["申请罚款"])]);
    assert_eq!(unmet("取水 -许可", any), [(UnmetWhy::Forbidden, "许可".into(), vec!["许可".into()])]);
    assert_eq!(unmet("取水 AND (河道 OR 罚款)", any)[0].0, UnmetWhy::NoBranch);
    assert_eq!(
        unmet("取水 AND 罚款 AND 标题:办法 AND NOT (河道 OR 申请)", any),
        [
            missing("罚款", &["罚款"]),
            missing("标题:办法", &["办法"]),
            (UnmetWhy::Forbidden, "申请".into(), vec!["申请".into()])
        ]
    );
    let cites = Node::Provisions { ids: Vec::new(), text: "g9".into() };
    let query = Query { filters: everything.clone(), ..question(cites) };
    assert_eq!(left_out(&*engine, &query, &id).unmet[0].why, UnmetWhy::NotCiting);
    let heading = question(Node::Words { field: Field::Heading, text: "罚则".into() });
    assert_eq!(left_out(&*engine, &heading, &id).unmet.len(), 1);
}

fn missing(clause: &str, words: &[&str]) -> (UnmetWhy, String, Vec<String>) {
    (UnmetWhy::Missing, clause.into(), words.iter().map(|word| (*word).to_owned()).collect())
}

/// Nobody can tell what he may not see from what does not exist.
pub fn what_one_may_not_see_stands_nowhere(make: Make) {
    let engine = make();
    let mut entry = article("g1", "2020-01-01", 1, "第一条　取水应当申请许可。");
    entry.access = Access::Internal;
    fill(&*engine, vec![projection(vec![entry])]);
    let query = Query { scope: Scope::public(), ..words("取水") };
    for id in ["g1@2020-01-01/a1", "g1@2020-01-01", "g2@2020-01-01/a1", "", "/", "a/"] {
        assert_eq!(engine.standing(&query, id).unwrap(), Standing::Absent, "{id}");
    }
    assert!(matches!(engine.standing(&words("取水"), "g1@2020-01-01/a1").unwrap(), Standing::Found(_)));
    assert_eq!(engine.standing(&words("取水"), "g1@2020-01-01/a9").unwrap(), Standing::Absent);
}
