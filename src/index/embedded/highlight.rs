//! Where in a text the asked words stand.

use crate::text::fold::fold;
use crate::text::points::to_points;
use std::ops::Range;

/// Code points of `text` where a folded needle stands, ascending, overlapping and touching ones joined.
pub fn highlights(text: &str, needles: &[String]) -> Vec<(usize, usize)> {
    if needles.is_empty() {
        return Vec::new();
    }
    let folded = fold(text);
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for needle in needles.iter().filter(|needle| !needle.is_empty()) {
        let mut from = 0;
        while let Some(at) = folded.as_str()[from..].find(needle.as_str()) {
            let start = from + at;
            ranges.push(folded.original(start..start + needle.len()));
            from = start + needle.chars().next().map_or(1, char::len_utf8);
        }
    }
    ranges.sort_unstable_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    to_points(text, &joined)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, needles: &[&str]) -> Vec<String> {
        let needles: Vec<String> = needles.iter().map(|needle| (*needle).to_owned()).collect();
        let points: Vec<char> = text.chars().collect();
        highlights(text, &needles).into_iter().map(|(start, end)| points[start..end].iter().collect()).collect()
    }

    #[test]
    fn marks_the_text_as_received() {
        assert_eq!(found("第一条　為了規範，為了", &["为了"]), ["為了", "為了"]);
        assert_eq!(found("责令改\n正违法行为", &["改正"]), ["改\n正"]);
        assert_eq!(found("行政处罚决定", &["行政", "处罚", "政处"]), ["行政处罚"]);
        assert_eq!(found("哈哈哈哈", &["哈哈"]), ["哈哈哈哈"]);
        assert_eq!(found("无", &["有", ""]), Vec::<String>::new());
    }
}
