use super::*;
use crate::law::document::Document;
use crate::law::event::{EventKind, EventSource};
use crate::law::history;
use crate::law::history::events;
use crate::law::kind::Kind;
use crate::law::provision::Structure;
use crate::law::validity::{EndedBy, Interval, ValidityStatus};
use jiff::civil::{Date, date};
use proptest::prelude::*;

mod extended;
mod missing;
mod sources;

fn law(history: &[&str], text: &str) -> Document {
    let history = history.iter().map(|line| line.to_string()).collect();
    Document { history, ..Document::new(Kind::Legislation, "云法", text) }
}

fn facts(document: &Document) -> VersionFacts {
    VersionFacts::of(document, &Structure::default(), &events(document, &Structure::default()))
}

fn articles(count: usize, changed: &[(usize, &str)]) -> String {
    let mut text = String::new();
    for number in 1..=count {
        let words = changed.iter().find(|(at, _)| *at == number).map_or("应当守云。", |(_, words)| words);
        text.push_str(&format!("第{number}条　{words}\n"));
    }
    text
}

fn verdict(a: &Document, b: &Document) -> Verdict {
    same_version(&facts(a), &facts(b))
}

const MADE: &str = "2015年3月4日云大会通过";
const AMENDED: &str = "根据2020年5月6日《关于修改〈云法〉的决定》修正";

#[test]
fn the_same_last_change_is_one_version_however_much_differs() {
    let whole = law(&[MADE, AMENDED], &articles(20, &[]));
    let torn = law(&[AMENDED], &articles(12, &[(3, "可以守云。")]));
    let Verdict::Same(found) = verdict(&whole, &torn) else { panic!("one version") };
    assert_eq!(found.len(), 9);
    assert_eq!((found[0].key.as_str(), found[0].kind), ("第3条", DifferenceKind::Words));
    assert_eq!(found[8].kind, DifferenceKind::OnlyFirst);
    let by_decision = law(&["根据2020年5月20日《关于修改<中华人民共和国云法>的决定》修正"], &articles(20, &[]));
    assert!(matches!(verdict(&whole, &by_decision), Verdict::Same(_)));
}

#[test]
fn a_later_change_is_another_version_even_if_one_article_differs() {
    let (old, new) = (law(&[MADE], &articles(132, &[])), law(&[MADE, AMENDED], &articles(132, &[(9, "可以守云。")])));
    assert_eq!(verdict(&old, &new), Verdict::Different);
    let copied = law(&[MADE, AMENDED], &articles(132, &[]));
    assert!(matches!(verdict(&old, &copied), Verdict::Doubtful(_)), "a history that was not kept up, or no change");
}

#[test]
fn a_date_of_unknown_kind_is_explained_by_another_history() {
    let told = law(&[MADE, AMENDED], &articles(20, &[]));
    let copy = |history: &[&str], changed: &[(usize, &str)]| Document {
        source_date: Some(date(2020, 5, 6)),
        ..law(history, &articles(20, changed))
    };
    let torn = [(1, "可以守云。"), (2, "不守云。")];
    assert!(matches!(verdict(&copy(&[MADE], &torn), &told), Verdict::Same(_)), "the last line is missing");
    assert!(matches!(verdict(&told, &copy(&[], &torn)), Verdict::Same(_)), "all lines are missing");
    let other: Vec<(usize, &str)> = (1..=11).map(|number| (number, "守雨。")).collect();
    assert_eq!(verdict(&copy(&[MADE], &other), &told), Verdict::Different, "the date alone proves nothing");
    let later = Document { source_date: Some(date(2024, 1, 1)), ..law(&[MADE, AMENDED], &articles(20, &torn)) };
    assert!(matches!(verdict(&told, &later), Verdict::Same(_)), "two of twenty");
    let reworded = Document { source_date: Some(date(2024, 1, 1)), ..law(&[MADE, AMENDED], &articles(20, &other)) };
    assert!(matches!(verdict(&told, &reworded), Verdict::Doubtful(_)), "a change that no history tells");
}

