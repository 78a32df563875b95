//! What is found.

use super::Make;
use super::fiction::*;
use crate::query::{Field, Matching, Node, Query};
use crate::text::fold::fold_str;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

/// Texts of few characters, so that they repeat: Han, punctuation in both widths, line breaks, ASCII.
const TEXTS: &str = "[责令改正违法，。;\n 　aB1（)]{0,24}";

/// The oracle: a scan over folded texts.
fn scan(texts: &[String], needle: &str) -> Vec<String> {
    let needle = fold_str(needle);
    let hits = texts.iter().enumerate().filter(|(_, text)| fold_str(text).contains(&needle));
    hits.map(|(number, _)| format!("g{number:04}@2020-01-01/a1")).collect()
}

/// Every quotation finds exactly what a scan finds.
pub fn phrases_find_every_substring(make: Make) {
    let texts = proptest::collection::vec(TEXTS, 1..12);
    let needles = proptest::collection::vec("[责令改正违法，。;\n 　aB1（)]{1,6}", 30);
    let mut runner = TestRunner::new(Config { cases: 24, failure_persistence: None, ..Config::default() });
    let ran = runner.run(&(texts, needles, any::<proptest::sample::Index>()), |(texts, mut needles, cut)| {
        let engine = make();
        fill_texts(&*engine, &texts.iter().map(String::as_str).collect::<Vec<_>>());
        // Quotations that are there for sure: cut out of every text.
        for text in &texts {
            let characters: Vec<char> = text.chars().collect();
            if !characters.is_empty() {
                let start = cut.index(characters.len());
                needles.push(characters[start..].iter().take(8).collect());
                needles.push(characters[start..].iter().collect());
            }
        }
        for needle in needles.iter().filter(|needle| !fold_str(needle).is_empty()) {
            let answer = engine.search(&phrase(needle)).unwrap();
            let mut found = ids(&answer);
            found.sort();
            prop_assert_eq!(answer.total.value, found.len() as u64);
            prop_assert_eq!(found, scan(&texts, needle), "{:?} in {:?}", needle, &texts);
        }
        Ok(())
    });
    ran.unwrap();
}

/// Words are found inside longer words too.
pub fn words_find_what_contains_them(make: Make) {
    let engine = make();
    let texts = ["待处理的事项", "处理意见", "安装简单", "理处", "处,理", "处\n理办法"];
    fill_texts(&*engine, &texts);
    let found_by = |text: &str| found_sorted(&*engine, &words(text));
    let owned: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
    for word in ["处理", "简单", "事项", "安装", "理", "意见"] {
        assert_eq!(found_by(word), scan(&owned, word), "{word}");
    }
}

/// Up to four words: with all of them first, then the others.
pub fn all_the_words_come_first(make: Make) {
    let engine = make();
    // The provision with all the words is long, the others repeat the rare word.
    let long = format!("噪声污染和餐饮油烟{}", "的其他规定由云州省人民政府另行制定并公布".repeat(20));
    fill_texts(&*engine, &["油烟油烟油烟油烟", &long, "餐饮餐饮", "噪声", "无关"]);
    let found = found(&*engine, &words("噪声 餐饮 油烟"));
    assert_eq!(found[0], "g0001@2020-01-01/a1");
    assert_eq!(found.len(), 4);
}

/// `match=all` wants every word, `match=exact` the text as it is.
pub fn match_all_and_exact(make: Make) {
    let engine = make();
    fill_texts(&*engine, &["餐饮油烟排放", "油烟来自餐饮", "餐饮服务", "油烟"]);
    let by = |matching| found_sorted(&*engine, &Query { matching, ..words("餐饮油烟") });
    assert_eq!(by(Matching::All), ["g0000@2020-01-01/a1", "g0001@2020-01-01/a1"]);
    assert_eq!(by(Matching::Exact), ["g0000@2020-01-01/a1"]);
    assert_eq!(by(Matching::Any).len(), 4);
}

/// And, or, not are intersection, union, complement.
pub fn boolean_nodes_are_sets(make: Make) {
    let engine = make();
    fill_texts(&*engine, &["甲乙", "甲丙", "乙丙", "丁"]);
    let node = |text: &str| Node::Phrase { field: Field::Text, text: text.into() };
    let not = |text: &str| Node::Not(Box::new(node(text)));
    let numbers = |node: Node| -> Vec<usize> {
        found_sorted(&*engine, &question(node)).iter().map(|id| id[4..5].parse().unwrap()).collect()
    };
    assert_eq!(numbers(Node::And(vec![node("甲"), node("乙")])), [0]);
    assert_eq!(numbers(Node::Or(vec![node("甲"), node("丁")])), [0, 1, 3]);
    assert_eq!(numbers(not("甲")), [2, 3]);
    assert_eq!(numbers(Node::And(vec![node("丙"), not("甲")])), [2]);
    assert_eq!(numbers(Node::Not(Box::new(not("丙")))), [1, 2]);
    assert_eq!(numbers(Node::All), [0, 1, 2, 3]);
    assert_eq!(numbers(Node::And(vec![Node::Or(vec![node("乙"), node("丁")]), not("丙")])), [0, 3]);
}

