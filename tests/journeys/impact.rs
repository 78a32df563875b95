//! The clean-up journey: what a change or a repeal leaves pointing at nothing, at moved or at altered text.

use super::citations::{LATER, PUBLIC, corpus, ferry, here, id, line, safety};
use super::*;
use faju::app::view::impact::{ImpactFilter, ImpactPage, ImpactState};

const BETWEEN: &str = "\"access\":\"public\",\"promulgation_date\":\"2021-03-01\",\"effective_date\":\"2021-04-01\"";

fn impact(faju: &Faju, title: &str, on: Option<jiff::civil::Date>) -> ImpactPage {
    let filter = ImpactFilter { limit: 100, ..ImpactFilter::default() };
    here(faju.impact(&id(faju, title), &filter, on, &asker()).unwrap())
}

/// Where each touched citation stands, what it meets, and what it would have to name now.
fn told(page: &ImpactPage) -> Vec<(String, ImpactState, Vec<String>)> {
    let row = |item: &faju::app::view::impact::ImpactItem| {
        let now = item.now.iter().map(|place| place.label.clone()).collect();
        (item.citation.provision.label.clone(), item.state, now)
    };
    page.items.iter().map(row).collect()
}

#[test]
fn a_change_shows_what_still_points_at_the_old_text() {
    let folder = tempfile::tempdir().unwrap();
    let changed = line(
        "临江县渡口办法",
        "临政发〔2024〕2号",
        LATER,
        "第一条　为了规范渡口，制定本办法。\n第二条　渡口由县交通局管理。\n第三条　渡船应当符合下列条件：\n（一）检验合格；\n（二）配备救生衣。\n渡船不得超载。",
    );
    let safety = safety(BETWEEN);
    let faju = corpus(folder.path(), &[ferry(), safety, changed]);
    let states = told(&impact(&faju, "临江县渡口办法", None));
    assert_eq!(
        states,
        [
            ("第二条".to_string(), ImpactState::Gone, vec![]),
            ("第三条".to_string(), ImpactState::Gone, vec![]),
            ("第二条".to_string(), ImpactState::Moved, vec!["第三条第二款".to_string()]),
        ]
    );
    let before = impact(&faju, "临江县渡口办法", Some(jiff::civil::date(2022, 1, 1)));
    assert_eq!(before.items.iter().map(|item| item.state).collect::<Vec<_>>(), [ImpactState::Gone]);
}

#[test]
fn a_divided_article_is_followed_by_its_paragraphs() {
    let folder = tempfile::tempdir().unwrap();
    let old = line(
        "临江县渡口办法",
        "临政发〔2020〕1号",
        PUBLIC,
        "第一条　为了规范渡口，制定本办法。\n第二条　渡船应当每年检验一次，检验合格的方可航行。\n渡口经营者应当公示票价和班次，不得擅自涨价。\n渡工应当持证上岗，不得酒后驾驶渡船。\n第三条　乘客应当服从渡工指挥，依次上下渡船。\n渡船不得超载。",
    );
    let new = line(
        "临江县渡口办法",
        "临政发〔2024〕2号",
        LATER,
        "第一条　为了规范渡口，制定本办法。\n第二条　渡船应当每年检验一次，检验合格的方可航行。\n第三条　渡口经营者应当公示票价和班次，不得擅自涨价。\n渡工应当持证上岗，不得酒后驾驶渡船。\n第四条　乘客应当服从渡工和码头管理人员指挥，依次上下渡船。\n渡船不得超载。",
    );
    let text = "第一条　违反《临江县渡口办法》第二条第一款的，警告。\n第二条　违反《临江县渡口办法》第二条第三款的，罚款。\n第三条　违反《临江县渡口办法》第三条第二款的，罚款。\n第四条　违反《临江县渡口办法》第三条第一款的，警告。";
    let citing = line("临江县渡口细则", "临政办发〔2021〕3号", BETWEEN, text);
    let faju = corpus(folder.path(), &[old, citing, new]);
    let mut told = told(&impact(&faju, "临江县渡口办法", None));
    told.sort_by_key(|(label, ..)| label.clone());
    let row = |label: &str, state, now: &str| (label.to_string(), state, vec![now.to_string()]);
    let mut wanted = vec![
        // 第二条第一款 stands where it stood: nothing is touched.
        row("第二条", ImpactState::Moved, "第三条第二款"),
        row("第三条", ImpactState::Moved, "第四条第二款"),
        row("第四条", ImpactState::MovedAltered, "第四条"),
    ];
    wanted.sort_by_key(|(label, ..)| label.clone());
    assert_eq!(told, wanted);
}

#[test]
fn what_repeals_and_has_the_same_subject_is_the_successor() {
    let repealing = |title: &str| {
        let text =
            "第一条　为了水上交通安全，制定本规定。\n第二条　本规定自2024年5月1日起施行。《临江县渡口办法》同时废止。";
        line(title, "临政发〔2024〕5号", LATER, text)
    };
    for (title, is_successor) in [("临江县渡口规定", true), ("临江县水上交通规定", false)] {
        let folder = tempfile::tempdir().unwrap();
        let faju = corpus(folder.path(), &[ferry(), repealing(title)]);
        let page = impact(&faju, "临江县渡口办法", None);
        let sentences = "第二条　本规定自2024年5月1日起施行。《临江县渡口办法》同时废止。";
        assert_eq!(page.ended.map(|proof| proof.quote).as_deref(), Some(sentences));
        let told = page.successor.map(|successor| (successor.instrument.title, successor.quote));
        assert_eq!(told, is_successor.then(|| (title.to_string(), sentences.to_string())), "{title}");
    }
}

#[test]
fn a_whole_article_of_which_a_paragraph_went_elsewhere_leads_to_both() {
    let folder = tempfile::tempdir().unwrap();
    let old = line(
        "临江县渡口办法",
        "临政发〔2020〕1号",
        PUBLIC,
        "第一条　为了规范渡口，制定本办法。\n第二条　渡船应当每年检验一次，检验合格的方可航行，检验证书应当张贴在船舱显著位置。\n渡口经营者逃避责任、严重损害乘客利益的，应当对乘客的损失承担连带责任。\n第三条　乘客应当服从渡工指挥，依次上下渡船。",
    );
    let new = line(
        "临江县渡口办法",
        "临政发〔2024〕2号",
        LATER,
        "第一条　为了规范渡口，制定本办法。\n第二条　县人民政府加强对渡口工作的领导，保障所需经费。\n第三条　渡船应当每年检验两次，检验合格的方可航行，检验证书应当张贴在船舱显著位置。\n第四条　乘客应当服从渡工指挥，依次上下渡船。\n第五条　渡口经营者逃避责任、严重损害乘客利益的，应当对乘客的损失承担连带责任。\n渡口经营者以其控制的其他渡口实施前款行为的，各渡口应当对任一渡口的债务承担连带责任，并由主管部门予以公告。",
    );
    let citing = line(
        "临江县渡口细则",
        "临政办发〔2021〕3号",
        BETWEEN,
        "第一条　渡口经营者依照《临江县渡口办法》第二条承担责任。",
    );
    let faju = corpus(folder.path(), &[old, citing, new]);
    let wanted = vec!["第三条".to_string(), "第五条第一款".to_string()];
    let told = told(&impact(&faju, "临江县渡口办法", None));
    assert_eq!(told, [("第一条".to_string(), ImpactState::MovedAltered, wanted)]);
}
