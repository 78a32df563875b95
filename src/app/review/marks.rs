//! What people decide about the findings of a report (采纳, 排除), and the report with it.

use super::super::view::review::ReviewPage;
use super::counts;
use crate::app::error::{AppError, ErrorCode};

/// What somebody decided about a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// 采纳: the draft is to be changed.
    Accepted,
    /// 排除: it is none.
    Dismissed,
    /// Taken back.
    Open,
}

impl Verdict {
    /// Every verdict with its name.
    const ALL: [(Verdict, &'static str); 3] =
        [(Verdict::Accepted, "accepted"), (Verdict::Dismissed, "dismissed"), (Verdict::Open, "open")];

    /// The verdict of a name.
    pub fn named(name: &str) -> Option<Verdict> {
        Verdict::ALL.iter().find(|row| row.1 == name).map(|row| row.0)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        Verdict::ALL.iter().find(|row| row.0 == self).map_or("open", |row| row.1)
    }
}

/// A decision with its note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Name of the finding.
    pub finding: String,
    /// What was decided.
    pub verdict: Verdict,
    /// Why; never empty where it was dismissed.
    pub note: String,
}

impl Mark {
    /// A decision on a finding of a report.
    pub fn on(page: &ReviewPage, finding: &str, verdict: Verdict, note: &str) -> Result<Mark, AppError> {
        let (finding, note) = (finding.to_string(), note.trim().to_string());
        if !page.findings.iter().any(|found| found.id == finding) {
            return Err(AppError::parameter(ErrorCode::NotFound, "finding", "这份报告中没有这一发现"));
        }
        if verdict == Verdict::Dismissed && note.is_empty() {
            return Err(AppError::parameter(ErrorCode::InvalidParameter, "note", "排除须写理由，理由写入意见书"));
        }
        Ok(Mark { finding, verdict, note })
    }
}

/// A report with decisions in it; of several on one finding the last holds.
pub fn marked(page: &ReviewPage, marks: &[Mark]) -> ReviewPage {
    let mut page = page.clone();
    for mark in marks {
        let note = || mark.note.clone();
        for finding in page.findings.iter_mut().filter(|finding| finding.id == mark.finding) {
            finding.accepted = (mark.verdict == Verdict::Accepted).then(note);
            finding.dismissed = (mark.verdict == Verdict::Dismissed).then(note);
        }
    }
    page.counts = counts(&page.findings);
    page
}
