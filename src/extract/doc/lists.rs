//! Lists and their levels ([MS-DOC] 2.9.147, 2.9.131, 2.9.150): how the automatic numbers of paragraphs look.

use super::fib::{u16_at, u32_at};
use std::collections::BTreeMap;

/// Levels of a list.
pub(super) const LEVELS: usize = 9;
/// Longest template of a number that is read, in characters; real ones have some few.
const TEMPLATE_MAX: usize = 64;

/// A level of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Level {
    /// The first number.
    pub start: u32,
    /// How the number is written.
    pub format: u8,
    /// Whether the numbers of all levels are written in Arabic numerals.
    pub is_legal: bool,
    /// Levels before this one begin its count anew.
    pub restarts_below: usize,
    /// What stands behind the number: a tab, a space or nothing.
    pub follow: &'static str,
    /// The text; a unit below [`LEVELS`] stands for the number of that level. `None` for one that is too long.
    pub template: Option<Vec<u16>>,
}

/// What a paragraph names: a list, and how some levels differ from it.
#[derive(Debug, Default)]
pub(super) struct Use {
    /// Number of the list.
    pub list: u32,
    /// Where the count begins for this use, by level.
    pub starts: BTreeMap<usize, u32>,
    /// Levels that look otherwise in this use.
    pub levels: BTreeMap<usize, Level>,
}

/// The lists of a file.
#[derive(Debug, Default)]
pub(super) struct Lists {
    levels: BTreeMap<u32, Vec<Level>>,
    uses: Vec<Use>,
}

impl Lists {
    /// Reads the definitions, whose levels follow behind them, and the uses, as far as they can be read.
    pub(super) fn read(table: &[u8], lists: &std::ops::Range<usize>, uses: &std::ops::Range<usize>) -> Self {
        let definitions = table.get(lists.clone()).unwrap_or_default();
        let levels = levels(definitions, table.get(lists.end..).unwrap_or_default());
        Lists { levels, uses: read_uses(table.get(uses.clone()).unwrap_or_default()).unwrap_or_default() }
    }

    /// What a paragraph names, by its number from 1.
    pub(super) fn used(&self, number: u16) -> Option<&Use> {
        self.uses.get(usize::from(number).checked_sub(1)?)
    }

    /// A level of a list as a use of it has it.
    pub(super) fn level<'a>(&'a self, used: &'a Use, level: usize) -> Option<&'a Level> {
        used.levels.get(&level).or_else(|| self.levels.get(&used.list)?.get(level))
    }
}

/// Levels by the number of their list.
fn levels(definitions: &[u8], mut rest: &[u8]) -> BTreeMap<u32, Vec<Level>> {
    let mut all = BTreeMap::new();
    let count = usize::from(u16_at(definitions, 0).unwrap_or(0));
    for definition in definitions.get(2..).unwrap_or_default().chunks_exact(28).take(count) {
        let is_simple = definition.get(26).is_some_and(|flags| flags & 1 != 0);
        let mut levels = Vec::new();
        for place in 0..if is_simple { 1 } else { LEVELS } {
            let Some((level, length)) = level(rest, place) else { return all };
            levels.push(level);
            rest = rest.get(length..).unwrap_or_default();
        }
        all.insert(u32_at(definition, 0).unwrap_or(0), levels);
    }
    all
}

/// A level and the bytes that it takes: a head, two lists of properties, the template.
fn level(bytes: &[u8], place: usize) -> Option<(Level, usize)> {
    let flags = *bytes.get(5)?;
    let template_at = 28 + usize::from(*bytes.get(24)?) + usize::from(*bytes.get(25)?);
    let count = usize::from(u16_at(bytes, template_at)?);
    let end = template_at + 2 + 2 * count;
    let text = bytes.get(template_at + 2..end)?;
    let units = text.chunks_exact(2).filter_map(|pair| u16_at(pair, 0));
    let level = Level {
        start: u32_at(bytes, 0)?,
        format: *bytes.get(4)?,
        is_legal: flags & 0x04 != 0,
        restarts_below: if flags & 0x08 != 0 { usize::from(*bytes.get(26)?) } else { place },
        follow: match bytes.get(15)? {
            0 => "\t",
            1 => " ",
            _ => "",
        },
        template: (count <= TEMPLATE_MAX).then(|| units.collect()),
    };
    Some((level, end))
}

fn read_uses(bytes: &[u8]) -> Option<Vec<Use>> {
    let count = u32_at(bytes, 0)? as usize;
    let heads = bytes.get(4..4usize.checked_add(count.checked_mul(16)?)?)?;
    let mut rest = bytes.get(4 + heads.len()..)?;
    let mut uses = Vec::new();
    for head in heads.chunks_exact(16) {
        let mut used = Use { list: u32_at(head, 0)?, ..Use::default() };
        // Behind the heads there is for each four bytes without meaning and how its levels differ.
        rest = rest.get(4..).unwrap_or_default();
        for _ in 0..*head.get(12)? {
            let (start, flags) = (u32_at(rest, 0)?, u32_at(rest, 4)?);
            rest = rest.get(8..)?;
            let place = (flags & 0x0F) as usize;
            if flags & 0x20 != 0 {
                let (level, length) = level(rest, place)?;
                rest = rest.get(length..)?;
                used.starts.insert(place, level.start);
                used.levels.insert(place, level);
            } else if flags & 0x10 != 0 {
                used.starts.insert(place, start);
            }
        }
        uses.push(used);
    }
    Some(uses)
}