#[test]
fn without_history_the_text_decides() {
    let told = law(&[MADE], &articles(100, &[]));
    let same = |changed: &[(usize, &str)]| verdict(&told, &law(&[], &articles(100, changed)));
    assert!(matches!(same(&[]), Verdict::Same(found) if found.is_empty()));
    assert!(matches!(same(&[(5, "应当守雨。"), (6, "应当守雪。")]), Verdict::Same(found) if found.len() == 2));
    assert_eq!(same(&[(5, "守雨。"), (6, "守雪。"), (7, "守风。")]), Verdict::Different);
    for weighty in ["可以守云。", "不应当守云。", "应当守云5次。"] {
        assert!(matches!(same(&[(5, weighty)]), Verdict::Doubtful(_)), "{weighty}");
    }
    let short = |changed: &[(usize, &str)]| verdict(&law(&[], &articles(4, &[])), &law(&[], &articles(4, changed)));
    assert!(matches!(short(&[(1, "应当守雨。")]), Verdict::Same(_)));
    assert_eq!(short(&[(1, "应当守雨。"), (2, "应当守雨。")]), Verdict::Different);
    assert_eq!(verdict(&law(&[], "云。"), &law(&[], "雨。")), Verdict::Different);
}

#[test]
fn the_same_number_is_one_version_where_dates_do_not_contradict() {
    let (short, long) = (articles(25, &[]), articles(47, &[(1, "守雨。"), (2, "守雪。")]));
    let dated = law(&["（中国云行令〔2024〕第6号）", "2024年11月25日发布，自2025年1月1日起施行"], &short);
    let numbered = |line: &str| law(&[line], &long);
    assert!(matches!(verdict(&dated, &numbered("中国云行令〔2024〕6号")), Verdict::Same(found) if found.len() == 24));
    assert!(matches!(verdict(&dated, &numbered("中国云行令（2024年第6号）")), Verdict::Same(_)));
    for other in ["中国云行令〔2024〕7号", "中国云行令〔2023〕6号", "中国雨行令〔2024〕6号", "中国云行令第6号"]
    {
        assert_eq!(verdict(&dated, &numbered(other)), Verdict::Different, "{other}");
    }
    let stated = |number: &str, text: &str| Document { document_number: Some(number.into()), ..law(&[], text) };
    assert!(matches!(verdict(&stated("云发[2020]5号", &short), &stated("云发〔2020〕 5 号", &long)), Verdict::Same(_)));
    let changed = Document { history: vec![AMENDED.into()], ..stated("云发〔2020〕5号", &long) };
    assert_eq!(verdict(&stated("云发〔2020〕5号", &short), &changed), Verdict::Different, "it keeps its number");
}

#[test]
fn adoption_and_promulgation_of_one_making_are_compared_by_text() {
    let adopted = law(&["2020年2月3日云院会议通过"], &articles(10, &[]));
    let promulgated = |text: &str| law(&["2020年3月7日云令第593号公布"], text);
    assert!(matches!(verdict(&adopted, &promulgated(&articles(10, &[]))), Verdict::Same(_)));
    assert_eq!(verdict(&adopted, &promulgated(&articles(15, &[]))), Verdict::Different);
}

#[test]
fn width_space_and_punctuation_are_no_difference() {
    let a = law(&[], "第一条　罚款１．５万元，“云”。\n## 第二章\n第二条 守云。");
    let b = law(&[], "第 一 条 罚款1.5万元,「云」\n第二条守云");
    assert!(matches!(verdict(&a, &b), Verdict::Same(found) if found.is_empty()));
    assert!(matches!(verdict(&a, &law(&[], "第一条罚款15万元云\n第二条守云")), Verdict::Different));
}

