//! The comparing journey: which two texts are meant, and what became of each provision.
//!
//! A version that the asker may not see is not there: not by its key, not by a day, not as a predecessor.

use super::card::Card;
use super::error::{AppError, ErrorCode};
use super::faju::Found;
use super::read::{Opened, Reader, trimmed};
use super::search;
use super::view::comparison::{
    ComparedHeading, ComparedMove, ComparedNear, ComparedPlace, ComparedProvision, ComparedRow, ComparedSegment,
    ComparedText, ComparisonView,
};
use crate::law::compare::{self, Comparison, HeadingRow, MovedPart, Near, Place, Row, RowKind, Side};
use crate::law::{Provision, ValidityStatus, identity};
use crate::text::points;
use jiff::civil::Date;
use std::ops::Range;

/// Which two texts are to be compared.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ComparisonRequest {
    /// Instrument, or version (`{instrument}@{version}`), or case.
    pub id: String,
    /// Another instrument or version to compare it with; then `id` is the older side.
    pub with: Option<String>,
    /// Version of the older side: its key, or a day on which it was in force.
    pub from: Option<String>,
    /// Version of the newer side, likewise.
    pub to: Option<String>,
    /// Leaves the rows without any change out.
    pub only_changes: bool,
}

/// A text that was chosen.
struct Chosen {
    card: Card,
    at: usize,
}

impl Reader<'_> {
    /// Two texts compared.
    pub fn compare(&self, asked: &ComparisonRequest) -> Result<Found<ComparisonView>, AppError> {
        let card = self.card(&asked.id)?;
        if let Some(canonical) = moved(&card, &asked.id)? {
            return Ok(Found::Moved(canonical));
        }
        let mut warnings = Vec::new();
        let (old, new) = match &asked.with {
            Some(with) => self.two(card, asked, with, &mut warnings)?,
            None => self.of_one(card, asked, &mut warnings)?,
        };
        if old.card.group == new.card.group && old.at == new.at {
            let parameter = if asked.from.is_some() { "from" } else { "to" };
            return Err(AppError::parameter(ErrorCode::InvalidParameter, parameter, "两边是同一个文本，没有可比较的"));
        }
        let (old, new) = (self.open(old.card, old.at)?, self.open(new.card, new.at)?);
        Ok(Found::Here(self.compared(&old, &new, asked.only_changes, warnings)))
    }

    /// Two texts, each named by an id of its own.
    fn two(
        &self,
        card: Card,
        asked: &ComparisonRequest,
        with: &str,
        warnings: &mut Vec<String>,
    ) -> Result<(Chosen, Chosen), AppError> {
        let other = self.card(with)?;
        let old = self.side(card, &asked.id, asked.from.as_deref(), "from", warnings)?;
        let new = self.side(other, with, asked.to.as_deref(), "to", warnings)?;
        Ok((old, new))
    }

    fn side(
        &self,
        card: Card,
        id: &str,
        version: Option<&str>,
        parameter: &str,
        warnings: &mut Vec<String>,
    ) -> Result<Chosen, AppError> {
        let at = match (named(&card, id)?, version) {
            (Some(_), Some(_)) => return Err(named_twice(parameter)),
            (Some(at), None) => at,
            (None, Some(version)) => self.pick(&card, version, parameter)?,
            (None, None) => {
                let (at, notice) = self.on_the_day(&card);
                warnings.extend(notice.map(|notice| format!("{}：{notice}", card.head.title)));
                at
            }
        };
        Ok(Chosen { card, at })
    }

    /// Two versions of one instrument; what is not said is the version of the day asked and its predecessor.
    fn of_one(
        &self,
        card: Card,
        asked: &ComparisonRequest,
        warnings: &mut Vec<String>,
    ) -> Result<(Chosen, Chosen), AppError> {
        let pick = |version: &Option<String>, parameter| {
            version.as_deref().map(|version| self.pick(&card, version, parameter)).transpose()
        };
        let (from, to) = (pick(&asked.from, "from")?, pick(&asked.to, "to")?);
        let (old, new) = match (named(&card, &asked.id)?, from, to) {
            (Some(_), Some(_), Some(_)) => return Err(named_twice("to")),
            (Some(at), Some(from), None) => (from, at),
            (Some(at), None, Some(to)) => (at, to),
            (Some(at), None, None) => (predecessor(&card, at)?, at),
            (None, Some(from), Some(to)) => (from, to),
            (None, None, Some(to)) => (predecessor(&card, to)?, to),
            (None, Some(from), None) => (from, self.today(&card, warnings)),
            (None, None, None) => {
                let at = self.today(&card, warnings);
                // The first text of all is compared with the one that is to replace it.
                match predecessor(&card, at) {
                    Err(_) if at > 0 => (at, at - 1),
                    before => (before?, at),
                }
            }
        };
        Ok((Chosen { card: card.clone(), at: old }, Chosen { card, at: new }))
    }

    fn today(&self, card: &Card, warnings: &mut Vec<String>) -> usize {
        let (at, notice) = self.on_the_day(card);
        warnings.extend(notice);
        at
    }

    /// The version that a key names, else the one in force on a day.
    fn pick(&self, card: &Card, version: &str, parameter: &str) -> Result<usize, AppError> {
        let id = if version.contains('@') { version.to_string() } else { format!("{}@{version}", card.group) };
        let by_key = card.version(&id).and_then(|found| card.versions.iter().position(|known| known.id == found.id));
        if let Some(at) = by_key {
            return Ok(at);
        }
        let day: Option<Date> = version.parse().ok().filter(|_| version.len() == "2024-01-31".len());
        let in_force = |day: Date| {
            card.versions.iter().position(|version| version.interval.status(day) == ValidityStatus::InForce)
        };
        if let Some(at) = day.and_then(in_force) {
            return Ok(at);
        }
        let keys: Vec<&str> = card.versions.iter().map(|version| version.key.as_str()).collect();
        let keys = keys.join("、");
        Err(match day {
            Some(day) => {
                let message = format!("没有这个版本，{day} 也没有已知有效的文本；有的版本：{keys}");
                AppError::parameter(ErrorCode::NotFound, parameter, message)
            }
            None if is_key(version) => {
                AppError::parameter(ErrorCode::NotFound, parameter, format!("没有这个版本；有的版本：{keys}"))
            }
            None => AppError::parameter(
                ErrorCode::InvalidParameter,
                parameter,
                format!("须为版本（{keys}）或实有的日期，写作 2024-01-31"),
            ),
        })
    }

    fn compared(&self, old: &Opened, new: &Opened, only_changes: bool, mut warnings: Vec<String>) -> ComparisonView {
        let comparison = compare::compare(of(old), of(new));
        let counts = RowKind::ALL
            .map(|(kind, name, _)| (name, comparison.rows.iter().filter(|row| row.kind == kind).count() as u64));
        for opened in [old, new] {
            let issues = super::group::issues(&opened.text.structure);
            warnings.extend(issues.into_iter().map(|issue| format!("{} 存疑：{issue}", opened.version.id)));
        }
        let shown: Vec<bool> = comparison.rows.iter().map(|row| !only_changes || row.kind != RowKind::Kept).collect();
        let rows = comparison.rows.iter().zip(&shown).filter(|(_, shown)| **shown);
        let (olds, news) = (Provisions::of(old), Provisions::of(new));
        ComparisonView {
            old: self.compared_text(old),
            new: self.compared_text(new),
            as_of: self.as_of,
            counts: counts.into_iter().collect(),
            headings: headings(&comparison, &shown, old, new),
            rows: rows.map(|(row, _)| row_view(row, &comparison.moved_parts, &olds, &news)).collect(),
            only_changes,
            warnings,
            sample: self.sample,
        }
    }

    fn compared_text(&self, opened: &Opened) -> ComparedText {
        let head = opened.head();
        ComparedText {
            id: opened.version.id.clone(),
            instrument: search::instrument(&head),
            version: self.version(&head, &opened.version),
            versions: opened.card.versions.iter().filter_map(|version| self.version(&head, version)).collect(),
        }
    }
}

