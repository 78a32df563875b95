//! In which order, and page by page.

use super::Make;
use super::fiction::*;
use crate::index::{Engine, EngineError, Projection};
use crate::law::AuthorityLevel;
use crate::query::{Filters, Node, Query, Sort, Total};
use std::collections::BTreeSet;

/// Every order.
pub const SORTS: [Sort; 6] =
    [Sort::Relevance, Sort::DateDesc, Sort::DateAsc, Sort::Authority, Sort::FinesDesc, Sort::FinesAsc];

/// Numbers that look random and are always the same.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) % limit
    }
}

/// Groups with some articles each, of differing dates and levels, whose texts share words in differing amounts.
pub fn groups(count: u64, articles: u64) -> Vec<Projection> {
    const WORDS: [&str; 8] = ["取水", "许可", "排污", "罚款", "河道", "管理", "机关", "责令"];
    let mut dice = Dice(7);
    let group = |number: u64| {
        let day = format!("20{:02}-0{}-11", 10 + dice.below(3), 1 + dice.below(3));
        let level = AuthorityLevel::ALL[dice.below(12) as usize].0;
        let entries = (1..=articles).map(|article_number| {
            let words = (0..1 + dice.below(12)).map(|_| WORDS[dice.below(8) as usize]);
            let mut entry = article(&format!("g{number:05}"), &day, article_number as u32, &words.collect::<String>());
            entry.group.level = Some(level);
            entry
        });
        projection(entries.collect())
    };
    (0..count).map(group).collect()
}

/// Writes in several commits, so that there are several segments.
pub fn fill_apart(engine: &dyn Engine, groups: Vec<Projection>) {
    let part = groups.len().div_ceil(3);
    groups.chunks(part).for_each(|part| fill(engine, part.to_vec()));
}

fn pages(engine: &dyn Engine, query: &Query, mut between: impl FnMut()) -> Vec<Vec<String>> {
    let mut query = query.clone();
    let mut pages = Vec::new();
    loop {
        let answer = engine.search(&query).unwrap();
        assert!(answer.groups.len() <= query.limit);
        pages.push(answer.groups.iter().map(|group| group.hits[0].entry.id.clone()).collect());
        query.cursor = answer.next;
        if query.cursor.is_none() {
            return pages;
        }
        between();
    }
}

/// Every hit once, whatever is written meanwhile.
pub fn pages_cover_every_hit_once_while_commits_go_on(make: Make) {
    let engine = make();
    fill_apart(&*engine, groups(24, 6));
    for (sort, grouped, node) in SORTS.iter().flat_map(|sort| {
        let long = "取水许可和排污许可由哪个管理机关责令罚款";
        let nodes = ["取水", "取水 罚款", long].map(|text| words(text).node);
        [true, false].into_iter().flat_map(move |grouped| {
            nodes.clone().into_iter().chain([Node::All]).map(move |node| (*sort, grouped, node))
        })
    }) {
        let whole = Query { sort, grouped, ..question(node.clone()) };
        for total in [Total::Exact, Total::Fast] {
            let expected: Vec<String> = pages(&*engine, &whole, || ()).concat();
            assert_eq!(expected.iter().collect::<BTreeSet<_>>().len(), expected.len(), "none twice");
            let mut written = 0;
            let seen = pages(&*engine, &Query { limit: 7, total, ..whole.clone() }, || {
                written += 1;
                if written < 3 {
                    fill(&*engine, vec![projection(vec![article("later", "2020-01-01", written, "取水 罚款 许可")])]);
                }
            });
            assert_eq!(seen.concat(), expected, "{sort:?} {grouped} {node:?} {total:?}");
            fill(
                &*engine,
                vec![Projection {
                    group: "later".into(),
                    keys: vec![],
                    card: String::new(),
                    links: String::new(),
                    entries: vec![],
                }],
            );
        }
    }
}

