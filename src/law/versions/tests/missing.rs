//! Changes whose text is not here: told by the history of a later text, by a decision, or by the day of a file.

use super::*;

const FIRST: &str = "2010年1月2日云院令第1号公布";
const SECOND: &str = "2014年3月4日《云院关于修改部分云规的决定》第一次修订";
const THIRD: &str = "2020年5月6日《云院关于修改部分云规的决定》第二次修订";
const EFFECT: &str = "第一条　云。\n第二条　本法自2010年3月1日起施行。";

fn placed(documents: &[&Document]) -> Vec<Placement> {
    let all: Vec<_> = documents.iter().map(|document| events(document, &Structure::default())).collect();
    let inputs: Vec<_> = documents
        .iter()
        .zip(&all)
        .map(|(document, events)| VersionInput::of([(*document, events.as_slice())]))
        .collect();
    intervals(&inputs)
}

#[test]
fn a_text_is_not_in_force_beyond_a_change_of_which_a_later_history_tells() {
    let (old, new) = (law(&[FIRST], EFFECT), law(&[FIRST, SECOND, THIRD], EFFECT));
    let [old, new] = placed(&[&old, &new]).try_into().unwrap();
    assert_eq!(old.interval, interval(Some(date(2010, 3, 1)), Some((date(2014, 3, 4), EndedBy::Amendment))));
    let proof = old.proofs.to.unwrap();
    assert_eq!((proof.event, proof.date, proof.quote.as_str()), (EventKind::Revised, date(2014, 3, 4), SECOND));
    assert!(proof.assumed.unwrap().contains("施行日期未见"));
    assert_eq!((old.next, old.teller), (None, Some(1)));
    assert!(old.remarks.iter().any(|remark| remark.contains("库中缺少2014-03-04")), "{:?}", old.remarks);
    assert_eq!(new.interval, interval(Some(date(2020, 5, 6)), None));
}

#[test]
fn the_change_begins_on_the_day_that_its_history_tells() {
    let old = law(&[FIRST], EFFECT);
    let new = law(&[FIRST, SECOND, "2014年6月1日起施行", THIRD], EFFECT);
    let old = placed(&[&old, &new]).swap_remove(0);
    assert_eq!(old.interval.ended_on, Some(date(2014, 6, 1)));
    assert!(old.proofs.to.unwrap().assumed.unwrap().contains("2014-06-01"));
}

#[test]
fn what_is_here_is_not_missing() {
    let (old, middle) = (law(&[FIRST], EFFECT), law(&[FIRST, SECOND], EFFECT));
    let new = law(&[FIRST, SECOND, THIRD], EFFECT);
    let days = placed(&[&new, &old, &middle]);
    assert_eq!(days[1].interval.ended_on, Some(date(2014, 3, 4)));
    assert_eq!((days[1].next, days[1].teller), (Some(2), None));
    assert_eq!(days[2].interval.ended_on, Some(date(2020, 5, 6)));
    // A day of effect, or the promulgation of what was adopted before, is no change.
    let told = law(&["2009年12月20日云会议通过", FIRST, "2010年3月1日起施行", THIRD], EFFECT);
    let days = placed(&[&law(&["2009年12月20日云会议通过"], EFFECT), &told]);
    assert_eq!(days[0].interval.ended_on, Some(date(2020, 5, 6)));
}

#[test]
fn a_file_dated_by_a_change_in_the_midst_is_its_text() {
    let old = Document { source_date: Some(date(2014, 3, 4)), ..law(&[FIRST], EFFECT) };
    let new = law(&[FIRST, SECOND, THIRD], EFFECT);
    let [old_placed, _] = placed(&[&old, &new]).try_into().unwrap();
    let of_change = interval(Some(date(2014, 3, 4)), Some((date(2020, 5, 6), EndedBy::Amendment)));
    assert_eq!(old_placed.interval, of_change, "not served before it existed");
    assert_eq!(old_placed.proofs.from.unwrap().quote, SECOND);
    assert!(old_placed.remarks.iter().any(|remark| remark.starts_with("题注未载2014-03-04")));
    // The day on which a source lets it begin says the same.
    let begun = Document { effective_date: Some(date(2014, 3, 4)), ..law(&[FIRST], EFFECT) };
    assert_eq!(placed(&[&begun, &new])[0].interval, of_change);
    // Where the text of the change is here, or the day is no change, the file's date says nothing.
    let middle = law(&[FIRST, SECOND], EFFECT);
    assert_eq!(placed(&[&old, &new, &middle])[0].interval.effective_from, Some(date(2010, 3, 1)));
    let undated = Document { source_date: Some(date(2010, 3, 1)), ..law(&[FIRST], EFFECT) };
    let told = law(&[FIRST, "2010年3月1日起施行", THIRD], EFFECT);
    assert_eq!(placed(&[&undated, &told])[0].interval.effective_from, Some(date(2010, 3, 1)));
}

