//! Provisions whose text was divided over several, or joined from several.
//!
//! A provision without counterpart belongs to the row of another if most of its words stand in the other side of that row
//! and no provision of the row has them already. Rows stay one to many or many to one.

use super::Draft;
use super::align::Neighbours;
use super::overlap::Candidate;
use super::units::Unit;
use std::collections::{HashMap, HashSet};

/// Part of the words of a provision that must stand on the other side, not taken by others.
const HELD: f64 = 0.5;
/// The same where neither has a counterpart, they stand in different places and are alike less than [`LIKE_APART`]: then
/// they are hardly one and the same.
const HELD_ALONE: f64 = 0.7;
/// Likeness below which two in different places share next to nothing of the longer one.
const LIKE_APART: f64 = 0.1;
/// And in how many runs of three characters at least: short provisions hold each other by chance.
const HELD_RUNS: usize = 10;

/// One side seen from the other: for each provision the counterparts that are joined to it.
struct Joints<'a> {
    wholes: &'a [Unit],
    parts: &'a [Unit],
    joined: Vec<Vec<usize>>,
    /// Runs of the parts joined to a whole.
    taken: HashMap<usize, HashSet<u64>>,
}

impl<'a> Joints<'a> {
    fn of(wholes: &'a [Unit], parts: &'a [Unit], counterpart: &[Option<usize>]) -> Joints<'a> {
        let joined = counterpart.iter().map(|part| part.iter().copied().collect()).collect();
        Joints { wholes, parts, joined, taken: HashMap::new() }
    }

    /// The share of a part's words that a whole holds and that no part joined to it has.
    fn held(&mut self, whole: usize, part: usize) -> Option<f64> {
        let parts = self.parts;
        let joined = &self.joined[whole];
        let taken = self.taken.entry(whole).or_insert_with(|| {
            let of_parts = joined.iter().flat_map(|at| &parts[*at].runs);
            of_parts.copied().collect()
        });
        let (runs, of_whole) = (&parts[part].runs, &self.wholes[whole].runs);
        let shared = runs.iter().filter(|run| of_whole.binary_search(run).is_ok() && !taken.contains(run)).count();
        let share = shared as f64 / runs.len().max(1) as f64;
        (shared >= HELD_RUNS && share >= HELD).then_some(share)
    }

    fn join(&mut self, whole: usize, part: usize) {
        self.joined[whole].push(part);
        self.taken.entry(whole).or_default().extend(&self.parts[part].runs);
    }
}

/// A part that may be joined to a whole.
struct Join {
    share: f64,
    /// Whether the whole is older and was divided; otherwise it is newer and was joined.
    divides: bool,
    whole: usize,
    part: usize,
}

/// Every provision in a row, in no order.
pub fn drafts(olds: &[Unit], news: &[Unit], candidates: &[Candidate], of_old: &[Option<usize>]) -> Vec<Draft> {
    let mut of_new: Vec<Option<usize>> = vec![None; news.len()];
    for (old, new) in of_old.iter().enumerate() {
        new.iter().for_each(|new| of_new[*new] = Some(old));
    }
    let between = Neighbours::of(of_old, news.len());
    let alone: HashSet<(usize, usize)> = candidates
        .iter()
        .filter(|c| c.likeness < LIKE_APART && !between.hold(c.old, c.new))
        .map(|c| (c.old, c.new))
        .collect();
    let mut divided = Joints::of(olds, news, of_old);
    let mut merged = Joints::of(news, olds, &of_new);
    let mut joins: Vec<Join> = Vec::new();
    for c in candidates {
        if of_new[c.new].is_none() {
            let share = divided.held(c.old, c.new);
            joins.extend(share.map(|share| Join { share, divides: true, whole: c.old, part: c.new }));
        }
        if of_old[c.old].is_none() {
            let share = merged.held(c.new, c.old);
            joins.extend(share.map(|share| Join { share, divides: false, whole: c.new, part: c.old }));
        }
    }
    joins.sort_by(|a, b| b.share.total_cmp(&a.share).then((a.whole, a.part).cmp(&(b.whole, b.part))));
    for join in joins {
        let (wholes, parts) = if join.divides { (&mut divided, &mut merged) } else { (&mut merged, &mut divided) };
        let free = parts.joined[join.part].is_empty();
        let one_to_many = wholes.joined[join.whole].iter().all(|part| parts.joined[*part].len() <= 1);
        let pair = if join.divides { (join.whole, join.part) } else { (join.part, join.whole) };
        let likely = !wholes.joined[join.whole].is_empty() || join.share >= HELD_ALONE || !alone.contains(&pair);
        if free && one_to_many && likely && wholes.held(join.whole, join.part).is_some() {
            wholes.join(join.whole, join.part);
            parts.join(join.part, join.whole);
        }
    }
    rows(divided.joined, merged.joined)
}

fn rows(divided: Vec<Vec<usize>>, merged: Vec<Vec<usize>>) -> Vec<Draft> {
    let mut rows = Vec::new();
    for (new, mut old) in merged.into_iter().enumerate() {
        old.sort_unstable();
        // One that was divided is a row of its own, below.
        let is_part = matches!(old.as_slice(), [one] if divided.get(*one).is_some_and(|parts| parts.len() > 1));
        if !is_part {
            rows.push(Draft { old, new: vec![new], reordered: false });
        }
    }
    for (old, mut new) in divided.into_iter().enumerate() {
        new.sort_unstable();
        if new.len() != 1 {
            rows.push(Draft { old: vec![old], new, reordered: false });
        }
    }
    rows
}
