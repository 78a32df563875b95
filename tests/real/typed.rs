//! Citations as users type them, on the real corpus: what they lead to, and how quickly.

use crate::corpus::{asker, corpus};
use faju::app::view::{Item, TypedOutcome};
use std::time::{Duration, Instant};

/// What a look-up may take, in the middle of many.
const LOOK_UP_MAX: Duration = Duration::from_millis(1);

/// Laws of the tables below, by the numbers of their shorter names.
const PENALTY: &str = "《中华人民共和国行政处罚法》";
const COMPANY: &str = "《中华人民共和国公司法》";
const CRIMINAL: &str = "《中华人民共和国刑法》";
const TRAFFIC: &str = "《中华人民共和国道路交通安全法》";
const CIVIL: &str = "《中华人民共和国民法典》";
const ENVIRONMENT: &str = "《中华人民共和国环境保护法》";
const REVIEW: &str = "《中华人民共和国行政复议法》";

/// Query → what it is recognised as: title, then places and status.
const TYPED: [(&str, &str, &str); 72] = [
    ("处罚法33条", PENALTY, "第三十三条"),
    ("处罚法第三十三条", PENALTY, "第三十三条"),
    ("行政处罚法第33条第2款", PENALTY, "第三十三条第二款"),
    ("处罚法33条1款", PENALTY, "第三十三条第一款"),
    ("行政处罚法33(1)", PENALTY, "第三十三条第一款"),
    ("行政处罚法 第9条 第1项", PENALTY, "第九条第一项"),
    ("行政处罚法第９条第（一）项", PENALTY, "第九条第一项"),
    ("行政處罰法第三十三條第二款", PENALTY, "第三十三条第二款"),
    ("行政处罚法33条怎么规定", PENALTY, "第三十三条"),
    ("行政处罚法第33条是什么？", PENALTY, "第三十三条"),
    ("行政处罚法第33条的内容", PENALTY, "第三十三条"),
    ("处罚法第33条原文", PENALTY, "第三十三条"),
    ("《中华人民共和国行政处罚法》第三十三条第一款的规定", PENALTY, "第三十三条第一款"),
    ("根据行政处罚法第33条", PENALTY, "第三十三条"),
    ("行政处罚法", PENALTY, ""),
    ("新行政处罚法", PENALTY, ""),
    ("行政处罚法全文", PENALTY, ""),
    ("xzcff33", PENALTY, "第三十三条"),
    ("XZCFF 33", PENALTY, "第三十三条"),
    ("行政处罚法2021年版33条", PENALTY, "第三十三条"),
    ("行政处罚法(2021修订)33条", PENALTY, "第三十三条"),
    ("处罚法33、34条", PENALTY, "第三十三条、第三十四条"),
    ("处罚法33,34条", PENALTY, "第三十三条、第三十四条"),
    ("处罚法33和34条", PENALTY, "第三十三条、第三十四条"),
    ("处罚法33条、34条", PENALTY, "第三十三条、第三十四条"),
    ("处罚法33-35条", PENALTY, "第三十三条、第三十四条、第三十五条"),
    ("处罚法33至35条", PENALTY, "第三十三条、第三十四条、第三十五条"),
    ("处罚法第33条至第35条", PENALTY, "第三十三条、第三十四条、第三十五条"),
    ("处罚法第33条第1款、第2款", PENALTY, "第三十三条第一款、第三十三条第二款"),
    ("民法典1043", CIVIL, "第一千零四十三条"),
    ("民法典 1043条", CIVIL, "第一千零四十三条"),
    ("民法典第1043", CIVIL, "第一千零四十三条"),
    ("民法典第一千零四十三条", CIVIL, "第一千零四十三条"),
    ("mfd1043", CIVIL, "第一千零四十三条"),
    ("食安法 124", "《中华人民共和国食品安全法》", "第一百二十四条"),
    ("行诉法46条", "《中华人民共和国行政诉讼法》", "第四十六条"),
    ("治安处罚法 42", "《中华人民共和国治安管理处罚法》", "第四十二条"),
    ("治安管理处罚法 第23条 第2款", "《中华人民共和国治安管理处罚法》", "第二十三条第二款"),
    ("安全生产法第一百一十四条", "《中华人民共和国安全生产法》", "第一百一十四条"),
    ("安生法114", "《中华人民共和国安全生产法》", "第一百一十四条"),
    ("刑法133之一", CRIMINAL, "第一百三十三条之一"),
    ("刑法287-2", CRIMINAL, "第二百八十七条之二"),
    ("刑法287之二", CRIMINAL, "第二百八十七条之二"),
    ("刑法第287条之二", CRIMINAL, "第二百八十七条之二"),
    ("刑法第二百八十七条之二第一款", CRIMINAL, "第二百八十七条之二第一款"),
    ("刑法120条之一、之二", CRIMINAL, "第一百二十条之一、第一百二十条之二"),
    ("xf234", CRIMINAL, "第二百三十四条"),
    ("公司法（2018）第20条", COMPANY, "第二十条（已被修改）"),
    ("公司法2018 20条", COMPANY, "第二十条（已被修改）"),
    ("公司法(2018修正)20条", COMPANY, "第二十条（已被修改）"),
    ("公司法2018年版20条", COMPANY, "第二十条（已被修改）"),
    ("原公司法20条", COMPANY, "第二十条（已被修改）"),
    ("原行政复议法33条", REVIEW, "第三十三条（已被修改）"),
    ("旧行政复议法", REVIEW, "（已被修改）"),
    ("环保法60条", ENVIRONMENT, "第六十条（已废止）"),
    ("hbf60", ENVIRONMENT, "第六十条（已废止）"),
    ("原环境保护法60条", ENVIRONMENT, "第六十条（已废止）"),
    ("道交法第91条第1款", TRAFFIC, "第九十一条第一款"),
    ("道交法 91", TRAFFIC, "第九十一条"),
    ("违反道交法91条", TRAFFIC, "第九十一条"),
    ("djf91", TRAFFIC, "第九十一条"),
    ("国务院令593", "《公路安全保护条例》", ""),
    ("国务院令第593号", "《公路安全保护条例》", ""),
    ("法释2021 1号", "《最高人民法院关于适用〈中华人民共和国刑事诉讼法〉的解释》", ""),
    ("法释〔2021〕1号", "《最高人民法院关于适用〈中华人民共和国刑事诉讼法〉的解释》", ""),
    ("法释【2021】1", "《最高人民法院关于适用〈中华人民共和国刑事诉讼法〉的解释》", ""),
    ("法释［２０２１］１号", "《最高人民法院关于适用〈中华人民共和国刑事诉讼法〉的解释》", ""),
    ("法释(2021)1", "《最高人民法院关于适用〈中华人民共和国刑事诉讼法〉的解释》", ""),
    ("法释〖2021〗第1号", "《最高人民法院关于适用〈中华人民共和国刑事诉讼法〉的解释》", ""),
    ("城市绿化条例27", "《城市绿化条例》", "第二十七条"),
    ("政府信息公开条例 20条1项", "《中华人民共和国政府信息公开条例》", "第二十条第一项"),
    ("信息公开条例20", "《中华人民共和国政府信息公开条例》", "第二十条"),
];

