//! A draft as checks see it: its head, its structure, its sentences with their clauses and lead-ins.

mod clauses;
mod head;
mod leads;
pub mod places;
mod sentences;
#[cfg(test)]
mod tests;
mod unwrapped;

pub use head::Head;
pub use sentences::{Part, Sentence};

use crate::law::document::Document;
use crate::law::kind::{AuthorityLevel, Kind};
use crate::law::provision::Structure;
use crate::law::{level, structure};
use jiff::civil::Date;
use places::Places;
use std::ops::Range;

/// What is known of a draft beside its text. What is not given is read from the text.
#[derive(Debug, Clone, Copy, Default)]
pub struct Given<'a> {
    /// 效力位阶.
    pub level: Option<AuthorityLevel>,
    /// 标题.
    pub title: Option<&'a str>,
    /// 制定机关.
    pub issuer: Option<&'a str>,
    /// Region code of six digits.
    pub region: Option<&'a str>,
    /// The day from which it is planned to apply.
    pub planned: Option<Date>,
    /// The day of the review; the application knows it, this room has no clock.
    pub reviewed: Option<Date>,
}

/// A draft (草案).
#[derive(Debug, Clone)]
#[doc(alias = "草案")]
pub struct Draft {
    /// As received.
    pub text: String,
    /// What its head and its signature say.
    pub head: Head,
    /// 效力位阶; a draft that does not tell is a normative document.
    pub level: AuthorityLevel,
    /// Region code of its issuer.
    pub region: Option<String>,
    /// The day from which it is planned to apply, if given.
    pub planned: Option<Date>,
    /// The day of the review, if given.
    pub reviewed: Option<Date>,
    /// 条款项目.
    pub structure: Structure,
    /// Its sentences in order.
    pub sentences: Vec<Sentence>,
}

impl Draft {
    /// Reads a draft. Time is linear in the length of the text.
    pub fn read(text: &str, given: &Given<'_>) -> Draft {
        let text = &*unwrapped::unwrapped(text);
        let mut head = head::read(text);
        if let Some(title) = given.title {
            head.title = Some(title.to_string());
            head.issuer = head.issuer.or_else(|| head::issuer_of_title(title));
        }
        if let Some(issuer) = given.issuer {
            head.issuer = Some(issuer.to_string());
        }
        let title = head.title.clone().unwrap_or_default();
        let level = given.level.unwrap_or_else(|| level_of(&title, head.issuer.as_deref(), &head::history(text)));
        let issuer = head.issuer.as_deref().unwrap_or(&title);
        let region = given.region.or_else(|| level::region_of(issuer)).map(str::to_string);
        let places = Places::new(issuer, region.as_deref());
        let structure = structure::parse(&document(level.kind(), &title, text));
        let mut sentences = sentences::sentences(text, &head, &places);
        leads::assign(text, &mut sentences);
        clauses::assign(&structure, &mut sentences);
        Draft {
            text: text.to_string(),
            head,
            level,
            region,
            planned: given.planned,
            reviewed: given.reviewed,
            structure,
            sentences,
        }
    }

    /// The words between two bytes of the draft.
    pub fn quote(&self, span: &Range<usize>) -> &str {
        self.text.get(span.clone()).unwrap_or_default()
    }

    /// The clause in which a byte stands, as people name it; empty before the first.
    pub fn clause_at(&self, byte: usize) -> &str {
        let after = self.sentences.partition_point(|sentence| sentence.span.start <= byte);
        after.checked_sub(1).and_then(|at| self.sentences.get(at)).map_or("", |sentence| sentence.clause.as_str())
    }

    /// The words of the sentence in which a byte stands; none before the first.
    pub fn sentence_at(&self, byte: usize) -> &str {
        let after = self.sentences.partition_point(|sentence| sentence.span.start <= byte);
        let sentence = after.checked_sub(1).and_then(|at| self.sentences.get(at));
        sentence.map_or("", |sentence| self.quote(&sentence.span))
    }

    /// The lead-ins above a sentence, nearest first.
    pub fn leads(&self, sentence: &Sentence) -> impl Iterator<Item = &Sentence> {
        // Each lead-in stands before what it introduces, so the way up ends.
        let above = |one: &Sentence| one.lead.and_then(|at| self.sentences.get(at));
        std::iter::successors(above(sentence), move |one| above(one))
    }

    /// The day on which the draft is judged by the dates in it: planned, else written.
    pub fn day(&self) -> Option<Date> {
        self.planned.or(self.head.written)
    }
}

fn document(kind: Kind, title: &str, text: &str) -> Document {
    Document::new(kind, title, text)
}

/// The level that a title and the lines of its promulgation tell. A 条例 of a province or a city is a local regulation; a county has no such power, so what it
/// calls so is a normative document, as is every draft that does not tell.
fn level_of(title: &str, issuer: Option<&str>, history: &[String]) -> AuthorityLevel {
    let title = title.split(['(', '（']).next().unwrap_or(title);
    let of_region = || {
        let makes_regulations = level::region_of(title).is_some_and(|code| code.ends_with("00"));
        (title.ends_with("条例") && makes_regulations).then(|| level::local_congress_level(title))
    };
    level::infer_level(title, issuer, history).or_else(of_region).unwrap_or(AuthorityLevel::NormativeDocument)
}
