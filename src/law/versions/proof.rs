//! What the bounds of an interval rest on.

use crate::law::event::{Event, EventKind, EventSource};
use crate::law::validity::{EndedBy, Interval};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How the words begin that tell of the mark of a source.
pub(super) const MARKED: &str = "来源标注";

/// What the first or the last day of a version rests on (依据): an event, and the words that tell of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// What happened. A version ends by what began the next one, by its own repeal or by the end of its period.
    pub event: EventKind,
    /// When it happened.
    pub date: Date,
    /// Where it was read.
    pub source: EventSource,
    /// The words, verbatim.
    pub quote: String,
    /// Id of the provision, version or document that has the words, where it is known.
    pub document: Option<String>,
    /// In Chinese, why the day only stands in for one that is not known; absent means proved.
    pub assumed: Option<String>,
}

/// What both bounds of an interval rest on. A bound that is not known has no proof.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Proofs {
    /// Of the first day in force.
    pub from: Option<Proof>,
    /// Of the first day no longer in force.
    pub to: Option<Proof>,
}

impl Proof {
    /// Whether it is the date by which a source dates a text long after all that is told of it (`later.rs`).
    pub fn is_of_later_text(&self) -> bool {
        (self.event, self.source) == (EventKind::Amended, EventSource::Stated) && self.assumed.is_some()
    }

    /// Whether it is the mark of a source that says when it says so, but not since when that holds (`asserted.rs`).
    fn is_of_mark(&self) -> bool {
        self.source == EventSource::Stated && self.assumed.is_some() && self.quote.starts_with(MARKED)
    }

    /// What an event proves.
    pub fn of(event: &Event) -> Proof {
        let Event { kind, date, source, quote } = event.clone();
        Proof { event: kind, date, source, quote, document: None, assumed: None }
    }

    /// A repeal told by a document outside of the instrument (废止); `document` is the id of the provision that says so.
    pub fn repealed(on: Date, source: EventSource, quote: impl Into<String>, document: Option<String>) -> Proof {
        Proof { event: EventKind::Repealed, date: on, source, quote: quote.into(), document, assumed: None }
    }

    /// The same, remarked as a stand-in.
    pub(super) fn assumed(self, why: impl Into<String>) -> Proof {
        Proof { assumed: Some(why.into()), ..self }
    }
}

/// Ends an interval by something that is proved, unless it ends before; never before its own first day. An end that is only
/// the latest possible one gives way to a proved one.
pub fn end_by(interval: &mut Interval, proofs: &mut Proofs, on: Date, by: EndedBy, proof: Proof) {
    let on = interval.effective_from.map_or(on, |from| on.max(from));
    // An end by an assumed next version stays: of an extension that nobody can read it is marked as the latest, too.
    let is_asserted = interval.end_is_latest && proofs.to.as_ref().is_some_and(Proof::is_of_mark);
    if is_asserted || interval.ended_on.is_none_or(|ended| on < ended) {
        // What may be over by a period that nobody can read may be so before it is repealed.
        interval.end_is_latest &= !is_asserted;
        (interval.ended_on, interval.ended_by) = (Some(on), Some(by));
        proofs.to = Some(proof);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn only_the_mark_of_a_source_gives_way_to_a_later_repeal() {
        let ended = |source: EventSource, quote: &str| {
            let proof = Proof {
                event: EventKind::Amended,
                date: date(2024, 1, 1),
                source,
                quote: quote.to_string(),
                document: None,
                assumed: Some("暂以该日计".to_string()),
            };
            let mut interval = Interval {
                ended_on: Some(date(2024, 1, 1)),
                ended_by: Some(EndedBy::Amendment),
                end_is_latest: true,
                ..Interval::default()
            };
            let mut proofs = Proofs { from: None, to: Some(proof) };
            let repeal = Proof::repealed(date(2025, 1, 1), EventSource::Text, "同时废止", None);
            end_by(&mut interval, &mut proofs, date(2025, 1, 1), EndedBy::Repeal, repeal);
            (interval.ended_on, interval.end_is_latest)
        };
        assert_eq!(ended(EventSource::Stated, "来源标注“已废止”"), (Some(date(2025, 1, 1)), false));
        for other in ["来源所注日期：2024-01-01", "自2024年1月1日起施行"] {
            assert_eq!(ended(EventSource::Stated, other), (Some(date(2024, 1, 1)), true), "{other}");
        }
        assert_eq!(ended(EventSource::Text, "来源标注"), (Some(date(2024, 1, 1)), true));
    }
}
