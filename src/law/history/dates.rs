//! Dates as Chinese texts write them: 2021年1月22日, 二〇二一年一月二十二日, 2021 年1月 22日, and 1月22日 behind a full one.
//!
//! Letters that a scanner put for digits are read as the digits (1999年10月l日). A year and month alone are no date.

use jiff::civil::Date;
use std::ops::Range;

/// A date found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// The day.
    pub date: Date,
    /// Bytes it covers.
    pub span: Range<usize>,
}

/// Month and day that only every fourth year has.
const LEAP_DAY: (u16, u16) = (2, 29);
/// White space allowed between the characters of a date.
const GAP_MAX: usize = 3;

/// Every date of a text in order. Linear: each 年 and each 月 is looked at once, with a bounded number of characters around.
pub(super) fn dates(text: &str) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for (at, mark) in text.match_indices(['年', '月']) {
        let after = at + mark.len();
        let free = found.last().map_or(0, |last| last.span.end);
        if after <= free {
            continue;
        }
        let next = if mark == "年" {
            full_date(text, free, at, after)
        } else {
            found.last().map(|last| last.date.year()).and_then(|year| short_date(text, free, at, after, year))
        };
        found.extend(next);
    }
    found
}

/// The date with which the text begins, white space aside.
pub(super) fn leading_date(text: &str) -> Option<Found> {
    let head: String = text.chars().take(30).collect();
    let start = head.len() - head.trim_start().len();
    dates(&head).into_iter().next().filter(|found| found.span.start == start)
}

/// The day with which the text begins; of 29 February in a common year the last of the month, as a span of years from it ends.
pub(super) fn leading_day(text: &str) -> Option<Date> {
    let last_of_month = || {
        let mut cursor = Cursor { text: text.trim_start(), at: 0 };
        let year = cursor.number(4)?;
        cursor.expect('年')?;
        let month = cursor.number(3)?;
        cursor.expect('月')?;
        let day = cursor.day()?;
        (month, day).eq(&LEAP_DAY).then(|| civil(year, month, 1)).flatten().map(Date::last_of_month)
    };
    leading_date(text).map(|found| found.date).or_else(last_of_month)
}

/// The last day that words begin with, and their bytes: a day as [`leading_day`] reads it, 2025年12月 and 2025年底; of a year alone
/// (2025年) only `of_years`, where a range of years tells what it means.
pub(super) fn leading_end(text: &str, of_years: bool) -> Option<(Date, usize)> {
    if let Some(found) = leading_date(text) {
        let (day, hour) = at_hour(found.date, text.get(found.span.end..)?)?;
        return Some((day, found.span.end + hour));
    }
    let mut cursor = Cursor { text, at: text.len() - text.trim_start().len() };
    let year = cursor.number(4).filter(|year| (1900..2200).contains(year))?;
    cursor.expect('年')?;
    let end_of_year = |cursor: &mut Cursor<'_>| ["年底", "年末", "底", "末"].iter().any(|word| cursor.skip(word));
    if end_of_year(&mut cursor) {
        return Some((civil(year, 12, 31)?, cursor.at));
    }
    let at = cursor.at;
    if let Some(month) = cursor.number(3)
        && cursor.expect('月').is_some()
    {
        let last = civil(year, month, 1)?.last_of_month();
        // 2025年2月29日, which there is not; any other day that there is not is none.
        return match cursor.day() {
            Some(day) => (month, day).eq(&LEAP_DAY).then_some((last, cursor.at)),
            None if cursor.rest().starts_with(|c| digit(c).is_some()) => None,
            None => {
                let _ = cursor.skip("底") || cursor.skip("末");
                Some((last, cursor.at))
            }
        };
    }
    cursor.at = at;
    let _ = of_years && cursor.skip("度");
    of_years.then_some((civil(year, 12, 31)?, cursor.at))
}

/// Hours at which a day is over, and those with which it only begins.
const LAST_HOURS: [&str; 7] = ["24时", "二十四时", "24点", "二十四点", "24:00", "24：00", "24∶00"];
const FIRST_HOURS: [&str; 10] = ["零时", "〇时", "00时", "0时", "零点", "0点", "00:00", "00：00", "0:00", "0：00"];

/// The last whole day before an hour that stands behind a day (24时, 零时), and the bytes of the hour: none if no such hour does.
pub(super) fn at_hour(day: Date, behind: &str) -> Option<(Date, usize)> {
    let bare = behind.trim_start();
    let read = |hours: &[&str]| {
        let hour = hours.iter().find(|hour| bare.starts_with(**hour))?;
        Some(behind.len() - bare.len() + hour.len())
    };
    match (read(&LAST_HOURS), read(&FIRST_HOURS)) {
        (Some(hour), _) => Some((day, hour)),
        (None, Some(hour)) => Some((day.yesterday().ok()?, hour)),
        (None, None) => Some((day, 0)),
    }
}

