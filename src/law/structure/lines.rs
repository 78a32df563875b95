//! Lines and what each begins with. Only the beginning of a line decides, so scanning is linear.

use super::super::provision::HeadingLevel;
use super::numbers::{Number, leading, leading_chinese, leading_digits, ordinal};

/// Longest heading line, in bytes (about 60 characters).
const HEADING_BYTES_MAX: usize = 180;

/// A line that says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line {
    /// Where the line begins, its white space and heading marks included.
    pub start: usize,
    /// Where its words begin.
    pub body: usize,
    /// Where its words end.
    pub end: usize,
    /// Whether Markdown marks it as a heading.
    pub marked: bool,
    /// What it begins with.
    pub mark: Mark,
}

impl Line {
    /// Its words.
    pub fn words<'a>(&self, text: &'a str) -> &'a str {
        &text[self.body..self.end]
    }
}

/// What a line begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// Nothing special.
    Text,
    /// `第X条`, `第X条之Y`.
    Article(ArticleMark),
    /// 编 分编 章 节.
    Heading(HeadingLevel, u32),
    /// A list number.
    Unit(UnitMark),
    /// 附件 附录 附表 附图 附.
    Annex(AnnexMark),
    /// A row of a table.
    Row,
}

/// `第X条之Y` at the start of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ArticleMark {
    /// X.
    pub number: u32,
    /// Y, 0 without 之.
    pub sub: u32,
    /// Whether white space, a bracket or the end of the line follows.
    pub separated: bool,
    /// Whether what follows reads like a citation (第三条规定的…).
    pub cited: bool,
    /// Whether the number is written with a slip.
    pub odd: bool,
}

/// How a list number is written; the order is the usual order of nesting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum UnitStyle {
    /// 一、
    Plain,
    /// （一）
    Bracketed,
    /// 1.
    Digit,
    /// 2.1, 2.1.3: the depth is in the number itself.
    Decimal,
    /// （1）
    BracketedDigit,
    /// ①
    Circled,
}

/// Most components of a decimal number.
pub(super) const DECIMAL_MAX: usize = 5;

/// A list number at the start of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct UnitMark {
    /// Its style.
    pub style: UnitStyle,
    /// Its value; of a decimal number the last component.
    pub number: u32,
    /// The components of a decimal number, zeros after the last.
    pub decimal: [u32; DECIMAL_MAX],
    /// Bytes of the mark itself.
    pub len: usize,
}

/// 附件 and its like at the start of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct AnnexMark {
    /// Its number, 0 if it has none.
    pub number: u32,
    /// Bytes of the name with its number.
    pub name_len: usize,
    /// Whether a colon follows.
    pub colon: bool,
}

/// White space and invisible characters.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}')
}

/// The lines of a text that say something: not blank, no rules (`---`), no numbers of pages.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::with_capacity(text.len() / 120 + 1);
    let mut start = 0;
    for raw in text.split_inclusive('\n') {
        if let Some(line) = line(text, start, start + raw.len()) {
            lines.push(line);
        }
        start += raw.len();
    }
    lines
}

/// The line that covers `start..end`, `None` if it is blank, a rule of Markdown or the number of a page.
pub(super) fn line(text: &str, start: usize, end: usize) -> Option<Line> {
    let raw = &text[start..end];
    let trimmed = raw.trim_end_matches(is_blank);
    let body = trimmed.trim_start_matches(is_blank);
    if body.is_empty() || body.len() >= 3 && body.bytes().all(|byte| matches!(byte, b'-' | b'*' | b'_' | b'=')) {
        return None;
    }
    let words = body.trim_start_matches(|c: char| matches!(c, '#' | '>') || is_blank(c));
    let marked = body.starts_with('#');
    let words = if words.is_empty() { body } else { without_page_number(words)? };
    let end = start + trimmed.len();
    let mark = if marked { bare_number(words) } else { None }.unwrap_or_else(|| mark(words));
    Some(Line { start, body: end - words.len(), end, marked, mark })
}

fn mark(words: &str) -> Mark {
    let Some(first) = words.chars().next() else { return Mark::Text };
    let found = match first {
        '第' | '笫' => numbered(words),
        '（' | '(' => bracketed(words).map(Mark::Unit),
        '附' => annex(words).map(Mark::Annex),
        '|' => Some(Mark::Row),
        '①'..='⑳' => Some(Mark::Unit(unit(UnitStyle::Circled, first as u32 - '①' as u32 + 1, first.len_utf8()))),
        '0'..='9' | '０'..='９' => digits(words).map(Mark::Unit),
        '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' => plain(words).map(Mark::Unit),
        _ => None,
    };
    found.or_else(|| named_heading(words)).unwrap_or(Mark::Text)
}

fn unit(style: UnitStyle, number: u32, len: usize) -> UnitMark {
    UnitMark { style, number, decimal: [0; DECIMAL_MAX], len }
}

