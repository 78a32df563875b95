//! The sentence around a title, also where somebody broke its lines by hand.

use crate::law::structure::numbers::{leading, ordinal};
use std::borrow::Cow;
use std::ops::Range;

/// Bytes of a sentence that are looked at on each side of a title. The longest list of repealed titles has 1,900.
const SENTENCE_BYTES_MAX: usize = 2400;
/// Highest number of a member of a list; 1990.3.1 is a day.
const MEMBER_MAX: u32 = 999;
const ENDS: [char; 3] = ['。', '；', ';'];

/// The sentence around a span; it goes on over lines that are only wrapped.
pub(super) fn sentence(text: &str, span: &Range<usize>) -> Range<usize> {
    around(text, span, |at| is_wrapped(text, at))
}

/// The sentence around a span, as far as its line goes.
pub(super) fn sentence_of_line(text: &str, span: &Range<usize>) -> Range<usize> {
    around(text, span, |_| false)
}

/// The words of a sentence without the breaks of its lines.
pub(super) fn unwrapped(words: &str) -> Cow<'_, str> {
    if !words.contains('\n') {
        return Cow::Borrowed(words);
    }
    Cow::Owned(words.split('\n').map(str::trim).collect())
}

fn around(text: &str, span: &Range<usize>, goes_on: impl Fn(usize) -> bool) -> Range<usize> {
    let ends = |at: usize, c: char| ENDS.contains(&c) || c == '\n' && !goes_on(at);
    let from = crate::text::points::boundary_before(text, span.start.saturating_sub(SENTENCE_BYTES_MAX));
    let head = text.get(from..span.start).unwrap_or("");
    let start = head.char_indices().rfind(|(at, c)| ends(from + at, *c));
    let start = start.map_or(from, |(at, c)| from + at + c.len_utf8());
    let to = crate::text::points::boundary_after(text, (span.end + SENTENCE_BYTES_MAX).min(text.len()));
    let tail = text.get(span.end..to).unwrap_or("");
    let end = tail.char_indices().find(|(at, c)| ends(span.end + at, *c));
    let end = end.map_or(to, |(at, c)| span.end + at + if c == '\n' { 0 } else { c.len_utf8() });
    let blank = text.get(start..end).map_or(0, |words| words.len() - words.trim_start().len());
    start + blank..end
}

/// Whether the break at `at` only wraps a line: nothing ends before it, and no provision, member of a list or title of its own
/// begins behind it.
fn is_wrapped(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or("");
    let behind = text.get(at + 1..).unwrap_or("").trim_start_matches([' ', '　', '\t', '\r']);
    let last = before.trim_end_matches([' ', '　', '\t', '\r']).chars().next_back();
    let Some(last) = last.filter(|c| !c.is_whitespace() && !"。；;：:|".contains(*c)) else { return false };
    let Some(next) = behind.chars().next().filter(|c| !c.is_whitespace() && !"#-*|".contains(*c)) else { return false };
    let is_listed = next == '《' && !"、，,和与及".contains(last);
    // 《…》（云政发〔2020〕1号） of a list, and below it 本决定自公布之日起施行。
    let is_closed = "）)》".contains(last) && next == '本';
    !is_listed && !is_closed && !begins_unit(behind)
}

/// 第三条, 一、, （二）, 3.: as a unit of the text or a member of a list begins.
fn begins_unit(line: &str) -> bool {
    if let Some(number) = ordinal(line) {
        return line.get(number.len..).is_some_and(|rest| rest.starts_with(['编', '章', '节', '条', '款', '项']));
    }
    let bare = line.trim_start_matches(['（', '(']);
    let Some(number) = leading(bare).filter(|number| number.value <= MEMBER_MAX) else { return false };
    let ends: &[char] = if bare.len() < line.len() { &['）', ')'] } else { &['、', '.', '．', '）', ')'] };
    bare.get(number.len..).is_some_and(|rest| rest.starts_with(ends))
}
