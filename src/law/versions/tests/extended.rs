//! Ends of periods that the notices of others move.

use super::*;
use crate::law::Kind;
use crate::law::event::EventSource;
use crate::law::versions::{Extended, Proof};

fn placed(words: &[&str]) -> (Option<String>, String) {
    let text = "第一条　渡口由乡镇管。\n第二条　本办法自2023年1月1日起施行，有效期5年。";
    let document = Document::new(Kind::Normative, "云桥县渡口办法", text);
    let events = events(&document, &Structure::default());
    let proof = |words: &str| Proof {
        event: EventKind::Expired,
        date: date(2024, 1, 1),
        source: EventSource::Text,
        quote: words.to_string(),
        document: None,
        assumed: None,
    };
    let extended =
        words.iter().map(|words| Extended { words: words.to_string(), by: "通知".into(), proof: proof(words) });
    let input = VersionInput { extended: extended.collect(), ..VersionInput::of([(&document, events.as_slice())]) };
    let found = intervals(&[input]).remove(0);
    let standing = !found.interval.end_is_latest;
    (found.interval.ended_on.filter(|_| standing).map(|day| day.to_string()), found.remarks.join("；"))
}

#[test]
fn an_end_is_moved_either_way_only_by_who_says_so() {
    for (words, end, remark) in [
        ("《云桥县渡口办法》有效期延长至2029年12月31日。", Some("2030-01-01"), "延长至2029-12-31"),
        ("《云桥县渡口办法》有效期调整至2025年12月31日。", Some("2026-01-01"), "改至2025-12-31"),
        ("《云桥县渡口办法》有效期延长至2025年12月31日。", None, "早于已知的期限"),
        ("《云桥县渡口办法》继续有效，有效期2年。", None, "延至何日未能读出"),
    ] {
        let (found, remarks) = placed(&[words]);
        let end = end.or(remark.starts_with('早').then_some("2028-01-01"));
        assert_eq!(found.as_deref(), end, "{words}");
        assert!(remarks.contains(remark), "{words}: {remarks}");
    }
    let twice = ["《云桥县渡口办法》有效期延长至2029年12月31日。", "《云桥县渡口办法》有效期缩短至2026年6月30日。"];
    assert_eq!(placed(&twice).0.as_deref(), Some("2026-07-01"), "the later notice");
}

#[test]
fn an_end_that_a_source_states_is_held_against_the_text() {
    let read = |until: Option<Date>, last: &str| {
        let text = format!("第一条　渡口由乡镇管。\n第二条　本办法自2023年1月1日起施行{last}");
        let document =
            Document { valid_until: until, ..Document::new(Kind::Normative, "云桥县渡口办法", &text) };
        let events = events(&document, &Structure::default());
        let found = intervals(&[VersionInput::of([(&document, events.as_slice())])]).remove(0);
        let is_told = found.remarks.iter().any(|remark| remark.contains("来源所注有效期至"));
        (found.interval.ended_on.map(|day| day.to_string()).unwrap_or_default(), is_told)
    };
    for (until, last, end, is_told) in [
        (Some(date(2027, 12, 31)), "，有效期5年。", "2028-01-01", false),
        (Some(date(2028, 1, 1)), "，有效期5年。", "2028-01-01", false),
        (Some(date(2027, 12, 30)), "，有效期5年。", "2028-01-01", false),
        (Some(date(2025, 12, 31)), "，有效期5年。", "2026-01-01", true),
        (Some(date(2030, 12, 31)), "，有效期5年。", "2028-01-01", true),
        (Some(date(2030, 12, 31)), "。", "2031-01-01", false),
        (None, "，有效期5年。", "2028-01-01", false),
    ] {
        assert_eq!(read(until, last), (end.to_string(), is_told), "{until:?} {last}");
    }
}

#[test]
fn what_may_be_over_has_begun_all_the_same() {
    let text = "第一条　渡口由乡镇管。\n第二条　本办法自2023年1月1日起施行，有效期三至五年。";
    let document = Document::new(Kind::Normative, "云桥县渡口办法", text);
    let events = events(&document, &Structure::default());
    let mut found = intervals(&[VersionInput::of([(&document, events.as_slice())])]).remove(0);
    let status = |interval: &Interval, year: i16| interval.status(date(year, 6, 1));
    assert_eq!(found.interval.effective_from, Some(date(2023, 1, 1)));
    assert_eq!(status(&found.interval, 2022), ValidityStatus::NotYetEffective);
    assert_eq!(status(&found.interval, 2024), ValidityStatus::Unknown);
    // A repeal ends it; before that it may have been over.
    for day in [date(2027, 1, 1), date(2026, 1, 1), date(2029, 1, 1)] {
        let proof = Proof::repealed(day, EventSource::Text, "《云桥县渡口办法》同时废止。", None);
        end_by(&mut found.interval, &mut found.proofs, day, EndedBy::Repeal, proof);
    }
    assert_eq!(found.interval.ended_on, Some(date(2026, 1, 1)));
    assert_eq!(
        (status(&found.interval, 2024), status(&found.interval, 2026)),
        (ValidityStatus::Unknown, ValidityStatus::Repealed)
    );
}

#[test]
fn lines_that_contradict_the_text_or_suspend_it_are_remarked() {
    let read = |line: &str| {
        let text = format!("{line}\n第一条　渡口由乡镇管。\n第二条　本办法自2023年1月1日起施行，有效期5年。");
        let document = Document::new(Kind::Normative, "云桥县渡口办法", &text);
        let events = events(&document, &Structure::default());
        let found = intervals(&[VersionInput::of([(&document, events.as_slice())])]).remove(0);
        (found.interval.ended_on.map(|day| day.to_string()).unwrap_or_default(), found.remarks.join("；"))
    };
    for (line, remark) in [
        ("有效期：3年", "有效期至2025-12-31（有效期：3年）"),
        ("（本文件有效期至2030年12月31日）", "有效期至2030-12-31"),
        ("有效期：5年", ""),
        ("有效期至2027年12月31日", ""),
        ("本办法自2024年6月1日起暂停执行", "文中载明暂停执行"),
        ("本办法规定的收费暂停执行", ""),
        ("《云桥县航道办法》自2024年6月1日起暂停执行", ""),
    ] {
        let (end, remarks) = read(line);
        assert_eq!(end, "2028-01-01", "{line}");
        assert!(remarks.contains(remark) && remarks.is_empty() == remark.is_empty(), "{line}: {remarks}");
    }
}

#[test]
fn the_stated_day_of_a_repeal_is_its_first_day_and_not_the_latest() {
    let read = |note: &str| {
        let document = Document {
            effective_date: Some(date(2020, 1, 1)),
            asserted_status: Some("repealed".into()),
            asserted_on: Some(date(2024, 3, 1)),
            notes: vec![note.to_string()],
            ..Document::new(Kind::Normative, "云桥县渡口办法", "一、渡口由乡镇管。")
        };
        let events = events(&document, &Structure::default());
        let found = intervals(&[VersionInput::of([(&document, events.as_slice())])]).remove(0);
        [date(2023, 6, 1), date(2024, 3, 1)].map(|day| found.interval.status(day))
    };
    assert_eq!(read("废止日期：2024-03-01"), [ValidityStatus::InForce, ValidityStatus::Repealed]);
    assert_eq!(read("来源：云桥网"), [ValidityStatus::Unknown, ValidityStatus::Repealed], "so it was by that day");
}
