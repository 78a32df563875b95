//! Periods between two days or years: 自2022年5月1日至2024年4月30日, 2022-2024年.

use super::super::dates;
use super::{FILLERS, Reading, after, is_all, names_stage, span, told, until};

/// Between the first and the last day of a period.
const UNTIL: [&str; 10] = ["起至", "起到", "至", "到", "—", "-", "－", "–", "～", "~"];

/// Whether words behind a term name days or years of the calendar.
pub(super) fn is_absolute(words: &str) -> bool {
    let rest = words.trim_start_matches(FILLERS);
    until(rest).is_some() || range(rest).is_some()
}

/// 自2022年5月1日至2024年4月30日, 2022年5月至2024年4月, 2022-2024年, 自2022年5月1日起五年; `None` of other words.
pub(super) fn range(clause: &str) -> Option<Reading> {
    let bare = clause.strip_prefix(['自', '从']).unwrap_or(clause);
    let Some(first) = dates::leading_date(bare) else { return range_of_years(clause, bare) };
    let behind = bare.get(first.span.end..)?;
    let (_, hour) = dates::at_hour(first.date, behind)?;
    let behind = behind.get(hour..)?.trim_start();
    if let Some(last) = UNTIL.iter().find_map(|word| behind.strip_prefix(word)) {
        let last = last.trim_start_matches(['—', '-', ' ']);
        return Some(match dates::leading_end(last, true) {
            Some((day, read)) if is_all(last.get(read..)?) => told(Some(first.date), day.tomorrow().ok()),
            Some((_, read)) if names_stage(last.get(read..)?) => Reading::Unclear,
            Some(_) => Reading::Nothing,
            None => Reading::Unclear,
        });
    }
    let words = behind.strip_prefix('起').unwrap_or(behind).trim_start_matches(['，', ',']);
    let counted = span(words).filter(|(_, read)| words.get(*read..).is_some_and(is_all));
    // A first day alone is no period.
    Some(counted.map_or(Reading::Nothing, |(days, _)| told(Some(first.date), after(first.date, days))))
}

/// Years and months alone tell the last day; the first is seldom that of the first month.
fn range_of_years(clause: &str, bare: &str) -> Option<Reading> {
    // 自发布之日至2025年12月31日.
    let event =
        clause.starts_with('自').then(|| bare.find("之日")).flatten().and_then(|at| bare.get(at + "之日".len()..));
    let behind = event.or_else(|| {
        let (year, read) = dates::leading_number(bare).filter(|(year, _)| (1900..2200).contains(year))?;
        let rest = bare.get(read..)?.trim_start();
        let rest = rest.strip_prefix('年').map_or(rest, |rest| rest.strip_prefix('度').unwrap_or(rest));
        let month = dates::leading_number(rest).and_then(|(_, read)| rest.get(read..)?.strip_prefix('月'));
        (year > 0).then_some(month.unwrap_or(rest))
    })?;
    let behind = behind.trim_start();
    let last = UNTIL.iter().find_map(|word| behind.strip_prefix(word))?.trim_start_matches(['—', '-', ' ']);
    let (day, read) = dates::leading_end(last, true)?;
    match last.get(read..)? {
        rest if is_all(rest) => Some(told(None, day.tomorrow().ok())),
        rest => names_stage(rest).then_some(Reading::Unclear),
    }
}
