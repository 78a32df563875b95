//! What a corpus knows of the instruments that can be cited: titles, numbers, versions and their shapes.

use super::shape::Shape;
use super::typed::table::Table;
use crate::law::{Access, AuthorityLevel, Interval, Kind, identity};
use crate::text::fold::fold_str;
use jiff::civil::Date;
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

/// Longest name that is looked for at the end of words, in characters. The longest title of a law has 30.
const NAME_CHARS_MAX: usize = 40;
/// Shortest name that is recognised without book brackets.
const NAME_CHARS_MIN: usize = 2;
/// So many more characters of a longer title before a name make it the end of that title.
const MORE_CHARS_MIN: usize = 2;

/// An instrument, or a case with a number.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// Canonical instrument id, or case id.
    pub id: String,
    /// Title of the newest version, as received.
    pub title: String,
    /// Folded titles of all versions ([`identity::folded_title`]), the newest first.
    pub keys: Vec<String>,
    /// Family.
    pub kind: Kind,
    /// 效力位阶.
    pub level: Option<AuthorityLevel>,
    /// Region code of local instruments.
    pub region: Option<String>,
    /// Issuer, as received.
    pub issuer: Option<String>,
    /// 文号 or 案号 of its versions, as received.
    pub numbers: Vec<String>,
    /// Versions, newest first. A case has one.
    pub versions: Vec<KnownVersion>,
}

impl Known {
    /// Whether it bears a folded title itself, but for marks: without the year of an edition.
    pub(super) fn bears(&self, key: &str) -> bool {
        let bare = identity::without_marks(key);
        self.keys.iter().any(|own| identity::without_marks(own) == bare)
    }
}

/// A version of an instrument.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownVersion {
    /// `{instrument}@{version}`.
    pub id: String,
    /// When it is in force.
    pub interval: Interval,
    /// Promulgation, else adoption.
    pub dated: Option<Date>,
    /// Numbers that its own text states ([`number_key`]).
    pub numbers: Vec<String>,
    /// Numbers of the orders that made the last change of the text, in the same form.
    pub changed_by: Vec<String>,
    /// Numbers of the orders that gave earlier whole texts, which its history tells, in the same form.
    pub former: Vec<String>,
    /// Numbers of earlier texts of its title that it repeals by name, in the same form.
    pub replaced: Vec<String>,
    /// When the text was given as a whole, of which it is a version by amendments; `None` if nobody tells.
    pub made: Option<Date>,
    /// Who may read it.
    pub access: Access,
    /// Whether no decision had changed the text yet: nothing older of the instrument can be meant.
    pub original: bool,
    /// Its provisions.
    pub shape: Shape,
}

impl KnownVersion {
    /// The days of its making: by which it is dated, and which its id names (that of an earlier text, where nobody tells of
    /// the change that made this one).
    pub(super) fn days(&self) -> impl Iterator<Item = Date> {
        let named = || self.id.split_once('@')?.1.get(..10)?.parse().ok();
        self.dated.into_iter().chain(named())
    }
}

/// All instruments, found by title, by name at the end of words, and by number.
#[derive(Debug, Default)]
pub struct Names {
    known: Vec<Known>,
    titles: HashMap<String, Vec<usize>>,
    /// The same titles without marks: 偷税、抗税 is 偷税抗税.
    unmarked: HashMap<String, Vec<usize>>,
    /// Titles with a year in brackets at their end, without it: 避碰规则 is 避碰规则(1991).
    dated: HashMap<String, Vec<usize>>,
    numbers: HashMap<String, Vec<usize>>,
    /// Titles from their last character to their first.
    reversed: BTreeMap<String, Vec<usize>>,
    /// Last characters of titles: what no title ends in is not looked at further.
    endings: BTreeSet<char>,
    /// What typed citations are looked up in.
    typable: Table,
}

