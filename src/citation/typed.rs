//! Citations as users type them into the search box: 处罚法33条, 民法典1043, xzcff33, 国办发2018 37号.
//!
//! [`read`] takes apart what was typed, without knowing any corpus: it says what it could be. [`look_up`] asks the table of
//! names, from the strictest rule to the loosest, and takes the first rule that finds anything. What no rule finds is no
//! citation but words, unless it can be nothing else (第三十三条 behind a name that ends as names of law do, a number with
//! its year in brackets): then it says that the corpus does not have it.

mod aliases;
mod name;
mod number;
mod place;
#[cfg(test)]
mod place_tests;
mod read;
mod rules;
pub(super) mod table;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod version_tests;

use super::mention::{Base, Locator, Place};
use super::names::{Known, KnownVersion, Names};
use super::resolve::{
    Reason, of_number, pending, places, standing_edition, standing_in, version_before, version_before_change,
    version_of_year, version_on,
};
use crate::law::{Access, ValidityStatus};
pub use aliases::short_names;
use jiff::civil::Date;
pub(super) use number::bare_key;
pub use number::{number_alone, numbers_in, numbers_said};
use place::{TypedPlace, Written};
pub use read::{goes_on, pieces, read, title_with_quotes};
pub(super) use rules::{interpretation, short_name_at_end};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// So many instruments are listed at most when several fit.
pub const LISTED_MAX: usize = 10;
/// Places that a series or range may name.
const PLACES_MAX: usize = 500;

/// What a query could cite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// The whole query as a title ([`super::names::title_key`]).
    title: String,
    /// The query as the number of a document or case.
    number: Option<number::TypedNumber>,
    /// The number in brackets behind its name: 机动车登记规定(公安部令第102号).
    beside: Option<number::TypedNumber>,
    /// The query as a name with a place.
    named: Option<Named>,
    /// What stands behind words and white space, if it has a place of its own: 违建 城乡规划法64条.
    behind: Option<Box<Typed>>,
}

/// A name with what stands behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Named {
    /// The name, folded as a title; small letters for initials of pinyin.
    words: String,
    /// Year of the version meant, and whether nothing says that it is that of a change.
    year: Option<(u16, bool)>,
    /// The places; none for the whole instrument.
    places: Vec<TypedPlace>,
    /// How they are written.
    written: Written,
    /// Whether the query names nothing else: 许可法 处罚法33条 names two.
    alone: bool,
}

/// Which version of an instrument is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    /// That of the day asked.
    OfDay,
    /// That of a year: 公司法(2018).
    OfYear(u16),
    /// The same of a year alone, which may also be one in which it stood: 行政处罚法2022.
    InYear(u16),
    /// The newest, even if it waits for its day: 新公司法.
    New,
    /// That before it: 原公司法.
    Former,
    /// That before the last change, also of what is over: 修正前的大气污染防治法.
    BeforeChange,
}

/// By which rule a target was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The whole title.
    Title,
    /// 文号、案号.
    Number,
    /// A short name of the table (处罚法).
    Alias,
    /// The end of the title.
    Suffix,
    /// Characters of the title in their order (固废污防法).
    Abbreviation,
    /// Initials of pinyin.
    Initials,
}

impl Why {
    /// In Chinese, for people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Title => "标题",
            Self::Number => "文号或案号",
            Self::Alias => "通行简称",
            Self::Suffix => "标题末尾",
            Self::Abbreviation => "标题缩写",
            Self::Initials => "拼音首字母",
        }
    }
}

/// One thing that can be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedTarget {
    /// Instrument (or case) id.
    pub instrument: String,
    /// Its title, as received.
    pub title: String,
    /// `{instrument}@{version}` of the day or year, or the case id.
    pub version: String,
    /// Canonical key of the place (`a33/p2`); `None` for the whole, or if there is no such article.
    pub provision: Option<String>,
    /// The place as law writes it (第三十三条第二款); empty for the whole.
    pub label: String,
    /// By which rule.
    pub why: Why,
    /// Why it could not be followed to the end.
    pub reason: Option<Reason>,
    /// Keys of the place in the newest other version that has it, when this one has not.
    pub elsewhere: Vec<String>,
}

impl TypedTarget {
    /// What the label says below the article.
    pub fn part(&self) -> &str {
        let below = |at: usize| self.label.get(at..).and_then(|rest| rest.find('第').map(|from| at + from));
        below('第'.len_utf8()).and_then(|at| self.label.get(at..)).unwrap_or_default()
    }
}

