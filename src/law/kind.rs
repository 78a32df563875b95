//! Kinds of documents, authority levels, access.

use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// The three families of documents (文件类别).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 法律、法规、规章、司法解释: every level but normative documents.
    Legislation,
    /// 行政规范性文件.
    #[doc(alias = "规范性文件")]
    Normative,
    /// 案例: penalty decisions, typical cases, judgments.
    #[doc(alias = "案例")]
    Case,
}

impl Kind {
    /// Every family with its name in JSON and in Chinese: the one table of families.
    pub const ALL: [(Kind, &'static str, &'static str); 3] = [
        (Self::Legislation, "legislation", "法律法规规章"),
        (Self::Normative, "normative", "规范性文件"),
        (Self::Case, "case", "案例"),
    ];

    /// The name used in JSON.
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// The Chinese name.
    pub fn chinese(self) -> &'static str {
        Self::ALL[self as usize].2
    }
}

/// What kind of case (案例种类).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseKind {
    /// 行政处罚决定书.
    PenaltyDecision,
    /// 典型案例.
    TypicalCase,
    /// 裁判文书.
    Judgment,
    /// 行政许可决定书 (reserved).
    LicenceDecision,
    /// 行政强制决定书 (reserved).
    CoercionDecision,
    /// 行政检查记录 (reserved).
    InspectionRecord,
    /// 行政复议决定书 (reserved).
    ReconsiderationDecision,
}

impl CaseKind {
    /// The Chinese name.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::PenaltyDecision => "行政处罚决定书",
            Self::TypicalCase => "典型案例",
            Self::Judgment => "裁判文书",
            Self::LicenceDecision => "行政许可决定书",
            Self::CoercionDecision => "行政强制决定书",
            Self::InspectionRecord => "行政检查记录",
            Self::ReconsiderationDecision => "行政复议决定书",
        }
    }
}

/// 效力位阶: the level of an instrument's authority.
///
/// A *partial* order (立法法 2023, articles 98–102): local regulations and departmental rules do not rank against each
/// other, so there is no `Ord`. `a < b` means that b is superior to a.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[doc(alias = "效力位阶")]
pub enum AuthorityLevel {
    /// 宪法.
    Constitution,
    /// 法律.
    Law,
    /// 行政法规.
    AdministrativeRegulation,
    /// 监察法规.
    SupervisionRegulation,
    /// 地方性法规.
    LocalRegulation,
    /// 自治条例.
    AutonomousRegulation,
    /// 单行条例.
    SeparateRegulation,
    /// 经济特区法规.
    SpecialEconomicZoneRegulation,
    /// 部门规章.
    DepartmentalRule,
    /// 地方政府规章.
    LocalGovernmentRule,
    /// 司法解释.
    JudicialInterpretation,
    /// 规范性文件.
    NormativeDocument,
}

impl AuthorityLevel {
    /// Every level with its name in JSON and its Chinese name, highest first: the one table of levels.
    pub const ALL: [(AuthorityLevel, &'static str, &'static str); 12] = [
        (Self::Constitution, "constitution", "宪法"),
        (Self::Law, "law", "法律"),
        (Self::AdministrativeRegulation, "administrative_regulation", "行政法规"),
        (Self::SupervisionRegulation, "supervision_regulation", "监察法规"),
        (Self::LocalRegulation, "local_regulation", "地方性法规"),
        (Self::AutonomousRegulation, "autonomous_regulation", "自治条例"),
        (Self::SeparateRegulation, "separate_regulation", "单行条例"),
        (Self::SpecialEconomicZoneRegulation, "special_economic_zone_regulation", "经济特区法规"),
        (Self::DepartmentalRule, "departmental_rule", "部门规章"),
        (Self::LocalGovernmentRule, "local_government_rule", "地方政府规章"),
        (Self::JudicialInterpretation, "judicial_interpretation", "司法解释"),
        (Self::NormativeDocument, "normative_document", "规范性文件"),
    ];

    /// The level of a name: `local_regulation` or 地方性法规.
    pub fn of(name: &str) -> Option<AuthorityLevel> {
        Self::ALL.iter().find(|(_, code, chinese)| [*code, *chinese].contains(&name)).map(|(level, ..)| *level)
    }

    /// The name used in JSON, for example `local_regulation`.
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// The Chinese name, for example 地方性法规.
    pub fn chinese(self) -> &'static str {
        Self::ALL[self as usize].2
    }

    /// A place in a list sorted by authority, 0 first. For display only: never compare levels by it.
    pub fn list_place(self) -> u64 {
        self as u64
    }

    /// The kind of document that an instrument of this level is.
    pub fn kind(self) -> Kind {
        if self == Self::NormativeDocument { Kind::Normative } else { Kind::Legislation }
    }

    /// Whether instruments of this level are made by local organs, so that their identity needs a region.
    pub fn is_local(self) -> bool {
        matches!(
            self,
            Self::LocalRegulation
                | Self::AutonomousRegulation
                | Self::SeparateRegulation
                | Self::SpecialEconomicZoneRegulation
                | Self::LocalGovernmentRule
        )
    }

    fn tier(self) -> u8 {
        match self {
            Self::Constitution => 5,
            Self::Law => 4,
            Self::AdministrativeRegulation | Self::SupervisionRegulation => 3,
            Self::LocalRegulation
            | Self::AutonomousRegulation
            | Self::SeparateRegulation
            | Self::SpecialEconomicZoneRegulation
            | Self::DepartmentalRule
            | Self::LocalGovernmentRule
            | Self::JudicialInterpretation => 2,
            Self::NormativeDocument => 1,
        }
    }
}

impl PartialOrd for AuthorityLevel {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        if self == other {
            return Some(Ordering::Equal);
        }
        match (self, other) {
            (Self::LocalRegulation, Self::LocalGovernmentRule) => Some(Ordering::Greater),
            (Self::LocalGovernmentRule, Self::LocalRegulation) => Some(Ordering::Less),
            _ => match self.tier().cmp(&other.tier()) {
                Ordering::Equal => None,
                unequal => Some(unequal),
            },
        }
    }
}

/// Who may read a record. A record that does not say is `Internal`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// Everybody.
    Public,
    /// Those who work in the administration.
    #[default]
    Internal,
    /// The departments listed beside it; with an empty list only editors.
    Restricted,
}

impl Access {
    /// The Chinese name.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Public => "公开",
            Self::Internal => "内部",
            Self::Restricted => "限制",
        }
    }
}
