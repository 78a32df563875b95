//! Acts: what events together say of one making or changing of the text.

use crate::law::event::{Event, EventKind, EventSource};
use jiff::civil::Date;

/// Days within which a second adoption belongs to the first: two organs that act jointly.
const JOINT_DAYS_MAX: i32 = 400;
/// Days within which an approval or promulgation belongs to what was adopted; before the Legislation Law it could be years.
const PROMULGATION_DAYS_MAX: i32 = 800;

/// Days within which a stated promulgation, which does not say of what, belongs to the last act of the history.
const STATED_DAYS_MAX: i32 = 200;

/// One making or changing of the text: adopted, perhaps approved by a higher organ, promulgated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// `Adopted` or `Promulgated` for a text given as a whole, `Amended` (修正) or `Revised` (修订) for a change.
    pub kind: EventKind,
    /// Day of adoption or of the change; the last of a joint act.
    pub changed_on: Option<Date>,
    /// Day of approval by a higher organ (批准).
    pub approved_on: Option<Date>,
    /// Day of promulgation (公布).
    pub promulgated_on: Option<Date>,
    /// Earliest day named.
    pub first_day: Date,
    /// Latest day named.
    pub last_day: Date,
    /// The words that tell of its adoption or change.
    pub quote: String,
    /// Where they were read.
    pub source: EventSource,
}

impl Act {
    fn new(event: &Event) -> Act {
        let mut act = Act {
            kind: event.kind,
            changed_on: None,
            approved_on: None,
            promulgated_on: None,
            first_day: event.date,
            last_day: event.date,
            quote: event.quote.clone(),
            source: event.source,
        };
        act.add(event);
        act
    }

    fn add(&mut self, event: &Event) {
        let date = Some(event.date);
        match event.kind {
            EventKind::Promulgated => self.promulgated_on = self.promulgated_on.or(date),
            EventKind::Approved => self.approved_on = self.approved_on.or(date),
            _ => self.changed_on = self.changed_on.max(date),
        }
        let rank = |kind: EventKind| match kind {
            EventKind::Revised => 4,
            EventKind::Amended => 3,
            EventKind::Adopted => 2,
            EventKind::Promulgated => 1,
            _ => 0,
        };
        if rank(event.kind) > rank(self.kind) {
            self.kind = event.kind;
            self.quote.clone_from(&event.quote);
            self.source = event.source;
        }
        self.first_day = self.first_day.min(event.date);
        self.last_day = self.last_day.max(event.date);
    }

    /// Takes a day that a person corrected in place of what was told.
    fn correct(&mut self, event: &Event) {
        let date = Some(event.date);
        match event.kind {
            EventKind::Promulgated => self.promulgated_on = date,
            EventKind::Approved => self.approved_on = date,
            _ => self.changed_on = date,
        }
        self.first_day = self.days().min().unwrap_or(event.date);
        self.last_day = self.days().max().unwrap_or(event.date);
    }

    /// The day that names the version: promulgation, else adoption or change, else approval.
    pub fn key_date(&self) -> Date {
        self.promulgated_on.or(self.changed_on).or(self.approved_on).unwrap_or(self.last_day)
    }

    /// Whether the act gave the text as a whole, so that its 附则 speaks of this act. What the State Council calls 修订 by a
    /// decision (《国务院关于修改部分行政法规的决定》) leaves the 附则 as it was.
    pub fn is_whole_text(&self) -> bool {
        self.kind != EventKind::Amended && self.decision().is_none()
    }

    /// The days it is known by: change, promulgation, approval.
    pub fn days(&self) -> impl Iterator<Item = Date> {
        [self.changed_on, self.promulgated_on, self.approved_on].into_iter().flatten()
    }

    /// Whether a text that was there before was changed (修正, 修订).
    pub fn is_change(&self) -> bool {
        matches!(self.kind, EventKind::Amended | EventKind::Revised)
    }

    /// The decision by which the text was changed (关于修改…的决定), if one is named.
    pub fn decision(&self) -> Option<&str> {
        let start = self.quote.find('《')?;
        let end = self.quote.rfind('》')?;
        self.quote.get(start..end + '》'.len_utf8()).filter(|title| super::line::is_change(title))
    }

    fn takes(&self, event: &Event) -> bool {
        let days = (event.date - self.first_day).get_days();
        if event.date == self.last_day {
            return true;
        }
        match event.kind {
            EventKind::Amended | EventKind::Revised => false,
            EventKind::Adopted => !self.is_change() && days <= JOINT_DAYS_MAX,
            EventKind::Promulgated => self.promulgated_on.is_none() && days <= PROMULGATION_DAYS_MAX,
            _ => self.approved_on.is_none() && days <= PROMULGATION_DAYS_MAX,
        }
    }
}

/// The acts that events tell of, in order of time.
///
/// History lines are believed before stated metadata, and these before the signature of the text; the weaker source
/// serves only where the stronger is silent, because it does not say which act its date belongs to.
///
/// A person's correction of a date says when the last of them was adopted or promulgated, whatever was told of it.
pub fn acts(events: &[Event]) -> Vec<Act> {
    let mut acts = told(events);
    let corrected = |event: &&Event| event.source == EventSource::Correction && event.kind.makes_text();
    for event in events.iter().filter(corrected) {
        match acts.last_mut() {
            Some(last) => last.correct(event),
            None => acts.push(Act::new(event)),
        }
    }
    acts
}

fn told(events: &[Event]) -> Vec<Act> {
    for source in [EventSource::History, EventSource::Stated, EventSource::Text] {
        let mut made: Vec<&Event> =
            events.iter().filter(|event| event.source == source && event.kind.makes_text()).collect();
        if !made.is_empty() {
            made.sort_by_key(|event| event.date);
            let mut acts = group(&made);
            if source == EventSource::History
                && let Some(last) = acts.last_mut()
            {
                promulgate(last, events);
            }
            return acts;
        }
    }
    Vec::new()
}

/// Takes the stated day of promulgation for the last act, if its history lines do not tell one and it follows soon.
fn promulgate(last: &mut Act, events: &[Event]) {
    let stated = |event: &&Event| event.source == EventSource::Stated && event.kind == EventKind::Promulgated;
    let soon = |event: &&Event| (0..=STATED_DAYS_MAX).contains(&(event.date - last.last_day).get_days());
    if last.promulgated_on.is_none()
        && let Some(event) = events.iter().filter(stated).find(soon)
    {
        last.add(event);
    }
}

fn group(events: &[&Event]) -> Vec<Act> {
    let mut acts: Vec<Act> = Vec::new();
    for event in events {
        match acts.last_mut().filter(|act| act.takes(event)) {
            Some(act) => act.add(event),
            None => acts.push(Act::new(event)),
        }
    }
    acts
}
