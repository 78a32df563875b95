//! Pure: legality of a penalty decision (处罚决定的合法性核查): what is wrong with it, with proof. No corpus, no clock, no model.
//!
//! ask → fetch → judge, as with drafts: [`questions`] lists the citations with the day whose text is wanted, the application
//! looks them up ([`DecisionAnswers`]), and [`review`] judges. Without answers the checks that need none still speak.
//!
//! | module | what it holds |
//! |---|---|
//! | [`reading`] | the decision: record, form, sentences, sums |
//! | [`days`] | its days: act, discovery, steps, decision |
//! | [`era`] | which rules of procedure applied on its day, and under which numbers |
//! | [`answers`] | what is asked of the corpus, and the answers |
//! | [`penal`] | the penalty clauses that it rests on |

pub mod answers;
pub mod days;
pub mod era;
mod p01_basis;
mod p02_place;
mod p03_version;
mod p04_range;
mod p05_discretion;
mod p06_contents;
mod p07_remedies;
mod p08_procedure;
mod p09_confiscation;
pub mod penal;
mod periods;
pub mod reading;
#[cfg(test)]
mod tests;

pub use answers::{
    Article, Asked, BenchmarkAnswer, DecisionAnswers, HeldLaw, Later, Law, Purpose, Standing, questions,
};
pub use days::{Day, Days, OnDay};
pub use reading::{Decision, Form};

use super::finding::{Basis, Confidence, Evidence, Finding, Found, Report, Severity};
use super::manual::Manual;
use super::settings::Settings;
use penal::Penal;
use std::ops::Range;

/// A check of a decision: what `faju checks` lists beside those of drafts.
pub struct DecisionCheck {
    /// Its code: P01.
    pub code: &'static str,
    /// Its Chinese name.
    pub name: &'static str,
    /// How grave its findings are as a rule.
    pub severity: Severity,
    /// On what it rests.
    pub basis: &'static [Basis],
    /// The source of its file, whose first lines are its manual.
    pub manual: &'static str,
    /// What it finds.
    judge: fn(&Desk<'_>) -> Vec<Found>,
}

impl DecisionCheck {
    /// Its manual.
    pub fn manual(&self) -> Manual {
        Manual::read(self.manual)
    }
}

/// All checks of decisions, in the order of their codes.
pub static DECISION_CHECKS: &[&DecisionCheck] = &[
    &p01_basis::CHECK,
    &p02_place::CHECK,
    &p03_version::CHECK,
    &p04_range::CHECK,
    &p05_discretion::CHECK,
    &p06_contents::CHECK,
    &p07_remedies::CHECK,
    &p08_procedure::CHECK,
    &p09_confiscation::CHECK,
];

/// What a check works with.
struct Desk<'a> {
    decision: &'a Decision,
    answers: &'a DecisionAnswers,
    settings: &'a Settings,
    /// The penalty clauses of the basis, as far as they are held.
    penal: Vec<Penal<'a>>,
}

impl Desk<'_> {
    /// Whether every law that is applied was found, so that nothing else can be the basis.
    fn is_all_known(&self) -> bool {
        let mut basis = self.answers.of(Purpose::Basis).peekable();
        basis.peek().is_some() && basis.all(|(_, law)| law.held().is_some_and(|held| held.found().is_some()))
    }
}

/// Reviews a decision.
pub fn review(decision: &Decision, answers: &DecisionAnswers, settings: &Settings) -> Report {
    let desk = Desk { decision, answers, settings, penal: penal::of(decision, answers) };
    let mut findings = Vec::new();
    for check in DECISION_CHECKS.iter().filter(|check| !settings.off.contains(check.code)) {
        findings.extend((check.judge)(&desk).into_iter().map(|found| finding(decision, check, found)));
    }
    let key = |one: &Finding| (one.span.start, one.severity, one.check, one.span.end);
    findings.sort_by(|one, other| key(one).cmp(&key(other)).then_with(|| one.message.cmp(&other.message)));
    findings.dedup_by(|one, other| key(one) == key(other) && one.message == other.message);
    super::name(&mut findings);
    Report { findings }
}

fn finding(decision: &Decision, check: &'static DecisionCheck, found: Found) -> Finding {
    Finding {
        id: String::new(),
        check: check.code,
        severity: found.severity.unwrap_or(check.severity),
        confidence: found.confidence,
        certain: found.certain,
        quote: decision.quote(&found.span).to_string(),
        clause: decision.section_at(found.span.start).to_string(),
        span: found.span,
        message: found.message,
        suggestion: found.suggestion,
        basis: check.basis,
        evidence: found.evidence,
    }
}

/// Something to look at: the words say 涉嫌 or 请核对.
fn likely(span: Range<usize>, message: String, suggestion: &'static str) -> Found {
    Found {
        span,
        severity: None,
        confidence: Confidence::Medium,
        certain: false,
        message,
        suggestion,
        evidence: Vec::new(),
    }
}

/// Something to know.
fn info(span: Range<usize>, message: String, suggestion: &'static str) -> Found {
    Found { severity: Some(Severity::Info), ..likely(span, message, suggestion) }
}

/// A finding with the provisions that show it.
fn shown(found: Found, evidence: impl IntoIterator<Item = Evidence>) -> Found {
    Found { evidence: evidence.into_iter().collect(), ..found }
}

/// 行政处罚法, as checks name it among their bases.
const PENALTY_LAW: &str = "中华人民共和国行政处罚法";
/// What applied before 2021-07-15: the corpus need not hold it.
const OLD_PENALTY_LAW: Basis = Basis::External("《中华人民共和国行政处罚法》（2017年修正）");
