//! The clause of validity that a decision gives another text: 第二十条修改为：“本办法自2024年1月1日起施行，有效期至2028年12月31日。”

use super::super::dates;
use super::{FILLERS, Reading};
use super::{TERMS, after, is_all, range, span, until};
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

/// The first day behind the period that the new words tell; `from` is the first day of the other text, where they tell none.
pub(super) fn end(words: &str, from: Option<Date>) -> Option<Date> {
    let inner = new_words(words)?;
    let at = TERMS.iter().filter_map(|term| Some((inner.find(term)?, term.len()))).min()?;
    let first = dates::dates(inner.get(..at.0)?).into_iter().next_back().map(|found| found.date);
    let value = inner.get(at.0 + at.1..)?.trim_start_matches(FILLERS);
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