fn decided(days: &[Date], begins: Date) -> Decided {
    let of = |quote: &str, event| Proof {
        event,
        date: begins,
        source: EventSource::Text,
        quote: quote.to_string(),
        document: Some("d@2020-05-06/n1".to_string()),
        assumed: None,
    };
    Decided {
        days: days.to_vec(),
        proof: of("本决定自公布之日起施行。", EventKind::Effective),
        amends: of("一、修改《云法》", EventKind::Amended),
    }
}

fn ended(document: &Document, decided: Decided) -> Option<Date> {
    let events = events(document, &Structure::default());
    let input = VersionInput { decided: vec![decided], ..VersionInput::of([(document, events.as_slice())]) };
    let placed = intervals(&[input]).swap_remove(0);
    if let Some(proof) = placed.proofs.to {
        assert_eq!((proof.quote.as_str(), placed.interval.ended_by), ("一、修改《云法》", Some(EndedBy::Amendment)));
        assert!(placed.remarks.iter().any(|remark| remark.contains("修改后的文本库中没有")));
    }
    placed.interval.ended_on
}

#[test]
fn a_decision_ends_the_text_that_does_not_tell_of_it() {
    let decision = || decided(&[date(2020, 5, 6)], date(2020, 7, 1));
    let old = law(&[FIRST], EFFECT);
    assert_eq!(ended(&old, decision()), Some(date(2020, 7, 1)));
    assert_eq!(ended(&law(&[FIRST, THIRD], EFFECT), decision()), None, "its history tells of it");
    let near = "2020年5月20日《云院关于修改部分云规的决定》第二次修订";
    assert_eq!(ended(&law(&[FIRST, near], EFFECT), decision()), None, "by the day of its promulgation");
    let later = "2022年5月6日云院修订";
    assert_eq!(ended(&law(&[FIRST, later], EFFECT), decision()), None, "it was given anew after it");
    let kept_up = Document { source_date: Some(date(2020, 7, 1)), ..law(&[FIRST], EFFECT) };
    assert_eq!(ended(&kept_up, decision()), None, "its source dates it by the decision");
}

#[test]
fn a_correction_is_decisive() {
    let corrected =
        |field: &str| vec![history::Corrected { field: field.to_string(), proof: "公报第三页".to_string() }];
    let mut document = law(&[FIRST, SECOND], "第一条　云。\n第二条　本法自2014年6月1日起施行，有效期五年。");
    document.effective_date = Some(date(2014, 7, 1));
    document.valid_until = Some(date(2030, 12, 31));
    let placed = |document: &Document, fields: &[history::Corrected]| {
        let events = history::events_with(document, &Structure::default(), fields);
        intervals(&[VersionInput::of([(document, events.as_slice())])]).swap_remove(0)
    };
    let told = placed(&document, &[]);
    assert_eq!(told.interval.effective_from, Some(date(2014, 6, 1)), "the text goes before the source");
    let begun = placed(&document, &corrected("effective_date"));
    assert_eq!(begun.interval.effective_from, Some(date(2014, 7, 1)));
    let proof = begun.proofs.from.unwrap();
    assert_eq!((proof.source, proof.quote.as_str()), (EventSource::Correction, "公报第三页"));
    assert_eq!(begun.remarks[0], "施行日期2014-07-01为人工更正；文本和来源所载为2014-06-01");
    assert_eq!(begun.interval.ended_on, Some(date(2019, 6, 1)));
    let ended = placed(&document, &corrected("valid_until"));
    assert_eq!(ended.interval.ended_on, Some(date(2031, 1, 1)));
    // The day of the last change, too.
    document.promulgation_date = Some(date(2014, 4, 1));
    let events = history::events_with(&document, &Structure::default(), &corrected("promulgation_date"));
    assert_eq!(history::acts(&events).last().unwrap().key_date(), date(2014, 4, 1));
}
