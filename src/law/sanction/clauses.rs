//! Cuts a text into clauses: at commas and stops, and where one clause holds a condition and its measure, or two addressees.

use crate::law::amount::{Found, Numbers};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// What ends a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// A comma, or nothing (a clause that was cut).
    Comma,
    /// ；
    Semicolon,
    /// ：
    Colon,
    /// 。 or the end of a line or of the text.
    Full,
}

/// One clause.
#[derive(Debug, Clone)]
pub(super) struct Clause {
    /// Bytes, without white space and stop.
    pub span: Range<usize>,
    /// What ends it.
    pub stop: Stop,
    /// Whether it begins a line.
    pub begins_line: bool,
}

/// The clauses of a text. Brackets and numbers are not cut; quotation marks are,
/// for decisions on amendments quote whole articles.
pub(super) fn clauses(text: &str, numbers: &Numbers) -> Vec<Clause> {
    let mut found = Vec::new();
    let mut amounts = numbers.amounts.iter().peekable();
    let (mut start, mut depth, mut line) = (0, 0u32, true);
    for (at, c) in text.char_indices() {
        while amounts.next_if(|found| end_of(found) <= at).is_some() {}
        let in_number = amounts.peek().is_some_and(|found| (found.span.start..end_of(found)).contains(&at));
        let stop = match c {
            '（' | '(' | '《' => {
                depth += 1;
                continue;
            }
            '）' | ')' | '》' => {
                depth = depth.saturating_sub(1);
                continue;
            }
            // A bracket that nobody closes ends with its sentence.
            '。' | '\n' => Stop::Full,
            '；' | ';' if depth == 0 => Stop::Semicolon,
            '：' | ':' if depth == 0 => Stop::Colon,
            '，' | ',' if depth == 0 && !in_number => Stop::Comma,
            _ => continue,
        };
        depth = 0;
        push(text, start..at, stop, &mut line, &mut found);
        line |= c == '\n';
        start = at + c.len_utf8();
    }
    push(text, start..text.len(), Stop::Full, &mut line, &mut found);
    found
}

/// Where an amount ends, its cap included.
fn end_of(found: &Found) -> usize {
    found.amount.cap.as_ref().map_or(found.span.end, |cap| found.span.end.max(cap.span.end))
}

/// Adds what lies in `span`, cut where it holds several clauses.
fn push(text: &str, span: Range<usize>, stop: Stop, line: &mut bool, found: &mut Vec<Clause>) {
    let words = &text[span.clone()];
    let is_margin = |c: char| c.is_whitespace() || matches!(c, '“' | '”');
    let words = words.trim_end_matches(is_margin);
    let trimmed = words.trim_start_matches(is_margin);
    let trimmed = &trimmed[if *line { article_number(trimmed) } else { 0 }..];
    if trimmed.is_empty() {
        // ；\n and 。\n: the stop has been taken already.
        return;
    }
    let start = span.start + (words.len() - trimmed.len());
    let end = start + trimmed.len();
    let mut from = start;
    for cut in cuts(trimmed) {
        let at = start + cut;
        if at > from && at < end {
            found.push(Clause { span: from..at, stop: Stop::Comma, begins_line: std::mem::take(line) });
            from = at;
        }
    }
    found.push(Clause { span: from..end, stop, begins_line: std::mem::take(line) });
}

/// Bytes of the number of an article and the white space behind it, at the start of a line.
fn article_number(words: &str) -> usize {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        let pattern = r"^第[零〇一二三四五六七八九十百千0-9]{1,9}条(?:之[一二三四五六七八九十]{1,2})?[\s\u{3000}]+";
        Regex::new(pattern).expect("a constant pattern")
    });
    NUMBER.find(words).map_or(0, |found| found.end())
}

/// Where a clause is cut: behind the 的 of a condition that its measure follows at once, and before a second addressee.
fn cuts(words: &str) -> Vec<usize> {
    static JOINED: LazyLock<Regex> = LazyLock::new(|| {
        let behind = "的(由|责令|给予警告|并处|可以并处|可以处|吊销|没收|可处|处以[0-9０-９一二三四五六七八九十百])";
        let addressee = "(?:罚款|警告|处分|违法所得|、)((?:并|同时|并且)?对(?:其|该|违法)?(?:单位|个人|公民|法人|企业|直接|主要负责|法定代表|负有|责任|负责))";
        Regex::new(&format!("{behind}|{addressee}")).expect("a constant pattern")
    });
    JOINED
        .captures_iter(words)
        .filter_map(|found| found.get(1).or_else(|| found.get(2)))
        .map(|part| part.start())
        .collect()
}

/// Bytes of the number of a list at the start of a clause: （一）, (2), 1.
pub(super) fn list_number(words: &str) -> Option<usize> {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        let pattern = r"^(?:[（(][一二三四五六七八九十]{1,4}[）)]|[（(][0-9０-９]{1,2}[）)]|[0-9０-９]{1,2}[.．、])";
        Regex::new(pattern).expect("a constant pattern")
    });
    NUMBER.find(words).map(|found| found.end())
}
