//! Which provisions share words. Texts are looked up by their runs of three characters, so only pairs that share some are
//! ever seen; the work is bounded, and the rarest runs are counted first.

use super::units::Unit;
use std::collections::HashMap;

/// Pairs counted at most in all, about.
const WORK_MAX: usize = 50_000_000;
/// Pairs counted for one provision at least, if there are so many.
const WORK_OF_ONE: usize = 2_000;
/// Counterparts kept for one provision.
const KEPT: usize = 24;
/// Likeness below which a pair is nothing.
const LIKENESS_MIN: f64 = 0.15;
/// Part of the smaller of two texts that the larger must hold to be a candidate in spite of that, and in how many runs.
const HELD_MIN: f64 = 0.5;
const HELD_RUNS_MIN: usize = 8;
/// Likeness by rare runs from which a pair is a candidate in spite of both.
const RARE_MIN: f64 = 0.15;
/// The same for what is only named as near.
const NEAR_MIN: f64 = 0.1;
/// Likeness by rare runs that two provisions which punish must have, if they are alike less than the second: amounts and
/// organs alone make up a fifth of their words.
const PUNISHING_MIN: (f64, f64) = (0.15, 0.35);
/// Provisions among which runs are counted at least: in a text of few provisions nothing would be rare.
const ALL_MIN: usize = 100;

/// Two provisions that share words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    pub old: usize,
    pub new: usize,
    /// Shared of all runs.
    pub likeness: f64,
    /// Likeness by rare runs: the cosine of both as runs weighed by how few provisions have them. It finds what is the same in
    /// other words: 施行 and the day, the one place that speaks of 国有独资公司章程.
    pub rare: f64,
}

/// Every pair worth a look, by the place in the older text.
pub fn candidates(olds: &[Unit], news: &[Unit]) -> Vec<Candidate> {
    pairs(olds, news, candidate)
}

/// Every pair that somebody who looks for the one may want to see, by the place in the older text.
pub fn near(olds: &[Unit], news: &[Unit]) -> Vec<Candidate> {
    pairs(olds, news, |old, new, common, rare| {
        let likeness = likeness(old, new, common);
        (rare >= NEAR_MIN && old.compares_with(new)).then_some(likeness)
    })
}

fn pairs(olds: &[Unit], news: &[Unit], candidate: impl Fn(&Unit, &Unit, usize, f64) -> Option<f64>) -> Vec<Candidate> {
    let mut holders: HashMap<u64, Vec<u32>> = HashMap::new();
    for (at, unit) in news.iter().enumerate() {
        unit.runs.iter().for_each(|run| holders.entry(*run).or_default().push(at as u32));
    }
    let work_max = WORK_OF_ONE.max(WORK_MAX / olds.len().max(1));
    let weights = Weights::of(olds, news);
    let mut shared = vec![Shared::default(); news.len()];
    let mut found = Vec::new();
    for (old, unit) in olds.iter().enumerate() {
        let touched = count(unit, &holders, &weights, work_max, &mut shared);
        let mut of_one: Vec<Candidate> = Vec::new();
        for new in touched {
            let shared = std::mem::take(&mut shared[new]);
            let rare = shared.weight / (weights.olds[old] * weights.news[new]).max(f64::MIN_POSITIVE);
            let likeness = candidate(unit, &news[new], shared.runs, rare);
            of_one.extend(likeness.map(|likeness| Candidate { old, new, likeness, rare }));
        }
        of_one.sort_by(|a, b| b.likeness.total_cmp(&a.likeness).then(a.new.cmp(&b.new)));
        of_one.truncate(KEPT);
        found.append(&mut of_one);
    }
    found
}

/// What two provisions share.
#[derive(Debug, Clone, Copy, Default)]
struct Shared {
    runs: usize,
    weight: f64,
}

/// How rare each run is, and how long each provision is as a vector of such weights.
struct Weights {
    of_run: HashMap<u64, f64>,
    olds: Vec<f64>,
    news: Vec<f64>,
}

impl Weights {
    fn of(olds: &[Unit], news: &[Unit]) -> Weights {
        let mut of_run: HashMap<u64, f64> = HashMap::new();
        let runs = olds.iter().chain(news).flat_map(|unit| &unit.runs);
        runs.for_each(|run| *of_run.entry(*run).or_default() += 1.0);
        let all = (olds.len() + news.len()).max(ALL_MIN) as f64;
        of_run.values_mut().for_each(|holders| *holders = (all / *holders).ln());
        let length = |unit: &Unit| unit.runs.iter().map(|run| of_run[run] * of_run[run]).sum::<f64>().sqrt();
        let (olds, news) = (olds.iter().map(length).collect(), news.iter().map(length).collect());
        Weights { of_run, olds, news }
    }
}

/// Counts shared runs into `shared`; answers whose counts are not zero any more.
fn count(
    unit: &Unit,
    holders: &HashMap<u64, Vec<u32>>,
    weights: &Weights,
    work_max: usize,
    shared: &mut [Shared],
) -> Vec<usize> {
    let mut lists: Vec<(u64, &Vec<u32>)> =
        unit.runs.iter().filter_map(|run| holders.get(run).map(|list| (*run, list))).collect();
    lists.sort_by_key(|(_, list)| list.len());
    let mut touched = Vec::new();
    let mut work = 0;
    for (run, list) in lists {
        work += list.len();
        if work > work_max {
            break;
        }
        let weight = weights.of_run.get(&run).map_or(0.0, |weight| weight * weight);
        for new in list.iter().map(|new| *new as usize) {
            if shared[new].runs == 0 {
                touched.push(new);
            }
            shared[new].runs += 1;
            shared[new].weight += weight;
        }
    }
    touched
}

/// Shared of all runs.
fn likeness(old: &Unit, new: &Unit, common: usize) -> f64 {
    common as f64 / (old.runs.len() + new.runs.len()).saturating_sub(common).max(1) as f64
}

fn candidate(old: &Unit, new: &Unit, common: usize, rare: f64) -> Option<f64> {
    let (old_runs, new_runs) = (old.runs.len(), new.runs.len());
    let likeness = likeness(old, new, common);
    let held = common >= HELD_RUNS_MIN && common as f64 >= HELD_MIN * old_runs.min(new_runs) as f64;
    let is_like = likeness >= LIKENESS_MIN || held || rare >= RARE_MIN;
    let by_penalties = rare < PUNISHING_MIN.0 && likeness < PUNISHING_MIN.1 && old.punishes() && new.punishes();
    (is_like && !by_penalties && old.compares_with(new) && old.shares_matter(new)).then_some(likeness)
}

/// Likeness of several provisions taken together: shared of all runs.
pub fn similarity_of_all(old: &[&Unit], new: &[&Unit]) -> f64 {
    let (old, new) = (joined(old), joined(new));
    if old.is_empty() && new.is_empty() {
        return 1.0;
    }
    let common = common(&old, &new);
    common as f64 / (old.len() + new.len() - common).max(1) as f64
}

fn joined(units: &[&Unit]) -> Vec<u64> {
    let mut runs: Vec<u64> = units.iter().flat_map(|unit| unit.runs.iter().copied()).collect();
    runs.sort_unstable();
    runs.dedup();
    runs
}

/// How many runs two sorted lists share.
pub fn common(one: &[u64], other: &[u64]) -> usize {
    let mut others = other.iter().peekable();
    let held = |run: &&u64| {
        while others.next_if(|other| other < run).is_some() {}
        others.peek() == Some(run)
    };
    one.iter().filter(held).count()
}
