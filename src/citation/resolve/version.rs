//! Which version of an instrument a citation means.

use super::super::mention::{Change, Mention, Role, Target, VersionNote};
use super::super::names::{Known, KnownVersion, Names, number_key};
use super::super::typed::bare_key;
use super::{Here, Reason};
use crate::law::{Access, Kind, ValidityStatus};
use jiff::civil::Date;

/// Days between the dates of one act (adoption, promulgation): so many are usual, and more than the second are none.
const SAME_ACT_DAYS: i32 = 30;
const SAME_ACT_DAYS_MAX: i32 = 90;

/// The version that a citation means: the one that its words tell, else the one that stood on the day.
pub(super) fn meant<'k>(
    known: &'k Known,
    mention: &Mention,
    note: Option<VersionNote>,
    here: &Here<'_>,
    names: &Names,
) -> Result<&'k KnownVersion, Reason> {
    let found = match (note, mention.change) {
        (Some(VersionNote::Year(year)), _) => {
            return of_year(known, year, here.access).ok_or(Reason::NoVersionOfThatDay);
        }
        (Some(VersionNote::InYear(year)), _) => {
            let found = version_of_year(known, year, here.access).or_else(|| standing_in(known, year, here.access));
            return found.ok_or(Reason::NoVersionOfThatDay);
        }
        (Some(VersionNote::BeforeYear(year)), _) => {
            return before_change_of(known, year, here.access).ok_or(Reason::NoVersionOfThatDay);
        }
        (Some(VersionNote::FirstDay(day)), _) => {
            let found = seen(known, here.access).find(|version| version.interval.effective_from == Some(day));
            return found.ok_or(Reason::NoVersionOfThatDay);
        }
        (Some(VersionNote::Unclear), _) => return version_on(known, None, here.access).ok_or(Reason::SeveralChanges),
        (Some(VersionNote::Former), _) => return beside_some_change(known, Change::Before, here, names),
        (Some(VersionNote::BeforeChange), _) if is_over(known, here) => {
            let before = here.on.and_then(|on| version_before_change(known, on, here.access));
            return before.ok_or(Reason::NoVersionOfThatDay);
        }
        (Some(VersionNote::BeforeChange), _) => return beside_some_change(known, Change::Before, here, names),
        (Some(VersionNote::Since), _) => return beside_some_change(known, Change::After, here, names),
        (None, Some(change)) => beside_change(known, change, here),
        // 《…》施行前: a former text of which only the instrument is known.
        (None, None) if mention.role == Role::Historic => None,
        (None, None) if mention.role == Role::Repeal && known.id == here.group => {
            numbered(known, mention, predecessor(known, here), here, names)?
        }
        // Of a whole law that of the day on which the text is read is meant.
        (None, None) if mention.place.is_none() => {
            numbered(known, mention, version_on(known, here.on, here.access), here, names)?
        }
        (None, None) => numbered(known, mention, made_by_then(known, here), here, names)?,
    };
    let undated = here.on.is_none() && note.is_none();
    found.ok_or(if undated { Reason::NoDay } else { Reason::NoVersionOfThatDay })
}

/// The version that bears the number by which a citation names it; `found` where there is none or it speaks of that one.
fn numbered<'k>(
    known: &'k Known,
    mention: &Mention,
    found: Option<&'k KnownVersion>,
    here: &Here<'_>,
    names: &Names,
) -> Result<Option<&'k KnownVersion>, Reason> {
    let number = match &mention.target {
        Target::Numbered(words) => Some(names.number_at_end_of(words).map_or(words.as_str(), |(tail, _)| tail)),
        _ => mention.beside.as_ref().and_then(|beside| beside.number.as_deref()),
    };
    match (number, found) {
        (Some(number), Some(found)) if known.kind != Kind::Case => {
            of_number(known, number, found, here.access).map(Some)
        }
        _ => Ok(found),
    }
}

