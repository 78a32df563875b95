//! Which provisions a text has and how they are divided, in a form that is small and quick to ask.

use super::mention::Locator;
use crate::law::{BlockKind, HeadingLevel, Provision, Structure};
use serde::{Deserialize, Serialize};

/// The divisions of one text: `;a1:;a2:0,3;a3:0,2(0.4);` — article 2 has two paragraphs, the second with three items;
/// article 3 has one whose second item has four subitems. `4,0,5~4` is a list that a paragraph inside its fourth item breaks: it
/// goes on in the third paragraph with number 5. `=1+2+4` is a list whose text lacks a number, or has one twice: what is printed
/// counts. Nothing after the colon is one undivided paragraph. `#物权;` begins a 编, by its name without 第二编.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Shape(String);

/// How one provision is divided: for each paragraph the items, for each item its subitems.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Division {
    /// Its 款.
    pub paragraphs: Vec<List>,
}

/// The 项 of a 款, as they are printed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct List {
    /// Each with its number.
    pub items: Vec<Item>,
}

/// An 项.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Item {
    /// Its number.
    pub number: u32,
    /// The numbers of its 目.
    pub subitems: Vec<u32>,
}

/// Marks the shape of a text that seems to stop before its end.
const CUT: &str = "…";
/// Begins the name of a 编.
const BOOK: char = '#';

impl Shape {
    /// The shape of a text.
    pub fn of(structure: &Structure, text: &str) -> Shape {
        let mut shape = String::from(";");
        for block in &structure.blocks {
            match &block.kind {
                BlockKind::Heading(HeadingLevel::Part) => {
                    let words = text.get(block.span.clone()).unwrap_or_default();
                    shape.push_str(&format!("{BOOK}{}", book_name(words)));
                }
                BlockKind::Heading(_) => continue,
                BlockKind::Provision(provision) => {
                    shape.push_str(&provision.key);
                    shape.push(':');
                    shape.push_str(&division(provision).encoded());
                }
            }
            shape.push(';');
        }
        if structure.incomplete().is_some() {
            shape.push_str(CUT);
        }
        Shape(shape)
    }

    /// Whether it is the text that seems to lack a provision and not the law: the text stops before its end, or the number
    /// lies in a gap between two of its articles.
    pub fn seems_to_lack(&self, at: &Locator) -> bool {
        let Some((number, insertion)) = at.article.filter(|(number, _)| *number > 0) else { return false };
        let own = |key: &str| key.strip_prefix('a').and_then(|rest| rest.parse::<u32>().ok());
        let last = self.keys().filter_map(own).max();
        last.is_some_and(|last| if number > last { self.0.ends_with(CUT) } else { number < last && insertion == 0 })
    }

    /// How the provision of a key is divided; `None` if there is no such provision.
    pub fn division(&self, key: &str) -> Option<Division> {
        let start = self.0.find(&format!(";{key}:"))? + key.len() + 2;
        let rest = self.0.get(start..)?;
        Some(Division::decoded(rest.get(..rest.find(';')?)?))
    }

