//! Looking after a corpus: a person's acts, verification, rebuilding, export.

use super::card::Card;
use super::corrections::with_field;
use super::error::{AppError, ErrorCode};
use super::faju::{Act, Asker, Progress, Settings};
use super::group::TO_CHECK;
use super::opened::{self, Opened, Session};
use super::projector::group_of;
use super::shelf;
use super::view::{MaintenanceReport, VerifyReport};
use crate::corpus::record::{Correct, RECORD_FORMAT, Relate, RelationKind, Withdraw};
use crate::corpus::{Journal, Place, Record};
use crate::index::IndexState;
use crate::law::{DocumentId, Kind};
use jiff::Timestamp;
use std::collections::HashSet;
use std::io::{self, Write};

/// Records an act and projects what it concerns.
pub fn act(session: &mut Session<'_>, act: Act, asker: &Asker) -> Result<MaintenanceReport, AppError> {
    let record = record(session, act, asker)?;
    let known = to_check(session, &record, asker)?;
    let places = session.writer.append(std::slice::from_ref(&record))?;
    session.projector.apply(places.into_iter().map(|place| (place, record.clone())).collect())?;
    let before = session.engine.state()?;
    let doubts = to_check(session, &record, asker)?;
    session.warnings.extend(doubts.into_iter().filter(|doubt| !known.contains(doubt)));
    Ok(MaintenanceReport {
        documents: before.documents.saturating_add_signed(session.projector.documents),
        provisions: session.projector.provisions,
        cursor: before.cursor,
        warnings: std::mem::take(&mut session.warnings),
    })
}

/// What the documents that a record concerns say of persons' records that cannot well be.
fn to_check(session: &Session<'_>, record: &Record, asker: &Asker) -> Result<Vec<String>, AppError> {
    let ids = match record {
        Record::Correct(act) => vec![&act.id],
        Record::Relate(act) => vec![&act.id, &act.target],
        _ => Vec::new(),
    };
    let mut found: Vec<String> = Vec::new();
    for id in ids {
        let Some(card) = session.projector.card(group_of(id.as_str()))? else { continue };
        let versions = card.versions.into_iter().filter(|version| version.access <= asker.access);
        let remarks = versions.flat_map(|version| version.remarks).filter(|remark| remark.starts_with(TO_CHECK));
        found.extend(remarks);
    }
    found.dedup();
    Ok(found)
}

fn record(session: &Session<'_>, act: Act, asker: &Asker) -> Result<Record, AppError> {
    let (v, at) = (RECORD_FORMAT, Timestamp::now());
    match act {
        Act::Correct { id, field, value, reason, proof } => {
            stated(&[("reason", &reason), ("proof", &proof)])?;
            let card = known(session, &id, asker)?;
            let record = recorded(&card, &id)?;
            corrects(session, record.place, &field, &value)?;
            let access = None;
            let id = DocumentId(record.id.clone());
            Ok(Record::Correct(Correct { v, id, at, field, value, reason, proof, access }))
        }
        Act::Relate { id, relation, target, on, reason, proof } => {
            stated(&[("reason", &reason), ("proof", &proof)])?;
            let relation: RelationKind = serde_json::from_value(relation.clone().into()).map_err(|_| {
                let message = format!("“{relation}”不在可用的关系之中：repeals、amends、implements、same_as");
                AppError::parameter(ErrorCode::InvalidParameter, "relation", message)
            })?;
            let (own, other) = (known(session, &id, asker)?, known(session, &target, asker)?);
            if own.group == other.group && relation == RelationKind::SameAs {
                return Err(AppError::new(ErrorCode::Conflict, format!("“{id}”和“{target}”已经是同一文件")));
            }
            if own.group == other.group {
                let message = format!("“{id}”和“{target}”是同一文件，不能与自身建立关系；版本之间的先后由沿革推算");
                return Err(AppError::parameter(ErrorCode::InvalidParameter, "target", message));
            }
            if relation == RelationKind::Repeals && on.is_none() {
                return Err(AppError::parameter(ErrorCode::InvalidParameter, "on", "废止须写明自哪一天起"));
            }
            let (id, target) = (DocumentId(id), DocumentId(target));
            Ok(Record::Relate(Relate { v, id, at, relation, target, on, reason, proof, access: None }))
        }
        Act::Withdraw { id, origin, reason } => {
            stated(&[("reason", &reason)])?;
            let card = known(session, &id, asker)?;
            let record = recorded(&card, &id)?;
            let known = |origin: &String| card.records().any(|(_, record)| record.origin == *origin);
            if let Some(wrong) = origin.as_ref().filter(|origin| !known(origin)) {
                return Err(AppError::parameter(ErrorCode::InvalidParameter, "origin", format!("没有来源“{wrong}”")));
            }
            Ok(Record::Withdraw(Withdraw { v, id: DocumentId(record.id.clone()), origin, at, reason }))
        }
    }
}

