use super::parse;
use super::tests::{owned, parts};
use crate::law::{Document, Kind};

#[test]
fn paragraphs_are_counted_as_practice_counts_them() {
    let text = "第一条 下列桥梁由县管理:\n(一)石桥;\n（二)木桥，包括：\n1.廊桥；\n2.栈桥。\n前款规定以外的，由省管理。\n| 表 | 格 |\n，破损的除外。\n第三款。\n";
    let found: Vec<String> = parts(text).into_iter().map(|(name, _)| name).collect();
    let expected = [
        "p1 第一款",
        "p1/s1 第一款第一项",
        "p1/s2 第一款第二项",
        "p1/s2/i1 第一款第二项第一目",
        "p1/s2/i2 第一款第二项第二目",
        "p2 第二款",
        "p3 第三款",
    ];
    assert_eq!(found, expected);
    assert_eq!(parts(text)[5].1, "前款规定以外的，由省管理。\n| 表 | 格 |\n，破损的除外。");
    assert_eq!(parts("第一条 只有一款。"), []);
}

#[test]
fn an_item_without_its_end_goes_on() {
    let text = "第一条 下列桥梁：\n（一）石桥，其中\n包括拱桥；\n（二）木桥。\n";
    assert_eq!(parts(text)[1], ("p1/s1 第一项".to_string(), "（一）石桥，其中\n包括拱桥；".to_string()));
}

#[test]
fn units_numbered_through_the_text_are_divided_as_articles_are() {
    let text = "一、渡口\n1.渡口由县管理。\n2.渡口应当具备下列条件，经县渡口管理机构验收合格以后方可开放：\n（1）码头牢固，能够承受渡船停靠和旅客上下的重量，并且经过有资质的机构检测；\n（2）航道畅通，没有妨碍渡船航行的沉船、渔网和其他障碍，并且设有明显的标志。\n二、渡船\n3.渡船应当检验。\n三、渡工\n4.渡工应当持证。\n";
    let structure = parse(&Document::new(Kind::Normative, "云桥县渡口若干规定", text));
    let found: Vec<&str> = structure.provisions().map(|(provision, _)| provision.key.as_str()).collect();
    assert_eq!(found, ["n1.1", "n1.2", "n2.3", "n3.4"]);
    let second = structure.provisions().nth(1).unwrap().0;
    let parts: Vec<&str> = second.parts.iter().map(|part| part.key.as_str()).collect();
    assert_eq!(parts, ["p1", "p1/s1", "p1/s2"]);
}

#[test]
fn a_paragraph_inside_a_list_belongs_to_its_item() {
    let text = "第一条 下列桥梁：\n（一）石桥；\n拱桥除外；\n（二）木桥。\n前款以外的：\n（一）铁桥；\n（二）浮桥。\n其余不管。\n";
    let found = parts(text);
    let keys: Vec<&str> = found.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(
        keys,
        [
            "p1 第一款",
            "p1/s1 第一款第一项",
            "p1/s2 第一款第二项",
            "p2 第二款",
            "p2/s1 第二款第一项",
            "p2/s2 第二款第二项",
            "p3 第三款"
        ]
    );
    assert_eq!(found[1].1, "（一）石桥；\n拱桥除外；");
}

