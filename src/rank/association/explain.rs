//! Why a question and a provision are near: which word pulled which.

use super::{Bag, Cut, Model, Vector};
use std::collections::BTreeMap;

/// A token of the question and a token of the provision, and what they give to the cosine.
#[derive(Debug, Clone, PartialEq)]
pub struct Pull {
    /// Token of the question.
    pub question: String,
    /// Token of the provision; the same one if both have it.
    pub provision: String,
    /// Part of the cosine; all parts, the negative ones included, add up to it.
    pub share: f32,
}

impl Model {
    /// The strongest pulls between a question and a provision, strongest first. A word and a pair of the same characters
    /// are one token to people.
    pub fn explain(&self, question: &Cut<'_>, provision: [&Cut<'_>; 3], limit: usize) -> Vec<Pull> {
        let [title, headings, text] = provision;
        let asked = self.question_bag(question);
        let told = self.provision_bag(title, headings, text);
        let length = self.length(&asked, &self.rows.question) * self.length(&told, &self.rows.provision);
        if length <= 0.0 {
            return Vec::new();
        }
        let mut shares: BTreeMap<(String, String), f32> = BTreeMap::new();
        for (one, count) in &asked {
            let weight = count * self.rows.question[*one as usize] / length;
            for (other, count) in &told {
                let share = super::dot(self.row(*one), self.row(*other)) as f32
                    * weight
                    * count
                    * self.rows.provision[*other as usize];
                *shares.entry((self.token(*one), self.token(*other))).or_default() += share;
            }
        }
        let mut pulls: Vec<Pull> =
            shares.into_iter().map(|((question, provision), share)| Pull { question, provision, share }).collect();
        pulls.sort_by(|one, other| other.share.total_cmp(&one.share));
        pulls.retain(|pull| pull.share > 0.0);
        pulls.truncate(limit);
        pulls
    }

    /// Length of the sum of rows before it is made 1.
    fn length(&self, bag: &Bag, weights: &[f32]) -> f32 {
        let mut sum = vec![0f32; self.dimension()];
        for (token, count) in bag {
            let factor = count * weights[*token as usize];
            sum.iter_mut().zip(self.row(*token)).for_each(|(sum, part)| *sum += factor * f32::from(*part));
        }
        let length = sum.iter().map(|value| value * value).sum::<f32>().sqrt();
        if Vector::of(&sum).scale() > 0.0 { length } else { 0.0 }
    }
}
