//! What typed citations are looked up in, made once for a table of names.

use super::super::names::Known;
use super::aliases::ALIASES;
use super::number::bare_key;
use crate::law::{AuthorityLevel, Kind};
use crate::text::pinyin::Initials;
use std::collections::HashMap;

/// Longer titles are not typed as initials, in characters.
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
    pub fn of(known: &[Known], numbers: &HashMap<String, Vec<usize>>) -> Table {
        let mut table = Table::default();
        for (key, bearers) in numbers {
            table.numbers.entry(bare_key(key)).or_default().extend(bearers);
        }
        for (at, known) in known.iter().enumerate() {
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
            if title.chars().nth(INITIALS_MAX).is_none() {
                let initials = Initials::of(title);
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
