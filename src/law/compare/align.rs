//! Which provision of the newer text is the counterpart of which of the older: each of at most one.
//!
//! Equal texts first, then pairs that are each other's best, then the rest by likeness. Provisions keep their order unless
//! something else is clearly more alike: who stands between the same neighbours is preferred, and only such a pair may be
//! alike less than [`LIKE`].

use super::overlap::Candidate;
use super::units::Unit;
use std::collections::HashMap;

/// Likeness from which two provisions are counterparts wherever they stand.
const LIKE: f64 = 0.35;
/// The same if they stand between the same neighbours.
pub const LIKE_IN_PLACE: f64 = 0.15;
/// Likeness from which two that are each other's best are taken before all others.
const VERY_LIKE: f64 = 0.6;
/// What standing between the same neighbours is worth.
const IN_PLACE: f64 = 0.1;
/// What the same number is worth.
const SAME_KEY: f64 = 0.02;

/// For each older provision its counterpart.
pub fn assign(olds: &[Unit], news: &[Unit], candidates: &[Candidate]) -> Vec<Option<usize>> {
    let mut state = State { of_old: vec![None; olds.len()], taken: vec![false; news.len()] };
    equal(olds, news, &mut state);
    best_of_each_other(olds.len(), news.len(), candidates, &mut state);
    by_likeness(olds, news, candidates, LIKE, false, &mut state);
    by_likeness(olds, news, candidates, LIKE_IN_PLACE, true, &mut state);
    state.of_old
}

struct State {
    of_old: Vec<Option<usize>>,
    taken: Vec<bool>,
}

impl State {
    fn pair(&mut self, old: usize, new: usize) {
        if self.is_free(old, new) {
            self.of_old[old] = Some(new);
            self.taken[new] = true;
        }
    }

    fn is_free(&self, old: usize, new: usize) -> bool {
        self.of_old[old].is_none() && !self.taken[new]
    }
}

/// Equal words: those of one number first, the others in order.
fn equal(olds: &[Unit], news: &[Unit], state: &mut State) {
    let mut places: HashMap<(&str, bool), Vec<usize>> = HashMap::new();
    let key = |unit: &'_ Unit| unit.kind == crate::law::ProvisionKind::Signature;
    for (at, unit) in news.iter().enumerate() {
        places.entry((unit.words(), key(unit))).or_default().push(at);
    }
    // From the end, so that the first is popped first.
    places.values_mut().for_each(|list| list.reverse());
    let by_key: HashMap<&str, usize> = news.iter().enumerate().map(|(at, unit)| (unit.key.as_str(), at)).collect();
    for (old, unit) in olds.iter().enumerate() {
        if let Some(new) = by_key.get(unit.key.as_str()).filter(|new| news[**new].words() == unit.words()) {
            state.pair(old, *new);
        }
    }
    for (old, unit) in olds.iter().enumerate() {
        let Some(list) = places.get_mut(&(unit.words(), key(unit))) else { continue };
        if state.of_old[old].is_some() {
            continue;
        }
        while let Some(new) = list.pop() {
            if state.is_free(old, new) && unit.compares_with(&news[new]) {
                state.pair(old, new);
                break;
            }
        }
    }
}

fn best_of_each_other(olds: usize, news: usize, candidates: &[Candidate], state: &mut State) {
    let mut best_of_old: Vec<Option<Candidate>> = vec![None; olds];
    let mut best_of_new: Vec<Option<Candidate>> = vec![None; news];
    for candidate in candidates.iter().filter(|c| state.is_free(c.old, c.new)) {
        for best in [&mut best_of_old[candidate.old], &mut best_of_new[candidate.new]] {
            if best.is_none_or(|best| best.likeness < candidate.likeness) {
                *best = Some(*candidate);
            }
        }
    }
    for best in best_of_old.into_iter().flatten().filter(|best| best.likeness >= VERY_LIKE) {
        if best_of_new[best.new].is_some_and(|other| other.old == best.old) {
            state.pair(best.old, best.new);
        }
    }
}

fn by_likeness(
    olds: &[Unit],
    news: &[Unit],
    candidates: &[Candidate],
    least: f64,
    only_in_place: bool,
    state: &mut State,
) {
    let between = Neighbours::of(&state.of_old, news.len());
    let mut scored: Vec<(f64, Candidate)> = Vec::new();
    for candidate in candidates.iter().filter(|c| c.likeness >= least && state.is_free(c.old, c.new)) {
        let in_place = between.hold(candidate.old, candidate.new);
        if only_in_place && !in_place {
            continue;
        }
        let same_key = olds[candidate.old].key == news[candidate.new].key;
        let worth = [(in_place, IN_PLACE), (same_key, SAME_KEY)];
        let extra: f64 = worth.iter().filter(|(is, _)| *is).map(|(_, worth)| worth).sum();
        // What is alike less than LIKE is so by stock words at first.
        let rare = if only_in_place { candidate.rare } else { 0.0 };
        scored.push((candidate.likeness + rare + extra, *candidate));
    }
    scored.sort_by(|(a, x), (b, y)| b.total_cmp(a).then((x.old, x.new).cmp(&(y.old, y.new))));
    scored.into_iter().for_each(|(_, candidate)| state.pair(candidate.old, candidate.new));
}

/// For each older provision the counterparts of the nearest ones before and after it that keep their order.
pub struct Neighbours {
    low: Vec<Option<usize>>,
    high: Vec<usize>,
}

impl Neighbours {
    /// Of the counterparts found so far; `news` is how many newer provisions there are.
    pub fn of(of_old: &[Option<usize>], news: usize) -> Neighbours {
        let in_order = longest_rise(of_old);
        let kept = |at: usize| of_old[at].filter(|_| in_order[at]);
        let mut low = Vec::with_capacity(of_old.len());
        let mut last = None;
        for at in 0..of_old.len() {
            low.push(last);
            last = kept(at).or(last);
        }
        let mut high = vec![news; of_old.len()];
        let mut next = news;
        for at in (0..of_old.len()).rev() {
            high[at] = next;
            next = kept(at).unwrap_or(next);
        }
        Neighbours { low, high }
    }

    /// Whether two provisions stand between the same neighbours.
    pub fn hold(&self, old: usize, new: usize) -> bool {
        self.low[old].is_none_or(|low| low < new) && new < self.high[old]
    }
}

/// Which places belong to the longest rising row of values: the provisions that keep their order. Several places of one
/// value (joined provisions) are in order together.
pub fn longest_rise(values: &[Option<usize>]) -> Vec<bool> {
    // `tails[n]` is the place of the smallest value with which a row of n + 1 ends.
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; values.len()];
    for (at, value) in values.iter().enumerate() {
        let Some(value) = value else { continue };
        let length = tails.partition_point(|tail| values[*tail].is_some_and(|last| last <= *value));
        before[at] = length.checked_sub(1).map(|shorter| tails[shorter]);
        match tails.get_mut(length) {
            Some(tail) => *tail = at,
            None => tails.push(at),
        }
    }
    let mut in_row = vec![false; values.len()];
    let mut next = tails.last().copied();
    while let Some(at) = next {
        in_row[at] = true;
        next = before[at];
    }
    in_row
}
