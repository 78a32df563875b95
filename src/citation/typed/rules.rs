//! The rules by which a typed name finds what it means, from the strictest to the loosest.

use super::super::mention::Locator;
use super::super::names::{Known, Names};
use super::aliases::{ALIASES, REPLACED};
use super::table::Table;
use super::{Named, Typed, Why, Written};
use crate::text::numerals;

/// So many may fit a loose rule when no place is typed; more are words (管理法).
const BARE_FITTING_MAX: usize = 5;
/// Shortest part of a title that a loose rule takes, in characters.
const LOOSE_CHARS_MIN: usize = 3;
/// Shortest end of a local title, in characters.
const LOCAL_CHARS_MIN: usize = 4;
/// How names of law end.
const ENDINGS: [&str; 16] = [
    "法",
    "法典",
    "条例",
    "规定",
    "办法",
    "规则",
    "细则",
    "解释",
    "决定",
    "意见",
    "通知",
    "准则",
    "标准",
    "规程",
    "批复",
    "修正案",
];

/// What a rule found.
pub(super) struct Found<'n> {
    pub name: String,
    pub at: Locator,
    pub year: Option<u16>,
    pub bearers: Vec<&'n Known>,
    pub why: Why,
    pub replaced_by: Option<&'static str>,
}

/// The first rule that finds anything among what may be seen; nothing found where the query can only be a citation.
pub(super) fn find<'n>(typed: &Typed, names: &'n Names, seen: &dyn Fn(&Known) -> bool) -> Option<Found<'n>> {
    let rules = Rules { names, seen };
    rules.title(typed).or_else(|| rules.number(typed)).or_else(|| rules.named(typed.named.as_ref()?))
}

struct Rules<'n, 's> {
    names: &'n Names,
    seen: &'s dyn Fn(&Known) -> bool,
}

