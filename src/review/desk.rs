//! What a check works with: the draft, the answers, the settings, and a budget of steps.

use super::draft::{Draft, Part};
use super::finding::{Confidence, Found};
use super::guards::{Guard, Place, Ruling};
use super::question::Answers;
use super::settings::Settings;
use super::words::{any_of, label_len, pattern};
use regex::Regex;
use std::ops::Range;

/// So many matches of one pattern in one sentence are looked at.
const MATCHES_MAX: usize = 6;

/// The patterns of a check, in sets that each have their own exceptions.
pub struct Cues {
    sets: Vec<Set>,
}

/// Patterns with what drops them.
struct Set {
    find: Vec<Regex>,
    /// Words in the comma clauses of the cue that drop it.
    unless: Option<Regex>,
    /// Words of which the sentence must have one.
    needs: Option<Regex>,
}

impl Cues {
    /// Patterns as [`super::words`] writes them.
    pub fn new(find: &[&str], unless: &[&str], needs: &[&str]) -> Cues {
        let set =
            Set { find: find.iter().map(|one| pattern(one)).collect(), unless: any_of(unless), needs: any_of(needs) };
        Cues { sets: vec![set] }
    }

    /// Further patterns, to which other exceptions belong.
    pub fn or(mut self, find: &[&str], unless: &[&str]) -> Cues {
        self.sets.extend(Cues::new(find, unless, &[]).sets);
        self
    }

    /// How many patterns there are.
    fn count(&self) -> usize {
        self.sets.iter().map(|set| set.find.len()).sum()
    }
}

/// A cue that no guard dropped.
#[derive(Debug, Clone)]
pub struct Hit {
    /// Index of its sentence.
    pub sentence: usize,
    /// Bytes of the text of the sentence.
    pub cue: Range<usize>,
    /// Whether a guard left only a reminder.
    pub reminds: bool,
}

/// Steps that are left (预算). They are counted, never timed, so that a draft has one report on every machine.
#[derive(Debug)]
pub struct Budget {
    left: u64,
    exhausted: bool,
}

impl Budget {
    /// A budget of so many steps.
    pub fn new(steps: u64) -> Budget {
        Budget { left: steps, exhausted: false }
    }

    /// Takes steps; `false` when there are not so many left, and from then on.
    pub fn spend(&mut self, steps: usize) -> bool {
        let steps = u64::try_from(steps).unwrap_or(u64::MAX);
        self.exhausted |= steps > self.left;
        self.left = self.left.saturating_sub(steps);
        !self.exhausted
    }

    /// Whether a step was refused.
    pub fn is_exhausted(&self) -> bool {
        self.exhausted
    }
}

/// The desk of one check.
pub struct Desk<'a> {
    /// The draft.
    pub draft: &'a Draft,
    /// What the corpus said.
    pub answers: &'a Answers,
    /// What the office set.
    pub settings: &'a Settings,
    /// Steps left for this check.
    pub budget: Budget,
}

impl Desk<'_> {
    /// The first cue of each sentence that no guard drops.
    pub fn hits(&mut self, cues: &Cues, guards: &[Guard]) -> Vec<Hit> {
        self.hits_of(cues, guards, |_| true)
    }

    /// The first cue of each sentence whose words count and that no guard drops.
    pub fn hits_of(&mut self, cues: &Cues, guards: &[Guard], counts: impl Fn(&str) -> bool) -> Vec<Hit> {
        let mut hits = Vec::new();
        for (at, sentence) in self.draft.sentences.iter().enumerate() {
            if sentence.part != Part::Body {
                continue;
            }
            if !self.budget.spend(sentence.text.len().saturating_mul(cues.count())) {
                break;
            }
            hits.extend(first(self.draft, at, cues, guards, &counts));
        }
        hits
    }

    /// A finding for a cue, spoken in a message that has `{}` where its words go.
    pub fn found(&self, hit: &Hit, message: &str, suggestion: &'static str) -> Found {
        let sentence = &self.draft.sentences[hit.sentence];
        let cue = hit.cue.start + label_len(sentence.text.get(hit.cue.clone()).unwrap_or_default())..hit.cue.end;
        let words = sentence.words(&cue);
        let message = message.replace("{}", words);
        let (severity, message) = if hit.reminds {
            (
                Some(super::finding::Severity::Info),
                format!("引用上位法的表述，请核对引用是否准确、是否超出原文：{message}"),
            )
        } else {
            (None, message)
        };
        Found {
            span: sentence.original(&cue),
            severity,
            confidence: Confidence::Medium,
            certain: false,
            message,
            suggestion,
            evidence: Vec::new(),
        }
    }
}

/// The first cue of a sentence that stands, or else the first of which a reminder is left.
fn first(draft: &Draft, at: usize, cues: &Cues, guards: &[Guard], counts: impl Fn(&str) -> bool) -> Option<Hit> {
    let sentence = draft.sentences.get(at)?;
    let mut reminder = None;
    let counts_for = |set: &&Set| set.needs.as_ref().is_none_or(|needs| needs.is_match(&sentence.text));
    let patterns = cues.sets.iter().filter(counts_for).flat_map(|set| set.find.iter().map(move |find| (set, find)));
    let matches = |(set, find): (_, &Regex)| {
        find.find_iter(&sentence.text)
            .take(MATCHES_MAX)
            .map(move |found| (set, found.range()))
            .collect::<Vec<(&Set, Range<usize>)>>()
    };
    for (set, cue) in patterns.flat_map(matches) {
        let place = Place { draft, sentence, cue: &cue };
        let dropped = || set.unless.as_ref().is_some_and(|unless| unless.is_match(place.window()));
        if !counts(place.words()) || dropped() {
            continue;
        }
        match guards.iter().map(|guard| guard(&place)).max().unwrap_or(Ruling::Stands) {
            Ruling::Stands => return Some(Hit { sentence: at, cue, reminds: false }),
            Ruling::Reminds => reminder = reminder.or(Some(Hit { sentence: at, cue, reminds: true })),
            Ruling::Falls => {}
        }
    }
    reminder
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_says_no_once_and_for_all() {
        let mut budget = Budget::new(10);
        assert!(budget.spend(10));
        assert!(!budget.spend(1));
        assert!(!budget.spend(0));
        assert!(budget.is_exhausted());
    }
}