fn found(documents: &[&Document]) -> Vec<(Interval, Vec<String>)> {
    let all: Vec<_> = documents.iter().map(|document| events(document, &Structure::default())).collect();
    let inputs: Vec<VersionInput<'_>> = documents
        .iter()
        .zip(&all)
        .map(|(document, events)| VersionInput::of([(*document, events.as_slice())]))
        .collect();
    let placed = intervals(&inputs);
    for (place, placement) in placed.iter().enumerate() {
        proved(place, placement, &placed);
    }
    placed.into_iter().map(|placement| (placement.interval, placement.remarks)).collect()
}

/// Every bound has its proof, of the same day or with a word on why it is another.
fn proved(place: usize, placement: &Placement, all: &[Placement]) {
    let Placement { interval, proofs, next, .. } = placement;
    assert_eq!(
        (interval.effective_from.is_some(), interval.ended_on.is_some()),
        (proofs.from.is_some(), proofs.to.is_some())
    );
    for (day, proof) in [(interval.effective_from, &proofs.from), (interval.ended_on, &proofs.to)] {
        if let (Some(day), Some(proof)) = (day, proof) {
            let clamped = Some(day) == interval.effective_from && proof.date < day;
            assert!(proof.date == day || proof.assumed.is_some() || clamped, "{placement:?}");
            assert!(!proof.quote.is_empty(), "{placement:?}");
        }
    }
    if let Some(next) = next {
        assert!(*next != place && interval.ended_by == Some(EndedBy::Amendment));
        assert!(all[*next].interval.effective_from.is_none_or(|from| interval.ended_on >= Some(from)));
    }
}

fn interval(from: Option<Date>, ended: Option<(Date, EndedBy)>) -> Interval {
    let (ended_on, ended_by) = (ended.map(|(on, _)| on), ended.map(|(_, by)| by));
    Interval { effective_from: from, ended_on, ended_by, end_is_latest: false }
}

#[test]
fn a_version_lasts_until_the_next_takes_effect() {
    let first = "第一条 云。\n第二条 本法自1983年3月1日起施行。";
    let mut amended = law(&["1982年8月23日云大会通过", "2019年4月23日《关于修改<云法>的决定》修正"], first);
    let amended_on_promulgation = interval(Some(date(2019, 4, 23)), None);
    assert_eq!(found(&[&amended])[0].0, amended_on_promulgation, "附则 tells the first day of the first version");
    amended.effective_date = Some(date(2019, 11, 1));
    let revised = law(
        &["1982年8月23日云大会通过", "2019年4月23日《关于修改<云法>的决定》修正", "2026年6月26日云大会修订"],
        "第一条 云。\n第二条 本法自2027年1月1日起施行。",
    );
    let original = law(&["1982年8月23日云大会通过"], first);
    let days = found(&[&revised, &original, &amended]);
    assert_eq!(days[0].0, interval(Some(date(2027, 1, 1)), None));
    assert_eq!(days[1].0, interval(Some(date(1983, 3, 1)), Some((date(2019, 11, 1), EndedBy::Amendment))));
    assert_eq!(days[2].0, interval(Some(date(2019, 11, 1)), Some((date(2027, 1, 1), EndedBy::Amendment))));
    assert_eq!(days[2].0.status(date(2026, 11, 24)), ValidityStatus::InForce);
    assert_eq!(days[0].0.status(date(2026, 11, 24)), ValidityStatus::NotYetEffective);
    assert_eq!(days[2].0.status(date(2027, 1, 1)), ValidityStatus::Amended);
    assert!(days.iter().all(|(_, remarks)| remarks.is_empty()));
}

