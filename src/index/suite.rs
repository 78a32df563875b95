//! One suite of tests that every engine must pass: `for_each_test!(make)` makes a test of each of them, on engines that
//! `make()` makes, empty ones.

pub mod cases;
pub mod fiction;
pub mod matching;
pub mod paging;
pub mod standing;
pub mod validity;

use crate::index::{Engine, EngineError, IndexState, Projection};
pub use cases::*;
use fiction::*;
pub use matching::*;
pub use paging::*;
pub use standing::*;
pub use validity::*;

/// Makes an engine with nothing in it.
pub type Make = fn() -> Box<dyn Engine>;

/// Declares one test for each of the suite.
macro_rules! for_each_test {
    ($make:expr) => {
        crate::index::suite::for_each_test!($make;
            written_groups_are_found_after_the_commit, groups_are_replaced_and_removed, cards_are_found_by_every_key,
            the_state_comes_back,
            phrases_find_every_substring, words_find_what_contains_them, all_the_words_come_first,
            match_all_and_exact, boolean_nodes_are_sets, fields_are_searched_apart, long_questions_find_any_term,
            function_words_do_not_find_everything, highlights_stand_in_the_text,
            pages_cover_every_hit_once_while_commits_go_on, ties_break_by_id,
            what_is_asked_for_by_name_comes_first, several_that_are_named_come_in_their_order,
            what_is_named_comes_first_whatever_its_status, a_page_is_the_beginning_of_the_whole,
            groups_come_by_their_best_hit, offsets_skip, cursors_expire_with_the_ninth_generation,
            cursors_of_other_questions_are_refused, sorts_put_dates_and_levels_first, fast_totals_are_lower_bounds,
            the_standing_of_a_provision_is_its_place_in_the_whole_answer, what_is_left_out_says_by_what,
            what_one_may_not_see_stands_nowhere,
            the_default_hides_what_is_not_in_force_and_counts_it, status_is_judged_on_the_day, cases_have_no_status,
            scopes_see_what_they_may, filters_agree_with_a_scan, facets_agree_with_a_scan,
            filters_keep_the_cases_that_are_so, facets_count_every_value_of_a_case, fines_sort_and_none_comes_last,
            sections_are_searched_apart);
    };
    ($make:expr; $($test:ident),+ $(,)?) => {
        $(#[test]
        fn $test() {
            crate::index::suite::$test($make);
        })+
    };
}
pub(crate) use for_each_test;

/// Nothing is seen before the commit, everything after it.
pub fn written_groups_are_found_after_the_commit(make: Make) {
    let engine = make();
    let entry = article("g1", "2020-01-01", 1, "第一条　为了规范虚构活动，制定本条例。");
    engine.write(vec![projection(vec![entry.clone()])]).unwrap();
    assert_eq!(engine.search(&phrase("虚构活动")).unwrap().total.value, 0);
    engine.commit(&IndexState::default()).unwrap();
    let answer = engine.search(&phrase("虚构活动")).unwrap();
    assert_eq!(answer.total.value, 1);
    assert_eq!(answer.groups[0].hits[0].entry, entry, "the entry comes back as it was written");
}

/// A group is written as a whole: what it had before is gone.
pub fn groups_are_replaced_and_removed(make: Make) {
    let engine = make();
    let old = vec![article("g1", "2020-01-01", 1, "旧的内容甲"), article("g1", "2020-01-01", 2, "旧的内容乙")];
    fill(&*engine, vec![projection(old), projection(vec![article("g2", "2020-01-01", 1, "旧的内容丙")])]);
    fill(&*engine, vec![projection(vec![article("g1", "2021-01-01", 1, "新的内容")])]);
    assert_eq!(found(&*engine, &phrase("旧的内容")), ["g2@2020-01-01/a1"]);
    assert_eq!(found(&*engine, &phrase("新的内容")), ["g1@2021-01-01/a1"]);
    let twice = |text| projection(vec![article("g3", "2020-01-01", 1, text)]);
    fill(&*engine, vec![twice("先写的内容"), twice("后写的内容")]);
    assert_eq!(engine.search(&phrase("写的内容")).unwrap().total.value, 1, "written twice before one commit");
    fill(
        &*engine,
        vec![Projection {
            group: "g1".into(),
            keys: vec![],
            card: String::new(),
            links: String::new(),
            entries: vec![],
        }],
    );
    assert_eq!(engine.search(&phrase("新的内容")).unwrap().total.value, 0);
    assert_eq!(engine.cards("g1").unwrap(), Vec::<String>::new());
    let mut left = Vec::new();
    engine
        .each_card(&mut |card, links| {
            left.push(format!("{card} {links}"));
            true
        })
        .unwrap();
    left.sort();
    assert_eq!(left, ["{\"group\":\"g2\"} links of g2", "{\"group\":\"g3\"} links of g3"]);
}

/// A card is found by each key; several groups may share one.
pub fn cards_are_found_by_every_key(make: Make) {
    let engine = make();
    let card = |group: &str, keys: &[&str], entries| Projection {
        group: group.into(),
        keys: keys.iter().map(|key| (*key).to_owned()).collect(),
        card: format!("card of {group}"),
        links: String::new(),
        entries,
    };
    let one = card("g2", &["g2", "旧 id", "title:虚构条例"], vec![article("g2", "2020-01-01", 1, "内容")]);
    let other = card("g1", &["g1", "title:虚构条例"], Vec::new());
    fill(&*engine, vec![one, other]);
    assert_eq!(engine.cards("旧 id").unwrap(), ["card of g2"]);
    assert_eq!(engine.cards("title:虚构条例").unwrap(), ["card of g1", "card of g2"]);
    assert_eq!(engine.cards("title:虚构").unwrap(), Vec::<String>::new(), "keys are exact");
    let mut seen = 0;
    engine
        .each_card(&mut |_, _| {
            seen += 1;
            false
        })
        .unwrap();
    assert_eq!(seen, 1, "who has seen enough is shown no more");
    assert_eq!(engine.search(&question(crate::query::Node::All)).unwrap().total.value, 1, "cards are no provisions");
}

/// The state of the last commit.
pub fn the_state_comes_back(make: Make) {
    let engine = make();
    let before = engine.state().unwrap();
    let state = IndexState { cursor: "7:0".into(), documents: 3, known_to: Some(TODAY), ..before.clone() };
    engine.commit(&state).unwrap();
    assert_eq!(engine.state().unwrap(), state);
    assert_eq!(engine.search(&words("虚构")).unwrap().state, state);
    assert!(!engine.refresh().unwrap(), "nobody else commits");
    assert!(!before.fingerprint.is_empty());
    assert!(matches!(
        engine.search(&crate::query::Query { cursor: Some("无".into()), ..words("虚构") }),
        Err(EngineError::CursorInvalid)
    ));
}
