//! The journey of legality review (合法性审查): reads a draft, asks the corpus what its checks want to know, and judges.

mod beside;
mod cited;
mod cleanup;
mod commented;
mod decision;
mod draft_file;
mod held;
mod marks;
mod near;
mod opinion;
mod superior;
mod sweep;

use super::citations::Graph;
use super::error::{AppError, ErrorCode};
use super::faju::{Asker, Faju};
use super::request::is_region_code;
use super::view::review::{BasisView, CheckView, FindingView, ReviewPage};
use crate::citation::typed;
use crate::law::AuthorityLevel;
use crate::review::decision::DECISION_CHECKS;
use crate::review::manual::Manual;
use crate::review::{
    self, Answer, Answers, Basis, CHECKS, Dismissal, Draft, Earlier, Finding, Given, Question, Report, Settings,
    Severity, State, revision,
};
use crate::text::points::Counter;
use cited::Citations;
pub use cleanup::{cleanup_list, cleanup_paper};
pub use commented::commented;
pub use decision::DecisionRequest;
pub use draft_file::{dismissals, draft_of, previous_report, previous_sweep, review_settings};
use jiff::civil::Date;
pub use marks::{Mark, Verdict, marked};
pub use opinion::opinion;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
pub use sweep::SweepRequest;

/// Longest draft, in code points: more than 300 pages.
pub const DRAFT_POINTS_MAX: usize = 400_000;

/// A draft to review.
#[derive(Debug, Clone, Default)]
pub struct ReviewRequest {
    /// Its text.
    pub text: String,
    /// Its title, if the text does not begin with it.
    pub title: Option<String>,
    /// Its level; read from the draft, else a normative document.
    pub level: Option<AuthorityLevel>,
    /// Who makes it.
    pub issuer: Option<String>,
    /// Region code of its issuer.
    pub region: Option<String>,
    /// The day from which it is to apply, or on which it was made.
    pub date: Option<Date>,
    /// What the office has set.
    pub settings: Settings,
    /// Findings of an earlier report, against which fixed, open and new are told.
    pub previous: Option<Vec<Earlier>>,
    /// What somebody holds to be no finding.
    pub dismissed: Vec<Dismissal>,
    /// Whether every clause is to be shown beside superior law.
    pub compare: bool,
}

impl ReviewRequest {
    /// Whether there is a draft of a length that is reviewed, and a reason for all that is dismissed.
    pub fn check(&self) -> Result<(), AppError> {
        let points = self.text.chars().count();
        if points > DRAFT_POINTS_MAX {
            let message = format!("草案有 {points} 字，最多 {DRAFT_POINTS_MAX} 字；请分成几件审查");
            return Err(AppError::parameter(ErrorCode::TooLarge, "text", message));
        }
        if !self.text.chars().any(char::is_alphanumeric) {
            return Err(AppError::parameter(ErrorCode::InvalidParameter, "text", "没有文字；请写草案的条文"));
        }
        filled("title", self.title.as_deref())?;
        filled("issuer", self.issuer.as_deref())?;
        coded(self.region.as_deref())?;
        if let Some(empty) = self.dismissed.iter().find(|one| one.reason.trim().is_empty()) {
            let message = format!("排除 {} 没有写理由；请写 reason", empty.id);
            return Err(AppError::parameter(ErrorCode::InvalidParameter, "dismissed", message));
        }
        Ok(())
    }

    /// The draft as it is read on the day of the review.
    fn draft(&self, reviewed: Date) -> Draft {
        Draft::read(
            &self.text,
            &Given {
                level: self.level,
                title: self.title.as_deref(),
                issuer: self.issuer.as_deref(),
                region: self.region.as_deref(),
                planned: self.date,
                reviewed: Some(reviewed),
            },
        )
    }
}

/// What is given must not be empty: nothing given means that the draft tells.
fn filled(name: &str, value: Option<&str>) -> Result<(), AppError> {
    match value.filter(|value| value.trim().is_empty()) {
        Some(_) => Err(AppError::parameter(ErrorCode::InvalidParameter, name, "是空的；不知道就不要给出")),
        None => Ok(()),
    }
}

/// A region is given by its code.
fn coded(region: Option<&str>) -> Result<(), AppError> {
    match region.filter(|code| !is_region_code(code)) {
        Some(wrong) => {
            let message = format!("“{wrong}”不是六位行政区划代码");
            Err(AppError::parameter(ErrorCode::InvalidParameter, "region", message))
        }
        None => Ok(()),
    }
}

