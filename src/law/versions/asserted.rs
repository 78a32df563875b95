//! What sources say of the validity of a version, weighed against what its history makes of it.

use super::intervals::{Asserted, Placed, VersionInput};
use super::proof::{MARKED, Proof};
use crate::law::event::{EventKind, EventSource};
use crate::law::validity::{EndedBy, ValidityStatus};
use jiff::civil::Date;

/// Uses an assertion where nothing else ended the version, and remarks on a disagreement. The day on which a source said
/// that it was over is the latest on which it ended; for the days before nothing is proved.
pub(super) fn weigh_assertion(version: &mut Placed, asserted: &Asserted, source_date: Option<Date>) {
    let (by, event) = match asserted.status {
        ValidityStatus::Repealed => (EndedBy::Repeal, EventKind::Repealed),
        ValidityStatus::Expired => (EndedBy::Unknown, EventKind::Expired),
        ValidityStatus::Amended => (EndedBy::Amendment, EventKind::Amended),
        _ => return remark_on_disagreement(version, asserted),
    };
    if version.found.interval.ended_on.is_some() {
        return remark_on_disagreement(version, asserted);
    }
    let name = asserted.status.chinese();
    // The mark is of an older text: the row of the source is dated before this one was made.
    if let (Some(said), Some(act)) = (source_date, &version.last_act)
        && said < act.first_day
    {
        version.found.interval.end_is_latest = true;
        return version.remark(format!("来源把所注日期为{said}的文本标注“{name}”，而所收是其后的文本；{MAY_BE_OVER}"));
    }
    let remark = match asserted.on {
        None => format!("来源标注“{name}”，未注明自何日起，也未见依据"),
        Some(on) => format!("来源在{on}已标注“{name}”，自何日起未见，此前是否有效未知"),
    };
    let known = version.last_act.as_ref().map(|act| act.last_day);
    if let Some(date) = asserted.on.or(version.effective_from()).or(known).or(source_date) {
        let (source, quote) = (EventSource::Stated, format!("{MARKED}“{name}”"));
        let proof = Proof { event, date, source, quote, document: None, assumed: Some(remark.clone()) };
        version.end(date, by, proof);
        version.found.interval.end_is_latest = asserted.on.is_some();
    }
    version.remark(remark);
}

/// How a remark ends that doubts whether the newest version is still in force.
pub const MAY_BE_OVER: &str = "本版本是否仍有效，请核对";

/// A source that says of a text of the newest day or later that it is over, and holds an older one, means the newest: its mark must
/// not vanish with the older text. `placed` in order.
pub(super) fn doubt_newest(placed: &mut [Placed], versions: &[VersionInput<'_>]) {
    let Some((newest, older)) = placed.split_last_mut() else { return };
    let (Some(day), None) = (newest.order, newest.found.interval.ended_on) else { return };
    for version in older.iter() {
        let Some((input, said)) = versions.get(version.index).zip(version.source_date.filter(|said| *said >= day))
        else {
            continue;
        };
        let over = |one: &&Asserted| matches!(one.status, ValidityStatus::Repealed | ValidityStatus::Expired);
        if let Some(asserted) = input.asserted.iter().find(over) {
            let name = asserted.status.chinese();
            newest.remark(format!("来源把所注日期为{said}的文本标注“{name}”，而所收是较早的文本；{MAY_BE_OVER}"));
        }
    }
}

fn remark_on_disagreement(version: &mut Placed, asserted: &Asserted) {
    let Some(on) = asserted.on else { return };
    let computed = version.found.interval.status(on);
    let over = |status| matches!(status, ValidityStatus::Amended | ValidityStatus::Repealed | ValidityStatus::Expired);
    let agree = computed == asserted.status
        || over(computed) && over(asserted.status)
        || computed == ValidityStatus::Unknown
        || asserted.status == ValidityStatus::Unknown;
    if !agree {
        let (said, found) = (asserted.status.chinese(), computed.chinese());
        version.remark(format!("来源（{on}）标注“{said}”，按沿革推算为“{found}”"));
    }
}