impl<'n> Rules<'n, '_> {
    fn visible(&self, bearers: Vec<&'n Known>) -> Vec<&'n Known> {
        bearers.into_iter().filter(|known| (self.seen)(known)).collect()
    }

    fn titled(&self, key: &str) -> Vec<&'n Known> {
        self.visible(self.names.titled(key))
    }

    fn at(&self, places: &[usize]) -> Vec<&'n Known> {
        let mut found = self.visible(self.names.bearers(Some(&places.to_vec())));
        found.sort_by(|one, other| one.id.cmp(&other.id));
        found.dedup_by(|one, other| one.id == other.id);
        found
    }

    /// The whole query is a title.
    fn title(&self, typed: &Typed) -> Option<Found<'n>> {
        let bearers = self.titled(&typed.title);
        (!bearers.is_empty()).then(|| Found {
            name: typed.title.clone(),
            at: Locator::default(),
            year: None,
            bearers,
            why: Why::Title,
            replaced_by: None,
        })
    }

    /// The query is a number.
    fn number(&self, typed: &Typed) -> Option<Found<'n>> {
        let number = typed.number.as_ref()?;
        let known = &self.names.typable().numbers;
        let found = |form: &str| self.at(known.get(form).map_or(&[], Vec::as_slice));
        let mut bearers: Vec<&Known> = number.forms.iter().flat_map(|form| found(form)).collect();
        if bearers.is_empty() && number.sure {
            // 国务院办公厅国办发〔2018〕37号: the number begins somewhere in the words.
            let tails = number.forms[0].char_indices().skip(1).map(|(at, _)| &number.forms[0][at..]);
            bearers = tails.map(found).find(|bearers| !bearers.is_empty()).unwrap_or_default();
        }
        let unit = typed.named.as_ref().filter(|named| named.written == Written::Unit);
        (!bearers.is_empty() || number.sure).then(|| Found {
            name: number.typed.clone(),
            at: unit.map_or(Locator::default(), |named| named.at),
            year: None,
            bearers,
            why: Why::Number,
            replaced_by: None,
        })
    }

    /// The query is a name, perhaps with a place.
    fn named(&self, named: &Named) -> Option<Found<'n>> {
        let found = |name: &str, bearers: Vec<&'n Known>, why: Why| Found {
            name: name.to_string(),
            at: named.at,
            year: named.year,
            bearers,
            why,
            replaced_by: None,
        };
        if named.is_letters() {
            let bearers = self.initials(&named.words);
            let few = named.written != Written::Nothing || bearers.len() <= BARE_FITTING_MAX;
            return (!bearers.is_empty() && few).then(|| found(&named.words, bearers, Why::Initials));
        }
        if let Some((title, bearers)) = self.numbered_title(named) {
            return Some(Found { at: Locator::default(), ..found(&title, bearers, Why::Title) });
        }
        let newest = named.words.strip_prefix('新').filter(|rest| is_name_of_law(rest));
        for words in [Some(named.words.as_str()), newest].into_iter().flatten() {
            let bearers = self.titled(words);
            if !bearers.is_empty() {
                return Some(found(words, bearers, Why::Title));
            }
            if let Some((_, new)) = REPLACED.iter().find(|(old, _)| *old == words) {
                return Some(Found { replaced_by: Some(new), ..found(words, Vec::new(), Why::Title) });
            }
            if let Some((_, full)) = ALIASES.iter().find(|(short, _)| *short == words) {
                return Some(found(full, self.full_name(full), Why::Alias));
            }
        }
        if let Some((bearers, why)) = self.loosely(named) {
            return Some(found(&named.words, bearers, why));
        }
        let sure = named.written == Written::Unit && is_name_of_law(&named.words);
        sure.then(|| found(&named.words, Vec::new(), Why::Title))
    }

    /// 刑法修正案十一, 公司法解释3: the number belongs to the title.
    fn numbered_title(&self, named: &Named) -> Option<(String, Vec<&'n Known>)> {
        let (number, _) = named.at.article.filter(|_| named.written == Written::Number)?;
        let title = format!("{}({})", named.words, numerals::chinese(number.into()));
        let bearers = self.titled(&title);
        (!bearers.is_empty()).then_some((title, bearers))
    }

    /// Those of a full name of the table, which may be the end of a title.
    fn full_name(&self, full: &str) -> Vec<&'n Known> {
        let exact = self.titled(full);
        let Table { laws, national, .. } = self.names.typable();
        if exact.is_empty() { self.those(laws.iter().chain(national), |title| title.ends_with(full)) } else { exact }
    }

    fn those<'t>(
        &self,
        titles: impl Iterator<Item = &'t (String, usize)>,
        fits: impl Fn(&str) -> bool,
    ) -> Vec<&'n Known> {
        let places: Vec<usize> = titles.filter(|(title, _)| fits(title)).map(|(_, at)| *at).collect();
        self.at(&places)
    }

    /// The end of a title, or characters of it in their order: of laws, else of other national instruments; with a place
    /// also the end of a local title.
    fn loosely(&self, named: &Named) -> Option<(Vec<&'n Known>, Why)> {
        let words = named.words.as_str();
        let length = words.chars().count();
        if length < LOOSE_CHARS_MIN || !is_name_of_law(words) {
            return None;
        }
        let Table { laws, national, local, .. } = self.names.typable();
        let ends = |titles: &[(String, usize)]| self.those(titles.iter(), |title| title.ends_with(words));
        let shortens = |titles: &[(String, usize)]| self.those(titles.iter(), |title| is_shortened(words, title));
        let few = |found: &Vec<&Known>| {
            !found.is_empty() && (named.written == Written::Unit || found.len() <= BARE_FITTING_MAX)
        };
        let rules: [(&dyn Fn() -> Vec<&'n Known>, Why); 5] = [
            (&|| ends(laws), Why::Suffix),
            (&|| shortens(laws), Why::Abbreviation),
            (&|| ends(national), Why::Suffix),
            (&|| shortens(national), Why::Abbreviation),
            (&|| if length >= LOCAL_CHARS_MIN { ends(local) } else { Vec::new() }, Why::Suffix),
        ];
        let placed = named.written == Written::Unit;
        let rules = rules.into_iter().take(if placed { 5 } else { 4 });
        let found = rules.map(|(rule, why)| (rule(), why)).find(|(found, _)| !found.is_empty());
        found.filter(|(found, _)| few(found))
    }

    /// Those with these initials, by title or by a short name.
    fn initials(&self, letters: &str) -> Vec<&'n Known> {
        let table = self.names.typable();
        let mut found = self.at(&table.with_initials(letters));
        for full in table.aliases_with_initials(letters) {
            found.extend(self.full_name(full));
        }
        found.sort_by(|one, other| one.id.cmp(&other.id));
        found.dedup_by(|one, other| one.id == other.id);
        found
    }
}

/// Whether words end as names of law do.
fn is_name_of_law(words: &str) -> bool {
    let length = words.chars().count();
    ENDINGS.iter().any(|ending| words.ends_with(ending) && length > ending.chars().count())
}

/// Whether words are characters of a title in their order, its first and its last among them.
fn is_shortened(words: &str, title: &str) -> bool {
    if words.chars().next() != title.chars().next() || words.chars().next_back() != title.chars().next_back() {
        return false;
    }
    let mut rest = title.chars();
    words.chars().all(|c| rest.any(|other| other == c))
}
