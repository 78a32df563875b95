//! What was imposed in the cases that a search finds: numbers over all of them, each with the search that lists its cases.

use super::{CorpusView, QueryView};
use serde::Serialize;
use std::collections::BTreeMap;

/// Numbers over all cases of a search.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PrecedentsPage {
    /// What was asked.
    pub query: QueryView,
    /// Cases.
    pub cases: u64,
    /// Those with a fine that was read.
    pub fined: u64,
    /// How the fines lie; `null` if there is none.
    pub fines: Option<Spread>,
    /// Cases by the year of their decision, the oldest first; those without a date last.
    pub by_year: Vec<Bar>,
    /// Cases by region, the most first; those without last.
    pub by_region: Vec<Bar>,
    /// Fined cases by their fine, the lowest first.
    pub by_amount: Vec<Bar>,
    /// Cases by kind of penalty, the most first; a case counts under each of its kinds.
    pub by_penalty: Vec<Bar>,
    /// Cases by outcome, the same.
    pub by_outcome: Vec<Bar>,
    /// Cases by field of enforcement.
    pub by_domain: Vec<Bar>,
    /// Cases by article that they apply, the most first.
    pub by_article: Vec<Bar>,
    /// Cases by article that they say to be violated, the most first.
    pub by_violated: Vec<Bar>,
    /// Cases by tier of discretion.
    pub by_tier: Vec<Bar>,
    /// Cases by kind of party; a case counts under each of its kinds.
    pub by_party: Vec<Bar>,
    /// Cases by authority, the most first.
    pub by_issuer: Vec<Bar>,
    /// Cases by cause of action, the most first.
    pub by_cause: Vec<Bar>,
    /// State of the corpus that answered.
    pub corpus: CorpusView,
    /// Whether this is the fictional sample.
    pub sample: bool,
    /// Chinese remarks.
    pub warnings: Vec<String>,
    /// Milliseconds the answer took.
    pub took_ms: f64,
    /// Id of the request.
    pub request_id: String,
}

impl PrecedentsPage {
    /// The lists that have anything, each with its Chinese name, in the order in which people read them.
    pub fn lists(&self) -> impl Iterator<Item = (&'static str, &[Bar])> {
        let lists = [
            ("罚款数额", &self.by_amount),
            ("年份", &self.by_year),
            ("地区", &self.by_region),
            ("处罚种类", &self.by_penalty),
            ("适用的条文", &self.by_article),
            ("认定违反的条文", &self.by_violated),
            ("结果", &self.by_outcome),
            ("执法领域", &self.by_domain),
            ("案由", &self.by_cause),
            ("机关", &self.by_issuer),
            ("裁量档次", &self.by_tier),
            ("当事人类型", &self.by_party),
        ];
        lists.into_iter().filter(|(_, bars)| !bars.is_empty()).map(|(name, bars)| (name, bars.as_slice()))
    }
}

impl PrecedentsPage {
    /// Every list of bars.
    pub(in crate::app) fn every_list(&mut self) -> [&mut Vec<Bar>; 12] {
        [
            &mut self.by_year,
            &mut self.by_region,
            &mut self.by_amount,
            &mut self.by_penalty,
            &mut self.by_outcome,
            &mut self.by_domain,
            &mut self.by_violated,
            &mut self.by_tier,
            &mut self.by_party,
            &mut self.by_issuer,
            &mut self.by_cause,
            &mut self.by_article,
        ]
    }
}

/// How sums lie, in fen. Quartiles between two sums are interpolated (as the spreadsheets' QUARTILE.INC) and rounded down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Spread {
    /// The least.
    pub least: u64,
    /// A quarter is no greater.
    pub lower_quartile: u64,
    /// Half is no greater.
    pub median: u64,
    /// Three quarters are no greater.
    pub upper_quartile: u64,
    /// The most.
    pub most: u64,
    /// All together.
    pub sum: u64,
}

/// Some of the cases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bar {
    /// What they have in common, as a parameter has it; empty where it is not known.
    pub value: String,
    /// The same for people.
    pub label: String,
    /// How many cases.
    pub cases: u64,
    /// How their fines lie; `null` if none has one.
    pub fines: Option<Spread>,
    /// What to add to the search to list them; empty where no search does.
    pub parameters: BTreeMap<String, String>,
}
