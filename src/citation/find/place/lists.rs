//! Several numbers before one unit (第一、二款), and ranges in every form: 第三条至第五条, 第三至五条, 第3-5条, 第（一）至（三）项.

use super::super::super::mention::{Locator, Unit};
use super::{Chain, bracketed, chain, unit};
use crate::law::structure::numbers::leading;
use std::ops::Range;

/// Numbers before one unit beyond which it is no list (第一、二、三款).
const LISTED_MAX: usize = 30;
/// No article has more insertions (刑法 has 133之一 to 133之三), so 第120-50条 is none.
const INSERTION_MAX: u32 = 30;

/// A member of a list, with its words.
pub(super) struct Listed {
    pub span: Range<usize>,
    pub at: Locator,
    /// The last of a range.
    pub to: Option<Locator>,
}

/// A number before the unit that it shares with others, or two with the sign of a range between.
struct Numbered {
    span: Range<usize>,
    value: u32,
    to: Option<u32>,
    /// 287-2: what a dash joins and does not rise is an insertion.
    insertion: u32,
}

/// Several numbers before one unit: 第一、二款, 第三、四、五条, 第（一）、（二）、（四）项, 第（一）（二）项, 第三至五条, 第一、三至五项.
pub(super) fn listed(text: &str, start: usize) -> Option<(Vec<Listed>, usize)> {
    let rest = text.get(start..)?;
    if !rest.starts_with(['第', '（', '(']) {
        return None;
    }
    let mut numbers: Vec<Numbered> = Vec::new();
    let mut at = start;
    loop {
        let number = numbered(text, at)?;
        at = number.span.end;
        numbers.push(number);
        let several = numbers.len() > 1 || numbers.iter().any(|number| number.to.is_some() || number.insertion > 0);
        if several && let Some((unit, len)) = unit(text.get(at..)?) {
            let inserted = numbers.iter().any(|number| number.insertion > 0);
            if let Some(last) = numbers.last_mut() {
                last.span.end += len;
            }
            let places = numbers.into_iter().map(|number| number.listed(unit)).collect();
            return (unit == Unit::Article || !inserted).then_some((places, at + len));
        }
        if numbers.len() >= LISTED_MAX {
            return None;
        }
        let after = text.get(at..)?;
        let sign = after.chars().next().filter(|c| matches!(c, '、' | '和' | '及' | '或'));
        // 第（一）（二）项: brackets need no sign between them.
        let bare = text[..at].ends_with(['）', ')']) && after.starts_with(['（', '(']);
        at += sign.map(char::len_utf8).or_else(|| bare.then_some(0))?;
    }
}

/// One number, or the two of a range.
fn numbered(text: &str, start: usize) -> Option<Numbered> {
    let (value, end) = number(text, start)?;
    let one = Numbered { span: start..end, value, to: None, insertion: 0 };
    let Some((last, after)) = range_sign(text, end).and_then(|next| number(text, next)) else { return Some(one) };
    let dashed = !text.get(end..)?.starts_with(['至', '到', '~', '～']);
    if last > value {
        return Some(Numbered { span: start..after, to: Some(last), ..one });
    }
    (dashed && last <= INSERTION_MAX && last < value).then_some(Numbered { span: start..after, insertion: last, ..one })
}

/// A number with or without 第 and brackets, and where it ends.
fn number(text: &str, start: usize) -> Option<(u32, usize)> {
    let from = start + text.get(start..)?.strip_prefix('第').map_or(0, |_| '第'.len_utf8());
    let rest = text.get(from..)?;
    let plain = || leading(rest).filter(|number| !number.odd).map(|number| (number.value, number.len));
    let (value, len) = bracketed(rest).or_else(plain)?;
    Some((value, from + len))
}

impl Numbered {
    fn listed(self, unit: Unit) -> Listed {
        let at = locator(unit, self.value, self.insertion);
        Listed { span: self.span, at, to: self.to.map(|to| locator(unit, to, 0)) }
    }
}

fn locator(unit: Unit, value: u32, insertion: u32) -> Locator {
    let mut at = Locator::default();
    match unit {
        Unit::Article => at.article = Some((value, insertion)),
        Unit::Paragraph => at.paragraph = Some(value),
        Unit::Item => at.item = Some(value),
        Unit::Subitem => at.subitem = Some(value),
    }
    at
}

/// 至, 到, — between the first and the last place of a range.
pub(super) fn range_sign(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let signs = ["至", "到", "——", "—", "－", "-", "～", "~", "–"];
    signs.iter().find(|sign| rest.starts_with(**sign)).map(|sign| at + sign.len())
}

/// The last place of a range: it names the same deepest unit as the first (第三条至第五条, 第（一）项至第（三）项, 第三条至五条).
pub(super) fn range_end(text: &str, start: usize, first: &Locator) -> Option<Chain> {
    let chain = chain(text, start, None).or_else(|| bare_end(text, start, first))?;
    let deeper = chain.at.unit() >= first.unit();
    // 第五百条至第四百条 is no range.
    let descends = chain.at.article.zip(first.article).is_some_and(|(last, first)| last < first);
    (deeper && !descends).then_some(chain)
}

/// 五条 in 第三条至五条: a greater number with the same unit.
fn bare_end(text: &str, start: usize, first: &Locator) -> Option<Chain> {
    let number = leading(text.get(start..)?).filter(|number| !number.odd)?;
    let (unit, len) = unit(text.get(start + number.len..)?)?;
    let least = match unit {
        Unit::Article => first.article?.0,
        Unit::Paragraph => first.paragraph?,
        Unit::Item => first.item?,
        Unit::Subitem => first.subitem?,
    };
    (first.unit() == Some(unit) && number.value > least)
        .then(|| Chain { at: locator(unit, number.value, 0), end: start + number.len + len })
}
