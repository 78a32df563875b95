//! Events in the life of an instrument, read from its history lines (题注), from stated metadata and from its text.
//!
//! Nothing is dropped because it contradicts something else: every source keeps its events, with the words they were read
//! from, and [`super::versions`] weighs them.

mod acts;
mod dates;
mod line;
mod own_line;
mod period;
mod remarked;
mod text;

use super::document::Document;
use super::event::{Event, EventKind, EventSource};
use super::identity::folded_title;
use super::kind::Kind;
use super::provision::Structure;
pub use acts::{Act, acts};
use jiff::ToSpan;
use jiff::civil::Date;
use line::{Delay, Token, Verb};
pub use period::{cell_of_new_end, extended_to, is_full, moves_end, names_new_end, tells_extension, tells_new_clause};
pub use remarked::{
    contradicting_period, disputed_period, impossible_first_day, is_uncounted, suspended_line, uncounted_first_day,
    unread_period,
};
use std::ops::Range;
pub use text::told_day;

/// Bytes between two verbs of one statement (通过并于同日公布施行): further apart they have different days.
const SAME_STATEMENT_BYTES_MAX: usize = 18;
/// Events of one document beyond this number are not read: the most that 6,000 real ones tell is 16, and each is compared
/// with those before it.
const EVENTS_MAX: usize = 200;
/// A line that holds a day and no verb is not longer than this: 2017年11月22日 中华人民共和国国务院令第692号.
const BARE_LINE_CHARS_MAX: usize = 60;

/// The first date of a text, as Chinese texts write them: 2021年1月22日, 二〇二一年一月二十二日.
pub fn first_date(text: &str) -> Option<Date> {
    dates::dates(text).into_iter().next().map(|found| found.date)
}

/// The last day that words name and nothing else: 2027年12月31日, 2027年12月31日24时, 2027年12月31日止.
pub fn whole_last_day(words: &str) -> Option<Date> {
    let (day, read) = dates::leading_end(words, false)?;
    ["", "止", "为止", "前", "底"].contains(&words.get(read..)?.trim()).then_some(day)
}

/// Every event that a document tells of, in the order history, stated metadata, text. Cases have none.
///
/// `structure` serves to find the last provisions; an empty one is enough, then the last lines are looked at.
pub fn events(document: &Document, structure: &Structure) -> Vec<Event> {
    events_with(document, structure, &[])
}

/// A field of a document that a person corrected, with the evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corrected {
    /// Name of the field of the interchange format.
    pub field: String,
    /// The evidence.
    pub proof: String,
}

/// The same of a document that persons corrected: what they say is told by [`EventSource::Correction`], with their evidence.
/// Of several corrections of one field the first counts.
pub fn events_with(document: &Document, structure: &Structure, corrected: &[Corrected]) -> Vec<Event> {
    if document.kind == Kind::Case {
        return Vec::new();
    }
    let mut events = Vec::new();
    for line in &document.history {
        read_line(line, EventSource::History, &mut events);
    }
    amended_by_sessions(&mut events);
    if !events.iter().any(|event| event.kind.makes_text()) {
        bare_day(&document.history, &mut events);
    }
    stated(document, corrected, &mut events);
    text::read(document, structure, &mut events);
    events
}

/// Days between which two sessions of one committee are not about the same act.
const SAME_ACT_DAYS: i32 = 90;

/// A history that tells of several sessions of one committee (最高人民法院审判委员会第1823次会议通过): the first made the
/// judicial interpretation, and each later one amended it. One that is made anew tells only of its own.
fn amended_by_sessions(events: &mut [Event]) {
    for organ in ["审判委员会", "检察委员会"] {
        let is_session = |event: &Event| {
            let organs = ["审判委员会", "检察委员会"].iter().filter(|organ| event.quote.contains(**organ)).count();
            event.kind == EventKind::Adopted && organs == 1 && event.quote.contains(organ)
        };
        let Some(first) = events.iter().filter(|event| is_session(event)).map(|event| event.date).min() else {
            continue;
        };
        for event in events.iter_mut().filter(|event| (event.date - first).get_days() > SAME_ACT_DAYS) {
            if is_session(event) {
                event.kind = EventKind::Amended;
            }
        }
    }
}

