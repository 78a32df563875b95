//! One history line (题注) cut into what matters: dates, verbs, the decisions it names.

use super::dates::{self, Found};
use crate::law::event::EventKind;
use std::ops::Range;

/// What a line is made of, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A date.
    Date(Found),
    /// Something happened.
    Verb(Verb),
    /// 自公布之日起: the day of another event, `days` and `months` later.
    FromDay(Range<usize>, Delay),
    /// 根据 opens the naming of the decision by which the text was changed.
    Basis(usize),
    /// A title in book brackets, or 关于…的决定 without them.
    Title(Range<usize>),
}

/// How much later than the day named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Delay {
    /// Days.
    pub days: u16,
    /// Months.
    pub months: u16,
    /// Whether it is later by what nobody can count: 30个工作日后.
    pub is_unknown: bool,
}

/// A word that says what happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Verb {
    /// What.
    pub kind: EventKind,
    /// Bytes of the word.
    pub span: Range<usize>,
    /// Whether it only describes what follows it (通过的《…》).
    pub attributive: bool,
}

/// Words and what they say. 修改 counts only where it ends a statement.
const VERBS: [(&str, EventKind); 17] = [
    ("通过", EventKind::Adopted),
    ("公布", EventKind::Promulgated),
    ("发布", EventKind::Promulgated),
    ("颁布", EventKind::Promulgated),
    ("印发", EventKind::Promulgated),
    ("批准", EventKind::Approved),
    ("修正", EventKind::Amended),
    ("修改", EventKind::Amended),
    ("修订", EventKind::Revised),
    ("施行", EventKind::Effective),
    ("实施", EventKind::Effective),
    ("实行", EventKind::Effective),
    ("执行", EventKind::Effective),
    ("生效", EventKind::Effective),
    ("废止", EventKind::Repealed),
    ("作废", EventKind::Repealed),
    ("失效", EventKind::Expired),
];

/// Characters behind 之日 in which working days are looked for.
const DELAY_CHARS_MAX: usize = 12;
/// Bytes within which 关于 must be followed by 的决定 to be the name of a decision.
const BARE_TITLE_BYTES_MAX: usize = 300;

/// The tokens of a line in order.
pub(super) fn tokens(line: &str) -> Vec<Token> {
    let titles = titles(line);
    let mut tokens: Vec<(usize, Token)> = titles.iter().map(|span| (span.start, Token::Title(span.clone()))).collect();
    let inside = |at: usize| is_inside(&titles, at);
    let found = dates::dates(line).into_iter().filter(|found| !inside(found.span.start));
    tokens.extend(found.map(|found| (found.span.start, Token::Date(found))));
    tokens.extend(line.match_indices("根据").filter(|(at, _)| !inside(*at)).map(|(at, _)| (at, Token::Basis(at))));
    tokens.extend(verbs(line, &titles));
    tokens.sort_by_key(|(at, _)| *at);
    tokens.into_iter().map(|(_, token)| token).collect()
}

/// Whether a byte lies in one of the sorted spans.
fn is_inside(spans: &[Range<usize>], at: usize) -> bool {
    let next = spans.partition_point(|span| span.end <= at);
    spans.get(next).is_some_and(|span| span.start <= at)
}

fn verbs(line: &str, titles: &[Range<usize>]) -> Vec<(usize, Token)> {
    let mut found = Vec::new();
    let mut skip_to = 0;
    for (at, c) in line.char_indices() {
        if at < skip_to
            || !matches!(
                c,
                '通' | '公' | '发' | '颁' | '印' | '批' | '修' | '施' | '实' | '执' | '生' | '废' | '作' | '失'
            )
        {
            continue;
        }
        let rest = line.get(at..).unwrap_or("");
        let Some((word, kind)) = VERBS.iter().find(|(word, _)| rest.starts_with(word)) else { continue };
        let span = at..at + word.len();
        skip_to = span.end;
        let after = line.get(span.end..).unwrap_or("");
        let before = line.get(..at).unwrap_or("");
        if is_inside(titles, at) || before.ends_with("关于") || is_other(before, after, *kind) {
            continue;
        }
        if let Some(behind) = day_behind(after) {
            let (delay, read) = delay(behind);
            skip_to = line.len() - behind.len() + read;
            found.push((at, Token::FromDay(span.start..skip_to, delay)));
            continue;
        }
        // 会议通过批准的《关于修改…的决定》: both say which decision.
        let of_decision = *kind == EventKind::Adopted && after.starts_with("批准的");
        let attributive = after.starts_with('的') || of_decision || names_change(line, titles, span.end);
        found.push((at, Token::Verb(Verb { kind: *kind, span, attributive })));
    }
    found
}