    /// Keys of all provisions, in the order of the text.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.split(';').filter_map(|unit| unit.split_once(':')).map(|(key, _)| key)
    }

    /// Whether a provision stands in the 编 of a name, or of a shorter one (侵权编 of 侵权责任编). `None` if it has no 编.
    pub fn is_in_book(&self, book: &str, key: &str) -> Option<bool> {
        let mut units = self.0.split(';').skip_while(|unit| !unit.starts_with(BOOK)).peekable();
        units.peek()?;
        let mut inside = false;
        for unit in units {
            match (unit.strip_prefix(BOOK), unit.split_once(':')) {
                (Some(name), _) => inside = !book.is_empty() && name.starts_with(book),
                (None, Some((own, _))) if own == key => return Some(inside),
                _ => {}
            }
        }
        Some(false)
    }

    /// Whether it has articles (第X条).
    pub fn has_articles(&self) -> bool {
        self.keys().any(is_article)
    }

    /// How many articles it has.
    pub fn articles(&self) -> usize {
        self.keys().filter(|key| is_article(key)).count()
    }

    /// The key of the article `steps` before (negative) or after another, over articles only.
    pub fn beside(&self, key: &str, steps: i64) -> Option<&str> {
        let articles: Vec<&str> = self.keys().filter(|other| is_article(other) || *other == key).collect();
        let at = articles.iter().position(|other| *other == key)?;
        articles.get(usize::try_from(i64::try_from(at).ok()? + steps).ok()?).copied()
    }

    /// Whether there is a part of that canonical key.
    pub fn has(&self, key: &str) -> bool {
        let Some((provision, part)) = key.split_once('/') else { return self.division(key).is_some() };
        self.division(provision).is_some_and(|division| division.part(&Locator::of_key(part)).as_deref() == Some(part))
    }

    /// The canonical key of a place: `a10/p2/s3`. `a10/s3` is taken when the article has one list, or one with that number.
    /// `None` if there is no such place.
    pub fn place(&self, provision: &str, at: &Locator) -> Option<String> {
        let part = self.division(provision)?.part(at)?;
        Some(if part.is_empty() { provision.to_string() } else { format!("{provision}/{part}") })
    }
}

/// The name of a 编 from its heading, without its number: 物权.
fn book_name(heading: &str) -> String {
    let words: String = heading.chars().filter(|c| c.is_alphanumeric()).collect();
    let number = |rest: &str| {
        rest.split_once('编').filter(|(number, _)| number.chars().count() <= 4).map(|(_, name)| name.to_string())
    };
    let name = words.strip_prefix('第').and_then(number).unwrap_or(words);
    name.strip_suffix('编').unwrap_or(&name).to_string()
}

