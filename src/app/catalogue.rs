//! The yearly catalogue: every normative document that the public may read, how it stands, and what became of it since the year
//! before.

mod files;

pub use files::CatalogueFormat;

use super::card::{Card, CardVersion, PROMULGATED};
use super::error::{AppError, ErrorCode};
use super::faju::{Asker, Faju, Found};
use super::read::Reader;
use super::request::{self, CatalogueRequest, subject_of};
use super::search;
use super::shelf;
use super::view::VersionView;
use super::view::catalogue::{CatalogueEntry, CatalogueList, CataloguePage, CatalogueStanding, YearChange};
use crate::law::versions::Proof;
use crate::law::{EndedBy, ValidityStatus};
use jiff::civil::Date;
use std::cmp::Reverse;

/// The two days that a catalogue compares.
#[derive(Clone, Copy)]
struct Days {
    on: Date,
    before: Date,
}

impl Faju {
    /// The catalogue that the parameters of [`super::parameters::CATALOGUE`] ask for.
    pub fn catalogue(&self, parameters: &[(String, String)], asker: &Asker) -> Result<CataloguePage, AppError> {
        let asked = request::catalogue(parameters, asker.today)?;
        let on = asked.last_day(asker.today);
        self.read(Some(on), asker, |reader| reader.catalogue(&asked))
    }
}

impl Reader<'_> {
    /// A catalogue as of the reader's day.
    pub(super) fn catalogue(&self, asked: &CatalogueRequest) -> Result<CataloguePage, AppError> {
        let before = Date::new(asked.year - 1, 12, 31)
            .map_err(|_| AppError::parameter(ErrorCode::InvalidParameter, "year", "没有前一年可以比较"))?;
        let days = Days { on: self.as_of, before };
        let mut lists: Vec<CatalogueList> = CatalogueStanding::ALL
            .map(|(standing, name)| CatalogueList { standing, name, entries: Vec::new() })
            .into_iter()
            .collect();
        shelf::each_card(self.engine, &mut |card| {
            if let Some((standing, entry)) = self.entry(card, asked, days)
                && let Some(list) = lists.iter_mut().find(|list| list.standing == standing)
            {
                list.entries.push(entry);
            }
        })?;
        for list in &mut lists {
            list.entries.sort_by_cached_key(order);
        }
        lists.retain(|list| !list.entries.is_empty());
        let state = self.engine.state()?;
        let mut warnings: Vec<String> = search::damaged(&state).into_iter().collect();
        if days.on < Date::new(asked.year, 12, 31).unwrap_or(days.on) {
            warnings.push(format!("{} 年还没有结束，所列为 {} 的情形", asked.year, days.on));
        }
        Ok(CataloguePage {
            year: asked.year,
            of: asked.lists(),
            as_of: days.on,
            compared_with: days.before,
            lists,
            known_to: state.known_to,
            sample: self.sample,
            warnings,
        })
    }

    /// How a document stands in a catalogue; `None` if it has no place in it.
    fn entry(&self, card: Card, asked: &CatalogueRequest, days: Days) -> Option<(CatalogueStanding, CatalogueEntry)> {
        let card = card.seen_by(self.asker.scope())?;
        if !asked.admits(&card.head) {
            return None;
        }
        let of = |status: ValidityStatus, on: Date| {
            card.versions.iter().find(move |version| version.interval.status(on) == status)
        };
        use ValidityStatus::{InForce, NotYetEffective, Unknown};
        // What was made later was unknown then because nobody had made it.
        let made_on = |version: &CardVersion, on: Date| version.dated.is_none_or(|dated| dated <= on);
        let then = of(InForce, days.before)
            .or_else(|| of(Unknown, days.before).filter(|version| made_on(version, days.before)))
            .or_else(|| unheld_now(&card, days.before));
        // What began within the year, where nothing of it stands any more, ended within the year.
        let began = card
            .versions
            .iter()
            .find(|version| version.interval.effective_from.is_some_and(|from| from > days.before && from <= days.on));
        let made = |version: &CardVersion| made_on(version, days.on);
        // Of a text that nobody dates it is not known that it was there so long before its first day.
        let soon = |version: &CardVersion| {
            let near = version.interval.effective_from.is_some_and(|from| (from - days.on).get_days() <= DAYS_AHEAD);
            made(version) && (version.dated.is_some() || near)
        };
        let amended = unheld_now(&card, days.on);
        let found = [
            (CatalogueStanding::InForce, of(InForce, days.on).or(amended)),
            (CatalogueStanding::NotYetEffective, of(NotYetEffective, days.on).filter(|version| soon(version))),
            (CatalogueStanding::Unknown, of(Unknown, days.on).filter(|version| made(version))),
            (CatalogueStanding::Ended, began.or(then)),
        ];
        let (standing, version) = found.into_iter().find_map(|(standing, version)| Some((standing, version?)))?;
        let (change, proof) = match standing {
            CatalogueStanding::Ended => (Some(ended(version)), version.proofs.to.as_ref()),
            CatalogueStanding::Unknown => (None, None),
            CatalogueStanding::InForce if amended.is_some() => amended_since(version, days.before),
            _ => begun(&card, version, then, days),
        };
        let mut instrument = search::instrument(&card.head);
        // What stood before has a number of its own.
        if card.versions.first().is_some_and(|newest| newest.id != version.id)
            && let Ok(Found::Here((_, text))) = self.text(&version.id)
        {
            instrument.document_number.clone_from(&text.put.document.document_number);
        }
        let view = self.version(&card.head, version)?;
        let unheld = amended.filter(|_| standing == CatalogueStanding::InForce).map(|_| TEXT_NOT_HELD);
        let remarks = remarks(version, &view, unheld);
        let entry = CatalogueEntry {
            instrument,
            subject: subject_of(&card.head).map(str::to_string),
            remark: (!remarks.is_empty()).then(|| remarks.join("；")),
            version: view,
            change,
            event: proof.map(|proof| proof.event),
            quote: proof.map(|proof| proof.quote.clone()).filter(|quote| !quote.is_empty()),
        };
        Some((standing, entry))
    }
}

