use super::*;
use crate::citation::{Bare, find};

fn of(title: &str, text: &str) -> Vec<(RelationKind, String)> {
    let mentions = find(text, &Bare::Own);
    relations(title, text, &mentions).into_iter().map(|relation| (relation.kind, relation.title)).collect()
}

fn repealed(text: &str) -> Vec<String> {
    let found = of("云桥县渡口办法", text).into_iter();
    found.filter(|(kind, _)| *kind == RelationKind::Repeals).map(|(_, title)| title).collect()
}

#[test]
fn what_a_sentence_repeals() {
    for (text, titles) in [
        ("本办法自2020年1月1日起施行。《渡口管理办法》同时废止。", vec!["渡口管理办法"]),
        (
            "本办法自公布之日起施行，1990年县政府发布的《甲办法》、《乙规定》（云政发〔1990〕1号）同时废止。",
            vec!["甲办法", "乙规定"],
        ),
        (
            "1993年8月27日县人大常委会第三次会议通过的《甲办法》以及1996年10月31日云桥县第十届人民代表大会常务委员会第二十五次会议通过、\
             1997年1月16日云州省第八届人民代表大会常务委员会第二十四次会议批准的《乙规定》同时废止。",
            vec!["甲办法", "乙规定"],
        ),
        ("农业局1993年印发的《甲办法》（1993云农（绿）字第1号）同时废止。", vec!["甲办法"]),
        ("县政府决定废止《甲办法》和《乙规定》。", vec!["甲办法", "乙规定"]),
        ("决定废止2001年3月1日县政府发布的《甲办法》。", vec!["甲办法"]),
        ("决定废止下列文件：\n一、《甲办法》（云政发〔2020〕1号）\n本决定自公布之日起施行。", vec!["甲办法"]),
        ("县政府决定废止云政发〔2015〕3号《甲办法》。", vec!["甲办法"]),
        ("决定废止云政发〔2015〕3号《甲办法》、云政办发［2016］4号文件印发的《乙办法》。", vec!["甲办法", "乙办法"]),
        ("决定废止《甲办法》云政发〔2015〕3号、《乙办法》云政发〔2016〕4号。", vec!["甲办法", "乙办法"]),
        (
            "决定对下列文件予以废止：\n1.云政发〔2015〕3号《甲办法》\n2.云政发〔2016〕4号文《乙办法》",
            vec!["甲办法", "乙办法"],
        ),
        ("决定对下列文件予以废止：\n1.执行云政发〔2015〕3号的通知依照《甲办法》\n", vec![]),
        ("决定废止云政发〔2015〕3号文件，《甲办法》另行修订。", vec!["云政发(2015)3号"]),
        ("决定对下列文件予以废止：\n1.《甲办法》（1990年发布）\n2.《乙规定》\n", vec!["甲办法", "乙规定"]),
        ("《甲办法》自2020年1月1日起废止。", vec!["甲办法"]),
        // Lines that somebody broke by hand.
        ("本办法自2020年1月1日起施行。《甲办法》\n（云政发〔1990〕1号）同时废\n止。", vec!["甲办法"]),
        (
            "原《云桥县渡口\n  分类办法》（县政府令第1\n号）、\n《乙规定》\n同时废止。",
            vec!["云桥县渡口分类办法", "乙规定"],
        ),
        ("《甲办法》\n\n同时废止的文件由县政府公布。", vec![]),
        ("一、《甲办法》\n二、《乙规定》同时废止。", vec!["乙规定"]),
        ("《甲办法》\n《乙规定》废止", vec!["乙规定"]),
        ("《甲办法》自2020年1月1日起不再执行。", vec!["甲办法"]),
        ("《甲办法》同时终止执行，《乙规定》不再适用。", vec!["甲办法", "乙规定"]),
        ("《甲办法》予以撤销。", vec!["甲办法"]),
        ("下列文件停止执行：\n1.《甲办法》（云政发〔2020〕1号）\n", vec!["甲办法"]),
        ("经研究，决定自2023年5月1日起停止执行《甲办法》（云政发〔2016〕10号）。", vec!["甲办法"]),
        ("决定停止执行《甲办法》和《乙规定》。", vec!["甲办法", "乙规定"]),
        ("自即日起暂停执行《甲办法》。", vec![]),
        ("停止执行《甲办法》第三条。", vec![]),
        ("有关部门应当停止执行《甲办法》规定的收费。", vec![]),
        ("《甲办法》自2020年1月1日起暂停执行。", vec![]),
        ("下列文件暂停执行，恢复日期另行公布：\n1.《甲办法》\n", vec![]),
        ("《甲办法》不再执行的，由县政府公布。", vec![]),
        ("违反《甲办法》应当予以废止的文件，由县政府清理。", vec![]),
        ("该章已由《甲办法》废止。", vec![]),
        ("《甲办法》第三条同时废止。", vec![]),
        ("渡船证有效期满，《渡船许可证》自行废止。", vec![]),
        ("《渡船检验证书》同时失效。", vec![]),
        ("《甲办法》与本办法不一致的，以本办法为准。", vec![]),
        ("决定对下列文件作出修改：\n1.《甲办法》\n", vec![]),
    ] {
        assert_eq!(repealed(text), titles, "{text}");
    }
}

