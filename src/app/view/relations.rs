//! Relations of an instrument as they are shown: what its text tells and what a person recorded, side by side.

use super::InstrumentHead;
use jiff::civil::Date;
use serde::Serialize;

/// Who says that there is a relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SaidBy {
    /// The text, in a sentence of it or by its title.
    Text,
    /// A person (`relate`).
    Person,
}

impl SaidBy {
    /// In Chinese, for people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Text => "文本写明",
            Self::Person => "人工写明",
        }
    }
}

/// A relation to another instrument with its proof. A derived one is never overwritten by what a person records.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RelationShown {
    /// `repeals implements amends`.
    pub relation: &'static str,
    /// Whether this instrument does it to the other; else the other does it to this one.
    pub acts: bool,
    /// Who says so.
    pub by: SaidBy,
    /// The other's title: as cited and folded, else as received.
    pub title: String,
    /// The other, where it is known which is meant.
    pub instrument: Option<InstrumentHead>,
    /// The provision that says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provision: Option<String>,
    /// The sentence of the text, or the evidence that the person gave.
    pub proof: String,
    /// Why the person recorded it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// From which day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
    /// When the person recorded it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recorded_at: Option<String>,
}

impl RelationShown {
    /// In Chinese, without proof: 修改《…》, 为《…》所修改.
    pub fn says(&self) -> String {
        let title = bracketed(self.instrument.as_ref().map_or(self.title.as_str(), |head| head.title.as_str()));
        match (self.relation, self.acts) {
            ("repeals", true) => format!("废止{title}"),
            ("repeals", false) => format!("为{title}所废止"),
            ("amends", true) => format!("修改{title}"),
            ("amends", false) => format!("为{title}所修改"),
            ("extends", true) => format!("延长{title}的有效期"),
            ("extends", false) => format!("由{title}延长有效期"),
            (_, true) => format!("根据{title}制定"),
            (_, false) => format!("为制定{title}的依据"),
        }
    }

    /// In Chinese, the proof and who gives it.
    pub fn proved(&self) -> String {
        let mut told = format!("{}：{}", self.by.chinese(), self.proof);
        if let Some(reason) = &self.reason {
            told += &format!("；理由：{reason}");
        }
        if let Some(on) = self.on {
            told += &format!("；自 {on} 起");
        }
        if let Some(day) = self.recorded_at.as_deref().and_then(|at| at.get(..10)) {
            told += &format!("（{day} 记录）");
        }
        told
    }
}

/// A title in book brackets; titles inside it stand in 〈〉.
pub fn bracketed(title: &str) -> String {
    crate::citation::formal::formal(title, None, "")
}
