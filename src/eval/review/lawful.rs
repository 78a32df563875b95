//! What is lawful as drafts: texts of legislation in force, drawn at random. What the checks of fair competition find in them is noise.

use super::Lawful;
use crate::app::view::{Holding, VersionView};
use crate::app::{AppError, Asker, Faju, ReviewRequest, is_grave};
use crate::law::structure::numbers::ordinal;
use crate::law::{Kind, ValidityStatus};
use crate::rank::random::Random;
use rayon::prelude::*;

/// The first letter of the checks of fair competition.
const FAIR_COMPETITION: char = 'F';

/// Reviews `count` texts in force of legislation. The same seed over the same corpus draws the same.
pub(super) fn measure(app: &Faju, seed: u64, count: usize, asker: &Asker) -> Result<Lawful, AppError> {
    let holdings = app.inventory(None, asker)?;
    let drawn = drawn(&holdings, |holding| holding.instrument.kind == Kind::Legislation, seed, count);
    let found: Result<Vec<Lawful>, AppError> = drawn.par_iter().map(|holding| one(app, holding, asker)).collect();
    Ok(found?.into_iter().fold(Lawful::default(), Lawful::and))
}

/// So many of those that fit and are in force, at random.
pub(super) fn drawn(holdings: &[Holding], fits: impl Fn(&Holding) -> bool, seed: u64, count: usize) -> Vec<&Holding> {
    let mut drawn: Vec<&Holding> =
        holdings.iter().filter(|holding| fits(holding) && standing(holding).is_some()).collect();
    Random(seed).shuffle(&mut drawn);
    drawn.truncate(count);
    drawn
}

fn standing(holding: &Holding) -> Option<&VersionView> {
    holding.versions.iter().find(|version| version.status == ValidityStatus::InForce)
}

/// The key of the version in force, and its text as a draft.
pub(super) fn standing_draft(
    app: &Faju,
    holding: &Holding,
    asker: &Asker,
) -> Result<Option<(String, ReviewRequest)>, AppError> {
    let Some(version) = standing(holding) else { return Ok(None) };
    let draft = app.held_draft(&holding.instrument, version, None, asker)?;
    Ok(draft.map(|draft| (version.key.clone(), draft)))
}

fn one(app: &Faju, holding: &Holding, asker: &Asker) -> Result<Lawful, AppError> {
    let nothing = Lawful::default();
    let Some((_, draft)) = standing_draft(app, holding, asker)? else { return Ok(nothing) };
    let articles = draft.text.lines().filter(|line| is_article(line)).count() as u64;
    // What is longer than any draft is not measured.
    let Ok(page) = app.review(&ReviewRequest { date: None, ..draft }, None, asker) else { return Ok(nothing) };
    let fair = |check: &str| check.starts_with(FAIR_COMPETITION);
    let mut lawful = Lawful { documents: 1, articles, ..nothing };
    for finding in page.findings.iter().filter(|finding| is_grave(finding.severity) && fair(&finding.check)) {
        lawful.findings += 1;
        *lawful.checks.entry(finding.check.to_string()).or_default() += 1;
        let (title, clause, quote) = (&holding.instrument.title, &finding.clause, &finding.quote);
        lawful.errors.push(format!("误报 {} {title} {clause} {quote}", finding.check));
    }
    Ok(lawful)
}

fn is_article(line: &str) -> bool {
    ordinal(line).is_some_and(|number| line.get(number.len..).is_some_and(|rest| rest.starts_with('条')))
}
