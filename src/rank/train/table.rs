//! The numbers that are learned, and a step of learning.

use super::super::association::{Bag, Rows, Vector, rounded};
use crate::rank::random::Random;

/// By how much cosines are multiplied at first.
pub const FIRST_SCALE: f32 = 12.0;
/// Bounds of that factor.
const SCALES: [f32; 2] = [4.0, 30.0];
/// How fast that factor changes.
const SCALE_RATE: f32 = 0.02;
/// How far a number moves in a step.
const RATE: f32 = 0.002;
/// Parts of the gradient too small to be followed.
const NOTHING: f32 = 1e-6;

/// Rows and weights as they are while learning.
#[derive(Debug, Clone)]
pub struct Table {
    /// Components of a row.
    pub dimension: usize,
    rows: Vec<f32>,
    question: Vec<f32>,
    provision: Vec<f32>,
    /// Factor of the cosine in the loss.
    pub scale: f32,
}

/// Which of a token's weights counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// That in a question.
    Question,
    /// That in a provision.
    Provision,
}

impl Table {
    /// Random rows with these weights.
    pub fn new(dimension: usize, weights: Vec<f32>, random: &mut Random) -> Table {
        let size = 1.0 / (dimension as f32).sqrt();
        let rows = (0..weights.len() * dimension).map(|_| random.normal() * size).collect();
        Table { dimension, rows, question: weights.clone(), provision: weights, scale: FIRST_SCALE }
    }

    /// The mean of tables of the same shape.
    pub fn mean<'t>(tables: impl Iterator<Item = &'t Table>) -> Table {
        let tables: Vec<&Table> = tables.collect();
        let share = 1.0 / tables.len().max(1) as f32;
        let mean = |of: fn(&Table) -> &Vec<f32>| {
            let mut sum = vec![0f32; tables.first().map_or(0, |table| of(table).len())];
            let tables = tables.iter().map(|table| of(table));
            tables.for_each(|values| sum.iter_mut().zip(values).for_each(|(sum, value)| *sum += share * value));
            sum
        };
        Table {
            dimension: tables.first().map_or(0, |table| table.dimension),
            rows: mean(|table| &table.rows),
            question: mean(|table| &table.question),
            provision: mean(|table| &table.provision),
            scale: tables.iter().map(|table| share * table.scale).sum(),
        }
    }

    fn weights(&self, side: Side) -> &[f32] {
        match side {
            Side::Question => &self.question,
            Side::Provision => &self.provision,
        }
    }

    fn row(&self, token: u32) -> &[f32] {
        &self.rows[token as usize * self.dimension..][..self.dimension]
    }

    /// The vector of a bag, of length 1, and the length it had.
    fn encode(&self, bag: &Bag, side: Side) -> (Vec<f32>, f32) {
        let weights = self.weights(side);
        let mut sum = vec![0f32; self.dimension];
        for (token, count) in bag {
            let factor = count * weights[*token as usize];
            sum.iter_mut().zip(self.row(*token)).for_each(|(sum, part)| *sum += factor * part);
        }
        let length = dot(&sum, &sum).sqrt().max(1e-6);
        sum.iter_mut().for_each(|value| *value /= length);
        (sum, length)
    }

    /// The vector of a bag as it is stored.
    pub fn vector(&self, bag: &Bag, side: Side) -> Vector {
        Vector::of(&self.encode(bag, side).0)
    }

    /// As whole numbers.
    pub fn rounded(&self) -> Rows {
        let mut out = Rows::default();
        for (token, row) in self.rows.chunks_exact(self.dimension.max(1)).enumerate() {
            let (unit, components) = rounded(row);
            out.question.push(self.question[token] * unit);
            out.provision.push(self.provision[token] * unit);
            out.components.extend(components);
        }
        out
    }
}