/// Titles, numbers, issuers and headings are searched by substring, and only when asked for.
pub fn fields_are_searched_apart(make: Make) {
    let engine = make();
    let mut one = article("g1", "2020-01-01", 1, "正文内容");
    one.group.title = "云州省河道管理条例".into();
    one.group.document_number = Some("云府发〔2020〕7号".into());
    one.path = vec!["第一章　总则".into(), "第二节　取水".into()];
    let mut other = article("g2", "2020-01-01", 1, "正文内容");
    other.group.title = "云州省河道管理条例实施细则".into();
    other.group.issuer = Some("青川市水务局".into());
    fill(&*engine, vec![projection(vec![other]), projection(vec![one])]);
    let by = |field, text: &str| found(&*engine, &question(Node::Phrase { field, text: text.into() }));
    let (first, second) = ("g1@2020-01-01/a1", "g2@2020-01-01/a1");
    assert_eq!(by(Field::Title, "河道管理条例"), [first, second], "the nearest title first");
    assert_eq!(by(Field::Title, "实施细则"), [second]);
    assert_eq!(by(Field::DocumentNumber, "云府发[2020]7号"), [first]);
    assert_eq!(by(Field::DocumentNumber, "〔2020〕"), [first]);
    assert_eq!(by(Field::Issuer, "水务局"), [second]);
    assert_eq!(by(Field::Heading, "取水"), [first]);
    assert_eq!(by(Field::Heading, "第一章"), [first, second]);
    assert_eq!(by(Field::Text, "河道"), Vec::<String>::new());
    let titles = Node::Words { field: Field::Title, text: "细则 河道".into() };
    assert_eq!(found(&*engine, &question(titles)), [second, first], "both words first");
}

/// More than four words find whatever has one of them.
pub fn long_questions_find_any_term(make: Make) {
    let engine = make();
    fill_texts(
        &*engine,
        &["餐饮服务单位应当安装油烟净化设施", "居民可以举报油烟扰民", "本条例自公布之日起施行", "安装"],
    );
    let question = "楼下的餐饮服务单位没有安装油烟净化设施，居民应该向谁举报投诉？";
    let found = found(&*engine, &words(question));
    assert_eq!(found[0], "g0000@2020-01-01/a1");
    assert!(found.contains(&"g0001@2020-01-01/a1".to_owned()) && found.contains(&"g0003@2020-01-01/a1".to_owned()));
}

/// 的 finds everything only when it is all that is asked.
pub fn function_words_do_not_find_everything(make: Make) {
    let engine = make();
    fill_texts(&*engine, &["取水的许可", "排污的许可", "取水"]);
    assert_eq!(found(&*engine, &words("取水的")).len(), 2);
    assert_eq!(found(&*engine, &words("的")).len(), 2);
    assert_eq!(found(&*engine, &phrase("水的")).len(), 1);
}

/// Highlights are code points of the text as received, of positive words only.
pub fn highlights_stand_in_the_text(make: Make) {
    let engine = make();
    fill_texts(&*engine, &["第一条　違法建築，責令改\n正。"]);
    let marked = |node: Node| -> Vec<String> {
        let answer = engine.search(&Query { highlight: true, ..question(node) }).unwrap();
        let hit = &answer.groups[0].hits[0];
        let text: Vec<char> = hit.entry.text.chars().collect();
        hit.highlights.iter().map(|(start, end)| text[*start..*end].iter().collect()).collect()
    };
    let phrase = |text: &str| Node::Phrase { field: Field::Text, text: text.into() };
    assert_eq!(marked(phrase("改正")), ["改\n正"]);
    assert_eq!(marked(Node::Words { field: Field::Text, text: "违法 改正".into() }), ["違法", "改\n正"]);
    assert_eq!(marked(Node::And(vec![phrase("违法"), Node::Not(Box::new(phrase("合法")))])), ["違法"]);
    assert!(engine.search(&words("违法")).unwrap().groups[0].hits[0].highlights.is_empty(), "not asked for");
}
