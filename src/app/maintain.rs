//! Looking after a corpus: a person's acts, verification, rebuilding, export.

use super::acts;
use super::card::{Card, CardRecord, CardVersion};
use super::corrections::{self, Revised, with_field};
use super::error::{AppError, ErrorCode};
use super::faju::{Act, Asker, Progress, Settings};
use super::group::{TO_CHECK, Text};
use super::opened::{self, Opened, Session};
use super::projector::group_of;
use super::redact;
use super::shelf;
use super::view::{Exported, MaintenanceReport, VerifyReport};
use crate::corpus::record::{Correct, RECORD_FORMAT, Relate, RelationKind, Withdraw};
use crate::corpus::{Journal, Originals, Place, Put, Record};
use crate::index::IndexState;
use crate::law::event::{Event, EventSource};
use crate::law::mask::{self, Profile};
use crate::law::{Access, Document, DocumentId, EventKind, Kind, history, identity};
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;
use std::collections::{BTreeSet, HashSet};
use std::io::{self, Write};

/// Records an act and projects what it concerns.
pub fn act(session: &mut Session<'_>, act: Act, asker: &Asker) -> Result<MaintenanceReport, AppError> {
    let records = records(session, act, asker)?;
    let known = to_check(session, &records, asker)?;
    let places = session.writer.append(&records)?;
    session.projector.apply(places.into_iter().zip(records.iter().cloned()).collect())?;
    let state = session.engine.state()?;
    let doubts = to_check(session, &records, asker)?;
    session.warnings.extend(doubts.into_iter().filter(|doubt| !known.contains(doubt)));
    Ok(MaintenanceReport {
        documents: state.documents.saturating_add_signed(session.projector.documents),
        provisions: session.projector.provisions,
        cursor: state.cursor,
        damage: [state.damage, session.projector.damage.clone()].concat(),
        warnings: std::mem::take(&mut session.warnings),
    })
}

/// What the documents that records concern say of persons' records that cannot well be.
fn to_check(session: &Session<'_>, records: &[Record], asker: &Asker) -> Result<Vec<String>, AppError> {
    let ids = records.iter().flat_map(|record| match record {
        Record::Correct(act) => vec![&act.id],
        Record::Relate(act) => vec![&act.id, &act.target],
        _ => Vec::new(),
    });
    let mut found: Vec<String> = Vec::new();
    for id in ids {
        let Some(card) = session.projector.card(group_of(id.as_str()))? else { continue };
        let versions = card.seen_by(asker.scope()).map(|card| card.versions).unwrap_or_default();
        let remarks =
            versions.into_iter().flat_map(|version| version.remarks).filter(|remark| remark.starts_with(TO_CHECK));
        found.extend(remarks);
    }
    found.dedup();
    Ok(found)
}

