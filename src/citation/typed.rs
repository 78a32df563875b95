//! Citations as users type them into the search box: 处罚法33条, 民法典1043, xzcff33, 国办发2018 37号.
//!
//! [`read`] takes apart what was typed, without knowing any corpus: it says what it could be. [`look_up`] asks the table of
//! names, from the strictest rule to the loosest, and takes the first rule that finds anything. What no rule finds is no
//! citation but words, unless it can be nothing else (第三十三条 behind a name that ends as names of law do, a number with
//! its year in brackets): then it says that the corpus does not have it.

mod aliases;
mod number;
mod read;
mod rules;
pub(super) mod table;
#[cfg(test)]
mod tests;

use super::mention::{Base, Locator, Place};
use super::names::{Known, KnownVersion, Names};
use super::resolve::{Reason, places, version_of_year, version_on};
use crate::law::{Access, ValidityStatus};
use jiff::civil::Date;
pub use number::numbers_in;
pub use read::read;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// What is listed at most when several fit.
pub const LISTED_MAX: usize = 10;

/// What a query could cite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// The whole query as a title ([`super::names::title_key`]).
    title: String,
    /// The query as the number of a document or case.
    number: Option<number::TypedNumber>,
    /// The query as a name with a place.
    named: Option<Named>,
}

/// A name with what stands behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Named {
    /// The name, folded as a title; small letters for initials of pinyin.
    words: String,
    /// Year of the version meant.
    year: Option<u16>,
    /// The place; empty for the whole instrument.
    at: Locator,
    /// How the place is written.
    written: Written,
}

/// How sure it is that a place is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Written {
    /// There is none.
    Nothing,
    /// A number alone: 民法典1043.
    Number,
    /// With its unit: 33条.
    Unit,
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
    /// By which rule.
    pub why: Why,
    /// Why it could not be followed to the end.
    pub reason: Option<Reason>,
}

/// What a typed citation leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedAnswer {
    /// The name or number as it was looked up: a short name in full, if the table has it.
    pub name: String,
    /// The place typed.
    pub at: Locator,
    /// Best first: in force, then the higher authority, then the shorter title. [`LISTED_MAX`] at most.
    pub targets: Vec<TypedTarget>,
    /// How many fit, listed or not.
    pub fitting: usize,
    /// Whether exactly one fits and its place exists.
    pub clear: bool,
    /// What took the place of a law that the corpus does not have.
    pub replaced_by: Option<&'static str>,
}

/// Looks up what was read on a day, among what an asker may see. `None`: words, no citation.
pub fn look_up(typed: &Typed, names: &Names, on: Date, access: Access) -> Option<TypedAnswer> {
    let found = rules::find(typed, names, &|known| known.versions.iter().any(|version| version.access <= access))?;
    let mut ranked: Vec<(Rank<'_>, &Known, Option<&KnownVersion>)> = found
        .bearers
        .iter()
        .map(|known| {
            let version = version(known, found.year, on, access);
            (rank(known, version, on), *known, version)
        })
        .collect();
    ranked.sort_by(|one, other| one.0.cmp(&other.0));
    let targets: Vec<TypedTarget> = ranked
        .iter()
        .take(LISTED_MAX)
        .filter_map(|(_, known, version)| target(known, *version, &found.at, found.why, access))
        .collect();
    Some(TypedAnswer {
        clear: found.bearers.len() == 1 && targets.iter().all(|target| target.reason.is_none()) && !targets.is_empty(),
        name: found.name,
        at: found.at,
        targets,
        fitting: ranked.len(),
        replaced_by: found.replaced_by,
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

/// The version of the year typed, else of the day.
fn version(known: &Known, year: Option<u16>, on: Date, access: Access) -> Option<&KnownVersion> {
    match year {
        Some(year) => version_of_year(known, year, access),
        None => version_on(known, Some(on), access),
    }
}

fn target(
    known: &Known,
    version: Option<&KnownVersion>,
    at: &Locator,
    why: Why,
    access: Access,
) -> Option<TypedTarget> {
    let target = |version: &KnownVersion, provision, reason| TypedTarget {
        instrument: known.id.clone(),
        title: known.title.clone(),
        version: version.id.clone(),
        provision,
        why,
        reason,
    };
    let Some(version) = version else {
        let other = known.versions.iter().find(|version| version.access <= access)?;
        return Some(target(other, None, Some(Reason::NoVersionOfThatDay)));
    };
    if at.is_empty() {
        return Some(target(version, None, None));
    }
    let provision = |at: Locator| places(&Place { base: Base::Instrument, at, to: None }, &version.shape);
    Some(match provision(*at) {
        Ok(keys) => target(version, keys.into_iter().next(), None),
        Err(reason) => {
            let whole = provision(Locator { article: at.article, ..Locator::default() });
            target(version, whole.ok().and_then(|keys| keys.into_iter().next()), Some(reason))
        }
    })
}
