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
    let standing = found.interval.effective_from.is_some();
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
