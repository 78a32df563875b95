//! What other instruments tell of a longer period of validity (有效期延长至2028年9月30日): the end of the period is the one that they
//! tell, with their sentence as its proof.

use super::intervals::{Placed, VersionInput};
use super::proof::Proof;
use crate::law::event::EventKind;
use crate::law::history::{extended_to, moves_end};
use crate::law::validity::EndedBy;
use jiff::civil::Date;

/// What a notice that extends the validity of a version says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extended {
    /// The words that tell for how long.
    pub words: String,
    /// Title of the notice.
    pub by: String,
    /// Its sentence.
    pub proof: Proof,
}

/// Moves the end of a period by the notices that extend it, in the order of their making; `since` as for the end itself. Whether
/// that was done: then what the text itself tells of the end is done with.
///
/// Of one whose words do not tell until when nobody knows whether it is over: its status is unknown from its first day on, and it says why.
pub(super) fn extend(version: &mut Placed, input: &VersionInput<'_>, since: Option<Date>) -> bool {
    let own = input.events.iter().filter(|event| event.kind == EventKind::Expired);
    let own = own.map(|event| event.date).filter(|day| since.is_none_or(|since| *day >= since)).min();
    let from = version.effective_from();
    let (mut end, mut last) = (own, None);
    for extended in &input.extended {
        let Some(to) = extended_to(&extended.words, end, from) else {
            version.found.interval.end_is_latest = true;
            version.remark(format!(
                "时效待核：《{}》延长本件的有效期，延至何日未能读出（{}）",
                extended.by, extended.proof.quote
            ));
            return true;
        };
        if end.is_none_or(|end| end < to) || moves_end(&extended.words) {
            (end, last) = (Some(to), Some(extended));
        } else if end != Some(to) {
            let until = to.yesterday().unwrap_or(to);
            version.remark(format!("《{}》载明有效期至{until}，早于已知的期限，未予采用，请核对", extended.by));
        }
    }
    let (Some(end), Some(extended)) = (end, last) else { return false };
    let verb = if moves_end(&extended.words) { "改" } else { "延长" };
    version.end(end, EndedBy::Expiry, Proof { date: end, ..extended.proof.clone() });
    let until = end.yesterday().unwrap_or(end);
    version.remark(format!("有效期由《{}》{verb}至{until}", extended.by));
    true
}
