//! Places: 第五条第一款第（三）项, series, ranges, and what counts from where the words stand (前款).

use super::super::mention::{Base, Locator, Place, Unit};
use crate::law::structure::numbers::{leading, ordinal};
use std::ops::Range;

/// Members of one series beyond this number are left out: the longest real one has 60.
const SERIES_MAX: usize = 200;

/// Numbers before one unit beyond which it is no list (第一、二、三款).
const LISTED_MAX: usize = 30;

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
    let Some((number, len)) = text.get(start..).and_then(unmarked_article) else { return Vec::new() };
    let behind = insertion(text, start + len);
    let end = behind.map_or(start + len, |(_, after)| after);
    let head = Locator { article: Some((number, behind.map_or(0, |(number, _)| number))), ..Locator::default() };
    let mut found = series(text, end, Base::Instrument, Some(head));
    match found.first_mut() {
        Some(first) => first.span.start = start,
        None => {
            let place = Place { base: Base::Instrument, at: head, to: None };
            found.push(Found { span: start..end, place });
            if let Some(next) = separator(text, end) {
                found.extend(series(text, next, Base::Instrument, Some(head)));
            }
        }
    }
    found
}

/// 一百二十四条 where a name ended: not 十条措施.
fn unmarked_article(text: &str) -> Option<(u32, usize)> {
    let number = leading(text).filter(|number| !number.odd && (UNMARKED_MIN..=2_000).contains(&number.value))?;
    let (unit, len) = unit(text.get(number.len..)?)?;
    let after = text.get(number.len + len..)?;
    let ends = after.is_empty()
        || after.starts_with(|c: char| "第的之规、，。；：和与及或（(“".contains(c) || c.is_whitespace());
    (unit == Unit::Article && ends).then_some((number.value, number.len + len))
}