#[test]
fn a_list_that_lost_its_numbers_belongs_to_the_paragraph_that_leads_to_it() {
    let keys = |text: &str| parts(text).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    let text =
        "第一条 有下列行为之一的，处罚款：\n擅自停渡的；\n超载的；\n拒不检验的。\n有前款第二项规定行为的，从重处罚。\n";
    let both = ["p1 第一款", "p1/s1 第一款第一项", "p1/s2 第一款第二项", "p1/s3 第一款第三项", "p2 第二款"];
    assert_eq!(keys(text), both);
    assert_eq!(parts(text)[4].1, "有前款第二项规定行为的，从重处罚。");
    let last = "第一条 有下列行为之一的，处罚款：\n擅自停渡的；\n超载的；\n有前款所列行为的，从重处罚。\n";
    assert_eq!(keys(last), ["p1 第一款", "p1/s1 第一款第一项", "p1/s2 第一款第二项", "p2 第二款"]);
    let second = "第一条 渡口由县管理。\n下列渡口除外：\n义渡；\n官渡。\n";
    assert_eq!(keys(second), ["p1 第一款", "p2 第二款", "p2/s1 第二款第一项", "p2/s2 第二款第二项"]);
    let graded = "第一条 渡口分三级。\n渡口由县管理。\n一、二级渡口需要分期建设的，报县批准。\n";
    assert_eq!(keys(graded), ["p1 第一款", "p2 第二款", "p3 第三款"]);
    // One line behind a colon, and paragraphs that are none of a list.
    assert_eq!(keys("第一条 渡口的原则是：\n安全第一。\n县管理渡口。\n"), ["p1 第一款", "p2 第二款"]);
}

#[test]
fn items_inside_one_paragraph_are_parts() {
    let text = "第一条 下列桥梁由县管理：（一）石桥；（二）木桥。\n依照第一条（二）办理。\n";
    assert_eq!(
        parts(text),
        owned(&[
            ("p1 第一款", "下列桥梁由县管理：（一）石桥；（二）木桥。"),
            ("p1/s1 第一款第一项", "（一）石桥；"),
            ("p1/s2 第一款第二项", "（二）木桥。"),
            ("p2 第二款", "依照第一条（二）办理。"),
        ])
    );
}

#[test]
fn items_glued_to_the_one_before_are_parts() {
    let keys = |text: &str| parts(text).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    let three = ["p1 第一款", "p1/s1 第一项", "p1/s2 第二项", "p1/s3 第三项"];
    assert_eq!(keys("第一条 下列桥梁：\n（一）石桥； (二)木桥；\n（三）铁桥。\n"), three);
    assert_eq!(keys("第一条 下列桥梁：\n（一）石桥；\n（二）木桥；（三）铁桥。\n"), three);
    assert_eq!(keys("第一条 下列桥梁：（一）石桥；\n（二）木桥；\n（三）铁桥。\n"), three);
    assert_eq!(keys("第一条 下列桥梁：\n（一）石桥；（二）木桥；（三）铁桥。\n"), three);
    // What is cited is no item.
    let cited = "第一条 下列桥梁：\n（一）石桥；\n（二）木桥，第二条第（三）项的除外；\n（三）铁桥。\n";
    assert_eq!(keys(cited), three);
    let said = "第一条 下列桥梁：\n（一）石桥；\n（二）木桥，第二条第（三）项的除外。\n";
    assert_eq!(keys(said), &three[..3]);
}

#[test]
fn terms_without_numbers_are_paragraphs() {
    let keys = |text: &str| parts(text).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    let text = "第一条 本条例下列用语的含义：\n渡口，是指供渡船停靠的场所。\n渡工，是指驾驶渡船的人。\n";
    assert_eq!(keys(text), ["p1 第一款", "p2 第二款", "p3 第三款"]);
    let numbered =
        "第一条 本条例下列用语的含义：\n（一）渡口，是指供渡船停靠的场所；\n（二）渡工，是指驾驶渡船的人。\n";
    assert_eq!(keys(numbered), ["p1 第一款", "p1/s1 第一项", "p1/s2 第二项"]);
}

#[test]
fn an_item_that_lost_its_number_stays_in_its_list() {
    let keys = |text: &str| parts(text).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    let text = "第一条 下列桥梁：\n（一）石桥；\n木桥；\n（三）铁桥。\n违反前款规定的，处罚款。\n";
    assert_eq!(
        keys(text),
        ["p1 第一款", "p1/s1 第一款第一项", "p1/s2 第一款第二项", "p1/s3 第一款第三项", "p2 第二款"]
    );
}
