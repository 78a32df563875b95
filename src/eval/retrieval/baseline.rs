//! Plain BM25 over jieba words of title, headings and text: what any ranking must be better than.

use super::books::Books;
use crate::text::fold::fold_str;
use crate::text::words::Segmenter;
use rayon::prelude::*;
use std::collections::HashMap;

/// Saturation of a term's frequency.
const K1: f64 = 1.2;
/// How much a long text is held against it.
const B: f64 = 0.75;

/// The provisions, indexed.
pub struct Plain {
    ids: Vec<String>,
    lengths: Vec<f64>,
    mean: f64,
    /// Word → provisions and how often it stands there.
    postings: HashMap<String, Vec<(u32, u32)>>,
}

impl Plain {
    /// Indexes all provisions.
    pub fn index(books: &Books) -> Plain {
        let text = |page: &super::books::Page| format!("{}\n{}\n{}", page.title, page.path.join("\n"), page.text);
        Plain::of(books.pages.iter().map(|page| (page.id.clone(), text(page))).collect())
    }

    /// Indexes texts, each with its id.
    pub fn of(texts: Vec<(String, String)>) -> Plain {
        let segmenter = Segmenter::shared();
        let counted = |(_, text): &(String, String)| {
            let text = fold_str(text);
            let mut counts: HashMap<String, u32> = HashMap::new();
            for word in segmenter.words(&text) {
                *counts.entry(word.to_string()).or_default() += 1;
            }
            counts
        };
        let counted: Vec<HashMap<String, u32>> = texts.par_iter().map(counted).collect();
        let lengths: Vec<f64> = counted.iter().map(|counts| f64::from(counts.values().sum::<u32>())).collect();
        let mut postings: HashMap<String, Vec<(u32, u32)>> = HashMap::new();
        for (place, counts) in (0u32..).zip(counted) {
            counts.into_iter().for_each(|(word, count)| postings.entry(word).or_default().push((place, count)));
        }
        let mean = lengths.iter().sum::<f64>() / lengths.len().max(1) as f64;
        Plain { ids: texts.into_iter().map(|(id, _)| id).collect(), lengths, mean, postings }
    }

    /// The best provisions for any of the words of a folded question, best first; equal ones by their ids.
    pub fn best(&self, folded: &str, limit: usize) -> Vec<String> {
        let mut scores: HashMap<u32, f64> = HashMap::new();
        for word in Segmenter::shared().words(folded) {
            let Some(postings) = self.postings.get(word) else { continue };
            let (all, with) = (self.ids.len() as f64, postings.len() as f64);
            let rarity = (1.0 + (all - with + 0.5) / (with + 0.5)).ln();
            for (place, count) in postings {
                let (count, length) = (f64::from(*count), self.lengths[*place as usize]);
                let norm = K1 * (1.0 - B + B * length / self.mean);
                *scores.entry(*place).or_default() += rarity * count * (K1 + 1.0) / (count + norm);
            }
        }
        let mut found: Vec<(f64, &String)> =
            scores.into_iter().map(|(place, score)| (score, &self.ids[place as usize])).collect();
        found.sort_by(|one, other| other.0.total_cmp(&one.0).then_with(|| one.1.cmp(other.1)));
        found.into_iter().take(limit).map(|(_, id)| id.clone()).collect()
    }
}