#[test]
fn an_unknown_first_day_is_never_guessed_and_never_hides_the_end_of_the_older() {
    let old = law(&["2010年1月2日云大会通过"], "第一条 本法自2010年3月1日起施行。");
    let new = law(&["2020年1月2日云令公布"], "第一条 云。");
    let days = found(&[&old, &new]);
    assert_eq!(days[1].0, interval(None, None));
    assert_eq!(days[0].0, interval(Some(date(2010, 3, 1)), Some((date(2020, 1, 2), EndedBy::Amendment))));
    assert!(days.iter().all(|(_, remarks)| remarks.len() == 1));
    let undated = law(&[], "第一条 本法自2010年3月1日起施行。");
    let amended = law(&["2010年1月2日云大会通过", AMENDED], "第一条 本法自2010年3月1日起施行。");
    let days = found(&[&undated, &amended]);
    assert_eq!((days[0].0, days[0].1.len()), (interval(None, None), 1), "cannot be put in order");
    assert_eq!(found(&[&undated])[0].0, interval(Some(date(2010, 3, 1)), None), "alone it can");
    let revised = law(&["2020年1月2日云大会修订"], "第一条 本法自2020年3月1日起施行。");
    let days = found(&[&revised, &undated]);
    assert_eq!(
        days[1].0,
        interval(Some(date(2010, 3, 1)), Some((date(2020, 3, 1), EndedBy::Amendment))),
        "its own first day puts it in order where no other version has the same"
    );
}

#[test]
fn a_later_text_without_a_history_is_not_in_force_from_the_first_day_of_the_first() {
    let old = law(
        &["1997年3月14日 云州省人民代表大会通过", "2023年12月29日 云州省人民代表大会修正"],
        "第一条　甲。\n第二条　本法自1997年10月1日起施行。",
    );
    let mut silent = law(&[], "第一条　乙。\n第二条　本法自1997年10月1日起施行。");
    silent.effective_date = Some(date(2024, 3, 1));
    let found = found(&[&old, &silent]);
    assert_eq!(found[0].0, interval(Some(date(2023, 12, 29)), Some((date(2024, 3, 1), EndedBy::Amendment))));
    assert_eq!(found[1].0, interval(Some(date(2024, 3, 1)), None));
    assert!(found[1].1.iter().any(|remark| remark.contains("2024-03-01")), "{found:?}");
}

#[test]
fn a_text_dated_only_by_its_effect_is_that_of_the_change_before() {
    let history = ["1997年3月14日 云州省人民代表大会通过", "2023年12月29日 云州省人民代表大会修正"];
    let whole = law(&history, &articles(100, &[]));
    let facts = |document: &Document| {
        VersionFacts::of(document, &Structure::default(), &events(document, &Structure::default()))
    };
    let mut silent = law(&[], &articles(100, &[(7, "处三年以上")]));
    silent.effective_date = Some(date(2024, 3, 1));
    assert!(matches!(same_version(&facts(&whole), &facts(&silent)), Verdict::Same(_)));
    silent.effective_date = Some(date(2025, 3, 1));
    assert!(!matches!(same_version(&facts(&whole), &facts(&silent)), Verdict::Same(_)), "long after the change");
    let silent = law(&[], "第一条　乙。\n第二条　丙。\n第三条　丁。");
    assert!(!matches!(same_version(&facts(&whole), &facts(&silent)), Verdict::Same(_)), "other words");
}

#[test]
fn contradictory_days_of_effect_are_named() {
    let mut document = law(&["2020年1月2日云大会通过"], "第一条 本法自2020年3月1日起施行。");
    document.effective_date = Some(date(2020, 2, 1));
    let days = found(&[&document]);
    assert_eq!(days[0].0.effective_from, Some(date(2020, 3, 1)));
    assert!(days[0].1[0].contains("2020-02-01") && days[0].1[0].contains("2020-03-01"));
    let early = Document { effective_date: Some(date(2019, 2, 1)), ..law(&["2020年1月2日云大会通过"], "云") };
    assert_eq!((found(&[&early])[0].0.effective_from, found(&[&early])[0].1.len()), (None, 1));
    let retroactive = law(&["1987年9月5日云令公布"], "第一条 本法自1987年9月1日起施行。");
    assert_eq!(found(&[&retroactive])[0].0.effective_from, Some(date(1987, 9, 1)));
}

