//! What the corpus teaches without labels: one half of a provision calls for the other, title and heading for the text.

use super::super::association::{Bag, Cut, Ids, question_bag};
use super::Provision;
use super::table::{Batch, Learner};
use crate::rank::random::Random;
use crate::text::fold::fold_str;
use rayon::prelude::*;

/// Pairs in a batch: each is a negative of all others.
pub const BATCH: usize = 128;
/// Pairs of one instrument that stay together in a batch: they are each other's hard negatives.
const TOGETHER: usize = 8;
/// Characters of a half at least.
const HALF_LEAST: usize = 8;
/// Known tokens of a half at least.
const TOKENS_LEAST: usize = 4;
/// Of so many local provisions one is taken.
const LOCAL: usize = 3;
/// Of so many provisions one is also called for by its title and heading.
const HEADED: usize = 4;

/// A text that calls for another.
pub struct Pair {
    calls: Bag,
    called: Bag,
    instrument: u32,
}

/// Pairs in random order, those of one instrument in small groups.
pub fn pairs(provisions: &[Provision], ids: &Ids, random: &mut Random) -> Vec<Pair> {
    let mut texts: Vec<(String, String, u32)> = Vec::new();
    for provision in provisions {
        if provision.local && random.below(LOCAL) > 0 {
            continue;
        }
        let Provision { instrument, title, headings, text, .. } = provision;
        texts.extend(halved(provision, random).map(|(calls, called)| (calls, called, *instrument)));
        if random.below(HEADED) == 0 {
            let heading = headings.last().map_or("", String::as_str);
            texts.push((format!("{title} {heading}"), text.clone(), *instrument));
        }
    }
    let bag = |text: &str| {
        let folded = fold_str(text);
        question_bag(ids.known(&Cut::of(&folded), true))
    };
    let cut = |(calls, called, instrument): &(String, String, u32)| Pair {
        calls: bag(calls),
        called: bag(called),
        instrument: *instrument,
    };
    let mut pairs: Vec<Pair> = texts.par_iter().map(cut).collect();
    pairs.retain(|pair| pair.calls.len() >= TOKENS_LEAST && pair.called.len() >= TOKENS_LEAST);
    random.shuffle(&mut pairs);
    pairs.sort_by_key(|pair| pair.instrument);
    let mut groups: Vec<Vec<Pair>> = Vec::new();
    while !pairs.is_empty() {
        groups.push(pairs.split_off(pairs.len().saturating_sub(TOGETHER)));
    }
    random.shuffle(&mut groups);
    groups.into_iter().flatten().collect()
}

/// A provision cut in two at a mark, either half first; the second half with title and headings every other time.
fn halved(provision: &Provision, random: &mut Random) -> Option<(String, String)> {
    let parts: Vec<&str> = provision.text.split_inclusive(['。', '；', '，', '：', '\n']).collect();
    if parts.len() < 2 {
        return None;
    }
    let cut = 1 + random.below(parts.len() - 1);
    let (before, behind) = (parts[..cut].concat(), parts[cut..].concat());
    if before.chars().count() < HALF_LEAST || behind.chars().count() < HALF_LEAST {
        return None;
    }
    let (calls, mut called) = if random.below(2) == 0 { (before, behind) } else { (behind, before) };
    if random.below(2) == 0 {
        called = format!("{called}\n{}\n{}", provision.title, provision.headings.join("\n"));
    }
    Some((calls, called))
}

/// One step on a batch; answers with the mean loss.
pub fn learn(learner: &mut Learner, batch: &[Pair], weight: f32, rate: f32) -> f32 {
    let questions: Vec<(&Bag, f32)> = batch.iter().map(|pair| (&pair.calls, weight)).collect();
    let provisions: Vec<&Bag> = batch.iter().map(|pair| &pair.called).collect();
    let right: Vec<usize> = (0..batch.len()).collect();
    learner.step(&Batch { questions: &questions, provisions: &provisions, right: &right, offset: &|_, _| 0.0 }, rate)
}
