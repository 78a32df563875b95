//! The suite of all engines, and what only this one has: files.

use super::*;
use crate::index::Via;
use crate::index::suite::fiction::*;
use crate::law::{Access, Kind};
use crate::query::{Expansion, Explain, Field, Filters, Matching, Node, Rank, Scope, Sort, Total};
use jiff::civil::date;

crate::index::suite::for_each_test!(|| Box::new(
    Embedded::temporary(Learned::default(), Dictionary::default()).unwrap()
));

#[test]
fn another_process_sees_a_commit_when_it_refreshes() {
    let directory = tempfile::tempdir().unwrap();
    let writing = Embedded::create(directory.path(), Learned::default(), Dictionary::default()).unwrap();
    fill_texts(&writing, &["取水", "取水许可"]);
    let reading = Embedded::open(directory.path(), Learned::default()).unwrap();
    assert_eq!(found(&reading, &words("许可")).len(), 1);
    assert!(!reading.refresh().unwrap());
    fill(&writing, vec![projection(vec![article("g2", "2020-01-01", 1, "许可")])]);
    assert_eq!(found(&reading, &words("许可")).len(), 1, "not before it looks");
    assert!(reading.refresh().unwrap());
    assert_eq!(found(&reading, &words("许可")).len(), 2);
    fill(&reading, vec![projection(vec![article("g3", "2020-01-01", 1, "许可")])]);
    assert!(writing.refresh().unwrap(), "the other one may write in its turn");
    assert_eq!(found(&writing, &words("许可")).len(), 3);
}

#[test]
fn a_cursor_survives_a_restart() {
    let directory = tempfile::tempdir().unwrap();
    let page = Query { limit: 1, ..words("取水") };
    let engine = Embedded::create(directory.path(), Learned::default(), Dictionary::default()).unwrap();
    fill_texts(&engine, &["取水", "取水"]);
    let next = engine.search(&page).unwrap().next;
    drop(engine);
    let again = Embedded::open(directory.path(), Learned::default()).unwrap();
    assert_eq!(found(&again, &Query { cursor: next.clone(), ..page.clone() }), ["g0001@2020-01-01/a1"]);
    fill(&again, vec![projection(vec![article("g2", "2020-01-01", 1, "取水")])]);
    drop(again);
    let later = Embedded::open(directory.path(), Learned::default()).unwrap();
    assert!(matches!(later.search(&Query { cursor: next, ..page }), Err(EngineError::CursorExpired)));
}

#[test]
fn an_index_that_cannot_be_used_says_so() {
    let unusable = |path: &Path| {
        matches!(Embedded::open(path, Learned::default()), Err(EngineError::Unusable(_) | EngineError::OtherProgram))
    };
    let directory = tempfile::tempdir().unwrap();
    assert!(unusable(&directory.path().join("missing")));
    assert!(unusable(directory.path()), "empty");
    let engine = Embedded::create(directory.path(), Learned::default(), Dictionary::default()).unwrap();
    assert!(
        matches!(
            Embedded::create(directory.path(), Learned::default(), Dictionary::default()),
            Err(EngineError::Storage(_))
        ),
        "there is one"
    );
    fill_texts(&engine, &["取水"]);
    let state = IndexState { fingerprint: "other".into(), ..IndexState::default() };
    write::commit(&mut write::writer(&engine.index, &engine.lexicon).unwrap(), &state).unwrap();
    assert!(unusable(directory.path()), "of another fingerprint");
    assert!(matches!(engine.refresh(), Err(EngineError::OtherProgram)));
}

