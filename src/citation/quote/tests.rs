use super::*;
use crate::law::{Document, Kind, structure};
use proptest::prelude::*;

fn source(text: &str) -> Source {
    let structure = structure::parse(&Document::new(Kind::Legislation, "云桥县渡口条例", text));
    let mut source = Source::new();
    for (provision, span) in structure.provisions() {
        let parts = provision
            .parts
            .iter()
            .map(|part| (part.key.clone(), part.span.start - span.start..part.span.end - span.start));
        source.push(&provision.key, &text[span.clone()], parts);
    }
    source
}

const TEXT: &str = "第一条　渡口经营者应当公示票价，不得擅自停渡。\n\
    违反前款规定的，处五百元以上三千元以下罚款；情节严重的，责令停业，但是因大风停渡的除外。\n\
    第二条　【夜间停渡】渡口有下列情形之一的，停渡：\n（一）大雾；\n（二）六级以上大风。\n\
    第三条　未经批准设立渡口的，由县交通运输主管部门责令拆除。\n\
    第四条　渡船应当挂牌。但是，农用船除外。\n渡船应当公开载客人数；涉密的除外。\n渡船应当年检。法律另有规定的，依照其规定。\n渡口由县级人民政府管理。省级人民政府对渡口管理另有规定的，从其规定。\n\
    第五条　渡口应当具备下列条件：\n（一）码头；\n（二）护栏；\n（三）标志。";

fn told(quote: &str, cited: &[&str]) -> Finding {
    let cited: Vec<String> = cited.iter().map(|key| key.to_string()).collect();
    check(quote, &cited, &source(TEXT))
}

#[test]
fn each_verdict() {
    for (quote, cited, verdict) in [
        ("渡口经营者应当公示票价，不得擅自停渡。", "a1", Verdict::Verbatim),
        ("渡口經營者應當公示票價,不得擅自停渡", "a1/p1", Verdict::Verbatim),
        ("渡口有下列情形之一的，停渡：（一）大雾；（二）六级以上大风。", "a2", Verdict::Verbatim),
        ("【停渡】渡口有下列情形之一的，停渡：（一）大雾。", "a2", Verdict::Verbatim),
        ("渡口经营者应当公示票价……", "a1", Verdict::Incomplete),
        ("渡口经营者应当公示票价（略）处五百元以上三千元以下罚款", "a1", Verdict::Incomplete),
        ("情节严重的，责令停业。", "a1", Verdict::Incomplete),
        ("渡口经营者可以公示票价，不得擅自停渡。", "a1", Verdict::Altered),
        ("渡口经营者应当公示票价，得擅自停渡。", "a1", Verdict::Altered),
        ("经批准设立渡口的，由县交通运输主管部门责令拆除。", "a3", Verdict::Altered),
        ("渡口经营者应当公示票价，不得擅自停渡。", "a1/p2", Verdict::Elsewhere),
        ("渡口经营者应当公示票价，不得擅自停渡。", "a3", Verdict::Elsewhere),
        ("渡口经营者应当公示票价，不得擅自停渡。", "a9", Verdict::NoSuchArticle),
        ("渡口经营者可以公示票价，不得擅自停渡。", "a3", Verdict::NotFound),
        ("擅自停渡。", "a1", Verdict::Altered),
        ("擅自停渡", "a1", Verdict::Incomplete),
        ("停渡。", "a1", Verdict::Incomplete),
        ("情节严重的，责令停业", "a1", Verdict::Incomplete),
        ("情节严重的，责令", "a1", Verdict::Verbatim),
        ("渡船应当挂牌。", "a4", Verdict::Incomplete),
        ("渡船应当挂牌", "a4", Verdict::Incomplete),
        ("渡船应当挂牌。但是，农用船除外。", "a4", Verdict::Verbatim),
        ("渡船应当公开载客人数；", "a4", Verdict::Incomplete),
        ("渡船应当年检。", "a4", Verdict::Incomplete),
        ("渡口由县级人民政府管理。", "a4", Verdict::Incomplete),
        ("渡口应当具备下列条件：（一）码头；（二）护栏。", "a5", Verdict::Incomplete),
        ("渡口应当具备下列条件：（一）码头；（二）护栏；（三）标志。", "a5", Verdict::Verbatim),
        ("（二）护栏。", "a5/p1/s2", Verdict::Verbatim),
        ("渡口有下列情形之一的，停渡：（二）六级以上大风；", "a2/p1/s2", Verdict::Verbatim),
        ("渡口有下列情形之一的，停渡：（二）六级以上大风。", "a2", Verdict::Verbatim),
        ("渡口有下列情形之一的，停渡：（二）六级以上大风。", "a2/p1/s1", Verdict::Elsewhere),
        ("渡口应当具备下列条件：（三）标志。", "a5", Verdict::Incomplete),
        ("渡口有下列情形之一的，停渡：（二）七级以上大风。", "a2", Verdict::Altered),
        ("村民委员会可以组织修建便桥。", "a1", Verdict::NotFound),
        ("……", "a1", Verdict::NotFound),
    ] {
        let finding = told(quote, &[cited]);
        assert_eq!(finding.verdict, verdict, "{quote}: {finding:?}");
    }
    let mut percent = Source::new();
    percent.push("a1", "第一条　教师不少于百分之十(10%)。退休的另行规定。", []);
    assert_eq!(check("教师不少于百分之十（10%）。", &["a1".to_string()], &percent).verdict, Verdict::Verbatim);
    assert_eq!(told("未经批准设立渡口的，由县交通运输主管部门责令拆除。", &[]).verdict, Verdict::Verbatim);
}

