//! Every clause of a draft beside superior law on the same matter, also where no check finds anything.

use super::superior;
use crate::app::citations::Graph;
use crate::app::error::AppError;
use crate::app::view::Range;
use crate::app::view::review::{BasisView, BesideView, ClauseView};
use crate::review::beside::{Beside, beside};
use crate::review::{Draft, Question};
use crate::text::points::Counter;
use rayon::prelude::*;

/// Provisions that are shown beside a clause.
const SHOWN: usize = 3;
/// Provisions that are looked at for one clause, of the nation and of the place each.
const CANDIDATES: usize = 8;
/// Clauses that are compared at most.
const CLAUSES_MAX: usize = 1000;

/// The clauses that have something beside them, in the order of the draft.
pub fn clauses(graph: &Graph<'_>, draft: &Draft) -> Result<Vec<ClauseView>, AppError> {
    let spans: Vec<std::ops::Range<usize>> =
        draft.structure.provisions().map(|(_, span)| span.clone()).take(CLAUSES_MAX).collect();
    let found: Result<Vec<Vec<Beside>>, AppError> =
        spans.par_iter().map(|span| of_clause(graph, draft, draft.quote(span))).collect();
    let counter = Counter::new(&draft.text);
    let view = |(span, found): (std::ops::Range<usize>, Vec<Beside>)| ClauseView {
        clause: draft.clause_at(span.start).to_string(),
        span: Range { start: counter.point(span.start), end: counter.point(span.end) },
        superior: found.iter().map(shown).collect(),
    };
    Ok(spans.into_iter().zip(found?).filter(|(_, found)| !found.is_empty()).map(view).collect())
}

fn of_clause(graph: &Graph<'_>, draft: &Draft, clause: &str) -> Result<Vec<Beside>, AppError> {
    let words = Question::words_of(clause);
    if !words.chars().any(char::is_alphanumeric) {
        return Ok(Vec::new());
    }
    let mut provisions = superior::nearest(graph, draft, &words, CANDIDATES)?;
    provisions.extend(superior::of_place(graph, draft, &words, CANDIDATES)?);
    Ok(beside(clause, provisions, SHOWN))
}

fn shown(beside: &Beside) -> BesideView {
    BesideView {
        basis: BasisView::of(&beside.evidence),
        // Three places are more than it tells.
        likeness: (beside.likeness * 1000.0).round() / 1000.0,
        differences: beside.differences.clone(),
    }
}
