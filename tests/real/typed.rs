//! Citations as users type them, on the real corpus: what they lead to, and how quickly.

use crate::corpus::{asker, corpus};
use faju::app::view::TypedOutcome;
use std::time::{Duration, Instant};

/// What a look-up may take, in the middle of many.
const LOOK_UP_MAX: Duration = Duration::from_millis(1);

/// Query → what it is recognised as.
const TYPED: [(&str, &str); 14] = [
    ("处罚法33条", "《中华人民共和国行政处罚法》第三十三条"),
    ("行政处罚法第33条第2款", "《中华人民共和国行政处罚法》第三十三条第二款"),
    ("民法典1043", "《中华人民共和国民法典》第一千零四十三条"),
    ("食安法 124", "《中华人民共和国食品安全法》第一百二十四条"),
    ("xzcff33", "《中华人民共和国行政处罚法》第三十三条"),
    ("行诉法46条", "《中华人民共和国行政诉讼法》第四十六条"),
    ("治安处罚法 42", "《中华人民共和国治安管理处罚法》第四十二条"),
    ("刑法133之一", "《中华人民共和国刑法》第一百三十三条之一"),
    ("公司法（2018）第20条", "《中华人民共和国公司法》第二十条（已被修改）"),
    ("道交法第91条第1款", "《中华人民共和国道路交通安全法》第九十一条第一款"),
    ("国务院令593", "《公路安全保护条例》"),
    ("行政处罚法", "《中华人民共和国行政处罚法》"),
    ("法释2021 1号", "《最高人民法院关于适用〈中华人民共和国刑事诉讼法〉的解释》"),
    ("城市绿化条例27", "《城市绿化条例》第二十七条"),
];

/// Ordinary searches.
const WORDS: [&str; 8] =
    ["流动摊贩占道", "没签合同被辞退怎么赔", "处罚", "行政处罚 听证", "33条", "安全生产", "罚款 500", "养犬管理条例"];

#[test]
fn typed_citations_lead_where_they_should_within_a_millisecond() {
    let Some(corpus) = corpus("typed_citations_lead_where_they_should_within_a_millisecond") else { return };
    let look_up = |query: &str| corpus.faju.typed(query, None, &asker()).unwrap();
    for (query, target) in TYPED {
        let found = look_up(query).unwrap_or_else(|| panic!("{query} is words"));
        assert_eq!(
            (found.outcome, found.message),
            (TypedOutcome::Resolved, format!("已识别为引用：{target}")),
            "{query}"
        );
    }
    for query in WORDS {
        assert_eq!(look_up(query), None, "{query}");
    }
    let mut times = Vec::new();
    for query in (0..20).flat_map(|_| TYPED.map(|(query, _)| query).into_iter().chain(WORDS)) {
        let began = Instant::now();
        let _ = look_up(query);
        times.push(began.elapsed());
    }
    times.sort();
    let (middle, worst) = (times[times.len() / 2], times[times.len() - 1]);
    println!("look-ups of typed citations: {middle:?} in the middle, {worst:?} at worst, of {}", times.len());
    assert!(middle < LOOK_UP_MAX, "{middle:?}");
}
