//! Learns the weights of [`crate::rank::fusion`]: of all candidates of a question the right ones are to have the greatest
//! sums. Listwise softmax regression with a pull towards 0; twelve weights of thousands of questions cannot overfit much.

use crate::rank::fusion::{SIGNALS, Weights};

/// Signals of a candidate.
pub type Signals = [f32; SIGNALS.len()];

/// Rounds over all questions.
const ROUNDS: usize = 400;
/// Length of a step.
const RATE: f64 = 0.1;
/// How strongly weights are pulled towards 0.
const PULL: f64 = 1e-4;

/// A question with its candidates.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Weighed {
    /// Signals of each candidate, and whether it is right.
    pub candidates: Vec<(Signals, bool)>,
    /// How much the question counts.
    pub weight: f32,
}

impl Weighed {
    /// The rank of every right candidate under some weights, from 1 on; the last of equals.
    pub fn ranks(&self, weights: &Weights) -> Vec<usize> {
        let scores: Vec<f32> = self.candidates.iter().map(|(signals, _)| weights.sum(signals)).collect();
        let right = scores.iter().zip(&self.candidates).filter(|(_, (_, right))| *right);
        let mut ranks: Vec<usize> =
            right.map(|(own, _)| scores.iter().filter(|score| *score >= own).count().max(1)).collect();
        ranks.sort_unstable();
        ranks
    }

    /// Adds the question's part of the gradient.
    fn add(&self, weights: &[f64; SIGNALS.len()], gradient: &mut [f64; SIGNALS.len()]) {
        let right = self.candidates.iter().filter(|(_, right)| *right).count() as f64;
        let sum = |signals: &Signals| -> f64 { weights.iter().zip(signals).map(|(w, s)| w * f64::from(*s)).sum() };
        let scores: Vec<f64> = self.candidates.iter().map(|(signals, _)| sum(signals)).collect();
        let greatest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let all: f64 = scores.iter().map(|score| (score - greatest).exp()).sum();
        for (score, (signals, is_right)) in scores.iter().zip(&self.candidates) {
            let wanted = if *is_right { 1.0 / right } else { 0.0 };
            let factor = f64::from(self.weight) * ((score - greatest).exp() / all - wanted);
            gradient.iter_mut().zip(signals).for_each(|(gradient, signal)| *gradient += factor * f64::from(*signal));
        }
    }
}

/// Weights for some questions. Signals that no candidate has get none.
pub fn learn(questions: &[&Weighed]) -> Weights {
    let useful: Vec<&&Weighed> =
        questions.iter().filter(|question| question.candidates.iter().any(|(_, right)| *right)).collect();
    let all: f64 = useful.iter().map(|question| f64::from(question.weight)).sum::<f64>().max(1.0);
    let mut weights = [0f64; SIGNALS.len()];
    let (mut mean, mut square) = ([0f64; SIGNALS.len()], [0f64; SIGNALS.len()]);
    for round in 1..=ROUNDS {
        let mut gradient = [0f64; SIGNALS.len()];
        useful.iter().for_each(|question| question.add(&weights, &mut gradient));
        for place in 0..SIGNALS.len() {
            let slope = gradient[place] / all + PULL * weights[place];
            mean[place] = 0.9 * mean[place] + 0.1 * slope;
            square[place] = 0.999 * square[place] + 0.001 * slope * slope;
            let (own, other) = (1.0 - 0.9f64.powi(round as i32), 1.0 - 0.999f64.powi(round as i32));
            weights[place] -= RATE * (mean[place] / own) / ((square[place] / other).sqrt() + 1e-8);
        }
    }
    // Three digits: nobody reads more, and nothing depends on them.
    Weights::new(weights.map(|weight| ((weight * 1000.0).round() / 1000.0) as f32))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(right: f32, wrong: &[f32]) -> Weighed {
        let signals = |first: f32, second: f32| {
            let mut signals = [0.0; SIGNALS.len()];
            (signals[0], signals[1]) = (first, second);
            signals
        };
        let mut candidates: Vec<(Signals, bool)> =
            wrong.iter().map(|wrong| (signals(1.0 - wrong, *wrong), false)).collect();
        candidates.push((signals(1.0 - right, right), true));
        Weighed { candidates, weight: 1.0 }
    }

    #[test]
    fn the_signal_that_tells_right_from_wrong_gets_the_weight() {
        let questions = [question(0.9, &[0.2, 0.5]), question(0.7, &[0.1, 0.6]), question(0.8, &[0.3])];
        let weights = learn(&questions.iter().collect::<Vec<_>>());
        for question in &questions {
            assert_eq!(question.ranks(&weights), [1]);
            assert_eq!(question.ranks(&Weights::default()), [question.candidates.len()], "nothing is known");
        }
        assert_eq!(weights, learn(&questions.iter().collect::<Vec<_>>()));
    }

    #[test]
    fn without_anything_right_nothing_is_learned() {
        let mut none = question(0.9, &[0.2]);
        none.candidates.pop();
        assert_eq!(learn(&[&none, &Weighed::default()]), Weights::default());
    }
}
