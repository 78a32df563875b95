//! Learning from labelled questions.

use super::super::association::{Bag, Model, question_bag};
use super::mine::{Asked, LEXICAL, Vectors, mine, ranks};
use super::table::{Batch, Learner, Table};
use super::{Example, Prepared, Provenance, Step, halves};
use crate::rank::random::Random;
use crate::text::fold::fold_str;
use rayon::prelude::*;

/// Questions in a batch.
const BATCH: usize = 32;
/// Hard negatives that a question brings into its batch.
const NEGATIVES: usize = 10;
/// What a pair of the corpus counts beside a question.
const CORPUS_WEIGHT: f32 = 0.25;
/// The learning rate of the last round.
const LAST_RATE: f32 = 0.3;
/// Rounds between two searches for hard negatives.
const MINED_EVERY: usize = 2;
/// Rounds without progress on the held-out questions after which learning ends.
const PATIENCE: usize = 2;
/// Rank from which on a find counts as none.
const LAST_RANK: usize = 10;

/// Which questions are held out: never learned from, only measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// None.
    Nothing,
    /// One part of so many, by the hash of the question.
    Part {
        /// Which one, from 0 on.
        part: u64,
        /// How many there are.
        of: u64,
    },
}

impl Held {
    fn holds(self, example: &Example) -> bool {
        match self {
            Held::Nothing => false,
            Held::Part { part, of } => example.part(of) == part,
        }
    }
}

/// A round of learning.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Epoch {
    /// From 1 on.
    pub epoch: usize,
    /// Mean loss.
    pub loss: f32,
    /// Mean reciprocal rank (within ten) of the held-out questions, by words and vector together.
    pub held_out: Option<f32>,
}

/// How a held-out question was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranked {
    /// Its place in the list of examples.
    pub example: usize,
    /// Ranks of its provisions by words and vector together, from 1 on.
    pub fused: Vec<usize>,
    /// Ranks by the vector alone.
    pub alone: Vec<usize>,
}

/// A model and how it came about.
#[derive(Debug, Clone)]
pub struct Tuned {
    /// The model of the best round.
    pub model: Model,
    /// The round it is of.
    pub best: usize,
    /// The rounds.
    pub epochs: Vec<Epoch>,
    /// The held-out questions, as the model of the best round answers them.
    pub held_out: Vec<Ranked>,
}