fn of(opened: &Opened) -> Side<'_> {
    Side { text: &opened.text.put.document.text, structure: &opened.text.structure }
}

/// The canonical id, if this is another one.
fn moved(card: &Card, id: &str) -> Result<Option<String>, AppError> {
    let canonical = match card.version(id) {
        Some(version) => &version.id,
        None if id.contains('@') => return Err(AppError::not_found(id)),
        None => &card.group,
    };
    Ok((canonical != id).then(|| canonical.clone()))
}

/// The version that an id names; `None` for the id of an instrument.
fn named(card: &Card, id: &str) -> Result<Option<usize>, AppError> {
    if card.group == id || !id.contains('@') {
        return Ok(None);
    }
    let version = card.version(id).ok_or_else(|| AppError::not_found(id))?;
    Ok(card.versions.iter().position(|known| known.id == version.id))
}

fn named_twice(parameter: &str) -> AppError {
    AppError::parameter(ErrorCode::InvalidParameter, parameter, "编号已写明版本，不能再写一个")
}

/// Versions stand newest first.
fn predecessor(card: &Card, at: usize) -> Result<usize, AppError> {
    if at + 1 < card.versions.len() {
        return Ok(at + 1);
    }
    let what = if card.versions.len() < 2 { "只有一个文本" } else { "这是最早的文本" };
    let detail = format!("{}：{what}，没有更早的可比较；可以给出另一份文件的编号", card.head.title);
    Err(AppError::new(ErrorCode::NotFound, detail))
}

/// `2024-01-31-2`, `u-` and a digest: what a key can look like beside a date.
fn is_key(version: &str) -> bool {
    let dated = version.get(..10).is_some_and(|date| date.parse::<Date>().is_ok());
    version.contains('@') || version.starts_with("u-") || dated
}