/// The records that say what a person does.
fn records(session: &mut Session<'_>, act: Act, asker: &Asker) -> Result<Vec<Record>, AppError> {
    let (v, at) = (RECORD_FORMAT, Timestamp::now());
    let node = Some(session.node.to_string());
    match act {
        Act::Correct { id, field, value, reason, proof } => {
            stated(&[("reason", &reason), ("proof", &proof)])?;
            let card = known(session, &id, asker)?;
            let record = recorded(&card, &id)?;
            let acts = session.shelf.read_all(&card.acts)?;
            let value = corrected(session, (&card.group, record.place, &acts), &field, value, asker.today)?;
            let access = None;
            let id = DocumentId(record.id.clone());
            let [reason, proof] = [reason, proof].map(|said| masked(said, card.head.kind));
            Ok(vec![Record::Correct(Correct { v, id, at, node, field, value, reason, proof, access })])
        }
        Act::Relate { id, relation, target, on, undo, reason, proof } => {
            stated(&[("reason", &reason), ("proof", &proof)])?;
            let relation: RelationKind = serde_json::from_value(relation.clone().into()).map_err(|_| {
                let message = format!("“{relation}”不在可用的关系之中：repeals、amends、implements、same_as");
                AppError::parameter(ErrorCode::InvalidParameter, "relation", message)
            })?;
            let (own, other) = (known(session, &id, asker)?, known(session, &target, asker)?);
            if own.group == other.group && !undo {
                return Err(of_itself(relation, &id, &target));
            }
            if relation == RelationKind::Repeals && on.is_none() && !undo {
                return Err(AppError::parameter(ErrorCode::InvalidParameter, "on", "废止须写明自哪一天起"));
            }
            let (id, target) = (DocumentId(id), DocumentId(target));
            let [reason, proof] = [reason, proof].map(|said| masked(said, own.head.kind));
            let access = narrow(&own, id.as_str());
            let new = Relate { v, id, at, node, relation, target, on, undone: undo, reason, proof, access };
            acts::check(&session.shelf.read_all(&own.acts)?, &new, (&own, &other), session.node)?;
            Ok(vec![Record::Relate(new)])
        }
        Act::Withdraw { id, origin, reason } => {
            stated(&[("reason", &reason)])?;
            let card = known(session, &id, asker)?;
            let ids = withdrawn(&card, &id, origin.as_deref())?;
            let reason = masked(reason, card.head.kind);
            let record = |id| {
                let (origin, node, reason) = (origin.clone(), node.clone(), reason.clone());
                Record::Withdraw(Withdraw { v, id, origin, at, node, reason })
            };
            Ok(ids.into_iter().map(record).collect())
        }
        Act::Redact { id, removed, reason } => redact::records(session, (&id, &removed, &reason), asker),
    }
}

/// Who may know of what a subject does, where that is not everybody (contract: that of the subject).
fn narrow(subject: &Card, id: &str) -> Option<Access> {
    let named = subject.version(id).map(|version| version.access);
    let access = named.or_else(|| subject.versions.iter().map(|version| version.access).min());
    access.filter(|access| *access > Access::Public)
}

/// Why an instrument is not related to itself.
fn of_itself(relation: RelationKind, id: &str, target: &str) -> AppError {
    if relation == RelationKind::SameAs {
        return AppError::new(ErrorCode::Conflict, format!("“{id}”和“{target}”已经是同一文件"));
    }
    let message = format!("“{id}”和“{target}”是同一文件，不能与自身建立关系；版本之间的先后由沿革推算");
    AppError::parameter(ErrorCode::InvalidParameter, "target", message)
}

pub(super) fn stated(fields: &[(&str, &String)]) -> Result<(), AppError> {
    match fields.iter().find(|(_, value)| value.trim().is_empty()) {
        Some((name, _)) => Err(AppError::parameter(ErrorCode::InvalidParameter, name, "不能为空：须写明理由和依据")),
        None => Ok(()),
    }
}

/// The card that an id leads to, if the asker may see anything of it.
fn known(session: &Session<'_>, id: &str, asker: &Asker) -> Result<Card, AppError> {
    for text in session.engine.cards(id)? {
        let card = shelf::card(&text)?;
        if let Some(card) = card.seen_by(asker.scope()).filter(|card| card.is_called(id)) {
            return Ok(card);
        }
    }
    Err(AppError::not_found(id))
}

/// The version that an id names; an instrument with one version names that.
fn version<'a>(card: &'a Card, id: &str) -> Result<&'a CardVersion, AppError> {
    match card.version(id) {
        Some(version) => Ok(version),
        None if card.versions.len() == 1 => Ok(&card.versions[0]),
        None => {
            let message = format!("“{id}”有几个版本，请写明版本：{id}@版本");
            Err(AppError::parameter(ErrorCode::InvalidParameter, "id", message))
        }
    }
}

