//! What discretion benchmarks say of an article: the tables of the corpus whose basis it is, with the fines of each tier.

use super::citations::{Graph, version_view};
use super::error::AppError;
use super::links::{Incoming, unheld};
use super::penalty::PenaltyRequest;
use super::search;
use super::view::penalty::{BenchmarkFine, BenchmarkOutcome, BenchmarkTier, BenchmarkView, Circumstance};
use crate::citation::{Locator, Role};
use crate::law::Kind;
use crate::law::benchmark::{self, Benchmark, Fine, Outcome, Tier};
use crate::review::Evidence;
use std::collections::BTreeSet;

/// Benchmarks of one article that are told.
const BENCHMARKS_MAX: usize = 50;

impl Graph<'_> {
    /// The benchmarks in use whose basis is an article, told by `is_meant` from version and places; for tables that do not say
    /// which text of the law they mean, by the number of the article, which is remarked.
    pub(super) fn benchmarks(
        &self,
        (place, key): (usize, &str),
        is_meant: &dyn Fn(Option<&str>, &[String]) -> bool,
        asked: &PenaltyRequest,
    ) -> Result<Vec<BenchmarkView>, AppError> {
        let at = (Locator::of_key(key), None);
        let mut seen: BTreeSet<(usize, usize, String)> = BTreeSet::new();
        let mut found = Vec::new();
        for link in self.links.incoming(place) {
            let citing = &self.links.groups[link.group];
            if citing.head.kind != Kind::Normative || !self.stands(link) || found.len() == BENCHMARKS_MAX {
                continue;
            }
            let cite = &citing.versions[link.version].cites[link.cite];
            let sure = is_meant(link.resolution.version.as_deref(), &link.resolution.places);
            let by_number = link.is_unverified() && unheld::names(cite.place.as_ref(), &at);
            let unseen = (sure || by_number) && cite.role != Role::Repeal;
            if unseen
                && seen.insert((link.group, link.version, cite.provision.clone()))
                && let Some(view) = self.benchmark(link, sure, asked)?
            {
                found.push(view);
            }
        }
        Ok(found)
    }

    /// The same for sure ones, as they are read: the region of each, the provision, and what it says.
    pub(super) fn benchmarks_of(
        &self,
        (place, key): (usize, &str),
        is_meant: &dyn Fn(Option<&str>, &[String]) -> bool,
    ) -> Result<Vec<(Option<String>, Evidence, Benchmark)>, AppError> {
        let mut found = Vec::new();
        for view in self.benchmarks((place, key), is_meant, &PenaltyRequest::default())? {
            let (version, own) = view.provision.rsplit_once('/').unwrap_or((&view.provision, ""));
            let (label, heading, text) = self.reader.provision_below(version, own)?;
            if let (Some(benchmark), None) = (benchmark::read_text(heading.as_deref(), &text), &view.remark) {
                let evidence = Evidence {
                    title: view.instrument.title.clone(),
                    version: version.split_once('@').map_or(String::new(), |(_, version)| version.to_string()),
                    article: label,
                    text,
                };
                found.push((view.instrument.region.clone(), evidence, benchmark));
            }
        }
        Ok(found)
    }

    /// The benchmark in which a citation stands as its basis, if it stands in one.
    fn benchmark(
        &self,
        link: &Incoming,
        sure: bool,
        asked: &PenaltyRequest,
    ) -> Result<Option<BenchmarkView>, AppError> {
        let citing = &self.links.groups[link.group];
        let version = &citing.versions[link.version];
        let cite = &version.cites[link.cite];
        let (label, heading, text) = self.reader.provision_below(&version.id, &cite.provision)?;
        let Some(one) = benchmark::read_text(heading.as_deref(), &text) else { return Ok(None) };
        let words = text.get(cite.span.clone()).unwrap_or_default();
        let parts = one.tiers.iter().filter_map(|tier| tier.basis.as_ref());
        let basis = one.basis.iter().chain(parts).any(|basis| basis.contains(words));
        if !(basis || one.basis.is_none()) {
            return Ok(None);
        }
        Ok(Some(BenchmarkView {
            instrument: search::instrument(&citing.head),
            version: version_view(citing, version, self.reader.as_of),
            provision: format!("{}/{}", version.id, cite.provision),
            label,
            tiers: one.tiers.iter().map(|tier| tier_view(tier, asked)).collect(),
            number: one.number,
            violation: one.violation,
            basis: one.basis,
            method: one.method,
            shares: one.weights.len() as u64,
            notes: one.notes,
            remark: (!sure).then(|| "表中没有写明所依据的是哪一文本，按条次列出，请核对".to_string()),
        }))
    }
}

fn tier_view(tier: &Tier, asked: &PenaltyRequest) -> BenchmarkTier {
    let circumstance =
        |factor: &benchmark::Factor| Circumstance { name: factor.name.clone(), value: factor.value.clone() };
    let outcomes: Vec<BenchmarkOutcome> = tier.outcomes.iter().map(|outcome| outcome_view(outcome, asked)).collect();
    let ranges = || outcomes.iter().flat_map(|outcome| &outcome.fines).filter_map(|fine| fine.range.as_ref());
    let told = outcomes.iter().flat_map(|outcome| &outcome.fines).all(|fine| fine.range.is_some());
    let allows = asked.amount.and_then(|fen| match ranges().any(|range| range.holds(fen)) {
        true => Some(true),
        false => told.then_some(false),
    });
    BenchmarkTier {
        level: tier.level.clone(),
        circumstances: tier.factors.iter().map(circumstance).collect(),
        exempt: tier.exempt,
        note: tier.note.clone(),
        outcomes,
        allows,
    }
}

fn outcome_view(outcome: &Outcome, asked: &PenaltyRequest) -> BenchmarkOutcome {
    let words = |fine: &Fine| outcome.text.get(fine.found.span.clone()).unwrap_or_default().to_string();
    let fine = |fine: &Fine| BenchmarkFine {
        words: words(fine),
        addressee: fine.addressee,
        range: fine.range(&asked.bases).ok(),
    };
    BenchmarkOutcome {
        heading: outcome.heading.clone(),
        text: outcome.text.clone(),
        fines: outcome.fines.iter().map(fine).collect(),
    }
}
