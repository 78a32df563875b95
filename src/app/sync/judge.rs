//! Which records of another node are taken over. Nothing here trusts what came.

use super::seen::Seen;
use super::tally::{Reason, Refused};
use crate::app::card::{Card, CardRecord};
use crate::app::corrections::{Revised, with_field};
use crate::app::error::AppError;
use crate::app::import::{is_found, overlong};
use crate::app::opened::Session;
use crate::app::projector::group_of;
use crate::corpus::record::{Correct, Redact, Relate, node_of, reaches};
use crate::corpus::{Line, NoLine, Put, Record};
use crate::extract::interchange::is_origin;
use crate::law::{Access, Kind};

/// Bytes of an id, of either part.
const ID_BYTES_MAX: usize = 64;

/// Fields that nobody corrects.
const FIXED: [&str; 2] = ["text", "kind"];

/// What becomes of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It is appended.
    Take,
    /// It is there already.
    Unchanged,
    /// It is refused.
    Refuse(Refused),
}

/// What can be said of a line by itself: whether it is a record, and of a node that is accepted.
pub fn admitted(text: String, accept: &[String], own: &str) -> Result<Line, Refused> {
    let line = Line::read(text).map_err(|error| {
        let reason = match &error {
            NoLine::TooLong => Reason::TooLarge,
            NoLine::NoRecord(_) => Reason::BadRecord,
            NoLine::Newer(_) => Reason::UnsupportedFormat,
            NoLine::Digest => Reason::DigestMismatch,
        };
        Refused::line(reason, error.to_string())
    })?;
    let record = line.record();
    let refuse = |reason, message: &str| Err(Refused::record(reason, record, message));
    let is_found = matches!(record, Record::Relate(relation) if is_found(relation));
    let node = match record {
        Record::Put(put) => match is_origin(&put.origin) {
            true => node_of(&put.origin),
            false => return refuse(Reason::BadRecord, "来源不合格式"),
        },
        // The feed counts it; there is nothing to take over.
        Record::Erased(_) => return Ok(line),
        act => match act.node() {
            Some(node) => node,
            None => return refuse(Reason::NoNode, "没有写明登记的节点"),
        },
    };
    if is_found && !accept.iter().any(|accepted| accepted == node) {
        return refuse(Reason::FoundAnew, "");
    }
    if node == own {
        return refuse(Reason::OwnNode, "来源是本节点");
    }
    if !accept.iter().any(|accepted| accepted == node) {
        return refuse(Reason::NodeNotAccepted, &format!("节点 {node} 没有获准"));
    }
    match unfit(record) {
        Some((reason, message)) => refuse(reason, &message),
        None => Ok(line),
    }
}

/// What is wrong with a record, whoever it is from.
fn unfit(record: &Record) -> Option<(Reason, String)> {
    let bad = |message: &str| Some((Reason::BadRecord, message.to_string()));
    let is_id = |id: &str| {
        let (group, version) = id.split_once('@').unwrap_or((id, "-"));
        is_name(group) && is_name(version)
    };
    match record {
        Record::Put(put) => {
            let case = put.document.kind == Kind::Case;
            let right = match &put.instrument {
                None => case && is_name(put.id.as_str()),
                Some(instrument) => {
                    !case && is_name(instrument.as_str()) && put.id.as_str().contains('@') && is_id(put.id.as_str())
                }
            };
            if !right {
                return bad("编号不合格式");
            }
            if put.unmasked && put.document.access != Some(Access::Restricted) {
                return Some((Reason::Unmasked, "未去标识化".to_string()));
            }
            overlong(&put.document).and_then(|field| bad(&format!("{field}过长")))
        }
        Record::Correct(act) if FIXED.contains(&act.field.as_str()) => bad("正文和类别不能更正"),
        Record::Relate(act) if !is_id(act.target.as_str()) => bad("编号不合格式"),
        act if !is_id(act.id().as_str()) => bad("编号不合格式"),
        _ => None,
    }
}

/// Whether a text can be an id or a part of one: what leads into addresses and keys.
fn is_name(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    (1..=ID_BYTES_MAX).contains(&text.len()) && text.bytes().all(fits)
}

/// What becomes of an admitted line beside what is here. Everything taken before is projected.
pub fn judged(line: &Line, session: &Session<'_>, seen: &mut Seen) -> Result<Verdict, AppError> {
    match line.record() {
        Record::Put(put) => judged_put(line, put, session, seen),
        // The same line again after a crash, or by another way.
        _ if seen.has(line, session)? => Ok(Verdict::Unchanged),
        Record::Correct(act) => judged_correction(line, act, session),
        Record::Relate(act) => judged_relation(line, act, session),
        Record::Withdraw(act) => {
            let held = held(session, act.id.as_str(), |origin| act.takes(origin, session.node))?;
            Ok(acts_on(line, !held.is_empty()))
        }
        Record::Erased(_) => Ok(Verdict::Unchanged),
        Record::Redact(act) => {
            let node = act.node.as_deref();
            let held = held(session, act.id.as_str(), |origin| reaches(node, origin, session.node))?;
            Ok(acts_on(line, !held.is_empty()))
        }
    }
}

