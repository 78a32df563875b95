//! The journey of the search box: titles, short names, headings and terms for what is being typed.
//!
//! What is suggested is made for one generation of the index, one scope and one day, and made again behind the scenes when
//! one of them changes; meanwhile the old one answers, and what it would show is held against the cards of now, so that
//! nobody is shown what he may not, or no longer, read.

mod catalogue;
pub mod hint;
mod terms;

use super::error::AppError;
use super::links::Links;
use super::shelf;
use super::view::Range;
use super::view::suggest::{Suggestion, SuggestionKind};
use crate::citation::typed::short_names;
use crate::index::Engine;
use crate::law::{Access, Kind, ValidityStatus, identity};
use crate::text::fold::{fold, fold_str};
use crate::text::lines::{Found, How, Lines};
use crate::text::points;
use catalogue::{Catalogue, Entry};
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// One in so many places of a list is kept for headings, another for terms.
const SHARE: usize = 5;
/// So many namesakes of a short name are looked at.
const BEARERS_MAX: usize = 3;

/// Titles, short names, headings and terms of one generation.
pub struct Suggestions {
    generation: String,
    on: Date,
    /// Whether the citations were counted.
    counted: bool,
    access: Access,
    names: (Lines, Vec<Name>),
    headings: (Lines, Vec<Heading>),
    terms: (Lines, Vec<u32>),
    /// What everybody may see of names and terms, for [`hint`].
    public: (Lines, Vec<Option<String>>),
}

struct Name {
    entry: Arc<Entry>,
    is_short: bool,
    /// Whether no text of it is law any more.
    is_past: bool,
}

struct Heading {
    /// The best instrument that has it.
    entry: Arc<Entry>,
    provision: String,
    count: u32,
}

/// In force first, then the higher authority, then what is cited more, then the shorter title; cases last.
type Rank = (bool, u8, u64, Reverse<usize>, usize);

/// Suggestions of each scope, and what they are made of.
#[derive(Default)]
pub struct Suggesting {
    made: Mutex<HashMap<Access, Arc<Suggestions>>>,
    /// Held while some are made.
    making: Mutex<Catalogue>,
    /// Whether one request has set somebody to make them again; the others need not.
    claimed: AtomicBool,
}

impl Suggesting {
    /// Those of a scope, of whatever generation.
    pub fn made(&self, access: Access) -> Option<Arc<Suggestions>> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner).get(&access).cloned()
    }

    /// Bytes of memory of what they are made of, about.
    pub fn kept_bytes(&self) -> usize {
        self.making.lock().unwrap_or_else(PoisonError::into_inner).bytes()
    }

    /// Whether whoever asks shall make them again: `true` once, until [`Suggesting::release`].
    pub fn claim(&self) -> bool {
        !self.claimed.swap(true, Ordering::AcqRel)
    }

    /// Whoever claimed has done it, or could not.
    pub fn release(&self) {
        self.claimed.store(false, Ordering::Release);
    }

    /// Makes those of a scope for what the engine holds now, unless they are made. `links` tell what is cited most.
    pub fn renew(
        &self,
        engine: &dyn Engine,
        access: Access,
        on: Date,
        links: Option<&Links>,
    ) -> Result<Arc<Suggestions>, AppError> {
        let mut catalogue = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        let generation = engine.state()?.cursor;
        let is_new = |made: &Arc<Suggestions>| made.is_of(&generation, on) && (made.counted || links.is_none());
        if let Some(made) = self.made(access).filter(is_new) {
            return Ok(made);
        }
        catalogue.renew(engine)?;
        let made = Arc::new(Suggestions::of(&catalogue, (access, on), links, generation));
        self.made.lock().unwrap_or_else(PoisonError::into_inner).insert(access, made.clone());
        Ok(made)
    }
}