/// Metadata as events. 成文日期 is the day on which the document was signed, so it stands as the day of its making.
fn stated(document: &Document, corrected: &[Corrected], events: &mut Vec<Event>) {
    let expired = document.valid_until.and_then(|last| last.tomorrow().ok());
    let written = document.written_date.filter(|_| document.adoption_date.is_none());
    for (kind, date, field, label, shown) in [
        (EventKind::Adopted, document.adoption_date, "adoption_date", "通过日期", document.adoption_date),
        (EventKind::Adopted, written, "written_date", "成文日期", written),
        (
            EventKind::Promulgated,
            document.promulgation_date,
            "promulgation_date",
            "公布日期",
            document.promulgation_date,
        ),
        (EventKind::Effective, document.effective_date, "effective_date", "施行日期", document.effective_date),
        (EventKind::Expired, expired, "valid_until", "有效期至", document.valid_until),
    ] {
        let (Some(date), Some(shown)) = (date, shown) else { continue };
        let (source, quote) = match corrected.iter().find(|corrected| corrected.field == field) {
            Some(corrected) => (EventSource::Correction, corrected.proof.clone()),
            None => (EventSource::Stated, format!("{label}：{shown}")),
        };
        events.push(Event { kind, date, source, quote });
    }
    repealed_on(document, events);
}

/// How sources call the first day without a text that was repealed; the words are kept as a note.
pub const REPEALED_ON: [&str; 2] = ["废止日期", "废止时间"];

/// The repeal of which a source states the day: what it only says to be repealed was so by the day on which it said so.
fn repealed_on(document: &Document, events: &mut Vec<Event>) {
    let Some(date) = document.asserted_on.filter(|_| document.asserted_status.as_deref() == Some("repealed")) else {
        return;
    };
    let names = |note: &&String| REPEALED_ON.iter().any(|label| note.starts_with(&format!("{label}：")));
    if let Some(quote) = document.notes.iter().find(names).cloned() {
        events.push(Event { kind: EventKind::Repealed, date, source: EventSource::Stated, quote });
    }
}

/// The day that stands without a verb in a history that tells of no making: 1985年12月30日, 国务院令 below which it stands.
fn bare_day(history: &[String], events: &mut Vec<Event>) {
    let mut bare = history.iter().rev().filter_map(|line| {
        let found = dates::dates(line).into_iter().next()?;
        let only = line.chars().count() <= BARE_LINE_CHARS_MAX && !line.contains("施行") && !line.contains("实施");
        (only && !line.contains("执行") && !line.contains("生效")).then(|| (found.date, line.trim().to_string()))
    });
    if let Some((date, quote)) = bare.next() {
        events.push(Event { kind: EventKind::Promulgated, date, source: EventSource::History, quote });
    }
}

/// Reads one history line. Lines may hold one statement or the whole history in brackets.
fn read_line(line: &str, source: EventSource, events: &mut Vec<Event>) {
    let mut reader = Reader {
        line,
        source,
        events,
        day: None,
        waiting: Vec::new(),
        basis: None,
        relative: None,
        title: None,
        undated: None,
        changed: None,
    };
    for token in line::tokens(line) {
        reader.take(token);
    }
    reader.end_statement(line.len());
}

/// The day under which verbs are read.
#[derive(Clone)]
struct Day {
    date: Date,
    /// Where the statement begins.
    start: usize,
    /// Where its last verb ended; `None` before the first.
    verb_end: Option<usize>,
    /// What an attributive verb said of the decision named next.
    attribute: Option<EventKind>,
}

/// 根据 and what it named so far.
struct Basis {
    start: usize,
    first_day: Option<Date>,
}

struct Reader<'a> {
    line: &'a str,
    source: EventSource,
    events: &'a mut Vec<Event>,
    day: Option<Day>,
    /// Days of a joint act whose verb comes later (甲会议、2020年5月1日乙会议通过).
    waiting: Vec<Day>,
    basis: Option<Basis>,
    relative: Option<(usize, Delay)>,
    title: Option<Range<usize>>,
    /// Where a decision that changes the text is named without a day of its own.
    undated: Option<usize>,
    /// A change by a decision that is named without any day, and where 根据 stands.
    changed: Option<(usize, EventKind)>,
}

