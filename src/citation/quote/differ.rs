//! What a difference between a quotation and its source means in law.

use super::align::{Alignment, Edit};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// What kind of words differ. The first that fits is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DifferenceKind {
    /// 不, 未, 非, 禁止: yes for no.
    Negation,
    /// 应当, 可以, 必须: duty for choice.
    Modality,
    /// Numbers: amounts, periods, shares, places.
    Number,
    /// Other words.
    Other,
    /// Nothing but punctuation.
    Punctuation,
}

impl DifferenceKind {
    /// Whether the rule itself is another one: a number, yes for no, duty for choice.
    pub fn changes_rule(self) -> bool {
        matches!(self, Self::Negation | Self::Modality | Self::Number)
    }

    /// In Chinese, for people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Negation => "否定词不同",
            Self::Modality => "应当与可以不同",
            Self::Number => "数字不同",
            Self::Other => "文字不同",
            Self::Punctuation => "标点不同",
        }
    }
}

const NEGATIONS: [&str; 9] = ["不", "未", "非", "无", "没有", "勿", "否", "禁止", "严禁"];
const MODALS: [&str; 9] = ["应当", "可以", "必须", "有权", "需要", "应", "可", "须", "得"];

/// Words before a quotation that make it say the opposite, longer ones first.
const DENYING: [&str; 18] = [
    "不应当",
    "不可以",
    "不得",
    "不应",
    "不能",
    "不可",
    "不予",
    "不再",
    "不必",
    "无权",
    "禁止",
    "严禁",
    "不",
    "未",
    "非",
    "无",
    "勿",
    "毋",
];
/// Characters of the longest of them.
const DENYING_CHARS: usize = 3;
/// Words that deny all that follows them in their clause.
const PROHIBITING: [&str; 10] = ["不应当", "不可以", "不得", "不应", "不能", "不可", "不予", "无权", "禁止", "严禁"];

/// The word at the end of a text that denies what follows.
pub fn denying(before: &str) -> Option<&'static str> {
    DENYING.into_iter().find(|word| before.ends_with(word))
}

/// Whether a text ends in a clause that prohibits, so that what follows says the opposite without it.
pub fn prohibits(before: &str) -> bool {
    let clause = before.rfind([',', '.', ';', ':', '!', '?']).map_or(0, |mark| mark + 1);
    let clause = before.get(clause..).unwrap_or_default();
    PROHIBITING.iter().any(|word| clause.contains(word))
}

/// The differences of an alignment: stretches widened to whole numbers and whole words of duty, and told by kind. A 不,
/// or 不得, just before the first word belongs to them.
pub fn told(found: &Alignment, quote: &[char], source: &[char]) -> Vec<(DifferenceKind, Edit)> {
    let mut whole: Vec<Edit> = Vec::new();
    let at_start = found.edits.first().is_some_and(|edit| edit.quote.start == 0);
    let before: String = source[found.start.saturating_sub(DENYING_CHARS)..found.start].iter().collect();
    let denied = denying(&before).filter(|_| !at_start).map_or(0, |word| word.chars().count());
    whole.extend((denied > 0).then(|| Edit { quote: 0..0, source: found.start - denied..found.start }));
    for edit in &found.edits {
        let wide = widened(&with_edges(edit, quote, source), quote, source);
        match whole.last_mut() {
            Some(last) if last.quote.end >= wide.quote.start && last.source.end >= wide.source.start => {
                last.quote.end = last.quote.end.max(wide.quote.end);
                last.source.end = last.source.end.max(wide.source.end);
            }
            _ => whole.push(wide),
        }
    }
    whole.into_iter().map(|edit| (kind(&quote[edit.quote.clone()], &source[edit.source.clone()]), edit)).collect()
}

fn is_punctuation(c: char) -> bool {
    !c.is_alphanumeric() && !is_share(c)
}

/// The signs in which shares are written for comparing: 百分之三 is 3%.
pub fn is_share(c: char) -> bool {
    matches!(c, '%' | '‰' | '‱')
}

/// At the ends of a quotation an alignment lets the source begin behind what differs: it stood there all the same.
fn with_edges(edit: &Edit, quote: &[char], source: &[char]) -> Edit {
    let mut edit = edit.clone();
    if edit.source.is_empty() && !edit.quote.is_empty() {
        let most = edit.quote.len();
        if edit.quote.start == 0 {
            let before = source[..edit.source.start].iter().rev().take(most);
            edit.source.start -= before.take_while(|c| !is_punctuation(**c)).count();
        } else if edit.quote.end == quote.len() {
            let behind = source[edit.source.end..].iter().take(most);
            edit.source.end += behind.take_while(|c| !is_punctuation(**c)).count();
        }
    }
    edit
}

fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || is_share(c) || "〇零一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟".contains(c)
}

