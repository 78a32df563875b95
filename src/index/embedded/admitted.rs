//! What filters leave of each segment, remembered: most queries of a day have the same filters.

use super::bits::Bits;
use super::filter::{Filter, Verdict};
use super::lock;
use super::snapshot::View;
use crate::query::{Filters, Query, Scope};
use jiff::civil::Date;
use std::sync::{Arc, Mutex};

/// How many answers are remembered for a generation; each takes two bits for every provision.
const REMEMBERED: usize = 16;

/// What the filters of a query leave of a segment.
#[derive(Debug)]
pub struct Admitted {
    /// What may be found.
    pub shown: Bits,
    /// What only the default status filter leaves out.
    pub hidden: Bits,
}

#[derive(Debug, Clone, PartialEq)]
struct Key {
    filters: Filters,
    scope: Scope,
    as_of: Date,
    as_of_asked: bool,
}

/// What was asked lately of one generation, the latest last.
#[derive(Default)]
pub struct Remembered {
    answers: Mutex<Vec<(Key, Arc<Vec<Admitted>>)>>,
}

impl Remembered {
    /// What a query's filters leave of each segment.
    pub fn admitted(&self, query: &Query, views: &[View]) -> Arc<Vec<Admitted>> {
        let Query { filters, scope, as_of, as_of_asked, .. } = query;
        let key = Key { filters: filters.clone(), scope: scope.clone(), as_of: *as_of, as_of_asked: *as_of_asked };
        let mut answers = lock(&self.answers);
        let known = answers.iter().position(|(known, _)| *known == key).map(|place| answers.remove(place));
        let known = known.unwrap_or_else(|| {
            let filter = Filter::new(query);
            (key, Arc::new(views.iter().map(|view| judge(&filter, view)).collect()))
        });
        let admitted = known.1.clone();
        answers.push(known);
        if answers.len() > REMEMBERED {
            answers.remove(0);
        }
        admitted
    }
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