impl Names {
    /// The table of these instruments.
    pub fn new(known: Vec<Known>) -> Names {
        let mut names = Names { known, ..Names::default() };
        names.name_carried();
        for (at, known) in names.known.iter().enumerate() {
            if known.kind != Kind::Case {
                for key in &known.keys {
                    let bearers = names.titles.entry(key.clone()).or_default();
                    if bearers.last() != Some(&at) {
                        bearers.push(at);
                    }
                    if let Some((bare, _)) = without_year(key) {
                        names.dated.entry(bare.to_string()).or_default().push(at);
                    }
                    names.endings.extend(key.chars().next_back());
                }
            }
            let keys = known.numbers.iter().map(|number| number_key(number)).filter(|number| !number.is_empty());
            for number in keys.flat_map(|number| short_numbers(&number).into_iter().chain([number])) {
                let bearers = names.numbers.entry(number).or_default();
                if bearers.last() != Some(&at) {
                    bearers.push(at);
                }
            }
        }
        for (key, bearers) in &names.titles {
            names.unmarked.entry(identity::without_marks(key)).or_default().extend(bearers);
        }
        for bearers in names.unmarked.values_mut() {
            bearers.sort_unstable();
            bearers.dedup();
        }
        let reversed = |(key, bearers): (&String, &Vec<usize>)| (key.chars().rev().collect(), bearers.clone());
        names.reversed = names.titles.iter().map(reversed).collect();
        names.typable = Table::of(&names.known, &names.numbers);
        names
    }

    /// A text that only its notice carries is also known by its own title, which no other instrument bears.
    fn name_carried(&mut self) {
        let borne: HashSet<String> = self.known.iter().flat_map(|known| known.keys.iter().cloned()).collect();
        for known in self.known.iter_mut().filter(|known| known.kind != Kind::Case) {
            let carried = known.keys.first().and_then(|title| identity::promulgated(title)).map(str::to_string);
            known.keys.extend(carried.filter(|carried| !borne.contains(carried)));
        }
    }

    /// What typed citations are looked up in.
    pub(super) fn typable(&self) -> &Table {
        &self.typable
    }

    /// All of them.
    pub fn all(&self) -> &[Known] {
        &self.known
    }

    /// The instrument (or case) of an id, by walking through all.
    pub fn by_id(&self, id: &str) -> Option<&Known> {
        self.known.iter().find(|known| known.id == id)
    }

    /// Those that bear a folded title, else those whose titles differ from it in marks alone, else the only one whose title has a
    /// year behind it.
    pub fn titled(&self, key: &str) -> Vec<&Known> {
        let exact = self.titles.get(key);
        let named = exact.or_else(|| self.unmarked.get(&identity::without_marks(key)));
        self.bearers(named.or_else(|| self.dated.get(key).filter(|bearers| bearers.len() == 1)))
    }

    /// Those whose titles have a year behind a folded title: 宪法修正案 has five.
    pub(super) fn dated(&self, key: &str) -> Vec<&Known> {
        self.bearers(self.dated.get(key))
    }

    /// The one that bears a folded title as [`Names::titled`] finds it; `None` if there are several.
    pub fn only_titled(&self, key: &str) -> Option<&Known> {
        let titled = self.titled(key);
        titled.first().copied().filter(|_| titled.len() == 1)
    }

    pub(super) fn bearers(&self, places: Option<&Vec<usize>>) -> Vec<&Known> {
        places.into_iter().flatten().filter_map(|at| self.known.get(*at)).collect()
    }

