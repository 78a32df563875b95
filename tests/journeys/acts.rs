//! What the text of one instrument does to another: tells the first day of its changes, repeals it, names its number.

use super::citations::{cited_by, corpus, here, id, line};
use super::*;
use faju::app::view::impact::{ImpactFilter, ImpactState};
use faju::app::{Outcome, Reason};

fn law(title: &str, fields: &str, text: &str) -> String {
    let text = serde_json::to_string(text).unwrap();
    format!("{{\"kind\":\"legislation\",\"level\":\"law\",\"title\":\"{title}\",{fields},\"text\":{text}}}\n")
}

const MADE: &str = "2010年3月4日全国人民代表大会通过";
const AMENDED: &str = "根据2023年12月29日《渡口法修正案（二）》修正";

fn ferry(history: &[&str], fine: &str) -> String {
    let text = format!(
        "第一条　为了规范渡口，制定本法。\n第二条　渡船不得超载。\n第三条　超载的，处{fine}罚款。\n第四条　本法自2010年5月1日起施行。"
    );
    law(
        "中华人民共和国渡口法",
        &format!("\"access\":\"public\",\"history\":{}", serde_json::to_string(history).unwrap()),
        &text,
    )
}

fn decision(first_day: &str) -> String {
    let text = format!(
        "一、将渡口法第三条修改为：“超载的，处二百元罚款。”\n二、对第四条不作修改。\n三、本修正案{first_day}起施行。"
    );
    law(
        "中华人民共和国渡口法修正案（二）",
        "\"access\":\"public\",\"history\":[\"2023年12月29日全国人民代表大会常务委员会通过\"]",
        &text,
    )
}

#[test]
fn the_amending_instrument_tells_the_first_day_whatever_came_first() {
    for first in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        let mut lines = vec![ferry(&[MADE], "一百元"), ferry(&[MADE, AMENDED], "二百元"), decision("自2024年3月1日")];
        if first {
            lines.reverse();
        }
        let faju = corpus(folder.path(), &lines);
        let (ferry, amending) = (id(&faju, "中华人民共和国渡口法"), id(&faju, "中华人民共和国渡口法修正案（二）"));
        let page = here(faju.instrument(&ferry, None, &asker()).unwrap());
        let [new, old] = page.versions.as_slice() else { panic!("{:?}", page.versions) };
        assert_eq!(new.effective_from, Some(jiff::civil::date(2024, 3, 1)), "{first}");
        assert_eq!(old.ended_on, new.effective_from);
        let proof = new.proof.as_ref().and_then(|proofs| proofs.from.as_ref()).unwrap();
        assert_eq!((proof.quote.as_str(), &proof.assumed), ("三、本修正案自2024年3月1日起施行。", &None));
        assert_eq!(proof.document, Some(format!("{amending}@2023-12-29/n3")));
        assert_eq!(old.proof.as_ref().and_then(|proofs| proofs.to.as_ref()), Some(proof));
        // A decision that is withdrawn tells nothing.
        let document = format!("{amending}@2023-12-29");
        faju.act(Act::Withdraw { id: document, origin: None, reason: "误发".to_string() }, &asker()).unwrap();
        let version = here(faju.instrument(&ferry, None, &asker()).unwrap()).version.unwrap();
        assert_eq!(version.effective_from, Some(jiff::civil::date(2023, 12, 29)), "{first}");
        assert!(version.proof.and_then(|proofs| proofs.from?.assumed).is_some());
    }
}

#[test]
fn a_typed_citation_says_that_a_first_day_is_assumed() {
    let folder = tempfile::tempdir().unwrap();
    let faju = corpus(folder.path(), &[ferry(&[MADE], "一百元"), ferry(&[MADE, AMENDED], "二百元")]);
    let typed = search(&faju, &[("q", "渡口法第3条")]).citation.unwrap();
    let version = typed.targets[0].version.as_ref().unwrap();
    assert_eq!(version.assumed.as_deref(), Some("施行日期未见，暂以修改之日2023-12-29计"));
    assert!(typed.message.ends_with("；施行日期未见，暂以修改之日2023-12-29计"), "{}", typed.message);
    let typed = search(&faju, &[("q", "渡口法(2010)第3条")]).citation.unwrap();
    assert_eq!(typed.targets[0].version.as_ref().unwrap().assumed, None);
}