#[test]
fn a_damaged_file_is_an_error_and_no_panic() {
    let directory = tempfile::tempdir().unwrap();
    fill_texts(
        &Embedded::create(directory.path(), Learned::default(), Dictionary::default()).unwrap(),
        &["取水许可", "排污许可"],
    );
    let files: Vec<_> = std::fs::read_dir(directory.path()).unwrap().map(|file| file.unwrap().path()).collect();
    for file in files.iter().filter(|file| file.is_file()) {
        let whole = std::fs::read(file).unwrap();
        for cut in [0, whole.len() / 2, whole.len().saturating_sub(1)] {
            std::fs::write(file, &whole[..cut]).unwrap();
            let answer =
                Embedded::open(directory.path(), Learned::default()).and_then(|engine| engine.search(&words("许可")));
            // Lock files may be cut as one likes.
            if let Ok(answer) = answer {
                assert_eq!(answer.total.value, 2, "{}", file.display());
            }
        }
        std::fs::write(file, &whole).unwrap();
    }
}

#[test]
fn segments_stay_few() {
    let engine = Embedded::temporary(Learned::default(), Dictionary::default()).unwrap();
    for number in 0..40 {
        fill(&engine, vec![projection(vec![article(&format!("g{number}"), "2020-01-01", 1, "取水")])]);
        assert!(engine.snapshot().views.len() < 16, "after {number}");
    }
    assert_eq!(found(&engine, &words("取水")).len(), 40);
}

#[test]
fn files_of_merged_segments_go() {
    let directory = tempfile::tempdir().unwrap();
    let engine = Embedded::create(directory.path(), Learned::default(), Dictionary::default()).unwrap();
    for number in 0..20 {
        fill(&engine, vec![projection(vec![article(&format!("g{number}"), "2020-01-01", 1, "取水")])]);
    }
    let files = std::fs::read_dir(directory.path()).unwrap();
    let names = files.filter_map(|file| file.unwrap().file_name().into_string().ok());
    let segments: std::collections::BTreeSet<String> =
        names.filter_map(|name| name.strip_suffix(".store").map(str::to_owned)).collect();
    assert_eq!(segments.len(), engine.snapshot().views.len(), "{segments:?}");
}

/// What association alone joins with 没签合同被辞退怎么赔, and what nothing joins with it.
const DISMISSED: [&str; 4] = [
    "用人单位违反本法规定解除或者终止劳动合同的，应当依照规定向劳动者支付赔偿金。",
    "用人单位自用工之日起未与劳动者订立书面劳动合同的，应当向劳动者支付二倍的工资。",
    "河道采砂应当取得河道采砂许可证。",
    "签发印章。",
];

fn learned(text: &str) -> Query {
    Query { rank: Rank::Learned, raw: text.into(), ..words(text) }
}

#[test]
fn association_adds_what_has_none_of_the_words() {
    let engine = Embedded::temporary(Learned::default(), Dictionary::default()).unwrap();
    fill_texts(&engine, &DISMISSED);
    let question = "被公司开除薪水拖欠";
    let lexical = engine.search(&words(question)).unwrap();
    assert_eq!((lexical.total.value, lexical.total.associated), (0, 0));
    let answer = engine.search(&learned(question)).unwrap();
    assert_eq!(answer.total.value, 0, "only what has the words is counted");
    assert!(answer.total.associated >= 2);
    let hits: Vec<_> = answer.groups.iter().flat_map(|group| &group.hits).collect();
    assert_eq!(hits.len() as u64, answer.total.associated);
    assert!(hits.iter().all(|hit| hit.via == Via::Association && hit.why.is_none()));
    assert!(hits[0].entry.text.contains("劳动合同"));
    let explained = engine.search(&Query { explain: Explain::Everything, ..learned(question) }).unwrap();
    let why = explained.groups[0].hits[0].why.as_ref().unwrap();
    assert!(why.words.is_empty() && why.weighed.unwrap().evidence.cosine > 0.0);
    let all = explained.groups.iter().flat_map(|group| &group.hits).filter_map(|hit| hit.why.as_ref());
    let pulls: Vec<_> = all.flat_map(|why| &why.pulls).collect();
    assert!(pulls.iter().any(|pull| pull.question == "开除" && pull.share > 0.0), "{pulls:?}");
}

