//! Pure: legality review of drafts of normative documents (规范性文件合法性审查). No corpus, no clock, no model.
//!
//! ask → fetch → judge: [`questions`] says what the checks want to know of the corpus, the application fetches the answers,
//! and [`review`] judges. The same draft, answers and settings give the same report, byte for byte.
//!
//! | module | what it holds |
//! |---|---|
//! | [`draft`] | the draft: head, structure, sentences with clause and lead-in, names of places |
//! | [`checks`] | one file for each check, and the table of all |
//! | [`guards`] | why words that look like a defect are none |
//! | [`words`] | words that checks share, and how patterns are written |
//! | [`decision`] | the other half: legality of a penalty decision |
//! | [`desk`] | what a check works with, and its budget of steps |
//! | [`question`] | what checks ask of the corpus |
//! | [`finding`] | findings and the report |
//! | [`aligned`] | penalty clauses of a draft beside those of superior law |
//! | [`beside`] | a clause beside superior law on the same matter |
//! | [`beyond`] | a fine beside the article by which it says it is imposed |
//! | [`cited`] | what the corpus says of the citations of a draft |
//! | [`statement`] | what a sentence lays down, and how two of them contradict each other |
//! | [`theme`] | what a sentence is about |
//! | [`manual`] | the manual of a check, read from its source |
//! | [`revision`] | a second draft beside the report on the first |
//! | [`settings`] | what an office sets for itself |

pub mod aligned;
pub mod beside;
pub mod beyond;
pub mod checks;
pub mod cited;
pub mod decision;
pub mod desk;
pub mod draft;
pub mod finding;
pub mod guards;
pub mod manual;
pub mod question;
pub mod revision;
pub mod settings;
pub mod statement;
pub mod theme;
pub mod words;

#[cfg(test)]
mod tests;

pub use checks::{CHECKS, Check};
pub use draft::{Draft, Given};
pub use finding::{Basis, Confidence, Evidence, Finding, Found, Report, Severity};
pub use question::{Answer, Answers, Question};
pub use revision::{Dismissal, Earlier, State};
pub use settings::Settings;

use desk::{Budget, Desk};
use std::collections::{BTreeSet, HashMap};

/// Code of the finding that a check gave up for want of steps.
pub const BUDGET: &str = "B00";

/// What all checks together ask of the corpus, each question once.
pub fn questions(draft: &Draft, settings: &Settings) -> BTreeSet<Question> {
    on(settings).flat_map(|check| (check.questions)(draft, settings)).collect()
}

/// Reviews a draft.
pub fn review(draft: &Draft, answers: &Answers, settings: &Settings) -> Report {
    let mut findings = Vec::new();
    for check in on(settings) {
        let mut desk = Desk { draft, answers, settings, budget: Budget::new(settings.steps_max) };
        let found = each_few((check.judge)(&mut desk));
        findings.extend(found.into_iter().map(|found| finding(draft, check, found)));
        if desk.budget.is_exhausted() {
            findings.push(given_up(check));
        }
    }
    settle(&mut findings);
    let key = |one: &Finding| (one.span.start, one.severity, one.check, one.span.end);
    findings.sort_by(|one, other| key(one).cmp(&key(other)).then_with(|| one.message.cmp(&other.message)));
    name(&mut findings);
    Report { findings }
}

fn on(settings: &Settings) -> impl Iterator<Item = &'static Check> {
    CHECKS.iter().copied().filter(|check| !settings.off.contains(check.code))
}

/// What is said so often in the same words (one law in every row of a table) that it need not be shown at every place.
const SAME_WORDS_MAX: usize = 5;

/// The first of those that say the same, the last of them with how many more there are.
fn each_few(found: Vec<Found>) -> Vec<Found> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for one in &found {
        *counts.entry(one.message.clone()).or_default() += 1;
    }
    let mut seen: HashMap<String, usize> = HashMap::new();
    let few = found.into_iter().filter_map(|mut one| {
        let (nth, all) = (seen.entry(one.message.clone()).or_default(), counts[&one.message]);
        *nth += 1;
        if *nth == SAME_WORDS_MAX && all > SAME_WORDS_MAX {
            one.message.push_str(&format!("（此后另有 {} 处相同，不再逐处列出）", all - SAME_WORDS_MAX));
        }
        (*nth <= SAME_WORDS_MAX).then_some(one)
    });
    few.collect()
}

fn finding(draft: &Draft, check: &'static Check, found: Found) -> Finding {
    Finding {
        id: String::new(),
        check: check.code,
        severity: found.severity.unwrap_or(check.severity),
        confidence: found.confidence,
        certain: found.certain,
        quote: draft.quote(&found.span).to_string(),
        clause: draft.clause_at(found.span.start).to_string(),
        span: found.span,
        message: words::full_width(&found.message),
        suggestion: found.suggestion,
        basis: checks::powers::basis(check.code, draft.level).unwrap_or(check.basis),
        evidence: found.evidence,
    }
}

fn given_up(check: &Check) -> Finding {
    Finding {
        id: String::new(),
        check: BUDGET,
        severity: Severity::Info,
        confidence: Confidence::High,
        certain: true,
        span: 0..0,
        quote: String::new(),
        clause: String::new(),
        message: format!("{}“{}”的检查步数已用完，文本未查完，请拆分后再查。", check.code, check.name),
        suggestion: "拆分草案，或者提高每项检查的步数上限。",
        basis: &[],
        evidence: Vec::new(),
    }
}

/// Checks that say less of the same words than another one, and those.
const LESS: &[(&str, &[&str])] = &[("F01", &["S02", "S05", "S10", "S11"]), ("S10", &["S01", "S03", "S04"])];
/// Organisations and persons that have no power at all: that they act is said beside what they do.
const POWERLESS: [&str; 8] = ["村", "居委会", "居民委员会", "公司", "企业", "协会", "商会", "员"];

/// Drops what says less of the same words than another finding.
fn settle(findings: &mut Vec<Finding>) {
    let grave: Vec<(&str, std::ops::Range<usize>)> =
        findings.iter().filter(|one| one.severity != Severity::Info).map(|one| (one.check, one.span.clone())).collect();
    let stands = |one: &Finding| {
        let Some((_, more)) = LESS.iter().find(|(less, _)| *less == one.check) else { return true };
        let powerless = one.check == "S10" && POWERLESS.iter().any(|who| one.quote.contains(who));
        let meets = |other: &std::ops::Range<usize>| other.start < one.span.end && one.span.start < other.end;
        powerless || !grave.iter().any(|(check, span)| more.contains(check) && meets(span))
    };
    findings.retain(stands);
}

/// Gives every finding its name, in order.
fn name(findings: &mut [Finding]) {
    let mut seen: HashMap<(&str, String, String), usize> = HashMap::new();
    for finding in findings {
        let told = if finding.check == BUDGET { &finding.message } else { &finding.quote };
        let nth = seen.entry((finding.check, told.clone(), finding.clause.clone())).or_default();
        finding.id = finding::id(finding.check, told, &finding.clause, *nth);
        *nth += 1;
    }
}
