use super::super::super::mention::{Base, Change, Mention, Target};
use super::super::{Bare, find};
use crate::text::linear::assert_linear;

/// Each mention as `words -> side target place`; of those that name no other instrument.
fn found(text: &str, bare: &Bare) -> Vec<String> {
    let show = |mention: &Mention| {
        let target = match &mention.target {
            Target::Titled(key) => key.clone(),
            Target::Named(words) => format!("…{words}"),
            Target::Nameless => "?".to_string(),
            Target::Own => "own".to_string(),
            Target::Numbered(_) => "#".to_string(),
        };
        let side = match mention.change {
            Some(Change::Before) => "old ",
            Some(Change::After) => "new ",
            None => "",
        };
        let place = mention.place.map_or(String::new(), |place| {
            let base = if place.base == Base::Instrument { String::new() } else { format!("{:?} ", place.base) };
            let to = place.to.map_or(String::new(), |to| format!("~{}", to.label()));
            format!(" {base}{}{to}", place.at.label())
        });
        format!("{} -> {side}{target}{place}", &text[mention.span.clone()])
    };
    find(text, bare).iter().map(show).collect()
}

fn several(text: &str) -> Vec<String> {
    found(text, &Bare::Several)
}

#[test]
fn the_heading_of_a_section_names_what_its_places_are_of() {
    let text = "决定对《甲条例》等二件法规作如下修改：\n一、修改《甲条例》\n1.将第三条修改为：\n\n“渡口由县管理。\n\n违反前款规定的，依照《丙法》第九条处罚。”\n\
                2.删除第五条、第七条第二款。\n二、对《乙条例》作出修改\n（一）将第八条第二款修改为：“有前款情形的，依照本条例第四条处理。”\n\
                （二）增加一条，作为第九条：“前条和本条第一款的渡船停用。”\n三、本决定自公布之日起施行。";
    assert_eq!(
        several(text),
        [
            "《甲条例》 -> 甲条例",
            "《甲条例》 -> 甲条例",
            "第三条 -> old 甲条例 第三条",
            // Articles are deleted: what number the third has now is told nowhere.
            "前款 -> new 甲条例 Before(Paragraph, 1) ",
            "《丙法》第九条 -> 丙法 第九条",
            "第五条 -> old 甲条例 第五条",
            "第七条第二款 -> old 甲条例 第七条第二款",
            "《乙条例》 -> 乙条例",
            "第八条第二款 -> old 乙条例 第八条第二款",
            "前款 -> new 乙条例 Before(Paragraph, 1) ",
            "本条例第四条 -> new 乙条例 第四条",
            "第九条 -> new 乙条例 第九条",
            "前条 -> new 乙条例 Before(Article, 1) 第九条",
            "本条第一款 -> new 乙条例 第九条第一款",
        ]
    );
}

#[test]
fn numbers_given_anew_have_two_sides() {
    let text = "一、删去第三条。\n二、将条文顺序作相应调整：“第八条”调整为“第七条”，“第九条”调整为“第八条”， “第十条”变更为“第九条”。";
    assert_eq!(
        found(text, &Bare::Titled("甲条例".to_string())),
        [
            "第三条 -> old 甲条例 第三条",
            "第八条 -> old 甲条例 第八条",
            "第七条 -> new 甲条例 第七条",
            "第九条 -> old 甲条例 第九条",
            "第八条 -> new 甲条例 第八条",
            "第十条 -> old 甲条例 第十条",
            "第九条 -> new 甲条例 第九条",
        ]
    );
}

#[test]
fn a_sentence_that_names_its_instrument_leads_its_places() {
    let text = "一、将《甲条例》第八条改为第九条，修改为：“第九条 渡口由县管理。\n有前款情形的，停航。\n有前两款情形的，罚款。”\n\
                删去第十二条中的“第八条、”。\n二、《乙办法》第三条第一款修改为：“渡船停用。”增加一款，作为第二款：“前款渡船不收费。”";
    assert_eq!(
        several(text),
        [
            "《甲条例》第八条 -> old 甲条例 第八条",
            "第九条 -> new 甲条例 第九条",
            "第九条 -> new 甲条例 第九条",
            "前款 -> new 甲条例 第九条第一款",
            "前两款 -> new 甲条例 第九条第一款~第九条第二款",
            "第十二条 -> old 甲条例 第十二条",
            "第八条 -> old 甲条例 第八条",
            "《乙办法》第三条第一款 -> old 乙办法 第三条第一款",
            "第二款 -> new 乙办法 第三条第二款",
            "前款 -> new 乙办法 第三条第一款",
        ]
    );
}

#[test]
fn a_section_that_names_several_is_no_guess() {
    let text = "一、修改《甲条例》和《乙条例》\n将第三条修改为：“有前款情形的，停航。”\n二、将《甲条例》第三条、《乙条例》第四条中的“渡口”修改为“码头”，\
                删去第五条。\n三、依照《丙法》第三条，将第八条修改为：“渡船停用。”";
    assert_eq!(
        several(text),
        [
            "《甲条例》 -> 甲条例",
            "《乙条例》 -> 乙条例",
            "第三条 -> ?  第三条".replace("  ", " ").as_str(),
            "前款 -> ? Before(Paragraph, 1) ",
            "《甲条例》第三条 -> old 甲条例 第三条",
            "《乙条例》第四条 -> old 乙条例 第四条",
            "第五条 -> ? 第五条",
            "《丙法》第三条 -> 丙法 第三条",
            "第八条 -> ? 第八条",
        ]
    );
}

