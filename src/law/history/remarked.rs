//! What a text says of its validity and nobody can use as it is: periods that cannot be read, days that cannot be counted, that there
//! are not, or that contradict each other. Who reads its status is told the sentence.

use super::dates;
use super::own_line;
use super::period::{Period, Reading};
use super::text::{
    LINE_BYTES_MAX, dated, from_event, may_tell, readings, sentences, speaks_of_itself, tail_of_lines, title_reading,
    verb_soon, without_label,
};
use crate::law::document::Document;
use crate::law::event::{Event, EventKind};
use crate::law::kind::Kind;
use jiff::civil::Date;

/// The sentence of the closing provisions of a normative document that tells a period of its validity although no event tells when it
/// ends: nobody can read it, or the day from which it counts.
pub fn unread_period<'a>(document: &'a Document, events: &[Event]) -> Option<&'a str> {
    if document.kind != Kind::Normative || events.iter().any(|event| event.kind == EventKind::Expired) {
        return None;
    }
    let lines = tail_of_lines(&document.text).into_iter().filter(|line| line.len() <= LINE_BYTES_MAX);
    let mut told = lines.flat_map(|line| readings(line, document.source_date, events));
    // A name alone leads to what may be of a stage.
    let is_of_text =
        |reading: &Reading| !matches!(reading, Reading::Nothing | Reading::Told(Period { is_labelled: true, .. }));
    let closing = told.find(|(_, reading)| is_of_text(reading)).map(|(sentence, _)| sentence.trim());
    let title = || title_reading(document, events).map(|(line, _)| line);
    closing.or_else(title).or_else(|| own_line::unread(document, events))
}

/// The sentence that tells a period of validity by a number of years and by days that contradict each other.
pub fn disputed_period<'a>(document: &'a Document, events: &[Event]) -> Option<&'a str> {
    if document.kind != Kind::Normative {
        return None;
    }
    let lines = tail_of_lines(&document.text).into_iter().filter(|line| line.len() <= LINE_BYTES_MAX);
    let mut told = lines.flat_map(|line| readings(line, document.source_date, events));
    let is_disputed = |reading: &Reading| matches!(reading, Reading::Told(Period { is_disputed: true, .. }));
    told.find(|(_, reading)| is_disputed(reading)).map(|(sentence, _)| sentence.trim())
}

/// The line at the head or the end of a normative document that tells another end of its validity than the text, with the first day
/// behind it.
pub fn contradicting_period<'a>(document: &'a Document, events: &[Event]) -> Option<(&'a str, Date)> {
    (document.kind == Kind::Normative).then(|| own_line::contradicting(document, events)).flatten()
}

/// The line at the head or the end of a normative document that says that it is suspended.
pub fn suspended_line(document: &Document) -> Option<&str> {
    (document.kind == Kind::Normative && document.text.contains("暂停"))
        .then(|| own_line::suspended(document))
        .flatten()
}

/// The sentence of the closing provisions that tells a first day that there is not: 自2023年2月30日起施行.
pub fn impossible_first_day(document: &Document) -> Option<&str> {
    let lines = tail_of_lines(&document.text).into_iter().filter(|line| line.len() <= LINE_BYTES_MAX && may_tell(line));
    lines.flat_map(sentences).map(str::trim).find(|sentence| {
        dates::impossible(sentence).is_some_and(|span| {
            let is_first = sentence.get(span.end..).is_some_and(|rest| rest.starts_with('起'));
            let is_own = sentence.get(..span.start).is_some_and(speaks_of_itself);
            is_first && is_own && verb_soon(sentence, span.end).is_some()
        })
    })
}

/// The sentence of the closing provisions that lets the text begin on a day that it does not tell: 自批准之日起施行, 自2022年6月起施行.
pub fn uncounted_first_day<'a>(document: &'a Document, events: &[Event]) -> Option<&'a str> {
    let lines = tail_of_lines(&document.text).into_iter().filter(|line| line.len() <= LINE_BYTES_MAX && may_tell(line));
    let is_uncounted = |sentence: &&str| {
        let of_event =
            || from_event(sentence, document.source_date, events).is_some_and(|begins| begins.date.is_none());
        dated(sentence).is_none() && (of_event() || begins_in_month(sentence) || begins_after_event(sentence))
    };
    lines.flat_map(sentences).map(str::trim).find(is_uncounted)
}

/// Whether words let a text begin on a day that nobody can count, as far as they tell: 自公布之日起30个工作日后施行, 自2022年6月起施行.
pub fn is_uncounted(words: &str, events: &[Event]) -> bool {
    let is_uncounted = |sentence: &str| {
        dated(sentence).is_none()
            && (from_event(sentence, None, events).is_some_and(|begins| begins.date.is_none())
                || begins_in_month(sentence)
                || begins_after_event(sentence))
    };
    words.split_inclusive(['。', '；', ';', '\n', '…']).map(without_label).any(is_uncounted)
}

/// 自2022年6月起施行.
fn begins_in_month(sentence: &str) -> bool {
    sentence.match_indices("月起").any(|(at, mark)| {
        let from = sentence.get(..at).and_then(|before| before.rfind(['自', '从']));
        let is_month = from.and_then(|from| sentence.get(from..at)).is_some_and(|words| words.contains('年'));
        let is_own = from.and_then(|from| sentence.get(..from)).is_some_and(speaks_of_itself);
        is_month && is_own && verb_soon(sentence, at + mark.len()).is_some()
    })
}

/// 自公布满30日之日起施行, 公布后30日施行: behind an event by days that some count from it and some from the next day.
fn begins_after_event(sentence: &str) -> bool {
    let events = ["公布", "发布", "颁布", "印发", "通过", "批准"];
    let marks = events.iter().flat_map(|event| sentence.match_indices(event).map(|(at, event)| (at, at + event.len())));
    marks.filter(|(at, _)| sentence.get(..*at).is_some_and(speaks_of_itself)).any(|(_, end)| {
        let counted = || {
            let rest = sentence.get(end..)?;
            let number = ["满", "后", "以后", "之后"].iter().find_map(|word| rest.strip_prefix(word))?;
            let (_, read) = dates::leading_number(number)?;
            let unit = number.get(read..)?;
            let behind =
                ["日", "天", "个月", "个工作日", "年"].iter().find_map(|unit_word| unit.strip_prefix(unit_word))?;
            let behind = behind.strip_prefix("之日起").or_else(|| behind.strip_prefix("后")).unwrap_or(behind);
            verb_soon(sentence, sentence.len() - behind.len())
        };
        counted().is_some()
    })
}