/// The version of a number: the one that states it, or of several the last that is made from it by amendments; else one of its
/// year. `found` is what stands on the day.
pub(in super::super) fn of_number<'k>(
    known: &'k Known,
    number: &str,
    found: &'k KnownVersion,
    access: Access,
) -> Result<&'k KnownVersion, Reason> {
    let number = bare_key(number);
    let states =
        |version: &&KnownVersion| version.numbers.iter().chain(&version.changed_by).any(|own| bare_key(own) == number);
    if states(&found) {
        return Ok(found);
    }
    if let Some(stating) = seen(known, access).find(states) {
        // A change by a decision leaves a text its number.
        let goes_on = found.numbers.is_empty() && found.made.is_some() && found.made == stating.made;
        return Ok(if goes_on { found } else { stating });
    }
    // 2000年国务院令第276号公布, 2020年国务院第119次常务会议修订: the order gave a text that is not held.
    if found.former.iter().any(|own| bare_key(own) == number) {
        return Err(Reason::NoVersionOfThatDay);
    }
    // The text that repeals what bore this number under its title is not that.
    if let Some(newer) = seen(known, access).find(|version| version.replaced.iter().any(|own| bare_key(own) == number))
    {
        let mut older = seen(known, access).skip_while(|version| version.id != newer.id).skip(1);
        let only = older.next().filter(|version| version.numbers.is_empty() && older.next().is_none());
        return only.ok_or(Reason::NoVersionOfThatDay);
    }
    let Some(year) = year_in(&number) else {
        // 总局令第99号 is the end of 国家…总局令第99号.
        let ends = |own: &String| bare_key(&number_key(own)).ends_with(&number);
        let is_own = known.numbers.iter().any(ends);
        return match order_of(&number) {
            _ if found.numbers.iter().any(ends) => Ok(found),
            // The order of 2007 gave another text than that of 2019, even if the instrument is known by both.
            Some(order) if is_given_by_other(found, order) => Err(Reason::NoVersionOfThatDay),
            // A text that nothing changed was given by one order; which change another one made nobody knows here.
            Some(_) if !found.original && !is_own => Err(Reason::UnknownNumber),
            _ => Ok(found),
        };
    };
    let years = |version: &KnownVersion| version.made.into_iter().chain(version.dated).map(|day| day.year());
    // Numbers of December are promulgated in January.
    let of_year = |version: &KnownVersion| years(version).any(|own| own == year || own == year + 1 && early(version));
    if of_year(found) {
        return Ok(found);
    }
    let other = seen(known, access).find(|version| years(version).any(|own| own == year));
    match (other, found.made.or(found.dated)) {
        (Some(other), _) => Ok(other),
        (None, Some(made)) if made.year() > year => Err(Reason::NoVersionOfThatDay),
        (None, _) => Ok(found),
    }
}

fn early(version: &KnownVersion) -> bool {
    version.made.or(version.dated).is_some_and(|day| day.month() <= 2)
}

/// Who gives an order and its number, of a bare number without a year: 公安部令102.
fn order_of(number: &str) -> Option<(&str, &str)> {
    let (organ, digits) = number.split_at(number.find(|c: char| c.is_ascii_digit())?);
    (organ.ends_with('令') && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some((organ, digits))
}

/// Whether a text states an order of the same organ, and no other number.
fn is_given_by_other(version: &KnownVersion, (organ, digits): (&str, &str)) -> bool {
    let own: Vec<String> = version.numbers.iter().map(|number| bare_key(number)).collect();
    let orders = own.iter().filter_map(|number| order_of(number));
    let mut of_organ = orders.filter(|(other, _)| *other == organ).peekable();
    of_organ.peek().is_some() && of_organ.all(|(_, other)| other != digits)
}

/// The year in a bare number: 法释2016-29, 交通部令2004-13.
fn year_in(number: &str) -> Option<i16> {
    let (before, _) = number.split_once('-')?;
    let digits = before.get(before.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + char_len(before, at))..)?;
    digits.parse().ok().filter(|year| digits.len() == 4 && (1949..2100).contains(year))
}

fn char_len(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
}

/// The version that stands on the day on which a text is read; where that was made only after the text, the one of the day
/// on which the text was made: it speaks of no law that was still to come.
fn made_by_then<'k>(known: &'k Known, here: &Here<'_>) -> Option<&'k KnownVersion> {
    let found = version_on(known, here.on, here.access);
    let Some(made) = here.dated.filter(|_| !here.group.is_empty() && known.id != here.group) else { return found };
    let is_later = |version: &&KnownVersion| version.dated.is_some_and(|dated| dated > made);
    match found.filter(is_later) {
        Some(_) => version_on(known, Some(made), here.access).filter(|version| !is_later(version)),
        None => found,
    }
}

