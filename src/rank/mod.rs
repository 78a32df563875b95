//! Pure: what brings the right provision first that words alone do not.
//!
//! | module | what it does |
//! |---|---|
//! | [`association`] | the learned model: words of a question and of a provision that belong together |
//! | [`fusion`] | words and association in one order, by weights that stand in one file |
//! | [`random`] | numbers that a seed decides, the same on every machine |
//! | [`train`] | learns such a model from a corpus and from labelled questions |

pub mod association;
pub mod fusion;
pub mod random;
pub mod train;
