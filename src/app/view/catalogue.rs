//! The yearly catalogue of the documents in force (规范性文件目录), with what changed since the year before.

use super::{InstrumentHead, VersionView};
use crate::law::event::EventKind;
use jiff::civil::Date;
use serde::Serialize;

/// A catalogue.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CataloguePage {
    /// The year.
    pub year: i16,
    /// What it lists, in Chinese: 规范性文件, 法律法规规章.
    #[serde(skip)]
    pub of: &'static str,
    /// The day whose state it shows: the last of the year, or today while it lasts.
    pub as_of: Date,
    /// The day with which it is compared: the last of the year before.
    pub compared_with: Date,
    /// Its lists in the order in which people read them; empty ones are left out.
    pub lists: Vec<CatalogueList>,
    /// Newest date of a document in the corpus.
    pub known_to: Option<Date>,
    /// Whether this is the fictional sample.
    pub sample: bool,
    /// Chinese remarks.
    pub warnings: Vec<String>,
}

/// A list of a catalogue.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CatalogueList {
    /// What its entries have in common.
    pub standing: CatalogueStanding,
    /// The same in Chinese.
    pub name: &'static str,
    /// The documents, numbered from 1 in this order.
    pub entries: Vec<CatalogueEntry>,
}

/// How a document stands on the day of a catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CatalogueStanding {
    /// It is in force.
    InForce,
    /// It was promulgated and is not in force yet.
    NotYetEffective,
    /// Nobody knows whether it is in force: to be looked at by a person.
    Unknown,
    /// It was in force, or perhaps, on the last day of the year before, and is not any more.
    Ended,
}

impl CatalogueStanding {
    /// Every standing with its Chinese name, in the order of a catalogue.
    pub const ALL: [(CatalogueStanding, &'static str); 4] = [
        (Self::InForce, "现行有效"),
        (Self::NotYetEffective, "已公布尚未施行"),
        (Self::Unknown, "时效待核"),
        (Self::Ended, "本年废止、失效"),
    ];
}

/// What became of a document since the year before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum YearChange {
    /// It has come.
    New,
    /// Its text has changed.
    Amended,
    /// It was repealed.
    Repealed,
    /// Its period of validity has ended.
    Expired,
}

impl YearChange {
    /// In Chinese.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::New => "新增",
            Self::Amended => "修改",
            Self::Repealed => "废止",
            Self::Expired => "失效",
        }
    }
}

/// A document of a catalogue.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CatalogueEntry {
    /// In Chinese, what its dates are where they are not what they seem: that of its adoption, an assumed first day.
    pub remark: Option<String>,
    /// The document.
    pub instrument: InstrumentHead,
    /// The first level of its subject (主题), as it states it.
    pub subject: Option<String>,
    /// The version that stands on the day, or the last one.
    pub version: VersionView,
    /// What became of it since the year before; `null` if nothing did.
    pub change: Option<YearChange>,
    /// What the change rests on; `null` where no text or person tells.
    pub event: Option<EventKind>,
    /// The sentence that tells of it.
    pub quote: Option<String>,
}