/// What a typed citation leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedAnswer {
    /// The name or number as it was looked up: a short name in full, if the table has it.
    pub name: String,
    /// The places typed, as law writes them; empty for the whole.
    pub label: String,
    /// Best instrument first: in force, then the higher authority, then the shorter title; [`LISTED_MAX`] at most. For each
    /// the places in the order typed.
    pub targets: Vec<TypedTarget>,
    /// How many instruments fit, listed or not.
    pub fitting: usize,
    /// Whether the name leaves no doubt of an instrument that has it.
    pub certain: bool,
    /// Whether it says which version is meant: a year, 原.
    pub version_said: bool,
    /// The places typed, each with the last of a range.
    pub places: Vec<(Locator, Option<Locator>)>,
    /// What took the place of a law that the corpus does not have.
    pub replaced_by: Option<&'static str>,
}

impl TypedAnswer {
    /// Whether exactly one instrument is meant and all its places exist: one place, or one series.
    pub fn is_clear(&self) -> bool {
        self.is_one() && self.targets.iter().all(|target| target.reason.is_none())
    }

    /// Whether exactly one instrument is meant.
    pub fn is_one(&self) -> bool {
        self.certain && self.fitting == 1 && !self.targets.is_empty()
    }
}

/// What took the place of a law of old, by its folded title; only of laws that everybody knows to be replaced as a whole.
pub fn replaced_by(title: &str) -> Option<&'static str> {
    aliases::REPLACED.iter().find(|(old, _)| *old == title).map(|(_, new)| *new)
}

/// The day on which that took its place, as far as everybody knows it.
pub fn replaced_on(title: &str) -> Option<Date> {
    let new = replaced_by(title)?;
    aliases::REPLACED_ON.iter().find(|(known, _)| *known == new).map(|(_, day)| *day)
}

/// Looks up what was read on a day, among what an asker may see. `None`: words, no citation.
pub fn look_up(typed: &Typed, names: &Names, on: Date, access: Access) -> Option<TypedAnswer> {
    let found = rules::find(typed, names, &|known| known.versions.iter().any(|version| version.access <= access))?;
    let is_title = matches!(found.why, Why::Title | Why::Alias);
    let of_day = found.which == Which::OfDay && is_title && typed.beside.is_none();
    let edition = standing_edition(&found.name, &found.bearers, names, on, access).filter(|_| of_day);
    let bearers = edition.map_or(found.bearers, |edition| vec![edition]);
    let mut ranked: Vec<(Rank<'_>, &Known, Option<&KnownVersion>)> = bearers
        .iter()
        .map(|known| {
            // Of what has the year of its edition in its title another year is that of another edition.
            let which = match found.which {
                Which::InYear(year) if !known.bears(&found.name) && found.why == Why::Title => Which::OfYear(year),
                which => which,
            };
            let version = version(known, which, on, access);
            let number = typed.number.as_ref().filter(|_| found.why == Why::Number).or(typed.beside.as_ref());
            let version = match (version, number) {
                (Some(standing), Some(number)) => of_number(known, number.of(known), standing, access).ok(),
                _ => version,
            };
            (rank(known, version, on), *known, version)
        })
        .collect();
    ranked.sort_by(|one, other| one.0.cmp(&other.0));
    let places = found.places;
    let all = |(_, known, version): &(Rank<'_>, &Known, Option<&KnownVersion>)| {
        targets(known, *version, (places, found.book.as_deref()), (found.why, on), access)
    };
    let mut fitting = ranked.len();
    let mut listed: Vec<Vec<TypedTarget>> = ranked.iter().take(LISTED_MAX).map(all).collect();
    // What has no such place is not meant if something has it.
    let whole = |targets: &Vec<TypedTarget>| targets.iter().all(|target| target.reason.is_none());
    if found.by_place && ranked.len() <= LISTED_MAX && listed.iter().any(whole) {
        listed.retain(whole);
        fitting = listed.len();
    }
    let name = found.name;
    Some(TypedAnswer {
        label: place::label(places),
        targets: listed.into_iter().flatten().collect(),
        fitting,
        certain: found.certain,
        version_said: found.which != Which::OfDay,
        places: places.iter().map(|place| (place.at, place.to)).collect(),
        replaced_by: found.replaced_by.filter(|_| replaced_on(&name).is_none_or(|day| day <= on)),
        name,
    })
}

/// What a query cites if a name with numbers behind it (行政监察法20) is one although the table does not have it: the asker knows
/// that it is cited.
pub fn unknown(typed: &Typed) -> Option<TypedAnswer> {
    let named = typed.named.as_ref().filter(|named| named.alone && named.written != Written::Nothing)?;
    name::is_name_of_law(&named.words).then(|| TypedAnswer {
        name: named.words.clone(),
        label: place::label(&named.places),
        targets: Vec::new(),
        fitting: 0,
        certain: true,
        version_said: false,
        places: named.places.iter().map(|place| (place.at, place.to)).collect(),
        replaced_by: None,
    })
}

/// In force first, then the higher authority, then the shorter title.
type Rank<'k> = (u8, u64, usize, Reverse<Option<Date>>, &'k str);