/// The first date of a text that there is not: 2023年2月30日, 2023年13月1日.
pub(super) fn impossible(text: &str) -> Option<Range<usize>> {
    text.match_indices('年').find_map(|(at, mark)| {
        let (start, year) = number_before(text.get(..at)?, 4)?;
        let mut cursor = Cursor { text, at: at + mark.len() };
        let month = cursor.number(3)?;
        cursor.expect('月')?;
        let day = cursor.day()?;
        ((1900..2200).contains(&year) && civil(year, month, day).is_none()).then_some(start..cursor.at)
    })
}

/// A whole number of years, months or days with which the text begins (三十, 5, １０), with its length in bytes.
pub(super) fn leading_number(text: &str) -> Option<(u16, usize)> {
    let mut cursor = Cursor { text, at: 0 };
    let number = cursor.number(4)?;
    Some((number, cursor.at))
}

/// `year` 年 at `at`; month and day behind it.
fn full_date(text: &str, free: usize, at: usize, after: usize) -> Option<Found> {
    let (start, year) = number_before(text.get(free..at)?, 4)?;
    let mut cursor = Cursor { text, at: after };
    let month = cursor.number(3)?;
    cursor.expect('月')?;
    let day = cursor.day().or_else(|| cursor.day_without_mark())?;
    let date = civil(year, month, day)?;
    (1900..2200).contains(&date.year()).then_some(Found { date, span: free + start..cursor.at })
}

/// 月 at `at` of a date whose year was said before.
fn short_date(text: &str, free: usize, at: usize, after: usize, year: i16) -> Option<Found> {
    let (start, month) = number_before(text.get(free..at)?, 3)?;
    let mut cursor = Cursor { text, at: after };
    let day = cursor.day()?;
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    Some(Found { date, span: free + start..cursor.at })
}

fn civil(year: u16, month: u16, day: u16) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The number of up to `most` characters with which `text` ends, and where it begins.
fn number_before(text: &str, most: usize) -> Option<(usize, u16)> {
    let mut start = None;
    let (mut digits, mut gap) = (0, 0);
    for (at, c) in text.char_indices().rev() {
        if c.is_whitespace() && gap < GAP_MAX {
            gap += 1;
        } else if digit(c).is_some() && digits < most {
            (start, digits, gap) = (Some(at), digits + 1, 0);
        } else {
            break;
        }
    }
    let start = start?;
    Some((start, value(text.get(start..)?)?))
}

/// Reads forward.
struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl Cursor<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// A number of up to `most` digits, white space before and inside allowed.
    fn number(&mut self, most: usize) -> Option<u16> {
        let (mut digits, mut gap, mut end) = (0, 0, 0);
        for (at, c) in self.rest().char_indices() {
            if c.is_whitespace() && gap < GAP_MAX {
                gap += 1;
            } else if digit(c).is_some() && digits < most {
                (digits, gap, end) = (digits + 1, 0, at + c.len_utf8());
            } else {
                break;
            }
        }
        let number = value(self.rest().get(..end)?)?;
        self.at += end;
        Some(number)
    }

    fn expect(&mut self, wanted: char) -> Option<()> {
        let space =
            self.rest().chars().take_while(|c| c.is_whitespace()).take(GAP_MAX).map(char::len_utf8).sum::<usize>();
        let rest = self.rest().get(space..)?;
        rest.starts_with(wanted).then(|| self.at += space + wanted.len_utf8())
    }

    /// Goes past a word, if it stands here.
    fn skip(&mut self, word: &str) -> bool {
        let is_here = self.rest().starts_with(word);
        self.at += if is_here { word.len() } else { 0 };
        is_here
    }

    /// A day whose 日 is missing before a comma: 2016年2月6，国务院令….
    fn day_without_mark(&mut self) -> Option<u16> {
        let at = self.at;
        let day = self.number(3).filter(|_| self.rest().starts_with(['，', ',']));
        if day.is_none() {
            self.at = at;
        }
        day
    }

    /// A day with its 日 or 号; the 日 may be missing before 起 (自2020年3月1起).
    fn day(&mut self) -> Option<u16> {
        let at = self.at;
        let day = self.number(3)?;
        let marked = self.expect('日').or_else(|| self.expect('号'));
        if marked.is_none() && !self.rest().starts_with('起') {
            self.at = at;
            return None;
        }
        Some(day)
    }
}