/// The level of a name that a user gives: `local_regulation` or 地方性法规.
pub fn level(name: &str) -> Result<AuthorityLevel, AppError> {
    let known = || AuthorityLevel::ALL.map(|(_, name, chinese)| format!("{name}（{chinese}）")).join("、");
    let wrong = || {
        let message = format!("没有“{name}”这一位阶；可写 {}", known());
        AppError::parameter(ErrorCode::InvalidParameter, "level", message)
    };
    AuthorityLevel::of(name).ok_or_else(wrong)
}

/// The checks as `faju checks` lists them.
pub fn checks() -> Vec<CheckView> {
    let of_drafts = CHECKS.iter().map(|check| (check.code, check.name, check.severity, check.basis, check.manual()));
    let of_decisions =
        DECISION_CHECKS.iter().map(|check| (check.code, check.name, check.severity, check.basis, check.manual()));
    let view = |(code, name, severity, basis, manual): (_, _, _, &[Basis], Manual)| CheckView {
        code,
        name,
        severity,
        basis: basis.iter().map(|basis| basis.to_string()).collect(),
        summary: manual.summary.clone(),
        sections: manual.sections.into_iter().collect(),
    };
    of_drafts.chain(of_decisions).map(view).collect()
}

/// The name of a check of drafts.
pub fn check_name(code: &str) -> Option<&'static str> {
    CHECKS.iter().find(|check| check.code == code).map(|check| check.name)
}

impl Faju {
    /// Reviews a draft on a day.
    pub fn review(&self, request: &ReviewRequest, as_of: Option<Date>, asker: &Asker) -> Result<ReviewPage, AppError> {
        request.check()?;
        let draft = request.draft(as_of.unwrap_or(asker.today));
        self.graph(as_of, asker, |graph| Reviewed { graph, draft: &draft }.page(request))
    }
}

/// A draft under review.
struct Reviewed<'a, 'g> {
    graph: &'a Graph<'g>,
    draft: &'a Draft,
}

impl Reviewed<'_, '_> {
    fn page(&self, request: &ReviewRequest) -> Result<ReviewPage, AppError> {
        let answers = self.answers(&request.settings)?;
        let report = review::review(self.draft, &answers, &request.settings);
        let mut findings = views(&Rests { graph: self.graph, on: None }, &self.draft.text, &report)?;
        let fixed = request.previous.as_ref().map(|earlier| mark_states(&mut findings, &report, earlier));
        let warnings = mark_dismissed(&mut findings, &request.dismissed);
        let head = &self.draft.head;
        Ok(ReviewPage {
            title: head.title.clone(),
            issuer: head.issuer.clone(),
            level: self.draft.level,
            region: self.draft.region.clone(),
            date: self.draft.day(),
            as_of: self.graph.reader.as_of,
            known_to: self.graph.known_to,
            sentences: self.draft.sentences.len() as u64,
            citations: answers.citations().len() as u64,
            counts: counts(&findings),
            findings,
            fixed,
            comparison: request.compare.then(|| beside::clauses(self.graph, self.draft)).transpose()?,
            warnings,
            sample: self.graph.reader.sample,
        })
    }

    /// What the corpus says to everything that the checks ask.
    fn answers(&self, settings: &Settings) -> Result<Answers, AppError> {
        let questions: Vec<Question> = review::questions(self.draft, settings).into_iter().collect();
        let answers: Result<BTreeMap<Question, Answer>, AppError> = questions
            .into_par_iter()
            .map(|question| {
                let answer = self.answer(&question)?;
                Ok((question, answer))
            })
            .collect();
        Ok(Answers(answers?))
    }

    fn answer(&self, question: &Question) -> Result<Answer, AppError> {
        Ok(match question {
            Question::Citations => Answer::Citations(Citations::new(self.graph, self.draft).all()?),
            Question::Nearest { words, most } => {
                Answer::Provisions(superior::nearest(self.graph, self.draft, words, *most)?)
            }
            Question::Verbatim { words, most } => {
                Answer::Provisions(superior::verbatim(self.graph, self.draft, words, *most)?)
            }
            Question::Peers { words, most } => {
                Answer::Provisions(superior::peers(self.graph, self.draft, words, *most)?)
            }
        })
    }
}

/// Where the provisions on which checks rest are looked up.
struct Rests<'a, 'g> {
    graph: &'a Graph<'g>,
    /// On which day; that of the review if none is given.
    on: Option<Date>,
}