const OLD: &str = "\"access\":\"public\",\"promulgation_date\":\"2002-11-05\",\"effective_date\":\"2002-11-07\"";
const NEW: &str = "\"access\":\"public\",\"promulgation_date\":\"2024-02-22\",\"effective_date\":\"2024-03-20\"";

#[test]
fn a_repeal_is_seen_and_a_number_known_whatever_marks_are_in_the_title() {
    let old = law("关于审理超载抗检案件的解释", OLD, "第一条　超载抗检的，依法处理。");
    let new = law(
        "关于办理渡口案件的解释",
        NEW,
        "第一条　为了办理渡口案件，制定本解释。\n第二条　本解释自2024年3月20日起施行。\
         《关于审理超载、抗检案件的解释》（云释〔2002〕33号）同时废止。",
    );
    let (old, new) =
        (old.replace("\"law\"", "\"judicial_interpretation\""), new.replace("\"law\"", "\"judicial_interpretation\""));
    for lines in [[old.clone(), new.clone()], [new, old]] {
        let folder = tempfile::tempdir().unwrap();
        let faju = corpus(folder.path(), &lines);
        let old = id(&faju, "关于审理超载抗检案件的解释");
        let version = here(faju.instrument(&old, None, &asker()).unwrap()).version.unwrap();
        assert_eq!(version.status, ValidityStatus::Repealed);
        let quote = version.proof.and_then(|proofs| Some(proofs.to?.quote)).unwrap();
        assert!(quote.contains("自2024年3月20日起施行。《") && quote.ends_with("同时废止。"), "{quote}");
        let typed = search(&faju, &[("q", "云释〔2002〕33号")]).citation.unwrap();
        assert_eq!(typed.targets.len(), 1, "{}", typed.message);
        assert_eq!(typed.targets[0].instrument.id, old);
    }
}

#[test]
fn what_is_cited_and_not_held_can_be_listed_with_what_replaced_it() {
    let fields = "\"access\":\"public\",\"promulgation_date\":\"2020-05-28\",\"effective_date\":\"2021-01-01\"";
    let code = law(
        "中华人民共和国民法典",
        fields,
        "第一条　为了保护民事权益，制定本法。\n第二条　本法自2021年1月1日起施行。《中华人民共和国合同法》同时废止。",
    );
    let citing = line(
        "临江县渡口租赁办法",
        "临政发〔2019〕7号",
        "\"access\":\"public\",\"promulgation_date\":\"2019-03-01\",\"effective_date\":\"2019-04-01\"",
        "第一条　根据《中华人民共和国合同法》，制定本办法。\n第二条　有合同法第五十二条规定情形的，租赁无效。\n\
         第三条　违约的，适用《合同法》第一百零七条。",
    );
    let folder = tempfile::tempdir().unwrap();
    let faju = corpus(folder.path(), &[code, citing]);
    let own = id(&faju, "临江县渡口租赁办法");
    let found = |query: &str| ids(&search(&faju, &[("q", query)]));
    let at = |key: &str| format!("{own}@2019-03-01/{key}");
    assert_eq!(found("引用:合同法 租赁无效").first(), Some(&at("a2")));
    assert_eq!(found("引用:合同法第52条"), [at("a2")]);
    assert_eq!(found("引用:合同法第107条"), [at("a3")]);
    let page = cited_by(&faju, "合同法", &asker());
    // The text that repeals it names it too.
    assert_eq!(page.total, 4);
    assert_eq!(page.unheld.as_deref(), Some("库中没有《合同法》的文本，它已由《中华人民共和国民法典》取代"));
    let filter = ImpactFilter { limit: 10, ..ImpactFilter::default() };
    let page = here(faju.impact("合同法/a52", &filter, None, &asker()).unwrap());
    assert_eq!((page.total, page.items[0].state), (1, ImpactState::Repealed));
    assert_eq!(page.items[0].citation.provision.id, at("a2"));
    let proof = page.ended.unwrap();
    assert!(proof.quote.contains("自2021年1月1日起施行") && proof.quote.ends_with("同时废止。"), "{}", proof.quote);
    assert_eq!(page.successor.unwrap().instrument.title, "中华人民共和国民法典");
    let text = ["依照《合同法》第五十二条、《临江县内河法》第三条办理。".to_string()];
    let page = faju.resolve(&text, None, None, &asker()).unwrap();
    let told = page.items[0].citations.iter().map(|cited| (cited.outcome, cited.reason, cited.message.clone()));
    let not_here = (Outcome::Unknown, Some(Reason::NotInCorpus));
    assert_eq!(
        told.collect::<Vec<_>>(),
        [
            (not_here.0, not_here.1, Some("库中没有《合同法》的文本，它已由《中华人民共和国民法典》取代".to_string())),
            (not_here.0, not_here.1, Some("库中没有这个名称或文号".to_string())),
        ]
    );
}

