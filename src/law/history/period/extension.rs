//! Words that make a period of validity longer: 延长至2028年9月30日, 延长2年, 继续有效，有效期至….

use super::super::dates;
use super::super::text::VERBS;
use super::{TERMS, after, span, until};
use jiff::civil::Date;

/// What makes a period longer, or says that it goes on.
const EXTENDS: [&str; 11] =
    ["延长", "延续", "顺延", "延期", "续期", "展期", "继续有效", "继续执行", "继续施行", "继续实施", "继续适用"];

/// Whether words extend a period and tell for how long ([`extended_to`]).
pub fn tells_extension(words: &str) -> bool {
    let any = Some(jiff::civil::date(2000, 1, 1));
    extended_to(words, any, any).is_some()
}

/// The first day behind a period that words extend: 延长至2028年9月30日, 延长2年 (from the end before, `ended_on`), 延长为5年 (from
/// the first day, `from`), 继续有效，有效期至2028年9月30日, 延期执行两年，至2028年9月30日止. `None` where they do not tell it: 继续有效，有效期5年
/// may count from any day.
pub fn extended_to(words: &str, ended_on: Option<Date>, from: Option<Date>) -> Option<Date> {
    let mut verbs: Vec<(usize, &str)> = EXTENDS.iter().filter_map(|verb| Some((words.find(verb)?, *verb))).collect();
    verbs.sort_unstable();
    let (first, _) = *verbs.first()?;
    // 需继续实施，现将有效期延长至…: the next verb, as far as it is still of the same document.
    let is_near = |at: usize| at == first || words.get(first..at).is_some_and(|between| !between.contains('《'));
    verbs
        .into_iter()
        .filter(|(at, _)| is_near(*at))
        .find_map(|(at, verb)| extended_by(verb, words.get(at + verb.len()..)?, ended_on, from))
}

/// The same by what stands behind one verb.
fn extended_by(verb: &str, behind: &str, ended_on: Option<Date>, from: Option<Date>) -> Option<Date> {
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
    let untold = verb.starts_with("继续") && last.len() < behind.len();
    let counted = || {
        let (days, read) = span(last)?;
        // 两年，至2028年9月30日止: the day that is written out counts.
        let written = last.get(read..)?.trim_start_matches(['，', ',', '（', '(', '即']);
        match until(written).and_then(dates::leading_day) {
            Some(day) => day.tomorrow().ok(),
            None if untold => None,
            None => after(start?, days),
        }
    };
    dates::leading_end(last, false).map_or_else(counted, |(day, _)| day.tomorrow().ok())
}

/// What stands behind titles and their numbers: 延长《甲办法》（云政发〔2021〕1号）、《乙办法》的有效期.
fn behind_titles(words: &str) -> &str {
    let mut rest = words;
    while let Some((_, behind)) = rest.strip_prefix('《').and_then(|inner| inner.split_once('》')) {
        let behind =
            behind.strip_prefix(['（', '(']).and_then(|inner| inner.split_once(['）', ')'])).map_or(behind, |(_, b)| b);
        rest = behind.trim_start_matches(['、', '和', '及', '与']);
    }
    // 等三件文件的有效期.
    rest.strip_prefix('等').and_then(|several| several.split_once('的')).map_or(rest, |(_, rest)| rest)
}
