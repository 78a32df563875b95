//! The rules by which a typed name finds what it means, from the strictest to the loosest.

use super::super::find::without_verbs;
use super::super::names::{Known, Names};
use super::aliases::{ALIASES, REPLACED};
use super::name::{
    BRANCHES, candidates, is_name_of_law, is_shortened, names_every_word, parted_number, without_request,
};
use super::place::{TypedPlace, Written};
use super::table::Table;
use super::{Named, Typed, Which, Why};
use crate::law::level;
use crate::text::numerals;

/// So many may fit a loose rule when no place is typed; more are words (管理法).
const BARE_FITTING_MAX: usize = 5;
/// Shortest part of a title that a loose rule takes, in characters.
const LOOSE_CHARS_MIN: usize = 3;
/// What follows the whole of a matter in the title of an interpretation.
const WHOLE: [&str; 5] = ["的解释", "若干问题的解释", "若干问题的规定", "的规定", "适用法律若干问题的"];
/// Shortest matter by which an interpretation is named, in characters.
const MATTER_CHARS_MIN: usize = 3;
/// Shortest end of a local title, in characters.
const LOCAL_CHARS_MIN: usize = 4;
/// What a rule found.
pub(super) struct Found<'n, 't> {
    pub name: String,
    pub places: &'t [TypedPlace],
    pub which: Which,
    pub bearers: Vec<&'n Known>,
    pub why: Why,
    /// Whether the name leaves no doubt: what only ends the title of one among many is no name of it.
    pub certain: bool,
    /// Whether several are told apart by which of them has the place: initials, amendments whose articles are counted through.
    pub by_place: bool,
    pub replaced_by: Option<&'static str>,
    /// The 编 that was named.
    pub book: Option<String>,
}

/// The first rule that finds anything among what may be seen; nothing found where the query can only be a citation.
pub(super) fn find<'n, 't>(typed: &'t Typed, names: &'n Names, seen: &dyn Fn(&Known) -> bool) -> Option<Found<'n, 't>> {
    let rules = Rules { names, seen };
    let named = || rules.named(typed.named.as_ref()?);
    // Behind words only what is known is a citation.
    let behind = || find(typed.behind.as_deref()?, names, seen).filter(|found| !found.bearers.is_empty());
    let missing = || rules.missing(typed.named.as_ref()?);
    rules.title(typed).or_else(|| rules.number(typed)).or_else(named).or_else(behind).or_else(missing)
}

/// The longest short name of the table at the end of words, with what bears its full name: one instrument, else it says
/// nothing.
pub(in super::super) fn short_name_at_end<'w, 'n>(
    words: &'w str,
    names: &'n Names,
) -> Option<(&'w str, Vec<&'n Known>)> {
    let at_end = ALIASES.iter().filter(|(short, _)| words.ends_with(short));
    let (short, full) = at_end.max_by_key(|(short, _)| short.len())?;
    let bearers = Rules { names, seen: &|_| true }.full_name(full);
    let name = words.get(words.len() - short.len()..)?;
    (bearers.len() == 1).then_some((name, bearers))
}