/// Reads one member of a series (which may be several numbers before one unit: 第一、二款). Answers where it ends.
fn member(text: &str, start: usize, base: Base, before: &mut Option<Locator>, found: &mut Vec<Found>) -> usize {
    if let Some((places, end)) = listed(text, start) {
        for (span, own) in places {
            let at = inherited(own, before.as_ref());
            *before = Some(at);
            found.push(Found { span, place: Place { base: base_of(base, &at), at, to: None } });
        }
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
    // 第五条（二）、（三）项, 第五条第二、三项: the numbers of a list behind an article or paragraph.
    if to.is_none()
        && at.item.is_none()
        && let Some((places, last)) = listed(text, end)
    {
        for (place, (span, own)) in places.into_iter().enumerate() {
            let at = inherited(own, Some(&at));
            let span = if place == 0 { start..span.end } else { span };
            *before = Some(at);
            found.push(Found { span, place: Place { base: base_of(base, &at), at, to: None } });
        }
        return last;
    }
    found.push(Found { span: start..end, place: Place { base: base_of(base, &at), at, to } });
    end
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
    if before.is_some_and(|before| before.article.is_some())
        && let Some((number, len)) = text.get(start..).and_then(bare_article)
    {
        at.article = Some((number, 0));
        (end, last) = (start + len, Some(Unit::Article));
    }
    while let Some((unit, number, after)) = component(text, end, last) {
        if last.is_some_and(|last| unit <= last) {
            break;
        }
        end = after;
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
        last = Some(unit);
    }
    (last.is_some()).then_some(Chain { at, end })
}

/// One unit with its number: 第五条, 第（三）项, （三）项, and behind 条 or 款 also （三） alone.
fn component(text: &str, start: usize, last: Option<Unit>) -> Option<(Unit, u32, usize)> {
    let start = skip_spaces(text, start);
    let rest = text.get(start..)?;
    if let Some(number) = ordinal(rest) {
        let (unit, len) = unit(rest.get(number.len..)?)?;
        return Some((unit, number.value, start + number.len + len));
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

/// 条款项目 at the start; 条 not in 条例, 条件, 条款, 款 not in 款项.
fn unit(text: &str) -> Option<(Unit, usize)> {
    let first = text.chars().next()?;
    let second = text.get(first.len_utf8()..)?.chars().next();
    let unit = match first {
        '条' if !matches!(second, Some('例' | '件' | '款' | '约' | '目')) => Unit::Article,
        '款' if !matches!(second, Some('项' | '式' | '额')) => Unit::Paragraph,
        '项' if !matches!(second, Some('目')) => Unit::Item,
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

/// Words and what they number.
type Numbered = (Range<usize>, Locator);

/// Several numbers before one unit: 第一、二款, 第三、四、五条, 第（一）、（二）、（四）项, 第（一）（二）项, 第一、三项.
fn listed(text: &str, start: usize) -> Option<(Vec<Numbered>, usize)> {
    let rest = text.get(start..)?;
    if !rest.starts_with(['第', '（', '(']) {
        return None;
    }
    let mut numbers: Vec<(Range<usize>, u32)> = Vec::new();
    let mut at = start + rest.strip_prefix('第').map_or(0, |_| '第'.len_utf8());
    loop {
        let here = text.get(at..)?;
        let skipped = if numbers.is_empty() { 0 } else { here.strip_prefix('第').map_or(0, |_| '第'.len_utf8()) };
        let (value, len) = bracketed(&here[skipped..])
            .or_else(|| leading(&here[skipped..]).filter(|number| !number.odd).map(|n| (n.value, n.len)))?;
        let from = if numbers.is_empty() { start } else { at };
        numbers.push((from..at + skipped + len, value));
        at += skipped + len;
        if numbers.len() > 1
            && let Some((unit, len)) = unit(text.get(at..)?)
        {
            let last = numbers.len() - 1;
            numbers[last].0.end = at + len;
            let places = numbers.into_iter().map(|(span, value)| (span, locator(unit, value))).collect();
            return Some((places, at + len));
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

fn locator(unit: Unit, value: u32) -> Locator {
    let mut at = Locator::default();
    match unit {
        Unit::Article => at.article = Some((value, 0)),
        Unit::Paragraph => at.paragraph = Some(value),
        Unit::Item => at.item = Some(value),
        Unit::Subitem => at.subitem = Some(value),
    }
    at
}

/// 至, 到, — between the first and the last place of a range.
fn range_sign(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let signs = ["至", "到", "——", "—", "－", "-", "～", "~", "–"];
    signs.iter().find(|sign| rest.starts_with(**sign)).map(|sign| at + sign.len())
}

/// The last place of a range: it names the same deepest unit as the first (第三条至第五条, 第（一）项至第（三）项, 第三至五项).
fn range_end(text: &str, start: usize, first: &Locator) -> Option<Chain> {
    let chain = chain(text, start, None)?;
    let deeper = chain.at.unit() >= first.unit();
    // 第五百条至第四百条 is no range.
    let descends = chain.at.article.zip(first.article).is_some_and(|(last, first)| last < first);
    (deeper && !descends).then_some(chain)
}

/// What joins two members of a series, up to the beginning of the next.
fn separator(text: &str, at: usize) -> Option<usize> {
    let at = skip_spaces(text, at);
    let rest = text.get(at..)?;
    let words = ["、", "，", ",", "以及", "及其", "或者", "并", "和", "与", "及", "或"];
    let len = words.iter().find(|word| rest.starts_with(**word))?.len();
    let next = skip_spaces(text, at + len);
    let after = text.get(next..)?;
    (after.starts_with(['第', '（', '(', '之']) || bare_article(after).is_some()).then_some(next)
}

/// 21条 in 第20条、21条: a member of a series without 第, in Arabic digits only (第三条、四条道路 is none).
fn bare_article(text: &str) -> Option<(u32, usize)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number = text.get(..digits)?.parse().ok().filter(|number| (1..=2_000).contains(number))?;
    let (unit, len) = unit(text.get(digits..)?)?;
    (unit == Unit::Article).then_some((number, digits + len))
}

/// At most two blanks.
pub fn skip_spaces(text: &str, at: usize) -> usize {
    let blanks = text.get(at..).unwrap_or("").chars().take(2).take_while(|c| matches!(c, ' ' | '\u{3000}' | '\u{a0}'));
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
            (first == '前').then_some((Relative::Before(unit, count), two + 3))
        }
        '下' => matches!(second, '条').then_some((Relative::After(Unit::Article), two)),
        '本' => of(second).map(|unit| (Relative::This(unit), two)),
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
mod tests {
    use super::*;

    fn labels(text: &str) -> Vec<String> {
        let label = |found: &Found| match found.place.to {
            Some(to) => format!("{}~{}", found.place.at.label(), to.label()),
            None => found.place.at.label(),
        };
        series(text, 0, Base::ThisArticle, None).iter().map(label).collect()
    }

    #[test]
    fn chains_series_and_ranges() {
        for (text, expected) in [
            ("第三条、第五条第一款和第七条的规定", vec!["第三条", "第五条第一款", "第七条"]),
            ("第一款第一项、第三项", vec!["第一款第一项", "第一款第三项"]),
            ("第三条至第五条", vec!["第三条~第五条"]),
            ("第一百二十条之一、之二", vec!["第一百二十条之一", "第一百二十条之二"]),
            ("第八条第（一）、（二）、（四）项", vec!["第八条第一项", "第八条第二项", "第八条第四项"]),
            ("第一、二款", vec!["第一款", "第二款"]),
            ("第十二条（三）规定", vec!["第十二条第三项"]),
            ("第十条第二款第（三）项第1目", vec!["第十条第二款第三项第一目"]),
            (
                "第二十条第一款第一项至第三项、第五项",
                vec!["第二十条第一款第一项~第二十条第一款第三项", "第二十条第一款第五项"],
            ),
            ("第3条第2款", vec!["第三条第二款"]),
            ("第五条（二）、（三）、（八）项", vec!["第五条第二项", "第五条第三项", "第五条第八项"]),
            ("第三十四条第三、四项", vec!["第三十四条第三项", "第三十四条第四项"]),
            ("第二十八条第一、二款", vec!["第二十八条第一款", "第二十八条第二款"]),
            ("第五条第二款第四、六项", vec!["第五条第二款第四项", "第五条第二款第六项"]),
            ("第八条第（一）（二）项", vec!["第八条第一项", "第八条第二项"]),
            ("第20条、21条第1款", vec!["第二十条", "第二十一条第一款"]),
            ("第三条、四条道路", vec!["第三条"]),
            ("第五百条至第四百条", vec!["第五百条"]),
            ("第五条例外", vec![]),
            ("第二项目", vec![]),
        ] {
            assert_eq!(labels(text), expected, "{text}");
        }
    }

    #[test]
    fn relative_words_are_not_parts_of_other_words() {
        assert_eq!(relative("前款规定"), Some((Relative::Before(Unit::Paragraph, 1), "前款".len())));
        assert_eq!(relative("前两款规定"), Some((Relative::Before(Unit::Paragraph, 2), "前两款".len())));
        assert_eq!(relative("该项目"), None);
        assert_eq!(relative("本条例"), None);
        assert_eq!(relative("前条第一款"), Some((Relative::Before(Unit::Article, 1), "前条".len())));
    }
}
