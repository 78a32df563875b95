//! The numbers of lists (`ol`), as browsers show them.

use super::tree::{Id, Page};
use crate::law::structure::numbers::{leading, ordinal};

/// The number that the next member of a list bears; none in one without decimal numbers.
pub(super) type Next = Option<i64>;

/// What the first member of an ordered list bears.
pub(super) fn begin(page: &Page, list: Id) -> Next {
    let style = page.attribute(list, "style").unwrap_or_default().replace(' ', "").to_ascii_lowercase();
    let styled =
        style.split(';').find_map(|rule| rule.strip_prefix("list-style-type:").or(rule.strip_prefix("list-style:")));
    let is_decimal = match styled {
        Some(kind) => kind.split_whitespace().any(|word| word.starts_with("decimal")),
        None => page.attribute(list, "type").is_none_or(|kind| kind.trim().is_empty() || kind.trim() == "1"),
    };
    is_decimal.then(|| whole(page.attribute(list, "start")).unwrap_or(1))
}

fn whole(value: Option<&str>) -> Option<i64> {
    value.and_then(|value| value.trim().parse().ok())
}

/// Puts the number before a member of a numbered list, unless it says one itself.
pub(super) fn number(words: &mut String, next: Option<&mut Next>, page: &Page, member: Id) {
    let Some(Some(next)) = next else { return };
    let own = whole(page.attribute(member, "value")).unwrap_or(*next);
    let text: String = page.below(member).filter_map(|id| page.text(id)).collect();
    if !is_numbered(text.trim_start()) {
        words.push_str(&format!("{own}. "));
    }
    *next = own.saturating_add(1);
}

/// Whether words begin with a number of their own: 第三条, 一、, （二）, 3., ①; not 3人以上, 一般.
fn is_numbered(text: &str) -> bool {
    const UNITS: [char; 8] = ['编', '章', '节', '条', '款', '项', '目', '步'];
    if let Some(number) = ordinal(text) {
        return text.get(number.len..).is_some_and(|rest| rest.trim_start().starts_with(UNITS));
    }
    if text.starts_with(|c: char| ('①'..='⒛').contains(&c)) {
        return true;
    }
    let bare = text.trim_start_matches(['（', '(']);
    let ends: &[char] = if bare.len() < text.len() { &['）', ')'] } else { &['、', '.', '．', '）', ')', '，'] };
    let Some(rest) = leading(bare).and_then(|number| bare.get(number.len..)) else { return false };
    // 1.5米 is a quantity.
    rest.strip_prefix(ends).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()) || !bare.contains('.'))
}
