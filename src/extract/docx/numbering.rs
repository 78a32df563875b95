//! Automatic numbers (自动编号): the definitions of lists, and the counting of their paragraphs.

use super::container::Part;
use super::number_format::NumberFormat;
use super::properties::ParagraphProperties;
use super::styles::{Style, Styles};
use super::xml::{Mark, Marks, Space, Tag};
use super::{DocxError, Limits};
use std::collections::{HashMap, HashSet};

/// Levels of a list.
const LEVELS: usize = 9;
/// Numbers are counted no further than this.
const NUMBER_MAX: u32 = 1_000_000;

/// What stands between a number and the text behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Suffix {
    Gap,
    Nothing,
}

/// A level of a list.
#[derive(Debug, Clone)]
struct Level {
    start: u32,
    /// `None` if it is not known.
    format: Option<NumberFormat>,
    /// The text with `%1` to `%9` for the numbers of the levels.
    text: String,
    suffix: Suffix,
    /// The levels above, from 1, of which a paragraph makes it start anew; `None` for all of them.
    restarts_after: Option<u8>,
    /// Whether all numbers are written in Arabic digits (正规形式编号).
    is_legal: bool,
    /// The style that stands for the level.
    style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        Level {
            start: 0,
            format: Some(NumberFormat::Decimal),
            text: String::new(),
            suffix: Suffix::Gap,
            restarts_after: None,
            is_legal: false,
            style: None,
        }
    }
}

/// The definition of a list (`w:abstractNum`).
#[derive(Default)]
struct Definition {
    levels: HashMap<usize, Level>,
    /// The style of numbering that this defines.
    defines_style: Option<String>,
    /// The style of numbering whose definition holds instead of this one's.
    uses_style: Option<String>,
    /// That definition.
    levels_of: Option<u32>,
}

/// A list (`w:num`).
#[derive(Default)]
struct List {
    definition: u32,
    /// Numbers to start with instead, by level.
    starts: HashMap<usize, u32>,
    /// Levels that it defines itself.
    levels: HashMap<usize, Level>,
}

/// The lists of a document, and how far each has been counted.
#[derive(Default)]
pub(super) struct Numbering {
    definitions: HashMap<u32, Definition>,
    lists: HashMap<u32, List>,
    /// The number of the last paragraph of every level, by definition: lists of one definition count on.
    counted: HashMap<u32, [Option<u32>; LEVELS]>,
    /// Lists whose own starts have been taken.
    begun: HashSet<u32>,
}

/// What the numbering makes of a paragraph.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Numbered {
    /// It has no number: it belongs to no list, or has a bullet.
    No,
    /// Its list or the format of its number is not known.
    Unknown,
    /// It has a number.
    Yes {
        /// The number with the text around it: 第一条.
        text: String,
        /// What stands between it and the text of the paragraph.
        gap: &'static str,
    },
}

impl Numbering {
    /// Reads the part. Styles tell which definition a style of numbering leads to.
    pub(super) fn read(part: &Part, styles: &Styles, limits: &Limits) -> Result<Self, DocxError> {
        let mut numbering = Numbering::default();
        let mut reader = Reader::default();
        let mut marks = Marks::new(&part.text, &part.name, limits);
        while let Some(mark) = marks.next()? {
            match mark {
                Mark::Start(tag) => reader.start(&tag),
                Mark::End => reader.end(&mut numbering),
                Mark::Text(_) => {}
            }
            if reader.made > limits.definitions_max {
                return Err(DocxError::TooLarge { what: "编号定义数", max: limits.definitions_max as u64 });
            }
        }
        numbering.follow_styles(styles);
        Ok(numbering)
    }

    /// Leads definitions that refer to a style of numbering to the one that defines the style.
    fn follow_styles(&mut self, styles: &Styles) {
        let defining = self.definitions.iter().filter_map(|(&id, one)| Some((one.defines_style.clone()?, id)));
        let defining: HashMap<String, u32> = defining.collect();
        let through_list = |style: &str| Some(self.lists.get(&styles.get(style)?.paragraph.list?)?.definition);
        for definition in self.definitions.values_mut() {
            let Some(style) = &definition.uses_style else { continue };
            definition.levels_of = defining.get(style).copied().or_else(|| through_list(style));
        }
    }

