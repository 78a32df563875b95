//! The proof of a repeal is the sentence that repeals with the one that says from when: 本法自2021年1月1日起施行。《…》同时废止。

use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Non-empty lines before and behind that of the repeal in which the first day may be told.
const LINES_BEFORE: usize = 3;
const LINES_BEHIND: usize = 2;
/// Longest line that is looked at for it, in bytes.
const LINE_BYTES_MAX: usize = 600;

/// 自2021年1月1日起施行, 自公布之日起三十日后实施, 自2021年1月1日起废止.
static FIRST_DAY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:自|从|于)[^。；《》]{2,40}[起日后][^。；《》]{0,8}(?:施行|实施|执行|生效|废止|失效)")
        .expect("a fixed pattern")
});

/// The sentence of a repeal, made longer by the one beside it that dates it; and what belongs to the proof and stands apart:
/// the line that leads the list, else the provision near by that tells the first day.
pub(super) fn proof(
    text: &str,
    sentence: Range<usize>,
    list: Option<Range<usize>>,
) -> (Range<usize>, Option<Range<usize>>) {
    let words = text.get(sentence.clone()).unwrap_or_default();
    if list.is_some() || is_dated(words) {
        return (sentence, list);
    }
    let line_start = text.get(..sentence.start).and_then(|head| head.rfind('\n')).map_or(0, |at| at + 1);
    let behind = text.get(sentence.end..).unwrap_or_default();
    let line_end = sentence.end + behind.find('\n').unwrap_or(behind.len());
    let before = text.get(line_start..sentence.start).unwrap_or_default();
    if let Some(start) = last_dated(before) {
        return (line_start + start..sentence.end, None);
    }
    let after = text.get(sentence.end..line_end).unwrap_or_default();
    if let Some(end) = first_dated(after) {
        return (sentence.start..sentence.end + end, None);
    }
    let lead = line_before(text, line_start).or_else(|| line_behind(text, line_end));
    (sentence, lead)
}

fn is_dated(words: &str) -> bool {
    FIRST_DAY.is_match(words)
}

/// Where the last sentence begins that tells a first day; it and all behind it belong to the proof.
fn last_dated(before: &str) -> Option<usize> {
    let mut at = 0;
    let mut found = None;
    for sentence in before.split_inclusive(['。', '；', ';']) {
        found = if is_dated(sentence) { Some(at + (sentence.len() - sentence.trim_start().len())) } else { found };
        at += sentence.len();
    }
    found.filter(|from| before.len() - from <= LINE_BYTES_MAX)
}

/// Where the first sentence ends that tells a first day.
fn first_dated(after: &str) -> Option<usize> {
    let mut at = 0;
    for sentence in after.split_inclusive(['。', '；', ';']) {
        at += sentence.len();
        if is_dated(sentence) {
            return Some(at).filter(|end| *end <= LINE_BYTES_MAX);
        }
    }
    None
}

fn line_before(text: &str, line_start: usize) -> Option<Range<usize>> {
    let mut end = line_start;
    let mut looked_at = 0;
    while looked_at < LINES_BEFORE {
        end = end.checked_sub(1)?;
        let start = text.get(..end)?.rfind('\n').map_or(0, |at| at + 1);
        if tells_first_day(text.get(start..end)?) {
            return Some(start..end);
        }
        looked_at += usize::from(end > start);
        end = start;
    }
    None
}

fn line_behind(text: &str, line_end: usize) -> Option<Range<usize>> {
    let mut start = line_end;
    let mut looked_at = 0;
    while looked_at < LINES_BEHIND {
        let rest = text.get(start..)?.strip_prefix('\n')?;
        start += 1;
        let end = start + rest.find('\n').unwrap_or(rest.len());
        if tells_first_day(text.get(start..end)?) {
            return Some(start..end);
        }
        looked_at += usize::from(end > start);
        start = end;
    }
    None
}

/// Whether a line tells the first day of the text itself: 第十条　本办法自2021年1月1日起施行。
fn tells_first_day(line: &str) -> bool {
    line.len() <= LINE_BYTES_MAX && line.contains('本') && is_dated(line)
}