/// So long before its first day an undated text is believed to be made.
const DAYS_AHEAD: i32 = 366;
/// What is remarked of a document that stands with another text than the one held.
const TEXT_NOT_HELD: &str = "已被修改，未见修改后的文本";

/// The last text of a document that an amendment ended and that no newer text follows: it stands on a day, as amended.
fn unheld_now(card: &Card, on: Date) -> Option<&CardVersion> {
    card.versions.first().filter(|newest| newest.interval.status(on) == ValidityStatus::Amended)
}

/// Whether an amendment whose text is not held came behind a day, with what tells of it.
fn amended_since(version: &CardVersion, day: Date) -> (Option<YearChange>, Option<&Proof>) {
    match version.interval.ended_on.is_some_and(|ended| ended > day) {
        true => (Some(YearChange::Amended), version.proofs.to.as_ref()),
        false => (None, None),
    }
}

/// What the dates of a version are where they are not what they seem, and what else there is to say.
fn remarks(version: &CardVersion, view: &VersionView, more: Option<&str>) -> Vec<String> {
    let dated = version.dated_as().filter(|(name, _)| *name != PROMULGATED);
    let dated = dated.map(|(name, day)| format!("{day} 为{name}"));
    let assumed = view.first_day_assumed().map(str::to_string);
    dated.into_iter().chain(assumed).chain(more.map(str::to_string)).collect()
}

fn ended(version: &CardVersion) -> YearChange {
    match version.interval.ended_by {
        Some(EndedBy::Expiry | EndedBy::Unknown) => YearChange::Expired,
        Some(EndedBy::Repeal | EndedBy::Amendment) | None => YearChange::Repealed,
    }
}

/// What became of a document that stands: its text is of this year, with another one before or without.
fn begun<'c>(
    card: &Card,
    version: &'c CardVersion,
    then: Option<&CardVersion>,
    days: Days,
) -> (Option<YearChange>, Option<&'c Proof>) {
    if then.is_some_and(|then| then.id == version.id) {
        return (None, None);
    }
    let first = version.interval.effective_from.or(version.dated);
    if first.is_none_or(|first| first <= days.before) {
        return (None, None);
    }
    let is_changed = then.is_some() || version.is_changed() && card.versions.len() > 1;
    let change = if is_changed { YearChange::Amended } else { YearChange::New };
    (Some(change), version.proofs.from.as_ref())
}

/// By authority and issuer, the newest first; those of which nobody knows the issuer last.
fn order(entry: &CatalogueEntry) -> impl Ord + use<> {
    let head = &entry.instrument;
    let place = head.level.map(|level| level.list_place());
    let issuer = head.issuer.clone();
    (issuer.is_none(), place, issuer, Reverse(entry.version.dated), head.title.clone(), head.id.clone())
}
