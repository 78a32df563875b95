//! The citation graph on the sample and on small corpora of its own: links both ways, relations that texts state, scopes.

use super::*;
use faju::app::view::citations::{CitedByFilter, CitedByPage, CitesPage, ResolveMost};
use faju::app::view::impact::{ImpactFilter, ImpactState};
use faju::app::view::relations::{RelationShown, SaidBy};
use faju::app::{Outcome, Reason};
use faju::law::ValidityStatus;

/// A record of the interchange format as a line.
pub fn line(title: &str, number: &str, fields: &str, text: &str) -> String {
    let text = serde_json::to_string(text).unwrap();
    format!(
        "{{\"kind\":\"normative\",\"level\":\"normative_document\",\"issuer\":\"临江县人民政府\",\"region\":\"990102\",\
         \"document_number\":\"{number}\",\"title\":\"{title}\",{fields},\"text\":{text}}}\n"
    )
}

pub fn corpus(folder: &Path, lines: &[String]) -> Faju {
    let faju = open(&folder.join("data"));
    for (at, line) in lines.iter().enumerate() {
        // Each by itself: the order of imports must not matter.
        let file = folder.join(format!("{at}.jsonl"));
        std::fs::write(&file, line).unwrap();
        assert_eq!(import(&faju, file).new, 1, "{line}");
    }
    faju
}

pub fn id(faju: &Faju, title: &str) -> String {
    let page = search(faju, &[("q", &format!("标题:\"{title}\"")), ("status", "all")]);
    let found = page.items.iter().find_map(|item| match item {
        Item::Group(group) if group.instrument.title == title => Some(group.instrument.id.clone()),
        _ => None,
    });
    found.unwrap_or_else(|| panic!("{title}"))
}

pub fn here<T>(found: Found<T>) -> T {
    match found {
        Found::Here(here) => here,
        Found::Moved(to) => panic!("moved to {to}"),
    }
}

fn cites(faju: &Faju, id: &str) -> CitesPage {
    here(faju.cites(id, None, &asker()).unwrap())
}

pub fn cited_by(faju: &Faju, id: &str, asker: &Asker) -> CitedByPage {
    here(faju.cited_by(id, &CitedByFilter { limit: 100, ..CitedByFilter::default() }, None, asker).unwrap())
}

pub const PUBLIC: &str = "\"access\":\"public\",\"promulgation_date\":\"2020-01-10\",\"effective_date\":\"2020-02-01\"";
pub const LATER: &str = "\"access\":\"public\",\"promulgation_date\":\"2024-03-01\",\"effective_date\":\"2024-05-01\"";

pub fn ferry() -> String {
    let text = "第一条　为了规范渡口，制定本办法。\n第二条　渡船应当符合下列条件：\n（一）检验合格；\n（二）配备救生衣。\n渡船不得超载。\n第三条　违反本办法第二条第二款的，责令改正。";
    line("临江县渡口办法", "临政发〔2020〕1号", PUBLIC, text)
}

pub fn safety(fields: &str) -> String {
    let text = "第一条　根据《临江县渡口办法》，制定本细则。\n第二条　渡船超载，违反《临江县渡口办法》（临政发〔2020〕1号）第二条第二款的，依照该办法第三条处理。\n第三条　依照《临江县渡口办法》第九条办理的，适用前条规定。";
    line("临江县渡口安全细则", "临政办发〔2021〕3号", fields, text)
}

