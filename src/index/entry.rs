//! What the index holds of a provision.

use crate::law::case_record::CaseFacts;
use crate::law::{Access, AuthorityLevel, CaseKind, Interval, Kind, ProvisionKind};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The instrument or case above a provision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupHead {
    /// Instrument id, or document id of a case.
    pub id: String,
    /// Title as received.
    pub title: String,
    /// Family.
    pub kind: Kind,
    /// Level; absent for cases and where unknown.
    pub level: Option<AuthorityLevel>,
    /// Kind of case.
    pub case_kind: Option<CaseKind>,
    /// Issuer as stated or read.
    pub issuer: Option<String>,
    /// Region code.
    pub region: Option<String>,
    /// 文号 or 案号.
    pub document_number: Option<String>,
    /// 主题 as stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// What a case is filtered, counted and sorted by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<Box<CaseFacts>>,
}

/// The version above a provision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionHead {
    /// Version key; for cases `-`.
    pub key: String,
    /// `{instrument}@{version}`, or the case id.
    pub id: String,
    /// In force between; all unknown for cases.
    #[serde(flatten)]
    pub interval: Interval,
    /// Promulgation, else adoption, else decision date: what "date" sorts by.
    pub dated: Option<Date>,
    /// Record origins, preferred first.
    pub origins: Vec<String>,
}

/// One provision as indexed and stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Provision id: that of its version, a slash and the key of the provision. An engine refuses another one.
    pub id: String,
    /// Place in its version, from 0.
    pub ordinal: u32,
    /// Kind of provision.
    pub kind: ProvisionKind,
    /// 第十条之一, 二（一）3, 附件1 …
    pub label: String,
    /// Headings above it, outermost first, as written.
    pub path: Vec<String>,
    /// Verbatim text without surrounding white space.
    pub text: String,
    /// The instrument or case.
    pub group: GroupHead,
    /// The version.
    pub version: VersionHead,
    /// Who may read it.
    pub access: Access,
    /// Departments that may read it when restricted.
    pub departments: Vec<String>,
}