/// What is no clear target: listed, or not there.
const UNCLEAR: [(&str, TypedOutcome); 9] = [
    ("听证办法 5", TypedOutcome::Ambiguous),
    ("听证办法第5条", TypedOutcome::Ambiguous),
    ("污染防治法3条", TypedOutcome::Ambiguous),
    ("xf33", TypedOutcome::Ambiguous),
    ("处罚法33、999条", TypedOutcome::NotFound),
    ("行政处罚法(2017修正)33条", TypedOutcome::NotFound),
    ("合同法52条", TypedOutcome::NotFound),
    ("虚构安全法5条", TypedOutcome::NotFound),
    ("国办发【1900】37", TypedOutcome::NotFound),
];

/// Ordinary searches.
const WORDS: [&str; 12] = [
    "md5 33",
    "GB 2760-2014",
    "处罚法 听证",
    "罚款 3-5万",
    "流动摊贩占道",
    "没签合同被辞退怎么赔",
    "处罚",
    "行政处罚 听证",
    "33条",
    "安全生产",
    "罚款 500",
    "养犬管理条例",
];

#[test]
fn typed_citations_lead_where_they_should_within_a_millisecond() {
    let Some(corpus) = corpus("typed_citations_lead_where_they_should_within_a_millisecond") else { return };
    let look_up = |query: &str| corpus.faju.typed(query, None, &asker()).unwrap();
    for (query, title, target) in TYPED {
        let found = look_up(query).unwrap_or_else(|| panic!("{query} is words"));
        // Behind it may stand that the first day of the text is assumed.
        let message = found.message.split("；施行日期未见").next().unwrap_or_default().to_string();
        assert_eq!(
            (found.outcome, message),
            (TypedOutcome::Resolved, format!("已识别为引用：{title}{target}")),
            "{query}"
        );
    }
    for (query, outcome) in UNCLEAR {
        assert_eq!(look_up(query).map(|found| found.outcome), Some(outcome), "{query}");
    }
    for query in WORDS {
        assert_eq!(look_up(query), None, "{query}");
    }
    let mut times = Vec::new();
    for query in (0..20).flat_map(|_| TYPED.map(|(query, ..)| query).into_iter().chain(WORDS)) {
        let began = Instant::now();
        let _ = look_up(query);
        times.push(began.elapsed());
    }
    times.sort();
    let (middle, worst) = (times[times.len() / 2], times[times.len() - 1]);
    println!("look-ups of typed citations: {middle:?} in the middle, {worst:?} at worst, of {}", times.len());
    assert!(middle < LOOK_UP_MAX, "{middle:?}");
}