#[test]
fn what_a_text_cites_is_found_both_ways_whatever_came_first() {
    for citing_first in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        let mut lines = vec![
            ferry(),
            safety("\"access\":\"public\",\"promulgation_date\":\"2021-03-01\",\"effective_date\":\"2021-04-01\""),
        ];
        if citing_first {
            lines.reverse();
        }
        let faju = corpus(folder.path(), &lines);
        let (ferry, safety) = (id(&faju, "临江县渡口办法"), id(&faju, "临江县渡口安全细则"));
        let page = cites(&faju, &safety);
        let all: Vec<(String, Outcome, Option<Reason>)> = page
            .items
            .iter()
            .flat_map(|item| &item.citations)
            .map(|citation| (citation.text.clone(), citation.outcome, citation.reason))
            .collect();
        assert_eq!(
            all,
            [
                ("《临江县渡口办法》".to_string(), Outcome::Resolved, None),
                ("《临江县渡口办法》（临政发〔2020〕1号）第二条第二款".to_string(), Outcome::Resolved, None),
                ("临政发〔2020〕1号".to_string(), Outcome::Resolved, None),
                ("该办法第三条".to_string(), Outcome::Resolved, None),
                ("《临江县渡口办法》第九条".to_string(), Outcome::Unknown, Some(Reason::NoSuchArticle)),
                ("前条".to_string(), Outcome::Resolved, None),
            ]
        );
        assert_eq!(page.relations[0].relation, "implements");
        assert!(page.items[1].html.contains(&format!("/p/{ferry}@2020-01-10/a2/p2")), "{}", page.items[1].html);
        assert_eq!(cited_by(&faju, &ferry, &asker()).total, 5);
        let article = cited_by(&faju, &format!("{ferry}/a2"), &asker());
        assert_eq!((article.total, article.items[0].provision.label.as_str()), (1, "第二条"));
        let quote: Vec<char> = article.items[0].quote.chars().collect();
        let span = article.items[0].span;
        assert_eq!(
            quote[span.start..span.end].iter().collect::<String>(),
            "《临江县渡口办法》（临政发〔2020〕1号）第二条第二款"
        );
        let found = search(&faju, &[("q", "引用:\"临江县渡口办法第二条\" 超载")]);
        assert_eq!(ids(&found), [format!("{safety}@2021-03-01/a2")]);
        let found = search(&faju, &[("q", ""), ("cites", &ferry)]);
        assert_eq!(found.total.value, 3);
    }
}

#[test]
fn a_repeal_in_another_text_ends_a_version_whatever_came_first() {
    let repeal = line(
        "临江县水上交通办法",
        "临政发〔2024〕5号",
        LATER,
        "第一条　为了水上交通安全，制定本办法。\n第二条　本办法自2024年5月1日起施行。《临江县渡口办法》同时废止。",
    );
    for first in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        let mut lines = vec![ferry(), repeal.clone()];
        if first {
            lines.reverse();
        }
        let faju = corpus(folder.path(), &lines);
        let (ferry, repealing) = (id(&faju, "临江县渡口办法"), id(&faju, "临江县水上交通办法"));
        let version = here(faju.instrument(&ferry, None, &asker()).unwrap()).version.unwrap();
        assert_eq!(version.status, ValidityStatus::Repealed, "{first}");
        assert_eq!(version.ended_on, Some(jiff::civil::date(2024, 5, 1)));
        let proof = version.proof.and_then(|proofs| proofs.to).unwrap();
        assert_eq!(proof.quote, "第二条　本办法自2024年5月1日起施行。《临江县渡口办法》同时废止。");
        assert_eq!(proof.document, Some(format!("{repealing}@2024-03-01/a2")));
        // A repeal that is withdrawn is none.
        let document = format!("{repealing}@2024-03-01");
        faju.act(Act::Withdraw { id: document, origin: None, reason: "误发".to_string() }, &asker()).unwrap();
        let version = here(faju.instrument(&ferry, None, &asker()).unwrap()).version.unwrap();
        assert_eq!((version.status, version.ended_on), (ValidityStatus::InForce, None), "{first}");
    }
}