impl Reader<'_> {
    fn take(&mut self, token: Token) {
        match token {
            Token::Date(found) => self.open_day(found),
            Token::Basis(start) => {
                self.end_statement(start);
                self.basis = Some(Basis { start, first_day: None });
            }
            Token::Title(span) => self.titled(span),
            Token::FromDay(span, delay) => self.relative = Some((span.start, delay)),
            Token::Verb(verb) => self.verb(&verb),
        }
    }

    fn titled(&mut self, span: Range<usize>) {
        let is_change = self.line.get(span.clone()).is_some_and(line::is_change);
        if is_change && self.basis.is_none() && self.day.as_ref().is_none_or(|day| day.verb_end.is_some()) {
            self.undated = Some(span.start);
        }
        self.title = Some(span);
    }

    /// 2022年，《关于修改云法的决定》…，决定自2022年5月1日起施行: of the change only the first day in force is told.
    fn decided(&mut self, verb: &Verb, from: usize, date: Date) {
        let before = self.line.get(..from).unwrap_or("");
        if let Some(start) = self.undated.take_if(|_| before.ends_with("决定自")) {
            self.push(EventKind::Amended, date, start..verb.span.end);
        }
    }

    fn open_day(&mut self, found: dates::Found) {
        let before = self.line.get(..found.span.start).unwrap_or("").trim_end();
        match self.day.take() {
            Some(day)
                if day.verb_end.is_none() && day.attribute.is_none() && before.ends_with(['、', '，', ',', '和']) =>
            {
                self.waiting.push(day);
            }
            Some(day) => {
                self.day = Some(day);
                let named = self.end_day(found.span.start);
                if let Some(basis) = self.basis.as_mut().filter(|_| named) {
                    *basis = Basis { start: found.span.start, first_day: None };
                }
            }
            None => {}
        }
        if let Some(basis) = &mut self.basis {
            basis.first_day.get_or_insert(found.date);
        }
        self.day = Some(Day { date: found.date, start: found.span.start, verb_end: None, attribute: None });
        self.title = None;
    }

    fn verb(&mut self, verb: &Verb) {
        if verb.kind == EventKind::Effective
            && let Some((start, delay)) = self.relative.take()
        {
            self.effective_from_event(start, verb, delay);
            return;
        }
        if verb.kind.changes_text() && verb.kind != EventKind::Adopted && !verb.attributive {
            self.change(verb);
            return;
        }
        let in_basis = self.basis.is_some();
        let Some(day) = &mut self.day else { return };
        if verb.attributive {
            day.attribute = Some(verb.kind);
            if !(in_basis && verb.kind == EventKind::Effective) {
                return;
            }
        } else if in_basis && verb.kind == EventKind::Adopted {
            day.attribute = Some(verb.kind);
            return;
        }
        let ends = matches!(verb.kind, EventKind::Repealed | EventKind::Expired);
        let of_another =
            ends && self.title.as_ref().is_some_and(|span| !self.line.get(span.clone()).unwrap_or("").contains("废止"));
        if !of_another {
            self.state(verb);
        }
    }

    /// States the event on the current day and on the days that waited for it, unless the day belongs to another verb.
    fn state(&mut self, verb: &Verb) {
        let Some(day) = &mut self.day else { return };
        if let Some(end) = day.verb_end {
            let between = self.line.get(end..verb.span.start).unwrap_or("");
            let near =
                between.len() <= SAME_STATEMENT_BYTES_MAX && !between.contains([' ', '\u{3000}', '。', '，', ',']);
            if !near {
                return;
            }
        }
        let repeated = day.verb_end.is_some() && verb.kind == EventKind::Adopted;
        day.verb_end = Some(verb.span.end);
        let (start, date) = (day.start, day.date);
        if repeated {
            return; // 修订通过: one event.
        }
        for waited in std::mem::take(&mut self.waiting) {
            self.push(verb.kind, waited.date, waited.start..verb.span.end);
        }
        if verb.kind == EventKind::Effective {
            self.decided(verb, start, date);
            // 根据《…的决定》修订 自2020年5月1日起施行.
            if let Some((start, kind)) = self.changed.take() {
                self.push(kind, date, start..verb.span.end);
            }
        }
        self.push(verb.kind, date, start..verb.span.end);
    }

    /// 修正、修订: on the first day named after 根据, else on the current day.
    fn change(&mut self, verb: &Verb) {
        let end = verb.span.end;
        let basis = self.basis.take();
        let undated = basis.as_ref().filter(|basis| basis.first_day.is_none()).map(|basis| (basis.start, verb.kind));
        if let Some(basis) = basis
            && let Some(date) = basis.first_day
        {
            let orders = std::mem::take(&mut self.waiting);
            if let Some(day) = self.day.as_ref().filter(|_| !orders.is_empty() && self.are_orders(&orders)) {
                // 根据2013年云令第1号、2015年云令第2号修正: two changes.
                let days: Vec<(Date, usize)> = orders.iter().chain([day]).map(|day| (day.date, day.start)).collect();
                days.into_iter().for_each(|(date, start)| self.push(verb.kind, date, start..end));
            } else {
                self.push(verb.kind, date, basis.start..end);
            }
            if let Some(day) = &mut self.day {
                day.verb_end = Some(end);
            }
            return;
        }
        let known = self.events.len();
        self.state(verb);
        self.changed = undated.filter(|_| self.events.len() == known);
    }

    /// Whether every one of the days is that of an order with its own number.
    fn are_orders(&self, days: &[Day]) -> bool {
        let ends = days.iter().skip(1).chain(&self.day).map(|next| next.start);
        days.iter().zip(ends).all(|(day, end)| self.line.get(day.start..end).is_some_and(is_order))
    }

    /// 自公布之日起施行: the day on which the text was promulgated, else made, as far as told up to here.
    fn effective_from_event(&mut self, start: usize, verb: &Verb, delay: Delay) {
        if let Some(date) = promulgated(self.events, false).and_then(|date| later(date, delay)) {
            self.push(EventKind::Effective, date, start..verb.span.end);
        }
    }

    /// A statement without a verb of its own: 2018年3月11日通过的《宪法修正案》, 2009年3月24日农业部令第20号.
    /// Whether it was the first kind, of which several may stand in a row before one 修正.
    fn end_day(&mut self, end: usize) -> bool {
        let Some(day) = self.day.take().filter(|day| day.verb_end.is_none()) else { return false };
        let title = self.title.take();
        let inside =
            title.clone().and_then(|title| Some((line::verb_inside(self.line.get(title.clone())?)?, title.end)));
        if let Some((kind, end)) = inside.filter(|_| self.basis.is_none()) {
            self.push(kind, day.date, day.start..end);
            return true;
        }
        let ordered = |title: &Range<usize>| self.line.get(day.start..title.start).is_some_and(is_order);
        if let Some(title) = &title
            && (day.attribute.is_some() || ordered(title))
            && self.line.get(title.clone()).is_some_and(line::is_change)
        {
            self.push(EventKind::Amended, day.date, day.start..title.end);
            return true;
        }
        let words = self.line.get(day.start..end).unwrap_or("");
        // 2011年11月25日省人大常委会批准的2011年11月15日市人大常委会《…的决定》修正.
        if day.attribute == Some(EventKind::Approved) && self.basis.is_none() && title.is_none() {
            let quote = words.trim_end().trim_end_matches('的').len();
            self.push(EventKind::Approved, day.date, day.start..day.start + quote);
        }
        if day.attribute.is_none() && self.basis.is_none() && title.is_none() && is_order(words) {
            self.push(EventKind::Promulgated, day.date, day.start..day.start + words.trim_end().len());
        }
        false
    }

    fn end_statement(&mut self, end: usize) {
        self.end_day(end);
        self.basis = None;
        self.waiting.clear();
    }

    fn push(&mut self, kind: EventKind, date: Date, span: Range<usize>) {
        let quote = self.line.get(span).unwrap_or("").to_string();
        push(self.events, Event { kind, date, source: self.source, quote });
    }
}