/// Headings without a number: 序言, 总则, 附则 and the like, white space inside them ignored.
fn named_heading(words: &str) -> Option<Mark> {
    if words.len() > 24 || !words.starts_with(['序', '前', '总', '分', '附', '罚']) {
        return None;
    }
    let bare: String = words.chars().filter(|c| !is_blank(*c)).collect();
    let known = ["序言", "前言", "总则", "分则", "附则", "罚则"];
    known.contains(&bare.as_str()).then_some(Mark::Heading(HeadingLevel::Chapter, 0))
}

/// `第X条`, `第X章` …
fn numbered(words: &str) -> Option<Mark> {
    let number = ordinal(words)?;
    let rest = &words[number.len..];
    if let Some(after) = rest.strip_prefix('条') {
        return Some(Mark::Article(article(number, words, after)));
    }
    let (level, unit) = [
        ("分编", HeadingLevel::Subpart),
        ("编", HeadingLevel::Part),
        ("篇", HeadingLevel::Part),
        ("部分", HeadingLevel::Part),
        ("章", HeadingLevel::Chapter),
        ("节", HeadingLevel::Section),
    ]
    .into_iter()
    .find_map(|(unit, level)| rest.starts_with(unit).then_some((level, unit)))?;
    let after = &rest[unit.len()..];
    let cited = ["的", "规定", "所", "至", "、", "和", "及", "或", "第", "以", "中"];
    let heading = words.len() <= HEADING_BYTES_MAX
        && !words.ends_with(['。', '；', '：', '，'])
        && !words.contains('。')
        && !cited.iter().any(|word| after.starts_with(word));
    heading.then_some(Mark::Heading(level, number.value))
}

/// `第X条` at the start of `words`, which may be the rest of a longer text.
pub(super) fn article_mark(words: &str) -> Option<ArticleMark> {
    let number = ordinal(words)?;
    Some(article(number, words, words[number.len..].strip_prefix('条')?))
}

fn article(number: Number, words: &str, after: &str) -> ArticleMark {
    let (sub, rest) = match after.strip_prefix('之').and_then(|rest| Some((leading_chinese(rest)?, rest))) {
        Some((sub, rest)) => (sub.value, &rest[sub.len..]),
        None => (0, after),
    };
    // Some PDF texts have every number twice.
    let twice = rest.trim_start_matches(is_blank).starts_with(&words[..words.len() - after.len()]);
    let separated =
        twice || rest.is_empty() || rest.starts_with(|c: char| is_blank(c) || matches!(c, '【' | '[' | '('));
    let cited = !separated
        && [
            "规定", "第", "所", "的", "、", "至", "和", "与", "或", "及", "中", "款", "修改", "之", "，", "以", "）",
            "”",
        ]
        .iter()
        .any(|word| rest.starts_with(word));
    ArticleMark { number: number.value, sub, separated, cited, odd: number.odd }
}

/// `一、`
fn plain(words: &str) -> Option<UnitMark> {
    let number = leading_chinese(words)?;
    let after = words[number.len..].chars().next().filter(|c| matches!(c, '、' | '．' | '.'))?;
    // 一、二级海塘, 二、三类 are no members of a list.
    let rest = &words[number.len + after.len_utf8()..];
    if leading_chinese(rest).is_some_and(|next| rest[next.len..].starts_with(['级', '类', '、'])) {
        return None;
    }
    Some(unit(UnitStyle::Plain, number.value, number.len + after.len_utf8()))
}

/// What stands after a page number (`- 14 -`, `—18—`) that was left from printed pages; `None` if nothing does.
fn without_page_number(words: &str) -> Option<&str> {
    let dash = |c: char| matches!(c, '-' | '—' | '–' | '－');
    let number = || {
        let inner = words.strip_prefix(dash)?.trim_start_matches(is_blank);
        let number = leading_digits(inner)?;
        inner[number.len..].trim_start_matches(is_blank).strip_prefix(dash)
    };
    match number().map(|rest| rest.trim_start_matches(is_blank)) {
        Some("") => None,
        Some(rest) => Some(rest),
        None => Some(words),
    }
}

/// A heading that is nothing but its number.
fn bare_number(words: &str) -> Option<Mark> {
    let number = leading_chinese(words).filter(|number| number.len == words.len())?;
    Some(Mark::Unit(unit(UnitStyle::Plain, number.value, number.len)))
}

/// `（一）`, `（1）`, with brackets of either width.
fn bracketed(words: &str) -> Option<UnitMark> {
    let open = words.chars().next()?.len_utf8();
    let inner = &words[open..];
    let (style, number) = match leading_chinese(inner) {
        Some(number) => (UnitStyle::Bracketed, number),
        None => (UnitStyle::BracketedDigit, leading_digits(inner)?),
    };
    let close = inner[number.len..].chars().next().filter(|c| matches!(c, '）' | ')'))?;
    Some(unit(style, number.value, open + number.len + close.len_utf8()))
}

/// `1.`, `1．`, `1、`, `2.1`
fn digits(words: &str) -> Option<UnitMark> {
    let number = leading_digits(words)?;
    let rest = &words[number.len..];
    let point = rest.chars().next().filter(|c| matches!(c, '.' | '．' | '、'))?;
    let after = &rest[point.len_utf8()..];
    let digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    if !after.starts_with(digit) {
        return Some(unit(UnitStyle::Digit, number.value, number.len + point.len_utf8()));
    }
    if point == '、' { None } else { decimal(words) }
}

