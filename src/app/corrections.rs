//! Corrections by persons: what is received stays in the journal, what a person corrected is what counts, and both are shown.

use super::view::CorrectionShown;
use crate::corpus::record::reaches;
use crate::corpus::{Place, Put, Record};
use crate::law::history::Corrected;
use crate::law::{Access, Document};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::offset;

/// A record with a person's corrections applied to its document, and these in the order recorded.
#[derive(Debug, Clone)]
pub struct Revised {
    /// The record, corrected.
    pub put: Put,
    /// What was corrected, each with what stood there before.
    pub corrections: Vec<Correction>,
}

/// A correction that holds.
#[derive(Debug, Clone)]
pub struct Correction {
    /// What is shown of it.
    pub shown: CorrectionShown,
    /// Who may see it, if not everyone who sees its subject.
    pub access: Option<Access>,
}

impl Revised {
    /// Applies the corrections among the acts of a group.
    ///
    /// `own` is the name of this node: a correction by another one is of what that one issued.
    pub fn of(mut put: Put, acts: &[(Place, Record)], own: &str) -> Revised {
        let mut corrections = Vec::new();
        for (_, act) in acts {
            if corrects(act, &put, own)
                && let Record::Correct(act) = act
                && let Some(document) = with_field(&put.document, &act.field, &act.value)
            {
                let before = field(&put.document, &act.field);
                put.document = document;
                if act.field == STATUS {
                    put.document.asserted_on = (!act.value.is_null()).then(|| said_on(act.at));
                }
                let shown = CorrectionShown {
                    field: act.field.clone(),
                    before,
                    value: act.value.clone(),
                    reason: act.reason.clone(),
                    proof: act.proof.clone(),
                    recorded_at: act.at.to_string(),
                };
                corrections.push(Correction { shown, access: act.access });
            }
        }
        Revised { put, corrections }
    }

    /// What was corrected, with the evidence, for those who read its history. Of one field the last holds.
    pub fn fields(&self) -> Vec<Corrected> {
        let field = |correction: &Correction| Corrected {
            field: correction.shown.field.clone(),
            proof: correction.shown.proof.clone(),
        };
        self.corrections.iter().rev().map(field).collect()
    }

    /// The corrections that an access shows.
    pub fn seen(self, access: Access) -> Vec<CorrectionShown> {
        let seen = self.corrections.into_iter().filter(|correction| correction.access.is_none_or(|own| own <= access));
        seen.map(|correction| correction.shown).collect()
    }
}

/// The field by which a person says how a text stands. What he says, he says of the day on which he says it; a correction of
/// `asserted_on` behind it names another day.
const STATUS: &str = "asserted_status";

/// The day, as Chinese law counts it, of what was recorded at a moment.
pub fn said_on(at: Timestamp) -> Date {
    offset(BEIJING_HOURS).to_datetime(at).date()
}

/// Hours that Beijing time, by which Chinese law counts its days, is ahead of UTC.
const BEIJING_HOURS: i8 = 8;

/// Whether an act corrects a record.
pub fn corrects(act: &Record, put: &Put, own: &str) -> bool {
    matches!(act, Record::Correct(act) if act.id == put.id && reaches(act.node.as_deref(), &put.origin, own))
}

/// A document with one field of the interchange format set, or taken away by `null`; `None` if that makes no document.
pub fn with_field(document: &Document, field: &str, value: &serde_json::Value) -> Option<Document> {
    let serde_json::Value::Object(mut object) = serde_json::to_value(document).ok()? else { return None };
    if value.is_null() {
        object.remove(field);
    } else {
        object.insert(field.to_string(), value.clone());
    }
    crate::extract::interchange::record(object).ok()
}

/// What a document states in a field; `null` if nothing.
pub fn field(document: &Document, field: &str) -> serde_json::Value {
    let stated = serde_json::to_value(document).ok();
    stated.and_then(|mut stated| stated.get_mut(field).map(serde_json::Value::take)).unwrap_or_default()
}
