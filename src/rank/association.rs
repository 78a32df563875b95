//! Learned association: 老公 in a question pulls 配偶 in a provision.
//!
//! A [`Model`] has one row of numbers for every word and every pair of neighbouring characters that it knows, and two
//! weights: what the token counts in a question, and what in a provision. A text is the weighted sum of its rows, so every
//! cosine can be told as a sum of token → token ([`Model::explain`]). [`super::train`] makes models.
//!
//! The model always cuts with the dictionary it was made with, whatever words the index knows besides ([`Cut`]).

mod bag;
mod cut;
mod explain;
mod format;
#[cfg(test)]
mod tests;
mod vector;
mod vectors;

pub use bag::Bag;
pub(super) use bag::{question_bag, weighed};
pub use cut::Cut;
pub use explain::Pull;
pub use format::{About, VERSION};
pub(super) use vector::rounded;
pub use vector::{Vector, dot};
pub use vectors::{Probe, Vectors, VectorsWriter};

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};
use thiserror::Error;

/// Rows that a model has at most.
pub const ROWS_MAX: usize = 1 << 20;
/// Components that a row has at most.
pub const DIMENSION_MAX: usize = 1 << 10;

/// Why bytes are no model.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Unreadable {
    /// They do not begin as models do.
    #[error("不是联想模型文件")]
    NoModel,
    /// Another version of the format.
    #[error("联想模型的格式版本是 {0}，本程序只读版本 {VERSION}")]
    Version(u32),
    /// Bytes are missing, changed or too many.
    #[error("联想模型文件已损坏：{0}")]
    Damaged(&'static str),
}

/// The model of this release; `association/README.md` tells how it was made and how good it is.
static EMBEDDED: LazyLock<Result<Arc<Model>, Unreadable>> =
    LazyLock::new(|| Model::read(include_bytes!("association/model.bin")).map(Arc::new));

/// A learned model.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    about: About,
    words: Vec<String>,
    pairs: Vec<[char; 2]>,
    rows: Rows,
    ids: Ids,
    /// SHA-256 of its bytes.
    digest: [u8; 32],
}

/// What the model has learned: a row and two weights for each token, words before pairs.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Rows {
    /// Weight in a question times the scale of the row.
    pub question: Vec<f32>,
    /// Weight in a provision times the scale of the row.
    pub provision: Vec<f32>,
    /// Components of all rows.
    pub components: Vec<i8>,
}

/// Token → row.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Ids {
    words: HashMap<String, u32>,
    pairs: HashMap<[char; 2], u32>,
}

impl Ids {
    /// Words first, then pairs, numbered as they come.
    pub fn new(words: &[String], pairs: &[[char; 2]]) -> Ids {
        let words: HashMap<String, u32> = words.iter().cloned().zip(0..).collect();
        let first = words.len() as u32;
        Ids { words, pairs: pairs.iter().copied().zip(first..).collect() }
    }

    /// The known tokens of a text, with pairs or without.
    pub fn known(&self, cut: &Cut<'_>, with_pairs: bool) -> Vec<u32> {
        let mut found: Vec<u32> = cut.words().filter_map(|word| self.words.get(word).copied()).collect();
        if with_pairs {
            found.extend(cut.pairs().filter_map(|pair| self.pairs.get(&pair).copied()));
        }
        found
    }
}

impl Model {
    /// Puts a model together.
    pub(super) fn new(about: About, words: Vec<String>, pairs: Vec<[char; 2]>, rows: Rows) -> Model {
        let ids = Ids::new(&words, &pairs);
        let mut model = Model { about, words, pairs, rows, ids, digest: [0; 32] };
        model.digest = model.digest_of_content();
        model
    }

    /// Names the model: another one has another name.
    pub fn fingerprint(&self) -> String {
        self.digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }

    /// The model of this release. Its first use reads it (hundredths of a second, 12 MB).
    pub fn embedded() -> Result<Arc<Model>, Unreadable> {
        EMBEDDED.clone()
    }

    /// Where it comes from.
    pub fn about(&self) -> &About {
        &self.about
    }

    /// Components of its vectors.
    pub fn dimension(&self) -> usize {
        self.about.dimension as usize
    }

    /// The vector of a question. It has length 0 if the model knows no word of it.
    pub fn question(&self, question: &Cut<'_>) -> Vector {
        self.sum(&self.question_bag(question), &self.rows.question)
    }

    /// The vector of a provision: title of its instrument, the headings above it, its text without its number.
    pub fn provision(&self, title: &Cut<'_>, headings: &Cut<'_>, text: &Cut<'_>) -> Vector {
        self.sum(&self.provision_bag(title, headings, text), &self.rows.provision)
    }

    fn question_bag(&self, question: &Cut<'_>) -> Bag {
        question_bag(self.ids.known(question, true))
    }

    fn provision_bag(&self, title: &Cut<'_>, headings: &Cut<'_>, text: &Cut<'_>) -> Bag {
        let mut around = self.ids.known(title, false);
        around.extend(self.ids.known(headings, false));
        weighed(&bag::counted(self.ids.known(text, true)), &bag::counted(around))
    }

    /// The weighted sum of rows.
    pub(super) fn sum(&self, bag: &Bag, weights: &[f32]) -> Vector {
        let mut sum = vec![0f32; self.dimension()];
        for (token, count) in bag {
            let factor = count * weights[*token as usize];
            for (sum, component) in sum.iter_mut().zip(self.row(*token)) {
                *sum += factor * f32::from(*component);
            }
        }
        Vector::of(&sum)
    }

    fn row(&self, token: u32) -> &[i8] {
        let start = token as usize * self.dimension();
        &self.rows.components[start..start + self.dimension()]
    }

    /// A token as people read it.
    fn token(&self, token: u32) -> String {
        let token = token as usize;
        match token.checked_sub(self.words.len()) {
            None => self.words[token].clone(),
            Some(pair) => self.pairs[pair].iter().collect(),
        }
    }
}