/// The sum of products.
fn dot(one: &[f32], other: &[f32]) -> f32 {
    const LANES: usize = 16;
    let mut sums = [0f32; LANES];
    let (ones, others) = (one.chunks_exact(LANES), other.chunks_exact(LANES));
    let rest: f32 = ones.remainder().iter().zip(others.remainder()).map(|(one, other)| one * other).sum();
    for (one, other) in ones.zip(others) {
        for lane in 0..LANES {
            sums[lane] += one[lane] * other[lane];
        }
    }
    rest + sums.iter().sum::<f32>()
}

/// Moments of the gradient of some rows (Adam, only for rows that a step touches).
struct Moments {
    width: usize,
    first: Vec<f32>,
    second: Vec<f32>,
    steps: Vec<u16>,
    gradient: Vec<f32>,
}

impl Moments {
    fn new(rows: usize, width: usize) -> Moments {
        let zeros = || vec![0f32; rows * width];
        Moments { width, first: zeros(), second: zeros(), steps: vec![0; rows], gradient: zeros() }
    }

    fn step(&mut self, row: usize, values: &mut [f32], rate: f32) {
        const DECAY: [f32; 2] = [0.9, 0.99];
        const STEPS_MAX: u16 = 2000;
        self.steps[row] = (self.steps[row] + 1).min(STEPS_MAX);
        let [first, second] = DECAY.map(|decay| 1.0 - decay.powi(i32::from(self.steps[row])));
        let range = row * self.width..(row + 1) * self.width;
        let moments = self.first[range.clone()].iter_mut().zip(&mut self.second[range.clone()]);
        let gradient = self.gradient[range.clone()].iter_mut();
        for ((value, gradient), (mean, square)) in values[range].iter_mut().zip(gradient).zip(moments) {
            *mean = DECAY[0] * *mean + (1.0 - DECAY[0]) * *gradient;
            *square = DECAY[1] * *square + (1.0 - DECAY[1]) * *gradient * *gradient;
            *value -= rate * (*mean / first) / ((*square / second).sqrt() + 1e-8);
            *gradient = 0.0;
        }
    }
}

/// A table that learns.
pub struct Learner {
    /// The table.
    pub table: Table,
    rows: Moments,
    question: Moments,
    provision: Moments,
}

/// One batch: questions, provisions, which provision is right for each question, and what is added to each pair's score
/// (minus infinity leaves it out).
pub struct Batch<'b> {
    /// Questions with their weights.
    pub questions: &'b [(&'b Bag, f32)],
    /// Provisions.
    pub provisions: &'b [&'b Bag],
    /// For each question its provision.
    pub right: &'b [usize],
    /// Added to the score of question and provision.
    pub offset: &'b dyn Fn(usize, usize) -> f32,
}

/// Encoded bags of a batch with the gradient of each.
struct Encoded {
    vectors: Vec<(Vec<f32>, f32)>,
    gradients: Vec<Vec<f32>>,
}

impl Encoded {
    fn new<'b>(table: &Table, bags: impl Iterator<Item = &'b Bag>, side: Side) -> Encoded {
        let vectors: Vec<(Vec<f32>, f32)> = bags.map(|bag| table.encode(bag, side)).collect();
        let gradients = vec![vec![0f32; table.dimension]; vectors.len()];
        Encoded { vectors, gradients }
    }

    /// Back through the norm.
    fn through_norm(&mut self) {
        for (gradient, (vector, length)) in self.gradients.iter_mut().zip(&self.vectors) {
            let along = dot(vector, gradient);
            gradient
                .iter_mut()
                .zip(vector)
                .for_each(|(gradient, part)| *gradient = (*gradient - along * part) / length);
        }
    }
}

impl Learner {
    /// Begins with a table.
    pub fn new(table: Table) -> Learner {
        let rows = table.question.len();
        Learner {
            rows: Moments::new(rows, table.dimension),
            question: Moments::new(rows, 1),
            provision: Moments::new(rows, 1),
            table,
        }
    }

    /// What was learned.
    pub fn into_table(self) -> Table {
        self.table
    }