/// What stands behind the day of an event: 之日, 日, 次日, of which the last tells a delay itself.
pub(super) fn day_behind(words: &str) -> Option<&str> {
    let bare = words.strip_prefix('之').unwrap_or(words);
    if bare.starts_with("次日") || bare.starts_with("翌日") {
        return Some(bare);
    }
    bare.strip_prefix('日')
}

/// Whether the word stands for something else: 修正案, the repeal of another instrument, 现予公布 without a day.
fn is_other(before: &str, after: &str, kind: EventKind) -> bool {
    match kind {
        EventKind::Amended | EventKind::Revised => after.starts_with('案') || after.starts_with('本'),
        EventKind::Promulgated => ["现予", "予以", "现"].iter().any(|word| before.ends_with(word)),
        EventKind::Repealed | EventKind::Expired => {
            let before = before.trim_end();
            ["同时", "即行", "自行", "》", "）", "修改和", "修改、"].iter().any(|word| before.ends_with(word))
        }
        _ => false,
    }
}

/// Whether the title of a decision to change something begins right at `at`: 通过《关于修改…的决定》修正.
fn names_change(line: &str, titles: &[Range<usize>], at: usize) -> bool {
    let next = titles.partition_point(|span| span.start < at);
    let title = titles.get(next).filter(|span| span.start == at).and_then(|span| line.get(span.clone()));
    title.is_some_and(is_change)
}

/// Whether a title is that of a decision to change texts.
pub(super) fn is_change(title: &str) -> bool {
    ["修改", "修正", "修订"].iter().any(|word| title.contains(word))
}

/// What a title says that took in the verb behind it: 《关于修改〈云法〉等五件法规的决定修正》.
pub(super) fn verb_inside(title: &str) -> Option<EventKind> {
    let inner = title.trim_end_matches(['》', '〉', '>', '＞']);
    let (_, verb) = [("修正", EventKind::Amended), ("修订", EventKind::Revised)]
        .into_iter()
        .find_map(|(verb, kind)| Some((inner.strip_suffix(verb)?, kind)))
        .filter(|(before, _)| before.ends_with("决定") && is_change(before))?;
    Some(verb)
}

/// The titles in the decisions to change something that a line names, where a decision names just one.
pub(super) fn amended_titles(line: &str) -> Vec<&str> {
    let mut named = Vec::new();
    for span in titles(line) {
        let Some(decision) = line.get(span).filter(|decision| decision.contains("关于修") && is_change(decision))
        else {
            continue;
        };
        // Without its own brackets, so that those inside are the outermost.
        let bare = decision.strip_prefix('《').and_then(|bare| bare.strip_suffix('》')).unwrap_or(decision);
        let spans = quoted(bare);
        if let [only] = spans.as_slice()
            && !bare.get(only.end..).unwrap_or("").contains('等')
        {
            let inside = |title: &'_ str| {
                let (mut chars, len) = (title.chars(), title.len());
                let (first, last) = (chars.next()?.len_utf8(), chars.next_back()?.len_utf8());
                Some(first..len - last)
            };
            let title = bare.get(only.clone());
            named.extend(title.and_then(|title| title.get(inside(title)?)).map(str::trim));
        }
    }
    named
}

/// What stands between 之日 and the verb: 起, 起三十日后, 起满30日后, 次日起, 起6个月后. Also how many bytes that is.
///
/// 起第30日 and 起满30日 are the day that 起30日后 is; of working days nobody knows which day of the calendar they reach.
pub(super) fn delay(text: &str) -> (Delay, usize) {
    let bare = text.trim_start_matches(['起', '的', '之', '满', '届', '第']);
    if let Some(rest) = ["次日", "翌日", "二日", "二天"].iter().find_map(|word| bare.strip_prefix(word)) {
        return (Delay { days: 1, ..Delay::default() }, text.len() - rest.len());
    }
    let start = text.len() - text.strip_prefix('起').unwrap_or(text).len();
    let half = bare.strip_prefix("半年").map(|rest| (6, "个月", rest));
    let counted = || {
        let (number, read) = dates::leading_number(bare)?;
        let unit = bare.get(read..)?.trim_start();
        let units = ["个月", "月", "周年", "年", "周", "个星期", "日", "天"];
        let word = *units.iter().find(|word| unit.starts_with(**word))?;
        Some((number, word, unit.get(word.len()..)?))
    };
    let Some((number, word, rest)) = half.or_else(counted) else {
        // 起30个工作日后, 起次月: later than the day, by nobody knows how much.
        let near = text.char_indices().nth(DELAY_CHARS_MAX).map_or(text, |(at, _)| text.get(..at).unwrap_or(text));
        let is_later = bare.len() < text.trim_start_matches('起').len()
            || dates::leading_number(bare).is_some()
            || ["工作日", "次月", "下月"].iter().any(|word| near.contains(word));
        return (Delay { is_unknown: is_later, ..Delay::default() }, start);
    };
    let behind =
        ["以后", "之后", "期满后", "届满后", "届满", "期满", "后"].iter().find_map(|word| rest.strip_prefix(word));
    let rest = behind.unwrap_or(rest);
    // 起一年内实施.
    let is_unknown = rest.starts_with(['内', '前', '之', '以']);
    let number_of = |each: u16| number.saturating_mul(each);
    let (months, days) = match word {
        "个月" | "月" => (number, 0),
        "年" | "周年" => (number_of(12), 0),
        "周" | "个星期" => (0, number_of(7)),
        _ => (0, number),
    };
    (Delay { days, months, is_unknown }, text.len() - rest.len())
}

