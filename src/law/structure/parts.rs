//! 款 项 目 of an article or a numbered unit, counted as official practice counts them.
//!
//! Text after the number is the first 款; every paragraph that is no 项, no 目 and no row of a table begins another. A
//! list, numbered or not, belongs to the 款 that introduces it. A paragraph after an 项 that has ended is a new 款; one
//! after words that have not ended is their continuation. Paragraphs that end with ； behind one that ends with ： are its
//! list too, though their （一） was lost.

use super::super::provision::Part;
use super::articles::divide;
use super::lines::{Line, Mark, UnitMark, UnitStyle, is_blank};
use super::numbers::{chinese, leading_chinese, ordinal};
use std::ops::Range;

/// Members of a list without numbers at least.
const BARE_MIN: usize = 2;

/// Level of a part below its provision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Paragraph,
    Item,
    Subitem,
}

/// A part that was found: where it begins, and its number at its level.
struct Found {
    level: Level,
    number: u32,
    span: Range<usize>,
}

/// The parts of the provision that consists of `lines`; `own` says that the first line begins with the number of the
/// provision itself. Empty when it is one undivided paragraph.
pub(super) fn parts(text: &str, lines: &[Line], own: bool) -> Vec<Part> {
    let lines = &divide(text, lines, &glued(text, lines));
    let Some((first, rest)) = lines.split_first() else { return Vec::new() };
    let simple = rest.is_empty() && own && !first.words(text).contains(['：', ':']);
    if simple {
        return Vec::new();
    }
    // Below 16. the number （1） is that of an item.
    let item = match first.mark {
        Mark::Unit(UnitMark { style: UnitStyle::Digit, .. }) if own => UnitStyle::BracketedDigit,
        _ => UnitStyle::Bracketed,
    };
    let mut reader =
        Reader { text, found: Vec::new(), open: [None; 3], paragraphs: 0, subitem: None, ended: true, item };
    let number_len = if own { number_len(text, first) } else { 0 };
    let next = next_items(lines, item);
    reader.paragraph(first.body + number_len, first.end, next.first().copied().flatten());
    if !own {
        reader.line(first, None);
    }
    let bare = bare_items(text, lines);
    for ((line, next), bare) in rest.iter().zip(next.into_iter().skip(1)).zip(bare.into_iter().skip(1)) {
        match bare {
            Some(number) => reader.bare_item(number, line),
            None => reader.line(line, next),
        }
    }
    name(reader.found)
}

/// Bytes of the number that the first line begins with, white space after it included.
fn number_len(text: &str, line: &Line) -> usize {
    let words = line.words(text);
    let number = match line.mark {
        Mark::Article(_) => ordinal(words).map_or(0, |number| {
            let rest = &words[number.len..];
            let unit = if rest.starts_with('条') { '条'.len_utf8() } else { 0 };
            let sub = rest[unit..].strip_prefix('之').and_then(leading_chinese);
            number.len + unit + sub.map_or(0, |sub| '之'.len_utf8() + sub.len)
        }),
        Mark::Unit(unit) => unit.len,
        _ => 0,
    };
    let rest = &words[number..];
    number + rest.len() - rest.trim_start_matches(is_blank).len()
}

struct Reader<'a> {
    text: &'a str,
    found: Vec<Found>,
    /// The part that is open at each level, by index.
    open: [Option<usize>; 3],
    paragraphs: u32,
    /// The style of 目 in the list that is open.
    subitem: Option<UnitStyle>,
    /// Whether the text before ended as a sentence or member of a list ends.
    ended: bool,
    /// The style of 项, beside 一、.
    item: UnitStyle,
}

