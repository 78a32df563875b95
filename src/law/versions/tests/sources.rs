//! Sources that have lost articles or the last line of a history; days of repeals.

use super::*;

/// The facts of the structure as it is read, so that keys are those of provisions.
fn parsed(text: &str) -> VersionFacts {
    let document = law(&[MADE], text);
    let structure = crate::law::structure::parse(&document);
    VersionFacts::of(&document, &structure, &events(&document, &structure))
}

#[test]
fn a_fragment_is_told_from_another_text() {
    let whole = parsed(&articles(9, &[]));
    assert_eq!(lost(&parsed(&articles(6, &[])), &whole), ["a7", "a8", "a9"]);
    assert_eq!(lost(&parsed(&articles(6, &[(2, "应当守雨。")])), &whole), ["a7", "a8", "a9"], "a slip");
    let hole: String =
        articles(9, &[]).lines().filter(|line| !line.starts_with("第4条")).collect::<Vec<_>>().join("\n");
    assert_eq!(lost(&parsed(&hole), &whole), ["a4"]);
    assert!(lost(&whole, &parsed(&hole)).is_empty() && lost(&whole, &whole).is_empty());
    let other: Vec<(usize, &str)> = (1..=4).map(|number| (number, "可以守雨。")).collect();
    assert!(lost(&parsed(&articles(6, &other)), &whole).is_empty(), "another text");
    let hole_of_nine = parsed(&hole);
    assert!(lost(&parsed(&articles(6, &[])), &hole_of_nine).is_empty(), "each lacks what the other has");
    assert_eq!(only_in_second(&parsed(&articles(6, &[])), &hole_of_nine), ["a7", "a8", "a9"]);
}

#[test]
fn what_other_texts_stand_behind_is_no_whole() {
    let several = format!("{}{}", articles(6, &[]), articles(9, &[(1, "应当守雨。")]));
    let several = parsed(&several);
    assert!(begins_anew(&several));
    assert!(lost(&parsed(&articles(6, &[])), &several).is_empty());
}

fn from(document: &Document) -> Placement {
    let events = events(document, &Structure::default());
    intervals(&[VersionInput::of([(document, events.as_slice())])]).remove(0)
}

#[test]
fn a_file_of_a_later_day_is_of_a_later_text() {
    let text = "第一条　守云。\n第二条　本法自2009年4月1日起施行。";
    let dated = |history: &[&str], day| Document { source_date: Some(day), ..law(history, text) };
    for history in [&[][..], &["2008年12月1日云大会通过"][..]] {
        let found = from(&dated(history, date(2020, 4, 30)));
        assert_eq!(found.interval.effective_from, Some(date(2020, 4, 30)), "{history:?}");
        let proof = found.proofs.from.unwrap();
        assert_eq!((proof.event, proof.source), (EventKind::Amended, EventSource::Stated));
        assert!(proof.assumed.unwrap().contains("2009-04-01"), "the day of the text before is told");
        // A day near the making or the first day is one of these.
        let near = from(&dated(history, date(2009, 4, 1)));
        assert_eq!(near.interval.effective_from, Some(date(2009, 4, 1)));
    }
    // The source lets it begin on that day, or later: it is a later text all the same, and not one that waited since 2008.
    for first in [date(2020, 4, 30), date(2020, 7, 1)] {
        let stated =
            Document { effective_date: Some(first), ..dated(&["2008年12月1日云大会通过"], date(2020, 4, 30)) };
        let found = from(&stated);
        assert_eq!(found.interval.effective_from, Some(first));
        let proof = found.proofs.from.unwrap();
        assert_eq!((proof.event, proof.source), (EventKind::Amended, EventSource::Stated));
        assert!(proof.assumed.unwrap().contains("2009-04-01"));
    }
    let told =
        dated(&["2008年12月1日云大会通过", "2019年12月1日云大会《关于修改〈云法〉的决定》修正"], date(2020, 4, 30));
    assert_eq!(from(&told).interval.effective_from, Some(date(2019, 12, 1)), "its history tells of it");
}

#[test]
fn a_city_regulation_is_no_law_before_its_approval() {
    let line =
        "2011年11月25日 云州省大会常务委员会批准的2011年11月15日云桥市大会常务委员会《关于修改<云法>的决定》修正";
    let found = from(&law(&["2004年10月25日 云桥市大会常务委员会通过", line], "第一条　守云。"));
    assert_eq!(found.interval.effective_from, Some(date(2011, 11, 25)));
    let text = "第一条　守云。\n第二条　本法自公布之日起施行。";
    let found = from(&law(&["2016年1月21日云桥市大会通过", "2016年3月30日云州省大会常务委员会批准"], text));
    assert_eq!(found.interval.effective_from, Some(date(2016, 3, 30)));
}

#[test]
fn two_first_days_are_a_contradiction() {
    let text = "第一条　守云。\n第二条　本法自1995年1月1日起施行。";
    let found = from(&law(&["1994年11月15日云令第40号公布 自1995年11月1日起施行"], text));
    assert_eq!(found.interval.effective_from, Some(date(1995, 1, 1)));
    assert!(found.remarks.iter().any(|remark| remark.contains("1995-11-01")), "{:?}", found.remarks);
}

#[test]
fn the_day_of_a_repeal_is_that_of_its_sentence() {
    let amended = ["2007年10月28日云大会通过", "根据2019年4月23日《关于修改〈云法〉的决定》修正"];
    let day = |history: &[&str], text: &str, sentence: &str| {
        let document = law(history, text);
        repeal_day(sentence, &events(&document, &Structure::default())).map(|day| (day.date, day.assumed.is_some()))
    };
    let clause = "第七十条　本法自2008年1月1日起施行。《云规划法》同时废止。";
    assert_eq!(day(&amended, clause, clause), Some((date(2008, 1, 1), false)));
    assert_eq!(
        day(&amended, clause, "《云规划法》同时废止。"),
        Some((date(2008, 1, 1), false)),
        "the text tells it elsewhere"
    );
    let relative = "第七十条　本法自公布之日起施行。《云规划法》同时废止。";
    assert_eq!(day(&amended, relative, relative), Some((date(2007, 10, 28), true)), "its first promulgation");
    assert_eq!(day(&amended[1..], relative, relative), None, "only a change is told");
    assert_eq!(day(&[], "甲。", "《云办法》自2020年5月1日起废止。"), Some((date(2020, 5, 1), false)));
    let stated = Document { effective_date: Some(date(2015, 3, 1)), ..law(&[], "甲。") };
    let found = repeal_day("《云办法》同时废止。", &events(&stated, &Structure::default()));
    assert_eq!(found, Some(RepealDay { date: date(2015, 3, 1), assumed: None }), "nothing tells of a change");
    let uncounted = "第七十条　本法自公布之日起30个工作日后施行。《云规划法》同时废止。";
    assert_eq!(day(&["2007年10月28日云大会公布"], uncounted, uncounted), None, "the promulgation is not the day");
    let younger = "本法自公布之日起施行。《云办法》（云令2012年第6号）同时废止。";
    assert_eq!(day(&amended, "甲。", younger), None, "it was made later than the first text");
    let made = "1992年7月14日发布的《云意见》同时废止。";
    assert_eq!(
        day(&["2014年12月18日云院会议通过，自2015年2月4日起施行"], "甲。", made),
        Some((date(2015, 2, 4), false))
    );
}
