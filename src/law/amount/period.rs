//! Units of periods, kept apart from dates: `十五日`, `三个月`, but no `12月31日` and no `2021年`.

use super::PeriodUnit;
use super::quantity::is_numeral;

/// How periods are written, longest first.
const UNITS: [(&str, PeriodUnit); 19] = [
    ("个工作日", PeriodUnit::WorkingDay),
    ("工作日", PeriodUnit::WorkingDay),
    ("个自然日", PeriodUnit::Day),
    ("自然日", PeriodUnit::Day),
    ("个日历日", PeriodUnit::Day),
    ("日历日", PeriodUnit::Day),
    ("个交易日", PeriodUnit::WorkingDay),
    ("个小时", PeriodUnit::Hour),
    ("小时", PeriodUnit::Hour),
    ("个月", PeriodUnit::Month),
    ("個月", PeriodUnit::Month),
    ("个星期", PeriodUnit::Week),
    ("星期", PeriodUnit::Week),
    ("个年度", PeriodUnit::Year),
    ("周年", PeriodUnit::Year),
    ("周", PeriodUnit::Week),
    ("日", PeriodUnit::Day),
    ("天", PeriodUnit::Day),
    ("年", PeriodUnit::Year),
];

/// The unit at the start of `rest` and its bytes, for the number `number` behind `before`.
pub(super) fn unit(before: &str, number: &str, rest: &str) -> Option<(usize, PeriodUnit)> {
    if let Some((word, unit)) = UNITS.into_iter().find(|(word, _)| rest.starts_with(word)) {
        let behind = &rest[word.len()..];
        let date = match unit {
            PeriodUnit::Year => is_year(number, behind),
            PeriodUnit::Day => {
                before.trim_end_matches(' ').ends_with('月') || behind.starts_with(['报', '常', '语', '历'])
            }
            PeriodUnit::Week => behind.starts_with(['围', '岁', '边', '期']),
            _ => false,
        };
        return (!date).then_some((word.len(), unit));
    }
    // 六月以下 in older laws; 六月 alone is a date.
    let behind = rest.strip_prefix('月')?;
    let bounded = ["以上", "以下", "以内", "之内"].iter().any(|word| behind.starts_with(word));
    (bounded && !before.ends_with('年')).then_some(('月'.len_utf8(), PeriodUnit::Month))
}

/// Whether `number` before 年 names a year, or an age group (三年级): four digits in a row, or a month behind it.
fn is_year(number: &str, behind: &str) -> bool {
    let row = number.chars().count() == 4 && !number.contains(['十', '百', '千', '万', '.', '点']);
    let behind = behind.trim_start_matches(' ');
    let month: usize = behind.chars().take(3).take_while(|c| is_numeral(*c)).map(char::len_utf8).sum();
    let dated = month > 0 && behind[month..].starts_with('月');
    row || dated || behind.starts_with(['级', '制', '代', '底', '末', '初'])
}