#[test]
fn several_laws_in_one_query_are_all_listed_and_come_first() {
    let text = "第一条　为了航道，制定本法。\n第二条　航道应当疏浚。";
    let waterway = law("中华人民共和国航道法", "\"access\":\"public\",\"history\":[\"2012年3月4日通过\"]", text);
    let folder = tempfile::tempdir().unwrap();
    let faju = corpus(folder.path(), &[ferry(&[MADE], "一百元"), waterway]);
    let page = search(&faju, &[("q", "渡口法第3条 航道法第2条"), ("group", "none")]);
    let (ferry, waterway) = (id(&faju, "中华人民共和国渡口法"), id(&faju, "中华人民共和国航道法"));
    let expected = [format!("{ferry}@2010-03-04/a3"), format!("{waterway}@2012-03-04/a2")];
    assert_eq!(ids(&page).get(..2), Some(expected.as_slice()));
    let typed = page.citation.unwrap();
    assert_eq!(typed.targets.len(), 2);
    assert!(typed.message.starts_with("已识别为 2 处引用：《中华人民共和国渡口法》第三条；"), "{}", typed.message);
}

#[test]
fn a_decision_from_outside_speaks_of_what_it_amends() {
    let folder = tempfile::tempdir().unwrap();
    let faju = corpus(folder.path(), &[ferry(&[MADE], "一百元")]);
    let text = ["关于修改《中华人民共和国渡口法》的决定\n一、将第三条修改为：“超载的，处二百元罚款。”".to_string()];
    let page = faju.resolve(&text, None, None, &asker()).unwrap();
    let ferry = id(&faju, "中华人民共和国渡口法");
    let place = page.items[0].citations.iter().find(|citation| citation.text == "第三条").unwrap();
    assert_eq!(place.instruments.first().map(|head| head.id.clone()), Some(ferry), "{place:?}");
}

