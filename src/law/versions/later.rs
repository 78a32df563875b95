//! Texts that their source dates long after everything that is told of them: collections name a file by its last change and
//! drop that line of the history.

use super::intervals::Placed;
use super::proof::Proof;
use crate::law::event::{EventKind, EventSource};
use jiff::civil::Date;

/// Days after the last change that is told, or after the first day, from which on a source's date tells of another change.
const LATER_DAYS: i32 = 200;

/// Lets such a text begin on the day of its source: the days that it tells are those of an earlier text. Where another version
/// is of a change on that day, its text is here, and the date says nothing.
pub(super) fn begin_amended(placed: &mut [Placed]) {
    let days: Vec<Vec<Date>> =
        placed.iter().map(|version| version.last_act.iter().flat_map(|act| act.days()).collect()).collect();
    for (at, version) in placed.iter_mut().enumerate() {
        let is_of_other = |date: Date| days.iter().enumerate().any(|(other, days)| other != at && days.contains(&date));
        if let Some(date) = amended_on(version).filter(|date| !is_of_other(*date)) {
            begin(version, date);
        }
    }
}

/// The day by which the source dates the text, if it is long after everything that is told of it.
fn amended_on(version: &Placed) -> Option<Date> {
    let date = version.source_date?;
    let told = version.found.proofs.from.as_ref();
    if told.is_some_and(|told| told.source == EventSource::Correction || told.date >= date) {
        return None;
    }
    let known = version.last_act.as_ref().map(|act| act.last_day).max(told.map(|told| told.date))?;
    is_untold(date, known).then_some(date)
}

/// Whether a source's date tells of a change that is not among what is known until a day.
pub(super) fn is_untold(date: Date, known: Date) -> bool {
    (date - known).get_days() > LATER_DAYS
}

fn begin(version: &mut Placed, date: Date) {
    let proof = untold(date, date, &format!("来源所注日期：{date}"), version.effective_from());
    version.remark(proof.assumed.clone().unwrap_or_default());
    version.begin(Some(proof));
}

/// What the first day of such a text rests on; `first` is the day that its source gives for it, else that of the change; `told` is
/// the first day in its words.
pub(super) fn untold(date: Date, first: Date, quote: &str, told: Option<Date>) -> Proof {
    let told = told.map(|day| format!("；{day}起施行的是此前的文本")).unwrap_or_default();
    let begins = match first == date {
        true => "施行日不详，暂以该日计".to_string(),
        false => format!("施行日期采用来源所注{first}"),
    };
    let remark = format!("本文本应为{date}修改以后的文本（题注未载这次修改），{begins}{told}");
    Proof {
        event: EventKind::Amended,
        date: first,
        source: EventSource::Stated,
        quote: quote.to_string(),
        document: None,
        assumed: Some(remark),
    }
}
