//! Places as typed, with names: series, and the 编 of a code.

use super::super::shape::Shape;
use super::tests::{TODAY, answer, clear, known};
use super::*;
use crate::law::{AuthorityLevel, Document, Kind, structure};

#[test]
fn a_series_is_one_citation() {
    let of =
        |keys: &[&str]| keys.iter().map(|key| format!("行政处罚法@2021/{key} Alias")).collect::<Vec<_>>().join(" | ");
    for (query, keys) in [
        ("处罚法2、33条", &["a2", "a33"][..]),
        ("处罚法33,2条", &["a33", "a2"]),
        ("处罚法2和33条", &["a2", "a33"]),
        ("处罚法第2条、第33条", &["a2", "a33"]),
        ("处罚法2条33条", &["a2", "a33"]),
        ("处罚法1-3条", &["a1", "a2", "a3"]),
        ("处罚法1至3条", &["a1", "a2", "a3"]),
        ("处罚法第1条到第3条", &["a1", "a2", "a3"]),
        ("处罚法 1-3", &["a1", "a2", "a3"]),
        ("处罚法1、2-3条", &["a1", "a2", "a3"]),
        ("处罚法第33条第1款、第2款", &["a33/p1", "a33/p2"]),
        ("处罚法第33条第1、2款", &["a33/p1", "a33/p2"]),
        ("处罚法第33条第1款至第2款", &["a33/p1", "a33/p2"]),
        ("处罚法第2条第（一）、（二）项", &["a2/p1/s1", "a2/p1/s2"]),
        ("处罚法第2条第1款第1项和第33条第2款", &["a2/p1/s1", "a33/p2"]),
    ] {
        assert_eq!(clear(query), of(keys), "{query}");
    }
    let label = |query: &str| answer(query).unwrap().label;
    assert_eq!(label("处罚法第33条第1、2款"), "第三十三条第一款、第三十三条第二款");
    assert_eq!(label("处罚法1-3条"), "第一条至第三条");
    assert_eq!(
        clear("处罚法33、99条"),
        "? 行政处罚法@2021/a33 Alias | 行政处罚法@2021 Alias NoSuchArticle",
        "each is told"
    );
}

#[test]
fn an_article_outside_of_the_book_named_is_told() {
    let text = "第一编　总则\n第一条　甲。\n第二编　物权\n第二条　乙。\n第七编　侵权责任\n第三条　丙。";
    let mut code = known("民法典", AuthorityLevel::Law, &[(2021, 0)]);
    code.versions[0].shape = Shape::of(&structure::parse(&Document::new(Kind::Legislation, "民法典", text)), text);
    let names = Names::new(vec![code]);
    let look = |query: &str| {
        let answer = look_up(&read(query).unwrap(), &names, TODAY, Access::Public).unwrap();
        (answer.targets[0].provision.clone().unwrap(), answer.targets[0].reason)
    };
    assert_eq!(look("民法典物权编第2条"), ("a2".to_string(), None));
    assert_eq!(look("民法典侵权编第3条"), ("a3".to_string(), None));
    assert_eq!(look("民法典物权编第3条"), ("a3".to_string(), Some(Reason::NotInBook)));
    assert_eq!(look("民法典继承编第3条"), ("a3".to_string(), Some(Reason::NotInBook)));
}

#[test]
fn a_place_in_brackets_is_one() {
    for query in ["食品安全法（3条）", "《食品安全法》(第三条)", "食品安全法【第3条】"] {
        let answer = answer(query).unwrap();
        assert_eq!((answer.is_clear(), answer.label.as_str()), (true, "第三条"), "{query}");
    }
}