    /// Counts a paragraph and tells its number: `own` is what it states, `style` its style.
    pub(super) fn number(&mut self, own: &ParagraphProperties, style: Option<&Style>) -> Numbered {
        let of_style = style.map(|style| style.paragraph).unwrap_or_default();
        let Some(list_id) = own.list.or(of_style.list).filter(|&list| list != 0) else { return Numbered::No };
        let Some(list) = self.lists.get(&list_id) else { return Numbered::Unknown };
        let Some(definition) = self.definitions.get(&list.definition) else { return Numbered::Unknown };
        let definition = definition.levels_of.and_then(|id| self.definitions.get(&id)).unwrap_or(definition);
        let named = style.and_then(|style| style.list_stated_by.as_deref()).filter(|_| own.list.is_none());
        let by_style = || named.and_then(|style| level_of_style(list, definition, style));
        let at = own.level.map(usize::from).or_else(by_style).or(of_style.level.map(usize::from)).unwrap_or(0);
        let level_at = |at: usize| list.levels.get(&at).or_else(|| definition.levels.get(&at));
        let Some(level) = level_at(at).filter(|_| at < LEVELS) else { return Numbered::Unknown };

        let counted = self.counted.entry(list.definition).or_default();
        if self.begun.insert(list_id) {
            for (number, _) in counted.iter_mut().zip(0..).filter(|(_, level)| list.starts.contains_key(level)) {
                *number = None;
            }
        }
        let start = |at: usize| list.starts.get(&at).copied().or_else(|| Some(level_at(at)?.start)).unwrap_or(1);
        for (number, deeper) in counted.iter_mut().zip(0..).skip(at + 1) {
            let restarts = level_at(deeper).and_then(|level| level.restarts_after).map_or(deeper, usize::from);
            if at < restarts {
                *number = None;
            }
        }
        let Some(here) = counted.get_mut(at) else { return Numbered::Unknown };
        *here = Some(here.map_or_else(|| start(at), |number| number.saturating_add(1)).min(NUMBER_MAX));
        let format = match level.format {
            Some(NumberFormat::Bullet) => return Numbered::No,
            Some(format) => format,
            None => return Numbered::Unknown,
        };
        let text = written(&level.text, |named| {
            // A level that has had no paragraph shows the number that it would start with.
            let number = counted.get(named).copied().flatten().unwrap_or_else(|| start(named));
            let own = level_at(named).and_then(|level| level.format);
            let own = if named == at { Some(format) } else { own };
            let legal = level.is_legal && own != Some(NumberFormat::None);
            (if legal { NumberFormat::Decimal } else { own.unwrap_or(NumberFormat::Decimal) }).write(number)
        });
        if text.trim().is_empty() {
            return Numbered::No;
        }
        let gap = if level.suffix == Suffix::Nothing { "" } else { gap(&text) };
        Numbered::Yes { text, gap }
    }
}

/// The level that a style stands for.
fn level_of_style(list: &List, definition: &Definition, style: &str) -> Option<usize> {
    let is_meant = |level: &Level| level.style.as_deref() == Some(style);
    let own = list.levels.iter().find(|(_, level)| is_meant(level));
    own.or_else(|| definition.levels.iter().find(|(_, level)| is_meant(level))).map(|(&at, _)| at)
}

/// The text of a level with the numbers in place: `number` writes that of a level from 0.
fn written(text: &str, number: impl Fn(usize) -> String) -> String {
    let mut out = String::new();
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        let level = chars.peek().filter(|_| char == '%').and_then(|next| next.to_digit(10)).filter(|&level| level > 0);
        match level {
            Some(level) => {
                chars.next();
                out.push_str(&number(level as usize - 1));
            }
            None => out.push(char),
        }
    }
    out
}

/// What laws put behind a number: nothing after a mark that has its own room (（一）, 一、), an ideographic space after
/// 第一条, a space after 1. and a).
fn gap(number: &str) -> &'static str {
    match number.chars().next_back() {
        Some('）' | '、' | '．' | '。' | '：' | '〕' | '】' | '　' | ' ') => "",
        Some(char) if !char.is_ascii() => "\u{3000}",
        _ => " ",
    }
}

