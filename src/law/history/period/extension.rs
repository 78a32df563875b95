//! Words that make a period of validity longer: 延长至2028年9月30日, 延长2年, 继续有效，有效期至….

use super::super::dates;
use super::super::text::VERBS;
use super::{FILLERS, TERMS, after, clause, is_all, span, until};
use jiff::civil::Date;
use std::borrow::Cow;

/// What makes a period longer, or says that it goes on.
const EXTENDS: [&str; 12] =
    ["延长", "延续", "顺延", "延期", "续期", "展期", "继续有效", "继续执行", "继续施行", "继续实施", "继续适用", ANEW];
/// 有效期自2024年1月1日起重新计算: of how many years, the words behind it may tell.
const ANEW: &str = "重新计算";
/// How a period is moved, either way; 施行时间推迟至 moves the first day instead.
const MOVES: [&str; 14] = [
    "有效期改",
    "有效期限改",
    "有效期推迟",
    "有效期限推迟",
    "失效时间推迟",
    "失效日期推迟",
    "有效期调整",
    "有效期限调整",
    "有效期变更",
    "有效期限变更",
    "有效期缩短",
    "有效期限缩短",
    "有效期修改",
    "有效期限修改",
];

/// Whether words move the end of a period, which may then be an earlier one than before: 有效期调整至2026年6月30日.
pub fn moves_end(words: &str) -> bool {
    let words = without_former(words);
    MOVES.iter().any(|verb| words.contains(verb)) || clause::is_changed(&words)
}

/// Words without the period before: 有效期由3年调整为5年 as 有效期调整为5年.
fn without_former(words: &str) -> Cow<'_, str> {
    let former = |from: &str| {
        let at = words.find(from)? + from.len() - '由'.len_utf8();
        let rest = words.get(at..)?;
        let near = rest.char_indices().nth(FORMER_CHARS_MAX).map_or(rest, |(end, _)| rest.get(..end).unwrap_or(rest));
        let verbs = ["延长", "调整", "变更", "缩短", "修改", "改", "推迟"];
        let verb = verbs.iter().filter_map(|verb| near.find(verb)).min()?;
        let is_clause = !near.get(..verb)?.contains(['，', '。', '；', '《']);
        is_clause.then(|| format!("{}{}", words.get(..at).unwrap_or_default(), rest.get(verb..).unwrap_or_default()))
    };
    let found = ["有效期由", "有效期限由"].iter().find_map(|from| former(from));
    found.map_or(Cow::Borrowed(words), Cow::Owned)
}

/// Characters of the longest period before, with what leads to it.
const FORMER_CHARS_MAX: usize = 24;

/// Whether words extend a period and tell for how long ([`extended_to`]), even if they leave open from which day (继续有效，有效期2年).
pub fn tells_extension(words: &str) -> bool {
    let any = Some(jiff::civil::date(2000, 1, 1));
    let counts_anew = || words.contains(ANEW) && words.contains("有效期");
    extended_to(words, any, any).is_some() || goes_on_for(words) || counts_anew()
}

/// Whether a text goes on for a number of years: 继续有效，有效期2年.
fn goes_on_for(words: &str) -> bool {
    let verbs = EXTENDS.iter().filter(|verb| verb.starts_with("继续"));
    let mut behind = verbs.filter_map(|verb| words.find(verb).and_then(|at| words.get(at + verb.len()..)));
    behind.any(|rest| {
        let rest = behind_titles(rest).trim_start_matches(['，', ',', ' ', '其']);
        let value = TERMS.iter().find_map(|term| rest.strip_prefix(term));
        let value = value.map(|value| value.trim_start_matches(FILLERS));
        value.and_then(span).is_some_and(|(_, read)| value.and_then(|value| value.get(read..)).is_some_and(is_all))
    })
}

/// The first day behind a period that words extend: 延长至2028年9月30日, 延长2年 (from the end before, `ended_on`), 延长为5年 (from
/// the first day, `from`), 继续有效，有效期至2028年9月30日, 延期执行两年，至2028年9月30日止. `None` where they do not tell it: 继续有效，有效期5年
/// may count from any day.
pub fn extended_to(words: &str, ended_on: Option<Date>, from: Option<Date>) -> Option<Date> {
    if let Some((heading, cell)) = row_of_new_end(words) {
        return extended_in_row(heading, cell, ended_on);
    }
    let words = without_former(words);
    let words = words.as_ref();
    if clause::is_changed(words) {
        return clause::end(words, from);
    }
    let mut verbs: Vec<(usize, &str)> =
        EXTENDS.iter().chain(&MOVES).filter_map(|verb| Some((words.find(verb)?, *verb))).collect();
    verbs.sort_unstable();
    let (first, _) = *verbs.first()?;
    // 需继续实施，现将有效期延长至…: the next verb, as far as it is still of the same document.
    let is_near = |at: usize| at == first || words.get(first..at).is_some_and(|between| !between.contains('《'));
    verbs.into_iter().filter(|(at, _)| is_near(*at)).find_map(|(at, verb)| {
        // 自2023年10月1日起继续有效，有效期5年.
        let counts = words.get(..at).and_then(counts_from);
        extended_by(verb, words.get(at + verb.len()..)?, ended_on, from, counts)
    })
}