fn stated(fields: &[(&str, &String)]) -> Result<(), AppError> {
    match fields.iter().find(|(_, value)| value.trim().is_empty()) {
        Some((name, _)) => Err(AppError::parameter(ErrorCode::InvalidParameter, name, "不能为空：须写明理由和依据")),
        None => Ok(()),
    }
}

/// The card that an id leads to, if the asker may see anything of it.
fn known(session: &Session<'_>, id: &str, asker: &Asker) -> Result<Card, AppError> {
    for text in session.engine.cards(id)? {
        let card = shelf::card(&text)?;
        if card.versions.iter().any(|version| version.access <= asker.access) {
            return Ok(card);
        }
    }
    Err(AppError::not_found(id))
}

/// The record that an id of a document names: the preferred one of its version.
fn recorded<'a>(card: &'a Card, id: &str) -> Result<&'a super::card::CardRecord, AppError> {
    let version = match card.version(id) {
        Some(version) => version,
        None if card.versions.len() == 1 => &card.versions[0],
        None => {
            let message = format!("“{id}”有几个版本，请写明版本：{id}@版本");
            return Err(AppError::parameter(ErrorCode::InvalidParameter, "id", message));
        }
    };
    let own = version.records.iter().find(|record| record.id == id);
    own.or(version.records.first()).ok_or_else(|| AppError::not_found(id))
}

/// Whether the corrected document still is one.
fn corrects(session: &Session<'_>, place: Place, field: &str, value: &serde_json::Value) -> Result<(), AppError> {
    let Record::Put(put) = session.shelf.read(place)? else { return Err(AppError::not_found(field)) };
    match with_field(&put.document, field, value) {
        Some(document)
            if field != "text"
                && document.kind == put.document.kind
                && super::import::overlong(&document).is_none() =>
        {
            Ok(())
        }
        _ => {
            let message =
                format!("字段 {field} 不能更正为 {value}；可用字段和取值见 docs/interchange.md，正文和类别不能更正");
            Err(AppError::parameter(ErrorCode::InvalidParameter, "field", message))
        }
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
    let mut warnings = Vec::new();
    let fresh = Opened::fresh(settings, journal.clone())?;
    let made = (|| {
        let mut provisions = fresh.follow(settings, &journal, &mut warnings, progress)?;
        if writer.is_none() {
            writer = Some(lock()?);
            provisions += fresh.follow(settings, &journal, &mut warnings, progress)?;
        }
        fresh.make_current(settings)?;
        Ok(provisions)
    })();
    let provisions = made.inspect_err(|_: &AppError| fresh.discard(settings))?;
    warnings.extend(writer.iter().filter_map(|writer| writer.repaired()).map(opened::told));
    let IndexState { cursor, documents, .. } = fresh.engine.state()?;
    Ok((fresh, MaintenanceReport { documents, provisions, cursor, warnings }))
}

/// Writes the standing documents as interchange records, each with its origin, in the order recorded.
pub fn export(opened: &Opened, out: &mut dyn Write) -> Result<u64, AppError> {
    if opened.is_sample() {
        return Ok(0);
    }
    let mut places: Vec<(Place, String)> = Vec::new();
    let mut broken = None;
    opened.engine.each_card(&mut |text, _| match shelf::card(text) {
        Ok(card) => {
            places.extend(exported(&card));
            true
        }
        Err(error) => {
            broken = Some(error);
            false
        }
    })?;
    if let Some(error) = broken {
        return Err(error);
    }
    places.sort();
    let count = places.len() as u64;
    for (place, origin) in places {
        if let Record::Put(put) = opened.shelf.read(place)? {
            let mut document = put.document;
            document.origin = Some(origin);
            let line = serde_json::to_string(&document)
                .map_err(|error| AppError::new(ErrorCode::Internal, error.to_string()))?;
            writeln!(out, "{line}").map_err(|error| written(&error))?;
        }
    }
    out.flush().map_err(|error| written(&error))?;
    Ok(count)
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

/// Walks every frame of the journal.
pub fn verify(settings: &Settings) -> Result<VerifyReport, AppError> {
    let journal = Journal::open(&opened::corpus(settings))?;
    let seen = journal.verify(&mut |_, _| ())?;
    Ok(VerifyReport {
        segments: seen.segments,
        frames: seen.frames,
        bytes: seen.bytes,
        records: seen.records.into_iter().map(|(name, count)| (name.to_string(), count)).collect(),
        documents: seen.documents,
        torn_tail_bytes: seen.tail.map_or(0, |tail| tail.bytes),
        damage: seen.damage.iter().map(ToString::to_string).collect(),
    })
}
