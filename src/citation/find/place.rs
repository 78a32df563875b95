//! Places: 第五条第一款第（三）项, series, ranges, and what counts from where the words stand (前款).

mod lists;

use super::super::mention::{Base, Locator, Place, Unit};
use super::words::is_han;
use crate::law::structure::numbers::{leading, ordinal};
use lists::{Listed, listed, range_end, range_sign};
use std::ops::Range;

/// Members of one series beyond this number are left out: the longest real one has 60.
const SERIES_MAX: usize = 200;

/// A place with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Bytes of the text.
    pub span: Range<usize>,
    /// The place.
    pub place: Place,
}

/// A place in absolute numbers, as one stretch of words without what it inherits.
struct Chain {
    at: Locator,
    end: usize,
}

/// What follows a name or a base: the places of one series from `start` on, which inherit from `base` and from each other.
/// Answers them and where they end.
pub fn series(text: &str, start: usize, base: Base, first: Option<Locator>) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut before = first;
    let mut at = start;
    while found.len() < SERIES_MAX {
        let before_count = found.len();
        at = member(text, at, base, &mut before, &mut found);
        if found.len() == before_count {
            break;
        }
        match separator(text, at) {
            Some(next) => at = next,
            None => break,
        }
    }
    found
}

/// Lowest number of an article that is recognised without 第: 《…》三条 may count three of them.
const UNMARKED_MIN: u32 = 10;

/// The places behind a title in book brackets whose 第 was left out: 《…》一百二十四条第一款.
pub fn unmarked(text: &str, start: usize) -> Vec<Found> {
    let Some((number, len)) = text.get(start..).and_then(|rest| unmarked_article(rest, UNMARKED_MIN)) else {
        return Vec::new();
    };
    let behind = insertion(text, start + len);
    let end = behind.map_or(start + len, |(_, after)| after);
    let mut head = Locator { article: Some((number, behind.map_or(0, |(number, _)| number))), ..Locator::default() };
    let mut found = series(text, end, Base::Instrument, Some(head));
    match found.first_mut() {
        Some(first) => first.span.start = start,
        None => {
            // 54条1款2项: nothing below the article has its 第 either.
            let end = below(text, end, Some(Unit::Article), &mut head).map_or(end, |(_, after)| after);
            let place = Place { base: Base::Instrument, at: head, to: None };
            found.push(Found { span: start..end, place });
            if let Some(next) = separator(text, end) {
                found.extend(series(text, next, Base::Instrument, Some(head)));
            }
        }
    }
    found
}

/// 一百二十四条 where a name ended: not 十条措施. What parts follow (4条1款) counts nothing, however low it is.
fn unmarked_article(text: &str, least: u32) -> Option<(u32, usize)> {
    let number = leading(text).filter(|number| !number.odd && (1..=2_000).contains(&number.value))?;
    let (unit, len) = unit(text.get(number.len..)?)?;
    let after = text.get(number.len + len..)?;
    let ends = number.value >= least && ends_place(after) || unmarked_part(after, Unit::Article).is_some();
    (unit == Unit::Article && ends).then_some((number.value, number.len + len))
}

/// Whether what follows a unit shows that it is a place and counts nothing (四条道路).
fn ends_place(after: &str) -> bool {
    after.is_empty() || after.starts_with(|c: char| "第的之规、，。；：和与及或（(“".contains(c) || c.is_whitespace())
}

/// Reads one member of a series (which may be several numbers before one unit: 第一、二款). Answers where it ends.
fn member(text: &str, start: usize, base: Base, before: &mut Option<Locator>, found: &mut Vec<Found>) -> usize {
    if let Some((places, end)) = listed(text, start) {
        return push_listed(text, places, end, base, before, found);
    }
    if let Some((number, end)) = without_unit(text, start, before.as_ref()) {
        let at = Locator { article: Some((number, 0)), ..Locator::default() };
        *before = Some(at);
        found.push(Found { span: start..end, place: Place { base: base_of(base, &at), at, to: None } });
        return end;
    }
    let Some(chain) = chain(text, start, before.as_ref()) else { return start };
    let at = inherited(chain.at, before.as_ref());
    let mut end = chain.end;
    let mut to = None;
    if let Some(last) = range_sign(text, end).and_then(|next| range_end(text, next, &at)) {
        to = Some(inherited(last.at, Some(&at)));
        end = last.end;
    }
    *before = Some(to.unwrap_or(at));
    // 第五条（二）、（三）项, 第五条第二、三项, 第五条第二至四项: the numbers of a list behind an article or paragraph.
    if to.is_none()
        && at.item.is_none()
        && let Some((mut places, last)) = listed(text, end)
        && places.iter().all(|listed| first_unit(&listed.at) > at.unit())
    {
        if let Some(first) = places.first_mut() {
            first.span.start = start;
        }
        return push_listed(text, places, last, base, before, found);
    }
    found.push(Found { span: start..end, place: Place { base: base_of(base, &at), at, to } });
    end
}