/// The text before the one that stands on the day (原公司法), or that one (修改后的公司法). Which change is spoken of is sure
/// only where the citing text is as it was first made: one that was itself changed later keeps its words and has a later day.
/// And only what follows without a gap is known to be the text before.
fn beside_some_change<'k>(
    known: &'k Known,
    side: Change,
    here: &Here<'_>,
    names: &Names,
) -> Result<&'k KnownVersion, Reason> {
    let on = here.on.ok_or(Reason::NoDay)?;
    // 现将修订后的《…》公布, in its own preamble.
    if side == Change::After && known.id == here.group {
        let own = known.versions.iter().find(|version| version.id == here.version);
        return own.ok_or(Reason::NoVersionOfThatDay);
    }
    if !is_first_text(here, names) {
        return Err(Reason::SeveralChanges);
    }
    // While a change is promulgated and waits for its day, either may be the new one.
    if pending(known, on, here.access).is_some() {
        return Err(Reason::SeveralChanges);
    }
    if side == Change::After {
        return version_on(known, Some(on), here.access).ok_or(Reason::NoVersionOfThatDay);
    }
    let versions: Vec<&KnownVersion> = seen(known, here.access).collect();
    let current = versions.iter().position(|version| version.interval.status(on) == ValidityStatus::InForce);
    let Some(current) = current else {
        return version_before(known, on, here.access).ok_or(Reason::NoVersionOfThatDay);
    };
    let since = versions[current].interval.effective_from;
    let before = versions.get(current + 1).copied();
    let follows = |before: &&KnownVersion| {
        let end = before.interval.ended_on.filter(|_| !before.interval.end_is_latest);
        since.is_some() && end == since
    };
    before.filter(follows).ok_or(Reason::NoVersionOfThatDay)
}

/// Whether no text of an instrument stands any more on the day, nor waits for its own.
fn is_over(known: &Known, here: &Here<'_>) -> bool {
    let stands = |version: &KnownVersion, on: Date| {
        matches!(version.interval.status(on), ValidityStatus::InForce | ValidityStatus::NotYetEffective)
    };
    here.on.is_some_and(|on| !seen(known, here.access).any(|version| stands(version, on)))
}

/// The version before the last change: before the one in force, or of what is over before its last one, where that follows without
/// a gap.
pub(in super::super) fn version_before_change(known: &Known, on: Date, access: Access) -> Option<&KnownVersion> {
    let last = seen(known, access).find(|version| version.interval.status(on) != ValidityStatus::NotYetEffective)?;
    let before = seen(known, access).skip_while(|version| version.id != last.id).nth(1)?;
    let end = before.interval.ended_on.filter(|_| !before.interval.end_is_latest)?;
    (last.interval.effective_from == Some(end)).then_some(before)
}

/// Whether the citing text is as it was first made, or comes from outside.
fn is_first_text(here: &Here<'_>, names: &Names) -> bool {
    if here.group.is_empty() {
        return true;
    }
    let own = names.by_id(here.group);
    own.is_some_and(|own| {
        own.kind == Kind::Case || own.versions.iter().any(|version| version.id == here.version && version.original)
    })
}

/// The text of an instrument before or after the change that the citing decision makes. What stood the day before must be
/// older than the decision, and what stands since must not be; what lies between may be either.
fn beside_change<'k>(known: &'k Known, change: Change, here: &Here<'_>) -> Option<&'k KnownVersion> {
    let on = here.on?;
    let made = here.dated.unwrap_or(on);
    let on = if change == Change::Before { on.min(made).yesterday().ok()? } else { on };
    let version = version_on(known, Some(on), here.access)?;
    let days = (made - version.dated?).get_days();
    let fits = if change == Change::Before { days > SAME_ACT_DAYS_MAX } else { days <= SAME_ACT_DAYS };
    fits.then_some(version)
}

/// The last version before the text was given anew, which bears the same title (1997年发布的《…》同时废止). A version that amendments
/// made of the citing text, or it of that, is no text that it repeals.
fn predecessor<'k>(known: &'k Known, here: &Here<'_>) -> Option<&'k KnownVersion> {
    let mut older = seen(known, here.access).skip_while(|version| version.id != here.version);
    let made = older.next()?.made;
    older.find(|version| made.is_none() || version.made.is_none_or(|other| Some(other) < made))
}

