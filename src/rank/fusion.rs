//! Words and learned association in one order: a weighted sum of what speaks for a provision.
//!
//! The weights stand in one file, `fusion/weights.json`, which says where they come from. There are two sets: provisions
//! that have all the words of a short question come first and are ordered with one; all others with the other.

use crate::law::{AuthorityLevel, Kind};
use serde::{Deserialize, Serialize};
use std::sync::{Arc, LazyLock};

/// The version of the list of signals; weights of another one do not fit.
pub const VERSION: u32 = 1;

/// What speaks for a provision.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Evidence {
    /// Its score by words, over that of the best.
    pub lexical: f32,
    /// The cosine of its vector and the question's.
    pub cosine: f32,
    /// Its cosine, over that of the nearest.
    pub nearness: f32,
    /// The part of the question's words that it has, rare ones counting more.
    pub coverage: f32,
    /// The longest stretch of the question that it repeats, in characters, by [`stretch`].
    pub run: f32,
    /// The greatest `lexical` of its instrument.
    pub instrument_lexical: f32,
    /// The greatest `nearness` of its instrument.
    pub instrument_nearness: f32,
    /// How much its rank among words counts: 1 for the first, half for the fourth.
    pub lexical_rank: f32,
    /// The same among vectors.
    pub nearness_rank: f32,
    /// What it is.
    pub origin: Origin,
    /// Whether the question names the place where it holds.
    pub named_place: bool,
}

/// Kind and level, as far as they matter here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Origin {
    /// Constitution and laws.
    #[default]
    Law,
    /// Regulations of the State Council and of the commission of supervision.
    Regulation,
    /// Judicial interpretations.
    Interpretation,
    /// Rules of departments.
    Rule,
    /// What holds in one place only.
    Local,
    /// Normative documents.
    Normative,
    /// Cases.
    Case,
}

impl Origin {
    /// Of a kind and a level.
    pub fn of(kind: Kind, level: Option<AuthorityLevel>) -> Origin {
        use AuthorityLevel as Level;
        match (kind, level) {
            (Kind::Case, _) => Origin::Case,
            (_, Some(Level::Constitution | Level::Law)) => Origin::Law,
            (_, Some(Level::AdministrativeRegulation | Level::SupervisionRegulation)) => Origin::Regulation,
            (_, Some(Level::JudicialInterpretation)) => Origin::Interpretation,
            (_, Some(Level::DepartmentalRule)) => Origin::Rule,
            (Kind::Normative, _) | (_, Some(Level::NormativeDocument)) => Origin::Normative,
            _ => Origin::Local,
        }
    }
}

/// What a rank counts, from 0 on; nothing if there is none.
pub fn by_rank(rank: Option<usize>) -> f32 {
    rank.map_or(0.0, |rank| 3.0 / (3.0 + rank as f32))
}

/// What a stretch of so many characters counts: two are nothing, twenty nearly all.
pub fn stretch(characters: usize) -> f32 {
    let beyond = characters.saturating_sub(2) as f32;
    beyond / (beyond + 6.0)
}

/// Names of the signals, in the order of [`Evidence::signals`].
pub const SIGNALS: [&str; 15] = [
    "lexical",
    "cosine",
    "nearness",
    "coverage",
    "run",
    "instrument_lexical",
    "instrument_nearness",
    "lexical_rank",
    "nearness_rank",
    "regulation",
    "interpretation",
    "rule",
    "local",
    "normative",
    "case",
];

impl Evidence {
    /// As numbers; what a provision is counts 0 or 1, laws being the measure. What holds in one place only is not held back
    /// where the question names the place.
    pub fn signals(&self) -> [f32; SIGNALS.len()] {
        let is = |origin| if self.origin == origin { 1.0 } else { 0.0 };
        [
            self.lexical,
            self.cosine,
            self.nearness,
            self.coverage,
            self.run,
            self.instrument_lexical,
            self.instrument_nearness,
            self.lexical_rank,
            self.nearness_rank,
            is(Origin::Regulation),
            is(Origin::Interpretation),
            is(Origin::Rule),
            if self.named_place { 0.0 } else { is(Origin::Local) },
            is(Origin::Normative),
            is(Origin::Case),
        ]
    }
}

/// One weight for each signal, by name; one that is not named counts nothing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Weights([f32; SIGNALS.len()]);

impl Weights {
    /// Weights in the order of [`SIGNALS`].
    pub fn new(weights: [f32; SIGNALS.len()]) -> Weights {
        Weights(weights)
    }

