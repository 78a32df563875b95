use super::super::find;
use super::*;

/// Each mention of a text as `words -> target | base place`.
fn found_by(text: &str, bare: &Bare) -> Vec<String> {
    let show = |mention: &Mention| {
        let target = match &mention.target {
            Target::Titled(key) | Target::Named(key) | Target::Numbered(key) => key.clone(),
            Target::Own => "own".to_string(),
            Target::Nameless => "?".to_string(),
        };
        let place = mention.place.map_or(String::new(), |place| format!(" {:?} {}", place.base, place.at.label()));
        format!("{} -> {target}{place}", &text[mention.span.clone()])
    };
    find(text, bare).iter().map(show).collect()
}

/// What the last place of a text means.
fn last(text: &str) -> String {
    found_by(text, &Bare::Own).pop().and_then(|told| Some(told.split_once(" -> ")?.1.to_string())).unwrap_or_default()
}

#[test]
fn an_article_behind_another_law_goes_on_with_it() {
    for (text, told) in [
        ("符合《渡口法》第十二条的规定，且不属于第十七条规定情形的", "渡口法 Instrument 第十七条"),
        ("有《渡口法》第三条规定的情形之一，或者违反第二十八条规定的", "渡口法 Instrument 第二十八条"),
        ("同时构成《渡口法》第九条盗渡罪、第十三条单位盗渡罪等犯罪的", "渡口法 Instrument 第十三条"),
        ("参照《渡口法》第五条第二款的规定和第二十九条的规定处理", "渡口法 Instrument 第二十九条"),
        ("《渡口法》第十六条所称资产净值和第十九条所称财产净值", "渡口法 Instrument 第十九条"),
        ("《渡口法》第六条第二款所列“事件”的发生时间，第七十五条规定的“计划”", "own Instrument 第七十五条"),
        ("《渡口法》第六条规定的“事件”的发生时间，第七十五条规定的“计划”", "渡口法 Instrument 第七十五条"),
        ("依照《渡口法》第十九条的规定中断后，再次出现第十九条规定的事由", "渡口法 Instrument 第十九条"),
        // Of a clause of its own nothing tells that.
        ("除应当按照《渡口法》第九条的规定通知外，公告内容同第十五条的规定", "own Instrument 第十五条"),
        // Which of the two nobody knows.
        ("违反《渡口法》第九条规定的，依照第十五条处罚", "? Instrument 第十五条"),
        ("应当符合《渡口法》的规定，且不属于第十五条规定的情形", "own Instrument 第十五条"),
        ("依照《渡口法》第九条处理。违反第十五条规定的", "own Instrument 第十五条"),
        ("违反《渡口法》第九条和本办法第三条、第五条规定的", "own Instrument 第五条"),
    ] {
        assert_eq!(last(text), told, "{text}");
    }
}

#[test]
fn an_article_that_the_text_does_not_have_is_of_the_law_before() {
    let text =
        "第一条　违反《渡口法》第九条规定的，依照第十五条处罚。\n第二条　违反《渡口法》第九条规定的，处罚同第一条。";
    let told = found_by(text, &Bare::Own);
    assert!(told.contains(&"第十五条 -> 渡口法 Instrument 第十五条".to_string()), "{told:?}");
    assert!(told.contains(&"第一条 -> own Instrument 第一条".to_string()), "{told:?}");
}