/// `2.1 `, `2.1.3　`: at least two components, white space after them.
fn decimal(words: &str) -> Option<UnitMark> {
    let mut found = unit(UnitStyle::Decimal, 0, 0);
    let mut rest = words;
    let mut count = 0;
    loop {
        let number = leading_digits(rest).filter(|number| number.value < 100 && count < DECIMAL_MAX)?;
        found.decimal[count] = number.value;
        found.number = number.value;
        count += 1;
        rest = &rest[number.len..];
        match rest.strip_prefix(['.', '．']) {
            Some(more) if more.starts_with(|c: char| c.is_ascii_digit()) => rest = more,
            Some(more) => {
                rest = more;
                break;
            }
            None => break,
        }
    }
    found.len = words.len() - rest.len();
    (count > 1 && rest.starts_with(is_blank)).then_some(found)
}

/// `附件2`, `附表：`, `附`; not 附则, and not a sentence about an annex.
fn annex(words: &str) -> Option<AnnexMark> {
    let after = &words['附'.len_utf8()..];
    let kind = after.chars().next().filter(|c| matches!(c, '件' | '录' | '表' | '图')).map_or(0, char::len_utf8);
    let spaced = after[kind..].trim_start_matches([' ', '\u{3000}']);
    let number = if kind > 0 { leading(spaced).filter(|number| !number.odd && number.value < 100) } else { None };
    let rest = number.map_or(&after[kind..], |number| &spaced[number.len..]);
    let colon = rest.trim_start_matches(is_blank).starts_with(['：', ':']);
    let name_len = words.len() - rest.len();
    let alone = rest.trim_matches(is_blank).is_empty();
    let closed = words.ends_with(['。', '；', ';', '，', ',']);
    let sentence =
        closed && !colon || rest.starts_with(['的', '所', '中', '、', '规', '和', '由', '为', '及', '与', '是', '并']);
    let spaced_title = rest.starts_with(is_blank) || rest.starts_with(['（', '(', '《', '.', '．']) || number.is_some();
    let fits = words.len() <= 2 * HEADING_BYTES_MAX;
    let named = kind > 0 && (colon || alone || spaced_title && !sentence && fits);
    let bare = kind == 0 && (colon || alone);
    (named || bare).then_some(AnnexMark { number: number.map_or(0, |number| number.value), name_len, colon })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark_of(text: &str) -> Mark {
        lines(text)[0].mark
    }

    #[test]
    fn headings_are_known_by_their_words() {
        for text in ["## 第一章 总则", "# 第一章　总　则", "第一章 总则", "### >第一章 总则"] {
            assert_eq!(mark_of(text), Mark::Heading(HeadingLevel::Chapter, 1), "{text}");
        }
        assert_eq!(mark_of("第二分编 通则"), Mark::Heading(HeadingLevel::Subpart, 2));
        assert_eq!(mark_of("附　则"), Mark::Heading(HeadingLevel::Chapter, 0));
        assert_eq!(mark_of("第二章规定的事项由县办理"), Mark::Text);
        assert_eq!(mark_of("第二章的事项由县办理。"), Mark::Text);
    }

    #[test]
    fn annexes_are_told_from_sentences() {
        assert!(matches!(mark_of("附件2 云州样表"), Mark::Annex(AnnexMark { number: 2, .. })));
        assert!(matches!(mark_of("附表一：云州税目"), Mark::Annex(AnnexMark { number: 1, colon: true, .. })));
        assert!(matches!(mark_of("附："), Mark::Annex(AnnexMark { number: 0, .. })));
        for text in ["附件所列品种由省公布。", "附则", "附属设施一并拆除。", "附件二的修改由省决定。"]
        {
            assert!(!matches!(mark_of(text), Mark::Annex(_)), "{text}");
        }
    }

    #[test]
    fn list_numbers_have_styles() {
        let style = |text: &str| match mark_of(text) {
            Mark::Unit(unit) => Some((unit.style, unit.number)),
            _ => None,
        };
        assert_eq!(style("十一、甲"), Some((UnitStyle::Plain, 11)));
        assert_eq!(style("(二)甲"), Some((UnitStyle::Bracketed, 2)));
        assert_eq!(style("（二)甲"), Some((UnitStyle::Bracketed, 2)));
        assert_eq!(style("3．甲"), Some((UnitStyle::Digit, 3)));
        assert_eq!(style("3、甲"), Some((UnitStyle::Digit, 3)));
        assert_eq!(style("5.1.2 甲"), Some((UnitStyle::Decimal, 2)));
        assert_eq!(style("（4）甲"), Some((UnitStyle::BracketedDigit, 4)));
        assert_eq!(style("③甲"), Some((UnitStyle::Circled, 3)));
        for text in ["1.5万元以下", "2018年5月", "（试行）", "二〇一八年", "一切单位"] {
            assert_eq!(style(text), None, "{text}");
        }
    }
}
