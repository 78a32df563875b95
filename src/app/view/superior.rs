//! A document beside superior law on the same matters (与上位法对照).

use super::review::BesideView;
use super::{InstrumentHead, VersionView};
use jiff::civil::Date;

/// The clauses of a version that have superior law on the same matter, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct SuperiorPage {
    /// The document.
    pub instrument: InstrumentHead,
    /// The version shown.
    pub version: VersionView,
    /// The day whose superior law is shown.
    pub as_of: Date,
    /// The clauses.
    pub clauses: Vec<SuperiorClause>,
    /// Provisions of the document, those without superior law counted too.
    pub provisions: usize,
    /// Whether the fictional sample answered.
    pub sample: bool,
}

/// A clause with what superior law says on the same matter.
#[derive(Debug, Clone, PartialEq)]
pub struct SuperiorClause {
    /// 第五条.
    pub label: String,
    /// Its words.
    pub text: String,
    /// Provisions, most alike first, each with its id, where that is known.
    pub superior: Vec<(BesideView, Option<String>)>,
}