/// Every id under which the texts of a version are recorded, or those from one origin: a withdrawal takes all of them.
fn withdrawn(card: &Card, id: &str, origin: Option<&str>) -> Result<Vec<DocumentId>, AppError> {
    let records = &version(card, id)?.records;
    let named = records.iter().filter(|record| origin.is_none_or(|origin| record.origin == origin));
    let ids: BTreeSet<&str> = named.map(|record| record.id.as_str()).collect();
    if ids.is_empty() {
        let wrong = origin.unwrap_or_default();
        let known: Vec<&str> = records.iter().map(|record| record.origin.as_str()).collect();
        let message = format!("这一版本没有来源“{wrong}”；现有来源：{}", known.join("、"));
        return Err(AppError::parameter(ErrorCode::InvalidParameter, "origin", message));
    }
    Ok(ids.into_iter().map(|id| DocumentId(id.to_string())).collect())
}

/// The record that an id of a document names: the preferred one of its version.
fn recorded<'a>(card: &'a Card, id: &str) -> Result<&'a CardRecord, AppError> {
    let version = version(card, id)?;
    let own = version.records.iter().find(|record| record.id == id);
    own.or(version.records.first()).ok_or_else(|| AppError::not_found(id))
}

/// What a person says of a document of this kind, without personal data.
pub(super) fn masked(said: String, kind: Kind) -> String {
    mask::mask_text(&said, Profile::of(kind)).text
}

/// The value that is recorded of a correction, if the corrected document still is one: of what was recorded without personal
/// data it has none either.
fn corrected(
    session: &Session<'_>,
    (group, place, acts): (&str, Place, &[(Place, Record)]),
    field: &str,
    value: Value,
    today: Date,
) -> Result<Value, AppError> {
    let Record::Put(put) = session.shelf.read(place)? else { return Err(AppError::not_found(field)) };
    let put = Box::new(Revised::of(*put, acts, session.node).put);
    let is_one = |document: &Document| {
        field != "text" && document.kind == put.document.kind && super::import::overlong(document).is_none()
    };
    let Some(document) = with_field(&put.document, field, &value).filter(is_one) else {
        let message =
            format!("字段 {field} 不能更正为 {value}；可用字段和取值见 docs/interchange.md，正文和类别不能更正");
        return Err(AppError::parameter(ErrorCode::InvalidParameter, "field", message));
    };
    if value.is_null() && corrections::field(&put.document, field).is_null() {
        let message = format!("字段 {field} 本来就没有值，没有可去掉的；不采用正文所载的，请写明应为何值");
        return Err(AppError::parameter(ErrorCode::InvalidParameter, "value", message));
    }
    let titled = identity::instrument_id(&document).0;
    if field == "title" && document.kind != Kind::Case && titled != group {
        let others = session.engine.cards(&titled)?;
        if !others.is_empty() {
            let message = format!(
                "库中另有《{}》（{titled}），更正标题会把两件文件混在一起；请撤下（withdraw）这一文本，以正确的标题重新导入",
                document.title
            );
            return Err(AppError::new(ErrorCode::Conflict, message));
        }
    }
    if put.unmasked && document.access.is_some_and(|access| access < Access::Restricted) {
        let message = "这件记录未去标识化，只能为 restricted；要公开请不带 --no-mask 重新导入";
        return Err(AppError::parameter(ErrorCode::InvalidParameter, "value", message));
    }
    let value = if put.unmasked { value } else { corrections::field(&mask::mask(&document).document, field) };
    begins_after_it_was_made(*put, document, field, today)?;
    Ok(value)
}