/// What was asked for by name comes first, once, on whatever page the rest stands; the words need not be in it.
pub fn what_is_asked_for_by_name_comes_first(make: Make) {
    let engine = make();
    fill_apart(&*engine, groups(24, 6));
    fill(&*engine, vec![projection([1, 2, 3].map(|number| article("named", "2012-02-11", number, "虚构")).to_vec())]);
    let long = "取水许可和排污许可由哪个管理机关责令罚款";
    for (sort, grouped, text) in SORTS.iter().flat_map(|sort| {
        [true, false]
            .into_iter()
            .flat_map(move |grouped| ["取水", "取水 罚款", long].map(|text| (*sort, grouped, text)))
    }) {
        for (first, expected) in [
            ("named@2012-02-11/a2", "named@2012-02-11/a2"),
            ("named@2012-02-11", "named@2012-02-11/a1"),
            (&*found(&*engine, &words("取水"))[40], &*found(&*engine, &words("取水"))[40]),
        ] {
            let plain = Query { sort, grouped, ..words(text) };
            let whole = Query { first: vec![first.to_owned(), "nowhere@2020-01-01/a1".to_owned()], ..plain.clone() };
            let all: Vec<String> = pages(&*engine, &whole, || ()).concat();
            let others: Vec<String> = pages(&*engine, &plain, || ()).concat();
            assert_eq!(all[0], expected, "{sort:?} {grouped} {text}");
            let group = |id: &String| id.split('@').next().unwrap_or("").to_owned();
            let same = |id: &String| if grouped { group(id) == group(&all[0]) } else { *id == all[0] };
            assert_eq!(all[1..], others.into_iter().filter(|id| !same(id)).collect::<Vec<_>>(), "{sort:?} {text}");
            for total in [Total::Exact, Total::Fast] {
                let mut written = 0;
                let seen = pages(&*engine, &Query { limit: 7, total, ..whole.clone() }, || {
                    written += 1;
                    if written < 2 {
                        fill(&*engine, vec![projection(vec![article("later", "2020-01-01", written, "取水 罚款")])]);
                    }
                });
                assert_eq!(seen.concat(), all, "{sort:?} {grouped} {text} {total:?}");
                let nothing = Projection {
                    group: "later".into(),
                    keys: vec![],
                    card: String::new(),
                    links: String::new(),
                    entries: vec![],
                };
                fill(&*engine, vec![nothing]);
            }
            let counted = |query: &Query| engine.search(query).unwrap().total.value;
            assert_eq!(counted(&whole) - counted(&plain), u64::from(first.starts_with("named")), "counted once");
            let elsewhere = Filters { instrument: Some("g00001".into()), ..Filters::default() };
            let filtered = Query { filters: elsewhere, ..whole };
            assert!(found(&*engine, &filtered).iter().all(|id| id.starts_with("g00001@")), "filters hold");
        }
    }
}

/// A series keeps its order, whatever the words say, alone and in its group, on whatever page the rest stands.
pub fn several_that_are_named_come_in_their_order(make: Make) {
    let engine = make();
    fill_apart(&*engine, groups(24, 6));
    let named = |number| format!("named@2012-02-11/a{number}");
    let texts = [1, 2, 3, 4].map(|number| article("named", "2012-02-11", number, &"取水".repeat(number as usize)));
    fill(&*engine, vec![projection(texts.to_vec())]);
    let first = [named(2), named(4), named(2), named(1), "g00003@2020-01-01/a1".to_owned()];
    for grouped in [true, false] {
        let query = Query { first: first.to_vec(), grouped, ..words("取水") };
        let all = pages(&*engine, &Query { limit: 2, ..query.clone() }, || ()).concat();
        assert_eq!(all, pages(&*engine, &query, || ()).concat(), "pages fit");
        let expected = if grouped { vec![named(2)] } else { vec![named(2), named(4), named(1)] };
        assert_eq!(all[..expected.len()], expected);
        let groups = engine.search(&query).unwrap().groups;
        let ids: Vec<&str> = groups[0].hits.iter().map(|hit| hit.entry.id.as_str()).collect();
        let shown = if grouped { vec![named(2), named(4), named(1)] } else { vec![named(2)] };
        assert_eq!(ids, shown);
    }
}

