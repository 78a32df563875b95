//! Penalty clauses of local legislation and rules in force beside those of superior law: what the comparison of fines reports, drawn at
//! random, for people to judge.

use super::Pair;
use super::lawful::{drawn, standing_draft};
use crate::app::view::Holding;
use crate::app::{AppError, Asker, AuthorityLevel, Faju, ReviewRequest, ReviewSettings, checks};
use rayon::prelude::*;

/// The check that compares amounts.
const CHECK: &str = "N01";

/// Reviews `count` texts in force that have superior law. The same seed over the same corpus draws the same.
pub(super) fn measure(app: &Faju, seed: u64, count: usize, asker: &Asker) -> Result<Vec<Pair>, AppError> {
    let is_below = |level: AuthorityLevel| level.is_local() || level == AuthorityLevel::DepartmentalRule;
    let is_subordinate = |holding: &Holding| holding.instrument.level.is_some_and(is_below);
    let holdings = app.inventory(None, asker)?;
    let drawn = drawn(&holdings, is_subordinate, seed, count);
    let found: Result<Vec<Vec<Pair>>, AppError> = drawn.par_iter().map(|holding| one(app, holding, asker)).collect();
    Ok(found?.into_iter().flatten().collect())
}

fn one(app: &Faju, holding: &Holding, asker: &Asker) -> Result<Vec<Pair>, AppError> {
    let Some((version, draft)) = standing_draft(app, holding, asker)? else { return Ok(Vec::new()) };
    // What is longer than any draft is not measured.
    let others = checks().into_iter().map(|check| check.code.to_string()).filter(|code| code != CHECK);
    let settings = ReviewSettings { off: others.collect(), ..ReviewSettings::default() };
    let request = ReviewRequest { date: None, settings, ..draft };
    let Ok(page) = app.review(&request, None, asker) else { return Ok(Vec::new()) };
    let reported = page.findings.into_iter().filter(|finding| finding.check == CHECK);
    let pair = |finding: crate::app::view::review::FindingView| {
        let superior = finding.basis.into_iter().next()?;
        Some(Pair {
            version: format!("{}@{version}", holding.instrument.id),
            title: holding.instrument.title.clone(),
            clause: finding.clause,
            at: finding.span.start as u64,
            quote: finding.quote,
            certain: finding.certain,
            superior: superior.title,
            article: superior.article,
            message: finding.message,
        })
    };
    Ok(reported.filter_map(pair).collect())
}
