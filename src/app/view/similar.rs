//! Cases like some facts or like a case, each with the reasons.

use super::{CorpusView, InstrumentHead, SingleView};
use jiff::civil::Date;
use serde::Serialize;

/// Cases like a text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SimilarPage {
    /// The case whose likes were asked for; `null` if a text was given.
    pub case: Option<InstrumentHead>,
    /// Code points of the text that was compared.
    pub length: u64,
    /// The articles by which cases were compared, the weightiest first.
    pub articles: Vec<ApplicableArticle>,
    /// Cases that have anything in common with it.
    pub found: u64,
    /// The most alike first.
    pub items: Vec<SimilarCase>,
    /// State of the corpus that answered.
    pub corpus: CorpusView,
    /// Whether this is the fictional sample.
    pub sample: bool,
    /// Chinese remarks.
    pub warnings: Vec<String>,
    /// Milliseconds the answer took.
    pub took_ms: f64,
    /// Id of the request.
    pub request_id: String,
}

/// An article that the facts may fall under.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ApplicableArticle {
    /// Id of the instrument.
    pub instrument: String,
    /// Its title.
    pub title: String,
    /// Key of the article: `a33`.
    pub key: String,
    /// 第三十三条.
    pub label: String,
    /// Whether the text names it itself; otherwise it was found by its words, and is to be checked.
    pub cited: bool,
    /// What it counts beside the first, 0 to 1.
    pub weight: f64,
    /// How many cases cite it.
    pub cases: u64,
}

/// A case that is like the text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SimilarCase {
    /// Which one.
    pub instrument: InstrumentHead,
    /// Its number.
    pub case_number: Option<String>,
    /// The day of its decision.
    pub decided_on: Option<Date>,
    /// How much alike, 0 to 1: only comparable inside one answer.
    pub score: f64,
    /// Why.
    pub reasons: SimilarReasons,
    /// The part of it that is most alike in its words.
    pub passage: Option<SingleView>,
}

/// Why a case is like a text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SimilarReasons {
    /// Likeness of the words and of what they mean, 0 to 1.
    pub words: f64,
    /// Likeness of the articles, 0 to 1.
    pub articles: f64,
    /// The articles of the page ([`SimilarPage::articles`]) that it cites.
    pub shared_articles: Vec<SharedArticle>,
    /// Words that both have, the rarest first as far as known.
    pub shared_words: Vec<String>,
    /// The reasons as sentences.
    pub sentences: Vec<String>,
}

/// An article that a case cites too.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SharedArticle {
    /// Title of the instrument.
    pub title: String,
    /// 第三十三条.
    pub label: String,
    /// Whether the text names it itself.
    pub cited: bool,
}
