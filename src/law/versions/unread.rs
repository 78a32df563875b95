//! Periods of validity that a text tells and nobody can read: whether it is still in force is unknown then, and said to be so.

use super::intervals::{Placed, VersionInput};
use crate::law::history::{
    contradicting_period, disputed_period, impossible_first_day, suspended_line, uncounted_first_day, unread_period,
};

/// Leaves unknown whether a version is over that nothing ends, although one of its texts tells a period of validity.
pub(super) fn unplace(version: &mut Placed, input: &VersionInput<'_>) {
    if let Some(words) = input.documents.iter().find_map(|document| impossible_first_day(document)) {
        let words: String = words.chars().take(QUOTE_CHARS_MAX).collect();
        version.remark(format!("文中所写施行日期在日历上不存在，未据以推算，请核对（{words}）"));
    }
    let mut documents = input.documents.iter();
    if version.effective_from().is_none()
        && let Some(words) = documents.find_map(|document| uncounted_first_day(document, &input.events))
    {
        let words: String = words.chars().take(QUOTE_CHARS_MAX).collect();
        version.remark(format!("时效待核：文中规定的施行之日未能推算（{words}）"));
    }
    if let Some(words) = input.documents.iter().find_map(|document| disputed_period(document, &input.events)) {
        let words: String = words.chars().take(QUOTE_CHARS_MAX).collect();
        version.remark(format!("文中所写有效期年限与起止日期不一致，按所写日期计，请核对（{words}）"));
    }
    let contradicting = input.documents.iter().find_map(|document| contradicting_period(document, &input.events));
    if let Some((line, end)) = contradicting {
        let until = end.yesterday().unwrap_or(end);
        version.remark(format!("文首或文末另有一行写明有效期至{until}（{line}），与正文不一致，未据以推算，请核对"));
    }
    if let Some(line) = input.documents.iter().find_map(|document| suspended_line(document)) {
        version.remark(format!("文中载明暂停执行，是否恢复、何时恢复请核对（{line}）"));
    }
    if version.found.interval.ended_on.is_some() || version.effective_from().is_none() {
        return;
    }
    let mut documents = input.documents.iter();
    let Some(words) = documents.find_map(|document| unread_period(document, &input.events)) else { return };
    let words: String = words.chars().take(QUOTE_CHARS_MAX).collect();
    // It has begun; whether it is over, nobody knows.
    version.found.interval.end_is_latest = true;
    version.remark(format!("时效待核：文中载明有效期，何日届满未能读出（{words}）"));
}

/// Characters of the words that the remark quotes.
const QUOTE_CHARS_MAX: usize = 80;