/// What a citation leads to is the first result, whatever its status, and a series keeps its order.
#[test]
fn a_typed_citation_is_the_first_result() {
    let Some(corpus) = corpus("a_typed_citation_is_the_first_result") else { return };
    let hits = |query: &str, more: &[(&str, &str)]| {
        let asked = [("q", query), ("group", "none"), ("limit", "5")];
        let asked: Vec<(String, String)> =
            asked.iter().chain(more).map(|(name, value)| (name.to_string(), value.to_string())).collect();
        let page = corpus.faju.search(&asked, &asker()).unwrap();
        let labels = page.items.iter().filter_map(|item| match item {
            Item::Single(hit) => Some(format!("{}{}", hit.instrument.title, hit.provision.label)),
            Item::Group(_) => None,
        });
        labels.collect::<Vec<_>>()
    };
    for (query, first) in [
        ("环保法60条", &["中华人民共和国环境保护法第六十条"][..]),
        ("hbf60", &["中华人民共和国环境保护法第六十条"]),
        ("公司法（2018）第20条", &["中华人民共和国公司法第二十条"]),
        ("处罚法35、33条", &["中华人民共和国行政处罚法第三十五条", "中华人民共和国行政处罚法第三十三条"]),
        (
            "处罚法33-35条",
            &[
                "中华人民共和国行政处罚法第三十三条",
                "中华人民共和国行政处罚法第三十四条",
                "中华人民共和国行政处罚法第三十五条",
            ],
        ),
    ] {
        let found = hits(query, &[]);
        assert_eq!(found[..first.len()], *first, "{query}");
    }
    assert!(!hits("环保法60条", &[("status", "in_force")]).contains(&"中华人民共和国环境保护法第六十条".to_string()));
}
