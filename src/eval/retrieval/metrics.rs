//! The metrics of the protocol, and how sure they are.

use crate::rank::random::Random;
use serde::ser::{Serialize, SerializeMap, Serializer};

/// Names of the metrics, in the order of [`Metrics`].
pub const METRICS: [&str; 11] = ["mrr10", "ndcg10", "r1", "r5", "r10", "r20", "r50", "r100", "hit1", "hit5", "hit10"];

/// Cut-offs of recall.
const RECALLED: [usize; 6] = [1, 5, 10, 20, 50, 100];
/// Cut-offs of hits.
const HIT: [usize; 3] = [1, 5, 10];
/// Cut-off of the reciprocal rank and of the discounted gain.
const TOP: usize = 10;
/// Samples of the bootstrap.
const SAMPLES: usize = 1_000;

/// The metrics of one question, each 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Metrics([f64; METRICS.len()]);

impl Metrics {
    /// From the rank of each labelled provision, from 1 on; `None` was not found.
    pub fn of(ranks: &[Option<usize>]) -> Metrics {
        let within = |cut: usize| ranks.iter().flatten().filter(|rank| **rank <= cut).count() as f64;
        let count = ranks.len().max(1) as f64;
        let first = ranks.iter().flatten().min().copied();
        let gain = |rank: usize| 1.0 / (rank as f64 + 1.0).log2();
        let gained: f64 = ranks.iter().flatten().filter(|rank| **rank <= TOP).map(|rank| gain(*rank)).sum();
        let ideal: f64 = (1..=ranks.len().min(TOP)).map(gain).sum();
        let mut values = [0.0; METRICS.len()];
        values[0] = first.filter(|rank| *rank <= TOP).map_or(0.0, |rank| 1.0 / rank as f64);
        values[1] = if ideal > 0.0 { gained / ideal } else { 0.0 };
        for (value, cut) in values[2..8].iter_mut().zip(RECALLED) {
            *value = within(cut) / count;
        }
        for (value, cut) in values[8..].iter_mut().zip(HIT) {
            *value = f64::from(within(cut) > 0.0);
        }
        Metrics(values)
    }

    /// By how much it is above another.
    pub fn minus(&self, other: &Metrics) -> Metrics {
        let mut values = self.0;
        values.iter_mut().zip(other.0).for_each(|(value, other)| *value -= other);
        Metrics(values)
    }
}

/// Means over questions, each with its 95 % interval by bootstrap.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Measured {
    /// Questions.
    pub questions: u64,
    /// Means, in the order of [`METRICS`].
    pub means: [f64; METRICS.len()],
    /// Lower and upper bounds of the means.
    pub intervals: [[f64; 2]; METRICS.len()],
}

impl Measured {
    /// The mean of a metric by its name.
    pub fn mean(&self, name: &str) -> f64 {
        METRICS.iter().position(|metric| *metric == name).map_or(f64::NAN, |place| self.means[place])
    }
}

impl Serialize for Measured {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, mean) in METRICS.iter().zip(self.means) {
            map.serialize_entry(name, &rounded(mean))?;
        }
        let intervals: serde_json::Map<String, serde_json::Value> = METRICS
            .iter()
            .zip(self.intervals)
            .map(|(name, bounds)| ((*name).to_string(), serde_json::json!(bounds.map(rounded))))
            .collect();
        map.serialize_entry("intervals", &intervals)?;
        map.serialize_entry("questions", &self.questions)?;
        map.end()
    }
}

fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

/// Means and intervals over questions. The samples are drawn by a fixed seed: the same questions give the same bounds.
pub fn measured(questions: &[Metrics]) -> Measured {
    if questions.is_empty() {
        return Measured::default();
    }
    let count = questions.len();
    let mean = |sum: f64| sum / count as f64;
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let mut samples = vec![Vec::with_capacity(SAMPLES); METRICS.len()];
    for _ in 0..SAMPLES {
        let mut sums = [0.0; METRICS.len()];
        for _ in 0..count {
            let Metrics(values) = questions[random.below(count)];
            sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += value);
        }
        samples.iter_mut().zip(sums).for_each(|(samples, sum)| samples.push(mean(sum)));
    }
    let mut measured = Measured { questions: count as u64, ..Measured::default() };
    for (place, samples) in samples.iter_mut().enumerate() {
        samples.sort_by(f64::total_cmp);
        measured.means[place] = mean(questions.iter().map(|Metrics(values)| values[place]).sum());
        measured.intervals[place] = [samples[SAMPLES * 25 / 1000], samples[SAMPLES * 975 / 1000 - 1]];
    }
    measured
}
