//! Relations that another node recorded: they act on what that node issued itself.

use super::super::card::Card;
use super::super::error::AppError;
use super::super::group::{self, Cluster, Text};
use super::{Projector, Work, group_of};
use crate::corpus::record::{Relate, reaches};

impl Projector<'_> {
    /// Whether two ids are one instrument for this node too: another one says so only of what it issued, under both ids.
    pub(super) fn joins(&self, act: &Relate, work: &Work) -> Result<bool, AppError> {
        let mut both = true;
        if is_own(act, self.node) {
            return Ok(both);
        }
        for id in [group_of(act.id.as_str()), group_of(act.target.as_str())] {
            let issued = |origin: &str| reaches(act.node.as_deref(), origin, self.node);
            let here = || work.texts.iter().any(|text| is_of(text, id) && issued(&text.put.origin));
            let there = |card: Card| card.records().any(|(_, record)| issued(&record.origin));
            both &= here() || self.card(id)?.is_some_and(there);
        }
        Ok(both)
    }
}

/// Whether this node recorded a relation itself.
pub(super) fn is_own(act: &Relate, own: &str) -> bool {
    act.node.as_ref().is_none_or(|node| node == own)
}

/// Whether a text was recorded under the id of a group.
pub(super) fn is_of(text: &Text, group: &str) -> bool {
    text.group() == group || group_of(text.put.id.as_str()) == group
}

/// The versions on which a relation acts that another node recorded: those of which it issued a text.
pub(super) fn issued_versions(work: &Work, clusters: &[Cluster], act: &Relate, own: &str) -> Vec<String> {
    let target = act.target.as_str();
    let mut versions = Vec::new();
    for cluster in clusters {
        let id = group::version_id(&work.group, &cluster.key);
        let mut texts = cluster.members.iter().filter_map(|at| work.texts.get(*at));
        let named = |text: &Text| target == id || !target.contains('@') || text.put.id.as_str() == target;
        if texts.any(|text| named(text) && reaches(act.node.as_deref(), &text.put.origin, own)) {
            versions.push(id);
        }
    }
    versions
}