/// An article in the middle of a series whose 条 was left out: 第四十六 in 第二十一条、第四十六、第四十八条.
fn without_unit(text: &str, start: usize, before: Option<&Locator>) -> Option<(u32, usize)> {
    let (earlier, _) = before?.article?;
    let numbered = |at: usize| {
        let rest = text.get(at..)?.strip_prefix('第')?;
        let number = leading(rest).filter(|number| !number.odd)?;
        Some((number.value, at + '第'.len_utf8() + number.len))
    };
    let (number, end) = numbered(start)?;
    let next =
        ["、", "，", "和", "及"].iter().find(|word| text.get(end..).is_some_and(|rest| rest.starts_with(*word)))?;
    let (later, behind) = numbered(end + next.len())?;
    let article = text.get(behind..)?.starts_with('条');
    (article && earlier < number && number < later).then_some((number, end))
}

/// The members of a list, each with what it inherits. What stands below the unit of a list belongs to its last member
/// (第三、四条第二款).
fn push_listed(
    text: &str,
    places: Vec<Listed>,
    end: usize,
    base: Base,
    before: &mut Option<Locator>,
    found: &mut Vec<Found>,
) -> usize {
    for Listed { span, at, to } in places {
        let at = inherited(at, before.as_ref());
        let to = to.map(|to| inherited(to, Some(&at)));
        *before = Some(to.unwrap_or(at));
        found.push(Found { span, place: Place { base: base_of(base, &at), at, to } });
    }
    let Some(last) = found.last_mut().filter(|last| last.place.to.is_none()) else { return end };
    let Some(below) = chain(text, end, None).filter(|below| first_unit(&below.at) > last.place.at.unit()) else {
        return end;
    };
    last.place.at = inherited(below.at, Some(&last.place.at));
    last.span.end = below.end;
    *before = Some(last.place.at);
    below.end
}

/// A place with an article counts from the instrument; one without from where the words stand.
fn base_of(base: Base, at: &Locator) -> Base {
    if at.article.is_some() { Base::Instrument } else { base }
}

/// What a later member of a series does not say it takes from the one before.
fn inherited(own: Locator, before: Option<&Locator>) -> Locator {
    let (Some(before), Some(first)) = (before, first_unit(&own)) else { return own };
    let mut whole = own;
    if first > Unit::Article {
        whole.article = before.article;
    }
    if first > Unit::Paragraph {
        whole.paragraph = before.paragraph;
    }
    if first > Unit::Item {
        whole.item = before.item;
    }
    whole
}

/// The highest unit named.
fn first_unit(at: &Locator) -> Option<Unit> {
    [
        (at.article.is_some(), Unit::Article),
        (at.paragraph.is_some(), Unit::Paragraph),
        (at.item.is_some(), Unit::Item),
        (at.subitem.is_some(), Unit::Subitem),
    ]
    .into_iter()
    .find_map(|(named, unit)| named.then_some(unit))
}

/// 第五条之一第二款第（三）项第1目: units in descending order.
fn chain(text: &str, start: usize, before: Option<&Locator>) -> Option<Chain> {
    let mut at = Locator::default();
    let mut end = start;
    let mut last: Option<Unit> = None;
    // 、之二 after 第一百二十条之一: another insertion behind the same number.
    if let Some((insertion, after)) = insertion(text, start)
        && let Some((number, 1..)) =
            before.filter(|before| before.unit() == Some(Unit::Article)).and_then(|b| b.article)
    {
        at.article = Some((number, insertion));
        return Some(Chain { at, end: after });
    }
    if let Some((named, _)) = before.and_then(|before| before.article)
        && let Some((number, len)) = text.get(start..).and_then(|rest| bare_article(rest, true))
        && (number > named || text.get(start..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())))
    {
        at.article = Some((number, 0));
        (end, last) = (start + len, Some(Unit::Article));
    }
    if let Some((unit, after)) = below(text, end, last, &mut at) {
        (end, last) = (after, Some(unit));
    }
    (last.is_some()).then_some(Chain { at, end })
}