/// The headings between the rows shown; those without change whose provisions are all left out are left out too.
fn headings(comparison: &Comparison, shown: &[bool], old: &Opened, new: &Opened) -> Vec<ComparedHeading> {
    let before = |row: usize| shown.iter().take(row).filter(|shown| **shown).count();
    let rows = &comparison.headings;
    let is_kept = |at: usize, row: &HeadingRow| {
        let next = rows.iter().skip(at + 1).find(|next| next.level <= row.level && next.new.is_some());
        let end = next.map_or(shown.len(), |next| next.before_row);
        let unchanged = matches!(row.kind, RowKind::Kept | RowKind::Moved);
        !unchanged || before(row.before_row) < before(end) || shown.iter().all(|shown| *shown)
    };
    let text = |opened: &Opened, span: &Option<Range<usize>>| {
        span.as_ref().map(|span| opened.text.put.document.text.get(span.clone()).unwrap_or_default().to_string())
    };
    let kept = rows.iter().enumerate().filter(|(at, row)| is_kept(*at, row));
    kept.map(|(_, row)| ComparedHeading {
        kind: row.kind,
        level: row.level,
        old: text(old, &row.old),
        new: text(new, &row.new),
        before_row: before(row.before_row),
    })
    .collect()
}

/// The provisions of a text, by their place.
struct Provisions<'a> {
    version: &'a str,
    body: &'a str,
    all: Vec<(&'a Provision, Range<usize>)>,
}

impl<'a> Provisions<'a> {
    fn of(opened: &'a Opened) -> Provisions<'a> {
        let body = opened.text.put.document.text.as_str();
        let provisions = opened.text.structure.provisions();
        let all = provisions.map(|(provision, span)| (provision, trimmed(body, span))).collect();
        Provisions { version: &opened.version.id, body, all }
    }

    fn views(&self, places: &[usize]) -> Vec<ComparedProvision> {
        let views = places.iter().filter_map(|at| self.all.get(*at)).map(|(provision, span)| ComparedProvision {
            id: identity::provision_id(self.version, &provision.key).0,
            key: provision.key.clone(),
            kind: provision.kind,
            label: provision.label.clone(),
            text: self.body.get(span.clone()).unwrap_or_default().to_string(),
        });
        views.collect()
    }

    /// Id and name of a part of a provision.
    fn part(&self, at: usize, part: &str) -> Option<(String, String)> {
        let (provision, _) = self.all.get(at)?;
        let own = provision.parts.iter().find(|own| own.key == part);
        let key = own.map_or(provision.key.clone(), |own| format!("{}/{}", provision.key, own.key));
        let label = own.map_or("", |own| own.label.as_str());
        Some((identity::provision_id(self.version, &key).0, format!("{}{label}", provision.label)))
    }

    /// The stretches of one side of a row in code points. Each provision is counted through once.
    fn points(&self, row: &[usize], places: &[Option<&Place>]) -> Vec<Option<ComparedPlace>> {
        let mut counted: Vec<(usize, usize)> = vec![(0, 0); row.len()];
        let mut point = |place: &Place| {
            let (_, span) = self.all.get(*row.get(place.at)?)?;
            let (byte, point) = counted.get_mut(place.at)?;
            let text = self.body.get(span.start + *byte..span.end)?;
            let start = *point + points::point_of(text, place.span.start.saturating_sub(span.start + *byte));
            let stretch = self.body.get(place.span.clone())?;
            let end = start + stretch.chars().count();
            (*byte, *point) = (place.span.end - span.start, end);
            Some(ComparedPlace { provision: place.at, start, end })
        };
        places.iter().map(|place| place.and_then(&mut point)).collect()
    }
}

fn row_view(row: &Row, moved: &[MovedPart], olds: &Provisions<'_>, news: &Provisions<'_>) -> ComparedRow {
    let old_places: Vec<Option<&Place>> = row.segments.iter().map(|segment| segment.old.as_ref()).collect();
    let new_places: Vec<Option<&Place>> = row.segments.iter().map(|segment| segment.new.as_ref()).collect();
    let places = olds.points(&row.old, &old_places).into_iter().zip(news.points(&row.new, &new_places));
    let segments = row.segments.iter().zip(places);
    let moved_part = |part: &MovedPart| {
        let (old, old_label) = olds.part(part.old, &part.old_part)?;
        let (new, new_label) = news.part(part.new, &part.new_part)?;
        Some(ComparedMove { old, old_label, new, new_label, similarity: rounded(part.similarity) })
    };
    let is_of = |part: &MovedPart| row.old.contains(&part.old) || row.old.is_empty() && row.new.contains(&part.new);
    let others = if row.new.is_empty() { news } else { olds };
    let near = |near: &Near| {
        let (id, label) = others.part(near.at, "")?;
        Some(ComparedNear { id, label, similarity: rounded(near.similarity) })
    };
    ComparedRow {
        kind: row.kind,
        similarity: rounded(row.similarity),
        reordered: row.reordered,
        doubtful: row.doubtful,
        moved_parts: moved.iter().filter(|part| is_of(part)).filter_map(moved_part).collect(),
        nearest: row.nearest.iter().filter_map(near).collect(),
        old: olds.views(&row.old),
        new: news.views(&row.new),
        segments: segments.map(|(s, (old, new))| ComparedSegment { kind: s.kind, old, new }).collect(),
    }
}

/// Three places are enough for people.
fn rounded(likeness: f64) -> f64 {
    (likeness * 1000.0).round() / 1000.0
}