    /// The weighted sum.
    pub fn score(&self, evidence: &Evidence) -> f32 {
        self.sum(&evidence.signals())
    }

    /// The weighted sum of signals.
    pub fn sum(&self, signals: &[f32; SIGNALS.len()]) -> f32 {
        self.0.iter().zip(signals).map(|(weight, signal)| weight * signal).sum()
    }

    /// The same weights but for one signal.
    pub fn with(mut self, signal: &str, weight: f32) -> Weights {
        SIGNALS.iter().zip(&mut self.0).filter(|(name, _)| **name == signal).for_each(|(_, own)| *own = weight);
        self
    }

    /// Each signal's part of the sum.
    pub fn parts(&self, evidence: &Evidence) -> [(&'static str, f32); SIGNALS.len()] {
        let signals = evidence.signals();
        std::array::from_fn(|place| (SIGNALS[place], self.0[place] * signals[place]))
    }
}

/// The weights with their provenance, as the file holds them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fusion {
    /// [`VERSION`].
    pub version: u32,
    /// What they were learned from and how.
    pub provenance: String,
    /// For provisions that have all the words of a short question; they come first.
    #[serde(with = "named")]
    pub all_words: Weights,
    /// For all others.
    #[serde(with = "named")]
    pub some_words: Weights,
}

static EMBEDDED: LazyLock<Result<Arc<Fusion>, String>> =
    LazyLock::new(|| Fusion::read(include_str!("fusion/weights.json")).map(Arc::new));

impl Fusion {
    /// The weights of this release.
    pub fn embedded() -> Result<Arc<Fusion>, String> {
        EMBEDDED.clone()
    }

    /// Reads a file of weights.
    ///
    /// # Errors
    /// Says in Chinese what is wrong with it.
    pub fn read(text: &str) -> Result<Fusion, String> {
        let fusion: Fusion = serde_json::from_str(text).map_err(|error| format!("权重文件有误：{error}"))?;
        if fusion.version == VERSION { Ok(fusion) } else { Err(format!("权重文件的版本是 {}", fusion.version)) }
    }
}

/// Weights as a JSON object, signal → weight.
mod named {
    use super::{SIGNALS, Weights};
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use std::collections::BTreeMap;

    pub fn serialize<S: Serializer>(weights: &Weights, serializer: S) -> Result<S::Ok, S::Error> {
        SIGNALS.iter().zip(weights.0).collect::<BTreeMap<_, _>>().serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Weights, D::Error> {
        let named: BTreeMap<String, f32> = BTreeMap::deserialize(deserializer)?;
        let mut weights = [0.0; SIGNALS.len()];
        for (name, weight) in named {
            let place = SIGNALS.iter().position(|signal| *signal == name);
            let place = place.ok_or_else(|| D::Error::custom(format!("没有叫 {name} 的信号")))?;
            weights[place] = weight;
        }
        Ok(Weights(weights))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_of_this_release_are_read_and_sound() {
        let fusion = Fusion::embedded().unwrap();
        let written = serde_json::to_string(&*fusion).unwrap();
        assert_eq!(Fusion::read(&written).as_ref(), Ok(&*fusion));
        let better = Evidence { lexical: 1.0, coverage: 1.0, run: 0.5, ..Evidence::default() };
        for weights in [&fusion.all_words, &fusion.some_words] {
            assert!(weights.score(&better) > weights.score(&Evidence::default()));
            let parts: f32 = weights.parts(&better).iter().map(|(_, part)| part).sum();
            assert!((parts - weights.score(&better)).abs() < 1e-4);
        }
    }

    #[test]
    fn a_wrong_file_is_refused() {
        assert!(Fusion::read("{").is_err());
        let other = r#"{"version":0,"provenance":"","all_words":{},"some_words":{}}"#;
        assert!(Fusion::read(other).unwrap_err().contains("版本"));
        let unknown = r#"{"version":1,"provenance":"","all_words":{"colour":1.0},"some_words":{}}"#;
        assert!(Fusion::read(unknown).unwrap_err().contains("colour"));
    }

    #[test]
    fn long_stretches_and_high_ranks_count_more() {
        assert_eq!((stretch(0), stretch(2), by_rank(None), by_rank(Some(0))), (0.0, 0.0, 0.0, 1.0));
        assert!(stretch(20) > stretch(6) && stretch(200) < 1.0 && by_rank(Some(3)) == 0.5);
    }
}
