//! Records of the journal: what was received and what people said about it. Derived facts never stand here.

use crate::law::mask::{MaskField, MaskKind};
use crate::law::{Access, Document, DocumentId, InstrumentId, ValueSource};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Version of the record format, written into every record as `v`.
pub const RECORD_FORMAT: u32 = 1;

/// One line of the journal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Record {
    /// A document as received; the same (id, origin) supersedes.
    Put(Box<Put>),
    /// A person's correction of one field.
    Correct(Correct),
    /// A relation between two instruments or versions, with proof.
    Relate(Relate),
    /// The document is withdrawn (answers 410 from then on).
    Withdraw(Withdraw),
    /// Tombstone of a redacted document: what was recorded of it before is erased; what is recorded after stands.
    Redact(Redact),
    /// What is left where a record was erased.
    Erased(Erased),
}

/// The node in an origin `{node}/{source}`.
pub fn node_of(origin: &str) -> &str {
    origin.split_once('/').map_or(origin, |(node, _)| node)
}

/// Whether an act recorded by `node` has a say about a record of this origin, in the journal of the node `own`. The one rule: who
/// keeps a journal may say something of every record in it; another node only of what it issued itself.
pub fn reaches(node: Option<&str>, origin: &str, own: &str) -> bool {
    node.is_none_or(|node| node == own || node == node_of(origin))
}

impl Record {
    /// The version of the format that it states.
    pub fn version(&self) -> u32 {
        match self {
            Record::Put(record) => record.v,
            Record::Correct(record) => record.v,
            Record::Relate(record) => record.v,
            Record::Withdraw(record) => record.v,
            Record::Redact(record) => record.v,
            Record::Erased(record) => record.v,
        }
    }

    /// What it is about: the id of a document, or the acting side of a relation.
    pub fn id(&self) -> &DocumentId {
        match self {
            Record::Put(record) => &record.id,
            Record::Correct(record) => &record.id,
            Record::Relate(record) => &record.id,
            Record::Withdraw(record) => &record.id,
            Record::Redact(record) => &record.id,
            Record::Erased(record) => &record.id,
        }
    }

    /// The node that recorded an act; `None` for a document, and for an act of this journal's own node in an old journal.
    pub fn node(&self) -> Option<&str> {
        match self {
            Record::Put(_) => None,
            Record::Correct(record) => record.node.as_deref(),
            Record::Relate(record) => record.node.as_deref(),
            Record::Withdraw(record) => record.node.as_deref(),
            Record::Redact(record) => record.node.as_deref(),
            Record::Erased(record) => record.node.as_deref(),
        }
    }

    /// When it was recorded.
    pub fn at(&self) -> Timestamp {
        match self {
            Record::Put(record) => record.at,
            Record::Correct(record) => record.at,
            Record::Relate(record) => record.at,
            Record::Withdraw(record) => record.at,
            Record::Redact(record) => record.at,
            Record::Erased(record) => record.at,
        }
    }
}

/// A received document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Put {
    /// Format version.
    pub v: u32,
    /// Document id.
    pub id: DocumentId,
    /// The instrument it is a text of; absent for cases.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instrument: Option<InstrumentId>,
    /// `{node}/{source}`; a further text of one version from one source ends in `+2`, `+3`.
    pub origin: String,
    /// When it was recorded.
    pub at: Timestamp,
    /// SHA-256 (hex) of the canonical JSON of `document`: the same content again makes no record.
    pub digest: String,
    /// Path of the file inside what was imported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// SHA-256 (hex) of the original file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_sha256: Option<String>,
    /// What was masked before it was recorded.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub masked: Vec<Masked>,
    /// Recorded as it was although it may hold personal data (`import --no-mask`): never wider than restricted.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unmasked: bool,
    /// Values of it that were told beside its text, and where.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<ValueSource>,
    /// What was received.
    pub document: Document,
}

/// A stretch of a field of a document that was masked: place and kind, never what stood there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Masked {
    /// The field.
    pub field: MaskField,
    /// Which entry of it, for lists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub index: Option<u32>,
    /// Its first code point in the field as recorded.
    pub start: usize,
    /// The code point after its last.
    pub end: usize,
    /// What kind of personal data it was.
    pub kind: MaskKind,
}

/// A correction: field, value, reason, proof. Both values stay visible.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correct {
    /// Format version.
    pub v: u32,
    /// What is corrected: a document id.
    pub id: DocumentId,
    /// When.
    pub at: Timestamp,
    /// The node that recorded it; absent in old journals, where it is the node whose journal it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub node: Option<String>,
    /// Name of the field of the interchange format.
    pub field: String,
    /// The right value; `null` says that it is not known.
    pub value: serde_json::Value,
    /// Why.
    pub reason: String,
    /// The evidence: a quotation, number or address.
    pub proof: String,
    /// Who may see the correction; default that of its subject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<Access>,
}

