//! Citations: is the article found that a question names or quotes, and is a quotation told from a wrong one?

mod generate;
pub(super) use generate::pick;

use super::rows::{key, read, stem, wrong};
use super::{Judged, Set};
use crate::app::view::citations::CitationView;
use crate::app::view::quotation::QuotationView;
use crate::app::{AppError, Asker, Faju, Found, ValidityStatus};
use crate::citation::quote::{Verdict, overlap, same_words};
use crate::law::structure::numbers::ordinal;
pub use generate::{Options, generated};
use jiff::civil::Date;
use serde::Deserialize;
use std::path::Path;

/// A label's text and an article are one text if they share so many neighbouring characters.
const SAME_TEXT: f64 = 0.9;

/// A row of the known sets.
#[derive(Debug, Deserialize)]
struct Row {
    id: String,
    query: String,
    #[serde(default)]
    law: Option<String>,
    gold: Gold,
}

/// What is right.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Gold {
    /// The article asked for, with its text.
    Articles(Vec<Article>),
    /// Whether the citation is right: `hit miss altered`.
    Label { label: Label },
    /// The article that a sentence belongs to.
    Number { article_number: String },
}

#[derive(Debug, Deserialize)]
struct Article {
    law: String,
    number: u32,
    #[serde(default)]
    sub: u32,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    in_pack: Option<bool>,
    #[serde(default)]
    version: Option<Date>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Label {
    Hit,
    Miss,
    Altered,
}

impl Label {
    /// The label that a verdict means: incomplete is `altered` to the makers of the set.
    fn of(verdict: Verdict) -> Option<Label> {
        match verdict {
            Verdict::Verbatim => Some(Label::Hit),
            Verdict::Incomplete | Verdict::Altered | Verdict::Outdated | Verdict::Premature => Some(Label::Altered),
            Verdict::Elsewhere | Verdict::NoSuchArticle | Verdict::NotFound => Some(Label::Miss),
            Verdict::Unchecked => None,
        }
    }
}

/// Asks of one opened data directory.
struct Asking<'a> {
    faju: &'a Faju,
    asker: &'a Asker,
}

/// Measures a file: look-ups of an article, sentences whose article is asked, quotations that are right or not.
pub fn file(faju: &Faju, path: &Path, asker: &Asker) -> Result<Set, AppError> {
    let asking = Asking { faju, asker };
    let mut set = Set::named(&stem(path));
    for (line, row) in read::<Row>(path)? {
        let (kind, judged) = match &row.gold {
            Gold::Articles(articles) => {
                let article = articles.first().ok_or_else(|| wrong(path, line, "gold 里没有一条"))?;
                ("lookup", asking.lookup(&row, article)?)
            }
            Gold::Label { label } => ("quotation", asking.quotation(&row, *label)?),
            Gold::Number { article_number } => {
                let key = key_of(article_number)
                    .ok_or_else(|| wrong(path, line, &format!("“{article_number}”不是第几条")))?;
                ("sentence", asking.sentence(&row, article_number, &key)?)
            }
        };
        set.count(&row.id, kind, &row.query, judged);
    }
    Ok(set)
}

/// 第169条之一 as the key of a provision.
fn key_of(label: &str) -> Option<String> {
    let number = ordinal(label)?;
    let rest = label.get(number.len..)?.strip_prefix('条')?;
    let Some(insertion) = rest.strip_prefix('之') else { return Some(format!("a{}", number.value)) };
    let insertion = crate::text::numerals::parse(insertion)?;
    Some(format!("a{}-{insertion}", number.value))
}

