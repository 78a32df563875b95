//! A text that is nothing but one citation as people type it (食安法 124, 公司法 2018 第26条): a sentence would not be read so, and what
//! the reader of sentences takes of it may be the law without the article.

use super::links::Links;
use crate::citation::typed::{self, TypedAnswer, TypedTarget};
use crate::citation::{Base, Mention, Outcome, Place, Resolution, Role, Target};
use crate::law::Access;
use jiff::civil::Date;
use std::ops::Range;

/// Longest text that is taken for one, in characters.
const CHARS_MAX: usize = 60;

/// What a text cites as a whole, if it is one clear citation and `found`, what was read of it as a sentence, is less than that.
pub fn alone(
    text: &str,
    found: &[(Mention, Resolution)],
    links: &Links,
    on: Date,
    access: Access,
) -> Option<Vec<(Mention, Resolution)>> {
    let words = text.trim();
    let is_sentence = words.contains(['\n', '。', '；', '“', '”']) || words.chars().count() > CHARS_MAX;
    if words.is_empty() || is_sentence {
        return None;
    }
    let answer = typed::look_up(&typed::read(words)?, &links.names, on, access).filter(TypedAnswer::is_one)?;
    let places_lost = !answer.places.is_empty() && found.iter().all(|(mention, _)| mention.place.is_none());
    let version_lost = answer.version_said && found.iter().all(|(mention, _)| mention.note.is_none());
    if !found.is_empty() && !places_lost && !version_lost {
        return None;
    }
    let start = text.len() - text.trim_start().len();
    let span = start..start + words.len();
    let cited =
        answer.targets.iter().enumerate().map(|(at, target)| (mention(&answer, at, &span), resolution(target, &span)));
    Some(cited.collect())
}

fn mention(answer: &TypedAnswer, at: usize, span: &Range<usize>) -> Mention {
    let place = answer.places.get(at).map(|(at, to)| Place { base: Base::Instrument, at: *at, to: *to });
    Mention {
        span: span.clone(),
        name: span.clone(),
        target: Target::Titled(crate::law::identity::folded_title(&answer.targets[at].title)),
        place,
        note: None,
        change: None,
        role: Role::Other,
        beside: None,
    }
}

fn resolution(target: &TypedTarget, span: &Range<usize>) -> Resolution {
    Resolution {
        span: span.clone(),
        outcome: if target.reason.is_none() { Outcome::Resolved } else { Outcome::Unknown },
        reason: target.reason,
        instruments: vec![target.instrument.clone()],
        version: Some(target.version.clone()),
        status: None,
        places: target.provision.iter().filter(|_| target.reason.is_none()).cloned().collect(),
    }
}