/// Reads the definitions.
#[derive(Default)]
struct Reader {
    /// The names that matter of the open elements.
    open: Vec<Place>,
    definition: (u32, Definition),
    list: (u32, List),
    /// The open level, its place, and whether it is a list's own.
    level: (usize, Level),
    /// The level for which a list overrides something.
    overridden: usize,
    /// Definitions, lists and levels so far.
    made: usize,
}

/// Where in the part an element stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Root,
    Definition,
    List,
    Override,
    Level,
    Ignored,
}

impl Reader {
    fn start(&mut self, tag: &Tag) {
        let outer = self.open.last().copied();
        let inside = match (outer, tag.name()) {
            (Some(Place::Ignored), _) => Place::Ignored,
            // Newer formats stand in alternatives; the one for older programs is read.
            (Some(_), "Choice") if tag.space == Space::Compatibility => Place::Ignored,
            (Some(outer), "AlternateContent" | "Fallback") if tag.space == Space::Compatibility => outer,
            _ if tag.space != Space::Word => Place::Ignored,
            (None, _) => Place::Root,
            (Some(Place::Root), "abstractNum") => Place::Definition,
            (Some(Place::Root), "num") => Place::List,
            (Some(Place::List), "lvlOverride") => Place::Override,
            (Some(Place::Definition | Place::Override), "lvl") => Place::Level,
            (Some(outer), _) => {
                self.take(tag, outer);
                Place::Ignored
            }
        };
        let number = |name: &str| tag.attribute(name).and_then(|value| value.parse().ok()).unwrap_or(0);
        if outer != Some(inside) {
            match inside {
                Place::Definition => self.definition = (number("abstractNumId"), Definition::default()),
                Place::List => self.list = (number("numId"), List::default()),
                Place::Override => self.overridden = number("ilvl") as usize,
                Place::Level => self.level = (number("ilvl") as usize, Level::default()),
                Place::Root | Place::Ignored => {}
            }
        }
        self.open.push(inside);
    }

    /// Takes what an element within another states.
    fn take(&mut self, tag: &Tag, outer: Place) {
        let level = &mut self.level.1;
        match (outer, tag.name()) {
            (Place::Definition, "styleLink") => self.definition.1.defines_style = tag.short_val(),
            (Place::Definition, "numStyleLink") => self.definition.1.uses_style = tag.short_val(),
            (Place::List, "abstractNumId") => self.list.1.definition = tag.number().unwrap_or(0),
            (Place::Override, "startOverride") => {
                self.made += 1;
                self.list.1.starts.insert(self.overridden, tag.number().unwrap_or(0));
            }
            (Place::Level, "start") => level.start = tag.number().unwrap_or(0),
            (Place::Level, "numFmt") => level.format = tag.val().and_then(|name| NumberFormat::named(&name)),
            (Place::Level, "lvlText") => level.text = tag.short_val().unwrap_or_default(),
            (Place::Level, "lvlRestart") => level.restarts_after = tag.number(),
            (Place::Level, "isLgl") => level.is_legal = tag.is_on(),
            (Place::Level, "pStyle") => level.style = tag.short_val(),
            (Place::Level, "suff") if tag.val().as_deref() == Some("nothing") => level.suffix = Suffix::Nothing,
            _ => {}
        }
    }

    fn end(&mut self, numbering: &mut Numbering) {
        let Some(place) = self.open.pop() else { return };
        let outer = self.open.last().copied();
        // Alternatives stand for the element around them.
        if outer == Some(place) {
            return;
        }
        match place {
            Place::Definition => {
                numbering.definitions.insert(self.definition.0, std::mem::take(&mut self.definition.1));
            }
            Place::List => {
                numbering.lists.insert(self.list.0, std::mem::take(&mut self.list.1));
            }
            Place::Level => {
                let level = std::mem::take(&mut self.level.1);
                let levels = match outer {
                    Some(Place::Override) => &mut self.list.1.levels,
                    _ => &mut self.definition.1.levels,
                };
                if self.level.0 < LEVELS {
                    levels.insert(self.level.0, level);
                }
            }
            Place::Override | Place::Root | Place::Ignored => return,
        }
        self.made += 1;
    }
}