/// What 摆摊 leads to, beside what has the word and what nothing joins with it.
const STALL: [&str; 4] = [
    "禁止在禁止区域内摆摊。",
    "擅自占用道路从事经营活动的，责令改正。",
    "签发印章，归档备查。",
    "占用道路施工的，应当设置明显标志。",
];

fn with_thesaurus(text: &str) -> Query {
    let terms = vec!["占用道路".to_owned()];
    Query {
        expanded: vec![Expansion { word: "摆摊".into(), terms }],
        explain: Explain::Signals,
        highlight: true,
        ..learned(text)
    }
}

#[test]
fn the_thesaurus_adds_what_has_its_terms_and_none_of_the_words() {
    let engine = Embedded::temporary(Learned::default(), Dictionary::default()).unwrap();
    fill_texts(&engine, &STALL);
    let answer = engine.search(&with_thesaurus("摆摊")).unwrap();
    assert_eq!((answer.total.value, answer.total.expanded), (1, 2), "what was typed is counted, what was added apart");
    let hits: Vec<_> = answer.groups.iter().flat_map(|group| &group.hits).collect();
    assert_eq!(hits[0].via, Via::Words, "the word itself is first");
    let added: Vec<_> = hits.iter().filter(|hit| hit.via == Via::Thesaurus).collect();
    assert!(added.len() == 2 && added.iter().all(|hit| hit.entry.text.contains("占用道路")));
    let why = added[0].why.as_ref().unwrap();
    assert_eq!((why.words.len(), why.expanded.as_slice()), (0, &["占用道路".to_owned()][..]));
    assert!(!added[0].highlights.is_empty(), "what brought it is shown");
}

#[test]
fn the_thesaurus_has_no_say_where_association_has_none() {
    let engine = Embedded::temporary(Learned::default(), Dictionary::default()).unwrap();
    fill_texts(&engine, &STALL);
    let asked = with_thesaurus("摆摊");
    let phrase = Node::Phrase { field: Field::Text, text: "摆摊".into() };
    let others = [
        Query { rank: Rank::Lexical, ..asked.clone() },
        Query { matching: Matching::All, ..asked.clone() },
        Query { sort: Sort::DateDesc, ..asked.clone() },
        Query { node: phrase, ..asked.clone() },
    ];
    for query in others {
        let answer = engine.search(&query).unwrap();
        assert_eq!((found(&engine, &query).len(), answer.total.expanded), (1, 0), "{query:?}");
    }
}

#[test]
fn a_cursor_expires_with_the_table_it_was_made_with() {
    let engine = Embedded::temporary(Learned::default(), Dictionary::default()).unwrap();
    fill_texts(&engine, &STALL);
    let page = Query { limit: 1, ..with_thesaurus("摆摊") };
    let mut cursor = engine.search(&page).unwrap().next;
    let mut pages = 1;
    while let Some(next) = cursor.take() {
        let other = Query { cursor: Some(next.clone()), expanded: Vec::new(), ..page.clone() };
        assert!(matches!(engine.search(&other), Err(EngineError::CursorExpired)));
        cursor = engine.search(&Query { cursor: Some(next), ..page.clone() }).unwrap().next;
        pages += 1;
    }
    assert!(pages >= 3, "what was added is paged too");
}

#[test]
fn association_has_no_say_where_words_are_quoted_joined_or_all_wanted() {
    let engine = Embedded::temporary(Learned::default(), Dictionary::default()).unwrap();
    fill_texts(&engine, &DISMISSED);
    let question = "被公司开除薪水拖欠";
    let either = Node::Or(vec![words(question).node, words("辞退").node]);
    let restrained = [
        learned(question),
        Query { node: either, ..learned(question) },
        Query { matching: Matching::All, ..learned(question) },
        Query { sort: Sort::DateDesc, ..learned(question) },
        Query { rank: Rank::Lexical, ..learned(question) },
        Query { rank: Rank::Learned, ..phrase(question) },
    ];
    let found: Vec<usize> = restrained.iter().map(|query| found(&engine, query).len()).collect();
    assert!(found[0] > 0, "the plain question finds by association");
    assert_eq!(found[1..], [0, 0, 0, 0, 0]);
}