impl Reader<'_> {
    /// `next`: the number of the item that follows.
    fn line(&mut self, line: &Line, next: Option<u32>) {
        let level = match line.mark {
            Mark::Unit(unit) => self.level_of(unit).map(|level| (level, unit.number)),
            _ => None,
        };
        let level = level.or_else(|| self.lost_number(line, next).map(|number| (Level::Item, number)));
        match level {
            Some((level, number)) => self.begin(level, number, line.body, line.end),
            None if self.is_continuation(line) || self.is_within_list(line, next) => self.go_on(line.end),
            None => {
                self.paragraph(line.body, line.end, next);
                return;
            }
        }
        self.ended = is_ended(line.words(self.text));
    }

    /// A member of a list that has no numbers.
    fn bare_item(&mut self, number: u32, line: &Line) {
        self.begin(Level::Item, number, line.body, line.end);
        self.ended = true;
    }

    /// Level of a list number; `None` if it belongs to a list still deeper.
    fn level_of(&mut self, unit: UnitMark) -> Option<Level> {
        match unit.style {
            style if style == UnitStyle::Plain || style == self.item => Some(Level::Item),
            UnitStyle::Bracketed => Some(Level::Item),
            style => (*self.subitem.get_or_insert(style) == style).then_some(Level::Subitem),
        }
    }

    /// A deeper list, a row, a broken line, or what goes on after words that have not ended.
    fn is_continuation(&self, line: &Line) -> bool {
        let broken = line.words(self.text).starts_with(['，', '。', '；', '、', '：', '）', '”', ',', ';', ')']);
        let unit = matches!(line.mark, Mark::Unit(_) | Mark::Row);
        !self.found.is_empty() && (unit || broken || !self.ended)
    }

    /// The number of an item that lost it: what stands between （十五） and （十七） is （十六）.
    fn lost_number(&self, line: &Line, next: Option<u32>) -> Option<u32> {
        let item = self.open[Level::Item as usize].map(|index| self.found[index].number)?;
        let words = line.words(self.text);
        let is_one = line.mark == Mark::Text && self.ended && words.ends_with(['；', ';', '。']);
        (is_one && next == Some(item + 2)).then_some(item + 1)
    }

    /// A paragraph between two items whose numbers follow one another belongs to the first; one that leads to a list of its
    /// own does not.
    fn is_within_list(&self, line: &Line, next: Option<u32>) -> bool {
        let item = self.open[Level::Item as usize].map(|index| self.found[index].number);
        let leads = line.words(self.text).ends_with(['：', ':']);
        !leads && item.zip(next).is_some_and(|(item, next)| next == item + 1)
    }

    /// A paragraph that begins a 款, with the list that may stand inside it; `next` is the number of the item that follows.
    fn paragraph(&mut self, start: usize, end: usize, next: Option<u32>) {
        self.paragraphs += 1;
        self.subitem = None;
        self.begin(Level::Paragraph, self.paragraphs, start, end);
        let words = &self.text[start..end];
        for (at, number) in inline_items(words, next) {
            self.begin(Level::Item, number, start + at, end);
        }
        self.ended = is_ended(words) || leads_to_terms(words);
    }

    fn begin(&mut self, level: Level, number: u32, start: usize, end: usize) {
        if level == Level::Item {
            self.subitem = None;
        }
        for open in &mut self.open[level as usize..] {
            if let Some(part) = open.take().and_then(|index| self.found.get_mut(index))
                && part.span.end > start
            {
                part.span.end = trimmed(self.text, start);
            }
        }
        self.open[level as usize] = Some(self.found.len());
        self.found.push(Found { level, number, span: start..end });
        self.go_on(end);
    }

    /// The parts that are open reach up to `end`.
    fn go_on(&mut self, end: usize) {
        for index in self.open.into_iter().flatten() {
            self.found[index].span.end = end;
        }
    }
}

/// Of each line its number in a list without numbers: behind a paragraph that ends with ：, at least two that end with ；, or one
/// and the last, which ends with 。 and does not speak of the list (有前款所列行为的).
fn bare_items(text: &str, lines: &[Line]) -> Vec<Option<u32>> {
    let mut items = vec![None; lines.len()];
    let words = |at: usize| lines.get(at).map_or("", |line| line.words(text));
    let is_plain = |at: usize| lines.get(at).is_some_and(|line| line.mark == Mark::Text);
    let mut at = 0;
    while at + 1 < lines.len() {
        let leads = words(at).ends_with(['：', ':']) && (at == 0 || is_plain(at));
        at += 1;
        if !leads {
            continue;
        }
        let parted = (at..lines.len()).take_while(|at| is_plain(*at) && words(*at).ends_with(['；', ';'])).count();
        let last = at + parted;
        let speaks_of_it = ["前款", "上述", "前两款"].iter().any(|word| words(last).contains(word));
        let has_last = is_plain(last) && words(last).ends_with('。') && !speaks_of_it;
        let end = last + usize::from(has_last && parted > 0);
        if end - at >= BARE_MIN {
            (1..).zip(&mut items[at..end]).for_each(|(number, item)| *item = Some(number));
            at = end;
        }
    }
    items
}

/// Of each line the number of the first item behind it.
fn next_items(lines: &[Line], item: UnitStyle) -> Vec<Option<u32>> {
    let mut next = None;
    let mut items: Vec<Option<u32>> = lines
        .iter()
        .rev()
        .map(|line| {
            let behind = next;
            if let Mark::Unit(unit) = line.mark
                && (matches!(unit.style, UnitStyle::Plain | UnitStyle::Bracketed) || unit.style == item)
            {
                next = Some(unit.number);
            }
            behind
        })
        .collect();
    items.reverse();
    items
}

/// Where the text before `at` ends.
fn trimmed(text: &str, at: usize) -> usize {
    text[..at].trim_end_matches(is_blank).len()
}

fn is_ended(words: &str) -> bool {
    words.ends_with(['；', ';', '。', '.', '”', '）', ')', '！', '？'])
}

/// Whether words lead to the terms of a text, each of which is a 款 where it has no number: 本条例下列用语的含义：.
fn leads_to_terms(words: &str) -> bool {
    words.ends_with(['：', ':']) && ["含义", "用语", "定义", "释义"].iter().any(|word| words.contains(word))
}