impl Suggestions {
    fn of(
        catalogue: &Catalogue,
        (access, on): (Access, Date),
        links: Option<&Links>,
        generation: String,
    ) -> Suggestions {
        let rank = |entry: &Entry| -> Option<Rank> {
            let version = entry.version(access, on)?;
            let status = match version.interval.status(on) {
                ValidityStatus::InForce => 0,
                ValidityStatus::Unknown => 1,
                ValidityStatus::NotYetEffective => 2,
                _ => 3,
            };
            let level = entry.head.level.map_or(u64::MAX, |level| level.list_place());
            let place = links.and_then(|links| links.place(&entry.head.id));
            let cited = links.zip(place).map_or(0, |(links, place)| links.incoming(place).len());
            let length = entry.titles.first().map_or(0, |title| title.chars().count());
            Some((entry.head.kind == Kind::Case, status, level, Reverse(cited), length))
        };
        let mut entries: Vec<(Rank, &Arc<Entry>)> =
            catalogue.entries(access).filter_map(|entry| Some((rank(entry)?, entry))).collect();
        entries.sort_by(|one, other| one.0.cmp(&other.0).then_with(|| one.1.head.id.cmp(&other.1.head.id)));
        let terms = public_terms(&entries, on);
        let mut names = names(&entries);
        add_short_names(&mut names, &entries);
        let public = public_lines(&names, &terms, on);
        Suggestions {
            headings: headings(&entries, access, on),
            names: (
                Lines::of(names.iter().map(|(line, _)| line.as_str())),
                names.into_iter().map(|(_, name)| name).collect(),
            ),
            terms: (
                Lines::of(terms.iter().map(|(term, _)| term.as_str())),
                terms.iter().map(|(_, count)| *count).collect(),
            ),
            public,
            generation,
            on,
            counted: links.is_some(),
            access,
        }
    }

    /// Whether they are those of a generation and a day.
    pub fn is_of(&self, generation: &str, on: Date) -> bool {
        self.generation == generation && self.on == on
    }

    /// Bytes of memory of what is walked.
    pub fn bytes(&self) -> usize {
        self.names.0.bytes() + self.headings.0.bytes() + self.terms.0.bytes() + self.public.0.bytes()
    }

    /// How many titles and short names, headings and terms there are.
    pub fn counts(&self) -> [usize; 3] {
        [self.names.0.len(), self.headings.0.len(), self.terms.0.len()]
    }

    /// The suggestions for what is typed, best first.
    pub fn answer(&self, engine: &dyn Engine, typed: &str, limit: usize) -> Result<Vec<Suggestion>, AppError> {
        let typed = wanted(typed);
        let is_stale = !self.is_of(&engine.state()?.cursor, self.on);
        let mut shown = |suggestion: &Suggestion| !is_stale || self.is_still_there(engine, suggestion).unwrap_or(false);
        // What is left out below leaves a place.
        let most = limit * 2 + SHARE;
        let mut headings = self.found_headings(&typed, most);
        let mut terms = self.found_terms(&typed, most);
        let mut names = self.found_names(&typed, most);
        for list in [&mut headings, &mut terms, &mut names] {
            list.retain(&mut shown);
        }
        let share = (limit / SHARE).max(usize::from(limit > 2));
        let (of_headings, of_terms) = (headings.len().min(share), terms.len().min(share));
        let of_names = names.len().min(limit.saturating_sub(of_headings + of_terms));
        let of_headings = headings.len().min(limit - of_names - of_terms.min(limit - of_names));
        names.truncate(of_names);
        names.extend(headings.into_iter().take(of_headings));
        let rest = limit - names.len();
        names.extend(terms.into_iter().take(rest));
        Ok(names)
    }