/// No legislation is law before it was made, nor made after today; of a normative document (自上月起执行) and of cases it is only
/// remarked.
fn begins_after_it_was_made(put: Put, document: Document, field: &str, today: Date) -> Result<(), AppError> {
    if put.document.kind != Kind::Legislation
        || !["adoption_date", "promulgation_date", "effective_date"].contains(&field)
    {
        return Ok(());
    }
    let refused = |message| Err(AppError::parameter(ErrorCode::InvalidParameter, "value", message));
    let text = Text::read(None, Put { document, ..put });
    let document = &text.put.document;
    let stated = [document.adoption_date, document.promulgation_date];
    let told = history::acts(&text.events).last().map(|act| act.first_day);
    let made = stated.into_iter().flatten().chain(told).max();
    if let Some(made) = stated.into_iter().flatten().find(|made| *made > today) {
        return refused(format!("制定（公布）日期 {made} 尚未到来：请核对"));
    }
    // What the text itself says stands until the person says otherwise.
    let begins = |event: &&Event| event.kind == EventKind::Effective && event.source != EventSource::Correction;
    let from = document.effective_date.or_else(|| text.events.iter().filter(begins).map(|event| event.date).max());
    match (from, made) {
        (Some(from), Some(made)) if from < made => {
            refused(format!("施行日期 {from} 早于制定（公布）日期 {made}：请核对，其中有误的日期须先更正"))
        }
        _ => Ok(()),
    }
}

/// When other writers have to wait for a rebuild.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alone {
    /// From its beginning: who asked for it is told at once that somebody writes.
    Throughout,
    /// Only for its end, when it catches up with what came meanwhile: nobody asked for it.
    AtTheEnd,
}

/// Makes an index with a new dictionary from the whole journal, beside the one in use, and puts it in its place.
pub fn rebuild(
    settings: &Settings,
    alone: Alone,
    progress: &dyn Progress,
) -> Result<(Opened, MaintenanceReport), AppError> {
    let journal = Journal::open(&opened::corpus(settings))?;
    if journal.is_empty() {
        return Err(AppError::new(ErrorCode::NotFound, "尚未导入任何文件，没有可重建的索引；请先运行 faju import"));
    }
    // The lock is held so that nothing is appended between the last frame read and the change of index.
    let lock = || journal.writer(settings.wait);
    let mut writer = (alone == Alone::Throughout).then(lock).transpose()?;
    let fresh = Opened::fresh(settings, journal.clone())?;
    let made = (|| {
        let mut provisions = fresh.follow(settings, &journal, progress)?;
        if writer.is_none() {
            writer = Some(lock()?);
            provisions += fresh.follow(settings, &journal, progress)?;
        }
        let fuller = fuller(settings, &fresh)?;
        if fuller.is_none() {
            fresh.make_current(settings)?;
        }
        Ok((provisions, fuller))
    })();
    let (mut provisions, fuller) = made.inspect_err(|_: &AppError| fresh.discard(settings))?;
    let mut warnings: Vec<String> = writer.iter().filter_map(|writer| writer.repaired()).map(opened::told).collect();
    let lacking = fresh.engine.state()?.documents;
    let opened = match fuller {
        Some(fuller) => {
            fresh.discard(settings);
            provisions = 0;
            warnings.push(format!(
                "库有损坏，重建只能得到 {lacking} 件文件，少于现有索引的 {} 件：保留现有索引；请先从备份恢复 corpus/ 再重建，\
                 确要以残缺的库重建请先删去 index/",
                fuller.engine.state()?.documents
            ));
            fuller
        }
        None => fresh,
    };
    let IndexState { cursor, documents, damage, .. } = opened.engine.state()?;
    Ok((opened, MaintenanceReport { documents, provisions, cursor, damage, warnings }))
}

/// The index in use, if it holds more than one made anew from a damaged journal; it notes the damage.
fn fuller(settings: &Settings, fresh: &Opened) -> Result<Option<Opened>, AppError> {
    let made = fresh.engine.state()?;
    if made.damage.is_empty() {
        return Ok(None);
    }
    let Some(used) = Opened::in_use(settings)? else { return Ok(None) };
    let state = used.engine.state()?;
    if state.documents <= made.documents {
        return Ok(None);
    }
    used.engine.commit(&IndexState { damage: made.damage, ..state })?;
    used.engine.refresh()?;
    Ok(Some(used))
}

