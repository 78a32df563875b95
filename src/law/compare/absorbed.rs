//! Provisions that are gone as such and stand within another now, as one of its 款 or 项, in other words: 公司法 2018 第二百零二条 is
//! 2023 第二百五十四条第二项. The rare words decide, and what they leave open stays open.

use super::overlap::{self, Candidate};
use super::parts::{self, MovedPart, Part};
use super::units::Unit;
use super::{Row, RowKind, Side};
use std::collections::HashMap;

/// Likeness by rare runs from which a part is what became of a provision.
const LIKE: f64 = 0.3;
/// The same of one paragraph of a provision, and where another provision is more like that part: several were joined there.
const LIKE_OF_ONE: f64 = 0.38;
/// How much more alike it must be than any part of another provision.
const AHEAD: f64 = 1.2;
/// Runs of three characters that a part must have.
const RUNS_MIN: usize = 10;

/// Where the provisions of rows that are [`RowKind::Removed`] stand now, or paragraphs of them.
/// `provisions` are those of both texts.
pub(super) fn absorbed(
    old: Side<'_>,
    new: Side<'_>,
    rows: &[Row],
    moved: &[MovedPart],
    provisions: (&[Unit], &[Unit]),
) -> Vec<MovedPart> {
    let removed = rows.iter().filter(|row| row.kind == RowKind::Removed).flat_map(|row| &row.old);
    let gone: Vec<usize> = removed.copied().filter(|at| !moved.iter().any(|part| part.old == *at)).collect();
    if gone.is_empty() {
        return Vec::new();
    }
    // What stands whole in the older text competes with its own parts: both are where a part of the newer one may come from.
    let olds: Vec<Part> = parts::wholes(old, provisions.0).into_iter().chain(parts::smallest(old, RUNS_MIN)).collect();
    let news = parts::smallest(new, RUNS_MIN);
    let matters = |parts: &[Part]| parts.iter().map(|part| part.unit.matter()).collect::<Vec<Unit>>();
    let candidates = overlap::candidates(&matters(&olds), &matters(&news));
    let punishes: Vec<bool> = provisions.1.iter().map(Unit::punishes).collect();
    let alike = Alike { olds: &olds, news: &news, punishes, candidates: &candidates };
    gone.into_iter().flat_map(|at| alike.places(at)).collect()
}

/// The parts of both texts and which are alike.
struct Alike<'a> {
    olds: &'a [Part],
    news: &'a [Part],
    /// Whether each provision of the newer text speaks of penalties.
    punishes: Vec<bool>,
    candidates: &'a [Candidate],
}

impl Alike<'_> {
    /// The part that a provision became, else those that its paragraphs became.
    fn places(&self, gone: usize) -> Vec<MovedPart> {
        let own = |at: &usize| self.olds[*at].provision == gone;
        let (wholes, paragraphs): (Vec<usize>, Vec<usize>) =
            (0..self.olds.len()).filter(own).partition(|at| self.olds[*at].whole);
        let whole: Vec<MovedPart> = wholes.into_iter().filter_map(|at| self.place(at, LIKE)).collect();
        if !whole.is_empty() {
            return whole;
        }
        paragraphs.into_iter().filter_map(|at| self.place(at, LIKE_OF_ONE)).collect()
    }

    /// What one provision or paragraph became, if nothing contradicts.
    fn place(&self, old: usize, least: f64) -> Option<MovedPart> {
        let from = &self.olds[old];
        let mut best: HashMap<usize, Candidate> = HashMap::new();
        for candidate in self.candidates.iter().filter(|c| c.old == old) {
            let of_provision = best.entry(self.news[candidate.new].provision).or_insert(*candidate);
            if of_provision.rare < candidate.rare {
                *of_provision = *candidate;
            }
        }
        let mut best: Vec<Candidate> = best.into_values().collect();
        best.sort_by(|a, b| b.rare.total_cmp(&a.rare).then(a.new.cmp(&b.new)));
        let found = best.first().filter(|found| found.rare >= least)?;
        let is_ahead = best.get(1).is_none_or(|next| found.rare >= AHEAD * next.rare);
        let others = self.candidates.iter().filter(|c| c.new == found.new);
        let others = others.filter(|c| self.olds[c.old].provision != from.provision);
        let of_others = others.map(|c| c.rare).fold(0.0, f64::max);
        if !is_ahead || of_others >= found.rare && found.rare < LIKE_OF_ONE {
            return None;
        }
        let to = &self.news[found.new];
        // A duty is not what became of its penalty.
        if from.unit.punishes() && !self.punishes.get(to.provision).is_some_and(|punishes| *punishes) {
            return None;
        }
        let old_part = if from.whole { String::new() } else { from.key.clone() };
        // What had paragraphs of its own is hardly one item.
        let new_part = if from.key.is_empty() { String::new() } else { to.key.clone() };
        Some(MovedPart { old: from.provision, old_part, new: to.provision, new_part, similarity: found.likeness })
    }
}