/// The findings of a report on a text as they are shown.
fn views(rests: &Rests<'_, '_>, text: &str, report: &Report) -> Result<Vec<FindingView>, AppError> {
    let counter = Counter::new(text);
    let mut known: HashMap<Basis, BasisView> = HashMap::new();
    let mut views = Vec::with_capacity(report.findings.len());
    for finding in &report.findings {
        let mut basis: Vec<BasisView> = finding.evidence.iter().map(BasisView::of).collect();
        for own in named(finding.basis, &finding.message) {
            if !known.contains_key(own) {
                known.insert(*own, rests.basis(own)?);
            }
            basis.push(known[own].clone());
        }
        views.push(view(finding, basis, &counter));
    }
    Ok(views)
}

/// Of what a check rests on, what its message names; all of it if it names none: 行政处罚法第六十四条规定为五日 rests on that alone.
fn named<'b>(all: &'b [Basis], message: &str) -> Vec<&'b Basis> {
    let is_named = |basis: &&Basis| match basis {
        Basis::Provision { title, place } => {
            let article = place.find('条').map_or(*place, |at| &place[..at + '条'.len_utf8()]);
            message.contains(&format!("{}{article}", title.trim_start_matches("中华人民共和国")))
        }
        Basis::External(_) => false,
    };
    let some: Vec<&Basis> = all.iter().filter(is_named).collect();
    if some.is_empty() { all.iter().collect() } else { some }
}

/// How many findings of each severity, without those that are dismissed.
fn counts(findings: &[FindingView]) -> BTreeMap<&'static str, u64> {
    let mut counts = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.dismissed.is_none()) {
        *counts.entry(finding.severity.name()).or_default() += 1;
    }
    counts
}

impl Rests<'_, '_> {
    /// A provision on which a check rests, with its text in the version of the day; without text if it is not held.
    fn basis(&self, basis: &Basis) -> Result<BasisView, AppError> {
        let Basis::Provision { title, place } = basis else { return Ok(BasisView::named(&basis.to_string())) };
        let (reader, links) = (self.graph.reader, self.graph.links);
        let answer = typed::read(&format!("{title}{place}")).and_then(|typed| {
            typed::look_up(&typed, &links.names, self.on.unwrap_or(reader.as_of), reader.asker.access)
        });
        let target = answer.and_then(|answer| answer.targets.into_iter().find(|target| target.reason.is_none()));
        let unheld = || BasisView { article: place.to_string(), ..BasisView::named(title) };
        let Some((target, key)) = target.and_then(|target| Some((target.clone(), target.provision?))) else {
            return Ok(unheld());
        };
        let (_, text) = reader.provision_text(&target.version, key.split('/').next().unwrap_or(&key))?;
        let version = target.version.split_once('@').map_or(String::new(), |(_, version)| version.to_string());
        Ok(BasisView { version, text, ..unheld() })
    }
}

fn view(finding: &Finding, basis: Vec<BasisView>, counter: &Counter<'_>) -> FindingView {
    FindingView {
        id: finding.id.clone(),
        check: finding.check.into(),
        severity: finding.severity,
        confidence: finding.confidence,
        certain: finding.certain,
        span: super::view::Range { start: counter.point(finding.span.start), end: counter.point(finding.span.end) },
        clause: finding.clause.clone(),
        quote: finding.quote.clone(),
        message: finding.message.clone(),
        suggestion: finding.suggestion.into(),
        basis,
        state: None,
        dismissed: None,
        accepted: None,
    }
}

/// Marks what the earlier report has, with the reason for which it was dismissed there; answers what is gone.
fn mark_states(findings: &mut [FindingView], report: &Report, earlier: &[Earlier]) -> Vec<Earlier> {
    let revision = revision::against(earlier, &report.findings);
    for (finding, place) in findings.iter_mut().zip(&revision.earlier) {
        let told = place.and_then(|at| earlier.get(at));
        finding.state = Some(if told.is_some() { State::Open } else { State::New });
        finding.dismissed = told.and_then(|told| told.dismissed.clone());
    }
    revision.fixed.into_iter().filter_map(|at| earlier.get(at).cloned()).collect()
}

/// Marks what is dismissed with the reason; answers a remark on what is dismissed and not found.
fn mark_dismissed(findings: &mut [FindingView], dismissed: &[Dismissal]) -> Vec<String> {
    let mut reasons: BTreeMap<&str, &String> = dismissed.iter().map(|one| (one.id.as_str(), &one.reason)).collect();
    for finding in findings {
        if let Some(reason) = reasons.remove(finding.id.as_str()) {
            finding.dismissed = Some(reason.clone());
        }
    }
    let unknown = |id: &str| format!("排除的发现 {id} 不在本次结果中（可能已经改正，或者编号有误），没有作用");
    reasons.into_keys().map(unknown).collect()
}

/// Whether a finding is more than information.
pub fn is_grave(severity: Severity) -> bool {
    severity != Severity::Info
}
