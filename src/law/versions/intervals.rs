//! From the versions of one instrument to the days on which each is in force.

use super::asserted::{doubt_newest, weigh_assertion};
use super::decided::{self, Decided};
use super::disputed;
use super::draft;
use super::extended::{Extended, extend};
use super::later;
use super::lineage;
use super::missing;
use super::proof::{Proof, Proofs, end_by};
use super::unread;
use crate::law::document::Document;
use crate::law::event::{Event, EventKind, EventSource};
use crate::law::history::{Act, acts};
use crate::law::validity::{EndedBy, Interval, ValidityStatus};
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// What is known of one version, from all its sources together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VersionInput<'a> {
    /// Its documents, preferred first.
    pub documents: Vec<&'a Document>,
    /// The events of all sources, in the order of preference of the sources.
    pub events: Vec<Event>,
    /// What sources say of its validity.
    pub asserted: Vec<Asserted>,
    /// A date of unknown kind, used only to put a version in order that says nothing else.
    pub source_date: Option<Date>,
    /// What instruments that amend this one say of the days on which their changes begin.
    pub decided: Vec<Decided>,
    /// What instruments that extend its validity say, in the order of their making.
    pub extended: Vec<Extended>,
}

/// What a source says of the validity of a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asserted {
    /// The status.
    pub status: ValidityStatus,
    /// The day on which the source said so; `None` if it does not say.
    pub on: Option<Date>,
}

