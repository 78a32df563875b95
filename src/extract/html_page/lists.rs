//! The numbers of lists (`ol`), as browsers show them.

use super::tree::{Id, Page};
use crate::law::structure::numbers::{leading, ordinal};
use crate::text::numerals;

/// The number that the next member of a list bears; none in one without numbers.
pub(super) type Next = Option<Count>;

/// How far a list has counted.
pub(super) struct Count {
    next: i64,
    step: i64,
    style: Style,
}

/// How the numbers of a list are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Decimal,
    /// a, b, c; in capitals.
    Letters(bool),
    /// i, ii, iii; in capitals.
    Roman(bool),
    /// 一、二、三.
    Chinese,
}

impl Style {
    /// That of a rule of a style sheet; `None` of others, and of lists without numbers.
    fn of_rule(rule: &str) -> Option<Style> {
        rule.split_whitespace().find_map(|word| match word {
            "lower-alpha" | "lower-latin" => Some(Style::Letters(false)),
            "upper-alpha" | "upper-latin" => Some(Style::Letters(true)),
            "lower-roman" => Some(Style::Roman(false)),
            "upper-roman" => Some(Style::Roman(true)),
            word if word.starts_with("decimal") => Some(Style::Decimal),
            word if ["cjk-", "simp-chinese-", "trad-chinese-"].iter().any(|kind| word.starts_with(kind)) => {
                Some(Style::Chinese)
            }
            _ => None,
        })
    }

    fn of_type(kind: &str) -> Option<Style> {
        match kind.trim() {
            "" | "1" => Some(Style::Decimal),
            "a" => Some(Style::Letters(false)),
            "A" => Some(Style::Letters(true)),
            "i" => Some(Style::Roman(false)),
            "I" => Some(Style::Roman(true)),
            _ => None,
        }
    }

    /// A number with what browsers put behind it; decimal where it has no form of this style.
    fn written(self, number: i64) -> String {
        let positive = u32::try_from(number).ok().filter(|number| (1..=LARGEST).contains(number));
        match (self, positive) {
            (Style::Letters(capital), Some(number)) => format!("{}. ", cased(letters(number), capital)),
            (Style::Roman(capital), Some(number)) => format!("{}. ", cased(roman(number), capital)),
            (Style::Chinese, Some(number)) => format!("{}、", numerals::chinese(number.into())),
            _ => format!("{number}. "),
        }
    }
}

/// Largest number with Roman numerals; no list of other letters is as long.
const LARGEST: u32 = 3_999;

fn cased(text: String, capital: bool) -> String {
    if capital { text.to_ascii_uppercase() } else { text }
}

/// 1 → a, 27 → aa.
fn letters(mut number: u32) -> String {
    let mut found = Vec::new();
    while number > 0 {
        number -= 1;
        found.push(char::from(b'a' + (number % 26) as u8));
        number /= 26;
    }
    found.into_iter().rev().collect()
}

fn roman(mut number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut found = String::new();
    for (value, sign) in SIGNS {
        while number >= value {
            found.push_str(sign);
            number -= value;
        }
    }
    found
}

/// What the first member of an ordered list bears.
pub(super) fn begin(page: &Page, list: Id) -> Next {
    let style = page.attribute(list, "style").unwrap_or_default().to_ascii_lowercase();
    let mut rules = style.split(';').filter_map(|rule| rule.split_once(':'));
    let styled = rules.find(|(name, _)| ["list-style-type", "list-style"].contains(&name.trim()));
    let style = match styled {
        Some((_, rule)) => Style::of_rule(rule),
        None => page.attribute(list, "type").map_or(Some(Style::Decimal), Style::of_type),
    }?;
    let is_reversed = page.attribute(list, "reversed").is_some();
    let members = || page.children(list).iter().filter(|id| page.name(**id) == "li").count();
    let first = whole(page.attribute(list, "start"));
    let first = first.unwrap_or_else(|| if is_reversed { i64::try_from(members()).unwrap_or(1) } else { 1 });
    Some(Count { next: first, step: if is_reversed { -1 } else { 1 }, style })
}

fn whole(value: Option<&str>) -> Option<i64> {
    value.and_then(|value| value.trim().parse().ok())
}

/// Puts the number before a member of a numbered list, unless it says one itself.
pub(super) fn number(words: &mut String, next: Option<&mut Next>, page: &Page, member: Id) {
    let Some(Some(count)) = next else { return };
    let own = whole(page.attribute(member, "value")).unwrap_or(count.next);
    let text: String = page.below(member).filter_map(|id| page.text(id)).collect();
    if !is_numbered(text.trim_start()) {
        words.push_str(&count.style.written(own));
    }
    count.next = own.saturating_add(count.step);
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