/// The units of a chain from `start` on, each below the one before it; the first below `last`. Answers the last of them and
/// where it ends.
fn below(text: &str, start: usize, last: Option<Unit>, at: &mut Locator) -> Option<(Unit, usize)> {
    let mut read: Option<(Unit, usize)> = None;
    loop {
        let last = read.map_or(last, |(unit, _)| Some(unit));
        let end = read.map_or(start, |(_, end)| end);
        let component = component(text, end, last).filter(|(unit, _, _)| last.is_none_or(|last| *unit > last));
        let Some((unit, number, mut end)) = component else { return read };
        match unit {
            Unit::Article => {
                let behind = insertion(text, end);
                at.article = Some((number, behind.map_or(0, |(number, _)| number)));
                end = behind.map_or(end, |(_, after)| after);
            }
            Unit::Paragraph => at.paragraph = Some(number),
            Unit::Item => at.item = Some(number),
            Unit::Subitem => at.subitem = Some(number),
        }
        read = Some((unit, end));
    }
}

/// One unit with its number: 第五条, 第（三）项, （三）项, and behind 条 or 款 also （三） alone.
fn component(text: &str, start: usize, last: Option<Unit>) -> Option<(Unit, u32, usize)> {
    let start = skip_spaces(text, start);
    let rest = text.get(start..)?;
    if let Some(part) = last.filter(|last| *last <= Unit::Paragraph).and_then(|last| unmarked_part(rest, last)) {
        return Some((part.0, part.1, start + part.2));
    }
    if let Some(number) = ordinal(rest) {
        let (unit, len) = unit(rest.get(number.len..)?)?;
        return Some((unit, number.value, start + number.len + len));
    }
    if let Some(end) = zeroth(rest) {
        return Some((Unit::Article, 0, start + end));
    }
    let marked = rest.strip_prefix('第').map_or(0, |_| '第'.len_utf8());
    let (number, len) = bracketed(rest.get(marked..)?)?;
    let end = start + marked + len;
    let after = text.get(end..)?;
    match unit(after) {
        Some((unit, len)) if unit >= Unit::Item => Some((unit, number, end + len)),
        // 第（一）款 is written for 第一款; （一）款 may be the end of something else.
        Some((Unit::Paragraph, len)) if marked > 0 => Some((Unit::Paragraph, number, end + len)),
        Some(_) => None,
        // 第（一）（二）项: a list.
        None if bracketed(after).is_some() => None,
        // 第X条（三）: the unit is left out.
        None => {
            let open = marked > 0 || after.starts_with(['规', '的', '所', '、', '，', '。', '；', '和', '或', '及']);
            (matches!(last, Some(Unit::Article | Unit::Paragraph)) && open && !after.starts_with(['、', '，'])
                || marked > 0)
                .then_some((Unit::Item, number, end))
        }
    }
}

/// 第四条二款, 第4条2款3项: 第 is left out before a number that counts nothing. 第四条二项 may count. Each part is lower than the
/// one before, so that few can follow.
fn unmarked_part(rest: &str, above: Unit) -> Option<(Unit, u32, usize)> {
    let number = leading(rest).filter(|number| !number.odd && number.value < 100)?;
    let (part, len) = unit(rest.get(number.len..)?).filter(|(part, _)| *part > above)?;
    let after = rest.get(number.len + len..)?;
    let digits = rest.starts_with(|c: char| c.is_ascii_digit());
    let direct = above == Unit::Article && part != Unit::Paragraph;
    // Nobody counts 款 in digits behind an article: 54条1款处罚.
    let clear = digits && (!direct || after.starts_with('处'));
    let ends = clear || ends_place(after) || unmarked_part(after, part).is_some();
    (ends && (digits || !direct)).then_some((part, number.value, number.len + len))
}

/// 第0条: no text has it, and that is to be said.
fn zeroth(text: &str) -> Option<usize> {
    let behind = text.strip_prefix('第')?.strip_prefix(['0', '０', '零', '〇'])?;
    unit(behind).filter(|(unit, _)| *unit == Unit::Article).map(|(_, len)| text.len() - behind.len() + len)
}

/// 条款项目 at the start; 条 not in 条例, 条件, 条款, 款 not in 款项.
fn unit(text: &str) -> Option<(Unit, usize)> {
    let first = text.chars().next()?;
    let second = text.get(first.len_utf8()..)?.chars().next();
    let unit = match first {
        '条' | '條' if !matches!(second, Some('例' | '件' | '款' | '约' | '目')) => Unit::Article,
        '款' if !matches!(second, Some('项' | '式' | '额')) => Unit::Paragraph,
        '项' | '項' if !matches!(second, Some('目')) => Unit::Item,
        '目' if !matches!(second, Some('标' | '录' | '的')) => Unit::Subitem,
        _ => return None,
    };
    Some((unit, first.len_utf8()))
}