/// What relates two instruments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RelationKind {
    /// 废止.
    Repeals,
    /// 修改.
    Amends,
    /// 实施、根据…制定.
    Implements,
    /// Two ids are one instrument.
    SameAs,
}

/// A relation with its proof.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Relate {
    /// Format version.
    pub v: u32,
    /// The acting instrument, version or document.
    pub id: DocumentId,
    /// When recorded.
    pub at: Timestamp,
    /// The node that recorded it; absent in old journals, where it is the node whose journal it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub node: Option<String>,
    /// The relation.
    pub relation: RelationKind,
    /// The instrument, version or document acted upon.
    pub target: DocumentId,
    /// From which day, where that matters (repeals).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<jiff::civil::Date>,
    /// Takes back the same relation recorded before.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub undone: bool,
    /// Why.
    pub reason: String,
    /// The evidence.
    pub proof: String,
    /// Who may see it; default that of its subject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<Access>,
}

/// A withdrawal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withdraw {
    /// Format version.
    pub v: u32,
    /// What is withdrawn.
    pub id: DocumentId,
    /// Only the record of this origin; absent: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// When.
    pub at: Timestamp,
    /// The node that recorded it; absent in old journals, where it is the node whose journal it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub node: Option<String>,
    /// Why.
    pub reason: String,
}

impl Withdraw {
    /// Whether it takes away a record of this origin, in the journal of the node `own`.
    pub fn takes(&self, origin: &str, own: &str) -> bool {
        self.origin.as_deref().is_none_or(|only| only == origin) && reaches(self.node.as_deref(), origin, own)
    }
}

/// A tombstone: id, time, reason and the digest of the remaining text; none of the removed text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Redact {
    /// Format version.
    pub v: u32,
    /// What was redacted.
    pub id: DocumentId,
    /// When.
    pub at: Timestamp,
    /// The node that recorded it; absent in old journals, where it is the node whose journal it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub node: Option<String>,
    /// Why.
    pub reason: String,
    /// Digest of the document that remains ([`Put::digest`]), which is recorded behind it; of nothing where none does.
    pub digest: String,
    /// Who could read what is gone, and so may know that it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<Access>,
}

impl Redact {
    /// Whether it takes away what a record says, in the journal of the node `own`: a document or a correction of it.
    pub fn names(&self, record: &Record, own: &str) -> bool {
        match record {
            Record::Put(put) => put.id == self.id && reaches(self.node.as_deref(), &put.origin, own),
            Record::Correct(act) => {
                let by = act.node.as_deref().unwrap_or(own);
                act.id == self.id && self.node.as_deref().is_none_or(|node| node == own || node == by)
            }
            _ => false,
        }
    }

    /// Whether a record that it names no longer counts. Who may read a document is no part of its text: that goes on.
    pub fn ends(&self, record: &Record, own: &str) -> bool {
        self.names(record, own) && !matches!(record, Record::Correct(act) if act.field == "access")
    }
}

/// What is left where a record was erased: who could see it, so that cursors mean the same, and nothing of what it said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Erased {
    /// Format version.
    pub v: u32,
    /// What it was about.
    pub id: DocumentId,
    /// When it was recorded.
    pub at: Timestamp,
    /// The node that recorded an act.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub node: Option<String>,
    /// The origin of a document; absent: it was a correction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// Who could see it, as it stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<Access>,
    /// Fills the room that the record had; says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<String>,
}

impl Erased {
    /// What is left of a record; `None` if it is not of a kind that is erased.
    pub fn of(record: &Record) -> Option<Erased> {
        let v = RECORD_FORMAT;
        match record {
            Record::Put(put) => {
                let Put { id, at, origin, document, .. } = &**put;
                let (id, origin) = (id.clone(), Some(origin.clone()));
                Some(Erased { v, id, at: *at, node: None, origin, access: document.access, room: None })
            }
            Record::Correct(Correct { id, at, node, access, .. }) => {
                let (id, node) = (id.clone(), node.clone());
                Some(Erased { v, id, at: *at, node, origin: None, access: *access, room: None })
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_node_has_a_say_about_its_own_records_alone() {
        for own in [None, Some("county")] {
            assert!(reaches(own, "county/files", "county") && reaches(own, "city/files", "county"));
        }
        assert!(reaches(Some("city"), "city/files+2", "county"));
        for origin in ["county/files", "province/files", "city2/files", "cit/y", "province/city"] {
            assert!(!reaches(Some("city"), origin, "county"), "{origin}");
        }
    }
}
