//! What each character becomes, made once from NFKC and the tables in `docs/folding/`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

const PUNCTUATION: &str = include_str!("../../../docs/folding/punctuation.tsv");
const RADICALS: &str = include_str!("../../../docs/folding/radicals.tsv");
const TRADITIONAL: &str = include_str!("../../../docs/folding/traditional.tsv");
const INVISIBLE: &str = include_str!("../../../docs/folding/invisible.tsv");

/// What folding does with one character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// It stays.
    Same,
    /// It becomes another.
    One(char),
    /// It becomes several characters, or one that the fast table has no room for.
    Several,
    /// White space.
    Blank,
    /// Nobody sees it: it vanishes.
    Unseen,
}

/// The tables, ready for use.
pub struct Table {
    /// For each character of the basic plane what it becomes, or one of the codes below. Two bytes each, so that what a
    /// Chinese text uses of it stays in the processor's nearest caches.
    plane: Vec<u16>,
    pairs: HashMap<char, &'static str>,
    unseen: HashSet<char>,
}

// Codes in `plane`: surrogates, which no character is.
const SEVERAL: u16 = 0xD800;
const BLANK: u16 = 0xD801;
const UNSEEN: u16 = 0xD802;

impl Table {
    /// The one table; made at the first use (some milliseconds).
    pub fn shared() -> &'static Table {
        static SHARED: LazyLock<Table> = LazyLock::new(Table::new);
        &SHARED
    }

    fn new() -> Table {
        let mut table = Table { plane: Vec::new(), pairs: pairs().collect(), unseen: unseen().collect() };
        table.plane = (0..=u16::MAX).map(|code| table.code(code)).collect();
        table
    }

    fn code(&self, code: u16) -> u16 {
        let Some(character) = char::from_u32(code.into()) else { return code };
        match self.class_slowly(character) {
            Class::Same => code,
            // A target outside the basic plane has no room here.
            Class::One(folded) => u16::try_from(u32::from(folded)).unwrap_or(SEVERAL),
            Class::Several => SEVERAL,
            Class::Blank => BLANK,
            Class::Unseen => UNSEEN,
        }
    }

    /// What folding does with a character.
    #[inline]
    pub fn class(&self, character: char) -> Class {
        match self.plane.get(character as usize) {
            Some(&code) if u32::from(code) == u32::from(character) => Class::Same,
            Some(&SEVERAL) => Class::Several,
            Some(&BLANK) => Class::Blank,
            Some(&UNSEEN) => Class::Unseen,
            Some(&code) => char::from_u32(code.into()).map_or(Class::Same, Class::One),
            None => self.class_slowly(character),
        }
    }

    /// What a character becomes, as text. White space inside what it becomes vanishes: no character becomes ASCII
    /// letters or digits with white space beside them.
    pub fn several(&self, character: char) -> String {
        let mut folded = String::new();
        for part in std::iter::once(character).nfkc() {
            match self.pairs.get(&part) {
                Some(form) => folded.push_str(form),
                None if part.is_whitespace() || self.unseen.contains(&part) => {}
                None => folded.push(part.to_ascii_lowercase()),
            }
        }
        folded
    }

    /// Whether what a character becomes begins with an ASCII letter or digit.
    pub fn begins_ascii_word(&self, character: char) -> bool {
        match self.class(character) {
            Class::Same => character.is_ascii_alphanumeric(),
            Class::One(folded) => folded.is_ascii_alphanumeric(),
            Class::Several => self.several(character).starts_with(|first: char| first.is_ascii_alphanumeric()),
            Class::Blank | Class::Unseen => false,
        }
    }

    fn class_slowly(&self, character: char) -> Class {
        let folded = self.several(character);
        let mut parts = folded.chars();
        match (parts.next(), parts.next()) {
            (Some(only), None) if only == character => Class::Same,
            (Some(only), None) => Class::One(only),
            (Some(_), Some(_)) => Class::Several,
            (None, _) if self.unseen.contains(&character) => Class::Unseen,
            (None, _) => Class::Blank,
        }
    }
}

