//! A document as received: what its source states and its verbatim text. Also the interchange format.

use super::kind::{Access, AuthorityLevel, CaseKind, Kind};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A document as received (interchange record). Absent means not stated; nothing here is derived.
///
/// The JSON form is strict: unknown fields and malformed dates are errors. Documented in `docs/interchange.md`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// The family of the document.
    pub kind: Kind,
    /// 标题, as received.
    pub title: String,
    /// 效力位阶, for legislation and normative documents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<AuthorityLevel>,
    /// What kind of case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case_kind: Option<CaseKind>,
    /// 制定机关、发文机关、处罚机关 as stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// Region code of six digits (GB/T 2260), for local instruments and cases.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// 文号.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document_number: Option<String>,
    /// 案号、决定书文号.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case_number: Option<String>,
    /// 通过日期.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adoption_date: Option<Date>,
    /// 公布、发布日期.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promulgation_date: Option<Date>,
    /// 施行日期.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_date: Option<Date>,
    /// 成文日期.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written_date: Option<Date>,
    /// 决定、裁判日期 of a case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_on: Option<Date>,
    /// A date whose meaning the source does not say, such as the one in a file name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_date: Option<Date>,
    /// 有效期至: last day of validity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Date>,
    /// What the source says of its validity: `in_force`, `amended`, `repealed`, `expired`, `not_yet_effective`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asserted_status: Option<String>,
    /// The day on which the source said so, for example the day its collection was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asserted_on: Option<Date>,
    /// 统一登记编号.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registration_number: Option<String>,
    /// 索引号.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub index_number: Option<String>,
    /// 主题分类.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// 备案号.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filing_number: Option<String>,
    /// 备案日期.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filed_on: Option<Date>,
    /// 起草部门.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drafting_department: Option<String>,
    /// 案由 of a case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    /// Row inside the notice or table that published the case, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row_number: Option<u32>,
    /// 当事人 of a case, personal names masked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<String>,
    /// Who may read it; not stated means `internal`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<Access>,
    /// Departments that may read a restricted record.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub departments: Vec<String>,
    /// The source's own id of the record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_id: Option<String>,
    /// Where the source publishes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_url: Option<String>,
    /// `{node}/{source}`; the importing command fills it in when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// 题注: the lines between title and text that tell the history, verbatim.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<String>,
    /// What the source itself remarks on the record, for example that its columns are out of order (来源标注).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// 标注: articles that apply to a case in the judgement of people, for measuring (`faju eval similar`). Nothing that searches,
    /// ranks or shows reads them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<ArticleLabel>,
    /// The body, verbatim, lines separated by `\n`.
    pub text: String,
}

/// Where a value of a document was told: the head of an export, the name of the file, the catalogue of its folder, the command line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValueSource {
    /// The field.
    pub field: String,
    /// Where, for people: 目录第3行, 命令行.
    pub told_by: String,
}

impl ValueSource {
    /// Where a field was told.
    pub fn new(field: &str, told_by: &str) -> Self {
        ValueSource { field: field.to_string(), told_by: told_by.to_string() }
    }
}

/// An article that people named.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArticleLabel {
    /// Title of the law, 中华人民共和国 left out: 刑法.
    pub law: String,
    /// 第X条.
    pub number: u32,
    /// 之N; 0 for none.
    #[serde(default)]
    pub sub: u32,
}

impl Document {
    /// A document of which only kind, title and text are stated.
    pub fn new(kind: Kind, title: impl Into<String>, text: impl Into<String>) -> Self {
        Document {
            kind,
            title: title.into(),
            level: None,
            case_kind: None,
            issuer: None,
            region: None,
            document_number: None,
            case_number: None,
            adoption_date: None,
            promulgation_date: None,
            effective_date: None,
            written_date: None,
            decided_on: None,
            source_date: None,
            valid_until: None,
            asserted_status: None,
            asserted_on: None,
            registration_number: None,
            index_number: None,
            subject: None,
            filing_number: None,
            filed_on: None,
            drafting_department: None,
            cause: None,
            row_number: None,
            parties: Vec::new(),
            access: None,
            departments: Vec::new(),
            source_id: None,
            source_url: None,
            origin: None,
            history: Vec::new(),
            notes: Vec::new(),
            labels: Vec::new(),
            text: text.into(),
        }
    }
}
