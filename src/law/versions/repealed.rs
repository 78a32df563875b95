//! From when an instrument repeals what its sentence names (《…》同时废止): of what is not held nothing else tells the day.

use crate::law::event::{Event, EventKind, EventSource};
use crate::law::history::{acts, is_uncounted, told_day};
use jiff::civil::Date;

/// The first day without what is repealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RepealDay {
    /// The day.
    pub date: Date,
    /// In Chinese, why it only stands in for one that is not known.
    pub assumed: Option<&'static str>,
}

/// Why the day of an adoption stands for that of the promulgation.
const ADOPTED: &str = "公布日期未见，暂以通过（批准）之日计";

/// The first day without what a sentence repeals: the day that the sentence tells (with the clause that dates it), else the
/// one that the text tells, else that of its first promulgation. A text amended later repeats the sentence, so the days of its
/// changes tell nothing; `None` where only these are known, or where the sentence names something younger.
pub fn repeal_day(sentence: &str, events: &[Event]) -> Option<RepealDay> {
    let effective = |source: EventSource| {
        events.iter().filter(move |event| event.kind == EventKind::Effective && event.source == source)
    };
    let told = |date| RepealDay { date, assumed: None };
    let written = effective(EventSource::Text).find_map(|event| told_day(&event.quote));
    if let Some(day) = told_day(sentence).or(written) {
        return Some(told(day));
    }
    if is_repeal_uncounted(sentence, events) {
        return None;
    }
    let acts = acts(events);
    if acts.is_empty() {
        // Nothing tells of a change: its only first day.
        let days = effective(EventSource::Stated).chain(effective(EventSource::Text)).map(|event| event.date);
        return days.min().map(told);
    }
    let first = acts.first().filter(|first| !first.is_change())?;
    let next = acts.get(1).map(|next| next.first_day);
    let of_first = |event: &&Event| event.date >= first.first_day && next.is_none_or(|next| event.date < next);
    let written = effective(EventSource::History).filter(of_first).map(|event| event.date).min();
    // 自公布之日起三十日后施行 counts from the last whole text.
    let counted = || effective(EventSource::Text).filter(of_first).map(|event| event.date).min();
    let stated = || effective(EventSource::Stated).filter(of_first).map(|event| event.date).min();
    // Laws of the National People's Congress are promulgated on the day of their adoption.
    let promulgated = first.promulgated_on.is_some() || first.quote.contains("全国人民代表大会");
    let assumed = (written.is_none() && !promulgated).then_some(ADOPTED);
    let date = written.or_else(counted).or_else(stated).unwrap_or(first.earliest_effect());
    let younger = years(sentence).max().is_some_and(|year| year > date.year());
    (!younger).then_some(RepealDay { date, assumed })
}

/// Whether a sentence repeals from a first day that nobody can count (自公布之日起30个工作日后施行): the day of the promulgation is not it.
pub fn is_repeal_uncounted(sentence: &str, events: &[Event]) -> bool {
    let is_told = events.iter().any(|event| event.kind == EventKind::Effective);
    !is_told && told_day(sentence).is_none() && is_uncounted(sentence, events)
}

/// The years that words name: 2012年, 〔2019〕.
fn years(words: &str) -> impl Iterator<Item = i16> {
    let numbers = words.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 4);
    numbers.filter_map(|digits| digits.parse().ok()).filter(|year| (1949..2100).contains(year))
}