#[test]
fn an_amendment_of_a_code_leads_into_it() {
    let text = "一、将渡口法第一百九十一条修改为：“有下列行为的，罚款：（一）甲；（二）乙。\n\n“单位犯前款罪的，依照第一款的规定处罚。”\n\n\
                二、在第二百条中增加两款作为第二款、第三款：“违反前款的，停航。\n\n“有前两款行为的，罚款。”\n\n原第二款作为第四款，修改为：“有前三款行为的，从重。”\n\n\
                三、第二十条后增加一条，作为第二十条之一：“单位犯前款罪的，罚款。\n“前款罚款上缴。”\n\n\
                四、在渡口法第三十条中增加一款作为第二款，将该条修改为：“渡口停航的，公告。\n“违反前款的，罚款。”";
    assert_eq!(
        found(text, &Bare::Titled("渡口法".to_string())),
        [
            "将渡口法第一百九十一条 -> old …将渡口法 第一百九十一条",
            "前款 -> new 渡口法 第一百九十一条第一款",
            "第一款 -> new 渡口法 第一百九十一条第一款",
            "第二百条 -> old 渡口法 第二百条",
            "第二款 -> new 渡口法 第二百条第二款",
            "第三款 -> new 渡口法 第二百条第三款",
            "前款 -> new 渡口法 第二百条第一款",
            "前两款 -> new 渡口法 第二百条第一款~第二百条第二款",
            "第二款 -> old 渡口法 第二百条第二款",
            "第四款 -> new 渡口法 第二百条第四款",
            "前三款 -> new 渡口法 第二百条第一款~第二百条第三款",
            "第二十条 -> old 渡口法 第二十条",
            "第二十条之一 -> new 渡口法 第二十条之一",
            // The first paragraph has none before it.
            "前款 -> new 渡口法 Before(Paragraph, 1) ",
            "前款 -> new 渡口法 第二十条之一第一款",
            "在渡口法第三十条 -> old …在渡口法 第三十条",
            "第二款 -> new 渡口法 第三十条第二款",
            "该条 -> old 渡口法 第三十条",
            "前款 -> new 渡口法 第三十条第一款",
        ]
    );
}

#[test]
fn a_quotation_that_nobody_closes_is_of_nothing() {
    let text = "一、修改《甲条例》\n1.将第三条修改为：“渡口由县管理，有前款情形的，停航。\n2.将第五条修改为：“有前款情形的，罚款。”\n二、修改《乙条例》\n将第六条修改为：“渡船停用。”";
    assert_eq!(
        several(text),
        [
            "《甲条例》 -> 甲条例",
            "第三条 -> old 甲条例 第三条",
            "前款 -> ? Before(Paragraph, 1) ",
            "第五条 -> old 甲条例 第五条",
            "前款 -> new 甲条例 Before(Paragraph, 1) ",
            "《乙条例》 -> 乙条例",
            "第六条 -> old 乙条例 第六条",
        ]
    );
}

#[test]
fn what_the_decision_says_of_itself_is_its_own() {
    let text = "一、修改《甲条例》\n1.将第三条中引用的“第五条”修改为“本条例第六条”，“渡口”一词含“第七条”。\n2.本决定第一条自公布之日起施行。";
    assert_eq!(
        several(text),
        [
            "《甲条例》 -> 甲条例",
            "第三条 -> old 甲条例 第三条",
            "第五条 -> old 甲条例 第五条",
            "本条例第六条 -> new 甲条例 第六条",
            "第七条 -> ? 第七条",
            "本决定第一条 -> own 第一条",
        ]
    );
}

#[test]
fn decisions_without_end_take_linear_time() {
    let read = |unit: &str, count: usize| {
        // A unit before the bar stands once.
        let (once, unit) = unit.split_once('|').unwrap_or(("", unit));
        let _ = find(&format!("{once}{}", unit.repeat(count)), &Bare::Several);
    };
    for unit in [
        "“",
        "将《甲》第一条",
        "一、修改《甲》\n",
        "增加一条",
        "“前款”",
        "改为第",
        "将第一条修改为：“前款",
        "《甲》、",
        "1.\n（一）",
        "一、修改《甲》\n将第一条修改为：“|前款、",
        "一、修改《甲》\n将第一条修改为：“|前款\n",
        "一、修改《甲》\n将第一条修改为：“|第一条 本条第一款",
        "一、将《甲》第一条|和第一条",
        "一、将《甲》第一条修改为：“|《甲》、",
    ] {
        assert_linear(unit, |count| read(unit, count), 2_000, 32_000);
    }
}

proptest::proptest! {
    #[test]
    fn nothing_panics_and_spans_fit(text in "[《》“”\"第前款条项（）一二1.、本将修改为增加删去作为对\\n 甲乙：]{0,200}") {
        for mention in find(&text, &Bare::Several) {
            proptest::prop_assert!(text.get(mention.span.clone()).is_some_and(|words| !words.is_empty()));
        }
    }
}
