//! What the clean-up journey answers.

use super::citations::{CitedBy, ProvisionRef};
use super::{InstrumentHead, VersionView};
use crate::law::versions::Proof;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// What a citation points at by now, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ImpactState {
    /// 所引文件已废止、失效.
    Repealed,
    /// 现行文本中没有找到与所引条款对应的条款.
    Gone,
    /// 所引条款序号和内容都已变.
    MovedAltered,
    /// 所引条款序号已变.
    Moved,
    /// 所引条款内容已改.
    Altered,
    /// 库中没有引用当时的文本，无法比对.
    Unverifiable,
}

impl ImpactState {
    /// Every state with its name in JSON and what it means.
    pub const ALL: [(ImpactState, &'static str, &'static str); 6] = [
        (Self::Repealed, "repealed", "所引文件已废止或失效"),
        (Self::Gone, "gone", "现行文本中没有找到与所引条款对应的条款"),
        (Self::MovedAltered, "moved_altered", "所引条款的序号和内容都已变"),
        (Self::Moved, "moved", "所引条款的序号已变"),
        (Self::Altered, "altered", "所引条款的内容已改"),
        (Self::Unverifiable, "unverifiable", "库中没有引用当时的文本，无法比对"),
    ];

    /// The name in JSON.
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// In Chinese.
    pub fn chinese(self) -> &'static str {
        Self::ALL[self as usize].2
    }
}

/// What a change or repeal touches.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ImpactPage {
    /// What was asked for.
    pub id: String,
    /// The instrument that changed.
    pub instrument: InstrumentHead,
    /// In Chinese, that the corpus does not hold the instrument, which then is named by its title alone, and what took its
    /// place; absent for what is held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unheld: Option<String>,
    /// Its version in force on the day asked; `null` if it has none.
    pub version: Option<VersionView>,
    /// What its last text ended by, if none is in force: the event, its sentence and where that stands.
    pub ended: Option<Proof>,
    /// What took its place, where what repealed it has the same subject; absent where nothing says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub successor: Option<Successor>,
    /// The day asked.
    pub as_of: Date,
    /// Newest date of a version in the corpus: what is later is not known.
    pub known_to: Option<Date>,
    /// Citations touched that pass the filter.
    pub total: u64,
    /// Citations touched by state, before the filter by state.
    pub counts: BTreeMap<&'static str, u64>,
    /// The citations, the worst first.
    pub items: Vec<ImpactItem>,
    /// Where the next page begins, as `offset`.
    pub next: Option<usize>,
    /// Whether this is the fictional sample.
    pub sample: bool,
}

/// The instrument that repealed another and took its place.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Successor {
    /// The instrument.
    pub instrument: InstrumentHead,
    /// In Chinese, why it is held to be the successor.
    pub why: &'static str,
    /// The sentence that repeals.
    pub quote: String,
    /// The provision that has it.
    pub provision: String,
}

/// One citation that is touched.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ImpactItem {
    /// What it points at by now.
    pub state: ImpactState,
    /// The same in Chinese.
    pub message: String,
    /// Where the text cited is now.
    pub now: Vec<ProvisionRef>,
    /// Of text that is gone: the provisions that are most like it, which somebody has to read; absent where nothing is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub nearest: Vec<ProvisionRef>,
    /// Who cites, with the words.
    #[serde(flatten)]
    pub citation: CitedBy,
}

/// Filters of the clean-up journey.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImpactFilter {
    /// Only these states; empty for all.
    pub states: Vec<ImpactState>,
    /// Also by documents that do not stand on the day asked.
    pub all: bool,
    /// Also by cases.
    pub cases: bool,
    /// Items on a page.
    pub limit: usize,
    /// Items left out before.
    pub offset: usize,
}
