//! The clause of validity that a decision gives another text: 第二十条修改为：“本办法自2024年1月1日起施行，有效期至2028年12月31日。”

use super::super::dates;
use super::super::text::{VERBS, dated, without_label};
use super::{FILLERS, Reading};
use super::{TERMS, after, behind_itself, is_all, range, span, until};
use jiff::civil::Date;

/// What leads to the new words of an article.
const CHANGED: [&str; 6] = ["修改为", "修订为", "调整为", "变更为", "修正为", "改为"];

/// The new words in quotation marks behind what leads to them, where they tell a period.
fn new_words(words: &str) -> Option<&str> {
    let mut led = CHANGED.iter().filter_map(|verb| words.find(verb).and_then(|at| words.get(at + verb.len()..)));
    let inner =
        led.find_map(|behind| behind.trim_start_matches(['：', ':', ' ', '\n']).strip_prefix(['“', '"', '「']))?;
    let inner = inner.split(['”', '"', '」']).next().unwrap_or(inner);
    TERMS.iter().any(|term| inner.contains(term)).then_some(inner)
}

/// Whether words give another text a new clause of validity.
pub(super) fn is_changed(words: &str) -> bool {
    new_words(words).is_some()
}

/// Whether words give another text a new clause of its own validity, and tell for how long: 渡船证有效期为三年 does not.
pub fn tells_new_clause(words: &str) -> bool {
    end(words, Some(jiff::civil::date(2000, 1, 1))).is_some()
}

/// What a sentence says before the name of a period and behind it, where the period is that of the text itself: 本办法有效期…,
/// 本办法自2024年1月1日起施行，有效期….
fn own(sentence: &str) -> Option<(&str, &str)> {
    let behind = behind_itself(sentence)?;
    let (at, len) = TERMS.iter().filter_map(|term| Some((behind.find(term)?, term.len()))).min()?;
    let between = behind.get(..at)?.trim_matches(['，', ',', ' ', '\u{3000}']);
    let is_begun = || between.starts_with(['自', '从', '于']) && VERBS.iter().any(|verb| between.ends_with(verb));
    let from = sentence.len() - behind.len() + at;
    (between.is_empty() || is_begun()).then_some((sentence.get(..from)?, sentence.get(from + len..)?))
}

/// The first day behind the period that the new words tell; `from` is the first day of the other text, where they tell none.
pub(super) fn end(words: &str, from: Option<Date>) -> Option<Date> {
    let inner = new_words(words)?;
    let sentences = || inner.split(['。', '；', '\n']).map(|sentence| without_label(sentence).trim());
    let (before, value) = sentences().find_map(own)?;
    // 本办法自2024年1月1日起施行。本办法有效期5年。
    let begun = || sentences().find_map(|sentence| dated(sentence).and_then(|begins| begins.date));
    let first = dates::dates(before).into_iter().next_back().map(|found| found.date).or_else(begun);
    let value = value.trim_start_matches(FILLERS);
    if let Some(last) = until(value) {
        let (day, read) = dates::leading_end(last, false)?;
        return last.get(read..).is_some_and(is_all).then(|| day.tomorrow().ok()).flatten();
    }
    if let Some(Reading::Told(period)) = range(value) {
        return Some(period.end);
    }
    let (days, read) = span(value)?;
    value.get(read..).is_some_and(is_all).then(|| after(first.or(from)?, days)).flatten()
}