impl<'a> VersionInput<'a> {
    /// What the documents of one version tell together.
    pub fn of<'e>(documents: impl IntoIterator<Item = (&'a Document, &'e [Event])>) -> Self {
        let mut input = VersionInput::default();
        for (document, events) in documents {
            input.documents.push(document);
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

/// When a version is in force, and what that rests on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Placement {
    /// In force between.
    pub interval: Interval,
    /// What both bounds rest on.
    pub proofs: Proofs,
    /// Place in the list of the version whose beginning ends this one.
    pub next: Option<usize>,
    /// Place in the list of the version whose history tells of the change that ended this one and whose text is not here.
    pub teller: Option<usize>,
    /// Stand-ins, contradictions and doubts, in Chinese.
    pub remarks: Vec<String>,
}

/// A version being placed in time.
pub(super) struct Placed {
    /// Place in the caller's list.
    pub(super) index: usize,
    pub(super) last_act: Option<Act>,
    /// The day by which versions are put in order.
    pub(super) order: Option<Date>,
    /// The source's date, which puts in order what is otherwise of one day.
    pub(super) source_date: Option<Date>,
    /// The first day that its source states.
    stated: Option<Event>,
    /// Whether its first day is that of the decision that changed it, for want of a stated one.
    assumed: bool,
    /// Whether its history excludes that of another version, so that it is hardly one of this instrument.
    strange: bool,
    pub(super) found: Placement,
}

/// When each version of one instrument is in force, in the order given, with what that rests on and remarks in Chinese.
///
/// **First day.** A stated day of effect belongs to a version only if it is not before the last change of its text: the
/// 附则 of a text amended article by article still tells the first day of the *first* version (商标法 2019 says
/// 自1983年3月1日起施行, 个人所得税法 2018 自公布之日起施行). Of the days that belong to it those written out go before those
/// that follow from a promulgation, the words of the law before the history lines and these before stated metadata;
/// 自公布之日起 without a known promulgation comes last. Where its own words and history are silent, the instrument that
/// amended it tells the day, if it is here. If there is none, a *changed* text is in force from the promulgation
/// (else the day) of the decision that changed it, as such decisions say unless they say otherwise; a *first* text without a
/// day stays unknown.
///
/// **Last day.** A version ends when the next begins, when it is repealed, or when its period is over, whichever is first;
/// notices that extend the period move its end (`extended`).
/// A change between the two of which a later history tells, and whose text is not here, ends it before (`missing`).
/// The newest is ended by a decision that amends it and whose text is here, unless some text tells of it (`decided`).
/// If the next one's first day is unknown, the older one is not shown as in force for ever: it ends with the promulgation
/// of the next, and both carry a remark. A version without any date, not even one of its own words, cannot be put in order,
/// and one whose history excludes that of the others is hardly a version at all; if there are others it is `Unknown`, and says
/// why. What a source asserts ends a version only if nothing else did, and
/// proves nothing for the days before it was said. What calls itself a draft is in force on no day (`draft`), nor what tells a
/// period of validity that cannot be read (`unread`).
pub fn intervals(versions: &[VersionInput<'_>]) -> Vec<Placement> {
    let untold = missing::untold(versions);
    let versions = &missing::completed(versions, &untold);
    let mut placed: Vec<Placed> = versions.iter().enumerate().map(|(index, version)| place(index, version)).collect();
    order_by_own_words(&mut placed, versions);
    later::begin_amended(&mut placed);
    for (version, strange) in placed.iter_mut().zip(lineage::strangers(versions)) {
        version.strange = strange;
        version.order = version.order.filter(|_| !strange);
    }
    placed.sort_by_key(|version| (version.order, version.source_date, version.index));
    let undated = placed.iter().take_while(|version| version.order.is_none()).count();
    let several = placed.len() > 1;
    let (unordered, chain) = placed.split_at_mut(undated);
    for version in unordered.iter_mut().filter(|_| several) {
        version.begin(None);
        version.found.remarks.clear();
        version.remark(match version.strange {
            true => "沿革与同一标题的其他版本不相容，可能不是同一文件，时效不作推算",
            false => "历史沿革和日期均未见，无法与同一文件的其他版本排序",
        });
    }
    begin_in_order(chain);
    end_by_next(chain);
    missing::end_by_missing(chain, versions);
    decided::end_by_decision(chain, versions);
    for version in &mut placed {
        if let Some(untold) = untold.get(version.index).and_then(Option::as_ref) {
            version.remark(untold.remark());
        }
        if let Some(input) = versions.get(version.index) {
            end_by_own_events(version, input);
            input.asserted.iter().for_each(|asserted| weigh_assertion(version, asserted, input.source_date));
            unread::unplace(version, input);
            draft::unplace(version, input);
        }
    }
    doubt_newest(&mut placed, versions);
    placed.sort_by_key(|version| version.index);
    placed.into_iter().map(|version| version.found).collect()
}

impl Placed {
    /// Sets the first day to that of a proof.
    pub(super) fn begin(&mut self, proof: Option<Proof>) {
        self.found.interval.effective_from = proof.as_ref().map(|proof| proof.date);
        self.found.proofs.from = proof;
    }

    /// Sets the first day to another one than the words tell.
    fn begin_on(&mut self, on: Date, why: &str) {
        self.found.interval.effective_from = Some(on);
        let proof = self.found.proofs.from.take();
        self.found.proofs.from = proof.map(|proof| proof.assumed(why));
    }

    pub(super) fn remark(&mut self, remark: impl Into<String>) {
        self.found.remarks.push(remark.into());
    }

    pub(super) fn effective_from(&self) -> Option<Date> {
        self.found.interval.effective_from
    }

    /// What tells the day by which it is put in order: what made the text, else what its source states.
    fn ordered_by(&self) -> Option<Proof> {
        let date = self.order?;
        let told = |event, source, quote| Some(Proof { event, date, source, quote, document: None, assumed: None });
        match (&self.last_act, &self.stated) {
            (Some(act), _) => told(act.kind, act.source, act.quote.clone()),
            (None, Some(stated)) if stated.date == date => Some(Proof::of(stated)),
            _ => told(EventKind::Promulgated, EventSource::Stated, format!("来源所注日期：{date}")),
        }
    }
}

fn place(index: usize, version: &VersionInput<'_>) -> Placed {
    let acts = acts(&version.events);
    let (told, remarks) = first_day(version, &acts);
    let changed = acts.last().filter(|last| acts.len() > 1 || last.is_change()).map(Act::earliest_effect);
    let stated = version.events.iter().find(|event| is_effective(event, EventSource::Stated)).cloned();
    let last_act = acts.into_iter().next_back();
    let of_source = stated.as_ref().map(|event| event.date).or(version.source_date);
    let order = last_act.as_ref().map(Act::key_date).or(of_source);
    let found = Placement { remarks, ..Placement::default() };
    let (source_date, assumed) = (version.source_date, told.is_none());
    let mut placed = Placed { index, last_act, order, source_date, stated, assumed, strange: false, found };
    match (told, changed) {
        (Some(proof), _) => placed.begin(Some(proof)),
        (None, Some(day)) => {
            let remark = format!("施行日期未见，暂以修改之日{day}计");
            let of_day = |event: &&Event| event.date == day && event.kind.makes_text();
            let event = version.events.iter().filter(of_day).max_by_key(|event| event.kind.changes_text());
            let proof = event.map(Proof::of).or_else(|| placed.ordered_by());
            placed.begin(proof.map(|proof| Proof { date: day, ..proof }.assumed(&*remark)));
            placed.remark(remark);
        }
        (None, None) => {}
    }
    placed
}

fn is_effective(event: &Event, source: EventSource) -> bool {
    event.kind == EventKind::Effective && event.source == source
}

/// The first day in force as far as anything states it, with remarks on what contradicts it.
fn first_day(version: &VersionInput<'_>, acts: &[Act]) -> (Option<Proof>, Vec<String>) {
    let since = acts.last().map(|act| act.first_day);
    let belongs = |event: &&Event| since.is_none_or(|since| event.date >= since);
    let events = |source| version.events.iter().filter(move |event| is_effective(event, source));
    let mut remarks = Vec::new();
    if let Some(corrected) = events(EventSource::Correction).next() {
        return (Some(Proof::of(corrected)), vec![corrected_over(corrected, &version.events)]);
    }
    let told = told(&version.events, acts, &mut remarks);
    let stated = events(EventSource::Stated).min_by_key(|event| event.date);
    let ours = stated.filter(belongs);
    let chosen = match (told, ours) {
        (Some(told), Some(ours)) if let Some(proof) = untold_change(told, ours, acts, version.source_date) => {
            remarks.extend(proof.assumed.clone());
            return (Some(proof), remarks);
        }
        (Some(told), Some(ours)) if told.date != ours.date => {
            let (event, remark) = weigh(told, ours, acts, version.source_date);
            remarks.push(remark);
            Some(event)
        }
        (None, _) if let Some(decided) = decided::first_day(&version.decided, acts) => {
            if let Some(ours) = ours.filter(|ours| ours.date != decided.date) {
                let (stated, day) = (ours.date, decided.date);
                remarks.push(format!("来源所注施行日期{stated}与修改它的文件所载{day}不一致，以后者为准"));
            }
            return (Some(decided), remarks);
        }
        _ => told.or(ours),
    };
    if let Some(chosen) = chosen {
        let proof = Proof::of(chosen);
        let Some(remark) = doubt(chosen, acts) else { return (Some(proof), remarks) };
        remarks.push(remark.clone());
        return (Some(proof.assumed(remark)), remarks);
    }
    let weak = || events(EventSource::Text).chain(events(EventSource::History));
    let changed = acts.last().is_some_and(|act| !act.is_whole_text());
    let weak_day = weak().filter(|event| is_weak(event, acts) && !(changed && event.source == EventSource::Text));
    if let Some(event) = weak_day.filter(belongs).min_by_key(|event| event.date) {
        let by = if acts.is_empty() { "来源所注日期" } else { "通过（批准、成文）之日" };
        let remark = format!("文本规定自公布之日起施行，公布日期未见，暂以{by}{}计", event.date);
        remarks.push(remark.clone());
        return (Some(Proof::of(event).assumed(remark)), remarks);
    }
    if acts.is_empty() || acts.len() > 1 || acts.last().is_some_and(Act::is_change) {
        return (None, remarks);
    }
    // A first text that was in force before it was promulgated: its own words say so.
    let early = weak().filter(|event| !is_weak(event, acts)).max_by_key(|event| event.date);
    let early_day = early.map(|event| event.date);
    if let (Some(stated), Some(since)) = (stated.filter(|stated| early_day != Some(stated.date)), since) {
        remarks.push(format!("来源所注施行日期{}早于{since}的制定，未予采用", stated.date));
    }
    (early.map(Proof::of), remarks)
}

/// Years between the last making that a history tells and a first day that only a source states: more are no waiting but a change
/// of which the history does not tell.
const WAITING_YEARS: i16 = 2;

/// Why a first day that only a source states can hardly be that of this text.
fn doubt(first: &Event, acts: &[Act]) -> Option<String> {
    let last = acts.last().filter(|_| first.source == EventSource::Stated)?;
    let day = first.date;
    let made = last.key_date();
    let years = first.date.year() - made.year();
    (years >= WAITING_YEARS).then(|| {
        format!("来源所注施行日期{day}，而题注最后所载为{made}：其间的修改题注未载，文本也可能自{made}起即施行")
    })
}

/// What a person corrected is decisive; what text and sources tell stands beside it.
fn corrected_over(corrected: &Event, events: &[Event]) -> String {
    let others = events.iter().filter(|event| event.kind == EventKind::Effective && event.date != corrected.date);
    let days: BTreeSet<String> = others.map(|event| event.date.to_string()).collect();
    let told = days.into_iter().collect::<Vec<_>>().join("、");
    let told = if told.is_empty() { String::new() } else { format!("；文本和来源所载为{told}") };
    format!("施行日期{}为人工更正{told}", corrected.date)
}

/// What the words of the text and its history tell of the first day, best first: a day that is written out says more than
/// 自公布之日, and of a text changed by a decision 自公布之日 speaks of the first promulgation.
///
/// Where sources of one version contradict each other, the day counts that most of them tell.
fn told<'a>(events: &'a [Event], acts: &[Act], remarks: &mut Vec<String>) -> Option<&'a Event> {
    use EventSource::{History, Text};
    let since = acts.last().map(|act| act.first_day);
    let whole = acts.last().is_none_or(Act::is_whole_text);
    let ours = |event: &&Event| since.is_none_or(|since| event.date >= since) && !is_weak(event, acts);
    let classes = [(Text, false), (History, false), (Text, true), (History, true)];
    let classes = classes.iter().filter(|(source, relative)| whole || !relative || *source != Text);
    let mut found = classes.map(|(source, relative)| {
        let of_class = |event: &&Event| is_effective(event, *source) && is_relative(event) == *relative;
        events.iter().filter(of_class).filter(ours).collect::<Vec<&Event>>()
    });
    let found = found.find(|found| !found.is_empty())?;
    let votes =
        |day: Date| events.iter().filter(|event| event.kind == EventKind::Effective && event.date == day).count();
    let chosen = *found.iter().min_by_key(|event| (Reverse(votes(event.date)), event.date))?;
    let mut days: Vec<Date> = found.iter().map(|event| event.date).collect();
    days.sort();
    days.dedup();
    let days_told = days.clone();
    if days.len() > 1 {
        let days: Vec<String> = days.iter().map(Date::to_string).collect();
        remarks.push(format!("各来源所载施行日期不一（{}），采用{}", days.join("、"), chosen.date));
    }
    let elsewhere = |event: &&Event| {
        is_effective(event, History) && !is_relative(event) && ours(event) && !days_told.contains(&event.date)
    };
    if chosen.source == Text
        && !is_relative(chosen)
        && let Some(other) = events.iter().find(elsewhere)
    {
        remarks.push(format!("文本所载施行日期{}与题注所载{}不一致，采用文本所载", chosen.date, other.date));
    }
    Some(chosen)
}

