//! What queries mean.

use super::*;
use proptest::prelude::*;

fn words(text: &str) -> Node {
    Node::Words { field: Field::Text, text: text.to_owned() }
}

fn phrase(text: &str) -> Node {
    Node::Phrase { field: Field::Text, text: text.to_owned() }
}

fn not(node: Node) -> Node {
    Node::Not(Box::new(node))
}

fn in_field(field: Field, node: Node) -> Node {
    match node {
        Node::Words { text, .. } => Node::Words { field, text },
        Node::Phrase { text, .. } => Node::Phrase { field, text },
        other => other,
    }
}

fn check(cases: impl IntoIterator<Item = (&'static str, Node)>) {
    for (raw, node) in cases {
        assert_eq!(parse(raw, Matching::Any), Ok(node), "{raw}");
    }
}

#[test]
fn words_are_words() {
    check([
        ("", Node::All),
        (" \u{3000}\n", Node::All),
        ("违法建设", words("违法建设")),
        ("  违法  建设\u{3000}拆除 ", words("违法 建设 拆除")),
        ("餐饮店不办许可证就开业怎么处罚", words("餐饮店不办许可证就开业怎么处罚")),
        ("上午12:30以后", words("上午12:30以后")),
        ("备注:违法", words("备注:违法")),
        ("关于标题:的说明", words("关于标题:的说明")),
        ("办法（试行）", words("办法（试行）")),
        ("办法(试行)", words("办法(试行)")),
        ("国发(2019)5号", words("国发(2019)5号")),
        ("and or not", words("and or not")),
        ("ANDROID 手机", words("ANDROID 手机")),
        ("COVID-19", words("COVID-19")),
        ("违法 - 建设", words("违法 建设")),
        ("违法 －建设", words("违法 －建设")),
        ("违法 ， 建设", words("违法 建设")),
        ("\u{E004}", words("\u{E004}")),
        ("？", words("？")),
        ("-", words("-")),
        ("C:\\法规", words("C:\\法规")),
        ("5\\\"管", words("5\"管")),
    ]);
}

#[test]
fn quotation_marks_make_phrases() {
    check([
        ("\"责令改正\"", phrase("责令改正")),
        ("“责令改正”", phrase("责令改正")),
        ("”责令改正”", phrase("责令改正")),
        ("「责令改正」", phrase("责令改正")),
        ("\" 责令\n改正 \"", phrase(" 责令\n改正 ")),
        ("\"违反“三同时”的\"", phrase("违反“三同时”的")),
        (r#""违反\"三同时\"的""#, phrase("违反\"三同时\"的")),
        (r#""甲\\""#, phrase("甲\\")),
        (r#""甲\乙""#, phrase("甲\\乙")),
        ("\"。第二\"", phrase("。第二")),
        ("\"；（\"", phrase("；（")),
        ("\"标题:处罚\"", phrase("标题:处罚")),
        ("\"AND\"", phrase("AND")),
        ("\"，\"", phrase("，")),
        ("违反“三同时”制度", Node::And(vec![words("违反 制度"), phrase("三同时")])),
        ("\"甲\"\"乙\"", Node::And(vec![phrase("甲"), phrase("乙")])),
        ("\"责令改正\" 违法 建设", Node::And(vec![phrase("责令改正"), words("违法 建设")])),
    ]);
    let long = "长".repeat(500);
    assert_eq!(parse(&format!("\"{long}。\""), Matching::Any), Ok(phrase(&format!("{long}。"))));
}

#[test]
fn what_is_excluded_is_taken_from_something() {
    check([
        ("违法建设 \"责令改正\" -听证", Node::And(vec![words("违法建设"), phrase("责令改正"), not(words("听证"))])),
        ("违法 -听证 建设", Node::And(vec![words("违法 建设"), not(words("听证"))])),
        ("-听证", Node::And(vec![Node::All, not(words("听证"))])),
        ("-听证 -复议", Node::And(vec![Node::All, not(words("听证")), not(words("复议"))])),
        ("-\"责令改正\"", Node::And(vec![Node::All, not(phrase("责令改正"))])),
        ("处罚 -标题:听证", Node::And(vec![words("处罚"), not(in_field(Field::Title, words("听证")))])),
        ("处罚 -(听证 OR 复议)", Node::And(vec![words("处罚"), not(Node::Or(vec![words("听证"), words("复议")]))])),
        ("处罚-听证", words("处罚-听证")),
        ("处罚 --听证", words("处罚 听证")),
        ("\"处罚\"-听证", Node::And(vec![phrase("处罚"), words("听证")])),
        ("NOT 听证", Node::And(vec![Node::All, not(words("听证"))])),
        ("处罚 NOT 听证", Node::And(vec![words("处罚"), not(words("听证"))])),
        ("处罚 AND NOT 听证", Node::And(vec![words("处罚"), not(words("听证"))])),
        ("NOT NOT 听证", words("听证")),
        ("NOT (NOT 听证)", words("听证")),
        ("(-听证) 处罚", Node::And(vec![not(words("听证")), words("处罚")])),
        ("处罚 OR NOT 听证", Node::Or(vec![words("处罚"), Node::And(vec![Node::All, not(words("听证"))])])),
    ]);
}

#[test]
fn operators_bind_in_order() {
    let [a, b, c] = ["甲", "乙", "丙"].map(words);
    check([
        ("甲 AND 乙", Node::And(vec![a.clone(), b.clone()])),
        ("甲 OR 乙", Node::Or(vec![a.clone(), b.clone()])),
        ("甲 乙 OR 丙", Node::Or(vec![words("甲 乙"), c.clone()])),
        ("甲 乙 AND 丙", Node::And(vec![words("甲 乙"), c.clone()])),
        ("甲 OR 乙 AND 丙", Node::Or(vec![a.clone(), Node::And(vec![b.clone(), c.clone()])])),
        ("(甲 OR 乙) AND 丙", Node::And(vec![Node::Or(vec![a.clone(), b.clone()]), c.clone()])),
        ("(甲 OR 乙) 丙", Node::And(vec![Node::Or(vec![a.clone(), b.clone()]), c.clone()])),
        ("丙 AND(甲 OR 乙)", Node::And(vec![c.clone(), Node::Or(vec![a.clone(), b.clone()])])),
        ("丙(甲 OR 乙)", Node::And(vec![c.clone(), Node::Or(vec![a.clone(), b.clone()])])),
        ("甲 AND (乙 AND 丙)", Node::And(vec![a.clone(), b.clone(), c.clone()])),
        ("甲 OR (乙 OR 丙)", Node::Or(vec![a.clone(), b.clone(), c.clone()])),
        ("((甲))", a.clone()),
        ("甲 (乙)", words("甲 乙")),
        ("(办法(试行) OR 规定)", Node::Or(vec![words("办法(试行)"), words("规定")])),
        ("\"甲\"AND\"乙\"", Node::And(vec![phrase("甲"), phrase("乙")])),
    ]);
}

#[test]
fn known_prefixes_are_fields() {
    let title = |text| in_field(Field::Title, words(text));
    check([
        ("标题:处罚", title("处罚")),
        ("标题：处罚", title("处罚")),
        ("Title: 处罚", title("处罚")),
        ("标题:\"行政处罚法\"", in_field(Field::Title, phrase("行政处罚法"))),
        ("标题:处罚 听证", Node::And(vec![title("处罚"), words("听证")])),
        ("标题:环境 标题:保护", Node::And(vec![title("环境"), title("保护")])),
        ("标题:(环境 保护)", title("环境 保护")),
        ("标题:(环境 OR 保护)", Node::Or(vec![title("环境"), title("保护")])),
        ("标题:(环境 正文:保护)", Node::And(vec![title("环境"), words("保护")])),
        ("正文:保护 环境", Node::And(vec![words("保护"), words("环境")])),
        ("文号:国发〔2019〕5号", in_field(Field::DocumentNumber, words("国发〔2019〕5号"))),
        ("案号:(2019)某01行终1号", in_field(Field::DocumentNumber, words("(2019)某01行终1号"))),
        ("文号:(甲) 乙", Node::And(vec![in_field(Field::DocumentNumber, words("甲")), words("乙")])),
        ("发布机关：某县人民政府", in_field(Field::Issuer, words("某县人民政府"))),
        ("issuer:某县", in_field(Field::Issuer, words("某县"))),
        ("章节:法律责任", in_field(Field::Heading, words("法律责任"))),
        ("heading:总则 number:5 text:甲", {
            Node::And(vec![
                in_field(Field::Heading, words("总则")),
                in_field(Field::DocumentNumber, words("5")),
                words("甲"),
            ])
        }),
    ]);
}

#[test]
fn pasted_text_is_plain_words() {
    let sentence = "当事人违反“三同时”制度。怎么办";
    let semicolon = "甲 AND；(乙";
    let long = format!("{} AND (标题:\"乙\" -丙", "甲".repeat(60));
    let unclosed = format!("甲。{}", "“".repeat(9));
    for raw in [sentence, semicolon, &long, &unclosed] {
        assert_eq!(parse(&format!(" {raw}\n"), Matching::Any), Ok(words(raw)));
        assert_eq!(parse(raw, Matching::All), Ok(words(raw)));
    }
    // Sixty characters are not too many; what is quoted does not count.
    let sixty = format!("{} -丙", "甲".repeat(57));
    assert_eq!(parse(&sixty, Matching::Any), Ok(Node::And(vec![words(&"甲".repeat(57)), not(words("丙"))])));
    assert_eq!(parse(&format!("甲{sixty}"), Matching::Any), Ok(words(&format!("甲{sixty}"))));
    let quoted = format!("\"{}。\" -丙", "甲".repeat(99));
    let long_phrase = phrase(&format!("{}。", "甲".repeat(99)));
    assert_eq!(parse(&quoted, Matching::Any), Ok(Node::And(vec![long_phrase, not(words("丙"))])));
}

#[test]
fn exact_takes_the_whole_text() {
    for (raw, node) in [
        ("甲 AND 乙", phrase("甲 AND 乙")),
        ("\"甲 乙\"", phrase("甲 乙")),
        ("\"甲\" \"乙\"", phrase("\"甲\" \"乙\"")),
        ("(甲。", phrase("(甲。")),
        ("  ", Node::All),
        ("\u{200B}", Node::All),
    ] {
        assert_eq!(parse(raw, Matching::Exact), Ok(node), "{raw}");
    }
}

#[test]
fn errors_say_where_and_what_to_do() {
    let cases = [
        ("责令 \"改正", "\"", "引号没有配对"),
        ("责令 “改正", "“", "引号没有配对"),
        ("\"\"", "\"\"", "引号里没有内容"),
        ("甲 \" \"", "\" \"", "引号里没有内容"),
        ("(甲 OR 乙", "(", "括号没有配对"),
        ("甲 (", "(", "括号没有配对"),
        ("甲 OR 乙)", ")", "多了一个右括号"),
        (")", ")", "多了一个右括号"),
        ("()", "(", "括号里没有内容"),
        ("AND 甲", "AND", "“AND”前面缺少检索词"),
        ("甲 OR", "OR", "“OR”后面缺少检索词"),
        ("甲 AND OR 乙", "AND", "“AND”后面缺少检索词"),
        ("(甲 AND)", "AND", "“AND”后面缺少检索词"),
        ("NOT", "NOT", "“NOT”后面缺少检索词"),
        ("甲 -AND 乙", "-", "“-”后面缺少检索词"),
        ("甲 OR ，", "OR", "“OR”后面缺少检索词"),
        ("标题:", "标题:", "字段“标题”后面没有内容"),
        ("甲 文号：", "文号：", "字段“文号”后面没有内容"),
        ("标题: AND 甲", "标题:", "字段“标题”后面没有内容"),
        ("标题:正文:甲", "标题:", "字段“标题”后面没有内容"),
        ("title:-", "title:", "字段“标题”后面没有内容"),
    ];
    for (raw, place, message) in cases {
        let found = parse(raw, Matching::Any).expect_err(raw);
        assert_eq!(&raw[found.span.clone()], place, "{raw}");
        assert!(found.message.starts_with(message), "{raw}: {}", found.message);
        assert!(found.message.contains("：请"), "no remedy: {}", found.message);
    }
}

#[test]
fn totals_are_exact_but_for_long_plain_words() {
    let exact = |raw: &str| is_exact_total_default(&parse(raw, Matching::Any).unwrap(), raw);
    let long = "甲".repeat(61);
    assert!(exact("甲"));
    assert!(exact("甲。乙"));
    assert!(exact(&long[3..]));
    assert!(!exact(&long));
    assert!(exact(&format!("\"{long}\"")));
    assert!(exact(&format!("\"{long}\" -乙")));
    assert!(exact(&format!("  {}  ", &long[3..])));
    assert!(exact(""));
}

#[test]
fn what_matches_is_what_was_wanted() {
    let node = parse("甲 -乙 (丙 OR \"丁\") 标题:戊", Matching::Any).unwrap();
    let expected = [words("甲"), words("丙"), phrase("丁"), in_field(Field::Title, words("戊"))];
    assert_eq!(node.positive_terms(), expected.iter().collect::<Vec<_>>());
    assert!(parse("-乙", Matching::Any).unwrap().positive_terms().is_empty());
    assert!(words("甲").is_plain_words() && !phrase("甲").is_plain_words() && !node.is_plain_words());
}

/// A megabyte of each of these takes no time and no stack.
#[test]
fn long_nonsense_is_read_in_linear_time() {
    for piece in
        ["(", ")", "\"", "“", "”", "\\", "\\\"", "-", "NOT ", "(NOT ", "标题:", "\"甲\"", "“甲", "甲 AND ", "a("]
    {
        let raw = piece.repeat(1_000_000 / piece.len());
        let node = parse(&raw, Matching::Any).unwrap();
        assert_eq!(node, words(raw.trim()), "{piece}");
    }
    let quoted = format!("\"{}\"", "(".repeat(1_000_000));
    assert_eq!(parse(&quoted, Matching::Any), Ok(phrase(&"(".repeat(1_000_000))));
}

/// Whatever the parser promises of its trees (see `Node`).
fn is_well_formed(node: &Node, in_and: bool) -> bool {
    match node {
        Node::All => in_and,
        // Never made by the parser.
        Node::Provisions { .. } => false,
        Node::Words { text, .. } | Node::Phrase { text, .. } => !text.is_empty(),
        Node::Not(inner) => in_and && !matches!(**inner, Node::Not(_)) && is_well_formed(inner, false),
        Node::And(members) => {
            let wanted = members.iter().filter(|member| !matches!(member, Node::Not(_))).count();
            let all = members.iter().filter(|member| **member == Node::All).count();
            members.len() > 1
                && wanted > 0
                && (all == 0 || wanted == 1)
                && members.iter().all(|member| !matches!(member, Node::And(_)) && is_well_formed(member, true))
        }
        Node::Or(members) => {
            members.len() > 1
                && members.iter().all(|member| !matches!(member, Node::Or(_)) && is_well_formed(member, false))
        }
    }
}

/// Queries made of everything that means something.
fn query() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => "[甲乙丙丁]{1,2}",
        5 => " {1,2}",
        1 => Just("\u{3000}".to_owned()),
        3 => "[()\"]",
        2 => prop::sample::select(vec!["AND", "OR", "NOT", " AND ", " OR ", " NOT "]).prop_map(String::from),
        2 => prop::sample::select(vec!["标题:", "正文：", "文号:", "发布机关：", "章节:", "Title:"]).prop_map(String::from),
        2 => "\"[甲乙。 ]{1,3}\"|“[甲乙；]{1,3}”",
        2 => " -",
        1 => "[-\\\\”“「」，。:：]",
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat())
}

/// Well-formed trees that fit into a query.
fn tree() -> impl Strategy<Value = Node> {
    let field =
        prop::sample::select(vec![Field::Text, Field::Title, Field::DocumentNumber, Field::Issuer, Field::Heading]);
    let text = prop::sample::select(vec!["甲", "乙丙", "甲 乙", "12:30", "办法(试行)", "a\"b", "a\\b", "(1)号"]);
    let leaf = (field, text, any::<bool>()).prop_map(|(field, text, exact)| {
        let text = text.to_owned();
        if exact { Node::Phrase { field, text } } else { Node::Words { field, text } }
    });
    leaf.prop_recursive(3, 6, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(Node::all_of),
            prop::collection::vec(inner.clone(), 1..4).prop_map(Node::any_of),
            inner.prop_map(|node| Node::all_of(vec![node.negated()])),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn any_query_is_read_or_its_error_has_a_place(raw in query()) {
        for matching in [Matching::Any, Matching::All, Matching::Exact] {
            match parse(&raw, matching) {
                Ok(node) => prop_assert!(node == Node::All || is_well_formed(&node, false), "{node:?}"),
                Err(error) => {
                    prop_assert!(raw.get(error.span.clone()).is_some_and(|place| !place.is_empty()), "{error:?}");
                    prop_assert!(matching != Matching::Exact);
                }
            }
        }
        prop_assert_eq!(parse(&raw, Matching::Any), parse(&raw, Matching::All));
    }

    #[test]
    fn what_is_printed_is_read_the_same(raw in query()) {
        if let Ok(node) = parse(&raw, Matching::Any) {
            let printed = node.to_string();
            // Printing adds operators; what becomes too long for a query is another matter.
            if node.is_plain_words() || !is_plain(&printed) {
                prop_assert_eq!(parse(&printed, Matching::Any), Ok(node), "{}", printed);
            }
        }
    }

    #[test]
    fn every_tree_can_be_written(node in tree()) {
        let printed = node.to_string();
        if !is_plain(&printed) {
            prop_assert_eq!(parse(&printed, Matching::Any), Ok(node), "{}", printed);
        }
    }

    /// Without quotation marks there is no phrase.
    #[test]
    fn an_unquoted_text_is_never_a_phrase(raw in "[甲乙丙，、（）a1 ]{1,70}") {
        let node = parse(&raw, Matching::Any).unwrap();
        let expected = node == Node::All || node.is_plain_words();
        prop_assert!(expected, "{:?}", node);
    }

    #[test]
    fn any_quotation_is_a_phrase(text in "[甲乙。；（）AND \\\\\"“”:-]{1,70}") {
        let raw = format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
        let expected = if text.trim().is_empty() { None } else { Some(phrase(&text)) };
        prop_assert_eq!(parse(&raw, Matching::Any).ok(), expected);
    }
}
