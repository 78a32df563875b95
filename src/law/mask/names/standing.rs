//! Names without any word beside them that tells them: 李东琴倒地后被撞. Their form and the words around them must tell.

use super::super::persons::{Part, Persons};
use super::super::words::WORDS;
use super::candidate::{Finder, Trust};
use std::collections::HashMap;

/// How a stretch stands in the text.
#[derive(Default)]
struct Standing {
    /// How often it stands between what may stand around a name.
    count: u32,
    /// How often a sign stands before it.
    leading: u32,
    /// How often it is followed by a sign or a word that follows names.
    closed: u32,
}

/// Adds every stretch that has the form of a name and stands where names stand.
pub(super) fn find(finder: &Finder<'_>, persons: &mut Persons) {
    let reading = finder.reading;
    let mut standings: HashMap<&str, Standing> = HashMap::new();
    for place in 0..reading.len() {
        let beginning = finder.beginning(place);
        // Behind a number stands its unit: 8000余元.
        if beginning == 0
            || reading.before(place).is_numeric()
            || !WORDS.is_surname(reading.at(place))
            || persons.at(reading, place).is_some()
        {
            continue;
        }
        let Some(end) = finder.forward(place, Trust::Weak).filter(|end| finder.is_formed(place, *end)) else {
            continue;
        };
        let ending = finder.ending(end);
        if ending == 0 {
            continue;
        }
        let standing = standings.entry(reading.str(place..end)).or_default();
        standing.count += 1;
        standing.leading += u32::from(beginning > 1);
        standing.closed += u32::from(ending > 1);
    }
    for (name, standing) in standings {
        let long = name.chars().count() > 2;
        let Standing { count, leading, closed } = standing;
        if long || count > 1 && leading > 0 && closed > 0 {
            persons.note(name, Part::Person);
        }
    }
}