#[test]
fn an_undated_document_is_read_by_the_year_of_its_number() {
    let undated = |number: &str, text: &str| line("临江县河道方案", number, "\"access\":\"public\"", text);
    let text = "一、依照《中华人民共和国渡口法》第三条处理。\n二、推动《中华人民共和国航道法》立法。";
    let made = "\"access\":\"public\",\"history\":[\"2012年3月4日通过\"]";
    let waterway = law("中华人民共和国航道法", made, "第一条　本法自2012年5月1日起施行。");
    let laws = [ferry(&[MADE], "一百元"), ferry(&[MADE, AMENDED], "二百元"), waterway];
    let reasons = |number: &str| {
        let folder = tempfile::tempdir().unwrap();
        let lines: Vec<String> = laws.iter().cloned().chain([undated(number, text)]).collect();
        let faju = corpus(folder.path(), &lines);
        let page = here(faju.cites(&id(&faju, "临江县河道方案"), None, &asker()).unwrap());
        let all = page.items.iter().flat_map(|item| &item.citations);
        let found = all.map(|cited| (cited.reason, cited.version.as_ref().map(|version| version.key.clone())));
        (found.collect::<Vec<_>>(), page.assumed)
    };
    let (found, assumed) = reasons("临政发〔2011〕9号");
    assert_eq!(found, [(None, Some("2010-03-04".to_string())), (Some(Reason::Planned), None)]);
    assert_eq!(assumed.as_deref(), Some("本件未载明日期，按文号所示年份，所引各件以2011-12-31的文本计"));
    let (found, _) = reasons("临政发〔2013〕9号");
    assert_eq!(found[1], (None, Some("2012-03-04".to_string())));
    let (found, assumed) = reasons("无号");
    assert_eq!((found[0].0, found[1].0, assumed), (Some(Reason::NoDay), Some(Reason::Planned), None));
}

#[test]
fn a_repeal_ends_the_text_that_only_its_notice_carries() {
    let notice = law(
        "云桥县人民政府关于印发云桥县渡口管理办法的通知",
        OLD,
        "各乡镇：\n现印发给你们，请遵照执行。\n云桥县渡口管理办法\n第一条　渡船不得超载。\n第二条　本办法自印发之日起施行。",
    );
    let new = law(
        "云桥县渡口安全规定",
        NEW,
        "第一条　渡口应当安全。\n第二条　本规定自2024年3月20日起施行，《云桥县渡口管理办法》同时废止。",
    );
    for lines in [[notice.clone(), new.clone()], [new, notice]] {
        let folder = tempfile::tempdir().unwrap();
        let faju = corpus(folder.path(), &lines);
        let id = id(&faju, "云桥县人民政府关于印发云桥县渡口管理办法的通知");
        let version = here(faju.instrument(&id, None, &asker()).unwrap()).version.unwrap();
        assert_eq!(
            (version.status, version.ended_on),
            (ValidityStatus::Repealed, Some(jiff::civil::date(2024, 3, 20)))
        );
    }
}

#[test]
fn the_text_of_another_instrument_under_a_title_is_told() {
    let words = ["为了规范渡口", "本省渡口适用本条例", "渡口由乡镇管理", "船工应当持证", "严禁超载开船", "违者罚款"];
    let line = |(at, words): (usize, &&str)| {
        format!("第{}条　{}。\n", ["一", "二", "三", "四", "五", "六"][at], words.repeat(8))
    };
    let text: String = words.iter().enumerate().map(line).collect();
    let folder = tempfile::tempdir().unwrap();
    let lines = [
        law("云省渡口条例", OLD, &text),
        law("云省乡村桥梁条例", NEW, &text),
        law("云省关于修改《云省渡口条例》的决定", NEW, &text),
    ];
    let faju = corpus(folder.path(), &lines);
    let read = |title: &str| here(faju.instrument(&id(&faju, title), None, &asker()).unwrap());
    let told = read("云省渡口条例").notice.unwrap();
    assert!(told.contains("；同样的正文又以《云省乡村桥梁条例》（") && told.ends_with("请核对原件"), "{told}");
    let article = format!("{}/a1", id(&faju, "云省乡村桥梁条例"));
    let Found::Moved(article) = faju.provision(&article, None, &asker()).unwrap() else { panic!("no version") };
    let told = here(faju.provision(&article, None, &asker()).unwrap()).notice.unwrap();
    assert!(told.contains("《云省渡口条例》"), "{told}");
    assert_eq!(read("云省关于修改《云省渡口条例》的决定").notice, None);
}