#[test]
fn what_is_hidden_cites_and_repeals_nothing_for_the_public() {
    let folder = tempfile::tempdir().unwrap();
    let internal = "\"access\":\"internal\",\"promulgation_date\":\"2021-03-01\",\"effective_date\":\"2021-04-01\"";
    let repeal =
        line("临江县内部办法", "临政办发〔2022〕9号", internal, "第一条　《临江县渡口办法》自2022年1月1日起废止。");
    let faju = corpus(folder.path(), &[ferry(), safety(internal), repeal]);
    let ferry = id(&faju, "临江县渡口办法");
    let public = Asker { access: Access::Public, ..asker() };
    assert_eq!(cited_by(&faju, &ferry, &public).total, 0);
    assert!(cited_by(&faju, &ferry, &asker()).total > 0);
    let version = here(faju.instrument(&ferry, None, &public).unwrap()).version.unwrap();
    assert_eq!(version.status, ValidityStatus::InForce);
    let hidden = id(&faju, "临江县渡口安全细则");
    assert_eq!(faju.cites(&hidden, None, &public).unwrap_err().code, ErrorCode::NotFound);
    assert_eq!(faju.cited_by(&hidden, &CitedByFilter::default(), None, &public).unwrap_err().code, ErrorCode::NotFound);
    let page = faju.resolve(&["《临江县渡口安全细则》第一条".to_string()], None, None, &public).unwrap();
    assert_eq!(page.items[0].citations[0].reason, Some(Reason::NotInCorpus));
}

#[test]
fn a_decision_whose_result_is_not_here_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let decision = line(
        "临江县人民政府关于修改《临江县渡口办法》的决定",
        "临政发〔2024〕7号",
        LATER,
        "临江县人民政府决定对《临江县渡口办法》作如下修改：\n一、将第三条修改为：“第三条　违反本办法的，责令停止航行。”\n二、本决定自2024年5月1日起施行。",
    );
    let faju = corpus(folder.path(), &[ferry(), decision]);
    let ferry = id(&faju, "临江县渡口办法");
    let page = cited_by(&faju, &ferry, &asker());
    let told: Vec<(&str, bool)> =
        page.relations.iter().map(|relation| (relation.relation.as_str(), relation.newer)).collect();
    assert_eq!(told, [("amends", true)]);
    assert_eq!(faju.cites(&format!("{ferry}/a99"), None, &asker()).unwrap_err().code, ErrorCode::NotFound);
    let gone = faju.cited_by(&format!("{ferry}/a99"), &CitedByFilter::default(), None, &asker());
    assert_eq!(gone.unwrap_err().code, ErrorCode::NotFound);
}

#[test]
fn a_decision_that_amends_several_leads_into_each_and_both_texts() {
    let folder = tempfile::tempdir().unwrap();
    let decision = line(
        "临江县人民政府关于修改《临江县渡口办法》等两件规范性文件的决定",
        "临政发〔2024〕7号",
        LATER,
        "临江县人民政府决定对《临江县渡口办法》等两件规范性文件作如下修改：\n一、修改《临江县渡口办法》\n（一）将第二条改为第三条。\n（二）增加一条，作为第二条：“第二条　渡口由县交通局管理。\n违反前款规定的，责令改正。”\n二、修改《临江县航道办法》\n（一）将第一条修改为：“为了规范航道，制定本办法。”\n三、本决定自2024年5月1日起施行。",
    );
    let changed = line(
        "临江县渡口办法",
        "临政发〔2024〕2号",
        LATER,
        "第一条　为了规范渡口，制定本办法。\n第二条　渡口由县交通局管理。\n违反前款规定的，责令改正。\n第三条　渡船应当检验合格。",
    );
    let waterway = line("临江县航道办法", "临政发〔2020〕9号", PUBLIC, "第一条　为了规范航道，制定本办法。");
    let faju = corpus(folder.path(), &[ferry(), decision, changed, waterway]);
    let (ferry, waterway) = (id(&faju, "临江县渡口办法"), id(&faju, "临江县航道办法"));
    let page = cites(&faju, &id(&faju, "临江县人民政府关于修改《临江县渡口办法》等两件规范性文件的决定"));
    let all: Vec<(String, Outcome, Vec<String>)> = page
        .items
        .iter()
        .flat_map(|item| &item.citations)
        .filter(|citation| !citation.text.starts_with('《'))
        .map(|citation| {
            let led = citation.provisions.iter().map(|provision| provision.id.clone()).collect();
            (citation.text.clone(), citation.outcome, led)
        })
        .collect();
    let led = |words: &str, to: String| (words.to_string(), Outcome::Resolved, vec![to]);
    assert_eq!(
        all,
        [
            led("第二条", format!("{ferry}@2020-01-10/a2")),
            led("第三条", format!("{ferry}@2024-03-01/a3")),
            led("第二条", format!("{ferry}@2024-03-01/a2")),
            led("第二条", format!("{ferry}@2024-03-01/a2")),
            led("前款", format!("{ferry}@2024-03-01/a2/p1")),
            led("第一条", format!("{waterway}@2020-01-10/a1")),
        ]
    );
    // The heading of a section is no provision, and it says what the decision amends.
    let told = |id: &str| {
        let page = cited_by(&faju, id, &asker());
        page.relations.iter().map(|r| (r.relation.clone(), r.newer, r.quote.clone())).collect::<Vec<_>>()
    };
    assert_eq!(told(&waterway), [("amends".to_string(), true, "二、修改《临江县航道办法》".to_string())]);
    assert_eq!(told(&ferry), [("amends".to_string(), false, "一、修改《临江县渡口办法》".to_string())]);
    // A decision has not to be cleaned up for what it says of the text that it changed.
    let filter = ImpactFilter { limit: 100, ..ImpactFilter::default() };
    assert_eq!(here(faju.impact(&ferry, &filter, None, &asker()).unwrap()).total, 0);
}

