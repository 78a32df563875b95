//! Numbers of years that are written twice, and days that are written out beside them: 三（3）年, 五年（2023年1月1日至2027年12月31日）.

use super::super::dates;
use super::{Period, Reading, after, is_all, range, span, told, until};
use jiff::civil::Date;

/// Days by which a number of years and the days beside it may differ: 五年 from 1 January 2023 is to 31 December 2027, and some write
/// 至2028年1月1日.
const SAME_DAYS: i32 = 1;
/// Bytes of the longest number in a bracket.
const REPEAT_BYTES_MAX: usize = 12;

/// What is written out behind a number of years: 五年（至2027年12月31日）, 五年，即2023年1月1日至2027年12月31日, 五年，自2023年1月1日起计算.
/// `first` is the day from which the years count.
pub(super) fn behind(behind: &str, days: (i64, i64), first: Option<Date>) -> Option<Reading> {
    if let Some(inner) = behind.strip_prefix(['（', '(']) {
        let inner = inner.split(['）', ')']).next().unwrap_or_default();
        // 五年（3年）: nobody knows which.
        if span(inner).is_some_and(|(other, read)| read == inner.len() && other != days) {
            return Some(Reading::Unclear);
        }
        return written(inner, false).map(|written| compared(written, days, first));
    }
    let rest = behind.trim_start().strip_prefix(['，', ',', '、'])?;
    if let Some(written) = written(rest, true) {
        return Some(compared(written, days, first));
    }
    let first = dates::leading_date(rest.strip_prefix(['自', '从'])?)?;
    let counts = rest.get('自'.len_utf8() + first.span.end..)?.strip_prefix('起')?;
    let is_counted = ["计算", "算", "计"].iter().any(|word| counts.strip_prefix(word).is_some_and(is_all));
    is_counted.then(|| told(Some(first.date), after(first.date, days)))
}

/// The days that words write out: 至2027年12月31日, 即2023年1月1日至2027年12月31日; `whole` if nothing else may stand behind them.
fn written(words: &str, whole: bool) -> Option<Reading> {
    let words = words.trim_start_matches(['即', '为', ' ', '（', '(']);
    let Some(last) = until(words) else {
        return range(words).filter(|reading| matches!(reading, Reading::Told(_)));
    };
    let (day, read) = dates::leading_end(last, false)?;
    // 五年，至2025年12月31日各乡镇应当完成换发: of something else.
    let is_end = !whole || last.get(read..).is_some_and(is_all);
    is_end.then(|| told(None, day.tomorrow().ok()))
}

/// The same, with whether it contradicts the number of years.
fn compared(written: Reading, days: (i64, i64), first: Option<Date>) -> Reading {
    let Reading::Told(period) = written else { return written };
    let counted = period.first.or(first).and_then(|first| after(first, days));
    let is_disputed = counted.is_some_and(|counted| (counted - period.end).get_days().abs() > SAME_DAYS);
    Reading::Told(Period { is_disputed, ..period })
}

/// What stands behind a number that is written again in a bracket (三（3）年); `None` if the bracket has another number.
pub(super) fn without_repeat(words: &str, number: u16) -> Option<&str> {
    let Some((inner, behind)) = words.strip_prefix(['（', '(']).and_then(|inner| inner.split_once(['）', ')']))
    else {
        return Some(words);
    };
    if inner.len() > REPEAT_BYTES_MAX {
        return Some(words);
    }
    match dates::leading_number(inner.trim()) {
        Some((other, read)) if read == inner.trim().len() => (other == number).then_some(behind),
        _ => Some(words),
    }
}
