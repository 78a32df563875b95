//! What a check finds (审查发现), and the report of them all.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;
use std::ops::Range;

/// How much is at stake (严重程度).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// 高: beyond the powers of the issuer, or against superior law.
    High,
    /// 中: likely to be corrected.
    Medium,
    /// 低: form.
    Low,
    /// 提示: to know, no defect.
    Info,
}

impl Severity {
    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
            Self::Info => "info",
        }
    }

    /// The Chinese name.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::High => "高",
            Self::Medium => "中",
            Self::Low => "低",
            Self::Info => "提示",
        }
    }
}

/// How sure the words make it (把握程度).
///
/// Three steps and no number: a number would claim a calibration that nobody has measured for county documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// 高: the words leave little doubt.
    High,
    /// 中: usual reading.
    Medium,
    /// 低: a hint for people.
    Low,
}

/// The notice that all normative documents must heed; no instrument of the corpus need hold it.
pub const NOTICE_ON_DOCUMENTS: Basis =
    Basis::External("《国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知》（国办发〔2018〕37号）");

/// On what a check rests (依据).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Basis {
    /// A provision that the corpus can show: full official title, and 条 with 款 and 项 where meant.
    Provision {
        /// Full official title.
        title: &'static str,
        /// 第八条第二项.
        place: &'static str,
    },
    /// A document or standard outside the corpus, as people cite it. Nothing resolves it.
    External(&'static str),
}

impl fmt::Display for Basis {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Basis::Provision { title, place } => write!(out, "《{title}》{place}"),
            Basis::External(words) => out.write_str(words),
        }
    }
}

/// What a check hands over: the place and what to say of it. [`super::review`] makes a [`Finding`] of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Bytes of the draft.
    pub span: Range<usize>,
    /// Severity, where it is not that of the check.
    pub severity: Option<Severity>,
    /// How sure.
    pub confidence: Confidence,
    /// Whether it is a conclusion; otherwise the words say 涉嫌 or 请核对.
    pub certain: bool,
    /// What is wrong, in Chinese.
    pub message: String,
    /// What to do, in Chinese.
    pub suggestion: &'static str,
    /// Provisions of the corpus that show it.
    pub evidence: Vec<Evidence>,
}

/// A provision of the corpus as it is shown beside a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Title of the instrument.
    pub title: String,
    /// Version key.
    pub version: String,
    /// 第八条第二项.
    pub article: String,
    /// The words.
    pub text: String,
}

/// A finding in its report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Stable name: the same words at the same place of the same clause keep it when other clauses change.
    pub id: String,
    /// Code of the check.
    pub check: &'static str,
    /// How much is at stake.
    pub severity: Severity,
    /// How sure.
    pub confidence: Confidence,
    /// Whether it is a conclusion.
    pub certain: bool,
    /// Bytes of the draft; faces turn them into code points.
    pub span: Range<usize>,
    /// The words of the draft.
    pub quote: String,
    /// The clause: 第五条第二款第三项.
    pub clause: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub suggestion: &'static str,
    /// On what the check rests; faces resolve the provisions.
    #[serde(skip)]
    pub basis: &'static [Basis],
    /// Provisions of the corpus that show it.
    pub evidence: Vec<Evidence>,
}

/// The name of a finding: a digest of its check, its words without regard to how they are typed, its clause, and which of
/// several equal ones it is. Offsets are left out, so that a word added above changes no name.
pub fn id(check: &str, quote: &str, clause: &str, nth: usize) -> String {
    let folded = crate::text::fold::fold_str(quote);
    let digest = Sha256::digest(format!("{check}\u{1f}{folded}\u{1f}{clause}\u{1f}{nth}"));
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// The outcome of a review (审查报告).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// In the order of the draft, the graver first where two begin at one place.
    pub findings: Vec<Finding>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_hang_on_words_and_clause_alone() {
        let name = id("S01", "处500元罚款", "第三条", 0);
        assert_eq!(name, id("S01", "处５００元罚款", "第三条", 0));
        assert_eq!(name.len(), 16);
        assert_ne!(name, id("S01", "处500元罚款", "第四条", 0));
        assert_ne!(name, id("S01", "处500元罚款", "第三条", 1));
    }
}