    /// The longest known title at the end of folded words with its bearers. Where more of a longer title stands before it
    /// (调解仲裁法 is no 仲裁法 but the end of 劳动争议调解仲裁法), those are the bearers whose titles end so.
    pub fn at_end_of<'w>(&self, words: &'w str) -> Option<(&'w str, Vec<&Known>)> {
        if !words.chars().next_back().is_some_and(|last| self.endings.contains(&last)) {
            return None;
        }
        let count = words.chars().count();
        let starts = words.char_indices().skip(count.saturating_sub(NAME_CHARS_MAX));
        let mut tails = starts.map(|(start, _)| &words[start..]);
        let found =
            tails.find(|tail| tail.chars().nth(NAME_CHARS_MIN - 1).is_some() && self.titles.contains_key(*tail));
        found.map(|tail| self.end_of_longer(words, tail).unwrap_or_else(|| (tail, self.titled(tail))))
    }

    /// The longest end of words that is longer than a title there and the end of other titles, with their bearers.
    fn end_of_longer<'w>(&self, words: &'w str, title: &str) -> Option<(&'w str, Vec<&Known>)> {
        let end: String = words.chars().rev().take(NAME_CHARS_MAX).collect();
        let least = title.chars().count() + MORE_CHARS_MIN;
        let common = |key: &str| key.chars().zip(end.chars()).take_while(|(one, other)| one == other).count();
        let short: String = title.chars().rev().collect();
        let longer = self.reversed.range(short.clone()..).take_while(|(key, _)| key.starts_with(&short));
        let longer: Vec<(usize, &Vec<usize>)> = longer.map(|(key, bearers)| (common(key), bearers)).collect();
        let most = longer.iter().map(|(common, _)| *common).max().filter(|most| *most >= least)?;
        let mut bearers: Vec<usize> =
            longer.iter().filter(|(common, _)| *common == most).flat_map(|(_, bearers)| (*bearers).clone()).collect();
        bearers.sort_unstable();
        bearers.dedup();
        let start = words.char_indices().rev().nth(most - 1).map_or(0, |(at, _)| at);
        Some((&words[start..], self.bearers(Some(&bearers))))
    }

    /// Those whose titles are longer and end in a folded name, each once.
    pub fn ending_in(&self, name: &str) -> Vec<&Known> {
        let end: String = name.chars().rev().collect();
        let longer = self.reversed.range(end.clone()..).take_while(|(title, _)| title.starts_with(&end));
        let mut places: Vec<usize> = longer.flat_map(|(_, bearers)| bearers.iter().copied()).collect();
        places.sort_unstable();
        places.dedup();
        self.bearers(Some(&places))
    }

    /// The longest known number at the end of words in the form of [`number_key`].
    pub fn number_at_end_of<'w>(&self, words: &'w str) -> Option<(&'w str, Vec<&Known>)> {
        let mut tails = words.char_indices().map(|(start, _)| &words[start..]);
        let found = tails.find(|tail| self.numbers.contains_key(*tail));
        let of_year = |tail: &str| self.numbers.get(&without_year_of_order(tail)?);
        match found {
            Some(tail) => Some((tail, self.bearers(self.numbers.get(tail)))),
            None => {
                let tail = words.get(words.find("国务院令(")?..)?;
                Some((tail, self.bearers(Some(of_year(tail)?))))
            }
        }
    }
}

/// 国务院令(2007)493号 without its year: the orders of the State Council are counted through.
fn without_year_of_order(key: &str) -> Option<String> {
    let (year, number) = key.strip_prefix("国务院令(")?.split_once(')')?;
    (year.len() == 4).then(|| format!("国务院令{number}"))
}

/// How the number of an order of the state is said for short: 国务院令721号, 国令721号.
fn short_numbers(key: &str) -> Vec<String> {
    let Some(bare) = key.strip_prefix("中华人民共和国") else { return Vec::new() };
    let shorter = bare.strip_prefix("国务院令").map(|rest| format!("国令{rest}"));
    shorter.into_iter().chain([bare.to_string()]).collect()
}

/// The form in which numbers of documents are compared: folded, every bracket round, without 第, with Arabic digits and
/// without leading zeros: `国办发(2018)37号`, `国务院令752号`, `(2015)浙台行终字186号`.
pub fn number_key(number: &str) -> String {
    let folded = fold_str(number);
    let mut key = String::with_capacity(folded.len());
    let mut digits = String::new();
    let close = |digits: &mut String, key: &mut String| {
        if !digits.is_empty() {
            let number = crate::text::numerals::parse(digits);
            key.push_str(&number.map_or_else(|| digits.clone(), |number| number.to_string()));
            digits.clear();
        }
    };
    for c in folded.chars() {
        match c {
            '0'..='9' | '〇' | '零' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' =>
            {
                digits.push(c);
                continue;
            }
            _ => close(&mut digits, &mut key),
        }
        match c {
            '〔' | '[' | '【' | '(' | '〖' | '﹝' | '{' | '〈' => key.push('('),
            '〕' | ']' | '】' | ')' | '〗' | '﹞' | '}' | '〉' => {
                key.truncate(key.trim_end_matches('-').len());
                key.push(')');
            }
            // 2024年第6号 is not 20246号.
            '年' => key.push('-'),
            '第' => {}
            c if c.is_whitespace() => {}
            other => key.push(other),
        }
    }
    close(&mut digits, &mut key);
    match YEAR_OF_ORDER.captures(&key) {
        Some(found) => format!("{}({}){}", &found[1], &found[2], &found[3]),
        None => key,
    }
}