fn rank<'k>(known: &'k Known, version: Option<&KnownVersion>, on: Date) -> Rank<'k> {
    let status = match version.map(|version| version.interval.status(on)) {
        Some(ValidityStatus::InForce) => 0,
        Some(ValidityStatus::Unknown) => 1,
        Some(ValidityStatus::NotYetEffective) => 2,
        Some(_) => 3,
        None => 4,
    };
    let level = known.level.map_or(u64::MAX, |level| level.list_place());
    let dated = version.and_then(|version| version.dated);
    (status, level, known.title.chars().count(), Reverse(dated), &known.id)
}

/// The version that is meant.
fn version(known: &Known, which: Which, on: Date, access: Access) -> Option<&KnownVersion> {
    match which {
        Which::OfDay => version_on(known, Some(on), access),
        Which::OfYear(year) => version_of_year(known, year, access),
        Which::InYear(year) => version_of_year(known, year, access).or_else(|| standing_in(known, year, access)),
        Which::New => pending(known, on, access).or_else(|| version_on(known, Some(on), access)),
        // 旧 is the one that stands while a new one waits for its day.
        Which::Former | Which::BeforeChange if pending(known, on, access).is_some() => {
            version_on(known, Some(on), access)
        }
        Which::Former => version_before(known, on, access),
        Which::BeforeChange => version_before_change(known, on, access),
    }
}

/// The version shown for a day of which there is none: the last that began before it, else the first.
fn nearest(known: &Known, on: Date, access: Access) -> Option<&KnownVersion> {
    let began = |version: &&KnownVersion| version.interval.status(on) != ValidityStatus::NotYetEffective;
    let mut seen = known.versions.iter().filter(|version| version.access <= access);
    seen.clone().find(began).or_else(|| seen.next_back())
}

/// The targets of one instrument.
fn targets(
    known: &Known,
    version: Option<&KnownVersion>,
    (typed, book): (&[TypedPlace], Option<&str>),
    (why, on): (Why, Date),
    access: Access,
) -> Vec<TypedTarget> {
    let target = |version: &KnownVersion, provision, label, reason| TypedTarget {
        instrument: known.id.clone(),
        title: known.title.clone(),
        version: version.id.clone(),
        provision,
        label,
        why,
        reason,
        elsewhere: Vec::new(),
    };
    let Some(version) = version else {
        let other = nearest(known, on, access);
        let reason = Some(Reason::NoVersionOfThatDay);
        return other.map(|other| target(other, None, place::label(typed), reason)).into_iter().collect();
    };
    if typed.is_empty() {
        return vec![target(version, None, String::new(), None)];
    }
    let keys = |at: Locator, to: Option<Locator>| keys(at, to, version);
    let mut all = Vec::new();
    for typed in typed {
        let or = typed.or.filter(|or| typed.to.is_none() && keys(*or, None).is_ok());
        let (at, found) = match (keys(typed.at, typed.to), or) {
            (Err(_), Some(or)) => (or, keys(or, None)),
            (found, _) => (typed.at, found),
        };
        let inside = |keys: &Vec<String>| {
            let own = keys.first().map_or("", |key| key.split('/').next().unwrap_or(key));
            book.is_none_or(|book| version.shape.is_in_book(book, own) != Some(false))
        };
        match found.and_then(|keys| if inside(&keys) { Ok(keys) } else { Err(Reason::NotInBook) }) {
            Ok(keys) if typed.to.is_none() => {
                all.extend(keys.into_iter().map(|key| target(version, Some(key), at.label(), None)));
            }
            Ok(keys) => {
                let labelled = keys.into_iter().map(|key| (Locator::of_key(&key).label(), key));
                all.extend(labelled.map(|(label, key)| target(version, Some(key), label, None)));
            }
            Err(reason) => {
                let whole = keys(Locator { article: at.article, ..Locator::default() }, None);
                let whole = whole.ok().and_then(|keys| keys.into_iter().next());
                let mut others = known.versions.iter().filter(|other| other.access <= access);
                let elsewhere = others.find_map(|other| self::keys(typed.at, typed.to, other).ok());
                let target = target(version, whole, place::label(&[*typed]), Some(reason));
                all.push(TypedTarget { elsewhere: elsewhere.unwrap_or_default(), ..target });
            }
        }
        if all.len() >= PLACES_MAX {
            break;
        }
    }
    all.truncate(PLACES_MAX);
    all
}

/// The keys of a place, or of the places of a range, in a version.
fn keys(at: Locator, to: Option<Locator>, version: &KnownVersion) -> Result<Vec<String>, Reason> {
    places(&Place { base: Base::Instrument, at, to }, &version.shape)
}