/// Where items begin that were glued to the one before: （二） in （一）…；（二）…, where no line begins with that number.
fn glued(text: &str, lines: &[Line]) -> Vec<usize> {
    let mut places = Vec::new();
    for (line, next) in lines.iter().zip(next_items(lines, UnitStyle::Bracketed)) {
        let Mark::Unit(UnitMark { style: UnitStyle::Bracketed, number, len, .. }) = line.mark else { continue };
        let (mut due, mut at) = (number + 1, line.body + len);
        while next.is_none_or(|next| next > due)
            && let Some(open) = item_behind(text, at..line.end, due)
        {
            places.push(open);
            (due, at) = (due + 1, open + 1);
        }
    }
    places
}

/// Where an item of a number begins behind the end of another.
fn item_behind(text: &str, range: Range<usize>, number: u32) -> Option<usize> {
    let start = crate::text::points::boundary_after(text, range.start);
    let words = text.get(start..range.end)?;
    let begins = |open: &usize| {
        let inner = words.get(*open..).unwrap_or_default().trim_start_matches(['（', '(']);
        let found = leading_chinese(inner).filter(|found| found.value == number);
        let closed = found.is_some_and(|found| inner[found.len..].starts_with(['）', ')']));
        closed && words[..*open].trim_end_matches(is_blank).ends_with(['；', ';', '。'])
    };
    words.match_indices(['（', '(']).map(|(open, _)| open).find(begins).map(|open| start + open)
}

/// `…：（一）…；（二）…` inside one paragraph: places and numbers, only if there are at least two in order, or the next line goes on.
fn inline_items(words: &str, next: Option<u32>) -> Vec<(usize, u32)> {
    let mut items = Vec::new();
    let Some(colon) = words.find(['：', ':']) else { return items };
    let mut at = colon;
    while let Some(open) = words[at..].find(['（', '(']).map(|open| at + open) {
        at = open + words[open..].chars().next().map_or(1, char::len_utf8);
        let Some(number) = leading_chinese(&words[at..]) else { continue };
        let closed = words[at + number.len..].starts_with(['）', ')']);
        let before = words[..open].chars().next_back();
        let due = u32::try_from(items.len()).unwrap_or(u32::MAX) + 1;
        let separated =
            before.is_some_and(|c| matches!(c, '：' | ':' | '；' | ';' | '。' | '，' | ',' | '、') || is_blank(c));
        if closed && separated && number.value == due {
            items.push((open, number.value));
        }
    }
    let goes_on = next.is_some_and(|next| u32::try_from(items.len()).is_ok_and(|count| count > 0 && next == count + 1));
    if items.len() < 2 && !goes_on { Vec::new() } else { items }
}

/// Keys and labels. A provision with one 款 and no list has no parts.
fn name(found: Vec<Found>) -> Vec<Part> {
    if found.len() < 2 {
        return Vec::new();
    }
    let several = found.iter().filter(|part| part.level == Level::Paragraph).count() > 1;
    let mut parts: Vec<Part> = Vec::with_capacity(found.len());
    let mut above: [Option<(String, String)>; 2] = [None, None];
    let mut taken: Vec<(Level, u32, u32)> = Vec::new();
    for part in found {
        let number = part.number;
        let repeat = repeats(&mut taken, &part);
        let suffix = if repeat > 1 { format!("~{repeat}") } else { String::new() };
        let (key, label) = match part.level {
            Level::Paragraph => {
                above = [None, None];
                let name = (format!("p{number}"), format!("第{}款", chinese(number)));
                above[0] = Some((name.0.clone(), if several { name.1.clone() } else { String::new() }));
                name
            }
            Level::Item => {
                let (key, label) = above[0].as_ref().map_or(("", ""), |(key, label)| (key, label));
                let name = (format!("{key}/s{number}{suffix}"), format!("{label}第{}项", chinese(number)));
                above[1] = Some(name.clone());
                name
            }
            Level::Subitem => {
                let parent = above[1].as_ref().or(above[0].as_ref());
                let (key, label) = parent.map_or(("", ""), |(key, label)| (key, label));
                (format!("{key}/i{number}{suffix}"), format!("{label}第{}目", chinese(number)))
            }
        };
        parts.push(Part { key, label, span: part.span });
    }
    parts
}

/// How often a number has occurred at its level below the same part above, this time included.
fn repeats(taken: &mut Vec<(Level, u32, u32)>, part: &Found) -> u32 {
    taken.retain(|(level, ..)| *level <= part.level);
    match taken.iter_mut().find(|(level, number, _)| (*level, *number) == (part.level, part.number)) {
        Some(entry) => {
            entry.2 += 1;
            entry.2
        }
        None => {
            taken.push((part.level, part.number, 1));
            1
        }
    }
}
