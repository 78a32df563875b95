//! What filters leave of each segment. Most queries of a day have the same filters.

use super::bits::Bits;
use super::filter::{Filter, Verdict};
use super::snapshot::View;
use crate::query::{Filters, Query, Scope};
use jiff::civil::Date;

/// How many are remembered for a generation; each takes two bits for every provision.
pub const REMEMBERED: usize = 16;

/// What the filters of a query leave of a segment.
#[derive(Debug)]
pub struct Admitted {
    /// What may be found.
    pub shown: Bits,
    /// What only the default status filter leaves out.
    pub hidden: Bits,
}

/// What decides what filters leave of a generation.
#[derive(Debug, Clone, PartialEq)]
pub struct Admitting {
    filters: Filters,
    scope: Scope,
    as_of: Date,
    as_of_asked: bool,
}

impl Admitting {
    /// That of a query.
    pub fn of(query: &Query) -> Admitting {
        let Query { filters, scope, as_of, as_of_asked, .. } = query;
        Admitting { filters: filters.clone(), scope: scope.clone(), as_of: *as_of, as_of_asked: *as_of_asked }
    }
}

/// What a query's filters leave of each segment.
pub fn admitted(query: &Query, views: &[View]) -> Vec<Admitted> {
    let filter = Filter::new(query);
    let sections = &query.filters.cases.sections;
    let within = |view: &View| {
        let mut admitted = judge(&filter, view);
        if !sections.is_empty() {
            let wanted = view.leaf.sections(sections);
            admitted.shown.and(&wanted);
            admitted.hidden.and(&wanted);
        }
        admitted
    };
    views.iter().map(within).collect()
}

fn judge(filter: &Filter<'_>, view: &View) -> Admitted {
    let verdicts: Vec<Verdict> = view.leaf.heads.iter().map(|head| filter.judge(head)).collect();
    let mut admitted = Admitted { shown: Bits::new(view.living.limit()), hidden: Bits::new(view.living.limit()) };
    for run in &view.leaf.runs {
        match verdicts[run.head as usize] {
            Verdict::Shown => admitted.shown.fill(run.docs.clone()),
            Verdict::Hidden => admitted.hidden.fill(run.docs.clone()),
            Verdict::Out => {}
        }
    }
    admitted.shown.and(&view.living);
    admitted.hidden.and(&view.living);
    admitted
}
