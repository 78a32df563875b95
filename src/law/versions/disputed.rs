//! Ends of validity that a source states in a field or box, held against those that the text tells.

use super::intervals::{Placed, VersionInput};
use crate::law::event::{Event, EventKind, EventSource};
use jiff::civil::Date;

/// Days by which both may count one end differently: 五年 from 1 January 2023 is to 31 December 2027, and some write 2028-01-01.
const SAME_DAYS: i32 = 1;

/// The end that a source states and that only counts otherwise what the text tells: the text goes before it. Of one that contradicts
/// the text, both are told; the earlier counts.
pub(super) fn stated_end(version: &mut Placed, input: &VersionInput<'_>, since: Option<Date>) -> Option<Event> {
    let of = |source: EventSource| {
        let ends = input.events.iter().filter(move |event| event.kind == EventKind::Expired && event.source == source);
        ends.filter(|event| since.is_none_or(|since| event.date >= since)).min_by_key(|event| event.date)
    };
    let (stated, text) = (of(EventSource::Stated)?, of(EventSource::Text)?);
    match (stated.date - text.date).get_days().abs() {
        0 => None,
        days if days <= SAME_DAYS => Some(stated.clone()),
        _ => {
            let last = |event: &Event| event.date.yesterday().unwrap_or(event.date);
            version.remark(format!(
                "来源所注有效期至{}，与文中所载（{}，至{}）不一致，暂按较早的计，请核对",
                last(stated),
                text.quote.chars().take(QUOTE_CHARS_MAX).collect::<String>(),
                last(text)
            ));
            None
        }
    }
}

/// Characters of the words that the remark quotes.
const QUOTE_CHARS_MAX: usize = 80;
