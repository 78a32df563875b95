//! Pure: what brings the right provision first that words alone do not.
//!
//! | module | what it does |
//! |---|---|
//! | [`association`] | the learned model: words of a question and of a provision that belong together |
//! | [`train`] | learns such a model from a corpus and from labelled questions |

pub mod association;
pub mod train;