/// Writes the standing documents as interchange records, each with its origin, in the order recorded.
pub fn export(opened: &Opened, out: &mut dyn Write) -> Result<Exported, AppError> {
    if opened.is_sample() {
        return Err(AppError::new(ErrorCode::NotFound, "尚未导入任何文件，没有可导出的内容；请检查 --data"));
    }
    let mut places: Vec<(Place, String)> = Vec::new();
    let mut acts: HashSet<Place> = HashSet::new();
    shelf::each_card(&*opened.engine, &mut |card| {
        places.extend(exported(&card));
        acts.extend(card.acts);
    })?;
    places.sort();
    let mut exported = Exported { acts: acts.len() as u64, ..Exported::default() };
    for place in acts {
        let kind = match opened.shelf.read(place) {
            Ok(record) => type_of(&record),
            // What is damaged is told of the documents.
            Err(error) if error.code == ErrorCode::Corrupt => "unreadable_acts",
            Err(error) => return Err(error),
        };
        *exported.acts_by_type.entry(kind.to_string()).or_default() += 1;
    }
    for (place, origin) in places {
        let record = match opened.shelf.read(place) {
            // The way out of a damaged journal: what can be read is written.
            Err(error) if error.code == ErrorCode::Corrupt => {
                exported.unreadable += 1;
                exported.damage.extend(Some(error.detail).filter(|detail| !exported.damage.contains(detail)));
                continue;
            }
            record => record?,
        };
        if let Record::Put(put) = record {
            exported.documents += 1;
            let kind = match put.document.kind {
                Kind::Legislation => "legislation",
                Kind::Normative => "normative",
                Kind::Case => "case",
            };
            *exported.kinds.entry(kind.to_string()).or_default() += 1;
            let mut document = put.document;
            document.origin = Some(origin);
            let line = serde_json::to_string(&document)
                .map_err(|error| AppError::new(ErrorCode::Internal, error.to_string()))?;
            writeln!(out, "{line}").map_err(|error| written(&error))?;
        }
    }
    out.flush().map_err(|error| written(&error))?;
    Ok(exported)
}

fn type_of(record: &Record) -> &'static str {
    match record {
        Record::Put(_) => "put",
        Record::Correct(_) => "correct",
        Record::Relate(_) => "relate",
        Record::Withdraw(_) => "withdraw",
        Record::Redact(_) => "redact",
        Record::Erased(_) => "erased",
    }
}

/// Places of a card's records; inside one version every origin once, so that an import keeps them all.
fn exported(card: &Card) -> Vec<(Place, String)> {
    let mut places = Vec::new();
    for version in &card.versions {
        let mut taken: HashSet<String> = HashSet::new();
        for record in &version.records {
            let base = record.origin.split('+').next().unwrap_or(&record.origin).to_string();
            let mut origin = record.origin.clone();
            let mut number = 1;
            while card.head.kind != Kind::Case && !taken.insert(origin.clone()) {
                number += 1;
                origin = format!("{base}+{number}");
            }
            places.push((record.place, origin));
        }
    }
    places
}

/// A reader that went away (`| head`) is told apart from a full disk by the face.
fn written(error: &io::Error) -> AppError {
    AppError::new(ErrorCode::Internal, format!("导出中断：{error}"))
}

/// Walks every frame of the journal and every file of the index.
pub fn verify(settings: &Settings) -> Result<VerifyReport, AppError> {
    let journal = Journal::open(&opened::corpus(settings))?;
    let seen = journal.verify(&settings.node, &mut |_, _| ())?;
    let originals = Originals::of(&opened::corpus(settings)).verify()?;
    Ok(VerifyReport {
        originals: originals.whole,
        originals_damage: originals.damage,
        segments: seen.segments,
        frames: seen.frames,
        bytes: seen.bytes,
        records: seen.records.into_iter().map(|(name, count)| (name.to_string(), count)).collect(),
        documents: seen.documents,
        torn_tail_bytes: seen.tail.map_or(0, |tail| tail.bytes),
        damage: seen.damage.iter().map(ToString::to_string).collect(),
        index_damage: opened::index_damage(settings)?,
    })
}