/// The newest text that is promulgated on a day and has not begun, of what stands in another text.
pub(in super::super) fn pending(known: &Known, on: Date, access: Access) -> Option<&KnownVersion> {
    let waits = |version: &&KnownVersion| {
        version.interval.status(on) == ValidityStatus::NotYetEffective && version.dated.is_none_or(|day| day <= on)
    };
    let stands = seen(known, access).any(|version| version.interval.status(on) == ValidityStatus::InForce);
    seen(known, access).find(waits).filter(|_| stands)
}

fn seen(known: &Known, access: Access) -> impl Iterator<Item = &KnownVersion> {
    known.versions.iter().filter(move |version| version.access <= access)
}

/// The newest version dated in a year.
fn of_year(known: &Known, year: u16, access: Access) -> Option<&KnownVersion> {
    let is = |date: Option<Date>| date.is_some_and(|date| u16::try_from(date.year()) == Ok(year));
    seen(known, access).find(|version| is(version.dated))
}

/// The version that the one dated in a year follows without a gap.
fn before_change_of(known: &Known, year: u16, access: Access) -> Option<&KnownVersion> {
    let changed = of_year(known, year, access)?;
    let before = seen(known, access).skip_while(|version| version.id != changed.id).nth(1)?;
    let end = before.interval.ended_on.filter(|_| !before.interval.end_is_latest)?;
    (changed.interval.effective_from == Some(end)).then_some(before)
}

/// The newest version dated in a year, else the newest that took effect in it: people remember either.
pub(in super::super) fn version_of_year(known: &Known, year: u16, access: Access) -> Option<&KnownVersion> {
    let from = |version: &&KnownVersion| version.interval.effective_from.map(|from| i32::from(from.year()));
    let effective = || seen(known, access).find(|version| from(version) == Some(i32::from(year)));
    of_year(known, year, access).or_else(effective)
}

/// The version that stood throughout a year.
pub(in super::super) fn standing_in(known: &Known, year: u16, access: Access) -> Option<&KnownVersion> {
    let stood = |version: &&KnownVersion| {
        let days = [(1, 1), (12, 31)].map(|(month, day)| Date::new(year.cast_signed(), month, day));
        days.iter().all(|day| day.as_ref().is_ok_and(|day| version.interval.status(*day) == ValidityStatus::InForce))
    };
    seen(known, access).find(stood)
}

/// The version that stood on a day; without a day the only one there ever was.
pub(in super::super) fn version_on(known: &Known, on: Option<Date>, access: Access) -> Option<&KnownVersion> {
    let versions: Vec<&KnownVersion> = seen(known, access).collect();
    // Where no decision ever changed the text, nothing else can be meant.
    let only = versions.first().copied().filter(|version| versions.len() == 1 && version.original);
    let Some(on) = on else { return only };
    let with = |wanted: ValidityStatus| versions.iter().find(|version| version.interval.status(on) == wanted).copied();
    let begun =
        |version: &&&KnownVersion| version.interval.effective_from.or(version.dated).is_none_or(|first| first <= on);
    // What an amendment has ended was followed by a text that is not held.
    let stands = |version: &&KnownVersion| version.interval.status(on) != ValidityStatus::Amended;
    with(ValidityStatus::InForce)
        .or_else(|| versions.iter().find(begun).copied().filter(stands))
        // Published and not yet in force: cited ahead of its day.
        .or_else(|| only.filter(stands).filter(|version| version.dated.is_some_and(|dated| dated <= on)))
}

/// The version before the one that is in force on a day; of what is no longer in force the last one there was.
pub(in super::super) fn version_before(known: &Known, on: Date, access: Access) -> Option<&KnownVersion> {
    let mut older = seen(known, access).skip_while(|version| version.interval.status(on) != ValidityStatus::InForce);
    if older.next().is_some() {
        return older.next();
    }
    let ended = |version: &&KnownVersion| {
        let status = version.interval.status(on);
        matches!(status, ValidityStatus::Amended | ValidityStatus::Repealed | ValidityStatus::Expired)
    };
    seen(known, access).find(ended)
}