/// Outermost titles in order: bracketed ones whose brackets match, and 关于…的决定 outside of them.
fn titles(line: &str) -> Vec<Range<usize>> {
    let quoted = quoted(line);
    let mut bare: Vec<Range<usize>> = Vec::new();
    for (start, _) in line.match_indices("关于") {
        if !is_inside(&quoted, start) && bare.last().is_none_or(|last| last.end <= start) {
            bare.extend(bare_title(line, start));
        }
    }
    let mut titles = quoted;
    titles.retain(|span| !is_inside(&bare, span.start));
    titles.extend(bare);
    titles.sort_by_key(|span| span.start);
    titles
}

/// The decision that 关于 at `start` begins, if 的决定 ends it soon.
fn bare_title(line: &str, start: usize) -> Option<Range<usize>> {
    let rest = line.get(start..)?;
    let near =
        rest.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|at| *at <= BARE_TITLE_BYTES_MAX).last()?;
    let end = rest.get(..near)?.find("的决定")?;
    Some(start..start + end + "的决定".len())
}

/// Outermost spans of book brackets whose opening and closing match; an opening without its closing is no bracket.
fn quoted(line: &str) -> Vec<Range<usize>> {
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut spans: Vec<Range<usize>> = Vec::new();
    // How many of each are open, so that a closing bracket that matches none costs nothing.
    let mut waiting = [0usize; 2];
    for (at, c) in line.char_indices() {
        match c {
            '《' => {
                open.push(('》', at));
                waiting[0] += 1;
            }
            '〈' | '<' | '＜' => {
                open.push(('〉', at));
                waiting[1] += 1;
            }
            '》' | '〉' | '>' | '＞' => {
                let closing = if c == '》' { '》' } else { '〉' };
                if waiting[usize::from(c != '》')] == 0 {
                    continue;
                }
                while let Some((wanted, start)) = open.pop() {
                    waiting[usize::from(wanted != '》')] -= 1;
                    if wanted == closing {
                        while spans.last().is_some_and(|last| last.start > start) {
                            spans.pop();
                        }
                        spans.push(start..at + c.len_utf8());
                        break;
                    }
                }
            }
            _ => {}
        }
    }
    spans
}

/// Whether an event has another subject than the text: 自省实施细则 before 出台之日, 自省厅 before 发文之日; not 自本办法, 自.
pub(super) fn is_of_other(before: &str) -> bool {
    let subject = before.rsplit_once(['自', '从']).map_or("", |(_, subject)| subject.trim());
    !subject.is_empty() && !subject.starts_with('本')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Vec<String> {
        let name = |token: &Token| match token {
            Token::Date(found) => found.date.to_string(),
            Token::Verb(verb) => format!("{}{:?}", if verb.attributive { "的" } else { "" }, verb.kind),
            Token::FromDay(_, delay) => format!("+{}m{}d", delay.months, delay.days),
            Token::Basis(_) => "根据".to_string(),
            Token::Title(span) => line[span.clone()].to_string(),
        };
        tokens(line).iter().map(name).collect()
    }

    #[test]
    fn lines_are_cut_into_dates_verbs_and_titles() {
        assert_eq!(
            read("根据2011年1月8日《关于修改〈云法〉的决定》第一次修正"),
            ["根据", "2011-01-08", "《关于修改〈云法〉的决定》", "Amended"]
        );
        assert_eq!(read("2020年5月1日批准的关于修改《云法》等六件法规的决定修正").len(), 4);
        assert_eq!(read("自发布之日起三十日后施行"), ["+0m30d", "Effective"]);
        assert_eq!(read("自公布之日起6个月后施行"), ["+6m0d", "Effective"]);
        assert_eq!(read("审议通过《关于修改云的决定》修改"), ["的Adopted", "《关于修改云的决定》", "Amended"]);
        assert_eq!(read("《云修正案》，现予公布，《雨法》同时废止"), ["《云修正案》", "《雨法》"]);
        assert_eq!(
            read("《开着2020年1月1日通过"),
            ["2020-01-01", "Adopted"],
            "a bracket that never closes hides nothing"
        );
    }
}