#[test]
fn the_proof_of_a_repeal_holds_what_dates_it() {
    let proof = |text: &str| {
        let found = relations("云桥县渡口办法", text, &find(text, &Bare::Own));
        let relation = found.into_iter().find(|relation| relation.kind == RelationKind::Repeals).unwrap();
        let lead = relation.lead.map(|lead| text[lead].trim().to_string());
        (text[relation.sentence].trim().to_string(), lead.unwrap_or_default())
    };
    for (text, sentence, lead) in [
        ("甲。本办法自公布之日起施行。《旧办法》同时废止。", "本办法自公布之日起施行。《旧办法》同时废止。", ""),
        ("《旧办法》同时废止。本办法自2020年1月1日起施行。", "《旧办法》同时废止。本办法自2020年1月1日起施行。", ""),
        ("本办法自2020年1月1日起施行，《旧办法》同时废止。", "本办法自2020年1月1日起施行，《旧办法》同时废止。", ""),
        (
            "第八条　本办法自2020年1月1日起施行。\n第九条　《旧办法》同时废止。",
            "第九条　《旧办法》同时废止。",
            "第八条　本办法自2020年1月1日起施行。",
        ),
        ("决定对下列文件予以废止：\n1.《旧办法》\n", "1.《旧办法》", "决定对下列文件予以废止："),
        ("《旧办法》予以废止。", "《旧办法》予以废止。", ""),
    ] {
        assert_eq!(proof(text), (sentence.to_string(), lead.to_string()), "{text}");
    }
}

#[test]
fn what_a_text_implements_and_amends() {
    let text = "第一条　根据《渡口法》和《航道法》，结合本县实际，制定本办法。\n第二条　依照《船舶法》处罚。";
    let found = of("云桥县渡口办法", text);
    assert_eq!(
        found,
        [(RelationKind::Implements, "渡口法".to_string()), (RelationKind::Implements, "航道法".to_string())]
    );
    assert_eq!(amended("云桥县人民政府关于修改《云桥县渡口办法》的决定").as_deref(), Some("云桥县渡口办法"));
    assert_eq!(amended("关于修改〈渡口法〉的决定").as_deref(), Some("渡口法"));
    assert_eq!(amended("关于修改《甲》和《乙》的决定"), None);
    assert_eq!(amended("渡口法修正案（三）").as_deref(), Some("渡口法"));
    assert_eq!(amended("法院关于《渡口法修正案（九）》时间效力问题的解释"), None, "it only speaks of one");
    assert_eq!(amended("云桥县渡口办法"), None);
    assert_eq!(implemented("云桥县实施《渡口法》办法").as_deref(), Some("渡口法"));
    assert_eq!(implemented("渡口法实施条例").as_deref(), Some("渡口法"));
    assert_eq!(implemented("云桥市《渡口法》实施细则").as_deref(), Some("渡口法"), "no 云桥市渡口法 was ever made");
    assert_eq!(implemented("云州省《中华人民共和国渡口法》实施办法").as_deref(), Some("渡口法"));
    assert_eq!(implemented("渡口实施办法"), None);
}

#[test]
fn a_decision_amends_what_its_sections_name() {
    let text = "对《甲规定》等三件规定作如下修改：\n一、修改《甲规定》\n1.将引言修改为：“根据《丙法》，制定本规定。”\n\
                二、《乙规定》\n将第三条修改为：“修改《丁规定》的，另行公布。”\n三、将《戊规定》第五条删去。\n四、依照《己法》办理。";
    let amends = |title: &str| -> Vec<(String, &str)> {
        let found = relations(title, text, &find(text, &Bare::Several)).into_iter();
        let amends = found.filter(|relation| relation.kind == RelationKind::Amends);
        amends.map(|relation| (relation.title, text[relation.sentence].trim())).collect()
    };
    let told = |title: &str, sentence| (title.to_string(), sentence);
    assert_eq!(
        amends("关于修改《甲规定》等三件规定的决定"),
        [
            told("甲规定", "一、修改《甲规定》"),
            told("乙规定", "二、《乙规定》"),
            told("戊规定", "三、将《戊规定》第五条删去。"),
        ]
    );
    // What only names such a decision amends nothing.
    assert_eq!(amends("关于甲规定修改决定施行后案件管辖的解释"), []);
}

#[test]
fn a_successor_has_the_same_subject_or_is_said_to_be_one() {
    for (new, old, sentence, why) in [
        (
            "云桥县渡口管理条例",
            "云桥县渡口管理暂行办法",
            "《云桥县渡口管理暂行办法》同时废止。",
            Some(Succession::Subject),
        ),
        ("渡口管理办法", "渡口管理规定（试行）", "同时废止。", Some(Succession::Subject)),
        ("云桥县水上交通条例", "云桥县渡口管理办法", "《云桥县渡口管理办法》同时废止。", None),
        ("云桥县渡口管理收费办法", "云桥县渡口管理办法", "同时废止。", None),
        ("云州渡口管理办法", "云桥县渡口管理办法", "同时废止。", None),
        ("云桥县水上交通条例", "云桥县渡口替代办法", "《云桥县渡口替代办法》同时废止。", None),
        (
            "云桥县水上交通条例",
            "云桥县渡口管理办法",
            "本条例施行后，取代《云桥县渡口管理办法》。",
            Some(Succession::Said),
        ),
    ] {
        assert_eq!(succeeds(new, old, sentence), why, "{new} {old}");
    }
}

#[test]
fn the_sentence_is_the_proof() {
    let text = "甲。《乙办法》同时废止。丙。";
    let mentions = find(text, &Bare::Own);
    let relations = relations("丁", text, &mentions);
    assert_eq!(&text[relations[0].sentence.clone()], "《乙办法》同时废止。");
}