#[test]
fn pages_of_a_weighed_answer_hold_every_provision_once() {
    let directory = tempfile::tempdir().unwrap();
    let engine = Embedded::create(directory.path(), Learned::default(), Dictionary::default()).unwrap();
    let filler: Vec<String> =
        (0..300).map(|number| format!("第{number}处工地拖欠劳动者工资的，责令限期支付。")).collect();
    let texts: Vec<&str> = DISMISSED.into_iter().chain(filler.iter().map(String::as_str)).collect();
    fill_texts(&engine, &texts);
    for grouped in [false, true] {
        let whole = Query { grouped, ..learned("老板拖欠劳动者工资，被炒鱿鱼怎么办") };
        let expected = found(&engine, &whole);
        assert!(expected.len() >= 300);
        let mut pages = Vec::new();
        let mut page = Query { limit: 7, ..whole };
        loop {
            let answer = engine.search(&page).unwrap();
            pages.extend(ids(&answer));
            let Some(next) = answer.next else { break };
            page.cursor = Some(next);
        }
        assert_eq!(pages, expected);
        let mut once = pages.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), pages.len());
    }
}

#[test]
fn vectors_survive_merges_restarts_and_their_own_loss() {
    let directory = tempfile::tempdir().unwrap();
    let engine = Embedded::create(directory.path(), Learned::default(), Dictionary::default()).unwrap();
    for (number, text) in DISMISSED.iter().cycle().take(20).enumerate() {
        fill(&engine, vec![projection(vec![article(&format!("g{number}"), "2020-01-01", 1, text)])]);
    }
    // A version that is written anew under its old id.
    fill(&engine, vec![projection(vec![article("g3", "2020-01-01", 1, DISMISSED[0])])]);
    let cosines = |engine: &Embedded| -> Vec<(String, f32)> {
        let answer = engine.search(&Query { explain: Explain::Everything, ..learned("被公司开除薪水拖欠") }).unwrap();
        let hits = answer.groups.into_iter().flat_map(|group| group.hits);
        hits.map(|hit| (hit.entry.id, hit.why.unwrap().weighed.unwrap().evidence.cosine)).collect()
    };
    let merged = cosines(&engine);
    assert!(merged.iter().any(|(id, _)| id.starts_with("g3@")));
    let files = || std::fs::read_dir(directory.path().join("vectors")).unwrap().count();
    assert_eq!(files(), engine.snapshot().views.len(), "those of merged segments are gone");
    drop(engine);
    assert_eq!(cosines(&Embedded::open(directory.path(), Learned::default()).unwrap()), merged);
    for file in std::fs::read_dir(directory.path().join("vectors")).unwrap() {
        std::fs::write(file.unwrap().path(), "damaged").unwrap();
    }
    let again = Embedded::open(directory.path(), Learned::default()).unwrap();
    assert_eq!(cosines(&again), merged, "made again");
}

fn with_words(words: &[&str]) -> Dictionary {
    Dictionary { words: words.iter().map(|word| (*word).to_owned()).collect(), ..Dictionary::default() }
}

