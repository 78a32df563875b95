//! From the versions of one instrument to the days on which each is in force.

use crate::law::document::Document;
use crate::law::event::{Event, EventKind, EventSource};
use crate::law::history::{Act, acts};
use crate::law::validity::{EndedBy, Interval, ValidityStatus};
use jiff::civil::Date;

/// What is known of one version, from all its sources together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VersionInput {
    /// The events of all sources, in the order of preference of the sources.
    pub events: Vec<Event>,
    /// What sources say of its validity.
    pub asserted: Vec<Asserted>,
    /// A date of unknown kind, used only to put a version in order that says nothing else.
    pub source_date: Option<Date>,
}

/// What a source says of the validity of a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asserted {
    /// The status.
    pub status: ValidityStatus,
    /// The day on which the source said so; `None` if it does not say.
    pub on: Option<Date>,
}

impl VersionInput {
    /// What the documents of one version tell together.
    pub fn of<'a>(documents: impl IntoIterator<Item = (&'a Document, &'a [Event])>) -> VersionInput {
        let mut input = VersionInput::default();
        for (document, events) in documents {
            input.events.extend(events.iter().cloned());
            let status = document.asserted_status.as_deref().and_then(status_by_name);
            input.asserted.extend(status.map(|status| Asserted { status, on: document.asserted_on }));
            input.source_date = input.source_date.or(document.source_date);
        }
        input
    }
}

fn status_by_name(name: &str) -> Option<ValidityStatus> {
    ValidityStatus::ALL.iter().find(|(_, known, _)| *known == name).map(|(status, _, _)| *status)
}

/// A version being placed in time.
struct Placed {
    /// Place in the caller's list.
    index: usize,
    last_act: Option<Act>,
    /// The day by which versions are put in order.
    order: Option<Date>,
    /// The source's date, which puts in order what is otherwise of one day.
    source_date: Option<Date>,
    interval: Interval,
    /// Whether its first day is that of the decision that changed it, for want of a stated one.
    assumed: bool,
    remarks: Vec<String>,
}

/// When each version of one instrument is in force, in the order given, with remarks in Chinese.
///
/// **First day.** A stated day of effect belongs to a version only if it is not before the last change of its text: the
/// 附则 of a text amended article by article still tells the first day of the *first* version (商标法 2019 says
/// 自1983年3月1日起施行). Of the days that belong to it the words of the law go before the history lines and these before
/// stated metadata; 自公布之日起 without a known promulgation comes last. If there is none, a *changed* text is in force from the promulgation (else the day) of the decision
/// that changed it, as such decisions say unless they say otherwise; a *first* text without a day stays unknown.
///
/// **Last day.** A version ends when the next begins, when it is repealed, or when its period is over, whichever is first.
/// If the next one's first day is unknown, the older one is not shown as in force for ever: it ends with the promulgation
/// of the next, and both carry a remark. A version without any date, not even one of its own words, cannot be put in order; if there are others it is
/// `Unknown`, and says why. What a source asserts ends a version only if nothing else did.
pub fn intervals(versions: &[VersionInput]) -> Vec<(Interval, Vec<String>)> {
    let mut placed: Vec<Placed> = versions.iter().enumerate().map(|(index, version)| place(index, version)).collect();
    order_by_own_words(&mut placed, versions);
    placed.sort_by_key(|version| (version.order, version.source_date, version.index));
    let undated = placed.iter().take_while(|version| version.order.is_none()).count();
    let several = placed.len() > 1;
    let (unordered, chain) = placed.split_at_mut(undated);
    for version in unordered.iter_mut().filter(|_| several) {
        version.interval.effective_from = None;
        version.remarks.push("历史沿革和日期均未见，无法与同一文件的其他版本排序".to_string());
    }
    begin_in_order(chain);
    end_by_next(chain);
    for version in &mut placed {
        if let Some(input) = versions.get(version.index) {
            end_by_own_events(version, input);
            input.asserted.iter().for_each(|asserted| weigh_assertion(version, asserted, input.source_date));
        }
    }
    placed.sort_by_key(|version| version.index);
    placed.into_iter().map(|version| (version.interval, version.remarks)).collect()
}

