//! What the journey of a quotation answers.

use super::Range;
use super::citations::ProvisionRef;
use crate::citation::quote::{DifferenceKind, Verdict};
use jiff::civil::Date;
use serde::Serialize;

/// What a text quotes behind a citation, compared with what is cited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuotationView {
    /// What it is.
    pub verdict: Verdict,
    /// The same in Chinese, with what should be known.
    pub message: String,
    /// Code points of the text, without quotation marks.
    pub span: Range,
    /// Whether it says that it leaves words out (……, （略）).
    pub omitted: bool,
    /// Where it stands, the provision cited first; of another version when outdated or premature.
    pub found_in: Vec<ProvisionRef>,
    /// The provision with which it was compared where it stands nowhere.
    pub compared_with: Option<ProvisionRef>,
    /// What differs from that.
    pub differences: Vec<DifferenceView>,
    /// Last day of that version and one: since when it is not the law any more. Told too of a version that the text names
    /// itself and quotes rightly.
    pub ended_on: Option<Date>,
}

impl QuotationView {
    /// Whether nobody compared it.
    pub fn is_unchecked(&self) -> bool {
        self.verdict == Verdict::Unchecked
    }
}

/// A stretch in which a quotation differs from its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DifferenceView {
    /// What kind of words.
    pub kind: DifferenceKind,
    /// Whether the rule itself is another one: a number, yes for no, duty for choice.
    pub changes_rule: bool,
    /// Code points of the text; empty where words are missing.
    pub span: Range,
    /// What is quoted.
    pub quoted: String,
    /// Code points of the text of the provision; empty where words were added.
    pub source: Range,
    /// What stands there.
    pub stands: String,
}