/// The lines of a table that are not remarks, as columns.
fn rows(table: &'static str) -> impl Iterator<Item = std::str::Split<'static, char>> {
    table.lines().filter(|line| !line.starts_with("# ") && !line.is_empty()).map(|line| line.split('\t'))
}

/// Variant and form of every pair.
fn pairs() -> impl Iterator<Item = (char, &'static str)> {
    [PUNCTUATION, RADICALS, TRADITIONAL].into_iter().flat_map(rows).filter_map(|mut row| {
        let variant = row.next()?.chars().next()?;
        Some((variant, row.next()?))
    })
}

fn unseen() -> impl Iterator<Item = char> {
    rows(INVISIBLE).filter_map(|mut row| {
        let number = u32::from_str_radix(row.next()?.strip_prefix("U+")?, 16).ok()?;
        char::from_u32(number)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> impl Iterator<Item = char> {
        '\0'..=char::MAX
    }

    #[test]
    fn every_row_is_read_and_no_variant_stands_twice() {
        let rows = [PUNCTUATION, RADICALS, TRADITIONAL].into_iter().flat_map(rows).count();
        assert_eq!(pairs().count(), rows);
        assert_eq!(pairs().collect::<HashMap<_, _>>().len(), rows);
        for table in [PUNCTUATION, RADICALS, TRADITIONAL] {
            for mut row in super::rows(table) {
                assert_eq!(row.next().map(|variant| variant.chars().count()), Some(1));
            }
        }
        assert_eq!(unseen().count(), super::rows(INVISIBLE).count());
        assert!(rows > 4000, "the tables are not there: {rows} rows");
    }

    #[test]
    fn the_tables_name_the_code_points_that_they_list() {
        for table in [PUNCTUATION, RADICALS] {
            for mut row in super::rows(table) {
                let variant = row.next().and_then(|variant| variant.chars().next()).unwrap();
                let named = row.nth(1).and_then(|name| name.split(' ').next()).unwrap().to_owned();
                assert_eq!(named, format!("U+{:04X}", u32::from(variant)));
            }
        }
    }

    /// Every variant is one that NFKC leaves alone (else its row would never be used).
    #[test]
    fn no_row_is_idle() {
        for (variant, form) in pairs() {
            assert_eq!(std::iter::once(variant).nfkc().collect::<String>(), variant.to_string());
            assert_ne!(form, variant.to_string());
        }
    }

    #[test]
    fn what_a_character_becomes_stays_as_it_is() {
        let table = Table::shared();
        for character in all() {
            for part in table.several(character).chars() {
                assert_eq!(table.class(part), Class::Same, "{character:?} becomes {part:?}");
            }
        }
    }

    #[test]
    fn the_fast_table_says_what_the_slow_way_says() {
        let table = Table::shared();
        for character in all() {
            match (table.class(character), table.class_slowly(character)) {
                (Class::Several, Class::One(far)) => assert!(u32::from(far) > 0xFFFF, "{character:?}"),
                (fast, slow) => assert_eq!(fast, slow, "{character:?}"),
            }
        }
    }

    /// So that it is right to drop white space inside what one character becomes.
    #[test]
    fn no_character_becomes_ascii_words_beside_white_space() {
        for character in all().filter(|character| !character.is_whitespace()) {
            let parts: Vec<char> = std::iter::once(character).nfkc().collect();
            let mixed =
                parts.iter().any(|part| part.is_whitespace()) && parts.iter().any(|part| part.is_ascii_alphanumeric());
            assert!(!mixed, "{character:?} becomes {parts:?}");
        }
    }

    #[test]
    fn private_characters_stay() {
        assert!(('\u{E000}'..='\u{F8FF}').all(|own| Table::shared().class(own) == Class::Same));
    }
}
