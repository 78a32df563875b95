//! The formal citation to copy: 《中华人民共和国行政处罚法》（2021年修订）第三十三条第一款.

use crate::law::{Event, EventKind};
use jiff::civil::Date;

/// How official documents cite a provision of a version: title in book brackets, year and manner of the last change of the
/// text (none for a text that was never changed), place.
///
/// Titles inside the title stand in 〈〉 (GB/T 15834-2011, 4.15).
pub fn formal(title: &str, changed: Option<(Date, EventKind)>, place: &str) -> String {
    let bare = title.trim();
    let bare = bare.strip_prefix('《').and_then(|inner| inner.strip_suffix('》')).unwrap_or(bare);
    let inner: String = bare
        .chars()
        .map(|c| match c {
            '《' | '<' | '＜' => '〈',
            '》' | '>' | '＞' => '〉',
            other => other,
        })
        .collect();
    let note = changed.map(|(day, kind)| format!("（{}年{}）", day.year(), kind.chinese())).unwrap_or_default();
    format!("《{inner}》{note}{place}")
}

/// The label of a range of places by those of its ends, what both have said once: 第三十三条第一款至第三款.
pub fn range(first: &str, last: &str) -> String {
    let mut units = last.match_indices('第').map(|(at, _)| at);
    let common = units.rfind(|at| first.get(..*at) == last.get(..*at)).unwrap_or_default();
    match last.get(common..) {
        Some(own) if first != last && !own.is_empty() => format!("{first}至{own}"),
        _ => first.to_string(),
    }
}

/// The last change of a text that its events tell; `None` for a text that was only made.
pub fn last_change(events: &[Event]) -> Option<(Date, EventKind)> {
    let changes = events.iter().filter(|event| matches!(event.kind, EventKind::Amended | EventKind::Revised));
    changes.max_by_key(|event| event.date).map(|event| (event.date, event.kind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_range_says_once_what_its_ends_share() {
        assert_eq!(range("第三十三条第一款", "第三十三条第三款"), "第三十三条第一款至第三款");
        assert_eq!(range("第三条第一款第二项", "第三条第一款第五项"), "第三条第一款第二项至第五项");
        assert_eq!(range("第三条", "第十条第二款"), "第三条至第十条第二款");
        assert_eq!(range("第三条之一", "第三条之二"), "第三条之一至第三条之二");
        assert_eq!(range("第三条", "第三条"), "第三条");
    }

    #[test]
    fn a_citation_names_title_version_and_place() {
        assert_eq!(
            formal("云桥县渡口条例", Some((date(2021, 1, 22), EventKind::Revised)), "第三十三条第一款"),
            "《云桥县渡口条例》（2021年修订）第三十三条第一款"
        );
        assert_eq!(formal("云桥县实施《渡口法》办法", None, "第一条"), "《云桥县实施〈渡口法〉办法》第一条");
    }
}