fn is_article(key: &str) -> bool {
    key.strip_prefix('a').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

fn division(provision: &Provision) -> Division {
    let mut paragraphs: Vec<List> = Vec::new();
    for part in &provision.parts {
        let at = Locator::of_key(&part.key);
        match part.key.split('/').count() {
            1 => paragraphs.push(List::default()),
            2 => {
                let Some(list) = paragraphs.last_mut() else { continue };
                list.items.push(Item { number: printed(at.item, &part.key), subitems: Vec::new() });
            }
            _ => {
                if let Some(item) = paragraphs.last_mut().and_then(|list| list.items.last_mut()) {
                    item.subitems.push(printed(at.subitem, &part.key));
                }
            }
        }
    }
    Division { paragraphs }
}

/// The number of a part; 0 for one that stands there again (`p1/s2~2`), which nothing can name.
fn printed(number: Option<u32>, key: &str) -> u32 {
    number.filter(|_| !key.contains('~')).unwrap_or(0)
}

/// Numbers as short as they can be: `4` is 1 to 4, `5~4` is 5 to 8, else `=1+2+4`.
fn encoded(numbers: &[u32]) -> String {
    let first = numbers.first().copied().unwrap_or(1);
    match (first..).zip(numbers).all(|(due, number)| due == *number) && first > 0 {
        true if first == 1 => numbers.len().to_string(),
        true => format!("{first}~{}", numbers.len()),
        false => format!("={}", numbers.iter().map(u32::to_string).collect::<Vec<_>>().join("+")),
    }
}

fn decoded(text: &str) -> Vec<u32> {
    if let Some(printed) = text.strip_prefix('=') {
        return printed.split('+').map(|number| number.parse().unwrap_or(0)).collect();
    }
    let (first, count) = text.split_once('~').unwrap_or(("1", text));
    let (first, count): (u32, u32) = (first.parse().unwrap_or(1), count.parse().unwrap_or(0));
    (first..first.saturating_add(count)).collect()
}

impl Division {
    fn encoded(&self) -> String {
        let paragraph = |List { items }: &List| {
            let numbers: Vec<u32> = items.iter().map(|item| item.number).collect();
            let subitems: Vec<String> = items.iter().map(|item| encoded(&item.subitems)).collect();
            match items.iter().any(|item| !item.subitems.is_empty()) {
                true => format!("{}({})", encoded(&numbers), subitems.join(".")),
                false => encoded(&numbers),
            }
        };
        self.paragraphs.iter().map(paragraph).collect::<Vec<_>>().join(",")
    }

    fn decoded(text: &str) -> Division {
        if text.is_empty() {
            return Division::default();
        }
        let paragraph = |text: &str| {
            let (numbers, subitems) = text.split_once('(').unwrap_or((text, ""));
            let mut below = subitems.trim_end_matches(')').split('.');
            let items = decoded(numbers).into_iter();
            let items =
                items.map(|number| Item { number, subitems: decoded(below.next().unwrap_or_default()) }).collect();
            List { items }
        };
        Division { paragraphs: text.split(',').map(paragraph).collect() }
    }

    /// How many 款; an undivided provision is one.
    pub fn paragraph_count(&self) -> usize {
        self.paragraphs.len().max(1)
    }

    /// The part that numbers name: `p2/s3`; empty for the whole; `None` if there is none.
    pub fn part(&self, at: &Locator) -> Option<String> {
        let index = |number: u32| usize::try_from(number).ok()?.checked_sub(1);
        let Some(item) = at.item else {
            return match at.paragraph {
                // A 目 lies in a 项.
                _ if at.subitem.is_some() => None,
                None => Some(String::new()),
                Some(number) => (index(number)? < self.paragraph_count()).then(|| format!("p{number}")),
            };
        };
        let paragraph = match at.paragraph {
            Some(number) => index(number)?,
            None => self.list_of(item)?,
        };
        let list = self.paragraphs.get(paragraph)?;
        // The first of a list may stand there without its number.
        if (1..list.first()).contains(&item) && at.subitem.is_none() && self.only_list() == Some(paragraph) {
            return Some(format!("p{}", paragraph + 1));
        }
        let subitems = &list.item(item)?.subitems;
        let part = format!("p{}/s{item}", paragraph + 1);
        match at.subitem {
            None => Some(part),
            Some(number) => (number > 0 && subitems.contains(&number)).then(|| format!("{part}/i{number}")),
        }
    }

    /// The paragraph that has the only list with an item of that number, where the others are no lists or parts of the same.
    fn list_of(&self, item: u32) -> Option<usize> {
        let lists = || self.paragraphs.iter().enumerate().filter(|(_, list)| !list.items.is_empty());
        let mut with = lists().filter(|(_, list)| list.item(item).is_some());
        let found = with.next().filter(|_| with.next().is_none()).map(|(at, _)| at);
        let one = lists().filter(|(_, list)| list.first() <= 1).count() <= 1;
        found.filter(|_| one).or_else(|| self.only_list())
    }

    /// The paragraph that has the only list.
    fn only_list(&self) -> Option<usize> {
        let mut lists = self.paragraphs.iter().enumerate().filter(|(_, list)| !list.items.is_empty());
        lists.next().filter(|_| lists.next().is_none()).map(|(at, _)| at)
    }
}

impl List {
    /// The number of the first 项; more than 1 where it goes on with a list that was broken off.
    fn first(&self) -> u32 {
        self.items.first().map_or(1, |item| item.number)
    }

    /// The 项 of a number.
    fn item(&self, number: u32) -> Option<&Item> {
        self.items.iter().find(|item| number > 0 && item.number == number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::{Document, Kind, structure};

    fn shape(text: &str) -> Shape {
        Shape::of(&structure::parse(&Document::new(Kind::Legislation, "云桥县渡口条例", text)), text)
    }

    fn at(article: u32, paragraph: u32, item: u32, subitem: u32) -> Locator {
        let some = |number: u32| Some(number).filter(|number| *number > 0);
        Locator {
            article: some(article).map(|number| (number, 0)),
            paragraph: some(paragraph),
            item: some(item),
            subitem: some(subitem),
        }
    }

    #[test]
    fn a_list_that_paragraphs_break_is_one() {
        let shape = shape(
            "第一条　应当：\n（一）甲；\n（二）乙。\n丙。\n丁：\n（三）戊；\n（四）己。\n第二条　庚：\n（一）辛；\n（二）壬。\n癸：\n（一）子；\n（二）丑。",
        );
        let place = |key: &str, locator: Locator| shape.place(key, &locator);
        assert_eq!(place("a1", at(1, 0, 2, 0)).as_deref(), Some("a1/p1/s2"));
        assert_eq!(place("a1", at(1, 0, 4, 0)).as_deref(), Some("a1/p2/s4"));
        assert_eq!(place("a1", at(1, 2, 4, 0)).as_deref(), Some("a1/p2/s4"));
        assert_eq!(place("a1", at(1, 2, 1, 0)), None);
        assert_eq!(place("a1", at(1, 0, 5, 0)), None);
        assert_eq!(place("a2", at(2, 0, 1, 0)), None, "two lists");
    }

    #[test]
    fn printed_numbers_count() {
        let shape = shape(
            "第一条　应当：\n（一）甲；\n（二）乙；\n（四）丙：\n1.子；\n3.丑。\n第二条　应当：\n（二）丁；\n（三）戊；\n（三）己。",
        );
        let place = |key: &str, locator: Locator| shape.place(key, &locator);
        assert_eq!(place("a1", at(1, 0, 4, 0)).as_deref(), Some("a1/p1/s4"));
        assert_eq!(place("a1", at(1, 0, 3, 0)), None, "the text lacks it");
        assert_eq!(place("a1", at(1, 0, 4, 3)).as_deref(), Some("a1/p1/s4/i3"));
        assert_eq!(place("a1", at(1, 0, 4, 2)), None);
        assert_eq!(place("a2", at(2, 0, 3, 0)).as_deref(), Some("a2/p1/s3"));
        assert_eq!(place("a2", at(2, 0, 4, 0)), None, "a number that stands there twice");
        let json = serde_json::to_string(&shape).unwrap();
        assert_eq!(json, "\";a1:=1+2+4(0.0.=1+3);a2:=2+3+0;\"");
        assert_eq!(shape.division("a1").unwrap().encoded(), "=1+2+4(0.0.=1+3)");
    }

    #[test]
    fn places_exist_or_do_not() {
        let shape = shape(
            "第一条　甲。\n第二条　乙。\n渡船应当符合下列条件：\n（一）丙；\n（二）丁：\n1.戊；\n2.己；\n（三）庚。\n辛。\n第二条之一　壬。",
        );
        let place = |key: &str, locator: Locator| shape.place(key, &locator);
        assert_eq!(place("a1", at(1, 0, 0, 0)).as_deref(), Some("a1"));
        assert_eq!(place("a1", at(1, 1, 0, 0)).as_deref(), Some("a1/p1"));
        assert_eq!(place("a1", at(1, 2, 0, 0)), None);
        assert_eq!(place("a2", at(2, 2, 3, 0)).as_deref(), Some("a2/p2/s3"));
        assert_eq!(place("a2", at(2, 0, 3, 0)).as_deref(), Some("a2/p2/s3"));
        assert_eq!(place("a2", at(2, 0, 2, 2)).as_deref(), Some("a2/p2/s2/i2"));
        assert_eq!(place("a2", at(2, 0, 4, 0)), None);
        assert_eq!(place("a2", at(2, 2, 0, 1)), None, "a 目 lies in a 项");
        assert_eq!(place("a2", at(2, 0, 0, 1)), None, "a 目 lies in a 项");
        assert_eq!(place("a2", at(2, 0, 0, 0)).as_deref(), Some("a2"));
        assert_eq!(place("a3", at(3, 0, 0, 0)), None);
        assert_eq!(shape.beside("a2-1", -1), Some("a2"));
        assert_eq!(shape.beside("a1", -1), None);
        assert_eq!(shape.articles(), 3);
    }
}