/// 交通部令2005年第12号 is 交通部令(2005)12号.
static YEAR_OF_ORDER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(.*(?:令|公告|通告))((?:19|20)[0-9]{2})-([0-9]{1,4}号)$").expect("a fixed pattern"));

/// A title without a year in brackets at its end, which some texts add, and the year: 名录（2018年）, 规则（1991）, 名录（2021年版）.
pub(super) fn without_year(key: &str) -> Option<(&str, u16)> {
    let (bare, year) = key.strip_suffix(')')?.rsplit_once('(')?;
    let year = year.trim_end_matches(['版', '本']);
    let year = year.strip_suffix('年').unwrap_or(year);
    let digits = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| year.parse().ok()).flatten().map(|year| (bare, year))
}

/// A title without the year of its edition: 名录(2021年版).
pub fn without_edition(key: &str) -> &str {
    without_year(key).map_or(key, |(bare, _)| bare)
}

/// The folded title under which a title is looked up.
pub fn title_key(title: &str) -> String {
    identity::folded_title(title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_compared_in_one_form() {
        for (written, key) in [
            ("国办发〔2018〕37号", "国办发(2018)37号"),
            ("国办发［2018］第037号", "国办发(2018)37号"),
            ("国务院令第七百五十二号", "国务院令752号"),
            ("（2015）浙台行终字第186号", "(2015)浙台行终字186号"),
            ("云桥县人民政府令〔2024年〕第6号", "云桥县人民政府令(2024)6号"),
            ("云桥县人民政府令2024年第6号", "云桥县人民政府令(2024)6号"),
            ("交通部令2005年第12号", "交通部令(2005)12号"),
        ] {
            assert_eq!(number_key(written), key);
        }
    }

    #[test]
    fn the_longest_name_at_the_end_is_meant() {
        let known = |id: &str, key: &str| Known {
            id: id.to_string(),
            title: key.to_string(),
            keys: vec![key.to_string()],
            kind: Kind::Legislation,
            level: None,
            region: None,
            issuer: None,
            numbers: Vec::new(),
            versions: Vec::new(),
        };
        let names = Names::new(vec![known("1", "渡口法"), known("2", "内河渡口法")]);
        assert_eq!(names.at_end_of("依照内河渡口法").unwrap().0, "内河渡口法");
        assert_eq!(names.at_end_of("依照渡口法").unwrap().1[0].id, "1");
        assert!(names.at_end_of("依照河口法").is_none());
        let notice = "云桥县人民政府关于印发渡口管理暂行办法的通知";
        let names =
            Names::new(vec![known("1", notice), known("2", "关于印发渡船检验办法的通知"), known("3", "渡船检验办法")]);
        assert_eq!(names.only_titled("渡口管理暂行办法").unwrap().id, "1", "a text that only its notice carries");
        assert_eq!(names.only_titled("渡船检验办法").unwrap().id, "3", "its own text is here");
        let names = Names::new(vec![known("1", "仲裁法"), known("2", "渡口争议调解仲裁法")]);
        let (words, bearers) = names.at_end_of("依照调解仲裁法").unwrap();
        assert_eq!((words, bearers[0].id.as_str(), bearers.len()), ("调解仲裁法", "2", 1));
        assert_eq!(names.at_end_of("依照仲裁法").unwrap().1[0].id, "1");
        assert_eq!(names.at_end_of("解仲裁法").unwrap().0, "仲裁法", "one character may be chance");
    }
}
