//! What the corpus holds, instrument by instrument.

use super::{InstrumentHead, VersionView};
use crate::law::document::ArticleLabel;
use serde::Serialize;

/// A case with its labels: for measuring, no face shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelledCase {
    /// Case id.
    pub id: String,
    /// Title as received.
    pub title: String,
    /// The body.
    pub text: String,
    /// The source's own id of the record.
    pub source_id: Option<String>,
    /// Articles that apply in the judgement of people.
    pub labels: Vec<ArticleLabel>,
}

/// An instrument or case and its versions, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Holding {
    /// The instrument or case.
    pub instrument: InstrumentHead,
    /// Its versions; none for a case.
    pub versions: Vec<VersionView>,
}