/// Widens to the whole number or word of duty that a stretch cuts through, on both sides alike.
fn widened(edit: &Edit, quote: &[char], source: &[char]) -> Edit {
    let mut edit = edit.clone();
    let numeric =
        |edit: &Edit| quote[edit.quote.clone()].iter().chain(&source[edit.source.clone()]).any(|c| is_numeral(*c));
    // What is before and behind is the same in both.
    let step_back = |edit: &mut Edit| {
        edit.quote.start -= 1;
        edit.source.start -= 1;
    };
    let same_before = |edit: &Edit| {
        let before = edit.quote.start.checked_sub(1).and_then(|at| quote.get(at));
        before.filter(|_| edit.source.start.checked_sub(1).and_then(|at| source.get(at)) == before).copied()
    };
    let same_behind =
        |edit: &Edit| quote.get(edit.quote.end).filter(|c| source.get(edit.source.end) == Some(c)).copied();
    if numeric(&edit) {
        while same_before(&edit).is_some_and(is_numeral) {
            step_back(&mut edit);
        }
        while same_behind(&edit).is_some_and(is_numeral) {
            (edit.quote.end, edit.source.end) = (edit.quote.end + 1, edit.source.end + 1);
        }
    }
    let cuts = |first: Option<char>, second: Option<char>| {
        let word: String = first.into_iter().chain(second).collect();
        MODALS.contains(&word.as_str()) && word.chars().count() == 2
    };
    let begins = |edit: &Edit| [quote.get(edit.quote.start), source.get(edit.source.start)];
    if begins(&edit).into_iter().any(|first| cuts(same_before(&edit), first.copied())) {
        step_back(&mut edit);
    }
    let ends = [
        edit.quote.end.checked_sub(1).and_then(|at| quote.get(at)),
        edit.source.end.checked_sub(1).and_then(|at| source.get(at)),
    ];
    if ends.into_iter().any(|last| cuts(last.copied(), same_behind(&edit))) {
        (edit.quote.end, edit.source.end) = (edit.quote.end + 1, edit.source.end + 1);
    }
    edit
}

/// The kind of a clause that is left out.
pub fn left_out(clause: &str) -> DifferenceKind {
    kind(&[], &clause.chars().collect::<Vec<_>>())
}

fn kind(quote: &[char], source: &[char]) -> DifferenceKind {
    if quote.iter().chain(source).all(|c| is_punctuation(*c)) {
        return DifferenceKind::Punctuation;
    }
    let (quote, source): (String, String) = (quote.iter().collect(), source.iter().collect());
    if words(&quote, &NEGATIONS) != words(&source, &NEGATIONS) {
        DifferenceKind::Negation
    } else if words(&quote, &MODALS) != words(&source, &MODALS) {
        DifferenceKind::Modality
    } else if numerals(&quote) != numerals(&source) {
        DifferenceKind::Number
    } else {
        DifferenceKind::Other
    }
}

/// The words of a list that stand in a text, in order; longer ones first where one is part of another.
fn words<'w>(text: &str, list: &[&'w str]) -> Vec<&'w str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let word = list.iter().filter(|word| rest.starts_with(**word)).max_by_key(|word| word.len());
        found.extend(word);
        rest = rest.get(word.map_or(c.len_utf8(), |word| word.len())..).unwrap_or("");
    }
    found
}

fn numerals(text: &str) -> String {
    text.chars().filter(|c| is_numeral(*c)).collect()
}

/// A range in characters as bytes.
pub fn bytes(chars: &[char], range: &Range<usize>) -> Range<usize> {
    let len = |chars: &[char]| chars.iter().map(|c| c.len_utf8()).sum::<usize>();
    let start = len(chars.get(..range.start).unwrap_or(chars));
    start..start + len(chars.get(range.clone()).unwrap_or(&[]))
}

#[cfg(test)]
mod tests {
    use super::super::align::align;
    use super::*;

    fn differences(quote: &str, source: &str) -> Vec<(DifferenceKind, String, String)> {
        let (q, s): (Vec<char>, Vec<char>) = (quote.chars().collect(), source.chars().collect());
        let found = align(&q, &s).unwrap();
        let text = |all: &[char], range: &Range<usize>| all[range.clone()].iter().collect::<String>();
        told(&found, &q, &s).iter().map(|(kind, e)| (*kind, text(&q, &e.quote), text(&s, &e.source))).collect()
    }

    #[test]
    fn kinds_are_told_apart() {
        let source = "渡口经营者应当公示票价,不得擅自停渡;违者处五百元以上三千元以下罚款";
        for (quote, kind, is, was) in [
            ("渡口经营者可以公示票价", DifferenceKind::Modality, "可以", "应当"),
            ("渡口经营者应公示票价", DifferenceKind::Modality, "应", "应当"),
            ("可以公示票价,不得擅自停渡", DifferenceKind::Modality, "可以", "应当"),
            ("应当公示票价,得擅自停渡", DifferenceKind::Negation, "", "不"),
            ("得擅自停渡", DifferenceKind::Negation, "", "不"),
            ("违者处五百元以上五千元以下罚款", DifferenceKind::Number, "五千", "三千"),
            ("违者处五百五十元以上三千元以下罚款", DifferenceKind::Number, "五百五十", "五百"),
            ("渡船经营者应当公示票价", DifferenceKind::Other, "渡船", "渡口"),
            ("应当公示票价;不得擅自停渡", DifferenceKind::Punctuation, ";", ","),
        ] {
            assert_eq!(differences(quote, source), [(kind, is.to_string(), was.to_string())], "{quote}");
        }
    }
}
