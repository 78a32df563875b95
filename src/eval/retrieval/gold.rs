//! Labelled articles, and which provisions of the corpus they are.

use super::super::rows::key;
use super::Question;
use super::books::Books;
use crate::app::{AppError, Asker, ComparisonRequest, ErrorCode, Faju, Found};
use crate::citation::quote::overlap;
use serde::Deserialize;

/// A label's text and a provision are one if they share so many neighbouring characters.
const SAME_TEXT: f64 = 0.6;

/// A row of a labelled set (`eval/README.md` of the data pack).
#[derive(Debug, Clone, Deserialize)]
pub struct Row {
    id: String,
    query: String,
    /// What the short name of a cause means: asked with it.
    #[serde(default)]
    description: Option<String>,
    gold: Vec<Article>,
}

#[derive(Debug, Clone, Deserialize)]
struct Article {
    law: String,
    /// Without it the label names no article.
    #[serde(default)]
    number: Option<u32>,
    #[serde(default)]
    sub: u32,
    #[serde(default)]
    text: Option<String>,
    /// The version that the label was compared with, by a date.
    #[serde(default)]
    version: Option<String>,
}

/// A labelled article that the corpus has.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    /// Title and key, as the label has them.
    pub label: String,
    /// Ids of the provisions that are right.
    pub right: Vec<String>,
}

/// What the corpus has of a labelled article.
#[derive(Debug, PartialEq)]
enum Held {
    /// The article, or what it became.
    Here(Vec<String>),
    /// An older text of it that became nothing.
    Stale,
    /// Nothing.
    Missing,
}

/// A row as a question.
pub fn question(row: Row, books: &Books, faju: &Faju, asker: &Asker) -> Result<Question, AppError> {
    let query = match &row.description {
        Some(description) => format!("{} {description}", row.query),
        None => row.query.clone(),
    };
    let mut question = Question { id: row.id, query, wanted: Vec::new(), missing: 0, stale: 0, new: true };
    for article in &row.gold {
        let Some(key) = article.number.map(|number| key(number, article.sub)) else { continue };
        let label = format!("{} {key}", article.law);
        match held(article, &key, books, faju, asker)? {
            Held::Here(right) if question.wanted.iter().any(|wanted| wanted.right == right) => {}
            Held::Here(right) => question.wanted.push(Wanted { label, right }),
            Held::Stale => question.stale += 1,
            Held::Missing => question.missing += 1,
        }
    }
    Ok(question)
}

fn held(article: &Article, key: &str, books: &Books, faju: &Faju, asker: &Asker) -> Result<Held, AppError> {
    let stated = article.text.as_deref().filter(|text| !text.trim().is_empty());
    let same = |text: &str| stated.is_none_or(|stated| overlap(stated, text) >= SAME_TEXT);
    let right: Vec<String> =
        books.articles(&article.law, key).filter(|page| same(&page.text)).map(|page| page.id.clone()).collect();
    if !right.is_empty() && (stated.is_some() || !moved(article, &right, faju, asker)?) {
        return Ok(Held::Here(right));
    }
    let mut successors = Vec::new();
    for instrument in books.instruments(&article.law) {
        successors.extend(successor(instrument, article, key, faju, asker)?);
    }
    successors.retain(|id| books.page(id).is_some_and(|page| same(&page.text)));
    Ok(match (successors.is_empty(), books.instruments(&article.law).is_empty()) {
        (false, _) => Held::Here(successors),
        (true, true) => Held::Missing,
        // A number that the instrument never had is a wrong label, which nothing could find.
        (true, false) => Held::Stale,
    })
}

/// Whether a label without text names a version that is older than the one in force.
fn moved(article: &Article, right: &[String], faju: &Faju, asker: &Asker) -> Result<bool, AppError> {
    let Some(version) = &article.version else { return Ok(false) };
    for id in right {
        let (instrument, rest) = id.split_once('@').unwrap_or((id, ""));
        let Found::Here(view) = faju.instrument(instrument, None, asker)? else { continue };
        let held = view.versions.iter().find(|held| held.key.starts_with(version.as_str()));
        if held.is_some_and(|held| !rest.starts_with(&format!("{}/", held.key))) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What an article of the labelled version became in the version in force.
fn successor(
    instrument: &str,
    article: &Article,
    key: &str,
    faju: &Faju,
    asker: &Asker,
) -> Result<Vec<String>, AppError> {
    let Some(from) = &article.version else { return Ok(Vec::new()) };
    let Found::Here(view) = faju.instrument(instrument, None, asker)? else { return Ok(Vec::new()) };
    let Some(from) = view.versions.iter().find(|held| held.key.starts_with(from.as_str())) else {
        return Ok(Vec::new());
    };
    let asked = ComparisonRequest {
        id: instrument.to_string(),
        with: None,
        from: Some(from.key.clone()),
        to: None,
        only_changes: false,
    };
    let compared = match faju.compare(&asked, None, asker) {
        Ok(Found::Here(compared)) => compared,
        Ok(_) => return Ok(Vec::new()),
        // The label names the version in force, so the article became nothing else.
        Err(error) if error.code == ErrorCode::InvalidParameter => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let rows = compared.rows.into_iter().filter(|row| row.old.iter().any(|old| old.key == key));
    Ok(rows.flat_map(|row| row.new).map(|new| new.id).collect())
}
