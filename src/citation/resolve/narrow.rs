//! Which of the words before a place are the name.

use super::super::find::{name_begins, without_verbs};
use super::super::mention::{Mention, Target};
use super::super::names::{Names, number_key, title_key};
use super::super::typed::replaced_by;
use super::named;
use std::ops::Range;

/// The name of the state, which is part of a citation and of no title key.
const STATE: &str = "中华人民共和国";
/// Characters that end the words before a name and begin no name themselves: 有合同法第五十二条, 适用合同法.
const BEFORE_NAME: &str = "有据照按依及和与或的在因即对于以反了是用由合符为将无、，,原旧年前后至";

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
        Target::Named(words) => named::known(words, mention.place.is_some(), false, names)
            .map(|(tail, _)| narrowed(text, mention, tail, title_key)),
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

/// The span of an unknown name without what leads to it.
fn stripped(text: &str, mention: &Mention) -> Range<usize> {
    // 转让合同因合同法: of the laws that everybody knows to be replaced the name is known.
    let replaced = |title: &str| replaced_by(title).is_some();
    if matches!(mention.target, Target::Named(_))
        && let Some(title) = cited_title(&mention.target, replaced)
    {
        return narrowed(text, mention, title, title_key);
    }
    let words = text.get(mention.name.clone()).unwrap_or("");
    let begin = if matches!(mention.target, Target::Named(_)) { name_begins(words) } else { 0 };
    let rest = words.get(begin..).unwrap_or(words);
    mention.name.start + (words.len() - without_verbs(rest).len())..mention.span.end
}