/// Equal scores: by id, over all segments.
pub fn ties_break_by_id(make: Make) {
    let engine = make();
    for number in [5, 2, 9, 1, 7] {
        let entries =
            [3, 1, 2].map(|article_number| article(&format!("g{number}"), "2020-01-01", article_number, "取水许可"));
        fill(&*engine, vec![projection(entries.to_vec())]);
    }
    for sort in SORTS {
        let found = found(&*engine, &Query { sort, ..phrase("取水") });
        assert!(found.is_sorted() && found.len() == 15, "{sort:?}: {found:?}");
    }
}

/// A short page is the beginning of the whole answer: leaving hopeless provisions out changes nothing.
pub fn a_page_is_the_beginning_of_the_whole(make: Make) {
    let engine = make();
    fill_apart(&*engine, groups(150, 60));
    let long = "取水许可和排污许可由哪个管理机关责令罚款";
    for text in ["取水", "取水 罚款", long] {
        for grouped in [false, true] {
            let whole = engine.search(&Query { grouped, limit: 100_000, ..words(text) }).unwrap();
            for limit in [1, 10, 100] {
                let page = engine.search(&Query { grouped, limit, total: Total::Fast, ..words(text) }).unwrap();
                let first = &whole.groups[..limit.min(whole.groups.len())];
                assert_eq!(
                    ids(&page),
                    first.iter().flat_map(|g| &g.hits).map(|h| h.entry.id.clone()).collect::<Vec<_>>()
                );
                assert!(page.groups.iter().zip(first).all(|(one, other)| one.matched == other.matched));
                let scores = |groups: &[crate::index::HitGroup]| -> Vec<f32> {
                    groups.iter().map(|g| g.hits[0].score).collect()
                };
                assert_eq!(scores(&page.groups), scores(first));
            }
        }
    }
}

/// A group stands where its best provision stands; it says how many matched and shows three.
pub fn groups_come_by_their_best_hit(make: Make) {
    let engine = make();
    let weak = |number| article("g1", "2020-01-01", number, "取水由本条例和其他有关规定以及其他各种各样的规定来管理");
    fill(
        &*engine,
        vec![
            projection((1..=5).map(weak).collect()),
            projection(vec![article("g2", "2020-01-01", 1, "取水"), article("g2", "2020-01-01", 2, "无关")]),
        ],
    );
    let answer = engine.search(&Query { grouped: true, ..words("取水") }).unwrap();
    assert_eq!((answer.total.value, answer.total.groups), (6, 2));
    assert_eq!(answer.groups.iter().map(|group| group.matched).collect::<Vec<_>>(), [1, 5]);
    assert_eq!(ids(&answer), ["g2@2020-01-01/a1", "g1@2020-01-01/a1", "g1@2020-01-01/a2", "g1@2020-01-01/a3"]);
}

/// Offsets skip, and nothing lies beyond the end.
pub fn offsets_skip(make: Make) {
    let engine = make();
    fill_apart(&*engine, groups(12, 4));
    for sort in SORTS {
        for grouped in [false, true] {
            let query = Query { sort, grouped, ..words("取水 罚款") };
            let whole = pages(&*engine, &query, || ()).concat();
            for offset in [0, 3, whole.len() - 1, whole.len() + 5] {
                let page = Query { offset, limit: 2, ..query.clone() };
                let found: Vec<String> =
                    engine.search(&page).unwrap().groups.iter().map(|g| g.hits[0].entry.id.clone()).collect();
                assert_eq!(
                    found,
                    whole.iter().skip(offset).take(2).cloned().collect::<Vec<_>>(),
                    "{sort:?} {grouped} {offset}"
                );
            }
        }
    }
    let none = engine.search(&Query { limit: 0, ..words("取水") }).unwrap();
    assert!(none.groups.is_empty() && none.total.value > 0 && none.next.is_none(), "only counted");
}