fn acts_on(line: &Line, anything: bool) -> Verdict {
    match anything {
        true => Verdict::Take,
        false => Verdict::Refuse(Refused::record(Reason::NothingHeld, line.record(), "不在本库")),
    }
}

fn judged_put(line: &Line, put: &Put, session: &Session<'_>, seen: &mut Seen) -> Result<Verdict, AppError> {
    let group = put.instrument.as_ref().map_or(put.id.as_str(), |id| id.as_str());
    let card = match session.projector.card(group)? {
        Some(card) => Some(card),
        None => session.projector.card(group_of(put.id.as_str()))?,
    };
    let is_it = |record: &&CardRecord| record.id == put.id.as_str() && record.origin == put.origin;
    let held = card.as_ref().and_then(|card| card.records().map(|(_, record)| record).find(is_it).cloned());
    if held.as_ref().is_some_and(|held| held.digest == put.digest) || seen.has(line, session)? {
        return Ok(Verdict::Unchanged);
    }
    // An older line of it by another way; what its issuer records later may come.
    let before =
        |act: &Redact| act.id == put.id && act.at >= put.at && reaches(act.node.as_deref(), &put.origin, session.node);
    let redacted = card.as_ref().filter(|card| card.was_redacted(put));
    if redacted.is_some_and(|card| card.redacted.iter().any(before)) {
        return Ok(Verdict::Unchanged);
    }
    if let (Some(held), Some(card)) = (&held, &card) {
        let acts = session.shelf.read_all(&card.acts)?;
        let shown = Revised::of(put.clone(), &acts, session.node).put.document.access.unwrap_or_default();
        if shown < held.access {
            let refused = Refused::record(Reason::WiderAccess, line.record(), wider(held.access, shown));
            return Ok(Verdict::Refuse(refused));
        }
    }
    Ok(Verdict::Take)
}

fn wider(held: Access, new: Access) -> String {
    let name = |access: Access| serde_json::to_string(&access).unwrap_or_default().replace('"', "");
    format!("本库为 {}，来的为 {}", name(held), name(new))
}

fn judged_correction(line: &Line, act: &Correct, session: &Session<'_>) -> Result<Verdict, AppError> {
    let refuse = |reason, message: String| Ok(Verdict::Refuse(Refused::record(reason, line.record(), message)));
    let held = held(session, act.id.as_str(), |origin| reaches(act.node.as_deref(), origin, session.node))?;
    for (card, record) in &held {
        let acts = session.shelf.read_all(&card.acts)?;
        let Record::Put(put) = session.shelf.read(record.place)? else { continue };
        let before = Revised::of(*put, &acts, session.node).put.document;
        let Some(after) = with_field(&before, &act.field, &act.value) else {
            return refuse(Reason::BadRecord, format!("字段 {} 不能是这个值", act.field));
        };
        if let Some(field) = overlong(&after) {
            return refuse(Reason::BadRecord, format!("{field}过长"));
        }
        let (old, new) = (before.access.unwrap_or_default(), after.access.unwrap_or_default());
        if new < old {
            return refuse(Reason::WiderAccess, wider(old, new));
        }
    }
    Ok(acts_on(line, !held.is_empty()))
}

fn judged_relation(line: &Line, act: &Relate, session: &Session<'_>) -> Result<Verdict, AppError> {
    let mut any = false;
    for id in [&act.id, &act.target] {
        let card = session.projector.card(group_of(id.as_str()))?;
        let issued =
            |card: Card| card.records().any(|(_, record)| reaches(act.node.as_deref(), &record.origin, session.node));
        any |= card.is_some_and(issued);
    }
    // Of texts of other nodes: this one finds it by itself.
    if !any && is_found(act) {
        return Ok(Verdict::Unchanged);
    }
    Ok(acts_on(line, any))
}

/// The records under an id that an act has a say about.
fn held(session: &Session<'_>, id: &str, reached: impl Fn(&str) -> bool) -> Result<Vec<(Card, CardRecord)>, AppError> {
    let Some(card) = session.projector.card(group_of(id))? else { return Ok(Vec::new()) };
    let records = card.records().map(|(_, record)| record);
    let found: Vec<CardRecord> = records.filter(|record| record.id == id && reached(&record.origin)).cloned().collect();
    Ok(found.into_iter().map(|record| (card.clone(), record)).collect())
}