#[test]
fn an_index_keeps_the_words_it_was_made_with() {
    let directory = tempfile::tempdir().unwrap();
    let frozen = directory.path().join("words.txt");
    let engine =
        Embedded::create(directory.path(), Learned::default(), with_words(&["采砂许可证", "河道采砂"])).unwrap();
    fill_texts(&engine, &["河道采砂许可证由水行政主管部门发放。"]);
    assert_eq!(engine.lexicon.segmenter().words("河道采砂"), ["河道采砂"]);
    let state = engine.state().unwrap();
    drop(engine);
    let again = Embedded::open(directory.path(), Learned::default()).unwrap();
    assert_eq!((again.lexicon.segmenter().words("河道采砂"), again.state().unwrap()), (vec!["河道采砂"], state));
    drop(again);
    // Whatever became of the file, the index says so instead of cutting questions otherwise than its texts.
    let whole = std::fs::read(&frozen).unwrap();
    for damaged in [&b"\xff\xfe"[..], &whole[..whole.len() / 2], b"", &[&whole[..], "取水\n".as_bytes()].concat()] {
        std::fs::write(&frozen, damaged).unwrap();
        assert!(matches!(
            Embedded::open(directory.path(), Learned::default()),
            Err(EngineError::Unusable(_) | EngineError::OtherProgram)
        ));
    }
    std::fs::remove_file(&frozen).unwrap();
    assert!(matches!(
        Embedded::open(directory.path(), Learned::default()),
        Err(EngineError::Unusable(_) | EngineError::OtherProgram)
    ));
    std::fs::write(&frozen, whole).unwrap();
    assert!(Embedded::open(directory.path(), Learned::default()).is_ok());
}

#[test]
fn words_are_found_inside_the_words_of_the_corpus() {
    let title = "云州省河道采砂许可证管理办法";
    let engine = Embedded::temporary(Learned::default(), with_words(&[title, "河道采砂", "采砂许可证"])).unwrap();
    fill_texts(&engine, &[&format!("依照《{title}》办理。"), "取水。"]);
    for inner in ["河道采砂", "采砂", "许可证", "砂许", "管理办法", "河道管理", "云州河道 许可", title]
    {
        let shown = found(&engine, &words(inner));
        assert!(shown.contains(&"g0000@2020-01-01/a1".to_owned()), "{inner} {shown:?}");
    }
    let question = words("请问河道里采砂要不要办理采砂许可证以及怎么管理");
    assert_eq!(found(&engine, &question)[0], "g0000@2020-01-01/a1", "a long question too");
}

#[test]
fn what_is_remembered_answers_the_same_question_alone() {
    let made = || {
        let engine = Embedded::temporary(Learned::default(), Dictionary::default()).unwrap();
        let mut entries: Vec<Vec<crate::index::Entry>> = (0..)
            .zip(DISMISSED.iter().chain(&STALL))
            .map(|(number, text)| vec![article(&format!("g{number}"), &format!("201{number}-01-01"), 1, text)])
            .collect();
        entries[0][0].access = Access::Restricted;
        entries[1][0].version.interval.ended_on = Some(date(2020, 1, 1));
        fill(&engine, entries.into_iter().map(projection).collect());
        engine
    };
    let asked = Query { scope: Scope::public(), ..with_thesaurus("被公司开除以后摆摊怎么赔") };
    let kinds = |kinds| Filters { kinds, ..asked.filters.clone() };
    let questions = [
        asked.clone(),
        Query { scope: Scope::everything(), ..asked.clone() },
        Query { filters: kinds(vec![Kind::Case]), ..asked.clone() },
        Query { as_of: date(2016, 6, 1), as_of_asked: true, ..asked.clone() },
        Query { expanded: Vec::new(), ..asked.clone() },
        Query { first: vec!["g2@2012-01-01/a1".into()], ..asked.clone() },
        Query { total: Total::Fast, ..asked.clone() },
        Query { grouped: true, limit: 2, ..asked.clone() },
        with_thesaurus("被公司开除"),
    ];
    let remembering = made();
    for query in questions.iter().chain(questions.iter().rev()) {
        let (answer, expected) = (remembering.search(query).unwrap(), made().search(query).unwrap());
        assert_eq!(format!("{:?}", answer.groups), format!("{:?}", expected.groups), "{query:?}");
        assert_eq!(answer.total, expected.total, "{query:?}");
    }
    let visible = found(&remembering, &questions[0]);
    assert!(found(&remembering, &questions[1]).len() > visible.len() && !visible.is_empty());
}