#[test]
fn a_text_under_a_wrong_title_says_nothing_of_the_instrument() {
    let text = |words: &str| format!("第一条　{words}。\n第二条　本法自2011年3月1日起施行。");
    let own = law(&["2018年9月21日云大会通过"], "第一条 本省云法。\n第二条 本法自2018年12月1日起施行。");
    let other = law(
        &[
            "2010年11月25日云大会通过",
            "根据2015年7月24日《关于修改〈云法〉的决定》第一次修正",
            "根据2022年3月30日《关于修改〈雨法〉的决定》第五次修正",
        ],
        &text("雨"),
    );
    let days = found(&[&own, &other]);
    assert_eq!(days[0].0, interval(None, None), "nothing tells which of them is the stranger");
    let named = |document: &Document| Document { title: "云州农村公路条例".into(), ..document.clone() };
    let own = named(&Document { text: own.text.replace("云法", "农村公路"), ..own.clone() });
    let days = found(&[&own, &named(&other)]);
    assert_eq!(days[0].0, interval(Some(date(2018, 12, 1)), None), "one speaks of its title");
    assert_eq!((days[1].0, days[1].1.len()), (interval(None, None), 1));
    assert!(days[1].1[0].contains("可能不是同一文件"));
    let anew = law(&["2010年11月25日云大会通过", "2018年9月21日云大会修订", "2022年3月30日云大会修正"], &text("雨"));
    assert!(found(&[&own, &anew])[1].0.effective_from.is_some(), "this history knows of 2018");
}

#[test]
fn an_equal_text_dated_by_the_change_is_one_version() {
    let told = law(&[MADE, AMENDED], &articles(20, &[]));
    let torn = |date| Document { source_date: Some(date), ..law(&[MADE], &articles(20, &[])) };
    assert!(matches!(verdict(&torn(date(2020, 4, 26)), &told), Verdict::Same(_)), "a file named by a day near it");
    assert!(matches!(verdict(&told, &torn(date(2022, 1, 1))), Verdict::Doubtful(_)));
    assert!(matches!(verdict(&told, &torn(date(2014, 1, 1))), Verdict::Doubtful(_)), "dated before its own making");
}

#[test]
fn a_day_that_is_written_out_goes_before_the_day_of_promulgation() {
    let text = "第一条 本法自公布之日起施行。";
    let made = "2020年1月2日云令第5号公布 自2020年2月3日起施行";
    assert_eq!(found(&[&law(&[made], text)])[0], (interval(Some(date(2020, 2, 3)), None), Vec::new()));
    // 自公布之日 in a text changed by a decision speaks of the first promulgation, however the day was found.
    let changed = law(
        &["1980年9月10日全国人民代表大会通过", "2018年8月31日全国人民代表大会常务委员会《关于修改〈云法〉的决定》修正"],
        text,
    );
    let silent =
        Document { source_date: Some(date(2018, 8, 31)), effective_date: Some(date(2019, 1, 1)), ..law(&[], text) };
    let all = [&changed, &silent].map(|document| events(document, &Structure::default()));
    let both = VersionInput::of([(&changed, all[0].as_slice()), (&silent, all[1].as_slice())]);
    let placed = intervals(&[both]).swap_remove(0);
    assert_eq!((placed.interval.effective_from, placed.remarks.len()), (Some(date(2019, 1, 1)), 0));
    // Sources that contradict each other vote.
    let (a, b) = (law(&[made], "第一条 本法自2020年2月3日起施行。"), law(&[], "第一条 本法自2020年1月2日起施行。"));
    let all = [&a, &b].map(|document| events(document, &Structure::default()));
    let placed = intervals(&[VersionInput::of([(&a, all[0].as_slice()), (&b, all[1].as_slice())])]).swap_remove(0);
    assert_eq!((placed.interval.effective_from, placed.remarks.len()), (Some(date(2020, 2, 3)), 1));
}

