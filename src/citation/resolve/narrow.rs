//! Which of the words before a place are the name.

use super::super::find::without_verbs;
use super::super::mention::{Mention, Target};
use super::super::names::{Names, number_key, title_key};
use std::ops::Range;

/// The name of the state, which is part of a citation and of no title key.
const STATE: &str = "中华人民共和国";
/// Characters that end the words before a name and begin no name themselves: 有合同法第五十二条, 适用合同法.
const BEFORE_NAME: &str = "有据照按依及和与或的在因即对于以反了是用由合符为将、，,";

/// The title that a mention of something not held gives, folded: that in book brackets, else the longest end of the words
/// that `is_title` and that no other word stands before (经济合同法 is no 合同法).
pub fn cited_title(target: &Target, is_title: impl Fn(&str) -> bool) -> Option<&str> {
    match target {
        Target::Titled(key) => Some(key),
        Target::Named(words) => {
            let bare = without_verbs(words);
            let begins = |at: usize| {
                let before = bare.get(..at).and_then(|before| before.chars().next_back());
                before.is_none_or(|c| BEFORE_NAME.contains(c))
            };
            let mut tails = bare.char_indices().filter(|(at, _)| begins(*at)).filter_map(|(at, _)| bare.get(at..));
            tails.find(|tail| is_title(tail))
        }
        _ => None,
    }
}

/// The span of a mention cut to the name that is known, or without the verbs before one that is not.
pub fn narrow(text: &str, mention: &Mention, names: &Names) -> Range<usize> {
    let known = match &mention.target {
        Target::Named(words) => names.at_end_of(words).map(|(tail, _)| narrowed(text, mention, tail, title_key)),
        Target::Numbered(words) => {
            names.number_at_end_of(words).map(|(tail, _)| narrowed(text, mention, tail, number_key))
        }
        _ => return mention.span.clone(),
    };
    known.unwrap_or_else(|| stripped(text, mention))
}

/// As many characters before the end of the name as make that key.
fn narrowed(text: &str, mention: &Mention, tail: &str, key: impl Fn(&str) -> String) -> Range<usize> {
    let name = &mention.name;
    let words = text.get(name.clone()).unwrap_or("");
    let wanted = tail.chars().count();
    let starts: Vec<usize> = words.char_indices().map(|(at, _)| at).collect();
    let longest = starts.len().saturating_sub(wanted);
    let exact = (longest.saturating_sub(STATE.chars().count())..=longest.min(starts.len().saturating_sub(1)))
        .rev()
        .chain((longest..starts.len()).take(8))
        .find(|at| starts.get(*at).and_then(|at| words.get(*at..)).is_some_and(|words| key(words) == tail));
    let mut start = exact.and_then(|at| starts.get(at).copied()).unwrap_or(0);
    if words.get(..start).is_some_and(|before| before.ends_with(STATE)) {
        start -= STATE.len();
    }
    name.start + start..mention.span.end.max(name.start + start)
}

/// The span without the verbs before an unknown name.
fn stripped(text: &str, mention: &Mention) -> Range<usize> {
    let words = text.get(mention.name.clone()).unwrap_or("");
    mention.name.start + (words.len() - without_verbs(words).len())..mention.span.end
}
