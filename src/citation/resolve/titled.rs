//! What bears a title in book brackets, and which version the year beside it means.

use super::super::mention::{Mention, Role, VersionNote};
use super::super::names::{Known, Names, without_year};
use super::{Here, named};
use crate::law::{Access, ValidityStatus, level};
use jiff::civil::Date;

/// The bearers of a folded title, and what is noted of a version, as far as a year beside the title is not that of its edition.
pub(super) fn bearers<'n>(
    key: &str,
    mention: &Mention,
    names: &'n Names,
    here: &Here<'_>,
) -> (Vec<&'n Known>, Option<VersionNote>) {
    let note = mention.note;
    let of_edition = noted_edition(key, note, names);
    if !of_edition.is_empty() {
        return (of_edition, None);
    }
    match (names.titled(key), without_year(key)) {
        (bearers, Some((bare, year))) if bearers.is_empty() => match of_year(bare, year, names) {
            none if none.is_empty() => (names.titled(bare), strict(note)),
            // 名录（2021年） is 名录（2021年版）: the year is that of the edition.
            of_edition => (of_edition, None),
        },
        (bearers, None) if bearers.is_empty() && level::behind_region(key).is_some() => (of_region(key, names), note),
        (bearers, None) if bearers.is_empty() => (named::short(key, !here.group.is_empty(), names), note),
        (bearers, year) => {
            // 避碰规则（1991）: a year that the title itself has says nothing of a version.
            let of_title = |note: &VersionNote| {
                year.is_some_and(|(_, year)| [VersionNote::Year(year), VersionNote::InYear(year)].contains(note))
            };
            let note = note.filter(|note| !of_title(note));
            let is_edition = !bearers.iter().any(|known| known.bears(key));
            let meant = edition(key, mention, names).or_else(|| replacing(key, &bearers, (mention, note), names, here));
            (meant.unwrap_or(bearers), if is_edition { strict(note) } else { note })
        }
    }
}

/// The edition that a bare title means because its own text is over, where nothing beside it speaks of that.
fn replacing<'n>(
    key: &str,
    bearers: &[&Known],
    (mention, note): (&Mention, Option<VersionNote>),
    names: &'n Names,
    here: &Here<'_>,
) -> Option<Vec<&'n Known>> {
    let is_bare = note.is_none()
        && mention.beside.as_ref().is_none_or(|beside| beside.number.is_none())
        && !matches!(mention.role, Role::Repeal | Role::Historic | Role::Amendment);
    let standing = standing_edition(key, bearers, names, here.on.filter(|_| is_bare)?, here.access)?;
    (standing.id != here.group).then(|| vec![standing])
}

/// Of what has the year of its edition in its title another year is that of another edition, not one in which it stood.
fn strict(note: Option<VersionNote>) -> Option<VersionNote> {
    match note {
        Some(VersionNote::InYear(year)) => Some(VersionNote::Year(year)),
        note => note,
    }
}

/// 《名录》（2021年版）: the edition whose title has the year that stands behind the brackets, where no text of that year bears the
/// bare title.
fn noted_edition<'n>(key: &str, note: Option<VersionNote>, names: &'n Names) -> Vec<&'n Known> {
    match note {
        Some(VersionNote::Year(year) | VersionNote::InYear(year)) => {
            let is_of_year = |day: Option<Date>| day.is_some_and(|day| u16::try_from(day.year()) == Ok(year));
            let dated = |known: &&Known| {
                let days = known.versions.iter().flat_map(|version| [version.dated, version.interval.effective_from]);
                known.bears(key) && days.into_iter().any(is_of_year)
            };
            if names.titled(key).iter().any(dated) { Vec::new() } else { of_year(key, year, names) }
        }
        _ => Vec::new(),
    }
}

/// What bears a title with this year behind it, in whatever words.
fn of_year<'n>(bare: &str, year: u16, names: &'n Names) -> Vec<&'n Known> {
    let is_of_year = |known: &&Known| known.keys.iter().any(|key| without_year(key) == Some((bare, year)));
    names.dated(bare).into_iter().filter(is_of_year).collect()
}

/// The edition of a catalogue that bears a title with a year behind it and the number beside the citation: 《…名录》（生态环境部令第16号）.
fn edition<'n>(key: &str, mention: &Mention, names: &'n Names) -> Option<Vec<&'n Known>> {
    let number = mention.beside.as_ref()?.number.as_deref()?;
    let (_, bearers) = names.number_at_end_of(number).filter(|(tail, _)| *tail == number)?;
    let is_edition =
        |known: &&Known| known.keys.iter().any(|own| without_year(own).is_some_and(|(bare, _)| bare == key));
    let found: Vec<&Known> = bearers.into_iter().filter(is_edition).collect();
    (found.len() == 1).then_some(found)
}

/// The edition of a catalogue that bears a title with a year behind it and stands on a day on which all that bear the bare title
/// are over: then the bare title means it.
pub(in super::super) fn standing_edition<'n>(
    key: &str,
    bearers: &[&Known],
    names: &'n Names,
    on: Date,
    access: Access,
) -> Option<&'n Known> {
    let is = |known: &Known, wanted: &[ValidityStatus]| {
        let seen = known.versions.iter().filter(|version| version.access <= access);
        seen.map(|version| version.interval.status(on)).any(|status| wanted.contains(&status))
    };
    let over = [ValidityStatus::Repealed, ValidityStatus::Expired];
    let stands = [ValidityStatus::InForce, ValidityStatus::Unknown, ValidityStatus::NotYetEffective];
    if bearers.is_empty() || bearers.iter().any(|known| !is(known, &over) || is(known, &stands)) {
        return None;
    }
    let mut standing = names.dated(key).into_iter().filter(|known| is(known, &[ValidityStatus::InForce]));
    standing.next().filter(|_| standing.next().is_none())
}

/// What bears a title without the region that stood before its brackets, and is of that region.
fn of_region<'n>(key: &str, names: &'n Names) -> Vec<&'n Known> {
    let Some((code, bare)) = level::behind_region(key) else { return Vec::new() };
    names.titled(bare).into_iter().filter(|known| known.region.as_deref() == Some(code)).collect()
}