#[test]
fn a_day_that_stands_in_for_the_promulgation_is_remarked() {
    let text = "第一条 本法自公布之日起施行。";
    let mut local = law(&["2013年9月23日云院会议通过"], text);
    let (days, remarks) = &found(&[&local])[0];
    assert_eq!((days.effective_from, remarks.len()), (Some(date(2013, 9, 23)), 1));
    local.effective_date = Some(date(2013, 11, 18));
    assert_eq!(found(&[&local])[0].0.effective_from, Some(date(2013, 11, 18)), "a stated day is better");
    let national = law(&["2013年9月23日全国人民代表大会常务委员会第一次会议通过"], text);
    assert_eq!(found(&[&national])[0], (interval(Some(date(2013, 9, 23)), None), Vec::new()), "promulgated that day");
    let untold = Document {
        source_date: Some(date(2020, 11, 29)),
        effective_date: Some(date(2020, 11, 29)),
        ..law(&["2009年10月13日云令公布"], "第一条 本法自2010年1月1日起施行。")
    };
    let (days, remarks) = &found(&[&untold])[0];
    assert_eq!(days.effective_from, Some(date(2020, 11, 29)), "the history lacks the change of 2020");
    assert!(remarks[0].contains("2020-11-29") && remarks[0].contains("2010-01-01"));
}

#[test]
fn versions_end_by_repeal_expiry_and_assertion() {
    let text = "第一条 本法自2020年3月1日起施行，有效期五年。";
    let mut document = law(&["2020年1月2日云大会通过"], text);
    let expired = interval(Some(date(2020, 3, 1)), Some((date(2025, 3, 1), EndedBy::Expiry)));
    assert_eq!(found(&[&document])[0].0, expired);
    document.history.push("2022年5月6日云大会废止".into());
    assert_eq!(found(&[&document])[0].0.ended_by, Some(EndedBy::Repeal), "the first end counts");

    let mut asserted = law(&["2020年1月2日云大会通过"], "第一条 本法自2020年3月1日起施行。");
    asserted.asserted_status = Some("repealed".into());
    asserted.asserted_on = Some(date(2024, 1, 1));
    let (days, remarks) = &found(&[&asserted])[0];
    let latest = interval(Some(date(2020, 3, 1)), Some((date(2024, 1, 1), EndedBy::Repeal)));
    assert_eq!(*days, Interval { end_is_latest: true, ..latest });
    assert!(remarks[0].contains("2024-01-01") && remarks[0].contains("此前是否有效未知"), "{remarks:?}");
    assert_eq!(days.status(date(2024, 1, 1)), ValidityStatus::Repealed);
    assert_eq!(
        days.status(date(2023, 12, 31)),
        ValidityStatus::Unknown,
        "the day of the assertion is no day of repeal"
    );
    assert_eq!(days.status(date(2020, 2, 29)), ValidityStatus::NotYetEffective);
    asserted.asserted_on = Some(date(2020, 2, 1));
    assert_eq!(found(&[&asserted])[0].0.ended_on, Some(date(2020, 3, 1)), "never before its own first day");
    asserted.asserted_on = None;
    assert_eq!(found(&[&asserted])[0].1.len(), 1);
}

#[test]
fn a_source_that_disagrees_is_named_with_both_statuses() {
    let mut old = law(&["2010年1月2日云大会通过"], "第一条 本法自2010年3月1日起施行。");
    old.asserted_status = Some("in_force".into());
    old.asserted_on = Some(date(2024, 1, 1));
    let new = law(&["2010年1月2日云大会通过", AMENDED], "第一条 本法自2010年3月1日起施行。");
    let remarks = &found(&[&old, &new])[0].1;
    assert!(remarks[0].contains("现行有效") && remarks[0].contains("已被修改"), "{remarks:?}");
    old.asserted_on = Some(date(2012, 1, 1));
    assert!(found(&[&old, &new])[0].1.is_empty(), "when it was said it was so");
}