/// The first day of a text that its source dates, and lets begin, long after everything that its words and its history tell: it
/// is that of a change which the history lacks. The text that began on the day told is not held.
fn untold_change(told: &Event, stated: &Event, acts: &[Act], source_date: Option<Date>) -> Option<Proof> {
    let date = source_date?;
    let known = acts.last()?.last_day.max(told.date);
    (later::is_untold(date, known) && stated.date >= date)
        .then(|| later::untold(date, stated.date, &format!("来源所注施行日期：{}", stated.date), Some(told.date)))
}

/// Which of two days of effect is that of this version: what the text tells, unless the source dates the whole text later
/// than anything its history tells. Then the history lacks the last change, and the text still tells an earlier first day.
fn weigh<'a>(told: &'a Event, stated: &'a Event, acts: &[Act], source_date: Option<Date>) -> (&'a Event, String) {
    let (text_day, day) = (told.date, stated.date);
    let untold = acts.last().zip(source_date).filter(|(last, date)| *date > last.last_day && *date > text_day);
    match untold {
        Some((_, date)) if day >= date => {
            (stated, format!("题注未载{date}前后的变动，施行日期采用来源所注{day}，文本所载为{text_day}"))
        }
        _ => (told, format!("来源所注施行日期{day}与文本所载{text_day}不一致，以文本为准")),
    }
}