#[test]
fn a_share_at_the_end_of_a_quotation_is_compared_with_its_sign() {
    let mut law = Source::new();
    let text = "第一条　渡口经营者逾期不缴纳渡口维护费用的，每日加收的滞纳金为百分之三。渡船折旧的年率为1.5%。";
    law.push("a1", text, []);
    let told = |quote: &str| check(quote, &["a1".to_string()], &law).verdict;
    let head = "渡口经营者逾期不缴纳渡口维护费用的，每日加收的滞纳金为";
    for right in ["百分之三", "3%", "百分之三。"] {
        assert_eq!(told(&format!("{head}{right}")), Verdict::Verbatim, "{right}");
    }
    for wrong in ["千分之三", "万分之三", "3‰", "三", "3", "千分之三。", "百分之五"] {
        assert_eq!(told(&format!("{head}{wrong}")), Verdict::Altered, "{wrong}");
    }
    assert_eq!(told("渡船折旧的年率为1"), Verdict::Altered);
    assert_eq!(told("渡船折旧的年率为1.5‰"), Verdict::Altered);
    assert_eq!(told("渡船折旧的年率为1.5%"), Verdict::Verbatim);
}

#[test]
fn a_number_in_another_writing_is_the_same_number() {
    let mut source = Source::new();
    source.push("a1", "第一条　违法行为在二年内未被发现的，不再处罚；涉及安全的，延长至十二年，并处一千元罚款。", []);
    for (quote, verdict) in [
        ("违法行为在两年内未被发现的，不再处罚", Verdict::Verbatim),
        ("违法行为在2年内未被发现的，不再处罚", Verdict::Verbatim),
        ("延长至12年，并处1,000元罚款", Verdict::Verbatim),
        ("违法行为在3年内未被发现的，不再处罚", Verdict::Altered),
        ("延长至十二年，并处一万元罚款", Verdict::Altered),
        ("延长至二年，并处一千元罚款", Verdict::Altered),
    ] {
        let finding = check(quote, &["a1".to_string()], &source);
        assert_eq!(finding.verdict, verdict, "{quote}: {finding:?}");
    }
    let quote = "延长至二年，并处一千元罚款";
    let finding = check(quote, &["a1".to_string()], &source);
    assert_eq!(&quote[finding.differences[0].quote.clone()], "二");
    assert_eq!(finding.differences[0].kind, DifferenceKind::Number);
    // 二年 is not what 十二年 says, though its characters stand in it.
    assert_eq!(check("二年，并处一千元罚款", &["a1".to_string()], &source).verdict, Verdict::Altered);
}

