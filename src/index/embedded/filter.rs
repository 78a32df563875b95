//! Which versions a query may find: the one place where access, status, dates and filters are judged.

use super::leaf::LeafHead;
use crate::index::standing::Sieve;
use crate::law::{Access, Kind, ValidityStatus};
use crate::query::{CaseFilters, DateRange, Query, Scope, StatusFilter};
use crate::text::fold::fold_str;
use jiff::civil::Date;

/// What a query does with a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Its provisions are found.
    Shown,
    /// Only the default status filter leaves it out.
    Hidden,
    /// Not for this query.
    Out,
}

/// The filters of a query, ready to be compared.
pub struct Filter<'a> {
    query: &'a Query,
    issuers: Vec<String>,
    /// Beginnings of region codes.
    regions: Vec<&'a str>,
    causes: Vec<String>,
    /// Whether anything is asked of what cases state.
    asks_case: bool,
}

impl<'a> Filter<'a> {
    /// The filters of a query.
    pub fn new(query: &'a Query) -> Filter<'a> {
        Filter {
            query,
            issuers: query.filters.issuers.iter().map(|issuer| fold_str(issuer)).collect(),
            causes: query.filters.cases.causes.iter().map(|cause| fold_str(cause)).collect(),
            asks_case: asks_facts(&query.filters.cases),
            regions: query.filters.regions.iter().map(|code| region_stem(code)).collect(),
        }
    }

    /// What the query does with a version.
    pub fn judge(&self, leaf: &LeafHead) -> Verdict {
        if !self.admits(leaf) {
            return Verdict::Out;
        }
        match (self.admits_status(leaf), &self.query.filters.status) {
            (true, _) => Verdict::Shown,
            (false, StatusFilter::Default) => Verdict::Hidden,
            (false, _) => Verdict::Out,
        }
    }

    /// Everything but status.
    fn admits(&self, leaf: &LeafHead) -> bool {
        self.sees(leaf) && TESTS.iter().all(|(_, passes)| passes(self, leaf))
    }

    /// Whether the asker may know of a version at all.
    pub fn sees(&self, leaf: &LeafHead) -> bool {
        sees(&self.query.scope, leaf.head.access, &leaf.head.departments)
    }

    /// Every filter that leaves a version out, each judged by itself.
    pub fn against(&self, leaf: &LeafHead) -> Vec<Sieve> {
        let status = (!self.admits_status(leaf)).then_some(Sieve::Status);
        let others = TESTS.iter().filter(|(_, passes)| !passes(self, leaf)).map(|(sieve, _)| *sieve);
        status.into_iter().chain(others).collect()
    }

    fn admits_status(&self, leaf: &LeafHead) -> bool {
        let status = status(leaf, self.query.as_of);
        match &self.query.filters.status {
            StatusFilter::All => true,
            StatusFilter::Default => {
                matches!(status, None | Some(ValidityStatus::InForce | ValidityStatus::Unknown))
            }
            StatusFilter::Only(wanted) => status.is_some_and(|status| wanted.contains(&status)),
        }
    }
}

/// A filter and whether it lets a version pass.
type Test = (Sieve, fn(&Filter<'_>, &LeafHead) -> bool);

/// Every filter but status and access: the one table, by which versions are admitted and by which it is told why they are not.
const TESTS: [Test; 10] = [
    (Sieve::Kind, |filter, leaf| any_or_none(&filter.query.filters.kinds, |kind| *kind == leaf.head.group.kind)),
    (Sieve::Level, |filter, leaf| {
        any_or_none(&filter.query.filters.levels, |level| Some(*level) == leaf.head.group.level)
    }),
    (Sieve::Issuer, |filter, leaf| any_or_none(&filter.issuers, |issuer| Some(issuer) == leaf.issuer.as_ref())),
    (Sieve::Region, |filter, leaf| {
        let code = leaf.head.group.region.as_ref();
        any_or_none(&filter.regions, |stem| code.is_some_and(|code| code.starts_with(stem)))
    }),
    (Sieve::Instrument, |filter, leaf| {
        filter.query.filters.instrument.as_ref().is_none_or(|instrument| *instrument == leaf.head.group.id)
    }),
    (Sieve::Promulgated, |filter, leaf| within(&filter.query.filters.promulgated, leaf.head.version.dated)),
    (Sieve::Effective, |filter, leaf| {
        within(&filter.query.filters.effective, leaf.head.version.interval.effective_from)
    }),
    (Sieve::DecidedLater, |filter, leaf| {
        let is_later = leaf.head.version.dated.is_some_and(|dated| dated > filter.query.as_of);
        !(filter.query.as_of_asked && leaf.head.group.kind == Kind::Case && is_later)
    }),
    (Sieve::CaseFacts, |filter, leaf| fits(filter, leaf)),
    (Sieve::CaseArticles, |filter, leaf| {
        filter.query.filters.cases.ids.as_ref().is_none_or(|ids| ids.contains(&leaf.head.group.id))
    }),
];

/// The status of a version on a day; cases have none.
pub fn status(leaf: &LeafHead, on: Date) -> Option<ValidityStatus> {
    (leaf.head.group.kind != Kind::Case).then(|| leaf.head.version.interval.status(on))
}

/// Whether somebody sees a record.
fn sees(scope: &Scope, access: Access, departments: &[String]) -> bool {
    scope.sees(access, departments)
}

/// Whether anything is asked of what cases state and order.
fn asks_facts(wanted: &CaseFilters) -> bool {
    let CaseFilters { sections, applied, violated, ids, .. } = CaseFilters::default();
    CaseFilters { sections, applied, violated, ids, ..wanted.clone() } != CaseFilters::default()
}

/// Whether a case states and orders what is wanted.
fn fits(filter: &Filter<'_>, leaf: &LeafHead) -> bool {
    if !filter.asks_case {
        return true;
    }
    let Some(facts) = leaf.facts() else { return false };
    let wanted = &filter.query.filters.cases;
    let (least, most) = wanted.fines;
    let within = |fines: u64| least.is_none_or(|least| least <= fines) && most.is_none_or(|most| fines <= most);
    any_or_none(&wanted.domains, |domain| facts.domain == Some(*domain))
        && any_or_none(&filter.causes, |cause| leaf.cause.as_ref() == Some(cause))
        && any_or_none(&wanted.penalties, |kind| facts.penalties.contains(kind))
        && any_or_none(&wanted.tiers, |tier| facts.tiers.contains(tier))
        && any_or_none(&wanted.parties, |kind| facts.parties.contains(kind))
        && any_or_none(&wanted.outcomes, |outcome| facts.outcomes.contains(outcome))
        && (wanted.fines == (None, None) || facts.fines_fen.is_some_and(within))
}

fn any_or_none<T>(wanted: &[T], is: impl Fn(&T) -> bool) -> bool {
    wanted.is_empty() || wanted.iter().any(is)
}

fn within(range: &DateRange, date: Option<Date>) -> bool {
    match (range.from, range.to) {
        _ if range.unknown => date.is_none(),
        (None, None) => true,
        (from, to) => date.is_some_and(|date| from.is_none_or(|from| from <= date) && to.is_none_or(|to| date <= to)),
    }
}

/// What the codes of a region and of everything below it begin with: 990000 → 99, 991200 → 9912.
fn region_stem(code: &str) -> &str {
    let mut stem = code;
    while let Some(above) = stem.strip_suffix("00") {
        stem = above;
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_includes_what_lies_below() {
        assert_eq!(region_stem("990000"), "99");
        assert_eq!(region_stem("991200"), "9912");
        assert_eq!(region_stem("991023"), "991023");
        assert_eq!(region_stem("110100"), "1101");
    }

    #[test]
    fn departments_see_what_is_restricted_to_them() {
        let scope = |access, departments: &[&str]| Scope {
            access,
            departments: departments.iter().map(|department| (*department).to_owned()).collect(),
        };
        let of = ["d1".to_owned()];
        assert!(sees(&scope(Access::Public, &[]), Access::Public, &[]));
        assert!(!sees(&scope(Access::Public, &[]), Access::Internal, &[]));
        assert!(!sees(&scope(Access::Internal, &[]), Access::Restricted, &of));
        assert!(!sees(&scope(Access::Internal, &["d2"]), Access::Restricted, &of));
        assert!(sees(&scope(Access::Internal, &["d1"]), Access::Restricted, &of));
        assert!(sees(&scope(Access::Restricted, &[]), Access::Restricted, &[]));
    }
}