#[test]
fn a_part_leads_back_to_the_article_that_is_breached() {
    for (text, told) in [
        ("违反本办法第三条第一款规定的，罚款；违反第二款规定的", "own Carried 第三条第二款"),
        (
            "违反本办法第三条规定的：\n（一）违反第一项规定的，罚款；\n（二）违反第四项、第五项",
            "own Carried 第三条第五项",
        ),
        ("具有本办法第三条所列第（一）至第（五）项行为的", "own Carried 第三条第一项"),
        ("违反本办法第三条的第二款、第三款规定", "own Carried 第三条第三款"),
        ("有前款规定的第（二）项行为的", "own Before(Paragraph, 1) 第二项"),
        ("《渡口法》第三条第三项规定的情形，是指甲；第四项规定的情形，是指乙", "渡口法 Carried 第三条第四项"),
        (
            "违反本办法第三条第二款规定的，依照《渡口法》第五十条第五项处罚；违反第三款规定的",
            "own Carried 第三条第三款",
        ),
        // Both could be meant.
        ("有本办法第三条行为，第（二）项行为的", "own Either 第三条第二项"),
        ("本办法第三条第一款所列请求，依照顺序受偿。但是，第四项请求除外", "own HereElse 第三条第四项"),
        // The text itself.
        ("违反本办法第三条规定的，依照第一款规定处罚", "own HereElse 第三条第一款"),
        ("第二条　依照本办法第一条处理。\n第三条　违反第二款规定的", "own ThisArticle 第二款"),
        ("实施《渡口法》第三条规定的行为，达到第二项标准的", "own ThisArticle 第二项"),
    ] {
        assert_eq!(last(text), told, "{text}");
    }
}

#[test]
fn what_a_text_quotes_is_not_the_text() {
    assert_eq!(last("《渡口法》规定：“违反本法第二十四条规定的"), "? Instrument 第二十四条");
    assert_eq!(last("所称“渡口”，依照本法第二十四条"), "own Instrument 第二十四条");
    let told = found_by("依照本法第三条、本意见第四条", &Bare::NoLaw);
    assert_eq!(told, ["本法第三条 -> ? Instrument 第三条", "本意见第四条 -> own Instrument 第四条"]);
}

#[test]
fn what_a_sentence_applies_is_of_the_only_law_it_names() {
    let last = |text: &str, bare: &Bare| {
        let told = found_by(text, bare).pop().unwrap_or_default();
        told.split_once(" -> ").map_or(String::new(), |(_, told)| told.to_string())
    };
    for (text, told) in [
        (
            "违反了《渡口法》第98条第2款第（四）项的规定，依据第116条、第117条第1款、第118条处罚",
            "渡口法 Instrument 第一百一十八条",
        ),
        ("违反《渡口法》的规定，并依第一百三十六条免予处罚", "渡口法 Instrument 第一百三十六条"),
        ("违反《渡口条例》（云政令第7号）第三条，依照第九条处罚", "渡口条例 Instrument 第九条"),
        ("违反渡口法第三条的规定，根据第九条处罚", "违反渡口法 Instrument 第九条"),
        ("违反《渡口法》第三条和《航道法》第五条，依据第九条处罚", "? Instrument 第九条"),
        ("违反《渡口法》第三条。依据第九条处罚", "? Instrument 第九条"),
        ("违反《渡口法》第三条，双方协议依据第九条处理", "? Instrument 第九条"),
        ("违反《渡口法》第三条，依据第九条的约定处理", "? Instrument 第九条"),
        ("《现场笔录》载明，依据第九条处罚", "? Instrument 第九条"),
        ("《渡口法》称“违反规定的，依据第九条处罚”", "? Instrument 第九条"),
        ("第一条　甲。\n第九条　违反《渡口法》第三条，依据第九条处罚", "? Instrument 第九条"),
    ] {
        assert_eq!(last(text, &Bare::Nameless), told, "{text}");
    }
    let text = "违反《渡口法》第三条的规定，依据第九条处罚";
    assert_eq!(last(text, &Bare::NoLaw), "渡口法 Instrument 第九条");
    assert_eq!(last(text, &Bare::Own), "? Instrument 第九条");
}

#[test]
fn divisions_may_stand_before_an_article() {
    for text in ["触犯渡口法分则第九章第三百九十八条", "按照渡口法第三章第二节、第一百九十条", "渡口法典合同编第四百条"]
    {
        let told = last(text);
        assert!(told.contains("渡口法") && !told.starts_with("own"), "{text}: {told}");
    }
}