/// The interpretation of a law that a folded short name with its number means (公司法解释三, 婚姻法司法解释(三)), where it is one.
pub(in super::super) fn interpretation<'n>(name: &str, names: &'n Names) -> Option<&'n Known> {
    let (_, bearers) = Rules { names, seen: &|_| true }.interpretation(name)?;
    bearers.first().copied().filter(|_| bearers.len() == 1)
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

    /// The whole query is a title. A year behind it is no part of it but says which version.
    fn title<'t>(&self, typed: &Typed) -> Option<Found<'n, 't>> {
        if typed.named.as_ref().is_some_and(|named| named.year.is_some() && named.places.is_empty()) {
            return None;
        }
        let bearers = self.titled(&typed.title);
        if !bearers.is_empty() {
            return Some(Found::of(&typed.title, bearers, Why::Title));
        }
        // What ends as no name of law does is read as a title alone: 危废名录.
        let short = ALIASES.iter().find(|(short, _)| typed.named.is_none() && *short == typed.title);
        short.map(|(_, full)| Found::of(full, self.titled(full), Why::Alias)).filter(|found| !found.bearers.is_empty())
    }

    /// The query is a number.
    fn number<'t>(&self, typed: &'t Typed) -> Option<Found<'n, 't>> {
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
        // Every National People's Congress counts its orders anew.
        let counted_anew = number.typed.contains("主席令");
        let certain = !bearers.is_empty() && !counted_anew;
        if bearers.is_empty() && number.sure && number.of_order {
            // 总局令第99号: the end of the name of who gave the order. Whose is meant it does not say.
            let ends = known.iter().filter(|(key, _)| number.forms.iter().any(|form| key.ends_with(form)));
            bearers = self.at(&ends.flat_map(|(_, places)| places.iter().copied()).collect::<Vec<_>>());
        }
        (!bearers.is_empty() || number.sure).then(|| Found {
            places: unit.map_or(&[], |named| &named.places),
            certain: certain || bearers.is_empty(),
            ..Found::of(&number.typed, bearers, Why::Number)
        })
    }

    /// The query is a name, perhaps with a place.
    fn named<'t>(&self, named: &'t Named) -> Option<Found<'n, 't>> {
        let with = |found: Found<'n, 't>, which| found.placed(named, which);
        if named.is_letters() {
            let bearers = self.initials(&named.words);
            let few = named.written != Written::Nothing || bearers.len() <= BARE_FITTING_MAX;
            let found = Found::of(&named.words, bearers, Why::Initials);
            return (!found.bearers.is_empty() && few).then(|| with(found, Which::OfDay));
        }
        if let Some((title, bearers)) = self.title_with_year(named) {
            return Some(Found { places: &named.places, ..Found::of(&title, bearers, Why::Title) });
        }
        if let Some((title, bearers)) = self.numbered_title(named) {
            return Some(Found::of(&title, bearers, Why::Title));
        }
        let candidates = candidates(&named.words);
        for (words, which) in &candidates {
            if let Some(found) = self.exactly(words) {
                return Some(with(found, *which));
            }
        }
        let further = self.book(&named.words).or_else(|| self.dated(&named.words)).or_else(|| self.of_court(named));
        if let Some(found) = further {
            return Some(with(found, Which::OfDay));
        }
        for (words, which) in &candidates {
            // 新能源条例 is no new 能源条例: what is left of a name must be a name by itself.
            let whole = [named.words.as_str(), without_verbs(&named.words)].contains(words);
            if let Some(found) = self.loosely(words, named.written).filter(|found| whole || found.certain) {
                return Some(with(found, *which));
            }
        }
        None
    }

    /// What can be nothing but a name with a place, and nothing bears it.
    fn missing<'t>(&self, named: &'t Named) -> Option<Found<'n, 't>> {
        let sure = named.written == Written::Unit && named.alone && is_name_of_law(&named.words);
        let name = Some(without_verbs(without_request(&named.words))).filter(|name| is_name_of_law(name));
        sure.then(|| Found::of(name.unwrap_or(&named.words), Vec::new(), Why::Title).placed(named, Which::OfDay))
    }

    /// A title, or a short name of the table.
    fn exactly<'t>(&self, words: &str) -> Option<Found<'n, 't>> {
        let bearers = self.titled(words);
        if !bearers.is_empty() {
            return Some(Found::of(words, bearers, Why::Title));
        }
        if let Some((_, new)) = REPLACED.iter().find(|(old, _)| *old == words) {
            return Some(Found { replaced_by: Some(new), ..Found::of(words, Vec::new(), Why::Title) });
        }
        if let Some((_, full)) = ALIASES.iter().find(|(short, _)| *short == words) {
            return Some(Found::of(full, self.full_name(full), Why::Alias));
        }
        if let Some((title, bearers)) = self.interpretation(words) {
            return Some(Found::of(&title, bearers, Why::Alias));
        }
        // 上海消防条例 is 上海市消防条例.
        let whole = level::with_whole_region(words);
        let (title, bearers) = whole
            .map(|title| (self.titled(&title), title))
            .map(|(bearers, title)| (title, bearers))
            .find(|(_, bearers)| !bearers.is_empty())?;
        Some(Found::of(&title, bearers, Why::Alias))
    }

    /// 民法典合同编, 民法典侵权责任编: the book of a code, whose articles are numbered through.
    fn book<'t>(&self, words: &str) -> Option<Found<'n, 't>> {
        let whole = words.strip_suffix('编')?;
        let (code, book) = whole.split_at_checked(whole.rfind('典')? + '典'.len_utf8())?;
        let found = self.exactly(code).filter(|found| !found.bearers.is_empty())?;
        Some(Found { book: Some(book.to_string()), ..found })
    }

    /// 宪法修正案: several with a year behind the title.
    fn dated<'t>(&self, words: &str) -> Option<Found<'n, 't>> {
        let bearers = self.visible(self.names.dated(words));
        (!bearers.is_empty()).then(|| Found { by_place: true, ..Found::of(words, bearers, Why::Title) })
    }

    /// 民间借贷司法解释, 建设工程司法解释(一): what the courts say on a matter, which begins what they judge.
    fn of_court<'t>(&self, named: &Named) -> Option<Found<'n, 't>> {
        let words = named.words.as_str();
        let (bare, number) = parted_number(words);
        // 公司法解释: of a law any form is meant.
        let of_law = |matter: &str| matter.ends_with(['法', '编', '则']);
        let of_matter = |kind: &str| {
            let matter = bare.strip_suffix(kind).map(|matter| matter.strip_suffix('的').unwrap_or(matter));
            matter.filter(|matter| matter.chars().nth(MATTER_CHARS_MIN - 1).is_some())
        };
        // Whoever says 司法解释 means any form of it.
        let placed = named.written != Written::Nothing;
        let both: &[&str] = &["解释", "规定"];
        let (matter, kinds): (&str, &[&str]) = match (of_matter("司法解释"), of_matter("解释"), of_matter("规定"))
        {
            (Some(matter), ..) => (matter.strip_suffix('罪').unwrap_or(matter), both),
            (_, Some(matter), _) if placed => (matter, if of_law(matter) { both } else { &["解释"] }),
            (.., Some(matter)) if placed => (matter, &["规定"]),
            _ => return None,
        };
        let about = |title: &str| -> Option<String> {
            let (base, own) = title.strip_suffix(')').and_then(|title| title.rsplit_once('(')).unwrap_or((title, ""));
            let ruled = kinds.iter().any(|kind| base.ends_with(kind)) && (number.is_empty() || number == own);
            let (court, about) = title.split_once("关于")?;
            (ruled && (court.is_empty() || court.starts_with("最高"))).then(|| about.to_string())
        };
        let behind = |about: &str| {
            let rest = ["审理", "办理", "处理", "适用", "确定"].iter().find_map(|verb| about.strip_prefix(verb));
            let rest = rest.unwrap_or(about);
            let of_code = rest.strip_prefix("民法典").map(|rest| rest.strip_prefix("有关").unwrap_or(rest));
            let after = |rest: &str| rest.strip_prefix(matter).map(str::to_string);
            after(rest).or_else(|| after(of_code?))
        };
        // The whole matter, else what begins with it, else what only has it, which is offered.
        let whole = |about: &str| behind(about).is_some_and(|rest| WHOLE.iter().any(|whole| rest.starts_with(whole)));
        let of = |fits: &dyn Fn(&str) -> bool| {
            let national = self.names.typable().national.iter();
            self.those(national, |title| about(title).is_some_and(|about| fits(&about)))
        };
        let mut bearers = of(&whole);
        if bearers.is_empty() {
            bearers = of(&|about| behind(about).is_some());
        }
        if !bearers.is_empty() {
            return Some(Found::of(words, bearers, Why::Alias));
        }
        let bearers = of(&|about| about.contains(matter));
        let few = (1..=BARE_FITTING_MAX).contains(&bearers.len());
        few.then(|| Found { certain: false, ..Found::of(words, bearers, Why::Alias) })
    }

    /// 刑法修正案十一 and 婚姻法司法解释二 with the number in brackets as titles have it; 司法解释 in the words of its title.
    fn interpretation(&self, words: &str) -> Option<(String, Vec<&'n Known>)> {
        let (bare, number) = Some(parted_number(words)).filter(|(_, number)| !number.is_empty())?;
        // 公司法解释 ends in 司法解释 and is one of 公司法: each way is tried.
        let laws = ["的司法解释", "司法解释", "的解释", "解释"].iter().filter_map(|kind| bare.strip_suffix(kind));
        let of_law = laws.flat_map(|law| {
            let kinds = ["若干问题的解释", "若干问题的规定", "的解释"];
            kinds.map(|kind| format!("关于适用{law}{kind}({number})"))
        });
        let mut titles = std::iter::once(format!("{bare}({number})")).chain(of_law);
        titles.find_map(|title| {
            // Some collections leave out the court before 关于.
            [title.clone(), format!("最高人民法院{title}")].into_iter().find_map(|title| {
                let bearers = self.titled(&title);
                (!bearers.is_empty()).then_some((title, bearers))
            })
        })
    }

    /// 避碰规则(1991): the year belongs to the title.
    fn title_with_year(&self, named: &Named) -> Option<(String, Vec<&'n Known>)> {
        let title = format!("{}({})", named.words, named.year?.0);
        let bearers = self.titled(&title);
        (!bearers.is_empty()).then_some((title, bearers))
    }

    /// 刑法修正案十一, 公司法解释3: the number belongs to the title.
    fn numbered_title(&self, named: &Named) -> Option<(String, Vec<&'n Known>)> {
        let [TypedPlace { at, to: None, .. }] = named.places.as_slice() else { return None };
        let (number, _) = at.article.filter(|_| named.written == Written::Number)?;
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
    ///
    /// Only of a law this is a name: laws are few, and what ends the title of one alone is said for it (会计师法). Of
    /// anything else it tells what it is about and not whose it is (听证办法, 养犬管理条例), even if the corpus happens to have
    /// only one.
    fn loosely<'t>(&self, words: &str, written: Written) -> Option<Found<'n, 't>> {
        let length = words.chars().count();
        if length < LOOSE_CHARS_MIN || !is_name_of_law(words) || BRANCHES.contains(&words) {
            return None;
        }
        let Table { laws, national, local, .. } = self.names.typable();
        let ends = |titles: &[(String, usize)]| self.those(titles.iter(), |title| title.ends_with(words));
        let shortens = |titles: &[(String, usize)]| self.those(titles.iter(), |title| is_shortened(words, title));
        let of_laws = ends(laws);
        let shortened = if of_laws.is_empty() { shortens(laws) } else { Vec::new() };
        let names_all = |known: &&Known| known.keys.iter().any(|title| names_every_word(words, title));
        let national_ends = ends(national);
        let local_ends = if length >= LOCAL_CHARS_MIN { ends(local) } else { Vec::new() };
        // 消防条例 is the end of many titles before it is short for 消防救援衔条例.
        let is_end = !(national_ends.is_empty() && local_ends.is_empty());
        let found = if shortened.is_empty() || is_end && !shortened.iter().all(names_all) {
            let certain = !of_laws.is_empty() && national_ends.is_empty() && local_ends.is_empty();
            let local_ends = if written == Written::Unit { local_ends } else { Vec::new() };
            let all: Vec<&Known> = of_laws.into_iter().chain(national_ends).chain(local_ends).collect();
            match all.is_empty() {
                true => {
                    let (bearers, certain) = match shortens(national) {
                        none if none.is_empty() => self.shortened_here(words),
                        national => (national, certain),
                    };
                    Found { certain, ..Found::of(words, bearers, Why::Abbreviation) }
                }
                false => Found { certain, ..Found::of(words, all, Why::Suffix) },
            }
        } else {
            let certain = shortened.iter().all(names_all);
            Found { certain, ..Found::of(words, shortened, Why::Abbreviation) }
        };
        let few = written == Written::Unit || found.bearers.len() <= BARE_FITTING_MAX;
        (few && !found.bearers.is_empty()).then_some(found)
    }

    /// Local titles that are shortened behind the name of their region (广东省环保条例), and whether every word of the title is there.
    fn shortened_here(&self, words: &str) -> (Vec<&'n Known>, bool) {
        let Some((_, bare)) = level::behind_region(words).filter(|(_, bare)| bare.chars().count() >= LOCAL_CHARS_MIN)
        else {
            return (Vec::new(), false);
        };
        let region = words.get(..words.len() - bare.len()).unwrap_or_default();
        let local = self.names.typable().local.iter();
        let fits = |title: &str| title.strip_prefix(region).is_some_and(|rest| is_shortened(bare, rest));
        let found = self.those(local, fits);
        let whole = |known: &&&Known| known.keys.iter().any(|title| names_every_word(words, title));
        let all: Vec<&Known> = found.iter().filter(whole).copied().collect();
        if all.is_empty() { (found, false) } else { (all, true) }
    }

    /// Those with these initials, by title or by a short name.
    fn initials(&self, letters: &str) -> Vec<&'n Known> {
        let table = self.names.typable();
        let mut found = self.at(&table.with_initials(letters));
        // Two letters begin too many short names: they stand for a title.
        let short = if letters.len() > 2 { table.aliases_with_initials(letters) } else { Vec::new() };
        for full in short {
            found.extend(self.full_name(full));
        }
        found.sort_by(|one, other| one.id.cmp(&other.id));
        found.dedup_by(|one, other| one.id == other.id);
        found
    }
}

impl<'n, 't> Found<'n, 't> {
    /// With the places and the year that were typed.
    fn placed(self, named: &'t Named, which: Which) -> Found<'n, 't> {
        let of_year = |(year, alone)| if alone { Which::InYear(year) } else { Which::OfYear(year) };
        Found { places: &named.places, which: named.year.map_or(which, of_year), ..self }
    }

    /// What is certain, without a place.
    fn of(name: &str, bearers: Vec<&'n Known>, why: Why) -> Found<'n, 't> {
        let places: &[TypedPlace] = &[];
        let (which, by_place) = (Which::OfDay, why == Why::Initials);
        Found {
            name: name.to_string(),
            places,
            which,
            bearers,
            why,
            certain: true,
            by_place,
            replaced_by: None,
            book: None,
        }
    }
}