#[test]
fn citations_of_a_text_from_outside_are_resolved_on_a_day() {
    let folder = tempfile::tempdir().unwrap();
    let faju = corpus(folder.path(), &[ferry()]);
    let text = "依据《临江县渡口办法》第二条第一款第（二）项、第五条和国办发〔2099〕1号".to_string();
    let resolve = |day| faju.resolve(std::slice::from_ref(&text), None, Some(day), &asker()).unwrap();
    let page = resolve(jiff::civil::date(2021, 1, 1));
    let citations = &page.items[0].citations;
    let told: Vec<_> = citations.iter().map(|citation| (citation.outcome, citation.reason)).collect();
    assert_eq!(
        told,
        [
            (Outcome::Resolved, None),
            (Outcome::Unknown, Some(Reason::NoSuchArticle)),
            (Outcome::Unknown, Some(Reason::NotInCorpus)),
        ]
    );
    assert_eq!(citations[0].normal.as_deref(), Some("《临江县渡口办法》第二条第一款第二项"));
    let characters: Vec<char> = text.chars().collect();
    for citation in citations {
        let words: String = characters[citation.span.start..citation.span.end].iter().collect();
        assert_eq!(words, citation.text, "the span is exact");
    }
    let early = resolve(jiff::civil::date(2019, 1, 1));
    assert_eq!(early.items[0].citations[0].reason, Some(Reason::NoVersionOfThatDay));
}

