//! What each stage of the ranking earns: every one is switched off in turn, the same questions are asked again.

use super::{Difference, Retrieval, difference};
use crate::app::{AppError, ErrorCode, Settings};
use crate::rank::fusion::Fusion;
use serde::Serialize;
use std::sync::Arc;

/// A stage that can be switched off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stage {
    /// In Chinese.
    pub name: &'static str,
    /// Signals that count nothing without it; none where the search itself goes without it.
    signals: &'static [&'static str],
    /// Parameters of the search without it.
    pub parameters: &'static [(&'static str, &'static str)],
}

/// The stages beyond the words.
pub const STAGES: [Stage; 6] = [
    Stage { name: "联想（rank=lexical）", signals: &[], parameters: &[("rank", "lexical")] },
    Stage { name: "词语得分", signals: &["lexical", "lexical_rank", "instrument_lexical"], parameters: &[] },
    Stage { name: "问题词覆盖", signals: &["coverage"], parameters: &[] },
    Stage { name: "最长相同片段", signals: &["run"], parameters: &[] },
    Stage { name: "所在法规", signals: &["instrument_lexical", "instrument_nearness"], parameters: &[] },
    Stage {
        name: "效力级别",
        signals: &["regulation", "interpretation", "rule", "local", "normative", "case"],
        parameters: &[],
    },
];

impl Stage {
    /// Settings under which the stage says nothing.
    pub fn off(&self, mut settings: Settings) -> Result<Settings, AppError> {
        let embedded = || Fusion::embedded().map_err(|error| AppError::new(ErrorCode::Internal, error));
        let whole = settings.learned.fusion.take().map_or_else(embedded, Ok)?;
        settings.learned.fusion = Some(Arc::new(self.without(&whole)));
        Ok(settings)
    }

    fn without(&self, fusion: &Fusion) -> Fusion {
        let mut fusion = fusion.clone();
        for signal in self.signals {
            fusion.all_words = fusion.all_words.with(signal, 0.0);
            fusion.some_words = fusion.some_words.with(signal, 0.0);
        }
        fusion
    }
}

/// What is lost without a stage.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ablation {
    /// The stage.
    pub stage: &'static str,
    /// For each set how far the ranking without it is above the whole one.
    pub differences: Vec<Difference>,
}

impl Ablation {
    /// Compares question by question.
    pub fn of(stage: &Stage, without: &Retrieval, whole: &Retrieval) -> Ablation {
        let pairs = without.sets.iter().zip(&whole.sets);
        Ablation { stage: stage.name, differences: pairs.map(|(without, whole)| difference(without, whole)).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::fusion::{Evidence, SIGNALS};

    #[test]
    fn a_stage_that_is_off_says_nothing_and_the_others_what_they_said() {
        let whole = Fusion::embedded().unwrap();
        let evidence = Evidence { lexical: 0.5, coverage: 0.4, run: 0.3, ..Evidence::default() };
        for stage in STAGES {
            assert!(stage.signals.iter().all(|signal| SIGNALS.contains(signal)), "{}", stage.name);
            let without = stage.without(&whole);
            let parts = whole.some_words.parts(&evidence).into_iter().zip(without.some_words.parts(&evidence));
            for ((signal, before), (_, after)) in parts {
                let expected = if stage.signals.contains(&signal) { 0.0 } else { before };
                assert_eq!(after, expected, "{} {signal}", stage.name);
            }
        }
    }
}