#[test]
fn what_differs_has_its_places_in_both_texts() {
    let quote = "違反前款規定的，处五百元以上六千元以下罚款；情节严重的，可责令停业";
    let finding = told(quote, &["a1"]);
    let article = &TEXT[..TEXT.find("\n第二条").unwrap()];
    assert_eq!(finding.compared_with.as_deref(), Some("a1"));
    let told: Vec<_> = finding
        .differences
        .iter()
        .map(|difference| (difference.kind, &quote[difference.quote.clone()], &article[difference.source.clone()]))
        .collect();
    assert_eq!(told, [(DifferenceKind::Number, "六千", "三千"), (DifferenceKind::Modality, "可", "")]);
}

#[test]
fn how_a_sentence_goes_on_behind_a_quotation() {
    let article = |key: &str| {
        let start = TEXT
            .find(match key {
                "a1" => "第一条",
                "a2" => "第二条",
                "a4" => "第四条",
                _ => "第五条",
            })
            .unwrap();
        &TEXT[start..]
    };
    for (quote, key, behind) in [
        ("违反前款规定的，处五百元以上三千", "a1", Some("元以下罚款")),
        ("违反前款规定的，处五百元以上三千元以下罚款", "a1", Some("情节严重的，责令停业，但是因大风停渡的除外")),
        ("违反前款规定的，处五百元以上三千元以下罚款；", "a1", None),
        ("违反前款规定的，处五百元以上三千元以下罚款。", "a1", Some("情节严重的，责令停业，但是因大风停渡的除外")),
        ("渡口经营者应当公示票价", "a1", Some("不得擅自停渡")),
        ("渡口经营者应当公示票价，不得擅自停渡", "a1", None),
        ("（一）大雾。", "a2", None),
        ("（一）大雾", "a2", None),
        ("渡口应当具备下列条件", "a5", None),
        ("渡口经营者应当公示票价……", "a1", None),
    ] {
        let finding = told(quote, &[key]);
        assert!(finding.verdict.stands(), "{quote}");
        assert_eq!(finding.goes_on.map(|span| &article(key)[span]), behind, "{quote}");
    }
}

#[test]
fn a_sentence_left_out_in_the_middle_is_the_difference() {
    let text = "第一条　渡口应当公示票价。因大风停渡的，应当公告。违者处以五百元罚款。";
    let mut law = Source::new();
    law.push("a1", text, []);
    let quote = "渡口应当公示票价。违者处以五百元罚款。";
    let finding = check(quote, &["a1".to_string()], &law);
    assert_eq!(finding.verdict, Verdict::Altered);
    let told: Vec<_> =
        finding.differences.iter().map(|one| (&quote[one.quote.clone()], &text[one.source.clone()])).collect();
    assert_eq!(told, [("", "因大风停渡的，应当公告。")]);
}

#[test]
fn an_omission_over_the_end_of_a_sentence_is_told() {
    let text = "第一条　渡口轻微停渡的，不予处罚。初次停渡的，可以不予处罚。";
    let mut law = Source::new();
    law.push("a1", text, []);
    let spliced = |quote: &str| check(quote, &["a1".to_string()], &law).spliced;
    assert!(spliced("渡口轻微停渡的，……可以不予处罚。"));
    assert!(!spliced("渡口……不予处罚。"));
}

#[test]
fn where_it_stands_is_the_deepest_part() {
    let keys = |quote: &str, cited: &[&str]| {
        told(quote, cited).found_in.into_iter().map(|place| place.key).collect::<Vec<_>>()
    };
    assert_eq!(keys("渡口经营者应当公示票价，不得擅自停渡。", &["a3"]), ["a1/p1"]);
    assert_eq!(keys("（二）六级以上大风", &["a1"]), ["a2/p1/s2"]);
    let finding = told("公示票价", &["a1"]);
    assert_eq!(&TEXT[finding.found_in[0].span.clone()], "公示票价");
}

