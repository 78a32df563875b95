//! Suggestions for what is being typed, and for what was typed nearly right.

use super::Range;
use crate::law::{AuthorityLevel, ValidityStatus};
use serde::Serialize;

/// Suggestions, best first.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SuggestPage {
    /// As typed.
    pub query: String,
    /// The suggestions.
    pub items: Vec<Suggestion>,
    /// Whether this is the fictional sample.
    pub sample: bool,
    /// Milliseconds the answer took.
    pub took_ms: f64,
    /// Id of the request.
    pub request_id: String,
}

/// What is suggested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SuggestionKind {
    /// 标题 of an instrument or case.
    Title,
    /// 通行简称 of an instrument.
    ShortName,
    /// 章节标题.
    Heading,
    /// A term that several instruments have in their titles or headings.
    Term,
}

impl SuggestionKind {
    /// Every kind with its names in JSON and in Chinese.
    pub const ALL: [(SuggestionKind, &'static str, &'static str); 4] = [
        (Self::Title, "title", "标题"),
        (Self::ShortName, "short_name", "简称"),
        (Self::Heading, "heading", "章节"),
        (Self::Term, "term", "常用词"),
    ];
}

/// One suggestion.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Suggestion {
    /// What it is.
    pub kind: SuggestionKind,
    /// The text to go on with.
    pub text: String,
    /// What of the text matches, as code points; by pinyin the characters spelled.
    pub span: Range,
    /// Id of the instrument or case that it leads to; `null` for a term. Of a heading that several have, the best of them.
    pub instrument: Option<String>,
    /// Title of that instrument, as received.
    pub title: Option<String>,
    /// Id of the first provision below a heading; `null` otherwise.
    pub provision: Option<String>,
    /// Level of the instrument.
    pub level: Option<AuthorityLevel>,
    /// Status of the instrument today; `null` for cases and terms.
    pub status: Option<ValidityStatus>,
    /// How many instruments have the heading or term; 1 for a title.
    pub count: u64,
}

/// What was probably meant by a query that stands nowhere (您是不是要找).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DidYouMean {
    /// The query with the likely words in the place of those typed.
    pub query: String,
    /// For people, in Chinese.
    pub message: String,
    /// Id of the instrument whose title it is.
    pub instrument: Option<String>,
}
