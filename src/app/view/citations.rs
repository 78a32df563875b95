//! What the journeys of the citation graph answer.

use super::quotation::QuotationView;
use super::{InstrumentHead, Range, VersionView};
use crate::citation::{Outcome, Reason, Role};
use crate::law::Kind;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// The citations of one text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CitationsView {
    /// The provision whose text it is; absent for a text from outside.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Citations in order.
    pub citations: Vec<CitationView>,
    /// How many there are.
    pub total: u64,
    /// How many of them, the last ones, were too many for one answer and are not given.
    #[serde(skip_serializing_if = "is_zero")]
    pub left_off: u64,
    /// The text as HTML with a link for each citation.
    pub html: String,
}

/// One citation, resolved as far as the corpus reaches.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CitationView {
    /// Code points of the text.
    pub span: Range,
    /// The words.
    pub text: String,
    /// `title name number own`: how the instrument is named.
    pub form: &'static str,
    /// What the sentence does with it.
    pub role: Role,
    /// How far it was resolved.
    pub outcome: Outcome,
    /// Why not further.
    pub reason: Option<Reason>,
    /// The same in Chinese, and what else should be known.
    pub message: Option<String>,
    /// The formal citation: 《行政处罚法》（2021年修订）第三十三条第一款.
    pub normal: Option<String>,
    /// The instrument or case; several when ambiguous.
    pub instruments: Vec<InstrumentHead>,
    /// The version that stood on the day, with its status today.
    pub version: Option<VersionView>,
    /// The place as written, as a key: `a33/p2`; absent for the whole instrument and for 前款.
    pub place: Option<String>,
    /// The provisions cited, in the version that stood on the day.
    pub provisions: Vec<ProvisionRef>,
    /// What the text quotes behind it, compared with what is cited; only for a text from outside.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quotation: Option<QuotationView>,
}

/// A provision that is cited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProvisionRef {
    /// Provision id.
    pub id: String,
    /// 第十条第二款 …
    pub label: String,
}

fn is_zero(count: &u64) -> bool {
    *count == 0
}

/// How much one answer about texts from outside gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResolveMost {
    /// Citations of each text left out at its beginning: those that an earlier answer gave.
    pub skip: usize,
    /// Citations of one text.
    pub in_text: usize,
    /// Citations and the provisions they name, of all texts together.
    pub entries: usize,
}

/// Citations of several texts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ResolvePage {
    /// One for each text, in order.
    pub items: Vec<CitationsView>,
    /// Citations of all texts.
    pub total: u64,
    /// Those of them that are not given.
    #[serde(skip_serializing_if = "is_zero")]
    pub left_off: u64,
    /// The day on which they were read.
    pub as_of: Date,
    /// Newest date of a version in the corpus: what is later is not known.
    pub known_to: Option<Date>,
    /// Whether this is the fictional sample.
    pub sample: bool,
}

/// The citations of an instrument, a version or a provision.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CitesPage {
    /// The instrument or case.
    pub instrument: InstrumentHead,
    /// The version read.
    pub version: Option<VersionView>,
    /// Provisions with at least one citation, in order.
    pub items: Vec<CitationsView>,
    /// What it states to do to others: 废止, 根据…制定, 修改.
    pub relations: Vec<RelationView>,
    /// In Chinese, why the day on which its citations were read only stands in for one that is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assumed: Option<String>,
    /// How many of its citations came how far.
    pub outcomes: BTreeMap<&'static str, u64>,
    /// Whether this is the fictional sample.
    pub sample: bool,
}

/// A relation with its proof.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RelationView {
    /// `repeals implements amends`.
    pub relation: String,
    /// The title as cited, folded.
    pub title: String,
    /// The instruments of that title.
    pub instruments: Vec<InstrumentHead>,
    /// The provision that says so; absent when the title does.
    pub provision: Option<String>,
    /// The sentence.
    pub quote: String,
}

/// Who cites an instrument or provision.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CitedByPage {
    /// What is cited.
    pub id: String,
    /// Its head.
    pub instrument: InstrumentHead,
    /// In Chinese, that the corpus does not hold the instrument, which then is named by its title alone, and what took its
    /// place; absent for what is held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unheld: Option<String>,
    /// Citations that pass the filters.
    pub total: u64,
    /// Instruments and cases that cite, of those.
    pub groups: u64,
    /// For a provision: how many of them name it by its number only. The text that they mean is not held, so that the number
    /// may have been another provision's there; each says so (`reason`), and they stand last.
    pub unverified: u64,
    /// Citations by kind of the citing document, before the filter by kind.
    pub counts: BTreeMap<&'static str, u64>,
    /// For an instrument: how often each of its articles is cited, in order of the text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub articles: Vec<ArticleCount>,
    /// What others state to do to it: 废止, 修改, 根据它制定; the newest first, as many as items fit on a page.
    pub relations: Vec<RelationOf>,
    /// How many there are.
    pub relations_total: u64,
    /// Citations, the newest documents first.
    pub items: Vec<CitedBy>,
    /// Where the next page begins, as `offset`.
    pub next: Option<usize>,
    /// Whether this is the fictional sample.
    pub sample: bool,
}

/// What another instrument states to do to this one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RelationOf {
    /// `repeals implements amends`.
    pub relation: String,
    /// The other.
    pub instrument: InstrumentHead,
    /// The day of its text.
    pub dated: Option<Date>,
    /// The provision that says so; absent when the title does.
    pub provision: Option<String>,
    /// The sentence.
    pub quote: String,
    /// Whether it is younger than every text of this instrument in the corpus: what it made of the text is not here.
    pub newer: bool,
}

/// How often an article is cited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ArticleCount {
    /// Key: `a33`.
    pub key: String,
    /// By laws, normative documents and cases.
    pub count: u64,
    /// By cases alone.
    pub cases: u64,
}

/// A citation from elsewhere.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CitedBy {
    /// Who cites.
    pub instrument: InstrumentHead,
    /// In which version.
    pub version: Option<VersionView>,
    /// In which provision.
    pub provision: ProvisionRef,
    /// Words around it, verbatim.
    pub quote: String,
    /// Code points of `quote` that are the citation.
    pub span: Range,
    /// What the sentence does with it.
    pub role: Role,
    /// The version that it was read in.
    pub cited_version: Option<String>,
    /// In Chinese, why the first day of that version only stands in for one that is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cited_assumed: Option<String>,
    /// Provisions cited, in that version.
    pub provisions: Vec<ProvisionRef>,
    /// Why it was not resolved to the end.
    pub reason: Option<Reason>,
}

/// Filters of a question who cites something.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CitedByFilter {
    /// Families of citing documents; empty for all.
    pub kinds: Vec<Kind>,
    /// Only by what is in force (or unknown) on the day asked, and by cases.
    pub standing: bool,
    /// Items on a page.
    pub limit: usize,
    /// Items left out before.
    pub offset: usize,
    /// Relations that others state, at most; `None` for all.
    pub relations_max: Option<usize>,
}