/// （三）, (3): a number in round brackets.
fn bracketed(text: &str) -> Option<(u32, usize)> {
    let open = text.chars().next().filter(|c| matches!(c, '（' | '(' | '〔' | '［'))?;
    let number = leading(text.get(open.len_utf8()..)?)?;
    let end = open.len_utf8() + number.len;
    let close = text.get(end..)?.chars().next().filter(|c| matches!(c, '）' | ')' | '〕' | '］'))?;
    Some((number.value, end + close.len_utf8()))
}

/// 之一 behind an article.
fn insertion(text: &str, start: usize) -> Option<(u32, usize)> {
    let rest = text.get(start..)?.strip_prefix('之')?;
    let number = leading(rest).filter(|number| number.value < 100)?;
    // 之一的, but not 之一 in "下列行为之一": that never stands behind 条.
    Some((number.value, start + '之'.len_utf8() + number.len))
}

/// What joins two members of a series, up to the beginning of the next.
fn separator(text: &str, at: usize) -> Option<usize> {
    let at = skip_spaces(text, at);
    let rest = text.get(at..)?;
    let words = ["、", "，", ",", "以及", "及其", "或者", "并", "和", "与", "及", "或"];
    let len = words.iter().find(|word| rest.starts_with(**word))?.len();
    let next = skip_spaces(text, at + len);
    let after = text.get(next..)?;
    let chinese = !rest.starts_with(['，', ',']);
    (after.starts_with(['第', '（', '(', '之']) || bare_article(after, chinese).is_some()).then_some(next)
}

/// 21条 in 第20条、21条: a member of a series without 第; in Chinese numerals only where nothing is counted (第三条、四条道路).
fn bare_article(text: &str, chinese: bool) -> Option<(u32, usize)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 {
        return unmarked_article(text, 1).filter(|_| chinese);
    }
    let number = text.get(..digits)?.parse().ok().filter(|number| (1..=2_000).contains(number))?;
    let (unit, len) = unit(text.get(digits..)?)?;
    (unit == Unit::Article).then_some((number, digits + len))
}

/// At most two blanks, of which some are not seen.
pub fn skip_spaces(text: &str, at: usize) -> usize {
    let is_blank = |c: &char| matches!(c, ' ' | '\u{3000}' | '\u{a0}' | '\u{200b}' | '\u{feff}');
    let blanks = text.get(at..).unwrap_or("").chars().take(2).take_while(is_blank);
    at + blanks.map(char::len_utf8).sum::<usize>()
}

/// 前款, 前两条, 本条, 该款 …: the base and its length; what follows is read by [`series`].
pub fn relative(text: &str) -> Option<(Relative, usize)> {
    let mut chars = text.chars();
    let first = chars.next()?;
    let second = chars.next()?;
    let two = first.len_utf8() + second.len_utf8();
    let of = |c: char| match c {
        '条' => Some(Unit::Article),
        '款' => Some(Unit::Paragraph),
        '项' => Some(Unit::Item),
        _ => None,
    };
    // 前款 but not 前款项目; 该项 but not 该项目, 该项工程.
    let next = chars.next();
    if matches!(
        (second, next),
        ('项', Some('目')) | ('条', Some('例' | '件' | '款' | '约')) | ('款', Some('项' | '额'))
    ) {
        return None;
    }
    match first {
        '前' | '上' => {
            if let Some(unit) = of(second) {
                return Some((Relative::Before(unit, 1), two));
            }
            let count = match second {
                '一' => 1,
                '二' | '两' => 2,
                '三' => 3,
                '四' => 4,
                '五' => 5,
                '六' => 6,
                _ => return None,
            };
            let unit = of(next?)?;
            // 对前三项污染物征收: of a list that is no text.
            let behind =
                chars.next().is_none_or(|c| !is_han(c) || "规所的情行之中和与及或以外除各列第均应不措内".contains(c));
            (first == '前' && (behind || unit != Unit::Item)).then_some((Relative::Before(unit, count), two + 3))
        }
        '下' => matches!(second, '条').then_some((Relative::After(Unit::Article), two)),
        '本' => of(second).map(|unit| (Relative::This(unit), two)),
        // 该项财物 is this, and no item.
        '该' if second == '项' && next.is_some_and(|c| is_han(c) && !"规所之中第的".contains(c)) => None,
        '该' => of(second).map(|unit| (Relative::That(unit), two)),
        _ => None,
    }
}

/// What a relative word counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relative {
    /// 前款, 前两款.
    Before(Unit, u32),
    /// 下条.
    After(Unit),
    /// 本条, 本款.
    This(Unit),
    /// 该条, 该款: what was named last.
    That(Unit),
}

#[cfg(test)]
mod tests;