impl Asking<'_> {
    /// The citations of a text on a day, today if none is given.
    fn citations(&self, text: &str, on: Option<Date>) -> Result<Vec<CitationView>, AppError> {
        let page = self.faju.resolve(&[text.to_string()], None, on, self.asker)?;
        Ok(page.items.into_iter().flat_map(|item| item.citations).collect())
    }

    /// The instrument of a title, if the corpus has exactly one.
    fn instrument(&self, title: &str) -> Result<Option<String>, AppError> {
        let citations = self.citations(&format!("《{title}》"), None)?;
        let instruments = citations.into_iter().next().map(|citation| citation.instruments).unwrap_or_default();
        Ok(instruments.into_iter().next().map(|instrument| instrument.id))
    }

    /// The day on which a version that a label names by a date stood, and whether it does not stand today.
    fn day_of(&self, instrument: &str, dated: Date) -> Result<Option<(Date, bool)>, AppError> {
        let Found::Here(view) = self.faju.instrument(instrument, None, self.asker)? else { return Ok(None) };
        let named = view.versions.iter().find(|version| {
            version.dated == Some(dated)
                || version.effective_from == Some(dated)
                || version.key.get(..10) == Some(dated.to_string().as_str())
        });
        Ok(named.and_then(|version| {
            let stands = matches!(version.status, ValidityStatus::InForce | ValidityStatus::Unknown);
            Some((version.effective_from?, !stands))
        }))
    }

    fn lookup(&self, row: &Row, article: &Article) -> Result<Judged, AppError> {
        let wanted = key(article.number, article.sub);
        let expected = format!("{} {wanted}", article.law);
        let instrument = self.instrument(&article.law)?.filter(|_| article.in_pack != Some(false));
        let Some(instrument) = instrument else { return Ok(out_of_corpus(expected)) };
        let day = article.version.map(|dated| self.day_of(&instrument, dated)).transpose()?.flatten();
        // Today unless the label is of the past.
        let day = day.filter(|(_, stale)| *stale);
        let on = day.map(|(day, _)| day);
        let citations = self.citations(&row.query, on)?;
        let found = citations.iter().find_map(|citation| citation.provisions.first());
        let mut answered = found.map_or_else(|| "没有找到".to_string(), |found| found.id.clone());
        let mut right = false;
        if let Some(found) = found
            && let Found::Here(view) = self.faju.provision(&found.id, on, self.asker)?
        {
            let same = |text: &String| same_words(text, &view.text) || is_nearly(text, &view.text);
            let same_text = article.text.as_ref().is_none_or(same);
            right = found.id.starts_with(&format!("{instrument}@")) && article_key(&found.id) == wanted && same_text;
            if !same_text {
                answered += "（文字不同）";
            }
        }
        Ok(Judged { in_corpus: true, stale: day.is_some(), right, expected, answered })
    }

    fn sentence(&self, row: &Row, number: &str, wanted: &str) -> Result<Judged, AppError> {
        let expected = format!("{} {number}", row.law.as_deref().unwrap_or_default());
        let (in_corpus, quotation) = self.quoted(row)?;
        if !in_corpus {
            return Ok(out_of_corpus(expected));
        }
        let quotation = quotation.as_ref();
        let places =
            quotation.into_iter().flat_map(|quotation| quotation.found_in.iter().chain(&quotation.compared_with));
        let keys: Vec<&str> = places.map(|place| article_key(&place.id)).collect();
        let answered = match quotation {
            Some(quotation) => format!("{} {}", keys.join("、"), quotation.message),
            None => "没有认出引文".to_string(),
        };
        // Several articles may really have the sentence; the label must be one of them and none may be made up.
        Ok(Judged { in_corpus, stale: false, right: keys.contains(&wanted), expected, answered })
    }

    fn quotation(&self, row: &Row, label: Label) -> Result<Judged, AppError> {
        let expected = format!("{label:?}").to_lowercase();
        let (in_corpus, quotation) = self.quoted(row)?;
        if !in_corpus {
            return Ok(out_of_corpus(expected));
        }
        let right = quotation.as_ref().and_then(|quotation| Label::of(quotation.verdict)) == Some(label);
        let answered = quotation.map_or_else(|| "没有认出引文".to_string(), |quotation| quotation.message);
        Ok(Judged { in_corpus, stale: false, right, expected, answered })
    }

    /// Whether the corpus has the law of a row, and its first quotation.
    fn quoted(&self, row: &Row) -> Result<(bool, Option<QuotationView>), AppError> {
        let citations = self.citations(&row.query, None)?;
        let in_corpus = match &row.law {
            Some(law) => self.instrument(law)?.is_some(),
            None => citations.iter().any(|citation| citation.version.is_some()),
        };
        Ok((in_corpus, citations.into_iter().find_map(|citation| citation.quotation)))
    }
}

fn out_of_corpus(expected: String) -> Judged {
    Judged { in_corpus: false, stale: false, right: false, expected, answered: String::new() }
}

/// Slips of a transcription.
fn is_nearly(label: &str, text: &str) -> bool {
    overlap(label, text) >= SAME_TEXT && overlap(text, label) >= SAME_TEXT
}

/// The article of a provision id: `x@2020-01-01/a10/p2` → `a10`.
fn article_key(id: &str) -> &str {
    id.split('/').nth(1).unwrap_or_default()
}

#[cfg(test)]
mod tests;
