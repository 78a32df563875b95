//! What persons do to the corpus; and the relations that they recorded, as far as they stand: none that was taken back, of one relation of the same two the newest.
//! Nobody takes back or replaces what another node recorded.

use super::card::Card;
use super::error::{AppError, ErrorCode};
use super::projector::group_of;
use super::redact::Removed;
use crate::corpus::record::{Relate, RelationKind};
use crate::corpus::{Place, Record};
use crate::law::DocumentId;
use jiff::civil::Date;

/// A person's act on the corpus (`correct`, `relate`, `withdraw`, `redact`).
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// Correct one field of a document.
    Correct {
        /// Document id.
        id: String,
        /// Field of the interchange format.
        field: String,
        /// JSON value; `null` for not known.
        value: serde_json::Value,
        /// Why.
        reason: String,
        /// The evidence.
        proof: String,
    },
    /// Relate two instruments, versions or documents.
    Relate {
        /// The acting one.
        id: String,
        /// `repeals amends implements same_as`.
        relation: String,
        /// The one acted upon.
        target: String,
        /// From which day.
        on: Option<Date>,
        /// Take back the one recorded.
        undo: bool,
        /// Why.
        reason: String,
        /// The evidence.
        proof: String,
    },
    /// Remove words or the whole text of a document for good.
    Redact {
        /// Document id.
        id: String,
        /// What goes.
        removed: Removed,
        /// Why; none of what goes.
        reason: String,
    },
    /// Withdraw a document.
    Withdraw {
        /// Document id.
        id: String,
        /// Only the record of this origin.
        origin: Option<String>,
        /// Why.
        reason: String,
    },
}

/// The relations among the acts of a group that stand, in the order recorded, in the journal of the node `own`.
pub fn relations<'a>(acts: &'a [(Place, Record)], own: &str) -> Vec<&'a Relate> {
    let mut standing: Vec<&Relate> = Vec::new();
    for (_, act) in acts {
        let Record::Relate(act) = act else { continue };
        standing.retain(|before| !(is_same(before, act) && author(before, own) == author(act, own)));
        if !act.undone {
            standing.push(act);
        }
    }
    standing
}

/// The node that recorded a relation.
fn author<'a>(act: &'a Relate, own: &'a str) -> &'a str {
    act.node.as_deref().unwrap_or(own)
}

fn is_same(one: &Relate, other: &Relate) -> bool {
    one.relation == other.relation && one.id == other.id && one.target == other.target
}

/// Share of its pairs of characters that one title must have of the other to be another writing of it.
const TITLES_ALIKE: f64 = 0.5;

/// Whether two instruments may be one: their titles are alike, or the evidence names both.
fn may_be_one(own: &Card, other: &Card, proof: &str) -> bool {
    let (one, two) = (own.head.title.as_str(), other.head.title.as_str());
    let alike = crate::citation::quote::overlap(one, two).max(crate::citation::quote::overlap(two, one));
    alike >= TITLES_ALIKE || proof.contains(one) && proof.contains(two)
}

/// Refuses a relation of two instruments that cannot be recorded beside those that stand of this node; `acts` are those of the
/// first.
pub fn check(acts: &[(Place, Record)], new: &Relate, (own, other): (&Card, &Card), node: &str) -> Result<(), AppError> {
    let conflict = |message: String| Err(AppError::new(ErrorCode::Conflict, message));
    let (id, target) = (&new.id.0, &new.target.0);
    let mut standing = relations(acts, node);
    standing.retain(|act| author(act, node) == node);
    let before = standing.iter().find(|before| is_same(before, new));
    match before {
        _ if new.undone && new.relation == RelationKind::SameAs => {
            return conflict(
                "同一文件的登记不能撤销：编号已经合并；请撤下（withdraw）误并的文本，重新导入".to_string(),
            );
        }
        None if new.undone => {
            return conflict(format!("没有登记过“{id}”对“{target}”的这一关系；请照登记时的编号写"));
        }
        Some(before) if !new.undone && before.on == new.on => {
            return conflict(format!("这一关系已于{}登记；要更改请先撤销（undo）", before.at.strftime("%Y-%m-%d")));
        }
        _ => {}
    }
    let is_of =
        |card: &Card, id: &DocumentId| group_of(id.as_str()) == card.group || card.is_alias(group_of(id.as_str()));
    let are_two = |act: &&&Relate| {
        act.relation != RelationKind::Implements
            && (is_of(own, &act.id) && is_of(other, &act.target) || is_of(other, &act.id) && is_of(own, &act.target))
    };
    if new.relation == RelationKind::SameAs
        && let Some(act) = standing.iter().find(are_two)
    {
        return conflict(format!(
            "已于{}登记“{}”对“{}”的废止或修改，两者不会是同一文件；登记有误的请先撤销（undo）",
            act.at.strftime("%Y-%m-%d"),
            act.id.0,
            act.target.0
        ));
    }
    if new.relation == RelationKind::SameAs && !new.undone && !may_be_one(own, other, &new.proof) {
        return conflict(format!(
            "《{}》和《{}》的标题不相似，不会是同一文件；更名的请登记 replaces，确为同一文件的请在依据（proof）中写出两个标题",
            own.head.title, other.head.title
        ));
    }
    let is_reverse =
        |other: &&&Relate| other.relation == new.relation && other.id == new.target && other.target == new.id;
    if let Some(other) = standing.iter().find(is_reverse).filter(|_| !new.undone) {
        return conflict(format!(
            "已于{}登记了相反的关系：“{target}”对“{id}”；两者不能都成立，请先撤销（undo）错的一条",
            other.at.strftime("%Y-%m-%d")
        ));
    }
    Ok(())
}
