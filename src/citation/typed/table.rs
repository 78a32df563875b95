//! What typed citations are looked up in, made once for a table of names.

use super::super::names::Known;
use super::aliases::ALIASES;
use super::number::bare;
use crate::law::{AuthorityLevel, Kind};
use crate::text::pinyin::Initials;
use std::collections::HashMap;

/// Titles of more letters are not typed as initials.
const INITIALS_MAX: usize = 20;

/// Titles and numbers in the forms in which they are typed. Numbers are places in the list of all that is known.
#[derive(Debug, Default)]
pub(in super::super) struct Table {
    /// Titles of laws.
    pub laws: Vec<(String, usize)>,
    /// Titles of other national instruments.
    pub national: Vec<(String, usize)>,
    /// Titles of local instruments.
    pub local: Vec<(String, usize)>,
    /// Bare numbers.
    pub numbers: HashMap<String, Vec<usize>>,
    /// Number of letters → initials of titles of national instruments.
    titles: HashMap<usize, Vec<(Initials, usize)>>,
    /// Number of letters → initials of short names.
    aliases: HashMap<usize, Vec<(Initials, &'static str)>>,
}

impl Table {
    /// The table of what is known.
    pub fn of(known: &[Known]) -> Table {
        let mut table = Table::default();
        for (at, known) in known.iter().enumerate() {
            for number in known.numbers.iter().map(|number| bare(number)).filter(|number| !number.is_empty()) {
                let bearers = table.numbers.entry(number).or_default();
                if bearers.last() != Some(&at) {
                    bearers.push(at);
                }
            }
            if known.kind != Kind::Legislation {
                continue;
            }
            let titles = match known.level {
                Some(AuthorityLevel::Constitution | AuthorityLevel::Law) => &mut table.laws,
                Some(level) if level.is_local() => &mut table.local,
                _ => &mut table.national,
            };
            titles.extend(known.keys.iter().map(|key| (key.clone(), at)));
        }
        for (title, at) in table.laws.iter().chain(&table.national) {
            let initials = Initials::of(title);
            if initials.len() <= INITIALS_MAX {
                table.titles.entry(initials.len()).or_default().push((initials, *at));
            }
        }
        for (short, full) in ALIASES {
            let initials = Initials::of(short);
            table.aliases.entry(initials.len()).or_default().push((initials, full));
        }
        table
    }

    /// The national instruments with these initials; laws alone if there are any.
    pub fn with_initials(&self, typed: &str) -> Vec<usize> {
        let of_length = self.titles.get(&typed.len()).into_iter().flatten();
        let mut found: Vec<usize> = of_length.filter(|(initials, _)| initials.are(typed)).map(|(_, at)| *at).collect();
        found.dedup();
        found
    }

    /// Full names of the short names with these initials.
    pub fn aliases_with_initials(&self, typed: &str) -> Vec<&'static str> {
        let of_length = self.aliases.get(&typed.len()).into_iter().flatten();
        let mut found: Vec<&str> =
            of_length.filter(|(initials, _)| initials.are(typed)).map(|(_, full)| *full).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}
