//! What the checks on citations (C) share.

use crate::review::cited::Cited;
use crate::review::desk::Desk;
use crate::review::draft::Draft;
use crate::review::finding::{Confidence, Evidence, Found, Severity};
use crate::review::question::Question;
use crate::review::settings::Settings;
use crate::review::theme::Theme;

/// All of them ask for the citations of the draft.
pub fn questions(_: &Draft, _: &Settings) -> Vec<Question> {
    vec![Question::Citations]
}

/// The citations that are spoken of as law, within the budget.
pub fn spoken<'a>(desk: &mut Desk<'a>) -> Vec<&'a Cited> {
    let all: &'a [Cited] = desk.answers.citations();
    all.iter().filter(|cited| !cited.is_aside()).take_while(|_| desk.budget.spend(1)).collect()
}

/// What the draft says around a citation.
pub fn theme(draft: &Draft, cited: &Cited) -> Theme {
    Theme::around(draft.sentence_at(cited.span.start))
}

/// A conclusion.
pub fn certain(cited: &Cited, message: String, suggestion: &'static str, evidence: Option<Evidence>) -> Found {
    Found {
        span: cited.span.clone(),
        severity: None,
        confidence: Confidence::High,
        certain: true,
        message,
        suggestion,
        evidence: evidence.into_iter().collect(),
    }
}

/// Something to look at.
pub fn likely(cited: &Cited, message: String, suggestion: &'static str) -> Found {
    Found { confidence: Confidence::Medium, certain: false, ..certain(cited, message, suggestion, None) }
}

/// Something to know.
pub fn info(cited: &Cited, message: String, suggestion: &'static str) -> Found {
    Found { severity: Some(Severity::Info), ..certain(cited, message, suggestion, None) }
}