#[test]
fn a_sentence_is_located_or_not() {
    let source = source(&format!("{TEXT}\n第六条　本条例所称渡口，依照本条例。\n第七条　依照本条例。"));
    let key = |sentence: &str| match locate(sentence, &source) {
        Located::Here(found) => found.into_iter().map(|place| place.key).collect::<Vec<_>>().join(" "),
        Located::Nearest { key, .. } => format!("~{key}"),
        Located::Unknown => "?".to_string(),
    };
    assert_eq!(key("未经批准设立渡口的，由县交通运输主管部门责令拆除。"), "a3");
    assert_eq!(key("依照本条例。"), "a7");
    assert_eq!(key("未经批准擅自设立渡口的，由县级交通运输主管部门责令拆除。"), "~a3");
    assert_eq!(key("村民委员会可以组织修建便桥。"), "?");
    assert_eq!(key(""), "?");
}

proptest! {
    #[test]
    fn any_quotation_of_any_text_has_an_answer(quote in "\\PC{0,60}", text in "\\PC{0,120}") {
        let mut source = Source::new();
        source.push("a1", &text, [("p1".to_string(), 0..text.len() / 2)]);
        let finding = check(&quote, &["a1/p1".to_string()], &source);
        for difference in &finding.differences {
            prop_assert!(quote.get(difference.quote.clone()).is_some());
            prop_assert!(text.get(difference.source.clone()).is_some());
        }
        let _ = locate(&quote, &source);
        let _ = (following(&quote, 0).len(), preceding(&text, text.len()..text.len()));
    }

    #[test]
    fn a_piece_of_a_text_stands_in_it(text in "[甲乙丙不三，。（）]{12,40}", from in 0usize..4, len in 6usize..12) {
        let quote: String = text.chars().skip(from).take(len).collect();
        prop_assume!(quote.chars().any(char::is_alphanumeric));
        let before = text.chars().take(from).last();
        prop_assume!(before.is_none_or(|c| differ::denying(&c.to_string()).is_none()) && !quote.starts_with(['，', '。', '）', '（']));
        prop_assume!(!quote.contains("。。。"));
        // What begins or ends inside a number has another one.
        let behind = text.chars().nth(from + len);
        prop_assume!(!(before == Some('三') && quote.starts_with('三') || behind == Some('三') && quote.ends_with('三')));
        let mut source = Source::new();
        source.push("a1", &text, []);
        let verdict = check(&quote, &["a1".to_string()], &source).verdict;
        prop_assert!(verdict.stands(), "{quote} in {text}: {verdict:?}");
    }

    #[test]
    fn another_writing_of_an_amount_is_the_same(amount in 1u64..900_000_000) {
        let numeral = crate::text::numerals::chinese(amount);
        let mut source = Source::new();
        source.push("a1", &format!("第一条　处{numeral}元以上罚款。"), []);
        let quote = format!("处{amount}元以上罚款");
        prop_assert_eq!(check(&quote, &["a1".to_string()], &source).verdict, Verdict::Verbatim);
        let other = format!("处{}元以上罚款", amount + 1);
        prop_assert_eq!(check(&other, &["a1".to_string()], &source).verdict, Verdict::Altered);
    }

    #[test]
    fn a_changed_amount_is_told(amount in 2u64..900) {
        let numeral = crate::text::numerals::chinese(amount);
        let quote = format!("处五百元以上{numeral}元以下罚款");
        let finding = told(&quote, &["a1"]);
        prop_assert_eq!(finding.verdict, Verdict::Altered);
        prop_assert!(finding.differences.iter().any(|difference| difference.kind == DifferenceKind::Number));
    }
}
