//! Which versions a query may find: the one place where access, status, dates and filters are judged.

use super::leaf::LeafHead;
use crate::law::{Access, Kind, ValidityStatus};
use crate::query::{DateRange, Query, Scope, StatusFilter};
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
}

impl<'a> Filter<'a> {
    /// The filters of a query.
    pub fn new(query: &'a Query) -> Filter<'a> {
        Filter {
            query,
            issuers: query.filters.issuers.iter().map(|issuer| fold_str(issuer)).collect(),
            regions: query.filters.regions.iter().map(|code| region_stem(code)).collect(),
        }
    }

    /// What the query does with a version.
    pub fn judge(&self, leaf: &LeafHead) -> Verdict {
        if !self.admits(leaf) {
            return Verdict::Out;
        }
        match &self.query.filters.status {
            StatusFilter::All => Verdict::Shown,
            StatusFilter::Default => match status(leaf, self.query.as_of) {
                None | Some(ValidityStatus::InForce | ValidityStatus::Unknown) => Verdict::Shown,
                Some(_) => Verdict::Hidden,
            },
            StatusFilter::Only(wanted) => match status(leaf, self.query.as_of) {
                Some(status) if wanted.contains(&status) => Verdict::Shown,
                _ => Verdict::Out,
            },
        }
    }

    /// Everything but status.
    fn admits(&self, leaf: &LeafHead) -> bool {
        let filters = &self.query.filters;
        let head = &*leaf.head;
        let later_case = self.query.as_of_asked
            && head.group.kind == Kind::Case
            && head.version.dated.is_some_and(|dated| dated > self.query.as_of);
        sees(&self.query.scope, head.access, &head.departments)
            && !later_case
            && filters.instrument.as_ref().is_none_or(|instrument| *instrument == head.group.id)
            && any_or_none(&filters.kinds, |kind| *kind == head.group.kind)
            && any_or_none(&filters.levels, |level| Some(*level) == head.group.level)
            && any_or_none(&self.issuers, |issuer| Some(issuer) == leaf.issuer.as_ref())
            && any_or_none(&self.regions, |stem| head.group.region.as_ref().is_some_and(|code| code.starts_with(stem)))
            && within(&filters.promulgated, head.version.dated)
            && within(&filters.effective, head.version.interval.effective_from)
    }
}

/// The status of a version on a day; cases have none.
pub fn status(leaf: &LeafHead, on: Date) -> Option<ValidityStatus> {
    (leaf.head.group.kind != Kind::Case).then(|| leaf.head.version.interval.status(on))
}

/// Whether somebody sees a record.
fn sees(scope: &Scope, access: Access, departments: &[String]) -> bool {
    access <= scope.access || departments.iter().any(|department| scope.departments.contains(department))
}

fn any_or_none<T>(wanted: &[T], is: impl Fn(&T) -> bool) -> bool {
    wanted.is_empty() || wanted.iter().any(is)
}

fn within(range: &DateRange, date: Option<Date>) -> bool {
    match (range.from, range.to) {
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