/// Whether a day of effect follows from that of a promulgation (自公布之日起, 自发布之日起三十日后).
fn is_relative(event: &Event) -> bool {
    event.quote.contains("之日起") || event.quote.contains("之日施行") || event.quote.contains("之日实施")
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
fn order_by_own_words(placed: &mut [Placed], versions: &[VersionInput<'_>]) {
    let own = |version: &VersionInput<'_>| {
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
        let is_corrected =
            version.found.proofs.from.as_ref().is_some_and(|proof| proof.source == EventSource::Correction);
        let early =
            version.effective_from().filter(|_| !is_corrected).filter(|from| made.is_some_and(|made| *from < made));
        if let (Some(early), None, Some(order)) = (early, &version.last_act, version.order) {
            let remark = format!("文本所载施行日期{early}早于前一版本的制定，采用来源所注日期{order}");
            version.begin(version.ordered_by().map(|proof| Proof { date: order, ..proof }.assumed(&*remark)));
            version.remark(remark);
        }
        made = made.max(version.order);
        let waits = before.filter(|day| version.assumed && version.effective_from().is_some_and(|from| from < *day));
        if let Some(day) = waits {
            version.begin_on(day, &format!("修改时前一版本尚未施行，暂以其施行之日{day}计"));
        }
        before = before.max(version.effective_from());
    }
}

/// What ends the versions before it.
struct Successor {
    day: Date,
    proof: Proof,
    index: usize,
}

/// Every version ends with the first day of whatever later version begins first.
fn end_by_next(chain: &mut [Placed]) {
    let mut earliest: Option<Successor> = None;
    let mut next: Option<&mut Placed> = None;
    for version in chain.iter_mut().rev() {
        if let Some(next) = next.filter(|next| next.effective_from().is_none())
            && let Some(day) = next.order
        {
            version.remark(format!("后一版本（{day}）的施行日期未见，本版本暂以该日为止"));
            next.remark("施行日期未见，前一版本暂以本版本的公布日期为止");
        }
        if let Some(successor) = &earliest {
            let Placement { interval, proofs, .. } = &mut version.found;
            end_by(interval, proofs, successor.day, EndedBy::Amendment, successor.proof.clone());
            version.found.next = Some(successor.index);
        }
        let begins = beginning(version);
        if let Some(begins) = begins
            && earliest.as_ref().is_none_or(|earliest| begins.day <= earliest.day)
        {
            earliest = Some(begins);
        }
        next = Some(version);
    }
}

/// The first day of a version, or what stands in for it as the last of the one before.
fn beginning(version: &Placed) -> Option<Successor> {
    let day = version.effective_from().or(version.order)?;
    let proof = match (version.effective_from(), &version.found.proofs.from) {
        (Some(_), Some(proof)) => proof.clone(),
        (None, _) => version.ordered_by()?.assumed(format!("后一版本的施行日期未见，暂以其公布之日{day}计")),
        (Some(_), None) => version.ordered_by()?,
    };
    Some(Successor { day, proof, index: version.index })
}

/// Its own repeal or the end of its period of validity, whichever is first.
fn end_by_own_events(version: &mut Placed, input: &VersionInput<'_>) {
    let since = version.last_act.as_ref().map(|act| act.first_day);
    let is_corrected = |event: &&Event| event.kind == EventKind::Expired && event.source == EventSource::Correction;
    let corrected = input.events.iter().find(is_corrected);
    // What a person says of the end goes before what other texts say.
    let over = corrected.is_some() || extend(version, input, since);
    let stated = if over { None } else { disputed::stated_end(version, input, since) };
    let is_apart = |event: &&Event| event.kind == EventKind::Expired && (over || stated.as_ref() == Some(*event));
    for event in input.events.iter().filter(|event| !is_apart(event)).chain(corrected) {
        let by = match event.kind {
            EventKind::Repealed => EndedBy::Repeal,
            EventKind::Expired => EndedBy::Expiry,
            _ => continue,
        };
        if since.is_none_or(|since| event.date >= since) {
            version.end(event.date, by, Proof::of(event));
        }
    }
}

impl Placed {
    /// Ends it by something else than the next version.
    pub(super) fn end(&mut self, on: Date, by: EndedBy, proof: Proof) {
        let before = self.found.interval.ended_on;
        end_by(&mut self.found.interval, &mut self.found.proofs, on, by, proof);
        if self.found.interval.ended_on != before {
            self.found.next = None;
        }
    }
}