#[test]
fn a_mark_on_the_newest_day_does_not_vanish_with_an_older_text() {
    let mut old = law(&["2010年1月2日云大会通过"], "第一条 本法自2010年3月1日起施行。");
    let new = law(&["2010年1月2日云大会通过", AMENDED], "第一条 本法自2010年3月1日起施行。");
    old.asserted_status = Some("expired".into());
    let remarks = |old: &Document| found(&[old, &new])[1].1.join("");
    assert!(!remarks(&old).contains("已失效"), "an older text is over of itself");
    old.source_date = Some(date(2030, 1, 1));
    assert!(remarks(&old).contains("标注“已失效”"), "{}", remarks(&old));
}

proptest! {
    #[test]
    fn intervals_never_overlap(days in proptest::collection::vec((0i32..4000, 0i32..900, any::<bool>()), 1..6)) {
        let documents: Vec<Document> = days.iter().map(|(made, wait, told)| {
            let made = date(2000, 1, 1).checked_add(jiff::ToSpan::days(*made)).unwrap();
            let from = made.checked_add(jiff::ToSpan::days(*wait)).unwrap();
            let chinese = |day: Date| format!("{}年{}月{}日", day.year(), day.month(), day.day());
            let text = if *told { format!("第一条 本法自{}起施行。", chinese(from)) } else { "第一条 云。".into() };
            law(&[&format!("{}云大会修订", chinese(made))], &text)
        }).collect();
        let days = found(&documents.iter().collect::<Vec<_>>());
        prop_assert_eq!(days.len(), documents.len());
        for (interval, _) in &days {
            prop_assert_eq!(interval.ended_on.is_some(), interval.ended_by.is_some());
            if let (Some(from), Some(end)) = (interval.effective_from, interval.ended_on) {
                prop_assert!(from <= end);
            }
        }
        for day in [date(2003, 1, 1), date(2008, 1, 1), date(2014, 1, 1)] {
            let in_force = days.iter().filter(|(interval, _)| interval.status(day) == ValidityStatus::InForce).count();
            prop_assert!(in_force <= 1, "{:?}", days);
        }
    }

    #[test]
    fn verdicts_do_not_depend_on_the_order(a in "[第一二条云雨应可不\n]{0,40}", b in "[第一二条云雨应可不\n]{0,40}") {
        let (a, b) = (facts(&law(&[], &a)), facts(&law(&[], &b)));
        let name = |verdict: Verdict| std::mem::discriminant(&verdict);
        prop_assert_eq!(name(same_version(&a, &b)), name(same_version(&b, &a)));
        prop_assert!(matches!(same_version(&a, &a), Verdict::Same(found) if found.is_empty()));
    }
}

#[test]
fn the_decision_that_changed_a_text_tells_its_first_day() {
    let document = law(&[MADE, AMENDED], &articles(3, &[]));
    let events = events(&document, &Structure::default());
    let begins = |made: Date, from: Date| {
        let proof = Proof { date: from, ..Proof::repealed(from, EventSource::Text, "自其日起施行", None) };
        let decided = vec![Decided { days: vec![made], amends: proof.clone(), proof }];
        let input = VersionInput { decided, ..VersionInput::of([(&document, events.as_slice())]) };
        let placed = intervals(&[input]).swap_remove(0);
        (placed.interval.effective_from, placed.proofs.from.and_then(|proof| proof.assumed).is_some())
    };
    let (made, from) = (date(2020, 5, 6), date(2020, 7, 1));
    assert_eq!(begins(made, from), (Some(from), false));
    assert_eq!(begins(date(2019, 5, 6), from), (Some(made), true), "another decision");
    assert_eq!(begins(made, date(2020, 1, 1)), (Some(made), true), "before it was made");
}
