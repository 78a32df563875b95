//! Validity on a day, computed from an interval and never stored (时效性).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// 时效性 of a version on a given day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[doc(alias = "时效性")]
pub enum ValidityStatus {
    /// 尚未施行.
    NotYetEffective,
    /// 现行有效.
    InForce,
    /// 已被修改: replaced by a newer version of the same instrument.
    Amended,
    /// 已废止.
    Repealed,
    /// 已失效.
    Expired,
    /// 时效未知.
    Unknown,
}

impl ValidityStatus {
    /// Every status with its name in JSON and in Chinese: the one table of statuses.
    pub const ALL: [(ValidityStatus, &'static str, &'static str); 6] = [
        (Self::NotYetEffective, "not_yet_effective", "尚未施行"),
        (Self::InForce, "in_force", "现行有效"),
        (Self::Amended, "amended", "已被修改"),
        (Self::Repealed, "repealed", "已废止"),
        (Self::Expired, "expired", "已失效"),
        (Self::Unknown, "unknown", "时效未知"),
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

/// What ended a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndedBy {
    /// A newer version of the same instrument.
    Amendment,
    /// A repeal.
    Repeal,
    /// The end of its period of validity.
    Expiry,
    /// The source only says that it is no longer valid.
    Unknown,
}

/// When a version is in force: `[effective_from, ended_on)`, and what ended it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Interval {
    /// First day in force; unknown if no source or text says it.
    pub effective_from: Option<Date>,
    /// First day no longer in force.
    pub ended_on: Option<Date>,
    /// What ended it; present exactly when `ended_on` is.
    pub ended_by: Option<EndedBy>,
    /// Whether `ended_on` is only the latest possible day: a source said on that day that it was over, not since when.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub end_is_latest: bool,
}

impl Interval {
    /// The status on a day. A version whose first day is unknown is `Unknown` until it is known to have ended, and so is one of
    /// which only the latest possible end is known.
    pub fn status(&self, on: Date) -> ValidityStatus {
        if let (Some(end), Some(by)) = (self.ended_on, self.ended_by)
            && end <= on
        {
            return match by {
                EndedBy::Amendment => ValidityStatus::Amended,
                EndedBy::Repeal => ValidityStatus::Repealed,
                EndedBy::Expiry | EndedBy::Unknown => ValidityStatus::Expired,
            };
        }
        match self.effective_from {
            None => ValidityStatus::Unknown,
            Some(from) if from > on => ValidityStatus::NotYetEffective,
            Some(_) if self.end_is_latest => ValidityStatus::Unknown,
            Some(_) => ValidityStatus::InForce,
        }
    }
}