fn place(index: usize, version: &VersionInput) -> Placed {
    let acts = acts(&version.events);
    let (stated_from, remarks) = effective_from(version, &acts);
    let changed = acts.last().filter(|last| acts.len() > 1 || last.is_change()).map(Act::key_date);
    let from = stated_from.or(changed);
    let mut remarks = remarks;
    if let (None, Some(day)) = (stated_from, changed) {
        remarks.push(format!("施行日期未见，暂以修改之日{day}计"));
    }
    let last_act = acts.into_iter().next_back();
    let stated = version.events.iter().find(|event| is_effective(event, EventSource::Stated)).map(|event| event.date);
    let order = last_act.as_ref().map(Act::key_date).or(stated).or(version.source_date);
    let interval = Interval { effective_from: from, ended_on: None, ended_by: None };
    Placed {
        index,
        last_act,
        order,
        source_date: version.source_date,
        interval,
        assumed: stated_from.is_none(),
        remarks,
    }
}

fn is_effective(event: &Event, source: EventSource) -> bool {
    event.kind == EventKind::Effective && event.source == source
}

/// The first day in force as far as anything states it, with remarks on what contradicts it.
fn effective_from(version: &VersionInput, acts: &[Act]) -> (Option<Date>, Vec<String>) {
    let since = acts.last().map(|act| act.first_day);
    let belongs = |day: &Date| since.is_none_or(|since| *day >= since);
    let days = |source, weak| {
        let events = version.events.iter().filter(move |event| is_effective(event, source));
        events.filter(move |event| is_weak(event, acts) == weak).map(|event| event.date)
    };
    let told = [EventSource::Correction, EventSource::Text, EventSource::History];
    let told = told.iter().find_map(|source| days(*source, false).filter(belongs).min());
    let stated = days(EventSource::Stated, false).min();
    let ours = stated.filter(belongs);
    let mut remarks = Vec::new();
    let chosen = match (told, ours) {
        (Some(told), Some(ours)) if told != ours => {
            let (day, remark) = weigh(told, ours, acts, version.source_date);
            remarks.push(remark);
            Some(day)
        }
        _ => told.or(ours),
    };
    if chosen.is_some() {
        return (chosen, remarks);
    }
    if let Some(weak) = days(EventSource::Text, true).chain(days(EventSource::History, true)).filter(belongs).min() {
        let by = if acts.is_empty() { "来源所注日期" } else { "通过（批准、成文）之日" };
        remarks.push(format!("文本规定自公布之日起施行，公布日期未见，暂以{by}{weak}计"));
        return (Some(weak), remarks);
    }
    if acts.is_empty() || acts.len() > 1 || acts.last().is_some_and(Act::is_change) {
        return (None, remarks);
    }
    // A first text that was in force before it was promulgated: its own words say so.
    let early = days(EventSource::Text, false).chain(days(EventSource::History, false)).max();
    if let (Some(stated), Some(since)) = (stated.filter(|stated| early != Some(*stated)), since) {
        remarks.push(format!("来源所注施行日期{stated}早于{since}的制定，未予采用"));
    }
    (early, remarks)
}

/// Which of two days of effect is that of this version: what the text tells, unless the source dates the whole text later
/// than anything its history tells. Then the history lacks the last change, and the text still tells an earlier first day.
fn weigh(told: Date, stated: Date, acts: &[Act], source_date: Option<Date>) -> (Date, String) {
    let untold = acts.last().zip(source_date).filter(|(last, date)| *date > last.last_day && *date > told);
    match untold {
        Some((_, date)) if stated >= date => {
            (stated, format!("题注未载{date}前后的变动，施行日期采用来源所注{stated}，文本所载为{told}"))
        }
        _ => (told, format!("来源所注施行日期{stated}与文本所载{told}不一致，以文本为准")),
    }
}

/// 自公布之日起 where no promulgation is known, so that the day of adoption stood in for it. Laws of the National People's
/// Congress are promulgated on the day of their adoption, so for them nothing is wanting.
fn is_weak(event: &Event, acts: &[Act]) -> bool {
    let national = |act: &Act| act.quote.contains("全国人民代表大会");
    let of_promulgation = ["公布之日", "发布之日", "颁布之日"].iter().any(|words| event.quote.contains(words));
    of_promulgation && acts.iter().all(|act| act.promulgated_on.is_none() && !national(act))
}

/// Puts a version that tells no act in order by the first day that its text states, if no other version states the same:
/// amending leaves that day as it was, so texts with different days were each given as a whole.
fn order_by_own_words(placed: &mut [Placed], versions: &[VersionInput]) {
    let own = |version: &VersionInput| {
        version.events.iter().find(|event| is_effective(event, EventSource::Text)).map(|event| event.date)
    };
    let days: Vec<Option<Date>> = versions.iter().map(own).collect();
    for version in placed.iter_mut().filter(|version| version.order.is_none()) {
        let day = days.get(version.index).copied().flatten();
        version.order = day.filter(|day| days.iter().filter(|other| **other == Some(*day)).count() == 1);
    }
}