#[test]
fn a_number_tells_which_text_is_meant() {
    let interpretation = |number: &str, day: &str, fine: &str, end: &str| {
        let text = format!(
            "关于办理渡口案件的解释\n{number}\n第一条　超载的，处{fine}罚款，并责令改正。\n第二条　本解释自公布之日起施行。{end}"
        );
        let fields = format!("\"access\":\"public\",\"promulgation_date\":\"{day}\",\"effective_date\":\"{day}\"");
        law("关于办理渡口案件的解释", &fields, &text).replace("\"law\"", "\"judicial_interpretation\"")
    };
    let lines = [
        interpretation("云释〔2016〕29号", "2016-12-08", "一百元", ""),
        interpretation(
            "云释〔2023〕7号",
            "2023-08-15",
            "三百元",
            "《关于办理渡口案件的解释》（云释〔2016〕29号）、《关于审理渡口案件的解释》（云释〔2006〕4号）同时废止。",
        ),
    ];
    let folder = tempfile::tempdir().unwrap();
    let faju = corpus(folder.path(), &lines);
    assert_eq!(here(faju.instrument(&id(&faju, "关于办理渡口案件的解释"), None, &asker()).unwrap()).versions.len(), 2);
    let resolved = |text: &str| {
        let page = faju.resolve(&[text.to_string()], None, None, &asker()).unwrap();
        let citation = page.items[0].citations.first().cloned().unwrap();
        let version = citation.version.as_ref().map(|version| version.key.clone());
        (version, citation.reason, citation.quotation.map(|quotation| quotation.verdict))
    };
    let (old, new) = ("2016-12-08".to_string(), "2023-08-15".to_string());
    let title = "《关于办理渡口案件的解释》";
    assert_eq!(resolved(&format!("{title}（云释〔2016〕29号）第一条")).0, Some(old.clone()));
    assert_eq!(resolved(&format!("{title}（云释〔2023〕7号）第一条")).0, Some(new.clone()));
    assert_eq!(resolved(&format!("{title}第一条")).0, Some(new.clone()));
    let quoted =
        |number: &str| resolved(&format!("{title}（{number}）第一条规定：“超载的，处三百元罚款，并责令改正。”")).2;
    use faju::citation::quote::Verdict;
    assert_eq!(quoted("云释〔2023〕7号"), Some(Verdict::Verbatim));
    assert_ne!(quoted("云释〔2016〕29号"), Some(Verdict::Verbatim));
    // A number of a text that is not held is none of the one that is.
    assert_eq!(resolved(&format!("{title}（云释〔2013〕1号）第一条")).1, Some(Reason::NoVersionOfThatDay));
    for (number, version) in [("云释〔2016〕29号", "2016-12-08"), ("云释〔2023〕7号", "2023-08-15")] {
        let typed = search(&faju, &[("q", number)]).citation.unwrap();
        assert_eq!(typed.targets.len(), 1, "{number}: {}", typed.message);
        assert_eq!(typed.targets[0].version.as_ref().unwrap().key, version, "{number}: {}", typed.message);
    }
}

#[test]
fn what_a_person_says_of_a_status_counts_from_the_day_he_says_it() {
    let folder = tempfile::tempdir().unwrap();
    let faju = corpus(folder.path(), &[ferry(&[MADE], "一百元")]);
    let ferry = id(&faju, "中华人民共和国渡口法");
    let version = here(faju.instrument(&ferry, None, &asker()).unwrap()).version.unwrap();
    let act = Act::Correct {
        id: format!("{ferry}@{}", version.key),
        field: "asserted_status".to_string(),
        value: serde_json::json!("expired"),
        reason: "清理结果公告".to_string(),
        proof: "清理公告第2页".to_string(),
    };
    faju.act(act, &asker()).unwrap();
    let on = |day| here(faju.instrument(&ferry, Some(day), &asker()).unwrap()).version.unwrap().status;
    assert_eq!(on(jiff::civil::date(2015, 1, 1)), ValidityStatus::Unknown, "nobody said since when");
    assert_eq!(on(jiff::civil::date(2099, 1, 1)), ValidityStatus::Expired);
}