    /// Whether what it leads to may be read now by whoever asked.
    fn is_still_there(&self, engine: &dyn Engine, suggestion: &Suggestion) -> Result<bool, AppError> {
        let Some(id) = &suggestion.instrument else { return Ok(true) };
        for card in engine.cards(id)? {
            let Some(card) = shelf::card(&card)?.seen_by(self.access) else { continue };
            let title = Some(&card.head.title) == suggestion.title.as_ref();
            let provision =
                suggestion.provision.as_deref().and_then(|id| id.split_once('/')).map(|(version, _)| version);
            let seen = |version: &super::card::CardVersion| provision.is_none_or(|provision| provision == version.id);
            if card.group == *id && title && card.versions.iter().any(seen) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn found_names(&self, typed: &str, most: usize) -> Vec<Suggestion> {
        let (lines, names) = &self.names;
        let mut found: Vec<(Found, &Name)> = lines
            .find(typed, most)
            .into_iter()
            .filter_map(|found| Some((found.clone(), names.get(found.line)?)))
            .collect();
        found.sort_by_key(|(found, name)| (found.how != How::Whole, name.is_past, found.how, found.line));
        let mut suggestions: Vec<Suggestion> = Vec::new();
        for (found, name) in found {
            let id = &name.entry.head.id;
            if !suggestions.iter().any(|known| known.instrument.as_ref() == Some(id)) {
                suggestions.push(self.name(lines.line(found.line), &found, name));
            }
        }
        suggestions
    }

    fn name(&self, line: &str, found: &Found, name: &Name) -> Suggestion {
        let head = &name.entry.head;
        let (text, span) =
            if name.is_short { (line.to_string(), found.span.clone()) } else { as_received(&head.title, line, found) };
        let status = name.entry.version(self.access, self.on).map(|version| version.interval.status(self.on));
        Suggestion {
            kind: if name.is_short { SuggestionKind::ShortName } else { SuggestionKind::Title },
            span: range(&text, &span),
            text,
            instrument: Some(head.id.clone()),
            title: Some(head.title.clone()),
            provision: None,
            level: head.level,
            status: status.filter(|_| head.kind != Kind::Case),
            count: 1,
        }
    }

    fn found_headings(&self, typed: &str, most: usize) -> Vec<Suggestion> {
        let (lines, headings) = &self.headings;
        let suggestion = |found: Found| {
            let heading = headings.get(found.line)?;
            let (text, head) = (lines.line(found.line).to_string(), &heading.entry.head);
            let status = heading.entry.version(self.access, self.on).map(|version| version.interval.status(self.on));
            Some(Suggestion {
                kind: SuggestionKind::Heading,
                span: range(&text, &found.span),
                text,
                instrument: Some(head.id.clone()),
                title: Some(head.title.clone()),
                provision: Some(heading.provision.clone()),
                level: head.level,
                status,
                count: heading.count.into(),
            })
        };
        lines.find(typed, most).into_iter().filter_map(suggestion).collect()
    }

    fn found_terms(&self, typed: &str, most: usize) -> Vec<Suggestion> {
        let (lines, counts) = &self.terms;
        let suggestion = |found: Found| {
            let (text, count) = (lines.line(found.line).to_string(), counts.get(found.line)?);
            Some(Suggestion {
                kind: SuggestionKind::Term,
                span: range(&text, &found.span),
                text,
                instrument: None,
                title: None,
                provision: None,
                level: None,
                status: None,
                count: (*count).into(),
            })
        };
        // Whoever has typed the whole of a term needs no suggestion of it.
        let found = lines.find(typed, most).into_iter().filter(|found| found.how != How::Whole);
        found.filter_map(suggestion).collect()
    }
}

/// What the lines are asked for: folded as titles are.
fn wanted(typed: &str) -> String {
    identity::folded_title(typed.trim())
}

/// The text that a line stands for, and the bytes of it that were found: the title as received, if it has the line in it.
fn as_received(title: &str, line: &str, found: &Found) -> (String, std::ops::Range<usize>) {
    let folded = fold(title);
    let piece = line.get(found.span.clone()).unwrap_or_default();
    let whole = folded.as_str().find(line).map(|at| at + found.span.start);
    match whole.or_else(|| folded.as_str().find(piece)) {
        Some(at) => (title.to_string(), folded.original(at..at + piece.len())),
        None => (line.to_string(), found.span.clone()),
    }
}

fn range(text: &str, bytes: &std::ops::Range<usize>) -> Range {
    Range { start: points::point_of(text, bytes.start), end: points::point_of(text, bytes.end) }
}

/// Titles in order of rank. What several cases are called is one line.
fn names(entries: &[(Rank, &Arc<Entry>)]) -> Vec<(String, Name)> {
    let mut names: Vec<(String, Name)> = Vec::with_capacity(entries.len());
    let mut cases = std::collections::HashSet::new();
    for (rank, entry) in entries {
        for title in &entry.titles {
            if !title.is_empty() && (!rank.0 || cases.insert(title.as_str())) {
                names.push((title.clone(), Name { entry: Arc::clone(entry), is_short: false, is_past: rank.1 > 2 }));
            }
        }
    }
    names
}

/// Short names behind all titles, in the order of what they mean.
fn add_short_names(names: &mut Vec<(String, Name)>, entries: &[(Rank, &Arc<Entry>)]) {
    let mut bearers: HashMap<String, Vec<usize>> = HashMap::new();
    for (place, (rank, entry)) in entries.iter().enumerate().filter(|(_, (rank, _))| !rank.0 && rank.1 <= 2) {
        let _ = rank;
        for title in &entry.titles {
            bearers.entry(title.clone()).or_default().push(place);
        }
    }
    let mut short: Vec<(usize, &str)> = Vec::new();
    for (name, full) in short_names() {
        let places = bearers.get(full).or_else(|| bearers.get(identity::without_organs(full)));
        short.extend(places.into_iter().flatten().take(BEARERS_MAX).map(|place| (*place, name)));
    }
    short.sort_unstable();
    names.extend(short.into_iter().filter_map(|(place, name)| {
        let entry = Arc::clone(entries.get(place)?.1);
        Some((fold_str(name), Name { entry, is_short: true, is_past: false }))
    }));
}

/// Headings of the texts shown, those that most instruments have first.
fn headings(entries: &[(Rank, &Arc<Entry>)], access: Access, on: Date) -> (Lines, Vec<Heading>) {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut found: Vec<(&str, Heading)> = Vec::new();
    for (rank, entry) in entries.iter().filter(|(rank, _)| !rank.0 && rank.1 <= 2) {
        let _ = rank;
        let Some(version) = entry.version(access, on) else { continue };
        let mut own: Vec<&str> = Vec::new();
        for (heading, key) in &version.headings {
            if own.contains(&heading.as_str()) {
                continue;
            }
            own.push(heading);
            match places.get(heading.as_str()).and_then(|place| found.get_mut(*place)) {
                Some((_, known)) => known.count += 1,
                None => {
                    places.insert(heading, found.len());
                    let provision = format!("{}/{key}", version.id);
                    found.push((heading, Heading { entry: Arc::clone(entry), provision, count: 1 }));
                }
            }
        }
    }
    found.sort_by_key(|(_, heading)| Reverse(heading.count));
    (Lines::of(found.iter().map(|(text, _)| *text)), found.into_iter().map(|(_, heading)| heading).collect())
}

/// Terms of what everybody may read.
fn public_terms(entries: &[(Rank, &Arc<Entry>)], on: Date) -> Vec<(String, u32)> {
    let texts = |(rank, entry): &(Rank, &'_ Arc<Entry>)| -> Option<Vec<String>> {
        let version = entry.version(Access::Public, on).filter(|_| !rank.0 && rank.1 <= 2)?;
        let headings = version.headings.iter().map(|(heading, _)| heading.clone());
        Some(entry.titles.first().cloned().into_iter().chain(headings).collect())
    };
    let texts: Vec<Vec<String>> = entries.iter().filter_map(texts).collect();
    let borrowed: Vec<Vec<&str>> = texts.iter().map(|texts| texts.iter().map(String::as_str).collect()).collect();
    terms::terms(&borrowed)
}

/// Names and terms of what everybody may read, with the instrument of a name.
fn public_lines(names: &[(String, Name)], terms: &[(String, u32)], on: Date) -> (Lines, Vec<Option<String>>) {
    let public = |name: &&(String, Name)| {
        name.1.entry.head.kind != Kind::Case && name.1.entry.version(Access::Public, on).is_some()
    };
    let names = names.iter().filter(public).map(|(line, name)| (line.as_str(), Some(name.entry.head.id.clone())));
    let all: Vec<(&str, Option<String>)> = names.chain(terms.iter().map(|(term, _)| (term.as_str(), None))).collect();
    (Lines::of(all.iter().map(|(line, _)| *line)), all.into_iter().map(|(_, id)| id).collect())
}