/// A change to a text that was not yet in force begins with it, not before it. A text that tells no act of its own cannot
/// have been in force before the version it follows was made: the day in its words is that of the first version.
fn begin_in_order(chain: &mut [Placed]) {
    let mut before: Option<Date> = None;
    let mut made: Option<Date> = None;
    for version in chain {
        let early = version.interval.effective_from.filter(|from| made.is_some_and(|made| *from < made));
        if let (Some(early), None, Some(order)) = (early, &version.last_act, version.order) {
            version.interval.effective_from = Some(order);
            version.remarks.push(format!("文本所载施行日期{early}早于前一版本的制定，采用来源所注日期{order}"));
        }
        made = made.max(version.order);
        if version.assumed {
            version.interval.effective_from =
                version.interval.effective_from.map(|from| before.map_or(from, |day| from.max(day)));
        }
        before = before.max(version.interval.effective_from);
    }
}

/// Every version ends with the first day of whatever later version begins first.
fn end_by_next(chain: &mut [Placed]) {
    let mut earliest: Option<Date> = None;
    let mut next: Option<&mut Placed> = None;
    for version in chain.iter_mut().rev() {
        if let Some(day) = earliest {
            end(&mut version.interval, day, EndedBy::Amendment);
        }
        if let Some(next) = next.filter(|next| next.interval.effective_from.is_none())
            && let Some(day) = next.order
        {
            version.remarks.push(format!("后一版本（{day}）的施行日期未见，本版本暂以该日为止"));
            next.remarks.push("施行日期未见，前一版本暂以本版本的公布日期为止".to_string());
        }
        let begins = version.interval.effective_from.or(version.order);
        earliest = [earliest, begins].into_iter().flatten().min();
        next = Some(version);
    }
}

/// Its own repeal or the end of its period of validity, whichever is first.
fn end_by_own_events(version: &mut Placed, input: &VersionInput) {
    let since = version.last_act.as_ref().map(|act| act.first_day);
    for event in &input.events {
        let by = match event.kind {
            EventKind::Repealed => EndedBy::Repeal,
            EventKind::Expired => EndedBy::Expiry,
            _ => continue,
        };
        if since.is_none_or(|since| event.date >= since) {
            end(&mut version.interval, event.date, by);
        }
    }
}

/// Ends an interval unless it ends before; never before its own first day.
fn end(interval: &mut Interval, on: Date, by: EndedBy) {
    let on = interval.effective_from.map_or(on, |from| on.max(from));
    if interval.ended_on.is_none_or(|ended| on < ended) {
        (interval.ended_on, interval.ended_by) = (Some(on), Some(by));
    }
}

/// Uses an assertion where nothing else ended the version, and remarks on a disagreement.
fn weigh_assertion(version: &mut Placed, asserted: &Asserted, source_date: Option<Date>) {
    let by = match asserted.status {
        ValidityStatus::Repealed => Some(EndedBy::Repeal),
        ValidityStatus::Expired => Some(EndedBy::Unknown),
        ValidityStatus::Amended => Some(EndedBy::Amendment),
        _ => None,
    };
    match by {
        Some(by) if version.interval.ended_on.is_none() => {
            let known = version.last_act.as_ref().map(|act| act.last_day);
            let day = asserted.on.or(version.interval.effective_from).or(known).or(source_date);
            if let Some(day) = day {
                end(&mut version.interval, day, by);
            }
            let name = asserted.status.chinese();
            version.remarks.push(match asserted.on {
                None => format!("来源标注“{name}”，未注明自何日起，也未见依据"),
                Some(on) => format!("来源在{on}已标注“{name}”，自何日起未见，暂以该日计"),
            });
        }
        _ => remark_on_disagreement(version, asserted),
    }
}

fn remark_on_disagreement(version: &mut Placed, asserted: &Asserted) {
    let Some(on) = asserted.on else { return };
    let computed = version.interval.status(on);
    let over = |status| matches!(status, ValidityStatus::Amended | ValidityStatus::Repealed | ValidityStatus::Expired);
    let agree = computed == asserted.status
        || over(computed) && over(asserted.status)
        || computed == ValidityStatus::Unknown
        || asserted.status == ValidityStatus::Unknown;
    if !agree {
        let (said, found) = (asserted.status.chinese(), computed.chinese());
        version.remarks.push(format!("来源（{on}）标注“{said}”，按沿革推算为“{found}”"));
    }
}