impl Prepared<'_> {
    /// Learns from the questions that are not held out, for so many rounds at most (fewer if the held-out ones are answered
    /// worse and worse), and keeps the round that answered the held-out ones best; without any the last.
    pub fn tune(&self, held: Held, epochs: usize, origin: &Provenance, told: &mut dyn FnMut(Step)) -> Tuned {
        let out: Vec<usize> = (0..self.examples.len()).filter(|place| held.holds(&self.examples[*place])).collect();
        let kept: Vec<&Example> = self.examples.iter().filter(|example| !held.holds(example)).collect();
        let mut asked: Vec<Asked> = kept.iter().flat_map(|example| self.asked(example)).collect();
        let mut members: Vec<Member> =
            (0..self.options.members.max(1)).map(|member| Member::new(self, member)).collect();
        let mut table = self.table.clone();
        let mut done: Vec<Epoch> = Vec::new();
        let mut best: Option<(usize, Table, Vec<Ranked>)> = None;
        let mut reached = f32::MIN;
        for epoch in 1..=epochs {
            if epoch % MINED_EVERY == 1 || MINED_EVERY == 1 {
                let vectors = Vectors::new(&table, &self.bags);
                mine(&table, &self.lexical, &vectors, &mut asked);
            }
            let rate = if epoch == epochs { LAST_RATE } else { 1.0 };
            let losses: Vec<f32> = members.par_iter_mut().map(|member| self.round(member, &asked, rate)).collect();
            let loss = losses.iter().sum::<f32>() / losses.len() as f32;
            table = Table::mean(members.iter().map(|member| &member.learner.table));
            let ranked = self.ranked(&table, &out);
            let held_out = (!ranked.is_empty()).then(|| reciprocal(&ranked));
            done.push(Epoch { epoch, loss, held_out });
            told(Step::Questions(Epoch { epoch, loss, held_out }));
            if held_out.is_none_or(|held_out| held_out > reached) {
                reached = held_out.unwrap_or(reached);
                best = Some((epoch, table.clone(), ranked));
            } else if best.as_ref().is_some_and(|(best, ..)| epoch - best >= PATIENCE) {
                break;
            }
        }
        let (best, table, held_out) = best.unwrap_or_else(|| (0, table, Vec::new()));
        Tuned { model: self.model(&table, origin, kept.len()), best, epochs: done, held_out }
    }

    fn asked(&self, example: &Example) -> Vec<Asked> {
        let mut right: Vec<u32> = example.right.iter().flatten().copied().collect();
        right.sort_unstable();
        right.dedup();
        let one = |(text, weight): &(String, f32)| self.text(text, *weight, right.clone());
        example.texts.iter().map(one).filter(|asked| !asked.right.is_empty() && !asked.bag.is_empty()).collect()
    }

    fn text(&self, text: &str, weight: f32, right: Vec<u32>) -> Asked {
        let folded = fold_str(text);
        let bag = question_bag(self.ids.known(&super::super::association::Cut::of(&folded), true));
        let tokens = self.lexical.question(self.corpus.asked(text));
        Asked { bag, tokens, right, weight, best: 1.0, negatives: Vec::new() }
    }

    /// One round over all texts; answers with the mean loss.
    fn round(&self, member: &mut Member, asked: &[Asked], rate: f32) -> f32 {
        let Member { learner, mixed, random } = member;
        let mut order: Vec<usize> = (0..asked.len()).collect();
        random.shuffle(&mut order);
        let mut losses = Vec::new();
        for batch in order.chunks(BATCH) {
            let batch: Vec<&Asked> = batch.iter().map(|place| &asked[*place]).collect();
            losses.push(self.learn(learner, &batch, rate, random));
            let scale = learner.table.scale;
            for _ in 0..self.options.mixed {
                halves::learn(learner, mixed.batch(), CORPUS_WEIGHT, rate);
            }
            learner.table.scale = scale;
        }
        losses.iter().sum::<f32>() / losses.len().max(1) as f32
    }

    fn learn(&self, learner: &mut Learner, batch: &[&Asked], rate: f32, random: &mut Random) -> f32 {
        let mut provisions: Vec<u32> = Vec::new();
        let mut chosen = Vec::with_capacity(batch.len());
        for asked in batch {
            let right = asked.right[random.below(asked.right.len())];
            chosen.push(right);
            provisions.push(right);
            let count = NEGATIVES.min(asked.negatives.len());
            provisions.extend((0..count).map(|_| asked.negatives[random.below(asked.negatives.len())]));
        }
        provisions.sort_unstable();
        provisions.dedup();
        let right: Vec<usize> = chosen.iter().map(|right| provisions.partition_point(|one| one < right)).collect();
        let questions: Vec<(&Bag, f32)> = batch.iter().map(|asked| (&asked.bag, asked.weight)).collect();
        let bags: Vec<&Bag> = provisions.iter().map(|provision| &self.bags[*provision as usize]).collect();
        let offset = |question: usize, at: usize| {
            let (asked, provision) = (batch[question], provisions[at]);
            if at != right[question] && asked.right.binary_search(&provision).is_ok() {
                return f32::NEG_INFINITY;
            }
            LEXICAL * self.lexical.one(&asked.tokens, provision) / asked.best
        };
        learner.step(&Batch { questions: &questions, provisions: &bags, right: &right, offset: &offset }, rate)
    }

    /// How a table answers some examples.
    fn ranked(&self, table: &Table, examples: &[usize]) -> Vec<Ranked> {
        if examples.is_empty() {
            return Vec::new();
        }
        let vectors = Vectors::new(table, &self.bags);
        let asked: Vec<(Asked, &[Vec<u32>])> = examples
            .iter()
            .map(|place| {
                let example = &self.examples[*place];
                (self.text(example.question(), 1.0, Vec::new()), example.right.as_slice())
            })
            .collect();
        let ranks = ranks(table, &self.lexical, &vectors, &asked);
        let ranked = |(example, [fused, alone]): (&usize, [Vec<usize>; 2])| Ranked { example: *example, fused, alone };
        examples.iter().zip(ranks).map(ranked).collect()
    }
}

/// Mean reciprocal rank within ten.
fn reciprocal(ranked: &[Ranked]) -> f32 {
    let of = |ranked: &Ranked| {
        let first = ranked.fused.iter().min().filter(|rank| **rank <= LAST_RANK);
        first.map_or(0.0, |rank| 1.0 / *rank as f32)
    };
    ranked.iter().map(of).sum::<f32>() / ranked.len().max(1) as f32
}

/// One of several that learn the same in another order. They begin with the same table, so that their mean is a table as
/// well, and a steadier one than each of them.
struct Member {
    learner: Learner,
    mixed: Mixed,
    random: Random,
}

impl Member {
    fn new(prepared: &Prepared<'_>, number: usize) -> Member {
        let mut random = Random(prepared.options.seed.wrapping_add(77 + 1000 * number as u64));
        let mixed = Mixed::new(prepared, &mut random);
        Member { learner: Learner::new(prepared.table.clone()), mixed, random }
    }
}

/// Batches of the corpus, again and again.
struct Mixed {
    pairs: Vec<halves::Pair>,
    next: usize,
}

impl Mixed {
    fn new(prepared: &Prepared<'_>, random: &mut Random) -> Mixed {
        let wanted = prepared.options.mixed > 0;
        let pairs = if wanted { halves::pairs(prepared.provisions, &prepared.ids, random) } else { Vec::new() };
        Mixed { pairs, next: 0 }
    }

    fn batch(&mut self) -> &[halves::Pair] {
        if self.next >= self.pairs.len() {
            self.next = 0;
        }
        let start = self.next;
        self.next = (start + halves::BATCH).min(self.pairs.len());
        &self.pairs[start..self.next]
    }
}