    /// One step; answers with the mean loss. `rate` is a part of the usual rate.
    pub fn step(&mut self, batch: &Batch<'_>, rate: f32) -> f32 {
        let mut asked = Encoded::new(&self.table, batch.questions.iter().map(|(bag, _)| *bag), Side::Question);
        let mut told = Encoded::new(&self.table, batch.provisions.iter().copied(), Side::Provision);
        let (mut loss, mut weights, mut slope) = (0.0, 0.0, 0.0);
        for (place, (_, weight)) in batch.questions.iter().enumerate() {
            let (lost, along) = softmax(batch, place, *weight, self.table.scale, &mut asked, &mut told);
            loss += lost;
            slope += along;
            weights += weight;
        }
        let slope = (slope / batch.questions.len().max(1) as f32).clamp(-1.0, 1.0);
        self.table.scale = (self.table.scale - SCALE_RATE * slope).clamp(SCALES[0], SCALES[1]);
        asked.through_norm();
        told.through_norm();
        let mut touched: Vec<u32> = Vec::new();
        for ((bag, _), gradient) in batch.questions.iter().zip(&asked.gradients) {
            self.scatter(bag, gradient, Side::Question, &mut touched);
        }
        for (bag, gradient) in batch.provisions.iter().zip(&told.gradients) {
            self.scatter(bag, gradient, Side::Provision, &mut touched);
        }
        self.move_rows(touched, rate * RATE);
        loss / weights.max(1e-9)
    }

    /// Gives the gradient of a vector to the rows and weights it is made of.
    fn scatter(&mut self, bag: &Bag, gradient: &[f32], side: Side, touched: &mut Vec<u32>) {
        if gradient.iter().all(|value| *value == 0.0) {
            return;
        }
        let dimension = self.table.dimension;
        for (token, count) in bag {
            let place = *token as usize;
            let slope = count * dot(self.table.row(*token), gradient);
            match side {
                Side::Question => self.question.gradient[place] += slope,
                Side::Provision => self.provision.gradient[place] += slope,
            }
            let factor = count * self.table.weights(side)[place];
            let row = &mut self.rows.gradient[place * dimension..(place + 1) * dimension];
            row.iter_mut().zip(gradient).for_each(|(sum, part)| *sum += factor * part);
            touched.push(*token);
        }
    }

    fn move_rows(&mut self, mut touched: Vec<u32>, rate: f32) {
        touched.sort_unstable();
        touched.dedup();
        for token in touched {
            let place = token as usize;
            self.rows.step(place, &mut self.table.rows, rate);
            self.question.step(place, &mut self.table.question, rate);
            self.provision.step(place, &mut self.table.provision, rate);
            self.table.question[place] = self.table.question[place].max(0.0);
            self.table.provision[place] = self.table.provision[place].max(0.0);
        }
    }
}

/// The loss of one question and its gradients; answers with the loss and its slope along the scale.
fn softmax(
    batch: &Batch<'_>,
    place: usize,
    weight: f32,
    scale: f32,
    asked: &mut Encoded,
    told: &mut Encoded,
) -> (f32, f32) {
    let question = &asked.vectors[place].0;
    let cosines: Vec<f32> = told.vectors.iter().map(|(vector, _)| dot(question, vector)).collect();
    let scored = cosines.iter().enumerate().map(|(at, cosine)| scale * cosine + (batch.offset)(place, at));
    let scores: Vec<f32> = scored.collect();
    let largest = scores.iter().copied().fold(f32::MIN, f32::max);
    let sum: f32 = scores.iter().map(|score| (score - largest).exp()).sum();
    let (mut loss, mut slope) = (0.0, 0.0);
    for (at, score) in scores.iter().enumerate() {
        let chance = (score - largest).exp() / sum;
        let right = at == batch.right[place];
        if right {
            loss = -weight * chance.max(1e-20).ln();
        }
        let pull = weight * (chance - f32::from(right));
        if pull.abs() < NOTHING {
            continue;
        }
        slope += pull * cosines[at];
        let pull = pull * scale;
        let vector = &told.vectors[at].0;
        asked.gradients[place].iter_mut().zip(vector).for_each(|(sum, part)| *sum += pull * part);
        told.gradients[at].iter_mut().zip(question).for_each(|(sum, part)| *sum += pull * part);
    }
    (loss, slope)
}