/// The same by what stands behind one verb.
fn extended_by(
    verb: &str,
    behind: &str,
    ended_on: Option<Date>,
    from: Option<Date>,
    counts: Option<Date>,
) -> Option<Date> {
    let rest = behind_titles(behind).trim_start_matches(['，', ',', ' ', '其', '时', '间', '的']);
    let rest = TERMS.iter().find_map(|term| rest.strip_prefix(term)).unwrap_or(rest);
    let rest = rest.strip_prefix("期限").unwrap_or(rest).trim_start_matches(['限', '延', '长', '：', ':', ' ']);
    // 延期执行两年.
    let rest = VERBS.iter().chain(&["有效", "适用", "使用"]).find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    let (start, last) = match until(rest) {
        Some(last) => (from, last),
        None => match rest.strip_prefix('为') {
            Some(last) => (from, last),
            None => (ended_on, rest),
        },
    };
    let untold = verb == ANEW || verb.starts_with("继续") && last.len() < behind.len();
    let counted = || {
        let (days, read) = span(last)?;
        // 两年，至2028年9月30日止: the day that is written out counts.
        let written = last.get(read..)?.trim_start_matches(['，', ',', '（', '(', '即']);
        match until(written).and_then(dates::leading_day) {
            Some(day) => day.tomorrow().ok(),
            None if untold => after(counts?, days),
            None => after(start?, days),
        }
    };
    dates::leading_end(last, false).map_or_else(counted, |(day, _)| day.tomorrow().ok())
}

/// Which column of a row of headings tells the new end: 有效期延长至, else 有效期至; not 原有效期.
fn column_of_new_end(headings: &str) -> Option<usize> {
    let is_new =
        |cell: &str| ["延长", "延续", "顺延", "延期"].iter().any(|verb| cell.contains(verb)) && !cell.contains('是');
    let names = |cell: &str| cell.starts_with("有效期") || cell.starts_with("失效日期");
    let column = |is: &dyn Fn(&str) -> bool| {
        headings.split('|').map(str::trim).position(|cell| !cell.contains('原') && is(cell))
    };
    column(&is_new).or_else(|| column(&names))
}

/// Whether a row of a table has a heading for the day to which the validity of what stands in the rows below goes.
pub fn names_new_end(row: &str) -> bool {
    column_of_new_end(row).is_some()
}

/// The heading and the cell of the new end in the headings of a table and one of its rows, `…` between them.
fn row_of_new_end(words: &str) -> Option<(&str, &str)> {
    let (headings, row) = words.split_once('…').filter(|_| words.trim_start().starts_with('|'))?;
    let column = column_of_new_end(headings)?;
    let cell = row.trim_start_matches('…').split('|').nth(column)?;
    Some((headings.split('|').nth(column)?.trim(), cell.trim()))
}

/// What a row of a table says of the new end, below headings that name it.
pub fn cell_of_new_end(words: &str) -> Option<&str> {
    row_of_new_end(words).map(|(_, cell)| cell)
}

fn extended_in_row(heading: &str, cell: &str, ended_on: Option<Date>) -> Option<Date> {
    let words = super::super::own_line::in_words(cell);
    let words = words.trim_start_matches(['至', '到', '延', '长']);
    if let Some((day, read)) = dates::leading_end(words, false) {
        return words.get(read..).is_some_and(is_all).then(|| day.tomorrow().ok()).flatten();
    }
    let (days, read) = span(words)?;
    let is_longer = heading.contains('延') && !heading.contains(['至', '后']) && read == words.len();
    after(ended_on.filter(|_| is_longer)?, days)
}

/// The day with which words before a verb end: 自2023年10月1日起.
fn counts_from(before: &str) -> Option<Date> {
    let found = dates::dates(before).into_iter().next_back()?;
    let behind = before.get(found.span.end..)?.trim_end_matches(['，', ',', ' ']);
    (behind == "起" && before.get(..found.span.start)?.ends_with(['自', '从'])).then_some(found.date)
}

/// What stands behind titles and their numbers: 延长《甲办法》（云政发〔2021〕1号）、《乙办法》的有效期.
fn behind_titles(words: &str) -> &str {
    let mut rest = behind_number(words);
    while let Some((_, behind)) = rest.strip_prefix('《').and_then(|inner| inner.split_once('》')) {
        let behind =
            behind.strip_prefix(['（', '(']).and_then(|inner| inner.split_once(['）', ')'])).map_or(behind, |(_, b)| b);
        rest = behind.trim_start_matches(['、', '和', '及', '与']);
    }
    // 等三件文件的有效期.
    rest.strip_prefix('等').and_then(|several| several.split_once('的')).map_or(rest, |(_, rest)| rest)
}

/// What stands behind the number that words begin with: 云政发〔2021〕6号文件的有效期.
fn behind_number(words: &str) -> &str {
    let near = words.char_indices().nth(NUMBER_CHARS_MAX).map_or(words, |(end, _)| words.get(..end).unwrap_or(words));
    let Some((head, _)) = near.split_once('号') else { return words };
    let is_number = head.contains(['〔', '[', '［', '【', '﹝']) && !head.contains(['，', '。', '《', '（']);
    let rest = words.get(head.len() + '号'.len_utf8()..).filter(|_| is_number);
    rest.map_or(words, |rest| ["文件", "文"].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest))
}

/// Characters of the longest number.
const NUMBER_CHARS_MAX: usize = 28;