/// The value of one digit; 10 for 十. Letters are those that scanned texts have in place of digits.
fn digit(c: char) -> Option<u16> {
    Some(match c {
        '0'..='9' => c as u16 - '0' as u16,
        '０'..='９' => c as u16 - '０' as u16,
        '〇' | '○' | '零' | 'Ｏ' | 'O' | 'o' | '◯' => 0,
        '一' | 'l' | 'I' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '十' => 10,
        _ => return None,
    })
}

/// The value of digits one after another, 十 counted as ten.
fn value(digits: &str) -> Option<u16> {
    let mut total: u16 = 0;
    let mut last: Option<u16> = None;
    if digits.trim().is_empty() {
        return None;
    }
    for next in digits.chars().filter_map(digit) {
        if next == 10 {
            let tens = last.take().unwrap_or(1);
            total = tens.checked_mul(10)?;
            last = None;
            continue;
        }
        let ten = total != 0 && last.is_none() && total.is_multiple_of(10);
        total = if ten { total.checked_add(next)? } else { total.checked_mul(10)?.checked_add(next)? };
        last = Some(total);
    }
    Some(total)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Vec<String> {
        dates(text).iter().map(|found| format!("{} {}", found.date, &text[found.span.clone()])).collect()
    }

    #[test]
    fn dates_are_read_in_every_form() {
        for (text, expected) in [
            ("自2021年1月22日起", "2021-01-22 2021年1月22日"),
            ("（２０２１年１０月０２日", "2021-10-02 ２０２１年１０月０２日"),
            ("二〇二一年十二月三十一日", "2021-12-31 二〇二一年十二月三十一日"),
            ("一九九○年十月十日", "1990-10-10 一九九○年十月十日"),
            ("1999年10月l日", "1999-10-01 1999年10月l日"),
            ("于 2013 年11月1 日起", "2013-11-01 2013 年11月1 日"),
            ("自2020年3月1起施行", "2020-03-01 2020年3月1"),
            ("第12号2020年3月1号", "2020-03-01 2020年3月1号"),
            ("2016年2月6，云令第666号", "2016-02-06 2016年2月6"),
        ] {
            assert_eq!(read(text), [expected], "{text}");
        }
        assert_eq!(read("2018年3月2日通过，3月5日公布"), ["2018-03-02 2018年3月2日", "2018-03-05 3月5日"]);
        for none in ["2020年3月", "2020年13月1日", "2020年2月30日", "3月5日", "年月日（", "lI年l月l日", "五年一月后"]
        {
            assert!(read(none).is_empty(), "{none}");
        }
    }

    #[test]
    fn numbers_are_read_in_both_scripts() {
        for (text, expected) in
            [("三十日", 30), ("十五日", 15), ("5年", 5), ("二十一", 21), ("十年", 10), ("６个月", 6)]
        {
            assert_eq!(leading_number(text).map(|(number, _)| number), Some(expected), "{text}");
        }
        assert_eq!(leading_number("年"), None);
        assert_eq!(leading_date("  2020年1月2日 通过").map(|found| found.span), Some(2..17));
        assert_eq!(leading_date("于2020年1月2日"), None);
    }

    #[test]
    fn the_last_day_of_a_month_or_a_year_is_one() {
        fn read(text: &str, of_years: bool) -> Option<(String, &str)> {
            leading_end(text, of_years).map(|(day, read)| (day.to_string(), &text[read..]))
        }
        for (text, day, rest) in [
            ("2025年12月31日止", "2025-12-31", "止"),
            ("2025年2月29日。", "2025-02-28", "。"),
            ("2025年6月。", "2025-06-30", "。"),
            ("2025年6月底", "2025-06-30", ""),
            ("2025年底", "2025-12-31", ""),
            ("二〇二五年年末，", "2025-12-31", "，"),
            ("2025年12月31日24时止", "2025-12-31", "止"),
            ("2026年1月1日零时。", "2025-12-31", "。"),
            ("2026年1月1日 0时", "2025-12-31", ""),
            ("2025年12月31日20时", "2025-12-31", "20时"),
        ] {
            assert_eq!(read(text, false), Some((day.to_string(), rest)), "{text}");
        }
        assert_eq!(read("2024年度。", true), Some(("2024-12-31".to_string(), "。")));
        for none in ["2025年", "5年", "2025年13月", "2025年2月30000日", "年底"] {
            assert_eq!(read(none, false), None, "{none}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "[0-9〇一二十年月日 l号起\u{3000}x]{0,40}") {
            for found in dates(&text) {
                prop_assert!(text.get(found.span).is_some());
            }
            let _ = (leading_date(&text), leading_number(&text), leading_end(&text, true));
        }
    }
}