/// Eight generations are kept for cursors; a used cursor keeps its generation.
pub fn cursors_expire_with_the_ninth_generation(make: Make) {
    let engine = make();
    let mut cursors = Vec::new();
    let page = Query { limit: 1, ..words("取水") };
    fill_texts(&*engine, &["取水", "取水"]);
    for number in 0..9 {
        cursors.push(engine.search(&page).unwrap().next.unwrap());
        if number == 7 {
            let first = Query { cursor: Some(cursors[0].clone()), ..page.clone() };
            assert_eq!(found(&*engine, &first), ["g0001@2020-01-01/a1"], "used: now the second is the oldest");
        }
        fill(&*engine, vec![projection(vec![article("x", "2020-01-01", number, "取水")])]);
    }
    let again = |cursor: &String| {
        engine.search(&Query { cursor: Some(cursor.clone()), ..page.clone() }).map(|answer| ids(&answer))
    };
    assert!(matches!(again(&cursors[1]), Err(EngineError::CursorExpired)));
    assert_eq!(again(&cursors[0]).unwrap(), ["g0001@2020-01-01/a1"]);
    assert_eq!(again(&cursors[8]).unwrap(), ["g0001@2020-01-01/a1"]);
}

/// A cursor belongs to its question.
pub fn cursors_of_other_questions_are_refused(make: Make) {
    let engine = make();
    fill_texts(&*engine, &["取水", "取水"]);
    let page = Query { limit: 1, ..words("取水") };
    let cursor = engine.search(&page).unwrap().next;
    let other = Query { cursor: cursor.clone(), limit: 1, ..words("排污") };
    assert!(matches!(engine.search(&other), Err(EngineError::CursorOfAnother)));
    let longer = Query { cursor, limit: 5, facets: vec![crate::query::Facet::Kind], highlight: true, ..page };
    assert_eq!(engine.search(&longer).unwrap().groups.len(), 1, "the size of a page may change");
}

/// Dates newest or oldest first with unknown ones last; levels from the highest.
pub fn sorts_put_dates_and_levels_first(make: Make) {
    let engine = make();
    let entry = |group: &str, version: &str, level| {
        let mut entry = article(group, version, 1, "取水");
        entry.group.level = level;
        projection(vec![entry])
    };
    fill(
        &*engine,
        vec![
            entry("g1", "2015-03-01", Some(AuthorityLevel::NormativeDocument)),
            entry("g2", "u-abc", Some(AuthorityLevel::Law)),
            entry("g3", "2021-03-01", None),
            entry("g4", "2015-12-31", Some(AuthorityLevel::Constitution)),
        ],
    );
    let by =
        |sort| -> String { found(&*engine, &Query { sort, ..words("取水") }).iter().map(|id| &id[1..2]).collect() };
    assert_eq!(by(Sort::DateDesc), "3412");
    assert_eq!(by(Sort::DateAsc), "1432");
    assert_eq!(by(Sort::Authority), "4213");
}

/// A fast total never says too much, and says that it may be too little.
pub fn fast_totals_are_lower_bounds(make: Make) {
    let engine = make();
    fill_apart(&*engine, groups(100, 60));
    let long = words("取水许可和排污许可由哪个管理机关责令罚款");
    let exact = engine.search(&long).unwrap().total;
    let fast = engine.search(&Query { total: Total::Fast, ..long }).unwrap().total;
    assert_eq!(exact.relation, "eq");
    assert!(fast.value <= exact.value && (fast.relation == "gte" || fast == exact), "{fast:?} {exact:?}");
    let short = engine.search(&Query { total: Total::Fast, ..words("取水") }).unwrap().total;
    assert_eq!(short, engine.search(&words("取水")).unwrap().total, "exact where it is cheap");
}