#[test]
fn what_persons_record_stands_beside_what_texts_tell() {
    let folder = tempfile::tempdir().unwrap();
    let safety = safety("\"access\":\"public\",\"promulgation_date\":\"2021-03-01\",\"effective_date\":\"2021-04-01\"");
    let other = line("临江县航道办法", "临政发〔2020〕9号", PUBLIC, "第一条　为了规范航道，制定本办法。");
    let internal = "\"access\":\"internal\",\"promulgation_date\":\"2020-01-10\",\"effective_date\":\"2020-02-01\"";
    let hidden = line("临江县内部办法", "临政办发〔2022〕9号", internal, "第一条　为了内部管理，制定本办法。");
    let faju = corpus(folder.path(), &[ferry(), safety, other, hidden]);
    let (safety, other) = (id(&faju, "临江县渡口安全细则"), id(&faju, "临江县航道办法"));
    let relate = |relation: &str, target: String| {
        let act = Act::Relate {
            id: safety.clone(),
            relation: relation.to_string(),
            target,
            on: None,
            undo: false,
            reason: "正文漏写".to_string(),
            proof: "会议纪要第3页".to_string(),
        };
        faju.act(act, &asker()).unwrap();
    };
    relate("implements", other.clone());
    relate("amends", id(&faju, "临江县内部办法"));
    let told = |id: &str, asker: &Asker| -> Vec<(&'static str, bool, SaidBy, String, String)> {
        let view = here(faju.instrument(id, None, asker).unwrap());
        let row = |shown: RelationShown| (shown.relation, shown.acts, shown.by, shown.title, shown.proof);
        view.relations.into_iter().map(row).collect()
    };
    let by_person =
        |relation, acts, title: &str| (relation, acts, SaidBy::Person, title.to_string(), "会议纪要第3页".to_string());
    let by_text = (
        "implements",
        true,
        SaidBy::Text,
        "临江县渡口办法".to_string(),
        "第一条　根据《临江县渡口办法》，制定本细则。".to_string(),
    );
    let both = by_person("implements", true, "临江县航道办法");
    let secret = by_person("amends", true, "临江县内部办法");
    assert_eq!(told(&safety, &asker()), [by_text.clone(), both.clone(), secret]);
    // Whoever may not see the other side is told nothing of it.
    let public = Asker { access: Access::Public, ..asker() };
    assert_eq!(told(&safety, &public), [by_text, both]);
    assert_eq!(told(&other, &public), [by_person("implements", false, "临江县渡口安全细则")]);
    let view = here(faju.instrument(&safety, None, &asker()).unwrap());
    assert_eq!(view.relations[1].says(), "根据《临江县航道办法》制定");
    assert!(
        view.relations[1].proved().starts_with("人工写明：会议纪要第3页；理由：正文漏写（20"),
        "{:?}",
        view.relations[1]
    );
    assert_eq!(view.relations[0].instrument.as_ref().map(|head| head.title.as_str()), Some("临江县渡口办法"));
}

#[test]
fn a_version_chosen_by_an_assumed_day_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let text = "第一条　为了规范渡口，制定本办法。";
    let title = "临江县渡船办法";
    let history = "\"access\":\"public\",\"history\":[\"2018年3月1日临江县人民政府公布\",\
                   \"根据2020年5月1日《临江县人民政府关于修改〈临江县渡船办法〉的决定》修正\"]";
    let citing = line(
        "临江县渡船细则",
        "临政办发〔2021〕8号",
        "\"access\":\"public\",\"promulgation_date\":\"2021-03-01\",\"effective_date\":\"2021-04-01\"",
        "第一条　依照《临江县渡船办法》第一条办理。",
    );
    let faju = corpus(folder.path(), &[line(title, "临政发〔2018〕6号", history, text), citing]);
    let page = cites(&faju, &id(&faju, "临江县渡船细则"));
    let citation = &page.items[0].citations[0];
    let assumed = citation.version.as_ref().and_then(|version| version.assumed.clone()).unwrap();
    assert!(assumed.starts_with("施行日期未见"), "{assumed}");
    assert_eq!(citation.message.as_deref(), Some(assumed.as_str()));
    assert_eq!(citation.normal.as_deref(), Some("《临江县渡船办法》（2020年修正）第一条"));
    let cited = cited_by(&faju, &id(&faju, title), &asker());
    assert_eq!(cited.items[0].cited_assumed, Some(assumed));
}

