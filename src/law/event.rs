//! Events in the life of a version: adopted, promulgated, amended, in force, repealed.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What happened (历史沿革).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// 通过.
    Adopted,
    /// 公布、发布.
    Promulgated,
    /// 修正: amended by decision, numbering mostly kept.
    Amended,
    /// 修订: the whole text replaced.
    Revised,
    /// 批准.
    Approved,
    /// 施行、生效、执行.
    Effective,
    /// 废止.
    Repealed,
    /// 失效.
    Expired,
}

impl EventKind {
    /// The Chinese name.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Adopted => "通过",
            Self::Promulgated => "公布",
            Self::Amended => "修正",
            Self::Revised => "修订",
            Self::Approved => "批准",
            Self::Effective => "施行",
            Self::Repealed => "废止",
            Self::Expired => "失效",
        }
    }

    /// Whether the event makes or changes the text: the last of these identifies a version.
    pub fn changes_text(self) -> bool {
        matches!(self, Self::Adopted | Self::Amended | Self::Revised)
    }

    /// Whether the event is a step in making or changing the text: adopted, approved, promulgated, amended or revised.
    pub fn makes_text(self) -> bool {
        self.changes_text() || matches!(self, Self::Promulgated | Self::Approved)
    }
}

/// Where a fact was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventSource {
    /// The history lines under the title (题注).
    History,
    /// The text itself, mostly its supplementary provisions (附则).
    Text,
    /// Metadata stated by the source.
    Stated,
    /// A correction by a person.
    Correction,
}

/// One dated event with the words it was read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// What happened.
    pub kind: EventKind,
    /// When.
    pub date: Date,
    /// Where it was read.
    pub source: EventSource,
    /// The words that say so, verbatim.
    pub quote: String,
}