/// The instruments that the decisions named in history lines change, where a decision names just one: 《关于修改〈云法〉的决定》.
pub fn amended_titles(history: &[String]) -> Vec<&str> {
    history.iter().flat_map(|line| line::amended_titles(line)).collect()
}

/// The title of the instrument that the decisions in the history of a document change, if it is another one than the
/// document bears: the instrument was renamed, or the title is wrong.
///
/// Titles that contain each other are not told apart: 关于云的规定 stands for 最高人民法院关于云的规定, and 《云州实施〈云法〉办法》 is
/// often quoted wrongly as 《云法》.
pub fn other_title(document: &Document) -> Option<&str> {
    let own = folded_title(&document.title);
    let alike = |title: &&str| {
        let named = folded_title(title);
        named.contains(&own) || own.contains(&named)
    };
    let named = amended_titles(&document.history);
    if named.iter().any(alike) { None } else { named.last().copied() }
}

/// Adds an event that is not there yet.
fn push(events: &mut Vec<Event>, event: Event) {
    if events.len() < EVENTS_MAX && !events.contains(&event) {
        events.push(event);
    }
}

/// The day of promulgation of the last act (of the last that gave the whole text anew with `whole`), else of its making.
fn promulgated(events: &[Event], whole: bool) -> Option<Date> {
    let acts = acts(events);
    let act = if whole { acts.iter().rev().find(|act| act.is_whole_text()) } else { acts.last() };
    act.map(Act::earliest_effect)
}

/// Whether the words are those of an order with its number: 国家林业局第46号令, 国务院令第692号.
fn is_order(words: &str) -> bool {
    let order = words.find('令').and_then(|at| words.get(at..)).is_some_and(|rest| rest.contains('号'));
    order || words.contains("号令")
}

/// A day plus a delay.
fn later(date: Date, delay: Delay) -> Option<Date> {
    if delay.is_unknown {
        return None;
    }
    date.checked_add(i64::from(delay.months).months().days(i64::from(delay.days))).ok()
}

#[cfg(test)]
mod tests;