#[test]
fn an_answer_about_a_text_has_a_bound_and_counts_what_is_beyond() {
    let folder = tempfile::tempdir().unwrap();
    let faju = corpus(folder.path(), &[ferry()]);
    let text = "《临江县渡口办法》第一条至第三条，渡船，".repeat(10);
    let texts = [text.clone(), text.clone()];
    let page_after = |skip, in_text, entries| {
        let page = faju.resolve_most(&texts, None, None, ResolveMost { skip, in_text, entries }, &asker()).unwrap();
        let given: Vec<(usize, u64, u64)> =
            page.items.iter().map(|item| (item.citations.len(), item.total, item.left_off)).collect();
        assert!(page.items.iter().all(|item| item.html.matches("渡船").count() == 10), "the text is whole");
        (given, page.total, page.left_off)
    };
    let page = |in_text, entries| page_after(0, in_text, entries);
    assert_eq!(page(100, 1000), (vec![(10, 10, 0), (10, 10, 0)], 20, 0));
    assert_eq!(page(4, 1000), (vec![(4, 10, 6), (4, 10, 6)], 20, 12));
    // Each citation is one entry, and each of its three places another.
    assert_eq!(page(100, 51), (vec![(10, 10, 0), (2, 10, 8)], 20, 8));
    assert_eq!(faju.resolve(&texts, None, None, &asker()).unwrap().left_off, 0);
    // What is left off is reached by skipping what was given.
    assert_eq!(page_after(4, 4, 1000), (vec![(4, 10, 2), (4, 10, 2)], 20, 4));
    assert_eq!(page_after(8, 4, 1000), (vec![(2, 10, 0), (2, 10, 0)], 20, 0));
    assert_eq!(page_after(11, 4, 1000), (vec![(0, 10, 0), (0, 10, 0)], 20, 0));
}

#[test]
fn what_cites_a_text_that_is_not_held_is_counted_by_the_number_and_said_to_be_unverified() {
    let folder = tempfile::tempdir().unwrap();
    let text = "第一条　为了规范渡口，制定本办法。\n第二条　渡船不得超载。\n第三条　违反本办法的，责令改正。";
    let ferry = line("临江县渡口办法", "临政发〔2020〕1号", PUBLIC, text);
    let citing = |title: &str, number: &str, year: u16, text: &str| {
        let dated =
            format!("\"access\":\"public\",\"promulgation_date\":\"{year}-03-01\",\"effective_date\":\"{year}-04-01\"");
        line(title, number, &dated, text)
    };
    let early =
        citing("临江县渡口细则", "临政办发〔2012〕3号", 2012, "第一条　违反《临江县渡口办法》第二条至第三条的，警告。");
    let late = citing("临江县渡口规程", "临政办发〔2022〕4号", 2022, "第一条　违反《临江县渡口办法》第二条的，警告。");
    let faju = corpus(folder.path(), &[ferry, early, late]);
    let ferry = id(&faju, "临江县渡口办法");
    let page = cited_by(&faju, &format!("{ferry}/a2"), &asker());
    let told: Vec<(&str, Option<Reason>)> =
        page.items.iter().map(|item| (item.instrument.title.as_str(), item.reason)).collect();
    let wanted = [("临江县渡口规程", None), ("临江县渡口细则", Some(Reason::NoVersionOfThatDay))];
    assert_eq!((page.total, page.unverified, told), (2, 1, wanted.to_vec()));
    let version = page.items[0].cited_version.clone().unwrap();
    let of_version = cited_by(&faju, &format!("{version}/a3"), &asker());
    assert_eq!((of_version.total, of_version.unverified), (1, 1), "only by its number");
    let whole = cited_by(&faju, &ferry, &asker());
    let counts: Vec<(&str, u64)> = whole.articles.iter().map(|row| (row.key.as_str(), row.count)).collect();
    assert_eq!((counts, whole.unverified), (vec![("a2", 2), ("a3", 1)], 0));
    let asked = search(&faju, &[("q", "引用:临江县渡口办法第2条"), ("group", "none")]);
    assert_eq!(asked.total.value, 2, "the query language finds what the list has");
    let filter = ImpactFilter { limit: 100, ..ImpactFilter::default() };
    let impact = here(faju.impact(&format!("{ferry}/a2"), &filter, None, &asker()).unwrap());
    assert_eq!(impact.items.iter().map(|item| item.state).collect::<Vec<_>>(), [ImpactState::Unverifiable]);
}
